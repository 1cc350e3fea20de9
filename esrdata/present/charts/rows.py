"""Statistics tables as charts take them, and rows of groups on a sheet under their headings."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.grouping import Grouping
from esrdata.present.charts.sheet import BEFORE_HEADING, Sheet

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


#: How wide the number of an axis is; the name hangs beside it.
_NUMBER = 0.32


def sections(groups: Grouping, rows: Sequence[Row], lang: str) -> list[tuple[str, list[Row]]]:
    """Rows under their headings, in order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(groups.heading(row, lang), []).append(row)
    return list(found.items())


def project_lines(
    sheet: Sheet, projects: Iterable[tuple[Any, Any]], width: float, most: int, **look: Any
) -> dict[str, list[str]]:
    """Names in lines by the keys of projects, alike ones told apart; without a name it is the code.

    Projects whose pages state no code have keys of their own, and are all called by *no code*.
    """
    names = {str(key): name for key, name in projects}
    codes = [wording.project_code(key, sheet.lang) for key in names]
    plain = [
        code if formats.is_missing(name) else str(name)
        for code, name in zip(codes, names.values(), strict=True)
    ]
    return dict(zip(names, sheet.told_apart(plain, width, most, codes=codes, **look), strict=True))


def head_of(sheet: Sheet, name: str, most: int = 2) -> float:
    """Write a heading that stays with the row below it, and return its middle."""
    sheet.skip(BEFORE_HEADING if sheet.y > 3 else 0.04)
    y = sheet.row(keep=most * LINE + 0.16)
    sheet.text(0, y, name, weight="bold")
    return y


def row_of(
    sheet: Sheet,
    label: tuple[str, str],
    width: float,
    most: int = 2,
    lines: list[str] | None = None,
) -> float:
    """Begin a row with the number and the name of a group, and return its middle.

    Its lines are those given, where they were made for all rows together.
    """
    number, name = label
    # Axes may stand among rows without a number: their names begin where numbers do.
    hang = _NUMBER if number else 0.0
    lines = lines or sheet.fitted(name, width - hang, most)
    y = sheet.row(len(lines))
    sheet.text(0, y - (len(lines) - 1) / 2 * LINE, number)
    sheet.lines(hang, y, lines)
    return y
