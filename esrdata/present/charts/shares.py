"""Charts of how funding is divided."""

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.present.charts.frame import Chart, documented, drawing
from esrdata.present.charts.rows import check

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NEEDS = ("n", "amount", "share", "cumulative_share", "rank")
#: What the table says of itself and the chart tells.
_ATTRS = ("n_beneficiaries", "n_excluded", "share_top10", "gini", "hhi")
_TOP = 10
#: Height of the axes in points, share of the width that the curve takes, and the gap beside it.
_HEIGHT, _CURVE, _BESIDE = 215.0, 0.5, 22.0
#: What stands around axes that are given, and how far a list may reach below the axes, in points.
_AROUND, _BELOW = 130.0, 12.0
#: Below this many points a list of names has no room.
_NARROWEST = 90.0


@documented("lacks some of them, or the whole is zero")
@on_its_shelf
def concentration(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw how large a share of the funding the largest beneficiaries have.

    The curve of concentration has the largest beneficiaries first; where all had the same it would
    follow the diagonal. The largest are listed beside it.

    Parameters
    ----------
    table
        What `esrdata.stats.concentration` returned, all rows of it.
    """
    rows = check(table, "concentration", _NEEDS, lang)
    lacking = [name for name in _ATTRS if name not in table.attrs]
    if lacking or table.attrs["n_beneficiaries"] != len(rows):
        raise UsageError("The table is not whole: give what esrdata.stats.concentration returned.")
    if rows["cumulative_share"].isna().any():
        raise UsageError("All sums of the table are zero, so there is nothing to draw.")
    n, by, about = len(rows), str(rows.columns[0]), table.attrs
    # Title, legend, ticks and caption take their part of axes that were given.
    tall = _HEIGHT if ax is None else _points(ax) - _AROUND
    drawn = drawing("concentration", table, lang, ax, height=_HEIGHT, with_title=with_title)
    with drawn as chart:
        axes = chart.ax
        x = [place / n for place in range(n + 1)]
        y = [0.0, *(float(share) for share in rows["cumulative_share"])]
        axes.fill_between(x, y, x, color=style.SCALE[2], linewidth=0, zorder=1)
        (curve,) = axes.plot(x, y, color=style.REALISED, linewidth=1.8, zorder=3)
        look: dict[str, Any] = {"color": style.SOFT, "linewidth": 0.9, "linestyle": (0, (4, 3))}
        (even,) = axes.plot([0, 1], [0, 1], zorder=2, **look)
        chart.legend = {
            wording.word(f"charts.concentration.{name}", lang): artist
            for name, artist in (("curve", curve), ("even", even))
        }
        if n > _TOP:
            look = {"marker": "D", "color": style.ALERT, "markersize": 5, "linestyle": "none"}
            (top,) = axes.plot([_TOP / n], [float(about["share_top10"])], zorder=4, **look)
            share = wording.percent(about["share_top10"], lang, 0)
            chart.legend[wording.word("charts.concentration.top", lang, share=share)] = top
        _scales(chart)
        decimals = {"gini": 2, "hhi": 3}
        figures = {name: wording.number(about[name], lang, d) for name, d in decimals.items()}
        text = wording.word("charts.concentration.figures", lang, **figures)
        axes.text(0.97, 0.04, text, ha="right", va="bottom", linespacing=1.5, zorder=4)
        _largest(chart, rows, by, tall)
        chart.subtitle = _subtitle(about, by, lang)
        counts = {"n": n, "projects": int(rows["n"].sum()), "excluded": int(about["n_excluded"])}
        chart.captions.append(wording.word("charts.concentration.note", lang, **counts))
        chart.facts = {
            **counts,
            "name": str(rows[by].iloc[0]),
            "largest": lambda lang: wording.percent(rows["share"].iloc[0], lang, 0),
            "share": lambda lang: wording.percent(about["share_top10"], lang, 0),
            **{
                name: partial(wording.number, about[name], decimals=d)
                for name, d in decimals.items()
            },
        }
        chart.alt = "alt" if n > _TOP else "alt_few"
    return chart.ax


def _points(ax: "Axes") -> float:
    """Height of axes in points."""
    return float(ax.get_window_extent().height / ax.get_figure(root=True).dpi * 72)  # type: ignore[union-attr]


def _subtitle(about: Any, by: str, lang: str) -> str:
    """What was divided among whom."""
    text = wording.word("charts.grouped", lang, names=style.group_heading(by, lang))
    if {"measure", "stage"} <= {*about}:
        what = wording.field_label(f"funding.{about['measure']}.{about['stage']}", lang)
        text = f"{what}. {text}"
    return text


def _scales(chart: Chart) -> None:
    """Number both axes in per cent; the curve takes the left part of the width."""
    axes, lang = chart.ax, chart.lang
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    texts = [wording.percent(tick, lang, 0) for tick in ticks]
    room = _CURVE if chart.width * (1 - _CURVE) - _BESIDE >= _NARROWEST else 1 - 10 / chart.width
    axes.set_xlim(0, 1 / room)
    axes.set_ylim(0, 1.01)
    axes.set_xticks(ticks, texts)
    axes.set_yticks(ticks, texts)
    axes.tick_params(axis="y", colors=style.SOFT)
    # Lines of the grid end where the curve does.
    axes.hlines(ticks, 0, 1, colors=style.LINE, linewidth=0.5, zorder=0)
    axes.vlines(ticks, 0, 1, colors=style.LINE, linewidth=0.5, zorder=0)
    axes.set_xlabel(wording.word("charts.concentration.axes", lang), loc="left")


def _largest(chart: Chart, rows: pd.DataFrame, by: str, tall: float) -> None:
    """List the largest beneficiaries and their shares on the right, as many as there is room."""
    axes, lang = chart.ax, chart.lang
    shares = [wording.percent(share, lang, 1) for share in rows["share"].iloc[:_TOP]]
    right = max(map(style.width_of, shares)) + 6
    left = chart.width * _CURVE + _BESIDE
    if chart.width * (1 - _CURVE) - _BESIDE < _NARROWEST:
        return
    look: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
    look |= {"va": "top", "linespacing": style.LEADING}
    head = wording.word("charts.concentration.largest", lang)
    axes.annotate(head, (0, 1), (left, 4), color=style.SOFT, **look)
    down = 4 + style.TEXT * style.LEADING + 4
    for name, share in zip(rows[by].iloc[:_TOP], shares, strict=True):
        text = style.wrap(str(name), chart.width - left - right)
        high = (text.count("\n") + 1) * style.TEXT * style.LEADING + 3
        if down + high > tall + _BELOW:
            break
        axes.annotate(text, (0, 1), (left, 4 - down), **look)
        axes.annotate(share, (1, 1), (0, 4 - down), ha="right", **look)
        down += high
