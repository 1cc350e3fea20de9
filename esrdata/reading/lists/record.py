"""A row of a list into a record: each cell read by itself, with its place."""

import re
from collections.abc import Sequence

from esrdata.documents.document import Document, Span
from esrdata.documents.lines import LINE_BREAK
from esrdata.documents.xml import is_absent
from esrdata.reading.listed import between_places, listed
from esrdata.reading.lists.cells import (
    THOUSANDS,
    DoubtError,
    OddCellError,
    Signs,
    bare,
    check_value,
    is_nothing,
    is_of_another,
    signs_of,
    thousands,
)
from esrdata.reading.lists.heading import Heading
from esrdata.reading.lists.places import Places
from esrdata.reading.lists.rows import Row
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.lists.spec import CODE, PERIOD, Column
from esrdata.reading.quantities.kinds import UnreadableError
from esrdata.reading.record import ABSENT, LIST, Content, Finding, Record, Status, Value

# The status and content of a cell, the white space before it, its raw text, and what to report.
_Read = tuple[Status, Content, int, str, str]
_UNREADABLE = "value_unreadable"


class RecordReader:
    """Reads the rows under one heading row."""

    def __init__(
        self, document: Document, places: Places, heading: Heading, rows: Sequence[Row]
    ) -> None:
        self._document, self._places = document, places
        self._heading, self._rows = heading, rows
        at = {c.headings: i for i, c in enumerate(heading.columns) if c is not None}
        # Columns in the order of the shelf, so that records of all files look alike; with each the
        # cells read so far, since most come many times.
        self._columns: list[tuple[Column, int | None, dict[tuple[str, bool], _Read]]] = [
            (column, at.get(column.headings), {}) for column in heading.spec.columns if column.field
        ]
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

    def record(self, row: Row) -> Record | None:
        """The record of a row; None where the row could not be divided or has no code."""
        if row.cells is None or self._code_at is None:
            return None
        code = self._document.view[slice(*row.cells[self._code_at])].strip()
        if not self._is_code(self._plain(code, row.wrapped)):
            return None
        record = Record(
            self._document.path,
            LIST,
            self._heading.spec.language,
            self._heading.spec.declared,
            lines=1,
            accounted=1,
        )
        record.applicable.update(self._heading.spec.applicable)
        place = self._places.span(row.start, row.end)
        shift = self._places.shift(row.start, row.end)
        for column, at, known in self._columns:
            if at is None:
                record.values[column.field] = ABSENT
            elif column.kind == "places":
                self._list_places(record, column, row.cells[at])
            else:
                start, end = row.cells[at]
                key = self._document.view[start:end], row.wrapped
                read = known.get(key)
                if read is None:
                    read = known[key] = self._cell(column, *key)
                self._put(record, column.field, read, start, shift, place)
            if len(record.values) == 1:
                record.values[PERIOD] = self._period
        if self._has_moved(record, row):
            return None
        self._report(record, row)
        return record

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
        kinds = {column.field: column.kind for column, _, _ in self._columns}
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

    def _report(self, record: Record, row: Row) -> None:
        """Report what was done with a row as a whole."""
        line = self._places.line(row.start)
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
        status, content, before, raw, code = read
        start += before
        if shift is not None:
            first = start + shift
            span = Span(first, first + len(raw), place.line, place.page)
        else:
            span = self._places.span(start, start + len(raw))
            raw = self._document.text[span.start : span.end]
        if status is Status.READ:
            record.values[name] = Value(status, content, raw, span)
        elif status is Status.BLANK:
            blank = Value(status, None, raw or None, span)
            record.values[name] = ABSENT if not raw and self._no_element(start) else blank
        else:
            record.values[name] = Value(status, None, raw, span)
            record.findings.append(Finding(code, name, span.line, raw))

    def _cell(self, column: Column, text: str, wrapped: bool) -> _Read:
        """What a cell holds, where it begins, and what to report of it."""
        raw = text.strip()
        before = len(text) - len(text.lstrip()) if raw else 0
        if not raw:
            return Status.BLANK, None, 0, "", ""
        if is_nothing(raw):
            return Status.BLANK, None, before, raw, ""
        try:
            return Status.READ, self._content(column, raw, wrapped), before, raw, ""
        except OddCellError as error:
            return Status.UNREADABLE, None, before, raw, error.code
        except UnreadableError:
            return Status.UNREADABLE, None, before, raw, _UNREADABLE

    def _content(self, column: Column, raw: str, wrapped: bool) -> Content:
        text = self._plain(raw, wrapped)
        check_value(text)
        if column.kind == "list_money" and THOUSANDS.fullmatch(bare(text)):
            if self._signs is None:
                self._signs = signs_of(self._sums())
            return thousands(text, self._signs)
        return column.read(text)

    def _plain(self, raw: str, wrapped: bool) -> str:
        """A cell without the signs that its format needed: doubled quotes, marks of line breaks."""
        text = raw.replace(LINE_BREAK, "\n")
        if '"' in text and self._document.format in _QUOTING:
            text = text.replace('""', '"')
            # A row that was quoted as a whole has all its quotes doubled once more.
            text = text.replace('""', '"') if wrapped else text
        return text

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
        found = listed(self._document.view, *place, between_places())
        if not found:
            record.values[column.field] = Value(Status.BLANK, None, None, self._places.span(*place))
        for i, (start, end) in enumerate(found):
            raw, span = self._raw(start, end)
            content = column.cell.read(self._document.view[start:end])
            record.values[f"{column.field}.{i}"] = Value(Status.READ, content, raw, span)

    def _raw(self, start: int, end: int) -> tuple[str, Span]:
        span = self._places.span(start, end)
        return self._document.text[span.start : span.end], span


_QUOTING = frozenset({"csv", "text"})
# Formats in which a row may lack an element.
_ELEMENTS = frozenset({"xml", "json"})
