"""A figure of a portfolio: its value, its group, and how it is computed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from esrdata.knowledge.formats import is_missing
from esrdata.proofing.spelt import dimensions

Group = tuple[tuple[str, str], ...]


def group_of(by: Sequence[str], cells: Iterable[object]) -> Group:
    """A group as pairs of dimension and value; a missing value is an empty text."""
    names = ("" if is_missing(cell) else str(cell) for cell in cells)
    return tuple(zip(by, names, strict=True))


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its value, its group, and how it is computed.

    `value` is in euros, per cent or a count. `group` selects the projects (empty: all); `about`
    holds further dimensions whose words also fit. `statistic` and `column` are as in
    `esrdata.stats`, or `overview` and the aggregate of its column.
    """

    value: float
    unit: str
    what: str
    kind: str
    statistic: str
    column: str
    group: Group = ()
    stage: str = ""
    agg: str = ""
    measure: str = ""
    part: str = ""
    about: Group = ()

    def is_like(self, other: "Figure") -> bool:
        """Whether the group is the same, or the same organisation under another of its names."""
        if self.group == other.group:
            return True
        one, two = dict(self.group), dict(other.group)
        shared = one.keys() & two.keys()
        return (
            dimensions(self.group) == dimensions(other.group)
            and all(one[name] == two[name] for name in shared)
            and len(shared) < len(one)
        )

    def is_same(self, other: "Figure") -> bool:
        """Whether only the value, the group and `about` differ."""
        return replace(self, value=other.value, group=other.group, about=other.about) == other

    def name(self) -> str:
        """How it is computed, in one line."""
        by = ", ".join(name for name, _ in self.group)
        asked = [f"by={by}"] if by else []
        asked += [f"measure={self.measure}"] if self.measure else []
        of = ", ".join(f"{name}={value}" for name, value in self.group)
        return f"{self.statistic}({', '.join(asked)}).{self.column}" + (f" [{of}]" if of else "")


def adds_up(figure: Figure) -> bool:
    """Whether it is a count of projects or a sum, which can be made for any set of projects."""
    of_sum = figure.kind == "sum" and figure.what == "funding" and figure.stage != ""
    of_count = figure.kind == "count" and figure.what == "projects" and not figure.part
    return not figure.agg and (of_sum or of_count)
