"""Where the sources of one project disagree on facts, whatever the wording."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations, groupby, product
from pathlib import Path
from typing import NamedTuple

from esrdata.knowledge import load
from esrdata.knowledge.fields import field_of, find
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.record import Content, Finding, Record, Status, Value
from esrdata.tables.linking.likeness import coded, folded, same_organisation, title
from esrdata.tables.linking.sources import kind

Row = dict[str, object]

# Text, not facts (see `conflicts`).
_WORDING = {
    "projects.project_code",
    "projects.priority_axis_label",
    "projects.specific_objective_label",
}
_NAME = "projects.name"
_ORGANISATIONS = {"projects.authority", "projects.applicant"}
_WEBSITES = {"projects.website", "projects.project_website"}
_SIGNS = {"about": "≈", "over": ">", "at_least": "≥", "under": "<", "up_to": "≤"}


class Statement(NamedTuple):
    """What one source states on a topic: its fields in order, several only if it is a list."""

    record: Record
    values: tuple[tuple[str, Value], ...]


def _range(number: float, qualifier: str | None) -> tuple[float, float]:
    """The least and greatest number meant."""
    off = abs(number) * load.linkage()["about"]
    ranges = {
        None: (number, number),
        "about": (number - off, number + off),
        "over": (math.nextafter(number, math.inf), math.inf),
        "at_least": (number, math.inf),
        "under": (-math.inf, math.nextafter(number, -math.inf)),
        "up_to": (-math.inf, number),
    }
    return ranges[qualifier]


def _same_numbers(a: float, b: float, signs: tuple[str | None, str | None], slack: float) -> bool:
    (low_a, high_a), (low_b, high_b) = _range(a, signs[0]), _range(b, signs[1])
    # Rounding counts only between two exact sums; bounds are met or not.
    slack = slack if signs == (None, None) else 0
    return max(low_a, low_b) <= min(high_a, high_b) + slack


def _same_texts(field: str, a: str, b: str, codelist: str | None) -> bool:
    if folded(a) == folded(b):
        return True
    if field in _WEBSITES:
        one, other = (re.sub(r"^https?://", "", text.strip().casefold()) for text in (a, b))
        return one.rstrip("/") == other.rstrip("/")
    if field in _ORGANISATIONS:
        return same_organisation(a, b)
    if field == _NAME:
        # `Silta-hanke` is `Silta`.
        return title(a) == title(b)
    if field.endswith("business_id"):
        return a.lstrip("0") == b.lstrip("0")
    if codelist is None:
        return False
    codes = {coded(codelist).get(folded(text)) for text in (a, b)}
    # A running project ends some day, so the older source is not wrong.
    forward = codelist == "status" and "running" in codes
    return None not in codes and (len(codes) == 1 or forward)


def equal(
    field: str,
    a: Value,
    b: Value,
    qualifiers: tuple[str | None, str | None] = (None, None),
    codelist: str | None = None,
) -> bool:
    """Whether two values of a field state the same fact.

    `qualifiers` are as in `Record.qualifiers`; `codelist` is the field's code list, if any.
    """
    one, other = a.content, b.content
    if one == other and qualifiers[0] == qualifiers[1]:
        return True
    if isinstance(one, date) and isinstance(other, date):
        sure = 1 if "year" in qualifiers else 2 if "month" in qualifiers else 3
        return str(one).split("-")[:sure] == str(other).split("-")[:sure]
    if isinstance(one, int | float) and isinstance(other, int | float):
        return _same_numbers(
            one, other, qualifiers, load.linkage()["rounded"] if field.startswith("funding.") else 0
        )
    # Texts, or a number in one source and text in the other.
    return _same_texts(field, written(one), written(other), codelist)


def written(content: Content) -> str:
    """A value as plain text: ISO date, number without separators, text as read."""
    if isinstance(content, float):
        return str(int(content)) if content.is_integer() else repr(content)
    return str(content)


@cache
def topic_of(field: str) -> str | None:
    """The topic a field is compared under (a list is one topic); None if it is not compared."""
    known = field_of(field)
    if field in _WORDING or known.prose or known.table == "contacts":
        return None
    return known.list_name or field


def _partners(statement: Statement) -> list[tuple[str, str | None, str]]:
    """Role, business ID and name of each partner."""
    found = []
    fields = [(field_of(name), written(value.content)) for name, value in statement.values]
    for _, parts in groupby(fields, key=lambda item: item[0].number):
        part = {field.column: text for field, text in parts}
        found.append((part.get("role", ""), part.get("business_id"), part.get("name", "")))
    return found


def _same_partner(one: tuple[str, str | None, str], other: tuple[str, str | None, str]) -> bool:
    if one[0] != other[0] or one[1] is None or other[1] is None:
        return one[0] == other[0] and same_organisation(one[2], other[2])
    return one[1].lstrip("0") == other[1].lstrip("0")


@per_shelf
def _grows(topic: str) -> bool:
    """Whether a field grows while a project runs, by its stage."""
    growing = {row["code"] for row in load.codes("stages") if row["grows"] == "yes"}
    # A whole list, such as the partners, is no single field.
    known = find(topic)
    return known is not None and dict(known.keys).get("stage") in growing


def _has_grown(topic: str, newer: Statement, older: Statement) -> bool:
    """Whether the older source describes the running project and the newer one states more.

    The source in use comes first. It must not be known to be older, for then the smaller value is
    the later one; if it states less, a person has to decide.
    """
    if not _grows(topic) or topic in newer.record.qualifiers or topic in older.record.qualifiers:
        return False
    days = newer.record.snapshot, older.record.snapshot
    if days[0] is not None and days[1] is not None and days[0] < days[1]:
        return False
    status = coded("status").get(folded(written(older.record.content("projects.status"))))
    more, less = newer.values[0][1].content, older.values[0][1].content
    if not (isinstance(more, int | float) and isinstance(less, int | float)):
        return False
    return status == "running" and more >= less


def _agreed(topic: str, a: Statement, b: Statement) -> bool:
    if _has_grown(topic, a, b):
        return True
    if topic == "partners":
        ones, others = _partners(a), _partners(b)
        pairs = [(o, p) for o, p in product(ones, others) if _same_partner(o, p)]
        return {o for o, _ in pairs} == {*ones} and {p for _, p in pairs} == {*others}
    lists = [statement.record.declared.code_lists.get(topic) for statement in (a, b)]
    lists.append(load.place_list(topic.removeprefix("locations.")))
    codelist = next((name for name in lists if name is not None), None)
    if a.values[0][0] == topic == b.values[0][0]:
        qualifiers = a.record.qualifiers.get(topic), b.record.qualifiers.get(topic)
        return equal(topic, a.values[0][1], b.values[0][1], qualifiers, codelist)
    known = coded(codelist) if codelist is not None else {}
    one, other = (
        {
            known.get(text, text)
            for text in (folded(written(v.content)) for _, v in statement.values)
        }
        for statement in (a, b)
    )
    return one == other


def _text(topic: str, statement: Statement) -> str:
    if topic != "partners":
        return "; ".join(written(value.content) for _, value in statement.values)
    return "; ".join(
        f"{role}: {name}" + (f" ({number})" if number is not None else "")
        for role, number, name in _partners(statement)
    )


def _row(code: str, topic: str, rank: int, statement: Statement) -> Row:
    spans = [value.span for _, value in statement.values if value.span is not None]
    raws = [value.raw for _, value in statement.values if value.raw is not None]
    row: Row = {
        "project_code": code,
        "field": topic,
        "rank": rank,
        "source": kind(statement.record),
        "form": statement.record.form,
        "value": _text(topic, statement),
        "qualifier": statement.record.qualifiers.get(topic),
        "raw": ", ".join(raws) if raws else None,
        "file": statement.record.path,
        "snapshot": statement.record.snapshot,
        "snapshot_basis": statement.record.snapshot_basis,
    }
    if not spans:
        return row | dict.fromkeys(("page", "line", "start", "end"))
    first, last = spans[0], max(span.end for span in spans)
    return row | {"page": first.page, "line": first.line, "start": first.start, "end": last}


def _by_topic(records: Sequence[Record]) -> Iterator[tuple[str, list[Statement]]]:
    """The statements on each topic that the sources do not put in the same words."""
    gathered: dict[str, dict[int, list[tuple[str, Value]]]] = {}
    for at, record in enumerate(records):
        for name, value in record.values.items():
            if value.status is Status.READ and (topic := topic_of(name)) is not None:
                gathered.setdefault(topic, {}).setdefault(at, []).append((name, value))
    inexact = {name for record in records for name in record.qualifiers}
    for topic, sources in gathered.items():
        if len(sources) == 1:
            continue
        # Most values are identical and need no closer look.
        first, *others = ([(n, v.content) for n, v in values] for values in sources.values())
        if topic in inexact or any(other != first for other in others):
            yield topic, [Statement(records[at], tuple(values)) for at, values in sources.items()]


def conflicts(records: Sequence[Record]) -> Iterator[Row]:
    """Rows for every field on which the sources of one project disagree.

    Only values read in two sources are compared: a blank says nothing. Not compared are

    - narratives, justifications and contacts: prose is rewritten for every reader, and a new
      contact person is no disagreement on the project;
    - labels of priority axis and specific objective: they vary between documents, so the code is
      compared instead.

    A realised value that has grown since an older source described the running project is no
    disagreement.

    `records` belong to one project code, the one in use first. Each source that states the field
    has a row, even if it agrees with another: rank 1 is the one in use. A list of places or
    partners is one row, from its first to its last item.
    """
    if len(records) < 2:
        return
    code = next((record.code for record in records if record.code is not None), None)
    if code is None:
        raise ValueError("records to be compared belong to a project code")
    for topic, sources in _by_topic(records):
        if not all(_agreed(topic, a, b) for a, b in combinations(sources, 2)):
            for rank, statement in enumerate(sources, 1):
                yield _row(code, topic, rank, statement)


def signed(text: str, qualifier: str | None) -> str:
    """A value with signs for its precision, in no language: ``≈50000``, ``2015-05``."""
    if qualifier in ("month", "year"):
        return text[: len("2015-05" if qualifier == "month" else "2015")]
    return text if qualifier is None else _SIGNS[qualifier] + text


def _as_stated(row: Mapping[str, object]) -> str:
    qualifier = row["qualifier"] if isinstance(row["qualifier"], str) else None
    # The file name is enough in a sentence; the table has the whole path.
    name = Path(str(row["file"])).name
    place = name if row["line"] is None else f"{name}:{row['line']}"
    return f"{signed(str(row['value']), qualifier)} ({place})"


def finding(rows: Iterable[Mapping[str, object]]) -> Iterator[Finding]:
    """A finding per project and field of `conflicts` rows, with every value and its place."""
    for (_, field), group in groupby(rows, key=lambda row: (row["project_code"], row["field"])):
        same = list(group)
        line = same[0]["line"] if isinstance(same[0]["line"], int) else None
        yield Finding("sources_disagree", str(field), line, " / ".join(map(_as_stated, same)))
