"""Columns and dtypes of every table, as `tables.yml` declares them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

from esrdata.errors import KnowledgeError
from esrdata.knowledge import load

DTYPES = {
    "text": "string",
    "integer": "Int64",
    "money": "Float64",
    "number": "Float64",
    "date": "datetime64[ns]",
    "boolean": "boolean",
}


def columns(table: str) -> dict[str, Mapping[str, Any]]:
    """Columns of a table in order, each with its entry in `tables.yml`."""
    spec = load.table_specs()[table]
    included = columns(spec["include"]) if "include" in spec else {}
    return {**included, **spec["columns"]}


def is_internal(table: str) -> bool:
    """Whether a table is for the machinery alone and no part of what is shown."""
    return bool(load.table_specs()[table].get("internal", False))


def dtype(column: Mapping[str, Any]) -> str:
    """The pandas dtype of a column."""
    if column["type"] not in DTYPES:
        raise KnowledgeError(f"tables.yml holds an unknown type {column['type']!r}.")
    return DTYPES[column["type"]]


def series(values: Sequence[object], column: Mapping[str, Any]) -> "pd.Series[Any]":
    """One column with its dtype; None is missing."""
    if column["type"] == "date":
        return pd.Series(list(values), dtype=DTYPES["date"])
    if column["type"] == "text" and pd.StringDtype().storage == "pyarrow":
        # The same column as below, without a look at every cell by pandas: four times faster.
        cells = pa.chunked_array([pa.array(values, pa.large_string())])
        return pd.Series(pd.arrays.ArrowStringArray(cells))
    return pd.Series(list(values), dtype=dtype(column))


def frame(table: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Build a table from its rows; a column that a row lacks is missing there.

    Raises
    ------
    KnowledgeError
        If a row holds a column that `tables.yml` does not know.
    """
    wanted, rows = columns(table), list(rows)
    named: set[str] = set().union(*rows)
    if not named <= wanted.keys():
        raise KnowledgeError(
            f"The table {table} has no column {min(named - wanted.keys())!r} in tables.yml."
        )
    data = {
        name: [row.get(name) for row in rows] if name in named else [None] * len(rows)
        for name in wanted
    }
    return from_columns(table, data)


def from_columns(table: str, data: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """Build a table from its columns, all of one length."""
    wanted = columns(table)
    return pd.DataFrame({name: series(data[name], spec) for name, spec in wanted.items()})


def typed(table: str, data: pd.DataFrame) -> pd.DataFrame:
    """Give a table its declared columns and dtypes."""
    wanted = columns(table)
    return data[list(wanted)].astype({name: dtype(spec) for name, spec in wanted.items()})
