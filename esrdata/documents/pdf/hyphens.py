"""Hyphens and dashes at the line ends of a PDF: which of them divide a word or a range."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from esrdata.documents.layout import AND, SOFT_HYPHEN
from esrdata.documents.pdf.pieces import Piece
from esrdata.documents.pdf.rows import Row
from esrdata.documents.pdf.settings import SETTINGS

# A hyphen behind a letter or digit at a line end.
_AT_LINE_END = re.compile("\\w[-\u2010\u2011]$")
_COMPOUND = re.compile(rf"\w+-\w{{{SETTINGS.stem}}}")
_RANGE = re.compile("\\d\u2013$")
_VOWELS = "aeiouyåäö"
_SIGNS = ".,;:)”\"'"


def mend_hyphens(rows: Sequence[Row]) -> None:
    """Put a soft hyphen where a line ends inside a word, so that laying out joins it.

    A page shows true hyphens and hyphenation alike, so it is decided for the document as a whole:
    where many lines end with a hyphen they divide words, but for those that the spelling asks
    for. Where the page has a sign of its own for hyphenation, nothing has to be guessed.
    """
    full = [(row.cells[-1], below.cells[0].first) for row, below in pairwise(rows) if row.full]
    ends = [(cell, below) for cell, below in full if _AT_LINE_END.search(cell.last)]
    signed = [cell for cell, _ in ends if cell.last[-1] != "-"]
    typed = len(ends) - len(signed)
    many = not signed and typed >= SETTINGS.hyphens and typed > SETTINGS.hyphenated * len(full)
    # Most prints end no line with a hyphen or a dash: nothing is asked about their words.
    asked = rows if ends or any(cell.last == "-" for cell, _ in full) else ()
    words = {text.rstrip(_SIGNS) for row in asked for cell in row.cells for text in cell.texts}
    compounds = {
        match[0].casefold()
        for row in asked
        for cell in row.cells
        for text in cell.texts[:-1]
        if "-" in text and (match := _COMPOUND.match(text))
    }
    for cell, below in ends:
        before = cell.last[:-1]
        seen = f"{before}-{below[: SETTINGS.stem]}".casefold() in compounds
        # A name keeps its hyphen before any word: Leader-väki, where Leader stands alone, too.
        seen = seen or (before[:1].isupper() and before in words and before.lower() not in words)
        guessed = many and not seen and not _is_spelled(before, below)
        if cell.last[-1] != "-" or guessed:
            cell.of.texts[cell.end - 1] = before + SOFT_HYPHEN
    _mend_dashes(full, words)


def _is_spelled(before: str, after: str) -> bool:
    """Whether a word is spelled with a hyphen between these parts."""
    first, rest = re.split(r"\W", before)[-1], after.rstrip(_SIGNS)
    if not first or not rest or after.casefold() in AND:
        return True
    if first.isupper() or first.isdigit() or not rest[0].isalpha() or rest[0].isupper():
        return True
    return first[-1] == rest[0] and rest[0] in _VOWELS


def _mend_dashes(full: Sequence[tuple[Piece, str]], words: Set[str]) -> None:
    """Join what a line end divides behind a dash: `2014–` and `2017`, `2000 -` and `ohjelma`.

    A dash with a space before it is a hyphen of the next word or a dash between two, and a page
    shows both alike at a line end: a number before it, or the same word elsewhere, tells.
    """
    for cell, after in full:
        last = cell.last
        if last[-1] not in "-\u2013":
            continue
        numbered = len(cell) > 1 and cell.texts[-2][-1].isdigit() and after[0].islower()
        hyphen = last == "-" and (numbered or f"-{after.rstrip(_SIGNS)}" in words)
        if hyphen or (_RANGE.search(last) and after[0].isdigit()):
            cell.of.texts[cell.end - 1] = last + SOFT_HYPHEN
