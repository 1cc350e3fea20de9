"""What stands on a page by itself, and what is seen there and belongs to no value.

Lines that hold nothing but a period or a fund state it of the project of their page; periods, sums
and funds that no label and no sentence explains are reported.
"""

from collections.abc import Iterable, Iterator, Sequence

from esrdata.reading.quantities.periods import find_moments
from esrdata.reading.quantities.sums import find_sums
from esrdata.reading.web.cells import Fact
from esrdata.reading.web.days import is_whole, of_programme, period_claims, whole_periods
from esrdata.reading.web.moments import period_in
from esrdata.reading.web.page import Page
from esrdata.reading.web.prose import OF_KIND
from esrdata.reading.web.sentences import FUND, Claim, Sentence, own_names, speaks_of_project
from esrdata.reading.web.shelf import funds_in, page_words
from esrdata.reading.web.titles import own_slice
from esrdata.reading.web.vocabulary import words


def bare_period(page: Page, lines: Sequence[int]) -> list[Claim]:
    """The period of a line that holds nothing else, where it is the only one and long enough."""
    found = []
    for i in lines:
        line = page.lines[i]
        if line.blank or i in page.of_facts or not page.is_bare(i):
            continue
        period = period_in(line.text)
        if period is None or period.more or not is_whole(period):
            continue
        above = page.above(i)
        if above is not None and page_words().extended.search(page.lines[above].text) is not None:
            # "Alkuperäinen toteutusaika", and a new one elsewhere.
            continue
        sides = [side for side in (period.first, period.last) if side is not None]
        if all(side.precision is None for side in sides):
            found.append(list(period_claims(period, line.start)))
    return found[0] if len(found) == 1 else []


def bare_funds(page: Page, lines: Sequence[int]) -> list[Claim]:
    """Funds that stand alone on a line, as a page's notice of its giver does."""
    found = []
    for i in lines:
        line = page.lines[i]
        if line.blank or i in page.of_facts or i in page.personal:
            continue
        funds = funds_in(line.text)
        alone = bool(funds) and (page.names_no_project(i) or page.is_bare(i))
        if alone and len({code for code, _, _ in funds}) == 1:
            code, start, end = funds[0]
            found.append(Claim(FUND, code, None, line.start + start, line.start + end))
    return found


def titled_fund(page: Page, title: int | None) -> list[Claim]:
    """The fund that a title names in brackets, or as the kind of its project: "ESR-hanke"."""
    line = page.lines[title or 0]
    funds = funds_in(line.text)
    if title is None or len({code for code, _, _ in funds}) != 1:
        return []
    code, start, end = funds[0]
    bracketed = line.text[:start].rstrip().endswith("(") and line.text[end:].startswith(")")
    bracketed |= start >= own_slice(line.text.rstrip())[1]
    if not bracketed and OF_KIND.match(line.text, end) is None:
        return []
    return [Claim(FUND, code, None, line.start + start, line.start + end)]


def labelled_fund(page: Page, facts: Iterable[Fact]) -> list[Claim]:
    """The fund that the labels of sums name: "ESR-rahoitus: 120 000 €"."""
    found = [
        Claim(FUND, code, None, fact.at + start, fact.at + end)
        for fact in facts
        if fact.label.kind == "sum" and fact.end > fact.start and not fact.unsure
        for code, start, end in funds_in(page.document.view[fact.at : fact.label_end])
    ]
    return found if len({claim.content for claim in found}) == 1 else []


# ---- what no value holds


def funds_seen(given: Iterable[Sentence]) -> list[str]:
    """The funds that prose names as paying or as the kind of a project, and not of which."""
    shelf = page_words()
    texts = [each.text for each in given if not shelf.others.search(each.text)]
    funds = (
        text[start:end].strip()
        for text in texts
        for _, start, end in funds_in(text)
        if shelf.pays.search(text) or OF_KIND.match(text, end)
    )
    return list(dict.fromkeys(funds))


def figures(given: Iterable[Sentence]) -> list[str]:
    """The periods and the sums that stand in some sentences, as they are written."""
    found = (
        text[each.start : each.end].strip()
        for text in (sentence.text for sentence in given)
        for each in (*whole_periods(text), *find_sums(text))
    )
    return list(dict.fromkeys(found))


def bodies_seen(given: Iterable[Sentence], names: Sequence[str]) -> Iterator[tuple[str, Sentence]]:
    """The fields of organisations that sentences of the project name, each with its sentence."""
    own, shelf = own_names(names), page_words()
    for sentence in given:
        text = sentence.text
        if not speaks_of_project(text, own):
            continue
        if shelf.carries.search(text) and words().organisation.search(text):
            yield "projects.applicant", sentence
        if shelf.pays.search(text) and shelf.authority.search(text):
            yield "projects.authority", sentence


def days_seen(given: Iterable[Sentence], names: Sequence[str]) -> list[str]:
    """Days in sentences that say of the project that it begins, runs or ends."""
    own = own_names(names)
    found: dict[str, None] = {}
    shelf = page_words()
    for text in (sentence.text for sentence in given):
        spoken = speaks_of_project(text, own) or shelf.pronoun.match(text)
        if not (spoken and (shelf.ends.search(text) or shelf.runs.search(text))):
            continue
        for day in find_moments(text):
            if not of_programme(text, day.start, day.end):
                found[text[day.start : day.end].strip()] = None
    return list(found)
