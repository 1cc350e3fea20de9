"""What is read of one block of a web page so far: its record, and which of its lines are taken."""

import re
from dataclasses import dataclass

from esrdata.reading.builder import Draft
from esrdata.reading.privacy import MASK
from esrdata.reading.record import Content, Record, Status
from esrdata.reading.web.page import Page
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.titles import own_slice
from esrdata.reading.web.vocabulary import BULLET

#: The sign of an item at the beginning of a line.
LIST_SIGN = re.compile(rf"\A\s*{BULLET}")
#: The end of a text that is not over: its line ended in a narrow column.
GOES_ON = re.compile(r"(?:[,–-]|\s(?:ja|sekä|och|samt|and|&|/))\s*\Z")


@dataclass
class Kept:
    """A block while its facts are read; `persons` are the lines whose text must not leave it."""

    page: Page
    draft: Draft
    persons: set[int]

    @property
    def record(self) -> Record:
        """The record in the making."""
        return self.draft.record

    def text(self, start: int, end: int) -> str:
        """A slice of the view."""
        return self.page.document.view[start:end]

    def claim(self, i: int) -> None:
        """Count a line as accounted for."""
        line = self.page.lines[i]
        self.draft.claim(line.start, line.end)

    def withhold(self, i: int) -> None:
        """Keep the text of a person's line out of everything."""
        self.persons.add(i)
        self.record.withheld.add(i)
        self.claim(i)

    def quote(self, i: int, field: str | None, start: int, end: int) -> None:
        """Report a part of a line that no value holds."""
        line = self.page.lines[i]
        raw = self.text(start, end).strip() if i not in self.persons else MASK
        self.draft.report("unrecognised_line", field=field, line=line, raw=raw)

    def _ends_item(self, i: int) -> bool:
        """Whether a short line is one item and the line below it the next."""
        text, below = self.page.lines[i].text.rstrip(), self.page.lines[i + 1].text.lstrip()
        return len(text) < SETTINGS.full and GOES_ON.search(text) is None and below[:1].isupper()

    def put(self, name: str, status: Status, content: Content, start: int, end: int) -> bool:
        """Keep a value unless its field has one; a second one that differs is reported."""
        before = self.record.values.get(name)
        if before is not None and before.status is Status.READ:
            if status is not Status.BLANK and content != before.content:
                self.repeated(name, start)
            return False
        self.draft.put(name, status, content, start, end)
        return True

    def repeated(self, name: str, at: int) -> None:
        """Report a second value of a field, at a place."""
        line = self.draft.line_at(at)
        raw = self.draft.quoted(line)
        self.draft.report("label_repeated", field=name, line=line, raw=raw)

    def put_name(self, start: int, end: int) -> None:
        """Keep a name without the code, the period or the fund beside it."""
        first, last = own_slice(self.text(start, end))
        start, end = start + first, start + last
        name = " ".join(self.text(start, end).split())
        self.put("projects.name", Status.READ, name, start, end)

    def lines(self, start: int, end: int, *, items: bool = False) -> list[tuple[int, int]]:
        """The lines of a value, without their bullets; a line that is only wrapped goes on.

        Of `items` short lines are one each: a print has them as close as those of a paragraph.
        """
        document, found = self.page.document, [start]
        for at in range(document.line_index(start), document.line_index(end)):
            if at not in document.wraps or (items and self._ends_item(at)):
                found.append(document.lines[at + 1].start)
        pieces = zip(found, [*found[1:], end], strict=True)
        return [(b - len(LIST_SIGN.sub("", document.view[a:b], count=1)), b) for a, b in pieces]
