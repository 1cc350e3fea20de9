"""The geometry of a document in print: where its text, its cells and its labels begin and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from statistics import median

from esrdata.documents.pdf.pieces import NUMBER, Edge, Piece, WordList, same_size
from esrdata.documents.pdf.settings import SETTINGS

BULLETS = frozenset("•*●▪‣◦")

Place = tuple[int, float]
#: Distance of the lines of a paragraph, narrowest and usual, by the size of their font.
Steps = dict[float, tuple[float, float]]


@dataclass(slots=True, eq=False)
class Line:
    """What stands on one baseline: a piece of the running text and cells to its right.

    `inside` says that the cell to the left runs on with the next line; `first` is the piece that
    stands furthest to the left.
    """

    main: Piece | None
    cells: list[Piece] = field(default_factory=list)
    inside: bool = False
    first: Piece = field(init=False)

    def __post_init__(self) -> None:
        self.first = self.cells[0] if self.main is None else self.main

    @property
    def pieces(self) -> list[Piece]:
        """Its pieces from left to right."""
        return [*self.cells] if self.main is None else [self.main, *self.cells]


@dataclass(slots=True)
class Margins:
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
    def of(pages: Sequence[Sequence[list[Piece]]]) -> Margins:
        """Measure the pages; pieces that only seem one, or several, are divided or joined."""
        rows = [pieces for page in pages for pieces in page]
        left = min((pieces[0].left for pieces in rows), default=0.0)
        # A long address runs over the margin: one or two lines do not tell it.
        rights = sorted((piece.right for pieces in rows for piece in pieces), reverse=True)
        right = rights[min(SETTINGS.overfull, len(rights) // 10)] if rights else 0.0
        beyond = left + SETTINGS.right * (right - left)
        for pieces in rows:
            if len(pieces) > 1 and pieces[0].left <= beyond:
                _unjustify(pieces, right)
        found = Margins(left, right)
        found.cells = {
            edge
            for pieces in rows
            if len(pieces) > 1
            for i, piece in enumerate(pieces)
            if piece.left > beyond and (i or piece.is_number)
            for edge in piece.edges
        }
        numbers = Counter(i for i, row in enumerate(rows) for piece in row if piece.is_number)
        counts = Counter(numbers.values())
        usual = max(counts, key=lambda count: (counts[count], count), default=0)
        for pieces in rows:
            found.divide(pieces, usual)
        return found

    def divide(self, pieces: list[Piece], count: int) -> None:
        """Tell numbers in columns from the words that reach close to them."""
        last = pieces[-1].last
        if not last[-1].isdigit() or not NUMBER.fullmatch(last):
            return
        kept = sum(map(len, pieces)) - count
        if count < 1 or kept < 1 or all(len(piece) == 1 for piece in pieces[-count:]):
            return
        words = [word for piece in pieces for word in piece.words]
        of = WordList.of(words)
        numbers = [Piece(of, i, i + 1) for i in range(kept, len(words))]
        gaps = [after.left - number.right for number, after in pairwise(numbers)]
        wide = SETTINGS.number_gap * words[-1].size
        thousands = any(len(number.text) > 2 for number in numbers[1:])
        if thousands or min(gaps, default=wide) < wide:
            return
        if count == 1 and numbers[0].left - words[-2].right < SETTINGS.touching * words[-1].size:
            # A number that ends a line of prose may stand below others by chance.
            return
        if all(number.is_number and self.is_cell(number) for number in numbers):
            ends = (min(end, kept) for end in accumulate(map(len, pieces), initial=0))
            pieces[:] = [*(Piece(of, *some) for some in pairwise(ends) if some[0] < kept), *numbers]

    def find_column(self, lines: Sequence[Line]) -> None:
        """Find where the running text ends outside tables.

        A column narrower than the tables in it is believed only where nearly all lines that
        stand as close as those of a paragraph are full in it: many short lines are no column.
        """
        self.tables, self.column = _table_places(lines), self.right
        outside = [line for line in lines if not line.cells and not self._in_table(line.first)]
        rights = [line.main.right for line in outside if line.main and len(line.main) > 1]
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
            (above, below, below.base - above.base)
            for above, below in pairwise(line.main for line in outside)
            if above and below and above.page == below.page and same_size(above.size, below.size)
        ]
        narrowest: dict[float, float] = {}
        for above, _, by in pairs:
            size = _tenths(above.size)
            narrowest[size] = min(by, narrowest.get(size, by))
        close = [
            above.right + _room_needed(below) > column - SETTINGS.padding
            for above, below, by in pairs
            if by
            < min(SETTINGS.apart * narrowest[_tenths(above.size)], SETTINGS.widest * above.size)
        ]
        if len(close) >= SETTINGS.column_lines and sum(close) >= SETTINGS.column_full * len(close):
            self.column = column

    def _in_table(self, piece: Piece) -> bool:
        place = piece.page, piece.base
        return any(first <= place <= last for first, last in self.tables)

    def edge(self, piece: Piece) -> float:
        """Where the lines end among which a piece stands, less the padding of a cell."""
        if self.column == self.right or piece.right > self.column + piece.size:
            return self.right - SETTINGS.padding
        return (self.right if self._in_table(piece) else self.column) - SETTINGS.padding

    def is_cell(self, piece: Piece) -> bool:
        """Whether a piece stands where pieces stand that have others to their left."""
        if piece.left <= self.left + SETTINGS.right * (self.right - self.left):
            return False
        return any(near in self.cells for edge in piece.edges for near in _near(edge))

    def sorted(self, pieces: list[Piece]) -> Line:
        """Tell the running text of a baseline from the cells to its right."""
        if self.is_cell(pieces[0]):
            return Line(None, pieces)
        return Line(pieces[0], pieces[1:])

    def measure(self, lines: Sequence[Line]) -> None:
        """Find where labels end: how far the text beside the cells of a column reaches."""
        for i, line in enumerate(lines):
            if not line.cells:
                continue
            near = [line] if line.main is not None else beside(lines, i)
            reach = max((each.main.right for each in near if each.main), default=self.left)
            for edge in line.cells[0].edges:
                self.labels[edge] = max(reach, self.labels.get(edge, self.left))

    def label(self, cell: Piece) -> float:
        """Where the labels end that stand beside a column."""
        edges = [near for edge in cell.edges for near in _near(edge)]
        return max(self.labels[edge] for edge in edges if edge in self.labels)


@lru_cache(maxsize=64)
def _tenths(size: float) -> float:
    """A size of a font as distances of lines are known by."""
    return round(size, 1)


def _table_places(lines: Sequence[Line]) -> list[tuple[Place, Place]]:
    """Where tables begin and end: rows of cells with no more than a justification between them."""
    found: list[tuple[Place, Place]] = []
    latest = -SETTINGS.table_gap
    for i, line in enumerate(lines):
        if not line.cells:
            continue
        place = line.first.page, line.first.base
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
    """Make one piece of a justified line of few words: all its gaps are wide."""
    if any(len(piece) > 1 for piece in pieces):
        return
    gaps = [after.left - piece.right for piece, after in pairwise(pieces)]
    steps = [after.left - piece.left for piece, after in pairwise(pieces)]
    uneven = max(gaps) - min(gaps)
    full = len(pieces) <= 3 and abs(pieces[-1].right - right) < SETTINGS.edge
    # Columns stand at even steps; a line that is set wide has even gaps, wherever it ends.
    wide = uneven < SETTINGS.rounding and max(steps) - min(steps) > SETTINGS.edge
    wide = wide and not pieces[-1].is_numeric
    if wide or (full and uneven < SETTINGS.edge and not pieces[-1].text.isdigit()):
        words = [word for piece in pieces for word in piece.words]
        pieces[:] = [Piece(WordList.of(words), 0, len(words))]


def beside(lines: Sequence[Line], i: int) -> list[Line]:
    """Lines of running text between which cells stand that are set in the middle of a row."""
    cell = lines[i].first
    return [
        lines[j]
        for j in (i - 1, i + 1)
        if 0 <= j < len(lines)
        and lines[j].main is not None
        and not lines[j].cells
        and lines[j].first.page == cell.page
        and abs(lines[j].first.base - cell.base) < SETTINGS.half_step * cell.size
        and lines[j].first.right < cell.left
    ]


def _room_needed(piece: Piece) -> float:
    """Room the first word of a line would have taken on the line above."""
    return piece.of.rights[piece.start] - piece.left + SETTINGS.space * piece.size


def is_full(above: Piece, below: Piece, margin: float) -> bool:
    """Whether the first word of the next line had no room before a margin."""
    runs_on = above.of.divided[above.end - 1] or above.right + _room_needed(below) > margin
    return runs_on and below.first[0] not in BULLETS and same_size(above.size, below.size)


def usual_steps(lines: Sequence[Line], margins: Margins) -> Steps:
    """Distance of the lines of a paragraph, narrowest and usual, by the size of its font."""
    steps_of: dict[float, list[float]] = {}
    for line, next_line in pairwise(lines):
        above, below = line.main, next_line.main
        if above is None or below is None or line.cells or above.page != below.page:
            continue
        by = below.base - above.base
        if by < SETTINGS.widest * above.size and is_full(above, below, margins.edge(above)):
            steps_of.setdefault(_tenths(above.size), []).append(by)
    # In a table lines may be closer than in the prose: of the narrow ones not the very narrowest.
    return {of: (sorted(steps)[len(steps) // 10], median(steps)) for of, steps in steps_of.items()}


def stands_apart(above: Piece, below: Piece, step: Steps, gap: float = 0.0) -> bool:
    """Whether two lines are further apart than those of a paragraph, or by more than `gap`."""
    if not same_size(above.size, below.size):
        return True
    size = _tenths(above.size)
    if gap and size in step:
        return below.base - above.base > step[size][0] + gap
    usual = step[size][1] if size in step else SETTINGS.leading * size
    return below.base - above.base > SETTINGS.apart * usual
