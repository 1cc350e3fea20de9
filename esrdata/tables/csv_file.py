"""Writes a table as CSV that Excel opens as it is, and in which no text is a formula."""

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.api.types import is_datetime64_any_dtype as is_datetime
from pandas.api.types import is_integer_dtype, is_numeric_dtype

from esrdata.terminal import STEERING, visible

#: Typed anew in a cell, a text that begins so would become a formula, spaces before it or not.
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# Whatever is to be changed begins with no letter or digit, or has such a sign: most columns have no
# such text, and are looked through once.
_ODD = f"^[^0-9A-Za-zÅÄÖåäö]|[\r{STEERING}]"
# Rows that are put together at a time.
_ROWS = 50_000


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV.

    UTF-8 with a byte-order mark, so that Excel reads it; the line ends do not follow the machine.
    A text that a spreadsheet would take for a formula gets an apostrophe in front, and a sign that
    would steer a terminal or turn the order of reading is shown as its code: the Parquet file
    beside it holds the text as it is.
    """
    inert = table.copy()
    for name in inert.columns:
        if isinstance(inert[name].dtype, pd.StringDtype) and inert[name].str.contains(_ODD).any():
            bare = inert[name].str.lstrip()
            live = (inert[name].str.startswith(LIVE) | bare.str.startswith(LIVE)).fillna(False)
            if live.any():
                inert[name] = inert[name].mask(live, "'" + inert[name])
            if inert[name].str.contains("\r", regex=False).any():
                # Nothing quotes a carriage return, and Excel begins a row at it.
                inert[name] = inert[name].str.replace("\r\n?", "\n", regex=True)
            steering = inert[name].str.contains(f"[{STEERING}]", regex=True).fillna(False)
            if steering.any():
                inert[name] = inert[name].mask(steering, inert[name][steering].map(visible))
    with path.open("w", encoding="utf-8", newline="") as file:
        # The encoding that has the mark in it is asked for each row in Python.
        file.write("\ufeff")
        if len(inert.columns) < 2 or not all(map(_plain, inert.dtypes)):
            inert.to_csv(file, index=False, lineterminator="\n")
            return
        inert.head(0).to_csv(file, index=False, lineterminator="\n")
        for start in range(0, len(inert), _ROWS):
            cells = [_cells(inert[name].iloc[start : start + _ROWS]) for name in inert]
            lines = pc.binary_join_element_wise(*cells, _text(",")).to_pylist()
            file.write("\n".join([*lines, ""]))


def _text(text: str) -> Any:
    """A text as pyarrow holds it."""
    return pa.scalar(text, type=pa.large_string())


def _plain(dtype: Any) -> bool:
    """Whether a column's cells are texts, or hold none of the signs of CSV."""
    return isinstance(dtype, pd.StringDtype) or is_numeric_dtype(dtype) or is_datetime(dtype)


def _cells(column: "pd.Series[Any]") -> Any:
    """A column's cells as CSV has them: as pandas writes them, in half of its time."""
    if isinstance(column.dtype, pd.StringDtype):
        texts = pc.fill_null(pa.array(column, type=pa.large_string(), from_pandas=True), "")
        apart = pc.match_substring_regex(texts, '[",\n]')
        if not pc.any(apart).as_py():
            return texts
        quoted = pc.binary_join_element_wise(
            _text('"'), pc.replace_substring(texts, '"', '""'), _text('"'), _text("")
        )
        return pc.if_else(apart, quoted, texts)
    if is_integer_dtype(column.dtype):
        return pc.fill_null(pc.cast(pa.array(column, from_pandas=True), pa.large_string()), "")
    # A line of a single cell that is missing would be quoted, so they stand beside nothing.
    lines = (
        column.to_frame().assign(nothing="").to_csv(index=False, header=False, lineterminator="\n")
    )
    return pa.array([line[:-1] for line in lines.split("\n")[:-1]], type=pa.large_string())
