"""What kind of page a page is: one that tells of a project, or a call, a guide, a form."""

import re
from collections.abc import Collection, Iterable, Iterator

from esrdata.reading.record import Finding
from esrdata.reading.web.blocks import anchors, is_named
from esrdata.reading.web.cells import Fact
from esrdata.reading.web.lines import Lines
from esrdata.reading.web.page import Page
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import flat, funds_in, is_but_funds, page_words

# Kinds of labels that the page of a project has, and of these the ones whose value must be known.
_OF_PROJECTS = frozenset({"code", "sum", "fund", "funder"})
_GIVEN = frozenset({"sum", "fund", "funder"})
# So many projects with facts of their own may stand on a page of a kind, which is read then.
_MAY_STATE = {"web_portfolio": 1, "web_news": 2}
_MARKS = re.compile(r"^[\s#*_•·\d.)-]+")


def other_page(
    page: Page, title: int | None, further: Iterable[int] = (), *, stated: int
) -> Finding | None:
    """What a page is, where it tells of no project.

    `title`: the line that would be the name of its project. `further`: those of further projects:
    one that is called a call makes the page a list of calls. `stated`: of how many projects
    labelled facts are stated. Then a headline, or more of the words of a call or a guide, must say
    otherwise; a labelled name is proof against all but forms, and a list or news of several
    projects may state them.
    """
    if page.portal is not None and page.portal.no_projects is not None:
        return Finding(page.portal.no_projects, raw=page.titles[0] if page.titles else "")
    course = None
    for line in page.lines:
        label = page_words().call_label.match(line.text)
        if label is not None and label["course"] is None:
            return Finding("web_call", raw=next(iter(_heads(page, title)), line.text.strip()))
        course = course or label
    named = [
        fact for fact in page.facts if fact.end > fact.start and fact.label.kind in ("name", "code")
    ]
    if stated and named:
        return None
    heads = list(_heads(page, title))
    if course is not None and not _is_paid(page, heads):
        return Finding("web_notice", raw=next(iter(heads), course[0].strip()))
    for kind in page_words().kinds:
        calls = map(page.title_text, further if kind.code == "web_call" else ())
        if stated >= _MAY_STATE.get(kind.code, stated + 1):
            continue
        for head in (*heads, *calls):
            if kind.head.match(head) is not None:
                return Finding(kind.code, raw=head)
    # The page of an event; where a headline names its project, that is told of.
    told = any(called.search(head) is not None for called in page_words().called for head in heads)
    event = next((head for head in heads if page_words().event.fullmatch(head) is not None), None)
    if event is not None and not told:
        return Finding("web_notice", raw=event)
    for head in heads[:1]:
        if is_but_funds(head):
            return Finding("web_fund", raw=head)
    return _by_text(page, heads, SETTINGS.in_own_words if stated else page_words().body_least)


def _is_paid(page: Page, heads: Iterable[str]) -> bool:
    """Whether a page states more than days of a project: its money, or a headline calls it one."""
    return (
        any(page_words().subject.search(head) is not None for head in heads)
        or any(anchors(page, fact) for fact in page.facts if fact.label.kind in _GIVEN)
        or any(funds_in(line.text) for line in page.lines)
    )


def _heads(page: Page, title: int | None) -> Iterator[str]:
    """What the page is headed with: its titles, its first headline, and the likely name."""
    seen: set[str] = set()
    first = next(
        (
            i
            for i in page.full
            if len(page.lines[i].text) <= SETTINGS.heading
            and not page.is_furniture(i)
            and (page.level(i) == 1 or page.document.outline is None)
            and page.lines[i].text.strip()[0].isalnum()
        ),
        None,
    )
    # "Hankkeen toteuttaminen" names no project and says what the page is.
    unnamed = next(
        (
            i
            for i in page.full
            if page_words().unnamed.fullmatch(flat(page.lines[i].text).strip()) is not None
            and page.is_headline(i)
        ),
        None,
    )
    lines = (i for i in (first, title, unnamed) if i is not None)
    texts = [*page.titles[:2], *map(page.title_text, lines)]
    for text in texts:
        head = " ".join(_MARKS.sub("", flat(text)).split()) or text
        if head and head not in seen:
            seen.add(head)
            yield head


def _by_text(page: Page, heads: Iterable[str], least: int) -> Finding | None:
    """The kind of page whose words stand in the text."""
    text = flat("\n".join(line.text for line in page.lines))
    counts = {
        kind.code: sum(pattern.search(text) is not None for pattern in kind.body)
        for kind in page_words().kinds
    }
    best = max(counts, key=lambda code: counts[code])
    return None if counts[best] < least else Finding(best, raw=next(iter(heads), ""))


def document_of(page: Lines) -> Finding | None:
    """The known form that a page is, by its title and its labels."""
    lines = [" ".join(flat(line.text).split()) for line in page.lines if not line.blank]
    top = [_MARKS.sub("", line) for line in lines[: page_words().document_top]]
    for title, labels in page_words().documents:
        titled = next((t for t in top if len(t) <= SETTINGS.heading and title.fullmatch(t)), None)
        known = sum(any(label.match(line) for line in lines) for label in labels)
        if titled is not None and known >= 2:
            return Finding("document_known", raw=titled)
    return None


def tells_of_project(page: Page, facts: Collection[Fact]) -> bool:
    """Whether a page has anything of a project but days: a sum, a fund, who carries it out, a word.

    A day, a period and a heading stand in notes on data and software, too.
    """
    shelf, view = page_words(), page.document.view
    givers = (shelf.authority, shelf.other_fund)
    if is_named(facts) or any(
        fact.end > fact.start
        and (fact.label.kind in _OF_PROJECTS or fact.label.field == "projects.applicant")
        and (
            fact.label.kind not in _GIVEN
            or anchors(page, fact)
            or any(giver.search(view, fact.start, fact.end) for giver in givers)
        )
        for fact in facts
    ):
        return True
    whole = flat("\n".join([*page.titles, *(line.text for line in page.lines)]))
    if shelf.of_projects.search(whole) is not None or funds_in(whole):
        return True
    first = min((fact.line for fact in facts), default=0)
    last = max((fact.last for fact in facts), default=0)
    around = page.lines[max(0, first - SETTINGS.near_facts) : last + SETTINGS.near_facts]
    near = flat("\n".join([*page.titles, *(line.text for line in around)]))
    return shelf.of_projects_near.search(near) is not None


def is_prose_of_project(page: Page) -> bool:
    """Whether the prose of a page speaks of one project more than of projects at large."""
    text = flat("\n".join(line.text for i, line in enumerate(page.lines) if page.is_prose(i)))
    one = len(page_words().subject.findall(text))
    many = len(page_words().plural.findall(text))
    return one > 0 and one >= many
