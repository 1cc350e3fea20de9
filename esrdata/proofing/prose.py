"""Numbers of sentences held against the figures that their words name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from esrdata.proofing import apart, context, nearest, together
from esrdata.proofing.doubts import is_of_time, passes_status
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
    of_value,
)
from esrdata.proofing.matching import MEASURES, candidates
from esrdata.proofing.mentions import Passage
from esrdata.proofing.nearest import is_listed
from esrdata.proofing.number import MONEY, PERCENT, PLAIN, Number
from esrdata.proofing.places import Place
from esrdata.proofing.printed import Printed
from esrdata.proofing.quoted import Quotes
from esrdata.proofing.shelf import shelf
from esrdata.proofing.slips import is_slip, is_slip_of_digits

#: So many digits that count make an accident unlikely.
_DIGITS = 3
#: Months are counted in more than one way, so far apart.
_MONTHS = 0.6
#: Verdicts on numbers that are as they should be.
_RIGHT = (EQUAL, ROUNDED)
#: So many figures are named of several that fit.
_NAMED = 4


_Read = tuple[context.Reading, list[Figure]]


class Prose:
    """Holds the numbers of texts against figures."""

    def __init__(self, figures: Figures, printed: Printed, quotes: Quotes) -> None:
        self.figures, self.printed, self.quotes = figures, printed, quotes
        self.measures: Sequence[str] = MEASURES

    def findings(
        self, place: Place, passage: Passage, above: Sequence[Passage]
    ) -> Iterator[Finding]:
        """The findings of a text, sentence by sentence."""
        for number in passage.numbers:
            if number.why:
                yield Finding(place, number, OUT_OF_SCOPE, reason=number.why)
        for start, end in passage.sentences:
            numbers = [n for n in passage.numbers if start <= n.start < end and not n.why]
            if numbers:
                yield from self._sentence(place, passage, numbers, above)

    def _sentence(
        self, place: Place, passage: Passage, numbers: Sequence[Number], above: Sequence[Passage]
    ) -> Iterator[Finding]:
        """The way of taking words for numbers by which most numbers of a sentence are right."""
        best = self._read(passage, numbers, above, nearest.NEAR, nearest.NEAR)
        fits = most = _fitting(numbers, best)
        if len(numbers) > 1 and fits < len(numbers):
            ways = product((*nearest.PATTERNS, nearest.ZIP), nearest.PATTERNS)
            for group_by, facet_by in ways:
                other = self._read(passage, numbers, above, group_by, facet_by)
                more = _fitting(numbers, other)
                # One number more may be right by accident: an error beside the value it repeats.
                all_right = more == len(numbers) and (
                    not fits or (group_by == nearest.ZIP and facet_by == nearest.NEAR)
                )
                listed = group_by == nearest.ZIP and more and is_listed(passage, numbers)
                if more > most and (more > fits + 1 or all_right or listed):
                    best, most = other, more
        ours = self.printed.sentence(passage, numbers)
        all_judged = [
            self._judged(place, passage, _as_rate(number, read), read, found)
            for number, (read, found) in zip(numbers, best, strict=True)
        ]
        for place_, (number, judged) in enumerate(zip(numbers, all_judged, strict=True)):
            if judged.verdict == NOT_DERIVABLE and context.is_n(number, passage):
                judged = _of_same(judged, best[place_][1], all_judged)
            if judged.verdict == CONTRADICTED and _named_twice(judged, all_judged):
                judged = self._of_whole(judged, passage, *best[place_]) or replace(
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

    def _of_whole(
        self, judged: Finding, passage: Passage, read: context.Reading, found: Sequence[Figure]
    ) -> Finding | None:
        """A number beside that of a part, held to the whole: 812 projects, of which 744 ended."""
        part = set(judged.figure.group) if judged.figure is not None else set()
        only_status = {name for name, _ in part} == {"status_code"}
        wholes = [f for f in found if (f.group or only_status) and set(f.group) < part]
        if not wholes:
            return None
        again = self._named(judged.place, passage, judged.number, read, wholes)
        return again if again.verdict == CONTRADICTED else None

    def _read(
        self, passage: Passage, numbers: Sequence[Number], above: Sequence[Passage],
        group_by: str, facet_by: str,
    ) -> list[_Read]:  # fmt: skip
        found = []
        for number in numbers:
            read = context.reading(passage, number, above, group_by, facet_by)
            number = _as_rate(number, read)
            found.append((read, candidates(self.figures, read, number, self.measures)))
        return found

    def _judged(
        self, place: Place, passage: Passage, number: Number, read: context.Reading,
        found: Sequence[Figure],
    ) -> Finding:  # fmt: skip
        way = apart.direction(passage, number)
        if way is None:
            return self._named(place, passage, number, read, found)
        compared = apart.finding(self.figures, self.measures, place, passage, number, read, way)
        if compared is not None:
            return compared
        plain = self._named(place, passage, number, read, found)
        of_plan = read.facets.get("kind") == "gap" and number.unit != PLAIN
        if plain.verdict == CONTRADICTED and not of_plan:
            # It differs by so much from something that the words do not tell us.
            return Finding(place, number, NOT_DERIVABLE, confidence=0.5, reason="none")
        return plain

    def _named(
        self, place: Place, passage: Passage, number: Number, read: context.Reading,
        found: Sequence[Figure],
    ) -> Finding:  # fmt: skip
        """A number that is one of the figures that its words name, or a mistake for one."""
        whole = together.whole(self.figures, self.measures, passage, number, read)
        if whole is not None and number.fits(whole.value):
            return of_value(place, number, whole, confidence=0.8, reason="added")
        if whole is not None and is_slip(number, whole.value):
            return Finding(place, number, CONTRADICTED, whole.value, whole, confidence=0.8,
                           reason="differs")  # fmt: skip
        fitting = [figure for figure in found if number.fits(figure.value)]
        if fitting and whole is None:
            unsaid = self._stage_unsaid(read, fitting[0], found)
            passed = passes_status(number, passage, read, fitting[0])
            if unsaid or passed or is_of_time(number, passage):
                return Finding(place, number, AMBIGUOUS, None, fitting[0], found[:_NAMED],
                               0.4, "several")  # fmt: skip
            values = {round(f.value, 6) for f in fitting}
            sure = 0.95 if read.sure and len(values) == 1 else 0.8
            return of_value(place, number, fitting[0], confidence=sure, others=fitting[1:_NAMED])
        added = together.added(self.figures, self.measures, passage, number, read)
        if added is not None:
            return of_value(place, number, added, confidence=0.8, reason="added")
        if (
            found
            and self._surely(number, passage, found)
            and self._is_slip(number, passage, read, found)
        ):
            expected = min(found, key=lambda f: (_place(f, found), _apart(f, number)))
            sure = 0.9 if len({round(f.value, 4) for f in found}) == 1 else 0.7
            either = [f for f in found if f.is_like(expected) and f.group != expected.group]
            return Finding(place, number, CONTRADICTED, expected.value, expected, either[:1],
                           confidence=sure, reason="differs")  # fmt: skip
        return self._other(place, number, read)

    def _stage_unsaid(self, read: context.Reading, figure: Figure, found: Sequence[Figure]) -> bool:
        """Whether a sum is what was realised where no word says so.

        A sum without such a word is taken for what was planned; a count of people or jobs is not.
        """
        if figure.what != "funding" or figure.stage != "realised":
            return False
        if read.facets.get("stage") or read.loose.get("stage"):
            return False
        return any(
            other.stage == "planned" and other.is_like(figure) and other.what == figure.what
            for other in found
        )

    def _surely(self, number: Number, passage: Passage, found: Sequence[Figure]) -> bool:
        """Whether another value is a mistake; a name of several may be meant as one of them."""
        another = self.figures.may_be_another(found[0], number)
        return not another and _surely(number, passage, found)

    def _is_slip(
        self, number: Number, passage: Passage, read: context.Reading, found: Sequence[Figure]
    ) -> bool:
        """Whether a number may be a mistake for one of the figures that words name."""
        first = found[0]
        same = (
            f.value for f in self.figures.made()
            if f.unit == first.unit and f.what == first.what and f.kind == first.kind
            and f.agg == first.agg and f.part == first.part
        )  # fmt: skip
        named = bool(
            read.facets.get("what") or read.facets.get("kind") or read.facets.get("part")
            or _behind_name(number, passage)
        )  # fmt: skip
        said = read.facets.get("stage") or "status_code" in dict(first.group)
        if not named and said and read.loose.get("what") == first.what:
            # "2 547 deltagare planerades; 839 nåddes", "niistä oli päättynyt 698": one digit off,
            # it is no other figure.
            digits = sum(c.isdigit() for c in number.text)
            alike = (f.value for f in found if f.is_like(first))
            return digits >= _DIGITS and any(is_slip_of_digits(number, v) for v in alike)
        if not named:
            return False
        start, end = passage.sentence(number.start)
        return (
            any(is_slip(number, f.value) for f in found)
            or is_slip(number, first.value, same)
            # A sentence that names a group may be of all but that.
            or (
                not any(start <= m.start < end for m in passage.groups)
                and any(map(number.fits, self.figures.without_one(first)))
            )
        )

    def _other(self, place: Place, number: Number, read: context.Reading) -> Finding:
        """A number that its words name no figure for: figures that have its value, if any."""
        digits = sum(c.isdigit() for c in number.text.strip("0"))
        if digits >= _DIGITS and number.unit in (MONEY, PERCENT, PLAIN):
            what = read.facets.get("what") or read.loose.get("what")
            fitting = [
                f for f in self.figures.made()
                if f.unit == number.unit and number.fits(f.value)
                and (what is None or f.what in (what, "funding", "participants"))
            ][:_NAMED]  # fmt: skip
            if fitting:
                return Finding(place, number, AMBIGUOUS, None, fitting[0], fitting[1:],
                               0.4, "several")  # fmt: skip
        return Finding(place, number, NOT_DERIVABLE, confidence=0.5, reason="none")


def _behind_name(number: Number, passage: Passage) -> bool:
    """Whether a number stands in brackets behind the name of a group: Pirkanmaa (12)."""
    before = passage.text[: number.start].rstrip()
    end = len(before[:-1].rstrip())
    return before.endswith("(") and any(m.end == end for m in passage.groups)


def _of_same(judged: Finding, found: Sequence[Figure], others: Sequence[Finding]) -> Finding:
    """An n that is none of its group, where the sentence has a right figure of that very group."""
    right = [o.figure.group for o in others if o.figure is not None and o.verdict in _RIGHT]
    counts = [figure for figure in found if figure.group in right]
    if not counts:
        return judged
    return replace(judged, verdict=CONTRADICTED, expected=counts[0].value, figure=counts[0],
                   confidence=0.7, reason="differs")  # fmt: skip


def _named_twice(judged: Finding, others: Sequence[Finding]) -> bool:
    """Whether another number of the sentence is, or should be, the same figure.

    A sentence does not tell one figure twice: the words of one of the two are not known.
    """
    return any(
        other is not judged and other.figure == judged.figure
        and other.number.unit == judged.number.unit
        and not is_slip_of_digits(judged.number, other.expected or 0.0)
        for other in others
    )  # fmt: skip


def _surely(number: Number, passage: Passage, found: Sequence[Figure]) -> bool:
    """Whether nothing else than a figure can be meant, so that another value is a mistake."""
    start, end = passage.sentence(number.start)
    if shelf().elsewhere[passage.lang].search(passage.text, start, end) is not None:
        return False
    if passage.is_unclear(start, end):
        return False
    if passage.has_year(start, end) and "start_year" not in dict(found[0].group):
        # Of projects of a year, whatever that year is of.
        return False
    first = found[0]
    if first.what == "duration" and abs(first.value - (number.value or 0.0)) < _MONTHS:
        return False
    if number.word and number.value == 1:
        # As often an article: one person may be in several projects.
        return False
    if number.end_of:
        # The ends of a range of what else than projects is not known.
        return found[0].agg == number.end_of
    # An n is that of what was counted there, and may be of fewer projects than any words name.
    return not context.is_n(number, passage)


def _ours(judged: Finding, own: Number) -> Finding:
    """What is found of a number that stands in a sentence of our own report."""
    number = judged.number
    figure = judged.figure or Figure(own.value or 0.0, own.unit, "", "", "report", "sentence")
    same = number.value is not None and own.value is not None and number.value == own.value
    if same and judged.verdict not in (EQUAL, ROUNDED):
        figure = Figure(own.value or 0.0, own.unit, "", "", "report", "sentence")
        return of_value(judged.place, number, figure, confidence=0.9)
    if same:
        return judged
    right = judged.figure is not None and own.fits(judged.figure.value)
    expected = figure if right else Figure(own.value or 0.0, own.unit, "", "", "report", "sentence")
    return Finding(judged.place, number, CONTRADICTED, expected.value, expected,
                   confidence=0.95, reason="differs")  # fmt: skip


def _as_rate(number: Number, read: context.Reading) -> Number:
    """A bare number that is a rate by its words, in per cent: käyttöprosentti oli 87,1."""
    bare = number.unit == PLAIN and number.decimals > 0 and not number.noun
    of_money = read.facets.get("what") in (None, "funding")
    if bare and of_money and read.facets.get("kind") == "rate":
        return replace(number, unit=PERCENT)
    return number


def _fitting(numbers: Sequence[Number], read: Sequence[_Read]) -> int:
    """How many numbers are figures as their words are read."""
    return sum(
        any(number.fits(figure.value) for figure in found)
        for number, (_, found) in zip(numbers, read, strict=True)
    )


def _place(figure: Figure, found: Sequence[Figure]) -> int:
    """Figures of the first group go before the others."""
    return 0 if figure.is_like(found[0]) else 1


def _apart(figure: Figure, number: Number) -> float:
    return abs(figure.value - (number.value or 0.0))
