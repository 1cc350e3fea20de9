"""An Excel workbook of before 2007 (`.xls`): the same lines as the newer kind gives."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from esrdata.documents.document import Beside, Merged
from esrdata.documents.lines import STRUCK
from esrdata.documents.office import beside
from esrdata.documents.office.blocks import OfficeText, raised
from esrdata.documents.office.number_formats import Style, style
from esrdata.documents.office.workbook import SheetMade, struck, workbook
from esrdata.documents.unread import UnreadError

# The name of the stream that holds the sheets, in a compound file.
_NAMES = ("Workbook", "Book")
_STREAMS = tuple(name.encode("utf-16-le") for name in _NAMES)
# The first version whose texts are in Unicode.
_UNICODE = 80
_WORD = "WordDocument".encode("utf-16-le")
_PASSWORD = "encrypted"
_RAISED = 1


def is_workbook(data: bytes) -> bool:
    """Whether the bytes of a compound file are a workbook."""
    return any(stream in data for stream in _STREAMS) and _WORD not in data


def read(data: bytes) -> OfficeText:
    """Read an old workbook; without xlrd, the finding says what to install."""
    try:
        import xlrd
    except ModuleNotFoundError as error:
        raise UnreadError("format_needs_extra", "xls") from error
    try:
        with io.StringIO() as log:
            book = xlrd.open_workbook(file_contents=data, logfile=log, formatting_info=True)
        styles = dict(_styles(book))
        new = book.biff_version >= _UNICODE
        heads = beside.of_old(data, xlrd.compdoc, _NAMES) if new else [()] * book.nsheets
        return workbook(
            _sheet(sheet, book, styles, xlrd, each)
            for sheet, each in zip(book.sheets(), heads, strict=True)
        )
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as error:
        locked = _PASSWORD in str(error)
        raise UnreadError("workbook_encrypted" if locked else "workbook_broken") from error


def _styles(book: Any) -> Iterator[tuple[int, Style]]:
    """The styles of cells that change what a cell says, by the number that cells name."""
    for number, each in enumerate(book.xf_list):
        line = book.font_list[each.font_index].struck_out != 0
        found = style(book.format_map[each.format_key].format_str, is_struck=line)
        if found is not None:
            yield number, found


def _sheet(
    sheet: Any, book: Any, styles: Mapping[int, Style], xlrd: Any, heads: Sequence[Beside]
) -> OfficeText:
    notes = (Beside(note.text, 1, *place) for place, note in sheet.cell_note_map.items())
    made = SheetMade(
        _rows(sheet, book, styles, xlrd),
        [Merged(a, b - 1, left, right - left) for a, b, left, right in sheet.merged_cells],
        [*heads, *notes],
        {at for at, row in sheet.rowinfo_map.items() if row.hidden},
        {at for at, info in sheet.colinfo_map.items() if info.hidden},
    )
    hidden, is_old = sheet.visibility != 0, book.datemode == 1
    return made.text(sheet.name, None, hidden=hidden, from_1904=is_old)


def _rows(sheet: Any, book: Any, styles: Mapping[int, Style], xlrd: Any) -> Iterator[list[object]]:
    for i in range(sheet.nrows):
        row = sheet.row(i)
        values = [_value(cell, book, xlrd) for cell in row]
        if styles:
            kinds = (styles.get(cell.xf_index) for cell in row)
            values = [v if s is None else s.shown(v) for v, s in zip(values, kinds, strict=True)]
        yield [
            _in_parts(value, sheet.rich_text_runlist_map[i, column], book)
            if (i, column) in sheet.rich_text_runlist_map
            else value
            for column, value in enumerate(values)
        ]


def _in_parts(value: object, runs: Sequence[tuple[int, int]], book: Any) -> object:
    """A text whose parts have fonts of their own as it is read: raised, or struck through."""
    if not isinstance(value, str) or value.startswith(STRUCK):
        return value
    ends = [*(begin for begin, _ in runs[1:]), len(value)]
    pieces = [value[: runs[0][0]]]
    for (begin, number), end in zip(runs, ends, strict=True):
        text, font = value[begin:end], book.font_list[number]
        text = raised(text) if font.escapement == _RAISED else text
        pieces.append(struck(text) if font.struck_out and text else text)
    return "".join(pieces)


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
