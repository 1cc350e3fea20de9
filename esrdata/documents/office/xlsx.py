"""An Excel workbook: each cell as the value that was saved with it, and as its format shows it."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from contextlib import closing
from itertools import islice
from typing import Any

from esrdata.documents.office import beside
from esrdata.documents.office.blocks import OfficeText
from esrdata.documents.office.elements import check_elements
from esrdata.documents.office.settings import SETTINGS
from esrdata.documents.office.sheet_part import SheetPart, Styles
from esrdata.documents.office.workbook import SheetMade, check_size, workbook
from esrdata.documents.unread import BROKEN

_WORKBOOK = re.compile(r"xl/workbook\d*\.xml")
# A file that was cut off has no list of its parts, which stands at the end, but has their names.
_PARTS = (b"xl/workbook", b"xl/worksheets/", b"xl/sharedStrings")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_VISIBLE = "visible"
_ON_LOAD = b'fullCalcOnLoad="1"'
_FIRST_OF_OLD = 1904
_TEXTS = re.compile(r"sharedStrings\d*\.xml$")
# Fonts of a part of a text that change what it says.
_FONTS = (b"strike", b"superscript")


def is_workbook(data: bytes) -> bool:
    """Whether the bytes of a zip file are a workbook, or the beginning of one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return any(map(_WORKBOOK.fullmatch, packed.namelist()))
    except BROKEN:
        return any(part in data for part in _PARTS)


def is_encrypted(data: bytes) -> bool:
    """Whether the bytes of a compound file are an office document that needs a password."""
    return _ENCRYPTED in data


def read(data: bytes) -> OfficeText:
    """Read a workbook."""
    # Imported when used: few folders hold a workbook.
    import openpyxl

    with warnings.catch_warnings():
        # openpyxl warns of all that it would lose if it saved the workbook.
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            check_size(packed, len(data))
            weight = 0
            for name in packed.namelist():
                with packed.open(name) as part:
                    weight = check_elements(part, len(data), weight, of_workbook=True)
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, keep_links=False, rich_text=_is_rich(packed)
            )
            with closing(book):
                sheets = _Sheets(packed, len(data))
                return workbook(
                    map(sheets.sheet, map(book.__getitem__, book.sheetnames)), len(data)
                )


def _is_rich(packed: zipfile.ZipFile) -> bool:
    """Whether parts of texts have fonts that change what they say."""
    texts = (packed.read(name) for name in packed.namelist() if _TEXTS.search(name))
    return any(font in text for text in texts for font in _FONTS)


class _Sheets:
    """Reads the sheets of a workbook."""

    def __init__(self, packed: zipfile.ZipFile, size: int) -> None:
        self._packed, self._size = packed, size
        self._styles = Styles(packed)
        books = (packed.read(name) for name in packed.namelist() if _WORKBOOK.fullmatch(name))
        # A program that does not reckon leaves that to whoever opens its workbook.
        self._unreckoned = any(_ON_LOAD in book for book in books)

    def sheet(self, sheet: Any) -> OfficeText:
        """A sheet and its lines."""
        from openpyxl.worksheet._reader import WorkSheetParser

        hidden, book, made = sheet.sheet_state != _VISIBLE, sheet.parent, SheetMade()
        if not hasattr(sheet, "iter_rows"):
            # A chart on a sheet of its own keeps its page, so that the pages behind it count right.
            return made.text(sheet.title, self._size, hidden=hidden)
        path = sheet._worksheet_path.removeprefix("/")
        parser = WorkSheetParser(
            None, sheet._shared_strings, data_only=True, epoch=book.epoch, rich_text=True,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        part = SheetPart(parser, self._styles, made, unreckoned=self._unreckoned)
        with self._packed.open(path) as source:
            made.rows = islice(part.rows(source), SETTINGS.rows)
            is_old = book.epoch.year == _FIRST_OF_OLD
            lines = made.text(sheet.title, self._size, hidden=hidden, from_1904=is_old)
        around = tuple(beside.of_part(self._packed, path))
        return lines._replace(beside=(*lines.beside, *around))
