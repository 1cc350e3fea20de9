"""How much of a file is taken in: bounds that no honest source reaches, all in one place."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, fields

from esrdata.errors import Sentence, UsageError

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading one file; what goes beyond one is a finding that names it.

    A file beyond a bound gives nothing, and the others of the batch are read as ever.

    Attributes
    ----------
    file_size
        Bytes of a file, and of a file inside a zip folder or a message, unpacked.
    pages
        Pages of a PDF, sheets of a workbook.
    characters
        Characters of the decoded text.
    seconds
        Time to read a file with all that is in it. Held only in a process of its own: with
        `isolate` or several `workers`.
    memory
        Bytes of memory that a process of its own may take, on systems that can hold a process to
        it (Linux, most others; not Windows).
    nesting
        Parts of a message one inside another, and messages inside messages.
    archive_ratio
        A packed file or a part of it unpacks to so many times its packed size, beyond the first
        16 MB.
    text_ratio
        A packed document has so many characters of text for each of its bytes, beyond the first
        16 million: many cells can share one long text. Lines, cells and elements of XML count as
        some characters each, for they take memory even where they are empty.
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
        """Raise where something found is beyond a limit.

        Raises
        ------
        LimitError
            If it is.
        """
        if found > getattr(self, name):
            raise LimitError(name, getattr(self, name))

    def check_unpacked(self, packed: int, unpacked: int) -> None:
        """Raise where a packed file or part of one grows too much.

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
        """Raise where a packed document of so many bytes holds too much text.

        Raises
        ------
        LimitError
            If it does.
        """
        self.check("characters", characters)
        self.check_weight(packed, characters)

    def check_weight(self, packed: int, characters: int) -> None:
        """Raise where what a packed document holds weighs as much as too many characters.

        Raises
        ------
        LimitError
            If it does.
        """
        if characters > max(_FREE, packed * self.text_ratio):
            raise LimitError("text_ratio", self.text_ratio)


# Bytes unpacked, or characters, that are always taken.
_FREE = 16 * _MEGABYTE


class LimitError(Exception):
    """A file goes beyond a limit: the name of the limit, and its value."""

    def __init__(self, name: str, value: float) -> None:
        super().__init__(name, value)
        self.name, self.value = name, value

    def __str__(self) -> str:
        return (
            f"{self.name} = {self.value:g}" if self.value < 1e6 else f"{self.name} = {self.value}"
        )


def names() -> tuple[str, ...]:
    """The limits there are."""
    return tuple(field.name for field in fields(Limits))


DEFAULT = Limits()
_IN_USE: ContextVar[Limits] = ContextVar("esrdata_limits", default=DEFAULT)


def limits() -> Limits:
    """The limits in use."""
    return _IN_USE.get()


@contextmanager
def within(chosen: Limits) -> Iterator[Limits]:
    """Hold to limits within a `with` block."""
    if not isinstance(chosen, Limits):
        raise UsageError(f"The limits are an esrdata.Limits, not {chosen!r}.")
    token = _IN_USE.set(chosen)
    try:
        yield chosen
    finally:
        _IN_USE.reset(token)


_held = False


def hold_memory(size: int) -> None:
    """Hold this process to so many bytes of memory, where the system can."""
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
    """Whether this process is held to the limit of memory."""
    return _held
