"""Projects to look at before a figure with them is used, and what the figures are without them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.absorption import ratios
from esrdata.stats.columns import typed
from esrdata.stats.facts import ensure_known, exact_sums
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, chosen, within
from esrdata.tables import plausibility as rules
from esrdata.tables.kept import once
from esrdata.tables.lookup import among
from esrdata.tables.plausibility import Verdict

#: One check or several; None for all.
Checks = str | Sequence[str] | None
Day = date | str | None
_METHOD = (
    "The checks, their thresholds and the reasons for these are in plausibility.yml. A project is "
    "asked where all values a check needs are stated, sums exactly."
)
_NOTHING = "Nobody was asked: no project has the values that the checks need."


@statistic
def plausibility(
    portfolio: Portfolio,
    checks: Checks = None,
    measure: str = "public_total",
    *,
    day: Day = None,
    population: Population | None = None,
) -> pd.DataFrame:
    """Count the projects that a person should look at before a figure with them is used.

    Parameters
    ----------
    checks
        A rule of ``plausibility.yml``, several, or None for all.
    measure
        A code of `measures`; the money of doubtful projects is its planned sum.
    day
        The day (or its text, ``2024-01-31``) of sources that have none, for checks that need it.
        Lists have one; descriptions and web pages have not, and are not asked without it.
    population
        Whom the checks are about; None is all projects.

    Returns
    -------
    DataFrame
        A row per check, in the order of the shelf: `check` (its name), `severity` (a code of
        `severities`), `n` (Int64, projects asked), `n_doubtful` (Int64), `share` (Float64, of
        those asked; missing where nobody was), `amount` (Float64, euros, the planned sums of the
        doubtful; missing where none is known), `n_without_sum` (Int64, doubtful projects whose
        planned sum is not stated exactly). A project may be doubtful by several checks: rows do
        not add up. No rows where there are no projects.

        `attrs`: `title`, `population`, `population_spec`, `exclusions`, `method`, `measure`,
        `n_doubtful` (projects doubtful by any check), and `reason`, why, where nobody was asked.

    Raises
    ------
    UsageError
        If a check, the measure or a code of the population is unknown, or the day is none.

    Notes
    -----
    A doubtful project is no wrong one: the check says what to look at. Findings of reading are
    held to each source, and this to the values used.
    """
    judged, counted, about, exclusions = _judged(portfolio, checks, measure, day, population)
    planned = exact_sums(counted, measure, "planned")[0]
    rows = []
    for name, verdicts in judged.items() if len(counted) else ():
        doubtful = pd.Series([bool(v.statements) for v in verdicts], index=planned.index)
        known = planned[doubtful].dropna()
        n, n_doubtful = sum(v.asked for v in verdicts), int(doubtful.sum())
        rows.append(
            {
                "check": name,
                "severity": rules.rules()[name]["severity"],
                "n": n,
                "n_doubtful": n_doubtful,
                "share": n_doubtful / n if n else None,
                "amount": round(float(known.sum()), 2) if len(known) else None,
                "n_without_sum": n_doubtful - len(known),
            }
        )
    why: dict[str, Any] = {} if any(row["n"] for row in rows) else {"reason": _NOTHING}
    return groups.annotate(
        typed(rows, "plausibility"),
        title="Plausibility",
        method=_METHOD,
        **_whom(portfolio, counted, about, exclusions, measure, judged),
        **why,
    )


@statistic
def doubtful(
    portfolio: Portfolio,
    checks: Checks = None,
    measure: str = "public_total",
    *,
    day: Day = None,
    population: Population | None = None,
) -> pd.DataFrame:
    """List the projects that `plausibility` counts, with the values that make them doubtful.

    Parameters
    ----------
    portfolio, checks, measure, day, population
        As in `plausibility`.

    Returns
    -------
    DataFrame
        A row per check and project, checks in the order of the shelf, projects in that of
        `projects`: `project_code`, `name` (missing where the source has none), `check`,
        `severity`, `values` (dotted fields, as in `provenance`, with their values and what they
        were compared with, ``;`` between several), `amount` (Float64, euros, the planned sum;
        missing where it is not stated exactly). `attrs` as those of `plausibility`.

    Raises
    ------
    UsageError
        As `plausibility`.

    Examples
    --------
    >>> odd = doubtful(portfolio, "negative_sum")                          # doctest: +SKIP
    >>> portfolio.explain(odd["project_code"][0], "funding.public_total.realised") # doctest: +SKIP
    """
    judged, counted, about, exclusions = _judged(portfolio, checks, measure, day, population)
    projects, planned = counted.projects, exact_sums(counted, measure, "planned")[0]
    rows = [
        {
            "project_code": projects["project_code"].iloc[at],
            "name": projects["name"].iloc[at],
            "check": name,
            "severity": rules.rules()[name]["severity"],
            "values": "; ".join(one.text() for one in verdict.statements),
            "amount": planned.iloc[at],
        }
        for name, verdicts in judged.items()
        for at, verdict in enumerate(verdicts)
        if verdict.statements
    ]
    return groups.annotate(
        typed(rows, "doubtful"),
        title="Projects to look at",
        method=_METHOD,
        **_whom(portfolio, counted, about, exclusions, measure, judged),
    )


@statistic
def without_doubtful(
    portfolio: Portfolio,
    checks: Checks = None,
    measure: str = "public_total",
    *,
    day: Day = None,
    population: Population | None = None,
) -> pd.DataFrame:
    """Set the key figures of a portfolio beside what they are without its doubtful projects.

    Parameters
    ----------
    portfolio, checks, measure, day, population
        As in `plausibility`; the measure is also that of the planned and the realised sum.

    Returns
    -------
    DataFrame
        A row per figure: `figure` (``projects``, ``beneficiaries``, ``ended``, ``running``,
        ``interrupted``, ``grant``, ``planned``, ``realised``, and of ended projects
        ``utilisation``, realised by planned sums, and ``median_utilisation``, the median of
        projects), `unit` (``projects``, ``organisations``, ``eur`` or ``ratio``), `n` (Int64,
        projects that the figure is of), `value` (Float64), `n_without`, `value_without` (the same
        without those doubtful by any of the checks), `change` (Float64, the latter value less the
        former). Values of no project are missing, counts of none are zero. No rows where there
        are no projects.

        `attrs`: `title`, `population`, `population_spec`, `exclusions`, `method`, `measure`,
        `n_doubtful`, `left_out` (codes of the projects left out).

    Raises
    ------
    UsageError
        As `plausibility`.

    Notes
    -----
    Leaving all of them out is no correction, for most may be right: the table shows how much the
    figures rest on them. Sums are of those projects that state them exactly.
    """
    judged, counted, about, exclusions = _judged(portfolio, checks, measure, day, population)
    places = _doubtful_places(judged)
    out = pd.Series([at in places for at in range(len(counted))], index=counted.projects.index)
    codes = counted.projects.loc[out.to_numpy(dtype=bool), "project_code"]
    kept = _of(counted, ~out)
    rows = [
        {"figure": name, "unit": unit, "n": n, "value": value, "n_without": n_left,
         "value_without": left, "change": None if value is None or left is None else left - value}
        for (name, unit, n, value), (*_, n_left, left) in zip(
            _figures(counted, measure), _figures(kept, measure), strict=True
        )
    ] if len(counted) else []  # fmt: skip
    return groups.annotate(
        typed(rows, "without_doubtful"),
        title="Key figures with and without the projects to look at",
        method=f"{_METHOD} Projects that are doubtful by any check are left out on the right.",
        **_whom(portfolio, counted, about, exclusions, measure, judged),
        left_out=list(codes),
    )


def _whom(
    portfolio: Portfolio,
    counted: Portfolio,
    about: Population,
    exclusions: dict[str, int],
    measure: str,
    judged: dict[str, list[Verdict]],
) -> dict[str, Any]:
    """What the three tables say alike of whom they are about."""
    return {
        "population": f"Projects: {len(portfolio)}; looked at: {len(counted)}.",
        "about": about,
        "exclusions": exclusions,
        "measure": measure,
        "n_doubtful": len(_doubtful_places(judged)),
    }


def verdicts(portfolio: Portfolio, checks: Checks = None) -> dict[str, list[Verdict]]:
    """What each check says of each row of `projects`, for reports that word it themselves."""
    return _judged(portfolio, checks, "public_total", None, None)[0]


def _judged(
    portfolio: Portfolio,
    checks: Checks,
    measure: str,
    day: Day,
    population: Population | None,
) -> tuple[dict[str, list[Verdict]], Portfolio, Population, dict[str, int]]:
    """Verdicts by check, the portfolio they are about, whom that is, and who is not."""
    about = chosen("plausibility", population)
    exact_sums(portfolio, measure, "planned")
    known = list(rules.rules())
    asked = known if checks is None else [checks] if isinstance(checks, str) else list(checks)
    for name in asked:
        ensure_known("check", name, known)
    if not asked:
        raise UsageError("Give one check or several, or None for all.")
    # In the order of the shelf, however they were named.
    used = {name: rule for name, rule in rules.rules().items() if name in asked}
    on_day = _as_date(day)

    def judge() -> tuple[dict[str, list[Verdict]], Portfolio, dict[str, int]]:
        counted, exclusions = within(portfolio, about)
        fields = {"projects.project_code"}.union(*map(rules.fields_used, used.values()))
        facts = rules.facts_of(counted.tables, fields, on_day)
        return {name: rules.judge(name, facts) for name in used}, counted, exclusions

    judged, counted, exclusions = once([portfolio], ("judged", *used, on_day, about), judge)
    return judged, counted, about, exclusions


def _as_date(day: Day) -> date | None:
    if not isinstance(day, str):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f"A day is written as 2024-01-31, not {day!r}.") from error


def _doubtful_places(judged: dict[str, list[Verdict]]) -> set[int]:
    return {at for of in judged.values() for at, one in enumerate(of) if one.statements}


def _of(portfolio: Portfolio, mask: "pd.Series[bool]") -> Portfolio:
    """Some of the projects, with the tables that key figures are made of and no other."""
    projects = portfolio.projects[mask.to_numpy(dtype=bool)]
    funding = portfolio.funding
    funding = funding[among(funding["project_code"], projects["project_code"])]
    return Portfolio({"projects": projects, "funding": funding}, portfolio.base, portfolio.shelf)


def _figures(portfolio: Portfolio, measure: str) -> Iterator[tuple[str, str, int, float | None]]:
    """Name, unit, number of projects and value of the key figures."""
    projects = portfolio.projects
    yield "projects", "projects", len(projects), float(len(projects))
    applicants = projects["applicant_id"].dropna()
    yield "beneficiaries", "organisations", len(applicants), float(applicants.nunique())
    for status in ("ended", "running", "interrupted"):
        n = int((projects["status_code"] == status).sum())
        yield status, "projects", n, float(n)
    for name, of, stage in (
        ("grant", "eu_and_state", "planned"),
        ("planned", measure, "planned"),
        ("realised", measure, "realised"),
    ):
        known = exact_sums(portfolio, of, stage)[0].dropna()
        yield name, "eur", len(known), round(float(known.sum()), 2) if len(known) else None
    ended = ratios(portfolio, measure=measure)
    share = float(ended["realised"].sum() / ended["planned"].sum()) if len(ended) else None
    yield "utilisation", "ratio", len(ended), share
    median = float(ended["ratio"].median()) if len(ended) else None
    yield "median_utilisation", "ratio", len(ended), median
