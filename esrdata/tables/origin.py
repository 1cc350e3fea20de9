"""What a portfolio was read from, how, and which of its projects were chosen since."""

import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from importlib import metadata
from pathlib import Path, PurePosixPath
from platform import machine, python_version, system
from typing import Any, NamedTuple

import pandas as pd

from esrdata.documents.files import on_disk, read_bytes
from esrdata.documents.remote import is_address
from esrdata.documents.unread import UnreadError
from esrdata.limits import DEFAULT, LimitError, Limits


class Source(NamedTuple):
    """A file that was read.

    Attributes
    ----------
    name
        Its name in the tables.
    sha256, size
        Of its bytes; None where it could not be opened.
    """

    name: str
    sha256: str | None
    size: int | None


#: So many values of a condition are named where it has more.
FIRST = 6


@dataclass(frozen=True)
class Origin:
    """How a portfolio came to be, so that it can be made again.

    Attributes
    ----------
    sources
        The files that were read, in order, those included that no chosen project is from.
    contacts, privacy
        As `esrdata.read` was given them.
    limits
        Bounds that are not those by default.
    steps
        What was chosen of the projects since, in order: each ``{"select": conditions}``,
        ``{"projects": codes}`` or ``{"population": fields}``.
    places
        Where files were found that are not where their names say.
    batches
        Whether the tables were saved in batches, so that their rows are in the order of the codes.
    """

    sources: tuple[Source, ...]
    contacts: bool = False
    privacy: str = "standard"
    limits: Mapping[str, int] = field(default_factory=dict)
    steps: tuple[Mapping[str, Any], ...] = ()
    places: Mapping[str, str] = field(default_factory=dict, compare=False)
    batches: bool = False

    def then(self, **step: Any) -> "Origin":
        """The origin of some of the projects."""
        return replace(self, steps=(*self.steps, step))

    def in_short(self) -> list[dict[str, Any]]:
        """The steps with the number of codes for the codes, and of long lists the first values."""
        return [{how: _few(how, what) for how, what in step.items()} for step in self.steps]


def _few(how: str, what: Any) -> Any:
    if how == "projects":
        return len(what)
    if how == "select":
        return {
            name: {"first": values[:FIRST], "n": len(values)}
            if isinstance(values, list) and len(values) > FIRST
            else values
            for name, values in what.items()
        }
    return what


def origin_of(
    names: Sequence[str],
    files: pd.DataFrame,
    *,
    contacts: bool,
    privacy: str,
    limits: Limits,
) -> Origin:
    """The origin of tables that were just read from some files."""
    known = {
        str(file): None if pd.isna(sha256) else str(sha256)
        for file, sha256 in zip(files["file"], files["sha256"], strict=True)
    }
    given = {
        one.name: getattr(limits, one.name)
        for one in fields(Limits)
        if getattr(limits, one.name) != getattr(DEFAULT, one.name)
    }
    sources = tuple(_source(name, known.get(name)) for name in names)
    return Origin(sources, contacts, privacy, given)


def _source(name: str, sha256: str | None) -> Source:
    """A file by the hash it was read with; a folder of files, such as a zip, is hashed here."""
    path = Path(on_disk(name))
    try:
        if sha256 is not None:
            return Source(name, sha256, path.stat().st_size)
        data = read_bytes(str(path))
    except (OSError, ValueError, UnreadError, LimitError):
        return Source(name, sha256, None)
    return Source(name, hashlib.sha256(data).hexdigest(), len(data))


def conditions(given: Mapping[str, object]) -> dict[str, Any] | None:
    """Conditions of a selection as JSON has them; None where it has no such values."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        several = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
        if not all(one is None or isinstance(one, str | int | float | bool) for one in several):
            return None
        found[name] = several if isinstance(value, list | tuple) else value
        if isinstance(value, set | frozenset):
            found[name] = sorted(several, key=str)
    return found


def environment() -> dict[str, Any]:
    """The libraries and the kind of machine that the bytes of files depend on."""
    try:
        needs = metadata.requires("esrdata") or []
    except metadata.PackageNotFoundError:
        needs = []
    names = sorted({_NAME.match(need)[0] for need in needs if "extra ==" not in need})  # type: ignore[index]
    versions = {"python": python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name in (*names, "numpy", "pillow"):
        with suppress(metadata.PackageNotFoundError):
            versions[name] = metadata.version(name)
    return {"libraries": dict(sorted(versions.items())), "platform": f"{system()} {machine()}"}


_NAME = re.compile(r"[\w.-]+")


# ---- names that say nothing of the machine


def telling(place: Path) -> bool:
    """Whether a folder that two paths share is all they share: the path between them is absolute.

    A path through the top of the disk, or through the folder that holds everybody's own, has the
    names of a machine or a person in it.
    """
    return place.is_absolute() and place in (Path(place.anchor), Path.home().parent)


def relative(path: Path, start: Path) -> str | None:
    """A path from a folder; None where it would lead through the top of the disk."""
    path, start = path.resolve(), start.resolve()
    try:
        shared = Path(os.path.commonpath([path, start]))
    except ValueError:
        return None
    return None if telling(shared) else Path(os.path.relpath(path, start)).as_posix()


def folder_of(names: Iterable[str]) -> str:
    """The folder that files with whole paths have in common, with the sign behind it.

    It is of the machine they were read on, and the business of whoever read them.
    """
    parents = {name.rpartition("/")[0] for name in names if Path(name).is_absolute()}
    return f"{os.path.commonpath(parents)}/" if parents else ""


def shortened(names: Iterable[str]) -> tuple[str | None, list[str]]:
    """The folder that names share, None if it is none to be written down, and the rest of each."""
    names = list(names)
    paths = [PurePosixPath(name) for name in names]
    absolute = any(Path(path).is_absolute() for path in paths)
    try:
        shared = PurePosixPath(os.path.commonpath([path.parent for path in paths]))
    except ValueError:
        # Some are absolute and some are not; or there are none.
        shared = PurePosixPath("/")
    rest = [] if telling(Path(shared)) else [path.relative_to(shared) for path in paths]
    if not rest or any(".." in path.parts for path in rest) or any(map(is_address, names)):
        # Of files all over a disk, or at addresses, only their own names are kept.
        return None, [f"{n}/{path.name}" for n, path in enumerate(paths, start=1)]
    return None if absolute else shared.as_posix(), [path.as_posix() for path in rest]
