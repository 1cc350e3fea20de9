"""Cells that should name one organisation, and name several: on lines, or between other signs."""

import re
from collections.abc import Iterable

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.refused import AmbiguousError

_BETWEEN = re.compile("[\n;|•]")
# What may stand between two names, and within one.
_WITHIN = re.compile(r"[\n;|•/+&,]| (?:ja|sekä|och|samt|and) ")


@per_shelf
def _one_body() -> re.Pattern[str]:
    """A part that ends as the name of an organisation does."""
    kinds = load.web()["organisations"]
    words, ends = ("|".join(map(re.escape, kinds[kind])) for kind in ("words", "ends"))
    return re.compile(rf".*(?:\b(?:{words})|(?:{ends}))[.,;]?", re.IGNORECASE)


@per_shelf
def _roles() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load.cells()['role_words'])})", re.IGNORECASE)


def may_be_several(text: str) -> bool:
    """Whether a name may be those of several organisations; a name may go on over lines.

    Raises `AmbiguousError` if two parts on lines, or between signs that no name has, are names.
    """
    if not _WITHIN.search(text):
        return False
    parts = [part for part in map(str.strip, _BETWEEN.split(text)) if part[:1].isupper()]
    if _names(parts) > 1:
        raise AmbiguousError(text)
    if len(parts) > 1 or _roles().search(text):
        return True
    return _names(map(str.strip, _WITHIN.split(text))) > 1


def _names(parts: Iterable[str]) -> int:
    full = (part for part in parts if part[:1].isupper())
    return sum(_one_body().fullmatch(part) is not None for part in full)
