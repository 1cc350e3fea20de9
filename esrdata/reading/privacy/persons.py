"""Where given persons are named in prose: whole, in part, in initials, inflected.

A whole name is covered in any order and case. A part of it alone is covered where it has a capital;
one that is an ordinary word, too, or the name of a place only where a person is likely.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from esrdata.documents.text import small
from esrdata.reading.privacy.inflection import beginning, forms
from esrdata.reading.privacy.vocabulary import (
    before,
    listed,
    ordinary,
    pattern,
    towns,
)

_WORD = re.compile(r"[^\W\d_]+(?:['´`][^\W\d_]+)?")
_DIVIDED = re.compile(r"(?:(?<!\s)\s+)?(?:[;/&\n|]|\b(?:ja|och|and|sekä|tai|eller|or)\b)\s*")
# Between the parts of a name.
_BETWEEN = r"[\s.,_-]{0,3}"
# So far from a part of a name may the rest of it stand.
_NEAR = 80
_GLUED = re.compile(r"(?<!\w)([A-ZÅÄÖ]{2,3})[ .]{1,2}\Z")
# What a part of a double name, or a nickname between two parts, leaves over.
_BEFORE_HYPHEN = re.compile(r"(?<![\w-])[A-ZÅÄÖ][^\W\d_]{1,30}-\Z")
_BEHIND_HYPHEN = re.compile(r"-[A-ZÅÄÖ][^\W\d_]{1,30}(?![\w-])")
_NICKNAME = r"(?:[ \t]?[(\"'”“][^\W\d_]{1,20}[)\"'”“])?"
_SENTENCE_END = re.compile(r"(?:^|[.!?:•*\n\"”»(-])[ \t]*\Z")


class _Person(NamedTuple):
    """A person as a pattern; `beginnings` are what every form of a part begins with."""

    beginnings: tuple[str, ...]
    initials: frozenset[str]
    name: re.Pattern[str]
    parts: tuple[tuple[re.Pattern[str], str], ...]


def named(text: str, persons: Iterable[str], *, whole: bool = False) -> Iterator[tuple[int, int]]:
    """Where given persons are named in a text of plain signs; `whole`: not by a part alone."""
    people = [person for name in persons for person in _people(name)]
    if not people:
        return
    low = small(text)
    for person in people:
        for start, end in _near(low, person.beginnings):
            for match in person.name.finditer(low, start, end):
                part = _part(low, match, person)
                if part is None or (not whole and _is_person(text, match, part)):
                    glued = _GLUED.search(text, max(match.start() - 6, 0), match.start())
                    first = glued is not None and set(glued[1].lower()) <= person.initials
                    yield _wider(text, glued.start() if glued and first else match.start(), match)


def _wider(text: str, start: int, match: re.Match[str]) -> tuple[int, int]:
    """A name with the other half of a double name, which the form may not have."""
    ahead = _BEFORE_HYPHEN.search(text, max(start - 32, 0), start)
    behind = _BEHIND_HYPHEN.match(text, match.end())
    return (
        start if ahead is None else ahead.start(),
        match.end() if behind is None else behind.end(),
    )


@lru_cache(maxsize=256)
def _people(name: str) -> tuple[_Person, ...]:
    """The persons in the text of a field for names."""
    people = []
    for one in _DIVIDED.split(name):
        words = [small(word) for word in _WORD.findall(one) if word[0].isupper()]
        parts = tuple(
            dict.fromkeys(word for word in words if len(word) > 1 and word not in _no_names())
        )
        if parts:
            people.append(_person(parts))
    return tuple(people)


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return frozenset(listed("names", "titles") + listed("names", "particles"))


def _person(parts: tuple[str, ...]) -> _Person:
    whole = "|".join(forms(part) for part in parts)
    first = f"[{''.join(sorted({re.escape(part[0]) for part in parts}))}]"
    initial = rf"{first}(?![^\W\d_])"
    more = rf"(?:{whole})(?![^\W\d_])|{initial}"
    # Glued parts and one other name between two of them belong to it too; in the name of an
    # account an initial may be glued to it (`@tmallinen`).
    name = (
        rf"(?:(?<![^\W\d_])|(?<=@{first}))(?:{initial}{_BETWEEN}){{0,3}}(?:{whole})"
        rf"(?:(?:{whole})*(?![^\W\d_]))(?:{_NICKNAME}{_BETWEEN}(?:{more}))*"
    )
    return _Person(
        tuple(beginning(part) for part in parts),
        frozenset(part[0] for part in parts),
        re.compile(name),
        tuple((re.compile(forms(part)), part) for part in parts),
    )


def _near(low: str, beginnings: Iterable[str]) -> list[tuple[int, int]]:
    """Slices of a text in which a person may be named."""
    found: list[tuple[int, int]] = []
    for beginning_ in beginnings:
        at = low.find(beginning_)
        while at >= 0:
            found.append((max(at - _NEAR, 0), at + _NEAR))
            at = low.find(beginning_, at + 1)
    slices: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if slices and start <= slices[-1][1]:
            slices[-1] = slices[-1][0], max(end, slices[-1][1])
        else:
            slices.append((start, end))
    return slices


def _part(low: str, match: re.Match[str], person: _Person) -> str | None:
    """The part of a name that matches alone; None of several parts, or an initial and one."""
    forms_ = ((form.fullmatch(low, *match.span()), part) for form, part in person.parts)
    return next((part for found, part in forms_ if found), None)


def _is_person(text: str, match: re.Match[str], part: str) -> bool:
    """Whether a part of a name alone is the person, and no ordinary word."""
    start, end = match.span()
    written = text[start:end]
    known = part in ordinary() or part.endswith(("lainen", "läinen"))
    if not written[0].isupper():
        ahead = text[max(start - 2, 0) : start]
        inside = ahead.endswith(("@", "/", "_")) or ahead.startswith("@")
        inside |= text[end : end + 1] == "_"
        return inside or (not known and (part.endswith("nen") or _is_doing(text, start, end)))
    if not known:
        return True
    return _is_likely(text, start, end, part)


@lru_cache(maxsize=1)
def _contexts() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        before("names", "occupations", r"[.:,]?[ \t\n]{1,2}"),
        re.compile(rf"[ \t\n]{{1,2}}(?:{pattern('names', 'doings')})(?!\w)", re.IGNORECASE),
        re.compile(rf"[ \t\n-]{{1,2}}(?:{pattern('names', 'bodies')})(?!\w)", re.IGNORECASE),
    )


def _is_doing(text: str, start: int, end: int) -> bool:
    """Whether an occupation stands before a word, or behind it what people do."""
    occupation, doing, _ = _contexts()
    before_it = occupation.search(text, max(start - 40, 0), start)
    return before_it is not None or doing.match(text, end) is not None


def _is_likely(text: str, start: int, end: int, part: str) -> bool:
    """Whether an ordinary word with a capital is likely a person."""
    if _is_doing(text, start, end):
        return True
    if _contexts()[2].match(text, end) or part in towns():
        return False
    written = text[start:end]
    if written.isupper() and len(written) > 1:
        # Among capitals a capital says nothing.
        around = re.sub(r"[\W\d_]", "", text[max(start - 20, 0) : start] + text[end : end + 20])
        if not around or around.isupper():
            return False
    return _SENTENCE_END.search(text, max(start - 4, 0), start) is None and start > 0
