"""The XML parts of a packed office document, and what they are asked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from esrdata.documents.office.elements import check_elements
from esrdata.documents.unread import UnreadError
from esrdata.limits import limits

# A small file can be packed so that it fills the memory; text never takes so much.
_LARGEST = 2**28


class Packed:
    """A zip file with XML parts."""

    def __init__(self, data: bytes) -> None:
        self._size = len(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise UnreadError("document_broken") from error
        self.names = frozenset(self._zip.namelist())

    def styles(self, name: str) -> Any:
        """The root element of the part with the styles; a document is read without a broken one."""
        try:
            return self.part(name)
        except UnreadError:
            return None

    def part(self, name: str) -> Any:
        """The root element of a part, None where there is no such part.

        Raises `UnreadError` if the part is damaged or too large.
        """
        if name not in self.names:
            return None
        size = self._zip.getinfo(name).file_size
        if size > _LARGEST:
            raise UnreadError("document_too_large")
        limits().check_unpacked(self._size, size)
        try:
            with self._zip.open(name) as part:
                check_elements(part, self._size)
            return parsed(self._zip.read(name))
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            # RuntimeError: the part is encrypted.
            raise UnreadError("document_broken") from error


def parsed(data: bytes) -> Any:
    """The root element of XML.

    Raises `UnreadError` if it is damaged.
    """
    # Imported when used: few folders hold office documents.
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadError("document_broken") from error


def local(element: Any) -> str:
    """The name of an element without its namespace; strict and usual files differ in it."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Any, name: str) -> Any:
    """The first child of a name, None where there is none."""
    return next((below for below in element if local(below) == name), None)
