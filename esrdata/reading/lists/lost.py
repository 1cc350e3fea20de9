"""Project codes of XML that stand in no row: a tag was lost, and its row with it."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from esrdata.reading.lists.block import Block
from esrdata.reading.lists.row import split
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.record import Finding

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def lost_rows(block: Block) -> Iterator[Finding]:
    """A finding for each element of a code that no row has, with the text down to the next one."""
    document, heading, rows = block.document, block.heading, block.rows
    at = heading.code_at
    if document.format != "xml" or at is None:
        return
    text = document.text
    begin, end = list(split(document.view, heading.start, heading.end, "\t"))[at]
    name = text[document.starts[begin] : document.ends[end - 1]]
    element = re.compile(rf"<(?:[\w.-]+:)?{re.escape(name)}(?=[\s/>])")
    found = [match.start() for match in element.finditer(text)]
    # The codes of rows whose cells are attributes stand in no element.
    if not found or len(found) == len(rows):
        return
    # What divides cells has the place of the element behind it.
    places = set[int]()
    for row in rows:
        begin, end = (row.start - 1, row.end) if row.cells is None else row.cells[at]
        places.update(document.starts[max(begin - 1, 0) : end])
    aside = [comment.span() for comment in _COMMENT.finditer(text)]
    line, counted = 1, 0
    for start, stop in zip(found, [*found[1:], len(text)], strict=True):
        within = bisect_right(aside, (start, len(text))) - 1
        if start in places or (within >= 0 and start < aside[within][1]):
            continue
        line, counted = line + text.count("\n", counted, start), start
        raw = " ".join(text[start : min(stop, start + SETTINGS.longest_row)].split())
        yield Finding("list_row_unreadable", line=line, raw=raw)
