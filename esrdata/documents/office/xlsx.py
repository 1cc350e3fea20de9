"""An Excel workbook to lines: a row of a sheet is a line, its cells divided by tabs.

Lines count as Excel counts rows and pages as it counts sheets: empty rows are lines, hidden
sheets are read, and a sheet that holds a chart is a page without lines. Of cells that are merged,
the first holds the value. A formula gives the value that was saved with it.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from unicodedata import normalize

from esrdata.documents.layout import UNSEEN_SIGNS

# A line break inside a cell: the row stays one line, and whoever reads the cell can turn it back.
LINE_BREAK = "\u2028"

_WORKBOOK = re.compile(r"xl/workbook\d*\.xml")
# A file that was cut off has no list of its parts, which stands at the end, but has their names.
_PARTS = (b"xl/workbook", b"xl/worksheets/", b"xl/sharedStrings")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# A small file can be packed so that it fills the memory.
_LARGEST = 2**30
# More rows than this no sheet has.
_ROWS = 2**20
# How Excel shows numbers: with so many digits, which hides what binary fractions leave behind.
_DIGITS = 15
_SHARP = 10**_DIGITS
# How a workbook writes what XML cannot hold: the carriage return, which exports leave at line
# ends. Only control characters: openpyxl has taken the mark off text that merely looks like it.
_ESCAPE = re.compile(r"_x00([01][0-9A-Fa-f])_")
# One class of characters: alternatives take ten times as long, and texts are long here.
_SIGN = re.compile(f"[\x00-\x1f\x85\u2028\u2029{UNSEEN_SIGNS}]")
_INSTEAD = {"\t": " ", **dict.fromkeys("\n\v\f\r\x85\u2028\u2029", LINE_BREAK)}
# What openpyxl and what it stands on raise for files that are damaged or made in an odd way.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


class WorkbookError(Exception):
    """A workbook that gives no text; `code` names the finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_workbook(data: bytes) -> bool:
    """Whether the bytes of a zip file are a workbook, or the beginning of one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return any(map(_WORKBOOK.fullmatch, packed.namelist()))
    except _BROKEN:
        return any(part in data for part in _PARTS)


def is_encrypted(data: bytes) -> bool:
    """Whether the bytes of a compound file are an office document that needs a password."""
    return _ENCRYPTED in data


def read(data: bytes) -> str:
    """Read the text of a workbook.

    Parameters
    ----------
    data
        The file.

    Returns
    -------
    str
        Rows are divided by line feeds, cells by tabs, sheets by a line feed and a form feed: so
        every row is a line, and the first line of a page is line 1 of its sheet.

    Raises
    ------
    WorkbookError
        If the file is damaged or too large.
    """
    # Imported when used: few folders hold a workbook.
    import openpyxl

    with warnings.catch_warnings():
        # openpyxl warns of all that it would lose if it saved the workbook.
        warnings.simplefilter("ignore")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                # No part gives more than is written here, even where that is not true.
                if sum(part.file_size for part in packed.infolist()) > _LARGEST:
                    raise WorkbookError("workbook_too_large")
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            with closing(book):
                sheets = [_sheet(book[name]) for name in book.sheetnames]
        except _BROKEN as error:
            raise WorkbookError("workbook_broken") from error
    if not sheets:
        raise WorkbookError("workbook_broken")
    return "\n\f".join(sheets)


def _sheet(sheet: Any) -> str:
    if not hasattr(sheet, "iter_rows"):
        # A chart on a sheet of its own keeps its page, so that the pages behind it count right.
        return ""
    # What a sheet says of its size may be wrong, and rows beyond it would be left out.
    sheet.reset_dimensions()
    lines: list[str] = []
    filled = size = 0
    for line in _lines(islice(sheet.iter_rows(values_only=True), _ROWS)):
        lines.append(line)
        size += len(line)
        if size > _LARGEST:
            # Many cells can share one long text.
            raise WorkbookError("workbook_too_large")
        if line:
            filled = len(lines)
    return "\n".join(lines[:filled])


def _lines(rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    # Most texts of a list stand in many of its rows.
    known: dict[str, str] = {}
    for row in rows:
        cells = []
        for value in row:
            if value is None:
                cells.append("")
            elif isinstance(value, str):
                said = known.get(value)
                if said is None:
                    said = known[value] = _tidy(value)
                cells.append(said)
            else:
                cells.append(_written(value))
        yield "\t".join(cells).rstrip("\t")


def _tidy(said: str) -> str:
    if not said.isprintable() or "_x00" in said:
        said = _ESCAPE.sub(lambda met: chr(int(met[1], 16)), said)
        said = said.replace("\r\n", "\n")
        said = _SIGN.sub(lambda met: _INSTEAD.get(met[0], ""), said)
    return normalize("NFC", said)


def _written(value: object) -> str:
    """A value that is no text, as it is written without the format of its cell."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(timespec="seconds")
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _SHARP:
        return str(int(value))
    said = f"{value:.{_DIGITS}g}"
    return format(Decimal(said), "f") if "e" in said else said
