"""The day of which a list tells, and what says so."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.quantities.kinds import KINDS, UnreadableError
from esrdata.reading.record import Record

_DAY = re.compile(r"(?<!\d)(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})(?!\d)")
_DAY_IN_NAME = re.compile(
    r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)|(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})"
)
# A list may be dated ahead by so much, for the end of the month that it is made in.
_AHEAD = timedelta(31)


class ListDay(NamedTuple):
    """The day of a list: the day, a code of `snapshot_bases`, and another day that is stated."""

    day: date
    basis: str
    other: date | None = None


def days_beyond(path: str, outside: Sequence[str], today: date) -> list[date]:
    """Days stated of a list that no list can be of: still to come, or before every period."""
    stated = _days_in_name(Path(path).stem)
    stated += [day for words in ("as_of", "printed") for day in _days(_lines_with(words, outside))]
    return sorted({day for day in stated if not _possible(day, today)})


def _possible(day: date, today: date) -> bool:
    first = min(row["first_day"] for row in load.codes("programme_periods"))
    return date.fromisoformat(first) <= day <= today + _AHEAD


def day_of(
    path: str, sheet: str, outside: Sequence[str], records: Iterable[Record], today: date
) -> ListDay | None:
    """The day of which a list tells, None where nothing says so.

    By the first of these that there is: a line outside the rows that says of which day the list is;
    the one day in the file's name; that in the sheet's, which is the name of a file that was opened
    in a program and saved by another (empty where the list stands on none, or on several); a line
    that says when it was printed; a day in another line; the last day on which a project of it had
    ended, which it cannot be older than. What is stated of a day long after today, or before the
    first programming period, is a mistake and counts as not stated.
    """
    as_of, printed, name, named = (
        _single(day for day in days if _possible(day, today))
        for days in (
            *(_days(_lines_with(words, outside)) for words in ("as_of", "printed")),
            *(_days_in_name(text) for text in (Path(path).stem, sheet)),
        )
    )
    loose = max((day for day in _days(outside) if _possible(day, today)), default=None)
    stated = [(as_of, "document"), (name, "file_name"), (named, "document"), (printed, "document")]
    found = [ListDay(day, basis) for day, basis in stated if day is not None]
    if found:
        # The day of printing may well be later than that of the facts.
        other = (day for day in (as_of, name, named) if day not in (None, found[0].day))
        return found[0]._replace(other=next(other, None))
    if loose is not None:
        return ListDay(loose, "loose_line")
    ended = _last_ended(records, today)
    return None if ended is None else ListDay(ended, "last_ended")


def _lines_with(words: str, lines: Iterable[str]) -> list[str]:
    pattern = _day_words(words)
    return [line for line in lines if pattern.search(line)]


@per_shelf
def _day_words(group: str) -> re.Pattern[str]:
    words = load.cells()["day_words"][group]
    return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, words))})\b")


def _days(lines: Iterable[str]) -> list[date]:
    return [day for line in lines for text in _DAY.findall(line) for day in _read(text)]


def _days_in_name(name: str) -> list[date]:
    found = list[date]()
    for year, month, day, *dmy in _DAY_IN_NAME.findall(name):
        year, month, day = dmy[::-1] if dmy[0] else (year, month, day)
        found += _read(f"{year}-{month.zfill(2)}-{day.zfill(2)}")
    return found


def _single(days: Iterable[date]) -> date | None:
    """The day, where it is one: which of several is meant would be a guess."""
    different = set(days)
    return different.pop() if len(different) == 1 else None


def _last_ended(records: Iterable[Record], today: date) -> date | None:
    codes = {row["code"] for row in load.codes("status") if row["code"] == "ended"}
    spellings = load.spellings("status")
    # Few rows of a list have a day and a status that no other has.
    states = {(r.content("projects.status"), r.content("projects.end_date")) for r in records}
    ended = (day for text, day in states if spellings.get(load.fold(str(text))) in codes)
    days = (day for day in ended if isinstance(day, date))
    return max((day for day in days if _possible(day, today)), default=None)


def _read(text: str) -> list[date]:
    try:
        content = KINDS["date"].read(text)
    except UnreadableError:
        return []
    return [content] if isinstance(content, date) else []
