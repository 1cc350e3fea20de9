"""How a report writes its figures: by kind, or each in a unit of its own."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from esrdata.knowledge import formats, wording

#: How the cells of a column are written: a function of value, language and decimals by kind.
KINDS: Mapping[str, Callable[[Any, str, int], str]] = {
    "text": lambda value, lang, _: (
        wording.word("format.missing", lang) if formats.is_missing(value) else str(value)
    ),
    # A figure that is written already, for each row has its own unit.
    "figure": lambda value, lang, _: (
        wording.word("format.missing", lang) if formats.is_missing(value) else str(value)
    ),
    "integer": lambda value, lang, _: formats.number(value, lang),
    "number": formats.number,
    "money": formats.money,
    # Sums in millions and in thousands: the unit stands in the heading.
    "millions": lambda value, lang, _: formats.in_unit(value, lang, 1_000_000, 1),
    "thousands": lambda value, lang, _: formats.in_unit(value, lang, 1_000),
    "percent": formats.percent,
    # What two percentages differ by.
    "points": formats.points,
    "date": lambda value, lang, _: formats.date(value, lang),
    "p": lambda value, lang, _: formats.p_value(value, lang),
}


class Written(str):
    """A number as people read it, which knows the number: its row has a unit of its own.

    Attributes
    ----------
    value
        The number, in euros or as a ratio where the kind is of such.
    kind, decimals
        As in `Column`.
    before
        What stands before the digits, such as ``about``.
    """

    __slots__ = ("before", "decimals", "kind", "value")

    value: float
    kind: str
    decimals: int
    before: str


def written(value: Any, kind: str, lang: str, decimals: int = 0, before: str = "") -> str:
    """A number in its own unit, for a column of kind ``figure``; a missing one is an en dash."""
    text = KINDS[kind](value, lang, decimals)
    if formats.is_missing(value):
        return text
    made = Written(f"{before} {text}" if before else text)
    made.value, made.kind, made.decimals, made.before = float(value), kind, decimals, before
    return made


def is_written(values: "pd.Series[Any]") -> bool:
    """Whether a column has such numbers."""
    return any(isinstance(value, Written) for value in values)


def written_column(cells: Iterable[str], index: pd.Index) -> "pd.Series[Any]":
    """Such numbers as a column; pandas would make plain texts of them by itself."""
    return pd.Series(list(cells), index=index, dtype=object)
