"""One file: opened, recognised, read into records and findings."""

from dataclasses import dataclass

from esrdata.documents.open import NotOpened, open_document
from esrdata.documents.text import BROKEN
from esrdata.reading.read import part_of_form, read_document
from esrdata.reading.record import Finding, Record
from esrdata.reading.spec import all_forms

# The status in `files` that goes with a finding of the whole file.
_STATUS_OF = {
    "file_unreadable": "unreadable",
    "file_empty": "empty",
    "file_not_text": "not_text",
    "format_unsupported": "unsupported_format",
    "pdf_no_text": "not_text",
    "pdf_encrypted": "unreadable",
    "pdf_broken": "unreadable",
    "form_unknown": "unknown_form",
    "form_without_code": "no_project_code",
}


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file met, and the findings that concern it as a whole."""

    path: str
    status: str
    format: str | None = None
    encoding: str | None = None
    sha256: str | None = None
    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_file(path: str, *, contacts: bool) -> FileRead:
    """Read one file into records and findings; it never raises for what the file holds."""
    document = open_document(path)
    if isinstance(document, NotOpened):
        return FileRead(
            path,
            _STATUS_OF[document.code],
            format=document.format,
            sha256=document.sha256,
            findings=(Finding(document.code, raw=document.raw),),
        )
    records = tuple(read_document(document, all_forms(), contacts=contacts))
    findings = []
    if BROKEN in document.text:
        findings.append(Finding("text_damaged", raw=str(document.text.count(BROKEN))))
    if not records:
        code = (
            "form_unknown" if part_of_form(document, all_forms()) is None else "form_without_code"
        )
        lines = sum(not line.blank for line in document.lines)
        findings.append(Finding(code, raw=str(lines)))
    elif any(record.code is None for record in records):
        findings.append(Finding("form_without_code"))
    coded = any(record.code is not None for record in records)
    return FileRead(
        path,
        "read" if coded else _STATUS_OF[findings[-1].code],
        format=document.format,
        encoding=document.encoding,
        sha256=document.sha256,
        records=records,
        findings=tuple(findings),
    )
