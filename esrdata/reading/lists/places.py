"""Where the cells of a list stand in the decoded text of its file."""

import re
from array import array
from bisect import bisect_right

from esrdata.documents.document import Document, Span


class Places:
    """Places in the text by places of the view; faster than `Document.span` for rows in order."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._line_ends = [found.start() for found in re.finditer("\n", document.text)]
        self._page_ends = [found.start() for found in re.finditer("\f", document.text)]
        # The last line asked for: where it begins and ends, its number and its page.
        self._within = (0, 0, 0, 0)

    def span(self, start: int, end: int) -> Span:
        """The place in the text of a slice of the view."""
        document = self._document
        if document.starts and start == end:
            # Nothing stands there; what divides it from the cell before has its place.
            start = end = document.ends[start - 1] if start else document.starts[0]
        elif document.starts:
            start, end = document.starts[start], document.ends[end - 1]
        if not self._within[0] <= start < self._within[1]:
            self._within = self._line_at(start)
        return Span(start, end, self._within[2], self._within[3])

    def shift(self, start: int, end: int) -> int | None:
        """How far the text of a slice of the view stands from it.

        None where it is not the same, or not one line: then each part has a place of its own.
        """
        document = self._document
        starts, view = document.starts, document.view
        if view.find("\n", start, end) >= 0:
            return None
        if not starts:
            return 0
        first = starts[start]
        last = first + end - start
        # A sign in place of another has its place, and the last of a row its end alone.
        same = (
            document.ends[end - 1] == last
            and view[start:end] == document.text[first:last]
            and starts[start:end] == array("L", range(first, last))
        )
        return first - start if same else None

    def _line_at(self, start: int) -> tuple[int, int, int, int]:
        """Where the line of a place begins and ends, its number and its page."""
        # Rows come in order, so that a line is looked up once for all its cells.
        after = bisect_right(self._line_ends, start - 1)
        line = after
        page = bisect_right(self._page_ends, start - 1) if self._document.paged else 0
        if page:
            line -= bisect_right(self._line_ends, self._page_ends[page - 1])
        begins = self._line_ends[after - 1] + 1 if after else 0
        full = after < len(self._line_ends)
        ends = self._line_ends[after] + 1 if full else len(self._document.text) + 1
        return begins, ends, line + 1, page + 1

    def line(self, at: int) -> int:
        """The line of a place of the view."""
        return self.span(at, at + 1).line
