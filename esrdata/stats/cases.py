"""Draws cases for reading: in proportion to groups, at the ends of a figure, or near its median."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, Unpack

import numpy as np
import pandas as pd

from esrdata.errors import UsageError
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.facts import ensure_known, quantities
from esrdata.stats.grouped import By, Grouped
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, chosen, within
from esrdata.stats.who import Joining
from esrdata.version import __version__

HOW = ("stratified", "extreme", "typical", "deviant")
SIDES = ("both", "largest", "smallest")
# What cases are divided by where nobody says otherwise: an axis is one of its period and fund.
_PROGRAMME = ("programme_period", "fund", "priority_axis")
_NO_FIGURE = "A figure of the draw is missing."


@statistic
def sample_cases(
    portfolio: Portfolio,
    n: int,
    how: str = "stratified",
    by: By = None,
    figures: str | Sequence[str] = "public_total_planned",
    seed: int = 1,
    *,
    side: str = "both",
    drawn: date | str | None = None,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Draw projects to be read closely, so that anyone can draw the same ones again.

    Parameters
    ----------
    n
        How many to draw.
    how
        ``stratified``: by lot, in proportion to the size of groups; ``extreme``: those with the
        largest and the smallest figure; ``typical``: those nearest to the medians of the figures;
        ``deviant``: those farthest from them.
    by
        What `groups.keys` takes, regions apart, since a project can have several. Cases are
        divided among the groups whatever `how` is. None is programming period, fund and priority
        axis for ``stratified``, and no groups for the others.
    figures
        Columns of the overview that count or measure something; one for ``extreme``. Projects
        without one of them cannot be drawn. Not used by ``stratified``.
    seed
        A whole number: the lot, and the order of projects that are equal otherwise.
    side
        Of ``extreme``: ``both`` (half each, of an odd number one more of the largest),
        ``largest`` or ``smallest``.
    drawn
        The day of the draw, for the protocol only; it is not there unless it is given.
    population
        Whom cases are drawn among; None is all projects.

    Returns
    -------
    DataFrame
        A row per case, groups in natural order: a column per name of `by`; `case` (Int64, from
        1), `project_code`, `name` (missing where the source has none), `reason` (``lot``,
        ``largest``, ``smallest``, ``near_median`` or ``far_from_median``), `value` (Float64: of
        ``extreme`` the figure; of ``typical`` and ``deviant`` the mean distance from the medians,
        in mean absolute deviations of each figure; missing by lot).

        `attrs`: `title`, `population`, `population_spec`, `exclusions`, `method`, `protocol`, of
        which `sample_protocol` makes the text for an appendix: `how`, `n`, `seed`, `frame`
        (projects that could be drawn), `by`, `strata` (`group`, `projects`, `cases`), `figures`,
        `side`, `version`, and `drawn` if it was given.

    Raises
    ------
    UsageError
        If more are asked for than there are, or a name, the number, the seed or the day is none.

    Notes
    -----
    Kinds of cases are those of Seawright and Gerring (2008, "Case Selection Techniques in Case
    Study Research", Political Research Quarterly 61: 294-308): typical, extreme, deviant, and
    diverse, which the groups see to. Proportional allocation is in Cochran (1977, Sampling
    Techniques, 3rd ed., 5.5); parts are rounded by the largest remainder, of equal ones the
    larger group first. Where there are at least as many cases as groups, each group has one: it
    is taken from the group that has most above its share.

    The lot is a number made of seed and project code (SHA-256), and the lowest are drawn. It
    depends neither on the order of rows nor on the other projects, as permanent random numbers
    do not (Ohlsson 1995, in Cox et al., Business Survey Methods).

    Few cases are for understanding, not for figures on the whole portfolio.
    """
    names = _ensure(n, how, figures, seed, side)
    about = chosen("sample_cases", population)
    counted, exclusions = within(portfolio, about)
    facts, lacking = _facts(counted, how, names)
    exclusions = {**exclusions, **lacking}
    if n > len(facts):
        raise UsageError(f"Only {len(facts)} projects can be drawn, so not {n}.")
    by = list(_PROGRAMME) if by is None and how == "stratified" else by
    grouped = Grouped(counted, by, facts.assign(_there=True), who)
    rows = grouped.rows.assign(group=grouped.number)
    rows = rows[rows["_there"].notna()]
    if rows["project_code"].duplicated().any() or "region" in grouped.names:
        raise UsageError("A project can be of several regions: divide cases by something else.")
    rows["lot"] = [_lot(seed, code) for code in rows["project_code"]]
    sizes = rows.groupby("group").size().reindex(grouped.heads.index, fill_value=0)
    shares = _allocated(n, sizes.tolist())
    picked = [
        _picked(rows[rows["group"] == group], k, how, side)
        for group, k in zip(grouped.heads.index, shares, strict=True)
    ]
    table = pd.concat(picked, ignore_index=True)
    table = table.assign(
        case=pd.Series(range(1, n + 1), dtype="Int64"), reason=table["reason"].astype("string")
    )
    if "name" not in table:
        table = table.merge(counted.projects[["project_code", "name"]], on="project_code")
    protocol: dict[str, Any] = {
        "how": how,
        "n": n,
        "seed": seed,
        "frame": len(facts),
        "by": grouped.names,
        "strata": [
            {"group": group, "projects": int(size), "cases": k}
            for group, size, k in zip(grouped.as_json(), sizes, shares, strict=True)
            if size
        ],
        "figures": [] if how == "stratified" else names,
        "side": side if how == "extreme" else None,
        "version": __version__,
        **({} if drawn is None else {"drawn": _day(drawn)}),
    }
    order = [*grouped.names, "case", "project_code", "name", "reason", "value"]
    return groups.annotate(
        table[list(dict.fromkeys(order))],
        title=grouped.title("Cases for reading"),
        population=f"Projects: {len(portfolio)}; could be drawn: {len(facts)}.",
        about=about,
        exclusions=exclusions,
        method=(
            f"{n} cases, {how}, seed {seed}. Groups have cases in proportion to their projects, "
            "rounded by the largest remainder; each has one where there are enough. "
            f"{grouped.method}"
        ).strip(),
        protocol=protocol,
    )


def _ensure(n: int, how: str, figures: str | Sequence[str], seed: int, side: str) -> list[str]:
    """Refuse what cannot be drawn; the figures as a list."""
    ensure_known("way of drawing", how, HOW)
    ensure_known("side", side, SIDES)
    for name, number in (("number of cases", n), ("seed", seed)):
        if isinstance(number, bool) or not isinstance(number, int | np.integer):
            raise UsageError(f"The {name} is a whole number, not {number!r}.")
    if n < 1:
        raise UsageError(f"Draw one case or more, not {n}.")
    names = [figures] if isinstance(figures, str) else list(figures)
    if not names or (how == "extreme" and len(names) > 1):
        raise UsageError("Name one figure for extreme cases, one or more for typical ones.")
    return names


def _day(drawn: date | str) -> str:
    try:
        return (drawn if isinstance(drawn, date) else date.fromisoformat(drawn)).isoformat()
    except ValueError as error:
        raise UsageError(f"A day is written as 2024-01-31, not {drawn!r}.") from error


def _lot(seed: int, code: str) -> str:
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def _facts(
    portfolio: Portfolio, how: str, names: Sequence[str]
) -> tuple[pd.DataFrame, dict[str, int]]:
    """The projects that can be drawn, each with its value; those without figures are counted."""
    measured, _ = quantities(portfolio, list(names))
    if how == "stratified":
        facts = portfolio.projects[["project_code"]]
        return facts.assign(value=pd.array([pd.NA] * len(facts), dtype="Float64")), {}
    lacking = measured[list(names)].isna().any(axis=1)
    measured = measured[~lacking]
    extreme = how == "extreme"
    value = measured[names[0]] if extreme else _distance(measured[list(names)])
    facts = measured.assign(value=value)[["project_code", "value"]]
    return facts, {_NO_FIGURE: int(lacking.sum())}


def _distance(figures: pd.DataFrame) -> "pd.Series[Any]":
    """The mean distance from the medians, in mean absolute deviations of each figure."""
    off = (figures - figures.median()).abs()
    scale = off.mean()
    # Where all are alike nobody is off.
    found: pd.Series[Any] = off.div(scale.where(scale > 0, 1)).mean(axis=1).astype("Float64")
    return found


def _allocated(n: int, sizes: Sequence[int]) -> list[int]:
    """Cases of each group: in proportion, by the largest remainder, one at least where n allows."""
    whole = sum(sizes)
    # Whole numbers, so that no remainder is lost to rounding.
    shares = [n * size // whole for size in sizes]
    left = [n * size % whole for size in sizes]
    order = sorted(range(len(sizes)), key=lambda i: (-left[i], -sizes[i], i))
    for i in order[: n - sum(shares)]:
        shares[i] += 1
    empty = [i for i, size in enumerate(sizes) if size and not shares[i]]
    if n >= sum(size > 0 for size in sizes):
        for i in empty:
            over = [(shares[j] * whole - n * sizes[j], -j) for j in range(len(sizes))]
            giver = max((j for j in range(len(sizes)) if shares[j] > 1), key=lambda j: over[j])
            shares[giver] -= 1
            shares[i] = 1
    return shares


def _picked(rows: pd.DataFrame, k: int, how: str, side: str) -> pd.DataFrame:
    """The cases of one group in the order they were drawn, with the reason."""
    if how == "stratified":
        return rows.sort_values("lot").head(k).assign(reason="lot")
    if how != "extreme":
        rows = rows.sort_values(["value", "lot"], ascending=[how == "typical", True])
        reason = "near_median" if how == "typical" else "far_from_median"
        return rows.head(k).assign(reason=reason)
    largest = {"both": k - k // 2, "largest": k, "smallest": 0}[side]
    top = rows.sort_values(["value", "lot"], ascending=[False, True]).head(largest)
    rest = rows.drop(top.index).sort_values(["value", "lot"]).head(k - largest)
    return pd.concat(
        [
            top.assign(reason="largest"),
            rest.assign(reason="smallest"),
        ]
    )
