"""Organisations as the sources write them, beside those that are joined: a draft may mean either.

The statistics count an organisation as one, whatever its spellings and units. Who writes a draft
may have counted the rows of a list that hold the very name. Both are figures of that name.
"""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from esrdata.portfolio import Portfolio
from esrdata.stats.who import NAMED, organisations

#: A column of projects that has the written names of organisations that are joined.
WRITTEN = "_written"


def with_spellings(portfolio: Portfolio) -> Portfolio:
    """The portfolio with a column `authority_written` and `applicant_written` in `projects`.

    Missing where an organisation has one name alone; case and spaces aside.
    """
    projects = portfolio.projects.copy()
    for name in NAMED:
        written = projects[name].str.casefold().str.replace(r"\s+", " ", regex=True).str.strip()
        joined = pd.Series(organisations(portfolio, name), index=projects.index)
        several = written.groupby(joined).transform("nunique") > 1
        projects[name + WRITTEN] = written.where(several.fillna(False))
    return Portfolio(
        ChainMap({"projects": projects}, dict(portfolio.tables)), portfolio.base, portfolio.shelf,
        portfolio.origin,
    )  # fmt: skip


def meant(group: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """What a group may mean: the organisation with all its names, and that of the very name."""
    written = {name.removesuffix(WRITTEN) for name in group if name.endswith(WRITTEN)}
    yield {name: value for name, value in group.items() if not name.endswith(WRITTEN)}
    if written:
        yield {name: value for name, value in group.items() if name not in written}


def dimensions(group: Iterable[tuple[str, str]]) -> frozenset[str]:
    """By what a group is one, whichever name of an organisation it is."""
    return frozenset(name.removesuffix(WRITTEN) for name, _ in group)
