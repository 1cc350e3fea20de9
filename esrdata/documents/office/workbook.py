"""A workbook as text: a row of a sheet is a line, its cells are divided by tabs.

Lines count as spreadsheets count rows and pages as they count sheets: empty rows are lines, hidden
sheets are pages, and a sheet that holds a chart is a page without lines. Of cells that are merged,
the first holds the value; which they are is told. What is struck through stands
between two tildes, `~~1000~~`.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from unicodedata import normalize

from esrdata.documents.document import Beside, Merged, Sheet
from esrdata.documents.layout import UNSEEN_SIGNS
from esrdata.documents.lines import LINE_BREAK, STRUCK
from esrdata.documents.office.blocks import OfficeText
from esrdata.documents.unread import UnreadError
from esrdata.limits import limits

# A small file can be packed so that it fills the memory.
LARGEST = 2**30
# A line costs as much as so many characters: a file of a kilobyte can claim a million empty rows.
_LINE = 64
# A sheet of labels and values has no more cells in a row, and no longer label.
_CELLS, _LABEL = 3, 120
# How spreadsheets show numbers: with so many digits, which hides what binary fractions leave.
_DIGITS = 15
_SHARP = 10**_DIGITS
# How a workbook writes what XML cannot hold: the carriage return, which exports leave at line
# ends. Only control characters: a library may have taken the mark off text that merely looks so.
_ESCAPE = re.compile(r"_x00([01][0-9A-Fa-f])_")
# One class of characters: alternatives take ten times as long, and texts are long here.
_SIGN = re.compile(f"[\x00-\x1f\x85\u2028\u2029{UNSEEN_SIGNS}]")
_INSTEAD = {"\t": " ", **dict.fromkeys("\n\v\f\r\x85\u2028\u2029", LINE_BREAK)}
_TURNING = "\u202d\u202e"
_UNNOTICED = {*_INSTEAD, "\u00ad", "\ufeff"}


def check_size(packed: zipfile.ZipFile, size: int) -> None:
    """Raise where the parts of a file of `size` bytes are too large; none gives more than it says.

    Raises `UnreadError` or `LimitError`.
    """
    unpacked = sum(part.file_size for part in packed.infolist())
    if unpacked > LARGEST:
        raise UnreadError("workbook_too_large")
    limits().check_unpacked(size, unpacked)


def workbook(sheets: Iterable[OfficeText], packed: int | None = None) -> OfficeText:
    """Put sheets together; `packed` is the size of the file where it is a packed one.

    Raises `UnreadError` if there is none.
    """
    found: list[OfficeText] = []
    size = 0
    for lines in sheets:
        size += len(lines.text)
        if packed is not None:
            limits().check_text(packed, size)
        found.append(lines)
    if not found:
        raise UnreadError("workbook_broken")
    left_out = sum((Counter(sheet.left_out) for sheet in found), Counter[str]())
    text = "\n\f".join(sheet.text for sheet in found)
    above, merged, beside = 0, list[Merged](), list[Beside]()
    for page, lines in enumerate(found, 1):
        merged += (m._replace(first=above + m.first, last=above + m.last) for m in lines.merged)
        for each in lines.beside:
            line = None if each.line is None else above + each.line
            beside.append(each._replace(page=page, line=line))
        above += lines.text.count("\n") + 1
    named = tuple(sheet for lines in found for sheet in lines.sheets)
    return OfficeText(text, dict(sorted(left_out.items())), tuple(merged), tuple(beside), named)


def sheet_text(rows: Iterable[Iterable[object]], packed: int | None = None) -> OfficeText:
    """The lines of a sheet, those behind its last full row left out.

    Raises `UnreadError` if it is too large: many cells can share one long text.
    """
    lines: list[str] = []
    alone: list[int] = []
    filled = size = widest = 0
    # Most texts of a list stand in many of its rows.
    known: dict[str, str] = {}
    for row in rows:
        whole = _line(row, known)
        line = whole.rstrip("\t")
        lines.append(line)
        cells = line.count("\t")
        widest = max(widest, cells)
        if line and not cells and len(line) < _LABEL:
            alone.append(len(lines) - 1)
        # Empty cells and rows cost a little even at the end.
        size += len(whole) + 1
        if line:
            # Empty rows cost something where a full one follows: they are lines then.
            size += _LINE * (len(lines) - filled)
            filled = len(lines)
        if size > LARGEST:
            raise UnreadError("workbook_too_large")
        if packed is not None:
            limits().check_text(packed, size)
    if 0 < widest < _CELLS:
        # Beside labels an empty cell is a value that is not there.
        for i in alone:
            lines[i] += "\t"
    return OfficeText("\n".join(lines[:filled]), _left_out(known))


@dataclass
class SheetMade:
    """What is gathered of a sheet: rows and columns are counted from 0."""

    rows: Iterable[Sequence[object]] = ()
    merged: list[Merged] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    columns_hidden: set[int] = field(default_factory=set)

    def text(
        self, name: str, packed: int | None, *, hidden: bool, from_1904: bool = False
    ) -> OfficeText:
        """The sheet and its lines; its rows may come only now, and all else with them."""
        lines = sheet_text(self.rows, packed)
        unseen = frozenset(self.hidden), frozenset(self.columns_hidden)
        sheet = Sheet(name, hidden, unseen[0], from_1904, unseen[1])
        merged, beside = tuple(self.merged), tuple(self.beside)
        return lines._replace(merged=merged, beside=beside, sheets=(sheet,))


def _left_out(texts: Iterable[str]) -> Counter[str]:
    """How many signs of each kind are left out of texts; the soft hyphen is none to speak of."""
    counts: Counter[str] = Counter()
    for text in texts:
        if not text.isprintable() or "_x00" in text:
            for sign in _SIGN.findall(_ESCAPE.sub(_escaped, text)):
                if sign in _TURNING or sign < " ":
                    counts["control"] += sign not in _INSTEAD
                else:
                    counts["invisible"] += sign not in _UNNOTICED
    return +counts


def _line(row: Iterable[object], known: dict[str, str]) -> str:
    cells = []
    for value in row:
        if value is None:
            cells.append("")
        elif isinstance(value, str):
            text = known.get(value)
            if text is None:
                text = known[value] = _tidy(value)
            cells.append(text)
        else:
            cells.append(written(value))
    return "\t".join(cells)


def _tidy(text: str) -> str:
    if not text.isprintable() or "_x00" in text:
        text = _ESCAPE.sub(_escaped, text)
        text = text.replace("\r\n", "\n")
        text = _SIGN.sub(lambda sign: _INSTEAD.get(sign[0], ""), text)
    return normalize("NFC", text)


def _escaped(code: re.Match[str]) -> str:
    return chr(int(code[1], 16))


def struck(value: object) -> str:
    """A value that is struck through."""
    return f"{STRUCK}{value if isinstance(value, str) else written(value)}{STRUCK}"


def written(value: object) -> str:
    """A value that is no text, as it is written without the format of its cell."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number(value)
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


def number(value: float) -> str:
    """A number with as many digits as spreadsheets show."""
    if value.is_integer() and abs(value) < _SHARP:
        return str(int(value))
    text = f"{value:.{_DIGITS}g}"
    return format(Decimal(text), "f") if "e" in text else text
