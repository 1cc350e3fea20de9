"""What there is to tell of a list as a whole: its day, and what stands beside its rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from esrdata.documents.document import Document
from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.day import ListDay, day_of, days_beyond
from esrdata.reading.lists.persons import Quotes
from esrdata.reading.lists.places import line_of
from esrdata.reading.lists.row import Place
from esrdata.reading.lists.spec import pattern_of
from esrdata.reading.record import Finding, Record

_WHITE = " \t\n\r\f"


class Whole:
    """What is gathered of a list while its rows are read."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._today = date.today()
        # Lines outside the rows: titles, footers, sums.
        self.outside: list[Place] = []
        # What stands around the rows of XML, JSON and pages.
        self.around: list[str] = []
        # Where rows begin that were read although they are hidden.
        self.out_of_sight: list[int] = []
        # How many rows have separators behind them and nothing else.
        self.stray = 0

    def day(self, records: Sequence[Record], sheet: str) -> ListDay | None:
        """The day of which the list tells; `sheet` is the name of the one sheet that has it."""
        return day_of(self._document.path, sheet, self._texts(), records, self._today)

    def findings(self, quotes: Quotes, rows: int, day: ListDay | None) -> Iterator[Finding]:
        """What is to be reported of a list of so many rows."""
        if self.stray:
            yield Finding("list_stray_separators", raw=str(self.stray))
        if self.out_of_sight:
            line = line_of(self._document, self.out_of_sight[0])
            yield Finding("list_rows_hidden", line=line, raw=str(len(self.out_of_sight)))
        for place in self._together():
            raw = " ".join(quotes.quote(*place).split())
            yield Finding("list_line_outside", line=line_of(self._document, place[0]), raw=raw)
        outside = self._texts()
        part = _part_of(self._document, outside, rows)
        if part is not None:
            yield Finding("list_part", raw=part)
        for beyond in days_beyond(self._document.path, outside, self._today):
            yield Finding("list_day_impossible", raw=str(beyond))
        if day is not None and day.other is not None:
            yield Finding("list_days_differ", raw=f"{day.day} ≠ {day.other}")

    def persons(self, quotes: Quotes) -> list[Place]:
        """Where lines outside the rows name contact persons."""
        return [found for place in self._together() for found in quotes.places(*place)]

    def _texts(self) -> list[str]:
        view = self._document.view
        return [*self.around, *(view[start:end] for start, end in self.outside)]

    def _together(self) -> list[Place]:
        """The lines outside the rows, those that follow each other as one place."""
        found = list[Place]()
        for start, end in self.outside:
            near = found and not self._document.view[found[-1][1] : start].strip(_WHITE)
            found[-1:] = [(found[-1][0], end)] if near else [*found[-1:], (start, end)]
        return found


@per_shelf
def _beside() -> re.Pattern[str]:
    words = load.cells()
    return re.compile(f"{words['part_counts']}|(?P<next>{words['part_links']})")


def _part_of(document: Document, outside: Iterable[str], rows: int) -> str | None:
    """What says that a list has more rows than the file, where so many were read or reported."""
    for line in outside:
        found = pattern_of("part_lines").search(line)
        if found is not None:
            texts = (found[key] for key in ("first", "last", "total"))
            first, last, total = (int(re.sub(r"\D", "", text)) for text in texts)
            # Years and other numbers beside each other do not tell how many rows there are.
            if last - first + 1 == rows < total:
                return found[0]
    if document.format == "json":
        begin, end = document.starts[document.view.find("\n")], document.ends[-1]
        for text in (document.text[:begin], document.text[end:]):
            for found in _beside().finditer(text):
                if found["next"] or int(found["total"]) > rows:
                    return found[0]
    return None
