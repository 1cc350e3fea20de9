"""Units of money that suit what is in a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from esrdata.knowledge import formats, wording


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in which all sums of a picture are written."""

    #: A key of `charts.unit_head`.
    name: str
    euros: float
    decimals: int

    def write(self, value: Any, lang: str) -> str:
        """A sum without its unit."""
        if formats.is_missing(value):
            return formats.number(value, lang)
        return formats.number(round(float(value) / self.euros, 9), lang, self.decimals)

    def label(self, lang: str) -> str:
        """The unit over a column."""
        return wording.word(f"charts.unit_head.{self.name}", lang)

    def words(self, lang: str) -> str:
        """The unit in a subtitle."""
        return wording.word(f"charts.unit_words.{self.name}", lang)

    def short(self, value: Any, lang: str) -> str:
        """A sum with its unit, where there is little room."""
        number = self.write(value, lang)
        return wording.word(f"charts.unit_short.{self.name}", lang, number=number)

    def sum(self, value: Any, lang: str) -> str:
        """A sum with its unit."""
        number = self.write(value, lang)
        return wording.word(f"charts.unit_sum.{self.name}", lang, number=number)


MILLIONS, THOUSANDS, EUROS = (
    Unit("millions", 1e6, 1),
    Unit("thousands", 1e3, 0),
    Unit("euros", 1, 0),
)


#: Fewer euros are not written as thousands: 1 600 and 2 400 would be 2 and 2.
_EXACT = 10_000


def unit_of_one(most: Any) -> Unit:
    """The unit of the sum of one project, of which this is the largest."""
    return THOUSANDS if float(most) >= _EXACT else EUROS


def unit_of(values: Sequence[Any], whole: float) -> Unit:
    """Millions where the largest sum is one and more, euros where all together is less."""
    if whole < MILLIONS.euros:
        return EUROS
    known = [float(value) for value in values if not formats.is_missing(value)]
    return MILLIONS if max(known, default=0.0) >= MILLIONS.euros else THOUSANDS
