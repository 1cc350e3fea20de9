"""Plausibility of one record: checks that report and never change a value."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from esrdata.knowledge import load
from esrdata.knowledge.fields import Field, field_of, list_name
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.grid import Grid, GridRecord
from esrdata.reading.quantities.business_ids import business_id
from esrdata.reading.record import ABSENT, Declared, Finding, Record, Status, Value
from esrdata.tables import plausibility

Check = Callable[[Record], Iterator[Finding]]
# The fields that a check asks together, of those that a record has.
_Fields = Callable[[tuple[str, ...], Declared], Iterable[tuple[str, ...]]]


def findings(record: Record) -> Iterator[Finding]:
    """Everything the checks have to report of a record."""
    for check, _ in _CHECKS:
        yield from check(record)


def findings_of(records: Iterable[Record]) -> Iterator[Iterable[Finding]]:
    """What the checks have to report of each record.

    The rows of a grid are checked by column, and only those asked of which a check may speak.
    """
    asked: dict[int, set[int]] = {}
    for record in records:
        if isinstance(record, GridRecord) and record.is_of_grid:
            grid = record.grid
            if id(grid) not in asked:
                asked[id(grid)] = _suspects(grid)
            yield findings(record.alone()) if record.at in asked[id(grid)] else ()
        else:
            yield findings(record)


def _suspects(grid: Grid) -> set[int]:
    """The rows of a grid of which a check may have something to report.

    What a check says of the contents of its fields it says of all rows that have the same.
    """
    contents = {name: cells.contents for name, cells in grid.columns.items()}
    found: set[int] = set()
    for check, fields in _CHECKS:
        if check is plausibility.findings:
            found |= plausibility.suspects(contents, len(grid.lines))
            continue
        for group in fields(tuple(contents), grid.like.declared):
            used = [name for name in group if name in contents]
            keys: list[Sequence[object]] = [grid.columns[name].which for name in used]
            if check is _code_letter:
                # It looks at no more of a code; no two rows have the whole of it in common.
                keys[0] = [str(code)[0] for code in contents[used[0]]]
            rows = list(zip(*keys, strict=True))
            reported = set()
            for row, at in dict(zip(rows, range(len(rows)), strict=True)).items():
                values = {name: grid.value(name, at) for name in used}
                if any(check(replace(grid.like, values=values))):
                    reported.add(row)
            found.update(at for at, row in enumerate(rows) if reported and row in reported)
    return found


def _finding(code: str, name: str, value: Value, raw: str | None = None) -> Finding:
    line = value.span.line if value.span is not None else None
    return Finding(code, name, line, raw if raw is not None else value.raw)


def _read(record: Record, *names: str) -> tuple[Value, ...] | None:
    """The values of fields, None unless each was read."""
    values = [record.values.get(name) for name in names]
    read = tuple(v for v in values if v is not None and v.status is Status.READ)
    return read if len(read) == len(names) else None


def _above(record: Record, code: str, name: str, other: str) -> Iterator[Finding]:
    """Report a number that is above another one."""
    value, limit = record.values.get(name, ABSENT), record.values.get(other, ABSENT)
    a, b = value.content, limit.content
    if isinstance(a, int | float) and isinstance(b, int | float) and a > b:
        yield _finding(code, name, value, f"{value.raw} > {limit.raw}")


@lru_cache(maxsize=256)
def _of_column(names: tuple[str, ...], column: str) -> tuple[Field, ...]:
    """The fields whose value is of a column; rows of a list have the same ones each time."""
    return tuple(f for f in map(field_of, names) if (f.part or f.column) == column)


@lru_cache(maxsize=256)
def _of_table(names: tuple[str, ...], table: str) -> tuple[Field, ...]:
    return tuple(field for field in map(field_of, names) if field.table == table)


@lru_cache(maxsize=256)
def _women_and_all(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The fields of numbers of women, each with that of the whole beside it."""
    fields = ((field.name, field.beside("total")) for field in _of_column(names, "women"))
    return tuple((name, total) for name, total in fields if total is not None)


def _business_id(record: Record) -> Iterator[Finding]:
    for field in _of_column(tuple(record.values), "business_id"):
        value = record.values[field.name]
        if value.status is Status.READ and business_id(str(value.content)) is None:
            yield _finding("business_id_check_digit", field.name, value)


def _postal_code(record: Record) -> Iterator[Finding]:
    for field in _of_column(tuple(record.values), "postal_code"):
        value = record.values[field.name]
        if value.status is Status.READ and not re.fullmatch(r"\d{5}", str(value.content)):
            yield _finding("postal_code_form", field.name, value)


def _women(record: Record) -> Iterator[Finding]:
    for name, total in _women_and_all(tuple(record.values)):
        yield from _above(record, "women_above_total", name, total)


def _participants(record: Record) -> Iterator[Finding]:
    if not record.applicable:
        return
    for field in _of_table(tuple(record.values), "indicators"):
        value = record.values[field.name]
        out = record.applicable.get(field.keys[0][1]) is False
        if out and isinstance(value.content, int) and value.content > 0:
            yield _finding("participants_stated_though_not_applicable", field.name, value)


def _scores(record: Record) -> Iterator[Finding]:
    bounds = record.declared.score_bounds
    if bounds is None:
        return
    for field in _of_table(tuple(record.values), "sustainability"):
        value = record.values[field.name]
        if isinstance(value.content, int) and not bounds[0] <= value.content <= bounds[1]:
            yield _finding("score_out_of_bounds", field.name, value)


def _code_letter(record: Record) -> Iterator[Finding]:
    values = _read(record, "projects.project_code", "projects.fund")
    if values is None:
        return
    code, fund = (str(value.content) for value in values)
    if _letters().get(code[0]) != fund:
        yield _finding("code_letter_fund", "projects.fund", values[0], f"{code}, {fund}")


@per_shelf
def _letters() -> dict[str, str]:
    return {row["letter"]: row["code"] for row in load.codes("fund")}


def _known_axis(record: Record) -> Iterator[Finding]:
    """Look the priority axis up among those of its period and fund, where the shelf has them."""
    values = _read(record, "projects.priority_axis", "projects.fund")
    if values is None:
        return
    known = _axes().get((record.content("projects.programme_period"), values[1].content))
    if known and str(values[0].content) not in known:
        yield _finding("value_unknown", "projects.priority_axis", values[0])


@per_shelf
def _axes() -> dict[tuple[object, object], set[str]]:
    """Axes of each period and fund."""
    found: dict[tuple[object, object], set[str]] = {}
    for row in load.codes("priority_axes"):
        found.setdefault((row["programme_period"], row["fund"]), set()).add(row["code"])
    return found


def _known_labels(record: Record) -> Iterator[Finding]:
    """Hold the labels of the axis and the objective, with their numbers, against the period's."""
    # Of other languages the shelf has translations of its own.
    for name, label_of, codelist in _LABELS if record.language == _OFFICIAL else ():
        read = _read(record, label_of)
        known = _labels(codelist).get(record.content(_PERIOD))
        if read is None or not known:
            continue
        (label,) = read
        number = record.content(name)
        of = known.get(load.fold(str(label.content)), set())
        if number is None:
            if not of:
                yield _finding("value_unknown", label_of, label)
        # A number that the period does not have is reported by itself.
        elif str(number) not in of and any(str(number) in codes for codes in known.values()):
            yield _finding("value_unknown", label_of, label, f"{number}. {label.raw}")


@per_shelf
def _labels(codelist: str) -> dict[object, dict[str, set[str]]]:
    """The labels of each period, folded, with the codes that each may belong to."""
    found: dict[object, dict[str, set[str]]] = {}
    for row in load.codes(codelist):
        labels = found.setdefault(row["programme_period"], {})
        labels.setdefault(load.fold(row[f"label_{_OFFICIAL}"]), set()).add(row["code"])
    return found


def _axis(record: Record) -> Iterator[Finding]:
    """Hold the priority axis against the specific objective of its period."""
    names = ("projects.priority_axis", "projects.specific_objective")
    values = _read(record, *names)
    if values is None:
        return
    period = record.content("projects.programme_period")
    axes = {
        row["code"]: row["priority_axis"]
        for row in load.codes("specific_objectives")
        if row["programme_period"] == period
    }
    axis, objective = (str(value.content) for value in values)
    if objective not in axes:
        yield _finding("value_unknown", names[1], values[1])
    elif axes[objective] != axis:
        yield _finding("axis_objective_mismatch", names[0], values[0], f"{axis}, {objective}")


def _vocabulary(record: Record) -> Iterator[Finding]:
    values = record.values
    for common, codelist in record.declared.code_lists.items():
        names = (common,) if common in values else _listed(tuple(values), common)
        for name in names:
            value = values[name]
            if value.status is Status.READ and not _is_known(codelist, str(value.content)):
                yield _finding("value_unknown", name, value)


@lru_cache(maxsize=256)
def _listed(names: tuple[str, ...], common: str) -> tuple[str, ...]:
    """The fields of a list."""
    return tuple(name for name in names if list_name(name) == common)


@per_shelf
def _is_known(codelist: str, text: str) -> bool:
    return load.fold(text) in load.spellings(codelist)


def _each(column: str) -> _Fields:
    return lambda names, _: [(field.name,) for field in _of_column(names, column)]


def _each_of(table: str) -> _Fields:
    return lambda names, _: [(field.name,) for field in _of_table(names, table)]


def _together(*fields: str) -> _Fields:
    return lambda names, _: [fields] if fields[0] in names else []


def _of_code_lists(names: tuple[str, ...], declared: Declared) -> Iterable[tuple[str, ...]]:
    listed = declared.code_lists
    return [(name,) for name in names if name in listed or list_name(name) in listed]


_FUND, _PERIOD = "projects.fund", "projects.programme_period"
_AXIS, _OBJECTIVE = "projects.priority_axis", "projects.specific_objective"
#: The language in which programmes give their labels.
_OFFICIAL = "fi"
_LABELS = (
    (_AXIS, f"{_AXIS}_label", "priority_axes"),
    (_OBJECTIVE, f"{_OBJECTIVE}_label", "specific_objectives"),
)
_CHECKS: tuple[tuple[Check, _Fields], ...] = (
    (_business_id, _each("business_id")),
    (_postal_code, _each("postal_code")),
    # Whole columns are held to its rules.
    (plausibility.findings, lambda names, _: []),
    (_women, lambda names, _: _women_and_all(names)),
    (_participants, _each_of("indicators")),
    (_scores, _each_of("sustainability")),
    (_code_letter, _together("projects.project_code", _FUND)),
    (_known_axis, _together(_AXIS, _FUND, _PERIOD)),
    (_axis, _together(_AXIS, _OBJECTIVE, _PERIOD)),
    (
        _known_labels,
        lambda names, _: [(f, of, _PERIOD) for f, of, _ in _LABELS if of in names],
    ),
    (_vocabulary, _of_code_lists),
)
