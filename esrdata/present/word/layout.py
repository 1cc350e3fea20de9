"""How a table of a Word document is laid: on which page, in which size, in how many pieces."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from esrdata.present.model import Column
from esrdata.present.word.elements import one_line

#: A4 in twentieths of a point, with margins of 2.5 cm; the side margins of cells.
PAGE, MARGIN, PADDING = (11906, 16838), 1417, 85
#: Widths of text, upright and lying, and the tallest picture.
UPRIGHT, LYING, TALLEST = PAGE[0] - 2 * MARGIN, PAGE[1] - 2 * MARGIN, 12600
#: How tables are tried: lying or not, and the size of type in points.
LAYOUTS = ((False, 9), (False, 8), (True, 9), (True, 8), (True, 7))
#: Width that a column of text should have, and that of the longest word kept whole, in ems.
COMFORT, LONGEST = 10.0, 22.0
#: Letters of the font that are far from half an em wide, and how much wider bold ones are.
_NARROW, _BROAD, BOLD = " \u00a0!'(),-./:;I[\\]`fijlrt{|}", '"%@MWm—', 1.1


def width_of(text: str) -> float:
    """About how wide a line of text is, in ems."""
    widths = (
        0.28 if letter in _NARROW
        else 1.0 if letter in _BROAD or east_asian_width(letter) in "WF"
        else 0.56 if letter.islower() or letter.isdigit() or letter in "–−€"
        else 0.73
        for letter in text
    )  # fmt: skip
    return sum(widths)


def measured(column: Column, texts: Sequence[str]) -> tuple[float, float, float]:
    """Width in ems that a column needs, should have, and has when no line ends in its cells."""
    head, text = one_line(column.label), column.kind == "text"
    longest = max((width_of(line) for cell in texts for line in cell.split("\n")), default=0.0)
    pieces = {part for cell in texts for part in _parts(cell)} if text else set()
    need = max(
        0.0 if text else longest,
        *map(width_of, pieces),
        *(width_of(part) * BOLD for part in _parts(head)),
        0.0,
    )
    need = min(need, LONGEST)
    return (
        need,
        max(need, min(longest, COMFORT)) if text else need,
        max(need, longest, width_of(head) * BOLD),
    )


def _unit(size: float) -> float:
    # In twentieths of a point; a little is added, for fonts differ.
    return size * 20 * 1.03


def _room(lying: bool, columns: int) -> int:
    return (LYING if lying else UPRIGHT) - 2 * PADDING * columns


def pieces_of(measures: Sequence[tuple[float, float, float]]) -> Iterator[list[int]]:
    """Divide columns so that words and numbers stay whole; the first one begins every piece."""
    lying, size = LAYOUTS[-1]
    piece = [0]
    for at in range(1, len(measures)):
        if sum(measures[i][0] for i in [*piece, at]) * _unit(size) > _room(lying, len(piece) + 1):
            yield piece
            piece = [0]
        piece.append(at)
    yield piece


def fitted(measures: Sequence[tuple[float, float, float]]) -> tuple[bool, int, list[int]]:
    """Choose whether a table lies, its size of type, and widths of columns within the margins."""
    needs, least, whole = zip(*measures, strict=True)
    for lying, size in LAYOUTS:
        over = _room(lying, len(measures)) / _unit(size) - sum(least)
        if over >= 0:
            break
    else:
        least, over = needs, over + sum(least) - sum(needs)
    wanted = [most - width for most, width in zip(whole, least, strict=True)]
    share = min(1.0, over / (sum(wanted) or 1.0))
    widths = [width + share * more for width, more in zip(least, wanted, strict=True)]
    return lying, size, [int(width * _unit(size)) + 2 * PADDING for width in widths]


def _parts(text: str) -> list[str]:
    """Pieces of a text that a line end does not divide."""
    return re.findall(r"[^ \t\n\-–]+[\-–]?|[\-–]", text)
