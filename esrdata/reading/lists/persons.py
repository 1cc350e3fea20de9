"""Columns of a list that name contact persons: no list reads them, and no quote shows them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from esrdata.knowledge.headings import heading_key
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.row import Place, Row, split
from esrdata.reading.privacy import covered, names
from esrdata.reading.privacy.vocabulary import pattern

# The shape of a name: two to four words with capitals.
_NAME = re.compile(r"[\s\"]*[A-ZÅÄÖÉ][\w'’.-]*(?:,?[ \t]+[A-ZÅÄÖÉ][\w'’.-]*){1,3}[\s\"]*")
_WORD = re.compile(r"[^\W\d_]{2,}")
# A name is looked for where a word begins as one of its own does.
_BEGINNING = 4


@per_shelf
def _headings() -> re.Pattern[str]:
    return re.compile(pattern("names", "headings"))


def is_of_persons(heading: str) -> bool:
    """Whether a heading names a column of contact persons."""
    return _headings().fullmatch(heading_key(heading)) is not None


def person_cells(
    view: str, rows: Iterable[Row], columns: frozenset[int], divider: str
) -> list[Place]:
    """Where rows name contact persons: their cells in some columns.

    Of a row without cells these are the parts in the shape of a name too, wherever they stand.
    """
    found = list[Place]()
    for row in rows:
        if row.cells is not None:
            found += [row.cells[i] for i in columns if i < len(row.cells)]
        else:
            parts = enumerate(split(view, row.start, row.end, divider))
            found += [p for i, p in parts if i in columns or _NAME.fullmatch(view, *p)]
    return [place for place in found if view[slice(*place)].strip()]


class Quotes:
    """Quotes of a list without those whom its cells name."""

    def __init__(self, view: str, cells: Sequence[Place]) -> None:
        self._view, self._cells = view, sorted(cells)
        self._names: dict[str, set[str]] = {}
        for a, b in cells:
            name = " ".join(view[a:b].split())
            for beginning in _beginnings(name):
                self._names.setdefault(beginning, set()).add(name)

    def quote(self, start: int, end: int) -> str:
        """A slice of the view; persons are covered in their cells, and by their names elsewhere."""
        found = [(a - start, b - start) for a, b in self.places(start, end)]
        return covered(self._view[start:end], found)

    def places(self, start: int, end: int) -> list[Place]:
        """Where these persons are named in a slice of the view."""
        if not self._names:
            return []
        first, last = (bisect_left(self._cells, (at,)) for at in (start, end))
        inside = self._cells[first:last]
        rest = covered(self._view[start:end], [(a - start, b - start) for a, b in inside])
        known = (self._names.get(beginning, ()) for beginning in _beginnings(rest))
        named = sorted(set[str]().union(*known))
        return [*inside, *((start + a, start + b) for a, b in names(rest, named))]


def _beginnings(text: str) -> set[str]:
    return {word[:_BEGINNING].casefold() for word in _WORD.findall(text)}
