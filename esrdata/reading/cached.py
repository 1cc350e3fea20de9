"""Reads of files kept in a cache: what a file was read as stands for it until something changes.

The key of an entry is the file's name and bytes, and everything else that decides what is read:
the code, the libraries that open files, the shelf, the limits and the level of privacy.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

from esrdata.cache import Cache, key_of
from esrdata.documents.document import Span
from esrdata.documents.files import read_bytes
from esrdata.documents.unread import UnreadError
from esrdata.guard import attempt
from esrdata.knowledge.shelf import active
from esrdata.limits import LimitError, limits
from esrdata.reading.batch import Read, Sent
from esrdata.reading.child import packed
from esrdata.reading.claims.find import Claim
from esrdata.reading.dispatch import FileRead
from esrdata.reading.grid import Distinct, Grid, cells_of, row
from esrdata.reading.lists.day import ListDay
from esrdata.reading.passages import Passage
from esrdata.reading.privacy.recogniser import level, recogniser
from esrdata.reading.record import Declared, Finding, Record, Status, Value
from esrdata.reading.web.read import Mention
from esrdata.version import __version__

_PACKAGE = Path(__file__).parents[1]
_LIBRARIES = ("lxml", "openpyxl", "pandas", "pdfplumber", "pypdfium2", "striprtf")
# What reading a file gives is made of these; an entry that names anything else is a foreign one.
_PARTS = (
    FileRead, Record, Declared, Value, Status, Finding, Span, ListDay, Mention, Passage, Claim,
    date, Grid, Distinct, cells_of, row,
)  # fmt: skip
_ALLOWED = {(part.__module__, part.__qualname__): part for part in _PARTS}
# What another run, with more time or memory, another version of the code, or on a later day, may
# not meet again.
_PASSING = {"limit_reached", "list_day_impossible", "reader_ended", "reading_failed"}

Reader = Callable[[Sequence[str]], Iterator[Read]]


class _Reader(pickle.Unpickler):
    """Takes from an entry what reading makes, and nothing that could do anything else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return _ALLOWED[module, name]


def settings_key() -> str:
    """What is read of the same bytes depends on."""
    return key_of(_program(), active().fingerprint, limits(), level(), recogniser())


@cache
def _program() -> str:
    """What reads: the files of the package too, for a version under work keeps its number."""
    libraries = [metadata.version(name) for name in _LIBRARIES]
    files = sorted(path for path in _PACKAGE.rglob("*.*") if path.suffix != ".pyc")
    states = ((path, path.stat()) for path in files if path.is_file())
    code = [(p.relative_to(_PACKAGE).as_posix(), s.st_size, s.st_mtime_ns) for p, s in states]
    return key_of(__version__, sys.version_info[:2], libraries, code)


class Keys:
    """What the reads of some files are kept under.

    Parameters
    ----------
    paths
        The files, as they are now.

    Attributes
    ----------
    of
        The key of each; None of one that cannot be opened, or was read as what does not last.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self._settings = settings_key()
        self.of = {path: self._key(path) for path in paths}

    @property
    def whole(self) -> str | None:
        """The key of all files together; None where one has none."""
        keys = list(self.of.values())
        return None if None in keys else key_of("tables", keys)

    def hold(self, path: str) -> bool:
        """Whether a file is still what its key says."""
        return self.of[path] is not None and self._key(path) == self.of[path]

    def _key(self, path: str) -> str | None:
        try:
            data = read_bytes(path)
        except (OSError, UnreadError, LimitError):
            return None
        return key_of(self._settings, path, hashlib.sha256(data).hexdigest())


def read_cached(keys: Keys, kept: Cache, reader: Reader) -> Iterator[Read]:
    """Read files, each from the cache where it is there.

    Parameters
    ----------
    keys
        The files and their keys.
    kept
        Where reads are.
    reader
        Reads the files that are not there, in the order given.

    Yields
    ------
    iterable of FileRead
        What each file holds, in the order given.
    """
    there = {path for path, key in keys.of.items() if key is not None and kept.has(key)}
    reads = reader([path for path in keys.of if path not in there])
    for path, key in keys.of.items():
        read = _taken(kept, key) if path in there and key is not None else next(reads)
        if read is None:
            # An entry that was damaged, or swept since.
            (read,) = reader([path])
            there.discard(path)
        if not lasting(read):
            keys.of[path] = None
        # One that was changed while it was read is not kept under what it was.
        elif path not in there and key is not None and keys.hold(path):
            kept.put(key, read.packed if isinstance(read, Sent) else packed(read))
        yield read


def lasting(files: Read) -> bool:
    """Whether another run would read the same: not what failed for want of time or memory."""
    findings = chain.from_iterable(
        (*file.findings, *chain.from_iterable(record.findings for record in file.records))
        for file in files
    )
    return all(finding.code not in _PASSING for finding in findings)


def _taken(kept: Cache, key: str) -> Read | None:
    data = kept.get(key)
    if data is None:
        return None
    read = attempt(lambda: _Reader(io.BytesIO(data)).load())
    if isinstance(read, tuple) and all(isinstance(file, FileRead) for file in read):
        return read
    kept.drop(key)
    return None
