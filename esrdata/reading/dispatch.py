"""One file: opened, recognised, read into records and findings."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from esrdata.documents.document import Document
from esrdata.documents.open import NotOpened, file_bytes, open_document, open_documents
from esrdata.documents.text import BROKEN
from esrdata.guard import Failure, attempt
from esrdata.knowledge.fields import field_of
from esrdata.reading.claims.find import Claim, find_claims
from esrdata.reading.form.description import holds_form, part_of_form, read_document
from esrdata.reading.form.spec import all_forms
from esrdata.reading.grid import GridRecord
from esrdata.reading.lists.day import ListDay
from esrdata.reading.lists.heading import undivided
from esrdata.reading.lists.mapping import own_table
from esrdata.reading.lists.read import ListRead, read_list
from esrdata.reading.lists.turned import turned
from esrdata.reading.passages import PERSON, Passage, passages
from esrdata.reading.privacy import mask, redact_all
from esrdata.reading.privacy.recogniser import recogniser
from esrdata.reading.record import LIST, WEB, Finding, Record
from esrdata.reading.web.read import Mention, known_document, look_at

# Letters of Hebrew, Arabic and the scripts about them, in their usual and their shaped signs.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# The status in `files` that goes with a finding of the whole file.
_STATUS_OF = {
    code: status
    for status, codes in {
        "unreadable": (
            "file_unreadable", "pdf_encrypted", "pdf_broken", "workbook_broken",
            "workbook_too_large", "workbook_encrypted", "document_broken", "document_too_large",
            "archive_broken", "archive_encrypted", "archive_too_deep", "archive_too_large",
            "reading_failed", "reader_ended", "limit_reached", "file_not_regular",
        ),
        "empty": ("file_empty", "archive_empty"),
        "not_text": ("file_not_text", "pdf_no_text"),
        "unsupported_format": ("format_unsupported", "format_needs_extra", "archive_unknown"),
        "unknown_form": ("form_unknown", "list_headings_unknown"),
        "not_read": ("list_not_divided", "form_lines_unknown", "web_project_unread"),
        "no_project_code": ("form_without_code",),
        "skipped": ("own_folder",),
        "no_project": (
            "document_known", "web_call", "web_guide", "web_fund", "web_news", "web_notice",
            "web_portfolio", "web_model", "web_thesis",
        ),
    }.items()
    for code in codes
}  # fmt: skip
# Two rows of so many cells as a list has at least, with a project code in one.
_CELLS = 10
_WIDE = re.compile(r"^(?=(?:[^\t\n]*+\t){5})[^\n]*?\b[A-ZÅÄÖ]\d{5,9}\b", re.MULTILINE)
# Formats that hold tables and nothing else.
_TABLES = frozenset({"csv", "xlsx", "xls", "ods", "xml", "json"})


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file, and the findings that concern it as a whole.

    `lines` and `accounted` are the non-blank lines of what was read, and those that belong to a
    value, a heading, furniture or a finding; `told_of` are projects that a web page speaks of
    without stating their facts; `passages` are what it must be known by without reading it again.
    """

    path: str
    status: str
    format: str | None = None
    encoding: str | None = None
    sha256: str | None = None
    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: int | None = None
    accounted: int | None = None
    listed: bool = False
    day: ListDay | None = None
    mentions: tuple[Mention, ...] = ()
    passages: tuple[Passage, ...] = ()

    @property
    def form(self) -> str | None:
        """The forms of what was read."""
        forms = {record.form for record in self.records} | ({LIST} if self.listed else set())
        return ", ".join(sorted(forms)) or None

    def named(self, place: str, name: str) -> "FileRead":
        """The same, called by another name than that of the place it was read at."""
        for record in self.records:
            # In place: what else was kept of the file knows its records.
            record.path = name + record.path.removeprefix(place)
        return replace(self, path=name + self.path.removeprefix(place))


def read_file(path: str, *, contacts: bool) -> FileRead:
    """Read one file into records and findings; it never raises for what the file holds."""
    return _guarded(open_document(path), contacts)


def read_files(path: str, *, contacts: bool) -> tuple[FileRead, ...]:
    """Read one file, and the files inside it: of a zip folder its members, of a message itself.

    It never raises for what they hold.
    """
    found: list[FileRead] = []

    def read_all() -> None:
        found.extend(_guarded(document, contacts) for document in open_documents(path))

    failure = attempt(read_all)
    if failure is not None:
        found.append(unread(path, failure))
    return tuple(found)


def unread(path: str, failure: Failure, sha256: str | None = None) -> FileRead:
    """A file that nothing was had from, and why."""
    if sha256 is None:
        data = attempt(lambda: hashlib.sha256(file_bytes(path)).hexdigest())
        sha256 = data if isinstance(data, str) else None
    finding = Finding(failure.code, raw=failure.raw)
    return FileRead(path, _STATUS_OF[failure.code], sha256=sha256, findings=(finding,))


def _guarded(document: Document | NotOpened, contacts: bool) -> FileRead:
    read = attempt(lambda: _read_opened(document, contacts))
    if not isinstance(read, Failure):
        return read
    return replace(unread(document.path, read, document.sha256), format=document.format)


def _read_opened(document: Document | NotOpened, contacts: bool) -> FileRead:
    if isinstance(document, NotOpened):
        return FileRead(
            document.path,
            _STATUS_OF[document.code],
            format=document.format,
            sha256=document.sha256,
            findings=(Finding(document.code, raw=document.raw),),
        )
    read = _read_document(document, contacts)
    # Before the names of persons are forgotten.
    places = tuple(passages(document, read.records, contacts=contacts)) if read.records else ()
    places += read.passages
    redact_all(document, read.records, contacts=contacts)
    for record in read.records:
        # No column of a grid is a narrative.
        if not isinstance(record, GridRecord):
            record.claims = dict(_stated(record))
    # What stands outside the records of a list or page was never asked for.
    quoting = tuple(
        finding if finding.raw is None else replace(finding, raw=mask(finding.raw))
        for finding in read.findings
    )
    used = recogniser() if read.records else None
    by = (Finding("names_recognised", raw=used),) if used is not None else ()
    return replace(read, findings=(*quoting, *by), passages=places)


def _stated(record: Record) -> Iterator[tuple[str, list[Claim]]]:
    """Each narrative of a record, and the quantities it states."""
    for name, value in record.values.items():
        if isinstance(value.content, str) and field_of(name).table == "narratives":
            yield value.content, find_claims(value.content)


def _read_document(document: Document, contacts: bool) -> FileRead:
    damaged = document.text.count(BROKEN)
    findings = [Finding("text_damaged", raw=str(damaged))] if damaged else []
    findings += [Finding(f"mended_{kind}", raw=str(n)) for kind, n in document.mended]
    if document.format == "pdf" and _RIGHT_TO_LEFT.search(document.view):
        turned = sum(_RIGHT_TO_LEFT.search(line.text) is not None for line in document.lines)
        findings.append(Finding("right_to_left_print", raw=str(turned)))
    if document.cut_off:
        findings.append(Finding("page_cut_off"))
    without_text, apart = document.without_text, document.out_of_order
    for code, pages in (("pages_without_text", without_text), ("pages_out_of_order", apart)):
        if pages:
            findings.append(Finding(code, raw=", ".join(map(str, pages))))
    if document.damaged:
        findings.append(Finding("text_looks_damaged", raw=document.damaged[0]))
    listed = read_list(document) or _of_side(document)
    if listed is not None:
        read = _read(document, listed.records, [*findings, *listed.findings], listed)
        persons = () if contacts else listed.persons
        return replace(read, passages=tuple(Passage(PERSON, *place) for place in persons))
    records = read_document(document, all_forms(), contacts=contacts)
    if records:
        if any(record.code is None and not record.failed for record in records):
            findings.append(Finding("form_without_code"))
        return _read(document, records, findings)
    if holds_form(document, all_forms()):
        return _read(document, [], [*findings, _unread("form_lines_unknown", document)])
    known = known_document(document)
    if known is not None:
        return _read(document, [], [*findings, known])
    if part_of_form(document, all_forms()) is not None:
        return _read(document, [], [*findings, _unread("form_without_code", document)])
    table = own_table(document) if _may_be_list(document) else None
    if table is not None and (document.format in _TABLES or table.is_headed):
        raw = ", ".join(filter(None, table.headings))
        return _read(document, [], [*findings, Finding("list_headings_unknown", raw=raw)])
    rows = undivided(document.view)
    if rows:
        return _read(document, [], [*findings, Finding("list_not_divided", raw=str(rows))])
    page = look_at(document)
    if page.records:
        if page.finding is not None:
            findings.append(page.finding)
        return _read(document, page.records, findings, mentions=page.mentions)
    return _read(document, [], [*findings, page.finding or _unknown(document)])


def _may_be_list(document: Document) -> bool:
    """Whether a document holds tables and nothing else, or has a wide one among its text."""
    return document.format in _TABLES or (
        document.view.count("\t") >= _CELLS and _WIDE.search(document.view) is not None
    )


def _of_side(document: Document) -> ListRead | None:
    """A list that lies on its side."""
    upright = turned(document)
    listed = None if upright is None else read_list(upright)
    if upright is None or listed is None or not listed.records:
        return None
    # Of what it quotes later the cells stand as in the file.
    spans = [upright.span(*place) for place in listed.persons]
    listed.persons = [
        (document.view_place(span.start), document.view_place(span.end - 1) + 1) for span in spans
    ]
    return listed


def _unknown(document: Document) -> Finding:
    """That nothing is known of a document, or that it shows a picture and holds no text."""
    if all(line.blank for line in document.lines):
        return Finding("pdf_no_text" if document.format == "pdf" else "file_not_text")
    return _unread("form_unknown", document)


def _unread(code: str, document: Document) -> Finding:
    return Finding(code, raw=str(sum(not line.blank for line in document.lines)))


def _read(
    document: Document,
    records: Sequence[Record],
    findings: Sequence[Finding],
    listed: ListRead | None = None,
    mentions: Sequence[Mention] = (),
) -> FileRead:
    counted: Sequence[Record | ListRead] = records if listed is None else [listed]
    coded = listed or any(record.code is not None or record.form == WEB for record in records)
    failed = next(
        (finding for record in records if record.failed for finding in record.findings), None
    )
    status = "read" if coded else _STATUS_OF[(failed or findings[-1]).code]
    return FileRead(
        document.path,
        status,
        format=document.format,
        encoding=document.encoding,
        sha256=document.sha256,
        records=tuple(records),
        findings=tuple(findings),
        lines=sum(one.lines for one in counted) if counted else None,
        accounted=sum(one.accounted for one in counted) if counted else None,
        listed=listed is not None,
        day=listed.day if listed else None,
        mentions=tuple(mentions),
    )
