"""The selection of an address of the explorer, in Python."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.explorer.facets import Facet, facets, members
from esrdata.explorer.words import Words, words
from esrdata.knowledge import load
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.portfolio import Portfolio

#: The part of an address that has the words searched for.
QUERY = "q"


@on_its_shelf
def selected(portfolio: Portfolio, address: str, *, narratives: bool = True) -> Portfolio:
    """The projects that the explorer shows at an address.

    Parameters
    ----------
    portfolio
        The portfolio that the explorer was made of.
    address
        The address, or what stands behind the ``#`` in it. What does not choose projects, such as
        the view, is passed over.
    narratives
        Whether the explorer was made with narratives, in which it then finds words.

    Returns
    -------
    Portfolio
        A smaller portfolio, as of `Portfolio.select`.

    Raises
    ------
    UsageError
        If the address has a value that no project of the portfolio has.
    """
    asked = dict(_asked(address))
    wanted = [name for name in load.explorer()["facets"] if name in asked]
    known = list(facets(portfolio, "fi", wanted)) if wanted else []
    index = words(portfolio, narratives=narratives) if QUERY in asked else None
    keep = holds(len(portfolio), known, index, address)
    return portfolio.select(keep.set_axis(portfolio.projects.index))


def holds(n: int, known: Sequence[Facet], index: Words | None, address: str) -> "pd.Series[bool]":
    """Which of some projects an address chooses, by their facets and the index of their words."""
    keep = pd.Series(True, index=range(n))
    found = {facet.name: facet for facet in known}
    for name, values in _asked(address):
        if name == QUERY:
            places = None if index is None else index.find(values[-1])
            keep &= True if places is None else keep.index.isin(places)
        elif name in load.explorer()["facets"]:
            if name not in found:
                raise UsageError(unknown("facet of this portfolio", name, found))
            for value in values:
                if value and value not in found[name].keys:
                    raise UsageError(unknown(name, value, found[name].keys))
            keep &= members(found[name], values)
    return keep


def _asked(address: str) -> list[tuple[str, list[str]]]:
    """What an address asks for: names in their order, each with its values."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(address.rpartition("#")[2], keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return list(found.items())
