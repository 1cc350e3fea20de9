"""Cells of a list that reach over several of its rows: their text belongs to each of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from esrdata.documents.document import Document
from esrdata.reading.lists.rows import Place, Row

# By where a row begins and by column, where the cell stands that reaches over the row.
Reaching = Mapping[int, Mapping[int, Place]]


def reaching(document: Document, rows: Sequence[Row]) -> Reaching:
    """The cells that reach over several of some rows, each for every row it reaches over.

    A cell that begins above the rows is none of theirs.
    """
    if not document.merged or not rows:
        return {}
    lines = [document.line_index(row.start) for row in rows]
    found: dict[int, dict[int, Place]] = {}
    # Where cells overlap, which no table has, the second is none.
    behind: dict[int, int] = {}
    for first, last, column in sorted(document.merged):
        if first <= behind.get(column, -1):
            continue
        behind[column] = last
        begin, end = bisect_left(lines, first), bisect_right(lines, last)
        if end - begin < 2 or lines[begin] != first:
            continue
        cells = rows[begin].cells
        if cells is None or column >= len(cells):
            continue
        for row in rows[begin:end]:
            found.setdefault(row.start, {})[column] = cells[column]
    return found
