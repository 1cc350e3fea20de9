"""What names in knowledge files may refer to: forms, code lists, kinds, and dotted fields."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from esrdata.knowledge import load
from esrdata.knowledge.fields import COLUMN, NUMBER, PART, Shape, shapes, value_tables
from esrdata.knowledge.shelf import OURS, using

_BRACE = re.compile(r"\{(\w+)\}")
#: Stands for any code, in what all `score` entries share.
ANY = "*"


class Wrong(NamedTuple):
    """Why a dotted field is none: the sentence, what stands there, and what would be right."""

    code: str
    found: str
    known: tuple[str, ...]
    codes: str = ""


class Column(NamedTuple):
    """The column a dotted field goes to: its type (None of a whole list), and its code list."""

    type: str | None
    codes: str | None = None


@dataclass
class Known:
    """Names that exist on a shelf, ours and those of folders checked before.

    Attributes
    ----------
    codes
        Code list to its codes.
    forms, lists
        Names of forms and project lists.
    kinds
        Kinds of values: `form` for templates, `list` for columns of lists.
    tables
        Table to its columns, as in `tables.yml`.
    words
        Visible words, as in `words.yml`.
    rows
        Code list to its rows, by which equal codes and spellings are found.
    unsure
        Code lists whose file could not be read: any code may stand in it.
    """

    codes: dict[str, set[str]]
    forms: set[str]
    lists: set[str]
    kinds: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, Any]
    words: dict[str, Any]
    rows: dict[str, list[Mapping[str, str]]] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)

    @staticmethod
    def ours(code_lists: Iterable[str]) -> "Known":
        """What the package's own files name."""
        rows = {name: list[Mapping[str, str]](load.codes(name)) for name in code_lists}
        return Known(
            codes={name: {r["code"] for r in found if "code" in r} for name, found in rows.items()},
            forms=set(load.form_names()),
            lists=set(load.list_names()),
            kinds=load.kinds(),
            tables=load.table_specs(),
            words=dict(load.words()),
            rows=rows,
        )

    def column(self, name: str) -> Column | Wrong:
        """The column a dotted field goes to, or why there is none."""
        table, *rest = name.split(".")
        if table not in value_tables():
            return Wrong("unknown_table", table, value_tables())
        first: Wrong | None = None
        for shape in shapes(table):
            wrong = self._wrong(shape, rest)
            if wrong is None:
                return self._column(shape, rest)
            if wrong.code:
                first = first or wrong
        return first or Wrong("field_shape", name, tuple(shape.name for shape in shapes(table)))

    def _wrong(self, shape: Shape, rest: list[str]) -> Wrong | None:
        """What keeps a name from having a shape; without a code where it is of another length."""
        steps = shape.name.split(".")[1:]
        if len(steps) != len(rest):
            return Wrong("", "", ())
        for step, found in zip(steps, rest, strict=True):
            before, brace, after = (
                step.partition("{")[0],
                _BRACE.search(step),
                step.partition("}")[2],
            )
            inner = found.removeprefix(before).removesuffix(after)
            if brace is None or before + inner + after != found:
                return Wrong("", "", ())
            wrong = self._wrong_step(shape, brace[1], inner)
            if wrong is not None:
                return wrong
        return None

    def _wrong_step(self, shape: Shape, brace: str, found: str) -> Wrong | None:
        if brace == NUMBER:
            return None if found.isdecimal() else Wrong("no_position", found, ("0",))
        if brace in (COLUMN, PART):
            parts = tuple(part for group in shape.joined for part in group)
            known = shape.columns if brace == COLUMN else parts
            code = "unknown_column" if brace == COLUMN else "unknown_part"
            return None if found in known else Wrong(code, found, known)
        codes = str(self.tables[shape.table]["columns"][brace]["codes"])
        if found in self.codes[codes] or found == ANY or codes in self.unsure:
            return None
        # Digits are a place in a list, for which there is another shape.
        code = "" if found.isdecimal() else "unknown_code"
        return Wrong(code, found, tuple(sorted(self.codes[codes])), codes)

    def _column(self, shape: Shape, rest: list[str]) -> Column:
        if not shape.columns:
            return Column(None)
        column = shape.columns[0] if len(shape.columns) == 1 else rest[-1]
        spec = self.tables[shape.table]["columns"][column]
        return Column(spec["type"], spec.get("codes"))


def known_names() -> Known:
    """What the package's own files name."""
    with using(OURS):
        return Known.ours(OURS.names("codes"))
