"""Reads one label of a form, with its value and the free text under it."""

import re
from typing import NamedTuple

from esrdata.documents.document import Line
from esrdata.reading.builder import Draft
from esrdata.reading.form.spec import Entry
from esrdata.reading.form.values import fits, read_list, read_templates
from esrdata.reading.record import Status

_LABEL_LIKE = re.compile(r"\s*[^\s:][^\n:]{1,90}:(?:\s|$)")


class Label(NamedTuple):
    """A label taken for real: its entry, and the slice of the view up to the next one.

    `lost` is what lines begin with that may be other labels of the section, of which none is found:
    such a line is no part of the value.
    """

    entry: Entry
    start: int
    label_end: int
    stop: int
    lost: re.Pattern[str] | None = None


def below(draft: Draft, entry: Entry, start: int, end: int) -> int | None:
    """End of a value that stands on the lines under its label, whole or cell by cell."""
    slots = max((len(template.slots) for template in draft.templates(entry)), default=0)
    lines = [line for line in draft.lines(start, end) if not line.blank][:slots]
    for count in range(1, len(lines) + 1):
        if fits(draft, entry, " ".join(line.text.strip() for line in lines[:count])):
            return lines[count - 1].end
    return None


def read_entry(draft: Draft, label: Label) -> None:
    """Read a label: its value, and the free text under it."""
    entry = label.entry
    line = draft.line_at(max(label.start, label.label_end - 1))
    value_end = _value_end(draft, label, line)
    draft.claim(label.start, value_end)
    if entry.withheld is not None:
        draft.withhold(label.start, value_end)
        if entry.withheld == "always" or not draft.contacts:
            if any(name.endswith(".name") for name in entry.fields()):
                name = " ".join(draft.document.view[label.label_end : value_end].split())
                draft.record.persons += [name] if name else []
            return
    start, end = draft.strip(label.label_end, value_end)
    if label.lost is not None and label.lost.match(draft.document.view, start, end):
        # Labels beside each other have their values below: whose each is nobody can say.
        for name in entry.fields():
            draft.put(name, Status.UNREADABLE, None, start, end)
        return
    if entry.sets:
        for name, content in entry.sets.items():
            draft.put(name, Status.READ, content, label.start, label.label_end)
    if entry.list is not None:
        read_list(draft, entry.list, label.label_end, value_end)
    templates = draft.templates(entry)
    if templates:
        read_templates(draft, templates, start, end)
    if entry.free_text is not None:
        draft.put_text(entry.free_text, value_end, label.stop)


def _value_end(draft: Draft, label: Label, line: Line) -> int:
    """Where the value ends: with its line, or with the lines it runs on to."""
    entry = label.entry
    end = min(line.end, label.stop)
    # Most labels have the next one on the next line.
    if entry.mark or entry.sets or end + 1 >= label.stop:
        return end
    rest = draft.document.view[label.label_end : end].strip()
    if entry.free_text is not None:
        under = None if rest else below(draft, entry, end, label.stop)
        return end if under is None else under
    waiting = draft.values_below and not rest
    for following in draft.lines(end, label.stop):
        if following.blank and waiting:
            continue
        if following.blank or not (waiting or _runs_on(draft, label, end, following)):
            break
        if label.lost is not None and label.lost.match(following.text):
            break
        end, waiting = following.end, False
    return end


def _runs_on(draft: Draft, label: Label, end: int, line: Line) -> bool:
    """Whether a line under a value, up to its end so far, belongs to it.

    Where it is known which line ends are wraps they tell, unless the value wants what is below: a
    program may have wrapped the line where it was longer. Elsewhere a line right below goes on
    that does not look like a label itself.
    """
    # A line that begins small goes on with the one above, whatever the widths of lines say.
    if not draft.document.wraps or line.text.lstrip()[:1].islower():
        return not _LABEL_LIKE.match(line.text)
    if draft.runs_on(line) or _LABEL_LIKE.match(line.text):
        return draft.runs_on(line)
    said = draft.document.view[label.label_end : end].strip()
    wants_more = not fits(draft, label.entry, said)
    return wants_more and fits(draft, label.entry, f"{said} {line.text.strip()}".strip())
