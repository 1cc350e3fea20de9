"""What tables and statistics are made of several times is kept while a report is made."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

V = TypeVar("V")

#: What was made, each with what it is of: its identity is then not given twice.
_KEPT: ContextVar[dict[tuple[Any, ...], tuple[Sequence[object], Any]] | None] = ContextVar(
    "kept", default=None
)


@contextmanager
def keeping() -> Iterator[None]:
    """Keep inside what is made `once`."""
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def once(of: Sequence[object], asked: tuple[Hashable, ...], make: Callable[[], V]) -> V:
    """What several make of the same portfolio or tables; nobody may change it.

    `of` is told apart by identity; `asked` is a name and all that what is made depends on besides.
    """
    kept = _KEPT.get()
    if kept is None:
        return make()
    key = (*map(id, of), asked)
    if key not in kept:
        kept[key] = of, make()
    made: V = kept[key][1]
    return made


def let_go(but: str) -> None:
    """Let go of all that is kept, but of what was made under a name that begins a question."""
    kept = _KEPT.get()
    if kept is not None:
        for key in [key for key in kept if key[-1][0] != but]:
            del kept[key]
