"""Charts of what changed between two portfolios."""

import math
from functools import partial
from typing import Any, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.knowledge.wording import sentence
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.rows import check, ends, in_percent
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.spans import MONTH
from esrdata.present.charts.whom import NEUTRAL, around, speaks, title

#: Days that so many calendar months may be longer than so many months on average.
_UNEVEN = 3
#: Classes of moved ends by their last month; the last class is open.
_LAST = (3, 6, 12, 24)
#: Places in centimetres: labels, bars and columns.
_BARS, _END, _N, _SHARE = 5.85, 12.4, 14.4, 16.0
_TALL = 0.26
#: A kind, its first and last month, and how many projects are of it.
_Class = tuple[str, int, int | None, int]


@documented("or neither end date of any project is known")
def amendments(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw by how many months the ends of projects moved.

    Projects whose end did not change are a row without a bar, so that they do not dwarf the
    others.

    Parameters
    ----------
    table
        What `esrdata.stats.amendments` returned without `by`: a row per project.
    """
    checked = check(table, "amendments(before, after)", ("project_code", "extension_days"), lang)
    days = checked["extension_days"].dropna()
    if days.empty:
        raise UsageError(sentence("error.draw_no_days"))
    classes = _classes([int(d) for d in days])
    data = pd.DataFrame(classes, columns=["kind", "first_month", "last_month", "n"])
    about = About("amendments", table, partial(_words, table, classes), data)
    with paper(about, lang, **look) as sheet:
        heads = {_N: (sheet.word("concentration.projects"), "n")}
        sheet.columns({**heads, _SHARE: (sheet.word("concentration.share"), "%")})
        sheet.skip(0.06)
        whole = len(days)
        most = max((n for kind, _, _, n in classes if kind != "unchanged"), default=0)
        start = sheet.y
        for kind, first, last, n in classes:
            y = sheet.row()
            sheet.text(0, y, _label(kind, first, last, lang))
            if kind != "unchanged":
                long = (sheet.right(_END) - _BARS) * n / most
                sheet.bar(_BARS, y, long, _TALL, "dark" if kind == "extended" else "white")
            _cells(sheet, y, n, whole)
        sheet.line([_BARS, _BARS], [start, sheet.y], zorder=4)
        sheet.skip(0.04)
        sheet.rule()
        y = sheet.row(tall=LINE + 0.06)
        sheet.text(0, y, wording.word("charts.total", lang), weight="bold")
        _cells(sheet, y, whole, whole, "bold")
        sheet.rule()
    return sheet.first


def _cells(sheet: Sheet, y: float, n: int, whole: int, weight: str = "regular") -> None:
    share = in_percent(n / whole, sheet.lang)
    sheet.figures(y, {_N: formats.number(n, sheet.lang), _SHARE: share}, weight=weight)


def months_of(days: int) -> int:
    """By how many calendar months an end moved, a part of one counted as one; signed.

    Calendar months differ by a few days: six of them are 181 or 184.
    """
    if not days:
        return 0
    months = math.ceil(max(abs(days) - _UNEVEN, 0.5) / MONTH)
    return months if days > 0 else -months


def _classes(days: list[int]) -> list[_Class]:
    """Kind, first and last month, and number of each class that somebody is in, shortest last."""
    months = [months_of(d) for d in days]
    bounds = [*zip((1, *(m + 1 for m in _LAST[:-1])), _LAST, strict=True), (_LAST[-1] + 1, None)]
    found: list[_Class] = []
    for kind, sign in (("extended", 1), ("shortened", -1)):
        for first, last in bounds:
            n = sum(first <= m * sign and (last is None or m * sign <= last) for m in months)
            if n:
                found.append((kind, first, last, n))
    if unchanged := months.count(0):
        found.append(("unchanged", 0, 0, unchanged))
    return found


def _label(kind: str, first: int, last: int | None, lang: str) -> str:
    key = f"charts.amendments.{kind}"
    if kind == "unchanged":
        return wording.word(key, lang)
    months = f"{first}–{last}" if last else ""
    if not months:
        return wording.word(f"{key}_over", lang, months=first - 1)
    return wording.word(key, lang, months=months)


def _words(table: pd.DataFrame, classes: list[_Class], lang: str) -> Words:
    word, number = partial(wording.word, lang=lang), partial(formats.number, lang=lang)
    days = table["extension_days"]
    longer = days[days > 0].dropna()
    known, missing = int(days.notna().sum()), int(days.isna().sum())
    notes = [word("charts.amendments.note")]
    if missing:
        notes.append(word("charts.amendments.missing", n=missing))
    heading = title("amendments", NEUTRAL, lang)
    if len(longer):
        median: Any = longer.median()
        months = months_of(round(float(median)))
        many = speaks("amendments", "extended", len(longer))
        finding = "extended" if many else "extended_few"
        n = {"n": known, "extended": len(longer), "months": months}
        heading = title("amendments", finding, lang, **{k: number(v) for k, v in n.items()})
    facts = [
        word("charts.amendments.fact", name=_label(kind, first, last, lang), n=n)
        for kind, first, last, n in ends(classes)
    ]
    return around(table, lang, heading, word("charts.amendments.subtitle"), notes, facts, known)
