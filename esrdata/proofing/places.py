"""The places of a draft: paragraphs, headings, cells, captions and notes, in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

#: Kinds of places.
HEADING, PROSE, CELL, CAPTION, FOOTNOTE = "heading", "prose", "cell", "caption", "footnote"


@dataclass(frozen=True)
class Place:
    """A block of text: a paragraph, a heading, a cell, a caption or a note.

    Attributes
    ----------
    number
        Its number in the draft, from 0.
    kind
        `HEADING`, `PROSE`, `CELL`, `CAPTION` or `FOOTNOTE`.
    text
        What a reader sees, spaces as they stand.
    ordinal
        Its number among those of its kind, from 1; for a cell the table's number.
    row, column
        Where a cell stands in its table, from 0; -1 elsewhere.
    page
        The page of a PDF, from 1; 0 elsewhere.
    level
        The level of a heading, 1 the highest; 0 elsewhere.
    holder
        What holds the text in the file, for marking a copy.
    """

    number: int
    kind: str
    text: str
    ordinal: int = 0
    row: int = -1
    column: int = -1
    page: int = 0
    level: int = 0
    holder: Any = field(default=None, repr=False, compare=False)


@dataclass
class Grid:
    """A table of a draft: its cells by row and column, and the words above it."""

    number: int
    caption: str = ""
    heading: str = ""
    cells: dict[tuple[int, int], Place] = field(default_factory=dict)

    @cached_property
    def rows(self) -> int:
        """How many rows it has."""
        return max((row for row, _ in self.cells), default=-1) + 1

    @cached_property
    def columns(self) -> int:
        """How many columns it has."""
        return max((column for _, column in self.cells), default=-1) + 1

    def text(self, row: int, column: int) -> str:
        """The text of a cell; empty where there is none."""
        place = self.cells.get((row, column))
        return place.text if place is not None else ""


@dataclass(frozen=True)
class Draft:
    """A draft as it is read.

    Attributes
    ----------
    path
        The file as the user named it.
    format
        `docx`, `pdf`, `html`, `markdown`, `text`.
    lang
        fi, sv or en: the language most of its words are of.
    places
        In reading order.
    grids
        Its tables by number, from 1.
    above
        Number of a place -> the heading above it.
    """

    path: str
    format: str
    lang: str
    places: Sequence[Place]
    grids: dict[int, Grid]
    above: dict[int, str]


class Gathering:
    """Collects the places of a draft in order while a file is read."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self._counts: dict[str, int] = {}
        self._tables = 0

    def put(self, kind: str, text: str, **more: Any) -> None:
        """Add a place other than a cell, unless it is blank."""
        if text.strip():
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self.places.append(
                Place(len(self.places), kind, text, ordinal=self._counts[kind], **more)
            )

    def table(self) -> int:
        """Begin a table and return its number."""
        self._tables += 1
        return self._tables

    def cell(self, table: int, row: int, column: int, text: str, **more: Any) -> None:
        """Add a cell, unless it is blank."""
        if text.strip():
            self.places.append(Place(len(self.places), CELL, text, table, row, column, **more))

    def grids(self) -> dict[int, Grid]:
        """The tables, each with its heading and the caption before or right behind it."""
        found: dict[int, Grid] = {}
        heading = caption = ""
        since = 0
        for place in self.places:
            if place.kind == HEADING:
                heading, caption = place.text, ""
            elif place.kind == CAPTION:
                caption, since = place.text, place.number
                # A caption right behind a table without one is that table's.
                last = self.places[place.number - 1] if place.number else None
                if last is not None and last.kind == CELL and not found[last.ordinal].caption:
                    found[last.ordinal].caption, caption = caption, ""
            elif place.kind == CELL:
                if place.ordinal not in found:
                    near = caption if place.number - since <= _NEAR else ""
                    near = near or self._title(place.number)
                    found[place.ordinal] = Grid(place.ordinal, near, heading)
                    caption = ""
                found[place.ordinal].cells[place.row, place.column] = place
        return found

    def _title(self, number: int) -> str:
        """The line right before a table, if it is no sentence and so may be the title."""
        last = self.places[number - 1] if number else None
        if last is None or last.kind != PROSE or len(last.text) > _TITLE:
            return ""
        return "" if last.text.rstrip().endswith((".", ":", "!", "?")) else last.text

    def above(self) -> dict[int, str]:
        """The heading above each place."""
        found, heading = dict[int, str](), ""
        for place in self.places:
            found[place.number] = "" if place.kind == HEADING else heading
            if place.kind == HEADING:
                heading = place.text
        return found


#: A caption is at most so many places before its table.
_NEAR = 2
#: Greatest length of a table's title, in letters.
_TITLE = 150


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end."""
    from esrdata.proofing.shelf import shelf

    start = 0
    for match in shelf().sentence_end.finditer(text):
        before = text[start : match.start() + 1]
        # A question and its answer are read as one: How much was used? €3 million.
        asked = before.endswith("?") and not any(c.isdigit() for c in before)
        if not asked and not shelf().abbreviation.search(before):
            yield start, match.start() + 1
            start = match.end()
    if start < len(text):
        yield start, len(text)
