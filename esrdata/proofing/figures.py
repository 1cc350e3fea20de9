"""All figures that a portfolio can give, each computed when the words of a draft name it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import chain, product
from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.knowledge import load
from esrdata.knowledge.formats import is_missing
from esrdata.portfolio import Portfolio
from esrdata.proofing.figure import Figure, Group, adds_up, group_of
from esrdata.proofing.joined import Joined
from esrdata.proofing.made import Made, Part, SoFar
from esrdata.proofing.number import MONEY, PERCENT, PLAIN
from esrdata.proofing.projects import MANY, Projects
from esrdata.proofing.spelt import with_spellings
from esrdata.stats import groups

#: Families of figures: sums and counts of projects, use of planned money, participants, other
#: indicators.
MONEY_FIGURES, USE, PEOPLE, COUNTS = "money", "use", "participants", "indicators"


class Figures:
    """The figures of a portfolio, computed for the groups that are asked for."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio = with_spellings(portfolio)
        self._known: dict[tuple[str, ...], Made] = {}
        self._single: dict[str, list[Figure]] = {}
        self._many, self._so_far = 0, SoFar(())
        shelf = load.proof("figures")
        self._columns: Mapping[str, Mapping[str, Mapping[str, str]]] = shelf["statistics"]
        self._made: Mapping[str, Mapping[str, str]] = shelf["made"]
        self._within: Mapping[str, Sequence[str]] = shelf["within"]
        self._about: Mapping[str, Mapping[str, str]] = shelf["about"]
        funding = portfolio.funding.dropna(subset=["amount_eur"])
        self.measures = [m for m in ("public_total", "eu_and_state", "total", "eu")
                         if (funding["measure"] == m).any()]  # fmt: skip
        counts = portfolio.indicators.dropna(subset=["total"])
        self.indicators = set(counts["indicator"])
        self.periods = portfolio.projects["programme_period"].dropna().nunique()
        self.funds = portfolio.projects["fund"].dropna().nunique()
        self._projects = Projects(portfolio, self.measures)
        self.joined = Joined(portfolio, self._projects)

    def of(self, group: Mapping[str, str], families: Sequence[str]) -> list[Figure]:
        """The figures of a group, of any period and fund where it names none and needs one.

        `families` are some of `MONEY_FIGURES`, `USE`, `PEOPLE` and `COUNTS`: a statistic is
        computed when a draft has a number that may be one of its figures.
        """
        if "project_code" in group:
            return self._project(group["project_code"]) if len(group) == 1 else []
        dims = list(group)
        for name in group:
            dims += [more for more in self._within.get(name, ()) if more not in dims]
        order = [name for name in load.proof("figures")["groups"] if name in dims]
        if len(order) != len(dims):
            return []
        found: list[Figure] = []
        for family in families:
            known = self._by(tuple(order), family)
            if len(order) == len(group):
                found += known.of(tuple((name, group[name]) for name in order))
                continue
            apart = list(known.within(group))
            found += apart
            if len({figure.group for figure in apart}) > 1:
                # No word names one period or fund, so all together may be meant as well.
                asked = tuple((name, group[name]) for name in order if name in group)
                found += self._by(tuple(name for name, _ in asked), family).of(asked)
        return found

    def _project(self, code: str) -> list[Figure]:
        """The figures of one project."""
        if code not in self._single:
            group: Group = (("project_code", code),)
            self._single[code] = list(self._projects.of_project(code, group))
        return self._single[code]

    def once(self, name: str, values: Sequence[str], added: Figure) -> Figure | None:
        """A count or sum over several groups, each project counted once; None for other figures."""
        if not adds_up(added):
            return None
        keys = groups.keys(self.portfolio, [name])
        return self._projects.over(
            keys.loc[keys[name].astype("string").isin(values), "project_code"], added
        )

    def beside(self, figure: Figure) -> list[Figure]:
        """The same figure for every group of its kind; none where there are too many to compute."""
        by = tuple(name for name, _ in figure.group)
        return [
            one
            for (*names, _), known in self._known.items()
            if tuple(names) == by and len(known) <= MANY
            for one in known
            if figure.is_same(one) and all(value for _, value in one.group)
        ]

    def so_far(self) -> SoFar:
        """All figures computed so far."""
        many = len(self._single) + sum(known.made for known in self._known.values())
        if many != self._many:
            singles = chain.from_iterable(self._single.values())
            self._many = many
            self._so_far = SoFar(chain(*self._known.values(), singles))
        return self._so_far

    def without_one(self, whole: Figure) -> Iterator[float]:
        """A total without one fund or region, as it stood before that was added."""
        if whole.group or not adds_up(whole):
            return
        family = PEOPLE if whole.what == "participants" else MONEY_FIGURES
        for name in ("fund", "region"):
            for one in self._by((name,), family):
                if whole.is_same(one) and all(value for _, value in one.group):
                    yield whole.value - one.value

    def _by(self, by: tuple[str, ...], family: str) -> Made:
        if (*by, family) not in self._known:
            make = {MONEY_FIGURES: self._money, USE: self._use}.get(family)
            parts, more, *late = self._counted(family, by) if make is None else make(by)
            self._known[(*by, family)] = Made(by, parts, more, *late)
        return self._known[(*by, family)]

    @cache  # noqa: B019 - there is one of these per proof
    def _keys(self, by: tuple[str, ...]) -> dict[Group, list[str]]:
        """The project codes of each group."""
        keys = groups.keys(self.portfolio, list(by)) if by else self.portfolio.projects
        found: dict[Group, list[str]] = {}
        for row in keys[["project_code", *by]].to_dict("records"):
            group = group_of(by, map(row.get, by))
            found.setdefault(group, []).append(row["project_code"])
        return found

    def _of(self, group: Group) -> Portfolio:
        """A portfolio of one group."""
        codes = self._keys(tuple(name for name, _ in group))[group]
        return self.portfolio.select(self.portfolio.projects["project_code"].isin(codes))

    def _money(self, by: tuple[str, ...]) -> tuple[Any, ...]:
        asked = list(by) or None
        parts: list[Part] = []
        for measure in self.measures:
            table = stats.planned_and_realised(self.portfolio, by=asked, measure=measure)
            of_table = partial(self._of_table, "planned_and_realised", by=by, measure=measure)
            parts += [(table, of_table), (table, partial(self._compared, by=by, measure=measure))]
        many = len(self._keys(by)) > MANY
        more = [] if many else list(self._projects.aggregates(by))
        if not self.measures:
            more += self._counts(by)
        if not by:
            more += self._concentration()
        return (parts, more, self._keys(by), self._aggregates) if many else (parts, more)

    def _aggregates(self, group: Group) -> Iterator[Figure]:
        """Means, medians and the like of one group, where there are many groups."""
        for figure in Projects(self._of(group), self.measures).aggregates(()):
            yield replace(figure, group=group)

    def _use(self, by: tuple[str, ...]) -> tuple[Any, ...]:
        if len(self._keys(by)) > MANY:
            return [], [], self._keys(by), self._use_of
        return [
            (stats.absorption(self.portfolio, by=list(by) or None, measure=measure),
             partial(self._of_table, "absorption", by=by, measure=measure))
            for measure in self.measures
        ], []  # fmt: skip

    def _use_of(self, group: Group) -> Iterator[Figure]:
        """Absorption of one group, where there are many groups."""
        for measure in self.measures:
            table = stats.absorption(self._of(group), measure=measure)
            for figure in self._of_table("absorption", table, (), measure):
                yield replace(figure, group=group)

    def _counted(self, statistic: str, by: tuple[str, ...]) -> tuple[list[Part], list[Figure]]:
        known = self.indicators & {PEOPLE} if statistic == PEOPLE else self.indicators - {PEOPLE}
        if not known:
            return [], []
        table = getattr(stats, statistic)(self.portfolio, by=list(by) or None)
        return [(table, partial(self._of_table, statistic, by=by, measure=""))], []

    @cache  # noqa: B019 - there is one of these per proof
    def _total(self, measure: str) -> "pd.Series[Any]":
        return stats.planned_and_realised(self.portfolio, measure=measure).iloc[0]

    def _of_table(
        self, statistic: str, table: pd.DataFrame, by: tuple[str, ...], measure: str
    ) -> Iterator[Figure]:
        about = tuple(self._about.get(statistic, {}).items())
        for row in table.to_dict("records"):
            group = group_of(by, map(row.get, by))
            for column, facets in self._columns[statistic].items():
                value: Any = row.get(column)
                if is_missing(value):
                    continue
                more = dict(facets)
                if "indicator" in row and row["indicator"] != "participants":
                    more["what"] = str(row["indicator"])
                elif "what" not in more:
                    continue
                unit, value = _unit(more, float(value))
                yield Figure(
                    value, unit, statistic=statistic, column=column, group=group,
                    measure=measure, about=about, **more,
                )  # fmt: skip

    def _compared(self, table: pd.DataFrame, by: tuple[str, ...], measure: str) -> Iterator[Figure]:
        """Ratio and gap of the two sums, and the shares of the whole."""
        total = self._total(measure) if by else None
        for row in table.to_dict("records"):
            group = group_of(by, map(row.get, by))
            made: dict[str, float] = {}
            if not is_missing(row["planned"]) and not is_missing(row["realised"]):
                made["gap"] = float(row["planned"]) - float(row["realised"])
                if row["planned"] > 0:
                    made["ratio"] = 100 * float(row["realised"]) / float(row["planned"])
                    made["unused"] = 100 - made["ratio"]
            if total is not None:
                pairs = (("share_of_n", "n"), ("share_of_planned", "planned_all"),
                         ("share_of_realised", "realised"))  # fmt: skip
                for name, column in pairs:
                    known = not is_missing(row[column]) and not is_missing(total[column])
                    if known and total[column]:
                        made[name] = 100 * float(row[column]) / float(total[column])
            for name, value in made.items():
                facets: Mapping[str, Any] = self._made[name]
                unit = MONEY if name == "gap" else PERCENT
                yield Figure(
                    value, unit, statistic="planned_and_realised", column=name, group=group,
                    measure=measure, **facets,
                )  # fmt: skip

    def _counts(self, by: tuple[str, ...]) -> Iterator[Figure]:
        """Numbers of projects, where no source has sums."""
        for group, codes in self._keys(by).items():
            yield Figure(float(len(codes)), PLAIN, "projects", "count", "overview", "n", group)

    def _concentration(self) -> Iterator[Figure]:
        """Shares of the largest applicants."""
        for measure, stage in product(self.measures, ("planned", "realised")):
            table = stats.concentration(self.portfolio, measure=measure, stage=stage)
            for largest in (5, 10):
                if len(table) >= largest:
                    value = 100 * float(table["cumulative_share"].iloc[largest - 1])
                    yield Figure(value, PERCENT, "funding", "share", "concentration",
                                 "cumulative_share", stage=stage, measure=measure,
                                 part=f"largest_{largest}")  # fmt: skip
            if stage == "planned" and len(table):
                yield Figure(float(len(table)), PLAIN, "applicants", "count", "concentration",
                             "rank", measure=measure)  # fmt: skip


def _unit(facets: Mapping[str, str], value: float) -> tuple[str, float]:
    if facets["kind"] in ("ratio", "share"):
        return PERCENT, 100 * value
    return (MONEY if facets["kind"] in ("sum", "gap") else PLAIN), value
