"""What each number of a sentence counts: a noun of its own, or that of another number.

`nouns.py` and `phrase.py` find a number's own noun, `shared.py` that of its neighbours. Here a
number behind a sum is money again, the times of a meeting are events, and digits that tell which
one (`ryhmä 3`) count nothing.
"""

import re

from esrdata.reading.claims.forms import (
    ending,
    is_nominative,
    is_plural_genitive,
    is_plural_oblique,
)
from esrdata.reading.claims.number import ALONE, EURO, NEXT, PERCENT, Number
from esrdata.reading.claims.phrase import CLAUSE, PIECE
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.shared import Found, Shared
from esrdata.reading.claims.vocabulary import (
    EVENTS,
    MONEY,
    OTHER,
    PEOPLE,
    Unit,
    case_of,
    is_measure,
    unit_of,
    words,
)

# Ryhmät 1 ja 2
_NEXT_ONE = re.compile(r"\s(?:ja|sekä)\s(\d{1,2})(?![\w,])")
_AND = re.compile(r",?\s(?:ja|sekä)\s")
_ALL = re.compile(r",\s+(?:yhteensä|kaikkiaan|kaiken\s+kaikkiaan)\s+$")


class Counted(Shared):
    """A sentence that knows what each of its numbers counts."""

    def found(self) -> list[Found]:
        """Numbers with what they count, None where nothing is named, and where the words end."""
        self._elliptic = set()
        numbers = list(self.numbers())
        found: list[Found] = []
        within: int | None = None
        for n, number in enumerate(numbers):
            stop = numbers[n + 1].start if n + 1 < len(numbers) else len(self.text)
            before = self._last_before(numbers, n)
            if within is not None:
                stop = within
            within = self._within(number, numbers[n + 1]) if n + 1 < len(numbers) else None
            if within is not None:
                # 12 kahden tunnin työpajaa: what is counted stands behind how large each is.
                stop = numbers[n + 2].start if n + 2 < len(numbers) else len(self.text)
                ahead = self._ahead(number._replace(end=within), stop)
                found.append((number, *(ahead if ahead is not None else (None, number.end))))
            elif not self._is_name(number, stop) and not self._is_repeated(found, number):
                last, unit, end = found[-1] if found else (number, None, 0)
                if is_measure(unit) and unit is not None and unit.kind == OTHER:
                    # Kursseja, joiden pituus oli 3 pv, oli 4: neither is of days.
                    aside = self._is_aside(last.start, number.start)
                    before = before if aside else max(before, end)
                found.append((number, *self._counted(number, before, stop)))
        for n, (number, unit, end) in enumerate(found):
            if n and (
                self._is_elliptic(found[n - 1], number) or self._is_parallel(found[n - 1], number)
            ):
                number = self._scaled(found, n)
                # Of 120 tuhatta euroa palkkoihin, 10 matkoihin nobody knows whether these are ten.
                sure = number.scaled or not found[n - 1][0].scaled
                found[n] = (number, found[n - 1][1] if sure else None, number.end)
            elif unit is not None and unit.lemma == "kerta" and self._are_meetings(number):
                found[n] = (number, unit._replace(kind=EVENTS), end)
            elif unit is not None and unit.weak and self._leaves_noun(found, n):
                found[n] = (number, found[n + 1][1], end)
            elif unit is None or not unit.known or unit.lemma == PIECE:
                shared = self._shared(found, n)
                unit = shared if unit is None or (shared and shared.known) else unit
                found[n] = (self._scaled(found, n), unit, end)
            elif self._is_rest_of_hundred(found, n):
                found[n] = (number, PERCENT, number.end)
            elif self._is_another_sum(found, n):
                found[n] = (number, EURO, number.end)
        return found

    def _last_before(self, numbers: list[Number], n: int) -> int:
        """Where the number before one ends, those passed over that a bracket closes in."""
        if not self._has_brackets:
            return numbers[n - 1].end if n else 0
        at = numbers[n].start
        before = (m.end for m in reversed(numbers[:n]) if not self._is_aside(m.start, at))
        return next(before, 0)

    def _is_repeated(self, found: list[Found], number: Number) -> bool:
        """Whether a bare number stands in brackets behind another, and nothing says what it is."""
        if number.unit is not None or not self.text.startswith(")", number.end):
            return False
        before = self.text[number.start - 2 : number.start] == " ("
        return before and bool(found) and found[-1][2] == number.start - 2

    def _within(self, number: Number, other: Number) -> int | None:
        """Where the words end that say how large each thing is that a number counts."""
        near = other.start - number.end < SETTINGS.qualifier_reach
        if not near or self.text[number.end] != " " or number.unit is not None:
            return None
        start, _ = self.qualified(other)
        if start - number.end != 1:
            return None
        if other.unit is not None:
            return other.end if self.text[other.start : other.end].endswith("euron") else None
        noun = NEXT.match(self.text, other.end)
        if noun is None or case_of(noun[1]) != "of" or is_plural_genitive(noun[1]):
            return None
        return noun.end() if unit_of(noun[1]) is not None else None

    def _is_name(self, number: Number, stop: int) -> bool:
        """Whether digits tell which one, not how many: ryhmä 3, moduulit 1–3."""
        at = number.start - 1
        if number.word or number.unit is not None or at < 1 or self.text[at] != " ":
            return False
        noun = self.text[self.text.rfind(" ", 0, at) + 1 : at].lstrip("(")
        unit = unit_of(noun) if noun[-1:].isalpha() else None
        if unit is None:
            return noun[:1].isupper() and self._is_of_series(noun)
        if words().amount_nouns.fullmatch(noun):
            return False
        if not is_nominative(noun, unit.lemma):
            few = number.high is None and (number.value or 0) <= SETTINGS.most_named
            return few and self._is_which(number, noun, unit)
        if noun.endswith("t"):
            # Osallistujat 45 are so many.
            next_one = _NEXT_ONE.match(self.text, number.end)
            high = number.high or (float(next_one[1]) if next_one is not None else None)
            few = high is not None and (number.value or 0) < high <= SETTINGS.most_named
            return few and unit.kind != PEOPLE
        ahead = self._ahead(number, stop)
        return ahead is None or not ahead[0].known

    def _is_of_series(self, name: str) -> bool:
        """Whether a name stands before a number more than once: kurssit Suomi 1, Suomi 2."""
        if self.text.count(f"{name} ") < 2:
            return False
        return len(re.findall(rf"\b{re.escape(name)} \d\d?(?=[,.)]| ja\b| sekä\b)", self.text)) > 1

    def _is_which(self, number: Number, noun: str, unit: Unit) -> bool:
        """Whether a small number behind a place of people tells which: ryhmässä 2 oli 11."""
        inside = case_of(noun) == "in" or ending(noun) == "illative"
        # Of what ends in -i one may look so too: kurssille.
        like_many = unit.lemma.endswith("i") and unit.lemma not in words().e_stems
        one = (like_many or not is_plural_oblique(noun)) and unit.kind not in (PEOPLE, MONEY)
        return inside and one and words().which_one.match(self.small, number.end) is not None

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

    def _is_another_sum(self, found: list[Found], n: int) -> bool:
        """Whether a large number beside a sum is one, too: 80 000 euroa ja 12 000 matkoja.

        Or palkat 12 000, matkat 3 000, yhteensä 15 000 euroa: what is counted stands in the
        partitive in front, who pays and what is paid for in the nominative.
        """
        number, unit, end = found[n]
        if unit is None or unit.kind == MONEY or (number.value or 0) < SETTINGS.least_euros:
            return False
        if n and found[n - 1][1] == EURO:
            # No noun in such a case is counted: 0,4 miljoonaa kunnilta.
            case = case_of(self.text[number.end : end])
            if case == "many" or (number.scaled and case != "one"):
                return True
        lone = end == number.end and ALONE.match(self.text, end) is not None
        if not lone or unit.kind == PEOPLE or all(u != EURO for _, u, _ in found):
            return False
        nouns = (t[0] for t in reversed(self.tokens) if t.end() <= number.start)
        return next((noun for noun in nouns if unit_of(noun) == unit), "").endswith("t")

    def _is_rest_of_hundred(self, found: list[Found], n: int) -> bool:
        """Whether people of a lone number are per cent, too: naisia 60 ja miehiä 40 prosenttia."""
        number, unit, end = found[n]
        if unit is None or unit.kind != PEOPLE or end != number.end or n + 1 == len(found):
            return False
        other, share, _ = found[n + 1]
        whole = (number.value or 0) + (other.value or 0) == 100
        between = self.text[end : other.start]
        return whole and share == PERCENT and _AND.match(between) is not None
