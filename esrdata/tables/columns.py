"""Columns and dtypes of every table, as `tables.yml` declares them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pandas.api.extensions import ExtensionArray

from esrdata.errors import KnowledgeError, UsageError
from esrdata.knowledge import load

# pandas 2 has none.
_from_blocks = getattr(getattr(pd.api, "internals", None), "create_dataframe_from_blocks", None)

DTYPES = {
    "text": "string",
    "integer": "Int64",
    "money": "Float64",
    "number": "Float64",
    "date": "datetime64[ns]",
    "boolean": "boolean",
}
# What stands in an array where its mask says that nothing does.
_MASKED: Mapping[str, tuple[Any, object]] = {
    "integer": (pd.Int64Dtype(), 0),
    "money": (pd.Float64Dtype(), 0.0),
    "number": (pd.Float64Dtype(), 0.0),
    "boolean": (pd.BooleanDtype(), False),
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


@dataclass(frozen=True, slots=True)
class Coded:
    """Cells that hold some of a few values; `which` has the place of each among those."""

    values: Sequence[object]
    which: npt.NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.which)

    def is_there(self) -> npt.NDArray[np.bool_]:
        """Whether each cell holds something."""
        return np.array([value is not None for value in self.values])[self.which]

    def cells(self) -> list[object]:
        """The cells, each with its value."""
        return [self.values[i] for i in self.which.tolist()]


#: The cells of a column; of numbers an array too, masked where they are missing.
Column: TypeAlias = "Sequence[object] | Coded | np.ma.MaskedArray[Any, Any]"


def by_turns(columns: Sequence[Coded]) -> Coded:
    """Several columns as one: the first cell of each, then the second of each, and so on."""
    values: list[object] = []
    begins: dict[int, int] = {}
    for column in columns:
        # Columns that read alike share their values.
        if id(column.values) not in begins:
            begins[id(column.values)] = len(values)
            values += column.values
    which = [column.which + begins[id(column.values)] for column in columns]
    return Coded(values, np.stack(which, axis=1).ravel())


def texts(values: Column) -> ExtensionArray:
    """The cells of a column of texts; None is missing."""
    if pd.StringDtype().storage != "pyarrow":
        return _of_pandas(values, DTYPES["text"])
    # The same column, without a look at every cell by pandas: four times faster.
    return pd.arrays.ArrowStringArray(pa.chunked_array([pa.array(values, pa.large_string())]))


def _cells(values: Column, column: Mapping[str, Any]) -> ExtensionArray:
    """The cells of one column with its dtype; None is missing."""
    if isinstance(values, Coded):
        return _cells(values.values, column).take(values.which)
    if column["type"] == "text":
        return texts(values)
    if column["type"] not in _MASKED:
        return _of_pandas(values, dtype(column))
    kind, nothing = _MASKED[column["type"]]
    if isinstance(values, np.ma.MaskedArray):
        whole, missing = values.data.astype(kind.numpy_dtype), np.ma.getmaskarray(values)
    else:
        whole = np.array([nothing if value is None else value for value in values])
        missing = np.array([value is None for value in values], bool)
        if kind.numpy_dtype != np.bool_ and bool in set(map(type, values)):
            raise TypeError("A column of numbers holds true or false.")
    if whole.dtype != kind.numpy_dtype or (whole.dtype.kind == "f" and np.isnan(whole).any()):
        # Not all are of that type: pandas looks at each, and refuses to cut off a fraction.
        return _of_pandas(values, kind)
    cells: ExtensionArray = kind.construct_array_type()(whole, missing)
    return cells


def _of_pandas(values: Any, kind: Any) -> ExtensionArray:
    cells: ExtensionArray = pd.array(list(values), dtype=kind)
    return cells


def frame(table: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Build a table from its rows; a column that a row lacks is missing there."""
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


def from_parts(
    table: str, parts: Iterable[tuple[Sequence[int], Mapping[str, Column]]]
) -> pd.DataFrame:
    """Build a table from parts, its rows in the order of their numbers.

    A part is the number of each row, and its columns; rows of one number stay in their order.
    """
    full = [part for part in parts if len(part[0])]
    if not full:
        return from_columns(table, dict.fromkeys(columns(table), ()))
    frames = [from_columns(table, data) for _, data in full]
    whole = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    numbers = np.concatenate([np.asarray(numbers) for numbers, _ in full])
    if (numbers[1:] >= numbers[:-1]).all():
        return whole
    return whole.take(np.argsort(numbers, kind="stable")).reset_index(drop=True)


def from_columns(table: str, data: Mapping[str, Column]) -> pd.DataFrame:
    """Build a table from its columns, all of one length."""
    wanted, empty = columns(table), _empty(table, pd.StringDtype().storage)
    if not any(len(data[name]) for name in wanted):
        return empty.copy()
    cells = {name: _cells(data[name], spec) for name, spec in wanted.items()}
    lengths = {len(array) for array in cells.values()}
    if _from_blocks is None or len(lengths) > 1:
        # New arrays need no copy.
        return pd.DataFrame(cells, copy=False)
    # pandas would ask of each what it is and how long: a page has a hundred and fifty columns.
    blocks = list(zip(cells.values(), np.arange(len(cells)).reshape(-1, 1), strict=True))
    made: pd.DataFrame = _from_blocks(blocks, pd.RangeIndex(lengths.pop()), empty.columns)
    return made


@cache
def _empty(table: str, storage: str) -> pd.DataFrame:
    """A table without rows, of which there are many; texts are stored as pandas is set to."""
    return pd.DataFrame({name: _cells((), spec) for name, spec in columns(table).items()})


def joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """One table of several with the same columns, one after another."""
    held = [part for part in parts if len(part)]
    if len(held) < 2:
        return (held or parts)[0]
    whole = pd.concat(held, ignore_index=True)
    return pd.DataFrame({name: _whole(column.array) for name, column in whole.items()}, copy=False)


def _whole(cells: ExtensionArray) -> ExtensionArray:
    """The same cells in one place: texts of several tables stay where they were."""
    if isinstance(cells, pd.arrays.ArrowStringArray):
        return pd.arrays.ArrowStringArray(pa.chunked_array([pa.array(cells).combine_chunks()]))
    return cells


def typed(table: str, data: pd.DataFrame) -> pd.DataFrame:
    """Give a table its declared columns and dtypes."""
    wanted = columns(table)
    return data[list(wanted)].astype({name: dtype(spec) for name, spec in wanted.items()})


def ensure_unchanged(tables: Mapping[str, pd.DataFrame]) -> None:
    """Raise where a table is not as it was read, so that nothing can be computed from it."""
    for name, table in tables.items():
        for column, spec in columns(name).items():
            if column not in table:
                raise UsageError(f"The table {name} has no column {column!r} any more{_MEND}")
            held, due = _kind(str(table[column].dtype)), _kind(dtype(spec))
            if held != due:
                text = f"The column {column} of {name} was changed to {held}, where {due} is due"
                raise UsageError(f"{text}{_MEND}")
        if table.index.name in table or not table.index.is_unique:
            raise UsageError(
                f"The rows of {name} are not numbered any more: take table.reset_index(drop=True)."
            )


_MEND = ": read or load the portfolio again, and change a copy of the table."


def _kind(dtype: str) -> str:
    """A dtype without its unit or storage."""
    kind = dtype.partition("[")[0]
    return "string" if kind == "str" else kind
