"""Project codes of XML that stand in no row: a tag was lost, and its row with it."""

import re
from collections.abc import Iterator, Sequence

from esrdata.documents.document import Document
from esrdata.reading.lists.heading import Heading
from esrdata.reading.lists.row import Place, Row
from esrdata.reading.lists.spec import CODE

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def lost_rows(document: Document, heading: Heading, rows: Sequence[Row]) -> Iterator[Place]:
    """Slices of the text from each element of a code that no row has to the next such element."""
    codes = (i for i, c in enumerate(heading.columns) if c is not None and c.field == CODE)
    at = next(codes, None)
    if document.format != "xml" or at is None:
        return
    name = document.view[heading.start : heading.end].split("\t")[at]
    element = re.compile(rf"<(?:[\w.-]+:)?{re.escape(name)}(?=[\s/>])")
    found = [match.start() for match in element.finditer(document.text)]
    if len(found) == len(rows):
        return
    # What divides cells has the place of the element behind it.
    places = set[int]()
    for row in rows:
        begin, end = (row.start - 1, row.end) if row.cells is None else row.cells[at]
        places.update(document.starts[max(begin - 1, 0) : end])
    aside = [comment.span() for comment in _COMMENT.finditer(document.text)]
    for start, end in zip(found, [*found[1:], len(document.text)], strict=True):
        if start not in places and not any(a <= start < b for a, b in aside):
            yield start, end
