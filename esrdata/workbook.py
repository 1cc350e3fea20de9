"""Workbooks of values: nothing in them is computed, and the same content gives the same bytes."""

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from numbers import Integral, Real
from typing import Any, BinaryIO

from esrdata.knowledge.formats import is_missing
from esrdata.tables.csv_file import LIVE
from esrdata.terminal import visible

#: Of the characters of a cell and of the name of a sheet no more fit; counted in UTF-16.
CELL, NAME = 32_767, 31
# Spreadsheets show fifteen digits of a number and lose the rest of a code that has more.
_WHOLE = 10**15
# Halves of a character, which no file can hold.
_HALF = re.compile("[\ud800-\udfff]")
# Headings and names stand in attributes: control characters, and what Excel takes for their
# escapes (_x0001_), would be damage there.
_CONTROLS = re.compile(r"[\s\x00-\x1f\x7f\ufffe\uffff]+|_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]+")
# Excel keeps the name for itself.
_RESERVED = "history"


@contextmanager
def workbook(file: BinaryIO, title: str = "", **options: object) -> "Iterator[Book]":
    """Give a workbook to write on; it is complete when the block is left.

    Parameters
    ----------
    file
        Where to.
    title
        Its title among the properties of the file.
    **options
        Options of `xlsxwriter.Workbook`, such as ``in_memory``.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    # Imported when used: most of esrdata needs no workbook.
    import xlsxwriter

    inert = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with xlsxwriter.Workbook(file, {**options, **inert}) as made:
            # The same content gives the same bytes on any day.
            made.set_properties({"created": dt.datetime(2000, 1, 1), "title": line(title)})
            yield Book(made)
    except xlsxwriter.exceptions.FileCreateError as error:
        # What the disk refuses goes by its own name: no fault of what is written.
        refused = error.args[0] if error.args else None
        raise refused if isinstance(refused, OSError) else OSError(str(error)) from error


@dataclass
class Book:
    """A workbook being written, and how many texts it could not hold whole."""

    made: Any
    names: set[str] = field(default_factory=lambda: {_RESERVED})
    formats: dict[tuple[object, ...], Any] = field(default_factory=dict)
    #: Texts that were cut, and halves of characters that were replaced.
    cut: int = 0
    halves: int = 0

    def add(self, wanted: str) -> Any:
        """A new sheet, its name as near to the wanted one as Excel allows."""
        name = line(_NOT_IN_NAMES.sub(" ", wanted)).replace("'", "’")
        name, tail, n = fit(name, NAME).strip(), "", 1
        while name.lower() in self.names or not name:
            n, shorter = n + 1, name.removesuffix(tail)
            tail = f" ({n})"
            name = (fit(shorter, NAME - len(tail)) + tail).strip()
        self.names.add(name.lower())
        sheet = self.made.add_worksheet(name)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        # Codes made of digits are texts on purpose.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def format(self, **looks: object) -> Any:
        """A format; one of the same looks is made once."""
        key = tuple(sorted(looks.items()))
        if key not in self.formats:
            self.formats[key] = self.made.add_format({"valign": "top", **looks})
        return self.formats[key]

    def text(self, sheet: Any, row: int, place: int, text: str, **looks: object) -> None:
        """Write a text; typed anew in a cell, it does not become a formula."""
        text = self.inert(text)
        if text.startswith(LIVE):
            looks["quote_prefix"] = True
        sheet.write_string(row, place, text, self.format(**looks))

    def inert(self, text: str) -> str:
        """The text as a cell can hold it."""
        fitting, halves, cut = _fitting(text)
        self.halves += halves
        self.cut += cut
        return fitting

    def table(
        self,
        sheet: Any,
        top: int,
        rows: int,
        heads: Sequence[str],
        name: str = "",
        own: Sequence[Mapping[str, object]] = (),
        **looks: object,
    ) -> None:
        """Make rows a table with a filter; one that has no rows has a blank one.

        Headings have the same looks, and their own where there are some.
        """
        columns = [
            {
                "header": head,
                "header_format": self.format(
                    **{**looks, **more}, quote_prefix=head.startswith(LIVE)
                ),
            }
            for head, more in zip(heads, own or [{}] * len(heads), strict=True)
        ]
        named = {"name": name} if name else {}
        style = {"columns": columns, "style": "Table Style Light 1", **named}
        sheet.add_table(top, 0, top + max(rows, 1), len(heads) - 1, style)
        sheet.repeat_rows(top)


@lru_cache(2**14)  # most texts of a large table stand in it many times
def _fitting(text: str) -> tuple[str, int, bool]:
    """What a cell can hold of a text, how many halves of letters it had, and whether it was cut."""
    whole, halves = _HALF.subn("\ufffd", text)
    whole = visible(whole)
    fitting = fit(whole, CELL)
    return fitting, halves, fitting != whole


def line(text: str) -> str:
    """The text on one line and without characters that attributes cannot hold."""
    return _CONTROLS.sub(" ", _HALF.sub("\ufffd", text)).strip()


def units(text: str) -> int:
    """How long a text is in UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)


def fit(text: str, most: int) -> str:
    """The text, or its beginning and an ellipsis, in so many units of UTF-16."""
    if 2 * len(text) <= most or units(text) <= most:
        return text
    kept = text[: most - 1]
    while units(kept) > most - 1:
        kept = kept[: len(kept) - max((units(kept) - most + 1) // 2, 1)]
    return kept + "…"


def write_value(
    sheet: Any, row: int, place: int, cell: object, dates: Any, look: Any = None
) -> bool:
    """Write what is no text and leave missing cells blank; False for what Excel cannot hold."""
    if is_missing(cell):
        return True
    if isinstance(cell, bool) or type(cell).__name__ == "bool":  # numpy's too
        sheet.write_boolean(row, place, bool(cell), look)
    elif isinstance(cell, dt.date):
        # Excel knows no day before 1900, and no time zones.
        if cell.year < 1900 or getattr(cell, "tzinfo", None) is not None:
            return False
        sheet.write_datetime(row, place, cell, dates)
    elif isinstance(cell, int | float | Real | Decimal):
        too_long = isinstance(cell, int | Integral) and not -_WHOLE < float(cell) < _WHOLE
        if too_long or not math.isfinite(cell):
            return False
        sheet.write_number(row, place, float(cell), look)
    else:
        return False
    return True
