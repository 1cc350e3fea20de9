"""Shows where a value comes from: its line and those around it, in a terminal or notebook."""

import dataclasses
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from os import PathLike
from pathlib import Path

from esrdata.documents import pdf
from esrdata.documents.open import file_bytes
from esrdata.errors import UsageError
from esrdata.given import at_home
from esrdata.knowledge.formats import is_missing
from esrdata.knowledge.shelf import OURS, Shelf, on_its_shelf
from esrdata.knowledge.wording import QUOTED, code_label, field_label, quoted, sentence, word
from esrdata.source_text import Source, SourceText
from esrdata.staging import put
from esrdata.tables.cells import plain
from esrdata.terminal import visible

# Lines shown before and after the line of a value.
_AROUND = 3


@dataclass(frozen=True, slots=True)
class ContextLine:
    """A line around a value; `text` is None if personal data is withheld.

    `at` is the offset of the value in the text of its line.
    """

    number: int
    text: str | None
    here: bool
    at: int = 0


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
        The visible lines around it; empty if the file is no longer available.
    note
        The key in `words.yml` for why there is no context, or None.
    lang
        Language of the labels.
    source
        The file.
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
    source: Source = dataclasses.field(repr=False, compare=False)
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
            raise UsageError(sentence("error.no_place", field=self.field))
        text = self.source.open()
        if isinstance(text, str):
            raise UsageError(self._remark(text))
        if text.document.format != "pdf":
            raise UsageError(sentence("error.no_picture", file=self.file))
        data = file_bytes(self.source.place)
        printed = pdf.read(data)
        hidden = [box for start, end in _hidden(text) for box in pdf.places(printed, start, end)]
        marked = pdf.places(printed, self.start, self.end)
        image = pdf.picture(data, self.page, marked, hidden, resolution)
        if path is not None:
            put(at_home(Path(path)), image)
        return image

    def _facts(self) -> Iterator[tuple[str, str]]:
        facts = {
            "field": f"{field_label(self.field, self.lang)} ({self.field})",
            "value": _text(self.value),
            "status": code_label("value_statuses", self.status, self.lang),
            "raw": "–" if self.raw is None else quoted(self.raw),
            "file": self.file,
            "page": _text(self.page),
            "line": _text(self.line),
        }
        for key, value in facts.items():
            yield word(f"explain.{key}", self.lang), value

    def _remark(self, note: str) -> str:
        return word(note, self.lang, file=self.file)

    def _lines(self) -> Iterator[tuple[ContextLine, str]]:
        withheld = word("explain.withheld", self.lang)
        for line in self.context:
            yield line, withheld if line.text is None else quoted(_near(line.text, line.at))

    @on_its_shelf
    def __str__(self) -> str:
        facts = list(self._facts())
        width = max(len(name) for name, _ in facts)
        lines = [f"{name.ljust(width)}  {text}" for name, text in facts]
        if self.note is not None:
            lines.append(self._remark(self.note))
        for line, text in self._lines():
            lines.append(f"{'→' if line.here else ' '} {line.number:>5}  {text}")
        return visible("\n".join([self.project_code, *lines]))

    def __repr__(self) -> str:
        return str(self)

    @on_its_shelf
    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th>"
            f"<td style='text-align:left'>{escape(text)}</td></tr>"
            for name, text in self._facts()
        )
        note = "" if self.note is None else f"<p>{escape(self._remark(self.note))}</p>"
        lines = "".join(
            f"<div style='{'background:#ffe9a8;' if line.here else ''}white-space:pre-wrap'>"
            f"<span style='color:#666'>{line.number:>5}</span>  {escape(text)}</div>"
            for line, text in self._lines()
        )
        return (
            f"<table><caption style='text-align:left'>{escape(self.project_code)}</caption>"
            f"{rows}</table>{note}<div style='font-family:monospace'>{lines}</div>"
        )


def _near(text: str, at: int) -> str:
    """A long line, from a little before its value."""
    before = at - QUOTED // 2
    if before <= 0 or len(text) <= QUOTED:
        return text
    space = text.find(" ", before, at)
    return f"…{text[before if space < 0 else space + 1 :]}"


def _text(content: object) -> str:
    return "–" if is_missing(content) else quoted(plain(content))


def _hidden(text: SourceText) -> Iterator[tuple[int, int]]:
    """Parts of the text to paint over in the picture."""
    document = text.document
    lines = [document.lines[index] for index in sorted(text.withheld)]
    slices = [(line.start, line.end) for line in lines if not line.blank]
    for start, end in [*slices, *text.private(0, len(document.view))]:
        span = document.span(start, end)
        yield span.start, span.end


def context(source: Source, start: int) -> tuple[tuple[ContextLine, ...], str | None]:
    """The lines around a value.

    Parameters
    ----------
    source
        The file.
    start
        Where the value begins in the text of the file.

    Returns
    -------
    tuple
        The lines and None; or no lines and the key of the reason.
    """
    text = source.open()
    if isinstance(text, str):
        return (), text
    document = text.document
    place = document.view_place(start)
    here = document.line_index(place)
    at = bisect_left(text.full, here)
    around = text.full[max(0, at - _AROUND) : at + _AROUND + 1]
    first = document.lines[around[0]].start if around else 0
    masked = text.masked(first, document.lines[around[-1]].end) if around else ""
    lines = []
    for index in around:
        line = document.lines[index]
        number = document.span(line.start, line.end).line
        written = masked[line.start - first : line.end - first]
        inner = place - line.start - (len(written) - len(written.lstrip())) if index == here else 0
        withheld = index in text.withheld
        shown = None if withheld else written.strip()
        lines.append(ContextLine(number, shown, index == here, max(0, inner)))
    return tuple(lines), None
