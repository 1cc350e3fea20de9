"""Reads the labels of one section and what stands behind them."""

import re
from dataclasses import dataclass

from esrdata.documents.document import Line
from esrdata.knowledge import load
from esrdata.reading.builder import Draft
from esrdata.reading.form.alignment import best_chain
from esrdata.reading.form.headings import LabelHit, find_labels, line_pattern
from esrdata.reading.form.spec import Entry, Section
from esrdata.reading.form.templates import Template, read_value
from esrdata.reading.privacy import MASK
from esrdata.reading.record import Status

_LABEL_LIKE = re.compile(r"\s*[^\s:][^\n:]{1,90}:(?:\s|$)")
# A label with its value, with some value, alone; and the longest thing put in a value's place.
_FITTING, _FILLED, _ALONE = 3.0, 2.0, 1.0
_NO_PROSE = re.compile(r"(?=.{0,12}$)\S+(?:\s+\S+){0,2}")


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


def _ordered(
    draft: Draft, section: Section, hits: list[LabelHit], end: int
) -> list[tuple[Entry, LabelHit]]:
    """Labels among free text: those that fit the order of the form best."""
    real: list[tuple[int, LabelHit, float]] = []
    for hit in hits:
        for i in hit.entries:
            weight = _weight(draft, section, section.entries[i], hit, end)
            if weight is not None:
                real.append((i, hit, weight))

    def own(i: int) -> float:
        return real[i][2]

    def between(i: int, j: int) -> float:
        return 0.0

    chosen, doubtful, _ = best_chain([i for i, _, _ in real], own, between)
    for index in doubtful:
        line = draft.line_at(real[index][1].start)
        draft.report("heading_ambiguous", line=line, raw=draft.quoted(line))
    return [(section.entries[real[c][0]], real[c][1]) for c in chosen]


def _weight(draft: Draft, section: Section, entry: Entry, hit: LabelHit, end: int) -> float | None:
    """How much a label among free text looks like itself; None where it is prose."""
    line = draft.line_at(hit.end)
    rest = draft.document.view[hit.end : min(line.end, end)].strip()
    if entry.mark:
        heads = line_pattern(section.furniture, draft.record.language)
        return _ALONE if not rest or heads.fullmatch(rest) else None
    if _fits(draft, entry, rest) or (not rest and _below(draft, entry, line.end, end)):
        return _FITTING
    if not rest:
        return _ALONE
    if entry.colon:
        return _FILLED
    return _ALONE if _NO_PROSE.fullmatch(rest) else None


def _fits(draft: Draft, entry: Entry, text: str) -> bool:
    """Whether a text is a value that a label asks for: of its code list, or well formed."""
    if entry.codes is not None:
        return load.fold(text) in load.spellings(entry.codes)
    for template in draft.templates(entry):
        parts = template.read(text, strict=True) or ()
        typed = any(kind != "text" for _, kind in template.slots)
        if typed and parts and all(part.status is Status.READ for part in parts):
            return True
    return False


def _below(draft: Draft, entry: Entry, start: int, end: int) -> int | None:
    """End of a value that stands on the lines under its label, whole or cell by cell."""
    slots = max((len(template.slots) for template in draft.templates(entry)), default=0)
    lines = [line for line in draft.lines(start, end) if not line.blank][:slots]
    for count in range(1, len(lines) + 1):
        if _fits(draft, entry, " ".join(line.text.strip() for line in lines[:count])):
            return lines[count - 1].end
    return None


def _read_entry(draft: Draft, met: _Met) -> None:
    entry = met.entry
    line = draft.line_at(max(met.start, met.label_end - 1))
    draft.claim(met.start, min(line.end, met.stop))
    value_end = _value_end(draft, met, line)
    draft.claim(met.start, value_end)
    if entry.withheld is not None:
        draft.withhold(met.start, value_end)
        if entry.withheld == "always" or not draft.contacts:
            if any(name.endswith(".name") for name in entry.fields()):
                said = " ".join(draft.document.view[met.label_end : value_end].split())
                draft.record.persons += [said] if said else []
            return
    if entry.sets:
        for name, content in entry.sets.items():
            draft.put(name, Status.READ, content, met.start, met.label_end)
    if entry.list is not None:
        _read_list(draft, entry.list, met.label_end, value_end)
    templates = draft.templates(entry)
    if templates:
        _read_templates(draft, templates, met.label_end, value_end)
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
    waiting = draft.values_below and not rest
    for following in draft.lines(end, met.stop):
        if following.blank and waiting:
            continue
        if following.blank or not (waiting or _runs_on(draft, following)):
            break
        end, waiting = following.end, False
    return end


def _runs_on(draft: Draft, line: Line) -> bool:
    """Whether a line under a value belongs to it.

    Where it is known which line ends are wraps they tell; elsewhere a line right below does that
    does not look like a label itself.
    """
    if draft.document.wraps:
        return draft.runs_on(line)
    return not _LABEL_LIKE.match(line.text)


def _read_templates(draft: Draft, templates: tuple[Template, ...], start: int, end: int) -> None:
    if _blank(draft, templates[0].fields, start, end):
        return
    start, end = draft.strip(start, end)
    # A value may wrap wherever it has a space, a sum between its thousands too.
    text = draft.document.view[start:end].replace("\n", " ")
    for part in read_value(templates, text):
        draft.put(part.field, part.status, part.content, start + part.start, start + part.end)


def _blank(draft: Draft, names: tuple[str, ...], start: int, end: int) -> bool:
    """Keep fields as blank where nothing, or a word for nothing, stands behind their label."""
    start, end = draft.strip(start, end)
    said = draft.document.view[start:end].strip(" ,")
    if said and load.fold(said) not in draft.form.blank_words:
        return False
    for name in names:
        draft.put(name, Status.BLANK, None, start, end)
    return True


def _read_list(draft: Draft, name: str, start: int, end: int) -> None:
    """Read a comma list; names that hold a comma themselves stay whole."""
    view = draft.document.view
    if _blank(draft, (name,), start, end):
        return
    pieces = [(m.start(), m.end()) for m in _BETWEEN_COMMAS.finditer(view, start, end)]
    whole = {load.fold(row["label_fi"]) for row in load.codes("municipalities_with_comma")}
    items: list[tuple[int, int]] = []
    for first, last in (draft.strip(*piece) for piece in pieces):
        if first == last:
            continue
        if items and load.fold(view[items[-1][0] : last]) in whole:
            items[-1] = (items[-1][0], last)
        else:
            items.append((first, last))
    for i, (first, last) in enumerate(items):
        content = " ".join(view[first:last].split())
        draft.put(f"{name}.{i}", Status.READ, content, first, last)


_BETWEEN_COMMAS = re.compile(r"[^,]+")
_ID = r"\d{6,8}\s?[-\u2013]\s?\d"
_PARTNER = re.compile(
    rf"(?:(?P<name>.*?\S)[\s,;(]+)?(?P<id>{_ID})[\s,;.)]*|"
    # Digits behind a comma that are no business ID all the same are not a name.
    rf"(?P<named>.*?\S)\s*,\s*(?P<digits>{_ID}.*|[\d -]*\d[\d -]*)|"
    r"(?P<alone>.*?)[\s,]*",
    re.DOTALL,
)


_PARTS = {
    "name": ("name", Status.READ),
    "named": ("name", Status.READ),
    "alone": ("name", Status.READ),
    "id": ("business_id", Status.READ),
    "digits": ("business_id", Status.UNREADABLE),
}


def read_partners(draft: Draft, role: str, heading: tuple[int, int], end: int) -> None:
    """Read the organisations listed under a heading, one line each."""
    listed = [draft.strip(*piece) for piece in draft.entries(heading[1], end)]
    for first, last in listed:
        partner = f"partners.{draft.next_partner()}"
        draft.claim(first, last)
        draft.put(f"{partner}.role", Status.READ, role, *heading)
        met = _PARTNER.fullmatch(draft.document.view[first:last])
        for group, (field, status) in _PARTS.items():
            if met is not None and met[group]:
                said = " ".join(met[group].split())
                content = said if field == "name" else re.sub(r"\s?[-\u2013]\s?", "-", said)
                start, stop = first + met.start(group), first + met.end(group)
                read = status is Status.READ
                draft.put(f"{partner}.{field}", status, content if read else None, start, stop)
        for field in ("name", "business_id"):
            if f"{partner}.{field}" not in draft.record.values:
                draft.put(f"{partner}.{field}", Status.BLANK, None, last, last)
    if not listed:
        draft.put(f"partners.{role}", Status.BLANK, None, heading[1], heading[1])
