"""Where the numbers of a text may stand: its digits and words that count, dates and codes apart.

The patterns of what is no quantity are on the shelf (`claims/words.yml`, `never`). They are the
dearest part of reading a narrative, so they are held against the neighbourhood of digits only.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

from esrdata.reading.claims import clues
from esrdata.reading.claims.number import WORD
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import EACH, OTHER, unit_of, words
from esrdata.reading.quantities.numerals import fraction_word, number_word
from esrdata.reading.quantities.phrases import one_of

_LISTED = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\(\d{1,2}\))(?=\s)|^\s*\d{1,2}(?:\.\d{1,2})+\.?(?=\s)"
)
_WORD = re.compile(r"[^\W\d_]+")
_SPAN: Callable[[re.Match[str]], tuple[int, int]] = re.Match.span
#: What a text must hold to be looked through, and the pattern for it.
Where = Sequence[tuple[str, re.Pattern[str]]]


class Places:
    """A sentence, its words, and its places that may hold a number.

    `places` are those of the sentence where digits or words that may count begin, and `where`
    the patterns of what is no quantity that its text may hold.
    """

    def __init__(self, text: str, small: str, places: Sequence[int], where: Where) -> None:
        self.text = text
        # The same in small letters.
        self.small = small
        self.tokens = list(WORD.finditer(text))
        self._told = 0
        for token in self.tokens:
            self._told |= clues.of_claims(token[0])
        self._at_digits = [at for at in places if small[at].isdecimal()]
        self._candidates = []
        # Most sentences have none, and no word of theirs is looked at.
        if len(self._at_digits) < len(places):
            self._candidates = [t for t in self.tokens if t.start() in places and may_count(t[0])]
        self._has_brackets = "(" in text
        self._barred = list(self._no_quantities(where))

    def _no_quantities(self, where: Where) -> Iterator[tuple[int, int]]:
        """Places of the sentence that hold no quantity."""
        shelf, text, small, digits = words(), self.text, self.small, self._at_digits
        for saying in shelf.saying if self._told & clues.SAYING and self._candidates else ():
            yield from map(_SPAN, saying.finditer(small))
        for part, pattern in where:
            if part in small:
                yield from map(_SPAN, pattern.finditer(small))
        if not digits:
            return
        if (listed := _LISTED.match(text)) is not None:
            yield listed.span()
        end = year_end = 0
        for at in digits:
            if at >= end and (match := shelf.never_at_digits.match(text, at)) is not None:
                end = match.end()
                yield match.span()
            if at >= year_end and (year := shelf.years.match(text, at)) is not None:
                start, year_end = _with_word(small, at), year.end()
                if start < at or not _is_counted(text, year):
                    yield start, year_end
        around = max(0, digits[0] - SETTINGS.never_reach), digits[-1] + 2 * SETTINGS.never_reach
        for pattern in shelf.never:
            yield from map(_SPAN, pattern.finditer(text, *around))
        if self._told & clues.LABEL:
            for pattern in shelf.never_in_small:
                yield from map(_SPAN, pattern.finditer(small, *around))

    def _bracket(self, at: int) -> int:
        """Where the bracket begins that a place stands in; -1 in none."""
        opened = self.text.rfind("(", 0, at)
        return opened if opened > self.text.rfind(")", 0, at) else -1

    def _is_aside(self, at: int, other: int) -> bool:
        """Whether a place stands in a bracket in which another does not."""
        return self._has_brackets and self._bracket(at) not in (self._bracket(other), -1)

    def _open(self, start: int, end: int) -> bool:
        # A loop of its own takes half the time of `any`.
        for first, last in self._barred:  # noqa: SIM110
            if first < end and start < last:
                return False
        return True


@lru_cache(maxsize=100_000)
def may_count(word: str) -> bool:
    """Whether a word is a number, a part of a whole, or a word for none."""
    shelf, folded = words(), word.casefold()
    return (
        all(map(number_word, word.split("-")))
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
            if small.startswith(EACH, at):
                # The word behind it was passed over: joka kolmas, joka kolmessa kunnassa.
                found.append(at)
                at += len(EACH)
            word = WORD.match(text, at)
            if word is not None and may_count(word[0]):
                found.append(at)
    return sorted(found)


@cache
def _starts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may count, with the sign before it: behind a space, and behind another or digits.

    Python finds one plain sign many times faster than one of a few: most words stand behind it.
    """
    starts = one_of(words().starts)
    return re.compile(f" (?:{starts})"), re.compile(rf"[^ a-zåäö](?:(?<=\d)\d*|{starts})")


def _with_word(small: str, at: int) -> int:
    """Where the word begins that says that a year follows; where the year does, if none does."""
    near = small[max(0, at - SETTINGS.year_reach) : at]
    if not near[-1:].isspace():
        return at
    word = words().year_words.search(near.rstrip(), near.rstrip().rfind(" ") + 1)
    return at if word is None else at - len(near) + word.start()


def _is_counted(text: str, year: re.Match[str]) -> bool:
    """Whether what looks like a year is followed by what it counts."""
    if not year[0].isdecimal():
        return False
    following = _WORD.match(text, year.end() + 1)
    if following is None or text[year.end() : year.end() + 1] != " ":
        return False
    unit = unit_of(following[0])
    return (
        following[0] in words().pieces
        or (unit is not None and unit.kind != OTHER)
        or bool(words().money.match(text, year.end()))
    )
