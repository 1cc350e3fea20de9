"""What a figure of a statistic is made of, as `traces.yml` declares it, in dotted fields."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.knowledge.fields import NUMBER

_BRACE = re.compile(r"\{(\w+)\}")
# What a brace of a figure of the overview may hold: a code of this list, or one of a table.
_CODES = {
    "measure": ("measures", "funding"),
    "indicator": ("indicators", "indicators"),
    "dimension": ("sustainability_dimensions", "sustainability"),
    "stage": ("stages", "funding"),
}
_EFFECTS = ("direct", "indirect")
# Of the bounds of an interval.
_ENDS = ("_low", "_high")

Tables = Mapping[str, pd.DataFrame]
Figures = Callable[[str], tuple[str, tuple[str, ...]]]


@dataclass(frozen=True)
class MadeOf:
    """How a figure is made; see `traces.yml` for the words.

    Attributes
    ----------
    how
        What is done with the values of the projects that count.
    of
        The values: dotted names or figures of the overview, braces in them.
    each
        What is done with the values of one project before.
    parts
        Whose projects count, in each part of the figure.
    by
        The cell of the row that the figure is divided by; None where it is not.
    """

    how: str
    of: tuple[str, ...]
    each: str
    parts: tuple[str, ...]
    by: str | None = None

    def fields(self, cells: Mapping[str, object], figure: Figures) -> tuple[tuple[str, ...], str]:
        """Its dotted fields, one of a list with ``{number}`` in it, and `each`.

        Parameters
        ----------
        cells
            What braces hold: arguments of the statistic, and the row above them.
        figure
            What a figure of the overview is made of, as `of_overview` tells it.
        """
        found: dict[str, None] = {}
        each = self.each
        for name in self.of:
            filled = _filled(name, cells)
            if "." in filled:
                found[filled] = None
            else:
                inner, fields = figure(filled)
                found.update(dict.fromkeys(fields))
                each = inner if each == "same" else each
        return tuple(found), each


def made_of(statistic: str, column: str) -> MadeOf | None:
    """How a column of a statistic is made; None for one that names the group."""
    specs = load.traces()["columns"].get(statistic, {})
    spec, base = specs.get(column), column
    if spec is None and column.endswith(_ENDS):
        base = column.rpartition("_")[0]
        spec = {**specs[base], "how": "test"} if base in specs else None
    if spec is None:
        return None
    parts = tuple(spec.get("parts", (base,)))
    return MadeOf(spec["how"], tuple(spec["of"]), spec.get("each", "same"), parts, spec.get("by"))


def columns_of(statistic: str) -> tuple[str, ...]:
    """The columns of a statistic that are made of values."""
    return tuple(load.traces()["columns"].get(statistic, ()))


def of_overview(name: str, tables: Tables) -> tuple[str, tuple[str, ...]]:
    """What is done with the values of a figure of the overview, and their dotted fields.

    Raises
    ------
    UsageError
        If the shelf does not say what the figure is made of.
    """
    for pattern, spec in load.traces()["figures"].items():
        codes = _codes(pattern, name, tables)
        if codes is not None:
            fields = [
                _filled(field, {**codes, "criterion": criterion})
                for field in spec["of"]
                for criterion in _criteria(field, codes, tables)
            ]
            return spec.get("each", "same"), tuple(fields)
    if name in tables["projects"]:
        return "same", (f"projects.{name}",)
    raise UsageError(unknown("figure to trace", name, load.traces()["figures"]))


def _codes(pattern: str, name: str, tables: Tables) -> dict[str, str] | None:
    """What the braces of a pattern hold in a name; None where it does not fit."""
    names = _BRACE.findall(pattern)
    choices = [
        rf"(?P<{brace}>{'|'.join(map(re.escape, _known(brace, tables)))})" for brace in names
    ]
    found = re.fullmatch(_BRACE.sub("{}", pattern).format(*choices), name)
    return None if found is None else found.groupdict()


def _known(brace: str, tables: Tables) -> list[str]:
    if brace == "effect":
        return list(_EFFECTS)
    codelist, table = _CODES[brace]
    shelf = [row["code"] for row in load.codes(codelist)]
    return list(dict.fromkeys([*shelf, *map(str, tables[table][brace].dropna().unique())]))


def _criteria(field: str, codes: Mapping[str, str], tables: Tables) -> list[str]:
    """The criteria of a dimension, where a field has one; else a single empty name."""
    if "{criterion}" not in field:
        return [""]
    held = tables["sustainability"]
    names = held.loc[held["dimension"] == codes["dimension"], "criterion"].unique()
    return [str(name) for name in names]


def _filled(name: str, cells: Mapping[str, object]) -> str:
    """A name with what its braces hold; the place in a list stays open."""
    return _BRACE.sub(lambda found: found[0] if found[1] == NUMBER else str(cells[found[1]]), name)
