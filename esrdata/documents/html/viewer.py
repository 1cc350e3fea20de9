"""The tags of a page, one by one: where lines begin, and what is no text."""

from __future__ import annotations

import re

from esrdata.documents.html import hidden
from esrdata.documents.html.cells import Cells, Table
from esrdata.documents.html.filled import FIELDS, HOLDERS, held, typed
from esrdata.documents.html.outline import Tag
from esrdata.documents.html.tags import (
    BLOCKS,
    CELLS,
    HEADINGS,
    IN_HEAD,
    PARAGRAPHS,
    RAW,
    RAW_END,
    SILENT,
    TO_THE_END,
    WHOLES,
)
from esrdata.documents.html.tokens import TEXT, TOKEN, TOKEN_OF_TAIL

# How Word writes the sign of a list item, and items that stand close to the one above.
_MARK = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_CLOSE = re.compile(r"CxSp(?:Middle|Last)")


class Viewer(Cells):
    """Puts the view of a page together."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._silent: list[str] = []
        # Where comments and tags end for the last time, and tags of raw text that nothing ends.
        self._tail = max(text.rfind("-->"), text.rfind("--!>"))
        self._tags_end = text.rfind(">") + 1
        self._unended: set[str] = set()
        # Whether a tag was met that strikes out or hides what it holds.
        self.hides = False
        # How many pieces there were when a field of a form had been filled.
        self._filled = 0
        # Block tags with their places, for the outline of the page.
        self.tags: list[Tag] = []

    def run(self) -> None:
        """Take the whole page."""
        at: int | None = 0
        while at is not None:
            at = self._take(at)
        while self._tables:
            self._end_table()

    def _take(self, at: int) -> int | None:
        """Take the page from a place on; the place to go on from, behind what is no markup."""
        tail = at > self._tail
        for match in (TOKEN_OF_TAIL if tail else TOKEN).finditer(self._text, at):
            if not tail and match.start() > self._tail:
                return match.start()
            kind = match.lastgroup
            if kind == "white":
                if self._preformatted:
                    self._take_text(*match.span())
                elif not self._silent:
                    self._white(match.start(), match.start() + 1)
            elif kind == "text" or kind == "sign":
                self._take_text(*match.span())
            elif kind == "start":
                name, attributes = match.group("name", "start")
                tag = name.lower()
                self._open(tag, attributes, match.start())
                if tag in RAW and not attributes.endswith("/"):
                    end = None
                    if tag not in self._unended:
                        end = RAW_END[tag].search(self._text, match.end(), self._tags_end)
                    if end is None:
                        self._unended.add(tag)
                    else:
                        if tag in HOLDERS and not self._silent:
                            for span in held(self._text, tag, attributes, match.end(), end.start()):
                                self._fill(*span, match.start())
                        self._close(tag, end.start())
                        return end.end()
                    if tag in TO_THE_END:
                        return None
            elif kind == "end":
                self._close(match["end"].lower(), match.start())
        return None

    def _take_text(self, start: int, end: int) -> None:
        if self._silent:
            self._pass_over(start, end)
        elif self._text.find("&", start, end) < 0:
            self._data(start, end)
        else:
            for match in TEXT.finditer(self._text, start, end):
                (self._reference if match.lastgroup else self._data)(*match.span())

    def _pass_over(self, start: int, end: int) -> None:
        """Take a text that is not seen."""

    def _open(self, tag: str, attributes: str, at: int) -> None:
        unseen = self._silent and not self._ends_head(tag)
        if tag in SILENT:
            if not attributes.endswith("/"):
                self._silent.append(tag)
        elif unseen:
            return
        elif tag in BLOCKS:
            self.tags.append((at, tag, attributes))
            self._raised, self._mark = False, 0
            if tag == "p" and self._breaks and _CLOSE.search(attributes):
                self._breaks = 1
                return
            self._begin(tag, attributes, at)
        elif tag == "span":
            # The sign of a list item may hold further spans.
            self._mark += bool(self._mark or _MARK.search(attributes))
        elif tag == "sup":
            self._raised = True
        elif tag in hidden.TAGS:
            self.hides = True
        elif tag in FIELDS:
            self._field(tag, attributes, at)

    def _ends_head(self, tag: str) -> bool:
        """The end of the head may be left out: the first tag of the page ends it."""
        if tag in IN_HEAD or ":" in tag or "head" not in self._silent or "xml" in self._silent:
            return False
        self._silent.clear()
        return True

    def _begin(self, tag: str, attributes: str, at: int) -> None:
        if tag in CELLS:
            self._cell(attributes, at)
            return
        if tag == "dd":
            self._description(at)
            return
        if tag == "br":
            if not self._fresh:
                self._wait(min(self._breaks + 1, 2), at)
            return
        if tag in HEADINGS:
            self._fresh = False
            # From the innermost outwards: around a row that holds a heading all rows do.
            for row in (table.row for table in reversed(self._tables) if table.row is not None):
                if row.headed:
                    break
                row.headed = row.arranges = True
        if tag == "tr":
            self._end_row()
        if tag == "dt":
            self._end_cell()
            self._fresh = False
        if self._fresh:
            self._opened += tag != "hr"
        else:
            self._wait(2 if tag in PARAGRAPHS else 1, at)
        if tag == "table":
            self._tables.append(Table())
        elif tag == "tr" and self._tables:
            self._begin_row()
        elif tag == "dt":
            self._term = len(self.starts)
            self._begin_cell()
        elif tag == "pre":
            self._preformatted += 1

    def _close(self, tag: str, at: int) -> None:
        if self._silent:
            if tag in self._silent:
                self._silent.remove(tag)
            return
        if tag in BLOCKS:
            if tag != "br":
                self.tags.append((at, tag, None))
                self._raised, self._mark = False, 0
                self._finish(tag, at)
        elif tag == "span":
            self._mark = max(0, self._mark - 1)
        elif tag == "sup":
            self._raised = False

    def _finish(self, tag: str, at: int) -> None:
        if tag in CELLS or tag == "dt":
            self._behind, self._waits = at, True
            return
        if tag == "dd" or tag == "dl":
            self._end_cell()
        if tag == "dd":
            # A paragraph that ends with its description stands not apart from the next term.
            self._breaks = min(self._breaks, 1)
        elif tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        elif tag == "tr":
            self._end_row()
        elif tag == "table" and self._tables:
            self._end_table()
        if self._fresh and self._opened and tag not in WHOLES:
            self._opened -= 1
            return
        self._fresh = False
        self._wait(2 if tag in PARAGRAPHS else 1, at)

    # ---- fields of a form

    def _field(self, tag: str, attributes: str, at: int) -> None:
        if tag == "label":
            # A style sheet sets a label apart from the field before it.
            if self._filled == len(self.pieces) > 0:
                self._wait(1, at)
        elif (value := typed(attributes)) is not None:
            begin = at + 1 + len(tag)
            self._fill(begin + value[0], begin + value[1], at)

    def _fill(self, start: int, end: int, at: int) -> None:
        """Put what a field shows, beside its label."""
        if not self._text[start:end].strip():
            return
        # Several fields of a line are one value: a first and a last day.
        follows = self._filled and not any("\n" in piece for piece in self.pieces[self._filled :])
        if self.pieces and not (self._breaks or self._tabs or self._fresh or follows):
            self._tabs, self._waits = [at], True
        self._preformatted += 1
        self._take_text(start, end)
        self._preformatted -= 1
        self._white(end, end)
        self._filled = len(self.pieces)
