"""A record in the making: puts values in their place and keeps account of every line."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from esrdata.documents.document import Document, Line, Span
from esrdata.knowledge import load
from esrdata.reading.form.spec import Entry, Form
from esrdata.reading.form.templates import Template
from esrdata.reading.privacy import MASK, mask
from esrdata.reading.record import Content, Finding, Record, Status, Value


def _by_bullets(lines: list[str]) -> list[list[str]]:
    """Every line a paragraph, but for the bullets of a list, which stay below each other."""
    paragraphs: list[list[str]] = []
    for line in lines:
        if _BULLET.match(line) and paragraphs and _BULLET.match(paragraphs[-1][-1]):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


_BULLET = re.compile(r"[*•·▪\u2013-]\s")
# Between two withheld lines so near, a line stands among them.
_AMONG = 8


@dataclass
class Draft:
    """One description while it is read; `start` and `end` bound it in the view.

    `values_below` tells that this page has its values on the line below their labels.
    """

    document: Document
    form: Form
    record: Record
    start: int
    end: int
    contacts: bool = False
    values_below: bool = False
    _claimed: set[int] = field(default_factory=set)
    _partners: int = 0

    def lines(self, start: int, end: int) -> Iterator[Line]:
        """Lines of the view that begin at or after `start` and before `end`."""
        lines = self.document.lines
        first = self.document.line_index(start)
        # One by one: a document of many descriptions has many lines behind these.
        for i in range(first if lines[first].start >= start else first + 1, len(lines)):
            if lines[i].start >= end:
                return
            yield lines[i]

    def line_at(self, at: int) -> Line:
        """The line of the view that holds a place."""
        return self.document.lines[self.document.line_index(at)]

    def entries(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Slices of the lines that begin in a slice, each with the lines it wraps on to."""
        open_: tuple[int, int] | None = None
        for line in self.lines(start, end):
            if open_ is not None and self.runs_on(line):
                open_ = open_[0], line.end
            else:
                if open_ is not None:
                    yield open_
                open_ = None if line.blank else (line.start, line.end)
        if open_ is not None:
            yield open_

    def runs_on(self, line: Line) -> bool:
        """Whether a line goes on with what stands on the line above."""
        return self.document.line_index(line.start) - 1 in self.document.wraps

    def strip(self, start: int, end: int) -> tuple[int, int]:
        """A slice of the view without the white space at its ends."""
        text = self.document.view[start:end]
        bare = text.lstrip()
        start += len(text) - len(bare)
        return start, start + len(bare.rstrip())

    def templates(self, entry: Entry) -> tuple[Template, ...]:
        """Templates of an entry in the language of the description."""
        return entry.templates.get(self.record.language, ())

    def claim(self, start: int, end: int) -> None:
        """Count the lines of a slice as accounted for."""
        starts = self.document.line_starts
        last = bisect_right(starts, max(start, end - 1))
        self._claimed.update(range(bisect_right(starts, start) - 1, last))

    def withhold(self, start: int, end: int) -> None:
        """Mark the lines of a slice as a person's data."""
        first = self.document.line_index(start)
        self.record.withheld.update(range(first, self.document.line_index(end) + 1))

    def next_partner(self) -> int:
        """The number of the next partner."""
        self._partners += 1
        return self._partners - 1

    def put(self, name: str, status: Status, content: Content, start: int, end: int) -> None:
        """Keep a value with its place; one that could not be read is a finding too."""
        if end > start:
            span = self.document.span(start, end)
            raw = self.document.raw(span)
        else:
            # A blank has no characters, but a place: behind its label.
            label = self.document.span(max(start - 1, 0), max(start, 1))
            span = Span(label.end, label.end, label.line, label.page)
            raw = None
        self.record.values[name] = Value(status, content, raw, span)
        if status is Status.READ and self.document.format == "pdf":
            self._tell_beside(name, start, end)
        if status is Status.UNREADABLE:
            text = " ".join(self.document.view[start:end].split())
            self.record.findings.append(Finding("value_unreadable", name, span.line, text))

    def _tell_beside(self, name: str, start: int, end: int) -> None:
        """Report a value of a print in which two texts stand side by side, as beside a box."""
        at = self.document.view.find("\t", start, end)
        if at >= 0:
            line = self.line_at(at)
            self.report("text_beside", field=name, line=line, raw=self.quoted(line))

    def put_text(self, name: str, start: int, end: int) -> None:
        """Keep prose: lines without the white space at their ends, one blank line between
        paragraphs.
        """
        first, last = self.strip(start, end)
        if first == last:
            self.put(name, Status.BLANK, None, start, start)
            return
        self.claim(first, last)
        paragraphs: list[list[str]] = [[]]
        index = self.document.line_index(first)
        for number, line in enumerate(self.document.view[first:last].split("\n"), start=index):
            # A page may end within a line.
            text = line.strip().replace("\f", "\n")
            runs_on = number - 1 in self.document.wraps and not _BULLET.match(text)
            if not text and paragraphs[-1]:
                paragraphs.append([])
            elif text and runs_on and paragraphs[-1]:
                paragraphs[-1][-1] += f" {text}"
            elif text:
                paragraphs[-1].append(text)
        if self.tight:
            paragraphs = _by_bullets(paragraphs[0])
        prose = "\n\n".join("\n".join(lines) for lines in paragraphs if lines)
        self.put(name, Status.READ, prose, first, last)

    @cached_property
    def tight(self) -> bool:
        """Whether the page has lost its blank lines, so that every line end ends a paragraph."""
        first, last = (self.document.line_index(at) for at in self.strip(self.start, self.end))
        return not any(line.blank for line in self.document.lines[first:last])

    def quoted(self, line: Line) -> str:
        """What a finding may quote of a line: no e-mail, no phone, no contact person.

        Among contact persons, and where a label speaks of one, only the label is quoted; a line
        without a label next to them is not quoted at all.
        """
        text = line.text.strip()
        index = self.document.line_index(line.start)
        label, colon, _ = text.partition(":")
        personal = any(word in load.fold(label) for word in self.form.personal_words)
        if self.contacts or not (self._beside_contacts(index, bool(colon)) or (colon and personal)):
            return text if self.contacts else mask(text)
        self.record.withheld.add(index)
        return f"{label}: {MASK}" if colon else MASK

    def _beside_contacts(self, index: int, labelled: bool) -> bool:
        """Whether a line stands among the withheld lines or, without a label, next to them."""
        full = self.document.full_lines
        at = bisect_left(full, index)
        before, after = full[max(at - 1, 0)], full[min(at + 1, len(full) - 1)]
        withheld = self.record.withheld
        if not labelled and (before in withheld or after in withheld):
            return True
        above = max((line for line in withheld if line < index), default=None)
        below = min((line for line in withheld if line > index), default=None)
        if above is None or below is None:
            return False
        # Who wrote a page and whom to ask stand at its two ends: what is between is not theirs.
        return bisect_left(full, below) - bisect_left(full, above) <= _AMONG

    def report(
        self,
        code: str,
        *,
        field: str | None = None,
        line: Line | None = None,
        raw: str | None = None,
    ) -> None:
        """Add a finding about a line, or about the description as a whole."""
        at = line if line is not None else self.line_at(self.start)
        number = self.document.span(at.start, max(at.end, at.start + 1)).line
        self.record.findings.append(Finding(code, field, number, raw))

    def account(self) -> None:
        """Report the lines that nothing claimed, a run of them at a time, and count."""
        last = self.end == len(self.document.view)
        dropped = sum(
            self.start <= place < self.end or (last and place == self.end)
            for place in self.document.furniture
        )
        full = self.document.full_between(self.start, self.end)
        self.record.lines += dropped + len(full)
        self.record.accounted += dropped + len(full)
        for is_claimed, run in groupby(full, self._claimed.__contains__):
            if not is_claimed:
                lines = [self.document.lines[i] for i in run]
                quoted = "\n".join(map(self.quoted, lines))
                self.report("unrecognised_line", line=lines[0], raw=quoted)
