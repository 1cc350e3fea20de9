"""Sums of money in a text: each with how exactly it is given, and what kind of sum it is.

Three doors, from the most careful to the most open:

- `read_sum(text)`: the one sum that a value behind a label states, or None. A range, a sum for
  each year or person, several sums of which none is the whole, and every figure with something
  unknown next to it give None.
- `find_sums(text)`: every sum of a sentence or a value, typed: exact or qualified, a range
  (`high`), a rate (`per`), a part of another (`part`), a whole (`total`), in brackets (`aside`);
  figures that cannot be read are `Unread` with the reason.
- `read_unit(text)`: what a heading such as `1000 €` multiplies the figures below it with.

Words and signs stand in `quantities/sums.yml`, how digits are written in `figures.py`. The grammar
of one sum: `[qualifier] [currency] figure [scale] [currency] [qualifier] [rate]`, where two sums
may be joined to one (`1 milj. 200 000 €`) or to a range (`350–400 t€`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from esrdata.knowledge import load
from esrdata.reading.quantities.figures import GAP, MINUS, figure_value
from esrdata.reading.quantities.money_words import money_words
from esrdata.reading.quantities.numerals import number_word

_YEARS = range(1900, 2101)
# A figure of fewer digits, with no currency and no scale, counts something else.
_BARE, _MANY = 4, 99
_DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4}|\d{2}(?!\d))?|\d{4}-\d{1,2}-\d{1,2}(?!\d)")
_SLASH = re.compile(rf"{GAP}?/{GAP}?[^\W\d_]")
_TIMES_BEHIND = re.compile(r"\s?[x×*]\s?\d|\s+kertaa\b", re.IGNORECASE)
_TIMES_BEFORE = re.compile(r"(?:\d\s?[x×*]|\bkertaa|\d\s*\+)\s*$", re.IGNORECASE)
_PLUS_BEHIND = re.compile(r"\s*\+\s*\d")
# What may follow a figure that has no currency: nothing, the end of a clause, a bracket.
_ENDS = re.compile(r"\s*(?:$|[),;\]]|\.(?:\s|$)|\n|\((?!\s*\w{1,3}\s*\)))")
_SENTENCE = re.compile(r"[.!?;]\s+(?=[A-ZÅÄÖ])")
_BRACKETED = re.compile(r"\s*\((?P<unit>[^()]{1,16})\)")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in euros at `start:end` of a text, the words that qualify it included.

    Attributes
    ----------
    amount, high
        Euros; of a range its lower and its upper end, else `high` is None.
    qualifier
        about, over, at_least, under or up_to; None where the sum is exact.
    per
        year, month, person or other where the sum is one for each of these; None for a whole.
    part, total, aside
        Whether words make it a part of another sum (`josta`), the whole (`yhteensä`), and whether
        it stands in brackets.
    bare
        Whether neither a currency nor a word holding one stands by it.
    """

    amount: float
    qualifier: str | None
    start: int
    end: int
    high: float | None = None
    per: str | None = None
    part: bool = False
    total: bool = False
    aside: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A figure that may be money and cannot be read.

    `why` is unknown_word, foreign, malformed (no number, or two), negative or multiplied.
    """

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with its currency and scale, before its surroundings are looked at."""

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


def read_sum(text: str) -> Sum | None:
    """The one sum of money that a value states.

    Parameters
    ----------
    text
        What stands behind a label of money, so that a figure may lack its euro sign.

    Returns
    -------
    Sum or None
        None where there is no sum, where it is a range or a rate, where several sums have no
        whole among them, and where any figure that may be money cannot be read. Shares in per
        cent and years are passed over.
    """
    found = find_sums(text, labelled=True)
    sums = [each for each in found if isinstance(each, Sum)]
    if not sums or any(isinstance(each, Unread) for each in found):
        return None
    whole = _whole(sums)
    return whole if whole is not None and whole.per is None and whole.high is None else None


def _whole(sums: Sequence[Sum]) -> Sum | None:
    """The sum of which the others are parts, asides or repetitions."""
    named = [each for each in sums if each.total and not each.part]
    if len(named) == 1 and all(each.amount <= named[0].amount for each in sums):
        return named[0]
    candidates = [each for each in sums if not each.part]
    if not candidates:
        return None
    first = candidates[0]
    # An aside above the sum it follows is another figure of the same thing.
    rest = [s for s in candidates[1:] if s.amount != first.amount]
    if all(s.aside and not first.aside and s.amount < first.amount for s in rest):
        return first
    added = round(sum(s.amount for s in rest), 2)
    same = all(s.per is None and s.high is None for s in rest)
    return first if same and added == first.amount else None


def find_sums(text: str, *, labelled: bool = False) -> list[Sum | Unread]:
    """Every sum of money in a text.

    Parameters
    ----------
    text
        A sentence, or a value behind a label.
    labelled
        Whether a label of money stands before the text: a figure of four digits or more is money
        then without a euro sign, and one with an unknown word behind it is `Unread`. Otherwise
        figures without any currency are left out.

    Returns
    -------
    list of Sum and Unread
        In the order of the text.
    """
    figures = _joined(text, list(_figures(text)))
    found: list[Sum | Unread] = []
    at = 0
    for figure in figures:
        each = _read(text, figure, at, labelled, first=not found)
        if each is not None:
            found.append(each)
            at = figure.end + _rate_behind(text, figure.end)[1]
    return found


def read_unit(text: str) -> int | None:
    """What the figures under a heading, or beside a bracket, are multiplied with.

    `1000 €`, `t€`, `tuhatta euroa` give 1,000, `M€` 1,000,000, `euroa` and `€` 1; None where the
    text is no unit of euros.
    """
    words, bare = money_words(), text.strip().strip("()[]").strip()
    if words.thousands_unit.fullmatch(f"({bare})"):
        return 1000
    tail = words.tail.fullmatch(bare) if bare else None
    if tail is None or tail["bare"]:
        return None
    scale = words.scales[load.fold(tail["scale"])] if tail["scale"] else 1
    euros = tail["currency"] or load.fold(tail["scale"] or "") in words.holds_currency
    return scale if euros else None


# ---- figures with their signs


def _figures(text: str) -> Iterator[_Figure]:
    """Figures from left to right; days, shares and years are none."""
    words, at = money_words(), 0
    while (match := words.figure.search(text, at)) is not None:
        day = _DAY.match(text, match.start())
        if match["digits"] and day is not None:
            at = day.end()
            continue
        figure = _with_digits(text, match, at) if match["digits"] else _in_words(text, match)
        if figure is not None:
            yield figure
        at = figure.end if figure is not None else match.end()


def _with_digits(text: str, match: re.Match[str], at: int) -> _Figure | None:
    words, digits = money_words(), match["digits"]
    if words.percent.match(text, match.end()):
        return None
    before = words.currency_before.search(text, at, match.start())
    end, scale, euros, tail = _tail(text, match.end())
    if before is not None and before["scaled"]:
        scale = words.scales[load.fold(before["scaled"])] if scale == 1 else 0
    start = before.start() if before is not None else match.start()
    marked = before is not None or euros
    year = digits.isdecimal() and len(digits) == _BARE and int(digits) in _YEARS
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
    count = _MANY if tail else len(re.sub(r"\D", "", digits))
    return _Figure(start, end, euros_in_all, scale, marked, integer, count, why=why)


def _tail(text: str, at: int) -> tuple[int, int, bool, bool]:
    """Where a figure ends, its scale, whether euros are named, and whether cents are struck."""
    words = money_words()
    tail = words.tail.match(text, at)
    unit = _BRACKETED.match(text, at)
    scale = read_unit(unit["unit"]) if unit is not None else None
    if unit is not None and scale is not None:
        return unit.end(), scale, True, False
    if tail is None:
        return at, 1, False, False
    name = load.fold(tail["scale"] or "")
    euros = tail["currency"] is not None or name in words.holds_currency
    end = tail.end()
    # "€1.2m": the sign stands in front.
    before = words.currency_before.search(text, 0, _figure_start(text, at))
    if name in words.needs_currency and not euros and before is None:
        return at, 1, False, False
    return end, words.scales[name] if name else 1, euros, tail["bare"] is not None


def _figure_start(text: str, end: int) -> int:
    """Where the run of digits that ends here begins."""
    run = re.search(r"[\d.,' \u00a0\u202f\u2009]+$", text[:end])
    start = run.start() if run is not None else end
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def _in_words(text: str, match: re.Match[str]) -> _Figure | None:
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
    if amount is None:
        if match["whole"] or (name not in words.alone and spelled not in words.indefinite):
            return None
        start = match.start("scale")
    scale = words.scales[name] if name else 1
    end, more, euros, _ = _tail(text, match.end())
    earlier = re.search(r"(\w+)\s+$", text[:start])
    unsure = earlier is not None and (
        load.fold(earlier[1]) in words.indefinite or number_word(earlier[1]) is not None
    )
    why = "malformed" if unsure or spelled in words.indefinite or more != 1 else None
    value = 1.0 if amount is None else amount
    return _Figure(
        start, end, round(value * scale, 2), scale, euros, True, _MANY, qualifier, why=why
    )


# ---- two figures that are one sum


def _joined(text: str, figures: Sequence[_Figure]) -> list[_Figure]:
    """Figures with those that belong together as one: `1 milj. 200 000 €`, `350–400 t€`."""
    joined: list[_Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        one = _added(text, last, figure) or _range(text, last, figure) if last else None
        if one is None:
            joined.append(figure)
        else:
            joined[-1] = one
    return joined


def _added(text: str, one: _Figure, two: _Figure) -> _Figure | None:
    """Millions and what follows them within one sum."""
    if one.why or two.why or one.amount is None or two.amount is None:
        return None
    follows = re.fullmatch(r"\s+(?:ja\s+)?", text[one.end : two.start]) is not None
    larger = one.scale > 1 and one.whole and not one.euros and two.amount < one.scale
    if not (follows and larger and one.high is None):
        return None
    amount = round(one.amount + two.amount, 2)
    return replace(two, start=one.start, amount=amount, qualifier=one.qualifier)


def _range(text: str, one: _Figure, two: _Figure) -> _Figure | None:
    """A lower and an upper end; the lower one may leave scale and currency to the other."""
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
    if one.scale == 1 and not one.euros and low * two.scale < two.amount:
        low = low * two.scale
    if not low < two.amount:
        return None
    euros = one.euros or two.euros
    return replace(two, start=one.start, amount=round(low, 2), high=two.amount, euros=euros)


# ---- what stands around a sum


def _read(text: str, figure: _Figure, at: int, labelled: bool, first: bool) -> Sum | Unread | None:
    """A figure with its surroundings; None where it is no money."""
    words, start, end = money_words(), figure.start, figure.end
    start, qualifier = _qualified(text, figure, at)
    per = _rate(text, at, start, end)
    why = figure.why
    if figure.amount is not None and why is None:
        why = _trouble(text, figure)
    if not figure.euros and why != "foreign":
        if not labelled:
            return None
        follows = _ENDS.match(text, end) or words.part.match(text[end:].lstrip(" ,("))
        before = text[at:start]
        leads = (
            words.lead.fullmatch(before)
            or re.search(r"[:=]\s*$", before)
            or (not first and words.part.search(before))
        )
        counts = figure.digits < _BARE and figure.scale == 1
        if not first and counts and not _TIMES_BEHIND.match(text, end):
            # A page, a number of things: not money, and behind the sum of the label.
            return None
        if why is None and (counts or not (leads and (follows or per))):
            why = "unknown_word"
    if figure.amount is None or why is not None:
        return Unread(figure.start, end, why or "malformed")
    behind = words.qualifier_behind.match(text, end)
    if behind is not None and qualifier is None:
        qualifier, end = words.qualifiers[load.fold(behind["word"])], behind.end("word")
    clause = _SENTENCE.split(text[:start])[-1]
    return Sum(
        figure.amount, qualifier, start, end, figure.high, per,
        part=words.part.search(clause) is not None,
        total=words.total.search(text, at, figure.start) is not None
        or words.total_behind.match(text, end) is not None,
        aside=text.count("(", 0, start) > text.count(")", 0, start),
        bare=not figure.euros,
    )  # fmt: skip


def _qualified(text: str, figure: _Figure, at: int) -> tuple[int, str | None]:
    """Where a sum begins with the words that qualify it; the first of several decides."""
    start, qualifier = figure.start, figure.qualifier
    while (match := money_words().qualifier.search(text, at, start)) is not None:
        qualifier = money_words().qualifiers[load.fold(match["word"] or match["sign"])]
        start = match.start()
    return start, qualifier


def _rate(text: str, at: int, start: int, end: int) -> str | None:
    """For each of what the sum is one, if it is."""
    per, _ = _rate_behind(text, end)
    if per is not None:
        return per
    clause = _SENTENCE.split(text[at:start])[-1]
    before = money_words().rate_before
    return next((per for per, known in before.items() if known.search(clause)), None)


def _rate_behind(text: str, end: int) -> tuple[str | None, int]:
    """What the words behind a sum make it a rate of, and how long they are."""
    words = money_words()
    for pattern in (words.rate_behind, words.rate_slash):
        for per, known in pattern.items():
            match = known.match(text, end)
            if match is not None:
                return per, match.end() - end
    return ("other" if _SLASH.match(text, end) else None), 0


def _trouble(text: str, figure: _Figure) -> str | None:
    """Why a figure that can be read is no sum all the same."""
    start, end = figure.start, figure.end
    if _TIMES_BEHIND.match(text, end) or _PLUS_BEHIND.match(text, end):
        return "multiplied"
    before = text[:start]
    if _TIMES_BEFORE.search(before) or re.search(r"(?:%|prosenttia)\s*$", before):
        return "multiplied"
    # A sign right before the figure, or the true minus anywhere before it; brackets; behind it.
    if re.search(rf"{MINUS}$|\u2212\s?$", before) or re.match(r"[-\u2212](?!\w)", text[end:]):
        return "negative"
    if re.fullmatch(r"\s*\(\s*", before) and re.fullmatch(r"\s*\)\s*", text[end:]):
        return "negative"
    return None
