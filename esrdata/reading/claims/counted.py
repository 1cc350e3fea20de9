"""What each number of a sentence counts: a noun of its own, or that of another number.

`nouns.py` finds a number's own noun. Here numbers without one take it from their neighbours (`19, 7
ja 12 henkilöä`, `12:sta 35:een osallistujaan`, `kaksi kolmesta kunnasta`), a number behind a sum is
money again, and the times of a meeting are events.
"""

import re
from dataclasses import replace

from esrdata.reading.claims.nouns import CLAUSE, PIECE, Nouns
from esrdata.reading.claims.numbers import EURO, NEXT, Number
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import EVENTS, MONEY, SHARE, Unit, case_of, words

# What follows a number that shares the unit of the next one.
_LISTING = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:,|(?:ja|sekä|tai)\b)(?=\s+(?:\w+\s+){0,2}?(?:\d|yksi|kaksi|kolme|neljä|viisi|kuusi))"
)
_ALL = re.compile(r",\s+(?:yhteensä|kaikkiaan|kaiken\s+kaikkiaan)\s+$")
_ALONE = re.compile(r"\s*(?:[,.)]|ja\b|sekä\b|$)")
_TIME = "kerta"
Found = tuple[Number, Unit | None, int]


class Counted(Nouns):
    """A sentence that knows what each of its numbers counts."""

    def found(self) -> list[Found]:
        """Numbers with what they count, None where nothing is named, and where the words end."""
        numbers = list(self.numbers())
        found: list[Found] = []
        for n, number in enumerate(numbers):
            stop = numbers[n + 1].start if n + 1 < len(numbers) else len(self.text)
            before = numbers[n - 1].end if n else 0
            found.append((number, *self._counted(number, before, stop)))
        for n, (number, unit, end) in enumerate(found):
            if unit is not None and unit.lemma == _TIME and self._are_meetings(number):
                found[n] = (number, replace(unit, kind=EVENTS), end)
            elif unit is None or not unit.known or unit.lemma == PIECE:
                shared = self._shared(found, n)
                unit = shared if unit is None or (shared and shared.known) else unit
                found[n] = (self._scaled(found, n), unit, end)
            elif self._goes_on_with_money(found, n):
                found[n] = (number, EURO, number.end)
        return found

    def _scaled(self, found: list[Found], n: int) -> Number:
        """A number of a list, with the word that makes all of it larger: 1,2 ja 0,8 milj. euroa."""
        number = found[n][0]
        later = next((other for other, unit, _ in found[n + 1 :] if unit is not None), None)
        small = number.value is not None and number.value < SETTINGS.least_euros
        listed = later is not None and later.scaled and small and not number.scaled
        if later is None or not listed or _LISTING.match(self.text, number.end) is None:
            return number
        return number.scaled_by(later.size)

    def _are_meetings(self, number: Number) -> bool:
        """Whether the times of a clause are those that people came together."""
        breaks = [m for m in CLAUSE.finditer(self.text) if m[0] not in "()"]
        # "…, yhteensä 22 kertaa" belongs to the clause before.
        start, _ = self.qualified(number)
        comma = _ALL.search(self.text, 0, start)
        if comma is not None:
            breaks = [m for m in breaks if m.start() != comma.start()]
        first = max((m.end() for m in breaks if m.end() <= number.start), default=0)
        last = min((m.start() for m in breaks if m.start() >= number.end), default=len(self.text))
        return words().meeting.search(self.small, first, last) is not None

    def _amount_before(self, number: Number) -> Unit | None:
        """What the nearest amount in front of a change is one of."""
        nouns = [t for t in self.tokens if t.end() <= number.start]
        return next(filter(None, map(self._amount_of, reversed(nouns))), None)

    def _goes_on_with_money(self, found: list[Found], n: int) -> bool:
        """Whether a large number behind a sum is another one: 80 000 euroa ja 12 000 matkoja."""
        number, unit, end = found[n]
        earlier = found[n - 1][1] if n else None
        noun = self.text[number.end : end]
        return (
            earlier is not None
            and earlier.kind == MONEY
            and unit is not None
            and unit.kind != MONEY
            and (number.value or 0) >= SETTINGS.least_euros
            # No noun in such a case is counted: 0,4 miljoonaa kunnilta.
            and (case_of(noun) == "many" or (number.scaled and case_of(noun) != "one"))
        )

    def _shared(self, found: list[Found], n: int) -> Unit | None:
        """The unit of another number: joista 12 jatkoi; 19, 7 ja 12 henkilöä; heistä kaksi."""
        number = found[n][0]
        if number.word and number.value == 0:
            # None of what nobody named is no quantity: ei haitannut yhtään.
            return None
        if number.changed and n:
            return found[n - 1][1]
        if n + 1 < len(found) and found[n + 1][0].changed:
            return found[n + 1][1] or self._amount_before(number)
        after = next((unit for _, unit, _ in found[n + 1 :] if unit is not None), None)
        own = found[n][1]
        if own is not None and own.lemma == PIECE:
            return next((u for _, u, _ in reversed(found[:n]) if u and u.kind != MONEY), None)
        earlier = next((unit for _, unit, _ in reversed(found[:n]) if unit is not None), None)
        if earlier is not None and earlier.kind == MONEY and self._part_of_a_sum(number):
            return earlier
        following = NEXT.match(self.text, number.end)
        in_place = following is not None and case_of(following[1].rstrip(".")) == "in"
        alone = _ALONE.match(self.text, number.end) is not None
        unsigned = any(u == earlier and f.unit is None for f, u, _ in found[:n])
        if alone and earlier is not None and earlier.kind == SHARE and unsigned:
            return earlier
        earlier = None if earlier is not None and earlier.kind in (MONEY, SHARE) else earlier
        if self._back(number) is not None:
            return earlier or self.before
        if after is not None and (
            _LISTING.match(self.text, number.end) or self._is_out_of(found, n)
        ):
            return after
        alone = alone or (in_place and self._in_basic_form(number))
        return earlier if alone or self._verb(number) else None

    def _is_out_of(self, found: list[Found], n: int) -> bool:
        """Whether the next number is how many there were of the same: kaksi kolmesta kunnasta."""
        one, two = found[n][0], found[n + 1][0]
        written = self.text[two.start : two.end]
        between = self.text[one.end : two.start]
        return between.isspace() and two.word and case_of(written) == "from"

    def _part_of_a_sum(self, number: Number) -> bool:
        """Whether a number behind a sum is a part of it: josta kuntien osuus oli 96 000."""
        large = number.scaled or (number.value or 0) >= SETTINGS.least_euros
        start = max((m.end() for m in CLAUSE.finditer(self.text, 0, number.start)), default=0)
        return large and words().part_of_sum.search(self.text, start, number.start) is not None
