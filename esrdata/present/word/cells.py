"""The cells of a table as a page has them: intervals in one column, a group once in its block."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import pandas as pd

from esrdata.knowledge.wording import word
from esrdata.present.model import Column, Table

# So many rows of a group stand together on a page.
_MOST = 12
_LOW, _HIGH = "low", "high"
# What stands behind a number: it is written once in an interval.
_UNIT = re.compile(r"[\u00a0 ]?[%€]\Z")


def columns_of(table: Table, lang: str) -> Iterator[tuple[Column, list[str]]]:
    """Each column with its cells; the two limits of an interval are one column."""
    columns = [*table.columns]
    written = {c.name: [c.write(v, lang) for v in table.frame[c.name]] for c in columns}
    pairs = {
        low.name: high.name
        for low, high in pairwise(columns)
        if low.name.endswith(_LOW) and high.name == low.name.removesuffix(_LOW) + _HIGH
    }
    for column in columns:
        if column.name in pairs:
            both = zip(written[column.name], written[pairs[column.name]], strict=True)
            # The heading ends with which limit it is.
            name = column.label.rpartition(", ")[0] or column.label
            yield replace(column, label=name), [_interval(*limits, lang) for limits in both]
        elif column.name not in pairs.values():
            yield column, written[column.name]


def as_printed(table: Table, lang: str) -> Table:
    """A table with its intervals as Word prints them, in one column of texts each."""
    columns, frame = [], table.frame.copy()
    for column, cells in columns_of(table, lang):
        if column not in table.columns:
            column = replace(column, kind="figure")
            frame[column.name] = pd.array(cells, dtype="string")
        columns.append(column)
    return replace(table, columns=columns, frame=frame)


def _interval(low: str, high: str, lang: str) -> str:
    missing = word("format.missing", lang)
    if missing in (low, high):
        return low if low == high else f"{low} … {high}"
    unit = _UNIT.search(high)
    first = low.removesuffix(unit[0]) if unit else low
    # A dash between numbers with a minus would be another minus.
    minus = word("format.minus", lang)
    between = " … " if minus in low + high else "–"
    return first + between + high


def blocks_of(column: Column, texts: Sequence[str]) -> list[int]:
    """How many rows share a name that stands first of them; 0 for the others.

    Only names of groups: a number or a day that comes twice is written twice. So is the name of a
    group that may go on on the next page.
    """
    if column.kind != "text" or column.foreign:
        return [1] * len(texts)
    runs = [len([*run]) for _, run in groupby(texts)]
    return [size for n in runs for size in ([n] + [0] * (n - 1) if n <= _MOST else [1] * n)]
