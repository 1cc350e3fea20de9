"""Shelves: the package's own knowledge, and folders of a user's own beside it.

Readers and labels ask `load`, which answers from the shelf in use; `using` says which that is.
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

#: A plain path: importlib.resources takes as long to import as click, and the command line waits.
PACKAGE = Path(__file__).parent
#: Where a shelf of one's own may hold files, and how their names end; no folder is the top.
PLACES = {"codes": ".csv", "forms": ".yml", "lists": ".csv"}
WORDS, PLAUSIBILITY = "words.yml", "plausibility.yml"

P = ParamSpec("P")
R = TypeVar("R")


class Source(NamedTuple):
    """A file of a shelf: where it stands, for sentences about it, and its text."""

    path: str
    text: str


class Folder(NamedTuple):
    """A folder of a user's own: its name, and the text of each file by place (`forms/x.yml`)."""

    name: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Shelf:
    """What is known: the package's files, and those of `folders` after them.

    The texts are kept as they were when the shelf was opened, so that workers, caches and saved
    portfolios know the same; two shelves of the same texts are one object.
    """

    folders: tuple[Folder, ...]
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def fingerprint(self) -> str:
        """What a cache of anything read by this shelf is keyed by."""
        return _fingerprint(self.folders)

    def sources(self, place: str) -> list[Source]:
        """The texts of a place such as ``codes/status.csv``, the package's first."""
        own = PACKAGE.joinpath(*place.split("/"))
        found = [Source(place, clean(own.read_bytes()))] if own.is_file() else []
        for folder in self.folders:
            found += [Source(f"{folder.name}/{p}", text) for p, text in folder.files if p == place]
        return found

    def names(self, kind: str) -> tuple[str, ...]:
        """Names of the files of a kind (`forms`, `lists`, `codes`), each folder in order."""
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
    """The shelf of these texts, without a check of them."""
    return _OPEN.setdefault(_fingerprint(folders), Shelf(folders))


def _fingerprint(folders: tuple[Folder, ...]) -> str:
    # Names of folders are left out: a shelf that was moved is the same shelf.
    return hashlib.sha256(repr([folder.files for folder in folders]).encode()).hexdigest()


OURS = shelf_of(())
_IN_USE: ContextVar[Shelf] = ContextVar("esrdata_shelf", default=OURS)


def clean(raw: bytes) -> str:
    """The text of a file of knowledge."""
    # Spreadsheets put a byte-order mark before a CSV; a Mac may write ä as two signs.
    return unicodedata.normalize("NFC", raw.decode("utf-8-sig"))


def active() -> Shelf:
    """The shelf in use."""
    return _IN_USE.get()


@contextmanager
def using(shelf: Shelf) -> Iterator[Shelf]:
    """Answer from a shelf within a `with` block."""
    token = _IN_USE.set(shelf)
    try:
        yield shelf
    finally:
        _IN_USE.reset(token)


def per_shelf(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function gives, for each shelf apart; in place of `functools.cache`."""

    @wraps(function)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        known = _IN_USE.get()._kept
        # Asked for a hundred thousand times in a read, mostly without names.
        key = (function, args, *kwargs.items()) if kwargs else (function, args)
        if key in known:
            found: R = known[key]
            return found
        found = known[key] = function(*args, **kwargs)
        return found

    return kept


def on_its_shelf(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function answer from the shelf of the portfolio or table that it is given.

    A portfolio has its shelf as `shelf`, a statistics table the fingerprint in `attrs`; where no
    argument has one of a user's own, the shelf in use stays. What is neither, where one of them
    is due, is refused.
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
    """The shelf of the first thing that has one of a user's own; several side by side join."""
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
