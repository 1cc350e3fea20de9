"""A number of a sentence, and the words beside it."""

import re
from typing import NamedTuple

from esrdata.reading.claims.vocabulary import MONEY, PEOPLE, SHARE, Unit

WORD = re.compile(r"[^\W\d_]\w*(?:[:’'-]\w+)*")
#: A word right behind a number; the full stop of an abbreviation stands in the match alone.
NEXT = re.compile(r"\s([^\W\d_]+)\.?")
#: Behind a number with no noun of its own there.
ALONE = re.compile(r"\s*(?:[,.;()]|(?:ja|sekä|mutta)\b|$)")
NONE_OF = Unit("henkilö", PEOPLE)
EURO, PERCENT = Unit("euro", MONEY), Unit("prosentti", SHARE)


class Number(NamedTuple):
    """A number in a sentence, with the word or sign of its unit where that ends it.

    `size` is how many times larger a word such as *miljoonaa* behind it makes it; `changed` tells
    whether it is the number after a change (`12:sta 35:een`).
    """

    start: int
    end: int
    value: float | None
    qualifier: str
    high: float | None = None
    unit: Unit | None = None
    word: bool = False
    size: float = 1
    changed: bool = False

    @property
    def scaled(self) -> bool:
        """Whether a word makes it larger."""
        return self.size > 1

    def scaled_by(self, size: float) -> "Number":
        """The number so many times larger."""
        value = None if self.value is None else round(self.value * size, 2)
        return self._replace(value=value, size=size)
