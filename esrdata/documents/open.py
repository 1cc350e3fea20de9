"""From a path to a Document: the format is told by content, never by the name alone."""

import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob, has_magic
from os import PathLike
from pathlib import Path

from esrdata.documents import html
from esrdata.documents.document import Document
from esrdata.documents.text import NotTextError, decode
from esrdata.errors import SourceError, UsageError

Source = str | PathLike[str]

# Formats that hold text, but not for this version: first bytes and name.
_UNSUPPORTED = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"{\\rtf", "rtf"),
)
_MHTML = re.compile(rb"\A(?:[\w-]+:[^\n]*\n)*?Content-Type:\s*multipart/related", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|table|h[1-6]|br|span)\b", re.I)


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

    Hidden files and folders are left out. Each file comes once, in alphabetical order within
    its folder, named as the user named it.

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
    found: dict[str, None] = {}
    for part in sources:
        for path in _expand(str(Path(part))):
            found.setdefault(path.as_posix())
    if not found:
        named = ", ".join(str(s) for s in sources) or "nothing"
        raise SourceError(f"No file was found in {named}: give a folder that holds files.")
    return list(found)


def _expand(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            inside = child.relative_to(path).parts
            if child.is_file() and not any(part.startswith((".", "~$")) for part in inside):
                yield child
    elif path.exists():
        yield path
    elif has_magic(name):
        for match in sorted(glob(name, recursive=True)):  # noqa: PTH207 (a glob may be absolute)
            yield from _expand(match)
    else:
        raise SourceError(f"There is no file or folder {name}: check the path.")


def open_document(path: str) -> Document | NotOpened:
    """Read one file.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Document or NotOpened
        The second where the file holds no text that this version reads.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        return NotOpened(path, None, None, "file_unreadable", error.strerror)
    sha256 = hashlib.sha256(data).hexdigest()
    if not data.strip():
        return NotOpened(path, None, sha256, "file_empty")
    for mark, format_ in _UNSUPPORTED:
        if data.startswith(mark):
            return NotOpened(path, format_, sha256, "format_unsupported", format_.upper())
    if _MHTML.match(data[:4096].replace(b"\r", b"")):
        return NotOpened(path, "mhtml", sha256, "format_unsupported", "MHTML")
    try:
        text, encoding = decode(data)
    except NotTextError:
        return NotOpened(path, None, sha256, "file_not_text")
    if not text.strip():
        return NotOpened(path, None, sha256, "file_empty")
    if _HTML.search(text):
        view, starts, ends = html.view(text)
        return Document(path, "html", encoding, sha256, text, view, starts, ends)
    return Document(path, "text", encoding, sha256, text, text, array("L"), array("L"))
