"""The numbers of a sentence: written how they may be, and those that are no quantities left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from esrdata.reading.claims.vocabulary import MONEY, OTHER, SHARE, Unit, case_of, unit_of, words
from esrdata.reading.quantities.numerals import (
    DIGITS,
    Numeral,
    digits_value,
    multipliers,
    number_word,
)

WORD = re.compile(r"[^\W\d_](?:[:’'-]?\w)*")
#: A word right behind a number, an abbreviation with its full stop.
NEXT = re.compile(r"\s([^\W\d_]+\.?)")
_DIGITS = re.compile(DIGITS)
_DIGIT, _NEAR = re.compile(r"\d"), 60
_DASH = r"\s?[-–—−]\s?"
_RANGE = re.compile(rf"{_DASH}|\s+(?:tai|tai\s+jopa)\s+")
_LISTED = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\(\d{1,2}\))(?=\s)|^\s*\d{1,2}(?:\.\d{1,2})+\.?(?=\s)"
)
_ORDINAL = re.compile(r"\.\s+(?=[a-zåäö])|\.\s*(?:-|–)\s?\d+\.")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence, with the word or sign of its unit where that ends it."""

    start: int
    end: int
    value: float | None
    qualifier: str
    high: float | None = None
    unit: Unit | None = None
    word: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence."""

    start: int
    end: int
    text: str


class Numbers:
    """A sentence and its numbers."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [Token(*met.span(), met[0]) for met in WORD.finditer(text)]

    @cached_property
    def barred(self) -> list[tuple[int, int]]:
        """Places of numbers that are no quantities."""
        text, shelf = self.text, words()
        found = [met.span() for met in shelf.saying.finditer(text)]
        digits = [met.start() for met in _DIGIT.finditer(text)]
        if not digits:
            return found
        # The patterns are slow, and stand close to their digits.
        near = max(0, digits[0] - _NEAR), digits[-1] + _NEAR
        found += [met.span() for met in shelf.never.finditer(text, *near)]
        listed = _LISTED.match(text)
        if listed is not None:
            found.append(listed.span())
        for met in shelf.year.finditer(text, *near):
            if shelf.year_words.match(met[0]) or not self._is_counted(met):
                found.append(met.span())
        return found

    def _is_counted(self, year: re.Match[str]) -> bool:
        """Whether what looks like a year is followed by what it counts."""
        if not year[0].isdecimal():
            return False
        following = WORD.match(self.text, year.end() + 1)
        if following is None or self.text[year.end() : year.end() + 1] != " ":
            return False
        unit = unit_of(following[0])
        return (unit is not None and unit.kind != OTHER) or bool(
            words().money.match(self.text, year.end())
        )

    def _open(self, start: int, end: int) -> bool:
        return not any(a < end and start < b for a, b in self.barred)

    def numbers(self) -> Iterator[Number]:
        """The numbers that may be quantities, ranges as one, in order."""
        numbers = sorted([*self._digits(), *self._words()], key=lambda number: number.start)
        joined: list[Number] = []
        for number in map(self._with_sign, map(self._multiplied, numbers)):
            if joined and number.start < joined[-1].end:
                continue
            last = joined[-1] if joined else None
            if last is not None and last.unit is None and self._is_range(last, number):
                high = replace(number, start=last.start, value=last.value, high=number.value)
                joined[-1] = replace(high, qualifier=last.qualifier)
            else:
                joined.append(number)
        yield from joined

    def _is_range(self, low: Number, high: Number) -> bool:
        between = self.text[low.end : high.start]
        rising = low.value is not None and high.value is not None and low.value < high.value
        from_to = (
            between.isspace()
            and case_of(self.text[low.start : low.end]) == "from"
            and (high.word or ":" in self.text[high.start : high.end])
        )
        return rising and low.high is None and (bool(_RANGE.fullmatch(between)) or from_to)

    def _digits(self) -> Iterator[Number]:
        for met in _DIGITS.finditer(self.text):
            ordinal = _ORDINAL.match(self.text, met.end()) is not None
            if not ordinal and self._open(*met.span()):
                yield Number(*met.span(), digits_value(met[0]), "exact")

    def _words(self) -> Iterator[Number]:
        for token in self.tokens:
            numeral = number_word(token.text)
            if numeral is None or self._is_place(token, numeral):
                continue
            if self._open(token.start, token.end):
                yield Number(token.start, token.end, *numeral, word=True)

    def _is_place(self, token: Token, numeral: Numeral) -> bool:
        """Whether a number word is the name of a region: Satakunta, unless something is counted."""
        if numeral.qualifier != "about" or not token.text[0].isupper() or numeral.value != 100:
            return False
        if token.start > 0:
            return True
        following = WORD.match(self.text, token.end + 1)
        return following is None or unit_of(following[0]) is None

    def _multiplied(self, number: Number) -> Number:
        """A number with a word such as tuhatta behind it."""
        met = NEXT.match(self.text, number.end)
        if number.value is None or met is None:
            return number
        size = multipliers().get(
            met[1].casefold(), multipliers().get(met[1].rstrip(".").casefold())
        )
        if size is None:
            return number
        return replace(number, end=met.end(), value=number.value * size)

    def _with_sign(self, number: Number) -> Number:
        """A number with euros or per cent behind it."""
        shelf = words()
        money = shelf.money.match(self.text, number.end)
        if money is not None:
            size = 10**6 if money["millions"] else 1000 if money["thousands"] else 1
            value = None if number.value is None else number.value * size
            return replace(number, end=money.end(), value=value, unit=Unit("euro", MONEY))
        share = shelf.share.match(self.text, number.end)
        if share is not None:
            return replace(number, end=share.end(), unit=Unit("prosentti", SHARE))
        if self.text[max(0, number.start - 2) : number.start].strip() == "€":
            return replace(number, unit=Unit("euro", MONEY))
        return number
