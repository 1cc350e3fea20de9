"""Days in the cells of a list: those that a spreadsheet counts, and the order of their parts.

A day that may be read in two ways is not read, unless the other days of the list show in which
order it writes them.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from esrdata.reading.lists.marks import bare
from esrdata.reading.lists.refused import AmbiguousError
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.quantities.cells import read_day
from esrdata.reading.quantities.figures import DASH
from esrdata.reading.quantities.kinds import UnreadableError

# Day 1 of spreadsheets is 1900-01-01; they also count a 29 February 1900 that never was.
_DAY_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"\d{5}(?:[.,]0+)?")
# Days whose parts may come in another order, or whose century is not there.
_MIDNIGHT = r"(?:\s+0?0[:.]00(?:[:.]00)?)?"
_UNSURE_DAY = re.compile(
    rf"(?:\d{{1,2}}([-/])\d{{1,2}}\1(?:\d{{4}}|\d{{2}})|\d{{1,2}}\.\d{{1,2}}\.\d{{2}}){_MIDNIGHT}"
)
# A day whose first two parts may change places.
_TWO_WAYS = re.compile(rf"(\d{{1,2}})([-/])(\d{{1,2}})\2(\d{{4}}){_MIDNIGHT}")
# Day and month where they are usual; programs set to English may have turned them round.
_USUAL = re.compile(
    rf"(?:(\d{{1,2}})\.(\d{{1,2}})\.\d{{4}}|\d{{4}}-(?P<month>\d\d)-(?P<day>\d\d)){_MIDNIGHT}"
)
# The last month.
_MONTHS = 12


def is_serial(text: str) -> bool:
    """Whether a cell is the number by which a spreadsheet counts a day."""
    return _SERIAL.fullmatch(bare(text)) is not None


def are_before(texts: Iterable[str], year: int) -> bool:
    """Whether the counted days of a list that begins in a year lie before it, but for a few.

    Some programs count from 1904-01-01: their days would be four years early.
    """
    counted = [int(bare(text)[:5]) for text in texts if text[:5].isdecimal() and is_serial(text)]
    first = (date(year, 1, 1) - _DAY_ZERO).days
    return SETTINGS.share_before * len(counted) < sum(number < first for number in counted)


def day(text: str) -> date:
    """The day of a cell.

    Raises `UnreadableError` if the text is no day, has a time other than midnight, or could be two
    days.
    """
    written = " ".join(re.sub(DASH, "-", bare(text)).split())
    if _SERIAL.fullmatch(written):
        counted = _DAY_ZERO + timedelta(days=int(written[:5]))
        if SETTINGS.first_day <= counted <= SETTINGS.last_day:
            return counted
    try:
        return read_day(written)
    except UnreadableError as error:
        if _UNSURE_DAY.fullmatch(written):
            raise AmbiguousError(text) from error
        raise


def are_turned(odd: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether an odd one of a list's days has its month in place of its day, and none its day.

    A part above twelve is no month.
    """
    turned = any(day <= _MONTHS < month for day, month in _parts(odd))
    return turned and not any(month <= _MONTHS < day for day, month in _parts(texts))


def _parts(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    found = (_USUAL.fullmatch(bare(text.strip())) for text in texts)
    return ((int(d[1] or d["day"]), int(d[2] or d["month"])) for d in found if d is not None)


def check_turned(text: str) -> None:
    """Refuse a day that is another one where day and month are turned round."""
    if any(day != month for day, month in _parts([text]) if day <= _MONTHS):
        raise AmbiguousError(text)


def month_first(texts: Iterable[str]) -> bool | None:
    """Whether the days of a list have their month before their day, None where nothing shows it.

    A part above twelve is no month; days of both orders show nothing.
    """
    shown = set[bool]()
    for text in texts:
        found = _TWO_WAYS.fullmatch(bare(text.strip()))
        first, second = (int(found[1]), int(found[3])) if found is not None else (0, 0)
        if (first > _MONTHS) != (second > _MONTHS):
            shown.add(second > _MONTHS)
    return shown.pop() if len(shown) == 1 else None


def ordered(text: str, month_comes_first: bool | None) -> date:
    """The day of a cell whose parts may change places, by the order of the list's other days.

    Raises `AmbiguousError` if no order is known, and it matters.
    """
    found = _TWO_WAYS.fullmatch(bare(text))
    if found is None or (month_comes_first is None and int(found[1]) != int(found[3])):
        raise AmbiguousError(text)
    month, number = (found[1], found[3]) if month_comes_first else (found[3], found[1])
    try:
        return date(int(found[4]), int(month), int(number))
    except ValueError as error:
        raise UnreadableError(text) from error
