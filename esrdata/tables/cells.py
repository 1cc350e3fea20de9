"""The cells of the tables by the dotted names of their values: `rows` backwards."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
import pandas as pd

from esrdata.knowledge.fields import COLUMN, NUMBER, Shape, shapes, value_tables
from esrdata.knowledge.formats import is_missing
from esrdata.tables.lookup import among

Cells = dict[tuple[str, str], object]
#: Contents by field and project.
ByField = dict[str, dict[str, object]]


def cells(
    tables: Mapping[str, pd.DataFrame],
    codes: Collection[str],
    names: Collection[str] | None = None,
) -> Cells:
    """Every cell that holds a value of some projects, in some tables or all.

    Project code and dotted name to the content, None where it is missing. Parts of joined values
    are not among them.
    """
    found = by_field(tables, codes, names)
    return {(code, name): held for name, own in found.items() for code, held in own.items()}


def by_field(
    tables: Mapping[str, pd.DataFrame],
    codes: Collection[str],
    names: Collection[str] | None = None,
) -> ByField:
    """The same as `cells`, by dotted name and then by project code."""
    found: ByField = {}
    for table in value_tables():
        if table in tables and (names is None or table in names):
            rows = tables[table]
            rows = rows[among(rows["project_code"], codes)]
            for shape in shapes(table):
                if shape.columns and not shape.joined:
                    _add_shape(found, rows, shape)
    return found


def _add_shape(found: ByField, rows: pd.DataFrame, shape: Shape) -> None:
    @cache
    def name(keys: tuple[object, ...], number: int, column: str) -> str:
        named = dict(zip(shape.keys, keys, strict=True))
        return shape.write({**named, NUMBER: number, COLUMN: column})

    codes, keys, numbers = listed(rows["project_code"]), [()] * len(rows), [0] * len(rows)
    if shape.keys:
        keys = list(plain_rows(rows, shape.keys))
    if shape.numbered:
        counted: dict[tuple[object, ...], int] = {}
        for at, of in enumerate(zip(codes, keys, strict=True)):
            numbers[at] = counted[of] = counted.get(of, -1) + 1
    for column in shape.columns:
        names = map(name, keys, numbers, repeat(column))
        for code, field, content in zip(codes, names, listed(rows[column]), strict=True):
            found.setdefault(field, {})[code] = content


def plain_rows(table: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of a table as tuples, what is missing as None."""
    return zip(*(listed(table[name]) for name in names), strict=True)


def listed(column: "pd.Series[Any]") -> list[Any]:
    """The cells of a column, what is missing as None."""
    if isinstance(column.dtype, pd.StringDtype):
        # Names of fields and files stand in half a million rows: each is one text in memory.
        at, texts = pd.factorize(column)
        # What is missing is at -1.
        known = np.array([*texts.tolist(), None], dtype=object)
        listed: list[Any] = known[at].tolist()
        return listed
    missing = column.isna().tolist()
    return [None if no else value for value, no in zip(column.tolist(), missing, strict=True)]


def plain(content: object) -> str:
    """A content as text: ISO date, whole numbers without decimals; nothing where it is missing."""
    if is_missing(content):
        return ""
    if isinstance(content, pd.Timestamp):
        return content.date().isoformat()
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return str(content)
