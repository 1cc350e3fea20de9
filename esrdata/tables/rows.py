"""From the values of a record to rows: `tables.yml` says which cell each is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.fields import Field, field_of, value_tables
from esrdata.reading.grid import GridRecord
from esrdata.reading.record import Content, Record, Status
from esrdata.tables import columns
from esrdata.tables.columns import Coded, Column, by_turns, from_parts

Row = dict[str, object]
_Make = Callable[[Record, Field], object]
_Look = Callable[[Mapping[str, Column]], list[object]]


@dataclass(frozen=True)
class _Plan:
    """A row that records with the same fields give.

    `first` is the first of its fields; `cells` are column and field of the others, `parts` the
    fields of a value that the table holds joined.
    """

    first: Field
    cells: list[tuple[str, str]] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)


class Rows:
    """The columns of every table that holds values, filled by records and by grids of rows."""

    def __init__(self, *, contacts: bool) -> None:
        self._specs = load.table_specs()
        self.tables: dict[str, dict[str, list[object]]] = {
            table: {name: [] for name in columns.columns(table)}
            for table in value_tables()
            if contacts or table != "contacts"
        }
        # The number of the project of each row, and what grids give besides.
        self._numbers: dict[str, list[int]] = {table: [] for table in self.tables}
        self._of_grids: dict[str, list[tuple[Sequence[int], dict[str, Column]]]] = {
            table: [] for table in self.tables
        }
        self._of_record = {table: dict(_of_record(self._specs[table])) for table in self.tables}
        # The rows of a long list have the same fields thousands of times.
        self._plans: dict[tuple[str, ...], list[tuple[str, list[_Plan]]]] = {}

    def add(self, number: int, code: str, record: Record) -> None:
        """Add the rows of a project; projects come in the order of their numbers."""
        for table, plans in self._planned_for(tuple(record.values)):
            rows = [(plan, _row(plan, code, record)) for plan in plans]
            if self._holds_stated_only(table):
                rows = [row for i, row in enumerate(rows) if _is_stated(rows[i:])]
            for plan, row in rows:
                for column, how in self._of_record[table].items():
                    row[column] = _OF_RECORD[how](record, plan.first)
                for column, cells in self.tables[table].items():
                    cells.append(row.get(column))
            self._numbers[table] += [number] * len(rows)

    def add_grid(
        self, numbers: Sequence[int], codes: Sequence[str], records: Sequence[GridRecord]
    ) -> None:
        """Add the rows of projects that each are a row of one grid still."""
        at = np.array([record.at for record in records])
        for table, plans in self._planned_for(tuple(records[0].grid.columns)):
            made = [self._cells(table, plan, codes, records[0], at) for plan in plans]
            kept = np.ones((len(at), len(plans)), dtype=bool)
            if self._holds_stated_only(table):
                kept = _stated(list(zip(plans, made, strict=True)))
            nothing = Coded([None], np.zeros(len(at), dtype=np.intp))
            cells: dict[str, Column] = {}
            for column in self.tables[table]:
                whole = by_turns([each.get(column, nothing) for each in made])
                cells[column] = Coded(whole.values, whole.which[kept.ravel()])
            rows = np.repeat(numbers, len(plans))[kept.ravel()]
            self._of_grids[table].append((rows.tolist(), cells))

    def _cells(
        self,
        table: str,
        plan: _Plan,
        codes: Sequence[str],
        like: GridRecord,
        at: npt.NDArray[np.intp],
    ) -> dict[str, Coded]:
        """What rows of a grid give a table, by column."""
        grid = like.grid

        def alike(content: object) -> Coded:
            return Coded([content], np.zeros(len(at), dtype=np.intp))

        cells = {column: alike(content) for column, content in plan.first.keys}
        for column, name in plan.cells:
            held = grid.columns[name]
            cells[column] = Coded(held.distinct.contents, np.asarray(held.which, np.intp)[at])
        if plan.parts:
            columns_of = (grid.columns[name].part(at.tolist()) for name in plan.parts.values())
            rows = list(zip(*(held.contents for held in columns_of), strict=True))
            places = {row: i for i, row in enumerate(dict.fromkeys(rows))}
            texts = [_joined(plan, dict(zip(plan.parts, row, strict=True))) for row in places]
            cells[str(plan.first.column)] = Coded(texts, np.array([places[row] for row in rows]))
        for column, how in self._of_record[table].items():
            if how == "qualifier":
                held = grid.columns[plan.first.name]
                exact = [_EXACT if s is Status.READ else None for s in held.distinct.statuses]
                cells[column] = Coded(exact, np.asarray(held.which, np.intp)[at])
            else:
                cells[column] = alike(_OF_RECORD[how](like, plan.first))
        return cells | {"project_code": Coded(codes, np.arange(len(at)))}

    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables, with the columns that code lists give."""
        return {table: from_parts(table, self._parts(table)) for table in self.tables}

    def _parts(self, table: str) -> Iterator[tuple[Sequence[int], Mapping[str, Column]]]:
        looks = list(_looked_up(self._specs[table]))
        held = self.tables[table]
        yield self._numbers[table], held | {column: look(held) for column, look in looks}
        for numbers, cells in self._of_grids[table]:
            for column, look in looks:
                cells[column] = look(cells)
            yield numbers, cells

    def _holds_stated_only(self, table: str) -> bool:
        return bool(self._specs[table].get("rows") == "stated")

    def _planned_for(self, names: tuple[str, ...]) -> list[tuple[str, list[_Plan]]]:
        if names not in self._plans:
            self._plans[names] = list(self._planned(names))
        return self._plans[names]

    def _planned(self, names: Sequence[str]) -> Iterator[tuple[str, list[_Plan]]]:
        """The rows of each table for a record with these fields."""
        tables: dict[str, dict[object, _Plan]] = {}
        for found in map(field_of, names):
            if found.column is None or found.table not in self.tables:
                continue
            plans = tables.setdefault(found.table, {})
            key = found.keys, found.number
            plan = plans.get(key) or plans.setdefault(key, _Plan(found))
            if found.part is not None:
                plan.parts[found.part] = found.name
            else:
                plan.cells.append((found.column, found.name))
        for table, plans in tables.items():
            yield table, self._in_order(table, list(plans.values()))

    def _in_order(self, table: str, plans: list[_Plan]) -> list[_Plan]:
        """In the order of the code list that the table is ordered by; unknown codes come last."""
        spec = self._specs[table]
        if "order" not in spec:
            return plans
        listed = load.codes(spec["columns"][spec["order"]]["codes"])
        places = {row["code"]: i for i, row in enumerate(listed)}
        return sorted(
            plans, key=lambda plan: places.get(dict(plan.first.keys)[spec["order"]], len(places))
        )


def _row(plan: _Plan, code: str, record: Record) -> Row:
    row: Row = dict(plan.first.keys)
    for column, name in plan.cells:
        row[column] = record.values[name].content
    if plan.parts:
        contents = {part: record.content(name) for part, name in plan.parts.items()}
        row[str(plan.first.column)] = _joined(plan, contents)
    # A page that was linked to its project may state no code.
    row["project_code"] = code
    return row


def _joined(plan: _Plan, contents: Mapping[str, Content]) -> str | None:
    """The text that the parts of a value make together."""
    groups = (
        " ".join(str(contents[part]) for part in group if contents.get(part) is not None)
        for group in plan.first.shape.joined
    )
    return ", ".join(filter(None, groups)) or None


def _stated(made: Sequence[tuple[_Plan, Mapping[str, Coded]]]) -> npt.NDArray[np.bool_]:
    """Of rows of a grid and each of their plans, what `_is_stated` says of one record."""
    held = [
        np.logical_or.reduce([cells[column].is_there() for column in _columns(plan)])
        for plan, cells in made
    ]
    plans = [plan.first for plan, _ in made]
    stated = []
    for i, first in enumerate(plans):
        alike = [j for j in range(i, len(plans)) if plans[j].keys == first.keys]
        behind = [i] if first.number is None else alike
        stated.append(np.logical_or.reduce([held[j] for j in behind]))
    return np.stack(stated, axis=1)


def _is_stated(rows: Sequence[tuple[_Plan, Row]]) -> bool:
    """Whether the first of these rows holds a value, or one behind it in its list does.

    A blank place in a list is kept before others, so that their numbers stay right.
    """
    first = rows[0][0].first
    listed = rows if first.number is not None else rows[:1]
    return any(
        plan.first.keys == first.keys and any(row[column] is not None for column in _columns(plan))
        for plan, row in listed
    )


def _columns(plan: _Plan) -> Iterator[str]:
    yield from (column for column, _ in plan.cells)
    if plan.parts:
        yield str(plan.first.column)


# ---- columns that are no values of their own


def _of_record(spec: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Columns that are made from the record, and how."""
    for column, how in spec["columns"].items():
        if "record" in how:
            yield column, how["record"]


# What a source that says nothing of a sum states.
_EXACT = "exact"


def _qualifier(record: Record, field: Field) -> str | None:
    """How exactly a sum is stated."""
    if record.values[field.name].status is not Status.READ:
        return None
    return record.qualifiers.get(field.name, _EXACT)


def _applicable(record: Record, field: Field) -> bool | None:
    """Whether an indicator applies; where the source has no rule against it, it does."""
    return record.applicable.get(field.keys[0][1], True)


_OF_RECORD: dict[str, _Make] = {
    "form": lambda record, field: record.form,
    "language": lambda record, field: record.language or None,
    "path": lambda record, field: record.path,
    "title": lambda record, field: record.titles.get(field.name),
    "qualifier": _qualifier,
    "applicable": _applicable,
}


def _looked_up(spec: Mapping[str, Any]) -> Iterator[tuple[str, _Look]]:
    """Columns that code lists give of the other columns."""
    for column, how in spec["columns"].items():
        if "lookup" in how:
            yield column, _look_up(column, how["lookup"])


def _look_up(column: str, how: Mapping[str, Any]) -> _Look:
    """What a code list holds beside the code or the text in another column."""
    by_code = "code" in how
    asked, take = how["code" if by_code else "text"], how.get("take", column)
    listed = {row["code"]: row.get(take) or None for row in load.codes(how["in"])}
    conditions = how.get("when", {})

    def found(text: object, *beside: object) -> object:
        if not isinstance(text, str) or beside != tuple(conditions.values()):
            return None
        code = text if by_code else load.spellings(how["in"]).get(load.fold(text))
        return None if code is None else listed.get(code)

    def look(cells: Mapping[str, Column]) -> list[object]:
        used = (cells[name] for name in (asked, *conditions))
        held = (column.cells() if isinstance(column, Coded) else column for column in used)
        rows = list(zip(*held, strict=True))
        known = {row: found(*row) for row in set(rows)}
        return [known[row] for row in rows]

    return look
