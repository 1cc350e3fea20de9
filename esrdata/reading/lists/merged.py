"""Cells of a list that reach over several of its rows or columns.

The text of one that reaches over several rows belongs to each of them. Of one that reaches over
several columns nobody knows which it belongs to. The name of a group, which a pivot table writes in
its first row alone, reaches down to the row of the group's sum, which has the name again; without
such a row nobody knows whether it does.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from esrdata.documents.document import Document
from esrdata.knowledge import load
from esrdata.reading.lists.row import JUNK_SIGNS, Place, Row
from esrdata.reading.lists.spec import Column, is_total


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
        over = [at for at in range(column, min(column + width, len(cells))) if at in named]
        wide = len(over) > 1
        if wide or end - begin > 1:
            for row in rows[begin:end]:
                reached = dict.fromkeys(over if wide else [column], Reach(cells[column], wide))
                found.setdefault(row.start, {}).update(reached)
    return found


def grouped(view: str, rows: Sequence[Row], notes: Set[int], texts: Set[int]) -> Reaching:
    """The names of groups of some rows, in the columns of `texts`.

    `notes` are where rows begin that have no project code: the sums of groups are among them.
    """
    found: dict[int, dict[int, Reach]] = {}
    for last, row in enumerate(rows):
        if row.start not in notes or row.cells is None:
            continue
        full = ((i, view[slice(*place)].strip()) for i, place in enumerate(row.cells))
        at, text = next((each for each in full if each[1]), (-1, ""))
        group, *total = text.rsplit(maxsplit=1) or [""]
        if at not in texts or not (total and is_total(total[0])):
            continue
        below: list[Row] = []
        # Walks end at the next cell that holds something, so that none is long for nothing.
        for above in map(rows.__getitem__, range(last - 1, -1, -1)):
            if above.cells is None:
                break
            name = view[slice(*above.cells[at])].strip()
            if not name:
                below.append(above)
                continue
            if load.fold(name) == load.fold(group):
                for each in below:
                    found.setdefault(each.start, {})[at] = Reach(above.cells[at], False)
            break
    return found


def named_once(
    view: str,
    rows: Sequence[Row],
    notes: Set[int],
    columns: Sequence[Column | None],
    merged: Reaching,
) -> Iterator[Column]:
    """The columns in which each text stands once, above empty cells, as names of groups do.

    Columns are asked for that may well have one text for many projects, and no cell in `merged`.
    """
    shared = load.cells()["shared_fields"]
    for at, column in enumerate(columns):
        if column is None or not (column.codes or column.field in shared):
            continue
        # Of most columns a text soon comes again.
        texts, empty = set[str](), 0
        for row in rows:
            if row.cells is None:
                continue
            text = view[slice(*row.cells[at])].strip()
            if row.start in notes:
                # The name of a group may have a row of its own.
                if text and view[row.start : row.end].strip(JUNK_SIGNS + '"|') == text:
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
