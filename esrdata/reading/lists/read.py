"""A project list into records, a row each: columns are told by their headings."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from esrdata.documents.document import Document, Span
from esrdata.documents.xml import is_absent
from esrdata.knowledge import load
from esrdata.reading.lists.rows import Row, Splitter
from esrdata.reading.lists.spec import PERIOD, Column, ListSpec, all_lists
from esrdata.reading.quantities.kinds import KINDS, UnreadableError
from esrdata.reading.record import ABSENT, Content, Finding, Record, Status, Value

_Met = tuple[Status, Content, int, str]
LIST = "list"
_DIVIDERS = ("\t", ";", ",")
# The heading row stands among the first lines; so few cells are no list.
_TOP, _FEWEST = 200, 5
# Excel keeps lines of one cell apart by this sign, so that a row stays a line.
_CELL_BREAK = "\u2028"
_DAY = re.compile(r"(?<!\d)(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})(?!\d)")
_DAY_IN_NAME = re.compile(
    r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)|(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})"
)


@dataclass
class ListRead:
    """A list as read.

    Attributes
    ----------
    records
        One per row.
    findings
        What is to be reported of rows that gave none, and of the list as a whole.
    lines, accounted
        Non-blank lines of the file, and those that were read or reported.
    snapshot
        The day the list tells of: from its name, from a line outside the rows, or else the last
        day on which a project of it had ended, which it cannot be older than.
    """

    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lines: int = 0
    accounted: int = 0
    snapshot: date | None = None


@dataclass(frozen=True)
class _Heading:
    """The heading row: where it ends, and what it says."""

    start: int
    end: int
    spec: ListSpec
    splitter: Splitter
    unknown: tuple[str, ...]
    sign: tuple[int, int]


def read_list(document: Document) -> ListRead | None:
    """Read a project list.

    Parameters
    ----------
    document
        The document; rows are lines of its view.

    Returns
    -------
    ListRead or None
        None where no line of the document is the heading row of a list on the shelf.
    """
    heading = _heading(document)
    return None if heading is None else _Reader(document, heading).run()


def _heading(document: Document) -> _Heading | None:
    at = 0
    for line in document.view.split("\n", _TOP)[:_TOP]:
        for divider in _DIVIDERS:
            if line.count(divider) >= _FEWEST:
                found = _as_heading(line, at, divider)
                if found is not None:
                    return found
        at += len(line) + 1
    return None


def _as_heading(line: str, at: int, divider: str) -> _Heading | None:
    """The line as the heading row of the list most of whose columns it names."""
    cells = _heading_cells(line, divider)
    names = [load.fold(line[a:b].strip('"')) for a, b in cells]
    best: tuple[int, ListSpec] | None = None
    for spec in all_lists():
        met = {spec.by_heading[name].headings for name in names if name in spec.by_heading}
        whole = all(c.headings in met for c in spec.columns if c.required)
        if whole and (best is None or len(met) > best[0]):
            best = len(met), spec
    if best is None:
        return None
    spec = best[1]
    columns = tuple(spec.by_heading.get(name) for name in names)
    sign = next(cells[i] for i, c in enumerate(columns) if c and c.field == "projects.name")
    unknown = tuple(
        " ".join(line[a:b].split())
        for (a, b), column in zip(cells, columns, strict=True)
        if column is None and line[a:b].strip(' ;"')
    )
    while columns and columns[-1] is None and not line[slice(*cells[len(columns) - 1])].strip(" ;"):
        columns = columns[:-1]
    place = at + sign[0], at + sign[1]
    return _Heading(at, at + len(line), spec, Splitter(columns, divider), unknown, place)


def _heading_cells(line: str, divider: str) -> list[tuple[int, int]]:
    """Cells of a heading row; a quoted heading may hold the divider."""
    met = re.finditer(rf'(?:^|(?<={divider}))(?:"[^"]*"|[^{divider}]*)', line)
    return [found.span() for found in met]


class _Reader:
    """Reads the rows of one list."""

    def __init__(self, document: Document, heading: _Heading) -> None:
        self.document, self.heading = document, heading
        self.read = ListRead()
        self._line_ends = [met.start() for met in re.finditer("\n", document.text)]
        self._page_ends = [met.start() for met in re.finditer("\f", document.text)]
        # The last line met: where it begins and ends, its number and its page.
        self._within = (0, 0, 0, 0)
        self._ended = {r["code"] for r in load.codes("status") if r["code"] == "ended"}
        # Columns in the order of the shelf, so that records of all files look alike.
        places = {c.field: i for i, c in enumerate(heading.splitter.columns) if c is not None}
        # With each column the cells met, since most come many times.
        self._columns: list[tuple[Column, int | None, dict[str, _Met]]] = [
            (column, places.get(column.field), {})
            for column in heading.spec.columns
            if column.field
        ]
        self._code = re.compile(rf"\b{self._columns[0][0].cell.pattern}\b")
        self._period = Value(Status.READ, heading.spec.period, *self._raw(*heading.sign))

    def run(self) -> ListRead:
        read, heading, view = self.read, self.heading, self.document.view
        read.lines = sum(not line.isspace() and line != "" for line in view.split("\n"))
        for name in heading.unknown:
            read.findings.append(
                Finding("list_column_unknown", line=self._line(heading.start), raw=name)
            )
        outside = list(re.compile(r"[^\n]*\S[^\n]*").finditer(view, 0, heading.start))
        lines = [(met.start(), met.end()) for met in outside]
        rows = heading.splitter.rows(view, heading.end + 1)
        title = view[heading.start : heading.end].strip()
        accounted, stray = 1, 0
        for row in rows:
            accounted += view.count("\n", row.start, row.end) + 1
            if view[row.start : row.end].strip() == title:
                continue  # a heading that is repeated, on every page of a print or sheet
            record = self._record(row)
            if record is not None:
                read.records.append(record)
                stray += row.cells is not None and row.end > row.cells[-1][1]
            elif self._code.search(view, row.start, row.end):
                # A row all the same, by the code in it: it is quoted whole, and not guessed.
                raw, line = view[row.start : row.end].strip(), self._line(row.start)
                read.findings.append(Finding("list_row_unreadable", line=line, raw=raw))
            else:
                lines.append((row.start, row.end))
        if stray:
            read.findings.append(Finding("list_stray_separators", raw=str(stray)))
        accounted += len(outside)
        self._report_outside(lines)
        read.accounted = accounted
        read.snapshot = self._snapshot(lines)
        for record in read.records:
            record.snapshot = read.snapshot
        return read

    # ---- rows

    def _record(self, row: Row) -> Record | None:
        document, view = self.document, self.document.view
        if row.cells is None:
            return None
        code_at = self._columns[0][1]
        if code_at is None or not self._code.fullmatch(view[slice(*row.cells[code_at])].strip()):
            return None
        spec = self.heading.spec
        record = Record(document.path, LIST, load.LANGUAGES[0], spec.declared, lines=1, accounted=1)
        record.applicable.update(spec.applicable)
        values, mapped = record.values, bool(document.starts)
        # Cells of a mapped view may stand on lines of their own; otherwise the row is the line.
        _, _, line, page = self._span(row.start, row.end)
        for column, at, known in self._columns:
            if at is None:
                values[column.field] = ABSENT
            elif column.kind == "places":
                self._places(record, column, row.cells[at])
            else:
                start, end = row.cells[at]
                text = view[start:end]
                met = known.get(text)
                if met is None:
                    met = known[text] = _cell(column, text)
                status, content, before, raw = met
                start += before
                if mapped:
                    span = self._span(start, start + len(raw))
                    raw = document.text[span.start : span.end]
                else:
                    span = Span(start, start + len(raw), line, page)
                if status is Status.READ:
                    values[column.field] = Value(status, content, raw, span)
                elif status is Status.BLANK:
                    blank = Value(status, None, None, span)
                    values[column.field] = ABSENT if self._no_element(start) else blank
                else:
                    values[column.field] = Value(status, None, raw, span)
                    finding = Finding("value_unreadable", column.field, span.line, raw)
                    record.findings.append(finding)
            if len(values) == 1:
                values[PERIOD] = self._period
        if row.joined:
            raw = ", ".join(column.headings[0] for column in row.joined)
            line = self._line(row.start)
            record.findings.append(Finding("list_row_repaired", line=line, raw=raw))
        return record

    def _no_element(self, at: int) -> bool:
        """Whether an empty cell stands for an element that a row of XML does not have."""
        document = self.document
        return document.format == "xml" and is_absent(document.starts, document.ends, at)

    def _places(self, record: Record, column: Column, place: tuple[int, int]) -> None:
        """A list of places, each a value of its own."""
        text = self.document.view[slice(*place)]
        met = list(re.finditer(r"[^,;\s](?:[^,;]*[^,;\s])?", text))
        if not met:
            record.values[column.field] = Value(Status.BLANK, None, None, self._span(*place))
        for i, found in enumerate(met):
            raw, span = self._raw(place[0] + found.start(), place[0] + found.end())
            content = column.cell.read(found[0])
            record.values[f"{column.field}.{i}"] = Value(Status.READ, content, raw, span)

    # ---- places

    def _raw(self, start: int, end: int) -> tuple[str, Span]:
        span = self._span(start, end)
        return self.document.text[span.start : span.end], span

    def _span(self, start: int, end: int) -> Span:
        document = self.document
        if document.starts:
            first = document.starts[min(start, len(document.starts) - 1)]
            end = document.ends[end - 1] if end > start else first
            return Span(first, end, bisect_right(self._line_ends, first - 1) + 1, 1)
        if self._within[0] <= start < self._within[1]:
            return Span(start, end, self._within[2], self._within[3])
        # Rows come in order, so that a line is looked up once for all its cells.
        after = bisect_right(self._line_ends, start - 1)
        line, page = after, bisect_right(self._page_ends, start - 1) if document.paged else 0
        if page:
            line -= bisect_right(self._line_ends, self._page_ends[page - 1])
        begins = self._line_ends[after - 1] + 1 if after else 0
        ends = (
            self._line_ends[after] + 1 if after < len(self._line_ends) else len(document.text) + 1
        )
        self._within = (begins, ends, line + 1, page + 1)
        return Span(start, end, line + 1, page + 1)

    def _line(self, at: int) -> int:
        return self._span(at, at + 1).line

    # ---- what stands outside the rows

    def _report_outside(self, lines: list[tuple[int, int]]) -> None:
        """Report lines that are no rows, those that follow each other together."""
        view = self.document.view
        together: list[list[tuple[int, int]]] = []
        for start, end in lines:
            if together and not view[together[-1][-1][1] : start].strip():
                together[-1].append((start, end))
            else:
                together.append([(start, end)])
        for group in together:
            raw = " ".join(view[group[0][0] : group[-1][1]].split())
            self.read.findings.append(
                Finding("list_line_outside", line=self._line(group[0][0]), raw=raw)
            )

    def _snapshot(self, lines: list[tuple[int, int]]) -> date | None:
        for year, month, day, *dmy in _DAY_IN_NAME.findall(Path(self.document.path).stem):
            found = _day(*(dmy[::-1] if dmy[0] else (year, month, day)))
            if found is not None:
                return found
        said = (self.document.view[start:end] for start, end in lines)
        days = [d for text in said for d in map(_read_day, _DAY.findall(text)) if d is not None]
        if days:
            return max(days)
        ended = (
            record.content("projects.end_date")
            for record in self.read.records
            if load.spellings("status").get(load.fold(str(record.content("projects.status"))))
            in self._ended
        )
        return max((day for day in ended if isinstance(day, date)), default=None)


def _cell(column: Column, text: str) -> _Met:
    """What a cell holds: its status and content, the white space before it, and its raw text."""
    raw = text.strip()
    before = len(text) - len(text.lstrip()) if raw else 0
    if not raw:
        return Status.BLANK, None, 0, ""
    try:
        content = column.read(raw.replace(_CELL_BREAK, "\n").replace('""', '"'))
    except UnreadableError:
        return Status.UNREADABLE, None, before, raw
    return Status.READ, content, before, raw


def _read_day(text: str) -> date | None:
    try:
        content = KINDS["date"].read(text)
    except UnreadableError:
        return None
    return content if isinstance(content, date) else None


def _day(year: str, month: str, day: str) -> date | None:
    return _read_day(f"{year}-{month.zfill(2)}-{day.zfill(2)}")
