"""Periods in a text: first and last days.

- `find_period(text)`: the first period behind a label or in a sentence; a side that is not given
  is None, one that is ambiguous is a `Moment` without a day.
- `find_end(text)`: the last day, if a sentence says that it is the last one.
- `is_length(text)`: whether a text says how long something lasts, not when.
- `find_day`, `find_moments`, `Moment`: single dates, from `dates.py`.

A period of months or years covers all their days; `Moment.precision` says so. The words are in
`quantities/periods.yml`.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from esrdata.knowledge import load
from esrdata.reading.quantities.dates import (
    GAP,
    Moment,
    alike,
    find_day,
    find_moments,
    unread,
)
from esrdata.reading.quantities.figures import DASH
from esrdata.reading.quantities.phrases import any_case, every, one_of
from esrdata.reading.quantities.settings import SETTINGS

__all__ = ["Moment", "Period", "find_day", "find_end", "find_moments", "find_period", "is_length"]


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day in a text; a side that it does not give is None.

    `start` and `end` bound the text that was understood; `more` is whether more dates follow.
    """

    first: Moment | None
    last: Moment | None
    start: int
    end: int
    more: bool = False


def find_period(text: str) -> Period | None:
    """The first period in a text.

    Parameters
    ----------
    text
        A value behind a label, or a sentence.

    Returns
    -------
    Period or None
        None if the text has no date, or only a day that may be the first or the last one.
    """
    moments = list(find_moments(text))
    return first_period(text, moments) if moments else None


def first_period(text: str, moments: list[Moment]) -> Period | None:
    """The period that some moments of a text begin with; None for only a day."""
    one, count = moments[0], _listed_years(text, moments)
    if count is None:
        # 2019 and 2021 are two years, not the three from one to the other.
        return Period(unread(one.start, one.end), unread(one.start, one.end), one.start, one.end)
    two = moments[count - 1] if count > 1 else None
    if two is not None and _shelf().between.fullmatch(text, moments[count - 2].end, two.start):
        near = max(one.start - SETTINGS.around_day, 0)
        start = one.start - _length(_shelf().leading, text[near : one.start])
        end = two.end + _length(_shelf().trailing, text[two.end :])
        one, two = alike(text, one, two)
        return Period(one, two, start, end, more=len(moments) > count)
    return _lone(text, one, moments[1] if len(moments) > 1 else None)


def _listed_years(text: str, moments: list[Moment]) -> int | None:
    """How many moments make the first period: two, or more where years are listed.

    None if listed years are not consecutive.
    """
    count = min(2, len(moments))
    words = _shelf()
    for i, (one, two) in enumerate(pairwise(moments)):
        between = text[one.end : two.start]
        years = one.precision == two.precision == "year" and one.first and two.first
        if not years or words.listing.fullmatch(between) is None:
            return count
        if words.spanned.search(text):
            return count
        if two.first and one.first and two.first.year != one.first.year + 1:
            return None
        count = i + 2
    return count


def is_length(text: str) -> bool:
    """Whether a text gives a duration and no date."""
    return _shelf().length.fullmatch(text.strip()) is not None


def leads_period(text: str) -> bool:
    """Whether a text before a period adds nothing to it: `hanke toteutetaan`."""
    return _shelf().lead.fullmatch(text) is not None


def find_end(text: str) -> Moment | None:
    """The last day, if a sentence says that it is the last one."""
    for pattern in _shelf().end_patterns:
        for match in pattern.finditer(text):
            inside = list(find_moments(match["when"]))
            if inside:
                moment, at = inside[-1], match.start("when")
                return replace(moment, start=moment.start + at, end=moment.end + at)
    return None


def _lone(text: str, one: Moment, two: Moment | None) -> Period | None:
    """A period with only one readable side, or of one month or year.

    `two` is a further date that seems not to belong to it.
    """
    shelf, more = _shelf(), two is not None
    near = max(one.start - SETTINGS.around_day, 0)
    before, after = text[near : one.start], text[one.end :]
    start = one.start - _length(shelf.leading, before)
    end = one.end + _length(shelf.trailing, after)
    # A dash, and on its other side something with a digit that is no date.
    torn = re.match(rf"{GAP}*{DASH}{GAP}*(?P<rest>\S*\d\S*)", after)
    if torn is not None:
        rest = unread(one.end + torn.start("rest"), one.end + torn.end("rest"))
        return Period(one, rest, start, rest.end, more)
    dash = re.search(rf"{DASH}{GAP}*$", before)
    word = re.search(r"(?<!\S)\S+$", before[: dash.start()].rstrip(GAP[1:-1])) if dash else None
    if word is not None and re.search(r"\d", word[0]):
        rest = unread(near + word.start(), near + word.end())
        return Period(rest, one, rest.start, end, more)
    if dash or shelf.last_before.search(before) or shelf.last_after.match(after):
        return Period(None, one, start, end, more)
    opens = re.match(rf"{GAP}*{DASH}(?!\w)", after)
    if opens and two is not None:
        # Other text is between the dash and the next date: 1.1.2020 – kesäkuun loppu 2021.
        return Period(one, unread(two.start, two.end), start, two.end, more)
    inside = text[one.start : one.end]
    if shelf.first_inside.search(inside):
        return Period(one, None, start, end, more)
    if shelf.last_inside.search(inside):
        return Period(None, one, start, end, more)
    if opens or shelf.first_before.search(before) or shelf.first_after.match(after):
        return Period(one, None, start, end + (opens.end() if opens else 0), more)
    if one.precision is not None and two is not None:
        # A month or year that is the whole period, and another date: ambiguous.
        lost = unread(one.start, one.end)
        return Period(lost, lost, start, end, more)
    if one.precision is not None or one.first is None:
        return Period(one, one, start, end, more)
    return None


def _length(pattern: re.Pattern[str], text: str) -> int:
    """The length of the words about time next to a date."""
    match = pattern.search(text)
    return len(match.group()) if match is not None else 0


class _Shelf:
    """The words around dates as patterns."""

    def __init__(self) -> None:
        words = load.quantities("periods")
        first, last = every(words["first"]), every(words["last"])
        known = one_of([*first, *last, *every(words["around"])])
        begins, ends = one_of(first), one_of(last)
        signs, lead = one_of(words["between_signs"]), one_of(every(words["lead"]))
        # A time of day behind a date: registers print 00:00:00.0.
        clock = r"(?:T|\s+(?:klo\s)?)\d{1,2}[:.]\d{2}(?::\d{2}(?:[.,]\d+)?)?Z?(?!\d)"
        filler = rf"(?:[\s,]|{DASH}|\u200b|{signs}|(?<!\w)(?:{known})(?!\w)|{clock})"
        word = rf"(?<!\w)(?:{known})(?!\w)[^\w\s]??"
        when = rf"(?P<when>(?:[\w.]{{1,20}}{GAP}){{0,2}}[\d./-]*\d{{4}})"
        length = rf"[\d,.]+\s*(?:{one_of(every(words['lengths']))})(?!\w)"

        self.between = any_case(rf"{filler}*")
        self.listing = any_case(
            rf"\s*(?:,|(?:,\s*)?(?:{one_of(every(words['ands']))}))\s+(?:vuo\w+\s+)?"
        )
        self.spanned = any_case(rf"(?<!\w)(?:{one_of(words['spans'])})")
        self.leading = any_case(rf"(?:{word}\s*)+$")
        self.trailing = any_case(rf"^(?:(?:{clock})?\s*{word})+|^{clock}")
        self.first_inside = any_case(rf"\s(?:{begins})\s")
        self.last_inside = any_case(rf"\s(?:{ends})\s")
        self.first_before = any_case(rf"(?<!\w)(?:{begins}):?\s*$")
        self.first_after = any_case(rf"\s*(?:{begins})(?!\w)")
        self.last_before = any_case(rf"(?<!\w)(?:{ends}):?\s*$")
        self.last_after = any_case(rf"\s*(?:{ends})(?!\w)")
        self.length = any_case(rf"{length}\W*")
        self.lead = any_case(rf"(?:{filler}|[:(]|{length}|(?<!\w)(?:{lead})(?!\w))*")
        self.end_patterns = tuple(
            any_case(told.replace("{when}", when)) for told in every(words["tells_end"])
        )


_shelf = cache(_Shelf)
