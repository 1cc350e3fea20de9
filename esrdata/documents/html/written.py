"""The text of a page while it is written, each character with its place in the source."""

from __future__ import annotations

import re
from array import array
from html.entities import html5

from esrdata.documents.layout import UNSEEN_SIGNS
from esrdata.documents.mapped import numbers
from esrdata.documents.text import rare, unescaped

_WHITE = " \t\n\r\f"
# Words with single spaces between them are taken as they stand.
_WORDS = re.compile(rf"[^{_WHITE}]++(?: [^{_WHITE}]++)*")
_WORDS_OF_MARK = re.compile(rf"[^{_WHITE}\u00a0]++(?: [^{_WHITE}\u00a0]++)*")
# Signs that take no room, and zero.
_UNSEEN = re.compile(f"[{UNSEEN_SIGNS}\0]+")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Written:
    """Puts text together; what divides two texts waits until the second comes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._numbers = numbers(len(text))
        self._has_unseen = _UNSEEN.search(rare(text)) is not None
        # Whether there is no white space but spaces and line ends.
        self._even = not any(sign in text for sign in "\t\r\f")
        self.pieces: list[str] = []
        self.starts = array("L")
        self.ends = array("L")
        # What waits: line ends and their place, places of tabs, a tab behind a cell, a space.
        self._breaks = 0
        self._breaks_at = 0
        self._tabs: list[int] = []
        self._behind: int | None = None
        self._space: tuple[int, int] | None = None
        self._waits = False
        # Whether nothing has been written since a cell began.
        self._fresh = False
        # Open elements whose line ends count, a raised text, spans of the sign of a list item.
        self._preformatted = 0
        self._raised = False
        self._mark = 0

    def _divide(self) -> None:
        """Put what waits between the last text and the next one."""
        if self.pieces:
            if self._breaks:
                self._zero("\n" * self._breaks, [self._breaks_at] * self._breaks)
            elif self._tabs:
                self._zero("\t" * len(self._tabs), self._tabs)
            elif self._behind is not None:
                self._zero("\t", [self._behind])
            elif self._space is not None:
                self.pieces.append(" ")
                self.starts.append(self._space[0])
                self.ends.append(self._space[1])
        self._breaks, self._tabs, self._behind, self._space = 0, [], None, None
        self._waits = self._fresh = False

    def _zero(self, signs: str, places: list[int]) -> None:
        """Put signs that stand for a tag, with its place and no length."""
        self.pieces.append(signs)
        self.starts.extend(places)
        self.ends.extend(places)

    def _put(self, start: int, end: int) -> None:
        """Put a slice of the source, as it stands."""
        if self._has_unseen:
            for match in _UNSEEN.finditer(self._text, start, end):
                self._put_seen(start, match.start())
                start = match.end()
        self._put_seen(start, end)

    def _put_seen(self, start: int, end: int) -> None:
        if start >= end:
            return
        if self._waits:
            self._divide()
        text = self._text[start:end]
        self.pieces.append(text.translate(_RAISED) if self._raised else text)
        self.starts.extend(self._numbers[start:end])
        self.ends.extend(self._numbers[start + 1 : end + 1])

    def _data(self, start: int, end: int) -> None:
        if self._preformatted:
            self._lines(start, end)
            return
        text = self._text[start:end]
        if self._even and not self._mark and "\n" not in text and "  " not in text:
            first, last = start + (text[0] == " "), end - (text[-1] == " ")
            if start < first:
                self._white(start, first)
            self._put(first, last)
            if last < end:
                self._white(last, end)
            return
        at = start
        for match in (_WORDS_OF_MARK if self._mark else _WORDS).finditer(self._text, start, end):
            first, last = match.span()
            if first > at:
                self._white(at, at + 1)
            self._put(first, last)
            at = last
        if at < end:
            self._white(at, at + 1)

    def _lines(self, start: int, end: int) -> None:
        """Put text in which line ends and spaces count."""
        for i, line in enumerate(self._text[start:end].split("\n")):
            if i:
                self._wait(min(self._breaks + 1, 2), start - 1)
            if line.strip(_WHITE):
                self._put(start, start + len(line))
            elif line:
                self._white(start, start + 1)
            start += len(line) + 1

    def _white(self, start: int, end: int) -> None:
        if self._space is None:
            self._space = (start, end)
            self._waits = True

    def _reference(self, start: int, end: int) -> None:
        written = self._text[start:end]
        if written[1] != "#":
            # "&nbsp46" without its semicolon goes on as plain text.
            length = next((n for n in range(len(written), 1, -1) if written[1:n] in html5), 0)
            if not length:
                self._data(start, end)
                return
            written, end, rest = written[:length], start + length, end
        else:
            rest = end
        for sign in unescaped(written):
            if sign in _WHITE or (self._mark and sign == "\u00a0"):
                self._white(start, end)
            elif not _UNSEEN.match(sign):
                if self._waits:
                    self._divide()
                self.pieces.append(sign)
                self.starts.append(start)
                self.ends.append(end)
        if end < rest:
            self._data(end, rest)

    def _wait(self, breaks: int, at: int) -> None:
        """Ask for line ends before the next text; more that is asked for already stays."""
        if not self._breaks:
            self._breaks_at = at
        self._breaks = max(self._breaks, breaks)
        self._waits = True
