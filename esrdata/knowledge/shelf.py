"""Shelves: the package's own knowledge, with folders of a user's own.

Readers and labels call `load`, which answers from the shelf in use; `using` sets that.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

from esrdata.annotated import telling
from esrdata.errors import UsageError
from esrdata.given import called, dues, ensure_given, ensure_keywords, keywords

#: A plain path: importlib.resources is as slow to import as click, and would delay commands.
PACKAGE = Path(__file__).parent
#: The folders and file endings of a user's shelf; other files are at the top.
PLACES = {"codes": ".csv", "forms": ".yml", "lists": ".csv"}
WORDS, PLAUSIBILITY = "words.yml", "plausibility.yml"

P = ParamSpec("P")
R = TypeVar("R")


class Source(NamedTuple):
    """A file of a shelf: its name in error messages, and its text."""

    path: str
    text: str


class Folder(NamedTuple):
    """A user's folder: its name, and the text of each file by place (`forms/x.yml`)."""

    name: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Shelf:
    """The knowledge in use: the package's files, then those of `folders`.

    The texts are kept as they were when the shelf was opened, so that workers, caches and saved
    portfolios agree; shelves with the same texts are one object.
    """

    folders: tuple[Folder, ...]
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def fingerprint(self) -> str:
        """Part of the key of everything cached with this shelf."""
        return _fingerprint(self.folders)

    def sources(self, place: str) -> list[Source]:
        """The texts of a place such as ``codes/status.csv``, the package's first."""
        own = PACKAGE.joinpath(*place.split("/"))
        found = [Source(place, clean(own.read_bytes()))] if own.is_file() else []
        for folder in self.folders:
            found += [Source(f"{folder.name}/{p}", text) for p, text in folder.files if p == place]
        return found

    def names(self, kind: str) -> tuple[str, ...]:
        """Names of the files of a kind (`forms`, `lists`, `codes`), folder by folder."""
        end = PLACES[kind]
        own = sorted(p.name for p in PACKAGE.joinpath(kind).iterdir() if p.name.endswith(end))
        for folder in self.folders:
            own += [Path(p).name for p, _ in folder.files if p.startswith(f"{kind}/")]
        return tuple(dict.fromkeys(name.removesuffix(end) for name in own))

    def __reduce__(self) -> tuple[Callable[..., "Shelf"], tuple[tuple[Folder, ...]]]:
        return shelf_of, (self.folders,)

    def __deepcopy__(self, memo: object) -> "Shelf":
        return self


_OPEN: dict[str, Shelf] = {}


def shelf_of(folders: tuple[Folder, ...]) -> Shelf:
    """The shelf with these texts, unchecked."""
    return _OPEN.setdefault(_fingerprint(folders), Shelf(folders))


def _fingerprint(folders: tuple[Folder, ...]) -> str:
    # Without names of folders: a shelf that was moved stays the same.
    return hashlib.sha256(repr([folder.files for folder in folders]).encode()).hexdigest()


OURS = shelf_of(())
_IN_USE: ContextVar[Shelf] = ContextVar("esrdata_shelf", default=OURS)


def clean(raw: bytes) -> str:
    """The text of a file of knowledge."""
    # Spreadsheets put a byte-order mark before a CSV; on a Mac ä may be two code points.
    return unicodedata.normalize("NFC", raw.decode("utf-8-sig"))


def active() -> Shelf:
    """The shelf in use."""
    return _IN_USE.get()


@contextmanager
def using(shelf: Shelf) -> Iterator[Shelf]:
    """Use a shelf within a `with` block."""
    token = _IN_USE.set(shelf)
    try:
        yield shelf
    finally:
        _IN_USE.reset(token)


def per_shelf(function: Callable[P, R]) -> Callable[P, R]:
    """Cache a function's results for each shelf; in place of `functools.cache`."""

    @wraps(function)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        known = _IN_USE.get()._kept
        # Called a hundred thousand times in a read, mostly without keywords.
        key = (function, args, *kwargs.items()) if kwargs else (function, args)
        if key in known:
            found: R = known[key]
            return found
        found = known[key] = function(*args, **kwargs)
        return found

    return kept


def on_its_shelf(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function use the shelf of the portfolio or table that it is given.

    A portfolio has its shelf as `shelf`, a statistics table the fingerprint in `attrs`; if no
    argument has a user's shelf, the shelf in use stays. Other objects in place of a portfolio or
    table are refused.
    """
    wanted, known = dues(function), keywords(function)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        ensure_keywords(function, known, kwargs)
        ensure_given(function, wanted, args, kwargs)
        of = _among([*args, *kwargs.values()]) or active()
        with using(of), telling(function, called(function), args, kwargs):
            return function(*args, **kwargs)

    return run


def _among(things: Iterable[object]) -> Shelf | None:
    """The shelf of the arguments that have a user's own; several are joined."""
    folders: dict[Folder, None] = {}
    for thing in things:
        if isinstance(thing, Mapping) and not hasattr(thing, "attrs"):
            inner = _among(thing.values())
        elif isinstance(thing, Sequence) and not isinstance(thing, str):
            inner = _among(thing)
        else:
            inner = _its_own(thing)
        folders.update(dict.fromkeys(inner.folders if inner is not None else ()))
    return shelf_of(tuple(folders)) if folders else None


def _its_own(thing: object) -> Shelf | None:
    own = getattr(thing, "shelf", None)
    if isinstance(own, Shelf):
        return own
    attrs = getattr(thing, "attrs", None)
    if not isinstance(attrs, Mapping) or "shelf" not in attrs:
        return None
    if attrs["shelf"] not in _OPEN:
        raise UsageError(
            "The table was made with a shelf of your own that is not open: read or load its "
            "portfolio first."
        )
    return _OPEN[attrs["shelf"]]
