"""Places of a sentence whose numbers are no quantities: dates, codes, ages, file sizes, sayings.

The patterns are on the shelf (`claims/words.yml`, `never`). They are the dearest part of reading a
narrative, so they are held against the neighbourhood of digits only.
"""

import re
from collections.abc import Iterator

from esrdata.reading.claims.vocabulary import OTHER, unit_of, words

_DIGIT = re.compile(r"\d")
# A pattern reaches so far from its digits at most.
_NEAR = 60
_LISTED = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\(\d{1,2}\))(?=\s)|^\s*\d{1,2}(?:\.\d{1,2})+\.?(?=\s)"
)
_WORD = re.compile(r"[^\W\d_]+")


def barred(text: str) -> list[tuple[int, int]]:
    """Places of a sentence that hold no quantity."""
    shelf = words()
    found = [match.span() for match in shelf.saying.finditer(text)]
    listed = _LISTED.match(text)
    if listed is not None:
        found.append(listed.span())
    for window in _windows(text):
        found += [match.span() for match in shelf.never.finditer(text, *window)]
        for match in shelf.year.finditer(text, *window):
            if shelf.year_words.match(match[0]) or not _is_counted(text, match):
                found.append(match.span())
    return found


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around digits, those that touch as one."""
    start = end = None
    for match in _DIGIT.finditer(text):
        at = match.start()
        if start is None or end is None:
            start = max(0, at - _NEAR)
        elif at - _NEAR > end:
            yield start, end
            start = at - _NEAR
        end = at + _NEAR
    if start is not None and end is not None:
        yield start, end


def _is_counted(text: str, year: re.Match[str]) -> bool:
    """Whether what looks like a year is followed by what it counts."""
    if not year[0].isdecimal():
        return False
    following = _WORD.match(text, year.end() + 1)
    if following is None or text[year.end() : year.end() + 1] != " ":
        return False
    unit = unit_of(following[0])
    return (unit is not None and unit.kind != OTHER) or bool(words().money.match(text, year.end()))
