"""The names by which the prose of a page calls projects: "Silta-hanke", "the LANTERN project"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from esrdata.reading.web.page import Page
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import funds_in, page_words
from esrdata.reading.web.vocabulary import plain

# "Kylät töihin -hanke": where the name begins nothing says.
_LONGER = re.compile(r"(?<![\w-])(?P<last>[^\W\d_][\w-]*+) [-–]\s?(?:hank|projekt)")
_WORD = re.compile(r"\w+")
_NOMINATIVE = ("hanke", "projekti", "project")


@dataclass(frozen=True, slots=True)
class Called:
    """The names by their spelling, each with its places and whether a sentence is about it there.

    `longer` are last words of names whose beginnings are not known.
    """

    names: dict[str, list[tuple[int, int, bool]]]
    longer: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.names or self.longer)

    def agrees(self, headline: str) -> bool:
        """Whether a headline has a word of a name, or the words of which it is the beginnings."""
        head, size = _WORD.findall(plain(headline)), SETTINGS.same_stem
        stems = {word[:size] for word in head}
        return any(
            any(word[:size] in stems for word in _WORD.findall(name)) or _is_short_of(name, head)
            for name in [*self.names, *map(plain, self.longer)]
        )

    def are_in(self, headline: str) -> bool:
        """Whether a headline has all words of a name as they are, or is what it is short for."""
        head = _WORD.findall(plain(headline))
        return any(
            set(_WORD.findall(name)) <= set(head) or _is_short_of(name, head)
            for name in [*self.names, *map(plain, self.longer)]
        )


def called_in(page: Page) -> Called:
    """The names by which the prose of a page calls projects."""
    names: dict[str, list[tuple[int, int, bool]]] = {}
    longer: list[str] = []
    for i, line in enumerate(page.lines):
        if line.blank or i in page.personal or not page.is_prose(i):
            continue
        longer += [match["last"] for match in _LONGER.finditer(line.text)]
        for name, start, end, whole in names_in(line.text):
            names.setdefault(plain(name), []).append((line.start + start, line.start + end, whole))
    return Called(names, tuple(longer))


def names_in(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """The names by which a text calls projects, their places, and whether in the nominative."""
    shelf = page_words()
    for pattern in shelf.called:
        for match in pattern.finditer(text):
            first, last = match.span("name")
            before = shelf.before_called.match(text, first, last)
            first = first if before is None else before.end()
            name = text[first:last]
            # "ESR-hanke", "STEA-hanke" and "EU-hanke" name a kind.
            of_kind = funds_in(name) or shelf.other_fund.search(name) or name == "EU"
            if of_kind or re.search(r"[^\W\d_]{2}", name) is None:
                continue
            whole = match[0].endswith(_NOMINATIVE)
            start = first if before is not None or not whole else match.start()
            yield name, start, match.end() if whole else last, whole or last == match.end()


def _is_short_of(name: str, words: list[str]) -> bool:
    """Whether a name is made of the beginnings of some words, in their order."""
    reached = {0}
    for word in words:
        for at in sorted(reached):
            size = 1
            while at + size <= len(name) and word.startswith(name[at : at + size]):
                reached.add(at + size)
                size += 1
    return len(name) in reached
