"""Suspends Python's garbage collection while a million objects in use are made."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

# Collect after so many new objects.
_MANY = 500_000


@contextmanager
def held_back() -> Iterator[None]:
    """Suspend collection within a `with` block, except in `search`."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def searched() -> Iterator[None]:
    """Collect at the end of a `with` block, only among objects made within it.

    For objects in cycles, such as a workbook with its cells. Older objects are frozen meanwhile,
    unless the caller has frozen some already.
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
    """Collect if many objects were made: called between files, when little is in use."""
    if gc.get_count()[0] > _MANY:
        gc.collect()


def search_new() -> None:
    """Collect only among new objects, if there are very many.

    A report keeps its portfolio and tables to the end: collecting among them took half a second
    each time. Garbage among older objects is found when the report is written.
    """
    if gc.get_count()[0] > 2 * _MANY:
        gc.collect(1)


@cache
def none_at_exit() -> None:
    """Skip collection when the process ends: its memory is freed anyway.

    It took a twentieth of the time of a report.
    """
    atexit.register(gc.freeze)
