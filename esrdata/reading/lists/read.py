"""A project list into records, a row each: columns are known by their headings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from esrdata.documents.document import Document
from esrdata.documents.lines import STRUCK
from esrdata.documents.xml import is_ended
from esrdata.guard import Failure, attempt
from esrdata.reading.grid import GridRecord
from esrdata.reading.lists.beside import doubtful_sums
from esrdata.reading.lists.between import headings_between
from esrdata.reading.lists.block import Block
from esrdata.reading.lists.day import ListDay
from esrdata.reading.lists.heading import Heading, fewest_columns, find_heading
from esrdata.reading.lists.lost import lost_rows
from esrdata.reading.lists.merged import grouped, named_once, reaching
from esrdata.reading.lists.persons import Quotes, person_cells
from esrdata.reading.lists.places import line_of
from esrdata.reading.lists.record import Odd, RecordReader
from esrdata.reading.lists.row import CODE_SHAPE, JUNK_SIGNS, Place, Row, full_lines
from esrdata.reading.lists.rows import Splitter
from esrdata.reading.lists.spec import Column
from esrdata.reading.lists.unit_words import is_of_words, other_sums
from esrdata.reading.lists.units import doubted, told_around
from esrdata.reading.lists.whole import Whole
from esrdata.reading.record import Finding, Record

# Formats whose cells were written as text, so that quotes may keep signs together.
_WRITTEN = frozenset({"csv", "text"})
_QUOTED = "list_row_unreadable"
_STRUCK_CODE = re.compile(rf"{STRUCK}\s*[A-ZÅÄÖ]\d{{5,9}}\s*{STRUCK}")


@dataclass
class ListRead:
    """A list as read: a record for each row, and what is to be reported besides.

    `lines` are the non-blank lines of the file, `accounted` those that were read or reported.
    """

    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lines: int = 0
    accounted: int = 0
    # The day the list tells of, and what says so; None where nothing does.
    day: ListDay | None = None
    # Where its cells name contact persons, as slices of the view.
    persons: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Region:
    """A slice of the view that may have a heading row of its own: the whole, or a sheet."""

    start: int
    end: int
    page: int
    heading: Heading | None


def read_list(document: Document) -> ListRead | None:
    """Read a project list; rows are lines of the view, sheets of a workbook its pages.

    None where no line of the document is the heading row of a list on the shelf.
    """
    regions = list(_regions(document))
    if all(region.heading is None for region in regions):
        return None
    return _Reader(document, regions).run()


def _regions(document: Document) -> Iterator[_Region]:
    view, at = document.view, 0
    sheets = view.split("\f") if document.sheets else [view]
    for page, text in enumerate(sheets, 1):
        end = at + len(text)
        yield _Region(at, end, page, find_heading(view, at, end))
        at = end + 1


class _Reader:
    """Reads the rows of a list, region by region."""

    def __init__(self, document: Document, regions: Sequence[_Region]) -> None:
        self.document, self.regions = document, regions
        self.whole = Whole(document)
        self.read = ListRead()
        self._hidden = _unused(document, regions)
        self._rows_hidden = _rows_hidden(document, regions)
        self._quotes = Quotes(document.view, ())
        # Covers and legends may tell the unit of the sums of all lists.
        sheets = (document.view[r.start : r.end].strip() for r in regions if r.heading is None)
        self._covers = [lines for lines in map(str.splitlines, sheets) if is_of_words(lines)]

    def run(self) -> ListRead:
        read, view = self.read, self.document.view
        read.lines = self._lines(0, len(view))
        for region in self.regions:
            if region.page in self._hidden:
                self._pass_over(region)
            elif region.heading is None:
                self._without_heading(full_lines(view, region.start, region.end))
            else:
                self._blocks(region.heading, region)
        quoted = sum(finding.code == _QUOTED for finding in read.findings)
        read.day = self.whole.day(read.records, self._sheet())
        read.findings += self.whole.findings(self._quotes, len(read.records) + quoted, read.day)
        read.persons += self.whole.persons(self._quotes)
        read.accounted += len(self.whole.outside)
        if read.day is not None:
            for record in read.records:
                record.snapshot, record.snapshot_basis = read.day.day, read.day.basis
        return read

    def _sheet(self) -> str:
        """The name of the sheet that has the list; empty where several have one, or none."""
        pages = [r.page for r in self.regions if r.heading is not None]
        pages = [page for page in pages if page not in self._hidden]
        sheets = self.document.sheets
        return sheets[pages[0] - 1].name if sheets and len(pages) == 1 else ""

    def _pass_over(self, region: _Region) -> None:
        """Leave a hidden sheet alone: a visible one has the list."""
        lines = self._lines(region.start, region.end)
        if lines:
            name = self.document.sheets[region.page - 1].name
            self._report("list_sheet_hidden", region.start, name)
            self.read.accounted += lines

    def _without_heading(self, lines: Iterable[tuple[int, int]]) -> None:
        """A sheet without a heading row: its rows belong to no column."""
        for start, end in lines:
            if CODE_SHAPE.search(self.document.view, start, end):
                self._quote(start, end)
            else:
                self.whole.outside.append((start, end))

    # ---- rows under a heading

    def _blocks(self, heading: Heading, region: _Region) -> None:
        """Read the rows under a heading row, and under every other that follows."""
        above = list(full_lines(self.document.view, region.start, heading.start))
        for line in above:
            # A row of another table, whose heading no list on the shelf has.
            full = self.document.view.count(heading.divider, *line) >= fewest_columns() - 1
            if full and CODE_SHAPE.search(self.document.view, *line):
                self._quote(*line)
            else:
                self.whole.outside.append(line)
        end, told = region.end, [self.document.view[slice(*line)] for line in above]
        for sheet in self.document.sheets[region.page - 1 : region.page]:
            told += sheet.name, sheet.name.rpartition(" ")[2]
            unseen = (c for i, c in enumerate(heading.columns) if i in sheet.columns_hidden)
            self._tell("list_column_hidden", heading, (c for c in unseen if c and c.field))
        on_page = [each for each in self.document.beside if each.page == region.page]
        notes = [each.line for each in on_page if each.line is not None]
        if notes:
            at = notes[0] - self.document.line_index(region.start) + 1
            self.read.findings.append(Finding("list_notes", line=at, raw=str(len(notes))))
        told.append(Path(self.document.path).stem.replace("_", " "))
        told += self.document.outline.aside if self.document.outline is not None else ()
        beside = (each for each in on_page if each.line is None)
        around = told_around(self.document, heading)
        around += [line for each in beside for line in each.text.splitlines()]
        self.whole.around += around
        told += around
        following: Heading | None = heading
        while following is not None:
            following = self._block(following, end, told)

    def _block(self, heading: Heading, end: int, told: list[str]) -> Heading | None:
        """Read the rows under a heading row; give the next one that has other columns.

        `told` are lines above all of them, and around them; those among the rows are added, for
        the last of them may be of the next heading.
        """
        view = self.document.view
        self._report("list_column_unknown", heading.start, *dict.fromkeys(heading.unknown))
        self._report("list_column_twice", heading.start, *dict.fromkeys(heading.twice))
        written = self.document.format in _WRITTEN
        trimmed = bool(self.document.sheets)
        splitter = Splitter(heading, written, trimmed)
        rows = splitter.sure(view, list(splitter.rows(view, heading.end + 1, end)))
        rows[-1:] = map(self._if_ended, rows[-1:])
        block = Block(self.document, heading, rows)
        self.read.findings += lost_rows(block)
        other, repeated, unknown = headings_between(block, end)
        if other is not None:
            rows = [row for row in rows if row.start < other.start]
        rows = [row._replace(cells=None) if row.start in unknown else row for row in rows]
        block = Block(self.document, heading, rows)
        beside = [CODE_SHAPE.sub("", view[row.start : row.end]) for row in block.notes.values()]
        said = (other_sums(heading, lines) for lines in (told, beside, *self._covers))
        other_unit = dict.fromkeys(chain(*said), True) | doubtful_sums(block, [*told, *beside])
        merged = {**reaching(block), **grouped(block)}
        self._tell("list_column_groups", heading, named_once(block, merged))
        if heading.persons:
            full = (row for row in rows if row.start not in repeated)
            self.read.persons += person_cells(view, full, heading.persons, heading.divider)
            self._quotes = Quotes(view, self.read.persons)
        told += beside
        cells = RecordReader(block, Odd(merged, doubted(block), other_unit))
        self.read.accounted += self._lines(heading.start, heading.end)
        above: Row | None = None
        for row in rows:
            last, above = above, None
            if row.start in repeated:
                self.read.accounted += self._lines(row.start, row.end)
                continue
            record = attempt(partial(cells.record, row))
            if isinstance(record, Failure):
                self._report(record.code, row.start, record.raw)
                self.read.accounted += self._lines(row.start, row.end)
            elif record is not None and row.cells is not None:
                above = row
                self.read.records.append(record)
                if self._rows_hidden and self.document.line_index(row.start) in self._rows_hidden:
                    self.whole.out_of_sight.append(row.start)
                one = isinstance(record, GridRecord)
                self.read.accounted += 1 if one else self._lines(row.start, row.end)
                self._behind(heading, block.behind(row))
            elif cells.is_row(row) or (last is not None and cells.goes_on(last, row)):
                self._quote(row.start, row.end)
            else:
                self.whole.outside.append((row.start, row.end))
        self._tell("list_text_cut", heading, cells.cut_columns())
        names = (" ".join(name.split()) for name in cells.of_several()[:1])
        self._report("list_name_several", heading.start, *names)
        return other

    def _tell(self, code: str, heading: Heading, columns: Iterable[Column]) -> None:
        """Report columns of a list."""
        self._report(code, heading.start, *(column.headings[0] for column in columns))

    def _report(self, code: str, at: int, *raws: str | None) -> None:
        """Report what stands at a place of the view, or is told of it."""
        found = (Finding(code, line=line_of(self.document, at), raw=raw) for raw in raws)
        self.read.findings += found

    def _if_ended(self, row: Row) -> Row:
        """The last row; without cells where a download broke off inside it."""
        document = self.document
        if not document.cut_off or document.format == "json":
            return row
        if document.format == "xml":
            # What divides a row from the one before has the place of its first cell, or of its tag.
            ended = is_ended(document.text, document.ends[row.start - 1])
        else:
            ended = "</t" in document.text[document.ends[row.end - 1] :].casefold()
        return row if ended else row._replace(cells=None)

    def _behind(self, heading: Heading, text: str) -> None:
        """Note what stands behind the last cell of a row: stray separators, or a column's note."""
        if text.strip(JUNK_SIGNS + '"'):
            name = str(len(heading.columns) + 1)
            found = Finding(
                "list_column_unknown", line=line_of(self.document, heading.start), raw=name
            )
            if found not in self.read.findings:
                self.read.findings.append(found)
        elif text.strip('" '):
            self.whole.stray += 1

    def _quote(self, start: int, end: int) -> None:
        """Report a row that gives no record: it is quoted whole, and not guessed."""
        raw = self._quotes.quote(start, end).strip()
        self._report("list_row_struck" if _STRUCK_CODE.search(raw) else _QUOTED, start, raw)
        self.read.accounted += self._lines(start, end)

    def _lines(self, start: int, end: int) -> int:
        """Non-blank lines of a slice of the view."""
        return len(list(full_lines(self.document.view, start, end)))


def _unused(document: Document, regions: Sequence[_Region]) -> frozenset[int]:
    """Pages of hidden sheets, where a visible sheet has the list."""
    hidden = {i for i, sheet in enumerate(document.sheets, 1) if sheet.hidden}
    seen = any(region.heading and region.page not in hidden for region in regions)
    return frozenset(hidden) if seen else frozenset()


def _rows_hidden(document: Document, regions: Sequence[_Region]) -> frozenset[int]:
    """Lines of the view that are hidden rows of a sheet."""
    return frozenset(
        document.line_index(region.start) + row
        for sheet, region in zip(document.sheets, regions, strict=False)
        for row in sheet.rows_hidden
    )
