"""What the part of a sheet in an Excel workbook says of its cells beside their values.

Formulas that have no value, formats that add something to a number, cells that are struck through,
and those that are merged: openpyxl tells none of them when it reads row by row.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from esrdata.documents.document import Beside, Merged
from esrdata.documents.office.beside import column
from esrdata.documents.office.blocks import raised
from esrdata.documents.office.number_formats import BUILT_IN, Style, number_format, style
from esrdata.documents.office.settings import SETTINGS
from esrdata.documents.office.workbook import struck
from esrdata.documents.text import unescaped

# Row and column, counted from 0.
Place = tuple[int, int]
_STYLES = re.compile(r"xl/styles\d*\.xml")
# A cell with a formula and no value; one whose value is an empty text (t="str") has one.
_UNSAVED = re.compile(
    rb"<(?:\w+:)?c\b(?P<of>[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>(?P<formula>[^<]*)</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*(?P<zero>0)?\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_STORED = re.compile(rb'\bt="str"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_COLUMNS = re.compile(rb"<(?:\w+:)?col\b[^>]*\b(?:hidden=\"(?:1|true)|width=\"0)\"[^>]*>")
_REACH = re.compile(rb'\bm(?:in|ax)="(\d+)"')
_OFF = {"0", "false"}
# A text that stands in its cell, and the parts of one that have fonts of their own.
_IN_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?P<of>[^>]*\bt=\"inlineStr\"[^>]*)>\s*<(?:\w+:)?is>(?P<text>(?:(?!<(?:\w+:)?is>).)*?)</(?:\w+:)?is>",
    re.DOTALL,
)
_PIECE = re.compile(rb"<(?:\w+:)?r>((?:(?!<(?:\w+:)?r>).)*?)</(?:\w+:)?r>", re.DOTALL)
_WORDS = re.compile(rb"<(?:\w+:)?t\b[^>]*>([^<]*)</(?:\w+:)?t>")
_RAISED = re.compile(rb'<(?:\w+:)?vertAlign\b[^>]*\bval="superscript"')
_LINE_THROUGH = re.compile(rb'<(?:\w+:)?strike\b(?![^>]*\bval="(?:0|false)")')


_CONDITION = re.compile(rb'<(?:\w+:)?cfRule\b[^>]*\bdxfId="(\d+)"')


def styles(packed: zipfile.ZipFile) -> tuple[dict[int, Style], dict[int, str]]:
    """The styles of cells that change what a cell says, by the number that cells name.

    And what formats add to a number that holds on a condition, by the number of the rule.
    """
    name = next(filter(_STYLES.fullmatch, packed.namelist()), None)
    if name is None:
        return {}, {}
    root = ElementTree.fromstring(packed.read(name))
    added = {}
    for number, each in enumerate(root.iterfind("{*}dxfs/{*}dxf")):
        of_rule = each.find("{*}numFmt")
        shown = None if of_rule is None else number_format(of_rule.get("formatCode", ""))
        if shown is not None:
            added[number] = "".join(text for text, digits in shown.pieces if not digits)
    codes = dict(BUILT_IN)
    for each in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[each.get("numFmtId", "")] = each.get("formatCode", "")
    lines = [_is_struck(font) for font in root.iterfind("{*}fonts/{*}font")]
    found = {}
    for number, each in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        font = int(each.get("fontId", 0))
        code = codes.get(each.get("numFmtId", "0"), "")
        shows = style(code, is_struck=font < len(lines) and lines[font])
        if shows is not None:
            found[number] = shows
    return found, added


def on_condition(part: bytes, added: Mapping[int, str]) -> Iterator[Beside]:
    """What formats add to numbers of a sheet that fulfil a condition."""
    for rule in _CONDITION.finditer(part) if added else ():
        if int(rule[1]) in added:
            yield Beside(added[int(rule[1])])


def _is_struck(font: Any) -> bool:
    line = font.find("{*}strike")
    return line is not None and line.get("val") not in _OFF


def styled(part: bytes, known: Mapping[int, Style]) -> dict[Place, Style]:
    """The cells of a sheet that have one of some styles."""
    if not known:
        return {}
    numbers = "|".join(map(str, known)).encode()
    found = {}
    for cell in re.finditer(rb'<(?:\w+:)?c\b([^>]*?\bs="(' + numbers + rb')"[^>]*)>', part):
        place = _place(cell[1])
        if place is not None:
            found[place] = known[int(cell[2])]
    return found


def unsaved(part: bytes, *, zeros: bool) -> dict[Place, str]:
    """The formulas of a sheet that have no value, or with `zeros` a zero in its place."""
    found = {}
    for cell in _UNSAVED.finditer(part) if b"<f" in part or b":f" in part else ():
        place = _place(cell["of"])
        has_value = _STORED.search(cell["of"]) or (cell["zero"] and not zeros)
        if place is not None and not has_value:
            formula = unescaped((cell["formula"] or b"").decode("utf-8", "replace"))
            found[place] = f"={formula}"
    return found


def texts(part: bytes) -> dict[Place, str]:
    """The texts that stand in their cells and have raised or struck parts.

    openpyxl gives those without their fonts when it reads row by row.
    """
    found = {}
    fonts = b"vertAlign" in part or b"strike" in part
    for cell in _IN_CELL.finditer(part) if fonts and b"inlineStr" in part else ():
        pieces = list(_PIECE.finditer(cell["text"]))
        place = _place(cell["of"])
        if place is not None and any(map(_is_odd, pieces)):
            found[place] = "".join(map(_shown, pieces))
    return found


def _is_odd(piece: re.Match[bytes]) -> bool:
    return bool(_RAISED.search(piece[1]) or _LINE_THROUGH.search(piece[1]))


def _shown(piece: re.Match[bytes]) -> str:
    text = "".join(unescaped(t.decode("utf-8", "replace")) for t in _WORDS.findall(piece[1]))
    text = raised(text) if _RAISED.search(piece[1]) else text
    return struck(text) if _LINE_THROUGH.search(piece[1]) else text


def rows_hidden(part: bytes) -> frozenset[int]:
    """The rows of a sheet that are hidden, by hand or by a filter."""
    rows = map(_NUMBER.search, _ROW.findall(part) if b"hidden=" in part else ())
    return frozenset(int(row[1]) - 1 for row in rows if row is not None)


def columns_hidden(part: bytes) -> frozenset[int]:
    """The columns of a sheet that are hidden, or have no width."""
    found = set[int]()
    for columns in _COLUMNS.findall(part, 0, max(part.find(b"sheetData"), 0)):
        first, last = sorted(map(int, _REACH.findall(columns)))
        found.update(range(first - 1, min(last, SETTINGS.columns)))
    return frozenset(found)


def merged(part: bytes) -> Iterator[Merged]:
    """The cells of a sheet that reach over several rows or columns."""
    for found in _MERGED.finditer(part) if b"mergeCell" in part else ():
        left, right = column(found[1].decode()), column(found[3].decode())
        yield Merged(int(found[2]) - 1, int(found[4]) - 1, left, right - left + 1)


def _place(attributes: bytes) -> Place | None:
    place = _PLACE.search(attributes)
    return None if place is None else (int(place[2]) - 1, column(place[1].decode()))
