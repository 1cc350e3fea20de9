"""The reasons for and against a page's project being a known one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from esrdata.knowledge import load
from esrdata.reading.record import ABSENT, Record, Status, Value
from esrdata.tables.linking.conflicts import equal, signed, written
from esrdata.tables.linking.likeness import (
    forms,
    names,
    one_organisation,
    other_numbers,
    title,
    title_likeness,
    words_of,
)

_DATES = ("projects.start_date", "projects.end_date")


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence.

    `evidence` is `title`, `title_numbers`, `organisation`, `sum`, `start_date`, `end_date` or
    `place`; `stated` is from the page, `known` from the known project's record; `points` are added
    to the score, negative if against; `agrees` is whether the two agree; `likeness` is that of the
    titles, 0 to 1, only for the evidence `title`.
    """

    evidence: str
    stated: str
    known: str
    points: float
    agrees: bool
    likeness: float | None = None

    def text(self) -> str:
        """The evidence in a few words, in no language."""
        if self.likeness is not None:
            return f"{self.evidence} {self.likeness:.2f}"
        if self.agrees and self.evidence in ("organisation", "place"):
            return f"{self.evidence} {self.stated}"
        return f"{self.evidence} {self.stated} {'=' if self.agrees else '≠'} {self.known}"


@dataclass(frozen=True)
class Project:
    """A record with what linking needs, computed once."""

    record: Record

    def read(self, field: str) -> Value:
        """The value of a field, or `ABSENT` unless it was read."""
        value = self.record.values.get(field, ABSENT)
        return value if value.status is Status.READ else ABSENT

    def under(self, prefix: str, suffix: str = "") -> list[tuple[str, Value]]:
        """The fields with this prefix and suffix that were read."""
        return [
            (name, value)
            for name, value in self.record.values.items()
            if name.startswith(prefix) and name.endswith(suffix) and value.status is Status.READ
        ]

    def text(self, field: str) -> str:
        """A value as plain text with its qualifier."""
        return signed(written(self.read(field).content), self.record.qualifiers.get(field))

    def day(self, field: str) -> date | None:
        """A date, if it was read."""
        content = self.read(field).content
        return content if isinstance(content, date) else None

    @cached_property
    def name(self) -> str:
        """The title, or an empty text."""
        return written(self.read("projects.name").content or "")

    @cached_property
    def vocabulary(self) -> Mapping[str, str]:
        """Words of title, narratives and page: folded -> as written."""
        narratives = (str(value.content) for _, value in self.under("narratives."))
        texts = [self.name, *narratives, self.record.around]
        found: dict[str, str] = {}
        for word in (word for text in texts for word in words_of(text)):
            known = found.get(word.casefold())
            # Names have capitals, so the spelling with one is kept.
            if known is None or known[0].islower():
                found[word.casefold()] = word
        return found


def _words_of_page(page: Project, words: Iterable[str]) -> list[str]:
    """Those of some words that the page holds, as written there."""
    found = (forms(word) & page.vocabulary.keys() for word in words)
    return [
        page.vocabulary[min(same, key=lambda form: (len(form), form))] for same in found if same
    ]


def _organisation(page: Project, known: Project) -> Iterator[Reason]:
    shelf = load.linkage()
    weight, against = shelf["weights"]["organisation"], shelf["against"]["organisation"]
    indirect = weight * shelf["organisation_in_text"]
    named, applicant = (p.read("projects.applicant").content for p in (page, known))
    if not isinstance(applicant, str):
        return
    if isinstance(named, str):
        partners = [str(value.content) for _, value in known.under("partners.", ".name")]
        one = one_organisation(named, applicant)
        if one:
            yield Reason("organisation", named, applicant, weight, True)
        elif any(one_organisation(named, partner) for partner in partners):
            yield Reason("organisation", named, ", ".join(partners), indirect, True)
        else:
            yield Reason("organisation", named, applicant, -against if one is False else 0.0, False)
        return
    best: tuple[float, list[str]] = (0.0, [])
    for name in names(applicant):
        wanted = name.telling or set(name.words)
        found = _words_of_page(page, sorted(wanted))
        # A name without distinctive words must be there in full, others with over half of them.
        if len(found) == len(wanted) or (name.telling and len(found) > len(wanted) / 2):
            best = max(best, (len(found) / len(wanted), found))
    if best[1]:
        yield Reason("organisation", " ".join(best[1]), applicant, indirect * best[0], True)


def _sum(page: Project, known: Project) -> Iterator[Reason]:
    shelf = load.linkage()
    closest: tuple[float, str, str] | None = None
    for name, value in page.under("funding."):
        qualifier = page.record.qualifiers.get(name)
        for other_name, other in known.under("funding."):
            one, two = value.content, other.content
            if not isinstance(one, int | float) or not isinstance(two, int | float):
                continue
            if min(one, two) <= 0:
                continue
            ours, theirs = page.text(name), known.text(other_name)
            apart = max(one, two) / min(one, two)
            if apart <= shelf["sum_near"] and equal(name, value, other, (qualifier, None)):
                yield Reason("sum", ours, theirs, shelf["weights"]["sum"], True)
                return
            closest = min(filter(None, (closest, (apart, ours, theirs))))
    if closest is not None:
        far = closest[0] > shelf["sum_apart"]
        yield Reason("sum", *closest[1:], -shelf["against"]["sum"] if far else 0.0, False)


def _dates(page: Project, known: Project) -> Iterator[Reason]:
    shelf = load.linkage()
    start, end = _DATES
    apart = False
    for field, other, after in ((end, start, False), (start, end, True)):
        day, bound = page.day(field), known.day(other)
        if day is not None and bound is not None:
            # Compared as precisely as the page states it: a year or month may fit both.
            qualifier = page.record.qualifiers.get(field)
            one, two = (signed(str(each), qualifier) for each in (day, bound))
            apart |= one > two if after else one < two
    days = [p.day(field) for p in (page, known) for field in _DATES]
    share, moved = 0.0, shelf["start_moved_days"]
    if all(day is not None for day in days):
        first, last, other_first, other_last = (day.toordinal() for day in days if day is not None)
        union = max(last, other_last) - min(first, other_first) + 1
        share = (min(last, other_last) - max(first, other_first) + 1) / union
    for field in _DATES:
        day, bound = page.day(field), known.day(field)
        if day is None or bound is None:
            continue
        evidence, weight = field.removeprefix("projects."), shelf["weights"]
        agrees = equal(
            field, page.read(field), known.read(field), (page.record.qualifiers.get(field), None)
        )
        points = weight[evidence] if agrees else 0.0
        if apart:
            points = -shelf["against"][evidence]
        elif not agrees and evidence == "start_date" and abs((day - bound).days) > moved:
            points = -shelf["against"]["start_moved"]
        elif not agrees and share > 0.5:
            points = weight[evidence] * shelf["date_overlap"]
        yield Reason(evidence, page.text(field), known.text(field), points, agrees)


def _place(page: Project, known: Project) -> Iterator[Reason]:
    places = [str(value.content) for _, value in known.under("locations.municipality.")]
    first = {words_of(place)[0].casefold() for place in places if words_of(place)}
    found = [word for word in _words_of_page(page, sorted(first)) if word[0].isupper()]
    if found:
        weight = load.linkage()["weights"]["place"]
        yield Reason("place", ", ".join(found), ", ".join(places), weight, True)


def _numbers(page: Project, known: Project) -> tuple[str, str] | None:
    """The numbers in the titles, where phases or years differ."""
    ours, theirs = title(page.name), title(known.name)
    own, others = (
        " ".join([*map(str, sorted(t.years | t.numbers or {1})), *sorted(t.phases)])
        for t in (ours, theirs)
    )
    if other_numbers(ours, theirs):
        return own, others
    # Years in one title may fit the other project's period.
    spans = []
    for project in (page, known):
        days = [day for day in map(project.day, _DATES) if day is not None]
        spans.append(range(days[0].year, days[1].year + 1) if len(days) == len(_DATES) else None)
    if spans[1] and ours.years and not theirs.years and ours.years.isdisjoint(spans[1]):
        return own, f"{spans[1][0]}–{spans[1][-1]}"
    if spans[0] and theirs.years and not ours.years and theirs.years.isdisjoint(spans[0]):
        return f"{spans[0][0]}–{spans[0][-1]}", others
    return None


def reasons_of(page: Project, known: Project) -> tuple[Reason, ...]:
    """All reasons for and against, the title first."""
    shelf = load.linkage()
    likeness = title_likeness(title(page.name), title(known.name))
    # Squared: moderately similar titles are mostly two projects of one organisation.
    points = shelf["weights"]["title"] * likeness**2
    found = [Reason("title", page.name, known.name, points, True, likeness)]
    numbers = _numbers(page, known)
    if numbers is not None:
        against = -shelf["against"]["title_numbers"]
        found.append(Reason("title_numbers", *numbers, against, False))
    for evidence in (_organisation, _sum, _dates, _place):
        found += evidence(page, known)
    return tuple(found)
