"""Rows of tables that were pasted into a narrative, whose columns nothing keeps apart any more.

Below `Tavoite Toteuma` the line `Osallistujat 100 124` is two numbers, and was read as 100,124.
"""

import re
from collections.abc import Iterator

# A line of headings: for plans and results, or of years.
_PLANS = re.compile(r"[^\d.!?,]*\b(?:tavoi\w+|suunnit\w+)\b[^\d.!?,]+\btoteu[^\d.!?,]+")
_LONGEST = 120
_YEARS = re.compile(
    r"20\d\d[^\S\n]+20\d\d[^\S\n]*+(?:20\d\d[^\S\n]*+)*(?:[^\W\d]{1,20}[^\S\n]*)?\n"
)
# Words and two numbers or more, to the end of the line.
_ROW = re.compile(
    r"\s*+[^\d\n.!?]{0,80}?\d++(?:[.,]\d++)*+(?:(?:[^\S\n]|\|)++\d++(?:[.,]\d++)*+)++"
    r"[^\S\n]*+(?:€|%|kpl)?(?:[^\S\n]|\|)*+(?=\n|$)"
)
_DIGIT = re.compile(r"\d")


def without_rows(text: str, small: str) -> str:
    """A text whose rows of such tables have no digits; `small` is the same in small letters."""
    if "\n" in text:
        for at in _below_headings(small):
            while (row := _ROW.match(text, at)) is not None:
                text = text[:at] + _DIGIT.sub("•", row[0]) + text[row.end() :]
                at = row.end()
    return text


def _below_headings(small: str) -> Iterator[int]:
    """Where the lines below headings begin."""
    at = small.find("toteu")
    while at >= 0:
        start, end = small.rfind("\n", 0, at) + 1, small.find("\n", at)
        if end < 0:
            break
        # Most such words stand in a long line of prose.
        if end - start < _LONGEST and _PLANS.fullmatch(small, start, end):
            yield end
        at = small.find("toteu", end)
    yield from (match.end() for match in _YEARS.finditer(small))
