"""Charts of sides beside each other: portfolios, periods, funds, groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.present.charts.frame import Chart, documented, drawing
from esrdata.present.charts.marks import not_known
from esrdata.present.charts.rows import MOST_ROWS, check, fits
from esrdata.stats.compare import EACH, REST, differences

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NEEDS = ("measure", "side", "n", "median", "median_low", "median_high")
_SHARES = ("share_below_080", "share_above_100")
#: Half the height of a bar and of a pair of bars, in rows; space beside a bar in points.
_BAR, _PAIR, _NEAR = 0.44, 0.23, 4.0
_LABELS = 0.34
#: Sides of which a title names each.
_NAMED = 3


@dataclass(slots=True)
class _Row:
    """A row of the chart; a heading has no values."""

    label: str
    values: Sequence[Any] = ()
    write: Callable[[Any], str] = str
    difference: str = ""
    interval: str = ""
    n: str = ""
    #: Lower and upper bound of the value, and what is the full width.
    bounds: tuple[Any, ...] = ()
    scale: float = 1.0


@documented("lacks some of them, or nothing of it is known")
@on_its_shelf
def compare(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw sides beside each other, with their differences and the intervals of these.

    Of two sides the medians and the shares of projects are pairs of bars; of more, the median of
    each side is a bar with its interval. Bars begin at zero, each measure on a scale of its own.

    Parameters
    ----------
    table
        What `esrdata.compare` returned, all of it.
    """
    rows = check(table, "compare", _NEEDS, lang)
    gaps = differences(table)
    names = side_labels(table, lang)
    if rows["median"].isna().all():
        raise UsageError("No side of the table has any figure, so there is nothing to draw.")
    two = len(names) == 2
    kept, left_out = (names, 0) if two else _largest(table, names)
    found = _pairs(table, gaps, names, lang) if two else _each(table, gaps, kept, lang)
    labels = [style.wrap(row.label, style.WIDTH * _LABELS, bold=not row.values) for row in found]
    heads = {at for at, row in enumerate(found) if not row.values}
    drawn = drawing(
        "compare",
        table,
        lang,
        ax,
        labels=labels,
        heads=heads,
        beside=_beside(table, found, names, lang),
        with_title=with_title,
        sides=partial(_title, table),
    )
    with drawn as chart:
        chart.subtitle = _subtitle(table, names, lang)
        _bars(chart, found, names, table)
        _say(chart, table, names, left_out)
    return chart.ax


def side_labels(table: pd.DataFrame, lang: str) -> dict[str, str]:
    """What the sides are called, by their names in the table, in order."""
    keys, by = table.attrs["keys"], table.attrs["by"]
    return {
        side: style.group_label(keys[side], by, lang) if by else side
        for side in dict.fromkeys(table["side"])
    }


def figure_label(table: pd.DataFrame, measure: str, figure: str, lang: str) -> str:
    """What a figure of a measure is called."""
    if figure == "share_at_least":
        return str(table.attrs["figures"][measure]["mark"]["label"][lang])
    sums = figure in ("planned", "realised")
    name = table.attrs["figures"][measure]["label"][lang] if sums else _of(table, measure, lang)
    return wording.word(f"charts.compare.{figure}", lang, measure=name)


def _of(table: pd.DataFrame, measure: str, lang: str) -> str:
    """What the figure of each project is called."""
    about = table.attrs["figures"][measure]
    if about["kind"] == "pair":
        return wording.word("charts.compare.ratio", lang, measure=about["label"][lang])
    return str(about["label"][lang])


def writer(table: pd.DataFrame, measure: str, figure: str, lang: str) -> Callable[[Any], str]:
    """How a figure of a measure is written."""
    about = table.attrs["figures"][measure]
    sums = figure in ("planned", "realised", "total")
    if figure.startswith(("share", "ratio")) or (about["kind"] == "pair" and not sums):
        return partial(wording.percent, lang=lang)
    if about["unit"] == "ratio":
        return partial(wording.percent, lang=lang)
    if about["unit"] == "eur":
        return partial(style.money, lang=lang) if sums else partial(wording.money, lang=lang)
    whole = table.loc[table["measure"] == measure, "median"].dropna()
    decimals = 0 if (whole.abs() >= 100).all() or (whole == whole.round()).all() else 1
    return partial(wording.number, lang=lang, decimals=decimals)


def signed(value: Any, write: Callable[[Any], str], lang: str) -> str:
    """A difference, with a plus where it is above zero; of percentages it is in points."""
    text = write(value)
    if getattr(write, "func", None) is wording.percent and not wording.is_missing(value):
        text = wording.word("charts.compare.points", lang, value=_bare(value, write, lang))
    return f"+{text}" if not wording.is_missing(value) and value > 0 else text


def interval(low: Any, high: Any, write: Callable[[Any], str], lang: str) -> str:
    """An interval without its unit, or that it is not computed."""
    if wording.is_missing(low):
        return wording.word("charts.compare.no_interval", lang)
    return f"{_bare(low, write, lang)} … {_bare(high, write, lang)}"


def _bare(value: Any, write: Callable[[Any], str], lang: str) -> str:
    """A number as it is written, without the sign of euros or of per cent."""
    if getattr(write, "func", None) is wording.percent:
        return wording.number(float(value) * 100, lang, 1)
    if getattr(write, "func", None) is wording.money:
        return wording.number(value, lang)
    return write(value)


def _pairs(table: pd.DataFrame, gaps: pd.DataFrame, names: dict[str, str], lang: str) -> list[_Row]:
    """Medians, then shares, of two sides."""
    first, _ = names
    found = []
    for head, figures in (("medians", ("median",)), ("shares", _SHARES)):
        rows = []
        for measure in table.attrs["measures"]:
            part = table[table["measure"] == measure].set_index("side")
            for figure in figures:
                values = [part[figure][side] for side in names]
                if all(map(wording.is_missing, values)):
                    continue
                write = writer(table, measure, figure, lang)
                at = (gaps["measure"] == measure) & (gaps["side_a"] == first)
                label = figure_label(table, measure, figure, lang)
                scale = max(float(v) for v in values if not wording.is_missing(v))
                rows.append(_Row(label, values, write, scale=scale))
                rows[-1].difference, rows[-1].interval = _gap(gaps[at], figure, write, lang)
        if figures == _SHARES and rows:
            # Shares are alike, so that they have one scale.
            common = max(row.scale for row in rows) or 1.0
            for row in rows:
                row.scale = common
        if rows:
            found += [_Row(wording.word(f"charts.compare.{head}", lang)), *rows]
    return found


def _gap(
    gaps: pd.DataFrame, figure: str, write: Callable[[Any], str], lang: str
) -> tuple[str, str]:
    """A difference and its interval; in pairs that of the median of the changes."""
    rows = gaps.set_index("figure")
    name = "median_change" if figure == "median" and "median_change" in rows.index else figure
    if name not in rows.index:
        return wording.word("format.missing", lang), wording.word("format.missing", lang)
    row = rows.loc[name]
    bounds = interval(row["difference_low"], row["difference_high"], write, lang)
    return signed(row["difference"], write, lang), bounds


def _each(table: pd.DataFrame, gaps: pd.DataFrame, names: dict[str, str], lang: str) -> list[_Row]:
    """The median of every side, measure by measure."""
    found = []
    for measure in table.attrs["measures"]:
        part = table[table["measure"] == measure].set_index("side")
        write = writer(table, measure, "median", lang)
        found.append(_Row(figure_label(table, measure, "median", lang)))
        ends = part.loc[list(names), ["median", "median_high"]].stack().dropna()
        scale = max(map(float, ends), default=1.0)
        for side, label in names.items():
            row = part.loc[side]
            at = (gaps["measure"] == measure) & (gaps["side_a"] == side)
            found.append(_Row(label, [row["median"]], write, scale=scale or 1.0))
            ends = (row["median_low"], row["median_high"])
            found[-1].bounds = ends
            found[-1].n = wording.number(row["n"], lang)
            if table.attrs["against"] == EACH:
                found[-1].interval = interval(*ends, write, lang)
            else:
                gap = _gap(gaps[at], "median", write, lang)
                found[-1].difference, found[-1].interval = gap
    return found


def _beside(
    table: pd.DataFrame, rows: Sequence[_Row], names: dict[str, str], lang: str
) -> dict[str, list[str]]:
    def word(key: str, **values: object) -> str:
        return wording.word(f"charts.compare.{key}", lang, **values)

    intervals = [row.interval for row in rows]
    if len(names) == 2:
        return {word("difference"): [row.difference for row in rows], word("interval"): intervals}
    found = {}
    if table.attrs["against"] != EACH:
        found[word("difference")] = [row.difference for row in rows]
    return {**found, word("interval"): intervals, "n": [row.n for row in rows]}


def _bars(chart: Chart, rows: Sequence[_Row], names: dict[str, str], table: pd.DataFrame) -> None:
    ax, two = chart.ax, len(names) == 2
    texts = [row.write(v) for row in rows for v in row.values if not wording.is_missing(v)]
    beside = max(map(partial(style.width_of, size=style.SMALL), texts), default=0)
    room = chart.width - beside - 2 * _NEAR
    ax.set_xlim(0, chart.width)
    ax.set_xticks([])
    ax.tick_params(axis="x", labelbottom=False)
    dark: dict[str, Any] = {"facecolor": style.REALISED, "edgecolor": style.REALISED}
    hatched: dict[str, Any] = {"facecolor": "white", "edgecolor": style.ALERT, "hatch": "/////"}
    pale: dict[str, Any] = {"facecolor": style.PLANNED, "edgecolor": style.PLANNED_EDGE}
    looks = [dark, hatched] if two else [pale]
    for y, row in zip(chart.y, rows, strict=True):
        if not row.values:
            continue
        for place, (value, look) in enumerate(zip(row.values, looks, strict=True)):
            at = y + (place * 2 - 1) * _PAIR if two else y
            if wording.is_missing(value):
                not_known(chart, at)
                continue
            long = max(float(value), 0.0) / (row.scale or 1.0) * room
            high = 2 * _PAIR * 0.92 if two else _BAR
            (bar,) = ax.barh(at, long, high, 0, linewidth=0.8, **look)
            if two:
                name = _legend(table, list(names)[place], list(names.values())[place], chart.lang)
                chart.legend.setdefault(name, bar)
            right = max([value, *(end for end in row.bounds if not wording.is_missing(end))])
            ax.annotate(
                row.write(value),
                (max(float(right), 0.0) / (row.scale or 1.0) * room, at),
                (_NEAR, 0),
                textcoords="offset points",
                va="center_baseline",
                size=style.SMALL,
            )
        if not any(map(wording.is_missing, row.bounds)) and row.bounds:
            ends = [max(float(end), 0.0) / row.scale * room for end in row.bounds]
            (line,) = ax.plot(ends, [y, y], color=style.REALISED, linewidth=2.2, zorder=3)
            chart.legend.setdefault(wording.word("charts.interval", chart.lang), line)
    ax.axvline(0, color=style.SOFT, linewidth=0.8, zorder=4)


def _legend(table: pd.DataFrame, side: str, label: str, lang: str) -> str:
    counts = sorted({int(n) for n in table.loc[table["side"] == side, "n"] if n}) or [0]
    text = "–".join(wording.number(n, lang) for n in (counts[0], counts[-1])[: len(counts)])
    return wording.word("charts.compare.side", lang, side=label, n=text)


def _largest(table: pd.DataFrame, names: dict[str, str]) -> tuple[dict[str, str], int]:
    """The sides that fit on a page, the smallest left out."""
    measures = len(table.attrs["measures"])
    sizes = table.groupby("side", sort=False)["n"].max().sort_values(ascending=False, kind="stable")
    most = max(1, MOST_ROWS // measures - 1)
    for count in range(min(most, len(sizes)), 0, -1):
        kept = {side: label for side, label in names.items() if side in sizes.index[:count]}
        labels = [style.wrap(label, style.WIDTH * _LABELS) for label in ["", *kept.values()]]
        if fits(labels * measures):
            break
    return kept, len(names) - len(kept)


def _title(table: pd.DataFrame, lang: str) -> str:
    names = list(side_labels(table, lang).values())
    if len(names) <= _NAMED:
        return ", ".join(names)
    if by := table.attrs["by"]:
        return ", ".join(style.group_heading(name, lang) for name in by)
    return ", ".join([*names[: _NAMED - 1], "…"])


def _subtitle(table: pd.DataFrame, names: dict[str, str], lang: str) -> str:
    way, labels = table.attrs["against"], list(names.values())
    if len(labels) == 2:
        key = "paired" if table.attrs["paired"] else "minus"
        return wording.word(f"charts.compare.{key}", lang, a=labels[0], b=labels[1])
    if way == EACH:
        return wording.word("charts.compare.each", lang)
    if way == REST:
        return wording.word("charts.compare.rest", lang)
    return wording.word("charts.compare.one", lang, side=names[way])


def _say(chart: Chart, table: pd.DataFrame, names: dict[str, str], left_out: int) -> None:
    """Captions, and what the chart says of itself."""
    lang, first = chart.lang, table.attrs["measures"][0]
    chart.captions.append(wording.word("charts.compare.note", lang))
    if len(names) > 2 and table.attrs["against"] != EACH:
        chart.captions.append(wording.word("charts.compare.each_alone", lang))
    if left_out:
        chart.captions.append(wording.word("charts.left_out", lang, n=left_out))
    part = table[(table["measure"] == first) & table["median"].notna()].set_index("side")
    part = part if len(part) else table[table["median"].notna()].set_index("side")
    first = str(part["measure"].iloc[0])
    order = part["median"].astype(float)
    high, low = order.idxmax(), order.idxmin()

    def value(side: Any) -> Callable[[str], str]:
        return lambda lang: writer(table, first, "median", lang)(part["median"][side])

    def name(side: Any) -> Callable[[str], str]:
        return lambda lang: side_labels(table, lang)[side]

    chart.facts = {
        "n": len(names),
        "sides": partial(_title, table),
        "measure": partial(_of, table, first),
        "high": name(high),
        "high_value": value(high),
        "low": name(low),
        "low_value": value(low),
    }
