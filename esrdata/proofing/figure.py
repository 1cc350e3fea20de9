"""A figure of a portfolio: its value, what it is of, and how it was made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from esrdata.knowledge.formats import is_missing
from esrdata.proofing.spelt import dimensions

Group = tuple[tuple[str, str], ...]


def group_of(by: Sequence[str], cells: Iterable[object]) -> Group:
    """A group by its dimensions and their cells; a missing name is an empty one."""
    names = ("" if is_missing(cell) else str(cell) for cell in cells)
    return tuple(zip(by, names, strict=True))


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its value, what it is of, and how it was made.

    `value` is in euros, per cent or what is counted. `group` names the projects, nothing all;
    `about` are words of groups that it answers to besides. `statistic` and `column` are as in
    `esrdata.stats`, or `overview` and what was done with its column.
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
        """Whether it is of the same group, or of the same organisation by another of its names."""
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
        """Whether it is the same figure of any projects, or of none that words name."""
        return replace(self, value=other.value, group=other.group, about=other.about) == other

    def name(self) -> str:
        """How it is made, in one line."""
        by = ", ".join(name for name, _ in self.group)
        asked = [f"by={by}"] if by else []
        asked += [f"measure={self.measure}"] if self.measure else []
        of = ", ".join(f"{name}={value}" for name, value in self.group)
        return f"{self.statistic}({', '.join(asked)}).{self.column}" + (f" [{of}]" if of else "")


def adds_up(figure: Figure) -> bool:
    """Whether it is a count of projects or a sum, which can be made of any projects."""
    of_sum = figure.kind == "sum" and figure.what == "funding" and figure.stage != ""
    of_count = figure.kind == "count" and figure.what == "projects" and not figure.part
    return not figure.agg and (of_sum or of_count)
