"""Words that a print has at one place of every page, over the text of some: a stamp."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from esrdata.documents.pdf.pieces import Piece
from esrdata.documents.pdf.settings import SETTINGS


def without_stamps(pages: Sequence[list[Piece]]) -> tuple[list[list[Piece]], int]:
    """The runs of pages without stamps, and how many words those had.

    What stands at one place of many pages may as well be a label: letters of a page's own text
    never stand on each other.
    """
    often = max(1, SETTINGS.most_pages * len(pages))
    # Of runs that few pages have it is not asked where they stand: some print a run for each word.
    begins = Counter(chain.from_iterable({run.first for run in runs} for runs in pages))
    keyed = [{_key(run): run for run in runs if begins[run.first] > often} for runs in pages]
    times = Counter(chain.from_iterable(keyed))
    stamps: set[tuple[str, str, int, int]] = set()
    for runs, of in zip(pages, keyed, strict=True):
        repeated = {key: run for key, run in of.items() if times[key] > often}
        stamps.update(key for key, run in repeated.items() if _covers(run, runs))
    if not stamps:
        return list(pages), 0
    kept = [[run for run in runs if _key(run) not in stamps] for runs in pages]
    return kept, sum(len(run) for of in keyed for key, run in of.items() if key in stamps)


def _key(run: Piece) -> tuple[str, str, int, int]:
    return run.first, run.last, round(run.left), round(run.base)


def _covers(run: Piece, runs: Sequence[Piece]) -> bool:
    """Whether letters of another run stand on those of one; a bold word may be printed twice."""
    left, right = run.left + SETTINGS.rounding, run.right - SETTINGS.rounding
    high, top = SETTINGS.letter, run.base - SETTINGS.letter * run.size
    return any(
        other.base > top
        and other.base - high * other.size < run.base
        and other.left < right
        and other.right > left
        and other.first != run.first
        for other in runs
    )
