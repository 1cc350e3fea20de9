"""What changed between two portfolios of the same projects."""

from collections.abc import Sequence
from typing import Any, Unpack

import pandas as pd

from esrdata.errors import Sentence, UsageError
from esrdata.knowledge import load
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, chosen, within
from esrdata.stats.who import Joining

#: Sums that differ by this much or less, in euros, are one sum: lists round to whole euros.
TOLERANCE = 0.5
#: Why projects of one portfolio are not compared.
ONLY_BEFORE = "The project is only in the first portfolio."
ONLY_AFTER = "The project is only in the second portfolio."
#: How many codes are listed of projects in the first portfolio only.
LISTED = 50

_SUMS = {"grant": "eu_and_state", "public_total": "public_total"}
_COMPARED = {
    "end": "end date",
    "grant": "EU and state funding granted",
    "public_total": "planned public funding in total",
    "status": "status",
}


@statistic
def amendments(
    before: Portfolio,
    after: Portfolio,
    by: str | Sequence[str] | None = None,
    *,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Compare two portfolios: what was extended, raised, cut or ended in between.

    Parameters
    ----------
    before, after
        Two snapshots of a project list, or a snapshot and the descriptions, the older first.
        Only projects in both are compared.
    by
        None for a row per project; one or more names for a row per group, which may be whatever
        `groups.keys` takes. A project is in the groups it has in `after`.
    population
        Whom it is about, as the projects are in `after`; None is all projects.

    Returns
    -------
    DataFrame
        Money is in euros (Float64), days and counts are Int64.

        Without `by`, a row per project, sorted by code: `project_code`; `name` (of `after`);
        `start_before`, `start_after`, `end_before`, `end_after` (first and last planned day);
        `extension_days` (from the end before to the end after, negative when shortened);
        `grant_before`, `grant_after`, `grant_change` (EU and state funding granted);
        `public_total_before`, `public_total_after`, `public_total_change` (planned public
        funding in total); `status_before`, `status_after` (codes), `status_changed`; `amended`
        (the end, the grant or the planned public funding changed).

        With `by`, a row per group: a column per name; `n` (projects); `n_compared` (those of
        which anything that amends could be compared), `n_amended`; `n_end` (with both end
        dates), `n_extended`, `n_shortened`, `median_extension_days` (Float64, of those
        extended); `n_grant_raised`, `n_grant_cut`, `grant_before`, `grant_after`,
        `grant_change` (sums over the projects with both values) and `n_grant` (the number of
        these); the same five and `n_public_total` for planned public funding in total;
        `n_status` (with both statuses), `n_status_changed`, `n_ended` (from running to ended)
        and `n_interrupted` (not interrupted before, interrupted after).

        A difference is missing when either value is: a missing sum is not zero, and appearing is
        no raise. `amended` follows from what can be compared, and missing when nothing can. Sums
        and medians of no project are missing, counts are zero.

        `attrs`: `title`, `population`, `population_spec`, `exclusions`, `method`, and
        `only_before`, up to 50 codes of the projects that `after` lacks.

    Raises
    ------
    UsageError
        If either is not a Portfolio, a name in `by` is unknown, or all lists of the first say that
        they are of a later day than those of the second.

    Notes
    -----
    Lists round to whole euros and descriptions may have cents: sums that differ by 0.50 € or
    less are reported with their difference, but do not count as amended, raised or cut.

    Not for telling how many decisions there were, for two snapshots show only their net effect;
    nor for portfolios whose sources differ in what they call the grant.

    Examples
    --------
    The list of 2016 says that S20405 ends on 31.12.2016, its description 30.6.2017; both say
    46 434 € granted:

    >>> table = amendments(snapshot, descriptions)                        # doctest: +SKIP
    >>> table.set_index("project_code").loc["S20405", "extension_days"]   # doctest: +SKIP
    181
    """
    _ensure_portfolio(before, "first")
    _ensure_portfolio(after, "second")
    ensure_older(before, after)
    about = chosen("amendments", population)
    counted, out = within(after, about)
    aside = set(after.projects["project_code"]) - set(counted.projects["project_code"])
    after = counted
    changes = _changes(before, after)
    codes = changes["project_code"]
    method = (
        "Projects are matched by project code. Amended means that the end date, the EU and state "
        "funding granted or the planned public funding in total changed; values that either "
        "portfolio lacks are not compared, and a missing sum is not zero. Sums that differ by "
        f"{TOLERANCE:.2f} euros or less count as unchanged, for lists round to whole euros; those "
        "not stated exactly are not compared."
    )
    gone = [code for code in _others(before, codes) if code not in aside]
    exclusions = {
        **out,
        ONLY_BEFORE: len(gone),
        ONLY_AFTER: len(_others(after, codes)),
    }
    for part, meaning in _COMPARED.items():
        for side, which in (("before", "first"), ("after", "second")):
            reason = f"The {meaning} is missing in the {which} portfolio, so it is not compared."
            exclusions[reason] = int(changes[f"{part}_{side}"].isna().sum())
    title, table = "Amendments between two portfolios", changes
    if by is not None:
        keys = groups.keys(after, by, among=codes, **who)
        names = [by] if isinstance(by, str) else list(by)
        table = _summary(changes, keys, names)
        title = f"{title} by {', '.join(names)}"
        grouped = "Groups are those of the second portfolio."
        method = " ".join(filter(None, (method, grouped, keys.attrs["method"])))
    return groups.annotate(
        table,
        title=title,
        population=f"Projects in both portfolios: {len(changes)}.",
        about=about,
        exclusions=exclusions,
        method=method,
        only_before=gone[:LISTED],
    )


def _ensure_portfolio(given: object, which: str) -> None:
    if not isinstance(given, Portfolio):
        raise UsageError(
            f"The {which} of the two is not a Portfolio but of type {type(given).__name__}: give "
            "what esrdata.read or esrdata.load returned."
        )


def ensure_older(before: Portfolio, after: Portfolio) -> None:
    """Refuse snapshots the wrong way round, by the days that their lists state.

    Raises
    ------
    UsageError
        If every source of both is a list of a stated day, and the first ones are the newer.
    """
    first, second = _stated_days(before), _stated_days(after)
    if not first or not second or min(first) <= max(second):
        return
    days = {"first": f"{min(first):%Y-%m-%d}", "second": f"{max(second):%Y-%m-%d}"}
    text = (
        f"The earlier data are of {days['first']} and the later of {days['second']}: give the "
        "older ones first (in a report: as what was before)."
    )
    raise UsageError(Sentence(text, "error.amendments_order", **days))


def _stated_days(portfolio: Portfolio) -> list[pd.Timestamp]:
    """The days of all lists; none where a source is no list or does not state its day."""
    if "files" not in portfolio.tables:
        return []
    stated = [row["code"] for row in load.codes("snapshot_bases") if row["inferred"] == "no"]
    files = portfolio.files[portfolio.files["descriptions"] > 0]
    days = files["snapshot_date"].where(files["snapshot_basis"].isin(stated))
    return [] if days.isna().any() else list(days)


def _others(portfolio: Portfolio, codes: "pd.Series[Any]") -> list[str]:
    """Codes of the projects that are not among those of both, sorted."""
    return list(pd.Index(portfolio.projects["project_code"]).difference(pd.Index(codes)))


def _facts(portfolio: Portfolio) -> pd.DataFrame:
    """What is compared of each project."""
    facts = portfolio.projects[["project_code", "name", "start_date", "end_date", "status_code"]]
    facts = facts.set_axis(["project_code", "name", "start", "end", "status"], axis=1)
    return facts.assign(
        **{name: groups.planned(portfolio, measure) for name, measure in _SUMS.items()}
    )


def _changes(before: Portfolio, after: Portfolio) -> pd.DataFrame:
    """A row per project in both."""
    old, new = _facts(before).drop(columns="name"), _facts(after)
    both = old.merge(new, on="project_code", suffixes=("_before", "_after"))
    both = both.sort_values("project_code", ignore_index=True)
    table = both[["project_code", "name"]].copy()

    def beside(part: str) -> "tuple[pd.Series[Any], pd.Series[Any]]":
        for side in ("before", "after"):
            table[f"{part}_{side}"] = both[f"{part}_{side}"]
        return both[f"{part}_before"], both[f"{part}_after"]

    beside("start")
    first, last = beside("end")
    table["extension_days"] = (last - first).dt.days.astype("Int64")
    parts = [table["extension_days"] != 0]
    for name in _SUMS:
        first, last = beside(name)
        table[f"{name}_change"] = (last - first).round(2)
        parts.append(table[f"{name}_change"].abs() > TOLERANCE)
    first, last = beside("status")
    table["status_changed"] = first != last
    changed = pd.concat(parts, axis=1)
    table["amended"] = changed.fillna(False).any(axis=1).where(changed.notna().any(axis=1))
    return table.astype({"status_changed": "boolean", "amended": "boolean"})


def _summary(changes: pd.DataFrame, keys: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """A row per group, in the order of the keys."""
    facts, counts, sums = _figures(changes)
    rows = keys.merge(facts, on="project_code", how="left")
    number = rows.groupby(names, sort=False, dropna=False).ngroup()
    per_group = rows.groupby(number)
    table = rows.loc[~number.duplicated(), names].reset_index(drop=True)
    figures = pd.concat(
        [
            per_group[counts].sum().astype("Int64"),
            per_group[sums].sum(min_count=1).astype("Float64"),
            per_group[["median_extension_days"]].median().astype("Float64"),
        ],
        axis=1,
    )
    in_order = [name for name in facts if name != "project_code"]
    return table.join(figures[in_order].reset_index(drop=True))


def _figures(changes: pd.DataFrame) -> tuple[pd.DataFrame, list[str], list[str]]:
    """What is added up of each project, in order; the names of the counts, and of the sums."""
    days, was, now = (changes[name] for name in ("extension_days", "status_before", "status_after"))
    facts = changes[["project_code"]].copy()
    counts, sums = [], []

    def count(name: str, condition: "pd.Series[Any]") -> None:
        facts[name] = condition.fillna(False).astype("Int64")
        counts.append(name)

    count("n", changes["project_code"].notna())
    count("n_compared", changes["amended"].notna())
    count("n_amended", changes["amended"])
    count("n_end", days.notna())
    count("n_extended", days > 0)
    count("n_shortened", days < 0)
    facts["median_extension_days"] = days.where(days > 0).astype("Float64")
    for name in _SUMS:
        change = changes[f"{name}_change"]
        count(f"n_{name}_raised", change > TOLERANCE)
        count(f"n_{name}_cut", change < -TOLERANCE)
        for column in (f"{name}_before", f"{name}_after", f"{name}_change"):
            facts[column] = changes[column].where(change.notna())
            sums.append(column)
        count(f"n_{name}", change.notna())
    count("n_status", changes["status_changed"].notna())
    count("n_status_changed", changes["status_changed"])
    count("n_ended", (was == "running") & (now == "ended"))
    count("n_interrupted", (was != "interrupted") & (now == "interrupted"))
    return facts, counts, sums
