"""What every chapter is made with: the portfolio, words, columns, and groups of projects."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from esrdata.knowledge import load, wording
from esrdata.portfolio import Portfolio
from esrdata.present import charts
from esrdata.present.charts.style import group_heading, group_label
from esrdata.present.model import Column, Figure, Section, Table
from esrdata.stats.columns import kind, label
from esrdata.stats.plausibility import verdicts
from esrdata.tables.plausibility import Verdict

#: So many projects or fewer are shown one by one and not compared in groups.
FEW = 8
#: Above so many, cards are left out unless they are asked for.
MANY = 200
#: Rows of findings, conflicts and claims in the report; the tables beside it have all.
ROWS = 100
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

    @cached_property
    def verdicts(self) -> dict[str, list[Verdict]]:
        """What each check of plausibility says of each project."""
        return verdicts(self.portfolio)

    def word(self, key: str, **values: object) -> str:
        """Words of the pack in the language of the report."""
        return wording.word(f"content.{key}", self.lang, **values)

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

    def section(self, key: str, *paragraphs: str, parts: Sequence[Table | Figure] = ()) -> Section:
        """A chapter under its title."""
        return Section(key, self.word(f"{key}.title"), paragraphs, parts)

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        """What projects are compared by, where there is more than one group of them."""
        if self.few:
            return
        places = self.portfolio.locations
        for name in _GROUPS:
            by = ["programme_period", "fund", name] if name in _PROGRAMME else [name]
            if name == "region":
                found = places.loc[places["level"] == name, "name"].nunique()
            else:
                found = len(self.portfolio.projects.dropna(subset=[name])[by].drop_duplicates())
            if found > 1:
                yield name, by

    def groups_of_people(self) -> Iterator[tuple[str, list[str]]]:
        """What counts are compared by: the whole, then what the programme divides projects by."""
        yield "all", []
        yield from ((name, by) for name, by in self.groups() if name in _PROGRAMME)

    def grouped(self, table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
        """A statistics table with the labels of its groups in one column."""
        rows = table.to_dict("records")
        periods = len({row.get("programme_period") for row in rows}) > 1
        funds = len({row.get("fund") for row in rows}) > 1
        labels = []
        for row in rows:
            own = {str(name): value for name, value in row.items()}
            label = group_label(own, by[-1:], self.lang)
            before = [str(own["programme_period"]).replace("-", "–")] if periods else []
            before += [str(own["fund"])] if funds else []
            labels.append(": ".join([" ".join(before), label]) if before else label)
        return table.assign(group=pd.Series(labels, index=table.index, dtype="string"))

    def headed(self, name: str, by: Sequence[str], table: pd.DataFrame) -> tuple[str, pd.DataFrame]:
        """What a table is grouped by, and the table so labelled; by nothing is the whole."""
        if by:
            return group_heading(name, self.lang), self.grouped(table, by)
        head = wording.word("report.whole_material", self.lang)
        return head, table.assign(group=head)

    def more(self, first: int, n: int, table: str) -> str:
        """What to say below rows that are not all; nothing if they are."""
        return "" if first == n else self.word("more", first=first, n=n, table=table)

    def figure(self, key: str, title: str, chart: str, table: pd.DataFrame, **more: Any) -> Figure:
        """A chart of a statistics table, drawn when the report is written."""

        def draw() -> Any:
            return getattr(charts, chart)(table, lang=self.lang, with_title=False, **more)

        return Figure(key, title, draw)

    def form(self, form: object) -> str:
        """Forms by their names; a file can hold several."""
        if wording.is_missing(form):
            return wording.word("format.missing", self.lang)
        return ", ".join(wording.word(f"form.{name}", self.lang) for name in str(form).split(", "))
