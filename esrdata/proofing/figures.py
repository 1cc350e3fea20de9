"""Every figure that a portfolio can give, with the words that name it; made when they are named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, combinations, product
from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.knowledge import load
from esrdata.knowledge.wording import is_missing
from esrdata.portfolio import Portfolio
from esrdata.proofing.numbers import MONEY, PERCENT, PLAIN, Number
from esrdata.proofing.spelt import dimensions, with_spellings
from esrdata.stats import groups
from esrdata.stats.who import NAMED, organisations

Group = tuple[tuple[str, str], ...]
#: Above so many groups no quartile of each is looked for: nobody writes of them one by one.
_MANY = 400
#: Of so many names of one organisation it is tried which of them together a number is of.
_NAMES = 8
_MONTH = 365.25 / 12
#: Families of figures: sums and counts of projects, use of what was planned, participants, and the
#: other indicators.
MONEY_FIGURES, USE, PEOPLE, COUNTS = "money", "use", "people", "indicators"
_AGGREGATES = ("mean", "median", "q1", "q3", "min", "max")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its value, what it is of, and how it was made.

    `value` is in euros, per cent or what is counted. `group` names the projects, nothing all;
    `about` are words of groups that it answers to besides. `statistic` and `column` are as in
    `esrdata.stats`, or `overview` and what was done with its column.
    """

    value: float
    unit: str
    what: str
    kind: str
    statistic: str
    column: str
    group: Group = ()
    stage: str = ""
    agg: str = ""
    measure: str = ""
    part: str = ""
    about: Group = ()

    def is_like(self, other: "Figure") -> bool:
        """Whether it is of the same group, or of the same organisation by another of its names."""
        if self.group == other.group:
            return True
        one, two = dict(self.group), dict(other.group)
        shared = one.keys() & two.keys()
        return (
            dimensions(self.group) == dimensions(other.group)
            and all(one[name] == two[name] for name in shared)
            and len(shared) < len(one)
        )

    def name(self) -> str:
        """How it is made, in one line."""
        by = ", ".join(name for name, _ in self.group)
        asked = [f"by={by}"] if by else []
        asked += [f"measure={self.measure}"] if self.measure else []
        of = ", ".join(f"{name}={value}" for name, value in self.group)
        return f"{self.statistic}({', '.join(asked)}).{self.column}" + (f" [{of}]" if of else "")


def _adds_up(figure: Figure) -> bool:
    """Whether it is a count of projects or a sum, which can be made of any projects."""
    of_sum = figure.kind == "sum" and figure.what == "funding" and figure.stage != ""
    of_count = figure.kind == "count" and figure.what == "projects" and not figure.part
    return not figure.agg and (of_sum or of_count)


class Figures:
    """The figures of a portfolio, made for the groups that are asked for."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio = with_spellings(portfolio)
        self._known: dict[tuple[str, ...], dict[Group, list[Figure]]] = {}
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
        self._overview: pd.DataFrame | None = None

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
                found += known.get(tuple((name, group[name]) for name in order), [])
                continue
            for key, figures in known.items():
                own = dict(key)
                if all(own[name] == value for name, value in group.items()):
                    found += figures
        return found

    def _project(self, code: str) -> list[Figure]:
        """What is known of one project."""
        group: Group = (("project_code", code),)
        known = self._known.setdefault(("project_code",), {})
        if group not in known:
            known[group] = list(self._of_project(code, group))
        return known[group]

    def _of_project(self, code: str, group: Group) -> Iterator[Figure]:
        rows = self.overview[self.overview["project_code"] == code]
        if len(rows) != 1:
            return
        row = rows.iloc[0]
        for measure in self.measures:
            sums = {stage: row[f"{measure}_{stage}"] for stage in ("planned", "realised")}
            for stage, value in sums.items():
                if not is_missing(value):
                    yield Figure(float(value), MONEY, "funding", "sum", "overview",
                                 f"{measure}_{stage}", group,
                                 stage=stage, measure=measure)  # fmt: skip
            planned, realised = sums["planned"], sums["realised"]
            if not is_missing(planned) and not is_missing(realised):
                yield Figure(float(planned - realised), MONEY, "funding", "gap", "overview",
                             f"{measure}_gap", group, measure=measure)  # fmt: skip
                if planned > 0:
                    yield Figure(100 * float(realised / planned), PERCENT, "funding", "ratio",
                                 "overview", f"{measure}_absorption", group,
                                 measure=measure)  # fmt: skip
        if not is_missing(row["days"]):
            for unit, divided in (("days", 1.0), ("months", _MONTH), ("years", 365.25)):
                yield Figure(float(row["days"]) / divided, PLAIN, "duration", unit, "overview",
                             "duration_days", group)  # fmt: skip
        counts = self.portfolio.indicators
        counts = counts[counts["project_code"] == code]
        for count in counts.to_dict("records"):
            for column, part in (("total", ""), ("women", "women")):
                if not is_missing(count[column]):
                    what = str(count["indicator"])
                    yield Figure(float(count[column]), PLAIN, what, "count", "overview",
                                 f"{what}_{count['stage']}", group, stage=str(count["stage"]),
                                 part=part)  # fmt: skip

    def once(self, name: str, values: Sequence[str], added: Figure) -> Figure | None:
        """A count or sum of several groups with every project counted once; None of others."""
        if not _adds_up(added):
            return None
        keys = groups.keys(self.portfolio, [name])
        return self._over(keys.loc[keys[name].astype("string").isin(values), "project_code"], added)

    def _over(self, codes: "pd.Series[Any]", like: Figure) -> Figure:
        """A count or a sum of some projects."""
        if like.kind == "count":
            return replace(like, value=float(codes.nunique()))
        rows = self.overview[self.overview["project_code"].isin(codes)]
        if like.column != "planned_all":
            rows = rows.dropna(subset=[f"{like.measure}_{s}" for s in ("planned", "realised")])
        return replace(like, value=float(rows[f"{like.measure}_{like.stage}"].sum()))

    def _joining(self, figure: Figure) -> str | None:
        """By what a group is one of organisations of several names; None if it is not."""
        for name, value in figure.group:
            if name in NAMED and value in self._joined(name):
                return name
        return None

    def may_be_another(self, figure: Figure, number: Number) -> bool:
        """Whether a count or a sum is right of some of the names that a group has joined."""
        name = self._joining(figure)
        if name is None or not _adds_up(figure):
            return False
        parts = self._apart(figure, name)
        if len(parts) > _NAMES:
            return False
        some = chain.from_iterable(combinations(parts, n) for n in range(1, len(parts) + 1))
        return any(number.fits(sum(values)) for values in some)

    @cache  # noqa: B019 - there is one of these per proof
    def _apart(self, figure: Figure, name: str) -> tuple[float, ...]:
        """A count or a sum of each name, as it is written, of the organisations of a group."""
        keys = groups.keys(self.portfolio, [one for one, _ in figure.group])
        for one, value in figure.group:
            keys = keys[keys[one].astype("string") == value]
        written = self.portfolio.projects.set_index("project_code")[name].str.casefold()
        codes = keys["project_code"].drop_duplicates()
        return tuple(
            self._over(some, figure).value
            for _, some in codes.groupby(codes.map(written), dropna=False)
        )

    @cache  # noqa: B019 - there is one of these per proof
    def _joined(self, name: str) -> frozenset[str]:
        written = self.portfolio.projects[name]
        names = pd.Series(organisations(self.portfolio, name), index=written.index)
        spellings = written.str.casefold().groupby(names).nunique()
        return frozenset(str(one) for one in spellings.index[spellings > 1])

    def made(self) -> Iterator[Figure]:
        """Every figure that has been made so far."""
        for known in self._known.values():
            for figures in known.values():
                yield from figures

    def _by(self, by: tuple[str, ...], family: str) -> dict[Group, list[Figure]]:
        if (*by, family) not in self._known:
            found: dict[Group, list[Figure]] = {}
            for figure in getattr(self, f"_{family}")(by):
                found.setdefault(figure.group, []).append(figure)
            self._known[(*by, family)] = found
        return self._known[(*by, family)]

    def _money(self, by: tuple[str, ...]) -> Iterator[Figure]:
        asked = list(by) or None
        for measure in self.measures:
            table = stats.planned_and_realised(self.portfolio, by=asked, measure=measure)
            yield from self._of_table("planned_and_realised", table, by, measure)
            yield from self._compared(table, by, measure)
        if not self.measures:
            keys = groups.keys(self.portfolio, asked) if asked else self.portfolio.projects
            yield from self._counts(keys, by)
        yield from self._aggregates(by)
        if not by:
            yield from self._concentration()

    def _use(self, by: tuple[str, ...]) -> Iterator[Figure]:
        if by and len(groups.keys(self.portfolio, list(by)).drop_duplicates(list(by))) > _MANY:
            return
        for measure in self.measures:
            table = stats.absorption(self.portfolio, by=list(by) or None, measure=measure)
            yield from self._of_table("absorption", table, by, measure)

    def _people(self, by: tuple[str, ...]) -> Iterator[Figure]:
        if "participants" in self.indicators:
            table = stats.participants(self.portfolio, by=list(by) or None)
            yield from self._of_table("participants", table, by, "")

    def _indicators(self, by: tuple[str, ...]) -> Iterator[Figure]:
        if self.indicators - {"participants"}:
            table = stats.indicators(self.portfolio, by=list(by) or None)
            yield from self._of_table("indicators", table, by, "")

    def _group(self, row: Mapping[Any, Any], by: tuple[str, ...]) -> Group:
        return tuple((name, "" if is_missing(row[name]) else str(row[name])) for name in by)

    def _of_table(
        self, statistic: str, table: pd.DataFrame, by: tuple[str, ...], measure: str
    ) -> Iterator[Figure]:
        about = tuple(self._about.get(statistic, {}).items())
        for row in table.to_dict("records"):
            group = self._group(row, by)
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
        """Ratio and gap of both sums, and the shares of the whole."""
        total = stats.planned_and_realised(self.portfolio, measure=measure).iloc[0] if by else None
        for row in table.to_dict("records"):
            group = self._group(row, by)
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

    def _counts(self, keys: pd.DataFrame, by: tuple[str, ...]) -> Iterator[Figure]:
        """How many projects, where no source has sums."""
        if not by:
            yield Figure(float(len(keys)), PLAIN, "projects", "count", "overview", "n")
            return
        sizes = keys.groupby(list(by), dropna=False, sort=False).size()
        for label, n in sizes.reset_index(name="n_").to_dict("split")["data"]:
            yield Figure(float(n), PLAIN, "projects", "count", "overview", "n",
                         ((by[0], str(label)),))  # fmt: skip

    @property
    def overview(self) -> pd.DataFrame:
        """One row per project with what aggregates are made of."""
        if self._overview is None:
            projects = self.portfolio.projects
            table = projects[["project_code", "applicant_id"]].copy()
            days = (projects["end_date"] - projects["start_date"]).dt.days + 1
            table["days"] = days.where(days > 0).astype("Float64")
            funding = self.portfolio.funding
            for measure in self.measures:
                for stage in ("planned", "realised"):
                    rows = funding[(funding["measure"] == measure) & (funding["stage"] == stage)]
                    sums = rows.drop_duplicates("project_code").set_index("project_code")
                    table[f"{measure}_{stage}"] = (
                        sums["amount_eur"]
                        .reindex(table["project_code"])
                        .to_numpy(dtype=float, na_value=float("nan"))
                    )
            self._overview = table
        return self._overview

    def _aggregates(self, by: tuple[str, ...]) -> Iterator[Figure]:
        """Means, medians, quartiles and ends of the sums and lengths of projects."""
        rows = self.overview
        if by:
            keys = groups.keys(self.portfolio, list(by))
            rows = keys.merge(rows, on="project_code", how="left")
            parts: Any = rows.groupby(list(by), dropna=False, sort=False)
        else:
            parts = [((), rows)]
        names = [str(name) for name in rows if name not in ("project_code", "applicant_id", *by)]
        many = by and len(parts) > _MANY
        if many:
            return
        for label, part in parts:
            key = label if isinstance(label, tuple) else (label,)
            group = tuple(
                (name, "" if is_missing(one) else str(one))
                for name, one in zip(by, key, strict=True)
            )
            n = part["applicant_id"].dropna().nunique()
            yield Figure(float(n), PLAIN, "applicants", "count", "overview", "applicants", group)
            for name in names:
                values = part[name].dropna().astype(float)
                if not len(values):
                    continue
                found = dict(zip(_AGGREGATES, (
                    values.mean(), values.median(), values.quantile(0.25), values.quantile(0.75),
                    values.min(), values.max(),
                ), strict=True))  # fmt: skip
                for agg, value in found.items():
                    yield from self._aggregate(str(name), agg, float(value), group)
                if name.endswith("planned"):
                    large = values[values >= 1_000_000]
                    yield Figure(float(len(large)), PLAIN, "projects", "count", "overview",
                                 "large", group, part="million")  # fmt: skip
                    yield Figure(100 * len(large) / len(values), PERCENT, "projects", "share",
                                 "overview", "large_share", group, part="million")  # fmt: skip
                    if values.sum() > 0:
                        yield Figure(100 * large.sum() / values.sum(), PERCENT, "funding", "share",
                                     "overview", "large_money", group, part="million")  # fmt: skip

    def _aggregate(self, name: str, agg: str, value: float, group: Group) -> Iterator[Figure]:
        if name == "days":
            for unit, divided in (("days", 1.0), ("months", _MONTH), ("years", 365.25)):
                yield Figure(value / divided, PLAIN, "duration", unit, "overview",
                             f"duration_{agg}", group, agg=agg)  # fmt: skip
            return
        measure, _, stage = name.rpartition("_")
        yield Figure(value, MONEY, "funding", "sum", "overview", f"{agg} of {name}", group,
                     stage=stage, agg=agg, measure=measure)  # fmt: skip

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
            if stage == "planned":
                yield Figure(float(len(table)), PLAIN, "applicants", "count", "concentration",
                             "rank", measure=measure)  # fmt: skip


def _unit(facets: Mapping[str, str], value: float) -> tuple[str, float]:
    if facets["kind"] in ("ratio", "share"):
        return PERCENT, 100 * value
    return (MONEY if facets["kind"] in ("sum", "gap") else PLAIN), value
