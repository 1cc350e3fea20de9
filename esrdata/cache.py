"""A cache folder for results of reading, keyed by what they were read from.

An entry is bytes under a key. It is written elsewhere and moved into place, and begins with a hash
of its content; damaged or foreign entries are ignored and made again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from esrdata.documents.own import CACHE_MARK, CACHE_TAG, is_cache
from esrdata.errors import UsageError
from esrdata.knowledge.error_words import why
from esrdata.knowledge.wording import sentence

_SIGN = b"esrdata cache 1\n"
_NAME, _NEW = 64, ".new"
#: Most bytes of a cache folder; entries unused for longest are removed first.
LARGEST = 2 * 2**30
# The folder is checked after each such share of the limit is written, as reading may take hours.
_PART = 8
VARIABLE = "ESRDATA_CACHE"


def usual_folder() -> Path:
    """The cache folder from the environment, or in the user's own cache."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("esrdata", appauthor=False) / "read"


class Cache:
    """A folder of entries.

    Parameters
    ----------
    folder
        The folder; made for the first entry, accessible to its owner only.
    largest
        The most bytes of all entries.
    """

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        # An unreadable folder cannot be written either, which is reported then.
        if os.path.exists(folder) and not folder.is_dir():  # noqa: PTH110
            raise UsageError(sentence("error.cache_is_file", path=str(folder)))
        self.folder, self.largest = folder, largest
        self._written, self._broken = 0, False

    def get(self, key: str) -> bytes | None:
        """The entry of a key; None if there is no valid one."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        head = len(_SIGN) + hashlib.sha256().digest_size
        if data[:head] != _SIGN + _hash(key, data[head:]):
            self.drop(key)
            return None
        with suppress(OSError):
            os.utime(path)
        return data[head:]

    def has(self, key: str) -> bool:
        """Whether a key has an entry, valid or not."""
        return os.path.isfile(self._path(key))  # noqa: PTH113

    def put(self, key: str, data: bytes) -> None:
        """Keep an entry; if that fails, warn once and continue."""
        if self._broken:
            return
        path = self._path(key)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.parent.mkdir(exist_ok=True, mode=0o700)
            tag = self.folder / CACHE_TAG
            if not tag.exists():
                tag.write_text(CACHE_MARK, encoding="utf-8")
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=_NEW, delete=False) as file:
                file.write(_SIGN + _hash(key, data))
                file.write(data)
            Path(file.name).replace(path)
        except OSError as error:
            self._broken = True
            text = sentence("error.cache_unwritable", path=str(self.folder), reason=why(error))
            warnings.warn(text, stacklevel=2)
        self._written += len(data)
        if self._written > self.largest // _PART:
            self.sweep()

    def drop(self, key: str) -> None:
        """Remove an invalid entry."""
        with suppress(OSError):
            self._path(key).unlink()

    def sweep(self) -> None:
        """Remove the entries unused for longest until the rest is within the limit."""
        if not self._written or self._broken:
            return
        self._written = 0
        known = sorted(_sizes(self._entries()))
        total = sum(size for _, size, _ in known)
        for _, size, path in known:
            if total <= self.largest:
                break
            with suppress(OSError):
                path.unlink()
                total -= size

    def size(self) -> tuple[int, int]:
        """How many entries there are, and how many bytes."""
        sizes = [size for _, size, _ in _sizes(self._entries())]
        return len(sizes), sum(sizes)

    def clear(self) -> tuple[int, int]:
        """Remove all entries; return how many, and their bytes."""
        found = list(_sizes(self._entries()))
        for _, _, path in found:
            with suppress(OSError):
                path.unlink()
        for folder in {path.parent for _, _, path in found}:
            with suppress(OSError):
                folder.rmdir()
        return len(found), sum(size for _, size, _ in found)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _entries(self) -> Iterator[Path]:
        """Files written by `put`, even partly, and no others."""
        if not is_cache(self.folder):
            return
        for folder in self.folder.glob("??"):
            for path in folder.iterdir():
                if len(path.name) == _NAME or path.name.endswith(_NEW):
                    yield path


def key_of(*parts: object) -> str:
    """A key made of these values."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _hash(key: str, data: bytes) -> bytes:
    found = hashlib.sha256(key.encode())
    found.update(data)
    return found.digest()


def _sizes(paths: Iterator[Path]) -> Iterator[tuple[float, int, Path]]:
    for path in paths:
        with suppress(OSError):
            state = path.stat()
            yield state.st_mtime, state.st_size, path
