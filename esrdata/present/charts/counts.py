"""Charts of what projects count: companies, jobs, qualifications, participants."""

from functools import partial
from typing import Any, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, load, wording
from esrdata.knowledge.wording import sentence
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.grouping import Grouping, grouping, scoped
from esrdata.present.charts.rows import (
    Row,
    as_rows,
    check,
    ends,
    head_of,
    in_percent,
    largest,
    ratio,
    row_of,
)
from esrdata.present.charts.scale import Scale
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.whom import NEUTRAL, around, title

_NEEDS = (
    *("indicator", "n", "n_planned", "n_realised", "n_both"),
    *("planned", "realised", "planned_both", "realised_both"),
)
#: Places in centimetres: labels, bars and columns.
_LABEL, _BARS, _END = 5.6, 5.85, 9.9
_PLANNED, _REALISED, _RATIO, _N = 11.5, 12.9, 14.5, 16.0
#: Fewer projects have no sentence of their own in the title.
_FEWEST = 3


@documented("or states no number")
def indicators(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw planned and realised numbers of each indicator and group, the realised in the planned.

    Both numbers are of the same projects, those that have both; where there are none, of those
    that have the number in question. Each indicator has a scale of its own.

    Parameters
    ----------
    table
        What `esrdata.stats.indicators` returned.
    """
    rows = check(table, "indicators", _NEEDS, lang)
    drawn = _drawn(rows)
    if drawn.empty:
        raise UsageError(sentence("error.draw_no_numbers"))
    groups = grouping(rows.drop(columns="indicator"))
    about = About("indicators", table, partial(_words, table, drawn, groups), drawn)
    with paper(about, lang, **look) as sheet:
        sheet.heading(partial(_heading, sheet))
        sheet.skip(0.06)
        for code, part in drawn.groupby("indicator", sort=False):
            _indicator(sheet, str(code), part, groups)
        sheet.skip(0.04)
        sheet.rule()
    return sheet.first


def _drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with a number, by indicator; of more than fit, the groups of the most projects."""
    pairs = rows["n_both"] > 0
    drawn = rows.assign(
        planned=rows["planned_both"].where(pairs, rows["planned"]),
        realised=rows["realised_both"].where(pairs, rows["realised"]),
    )
    drawn = drawn[drawn["planned"].notna() | drawn["realised"].notna()]
    drawn = largest(drawn)
    order = drawn.groupby("indicator", sort=False).ngroup()
    return drawn.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def _heading(sheet: Sheet) -> None:
    word, key = sheet.word, "stated_participants"
    y = sheet.y + LINE / 2
    names = [word(f"{key}.key.{name}") for name in ("planned", "realised")]
    room = sheet.right(_PLANNED) - 1.3
    place = _BARS if _BARS + sheet.key_width(names) < room else 0.0
    sheet.key([("pale", names[0]), ("dark", names[1])], place, y)
    heads = {
        sheet.right(_PLANNED): (word(f"{key}.planned"), ""),
        sheet.right(_REALISED): (word(f"{key}.realised"), ""),
        sheet.right(_RATIO): (word("participants.used"), ""),
        sheet.right(_N): (word("concentration.projects"), "n"),
    }
    sheet.heads(heads, y)


def _indicator(sheet: Sheet, code: str, part: pd.DataFrame, groups: Grouping) -> None:
    name = indicator_label(code, sheet.lang)
    known = part[["planned", "realised"]].stack().dropna()
    scale = Scale(_BARS, sheet.right(_END), max(map(float, known), default=0.0) or 1.0)
    if groups.by:
        head_of(sheet, name)
    start = sheet.y
    for row in as_rows(part):
        label = ("", groups.whole(row, sheet.lang) if groups.by else name)
        y = row_of(sheet, label, _LABEL)
        scale.pair(sheet, y, row["planned"], row["realised"])
        number = partial(formats.number, lang=sheet.lang)
        # Numbers of other projects have no ratio.
        used = ratio(row["planned"], row["realised"]) if row["n_both"] else None
        cells = {_PLANNED: number(row["planned"]), _REALISED: number(row["realised"])}
        cells |= {_RATIO: in_percent(used, sheet.lang, 0), _N: _projects(row, sheet.lang)}
        sheet.figures(y, cells)
    # A part that goes on over sheets has its line on the last of them.
    sheet.line([_BARS, _BARS], [max(start, sheet.top) if start < sheet.y else sheet.top, sheet.y],
               zorder=4)  # fmt: skip


def _projects(row: Row, lang: str) -> str:
    """How many projects the numbers of a row are of: two numbers where none has both."""
    if row["n_both"]:
        return formats.number(row["n_both"], lang)
    counts = [row[f"n_{stage}"] for stage in ("planned", "realised") if row[f"n_{stage}"]]
    return " + ".join(formats.number(n, lang) for n in counts)


def indicator_label(code: Any, lang: str) -> str:
    """What an indicator is called; one that the shelf lacks is its own label."""
    known = [row["code"] for row in load.codes("indicators")]
    return wording.code_label("indicators", code, lang) if code in known else str(code)


def _words(table: pd.DataFrame, drawn: pd.DataFrame, groups: Grouping, lang: str) -> Words:
    word, number = partial(wording.word, lang=lang), partial(formats.number, lang=lang)
    notes = [word("charts.indicators.note")]
    stated = int((table["planned"].notna() | table["realised"].notna()).sum())
    if stated > len(drawn):
        notes.append(word("charts.left_out", n=stated - len(drawn)))
    if "region" in groups.by:
        notes.append(word("charts.groups_overlap"))
    rows = as_rows(drawn)
    facts = [_fact(row, groups, lang) for row in ends(rows)]
    per = groups.grouped(lang)
    subtitle = word("charts.indicators.subtitle")
    if per:
        subtitle = word("charts.indicators.subtitle_by", per=per)
    subtitle = scoped(groups.scope(lang), wording.lower_first(subtitle))
    heading = title("indicators", NEUTRAL, lang)
    pairs = [row for row in rows if row["n_both"] >= _FEWEST]
    if pairs and not groups.by:
        first = max(pairs, key=lambda row: row["n_both"])
        values = {name: number(first[name]) for name in ("planned", "realised")}
        name = indicator_label(first["indicator"], lang)
        values["n"] = number(first["n_both"])
        heading = title("indicators", "pair", lang, indicator=name, **values)
    return around(table, lang, heading, subtitle, notes, facts, int(table["n"].max()))


def _fact(row: Row, groups: Grouping, lang: str) -> str:
    name = indicator_label(row["indicator"], lang)
    if groups.by:
        name = f"{name} ({groups.whole(row, lang)})"
    values = {stage: formats.number(row[stage], lang) for stage in ("planned", "realised")}
    return wording.word("charts.indicators.fact", lang, name=name, **values)
