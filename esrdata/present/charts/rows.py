"""Statistics tables as charts take them."""

from collections.abc import Sequence
from typing import Any, TypeVar

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording

#: Rows drawn at most; the smallest groups are left out, and a note says how many.
MOST_ROWS = 40
T = TypeVar("T")
#: A row by the names of its columns.
Row = dict[str, Any]


def as_rows(table: pd.DataFrame) -> list[Row]:
    """The rows of a table, each by the names of its columns."""
    # Each column that is taken of a table with attrs would have a copy of them.
    return [{str(k): v for k, v in row.items()} for row in pd.DataFrame(table).to_dict("records")]


def ends(rows: Sequence[T]) -> Sequence[T]:
    """The first and the last of what is drawn, for a text alternative; one where it is all."""
    return [rows[0], rows[-1]] if len(rows) > 1 else rows


def ratio(planned: Any, realised: Any) -> float | None:
    """Realised by planned; None where one is missing or nothing was planned."""
    if formats.is_missing(planned) or formats.is_missing(realised) or float(planned) <= 0:
        return None
    return float(realised) / float(planned)


def in_percent(share: Any, lang: str, decimals: int = 1) -> str:
    """A share as its per cent, whose sign stands in the heading."""
    percent = None if formats.is_missing(share) else round(100 * float(share), 9)
    return formats.number(percent, lang, decimals)


def largest(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that are drawn: those of the most projects, in the order of the table."""
    first = table["n"].sort_values(ascending=False, kind="stable").index[:MOST_ROWS]
    return table[table.index.isin(first)]


def check(table: Any, statistics: str, needs: Sequence[str], lang: str) -> pd.DataFrame:
    """Check that a table is what a function of `esrdata.stats` returned, and has rows."""
    wording.word("charts.not_known", lang)  # refuses an unknown language
    made_by = f"give what esrdata.stats.{statistics} returned"
    if not isinstance(table, pd.DataFrame):
        raise UsageError(f"A {type(table).__name__} is not a statistics table: {made_by}.")
    made = table.attrs.get("call", {}).get("statistic")
    if made is not None and made != statistics.partition("(")[0]:
        # Some statistics share columns: counts of people would be drawn as euros.
        raise UsageError(f"The table is what esrdata.stats.{made} returned: {made_by}.")
    lacking = [name for name in needs if name not in table]
    if lacking:
        raise UsageError(f"The table has no column {', '.join(lacking)}: {made_by}.")
    if table.empty:
        why = table.attrs.get("why_empty")
        nothing = wording.sentence("error.nothing_to_draw")
        raise UsageError(
            wording.sentence("error.two", first=nothing, second=why) if why else nothing
        )
    return table
