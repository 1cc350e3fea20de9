"""The chart of funding planned and realised: bar in bar, with its table beside it."""

from collections.abc import Mapping
from typing import Any, Unpack

import pandas as pd

from esrdata.knowledge import formats, wording
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.grouping import amount, brief, counted, grouping, is_granted, scoped
from esrdata.present.charts.rows import (
    Row,
    as_rows,
    check,
    ends,
    head_of,
    in_percent,
    project_lines,
    ratio,
    row_of,
    sections,
)
from esrdata.present.charts.scale import Scale
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.units import unit_of
from esrdata.present.charts.whom import NEUTRAL, around, noted, title

#: Groups beyond which only the largest are drawn, and the others are one row.
MOST_GROUPS, _LARGEST = 24, 12
#: Projects beyond which their names have two lines instead of three.
_FEW = 12
#: Where labels end and bars begin and end, in centimetres.
_LABELS, _PROJECT_LABELS, _GAP = 5.6, 6.0, 0.25
_BARS, _BARS_PROJECTS = 10.6, 11.4
#: Ends of the columns: planned, realised, share, n; without n for rows that are projects.
_COLUMNS, _WITHOUT_N = (11.95, 13.55, 14.85, 16.0), (13.0, 14.65, 16.0)
#: Free space that a key above the bars needs.
_KEY_ROOM = 4.6


@documented()
def planned_and_realised(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw planned and realised euros of each group, one inside the other, with their numbers.

    Rows that are projects (grouped by `project_code`, best with `name`) stand by planned sum under
    the headings of the other groups. Of more than 24 groups the 12 largest are drawn, and one row
    of the others; priority axes are all drawn.

    Parameters
    ----------
    table
        What `esrdata.stats.planned_and_realised` returned.
    """
    checked = check(table, "planned_and_realised", ("n", "n_both", "planned", "realised"), lang)
    picture = _Picture(checked)
    about = About("planned_and_realised", table, picture.words, picture.data())
    with paper(about, lang, **look) as sheet:
        _Drawing(sheet, picture).draw()
    return sheet.first


class _Picture:
    """What is drawn: rows under their headings, sums and the unit."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table, self.groups = table, grouping(table)
        self.measure = str(table.attrs.get("measure", "public_total"))
        self.granted = is_granted(self.measure)
        # Groups of regions overlap: their sums are nobody's.
        self.adds_up = "region" not in self.groups.by and len(table) > 1
        records = as_rows(table)
        if self.groups.projects:
            places = {
                self.groups.heading(row, "fi"): at for at, row in reversed([*enumerate(records)])
            }
            records.sort(key=lambda row: (places[self.groups.heading(row, "fi")], -_size(row)))
        self.others: list[Row] = []
        if len(records) > MOST_GROUPS and self.groups.own != "priority_axis":
            largest = sorted(records, key=_size, reverse=True)[:_LARGEST]
            self.others = [row for row in records if not any(row is one for one in largest)]
            records = [row for row in records if any(row is one for one in largest)]
        self.rows = records
        self.total = self.sums([*records, *self.others])
        sums = [x for row in records for x in (row["planned"], row["realised"])]
        self.unit = unit_of(sums, float(self.total["planned"] or 0), self.groups.projects)
        self.largest = max((abs(float(x)) for x in sums if not formats.is_missing(x)), default=0.0)

    def sums(self, rows: list[Row]) -> Row:
        """Rows added up; a sum of none is missing."""
        found: Row = {"n": sum(int(row["n"]) for row in rows)}
        found["n_both"] = sum(int(row["n_both"]) for row in rows)
        for name in ("planned", "realised"):
            known = [float(row[name]) for row in rows if not formats.is_missing(row[name])]
            found[name] = sum(known) if known else None
        return found

    def data(self) -> pd.DataFrame:
        """The rows in the order of the picture, then the others."""
        return pd.DataFrame([*self.rows, *self.others], columns=self.table.columns).astype(
            self.table.dtypes.to_dict()
        )

    def first_word(self, lang: str) -> str:
        """Planned or granted."""
        return wording.word("charts.granted" if self.granted else "charts.planned", lang)

    def words(self, lang: str) -> Words:
        """What is written around the picture."""
        groups = self.groups
        scope, per = groups.scope(lang), groups.grouped(lang)
        measure = wording.word(f"charts.measure.{self.measure}", lang)
        what = f"{measure} {per}" if per else measure
        subtitle = f"{scoped(scope, what)}, {self.unit.name(lang)}"
        whole = self.total if self.adds_up or len(self.rows) == 1 else None
        stages = ("planned", "realised")
        known = [row for row in self.rows if not all(formats.is_missing(row[s]) for s in stages)]
        facts = [self.fact(row, groups.whole(row, lang), lang) for row in ends(known)]
        if whole is not None and len(self.rows) > 1:
            facts.append(self.fact(whole, wording.word("charts.total", lang), lang))
        words = self.title(lang), subtitle, self.notes(lang), facts
        return around(self.table, lang, *words, self.counted()["n_both"])

    def counted(self) -> Mapping[str, int]:
        """Projects, and those with both sums; each once, though it is in several regions."""
        once: Mapping[str, int] = self.table.attrs.get("once", {})
        if "region" in self.groups.by and once:
            return once
        return {name: int(self.table[name].sum()) for name in ("n", "n_both")}

    def fact(self, row: Mapping[str, Any], name: str, lang: str) -> str:
        """A row as text."""
        return wording.word(
            "charts.planned_and_realised.fact",
            lang,
            name=name,
            planned=f"{self.first_word(lang)} {self.unit.write(row['planned'], lang)}",
            realised=self.unit.write(row["realised"], lang),
            ratio=formats.percent(_ratio(row), lang),
        )

    def title(self, lang: str) -> str:
        """The finding whose condition holds."""
        chart, total = "planned_and_realised", self.total
        used = _ratio(total)
        measure = wording.word(f"charts.measure.{self.measure}", lang)
        if used is None or not (self.adds_up or len(self.rows) == 1):
            per = self.groups.grouped(lang)
            first = self.first_word(lang)
            return title(chart, NEUTRAL, lang, measure=f"{measure} {per}".strip(), first=first)
        planned, realised = float(total["planned"]), float(total["realised"])
        values = {
            "planned": amount(planned, lang),
            "realised": amount(realised, lang),
            "ratio": formats.percent(used, lang),
            "of_planned": wording.word(
                "charts.of_granted_money" if self.granted else "charts.of_planned_money", lang
            ),
        }
        so_far = "_so_far" if self.running else ""
        if self.groups.projects:
            n = int(total["n_both"])
            if n >= 4 and total["n"] == total["n_both"]:
                return title(chart, f"projects{so_far}", lang, n=counted(n, lang), **values)
            return title(chart, f"total{so_far}", lang, **values)
        if so_far:
            return title(chart, "total_so_far", lang, **values)
        for name, finding in (("fund", "two_funds"), ("programme_period", "two_periods")):
            pair = self.two(name)
            if pair:
                first, second = (brief(name, value, lang) for value in pair)
                a, b = (formats.percent(_ratio(part), lang) for part in pair.values())
                return title(chart, finding, lang, first=first, second=second, a=a, b=b)
        return title(chart, "total", lang, **values)

    @property
    def running(self) -> int:
        """How many projects still run, so that what was realised may grow."""
        return int(self.table.attrs.get("n_running", 0))

    def two(self, name: str) -> dict[str, Row]:
        """The sums of the two groups that differ by this column alone; nothing otherwise."""
        top = self.groups.heads or ((self.groups.own,) if self.groups.own else ())
        if top != (name,):
            return {}
        parts: dict[str, list[Row]] = {}
        for row in [*self.rows, *self.others]:
            parts.setdefault(str(row[name]), []).append(row)
        sums = {key: self.sums(rows) for key, rows in parts.items()}
        if len(sums) != 2 or any(_ratio(part) is None for part in sums.values()):
            return {}
        return sums

    def notes(self, lang: str) -> list[str]:
        """Sentences under the picture."""
        name, projects, counted = "planned_and_realised", self.groups.projects, self.counted()
        lacking = {
            f"without_{stage}": sum(formats.is_missing(row[stage]) for row in self.rows)
            for stage in ("planned", "realised")
        }
        realised = [row["realised"] for row in self.rows]
        return noted(
            lang,
            {
                f"{name}.n": not projects,
                f"{name}.ratio": len(self.rows) > 1,
                f"{name}.out": counted["n"] - counted["n_both"],
                f"{name}.running": self.running,
                f"{name}.order": projects,
                f"{name}.others": len(self.others),
                **({} if projects else lacking),
                f"{name}.below_zero": any(not formats.is_missing(x) and x < 0 for x in realised),
                "groups_overlap": "region" in self.groups.by,
            },
        )


class _Drawing:
    """The picture on its sheet."""

    def __init__(self, sheet: Sheet, picture: _Picture) -> None:
        self.sheet, self.picture, self.lang = sheet, picture, sheet.lang
        projects = picture.groups.projects
        self.columns = [*map(sheet.right, _WITHOUT_N if projects else _COLUMNS)]
        self.labels = _PROJECT_LABELS if projects else _LABELS
        self.start = self.labels + _GAP
        end = sheet.right(_BARS_PROJECTS if projects else _BARS)
        self.scale = Scale(self.start, end, picture.largest or 1.0)
        self.most = 3 if projects and len(picture.rows) <= _FEW else 2

    def draw(self) -> None:
        sheet, picture, lang = self.sheet, self.picture, self.lang
        names = self.names()
        sheet.heading(self.heading)
        for name, rows in sections(picture.groups, picture.rows, lang):
            if name:
                y = head_of(sheet, name, self.most)
                if len(rows) > 1 and picture.adds_up:
                    self.figures(y, picture.sums(rows), "bold")
            self.section(rows, names)
        if picture.others:
            y = sheet.row()
            others = sheet.word("other_groups", n=len(picture.others))
            sheet.text(0, y, others, colour="soft")
            if picture.adds_up:
                self.figures(y, picture.sums(picture.others), "regular")
        sheet.skip(0.04)
        if picture.adds_up:
            sheet.rule()
            y = sheet.row()
            n = int(picture.total["n_both"])
            key = "charts.total_projects" if picture.groups.projects else "charts.total"
            words = {"n": n} if picture.groups.projects else {}
            sheet.text(0, y, wording.word(key, lang, **words), weight="bold")
            self.figures(y, picture.total, "bold")
        sheet.rule()

    def names(self) -> dict[str, list[str]]:
        """Names of projects in lines, by the keys of the projects."""
        groups, rows, lang = self.picture.groups, self.picture.rows, self.lang
        if not (groups.projects and "project_code" in groups.by):
            return {}
        named = ((row["project_code"], groups.label(row, lang)[1]) for row in rows)
        return project_lines(self.sheet, named, self.labels, self.most)

    def heading(self) -> None:
        sheet, lang, columns = self.sheet, self.lang, self.columns
        unit = self.picture.unit.sign(lang)
        names = (self.picture.first_word(lang), sheet.word("realised"))
        first, second = (word[:1].upper() + word[1:] for word in names)
        used = sheet.word("used")
        heads = {columns[0]: (first, unit), columns[1]: (second, unit), columns[2]: (used, "%")}
        if not self.picture.groups.projects:
            heads[columns[3]] = ("n", "")
        left = columns[0] - max(sheet.width_of(first, "head", "semibold"), 1.1) - 0.2
        room = max(_KEY_ROOM, sheet.key_width(names))
        y = sheet.y + LINE / 2
        place = self.start if left - self.start >= room else 0.0
        sheet.key([("pale", names[0]), ("dark", names[1])], place, y)
        sheet.heads(heads, y)

    def section(self, rows: list[Row], names: Mapping[str, list[str]]) -> None:
        """Rows, and the line their bars stand on along each sheet they are on."""
        sheet = self.sheet
        start = sheet.y

        def base() -> None:
            top = start if sheet.top <= start <= sheet.y else sheet.top
            sheet.line([self.start] * 2, [top, sheet.y], "rule", 0.8, zorder=4)

        sheet.ending = base
        for row in rows:
            self.row(row, names.get(row.get("project_code", "")))
        sheet.ending = None
        base()

    def row(self, row: Row, lines: list[str] | None) -> None:
        label = self.picture.groups.label(row, self.lang)
        y = row_of(self.sheet, label, self.labels, self.most, lines)
        self.scale.pair(self.sheet, y, row["planned"], row["realised"])
        self.figures(y, row, "regular")

    def figures(self, y: float, row: Mapping[str, Any], weight: str) -> None:
        picture, lang = self.picture, self.lang
        cells = [picture.unit.write(row[name], lang) for name in ("planned", "realised")]
        cells.append(in_percent(_ratio(row), lang))
        if not picture.groups.projects:
            cells.append(formats.number(row["n_both"], lang))
        for x, cell in zip(self.columns, cells, strict=True):
            self.sheet.cell(x, y, cell, weight=weight)


def _size(row: Mapping[str, Any]) -> float:
    return 0.0 if formats.is_missing(row["planned"]) else float(row["planned"])


def _ratio(row: Mapping[str, Any]) -> float | None:
    return ratio(row["planned"], row["realised"])
