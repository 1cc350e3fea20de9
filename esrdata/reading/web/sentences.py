"""The sentences of a page's prose, and which of them speak of its project."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from esrdata.reading.long_sentences import parts
from esrdata.reading.web.page import Page
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import flat, page_words
from esrdata.reading.web.vocabulary import words

FIRST, LAST = "projects.start_date", "projects.end_date"
FUND = "projects.fund"


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that a sentence states, at `start:end` of the view; `qualifier` as of values."""

    field: str
    content: date | float | str
    qualifier: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at `start` of the view, with one kind of space."""

    text: str
    start: int


def sentences(page: Page, lines: Sequence[int]) -> Iterator[Sentence]:
    """The sentences of some lines; a paragraph may run over wrapped lines, persons are left out."""
    view = page.document.view
    inside = set(lines)
    taken: set[int] = set()
    for i in lines:
        if i in taken or page.lines[i].blank or i in page.personal or i in page.of_facts:
            continue
        last = i
        while last in page.document.wraps and last + 1 in inside and last + 1 not in page.of_facts:
            last += 1
            taken.add(last)
        start, end = page.lines[i].start, page.lines[last].end
        text = flat(view[start:end])
        at = 0
        for stop in [*words().sentence.finditer(text), None]:
            cut = stop.start() if stop is not None else len(text)
            for first, behind in parts(text, at, cut, SETTINGS.longest):
                yield Sentence(text[first:behind], start + first)
            at = stop.end() if stop is not None else cut


def own_names(names: Sequence[str]) -> re.Pattern[str]:
    """The short names of a project: words in capitals, or the whole name; none match nothing."""
    short = {word for name in names for word in re.findall(r"(?<!\w)[A-ZÅÄÖ][A-ZÅÄÖ\d+]{2,}", name)}
    short |= {name for name in names if 1 < len(name.split()) <= 12}
    short |= {
        name for name in names if len(name.split()) == 1 and len(name) > 3 and name[0].isupper()
    }
    ordered = sorted(short, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered)) or '(?!)'})")


def speaks_of_project(text: str, own: re.Pattern[str]) -> bool:
    """Whether a sentence speaks of the project and of no other."""
    shelf = page_words()
    named = shelf.subject.search(text) or own.search(text) or shelf.begins.match(text)
    return bool(named) and shelf.others.search(text) is None
