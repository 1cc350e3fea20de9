"""What the prose of a page says of a project: its period, its sums and its fund.

A sentence counts where it speaks of the project itself, and by a construction that says so:
"toteutetaan 1.9.2023–31.5.2025 välillä", "kokonaisbudjetti on X, josta Y", "rahoittaa Euroopan
sosiaalirahasto". What is not sure is no claim: a season, the years of a programme, a meeting.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from esrdata.reading.quantities.periods import Moment, Period, find_end
from esrdata.reading.quantities.sums import Sum, find_sums
from esrdata.reading.web.moments import day_in, period_in
from esrdata.reading.web.page import Page
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import flat, funds_in, page_words
from esrdata.reading.web.vocabulary import plain, words

FIRST, LAST = "projects.start_date", "projects.end_date"
FUND = "projects.fund"
# Signs before a date among which the words of a programme would stand.
_BEFORE, _BEHIND = 45, 14


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
            yield Sentence(text[at:cut], start + at)
            at = stop.end() if stop is not None else cut


def claims(page: Page, lines: Sequence[int], names: Sequence[str]) -> list[Claim]:
    """Everything that the prose of some lines claims of its project.

    Parameters
    ----------
    page
        The page.
    lines
        Index of the lines.
    names
        What the project is called, so that a sentence may speak of it by name.
    """
    own = _own_names(names)
    found: list[Claim] = []
    for sentence in sentences(page, lines):
        if not _names_another(sentence.text, names):
            found += _in_sentence(sentence, own)
    return found


def _names_another(text: str, names: Sequence[str]) -> bool:
    """Whether a sentence names a project, and none that the page is about."""
    known = " ".join(names).casefold()
    named = [
        (match["name"] if "name" in match.groupdict() else match["other"]).casefold()
        for pattern in page_words().called
        for match in pattern.finditer(text)
    ]
    named = [name for name in named if re.search(r"[^\W\d_]{2}", name) is not None]
    return bool(named) and not any(name in known or _shares(name, known) for name in named)


def _shares(name: str, known: str) -> bool:
    """Whether a longer form of a name holds a word of the known ones: "Uusi VIRE", "vire"."""
    return any(len(word) > 3 and word in known for word in name.split())


def _own_names(names: Sequence[str]) -> re.Pattern[str] | None:
    """The short names of a project: words in capitals, or the whole name."""
    short = {word for name in names for word in re.findall(r"(?<!\w)[A-ZÅÄÖ][A-ZÅÄÖ\d+]{2,}", name)}
    short |= {name for name in names if 1 < len(name.split()) <= 12}
    short |= {
        name for name in names if len(name.split()) == 1 and len(name) > 3 and name[0].isupper()
    }
    if not short:
        return None
    ordered = sorted(short, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})")


def speaks_of_project(text: str, own: re.Pattern[str] | None) -> bool:
    """Whether a sentence speaks of the project and of no other."""
    shelf = page_words()
    named = (
        shelf.subject.search(text)
        or (own is not None and own.search(text))
        or shelf.begins.match(text)
    )
    return bool(named) and shelf.others.search(text) is None


def _in_sentence(sentence: Sentence, own: re.Pattern[str] | None) -> Iterator[Claim]:
    text = sentence.text
    yield from _sums(sentence)
    if not speaks_of_project(text, own):
        return
    shelf = page_words()
    doer = shelf.doer.search(text) or shelf.begins.match(text)
    if doer is None and own is not None:
        doer = own.search(text)
    if doer is not None:
        yield from _days(sentence)
    yield from _fund(sentence)


# ---- days


def _days(sentence: Sentence) -> Iterator[Claim]:
    """The first and the last day that a sentence tells."""
    text, at = sentence.text, sentence.start
    shelf = page_words()
    if shelf.runs.search(text) is not None:
        whole = [
            period
            for period in whole_periods(text)
            if not _of_programme(text, period.start, period.end)
            and not _of_season(text, period.first)
            and not _of_clause(text, period.start)
            and (not _in_years(period) or shelf.ends.search(text) is not None)
        ]
        for period in whole:
            yield from _period_claims(period, at)
        if whole:
            return
    yield from _first_day(sentence)
    end = find_end(text)
    if (
        end is not None
        and end.last is not None
        and shelf.ends.search(text) is not None
        and not re.match(r"\s*mennessä", text[end.end :])
        and not _of_programme(text, end.start, end.end)
        and not _of_season(text, end)
        and not _of_clause(text, end.start)
    ):
        yield Claim(LAST, end.last, end.precision, at + end.start, at + end.end)


def whole_periods(text: str) -> list[Period]:
    """The periods of a text of which both days are read and stand far enough apart."""
    found: list[Period] = []
    at = 0
    while (day := day_in(text[at:])) is not None:
        period = period_in(text[at:])
        if period is not None and period.start <= day.start and _is_whole(period):
            found.append(_moved(period, at))
            at += period.end
        else:
            at += day.end
    return found


def _moved(period: Period, at: int) -> Period:
    """A period of a part of a text, with its places in the whole."""
    first, last = (
        replace(side, start=side.start + at, end=side.end + at) if side is not None else None
        for side in (period.first, period.last)
    )
    return Period(first, last, period.start + at, period.end + at)


def _is_whole(period: Period) -> bool:
    """Whether both days are read, in order, and far enough apart for a project."""
    first, last = period.first, period.last
    if first is None or last is None or first == last or first.first is None or last.last is None:
        return False
    return (last.last - first.first).days >= SETTINGS.least_days


def _period_claims(period: Period, at: int) -> Iterator[Claim]:
    first, last = period.first, period.last
    if first is not None and first.first is not None:
        yield Claim(FIRST, first.first, first.precision, at + first.start, at + first.end)
    if last is not None and last.last is not None:
        yield Claim(LAST, last.last, last.precision, at + last.start, at + last.end)


def _first_day(sentence: Sentence) -> Iterator[Claim]:
    """The day right behind a word for a beginning."""
    text, at = sentence.text, 0
    while (day := day_in(text[at:])) is not None:
        start, end = at + day.start, at + day.end
        if (
            day.first is not None
            and page_words().starts.search(text[:start]) is not None
            and not _of_season(text, Moment(None, None, None, start, end))
        ):
            place = sentence.start
            yield Claim(FIRST, day.first, day.precision, place + start, place + end)
            return
        at = end


def _of_programme(text: str, start: int, end: int) -> bool:
    """Whether the words of a programme stand next to some dates."""
    near = page_words().programmes
    before = re.split(r"[,;:]\s", text[max(0, start - _BEFORE) : start])[-1]
    return bool(near.search(before) or near.search(text[end : end + _BEHIND]))


def _of_clause(text: str, start: int) -> bool:
    """Whether dates stand in a clause about something in the project: a survey, a phase."""
    return page_words().clauses.search(text, 0, start) is not None


def _in_years(period: Period) -> bool:
    """Whether a period is told in years only."""
    sides = (period.first, period.last)
    return any(side is not None and side.precision == "year" for side in sides)


def _of_season(text: str, moment: Moment | None) -> bool:
    """Whether a date is only that of a season: "keväällä 2013"."""
    if moment is None:
        return False
    before = " ".join(text[: moment.start].split()[-2:])
    return page_words().seasons.search(before) is not None


def bare_period(page: Page, lines: Sequence[int]) -> list[Claim]:
    """The period of a line that holds nothing else, where it is the only one and long enough."""
    found = []
    for i in lines:
        line = page.lines[i]
        if line.blank or i in page.of_facts or len(line.text) > SETTINGS.heading:
            continue
        period = period_in(line.text)
        if period is None or period.more or not _is_whole(period):
            continue
        sides = [side for side in (period.first, period.last) if side is not None]
        around = line.text[: period.start] + line.text[period.end :]
        if not re.search(r"\w", around) and all(side.precision is None for side in sides):
            found.append(list(_period_claims(period, line.start)))
    return found[0] if len(found) == 1 else []


# ---- sums


def _sums(sentence: Sentence) -> Iterator[Claim]:
    """Sums that stand behind a label within a sentence: "kokonaisbudjetti on 300 000 €"."""
    text = sentence.text
    shelf = page_words()
    sums = list(find_sums(text))
    for match in words().within.finditer(text):
        label = words().labels.get(plain(match["label"]))
        if label is None or label.kind != "sum":
            continue
        if (
            shelf.whose.search(text[: match.start()]) is not None
            and len(match["label"].split()) == 1
        ):
            continue
        equals = shelf.equals.match(text, match.end())
        behind = equals.end() if equals is not None else match.end() + 1
        # What qualifies a sum belongs to it: "on noin", "yhteensä".
        found = next((s for s in sums if match.end() < s.start <= behind < s.end), None)
        if not isinstance(found, Sum) or found.per or found.high or found.bare:
            continue
        before = text[: match.start()]
        if shelf.others.search(before) is not None:
            continue
        if shelf.subject.search(before) is None and (
            shelf.programmes.search(before) is not None or funds_in(before)
        ):
            # The budget of a programme or of a fund.
            continue
        start, end = sentence.start + found.start, sentence.start + found.end
        yield Claim(label.field, found.amount, found.qualifier, start, end)


# ---- funds


def _fund(sentence: Sentence) -> Iterator[Claim]:
    """The fund that a sentence says to pay."""
    text = sentence.text
    funds = funds_in(text)
    shelf = page_words()
    one = len({code for code, _, _ in funds}) == 1
    if one and shelf.pays.search(text) is not None and shelf.plural.search(text) is None:
        code, start, end = funds[0]
        if not _of_programme(text, start, start):
            yield Claim(FUND, code, None, sentence.start + start, sentence.start + end)


def bare_funds(page: Page, lines: Sequence[int]) -> list[Claim]:
    """Funds that stand alone on a line, as a page's notice of its giver does."""
    found = []
    for i in lines:
        line = page.lines[i]
        if line.blank or i in page.of_facts or i in page.personal:
            continue
        funds = funds_in(line.text)
        if funds and page.names_no_project(i) and len({code for code, _, _ in funds}) == 1:
            code, start, end = funds[0]
            found.append(Claim(FUND, code, None, line.start + start, line.start + end))
    return found


# ---- what no value holds


def funds_seen(page: Page, lines: Sequence[int]) -> list[str]:
    """The funds that prose names as paying, without saying what they pay."""
    found: dict[str, None] = {}
    for sentence in sentences(page, lines):
        shelf = page_words()
        if shelf.pays.search(sentence.text) and not shelf.others.search(sentence.text):
            found.update(
                dict.fromkeys(sentence.text[a:b].strip() for _, a, b in funds_in(sentence.text))
            )
    return list(found)


def figures(page: Page, lines: Sequence[int]) -> list[str]:
    """The periods and the sums that stand in some lines, as they are written."""
    found: dict[str, None] = {}
    for sentence in sentences(page, lines):
        text = sentence.text
        for period in whole_periods(text):
            found[text[period.start : period.end].strip()] = None
        found.update(dict.fromkeys(text[each.start : each.end].strip() for each in find_sums(text)))
    return list(found)
