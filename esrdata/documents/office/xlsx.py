"""An Excel workbook: each cell as the value that was saved with it, and as its format shows it.

A formula gives the value stored beside it. One that has none, as programs leave it that write
formulas and do not reckon, gives the formula itself: that the cell is not empty must not be lost.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from typing import Any

from esrdata.documents.document import Sheet
from esrdata.documents.office import beside, sheet_part
from esrdata.documents.office.blocks import OfficeText, raised
from esrdata.documents.office.elements import check_elements
from esrdata.documents.office.number_formats import Style
from esrdata.documents.office.settings import SETTINGS
from esrdata.documents.office.workbook import (
    check_size,
    sheet_text,
    struck,
    workbook,
)
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
_RAISED = "superscript"
_FONTS = (b"strike", _RAISED.encode())


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
            rich = _is_rich(packed)
            book = openpyxl.load_workbook(
                io.BytesIO(data),
                read_only=True,
                data_only=True,
                keep_links=False,
                rich_text=rich,
            )
            with closing(book):
                sheets = _Sheets(packed, rich=rich, size=len(data))
                return workbook(
                    map(sheets.sheet, map(book.__getitem__, book.sheetnames)), len(data)
                )


def _is_rich(packed: zipfile.ZipFile) -> bool:
    """Whether parts of texts have fonts that change what they say."""
    texts = (packed.read(name) for name in packed.namelist() if _TEXTS.search(name))
    return any(font in text for text in texts for font in _FONTS)


class _Sheets:
    """Reads the sheets of a workbook."""

    def __init__(self, packed: zipfile.ZipFile, *, rich: bool, size: int) -> None:
        self._packed, self._rich, self._size = packed, rich, size
        self._styles, self._added = sheet_part.styles(packed)
        books = (packed.read(name) for name in packed.namelist() if _WORKBOOK.fullmatch(name))
        # A program that does not reckon leaves that to whoever opens its workbook.
        self._unreckoned = any(_ON_LOAD in book for book in books)

    def sheet(self, sheet: Any) -> OfficeText:
        """A sheet and its lines."""
        named = Sheet(sheet.title, sheet.sheet_state != _VISIBLE)
        if not hasattr(sheet, "iter_rows"):
            # A chart on a sheet of its own keeps its page, so that the pages behind it count right.
            return sheet_text(())._replace(sheets=(named,))
        # What a sheet says of its size may be wrong, and rows beyond it would be left out.
        sheet.reset_dimensions()
        rows: Iterable[Sequence[object]] = islice(sheet.iter_rows(values_only=True), SETTINGS.rows)
        path = sheet._worksheet_path.removeprefix("/")
        part = self._packed.read(path)
        formulas = sheet_part.unsaved(part, zeros=self._unreckoned)
        styled = sheet_part.styled(part, self._styles)
        texts = sheet_part.texts(part)
        if self._rich:
            rows = (tuple(map(_plain, row)) for row in rows)
        if formulas or styled or texts:
            rows = _with(rows, formulas, styled, texts)
        lines = sheet_text(rows, self._size)
        hidden, first = sheet_part.rows_hidden(part), sheet.parent.epoch.year
        columns = sheet_part.columns_hidden(part)
        named = Sheet(*named[:2], hidden, first == _FIRST_OF_OLD, columns)
        around = beside.of_part(self._packed, path, part)
        told = (*around, *sheet_part.on_condition(part, self._added))
        merged = tuple(sheet_part.merged(part))
        return lines._replace(merged=merged, beside=told, sheets=(named,))


def _with(
    rows: Iterable[Sequence[object]],
    formulas: Mapping[sheet_part.Place, str],
    styled: Mapping[sheet_part.Place, Style],
    texts: Mapping[sheet_part.Place, str],
) -> Iterator[Sequence[object]]:
    """Rows with formulas that have no value, parts of texts and numbers as they are shown."""
    odd = defaultdict[int, set[int]](set)
    for at, column in (*formulas, *styled, *texts):
        odd[at].add(column)
    for i, row in enumerate(rows):
        columns = odd.get(i)
        if columns is None:
            yield row
            continue
        cells = [*row, *[None] * (max(columns) + 1 - len(row))]
        for column in columns:
            if not cells[column]:
                cells[column] = formulas.get((i, column), cells[column])
            cells[column] = texts.get((i, column), cells[column])
            style = styled.get((i, column))
            if style is not None:
                cells[column] = style.shown(cells[column])
        yield cells


def _plain(value: object) -> object:
    """A text whose parts have fonts of their own as it is read: raised, or struck through."""
    if not isinstance(value, list):
        # What openpyxl does to texts where it is not asked for their fonts.
        return value.replace("x005F_", "") if isinstance(value, str) else value
    pieces = []
    for piece in value:
        text, font = str(piece), getattr(piece, "font", None)
        if font is not None and font.vertAlign == _RAISED:
            text = raised(text)
        pieces.append(struck(text) if font is not None and font.strike else text)
    return "".join(pieces)
