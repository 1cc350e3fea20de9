"""How a table of a report is laid on a page: its columns, widths, size of letters, and rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from esrdata.knowledge import wording
from esrdata.present.model import Column, Table
from esrdata.present.word.cells import blocks_of, columns_of
from esrdata.present.word.elements import SOFT_HYPHEN, one_line
from esrdata.present.word.layout import (
    HEAD_LINES,
    Page,
    fitted,
    height_of,
    lies,
    measured,
    pieces_of,
)


class Laid(NamedTuple):
    """A table, or a piece of one, as it is printed."""

    lying: bool
    size: float
    widths: list[int]
    title: str
    note: str
    rows: list[list[str]]
    right: list[bool]
    heights: list[int]
    total: bool
    # The language of each row's texts, by the columns that have texts of the sources.
    languages: list[str]
    foreign: list[bool]
    # How many rows each first cell is of; 0 where it is that of the row above.
    blocks: list[int]


def lay(table: Table, page: Page, lang: str) -> list[Laid]:
    """Write the cells of a table and give it its layout; too wide a table becomes several."""
    columns = list(columns_of(table, lang))
    # What fits with its headings divided is one table.
    measures = [
        measured(replace(column, label=_divided(one_line(column.label), lang)), texts)
        for column, texts in columns
    ]
    everything = list(range(len(measures)))
    laid = [_piece(table, columns, everything, page.width, lang)]
    # One that does not fit upright lies if it fills the page so, and else is divided.
    pieces = list(pieces_of(measures, page.width))
    if not laid[0][1] and len(pieces) > 1:
        wide = _piece(table, columns, everything, page.lying_width, lang)
        if wide[1] and lies(wide[0].heights, page):
            return [wide[0]._replace(lying=True)]
        laid = [_piece(table, columns, piece, page.width, lang) for piece in pieces]
    last = len(laid)
    return [
        one._replace(
            title=f"{table.title} ({n}/{last})" if last > 1 else table.title,
            note=table.note if n == last else "",
        )
        for n, (one, _) in enumerate(laid, 1)
    ]


def _divided(heading: str, lang: str) -> str:
    """A heading with the places where its long words may be divided."""
    for word in wording.word("word_file.divided", lang).split():
        first, last = word.split("-")
        heading = re.sub(rf"(?i)\b({first})({last})\b", rf"\1{SOFT_HYPHEN}\2", heading)
    return heading


def _piece(
    table: Table,
    columns: Sequence[tuple[Column, Sequence[str]]],
    piece: Sequence[int],
    width: int,
    lang: str,
) -> tuple[Laid, bool]:
    """Some columns of a table in so much width, and whether they have what they should."""
    chosen = [columns[at][0] for at in piece]
    texts = [columns[at][1] for at in piece]
    # The heading is a block by itself; so is a total.
    blocks = [1, *blocks_of(chosen[0], texts[0])]
    size, widths, comfortable, rows = min(
        _tried(chosen, texts, blocks, width, lang),
        # A tall heading is no better than rows of several lines; none may be wider than the page.
        key=lambda one: (
            sum(one[1]) > width,
            (heights := height_of(one[3], one[1], one[0], blocks))[0] + sum(heights),
        ),
    )
    laid = Laid(
        lying=False,
        size=size,
        widths=widths,
        title=table.title,
        note=table.note,
        rows=rows,
        right=[column.kind not in ("text", "date") for column in chosen],
        heights=height_of(rows, widths, size, blocks),
        total=table.total,
        languages=table.languages(lang),
        foreign=[column.foreign for column in chosen],
        blocks=blocks,
    )
    return laid, comfortable


def _tried(
    columns: Sequence[Column],
    texts: Sequence[Sequence[str]],
    blocks: Sequence[int],
    width: int,
    lang: str,
) -> Iterator[tuple[float, list[int], bool, list[list[str]]]]:
    """Ways to lay a table: size, widths, whether these are enough, and rows."""
    plain = [one_line(column.label) for column in columns]
    for heads in (plain, [_divided(head, lang) for head in plain]):
        rows = [heads, *(list(row) for row in zip(*texts, strict=True))]
        for lines, stacked in product(HEAD_LINES, (False, True) if 0 in blocks else (False,)):
            measures = [
                measured(replace(column, label=head), cells, lines, stacked and at == 0)
                for at, (column, head, cells) in enumerate(zip(columns, heads, texts, strict=True))
            ]
            yield *fitted(measures, width), rows


def stays(at: int, blocks: Sequence[int], together: bool) -> bool:
    """Whether a row of a table stands on the page of the next one, or of the note below.

    The first rows stay with the caption, the last with each other, and a block stays whole, or the
    page after it would begin without the name of the group.
    """
    return together or at < 2 or at >= len(blocks) - 3 or blocks[at + 1 : at + 2] == [0]


#: A gap of more than this part of a page at its end is filled with what follows, if that can be.
GAP = 0.25


@dataclass
class Flow:
    """The page being filled, in twentieths of a point; estimates, for fonts differ."""

    height: int
    at: int = 0
    #: All that was put down, on however many pages.
    total: int = 0

    @property
    def left(self) -> int:
        """What is left of the page."""
        return self.height - self.at

    def add(self, height: int) -> None:
        """Count something that was put down, and may run over the page."""
        self.total += height
        self.at = (self.at + height) % self.height

    def keep(self, height: int, before: int = 0) -> None:
        """Begin the next page where so much does not fit on this; what stands before comes too."""
        if height > self.left:
            self.at = before

    def goes_first(self, heights: Sequence[tuple[int, int, int]]) -> bool:
        """Whether of two parts the second begins where the first would leave a large gap.

        Of each part: how high it is, and how much of it stands together at its beginning and end.
        """
        _, kept, _ = heights[0]
        if len(heights) < 2 or kept <= self.left or self.left < GAP * self.height:
            return False
        whole, start, end = heights[1]
        if whole <= self.left:
            return True
        # Nothing is won where the first finds no room beside what is left of the second.
        return start <= self.left and kept + max(whole - self.left, end) <= self.height
