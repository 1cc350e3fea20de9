"""Periods of a web page: those of the grammar, but for the years of a programme."""

import re
from datetime import date

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.quantities.periods import Period, find_moments, find_period

#: The end of a sentence behind a value, which an abbreviation does not end.
STOP = re.compile(r"(?:(?<=[^\W\d_]{5})|(?<=[\d)€%])|\A)[.!?]\s+(?=[A-ZÅÄÖ])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def period_in(text: str) -> Period | None:
    """The first period in a text; the years of a programme are no project's."""
    period = find_period(text)
    return None if period is not None and spans_programme(period) else period


def later_day(text: str, last: date | None) -> bool:
    """Whether a day behind a period, in its sentence, comes after its end: longer, or again.

    Of a season the year counts: "syksyyn 2022".
    """
    sentence = STOP.split(text)[0]
    return last is not None and any(
        day.last > last
        if day.last is not None
        else any(int(year) > last.year for year in _YEAR.findall(sentence, day.start, day.end))
        for day in find_moments(sentence)
    )


def spans_programme(period: Period) -> bool:
    """Whether a period is the years of a programme."""
    first, last = period.first, period.last
    if first is None or last is None or not first.precision == last.precision == "year":
        return False
    years = [side.first.year for side in (first, last) if side.first is not None]
    return "-".join(map(str, years)) in _programmes()


@per_shelf
def _programmes() -> frozenset[str]:
    return frozenset(row["code"] for row in load.codes("programme_periods"))
