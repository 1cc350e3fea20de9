"""The rows of XML and the cells in them, as places in the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TypeAlias

from esrdata.documents.lines import LINE_BREAK
from esrdata.documents.xml.tags import ATTRIBUTE, TOKEN, has_cells, local

_MOST_COLUMNS = 500
# What SharePoint writes before the names of its columns, and before what one holds its kind or key.
_OF_COLUMNS = "ows_"
# How an attribute is called that holds what an empty element stands for.
_VALUES = frozenset({"value", "val", "v", "arvo", "amount", "summa"})
_KIND = re.compile(r"(?:\d++|[a-z]++);#")
# An element in a row that holds one text only: the place of its tag, and the slice of its text.
Leaf: TypeAlias = tuple[int, int, int]


@dataclass(slots=True)
class Cell:
    """An element in a row that holds other elements, or several: the place of its tag, its texts.

    A text is a slice of the source, what divides it from the one before, and whether references
    in it are to be read.
    """

    place: int
    texts: list[tuple[int, int, str, bool]]


@dataclass(slots=True)
class Row:
    """A row: the slice of its start tag, and its cells by column."""

    start: int
    end: int
    cells: dict[int, Leaf | Cell] = field(default_factory=dict)


class Scan:
    """Collects rows and cells; texts are only places until the rows are written."""

    def __init__(self, text: str, path: tuple[str, ...]) -> None:
        self._text = text
        self._path = path
        self._depth = len(path)
        # Names of the elements that are open, how many of each, and how many lead to the rows.
        self._open: list[str] = []
        self._names: Counter[str] = Counter()
        self._led = 0
        self._row: Row | None = None
        self._cell: Cell | None = None
        self._glue = ""
        # Whether an element inside the cell has ended, and no text has come since.
        self._ended = False
        self.rows: list[Row] = []
        # Columns by name with its prefix; the names without, and where each first stands.
        self._columns: dict[str, int] = {}
        self.names: list[tuple[str, int]] = []

    def run(self) -> bool:
        """Take the whole text; whether it is one list and not a page of elements."""
        for token in TOKEN.finditer(self._text):
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
                    for found in ATTRIBUTE.finditer(self._text, *token.span()):
                        if found["name"] in _VALUES:
                            self._say(*found.span(str(found.lastgroup)))
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
                self._row = Row(start, end)
                self.rows.append(self._row)
                if has_cells(self._text, start, end):
                    self._attributes(self._row)
        elif self._row is not None and level == self._depth:
            column = self._column(name, start)
            if column in self._row.cells:
                self._cell = self._again(self._row, column)
                self._glue = LINE_BREAK
            else:
                self._cell = self._row.cells[column] = Cell(start, [])
                self._glue = " "
            self._ended = False
        elif self._ended:
            # Two elements of a cell are two texts: <EU>100</EU><Valtio>200</Valtio>.
            self._glue = LINE_BREAK
        return True

    def _attributes(self, row: Row) -> None:
        """The attributes of a row as its cells, but for those that name a vocabulary."""
        for found in ATTRIBUTE.finditer(self._text, row.start, row.end):
            name, (start, end) = found["name"], found.span(str(found.lastgroup))
            if name.startswith("xmlns"):
                continue
            kind = _KIND.match(self._text, start, end) if name.startswith(_OF_COLUMNS) else None
            column = self._column(name, found.start() - 1)
            row.cells[column] = (found.start(), start if kind is None else kind.end(), end)

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
        if name not in self._columns:
            bare = local(name).removeprefix(_OF_COLUMNS)
            self._columns[name] = len(self.names)
            self.names.append((bare, place + 1 + len(name) - len(bare)))
        return self._columns[name]

    @staticmethod
    def _again(row: Row, column: int) -> Cell:
        """The cell of a column, ready for more texts."""
        cell = row.cells[column]
        if isinstance(cell, tuple):
            cell = row.cells[column] = Cell(cell[0], [(*cell[1:], "", True)])
        return cell
