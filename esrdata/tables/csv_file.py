"""Writes a table as CSV that Excel opens as it is, and in which no text is a formula."""

from pathlib import Path

import pandas as pd

from esrdata.terminal import STEERING, visible

#: Typed anew in a cell, a text that begins so would become a formula, spaces before it or not.
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# Whatever is to be changed begins with no letter or digit, or has such a sign: most columns have no
# such text, and are looked through once.
_ODD = f"^[^0-9A-Za-zÅÄÖåäö]|[\r{STEERING}]"


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
        inert.to_csv(file, index=False, lineterminator="\n")
