"""How a table of a Word document is laid, and how high things are on a page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import east_asian_width

from esrdata.present.model import Column
from esrdata.present.word.elements import one_line

#: The side margins of cells, in twentieths of a point.
PADDING = 70
#: Sizes of type in points that a table is tried in.
SIZES = (8.5, 8.0, 7.5)
#: Width that a column of text should have, what it has before a heading gets a line less, and that
#: of the longest word kept whole, in ems.
COMFORT, AMPLE, LONGEST = 10.0, 28.0, 22.0
#: What a line of a text does not end in, and one of a heading: `p-värde` is one word, too.
_PARTS = re.compile(r"[^ \t\n\-–\u00ad]+[\-–\u00ad]?|[\-–]")
_HEAD_PARTS = re.compile(rf"(?:\b\w-)?{_PARTS.pattern}")
#: So many lines a heading of numbers may have; more of them where rows then take fewer.
HEAD_LINES = (3, 4, 5)
#: A line of a cell, and what stands above and below its text, in sizes of type.
_LINE, _ABOVE = 1.3, 0.35
#: What is added to widths that a word or number must fit in, for fonts differ; and what a line of
#: our own font, which is a tenth narrower than `width_of`, most likely takes.
SPARE, _LIKELY = 1.03, 0.97
#: A table lies on its side only where it is so much of a lying page high.
_WORTH = 0.6
#: Letters of the font that are far from half an em wide, and how much wider bold ones are.
_NARROW, _BROAD, BOLD = " \u00a0\u00ad!'(),-./:;I[\\]`fijlrt{|}", '"%@MWm—', 1.1


@dataclass(frozen=True)
class Page:
    """What a page of the template holds beside its margins, in twentieths of a point."""

    width: int
    height: int
    #: Both turned on its side.
    lying_width: int
    lying_height: int

    @classmethod
    def of(cls, section: Any) -> "Page":
        """The page of a section of a document."""
        sides = round((section.left_margin + section.right_margin) / 635)
        ends = round((section.top_margin + section.bottom_margin) / 635)
        width, height = round(section.page_width / 635), round(section.page_height / 635)
        return cls(width - sides, height - ends, height - sides, width - ends)


@lru_cache(maxsize=2**14)
def width_of(text: str) -> float:
    """About how wide a line of text is, in ems."""
    widths = (
        0.28 if letter in _NARROW
        else 1.0 if letter in _BROAD or east_asian_width(letter) in "WF"
        else 0.56 if letter.islower() or letter.isdigit() or letter in "–−€"
        else 0.73
        for letter in text
    )  # fmt: skip
    return sum(widths)


def lines_of(text: str, width: float, size: float, spare: float = SPARE) -> int:
    """About how many lines a text takes in so many twentieths of a point."""
    room = max(width / (size * 20 * spare), 1.0)
    lines = 0
    for paragraph in text.split("\n"):
        at = 0.0
        lines += 1
        for piece in _parts(paragraph):
            wide = width_of(piece)
            if at and at + wide > room:
                lines, at = lines + 1, 0.0
            at += wide + 0.28
    return lines


#: Width in ems that a column needs, should have, has where others must wait, and has when no line
#: ends in its cells.
Measure = tuple[float, float, float, float]


def measured(
    column: Column, texts: Sequence[str], head_lines: int = HEAD_LINES[0], stacked: bool = False
) -> Measure:
    """Measure a column: names get room before the headings of numbers.

    Cells that stand beside several rows are `stacked`: their lines cost no room.
    """
    head, text = one_line(column.label), column.kind == "text"
    longest = max((width_of(line) for cell in texts for line in cell.split("\n")), default=0.0)
    pieces = {part for cell in texts for part in _parts(cell)} if text else set()
    need = max(
        0.0 if text else longest,
        *map(width_of, pieces),
        *(width_of(part) * BOLD for part in _HEAD_PARTS.findall(head)),
        0.0,
    )
    need = min(need, LONGEST)
    if stacked:
        return (need,) * 4
    whole = max(need, longest, width_of(head) * BOLD)
    if text:
        return need, max(need, min(longest, COMFORT)), max(need, min(longest, AMPLE)), whole
    return need, need, max(need, _narrowest(head, head_lines)), whole


def _narrowest(head: str, lines: int) -> float:
    """About the width in ems in which a heading has no more lines than it may have."""
    wide = width_of(head) * BOLD / lines
    while lines_of(head, wide * _unit(1) / BOLD, 1) > lines:
        wide += 0.5
    return wide


def _unit(size: float) -> float:
    # In twentieths of a point.
    return size * 20 * SPARE


def _room(width: int, columns: int) -> int:
    return width - 2 * PADDING * columns


def pieces_of(measures: Sequence[Measure], width: int) -> Iterator[list[int]]:
    """Divide columns so that words and numbers stay whole; the first one begins every piece."""
    piece = [0]
    for at in range(1, len(measures)):
        wide = sum(measures[i][0] for i in [*piece, at]) * _unit(SIZES[-1])
        if wide > _room(width, len(piece) + 1):
            yield piece
            piece = [0]
        piece.append(at)
    yield piece


def fitted(measures: Sequence[Measure], width: int) -> tuple[float, list[int], bool]:
    """Choose the size of type of a table and widths of columns; whether each has what it should."""
    needs, least, fair, whole = zip(*measures, strict=True)
    size, over = SIZES[-1], -1.0
    for size in SIZES:
        over = _room(width, len(measures)) / _unit(size) - sum(least)
        if over >= 0:
            break
    comfortable = over >= 0
    if not comfortable:
        least, over = needs, over + sum(least) - sum(needs)
    widths = list(least)
    for goal in (fair, whole):
        wanted = [max(most - wide, 0.0) for most, wide in zip(goal, widths, strict=True)]
        share = max(0.0, min(1.0, over / (sum(wanted) or 1.0)))
        widths = [wide + share * more for wide, more in zip(widths, wanted, strict=True)]
        over -= share * sum(wanted)
    return size, [int(wide * _unit(size)) + 2 * PADDING for wide in widths], comfortable


def height_of(
    rows: Sequence[Sequence[str]], widths: Sequence[int], size: float, blocks: Sequence[int] = ()
) -> list[int]:
    """About how high each row of a table is, in twentieths of a point.

    A first cell that is of several rows stands beside all of them.
    """
    heights = []
    for at, row in enumerate(rows):
        lines = [
            lines_of(t, w - 2 * PADDING, size, _LIKELY) for t, w in zip(row, widths, strict=True)
        ]
        if blocks and blocks[at] != 1:
            lines[0] = max(1, lines[0] - blocks[at] + 1) if blocks[at] else 1
        heights.append(int((max(lines, default=1) * _LINE + _ABOVE) * size * 20))
    return heights


def lies(heights: Sequence[int], page: Page) -> bool:
    """Whether a table on its side fills enough of a page to turn it."""
    return sum(heights) >= _WORTH * page.lying_height


def _parts(text: str) -> list[str]:
    """Pieces of a text that a line end does not divide."""
    return _PARTS.findall(text)
