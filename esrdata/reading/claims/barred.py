"""Places of a sentence whose numbers are no quantities: dates, codes, ages, file sizes, sayings.

The patterns are on the shelf (`claims/words.yml`, `never`). They are the dearest part of reading a
narrative, so they are held against the neighbourhood of digits only.
"""

import re
from collections.abc import Iterator

from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import OTHER, unit_of, words

_LISTED = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\(\d{1,2}\))(?=\s)|^\s*\d{1,2}(?:\.\d{1,2})+\.?(?=\s)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]+")


def barred(text: str, small: str, digits: list[int]) -> list[tuple[int, int]]:
    """Places of a sentence that hold no quantity.

    `small` is the same in small letters, and `digits` are the places of its digits.
    """
    shelf = words()
    found = [match.span() for saying in shelf.saying for match in saying.finditer(small)]
    for part, pattern in shelf.never_where.items():
        if part in small:
            found += [match.span() for match in pattern.finditer(small)]
    if not digits:
        return found
    listed = _LISTED.match(text)
    if listed is not None:
        found.append(listed.span())
    found += _at_digits(text, digits)
    for window in _windows(digits, 1, SETTINGS.never_reach):
        for pattern in shelf.never:
            for match in pattern.finditer(text, *window):
                found.append(match.span())
        for pattern in shelf.never_in_small:
            for match in pattern.finditer(small, *window):
                found.append(match.span())
    years = [match.start() for match in _YEAR.finditer(text)]
    for window in _windows(years, 4, SETTINGS.year_reach):
        for match in shelf.years.finditer(text, *window):
            if shelf.year_words.match(match[0]) or not _is_counted(text, match):
                found.append(match.span())
    return found


def _at_digits(text: str, digits: list[int]) -> Iterator[tuple[int, int]]:
    """Places of the patterns that begin with a digit, tried at digits alone."""
    pattern, end = words().never_at_digits, 0
    for at in digits:
        if at >= end and (match := pattern.match(text, at)) is not None:
            end = match.end()
            yield match.span()


def _windows(places: list[int], length: int, near: int) -> Iterator[tuple[int, int]]:
    """Stretches around places of one length, those that touch as one."""
    first = last = -1
    for place in places:
        if place - near > last:
            if last >= 0:
                yield first, last
            first = max(0, place - near)
        last = place + length + near
    if last >= 0:
        yield first, last


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
