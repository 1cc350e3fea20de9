"""Traces a figure of a draft to its projects, as `stats.trace` does."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.errors import UsageError
from esrdata.knowledge.formats import is_missing
from esrdata.portfolio import Portfolio
from esrdata.proofing.figure import Figure
from esrdata.proofing.findings import CONTRADICTED, Finding
from esrdata.proofing.spelt import WRITTEN, with_spellings
from esrdata.stats import groups

#: The columns of planned_and_realised that derived figures come from.
_MADE = {"gap": ("planned", "realised"), "ratio": ("planned", "realised"),
         "share_of_n": ("n",), "share_of_planned": ("planned_all",),
         "share_of_realised": ("realised",)}  # fmt: skip
_WITH_MEASURE = ("planned_and_realised", "absorption")
_TRACED = (*_WITH_MEASURE, "participants", "indicators")


def described(found: Sequence[Finding], portfolio: Portfolio | None = None) -> dict[str, Any]:
    """How each figure of the findings is computed, by its name in `statistic`.

    Parameters
    ----------
    found
        The findings on a draft.
    portfolio
        If given, the projects of contradicted figures are named.
    """
    figures: dict[str, Any] = {}
    wanted = set[str]()
    for one in found:
        for figure in filter(None, (one.figure, *one.others)):
            figures.setdefault(figure.name(), as_json(figure))
        if one.verdict == CONTRADICTED and one.figure is not None and not one.made:
            wanted.add(one.figure.name())
    if portfolio is not None:
        for name in wanted:
            rows = trace(portfolio, figures[name]) if is_traced(figures[name]) else None
            if rows is not None:
                used = rows.loc[rows["used"].fillna(False), "project_code"].unique()
                figures[name] |= {
                    "population": rows.attrs["population"], "projects": [str(c) for c in used],
                }  # fmt: skip
    return figures


def as_json(figure: Figure) -> dict[str, Any]:
    """How a figure is computed: statistic, grouping, group, measure and column."""
    return {
        "statistic": figure.statistic, "column": figure.column, "measure": figure.measure or None,
        "grouping": list(dict.fromkeys(name for name, _ in figure.group)),
        "group": _group(figure),
        "what": figure.what,
    }  # fmt: skip


def _group(figure: Figure) -> dict[str, Any]:
    """The group of a figure by dimension: a name, or a list for sums and comparisons."""
    found: dict[str, Any] = {}
    for name, value in figure.group:
        named = found.get(name)
        if named is None:
            found[name] = value
        elif value != named and value not in (named if isinstance(named, list) else ()):
            found[name] = [*(named if isinstance(named, list) else [named]), value]
    return found


def is_traced(figure: Mapping[str, Any]) -> bool:
    """Whether a figure can be traced to projects."""
    return figure["statistic"] in (*_TRACED, "overview")


def trace(portfolio: Portfolio, figure: Mapping[str, Any]) -> pd.DataFrame:
    """The projects of a figure that a number of a draft is, or should be.

    Parameters
    ----------
    portfolio
        The portfolio that the draft was checked against.
    figure
        One of ``attrs["figures"]`` of what `esrdata.proof` gives, by the name in `statistic`.

    Returns
    -------
    DataFrame
        As from `stats.trace`; for a figure made of two columns the rows of both, with the column
        in `of`. A figure of single projects (`overview`) has a row per project of its group:
        `project_code` and `used`. `attrs["population"]` is a sentence.

    Raises
    ------
    UsageError
        If the figure comes from the draft's own table, a text, or the report.
    """
    by, group = list(figure["grouping"]), figure["group"]
    several = next((name for name in by if isinstance(group[name], list)), None)
    if several is not None:
        # A sum, difference or ratio of groups: the rows of each.
        parts = [
            trace(portfolio, {**figure, "group": {**group, several: value}})
            for value in group[several]
        ]
        found = pd.concat(parts, ignore_index=True)
        found.attrs = {"population": " ".join(part.attrs["population"] for part in parts)}
        return found
    if any(name.endswith(WRITTEN) for name in by):
        portfolio = with_spellings(portfolio)
    if figure["statistic"] == "overview":
        return _of_overview(portfolio, by, group)
    if figure["statistic"] not in _TRACED:
        raise UsageError(f"A figure of {figure['statistic']!r} leads to no projects.")
    given = {"measure": figure["measure"]} if figure["statistic"] in _WITH_MEASURE else {}
    table = getattr(stats, figure["statistic"])(portfolio, by=by or None, **given)
    rows = _rows(table, by, group)
    if "indicator" in table:
        rows &= table["indicator"] == figure["what"]
    (row,) = table.index[rows]
    columns = _MADE.get(figure["column"], (figure["column"],))
    if figure["statistic"] != "planned_and_realised":
        columns = (figure["column"],)
    parts = [stats.trace(table, row, column, portfolio=portfolio).assign(of=column)
             for column in columns]  # fmt: skip
    found = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    found.attrs = {**parts[0].attrs, "population": table.attrs["population"]}
    return found


def _rows(table: pd.DataFrame, by: Sequence[str], group: Mapping[str, str]) -> "pd.Series[bool]":
    """The rows of a group; a missing name equals an empty one."""
    found = pd.Series(data=True, index=table.index)
    for name in by:
        texts = table[name].map(lambda cell: "" if is_missing(cell) else str(cell))
        found &= texts == group[name]
    return found


def _of_overview(portfolio: Portfolio, by: Sequence[str], group: Mapping[str, str]) -> pd.DataFrame:
    codes = portfolio.projects["project_code"]
    if by == ["project_code"]:
        codes = codes[codes == group["project_code"]]
    elif by:
        keys = groups.keys(portfolio, list(by))
        codes = keys.loc[_rows(keys, by, group), "project_code"]
    found = pd.DataFrame({"project_code": codes.drop_duplicates().to_numpy(), "used": True})
    found.attrs = {"population": f"{len(found)} projects of the group, those with the value."}
    return found
