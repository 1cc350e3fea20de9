"""The numbers of a sentence, ranges as one, and those that are no quantities left out.

A number is digits, a number word in any case, or a part of a whole (`parts.py`). Digits, number
words and the signs of money are read by `reading/quantities`, as in sums of web pages and lists.
"""

import re
from collections.abc import Iterator

from esrdata.reading.claims.apart import spelled
from esrdata.reading.claims.forms import ALIKE, ending
from esrdata.reading.claims.number import NEXT, WORD, Number, with_sign
from esrdata.reading.claims.parts import Parts
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import EACH, case_of, case_of_number, words
from esrdata.reading.quantities.numerals import DIGITS, Numeral, digits_value

_DIGITS = re.compile(DIGITS)
_DASH = r"\s?[-–—−]\s?"
_MINUS = ("-", "−", "–")
_RANGE = re.compile(rf"{_DASH}|\s?(?:\.\.\.?|…)\s?|\s+(?:tai|tai\s+jopa)\s+")
_ORDINAL = re.compile(r"\.(?:\s+|-)(?=[a-zåäö])|\.\s*(?:-|–)\s?\d+\.")
# Words for numbers up to so many stand beside the next one, where somebody counts roughly.
_MOST_COUNTED = 10
# Digits with a unit behind them are longer: kolme (3 kpl).
_LONGEST_REPEATED = 4
# Behind the higher end: vaihteli 3 ja 120 työntekijän välillä.
_BETWEEN = re.compile(r"(?::\w+)?(?:\s[^\W\d]+n)?\svälillä\b")


class Numbers(Parts):
    """A sentence and its numbers."""

    def numbers(self) -> Iterator[Number]:
        """The numbers that may be quantities, ranges as one, in order."""
        plain = [*self._words(), *self._digits()] if self._candidates else [*self._digits()]
        # Most sentences have neither a word that may be one nor a slash.
        may = bool(self._candidates) or "/" in self.text or EACH in self.small
        others = [*self._fractions(plain), *self._nones()] if may else []
        # A fraction takes the number in front of it: it comes first where both begin.
        found = sorted([*others, *plain], key=_place)
        joined: list[Number] = []
        for plainly in found:
            number = with_sign(self.text, plainly)
            last = joined[-1] if joined else None
            if last is not None and number.start < last.end:
                continue
            if last is not None and self._is_same(last, number):
                joined[-1] = last._replace(end=number.end + 1)
                continue
            if last is not None and last.unit is None and self._is_range(last, number):
                # 5–10 miljoonaa
                low = last if last.scaled else last.scaled_by(self._size_of_both(last, number))
                low = low if (low.value or 0) < (number.value or 0) else last
                high = number._replace(start=last.start, value=low.value, high=number.value)
                joined[-1] = high._replace(qualifier=last.qualifier)
            elif last is not None and self._is_change(last, number):
                if not last.scaled and (last.value or 0) < number.size:
                    joined[-1] = last.scaled_by(number.size)  # 1,2:sta 1,6 miljoonaan
                joined.append(number._replace(changed=True))
            elif last is not None and self._is_added(last, number):
                value = round((last.value or 0) + (number.value or 0), 2)
                joined[-1] = number._replace(start=last.start, value=value, size=last.size)
            else:
                joined.append(number)
        yield from joined

    def _is_same(self, word: Number, digits: Number) -> bool:
        """Whether digits in brackets repeat a number word: kolme (3) työntekijää."""
        return (
            word.word
            and word.value == digits.value
            and digits.end - digits.start < _LONGEST_REPEATED
            and self.text[word.end : digits.start] == " ("
            and self.text[digits.end : digits.end + 1] == ")"
        )

    def _is_added(self, large: Number, rest: Number) -> bool:
        """Whether a number goes on with smaller thousands: 2 miljoonaa 500 tuhatta."""
        together = large.scaled and large.unit is None and self.text[large.end : rest.start] == " "
        return together and SETTINGS.least_euros <= (rest.value or 0) < large.size

    def _is_range(self, low: Number, high: Number) -> bool:
        between = self.text[low.end : high.start]
        rising = low.value is not None and high.value is not None and low.value < high.value
        if not rising or low.high is not None:
            return False
        return (
            _RANGE.fullmatch(between) is not None
            or (between == " ja " and _BETWEEN.match(self.text, high.end) is not None)
            or self._is_next_word(low, high)
            or (self._from_to(low, high) and not self._changes(low.start))
        )

    def _size_of_both(self, low: Number, high: Number) -> float:
        """What makes the ends of a range larger: 5–10 miljoonaa, viisi-kuusisataa."""
        first = low.value or 0
        if low.word and high.word and high.size == 1 and first < _MOST_COUNTED:
            return next((size for size in (10, 100, 1000) if high.value == (first + 1) * size), 1)
        return high.size

    def _is_next_word(self, low: Number, high: Number) -> bool:
        """Whether a small number word and the next one say about how many: neljä viisi kertaa."""
        following = high.value == (low.value or 0) + 1 <= _MOST_COUNTED
        words_only = low.word and high.word and high.unit is None
        return (
            words_only
            and following
            and self.text[low.end : high.start].isspace()
            and case_of_number(self.text[high.start : high.end]) != "from"
            and self._are_of_one_case(low, high)
        )

    def _are_of_one_case(self, low: Number, high: Number) -> bool:
        """Whether two number words have one case: in kolme neljän hengen tiimiä not."""
        written = self.text[high.start : high.end].casefold()
        genitive = written.endswith("n") and not written.endswith(ALIKE)
        return not genitive or self.text[low.end - 1] == "n"

    def _from_to(self, low: Number, high: Number) -> bool:
        """Whether two numbers are `x:stä y:hyn`."""
        written = self.text[high.start : high.end]
        return (
            self.text[low.end : high.start].isspace()
            and case_of_number(self.text[low.start : low.end]) == "from"
            and (high.word or ":" in written or self._is_illative(high))
        )

    def _is_illative(self, high: Number) -> bool:
        """Whether words behind digits say up to how many: kolmesta 45 työntekijään."""
        if self.text[high.end - 1].isalpha():
            return ending(self.text[high.start : high.end].split()[-1]) == "illative"
        noun = NEXT.match(self.text, high.end)
        return noun is not None and ending(noun[1]) == "illative"

    def _changes(self, at: int) -> bool:
        """Whether a verb of change stands before a place."""
        return words().change.search(self.small, 0, at) is not None

    def _is_change(self, low: Number, high: Number) -> bool:
        return low.unit is None and self._from_to(low, high) and self._changes(low.start)

    def _digits(self) -> Iterator[Number]:
        end = 0
        for at in self._at_digits:
            match = _DIGITS.match(self.text, at) if at >= end else None
            if match is None:
                continue
            end = match.end()
            ordinal = _ORDINAL.match(self.text, match.end()) is not None
            value = digits_value(match[0])
            if ordinal or value is None or self._is_negative(match.start()):
                continue
            if self._open(*match.span()):
                yield Number(*match.span(), value, "exact")

    def _is_negative(self, start: int) -> bool:
        """Whether a minus stands before digits, as in `tulos oli -5 000 euroa`."""
        return self.text[start - 1 : start] in _MINUS and (
            self.text[max(0, start - 3) : start - 2].isalpha() and self.text[start - 2] == " "
        )

    def _words(self) -> Iterator[Number]:
        for start, end, numeral, size, _ in spelled(self.text, self._candidates):
            if not self._is_place(start, end, numeral) and self._open(start, end):
                yield Number(start, end, *numeral, word=True, size=size)

    def _is_place(self, start: int, end: int, numeral: Numeral) -> bool:
        """Whether a number word is the name of a region: Satakunta, unless something is counted."""
        if numeral.qualifier != "about" or not self.text[start].isupper() or numeral.value != 100:
            return False
        # Satakunta nuorta are so many, where Satakunnan alueella is.
        following = WORD.match(self.text, end + 1)
        return start > 0 or following is None or case_of(following[0]) not in ("one", "many")


def _place(number: Number) -> tuple[int, int]:
    """Numbers from left to right, of two that begin together the longer one first."""
    return number.start, -number.end
