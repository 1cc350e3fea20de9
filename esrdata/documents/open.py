"""From a path to a Document: the format is told by content, never by the name alone."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from glob import glob, has_magic
from os import PathLike
from pathlib import Path

from esrdata.documents import html, mail, pdf, xml
from esrdata.documents.csv_text import is_csv
from esrdata.documents.document import Document
from esrdata.documents.layout import Layout, plain
from esrdata.documents.office import xlsx
from esrdata.documents.text import NotTextError, decode
from esrdata.errors import SourceError, UsageError

Source = str | PathLike[str]

_SHOWN = 200
_HIDDEN = (".", "~$")
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Formats that hold text, but not for this version: first bytes and name.
_UNSUPPORTED = ((_ZIP, "zip"), (_COMPOUND, "doc/xls"), (b"{\\rtf", "rtf"))
# A zip file that is an office document holds one of these names.
_OFFICE = (
    (b"word/", "docx"),
    (b"xl/workbook.bin", "xlsb"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
)
# What browsers and Word call the folder of a saved page, and the names the page may have.
_COMPANIONS = ("_files", "_tiedostot", "_filer", "-filer", ".files")
_PAGES = {".htm", ".html", ".xhtml"}
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


def paths(source: Source | Iterable[Source]) -> list[str]:
    """Files of a source: a file, a folder (recursively), a glob, or a list of them.

    Hidden files and folders are left out. So is, in a folder or a glob, what browsers save with a
    page (`page_files` beside `page.html`). Each file comes once, in alphabetical order within its
    folder, named as the user named it.

    Raises
    ------
    SourceError
        If a part of the source does not exist, or no file is found.
    UsageError
        If the source is no path and no list of paths.
    """
    if isinstance(source, str | PathLike):
        sources = [source]
    elif isinstance(source, Iterable):
        sources = list(source)
    else:
        raise UsageError(
            f"A source is a path or a list of paths, not {type(source).__name__}: "
            "give a file, a folder or a glob."
        )
    found: dict[str, str] = {}
    for part in sources:
        if not isinstance(part, str | PathLike) or not str(part).strip():
            raise UsageError(f"A source is a path, not {part!r}: give a file, a folder or a glob.")
        for path in _expand(str(Path(part))):
            found.setdefault(os.path.realpath(path), path.as_posix())
    if not found:
        named = ", ".join(str(s) for s in sources) or "nothing"
        raise SourceError(f"No file was found in {named}: give a folder that holds files.")
    return list(found.values())


def _expand(name: str) -> Iterator[Path]:
    path = Path(name)
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except OSError:
        # A name that no file can have, or a folder that may not be entered.
        is_folder = is_there = False
    if is_folder:
        yield from _inside(path)
    elif is_there:
        yield path
    elif has_magic(name):
        matches = sorted(glob(name, recursive=True))  # noqa: PTH207 (a glob may be absolute)
        if not matches:
            raise SourceError(f"No file matches {name}: check the pattern.")
        for match in matches:
            if not Path(match).name.startswith(_HIDDEN) and not _in_companion(Path(match), path):
                yield from _expand(match)
    else:
        short = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
        raise SourceError(f"There is no file or folder {short}: check the path.")


def _inside(folder: Path) -> Iterator[Path]:
    """Files of a folder; what cannot be listed is named too, so that it becomes a finding."""
    barred: list[str] = []
    children = []
    for parent, folders, names in os.walk(folder, onerror=lambda e: barred.append(e.filename)):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(_HIDDEN) and not _belongs_to_page(name, names)
        ]
        children += [Path(parent, name) for name in names if not name.startswith(_HIDDEN)]
    yield from sorted([*children, *map(Path, barred)])


def _belongs_to_page(folder: str, beside: Iterable[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a page that stands beside it."""
    stems = {folder.removesuffix(end) for end in _COMPANIONS if folder.endswith(end)}
    return bool(stems) and any(
        Path(name).suffix.lower() in _PAGES and Path(name).stem in stems for name in beside
    )


def _in_companion(path: Path, pattern: Path) -> bool:
    """Whether a path that a pattern met is such a folder, or in one that the pattern names not."""
    for folder in (path, *path.parents):
        # Only few names ask for a look at what stands beside them.
        asked = folder.name.endswith(_COMPANIONS) and folder.name not in pattern.parts
        if asked and folder.is_dir():
            beside = (other.name for other in folder.parent.iterdir())
            if _belongs_to_page(folder.name, beside):
                return True
    return False


def open_document(path: str) -> Document | NotOpened:
    """Read one file.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Document or NotOpened
        The second where the file holds no text that this version reads. Of a web archive, the text
        is the page inside, decoded: places and lines count in it.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        return NotOpened(path, None, None, "file_unreadable", error.strerror)
    sha256 = hashlib.sha256(data).hexdigest()
    if not data.strip():
        return NotOpened(path, None, sha256, "file_empty")
    if data.startswith(_ZIP) and xlsx.is_workbook(data):
        return _open_workbook(path, data, sha256)
    if data.startswith(_COMPOUND) and xlsx.is_encrypted(data):
        return NotOpened(path, "docx/xlsx", sha256, "workbook_encrypted")
    for mark, format_ in _UNSUPPORTED:
        if data.startswith(mark):
            office = [name for inside, name in _OFFICE if format_ == "zip" and inside in data]
            named = office[0] if office else format_
            return NotOpened(path, named, sha256, "format_unsupported", named.upper())
    if pdf.MARK in data[:_SHOWN]:
        return _open_pdf(path, data, sha256)
    archive = mail.is_archive(data)
    if archive:
        page = mail.page(data)
        if page is None:
            return NotOpened(path, "mhtml", sha256, "format_unsupported", "MHTML")
        data = page
    try:
        text, encoding = decode(data)
    except NotTextError:
        return NotOpened(path, None, sha256, "file_not_text")
    if not text.strip():
        return NotOpened(path, None, sha256, "file_empty")
    listed = None if archive else xml.view(text)
    if listed is not None:
        return Document(path, "xml", encoding, sha256, text, *listed)
    if _HTML.match(text):
        format_ = "mhtml" if archive else "html"
        return html.laid_out(Document(path, format_, encoding, sha256, text, text))
    if is_csv(text):
        return Document(path, "csv", encoding, sha256, text, text)
    format_ = "mhtml" if archive else "text"
    return _laid_out(Document(path, format_, encoding, sha256, text, text), plain(text))


def _open_workbook(path: str, data: bytes, sha256: str) -> Document | NotOpened:
    try:
        text = xlsx.read(data)
    except xlsx.WorkbookError as error:
        return NotOpened(path, "xlsx", sha256, error.code)
    if not text.strip():
        return NotOpened(path, "xlsx", sha256, "file_empty")
    return Document(path, "xlsx", None, sha256, text, text, paged=True)


def _open_pdf(path: str, data: bytes, sha256: str) -> Document | NotOpened:
    try:
        printed = pdf.read(data)
    except pdf.PdfError as error:
        return NotOpened(path, "pdf", sha256, error.code)
    text = printed.text
    document = Document(path, "pdf", None, sha256, text, text, paged=True)
    return _laid_out(document, printed.layout)


def _laid_out(document: Document, laid: Layout) -> Document:
    return replace(
        document,
        view=laid.view,
        starts=laid.starts,
        ends=laid.ends,
        wraps=laid.wraps,
        furniture=laid.furniture,
    )
