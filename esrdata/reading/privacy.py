"""Keeps contact persons, e-mail addresses and phone numbers out of what leaves a document.

In prose they are covered sign by sign, so that every offset stays right; the files themselves
are never touched. What is kept where: docs/personal-data.md.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from esrdata.documents.document import Document
from esrdata.knowledge.fields import field_of
from esrdata.reading.record import Finding, Record, Status, Value

MASK = "[…]"
COVER = "█"

_LOCAL = r"(?<![\w.+-])[\w.+-]{1,64}"
_DOMAIN = r"(?:[\w-]{1,63}\.){1,4}[\w-]{2,63}"
_EMAIL = re.compile(
    # A name such as LIFE@WORK has no dot; a sign in brackets is enough, since pages are cut off
    # behind it.
    rf"{_LOCAL}(?:(?:\s?@\s?|\(a\)){_DOMAIN}"
    rf"|\s?[(\[]\s?(?:at|ät|@)\s?[)\]]\s?(?:{_DOMAIN}|[\w-]{{1,63}})?)",
    re.IGNORECASE,
)
_GAP = "[ \u00a0/–-]{0,3}"
_PHONE = re.compile(
    rf"(?<![\w.,/-])(?:\+\d{{1,3}}[ \u00a0]?(?:\(0\))?{_GAP}\d|\(?0\d{{1,3}}\)?)"
    rf"(?:{_GAP}\d){{5,10}}(?!\d)"
)
_BUSINESS_ID = re.compile(r"\d{7}-\d")
# Text without one of these holds neither; quicker than looking for both.
_SIGNS = re.compile(r"@|[(\[]\s?(?:at|ät|a)\s?[)\]]|\+\d|(?<!\d)0\d", re.IGNORECASE)


def places(text: str, persons: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Where e-mail addresses, phone numbers and names of given persons stand, in order."""
    found = names(text, persons)
    if _SIGNS.search(text):
        found += [match.span() for match in _EMAIL.finditer(text)]
        found += [
            match.span() for match in _PHONE.finditer(text) if not _BUSINESS_ID.fullmatch(match[0])
        ]
    return sorted(found)


def names(text: str, persons: Iterable[str]) -> list[tuple[int, int]]:
    """Where given persons are named, with the parts of a name in either order and in any case."""
    found = []
    for person in persons:
        # Finnish changes the end of a word with its case: Heikki, Heikin; Testinen, Testisen.
        parts = [rf"{re.escape(part[: max(3, len(part) - 3)])}\w{{0,7}}" for part in person.split()]
        if len(parts) > 1:
            either = (r"\s+".join(order) for order in (parts, parts[::-1]))
            name = rf"(?<!\w)(?:{'|'.join(either)})(?!\w)"
            found += [match.span() for match in re.finditer(name, text, re.IGNORECASE)]
    return sorted(found)


def mask(text: str, persons: Iterable[str] = ()) -> str:
    """Cover every e-mail address, phone number and given person, sign by sign."""
    return _covered(text, places(text, persons))


def _covered(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + COVER * (end - start) + text[end:]
    return text


def redact(document: Document, record: Record, *, contacts: bool) -> None:
    """Cover personal data in the values and the findings of a record, and report how much.

    Parameters
    ----------
    document
        What the record was read from.
    record
        The record; its `persons` are covered in prose and then forgotten.
    contacts
        Whether contact persons may be named. Addresses and numbers in prose are covered anyway:
        they are no answer to a question of the form.
    """
    persons = [] if contacts else record.persons
    for name, value in record.values.items():
        content = value.content
        if not isinstance(content, str) or field_of(name).table == "contacts":
            continue
        prose = field_of(name).prose
        spans = places(content, persons) if prose else _addresses(content)
        if not spans and not (value.raw and _SIGNS.search(value.raw) and prose):
            continue
        raw = _masked_raw(document, value, persons)
        record.values[name] = Value(value.status, _covered(content, spans), raw, value.span)
        if spans:
            line = value.span.line if value.span is not None else None
            record.findings.append(Finding("personal_data_masked", name, line, str(len(spans))))
    if not contacts:
        record.findings[:] = [_quoting_nobody(finding, persons) for finding in record.findings]
    record.persons = []


def _addresses(text: str) -> list[tuple[int, int]]:
    """E-mail addresses alone: digits of other fields are codes and IDs."""
    return [match.span() for match in _EMAIL.finditer(text)] if _SIGNS.search(text) else []


def _masked_raw(document: Document, value: Value, persons: Iterable[str]) -> str | None:
    raw, span = value.raw, value.span
    if raw is None or span is None or value.status is not Status.READ:
        return raw
    if document.starts:
        # What a person sees may be written otherwise in the source: `&#64;`, tags in between.
        first, last = document.view_place(span.start), document.view_place(span.end - 1)
        for a, b in places(document.view[first : last + 1], persons):
            seen = document.span(first + a, first + b)
            raw = _covered(raw, [(seen.start - span.start, seen.end - span.start)])
    return mask(raw, persons)


def _quoting_nobody(finding: Finding, persons: Iterable[str]) -> Finding:
    return finding if finding.raw is None else replace(finding, raw=mask(finding.raw, persons))
