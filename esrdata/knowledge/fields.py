"""Fields: the dotted name of a value, and the cell of a table that it stands for.

A name such as ``funding.public_total.realised`` has a shape of `tables.yml`, here
``funding.{measure}.{stage}``: each brace stands for the value of a key column, or for `NUMBER` (the
position in a list, from 0), `COLUMN` (the column of the value) or `PART` (a piece of a value that
the table holds joined). All code that goes from names to tables, or back, uses this.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from esrdata.errors import UsageError
from esrdata.knowledge import load

_MADE = {"record", "lookup", "made"}
NUMBER, COLUMN, PART = "number", "column", "part"
_BRACE = re.compile(r"\{(\w+)\}")
# A code in a name; digits alone are a position in a list.
_CODE = r"(?!\d+(?:\.|$))[^.]+"


@dataclass(frozen=True)
class Shape:
    """A shape of the dotted names of a table.

    Attributes
    ----------
    table
        The table.
    name
        The shape, such as ``indicators.{indicator}.{stage}_women``.
    keys
        The key columns it names, in order.
    columns
        The columns that may hold the value: one, or the choices for `COLUMN`; none if the name is
        that of a whole list.
    joined
        The parts of a joined value: within a group separated by spaces, groups by commas.
    parts_of
        The table whose columns label the parts.
    words
        Keys of `words.yml` for the rest of the label; the first that exists is used.
    pattern
        The pattern of its names.
    """

    table: str
    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    joined: tuple[tuple[str, ...], ...]
    parts_of: str | None
    words: tuple[str, ...]
    pattern: re.Pattern[str]

    @property
    def numbered(self) -> bool:
        """Whether it names a place in a list."""
        return f"{{{NUMBER}}}" in self.name

    def write(self, values: Mapping[str, object], shape: str | None = None) -> str:
        """Its name, or another text with the same braces, filled with these values."""
        return _BRACE.sub(lambda found: str(values[found[1]]), shape or self.name)


@dataclass(frozen=True)
class Field:
    """A parsed dotted name.

    Attributes
    ----------
    name, table, shape
        The name, the table it belongs to, and its shape.
    keys
        Key columns and their values, apart from the project code.
    column
        The column that holds the value; None for a whole list.
    number
        Its position in a list, from 0; None outside lists.
    part
        The piece of a joined value.
    """

    name: str
    table: str
    shape: Shape
    keys: tuple[tuple[str, str], ...] = ()
    column: str | None = None
    number: int | None = None
    part: str | None = None

    @cached_property
    def kind(self) -> str | None:
        """The type of the column, as in `tables.yml`; None for a whole list."""
        return None if self.column is None else str(_column(self.table, self.column)["type"])

    @cached_property
    def prose(self) -> bool:
        """Whether its value is text by an author."""
        return self.column is not None and bool(_column(self.table, self.column).get("prose"))

    @cached_property
    def public(self) -> bool:
        """Whether its value is a name that is public whoever it belongs to."""
        return self.column is not None and bool(_column(self.table, self.column).get("public"))

    @property
    def list_name(self) -> str | None:
        """The name of the list its value belongs to, such as `partners`; None outside lists."""
        if self.number is None:
            return None
        return ".".join([self.table, *(value for _, value in self.keys)])

    @property
    def values(self) -> dict[str, object]:
        """The values in the braces of its shape."""
        rest = {NUMBER: self.number, COLUMN: self.column, PART: self.part}
        return dict(self.keys) | {name: value for name, value in rest.items() if value is not None}

    def beside(self, column: str) -> str | None:
        """The dotted name of another column of the same row; None if it has none."""
        for shape in shapes(self.table):
            same = (shape.keys, shape.numbered) == (self.shape.keys, self.shape.numbered)
            if same and column in shape.columns:
                return shape.write({**self.values, COLUMN: column})
        return None

    def within(self, whole: "Field") -> bool:
        """Whether it is one of the values of a whole list."""
        listed = whole.column is None and whole.table == self.table
        return listed and self.number is not None and set(self.keys) <= set(whole.keys)


def field_of(name: str) -> Field:
    """Parse a dotted name.

    Parameters
    ----------
    name
        Such as ``projects.end_date`` or ``partners.0.name``. Its codes are not checked against the
        code lists.

    Raises
    ------
    UsageError
        If no table has such a field.
    """
    found = find(name)
    if found is None:
        raise UsageError(f"There is no field {name!r}.")
    return found


def list_name(name: str) -> str | None:
    """The name of the list a field is in; None outside lists."""
    return field_of(name).list_name


@lru_cache(maxsize=50_000)
def find(name: str) -> Field | None:
    """Parse a dotted name; None if no table has such a field."""
    for shape in shapes(name.partition(".")[0]):
        found = shape.pattern.fullmatch(name)
        if found is None:
            continue
        values = found.groupdict()
        column = values.get(COLUMN) or (shape.columns[0] if len(shape.columns) == 1 else None)
        number = values.get(NUMBER)
        return Field(
            name,
            shape.table,
            shape,
            keys=tuple((key, values[key]) for key in shape.keys),
            column=column,
            number=None if number is None else int(number),
            part=values.get(PART),
        )
    return None


@cache
def shapes(table: str) -> tuple[Shape, ...]:
    """The shapes of a table's names; none if it holds no values of projects."""
    spec = load.table_specs().get(table, {})
    return tuple(_shape(table, spec, raw) for raw in spec.get("fields", ()))


def value_tables() -> tuple[str, ...]:
    """The tables that hold values of projects, in the order of `tables.yml`."""
    return tuple(table for table, spec in load.table_specs().items() if "fields" in spec)


def _shape(table: str, spec: Mapping[str, Any], raw: Mapping[str, Any]) -> Shape:
    named = _BRACE.findall(raw["name"])
    columns: Sequence[str] = raw.get("columns", ())
    if COLUMN in named and not columns:
        # A computed column, or one of the project, holds no value of its own.
        made = {name for name, column in spec["columns"].items() if _MADE & column.keys()}
        made |= {"project_code"} if len(spec["key"]) > 1 else set()
        columns = tuple(name for name in spec["columns"] if name not in made)
    joined = tuple(tuple(group) for group in raw.get("joined", ()))
    choices = {
        NUMBER: r"\d+",
        COLUMN: "|".join(map(re.escape, columns)),
        PART: "|".join(re.escape(part) for group in joined for part in group),
    }
    pattern, at = "", 0
    for brace in _BRACE.finditer(raw["name"]):
        choice = choices.get(brace[1], _CODE)
        pattern += re.escape(raw["name"][at : brace.start()]) + f"(?P<{brace[1]}>{choice})"
        at = brace.end()
    return Shape(
        table,
        raw["name"],
        keys=tuple(name for name in named if name not in choices),
        columns=tuple(columns),
        joined=joined,
        parts_of=raw.get("parts_of"),
        words=tuple(raw.get("words", ())),
        pattern=re.compile(pattern + re.escape(raw["name"][at:])),
    )


def _column(table: str, column: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = load.table_specs()[table]["columns"][column]
    return found
