"""A row of a list: where its cells stand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from esrdata.reading.lists.spec import Column

Place = tuple[int, int]
# Signs of a stray end of a line, as exports have it: separators and no value behind them.
JUNK_SIGNS = ",; \t\u00a0"
CODE_SHAPE = re.compile(r"\b[A-ZÅÄÖ]\d{5,9}\b")
_LINE = re.compile(r"[^\n\f]+")
_WRAPPED = re.compile(r'\s*"((?:[^"]|"")*)"[,;\s]*')


class Row(NamedTuple):
    """A row: the place of each cell in the view, or None where it fits in no or in many ways.

    `joined` are the columns whose text holds commas that divide nothing, or has stray ones
    behind it; `lacking` counts the columns behind the last cell, and below zero the empty cells
    behind the last column; `wrapped` tells whether the row stands in quotes as a whole, so that
    quotes inside are doubled once more.
    """

    start: int
    end: int
    cells: tuple[Place, ...] | None
    joined: tuple[Column, ...] = ()
    lacking: int = 0
    wrapped: bool = False


def split(view: str, start: int, end: int, divider: str) -> Iterator[Place]:
    """The parts of a line between the signs that divide it."""
    at = start
    for part in view[start:end].split(divider):
        yield at, at + len(part)
        at += len(part) + 1


def full_lines(view: str, start: int, end: int) -> Iterator[Place]:
    """The lines of a slice that hold anything."""
    return (line.span() for line in _LINE.finditer(view, start, end) if not line[0].isspace())


def unwrapped(view: str, start: int, end: int, divider: str) -> Place | None:
    """The inside of a row that stands in quotes as a whole, None of any other row."""
    found = _WRAPPED.fullmatch(view, start, end)
    return found.span(1) if found and view.count(divider, *found.span(1)) > 1 else None
