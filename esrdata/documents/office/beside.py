"""What stands beside the cells of an Excel sheet: heads and feet of its pages, boxes, notes, names.

A unit of all sums may stand there alone.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import PurePosixPath
from posixpath import normpath
from struct import unpack_from
from typing import Any
from xml.etree import ElementTree

from esrdata.documents.document import Beside
from esrdata.documents.text import unescaped

# How Excel writes a head: where a part of it stands, fonts, colours, and what a program fills in.
_PART = re.compile(r"&[LCR]")
_CODE = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|\d+|[A-Z])', re.IGNORECASE)
# What the file is called, and what it is said to be.
_CORE, _TITLE = (
    "docProps/core.xml",
    re.compile(rb"<dc:(?:title|subject|description)\b[^>]*>([^<]+)<"),
)
_BOOK = re.compile(r"xl/workbook\d*\.xml")
_RANGE = re.compile(rb'<(?:\w+:)?definedName\b[^>]*\bname="([^"]+)"')
_PLACE = re.compile(r"([A-Z]+)(\d+)")
# Records of the older format: a sheet begins, its heads, its cells follow.
_SHEET, _HEADS, _ROW = 0x85, (0x14, 0x15), 0x208


def head(text: str) -> Iterator[Beside]:
    """The lines of the head or foot of the pages of a sheet, without what is no text."""
    for part in _PART.split(text):
        for line in _CODE.sub("", part.replace("&&", "\0")).replace("\0", "&").split("\n"):
            if line.strip():
                yield Beside(line.strip())


def column(letters: str) -> int:
    """The number, from 0, of a column: A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def of_part(packed: zipfile.ZipFile, path: str) -> Iterator[Beside]:
    """What other parts of a packed workbook say beside the cells of a sheet."""
    core = packed.read(_CORE) if _CORE in packed.namelist() else b""
    yield from (Beside(_decoded(found)) for found in _TITLE.finditer(core))
    books = (packed.read(name) for name in packed.namelist() if _BOOK.fullmatch(name))
    for found in (each for book in books for each in _RANGE.finditer(book)):
        yield Beside(_decoded(found).replace("_", " "))
    for root in _related(packed, path, ("/comments", "/drawing", "/table")):
        for note in root.iterfind("{*}commentList/{*}comment"):
            place = _PLACE.fullmatch(note.get("ref", ""))
            if place is not None:
                yield Beside(_text(note), line=int(place[2]) - 1, column=column(place[1]))
        for box in chain(root.iterfind(".//{*}txBody"), root.iterfind(".//{*}title")):
            yield Beside("\n".join(map(_text, box.iterfind(".//{*}p"))))
        for drawn in root.iterfind(".//{*}cNvPr[@descr]"):
            yield Beside(drawn.get("descr", ""))
        yield Beside(root.get("displayName", "").replace("_", " "))


def _decoded(found: re.Match[bytes]) -> str:
    return unescaped(found[1].decode("utf-8", "replace"))


def _related(packed: zipfile.ZipFile, path: str, kinds: tuple[str, ...]) -> Iterator[Any]:
    """What a part names of some kinds: notes, boxes and tables of a sheet, charts among boxes."""
    names = set(packed.namelist())
    folder, name = str(PurePosixPath(path).parent), PurePosixPath(path).name
    related = f"{folder}/_rels/{name}.rels"
    for each in ElementTree.fromstring(packed.read(related)) if related in names else ():
        kind, target = each.get("Type", ""), each.get("Target", "")
        found = target[1:] if target.startswith("/") else normpath(f"{folder}/{target}")
        if kind.endswith(kinds) and found in names:
            # Damaged notes cost no cell: spreadsheets open such a file without them.
            with suppress(ElementTree.ParseError, zipfile.BadZipFile, zlib.error):
                yield ElementTree.fromstring(packed.read(found))
            if kind.endswith("/drawing"):
                yield from _related(packed, found, ("/chart",))


def _text(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter() if each.tag.endswith("}t"))


def of_old(data: bytes, compdoc: Any, names: tuple[str, ...]) -> list[list[Beside]]:
    """The heads and feet of the pages of each sheet in an old workbook: xlrd tells none."""
    with io.StringIO() as log:
        document = compdoc.CompDoc(data, logfile=log)
        streams = (document.locate_named_stream(name) for name in names)
        held, base, size = next(each for each in streams if each[0] is not None)
    stream = bytes(held[base : base + size])
    named = (at for code, at, _ in _records(stream, 0) if code == _SHEET)
    return [list(_heads(stream, unpack_from("<I", stream, at)[0])) for at in named]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The code of each record up to the end of the part that begins at a place, and where it is."""
    while at + 4 <= len(stream):
        code, size = unpack_from("<HH", stream, at)
        if code == 0x0A:
            return
        yield code, at + 4, at + 4 + size
        at += 4 + size


def _heads(stream: bytes, place: int) -> Iterator[Beside]:
    for code, at, end in _records(stream, place):
        if code == _ROW:
            return
        if code in _HEADS and end - at > 3:
            wide = stream[at + 2] & 1
            yield from head(stream[at + 3 : end].decode("utf-16-le" if wide else "latin-1"))
