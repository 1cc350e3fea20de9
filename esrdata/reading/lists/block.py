"""The rows under one heading row, and what stands in their columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from esrdata.documents.document import Document
from esrdata.reading.lists.heading import Heading
from esrdata.reading.lists.row import CODE_SHAPE, JUNK_SIGNS, Row


@dataclass(frozen=True)
class Block:
    """A heading row, and the rows under it."""

    document: Document
    heading: Heading
    rows: Sequence[Row]

    @property
    def view(self) -> str:
        """What the document shows, rows as lines."""
        return self.document.view

    @cached_property
    def notes(self) -> dict[int, Row]:
        """The rows that have no project code, by where they begin: sums of groups, units, feet."""
        return {row.start: row for row in self.rows if not self.has_code(row)}

    def has_code(self, row: Row) -> bool:
        """Whether a project code stands in a row, and not in words that are alone in it."""
        found = CODE_SHAPE.search(self.view, row.start, row.end)
        if found is None or self.view[found.end() : found.end() + 1] == self.heading.divider:
            return found is not None
        text = self.view[row.start : row.end].strip(JUNK_SIGNS + '"|')
        return self.heading.divider in text or text == found[0]

    def text(self, row: Row, at: int) -> str:
        """The text of a cell; empty of a row without cells."""
        return self.view[slice(*row.cells[at])].strip() if row.cells is not None else ""

    def texts(self, at: int, rows: Sequence[Row] | None = None) -> list[str]:
        """The texts of a column in the rows that have cells, or in some of them."""
        view, there = self.view, self.rows if rows is None else rows
        return [view[slice(*row.cells[at])].strip() for row in there if row.cells is not None]

    def behind(self, row: Row) -> str:
        """What stands behind the last cell of a row."""
        return self.view[row.cells[-1][1] : row.end] if row.cells is not None else ""
