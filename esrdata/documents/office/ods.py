"""An OpenDocument spreadsheet (`.ods`): the same lines as a workbook gives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from esrdata.documents.document import Sheet
from esrdata.documents.office.elements import check_elements
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
from esrdata.limits import limits

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT = "content.xml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE = f"{{{_OASIS}table:1.0}}", f"{{{_OASIS}office:1.0}}"
_TEXT, _STYLE = f"{{{_OASIS}text:1.0}}", f"{{{_OASIS}style:1.0}}"
_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


def is_spreadsheet(data: bytes) -> bool:
    """Whether the bytes of a zip file are an OpenDocument spreadsheet."""
    return _KIND in data[:200]


def read(data: bytes) -> Workbook:
    """Read a spreadsheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
            if unpacked > LARGEST:
                raise WorkbookError("workbook_too_large")
            limits().check_unpacked(len(data), unpacked)
            if b"encryption-data" in packed.read("META-INF/manifest.xml"):
                raise WorkbookError("workbook_encrypted")
            with packed.open(_CONTENT) as part:
                check_elements(part, len(data))
            with packed.open(_CONTENT) as part:
                return workbook(_sheets(part, len(data)), len(data))
    except BROKEN as error:
        raise WorkbookError("workbook_broken") from error


def _sheets(part: Any, size: int) -> Iterator[tuple[Sheet, SheetText]]:
    # Of the standard library: lxml knows no more here, and rows are dropped as soon as read.
    from xml.etree.ElementTree import iterparse

    hidden: set[str] = set()
    rows: list[list[object]] = []
    depth = 0
    for event, element in iterparse(part, ("start", "end")):
        tag = element.tag
        if tag == f"{_TABLE}table":
            # A table inside a cell belongs to the sheet it stands on.
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                rows = []
            elif event == "end" and depth == 0:
                name = element.get(f"{_TABLE}name", "")
                sheet = Sheet(name, element.get(f"{_TABLE}style-name") in hidden)
                yield sheet, sheet_text(rows, size)
                element.clear()
        elif event == "end" and tag == f"{_TABLE}table-row" and depth == 1:
            _add(rows, element)
            element.clear()
        elif event == "end" and tag == f"{_STYLE}style" and _is_hidden(element):
            hidden.add(element.get(f"{_STYLE}name", ""))


def _is_hidden(style: Any) -> bool:
    return any(part.get(f"{_TABLE}display") == "false" for part in style)


def _add(rows: list[list[object]], element: Any) -> None:
    """Add a row as often as it is repeated; empty ones at the end are left out later."""
    times = int(element.get(f"{_TABLE}number-rows-repeated", 1))
    cells: list[object] = []
    for cell in element:
        if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            value = _value(cell) if cell.tag == f"{_TABLE}table-cell" else None
            columns = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            cells += [value] * min(columns, SETTINGS.columns - len(cells))
    full = any(value is not None for value in cells)
    if not full and times > SETTINGS.columns:
        # The rest of the sheet: nothing stands below.
        return
    rows += [cells] * min(times, SETTINGS.rows - len(rows))


def _value(cell: Any) -> object:
    """What a cell holds, as Python writes it; of a failed formula its error."""
    kind = cell.get(f"{_OFFICE}value-type")
    paragraphs = [_paragraph(each) for each in cell if each.tag == f"{_TEXT}p"]
    text = "\n".join(paragraphs)
    if cell.get(_TYPE) == "error":
        return text or "#ERROR!"
    formula = cell.get(f"{_TABLE}formula")
    if kind is None:
        # A formula that nobody has calculated has no type and no text, not even an empty one.
        unsaved = formula is not None and not paragraphs
        return f"={formula.removeprefix('of:').lstrip('=')}" if unsaved else text or None
    # A number or a day that is written wrong costs its cell only, which holds what it shows.
    with suppress(ValueError):
        if kind in ("float", "currency", "percentage"):
            return float(cell.get(f"{_OFFICE}value", ""))
        if kind == "date":
            return datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:26])
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    return text or cell.get(f"{_OFFICE}string-value") or None


def _paragraph(element: Any) -> str:
    """The text of a paragraph: repeated spaces, tabs and line breaks are elements there."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", 1)), SETTINGS.columns))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag != f"{_OFFICE}annotation":
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
