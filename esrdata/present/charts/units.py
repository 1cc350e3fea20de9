"""Units of money that suit what is in a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from esrdata.knowledge import formats, wording

_MILLION = 1_000_000
#: Sums below this many euros would be 0,0 in millions.
_SMALL = 50_000.0
#: Fewer euros are not written as thousands: 1 600 and 2 400 would be 2 and 2.
_EXACT = 10_000


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in which all sums of a picture are written: its name, its euros, its decimals."""

    key: str
    euros: int
    decimals: int

    def write(self, value: Any, lang: str) -> str:
        """A sum without its unit."""
        return formats.in_unit(value, lang, self.euros, self.decimals)

    def sign(self, lang: str) -> str:
        """The unit in the heading of a column."""
        return wording.word(f"charts.unit.{self.key}.sign", lang)

    def name(self, lang: str) -> str:
        """The unit in words."""
        return wording.word(f"charts.unit.{self.key}.name", lang)

    def short(self, value: Any, lang: str) -> str:
        """A sum with its unit where there is little room, such as ``1,4 M€`` or ``€1.4m``."""
        return wording.word(f"charts.unit.{self.key}.short", lang, number=self.write(value, lang))

    def sum(self, value: Any, lang: str) -> str:
        """A sum with its unit."""
        return wording.word(f"charts.unit.{self.key}.sum", lang, number=self.write(value, lang))


EUROS, THOUSANDS, MILLIONS = (
    Unit("euros", 1, 0),
    Unit("thousands", 1_000, 0),
    Unit("millions", _MILLION, 1),
)


def unit_of_one(most: Any) -> Unit:
    """The unit of the sum of one project, of which this is the largest."""
    return THOUSANDS if float(most) >= _EXACT else EUROS


def unit_of_largest(values: Sequence[Any], whole: float) -> Unit:
    """Millions where the largest sum is one and more, euros where all together is less."""
    if whole < _MILLION:
        return EUROS
    known = [float(value) for value in values if not formats.is_missing(value)]
    return MILLIONS if max(known, default=0.0) >= _MILLION else THOUSANDS


def unit_of(values: Sequence[Any], total: float, projects: bool) -> Unit:
    """The unit of sums: euros under a million in all, thousands for projects and small groups."""
    known = [abs(float(v)) for v in values if not formats.is_missing(v) and float(v)]
    if total < _MILLION:
        return EUROS
    if projects or (min(known, default=0.0) < _SMALL and total < 100 * _MILLION):
        return THOUSANDS
    return MILLIONS


def without_unit(label: str, lang: str) -> str:
    """The name of a figure without the unit behind it, where another stands or none is needed."""
    head, _, unit = label.rpartition(", ")
    return head if head and unit in ("€", wording.word("excel.unit.days", lang)) else label
