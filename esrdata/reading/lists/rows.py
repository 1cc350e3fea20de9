"""Rows of a project list into cells.

Where what stands between cells divides for certain (a tab, a semicolon, a comma beside quoted
texts), each cell is what it is, and one that is odd does not touch the others. A comma between
unquoted texts divides nothing for certain: there the row as a whole must fit its columns in one
way only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from esrdata.reading.lists.fitting import Fitting
from esrdata.reading.lists.heading import Heading
from esrdata.reading.lists.row import (
    CODE_SHAPE,
    JUNK_SIGNS,
    Place,
    Row,
    full_lines,
    split,
    unwrapped,
)
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.lists.spec import CODE

# What stands before the sign that a cell of a list with quotes ends with.
_INSIDE = {"q": "quoted", "l": "lines", "b": "bare"}
# The beginning of a sum, and what may be the rest of one: no number of a page is as long.
_BEGUN = re.compile(r"-?\d{1,3}(?:\s\d{3})*")
_REST = re.compile(
    r"(?:\d{3}(?:\s\d{3})*|\d{4,})(?:[.,]\d{1,2})?\s?(?:€|eur|euroa)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Splitter:
    """Splits the rows below a heading row.

    `written` tells whether the cells were written as text, so that quotes may keep signs together
    and a row may be cut short; `trimmed`, whether rows end with their last full cell, as those of a
    spreadsheet do.
    """

    heading: Heading
    written: bool = True
    trimmed: bool = False

    @cached_property
    def _fitting(self) -> Fitting:
        return Fitting(self.heading.columns, self.heading.divider)

    def rows(self, view: str, start: int, end: int) -> Iterator[Row]:
        """Every non-blank row of a slice of the view."""
        if self.written and self._quoted(view, start, end):
            yield from self._quoted_rows(view, start, end)
            return
        lines = list(full_lines(view, start, end))
        at = 0
        while at < len(lines):
            last = self._last_line(view, lines, at)
            yield self._row(view, lines[at][0], lines[last][1])
            at = last + 1

    def sure(self, view: str, rows: Sequence[Row]) -> list[Row]:
        """The rows, without cells where one of them may have been lost, or one too many come in.

        None has cells where few of them fit the headings, or many have a cell behind the last
        heading: one of those was lost, and all stand a column further.
        Where others keep the empty cells at their end, a row that lacks some has lost them, or one
        before them; unless rows beside it lack the same, as in blocks of lists that Excel writes.
        One empty cell more may have been pushed out by one that came in before it, unless half of
        the rows that have cells have it. Nor has a row cells whose last sum goes on below it.
        """
        found = list(rows)
        for i, (row, below) in enumerate(pairwise(rows)):
            if below.cells is None and _goes_on(view, row, below):
                found[i] = row._replace(cells=None)
        lost = [row for row in found if row.cells is None]
        beyond = [row for row in lost if self._is_pushed(view, row)]
        if 4 * len(lost) > len(found):
            coded = [row for row in found if CODE_SHAPE.search(view, row.start, row.end)]
            few = 4 * sum(row.cells is None for row in coded) > 3 * len(coded)
            if few or (self.trimmed and len(beyond) > 1):
                return [row._replace(cells=None) for row in found]
        uneven = [i for i, row in enumerate(found) if row.lacking and row.cells is not None]
        if not uneven:
            return found
        if beyond:
            found = [row._replace(cells=None) if row.lacking < 0 else row for row in found]
        elif 2 * sum(row.lacking < 0 for row in rows) >= sum(row.cells is not None for row in rows):
            found = [row._replace(lacking=max(row.lacking, 0)) for row in rows]
        ends = (row.cells[-1] for row in found if row.cells is not None and not row.lacking)
        if any(view[start:end].strip() == "" for start, end in ends):
            for i in uneven:
                beside = [row.lacking for row in (*rows[max(i - 1, 0) : i], *rows[i + 1 : i + 2])]
                lacking = found[i].lacking
                if lacking < 0 or (lacking > 0 and lacking not in beside):
                    found[i] = rows[i]._replace(cells=None)
        return found

    def _is_pushed(self, view: str, row: Row) -> bool:
        """Whether what looks like a cell of the last column stands behind it."""
        parts = view[row.start : row.end].rstrip(JUNK_SIGNS).split(self.heading.divider)
        longer = (
            self.heading.divider != ","
            and len(parts) == len(self.heading.columns) + self.heading.nameless + 1
        )
        return longer and self._fitting.looks(self.heading.columns[-1], parts[-1].strip('"'))

    def _last_line(self, view: str, lines: Sequence[Place], at: int) -> int:
        """The line a row ends on: a text that was not quoted may have been broken over several."""
        if self.heading.divider == "," or not self.written:
            return at
        lacking = len(self.heading.columns) - 1 - view.count(self.heading.divider, *lines[at])
        for last in range(at + 1, min(at + SETTINGS.most_lines, len(lines))) if lacking > 0 else ():
            if CODE_SHAPE.search(view, *lines[last]):
                break
            lacking -= view.count(self.heading.divider, *lines[last])
            cells = tuple(split(view, lines[at][0], lines[last][1], self.heading.divider))
            if lacking == 0 and self._look(view, cells):
                return last
        return at

    def _row(self, view: str, start: int, end: int) -> Row:
        inner = unwrapped(view, start, end, self.heading.divider) if self.written else None
        if inner is not None:
            row = self._divided(view, *inner)
            return Row(start, end, row.cells, row.joined, row.lacking, wrapped=True)
        return self._divided(view, start, end)

    def _divided(self, view: str, start: int, end: int) -> Row:
        if self.heading.divider == ",":
            return self._fitting.row(view, start, end)
        cells = tuple(split(view, start, end, self.heading.divider))
        return self._certain(view, cells, start, end) or self._fitting.row(view, start, end)

    # ---- rows whose cells are certain

    def _certain(self, view: str, cells: Sequence[Place], start: int, end: int) -> Row | None:
        """The row of cells that are as many as the columns, but for empty ones at the end."""
        count = len(self.heading.columns)
        lacking = count - len(cells)
        if lacking == -1 and self._is_numbered(view, cells):
            return Row(start, end, tuple(cells[1:]))
        if lacking < 0:
            stray = not view[cells[count][0] : end].strip(JUNK_SIGNS + '"')
            # Notes in columns that nobody named are no part of a text.
            stray = stray or len(cells) <= count + self.heading.nameless
            if not stray and self.trimmed and self._is_noted(view, cells):
                return Row(start, end, tuple(cells[:count]))
            # The service itself writes stray commas behind its rows.
            beyond = min(0, lacking + self.heading.nameless) if self.heading.divider != "," else 0
            return Row(start, end, tuple(cells[:count]), lacking=beyond) if stray else None
        padded = (*cells, *[(end, end)] * lacking)
        if lacking == 0 or self.trimmed:
            return Row(start, end, padded)
        if not self.written:
            # An empty cell leaves no trace in print, and cells of a table may be one: which column
            # has none is not known.
            return Row(start, end, None)
        # A row that ends early is a row only if nothing in it has moved and another row follows:
        # otherwise the file was cut off, or the row goes on.
        below = next(full_lines(view, end + 1, len(view)), None)
        if below is not None and CODE_SHAPE.search(view, *below) and self._look(view, cells):
            return Row(start, end, padded, lacking=lacking)
        return Row(start, end, None)

    def _is_numbered(self, view: str, cells: Sequence[Place]) -> bool:
        """Whether a number stands before the cells of a row that no heading has, as R writes it."""
        number = view[slice(*cells[0])].strip(' "')
        return number.isdecimal() and self._look(view, cells[1:])

    def _is_noted(self, view: str, cells: Sequence[Place]) -> bool:
        """Whether notes stand behind the cells of a row, and no cell that was pushed out."""
        count = len(self.heading.columns)
        last = self.heading.columns[-1]
        beyond = (view[slice(*cell)].strip() for cell in cells[count:])
        notes = all(not text or not self._fitting.looks(last, text) for text in beyond)
        return notes and self._look(view, cells[:count])

    def _quoted(self, view: str, start: int, end: int) -> bool:
        """Whether quotes keep commas together; a list that has such commas bare has no quoting.

        Two rows that have become one have as many; as many others whose quotes do keep signs
        outweigh them.
        """
        if view.find('"', start, end) < 0:
            return False
        most = len(self.heading.columns) + self.heading.nameless + 1
        lines = view[start:end].split("\n")
        bare = (line for line in lines if '"' not in line)
        over = sum(line.rstrip(JUNK_SIGNS).count(self.heading.divider) > most for line in bare)
        return not over or over <= sum(self._keeps(line) for line in lines if '"' in line)

    def _keeps(self, line: str) -> bool:
        """Whether a row has as many cells as columns, and its quotes keep signs in one of them."""
        bare = self._in_quotes.sub("", line.strip())
        count = bare.count(self.heading.divider)
        kept = '""' in line or line.count(self.heading.divider) > count
        right = 0 <= count - len(self.heading.columns) + 1 <= self.heading.nameless
        return '"' not in bare and right and kept

    @cached_property
    def _in_quotes(self) -> re.Pattern[str]:
        mark = re.escape(self.heading.divider)
        return re.compile(rf'(?:^|(?<={mark}))"(?:[^"]|"")*+"(?={mark}|$)')

    def _quoted_rows(self, view: str, start: int, end: int) -> Iterator[Row]:
        mark = re.escape(self.heading.divider)
        ends, space = rf"{mark}|\n|\Z", r"[^\S\n\t]*"
        bare = rf"(?P<bare>[^{mark}\n]*)(?P<b>{ends})"
        # Programs for databases write a quote in a text with a backslash, others double it.
        sign = r'\\"|[^"' if view.find('\\"', start, end) >= 0 else '[^"'
        token = re.compile(
            rf'{space}"(?:(?P<quoted>(?:{sign}\n]|"")*)"{space}(?P<q>{ends})'
            rf'|(?P<lines>(?:{sign}]|"")*)"{space}(?P<l>{ends}))|{bare}'
        )
        cells: list[Place] = []
        first, quotes = start, False
        at: int | None = start
        while at is not None:
            tokens, at = token.finditer(view, at, end), None
            for found in tokens:
                if found.lastgroup == "l" and self._holds_row(view, *found.span("lines")):
                    # Its quote opens nothing, and what follows is read anew.
                    alone = re.compile(bare).match(view, found.start(), end)
                    assert alone is not None
                    found, at = alone, alone.end()
                ending = str(found.lastgroup)
                name = _INSIDE[ending]
                quotes = quotes or name != "bare"
                cells.append(found.span(name))
                if found[ending] != self.heading.divider:
                    stop = found.end(name) + (name != "bare")
                    if view[first:stop].strip():
                        yield self._quoted_row(view, cells, quotes, first, stop)
                    cells, first, quotes = [], found.end(), False
                if at is not None:
                    break

    def _holds_row(self, view: str, start: int, end: int) -> bool:
        """Whether a cell in quotes has swallowed the beginning of another row.

        One quote opens in a text that lacks the other, and one that ends a later text closes it.
        """
        for line in view[start:end].split("\n")[1:]:
            parts = [part.strip(' "') for part in line.split(self.heading.divider)]
            pairs = list(zip(self.heading.columns, parts, strict=False))
            named = any(column is not None and column.field == CODE for column, _ in pairs)
            if named and len(parts) > 1 and all(self._fitting.looks(*pair) for pair in pairs):
                return True
        return False

    def _quoted_row(
        self, view: str, cells: Sequence[Place], quotes: bool, start: int, end: int
    ) -> Row:
        """A row of a list that quotes what it must: its separators divide, or it is damaged."""
        if self.heading.divider == ",":
            # Bare commas divide where they are as many as they should be.
            sure = len(cells) >= len(self.heading.columns) and (quotes or self._look(view, cells))
        else:
            sure = len(cells) > 1
        return (sure and self._certain(view, cells, start, end)) or self._row(view, start, end)

    def _look(self, view: str, cells: Sequence[Place]) -> bool:
        """Whether every cell could stand in its column, though it may not be readable."""
        pairs = zip(self.heading.columns, cells, strict=False)
        return all(self._fitting.looks(column, view[a:b]) for column, (a, b) in pairs)


def _goes_on(view: str, row: Row, below: Row) -> bool:
    """Whether thousands stand below the last sum of a row, as where a letter broke its line."""
    if row.cells is None or below.start != row.end + 1:
        return False
    last, rest = view[slice(*row.cells[-1])].strip(), view[below.start : below.end].strip()
    return bool(_BEGUN.fullmatch(last) and _REST.fullmatch(rest))
