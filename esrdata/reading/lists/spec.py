"""What the shelf knows of project lists: the columns of each, and what a cell may hold."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from esrdata.errors import KnowledgeError
from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.quantities.kinds import KINDS, UnreadableError
from esrdata.reading.record import Content, Declared

# Said of every row by the list itself, not by a column.
PERIOD = "projects.programme_period"


@dataclass(frozen=True, slots=True)
class Cell:
    """A kind of cell.

    `pattern` is what one looks like inside a row whose commas divide, None where it may hold
    anything; `read` turns its text into content; `blank` tells whether it may be empty.
    """

    pattern: str | None
    read: Callable[[str], Content]
    blank: bool = True


def _matched(pattern: str, kind: str | None = None) -> Callable[[str], Content]:
    """Read the first group of a pattern; what does not fit is unreadable."""

    def read(text: str) -> Content:
        met = re.fullmatch(pattern, text, re.DOTALL)
        if met is None:
            raise UnreadableError(text)
        return KINDS[kind].read(met[1]) if kind is not None else met[1]

    return read


def _narrative(text: str) -> Content:
    paragraphs = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(paragraphs).strip()


_CODE = r"[A-ZÅÄÖ]\d{5,9}"
_AXIS = r"\d{1,2}"
_SUM = r"-?\d[\d ]*(?:\.\d{1,2})?"
_TEXT = KINDS["text"].read
CELLS = {
    "list_code": Cell(_CODE, _matched(f"({_CODE})"), blank=False),
    "text": Cell(None, _TEXT),
    "places": Cell(None, _TEXT),
    "narrative": Cell(None, _narrative),
    "vocabulary": Cell("", _TEXT),
    "coded": Cell("", _TEXT, blank=False),
    # The newest list may write the label behind the number.
    "axis": Cell(_AXIS, _matched(rf"({_AXIS})(?:[.:]?\s.*)?", "integer")),
    "objective": Cell(r"\d{1,2}\.\d{1,2}", _matched(r"(\d{1,2}\.\d{1,2})(?:[.:]?\s.*)?")),
    "date": Cell(KINDS["date"].pattern, KINDS["date"].read),
    "count": Cell(KINDS["count"].pattern, KINDS["count"].read),
    "list_money": Cell(_SUM, KINDS["money"].read),
    "ignored": Cell(r"[^\n]*?", _TEXT),
}


@dataclass(frozen=True)
class Column:
    """A column of a list: the field it gives, and how its heading may be written."""

    field: str
    kind: str
    codes: str | None
    required: bool
    headings: tuple[str, ...]

    @cached_property
    def cell(self) -> Cell:
        """The kind of its cells."""
        if self.kind not in CELLS:
            raise KnowledgeError(f"A list on the shelf has cells of unknown kind {self.kind!r}.")
        return CELLS[self.kind]

    def read(self, text: str) -> Content:
        """The content of a cell; of a coded one the code.

        Raises
        ------
        UnreadableError
            If the text is not of its kind.
        """
        content = self.cell.read(text)
        if self.kind != "coded" or self.codes is None:
            return content
        known = {load.fold(row["code"]): row["code"] for row in load.codes(self.codes)}
        code = {**load.spellings(self.codes), **known}.get(load.fold(text))
        if code is None:
            raise UnreadableError(text)
        return code

    def pattern(self, divider: str) -> str | None:
        """What its cells look like where a sign divides them, None where they may hold anything."""
        # A comma that does not divide may stand before cents.
        if self.kind == "list_money" and divider != ",":
            return _SUM.replace(r"\.", "[.,]")
        return self._pattern

    @cached_property
    def _pattern(self) -> str | None:
        if self.kind in ("vocabulary", "coded") and self.codes is not None:
            rows = load.codes(self.codes)
            known = [row.get(f"label_{lang}", "") for row in rows for lang in load.LANGUAGES]
            known += [v for row in rows for v in (row.get("variants") or "").split("|")]
            known += [row["code"] for row in rows]
            spelled = sorted({re.escape(text) for text in known if text}, key=len, reverse=True)
            return "|".join(spelled)
        return self.cell.pattern


@dataclass(frozen=True)
class ListSpec:
    """A project list of one programme period."""

    period: str
    columns: tuple[Column, ...]

    @cached_property
    def declared(self) -> Declared:
        """What the rows of the list share."""
        fields = [column.field for column in self.columns if column.field]
        # What is read as a code of its list holds nothing more to look up.
        lists = {
            c.field: c.codes
            for c in self.columns
            if c.codes is not None and c.field and c.kind != "coded"
        }
        return Declared((fields[0], PERIOD, *fields[1:]), lists)

    @cached_property
    def applicable(self) -> dict[str, bool | None]:
        """The indicators that it has columns of; no list says that one does not apply."""
        names = (column.field.split(".") for column in self.columns)
        return {rest[0]: True for table, *rest in names if table == "indicators"}

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """Column by each of its headings, folded."""
        return {load.fold(text): column for column in self.columns for text in column.headings}


def _column(row: dict[str, str]) -> Column:
    headings = (row["heading"], *filter(None, row["variants"].split("|")))
    return Column(
        row["field"], row["kind"], row["codes"] or None, row["required"] == "yes", headings
    )


@per_shelf
def all_lists() -> tuple[ListSpec, ...]:
    """Every project list of the shelf."""
    return tuple(
        ListSpec(name, tuple(_column(row) for row in load.list_columns(name)))
        for name in load.list_names()
    )
