"""Rows of XML as lines, each character with its place."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from html.entities import html5
from typing import TypeAlias
from unicodedata import is_normalized

from esrdata.documents.layout import UNSEEN_SIGNS
from esrdata.documents.lines import LINE_BREAK, Lines, View
from esrdata.documents.mapped import composed
from esrdata.documents.text import unescaped
from esrdata.documents.xml.path import path_of
from esrdata.documents.xml.scan import Cell, Leaf, Scan
from esrdata.documents.xml.tags import HEAD, is_html

_WHITE = " \t\n\r\f"
_PLAIN = re.compile(rf"[^&{_WHITE}{UNSEEN_SIGNS}]++(?: [^&{_WHITE}{UNSEEN_SIGNS}]++)*+")
_UNSEEN = dict.fromkeys(map(ord, UNSEEN_SIGNS))
_PIECE = re.compile(
    rf"(?P<words>{_PLAIN.pattern})|(?P<white>[{_WHITE}]++)|(?P<unseen>[{UNSEEN_SIGNS}]++)"
    r"|(?P<reference>&(?:\#[xX][0-9a-fA-F]++|\#[0-9]++|[a-zA-Z][a-zA-Z0-9]*+);)|(?P<sign>&)"
)
# A sign that no name may have, as programs of Microsoft write it (`Hankkeen_x0020_nimi`).
_ENCODED = re.compile("_x([0-9a-fA-F]{4})_")
_FEW_CELLS, _SPARSE = 20_000, 10
# A run of the view, a slice of the source, and whether they are the same signs.
_Run: TypeAlias = tuple[str, int, int, bool]


def view(text: str) -> View | None:
    """The rows of an XML list, with the place of each character in its source.

    Its first line holds the names of the elements in the rows, in order of first appearance and
    without prefix; then comes a line per row, with a cell per name: the place of a cell is that of
    its element, the place of a row that of its start tag. White space is folded, signs that take no
    room are left out. None where the text is no XML, is a page, or has no rows.
    """
    head = HEAD.match(text)
    if head is None or is_html(head["root"]):
        return None
    path = path_of(text)
    if path is None or any(map(is_html, path)):
        return None
    scan = Scan(text, path)
    if not scan.run():
        return None
    cells = len(scan.rows) * len(scan.names)
    if cells > max(_FEW_CELLS, _SPARSE * sum(len(row.cells) for row in scan.rows)):
        # Every row has names of its own: a table of it would be far larger than the file.
        return None
    return _Writer(text).table(scan)


def is_absent(starts: array[int], ends: array[int], cell: int) -> bool:
    """Whether the row of a cell that begins at a place of the view lacks the cell's element."""
    return starts[cell - 1] < ends[cell - 1]


class _Writer:
    """Writes rows as lines, each character with its place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines()

    def table(self, scan: Scan) -> View:
        """The heading line and a line per row."""
        for i, (name, place) in enumerate(scan.names):
            if i:
                self._lines.put("\t", place, place)
            said = _ENCODED.sub(_sign, name)
            if said == name:
                self._lines.slice(name, place)
            else:
                self._lines.put(said, place, place + len(name))
        columns = range(len(scan.names))
        for row in scan.rows:
            self._lines.row(row.start, row.end, map(row.cells.get, columns), _place, self._cell)
        return self._lines.view()

    def _cell(self, cell: Leaf | Cell) -> None:
        lines = self._lines
        if isinstance(cell, tuple):
            _, start, end = cell
            if _PLAIN.fullmatch(self._text, start, end):
                lines.slice(self._text[start:end], start)
                return
            texts = [(start, end, "", True)]
        else:
            texts = cell.texts
        before, at = len(lines.pieces), len(lines.starts)
        for signs, start, end, same in self._runs(texts):
            if same:
                lines.slice(signs, start)
            else:
                lines.put(signs, start, end)
        text = "".join(lines.pieces[before:])
        if not is_normalized("NFC", text):
            # A letter and a sign upon it that came from a reference are one letter.
            whole = composed(text, lines.starts[at:], lines.ends[at:])
            lines.pieces[before:] = [whole.text]
            lines.starts[at:], lines.ends[at:] = whole.starts, whole.ends

    def _runs(self, texts: list[tuple[int, int, str, bool]]) -> Iterator[_Run]:
        """The text of a cell with its places; white space waits until the next word."""
        waits: _Run | None = None
        begun = False
        for first, last, glue, read in texts:
            if glue and (waits is None or glue == LINE_BREAK):
                waits = (glue, first, first, False)
            for match in _PIECE.finditer(self._text, first, last):
                start, end = match.span()
                run: _Run = (match[0], start, end, True)
                if match.lastgroup == "unseen":
                    continue
                if match.lastgroup == "reference" and read:
                    sign = _referred(match[0])
                    if sign != match[0]:
                        run = (sign.translate(_UNSEEN), start, end, False)
                if not run[0].strip(_WHITE):
                    if run[0]:
                        waits = waits or (" ", start, end if not run[3] else start + 1, False)
                    continue
                if waits is not None and begun:
                    yield waits
                waits, begun = None, True
                yield run


def _referred(written: str) -> str:
    """What a reference stands for; one that nobody knows stands for itself."""
    return unescaped(written) if written[1] == "#" or written[1:] in html5 else written


def _sign(encoded: re.Match[str]) -> str:
    sign = chr(int(encoded[1], 16))
    return sign if sign.isprintable() else " "


def _place(cell: Leaf | Cell) -> int:
    return cell[0] if isinstance(cell, tuple) else cell.place
