"""Reads the labels of one section, in any order or row by row."""

from esrdata.reading.builder import Draft
from esrdata.reading.form.entries import Label, read_entry
from esrdata.reading.form.headings import LabelHit, finder, whole_lines
from esrdata.reading.form.rows import read_rows
from esrdata.reading.form.spec import Entry, Section
from esrdata.reading.privacy import MASK


def read_section(
    draft: Draft, section: Section, order: int, hits: list[LabelHit], start: int, end: int
) -> None:
    """Read the labelled values of a section from a slice of the view.

    Lines that are no label, no value and no furniture of the section stay unclaimed; the
    caller reports them. `hits` are the labels of a section that is not read row by row.
    """
    document, language = draft.document, draft.record.language
    for match in document.matches(whole_lines(section.furniture, language), start, end):
        draft.claim(match.start(), match.end())
    if section.ordered:
        read_rows(draft, section, order, start, end)
        return
    labels = _unordered(draft, section, hits)
    lost = finder(draft.form, language).lost_labels(order, hits)
    for i, (entry, hit) in enumerate(labels):
        stop = labels[i + 1][1].start if i + 1 < len(labels) else end
        read_entry(draft, Label(entry, hit.start, hit.end, stop, lost))


def _unordered(
    draft: Draft, section: Section, hits: list[LabelHit]
) -> list[tuple[Entry, LabelHit]]:
    """Each label once, in any order; a label that two entries share is the one due next."""
    taken: list[int] = []
    found = []
    for hit in hits:
        free = [i for i in hit.entries if i not in taken]
        if free:
            due = [i for i in free if not taken or i > taken[-1]] or free
            taken.append(due[0])
            found.append((section.entries[due[0]], hit))
        else:
            _report_repeated(draft, section.entries[hit.entries[-1]], hit)
    return found


def _report_repeated(draft: Draft, entry: Entry, hit: LabelHit) -> None:
    line = draft.line_at(hit.start)
    raw = draft.quoted(line)
    if entry.withheld is not None:
        draft.withhold(line.start, line.end)
        raw = f"{draft.document.view[hit.start : hit.end].strip()} {MASK}"
    draft.report("label_repeated", field=next(iter(entry.fields()), None), line=line, raw=raw)
    draft.claim(line.start, line.end)
