"""The charts of projects in time: bars of few, and of many how many ran and started."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Unpack

import pandas as pd

from esrdata.knowledge import formats, wording
from esrdata.present.charts import spans
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.grouping import scope_of, scoped
from esrdata.present.charts.rows import check
from esrdata.present.charts.running import Picture, area, codes, of_dates, of_years, write_years
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.whom import NEUTRAL, around, title

#: Heights of the two parts, and where their scale begins and ends, in centimetres.
_UPPER, _LOWER = 3.2, 2.4
_FROM, _TO = 0.2, 15.6
_LOOKS = {"ended": "dark", "running": "mid_text", "interrupted": "added"}
_OTHER = "faint"


@documented()
def timeline(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw the planned time of each project as a bar; of more than 24, how many ran and started.

    Of many projects the upper part shows how many ran on the last day of each quarter, the lower
    one how many started each year by their status now.

    Parameters
    ----------
    table
        What `esrdata.stats.timeline` returned; with `amended`, extensions are drawn.
    """
    needs = ("project_code", "name", "start_date", "end_date", "status_code", "duration_days")
    rows = check(table, "timeline", needs, lang)
    if len(rows) <= spans.MOST:
        return spans.draw(table, rows, lang, **look)
    picture = of_dates(rows)
    about = About("timeline", table, partial(_words, picture, table), picture.data())
    with paper(about, lang, **look) as sheet:
        _draw(sheet, picture, "charts.timeline.running")
    return sheet.first


@documented()
def status_by_year(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw how many projects ran in each year, and below how many started, by their status.

    The two have scales of their own.

    Parameters
    ----------
    table
        What `esrdata.stats.status_by_year` returned.
    """
    needs = ("year", "n_running", "n_started", *(f"n_started_{code}" for code in codes()))
    rows = check(table, "status_by_year", needs, lang)
    picture = of_years(rows)
    about = About("status_by_year", table, partial(_words, picture, table), rows)
    with paper(about, lang, **look) as sheet:
        _draw(sheet, picture, "charts.status_by_year.running")
    return sheet.first


def _status(code: str, lang: str) -> str:
    if code == "without_status":
        return wording.word("charts.no_status", lang)
    return wording.code_label("status", code, lang)


def _when(step: tuple[float, float, int, Any], lang: str) -> str:
    return str(int(step[0])) if step[3] is None else formats.date(step[3], lang)


def _words(picture: Picture, table: pd.DataFrame, lang: str) -> Words:
    peak, n = picture.peak(), picture.n
    count = formats.number(peak[2], lang)
    year = str(int(peak[0]))
    if not picture.alone():
        head = title(picture.chart, NEUTRAL, lang)
    elif peak[3] is None:
        head = title(picture.chart, "peak", lang, year=year, n=count)
    elif (peak[3].month, peak[3].day) == (12, 31):
        head = title(picture.chart, "peak_year", lang, year=year, n=count)
    else:
        head = title(picture.chart, "peak", lang, date=formats.date(peak[3], lang), n=count)
    subtitle = wording.word("charts.timeline.count", lang, n=n)
    of_dates = picture.chart == "timeline"
    name = "charts.timeline.quarters" if of_dates else "charts.status_by_year.note"
    notes = [wording.word(name, lang), wording.word("charts.timeline.status_now", lang)]
    notes += spans.undated(table, lang)
    sums = picture.sums()
    most = picture.years[sums.index(max(sums))]
    facts = (
        *(f"{_when(step, lang)}: {formats.number(step[2], lang)}" for step in picture.running[:1]),
        wording.word("charts.timeline.peak", lang, n=peak[2], date=_when(peak, lang)),
        *(f"{_when(step, lang)}: {formats.number(step[2], lang)}" for step in picture.running[-1:]),
        *(
            [wording.word("charts.timeline.most_started", lang, year=str(most), n=max(sums))]
            if sums.count(max(sums)) == 1
            else []
        ),
    )
    return around(table, lang, head, scoped(scope_of(table, lang), subtitle), notes, facts)


def _draw(sheet: Sheet, picture: Picture, running: str) -> None:
    lang = sheet.lang
    end = sheet.right(_TO)
    first, last = picture.years[0], picture.years[-1] + 1
    wide = (end - _FROM) / (last - first)

    def x(year: float) -> float:
        return _FROM + (year - first) * wide

    sheet.text(0, sheet.row(), wording.word(running, lang), weight="bold")
    sheet.skip(0.55)
    area(sheet, picture.running, x, _UPPER, label=partial(_peak_label, lang=lang))
    write_years(sheet, picture.years, x, ticks=True)
    rare = picture.rare()
    # The commonest kind stands on the line.
    order = sorted(picture.started, key=_place)
    drawn = {c: picture.started[c] for c in order if sum(picture.started[c]) and c not in rare}
    several = len(drawn) > 1 or bool(rare)
    head = "charts.timeline.started" if several else "charts.timeline.started_all"
    sheet.skip(0.3)
    y = sheet.row()
    sheet.text(0, y, wording.word(head, lang), weight="bold")
    place = sheet.width_of(wording.word(head, lang), weight="bold") + 0.6
    totals = {code: formats.number(sum(picture.started[code]), lang) for code in picture.started}
    entries = [(_look(code), f"{_status(code, lang)} {totals[code]}") for code in drawn]
    texts = [
        sheet.word("timeline.not_apart", name=_status(code, lang), n=totals[code]) for code in rare
    ]
    wanted = sheet.key_width([text for _, text in entries]) if several else 0.0
    wanted += sum(sheet.width_of(text, "head") + 0.35 for text in texts)
    if place + wanted > sheet.width:
        y, place = sheet.row(), 0.0
    if several:
        place = sheet.key(entries, place, y) + 0.35
    for text in texts:
        sheet.text(place, y, text, size="head", colour="soft")
        place += sheet.width_of(text, "head") + 0.35
    sheet.skip(0.45)
    _columns(sheet, picture, drawn, x, wide)
    write_years(sheet, picture.years, x, ticks=False)
    sheet.rule()


def _place(code: str) -> int:
    return [*_LOOKS].index(code) if code in _LOOKS else len(_LOOKS)


def _look(code: str) -> str:
    return _LOOKS.get(code, _OTHER)


def _peak_label(step: tuple[float, float, int, Any], *, lang: str) -> str:
    return f"{formats.number(step[2], lang)} ({_when(step, lang)})"


def _columns(
    sheet: Sheet, picture: Picture, drawn: Mapping[str, Sequence[int]], x: Any, wide: float
) -> None:
    """Draw what started each year, by status, with the sum above."""
    sums = picture.sums()
    # What is too rare to be drawn apart is part of the first status drawn.
    others = [sum(picture.started[code][at] for code in picture.rare()) for at in range(len(sums))]
    base, largest = sheet.y + _LOWER, max(sums) or 1
    for at, year in enumerate(picture.years):
        place, bottom = x(year) + 0.12 * wide, base
        for number, code in enumerate(drawn):
            value = drawn[code][at] + (others[at] if number == 0 else 0)
            tall = _LOWER * value / largest
            if tall:
                sheet.bar(place, bottom - tall / 2, 0.76 * wide, tall, _look(code))
            bottom -= tall
        text = formats.number(sums[at], sheet.lang)
        if sheet.width_of(text) < wide:
            sheet.text(x(year + 0.5), bottom - 0.2, text, align="center")
    sheet.line([x(picture.years[0]), x(picture.years[-1] + 1)], [base, base], "rule", 0.8)
    sheet.y = base
