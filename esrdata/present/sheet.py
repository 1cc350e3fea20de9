"""Content as a workbook: a cover, its tables, the numbers behind its figures, and raw tables."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile
from numbers import Real
from pathlib import Path
from textwrap import wrap
from typing import Any, BinaryIO

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.knowledge.wording import is_missing, table_label, word
from esrdata.present.model import Column, Content, Figure, Table, Written
from esrdata.present.traces import CSV, PARQUET, whole
from esrdata.present.traces import ROWS as TRACED_ROWS
from esrdata.present.worded import typed
from esrdata.stats.columns import label as column_label
from esrdata.tables import columns
from esrdata.tables.csv_file import LIVE
from esrdata.tables.display import labelled
from esrdata.tables.overview import declared
from esrdata.tables.staging import staged
from esrdata.workbook import CELL, NAME, Book, fit, line, workbook, write_value

#: Of a table so many rows are written; a sheet would hold some 48,000 more.
ROWS = 1_000_000
#: A raw table of more rows is in the Parquet and CSV files alone: nobody reads it in a workbook.
RAW_ROWS = 5_000
#: Groups that a chart beside a table shows at most, and how high each is in pixels.
_BARS, _BAR = 30, 34
# Widths in characters: of any column, of one of a report's tables, of one of raw data.
_NARROW, _WIDE, _RAW = 9, 80, 40
# Widths are taken from so many rows.
_LOOKED = 1_000
# The highest a note may be, in lines: it stays in sight when the table is scrolled.
_LINES = 10
# A note is so wide at least, in characters, and a column of its own width is so wide.
_NOTE, _COLUMN = 90, 8.43
# Planned is pale, realised dark; one series alone is dark.
_COLOURS = ("#C9DCEC", "#12436D")
# The first row of a table that has a title, a note and a link above it.
_BELOW = 3
#: Points stand in cells as they are read: no format of numbers makes them of ratios.
_HUNDRED = 100
#: A line in points, the highest row there is, and the share of a column that a line fills.
_LINE, _HIGHEST, _TIGHT = 15.0, 405.0, 0.85


@dataclass(frozen=True)
class _Sheet:
    """A sheet with one table; without `captioned` the table begins at the top."""

    name: str
    title: str
    columns: Sequence[Column]
    cells: Sequence["pd.Series[Any]"]
    rows: int
    note: str = ""
    captioned: bool = True
    table: str | None = None
    bars: Sequence[str] = ()
    total: bool = False


def write_excel(
    content: Content, path: Path, behind: Mapping[str, pd.DataFrame] | None = None
) -> None:
    """Write a workbook: everything in it is a value, nothing is computed when it is opened.

    The same content gives the same bytes. A former workbook stays whole until the new one is
    complete. What does not fit into Excel (rows above `ROWS`, texts of more than 32,767 characters)
    is counted on the cover.

    Parameters
    ----------
    content
        What to write: its facts, the tables of its sections, and its raw tables.
    path
        Where to; a file name that ends in ``.xlsx``. A file there is replaced.
    behind
        The data drawn in figures, by the keys of the figures. Named indices become columns.

    Raises
    ------
    UsageError
        If the language is unknown, the name does not end in ``.xlsx``, or data belong to no figure.
    StoreError
        If the folder cannot be written.
    """
    word("excel.cover", content.lang)  # refuses an unknown language before anything is written
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"The name {path.name} does not end in .xlsx, as a workbook's must.")
    parts = [part for section in content.sections for part in section.parts]
    figures = {part.key for part in parts if isinstance(part, Figure)}
    drawn = {} if behind is None else behind
    if strayed := sorted(drawn.keys() - figures):
        raise UsageError(f"The content has no figure {strayed[0]!r} to give the numbers of.")
    sheets = [
        *_tables([part for part in parts if isinstance(part, Table)], content.lang),
        *_drawn([part for part in parts if isinstance(part, Figure)], drawn, content.lang),
        *_traced(content),
        *_raw(content),
    ]
    with staged(path.parent) as stage:
        draft = stage / path.name
        with draft.open("wb") as file:
            _write(content, sheets, file, stage)
        draft.replace(path)


def _tables(tables: Iterable[Table], lang: str) -> Iterator[_Sheet]:
    for n, table in enumerate(tables, start=1):
        name = word("excel.table", lang, n=n, title=table.sheet or table.title)
        title = word("caption.numbered", lang, n=n, text=table.title)
        cells = [table.frame[column.name] for column in table.columns]
        yield _Sheet(
            name, title, table.columns, cells, len(table.frame), table.note,
            bars=table.bars, total=table.total,
        )  # fmt: skip


def _drawn(
    figures: Iterable[Figure], behind: Mapping[str, pd.DataFrame], lang: str
) -> Iterator[_Sheet]:
    for n, figure in enumerate(figures, start=1):
        if figure.key in behind:
            data = behind[figure.key]
            data = data if data.index.names == [None] else data.reset_index()
            name = word("excel.figure", lang, n=n, title=figure.title)
            title = word("excel.numbers", lang, n=n, title=figure.title)
            if not data.attrs and figure.statistic is not None:
                data = data.copy()
                data.attrs = figure.statistic.attrs
            heads, worded = typed(data, lang)
            cells = [worded.iloc[:, place] for place in range(len(heads))]
            yield _Sheet(name, title, heads, cells, len(worded), note=figure.note)


def _traced(content: Content) -> Iterator[_Sheet]:
    """What the figures of statistics tables are made of; where it is too much, where that is."""
    if not content.traced:
        return
    lang, rows = content.lang, _below(whole(content), _folder(content))
    note = word("trace.note", lang)
    if len(rows) > TRACED_ROWS:
        files = word("trace.in_files", lang, n=len(rows), csv=CSV, parquet=PARQUET)
        note, rows = f"{note} {files}", rows.head(0)
    own = {"table": "table", "group": "group", "value": "value", "used_in": "used_in"}
    own |= {"reason": "why_not"}
    heads = [
        Column(
            str(name),
            word(f"trace.{own[name]}", lang) if name in own else column_label(str(name), lang),
            "integer" if name in ("page", "line") else "text",
        )
        for name in rows
    ]
    title = word("trace.sheet", lang)
    yield _Sheet(title, title, heads, [rows[name] for name in rows], len(rows), note)


def _raw(content: Content) -> Iterator[_Sheet]:
    """The tables of the portfolio with headings and codes in words; the longest are left out."""
    folder = _folder(content)
    for name, frame in content.raw.items():
        if len(frame) > RAW_ROWS:
            continue
        known = name in load.table_specs()
        entries: Mapping[str, Mapping[str, Any]] = columns.columns(name) if known else {}
        if name == "overview":
            entries = declared(content.raw)
        frame = _below(frame, folder)
        label = table_label(name, content.lang) if known else name
        if name == "dictionary":
            label, frame = word("excel.dictionary", content.lang), _dictionary(frame, content.lang)
        worded = labelled(frame, entries, content.lang) if known else frame
        heads, cells, rows = _as_they_are(worded)
        kinds = [entries.get(column, {}).get("type") for column in frame.columns]
        heads = [
            replace(head, kind="money", decimals=2) if kind == "money" else head
            for head, kind in zip(heads, kinds, strict=True)
        ]
        table = f"esr_{name}" if known else None
        yield _Sheet(label, label, heads, cells, rows, captioned=False, table=table)


def _folder(content: Content) -> str:
    """The folder that all files are in; it is the business of whoever read them."""
    files: Iterable[object] = content.raw.get("files", pd.DataFrame()).get("file", ())
    parts = [str(file).split("/")[:-1] for file in files]
    shared = takewhile(lambda names: len(set(names)) == 1, zip(*parts, strict=False))
    return "".join(f"{names[0]}/" for names in shared)


def _below(frame: pd.DataFrame, folder: str) -> pd.DataFrame:
    """A table with its files as they are called below the folder of all."""
    if not folder or "file" not in frame:
        return frame
    short = frame["file"].astype("string").str.removeprefix(folder)
    return frame.assign(file=short)


def _dictionary(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The data dictionary in the language of the report."""
    if not {"table", "column", f"label_{lang}"} <= set(frame.columns):
        return frame
    names = {
        "table": frame["table"].map(lambda name: table_label(str(name), lang)),
        "label": frame[f"label_{lang}"],
        "file": frame["table"],
        "column": frame["column"],
        "unit": frame["unit"].map(
            lambda unit: unit if is_missing(unit) else word(f"excel.unit.{unit}", lang)
        ),
        "description": frame["description" if lang == "en" else f"description_{lang}"],
    }
    return pd.DataFrame({word(f"excel.head.{key}", lang): v for key, v in names.items()})


def _as_they_are(
    frame: pd.DataFrame,
) -> tuple[list[Column], list["pd.Series[Any]"], int]:
    """Columns under their own names, and numbers without separators: many are codes and places."""
    headed, cells = [], []
    for place, name in enumerate(frame.columns):
        values = frame.iloc[:, place]
        kind = "date" if pd.api.types.is_datetime64_any_dtype(values) else "text"
        headed.append(Column(str(name), str(name), kind))
        cells.append(values)
    return headed, cells, len(frame)


def _lines(text: object, width: float) -> int:
    """About how many lines a cell has; letters are wider where the workbook's font is not."""
    room = max(int(width * _TIGHT), 4)
    return sum(max(len(wrap(line, room)), 1) for line in str(text).split("\n"))


def _write(content: Content, sheets: Sequence[_Sheet], file: BinaryIO, stage: Path) -> None:
    with workbook(file, content.title, tmpdir=str(stage)) as book:
        writer = _Writer(book, content.lang)
        # The cover is the first sheet but is written last, when it is known what did not fit.
        cover = book.add(word("excel.cover", content.lang))
        names = [writer.table(sheet, cover.name) for sheet in sheets]
        writer.cover(cover, content, list(zip(names, sheets, strict=True)))


@dataclass
class _Writer:
    """Writes a report's sheets into one workbook."""

    book: Book
    lang: str

    def pattern(self, column: Column) -> str:
        """The number format of a column."""
        tail = "." + "0" * column.decimals if column.decimals else ""
        if column.kind in ("millions", "thousands"):
            # The cell has the whole sum; its heading has the unit.
            return "#,##0.0,," if column.kind == "millions" else "#,##0,"
        if column.kind in ("money", "percent"):
            digits = ("#,##0" if column.kind == "money" else "0") + tail
            return word(f"excel.{column.kind}", self.lang, digits=digits)
        if column.kind == "date":
            return word("excel.date", self.lang)
        if column.kind == "p":
            return "0.000"
        if column.kind == "points":
            return word("excel.points", self.lang, digits="0" + tail)
        return "#,##0" + tail if column.kind in ("integer", "number") else "General"

    def table(self, given: _Sheet, cover: str) -> str:
        """Write a sheet; gives its name."""
        sheet = self.book.add(given.name)
        top = _BELOW if given.captioned else 0
        rows = min(given.rows, ROWS)
        heads = _headings(given.columns)
        widths = []
        right = [
            _is_number(column, values)
            for column, values in zip(given.columns, given.cells, strict=True)
        ]
        for place, (column, values) in enumerate(zip(given.columns, given.cells, strict=True)):
            stands = _stands(given.columns, right, place)
            looks: dict[str, object] = {"num_format": self.pattern(column), **stands}
            if given.captioned and column.kind == "text":
                looks["text_wrap"] = True
            cells = values.iloc[:rows].tolist()
            if column.kind == "points":
                cells = [None if is_missing(cell) else _HUNDRED * cell for cell in cells]
            widths.append(_width(heads[place], cells[:_LOOKED], column, given.captioned))
            look = self.book.format(**looks)
            quoted = self.book.format(**looks, quote_prefix=True)
            sheet.set_column(place, place, widths[-1], look)
            self.column(sheet, top + 1, place, cells, look, quoted, stands)
        if given.captioned:
            self.caption(sheet, given, widths, cover)
        if not heads:
            self.book.text(sheet, top, 0, word("no_data", self.lang))
            return str(sheet.name)
        looks = {"bold": True, "bottom": 1, "text_wrap": given.captioned, "valign": "bottom"}
        off = [_stands(given.columns, right, place) for place in range(len(heads))]
        self.book.table(sheet, top, rows, heads, given.table or "", off, **looks)
        if given.captioned:
            self.heights(sheet, top, heads, given, widths)
        # Of raw data the key stays in sight too.
        sheet.freeze_panes(top + 1, 0 if given.captioned else 1)
        # One bar has nothing to stand beside.
        if given.bars and 1 < given.rows - given.total <= _BARS:
            self.chart(sheet, given, top, len(widths) + 1)
        return str(sheet.name)

    def heights(
        self, sheet: Any, top: int, heads: Sequence[str], given: _Sheet, widths: Sequence[float]
    ) -> None:
        """Give rows the height of their texts: LibreOffice and Excel measure none on opening."""
        texts = [
            values.iloc[:_LOOKED].tolist()
            for column, values in zip(given.columns, given.cells, strict=True)
            if column.kind == "text"
        ]
        own = [w for c, w in zip(given.columns, widths, strict=True) if c.kind == "text"]
        rows = [(top, list(zip(heads, widths, strict=True)))]
        rows += [
            (at, list(zip(row, own, strict=True)))
            for at, row in enumerate(zip(*texts, strict=True), start=top + 1)
        ]
        for at, cells in rows:
            lines = max((_lines(text, wide) for text, wide in cells), default=1)
            if lines > 1:
                sheet.set_row(at, min(_LINE * lines, _HIGHEST))

    def chart(self, sheet: Any, given: _Sheet, top: int, place: int) -> None:
        """A chart of Excel's own beside a table: it follows the numbers if they are changed."""
        first, last = top + 1, top + given.rows - given.total
        made = self.book.made.add_chart({"type": "bar"})
        at = {column.name: number for number, column in enumerate(given.columns)}
        colours = _COLOURS if len(given.bars) > 1 else _COLOURS[1:]
        for name, colour in zip(given.bars, colours, strict=True):
            if name in at:
                made.add_series(
                    {
                        "name": [sheet.name, top, at[name]],
                        "categories": [sheet.name, first, 0, last, 0],
                        "values": [sheet.name, first, at[name], last, at[name]],
                        "fill": {"color": colour},
                        "gap": 60,
                    }
                )
        # Rows stand from above, as in the table.
        made.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        shown = next(column for column in given.columns if column.name in given.bars)
        lines = {"visible": True, "line": {"color": "#E3E7EA"}}
        # The axis needs no decimals.
        pattern = self.pattern(replace(shown, decimals=0))
        # Excel would cut the axis where bars are alike, and lengths would no longer tell sizes.
        least = min((given.cells[at[name]].min() for name in given.bars if name in at), default=0)
        origin = {} if is_missing(least) or least < 0 else {"min": 0}
        made.set_x_axis({"major_gridlines": lines, "num_format": pattern, **origin})
        made.set_title({"name": given.title, "name_font": {"size": 11}, "overlay": False})
        made.set_legend({"position": "bottom"} if len(given.bars) > 1 else {"none": True})
        made.set_size({"width": 720, "height": 150 + _BAR * (last - first + 1)})
        sheet.insert_chart(top, place, made, {"description": given.title})

    def caption(self, sheet: Any, given: _Sheet, widths: Sequence[float], cover: str) -> None:
        self.book.text(sheet, 0, 0, given.title, bold=True, font_size=13)
        if given.note:
            beside = max(math.ceil((_NOTE - sum(widths)) / _COLUMN), 0)
            last = len(widths) + beside - 1
            if last > 0:
                sheet.merge_range(1, 0, 1, last, "", self.book.format(text_wrap=True))
            self.book.text(sheet, 1, 0, given.note, text_wrap=True)
            lines = math.ceil(len(given.note) * 1.1 / (sum(widths) + beside * _COLUMN))
            sheet.set_row(1, 15 * min(lines + given.note.count("\n"), _LINES))
        back = self.book.format(font_color="#0563C1", underline=1)
        sheet.write_url(2, 0, f"internal:'{cover}'!A1", back, word("excel.back", self.lang))

    def own(self, cell: Written) -> Any:
        """The look of a number in a unit of its own, with the word before it."""
        pattern = self.pattern(Column("", "", cell.kind, cell.decimals))
        # A mark of quotation in a pattern would end its text.
        before = cell.before.replace('"', "")
        pattern = f'"{before} "{pattern}' if before else pattern
        return self.book.format(num_format=pattern, align="right")

    def column(
        self,
        sheet: Any,
        row: int,
        place: int,
        cells: list[Any],
        look: Any,
        quoted: Any,
        stands: Mapping[str, object],
    ) -> None:
        """Write cells below each other; texts that would be formulas elsewhere look `quoted`."""
        dates = self.book.format(num_format=word("excel.date", self.lang), **stands)
        for number, cell in enumerate(cells, start=row):
            # Asked first of texts, for most cells of the largest tables are.
            if isinstance(cell, Written):
                value = cell.value * (_HUNDRED if cell.kind == "points" else 1)
                sheet.write_number(number, place, value, self.own(cell))
            elif isinstance(cell, str) or not write_value(sheet, number, place, cell, dates, look):
                text = self.book.inert(str(cell))
                live = quoted if text.startswith(LIVE) else look
                sheet.write_string(number, place, text, live)

    def cover(self, sheet: Any, content: Content, sheets: Sequence[tuple[str, _Sheet]]) -> None:
        lang = self.lang
        sheet.set_column(0, 0, NAME + 2)
        sheet.set_column(1, 1, 90)
        sheet.set_column(2, 2, 14)
        self.book.text(sheet, 0, 0, content.title, bold=True, font_size=16)
        row = 2
        for label, text in content.facts:
            self.book.text(sheet, row, 0, label, bold=True, text_wrap=True)
            if isinstance(text, Written):
                # It stands below texts, far from the edge of so wide a column.
                pattern = self.pattern(Column("", "", text.kind))
                look = self.book.format(num_format=pattern, align="left")
                sheet.write_number(row, 1, text.value, look)
            else:
                self.book.text(sheet, row, 1, text, text_wrap=True)
            row += 1
        row += 1
        for place, key in enumerate(("sheet", "contents", "rows")):
            looks = {"bold": True, "bottom": 1, "align": "right" if key == "rows" else "left"}
            self.book.text(sheet, row, place, word(f"excel.{key}", lang), **looks)
        link = self.book.format(font_color="#0563C1", underline=1)
        for name, given in sheets:
            row += 1
            sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name)
            self.book.text(sheet, row, 1, given.title, text_wrap=True)
            sheet.write_number(row, 2, given.rows, self.book.format(num_format="#,##0"))
        row += 2
        for text in [*self.limits(sheets), *self.elsewhere(content)]:
            self.book.text(sheet, row, 0, word("excel.limits", lang), bold=True)
            self.book.text(sheet, row, 1, text, text_wrap=True)
            row += 1

    def elsewhere(self, content: Content) -> Iterator[str]:
        """Tables that are in files beside the workbook alone."""
        long = [name for name, frame in content.raw.items() if len(frame) > RAW_ROWS]
        if long:
            specs = load.table_specs()
            names = [table_label(n, self.lang) if n in specs else n for n in long]
            yield word("excel.elsewhere", self.lang, names=", ".join(names), most=RAW_ROWS)

    def limits(self, sheets: Sequence[tuple[str, _Sheet]]) -> Iterator[str]:
        """What of the content the workbook does not hold; to be asked when all else is written."""
        for name, given in sheets:
            if given.rows > ROWS:
                yield word("excel.omitted", self.lang, name=name, rows=given.rows, most=ROWS)
        if self.book.cut:
            yield word("excel.cut", self.lang, n=self.book.cut, most=CELL)
        if self.book.halves:
            yield word("excel.halves", self.lang, n=self.book.halves)


def _headings(columns: Sequence[Column]) -> list[str]:
    """Headings as a table needs them: on one line, not empty, each once whatever its case."""
    heads: list[str] = []
    taken: set[str] = set()
    for column in columns:
        label = fit(line(column.label) or line(column.name) or "–", 240)
        head, n = label, 1
        while head.lower() in taken:
            n += 1
            head = f"{label} ({n})"
        taken.add(head.lower())
        heads.append(head)
    return heads


def _is_number(column: Column, values: "pd.Series[Any]") -> bool:
    """Whether a column holds numbers: of some, as years are, nothing is known but the dtype."""
    if column.kind in ("text", "date"):
        return is_numeric_dtype(values) and not is_bool_dtype(values)
    return True


def _stands(columns: Sequence[Column], right: Sequence[bool], place: int) -> dict[str, object]:
    """Where text stands in a column: numbers and their heading on the right, off the next text."""
    if right[place]:
        return {"align": "right"}
    if place and right[place - 1]:
        return {"align": "left", "indent": 1}
    return {"align": "left"} if columns[place].kind == "date" else {}


def _width(head: str, cells: Sequence[object], column: Column, wrapped: bool) -> int:
    # The button of the filter takes three characters.
    longest = max(map(len, head.split())) + 3 if wrapped else len(head) + 3
    for cell in cells:
        if isinstance(cell, str):
            # As wide as `_lines` takes a line to be, or it would have a blank one below.
            spare = _TIGHT if wrapped else 1.0
            longest = max(longest, *(math.ceil(len(one) / spare) for one in cell.split("\n")))
        elif isinstance(cell, dt.date) and not is_missing(cell):
            longest = max(longest, len("30 September 2017"))
        elif not is_missing(cell):
            digits = isinstance(cell, Real | Decimal) and column.kind != "text"
            text = f"{cell:,.{column.decimals}f}" if digits else str(cell)
            # What is written around the digits is a few characters at most.
            longest = max(longest, len(text) + 3)
    return min(max(longest + 1, _NARROW), _WIDE if wrapped else _RAW)
