"""The figures of one grouping; those of many groups are made when one of these is asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import pandas as pd

from esrdata.knowledge.formats import is_missing
from esrdata.proofing.figure import Figure, Group
from esrdata.proofing.projects import MANY

#: A table of a statistic, and what makes figures of its rows.
Part = tuple[pd.DataFrame, Callable[[pd.DataFrame], Iterator[Figure]]]


class Made:
    """Figures by their groups.

    Parameters
    ----------
    by
        What the groups are by.
    parts
        Tables with a row per group, and how figures are made of some of their rows.
    more
        Figures that come with no table.
    groups, late
        Of too many groups to make all figures of each: the groups, and what makes the rest of the
        figures of one when it is asked for.
    """

    def __init__(
        self, by: Sequence[str], parts: Sequence[Part], more: Iterable[Figure],
        groups: Iterable[Group] = (), late: Callable[[Group], Iterable[Figure]] = lambda _: (),
    ) -> None:  # fmt: skip
        self._by, self._parts, self._late = tuple(by), parts, late
        self._rows = [self._places(table) for table, _ in parts]
        self._figures: dict[Group, list[Figure]] = {}
        self._more: dict[Group, list[Figure]] = {}
        for figure in more:
            self._more.setdefault(figure.group, []).append(figure)
        self._groups = dict.fromkeys([*chain.from_iterable(self._rows), *self._more, *groups])
        if len(self._groups) <= MANY:
            for group in self._groups:
                self.of(group)

    def _places(self, table: pd.DataFrame) -> dict[Group, list[int]]:
        if not self._by:
            return {(): list(range(len(table)))}
        cells = (
            ["" if is_missing(cell) else str(cell) for cell in table[name]] for name in self._by
        )
        found: dict[Group, list[int]] = {}
        for place, key in enumerate(zip(*cells, strict=True)):
            found.setdefault(tuple(zip(self._by, key, strict=True)), []).append(place)
        return found

    def __len__(self) -> int:
        return len(self._groups)

    @property
    def made(self) -> int:
        """Of how many groups figures have been made so far."""
        return len(self._figures)

    def of(self, group: Group) -> list[Figure]:
        """The figures of a group, none of one that there is not."""
        if group not in self._groups:
            return []
        if group not in self._figures:
            made = [
                figure
                for (table, make), rows in zip(self._parts, self._rows, strict=True)
                if group in rows
                for figure in make(table.iloc[rows[group]])
            ]
            self._figures[group] = [*made, *self._more.get(group, ()), *self._late(group)]
        return self._figures[group]

    def within(self, group: Mapping[str, str]) -> Iterator[Figure]:
        """The figures of every group that is one of another."""
        for key in self._groups:
            if group.items() <= dict(key).items():
                yield from self.of(key)

    def __iter__(self) -> Iterator[Figure]:
        """Every figure that has been made so far."""
        for figures in self._figures.values():
            yield from figures
