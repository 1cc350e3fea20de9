"""Writes the sheets of a report into one workbook: tables, their charts, and the cover."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from esrdata.knowledge.formats import is_missing
from esrdata.knowledge.wording import word
from esrdata.present.excel.fit import headings, is_number, lines_of, stands_of, width_of
from esrdata.present.excel.sheets import Sheet, elsewhere
from esrdata.present.model import Column, Content
from esrdata.present.written import Written
from esrdata.tables.csv_file import LIVE
from esrdata.workbook import CELL, NAME, Book, write_value

#: Of a table so many rows are written; a sheet would hold some 48,000 more.
ROWS = 1_000_000
#: Groups that a chart beside a table shows at most, and how high each is in pixels.
_BARS, _BAR = 30, 34
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
#: Decimals of sums in a unit and what divides them: a cell has the whole sum, its heading the unit.
_SCALED = {"millions": (1, ",,"), "thousands": (0, ",")}
#: From what on a value is written as it is, by kind: below it a pattern alone would show zero.
_LEAST = {"percent": 0.005, "p": 0.001}
#: Points stand in cells as they are read: no format of numbers makes them of ratios.
_HUNDRED = 100
#: A line in points, and the highest row there is.
_LINE, _HIGHEST = 15.0, 405.0


@dataclass
class Writer:
    """Writes a report's sheets into one workbook."""

    book: Book
    lang: str

    def pattern(self, column: Column) -> str:
        """The number format of a column."""
        tail = "." + "0" * column.decimals if column.decimals else ""
        if column.kind in _SCALED:
            return self.scaled(column.kind, _SCALED[column.kind][0])
        if column.kind == "money":
            return word("excel.money", self.lang, digits="#,##0" + tail)
        if column.kind == "percent":
            return word("excel.percent", self.lang, digits="0" + tail)
        if column.kind == "date":
            return word("excel.date", self.lang)
        if column.kind == "p":
            return "0.000"
        if column.kind == "points":
            return word("excel.points", self.lang, digits="0" + tail)
        return "#,##0" + tail if column.kind in ("integer", "number") else "General"

    def scaled(self, kind: str, decimals: int) -> str:
        """The number format of sums in millions or thousands."""
        return "#,##0" + ("." + "0" * decimals if decimals else "") + _SCALED[kind][1]

    def shown(self, value: Any, column: Column) -> str:
        """The number format of a value: what is not zero is not shown as zero, as in reports."""
        plain = self.pattern(column)
        if is_missing(value):
            return plain
        if column.kind in _SCALED:
            return self.scaled(column.kind, len(column.write(value, "en").partition(".")[2]))
        least = _LEAST.get(column.kind, 0.0) * 10.0**-column.decimals
        if value >= least or (value <= 0 and column.kind != "p"):
            return plain
        text = column.write(value, self.lang)
        if column.kind == "p":
            return f'[>={least:f}]{plain};"{text}"'
        # What is behind the last sign is below zero, where programs leave its minus out.
        return f'[>={least:f}]{plain};[>0]"{text}";-{plain}'

    def table(self, given: Sheet, cover: str) -> str:
        """Write a sheet; gives its name."""
        sheet = self.book.add(given.name)
        top = _BELOW if given.captioned else 0
        rows = min(given.rows, ROWS)
        heads = headings(given.columns)
        widths = []
        right = [
            is_number(column, values)
            for column, values in zip(given.columns, given.cells, strict=True)
        ]
        for place, (column, values) in enumerate(zip(given.columns, given.cells, strict=True)):
            stands = stands_of(given.columns, right, place)
            looks: dict[str, object] = {"num_format": self.pattern(column), **stands}
            if given.captioned and column.kind == "text":
                looks["text_wrap"] = True
            cells = values.iloc[:rows].tolist()
            if column.kind == "points":
                cells = [None if is_missing(cell) else _HUNDRED * cell for cell in cells]
            widths.append(width_of(heads[place], cells[:_LOOKED], column, given.captioned))
            look = self.book.format(**looks)
            quoted = self.book.format(**looks, quote_prefix=True)
            sheet.set_column(place, place, widths[-1], look)
            self.column(sheet, top + 1, place, cells, look, quoted, stands)
            if column.kind in _SCALED or column.kind in _LEAST:
                for at, cell in enumerate(cells, start=top + 1):
                    if (pattern := self.shown(cell, column)) != looks["num_format"]:
                        own = self.book.format(num_format=pattern, **stands)
                        sheet.write_number(at, place, cell, own)
        if given.captioned:
            self.caption(sheet, given, widths, cover)
        if not heads:
            self.book.text(sheet, top, 0, word("no_data", self.lang))
            return str(sheet.name)
        looks = {"bold": True, "bottom": 1, "text_wrap": given.captioned, "valign": "bottom"}
        off = [stands_of(given.columns, right, place) for place in range(len(heads))]
        self.book.table(sheet, top, rows, heads, given.table or "", off, **looks)
        if given.captioned:
            self.heights(sheet, top, heads, given, widths)
        # Of raw data the key stays in sight too.
        sheet.freeze_panes(top + 1, 0 if given.captioned else 1)
        # One bar has nothing to stand beside, and what no source has is no column.
        drawn = any(column.name in given.bars for column in given.columns)
        if drawn and 1 < given.rows - given.total <= _BARS:
            self.chart(sheet, given, top, len(widths) + 1)
        return str(sheet.name)

    def heights(
        self, sheet: Any, top: int, heads: Sequence[str], given: Sheet, widths: Sequence[float]
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
            lines = max((lines_of(text, wide) for text, wide in cells), default=1)
            if lines > 1:
                sheet.set_row(at, min(_LINE * lines, _HIGHEST))

    def chart(self, sheet: Any, given: Sheet, top: int, place: int) -> None:
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

    def caption(self, sheet: Any, given: Sheet, widths: Sequence[float], cover: str) -> None:
        """Write the title of a sheet, its note, and the way back to the cover."""
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
        own = Column("", "", cell.kind, cell.decimals)
        pattern = self.pattern(own) if cell.before else self.shown(cell.value, own)
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

    def cover(self, sheet: Any, content: Content, sheets: Sequence[tuple[str, Sheet]]) -> None:
        """Write the first sheet: facts, the list of sheets, and what the workbook does not hold."""
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
        for text in [*self.limits(sheets), *elsewhere(content)]:
            self.book.text(sheet, row, 0, word("excel.limits", lang), bold=True)
            self.book.text(sheet, row, 1, text, text_wrap=True)
            row += 1

    def limits(self, sheets: Sequence[tuple[str, Sheet]]) -> Iterator[str]:
        """What of the content the workbook does not hold; to be asked when all else is written."""
        for name, given in sheets:
            if given.rows > ROWS:
                yield word("excel.omitted", self.lang, name=name, rows=given.rows, most=ROWS)
        if self.book.cut:
            yield word("excel.cut", self.lang, n=self.book.cut, most=CELL)
        if self.book.halves:
            yield word("excel.halves", self.lang, n=self.book.halves)
