"""Organisations by their written names, beside the joined ones: a draft may mean either.

Statistics count an organisation as one, whatever its spellings and units. An author may have
counted the rows of a list with exactly that name. Both are accepted.
"""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from esrdata.portfolio import Portfolio
from esrdata.stats.who import NAMED, organisations

#: Suffix of the columns of `projects` with the written names of joined organisations.
WRITTEN = "_written"


def with_spellings(portfolio: Portfolio) -> Portfolio:
    """The portfolio with columns `authority_written` and `applicant_written` in `projects`.

    Missing where an organisation has only one name, apart from case and spaces.
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
    """What a group may mean: the whole organisation, or exactly the written name."""
    written = {name.removesuffix(WRITTEN) for name in group if name.endswith(WRITTEN)}
    yield {name: value for name, value in group.items() if not name.endswith(WRITTEN)}
    if written:
        yield {name: value for name, value in group.items() if name not in written}


def dimensions(group: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The dimensions of a group, whether it has the joined or the written name."""
    return frozenset(name.removesuffix(WRITTEN) for name, _ in group)
