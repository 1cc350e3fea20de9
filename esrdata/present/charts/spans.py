"""Few projects in time: a bar for each, and what was added to it."""

from typing import Any, Unpack

import pandas as pd

from esrdata.knowledge import formats, wording
from esrdata.present.charts import style
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.describe import About, Axes, Look, Words
from esrdata.present.charts.grouping import scope_of, scoped
from esrdata.present.charts.rows import Row, as_rows, ends, project_lines
from esrdata.present.charts.sheet import BEFORE_HEADING, Sheet, paper
from esrdata.present.charts.whom import NEUTRAL, around, title
from esrdata.stats.time import UNDATED

#: Projects up to which each has a bar; up to so many there are no headings, and long names.
MOST, _FEW = 24, 12
#: Where names end, the scale begins and ends, and how high bars are, in centimetres.
_LABELS, _FROM, _TO, _BAR = 6.0, 6.4, 13.9, 0.26
#: Days of a month, on average.
MONTH = 365.25 / 12


def draw(table: pd.DataFrame, rows: pd.DataFrame, lang: str, **look: Unpack[Look]) -> Axes:
    """Draw the bars of a timeline of few projects; the parameters are those of `timeline`."""
    records = as_rows(rows)

    def words(language: str) -> Words:
        return _words(table, records, language)

    periods = rows["programme_period"].nunique() if "programme_period" in rows else 1
    heads = len(records) > _FEW and periods > 1
    if heads:
        records.sort(key=lambda row: str(row["programme_period"]))
    about = About("timeline", table, words, pd.DataFrame(records, columns=rows.columns))
    with paper(about, lang, **look) as sheet:
        _Bars(sheet, records).draw(heads)
    return sheet.first


def months(first: Any, last: Any) -> int:
    """Whole months that a project lasts, its first and last day included."""
    return of_days((last - first).days + 1)


def of_days(days: float) -> int:
    """Whole months to the nearest; a few days are a month, for no project lasts none."""
    return max(1, round(days / MONTH))


def _words(table: pd.DataFrame, rows: list[Row], lang: str) -> Words:
    compared = [n for n in map(_added, rows) if n is not None]
    longer = [n for n in compared if n > 0]
    if longer:
        head = title(
            "timeline", "extended", lang, n=formats.number(len(compared), lang),
            extended=formats.number(len(longer), lang), months=_range(longer, lang),
        )  # fmt: skip
    elif rows:
        lengths = [months(row["start_date"], row["end_date"]) for row in rows]
        # Of what still runs, or was discontinued, only the plan is known.
        over = all(str(row.get("status_code")) == "ended" for row in rows)
        finding = ("lasted" if over else "planned") + ("_one" if len(rows) == 1 else "")
        months_of = _range(lengths, lang, plain=not over)
        head = title("timeline", finding, lang, months=months_of)
    else:
        head = title("timeline", NEUTRAL, lang)
    text = wording.word("charts.timeline.order", lang)
    notes = [wording.word("charts.timeline.note", lang)]
    if "end_before" in table:
        notes.append(wording.word("charts.timeline.extended", lang))
        unknown = sum(formats.is_missing(row["end_before"]) for row in rows)
        if unknown:
            notes.append(wording.word("charts.timeline.unknown", lang, n=unknown))
    facts = [
        wording.word(
            "charts.timeline.fact", lang, name=_name(row, lang),
            first=formats.date(row["start_date"], lang), last=formats.date(row["end_date"], lang),
        )
        for row in ends(rows)
    ]  # fmt: skip
    notes += undated(table, lang)
    subtitle = scoped(scope_of(table, lang), text)
    return around(table, lang, head, subtitle, notes, facts, len(rows))


def undated(table: pd.DataFrame, lang: str) -> list[str]:
    """How many projects are not drawn, for want of days or because those are reversed."""
    out = sum(row["n"] for row in table.attrs.get("exclusions", []) if row["reason"] in UNDATED)
    return [wording.word("charts.timeline.undated", lang, n=out)] if out else []


def _range(values: list[int], lang: str, plain: bool = False) -> str:
    low, high = (formats.number(n, lang) for n in (min(values), max(values)))
    several = max(values) != 1
    one = "charts.timeline.range_plain" if plain else "charts.timeline.range_one"
    key = "charts.timeline.range" if several else one
    return wording.word(key, lang, n=low if low == high else f"{low}–{high}")


def _added(row: Row) -> int | None:
    """Months that were added to a project; below zero those that were taken; None if unknown."""
    former = row.get("end_before")
    if former is None or formats.is_missing(former):
        return None
    # What is less than half a month still is an extension.
    days = (row["end_date"] - former).days
    return (of_days(abs(days)) if days else 0) * (1 if days > 0 else -1)


def _name(row: Row, lang: str) -> str:
    name = row["name"]
    return (
        wording.project_code(row["project_code"], lang) if formats.is_missing(name) else str(name)
    )


class _Bars:
    def __init__(self, sheet: Sheet, rows: list[Row]) -> None:
        self.sheet, self.rows, self.lang = sheet, rows, sheet.lang
        days = [
            row[k] for row in rows for k in ("start_date", "end_date", "end_before") if k in row
        ]
        known = [day.year for day in days if not formats.is_missing(day)]
        self.first, self.last = min(known), max(known) + 1
        named = ((row["project_code"], row["name"]) for row in rows)
        self.names = project_lines(sheet, named, _LABELS, 3 if len(rows) <= _FEW else 2)
        self.end = sheet.right(_TO)

    def x(self, day: Any, *, after: bool = False) -> float:
        """Place of the beginning of a day, or of its end."""
        year = pd.Timestamp(day.year, 1, 1)
        length = (pd.Timestamp(day.year + 1, 1, 1) - year).days
        at = day.year + ((day - year).days + after) / length
        return self.place(float(at))

    def place(self, year: float) -> float:
        return float(_FROM + (year - self.first) / (self.last - self.first) * (self.end - _FROM))

    def draw(self, heads: bool) -> None:
        sheet, former = self.sheet, ""
        sheet.heading(self.heading)
        sheet.ending = self.grid
        for row in self.rows:
            heading = str(row.get("programme_period", "")) if heads else ""
            if heading != former:
                sheet.skip(BEFORE_HEADING if former else 0.04)
                n = sum(str(one["programme_period"]) == heading for one in self.rows)
                label = style.group_label(row, ["programme_period"], self.lang)
                text = sheet.word("timeline.heading", name=label, n=n)
                sheet.text(0, sheet.row(keep=2 * LINE + 0.16), text, weight="bold")
            former = heading
            self.row(row)
        sheet.ending = None
        self.grid()
        self.key()
        sheet.rule()

    def heading(self) -> None:
        sheet = self.sheet
        y = sheet.y + LINE / 2
        years = range(self.first, self.last)
        wide = self.place(self.first + 1) - self.place(self.first)
        widest = sheet.width_of(str(self.last), "head") + 0.15
        every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if n * wide >= widest)
        every = max(every, 2) if len(years) > 10 else every
        for year in years[::every]:
            place = self.place(year + 0.5)
            sheet.text(place, y, str(year), size="head", colour="soft", align="center")
        sheet.heads({sheet.width: (sheet.word("timeline.duration"), "")}, y)

    def grid(self) -> None:
        """Lines where years begin, behind the rows of a sheet."""
        for year in range(self.first, self.last + 1):
            x = self.place(year)
            self.sheet.line([x, x], [self.sheet.top, self.sheet.y], "grid", 0.6, zorder=1)

    def row(self, row: Row) -> None:
        sheet, lang = self.sheet, self.lang
        parts = self.names[row["project_code"]]
        y = sheet.row(len(parts))
        sheet.lines(0, y, parts)
        added = _added(row)
        start, end = self.x(row["start_date"]), self.x(row["end_date"], after=True)
        former = end if not added else self.x(row["end_before"], after=True)
        first = max(start, min(end, former))
        sheet.bar(start, y, first - start, _BAR, "dark")
        if added:
            look = "added" if added > 0 else "white"
            last = max(end, former)
            sheet.bar(first, y, last - first, _BAR, look)
            sign = "+" if added > 0 else wording.word("format.minus", lang)
            text = sign + self.months(abs(added))
            if last + 0.12 + sheet.width_of(text, weight="semibold") < sheet.width - 1.3:
                sheet.text(last + 0.12, y, text, weight="semibold", on_white=True)
        sheet.cell(sheet.width, y, self.months(months(row["start_date"], row["end_date"])))

    def months(self, n: int) -> str:
        return wording.word("charts.timeline.months", self.lang, n=n)

    def key(self) -> None:
        """What bars stand for, where there is more than one kind."""
        added = [n for n in map(_added, self.rows) if n]
        kinds = [("dark", "period")]
        kinds += [("added", "extension")] if any(n > 0 for n in added) else []
        kinds += [("white", "shortening")] if any(n < 0 for n in added) else []
        if len(kinds) > 1:
            names = [wording.word(f"charts.timeline.{name}", self.lang) for _, name in kinds]
            looks = [look for look, _ in kinds]
            self.sheet.key([*zip(looks, names, strict=True)], 0, self.sheet.row())
