"""Rows of tables that were pasted into a narrative, whose columns nothing keeps apart any more.

Below `Tavoite Toteuma` the line `Osallistujat 100 124` is two numbers, and was read as 100,124.
"""

import re

# A line of headings: for plans and results, or of years.
_PLANS = re.compile(
    r"\b(?:tavoi\w+|suunnit\w+)\b[^\d\n.!?,]{1,60}\btoteu\w+[^\S\n]*(?:\n|[^\d\n.!?,]{1,40}\n)"
)
_YEARS = re.compile(
    r"20\d\d[^\S\n]+20\d\d[^\S\n]*+(?:20\d\d[^\S\n]*+)*(?:[^\W\d]{1,20}[^\S\n]*)?\n"
)
# Words and two numbers or more, to the end of the line.
_ROW = re.compile(
    r"\s*+[^\d\n.!?]{0,80}?\d++(?:[.,]\d++)*+(?:[^\S\n]++\d++(?:[.,]\d++)*+)++"
    r"[^\S\n]*+(?:€|%|kpl)?[^\S\n]*+(?=\n|$)"
)
_DIGIT = re.compile(r"\d")


def without_rows(text: str, small: str) -> str:
    """A text whose rows of such tables have no digits; `small` is the same in small letters."""
    if "\n" not in text:
        return text
    found = []
    for headings, sign in ((_PLANS, "toteu"), (_YEARS, "20")):
        if sign in small:
            found += [match.end() for match in headings.finditer(small)]
    for at in found:
        while (row := _ROW.match(text, at)) is not None:
            text = text[:at] + _DIGIT.sub("•", row[0]) + text[row.end() :]
            at = row.end()
    return text
