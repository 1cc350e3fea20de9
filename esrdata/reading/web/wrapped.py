"""Lines of a print that are one text: titles of several lines, and paragraphs of sentences."""

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING

from esrdata.documents.html.outline import Outline
from esrdata.reading.quantities.periods import find_day
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.vocabulary import BULLET, words

if TYPE_CHECKING:
    from esrdata.reading.web.lines import Lines

#: How a sentence ends at the end of a line.
SENTENCE_END = re.compile(r"(?:[.…]|[!?](?=.{0,3}$))[)\]\"'”»]*$")
_LABELLED = re.compile(rf"\s*{BULLET}[^\s:][^:\n]{{0,30}}:\s")


def _broken_headings(page: "Lines", outline: Outline) -> dict[int, int]:
    """The last line of each heading of a page that holds line breaks."""
    found: dict[int, int] = {}
    parts = (page.document.text[start:end] for start, end, _ in outline.headings)
    if not any("<br" in part or "<BR" in part for part in parts):
        return found
    starts = [start for start, _, _ in outline.headings]
    groups = groupby(
        (i for i in page.full if page.level(i) is not None),
        key=lambda i: bisect_right(starts, page.place(i)),
    )
    for first, *more in (list(lines) for _, lines in groups):
        whole = more and page.lines[more[-1]].end - page.lines[first].start <= SETTINGS.heading
        if whole and more[-1] - first == len(more):
            found[first] = more[-1]
    return found


def wrapped_titles(page: "Lines") -> dict[int, int]:
    """The last line of each heading, or of each paragraph of a print that may be a title."""
    if page.document.outline is not None:
        return _broken_headings(page, page.document.outline)
    found: dict[int, int] = {}
    taken = -1
    for first, line in enumerate(page.lines):
        if first <= taken or line.blank or "\t" in line.text or _follows(page, first):
            continue
        last = first
        while (
            last + 1 < len(page.lines) and _follows(page, last + 1) and _runs_over(page, last + 1)
        ):
            last += 1
        taken = last
        length = page.lines[last].end - line.start
        if last > first and length <= SETTINGS.heading and not page.is_bare(first):
            found[first] = last
    return found


def _follows(page: "Lines", i: int) -> bool:
    """Whether a line may go on with the one above: that was full, or small letters follow."""
    return not page.lines[i].blank and (i - 1 in page.document.wraps or page.goes_on(i - 1))


def _runs_over(page: "Lines", i: int) -> bool:
    """Whether a title runs on from the line above, which had no more room."""
    text, above = page.lines[i].text.strip(), page.lines[i - 1].text.strip()
    # The name of a site may stand above a title, too.
    full = len(above) >= SETTINGS.full and words().organisation.search(above) is None
    return (text[:1].islower() or full) and not (
        "\t" in text
        or find_day(text) is not None
        or words().label.match(text) is not None
        or _LABELLED.match(text) is not None
        or page.is_bare(i)
        or page.is_notice(i)
        or page.is_furniture(i)
        or page.is_caption(i)
    )


def torn_lines(page: "Lines") -> frozenset[int]:
    """Lines of wrapped paragraphs of sentences."""
    found: list[int] = []
    last = -1
    for first in sorted(page.document.wraps):
        if first < last:
            continue
        last = first + 1
        while last in page.document.wraps:
            last += 1
        text = " ".join(line.text.strip() for line in page.lines[first : last + 1])
        if words().sentence.search(text) is not None or (
            len(text) > SETTINGS.heading and SENTENCE_END.search(text) is not None
        ):
            found += range(first, last + 1)
    return frozenset(found)
