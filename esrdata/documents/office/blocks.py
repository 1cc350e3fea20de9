"""Paragraphs and table rows to the text that a person sees of a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from unicodedata import normalize

from esrdata.documents.csv_text import SETTINGS as CSV
from esrdata.documents.document import Beside, Merged, Sheet
from esrdata.documents.html.rows import side_by_side
from esrdata.documents.office.settings import SETTINGS

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# A row of so many cells is one of a list, in which each cell has its column.
LISTED = CSV.cells + 1
_EDGES = re.compile(r"(?:(?<![ \t])[ \t]+)?\n[ \t]*")


# Signs that stand in a cell that one above, or one before it, reaches over; XML cannot hold them.
SPANNED, WIDE = "\x1d", "\x1e"
_MARKS = re.compile(f"[{SPANNED}{WIDE}]")

# A row of more cells than arrange a page.
_WIDE_ROW = re.compile(r"(?:\t[^\t\n]*+){6}")


class OfficeText(NamedTuple):
    """The text of an office file, and how many places of each kind were left out of it.

    `merged` are cells of tables that reach over several rows or columns; of a document, their rows
    are told by places in the text. `beside` are texts that stand in no paragraph or cell. Sheets
    are divided by a line feed and a form feed: so every row is a line, and the first line of a
    page is line 1 of its sheet.
    """

    text: str
    left_out: Mapping[str, int]
    merged: tuple[Merged, ...] = ()
    beside: tuple[Beside, ...] = ()
    sheets: tuple[Sheet, ...] = ()

    @property
    def has_list(self) -> bool:
        """Whether it has a table that may be a list, of which heads may tell the unit."""
        return _WIDE_ROW.search(self.text) is not None


class Blocks:
    """Puts a text together from top to bottom."""

    def __init__(self) -> None:
        # The text of a block, and whether it is a row.
        self._blocks: list[tuple[str, bool]] = []

    def paragraph(self, text: str) -> None:
        """Put a paragraph; line feeds in it are line breaks."""
        self._blocks.append((_EDGES.sub("\n", text).strip(" \t\n"), False))

    def row(self, cells: Sequence[str], *, arranges: bool = False) -> None:
        """Put a row of a table, its cells side by side as far as lines of text can show them.

        Those of a row that only arranges the page are read one after another.
        """
        tidy = [_EDGES.sub("\n", cell).strip(" \t\n") for cell in cells]
        if len([cell for cell in tidy if cell]) < 2 and len(tidy) != 2:
            row = "".join(tidy)
        elif any("\n" in cell for cell in tidy) or arranges:
            row = _arranged(tidy, arranges)
        else:
            row = "\t".join(tidy)
        if len(tidy) <= SETTINGS.label_and_value:
            row = row.lstrip("\t")
        if row.strip():
            self._blocks.append((row, True))

    def text(self) -> str:
        """What was put, Unicode NFC."""
        paragraphs = [text for text, is_row in self._blocks if not is_row]
        lines = sum(not text for text in paragraphs) >= SETTINGS.empty * len(paragraphs) > 0
        pieces: list[str] = []
        above: tuple[str, bool] | None = None
        for text, is_row in self._blocks:
            if above is not None:
                close = above[1] if is_row else lines and not above[1]
                pieces.append("\n" if close else "\n\n")
            pieces.append(text)
            above = text, is_row
        return normalize("NFC", re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip("\n"))

    def document(self, left_out: Mapping[str, int]) -> OfficeText:
        """What was put as the text of a document."""
        marked = self.text()
        merged = tuple(_merged(marked)) if SPANNED in marked or WIDE in marked else ()
        return OfficeText(_MARKS.sub("", marked), left_out, merged)

    def lines(self) -> str:
        """What was put into a cell, a line for each paragraph."""
        return "\n".join(text for text, _ in self._blocks if text)


def _merged(marked: str) -> Iterator[Merged]:
    """Cells that reach over several rows or columns, their rows by places in the text."""
    # Of each column the cell that may reach further down, as far as it does.
    open_: dict[int, Merged] = {}
    at = 0
    for line in marked.split("\n"):
        cells = line.split("\t")
        begun: dict[int, Merged] = {}
        for column, cell in enumerate(cells):
            if cell == SPANNED and column in open_:
                begun[column] = open_.pop(column)._replace(last=at)
            elif cell != WIDE:
                width = next((i for i, c in enumerate(cells[column + 1 :], 1) if c != WIDE), None)
                begun[column] = Merged(at, at, column, width or len(cells) - column)
        yield from filter(_is_merged, open_.values())
        open_ = begun
        at += len(_MARKS.sub("", line)) + 1
    yield from filter(_is_merged, open_.values())


def _is_merged(cell: Merged) -> bool:
    return cell.first < cell.last or cell.width > 1


def _arranged(cells: Sequence[str], arranges: bool) -> str:
    row = "\t".join(cells)
    bounds, at = [0], 0
    for cell in cells[:-1]:
        at += len(cell)
        bounds.append(at)
        at += 1
    slices = list(pairwise([*bounds, len(row)]))
    parts = side_by_side(row, slices, arranges=arranges)
    return "".join(row[a:b] if sign is None else sign * (b - a) for a, b, sign in parts)


def raised(text: str) -> str:
    """Digits of a raised text as raised signs: m² is no m2."""
    return text.translate(_RAISED)


class Flow:
    """Goes over the elements of a text: what a paragraph holds may stand below it."""

    def __init__(self) -> None:
        # What stands below the paragraph that is being read.
        self._below: list[Any] = []
        self.left_out: Counter[str] = Counter()

    def flow(self, elements: Iterable[Any], blocks: Blocks) -> None:
        """Put what follows one another on a page, in a cell, a note or a text box."""
        raise NotImplementedError

    def _put(self, text: str, blocks: Blocks) -> None:
        """Put a paragraph, and below it what it holds."""
        blocks.paragraph(text)
        below, self._below = self._below, []
        for holder in below:
            self.flow(holder, blocks)

    def _cell(self, cell: Any) -> str:
        """The text of a cell, whose notes and boxes stand in it."""
        inner = Blocks()
        outer, self._below = self._below, []
        self.flow(cell, inner)
        self._below = outer
        return inner.lines()
