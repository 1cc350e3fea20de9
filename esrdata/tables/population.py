"""Whom a figure is about: which projects count, and why the others do not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any, Protocol

import numpy as np
import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.knowledge.wording import code_label, lower_first, word
from esrdata.tables.kept import once
from esrdata.tables.lookup import places

#: In `statuses`: projects without a status.
MISSING = "missing"
# Each field of codes: the column of `projects`, its code list, and what one is called.
_CODES = {
    "periods": ("programme_period", "programme_periods", "programming period"),
    "funds": ("fund", "fund", "fund"),
    "statuses": ("status_code", "status", "status"),
}


class _WithTables(Protocol):
    @property
    def tables(self) -> Mapping[str, pd.DataFrame]: ...


Tables = _WithTables | Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Population:
    """Whom a figure is about: the projects that meet all of these conditions.

    Parameters
    ----------
    statuses
        Codes of `status`; ``missing`` takes projects without one. None asks for none: all are
        taken but by figures that are about some, such as absorption about ended projects.
    measure
        A code of `measures`: both sums of it have to be stated, and the planned one to be above
        zero. None asks for no sums.
    exact
        Whether only sums that are stated exactly are sums. If not, so is a sum stated as about
        so much.
    negative
        Whether projects whose realised sum is below zero count; asked with a measure only.
    periods, funds
        Codes of `programme_periods` and `fund`; None takes all.

    Raises
    ------
    UsageError
        If a field has nothing or no text in it. Codes are checked where they are used, for a
        shelf of your own can have more of them.

    Examples
    --------
    >>> Population(statuses="ended", measure="public_total")
    Population(statuses=('ended',), measure='public_total')
    >>> print(Population(funds="ESR"))
    The projects counted meet these conditions: fund European Social Fund.
    """

    statuses: tuple[str, ...] | None = None
    measure: str | None = None
    exact: bool = True
    negative: bool = True
    periods: tuple[str, ...] | None = None
    funds: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        for name in _CODES:
            given: Any = getattr(self, name)
            if given is None:
                continue
            several = isinstance(given, Iterable) and not isinstance(given, str)
            codes = list(given) if several else [given]
            if not codes or not all(isinstance(code, str) for code in codes):
                raise UsageError(f"Give one or several codes as {name}, or None for all projects.")
            # The same conditions are one population in whatever order they were written.
            object.__setattr__(self, name, tuple(sorted({*codes})))
        if self.measure is not None and not isinstance(self.measure, str):
            raise UsageError("Give one code as measure, or None to ask for no sums.")
        for name in ("exact", "negative"):
            if not isinstance(getattr(self, name), bool):
                raise UsageError(f"The condition {name} is True or False.")

    def __repr__(self) -> str:
        given = ", ".join(
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)
            if getattr(self, field.name) != field.default
        )
        return f"Population({given})"

    def __str__(self) -> str:
        return self.sentence("en")

    def as_json(self) -> dict[str, Any]:
        """Give the fields as JSON has them; `from_json` makes the same population of them."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: list(v) if isinstance(v, tuple) else v for name, v in found.items()}

    @classmethod
    def from_json(cls, spec: Mapping[str, Any]) -> "Population":
        """Make a population of what `as_json` gave; fields not there are as by default.

        Raises
        ------
        UsageError
            If there is no such field; the sentence names the nearest.
        """
        known = [field.name for field in fields(cls)]
        for name in spec:
            if name not in known:
                raise UsageError(unknown("condition", str(name), known))
        return cls(**spec)

    def completed(self, other: "Population") -> "Population":
        """The same conditions, and those of another population where this one has none.

        So a figure of ended projects stays so in a population that asks only for a fund; name all
        statuses to have it of all. This one decides which sums count.
        """
        asked = {name: getattr(self, name) for name in (*_CODES, "measure")}
        return replace(
            self, **{name: getattr(other, name) for name, v in asked.items() if v is None}
        )

    def sentence(self, lang: str) -> str:
        """Tell the conditions in one sentence.

        Parameters
        ----------
        lang
            fi, sv or en. Codes have the labels of the shelf in use.

        Raises
        ------
        UsageError
            If the language or a code is unknown; the sentence names the nearest code.
        """
        self._check()
        conditions = "; ".join(self._conditions(lang))
        if not conditions:
            return word("population.all", lang)
        return word("population.some", lang, conditions=conditions)

    @on_its_shelf
    def members(self, portfolio: Tables) -> pd.DataFrame:
        """Tell for each project whether it counts.

        Parameters
        ----------
        portfolio
            The projects; its tables will do.

        Returns
        -------
        DataFrame
            A row per row of `projects`, with its index: `project_code`, `reason` (an English
            sentence, missing where the project counts). Of several reasons the first of this
            order: programming period, fund, status, sums. `attrs`: `exclusions`, every reason
            that was looked for with its number of projects.

        Raises
        ------
        UsageError
            If a code is unknown; the sentence names the nearest.
        """
        self._check()
        tables = portfolio if isinstance(portfolio, Mapping) else portfolio.tables
        reasons = {
            word(f"population.reason.{key}", "en"): holds for key, holds in self._reasons(tables)
        }
        projects = tables["projects"]
        reason = first_reason(reasons, projects.index)
        table = pd.DataFrame({"project_code": projects["project_code"], "reason": reason})
        table.attrs["exclusions"] = [
            {"reason": text, "n": int((reason == text).sum())} for text in reasons
        ]
        return table

    def _check(self) -> None:
        """Raise where a code is not on the shelf."""
        for name, (_, codelist, kind) in _CODES.items():
            known = [row["code"] for row in load.codes(codelist)]
            known += [MISSING] if name == "statuses" else []
            for code in getattr(self, name) or ():
                if code not in known:
                    raise UsageError(unknown(kind, code, known))
        measures = [row["code"] for row in load.codes("measures")]
        if self.measure is not None and self.measure not in measures:
            raise UsageError(unknown("measure", self.measure, measures))

    def _conditions(self, lang: str) -> Iterator[str]:
        if self.periods is not None:
            yield word("population.periods", lang, values=_labels("periods", self.periods, lang))
        if self.funds is not None:
            yield word("population.funds", lang, values=_labels("funds", self.funds, lang))
        if self.statuses is not None:
            yield word("population.statuses", lang, values=_states(self.statuses, lang))
        if self.measure is not None:
            measure = lower_first(code_label("measures", self.measure, lang))
            yield word("population.sums", lang, measure=measure)
            yield word("population.exact" if self.exact else "population.rough", lang)
            if not self.negative:
                yield word("population.not_negative", lang)
        elif not self.exact:
            yield word("population.rough", lang)

    def _reasons(
        self, tables: Mapping[str, pd.DataFrame]
    ) -> "Iterator[tuple[str, pd.Series[Any]]]":
        """Keys of the reasons in their order, each with where it holds."""
        projects = tables["projects"]
        for name, (column, _, _) in _CODES.items():
            codes = getattr(self, name)
            if codes is not None:
                stated = projects[column]
                # A missing one is no other one.
                if MISSING not in codes:
                    yield f"{name}_missing", stated.isna()
                yield f"{name}_other", stated.notna() & ~stated.isin(codes)
        if self.measure is not None:
            planned, roughly = stated_sums(tables, self.measure, "planned")
            realised, about = stated_sums(tables, self.measure, "realised")
            if self.exact:
                yield "not_exact", roughly | about
            yield "planned_missing", planned.isna()
            yield "realised_missing", realised.isna()
            yield "planned_zero", planned <= 0
            if not self.negative:
                yield "realised_negative", realised < 0


def _labels(name: str, codes: Sequence[str], lang: str) -> str:
    """Labels of codes in the order of the shelf."""
    _, codelist, _ = _CODES[name]
    order = [row["code"] for row in load.codes(codelist)]
    return ", ".join(
        lower_first(code_label(codelist, code, lang))
        if name == "periods"
        else code_label(codelist, code, lang)
        for code in order
        if code in codes
    )


def _states(codes: Sequence[str], lang: str) -> str:
    """What is said of projects in these states: one is enough."""
    states = [
        row.get(f"phrase_{lang}")
        or word("population.in_state", lang, label=code_label("status", row["code"], lang))
        for row in load.codes("status")
        if row["code"] in codes
    ]
    states += [word("population.no_status", lang)] if MISSING in codes else []
    *first, last = states
    return word("population.either", lang, first=", ".join(first), last=last) if first else last


def missing_code(column: str) -> str:
    """Why a project without a code in a column of `projects` is out, as an English sentence."""
    (name,) = [name for name, (of, _, _) in _CODES.items() if of == column]
    return word(f"population.reason.{name}_missing", "en")


def default(name: str) -> Population:
    """Whom a figure or a statistic is about where nobody asks for others (`statistics.yml`)."""
    return Population.from_json(load.statistics()["populations"][name])


def everyone() -> Population:
    """All projects by name: every status of the shelf, and none."""
    return Population(statuses=(*(row["code"] for row in load.codes("status")), MISSING))


def members_with(of: Tables, population: Population, measure: str) -> pd.DataFrame:
    """`Population.members` of those whose sums of a measure are there, whatever else is asked."""
    table = population.members(of)
    if population.measure == measure:
        return table
    needs = Population(measure=measure, exact=population.exact, negative=population.negative)
    own = needs.members(of)
    reasons = {row["reason"]: 0 for one in (table, own) for row in one.attrs["exclusions"]}
    table["reason"] = table["reason"].fillna(own["reason"])
    counts = table["reason"].value_counts()
    table.attrs["exclusions"] = [
        {"reason": reason, "n": int(counts.get(reason, 0))} for reason in reasons
    ]
    return table


def stated_sums(
    tables: Mapping[str, pd.DataFrame], measure: str, stage: str
) -> "tuple[pd.Series[Any], pd.Series[Any]]":
    """The sum of each row of `projects` as stated, and whether it is not stated exactly.

    A report asks for the same few a hundred times; nobody may change them.
    """
    of = projects, rows = tables["projects"], tables["funding"]
    return once(of, ("sums", measure, stage), partial(_stated, projects, rows, measure, stage))


def _stated(
    projects: pd.DataFrame, rows: pd.DataFrame, measure: str, stage: str
) -> "tuple[pd.Series[Any], pd.Series[Any]]":
    chosen = rows["measure"].eq(measure) & rows["stage"].eq(stage)
    at = np.flatnonzero(chosen.to_numpy(dtype=bool, na_value=False))
    stating = rows["project_code"].array.take(at)
    # A project that states no such sum is at -1, where there is nothing.
    its_own = np.append(at, -1)[places(projects["project_code"], stating)]
    amounts, qualifiers = (
        pd.Series(rows[name].array.take(its_own, allow_fill=True), index=projects.index)
        for name in ("amount_eur", "qualifier")
    )
    return amounts, amounts.notna() & qualifiers.ne("exact").fillna(False)


def first_reason(reasons: "Mapping[str, pd.Series[Any]]", index: pd.Index) -> "pd.Series[Any]":
    """The first reason that holds in each row; missing where none does."""
    found = np.full(len(index), None, dtype=object)
    open_ = np.ones(len(index), dtype=bool)
    for reason, holds in reasons.items():
        these = open_ & holds.to_numpy(dtype=bool, na_value=False)
        found[these] = reason
        open_ &= ~these
    return pd.Series(pd.array(found, dtype="string"), index=index)
