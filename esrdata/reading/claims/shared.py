"""What a number without a noun of its own takes from another one of its sentence.

The numbers of a list (`19, 7 ja 12 henkilöä`), after a change (`12:sta 35:een osallistujaan`), out
of so many (`kaksi kolmesta kunnasta`), and those of a clause that leaves out noun and verb.
"""

import re

from esrdata.reading.claims.forms import ending, is_oblique, is_plural_genitive
from esrdata.reading.claims.nouns import SAMPLE, Nouns
from esrdata.reading.claims.number import ALONE, NEXT, NONE_OF, Number
from esrdata.reading.claims.phrase import CLAUSE, PIECE
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import (
    MONEY,
    OTHER,
    PEOPLE,
    SHARE,
    Unit,
    case_of,
    case_of_number,
    is_measure,
    is_verb,
    unit_of,
    words,
)

# What stands between a number and the next one, whose unit it shares.
_LISTING = re.compile(r"(?:\s++\w++){0,2}?(?:,|\s++(?:ja|sekä|tai)\b)\s++(?:\w++\.?\s++){0,3}")
# The last word before a comma or "ja", where a clause goes on with a number.
_LAST_OF_CLAUSE = re.compile(r"\s([^\W\d_]+)(?:,|,?\s(?:ja|sekä))\s$")
_JOINED = re.compile(r"\s*(?:[,/–-]|(?:ja|sekä|tai)\b)")
# What two nouns have in common that tell where, from where, or for whom or for what; and the
# letters that they end in.
_WHERE = frozenset({"illative", "ta", "sa", "la", "le"})
_LAST_LETTERS = frozenset("naäe")
# Right before the sum of several numbers.
_TOGETHER = ("yhteensä", "kaikkiaan", "yht.")
#: A number, what it counts, and where the words that say so end.
Found = tuple[Number, Unit | None, int]


def _is_adjective(unit: Unit) -> bool:
    """Whether a word behind a number leaves its noun to another one: 4 suurta ja 19 pientä."""
    return not unit.known and words().adjectives.fullmatch(unit.lemma) is not None


class Shared(Nouns):
    """A sentence that knows what its numbers have in common."""

    # Where numbers end that leave out their noun and verb.
    _elliptic: set[int]

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
        after = self._behind_next(found, n)
        own = found[n][1]
        if own is not None and own.lemma == PIECE:
            if self.text.endswith("kappaleen", number.end, found[n][2]):
                return None  # 500 kappaleen painos
            # Of kahdella kielellä 2 000 kpl the pieces are none of languages.
            return next(
                (
                    unit
                    for f, unit, end in reversed(found[:n])
                    if unit and unit.kind != MONEY and case_of(self.text[f.end : end]) != "in"
                ),
                None,
            )
        named = [
            (unit, self._is_size(f, end))
            for f, unit, end in reversed(found[:n])
            if unit and not self._is_time(f, unit, end) and not _is_adjective(unit)
        ]
        # Of 12 yritystä ja yli 50 työntekijän 3 the last are companies.
        earlier = next((u for u, size in named if not size), named[0][0] if named else None)
        if earlier is not None and earlier.kind == MONEY and self._part_of_a_sum(number):
            return earlier
        alone = ALONE.match(self.text, number.end) is not None
        unsigned = any(u == earlier and f.unit is None for f, u, _ in found[:n])
        if alone and earlier is not None and earlier.kind == SHARE and unsigned:
            return None if SAMPLE.search(self.text, 0, number.start) else earlier
        if alone and earlier is not None and earlier.kind == PEOPLE:
            earlier = self._whose(found, n) or earlier
        earlier = None if earlier is not None and earlier.kind in (MONEY, SHARE) else earlier
        back = self._back(number)
        if back is not None:
            of = earlier or self.before
            if not self._is_within(number, back, of):
                return of
            return after if self._is_listed(found, n) else None
        # Of 9 puheenvuoroa ja 100 osallistujaa each has its own, of 4 suurta ja 19 pientä not.
        only_is = own is None or _is_adjective(own)
        # Of 14 jobs, 85 % satisfaction the first has a noun that nobody knows.
        apart = (
            after is not None
            and after.kind in (MONEY, SHARE)
            and (not _JOINED.match(self.text, number.end) or self._goal_before(number) is not None)
        )
        if after is not None and (
            (only_is and not apart and self._is_listed(found, n)) or self._is_out_of(found, n)
        ):
            return after
        if (
            earlier is not None
            and earlier.kind == OTHER
            and (
                # 6 kuukautta valmennuksen jälkeen 14 oli töissä; paikkoja löytyi 21, töitä 46:lle
                self._is_whom(number)
                or (is_measure(earlier) and not self._goes_on_measuring(found, n))
            )
        ):
            earlier = None
        following = NEXT.match(self.text, number.end)
        in_place = following is not None and case_of(following[1]) == "in"
        goes_on = alone or self._verb(number) or self._is_whom(number)
        goes_on = goes_on or (in_place and self._in_basic_form(number))
        return earlier if goes_on or (own and only_is) else None

    def _scaled(self, found: list[Found], n: int) -> Number:
        """A number of a list, with the word that makes all of it larger: 1,2 ja 0,8 milj. euroa."""
        number = found[n][0]
        later = next((other for other, unit, _ in found[n + 1 :] if unit is not None), None)
        small = number.value is not None and number.value < SETTINGS.least_euros
        listed = later is not None and later.scaled and small and not number.scaled
        if later is None or not listed or not self._is_before_next(found, n):
            return number
        return number.scaled_by(later.size)

    def _is_elliptic(self, earlier: Found, number: Number) -> bool:
        """Whether a number leaves out its noun and verb: 8 siirtyi koulutukseen, 5 työkokeiluun."""
        before, unit, end = earlier
        noun = NEXT.match(self.text, number.end) if unit is not None else None
        if noun is None or not is_oblique(noun[1]):
            return False
        if end == before.end:
            told = self._verb(before) or end in self._elliptic
        else:
            # 9 opettajaa Kouvolasta, 6 Kotkasta; 7 henkilöä löysi työpaikan, 4 opiskelupaikan.
            verb = NEXT.match(self.text, end)
            told = unit_of(noun[1]) is None or (verb is not None and is_verb(verb[1]))
        if not told:
            return False
        start, _ = self.qualified(number)
        last = _LAST_OF_CLAUSE.search(self.text, end, start)
        if last is None or ending(noun[1]) != ending(last[1]):
            return False
        self._elliptic.add(number.end)
        return True

    def _is_parallel(self, earlier: Found, number: Number) -> bool:
        """Whether lone numbers stand behind places or uses: palkkoihin 160 000, matkoihin 10 000.

        Of osallistujista 12 ja yrittäjistä 5 each has its own.
        """
        before, unit, end = earlier
        if end != before.end or unit is None or ALONE.match(self.text, number.end) is None:
            return False
        # Most pairs of numbers are passed over by this at a glance.
        if not all(self.text[n.start - 2 : n.start - 1] in _LAST_LETTERS for n in (before, number)):
            return False
        one, two = self._right_before(before), self._right_before(number)
        if one is None or two is None or one.start() >= two.start() or unit_of(one[0]) == unit:
            return False
        shelf, first, second = words(), one[0].casefold(), two[0].casefold()
        if first in shelf.fillers or shelf.back.fullmatch(second) is not None:
            return False  # yhteensä 24 ja osallistujia niissä 30
        return ending(first) == ending(second) in _WHERE

    def _behind_next(self, found: list[Found], n: int) -> Unit | None:
        """What stands behind the next number that has a noun; None where it stands before that."""
        for number, unit, end in found[n + 1 :]:
            if self._is_aside(number.start, found[n][0].start):
                continue  # suunniteltu 70, toteutunut 66 (94 %)
            if unit and not self._is_time(number, unit, end) and not _is_adjective(unit):
                part = words().back.search(self.small, found[n][0].end, number.start)
                behind = end > number.end or number.unit or number.changed or part
                return unit if behind else None
        return None

    def _whose(self, found: list[Found], n: int) -> Unit | None:
        """Of whom a lone number behind people is: naisten määrä oli 30 ja miesten 15."""
        number = found[n][0]
        noun = self._right_before(number)
        if noun is not None and is_plural_genitive(noun[0]):
            return unit_of(noun[0])
        all_ = {u.lemma for _, u, _ in found[:n] if u is not None and u.kind == PEOPLE}
        start = self.text.rfind(" ", 0, number.start - 1) + 1
        together = self.small[start : number.start].strip() in _TOGETHER
        return NONE_OF if together and len(all_) > 1 else None

    def _amount_before(self, number: Number) -> Unit | None:
        """What the nearest amount in front of a change is one of."""
        nouns = [t for t in self.tokens if t.end() <= number.start]
        return next(filter(None, map(self._amount_of, reversed(nouns))), None)

    def _is_size(self, number: Number, end: int) -> bool:
        """Whether the words behind a number only say how large a thing is."""
        return end > number.end and ending(self.text[number.end : end]) == "genitive"

    def _is_time(self, number: Number, unit: Unit, end: int) -> bool:
        """Whether a number only says when, or how long: 3 kk:n kohdalla 44 ja 12 kk:n 29 nuorta."""
        return unit.kind == OTHER and is_measure(unit) and self._is_size(number, end)

    def _is_listed(self, found: list[Found], n: int) -> bool:
        """Whether a number shares what the next one counts: 19, 7 ja 12 henkilöä."""
        # Of 8 siirtyi koulutukseen ja 5 työkokeiluun, and of kolmena iltana ja sadalta kävijältä,
        # they share nothing.
        number = found[n][0]
        when = number.word and self.text.endswith(("na", "nä"), 0, number.end)
        return self._is_before_next(found, n) and not when and not self._verb(number)

    def _goes_on_measuring(self, found: list[Found], n: int) -> bool:
        """Whether a lone number is of what was measured right before: 3 päivää, toinen 5."""
        number = found[n][0]
        word = self._right_before(number)
        verb = self._verb(number) or (word is not None and is_verb(word[0]))
        return not verb and self._is_before_next(found, n - 1)

    def _is_before_next(self, found: list[Found], n: int) -> bool:
        """Whether only a comma or a word for and stands between a number and the next one."""
        last = n + 1 == len(found)
        between = (found[n][0].end, len(self.text) if last else found[n + 1][0].start)
        return not last and _LISTING.fullmatch(self.text, *between) is not None

    def _leaves_noun(self, found: list[Found], n: int) -> bool:
        """Whether a person is an attribute of a noun: 8 virolaista ja 12 suomalaista yritystä."""
        if not self._is_before_next(found, n) or found[n + 1][1] is None:
            return False
        one, other = (NEXT.match(self.text, found[at][0].end) for at in (n, n + 1))
        adjective = words().adjectives
        return (
            one is not None
            and other is not None
            and other.end(1) < found[n + 1][2]
            and adjective.fullmatch(one[1]) is not None
            and adjective.fullmatch(other[1]) is not None
        )

    def _is_out_of(self, found: list[Found], n: int) -> bool:
        """Whether the next number is how many there were of the same: kaksi kolmesta kunnasta."""
        one, two = found[n][0], found[n + 1][0]
        written = self.text[two.start : two.end]
        between = self.text[one.end : two.start]
        of = between.isspace() and two.word and case_of_number(written) == "from"
        return of or between == "/"

    def _part_of_a_sum(self, number: Number) -> bool:
        """Whether a number behind a sum is a part of it: josta kuntien osuus oli 96 000."""
        large = number.scaled or (number.value or 0) >= SETTINGS.least_euros
        start = max((m.end() for m in CLAUSE.finditer(self.text, 0, number.start)), default=0)
        return large and words().part_of_sum.search(self.text, start, number.start) is not None
