"""What stands in a file of a pack, for when its bytes depend on who wrote it."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: A document of ours unpacks to a few megabytes.
_LARGEST = 256 * 2**20


def text_of(path: Path) -> list[str] | None:
    """The texts of a page, a Word document or a workbook, in order; None of a picture.

    What cannot be opened has no texts, which differs from any that can.
    """
    kind = path.suffix
    if kind not in (".html", ".docx", ".xlsx", ".log"):
        return None
    try:
        if kind == ".docx":
            return list(_document(path))
        if kind == ".xlsx":
            return list(_workbook(path))
        if kind == ".html":
            return list(_page(path))
        return path.read_text(encoding="utf-8").splitlines()
    except (BadZipFile, KeyError, OSError, ValueError, etree.LxmlError):
        return []


def _page(path: Path) -> Iterator[str]:
    from lxml import html

    for element in html.fromstring(path.read_bytes()).iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style"):
            for text in (element.text, element.tail):
                if text and text.strip():
                    yield " ".join(text.split())


def _parts(path: Path, wanted: str) -> Iterator[etree._Element]:
    # No entity of a document is looked up: it may lead anywhere.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    with ZipFile(path) as packed:
        if sum(one.file_size for one in packed.infolist()) > _LARGEST:
            raise ValueError("too large")
        for name in sorted(packed.namelist()):
            if re.fullmatch(wanted, name):
                yield etree.fromstring(packed.read(name), parser)


def _document(path: Path) -> Iterator[str]:
    for root in _parts(path, r"word/(document|footnotes|comments|header\d*|footer\d*)\.xml"):
        for paragraph in root.iter(f"{_WORD}p"):
            text = "".join(run.text or "" for run in paragraph.iter(f"{_WORD}t"))
            if text:
                yield text


def _workbook(path: Path) -> Iterator[str]:
    from openpyxl import load_workbook

    # Its sheets are read one after another, without styles.
    book = load_workbook(path, read_only=True)
    try:
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                yield f"{sheet.title}: {[*row]}"
    finally:
        book.close()
