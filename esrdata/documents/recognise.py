"""From the bytes of a file to a Document: its format, its text, its damage undone."""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from esrdata.documents import html, json_rows, mail, pdf, webarchive, xml
from esrdata.documents.csv_text import is_csv
from esrdata.documents.damage import (
    Undone,
    invisible,
    left,
    line_ends,
    may_have_line_ends,
    mend_bytes,
    mend_codes,
    mend_lines,
    mend_view,
    referred,
    without_controls,
    without_invisible,
)
from esrdata.documents.document import Document
from esrdata.documents.layout import plain
from esrdata.documents.mapped import Mapped
from esrdata.documents.office import docx, ods, odt, plain_xml, rtf, xls, xlsx, xml_sheet
from esrdata.documents.office.blocks import OfficeText
from esrdata.documents.side_by_side import with_labels_first, without_rules
from esrdata.documents.text import NotTextError, decode, paired
from esrdata.documents.unread import BROKEN, UnreadError
from esrdata.limits import limits

_HEAD = 200
_ZIP, _COMPOUND, _PLIST = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"bplist"
# Names of the pictures within a document or a workbook.
_PICTURES = (b"/media/", b"Pictures/", b"\\pict")
# Formats in which a sign can be written as a reference (`&#27;`).
_REFERRING = {"html", "mhtml", "eml", "webarchive", "xml"}
# Documents that hold text, but not for this version, by a name inside them.
_UNREAD = (
    ("PowerPoint Document".encode("utf-16-le"), "ppt"),
    ("WordDocument".encode("utf-16-le"), "doc"),
    ("__substg1.0_".encode("utf-16-le"), "msg"),
    ("Workbook".encode("utf-16-le"), "xls"),
    (b"xl/workbook.bin", "xlsb"),
    (b"ppt/", "pptx"),
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.presentation", "odp"),
    (b"application/epub", "epub"),
    (b".iwa", "pages"),
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
)
# Archives and packed files of other kinds than zip, by how they begin.
_PACKED = (
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"(\xb5/\xfd", "zst"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
)
_TAR, _TAR_AT = b"ustar", 257
_PLAIN = {"odt": odt.read, "docx": docx.read}
_DOCUMENTS = {*_PLAIN, "rtf"}
# A tag in somebody's prose does not make a page: it begins with one, or has the tags of a page.
_HTML = re.compile(r"\s*<[!?a-z]|.*<(?:!doctype\s+html|html|body)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class NotOpened:
    """A file that gives no text: what it is, and the code of the finding."""

    path: str
    format: str | None
    sha256: str | None
    code: str
    raw: str | None = None


def recognised(path: str, data: bytes) -> Document | NotOpened:
    """Read the bytes of a file; `NotOpened` where they hold no text that this version reads."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not data.strip():
        return NotOpened(path, None, sha256, "file_empty")
    if data.startswith((_ZIP, _COMPOUND)):
        return _of_packed(path, data, sha256)
    if data.startswith(rtf.MARK):
        return _of_office(path, data, sha256, "rtf", rtf.read)
    if pdf.MARK in data[:_HEAD]:
        return _open_pdf(path, data, sha256)
    inside = _inside(data)
    sheet = xml_sheet.format_of(data)
    if sheet is not None:
        return _of_office(path, data, sha256, sheet, xml_sheet.read)
    text_document = plain_xml.format_of(data)
    if text_document is not None:
        return _of_office(path, data, sha256, text_document, _PLAIN[text_document])
    if inside is None:
        try:
            text, encoding = decode(data)
        except NotTextError:
            packed = _archive(data)
            code = "file_not_text" if packed is None else "archive_unknown"
            return NotOpened(path, packed, sha256, code, packed)
        format_ = "text"
    else:
        format_, read = inside
        if read is None:
            return NotOpened(path, format_, sha256, "format_unsupported", format_.upper())
        text, encoding = read
    limits().check("characters", len(text))
    if not text.strip():
        return NotOpened(path, None, sha256, "file_empty")
    return _of_text(Document(path, format_, encoding, sha256, text, text))


def _archive(data: bytes) -> str | None:
    """What kind of archive the bytes are, None where they are none that is known."""
    if data.startswith(_TAR, _TAR_AT):
        return "tar"
    return next((name for mark, name in _PACKED if data.startswith(mark)), None)


def _inside(data: bytes) -> tuple[str, tuple[str, str] | None] | None:
    """The text that a message or an archive of a page holds, None where the file is neither."""
    if mail.is_letter(data):
        return "eml", mail.body(data)
    if mail.is_archive(data):
        return "mhtml", mail.body(data)
    if data.startswith(_PLIST) or webarchive.MARK in data[:_HEAD]:
        return webarchive.page(data)
    return None


def _of_packed(path: str, data: bytes, sha256: str) -> Document | NotOpened:
    """Open a document of an office program, all of which are packed in one of two ways."""
    if data.startswith(_ZIP):
        if xlsx.is_workbook(data):
            return _of_office(path, data, sha256, "xlsx", xlsx.read)
        if ods.is_spreadsheet(data):
            return _of_office(path, data, sha256, "ods", ods.read)
        if odt.MIMETYPE in data[:_HEAD]:
            return _of_office(path, data, sha256, "odt", odt.read)
        if b"word/document" in data:
            return _of_office(path, data, sha256, "docx", docx.read)
    elif xlsx.is_encrypted(data):
        return NotOpened(path, "docx/xlsx", sha256, "workbook_encrypted")
    elif xls.is_workbook(data):
        return _of_office(path, data, sha256, "xls", xls.read)
    named = next((name for mark, name in _UNREAD if mark in data), None)
    named = named or ("zip" if data.startswith(_ZIP) else "doc/xls")
    return NotOpened(path, named, sha256, "format_unsupported", named.upper())


def _of_office(
    path: str, data: bytes, sha256: str, format_: str, read: Callable[[bytes], OfficeText]
) -> Document | NotOpened:
    """Open a document or a workbook."""
    try:
        found = read(data)
    except UnreadError as error:
        return NotOpened(path, format_, sha256, error.code, error.raw)
    except BROKEN:
        broken = "document_broken" if format_ in _DOCUMENTS else "workbook_broken"
        return NotOpened(path, format_, sha256, broken)
    text, sheets, merged = paired(found.text), found.sheets, found.merged
    if sheets:
        limits().check("pages", len(sheets))
    else:
        limits().check_text(len(data), len(text))
    if not text.strip():
        return NotOpened(path, format_, sha256, _nothing_in(data))
    document = Document(path, format_, None, sha256, text, text, beside=found.beside)
    left_out = tuple(found.left_out.items())
    if sheets:
        document = replace(document, sheets=sheets, merged=merged, paged=True)
        return _viewed(document, mend_view(Undone(Mapped(text), left_out)))
    undone = mend_bytes(text)
    mended = (*undone.mended, *left_out)
    viewed = _of_lines(document, mend_codes(replace(undone, mended=mended)))
    return replace(viewed, merged=viewed.merged_at(merged)) if merged else viewed


def _nothing_in(data: bytes) -> str:
    """What is told of a document or a workbook without text: it may hold the picture of one."""
    return "file_not_text" if any(mark in data for mark in _PICTURES) else "file_empty"


def _of_text(document: Document) -> Document:
    """Tell a list, a page and a text apart, and undo the damage of each."""
    undone = mend_bytes(document.text)
    for format_, reader in (("xml", xml), ("json", json_rows)):
        listed = reader.view(undone.whole.text) if document.format == "text" else None
        if listed is not None:
            undone = replace(undone, whole=undone.whole.placed(Mapped(*listed)))
            undone = without_controls(undone, turning=format_ == "json")
            undone = replace(undone, whole=without_invisible(undone.whole))
            cut_off = reader.is_cut_off(document.text)
            return _viewed(replace(document, format=format_, cut_off=cut_off), undone)
    if not _HTML.match(undone.whole.text):
        undone = mend_codes(undone)
    if _HTML.match(undone.whole.text):
        format_ = "html" if document.format == "text" else document.format
        return _of_page(replace(document, format=format_), undone)
    return _of_lines(document, undone)


def _of_page(document: Document, undone: Undone) -> Document:
    """View a page. Its places count in its source without the codes of e-mail, as in an archive."""
    page = html.laid_out(replace(document, text=undone.whole.text))
    mended = (*undone.mended, *page.mended)
    seen = Undone(Mapped(page.view, page.starts, page.ends), mended)
    undone = mend_view(seen)
    return _viewed(_letters_mended(page, page.starts, undone), undone)


def _of_lines(document: Document, undone: Undone) -> Document:
    """Lay out a text whose lines are those that a person sees."""
    as_read = undone
    undone = mend_lines(undone)
    if is_csv(undone.whole.text):
        # Cells are read as they stand: nothing lays them out.
        undone = replace(undone, whole=without_invisible(undone.whole))
        format_ = "csv" if document.format == "text" else document.format
        return _viewed(replace(document, format=format_), undone)
    if may_have_line_ends(undone):
        # In a list they stand within cells.
        undone = mend_lines(line_ends(as_read))
    undone = replace(undone, whole=with_labels_first(without_rules(undone.whole)))
    laid = plain(undone.whole.text)
    whole = undone.whole.placed(Mapped(laid.view, laid.starts, laid.ends))
    laid_out = replace(document, wraps=laid.wraps, furniture=laid.furniture)
    return _viewed(laid_out, replace(undone, whole=whole))


def _viewed(document: Document, undone: Undone) -> Document:
    view, mended = undone.whole, dict(undone.mended)
    turning: list[int] = []
    if document.format in _REFERRING:
        controls, turning = referred(document.text)
        mended["control"] = mended.get("control", 0) + controls
    mended["invisible"] = mended.get("invisible", 0) + invisible(document.text)
    return replace(
        document,
        view=view.text,
        starts=view.starts,
        ends=view.ends,
        mended=tuple((kind, count) for kind, count in mended.items() if count),
        damaged=left(view.text, document.text, turning),
    )


def _open_pdf(path: str, data: bytes, sha256: str) -> Document | NotOpened:
    try:
        printed = pdf.read(data)
    except UnreadError as error:
        return NotOpened(path, "pdf", sha256, error.code)
    limits().check_text(len(data), len(printed.text))
    laid = printed.layout
    across = (("across", printed.across),) if printed.across else ()
    undone = mend_view(Undone(Mapped(laid.view, laid.starts, laid.ends), across))
    document = Document(
        path, "pdf", None, sha256, printed.text, laid.view, paged=True, ordered=True,
        wraps=laid.wraps, furniture=laid.furniture, without_text=printed.without_text,
        out_of_order=printed.out_of_order, title=printed.title,
    )  # fmt: skip
    return _viewed(_letters_mended(document, laid.starts, undone), undone)


def _letters_mended(document: Document, starts: array[int], undone: Undone) -> Document:
    """Move the places where furniture was left out, where mending moved the letters of a view."""
    if not undone.mended or not document.furniture:
        return document
    begins = [*starts, len(document.text)]
    moved = (bisect_left(undone.whole.starts, begins[at]) for at in document.furniture)
    return replace(document, furniture=tuple(moved))
