"""The part of a sheet in an Excel workbook: its cells as their formats show them.

openpyxl gives what a cell holds, element by element. A formula gives the value stored beside it;
one that has none, as programs leave it that write formulas and do not reckon, gives the formula
itself: that the cell is not empty must not be lost.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, Any
from xml.etree import ElementTree

from esrdata.documents.document import Beside, Merged
from esrdata.documents.office.beside import column, head
from esrdata.documents.office.blocks import raised
from esrdata.documents.office.number_formats import BUILT_IN, Style, number_format, style
from esrdata.documents.office.settings import SETTINGS
from esrdata.documents.office.workbook import SheetMade, struck

_STYLES = re.compile(r"xl/styles\d*\.xml")
_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
_OFF, _ON = {"0", "false"}, {"1", "true"}
_HEADS = {f"{page}{part}" for page in ("odd", "even", "first") for part in ("Header", "Footer")}
# What a cell tells whoever fills it in.
_PROMPTS = ("promptTitle", "prompt", "errorTitle", "error")


class Styles:
    """The styles of a workbook, as far as they change what a cell says.

    Attributes
    ----------
    cells
        Styles by the number that cells name.
    added
        What formats add to a number that holds on a condition, by the number of the rule.
    """

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.cells: dict[int, Style] = {}
        self.added: dict[str, str] = {}
        name = next(filter(_STYLES.fullmatch, packed.namelist()), None)
        if name is None:
            return
        root = ElementTree.fromstring(packed.read(name))
        for number, each in enumerate(root.iterfind("{*}dxfs/{*}dxf")):
            of_rule = each.find("{*}numFmt")
            shown = None if of_rule is None else number_format(of_rule.get("formatCode", ""))
            if shown is not None:
                self.added[str(number)] = "".join(t for t, digits in shown.pieces if not digits)
        codes = dict(BUILT_IN)
        for each in root.iterfind("{*}numFmts/{*}numFmt"):
            codes[each.get("numFmtId", "")] = each.get("formatCode", "")
        lines = [_is_struck(font) for font in root.iterfind("{*}fonts/{*}font")]
        for number, each in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
            font = int(each.get("fontId", 0))
            code = codes.get(each.get("numFmtId", "0"), "")
            shows = style(code, is_struck=font < len(lines) and lines[font])
            if shows is not None:
                self.cells[number] = shows


def _is_struck(font: Any) -> bool:
    line = font.find("{*}strike")
    return line is not None and line.get("val") not in _OFF


class SheetPart:
    """Reads the part of a sheet: what `made` holds besides the rows is whole behind the last one.

    `parser` is that of openpyxl, `unreckoned` tells that a zero may stand in place of a value.
    """

    def __init__(self, parser: Any, styles: Styles, made: SheetMade, *, unreckoned: bool) -> None:
        self._parser, self._styles, self._made = parser, styles, made
        self._unreckoned = unreckoned

    def rows(self, part: IO[bytes]) -> Iterator[list[object]]:
        """The rows of a sheet; those that are left out are empty."""
        made, prompts, on_condition = self._made, list[Beside](), list[Beside]()
        above = 0
        for _, element in ElementTree.iterparse(part):
            match element.tag.rpartition("}")[2]:
                case "row":
                    at, cells = self._parser.parse_row(element)
                    if at <= above:
                        raise ValueError("rows come in order")
                    if element.get("hidden") in _ON:
                        made.hidden.add(at - 1)
                    yield from ([] for _ in range(above + 1, at))
                    yield self._row(element, cells)
                    above = at
                    element.clear()
                case "col" if element.get("hidden") in _ON or element.get("width") == "0":
                    last = min(int(element.attrib["max"]), SETTINGS.columns)
                    made.columns_hidden.update(range(int(element.attrib["min"]) - 1, last))
                case "mergeCell" if found := _RANGE.fullmatch(element.get("ref", "")):
                    left, right = column(found[1]), column(found[3])
                    reach = Merged(int(found[2]) - 1, int(found[4]) - 1, left, right - left + 1)
                    made.merged.append(reach)
                case "cfRule" if element.get("dxfId", "") in self._styles.added:
                    on_condition.append(Beside(self._styles.added[element.attrib["dxfId"]]))
                case "dataValidation":
                    told = filter(None, map(element.get, _PROMPTS))
                    prompts += map(Beside, told)
                case name if name in _HEADS:
                    made.beside += head(element.text or "")
        made.beside += prompts + on_condition

    def _row(self, row: Any, cells: list[dict[str, Any]]) -> list[object]:
        values = list[object]()
        for element, cell in zip(row, cells, strict=True):
            values += [None] * (cell["column"] - 1 - len(values))
            if len(values) >= cell["column"]:
                raise ValueError("cells come in order")
            values.append(self._value(element, cell))
        return values

    def _value(self, element: Any, cell: Mapping[str, Any]) -> object:
        value = plain(cell["value"])
        if element.get("t") == "inlineStr" and element.find("{*}is/{*}t/../{*}r") is not None:
            raise ValueError("openpyxl drops what follows a text in fonts of its own")
        if not value and len(element) and element.get("t") != "str":
            formula = element.find("{*}f")
            if formula is not None and (value is None or self._unreckoned):
                value = f"={formula.text or ''}"
        shows = self._styles.cells.get(cell["style_id"])
        return value if shows is None else shows.shown(value)


def plain(value: object) -> object:
    """A text whose parts have fonts of their own as it is read: raised, or struck through."""
    if not isinstance(value, list):
        return value
    pieces = []
    for piece in value:
        text, font = str(piece), getattr(piece, "font", None)
        if font is not None and font.vertAlign == "superscript":
            text = raised(text)
        pieces.append(struck(text) if font is not None and font.strike else text)
    return "".join(pieces)
