"""Groups of projects, and what every statistics table says of itself."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import is_list_like, is_string_dtype

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.knowledge.error_words import unknown_column
from esrdata.knowledge.shelf import OURS, active
from esrdata.knowledge.wording import code_label, sentence
from esrdata.portfolio import Portfolio
from esrdata.renamed import former
from esrdata.selection import places_of
from esrdata.stats.who import NAMED, Joining, organisations, who_is_who
from esrdata.tables.kept import once
from esrdata.tables.population import Population, stated_sums

#: How a project of several regions is counted, and the sentence that says so.
RULES = {
    "full_count": (
        "A project of several regions is counted in full in each of them, so the groups can add "
        "up to more than the whole."
    ),
    "equal_split": "A project of several regions is divided equally among them.",
    "leave_out": "Projects of several regions are left out.",
}

NOBODY = "Units, successors and municipalities are asked of groups by applicant or authority."


def keys(
    portfolio: Portfolio,
    by: str | Sequence[str],
    *,
    rule: str = "full_count",
    among: Iterable[str] | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Tell which group or groups each project belongs to.

    Merge figures to the result by `project_code` and group with ``groupby(by, sort=False,
    dropna=False)``: the rows come in the order of the groups, and the missing key is a group.

    Parameters
    ----------
    portfolio
        The projects.
    by
        One or more names: any column of `projects`; `region`; `start_year`, the year of the
        planned first day; `size_band`, a code of `size_bands` by the planned public funding in
        total.
    rule
        What becomes of a project of several regions: ``full_count`` gives it a row in each,
        ``equal_split`` also a `weight`, ``leave_out`` none at all.
    among
        Codes of the projects to take; None takes all. A code the portfolio lacks has no row.
    **who
        Of ``applicant`` and ``authority``: `units`, `successors`, `municipalities`, as
        `who_is_who` has them.

    Returns
    -------
    DataFrame
        A row per project and group: `project_code`, then a column per name of `by`, as named
        there: `start_year` is Int64, the others have the dtype of their source. With
        ``equal_split`` also `weight` (Float64), which adds up to one for each project.

        A missing key is a group of its own, and comes last. Numbers come by value, dates by
        time, size bands in the order of the shelf, and texts in Finnish alphabetical order
        (å, ä, ö last) with the numbers in them by value, so that 9.2 comes before 10.1. Within a
        group the order is that of `projects`.

        Regions have their Finnish names whatever language they were written in; a name that the
        shelf does not know stays as written. A project of the whole country has no region.

        `attrs`: `rule`, `n_several` (projects of several regions), `exclusions` (a list of
        reason and n) and `method` (sentences).

    Raises
    ------
    UsageError
        If a name or the rule is unknown, or there is no name, or one twice.

    Notes
    -----
    Under ``full_count`` the groups of regions do not add up to the portfolio: take totals from
    the projects themselves. A priority axis has another meaning in another programme period:
    group by both where there are several.
    """
    names = _names(portfolio, by)
    if who and not set(names) & set(NAMED):
        raise UsageError(NOBODY)
    if rule not in RULES:
        raise UsageError(unknown("rule", str(rule), RULES))
    if among is not None or set(names) & set(NAMED):
        return _keys(portfolio, names, rule, among, who)
    # Many statistics of a report have the same groups. Whom names were joined for is noted anew.
    make = partial(_keys, portfolio, names, rule, None, who)
    return once([portfolio], ("keys", *names, rule), make).copy()


def _keys(
    portfolio: Portfolio,
    names: Sequence[str],
    rule: str,
    among: Iterable[str] | None,
    who: Joining,
) -> pd.DataFrame:
    table = portfolio.projects[["project_code"]].copy()
    for name in names:
        if name != "region":
            table[name] = _key(portfolio, name, who)
    if among is not None:
        # Some ten times as fast as isin.
        wanted = pd.Series(list(among), name="project_code", dtype="string").drop_duplicates()
        table = table.merge(wanted, on="project_code")
    sentences = [_SENTENCES[name] for name in names if name in _SENTENCES]
    sentences += [_joined(portfolio, name, who) for name in names if name in NAMED]
    exclusions: dict[str, int] = {}
    several = 0
    if "region" in names:
        nowhere = _whole_country(portfolio, table["project_code"])
        table = table.merge(places_of(portfolio.locations, "region"), on="project_code", how="left")
        divided = table["project_code"].duplicated(keep=False)
        several = int(table.loc[divided, "project_code"].nunique())
        sentences += [
            RULES[rule],
            f"Projects of several regions: {several}.",
            f"Projects of the whole country, which have no region: {nowhere}.",
        ]
        if rule == "leave_out":
            table = table[~divided]
            exclusions["The project is of several regions."] = several
    table = ordered(table[list(dict.fromkeys(["project_code", *names]))], names)
    if rule == "equal_split":
        rows = table.groupby("project_code", sort=False)["project_code"].transform("size")
        table["weight"] = (1 / rows).astype("Float64")
    table.attrs = {
        "rule": rule,
        "n_several": several,
        "exclusions": _listed(exclusions),
        "method": " ".join(sentences),
    }
    return table


def ordered(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Sort rows by groups in their natural order, as `keys` tells it; missing comes last.

    Parameters
    ----------
    table
        A table that has the columns of `by`.
    by
        Names of the columns, the first deciding first.

    Returns
    -------
    DataFrame
        The same rows with a new index; rows of one group keep their order.
    """
    # The last key of lexsort decides first.
    order = np.lexsort([_ranks(table[name]) for name in reversed(by)])
    return table.iloc[order].reset_index(drop=True)


def annotate(
    table: pd.DataFrame,
    *,
    title: str,
    population: str,
    exclusions: Mapping[str, int],
    method: str,
    about: Population | None = None,
    **more: Any,
) -> pd.DataFrame:
    """Let a statistics table say what it is, in `attrs`, which Parquet keeps.

    Parameters
    ----------
    table
        The table; its former `attrs` are replaced.
    title
        What the table is, without a full stop.
    population
        Which projects it is about, and how many, in a sentence.
    exclusions
        Why some are not counted, or not in every column, each with the number of projects; zero
        tells that it was looked for.
    method
        How it was counted, in plain sentences.
    about
        The population itself; its conditions are added to the sentence.
    **more
        Anything else, such as a list of codes.

    Returns
    -------
    DataFrame
        The table itself. Its `attrs` hold `title`, `population`, `population_spec` (the fields of
        `about`), `exclusions` as a list of `reason` and `n`, `method`, `shelf` where a user's own
        was in use, and the rest.

    Raises
    ------
    TypeError
        If something in it has no place in JSON, and so would be lost in Parquet.
    """
    spec = {} if about is None else {"population_spec": about.as_json()}
    attrs: dict[str, Any] = {
        "title": title,
        "population": population if about in (None, Population()) else f"{population} {about}",
        **spec,
        "exclusions": _listed(exclusions),
        "method": method,
        # Charts know the labels of the user's own codes by it.
        **({"shelf": active().fingerprint} if active() is not OURS else {}),
        **more,
    }
    json.dumps(attrs, allow_nan=False)
    table.attrs.clear()
    table.attrs.update(attrs)
    return table


def planned(portfolio: Portfolio, measure: str) -> "pd.Series[Any]":
    """The planned sum of each row of `projects` in euros; missing where not stated exactly."""
    amounts, inexact = stated_sums(portfolio.tables, measure, "planned")
    return amounts.mask(inexact)


def ensure_names(by: Iterable[object], columns: Iterable[str]) -> None:
    """Refuse a name by which no statistic groups projects; `columns` are those of projects."""
    known = [*columns, "region", *MADE]
    for name in by:
        if name not in known:
            raise UsageError(unknown_column("group", str(name), known))


def _names(portfolio: Portfolio, by: Any) -> list[str]:
    asked = list(by) if is_list_like(by) else [by]
    ensure_names(asked, map(str, portfolio.projects))
    if not asked or len(set(asked)) < len(asked):
        raise UsageError(sentence("error.group_names"))
    return asked


def _key(portfolio: Portfolio, name: str, who: Joining) -> "pd.Series[Any]":
    """The group of each project by one name that is no region."""
    if name in NAMED:
        return organisations(portfolio, name, **who)
    column: pd.Series[Any] = MADE[name](portfolio) if name in MADE else portfolio.projects[name]
    return column


def _joined(portfolio: Portfolio, column: str, who: Joining) -> str:
    """How many names and euros each rule of who is who joined."""
    found = who_is_who(portfolio, column, **who).joined(planned(portfolio, "public_total"))
    rules = "; ".join(
        f"{code_label('organisation_rules', row['rule'], 'en')}: {row['names']} "
        f"({row['amount']:.2f} €)"
        for row in found
    )
    return (
        "Spellings of one organisation are joined by the rules of who is who; names joined by each "
        f"rule, with the planned public funding of their projects: {rules or 'none'}."
    )


def _start_year(portfolio: Portfolio) -> "pd.Series[Any]":
    years: pd.Series[Any] = portfolio.projects["start_date"].dt.year.astype("Int64")
    return years


def _size_band(portfolio: Portfolio) -> "pd.Series[Any]":
    """The band of each project; a band begins with its lower bound and ends before its upper."""
    amounts = planned(portfolio, "public_total")
    bands = load.codes("size_bands")
    bounds = [float(band["lower"]) for band in bands if band["lower"]]
    codes = pd.Series([band["code"] for band in bands], dtype="string")
    # A missing sum is put somewhere here and taken out again.
    places = np.searchsorted(bounds, amounts.fillna(0).to_numpy(dtype=float), side="right")
    found: pd.Series[Any] = codes.iloc[places].set_axis(amounts.index)
    return found.where(amounts.notna())


def _whole_country(portfolio: Portfolio, codes: "pd.Series[Any]") -> int:
    """How many of the projects have a country for their place, and no region."""
    places = portfolio.locations.set_index("level")["project_code"]
    country, region = (pd.Index(places[places.index == level]) for level in ("country", "region"))
    return len(country.difference(region).intersection(pd.Index(codes)))


MADE: dict[str, Callable[[Portfolio], "pd.Series[Any]"]] = {
    "start_year": _start_year,
    "size_band": _size_band,
}
_SENTENCES = {
    "start_year": "The start year is that of the planned first day.",
    "size_band": "The size band is that of the planned public funding in total, stated exactly.",
}
# Groups whose order is that of a code list.
_ON_THE_SHELF = {"size_band": "size_bands"}


def _ranks(column: "pd.Series[Any]") -> npt.NDArray[np.intp]:
    """The place of each row's group among the groups."""
    places, groups = pd.factorize(column)
    values: list[Any] = list(groups)
    if column.name in _ON_THE_SHELF:
        codes = [row["code"] for row in load.codes(_ON_THE_SHELF[str(column.name)])]
        values = [codes.index(value) for value in values]
    elif is_string_dtype(column.dtype):
        values = [alphabetical(value) for value in values]
    order = sorted(range(len(values)), key=values.__getitem__)
    # A missing key has the place -1, which is the last of these.
    ranks = np.full(len(values) + 1, len(values), dtype=np.intp)
    ranks[order] = np.arange(len(values))
    return ranks[places]


_LAST_LETTERS = str.maketrans({"å": "{", "æ": "|", "ä": "|", "ø": "}", "ö": "}"})


def alphabetical(text: str) -> tuple[list[str | int], str]:
    """The place of a text in Finnish order; numbers in it count by their value."""
    letters = unicodedata.normalize("NFC", text).casefold().translate(_LAST_LETTERS)
    plain = letters
    if not plain.isascii():
        signs = unicodedata.normalize("NFD", letters)
        plain = "".join(sign for sign in signs if not unicodedata.combining(sign))
    parts = re.split(r"([0-9]+)", plain)
    # Every other part is a number, so that like is compared with like.
    return [int(part) if place % 2 else part for place, part in enumerate(parts)], text


def _listed(exclusions: Mapping[str, int]) -> list[dict[str, str | int]]:
    return [{"reason": reason, "n": int(n)} for reason, n in exclusions.items()]


def __getattr__(name: str) -> Any:
    return former(__name__, name, {"describe": "annotate"})
