"""Loads a folder that esrdata saved, where a command has it as its source."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from esrdata.errors import UsageError
from esrdata.knowledge.wording import sentence

if TYPE_CHECKING:
    from esrdata.portfolio import Portfolio

_CONTACTS = "--contacts"


def load_saved(folder: Path, asked: Mapping[str, bool], privacy: str) -> "Portfolio":
    """Load a save if the options allow it.

    Parameters
    ----------
    folder
        Where it is.
    asked
        Options that change what is read, and whether they were given.
    privacy
        The level of privacy asked for.
    """
    import esrdata
    from esrdata.reading.levels import STANDARD

    portfolio = esrdata.load(folder)
    has_contacts = "contacts" in portfolio.tables
    if has_contacts and not asked[_CONTACTS]:
        raise UsageError(sentence("error.saved_contacts", path=str(folder)))
    origin = portfolio.origin
    strict = privacy != STANDARD and (origin is None or origin.privacy != privacy)
    others = {**asked, _CONTACTS: asked[_CONTACTS] and not has_contacts, "--privacy": strict}
    option = next((name for name, given in others.items() if given), None)
    if option is not None:
        raise UsageError(sentence("error.saved_option", path=str(folder), option=option))
    return portfolio
