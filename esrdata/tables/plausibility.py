"""Holds projects to the rules of plausibility: which are asked, which are doubtful, and by what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.fields import find
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.record import Content, Finding, Record, Status
from esrdata.tables.cells import plain
from esrdata.tables.conditions import (
    COMPARED,
    Condition,
    Facts,
    Question,
    Statement,
    as_day,
    beyond,
    bound_of,
    condition_of,
    single,
)

#: The day of the source of a project.
DAY = "source.day"


@dataclass(frozen=True)
class Verdict:
    """What a rule says of a project: whether it was asked, and what makes the project doubtful."""

    asked: bool
    statements: Sequence[Statement] = field(default=())


_NOT_ASKED, _NOT_DOUBTFUL = Verdict(False), Verdict(True)


def rules() -> dict[str, Any]:
    """The rules of the shelf in use, by their names."""
    return load.plausibility()


def fields_used(rule: Mapping[str, Any]) -> set[str]:
    """The fields that a rule needs."""
    conditions = [*rule.get("asked_of", ()), *rule["doubtful"]]
    named = {c["field"] for c in conditions if "field" in c}
    for condition in conditions:
        named |= {*condition.get("of", ()), *condition.get("same", ())}
        for limit in (condition[name] for name in COMPARED if name in condition):
            if isinstance(limit, Mapping):
                named |= {limit["of"]} if "of" in limit else set()
            elif isinstance(limit, str) and as_day(limit) is None:
                named.add(limit)
    return named


def judge(rule: str, facts: Sequence[Facts]) -> list[Verdict]:
    """Ask a rule of projects, which are all there are where it compares them with each other."""
    asked_of, doubtful = _compiled(rule)
    asked = [True] * len(facts)
    for condition in asked_of:
        asked = [a and bool(b) for a, b in zip(asked, condition(facts), strict=True)]
    answers = list(zip(*(condition(facts) for condition in doubtful), strict=True))
    return [
        _NOT_ASKED if not a or of.count(None) == len(of)
        # A statement is a tuple with something in it.
        else Verdict(True, tuple(one for one in of if isinstance(one, Statement))) if any(of)
        else _NOT_DOUBTFUL
        for a, of in zip(asked, answers, strict=True)
    ]  # fmt: skip


def findings(record: Record) -> Iterator[Finding]:
    """Hold a source to those rules that are findings while it is read."""
    used, reported = _reported()
    values = {}
    for name in used:
        value = record.values.get(name)
        exact = record.qualifiers.get(name) in (None, "month", "year")
        if value is not None and value.status is Status.READ and exact:
            values[name] = value.content
    facts = Facts(values)
    for code, doubtful in reported:
        for one in (doubt(facts) for doubt in doubtful):
            if not isinstance(one, Statement):
                continue
            value = record.values[one.field]
            limit = plain(one.limit)
            if one.limit_field is not None:
                limit = record.values[one.limit_field].raw or limit
            raw = f"{value.raw} {one.sign} {limit}"
            raw += f" ({one.code})" if one.code is not None else ""
            line = value.span.line if value.span is not None else None
            yield Finding(code, one.field, line, raw)


def suspects(columns: Mapping[str, Sequence[Content]], rows: int) -> set[int]:
    """The rows of columns of which a rule that is a finding doubts a value.

    Of a list few are: those alone need be held to the rules one by one.
    """
    specs = (spec for rule in rules().values() if "finding" in rule for spec in rule["doubtful"])
    return set().union(*(_doubted(spec, columns, rows) for spec in specs))


def _doubted(
    spec: Mapping[str, Any], columns: Mapping[str, Sequence[Content]], rows: int
) -> Iterable[int]:
    """The rows whose value is beyond its limit; all where no limit is asked for."""
    comparison = next((key for key in COMPARED if key in spec), None)
    if comparison is None:
        return range(rows)
    values = columns.get(spec["field"], ())
    limits = _limits(spec[comparison], comparison, columns, rows)
    is_beyond = beyond(spec, comparison)
    return [
        at
        for at, (value, bound) in enumerate(zip(values, limits, strict=False))
        if value is not None and bound is not None and is_beyond(value, bound)
    ]


def _limits(
    limit: Any, comparison: str, columns: Mapping[str, Sequence[Content]], rows: int
) -> Sequence[Content]:
    """What the value of each row is compared with."""
    if isinstance(limit, str) and as_day(limit) is None:
        return columns.get(limit, ())
    of = bound_of(limit, comparison)
    if not isinstance(limit, Mapping) or "of" not in limit:
        return [of(Facts({}))[0]] * rows
    codes = columns.get(limit["of"], [None] * rows)
    known = {code: of(Facts({limit["of"]: code}))[0] for code in set(codes)}
    return [known[code] for code in codes]


@per_shelf
def _reported() -> tuple[set[str], list[tuple[str, list[Question]]]]:
    """The fields that rules which are findings need, and the conditions of each rule.

    Such a rule only compares values of one source, and is asked of all.
    """
    found = {code: rule for code, rule in rules().items() if "finding" in rule}
    return set().union(*map(fields_used, found.values())), [
        (code, [single(condition) for condition in rule["doubtful"]])
        for code, rule in found.items()
    ]


def facts_of(
    tables: Mapping[str, pd.DataFrame], names: set[str], day: date | None = None
) -> list[Facts]:
    """Gather what rules need of each row of `projects`.

    `names` are fields as `fields_used` gives them, `day` is that of sources that have none.
    """
    codes = tables["projects"]["project_code"]
    columns = {name: _column(tables, name, day) for name in sorted(names)}
    provenance = tables["provenance"][["project_code", "field", "status"]]
    blank = provenance[provenance["field"].isin(names)].drop_duplicates(["project_code", "field"])
    blank = blank[blank["status"] == str(Status.BLANK)]
    left: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in zip(blank["project_code"], blank["field"], strict=True):
        left[code].add(name)
    rows = zip(*columns.values(), strict=True) if columns else [()] * len(codes)
    return [
        Facts(
            {name: v for name, v in zip(columns, row, strict=True) if v is not None},
            frozenset(left[code]) if code in left else frozenset(),
        )
        for code, row in zip(codes, rows, strict=True)
    ]


def _column(tables: Mapping[str, pd.DataFrame], name: str, day: date | None) -> list[Content]:
    """A field of each project, None where it is missing or stated roughly."""
    projects, shape = tables["projects"], find(name)
    if name == DAY:
        files = tables["files"]
        days = {
            file: one.date()
            for file, one in zip(files["file"], files["snapshot_date"], strict=True)
            if not pd.isna(one)
        }
        return [days.get(file, day) for file in projects["source"].tolist()]
    if shape is None or shape.table == "projects":
        found = projects[name.partition(".")[2]]
    else:
        rows = tables[shape.table]
        for key, code in shape.keys:
            rows = rows[rows[key] == code]
        if "qualifier" in rows:
            rows = rows[rows["qualifier"].eq("exact").fillna(False)]
        column = rows.drop_duplicates("project_code").set_index("project_code")[shape.column]
        found = column.reindex(projects["project_code"])
    missing = found.isna().tolist()
    dates = pd.api.types.is_datetime64_any_dtype(found.dtype)
    return [
        None if no else one.date() if dates else one
        for one, no in zip(found.tolist(), missing, strict=True)
    ]


# ---- conditions


@per_shelf
def _compiled(rule: str) -> tuple[list[Condition], list[Condition]]:
    """The conditions of a rule: of those asked, and of doubt."""
    spec = rules()[rule]
    return [condition_of(c) for c in spec.get("asked_of", ())], [
        condition_of(c) for c in spec["doubtful"]
    ]
