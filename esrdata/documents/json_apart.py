"""Where JSON keeps the headings of a table apart from its rows, which then have no names.

Libraries of tables write so, and services: answers of Google, of Socrata, of BigQuery, of programs
that ask databases.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

Object: TypeAlias = "dict[str, object]"
Keys: TypeAlias = "tuple[str | int, ...]"
# The members that hold headings and rows, and what names a column that is an object.
HEADINGS = frozenset({"columns", "cols", "fields", "headers"})
_ROWS = frozenset({"data", "rows", "values"})
LABELS = ("label", "title", "otsikko", "display_name", "displayName")
# A label tells more than the name that a program gives.
_NAMES = (*LABELS, "name", "id")


def apart_in(whole: Object) -> tuple[Keys, Keys] | None:
    """The keys that lead to the headings of an answer, and to its rows, which have no names.

    None where there is more than one table, or none. Where no member has headings, the first row
    does.
    """
    arrays = list(_arrays_in(whole))
    tables = [(path, cells) for path, array in arrays if (cells := _table(path, array))]
    if len(tables) != 1:
        return None
    ((rows, cells),) = tables
    headed = [(path, array) for path, array in arrays if path[-1] in HEADINGS]
    if not headed:
        return ((*rows, 0), rows) if all(map(heading, cells[0])) else None
    named = [path for path, array in headed if len(array) == len(cells[0]) and _named(array)]
    return (named[0], rows) if len(named) == 1 else None


def _arrays_in(whole: Object, *path: str) -> Iterator[tuple[tuple[str, ...], list[object]]]:
    """The arrays of an object and of those inside it, and the keys that lead to each."""
    for key, value in whole.items():
        if isinstance(value, dict):
            yield from _arrays_in(value, *path, key)
        elif isinstance(value, list):
            yield (*path, key), value


def _table(path: tuple[str, ...], array: list[object]) -> list[list[object]]:
    """The cells of rows that have no names and are as long; none of any other array."""
    rows: list[list[object]] = []
    for row in array if path[-1] in _ROWS else ():
        # Some services wrap each row in an object of its own.
        only = next(iter(row.values())) if isinstance(row, dict) and len(row) == 1 else row
        if not isinstance(only, list) or (rows and len(only) != len(rows[0])):
            return []
        rows.append(only)
    return rows


def _named(columns: list[object]) -> bool:
    return all(heading(column) is not None for column in columns)


def heading(column: object) -> str | None:
    """What names a column: a text, or a member of an object; None of anything else."""
    if isinstance(column, dict):
        column = next((column[name] for name in _NAMES if column.get(name)), None)
    return column if isinstance(column, str) else None
