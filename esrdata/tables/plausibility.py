"""Holds projects to the rules of plausibility: which are asked, which are doubtful, and by what."""

import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import eq, gt, lt
from typing import Any, NamedTuple

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.fields import find
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.record import Content, Finding, Record, Status
from esrdata.tables.cells import plain

#: The day of the source of a project.
DAY = "source.day"
_COMPARED = {"above": ">", "below": "<", "equal": "="}
_CODE = "projects.project_code"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a project: values by field, and the fields its author left blank.

    A value that is not there, or is stated only roughly, is not among them.
    """

    values: Mapping[str, Content]
    blank: frozenset[str] = frozenset()


class Statement(NamedTuple):
    """What makes a project doubtful: a value, a sign, and what it was compared with."""

    field: str
    value: Content
    sign: str = ""
    limit: Content = None
    limit_field: str | None = None
    code: str | None = None

    def text(self) -> str:
        """The statement in no language: dotted names, ISO dates, sums without separators."""
        limit = f"{self.limit_field} = " if self.limit_field is not None else ""
        found = f"{self.field} = {plain(self.value)}" if self.value is not None else self.field
        # Equal to a fixed limit says the same twice.
        alone = self.limit is None or (self.sign == "=" and self.limit_field is None)
        compared = "" if alone else f" {self.sign} {limit}{plain(self.limit)}"
        return found + compared + (f" ({self.code})" if self.code is not None else "")


@dataclass(frozen=True)
class Verdict:
    """What a rule says of a project: whether it was asked, and what makes the project doubtful."""

    asked: bool
    statements: Sequence[Statement] = field(default=())


_NOT_ASKED, _NOT_DOUBTFUL = Verdict(False), Verdict(True)
# What a condition says of each project: a statement where it holds, False where it does not, None
# where it cannot be asked for want of a value.
_Answer = Statement | bool | None
_Answers = list[_Answer]
_Question = Callable[[Facts], _Answer]
_Condition = Callable[[Sequence[Facts]], _Answers]


def rules() -> dict[str, Any]:
    """The rules of the shelf in use, by their names."""
    return load.plausibility()


def fields_used(rule: Mapping[str, Any]) -> set[str]:
    """The fields that a rule needs."""
    conditions = [*rule.get("asked_of", ()), *rule["doubtful"]]
    named = {c["field"] for c in conditions if "field" in c}
    for condition in conditions:
        named |= {*condition.get("of", ()), *condition.get("same", ())}
        for limit in (condition[name] for name in _COMPARED if name in condition):
            if isinstance(limit, Mapping):
                named |= {limit["of"]} if "of" in limit else set()
            elif isinstance(limit, str) and _day(limit) is None:
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
    comparison = next((key for key in _COMPARED if key in spec), None)
    if comparison is None:
        return range(rows)
    values = columns.get(spec["field"], ())
    limits = _limits(spec[comparison], comparison, columns, rows)
    is_beyond = _beyond(spec, comparison)
    return [
        at
        for at, (value, bound) in enumerate(zip(values, limits, strict=False))
        if value is not None and bound is not None and is_beyond(value, bound)
    ]


def _limits(
    limit: Any, comparison: str, columns: Mapping[str, Sequence[Content]], rows: int
) -> Sequence[Content]:
    """What the value of each row is compared with."""
    if isinstance(limit, str) and _day(limit) is None:
        return columns.get(limit, ())
    of = _limit(limit, comparison)
    if not isinstance(limit, Mapping) or "of" not in limit:
        return [of(Facts({}))[0]] * rows
    codes = columns.get(limit["of"], [None] * rows)
    known = {code: of(Facts({limit["of"]: code}))[0] for code in set(codes)}
    return [known[code] for code in codes]


@per_shelf
def _reported() -> tuple[set[str], list[tuple[str, list[_Question]]]]:
    """The fields that rules which are findings need, and the conditions of each rule.

    Such a rule only compares values of one source, and is asked of all.
    """
    found = {code: rule for code, rule in rules().items() if "finding" in rule}
    return set().union(*map(fields_used, found.values())), [
        (code, [_single(condition) for condition in rule["doubtful"]])
        for code, rule in found.items()
    ]


def facts_of(
    tables: Mapping[str, pd.DataFrame], names: set[str], day: date | None = None
) -> list[Facts]:
    """Gather what rules need of each row of `projects`.

    Parameters
    ----------
    tables
        The tables of a portfolio.
    names
        Fields, as `fields_used` gives them.
    day
        The day of sources that have none of their own.
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
def _compiled(rule: str) -> tuple[list[_Condition], list[_Condition]]:
    """The conditions of a rule: of those asked, and of doubt."""
    spec = rules()[rule]
    return [_condition(c) for c in spec.get("asked_of", ())], [
        _condition(c) for c in spec["doubtful"]
    ]


def _condition(spec: Mapping[str, Any]) -> _Condition:
    if "same" in spec:
        return lambda facts: _same(facts, spec["same"])
    if "times_median" in spec:
        return lambda facts: _above_median(facts, spec)
    one = _single(spec)
    return lambda facts: [one(each) for each in facts]


def _single(spec: Mapping[str, Any]) -> _Question:
    """A condition on a project by itself."""
    name: str = spec["field"]
    if "missing" in spec:
        return lambda facts: name not in facts.values and Statement(name, None)
    if "blank" in spec:
        return lambda facts: (
            False
            if name in facts.values
            else Statement(name, None)
            if name in facts.blank
            else None
        )
    if "among" in spec:
        wanted = {*spec["among"]}
        return lambda facts: (
            None
            if (value := facts.values.get(name)) is None
            else value in wanted and Statement(name, value)
        )
    return _comparing(spec)


def _comparing(spec: Mapping[str, Any]) -> _Question:
    """A condition that compares a value with a limit."""
    name: str = spec["field"]
    (comparison,) = (key for key in _COMPARED if key in spec)
    sign, limit_of = _COMPARED[comparison], _limit(spec[comparison], comparison)
    is_beyond = _beyond(spec, comparison)

    def test(facts: Facts) -> _Answer:
        value: Any = facts.values.get(name)
        if value is None:
            return None
        bound, limit_field, code = limit_of(facts)
        if bound is None:
            return None
        return is_beyond(value, bound) and Statement(name, value, sign, bound, limit_field, code)

    return test


def _beyond(spec: Mapping[str, Any], comparison: str) -> Callable[[Any, Any], bool]:
    """Whether a value is on the wrong side of its limit, beyond what is let pass."""
    euros, share = spec.get("by_eur", 0), spec.get("by_share", 0)
    days = timedelta(spec.get("by_days", 0))
    wrong = {"above": gt, "below": lt, "equal": eq}[comparison]

    def is_beyond(value: Any, bound: Any) -> bool:
        # Most are on the right side: no need to see how far off.
        if comparison == "equal" or not wrong(value, bound):
            return bool(wrong(value, bound))
        slack = days if isinstance(bound, date) else max(euros, share * abs(bound))
        return bool(abs(value - bound) > slack)

    return is_beyond


_Limit = Callable[[Facts], tuple[Content, str | None, str | None]]


def _limit(limit: Any, comparison: str) -> _Limit:
    """What a value is compared with: itself, the field it is in, and the code that gave it."""
    if isinstance(limit, Mapping):
        bounds = {row["code"]: _bound(row[limit["column"]]) for row in load.codes(limit["list"])}
        if "of" not in limit:
            outermost = (min if comparison == "below" else max)(
                bound for bound in bounds.values() if bound is not None
            )
            return lambda _: (outermost, None, None)

        def of_code(facts: Facts) -> tuple[Content, str | None, str | None]:
            code = str(facts.values.get(limit["of"]))
            return bounds.get(code), None, code

        return of_code
    if isinstance(limit, str) and _day(limit) is None:
        return lambda facts: (facts.values.get(limit), limit, None)
    fixed = _day(limit) if isinstance(limit, str) else limit
    return lambda _: (fixed, None, None)


def _bound(cell: str) -> Any:
    """A cell of a code list as a day or a number; None where it is empty."""
    if not cell:
        return None
    return _day(cell) or float(cell)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# ---- conditions that compare projects with each other


def _above_median(facts: Sequence[Facts], spec: Mapping[str, Any]) -> _Answers:
    """Whether a sum is so many times the median of its group, and beyond the fence."""
    groups: defaultdict[tuple[Content, ...], list[float]] = defaultdict(list)
    placed: list[tuple[tuple[Content, ...], float] | None] = []
    for one in facts:
        value = one.values.get(spec["field"])
        key = tuple(one.values.get(name) for name in spec["of"])
        if isinstance(value, int | float) and value > 0 and None not in key:
            groups[key].append(value)
            placed.append((key, value))
        else:
            placed.append(None)
    limits = {
        key: _median_limit(values, spec)
        for key, values in groups.items()
        if len(values) >= spec["fewest"]
    }
    return [
        None
        if at is None or at[0] not in limits
        else at[1] > limits[at[0]] and Statement(spec["field"], at[1], ">", limits[at[0]])
        for at in placed
    ]


def _median_limit(values: Sequence[float], spec: Mapping[str, Any]) -> float:
    limit: float = spec["times_median"] * statistics.median(values)
    if "fence" in spec:
        # Inclusive quartiles are those of numpy and R (type 7).
        first, _, third = statistics.quantiles(map(math.log, values), n=4, method="inclusive")
        limit = max(limit, math.exp(third + spec["fence"] * (third - first)))
    return round(limit, 2)


def _same(facts: Sequence[Facts], names: Sequence[str]) -> _Answers:
    """Which other projects have all the same; texts are compared without case and spaces."""
    alike: defaultdict[tuple[Content, ...], list[int]] = defaultdict(list)
    keys = []
    for place, one in enumerate(facts):
        found = (one.values.get(name) for name in names)
        key = tuple(load.fold(v) if isinstance(v, str) else v for v in found)
        keys.append(None if None in key else key)
        if None not in key:
            alike[key].append(place)
    answers: _Answers = []
    for place, own in enumerate(keys):
        others = [] if own is None else [at for at in alike[own] if at != place]
        codes = ", ".join(str(facts[at].values[_CODE]) for at in others)
        answers.append(None if own is None else bool(others) and Statement(_CODE, codes))
    return answers
