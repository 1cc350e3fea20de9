"""Reads the labels of one section and what stands behind them."""

import re
from dataclasses import dataclass

from esrdata.documents.document import Line
from esrdata.knowledge import load
from esrdata.reading.chain import best_chain
from esrdata.reading.draft import Draft
from esrdata.reading.record import Status
from esrdata.reading.sections import LabelHit, find_labels, line_pattern
from esrdata.reading.spec import Entry, Section
from esrdata.reading.templates import Part, Template, read_value

_LABEL_LIKE = re.compile(r"\s*[^\s:][^\n:]{1,90}:(?:\s|$)")
# What an author puts in place of a number; anything longer after a label is prose.
_NOTHING_SAID = re.compile(r"[^\w\s]{0,4}")
_AFTER_A_LABEL = 3.0


@dataclass(frozen=True, slots=True)
class _Met:
    """A label taken for real: its entry, and the slice of the view up to the next one."""

    entry: Entry
    start: int
    label_end: int
    stop: int


def read_section(draft: Draft, section: Section, order: int, start: int, end: int) -> None:
    """Read the labelled values of a section from a slice of the view.

    Lines that are no label, no value and no furniture of the section stay unclaimed; the
    caller reports them.
    """
    document, language = draft.document, draft.record.language
    furniture = line_pattern(section.furniture, language)
    for met in document.matches(furniture, start, end):
        draft.claim(met.start(), met.end())
    hits = find_labels(document, draft.form, language, order, start, end)
    if section.ordered:
        labels = _ordered(draft, section, hits, end)
    else:
        labels = _unordered(draft, section, hits)
    for i, (entry, hit) in enumerate(labels):
        stop = labels[i + 1][1].start if i + 1 < len(labels) else end
        _read_entry(draft, _Met(entry, hit.start, hit.end, stop))


def _unordered(
    draft: Draft, section: Section, hits: list[LabelHit]
) -> list[tuple[Entry, LabelHit]]:
    """Each label once, in any order; a label that two entries share serves them in turn."""
    taken: set[int] = set()
    found = []
    for hit in hits:
        free = [i for i in hit.entries if i not in taken]
        if free:
            taken.add(free[0])
            found.append((section.entries[free[0]], hit))
        else:
            line = draft.line_at(hit.start)
            names = section.entries[hit.entries[-1]].fields()
            raw = draft.quoted(line)
            draft.report("label_repeated", field=next(iter(names), None), line=line, raw=raw)
            draft.claim(line.start, line.end)
    return found


def _ordered(
    draft: Draft, section: Section, hits: list[LabelHit], end: int
) -> list[tuple[Entry, LabelHit]]:
    """Labels among free text: those that fit the order of the form best."""
    real: list[tuple[int, LabelHit, float]] = []
    for hit in hits:
        for i in hit.entries:
            weight = _weight(draft, section.entries[i], hit, end)
            if weight is not None:
                real.append((i, hit, weight))

    def own(i: int) -> float:
        return real[i][2]

    def between(i: int, j: int) -> float:
        return 0.0

    chosen, doubtful = best_chain([i for i, _, _ in real], own, between)
    for index in doubtful:
        line = draft.line_at(real[index][1].start)
        draft.report("heading_ambiguous", line=line, raw=draft.quoted(line))
    return [(section.entries[real[c][0]], real[c][1]) for c in chosen]


def _weight(draft: Draft, entry: Entry, hit: LabelHit, end: int) -> float | None:
    """How much a label among free text looks like itself; None where it is prose."""
    line = draft.line_at(hit.end)
    rest = draft.document.view[hit.end : min(line.end, end)].strip()
    if entry.colon:
        return _AFTER_A_LABEL
    if entry.mark:
        return None if rest else 1.0
    if _strict(draft.templates(entry), rest) is not None:
        return _AFTER_A_LABEL
    if not rest:
        below = _below(draft, entry, line.end, end)
        return _AFTER_A_LABEL if below is not None else 1.0
    return 1.0 if _NOTHING_SAID.fullmatch(rest.replace(" ", "")) or rest.isdigit() else None


def _strict(templates: tuple[Template, ...], text: str) -> tuple[Part, ...] | None:
    for template in templates:
        parts = template.read(text, strict=True)
        if parts is not None and all(part.status is Status.READ for part in parts):
            return parts
    return None


def _below(draft: Draft, entry: Entry, start: int, end: int) -> int | None:
    """End of a value that stands, cell by cell, on the lines under its label."""
    templates = draft.templates(entry)
    count = max((len(template.slots) for template in templates), default=0)
    lines = [line for line in draft.lines(start, end) if not line.blank][:count]
    if len(lines) < count or all(kind == "text" for t in templates for _, kind in t.slots):
        return None
    text = " ".join(line.text.strip() for line in lines)
    return lines[-1].end if _strict(templates, text) is not None else None


def _read_entry(draft: Draft, met: _Met) -> None:
    entry = met.entry
    line = draft.line_at(max(met.start, met.label_end - 1))
    draft.claim(met.start, min(line.end, met.stop))
    value_end = _value_end(draft, met, line)
    draft.claim(met.start, value_end)
    if entry.withheld is not None:
        draft.withhold(met.start, value_end)
        if entry.withheld == "always" or not draft.contacts:
            return
    if entry.sets:
        for name, content in entry.sets.items():
            draft.put(name, Status.READ, content, met.start, met.label_end)
    if entry.list is not None:
        _read_list(draft, entry.list, met.label_end, value_end)
    templates = draft.templates(entry)
    if templates:
        _read_templates(draft, entry, templates, met.label_end, value_end)
    if entry.free_text is not None:
        draft.put_text(entry.free_text, value_end, met.stop)


def _value_end(draft: Draft, met: _Met, line: Line) -> int:
    """Where the value ends: with its line, or with the lines it runs on to."""
    entry = met.entry
    end = min(line.end, met.stop)
    rest = draft.document.view[met.label_end : end].strip()
    if entry.mark or entry.sets:
        return end
    if entry.free_text is not None:
        below = None if rest else _below(draft, entry, end, met.stop)
        return end if below is None else below
    for following in draft.lines(end, met.stop):
        if following.blank or _LABEL_LIKE.match(following.text) or draft.claimed(following):
            break
        end = following.end
    return end


def _read_templates(
    draft: Draft, entry: Entry, templates: tuple[Template, ...], start: int, end: int
) -> None:
    start, end = draft.strip(start, end)
    text = draft.document.view[start:end]
    names = templates[0].fields
    if not text:
        for name in names:
            draft.put(name, Status.BLANK, None, start, start)
        return
    if load.fold(text) in entry.blank_words:
        for name in names:
            draft.put(name, Status.BLANK, None, start, end)
        return
    for part in read_value(templates, text):
        draft.put(part.field, part.status, part.content, start + part.start, start + part.end)


def _read_list(draft: Draft, name: str, start: int, end: int) -> None:
    """Read a comma list; names that hold a comma themselves stay whole."""
    view = draft.document.view
    pieces = [(m.start(), m.end()) for m in re.compile(r"[^,]+").finditer(view, start, end)]
    whole = {load.fold(row["label_fi"]) for row in load.codes("municipalities_with_comma")}
    items: list[tuple[int, int]] = []
    for first, last in (draft.strip(*piece) for piece in pieces):
        if first == last:
            continue
        if items and load.fold(view[items[-1][0] : last]) in whole:
            items[-1] = (items[-1][0], last)
        else:
            items.append((first, last))
    if not items:
        draft.put(name, Status.BLANK, None, end, end)
    for i, (first, last) in enumerate(items):
        content = " ".join(view[first:last].split())
        draft.put(f"{name}.{i}", Status.READ, content, first, last)


_PARTNER = (
    Template("{partners.*.name:text}, {partners.*.business_id:business_id}"),
    Template("{partners.*.name:text},"),
    Template("{partners.*.name:text}"),
)
_DIGITS_LAST = re.compile(r"(?P<name>.+?)\s*,\s*(?P<id>[\d\s-]*\d[\d\s-]*)")


def read_partners(draft: Draft, role: str, heading: tuple[int, int], end: int) -> None:
    """Read the organisations listed under a heading, one line each."""
    document = draft.document
    found = False
    for line in draft.lines(heading[1], end):
        if line.blank:
            continue
        found = True
        first, last = draft.strip(line.start, line.end)
        text = document.view[first:last]
        index = draft.next_partner()
        draft.put(f"partners.{index}.role", Status.READ, role, *heading)
        draft.claim(line.start, line.end)
        shapes = _PARTNER[:1] if _DIGITS_LAST.fullmatch(text) else _PARTNER[1:]
        for part in read_value(shapes, text):
            name = part.field.replace("*", str(index))
            draft.put(name, part.status, part.content, first + part.start, first + part.end)
        if len(shapes) > 1:
            draft.put(f"partners.{index}.business_id", Status.BLANK, None, last, last)
    if not found:
        draft.put(f"partners.{role}", Status.BLANK, None, end, end)
