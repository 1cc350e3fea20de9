"""Writes a table as CSV that Excel opens as it is, and in which no text is a formula."""

import re
from pathlib import Path

import pandas as pd

from esrdata.terminal import STEERING, visible

#: Typed anew in a cell, a text that begins so would become a formula, spaces before it or not.
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# Whatever is to be changed begins with no letter or digit, or has such a sign.
_ODD = f"^[^0-9A-Za-zÅÄÖåäö]|[\r{STEERING}]"
_RETURN = re.compile("\r\n?")


def _inert(text: str) -> str:
    live = text.startswith(LIVE) or text.lstrip().startswith(LIVE)
    # Nothing quotes a carriage return, and Excel begins a row at it.
    return visible(_RETURN.sub("\n", f"'{text}" if live else text))


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV.

    UTF-8 with a byte-order mark, so that Excel reads it; the line ends do not follow the machine.
    A text that a spreadsheet would take for a formula gets an apostrophe in front, and a sign that
    would steer a terminal or turn the order of reading is shown as its code: the Parquet file
    beside it holds the text as it is.
    """
    # Each column that is taken of a table with attrs would have a copy of them.
    inert = pd.DataFrame(table)
    for name in inert.columns:
        column = inert[name]
        if isinstance(column.dtype, pd.StringDtype):
            # The path of one file stands in half a million rows.
            texts = pd.Series(column.unique())
            odd = texts.str.contains(_ODD, na=False)
            if not odd.any():
                continue
            changed = {text: new for text in texts[odd] if (new := _inert(text)) != text}
            if changed:
                at = column.isin(list(changed))
                inert[name] = column.mask(at, column[at].map(changed))
    with path.open("w", encoding="utf-8", newline="") as file:
        # The encoding that has the mark in it is asked for each row in Python.
        file.write("\ufeff")
        inert.to_csv(file, index=False, lineterminator="\n")
