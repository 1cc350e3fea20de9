"""What a project's own page shows: values with their source lines, texts, findings, conflicts."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Any

from esrdata.knowledge import load
from esrdata.knowledge.fields import field_of
from esrdata.knowledge.formats import is_missing, money, number
from esrdata.knowledge.messages import in_words
from esrdata.knowledge.wording import code_label, field_value
from esrdata.portfolio import Portfolio
from esrdata.present.evidence.model import Line, Source
from esrdata.present.evidence.pages import Pages
from esrdata.present.evidence.values import Values, as_text
from esrdata.reading.record import LIST, Status
from esrdata.tables.origin import folder_of

#: Projects whose details are packed together: one lot is unpacked when a project is opened.
TOGETHER = 250
#: Projects whose values are in memory at a time, whole lots of them.
HELD = 16 * TOGETHER
#: Values as people read them that are kept, of the last thousand projects or so.
_REMEMBERED = 2**14


class Named:
    """Names, each with its place among those asked for and what is to be known of it."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self.rows: list[list[str]] = []

    def place(self, name: str, *known: str) -> int:
        """The place of a name, which is new where nobody has asked for it."""
        if name not in self._places:
            self._places[name] = len(self.rows)
            self.rows.append([name, *known])
        return self._places[name]


class Details:
    """The details of the projects of a portfolio.

    Attributes
    ----------
    fields, statuses, files
        What values name by its place: a field with its table and label; a status with its label;
        a file. All are there once `parts` has come to its end.
    """

    def __init__(self, portfolio: Portfolio, lang: str, *, narratives: bool, lines: bool) -> None:
        self.fields, self.statuses, self.files = Named(), Named(), Named()
        folder = folder_of(portfolio.files["file"].dropna())
        self._lang = lang
        # Projects share codes, days and offices; their names and sums are mostly their own.
        self._written = lru_cache(_REMEMBERED)(self._as_read)
        self._file = cache(lambda name: self.files.place(name.removeprefix(folder)))
        self._codes = [str(code) for code in portfolio.projects["project_code"]]
        self._pages_of = partial(
            Pages, portfolio, lang=lang, opens=lambda form: lines and form != LIST
        )
        self._texts: dict[str, list[list[str]]] = {}
        self._labels: dict[tuple[str, str], Mapping[str, str]] = {}
        rows = portfolio.narratives[["project_code", "section", "title", "text"]]
        for code, section, title, text in rows.itertuples(index=False, name=None):
            if narratives and not is_missing(text):
                heading = str(section if is_missing(title) else title)
                self._texts.setdefault(str(code), []).append([str(section), heading, str(text)])

    def parts(self) -> Iterator[list[dict[str, Any]]]:
        """The details of all projects, some at a time, in the order of the projects."""
        for start in range(0, len(self._codes), HELD):
            codes = self._codes[start : start + HELD]
            pages = self._pages_of(codes=codes)
            values = self._values(pages.values)
            for first in range(0, len(codes), TOGETHER):
                yield [
                    self._project(code, pages, values[pages.values.of[code]])
                    for code in codes[first : first + TOGETHER]
                ]

    def _project(self, code: str, pages: Pages, values: list[Any]) -> dict[str, Any]:
        found = pages.evidence(code)
        places = {mark.id: place for place, mark in enumerate(found.marks)}
        made: dict[str, Any] = {
            "values": values,
            "findings": [self._note(note) for note in found.findings],
            "conflicts": [self._conflict(row) for row in found.conflicts],
            "texts": self._texts.get(code, []),
            "sources": [self._source(s, places) for s in found.sources if s.lines or s.note],
        }
        return {name: value for name, value in made.items() if value}

    def _values(self, values: Values) -> list[Any]:
        """Field, status, value as people read it, raw text, file, page, line, whether used."""
        names, statuses, raws, files, pages, lines = (
            values.columns[name] for name in ("field", "status", "raw", "file", "page", "line")
        )
        fields = {name: field_of(name) for name in dict.fromkeys(names)}
        field = {
            name: self.fields.place(name, of.table, values.label(name))
            for name, of in fields.items()
        }
        status = {
            name: self.statuses.place(name, values.status(name)) for name in dict.fromkeys(statuses)
        }
        file = {name: self._file(name) for name in dict.fromkeys(files)}
        prose = {name for name, of in fields.items() if of.prose}
        texts = [
            self._written(name, content, raw if content is None else None)
            if read == Status.READ and name not in prose
            else None
            for name, read, content, raw in zip(names, statuses, values.contents, raws, strict=True)
        ]
        others = [
            None if raw == text or name in prose else raw
            for name, raw, text in zip(names, raws, texts, strict=True)
        ]
        return list(
            zip(
                map(field.get, names),
                map(status.get, statuses),
                texts,
                others,
                map(file.get, files),
                pages,
                lines,
                (int(used) for _, used in values.records),
                strict=True,
            )
        )

    def _as_read(self, name: str, content: object, raw: str | None) -> str:
        """A value with the separators, dates and labels of the language."""
        field = field_of(name)
        if isinstance(content, str):
            column = field.table, field.column or ""
            if column not in self._labels:
                self._labels[column] = _labels(*column, self._lang)
            return self._labels[column].get(content) or in_words(
                as_text(content, raw), self._lang, "values", field.name
            )
        if content is None:
            return as_text(content, raw)
        if field.kind == "money" and isinstance(content, float):
            return money(content, self._lang, 0 if content.is_integer() else 2)
        if field.kind in ("date", "money"):
            return field_value(name, content, self._lang)
        if field.kind == "integer":
            return number(content, self._lang)
        return as_text(content, raw)

    def _conflict(self, row: Mapping[str, Any]) -> list[Any]:
        file = self._file(row["file"])
        value = in_words(row["value"], self._lang, "values", row["name"])
        return [row["field"], row["kind"], value, file, row["line"], int(row["used"])]

    def _source(self, source: Source, places: Mapping[str, int]) -> dict[str, Any]:
        return {
            "file": self._file(source.file),
            "kind": source.kind,
            "note": source.note,
            "lang": source.language,
            "lines": [self._line(line, places) for line in source.lines],
        }

    def _line(self, line: Line, places: Mapping[str, int]) -> list[Any]:
        """Number, page, whether lines are left out before it, pieces, and notes beside it.

        A piece is a text, or a text with how it is marked and the places of the values it is of.
        """
        pieces = [
            [piece.text, piece.kind, [places[mark.id] for mark in piece.marks]]
            if piece.marks
            else piece.text
            for piece in line.pieces
        ]
        notes = [self._note(note) for note in line.notes]
        return [line.number, line.page, int(line.left_out), pieces, notes]

    def _note(self, note: Mapping[str, str]) -> list[str]:
        return [note["severity"], note["label"], note["text"]]


def _labels(table: str, column: str, lang: str) -> Mapping[str, str]:
    """What the codes of a column are called; those of figures stand as forms have them."""
    spec = load.table_specs()[table]["columns"].get(column, {})
    if "codes" not in spec:
        return {}
    codes = (row["code"] for row in load.codes(spec["codes"]))
    return {
        code: code_label(spec["codes"], code, lang)
        for code in codes
        if any(letter.isalpha() for letter in code)
    }
