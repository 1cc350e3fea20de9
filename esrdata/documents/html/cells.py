"""Cells of the tables of a page, and terms with their descriptions: side by side on one line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from esrdata.documents.document import Merged
from esrdata.documents.html.grid import Reached
from esrdata.documents.html.rows import side_by_side
from esrdata.documents.html.written import Written

_SPANNED = re.compile(r"\browspan\s*=\s*[\"']?\s*(?:[2-9]|\d\d)", re.IGNORECASE)


@dataclass(slots=True)
class _Row:
    """A table row: where in the view it and each of its cells begin, counted in characters."""

    begin: int
    cells: list[int] = field(default_factory=list)
    tags: list[tuple[int, str]] = field(default_factory=list)
    spanned: bool = False
    arranges: bool = False
    headed: bool = False

    def is_of_grid(self, reached: Reached) -> bool:
        """Whether it is a row of a list whose cells do not simply follow one another."""
        if self.arranges or not reached.is_listed(len(self.cells)):
            return False
        empty = len(self.cells) > 1 and self.cells[1] == self.begin
        return empty or bool(reached.columns) or any("span" in a.lower() for _, a in self.tags)


@dataclass(slots=True)
class Table:
    """An open table: its row, how many rows it has had, and what reaches over the next ones."""

    row: _Row | None = None
    rows: int = 0
    reached: Reached = field(default_factory=Reached)


class Cells(Written):
    """Puts what stands side by side on the screen on one line, divided by tabs."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        # Whether the places follow one another.
        self.ordered = True
        # Block tags that open a cell begin no line in it, nor do so many that close again.
        self._opened = 0
        self._term: int | None = None
        self._tables: list[Table] = []
        # Cells that reach over several rows or columns, their rows by places in the source.
        self.merged: list[Merged] = []

    def _begin_cell(self) -> None:
        self._fresh, self._opened = True, 0

    def _end_cell(self) -> None:
        """Keep the tab before an empty last cell: it tells that a value was left blank."""
        if self._fresh and self._tabs and not self._breaks:
            self._zero("\t" * len(self._tabs), self._tabs)
            self._tabs = []

    def _description(self, at: int) -> None:
        if self._term is not None and len(self.starts) > self._term:
            self._breaks, self._tabs, self._waits = 0, [at], True
        else:
            self._wait(1, at)
        self._term = None
        self._begin_cell()

    def _begin_row(self) -> _Row:
        table = self._tables[-1]
        table.row = _Row(len(self.starts))
        table.rows += 1
        self._fresh = False
        return table.row

    def _cell(self, attributes: str, at: int) -> None:
        self._behind = None
        if not self._tables:
            if not self._breaks:
                self._tabs.append(at)
                self._waits = True
            return
        row = self._tables[-1].row
        if row is None:
            self._wait(1, at)
            row = self._begin_row()
        if len(self.starts) > row.begin:
            # Paragraphs end with their cell; empty cells in front of the first text are left out.
            self._breaks = 0
            if row.spanned:
                # What stands beside several rows is a line of its own, above them.
                self._wait(1, at)
            else:
                self._tabs.append(at)
                self._waits = True
        row.cells.append(len(self.starts))
        row.tags.append((at, attributes))
        row.spanned = _SPANNED.search(attributes) is not None
        self._begin_cell()

    def _end_table(self) -> None:
        self._end_row()
        table = self._tables.pop()
        self.merged += table.reached.merged.values()
        # A table inside a cell is a part of that cell; one of several rows arranges the page.
        if self._tables and (outer := self._tables[-1].row) is not None and table.rows > 1:
            outer.arranges = True

    def _end_row(self) -> None:
        if not self._tables or (row := self._tables[-1].row) is None:
            return
        self._tables[-1].row = None
        reached = self._tables[-1].reached
        if len(self.starts) > row.begin:
            if not row.arranges:
                self._end_cell()
            self._breaks, self._tabs = min(self._breaks, 1), []
            if row.is_of_grid(reached):
                self._put_in_grid(row, reached)
            elif len(row.cells) > 1:
                self._arrange(row)
        if reached.columns:
            reached.pass_row()
        self._fresh = False

    def _put_in_grid(self, row: _Row, reached: Reached) -> None:
        """Put the cells of a row of a list into their columns."""
        first, whole = self._row(row)
        bounds = pairwise([0, *(cell - row.begin for cell in row.cells[1:]), len(whole)])
        starts, ends = self.starts[row.begin :], self.ends[row.begin :]
        del self.pieces[first:], self.starts[row.begin :], self.ends[row.begin :]
        breaks = len(whole) - len(whole.lstrip("\n"))
        at = starts[min(len(whole) - len(whole.lstrip("\n\t")), len(starts) - 1)]
        cells = reached.row(whole, list(bounds), row.tags, at)
        for begin, end, sign in ((0, breaks, None), *cells):
            if sign == "\t":
                self._zero(sign, [begin])
            elif begin < end:
                self.pieces.append(whole[begin:end] if sign is None else sign)
                self.starts.extend(starts[begin:end])
                self.ends.extend(ends[begin:end])

    def _row(self, row: _Row) -> tuple[int, str]:
        """The first of the pieces that a row consists of, and its text."""
        count, first = len(self.starts), len(self.pieces)
        while count > row.begin:
            first -= 1
            count -= len(self.pieces[first])
        return first, "".join(self.pieces[first:])

    def _arrange(self, row: _Row) -> None:
        """Put the cells of a row side by side as far as a line of text can show them."""
        first, whole = self._row(row)
        if "\n" not in whole.lstrip("\n"):
            return
        bounds = [0, *(cell - row.begin for cell in row.cells[1:]), len(whole)]
        order = side_by_side(whole, list(pairwise(bounds)), arranges=row.arranges)
        self.ordered &= all(above[1] <= below[0] for above, below in pairwise(order))
        starts, ends = self.starts[row.begin :], self.ends[row.begin :]
        del self.pieces[first:], self.starts[row.begin :], self.ends[row.begin :]
        for begin, end, instead in order:
            self.pieces.append(whole[begin:end] if instead is None else instead * (end - begin))
            self.starts.extend(starts[begin:end])
            self.ends.extend(ends[begin:end])
