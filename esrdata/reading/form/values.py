"""Reads what stands behind a label: values of a template, lists, and partners."""

import re
from collections.abc import Iterator, Sequence

from esrdata.documents.layout import AND
from esrdata.knowledge import load
from esrdata.knowledge.fields import field_of
from esrdata.reading.builder import Draft
from esrdata.reading.form.beside import read_value
from esrdata.reading.form.settings import SETTINGS
from esrdata.reading.form.spec import Entry
from esrdata.reading.form.templates import Template
from esrdata.reading.listed import between_places, listed
from esrdata.reading.record import Status

Slice = tuple[int, int]

# A line end at the hyphen of a word, but not at one that hangs: "elinkeino- ja". Until a value is
# read a sign that no document has, for every one of its own, stands there.
_AT_HYPHEN = re.compile(rf"(?<=\w-)\s*\n\s*(?=[a-zåäö])(?!(?:{'|'.join(sorted(AND))})\b)")
_JOINT = "\u2060"


def fits(draft: Draft, entry: Entry, text: str) -> bool:
    """Whether a text is a value that a label asks for: of its code list, or well formed."""
    if entry.codes is not None:
        return load.fold(text) in load.spellings(entry.codes)
    for template in draft.templates(entry):
        if template.side_by_side:
            parts = read_value([template], text, draft.form.blank_words)
        else:
            parts = template.read(text, strict=True) or ()
        typed = any(kind != "text" for _, kind in template.slots)
        if typed and parts and all(part.status is Status.READ for part in parts):
            return True
    return False


def joined(draft: Draft, templates: Sequence[Template], pieces: Sequence[Slice]) -> str:
    """The text of several slices; where values stand side by side each is a cell."""
    between = "\t" if any(template.side_by_side for template in templates) else " "
    return between.join(draft.document.view[start:end] for start, end in pieces)


def read_pieces(draft: Draft, templates: tuple[Template, ...], pieces: Sequence[Slice]) -> None:
    """Read the values of a template from several slices of the view, one after another."""
    # Where each sign of the joined text stands; the space between two pieces ends the first.
    places = [at for start, end in pieces for at in range(start, end + 1)]
    for part in read_value(templates, joined(draft, templates, pieces), draft.form.blank_words):
        start = places[part.start]
        last = places[part.end - 1] + 1 if part.end > part.start else start
        draft.put(part.field, part.status, part.content, start, last)


def read_templates(draft: Draft, templates: tuple[Template, ...], start: int, end: int) -> None:
    """Read the values of a template from a slice of the view, without white space at its ends."""
    if blank(draft, templates[0].fields, start, end):
        return
    view = draft.document.view
    if any(template.side_by_side for template in templates):
        start, end = _with_empty_cells(view, start, end)
    # A value may wrap wherever it has a space, a sum between its thousands too, or at a hyphen.
    text = view[start:end]
    wrapped = "\n" in text
    if wrapped:
        text = _AT_HYPHEN.sub(lambda end: _JOINT * len(end[0]), text).replace("\n", " ")
    for part in read_value(templates, text, draft.form.blank_words):
        content = part.content
        if wrapped and isinstance(content, str):
            content = content.replace(_JOINT, "")
        draft.put(part.field, part.status, content, start + part.start, start + part.end)


def _with_empty_cells(view: str, start: int, end: int) -> Slice:
    """Widen a slice by the tabs around it: borders of empty cells, but the first, of the label."""
    line = view.rfind("\n", 0, start) + 1
    label = line + len(view[line:start].rstrip(" \t"))
    border = view.find("\t", label, start)
    stop = view.find("\n", end)
    rest = view[end : stop if stop >= 0 else len(view)]
    return (start if border < 0 else border + 1), end + len(rest) - len(rest.lstrip(" \t"))


def blank(draft: Draft, names: tuple[str, ...], start: int, end: int) -> bool:
    """Keep fields as blank where nothing, or a word for nothing, stands behind their label.

    The slice has no white space at its ends.
    """
    text = draft.document.view[start:end].strip(" ,")
    if text and load.fold(text) not in draft.form.blank_words:
        return False
    for name in names:
        draft.put(name, Status.BLANK, None, start, end)
    return True


def read_list(draft: Draft, name: str, start: int, end: int) -> None:
    """Read a comma list; names that hold a comma themselves stay whole."""
    view = draft.document.view
    if blank(draft, (name,), *draft.strip(start, end)):
        return
    # Names of organisations may have "and" in them, those of places do not.
    places = field_of(name).table == "locations"
    divider = between_places() if places else _COMMA
    pieces = _pieces(draft, start, end) if places else [(start, end)]
    found = [piece for some in pieces for piece in listed(view, *some, divider)]
    for i, (first, last) in enumerate(found):
        content = " ".join(_DIVIDED.sub("-", view[first:last]).split())
        draft.put(f"{name}.{i}", Status.READ, content, first, last)


def _pieces(draft: Draft, start: int, end: int) -> Iterator[Slice]:
    """A value by its line ends, but those that only wrap and those of a name that goes on."""
    document = draft.document
    begin = start
    for at in (match.start() for match in re.finditer("\n", document.view[start:end])):
        i = document.line_index(start + at)
        above, below = document.lines[i].text.rstrip(), document.lines[i + 1].text.lstrip()
        # A longer line may have been wrapped by a program of which nothing else tells.
        ends = i not in document.wraps and len(above) < SETTINGS.short_line
        if ends and above[-1:] not in ("-", ",") and below[:1].isupper():
            yield begin, start + at
            begin = start + at
    yield begin, end


_COMMA = re.compile(",")
# A name that its line divides at its hyphen.
_DIVIDED = re.compile(r"(?<=\w)-\s*\n\s*")
_ID = r"\d{6,8}\s?[-\u2013]\s?\d"
_PARTNER = re.compile(
    rf"(?:(?P<name>.*?\S)[\s,;(]{{1,40}})?(?P<id>{_ID})[\s,;.)]*|"
    # Digits behind a comma that are no business ID all the same are not a name.
    rf"(?P<named>.*?\S)\s*,\s*(?P<digits>{_ID}.*|[\d -]*\d[\d -]*)|"
    r"(?P<alone>.*?)[\s,]*",
    re.DOTALL,
)
# No name of an organisation: an item of a list, a sentence, a number, or a paragraph.
_PROSE = re.compile(
    r"[-\u2013•*]\s|[^a-zåäöA-ZÅÄÖ]*$|.{150}|(?:\S+\s+){5,}[a-zåäö]{4,}[.!?]$", re.DOTALL
)
_PARTS = {
    "name": ("name", Status.READ),
    "named": ("name", Status.READ),
    "alone": ("name", Status.READ),
    "id": ("business_id", Status.READ),
    "digits": ("business_id", Status.UNREADABLE),
}


def _is_prose(partner: re.Match[str] | None) -> bool:
    """Whether a line without an ID reads like anything but the name of an organisation."""
    return partner is not None and bool(partner["alone"]) and _PROSE.match(partner[0]) is not None


def read_partners(draft: Draft, role: str, heading: tuple[int, int], end: int) -> None:
    """Read the organisations listed under a heading, one line each."""
    listed = [draft.strip(*piece) for piece in draft.entries(heading[1], end)]
    found = [(place, _PARTNER.fullmatch(draft.document.view[slice(*place)])) for place in listed]
    # Prose is left to be reported, and what follows it and has no ID: text of another section.
    prose = next((i for i, (_, m) in enumerate(found) if _is_prose(m)), len(found))
    found = [*found[:prose], *(pair for pair in found[prose:] if pair[1] and not pair[1]["alone"])]
    for (first, last), match in found:
        partner = f"partners.{draft.next_partner()}"
        draft.claim(first, last)
        draft.put(f"{partner}.role", Status.READ, role, *heading)
        for group, (field, status) in _PARTS.items():
            if match is not None and match[group]:
                text = " ".join(match[group].split())
                content = text if field == "name" else re.sub(r"\s?[-\u2013]\s?", "-", text)
                start, stop = first + match.start(group), first + match.end(group)
                read = status is Status.READ
                draft.put(f"{partner}.{field}", status, content if read else None, start, stop)
        for field in ("name", "business_id"):
            if f"{partner}.{field}" not in draft.record.values:
                draft.put(f"{partner}.{field}", Status.BLANK, None, last, last)
    if not found:
        draft.put(f"partners.{role}", Status.BLANK, None, heading[1], heading[1])
