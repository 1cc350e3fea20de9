"""Python's search for unused objects, held back while a million used ones are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# So many more objects than at the last search are worth another one.
_MANY = 500_000


@contextmanager
def held_back() -> Iterator[None]:
    """Search for nothing within a `with` block, but where `search` is called."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def search(least: int = _MANY) -> None:
    """Search what was made since, where it is so much: between two files, when little is in use.

    What was in use at the last search, a portfolio or the tables of a report, is not gone through
    again: that takes half a second each time.
    """
    if gc.get_count()[0] > least:
        gc.collect(1)
