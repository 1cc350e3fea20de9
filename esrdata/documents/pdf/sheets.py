"""Sheets on which two pages are printed side by side: each half is a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from operator import attrgetter

from esrdata.documents.pdf.pieces import Piece, Word, baselines
from esrdata.documents.pdf.rows import Row
from esrdata.documents.pdf.settings import SETTINGS


class Sheets:
    """Words of sheets as words of pages, and back."""

    def __init__(
        self, pages: Sequence[list[list[Word]]], sizes: Sequence[tuple[float, float]]
    ) -> None:
        self._pages = pages
        self._middles = [width / 2 for width, _ in sizes]
        self.halved = all(_is_wide(size) for size in sizes) and self._has_two_pages()

    def _has_two_pages(self) -> bool:
        """Whether no word crosses the middle, and both sides have lines of text from a margin."""
        sides: tuple[list[Word], list[Word]] = ([], [])
        for runs, middle in zip(self._pages, self._middles, strict=True):
            for word in chain.from_iterable(runs):
                if word.left < middle < word.right:
                    return False
                sides[word.left >= middle].append(word)
        left, right = (
            [
                piece.left - side * self._middles[piece.page]
                for piece in _pieces(words)
                if len(piece.words) >= SETTINGS.line_of_text
            ]
            for side, words in enumerate(sides)
        )
        if min(len(left), len(right)) < SETTINGS.lines_of_text:
            return False
        return abs(min(left) - min(right)) < SETTINGS.same_margin * self._middles[0]

    def pages(self) -> list[list[list[Word]]]:
        """The runs of each page, from its own left edge."""
        if not self.halved:
            return list(self._pages)
        found: list[list[list[Word]]] = []
        for runs, middle in zip(self._pages, self._middles, strict=True):
            number = len(found)
            halves: tuple[list[list[Word]], list[list[Word]]] = ([], [])
            for word in chain.from_iterable(runs):
                side = word.left >= middle
                by = middle if side else 0.0
                left, right = word.left - by, word.right - by
                halves[side].append([replace(word, page=number + side, left=left, right=right)])
            found += halves
        return found

    def sheets(self, pages: Sequence[list[Row]]) -> list[list[Row]]:
        """The lines of each sheet, their words where they stand on it."""
        if not self.halved:
            return list(pages)
        for row in (row for page in pages for row in page):
            row.cells = [[self._on_sheet(word) for word in cell] for cell in row.cells]
        return [[*pages[i], *pages[i + 1]] for i in range(0, len(pages), 2)]

    def _on_sheet(self, word: Word) -> Word:
        number, side = divmod(word.page, 2)
        by = self._middles[number] * side
        return replace(word, page=number, left=word.left + by, right=word.right + by)


def _is_wide(size: tuple[float, float]) -> bool:
    width, height = size
    return width > SETTINGS.wide * height


def _pieces(words: Sequence[Word]) -> Iterator[Piece]:
    """Pieces of the lines of several sheets."""
    for _, some in groupby(words, key=attrgetter("page")):
        for line in baselines([[word] for word in some]):
            yield from line
