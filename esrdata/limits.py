"""Limits on what is read of a file, all in one place; no genuine source reaches them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, fields

from esrdata.errors import Sentence, UsageError

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for reading one file; a file beyond one becomes a finding that names the limit.

    Such a file gives no values; the others of the batch are read as usual.

    Attributes
    ----------
    file_size
        Bytes of a file, and of a file inside a zip folder or a message, unpacked.
    pages
        Pages of a PDF, sheets of a workbook.
    characters
        Characters of the decoded text.
    seconds
        Time to read a file with everything in it. Applied only in a separate process: with
        `isolate` or several `workers`.
    memory
        Bytes of memory for a separate process, on systems that can limit it (Linux, most others;
        not Windows).
    nesting
        Depth of parts of a message within parts, and of messages within messages.
    archive_ratio
        Unpacked size of a packed file, or part of one, as a multiple of its packed size, beyond
        the first 16 MB.
    text_ratio
        Characters of text per byte of a packed document, beyond the first 16 million: many cells
        can share one long text. Lines, cells and XML elements count as some characters each, as
        they take memory even if empty.
    """

    file_size: int = 512 * _MEGABYTE
    pages: int = 5_000
    characters: int = 256 * _MEGABYTE
    seconds: float = 600
    memory: int = 4096 * _MEGABYTE
    nesting: int = 100
    archive_ratio: int = 200
    text_ratio: int = 20

    def __post_init__(self) -> None:
        for name in names():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
                text = f"The limit {name} is a number above 0, not {value!r}."
                raise UsageError(Sentence(text, "error.limit_above", name=name, value=value))

    def check(self, name: str, found: float) -> None:
        """Raise if a value is beyond a limit.

        Raises
        ------
        LimitError
            If it is.
        """
        if found > getattr(self, name):
            raise LimitError(name, getattr(self, name))

    def check_unpacked(self, packed: int, unpacked: int) -> None:
        """Raise if a packed file, or part of one, expands too much.

        Parameters
        ----------
        packed, unpacked
            Its sizes in bytes.

        Raises
        ------
        LimitError
            If it does.
        """
        self.check("file_size", unpacked)
        if unpacked > max(_FREE, packed * self.archive_ratio):
            raise LimitError("archive_ratio", self.archive_ratio)

    def check_text(self, packed: int, characters: int) -> None:
        """Raise if a packed document of this size holds too much text.

        Raises
        ------
        LimitError
            If it does.
        """
        self.check("characters", characters)
        self.check_weight(packed, characters)

    def check_weight(self, packed: int, characters: int) -> None:
        """Raise if the content of a packed document weighs too much.

        Raises
        ------
        LimitError
            If it does.
        """
        if characters > max(_FREE, packed * self.text_ratio):
            raise LimitError("text_ratio", self.text_ratio)


# Unpacked bytes, or characters, that are always accepted.
_FREE = 16 * _MEGABYTE


class LimitError(Exception):
    """A file is beyond a limit; has the limit's name and value."""

    def __init__(self, name: str, value: float) -> None:
        super().__init__(name, value)
        self.name, self.value = name, value

    def __str__(self) -> str:
        return (
            f"{self.name} = {self.value:g}" if self.value < 1e6 else f"{self.name} = {self.value}"
        )


def names() -> tuple[str, ...]:
    """The names of the limits."""
    return tuple(field.name for field in fields(Limits))


DEFAULT = Limits()
_IN_USE: ContextVar[Limits] = ContextVar("esrdata_limits", default=DEFAULT)


def limits() -> Limits:
    """The limits in use."""
    return _IN_USE.get()


@contextmanager
def within(chosen: Limits) -> Iterator[Limits]:
    """Apply limits within a `with` block."""
    if not isinstance(chosen, Limits):
        raise UsageError(f"The limits are an esrdata.Limits, not {chosen!r}.")
    token = _IN_USE.set(chosen)
    try:
        yield chosen
    finally:
        _IN_USE.reset(token)


_held = False


def hold_memory(size: int) -> None:
    """Limit this process to so many bytes of memory, if the system can."""
    global _held
    try:
        import resource
    except ModuleNotFoundError:
        # Windows has no such limits.
        return
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, most = resource.getrlimit(kind)
    soft = size if most == resource.RLIM_INFINITY else min(size, most)
    with suppress(OSError, ValueError):
        resource.setrlimit(kind, (soft, most))
        _held = True


def memory_is_held() -> bool:
    """Whether the memory of this process is limited."""
    return _held
