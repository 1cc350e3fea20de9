"""Workbooks of values: no formulas, and the same content always gives the same bytes."""

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

#: Excel's limits for a cell and for a sheet's name, in UTF-16 units.
CELL, NAME = 32_767, 31
# Spreadsheets keep only fifteen digits of a number, too few for long codes.
_WHOLE = 10**15
# Lone surrogates, which no file can hold.
_HALF = re.compile("[\ud800-\udfff]")
# Headings and names are XML attributes: control characters, and what Excel takes for their escapes
# (_x0001_), would break them.
_CONTROLS = re.compile(r"[\s\x00-\x1f\x7f\ufffe\uffff]+|_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]+")
# A name reserved by Excel.
_RESERVED = "history"


@contextmanager
def workbook(file: BinaryIO, title: str = "", **options: object) -> "Iterator[Book]":
    """Give a workbook to write to; it is complete when the block ends.

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
            # A fixed date, so that the same content gives the same bytes.
            made.set_properties({"created": dt.datetime(2000, 1, 1), "title": line(title)})
            yield Book(made)
    except xlsxwriter.exceptions.FileCreateError as error:
        # Disk errors are raised as such: the content is not at fault.
        refused = error.args[0] if error.args else None
        raise refused if isinstance(refused, OSError) else OSError(str(error)) from error


@dataclass
class Book:
    """A workbook being written, counting the texts it could not hold whole."""

    made: Any
    names: set[str] = field(default_factory=lambda: {_RESERVED})
    formats: dict[tuple[object, ...], Any] = field(default_factory=dict)
    #: Texts that were cut, and lone surrogates that were replaced.
    cut: int = 0
    halves: int = 0

    def add(self, wanted: str) -> Any:
        """A new sheet, named as asked as far as Excel allows."""
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
        """A format; equal ones are made once."""
        key = tuple(sorted(looks.items()))
        if key not in self.formats:
            self.formats[key] = self.made.add_format({"valign": "top", **looks})
        return self.formats[key]

    def text(self, sheet: Any, row: int, place: int, text: str, **looks: object) -> None:
        """Write a text that does not become a formula when edited."""
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
        """Make rows a table with a filter; a table without rows gets a blank one.

        Headings share a format, or have their own.
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


@lru_cache(2**14)  # most texts of a large table repeat
def _fitting(text: str) -> tuple[str, int, bool]:
    """The part of a text that fits a cell, the surrogates replaced, and whether it was cut."""
    whole, halves = _HALF.subn("\ufffd", text)
    whole = visible(whole)
    fitting = fit(whole, CELL)
    return fitting, halves, fitting != whole


def line(text: str) -> str:
    """The text on one line, without characters that attributes cannot hold."""
    return _CONTROLS.sub(" ", _HALF.sub("\ufffd", text)).strip()


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def fit(text: str, most: int) -> str:
    """The text, cut with an ellipsis to so many UTF-16 units."""
    if 2 * len(text) <= most or units(text) <= most:
        return text
    kept = text[: most - 1]
    while units(kept) > most - 1:
        kept = kept[: len(kept) - max((units(kept) - most + 1) // 2, 1)]
    return kept + "…"


def write_value(
    sheet: Any, row: int, place: int, cell: object, dates: Any, look: Any = None
) -> bool:
    """Write a value that is no text, missing ones as blank; False if Excel cannot hold it."""
    if is_missing(cell):
        return True
    if isinstance(cell, bool) or type(cell).__name__ == "bool":  # also numpy's
        sheet.write_boolean(row, place, bool(cell), look)
    elif isinstance(cell, dt.date):
        # Excel has no days before 1900 and no time zones.
        if cell.year < 1900 or getattr(cell, "tzinfo", None) is not None:
            return False
        sheet.write_datetime(row, place, cell, dates)
    elif isinstance(cell, (int, float, Real, Decimal)):
        too_long = isinstance(cell, (int, Integral)) and not -_WHOLE < float(cell) < _WHOLE
        if too_long or not math.isfinite(cell):
            return False
        sheet.write_number(row, place, float(cell), look)
    else:
        return False
    return True
