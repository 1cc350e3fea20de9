"""Headings, widths and heights that a table of a workbook needs, and where its cells stand."""

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal
from numbers import Real
from textwrap import wrap
from typing import Any

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from esrdata.knowledge.formats import is_missing
from esrdata.present.model import Column
from esrdata.workbook import fit, line

# Widths in characters: of any column, of one of a report's tables, of one of raw data.
_NARROW, _WIDE, _RAW = 9, 80, 40
#: The share of a column that a line fills.
_TIGHT = 0.85


def headings(columns: Sequence[Column]) -> list[str]:
    """Headings as a table needs them: on one line, not empty, each once whatever its case."""
    heads: list[str] = []
    taken: set[str] = set()
    for column in columns:
        label = fit(line(column.label) or line(column.name) or "–", 240)
        head, n = label, 1
        while head.lower() in taken:
            n += 1
            head = f"{label} ({n})"
        taken.add(head.lower())
        heads.append(head)
    return heads


def is_number(column: Column, values: "pd.Series[Any]") -> bool:
    """Whether a column holds numbers: of some, as years are, nothing is known but the dtype."""
    if column.kind in ("text", "date"):
        return is_numeric_dtype(values) and not is_bool_dtype(values)
    return True


def stands_of(columns: Sequence[Column], right: Sequence[bool], place: int) -> dict[str, object]:
    """Where text stands in a column: numbers and their heading on the right, off the next text."""
    if right[place]:
        return {"align": "right"}
    if place and right[place - 1]:
        return {"align": "left", "indent": 1}
    return {"align": "left"} if columns[place].kind == "date" else {}


def width_of(head: str, cells: Sequence[object], column: Column, wrapped: bool) -> int:
    """The width of a column in characters, from its heading and its cells."""
    # The button of the filter takes three characters.
    longest = max(map(len, head.split())) + 3 if wrapped else len(head) + 3
    for cell in cells:
        if isinstance(cell, str):
            # As wide as `lines_of` takes a line to be, or it would have a blank one below.
            spare = _TIGHT if wrapped else 1.0
            longest = max(longest, *(math.ceil(len(one) / spare) for one in cell.split("\n")))
        elif isinstance(cell, dt.date) and not is_missing(cell):
            longest = max(longest, len("30 September 2017"))
        elif not is_missing(cell):
            digits = isinstance(cell, Real | Decimal) and column.kind != "text"
            text = f"{cell:,.{column.decimals}f}" if digits else str(cell)
            # What is written around the digits is a few characters at most.
            longest = max(longest, len(text) + 3)
    return min(max(longest + 1, _NARROW), _WIDE if wrapped else _RAW)


def lines_of(text: object, width: float) -> int:
    """About how many lines a cell has; letters are wider where the workbook's font is not."""
    room = max(int(width * _TIGHT), 4)
    return sum(max(len(wrap(line, room)), 1) for line in str(text).split("\n"))
