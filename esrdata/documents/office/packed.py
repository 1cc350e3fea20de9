"""The XML parts of a packed office document, and what they are asked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Set
from typing import Any

from esrdata.documents.office.elements import check_elements
from esrdata.documents.unread import BROKEN, UnreadError
from esrdata.limits import limits

# A small file can be packed so that it fills the memory; text never takes so much.
_LARGEST = 2**28


class Packed:
    """A zip file with XML parts."""

    def __init__(self, data: bytes) -> None:
        self._size = len(data)
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = frozenset(self._zip.namelist())

    def styles(self, name: str) -> Any:
        """The root element of the part with the styles; a document is read without a broken one."""
        try:
            return self.part(name)
        except (UnreadError, *BROKEN):
            return None

    def part(self, name: str) -> Any:
        """The root element of a part, None where there is no such part.

        Raises `UnreadError` if the part is too large, and one of `BROKEN` if it is damaged.
        """
        if name not in self.names:
            return None
        size = self._zip.getinfo(name).file_size
        if size > _LARGEST:
            raise UnreadError("document_too_large")
        limits().check_unpacked(self._size, size)
        with self._zip.open(name) as part:
            check_elements(part, self._size)
        return parsed(self._zip.read(name))


def parsed(data: bytes) -> Any:
    """The root element of XML."""
    # Imported when used: few folders hold office documents.
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(data, parser)


def local(element: Any) -> str:
    """The name of an element without its namespace; strict and usual files differ in it."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def inner(element: Any, names: Set[str], through: Set[str]) -> Iterator[Any]:
    """Elements of some names below one, those inside what only groups them too."""
    for part in element:
        if local(part) in names:
            yield part
        elif local(part) in through:
            yield from inner(part, names, through)


def child(element: Any, name: str) -> Any:
    """The first child of a name, None where there is none."""
    return next((below for below in element if local(below) == name), None)
