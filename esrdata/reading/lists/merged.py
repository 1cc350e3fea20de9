"""Cells of a list that reach over several of its rows or columns.

The text of one that reaches over several rows belongs to each of them. Of one that reaches over
several columns nobody knows which it belongs to. The name of a group, which a pivot table writes in
its first row alone, reaches down to the row of the group's sum, which has the name again; without
such a row nobody knows whether it does.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from esrdata.knowledge import load
from esrdata.reading.lists.block import Block
from esrdata.reading.lists.row import JUNK_SIGNS, Place, Row
from esrdata.reading.lists.spec import Column, is_total

# Cells that may hold the name of a group of rows.
_TEXTS = frozenset({"words", "vocabulary", "coded", "text", "places", "axis", "objective"})


class Reach(NamedTuple):
    """Where the cell stands that reaches over a row, and whether it does over several columns."""

    place: Place
    wide: bool


# By where a row begins and by column, the cell that reaches over it.
Reaching = Mapping[int, Mapping[int, Reach]]


def reaching(block: Block) -> Reaching:
    """The cells that reach over several of the rows, or over several columns that have names.

    A cell that begins above the rows is none of theirs.
    """
    document, rows, columns = block.document, block.rows, block.heading.columns
    if not document.merged:
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
        over = [at for at in range(column, min(column + width, len(cells))) if columns[at]]
        wide = len(over) > 1
        if wide or end - begin > 1:
            for row in rows[begin:end]:
                reached = dict.fromkeys(over if wide else [column], Reach(cells[column], wide))
                found.setdefault(row.start, {}).update(reached)
    return found


def grouped(block: Block) -> Reaching:
    """The names of groups of rows, in columns of texts; their sums have no project code."""
    found: dict[int, dict[int, Reach]] = {}
    rows, columns = block.rows, block.heading.columns
    for last, row in enumerate(rows):
        if row.start not in block.notes:
            continue
        full = ((column, i, block.text(row, i)) for i, column in enumerate(columns))
        column, at, text = next((each for each in full if each[2]), (None, 0, ""))
        group, *total = text.rsplit(maxsplit=1) or [""]
        if column is None or column.kind not in _TEXTS or not (total and is_total(total[0])):
            continue
        below: list[Row] = []
        # Walks end at the next cell that holds something, so that none is long for nothing.
        for above in map(rows.__getitem__, range(last - 1, -1, -1)):
            if above.cells is None:
                break
            name = block.text(above, at)
            if not name:
                below.append(above)
                continue
            if load.fold(name) == load.fold(group):
                for each in below:
                    found.setdefault(each.start, {})[at] = Reach(above.cells[at], False)
            break
    return found


def named_once(block: Block, merged: Reaching) -> Iterator[Column]:
    """The columns in which each text stands once, above empty cells, as names of groups do.

    Columns are asked for that may well have one text for many projects, and no cell in `merged`.
    """
    shared = load.cells()["shared_fields"]
    for at, column in enumerate(block.heading.columns):
        if column is None or not (column.codes or column.field in shared):
            continue
        # Of most columns a text soon comes again.
        texts, empty = set[str](), 0
        for row in block.rows:
            if row.cells is None:
                continue
            text = block.text(row, at)
            if row.start in block.notes:
                # The name of a group may have a row of its own.
                if text and block.view[row.start : row.end].strip(JUNK_SIGNS + '"|') == text:
                    texts.add(text)
                continue
            if text in texts or not (text or texts):
                break
            if text:
                texts.add(text)
            else:
                empty += at not in merged.get(row.start, ())
        else:
            if empty > 1 and len(texts) <= empty:
                yield column
