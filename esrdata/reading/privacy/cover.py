"""Covers personal data sign by sign, so that every offset stays right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from esrdata.documents.document import Document
from esrdata.knowledge.fields import Field, field_of
from esrdata.reading.grid import Distinct, Grid, GridRecord
from esrdata.reading.privacy.addresses import addresses, profiles
from esrdata.reading.privacy.persons import named
from esrdata.reading.privacy.phones import RUN, phones, spoken
from esrdata.reading.privacy.recogniser import recognised, recogniser
from esrdata.reading.privacy.registers import registers
from esrdata.reading.privacy.signs import Plain
from esrdata.reading.record import Finding, Record, Status, Value

MASK = "[…]"
COVER = "█"
# A short text without one of these holds no address.
_MAY_BE = re.compile(r"[@＠﹫Ⓐⓐ%&(\[{]|[ _-][aä]t")
# Tags that show what stands between them, and hold nothing themselves.
_PLAIN_TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|h[1-6]|ul|ol|li|dl|dt|dd|table|tbody|tr|td|th)\s*/?>",
    re.IGNORECASE,
)


def places(text: str, persons: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Where addresses and numbers of persons and given persons' names stand, in order."""
    plain = Plain(text)
    found = list(addresses(plain))
    runs = list(RUN.finditer(plain.text))
    if runs:
        found += phones(plain, runs)
        found += registers(plain.text, runs)
    found += spoken(plain)
    found += profiles(plain)
    return plain.spans([*found, *_people(plain, persons, found)])


def _people(
    plain: Plain, persons: Iterable[str], found: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where persons are named outside what was found: a name in an address is part of it."""
    if not persons and recogniser() is None:
        return []
    rest, low = covered(plain.text, found), covered(plain.small, found)
    return [*named(rest, low, persons, accented=plain.accented), *recognised(rest)]


def names(text: str, persons: Iterable[str]) -> list[tuple[int, int]]:
    """Where given persons, and those whom a recogniser in use finds, are named outside addresses.

    Names are as a form holds them, in any order of their parts; several in one text too.
    """
    known = tuple(persons)
    if not known and recogniser() is None:
        return []
    plain = Plain(text)
    return plain.spans(_people(plain, known, list(addresses(plain))))


def mask(text: str, persons: Iterable[str] = ()) -> str:
    """Cover every address and number of a person, and given persons' names, sign by sign."""
    return covered(text, places(text, persons))


def covered(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with some slices of it covered sign by sign."""
    pieces, at = list[str](), 0
    for start, end in sorted(spans):
        if end > at:
            first = max(start, at)
            pieces += text[at:first], COVER * (end - first)
            at = end
    return "".join((*pieces, text[at:])) if pieces else text


def redact_all(document: Document, records: Iterable[Record], *, contacts: bool) -> None:
    """Cover personal data in the records of a document, as `redact` does in each.

    The rows of a grid are looked through by column, and only those redacted that hold an address.
    """
    held: dict[int, set[int]] = {}
    # Thousands of rows may have been repaired in the same way.
    quoted: dict[str, str] = {}
    for record in records:
        if isinstance(record, GridRecord) and record.is_of_grid:
            grid = record.grid
            if id(grid) not in held:
                held[id(grid)] = _with_addresses(grid)
            if record.at not in held[id(grid)]:
                for at, finding in enumerate(() if contacts else record.findings):
                    raw = finding.raw or ""
                    if raw not in quoted:
                        quoted[raw] = mask(raw)
                    if quoted[raw] != raw:
                        record.findings[at] = replace(finding, raw=quoted[raw])
                continue
        redact(document, record, contacts=contacts)


def _with_addresses(grid: Grid) -> set[int]:
    """The rows of a grid in which an address stands; no column of a grid is prose."""
    found: set[int] = set()
    known: dict[Distinct, set[int]] = {}
    for name, cells in grid.columns.items():
        if field_of(name).table == "contacts":
            continue
        if cells.distinct not in known:
            contents = enumerate(cells.distinct.contents)
            known[cells.distinct] = {i for i, c in contents if isinstance(c, str) and _addresses(c)}
        found.update(cells.rows_of(known[cells.distinct]))
    return found


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
        unreadable = value.status is Status.UNREADABLE
        if not (unreadable or isinstance(content, str)):
            continue
        field = field_of(name)
        if field.table == "contacts":
            continue
        if unreadable or not isinstance(content, str):
            # What it quotes is covered as in the finding that tells of it.
            quoted = _masked_raw(document, value, persons, None)
            record.values[name] = value._replace(raw=quoted)
            continue
        prose = field.prose
        spans = places(content, persons) if prose else _in_fact(content, persons, field)
        if not spans and (value.raw == content or not prose):
            continue
        if value.raw == content:
            raw: str | None = covered(content, spans)
        else:
            raw = _masked_raw(document, value, persons, spans if prose else None)
        record.values[name] = Value(value.status, covered(content, spans), raw, value.span)
        if spans:
            line = value.span.line if value.span is not None else None
            record.findings.append(Finding("personal_data_masked", name, line, str(len(spans))))
    if not contacts:
        record.findings[:] = [_quoting_nobody(finding, persons) for finding in record.findings]
    record.persons = []


def _in_fact(text: str, persons: Sequence[str], field: Field) -> list[tuple[int, int]]:
    """What is covered in a fact: addresses, and contact persons by their whole names.

    A part alone may be a town; and names of beneficiaries and projects are public.
    """
    if not persons or field.public:
        return _addresses(text)
    plain = Plain(text)
    people = named(plain.text, plain.small, persons, accented=plain.accented, whole=True)
    return plain.spans([*addresses(plain), *people])


def _addresses(text: str) -> list[tuple[int, int]]:
    """E-mail addresses alone: digits of other fields are codes and IDs."""
    if _MAY_BE.search(text) is None:
        return []
    plain = Plain(text)
    return plain.spans(addresses(plain))


def _masked_raw(
    document: Document,
    value: Value,
    persons: Iterable[str],
    known: Sequence[tuple[int, int]] | None,
) -> str | None:
    """The source of a value without personal data; where it stands in its content may be known."""
    raw, span = value.raw, value.span
    if raw is None or span is None or value.status is Status.BLANK:
        return raw
    if document.starts:
        # What a person sees may be written otherwise in the source: `&#64;`, tags in between.
        first, last = document.view_place(span.start), document.view_place(span.end - 1)
        seen = document.view[first : last + 1]
        if known is None or seen != value.content:
            known = places(seen, persons)
        if not known and seen == raw:
            return raw
        for a, b in known:
            place = document.span(first + a, first + b)
            raw = covered(raw, [(place.start - span.start, place.end - span.start)])
        if _shows_all(document, raw, first, last):
            return raw
    return mask(covered(raw, _comments(raw)), persons)


def _comments(raw: str) -> Iterator[tuple[int, int]]:
    """The insides of comments in a source: no part of its page, they may name whoever wrote it."""
    at = raw.find("<!--")
    while at >= 0 and (end := raw.find("-->", at + 4)) >= 0:
        inside = raw[at + 4 : end]
        yield end - len(inside.lstrip()), at + 4 + len(inside.rstrip())
        at = raw.find("<!--", end)


def _shows_all(document: Document, raw: str, first: int, last: int) -> bool:
    """Whether a slice of the view shows all that its source holds: no line and no attribute is left
    out, and nothing from elsewhere stands in between.
    """
    return (
        document.in_order
        and not any(first < place <= last for place in document.furniture)
        and "<" not in _PLAIN_TAG.sub("", raw)
    )


def _quoting_nobody(finding: Finding, persons: Iterable[str]) -> Finding:
    return finding if finding.raw is None else replace(finding, raw=mask(finding.raw, persons))
