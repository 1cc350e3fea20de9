"""Office documents written as one plain XML file: flat OpenDocument, and Word's two kinds.

Word saves as `.xml` the parts of a packed document one after another, and in 2003 saved the body
alone. They give the same text as the packed ones.
"""

from __future__ import annotations

import io
import re
from typing import Any

from esrdata.documents.office.elements import check_elements
from esrdata.documents.office.packed import attribute, child, local, parsed

_START, _HEAD = 100, 8_000
_KINDS = {
    "odt": re.compile(rb"<office:document\b[^>]*opendocument\.text\""),
    "docx": re.compile(rb"<pkg:package\b|<(?:\w+:)?wordDocument\b"),
}


def format_of(data: bytes) -> str | None:
    """The format of a text document written as plain XML, None of anything else."""
    head = data[:_HEAD]
    if b"<?xml" not in head[:_START]:
        return None
    return next((name for name, found in _KINDS.items() if found.search(head)), None)


def root_of(data: bytes) -> Any:
    """The root element of such a file."""
    check_elements(io.BytesIO(data), len(data))
    return parsed(data)


def parts_of(root: Any) -> dict[str, Any]:
    """The parts of a Word document that are written one after another, by their names."""
    found = {}
    for part in root:
        held = child(part, "xmlData")
        if local(part) == "part" and held is not None and len(held):
            found[(attribute(part, "name") or "").lstrip("/")] = held[0]
    return found
