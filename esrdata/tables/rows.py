"""From the values of a record to rows: `tables.yml` says which cell each is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from esrdata.knowledge import load
from esrdata.knowledge.fields import Field, field_of, value_tables
from esrdata.reading.record import Record, Status

Row = dict[str, object]
_Make = Callable[[Row, Record, Field], object]


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
    """The rows of every table that holds values, a record at a time.

    Parameters
    ----------
    contacts
        Whether there is a table of contacts.
    """

    def __init__(self, *, contacts: bool) -> None:
        self._specs = load.table_specs()
        self.tables: dict[str, list[Row]] = {
            table: [] for table in value_tables() if contacts or table != "contacts"
        }
        self._made = {table: list(_made(self._specs[table])) for table in self.tables}
        # The rows of a long list have the same fields thousands of times.
        self._plans: dict[tuple[str, ...], list[tuple[str, list[_Plan]]]] = {}

    def add(self, code: str, record: Record) -> None:
        """Add the rows of a project."""
        names = tuple(record.values)
        if names not in self._plans:
            self._plans[names] = list(self._planned(names))
        for table, plans in self._plans[names]:
            rows = [(plan, _row(plan, code, record)) for plan in plans]
            if self._specs[table].get("rows") == "stated":
                rows = [row for i, row in enumerate(rows) if _is_stated(rows[i:])]
            for plan, row in rows:
                for column, make in self._made[table]:
                    row[column] = make(row, record, plan.first)
                self.tables[table].append(row)

    def _planned(self, names: Sequence[str]) -> Iterator[tuple[str, list[_Plan]]]:
        """The rows of each table for a record with these fields."""
        tables: dict[str, dict[object, _Plan]] = {}
        for found in map(field_of, names):
            if found.column is None or found.table not in self.tables:
                continue
            plans = tables.setdefault(found.table, {})
            plan = plans.setdefault((found.keys, found.number), _Plan(found))
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
        groups = (
            " ".join(str(contents[part]) for part in group if contents.get(part) is not None)
            for group in plan.first.shape.joined
        )
        row[str(plan.first.column)] = ", ".join(filter(None, groups)) or None
    # A page that was linked to its project may state no code.
    row["project_code"] = code
    return row


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


def _made(spec: Mapping[str, Any]) -> Iterator[tuple[str, _Make]]:
    """Columns that are made from the record or from the other columns of a row."""
    for column, how in spec["columns"].items():
        if "record" in how:
            yield column, _OF_RECORD[how["record"]]
        elif "lookup" in how:
            yield column, _looked_up(column, how["lookup"])


def _qualifier(_: Row, record: Record, field: Field) -> str | None:
    """How exactly a sum is stated; a source that says nothing of it states it exactly."""
    if record.values[field.name].status is not Status.READ:
        return None
    return record.qualifiers.get(field.name, "exact")


def _applicable(_: Row, record: Record, field: Field) -> bool | None:
    """Whether an indicator applies; where the source has no rule against it, it does."""
    return record.applicable.get(field.keys[0][1], True)


_OF_RECORD: dict[str, _Make] = {
    "form": lambda row, record, field: record.form,
    "language": lambda row, record, field: record.language or None,
    "path": lambda row, record, field: record.path,
    "title": lambda row, record, field: record.titles.get(field.name),
    "qualifier": _qualifier,
    "applicable": _applicable,
}


def _looked_up(column: str, how: Mapping[str, Any]) -> _Make:
    """What a code list holds beside the code or the text in another column."""
    by_code = "code" in how
    asked, take = how["code" if by_code else "text"], how.get("take", column)
    listed = {row["code"]: row.get(take) or None for row in load.codes(how["in"])}
    conditions = how.get("when", {}).items()

    def make(row: Row, record: Record, field: Field) -> object:
        text = row.get(asked)
        if not isinstance(text, str) or any(row[key] != value for key, value in conditions):
            return None
        code = text if by_code else load.spellings(how["in"]).get(load.fold(text))
        return None if code is None else listed.get(code)

    return make
