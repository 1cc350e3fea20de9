"""An Excel workbook: each cell as the value that was saved with it.

A formula gives the value stored beside it. One that has none, as programs leave it that write
formulas and do not reckon, gives the formula itself: that the cell is not empty must not be lost.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from typing import Any

from esrdata.documents.document import Sheet
from esrdata.documents.office.elements import check_workbook_elements
from esrdata.documents.office.settings import SETTINGS
from esrdata.documents.office.workbook import (
    BROKEN,
    LARGEST,
    SheetText,
    Workbook,
    WorkbookError,
    sheet_text,
    workbook,
)
from esrdata.documents.text import unescaped
from esrdata.limits import limits

_WORKBOOK = re.compile(r"xl/workbook\d*\.xml")
# A file that was cut off has no list of its parts, which stands at the end, but has their names.
_PARTS = (b"xl/workbook", b"xl/worksheets/", b"xl/sharedStrings")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_VISIBLE = "visible"
# A cell with a formula and no value; one whose value is an empty text (t="str") has one.
_UNSAVED = re.compile(
    rb"<c\b(?P<of>[^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>(?P<formula>[^<]*)</f>)"
    rb"\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_STORED = re.compile(rb'\bt="str"')


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


def read(data: bytes) -> Workbook:
    """Read a workbook."""
    # Imported when used: few folders hold a workbook.
    import openpyxl

    with warnings.catch_warnings():
        # openpyxl warns of all that it would lose if it saved the workbook.
        warnings.simplefilter("ignore")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                # No part gives more than is written here, even where that is not true.
                unpacked = sum(part.file_size for part in packed.infolist())
                if unpacked > LARGEST:
                    raise WorkbookError("workbook_too_large")
                limits().check_unpacked(len(data), unpacked)
                weight = 0
                for name in packed.namelist():
                    with packed.open(name) as part:
                        weight = check_workbook_elements(part, len(data), weight)
                book = openpyxl.load_workbook(
                    io.BytesIO(data), read_only=True, data_only=True, keep_links=False
                )
                with closing(book):
                    sheets = (_sheet(book[name], packed, len(data)) for name in book.sheetnames)
                    return workbook(sheets, len(data))
        except BROKEN as error:
            raise WorkbookError("workbook_broken") from error


def _sheet(sheet: Any, packed: zipfile.ZipFile, size: int) -> tuple[Sheet, SheetText]:
    named = Sheet(sheet.title, sheet.sheet_state != _VISIBLE)
    if not hasattr(sheet, "iter_rows"):
        # A chart on a sheet of its own keeps its page, so that the pages behind it count right.
        return named, sheet_text(())
    # What a sheet says of its size may be wrong, and rows beyond it would be left out.
    sheet.reset_dimensions()
    rows = islice(sheet.iter_rows(values_only=True), SETTINGS.rows)
    formulas = _unsaved(packed.read(sheet._worksheet_path.removeprefix("/")))
    return named, sheet_text(_with(rows, formulas) if formulas else rows, size)


def _unsaved(part: bytes) -> dict[tuple[int, int], str]:
    """Row and column, counted from 0, of the formulas of a sheet that have no value."""
    found = {}
    for cell in _UNSAVED.finditer(part) if b"<f" in part else ():
        place = _PLACE.search(cell["of"])
        if place is not None and not _STORED.search(cell["of"]):
            formula = unescaped((cell["formula"] or b"").decode("utf-8", "replace"))
            found[int(place[2]) - 1, _column(place[1].decode())] = f"={formula}"
    return found


def _column(letters: str) -> int:
    """The number, from 0, of a column: A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _with(
    rows: Iterable[tuple[object, ...]], formulas: Mapping[tuple[int, int], str]
) -> Iterator[list[object]]:
    """Rows with the formulas that have no value."""
    width = max(column for _, column in formulas) + 1
    for i, row in enumerate(rows):
        cells = [*row, *[None] * (width - len(row))]
        for column in range(width):
            if cells[column] is None:
                cells[column] = formulas.get((i, column))
        yield cells
