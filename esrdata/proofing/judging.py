"""Judges a number by the figures that its words name: right, wrong or undecided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from esrdata.proofing import apart, context, foremost, together
from esrdata.proofing.doubts import is_of_all, is_of_time, is_per_project, passes_status
from esrdata.proofing.figure import Figure
from esrdata.proofing.figures import Figures
from esrdata.proofing.findings import (
    CONTRADICTED,
    Finding,
    differing,
    none_like,
    none_of,
    of_value,
    unclear,
)
from esrdata.proofing.matching import MEASURES, Asked
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import GROUP
from esrdata.proofing.number import MONEY, PERCENT, PLAIN, Number
from esrdata.proofing.places import Place
from esrdata.proofing.shelf import shelf
from esrdata.proofing.slips import is_slip, is_slip_of_digits
from esrdata.proofing.spelt import meant

#: With so many significant digits an accident is unlikely.
_DIGITS = 3
#: Ways of counting months differ by at most this much.
_MONTHS = 0.6
#: At most so many fitting figures are named.
_NAMED = 4
#: Every axis belongs to one of these.
_WITHIN = {"programme_period", "fund"}
#: Reasons for a sure verdict, whose sentence states the other group's value.
_SURELY = {"not_most": "has_more", "not_least": "has_less"}


class Judge:
    """Judges numbers."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.measures: Sequence[str] = MEASURES

    def judged(
        self, place: Place, passage: Passage, number: Number, read: context.Reading,
        found: Sequence[Figure],
    ) -> Finding:  # fmt: skip
        """The finding on a number; comparisons of two figures are tried first."""
        asked = Asked(self.figures, self.measures, passage, number, read)
        way = apart.direction(passage, number)
        compared = apart.finding(asked, place, way) if way is not None else None
        if compared is not None:
            return compared
        plain = self._named(place, asked, found)
        if way is None:
            return plain
        of_plan = read.facets.get("kind") == "gap" and number.unit != PLAIN
        if plain.verdict == CONTRADICTED and not of_plan:
            # It compares with something that the words do not name.
            return none_like(place, number)
        return plain

    def of_whole(
        self, judged: Finding, passage: Passage, read: context.Reading, found: Sequence[Figure]
    ) -> Finding | None:
        """Checks a number beside a part against the whole: 812 projects, of which 744 ended."""
        part = set(judged.figure.group) if judged.figure is not None else set()
        only_status = {name for name, _ in part} == {"status_code"}
        wholes = [f for f in found if (f.group or only_status) and set(f.group) < part]
        if not wholes:
            return None
        asked = Asked(self.figures, self.measures, passage, judged.number, read)
        again = self._named(judged.place, asked, wholes)
        return again if again.verdict == CONTRADICTED else None

    def _named(self, place: Place, asked: Asked, found: Sequence[Figure]) -> Finding:
        """The finding on a number whose words name figures."""
        passage, number, read = asked.passage, asked.number, asked.read
        of_each = together.each(asked)
        others = [figure for figure in of_each if not number.fits(figure.value)]
        if others and len(others) < len(of_each):
            # Right for one of the groups, but said of each.
            return differing(place, number, others[0], confidence=0.8)
        whole = together.whole(asked)
        if whole is not None and number.fits(whole.value):
            return of_value(place, number, whole, confidence=0.8, reason="added")
        if whole is not None and is_slip(number, whole.value):
            return differing(place, number, whole, confidence=0.8)
        fitting = [figure for figure in found if number.fits(figure.value)]
        if fitting and whole is None:
            unsaid = self._stage_unsaid(number, passage, read, fitting[0], found)
            passed = passes_status(number, passage, read, fitting[0])
            of_each_project = is_per_project(number, passage, fitting[0])
            one = self._is_of_others(number, passage, read, fitting[0], found)
            if unsaid or passed or one or of_each_project or is_of_time(number, passage):
                return unclear(place, number, fitting[0], found[:_NAMED])
            untrue = self._not_foremost(place, asked, fitting[0])
            if untrue is not None:
                return untrue
            values = {round(f.value, 6) for f in fitting}
            sure = 0.95 if read.sure and len(values) == 1 else 0.8
            return of_value(place, number, fitting[0], confidence=sure, others=fitting[1:_NAMED])
        added = together.added(asked)
        if added is not None:
            return of_value(place, number, added, confidence=0.8, reason="added")
        # A sentence about "each" of unnamed groups may be right.
        unnamed = not of_each and together.says_each(passage, number)
        if (
            found
            and not unnamed
            and not self.figures.joined.may_be_another(found[0], number)
            and _surely(number, passage, found)
            and self._is_slip(number, passage, read, found)
        ):
            sure = 0.9 if len({round(f.value, 4) for f in found}) == 1 else 0.7
            return none_of(place, number, found, confidence=sure)
        return self._other(place, number, read)

    def _not_foremost(self, place: Place, asked: Asked, figure: Figure) -> Finding | None:
        """The finding where the number is right but its group has not most, least or half."""
        number = asked.number

        def whole() -> Figure | None:
            made = asked.of({})
            return next((f for f in made if replace(figure, value=f.value, group=()) == f), None)

        found = foremost.denied(number, asked.passage, figure, self.figures.beside, whole)
        if found is None:
            return None
        if found.sure and found.other is not None:
            reason = _SURELY[found.reason]
            return differing(place, number, found.other, confidence=0.8, reason=reason,
                             others=(figure,))  # fmt: skip
        return unclear(place, number, figure, confidence=0.6, reason=found.reason)

    def _is_of_others(
        self, number: Number, passage: Passage, read: context.Reading, figure: Figure,
        found: Sequence[Figure],
    ) -> bool:  # fmt: skip
        """Whether a number is right for its group, but the sentence is about other projects.

        It may fit one period or fund that no word names; fewer of the groups than its sentence
        names ("Lapissa toimintalinjalla 1 oli 3 hanketta": the axis has three, two of them there);
        or other projects than a heading or an earlier sentence names.
        """
        start, end = passage.sentence(number.start)
        alone = len(passage.within(start, end)) == 1
        named = {m.facet.removeprefix(GROUP) for m in passage.groups if start <= m.start < end}
        own, outer = dict(figure.group), list(meant(read.above))
        wider = {name: value for name, value in own.items() if name not in _WITHIN}
        rest = {name: value for name, value in wider.items() if name not in read.above}
        unsaid = wider != own and not any(_WITHIN & group.keys() for group in read.groups)

        def is_outer(group: Mapping[str, str]) -> bool:
            return any(one.items() <= group.items() for one in outer)

        def is_meant(group: Mapping[str, str]) -> bool:
            further = group.keys() - own.keys() - _WITHIN
            more = alone and own.items() < group.items() and bool(further) and further <= named
            return more or (unsaid and group == wider)

        def is_above(group: Mapping[str, str]) -> bool:
            return not is_outer(own) and is_outer(group) and rest.items() <= group.items()

        return any(
            (figure.is_same(other) and is_meant(dict(other.group)))
            # A sum of one project comes from another statistic than a sum of many.
            or (is_above(dict(other.group)) and replace(
                figure, statistic=other.statistic, column=other.column).is_same(other))
            for other in found if not number.fits(other.value)
        )  # fmt: skip

    def _stage_unsaid(
        self, number: Number, passage: Passage, read: context.Reading, figure: Figure,
        found: Sequence[Figure],
    ) -> bool:  # fmt: skip
        """Whether a number fits only the stage that is not meant where no word names one.

        A sum without such a word is taken as planned, a count of people or jobs as realised:
        osallistujia oli 431.
        """
        start, end = passage.sentence(number.start)
        named = any(m.facet == "stage" and start <= m.start < number.start for m in passage.facets)
        if read.facets.get("stage") or (read.loose.get("stage") and not named):
            return False
        # The stage of an earlier number holds here too (planned 37 jobs, 20 for women), unless this
        # is its other stage: planned 37 jobs, 30 came.
        usual = "planned" if figure.what == "funding" else "realised"
        stage = read.loose.get("stage", usual)
        others = passage.within(start, end) if named else []
        return figure.stage not in ("", stage) and any(
            other.stage == stage
            and other.is_like(figure)
            and (other.what, other.part) == (figure.what, figure.part)
            and not any(one.fits(other.value) for one in [number, *others])
            for other in found
        )

    def _is_slip(
        self, number: Number, passage: Passage, read: context.Reading, found: Sequence[Figure]
    ) -> bool:
        """Whether a number may be a slip for one of the figures its words name."""
        first = found[0]
        same = self.figures.so_far().alike(first)
        named = bool(
            read.facets.get("what") or read.facets.get("kind") or read.facets.get("part")
            or _behind_name(number, passage)
        )  # fmt: skip
        staged = read.facets.get("stage") or "status_code" in dict(first.group)
        if not named and staged and read.loose.get("what") == first.what:
            # "2 547 deltagare planerades; 839 nåddes", "niistä oli päättynyt 698": a slip only if
            # one digit is off.
            digits = sum(c.isdigit() for c in number.text)
            alike = (f.value for f in found if f.is_like(first))
            return digits >= _DIGITS and any(is_slip_of_digits(number, v) for v in alike)
        if not named:
            return False
        start, end = passage.sentence(number.start)
        return (
            any(is_slip(number, f.value) for f in found)
            or is_slip(number, first.value, same)
            # A sentence that names no group may leave out one fund or region.
            or (
                not any(start <= m.start < end for m in passage.groups)
                and any(map(number.fits, self.figures.without_one(first)))
            )
        )

    def _other(self, place: Place, number: Number, read: context.Reading) -> Finding:
        """The finding where no named figure fits: figures of the same value, if any."""
        digits = sum(c.isdigit() for c in number.text.strip("0"))
        if digits >= _DIGITS and number.unit in (MONEY, PERCENT, PLAIN):
            what = read.facets.get("what") or read.loose.get("what")
            fitting = [
                f
                for f in self.figures.so_far().fitting(number)
                if what is None or f.what in (what, "funding", "participants")
            ][:_NAMED]
            if fitting:
                return unclear(place, number, fitting[0], fitting[1:])
        return none_like(place, number)


def _behind_name(number: Number, passage: Passage) -> bool:
    """Whether a number stands in brackets behind the name of a group: Pirkanmaa (12)."""
    before = passage.text[: number.start].rstrip()
    end = len(before[:-1].rstrip())
    return before.endswith("(") and any(m.end == end for m in passage.groups)


def _surely(number: Number, passage: Passage, found: Sequence[Figure]) -> bool:
    """Whether only a figure can be meant, so that another value is a mistake."""
    start, end = passage.sentence(number.start)
    if shelf().elsewhere[passage.lang].search(passage.text, start, end) is not None:
        return False
    if passage.is_unclear(start, end) or passage.has_namesakes(start, end):
        return False
    if passage.has_unknown(start, end):
        # An unknown name: nobody knows whom the number is about.
        return False
    if passage.has_year(start, end) and "start_year" not in dict(found[0].group):
        # A year limits the projects in a way that is not known.
        return False
    first = found[0]
    less = first.what == "projects" and any(f.value > (number.value or 0.0) for f in found)
    if less and first.kind == "count" and not is_of_all(number, passage):
        return False
    if first.what == "duration" and abs(first.value - (number.value or 0.0)) < _MONTHS:
        return False
    only = shelf().only[passage.lang].fits(passage.text, number.start)
    if number.word and number.value == 1 and not only:
        # "One" is often an article, and one person may be in several projects.
        return False
    if number.end_of:
        # The ends of a range may be of something else than projects.
        return found[0].agg == number.end_of
    # An n counts the cases at hand, which may be fewer projects than the words name.
    return not context.is_n(number, passage)
