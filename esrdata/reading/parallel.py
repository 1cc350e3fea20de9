"""Processes that the user has arranged: the active backend of joblib, dask's among them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from esrdata.guard import Failure, attempt
from esrdata.knowledge.shelf import Shelf, using
from esrdata.limits import Limits, within
from esrdata.reading.dispatch import FileRead, read_files
from esrdata.reading.privacy.recogniser import recognising

#: What reading is done by: the shelf, whether contacts are read, the limits, the privacy.
Order = tuple[Shelf, bool, Limits, str]


def arranged() -> bool:
    """Whether joblib was set to work in several processes.

    Threads are not taken: the library that opens PDF files does not bear them.
    """
    joblib = sys.modules.get("joblib.parallel")
    if joblib is None:
        return False
    backend, jobs = joblib.get_active_backend()
    if getattr(backend, "supports_sharedmem", False):
        return False
    if jobs is None:
        jobs = getattr(backend, "default_n_jobs", 1)
    return bool(backend.effective_n_jobs(jobs) > 1)


def read_there(
    paths: Sequence[str],
    order: Order,
    rest: Callable[[Sequence[str]], Iterator[Iterable[FileRead]]],
) -> Iterator[Iterable[FileRead]]:
    """Read files by the active backend, in the order given.

    Parameters
    ----------
    paths
        The files, by names that the processes know too.
    order
        What reading is done by.
    rest
        Reads what is left should the backend end before it has read all.
    """
    from joblib import Parallel, delayed
    from joblib.parallel import get_active_backend

    streams = getattr(get_active_backend()[0], "supports_return_generator", False)
    # All at once: where processes have ended, a task that is sent later is waited for without end.
    work: Any = Parallel(return_as="generator" if streams else "list", pre_dispatch="all")
    tasks = [delayed(_read)(path, order) for path in paths]
    begun = attempt(lambda: iter(work(tasks)))
    reads: Iterator[Iterable[FileRead]] = iter(()) if isinstance(begun, Failure) else begun
    for done, _ in enumerate(paths):
        read = attempt(lambda: next(reads))
        if isinstance(read, Failure):
            yield from rest(paths[done:])
            return
        yield read


def _read(path: str, order: Order) -> tuple[FileRead, ...]:
    shelf, contacts, allowed, privacy = order
    with using(shelf), within(allowed), recognising(privacy):
        return read_files(path, contacts=contacts)
