"""Headings and labels of a form in other letters than its own, or labels without their colons.

A print shows what a style sheet sets in capitals, and programs that copy a page lose its colons.
Such a description is read again, its headings and labels written as the form writes them: a letter
for a letter, so that every place stays, and no word of an author changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from esrdata.documents.document import Document, LinePattern
from esrdata.knowledge import load
from esrdata.reading.form.settings import SETTINGS
from esrdata.reading.form.spec import Form, Labels, Section, first_signs, words_pattern

_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)*[.)]?\s+")
_STYLES = (str.isupper, str.islower, str.istitle)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of small letters that begin with a wording, which is their last group."""

    lines: LinePattern
    wordings: list[str]


@dataclass(frozen=True, slots=True)
class _Other:
    """What some forms are read by where they do not fit; it keeps them alive."""

    forms: tuple[Form, ...]
    headings: _Lines
    labels: _Lines
    codes: tuple[str, ...]
    folded: frozenset[str]
    without_colons: tuple[Form, ...]


_OTHERS: dict[tuple[int, ...], _Other] = {}


def _other(forms: tuple[Form, ...]) -> _Other:
    key = tuple(map(id, forms))
    if key not in _OTHERS:
        sections = [section for form in forms for section in form.walk()]
        entries = [entry for section in sections for entry in section.entries]
        titles = [title.labels for form in forms for title in form.titles]
        banners = [labels for form in forms for labels in form.furniture]
        headings = [*_texts([*titles, *banners, *(section.titles for section in sections)])]
        labels = [*_texts(entry.labels for entry in entries)]
        _OTHERS[key] = _Other(
            forms,
            _lines(
                headings,
                r"[^\S\n]*(?:\d+(?:\.\d+)*[.)]?\s+)?",
                r"[^\S\n]*:?[^\S\n]*$",
            ),
            _lines(
                labels,
                r"[^\S\n]*",
                r"(?=[^\S\n]*(?::|\t|\d|$))",
            ),
            tuple(_texts(e.labels for form in forms for e in form.sections[0].entries[:1])),
            frozenset(map(load.fold, [*headings, *labels])),
            tuple(replace(form, sections=_without_colons(form.sections)) for form in forms),
        )
    return _OTHERS[key]


def _texts(labels: Iterable[Labels]) -> Iterator[str]:
    return (text for some in labels for texts in some.values() for text in texts)


def _lines(texts: Iterable[str], before: str, behind: str) -> _Lines:
    wordings = sorted(dict.fromkeys(texts), key=len, reverse=True)
    small = [text.lower() for text in wordings]
    groups = "|".join(f"({words_pattern(text)})" for text in small)
    signs = first_signs(small)
    pattern = re.compile(f"^{before}(?:{groups or '(?!)'}){behind}", re.MULTILINE)
    return _Lines(LinePattern(pattern, None if signs is None else signs | {"0"}), wordings)


def _without_colons(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(
        replace(
            section,
            entries=tuple(replace(entry, colon=False) for entry in section.entries),
            sections=_without_colons(section.sections),
        )
        for section in sections
    )


def without_colons(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """The same forms, of whose labels none needs a colon."""
    return _other(forms).without_colons


def names_a_part(text: str, forms: tuple[Form, ...]) -> bool:
    """Whether a line of a text is a heading of the forms, or begins with a label, in any case."""
    known = _other(forms).folded
    return any(load.fold(_NUMBER.sub("", line).split(":")[0]) in known for line in text.split("\n"))


def respelled(document: Document, forms: tuple[Form, ...]) -> Document | None:
    """A document with its headings and labels as the forms write them.

    None where no more than a few are written in another way, or it does not speak of the code of a
    project at all.
    """
    small = document.view.lower()
    other = _other(forms)
    if len(small) != len(document.view) or not any(code.lower() in small for code in other.codes):
        return None
    letters = list(document.view)
    lowered = replace(document, view=small)
    for group in (other.headings, other.labels):
        # Headings and labels apart, each way to set them that more than a few have.
        found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for match in lowered.matches(group.lines, 0, len(small)):
            wording = group.wordings[(match.lastindex or 0) - 1]
            start, end = match.span(match.lastindex or 0)
            set_in = document.view[start:end]
            style = next((i for i, has in enumerate(_STYLES) if has(set_in)), None)
            if style is not None and set_in.split() != wording.split():
                found[style].append((start, end, wording))
        for some in found.values():
            if len({wording for _, _, wording in some}) >= SETTINGS.part_of_a_form:
                for start, end, wording in some:
                    _write(letters, start, end, wording)
    view = "".join(letters)
    return None if view == document.view else replace(document, view=view)


def _write(letters: list[str], start: int, end: int, wording: str) -> None:
    """Write the letters of a wording over a slice; its white space and other signs stay."""
    seen = (i for i in range(start, end) if not letters[i].isspace())
    for i, sign in zip(seen, "".join(wording.split()), strict=True):
        if sign.isalpha():
            letters[i] = sign
