"""Which line of a page is the name of a project: candidates are scored, the best one is taken.

A label, a caption, a file name, a status, a banner or words in brackets are no candidates
(`Page.is_headline`). What speaks for a candidate stands in `settings.py`.
"""

import re
from collections.abc import Sequence

from esrdata.reading.lists.unit_words import is_other_unit
from esrdata.reading.web.called import called_in
from esrdata.reading.web.cells import known
from esrdata.reading.web.facts import LABEL_LIKE
from esrdata.reading.web.moments import period_in
from esrdata.reading.web.organisations import ORGANISATIONS
from esrdata.reading.web.page import Page
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import flat, page_words
from esrdata.reading.web.vocabulary import names_part, plain, words

_CAPITAL = re.compile(r"(?<![\w-])[A-ZÅÄÖ0-9]")
_CALLED = re.compile(r".*\s[-\u2010\u2011–]\s?(?:hanke|projekti)(?=\s+$)")
_CALLED_EN = re.compile(r"(?:The\s+)?(?P<name>(?:[A-Z][\w'’-]*+\s+){1,5}[Pp]roject)(?=\s+$)")


def best_title(
    page: Page, above: Sequence[int], below: Sequence[int], *, alone: bool = True
) -> int | None:
    """The line that is most like the name of a project.

    `above`, `below`: lines that may be the name: those above the facts of the project, and those
    below where the page may have its title there. `alone`: whether the page is of one project: with
    others on it the nearest heading is the name, not the heading of the page.

    None where no candidate has the least score.
    """
    heads = _heads(page, above)
    tails = [i for i in below if _is_candidate(page, i)]
    kind = _below_kind(page, above)
    if kind in heads:
        return kind
    headed = [i for i in heads if page.level(i) is not None]
    headings = [i for i in headed if not names_part(page.title_text(i))] or headed[-1:]
    if not alone and headings and page.document.outline is not None:
        return headings[-1]
    near = (SETTINGS.nearest, SETTINGS.next_nearest)
    if page.portal is not None and page.portal.title == "below_facts" and tails:
        ranked = list(enumerate(tails))
    else:
        ranked = list(enumerate(reversed(heads)))
    scored = [(_score(page, i) + (near[rank] if rank < len(near) else 0), i) for rank, i in ranked]
    scored += [(_score(page, i) - SETTINGS.below, i) for i in tails]
    sure = [one for one in scored if one[0] >= SETTINGS.least_name]
    # A line that begins with a label is a name only where there is no other.
    sure = [one for one in sure if not is_labelled(page, one[1])] or sure
    best = max(sure, default=None, key=lambda one: one[0])
    return best[1] if best is not None else None


def _heads(page: Page, above: Sequence[int]) -> list[int]:
    """Candidates above facts or prose; none of the site above a headline that only tells."""
    heads: list[int] = []
    for i in above:
        if page.level(i) and page_words().portfolio.fullmatch(page.title_text(i)) is not None:
            # Above "Hankkeet" stands the site.
            heads = []
        if _is_candidate(page, i):
            heads.append(i)
        elif heads and tells(page, i):
            heads = [head for head in heads if _is_of_project(page, head)]
    # A question is a name only where there is no other: "Milloin hanke toteutetaan?".
    return [head for head in heads if not _asks(page, head)] or heads


def _asks(page: Page, i: int) -> bool:
    text = page.title_text(i)
    asked = text.endswith("?") and page_words().asked.fullmatch(text) is not None
    return asked and page.level(i) != 1 and not page.is_titled(i)


def _is_candidate(page: Page, i: int) -> bool:
    return (
        not page.lines[i].blank
        and i not in page.personal
        and page.is_headline(i)
        and _may_name(page, i)
    )


def _may_name(page: Page, i: int) -> bool:
    """Whether a headline may be the name of a project by what it says."""
    text = page.title_text(i)
    # A unit has a number, its sign, or a word alone: "Luvut tuhansina euroina".
    unit = ("uro" in text or "€" in text or "000" in text) and is_other_unit(text)
    return not (
        page_words().unnamed.fullmatch(flat(text)) is not None
        or _only_tells(page, i)
        or _is_of_question(page, i)
        or unit
        or _is_of_phases(page, i)
        or (page.level(i) is None and _names_body(text))
    )


def _is_of_phases(page: Page, i: int) -> bool:
    """Whether a line ends with a period, as the line next to it does: "Pilotit 1.5.–30.9.2020"."""
    if page.level(i) is not None or not page.lines[i].text.rstrip()[-1:].isdigit():
        return False
    near = {i, page.above(i), page.below(i)} - {None, *page.of_facts}
    return sum(period_in(page.lines[n].text) is not None for n in near if n is not None) > 1


def _names_body(text: str) -> bool:
    """Whether a line begins with a label of who carries a project out: "Toteuttaja Malli ry"."""
    if text.partition(" ")[0].casefold().strip(":") not in words().starts:
        return False
    match = words().label.match(text)
    label = known(match["label"]) if match is not None else None
    return label is not None and label.field in ORGANISATIONS


def _is_of_question(page: Page, i: int) -> bool:
    """Whether a line asks something in a word or two ("Mikä?"), or stands right below."""
    asks, text = page_words().question, page.title_text(i)
    above = page.above(i)
    asked = ("?" in text and asks.match(text) is not None) or (
        above is not None
        and page.lines[above].text.rstrip(" *_:").endswith("?")
        and asks.fullmatch(page.title_text(above)) is not None
    )
    return asked and page.level(i) != 1 and not page.is_titled(i)


def tells(page: Page, i: int) -> bool:
    """Whether a line is a headline of what happens or has: "Kuntoutujat saivat kahvilan"."""
    line = page.lines[i]
    if line.blank or len(line.text) > SETTINGS.heading or i in page.personal:
        return False
    return _only_tells(page, i) and page.is_headline(i)


def _is_of_project(page: Page, i: int) -> bool:
    """Whether a line above a headline is the name all the same."""
    return (
        page.level(i) == 1
        or page.is_titled(i)
        or is_called_project(page.title_text(i))
        or _in_prose(page, i)
    )


def _only_tells(page: Page, i: int) -> bool:
    """Whether a headline says what has happened or goes on, and names no project before that.

    Verbs of the present stand in names as well ("Arki sujuu"): such a headline tells something
    where the prose never says it again, and calls a project by words that it lacks.
    """
    shelf, text = page_words(), flat(page.title_text(i))
    happened = shelf.happened.search(text) is not None
    if not happened and shelf.happens.search(text) is None:
        return False
    # "Elämä toi tänne -hanke" is one.
    if name_slice(page, i) != page.title_slice(i) or page.is_called_below(i):
        return False
    if happened:
        return True
    called = called_in(page)
    return bool(called) and not called.are_in(text) and not _in_prose(page, i)


def _below_kind(page: Page, above: Sequence[int]) -> int | None:
    """On a card of a register, the line under the project's kind and number."""
    if page.portal is None or page.portal.title != "below_kind":
        return None
    for i in above:
        text = " ".join(page.lines[i].text.split())
        if any(map(str.isdigit, text)) and page_words().kind_line.fullmatch(text) is not None:
            return page.below(i)
    return None


def _score(page: Page, i: int) -> float:
    """How much a line by itself is like the name of a project."""
    text, level, regions = page.title_text(i), page.level(i), page.regions(i)
    score = SETTINGS.level[level - 1] if level is not None else 0.0
    agreement = (0, SETTINGS.agrees_partly, SETTINGS.agrees)[page.agreement(i)]
    if is_called_project(text):
        score += agreement + SETTINGS.project_word
    elif words().organisation.search(text) is None:
        score += agreement
    else:
        # The title of a page that is but that of its site says the same on all of them.
        of_site = any(m.end() == len(text) for m in words().organisation.finditer(text))
        score += (0 if of_site else agreement) - SETTINGS.organisation
    if page_words().verb.search(text) is not None:
        score -= SETTINGS.sentence
    if page.spelled(i) in page.boxed.values():
        score += SETTINGS.boxed
    elif page.times[page.spelled(i)] > 1 and not (page.is_titled(i) or is_called_project(text)):
        score -= SETTINGS.doubled
    if "header" in regions and level is None and not regions & {"main", "article"}:
        # The site of a project is called like it: "Silta-hanke" in its prose.
        score -= 0 if page.is_called_below(i) else SETTINGS.site_header
    if "aside" in regions:
        score -= SETTINGS.aside
    return score + (SETTINGS.in_prose if _in_prose(page, i) else 0)


def is_labelled(page: Page, i: int) -> bool:
    """Whether a line begins with a label, known or not: "Paikka: Mallila", "Kesto 3 vuotta"."""
    text = page.title_text(i)
    labelled = words().label.match(text) is not None or LABEL_LIKE.match(text) is not None
    return labelled and page.level(i) is None


def is_called_project(text: str) -> bool:
    """Whether a headline says that it names a project: "VIRE-hanke", "Project Bridge"."""
    return page_words().subject.search(text) is not None


def _in_prose(page: Page, i: int) -> bool:
    """Whether the prose below a headline says it again."""
    name = plain(page.title_text(i))
    return len(name) >= SETTINGS.naming and page.has_prose_below(i, name)


def name_slice(page: Page, i: int) -> tuple[int, int]:
    """Where in a headline the name stands.

    A headline that is a sentence ("VIRRA-hanke käynnistyi") names the project before its verb.
    """
    start, end = page.title_slice(i)
    end = start + _site_at(page, page.document.view[start:end])
    news = page_words().news_word.match(page.document.view[start:end])
    start = start + news.end() if news is not None else start
    text = page.document.view[start:end]
    named = next((m for p in page_words().called if (m := p.search(text)) is not None), None)
    if named is not None and page_words().event.fullmatch(text) is not None:
        first, last = named.span("name")
        return start + first, start + last
    told = _told_of(page, i, text)
    if told is not None:
        return start + told[0], start + told[1]
    verb = page_words().verb.search(text)
    if verb is not None:
        for pattern in page_words().called:
            match = pattern.search(text)
            if match is not None and match.end() <= verb.start():
                return start + match.start(), start + match.end()
        # A name of several words: "Kylän uusi aamu -hanke alkoi".
        called = _CALLED.match(text[: verb.start()])
        if called is not None:
            return start, start + called.end()
        english = _CALLED_EN.match(text[: verb.start()])
        if english is not None:
            return start + english.start("name"), start + english.end()
    return start, end


def _site_at(page: Page, text: str) -> int:
    """Where a title ends behind which its site stands, as in a copy: "Silta | Mallilan kunta"."""
    name, bar, site = text.rpartition("|")
    if not bar or page.document.outline is not None or not name.strip():
        return len(text)
    of_site = words().organisation.search(site) is not None or page.times[plain(site.strip())] > 0
    return len(name.rstrip()) if of_site else len(text)


def names_another(page: Page, i: int, own: str) -> bool:
    """Whether a headline tells of another project than the one of a name: "Polku-hanke päättyi"."""
    if page.lines[i].blank or i in page.personal or not page.is_headline(i):
        return False
    if page.level(i) is None and not page.stands_alone(i):
        return False
    start, end = name_slice(page, i)
    if (start, end) == page.title_slice(i):
        return False
    other, name = plain(page.document.view[start:end]), plain(own)
    return other not in name and name not in other


def _told_of(page: Page, i: int, text: str) -> tuple[int, int] | None:
    """Where a headline names the project that it only tells of: "Silta-hankkeelle rahoitusta"."""
    shelf = page_words()
    match = shelf.inflected.match(text)
    if match is None or shelf.others.search(text) is not None:
        return None
    end = match.end("name")
    starts = [capital.start() for capital in _CAPITAL.finditer(text, 0, end)]
    prose = " ".join(plain(line.text) for n, line in enumerate(page.lines) if n != i)
    for start in starts:
        # As the prose writes it: "Kylän uusi aamu -hanke alkoi".
        if re.search(rf"(?<!\w){re.escape(plain(text[start:end]))}-(?:hank|projekt)", prose):
            return start, end
    if match["space"]:
        whole = ":" not in text[:end] and shelf.verb.search(text, 0, end) is None
        return (starts[0], end) if starts and whole else None
    run = next((m for m in shelf.called[0].finditer(text) if m.end("name") == end), None)
    return run.span("name") if run is not None else None
