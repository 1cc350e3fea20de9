"""An Excel workbook of before 2007 (`.xls`): the same lines as the newer kind gives."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from esrdata.documents.document import Sheet
from esrdata.documents.office.workbook import (
    BROKEN,
    Workbook,
    WorkbookError,
    sheet_text,
    workbook,
)

# The name of the stream that holds the sheets, in a compound file.
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_WORD = "WordDocument".encode("utf-16-le")
_PASSWORD = "encrypted"


def is_workbook(data: bytes) -> bool:
    """Whether the bytes of a compound file are a workbook."""
    return any(stream in data for stream in _STREAMS) and _WORD not in data


def read(data: bytes) -> Workbook:
    """Read an old workbook; without xlrd, the finding says what to install."""
    try:
        import xlrd
    except ModuleNotFoundError as error:
        raise WorkbookError("format_needs_extra", "xls") from error
    try:
        with io.StringIO() as log:
            book = xlrd.open_workbook(file_contents=data, logfile=log, on_demand=False)
        return workbook(
            (Sheet(sheet.name, sheet.visibility != 0), sheet_text(_rows(sheet, book, xlrd)))
            for sheet in book.sheets()
        )
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *BROKEN) as error:
        locked = _PASSWORD in str(error)
        raise WorkbookError("workbook_encrypted" if locked else "workbook_broken") from error


def _rows(sheet: Any, book: Any, xlrd: Any) -> Iterator[list[object]]:
    for i in range(sheet.nrows):
        yield [_value(cell, book, xlrd) for cell in sheet.row(i)]


def _value(cell: Any, book: Any, xlrd: Any) -> object:
    """What a cell holds, as Python writes it."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        parts = xlrd.xldate_as_tuple(cell.value, book.datemode)
        # Less than a day is a time of day, which has no date.
        return datetime(*parts) if cell.value >= 1 else time(*parts[3:])
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#ERROR!")
    return cell.value or (cell.value if cell.ctype == xlrd.XL_CELL_NUMBER else None)
