"""Finds the headings of a form: titles decide, numbers do not, and the whole must fit."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from esrdata.documents.document import Document
from esrdata.reading.form.alignment import best_chain
from esrdata.reading.form.settings import SETTINGS
from esrdata.reading.form.spec import Form, Labels, Section, words_pattern

_NUMBER = r"(?:(?P<number>\d+(?:\.\d+)*)\.?\s+)?"
_BUSINESS_ID = re.compile(r"\d{6,8}-\d")
_Labels = tuple[re.Pattern[str] | None, list[tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that reads like a title of the form."""

    order: int
    section: Section
    start: int
    end: int
    number: str | None
    title: str
    implied: bool = False


class Headings(NamedTuple):
    """The headings of a description, and those among them for which another line would have done
    as well; `worth` says how much of the description the form explains with them.
    """

    chosen: list[Heading]
    doubtful: list[Heading]
    worth: float


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label of a section at the beginning of a line."""

    entries: tuple[int, ...]
    start: int
    end: int


def _alternatives(wordings: dict[str, list[int]]) -> tuple[str, list[tuple[int, ...]]]:
    """One group per wording, the longest first, with what each may stand for."""
    ordered = sorted(wordings, key=len, reverse=True)
    groups = "|".join(f"(?P<w{i}>{wording})" for i, wording in enumerate(ordered))
    return groups, [tuple(wordings[w]) for w in ordered]


def _which(match: re.Match[str], count: int) -> int:
    return next(i for i in range(count) if match[f"w{i}"] is not None)


@dataclass(frozen=True)
class _Finder:
    """Compiled patterns of one form in one language."""

    form: Form
    language: str

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return tuple(self.form.walk())

    @cached_property
    def headings(self) -> tuple[re.Pattern[str], list[tuple[int, ...]]]:
        wordings: dict[str, list[int]] = {}
        for order, section in enumerate(self.sections):
            for title in section.titles.get(self.language, ()):
                wordings.setdefault(words_pattern(title), []).append(order)
        groups, orders = _alternatives(wordings)
        line = rf"[^\S\n]*{_NUMBER}(?P<title>{groups})[^\S\n]*:?[^\S\n]*$"
        return re.compile(line, re.MULTILINE), orders

    @cached_property
    def labels(self) -> tuple[_Labels, ...]:
        """For each section, a pattern of its labels and the entries each may be."""
        return tuple(_label_pattern(self._wordings(section)) for section in self.sections)

    @cached_property
    def own_labels(self) -> tuple[_Labels, ...]:
        """The same with the labels that no other section has."""
        per_section = [self._wordings(section) for section in self.sections]
        shared = Counter(wording for wordings in per_section for wording in wordings)
        return tuple(
            _label_pattern({w: i for w, i in wordings.items() if shared[w] == 1})
            for wordings in per_section
        )

    def _wordings(self, section: Section) -> dict[str, list[int]]:
        wordings: dict[str, list[int]] = {}
        for i, entry in enumerate(section.entries):
            for label in entry.labels.get(self.language, ()):
                # In a table the cell after the label stands for its colon.
                end = r"[^\S\n]*?(?::|(?=\t))" if entry.colon else r"(?!\w)(?:[^\S\n]*:)?"
                wordings.setdefault(words_pattern(label) + end, []).append(i)
        return wordings


def _label_pattern(wordings: dict[str, list[int]]) -> _Labels:
    if not wordings:
        return None, []
    groups, entries = _alternatives(wordings)
    return re.compile(rf"[^\S\n]*(?:{groups})", re.MULTILINE), entries


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
    pattern, orders = found.headings
    hits = [
        Heading(order, found.sections[order], m.start(), m.end(), m["number"], m["title"])
        for m in document.matches(pattern, start, end)
        for order in orders[_which(m, len(orders))]
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
    pattern, entries = found.own_labels[order]
    if pattern is None:
        return []
    hits = list(document.matches(pattern, start, end))
    if len({_which(hit, len(entries)) for hit in hits}) <= SETTINGS.implying * len(entries):
        return []
    at = hits[0].start()
    return [Heading(order, found.sections[order], at, at, None, "", implied=True)]


def find_labels(
    document: Document, form: Form, language: str, order: int, start: int, end: int
) -> list[LabelHit]:
    """Every line in a slice of the view that begins with a label of a section."""
    pattern, entries = finder(form, language).labels[order]
    if pattern is None:
        return []
    return [
        LabelHit(entries[which], match.start(), match.end())
        for match in document.matches(pattern, start, end)
        for which in [_which(match, len(entries))]
    ]


def find_headings(document: Document, form: Form, language: str, start: int, end: int) -> Headings:
    """The headings of one description.

    Parameters
    ----------
    document, form, language
        What is read, and by what.
    start, end
        The slice of the view that holds the description.

    Returns
    -------
    Headings
        Those that fit each other and the labels between them best.
    """
    hits = find_candidates(document, form, language, start, end)
    labels = [find_labels(document, form, language, hit.order, hit.end, end) for hit in hits]

    def own(i: int) -> float:
        if hits[i].implied:
            return 0.0
        at = document.line_index(hits[i].start)
        around = (document.lines[j] for j in (at - 1, at + 1) if 0 <= j < len(document.lines))
        return SETTINGS.heading + SETTINGS.apart * sum(line.blank for line in around)

    def between(i: int, j: int) -> float:
        stop = hits[j].start if j < len(hits) else end
        if i < 0:
            return SETTINGS.unexplained * len(_full(document, start, stop))
        section, here = hits[i].section, hits[i].end
        if section.narrative is not None:
            return 0.0
        lines = _full(document, here, stop)
        if section.partners is not None:
            named = sum(bool(_BUSINESS_ID.search(line)) for line in lines)
            return named + SETTINGS.unexplained * (len(lines) - named)
        known = len({hit.entries for hit in labels[i] if hit.start < stop})
        unexplained = 0 if section.ordered else max(0, len(lines) - known)
        return known + SETTINGS.unexplained * unexplained

    best = best_chain([hit.order for hit in hits], own, between)
    chosen, doubtful = ([hits[i] for i in some] for some in (best.chosen, best.doubtful))
    return Headings(chosen, doubtful, best.worth)


def _full(document: Document, start: int, end: int) -> list[str]:
    """Non-blank lines of a slice of the view."""
    return [line for line in document.view[start:end].split("\n") if line.strip()]


def line_pattern(wordings: tuple[Labels, ...], language: str | None = None) -> re.Pattern[str]:
    """Match whole lines that are one of these wordings."""
    known = [
        words_pattern(text)
        for labels in wordings
        for lang, texts in labels.items()
        if language is None or lang == language
        for text in texts
    ]
    return re.compile(rf"[^\S\n]*(?:{'|'.join(known) or '(?!)'})[^\S\n]*$", re.MULTILINE)
