"""Which elements of XML are the rows of a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from esrdata.documents.xml.tags import TOKEN, has_cells, local

# Rows begin early in a list and not deep, and no list has more columns: that is some other XML.
_LOOKED_AT = 20_000
_DEEPEST = 8
# What services send as a feed (OData) has the facts of an entry in an element of their own.
_OF_FACTS = "properties"


@dataclass(slots=True)
class _Element:
    """An open element: whether it has children, one of them a leaf, and what could be rows.

    One with many attributes has its cells in them.
    """

    name: str
    cells: bool = False
    parent: bool = False
    leaf: bool = False
    rows: Counter[str] = field(default_factory=Counter)


def path_of(text: str) -> tuple[str, ...] | None:
    """Names of the elements from the root to the rows.

    Rows have a child that has none, or many attributes; the outermost that repeat are taken, of
    several the most frequent. Where none repeats, a list may have a single row.
    """
    open_ = [_Element("")]
    paths: Counter[tuple[str, ...]] = Counter()
    repeated: set[tuple[str, ...]] = set()

    def close() -> None:
        element = open_.pop()
        parent = open_[-1]
        if not element.parent and not element.cells:
            parent.leaf = True
        if (element.leaf or element.cells) and 1 < len(open_) <= _DEEPEST:
            path = (*(outer.name for outer in open_[1:]), element.name)
            paths[path] += 1
            parent.rows[element.name] += 1
            if parent.rows[element.name] > 1:
                repeated.add(path)

    names: Counter[str] = Counter()
    for token in islice(TOKEN.finditer(text), _LOOKED_AT):
        kind = token.lastgroup
        if kind == "content" and not has_cells(text, token.start(), token.start("content")):
            open_[-1].parent = open_[-1].leaf = True
        elif kind == "content":
            open_[-1].parent = True
            open_.append(_Element(token["leaf"], cells=True))
            close()
        elif kind == "start":
            open_[-1].parent = True
            open_.append(_Element(token["start"], has_cells(text, *token.span())))
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
    facts = [path for path in paths if local(path[-1]) == _OF_FACTS]
    return min(facts or repeated or paths, key=lambda path: (len(path), -paths[path]), default=None)
