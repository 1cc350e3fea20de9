"""Paragraphs and table rows to the text that a person sees of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

from esrdata.documents.csv_text import SETTINGS as CSV
from esrdata.documents.html.rows import side_by_side
from esrdata.documents.office.settings import SETTINGS

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# A row of so many cells is one of a list, in which each cell has its column.
LISTED = CSV.cells + 1
_EDGES = re.compile(r"(?:(?<![ \t])[ \t]+)?\n[ \t]*")


class DocumentError(Exception):
    """A document that gives no text; `code` names the finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


# Stands in a cell that one above reaches over; XML cannot hold it.
SPANNED = "\x1d"


@dataclass(frozen=True, slots=True)
class OfficeText:
    """The text of a document, and of what was left out (struck out, hidden) how many places.

    `merged` are cells of tables that reach over several rows: where in the text the first and the
    last of them stand, and their column.
    """

    text: str
    left_out: tuple[tuple[str, int], ...]
    merged: tuple[tuple[int, int, int], ...] = ()


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

        Parameters
        ----------
        cells
            The text of each.
        arranges
            Whether the row only arranges the page, so that its cells are read one after another.
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
        merged = tuple(_merged(marked)) if SPANNED in marked else ()
        return OfficeText(marked.replace(SPANNED, ""), tuple(left_out.items()), merged)

    def lines(self) -> str:
        """What was put into a cell, a line for each paragraph."""
        return "\n".join(text for text, _ in self._blocks if text)


def _merged(marked: str) -> Iterator[tuple[int, int, int]]:
    """Cells that reach over several rows, by their places in the text without marks."""
    # Of each column where the cell stands that may reach down, and where it does so far.
    open_: dict[int, tuple[int, int]] = {}
    at = 0
    for line in marked.split("\n"):
        cells = line.split("\t")
        over: dict[int, tuple[int, int]] = {}
        for column, cell in enumerate(cells):
            first = open_.get(column, (at, at))[0] if cell == SPANNED else at
            over[column] = first, at
            at += len(cell.replace(SPANNED, "")) + 1
        for column, (first, last) in open_.items():
            if first < last and over.get(column, (at, at))[0] != first:
                yield first, last, column
        open_ = over
    yield from ((first, last, c) for c, (first, last) in open_.items() if first < last)


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
