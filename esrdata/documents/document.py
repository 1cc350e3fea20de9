"""A document: its decoded text, what a person sees of it, and where each part stands."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from esrdata.documents.text import found_at

if TYPE_CHECKING:
    from esrdata.documents.html.outline import Outline


class Span(NamedTuple):
    """A place in the decoded text of a file.

    `start` and `end` count characters (end exclusive), `line` and `page` count from 1.
    """

    start: int
    end: int
    line: int
    page: int


class Sheet(NamedTuple):
    """A sheet of a workbook, and whether its maker has hidden it or some of its rows or columns.

    Those are counted from 0. `from_1904` tells that its workbook counts days from 1904, as those of
    old Macintoshes do, and not from 1900.
    """

    name: str
    hidden: bool = False
    rows_hidden: frozenset[int] = frozenset()
    from_1904: bool = False
    columns_hidden: frozenset[int] = frozenset()


class Merged(NamedTuple):
    """A cell of a table that reaches over several rows or columns.

    Lines of the view and columns are counted from 0; the text of the cell stands on the first line
    in the first column, and the others have an empty cell there.
    """

    first: int
    last: int
    column: int
    width: int = 1


class Beside(NamedTuple):
    """A text beside the lines of a document: a head or foot of pages, a box, a note to a cell.

    `page` is that of its sheet. Of a note, `line` is that of the view and `column` that of the cell
    it was written to, counted from 0; other texts have neither.
    """

    text: str
    page: int = 1
    line: int | None = None
    column: int | None = None


class Line(NamedTuple):
    """One visible line: a slice `start:end` of the view, without its line end."""

    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands on the line."""
        return not self.text or self.text.isspace()


class LinePattern(NamedTuple):
    """What lines may begin with: a pattern, and the signs that such lines begin with.

    White space before the first sign does not count, and `0` is any digit; None is any sign.
    """

    pattern: re.Pattern[str]
    signs: frozenset[str] | None


@dataclass(frozen=True)
class Document:
    """A file as the engine meets it.

    Attributes
    ----------
    path
        The file as the user named it.
    format, encoding, sha256
        What was recognised, how the bytes were decoded, and their hash.
    text
        The decoded text (line feeds at line ends, Unicode NFC); spans count in it.
    view
        What a person sees: the text itself, or an HTML page without its tags.
    starts, ends
        Where each character of the view begins and ends in the text; empty when the view
        is the text.
    ordered
        Whether they are known to follow one another; where they are not, it is looked at.
    wraps
        Index of the lines of the view whose end is no end: the next word only had no room.
    furniture
        Where in the view lines of page furniture were left out.
    paged
        Whether the text comes in pages, divided by form feeds, that count their lines anew.
    cut_off
        Whether a page begins and never ends.
    without_text
        Pages of a print that show something and hold no text.
    out_of_order
        Pages of a print that do not go on where the one before ends.
    sheets
        The sheets of a workbook, a page each; empty for everything else.
    merged
        Cells of tables that reach over several rows or columns.
    beside
        Texts of a workbook that stand in none of its cells.
    outline
        Of an HTML page, its regions, headings and titles; other formats have none.
    title
        Of a print, what the file is called: browsers write the title of the page there.
    mended
        Kinds of damage that the view no longer has, with the number of places.
    damaged
        Places that look damaged and were left as they stand: what is around each.
    """

    path: str
    format: str
    encoding: str | None
    sha256: str
    text: str
    view: str
    starts: array[int] = field(default_factory=lambda: array("L"), repr=False)
    ends: array[int] = field(default_factory=lambda: array("L"), repr=False)
    ordered: bool = False
    wraps: frozenset[int] = frozenset()
    furniture: tuple[int, ...] = ()
    paged: bool = False
    outline: Outline | None = None
    title: str = ""
    mended: tuple[tuple[str, int], ...] = ()
    damaged: tuple[str, ...] = ()
    cut_off: bool = False
    without_text: tuple[int, ...] = ()
    out_of_order: tuple[int, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    merged: tuple[Merged, ...] = ()
    beside: tuple[Beside, ...] = ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the view, blank ones included."""
        found, at = list[Line](), 0
        for text in self.view.split("\n"):
            end = at + len(text)
            found.append(Line(at, end, text))
            at = end + 1
        return tuple(found)

    @cached_property
    def line_starts(self) -> list[int]:
        """Where each line of the view begins."""
        return [start for start, _, _ in self.lines]

    @cached_property
    def _text_line_ends(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self.text.split("\n")), initial=-1))[1:]

    @cached_property
    def _page_ends(self) -> list[int]:
        return list(found_at(self.text, "\f"))

    @cached_property
    def _full_starts(self) -> list[int]:
        return [start for start, _, text in self.lines if text.strip()]

    @cached_property
    def _first_signs(self) -> list[str]:
        """The first sign of every line that is not blank, as a `LinePattern` has it."""
        signs = [bare[0] for _, _, text in self.lines if (bare := text.lstrip())]
        return ["0" if sign.isdecimal() else sign for sign in signs]

    @cached_property
    def full_lines(self) -> list[int]:
        """Index of every line that is not blank."""
        return [i for i, (_, _, text) in enumerate(self.lines) if text.strip()]

    def full_between(self, start: int, end: int) -> list[int]:
        """Index of every line that is not blank and begins in a slice of the view."""
        starts = self._full_starts
        return self.full_lines[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def in_order(self) -> bool:
        """Whether the characters of the view follow one another as in the text."""
        if self.ordered:
            return True
        # The same objects are compared, which is twice as fast as comparing numbers.
        both = (places.tolist() for places in (self.starts, self.ends))
        return all(places == sorted(places) for places in both)

    @cached_property
    def _text_order(self) -> list[int]:
        """Characters of the view as they follow in the text; cells of a row may stand apart."""
        return sorted(range(len(self.starts)), key=self.starts.__getitem__)

    def matches(self, lines: LinePattern, start: int, end: int) -> Iterator[re.Match[str]]:
        """Matches of a pattern that begin with a non-blank line of a slice of the view.

        Trying line starts only is five times faster than searching every character, and most
        lines begin with another sign.
        """
        pattern, signs = lines
        starts = self._full_starts
        between = slice(bisect_left(starts, start), bisect_left(starts, end))
        begins = zip(starts[between], self._first_signs[between], strict=True)
        for at in [at for at, sign in begins if signs is None or sign in signs]:
            match = pattern.match(self.view, at, end)
            if match is not None:
                yield match

    def line_index(self, at: int) -> int:
        """Index in `lines` of the line that holds a place of the view."""
        return bisect_right(self.line_starts, at) - 1

    def view_place(self, at: int) -> int:
        """The place in the view of a place in the text."""
        if not self.starts:
            return at
        if self.in_order:
            return max(bisect_right(self.starts, at) - 1, 0)
        order = self._text_order
        return order[max(bisect_right(order, at, key=self.starts.__getitem__) - 1, 0)]

    def merged_at(self, merged: Iterable[Merged]) -> tuple[Merged, ...]:
        """The same by lines, of cells whose first and last row are told by places of the text."""
        return tuple(
            each._replace(
                first=self.line_index(self.view_place(each.first)),
                last=self.line_index(self.view_place(each.last)),
            )
            for each in merged
        )

    def span(self, start: int, end: int) -> Span:
        """The place in the text of the slice `start:end` of the view.

        Where nothing stands, what divides it from what is before has its place.
        """
        if self.starts and start == end:
            first = last = self.ends[start - 1] if start else self.starts[0]
        elif self.starts and self.in_order:
            # A long line of many values is not walked through for each of them.
            first, last = self.starts[start], self.ends[min(end, len(self.ends)) - 1]
        elif self.starts:
            first, last = min(self.starts[start:end]), max(self.ends[start:end])
        else:
            first, last = start, end
        page = bisect_right(self._page_ends, first - 1) if self._page_ends else 0
        line = bisect_right(self._text_line_ends, first - 1)
        if self.paged and page:
            line -= bisect_right(self._text_line_ends, self._page_ends[page - 1])
        return Span(first, last, line + 1, page + 1)

    def raw(self, span: Span) -> str:
        """The text at a span, exactly as decoded."""
        return self.text[span.start : span.end]
