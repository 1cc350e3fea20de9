"""Files that hold files: zip folders, and messages with attachments.

Nothing is written to the disk. Members are named by their place inside: `kansio.zip/sivu.html`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import PurePosixPath

from esrdata.documents import mail
from esrdata.documents.paths import belongs_to_page, is_hidden
from esrdata.documents.unread import UnreadError
from esrdata.limits import LimitError, limits


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """How much of a file that holds files is read."""

    members: int = 20_000  # so many files at most
    size: int = 2**28  # so many bytes each at most, unpacked
    # No file is packed so many times smaller than it is, beyond the first megabyte.
    ratio: int = 1000
    depth: int = 3  # so many files one inside another


SETTINGS = ArchiveSettings()

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_MEGABYTE = 2**20
_NAMELESS = "nameless"
# A zip file with one of these is a document of a program, and its parts are no files.
_DOCUMENTS = ("[Content_Types].xml", "mimetype", "word/", "xl/", "ppt/", "Index/")


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another: its name there, and its bytes or the finding that says why none."""

    name: str
    data: bytes = b""
    code: str | None = None
    raw: str | None = None


def is_folder(data: bytes) -> bool:
    """Whether the bytes of a file are a zip folder of files, not a document that is packed."""
    if data.startswith(_EMPTY_ZIP):
        return True
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return not any(name.startswith(_DOCUMENTS) for name in packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        # Cut off: the names of its parts still stand in it.
        return not any(name.encode() in data for name in _DOCUMENTS)


def of_folder(data: bytes, only: str | None = None) -> Iterator[Member]:
    """The files in a zip folder, by name; what a system or a page put beside them is left out.

    With `only`, that one member and what stands inside it. Raises `UnreadError` if the folder is
    broken, empty, or holds too many files.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from _unpacked(packed, only)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadError("archive_broken") from error


def _unpacked(packed: zipfile.ZipFile, only: str | None) -> Iterator[Member]:
    infos: dict[str, zipfile.ZipInfo] = {}
    for info in packed.infolist():
        # `is_dir` fails at a member without a name.
        if not info.filename.endswith("/"):
            infos[_free(_name(info), infos)] = info
    beside: dict[str, list[str]] = {}
    for name in infos:
        path = PurePosixPath(name)
        beside.setdefault(str(path.parent), []).append(path.name)
    names = sorted(name for name in infos if _is_wanted(name, beside))
    if not names:
        raise UnreadError("archive_empty")
    if len(names) > SETTINGS.members:
        raise UnreadError("archive_too_large")
    for name in names:
        if only is None or only == name or only.startswith(f"{name}/"):
            yield _member(packed, name, infos[name])


def _free(name: str, taken: Container[str]) -> str:
    """A name that none has yet: a zip folder may hold two files of one name."""
    path = PurePosixPath(name)
    again = (f"{path.with_suffix('')} ({i}){path.suffix}" for i in count(2))
    return next(free for free in chain([name], again) if free not in taken)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member: old Windows programs write the letters of DOS without saying so."""
    pieces = info.filename.replace("\\", "/").split("/")
    # A name that leads out of the folder is a name like others: nothing is written anywhere.
    parts = [part for part in pieces if part not in ("", ".", "..")]
    return "/".join(parts) or _NAMELESS


def _is_wanted(name: str, beside: dict[str, list[str]]) -> bool:
    path = PurePosixPath(name)
    for folder, part in zip([*reversed(path.parents)], path.parts, strict=True):
        if is_hidden(part):
            return False
        if part != path.name and belongs_to_page(part, beside.get(str(folder), ())):
            return False
    return True


def _member(packed: zipfile.ZipFile, name: str, info: zipfile.ZipInfo) -> Member:
    if info.flag_bits & 1:
        return Member(name, code="archive_encrypted")
    packs = info.file_size / max(info.compress_size, 1)
    if info.file_size > SETTINGS.size or (info.file_size > _MEGABYTE and packs > SETTINGS.ratio):
        return Member(name, code="archive_too_large")
    try:
        limits().check_unpacked(info.compress_size, info.file_size)
    except LimitError as error:
        return Member(name, code="limit_reached", raw=str(error))
    try:
        # No more comes than is written here, even where that is not true.
        return Member(name, packed.read(info))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        return Member(name, code="archive_broken")


def of_letter(data: bytes, only: str | None = None) -> Iterator[Member]:
    """The files attached to a message."""
    taken: set[str] = set()
    for part in mail.attached(data):
        name = _free(part.name, taken)
        taken.add(name)
        if only is None or only == name or only.startswith(f"{name}/"):
            yield Member(name, part.data)
