"""Rows of charts: which groups of a statistics table are drawn, with which labels, how high."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.present.charts import style

if TYPE_CHECKING:
    pass


#: Rows drawn at most; the smallest groups are left out, and the caption says how many.
MOST_ROWS = 40
#: Space in points: around things, a line of headings, ticks and their name, title and caption.
GAP, HEAD, TICKS, _AROUND = 6.0, 16.0, 32.0, 95.0
#: Space in points between the labels of rows, as it is and where there are many.
_ROW_GAPS = (7.0, 3.5)
#: Shares of the width that labels may take; a larger one only when the rows do not fit otherwise.
_LABELS = (0.36, 0.45, 0.52)
#: Height of the lowest row, in points.
LOWEST = 9.0
_ROOM = style.TALLEST - _AROUND - TICKS


@dataclass(frozen=True, slots=True)
class Groups:
    """The rows of a statistics table that are drawn, with their labels, in the table's order."""

    rows: pd.DataFrame
    labels: list[str]
    by: list[str]
    left_out: int
    #: What the rows have in common, and what tells them apart.
    subtitle: str


def group_rows(table: Any, statistics: str, needs: Sequence[str], lang: str) -> Groups:
    """Check a statistics table and choose the groups that are drawn.

    Parameters
    ----------
    table
        A statistics table: group columns up to the column `n`, then figures.
    statistics
        The function of `esrdata.stats` that makes such tables.
    needs
        Columns the chart draws; `n` is always among them.
    lang
        Language of the labels.

    Raises
    ------
    UsageError
        If it is another table, or has no rows.
    """
    checked = check(table, statistics, ("n", *needs), lang)
    by = [str(name) for name in checked.columns[: list(checked.columns).index("n")]]
    known = {k: v for k, v in checked.attrs.items() if k in ("programme_period", "fund")}
    records = [{**known, **row} for row in checked.to_dict("records")]
    # What is the same on every row is said once, above.
    same = [name for name in by if len(checked) > 1 and checked[name].nunique(dropna=False) == 1]
    whole = [
        style.group_label(row, [name for name in by if name not in same], lang) for row in records
    ]
    subtitle = _grouping(records[0], by, same, lang)
    largest = checked["n"].astype("Float64").fillna(-1).reset_index(drop=True)
    largest = largest.sort_values(ascending=False, kind="stable")
    for share in _LABELS:
        first = list(largest.index[:MOST_ROWS])
        labels = {at: style.wrap(whole[at], style.WIDTH * share) for at in first}
        while sum(heights_of([labels[at] for at in first])) > _ROOM + 1:
            first.pop()
        if len(first) == len(labels):
            break
    kept = sorted(first)
    rows = checked.iloc[kept].reset_index(drop=True)
    return Groups(rows, [labels[at] for at in kept], by, len(checked) - len(kept), subtitle)


def fits(labels: Sequence[str]) -> bool:
    """Tell whether rows with these labels fit on a page."""
    return sum(heights_of(labels)) <= _ROOM + 1


def check(table: Any, statistics: str, needs: Sequence[str], lang: str) -> pd.DataFrame:
    """Check that a table is what a function of `esrdata.stats` returned, and has rows."""
    wording.word("charts.not_known", lang)  # an unknown language is told first
    made_by = f"give what esrdata.stats.{statistics} returned"
    if not isinstance(table, pd.DataFrame):
        raise UsageError(f"A {type(table).__name__} is not a statistics table: {made_by}.")
    lacking = [name for name in needs if name not in table]
    if lacking:
        raise UsageError(f"The table has no column {', '.join(lacking)}: {made_by}.")
    if table.empty:
        why = table.attrs.get("why_empty", "")
        raise UsageError(f"The table has no rows, so there is nothing to draw. {why}".strip())
    return table


def heights_of(labels: Sequence[str]) -> list[float]:
    """Heights of rows in points; closer together where they would not fit on a page."""
    lines = [height_of(label, style.TEXT) for label in labels]
    gap = min(_ROW_GAPS[0], max(_ROW_GAPS[1], (_ROOM - sum(lines)) / max(len(lines), 1)))
    return [line + gap for line in lines]


def _grouping(row: Mapping[Any, Any], by: Sequence[str], same: Sequence[str], lang: str) -> str:
    if not by:
        return ""
    names = [
        style.group_label(row, [name], lang) if name in same else style.group_heading(name, lang)
        for name in by
    ]
    return wording.word("charts.grouped", lang, names=", ".join(names))


def height_of(text: str, size: float) -> float:
    """Height of a text in points."""
    return (text.count("\n") + 1) * size * style.LEADING
