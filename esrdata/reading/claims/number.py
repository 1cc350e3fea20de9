"""A number of a sentence, the words beside it, and the signs that make it a sum or a share."""

import re
from typing import NamedTuple

from esrdata.knowledge import load
from esrdata.reading.claims.vocabulary import MONEY, PEOPLE, SHARE, Unit, words
from esrdata.reading.quantities.money_words import money_words

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


def with_sign(text: str, number: Number) -> Number:
    """A number with euros or per cent behind it, and with what makes it larger."""
    if number.unit is not None:
        return number
    shelf, money = words(), money_words()
    # Most numbers have no sign behind them, and this shows it at a glance.
    if text[number.end : number.end + 3].lstrip()[:1] in shelf.sign_starts:
        # A sign may hold scale and currency in one: 350 t€, 5,3 mil. €.
        tail = money.tail.match(text, number.end)
        name = load.fold(tail["scale"]) if tail is not None and tail["scale"] else ""
        euros = tail is not None and (tail["currency"] or name in money.with_currency)
        if tail is not None and (euros or (name and name not in money.needs_currency)):
            scaled = number.scaled_by(money.scales[name]) if name else number
            number = scaled._replace(end=tail.end(), unit=EURO if euros else None)
        if number.unit is None and (inflected := shelf.money.match(text, number.end)) is not None:
            number = number._replace(end=inflected.end(), unit=EURO)
        if number.unit is None and (share := shelf.share.match(text, number.end)) is not None:
            number = number._replace(end=share.end(), unit=PERCENT)
    before = text[max(0, number.start - 4) : number.start].rstrip()
    euros_before = number.unit is None and before.endswith(("€", "EUR"))
    return number._replace(unit=EURO) if euros_before else number
