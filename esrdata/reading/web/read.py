"""From an organisation's own web page to records: which lines tell of which project.

First comes the question what the page is (`kinds.py`): a call, a guide or a form is refused as
what it is. Then come the blocks that state labelled facts (`blocks.py`), and where there are none,
what the prose of a page about one project claims (`prose.py`). All words stand in `web.yml` and
`web_pages.yml`.
"""

from dataclasses import dataclass, replace
from datetime import date

from esrdata.documents.document import Document, Span
from esrdata.reading.form.description import part_of_form
from esrdata.reading.form.spec import all_forms
from esrdata.reading.privacy import mask
from esrdata.reading.quantities.periods import find_end
from esrdata.reading.record import Finding, Record
from esrdata.reading.web.block import BlockReader
from esrdata.reading.web.blocks import Block, anchors, find_blocks, is_named, stands_beside
from esrdata.reading.web.kinds import (
    document_of,
    is_prose_of_project,
    other_page,
    tells_of_project,
)
from esrdata.reading.web.lines import Lines
from esrdata.reading.web.names import (
    best_title,
    is_called_project,
    is_labelled,
    name_slice,
    names_another,
    tells,
)
from esrdata.reading.web.page import Page
from esrdata.reading.web.persons import persons_of
from esrdata.reading.web.prose import claims, most_precise
from esrdata.reading.web.seen import bare_funds, bare_period, figures, titled_fund
from esrdata.reading.web.sentences import FIRST, own_names, sentences
from esrdata.reading.web.shelf import page_words
from esrdata.reading.web.stories import story_of
from esrdata.reading.web.vocabulary import words

# Kinds of labels whose value, read or not, makes a page look like a project's.
_FIGURES = ("period", "start", "end", "sum")


@dataclass(frozen=True, slots=True)
class Mention:
    """A project that a page tells of without stating its facts.

    `end_date` is its last day, where the prose says so, and `qualifier` the last sure part of it.
    """

    title: str
    line: int
    end_date: date | None
    qualifier: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class WebRead:
    """What a page gives: records and projects only mentioned, and a finding of what is not read.

    The finding is missing where nothing else on the page looks like a project.
    """

    records: tuple[Record, ...] = ()
    mentions: tuple[Mention, ...] = ()
    finding: Finding | None = None


def look_at(document: Document) -> WebRead:
    """Read every project that a web page states facts of, or say why there is none.

    Official forms have readers of their own, which come first. A record is a block with a name and
    a value that can be read, in the order of the page.
    """
    page = Page(document)
    # A form that its own reader gave up on has labels and headings of this shelf too.
    if part_of_form(document, all_forms()) is not None:
        return WebRead()
    found = find_blocks(page)
    blocks = [block for block in found if block.title is not None or is_named(block.facts)]
    unnamed = [block for block in found if block not in blocks]
    title = blocks[0].title if blocks else _prose_title(page)
    further = [block.title for block in blocks[1:] if block.title is not None]
    other = other_page(page, title, further, stated=len(blocks))
    if other is not None:
        return WebRead(finding=replace(other, raw=other.raw or str(len(page.full))))
    if page.facts and not tells_of_project(page, page.facts):
        return WebRead()
    if not blocks:
        blocks, unnamed = _prose_block(page, title), []
    if not blocks or stands_beside(page):
        return WebRead(finding=_unread(page, title))
    alone = len(blocks) == 1
    records = [BlockReader(page, block, alone=alone).run() for block in blocks]
    around = "\n".join(line.text for i, line in enumerate(page.lines) if i not in page.personal)
    persons = persons_of(page)
    around = mask(around, persons)
    for record in records:
        record.around = around
        record.persons += persons
        # Persons around a block belong to none of the records.
        record.withheld |= page.personal
    finding = None
    if unnamed:
        facts = (fact for block in unnamed for fact in block.facts)
        stated = (document.view[fact.start : fact.end].strip() for fact in facts)
        finding = Finding("web_project_unread", raw="; ".join(["–", *filter(None, stated)]))
    return WebRead(tuple(records), tuple(_mentions(page, [*blocks, *unnamed])), finding)


def known_document(document: Document) -> Finding | None:
    """The finding of an application, a decision, a plan or a report that no form file reads."""
    return document_of(Lines(document))


# ---- pages without labelled facts


def _prose_title(page: Page) -> int | None:
    """The line that names what the prose of a page is about."""
    prose = (i for i in page.full if page.is_prose(i) and page.level(i) is None)
    first = next(prose, len(page.lines))
    heads = [i for i in page.full if page.level(i) == 1 and i > first]
    return best_title(page, range(first), heads)


def _headline(page: Page, title: int | None) -> int | None:
    """A title, or the first headline that only tells something."""
    told = (i for i in page.full if tells(page, i))
    return next(told, None) if title is None else title


def _prose_block(page: Page, title: int | None) -> list[Block]:
    """The one project that the prose of a page tells of, where it states anything of it."""
    labelled = [fact for fact in page.facts if fact.label.kind == "name" and fact.end > fact.start]
    called = None
    if title is None and page.document.outline is None:
        # A print that has lost its line ends begins with the title.
        title = next((i for i in page.full[:1] if page.opening_title(i) is not None), None)
    title = _headline(page, title)
    lines = page.own(0, len(page.lines))
    if len(labelled) == 1:
        # "Hankkeen nimi: Silta" is surer than any headline.
        start, names = labelled[0].line, [page.document.view[labelled[0].start : labelled[0].end]]
        title = None
    elif title is not None:
        tells_story, called = story_of(page, title)
        if tells_story and called is None:
            return []
        head = page.title_text(title)
        start, names = title, [head if called is None else page.document.view[slice(*called)]]
        if called is None and not (
            is_prose_of_project(page) or is_called_project(names[0]) or _is_in_prose(page, title)
        ):
            return []
    else:
        return []
    named = [*names, *page.titles]
    if title is not None and _heads_projects(page, title):
        return []
    found = claims(sentences(page, lines), named) or bare_funds(page, lines)
    found = found or bare_period(page, lines) or titled_fund(page, title)
    firsts = most_precise([claim for claim in found if claim.field == FIRST])
    if not found or len({claim.content for claim in firsts}) > 1:
        # Two beginnings are those of two projects.
        return []
    end = next((i for i in lines if i > start and page.is_ending(i)), len(page.lines))
    if title is not None:
        own = (
            names[0] if called is not None else page.document.view[slice(*name_slice(page, title))]
        )
        end = next((i for i in lines if title < i < end and names_another(page, i, own)), end)
    inside = {i for i in lines if start <= i < end}
    facts = tuple(fact for fact in page.facts if fact.line in inside)
    return [Block(title, facts, start, end, called)]


def _is_in_prose(page: Page, title: int) -> bool:
    """Whether a line of prose begins with a title, or with its short name in capitals."""
    own = own_names([page.title_text(title)])
    prose = (page.lines[i] for i in range(title + 1, len(page.lines)) if page.is_prose(i))
    return any(own.match(line.text.lstrip()) for line in prose)


def _heads_projects(page: Page, title: int) -> bool:
    """Whether headlines below one that is called no project call several: a list in prose."""
    if is_called_project(page.title_text(title)):
        return False
    texts = {page.title_text(i) for i in range(title + 1, len(page.lines)) if page.is_headline(i)}
    # "Yhteinen kuntamme-hanke": the word for a project behind a hyphen, and nothing behind it.
    subject = page_words().subject
    named = (
        any("-" in m[0] and m.end() == len(text) for m in subject.finditer(text)) for text in texts
    )
    return sum(named) > 1


# ---- pages that give nothing


def _unread(page: Page, title: int | None) -> Finding | None:
    """A page that looks like a project's, with the periods and sums that stand on it."""
    stated = any(
        anchors(page, fact) or (fact.label.kind in _FIGURES and fact.end > fact.start)
        for fact in page.facts
    )
    title = _headline(page, title)
    name = page.title_text(title) if title is not None else ""
    seen = figures(sentences(page, range(len(page.lines))))
    prose = is_prose_of_project(page) and (is_called_project(name) or bool(seen))
    if not stated and not prose:
        return None
    return Finding("web_project_unread", raw="; ".join([name or "–", *seen]))


# ---- projects mentioned


def _mentions(page: Page, blocks: list[Block]) -> list[Mention]:
    inside = {i for block in blocks for i in page.own(block.start, block.end)}
    titles = [
        i
        for i, line in enumerate(page.lines)
        if not (line.blank or i in inside or i in page.personal or is_labelled(page, i))
        and page.opens_prose(i)
    ]
    found = []
    for n, i in enumerate(titles):
        stop = titles[n + 1] if n + 1 < len(titles) else len(page.lines)
        stop = min([stop, *(b.start for b in blocks if b.start > i)])
        project = _mention(page, i, stop)
        if project is not None:
            found.append(project)
    return found


def _mention(page: Page, title: int, stop: int) -> Mention | None:
    """What the prose under a title says of a project."""
    spoken = [
        sentence
        for i in range(title + 1, stop)
        if page.is_prose(i)
        for sentence in words().sentence.split(page.lines[i].text)
        if words().project.search(sentence)
    ]
    if not spoken:
        return None
    ends = [moment for moment in map(find_end, spoken) if moment is not None]
    line = page.lines[title]
    text = line.text.strip()
    start = line.start + line.text.index(text)
    span = page.document.span(start, start + len(text))
    end = ends[0] if ends else None
    return Mention(
        " ".join(text.split()),
        span.line,
        end.last if end is not None else None,
        end.precision if end is not None else None,
        span,
    )
