"""Words that a print has at one place of every page, over the text of some: a stamp."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from esrdata.documents.pdf.pieces import Word
from esrdata.documents.pdf.settings import SETTINGS

Run = list[Word]


def without_stamps(pages: Sequence[list[Run]]) -> tuple[list[list[Run]], int]:
    """The runs of pages without stamps, and how many words those had.

    What stands at one place of many pages may as well be a label: letters of a page's own text
    never stand on each other.
    """
    times = Counter(chain.from_iterable({_key(run) for run in runs} for runs in pages))
    often = max(1, SETTINGS.most_pages * len(pages))
    repeated = {key for key, count in times.items() if count > often}
    stamps = {
        key
        for runs in pages if repeated
        for run in runs
        if (key := _key(run)) in repeated and any(_covers(run, other) for other in runs)
    }  # fmt: skip
    if not stamps:
        return list(pages), 0
    kept = [[run for run in runs if _key(run) not in stamps] for runs in pages]
    return kept, sum(len(run) for runs in pages for run in runs if _key(run) in stamps)


def _key(run: Run) -> tuple[str, str, int, int]:
    first = run[0]
    return first.text, run[-1].text, round(first.left), round(first.base)


def _covers(run: Run, other: Run) -> bool:
    """Whether letters of two runs stand on each other; a bold word may be printed twice."""
    one, two = run[0], other[0]
    return (
        one.text != two.text
        and one.left < other[-1].right - SETTINGS.rounding
        and two.left < run[-1].right - SETTINGS.rounding
        and one.base - SETTINGS.letter * one.size < two.base
        and two.base - SETTINGS.letter * two.size < one.base
    )
