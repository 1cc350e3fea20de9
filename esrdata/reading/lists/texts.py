"""What the texts of a list's cells are read as: each text of columns that read alike once."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from esrdata.documents.lines import LINE_BREAK, STRUCK, VALUE_BREAK
from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.grid import Distinct
from esrdata.reading.listed import between_places, listed
from esrdata.reading.lists.block import Block
from esrdata.reading.lists.bodies import may_be_several
from esrdata.reading.lists.cut import DOTS, may_be_cut
from esrdata.reading.lists.dates import (
    are_before,
    are_turned,
    check_turned,
    is_serial,
    month_first,
    ordered,
)
from esrdata.reading.lists.marks import (
    ABOVE,
    NOTE_ENDS,
    NOTHING,
    bare,
    check_value,
    is_nothing,
    mark,
    said,
    said_within,
    without_note,
)
from esrdata.reading.lists.refused import STRUCK_OUT, AmbiguousError, OddCellError
from esrdata.reading.lists.row import Place
from esrdata.reading.lists.spec import Column
from esrdata.reading.lists.sums import THOUSANDS, Signs, signs_of, thousands
from esrdata.reading.quantities.kinds import UnreadableError
from esrdata.reading.record import Content, Status, Value

# A cell without its place, the white space before it, and what to report of it.
Read = tuple[Value, int, str]
# In place of what is to be reported: a cell that names several places, or none.
SEVERAL = "several"
UNREADABLE = "value_unreadable"
# Cells of words behind which the mark of a note may stand.
_NOTED = frozenset({"words", "vocabulary", "coded", "text"})
# What a note, or a text that was cut off, ends with: few texts do.
_ENDS = NOTE_ENDS | {".", "…"}
# Cells that may hold several lines, or several names.
_OF_LINES = frozenset({"narrative", "places", "ignored"})
_QUOTING = frozenset({"csv", "text"})
# Formats in which a row may lack an element.
ELEMENTS = frozenset({"xml", "json"})


class Texts:
    """What the texts of columns that read alike were read as, and the place of each.

    `odd` are the places of those that need their row, `led` tells whether white space stands
    before one.
    """

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.reads: list[Read] = []
        self.odd: set[int] = set()
        self.led = False
        self._values: list[Value] = []
        self.distinct = Distinct(self._values)

    def add(self, text: str, read: Read, *, odd: bool) -> None:
        """Add what a text was read as."""
        place = self.places[text] = len(self.reads)
        if odd:
            self.odd.add(place)
        self.led = self.led or read[1] > 0
        self.reads.append(read)
        self._values.append(read[0])


class TextReader:
    """Reads the texts of cells under one heading row."""

    def __init__(self, block: Block, other_unit: Mapping[str, bool]) -> None:
        self._block, self._document = block, block.document
        document = block.document
        # The fields whose sums, as the list says, are other money or parts, where a zero holds.
        self._other_unit = other_unit
        # Columns that read alike share what their texts were read as.
        self._texts: defaultdict[tuple[str, str | None, bool, bool | None], Texts] = defaultdict(
            Texts
        )
        self._signs: Signs | None = None
        self._turned = False
        self._dotted: list[str] = []
        # Names that were read and may be those of several organisations.
        self.of_several: list[str] = []
        self._bodies = frozenset(load.cells()["one_body_fields"])
        self._from_1904 = any(sheet.from_1904 for sheet in document.sheets)
        # What few lists have is asked of few: each cell of all would be.
        self._has_formulas = "=" in document.view
        # A sheet in which another sign than cells divides was divided at the signs in its texts.
        self._is_torn = bool(document.sheets) and block.heading.divider != "\t"
        signs = (STRUCK, VALUE_BREAK)
        may_be_odd = document.format == "xml" or any(sign in document.view for sign in signs)
        self._is_odd = self._from_1904 or self._is_torn or may_be_odd

    def read(self, column: Column, texts: Sequence[str], *, wrapped: bool) -> Texts:
        """What texts of a column hold, with others that were read before."""
        other_unit = self._other_unit.get(column.field)
        known = self._texts[column.kind, column.codes, wrapped, other_unit]
        for text in texts if len(texts) == 1 else dict.fromkeys(texts):
            if text not in known.places:
                read = self._cell(column, text, wrapped)
                known.add(text, read, odd=not self._is_plain(column, read[0]))
        return known

    def days_turn(self) -> bool:
        """Whether days turn out to be others than they seem, and all is to be read anew.

        Day and month may have changed places, or days be counted from 1904. What could be two days
        is refused then.
        """
        read = [texts for (kind, *_), texts in self._texts.items() if kind == "date"]
        odd = [text for texts in read for text, at in texts.places.items() if at in texts.odd]
        known = [text for texts in read for text in texts.places] or self._column_texts("date")
        self._turned = are_turned(odd if read else known, known)
        period = self._block.heading.spec.period
        earlier = period is not None and are_before(known, int(period[:4]))
        if earlier:
            self._from_1904 = self._is_odd = True
        if self._turned or earlier:
            self._texts.clear()
        return self._turned or earlier

    def may_be_cut(self) -> list[str]:
        """The texts that may have been cut off, of those that were read."""
        kinds = ((kind, texts.places) for (kind, *_), texts in self._texts.items())
        told = (text for kind, texts in kinds if kind == "narrative" for text in texts)
        return [*self._dotted, *filter(may_be_cut, told)]

    def _cell(self, column: Column, text: str, wrapped: bool) -> Read:
        """What a cell holds, where it begins, and what to report of it."""
        raw = text.strip()
        if not raw:
            return Value(Status.BLANK), 0, ""
        before = len(text) - len(text.lstrip()) if len(raw) < len(text) else 0
        # Digits alone, as most cells hold, are no mark and have no signs of a format.
        digits = raw.isdecimal()
        text_said = raw if digits else self.plain(raw, wrapped)
        marked = None if digits else mark(text_said)
        if not text_said or marked == NOTHING:
            return Value(Status.BLANK, None, raw), before, ""
        if marked == ABOVE:
            return Value(Status.UNREADABLE, None, raw), before, UNREADABLE
        try:
            content = self._content(column, text_said)
            if column.kind == "places":
                return self._place(column, text)
            return Value(Status.READ, content, raw), before, ""
        except OddCellError as error:
            return Value(Status.UNREADABLE, None, raw), before, error.code
        except UnreadableError:
            return Value(Status.UNREADABLE, None, raw), before, UNREADABLE

    def _place(self, column: Column, text: str) -> Read:
        """The one place that a list of places names; where there are more, the row knows."""
        found = places_in(text, 0, len(text))
        contents = [column.cell.read(text[start:end]) for start, end in found]
        if len(found) != 1:
            return Value(Status.UNREADABLE), 0, SEVERAL
        ((start, end),) = found
        return Value(Status.READ, contents[0], text[start:end]), start, ""

    def _is_plain(self, column: Column, value: Value) -> bool:
        """Whether a cell holds something, or is empty as its column may be."""
        if value.status is Status.BLANK:
            may_lack = value.raw is None and self._document.format in ELEMENTS
            return column.cell.blank and not may_lack and column.kind != "places"
        return value.content is not None

    def _content(self, column: Column, text: str) -> Content:
        digits = text.isdecimal()
        if not digits:
            check_value(text)
        if self._is_odd:
            self._check_odd(column, text)
            text = text.replace(VALUE_BREAK, ",\n")
        if column.field in self._other_unit:
            zero_holds = self._other_unit[column.field]
            if column.read(text) or not zero_holds:
                raise AmbiguousError(text)
        # Digits alone are no thousands with a sign.
        if not digits and column.kind == "list_money" and THOUSANDS.fullmatch(bare(text)):
            if self._signs is None:
                typed = bool(self._document.sheets) or self._document.format == "json"
                self._signs = signs_of(self._column_texts("list_money"), typed=typed)
            return thousands(text, self._signs)
        if not digits and column.kind in _NOTED:
            text = self._named(column, text)
        if self._turned and column.kind == "date":
            check_turned(text)
        try:
            return column.read(text)
        except AmbiguousError:
            if column.kind == "date":
                return ordered(text, self._month_first)
            raise

    def _named(self, column: Column, text: str) -> str:
        """The text of a name, without the mark of a note behind it."""
        if column.field in self._bodies and may_be_several(text):
            self.of_several.append(text)
        coded = column.codes is not None
        if not coded and text[-1] not in _ENDS:
            return text
        if text.endswith(DOTS):
            self._dotted.append(text)
        if coded or text[-1] not in "²³" or self._has_first_note:
            return without_note(text, coded=coded)
        return text

    def _check_odd(self, column: Column, text: str) -> None:
        """Refuse what is struck through, stands twice, was torn or is a day by another count."""
        if STRUCK in text:
            raise OddCellError(text, STRUCK_OUT)
        if self._is_torn and "\t" in text:
            raise AmbiguousError(text)
        several = VALUE_BREAK in text or ("\n" in text and self._document.format == "xml")
        if several and column.kind not in _OF_LINES:
            # What stands twice in a row, or an array; other line ends of XML are spaces.
            raise AmbiguousError(text)
        if self._from_1904 and column.kind == "date" and is_serial(text):
            # The number of a day, which other programs count from another one.
            raise AmbiguousError(text)

    def plain(self, raw: str, wrapped: bool) -> str:
        """What a cell says, without the signs of its format: doubled quotes, marks of line ends."""
        text = raw.replace(LINE_BREAK, "\n")
        formula = self._has_formulas and text[:1] == "="
        # A formula may hold two quotes with nothing between them, and none that is doubled.
        text = said(text) if formula else text
        if '"' in text and self._document.format in _QUOTING:
            text = text.replace('\\"', '"').replace('""', '"')
            # A row that was quoted as a whole has all its quotes doubled once more.
            text = text.replace('""', '"') if wrapped else text
            text = text.strip('"') if wrapped and '"' not in text[1:-1] else text
        return said(text) if formula else text

    @cached_property
    def _has_first_note(self) -> bool:
        """Whether the mark of a first note stands in the list: else ² is part of a name."""
        return any("¹" in text for kind in _NOTED for text in self._column_texts(kind))

    @cached_property
    def _month_first(self) -> bool | None:
        return month_first(self._column_texts("date"))

    def _column_texts(self, kind: str) -> list[str]:
        """The cells of a kind in the list, by which it shows how it writes them."""
        columns = (i for i, c in enumerate(self._block.heading.columns) if c and c.kind == kind)
        return [text for i in columns for text in self._block.texts(i)]


@per_shelf
def _between() -> re.Pattern[str]:
    """What stands between places in a cell: a line end too, but none that divides a name."""
    ends = rf"|(?<!-)\s*[\n{LINE_BREAK}]\s*"
    return re.compile(between_places().pattern + ends, re.IGNORECASE)


def places_in(view: str, start: int, end: int) -> list[Place]:
    """Where the names of places stand, marks for nothing left out."""
    cell = view[start:end]
    before = len(cell) - len(cell.lstrip())
    first, last = said_within(cell.strip())
    found = listed(view, start + before + first, start + before + last, _between())
    return [place for place in found if not is_nothing(view[slice(*place)])]
