"""The numbers of a sentence: written how they may be, and those that are no quantities left out.

A number is digits, a number word in any case, a fraction (`kaksi kolmasosaa`, `kaksi kolmesta`), or
a word for none (`yhtään`, `kukaan`). Digits, number words and the signs of money are read by
`reading/quantities`, as in sums of web pages and lists.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, groupby, takewhile
from operator import itemgetter
from typing import NamedTuple

from esrdata.knowledge import load
from esrdata.reading.claims.apart import spelled
from esrdata.reading.claims.barred import barred
from esrdata.reading.claims.forms import ending, is_partitive
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import (
    EACH,
    MONEY,
    ORGANISATIONS,
    PEOPLE,
    SHARE,
    Unit,
    case_of,
    case_of_number,
    is_measure,
    unit_of,
    words,
)
from esrdata.reading.quantities.money_words import money_words
from esrdata.reading.quantities.numerals import (
    DIGITS,
    Numeral,
    digits_value,
    fraction_word,
    multipliers,
    number_word,
)

WORD = re.compile(r"[^\W\d_]\w*(?:[:’'-]\w+)*")
#: A word right behind a number; the full stop of an abbreviation stands in the match alone.
NEXT = re.compile(r"\s([^\W\d_]+)\.?")
_DIGITS = re.compile(DIGITS)
_DASH = r"\s?[-–—−]\s?"
_MINUS = ("-", "−", "–")
_RANGE = re.compile(rf"{_DASH}|\s+(?:tai|tai\s+jopa)\s+")
_ORDINAL = re.compile(r"\.(?:\s+|-)(?=[a-zåäö])|\.\s*(?:-|–)\s?\d+\.")
# Words for numbers up to so many stand beside the next one, where somebody counts roughly.
_MOST_COUNTED = 10
# "Kaksi kolmesta" is a share with these wholes; "14 osallistujasta 15:stä" is two counts.
_WHOLES = frozenset({3, 4, 5, 10})
_OUT_OF = re.compile(r"(?<![\w/.,–-])(\d{1,3})/(\d{1,3})\s([^\W\d_]+)")
_FRACTION = re.compile(r"([1-9])(?<![\w/.,-].)/([2-9]|10)(?![\w/.,-])")
# What a part is of may stand in front: osallistujista 3/4.
_OF = re.compile(r"ist[aä]\s(?:\w+\s){0,2}$")
# "Puolet enemmän" compares, and is no half of anything.
_COMPARES = re.compile(r"\s+(?:\w+mm(?:in|än|an|ät)|\w+mp(?:i|aa|ää|ia|iä)|enemmän|vähemmän)\b")
NONE_OF = Unit("henkilö", PEOPLE)
EURO, PERCENT = Unit("euro", MONEY), Unit("prosentti", SHARE)


class Number(NamedTuple):
    """A number in a sentence, with the word or sign of its unit where that ends it.

    `size` is how many times larger a word such as *miljoonaa* behind it makes it; `changed` tells
    whether it is the number after a change (`12:sta 35:een`).
    """

    start: int
    end: int
    value: float | None
    qualifier: str
    high: float | None = None
    unit: Unit | None = None
    word: bool = False
    size: float = 1
    changed: bool = False

    @property
    def scaled(self) -> bool:
        """Whether a word makes it larger."""
        return self.size > 1

    def scaled_by(self, size: float) -> "Number":
        """The number so many times larger."""
        value = None if self.value is None else round(self.value * size, 2)
        return self._replace(value=value, size=size)


class Numbers:
    """A sentence and its numbers."""

    def __init__(self, text: str, small: str) -> None:
        self.text = text
        # The same in small letters.
        self.small = small
        self.tokens = list(WORD.finditer(text))
        self._candidates = [token for token in self.tokens if _may_count(token[0])]
        self._barred = barred(text, small)

    def _open(self, start: int, end: int) -> bool:
        # A loop of its own takes half the time of `any`.
        for first, last in self._barred:  # noqa: SIM110
            if first < end and start < last:
                return False
        return True

    def numbers(self) -> Iterator[Number]:
        """The numbers that may be quantities, ranges as one, in order."""
        plain = [*self._words(), *self._digits()] if self._candidates else [*self._digits()]
        # Most sentences have neither a word that may be one nor a slash.
        may = bool(self._candidates) or "/" in self.text or EACH in self.small
        others = [*self._fractions(plain), *self._nones()] if may else []
        # A fraction takes the number in front of it: it comes first where both begin.
        found = sorted([*others, *plain], key=_place)
        joined: list[Number] = []
        for number in map(self._with_sign, found):
            last = joined[-1] if joined else None
            if last is not None and number.start < last.end:
                continue
            if last is not None and last.unit is None and self._is_range(last, number):
                # 5–10 miljoonaa
                low = last if last.scaled else last.scaled_by(number.size)
                low = low if (low.value or 0) < (number.value or 0) else last
                high = number._replace(start=last.start, value=low.value, high=number.value)
                joined[-1] = high._replace(qualifier=last.qualifier)
            elif last is not None and self._is_change(last, number):
                joined.append(number._replace(changed=True))
            else:
                joined.append(number)
        yield from joined

    def _is_range(self, low: Number, high: Number) -> bool:
        between = self.text[low.end : high.start]
        rising = low.value is not None and high.value is not None and low.value < high.value
        if not rising or low.high is not None:
            return False
        return (
            _RANGE.fullmatch(between) is not None
            or self._is_next_word(low, high)
            or (self._from_to(low, high) and not self._changes(low.start))
        )

    def _is_next_word(self, low: Number, high: Number) -> bool:
        """Whether a small number word and the next one say about how many: neljä viisi kertaa."""
        following = high.value == (low.value or 0) + 1 <= _MOST_COUNTED
        words_only = low.word and high.word and high.unit is None
        return (
            words_only
            and following
            and self.text[low.end : high.start].isspace()
            and case_of_number(self.text[high.start : high.end]) != "from"
        )

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
        for match in _DIGITS.finditer(self.text):
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
        for start, end, numeral, size in spelled(self.text, self._candidates):
            if not self._is_place(start, end, numeral) and self._open(start, end):
                yield Number(start, end, *numeral, word=True, size=size)

    def _fractions(self, plain: list[Number]) -> Iterator[Number]:
        """Parts of a whole, in per cent: `puolet`, `kaksi kolmasosaa`, `kaksi kolmesta`, `3/4`."""
        counts = {number.end + 1: number for number in plain if _may_be_part(number)}
        for token in self._candidates:
            of = token.start() in counts or self._is_of(token.end())
            whole = fraction_word(token[0], of=of)
            if whole is None or _COMPARES.match(self.text, token.end()):
                continue
            many = counts.get(token.start())
            start = token.start() if many is None else many.start
            if self._open(start, token.end()):
                yield from _part(start, token.end(), 1 if many is None else many.value, whole)
        for number in plain:
            many = counts.get(number.start)
            if many is None or not number.word or number.value not in _WHOLES:
                continue
            if case_of_number(self.text[number.start : number.end]) != "from":
                continue
            # Six and ten yritys are counts; of people one speaks of shares so.
            behind = [t[0] for t in self.tokens if t.start() >= number.end][: SETTINGS.words_part]
            nouns = takewhile(lambda word: case_of(word) == "from", behind)
            # Kunnista kolme viidestä: of what there are so many may stand in front.
            before = self.text[: many.start].split()[-SETTINGS.words_part :]
            around = [*nouns, *(word for word in before if word.endswith(("ista", "istä")))]
            if all(unit.kind == PEOPLE for unit in filter(None, map(unit_of, around))):
                yield from _part(many.start, number.end, many.value, int(number.value))
        for match in _FRACTION.finditer(self.text):
            if self._is_of(match.end()) or _OF.search(self.text, 0, match.start()):
                yield from _part(*match.span(), int(match[1]), int(match[2]))
        if "/" in self.text:
            yield from self._out_of()
        if EACH in self.small:
            yield from self._one_of()

    def _out_of(self) -> Iterator[Number]:
        """So many out of so many, where what is counted stands behind: 18/24 opiskelijaa."""
        for match in _OUT_OF.finditer(self.text):
            some, all_, unit = int(match[1]), int(match[2]), unit_of(match[3])
            counted = unit is not None and not is_measure(unit) and is_partitive(match[3])
            if some < all_ and counted:
                yield Number(*match.span(1), some, "exact")
                yield Number(*match.span(2), all_, "exact")

    def _one_of(self) -> Iterator[Number]:
        """One of so many: joka viides vastaaja, but not joka toinen viikko."""
        for match in words().one_of.finditer(self.small):
            unit = unit_of(match[2])
            if unit is not None and unit.kind in (PEOPLE, ORGANISATIONS):
                yield from _part(match.start(), match.end(1), 1, words().ordinals[match[1]])

    def _is_of(self, at: int) -> bool:
        """Whether what a part is of follows: puolella vastaajista."""
        following = NEXT.match(self.text, at)
        return following is not None and following[1].endswith(("ista", "istä"))

    def _nones(self) -> Iterator[Number]:
        """Nobody and none, where the clause says no."""
        shelf = words()
        for token in self._candidates:
            folded = token[0].casefold()
            none = folded in shelf.none_of or folded in shelf.none_people
            if not none or not shelf.negative.search(self.small):
                continue
            if folded in shelf.none_people:
                following = NEXT.match(self.text, token.end())
                if following is not None and following[1].casefold() in shelf.none_but:
                    continue
                first, last = self._clause(token)
                if not shelf.negative_past.search(self.small, first, last):
                    continue
                unit = unit_of(following[1]) if following is not None else None
                named = unit if unit is not None and unit.kind == PEOPLE else NONE_OF
                yield Number(token.start(), token.end(), 0.0, "exact", unit=named, word=True)
            else:
                yield Number(token.start(), token.end(), 0.0, "exact", word=True)

    def _clause(self, token: re.Match[str]) -> tuple[int, int]:
        """From the comma before a word to the comma behind it."""
        end = self.text.find(",", token.end())
        return self.text.rfind(",", 0, token.start()) + 1, len(self.text) if end < 0 else end

    def _is_place(self, start: int, end: int, numeral: Numeral) -> bool:
        """Whether a number word is the name of a region: Satakunta, unless something is counted."""
        if numeral.qualifier != "about" or not self.text[start].isupper() or numeral.value != 100:
            return False
        if start > 0:
            return True
        following = WORD.match(self.text, end + 1)
        return following is None or unit_of(following[0]) is None

    def _multiplied(self, number: Number) -> Number:
        """A number with a word such as tuhatta behind it."""
        match = NEXT.match(self.text, number.end)
        if number.value is None or match is None:
            return number
        size = multipliers().get(match[1].casefold())
        if size is None:
            return number
        value = round(number.value * size, 2)
        return number._replace(end=match.end(), value=value, size=size)

    def _with_sign(self, number: Number) -> Number:
        """A number with euros or per cent behind it, and with what makes it larger."""
        if number.unit is not None:
            return number
        shelf, money = words(), money_words()
        behind = self.text[number.end : number.end + 3].lstrip()[:1]
        if behind not in shelf.sign_starts:
            # Most numbers have no sign behind them, and this shows it at a glance.
            return self._with_sign_before(number)
        # A sign that holds scale and currency in one: 350 t€, 5,3 mil. €.
        tail = money.tail.match(self.text, number.end)
        name = load.fold(tail["scale"]) if tail is not None and tail["scale"] else ""
        if tail is not None and (tail["currency"] or name in money.with_currency):
            size = money.scales[name] if name else 1
            value = None if number.value is None else round(number.value * size, 2)
            return number._replace(end=tail.end(), value=value, unit=EURO, size=size)
        number = self._multiplied(number)
        inflected = shelf.money.match(self.text, number.end)
        if inflected is not None:
            return number._replace(end=inflected.end(), unit=EURO)
        share = shelf.share.match(self.text, number.end)
        if share is not None:
            return number._replace(end=share.end(), unit=PERCENT)
        return self._with_sign_before(number)

    def _with_sign_before(self, number: Number) -> Number:
        before = self.text[max(0, number.start - 2) : number.start].strip()
        return number._replace(unit=EURO) if before == "€" else number


def _may_be_part(number: Number) -> bool:
    """Whether a number may tell how many parts of a whole: kaksi kolmasosaa, 4 viidestä."""
    return bool(number.value) and (number.word or number.value in range(1, 10))


def _part(start: int, end: int, many: float | None, whole: int) -> Iterator[Number]:
    """So many parts of a whole in per cent, where there are no more than it has."""
    if many is not None and many < whole:
        value = round(100 * many / whole, 1)
        yield Number(start, end, value, "exact", unit=PERCENT, word=True)


@lru_cache(maxsize=100_000)
def _may_count(word: str) -> bool:
    """Whether a word is a number, a part of a whole, or a word for none."""
    shelf, folded = words(), word.casefold()
    return (
        number_word(word) is not None
        or fraction_word(word, of=True) is not None
        or folded in shelf.none_of
        or folded in shelf.none_people
    )


def number_places(text: str, small: str) -> list[int]:
    """Where a text has a digit or a word that may count; `small` is the same in small letters."""
    found: list[int] = []
    # A word at the beginning stands behind a space too: places are one further than in the text.
    spaced = f" {small}"
    behind_space, behind_sign = _starts()
    for match in chain(behind_space.finditer(spaced), behind_sign.finditer(spaced)):
        at = match.start()
        if spaced[at].isdecimal():
            found.append(at - 1)
        elif not spaced[at].isalpha():
            word = WORD.match(text, at)
            if word is not None and (_may_count(word[0]) or word[0].casefold() == EACH[:-1]):
                found.append(at)
    return sorted(found)


@cache
def _starts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may count, with the sign before it: behind a space, and behind another or digits.

    Python finds one plain sign many times faster than one of a few: most words stand behind it.
    """
    # By their first letters: so most places are passed over at once.
    groups = groupby(sorted(words().starts), key=itemgetter(0))
    starts = "|".join(f"{first}(?:{'|'.join(word[1:] for word in all_)})" for first, all_ in groups)
    return re.compile(f" (?:{starts})"), re.compile(rf"[^ a-zåäö](?:(?<=\d)\d*|{starts})")


def _place(number: Number) -> tuple[int, int]:
    """Numbers from left to right, of two that begin together the longer one first."""
    return number.start, -number.end
