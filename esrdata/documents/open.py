"""From a path to Documents: the content of a file tells what it is, never its name alone."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from esrdata.documents import mail, members
from esrdata.documents.document import Document
from esrdata.documents.files import on_disk, read_bytes
from esrdata.documents.members import Member
from esrdata.documents.recognise import NotOpened, recognised
from esrdata.documents.unread import UnreadError
from esrdata.guard import Failure, attempt

__all__ = ["NotOpened", "file_bytes", "open_document", "open_documents"]


def open_documents(path: str) -> Iterator[Document | NotOpened]:
    """Read one file and the files inside it.

    `NotOpened` where the file holds no text that this version reads. A zip folder gives one for
    each file in it, a message one for itself and one for each file attached; the path of such a
    member is the path of its file and its name inside, `kansio.zip/sivu.html`.
    """
    try:
        data = read_bytes(path)
    except (OSError, UnreadError) as error:
        yield _barred(path, error)
        return
    yield from _opened(path, data, 1)


def _barred(path: str, error: OSError | UnreadError) -> NotOpened:
    if isinstance(error, UnreadError):
        return NotOpened(path, None, None, error.code, error.raw)
    return NotOpened(path, None, None, "file_unreadable", error.strerror)


def _opened(path: str, data: bytes, depth: int) -> Iterator[Document | NotOpened]:
    folder = members.is_folder(data)
    letter = not folder and mail.is_letter(data)
    if not folder:
        document = _guarded(path, data)
        # A message without words of its own only carries what is attached.
        if not letter or isinstance(document, Document) or not any(members.of_letter(data)):
            yield document
    elif depth > members.SETTINGS.depth:
        yield NotOpened(path, "zip", None, "archive_too_deep")
        return
    if not folder and not letter:
        return
    try:
        for member in members.of_folder(data) if folder else members.of_letter(data):
            inner = f"{path}/{member.name}"
            if member.code is not None:
                yield NotOpened(inner, None, None, member.code, member.raw)
            else:
                yield from _opened(inner, member.data, depth + 1)
    except UnreadError as error:
        yield NotOpened(path, "zip", None, error.code)


def _guarded(path: str, data: bytes) -> Document | NotOpened:
    document = attempt(lambda: recognised(path, data))
    if not isinstance(document, Failure):
        return document
    sha256 = hashlib.sha256(data).hexdigest()
    return NotOpened(path, None, sha256, document.code, document.raw)


def open_document(path: str) -> Document | NotOpened:
    """Read one file, or one member of a file (`kansio.zip/sivu.html`).

    `NotOpened` where it holds no text that this version reads. Of a message and a web archive, the
    text is the page inside, decoded: places and lines count in it.
    """
    try:
        data = file_bytes(path)
    except (OSError, UnreadError) as error:
        return _barred(path, error)
    if members.is_folder(data):
        return NotOpened(path, "zip", None, "format_unsupported", "ZIP")
    return _guarded(path, data)


def file_bytes(path: str) -> bytes:
    """The bytes of a file, or of a member of one.

    Raises `OSError` if there is no such file or member, or it may not be read; `LimitError` if it
    is too large; `UnreadError` if it is no regular file, or a member cannot be unpacked.
    """
    file = Path(on_disk(path))
    if file.exists() or not any(above.is_file() for above in file.parents):
        return read_bytes(path)
    holder = next(above for above in file.parents if above.is_file())
    return _member_bytes(read_bytes(str(holder)), file.relative_to(holder).as_posix())


def _member_bytes(data: bytes, name: str) -> bytes:
    inside = members.of_folder if members.is_folder(data) else members.of_letter
    found: Member | None = next(inside(data, name), None)
    if found is None:
        raise FileNotFoundError(2, f"There is no {name} inside", name)
    if found.code is not None:
        raise UnreadError(found.code)
    rest = name[len(found.name) + 1 :]
    return _member_bytes(found.data, rest) if rest else found.data
