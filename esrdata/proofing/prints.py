"""Reads the places of a PDF, its tables by rules or gaps; doubts tables that were read badly."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from esrdata.documents import pdf
from esrdata.documents.files import read_bytes
from esrdata.documents.pdf.pieces import Word
from esrdata.proofing.findings import (
    AMBIGUOUS,
    CONTRADICTED,
    EQUAL,
    NOT_DERIVABLE,
    OUT_OF_SCOPE,
    ROUNDED,
    Finding,
)
from esrdata.proofing.places import CELL, Gathering
from esrdata.proofing.shelf import shelf
from esrdata.proofing.texts import lines

#: A table is read well if at least this share of its numbers are figures.
_READ = 0.6
#: The reason given for numbers of tables read badly.
TORN = "torn"
#: Running heads and feet take at most so many lines of a page.
_MARGIN = 2
#: With fewer rows or columns, ruled lines are a frame, not a table.
_LEAST = 2
#: A note mark: how much smaller than the word it touches, and how near, relative to its size.
_MARK = re.compile(r"\d{1,2}[),]?|[*†‡]{1,3}")
_SMALL, _TOUCHING = 0.8, 0.3
#: Left, top, right, bottom.
_Box = tuple[float, float, float, float]
_Cells = list[list[str]]


def gather(path: Path, gathered: Gathering) -> None:
    """Collect the places of a PDF.

    Tables with ruled lines are read by these (pdfplumber), others by the gaps in their rows, so
    that a name on two lines tears a row.
    """
    printed = pdf.read(read_bytes(str(path)))
    bare = without_marks(printed.text, printed.words)
    words = iter(printed.words)
    word = next(words, None)
    start = 0
    last: Open | None = None
    for page, (text, tables) in enumerate(
        zip(bare.split("\f"), _ruled(path), strict=False), start=1
    ):
        waiting: list[str] = []
        put = set[int]()
        for line in text.split("\n"):
            middle = []
            while word is not None and word[0] < start + len(line):
                middle.append(((word[1].left + word[1].right) / 2, word[1].base - word[1].size / 3))
                word = next(words, None)
            start += len(line) + 1
            inside = _holding([box for box, _ in tables], middle)
            if inside is None:
                # A line of note marks only does not end a paragraph.
                if line.strip() or not middle:
                    waiting.append(line)
            elif inside not in put:
                put.add(inside)
                cells = tables[inside][1]
                if last is None or put != {inside} or not last.goes_on(cells, waiting):
                    lines(waiting, gathered, page)
                    last = Open(gathered.table(), cells[0])
                waiting = []
                last.put(cells, gathered, page)
        if any(map(str.strip, waiting)):
            lines(waiting, gathered, page)
            if len(waiting) > _MARGIN:
                last = None


def without_marks(text: str, words: Sequence[tuple[int, Word]]) -> str:
    """A text with raised note marks, which touch the word before them, replaced by spaces."""
    kept, of_page = list(text), dict[int, list[Word]]()
    for _, word in words:
        of_page.setdefault(word.page, []).append(word)
    for at, word in words:
        if _MARK.fullmatch(word.text) is None:
            continue
        near = [
            other for other in of_page[word.page]
            if abs(word.left - other.right) < _TOUCHING * other.size
        ]  # fmt: skip
        if any(
            0 < other.base - word.base < other.size and word.size < _SMALL * other.size
            for other in near
        ):
            kept[at : at + len(word.text)] = " " * len(word.text)
    return "".join(kept)


@dataclass
class Open:
    """A table that may continue on the next page."""

    number: int
    head: list[str]
    rows: int = 0

    def goes_on(self, cells: _Cells, above: Sequence[str]) -> bool:
        """Whether a table continues this one, with at most a running head between."""
        text = [line for line in above if line.strip()]
        named = any(shelf().caption.match(line) for line in text)
        return len(cells[0]) == len(self.head) and len(text) <= _MARGIN and not named

    def put(self, cells: _Cells, gathered: Gathering, page: int) -> None:
        """Add rows; headings repeated on a further page are left out."""
        for texts in cells:
            if self.rows and texts == self.head:
                continue
            for column, text in enumerate(texts):
                gathered.cell(self.number, self.rows, column, text, page=page)
            self.rows += 1


def _ruled(path: Path) -> Iterator[list[tuple[_Box, _Cells]]]:
    """For each page, its tables with ruled lines and where they stand."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            found = []
            for table in page.find_tables():
                cells = [[_joined(cell or "") for cell in row]
                         for row in table.extract()]  # fmt: skip
                if len(cells) >= _LEAST and min(len(row) for row in cells) >= _LEAST:
                    found.append((table.bbox, cells))
            page.close()
            yield found


def _joined(cell: str) -> str:
    """The lines of a cell joined; hyphenated words become whole."""
    cell = re.sub(r"(?<=\w)[-\u2010]\n(?=[A-ZÅÄÖ\d])", "-", cell.replace("\u00ad\n", ""))
    return re.sub(r"(?<=[a-zåäö])[-\u2010]\n(?=[a-zåäö])", "", cell).replace("\n", " ").strip()


def _holding(boxes: Sequence[_Box], points: Sequence[tuple[float, float]]) -> int | None:
    """The box that most of the points are in; None if most are in none."""
    for number, (left, top, right, bottom) in enumerate(boxes):
        inside = sum(left <= x <= right and top <= y <= bottom for x, y in points)
        if inside * 2 > len(points):
            return number
    return None


def careful(found: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of a PDF, without contradictions from tables that were read badly.

    A table is read well if most of its numbers are figures. In others, a number that is none is
    ambiguous, for the reading may be at fault.
    """
    tables: dict[int, list[bool]] = {}
    for one in found:
        if one.place.kind == CELL and one.verdict != OUT_OF_SCOPE:
            tables.setdefault(one.place.ordinal, []).append(one.verdict in (EQUAL, ROUNDED))
    bad = {number for number, right in tables.items() if sum(right) < _READ * len(right)}
    for one in found:
        torn = one.place.ordinal in bad if one.place.kind == CELL else "\t" in one.place.text
        if torn and one.verdict in (CONTRADICTED, NOT_DERIVABLE):
            yield replace(one, verdict=AMBIGUOUS, expected=None, confidence=0.3, reason=TORN)
        else:
            yield one
