"""Cells of a list that reach over several of its rows or columns.

The text of one that reaches over several rows belongs to each of them. Of one that reaches over
several columns nobody knows which it belongs to.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from esrdata.documents.document import Document
from esrdata.reading.lists.row import Place, Row


class Reach(NamedTuple):
    """Where the cell stands that reaches over a row, and whether it does over several columns."""

    place: Place
    wide: bool


# By where a row begins and by column, the cell that reaches over it.
Reaching = Mapping[int, Mapping[int, Reach]]


def reaching(document: Document, rows: Sequence[Row], named: Set[int]) -> Reaching:
    """The cells that reach over several of some rows, or over several columns that have names.

    A cell that begins above the rows is none of theirs.
    """
    if not document.merged or not rows:
        return {}
    lines = [document.line_index(row.start) for row in rows]
    found: dict[int, dict[int, Reach]] = {}
    # Where cells overlap, which no table has, the second is none.
    behind: dict[int, int] = {}
    for first, last, column, width in sorted(document.merged):
        if first <= behind.get(column, -1):
            continue
        behind[column] = last
        begin, end = bisect_left(lines, first), bisect_right(lines, last)
        if begin == end or lines[begin] != first:
            continue
        cells = rows[begin].cells
        if cells is None or column >= len(cells):
            continue
        over = [at for at in range(column, min(column + width, len(cells))) if at in named]
        wide = len(over) > 1
        if wide or end - begin > 1:
            for row in rows[begin:end]:
                reached = dict.fromkeys(over if wide else [column], Reach(cells[column], wide))
                found.setdefault(row.start, {}).update(reached)
    return found
