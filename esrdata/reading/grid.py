"""Rows of a list held by column: thousands of them share a few texts, each of which is read once.

What a row holds is made when it is asked for; what goes by column never asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from esrdata.documents.document import Span
from esrdata.reading.record import Content, Record, Value


@dataclass(frozen=True, slots=True)
class Cells:
    """A column of a grid.

    Attributes
    ----------
    values
        What stands in each row, without its place; cells of one text share one value.
    starts
        Where each begins in the text; None where the values have their own places, or none.
    """

    values: Sequence[Value]
    starts: Sequence[int] | None = None

    @property
    def contents(self) -> list[Content]:
        """The content of each row."""
        return [value[1] for value in self.values]

    def part(self, rows: Sequence[int]) -> "Cells":
        """The cells of some rows, in their order."""
        if len(rows) == len(self.values):
            return self
        starts = None if self.starts is None else [self.starts[at] for at in rows]
        return Cells([self.values[at] for at in rows], starts)


@dataclass(frozen=True)
class Grid:
    """Rows that have the same fields, each on one line, all of whose cells are read or blank.

    Attributes
    ----------
    columns
        Field to its cells, in the order of a record.
    lines, pages
        Where each row stands.
    """

    columns: Mapping[str, Cells]
    lines: Sequence[int]
    pages: Sequence[int]

    def rows_of(self, values: Mapping[str, Sequence[Value]]) -> set[int]:
        """The rows that hold one of some values, of each field."""
        found: set[int] = set()
        for name, wanted in values.items():
            # The objects are compared: cells of one text share one.
            same = set(map(id, wanted))
            cells = self.columns[name].values if same else ()
            found.update(at for at, value in enumerate(cells) if id(value) in same)
        return found

    def distinct(self, name: str) -> list[Value]:
        """The values of a column, each once."""
        return list({id(value): value for value in self.columns[name].values}.values())

    def values(self, at: int) -> dict[str, Value]:
        """The values of a row, each with its place."""
        return {name: self.value(name, at) for name in self.columns}

    def value(self, name: str, at: int) -> Value:
        """A cell with its place."""
        cells = self.columns[name]
        value = cells.values[at]
        if cells.starts is None:
            return value
        start = cells.starts[at]
        end = start + len(value.raw or "")
        return value._replace(span=Span(start, end, self.lines[at], self.pages[at]))


_FIELDS = tuple(field.name for field in fields(Record))


class GridRecord(Record):
    """A row of a grid.

    Its values are made when they are first asked for. From then on they are its own, and may be
    changed: the row is no longer what the grid holds.
    """

    grid: Grid
    at: int

    @classmethod
    def of(cls, grid: Grid, at: int, *args: Any, **kwargs: Any) -> "GridRecord":
        """A row of a grid, with what a record holds besides its values."""
        record = cls(*args, **kwargs)
        record.grid, record.at = grid, at
        del record.values
        return record

    def __getattr__(self, name: str) -> Any:
        if name != "values":
            raise AttributeError(name)
        self.values = self.grid.values(self.at)
        return self.values

    @property
    def is_of_grid(self) -> bool:
        """Whether it still is what the grid holds."""
        return "values" not in self.__dict__

    def content(self, name: str) -> Content:
        """The content of a field, None where it holds none."""
        if not self.is_of_grid:
            return super().content(name)
        cells = self.grid.columns.get(name)
        return None if cells is None else cells.values[self.at][1]

    def alone(self) -> Record:
        """The same row as a record of its own; it stays what it is."""
        held = {name: value for name, value in vars(self).items() if name in _FIELDS}
        return Record(**{"values": self.grid.values(self.at), **held})

    def __reduce__(self) -> Any:
        # Sent or kept by itself, a row does not take its grid along.
        own = self.alone()
        return Record, tuple(getattr(own, name) for name in _FIELDS)
