"""Sheets on which two pages are printed side by side: each half is a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from esrdata.documents.pdf.pieces import Piece, Word, WordList, baselines
from esrdata.documents.pdf.rows import Row
from esrdata.documents.pdf.settings import SETTINGS


class Sheets:
    """Words of sheets as words of pages, and back."""

    def __init__(self, pages: Sequence[list[Piece]], sizes: Sequence[tuple[float, float]]) -> None:
        self._pages = pages
        self._middles = [width / 2 for width, _ in sizes]
        wide = all(width > SETTINGS.wide * height for width, height in sizes)
        self.halved = wide and self._has_two_pages()

    def _has_two_pages(self) -> bool:
        """Whether no word crosses the middle, and both sides have lines of text from a margin."""
        margins: tuple[list[float], list[float]] = ([], [])
        for runs, middle in zip(self._pages, self._middles, strict=True):
            single = _single([word for run in runs for word in run.words])
            if any(word.left < middle < word.right for word in single):
                return False
            for side, lefts in enumerate(margins):
                own = [piece for piece in single if (piece.left >= middle) == side]
                lefts += [
                    piece.left - side * middle
                    for piece in chain.from_iterable(baselines(own))
                    if len(piece) >= SETTINGS.line_of_text
                ]
        if min(map(len, margins)) < SETTINGS.lines_of_text:
            return False
        left, right = map(min, margins)
        return abs(left - right) < SETTINGS.same_margin * self._middles[0]

    def pages(self) -> list[list[Piece]]:
        """The runs of each page, from its own left edge."""
        if not self.halved:
            return list(self._pages)
        found: list[list[Piece]] = []
        for runs, middle in zip(self._pages, self._middles, strict=True):
            first, second = len(found), len(found) + 1
            words = [(word, word.left >= middle) for run in runs for word in run.words]
            single = _single([_moved(word, first + side, -middle * side) for word, side in words])
            found += ([own for own in single if own.page == page] for page in (first, second))
        return found

    def sheets(self, pages: Sequence[list[Row]]) -> list[list[Row]]:
        """The lines of each sheet, their words where they stand on it."""
        if not self.halved:
            return list(pages)
        for row in (row for page in pages for row in page):
            row.cells = [self._on_sheet(cell) for cell in row.cells]
        return [[*pages[i], *pages[i + 1]] for i in range(0, len(pages), 2)]

    def _on_sheet(self, cell: Piece) -> Piece:
        number, side = divmod(cell.page, 2)
        by = self._middles[number] * side
        words = [_moved(word, number, by) for word in cell.words]
        return Piece(WordList.of(words), 0, len(words))


def _single(words: Sequence[Word]) -> list[Piece]:
    """Words as pieces by themselves."""
    of = WordList.of(words)
    return [Piece(of, i, i + 1) for i in range(len(words))]


def _moved(word: Word, page: int, by: float) -> Word:
    return word._replace(page=page, left=word.left + by, right=word.right + by)
