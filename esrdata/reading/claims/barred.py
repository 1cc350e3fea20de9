"""Places of a sentence whose numbers are no quantities: dates, codes, ages, file sizes, sayings.

The patterns are on the shelf (`claims/words.yml`, `never`). They are the dearest part of reading a
narrative, so they are held against the neighbourhood of digits only.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import OTHER, unit_of, words

_LISTED = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\(\d{1,2}\))(?=\s)|^\s*\d{1,2}(?:\.\d{1,2})+\.?(?=\s)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]+")


#: What a text must hold to be looked through, and the pattern for it.
Where = Sequence[tuple[str, re.Pattern[str]]]


def never_where(small: str) -> Where:
    """The patterns of the shelf that begin with any word, of which a text holds what they need."""
    return [one for one in words().never_where if one[0] in small]


def barred(
    text: str, small: str, digits: list[int], where: Where, *, worded: bool
) -> list[tuple[int, int]]:
    """Places of a sentence that hold no quantity.

    `small` is the same in small letters, `digits` are the places of its digits, `where` are the
    patterns that may be in the whole text, and `worded` tells whether words of it may count.
    """
    shelf = words()
    sayings = shelf.saying if worded else ()
    found = [match.span() for saying in sayings for match in saying.finditer(small)]
    for part, pattern in where:
        if part in small:
            found += [match.span() for match in pattern.finditer(small)]
    if not digits:
        return found
    listed = _LISTED.match(text)
    if listed is not None:
        found.append(listed.span())
    found += _at_digits(text, digits)
    # Stretches around digits, those that touch as one.
    near = SETTINGS.never_reach
    apart = [i for i, (a, b) in enumerate(pairwise(digits), 1) if b - a > 2 * near + 1]
    for first, last in pairwise([0, *apart, len(digits)]):
        window = max(0, digits[first] - near), digits[last - 1] + 1 + near
        for pattern in shelf.never:
            for match in pattern.finditer(text, *window):
                found.append(match.span())
        for pattern in shelf.never_in_small:
            for match in pattern.finditer(small, *window):
                found.append(match.span())
    end = 0
    for at in (match.start() for match in _YEAR.finditer(text)):
        year = shelf.years.match(text, at) if at >= end else None
        if year is not None:
            start, end = _with_word(small, at), year.end()
            if start < at or not _is_counted(text, year):
                found.append((start, end))
    return found


def _with_word(small: str, at: int) -> int:
    """Where the word begins that says that a year follows; where the year does, if none does."""
    near = small[max(0, at - SETTINGS.year_reach) : at]
    if not near[-1:].isspace():
        return at
    word = words().year_words.search(near.rstrip(), near.rstrip().rfind(" ") + 1)
    return at if word is None else at - len(near) + word.start()


def _at_digits(text: str, digits: list[int]) -> Iterator[tuple[int, int]]:
    """Places of the patterns that begin with a digit, tried at digits alone."""
    pattern, end = words().never_at_digits, 0
    for at in digits:
        if at >= end and (match := pattern.match(text, at)) is not None:
            end = match.end()
            yield match.span()


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
