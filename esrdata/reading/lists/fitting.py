"""Rows whose separators divide nothing for certain: they must fit their columns in one way only."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from esrdata.knowledge import load
from esrdata.reading.lists.cells import has_slipped
from esrdata.reading.lists.row import JUNK_SIGNS, Place, Row, split
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.lists.spec import Column

# A stray end of a line, as exports have it.
_JUNK = r"[,;\s]*+"
# Kinds of cells that a part of a text could be taken for.
_NUMBERS = frozenset({"axis", "date", "list_money"})
# Those that stand beside a text that is in no code list.
_BEHIND = frozenset({"date", "list_money"})


@dataclass(frozen=True)
class Fitting:
    """Divides rows by what the cells of their columns may hold; `divider` stands in texts too."""

    columns: tuple[Column | None, ...]
    divider: str
    _known_sure: dict[tuple[int, str, Set[str]], bool] = field(default_factory=dict, compare=False)

    def row(self, view: str, start: int, end: int) -> Row:
        """The row of a line, divided where it fits in one way only."""
        count, most = view.count(self.divider, start, end), len(self.columns) + SETTINGS.most_bare
        if count > most and view[start:end].rstrip(JUNK_SIGNS).count(self.divider) > most:
            return Row(start, end, None)
        for long, short in self._patterns:
            first = short.match(view, start, end)
            if first is None:
                continue
            cells = first.regs[1:]
            if count < len(self.columns):
                # Every comma divides, so that there is no other way.
                return Row(start, end, cells)
            other = long.match(view, start, end)
            joined = self._joined(view, cells)
            if other is None or cells != other.regs[1:] or (joined and not self._sure(view, cells)):
                only = self._only(view, start, end)
                return Row(start, end, only, self._joined(view, only) if only else ())
            return Row(start, end, cells, joined)
        return Row(start, end, None)

    def looks(self, column: Column | None, text: str) -> bool:
        """Whether a cell could stand in its column, though it may not be readable."""
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
        empty = set[int]()
        if kinds != _NUMBERS:
            empty = {i for i, cell in enumerate(cells) if not view[slice(*cell)].strip()}
        # An empty cell may lack any number that stands at the edge of a text beside it.
        asked = ((i, _NUMBERS if {i - 1, i + 1} & empty else kinds) for i, _ in self._free)
        return all(self._sure_text(i, view[slice(*cells[i])], each) for i, each in asked)

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
        part = part.strip(' "')
        if near is None or near.kind not in kinds or not part:
            return False
        return (self.looks if near.kind in _BEHIND else self._fit)(near, part)

    def _only(self, view: str, start: int, end: int) -> tuple[Place, ...] | None:
        """The one way a row fits in, by what is known of its texts; None where there is none."""
        pieces = tuple(split(view, start, end, self.divider))
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
