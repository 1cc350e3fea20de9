"""Where the rows of a list stand in the decoded text of its file."""

from array import array

from esrdata.documents.document import Document


def line_of(document: Document, at: int) -> int:
    """The line of a place of the view."""
    return document.span(at, at + 1).line


def shift(document: Document, start: int, end: int) -> int | None:
    """How far the text of a slice of the view stands from it.

    None where it is not the same, or not one line: then each part has a place of its own.
    """
    starts, view = document.starts, document.view
    if view.find("\n", start, end) >= 0:
        return None
    if not starts:
        return 0
    first = starts[start]
    last = first + end - start
    # A sign in place of another has its place, and the last of a row its end alone.
    same = (
        document.ends[end - 1] == last
        and view[start:end] == document.text[first:last]
        and starts[start:end] == array("L", range(first, last))
    )
    return first - start if same else None
