"""Parts of a whole, and none: `kaksi kolmasosaa`, `joka viides`, `18/24 opiskelijaa`, `kukaan`."""

import re
from collections.abc import Iterator
from itertools import takewhile

from esrdata.reading.claims.forms import is_partitive
from esrdata.reading.claims.number import NEXT, NONE_OF, PERCENT, Number
from esrdata.reading.claims.places import Places
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import (
    EACH,
    ORGANISATIONS,
    PEOPLE,
    case_of,
    case_of_number,
    is_measure,
    unit_of,
    words,
)
from esrdata.reading.quantities.numerals import fraction_word

# "Kaksi kolmesta" is a share with these wholes; "14 osallistujasta 15:stä" is two counts.
_WHOLES = frozenset({3, 4, 5, 10})
_OUT_OF = re.compile(r"(?<![\w/.,–-])(\d{1,3})/(\d{1,3})\s([^\W\d_]+)")
_FRACTION = re.compile(r"([1-9])(?<![\w/.,-].)/([2-9]|10)(?![\w/.,-])")
# What a part is of may stand in front: osallistujista 3/4.
_OF = re.compile(r"ist[aä]\s(?:\w+\.?\s){0,2}$")
# Vastaaja vastaajasta, nainen naisesta, but naista and kokousta are counted.
_ELATIVE = re.compile(r"(?:[^ns] \w{0,60}s|es)t[aä]$")
# "Puolet enemmän" compares, and is no half of anything.
_COMPARES = re.compile(r"\s+(?:\w+mm(?:in|än|an|ät)|\w+mp(?:i|aa|ää|ia|iä)|enemmän|vähemmän)\b")


class Parts(Places):
    """A sentence that finds which parts of a whole it states."""

    def _fractions(self, plain: list[Number]) -> Iterator[Number]:
        """Parts of a whole, in per cent: `puolet`, `kaksi kolmasosaa`, `kaksi kolmesta`, `3/4`."""
        few = (one for one in plain if one.value and (one.word or one.value in range(1, 10)))
        counts = {number.end + 1: number for number in few}
        for token in self._candidates:
            of = token.start() in counts or self._is_of(token.end())
            whole = fraction_word(token[0], of=of)
            if whole is None or _COMPARES.match(self.text, token.end()):
                continue
            many = counts.get(token.start())
            start = token.start() if many is None else many.start
            if self._open(start, token.end()):
                yield from _part(start, token.end(), 1 if many is None else many.value, whole)
        for number in plain:
            if not number.word or not number.value:
                continue
            if case_of_number(self.text[number.start : number.end]) != "from":
                continue
            many = counts.get(number.start) if number.value in _WHOLES else None
            many = many or self._some_of_people(counts, number)
            if many is None:
                continue
            # Six and ten yritys are counts; of people one speaks of shares so.
            behind = [t[0] for t in self.tokens if t.start() >= number.end][: SETTINGS.words_part]
            nouns = takewhile(lambda word: case_of(word) == "from", behind)
            # Kunnista kolme viidestä: of what there are so many may stand in front.
            before = self.text[: many.start].split()[-SETTINGS.words_part :]
            around = [*nouns, *(word for word in before if word.endswith(("ista", "istä")))]
            if all(unit.kind == PEOPLE for unit in filter(None, map(unit_of, around))):
                yield from _part(many.start, number.end, many.value, int(number.value))
        if "/" in self.text:
            for match in _FRACTION.finditer(self.text):
                if self._is_of(match.end()) or _OF.search(self.text, 0, match.start()):
                    yield from _part(*match.span(), int(match[1]), int(match[2]))
            yield from self._out_of()
        if EACH in self.small:
            yield from self._one_of()

    def _some_of_people(self, counts: dict[int, Number], whole: Number) -> Number | None:
        """How many people of a whole that names none: kuusi osallistujaa kymmenestä."""
        before, at, _ = self.text[: whole.start].rpartition(" ")[0].rpartition(" ")
        unit = unit_of(self.text[len(before + at) : whole.start].strip())
        behind = NEXT.match(self.text, whole.end)
        names = behind is not None and case_of(behind[1]) == "from"
        people = unit is not None and unit.kind == PEOPLE and not names
        return counts.get(len(before) + 1) if people else None

    def _out_of(self) -> Iterator[Number]:
        """So many out of so many, where what is counted stands behind: 18/24 opiskelijaa."""
        for match in _OUT_OF.finditer(self.text):
            some, all_, unit = int(match[1]), int(match[2]), unit_of(match[3])
            if unit is None or unit.lemma == "osa" or is_measure(unit):
                continue
            # 9/10 vastaajasta is a share; 9/10 vastaajaa and 14/18 vastaajasta are counts.
            if all_ in _WHOLES and _ELATIVE.search(f"{unit.lemma} {match[3]}"):
                yield from _part(match.start(), match.end(2), some, all_)
            # One to ten is how many there are for how many others: ohjaajia oli 1/10 osallistujaa.
            elif 1 < some < all_ and is_partitive(match[3]):
                yield Number(*match.span(1), some, "exact")
                yield Number(*match.span(2), all_, "exact")

    def _one_of(self) -> Iterator[Number]:
        """One of so many: joka viides vastaaja, but not joka toinen viikko."""
        for match in words().one_of.finditer(self.small):
            unit = unit_of(match[2])
            if unit is not None and unit.kind in (PEOPLE, ORGANISATIONS):
                yield from _part(match.start(), match.end(1), 1, words().ordinals[match[1]])

    def _is_of(self, at: int) -> bool:
        """Whether what a part is of follows: puolella vastaajista."""
        following = NEXT.match(self.text, at)
        return following is not None and following[1].endswith(("ista", "istä"))

    def _nones(self) -> Iterator[Number]:
        """Nobody and none, where the clause says no."""
        shelf = words()
        for token in self._candidates:
            folded = token[0].casefold()
            none = folded in shelf.none_of or folded in shelf.none_people
            if not none or not shelf.negative.search(self.small):
                continue
            if folded in shelf.none_people:
                following = NEXT.match(self.text, token.end())
                if following is not None and following[1].casefold() in shelf.none_but:
                    continue
                first, last = self._clause(token)
                if not shelf.negative_past.search(self.small, first, last):
                    continue
                unit = unit_of(following[1]) if following is not None else None
                named = unit if unit is not None and unit.kind == PEOPLE else NONE_OF
                yield Number(token.start(), token.end(), 0.0, "exact", unit=named, word=True)
            else:
                yield Number(token.start(), token.end(), 0.0, "exact", word=True)

    def _clause(self, token: re.Match[str]) -> tuple[int, int]:
        """From the comma before a word to the comma behind it."""
        end = self.text.find(",", token.end())
        return self.text.rfind(",", 0, token.start()) + 1, len(self.text) if end < 0 else end


def _part(start: int, end: int, many: float | None, whole: int) -> Iterator[Number]:
    """So many parts of a whole in per cent, where there are no more than it has."""
    if many is not None and many < whole:
        value = round(100 * many / whole, 1)
        yield Number(start, end, value, "exact", unit=PERCENT, word=True)
