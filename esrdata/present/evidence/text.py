"""The text of a source on an evidence page: which of its lines belong to a project, and what of
them is covered.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from esrdata.knowledge.fields import field_of
from esrdata.present.evidence.model import Mark
from esrdata.reading.privacy import COVER
from esrdata.reading.record import LIST, WEB, Status
from esrdata.source_text import SourceText

# Lines with text shown above and below the block of a web page.
_AROUND = 5
_WORD = re.compile(r"\w")
# What an address is known by, among places that could also be a code or an ID.
_AT = re.compile(r"@|[(\[]\s?(?:at|ät|a)\s?[)\]]", re.IGNORECASE)
_PERIOD = "projects.programme_period"


class FileText:
    """A source file at hand, shared by all projects in it."""

    def __init__(self, text: SourceText, form: str) -> None:
        self.text, self.document, self.form = text, text.document, form
        self.full = text.full

    def slice(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the view that a place in the text is of: `Document.span` backwards."""
        document = self.document
        if not document.starts:
            return start, end
        if start == end:
            # An empty place stands behind the sign before it.
            at = document.view_place(start - 1) + 1 if start else 0
            return at, at
        first, last = document.view_place(start), document.view_place(end - 1)
        # One sign of the text may be several of the view.
        while first > 0 and document.starts[first - 1] == start < document.ends[first - 1]:
            first -= 1
        return first, max(first, last) + 1

    def place(self, index: int) -> tuple[int, int]:
        """Page and number of a line."""
        line = self.document.lines[index]
        span = self.document.span(line.start, line.end)
        return span.page, span.line

    def touched(self, mark: Mark) -> range:
        """Index of the lines a value stands on."""
        at = self.document.line_index
        return range(at(mark.start), at(max(mark.start, mark.end - 1)) + 1)

    def between(self, before: int, index: int) -> Sequence[int]:
        """Index of the lines with text between two lines."""
        return self.full[bisect_right(self.full, before) : bisect_right(self.full, index - 1)]

    def chosen(self, marks: Sequence[Mark]) -> list[int]:
        """Index of the lines to show: those of the project."""
        chosen: set[int] = set()
        records: dict[int, set[int]] = {}
        for mark in (mark for mark in marks if mark.placed):
            if self.form == LIST and mark.value.field == _PERIOD:
                chosen.update(self.touched(mark))  # the heading row
            else:
                records.setdefault(mark.record, set()).update(self.touched(mark))
        for lines in records.values():
            first, last = min(lines), max(lines)
            if self.form == WEB:
                above = bisect_right(self.full, first - 1)
                below = bisect_right(self.full, last)
                chosen.update(self.full[max(above - _AROUND, 0) : below + _AROUND])
            elif self.form != LIST:
                # What stands above the first description goes with it.
                bounds = [0, *self.text.begins[1:], len(self.document.lines)]
                n = bisect_right(bounds, first)
                chosen.update(range(bounds[n - 1], bounds[n]))
            chosen.update(range(first, last + 1))
        return sorted(i for i in chosen if not self.document.lines[i].blank)

    def covered(self, first: int, last: int, marks: Iterable[Mark], bare: bool) -> str:
        """Lines `first` to `last` of the view, personal data covered sign by sign.

        `bare` leaves nothing but the values: other cells of a list may name persons.
        """
        lines = self.document.lines
        start, end = lines[first].start, lines[last].end
        view = self.document.view[start:end]
        signs = list(view)
        inside = [mark for mark in marks if mark.start < end and mark.end > start]
        if bare:
            known = {i - start for mark in inside for i in range(*self._cell(mark))}
            signs = [
                COVER if i not in known and _WORD.match(sign) else sign
                for i, sign in enumerate(signs)
            ]
        fields = [(mark, field_of(mark.value.field)) for mark in inside]
        contacts = [mark for mark, field in fields if field.table == "contacts"]
        raws = [(mark, mark.value.raw or "") for mark, field in fields if not field.prose]
        # A fact that has something covered names a person.
        facts = [mark for mark, raw in raws if COVER not in raw]
        for held in self.text.private(start, end):
            a, b = held[0] - start, held[1] - start
            # As in the tables: contacts that were asked for, and codes and IDs in facts, stay.
            if _within(held, contacts) or (_within(held, facts) and not _AT.search(view[a:b])):
                continue
            signs[a:b] = COVER * (b - a)
        return "".join(signs)

    def _cell(self, mark: Mark) -> tuple[int, int]:
        """The place of a value in a list; the period stands for the whole heading row."""
        if mark.value.field != _PERIOD:
            return mark.start, mark.end
        line = self.document.lines[self.document.line_index(mark.start)]
        return line.start, line.end


def _within(place: tuple[int, int], marks: Iterable[Mark]) -> bool:
    return any(
        mark.start <= place[0] and place[1] <= mark.end and mark.value.status == Status.READ
        for mark in marks
    )
