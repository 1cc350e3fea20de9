"""What every chart shares: rows of groups, the figure, its words, and what it says of itself.

A chart takes a finished statistics table and draws nothing that is not in it. To write one:

>>> @documented()                                                       # doctest: +SKIP
... def participants(table, *, ax=None, lang="fi", with_title=True):
...     needs = ("n", "planned", "realised")
...     groups = group_rows(table, "participants", needs, lang)
...     drawn = drawing("participants", table, lang, ax, groups=groups, with_title=with_title)
...     with drawn as chart:
...         chart.ax.plot(groups.rows["planned"], chart.y, "o")         # rows from 0 downwards
...         chart.fit([(x, 20, 20) for x in groups.rows["planned"]])    # 20 points for labels
...         chart.captions.append(wording.word("charts.participants.note", lang))
...         chart.facts = {"planned": int(table["planned"].sum()), "n": 12}
...     return chart.ax

Its words are on the shelf: ``charts.participants.title``, and ``charts.participants.alt``, two
sentences with the names of the facts in braces. A fact is a number, a text, or a function of the
language, such as ``partial(style.money, 1234.5)``. Leaving the block writes the title and the
caption, gives the figure its size, and remembers what the chart shows for `alt_text` and `save`.
"""

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from inspect import cleandoc
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.present.charts import style
from esrdata.present.charts.describe import Fact, remember, texts_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
from esrdata.present.charts.rows import GAP, HEAD, LOWEST, TICKS, Groups, height_of, heights_of
from esrdata.present.charts.whom import whom

#: Width of the narrowest axes in points.
_NARROWEST = 60.0


@dataclass(slots=True)
class Chart:
    """A chart being drawn."""

    ax: "Axes"
    lang: str
    #: Width of the axes in points, and of what stands on their left and right.
    width: float
    left: float
    right: float
    #: Places of the rows and their heights, in the units of y.
    y: list[float]
    heights: list[float]
    subtitle: str = ""
    #: Sentences under the axes, before that of the source.
    captions: list[str] = field(default_factory=list)
    #: What the sentences of `alt_text` say; `alt` names them under the chart's words.
    facts: Mapping[str, Fact] = field(default_factory=dict)
    alt: str = "alt"
    #: What stands for what, from the left: names and the artists drawn.
    legend: dict[str, Any] = field(default_factory=dict)

    def fit(self, marks: Iterable[tuple[Any, float, float]], zero: bool = True) -> None:
        """Choose the limits of x so that marks have space, in points, on their left and right."""
        known = [(float(x), a, b) for x, a, b in marks if not wording.is_missing(x)]
        known += [(0.0, 2.0, 2.0)] if zero or not known else []
        low, high = min(x for x, _, _ in known), max(x for x, _, _ in known)
        high = high if high > low else low + 1
        for _ in range(60):
            unit = (high - low) / self.width
            low = min(x - left * unit for x, left, _ in known)
            high = max(x + right * unit for x, _, right in known)
        self.ax.set_xlim(low, high)

    def ticks(self, write: Callable[[Sequence[float]], list[str]], most: int = 6) -> None:
        """Set ticks of x where there are data, written by a function of all their places."""
        from matplotlib.ticker import MaxNLocator

        low, high = self.ax.get_xlim()
        points = self.ax.dataLim.intervalx
        last = max(0.0, *points) if all(map(math.isfinite, points)) else high
        first = min(0.0, *points) if all(map(math.isfinite, points)) else low
        for count in range(most, 0, -1):
            found = MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]).tick_values(first, last)
            step = found[1] - found[0]
            places = [float(p) for p in found if max(low, first - step) <= p <= high]
            texts = write(places)
            if sum(style.width_of(text) + 2 * GAP for text in texts) < self.width:
                break
        self.ax.set_xticks(places, texts)
        self.ax.grid(axis="x", color=style.LINE, linewidth=0.5, zorder=0)
        self.ax.set_axisbelow(True)


_COMMON = """
ax
    Axes to draw on; None makes a figure as wide as the text of a report.
lang
    ``fi``, ``sv`` or ``en``.
with_title
    Whether to write a title above.
{notes}
Returns
-------
Axes
    The chart, for `charts.save` and `charts.alt_text`.{more}

Raises
------
UsageError
    If it is another table, {wrong}.
"""


_Drawn = TypeVar("_Drawn", bound=Callable[..., Any])


#: What charts on a sheet say besides.
_NOTES = """with_notes
    Whether to write notes and source below; `charts.words` gives them as text.
"""
_MORE = """ Where one sheet does not
    hold all rows it is the first: `charts.sheets` gives all."""


def documented(wrong: str = "", *, sheet: bool = False) -> Callable[[_Drawn], _Drawn]:
    """Complete the docstring of a chart by what all of them take, give and raise.

    Parameters
    ----------
    wrong
        What else can be wrong with the table, as in "or has several groups".
    sheet
        Whether it is drawn on a sheet.
    """
    wrong = f"has no rows, {wrong}" if wrong else "or has no rows"

    notes, more = (_NOTES, _MORE) if sheet else ("", "")
    common = _COMMON.format(wrong=wrong, notes=notes, more=more)

    def complete(chart: _Drawn) -> _Drawn:
        chart.__doc__ = f"{cleandoc(chart.__doc__ or '')}{common}"
        return chart

    return complete


@contextmanager
def drawing(
    name: str,
    table: pd.DataFrame,
    lang: str,
    ax: "Axes | None",
    *,
    groups: Groups | None = None,
    labels: Sequence[str] = (),
    heads: Collection[int] = (),
    beside: Mapping[str, Sequence[str]] | None = None,
    height: float | None = None,
    with_title: bool = True,
    **title: Fact,
) -> "Iterator[Chart]":
    """Give a chart to draw on, and finish it afterwards.

    Parameters
    ----------
    name
        Key of the chart's words under `charts`.
    table
        The statistics table, as given to the chart.
    lang
        Language of the chart.
    ax
        Axes to draw on: the chart takes their place with all its words, and needs no layout
        afterwards. None makes a figure.
    groups
        Rows of the chart, from the top.
    labels
        Labels of the rows where there are no groups, already wrapped.
    heads
        Places of the rows whose labels are bold.
    beside
        Columns of text on the right of the axes: their headings, and a text for each row.
    height
        Height of the axes in points where there are no rows.
    with_title
        False leaves title and subtitle out, for a report that has captions of its own.
    **title
        What the title has in braces.
    """
    import matplotlib.pyplot as plt

    columns = dict(beside or {})
    labels = groups.labels if groups else labels
    wide = [style.width_of(text, bold=at in heads) for at, text in enumerate(labels)]
    left = max(wide, default=24.0) + 2 * GAP
    widths = [max(map(style.width_of, [head, *cells])) for head, cells in columns.items()]
    right = sum(widths) + 2 * GAP * len(widths) + GAP
    # Outside the style: the first figure of a session sets up the backend, which must outlive it.
    size = (style.WIDTH / 72, 4)
    made = None if ax is not None else plt.figure(figsize=size, facecolor="white")
    with style.styled():
        drawn = ax if ax is not None else cast("Figure", made).add_subplot()
        place = _place(drawn)
        width = (place[2] if made is None else style.WIDTH) - left - right
        if width < _NARROWEST:
            raise UsageError("The axes are too narrow for the chart: give wider ones, or none.")
        points = heights_of(labels)
        # A row of the lowest kind is one unit high, and the first one is at zero.
        heights = [tall / min(points) for tall in points]
        ends = [*accumulate(heights, initial=-heights[0] / 2)] if heights else []
        y = [end - tall / 2 for end, tall in zip(ends[1:], heights, strict=True)]
        chart = Chart(drawn, lang, width, left, right, y, heights)
        finished = False
        try:
            if labels:
                drawn.set_yticks(chart.y, labels)
                for at in heads:
                    drawn.get_yticklabels()[at].set_fontweight("bold")
                drawn.set_ylim(ends[-1], ends[0])
            drawn.tick_params(length=0, pad=GAP, labelsize=style.TEXT, labelfontfamily=style.FONT)
            drawn.tick_params(axis="x", colors=style.SOFT)
            drawn.spines[:].set_visible(False)
            if groups:
                chart.subtitle = groups.subtitle
            yield chart
            if groups and "region" in groups.by:
                chart.captions.append(wording.word("charts.groups_overlap", lang))
            if groups and groups.left_out:
                caption = wording.word("charts.left_out", lang, n=groups.left_out)
                chart.captions.append(caption)
            chart.captions += whom(table, lang)
            _write_beside(chart, columns, widths)
            head = wording.word(f"charts.{name}.title", lang, **texts_of(title, lang))
            _finish(chart, table, made, height or sum(points), head if with_title else "")
            remember(
                drawn,
                chart=name,
                table=table,
                facts=chart.facts,
                sentence=chart.alt,
                title=title,
            )
            finished = True
        finally:
            if made is not None and not finished:
                plt.close(made)


def _place(ax: "Axes") -> tuple[float, float, float, float]:
    """Where axes are in their figure: from the left, from below, width and height in points."""
    box, figure = ax.get_position(), cast("Figure", ax.get_figure(root=True))
    wide, tall = (inches * 72 for inches in figure.get_size_inches())
    return box.x0 * wide, box.y0 * tall, box.width * wide, box.height * tall


def _write_beside(
    chart: Chart, columns: Mapping[str, Sequence[str]], widths: Sequence[float]
) -> None:
    edge = 0.0
    look: dict[str, Any] = {"ha": "right", "textcoords": "offset points", "annotation_clip": False}
    for (head, cells), width in zip(columns.items(), widths, strict=True):
        edge += width + 2 * GAP
        for y, cell in zip(chart.y, cells, strict=True):
            at: Any = ("axes fraction", "data")
            chart.ax.annotate(cell, (1, y), (edge, 0), xycoords=at, va="center_baseline", **look)
        top: dict[str, Any] = {"xycoords": "axes fraction", "va": "bottom", "color": style.SOFT}
        chart.ax.annotate(head, (1, 1), (edge, GAP), **top, **look)


def _finish(
    chart: Chart, table: pd.DataFrame, made: "Figure | None", height: float, title: str
) -> None:
    """Write title and caption around the axes, and give a figure of our own its size."""
    ax, lang = chart.ax, chart.lang
    # On a screen letters stand on whole dots, which makes lines a little longer.
    room = 0.98 * (chart.width + chart.left + chart.right - GAP)
    start = GAP / 2 - chart.left
    ax.xaxis.label.set(size=style.TEXT, color=style.SOFT, family=style.FONT)
    own = table.attrs.get("source", {}).get(lang)
    read = wording.sources(table.attrs.get("read_from", []), lang)
    source = own or (wording.word("footer.sources", lang, sources=read) + "." if read else "")
    # A number does not begin a line alone.
    caption = re.sub(r" (?=\d)", "\u00a0", " ".join(chart.captions))
    notes = [style.wrap(text, room, style.SMALL) for text in (caption, source) if text]
    note = "\n".join(notes)
    numbered = ax.xaxis.get_tick_params().get("labelbottom", True)
    under = TICKS if ax.get_xlabel() else TICKS - 10 if numbered else GAP
    above = HEAD + GAP + _legend(chart, start)
    heads = [
        (style.wrap(chart.subtitle, room) if title else "", style.TEXT, style.SOFT, False),
        (style.wrap(title, room, style.TITLE, True), style.TITLE, style.INK, True),
    ]
    look: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
    look |= {"ha": "left", "annotation_clip": False, "linespacing": style.LEADING}
    for text, size, colour, bold in heads:
        if text:
            weight = "bold" if bold else "normal"
            place = (start, above)
            ax.annotate(
                text, (0, 1), place, va="bottom", size=size, color=colour, weight=weight, **look
            )
            above += height_of(text, size) + 2
    size = style.SMALL
    ax.annotate(note, (0, 0), (start, -under), va="top", size=size, color=style.SOFT, **look)
    below = under + height_of(note, style.SMALL) + GAP
    x, y, _, tall = (0.0, 0.0, 0.0, above + height + below) if made else _place(ax)
    if made:
        made.set_size_inches(style.WIDTH / 72, tall / 72)
    if tall - above - below < LOWEST * max(len(chart.y), 1):
        raise UsageError("The axes are too low for the chart: give higher ones, or none.")
    wide, high = (
        inches * 72 for inches in cast("Figure", ax.get_figure(root=True)).get_size_inches()
    )
    inner = (x + chart.left, y + below, chart.width, tall - above - below)
    ax.set_position((inner[0] / wide, inner[1] / high, inner[2] / wide, inner[3] / high))


def _legend(chart: Chart, start: float) -> float:
    """Tell what the marks are, on the line of the headings if there is room, or above it."""
    from matplotlib.transforms import ScaledTranslation

    names, handles = list(chart.legend), list(chart.legend.values())
    if not names:
        return 0.0
    wide = sum(style.width_of(name) + 30 for name in names)
    # Headings of the columns beside may be wider than these.
    higher = 0.0 if wide <= chart.left + chart.width - 12 * GAP else HEAD - 3
    lines = math.ceil(wide / (chart.left + chart.width + chart.right))
    scale = cast("Figure", chart.ax.get_figure(root=True)).dpi_scale_trans
    corner = chart.ax.transAxes + ScaledTranslation(start / 72, (higher + 4) / 72, scale)
    chart.ax.legend(
        handles,
        names,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        bbox_transform=corner,
        ncols=math.ceil(len(names) / lines),
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=1.2,
        handletextpad=0.4,
        columnspacing=1.4,
    )
    return higher + (lines - 1) * (HEAD - 3)
