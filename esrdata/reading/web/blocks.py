"""Which lines of a page belong to which project: a title, labelled facts, prose and headings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from esrdata.reading.quantities.kinds import KINDS
from esrdata.reading.quantities.periods import find_day
from esrdata.reading.quantities.sums import read_sum
from esrdata.reading.web.cells import Fact
from esrdata.reading.web.moments import period_in
from esrdata.reading.web.names import best_title
from esrdata.reading.web.page import Page
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import funds_in
from esrdata.reading.web.vocabulary import names_part, words

# Facts that a page states once of a project.
_ONCE = ("period", "start", "end", "sum", "name", "code")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines `start:end` of a page; the title is missing where the name has a label.

    `called` is where the prose of a story gives the name that its headline does not.
    """

    title: int | None
    facts: tuple[Fact, ...]
    start: int
    end: int
    called: tuple[int, int] | None = None


def find_blocks(page: Page) -> list[Block]:
    """The parts of a page that state facts of a project; some have neither title nor name."""
    groups = _groups_of(page)
    titles = [
        _title(page, group, groups[n - 1][-1].last + 1 if n else 0, len(groups) == 1)
        for n, group in enumerate(groups)
    ]
    found = []
    for n, (group, title) in enumerate(zip(groups, titles, strict=True)):
        if not states_project(page, group):
            continue
        if n and _is_of_site(page, groups[n - 1][-1].last, group):
            continue
        following = len(page.lines)
        if n + 1 < len(groups):
            above = titles[n + 1]
            following = above if above is not None else groups[n + 1][0].line
        start = min(title, group[0].line) if title is not None else group[0].line
        last = max(group[-1].last, title if title is not None else 0)
        found.append(
            Block(title, tuple(group), start, _end(page, group[-1], last, title, following))
        )
    return found


def _is_of_site(page: Page, above: int, group: list[Fact]) -> bool:
    """Whether the site goes on with something else, and only who pays is said there."""
    if is_named(group) or {fact.label.kind for fact in group} - {"fund", "funder"}:
        return False
    return any(page.is_ending(i) for i in range(above + 1, group[0].line))


def stands_beside(page: Page) -> bool:
    """Whether projects stand side by side in a print, so that their lines are one another's."""
    found = {(fact.line, field, text) for fact, field, text in _stated_once(page)}
    twice = Counter((line, field) for line, field, _ in found)
    return page.document.outline is None and max(twice.values(), default=0) > 1


def _stated_once(page: Page) -> Iterator[tuple[Fact, str, str]]:
    """Facts that a page states once of a project, with their fields and values."""
    for fact in page.facts:
        if fact.label.kind in _ONCE and fact.end > fact.start:
            yield fact, fact.label.field, page.document.view[fact.start : fact.end].strip()


def is_named(group: Iterable[Fact]) -> bool:
    """Whether a label gives the name."""
    return any(fact.label.kind == "name" and fact.end > fact.start for fact in group)


def states_project(page: Page, group: list[Fact]) -> bool:
    """Whether facts state a project: a period, a sum or a fund, or a name with other labels."""
    if any(anchors(page, fact) for fact in group):
        return True
    # One label twice, as a page's own head repeats it, is one.
    full = {fact.label for fact in group if fact.end > fact.start and not fact.heading}
    return is_named(group) and len(full) > SETTINGS.labels


def _groups_of(page: Page) -> list[list[Fact]]:
    if is_single(page):
        facts = [fact for fact in page.facts if fact.line not in page.of_others]
        first = next((n for n, fact in enumerate(facts) if anchors(page, fact)), len(facts))
        lines = range(len(page.lines))
        endings = [i for i in lines if page.is_ending(i) and i not in page.of_others]
        cut = next((i for i in endings if first < len(facts) and i > facts[first].line), None)
        inside = [fact for fact in facts if cut is None or fact.line < cut]
        return [inside] if inside else []
    return _joined(page, _groups(page))


def is_single(page: Page) -> bool:
    """Whether an HTML page is about one thing: one heading of the first level, no fact twice."""
    if page.document.outline is None:
        return False
    heads = page.first_headings
    if len(heads) != 1 or not page.is_headline(heads[0]) or page.lists_projects:
        return False
    stated = {told[1:] for told in _stated_once(page) if told[0].line not in page.of_others}
    return max(Counter(field for field, _ in stated).values(), default=0) <= 1


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
    stated = [n for n, group in enumerate(groups) if any(anchors(page, f) for f in group)]
    if len(stated) != 1 or not stated[0]:
        return groups
    n = stated[0]
    above, group = groups[n - 1], groups[n]
    title = _title(page, group, above[-1].last + 1, False)
    shared = {fact.label.field for fact in above} & {fact.label.field for fact in group}
    between = range(above[-1].last + 1, group[0].line)
    if shared or title is None or not page.opens_prose(title) or any(map(page.is_ending, between)):
        return groups
    return [*groups[: n - 1], [*above, *group], *groups[n + 1 :]]


def _begins(page: Page, group: list[Fact], n: int) -> bool:
    """Whether a fact belongs to another project than those before it."""
    last, fact = group[-1], page.facts[n]
    between = [i for i in range(last.last + 1, fact.line) if not page.lines[i].blank]
    if any(page.is_ending(i) for i in between) or _opens_by_code(page, group, fact):
        return True
    titles = [i for i in between if i not in page.personal and page.is_headline(i)]
    if not titles and fact.label.kind != "name":
        return False
    if page.lists_projects and _names_next(page, group, titles):
        return True
    run = _run(page, n)
    prose = any(page.is_prose(i) for i in between)
    stated = any(anchors(page, other) for other in group)
    if fact.label.kind == "name":
        named = any(other.label.kind == "name" for other in group)
        return named or (stated and (prose or bool(titles)))
    if _repeats(group, run):
        sums = all(other.label.kind == "sum" for other in run)
        deeper = _is_deeper(page, group, titles[-1]) and (sums or _names_part(page, titles[-1]))
        if deeper or words().of_part.match(page.title_text(titles[-1])) is not None:
            # "Osahanke Hamina" is a part of the same project, at whatever rank.
            return False
        # A second heading of a kind needs a title by itself, not just a short line, above it.
        return not fact.heading or any(page.stands_alone(i) for i in titles)
    # A title right above a period or a sum, behind the prose of the project before.
    entitled = titles[-1] == between[-1] and any(anchors(page, other) for other in run)
    if entitled and prose and stated:
        return True
    # Titles among the prose before the first heading are part of it; later ones are not, but for
    # one right under its heading.
    under = between[0] if between and last.heading and last.start == last.end else None
    headed = any(other.heading for other in group)
    return headed and any(page.opens_prose(i) for i in titles if i != under)


def _opens_by_code(page: Page, group: list[Fact], fact: Fact) -> bool:
    """Whether a fact is the code of another project, on a page whose projects begin with theirs."""
    first = next((other for other in group if other.label.kind in ("name", "code")), fact)
    if fact is first or fact.label.kind != "code" or first.label.kind != "code":
        return False
    code, before = (page.document.view[slice(f.start, f.end)].strip() for f in (fact, first))
    return code != before and _is_code(code) and _is_code(before)


def _is_code(text: str) -> bool:
    return re.fullmatch(KINDS["code"].pattern, text) is not None


def _names_next(page: Page, group: list[Fact], titles: list[int]) -> bool:
    """Whether one of some headings is of the rank of the one above a group."""
    rank = _rank(page, group)
    return rank is not None and any(page.level(i) == rank for i in titles)


def _is_deeper(page: Page, group: list[Fact], title: int) -> bool:
    """Whether a heading is, or may be, of a lower rank than the one above a group."""
    if page.document.outline is None:
        # A print shows no ranks.
        return any(fact.label.kind in ("period", "start", "end") for fact in group)
    return (page.level(title) or 0) > (_rank(page, group) or 6)


def _names_part(page: Page, i: int) -> bool:
    """Whether a headline is a partner's, or of a phase; a print does not tell which is one."""
    text = page.title_text(i)
    return (
        names_part(text) if page.level(i) is not None else words().of_part.search(text) is not None
    )


def _rank(page: Page, group: list[Fact]) -> int | None:
    """The rank of the headline above a group."""
    above = (i for i in reversed(page.full) if i < group[0].line)
    return next((page.level(i) for i in above if page.is_headline(i)), None)


def _repeats(group: list[Fact], run: list[Fact]) -> bool:
    """Whether a run states again what the facts before it state."""
    fields = {fact.label.field for fact in group if fact.label.kind != "passed"}
    if run[0].heading:
        return run[0].label.field in fields
    return any(fact.label.field in fields for fact in run if not fact.heading)


def _title(page: Page, group: list[Fact], first: int, only: bool) -> int | None:
    """The line that names the project of some facts."""
    above: list[int] = []
    for i in range(group[0].line - 1, first - 1, -1):
        if page.lines[i].blank:
            continue
        if page.is_ending(i) and page.level(i) is None:
            break
        above.append(i)
        if group[0].label.kind == "name":
            # A labelled name needs no title, and takes none from further up.
            break
    below: list[int] = []
    if only and not is_named(group):
        portal = page.portal is not None and page.portal.title == "below_facts"
        for i in range(group[0].last + 1, len(page.lines)):
            related = page.is_caption(i) and words().others.match(page.lines[i].text) is not None
            if page.is_ending(i) or related:
                break
            if portal or page.level(i) == 1:
                below.append(i)
        inside = range(group[0].last + 1, group[-1].line)
        below += [i for i in page.boxed if i in inside and i not in below]
    title = best_title(page, above[::-1], below, alone=only)
    if only and title is not None and page.times[page.spelled(title)] > 1:
        # A box of facts says again what stands above the prose.
        same = (i for i in above[::-1] if page.spelled(i) == page.spelled(title))
        title = next((i for i in same if _opens_text(page, i)), title)
    return title


def _opens_text(page: Page, i: int) -> bool:
    """Whether a headline has a text below it, and no fact."""
    below = page.below(page.title_end(i)) if page.is_headline(i) else None
    if below is None or below in page.of_facts:
        return False
    return page.is_prose(below) or len(page.lines[below].text) > SETTINGS.heading / 2


def _end(page: Page, last: Fact, after: int, title: int | None, following: int) -> int:
    """Where a block ends: with the next one, or where the page turns to something else."""
    under = page.below(last.last) if last.heading and last.start == last.end else None
    level = page.level(title) if title is not None and page.document.outline is not None else None
    for i in page.own(after + 1, following):
        if page.lines[i].blank:
            continue
        if page.is_ending(i):
            return i
        if i == under or i in page.personal or not page.opens_prose(i):
            continue
        # Under a heading of a page, deeper headings and lines that are none go on with it.
        if level is not None and (page.level(i) or level + 1) > level:
            continue
        return i
    return following


def anchors(page: Page, fact: Fact) -> bool:
    """Whether a fact is a period, a sum or a fund that can be read."""
    text = page.document.view[fact.start : fact.end]
    kind = fact.label.kind
    if kind == "sum":
        return read_sum(text) is not None
    if kind == "period":
        period = period_in(text)
        sides = (period.first, period.last) if period is not None else ()
        days = [d for side in sides if side is not None for d in (side.first,) if d is not None]
        if len(days) > 1 and 0 < (days[1] - days[0]).days < SETTINGS.event_days:
            return False
        return any(side is not None and side.first is not None for side in sides)
    if kind in ("start", "end"):
        day = find_day(text)
        return day is not None and day.first is not None
    if kind in ("fund", "funder"):
        return bool(funds_in(text))
    return False
