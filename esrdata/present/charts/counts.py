"""Charts of what projects count: companies, jobs, qualifications, participants."""

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load, wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.present.charts.frame import Chart, documented, drawing
from esrdata.present.charts.marks import not_known
from esrdata.present.charts.rows import MOST_ROWS, check, fits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NEEDS = ("indicator", "n", "n_both", "planned", "realised", "planned_both", "realised_both")
_LABELS = 0.4
#: Heights of the bars of planned and of realised, in rows.
_PLANNED, _REALISED = 0.62, 0.28


@documented("or states no number")
@on_its_shelf
def indicators(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw planned and realised numbers of each indicator and group, the realised in the planned.

    Parameters
    ----------
    table
        What `esrdata.stats.indicators` returned.
    """
    rows = check(table, "indicators", _NEEDS, lang)
    by = [str(name) for name in rows.columns[: list(rows.columns).index("indicator")]]
    rows = rows.assign(
        **{
            stage: rows[f"{stage}_both"].where(rows["n_both"] > 0, rows[stage])
            for stage in ("planned", "realised")
        }
    )
    rows = rows[rows["planned"].notna() | rows["realised"].notna()]
    if rows.empty:
        raise UsageError("No project of the table states a number, so there is nothing to draw.")
    order = rows.groupby("indicator", sort=False).ngroup()
    rows = rows.assign(order=order).sort_values("order", kind="stable")
    shown, left_out = _fitting(rows, by, lang)
    labels, heads, records = _labelled(shown, by, lang)
    columns = {"planned": [], "realised": [], "n": []}  # type: dict[str, list[str]]
    for record in records:
        for name, texts in columns.items():
            texts.append("" if record is None else wording.number(record[name], lang))
    beside = {wording.word(f"column.{name}", lang): texts for name, texts in columns.items()}
    drawn = drawing(
        "indicators", table, lang, ax,
        labels=labels, heads=heads, beside=beside, with_title=with_title,
    )  # fmt: skip
    with drawn as chart:
        _bars(chart, records)
        chart.captions.append(wording.word("charts.indicators.note", lang))
        if left_out:
            chart.captions.append(wording.word("charts.left_out", lang, n=left_out))
        first = shown.iloc[0]
        chart.facts = {
            "indicators": int(shown["indicator"].nunique()),
            "rows": len(shown),
            "indicator": partial(_indicator, first["indicator"]),
            "planned": partial(wording.number, first["planned"]),
            "realised": partial(wording.number, first["realised"]),
        }
    return chart.ax


def _indicator(code: Any, lang: str) -> str:
    """What an indicator is called; one that the shelf lacks is its own label."""
    known = [row["code"] for row in load.codes("indicators")]
    return wording.code_label("indicators", code, lang) if code in known else str(code)


def _labelled(
    rows: pd.DataFrame, by: list[str], lang: str
) -> tuple[list[str], set[int], list[dict[str, Any] | None]]:
    """Labels of the rows, the places of headings, and the records with the scale of each."""
    labels: list[str] = []
    heads: set[int] = set()
    records: list[dict[str, Any] | None] = []
    for code, part in rows.groupby("indicator", sort=False):
        name = _indicator(code, lang)
        known = part[["planned", "realised"]].stack().dropna()
        scale = max(map(float, known), default=0.0) or 1.0
        if by:
            heads.add(len(labels))
            labels.append(style.wrap(name, style.WIDTH * _LABELS, bold=True))
            records.append(None)
        for record in part.to_dict("records"):
            own = {str(key): value for key, value in record.items()}
            text = style.group_label(own, by, lang) if by else name
            labels.append(style.wrap(text, style.WIDTH * _LABELS))
            records.append(own | {"scale": scale})
    return labels, heads, records


def _fitting(rows: pd.DataFrame, by: list[str], lang: str) -> tuple[pd.DataFrame, int]:
    """The groups of the most projects, as many as fit on a page."""
    largest = rows.sort_values("n", ascending=False, kind="stable").index
    for count in range(min(MOST_ROWS, len(rows)), 0, -1):
        shown = rows.loc[rows.index.isin(largest[:count])]
        if fits(_labelled(shown, by, lang)[0]):
            break
    return shown, len(rows) - len(shown)


def _bars(chart: Chart, records: list[dict[str, Any] | None]) -> None:
    ax = chart.ax
    ax.set_xlim(0, 1.02)
    ax.set_xticks([])
    ax.tick_params(axis="x", labelbottom=False)
    looks: dict[str, dict[str, Any]] = {
        "planned": {"facecolor": style.PLANNED, "edgecolor": style.PLANNED_EDGE},
        "realised": {"facecolor": style.REALISED, "edgecolor": style.REALISED},
    }
    for y, record in zip(chart.y, records, strict=True):
        if record is None:
            continue
        for name, high in (("planned", _PLANNED), ("realised", _REALISED)):
            if not wording.is_missing(record[name]):
                long = float(record[name]) / record["scale"]
                (bar,) = ax.barh(y, long, high, 0, linewidth=0.8, **looks[name])
                chart.legend.setdefault(wording.word(f"column.{name}", chart.lang), bar)
            elif name == "planned":
                not_known(chart, y)
    ax.axvline(0, color=style.SOFT, linewidth=0.8, zorder=4)
