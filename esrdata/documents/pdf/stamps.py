"""Words that a print has at one place of every page, over the text of some: a stamp."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from esrdata.documents.pdf.pieces import Word
from esrdata.documents.pdf.settings import SETTINGS

Run = list[Word]
_Key = tuple[str, str, int, int]


def without_stamps(pages: Sequence[list[Run]]) -> tuple[list[list[Run]], int]:
    """The runs of pages without stamps, and how many words those had.

    What stands at one place of many pages may as well be a label: letters of a page's own text
    never stand on each other.
    """
    keyed = [{_key(run): run for run in runs} for runs in pages]
    times = Counter(chain.from_iterable(keyed))
    often = max(1, SETTINGS.most_pages * len(pages))
    stamps: set[_Key] = set()
    for runs, of in zip(pages, keyed, strict=True):
        repeated = {key: run for key, run in of.items() if times[key] > often}
        stamps.update(key for key, run in repeated.items() if _covers(run, runs))
    if not stamps:
        return list(pages), 0
    kept = [[run for run in runs if _key(run) not in stamps] for runs in pages]
    return kept, sum(len(run) for of in keyed for key, run in of.items() if key in stamps)


def _key(run: Run) -> _Key:
    first = run[0]
    return first.text, run[-1].text, round(first.left), round(first.base)


def _covers(run: Run, runs: Sequence[Run]) -> bool:
    """Whether letters of another run stand on those of one; a bold word may be printed twice."""
    first, right = run[0], run[-1].right - SETTINGS.rounding
    left, high = first.left + SETTINGS.rounding, SETTINGS.letter
    top, base = first.base - high * first.size, first.base
    return any(
        other[0].base > top
        and other[0].base - high * other[0].size < base
        and other[0].left < right
        and other[-1].right > left
        and other[0].text != first.text
        for other in runs
    )
