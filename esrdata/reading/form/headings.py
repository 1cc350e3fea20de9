"""Finds the headings of a form: titles decide, numbers do not, and the whole must fit."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

from esrdata.documents.document import Document, LinePattern
from esrdata.reading.form.alignment import best_chain
from esrdata.reading.form.settings import SETTINGS
from esrdata.reading.form.spec import Form, Labels, Section, first_signs, words_pattern

_NUMBER = r"(?:(?P<number>\d+(?:\.\d+)*)[.)]?\s+)?"
_SPACE = r"[^\S\n]*"
_BUSINESS_ID = re.compile(r"\d{6,8}-\d")
#: A wording that begins a line as a pattern, the text it is made of, and what it may stand for.
_Wordings = dict[str, tuple[str, list[int]]]


class Heading(NamedTuple):
    """A line that reads like a title of the form."""

    order: int
    section: Section
    start: int
    end: int
    number: str | None
    title: str
    implied: bool = False


class LabelHit(NamedTuple):
    """A label of a section at the beginning of a line."""

    entries: tuple[int, ...]
    start: int
    end: int


class Headings(NamedTuple):
    """The headings of a description, and those among them for which another line would have done
    as well; `labels` are those under each, `worth` says how much of the description the form
    explains with them.
    """

    chosen: list[Heading]
    doubtful: list[Heading]
    labels: list[list[LabelHit]]
    worth: float


class _Lines(NamedTuple):
    """Lines that begin with one of some wordings, and what each wording may stand for."""

    lines: LinePattern
    stand_for: list[tuple[int, ...]]

    def of(self, match: re.Match[str]) -> tuple[int, ...]:
        """What a line may stand for: its wording is the last group, one for each wording."""
        assert match.lastindex is not None
        return self.stand_for[match.lastindex - 1 - (match.re.groups - len(self.stand_for))]


def _lines(before: str, wordings: _Wordings, behind: str, other_signs: str = "") -> _Lines:
    """One group per wording, the longest first; behind it, so that its first sign comes first."""
    ordered = sorted(wordings, key=len, reverse=True)
    groups = "|".join(f"(?:{wording})()" for wording in ordered)
    signs = first_signs(text for text, _ in wordings.values())
    return _Lines(
        LinePattern(
            re.compile(f"{before}(?:{groups or '(?!)'}){behind}", re.MULTILINE),
            None if signs is None else signs | set(other_signs) if wordings else frozenset(),
        ),
        [tuple(wordings[wording][1]) for wording in ordered],
    )


@dataclass(frozen=True)
class _Finder:
    """Compiled patterns of one form in one language."""

    form: Form
    language: str

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return tuple(self.form.walk())

    @cached_property
    def headings(self) -> _Lines:
        wordings: _Wordings = {}
        for order, section in enumerate(self.sections):
            for title in section.titles.get(self.language, ()):
                wordings.setdefault(words_pattern(title), (title, []))[1].append(order)
        return _lines(rf"[^\S\n]*{_NUMBER}(?P<title>)", wordings, r"[^\S\n]*:?[^\S\n]*$", "0")

    @cached_property
    def labels(self) -> tuple[_Lines, ...]:
        """For each section, its labels and the entries each may be."""
        return tuple(_lines(_SPACE, self._wordings(section), "") for section in self.sections)

    @cached_property
    def code(self) -> LinePattern:
        """The labels of the first section, on lines that may begin with the first of them."""
        first = [e.labels.get(self.language, ()) for e in self.sections[0].entries[:1]]
        return LinePattern(self.labels[0].lines.pattern, first_signs(chain.from_iterable(first)))

    @cached_property
    def further_labels(self) -> tuple[_Lines, ...]:
        """The same where they stand behind others on a line: none without its colon."""
        return tuple(
            # Cells of a page that nothing divides run into each other: `OyOrganisaatiotyyppi:`.
            _lines(
                r"(?:[\s,;|/·•\u2013-]+|(?<=[^\W_A-ZÅÄÖ]))",
                self._wordings(section),
                r"(?:(?<=:)|(?=\t))",
            )
            for section in self.sections
        )

    @cached_property
    def own_labels(self) -> tuple[_Lines, ...]:
        """The same with the labels that no other section has."""
        per_section = [self._wordings(section) for section in self.sections]
        shared = Counter(wording for wordings in per_section for wording in wordings)
        return tuple(
            _lines(_SPACE, {w: of for w, of in wordings.items() if shared[w] == 1}, "")
            for wordings in per_section
        )

    def lacking(self, order: int, hits: list[LabelHit]) -> set[int]:
        """The entries of a section whose labels are none of the hits; some share a label."""
        entries = set(chain.from_iterable(self.labels[order].stand_for))
        for hit in hits:
            for i in hit.entries:
                if i in entries:
                    entries.remove(i)
                    break
        return entries

    def lost_labels(self, order: int, hits: list[LabelHit]) -> re.Pattern[str] | None:
        """What a line begins with that has the words of such a label, whatever is around them."""
        entries, lacking = self.sections[order].entries, self.lacking(order, hits)
        return _beginning(tuple(entries[i].labels[self.language] for i in lacking))

    def _wordings(self, section: Section) -> _Wordings:
        wordings: _Wordings = {}
        for i, entry in enumerate(section.entries):
            for label in entry.labels.get(self.language, ()):
                # In a table the cell after the label stands for its colon.
                end = r"[^\S\n]*?(?::|(?=\t))" if entry.colon else r"(?!\w)(?:[^\S\n]*:)?"
                wordings.setdefault(words_pattern(label) + end, (label, []))[1].append(i)
        return wordings


_FINDERS: dict[tuple[int, str], _Finder] = {}


def finder(form: Form, language: str) -> _Finder:
    """Patterns of a form in a language, compiled once; the finder keeps its form alive."""
    key = (id(form), language)
    if key not in _FINDERS:
        _FINDERS[key] = _Finder(form, language)
    return _FINDERS[key]


def find_candidates(
    document: Document, form: Form, language: str, start: int, end: int
) -> list[Heading]:
    """Every line in a slice of the view that reads like a title of the form."""
    found = finder(form, language)
    titles = found.headings
    hits = [
        Heading(order, found.sections[order], m.start(), m.end(), m["number"], title)
        for m in document.matches(titles.lines, start, end)
        for title in [document.view[m.end("title") : m.end(m.lastindex or 0)]]
        for order in titles.of(m)
    ]
    # Where the page numbers a section, an unnumbered look-alike is prose.
    numbered = {hit.order for hit in hits if hit.number is not None}
    hits = [
        hit
        for hit in hits
        if hit.number is not None or hit.section.number is None or hit.order not in numbered
    ]
    seen = {hit.order for hit in hits}
    implied = [
        heading
        for order in range(len(found.sections))
        if order not in seen
        for heading in _implied(document, found, order, start, end)
    ]
    return sorted(hits + implied, key=lambda hit: hit.start)


def _implied(
    document: Document, found: "_Finder", order: int, start: int, end: int
) -> list[Heading]:
    """A section whose heading was lost on the way, where most labels of its own stand."""
    labels = found.own_labels[order]
    hits = list(document.matches(labels.lines, start, end))
    if len({hit.lastindex for hit in hits}) <= SETTINGS.implying * len(labels.stand_for):
        return []
    at = hits[0].start()
    return [Heading(order, found.sections[order], at, at, None, "", implied=True)]


def find_labels(
    document: Document, form: Form, language: str, order: int, start: int, end: int
) -> list[LabelHit]:
    """Every line in a slice of the view that begins with a label of a section."""
    labels = finder(form, language).labels[order]
    return [
        LabelHit(labels.of(match), match.start(), match.end())
        for match in document.matches(labels.lines, start, end)
    ]


def find_further(
    document: Document, form: Form, language: str, order: int, hits: list[LabelHit]
) -> list[LabelHit]:
    """Labels behind the value of another on its line, of those that begin no line of the section.

    `hits` are the labels that begin one. Prose may speak of a label that stands elsewhere.
    """
    found = finder(form, language)
    lacking = found.lacking(order, hits)
    further: list[LabelHit] = []
    labels = found.further_labels[order]
    for hit in hits if lacking else ():
        end = document.lines[document.line_index(hit.end)].end
        for match in labels.lines.pattern.finditer(document.view, hit.end, end):
            of = labels.of(match)
            if not lacking.isdisjoint(of):
                further.append(LabelHit(of, match.start(), match.end()))
                lacking.difference_update(of)
    return further


@cache
def _beginning(labels: tuple[tuple[str, ...], ...]) -> re.Pattern[str] | None:
    words = "|".join(words_pattern(text) for texts in labels for text in texts)
    return re.compile(rf"[\W\d_]*(?:{words})(?!\w)", re.IGNORECASE) if words else None


def find_headings(document: Document, form: Form, language: str, start: int, end: int) -> Headings:
    """The headings of one description.

    `document`, `form`, `language`: what is read, and by what. `start`, `end`: the slice of the view
    that holds the description.

    Gives those that fit each other and the labels between them best.
    """
    hits = find_candidates(document, form, language, start, end)

    # The labels found under each candidate, and how far they have been looked for.
    under: list[list[LabelHit]] = [[] for _ in hits]
    reached = [hit.end for hit in hits]

    def labels(i: int, stop: int) -> list[LabelHit]:
        if reached[i] < stop:
            under[i] += find_labels(document, form, language, hits[i].order, reached[i], stop)
            reached[i] = stop
        return [hit for hit in under[i] if hit.start < stop]

    def own(i: int) -> float:
        if hits[i].implied:
            return 0.0
        at = document.line_index(hits[i].start)
        around = document.lines[max(at - 1, 0) : at] + document.lines[at + 1 : at + 2]
        return SETTINGS.heading + SETTINGS.apart * sum([line.blank for line in around])

    def between(i: int, j: int) -> float:
        stop = hits[j].start if j < len(hits) else end
        if i < 0:
            return SETTINGS.unexplained * len(document.full_between(start, stop))
        section, here = hits[i].section, hits[i].end
        if section.narrative is not None:
            return 0.0
        lines = document.full_between(here, stop)
        if section.partners is not None:
            named = sum(bool(_BUSINESS_ID.search(document.lines[at].text)) for at in lines)
            return named + SETTINGS.unexplained * (len(lines) - named)
        known = len({hit.entries for hit in labels(i, stop)})
        unexplained = 0 if section.ordered else max(0, len(lines) - known)
        return known + SETTINGS.unexplained * unexplained

    best = best_chain([hit.order for hit in hits], own, between)
    chosen, doubtful = ([hits[i] for i in some] for some in (best.chosen, best.doubtful))
    stops = [heading.start for heading in chosen[1:]] + [end]
    found = [labels(i, stop) for i, stop in zip(best.chosen, stops, strict=False)]
    return Headings(chosen, doubtful, found, best.worth)


def whole_lines(wordings: tuple[Labels, ...], language: str | None = None) -> LinePattern:
    """Whole lines that are one of these wordings."""
    return _whole_lines(
        tuple(
            text
            for labels in wordings
            for lang, texts in labels.items()
            if language is None or lang == language
            for text in texts
        )
    )


@cache
def _whole_lines(texts: tuple[str, ...]) -> LinePattern:
    known = "|".join(map(words_pattern, texts)) or "(?!)"
    line = re.compile(rf"[^\S\n]*(?:{known})[^\S\n]*$", re.MULTILINE)
    return LinePattern(line, first_signs(texts))
