"""The figures of one grouping, computed group by group if they are many; and all made so far."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from math import inf
from operator import itemgetter

import pandas as pd

from esrdata.proofing.figure import Figure, Group, group_of
from esrdata.proofing.number import Number
from esrdata.proofing.projects import MANY

#: A table of a statistic, and the function that makes figures of its rows.
Part = tuple[pd.DataFrame, Callable[[pd.DataFrame], Iterator[Figure]]]


class Made:
    """Figures by their groups.

    Parameters
    ----------
    by
        The dimensions of the groups.
    parts
        Tables with a row per group, each with the function that makes figures of rows.
    more
        Figures that come with no table.
    groups, late
        Where there are too many groups to make all figures: the groups, and the function that
        makes the other figures of one on request.
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
        found: dict[Group, list[int]] = {}
        for place, cells in enumerate(zip(*(table[name] for name in self._by), strict=True)):
            found.setdefault(group_of(self._by, cells), []).append(place)
        return found

    def __len__(self) -> int:
        return len(self._groups)

    @property
    def made(self) -> int:
        """For how many groups figures have been made so far."""
        return len(self._figures)

    def of(self, group: Group) -> list[Figure]:
        """The figures of a group; none for an unknown group."""
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
        """The figures of every group within another."""
        for key in self._groups:
            if group.items() <= dict(key).items():
                yield from self.of(key)

    def __iter__(self) -> Iterator[Figure]:
        """All figures made so far."""
        for figures in self._figures.values():
            yield from figures


class SoFar:
    """The figures made so far, in order.

    Searched for each number whose words name no figure, or another one.
    """

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._figures = list(figures)

    def fitting(self, number: Number) -> list[Figure]:
        """The figures that a number may state, in order."""
        known = self._by_value.get(number.unit, [])
        low, high = number.reach()
        near = known[bisect_left(known, (low, 0)) : bisect_left(known, (high, inf))]
        return [self._figures[at] for _, at in sorted(near, key=itemgetter(1))
                if number.fits(self._figures[at].value)]  # fmt: skip

    def alike(self, figure: Figure) -> Sequence[float]:
        """The values of the same figure in other groups and stages."""
        return self._alike.get(_kind(figure), ())

    @cached_property
    def _by_value(self) -> dict[str, list[tuple[float, int]]]:
        found: dict[str, list[tuple[float, int]]] = {}
        for at, figure in enumerate(self._figures):
            found.setdefault(figure.unit, []).append((figure.value, at))
        return {unit: sorted(those) for unit, those in found.items()}

    @cached_property
    def _alike(self) -> dict[tuple[str, ...], list[float]]:
        found: dict[tuple[str, ...], list[float]] = {}
        for figure in self._figures:
            found.setdefault(_kind(figure), []).append(figure.value)
        return found


def _kind(figure: Figure) -> tuple[str, ...]:
    return figure.unit, figure.what, figure.kind, figure.agg, figure.part
