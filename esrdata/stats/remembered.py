"""Statistics asked for again while a report is made are answered from what was computed before."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pandas as pd

from esrdata.stats.recording import Record, current, recording
from esrdata.tables.kept import keeping, let_go

T = TypeVar("T", bound=pd.DataFrame)


@dataclass
class _Memory:
    #: Whether what stands behind figures is noted before anybody asks for it.
    recorded: bool
    #: Tables by their calls, each with what stands behind its figures, where that was noted.
    answers: dict[str, tuple[Record | None, Any]] = field(default_factory=dict)
    #: Values of portfolios and their places, by the identity of the portfolio.
    lookups: dict[int, Any] = field(default_factory=dict)
    #: Whether a statistic is being computed: those that it asks for are a part of it.
    busy: bool = False


_MEMORY: ContextVar[_Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembering(*, recorded: bool = True) -> Iterator[None]:
    """Keep the tables of statistics inside, each with what stands behind its figures, and parts.

    A report shows a statistic as a table, draws it, says it in a sentence and leads it back to its
    projects: computing it once for all of them takes half the time.

    Parameters
    ----------
    recorded
        Whether figures will be led back; a statistic that is not recorded is computed again for it.
    """
    token = _MEMORY.set(_Memory(recorded))
    try:
        with keeping():
            yield
    finally:
        _MEMORY.reset(token)


def is_remembering() -> bool:
    """Whether calls inside are kept."""
    return _MEMORY.get() is not None


def lookups() -> dict[int, Any]:
    """What was looked up of portfolios, for `traced_table`; nothing yet where nothing is kept."""
    memory = _MEMORY.get()
    return {} if memory is None else memory.lookups


def forget(but: str) -> None:
    """Let go of all that is kept, but of what was made `once` under a name that begins a question.

    What stands behind the figures of 20,000 projects takes a hundred megabytes.
    """
    memory = _MEMORY.get()
    if memory is not None:
        memory.answers.clear()
        memory.lookups.clear()
    let_go(but)


def remembered(call: Mapping[str, Any], make: Callable[[], T]) -> T:
    """The table of a call: a copy of the one kept, or made now.

    Parameters
    ----------
    call
        As in the `attrs` of the table; what was given that it does not keep could differ, so such
        a table is always made.
    make
        Computes it.
    """
    memory = _MEMORY.get()
    if memory is None or memory.busy:
        return make()
    memory.busy = True
    try:
        if call["not_kept"]:
            return make()
        key = json.dumps(call, sort_keys=True)
        asking = current()
        noted = memory.recorded or asking is not None
        record, kept = memory.answers.get(key, (None, None))
        if kept is None or (noted and record is None):
            with recording() if noted else nullcontext() as record:
                kept = make()
            memory.answers[key] = record, kept
    finally:
        memory.busy = False
    if asking is not None and record is not None:
        asking.members.update(record.members)
    copy: T = kept.copy()
    return copy
