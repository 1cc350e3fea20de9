"""A number held against the figures that its words name: right, wrong, or not to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from esrdata.proofing import apart, context, foremost, together
from esrdata.proofing.doubts import is_of_time, is_per_project, passes_status
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

#: So many digits that count make an accident unlikely.
_DIGITS = 3
#: Months are counted in more than one way, so far apart.
_MONTHS = 0.6
#: So many figures are named of several that fit.
_NAMED = 4
#: What an axis is one of.
_WITHIN = {"programme_period", "fund"}
#: Reasons that name the value of the other group.
_SURELY = {"not_most": "has_more", "not_least": "has_less"}


class Judge:
    """Holds numbers against figures."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.measures: Sequence[str] = MEASURES

    def judged(
        self, place: Place, passage: Passage, number: Number, read: context.Reading,
        found: Sequence[Figure],
    ) -> Finding:  # fmt: skip
        """What is found of a number, a difference by how much two figures are apart."""
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
            # It differs by so much from something that the words do not tell us.
            return none_like(place, number)
        return plain

    def of_whole(
        self, judged: Finding, passage: Passage, read: context.Reading, found: Sequence[Figure]
    ) -> Finding | None:
        """A number beside that of a part, held to the whole: 812 projects, of which 744 ended."""
        part = set(judged.figure.group) if judged.figure is not None else set()
        only_status = {name for name, _ in part} == {"status_code"}
        wholes = [f for f in found if (f.group or only_status) and set(f.group) < part]
        if not wholes:
            return None
        asked = Asked(self.figures, self.measures, passage, judged.number, read)
        again = self._named(judged.place, asked, wholes)
        return again if again.verdict == CONTRADICTED else None

    def _named(self, place: Place, asked: Asked, found: Sequence[Figure]) -> Finding:
        """A number that is one of the figures that its words name, or a mistake for one."""
        passage, number, read = asked.passage, asked.number, asked.read
        of_each = together.each(asked)
        others = [figure for figure in of_each if not number.fits(figure.value)]
        if others and len(others) < len(of_each):
            # Right of one of the groups, and said of each.
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
        # Groups that a sentence does not name may have as many each.
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
        """A number whose group has not most, or least, or half of all, though words say so."""
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
        """Whether a number is right, but the same of the projects that are meant is another.

        It may be of one period or fund that no word names; of fewer of the groups than its sentence
        names ("Lapissa toimintalinjalla 1 oli 3 hanketta": the axis has three, two of them there);
        or of other projects than a heading or a sentence before names.
        """
        start, end = passage.sentence(number.start)
        alone = len(passage.within(start, end)) == 1
        named = {m.facet.removeprefix(GROUP) for m in passage.groups if start <= m.start < end}
        own, told = dict(figure.group), list(meant(read.above))
        wider = {name: value for name, value in own.items() if name not in _WITHIN}
        rest = {name: value for name, value in wider.items() if name not in read.above}
        unsaid = wider != own and not any(_WITHIN & group.keys() for group in read.groups)

        def is_of_told(group: Mapping[str, str]) -> bool:
            return any(one.items() <= group.items() for one in told)

        def is_meant(group: Mapping[str, str]) -> bool:
            further = group.keys() - own.keys() - _WITHIN
            more = alone and own.items() < group.items() and bool(further) and further <= named
            return more or (unsaid and group == wider)

        def is_above(group: Mapping[str, str]) -> bool:
            return not is_of_told(own) and is_of_told(group) and rest.items() <= group.items()

        return any(
            (figure.is_same(other) and is_meant(dict(other.group)))
            # A sum of one project is of another statistic than one of many.
            or (is_above(dict(other.group)) and replace(
                figure, statistic=other.statistic, column=other.column).is_same(other))
            for other in found if not number.fits(other.value)
        )  # fmt: skip

    def _stage_unsaid(
        self, number: Number, passage: Passage, read: context.Reading, figure: Figure,
        found: Sequence[Figure],
    ) -> bool:  # fmt: skip
        """Whether a number is of the stage that its words do not mean where they name none.

        A sum without such a word is taken for what was planned; a count of people or jobs for what
        came of it: osallistujia oli 431.
        """
        start, end = passage.sentence(number.start)
        named = any(m.facet == "stage" and start <= m.start < number.start for m in passage.facets)
        if read.facets.get("stage") or (read.loose.get("stage") and not named):
            return False
        # A word that has its number is of this one too (planned 37 jobs, 20 for women), unless the
        # sentence tells what this is beside: planned 37 jobs, 30 came.
        usual = "planned" if figure.what == "funding" else "realised"
        stage = read.loose.get("stage", usual)
        told = passage.within(start, end) if named else []
        return figure.stage not in ("", stage) and any(
            other.stage == stage
            and other.is_like(figure)
            and (other.what, other.part) == (figure.what, figure.part)
            and not any(one.fits(other.value) for one in [number, *told])
            for other in found
        )

    def _is_slip(
        self, number: Number, passage: Passage, read: context.Reading, found: Sequence[Figure]
    ) -> bool:
        """Whether a number may be a mistake for one of the figures that words name."""
        first = found[0]
        same = self.figures.so_far().alike(first)
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
    """Whether nothing else than a figure can be meant, so that another value is a mistake."""
    start, end = passage.sentence(number.start)
    if shelf().elsewhere[passage.lang].search(passage.text, start, end) is not None:
        return False
    if passage.is_unclear(start, end) or passage.has_namesakes(start, end):
        return False
    if passage.has_unknown(start, end):
        # Of whom it is, nobody knows.
        return False
    if passage.has_year(start, end) and "start_year" not in dict(found[0].group):
        # Of projects of a year, whatever that year is of.
        return False
    first = found[0]
    if first.what == "duration" and abs(first.value - (number.value or 0.0)) < _MONTHS:
        return False
    only = shelf().only[passage.lang].fits(passage.text, number.start)
    if number.word and number.value == 1 and not only:
        # As often an article: one person may be in several projects.
        return False
    if number.end_of:
        # The ends of a range of what else than projects is not known.
        return found[0].agg == number.end_of
    # An n is that of what was counted there, and may be of fewer projects than any words name.
    return not context.is_n(number, passage)
