"""Projects that stand in several rows of a list: each may have the sums of a year or a partner.

Those are not the sums of the project, and not read as such.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from esrdata.knowledge.headings import heading_key
from esrdata.reading.lists.heading import Heading
from esrdata.reading.lists.row import Row
from esrdata.reading.lists.spec import keys_of


def of_parts(view: str, heading: Heading, rows: Sequence[Row]) -> Iterator[tuple[Row, list[int]]]:
    """The rows, and their columns of sums, in which a project may have those of a part.

    So it is where a column says that (`Vuosi`, `Osapuoli`), and of sums that differ where another
    column that no list has differs too.
    """
    unknown = [i for i, column in enumerate(heading.columns) if column is None]
    at, sums = heading.code_at, heading.sums
    if not unknown or at is None or not sums:
        return
    parts = keys_of("part_names") | keys_of("part_columns")
    named = any(heading_key(text) in parts for text in heading.unknown)
    by_code = defaultdict[str, list[Row]](list)
    for row in rows:
        if row.cells is not None:
            by_code[view[slice(*row.cells[at])].strip()].append(row)
    for code, several in by_code.items():
        if not code or len(several) == 1:
            continue
        differ = any(_differs(view, several, column) for column in unknown)
        columns = [c for c in sums if named or (differ and _differs(view, several, c))]
        yield from ((row, columns) for row in several if columns)


def _differs(view: str, rows: Sequence[Row], column: int) -> bool:
    texts = {view[slice(*row.cells[column])].strip() for row in rows if row.cells is not None}
    return len(texts - {""}) > 1
