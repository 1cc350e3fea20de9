"""Python's search for unused objects, held back while a million used ones are made."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

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


@contextmanager
def searched() -> Iterator[None]:
    """Search when a `with` block ends, among what was made within it alone.

    For what refers to itself, as a workbook with its cells does. What was there before is left out,
    unless somebody has left out something by himself.
    """
    free = not gc.get_freeze_count()
    if free:
        gc.freeze()
    try:
        yield
    finally:
        gc.collect(1)
        if free:
            gc.unfreeze()


def search() -> None:
    """Search, where much has been made since: between two files, when little is in use."""
    if gc.get_count()[0] > _MANY:
        gc.collect()


def search_new() -> None:
    """Search among what was made since the last search alone, where it is very much.

    A report keeps its portfolio and its tables to the end: going through them again took half a
    second each time. What it lets go of later is found when it is written.
    """
    if gc.get_count()[0] > 2 * _MANY:
        gc.collect(1)


@cache
def none_at_exit() -> None:
    """Search for nothing when the process ends: its memory goes back whole.

    A report spent a twentieth of its time on looking for what is unused among all modules.
    """
    atexit.register(gc.freeze)
