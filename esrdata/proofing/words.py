"""Findings in words: where a number stands, which figure it is, and the reason for its verdict."""

from esrdata.knowledge import formats, wording
from esrdata.proofing.findings import CONTRADICTED, OUT_OF_SCOPE, VERDICTS, Finding
from esrdata.proofing.number import MONEY, PERCENT, PLAIN, POINTS
from esrdata.proofing.places import CELL, Place


def summary(counts: dict[str, int], torn: int, lang: str) -> str:
    """The result in a sentence, with how many numbers stand in tables that were read badly."""
    if not any(counts.values()):
        return wording.word("proof.no_numbers", lang)
    scope = sum(n for name, n in counts.items() if name != OUT_OF_SCOPE)
    others = {name: counts[name] for name in VERDICTS if name not in ("equal", "rounded")}
    right = counts["equal"] + counts["rounded"]
    text = wording.word("proof.summary", lang, n=scope, right=right, **others)
    return f"{text} {wording.word('proof.torn', lang, n=torn)}" if torn else text


def location(place: Place, lang: str) -> str:
    """Where a number stands, in words."""
    cell = {"row": place.row + 1, "column": place.column + 1} if place.kind == CELL else {}
    text = wording.word(f"proof.place.{place.kind}", lang, n=place.ordinal, **cell)
    if not place.page:
        return text
    return wording.word("proof.place.page", lang, page=place.page, place=text)


def statistic(one: Finding) -> str | None:
    """The figure that a number is, or those it may be."""
    if one.made:
        return f"table.{one.made}"
    if one.figure is None:
        return None
    named = [one.figure, *(one.others if one.verdict == "ambiguous" else ())]
    return "; ".join(dict.fromkeys(figure.name() for figure in named))


def reason(one: Finding, lang: str) -> str:
    """The reason for a verdict, in a sentence."""
    if one.verdict == OUT_OF_SCOPE:
        return wording.word(f"proof.scope.{one.reason}", lang)
    if one.verdict == CONTRADICTED:
        return wording.word(f"proof.reason.{one.reason}", lang, expected=written(one, lang))
    return wording.word(f"proof.reason.{one.reason}", lang)


def written(one: Finding, lang: str) -> str:
    """What a number should be, in its own format."""
    expected = one.expected if one.expected is not None else 0.0
    number = one.number
    if number.unit == PERCENT:
        return formats.percent(expected / 100, lang, max(number.decimals, 0))
    if number.unit == MONEY:
        millions = abs(expected) >= 1_000_000 and number.decimals > 0
        if millions:
            text = formats.number(expected / 1_000_000, lang, number.decimals)
            return wording.word("charts.unit.millions.sum", lang, number=text)
        return formats.money(expected, lang)
    decimals = number.decimals if number.decimals > 0 and number.unit in (PLAIN, POINTS) else 0
    return formats.number(expected, lang, decimals)
