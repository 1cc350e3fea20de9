"""Where a value comes from: its line, what stands around it, in a terminal or a notebook."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from os import PathLike
from pathlib import Path

import pandas as pd

from esrdata.documents import pdf
from esrdata.documents.document import Document
from esrdata.documents.open import file_bytes, open_document
from esrdata.errors import UsageError
from esrdata.knowledge.shelf import OURS, Shelf, on_its_shelf
from esrdata.knowledge.wording import code_label, field_label, quoted, word
from esrdata.reading.form.description import read_document
from esrdata.reading.form.spec import all_forms
from esrdata.reading.privacy import mask, places
from esrdata.reading.web.page import Page
from esrdata.reading.web.read import read_web
from esrdata.tables.staging import staged

# Lines shown before and after the one a value stands on.
_AROUND = 3


@dataclass(frozen=True, slots=True)
class ContextLine:
    """A line around a value; `text` is None where a person's data is withheld."""

    number: int
    text: str | None
    here: bool


@dataclass(frozen=True)
class Explanation:
    """A value and the place it was read from.

    Attributes
    ----------
    project_code, field
        What was asked.
    value
        The value as in the tables, missing where none was read.
    status
        read, blank, absent, not_applicable or unreadable.
    raw
        The text it was read from, exactly; missing where none stands there.
    file, page, line, start, end
        The place; missing where the document has no such field.
    context
        The visible lines around it; empty where the file is not at hand any more.
    note
        The key in `words.yml` of the reason why there is no context, or None.
    lang
        Language of the labels.
    path
        Where the file is at hand.
    sha256
        Its hash when it was read.
    contacts
        Whether a person's data may be shown.
    shelf
        Where its labels come from.
    """

    project_code: str
    field: str
    value: object
    status: str
    raw: str | None
    file: str
    page: int | None
    line: int | None
    start: int | None
    end: int | None
    context: tuple[ContextLine, ...]
    note: str | None
    lang: str
    path: str = ""
    sha256: str | None = None
    contacts: bool = False
    shelf: Shelf = OURS

    @on_its_shelf
    def png(self, path: str | PathLike[str] | None = None, resolution: int = 110) -> bytes:
        """Show the page of a PDF with the value marked.

        Contact persons on the page are painted over unless they were asked for.

        Parameters
        ----------
        path
            Where to write the picture; nowhere if None.
        resolution
            Dots per inch.

        Returns
        -------
        bytes
            The picture as PNG.

        Raises
        ------
        UsageError
            If the value has no place, or its file is no PDF or not the one that was read.
        StoreError
            If the picture cannot be written.
        """
        if self.start is None or self.end is None or self.page is None:
            raise UsageError(f"The field {self.field} has no place on a page: its form lacks it.")
        document = open_document(self.path)
        if not isinstance(document, Document):
            raise UsageError(self._remark("explain.file_gone"))
        if document.sha256 != self.sha256:
            raise UsageError(self._remark("explain.file_changed"))
        if document.format != "pdf":
            raise UsageError(
                f"The file {self.file} has no pages to show: only a value from a PDF has a picture."
            )
        data = file_bytes(self.path)
        printed = pdf.read(data)
        hidden = [
            box
            for start, end in _hidden(document, self.contacts)
            for box in pdf.places(printed, start, end)
        ]
        marked = pdf.places(printed, self.start, self.end)
        image = pdf.picture(data, self.page, marked, hidden, resolution)
        if path is not None:
            target = Path(path)
            with staged(target.parent) as stage:
                (stage / target.name).write_bytes(image)
                (stage / target.name).replace(target)
        return image

    def _facts(self) -> Iterator[tuple[str, str]]:
        shown = {
            "field": f"{field_label(self.field, self.lang)} ({self.field})",
            "value": _shown(self.value),
            "status": code_label("value_statuses", self.status, self.lang),
            "raw": "–" if self.raw is None else quoted(self.raw),
            "file": self.file,
            "page": _shown(self.page),
            "line": _shown(self.line),
        }
        for key, text in shown.items():
            yield word(f"explain.{key}", self.lang), text

    def _remark(self, note: str) -> str:
        return word(note, self.lang, file=self.file)

    def _lines(self) -> Iterator[tuple[ContextLine, str]]:
        withheld = word("explain.withheld", self.lang)
        for line in self.context:
            yield line, withheld if line.text is None else quoted(line.text)

    @on_its_shelf
    def __str__(self) -> str:
        facts = list(self._facts())
        width = max(len(name) for name, _ in facts)
        text = [f"{name.ljust(width)}  {said}" for name, said in facts]
        if self.note is not None:
            text.append(self._remark(self.note))
        for line, said in self._lines():
            text.append(f"{'→' if line.here else ' '} {line.number:>5}  {said}")
        return "\n".join([self.project_code, *text])

    def __repr__(self) -> str:
        return str(self)

    @on_its_shelf
    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th>"
            f"<td style='text-align:left'>{escape(said)}</td></tr>"
            for name, said in self._facts()
        )
        note = "" if self.note is None else f"<p>{escape(self._remark(self.note))}</p>"
        lines = "".join(
            f"<div style='{'background:#ffe9a8;' if line.here else ''}white-space:pre-wrap'>"
            f"<span style='color:#666'>{line.number:>5}</span>  {escape(said)}</div>"
            for line, said in self._lines()
        )
        return (
            f"<table><caption style='text-align:left'>{escape(self.project_code)}</caption>"
            f"{rows}</table>{note}<div style='font-family:monospace'>{lines}</div>"
        )


def _shown(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT:
        return "–"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return quoted(str(value))


def _persons(document: Document, contacts: bool) -> tuple[set[int], list[str]]:
    """Index of the lines with a person's data, and names of contact persons, to be left out."""
    if contacts:
        return set(), []
    records = read_document(document, all_forms(), contacts=False)
    withheld = {index for record in records for index in record.withheld}
    if not records and read_web(document):
        # Beside its blocks a page names persons too.
        withheld |= Page(document).personal
    return withheld, [name for record in records for name in record.persons]


def _hidden(document: Document, contacts: bool) -> Iterator[tuple[int, int]]:
    """Places in the text whose picture is painted over."""
    withheld, persons = _persons(document, contacts)
    lines = [document.lines[index] for index in sorted(withheld)]
    slices = [(line.start, line.end) for line in lines if not line.blank]
    for start, end in [*slices, *places(document.view, persons)]:
        span = document.span(start, end)
        yield span.start, span.end


def context(
    path: str, sha256: str | None, start: int, *, contacts: bool
) -> tuple[tuple[ContextLine, ...], str | None]:
    """The lines around a place, read from the file again.

    Parameters
    ----------
    path
        The file.
    sha256
        Its hash when it was read.
    start
        Where the value begins in the text of the file.
    contacts
        Whether lines with a person's data may be shown.

    Returns
    -------
    tuple
        The lines; where they cannot be shown, none and the key of the reason.
    """
    document = open_document(path)
    if not isinstance(document, Document):
        return (), "explain.file_gone"
    if document.sha256 != sha256:
        return (), "explain.file_changed"
    withheld, persons = _persons(document, contacts)
    here = document.line_index(document.view_place(start))
    full = [i for i, line in enumerate(document.lines) if not line.blank]
    at = sum(i < here for i in full)
    shown = []
    for index in full[max(0, at - _AROUND) : at + _AROUND + 1]:
        line = document.lines[index]
        number = document.span(line.start, line.end).line
        text = None if index in withheld else mask(line.text.strip(), persons)
        shown.append(ContextLine(number, text, index == here))
    return tuple(shown), None
