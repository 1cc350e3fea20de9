"""Where the sources of a pack are now, and whether they are the files that were read."""

import hashlib
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from esrdata.documents.files import on_disk, printable
from esrdata.documents.open import file_bytes
from esrdata.documents.remote import is_address
from esrdata.guard import Failure, attempt
from esrdata.tables.origin import Origin, Source
from esrdata.tables.stored import sha256

SAME, MOVED, CHANGED, MISSING = "same", "moved", "changed", "missing"


@dataclass(frozen=True)
class Found:
    """A source now.

    Attributes
    ----------
    source
        What it was.
    name
        Its name without the folder that all sources share.
    state
        ``same``, ``moved`` (the same under another name), ``changed`` or ``missing``.
    place
        Where it is; None if it is missing.
    """

    source: Source
    name: str
    state: str
    place: str | None


def found(pack: Path, manifest: Mapping[str, Any], read: str, given: Path | None) -> list[Found]:
    """Look for every source of a read of a pack, in a folder or where the pack says they were."""
    origin, names = manifest["reads"][read], manifest["bare"][read]
    base = Path.cwd() if manifest["base"] is None else pack / manifest["base"]
    known = _Known(given)
    return [
        _at_address(source, name)
        if given is None and is_address(source.name)
        else _found(
            source, name, given / name if given is not None else base / on_disk(source.name), known
        )
        for source, name in zip(origin.sources, names, strict=True)
    ]


def called(pack: Path, origin: Origin, names: Sequence[str]) -> Origin:
    """Give sources the names that the tables of a pack have for them, where those are absolute.

    A manifest has no absolute names; what is read once more has to be called as it was.
    """
    path = pack / "files.parquet"
    if path.is_symlink() or not path.is_file():
        return origin
    # A table that was altered can be anything.
    files = attempt(lambda: pd.read_parquet(path, columns=["file", "sha256"]), passing=())
    if isinstance(files, Failure):
        return origin
    above: list[str] = []
    whole: dict[str, str] = {}
    for source, name in zip(origin.sources, names, strict=True):
        # Of files from all over a disk the number in front is ours.
        ends = (f"/{name}", f"/{name.partition('/')[2]}")
        for file in files.loc[files["sha256"] == source.sha256, "file"]:
            if str(file).endswith(ends):
                whole.setdefault(name, str(file))
                above.append(str(file).removesuffix(name))
    if not above:
        return origin
    sources = (
        source._replace(name=whole.get(name, f"{above[0]}{name}"))
        for source, name in zip(origin.sources, names, strict=True)
    )
    return replace(origin, sources=tuple(sources))


def _at_address(source: Source, name: str) -> Found:
    digest = attempt(lambda: hashlib.sha256(file_bytes(source.name)).hexdigest())
    if isinstance(digest, Failure):
        return Found(source, name, MISSING, None)
    return Found(source, name, SAME if digest == source.sha256 else CHANGED, source.name)


def _found(source: Source, name: str, place: Path, known: "_Known") -> Found:
    there = os.path.lexists(place)
    if source.sha256 is None:
        # It could not be opened then: all there is to know is whether it is there.
        state = SAME if there else MISSING
        return Found(source, name, state, _name(place) if there else None)
    if there and _is(place, source):
        return Found(source, name, SAME, _name(place))
    moved = known.of(source)
    if moved is not None:
        return Found(source, name, MOVED, _name(moved))
    if there:
        return Found(source, name, CHANGED, _name(place))
    return Found(source, name, MISSING, None)


def _name(path: Path) -> str:
    return printable(path.as_posix())


def _is(path: Path, source: Source) -> bool:
    """Whether a path is the file that was read."""
    try:
        status = path.stat()
        regular = stat.S_ISREG(status.st_mode) and status.st_size == source.size
        return regular and sha256(path) == source.sha256
    except OSError:
        return False


def with_hash(folder: Path, digest: str) -> Path | None:
    """A file of a folder by its hash; None where there is none."""
    paths = (Path(parent, name) for parent, _, names in os.walk(folder) for name in names)
    return next((path for path in sorted(paths) if path.is_file() and sha256(path) == digest), None)


class _Known:
    """The files of a folder by their sizes, listed when they are first asked for."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._by_size: dict[int, list[Path]] | None = None

    def of(self, source: Source) -> Path | None:
        """A file with the bytes of a source; None where there is none, or no folder to look in."""
        if self._folder is None:
            return None
        if self._by_size is None:
            self._by_size = {}
            for parent, _, names in os.walk(self._folder):
                for name in names:
                    path = Path(parent, name)
                    if path.is_file():
                        self._by_size.setdefault(path.stat().st_size, []).append(path)
        alike = self._by_size.get(source.size or 0, ())
        return next((path for path in alike if _is(path, source)), None)
