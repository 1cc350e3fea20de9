"""Whether a file holds a part of a list alone, as one page of several does that was saved."""

import re
from collections.abc import Iterable

from esrdata.documents.document import Document
from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.spec import pattern_of


@per_shelf
def _beside() -> re.Pattern[str]:
    words = load.cells()
    return re.compile(f"{words['part_counts']}|(?P<next>{words['part_links']})")


def part_of(document: Document, outside: Iterable[str], rows: int) -> str | None:
    """What says that a list has more rows than stand in its file; None where nothing does.

    Parameters
    ----------
    document, outside
        The list, and its lines that are no rows.
    rows
        How many rows it has, read or not.
    """
    for line in outside:
        found = pattern_of("part_lines").search(line)
        if found is not None:
            first, last, total = (_number(found[key]) for key in ("first", "last", "total"))
            # Years and other numbers beside each other do not tell how many rows there are.
            if last - first + 1 == rows < total:
                return found[0]
    if document.format == "json":
        begin, end = document.starts[document.view.find("\n")], document.ends[-1]
        for text in (document.text[:begin], document.text[end:]):
            for found in _beside().finditer(text):
                if found["next"] or int(found["total"]) > rows:
                    return found[0]
    return None


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))
