"""Pages of a print that do not go on where the one before ends: some are missing, or elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from esrdata.documents.pdf.pieces import same_size
from esrdata.documents.pdf.rows import Row

_COUNT = re.compile(r"(?:^|\s)(\d{1,3})\s?(?:/|\(|of|av)\s?(\d{1,3})\)?$")
# A word that ends a sentence is no abbreviation, and one that begins as an address does is none.
_ENDS = re.compile(r"[^\W\d_]{5}[.!?]$")
_GOES_ON = re.compile(r"[^\W\d_]+[,.;:]?$")


def out_of_order(pages: Sequence[Sequence[Row]]) -> set[int]:
    """Pages, from 1, before which others are missing: as they are counted, or as sentences end."""
    return {*_by_counts(pages), *_by_sentences(pages)}


def _by_counts(pages: Sequence[Sequence[Row]]) -> Iterator[int]:
    above, total = 0, 0
    for number, page in enumerate(pages, 1):
        for row in page:
            match = _COUNT.search(row.text) if row.furniture else None
            if match is None:
                continue
            count, of = int(match[1]), int(match[2])
            begins = count == 1 and above == total
            if not begins and (count, of) not in {(above, total), (above + 1, total)}:
                yield number
            above, total = count, of
    if above < total:
        yield len(pages) + 1


def _by_sentences(pages: Sequence[Sequence[Row]]) -> Iterator[int]:
    own = [[row for row in page if not row.furniture] for page in pages]
    for number, (page, next_page) in enumerate(pairwise(own), 2):
        if len(page) < 2 or not next_page or len(page[-1].cells) + len(next_page[0].cells) > 2:
            continue
        before, last, first = *page[-2:], next_page[0]
        cell, ends = first.cells[0], last.cells[0]
        if _ENDS.search(last.text) and cell.text[0].islower() and _GOES_ON.match(cell.first):
            yield number
        # A paragraph that fills its line and ends no sentence, and a heading of a larger font.
        size = ends.words[-1].size
        wide = before.full and ends.right > max(row.cells[-1].right for row in page) - size
        larger = cell.size > size and not same_size(cell.size, size)
        if wide and larger and ends.text[-1].isalpha():
            yield number
