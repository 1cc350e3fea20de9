"""Figures of money in a text with their currency and scale; two that form one sum are joined.

Only what is right beside a figure is read here; `sums.py` reads words that make it a rate or part.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from esrdata.knowledge import load
from esrdata.reading.quantities.figures import figure_value
from esrdata.reading.quantities.money_words import money_words
from esrdata.reading.quantities.numerals import number_word
from esrdata.reading.quantities.settings import SETTINGS

# More digits than a year has; such figures seldom count anything but money.
_YEAR, _MANY = 4, 99
_DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4}|\d{2}(?!\d))?|\d{4}-\d{1,2}-\d{1,2}(?!\d)")
_BRACKETED = re.compile(r"\s*\((?P<unit>[^()]{1,16})\)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its currency and scale, before its surroundings are read.

    `amount` is in euros, None if the digits are no number or ambiguous; `euros` is whether a
    currency is named, `whole` whether there are no decimals, `digits` the number of digits.
    """

    start: int
    end: int
    amount: float | None
    scale: int
    euros: bool
    whole: bool
    digits: int
    qualifier: str | None = None
    high: float | None = None
    why: str | None = None


def money_figures(text: str) -> list[Figure]:
    """Figures in order, those that belong together as one: `1 milj. 200 000 €`."""
    return _joined(text, list(_figures(text)))


def read_unit(text: str) -> int | None:
    """The factor of figures under a heading, or before a bracket, with this text.

    `1000 €`, `t€`, `tuhatta euroa` give 1,000, `M€` 1,000,000, `euroa` and `€` 1; None if the text
    is no unit of euros.
    """
    words, bare = money_words(), text.strip().strip("()[]").strip()
    if words.thousands_unit.fullmatch(f"({bare})"):
        return 1000
    tail = words.tail.fullmatch(bare) if bare else None
    if tail is None or tail["bare"]:
        return None
    scale = words.scales[load.fold(tail["scale"])] if tail["scale"] else 1
    euros = tail["currency"] or load.fold(tail["scale"] or "") in words.with_currency
    return scale if euros else None


# ---- figures with their signs


def _figures(text: str) -> Iterator[Figure]:
    """Figures in order, without days, shares and years."""
    words, at = money_words(), 0
    while (match := words.figure.search(text, at)) is not None:
        day = _DAY.match(text, match.start())
        if match["digits"] and day is not None:
            at = day.end()
            continue
        figure = _with_digits(text, match, at) if match["digits"] else _in_words(text, match, at)
        if figure is not None:
            yield figure
        at = figure.end if figure is not None else match.end()


def _with_digits(text: str, match: re.Match[str], at: int) -> Figure | None:
    words, digits = money_words(), match["digits"]
    if words.percent.match(text, match.end()):
        return None
    before = words.currency_before.search(text, at, match.start())
    end, scale, euros, tail = _tail(text, match.end())
    if before is not None and before["scaled"]:
        scale = words.scales[load.fold(before["scaled"])] if scale == 1 else 0
    start = before.start() if before is not None else match.start()
    marked = before is not None or euros
    year = digits.isdecimal() and len(digits) == _YEAR and int(digits) in SETTINGS.lone_years
    if year and not marked and scale == 1 and not tail:
        return None
    english = (before is not None and not before["scaled"]) or (
        end > match.end() and any(map(words.english.fullmatch, text[match.end() : end].split()))
    )
    amount = figure_value(digits, english=english, scale=scale) if scale else None
    why = "malformed" if amount is None else None
    if words.foreign.match(text, end) or words.foreign_before.search(text, at, start):
        why = "foreign"
    euros_in_all = None if amount is None else round(amount * scale, 2)
    integer = amount is not None and amount.is_integer()
    # A count with cents is still no sum: "245,50".
    whole = digits if amount is None else f"{amount:.0f}"
    count = _MANY if tail else len(re.sub(r"\D", "", whole))
    return Figure(start, end, euros_in_all, scale, marked, integer, count, why=why)


def _tail(text: str, at: int) -> tuple[int, int, bool, bool]:
    """The end of a figure, its scale, whether it names euros, and whether ",-" ends it."""
    words = money_words()
    tail = words.tail.match(text, at)
    unit = _BRACKETED.match(text, at)
    scale = read_unit(unit["unit"]) if unit is not None else None
    if unit is not None and scale is not None:
        return unit.end(), scale, True, False
    if tail is None:
        return at, 1, False, False
    name = load.fold(tail["scale"] or "")
    euros = tail["currency"] is not None or name in words.with_currency
    end = tail.end()
    # "€1.2m": the sign comes first.
    if (
        name in words.needs_currency
        and not euros
        and words.currency_before.search(text, 0, _figure_start(text, at)) is None
    ):
        return at, 1, False, False
    return end, words.scales[name] if name else 1, euros, tail["bare"] is not None


def _figure_start(text: str, end: int) -> int:
    """Where the run of digits that ends here begins."""
    run = re.search(r"[\d.,' \u00a0\u202f\u2009]+$", text[:end])
    start = run.start() if run is not None else end
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def _in_words(text: str, match: re.Match[str], at: int) -> Figure | None:
    """`kaksi miljoonaa euroa`, `miljoona euroa`, `kolmesataatuhatta euroa`."""
    words = money_words()
    name = load.fold(match["scale"] or "")
    spelled = load.fold(match["word"] or match["whole"] or "")
    amount: float | None = words.numbers.get(spelled)
    qualifier: str | None = None
    if amount is None and spelled:
        numeral = number_word(spelled)
        if numeral is not None and numeral.value is not None:
            amount = numeral.value
            qualifier = numeral.qualifier if numeral.qualifier != "exact" else None
    start = match.start()
    half = words.and_a_half.search(text, at, match.end("word")) if match["word"] else None
    whole = _small(half["word"]) if half is not None else None
    if half is not None and whole is not None:
        amount, start = whole + 0.5, half.start()
    if amount is None:
        if match["whole"] or (name not in words.alone and spelled not in words.indefinite):
            return None
        start = match.start("scale")
    scale = words.scales[name] if name else 1
    end, more, euros, _ = _tail(text, match.end())
    # "pari sataa tuhatta": the word before is part of the number, unless a figure ends there.
    earlier = re.search(r"(?<!\w)(\w+)\s+$", text[at:start])
    unsure = earlier is not None and (
        load.fold(earlier[1]) in words.indefinite or number_word(earlier[1]) is not None
    )
    why = "malformed" if unsure or spelled in words.indefinite or more != 1 else None
    value = 1.0 if amount is None else amount
    return Figure(
        start, end, round(value * scale, 2), scale, euros, True, _MANY, qualifier, why=why
    )


def _small(word: str) -> float | None:
    """The number a word means, among words of money or of numbers."""
    known = money_words().numbers.get(load.fold(word))
    numeral = number_word(word)
    return known if known is not None or numeral is None else numeral.value


# ---- two figures that are one sum


def _joined(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Figures with those that belong together as one: `1 milj. 200 000 €`, `350–400 t€`."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        one = _added(text, last, figure) or _range(text, last, figure) if last else None
        if one is None:
            joined.append(figure)
        else:
            joined[-1] = one
    return joined


def _added(text: str, one: Figure, two: Figure) -> Figure | None:
    """Millions with what follows them in the same sum."""
    if one.why or two.why or one.amount is None or two.amount is None:
        return None
    follows = re.fullmatch(r"\s+(?:ja\s+)?", text[one.end : two.start]) is not None
    larger = one.scale > 1 and one.whole and not one.euros and two.amount < one.scale
    if not (follows and larger and one.high is None):
        return None
    amount = round(one.amount + two.amount, 2)
    return replace(two, start=one.start, amount=amount, qualifier=one.qualifier)


def _range(text: str, one: Figure, two: Figure) -> Figure | None:
    """The ends of a range; the lower one may take its scale and currency from the other."""
    words, between = money_words(), text[one.end : two.start]
    if one.high is not None or one.amount is None or two.amount is None or one.why or two.why:
        return None
    if not between.strip() or words.range.fullmatch(between) is None:
        return None
    named = words.range_before.search(text, 0, one.start) or words.range_behind.match(text, two.end)
    if between.strip().casefold() in ("ja", "och", "and") and not named:
        return None
    if one.euros and not two.euros and between.strip().isalpha() and not named:
        return None
    low = one.amount
    # €2–3 million, but not 2 €–3 million.
    shares = not one.euros or (text[one.start] in "€E" and text[two.start].isdigit())
    if one.scale == 1 and shares and low * two.scale < two.amount:
        low = low * two.scale
    if not low < two.amount:
        return None
    euros = one.euros or two.euros
    return replace(two, start=one.start, amount=round(low, 2), high=two.amount, euros=euros)
