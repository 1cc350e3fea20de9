"""An HTML page to the lines a person sees, each character with its place in the source.

The tree builders give no places, so the page is taken as a stream of tags: block tags begin
a line, unclosed ones do no harm, and a page that is cut off reads as far as it goes. What stands
side by side on the screen (cells of a table row, a term and its description) stands on one line,
divided by a tab.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from dataclasses import dataclass, field
from html.entities import html5
from itertools import pairwise

from esrdata.documents.document import Merged
from esrdata.documents.html import hidden
from esrdata.documents.html.grid import Reached
from esrdata.documents.html.hidden import HIDDEN, READ, STRUCK, LeftOut, is_panel
from esrdata.documents.html.outline import Tag
from esrdata.documents.html.rows import side_by_side
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
from esrdata.documents.layout import UNSEEN_SIGNS
from esrdata.documents.lines import View
from esrdata.documents.mapped import composed, numbers
from esrdata.documents.text import rare, unescaped

# A quoted value may hold ">", but its end quote must look like one: a lone quote ends at the tag.
_ATTRIBUTES = (
    r"(?:[\s/]++|[^\s/>=]++(?:\s*+=\s*+"
    r"(?:\"[^\"]*+\"(?=[\s/>])|'[^']*+'(?=[\s/>])|[^\s>]*+))?|=)*"
)
_WHITE = " \t\n\r\f"
_TOKENS = rf"""
    (?P<white>[ \t\n\r\f]++)(?![^<])
    |(?P<text>[^<&]++)
    |</(?P<end>[a-zA-Z][^\s/>]*+)[^>]*+(?:>|\Z)
    |<(?P<name>[a-zA-Z][^\s/>]*+)(?P<start>{_ATTRIBUTES})(?:>|\Z)
    |(?P<reference>&(?:\#[xX][0-9a-fA-F]++|\#[0-9]++|[a-zA-Z][a-zA-Z0-9]*+);?)
    # A comment that nothing ends goes to the next ">", so that it hides no page.
    |(?P<comment><!--(?:-?>|.*?--!?>)|<[!?/][^>]*+(?:>|\Z))
    |(?P<sign>[<&])
    """
_TOKEN = re.compile(_TOKENS, re.VERBOSE | re.DOTALL)
# Behind the last end of a comment none is looked for, or each beginning would look to the end.
_TOKEN_OF_TAIL = re.compile(_TOKENS.replace("|.*?--!?>", ""), re.VERBOSE | re.DOTALL)
# Words with single spaces between them are taken as they stand.
_WORDS = re.compile(rf"[^{_WHITE}]++(?: [^{_WHITE}]++)*")
_WORDS_OF_MARK = re.compile(rf"[^{_WHITE}\u00a0]++(?: [^{_WHITE}\u00a0]++)*")
# Signs that take no room, and zero.
_UNSEEN = re.compile(f"[{UNSEEN_SIGNS}\0]+")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPANNED = re.compile(r"\browspan\s*=\s*[\"']?\s*(?:[2-9]|\d\d)", re.IGNORECASE)
# How Word writes the sign of a list item, and items that stand close to the one above.
_MARK = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_CLOSE = re.compile(r"CxSp(?:Middle|Last)")


@dataclass(slots=True)
class _Row:
    """A table row: where in the view it and each of its cells begin, counted in characters."""

    begin: int
    cells: list[int] = field(default_factory=list)
    tags: list[tuple[int, str]] = field(default_factory=list)
    spanned: bool = False
    arranges: bool = False
    headed: bool = False

    def is_of_grid(self, reached: Reached) -> bool:
        """Whether it is a row of a list whose cells do not simply follow one another."""
        if self.arranges or not reached.is_listed(len(self.cells)):
            return False
        empty = len(self.cells) > 1 and self.cells[1] == self.begin
        return empty or bool(reached.columns) or any("span" in a.lower() for _, a in self.tags)


@dataclass(slots=True)
class _Table:
    """An open table: its row, how many rows it has had, and what reaches over the next ones."""

    row: _Row | None = None
    rows: int = 0
    reached: Reached = field(default_factory=Reached)


class _Viewer:
    """Puts the view together; what divides two texts waits until the second comes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._numbers = numbers(len(text))
        self._has_unseen = _UNSEEN.search(rare(text)) is not None
        # Whether there is no white space but spaces and line ends.
        self._even = not any(sign in text for sign in "\t\r\f")
        self.pieces: list[str] = []
        self.starts = array("L")
        self.ends = array("L")
        # Whether the places follow one another.
        self.ordered = True
        # What waits: line ends and their place, places of tabs, a tab behind a cell, a space.
        self._breaks = 0
        self._breaks_at = 0
        self._tabs: list[int] = []
        self._behind: int | None = None
        self._space: tuple[int, int] | None = None
        self._waits = False
        # Block tags that open a cell begin no line in it, nor do so many that close again.
        self._fresh = False
        self._opened = 0
        self._term: int | None = None
        self._tables: list[_Table] = []
        self._silent: list[str] = []
        # Where comments and tags end for the last time, and tags of raw text that nothing ends.
        self._tail = max(text.rfind("-->"), text.rfind("--!>"))
        self._tags_end = text.rfind(">") + 1
        self._unended: set[str] = set()
        self._preformatted = 0
        self._raised = False
        self._mark = 0
        # Whether a tag was met that strikes out or hides what it holds.
        self.hides = False
        # Cells that reach over several rows or columns, their rows by places in the source.
        self.merged: list[Merged] = []
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
        for match in (_TOKEN_OF_TAIL if tail else _TOKEN).finditer(self._text, at):
            if not tail and match.start() > self._tail:
                return match.start()
            kind = match.lastgroup
            if kind == "white":
                if not self._silent:
                    self._between(*match.span())
            elif kind == "text" or kind == "sign":
                if not self._silent:
                    self._data(*match.span())
                else:
                    self._pass_over(match[0])
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
                        self._close(tag, end.start())
                        return end.end()
                    if tag in TO_THE_END:
                        return None
            elif kind == "end":
                self._close(match["end"].lower(), match.start())
            elif kind == "reference" and not self._silent:
                self._reference(match.start(), match.end())
        return None

    def _pass_over(self, text: str) -> None:
        """Take a text that is not seen."""

    # ---- text

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
            # Words with single spaces between them are taken as they stand.
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

    def _between(self, start: int, end: int) -> None:
        """Take white space that stands alone between two tags."""
        if self._preformatted:
            self._lines(start, end)
        else:
            self._white(start, start + 1)

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

    # ---- tags

    def _wait(self, breaks: int, at: int) -> None:
        """Ask for line ends before the next text; more that is asked for already stays."""
        if not self._breaks:
            self._breaks_at = at
        self._breaks = max(self._breaks, breaks)
        self._waits = True

    def _open(self, tag: str, attributes: str, at: int) -> None:
        if self._silent and not self._ends_head(tag):
            if tag in SILENT and not attributes.endswith("/"):
                self._silent.append(tag)
            return
        if tag in BLOCKS:
            self.tags.append((at, tag, attributes))
            self._raised, self._mark = False, 0
            if tag == "p" and self._breaks and _CLOSE.search(attributes):
                self._breaks = 1
                return
            self._begin(tag, attributes, at)
        elif tag in SILENT:
            if not attributes.endswith("/"):
                self._silent.append(tag)
        elif tag == "span":
            # The sign of a list item may hold further spans.
            self._mark += bool(self._mark or _MARK.search(attributes))
        elif tag == "sup":
            self._raised = True
        elif tag in hidden.TAGS:
            self.hides = True

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
            self._tables.append(_Table())
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

    # ---- side by side

    def _begin_cell(self) -> None:
        self._fresh, self._opened = True, 0

    def _end_cell(self) -> None:
        """Keep the tab before an empty last cell: it tells that a value was left blank."""
        if self._fresh and self._tabs and not self._breaks:
            self._zero("\t" * len(self._tabs), self._tabs)
            self._tabs = []

    def _description(self, at: int) -> None:
        if self._term is not None and len(self.starts) > self._term:
            self._breaks, self._tabs, self._waits = 0, [at], True
        else:
            self._wait(1, at)
        self._term = None
        self._begin_cell()

    def _begin_row(self) -> _Row:
        table = self._tables[-1]
        table.row = _Row(len(self.starts))
        table.rows += 1
        self._fresh = False
        return table.row

    def _cell(self, attributes: str, at: int) -> None:
        self._behind = None
        if not self._tables:
            if not self._breaks:
                self._tabs.append(at)
                self._waits = True
            return
        row = self._tables[-1].row
        if row is None:
            self._wait(1, at)
            row = self._begin_row()
        if len(self.starts) > row.begin:
            # Paragraphs end with their cell; empty cells in front of the first text are left out.
            self._breaks = 0
            if row.spanned:
                # What stands beside several rows is a line of its own, above them.
                self._wait(1, at)
            else:
                self._tabs.append(at)
                self._waits = True
        row.cells.append(len(self.starts))
        row.tags.append((at, attributes))
        row.spanned = _SPANNED.search(attributes) is not None
        self._begin_cell()

    def _end_table(self) -> None:
        self._end_row()
        table = self._tables.pop()
        self.merged += table.reached.merged.values()
        # A table inside a cell is a part of that cell; one of several rows arranges the page.
        if self._tables and (outer := self._tables[-1].row) is not None and table.rows > 1:
            outer.arranges = True

    def _end_row(self) -> None:
        if not self._tables or (row := self._tables[-1].row) is None:
            return
        self._tables[-1].row = None
        reached = self._tables[-1].reached
        if len(self.starts) > row.begin:
            if not row.arranges:
                self._end_cell()
            self._breaks, self._tabs = min(self._breaks, 1), []
            if row.is_of_grid(reached):
                self._put_in_grid(row, reached)
            elif len(row.cells) > 1:
                self._arrange(row)
        if reached.columns:
            reached.pass_row()
        self._fresh = False

    def _put_in_grid(self, row: _Row, reached: Reached) -> None:
        """Put the cells of a row of a list into their columns."""
        first, whole = self._row(row)
        bounds = pairwise([0, *(cell - row.begin for cell in row.cells[1:]), len(whole)])
        starts, ends = self.starts[row.begin :], self.ends[row.begin :]
        del self.pieces[first:], self.starts[row.begin :], self.ends[row.begin :]
        breaks = len(whole) - len(whole.lstrip("\n"))
        at = starts[min(len(whole) - len(whole.lstrip("\n\t")), len(starts) - 1)]
        cells = reached.row(whole, list(bounds), row.tags, at)
        for begin, end, sign in ((0, breaks, None), *cells):
            if sign == "\t":
                self._zero(sign, [begin])
            elif begin < end:
                self.pieces.append(whole[begin:end] if sign is None else sign)
                self.starts.extend(starts[begin:end])
                self.ends.extend(ends[begin:end])

    def _row(self, row: _Row) -> tuple[int, str]:
        """The first of the pieces that a row consists of, and its text."""
        count, first = len(self.starts), len(self.pieces)
        while count > row.begin:
            first -= 1
            count -= len(self.pieces[first])
        return first, "".join(self.pieces[first:])

    def _arrange(self, row: _Row) -> None:
        """Put the cells of a row side by side as far as a line of text can show them."""
        first, whole = self._row(row)
        if "\n" not in whole.lstrip("\n"):
            return
        bounds = [0, *(cell - row.begin for cell in row.cells[1:]), len(whole)]
        order = side_by_side(whole, list(pairwise(bounds)), arranges=row.arranges)
        self.ordered &= all(above[1] <= below[0] for above, below in pairwise(order))
        starts, ends = self.starts[row.begin :], self.ends[row.begin :]
        del self.pieces[first:], self.starts[row.begin :], self.ends[row.begin :]
        for begin, end, instead in order:
            self.pieces.append(whole[begin:end] if instead is None else instead * (end - begin))
            self.starts.extend(starts[begin:end])
            self.ends.extend(ends[begin:end])


class _HidingViewer(_Viewer):
    """Views a page that hides or strikes out some of its elements."""

    def __init__(
        self, text: str, *, hiding: bool = True, panels: frozenset[int] = frozenset()
    ) -> None:
        super().__init__(text)
        # Whether hidden text is left out, as struck-out text always is; and what was left out.
        self._hiding = hiding
        self._shown = hidden.opened(text)
        # Where panels begin that are read, and those that were met.
        self._read = panels
        self.panels: set[int] = set()
        self._left_out: LeftOut | None = None
        self.left_out: list[LeftOut] = []

    def run(self) -> None:
        super().run()
        self._end_left_out(len(self._text))

    def _pass_over(self, text: str) -> None:
        if self._left_out is not None and not text.isspace():
            self._left_out.signs += len(text)

    def _open(self, tag: str, attributes: str, at: int) -> None:
        if self._left_out is not None:
            if self._left_out.opens(tag):
                return
            self._end_left_out(at)
        kind = None if self._silent else hidden.kind(tag, attributes, self._shown)
        leaves = kind == STRUCK or (kind == HIDDEN and self._hiding and at not in self._read)
        # What is struck out leaves its place: an empty cell, an empty line.
        if not leaves or (kind == STRUCK and tag in BLOCKS):
            super()._open(tag, attributes, at)
        if kind is not None and leaves:
            self._left_out = LeftOut(tag, kind, at)
            self._silent.append(kind)

    def _close(self, tag: str, at: int) -> None:
        if self._left_out is not None:
            inside = self._left_out.closes(tag)
            if inside is not True:
                self._end_left_out(at)
            if inside is not None:
                return
        super()._close(tag, at)

    def _end_left_out(self, at: int) -> None:
        left_out, self._left_out = self._left_out, None
        if left_out is None:
            return
        self._silent.remove(left_out.kind)
        if left_out.signs:
            self.left_out.append(left_out)
        if left_out.kind == HIDDEN and is_panel(self._text, left_out.tag, left_out.start, at):
            self.panels.add(left_out.start)
        if left_out.kind == STRUCK and left_out.tag in BLOCKS:
            super()._close(left_out.tag, at)


def view(text: str) -> View:
    """What a person sees of a page, with the place of each character in its source.

    Parameters
    ----------
    text
        The decoded page.

    Returns
    -------
    tuple
        The view (a line feed between lines, a tab between cells of a table row), and for each of
        its characters the start and the end in `text`. Signs that take no room are left out.
        Places follow the view, so they are not in order where a cell of several lines stands
        beside others: its first line goes with theirs, the rest below.
    """
    return view_and_tags(text).view


@dataclass(frozen=True, slots=True)
class Seen:
    """The view of a page, and what else its tags tell.

    Attributes
    ----------
    view
        As from `view`.
    tags
        Its block tags in order.
    ordered
        Whether the places of the view are in order.
    left_out
        How many elements with text were left out of each kind, or were read although hidden.
    merged
        Cells that reach over several rows or columns, their rows by places in the source.
    """

    view: View
    tags: list[Tag]
    ordered: bool
    left_out: tuple[tuple[str, int], ...]
    merged: tuple[Merged, ...]


def view_and_tags(text: str) -> Seen:
    """The view of a page, and what else its tags tell."""
    left_out = Counter[str]()
    # Most pages that browsers save name something hidden: they are not viewed twice for it.
    hiding = _HidingViewer(text) if hidden.hides(text) else None
    viewer: _Viewer = hiding or _Viewer(text)
    viewer.run()
    if hiding is None and viewer.hides:
        viewer = hiding = _HidingViewer(text)
        hiding.run()
    if hiding is not None:
        if hiding.panels:
            viewer = hiding = _HidingViewer(text, panels=frozenset(hiding.panels))
            hiding.run()
        left_out = Counter(part.kind for part in hiding.left_out)
        if sum(part.signs for part in hiding.left_out if part.kind == HIDDEN) > len(viewer.starts):
            # The greater part of a page is its text: a script shows it, piece by piece.
            viewer = _HidingViewer(text, hiding=False)
            viewer.run()
            left_out[READ] = left_out.pop(HIDDEN)
    seen = "".join(viewer.pieces)
    whole = composed(seen, viewer.starts, viewer.ends)
    view_ = whole.text, whole.starts, whole.ends
    merged = tuple(viewer.merged)
    return Seen(view_, viewer.tags, viewer.ordered, tuple(left_out.items()), merged)
