"""Puts the cells of an HTML table row side by side, as far as lines of text can show them."""

import re
from collections.abc import Iterable

from esrdata.documents.csv_text import SETTINGS
from esrdata.documents.lines import LINE_BREAK

Part = tuple[int, int, str | None]
_LINE = re.compile(r"(?P<gap>[\t\n]*)(?P<line>[^\n]*)")


def side_by_side(whole: str, cells: list[tuple[int, int]], *, arranges: bool) -> list[Part]:
    """The order of the parts of a row, and what is written instead of a dividing part.

    `cells` are the slices of its cells, with what divides each from the one before; those of a row
    that only arranges the page are read one after another.
    """
    # A row of a list, not of labels and texts: its cells stay whole, whatever stands in them.
    listed = not arranges and len(cells) > SETTINGS.cells
    lines = [
        [
            ((*match.span("gap"), None), (*match.span("line"), None))
            for match in _LINE.finditer(whole, begin, end)
            if match.start() < match.end()
        ]
        for begin, end in cells
    ]
    if listed:
        return _parts(
            (gap[0], gap[1], LINE_BREAK if j else None, line)
            for cell in lines
            for j, (gap, line) in enumerate(cell)
        )
    texts = [[whole[line[0] : line[1]].strip() for _, line in cell] for cell in lines]
    # A cell goes up to its first words with the others of the row; the rest of it stands below.
    heads = [next((i for i, t in enumerate(cell, 1) if t), len(cell)) for cell in texts]
    longer = [i for i, cell in enumerate(texts) if any(cell[heads[i] :])]
    stacked = len({len(cell) for cell in texts}) == 1 and all(t.endswith(":") for t in texts[0])
    if arranges or (len(longer) > 1 and not stacked):
        return _parts(
            (gap[0], gap[1], "\n" if i and not j else None, line)
            for i, cell in enumerate(lines)
            for j, (gap, line) in enumerate(cell)
        )
    if longer and stacked:
        # Labels in one cell, a line each, and their values in the others.
        return _parts(
            # One tab, however far apart the lines of the cell stand.
            (gap[0], min(gap[1], gap[0] + 1), "\t", line) if column else (*gap, line)
            for row in zip(*lines, strict=True)
            for column, (gap, line) in enumerate(row)
        )
    for i in longer:
        second = next(text for text in texts[i][heads[i] :] if text)
        if texts[i][-1].endswith(":") or second.startswith(("(", "[")) or second[0].islower():
            # A label that runs over several lines.
            heads[i] = len(lines[i])
    above = [pair for i, cell in enumerate(lines) for pair in cell[: heads[i]]]
    below = [pair for i, cell in enumerate(lines) for pair in cell[heads[i] :]]
    return _parts((*gap, line) for gap, line in above + below)


def _parts(pairs: Iterable[tuple[int, int, str | None, Part]]) -> list[Part]:
    """The parts that hold anything: what divides, and the line behind it."""
    return [
        part
        for begin, end, instead, line in pairs
        for part in ((begin, end, instead), line)
        if part[0] < part[1]
    ]
