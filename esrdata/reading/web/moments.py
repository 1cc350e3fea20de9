"""Dates of a web page: the grammar of periods, without the times of day that registers print."""

import re
from collections.abc import Iterator

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
    """The first period in a text."""
    return find_period(_days_only(text))


def days_in(text: str) -> Iterator[Moment]:
    """The dates of a text."""
    return find_moments(_days_only(text))


def day_in(text: str) -> Moment | None:
    """The first date in a text."""
    return find_day(_days_only(text))
