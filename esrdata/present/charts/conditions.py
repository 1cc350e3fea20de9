"""Which finding a title may tell: pure functions of the tables behind charts."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from esrdata.knowledge import formats, wording

#: Up to so many projects are shown one by one.
FEW = 12
#: The least score that all projects gave to the one criterion that a title names.
_ALL_AT_LEAST = 5


def alike(shares: Sequence[float], lang: str) -> list[str]:
    """Percentages for a sentence: without decimals, unless different ones would look the same."""
    for decimals in (0, 1, 2):
        texts = [formats.percent(share, lang, decimals) for share in shares]
        if len(set(texts)) == len({round(share, 9) for share in shares}):
            break
    return texts


def rounded(groups: Iterable[Iterable[Any]], lang: str, decimals: int) -> str:
    """What to say where parts of a whole do not add up to 100 as they are written; else nothing.

    Parameters
    ----------
    groups
        Shares of each whole, all of them.
    lang
        Language of the sentence.
    decimals
        Decimals of the percentages as written.
    """
    for shares in groups:
        known = [float(share) for share in shares if not formats.is_missing(share)]
        step = Decimal(1).scaleb(-decimals)
        written = sum((100 * Decimal(repr(part))).quantize(step, ROUND_HALF_UP) for part in known)
        # Shares of some parts alone are not expected to add up.
        if round(sum(known), 6) == 1 and written != 100:
            return wording.word("charts.rounded", lang)
    return ""


def zeros(profile: pd.DataFrame) -> tuple[float, float] | None:
    """Shares of zeros among all direct and all indirect scores; None where an effect has none."""
    found = []
    for effect in ("direct", "indirect"):
        part = profile[(profile["effect"] == effect) & (profile["n"] > 0)]
        n = part["n"].astype(float)
        if not n.sum():
            return None
        found.append(float((part["share_zero"].astype(float) * n).sum() / n.sum()))
    return found[0], found[1]


def valued_by_all(scores: pd.DataFrame) -> tuple[str, int] | None:
    """The one criterion that every project gave 5 or more, both effects, and the least score.

    None where there is no such criterion, where there are several, and where a score of every
    criterion that might be is missing.
    """
    found = []
    for criterion, part in scores.groupby("criterion", sort=False):
        if part["score"].notna().all() and part["score"].min() >= _ALL_AT_LEAST:
            found.append((str(criterion), int(part["score"].min())))
    return found[0] if len(found) == 1 else None


def first_beneficiaries(n: int) -> int | None:
    """How many of so many beneficiaries are drawn; None where all of them are."""
    if n < 8:
        return None
    return 10 if n >= 30 else 5


def slices(n: int) -> list[tuple[int, int]]:
    """First and last rank of each part of the bar of all the money; none below 8 beneficiaries."""
    top = first_beneficiaries(n)
    if top is None:
        return []
    ends = [end for end in (top, 50, 200) if end < n] if top == 10 else [top]
    starts = [1, *(end + 1 for end in ends)]
    return list(zip(starts, [*ends, n], strict=True))


def known_participants(rows: pd.DataFrame) -> dict[str, int]:
    """Projects and people for the title of participants, of a row per project.

    `n`, `planned`, `realised` of the projects with both numbers, where these are three or more;
    else `n` and `planned` of those with a plan, which may be zero; nothing where nobody has one.
    """
    both = rows[rows["planned"].notna() & rows["realised_on_form"].notna()]
    if len(both) >= 3:
        sums = {"planned": both["planned"], "realised": both["realised_on_form"]}
        return {"n": len(both), **{name: int(column.sum()) for name, column in sums.items()}}
    plans = rows["planned"].dropna()
    return {"n": len(plans), "planned": int(plans.sum())} if len(plans) else {}


def clear_difference(gaps: Sequence[Mapping[str, Any]]) -> int | None:
    """The place of the first difference whose interval does not cover zero."""
    for at, gap in enumerate(gaps):
        low, high = gap["difference_low"], gap["difference_high"]
        if not formats.is_missing(low) and (low > 0 or high < 0):
            return at
    return None


def all_cover_zero(gaps: Sequence[Mapping[str, Any]]) -> bool:
    """Whether every difference has an interval, and each of them covers zero."""
    known = [gap for gap in gaps if not formats.is_missing(gap["difference_low"])]
    return bool(known) and len(known) == len(gaps) and clear_difference(known) is None


def quarters(values: Sequence[float]) -> list[float]:
    """Bounds of four classes: quartiles rounded to whole numbers, those that are equal once.

    Values are as printed, so that what prints 9.0 is in the class from 9.
    """
    known = pd.Series(list(values), dtype=float)
    bounds = {float(round(known.quantile(q))) for q in (0.25, 0.5, 0.75)} if len(known) else set()
    return sorted(bound for bound in bounds if known.min() < bound <= known.max())


def class_of(value: float, bounds: Sequence[float]) -> int:
    """The class of a printed value; the lowest is 0."""
    return sum(value >= bound for bound in bounds)
