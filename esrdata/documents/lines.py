"""Rows of a list to lines: cells are divided by tabs, and every character has its place."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

#: A view of a source, and where each of its characters begins and ends there.
View: TypeAlias = "tuple[str, array[int], array[int]]"
#: A line break inside a cell: the row stays one line, and who reads the cell can turn it back.
LINE_BREAK = "\u2028"
#: Between the values of a cell that holds several: a comma as people write it, and a sign of ours.
VALUE_BREAK = ",\u2029"
#: Around what is struck through in a cell: it stands there and holds no longer.
STRUCK = "~~"


class Lines:
    """Writes rows as lines."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts = array("L")
        self.ends = array("L")

    def put(self, signs: str, start: int, end: int) -> None:
        """Put signs of which each has the place of a whole slice."""
        self.pieces.append(signs)
        self.starts.extend([start] * len(signs))
        self.ends.extend([end] * len(signs))

    def slice(self, text: str, start: int) -> None:
        """Put a text that stands so in the source, from `start` on."""
        self.pieces.append(text)
        end = start + len(text)
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))

    def row(
        self,
        start: int,
        end: int,
        cells: Iterable[Any],
        begin: Callable[[Any], int],
        write: Callable[[Any], None],
    ) -> None:
        """Put a row with a cell for each column; None where the row has none.

        The character before a cell has the place of the cell and no length; before one that is not
        there it has the place and the length of the row. That tells empty cells from absent ones.
        `begin` gives where a cell begins, `write` puts its text.
        """
        divider = "\n"
        for cell in cells:
            if cell is None:
                self.put(divider, start, end)
            else:
                at = begin(cell)
                self.put(divider, at, at)
                write(cell)
            divider = "\t"

    def view(self) -> View:
        """What was put."""
        return "".join(self.pieces), self.starts, self.ends
