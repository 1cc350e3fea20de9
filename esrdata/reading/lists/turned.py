"""Lists that lie on their side: a line for each column, and in it a cell for each project."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from esrdata.documents.document import Document
from esrdata.documents.lines import Lines
from esrdata.knowledge.headings import heading_key
from esrdata.reading.lists.heading import DIVIDERS, fewest_columns
from esrdata.reading.lists.row import CODE_SHAPE, Place, split
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.lists.spec import heading_keys

# The first cell of a line of several.
_BEGINS = {
    divider: re.compile(rf"^\f?([^{divider}\n]{{1,100}}+){re.escape(divider)}", re.MULTILINE)
    for divider in DIVIDERS
}
_LINE = re.compile(r"[^\n\f]+")


def turned(document: Document) -> Document | None:
    """A document with each list that lies on its side set upright, None where none does.

    The cells of the new view keep their places in the text.
    """
    view, at, found = document.view, 0, False
    places: list[Place | str] = []
    for text in view.split("\f") if document.sheets else [view]:
        upright = _upright(document, at, at + len(text))
        found = found or upright is not None
        places += ["\f"] if at else []
        places += [(at, at + len(text))] if upright is None else upright
        at += len(text) + 1
    if not found:
        return None
    lines, last = Lines(), 0
    for place in places:
        if isinstance(place, str):
            # What divides cells has the place of the end of the one before, and no length.
            lines.put(place, last, last)
        else:
            begin, end = place
            lines.starts.extend(document.starts[begin:end] or range(begin, end))
            lines.ends.extend(document.ends[begin:end] or range(begin + 1, end + 1))
            lines.pieces.append(view[begin:end])
            before = document.ends[begin - 1] if document.ends else begin
            last = lines.ends[-1] if begin < end else before
    none = frozenset[int]()
    sheets = tuple(s._replace(rows_hidden=none, columns_hidden=none) for s in document.sheets)
    beside = tuple(each._replace(line=None, column=None) for each in document.beside)
    upright_view, starts, ends = lines.view()
    return replace(
        document, view=upright_view, starts=starts, ends=ends, ordered=False, merged=(),
        wraps=frozenset(), furniture=(), sheets=sheets, beside=beside,
    )  # fmt: skip


def _upright(document: Document, start: int, end: int) -> list[Place | str] | None:
    """The lines of a slice of the view set upright: places of cells and what divides them."""
    view = document.view
    dividers = DIVIDERS if document.format == "csv" else DIVIDERS[:1]
    if document.format == "csv" and view.find('"', start, end) >= 0:
        return None
    for divider in dividers:
        # Asked of every document that is no list.
        if view.count(divider, start, end) < fewest_columns():
            continue
        begins = _BEGINS[divider].finditer(view, start, end)
        known = heading_keys()
        if sum(heading_key(found[1]) in known for found in begins) < fewest_columns():
            continue
        lines = [line.span() for line in islice(_LINE.finditer(view, start, end), SETTINGS.top + 1)]
        if len(lines) > SETTINGS.top:
            continue
        rows = [list(split(view, *line, divider)) for line in lines]
        named = [i for i, row in enumerate(rows) if len(row) > 1 and _is_heading(view, row)]
        if named and any(CODE_SHAPE.search(view, *lines[i]) for i in named):
            placed = _turned(lines, rows, named)
            return [*placed, "\n"] if view[end - 1] == "\n" else placed
    return None


def _turned(
    lines: Sequence[Place], rows: Sequence[Sequence[Place]], named: Sequence[int]
) -> list[Place | str]:
    first, last = named[0], named[-1]
    placed: list[Place | str] = []
    for line in lines[:first]:
        placed += [line, "\n"]
    block = rows[first : last + 1]
    for column in range(max(map(len, block))):
        placed += ["\n"] if column else []
        for i, row in enumerate(block):
            placed += ["\t"] if i else []
            placed += [row[column]] if column < len(row) else []
    for line in lines[last + 1 :]:
        placed += ["\n", line]
    return placed


def _is_heading(view: str, row: Sequence[Place]) -> bool:
    return heading_key(view[slice(*row[0])]) in heading_keys()
