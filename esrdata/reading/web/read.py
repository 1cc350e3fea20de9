"""From an organisation's own web page to records: which lines tell of which project.

A project is a block: a title, labelled facts, prose, and headings that are known. All words
stand in `web.yml`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from esrdata.documents.document import Document, Span
from esrdata.reading.form.description import part_of_form
from esrdata.reading.form.spec import all_forms
from esrdata.reading.quantities.periods import find_day, find_end, find_period
from esrdata.reading.quantities.sums import read_sum
from esrdata.reading.record import Record
from esrdata.reading.web.block import WEB, read_block
from esrdata.reading.web.facts import Fact
from esrdata.reading.web.page import Page
from esrdata.reading.web.vocabulary import words

__all__ = ["WEB", "Told", "read_web", "told_of"]


@dataclass(frozen=True, slots=True)
class Told:
    """A project that a page tells of without stating its facts.

    `end_date` is its last day, where the prose says so, and `qualifier` the last sure part of it.
    """

    title: str
    line: int
    end_date: date | None
    qualifier: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines `start:end` of a page; the title is missing where the name has a label."""

    title: int | None
    facts: tuple[Fact, ...]
    start: int
    end: int


def read_web(document: Document) -> list[Record]:
    """Read every project that a web page states facts of.

    Parameters
    ----------
    document
        The page; official forms have readers of their own, which come first.

    Returns
    -------
    list of Record
        One per block, in the order of the page; empty where no block has a title and a period or a
        sum that can be read.
    """
    page = Page(document)
    blocks = _blocks(page)
    # A form that its own reader gave up on has labels and headings of this shelf too.
    if not blocks or part_of_form(document, all_forms()) is not None:
        return []
    records = [read_block(page, b.title, b.facts, b.start, b.end) for b in blocks]
    around = "\n".join(line.text for i, line in enumerate(page.lines) if i not in page.personal)
    for record in records:
        record.around = around
    return records


def told_of(document: Document, records: Iterable[Record]) -> list[Told]:
    """The projects a page tells of in prose only.

    Parameters
    ----------
    document
        The page.
    records
        What was read from it; where that is nothing, the whole page is looked at.

    Returns
    -------
    list of Told
        Headings outside every block, below which prose speaks of a project.
    """
    page = Page(document)
    blocks = _blocks(page) if any(True for _ in records) else []
    inside = {i for block in blocks for i in range(block.start, block.end)}
    titles = [
        i
        for i, line in enumerate(page.lines)
        if not line.blank and i not in inside and i not in page.personal and page.opens_prose(i)
    ]
    found = []
    for n, i in enumerate(titles):
        stop = titles[n + 1] if n + 1 < len(titles) else len(page.lines)
        stop = min([stop, *(b.start for b in blocks if b.start > i)])
        told = _tells(page, i, stop)
        if told is not None:
            found.append(told)
    return found


def _tells(page: Page, title: int, stop: int) -> Told | None:
    """What the prose under a title says of a project."""
    said = [
        sentence
        for i in range(title + 1, stop)
        if page.is_prose(i)
        for sentence in words().sentence.split(page.lines[i].text)
        if words().project.search(sentence)
    ]
    if not said:
        return None
    ends = [moment for moment in map(find_end, said) if moment is not None]
    line = page.lines[title]
    text = line.text.strip()
    start = line.start + line.text.index(text)
    span = page.document.span(start, start + len(text))
    end = ends[0] if ends else None
    return Told(
        " ".join(text.split()),
        span.line,
        end.last if end is not None else None,
        end.precision if end is not None else None,
        span,
    )


# ---- blocks


def _blocks(page: Page) -> list[_Block]:
    """The parts of a page that state facts of a project."""
    groups = _joined(page, _groups(page))
    titles = [
        _title(page, group, groups[n - 1][-1].last + 1 if n else 0)
        for n, group in enumerate(groups)
    ]
    found = []
    for n, (group, title) in enumerate(zip(groups, titles, strict=True)):
        named = any(fact.label.kind == "name" and fact.end > fact.start for fact in group)
        if not (named or title is not None) or not any(_anchors(page, fact) for fact in group):
            continue
        following = len(page.lines)
        if n + 1 < len(groups):
            above = titles[n + 1]
            following = above if above is not None else groups[n + 1][0].line
        start = title if title is not None else group[0].line
        found.append(_Block(title, tuple(group), start, _end(page, group[-1], following)))
    return found


def _groups(page: Page) -> list[list[Fact]]:
    """Facts and headings that belong to one project each."""
    groups: list[list[Fact]] = []
    for n, fact in enumerate(page.facts):
        if groups and not _begins(page, groups[-1], n):
            groups[-1].append(fact)
        else:
            groups.append([fact])
    return groups


def _run(page: Page, n: int) -> list[Fact]:
    """A fact and those that follow it with nothing but blank lines between."""
    run = [page.facts[n]]
    for fact in page.facts[n + 1 :]:
        if any(not page.lines[i].blank for i in range(run[-1].last + 1, fact.line)):
            break
        run.append(fact)
    return run


def _joined(page: Page, groups: list[list[Fact]]) -> list[list[Fact]]:
    """Groups, the only facts of a page joined to the headings above them.

    Many pages tell of one project under several headings and state its facts last.
    """
    stated = [n for n, group in enumerate(groups) if any(_anchors(page, f) for f in group)]
    if len(stated) != 1 or not stated[0]:
        return groups
    n = stated[0]
    above, group = groups[n - 1], groups[n]
    title = _title(page, group, above[-1].last + 1)
    shared = {fact.label.field for fact in above} & {fact.label.field for fact in group}
    between = range(above[-1].last + 1, group[0].line)
    if shared or title is None or not page.opens_prose(title) or any(map(page.is_ending, between)):
        return groups
    return [*groups[: n - 1], [*above, *group], *groups[n + 1 :]]


def _begins(page: Page, group: list[Fact], n: int) -> bool:
    """Whether a fact belongs to another project than those before it."""
    last, fact = group[-1], page.facts[n]
    between = [i for i in range(last.last + 1, fact.line) if not page.lines[i].blank]
    if any(page.is_ending(i) for i in between):
        return True
    titles = [i for i in between if i not in page.personal and page.is_headline(i)]
    if not titles and fact.label.kind != "name":
        return False
    run = _run(page, n)
    told = any(page.is_prose(i) for i in between)
    stated = any(_anchors(page, other) for other in group)
    if fact.label.kind == "name":
        named = any(other.label.kind == "name" for other in group)
        return named or (stated and (told or bool(titles)))
    if _repeats(group, run):
        # A second heading of a kind needs a title by itself, not just a short line, above it.
        return not fact.heading or any(page.stands_alone(i) for i in titles)
    # A title right above a period or a sum, behind the prose of the project before.
    entitled = titles[-1] == between[-1] and any(_anchors(page, other) for other in run)
    if entitled and told and stated:
        return True
    # Titles among the prose before the first heading are part of it; later ones are not, but for
    # one right under its heading.
    under = between[0] if between and last.heading and last.start == last.end else None
    headed = any(other.heading for other in group)
    return headed and any(page.opens_prose(i) for i in titles if i != under)


def _repeats(group: list[Fact], run: list[Fact]) -> bool:
    """Whether a run states again what the facts before it state."""
    fields = {fact.label.field for fact in group}
    if run[0].heading:
        return run[0].label.field in fields
    return any(fact.label.field in fields for fact in run if not fact.heading)


def _title(page: Page, group: list[Fact], first: int) -> int | None:
    """The nearest line above the facts of a project that may be its title."""
    for i in range(group[0].line - 1, first - 1, -1):
        if page.lines[i].blank:
            continue
        if page.is_ending(i):
            return None
        if i not in page.personal and page.is_headline(i):
            return i
        if group[0].label.kind == "name":
            # A labelled name needs no title, and takes none from further up.
            return None
    return None


def _end(page: Page, last: Fact, following: int) -> int:
    """Where a block ends: with the next one, or where the page turns to something else."""
    under = page.below(last.last) if last.heading and last.start == last.end else None
    for i in range(last.last + 1, following):
        if page.lines[i].blank:
            continue
        if page.is_ending(i) or (i != under and i not in page.personal and page.opens_prose(i)):
            return i
    return following


def _anchors(page: Page, fact: Fact) -> bool:
    """Whether a fact is a period or a sum that can be read."""
    text = page.document.view[fact.start : fact.end]
    kind = fact.label.kind
    if kind == "sum":
        return read_sum(text) is not None
    if kind == "period":
        period = find_period(text)
        sides = (period.first, period.last) if period is not None else ()
        return any(side is not None and side.first is not None for side in sides)
    if kind in ("start", "end"):
        day = find_day(text)
        return day is not None and day.first is not None
    return False
