"""Charts of participants."""

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.knowledge import wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts.frame import documented, drawing
from esrdata.present.charts.marks import dumbbell, note_missing, number_ticks
from esrdata.present.charts.rows import group_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Sums over the projects that state both numbers, in tables that have them.
_PAIR = ("planned_both", "realised_both")


@documented()
@on_its_shelf
def participants(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw planned and realised participants of each group side by side.

    Where nobody has told what was realised, only the planned number is drawn. Both numbers are of
    the same projects where the table tells such sums; otherwise no ratio is written beside them.

    Parameters
    ----------
    table
        What `esrdata.stats.participants` returned.
    """
    needs = ("n_planned", "n_realised", "n_both", "planned", "realised", "womens_share_realised")
    groups = group_rows(table, "participants", needs, lang)
    rows = groups.rows
    counted = ("n", "n_both", "n_planned", "n_realised")
    # Pairs are of the same projects, where any project has both numbers.
    paired = set(_PAIR) <= set(table) and bool(table["n_both"].gt(0).any())
    alike = paired or bool(table[list(counted[1:])].nunique(axis=1).eq(1).all())
    planned, realised = _numbers(rows, paired)
    ratios = [_ratio(*pair) for pair in zip(planned, realised, strict=True)]
    shares = rows["womens_share_realised"].tolist()
    beside = {
        wording.word(f"charts.{key}", lang): [wording.percent(x, lang, 0) for x in column]
        for key, column in (("participants.ratio", ratios if alike else []), ("women", shares))
        if not all(map(wording.is_missing, column))
    }
    pairs = rows["n_both"].where(rows["n_both"] > 0, rows["n_planned"])
    counts_beside = pairs if paired else rows["n"]
    beside[wording.word("column.n", lang)] = [wording.number(x, lang) for x in counts_beside]
    drawn = drawing(
        "participants", table, lang, ax, groups=groups, beside=beside, with_title=with_title
    )
    with drawn as chart:
        names = (wording.word("column.planned", lang), wording.word("column.realised", lang))
        dumbbell(chart, planned, realised, names, partial(wording.number, lang=lang))
        chart.ticks(partial(number_ticks, lang=lang))
        counts = {name: int(table[name].sum()) for name in counted}
        note = "charts.participants.note_alike" if alike else "charts.participants.note"
        wanted = ("n", "n_both") if alike else ("n", "n_planned", "n_realised")
        caption = wording.word(note, lang, **{name: counts[name] for name in wanted})
        chart.captions.append(caption)
        if all(map(wording.is_missing, realised)):
            chart.captions.append(wording.word("charts.participants.nothing", lang))
            chart.alt = "alt_planned"
        else:
            note_missing(chart, pd.DataFrame({"planned": planned, "realised": realised}))
        if wording.word("charts.women", lang) in beside:
            chart.captions.append(wording.word("charts.participants.women", lang))
        chart.facts = {
            "groups": len(table),
            **counts,
            "planned": partial(wording.number, table["planned"].sum(min_count=1)),
            "realised": partial(wording.number, table["realised"].sum(min_count=1)),
        }
    return chart.ax


def _numbers(rows: pd.DataFrame, paired: bool) -> tuple[list[Any], list[Any]]:
    """Planned and realised numbers of each row, of the same projects where the table has them."""
    stages = ("planned", "realised")
    if not paired:
        return rows["planned"].tolist(), rows["realised"].tolist()
    found = []
    for stage, both in zip(stages, _PAIR, strict=True):
        # A group without any project that has both shows what it has.
        column = rows[both].where(rows["n_both"] > 0, rows[stage])
        found.append(column.tolist())
    return found[0], found[1]


def _ratio(planned: Any, realised: Any) -> Any:
    missing = wording.is_missing(planned) or wording.is_missing(realised)
    return None if missing or planned == 0 else realised / planned
