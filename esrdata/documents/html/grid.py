"""Columns of the rows of an HTML list: cells that reach over several columns or rows keep them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from esrdata.documents.csv_text import SETTINGS
from esrdata.documents.document import Merged
from esrdata.documents.lines import LINE_BREAK

_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d{1,3})(?!\d)", re.IGNORECASE)
_BREAK = re.compile(r"[\t\n]+")
# A row has no more columns: a few letters can claim a thousand.
_COLUMNS = 256
#: A slice of the row as it came, or a sign and the place of a tag that it stands for.
Piece = tuple[int, int, str | None]


@dataclass(slots=True)
class Reach:
    """A cell that reaches over rows below: how many are left, where its row begins, how wide it is.

    Of its columns behind the first the width is 0.
    """

    rows: int
    place: int
    width: int


@dataclass(slots=True)
class Reached:
    """The columns of a table that cells above reach over, and the cells found so far.

    `merged` has each cell that reaches over several rows or columns by its first row and its
    column; its rows are told by places in the source.
    """

    columns: dict[int, Reach] = field(default_factory=dict)
    merged: dict[tuple[int, int], Merged] = field(default_factory=dict)

    def is_listed(self, cells: int) -> bool:
        """Whether a row of so many cells is one of a list, with those that reach over it."""
        return cells + len(self.columns) > SETTINGS.cells

    def pass_row(self) -> None:
        """Go on to the next row."""
        for reach in self.columns.values():
            reach.rows -= 1
        self.columns = {at: reach for at, reach in self.columns.items() if reach.rows > 0}

    def row(
        self,
        whole: str,
        bounds: Sequence[tuple[int, int]],
        tags: Sequence[tuple[int, str]],
        at: int,
    ) -> Iterator[Piece]:
        """The pieces of a row, each of its cells in its column.

        `bounds` are the slices of its cells, with what divides each from the one before, `tags` the
        place of the tag of each, and its attributes; `at` is a place of the source that stands in
        the row.
        """
        column = 0
        begun = dict[int, Reach]()
        for (begin, end), (place, attributes) in zip(bounds, tags, strict=True):
            yield from self._reached(column, place, at)
            column = self._free(column)
            spans = {kind.lower(): int(count) for kind, count in _SPAN.findall(attributes)}
            wide = max(min(spans.get("col", 1), _COLUMNS - column), 1)
            if column:
                yield place, place, "\t"
            yield from _text(whole, begin, end)
            for i in range(wide):
                if i:
                    yield place, place, "\t"
                begun[column + i] = Reach(spans.get("row", 1), at, 0 if i else wide)
            if wide > 1:
                self.merged[at, column] = Merged(at, at, column, wide)
            column += wide
        yield from self._reached(column, place, at)
        self.columns |= begun

    def _free(self, column: int) -> int:
        while column in self.columns:
            column += 1
        return column

    def _reached(self, column: int, place: int, at: int) -> Iterator[Piece]:
        """Empty cells where cells above reach over the row."""
        for i in range(column, self._free(column)):
            if i:
                yield place, place, "\t"
            reach = self.columns[i]
            if reach.width:
                self.merged[reach.place, i] = Merged(reach.place, at, i, reach.width)


def _text(whole: str, begin: int, end: int) -> Iterator[Piece]:
    """The text of a cell, on one line."""
    begin += len(whole[begin:end]) - len(whole[begin:end].lstrip("\t\n"))
    end = begin + len(whole[begin:end].rstrip("\t\n"))
    for found in _BREAK.finditer(whole, begin, end):
        yield begin, found.start(), None
        yield found.start(), found.start() + 1, LINE_BREAK
        begin = found.end()
    yield begin, end, None
