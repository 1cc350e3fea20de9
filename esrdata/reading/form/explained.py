"""Each line of a page beside what explains it, for the author of a form."""

from collections.abc import Iterator
from dataclasses import dataclass

from esrdata.documents.document import Document
from esrdata.reading.form.description import read_document
from esrdata.reading.form.headings import find_headings, find_labels, whole_lines
from esrdata.reading.form.spec import Form
from esrdata.reading.privacy import MASK
from esrdata.reading.record import ABSENT, Record, Status


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


@dataclass(frozen=True)
class ExplainedPage:
    """A page beside a form.

    Attributes
    ----------
    lines
        The lines that are not blank, in the order of the page; where no description by the form
        begins, nothing explains any of them.
    lacking
        Labels of the form that the page does not have, in the order of the form.
    """

    lines: list[ExplainedLine]
    lacking: list[str]


def explain_page(document: Document, form: Form) -> ExplainedPage:
    """Read a page by one form, and tell of each of its lines that are not blank what it is."""
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
    lines = [
        ExplainedLine(
            index + 1,
            MASK if index in withheld else line.text.strip(),
            ("withheld",) if index in withheld else tuple(by.get(index, ())),
            tuple(wrong.get(index, ())),
        )
        for index, line in enumerate(document.lines)
        if not line.blank
    ]
    lacking = dict.fromkeys(label for record in records for label in _lacking(form, record))
    return ExplainedPage(lines, list(lacking))


def _lacking(form: Form, record: Record) -> Iterator[str]:
    for section in form.walk():
        for entry in section.entries:
            labels = entry.labels.get(record.language, ())
            fields = entry.fields()
            asked = labels and entry.templates and not (entry.optional or entry.withheld)
            found = (record.values.get(name, ABSENT).status for name in fields)
            if asked and all(status is Status.ABSENT for status in found):
                yield labels[0]


def _lines_of_page(document: Document, form: Form, record: Record) -> Iterator[tuple[int, str]]:
    """Title, furniture, headings and labels, each with the index of its line."""
    language, whole = record.language, len(document.view)
    titles = tuple(title.labels for title in form.titles)
    for lines, what in ((titles, "title"), (form.furniture, "furniture")):
        for match in document.matches(whole_lines(lines), 0, whole):
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
        for match in document.matches(whole_lines(section.furniture, language), heading.end, stop):
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
