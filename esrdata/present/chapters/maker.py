"""What every chapter is made with: the portfolio, words, columns, and groups of projects."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import pandas as pd

from esrdata.knowledge import formats, wording
from esrdata.portfolio import Portfolio
from esrdata.present import charts
from esrdata.present.chapters.figures import Figures
from esrdata.present.chapters.phrases import ALL, Phrases
from esrdata.present.charts.units import EUROS, unit_of, without_unit
from esrdata.present.model import FOREIGN, Column, Figure, Section, Table
from esrdata.present.written import written, written_column
from esrdata.stats.columns import kind
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
#: Quartiles of fewer projects would be made of the smallest and the largest among them.
QUARTILES = 5
#: Columns that are missing because nothing is computed, and not for want of a source.
_COMPUTED, _QUARTILES = ("_low", "_high"), ("q1", "q3")
#: Columns whose texts are in the language of the sources.
_OF_SOURCES = ("name", "unit", "sentence")
_PROGRAMME = ("priority_axis", "specific_objective")
_GROUPS = (*_PROGRAMME, "authority", "region")


class Maker(Phrases):
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
        super().__init__(lang)
        self.portfolio, self.before = portfolio, before
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

    @property
    def pages(self) -> str:
        """The end of a sentence that names evidence pages, where there are any."""
        return self.word("about.pages") if self.evidence else ""

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

    def of_planned(self, text: str) -> str:
        """A text on what is planned, with of how many if it is not known of all."""
        n = int(self.figures.money["n_planned"])
        return text if n == len(self.portfolio) else self.word("of_planned", text=text, n=n)

    def of_every(self, text: str, n: int) -> str:
        """A text on so many projects, with how many there are if not all of them are meant."""
        every = len(self.portfolio)
        return text if n == every else self.word("of_every", text=text, n=every)

    def of_both(self, text: str) -> str:
        """A text on what is planned and realised, with of how many if some lack one of the two."""
        both = int(self.figures.both.sum())
        return text if both == len(self.portfolio) else self.word("of_both", text=text, n=both)

    def sums(
        self, frame: pd.DataFrame, *names: str, beside: Sequence[str] = (), projects: bool = False
    ) -> list[Column]:
        """Columns of sums in one unit, as in charts; the heading has the unit.

        What stands `beside` them is in their unit, and does not choose it.
        """
        known = [float(v) for name in names for v in frame[name].dropna()]
        unit = unit_of(known, max(map(abs, known), default=0.0), projects)
        kind = "money" if unit is EUROS else unit.key
        heads = {n: without_unit(self.label(n), self.lang) for n in (*names, *beside)}
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
        stated = [c.label for c in empty if not c.name.endswith((*_COMPUTED, *_QUARTILES))]
        if stated:
            # Headings have commas of their own.
            names = "; ".join(stated)
            note = f"{note} {self.word('not_stated', columns=names)}".strip()
        if any(c.name.endswith(_COMPUTED) for c in empty) or _too_few(frame, columns):
            note = f"{note} {self.word('no_interval')}".strip()
        quartiles = [c.name for c in columns if c.name.endswith(_QUARTILES)]
        if frame[quartiles].isna().to_numpy().any():
            note = f"{note} {self.word('no_quartiles', least=QUARTILES)}".strip()
        if "project_code" in frame and any(column.foreign for column in columns):
            frame = frame.assign(**{FOREIGN: frame["project_code"].map(self.languages)})
        return Table(key, title, kept, frame, note, **more)

    def totalled(self, rows: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
        """Rows of groups and one of all projects below them, each project counted once."""
        last = whole.head(1).assign(group=self.word("total"))
        return pd.concat([rows, last[[c for c in last if c in rows]]], ignore_index=True)

    def columns(self, by: str = ALL, **kinds: str) -> list[Column]:
        """Columns of these kinds; percentages have as many decimals as on cards.

        The column `group` is called as what it is grouped `by`.
        """
        heads = {} if by == ALL else {"group": self.head(by)}
        return [
            Column(
                name, heads.get(name) or self.label(name), kind, int(kind == "percent"),
                foreign=name in _OF_SOURCES,
            )
            for name, kind in kinds.items()
        ]  # fmt: skip

    def columns_of(self, statistic: str, *names: str, by: str = ALL) -> list[Column]:
        """Columns of a statistics table, behind that of its groups."""
        kinds = {name: kind(statistic, name) for name in names}
        return self.columns(by, group="text", **kinds)

    def of_few(
        self, columns: Sequence[Column], rows: pd.DataFrame, of: Mapping[str, str]
    ) -> tuple[list[Column], pd.DataFrame]:
        """Shares of fewer projects than an interval needs, as counts: ``2/3`` and not 67 %.

        `of` has the columns of shares, each with that of the projects it is of; where any share is
        of few, its column becomes of kind ``figure``.
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

    def groups_of_people(self) -> Iterator[tuple[str, list[str]]]:
        """What counts are compared by: the whole, then what the programme divides projects by."""
        yield ALL, []
        yield from ((name, by) for name, by in self.groups() if name in _PROGRAMME)

    def figure(self, key: str, title: str, chart: str, table: pd.DataFrame, **more: Any) -> Figure:
        """A chart of a statistics table, drawn when the report is written."""

        def draw() -> Any:
            function = getattr(charts, chart)
            # Titles and notes are those of the page.
            return function(table, lang=self.lang, with_title=False, with_notes=False, **more)

        return Figure(key, title, draw, statistic=table)


def _too_few(frame: pd.DataFrame, columns: Sequence[Column]) -> bool:
    """Whether some row has no interval for want of projects: its dash is no fact not known."""
    ends = [c.name for c in columns if c.name.endswith(_COMPUTED)]
    of = next((frame[name] for name in ("n_answered", "n") if name in frame), None)
    if not ends or of is None:
        return False
    return bool((frame[ends].isna().any(axis=1) & (of < FEWEST).fillna(False)).any())
