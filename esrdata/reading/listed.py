"""Names that are listed in one value, divided by commas or the like."""

import re

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf


@per_shelf
def _with_comma() -> frozenset[str]:
    return frozenset(load.fold(row["label_fi"]) for row in load.codes("municipalities_with_comma"))


@per_shelf
def between_places() -> re.Pattern[str]:
    """What stands between the names of places: a comma, a semicolon, or `ja` before the last.

    Behind a hyphen `ja` is part of a name: Pohjois- ja Itä-Suomi.
    """
    last = "|".join(word for words in load.web()["ands"].values() for word in words)
    return re.compile(rf"\s*[,;]\s*|(?<!-)\s+(?:{last})\s+", re.IGNORECASE)


def listed(view: str, start: int, end: int, divider: re.Pattern[str]) -> list[tuple[int, int]]:
    """Slices of the names between two places of a view; one that holds a comma itself is whole."""
    found: list[tuple[int, int]] = []
    begins = [start, *(match.end() for match in divider.finditer(view, start, end))]
    ends = [*(match.start() for match in divider.finditer(view, start, end)), end]
    for begin, stop in zip(begins, ends, strict=True):
        text = view[begin:stop]
        first, last = stop - len(text.lstrip()), begin + len(text.rstrip())
        if first >= last:
            continue
        if found and load.fold(view[found[-1][0] : last]) in _with_comma():
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return found
