"""Pieces on baselines to lines in reading order, by geometry alone.

A piece with others to its right is a cell of a row. A cell whose lines are wrapped keeps them
together, and what stands to its right follows its last line, wherever on the row it was printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from esrdata.documents.pdf.pieces import (
    Edge,
    Piece,
    Word,
    baselines,
    furniture,
    same_size,
)
from esrdata.documents.pdf.settings import SETTINGS

_BULLET = re.compile(r"[•*●▪‣◦]")
_ITEM = re.compile(r"[•*●▪‣◦]|[-\u2013]$")
_DIVIDED = re.compile("\\w[-\u2010]$")


Place = tuple[int, float]
_Steps = dict[float, tuple[float, float]]


@dataclass(slots=True)
class Row:
    """A line in reading order: its cells, each a list of words.

    `full` says that the next word had no room, `apart` that a wider space stands above, and
    `furniture` that it is no part of the text.
    """

    cells: list[list[Word]]
    full: bool = False
    apart: bool = False
    furniture: bool = False


@dataclass(slots=True, eq=False)
class _Line:
    """What stands on one baseline: a piece of the running text and cells to its right.

    `inside` says that the cell to the left runs on with the next line.
    """

    main: Piece | None
    cells: list[Piece] = field(default_factory=list)
    inside: bool = False

    @property
    def pieces(self) -> list[Piece]:
        return [*([] if self.main is None else [self.main]), *self.cells]

    @property
    def page(self) -> int:
        return self.pieces[0].page

    @property
    def base(self) -> float:
        return self.pieces[0].base

    @property
    def size(self) -> float:
        return self.pieces[0].size


def arrange(pages: Sequence[Sequence[Word]]) -> list[list[Row]]:
    """Bring the words of every page into lines.

    Parameters
    ----------
    pages
        The words of each page, in any order.

    Returns
    -------
    list of list of Row
        The lines of each page in reading order. A line of a label that a page break cut off is
        on the page of the values beside it.
    """
    drawn = [baselines(words) for words in pages]
    heads = furniture(drawn)
    body = [
        [pieces for i, pieces in enumerate(page) if i not in heads[number]]
        for number, page in enumerate(drawn)
    ]
    margins = _Margins.of(body)
    lines = _stacked([margins.sorted(pieces) for page in body for pieces in page])
    margins.find_column(lines)
    step = _usual_steps(lines, margins)
    lines = _beside_labels(lines, margins, step)
    margins.measure(lines)
    rows: list[list[Row]] = [[] for _ in pages]
    number = len(pages)
    for row in reversed(_flagged(_regrouped(lines, margins, step), margins, step)):
        number = min(number, row.cells[-1][-1].page)
        rows[number].insert(0, row)
    for number, page in enumerate(drawn):
        top = next((i for i in range(len(page)) if i not in heads[number]), len(page))
        above = [_head(page[i]) for i in sorted(heads[number]) if i < top]
        below = [_head(page[i]) for i in sorted(heads[number]) if i > top]
        rows[number] = [*above, *rows[number], *below]
    return rows


def _head(pieces: Sequence[Piece]) -> Row:
    return Row([piece.words for piece in pieces], furniture=True)


# ---- margins and columns


@dataclass(slots=True)
class _Margins:
    """Where the text begins and ends, where cells stand in it, and where labels end."""

    left: float
    right: float
    cells: set[Edge] = field(default_factory=set)
    labels: dict[Edge, float] = field(default_factory=dict)
    # Where the running text ends outside tables: a table may be wider than its page's column.
    column: float = 0.0
    # Pieces of values whose line end is only a wrap, by identity.
    wrapped: set[int] = field(default_factory=set)
    tables: list[tuple[Place, Place]] = field(default_factory=list)

    @staticmethod
    def of(pages: Sequence[Sequence[list[Piece]]]) -> _Margins:
        rows = [pieces for page in pages for pieces in page]
        left = min((pieces[0].left for pieces in rows), default=0.0)
        # A long address runs over the margin: one or two lines do not tell it.
        rights = sorted((piece.right for pieces in rows for piece in pieces), reverse=True)
        right = rights[min(SETTINGS.overfull, len(rights) // 10)] if rights else 0.0
        for pieces in rows:
            if pieces[0].left <= left + SETTINGS.right * (right - left):
                _unjustify(pieces, right)
        beyond = left + SETTINGS.right * (right - left)
        found = _Margins(left, right)
        found.cells = {
            edge
            for pieces in rows
            for i, piece in enumerate(pieces)
            if len(pieces) > 1 and piece.left > beyond and (i or piece.is_number)
            for edge in piece.edges
        }
        counts = Counter(sum(piece.is_number for piece in pieces) for pieces in rows)
        counts.pop(0, None)
        usual = max(counts, key=lambda count: (counts[count], count), default=0)
        for pieces in rows:
            found.divide(pieces, usual)
        return found

    def divide(self, pieces: list[Piece], count: int) -> None:
        """Tell numbers in columns from the words that reach close to them."""
        words = [word for piece in pieces for word in piece.words]
        numbers = [Piece([word]) for word in words[len(words) - count :]]
        if not 0 < count < len(words) or all(len(piece.words) == 1 for piece in pieces[-count:]):
            return
        gaps = [after.left - number.right for number, after in pairwise(numbers)]
        wide = SETTINGS.number_gap * words[-1].size
        thousands = any(len(number.text) > 2 for number in numbers[1:])
        if thousands or min(gaps, default=wide) < wide:
            return
        if count == 1 and numbers[0].left - words[-2].right < SETTINGS.touching * words[-1].size:
            # A number that ends a line of prose may stand below others by chance.
            return
        if all(number.is_number and self.is_cell(number) for number in numbers):
            while pieces[-1].words[-1] in words[len(words) - count :]:
                pieces[-1].words.pop()
                if not pieces[-1].words:
                    pieces.pop()
            pieces += numbers

    def find_column(self, lines: Sequence[_Line]) -> None:
        """Find where the running text ends outside tables.

        A column narrower than the tables in it is believed only where nearly all lines that
        stand as close as those of a paragraph are full in it: many short lines are no column.
        """
        self.tables, self.column = _table_places(lines), self.right
        outside = [line for line in lines if not line.cells and not self._in_table(line.pieces[0])]
        rights = [line.main.right for line in outside if line.main and len(line.main.words) > 1]
        rights.sort(reverse=True)
        if len(rights) < SETTINGS.column_lines:
            return
        # Long words run over: the column ends where several lines do, and few end beyond it.
        over = max(SETTINGS.overfull, len(rights) // 10)
        several = (
            right
            for right, further in zip(rights[: over + 1], rights[SETTINGS.overfull :], strict=False)
            if right - further < 2 * SETTINGS.edge
        )
        column = next(several, self.right)
        if column - self.left > SETTINGS.narrower * (self.right - self.left):
            return
        pairs = [
            (above.main, below.main, below.base - above.base)
            for above, below in pairwise(outside)
            if above.main and below.main and above.page == below.page
            and same_size(above, below)
        ]  # fmt: skip
        narrowest: dict[float, float] = {}
        for above, _, by in pairs:
            size = round(above.size, 1)
            narrowest[size] = min(by, narrowest.get(size, by))
        close = [
            above.right + _room_needed(below) > column - SETTINGS.padding
            for above, below, by in pairs
            if by
            < min(SETTINGS.apart * narrowest[round(above.size, 1)], SETTINGS.widest * above.size)
        ]
        if len(close) >= SETTINGS.column_lines and sum(close) >= SETTINGS.column_full * len(close):
            self.column = column

    def _in_table(self, piece: Piece) -> bool:
        place = piece.page, piece.base
        return any(first <= place <= last for first, last in self.tables)

    def edge(self, piece: Piece) -> float:
        """Where the lines end among which a piece stands, less the padding of a cell."""
        wide = piece.right > self.column + piece.size or self._in_table(piece)
        return (self.right if wide else self.column) - SETTINGS.padding

    def is_cell(self, piece: Piece) -> bool:
        """Whether a piece stands where pieces stand that have others to their left."""
        if piece.left <= self.left + SETTINGS.right * (self.right - self.left):
            return False
        return any(near in self.cells for edge in piece.edges for near in _near(edge))

    def sorted(self, pieces: list[Piece]) -> _Line:
        """Tell the running text of a baseline from the cells to its right."""
        if self.is_cell(pieces[0]):
            return _Line(None, pieces)
        return _Line(pieces[0], pieces[1:])

    def measure(self, lines: Sequence[_Line]) -> None:
        """Find where labels end: how far the text beside the cells of a column reaches."""
        for i, line in enumerate(lines):
            if not line.cells:
                continue
            beside = [line] if line.main is not None else _beside(lines, i)
            reach = max((near.main.right for near in beside if near.main), default=self.left)
            for edge in line.cells[0].edges:
                self.labels[edge] = max(reach, self.labels.get(edge, self.left))

    def label(self, cell: Piece) -> float:
        """Where the labels end that stand beside a column."""
        edges = [near for edge in cell.edges for near in _near(edge)]
        return max(self.labels[edge] for edge in edges if edge in self.labels)


def _table_places(lines: Sequence[_Line]) -> list[tuple[Place, Place]]:
    """Where tables begin and end: rows of cells with no more than a justification between them."""
    found: list[tuple[Place, Place]] = []
    latest = -SETTINGS.table_gap
    for i, line in enumerate(lines):
        if not line.cells:
            continue
        place = line.page, line.base
        if i - latest < SETTINGS.table_gap and found:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
        latest = i
    return found


def _near(edge: Edge) -> Iterator[Edge]:
    side, place = edge
    return ((side, place + by) for by in (-1, 0, 1))


def _unjustify(pieces: list[Piece], right: float) -> None:
    """Make one piece of a justified line of two or three words: all its gaps are wide."""
    if not 1 < len(pieces) <= 3 or any(len(piece.words) > 1 for piece in pieces):
        return
    gaps = [after.left - piece.right for piece, after in pairwise(pieces)]
    even = max(gaps) - min(gaps) < SETTINGS.edge
    if even and abs(pieces[-1].right - right) < SETTINGS.edge and not pieces[-1].text.isdigit():
        pieces[0].words.extend(word for piece in pieces[1:] for word in piece.words)
        del pieces[1:]


def _beside(lines: Sequence[_Line], i: int) -> list[_Line]:
    """Lines of running text between which cells stand that are set in the middle of a row."""
    line = lines[i]
    return [
        lines[j]
        for j in (i - 1, i + 1)
        if 0 <= j < len(lines)
        and lines[j].main is not None
        and not lines[j].cells
        and lines[j].page == line.page
        and abs(lines[j].base - line.base) < SETTINGS.half_step * line.size
        and lines[j].pieces[0].right < line.cells[0].left
    ]


def _room_needed(piece: Piece) -> float:
    """Room the first word of a line would have taken on the line above."""
    word = piece.words[0]
    return word.right - word.left + SETTINGS.space * word.size


def _is_full(above: Piece, below: Piece, margin: float) -> bool:
    if _BULLET.match(below.words[0].text) or not same_size(above, below):
        return False
    return above.words[-1].divided or above.right + _room_needed(below) > margin


def _usual_steps(lines: Sequence[_Line], margins: _Margins) -> _Steps:
    """Distance of the lines of a paragraph, narrowest and usual, by the size of its font."""
    steps_of: dict[float, list[float]] = {}
    for above, below in pairwise(lines):
        if above.main is None or below.main is None or above.cells or above.page != below.page:
            continue
        by = below.base - above.base
        if by < SETTINGS.widest * above.size and _is_full(
            above.main, below.main, margins.edge(above.main)
        ):
            steps_of.setdefault(round(above.size, 1), []).append(by)
    return {size: (_narrowest(steps), median(steps)) for size, steps in steps_of.items()}


def _narrowest(steps: Sequence[float]) -> float:
    """The narrow end of the usual steps: in a table lines may be closer than in the prose."""
    return sorted(steps)[len(steps) // 10]


def _stands_apart(
    above: Piece | _Line, below: Piece | _Line, step: _Steps, gap: float = 0.0
) -> bool:
    """Whether two lines are further apart than those of a paragraph, or by more than `gap`."""
    if not same_size(above, below):
        return True
    size = round(above.size, 1)
    if gap and size in step:
        return below.base - above.base > step[size][0] + gap
    usual = step[size][1] if size in step else SETTINGS.leading * size
    return below.base - above.base > SETTINGS.apart * usual


# ---- rows


def _stacked(lines: Sequence[_Line]) -> list[_Line]:
    """Join the parts of words that narrow cells divide: the heads of a table of numbers."""
    found: list[_Line] = []
    for line in lines:
        above = found[-1] if found else None
        if (
            above is not None
            and above.main is line.main is None
            and len(above.cells) == len(line.cells)
            and all(_DIVIDED.search(cell.words[-1].text) for cell in above.cells)
            # A name such as Kaakkois-Suomen and a span of years keep their hyphen.
            and all(len(c.words) == 1 and c.text[0].islower() for c in line.cells)
        ):
            for cell, below in zip(above.cells, line.cells, strict=True):
                last, first = cell.words[-1], below.words[0]
                text = last.text[:-1] + first.text
                cell.words[-1:] = [replace(last, text=text), *below.words[1:]]
        else:
            found.append(line)
    return found


def _blocks(pieces: Sequence[tuple[int, Piece]], step: _Steps) -> list[list[tuple[int, Piece]]]:
    """Pieces that stand below one another as close as the lines of a paragraph."""
    found: list[list[tuple[int, Piece]]] = []
    for number, piece in pieces:
        above = found[-1][-1][1] if found else None
        if (
            above is None
            or above.page != piece.page
            or abs(above.left - piece.left) >= SETTINGS.edge
            or _stands_apart(above, piece, step, SETTINGS.row_gap)
        ):
            found.append([])
        found[-1].append((number, piece))
    return found


def _beside_labels(lines: list[_Line], margins: _Margins, step: _Steps) -> list[_Line]:
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
    labels = _blocks([(i, line.main) for i, line in enumerate(lines) if line.main], step)
    made: dict[int, list[_Line]] = {}
    gone: set[int] = set()
    for value in _blocks(single, step):
        if len(value) < 2:
            continue
        end = ends[round(value[0][1].left / SETTINGS.edge)] - SETTINGS.rounding
        for (_, above), (_, below) in pairwise(value):
            if _is_full(above, below, end):
                margins.wrapped.add(id(above))
        label = next((block for block in labels if _is_middle(block, value)), None)
        if label is None:
            continue
        numbers = {number for number, _ in (*label, *value)}
        pieces = {id(piece) for _, piece in (*label, *value)}
        if any(id(piece) not in pieces for i in numbers for piece in lines[i].pieces):
            continue
        gone |= numbers
        mains = [_Line(piece, inside=True) for _, piece in label]
        mains[-1] = _Line(label[-1][1], [value[0][1]])
        made[min(numbers)] = [*mains, *(_Line(None, [piece]) for _, piece in value[1:])]
    return [new for i, line in enumerate(lines) for new in made.get(i, [] if i in gone else [line])]


def _is_middle(label: Sequence[tuple[int, Piece]], value: Sequence[tuple[int, Piece]]) -> bool:
    """Whether a label of fewer lines stands in the middle of the lines of a value."""
    first, last = label[0][1], label[-1][1]
    top, bottom = value[0][1], value[-1][1]
    if first.page != top.page or len(label) >= len(value):
        return False
    beside = max(piece.right for _, piece in label) < min(piece.left for _, piece in value)
    off = (first.base + last.base) - (top.base + bottom.base)
    return beside and abs(off) < SETTINGS.same_middle * top.size


def _regrouped(lines: Sequence[_Line], margins: _Margins, step: _Steps) -> list[_Line]:
    """Put cells behind the last line of the label that they stand beside."""
    # The rows of cells that lines of text stand beside.
    owners = {
        id(near): i
        for i, line in enumerate(lines)
        if line.cells
        for near in ([line] if line.main is not None else _beside(lines, i))
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

    found: list[_Line] = []
    at = done = 0
    while at < len(lines):
        own = [i for i in (at - 1, at, at + 1) if 0 <= i < len(lines) and lines[at].cells]
        own = [i for i in own if owners.get(id(lines[i])) == at]
        first, last = at, at
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


def _runs_on(above: _Line, below: _Line, cell: Piece, margins: _Margins, step: _Steps) -> bool:
    """Whether two lines are lines of one label, left of a cell."""
    if above.main is None or below.main is None:
        return False
    if max(above.main.right, below.main.right) > cell.left:
        return False
    if above.page != below.page:
        # Across a page break no distance tells two labels from one: a new one has its capital.
        if below.main.text[0].isupper():
            return False
    elif _stands_apart(above.main, below.main, step, SETTINGS.row_gap):
        return False
    if above.cells and below.cells:
        # Two rows, unless the values run on as well; a number never does.
        if len(above.cells) != len(below.cells) or above.cells[-1].is_numeric:
            return False
        if not _is_full(above.cells[-1], below.cells[-1], margins.edge(above.cells[-1])):
            return False
    reach = max(margins.label(cell), above.main.right, below.main.right)
    return _is_full(above.main, below.main, reach - SETTINGS.rounding)


def _merged(lines: Sequence[_Line]) -> list[_Line]:
    if len(lines) == 1:
        return list(lines)
    mains = [_Line(line.main, inside=True) for line in lines if line.main is not None]
    values = [line.cells for line in lines if line.cells]
    mains[-1].inside = False
    if mains[-1].page >= values[0][0].page:
        mains[-1].cells = values.pop(0)
    return [*mains, *(_Line(None, cells) for cells in values)]


def _flagged(lines: Sequence[_Line], margins: _Margins, step: _Steps) -> list[Row]:
    """Rows that know which line ends are only wraps, and which lines stand apart."""
    rows = [Row([piece.words for piece in line.pieces]) for line in lines]
    item = False
    for i, (above, below) in enumerate(pairwise(lines)):
        if not (i and rows[i - 1].full):
            item = _is_item(above)
        if above.inside or (below.main is None and id(above.pieces[-1]) in margins.wrapped):
            rows[i].full = True
            continue
        last, first = above.pieces[-1], below.pieces[0]
        # A value runs on in its column, the text in its own.
        runs = (
            below.main is None and abs(last.left - first.left) < SETTINGS.edge
            if above.cells
            else (below.main is not None)
        )
        rows[i].full = runs and _is_full(last, first, margins.edge(last))
        if above.page == below.page:
            rows[i + 1].apart = _stands_apart(above, below, step)
            rows[i].full &= not rows[i + 1].apart
        else:
            # Over a page break no distance tells: a line with room left ends its paragraph.
            goes_on = below.main is None or (item and _is_item(below))
            rows[i + 1].apart = not rows[i].full and not goes_on
    return rows


def _is_item(line: _Line) -> bool:
    return _ITEM.match(line.pieces[0].words[0].text) is not None
