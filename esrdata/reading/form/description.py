"""From a document to records: which form, where each description begins, what stands in it."""

import re
from itertools import islice

from esrdata.documents.document import Document
from esrdata.documents.layout import tail
from esrdata.guard import Failure, attempt
from esrdata.reading.builder import Draft
from esrdata.reading.form.headings import (
    Heading,
    LabelHit,
    find_candidates,
    find_further,
    find_headings,
    whole_lines,
)
from esrdata.reading.form.labels import read_section
from esrdata.reading.form.missing import fill_missing, report_missing
from esrdata.reading.form.respelled import names_a_part, respelled, without_colons
from esrdata.reading.form.settings import SETTINGS
from esrdata.reading.form.spec import Form
from esrdata.reading.form.starts import Start, find_starts
from esrdata.reading.form.values import read_partners
from esrdata.reading.record import Finding, Record, Status

# Formats that hold no letters.
_PAGES = frozenset({"html", "mhtml", "webarchive", "pdf"})
_NEXT_NUMBER = re.compile(r"[^\S\n]*(?P<number>\d{1,2})(?:\.\d+)*\.?\s+[^\W\d_].{0,150}$")


def read_document(document: Document, forms: tuple[Form, ...], *, contacts: bool) -> list[Record]:
    """Read every description in a document.

    Parameters
    ----------
    document
        The document.
    forms
        The forms it may hold.
    contacts
        Whether contact persons are read; otherwise their text is not kept anywhere.

    Returns
    -------
    list of Record
        One record per description, in the order of the page; empty where none begins.
    """
    records = _read_all(document, forms, contacts)
    if records and not any(_is_odd(record, forms) for record in records):
        return records
    written = respelled(document, forms)
    if written is not None:
        records = _better(records, _read_all(written, forms, contacts))
    if records and all(record.code is None for record in records):
        # Only a page with a title of the form: labels without colons are words of anyone.
        bare = _read_all(written or document, without_colons(forms), contacts)
        for record in bare:
            record.findings.append(Finding("labels_without_colons"))
        records = _better(records, bare)
    return records


def _is_odd(record: Record, forms: tuple[Form, ...]) -> bool:
    """Whether headings or labels of a description may be written in another way than its form's."""
    if record.code is None:
        return True
    findings = ((finding.code, finding.raw or "") for finding in record.findings)
    return any(
        code in ("section_missing", "title_absent")
        or (code == "unrecognised_line" and names_a_part(raw, forms))
        for code, raw in findings
    )


def _better(records: list[Record], others: list[Record]) -> list[Record]:
    """Of two readings of a document the one that reads more values, else the first."""

    def read(some: list[Record]) -> int:
        coded = (record for record in some if record.code is not None)
        return sum(v.status is Status.READ for record in coded for v in record.values.values())

    return others if read(others) > read(records) else records


def _read_all(document: Document, forms: tuple[Form, ...], contacts: bool) -> list[Record]:
    starts = find_starts(document, forms)
    if not starts:
        return []
    ends = [start.at for start in starts[1:]] + [len(document.view)]
    # What stands before the first description is accounted for with it.
    begins = [0] + [start.at for start in starts[1:]]
    return [
        _guarded(document, start, begin, end, contacts)
        for start, begin, end in zip(starts, begins, ends, strict=True)
    ]


def _guarded(document: Document, start: Start, begin: int, end: int, contacts: bool) -> Record:
    """One description; what fails in it leaves the others of the document whole."""
    read = attempt(lambda: _read_description(document, start, begin, end, contacts))
    if not isinstance(read, Failure):
        return read
    form, language = start.form, start.language
    record = Record(document.path, form.name, language, form.declared, begin=begin, failed=True)
    # Nobody knows where in it persons are named.
    first, last = document.line_index(begin), document.line_index(max(begin, end - 1))
    record.withheld = set(range(first, last + 1))
    line = document.span(start.at, start.at + 1).line
    record.findings.append(Finding(read.code, line=line, raw=read.raw))
    return record


def part_of_form(document: Document, forms: tuple[Form, ...]) -> Form | None:
    """The form of which a document without a project code seems to be a part."""
    for form in forms:
        for language in form.languages:
            hits = find_candidates(document, form, language, 0, len(document.view))
            if len({hit.order for hit in hits if not hit.implied}) >= SETTINGS.part_of_a_form:
                return form
    return None


def holds_form(document: Document, forms: tuple[Form, ...]) -> bool:
    """Whether a document has the labels of a form, though not at the beginnings of its lines.

    Line ends were lost, or another program put marks of its own before the labels.
    """
    view = document.view
    for form in forms:
        for language in form.languages:
            # Other pages say what their project code is in other words, or not at all.
            first = form.sections[0].entries[:1]
            if not any(label in view for e in first for label in e.labels.get(language, ())):
                continue
            entries = (entry for section in form.walk() for entry in section.entries)
            labels = {text for entry in entries for text in entry.labels.get(language, ())}
            if sum(f"{label}:" in view for label in labels) >= SETTINGS.labels_of_form:
                return True
    return False


def _read_description(
    document: Document, start: Start, begin: int, end: int, contacts: bool
) -> Record:
    form, language = start.form, start.language
    record = Record(document.path, form.name, language, form.declared, begin=begin)
    draft = Draft(document, form, record, begin, end, contacts)
    if end < len(document.view):
        # What stands below the last description was left out with the rest of the site.
        end = _without_tail(draft, start.at, end)
    if start.tied:
        draft.report(
            "form_tied", line=draft.line_at(start.at), raw=", ".join((start.name, *start.tied))
        )
    for at in start.other_titles:
        draft.report("label_in_text", line=draft.line_at(at), raw=draft.quoted(draft.line_at(at)))
    headings, doubtful, under, _ = find_headings(document, form, language, start.at, end)
    for heading in doubtful:
        line = draft.line_at(heading.start)
        draft.report("heading_ambiguous", line=line, raw=draft.quoted(line))
    top = headings[0].start if headings else end
    _read_top(draft, start, begin, top)
    found = {heading.section.key for heading in headings}
    stops = [heading.start for heading in headings[1:]] + [end]
    hits = [_labels(draft, *some) for some in zip(headings, under, strict=True)]
    draft.values_below = _values_below(draft, [hit.end for some in hits for hit in some])
    for heading, labels, stop in zip(headings, hits, stops, strict=False):
        draft.claim(heading.start, heading.end)
        _read_heading(draft, heading, labels, min(stop, _unseen(draft, heading, stop)), found)
    fill_missing(draft)
    report_missing(draft, found)
    draft.account()
    return record


def _without_tail(draft: Draft, start: int, end: int) -> int:
    """Where a description ends above the lines of its site, or the end of its letter."""
    document = draft.document
    lines = document.full_between(start, end)[-SETTINGS.tail :]
    letter = document.format not in _PAGES
    below = tail([document.lines[i].text for i in lines], letter=letter)
    for i in lines[len(lines) - below :]:
        draft.claim(document.lines[i].start, document.lines[i].end)
    return document.lines[lines[-below]].start if below else end


def _labels(draft: Draft, heading: Heading, hits: list[LabelHit]) -> list[LabelHit]:
    """The labels under a heading, those behind others too, where they may come in any order."""
    if heading.section.ordered or not heading.section.entries:
        return []
    further = find_further(draft.document, draft.form, draft.record.language, heading.order, hits)
    for hit in further:
        line = draft.line_at(hit.start)
        draft.report("labels_on_a_line", line=line, raw=draft.quoted(line))
    return sorted([*hits, *further], key=lambda hit: hit.start)


def _values_below(draft: Draft, ends: list[int]) -> bool:
    """Tell by the ends of the labels of a page whether their values stand on the line below."""
    view = draft.document.view
    behind = sum(bool(view[end : draft.line_at(end).end].strip()) for end in ends)
    return len(ends) >= SETTINGS.enough and behind < SETTINGS.behind * len(ends)


def _read_top(draft: Draft, start: Start, begin: int, top: int) -> None:
    """Read the lines above the first section: the banner and the title."""
    form, document = draft.form, draft.document
    for match in document.matches(whole_lines(form.furniture), begin, top):
        draft.claim(match.start(), match.end())
    for title in form.titles:
        lines = whole_lines((title.labels,), start.language)
        for hit in islice(document.matches(lines, start.at, top), 1):
            draft.claim(hit.start(), hit.end())
            first, last = draft.strip(hit.start(), hit.end())
            for name, content in {**form.sets, **title.sets}.items():
                draft.put(name, Status.READ, content, first, last)
            return
    # What the form says of all its projects rests on the first heading or label instead.
    line = draft.line_at(min(top, len(document.view) - 1))
    for name, content in form.sets.items():
        draft.put(name, Status.READ, content, *draft.strip(line.start, line.end))
    draft.report("title_absent", line=line)


def _read_heading(
    draft: Draft, heading: Heading, labels: list[LabelHit], stop: int, found: set[str]
) -> None:
    section, start = heading.section, heading.end
    stop = max(start, stop)
    if section.narrative is not None:
        above = draft.document.view[start:stop].strip()
        below = {inner.narrative for inner in section.sections if inner.key in found}
        # Prose above sub-sections that have the same field is left to be reported.
        if (above or not section.sections) and section.narrative not in below:
            draft.put_text(section.narrative, start, stop)
            draft.record.titles[section.narrative] = " ".join(heading.title.split())
    if section.entries:
        labels = [hit for hit in labels if hit.start < stop]
        read_section(draft, section, heading.order, labels, start, stop)
    if section.partners is not None:
        read_partners(draft, section.partners, (heading.start, heading.end), stop)


def _unseen(draft: Draft, heading: Heading, stop: int) -> int:
    """Where sections begin whose titles have not been seen in this language."""
    if draft.form.unseen_after.get(draft.record.language) != heading.section.key:
        return stop
    after = int((heading.number or heading.section.number or "0").split(".")[0]) + 1
    for line in draft.lines(heading.end, stop):
        match = _NEXT_NUMBER.match(line.text)
        if match is not None and int(match["number"]) == after:
            return line.start
    return stop
