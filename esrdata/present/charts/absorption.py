"""The chart of how projects used what was planned: a small histogram, or dots, for each group."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Unpack

import pandas as pd

from esrdata.knowledge import formats, wording
from esrdata.present.charts.absorption_picture import CLASS, FEWEST, Group, Picture
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.describe import About, Axes, Look, documented
from esrdata.present.charts.grouping import grouping
from esrdata.present.charts.rows import check, in_percent
from esrdata.present.charts.sheet import BEFORE_HEADING, Sheet, paper

#: Places in centimetres: labels, the scale, and the ends of the columns.
_LABELS, _FROM, _TO = 4.4, 5.4, 11.55
_MEDIAN, _INTERVAL, _N = 12.7, 14.85, 16.0
_ROW, _BARS, _UNDER = 1.42, 0.8, 0.42
_DOT, _STEP = 0.14, 0.145


@documented()
def absorption(
    table: pd.DataFrame,
    *,
    ratios: pd.DataFrame | None = None,
    lang: str = "fi",
    **look: Unpack[Look],
) -> Axes:
    """Draw how much of the planned projects used: their spread on 70 to 110 %, and the median.

    Up to 60 projects are a dot each, more a histogram. Those outside the scale are counted at its
    edges. Where most of a group is below 70 % the scale begins at 50, and it ends at 120 where
    more than 5 % of all are above 110. Of more than 40 groups those of the most projects are drawn.

    Parameters
    ----------
    table
        What `esrdata.stats.absorption` returned.
    ratios
        What `esrdata.stats.ratios` returned, grouped alike; without it medians and intervals alone
        are drawn.
    """
    needs = ("n", "n_excluded", "median_ratio", "ci_low", "ci_high")
    checked = check(table, "absorption", needs, lang)
    groups = grouping(checked)
    if ratios is not None:
        check(ratios, "ratios", ("project_code", "ratio", *groups.by), lang)
    picture = Picture(checked, groups, ratios)
    about = About("absorption", table, picture.words, picture.drawn)
    with paper(about, lang, **look) as sheet:
        _Drawing(sheet, picture).draw()
    return sheet.first


class _Drawing:
    """The picture on its sheet."""

    def __init__(self, sheet: Sheet, picture: Picture) -> None:
        self.sheet, self.picture, self.lang = sheet, picture, sheet.lang
        self.end = sheet.right(_TO)

    def x(self, percent: float) -> float:
        low, high = self.picture.low, self.picture.high
        return _FROM + (percent - low) / (high - low) * (self.end - _FROM)

    def draw(self) -> None:
        sheet, picture = self.sheet, self.picture
        sheet.heading(self.heading)
        sheet.ending = self.scale
        former = ""
        for one in picture.list:
            heading = picture.groups.heading(one.row, self.lang)
            if heading and heading != former:
                sheet.skip(BEFORE_HEADING if former else 0.04)
                sheet.text(0, sheet.row(keep=_ROW + 0.5), heading, weight="bold", on_white=True)
            former = heading
            self.row(one)
        sheet.ending = None
        self.scale()
        sheet.rule()

    def heading(self) -> None:
        sheet, lang = self.sheet, self.lang
        y = sheet.y + LINE / 2
        if self.picture.every:
            below = sheet.word("absorption.below", limit=self.picture.low)
            above = sheet.word("absorption.above", limit=self.picture.high)
            # On the second line, where no heading of a column stands.
            low = y + LINE
            look: dict[str, Any] = {"size": "small", "colour": "soft", "align": "right"}
            sheet.text(_FROM - 0.12, low, below, **look)
            sheet.text(self.end, low, above, **look)
        whole = wording.word("format.percent", lang, sign="", number="95")
        heads = {
            sheet.right(_MEDIAN): (sheet.word("median"), "%"),
            sheet.right(_INTERVAL): (sheet.word("absorption.interval"), whole),
            sheet.right(_N): ("n", ""),
        }
        sheet.heads(heads, y)

    def scale(self) -> None:
        """Lines of the scale behind the rows of a sheet, and its numbers below them."""
        sheet, lang = self.sheet, self.lang
        top, bottom = sheet.top + 0.06, sheet.y + 0.04
        for percent in range(self.picture.low, self.picture.high + 1, 10):
            x, whole = self.x(percent), percent == 100
            look: dict[str, Any] = {"zorder": 1}
            look |= {"linestyle": (0, (3, 2)), "zorder": 1.5} if whole else {}
            sheet.line([x, x], [top, bottom], "rule" if whole else "grid", 0.8, **look)
            ends = percent in (self.picture.low, self.picture.high)
            number = formats.number(percent, lang)
            text = wording.word("format.percent", lang, sign="", number=number) if ends else number
            sheet.text(x, bottom + 0.22, text, size="head", colour="soft", align="center")
        sheet.y = bottom + 0.44

    def row(self, one: Group) -> None:
        sheet, lang, picture = self.sheet, self.lang, self.picture
        number, name = picture.groups.label(one.row, lang)
        hang = 0.32 if number else 0.0
        parts = sheet.fitted(name, _LABELS - hang)
        # Of twenty thousand dots none is drawn.
        shown = [v for v in one.values if picture.low <= v <= picture.high and picture.dots]
        stacks = _stacked([self.x(v) for v in shown])
        tall = max(len(parts) * LINE + _UNDER + 0.12, 0.95)
        if picture.dots:
            levels = max((level for _, level in stacks), default=0) + 1
            tall = max(tall, levels * _STEP + _UNDER + 0.22)
        elif picture.every:
            tall = _ROW
        middle = sheet.row(tall=tall, keep=0.5)
        base = middle + tall / 2 - _UNDER
        last = base - 0.1
        sheet.text(0, last - (len(parts) - 1) * LINE, number)
        sheet.lines(hang, last - (len(parts) - 1) / 2 * LINE, parts)
        if one.n:
            sheet.line([_FROM, self.end], [base, base], "rule", 0.8)
        high = self.dots(stacks, base) if picture.dots else self.bars(one, base)
        self.edges(one, base, high)
        self.marks(one, base)
        self.figures(one, last)

    def bars(self, one: Group, base: float) -> float:
        """Draw the histogram; return how high its last classes are."""
        sheet, top = self.sheet, self.picture.top
        if not one.shares or not top:
            return 0.0
        wide = self.x(self.picture.low + CLASS) - _FROM
        heights = [min(share / top, 1.0) * _BARS for share in one.shares]
        for at, high in enumerate(heights):
            if high:
                pale = self.picture.low + at * CLASS >= 100
                x = _FROM + at * wide
                look = "pale" if pale else "mid"
                sheet.bar(x + 0.015, base - high / 2, wide - 0.03, high, look)
        tallest = max(range(len(heights)), key=one.shares.__getitem__)
        x = _FROM + (tallest + 0.5) * wide
        if one.shares[tallest] > top:
            sheet.bar(x - wide / 2 - 0.03, base - 0.72 * _BARS, wide + 0.06, 0.07, "band")
        if one.n >= FEWEST:
            share = formats.percent(one.shares[tallest], self.lang, 0)
            half = sheet.width_of(share, "small") / 2
            x = min(max(x, _FROM + half), self.end - half)
            place = base - heights[tallest] - 0.17
            sheet.text(x, place, share, size="small", colour="soft", align="center", on_white=True)
        return max(heights[-3:])

    def dots(self, stacks: Sequence[tuple[float, int]], base: float) -> float:
        """Draw a dot per project; return how high those at the right edge are."""
        from matplotlib.patches import Ellipse

        for x, level in stacks:
            middle = (x, base - _STEP / 2 - 0.02 - level * _STEP)
            look = self.sheet.look("mid")
            self.sheet.ax.add_patch(Ellipse(middle, _DOT, _DOT, zorder=3, **look))
        at_edge = [level + 1 for x, level in stacks if x > self.end - 0.9]
        return max(at_edge, default=0) * _STEP

    def edges(self, one: Group, base: float, high: float) -> None:
        """Write how many projects are outside the scale."""
        sheet, lang = self.sheet, self.lang
        if one.below:
            sheet.cell(_FROM - 0.12, base - 0.14, formats.number(one.below, lang))
        if one.above:
            place = base - 0.2 - high
            sheet.cell(self.end, place, formats.number(one.above, lang), on_white=True)

    def marks(self, one: Group, base: float) -> None:
        """Draw the median and its interval under the line, where nothing covers them."""
        from matplotlib.patches import Polygon

        row, sheet = one.row, self.sheet
        ends = [row["ci_low"], row["ci_high"]]
        low, high = self.picture.low, self.picture.high
        if not any(map(formats.is_missing, ends)):
            first, last = (self.x(min(max(100 * float(x), low), high)) for x in ends)
            # Where it is narrower than the triangle, the figures alone tell it.
            if last - first > 0.2:
                sheet.line([first, last], [base + 0.13, base + 0.13], "dark", 3.2, zorder=3)
        if not formats.is_missing(row["median_ratio"]):
            percent = 100 * float(row["median_ratio"])
            if low <= percent <= high:
                x = self.x(percent)
                corners = [(x, base + 0.03), (x - 0.11, base + 0.25), (x + 0.11, base + 0.25)]
                look: dict[str, Any] = {"facecolor": sheet.colour("dark")}
                look |= {"edgecolor": "white", "linewidth": 0.6}
                sheet.ax.add_patch(Polygon(corners, zorder=4, **look))

    def figures(self, one: Group, y: float) -> None:
        sheet, lang, row = self.sheet, self.lang, one.row
        number = partial(in_percent, lang=lang)
        interval = wording.word("format.missing", lang)
        if one.n and formats.is_missing(row["ci_low"]):
            interval = sheet.word("absorption.not_computed")
        elif one.n:
            low, high = row["ci_low"], row["ci_high"]
            # A dash between negative numbers would be one sign too many.
            dash = "–" if float(low) >= 0 else "\u00a0…\u00a0"
            interval = f"{number(low)}{dash}{number(high)}"
        sheet.cell(sheet.right(_MEDIAN), y, number(row["median_ratio"]), weight="semibold")
        sheet.figures(y, {_INTERVAL: interval, _N: formats.number(one.n, lang)})


def _stacked(xs: Sequence[float]) -> list[tuple[float, int]]:
    """Places of dots: each on the lowest level where it covers no other."""
    last: list[float] = []
    found = []
    for x in sorted(xs):
        level = next((at for at, end in enumerate(last) if x - end >= _DOT), len(last))
        last[level : level + 1] = [x]
        found.append((x, level))
    return found
