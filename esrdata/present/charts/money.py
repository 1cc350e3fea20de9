"""Charts of funding planned and realised."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.knowledge import wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.present.charts.describe import Fact
from esrdata.present.charts.frame import Chart, documented, drawing
from esrdata.present.charts.marks import HOLLOW, dumbbell, not_known, note_missing
from esrdata.present.charts.rows import Groups, check, group_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Ratios above this are drawn at the edge, and the caption says how many.
CLIPPED = 1.5
#: Ratios more than this far below zero likewise.
_LOWEST = -0.5


@documented()
@on_its_shelf
def planned_and_realised(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw planned and realised euros of each group side by side.

    Parameters
    ----------
    table
        What `esrdata.stats.planned_and_realised` returned.
    """
    name = "planned_and_realised"
    groups = group_rows(table, name, ("n_both", "planned", "realised"), lang)
    rows, measure = groups.rows, table.attrs.get("measure")
    counts = [wording.number(n, lang) for n in rows["n_both"]]
    ratios = [wording.percent(_ratio(*p), lang, 0) for p in _pairs(rows)]
    beside = {
        wording.word("charts.of_planned", lang): ratios,
        wording.word("column.n", lang): counts,
    }
    measure_label = partial(_measure, measure)
    drawn = drawing(
        name,
        table,
        lang,
        ax,
        groups=groups,
        beside=beside,
        with_title=with_title,
        measure=measure_label,
    )
    with drawn as chart:
        values = [abs(float(x)) for pair in _pairs(rows) for x in pair if not wording.is_missing(x)]
        largest = max(values, default=0.0)
        write = partial(style.in_unit, largest=largest, lang=lang)
        first, second = rows["planned"].tolist(), rows["realised"].tolist()
        dumbbell(chart, first, second, _stages(measure, lang), write)
        chart.ticks(partial(style.money_ticks, lang=lang))
        n = int(table["n_both"].sum())
        chart.captions.append(wording.word("charts.planned_and_realised.note", lang, n=n))
        note_missing(chart, rows)
        chart.facts = {"measure": measure_label, "groups": len(table), "n": n, **_largest(groups)}
        chart.alt = "alt" if len(table) > 1 else "alt_one"
    return chart.ax


@documented()
@on_its_shelf
def absorption(
    table: pd.DataFrame,
    *,
    ratios: pd.DataFrame | None = None,
    ax: "Axes | None" = None,
    lang: str = "fi",
    with_title: bool = True,
) -> "Axes":
    """Draw how much of the planned was realised: the median of each group, and its spread.

    Parameters
    ----------
    table
        What `esrdata.stats.absorption` returned.
    ratios
        What `esrdata.stats.ratios` returned, grouped alike: each project is then a dot behind its
        group. Dots spread where there are many. Those above 150 per cent stand at the edge.
    """
    needs = ("n_excluded", "ratio_of_sums", "median_ratio", "q1", "q3", "ci_low", "ci_high")
    groups = group_rows(table, "absorption", needs, lang)
    rows = groups.rows
    beside = {
        wording.word("charts.median", lang): [
            wording.percent(m, lang, 0) for m in rows["median_ratio"]
        ],
        wording.word("column.n", lang): [wording.number(n, lang) for n in rows["n"]],
    }
    drawn = drawing(
        "absorption", table, lang, ax, groups=groups, beside=beside, with_title=with_title
    )
    with drawn as chart:
        if ratios is not None:
            _strip(chart, groups, check(ratios, "ratios", ("ratio",), lang))
        records = rows.to_dict("records")
        known = [x for y, row in zip(chart.y, records, strict=True) for x in _box(chart, y, row)]
        middle = [float(m) for c in ("median_ratio", "ratio_of_sums") for m in rows[c].dropna()]
        high = max([1.05, *middle, *(min(x, CLIPPED) for x in known)])
        low = min([0.0, *middle, *(max(x, _LOWEST) for x in known)])
        if ratios is not None:
            high, low = max(high, CLIPPED), min(low, max(_LOWEST, float(ratios["ratio"].min())))
        chart.fit([(low, 4, 4), (high, 4, 6)])
        ax = chart.ax
        ax.axvline(1, color=style.SOFT, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
        ax.axvline(0, color=style.SOFT, linewidth=0.8, zorder=0.5)
        ax.dataLim.intervalx = (low, high)
        chart.ticks(lambda places: [wording.percent(place, lang, 0) for place in places])
        n, out = int(table["n"].sum()), int(table["n_excluded"].sum())
        note = wording.word("charts.absorption.note", lang, n=n, excluded=out)
        chart.captions.insert(0, note)
        if ratios is not None:
            chart.captions.insert(1, wording.word("charts.absorption.dots", lang))
        chart.facts = {"groups": len(table), "n": n, **_extremes(groups, table)}
        chart.alt = "alt" if len(table) > 1 else "alt_one"
    return chart.ax


def _pairs(rows: pd.DataFrame) -> list[tuple[Any, Any]]:
    return list(zip(rows["planned"], rows["realised"], strict=True))


def _ratio(planned: Any, realised: Any) -> Any:
    missing = wording.is_missing(planned) or wording.is_missing(realised)
    return None if missing or planned <= 0 else realised / planned


def _measure(measure: Any, lang: str) -> str:
    if measure is None:
        return wording.word("charts.funding", lang)
    return wording.code_label("measures", measure, lang)


def _stages(measure: Any, lang: str) -> tuple[str, str]:
    granted = measure is not None and wording.word(
        f"funding_stage.{measure}.planned", lang
    ) != wording.word("indicator_stage.planned", lang)
    planned = "column.granted" if granted else "column.planned"
    return wording.word(planned, lang), wording.word("column.realised", lang)


def _row_facts(row: dict[str, Any], groups: Groups) -> Fact:
    return partial(style.group_label, row, groups.by)


def _largest(groups: Groups) -> dict[str, Fact]:
    """The group with the largest planned sum."""
    order = groups.rows["planned"].astype("Float64").fillna(-1)
    row = groups.rows.iloc[int(order.to_numpy(dtype=float).argmax())]
    cells: dict[str, Any] = {str(key): value for key, value in row.to_dict().items()}
    found: dict[str, Fact] = {
        name: partial(style.money, cells[name]) for name in ("planned", "realised")
    }
    ratio = _ratio(cells["planned"], cells["realised"])
    return {
        **found,
        "group": _row_facts(cells, groups),
        "ratio": lambda lang: wording.percent(ratio, lang, 0),
    }


def _extremes(groups: Groups, table: pd.DataFrame) -> dict[str, Fact]:
    """The groups with the highest and the lowest median."""
    rows = groups.rows.to_dict("records")
    known = [row for row in rows if not wording.is_missing(row["median_ratio"])] or rows[:1]

    def key(row: Any) -> float:
        return 0.0 if wording.is_missing(row["median_ratio"]) else float(row["median_ratio"])

    def percent(value: Any) -> Fact:
        return lambda lang: wording.percent(value, lang, 0)

    facts: dict[str, Fact] = {}
    if len(table) == 1:
        return {name: percent(rows[0][name]) for name in ("median_ratio", "q1", "q3")}
    for name, row in (("high", max(known, key=key)), ("low", min(known, key=key))):
        cells = {str(k): v for k, v in row.items()}
        facts |= {name: _row_facts(cells, groups), f"{name}_ratio": percent(cells["median_ratio"])}
    return facts


def _box(chart: Chart, y: float, row: Mapping[Any, Any]) -> list[float]:
    """Draw quartiles, interval, median and ratio of sums of a group; return where they are."""
    ax, lang = chart.ax, chart.lang
    known = {
        name: float(row[name])
        for name in ("median_ratio", "q1", "q3", "ci_low", "ci_high", "ratio_of_sums")
        if not wording.is_missing(row[name])
    }
    if not known:
        not_known(chart, y)
    artists: dict[str, Any] = {}
    look: dict[str, Any] = {"marker": "o", "color": style.REALISED, "markersize": 6.5, "zorder": 4}
    if "median_ratio" in known:
        (artists["median"],) = ax.plot([known["median_ratio"]], [y], linestyle="none", **look)
    if {"ci_low", "ci_high"} <= known.keys():
        ends = [known["ci_low"], known["ci_high"]]
        look = {"color": style.REALISED, "linewidth": 2.2, "zorder": 3}
        (artists["interval"],) = ax.plot(ends, [y, y], **look)
    if {"q1", "q3"} <= known.keys():
        look = {"facecolor": style.PLANNED, "edgecolor": style.PLANNED_EDGE, "linewidth": 0.7}
        width = known["q3"] - known["q1"]
        artists["quartiles"] = ax.barh(y, width, 0.56, known["q1"], zorder=1.2, **look)
    if "ratio_of_sums" in known:
        look = HOLLOW | {"marker": "D", "markersize": 4.5, "zorder": 5, "linestyle": "none"}
        (artists["ratio_of_sums"],) = ax.plot([known["ratio_of_sums"]], [y], **look)
    for name, artist in artists.items():
        chart.legend.setdefault(wording.word(f"charts.{name}", lang), artist)
    return list(known.values())


def _strip(chart: Chart, groups: Groups, ratios: pd.DataFrame) -> None:
    """Draw each project as a dot behind its group, spread where there are many."""
    import numpy as np

    lacking = [name for name in groups.by if name not in ratios]
    if lacking:
        check(ratios, "ratios", lacking, chart.lang)
    keys = groups.rows[groups.by].assign(y=chart.y)
    dots = ratios.merge(keys, on=groups.by) if groups.by else ratios.assign(y=0.0)
    values = dots["ratio"].to_numpy(dtype=float)
    random = np.random.default_rng(0)
    for y in chart.y:
        of_group = values[dots["y"].to_numpy() == y]
        if not len(of_group):
            continue
        drawn = np.clip(of_group, _LOWEST, CLIPPED)
        bins = np.floor(drawn / 0.025).astype(int)
        _, place, times = np.unique(bins, return_inverse=True, return_counts=True)
        spread = 0.38 * (times / max(times.max(), 5))[place]
        ys = y + spread * random.uniform(-1, 1, len(drawn))
        chart.ax.scatter(
            drawn,
            ys,
            s=max(2.5, 14 - 1.7 * np.log(len(drawn) + 1)),
            alpha=float(np.clip(10 / np.sqrt(len(drawn)), 0.3, 0.7)),
            color=style.SCALE[6],
            linewidths=0,
            zorder=1.5,
            rasterized=len(values) > 2000,
            clip_on=False,
        )
    for key, n in (("above", (values > CLIPPED).sum()), ("below", (values < _LOWEST).sum())):
        if n:
            limit = CLIPPED if key == "above" else _LOWEST
            caption = wording.word(
                f"charts.absorption.{key}",
                chart.lang,
                n=int(n),
                limit=wording.percent(limit, chart.lang, 0),
            )
            chart.captions.append(caption)
