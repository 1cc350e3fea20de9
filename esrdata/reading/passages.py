"""What a document must be known by later without reading it again: where each description begins,
and which lines and names are a person's.

Only places are kept, never what stands there.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from esrdata.documents.document import Document
from esrdata.reading.privacy import names
from esrdata.reading.record import LIST, Record

#: Kinds of passages, the codes of `passage_kinds.csv`.
VIEW, DESCRIPTION, WITHHELD, PERSON = "view", "description", "withheld", "person"


class Passage(NamedTuple):
    """A slice `start:end` of the view of a document; a description has its record."""

    kind: str
    start: int
    end: int
    record: Record | None = None


def passages(document: Document, records: Sequence[Record], *, contacts: bool) -> list[Passage]:
    """The passages of a document.

    Parameters
    ----------
    document
        The document.
    records
        What was read from it, while each still knows the persons that are not to be named.
    contacts
        Whether contact persons were asked for, so that nothing is withheld.

    Returns
    -------
    list of Passage
        First the whole view: its length shows later that the document still looks the same.
    """
    found = [Passage(VIEW, 0, len(document.view))]
    described = [record for record in records if record.form != LIST]
    bounds = [*(record.begin for record in described), len(document.view)]
    for record, (start, end) in zip(described, pairwise(bounds), strict=True):
        found.append(Passage(DESCRIPTION, start, end, record))
    if contacts:
        return found
    withheld = {index for record in described for index in record.withheld}
    found += [Passage(WITHHELD, *run) for run in _runs(document, withheld)]
    persons = [name for record in described for name in record.persons]
    found += [Passage(PERSON, *place) for place in names(document.view, persons)]
    return found


def _runs(document: Document, indices: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Slices of lines that follow each other with nothing but blank lines between."""
    start = end = -1
    wanted = set(indices)
    if not wanted:
        return
    for index in document.full_lines:
        if index in wanted:
            line = document.lines[index]
            start, end = start if start >= 0 else line.start, line.end
        elif start >= 0:
            yield start, end
            start = -1
    if start >= 0:
        yield start, end
