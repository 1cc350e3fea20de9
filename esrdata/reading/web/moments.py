"""Dates of a web page: the grammar of periods, without the times of day that registers print."""

import re
from collections.abc import Iterator

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.quantities.periods import (
    Moment,
    Period,
    find_day,
    find_moments,
    find_period,
)

# "2018-09-01 00:00:00.0": the time says nothing of a project.
_TIME = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?(?!\d)")


def _days_only(text: str) -> str:
    return _TIME.sub(lambda match: " " * len(match.group()), text)


def period_in(text: str) -> Period | None:
    """The first period in a text; the years of a programme are no project's."""
    period = find_period(_days_only(text))
    return None if period is not None and _is_of_programme(period) else period


def _is_of_programme(period: Period) -> bool:
    first, last = period.first, period.last
    if first is None or last is None or not first.precision == last.precision == "year":
        return False
    return (
        first.first is not None
        and last.first is not None
        and (f"{first.first.year}-{last.first.year}" in _programmes())
    )


@per_shelf
def _programmes() -> frozenset[str]:
    return frozenset(row["code"] for row in load.codes("programme_periods"))


def days_in(text: str) -> Iterator[Moment]:
    """The dates of a text."""
    return find_moments(_days_only(text))


def day_in(text: str) -> Moment | None:
    """The first date in a text."""
    return find_day(_days_only(text))
