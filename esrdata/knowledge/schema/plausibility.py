"""The grammar of `plausibility.yml`: rules of fields compared with limits, and nothing more."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, RootModel, model_validator
from pydantic_core import PydanticCustomError

from esrdata.knowledge.entries import placeholders
from esrdata.knowledge.schema.base import Documented, InThree, Text
from esrdata.knowledge.schema.names import Known
from esrdata.knowledge.schema.problems import Path, hints
from esrdata.knowledge.schema.structure import check_structure
from esrdata.knowledge.schema.templates import check_field
from esrdata.knowledge.schema.yaml_text import Located

Number = int | float
#: The day of the source: of a list, or the one given when the question is asked.
DAY = "source.day"
_LIMITS = ("above", "below", "equal")
# What a condition may say of its field; it says one of these.
_COMPARISONS = (*_LIMITS, "among", "missing", "blank", "times_median")
# What a sentence of a finding may name.
_NAMED = {"file", "project", "field", "line", "raw"}


class OfList(Documented):
    """A limit that a code list gives."""

    list_: str = Field(alias="list")
    """the code list"""
    column: Text
    """its column with the limit"""
    of: Text | None = None
    """the field that has the code; without one, the least or the greatest of all rows counts"""


Limit = Number | Text | OfList


class Condition(Documented):
    """A condition: a field and what is to hold of it."""

    field: Text | None = None
    """the dotted name of a value, `source.day`, or a made column such as `projects.status_code`"""
    above: Limit | None = None
    """a number, a day, another field, or a code list that its value is above"""
    below: Limit | None = None
    """the same, for below"""
    equal: Limit | None = None
    """the same, for equal to"""
    among: list[Text] = Field(default_factory=list)
    """codes of which it holds one"""
    missing: Literal[True] | None = None
    """`true` where there is no value, for whatever reason"""
    blank: Literal[True] | None = None
    """`true` where the author left the value blank; a source without a place for it is not asked"""
    times_median: Number | None = None
    """how many times the median of its group it is above"""
    of: list[Text] = Field(default_factory=list)
    """the fields that make the group of a median"""
    fewest: Annotated[int, Field(ge=2)] | None = None
    """the fewest projects with a sum above zero of which a median is taken: one is above none"""
    fence: Number | None = None
    """how many interquartile ranges of logarithms it lies above the upper quartile besides"""
    by_eur: Number = 0
    """euros by which it has to be above or below"""
    by_share: Number = 0
    """share of the limit by which it has to be so; of euros and share the larger counts"""
    by_days: int = 0
    """days by which it has to be so"""
    same: list[Text] = Field(default_factory=list)
    """fields that another project has all the same; there is no other key then"""

    @model_validator(mode="after")
    def _one(self) -> "Condition":
        given = [name for name in _COMPARISONS if getattr(self, name) not in (None, [])]
        if len(given) + bool(self.same) != 1 or bool(self.same) == (self.field is not None):
            raise PydanticCustomError(
                "no_condition", "a condition has one field and one comparison, or `same` alone"
            )
        if (self.times_median is None) != (self.fewest is None or not self.of):
            raise PydanticCustomError(
                "no_condition", "`times_median`, `of` and `fewest` belong together"
            )
        if self.fence is not None and self.times_median is None:
            raise PydanticCustomError("no_condition", "`fence` belongs to `times_median`")
        return self


class Rule(Documented):
    """A rule of plausibility."""

    severity: Literal["error", "warning", "info"]
    """how grave a doubt it is"""
    label: InThree
    """the sentence that reports print, without a full stop"""
    meaning: Text
    """what it means"""
    why: Text
    """why it matters"""
    todo: Text
    """what to do"""
    reason: Text
    """why the thresholds are as they are"""
    asked_of: list[Condition] = Field(default_factory=list)
    """conditions that all hold for projects the rule is asked of"""
    doubtful: Annotated[list[Condition], Field(min_length=1)]
    """conditions of which one makes a project doubtful"""
    finding: InThree | None = None
    """the sentence of a finding, where each source is held to the rule while it is read"""

    @model_validator(mode="after")
    def _by_itself(self) -> "Rule":
        together = any(c.same or c.times_median is not None for c in self.doubtful)
        bare = any(c.missing or c.blank for c in self.doubtful)
        if self.finding is not None and (together or bare or self.asked_of):
            raise PydanticCustomError(
                "no_finding", "a finding only compares values of one source, without `asked_of`"
            )
        return self


Plausibility = RootModel[dict[str, Rule]]


def check_rules(located: Located, known: Known) -> None:
    """Add what is wrong with a file of rules to its problems."""
    if located.data is None or check_structure(located, Plausibility):
        return
    for code, rule in located.data.items():
        for part in ("asked_of", "doubtful"):
            for i, condition in enumerate(rule.get(part, ())):
                _check_condition(located, known, condition, (code, part, i))
        for lang, text in rule.get("finding", {}).items():
            place = (code, "finding", lang)
            try:
                strange = sorted({*placeholders(text)} - _NAMED)
            except ValueError:
                located.problem("brace_open", place, found=text)
                continue
            for name in strange:
                located.problem("unknown_key", place, hints(name, sorted(_NAMED)), name=name)


def _check_condition(
    located: Located, known: Known, condition: Mapping[str, Any], path: Path
) -> None:
    for key in ("of", "same"):
        for i, name in enumerate(condition.get(key, ())):
            _type(located, known, name, (*path, key, i))
    if "field" not in condition:
        return
    kind = _type(located, known, condition["field"], (*path, "field"))
    for key in _LIMITS:
        limit, place = condition.get(key), (*path, key)
        if limit is None or kind is None:
            continue
        other: str | None = "number"
        if isinstance(limit, Mapping):
            other = kind if _of_list(located, known, limit, place) else None
        elif isinstance(limit, str):
            other = "date" if _is_day(limit) else _type(located, known, limit, place)
        if other is not None and other != kind:
            located.problem("other", place, found=str(limit), why=f"it is to be a {kind}")


def _type(located: Located, known: Known, name: str, path: Path) -> str | None:
    """Whether a field is a number, a date or a text; None, and a problem, where it is none."""
    if name == DAY:
        return "date"
    table, _, column = name.partition(".")
    own = known.tables["projects"]["columns"]
    if table == "projects" and column in own:
        kind = str(own[column]["type"])
    else:
        found = check_field(located, known, path, name)
        if found is None:
            return None
        kind = found
    return "number" if kind in ("integer", "money", "number") else kind


def _of_list(located: Located, known: Known, limit: Mapping[str, Any], path: Path) -> bool:
    name, column = limit["list"], limit["column"]
    if name not in known.codes:
        why = "there is no such code list"
        located.problem("other", path, hints(name, known.codes), found=name, why=why)
        return False
    columns = known.rows[name][0]
    if column not in columns:
        why = f"codes/{name}.csv has no such column"
        located.problem("other", path, hints(column, columns), found=column, why=why)
        return False
    return "of" not in limit or _type(located, known, limit["of"], path) is not None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
