"""How much of a programme's frame is committed and paid."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.knowledge.wording import code_label
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.absorption import absorption
from esrdata.stats.facts import ensure_known, exact_sums
from esrdata.stats.grouped import Grouped
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, chosen, within
from esrdata.stats.reference import Cell, frames, to_fill

#: What a frame is of, and so what its rates can be grouped by.
FRAMED = ("programme_period", "fund", "priority_axis")


@statistic
def rates(
    portfolio: Portfolio,
    by: str | Sequence[str] | None = FRAMED,
    measure: str = "public_total",
    *,
    population: Population | None = None,
) -> pd.DataFrame:
    """Tell how much of the programme's frame is committed and paid, beside the utilisation rate.

    Parameters
    ----------
    portfolio
        The projects: all of a programme. Of a part the rates are those of that part alone.
    by
        Some of ``programme_period``, ``fund`` and ``priority_axis``; None is all as one group.
    measure
        A code of `measures` that the shelf has frames of.
    population
        Whom the sums are about; None is all projects.

    Returns
    -------
    DataFrame
        A row per group in natural order: a column per name; `n` (Int64, projects); `frame`
        (Float64, euros, of every axis that the group can have, also those without projects);
        `n_reserved`, `n_paid` (Int64, projects that state the sum exactly); `reserved`, `paid`
        (Float64, euros, planned and realised sums of these); `commitment_rate`, `payment_rate`
        (Float64, reserved and paid by the frame); `n_absorption` (Int64, ended projects in it),
        `absorption` (Float64, realised by planned of these, the ratio of sums of `absorption`).

        The frame and what is divided by it are missing where the shelf lacks the frame of an axis
        that a project of the group has, or a project has no axis. Sums of no project are missing.
        Where the shelf has the frame of no group there is no row, and `attrs` names the file to
        fill as `why_empty`.

        `attrs`: `title`, `population`, `population_spec`, `exclusions`, `method`, `measure`;
        `unframed` (`group`, `reason`).

    Raises
    ------
    UsageError
        If the measure or a group is unknown.

    Notes
    -----
    Commitment and payment rate as the managing authority prints them ("varausaste", "maksatusaste":
    of the programme's frame). They tell how a programme goes forward; the utilisation rate tells
    how much of their own plans projects that have ended used. Reserved is what the sources state as
    planned, of interrupted projects too: what an authority has released again is not known.
    """
    ensure_known("measure", measure, [row["code"] for row in load.codes("measures")])
    names = [] if by is None else [by] if isinstance(by, str) else list(by)
    for name in names:
        if name not in FRAMED:
            raise UsageError(unknown("group of frames", str(name), FRAMED))
    about = chosen("rates", population)
    counted, exclusions = within(portfolio, about)
    reserved, roughly = exact_sums(counted, measure, "planned")
    paid, about_so = exact_sums(counted, measure, "realised")
    facts = counted.projects[["project_code"]].assign(reserved=reserved, paid=paid)
    grouped = Grouped(counted, names or None, facts)
    known = frames(measure)
    found = [_frame(group, known) for group in _cells(counted, grouped, names)]
    unframed = len(found) > 0 and not any(isinstance(frame, float) for frame in found)
    used = absorption(counted, names or None, measure)
    figures = {
        "n": grouped.count(grouped.rows["project_code"].notna()),
        "frame": _column([f if isinstance(f, float) else None for f in found], grouped),
        "n_reserved": grouped.count(grouped.rows["reserved"].notna()),
        "reserved": grouped.total(grouped.rows["reserved"]),
        "n_paid": grouped.count(grouped.rows["paid"].notna()),
        "paid": grouped.total(grouped.rows["paid"]),
    }
    figures["commitment_rate"] = figures["reserved"] / figures["frame"]
    figures["payment_rate"] = figures["paid"] / figures["frame"]
    figures["n_absorption"] = used["n"].set_axis(grouped.heads.index)
    figures["absorption"] = used["ratio_of_sums"].set_axis(grouped.heads.index)
    heads = grouped.as_json()
    table = grouped.table(figures)
    why = to_fill("frames", _unframed(counted, measure, known)) if unframed else ""
    return groups.annotate(
        table.iloc[:0] if unframed else table,
        title=grouped.title(
            f"Committed and paid of the programme's frame ({code_label('measures', measure, 'en')})"
        ),
        population=f"Projects: {len(counted)}.",
        about=about,
        exclusions={
            **exclusions,
            "The planned sum is not stated exactly.": int(roughly.sum()),
            "The actual sum is not stated exactly.": int(about_so.sum()),
            "The planned sum is missing.": int((reserved.isna() & ~roughly).sum()),
            "The actual sum is missing.": int((paid.isna() & ~about_so).sum()),
        },
        method=(
            "The commitment rate is what is planned by the programme's frame, the payment rate "
            "what is realised by it; both suppose that the portfolio holds the whole programme. "
            "Absorption is what is realised by what is planned of ended projects only."
        ),
        measure=measure,
        unframed=[
            {"group": group, "reason": reason}
            for group, reason in zip(heads, found, strict=True)
            if isinstance(reason, str)
        ],
        **({"why_empty": why} if why else {}),
    )


def _unframed(portfolio: Portfolio, measure: str, known: dict[Cell, float]) -> str:
    """The programmes without a frame, as `to_fill` names those of the shelf; axes of the others."""
    framed = {cell[:2] for cell in known}
    projects = portfolio.projects[list(FRAMED)].dropna(subset=FRAMED[:2]).drop_duplicates()
    axes: dict[tuple[str, str], list[str]] = {}
    for period, fund, axis in sorted(projects.itertuples(index=False, name=None), key=str):
        if (period, fund, axis) not in known:
            axes.setdefault((period, fund), []).append("–" if pd.isna(axis) else str(axis))
    named = sorted(
        f"{fund} {period}: {measure}"
        + (f" (axis {', '.join(missing)})" if (period, fund) in framed else "")
        for (period, fund), missing in axes.items()
    )
    return ", ".join(named) or measure


def _cells(
    portfolio: Portfolio, grouped: Grouped, names: list[str]
) -> "list[tuple[dict[str, Any], set[tuple[Any, ...]]]]":
    """The names of each group, and what its projects have of a period, a fund and an axis."""
    projects = portfolio.projects[["project_code", *FRAMED]].astype(object)
    rows = grouped.numbered(projects)
    found: list[tuple[dict[str, Any], set[tuple[Any, ...]]]] = []
    for number in grouped.heads.index:
        own = rows.loc[rows["group"] == number, list(FRAMED)]
        cells = {tuple(row) for row in own.itertuples(index=False, name=None)}
        found.append((grouped.heads.loc[number, names].to_dict() if names else {}, cells))
    return found


def _frame(
    group: tuple[dict[str, Any], set[tuple[Any, ...]]], known: dict[Cell, float]
) -> float | str:
    """The frame of a group, or why it has none."""
    own, cells = group
    for period, fund, axis in sorted(cells, key=str):
        if pd.isna(period) or pd.isna(fund) or pd.isna(axis):
            return "A project has no priority axis, fund or programme period."
        if (period, fund, axis) not in known:
            return f"The shelf has no frame of axis {axis} of {fund} {period}."
    programmes = {cell[:2] for cell in cells}
    return sum(
        value
        for cell, value in known.items()
        if cell[:2] in programmes
        and all(cell[FRAMED.index(name)] == value_of for name, value_of in own.items())
    )


def _column(values: list[float | None], grouped: Grouped) -> "pd.Series[Any]":
    return pd.Series(values, index=grouped.heads.index, dtype="Float64")
