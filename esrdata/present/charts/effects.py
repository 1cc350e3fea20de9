"""Charts of tests: effects and associations with their intervals, and a project among its peers."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.present.charts.frame import Chart, documented, drawing
from esrdata.present.charts.marks import not_known
from esrdata.present.charts.rows import MOST_ROWS, check
from esrdata.stats.columns import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LABELS = 0.42


@documented("or lacks some of them")
@on_its_shelf
def compare_groups(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw Cliff's delta of every pair of groups, with its interval.

    Parameters
    ----------
    table
        What `esrdata.stats.compare_groups` returned, with its pairs.
    """
    needs = ("group_a", "group_b", "cliffs_delta", "delta_low", "delta_high", "p_holm")
    rows = check(table, "compare_groups", needs, lang)
    if {"value", "by"} - table.attrs.keys():
        raise UsageError("The table is not whole: give what esrdata.stats.compare_groups returned.")
    by, value = table.attrs["by"], table.attrs["value"]
    known = alone(table)
    order = rows["cliffs_delta"].abs().sort_values(ascending=False, kind="stable").index
    shown = rows.loc[order[:MOST_ROWS]]

    def group(key: Any, lang: str = lang) -> str:
        return style.group_label({**known, by: key}, [by], lang)

    names = [
        wording.word("charts.compare_groups.pair", lang, a=group(a), b=group(b))
        for a, b in zip(shown["group_a"], shown["group_b"], strict=True)
    ]
    beside = {
        wording.word("charts.compare_groups.delta", lang): _numbers(shown["cliffs_delta"], lang),
        label("p_holm", lang): [wording.p_value(p, lang) for p in shown["p_holm"]],
        "n": [
            f"{wording.number(a, lang)} + {wording.number(b, lang)}"
            for a, b in zip(shown["n_a"], shown["n_b"], strict=True)
        ],
    }
    drawn = drawing(
        "compare_groups",
        table,
        lang,
        ax,
        labels=_wrapped(names),
        beside=beside,
        with_title=with_title,
        value=partial(label, value),
    )
    with drawn as chart:
        heading = style.group_heading(by, lang)
        chart.subtitle = wording.word("charts.grouped", lang, names=heading)
        _forest(chart, shown, ("cliffs_delta", "delta_low", "delta_high"))
        chart.captions.append(wording.word("charts.compare_groups.note", lang))
        if left := len(rows) - len(shown):
            chart.captions.append(wording.word("charts.effects_left_out", lang, n=left))
        first = shown.iloc[0]
        chart.facts = {
            "value": partial(label, value),
            "n": len(rows),
            "a": lambda lang: group(first["group_a"], lang),
            "b": lambda lang: group(first["group_b"], lang),
            "delta": partial(wording.number, first["cliffs_delta"], decimals=2),
            "low": partial(wording.number, first["delta_low"], decimals=2),
            "high": partial(wording.number, first["delta_high"], decimals=2),
        }
    return chart.ax


@documented("lacks some of them, or no pair has a coefficient")
@on_its_shelf
def associations(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw Spearman's rho of every pair of figures, with its interval.

    Parameters
    ----------
    table
        What `esrdata.stats.associations` returned.
    """
    rows = check(table, "associations", ("x", "y", "n", "rho", "low", "high"), lang)
    if rows["rho"].isna().all():
        raise UsageError("No pair of the table has a coefficient, so there is nothing to draw.")
    order = rows["rho"].abs().fillna(-1).sort_values(ascending=False, kind="stable").index
    shown = rows.loc[order[:MOST_ROWS]]
    names = [
        wording.word("charts.associations.pair", lang, x=label(x, lang), y=label(y, lang))
        for x, y in zip(shown["x"], shown["y"], strict=True)
    ]
    beside = {
        wording.word("charts.associations.rho", lang): _numbers(shown["rho"], lang),
        "n": [wording.number(n, lang) for n in shown["n"]],
    }
    drawn = drawing(
        "associations", table, lang, ax, labels=_wrapped(names), beside=beside,
        with_title=with_title,
    )  # fmt: skip
    with drawn as chart:
        _forest(chart, shown, ("rho", "low", "high"))
        chart.captions.append(wording.word("charts.associations.note", lang))
        if left := len(rows) - len(shown):
            chart.captions.append(wording.word("charts.effects_left_out", lang, n=left))
        first = shown.iloc[0]
        chart.facts = {
            "n": len(rows),
            "x": partial(label, first["x"]),
            "y": partial(label, first["y"]),
            "rho": partial(wording.number, first["rho"], decimals=2),
        }
    return chart.ax


@documented("lacks some of them, or no measure has a percentile")
@on_its_shelf
def peers(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw the place of a project among its peers, measure by measure.

    Parameters
    ----------
    table
        What `esrdata.stats.peers` returned.
    """
    rows = check(table, "peers", ("measure", "value", "n", "percentile", "median"), lang)
    if rows["percentile"].isna().all():
        raise UsageError("The project has no place among peers in any figure, so nothing is drawn.")
    code = str(table.attrs.get("project_code", wording.word("format.missing", lang)))
    write = [partial(figure_text, name, lang=lang) for name in rows["measure"]]
    beside = {
        wording.word("charts.peers.value", lang): [
            w(v) for w, v in zip(write, rows["value"], strict=True)
        ],
        wording.word("charts.peers.median", lang): [
            w(v) for w, v in zip(write, rows["median"], strict=True)
        ],
        "n": [wording.number(n, lang) for n in rows["n"]],
    }
    drawn = drawing(
        "peers",
        table,
        lang,
        ax,
        labels=_wrapped([label(name, lang) for name in rows["measure"]], 0.34),
        beside=beside,
        with_title=with_title,
        code=code,
    )
    with drawn as chart:
        ax = chart.ax
        ax.set_xlim(-6, 106)
        for y, place in zip(chart.y, rows["percentile"], strict=True):
            if wording.is_missing(place):
                not_known(chart, y)
                continue
            ax.plot([0, 100], [y, y], color=style.LINE, linewidth=2.5, zorder=1)
            look: dict[str, Any] = {"color": style.REALISED, "markersize": 6.5, "zorder": 3}
            ax.plot([float(place)], [y], marker="o", linestyle="none", **look)
        ax.axvline(50, color=style.SOFT, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0.5)
        ax.set_xticks([0, 50, 100], [wording.number(x, lang) for x in (0, 50, 100)])
        ax.set_xlabel(label("percentile", lang), loc="left")
        n_peers = int(table.attrs.get("n_peers", rows["n"].max()))
        chart.captions.append(wording.word("charts.peers.note", lang, n=n_peers))
        known = rows.dropna(subset=["percentile"])
        apart = (known["percentile"].astype(float) - 50).abs()
        far = known.iloc[int(apart.to_numpy().argmax())]
        chart.facts = {
            "code": code,
            "n": n_peers,
            "measure": partial(label, far["measure"]),
            "place": partial(wording.number, far["percentile"]),
            "known": len(known),
        }
    return chart.ax


def alone(table: pd.DataFrame) -> dict[str, str]:
    """The period and the fund of a table that is about one of them, which labels of axes need."""
    spec = table.attrs.get("population_spec", {})
    asked = {"programme_period": spec.get("periods"), "fund": spec.get("funds")}
    return {name: codes[0] for name, codes in asked.items() if codes and len(codes) == 1}


def _wrapped(names: Sequence[str], share: float = _LABELS) -> list[str]:
    return [style.wrap(name, style.WIDTH * share) for name in names]


def _numbers(values: Any, lang: str) -> list[str]:
    return [wording.number(value, lang, 2) for value in values]


def figure_text(name: str, value: Any, lang: str) -> str:
    """A figure of the overview in its unit."""
    if name.endswith("_absorption"):
        return wording.percent(value, lang, 0)
    if wording.is_missing(value) or float(value).is_integer() or abs(float(value)) >= 100:
        return wording.number(value, lang)
    return wording.number(value, lang, 1)


def _forest(chart: Chart, rows: pd.DataFrame, names: tuple[str, str, str]) -> None:
    """Draw an estimate on each row with its interval, between −1 and 1, round zero."""
    ax = chart.ax
    for y, values in zip(
        chart.y, rows[list(names)].to_numpy(dtype=float, na_value=float("nan")), strict=True
    ):
        value, low, high = values
        if wording.is_missing(value):
            not_known(chart, y)
            continue
        if not wording.is_missing(low):
            look: dict[str, Any] = {"color": style.REALISED, "linewidth": 2.2, "zorder": 2}
            (line,) = ax.plot([low, high], [y, y], **look)
            chart.legend.setdefault(wording.word("charts.interval", chart.lang), line)
        look = {"marker": "o", "color": style.REALISED, "markersize": 5.5, "zorder": 3}
        ax.plot([value], [y], linestyle="none", **look)
    ax.set_xlim(-1.05, 1.05)
    ax.axvline(0, color=style.SOFT, linewidth=0.8, zorder=0.5)
    ticks = [-1.0, -0.5, 0.0, 0.5, 1.0]
    ax.set_xticks(ticks, [wording.number(t, chart.lang, 0 if t.is_integer() else 1) for t in ticks])
    ax.grid(axis="x", color=style.LINE, linewidth=0.5, zorder=0)
    ax.set_axisbelow(True)
