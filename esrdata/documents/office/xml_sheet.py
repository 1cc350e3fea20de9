"""Spreadsheets written as plain XML: of Excel 2003, as web services still send them, and flat ODS.

They give the same lines as the packed ones.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from esrdata.documents.document import Beside, Merged
from esrdata.documents.office import beside, ods
from esrdata.documents.office.blocks import OfficeText, raised
from esrdata.documents.office.elements import check_elements
from esrdata.documents.office.number_formats import Style, style
from esrdata.documents.office.settings import SETTINGS
from esrdata.documents.office.workbook import SheetMade, struck, workbook

_START, _HEAD = 100, 4_000
_EXCEL = "urn:schemas-microsoft-com:office:"
_SS, _X = f"{{{_EXCEL}spreadsheet}}", f"{{{_EXCEL}excel}}"
_IS_EXCEL = re.compile(rb"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_IS_ODS = re.compile(rb"<office:document\b[^>]*opendocument\.spreadsheet")
_HEADS = {f"{_X}Header", f"{_X}Footer"}
_NAMED = {"Percent": "0.00%"}
_ON = {"1", "true"}


def format_of(data: bytes) -> str | None:
    """The format of a spreadsheet written as XML, None of anything else."""
    head = data[:_HEAD]
    if b"<?xml" not in head[:_START]:
        return None
    if _IS_EXCEL.search(head):
        return "xls"
    return "ods" if _IS_ODS.search(head) else None


def read(data: bytes) -> OfficeText:
    """Read a spreadsheet."""
    check_elements(io.BytesIO(data), len(data))
    sheets = ods.sheets if format_of(data) == "ods" else _sheets
    return workbook(sheets(io.BytesIO(data), len(data)), len(data))


def _sheets(part: Any, size: int) -> Iterator[OfficeText]:
    from xml.etree.ElementTree import iterparse

    styles: dict[str | None, Style] = {}
    made, hidden = _Rows(styles), False
    for _, element in iterparse(part):
        if element.tag == f"{_SS}Style":
            found = _style(element)
            if found is not None:
                styles[element.get(f"{_SS}ID")] = found
        elif element.tag == f"{_SS}Row":
            made.add(element)
            element.clear()
        elif element.tag == f"{_SS}Column":
            made.column(element)
        elif element.tag in _HEADS:
            made.beside += beside.head(element.get(f"{_X}Data", ""))
        elif element.tag == f"{_X}Visible":
            hidden = (element.text or "").strip() in {"SheetHidden", "SheetVeryHidden"}
        elif element.tag == f"{_SS}Worksheet":
            yield made.text(element.get(f"{_SS}Name", ""), size, hidden=hidden)
            element.clear()
            made, hidden = _Rows(styles), False


def _style(element: Any) -> Style | None:
    code, line = "", False
    for part in element:
        if part.tag == f"{_SS}NumberFormat":
            code = part.get(f"{_SS}Format", "")
        elif part.tag == f"{_SS}Font":
            line = part.get(f"{_SS}StrikeThrough") in _ON
    return style(_NAMED.get(code, code), is_struck=line)


class _Rows(SheetMade):
    """The rows of a sheet."""

    def __init__(self, styles: dict[str | None, Style]) -> None:
        self.rows: list[list[object]] = []
        super().__init__(self.rows)
        self._styles, self._columns = styles, 0

    def column(self, element: Any) -> None:
        """Count a column, or several of one format."""
        first = int(element.get(f"{_SS}Index", self._columns + 1)) - 1
        self._columns = min(first + 1 + int(element.get(f"{_SS}Span", 0)), SETTINGS.columns)
        if element.get(f"{_SS}Hidden") in _ON:
            self.columns_hidden.update(range(first, self._columns))

    def add(self, element: Any) -> None:
        """Add a row; those that are left out before it are empty."""
        at = int(element.get(f"{_SS}Index", len(self.rows) + 1)) - 1
        if not len(self.rows) <= at < SETTINGS.rows:
            raise ValueError("rows come in order")
        self.rows += [[] for _ in range(at - len(self.rows))]
        if element.get(f"{_SS}Hidden") in _ON:
            self.hidden.add(at)
        cells: list[object] = []
        for cell in element.iterfind(f"{_SS}Cell"):
            column = int(cell.get(f"{_SS}Index", len(cells) + 1)) - 1
            wide, high = (int(cell.get(f"{_SS}Merge{way}", 0)) for way in ("Across", "Down"))
            if not len(cells) <= column <= column + wide < SETTINGS.columns:
                raise ValueError("cells come in order")
            cells += [None] * (column - len(cells))
            note = cell.find(f"{_SS}Comment/{_SS}Data") if len(cell) else None
            if note is not None:
                self.beside.append(Beside("".join(note.itertext()), 1, at, column))
            cells += [self._value(cell), *[None] * wide]
            if wide or high:
                self.merged.append(Merged(at, at + high, column, wide + 1))
        self.rows.append(cells)
        # Empty rows of one format are told by the first of them.
        more = min(int(element.get(f"{_SS}Span", 0)), SETTINGS.rows - len(self.rows))
        self.rows += [[] for _ in range(more)]

    def _value(self, cell: Any) -> object:
        data = cell.find(f"{_SS}Data")
        if data is None:
            formula = cell.get(f"{_SS}Formula")
            return f"={formula.lstrip('=')}" if formula is not None else None
        value = _held(data.get(f"{_SS}Type"), _text(data))
        shows = self._styles.get(cell.get(f"{_SS}StyleID"))
        return value if shows is None else shows.shown(value)


def _held(kind: str | None, text: str) -> object:
    """What a cell holds, as Python writes it; what is written wrong stays a text."""
    with suppress(ValueError):
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text[:19])
    return text in _ON if kind == "Boolean" else text or None


def _text(element: Any) -> str:
    """A text whose parts may have fonts of their own, as HTML writes them."""
    parts = [element.text or ""]
    for child in element:
        name, text = child.tag.rpartition("}")[2].casefold(), _text(child)
        text = raised(text) if name == "sup" else text
        parts += [struck(text) if name == "s" and text else text, child.tail or ""]
    return "".join(parts)
