"""Portfolios or groups of projects side by side, and how they differ."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Unpack

import pandas as pd

from esrdata.errors import NotStatedError, Sentence, UsageError, unknown
from esrdata.knowledge import load
from esrdata.knowledge.error_words import joined
from esrdata.knowledge.wording import sentence
from esrdata.portfolio import Portfolio
from esrdata.stats import groups, intervals, side_figures
from esrdata.stats.columns import typed
from esrdata.stats.made import INTACT, state, statistic
from esrdata.stats.population import Population, checked, chosen
from esrdata.stats.recording import current, note
from esrdata.stats.side_figures import ABOVE, BELOW, EACH, REST
from esrdata.stats.sides import (
    SHARE,
    Sides,
    about,
    commonest,
    of_groups,
    of_portfolios,
    stated,
)
from esrdata.stats.who import Joining


@statistic
def compare(
    portfolios: Portfolio | Mapping[str, Portfolio],
    measure: str | Sequence[str] = "public_total",
    *,
    by: str | Sequence[str] | None = None,
    against: str | None = None,
    overlap: str | None = None,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Set portfolios, or groups of one, side by side, with the intervals of their differences.

    Parameters
    ----------
    portfolios
        Two or more portfolios by their names, such as ``{"2007": a, "2014": b}``: programming
        periods, a portfolio and the national list, two snapshots. Or one portfolio, and `by`.
    measure
        One or more of: a code of `measures` (``public_total``) or an indicator (``participants``),
        of which planned and realised are compared, and their ratio; a figure of
        `Portfolio.overview` (``duration_days``, ``public_total_planned``); a share of projects
        (``discontinued``: those with such a status, of all whose status is known).
    by
        What `groups.keys` takes: the sides are the groups of one portfolio. Projects of several
        regions are left out, for they would be on several sides.
    against
        What each side is compared with: ``each`` other side; the ``rest``, all the other sides
        together; or the name of one side. None is each for portfolios and the rest for groups.
    overlap
        How portfolios that share projects are compared: ``paired`` takes the shared projects and
        their changes from the second portfolio to the first, as two portfolios of exactly the same
        projects are compared without asking; ``apart`` leaves shared projects out of the later
        portfolio, as of a portfolio against the rest of the national list.
    population
        Whom all figures are about; None is the projects that have ended. A share of projects is
        of all that have a code, unless the population names statuses itself.

    Returns
    -------
    DataFrame
        A row per measure and side: `measure`, `side`; `n`, `n_excluded` (Int64, projects that
        count and the others of the side). Of planned and realised: `planned`, `realised` (sums over
        the n), `ratio_of_sums`; of a figure `total` and `mean`. `median`, `q1`, `q3` with their
        intervals `median_low`, `median_high`: of projects' ratios (1 is all of it) or of the
        figure. `n_below_080`, `n_above_100`, their shares and intervals: projects with a ratio
        below 0.80 or above 1.00. What a measure does not have is missing, as are figures of no
        project, and intervals of fewer than 6. Of a figure that has a round value on the shelf
        (`marks` in `statistics.yml`): `n_at_least`, its share and interval, the projects that reach
        it. A share of projects has only these: the projects that have the code.

        `esrdata.stats.differences` gives the differences. `attrs`: `title`, `population`,
        `population_spec`, `exclusions`, `method`; `refused`, sentences on measures that no project
        states, or on groups of which there are fewer than two, of which there are no rows (a table
        without rows has them as `why_empty`); `measures`, `figures` (kind, unit, label and `mark`
        of each, and the `population_spec` of one that has its own), `by`, `keys` (of groups),
        `axes` (of each side the priority axis of most of its projects: its period, fund and code,
        `n` `of` so many), `against`, `paired`, `differences`, `intervals_missing` (`measure`,
        `group`, `reason`).

    Raises
    ------
    UsageError
        If a name is unknown, fewer than two portfolios are given, portfolios share projects and
        `overlap` is not given, the same code means different things on different sides, or the
        projects of one portfolio state the measure and none of another does.

    Notes
    -----
    Intervals of sides: `esrdata.stats.intervals`; of differences: `differences`. They suppose that
    the projects are a sample of many alike: where a list is the whole programme, the difference
    itself is exact, and the interval tells how large a difference chance alone could make.

    Not for telling of causes: sides differ in more than their name.
    """
    if isinstance(measure, Portfolio):
        raise UsageError("Give portfolios by their names, such as {'2007': a, '2014': b}.")
    names = [measure] if isinstance(measure, str) else list(measure)
    if not names or len(set(names)) < len(names):
        raise UsageError("Give one measure or several different ones, such as 'public_total'.")
    sides = _sides(portfolios, by, overlap, who)
    way = against or (REST if by is not None and len(sides.labels) > 2 else EACH)
    why = _too_few(sides, by)
    if not why and way not in (EACH, REST, *sides.labels):
        raise UsageError(unknown("side", str(way), [EACH, REST, *sides.labels]))
    # Of one sum alone the population has its conditions, as that of absorption does.
    sums = [row["code"] for row in load.codes("measures")]
    alone = names[0] if len(names) == 1 and names[0] in sums else None
    whom = chosen("compare", population, measure=alone)
    figures = {name: about(name, sides) for name in names}
    for figure in figures.values():
        if figure["kind"] == SHARE:
            figure["population_spec"] = checked(population).as_json()
    sources = None if isinstance(portfolios, Portfolio) else [*portfolios]
    rows, gaps, exclusions = [], [], dict(sides.left_out)
    refused = [why] if why else []
    axes: dict[str, dict[str, Any]] = {}
    for name in names if not why else ():
        figure = figures[name]
        of_whom = checked(population) if figure["kind"] == SHARE else whom
        facts, reasons = stated(sides, name, of_whom)
        _ensure_stated(sides, facts, name)
        if not facts["has"].any():
            refused.append(sentence("error.compare_unstated", measure=name))
            continue
        axes = axes or commonest(sides, facts)
        reach = _mark(name, figure)
        if current() is not None:
            _note(sides, facts, name, reach, sources)
        before = f"{name}: " if len(names) > 1 else ""
        exclusions |= {f"{before}{reason}": n for reason, n in reasons.items()}
        rows += _rows(sides, facts, name, figure["kind"], reach)
        pairs = side_figures.of_pairs(sides, facts, figure["kind"], reach, way)
        gaps += [{"measure": name, **gap} for gap in pairs]
    listed = [] if by is None else [by] if isinstance(by, str) else list(by)
    return groups.annotate(
        typed(rows, "compare"),
        title=f"Comparison of {', '.join(names)}" + (f" by {', '.join(listed)}" if listed else ""),
        population=f"Sides: {len(sides.labels)}; projects on them: {len(sides.rows)}.",
        about=checked(population) if all(f["kind"] == SHARE for f in figures.values()) else whom,
        exclusions=exclusions,
        method=" ".join(filter(None, (intervals.METHOD, _method(sides, len(gaps)), sides.method))),
        measures=names,
        figures=figures,
        keys=sides.keys,
        axes=axes,
        by=listed,
        against=way,
        paired=sides.paired,
        differences=gaps,
        intervals_missing=[
            {"measure": row["measure"], **part}
            for row in rows
            for part in intervals.missing([row["side"]], pd.Series([row["n"]]))
        ],
        **({"why_empty": joined(refused)} if refused and not rows else {}),
        refused=refused,
    )


def _mark(name: str, figure: dict[str, Any]) -> float | None:
    """The round value of a measure, which its figure then names too; None where it has none."""
    marks = load.statistics()["marks"]
    if name in marks:
        figure["mark"] = marks[name]
    return float(figure["mark"]["value"]) if "mark" in figure else None


def _rows(
    sides: Sides, facts: pd.DataFrame, name: str, kind: str, reach: float | None
) -> list[dict[str, Any]]:
    """What a measure is on each side."""
    return [
        {
            "measure": name,
            "side": label,
            **side_figures.of_side(facts[facts["side"] == label], kind, reach),
        }
        for label in sides.labels
    ]


def _sides(
    portfolios: Portfolio | Mapping[str, Portfolio],
    by: str | Sequence[str] | None,
    overlap: str | None,
    who: Joining,
) -> Sides:
    """What is set side by side: portfolios, or the groups of one."""
    if not isinstance(portfolios, Portfolio):
        if by is not None:
            raise UsageError("Give several portfolios, or one and by=, not both.")
        return of_portfolios(portfolios, overlap)
    if by is None:
        raise UsageError(sentence("error.compare_by"))
    if overlap is not None:
        raise UsageError("Give overlap for several portfolios, not for the groups of one.")
    return of_groups(portfolios, by, **who)


def _too_few(sides: Sides, by: str | Sequence[str] | None) -> Sentence | None:
    """Why groups cannot be compared; None where they can."""
    if by is None or len(sides.labels) > 1:
        return None
    names = by if isinstance(by, str) else ", ".join(by)
    return sentence("error.compare_two", by=names, n=len(sides.labels))


@statistic
def differences(table: pd.DataFrame) -> pd.DataFrame:
    """Give the differences between the sides of a comparison, with their intervals.

    Takes no `population`: it is about that of the comparison.

    Parameters
    ----------
    table
        What `compare` returned, all of it.

    Returns
    -------
    DataFrame
        A row per measure, pair of sides and figure: `measure`; `figure` (a column of `compare`, or
        ``median_change``, the median of the changes of the same projects); `side_a`, `side_b`
        (missing where it is all the other sides together); `a`, `b`, `difference` (Float64, a − b,
        in the unit of the figure); `difference_low`, `difference_high` (95 % interval); `rule`,
        the method of the interval: ``joint``, ``newcombe``, ``welch``, ``order_statistics``,
        ``newcombe_paired``, ``student``. Without an interval and a rule are: sums, which grow with
        the number of projects; ratios of sums, which a few large projects decide; medians of fewer
        than 7 projects (6 in pairs), shares of fewer than 6, means of fewer than 30.

    Raises
    ------
    UsageError
        If it is another table, or has been changed.

    Notes
    -----
    Medians: intervals by order statistics that hold jointly. Shares: Newcombe's hybrid score
    interval (1998, method 10), also for pairs. Means: Welch; changes of the same projects: Student.
    See `esrdata.stats.difference`. Each interval holds by itself: of twenty, one misses by chance.

    Not for saying that sides are alike: an interval that covers zero also covers other values.
    """
    if "differences" not in table.attrs:
        raise UsageError("The table has no differences: give what esrdata.compare returned.")
    if state(table) != INTACT:
        raise UsageError("The table was changed since it was made: give what compare returned.")
    kept = (
        "population_spec", "measures", "figures", "keys", "by", "against", "paired", "shelf",
        "why_empty",
    )  # fmt: skip
    return groups.annotate(
        typed(table.attrs["differences"], "differences"),
        title=f"Differences: {table.attrs['title']}",
        population=table.attrs["population"],
        exclusions={row["reason"]: row["n"] for row in table.attrs["exclusions"]},
        method=table.attrs["method"],
        **{name: table.attrs[name] for name in kept if name in table.attrs},
    )


def _note(
    sides: Sides,
    facts: pd.DataFrame,
    name: str,
    reach: float | None,
    sources: Sequence[str] | None,
) -> None:
    """Say which projects each figure counts, to whoever records."""
    value = facts["value"]
    used = {
        "n": value.notna(),
        "n_excluded": value.isna(),
        "n_below_080": value < BELOW,
        "n_above_100": value > ABOVE,
        # A measure without a round value has no such project.
        "n_at_least": value >= (math.inf if reach is None else reach),
    }
    rows = facts[["side", "project_code", "reason"]].assign(measure=name)
    for number in range(len(sides.sources)):
        of = facts["source"] == number
        source = None if sources is None else sources[number]
        for column, counted in used.items():
            note(column, rows[of], counted[of], keys=["measure", "side"], source=source)


def _ensure_stated(sides: Sides, facts: pd.DataFrame, measure: str) -> None:
    """Raise where a whole portfolio does not have what is compared."""
    if len(sides.sources) == 1 or not facts["has"].any():
        return
    for label, part in facts.groupby("side", sort=False):
        if not part["has"].any():
            raise NotStatedError(str(label), measure)


def _method(sides: Sides, n: int) -> str:
    sentences = ["Differences are the first side minus the second."]
    if sides.paired:
        sentences.append(
            "The same projects are on both sides: intervals are of their changes, by order "
            "statistics, Student and Newcombe's method for pairs."
        )
    else:
        sentences.append(
            "Intervals of differences: medians by order statistics at a joint level, shares by "
            "Newcombe's method 10, means by Welch."
        )
    sentences.append("Ratios of sums have no interval: a few large projects decide them.")
    if n > 1:
        sentences.append(f"Each of the {n} differences has its own interval.")
    return " ".join(sentences)
