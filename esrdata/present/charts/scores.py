"""The chart of what applicants say of sustainability, by classes of scores."""

import warnings
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.knowledge.wording import sentence
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.conditions import alike, rounded, zeros
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.rows import check, in_percent
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.whom import NEUTRAL, source_of, title, whom

EFFECTS = ("direct", "indirect")
#: Classes of scores from low to high, with their looks.
CLASSES = {
    "share_zero": "faint",
    "share_1_to_3": "pale",
    "share_4_to_7": "mid_text",
    "share_8_or_above": "dark",
}
_HIGH = "share_8_or_above"
_NEEDS = ("dimension", "criterion", "effect", "n", *CLASSES)
#: Width of labels, of bars, and places in centimetres: where the bars of each effect begin and the
#: column beside them ends; with a column of n and without.
LABEL, _BAR, _TALL = 5.6, 0.34, 3.75
_PLACES = ((5.8, 10.5), (11.0, 15.7))
_PLACES_N, _TALL_N = ((5.8, 9.95), (10.4, 14.55)), 3.25
#: A narrower part of a bar has no figure.
_NARROW = 0.42
#: Fewer projects have no percentages.
FEWEST = 3


class _Row(NamedTuple):
    criterion: str
    #: Number of scores and shares of classes, by effect.
    n: tuple[int, int]
    shares: tuple[dict[str, Any], dict[str, Any]]


@documented("or has several groups")
def sustainability(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw how the scores of each criterion are divided into classes, direct beside indirect.

    Parameters
    ----------
    table
        What `esrdata.stats.sustainability_profile` returned, one group of it.
    """
    checked = check(table, "sustainability_profile", _NEEDS, lang)
    if checked.duplicated(["criterion", "effect"]).any():
        raise UsageError(sentence("error.draw_groups"))
    if (checked.groupby("criterion")["effect"].nunique() < len(EFFECTS)).any():
        raise UsageError("The table lacks an effect of a criterion: choose whole criteria to draw.")
    found = _rows(checked)
    counts = {n for rows in found.values() for row in rows for n in row.n}
    order = [
        (row.criterion, effect) for rows in found.values() for row in rows for effect in EFFECTS
    ]
    data = checked.set_index(["criterion", "effect"], drop=False).loc[order].reset_index(drop=True)
    about = About("sustainability", table, partial(_words, checked, counts), data)
    places, wide = (_PLACES, _TALL) if len(counts) == 1 else (_PLACES_N, _TALL_N)
    with paper(about, lang, **look) as sheet:
        sheet.heading(partial(_heading, sheet, places, len(counts) > 1))
        for dimension, rows in found.items():
            write_dimension(sheet, dimension, LINE)
            for row in rows:
                label = wording.code_label("sustainability_criteria", row.criterion, lang)
                lines = sheet.fitted(label, LABEL, 3)
                y = sheet.row(len(lines))
                sheet.lines(0, y, lines)
                for (x, end), shares, n in zip(places, row.shares, row.n, strict=True):
                    _classes(sheet, (x, y, wide), shares, n)
                    high = shares[_HIGH] if n >= FEWEST else None
                    sheet.cell(end, y, formats.percent(high, lang, 0))
                if len(counts) > 1:
                    each = dict.fromkeys(formats.number(n, lang) for n in row.n)
                    sheet.cell(16.0, y, "/".join(each))
        sheet.skip(0.14)
        sheet.rule()
    return sheet.first


def _rows(table: pd.DataFrame) -> dict[str, list[_Row]]:
    """Criteria by dimension; within one, by the share whose direct effect is one or more."""
    cells = table.set_index(["criterion", "effect"])
    found: dict[str, list[_Row]] = {}
    for dimension, part in table.groupby("dimension", sort=False):
        rows = []
        for criterion in part["criterion"].unique():
            each = [cells.loc[(criterion, effect)] for effect in EFFECTS]
            direct, indirect = ({name: row[name] for name in CLASSES} for row in each)
            rows.append(_Row(criterion, (int(each[0]["n"]), int(each[1]["n"])), (direct, indirect)))
        rows.sort(key=lambda row: _zero(row.shares[0]))
        found[str(dimension)] = rows
    return found


def _zero(shares: dict[str, Any]) -> float:
    share = shares["share_zero"]
    return 2.0 if formats.is_missing(share) else float(share)


def _heading(sheet: Sheet, places: Sequence[tuple[float, float]], with_n: bool) -> None:
    label = sheet.word("sustainability.score")
    y = sheet.y + LINE / 2
    sheet.text(0, y, label, size="head", colour="soft")
    names = [sheet.word(f"sustainability.class.{name}") for name in CLASSES]
    entries = list(zip(CLASSES.values(), names, strict=True))
    sheet.key(entries, sheet.width_of(label, "head") + 0.3, y)
    sheet.skip(LINE + 0.08)
    y = sheet.y + LINE / 2
    for effect, (x, end) in zip(EFFECTS, places, strict=True):
        head = sheet.word(f"sustainability.{effect}")
        sheet.text(x, y, head, size="head", weight="semibold")
        sheet.cell(end, y, sheet.word("sustainability.high"), size="small", colour="soft")
    if with_n:
        sheet.cell(16.0, y, "n", size="head", weight="semibold")
    sheet.skip(LINE + 0.04)
    sheet.rule("thick")


def write_dimension(sheet: Sheet, dimension: str, keep: float) -> None:
    """The name of a dimension over its criteria."""
    name = wording.code_label("sustainability_dimensions", dimension, sheet.lang)
    y = sheet.row(tall=LINE + 0.2, keep=2 * keep) + 0.06
    sheet.text(0, y, name, weight="bold")


def _classes(
    sheet: Sheet, place: tuple[float, float, float], shares: dict[str, Any], n: int
) -> None:
    """A bar of all the scores cut into classes."""
    x, y, wide = place
    if n < FEWEST:
        sheet.text(x, y, wording.word("format.missing", sheet.lang))
        return
    edges = []
    for name, look in CLASSES.items():
        part = float(shares[name]) * wide
        if part <= 0:
            continue
        sheet.bar(x, y, part, _BAR, look)
        edges.append(x)
        if look != "dark" and part > _NARROW:
            figure = in_percent(shares[name], sheet.lang, 0)
            sheet.text(x + part / 2, y, figure, size="small", align="center")
        x += part
    for edge in edges[1:]:
        ends = [y - _BAR / 2 - 0.01, y + _BAR / 2 + 0.01]
        sheet.ax.plot([edge, edge], ends, color="white", linewidth=0.8, zorder=4)


def _words(table: pd.DataFrame, counts: set[int], lang: str) -> Words:
    word = partial(wording.word, lang=lang)
    shares = zeros(table)
    if shares is None:
        heading = title("sustainability", NEUTRAL, lang)
    else:
        a, b = alike(shares, lang)
        heading = title("sustainability", "zeros", lang, a=a, b=b)
    if len(counts) == 1:
        subtitle = word("charts.sustainability.subtitle_n", n=max(counts))
    else:
        subtitle = word("charts.sustainability.subtitle")
    notes = [word("charts.sustainability.order"), word("charts.sustainability.n")]
    notes += _not_asked(table, lang)
    if any(n < FEWEST for n in counts):
        notes.append(word("charts.sustainability.fewest"))
    notes += [word("charts.sustainability.own"), *whom(table, lang)]
    classes = table.loc[table["n"] >= FEWEST, list(CLASSES)].itertuples(index=False)
    notes += [text for text in [rounded(classes, lang, 0)] if text]
    return Words(heading, subtitle, tuple(notes), source_of(table.attrs, lang), _facts(table, lang))


def _not_asked(table: pd.DataFrame, lang: str) -> list[str]:
    reasons = {row["reason"]: row["n"] for row in table.attrs.get("exclusions", [])}
    n = reasons.get("The form does not ask for scores.", 0)
    return [wording.word("charts.sustainability.not_asked", lang, n=n)] if n else []


def _facts(table: pd.DataFrame, lang: str) -> tuple[str, ...]:
    """The criteria whose direct effect was rated highest and lowest, most and least often."""
    direct = table[(table["effect"] == "direct") & (table["n"] >= FEWEST)]
    if not len(direct):
        return ()
    high = direct[_HIGH].astype(float)
    facts = []
    ends: tuple[tuple[str, Any], ...] = (("most", high.idxmax()), ("least", high.idxmin()))
    for key, at in ends:
        name = wording.code_label("sustainability_criteria", direct["criterion"][at], lang)
        share = formats.percent(high[at], lang, 0)
        facts.append(
            wording.word(f"charts.sustainability.{key}", lang, criterion=name, share=share)
        )
    return tuple(facts)


def sustainability_effects(table: pd.DataFrame, **look: Any) -> Axes:
    """Draw what `sustainability` draws, which has both effects now."""
    warnings.warn(
        "charts.sustainability_effects is gone in the next version: charts.sustainability has both "
        "effects.",
        DeprecationWarning,
        stacklevel=2,
    )
    axes: Axes = sustainability(table, **look)
    return axes
