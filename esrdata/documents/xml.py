"""XML that holds a list to lines: an element that repeats is a row, its children are cells.

The lists of the service are ill-formed: a bare `&` stands in texts. A parser stops there, and one
that recovers (lxml with `recover=True`) drops the sign, the word behind it if no space is between
(`R&D` becomes `R`), and later a good `&amp;` as well. That is why the tags are taken by a scan of
our own, which also gives every character its place. Attributes are passed over, and so is text
between the cells of a row.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.entities import html5
from itertools import islice
from typing import TypeAlias
from unicodedata import is_normalized

from esrdata.documents.layout import UNSEEN_SIGNS
from esrdata.documents.lines import LINE_BREAK, Lines, View
from esrdata.documents.mapped import composed
from esrdata.documents.text import unescaped

_NAME = r"[^\W\d][\w.:-]*+"
# A quoted value may hold ">"; a lone quote ends at the tag.
_ATTRIBUTES = r"(?=[\s/>])(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+"
_HEAD = re.compile(
    rf"\s*+(?>(?:<\?[^>]*+>|<!--.*?-->|<!DOCTYPE(?!\s+html\b)[^>\[]*+(?:\[.*?\]\s*+)?>)\s*+)*+"
    rf"<(?P<root>{_NAME})(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_TOKEN = re.compile(
    rf"""
    <(?P<leaf>{_NAME}){_ATTRIBUTES}(?<!/)>(?P<content>[^<]*+)</(?P=leaf)\s*+>
    |(?P<text>[^<]++)
    |</(?P<end>{_NAME})[^<>]*+>
    |<(?P<start>{_NAME}){_ATTRIBUTES}>
    # What nothing ends goes to the end: the rest of a download that was cut off.
    |<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)
    |(?P<aside><!--.*?(?:-->|\Z)|<!DOCTYPE[^>\[]*+(?:\[.*?\]\s*+)?>|<[!?][^>]*+(?:>|\Z))
    |(?P<cut><(?:[/!?\w][^<>]*+)?\Z)
    |(?P<sign><)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_WHITE = " \t\n\r\f"
_PLAIN = re.compile(rf"[^&{_WHITE}{UNSEEN_SIGNS}]++(?: [^&{_WHITE}{UNSEEN_SIGNS}]++)*+")
_UNSEEN = dict.fromkeys(map(ord, UNSEEN_SIGNS))
_PIECE = re.compile(
    rf"(?P<words>{_PLAIN.pattern})|(?P<white>[{_WHITE}]++)|(?P<unseen>[{UNSEEN_SIGNS}]++)"
    r"|(?P<reference>&(?:\#[xX][0-9a-fA-F]++|\#[0-9]++|[a-zA-Z][a-zA-Z0-9]*+);)|(?P<sign>&)"
)
# Rows begin early in a list and not deep, and no list has more columns: that is some other XML.
_LOOKED_AT = 20_000
_DEEPEST = 8
_MOST_COLUMNS = 500
_FEW_CELLS, _SPARSE = 20_000, 10
# A page or a part of one may begin with these; that it is XML as well does not make it a list.
_HTML = """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink
    blockquote body br button canvas caption center cite code col colgroup datalist dd del details
    dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset
    h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link
    main map mark marquee menu meta meter nav nobr noframes noscript object ol optgroup option p
    picture pre progress q rp rt ruby s samp script search section select slot small source span
    strike strong style sub summary sup table tbody td template textarea tfoot th thead time title
    tr track tt u ul var video wbr
"""

# An element in a row that holds one text only: the place of its tag, and the slice of its text.
_Leaf: TypeAlias = tuple[int, int, int]
# A run of the view, a slice of the source, and whether they are the same signs.
_Run: TypeAlias = tuple[str, int, int, bool]


@dataclass(slots=True)
class _Cell:
    """An element in a row that holds other elements, or several: the place of its tag, its texts.

    A text is a slice of the source, what divides it from the one before, and whether references
    in it are to be read.
    """

    place: int
    texts: list[tuple[int, int, str, bool]]


@dataclass(slots=True)
class _Row:
    """A row: the slice of its start tag, and its cells by column."""

    start: int
    end: int
    cells: dict[int, _Leaf | _Cell] = field(default_factory=dict)


@dataclass(slots=True)
class _Element:
    """An open element: whether it has children, one of them a leaf, and what could be rows."""

    name: str
    parent: bool = False
    leaf: bool = False
    rows: Counter[str] = field(default_factory=Counter)


def view(text: str) -> View | None:
    """The rows of an XML list, with the place of each character in its source.

    Its first line holds the names of the elements in the rows, in order of first appearance and
    without prefix; then comes a line per row, with a cell per name: the place of a cell is that of
    its element, the place of a row that of its start tag. White space is folded, signs that take no
    room are left out. None where the text is no XML, is a page, or has no rows.
    """
    head = _HEAD.match(text)
    if head is None or _is_html(head["root"]):
        return None
    path = _path(text)
    if path is None or any(map(_is_html, path)):
        return None
    scan = _Scan(text, path)
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


def _is_html(name: str) -> bool:
    return _local(name).lower() in _html_names()


@cache
def _html_names() -> frozenset[str]:
    return frozenset(_HTML.split())


def _local(name: str) -> str:
    return name.rpartition(":")[2]


# ---- which elements are the rows


def _path(text: str) -> tuple[str, ...] | None:
    """Names of the elements from the root to the rows.

    Rows have a child that has none; the outermost that repeat are taken, of several the most
    frequent. Where none repeats, a list may have a single row.
    """
    open_ = [_Element("")]
    paths: Counter[tuple[str, ...]] = Counter()
    repeated: set[tuple[str, ...]] = set()

    def close() -> None:
        element = open_.pop()
        parent = open_[-1]
        if not element.parent:
            parent.leaf = True
        if element.leaf and 1 < len(open_) <= _DEEPEST:
            path = (*(outer.name for outer in open_[1:]), element.name)
            paths[path] += 1
            parent.rows[element.name] += 1
            if parent.rows[element.name] > 1:
                repeated.add(path)

    names: Counter[str] = Counter()
    for token in islice(_TOKEN.finditer(text), _LOOKED_AT):
        kind = token.lastgroup
        if kind == "content":
            open_[-1].parent = open_[-1].leaf = True
        elif kind == "start":
            open_[-1].parent = True
            open_.append(_Element(token["start"]))
            names[token["start"]] += 1
            if text[token.end() - 2] == "/":
                names[open_[-1].name] -= 1
                close()
        elif kind == "end" and names[token["end"]]:
            while True:
                name = open_[-1].name
                names[name] -= 1
                close()
                if name == token["end"]:
                    break
    while len(open_) > 1:
        close()
    return min(repeated or paths, key=lambda path: (len(path), -paths[path]), default=None)


# ---- the rows


class _Scan:
    """Collects rows and cells; texts are only places until the rows are written."""

    def __init__(self, text: str, path: tuple[str, ...]) -> None:
        self._text = text
        self._path = path
        self._depth = len(path)
        # Names of the elements that are open, how many of each, and how many lead to the rows.
        self._open: list[str] = []
        self._names: Counter[str] = Counter()
        self._led = 0
        self._row: _Row | None = None
        self._cell: _Cell | None = None
        self._glue = ""
        # Whether an element inside the cell has ended, and no text has come since.
        self._ended = False
        self.rows: list[_Row] = []
        # Columns by name, with its prefix and without; where each name first stands.
        self._columns: dict[str, int] = {}
        self.names: list[tuple[str, int]] = []

    def run(self) -> bool:
        """Take the whole text; whether it is one list and not a page of elements."""
        for token in _TOKEN.finditer(self._text):
            kind = token.lastgroup
            if kind == "content":
                row = self._row
                if row is not None and self._cell is None:
                    name = token["leaf"]
                    column = self._columns.get(name)
                    if column is None:
                        column = self._column(name, token.start())
                    leaf = (token.start(), *token.span("content"))
                    if column in row.cells:
                        self._again(row, column).texts.append((*leaf[1:], LINE_BREAK, True))
                    else:
                        row.cells[column] = leaf
                elif not self._begin(token["leaf"], token.start(), token.start("content")):
                    return False
                else:
                    self._say(*token.span("content"))
                    self._end()
            elif kind == "start":
                if not self._begin(token["start"], token.start(), token.end()):
                    return False
                if self._text[token.end() - 2] == "/":
                    self._end()
            elif kind == "end":
                if self._names[token["end"]]:
                    while self._end() != token["end"]:
                        pass
            elif self._cell is not None:
                if kind == "text" or kind == "sign":
                    self._say(token.start(), token.end())
                elif kind == "cdata":
                    self._say(*token.span("cdata"), read=False)
            if len(self.names) > _MOST_COLUMNS:
                return False
        return bool(self.names)

    def _begin(self, name: str, start: int, end: int) -> bool:
        level = len(self._open)
        if level == 0 and name != self._path[0]:
            # Another element beside the root: a part of a page.
            return False
        self._open.append(name)
        self._names[name] += 1
        self._glue = self._glue or " "
        if self._led == level and level < self._depth and name == self._path[level]:
            self._led += 1
            if self._led == self._depth:
                self._row = _Row(start, end)
                self.rows.append(self._row)
        elif self._row is not None and level == self._depth:
            column = self._column(name, start)
            if column in self._row.cells:
                self._cell = self._again(self._row, column)
                self._glue = LINE_BREAK
            else:
                self._cell = self._row.cells[column] = _Cell(start, [])
                self._glue = " "
            self._ended = False
        elif self._ended:
            # Two elements of a cell are two texts: <EU>100</EU><Valtio>200</Valtio>.
            self._glue = LINE_BREAK
        return True

    def _end(self) -> str:
        name = self._open.pop()
        self._names[name] -= 1
        self._glue = self._glue or " "
        level = len(self._open)
        self._ended = level > self._depth
        if not self._ended:
            self._cell = None
        if level < self._led:
            self._led = level
            self._row = None
        return name

    def _say(self, start: int, end: int, read: bool = True) -> None:
        if self._cell is not None and start < end:
            texts = self._cell.texts
            texts.append((start, end, self._glue, read))
            self._glue = ""
            self._ended &= self._text[start:end].isspace()

    def _column(self, name: str, place: int) -> int:
        local = _local(name)
        if local not in self._columns:
            self._columns[local] = len(self.names)
            self.names.append((local, place + 1 + len(name) - len(local)))
        return self._columns.setdefault(name, self._columns[local])

    @staticmethod
    def _again(row: _Row, column: int) -> _Cell:
        """The cell of a column, ready for more texts."""
        cell = row.cells[column]
        if isinstance(cell, tuple):
            cell = row.cells[column] = _Cell(cell[0], [(*cell[1:], "", True)])
        return cell


# ---- the view


class _Writer:
    """Writes rows as lines, each character with its place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines()

    def table(self, scan: _Scan) -> View:
        """The heading line and a line per row."""
        for i, (name, place) in enumerate(scan.names):
            if i:
                self._lines.put("\t", place, place)
            self._lines.slice(name, place)
        columns = range(len(scan.names))
        for row in scan.rows:
            self._lines.row(row.start, row.end, map(row.cells.get, columns), _place, self._cell)
        return self._lines.view()

    def _cell(self, cell: _Leaf | _Cell) -> None:
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


def _place(cell: _Leaf | _Cell) -> int:
    return cell[0] if isinstance(cell, tuple) else cell.place
