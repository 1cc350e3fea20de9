"""Names that are listed in one value, divided by commas or the like."""

import re

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf


@per_shelf
def _with_comma() -> frozenset[str]:
    return frozenset(load.fold(row["label_fi"]) for row in load.codes("municipalities_with_comma"))


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
