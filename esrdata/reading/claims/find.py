"""Quantities stated in Finnish narrative: what is counted, how much, how surely, and where."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from esrdata.documents.text import small
from esrdata.errors import UsageError
from esrdata.reading.claims import clues
from esrdata.reading.claims.counted import Counted
from esrdata.reading.claims.number import EURO, PERCENT, Number
from esrdata.reading.claims.places import number_places
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.claims.vocabulary import MONEY, OTHER, SHARE, Unit, unit_of, words
from esrdata.reading.long_sentences import parts
from esrdata.reading.quantities.sums import Sum, find_sums

_ENDLESS = 200
# A word torn at the end of a line: osallis-tujaa, but not sosiaali- and its second half.
_TORN = re.compile(r"(?<=[a-zåäö])-\n(?=[a-zåäö])(?!(?:ja|sekä|tai|eli)\b)")
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
    if "-\n" in text and (torn := [match.start() for match in _TORN.finditer(text)]):
        cuts = [at - 2 * i for i, at in enumerate(torn)]
        whole = find_claims(_TORN.sub("", text))
        ends = [[at + 2 * bisect_left(cuts, at) for at in (c.start, c.end)] for c in whole]
        return [
            c._replace(text=text[start:end], start=start, end=end)
            for c, (start, end) in zip(whole, ends, strict=True)
        ]
    found: list[Claim] = []
    before: Unit | None = None
    # Nothing is counted in what has no space for so long, and to look there takes time with the
    # square of its length.
    words_only = text
    half = _ENDLESS // 2
    # One stretch lies in whatever has no space for twice as long.
    if any(" " not in text[at : at + half] for at in range(0, len(text), half)):
        words_only = _RUN.sub(lambda run: "•" * len(run[0]), text)
    low = small(words_only)
    sentences = [*_sentences(words_only, number_places(words_only, low))]
    together = "\n".join([low[start:end] for start, end, _ in sentences])
    where = [one for one in words().never_where if one[0] in together]
    for start, end, here in sentences:
        places = [place - start for place in here]
        sentence = _Sentence(words_only[start:end], low[start:end], places, where)
        sentence.before = sentence.last = before
        found += sentence.claims(text, start)
        before = sentence.last
    if not _is_foreign(low):
        return found
    # Another language writes figures otherwise: €240,000.
    shares = [claim for claim in found if claim.kind == SHARE]
    sums = [sum_ for start, end, _ in sentences for sum_ in _sums(text, start, end)]
    return sorted([*shares, *sums], key=lambda claim: claim.start)


def _sums(text: str, start: int, end: int) -> Iterator[Claim]:
    sentence = text[start:end]
    for one in find_sums(sentence):
        if isinstance(one, Sum):
            first, last = start + one.start, start + one.end
            yield Claim(
                MONEY, one.amount, one.high, one.qualifier or "exact", EURO.lemma,
                text[first:last], sentence.strip(), first, last, "unknown", False, True,
            )  # fmt: skip


def _sentences(text: str, places: list[int]) -> Iterator[tuple[int, int, list[int]]]:
    """Sentences that hold some of the places, which are in order, with those that each holds."""
    first = 0
    for start, end in _stopped(text):
        last = bisect_left(places, end, first)
        here, first = places[first:last], last
        if here and end - start <= SETTINGS.longest:
            yield start, end, here
        elif here:
            for one, two in parts(text, start, end, SETTINGS.longest):
                if inside := [place for place in here if one <= place < two]:
                    yield one, two, inside


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


def _is_foreign(small: str) -> bool:
    """Whether words of a text are of another language and none are Finnish."""
    shelf, spaced = words(), f" {small}"
    # Nearly every one is Finnish, which one of the first words tells.
    finnish = any(word in spaced for word in shelf.finnish)
    return not finnish and any(word in spaced for word in shelf.foreign)


def _is_broken(number: Number, unit: Unit) -> bool:
    """Whether there are parts of what comes in pieces: asukkaita on 23,5 neliökilometrillä."""
    broken = number.value is not None and number.value % 1 != 0
    return broken and not number.scaled and unit.kind not in (MONEY, SHARE, OTHER)


class _Sentence(Counted):
    """One sentence and the quantities it states."""

    # What it counts last.
    last: Unit | None = None

    def claims(self, written: str, at: int) -> Iterator[Claim]:
        """The quantities of the sentence, which stands at a place of the text as it is written."""
        found = self.found()
        if found:
            self._look()
        sentence = written[at : at + len(self.text)].strip()
        for number, unit, end in found:
            if unit is None or self._is_no_one(number, unit, end):
                continue
            if end == number.end and _is_broken(number, unit):
                continue
            if unit not in (EURO, PERCENT) and self._is_foreign:
                continue
            self.last = unit
            start, qualifier = self.qualified(number)
            first, last = at + start, at + end
            yield Claim(
                unit.kind, number.value, number.high, qualifier, unit.lemma or None,
                written[first:last], sentence, first, last, self._stage(number, start, end),
                number.value is None, unit.known,
            )  # fmt: skip

    def _look(self) -> None:
        """See what the words of the sentence tell of all its claims."""
        shelf, text, told = words(), self.small, self._told
        self._is_foreign = told & clues.FOREIGN != 0 and _is_foreign(text)
        # Few sentences tell a goal, and only in those the clauses matter.
        self._tells_goal = told & clues.GOAL != 0 and any(
            word in text for word in shelf.stage_words
        )
        self._denies = told & clues.DENIAL != 0
        perfect = told & clues.PERFECT and told & clues.PARTICIPLE
        self._in_the_past = told & clues.PAST != 0 or (
            perfect != 0 and shelf.past_phrases.search(text) is not None
        )

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

    def _stage(self, number: Number, start: int, end: int) -> str:
        """Whether a claim or its clause tells a goal, or the sentence the past."""
        shelf = words()
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
        if not self._in_the_past or self._is_denied(number, start):
            return "unknown"
        return "realised"

    def _is_denied(self, number: Number, start: int) -> bool:
        """Whether something was not done: kolmea seminaaria ei pidetty, ei tavoitettu 120:tä."""
        if not number.value or not self._denies:
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
            # Of 50 enemmän kuin suunniteltiin the number is none.
            and (goal < number.start or not words().than.search(self.small[:goal]))
            for goal in self._goals
        )

    @cached_property
    def _turns(self) -> list[int]:
        turns = (at.start() for turn in words().turn for at in turn.finditer(self.small))
        return [0, *sorted(turns), len(self.text)]

    @cached_property
    def _goals(self) -> list[int]:
        return [at.start() for goal in words().goal for at in goal.finditer(self.small)]
