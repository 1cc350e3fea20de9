"""Projects by type and size."""

from typing import Any, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.knowledge.wording import code_label, sentence
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.facts import exact_sums
from esrdata.stats.grouped import By, Grouped
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, chosen, within
from esrdata.stats.recording import current, note
from esrdata.stats.who import Joining

_BAND = "size_band"


@statistic
def types_and_sizes(
    portfolio: Portfolio,
    by: By = "organisation_type",
    measure: str = "public_total",
    *,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Count projects and their planned funding by type and size.

    Parameters
    ----------
    by
        What `groups.keys` takes, such as ``organisation_type`` or ``project_type``; None
        is all projects as one group. Not the size itself.
    measure
        A code of `measures`: which planned sum is added up. The size is always that of the planned
        public funding in total.

    Returns
    -------
    DataFrame
        A row per group in natural order and size band in the order of the shelf, those of no
        project too: a column per name of `by`; `size_band` (code; missing, last and only where
        there are any, for projects without a planned sum); `n` (Int64, projects), `share` (Float64,
        of the projects of the group); `n_planned` (Int64, those that state the sum exactly),
        `amount` (Float64, euros, their sum; missing where none does), `amount_share` (Float64, of
        the sum of the group).

        `attrs`: `title`, `population`, `population_spec`, `exclusions`, `method`, `measure`.

    Raises
    ------
    UsageError
        If a group or the measure is unknown, or the size is a group.
    """
    if _BAND in ([by] if isinstance(by, str) else list(by or [])):
        raise UsageError(sentence("error.sizes_twice"))
    about = chosen("types_and_sizes", population)
    counted, exclusions = within(portfolio, about)
    sums, inexact = exact_sums(counted, measure, "planned")
    sizes = groups.keys(counted, _BAND)
    facts = counted.projects[["project_code"]].assign(planned=sums)
    facts = facts.merge(sizes, on="project_code")
    grouped = Grouped(counted, by, facts, who)
    bands: list[Any] = [row["code"] for row in load.codes("size_bands")]
    if facts[_BAND].isna().any():
        bands.append(pd.NA)
    parts = [_band(grouped, band) for band in bands]
    table = pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
    order = [*grouped.names, _BAND, "n", "share", "n_planned", "amount", "amount_share"]
    return groups.annotate(
        table[order],
        title=grouped.title(f"Projects by size ({code_label('measures', measure, 'en')})"),
        population=f"Projects: {len(counted)}.",
        about=about,
        exclusions={
            **exclusions,
            "The planned sum is not stated exactly.": int(inexact.sum()),
            "The planned sum is missing.": int((sums.isna() & ~inexact).sum()),
        },
        method=(
            "The size is that of the planned public funding in total. Shares are of the projects "
            f"and of the money of the group. {grouped.method}"
        ).strip(),
        measure=measure,
    )


def _band(grouped: Grouped, band: Any) -> pd.DataFrame:
    """The figures of one size band, a row per group."""
    rows = grouped.rows
    inside = rows[_BAND].isna() if pd.isna(band) else rows[_BAND].eq(band).fillna(False)
    n, whole = grouped.count(inside), grouped.count(rows["project_code"].notna())
    amount, all_of_it = grouped.total(rows["planned"].where(inside)), grouped.total(rows["planned"])
    if current() is not None:
        members = rows[["project_code", *grouped.names]].assign(**{_BAND: band})
        note("n", members[inside], keys=[*grouped.names, _BAND])
        for column in ("n_planned", "amount"):
            held = inside & rows["planned"].notna()
            note(column, members[inside], held[inside], keys=[*grouped.names, _BAND])
        note("whole", members, keys=[*grouped.names, _BAND])
        note("whole_amount", members, rows["planned"].notna(), keys=[*grouped.names, _BAND])
    part = amount / all_of_it.where(all_of_it != 0)
    found = grouped.heads.assign(
        n=n,
        share=(n / whole.where(whole > 0)).astype("Float64"),
        n_planned=grouped.count(inside & rows["planned"].notna()),
        amount=amount,
        amount_share=part.astype("Float64"),
    )
    found[_BAND] = pd.Series(band, index=found.index, dtype="string")
    return found
