"""Cells that should name one organisation, and name several: on lines, or between semicolons."""

import re

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.refused import AmbiguousError

_BETWEEN = re.compile("[\n;]")


@per_shelf
def _one_body() -> re.Pattern[str]:
    """A part that ends as the name of an organisation does."""
    kinds = load.web()["organisations"]
    words, ends = ("|".join(map(re.escape, kinds[kind])) for kind in ("words", "ends"))
    return re.compile(rf".*(?:\b(?:{words})|(?:{ends}))[.,;]?", re.IGNORECASE)


def check_one_body(text: str) -> None:
    """Refuse a text that names several organisations; a name may go on over lines.

    Raises
    ------
    AmbiguousError
        If two parts are names.
    """
    parts = (part.strip() for part in _BETWEEN.split(text))
    if sum(_one_body().fullmatch(part) is not None for part in parts if part[:1].isupper()) > 1:
        raise AmbiguousError(text)
