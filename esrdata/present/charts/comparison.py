"""Charts of sides beside each other: portfolios, periods, funds, groups."""

import math
from collections.abc import Sequence
from functools import partial
from typing import Any, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.comparison_words import words_of
from esrdata.present.charts.describe import About, Axes, Look, documented
from esrdata.present.charts.rows import check
from esrdata.present.charts.sheet import AROUND, Sheet, paper
from esrdata.present.charts.sides import (
    SHARE,
    SHARES,
    Figure,
    Row,
    counts_of,
    figure_of,
    pairs_of,
    side_labels,
)
from esrdata.stats.compare import differences
from esrdata.stats.side_figures import EACH

_NEEDS = ("measure", "side", "n", "median", "median_low", "median_high")
#: Places in centimetres: bars, the difference, the drawing of its interval, its numbers.
_LABEL, _BARS, _LONGEST, _GAP = 5.0, 5.25, 4.3, 10.6
_FROM, _TO, _NUMBERS = 11.6, 14.1, 16.0
#: Where the interval and n stand when there are more than two sides.
_INTERVAL, _N = 14.9, 16.0
_TALL, _PAIR = 0.24, 0.15
_LOOKS = ("dark", "second")


@documented("lacks some of them, or nothing of it is known")
def compare(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
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
    if rows["median"].isna().all() and rows["share_at_least"].isna().all():
        raise UsageError("No side of the table has any figure, so there is nothing to draw.")
    two = len(names) == 2
    about = About("compare", table, partial(words_of, table, gaps), rows)
    with paper(about, lang, **look) as sheet:
        if two:
            sheet.heading(partial(_sides, sheet, table, names))
            medians = pairs_of(table, gaps, names, ("median",), lang)
            shares = pairs_of(table, gaps, names, SHARES, lang)
            if medians:
                _medians(sheet, medians)
            if shares:
                _shares(sheet, shares)
        else:
            _each(sheet, table, gaps, names)
        sheet.skip(0.1)
        sheet.rule()
    return sheet.first


# ---- two sides


def _sides(sheet: Sheet, table: pd.DataFrame, names: dict[str, str]) -> None:
    """The sides with their looks, over the rows."""
    lang, word = sheet.lang, partial(wording.word, lang=sheet.lang)
    texts = [_with_n(table, side, label, lang) for side, label in names.items()]
    # Two long names stand under each other, each on as many lines as it takes.
    room = sheet.right(_GAP) - 0.8
    wide = [sheet.width_of(text, "head", "semibold") for text in texts]
    beside = sum(wide) + 1.4 <= room
    x, y = 0.0, sheet.y + LINE / 2
    for look, text, length in zip(_LOOKS, texts, wide, strict=True):
        lines = [text] if beside else sheet.fitted(text, room - 0.4, 2, "head", "semibold")
        sheet.bar(x, y, 0.32, _TALL, look)
        for at, line in enumerate(lines):
            sheet.text(x + 0.44, y + at * LINE, line, size="head", weight="semibold")
        if beside:
            x += 0.44 + length + 0.5
        else:
            y += len(lines) * LINE
    y = y if beside else y - LINE
    head = word("charts.compare.difference")
    sheet.text(sheet.right(_GAP), y, head, size="head", weight="semibold")
    head = word("charts.compare.interval")
    sheet.cell(sheet.right(_NUMBERS), y, head, size="head", colour="soft")
    sheet.y = y + LINE / 2 + 0.05
    sheet.rule("thick")


def _with_n(table: pd.DataFrame, side: str, label: str, lang: str) -> str:
    found = counts_of(table, side) or [0]
    text = "–".join(formats.number(n, lang) for n in (found[0], found[-1])[: len(found)])
    return wording.word("charts.compare.side", lang, side=label, n=text)


def _head(sheet: Sheet, key: str, scale: str) -> float:
    y = sheet.row(tall=LINE + 0.28, keep=0.9) + 0.06
    sheet.text(0, y, sheet.word(f"compare.{key}"), weight="bold")
    written = sheet.word(f"compare.{scale}")
    sheet.text(_BARS, y, written, size="head", colour="soft")
    return y


def _medians(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Medians, each with a scale of its own."""
    _head(sheet, "medians", "own_scale")
    for row in rows:
        most = max(float(v) for v in row.values if not formats.is_missing(v))
        _pair(sheet, row, most)


def _shares(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Shares of projects on one scale, and the intervals of their differences round zero."""
    sheet.skip(0.1)
    y = _head(sheet, "shares", "common_scale")
    ends = [
        abs(float(row.gap[name])) * 100
        for row in rows
        for name in ("difference_low", "difference_high")
        if not formats.is_missing(row.gap.get(name))
    ]
    reach = max(10.0, math.ceil(max(ends) / 10) * 10) if ends else None
    most = max(float(v) for row in rows for v in row.values if not formats.is_missing(v))
    top = y + 0.24
    places = []
    for row in rows:
        places.append(_pair(sheet, row, most))
    if reach is None:
        return
    start, end = sheet.right(_FROM), sheet.right(_TO)
    middle = (start + end) / 2

    def at(value: float) -> float:
        return middle + value * 100 / reach * (end - start) / 2

    for value, align in ((-reach, "center"), (0.0, "center"), (reach, "left")):
        text = formats.number(value, sheet.lang)
        if value > 0:
            text = sheet.word("compare.points", value=f"+{text}")
        x = at(value / 100) - (0.25 if align == "left" else 0.0)
        look: dict[str, Any] = {"size": "small", "colour": "soft", "align": align}
        sheet.text(x, y, text, **look)
    sheet.line([middle, middle], [top, sheet.y], zorder=1)
    for row, place in zip(rows, places, strict=True):
        low, high = row.gap.get("difference_low"), row.gap.get("difference_high")
        if formats.is_missing(low) or formats.is_missing(high):
            continue
        ends = [at(float(low)), at(float(high))]  # type: ignore[arg-type]
        sheet.line(ends, [place, place], "ink", 2.2, zorder=3)
        x = at(float(row.gap["difference"]))
        sheet.line([x, x], [place - 0.13, place + 0.13], "ink", 1.8, zorder=4)


def _pair(sheet: Sheet, row: Row, most: float) -> float:
    """Two bars, their values, the difference and its interval; gives the middle of the row."""
    lang = sheet.lang
    lines = sheet.fitted(row.figure.label, _LABEL, 3)
    y = sheet.row(tall=max(len(lines) * LINE + AROUND, 0.8))
    sheet.lines(0, y, lines)
    longest = sheet.right(_BARS + _LONGEST) - _BARS
    for value, n, look, side in zip(row.values, row.counts, _LOOKS, (-1, 1), strict=True):
        at = y + side * _PAIR
        if formats.is_missing(value):
            text = sheet.word("not_known")
            sheet.text(_BARS, at, text, size="small", colour="soft")
            continue
        wide = max(float(value), 0.0) / (most or 1.0) * longest
        if wide > 0:
            sheet.bar(_BARS, at, wide, _TALL, look)
        sheet.text(_BARS + wide + 0.1, at, row.figure.of_side(value, n, lang))
    gap = {} if row.of_few else row.gap
    written = row.figure.signed(gap.get("difference"), lang)
    sheet.text(sheet.right(_GAP), y, written, weight="semibold")
    text = row.figure.interval(gap.get("difference_low"), gap.get("difference_high"), lang)
    soft = {} if not formats.is_missing(gap.get("difference_low")) else {"colour": "soft"}
    sheet.cell(sheet.right(_NUMBERS), y, text, **soft)
    return y


# ---- more sides


def _each(sheet: Sheet, table: pd.DataFrame, gaps: pd.DataFrame, names: dict[str, str]) -> None:
    """The median of every side, measure by measure."""
    lang, against = sheet.lang, table.attrs["against"] != EACH
    sheet.heading(partial(_columns, sheet, against))
    for measure in table.attrs["measures"]:
        part = table[table["measure"] == measure].set_index("side")
        shared = table.attrs["figures"][measure]["kind"] == SHARE
        name = "share_at_least" if shared else "median"
        if part[name].isna().all():
            continue
        figure = figure_of(table, measure, name, lang)
        y = sheet.row(tall=LINE + 0.28, keep=0.9) + 0.06
        room = sheet.right(_GAP) - 0.2
        head = sheet.word("compare.in_percent", label=figure.label)
        head = head if shared else figure.label
        sheet.text(0, y, sheet.fitted(head, room, 1, weight="bold")[0], weight="bold")
        ends = pd.concat([part[name], part[f"{name}_high"]]).dropna()
        most = max(map(float, ends), default=1.0) or 1.0
        own = gaps[(gaps["measure"] == measure) & (gaps["figure"] == name)]
        own = own.set_index("side_a")
        for side, label in names.items():
            gap = own.loc[side].to_dict() if against and side in own.index else {}
            _side(sheet, figure, label, part.loc[side], most, gap, against)


def _columns(sheet: Sheet, against: bool) -> None:
    word = partial(wording.word, lang=sheet.lang)
    y = sheet.y + LINE / 2
    if against:
        head = word("charts.compare.difference")
        sheet.text(sheet.right(_GAP), y, head, size="head", weight="semibold")
    head = word("charts.compare.interval")
    sheet.cell(sheet.right(_INTERVAL), y, head, size="head", colour="soft")
    sheet.cell(sheet.right(_N), y, "n", size="head", weight="semibold")
    sheet.skip(LINE + 0.05)
    sheet.rule("thick")


def _side(
    sheet: Sheet,
    figure: Figure,
    label: str,
    row: "pd.Series[Any]",
    most: float,
    gap: dict[Any, Any],
    against: bool,
) -> None:
    lang = sheet.lang
    lines = sheet.fitted(label, _LABEL, 2)
    y = sheet.row(len(lines))
    sheet.lines(0, y, lines)
    longest = sheet.right(_BARS + _LONGEST) - _BARS
    name = figure.name
    value, ends = row[name], (row[f"{name}_low"], row[f"{name}_high"])
    if formats.is_missing(value):
        sheet.text(_BARS, y, sheet.word("not_known"), size="small", colour="soft")
    else:
        wide = max(float(value), 0.0) / most * longest
        sheet.bar(_BARS, y, wide, _TALL, "pale")
        right = wide
        if not any(map(formats.is_missing, ends)):
            xs = [_BARS + max(float(end), 0.0) / most * longest for end in ends]
            sheet.line(xs, [y, y], "dark", 2.2, zorder=4)
            right = max(wide, xs[1] - _BARS)
        sheet.text(_BARS + right + 0.1, y, figure.of_side(value, int(row["n"]), lang))
    if against:
        written = figure.signed(gap.get("difference"), lang)
        sheet.text(sheet.right(_GAP), y, written, weight="semibold")
        ends = (gap.get("difference_low"), gap.get("difference_high"))
    text = figure.interval(*ends, lang)
    soft = {"colour": "soft"} if formats.is_missing(ends[0]) else {}
    sheet.cell(sheet.right(_INTERVAL), y, text, **soft)
    sheet.cell(sheet.right(_N), y, formats.number(row["n"], lang))
