"""Checks the numbers of sentences against the figures that their words name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from esrdata.proofing import context, nearest
from esrdata.proofing.figure import Figure
from esrdata.proofing.figures import Figures
from esrdata.proofing.findings import (
    AMBIGUOUS,
    CONTRADICTED,
    EQUAL,
    NOT_DERIVABLE,
    OUT_OF_SCOPE,
    ROUNDED,
    Finding,
    differing,
    of_value,
)
from esrdata.proofing.judging import Judge
from esrdata.proofing.matching import candidates
from esrdata.proofing.mentions import Passage
from esrdata.proofing.nearest import is_listed
from esrdata.proofing.number import PERCENT, PLAIN, Number
from esrdata.proofing.places import Place
from esrdata.proofing.printed import Printed
from esrdata.proofing.quoted import Quotes
from esrdata.proofing.slips import is_slip_of_digits

#: Verdicts on numbers that are right.
_RIGHT = (EQUAL, ROUNDED)


_Read = tuple[context.Reading, list[Figure]]


class Prose:
    """Checks the numbers of texts."""

    def __init__(self, figures: Figures, printed: Printed, quotes: Quotes) -> None:
        self.figures, self.printed, self.quotes = figures, printed, quotes
        self.judge = Judge(figures)

    def findings(
        self, place: Place, passage: Passage, above: Sequence[Passage]
    ) -> Iterator[Finding]:
        """The findings of a text, sentence by sentence."""
        for number in passage.numbers:
            if number.why:
                yield Finding(place, number, OUT_OF_SCOPE, reason=number.why)
        for start, end in passage.sentences:
            numbers = passage.within(start, end)
            if numbers:
                yield from self._sentence(place, passage, numbers, above)

    def _sentence(
        self, place: Place, passage: Passage, numbers: Sequence[Number], above: Sequence[Passage]
    ) -> Iterator[Finding]:
        """The findings of a sentence, with words paired so that most of its numbers are right."""
        best = self._read(passage, numbers, above, nearest.NEAR, nearest.NEAR)
        fits = most = _fitting(numbers, best)
        if len(numbers) > 1 and fits < len(numbers):
            ways = product((*nearest.PATTERNS, nearest.ZIP), nearest.PATTERNS)
            for group_by, facet_by in ways:
                other = self._read(passage, numbers, above, group_by, facet_by)
                more = _fitting(numbers, other)
                # One more may be right by accident: an error beside the value it repeats.
                all_right = more == len(numbers) and (
                    not fits or (group_by == nearest.ZIP and facet_by == nearest.NEAR)
                )
                listed = group_by == nearest.ZIP and more and is_listed(passage, numbers)
                if more > most and (more > fits + 1 or all_right or listed):
                    best, most = other, more
        ours = self.printed.sentence(passage, numbers)
        all_judged = [
            self.judge.judged(place, passage, _as_rate(number, read), read, found)
            for number, (read, found) in zip(numbers, best, strict=True)
        ]
        for place_, (number, judged) in enumerate(zip(numbers, all_judged, strict=True)):
            if judged.verdict == NOT_DERIVABLE and context.is_n(number, passage):
                judged = _of_same(judged, best[place_][1], all_judged)
            if judged.verdict == CONTRADICTED and _named_twice(judged, all_judged):
                judged = self.judge.of_whole(judged, passage, *best[place_]) or replace(
                    judged, verdict=AMBIGUOUS, expected=None, confidence=0.3, reason="several"
                )
            if judged.verdict not in (EQUAL, ROUNDED):
                start, end = passage.sentence(number.start)
                quoted = self.quotes.find(passage.text[start:end], number)
                if quoted is not None:
                    yield of_value(place, number, quoted, confidence=0.9, reason="quoted")
                    continue
            if judged.verdict == CONTRADICTED and ours is None:
                ours = self.printed.sentence(passage, numbers, charts=True)
            yield judged if ours is None else _ours(judged, ours[place_])

    def _read(
        self, passage: Passage, numbers: Sequence[Number], above: Sequence[Passage],
        group_by: str, facet_by: str,
    ) -> list[_Read]:  # fmt: skip
        found = []
        for number in numbers:
            read = context.reading(passage, number, above, group_by, facet_by)
            number = _as_rate(number, read)
            found.append((read, candidates(self.figures, read, number, self.judge.measures)))
        return found


def _of_same(judged: Finding, found: Sequence[Figure], others: Sequence[Finding]) -> Finding:
    """An n that fits nothing is wrong where the sentence has a right figure of the same group."""
    right = [o.figure.group for o in others if o.figure is not None and o.verdict in _RIGHT]
    counts = [figure for figure in found if figure.group in right]
    if not counts:
        return judged
    return replace(judged, verdict=CONTRADICTED, expected=counts[0].value, figure=counts[0],
                   confidence=0.7, reason="differs")  # fmt: skip


def _named_twice(judged: Finding, others: Sequence[Finding]) -> bool:
    """Whether another number of the sentence is, or should be, the same figure.

    No sentence states one figure twice, so one of the two was misunderstood.
    """
    return any(
        other is not judged and other.figure == judged.figure
        and other.number.unit == judged.number.unit
        and not is_slip_of_digits(judged.number, other.expected or 0.0)
        for other in others
    )  # fmt: skip


def _ours(judged: Finding, own: Number) -> Finding:
    """The finding on a number in a sentence of our own report."""
    number = judged.number
    ours = Figure(own.value or 0.0, own.unit, "", "", "report", "sentence")
    same = number.value is not None and own.value is not None and number.value == own.value
    if same:
        right = judged.verdict in _RIGHT
        return judged if right else of_value(judged.place, number, ours, confidence=0.9)
    right = judged.figure is not None and own.fits(judged.figure.value)
    expected = judged.figure if right and judged.figure is not None else ours
    return differing(judged.place, number, expected, confidence=0.95)


def _as_rate(number: Number, read: context.Reading) -> Number:
    """A bare number that its words make a rate, in per cent: käyttöprosentti oli 87,1."""
    bare = number.unit == PLAIN and number.decimals > 0 and not number.noun
    of_money = read.facets.get("what") in (None, "funding")
    if bare and of_money and read.facets.get("kind") == "rate":
        return replace(number, unit=PERCENT)
    return number


def _fitting(numbers: Sequence[Number], read: Sequence[_Read]) -> int:
    """How many numbers fit a figure under a reading."""
    return sum(
        any(number.fits(figure.value) for figure in found)
        for number, (_, found) in zip(numbers, read, strict=True)
    )
