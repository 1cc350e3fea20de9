"""A row of a list into a record: each cell read by itself, with its place."""

import re
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from esrdata.documents.document import Document, Span
from esrdata.documents.lines import LINE_BREAK, STRUCK
from esrdata.documents.xml import is_absent
from esrdata.guard import Failure, attempt
from esrdata.knowledge.fields import field_of
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.grid import Cells, Distinct, Grid, GridRecord, same
from esrdata.reading.listed import between_places, listed
from esrdata.reading.lists.cells import (
    THOUSANDS,
    AmbiguousError,
    DoubtError,
    MergedError,
    OddCellError,
    Signs,
    StruckError,
    bare,
    check_value,
    is_nothing,
    is_of_another,
    is_serial,
    said,
    said_within,
    signs_of,
    thousands,
)
from esrdata.reading.lists.heading import Heading
from esrdata.reading.lists.merged import Reaching
from esrdata.reading.lists.places import Places
from esrdata.reading.lists.rows import Place, Row
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.lists.spec import CODE, PERIOD, Column
from esrdata.reading.quantities.kinds import UnreadableError
from esrdata.reading.record import ABSENT, LIST, Content, Finding, Record, Status, Value

# A cell without its place, the white space before it, and what to report of it.
_Read = tuple[Value, int, str]
_UNREADABLE = "value_unreadable"
# Cells that hold a sum of all the rows they reach over.
_SUMMED = frozenset({"list_money", "count"})
# In place of what is to be reported: a cell that names several places, or none.
_SEVERAL = "several"


class RecordReader:
    """Reads the rows under one heading row."""

    def __init__(
        self,
        document: Document,
        places: Places,
        heading: Heading,
        rows: Sequence[Row],
        merged: Reaching,
        *,
        scaled: bool,
    ) -> None:
        self._document, self._places = document, places
        self._heading, self._rows, self._merged = heading, rows, merged
        # Whether the list says that its sums are thousands or millions.
        self._scaled = scaled
        at = {c.headings: i for i, c in enumerate(heading.columns) if c is not None}
        # Columns in the order of the shelf, so that records of all files look alike.
        self._columns = [(c, at.get(c.headings)) for c in heading.spec.columns if c.field]
        # Columns that read alike share what their texts were read as.
        self._texts: defaultdict[tuple[str, str | None, bool], _Texts] = defaultdict(_Texts)
        self._code = next(c for c in heading.spec.columns if c.field == CODE)
        self._code_at = at.get(self._code.headings)
        required = (c.headings for c in heading.spec.columns if c.required)
        self._required = [at[headings] for headings in required if headings in at]
        self._found_code = re.compile(rf"\b{self._code.cell.pattern}\b")
        period = heading.spec.period
        self._period = ABSENT
        if period is not None:
            self._period = Value(Status.READ, period, *self._raw(*heading.sign))
        self._signs: Signs | None = None
        self._from_1904 = any(sheet.from_1904 for sheet in document.sheets)
        # What few lists have is asked of few: each cell of all would be.
        self._has_formulas = "=" in document.view
        self._is_odd = self._from_1904 or document.format == "xml" or STRUCK in document.view

    def record(self, row: Row) -> Record | None:
        """The record of a row; None where the row could not be divided or has no code."""
        grid, places = self._by_column
        at = places.get(row.start)
        if at is None:
            return self._by_itself(row)
        record = GridRecord.of(grid, at)
        self._report(record, row, grid.lines[at])
        return record

    def _by_itself(self, row: Row) -> Record | None:
        """The record of a row that is read cell by cell."""
        if row.cells is None or self._code_at is None:
            return None
        code = self._document.view[slice(*row.cells[self._code_at])].strip()
        if not self._is_code(self._plain(code, row.wrapped)):
            return None
        record = self._empty()
        place = self._places.span(row.start, row.end)
        shift = self._places.shift(row.start, row.end)
        merged = self._merged.get(row.start, {})
        for column, at in self._columns:
            if at is None:
                record.values[column.field] = ABSENT
            else:
                reach = merged.get(at)
                start, end = row.cells[at] if reach is None else reach.place
                text = self._document.view[start:end]
                texts = self._read(column, (text,), wrapped=row.wrapped)
                read = texts.reads[texts.places[text]]
                shared = reach is not None and (reach.wide or column.kind in _SUMMED)
                if shared and read[0].status is Status.READ:
                    unread = read[0]._replace(status=Status.UNREADABLE, content=None)
                    read = unread, read[1], MergedError.code
                if read[2] == _SEVERAL:
                    self._list_places(record, column, (start, end))
                else:
                    name = _named(column, read[0])
                    here = shift if start >= row.start else None
                    self._put(record, name, read, start, here, place)
            if len(record.values) == 1:
                record.values[PERIOD] = self._period
        if self._has_moved(record, row):
            return None
        self._report(record, row, place.line)
        return record

    def _empty(self) -> Record:
        """A record without values."""
        spec = self._heading.spec
        return Record(
            self._document.path, LIST, spec.language, spec.declared,
            applicable=dict(spec.applicable), lines=1, accounted=1,
        )  # fmt: skip

    # ---- by column

    @cached_property
    def _by_column(self) -> tuple[Grid, Mapping[int, int]]:
        """The rows that are as rows should be, and the place of each by where it begins.

        Any other, and all where an error comes that nobody foresaw, is read by itself.
        """
        found = attempt(self._grid)
        return self._no_grid() if isinstance(found, Failure) else found

    def _no_grid(self) -> tuple[Grid, Mapping[int, int]]:
        return Grid({}, (), (), self._empty()), {}

    def _grid(self) -> tuple[Grid, Mapping[int, int]]:
        there = [column for column, at in self._columns if at is not None]
        if self._code_at is None or any(map(_needs_its_row, there)):
            return self._no_grid()
        rows, shifts, placed = list[Row](), list[int](), list[tuple[Place, ...]]()
        for row in self._rows:
            # Of a row on one line every cell stands as far from its place in the text.
            shift = self._places.shift(row.start, row.end)
            alone = row.wrapped or row.start in self._merged
            if row.cells is not None and not alone and shift is not None:
                rows.append(row)
                shifts.append(shift)
                placed.append(row.cells)
        by_column = list(zip(*placed, strict=True))
        columns: dict[str, Cells] = {}
        odd: set[int] = set()
        for column, at in self._columns:
            if at is None or not rows:
                columns[column.field] = same(ABSENT, len(rows))
            else:
                name = f"{column.field}.0" if column.kind == "places" else column.field
                columns[name], unlike = self._cells(column, by_column[at], shifts)
                odd.update(unlike)
            if len(columns) == 1:
                columns[PERIOD] = same(self._period, len(rows))
        kept = [i for i in range(len(rows)) if i not in odd]
        spans = [self._places.span(rows[i].start, rows[i].end) for i in kept]
        lines, pages = [span.line for span in spans], [span.page for span in spans]
        columns = {name: cells.part(kept) for name, cells in columns.items()}
        grid = Grid(columns, lines, pages, self._empty())
        return grid, {rows[i].start: at for at, i in enumerate(kept)}

    def _cells(
        self, column: Column, places: Sequence[Place], shifts: Sequence[int]
    ) -> tuple[Cells, list[int]]:
        """The cells of a column, and the rows in which one is odd."""
        view = self._document.view
        texts = [view[start:end] for start, end in places]
        known = self._read(column, texts, wrapped=False)
        which = array("Q", [known.places[text] for text in texts])
        starts = [start + shift for (start, _), shift in zip(places, shifts, strict=True)]
        if known.led:
            starts = [s + known.reads[i][1] for s, i in zip(starts, which, strict=True)]
        cells = Cells(known.distinct, which, array("Q", starts))
        return cells, cells.rows_of(known.odd)

    def _read(self, column: Column, texts: Sequence[str], *, wrapped: bool) -> "_Texts":
        """What texts of a column hold, with others that were read before."""
        known = self._texts[column.kind, column.codes, wrapped]
        for text in texts if len(texts) == 1 else dict.fromkeys(texts):
            if text not in known.places:
                read = self._cell(column, text, wrapped)
                known.add(text, read, odd=not self._is_plain(column, read[0]))
        return known

    def is_row(self, row: Row) -> bool:
        """Whether what gave no record is a row all the same: by a code in it, or by its cells."""
        view = self._document.view
        if self._found_code.search(view, row.start, row.end):
            return True
        if row.cells is None:
            return False
        full = sum(view[slice(*row.cells[i])].strip() != "" for i in self._required)
        return full >= SETTINGS.filled * len(self._required)

    def _has_moved(self, record: Record, row: Row) -> bool:
        """Whether cells stand in each other's columns.

        One such cell may be a slip of the hand. Several, or one and a row that ends in an empty
        cell, mean that a cell was lost or came in, and what seems readable is another column's.
        """
        if not record.findings:
            return False
        kinds = {column.field: column.kind for column, _ in self._columns}
        moved = [f for f in record.findings if f.field and is_of_another(kinds[f.field], f)]
        texts = (f for f in moved if f.code == DoubtError.code)
        last = self._document.view[slice(*row.cells[-1])].strip() if row.cells else ""
        return len(moved) > 1 or (any(texts) and not last)

    def _is_code(self, text: str) -> bool:
        try:
            self._code.read(text)
        except UnreadableError:
            return False
        return True

    def _report(self, record: Record, row: Row, line: int) -> None:
        """Report what was done with a row as a whole."""
        if row.joined:
            raw = ", ".join(column.headings[0] for column in row.joined)
            record.findings.append(Finding("list_row_repaired", line=line, raw=raw))
        if row.lacking:
            names = [c.headings[0] for c in self._heading.columns[-row.lacking :] if c is not None]
            record.findings.append(Finding("list_row_short", line=line, raw=", ".join(names)))

    # ---- cells

    def _put(
        self, record: Record, name: str, read: _Read, start: int, shift: int | None, place: Span
    ) -> None:
        (status, content, raw, _), before, code = read
        start += before
        length = len(raw or "")
        if shift is not None:
            first = start + shift
            span = Span(first, first + length, place.line, place.page)
        else:
            span = self._places.span(start, start + length)
            raw = self._document.text[span.start : span.end] or None
        if status is Status.BLANK and raw is None and self._no_element(start):
            record.values[name] = ABSENT
            return
        record.values[name] = Value(status, content, raw, span)
        if status is Status.UNREADABLE:
            record.findings.append(Finding(code, name, span.line, raw))

    def _cell(self, column: Column, text: str, wrapped: bool) -> _Read:
        """What a cell holds, where it begins, and what to report of it."""
        raw = text.strip()
        if not raw:
            return Value(Status.BLANK), 0, ""
        before = len(text) - len(text.lstrip())
        text_said = self._plain(raw, wrapped)
        if not text_said or is_nothing(text_said):
            return Value(Status.BLANK, None, raw), before, ""
        try:
            content = self._content(column, text_said)
            if column.kind == "places":
                return self._place(column, text)
            return Value(Status.READ, content, raw), before, ""
        except OddCellError as error:
            return Value(Status.UNREADABLE, None, raw), before, error.code
        except UnreadableError:
            return Value(Status.UNREADABLE, None, raw), before, _UNREADABLE

    def _place(self, column: Column, text: str) -> _Read:
        """The one place that a list of places names; where there are more, the row knows."""
        found = _places(text, 0, len(text))
        contents = [column.cell.read(text[start:end]) for start, end in found]
        if len(found) != 1:
            return Value(Status.UNREADABLE), 0, _SEVERAL
        ((start, end),) = found
        return Value(Status.READ, contents[0], text[start:end]), start, ""

    def _is_plain(self, column: Column, value: Value) -> bool:
        """Whether a cell holds something, or is empty as its column may be."""
        if value.status is Status.BLANK:
            may_lack = value.raw is None and self._document.format in _ELEMENTS
            return column.cell.blank and not may_lack and column.kind != "places"
        return value.content is not None

    def _content(self, column: Column, text: str) -> Content:
        check_value(text)
        if self._is_odd:
            self._check_odd(column, text)
        if column.kind == "list_money" and self._scaled and column.read(text):
            raise AmbiguousError(text)
        # Digits alone are no thousands with a sign.
        if column.kind == "list_money" and not text.isdecimal() and THOUSANDS.fullmatch(bare(text)):
            if self._signs is None:
                typed = bool(self._document.sheets) or self._document.format == "json"
                self._signs = signs_of(self._sums(), typed=typed)
            return thousands(text, self._signs)
        return column.read(text)

    def _check_odd(self, column: Column, text: str) -> None:
        """Refuse what is struck through, stands twice or is a day by another count."""
        if STRUCK in text:
            raise StruckError(text)
        if "\n" in text and self._document.format == "xml" and column.kind not in _OF_LINES:
            # An element that stands twice in a row; other line ends of XML are spaces.
            raise AmbiguousError(text)
        if self._from_1904 and column.kind == "date" and is_serial(text):
            # The number of a day, which other programs count from another one.
            raise AmbiguousError(text)

    def _plain(self, raw: str, wrapped: bool) -> str:
        """What a cell says, without the signs of its format: doubled quotes, marks of line ends."""
        text = raw.replace(LINE_BREAK, "\n")
        formula = self._has_formulas and text[:1] == "="
        # A formula may hold two quotes with nothing between them, and none that is doubled.
        text = said(text) if formula else text
        if '"' in text and self._document.format in _QUOTING:
            text = text.replace('""', '"')
            # A row that was quoted as a whole has all its quotes doubled once more.
            text = text.replace('""', '"') if wrapped else text
        return said(text) if formula else text

    def _sums(self) -> list[str]:
        """The sums of the list, by which it shows how it writes them."""
        sums = [i for i, c in enumerate(self._heading.columns) if c and c.kind == "list_money"]
        view = self._document.view
        return [view[slice(*row.cells[i])] for row in self._rows if row.cells for i in sums]

    def _no_element(self, at: int) -> bool:
        """Whether an empty cell stands for an element that a row of XML does not have."""
        document = self._document
        return document.format in _ELEMENTS and is_absent(document.starts, document.ends, at)

    def _list_places(self, record: Record, column: Column, place: tuple[int, int]) -> None:
        """A list of places, each a value of its own."""
        found = _places(self._document.view, *place)
        if not found:
            record.values[column.field] = Value(Status.BLANK, None, *self._raw(*place))
        for i, (start, end) in enumerate(found):
            raw, span = self._raw(start, end)
            content = column.cell.read(self._document.view[start:end])
            record.values[f"{column.field}.{i}"] = Value(Status.READ, content, raw, span)

    def _raw(self, start: int, end: int) -> tuple[str, Span]:
        span = self._places.span(start, end)
        return self._document.text[span.start : span.end], span


class _Texts:
    """What the texts of columns that read alike were read as, and the place of each.

    `odd` are the places of those that need their row, `led` tells whether white space stands
    before one.
    """

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.reads: list[_Read] = []
        self.odd: set[int] = set()
        self.led = False
        self._values: list[Value] = []
        self.distinct = Distinct(self._values)

    def add(self, text: str, read: _Read, *, odd: bool) -> None:
        """Add what a text was read as."""
        place = self.places[text] = len(self.reads)
        if odd:
            self.odd.add(place)
        self.led = self.led or read[1] > 0
        self.reads.append(read)
        self._values.append(read[0])


@per_shelf
def _between() -> re.Pattern[str]:
    """What stands between places in a cell: a line end too, but none that divides a name."""
    ends = rf"|(?<!-)\s*[\n{LINE_BREAK}]\s*"
    return re.compile(between_places().pattern + ends, re.IGNORECASE)


def _places(view: str, start: int, end: int) -> list[Place]:
    """Where the names of places stand, marks for nothing left out."""
    cell = view[start:end]
    before = len(cell) - len(cell.lstrip())
    first, last = said_within(cell.strip())
    found = listed(view, start + before + first, start + before + last, _between())
    return [place for place in found if not is_nothing(view[slice(*place)])]


def _named(column: Column, value: Value) -> str:
    """The field of a value: a place that was read is the first of a list."""
    first = column.kind == "places" and value.status is Status.READ
    return f"{column.field}.0" if first else column.field


def _needs_its_row(column: Column) -> bool:
    """Whether persons may be named in its cells."""
    return field_of(column.field).prose


# Cells that may hold several lines, or several names.
_OF_LINES = frozenset({"narrative", "places", "ignored"})
_QUOTING = frozenset({"csv", "text"})
# Formats in which a row may lack an element.
_ELEMENTS = frozenset({"xml", "json"})
