"""Conditions of the rules of plausibility: what a project states, and what it is compared with."""

import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import eq, gt, lt
from typing import Any, NamedTuple

from esrdata.knowledge import load
from esrdata.reading.record import Content
from esrdata.tables.cells import plain

COMPARED = {"above": ">", "below": "<", "equal": "="}
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


# What a condition says of each project: a statement where it holds, False where it does not, None
# where it cannot be asked for want of a value.
_Answer = Statement | bool | None
_Answers = list[_Answer]
Question = Callable[[Facts], _Answer]
Condition = Callable[[Sequence[Facts]], _Answers]


def condition_of(spec: Mapping[str, Any]) -> Condition:
    """A condition of a rule, asked of all projects at once."""
    if "same" in spec:
        return lambda facts: _same(facts, spec["same"])
    if "times_median" in spec:
        return lambda facts: _above_median(facts, spec)
    one = single(spec)
    return lambda facts: [one(each) for each in facts]


def single(spec: Mapping[str, Any]) -> Question:
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


def _comparing(spec: Mapping[str, Any]) -> Question:
    """A condition that compares a value with a limit."""
    name: str = spec["field"]
    (comparison,) = (key for key in COMPARED if key in spec)
    sign, limit_of = COMPARED[comparison], bound_of(spec[comparison], comparison)
    is_beyond = beyond(spec, comparison)

    def test(facts: Facts) -> _Answer:
        value: Any = facts.values.get(name)
        if value is None:
            return None
        bound, limit_field, code = limit_of(facts)
        if bound is None:
            return None
        return is_beyond(value, bound) and Statement(name, value, sign, bound, limit_field, code)

    return test


def beyond(spec: Mapping[str, Any], comparison: str) -> Callable[[Any, Any], bool]:
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


def bound_of(limit: Any, comparison: str) -> _Limit:
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
    if isinstance(limit, str) and as_day(limit) is None:
        return lambda facts: (facts.values.get(limit), limit, None)
    fixed = as_day(limit) if isinstance(limit, str) else limit
    return lambda _: (fixed, None, None)


def _bound(cell: str) -> Any:
    """A cell of a code list as a day or a number; None where it is empty."""
    if not cell:
        return None
    return as_day(cell) or float(cell)


def as_day(text: str) -> date | None:
    """A text as a day; None where it is the name of a field."""
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
    # Cents of a median say nothing, and would stand beside whole sums.
    return float(round(limit))


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
