"""Headings between the rows of a list: its own once more, that of a list below it, or of none."""

from typing import NamedTuple

from esrdata.knowledge.headings import heading_key
from esrdata.reading.lists.block import Block
from esrdata.reading.lists.heading import DATA, Heading, fewest_columns, find_heading, heading_at
from esrdata.reading.lists.row import Place


class Between(NamedTuple):
    """The next heading with other columns, where rows repeat this one, and rows of neither.

    A heading is repeated on every page of a print or a sheet; a list put below another one has
    columns of its own, which are no rows of the first, however full. Nor are rows below a heading
    that no list on the shelf has, though they may well have as many cells.
    """

    other: Heading | None
    repeated: frozenset[int]
    unknown: frozenset[int]


def headings_between(block: Block, end: int) -> Between:
    """The headings between the rows, which reach no further than to an end."""
    view, heading, rows = block.view, block.heading, block.rows
    repeated, unknown = set[int](), set[int]()
    before: Place | None = None
    has_data = is_unknown = False
    for i, row in enumerate(rows):
        place = row.start, row.end
        if is_unknown:
            unknown.add(row.start)
        if DATA.search(view, *place):
            before, has_data = None, True
        elif heading_at(view, *place, before) is None:
            before = place
            is_unknown = is_unknown or (has_data and _is_heading(view, heading, place))
        else:
            # One that reaches over two rows may begin or end on this one.
            found = find_heading(view, (before or place)[0], end)
            if found is not None:
                if (found.columns, found.divider) != (heading.columns, heading.divider):
                    return Between(found, frozenset(repeated), frozenset(unknown))
                near = (r.start for r in rows[max(i - 1, 0) : i + 2])
                repeated.update(at for at in near if found.start <= at < found.end)
                is_unknown = False
            before = None
    return Between(None, frozenset(repeated), frozenset(unknown))


def _is_heading(view: str, heading: Heading, row: Place) -> bool:
    """Whether a row has words alone, in the column of codes as well, as a heading has."""
    cells = [heading_key(cell) for cell in view[slice(*row)].split(heading.divider)]
    at = heading.code_at or 0
    full = [cell for cell in cells if cell]
    words = {cell for cell in full if sum(map(str.isalpha, cell)) > 1}
    return len(words) == len(full) >= fewest_columns() and at < len(cells) and cells[at] in words
