"""Lines of a web page in their cells, and the facts that are found in them."""

import re
from dataclasses import dataclass

from esrdata.reading.web.lines import Lines
from esrdata.reading.web.vocabulary import Label, plain, words

#: What divides the cells of a line.
CELLS = re.compile(r"\t|(?<![ \u00a0])[ \u00a0]+\|[ \u00a0]+")
#: A label of the shelf as it was found in a cell.
Match = tuple[Label, re.Match[str]]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value, or a heading of a narrative.

    `line` and `last` are indexes of the first and the last line; the value is the slice
    `start:end` of the view, empty where nothing stands behind the label. `only` tells that it is
    a cell among others, so that nothing below belongs to it; `torn` that a label nobody knows
    stands in the value, so that its end is not sure; `unsure` that it holds several values of
    which none is that of the label.
    """

    label: Label
    line: int
    last: int
    at: int
    label_end: int
    start: int
    end: int
    only: bool = False
    torn: bool = False
    unsure: bool = False

    @property
    def heading(self) -> bool:
        """Whether prose is expected, not a value."""
        return self.label.kind == "narrative"


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line that stands by itself."""

    start: int
    end: int


def known(spelling: str) -> Label | None:
    """The label of the shelf that is spelled so."""
    return words().labels.get(plain(spelling)) or words().headings.get(plain(spelling))


class Cells:
    """Takes the lines of a page apart."""

    def __init__(self, lines: Lines) -> None:
        self.page = lines
        self.lines, self.document = lines.lines, lines.document
        # Lines that are a part of a fact above them.
        self._taken: set[int] = set()
        # Parts of lines with facts that no label explains.
        self.leftovers: dict[int, list[tuple[int, int]]] = {}

    def _cells(self, i: int) -> list[Cell]:
        line = self.lines[i]
        at, cells = line.start, []
        for divider in CELLS.finditer(self.document.view, line.start, line.end):
            cells.append(Cell(at, divider.start()))
            at = divider.end()
        return [*cells, Cell(at, line.end)]

    def _match(self, cell: Cell) -> Match | None:
        match = words().label.match(self.document.view, cell.start, cell.end)
        if match is None:
            return None
        label = known(match["label"])
        second = known(match["second"]) if match["second"] is not None else label
        if label is None or second is None or second.field != label.field:
            return None
        if label.colon and (match["colon"] is None or self._rest(match, cell)[:1].islower()):
            return None
        return label, match

    def _text(self, start: int, end: int) -> str:
        return self.document.view[start:end]

    def _rest(self, match: re.Match[str], cell: Cell) -> str:
        return self._text(match.end(), cell.end).strip()

    def _plain(self, cell: Cell) -> str:
        """The spelling by which a cell is compared with the shelf."""
        return plain(self._text(cell.start, cell.end)).strip(" :")
