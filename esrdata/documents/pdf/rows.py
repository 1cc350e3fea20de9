"""Pieces on baselines to lines in reading order, by geometry alone.

A piece with others to its right is a cell of a row. A cell whose lines are wrapped keeps them
together, and what stands to its right follows its last line, wherever on the row it was printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, pairwise

from esrdata.documents.pdf.margins import (
    BULLETS,
    Line,
    Margins,
    Steps,
    beside,
    is_full,
    stands_apart,
    usual_steps,
)
from esrdata.documents.pdf.pieces import Piece, baselines, furniture
from esrdata.documents.pdf.settings import SETTINGS

_DIVIDED = re.compile("\\w[-\u2010]$")


@dataclass(slots=True)
class Row:
    """A line in reading order, and its cells.

    `full` says that the next word had no room, `apart` that a wider space stands above, and
    `furniture` that it is no part of the text.
    """

    cells: list[Piece]
    full: bool = False
    apart: bool = False
    furniture: bool = False

    @property
    def text(self) -> str:
        """Its cells with tabs between them."""
        return "\t".join([cell.text for cell in self.cells])


def arrange(pages: Sequence[Sequence[Piece]]) -> list[list[Row]]:
    """Bring the words of every page into lines.

    `pages`: the runs of words of each page, in any order.

    Gives the lines of each page in reading order. A line of a label that a page break cut off is on
    the page of the values beside it.
    """
    drawn = [baselines(runs) for runs in pages]
    heads = furniture(drawn)
    body = [
        [pieces for i, pieces in enumerate(page) if i not in heads[number]]
        for number, page in enumerate(drawn)
    ]
    margins = Margins.of(body)
    lines = _stacked([margins.sorted(pieces) for page in body for pieces in page])
    margins.find_column(lines)
    step = usual_steps(lines, margins)
    lines = _beside_labels(lines, margins, step)
    margins.measure(lines)
    rows: list[list[Row]] = [[] for _ in pages]
    number = len(pages)
    for row in reversed(_flagged(_regrouped(lines, margins, step), margins, step)):
        number = min(number, row.cells[-1].page)
        rows[number].insert(0, row)
    for number, page in enumerate(drawn):
        top = next((i for i in range(len(page)) if i not in heads[number]), len(page))
        above, below = (
            [Row(page[i], furniture=True) for i in sorted(some)]
            for some in ({*range(top)}, heads[number] - {*range(top)})
        )
        rows[number] = [*above, *rows[number], *below]
    return rows


def _stacked(lines: Sequence[Line]) -> list[Line]:
    """Join the parts of words that narrow cells divide: the heads of a table of numbers."""
    found: list[Line] = []
    for line in lines:
        above = found[-1] if found else None
        if (
            above is not None
            and above.main is line.main is None
            and len(above.cells) == len(line.cells)
            and all(_DIVIDED.search(cell.last) for cell in above.cells)
            # A name such as Kaakkois-Suomen and a span of years keep their hyphen.
            and all(len(c) == 1 and c.text[0].islower() for c in line.cells)
        ):
            for cell, below in zip(above.cells, line.cells, strict=True):
                cell.of.texts[cell.end - 1] = cell.last[:-1] + below.text
        else:
            found.append(line)
    return found


def _blocks(pieces: Sequence[tuple[int, Piece]], step: Steps) -> list[list[tuple[int, Piece]]]:
    """Pieces that stand below one another as close as the lines of a paragraph.

    In a table lines may be closer than in the prose: the nearest of a column tell, too.
    """
    found: list[list[tuple[int, Piece]]] = [list(pieces[:1])] if pieces else []
    below = [
        above.page == piece.page and abs(above.left - piece.left) < SETTINGS.edge
        for (_, above), (_, piece) in pairwise(pieces)
    ]
    nearest: dict[tuple[int, float], float] = {}
    for (_, above), (_, piece) in compress(pairwise(pieces), below):
        column, by = (round(piece.left / SETTINGS.edge), piece.size), piece.base - above.base
        if by >= SETTINGS.closest * piece.size:
            nearest[column] = min(by, nearest.get(column, by))
    for is_below, ((_, above), (number, piece)) in zip(below, pairwise(pieces), strict=True):
        column, by = (round(piece.left / SETTINGS.edge), piece.size), piece.base - above.base
        near = is_below and by <= nearest.get(column, by) + SETTINGS.row_gap
        if not near or stands_apart(above, piece, step, SETTINGS.row_gap):
            found.append([])
        found[-1].append((number, piece))
    return found


def _beside_labels(lines: list[Line], margins: Margins, step: Steps) -> list[Line]:
    """Put a label before the value that it stands beside, and mark the wraps of values.

    Browsers set the cells of a row in its middle: a label of one line stands between the lines
    of its value, or beside one of them, so that lines in their order would tear the value.
    """
    single = [
        (i, line.cells[0])
        for i, line in enumerate(lines)
        if len(line.cells) == 1 and not line.cells[0].is_number
    ]
    ends: dict[int, float] = {}
    for _, cell in single:
        column = round(cell.left / SETTINGS.edge)
        ends[column] = max(cell.right, ends.get(column, 0.0))
    values = [block for block in _blocks(single, step) if len(block) > 1]
    labels = _blocks([(i, line.main) for i, line in enumerate(lines) if values and line.main], step)
    made: dict[int, list[Line]] = {}
    gone: set[int] = set()
    for value in values:
        end = ends[round(value[0][1].left / SETTINGS.edge)] - SETTINGS.rounding
        wraps = [
            above
            for (_, above), (_, below) in pairwise(value)
            if not above.is_numeric and is_full(above, below, end)
        ]
        margins.wrapped.update(map(id, wraps))
        whole = len(wraps) == len(value) - 1
        label = next((block for block in labels if _is_label(block, value, whole)), None)
        if label is None:
            continue
        numbers = {number for number, _ in (*label, *value)}
        pieces = {id(piece) for _, piece in (*label, *value)}
        if any(id(piece) not in pieces for i in numbers for piece in lines[i].pieces):
            continue
        gone |= numbers
        before = [Line(piece, inside=True) for _, piece in label[:-1]]
        at_last = Line(label[-1][1], [value[0][1]])
        made[min(numbers)] = [*before, at_last, *(Line(None, [piece]) for _, piece in value[1:])]
    return [new for i, line in enumerate(lines) for new in made.get(i, [] if i in gone else [line])]


def _is_label(
    label: Sequence[tuple[int, Piece]], value: Sequence[tuple[int, Piece]], whole: bool
) -> bool:
    """Whether lines are the label of a value: in its middle and fewer, or wrapped as it is.

    Where rows stand no further apart than lines, only wraps tell one row from several; `whole`
    says that all lines of the value are wraps.
    """
    first, last = label[0][1], label[-1][1]
    top, bottom = value[0][1], value[-1][1]
    left = min(piece.left for _, piece in value)
    if first.page != top.page or max(piece.right for _, piece in label) >= left:
        return False
    middle = abs(first.base + last.base - top.base - bottom.base) < SETTINGS.same_middle * top.size
    if middle and len(label) < len(value):
        return True
    at_top = abs(first.base - top.base) < SETTINGS.rounding
    return (
        (middle or at_top)
        and whole
        and len(label) > 1
        and all(
            is_full(above, below, left - SETTINGS.padding)
            for (_, above), (_, below) in pairwise(label)
        )
    )


def _regrouped(lines: Sequence[Line], margins: Margins, step: Steps) -> list[Line]:
    """Put cells behind the last line of the label that they stand beside."""
    # The rows of cells that lines of text stand beside.
    owners = {
        id(near): i
        for i, line in enumerate(lines)
        if line.cells
        for near in ([line] if line.main is not None else beside(lines, i))
    }

    def further(old: int, by: int, at: int, done: int) -> int:
        """The next line of the label above or below one, or the same where it ends."""
        new = old + by if old + by != at or lines[at].main is not None else old + 2 * by
        if not done <= new < len(lines):
            return old
        # Cells of another row, but for a value that runs on beside its label.
        if owners.get(id(lines[new]), at) != at and not (lines[new].cells and lines[old].cells):
            return old
        above, below = sorted((new, old))
        on = _runs_on(lines[above], lines[below], lines[at].cells[0], margins, step)
        return new if on else old

    found: list[Line] = []
    at = done = 0
    while at < len(lines):
        first = last = at
        if not lines[at].cells:
            found.append(lines[at])
            at += 1
            continue
        near = range(max(0, at - 1), min(at + 2, len(lines)))
        own = [i for i in near if owners.get(id(lines[i])) == at]
        if own:
            top, foot = own[0], own[-1]
            while (new := further(top, -1, at, done)) != top:
                top = new
            while (new := further(foot, 1, at, done)) != foot:
                foot = new
            first, last = min(at, top), max(at, foot)
        # Lines of text above were passed one by one, as no cells stand beside them.
        del found[len(found) - (at - first) :]
        found += _merged(lines[first : last + 1])
        at = last + 1
        done = at if last > first else done
    return found


def _runs_on(above: Line, below: Line, cell: Piece, margins: Margins, step: Steps) -> bool:
    """Whether two lines are lines of one label, left of a cell."""
    if above.main is None or below.main is None:
        return False
    if max(above.main.right, below.main.right) > cell.left:
        return False
    if above.main.page != below.main.page:
        # Across a page break no distance tells two labels from one: a new one has its capital.
        if below.main.text[0].isupper():
            return False
    elif stands_apart(above.main, below.main, step, SETTINGS.row_gap):
        return False
    elif above.cells and not below.cells and below.main.text[0].isupper():
        # The row has its values: a sentence of its own stands below it, not the rest of its label.
        return False
    if above.cells and below.cells:
        # Two rows, unless the values run on as well; a number never does.
        if len(above.cells) != len(below.cells) or above.cells[-1].is_numeric:
            return False
        if below.main.text[0].isupper() and below.cells[0].text[0].isupper():
            # A label and a value of their own, in columns no wider than they are.
            return False
        if not is_full(above.cells[-1], below.cells[-1], margins.edge(above.cells[-1])):
            return False
    reach = max(margins.label(cell), above.main.right, below.main.right)
    return is_full(above.main, below.main, reach - SETTINGS.rounding)


def _merged(lines: Sequence[Line]) -> list[Line]:
    if len(lines) == 1:
        return list(lines)
    mains = [Line(line.main, inside=True) for line in lines if line.main is not None]
    values = [line.cells for line in lines if line.cells]
    mains[-1].inside = False
    if mains[-1].first.page >= values[0][0].page:
        mains[-1].cells = values.pop(0)
    return [*mains, *(Line(None, cells) for cells in values)]


def _flagged(lines: Sequence[Line], margins: Margins, step: Steps) -> list[Row]:
    """Rows that know which line ends are only wraps, and which lines stand apart."""
    rows = [Row(line.pieces) for line in lines]
    for i, (above, below) in enumerate(pairwise(lines)):
        if not (i and rows[i - 1].full):
            begins = above
        last, first = rows[i].cells[-1], below.first
        if above.inside or (below.main is None and id(last) in margins.wrapped):
            rows[i].full = True
            continue
        # A value runs on in its column, the text in its own.
        runs = (
            below.main is None and abs(last.left - first.left) < SETTINGS.edge
            if above.cells
            else (below.main is not None)
        )
        one_page = above.first.page == first.page
        apart = one_page and stands_apart(above.first, first, step)
        rows[i].full = not apart and runs and is_full(last, first, margins.edge(last))
        if not one_page and not rows[i].full:
            # Over a page break no distance tells: a line with room left ends its paragraph.
            apart = below.main is not None and not (_is_item(begins) and _is_item(below))
        rows[i + 1].apart = apart
    return rows


def _is_item(line: Line) -> bool:
    first = line.first.first
    return first[0] in BULLETS or first in ("-", "\u2013")
