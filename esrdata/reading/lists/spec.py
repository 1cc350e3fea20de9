"""What the shelf knows of project lists: the columns of each, and what a cell may hold."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from esrdata.errors import KnowledgeError
from esrdata.knowledge import load
from esrdata.knowledge.headings import heading_key
from esrdata.knowledge.shelf import OURS, per_shelf
from esrdata.reading.lists.cells import CELLS, Cell, odd_pattern
from esrdata.reading.quantities.kinds import UnreadableError
from esrdata.reading.record import Content, Declared

# Said of every row by the list itself, not by a column.
PERIOD = "projects.programme_period"
_PERIOD = re.compile(r"(\d{4})-(\d{4})(?=[-_ ]|$)")
# The information service gives its lists in Finnish.
_OF_THE_SERVICE = "fi"
# Programs of statistics write names of columns in the letters of English.
_WITHOUT_DOTS = str.maketrans("äöå", "aoa")
# The mark of a note behind a heading, or by itself.
_MARK = re.compile(r"(\*{1,3}|[¹²³\u2074-\u2079]{1,2}|(?:(?<=\s)|^)\d{1,2})\)?$")
# The key of every row.
CODE = "projects.project_code"


@per_shelf
def _units() -> tuple[str, ...]:
    return tuple(sorted(map(heading_key, load.cells()["heading_units"]), key=len, reverse=True))


def _with_unit_and_without(key: str) -> list[str]:
    return [key, *(key.removesuffix(unit) for unit in _units() if key.endswith(unit))]


def is_unit(text: str) -> bool:
    """Whether a heading is a unit and nothing else."""
    return heading_key(text) in _units()


@per_shelf
def keys_of(name: str) -> frozenset[str]:
    """The keys of the headings that `cells.yml` has under a name."""
    return frozenset(map(heading_key, load.cells()[name]))


@per_shelf
def pattern_of(name: str) -> re.Pattern[str]:
    """The patterns that `cells.yml` has under a name, as one."""
    return re.compile("|".join(load.cells()[name]), re.IGNORECASE)


def note_mark(text: str) -> str:
    """The mark of a note, however it is raised; empty where a text ends with none."""
    found = _MARK.search(text.rstrip(' "'))
    return unicodedata.normalize("NFKC", found[1]) if found is not None else ""


def is_total(word: str) -> bool:
    """Whether a heading, or the last word of a group's sum, says that it is one of all."""
    return heading_key(word) in keys_of("totals")


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

        Raises `UnreadableError` if the text is not of its kind.
        """
        content = self.cell.read(text)
        if self.kind != "coded" or self.codes is None:
            return content
        known = {load.fold(row["code"]): row["code"] for row in load.codes(self.codes)}
        code = {**load.spellings(self.codes), **known}.get(load.fold(text))
        if code is None:
            raise UnreadableError(text)
        return code

    def reads(self, text: str) -> bool:
        """Whether a cell can be read."""
        try:
            self.read(text)
        except UnreadableError:
            return False
        return True

    def pattern(self, divider: str) -> str | None:
        """What its cells look like where a sign divides them, None where they may hold anything."""
        # A comma that does not divide may stand before cents.
        if self.kind == "list_money" and divider != ",":
            return str(self.cell.pattern).replace(r"\.", "[.,]")
        return self._pattern

    def odd(self, divider: str) -> str | None:
        """What else may stand in it, to be reported rather than read or to be read by itself."""
        pattern = self.pattern(divider)
        return None if pattern is None else f"{pattern}|{odd_pattern(self.kind, divider)}"

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
    """A project list: its columns, the language of its headings, and the period of its name."""

    name: str
    columns: tuple[Column, ...]
    #: Empty where nobody says: a list of one's own.
    language: str

    @cached_property
    def period(self) -> str | None:
        """The programme period: `2014-2020`, also of `2014-2020-own`; None of any other name.

        A period is named by its first and last year; it needs no row among the codes.
        """
        begins = _PERIOD.match(self.name)
        return begins[0] if begins is not None and begins[1] < begins[2] else None

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
        made = [PERIOD] if PERIOD not in fields else []
        return Declared((fields[0], *made, *fields[1:]), lists)

    @cached_property
    def applicable(self) -> dict[str, bool | None]:
        """The indicators that it has columns of; no list says that one does not apply."""
        names = (column.field.split(".") for column in self.columns)
        return {rest[0]: True for table, *rest in names if table == "indicators"}

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """Column by the key of each of its headings, also as programs without ä and ö write it."""
        keys = [(heading_key(text), column) for column in self.columns for text in column.headings]
        return {**{key.translate(_WITHOUT_DOTS): column for key, column in keys}, **dict(keys)}

    def named(self, keys: Iterable[str]) -> Column | None:
        """The column that the first of some keys names, with its unit or without."""
        names = (name for key in keys for name in _with_unit_and_without(key))
        return next((self.by_heading[name] for name in names if name in self.by_heading), None)


@per_shelf
def heading_keys() -> frozenset[str]:
    """Keys of the headings of every list, with a unit and without."""
    units = ("", *_units())
    return frozenset(
        key + unit for spec in all_lists() for key in spec.by_heading for unit in units
    )


def _column(row: dict[str, str]) -> Column:
    headings = (row["heading"], *filter(None, row["variants"].split("|")))
    return Column(
        row["field"], row["kind"], row["codes"] or None, row["required"] == "yes", headings
    )


@per_shelf
def all_lists() -> tuple[ListSpec, ...]:
    """Every project list of the shelf, a user's own before ours: of equals the first is taken."""
    ours = OURS.names("lists")
    names = sorted(load.list_names(), key=lambda name: name in ours)
    return tuple(
        ListSpec(
            name,
            tuple(_column(row) for row in load.list_columns(name)),
            _OF_THE_SERVICE if name in ours else "",
        )
        for name in names
    )
