"""A row of a list into a record: each cell read by itself, with its place."""

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from esrdata.documents.document import Span
from esrdata.documents.xml import is_absent
from esrdata.guard import Failure, attempt
from esrdata.knowledge.fields import field_of
from esrdata.reading.grid import Cells, Grid, GridRecord, same
from esrdata.reading.lists.block import Block
from esrdata.reading.lists.cells import is_of_another
from esrdata.reading.lists.cut import cut_columns
from esrdata.reading.lists.merged import Reaching
from esrdata.reading.lists.places import shift as shift_of
from esrdata.reading.lists.refused import DOUBTFUL, MERGED, AmbiguousError
from esrdata.reading.lists.row import Place, Row
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.lists.spec import CODE, PERIOD, Column
from esrdata.reading.lists.texts import ELEMENTS, SEVERAL, UNREADABLE, Read, TextReader, places_in
from esrdata.reading.lists.units import Doubted
from esrdata.reading.record import ABSENT, LIST, Finding, Record, Status, Value

# Cells that hold a sum of all the rows they reach over.
_SUMMED = frozenset({"list_money", "count"})
_NUMBERS = frozenset({*_SUMMED, "date"})
# Cells of words, and how one ends whose text goes on.
_PROSE = frozenset({"words", "narrative", "places", "text"})
_OPEN = ("-", "–", ",", "/", "&", "(", " ja", " och", " and", " sekä")


class Odd(NamedTuple):
    """What is odd about rows: cells that reach over others, and sums in other units than euros.

    `other_unit` are the fields of which the list says so, or whose sums may be those of another
    column, and whether a zero there is one.
    """

    merged: Reaching
    doubted: Doubted
    other_unit: Mapping[str, bool]


class RecordReader:
    """Reads the rows under one heading row."""

    def __init__(self, block: Block, odd: Odd) -> None:
        self._block, self._odd = block, odd
        self._document, self._heading = block.document, block.heading
        self._reads = TextReader(block, odd.other_unit)
        heading = block.heading
        at = {c.headings: i for i, c in enumerate(heading.columns) if c is not None}
        # Columns in the order of the shelf, so that records of all files look alike.
        self._columns = [(c, at.get(c.headings)) for c in heading.spec.columns if c.field]
        self._code = next(c for c in heading.spec.columns if c.field == CODE)
        self._code_at = heading.code_at
        required = (c.headings for c in heading.spec.columns if c.required)
        self._required = [at[headings] for headings in required if headings in at]
        self._found_code = re.compile(rf"\b{self._code.cell.pattern}\b")
        period = heading.spec.period
        self._period = ABSENT
        if period is not None:
            self._period = Value(Status.READ, period, *self._raw(*heading.sign))

    def cut_columns(self) -> Iterator[Column]:
        """The columns whose texts were cut off, as far as rows have been read."""
        return cut_columns(self._block, self._reads.may_be_cut())

    def of_several(self) -> list[str]:
        """The names that may be those of several organisations, as far as rows have been read."""
        return self._reads.of_several

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
        code = self._block.text(row, self._code_at)
        if not self._code.reads(self._reads.plain(code, row.wrapped)):
            return None
        record = self._empty()
        place = self._document.span(row.start, row.end)
        shift = shift_of(self._document, row.start, row.end)
        merged = self._odd.merged.get(row.start, {})
        doubted = self._odd.doubted.get(row.start, {})
        is_page = self._document.format == "html"
        for column, at in self._columns:
            if at is None:
                record.values[column.field] = ABSENT
            else:
                reach = merged.get(at)
                start, end = row.cells[at] if reach is None else reach.place
                text = self._document.view[start:end]
                texts = self._reads.read(column, (text,), wrapped=row.wrapped)
                read = texts.reads[texts.places[text]]
                if reach is not None and (reach.wide or column.kind in _SUMMED):
                    read = _refused(read, MERGED)
                elif doubted.get(at) is False or (
                    read[0].content
                    and (
                        at in doubted
                        or (is_page and column.kind in _SUMMED and self._is_glued(text, start))
                    )
                ):
                    read = _refused(read, AmbiguousError.CODE)
                if read[2] == SEVERAL:
                    self._list_places(record, column, (start, end))
                else:
                    # A place that was read is the first of a list.
                    first = column.kind == "places" and read[0].status is Status.READ
                    name = f"{column.field}.0" if first else column.field
                    here = shift if start >= row.start else None
                    self._put(record, name, read, start, here, place)
            if len(record.values) == 1:
                record.values[PERIOD] = self._period
        if self._has_moved(record, row):
            return None
        self._report(record, row, place.line)
        return record

    def _is_glued(self, text: str, start: int) -> bool:
        """Whether the digits of a number stand in several elements of a page.

        Its style sheet may show cents so: `<b>46434</b><i>50</i>`.
        """
        document = self._document
        first, last = document.starts[start], document.ends[start + len(text) - 1]
        digits = text.lstrip("-−")
        return last - first > len(text) and digits.isdecimal() and "<" in document.text[first:last]

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
        if self._reads.days_turn():
            found = attempt(self._grid)
        return self._no_grid() if isinstance(found, Failure) else found

    def _no_grid(self) -> tuple[Grid, Mapping[int, int]]:
        return Grid({}, (), (), self._empty()), {}

    def _grid(self) -> tuple[Grid, Mapping[int, int]]:
        there = [column for column, at in self._columns if at is not None]
        if self._code_at is None or any(field_of(column.field).prose for column in there):
            # Persons may be named in its cells.
            return self._no_grid()
        rows, shifts, placed = list[Row](), list[int](), list[tuple[Place, ...]]()
        for row in self._block.rows:
            # Of a row on one line every cell stands as far from its place in the text.
            shift = shift_of(self._document, row.start, row.end)
            alone = row.wrapped or row.start in self._odd.merged or row.start in self._odd.doubted
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
        spans = [self._document.span(rows[i].start, rows[i].end) for i in kept]
        lines, pages = [span.line for span in spans], [span.page for span in spans]
        columns = {name: cells.part(kept) for name, cells in columns.items()}
        # What stands in place of a code below or between the rows may name a person.
        columns[CODE] = columns[CODE].alone()
        grid = Grid(columns, lines, pages, self._empty())
        return grid, {rows[i].start: at for at, i in enumerate(kept)}

    def _cells(
        self, column: Column, places: Sequence[Place], shifts: Sequence[int]
    ) -> tuple[Cells, list[int]]:
        """The cells of a column, and the rows in which one is odd."""
        view = self._document.view
        texts = [view[start:end] for start, end in places]
        known = self._reads.read(column, texts, wrapped=False)
        which = array("Q", [known.places[text] for text in texts])
        starts = [start + shift for (start, _), shift in zip(places, shifts, strict=True)]
        if known.led:
            starts = [s + known.reads[i][1] for s, i in zip(starts, which, strict=True)]
        cells = Cells(known.distinct, which, array("Q", starts))
        return cells, cells.rows_of(known.odd)

    def is_row(self, row: Row) -> bool:
        """Whether what gave no record is a row all the same: by its code, or by its cells."""
        if self._code_at in self._odd.merged.get(row.start, ()):
            return True
        if self._found_code.search(self._document.view, row.start, row.end):
            return True
        full = sum(self._block.text(row, i) != "" for i in self._required)
        return full >= SETTINGS.filled * len(self._required)

    def goes_on(self, above: Row, row: Row) -> bool:
        """Whether a row without a code is the rest of the one above it.

        It has the sums and days that the one above lacks, or texts that go on, as where a program
        made a table of a print.
        """
        columns = self._heading.columns
        there, before = (
            [self._block.text(r, i) for i in range(len(columns))] for r in (row, above)
        )
        if not any(there) or self._code_at is None or there[self._code_at]:
            return False
        kinds = [column.kind if column is not None else "" for column in columns]
        full = [(kinds[i], before[i], text) for i, text in enumerate(there) if text]
        lacked = any(kind in _NUMBERS for kind, _, _ in full) and not any(b for _, b, _ in full)
        texts = (
            kind in _PROSE and b and (text[0].islower() or b.endswith(_OPEN))
            for kind, b, text in full
        )
        return lacked or all(texts)

    def _has_moved(self, record: Record, row: Row) -> bool:
        """Whether cells stand in each other's columns.

        One such cell may be a slip of the hand. Several, or one and a row that ends in an empty
        cell, mean that a cell was lost or came in, and what seems readable is another column's. So
        does a number in a text beside another cell that is not read, or beside a text that holds
        the sign between cells, which a comma alone often is; and any cell that is not read in a row
        that has one too many, or that is what the empty cell before it should hold.
        """
        if not record.findings:
            return False
        kinds = {column.field: column.kind for column, _ in self._columns}
        moved = [f for f in record.findings if f.field and is_of_another(kinds[f.field], f)]
        texts = (f for f in moved if f.code == DOUBTFUL)
        joined = row.joined and self._heading.divider != ","
        odd = sum(finding.code in (UNREADABLE, DOUBTFUL) for finding in record.findings)
        alone = not joined and odd == 1 and self._block.text(row, -1)
        several = len(moved) > 1 or (any(texts) and not alone)
        return row.lacking < 0 or several or self._is_pushed(record, row)

    def _is_pushed(self, record: Record, row: Row) -> bool:
        """Whether a cell that was not read is what the empty one before it should hold.

        Words are so only where that column is full in most rows.
        """
        places = {column.field: at for column, at in self._columns}
        for finding in record.findings:
            at, text = places.get(finding.field or ""), finding.raw or ""
            before = self._heading.columns[at - 1] if at else None
            if not at or before is None or self._block.text(row, at - 1):
                continue
            texts = self._block.texts(at - 1)
            full = sum(map(bool, texts)) * 2 > len(texts) and not any(map(str.isdigit, text))
            if (before.kind in _NUMBERS or full) and before.reads(text):
                return True
        return False

    def _report(self, record: Record, row: Row, line: int) -> None:
        """Report what was done with a row as a whole."""
        if row.joined:
            raw = ", ".join(column.headings[0] for column in row.joined)
            record.findings.append(Finding("list_row_repaired", line=line, raw=raw))
        if row.lacking > 0:
            names = [c.headings[0] for c in self._heading.columns[-row.lacking :] if c is not None]
            record.findings.append(Finding("list_row_short", line=line, raw=", ".join(names)))

    # ---- cells

    def _put(
        self, record: Record, name: str, read: Read, start: int, shift: int | None, place: Span
    ) -> None:
        (status, content, raw, _), before, code = read
        start += before
        length = len(raw or "")
        if shift is not None:
            first = start + shift
            span = Span(first, first + length, place.line, place.page)
        else:
            span = self._document.span(start, start + length)
            raw = self._document.text[span.start : span.end] or None
        if status is Status.BLANK and raw is None and self._no_element(start):
            record.values[name] = ABSENT
            return
        record.values[name] = Value(status, content, raw, span)
        if status is Status.UNREADABLE:
            record.findings.append(Finding(code, name, span.line, raw))

    def _no_element(self, at: int) -> bool:
        """Whether an empty cell stands for an element that a row of XML does not have."""
        document = self._document
        return document.format in ELEMENTS and is_absent(document.starts, document.ends, at)

    def _list_places(self, record: Record, column: Column, place: tuple[int, int]) -> None:
        """A list of places, each a value of its own."""
        found = places_in(self._document.view, *place)
        if not found:
            record.values[column.field] = Value(Status.BLANK, None, *self._raw(*place))
        for i, (start, end) in enumerate(found):
            raw, span = self._raw(start, end)
            content = column.cell.read(self._document.view[start:end])
            record.values[f"{column.field}.{i}"] = Value(Status.READ, content, raw, span)

    def _raw(self, start: int, end: int) -> tuple[str, Span]:
        span = self._document.span(start, end)
        return self._document.text[span.start : span.end], span


def _refused(read: Read, code: str) -> Read:
    """A cell that was read and holds nothing for certain; any other stays what it is."""
    value, before, _ = read
    if value.status is not Status.READ:
        return read
    return value._replace(status=Status.UNREADABLE, content=None), before, code
