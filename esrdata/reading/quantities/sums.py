"""Sums of money as web pages write them, with how exactly they were said.

All words stand in `web.yml`. What may be read in two ways is not read: `1,234` is a thousand in
English and one euro in Finnish.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from esrdata.knowledge import load
from esrdata.reading.web.vocabulary import every, one_of

_GAP = "[ \u00a0\u202f\u2009]"
_YEARS = range(1900, 2101)
# More digits than a float holds exactly; fewer than these, with no unit, are a count of something.
_DIGITS, _BARE = 15, 4
# A sum for each year or person is not the sum of the project; nor is one below zero.
_RATE = re.compile(rf"{_GAP}?/{_GAP}?[^\W\d_]")
_MINUS = re.compile(r"[-\u2212\u2013]")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in euros at `start:end` of a text, the words that qualify it included."""

    amount: float
    qualifier: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The words of sums as patterns."""

    number: re.Pattern[str]
    tail: re.Pattern[str]
    percent: re.Pattern[str]
    foreign: re.Pattern[str]
    currency_before: re.Pattern[str]
    qualifier: re.Pattern[str]
    qualifiers: dict[str, str]
    units: dict[str, int]
    with_currency: frozenset[str]
    words: dict[str, float]


def read_sum(text: str) -> Sum | None:
    """The first sum of money in a text.

    Parameters
    ----------
    text
        What stands behind a label.

    Returns
    -------
    Sum or None
        None where there is no sum, or the first figure that could be one cannot be read for sure;
        shares in per cent and years are passed over.
    """
    shelf = _shelf()
    for met in shelf.number.finditer(text):
        if shelf.percent.match(text, met.end()) or (met["digits"] and _bare_year(text, met)):
            continue
        return _read(text, met)
    return None


def _read(text: str, met: re.Match[str]) -> Sum | None:
    """Read one figure with what stands around it."""
    shelf = _shelf()
    before = shelf.currency_before.search(text, 0, met.start())
    tail = shelf.tail.match(text, met.end())
    unit = tail["unit"] if tail is not None else None
    factor = shelf.units[load.fold(unit)] if unit else 1
    euros = (
        before is not None
        or (tail is not None and tail["currency"] is not None)
        or (unit is not None and load.fold(unit) in shelf.with_currency)
    )
    start = before.start() if before is not None else met.start()
    end = tail.end() if tail is not None else met.end()
    if shelf.foreign.match(text, end) or _RATE.match(text, end) or _MINUS.match(text, start - 1):
        return None
    if met["digits"]:
        amount = _figure(met["digits"], before is not None, bool(unit))
        counts = met["digits"].isdecimal() and len(met["digits"]) < _BARE and not unit
    else:
        # "a million" without euros may be a million of anything.
        amount = shelf.words[load.fold(met["word"])] if met["word"] else 1.0
        counts = not met["word"]
    if amount is None or (counts and not euros):
        return None
    said = shelf.qualifier.search(text, 0, start)
    qualifier = shelf.qualifiers[load.fold(said["said"])] if said is not None else None
    return Sum(round(amount * factor, 2), qualifier, said.start() if said else start, end)


def _bare_year(text: str, met: re.Match[str]) -> bool:
    """Whether four digits are a year: no money sign stands next to them."""
    digits = met["digits"]
    if not (digits.isdecimal() and len(digits) == _BARE and int(digits) in _YEARS):
        return False
    shelf = _shelf()
    before = shelf.currency_before.search(text, 0, met.start())
    return before is None and shelf.tail.match(text, met.end()) is None


def _spaces(text: str) -> float:
    return float(re.sub(_GAP, "", text).replace(",", "."))


def _dots(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def _commas(text: str) -> float:
    return float(text.replace(",", ""))


# Ways of writing a figure: pattern, whether a currency sign must stand in front, reader.
_WAYS: tuple[tuple[re.Pattern[str], bool, Callable[[str], float]], ...] = (
    (re.compile(rf"\d{{1,3}}(?:{_GAP}\d{{3}})+(?:[.,]\d{{1,2}})?"), False, _spaces),
    (re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?"), False, _dots),
    (re.compile(r"\d{1,3}(?:,\d{3})+\.\d{2}"), False, _commas),
    (re.compile(r"\d{1,3}(?:,\d{3}){2,}"), False, _commas),
    (re.compile(r"\d{1,3}(?:,\d{3})+"), True, _commas),
    (re.compile(r"\d+(?:[.,]\d{1,2})?"), False, _spaces),
)
# Before a million all decimals are decimals: 1,234 million.
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")


def _figure(digits: str, signed: bool, multiplied: bool) -> float | None:
    if len(re.sub(r"\D", "", digits)) > _DIGITS:
        return None
    if multiplied and _DECIMAL.fullmatch(digits):
        return _spaces(digits)
    for pattern, needs_sign, read in _WAYS:
        if pattern.fullmatch(digits) and (signed or not needs_sign):
            return read(digits)
    return None


@cache
def _shelf() -> _Shelf:
    words = load.web()["sums"]
    millions, thousands = every(words["millions"]), every(words["thousands"])
    units = {load.fold(word): 1_000_000 for word in millions}
    units |= {load.fold(word): 1_000 for word in thousands}
    unit = rf"(?P<unit>{one_of([*millions, *thousands])})(?!\w)"
    currency = rf"(?P<currency>{one_of(words['currency'])})(?!\w)"
    number_words = {
        load.fold(word): float(amount)
        for said in words["numbers"].values()
        for word, amount in said.items()
    }
    qualifiers = {
        load.fold(word): key for key, said in words["qualifiers"].items() for word in every(said)
    }
    signs = one_of(word for word in words["currency"] if len(word) > 1 or not word.isalpha())
    spoken = rf"(?:(?P<word>{one_of(number_words)})\s+)?(?={unit.replace('?P<unit>', '?:')})"
    flags = re.IGNORECASE
    return _Shelf(
        re.compile(
            # The longest run of digits: a part of a figure is no figure.
            rf"(?<![\w,/])(?<!\d\.)(?<!\d{_GAP})(?:(?P<digits>\d+(?:[.,]\d+|{_GAP}\d+)*)(?![\d/]|[.,]\d)"
            rf"|(?<!\w){spoken})",
            flags,
        ),
        re.compile(rf"\s{{0,2}}(?=\S)(?:{unit})?\s{{0,2}}(?:{currency})?(?<=\S)(?<!\d)", flags),
        re.compile(rf"\s?(?:{one_of(words['percent'])})", flags),
        re.compile(rf"\s?(?:{one_of(words['other_currencies'])})(?!\w)", flags),
        re.compile(rf"(?:{signs})\s?$", flags),
        re.compile(rf"(?<!\w)(?P<said>{one_of(qualifiers)})\s*$", flags),
        qualifiers,
        units,
        frozenset(load.fold(word) for word in words["with_currency"]),
        number_words,
    )
