"""Rows of a list held by column: thousands of them share a few texts, each of which is read once.

What a row holds is made when it is asked for; what goes by column never asks.
"""

from array import array
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import MISSING, dataclass, fields
from functools import cached_property
from typing import Any

from esrdata.documents.document import Span
from esrdata.reading.record import Content, Record, Status, Value

_FIELDS = tuple(field.name for field in fields(Record))
# Fields that hold something of a record's own, which may be added to.
_CONTAINERS = frozenset(f.name for f in fields(Record) if f.default_factory is not MISSING)


class Distinct:
    """Values without their places, each once; columns that read alike share them.

    Parameters
    ----------
    values
        The values.
    """

    def __init__(self, values: Sequence[Value]) -> None:
        self.values = values

    def __reduce__(self) -> Any:
        return Distinct, (self.values,)

    @cached_property
    def contents(self) -> list[Content]:
        """The content of each."""
        return [content for _, content, _, _ in self.values]

    @cached_property
    def raws(self) -> list[str | None]:
        """The raw text of each."""
        return [raw for _, _, raw, _ in self.values]

    @cached_property
    def statuses(self) -> list[Status]:
        """The status of each."""
        return [status for status, _, _, _ in self.values]

    @cached_property
    def lengths(self) -> list[int]:
        """How long the raw text of each is."""
        return [len(raw or "") for raw in self.raws]


@dataclass(frozen=True, slots=True)
class Cells:
    """A column of a grid.

    Attributes
    ----------
    distinct
        Values that stand in it, and perhaps others.
    which
        The value of each row, by its place among those.
    starts
        Where each cell begins in the text; None where the values have their own places, or none.
    """

    distinct: Distinct
    which: "array[int]"
    starts: "array[int] | None" = None

    def __reduce__(self) -> Any:
        starts = None if self.starts is None else self.starts.tobytes()
        return cells_of, (self.distinct, self.which.tobytes(), starts)

    @property
    def contents(self) -> list[Content]:
        """The content of each row."""
        contents = self.distinct.contents
        return [contents[i] for i in self.which]

    def rows_of(self, wanted: Collection[int]) -> list[int]:
        """The rows that hold one of some values, which are given by their places."""
        return [at for at, i in enumerate(self.which) if i in wanted] if wanted else []

    def part(self, rows: Sequence[int]) -> "Cells":
        """The cells of some rows, which are given in ascending order and each once."""
        if len(rows) == len(self.which):
            return self
        starts = None if self.starts is None else array("Q", [self.starts[at] for at in rows])
        return Cells(self.distinct, array("Q", [self.which[at] for at in rows]), starts)

    def alone(self) -> "Cells":
        """The same without values that stand in no row."""
        used = sorted(set(self.which))
        if len(used) == len(self.distinct.values):
            return self
        at = {old: new for new, old in enumerate(used)}
        distinct = Distinct([self.distinct.values[i] for i in used])
        return Cells(distinct, array("Q", [at[i] for i in self.which]), self.starts)


def cells_of(distinct: Distinct, which: bytes, starts: bytes | None) -> Cells:
    """A column as it was kept or sent."""
    return Cells(distinct, array("Q", which), None if starts is None else array("Q", starts))


def same(value: Value, rows: int) -> Cells:
    """A column that holds one value in all rows, with the place it has or none."""
    return Cells(Distinct([value]), array("Q", [0]) * rows)


@dataclass(frozen=True)
class Grid:
    """Rows that have the same fields, each on one line, all of whose cells are read or blank.

    Attributes
    ----------
    columns
        Field to its cells, in the order of a record.
    lines, pages
        Where each row stands.
    like
        A record with what all of them have in common.
    """

    columns: Mapping[str, Cells]
    lines: Sequence[int]
    pages: Sequence[int]
    like: Record

    def __reduce__(self) -> Any:
        return Grid, (self.columns, self.lines, self.pages, self.like)

    @cached_property
    def common(self) -> dict[str, Any]:
        """What all rows have in common and none of them changes in place."""
        return {name: value for name, value in vars(self.like).items() if name not in _CONTAINERS}

    def values(self, at: int) -> dict[str, Value]:
        """The values of a row, each with its place."""
        return {name: self.value(name, at) for name in self.columns}

    def value(self, name: str, at: int) -> Value:
        """A cell with its place."""
        cells = self.columns[name]
        value = cells.distinct.values[cells.which[at]]
        if cells.starts is None:
            return value
        start = cells.starts[at]
        end = start + len(value.raw or "")
        return value._replace(span=Span(start, end, self.lines[at], self.pages[at]))


class GridRecord(Record):
    """A row of a grid.

    Its values, and what else would hold something of its own, are made when they are first asked
    for. From then on the values may be changed: the row is no longer what the grid holds.
    """

    grid: Grid
    at: int

    @classmethod
    def of(cls, grid: Grid, at: int) -> "GridRecord":
        """A row of a grid."""
        record = cls.__new__(cls)
        vars(record).update(grid.common)
        record.grid, record.at, record.findings = grid, at, []
        return record

    def __getattr__(self, name: str) -> Any:
        if name not in _CONTAINERS:
            raise AttributeError(name)
        made = self.grid.values(self.at) if name == "values" else copy(vars(self.grid.like)[name])
        setattr(self, name, made)
        return made

    @property
    def is_of_grid(self) -> bool:
        """Whether it still is what the grid holds."""
        return "values" not in self.__dict__

    def content(self, name: str) -> Content:
        """The content of a field, None where it holds none."""
        if "values" in self.__dict__:
            return super().content(name)
        cells = self.grid.columns.get(name)
        return None if cells is None else cells.distinct.contents[cells.which[self.at]]

    def alone(self) -> Record:
        """The same row as a record of its own; it stays what it is."""
        held = {name: value for name, value in vars(self).items() if name in _FIELDS}
        alike = {name: copy(value) for name, value in vars(self.grid.like).items()}
        return Record(**{**alike, "values": self.grid.values(self.at), **held})

    def __reduce__(self) -> Any:
        # Rows that are kept or sent together share their grid, and hold their own besides.
        alike = {**self.grid.common, "grid": self.grid, "at": self.at}
        own = {n: v for n, v in vars(self).items() if n not in alike or alike[n] is not v}
        return row, (self.grid, self.at, own)


def row(grid: Grid, at: int, own: Mapping[str, Any]) -> GridRecord:
    """A row of a grid with what it holds of its own, as it was kept or sent."""
    record = GridRecord.of(grid, at)
    vars(record).update(own)
    return record
