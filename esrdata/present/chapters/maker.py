"""What every chapter is made with: the portfolio, words, columns, and groups of projects."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from inspect import signature
from typing import Any

import pandas as pd

from esrdata.knowledge import formats, load, wording
from esrdata.portfolio import Portfolio
from esrdata.present import charts
from esrdata.present.chapters.figures import Figures
from esrdata.present.charts.grouping import EUROS, axis_name, fund_letters, unit_of, years
from esrdata.present.charts.style import group_heading, group_label
from esrdata.present.model import (
    FOREIGN,
    Column,
    Figure,
    Section,
    Table,
    written,
    written_column,
)
from esrdata.stats.columns import kind, label
from esrdata.stats.groups import keys
from esrdata.stats.intervals import FEWEST
from esrdata.stats.plausibility import verdicts
from esrdata.tables.linking.sources import newest_day
from esrdata.tables.plausibility import Verdict

#: So many projects or fewer are shown one by one and not compared in groups.
FEW = 8
#: Above so many, cards are left out unless they are asked for.
MANY = 200
#: Rows of findings, conflicts and claims in the report; the tables beside it have all.
ROWS = 100
#: Columns that are missing because nothing is computed, and not for want of a source.
_COMPUTED = ("_low", "_high")
_PROGRAMME = ("priority_axis", "specific_objective")
_GROUPS = (*_PROGRAMME, "authority", "region")


class Maker:
    """Makes the parts of the chapters of one report."""

    def __init__(
        self,
        portfolio: Portfolio,
        lang: str,
        before: Portfolio | None,
        cards: bool | None,
        evidence: Mapping[str, str],
        compare: Mapping[str, Portfolio] | None = None,
        whom: Sequence[str] = (),
    ) -> None:
        self.portfolio, self.lang, self.before = portfolio, lang, before
        self.evidence, self.others, self.whom = evidence, compare or {}, whom
        self.with_cards = len(portfolio) <= MANY if cards is None else cards
        self.few = len(portfolio) <= FEW
        self.overview = portfolio.overview()
        #: Groups that the recipe asks for in the chapter in hand; None is all.
        self.asked: Sequence[str] | None = None
        #: Why chapters are left out that a reader looks for, for the chapter on method.
        self.without: list[str] = []

    @cached_property
    def figures(self) -> Figures:
        """The main figures, for the first page and the titles of chapters."""
        return Figures(self.portfolio, self.overview)

    @cached_property
    def absent(self) -> list[str]:
        """Topics on which no source has anything: a sentence, and no chapter."""
        tables = self.portfolio.tables
        counts = tables["indicators"]
        counts = counts[counts["total"].notna() | ~counts["applicable"].fillna(True)]
        people = counts["indicator"] == "participants"
        scores = tables["sustainability"]
        answers = tables["horizontal"]
        found = {
            "participants": counts[people],
            "indicators": counts[~people],
            "sustainability": scores[scores["direct"].notna() | scores["indirect"].notna()],
            "horizontal": answers[answers["answer"].notna()],
            "stated": tables["narratives"],
            "regions": tables["locations"],
            "time": tables["projects"].dropna(subset=["start_date", "end_date"]),
        }
        return [name for name, table in found.items() if not len(table)]

    @cached_property
    def n_conflicts(self) -> int:
        """How many facts the sources of a project state differently."""
        rows = self.portfolio.conflicts
        return len(rows[["project_code", "field"]].drop_duplicates())

    @cached_property
    def several_sources(self) -> bool:
        """Whether any project stands in more than one source."""
        return bool(
            len(self.portfolio.links)
            or self.portfolio.files["descriptions"].sum() > len(self.portfolio)
        )

    @cached_property
    def newest(self) -> tuple[pd.Timestamp, bool] | None:
        """The day of the newest list, and whether it is inferred; None where no list has one."""
        return newest_day(self.portfolio.files)

    @property
    def day(self) -> str | None:
        """The day of the newest list in words."""
        return None if self.newest is None else wording.day_of_data(*self.newest, self.lang)

    @cached_property
    def funds(self) -> set[str]:
        """The funds of the projects."""
        return set(self.portfolio.projects["fund"].dropna().unique())

    @cached_property
    def languages(self) -> dict[str, str]:
        """In which language each project is described; lists are in Finnish."""
        projects = self.portfolio.projects
        return dict(
            zip(projects["project_code"], projects["form_language"].fillna("fi"), strict=True)
        )

    @cached_property
    def verdicts(self) -> dict[str, list[Verdict]]:
        """What each check of plausibility says of each project."""
        return verdicts(self.portfolio)

    def word(self, key: str, **values: object) -> str:
        """Words of the pack in the language of the report."""
        return wording.word(f"content.{key}", self.lang, **values)

    def template(self, key: str) -> str:
        """Words of the pack with their braces."""
        entry: Any = load.words()["content"]
        for part in key.split("."):
            entry = entry[part]
        found: str = entry[self.lang]
        return found

    def title(self, key: str, finding: str | None = None, **values: object) -> str:
        """The title of a chapter: what it is about, and what it shows where that is known."""
        name = self.word(f"{key}.title")
        if finding is None:
            return name
        return self.word("titled", name=name, finding=self.word(f"{key}.{finding}", **values))

    def unit(self, amount: object) -> str:
        """How sums of about this size are written: in millions, or in euros."""
        large = not formats.is_missing(amount) and abs(float(str(amount))) >= 1_000_000
        return "millions" if large else "money"

    def short_sum(self, amount: object, kind: str) -> str:
        """A sum with its unit, such as ``1 436,2 M€``."""
        text = Column("", "", kind).write(amount, self.lang)
        return self.word("unit.short", number=text) if kind == "millions" else text

    def sum_in_words(self, amount: float) -> str:
        """A sum for a sentence, such as ``1 436,2 milj. euroa``."""
        kind = self.unit(amount)
        text = Column("", "", kind).write(amount, self.lang)
        return self.word("unit.sentence", number=text) if kind == "millions" else text

    def of_both(self, text: str) -> str:
        """A text on what is planned and realised, with of how many if some lack one of the two."""
        both = int(self.figures.both.sum())
        return text if both == len(self.portfolio) else self.word("of_both", text=text, n=both)

    def interval(self, low: object, high: object) -> str:
        """An interval of percentages."""
        numbers = [formats.number(float(str(v)) * 100, self.lang, 1) for v in (low, high)]
        return self.word("unit.interval", low=numbers[0], high=numbers[1])

    def listed(self, names: "Iterable[str]") -> str:
        """Names in a sentence, the last one after *and*."""
        *first, last = list(names)
        return self.word("listed", first=", ".join(first), last=last) if first else last

    def sums(
        self, frame: pd.DataFrame, *names: str, beside: Sequence[str] = (), projects: bool = False
    ) -> list[Column]:
        """Columns of sums in one unit, as in charts; the heading has the unit.

        What stands `beside` them is in their unit, and does not choose it.
        """
        known = [float(v) for name in names for v in frame[name].dropna()]
        unit = unit_of(known, max(map(abs, known), default=0.0), projects)
        kind = "money" if unit is EUROS else unit.key
        heads = {n: self.label(n).removesuffix(", €") for n in (*names, *beside)}
        return [Column(n, self.word(f"unit.{kind}", label=h), kind) for n, h in heads.items()]

    def table(
        self,
        key: str,
        title: str,
        columns: Sequence[Column],
        frame: pd.DataFrame,
        note: str = "",
        **more: Any,
    ) -> Table:
        """A table without the columns that would be all dashes; the note says which they are."""
        # Each column that is taken of a table with attrs would have a copy of them.
        frame = pd.DataFrame(frame)
        empty = [c for c in columns[1:] if len(frame) and frame[c.name].isna().all()]
        kept = [column for column in columns if column not in empty]
        stated = [c.label for c in empty if not c.name.endswith(_COMPUTED)]
        if stated:
            # Headings have commas of their own.
            names = "; ".join(stated)
            note = f"{note} {self.word('not_stated', columns=names)}".strip()
        if len(stated) < len(empty) or _too_few(frame, columns):
            note = f"{note} {self.word('no_interval')}".strip()
        if "project_code" in frame and any(column.foreign for column in columns):
            frame = frame.assign(**{FOREIGN: frame["project_code"].map(self.languages)})
        return Table(key, title, kept, frame, note, **more)

    def totalled(self, rows: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
        """Rows of groups and one of all projects below them, each project counted once."""
        last = whole.head(1).assign(group=self.word("total"))
        return pd.concat([rows, last[[c for c in last if c in rows]]], ignore_index=True)

    def overlap(self, name: str) -> str:
        """What to say of groups a project can be in several of; nothing of others."""
        return self.word("overlap") if name == "region" else ""

    def left_out(self, table: pd.DataFrame, own: Mapping[str, str] | None = None) -> str:
        """How many projects a statistic leaves out, and why; its own reasons by the English one."""
        known = {**reasons(self.lang), **(own or {})}
        found = [
            (known.get(row["reason"], row["reason"]), row["n"])
            for row in table.attrs.get("exclusions", [])
            if row["n"]
        ]
        if not found:
            return ""
        plain = [(reason[:1].lower() + reason[1:].rstrip("."), n) for reason, n in found]
        # The number of a reason that is the only one stands before it already.
        reasons_text = plain[0][0]
        if len(plain) > 1:
            reasons_text = "; ".join(self.word("reason", reason=reason, n=n) for reason, n in plain)
        return self.word("left_out", n=sum(n for _, n in found), reasons=reasons_text)

    def label(self, name: str) -> str:
        """The heading of a column: of the report, of charts, or of a table of the contract."""
        if name in load.words()["content"]["label"]:
            return self.word(f"label.{name}")
        return label(name, self.lang)

    def columns(self, **kinds: str) -> list[Column]:
        """Columns of these kinds; percentages have as many decimals as on cards."""
        return [
            Column(name, self.label(name), kind, int(kind == "percent"))
            for name, kind in kinds.items()
        ]

    def columns_of(self, statistic: str, *names: str) -> list[Column]:
        """Columns of a statistics table, behind that of its groups."""
        kinds = {name: kind(statistic, name) for name in names}
        return self.columns(group="text", **kinds)

    def of_few(
        self, columns: Sequence[Column], rows: pd.DataFrame, of: Mapping[str, str]
    ) -> tuple[list[Column], pd.DataFrame]:
        """Shares of fewer projects than an interval needs, as counts: ``2/3`` and not 67 %.

        Parameters
        ----------
        columns
            Columns of the table; shares among them become of kind ``figure`` where any is of few.
        rows
            Its rows.
        of
            Names of the columns of shares, with that of the projects they are of.
        """
        made = {}
        for column in columns:
            whole = of.get(column.name)
            if whole is None or not (few := rows[whole].fillna(0).between(1, FEWEST - 1)).any():
                continue
            cells = [
                f"{round(float(share) * int(n))}/{int(n)}"
                if small and not formats.is_missing(share)
                else written(share, column.kind, self.lang, column.decimals)
                for share, n, small in zip(rows[column.name], rows[whole], few, strict=True)
            ]
            made[column.name] = written_column(cells, rows.index)
        kept = [replace(c, kind="figure") if c.name in made else c for c in columns]
        return kept, rows.assign(**made)

    def section(
        self,
        key: str,
        *paragraphs: str,
        parts: Sequence[Table | Figure] = (),
        title: str | None = None,
    ) -> Section:
        """A chapter under its title, which may be what it shows."""
        kept = [text for text in paragraphs if text]
        return Section(key, title or self.word(f"{key}.title"), kept, parts)

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        """What projects are compared by, where there is more than one group of them."""
        if self.few:
            return
        places = self.portfolio.locations
        for name in _GROUPS if self.asked is None else self.asked:
            by = self.by_of(name)
            if name == "region":
                found = places.loc[places["level"] == name, "name"].nunique()
            elif name == "size_band":
                found = keys(self.portfolio, name)[name].nunique()
            else:
                found = len(self.portfolio.projects.dropna(subset=[name])[by].drop_duplicates())
            if found > 1:
                yield name, by

    def by_of(self, name: str) -> list[str]:
        """What a group is of: an axis is one of a period and a fund."""
        return ["programme_period", "fund", name] if name in _PROGRAMME else [name]

    def sheet(self, chapter: str, name: str) -> str:
        """A short name for the sheet of a table."""
        brief = load.words()["content"][chapter]
        title = self.word(f"{chapter}.{'sheet' if 'sheet' in brief else 'title'}")
        return self.word("sheet", chapter=title, group=self.word(f"by.{name}"))

    def groups_of_people(self) -> Iterator[tuple[str, list[str]]]:
        """What counts are compared by: the whole, then what the programme divides projects by."""
        yield "all", []
        yield from ((name, by) for name, by in self.groups() if name in _PROGRAMME)

    def grouped(self, table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
        """A statistics table with the labels of its groups in one column."""
        rows = pd.DataFrame(table).to_dict("records")
        periods = len({row.get("programme_period") for row in rows}) > 1
        funds = len({row.get("fund") for row in rows}) > 1
        labels = []
        for row in rows:
            own = {str(name): value for name, value in row.items()}
            label = self._group(own, by[-1])
            named = ["programme_period"] * periods + ["fund"] * funds
            before = [self._before(own, name) for name in named]
            if before and formats.is_missing(own[by[-1]]):
                label = _as_phrase(label)
            comma = any(formats.is_missing(own[name]) for name in named)
            heads = (", " if comma else " ").join(before)
            labels.append(f"{heads}: {label}" if heads else label)
        return table.assign(group=pd.Series(labels, index=table.index, dtype="string"))

    def _before(self, row: Mapping[str, Any], name: str) -> str:
        """The period or the fund of a group, in brief if it is known."""
        if formats.is_missing(row[name]):
            return _as_phrase(group_label(row, [name], self.lang))
        return fund_letters(row[name], self.lang) if name == "fund" else years(row[name])

    def _group(self, row: Mapping[str, Any], name: str) -> str:
        """A group by its label, an axis by its number and its short name."""
        if name == "priority_axis" and not formats.is_missing(row[name]):
            short = axis_name(row, self.lang)
            if short != group_heading(name, self.lang):
                return f"{row[name]}\u00a0{short}"
        return group_label(row, [name], self.lang)

    def headed(self, name: str, by: Sequence[str], table: pd.DataFrame) -> tuple[str, pd.DataFrame]:
        """What a table is grouped by, and the table so labelled; by nothing is the whole."""
        if by:
            return group_heading(name, self.lang), self.grouped(table, by)
        head = wording.word("report.whole_material", self.lang)
        return head, table.assign(group=head)

    def more(self, first: int, n: int, table: str | None = None) -> str:
        """What to say below rows that are not all, and where all are; nothing if they are."""
        if first == n:
            return ""
        if table is None:
            return self.word("some", first=first, n=n)
        known = table in load.table_specs()
        name = wording.table_label(table, self.lang) if known else table
        return self.word("more", first=first, n=n, table=name)

    def figure(self, key: str, title: str, chart: str, table: pd.DataFrame, **more: Any) -> Figure:
        """A chart of a statistics table, drawn when the report is written."""

        def draw() -> Any:
            function = getattr(charts, chart)
            # Titles and notes are those of the page, where a chart gives them as text.
            own = {"with_notes": False} if "with_notes" in signature(function).parameters else {}
            return function(table, lang=self.lang, with_title=False, **own, **more)

        return Figure(key, title, draw, statistic=table)

    def format(self, name: object) -> str:
        """A file format by its usual name; one without an entry as it is called."""
        known = load.words()["content"]["format"]
        return self.word(f"format.{name}") if name in known else str(name)

    def form(self, form: object) -> str:
        """Forms by their names; a file can hold several."""
        if formats.is_missing(form):
            return wording.word("format.missing", self.lang)
        return ", ".join(wording.word(f"form.{name}", self.lang) for name in str(form).split(", "))


def _too_few(frame: pd.DataFrame, columns: Sequence[Column]) -> bool:
    """Whether some row has no interval for want of projects: its dash is no fact not known."""
    ends = [c.name for c in columns if c.name.endswith(_COMPUTED)]
    of = next((frame[name] for name in ("n_answered", "n") if name in frame), None)
    if not ends or of is None:
        return False
    return bool((frame[ends].isna().any(axis=1) & (of < FEWEST).fillna(False)).any())


def _as_phrase(label: str) -> str:
    """The label of what has no name, behind which a colon of another label comes."""
    return label[:1].lower() + label[1:].replace(": ", " ", 1)


def reasons(lang: str) -> dict[str, str]:
    """Reasons as statistics give them, in English, in the language of the report."""
    return {
        entry["en"]: entry[lang]
        for group in ("population", "trace")
        for entry in load.words()[group]["reason"].values()
    }
