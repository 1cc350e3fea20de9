"""The figures that have been made so far, by value and by what they are.

They are looked through for each number whose words name no figure, or that is not the one named.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import itemgetter

from esrdata.proofing.figure import Figure
from esrdata.proofing.number import Number

_value = itemgetter(0)


class SoFar:
    """Figures in the order in which they were made."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._figures = list(figures)

    def fitting(self, number: Number) -> list[Figure]:
        """The figures in the unit of a number that it may stand for, in order."""
        known = self._by_value.get(number.unit, [])
        low, high = number.reach()
        near = known[bisect_left(known, low, key=_value) : bisect_right(known, high, key=_value)]
        return [self._figures[at] for _, at in sorted(near, key=itemgetter(1))
                if number.fits(self._figures[at].value)]  # fmt: skip

    def alike(self, figure: Figure) -> Sequence[float]:
        """The values of figures that are the same as one, of other groups and stages."""
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
