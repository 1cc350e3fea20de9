"""Quantities stated in Finnish narrative: what is counted, how much, how surely, and where."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property
from typing import NamedTuple

from esrdata.documents.text import small
from esrdata.errors import UsageError
from esrdata.reading.claims.counted import Counted
from esrdata.reading.claims.number import EURO, PERCENT, Number
from esrdata.reading.claims.places import number_places
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.tabled import without_rows
from esrdata.reading.claims.vocabulary import OTHER, Unit, unit_of, words
from esrdata.reading.long_sentences import parts

_ENDLESS = 200
_NO = ("ei ", "emme ", "eivät ")
_RUN = re.compile(rf"\S{{{_ENDLESS},}}")


class Claim(NamedTuple):
    """A quantity stated in a text.

    Attributes
    ----------
    kind
        people, organisations, events, measures, products, money, share or other.
    value, value_high
        The quantity (euros, per cent, pieces), of a range its ends; missing where only an
        indefinite plural stands (`tuhansia`).
    qualifier
        exact, about, over, at_least, under or up_to.
    unit
        What is counted, in its basic form where the shelf knows it; missing where nothing is named.
    text, sentence
        The words that state it, and their sentence.
    start, end
        Place of `text` in the text given.
    stage
        planned where the clause states a goal, realised where the sentence is in the past, else
        unknown.
    indefinite, known_unit
        Whether no number is given; whether the shelf knows the unit.
    """

    kind: str
    value: float | None
    value_high: float | None
    qualifier: str
    unit: str | None
    text: str
    sentence: str
    start: int
    end: int
    stage: str
    indefinite: bool
    known_unit: bool


def find_claims(text: str) -> list[Claim]:
    """Find every quantity stated in a Finnish narrative.

    Dates, years, clock times, ages, ordinals, references, codes, numbers of phones and addresses,
    names with numbers and numbers of lists are no quantities. What is a unit, and of which kind,
    is on the shelf (`knowledge/claims/units.yml`); a word that the shelf lacks is kept as the unit
    of kind `other`.

    Parameters
    ----------
    text
        The narrative.

    Returns
    -------
    list of Claim
        In the order of the text; ``text[claim.start:claim.end] == claim.text``.
    """
    if not isinstance(text, str):
        raise UsageError(
            f"A narrative is a text, not of type {type(text).__name__}: those of a portfolio are "
            "in portfolio.narratives, and what they state in portfolio.claims."
        )
    found: list[Claim] = []
    before: Unit | None = None
    # Nothing is counted in what has no space for so long, and to look there takes time with the
    # square of its length.
    words_only = text
    if _may_be_endless(text) and max(map(len, text.split()), default=0) >= _ENDLESS:
        words_only = _RUN.sub(lambda run: "•" * len(run[0]), text)
    low = small(words_only)
    words_only = without_rows(words_only, low)
    places = number_places(words_only, low)
    for start, end in _sentences(words_only, places):
        counting = _counting(low, places, start, end)
        sentence = _Sentence(words_only[start:end], low[start:end], start, counting, before)
        claims: Iterable[Claim] = sentence.claims()
        if words_only != text:
            written = text[start:end].strip()
            claims = (c._replace(text=text[c.start : c.end], sentence=written) for c in claims)
        found += claims
        before = sentence.last or before
    return found


def _may_be_endless(text: str) -> bool:
    """Whether a stretch of text has no space: one lies in whatever has none for twice as long."""
    half = _ENDLESS // 2
    return any(" " not in text[at : at + half] for at in range(0, len(text), half))


def _sentences(text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places of the sentences that hold one of some places."""

    def hold(start: int, end: int) -> bool:
        return bisect_left(places, start) < bisect_left(places, end)

    for start, end in _stopped(text):
        if hold(start, end):
            yield from (part for part in parts(text, start, end, SETTINGS.longest) if hold(*part))


def _counting(small: str, places: Sequence[int], start: int, end: int) -> Set[int]:
    """Where words that may count begin in the sentence at a place, in signs from its beginning."""
    here = places[bisect_left(places, start) : bisect_left(places, end)]
    return {place - start for place in here if not small[place].isdecimal()}


def _stopped(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in words().sentence_end.finditer(text):
        end = match.start()
        if text[end] == "\n":
            end = start + len(text[start:end].rstrip())
        else:
            end += 1
        if end > start:
            yield start, end
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _any(words: Iterable[str], text: str) -> bool:
    """Whether a text holds one of some words; a loop of its own takes half the time of `any`."""
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False


class _Sentence(Counted):
    """One sentence and the quantities it states."""

    def __init__(
        self, text: str, small: str, start: int, counting: Set[int], before: Unit | None
    ) -> None:
        super().__init__(text, small, counting, before)
        self.start = start
        self._written = text.strip()
        # What it counts last.
        self.last = before
        # Asked of nearly every sentence: `cached_property` takes as long as the answer.
        self._tells_goal: bool | None = None
        self._in_the_past: bool | None = None

    def claims(self) -> Iterator[Claim]:
        """The quantities of the sentence."""
        for number, unit, end in self.found():
            if unit is None or self._is_no_one(number, unit, end):
                continue
            if unit not in (EURO, PERCENT) and self._is_foreign:
                continue
            self.last = unit
            yield self._claim(number, unit, end)

    def _is_no_one(self, number: Number, unit: Unit, end: int) -> bool:
        """Whether a word for one counts nothing: yhteen paikkaan, kokosi yhteen."""
        if not number.word or number.value != 1:
            return False
        # One of the goals is none of them: yksi hankkeen tavoitteista.
        near = [t[0] for t in self.tokens if t.start() >= number.end][: SETTINGS.words_part]
        of = [unit_of(word) for word in near if word.endswith(("ista", "istä"))]
        one = self.text[number.start : number.end].casefold() == "yksi"
        if one and of and (of[0] is None or of[0].kind == OTHER):
            return True
        if end == number.end:
            return not one
        return not unit.known or unit.kind == OTHER

    def _claim(self, number: Number, unit: Unit, end: int) -> Claim:
        start, qualifier = self.qualified(number)
        return Claim(
            unit.kind, number.value, number.high, qualifier, unit.lemma or None,
            self.text[start:end], self._written, self.start + start, self.start + end,
            self._stage(number, start, end), number.value is None, unit.known,
        )  # fmt: skip

    def _stage(self, number: Number, start: int, end: int) -> str:
        """Whether a claim or its clause tells a goal, or the sentence the past."""
        shelf = words()
        # Few sentences tell a goal, and only in those the clauses matter.
        if self._tells_goal is None:
            self._tells_goal = _any(shelf.stage_words, self.small)
        if self._tells_goal:
            near = max(0, start - SETTINGS.goal_reach)
            if shelf.came_before.search(self.small, near, start):
                return "realised"
            if (
                shelf.aim_before.search(self.small, near, start)
                or shelf.aim_within.search(self.small, start, end)
                or (
                    # A share of a goal is none: jäi kolmanneksen tavoitteesta.
                    (aim := shelf.aim_behind.match(self.small, end)) is not None
                    and not (number.unit is PERCENT and aim[0].endswith("tavoitteesta"))
                )
                or (self._goals and self._is_in_goal(number))
            ):
                return "planned"
        if self._in_the_past is None:
            self._in_the_past = self._is_in_the_past()
        if not self._in_the_past or self._is_denied(number, start):
            return "unknown"
        return "realised"

    def _is_denied(self, number: Number, start: int) -> bool:
        """Whether something was not done: kolmea seminaaria ei pidetty, ei tavoitettu 120:tä."""
        if not number.value or not _any(_NO, self.small):
            return False
        shelf = words()
        near = max(0, start - SETTINGS.denied_reach)
        return (
            shelf.denied_before.search(self.small, near, start) is not None
            or shelf.denied_behind.match(self.small, number.end) is not None
        )

    def _is_in_goal(self, number: Number) -> bool:
        """Whether the clause of a number tells a goal."""
        place = bisect_right(self._turns, number.start)
        first, last = self._turns[place - 1], self._turns[place]
        aside = self._bracket(number.start)
        # A goal in brackets is of what stands there: 120 (suunniteltu 100).
        return any(
            first <= goal < last
            and self._bracket(goal) in (aside, -1)
            and (goal < number.start or not self._is_compared(goal))
            for goal in self._goals
        )

    def _is_compared(self, goal: int) -> bool:
        """Whether something is more or less than a goal: 50 enemmän kuin suunniteltiin."""
        near = max(0, goal - SETTINGS.goal_reach)
        return words().than.search(self.small, near, goal) is not None

    def _bracket(self, at: int) -> int:
        """Where the bracket begins that a place stands in; -1 in none."""
        opened = self.text.rfind("(", 0, at)
        return opened if opened > self.text.rfind(")", 0, at) else -1

    @cached_property
    def _is_foreign(self) -> bool:
        """Whether words of the sentence are of another language and none are Finnish."""
        shelf, spaced = words(), f" {self.small}"
        return _any(shelf.foreign, spaced) and not _any(shelf.finnish, spaced)

    @cached_property
    def _turns(self) -> list[int]:
        turns = (at.start() for turn in words().turn for at in turn.finditer(self.small))
        return [0, *sorted(turns), len(self.text)]

    @cached_property
    def _goals(self) -> list[int]:
        return [at.start() for goal in words().goal for at in goal.finditer(self.small)]

    def _is_in_the_past(self) -> bool:
        shelf = words()
        return (
            shelf.past_endings.search(self.small) is not None
            or shelf.past.search(self.small) is not None
        )
