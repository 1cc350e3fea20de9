"""News stories: the headline tells something, and the prose calls the project by its name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from esrdata.reading.web.names import tells
from esrdata.reading.web.page import Page
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import funds_in, page_words
from esrdata.reading.web.vocabulary import plain

_DAY = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.\d{4}(?!\s?[-–]|\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
# "Kylät töihin -hanke": where the name begins nothing says.
_LONGER = re.compile(r"(?<![\w-])(?P<last>[^\W\d_][\w-]*+) [-–]\s?(?:hank|projekt)")
_WORD = re.compile(r"\w+")
_NOMINATIVE = ("hanke", "projekti", "project")


@dataclass(frozen=True, slots=True)
class Story:
    """The name that the prose of a story gives its project; None where that is not sure."""

    name: tuple[int, int] | None


def story_of(page: Page, title: int) -> Story | None:
    """The story of which a line is the headline; None where it may be the name of the project.

    A day or the name of the writer stands right above or below the headline of a story, and the
    prose calls the project something that the headline has no word of; or it tells what happened.
    """
    told = tells(page, title)
    if not (told or _is_dated(page, title)):
        return None
    head = _WORD.findall(plain(page.title_text(title)))
    called: dict[str, list[tuple[int, int, bool]]] = {}
    longer = []
    for i in _prose(page):
        line = page.lines[i]
        longer += [match["last"] for match in _LONGER.finditer(line.text)]
        for name, start, end, whole in _called(line.text):
            called.setdefault(plain(name), []).append((line.start + start, line.start + end, whole))
    names = [*called, *map(plain, longer)]
    if not told and (not names or any(_agrees(name, head) for name in names)):
        return None
    if len(called) != 1 or longer:
        return Story(None)
    found = next(iter(called.values()))
    start, end, _ = next((one for one in found if one[2]), found[0])
    return Story((start, end))


def _is_dated(page: Page, title: int) -> bool:
    """Whether a day or a writer stands by a headline."""
    last = page.title_end(title)
    below = (i for i in range(last + 1, len(page.lines)) if not page.lines[i].blank)
    under = takewhile(lambda i: not page.is_prose(i), islice(below, SETTINGS.near_head))
    above = (i for i in range(title - 1, -1, -1) if not page.lines[i].blank)
    return any(
        i in page.personal
        or page.is_stamp(i)
        or (len(page.lines[i].text) <= SETTINGS.heading / 2 and _DAY.search(page.lines[i].text))
        for i in (*under, *islice(above, 1))
        if i not in page.of_facts
    )


def _prose(page: Page) -> Iterator[int]:
    for i, line in enumerate(page.lines):
        if not line.blank and i not in page.personal and page.is_prose(i):
            yield i


def _called(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """The names by which a text calls projects, where they stand, and whether with that word."""
    shelf = page_words()
    for pattern in shelf.called:
        for match in pattern.finditer(text):
            group = "name" if "name" in match.groupdict() else "other"
            first, last = match.span(group)
            before = shelf.before_called.match(text, first, last)
            first = first if before is None else before.end()
            name = text[first:last]
            # "ESR-hanke" names a kind.
            if re.search(r"[^\W\d_]{2}", name) is None or funds_in(name):
                continue
            whole = match[0].endswith(_NOMINATIVE)
            start = first if before is not None or not whole else match.start()
            yield name, start, match.end() if whole else last, whole


def _agrees(name: str, head: list[str]) -> bool:
    """Whether a headline has a word of a name, or the words of which it is the beginnings."""
    size = SETTINGS.same_stem
    stems = {word[:size] for word in head}
    return any(word[:size] in stems for word in _WORD.findall(name)) or _is_short_of(name, head)


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
