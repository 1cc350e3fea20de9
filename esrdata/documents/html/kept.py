"""Numbers that a program for spreadsheets kept beside what a cell of its page shows.

What is shown may be rounded, scaled or without its minus; a workbook is read by its numbers, too.
"""

import re
from array import array
from bisect import bisect_left

from esrdata.documents.lines import View
from esrdata.documents.office.number_formats import is_less

# Of LibreOffice, and of Excel up to 2007.
_CELL = re.compile(
    r'<t[dh](?=\s)[^<>]*?\s(?:sdval|x:num)="(?P<number>-?\d++(?:\.\d++)?)"[^<>]*+>', re.IGNORECASE
)
_END = re.compile(r"</?t[dhr](?=[\s>])", re.IGNORECASE)


def with_numbers(text: str, seen: View) -> View:
    """A view in which the number of a cell stands where less than it is shown.

    Places of the view must follow one another.
    """
    view, starts, ends = seen
    pieces: list[str] = []
    new_starts, new_ends, last = array("L"), array("L"), 0
    for cell in _CELL.finditer(text):
        end = _END.search(text, cell.end())
        first = bisect_left(starts, cell.end())
        behind = bisect_left(starts, end.start() if end is not None else len(text))
        shown = view[first:behind]
        if not is_less(shown.strip(), float(cell["number"])):
            continue
        places = range(*cell.span("number"))
        pieces += [view[last:first], cell["number"]]
        new_starts.extend([*starts[last:first], *places])
        new_ends.extend([*ends[last:first], *(place + 1 for place in places)])
        last = behind
    if not pieces:
        return seen
    return (
        "".join([*pieces, view[last:]]),
        new_starts + starts[last:],
        new_ends + ends[last:],
    )
