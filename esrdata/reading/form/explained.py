"""Each line of a page beside what explains it, for the author of a form."""

from collections.abc import Iterator
from dataclasses import dataclass

from esrdata.documents.document import Document
from esrdata.reading.form.description import read_document
from esrdata.reading.form.headings import find_headings, find_labels, line_pattern
from esrdata.reading.form.spec import Form
from esrdata.reading.privacy import MASK
from esrdata.reading.record import Record, Status


@dataclass(frozen=True)
class ExplainedLine:
    """A line of a page.

    Attributes
    ----------
    number
        The line of the view, from 1.
    text
        What stands on it; a line with a person's data is covered.
    by
        What explains it: fields with what was read, and the kinds of line ``title``, ``furniture``,
        ``heading``, ``label`` and ``withheld`` (with the section's key or the label behind a
        colon). Empty where nothing does.
    unreadable
        Fields of the line whose value could not be read.
    """

    number: int
    text: str
    by: tuple[str, ...]
    unreadable: tuple[str, ...] = ()


def explain_lines(document: Document, form: Form) -> list[ExplainedLine]:
    """Read a page by one form, and tell of each of its lines that are not blank what it is.

    Returns
    -------
    list of ExplainedLine
        In the order of the page; where no description by the form begins, nothing explains any
        line.
    """
    records = read_document(document, (form,), contacts=False)
    by: dict[int, list[str]] = {}
    wrong: dict[int, list[str]] = {}
    withheld = {index for record in records for index in record.withheld}
    for record in records:
        for at, what in (
            *_lines_of_page(document, form, record),
            *_values(document, record, wrong),
        ):
            if what not in by.setdefault(at, []):
                by[at].append(what)
    return [
        ExplainedLine(
            index + 1,
            MASK if index in withheld else line.text.strip(),
            ("withheld",) if index in withheld else tuple(by.get(index, ())),
            tuple(wrong.get(index, ())),
        )
        for index, line in enumerate(document.lines)
        if not line.blank
    ]


def _lines_of_page(document: Document, form: Form, record: Record) -> Iterator[tuple[int, str]]:
    """Title, furniture, headings and labels, each with the index of its line."""
    language, whole = record.language, len(document.view)
    titles = tuple(title.labels for title in form.titles)
    for lines, what in ((titles, "title"), (form.furniture, "furniture")):
        for match in document.matches(line_pattern(lines), 0, whole):
            yield document.line_index(match.start()), what
    headings = find_headings(document, form, language, 0, whole).chosen
    for i, heading in enumerate(headings):
        stop = headings[i + 1].start if i + 1 < len(headings) else whole
        section = heading.section
        if not heading.implied:
            first, last = document.line_index(heading.start), document.line_index(heading.end)
            for at in range(first, last + 1):
                if not document.lines[at].blank:
                    yield at, f"heading: {section.key}"
        for match in document.matches(line_pattern(section.furniture, language), heading.end, stop):
            yield document.line_index(match.start()), "furniture"
        for hit in find_labels(document, form, language, heading.order, heading.end, stop):
            # Among free text a look-alike is none: what was read says which labels were taken,
            # and of lines that only divide nothing is read.
            if section.ordered and not any(section.entries[i].mark for i in hit.entries):
                continue
            label = document.view[hit.start : hit.end].strip().rstrip(":")
            yield document.line_index(hit.start), f"label: {label}"


def _values(
    document: Document, record: Record, wrong: dict[int, list[str]]
) -> Iterator[tuple[int, str]]:
    """Fields with the index of every line they stand on."""
    prose = {name for name in record.values if name.startswith("narratives.")}
    for name, value in record.values.items():
        if value.span is None:
            continue
        start, end = (document.view_place(at) for at in (value.span.start, value.span.end - 1))
        first, last = document.line_index(start), document.line_index(max(start, end))
        for at in range(first, last + 1):
            if value.status is Status.UNREADABLE:
                wrong.setdefault(at, []).append(name)
            elif value.status is Status.BLANK:
                yield at, f"{name}: –"
            elif name in prose or last > first:
                yield at, name
            else:
                yield at, f"{name}: {value.content}"
