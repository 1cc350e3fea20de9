"""Rows of a project list into cells, also where the commas of its texts stand unquoted."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from esrdata.knowledge import load
from esrdata.reading.lists.spec import Column

Place = tuple[int, int]
# A stray end of a line, as exports have it: separators and no value behind them.
_JUNK = r"[,;\s]*"
# Kinds of cells that a part of a text could be taken for.
_NUMBERS = frozenset({"axis", "date", "list_money"})
# Those that stand beside a text that is in no code list.
_BEHIND = frozenset({"date", "list_money"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the place of each cell in the view, or None where it fits in no or in many ways.

    `joined` are the columns whose text holds commas that divide nothing, or has stray ones
    behind it.
    """

    start: int
    end: int
    cells: tuple[Place, ...] | None
    joined: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Splitter:
    """Splits the rows below a heading row.

    Attributes
    ----------
    columns
        The columns in the order of the file; None for one that the shelf does not know.
    divider
        What stands between cells: a comma, a semicolon or a tab.
    """

    columns: tuple[Column | None, ...]
    divider: str

    def rows(self, view: str, start: int) -> Iterator[Row]:
        """Every non-blank row of the view from a place on."""
        if self.divider != "\t" and self._quoted(view, start):
            yield from self._quoted_rows(view, start)
            return
        for met in re.compile(r"[^\n]*\S[^\n]*").finditer(view, start):
            yield self._row(view, *met.span())

    def _row(self, view: str, start: int, end: int) -> Row:
        if self.divider == "\t":
            cells = tuple(_split(view, start, end, "\t"))
            lacking = len(self.columns) - len(cells)
            # Empty cells at the end of a row are often not written.
            return Row(start, end, cells + ((end, end),) * lacking if lacking >= 0 else None)
        return self._unquoted(view, start, end)

    # ---- rows whose cells are quoted

    def _quoted(self, view: str, start: int) -> bool:
        """Whether quotes keep commas together; a list that has such commas bare has no quoting."""
        if '"' not in view:
            return False
        most = len(self.columns) + 1
        bare = (line for line in view[start:].split("\n") if '"' not in line)
        return all(line.count(self.divider) <= most for line in bare)

    def _quoted_rows(self, view: str, start: int) -> Iterator[Row]:
        mark = re.escape(self.divider)
        token = re.compile(
            rf'"(?P<quoted>(?:[^"]|"")*)"(?P<a>{mark}|\n|\Z)|(?P<bare>[^{mark}\n]*)(?P<b>{mark}|\n|\Z)'
        )
        cells: list[Place] = []
        first = start
        for met in token.finditer(view, start):
            name = "bare" if met["quoted"] is None else "quoted"
            cells.append(met.span(name))
            if (met["a"] or met["b"]) == self.divider:
                continue
            end = met.end(name) + (name == "quoted")
            if view[first:end].strip():
                whole = len(cells) == len(self.columns) and self._fits(view, cells)
                yield Row(first, end, tuple(cells)) if whole else self._row(view, first, end)
            cells, first = [], met.end()

    def _fits(self, view: str, cells: Sequence[Place]) -> bool:
        return all(
            column is None or self._fit(column, view[a:b])
            for column, (a, b) in zip(self.columns, cells, strict=True)
        )

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
        """Patterns of a row from strict to lax, each with its texts as long and as short as can be.

        Both give the same cells just when the row fits in one way only: the first takes the
        longest texts from the left, the second the shortest.
        """
        strict = tuple(re.compile(self._pattern(again, known=True)) for again in ("", "?"))
        lax = tuple(re.compile(self._pattern(again, known=False)) for again in ("", "?"))
        return (strict[0], strict[1]), (lax[0], lax[1])

    def _pattern(self, lazy: str, *, known: bool) -> str:
        mark = re.escape(self.divider)
        parts = []
        for column in self.columns:
            pattern = None if column is None else column.pattern(self.divider)
            if column is not None and pattern is None:
                # A text neither begins nor ends with a comma; stray ones may stand behind it.
                parts.append(rf"([^{mark}\n](?:[^\n]*{lazy}[^{mark}\n])?{lazy}|){mark}*{lazy}")
            elif column is None or column.kind == "ignored":
                parts.append(rf"([^{mark}\n]*)")
            elif not known and column.kind == "vocabulary":
                parts.append(rf"([^{mark}\n]+)")
            else:
                blank = r"|[^\S\n]*" if column.cell.blank else ""
                parts.append(rf"([^\S\n]*(?:{pattern})[^\S\n]*{blank})")
        return f"{mark.join(parts)}{_JUNK}$"

    def _unquoted(self, view: str, start: int, end: int) -> Row:
        for long, short in self._patterns:
            first = short.match(view, start, end)
            if first is None:
                continue
            cells = _groups(first)
            if view.count(self.divider, start, end) < len(self.columns):
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
        for i, _ in self._free:
            parts = view[slice(*cells[i])].split(self.divider)
            if len(parts) == 1:
                continue
            beside = ((i - 1, parts[0]), (i + 1, parts[-1]))
            for at, part in beside:
                near = self.columns[at] if 0 <= at < len(self.columns) else None
                number = near is not None and near.kind in kinds
                if near is not None and number and part.strip() and self._fit(near, part):
                    return False
        return True

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


def _groups(met: re.Match[str]) -> tuple[Place, ...]:
    return met.regs[1:]
