"""Notes which projects stand behind each figure, while a statistic computes it.

Off, which is nearly always, it costs a look at one variable. A statistic that counts by `Grouped`
needs do nothing; another one calls `note` with a line for each column.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

#: Chooses rows by the row of the statistics table they are traced for.
Where = Callable[[Mapping[str, Any]], "pd.Series[Any]"]


@dataclass(frozen=True)
class Members:
    """Projects that a column of figures could count.

    Attributes
    ----------
    rows
        A row per project and group: `project_code`, the groups, and where there are such `reason`
        (why the project is left out) and `weight` (which part of it counts).
    used
        Whether each row counts.
    keys
        The columns whose values a row of the table shares with its projects.
    where
        Which of the rows belong to a row of the table, where keys do not say it.
    placed
        Whether the rows have values and places of their own, in the columns of `Origins.of`.
    source
        Which portfolio of several the projects are of; None where there is one.
    """

    rows: pd.DataFrame
    used: "pd.Series[bool]"
    keys: tuple[str, ...] = ()
    where: Where | None = None
    placed: bool = False
    source: str | None = None


@dataclass
class Record:
    """What was noted: the members by the name of their column.

    Names of a statistic that another one asks stand behind its name and a dot.
    """

    asked: list[str] = field(default_factory=list)
    members: dict[str, list[Members]] = field(default_factory=dict)
    # Figures by their identity, kept alive so that no identity is given twice.
    _figures: dict[int, tuple["pd.Series[Any]", "pd.Series[bool]"]] = field(default_factory=dict)

    def add(self, column: str, members: Members) -> None:
        """Note the members of a column."""
        name = ".".join([*self.asked[1:], column])
        self.members.setdefault(name, []).append(members)

    def counted(self, figure: "pd.Series[Any]", used: "pd.Series[bool]") -> None:
        """Note what a figure per group was made of, before its name is known."""
        self._figures[id(figure)] = figure, used

    def named(
        self, rows: pd.DataFrame, keys: Sequence[str], figures: Mapping[str, "pd.Series[Any]"]
    ) -> None:
        """Give the figures noted so far the names of their columns."""
        for name, figure in figures.items():
            if id(figure) in self._figures:
                used = self._figures[id(figure)][1]
                self.add(name, Members(rows, used, tuple(keys)))


_RECORD: ContextVar[Record | None] = ContextVar("record", default=None)


@contextmanager
def recording() -> Iterator[Record]:
    """Note members of the statistics computed inside."""
    record = Record()
    token = _RECORD.set(record)
    try:
        yield record
    finally:
        _RECORD.reset(token)


@contextmanager
def asked(statistic: str) -> Iterator[None]:
    """Note what is computed inside as that of a statistic."""
    record = current()
    if record is None:
        yield
        return
    record.asked.append(statistic)
    try:
        yield
    finally:
        record.asked.pop()


def current() -> Record | None:
    """The record being made; None where nothing is to be noted."""
    return _RECORD.get()


def note(
    column: str,
    rows: pd.DataFrame,
    used: "pd.Series[Any] | bool" = True,
    *,
    keys: Sequence[str] = (),
    where: Where | None = None,
    placed: bool = False,
    source: str | None = None,
) -> None:
    """Note what a column is made of, if anybody records.

    Parameters
    ----------
    column
        The column, or a name that the shelf's `traces.yml` uses for a part of one.
    rows, keys, where, placed, source
        As in `Members`.
    used
        Which rows count; a missing answer is no.
    """
    record = current()
    if record is not None:
        if isinstance(used, bool):
            used = pd.Series(used, index=rows.index)
        counted = used.fillna(False).astype(bool)
        record.add(column, Members(rows, counted, tuple(keys), where, placed, source))
