"""What projects count: planned and realised, and women among it."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Unpack

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.wording import code_label
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.facts import beside, ensure_known
from esrdata.stats.grouped import By, Grouped
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, of_population
from esrdata.stats.who import Joining
from esrdata.tables.kept import once

STAGES = ("planned", "realised")


@statistic
@of_population
def indicators(
    portfolio: Portfolio,
    indicator: str | Sequence[str] | None = None,
    by: By = None,
    *,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Count companies, jobs, qualifications, participants and whatever else projects count.

    Parameters
    ----------
    indicator
        A code of `indicators`, several, or None for all that the portfolio has.

    Returns
    -------
    DataFrame
        A row per group in natural order and indicator in the order of the shelf: a column per name
        of `by`; `indicator` (code); counts of projects (Int64): `n` (to which the indicator
        applies: so it is said, or a number is stated), `n_not_applicable`, `n_unknown` (it cannot
        be told; the source has no such field), which add up to the group; `n_missing` (of the n,
        those with neither number), `n_planned`, `n_realised`, `n_both`.

        Sums (Int64): `planned`, `realised` (each over the projects that state it); `planned_both`,
        `realised_both` (over the n_both) and `ratio` (Float64, realised / planned of these);
        `women_planned`, `women_realised` and `womens_share_planned`, `womens_share_realised`
        (Float64, 0 to 1), all over the projects that state both women and the total,
        `n_women_planned` and `n_women_realised`. Where no source asks of women these are missing
        and their counts zero.

        Figures of no project are missing, as are ratios to zero; counts are zero; a stated zero is
        a number. An indicator that no project of the portfolio has gives rows of zero projects
        when it is asked for by name. `attrs`: `title`, `population`, `exclusions` (a project can
        meet several reasons), `method`, `indicators` (codes).

    Raises
    ------
    UsageError
        If an indicator or a group is unknown; the sentence names the nearest.

    Notes
    -----
    Plain sums of monitoring data as the sources state them; `participants` has those of
    participants with their cost. Not for adding up over indicators, which count different things,
    nor for telling a project's success: plans differ in how bold they are. A company or a person
    counts once in each project that counts it.
    """
    codes = _asked(portfolio, indicator)
    names = [] if by is None else [by] if isinstance(by, str) else list(by)
    tables, exclusions = [], dict[str, int]()
    for code in codes or [""]:
        facts, reasons = counts_of(portfolio, code)
        exclusions |= {f"{_label(code)}: {reason}": n for reason, n in reasons.items() if code}
        grouped = Grouped(portfolio, by, facts, who, indicator=code)
        table = grouped.table(figures_of(grouped))
        table.insert(len(names), "indicator", pd.Series(code, index=table.index, dtype="string"))
        tables.append(table)
    # The groups of every indicator are the same and in the same order.
    table = pd.concat(tables).sort_index(kind="stable").reset_index(drop=True)
    table = table if codes else table.head(0)
    return groups.annotate(
        table,
        title=f"Indicators by {', '.join(names)}" if names else "Indicators",
        population=f"Projects: {len(portfolio)}; indicators: {len(codes)}.",
        exclusions=exclusions,
        method=(
            "Sums are of what projects report: what several projects count is counted several "
            "times. The ratio is over projects that state both numbers, women's shares over those "
            f"that state both women and the total. {grouped.method}"
        ).strip(),
        indicators=codes,
    )


def _label(code: str) -> str:
    """What an indicator is called in a sentence; one that the shelf lacks is its own label."""
    return code_label("indicators", code, "en") if code in _shelf() else code


def _shelf() -> list[str]:
    return [row["code"] for row in load.codes("indicators")]


def _asked(portfolio: Portfolio, indicator: str | Sequence[str] | None) -> list[str]:
    """The indicators asked for, or all that the portfolio has in the order of the shelf."""
    held = [str(code) for code in portfolio.indicators["indicator"].dropna().unique()]
    known = list(dict.fromkeys([*_shelf(), *sorted(held)]))
    if indicator is None:
        return [code for code in known if code in held]
    asked = [indicator] if isinstance(indicator, str) else list(dict.fromkeys(indicator))
    for code in asked:
        ensure_known("indicator", code, known)
    return asked


def counts_of(portfolio: Portfolio, indicator: str) -> tuple[pd.DataFrame, dict[str, int]]:
    """Take what each project counts, missing where it does not apply; why some are left out.

    Parameters
    ----------
    portfolio
        The projects.
    indicator
        A code of `indicators`.

    Returns
    -------
    tuple
        A row per project: `project_code`; `planned`, `realised`, `women_planned`,
        `women_realised` (Int64); `applies` and `refused` (boolean; neither where it cannot be
        told). And sentences without their subject, each with the number of projects.
    """
    make = partial(_counts_of, portfolio, indicator)
    facts, reasons = once([portfolio], ("counts_of", indicator), make)
    return facts.copy(), reasons


def _counts_of(portfolio: Portfolio, indicator: str) -> tuple[pd.DataFrame, dict[str, int]]:
    rows = portfolio.indicators
    rows = rows[rows["indicator"] == indicator]
    facts = portfolio.projects[["project_code"]].copy()
    applicable = []
    for stage in STAGES:
        of_stage = rows[rows["stage"] == stage]
        cells = beside(portfolio, of_stage, ["total", "women", "applicable"])
        facts[stage], facts[f"women_{stage}"] = cells["total"], cells["women"]
        applicable.append(cells["applicable"])
    numbers = facts.drop(columns="project_code")
    stated = numbers.notna().any(axis=1)
    refused = (applicable[0].eq(False) | applicable[1].eq(False)).fillna(False)
    applies = (applicable[0].eq(True) | applicable[1].eq(True)).fillna(False) | stated
    facts = facts[["project_code"]].join(numbers.mask(refused))
    facts["applies"] = applied = (applies & ~refused).astype("boolean")
    facts["refused"] = refused.astype("boolean")
    though = refused & numbers.gt(0).fillna(False).any(axis=1)
    return facts, {
        "does not apply to the project.": int(refused.sum()),
        "does not apply, though a number above zero is stated; it is left out.": int(though.sum()),
        "it cannot be told whether it applies.": int((~applies & ~refused).sum()),
        "the planned number is missing.": int((applied & facts["planned"].isna()).sum()),
        "the realised number is missing.": int((applied & facts["realised"].isna()).sum()),
    }


def figures_of(grouped: Grouped) -> "dict[str, pd.Series[Any]]":
    """The figures of each group, made of the columns of `counts_of`."""
    rows = grouped.rows
    first, last = rows["planned"], rows["realised"]
    both = first.notna() & last.notna()
    figures = {
        "n": grouped.count(rows["applies"]),
        "n_not_applicable": grouped.count(rows["refused"]),
        "n_unknown": grouped.count(~(rows["applies"] | rows["refused"])),
        "n_missing": grouped.count(rows["applies"] & first.isna() & last.isna()),
        "n_planned": grouped.count(first.notna()),
        "n_realised": grouped.count(last.notna()),
        "n_both": grouped.count(both),
        "planned": grouped.total(first),
        "realised": grouped.total(last),
        "planned_both": grouped.total(first.where(both)),
        "realised_both": grouped.total(last.where(both)),
    }
    figures["ratio"] = share(figures["realised_both"], figures["planned_both"])
    for stage in STAGES:
        women, people = rows[f"women_{stage}"], rows[stage]
        both_known = women.notna() & people.notna()
        of_women, of_all = (
            grouped.total(women.where(both_known)),
            grouped.total(people.where(both_known)),
        )
        figures[f"n_women_{stage}"] = grouped.count(both_known)
        figures[f"women_{stage}"] = of_women
        figures[f"womens_share_{stage}"] = share(of_women, of_all)
    return figures


def share(part: "pd.Series[Any]", whole: "pd.Series[Any]") -> "pd.Series[Any]":
    """A part of a whole; missing where the whole is zero."""
    return (part / whole.where(whole != 0)).astype("Float64")
