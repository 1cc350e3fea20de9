"""An OpenDocument spreadsheet (`.ods`): the same lines as a workbook gives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from esrdata.documents.document import Beside, Merged
from esrdata.documents.office.blocks import OfficeText, raised
from esrdata.documents.office.elements import check_elements
from esrdata.documents.office.number_formats import shown, shows_day
from esrdata.documents.office.settings import SETTINGS
from esrdata.documents.office.workbook import SheetMade, check_size, struck, workbook
from esrdata.documents.unread import UnreadError

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT, _STYLES = "content.xml", "styles.xml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE = f"{{{_OASIS}table:1.0}}", f"{{{_OASIS}office:1.0}}"
_TEXT, _STYLE = f"{{{_OASIS}text:1.0}}", f"{{{_OASIS}style:1.0}}"
_OUT_OF_SIGHT = {"collapse", "filter"}
_DRAWN = f"{{{_OASIS}drawing:1.0}}"
_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


def is_spreadsheet(data: bytes) -> bool:
    """Whether the bytes of a zip file are an OpenDocument spreadsheet."""
    return _KIND in data[:200]


def read(data: bytes) -> OfficeText:
    """Read a spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        check_size(packed, len(data))
        if b"encryption-data" in packed.read("META-INF/manifest.xml"):
            raise UnreadError("workbook_encrypted")
        with packed.open(_CONTENT) as part:
            check_elements(part, len(data))
        pages: dict[str | None, list[Beside]] = {}
        if _STYLES in packed.namelist():
            with packed.open(_STYLES) as part:
                check_elements(part, len(data))
            with packed.open(_STYLES) as part:
                pages = _pages(part)
        with packed.open(_CONTENT) as part:
            return workbook(sheets(part, len(data), pages), len(data))


def _pages(part: Any) -> dict[str | None, list[Beside]]:
    """The heads and feet of pages, by the name of their kind."""
    from xml.etree.ElementTree import iterparse

    masters = (each for _, each in iterparse(part) if each.tag == f"{_STYLE}master-page")
    return {each.get(f"{_STYLE}name"): _heads(each) for each in masters}


def _heads(master: Any) -> list[Beside]:
    shown = (each for each in master if each.get(f"{_STYLE}display") != "false")
    return [line for each in shown for line in _drawn(each)]


def sheets(
    part: Any, size: int, pages: Mapping[str | None, Sequence[Beside]] | None = None
) -> Iterator[OfficeText]:
    """The sheets of a spreadsheet and their lines.

    `pages` are the heads and feet of its pages, where another part of the file has them.
    """
    # Of the standard library: lxml knows no more here, and rows are dropped as soon as read.
    from xml.etree.ElementTree import iterparse

    hidden: set[str] = set()
    known = dict(pages or {})
    page_of: dict[str | None, str | None] = {}
    made, fonts, columns, depth = _Rows(), _Fonts(), 0, 0
    for event, element in iterparse(part, ("start", "end")):
        tag = element.tag
        if tag == f"{_TABLE}table":
            # A table inside a cell belongs to the sheet it stands on.
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                made, columns = _Rows(), 0
            elif event == "end" and depth == 0:
                named = element.get(f"{_TABLE}style-name")
                made.beside[:0] = known.get(page_of.get(named), ())
                yield made.text(element.get(f"{_TABLE}name", ""), size, hidden=named in hidden)
                element.clear()
        elif event == "end" and tag == f"{_TABLE}table-row" and depth == 1:
            made.add(element, fonts)
            element.clear()
        elif event == "end" and tag == f"{_TABLE}table-column" and depth == 1:
            first, times = columns, int(element.get(f"{_TABLE}number-columns-repeated", 1))
            columns = min(first + times, SETTINGS.columns)
            if element.get(f"{_TABLE}visibility") in _OUT_OF_SIGHT:
                made.columns_hidden.update(range(first, columns))
        elif event == "end" and tag == f"{_STYLE}style":
            fonts.add(element)
            page_of[element.get(f"{_STYLE}name")] = element.get(f"{_STYLE}master-page-name")
            if _is_hidden(element):
                hidden.add(element.get(f"{_STYLE}name", ""))
        elif event == "end" and tag == f"{_STYLE}master-page":
            known[element.get(f"{_STYLE}name")] = _heads(element)
        elif event == "end" and tag == f"{_TABLE}shapes" and depth == 1:
            made.beside += _drawn(element)


def _is_hidden(style: Any) -> bool:
    return any(part.get(f"{_TABLE}display") == "false" for part in style)


class _Fonts:
    """Styles of cells and of parts of texts that change what they say."""

    def __init__(self) -> None:
        self.struck: set[str | None] = set()
        self.raised: set[str | None] = set()

    def add(self, style: Any) -> None:
        """Keep a style if it strikes through or raises."""
        name = style.get(f"{_STYLE}name")
        for part in style:
            lines = (part.get(f"{_STYLE}text-line-through-{each}") for each in ("style", "type"))
            if any(line not in (None, "none") for line in lines):
                self.struck.add(name)
            place = part.get(f"{_STYLE}text-position", "").split(" ")[0]
            if place == "super" or (place.endswith("%") and not place.startswith(("-", "0"))):
                self.raised.add(name)


def _drawn(element: Any) -> Iterator[Beside]:
    """The texts of boxes, a paragraph a line."""
    for line in element.iter(f"{_TEXT}p"):
        yield Beside("".join(line.itertext()))


class _Rows(SheetMade):
    """The rows of a sheet."""

    def __init__(self) -> None:
        self.rows: list[list[object]] = []
        super().__init__(self.rows)

    def add(self, element: Any, fonts: _Fonts) -> None:
        """Add a row as often as it is repeated; empty ones at the end are left out later."""
        above, times = len(self.rows), int(element.get(f"{_TABLE}number-rows-repeated", 1))
        cells: list[object] = []
        for cell in element:
            if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                value = _value(cell, fonts) if cell.tag == f"{_TABLE}table-cell" else None
                columns = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
                high = int(cell.get(f"{_TABLE}number-rows-spanned", 1))
                wide = int(cell.get(f"{_TABLE}number-columns-spanned", 1))
                if high > 1 or wide > 1:
                    self.merged.append(Merged(above, above + high - 1, len(cells), wide))
                if len(cell) and cell[0].tag != f"{_TEXT}p":
                    self.beside += _beside(cell, above, len(cells))
                cells += [value] * min(columns, SETTINGS.columns - len(cells))
        full = any(value is not None for value in cells)
        if not full and times > SETTINGS.columns:
            # The rest of the sheet: nothing stands below.
            return
        self.rows += [cells] * min(times, SETTINGS.rows - above)
        if element.get(f"{_TABLE}visibility") in _OUT_OF_SIGHT:
            self.hidden.update(range(above, len(self.rows)))


def _beside(cell: Any, line: int, column: int) -> Iterator[Beside]:
    """The note to a cell, and the boxes that hang on it."""
    for part in cell:
        if part.tag == f"{_OFFICE}annotation":
            lines = ("".join(each.itertext()) for each in part.iter(f"{_TEXT}p"))
            yield Beside("\n".join(lines), 1, line, column)
        elif part.tag.startswith(_DRAWN):
            yield from _drawn(part)


def _value(cell: Any, fonts: _Fonts) -> object:
    """What a cell holds and shows; what is struck through is marked."""
    value = _held(cell, fonts)
    line = cell.get(f"{_TABLE}style-name") in fonts.struck and value not in (None, "")
    return struck(value) if line else value


def _held(cell: Any, fonts: _Fonts) -> object:
    """What a cell holds, as Python writes it; of a failed formula its error."""
    kind = cell.get(f"{_OFFICE}value-type")
    paragraphs = [_paragraph(each, fonts) for each in cell if each.tag == f"{_TEXT}p"]
    text, currency = "\n".join(paragraphs), cell.get(f"{_OFFICE}currency", "EUR")
    if kind == "currency" and currency != "EUR":
        # Its format may show no sign of it.
        text = f"{text or cell.get(f'{_OFFICE}value')} {currency}"
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
            value = float(cell.get(f"{_OFFICE}value", ""))
            # A cell without a text shows its number.
            return value if not text else shown(value, text) or value
        if kind == "date":
            day = datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:26])
            return day if not text or shows_day(text, day) else text
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    return text or cell.get(f"{_OFFICE}string-value") or None


def _paragraph(element: Any, fonts: _Fonts) -> str:
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
            name, part = child.get(f"{_TEXT}style-name"), _paragraph(child, fonts)
            part = raised(part) if name in fonts.raised else part
            parts.append(struck(part) if name in fonts.struck and part else part)
        parts.append(child.tail or "")
    return "".join(parts)
