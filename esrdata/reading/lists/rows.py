"""Rows of a project list into cells.

Where what stands between cells divides for certain (a tab, a semicolon, a comma beside quoted
texts), each cell is what it is, and one that is odd does not touch the others. A comma between
unquoted texts divides nothing for certain: there the row as a whole must fit its columns in one
way only.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from esrdata.knowledge import load
from esrdata.reading.lists.cells import has_slipped
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.lists.spec import CODE, Column

Place = tuple[int, int]
# A stray end of a line, as exports have it: separators and no value behind them.
_JUNK = r"[,;\s]*+"
_JUNK_SIGNS = ",; \t\u00a0"
# Kinds of cells that a part of a text could be taken for.
_NUMBERS = frozenset({"axis", "date", "list_money"})
# Those that stand beside a text that is in no code list.
_BEHIND = frozenset({"date", "list_money"})


class Row(NamedTuple):
    """A row: the place of each cell in the view, or None where it fits in no or in many ways.

    `joined` are the columns whose text holds commas that divide nothing, or has stray ones
    behind it; `lacking` counts the columns behind the last cell; `wrapped` tells whether the row
    stands in quotes as a whole, so that quotes inside are doubled once more.
    """

    start: int
    end: int
    cells: tuple[Place, ...] | None
    joined: tuple[Column, ...] = ()
    lacking: int = 0
    wrapped: bool = False


def unwrapped(view: str, start: int, end: int, divider: str) -> Place | None:
    """The inside of a row that stands in quotes as a whole, None of any other row."""
    found = _WRAPPED.fullmatch(view, start, end)
    if found is None or view.count(divider, *found.span(1)) < 2:
        return None
    return found.span(1)


# What stands before the sign that a cell of a list with quotes ends with.
_INSIDE = {"q": "quoted", "l": "lines", "b": "bare"}
_LINE = re.compile(r"[^\n]+")
_CODE = re.compile(r"\b[A-ZÅÄÖ]\d{5,9}\b")
_WRAPPED = re.compile(r'\s*"((?:[^"]|"")*)"[,;\s]*')


@dataclass(frozen=True)
class Splitter:
    """Splits the rows below a heading row.

    Attributes
    ----------
    columns
        The columns in the order of the file; None for one that the shelf does not know.
    divider
        What stands between cells: a comma, a semicolon, a bar or a tab.
    written
        Whether the cells were written as text, so that quotes may keep signs together and a row
        may be cut short.
    trimmed
        Whether rows end with their last full cell, as those of a spreadsheet do.
    nameless
        The number of columns without a heading behind those.
    """

    columns: tuple[Column | None, ...]
    divider: str
    written: bool = True
    trimmed: bool = False
    nameless: int = 0

    def rows(self, view: str, start: int, end: int) -> Iterator[Row]:
        """Every non-blank row of a slice of the view."""
        if self.written and self._quoted(view, start, end):
            yield from self._quoted_rows(view, start, end)
            return
        lines = list(_full_lines(view, start, end))
        at = 0
        while at < len(lines):
            last = self._last_line(view, lines, at)
            yield self._row(view, lines[at][0], lines[last][1])
            at = last + 1

    def _last_line(self, view: str, lines: Sequence[Place], at: int) -> int:
        """The line a row ends on: a text that was not quoted may have been broken over several."""
        if self.divider == "," or not self.written:
            return at
        lacking = len(self.columns) - 1 - view.count(self.divider, *lines[at])
        for last in range(at + 1, min(at + SETTINGS.most_lines, len(lines))) if lacking > 0 else ():
            if _CODE.search(view, *lines[last]):
                break
            lacking -= view.count(self.divider, *lines[last])
            cells = tuple(_split(view, lines[at][0], lines[last][1], self.divider))
            if lacking == 0 and self._look(view, cells):
                return last
        return at

    def _row(self, view: str, start: int, end: int) -> Row:
        inner = unwrapped(view, start, end, self.divider) if self.written else None
        if inner is not None:
            row = self._divided(view, *inner)
            return Row(start, end, row.cells, row.joined, row.lacking, wrapped=True)
        return self._divided(view, start, end)

    def _divided(self, view: str, start: int, end: int) -> Row:
        if self.divider == ",":
            return self._unquoted(view, start, end)
        cells = tuple(_split(view, start, end, self.divider))
        return self._certain(view, cells, start, end) or self._unquoted(view, start, end)

    # ---- rows whose cells are certain

    def _certain(self, view: str, cells: Sequence[Place], start: int, end: int) -> Row | None:
        """The row of cells that are as many as the columns, but for empty ones at the end."""
        count = len(self.columns)
        lacking = count - len(cells)
        if lacking < 0:
            stray = not view[cells[count][0] : end].strip(_JUNK_SIGNS + '"')
            # Notes in columns that nobody named are no part of a text.
            stray = stray or len(cells) <= count + self.nameless
            return Row(start, end, tuple(cells[:count])) if stray else None
        padded = (*cells, *[(end, end)] * lacking)
        if lacking == 0 or self.trimmed:
            return Row(start, end, padded)
        if not self.written:
            # An empty cell leaves no trace in print, and cells of a table may be one: which column
            # has none is not known.
            return Row(start, end, None)
        # A row that ends early is a row only if nothing in it has moved and another row follows:
        # otherwise the file was cut off, or the row goes on.
        below = next(_full_lines(view, end + 1, len(view)), None)
        if below is not None and _CODE.search(view, *below) and self._look(view, cells):
            return Row(start, end, padded, lacking=lacking)
        return Row(start, end, None)

    def _quoted(self, view: str, start: int, end: int) -> bool:
        """Whether quotes keep commas together; a list that has such commas bare has no quoting."""
        if view.find('"', start, end) < 0:
            return False
        most = len(self.columns) + 1
        bare = (line for line in view[start:end].split("\n") if '"' not in line)
        return all(line.rstrip(_JUNK_SIGNS).count(self.divider) <= most for line in bare)

    def _quoted_rows(self, view: str, start: int, end: int) -> Iterator[Row]:
        mark = re.escape(self.divider)
        ends, space = rf"{mark}|\n|\Z", r"[^\S\n\t]*"
        bare = rf"(?P<bare>[^{mark}\n]*)(?P<b>{ends})"
        token = re.compile(
            rf'{space}"(?:(?P<quoted>(?:[^"\n]|"")*)"{space}(?P<q>{ends})'
            rf'|(?P<lines>(?:[^"]|"")*)"{space}(?P<l>{ends}))|{bare}'
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
                if found[ending] != self.divider:
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
            parts = [part.strip(' "') for part in line.split(self.divider)]
            pairs = list(zip(self.columns, parts, strict=False))
            named = any(column is not None and column.field == CODE for column, _ in pairs)
            if named and len(parts) > 1 and all(self._looks(*pair) for pair in pairs):
                return True
        return False

    def _quoted_row(
        self, view: str, cells: Sequence[Place], quotes: bool, start: int, end: int
    ) -> Row:
        """A row of a list that quotes what it must: its separators divide, or it is damaged."""
        if self.divider == ",":
            # Bare commas divide where they are as many as they should be.
            sure = len(cells) >= len(self.columns) and (quotes or self._look(view, cells))
        else:
            sure = len(cells) > 1
        return (sure and self._certain(view, cells, start, end)) or self._row(view, start, end)

    def _look(self, view: str, cells: Sequence[Place]) -> bool:
        """Whether every cell could stand in its column, though it may not be readable."""
        pairs = zip(self.columns, cells, strict=False)
        return all(self._looks(column, view[a:b]) for column, (a, b) in pairs)

    def _looks(self, column: Column | None, text: str) -> bool:
        text = text.strip()
        if column is None or not text:
            return column is None or column.cell.blank
        odd = column.odd(self.divider)
        return odd is None or re.fullmatch(odd, text) is not None

    def _fit(self, column: Column, text: str) -> bool:
        """Whether a cell could be one of its column."""
        text = text.strip()
        if not text:
            return column.cell.blank
        pattern = column.pattern(self.divider)
        return pattern is None or re.fullmatch(pattern, text) is not None

    # ---- rows whose commas are bare

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
        """Patterns of a row from strict to odd, each with its texts as long and as short as can be.

        Both give the same cells just when the row fits in one way only: the first takes the
        longest texts from the left, the second the shortest.
        """
        return tuple(
            (self._pattern("", known, odd), self._pattern("?", known, odd))
            for known, odd in ((True, False), (False, False), (False, True))
        )

    def _pattern(self, lazy: str, known: bool, odd: bool) -> re.Pattern[str]:
        mark = re.escape(self.divider)
        parts = []
        for at, column in enumerate(self.columns, start=1):
            pattern = None
            if column is not None:
                pattern = (column.odd if odd else column.pattern)(self.divider)
            if column is not None and column.pattern(self.divider) is None:
                # A text neither begins nor ends with a comma; stray ones may stand behind it. It is
                # taken from comma to comma, but where junk may stand behind it sign by sign.
                text = rf"[^{mark}\n]++(?:{mark}++[^{mark}\n]++)*{lazy}"
                if at == len(self.columns):
                    text = rf"[^{mark}\n](?:[^\n]*{lazy}[^{mark}\n])?{lazy}"
                parts.append(rf"({text}|){mark}*{lazy}")
            elif column is None or column.kind == "ignored":
                parts.append(rf"([^{mark}\n]*)")
            elif not known and column.kind == "vocabulary":
                parts.append(rf"([^{mark}\n]+)")
            else:
                # Spaces are taken at once and none ends a cell's own text, so that no number of
                # them can be divided between the two in many ways.
                blank = r"|[^\S\n]*+" if column.cell.blank else ""
                parts.append(rf"([^\S\n]*+(?:{pattern})(?<!\s)[^\S\n]*+{blank})")
        return re.compile(f"{mark.join(parts)}{_JUNK}$")

    def _unquoted(self, view: str, start: int, end: int) -> Row:
        count, most = view.count(self.divider, start, end), len(self.columns) + SETTINGS.most_bare
        if count > most and view[start:end].rstrip(_JUNK_SIGNS).count(self.divider) > most:
            return Row(start, end, None)
        for long, short in self._patterns:
            first = short.match(view, start, end)
            if first is None:
                continue
            cells = _groups(first)
            if count < len(self.columns):
                # Every comma divides, so that there is no other way.
                return Row(start, end, cells)
            other = long.match(view, start, end)
            joined = self._joined(view, cells)
            if other is None or cells != _groups(other) or (joined and not self._sure(view, cells)):
                only = self._only(view, start, end)
                return Row(start, end, only, self._joined(view, only) if only else ())
            return Row(start, end, cells, joined)
        return Row(start, end, None)

    @cached_property
    def _free(self) -> tuple[tuple[int, Column], ...]:
        """The columns whose cells may hold anything, with their places."""
        return tuple((i, c) for i, c in enumerate(self.columns) if c and c.pattern(",") is None)

    def _joined(self, view: str, cells: Sequence[Place]) -> tuple[Column, ...]:
        """The columns with commas that divide nothing, in their text or straying behind it."""
        ends = [*(start for start, _ in cells[1:]), len(view)]
        return tuple(
            column
            for i, column in self._free
            if view.find(self.divider, *cells[i]) >= 0
            or (i + 1 < len(cells) and ends[i] > cells[i][1] + 1)
        )

    def _sure(self, view: str, cells: Sequence[Place], kinds: Set[str] = _NUMBERS) -> bool:
        """Whether no part at the edge of a text could be the number that stands beside it."""
        return all(self._sure_text(i, view[slice(*cells[i])], kinds) for i, _ in self._free)

    def _sure_text(self, i: int, text: str, kinds: Set[str]) -> bool:
        parts = text.split(self.divider)
        if len(parts) == 1:
            return True
        # Texts with commas, such as names of authorities, come many times.
        asked = i, text, kinds
        if asked not in self._known_sure:
            self._known_sure[asked] = not has_slipped(text) and not any(
                self._may_be(at, part, kinds)
                for at, part in ((i - 1, parts[0]), (i + 1, parts[-1]))
            )
        return self._known_sure[asked]

    def _may_be(self, at: int, part: str, kinds: Set[str]) -> bool:
        """Whether a part of a text could be the number of a column."""
        near = self.columns[at] if 0 <= at < len(self.columns) else None
        if near is None or near.kind not in kinds or not part.strip():
            return False
        return (self._looks if near.kind in _BEHIND else self._fit)(near, part)

    @cached_property
    def _known_sure(self) -> dict[tuple[int, str, Set[str]], bool]:
        return {}

    def _only(self, view: str, start: int, end: int) -> tuple[Place, ...] | None:
        """The one way a row fits in, by what is known of its texts; None where there is none."""
        pieces = tuple(_split(view, start, end, self.divider))
        ways = list(self._ways(view, pieces, 0))
        # A text that is known, such as an authority, settles where the numbers beside it belong.
        known = [c for c in ways if self._known(view, c) and self._sure(view, c, _BEHIND)]
        best = known if len(known) == 1 else [c for c in ways if self._sure(view, c)]
        return best[0] if len(best) == 1 else None

    def _ways(self, view: str, pieces: tuple[Place, ...], at: int) -> Iterator[tuple[Place, ...]]:
        """Every way the pieces of a row can be cells of the columns from one on."""
        if at == len(self.columns):
            if not "".join(view[a:b] for a, b in pieces).strip(",; \t"):
                yield ()
            return
        if not pieces:
            return
        column = self.columns[at]
        free = any(at == i for i, _ in self._free)
        most = len(pieces) - (len(self.columns) - at - 1) if free else 1
        for count in range(1, most + 1):
            place = (pieces[0][0], pieces[count - 1][1])
            fits = column is None or free or self._fit(column, view[slice(*place)])
            edges = count == 1 or all(view[a:b].strip() for a, b in (pieces[0], pieces[count - 1]))
            if fits and edges:
                for rest in self._ways(view, pieces[count:], at + 1):
                    yield (place, *rest)

    def _known(self, view: str, cells: Sequence[Place]) -> bool:
        """Whether the texts of columns with a code list are in it."""
        return all(
            load.fold(view[slice(*cells[i])]) in load.spellings(column.codes)
            for i, column in self._free
            if column.codes is not None
        )


def _split(view: str, start: int, end: int, divider: str) -> Iterator[Place]:
    at = start
    for part in view[start:end].split(divider):
        yield at, at + len(part)
        at += len(part) + 1


def _groups(match: re.Match[str]) -> tuple[Place, ...]:
    return match.regs[1:]


def _full_lines(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a slice that hold anything."""
    return (line.span() for line in _LINE.finditer(view, start, end) if not line[0].isspace())
