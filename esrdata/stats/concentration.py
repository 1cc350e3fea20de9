"""How the funding is divided among beneficiaries."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.wording import code_label
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.facts import NOT_EXACT, ensure_known, exact_sums
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, of_population
from esrdata.stats.recording import current, note
from esrdata.stats.who import NAMED, who_is_who
from esrdata.tables.population import first_reason

_JOINED = "Spellings of one organisation are joined by the rules of who is who."
_FOLDED = "Spellings that differ in case and spaces are one, shown as it is written most often."


@statistic
@of_population
def concentration(
    portfolio: Portfolio,
    by: str = "applicant",
    measure: str = "eu_and_state",
    stage: str = "planned",
    *,
    units: str = "named",
    successors: bool = False,
    municipalities: int | None = None,
    population: Population | None = None,
) -> pd.DataFrame:
    """Tell how the funding is divided among beneficiaries, the largest first.

    Parameters
    ----------
    by
        A text column of `projects` that names the beneficiary: ``applicant``, whose spellings are
        joined as in `Portfolio.organisations`; of another one, such as ``business_id``, spellings
        that differ in case and spaces are one.
    measure, stage
        Codes of `measures` and `stages`: which sum.
    units
        Of organisations: ``named`` counts what stands behind a body's full name as the body and a
        unit named alone as itself; ``apart`` every unit as itself; ``body`` every unit as its body.
    successors
        Of organisations: whether one counts as that which came after it.
    municipalities
        Of organisations: a year; a municipality counts as the one that it was a part of at its
        end. None leaves each the name of its time.

    Returns
    -------
    DataFrame
        A row per beneficiary: a column named as `by` (the most frequent spelling, of equal ones
        the first); `n` (Int64, projects with the sum); `amount` (Float64, euros); `share`,
        `cumulative_share` (Float64, 0 to 1, of all that is counted; missing where the whole is
        zero); `rank` (Int64, equal amounts have the same rank). By amount, equal ones by name.
        Nothing else is missing.

        `attrs`: `title`, `population`, `exclusions`, `method`, `measure`, `stage`;
        `joined` (column, rule, names, projects and amount in euros that each rule of who is who
        joined), `n_joined` (names);
        `n_beneficiaries` (with a sum), `n_named` (those of projects without one too), `n_excluded`
        (projects); `share_top10` (of the ten largest, or all if fewer), `gini`, `hhi` (None where
        the whole is zero).

    Raises
    ------
    UsageError
        If the column, the measure or the stage is unknown, or the column is no text.

    Notes
    -----
    With amounts x in rising order, n of them, and shares s::

        gini = sum((2 * i - n - 1) * x_i) / (n * sum(x))      i = 1 … n
        hhi  = sum(s ** 2)                                    from 1/n to 1

    The Gini coefficient is that of the beneficiaries here, not corrected for a sample (Gini 1912;
    the formula as in Damgaard and Weiner 2000, Ecology 81); hhi is the index of Herfindahl (1950)
    and Hirschman (1945).

    Not for telling who the money reached in the end: an applicant may pass part of it on to
    partners. Organisations that merged count as two unless `successors` joins them; a group of
    organisations counts as its parts. Gini needs all beneficiaries, so it tells little of a
    portfolio of a few.
    """
    projects = portfolio.projects
    ensure_known("text column", by, [*projects.select_dtypes("string")])
    amounts, inexact = exact_sums(portfolio, measure, stage)
    who = None
    if by in NAMED:
        who = who_is_who(
            portfolio, by, units=units, successors=successors, municipalities=municipalities
        )
    names = projects[by] if who is None else who.names
    reasons: dict[str, pd.Series[Any]] = {
        NOT_EXACT: inexact,
        "The sum is missing.": amounts.isna(),
        "The sum is negative.": amounts < 0,
        "The beneficiary is not stated.": names.isna(),
    }
    reason = first_reason(reasons, portfolio.projects.index)
    rows = pd.DataFrame({by: names, "amount": amounts})[reason.isna()]
    if who is None:
        names = _spelt(names, rows[by])
        rows = rows.assign(**{by: names[rows.index]})
    per = rows["amount"].groupby(rows[by], sort=False)
    table = pd.DataFrame({"n": per.size().astype("Int64"), "amount": per.sum().round(2)})
    table = groups.ordered(table.reset_index(), [by])
    table = table.sort_values("amount", ascending=False, kind="stable", ignore_index=True)
    whole = float(table["amount"].sum())
    shares = table["amount"] / (whole or pd.NA)
    table["share"] = shares.astype("Float64")
    table["cumulative_share"] = table["share"].cumsum()
    table["rank"] = table["amount"].rank(method="min", ascending=False).astype("Int64")
    if current() is not None:
        members = pd.DataFrame({"project_code": projects["project_code"], by: names})
        _note(members.assign(reason=reason), by, table)
    rising = table["amount"].to_numpy(dtype=float)[::-1]
    n = len(rising)
    gini = None
    if whole:
        gini = float(((2 * np.arange(1, n + 1) - n - 1) * rising).sum() / (n * whole))
    if who is not None:
        who.joined(rows["amount"])
    return groups.annotate(
        table,
        title=f"Concentration by {by} ({code_label('measures', measure, 'en')}, {stage})",
        population=f"Projects: {len(projects)}; counted: {len(rows)}; beneficiaries: {n}.",
        exclusions={text: int((reason == text).sum()) for text in reasons},
        method=(
            f"{_FOLDED if who is None else _JOINED} Gini and the Herfindahl-Hirschman index "
            "(0 to 1) are over beneficiaries."
        ),
        measure=measure,
        stage=stage,
        n_beneficiaries=n,
        n_named=int(names.nunique()),
        n_excluded=int(reason.notna().sum()),
        share_top10=float(rising[::-1][:10].sum() / whole) if whole else None,
        gini=gini,
        hhi=float(((rising / whole) ** 2).sum()) if whole else None,
    )


def _spelt(names: "pd.Series[Any]", counted: "pd.Series[Any]") -> "pd.Series[Any]":
    """Names, each in the spelling that is counted most often, of equal ones the first."""
    times = counted.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    spelling = {load.fold(name): name for name in reversed(times.index)}
    return names.map(lambda name: spelling.get(load.fold(name), name), na_action="ignore").astype(
        "string"
    )


def _note(members: pd.DataFrame, by: str, table: pd.DataFrame) -> None:
    """Say whose sums each figure counts, to whoever records."""
    counted = members["reason"].isna()
    for column in ("n", "amount"):
        note(column, members, counted, keys=[by])
    note("whole", members, counted)

    place = {name: at for at, name in enumerate(table[by])}
    places = members[by].map(place)

    def largest(row: Mapping[str, Any]) -> "pd.Series[bool]":
        """Those of the beneficiary and of all before it."""
        return places.le(place[row[by]])

    note("largest", members, counted, where=largest)
