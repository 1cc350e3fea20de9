"""The first and the last day that a sentence tells of a project.

What is not sure is no claim: a season, the years of a programme, the days of a meeting, and dates
before which any word stands that is not known.
"""

import re
from collections.abc import Iterator

from esrdata.reading.quantities.figures import DASH
from esrdata.reading.quantities.periods import (
    Moment,
    Period,
    find_end,
    find_moments,
    first_period,
    leads_period,
)
from esrdata.reading.web.moments import later_day, spans_programme
from esrdata.reading.web.sentences import FIRST, LAST, Claim, Sentence
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import page_words, without_funds
from esrdata.reading.web.vocabulary import words

# Signs before a date among which the words of a programme would stand.
_BEFORE, _BEHIND = 45, 14
# Before a period that stands in brackets behind a name, which is that of another project then.
_OF_NAME = re.compile(r"(?<![\w-])[A-ZÅÄÖ][\w-]*[”\"’]?\s\(\Z")
# What stands before the project where dates are those of a part of it, and a name of anything.
_OF = re.compile(r"(?<!\w)(?:of|av|in?)\s(?:(?:the|our|this)\s)?\Z", re.IGNORECASE)
_A_NAME = re.compile(r"(?<=\s)[A-ZÅÄÖ][\w:’'-]*|\?")
_AND = re.compile(r"\s+(?:ja|sekä|och|samt|and)\s")
# The name with which a sentence begins behind dates.
_OPENING = re.compile(r"\s+(?:[A-ZÅÄÖ][\w-]*\s+)+")
_DASH = re.compile(DASH)
# Words right before a date are looked for so near.
_NEAR = 200


def days_of(sentence: Sentence, own: re.Pattern[str]) -> Iterator[Claim]:
    """The first and the last day that a sentence tells."""
    text, at = sentence.text, sentence.start
    shelf = page_words()
    bracketed = _bracketed(text, own)
    if bracketed is not None:
        yield from period_claims(bracketed, at)
        return
    if shelf.runs.search(text) is not None:
        whole = [
            period
            for period in whole_periods(text)
            if not of_programme(text, period.start, period.end)
            and _is_of_project(text, period, own)
            and _OF_NAME.search(text, 0, period.start) is None
            # Years alone may be those of anything.
            and (
                shelf.ends.search(text) is not None
                or all(s is None or s.precision != "year" for s in (period.first, period.last))
            )
        ]
        longer = any(_goes_on(text, period, period.last) for period in whole)
        for period in whole:
            for claim in period_claims(period, at):
                # "1.1.2020–31.12.2021 Kotkassa ja vuoden 2022 loppuun Haminassa"
                if not (longer and claim.field == LAST):
                    yield claim
        if whole:
            return
    yield from _first_day(sentence, own)
    end = next(_behind(text, shelf.until), None) or find_end(text)
    if (
        end is not None
        and end.last is not None
        and shelf.ends.search(text) is not None
        and not re.match(r"\s*mennessä", text[end.end :])
        and not of_programme(text, end.start, end.end)
        and not _goes_on(text, end, end)
        and _is_of_project(text, end, own)
    ):
        yield Claim(LAST, end.last, end.precision, at + end.start, at + end.end)


def _goes_on(text: str, dates: Period | Moment, last: Moment | None) -> bool:
    """Whether a sentence tells of a later day, and has no word for a longer time.

    Of those that have one the page is asked as a whole.
    """
    later = last is not None and later_day(text[dates.end :], last.last)
    return later and page_words().extended.search(text) is None


def _bracketed(text: str, own: re.Pattern[str]) -> Period | None:
    """The period in brackets right behind the project: "VIRE-hanke (1.8.2023–30.6.2025)"."""
    for period in whole_periods(text):
        before = text[: period.start].rstrip()
        if not before.endswith("("):
            continue
        before = before[:-1].rstrip(' -–”"')
        if any(
            m.end() == len(before) for p in (page_words().subject, own) for m in p.finditer(before)
        ):
            return period
    return None


def _behind(text: str, before: re.Pattern[str]) -> Iterator[Moment]:
    """The days right behind a word, such as "until", with their places in the text."""
    for day in find_moments(text):
        if before.search(text, max(0, day.start - _NEAR), day.start) is not None:
            yield day


def whole_periods(text: str) -> list[Period]:
    """The periods of a text of which both days are read and stand far enough apart."""
    found: list[Period] = []
    moments = list(find_moments(text))
    while moments:
        period, end = first_period(text, moments), moments[0].end
        if period is not None and not spans_programme(period) and is_whole(period):
            found.append(period)
            end = period.end
        elif period is not None and _DASH.search(text, period.start, period.end) is not None:
            # A day behind a dash begins no other period.
            end = period.end
        moments = [moment for moment in moments if moment.start >= end]
    return found


def is_whole(period: Period) -> bool:
    """Whether both days are read, in order, and far enough apart for a project."""
    first, last = period.first, period.last
    if first is None or last is None or first == last or first.first is None or last.last is None:
        return False
    return (last.last - first.first).days >= SETTINGS.least_days


def period_claims(period: Period, at: int) -> Iterator[Claim]:
    """The claims of the two sides of a period that stands at a place."""
    first, last = period.first, period.last
    if first is not None and first.first is not None:
        yield Claim(FIRST, first.first, first.precision, at + first.start, at + first.end)
    if last is not None and last.last is not None:
        yield Claim(LAST, last.last, last.precision, at + last.start, at + last.end)


def _first_day(sentence: Sentence, own: re.Pattern[str]) -> Iterator[Claim]:
    """The day right behind a word for a beginning."""
    text = sentence.text
    for day in _behind(text, page_words().starts):
        if day.first is None or any(
            other.first is not None and other.first < day.first
            for other in find_moments(text[day.end :])
        ):
            # "1.6.2019 Kotkassa ja 1.1.2019 Haminassa"
            continue
        if _is_of_project(text, day, own):
            start, end = sentence.start + day.start, sentence.start + day.end
            yield Claim(FIRST, day.first, day.precision, start, end)
            return


def of_programme(text: str, start: int, end: int) -> bool:
    """Whether the words of a programme stand next to some dates."""
    near = page_words().programmes
    before = re.split(r"[,;:]\s", text[max(0, start - _BEFORE) : start])[-1]
    return bool(near.search(before) or near.search(text[end : end + _BEHIND]))


def _is_of_project(text: str, dates: Period | Moment, own: re.Pattern[str]) -> bool:
    """Whether nothing unknown stands between the project and some dates: "hanke toteutetaan".

    Any other word may make them those of a course, of a worker, of a part.
    """
    shelf = page_words()
    if shelf.apart.match(text, dates.end) is not None:
        # "Kotkassa 31.12.2022 saakka ja muualla pidempään"
        return False
    # "Hanketunnus: 12345 Toteutusaika:" stands in prints that have lost their line ends.
    named = (shelf.doer, words().period_label, own)
    at = max(
        (
            match.end()
            for pattern in named
            for match in pattern.finditer(text, 0, dates.start)
            # "The first half of the project"
            if _OF.search(text, 0, match.start()) is None
        ),
        default=0,
    )
    if at and _AND.match(text, at) is not None:
        # "Hanke ja Mallilan Taideviikot toteutetaan"
        return False
    opening = _OPENING.match(text, dates.end)
    if not at and opening is not None and shelf.doer.match(text, opening.end()) is not None:
        # A headline and a sentence in one, as in a print.
        return True
    before = without_funds(text[at : dates.start])
    for day in reversed(list(find_moments(before))):
        before = before[: day.start] + before[day.end :]
    before = words().organisation.sub(" ", shelf.beside_days.sub(" ", before))
    return leads_period(_A_NAME.sub(" ", before))
