"""A project beside those most like it."""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.portfolio import Portfolio
from esrdata.stats import groups, intervals
from esrdata.stats.columns import typed
from esrdata.stats.facts import quantities, reason_of, specs_of
from esrdata.stats.grouped import plain
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, checked, default
from esrdata.stats.recording import current, note
from esrdata.stats.who import Joining

#: What peers have in common; the last is given up first when there are too few, and never the
#: first two.
ALIKE = (
    "programme_period",
    "fund",
    "priority_axis",
    "specific_objective",
    "authority",
    "size_band",
)
_KEPT = 2

#: What is compared when nothing else is asked for.
MEASURES = (
    "public_total_planned",
    "public_total_absorption",
    "eu_and_state_absorption",
    "duration_days",
    "participants_planned",
    "participants_realised",
    "partner_count",
    "ecological_direct",
    "economic_direct",
    "social_direct",
)


@statistic
def peers(
    portfolio: Portfolio,
    code: str,
    *,
    measures: Sequence[str] = MEASURES,
    min_n: int = 5,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Place a project among those most like it.

    Peers are other projects of the same programme period, fund, priority axis, specific objective,
    authority (by who is who) and size band of planned public funding. While they are fewer than
    `min_n`, the size band is given up, then the authority, the objective and the axis. What the
    project does not state is not asked of its peers.

    Parameters
    ----------
    code
        The project.
    measures
        Figures of `Portfolio.overview`.
    min_n
        The least number of peers; at least 1.
    population
        Whom peers are sought among; None is all projects. A figure that is about some, as
        absorption about ended projects, is so here too.

    Returns
    -------
    DataFrame
        A row per measure, in the order asked for: `measure`; `value` (Float64, of the project, in
        the unit of the figure); `n` (Int64, peers that have a value); `percentile` (Float64,
        0–100: the share of peers below the project and half of those equal to it); `median`, `q1`,
        `q3` (Float64, of the peers, the project itself not among them); `median_low`,
        `median_high`, the 95 % interval of the median, missing below 6 values. A value that was not
        read is missing, and its percentile too; with fewer values than `min_n` all but the value
        and n are missing.

        `attrs`: `title`, `population`, `exclusions`, `method`; `project_code`; `alike` (name and
        value of what peers have in common), `given_up` and `not_stated` (names), `n_peers`;
        `figures`: the populations of figures that have their own.

    Raises
    ------
    UsageError
        If the project or a measure is unknown; the sentence names the nearest.

    Notes
    -----
    The percentile is the mid-rank percentile (Crocker & Algina 1986, Introduction to Classical and
    Modern Test Theory); quartiles are interpolated (Hyndman & Fan 1996, The American Statistician
    50, type 7); intervals: `esrdata.stats.intervals`.

    A percentile is a place, not a grade: neither a low nor a high one is good or bad. Not for
    ranking projects, nor for telling of waste: like projects differ in what was asked of them.
    """
    if min_n < 1:
        raise UsageError(f"The least number of peers, min_n, is 1 or more, not {min_n}.")
    keys = groups.keys(portfolio, ALIKE, **who).set_index("project_code")
    if code not in keys.index:
        raise UsageError(unknown("project", str(code), keys.index))
    names = list(measures)
    about = checked(population).completed(default("peers"))
    members = about.members(portfolio).set_index("project_code")["reason"].isna()
    figures, without = quantities(portfolio, names, about)
    figures = figures.assign(_without=without).set_index("project_code").reindex(keys.index)
    own = keys.loc[code]
    stated = [name for name in ALIKE if pd.notna(own[name])]
    for end in range(len(ALIKE), _KEPT - 1, -1):
        alike = [name for name in ALIKE[:end] if name in stated]
        same = pd.DataFrame({name: keys[name].eq(own[name]).fillna(False) for name in alike})
        chosen = same.reindex(keys.index, fill_value=True).all(axis=1) & (keys.index != code)
        chosen &= members.reindex(keys.index)
        if chosen.sum() >= min_n:
            break
    n_peers = int(chosen.sum())
    rows = [_row(name, figures.loc[code, name], figures.loc[chosen, name], min_n) for name in names]
    if current() is not None:
        _note(figures, names, {"value": figures.index == code, "n": chosen}, min_n)
    in_common = ", ".join(alike) or "nothing, for the project states none of what is asked for"
    method = (
        f"Peers have in common: {in_common}. The percentile is the share of peers with a lower "
        "value and half of those with an equal one. It is a place, not a grade. "
        f"{intervals.METHOD}"
    )
    if n_peers < min_n:
        method += f" Fewer than {min_n} peers were found, so nothing is compared."
    return groups.annotate(
        typed(rows, "peers"),
        title=f"Project {code} among its peers",
        population=f"Peers of project {code}: {n_peers}.",
        about=about,
        exclusions={
            "The project differs from the one compared.": len(keys) - 1 - n_peers,
            "What is counted does not apply to the peer.": int(
                figures.loc[chosen, "_without"].sum()
            ),
        },
        method=method,
        project_code=code,
        alike=[{"name": name, "value": plain(own[name])} for name in alike],
        given_up=[name for name in stated if name not in alike],
        not_stated=[name for name in ALIKE if name not in stated],
        n_peers=n_peers,
        figures=specs_of(names, about),
    )


def _note(
    figures: pd.DataFrame, names: Sequence[str], parts: Mapping[str, Any], min_n: int
) -> None:
    """Say whose values each figure is made of, to whoever records."""
    of_parts = {part: figures[chosen].reset_index() for part, chosen in parts.items()}
    reasons = {part: reason_of(rows["_without"]) for part, rows in of_parts.items()}
    for name in names:
        for part, rows in of_parts.items():
            members = rows[["project_code"]].assign(measure=name, reason=reasons[part])
            stated = rows[name].notna()
            note(part, members, stated, keys=["measure"])
        # With fewer values nothing is made of them. Of the same rows, so that each peer is one.
        enough = stated & bool(stated.sum() >= min_n)
        note("enough", members, enough, keys=["measure"])


def _row(name: str, value: Any, of_peers: "pd.Series[Any]", min_n: int) -> dict[str, Any]:
    """One measure of the project beside that of its peers."""
    from scipy import stats

    values = of_peers.dropna().astype(float)
    row = {"measure": name, "value": value, "n": len(values)}
    if len(values) >= min_n:
        row |= dict(zip(("q1", "median", "q3"), values.quantile([0.25, 0.5, 0.75]), strict=True))
        if found := intervals.of_quantile(values):
            row["median_low"], row["median_high"] = found
        if pd.notna(value):
            row["percentile"] = stats.percentileofscore(values, float(value), kind="mean")
    return row
