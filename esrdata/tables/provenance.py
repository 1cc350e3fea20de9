"""The table `provenance`: what each source says of each value, and where."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from esrdata.documents.document import Span
from esrdata.knowledge.fields import field_of, list_name
from esrdata.reading.grid import Cells, Grid, GridRecord
from esrdata.reading.record import Record, Status, Value
from esrdata.tables import columns
from esrdata.tables.columns import Coded, Column, by_turns


class Provenance:
    """The columns of the table, filled a record at a time: a long list has many cells."""

    def __init__(self) -> None:
        self.data: dict[str, list[object]] = {name: [] for name in columns.columns("provenance")}
        self._numbers: list[int] = []
        self._of_grids: list[tuple[Sequence[int], dict[str, Column]]] = []

    def _add(
        self, number: int, code: str, record: Record, named: Sequence[tuple[str, Value]]
    ) -> None:
        """Add values of a record, in the order given; projects come in that of their numbers."""
        if not named:
            return
        self._numbers += [number] * len(named)
        data = self.data
        data["project_code"] += [code] * len(named)
        data["file"] += [record.path] * len(named)
        data["field"] += [name for name, _ in named]
        data["status"] += [_STATUSES[value.status] for _, value in named]
        data["raw"] += [value.raw for _, value in named]
        spans = zip(*(value.span or _NOWHERE for _, value in named), strict=True)
        for column, places in zip(Span._fields, spans, strict=True):
            data[column] += places

    def add_project(self, number: int, code: str, records: Sequence[Record]) -> None:
        """Add what each source says of a project, for every field first what the tables hold.

        That a source has no place for a field is kept only where none has.
        """
        stated: set[str] = set()
        if len(records) > 1:
            for record in records:
                known = {name for name, v in record.values.items() if v.status is not Status.ABSENT}
                stated |= known | {list_name(name) or name for name in known}
        for record in records:
            rows = _in_order(record)
            if stated:
                rows = [
                    (name, value)
                    for name, value in rows
                    if value.status is not Status.ABSENT
                    or (record is records[0] and name not in stated)
                ]
            self._add(number, code, record, rows)

    def add_grid(
        self, numbers: Sequence[int], codes: Sequence[str], records: Sequence[GridRecord]
    ) -> None:
        """Add the values of rows of one grid, row by row."""
        grid, at = records[0].grid, np.array([record.at for record in records])
        names = _ordered(tuple(grid.columns), records[0].declared.fields)
        cells = [grid.columns[name] for name in names]
        which = [np.asarray(column.which, np.intp)[at] for column in cells]
        rows, count = len(at), len(names)
        states = [
            Coded(_STATES, np.array([_PLACE_OF[s] for s in column.distinct.statuses])[held])
            for column, held in zip(cells, which, strict=True)
        ]
        raws = [Coded(c.distinct.raws, held) for c, held in zip(cells, which, strict=True)]
        data: dict[str, Column] = {
            "project_code": Coded(codes, np.repeat(np.arange(rows), count)),
            "field": Coded(names, np.tile(np.arange(count), rows)),
            "status": by_turns(states),
            "raw": by_turns(raws),
            "file": Coded([records[0].path], np.zeros(rows * count, dtype=np.intp)),
        }
        places = [_places(grid, c, held, at) for c, held in zip(cells, which, strict=True)]
        for part in Span._fields:
            data[part] = np.ma.stack([place[part] for place in places], axis=1).ravel()
        self._of_grids.append((np.repeat(numbers, count).tolist(), data))

    def frame(self) -> pd.DataFrame:
        """The table."""
        return columns.from_parts("provenance", [(self._numbers, self.data), *self._of_grids])


# The place of what stands nowhere.
_NOWHERE = (None,) * len(Span._fields)
_STATUSES = {status: str(status) for status in Status}
_STATES = list(_STATUSES.values())
_PLACE_OF = {status: place for place, status in enumerate(_STATUSES)}


def _places(
    grid: Grid, cells: Cells, which: npt.NDArray[np.intp], at: npt.NDArray[np.intp]
) -> dict[str, "np.ma.MaskedArray[Any, Any]"]:
    """Where the cells of a column stand, in some rows of a grid."""
    if cells.starts is None:
        spans = [value.span or (0,) * len(Span._fields) for value in cells.distinct.values]
        nowhere = np.array([value.span is None for value in cells.distinct.values])[which]
        parts = np.array(spans)[which]
        return {
            part: np.ma.masked_array(parts[:, i], nowhere) for i, part in enumerate(Span._fields)
        }
    starts = np.asarray(cells.starts)[at].astype(np.int64)
    ends = starts + np.array(cells.distinct.lengths)[which]
    lines, pages = np.asarray(grid.lines)[at], np.asarray(grid.pages)[at]
    return {
        part: np.ma.masked_array(numbers, np.False_)
        for part, numbers in zip(Span._fields, (starts, ends, lines, pages), strict=True)
    }


def _in_order(record: Record) -> list[tuple[str, Value]]:
    """The values of a record in the order of its source."""
    names = tuple(record.values)
    return [(name, record.values[name]) for name in _ordered(names, record.declared.fields)]


@lru_cache(maxsize=4096)
def _ordered(names: tuple[str, ...], declared: tuple[str, ...]) -> list[str]:
    """Names in the order declared, values of a list where the list is, others last."""
    if names == declared:
        return list(names)
    order = {name: i for i, name in enumerate(declared)}
    lists = [(i, whole) for i, whole in enumerate(map(field_of, declared)) if whole.column is None]

    def place(name: str) -> tuple[int, int]:
        field = field_of(name)
        within = (i for i, whole in lists if field.within(whole))
        known = order[name] if name in order else min(within, default=len(order))
        return known, field.number or 0

    return sorted(names, key=place)
