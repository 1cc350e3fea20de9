"""Two packs told apart: how they were made, which projects they have, and which figures differ."""

import inspect
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.knowledge import load as known
from esrdata.knowledge.wording import is_missing
from esrdata.packs.verify import ensure_pack
from esrdata.portfolio.opening import load
from esrdata.stats.calls import Call
from esrdata.stats.made_of import made_of
from esrdata.stats.tracing import trace
from esrdata.tables import crate
from esrdata.tables.cells import cells
from esrdata.tables.population import Population
from esrdata.tables.store import MAIN

#: So many figures that changed are led back to their projects; it takes a moment for each.
TRACED = 40
#: What is computed of packs that hold no report.
PLAIN: tuple[tuple[str, dict[str, object]], ...] = (("absorption", {}), ("participants", {}))
# Sums that differ by less were added up in another order.
_LEAST = 1e-6


@dataclass(frozen=True)
class Difference:
    """What two packs differ in.

    Attributes
    ----------
    names
        The names of the two folders, the first of which is the older.
    made
        How they were made otherwise: `what` (``esrdata``, ``population``, ``steps``, a setting, a
        library that reads), `before`, `after`.
    sources
        How many sources are ``new``, ``gone``, ``changed`` and ``same``, by their names and
        hashes; a source of another name with the same bytes is the same.
    new, gone
        A row per project that only the second, only the first has: `project_code`, `name`.
    amended
        A row per project and field that both state otherwise: `project_code`, `field` (dotted),
        `before`, `after`; missing where it is.
    figures
        A row per figure that differs: `statistic`, `arguments` (as JSON), `group` (its cells, as
        JSON), `column`, `before`, `after`, `change`; missing where there is no such row.
    contributions
        A row per project whose value makes a sum or a count another: the columns of `figures` that
        name one, `project_code`, `change`. The largest 40 changes of figures are led back.
    n_projects
        How many projects each has.
    titles
        What reports call a statistic, by `statistic`, `arguments` and language.
    """

    names: tuple[str, str]
    made: pd.DataFrame
    sources: Mapping[str, int]
    new: pd.DataFrame
    gone: pd.DataFrame
    amended: pd.DataFrame
    figures: pd.DataFrame
    contributions: pd.DataFrame
    n_projects: tuple[int, int]
    titles: Mapping[tuple[str, str, str], str]

    def text(self, lang: str = "en") -> str:
        """What they differ in, a sentence a line."""
        from esrdata.packs.told import sentences

        return "\n".join(sentences(self, lang))

    def __str__(self) -> str:
        return self.text()

    def as_json(self) -> dict[str, Any]:
        """The attributes as JSON has them; tables as lists of rows."""
        found: dict[str, Any] = {"names": list(self.names), "sources": dict(self.sources)}
        found["n_projects"] = list(self.n_projects)
        for name in ("made", "new", "gone", "amended", "figures", "contributions"):
            table: pd.DataFrame = getattr(self, name)
            found[name] = json.loads(table.to_json(orient="records", date_format="iso"))
        return found

    def write(self, file: str | PathLike[str], *, lang: str = "en") -> Path:
        """Write it as a page or a workbook.

        Parameters
        ----------
        file
            A name that ends in ``.html`` or ``.xlsx``.
        lang
            fi, sv or en.

        Raises
        ------
        UsageError
            If the name ends otherwise.
        StoreError
            If it cannot be written.
        """
        from esrdata.packs.told import write

        return write(self, Path(file), lang)


def diff(a: str | PathLike[str], b: str | PathLike[str]) -> Difference:
    """Tell two packs, or saved portfolios, apart.

    Parameters
    ----------
    a, b
        The folders, the older first. They may be in different languages.

    Returns
    -------
    Difference
        Prints itself in sentences.

    Raises
    ------
    UsageError
        If either has no manifest.
    StoreError
        If either is not whole.
    """
    first, second = _Side(Path(a)), _Side(Path(b))
    old, new = (side.portfolio.projects for side in (first, second))
    figures = pd.DataFrame([*_figures(first, second)], columns=list(_FIGURES))
    traced = figures.sort_values("change", key=abs, ascending=False, na_position="first")
    return Difference(
        (first.name, second.name),
        pd.DataFrame([*_made(first, second)], columns=["what", "before", "after"]),
        _sources(first, second),
        _only(new, old),
        _only(old, new),
        pd.DataFrame([*_amended(first, second)], columns=["project_code", "field", *_TWO]),
        figures,
        pd.DataFrame(
            [*_contributions(first, second, traced.head(TRACED))],
            columns=[*_NAMING, "project_code", "change"],
        ),
        (len(old), len(new)),
        {**_titles(first), **_titles(second)},
    )


_TWO = ("before", "after")
_NAMING = ("statistic", "arguments", "group", "column")
_FIGURES = (*_NAMING, *_TWO, "change")


class _Side:
    """One of the two packs."""

    def __init__(self, folder: Path) -> None:
        ensure_pack(folder)
        self.portfolio = load(folder)
        self.manifest = crate.read(folder)
        self.name = folder.resolve().name
        self._made: dict[str, pd.DataFrame | None] = {}

    @cached_property
    def calls(self) -> list[str]:
        """What was computed of it alone, as JSON, each once."""
        parts = [(part["statistic"], part["arguments"]) for part in self.manifest["parts"]]
        asked = [(name, given) for name, given in parts if name and _of_one(name)]
        return list(dict.fromkeys(_json([*one]) for one in asked or PLAIN))

    def table(self, call: str) -> pd.DataFrame | None:
        """A statistic of it."""
        if call not in self._made:
            statistic, given = json.loads(call)
            given = dict(given or {})
            if isinstance(given.get("population"), dict):
                given["population"] = Population.from_json(given["population"])
            made = Call(statistic, given, {"portfolio": self.portfolio}, ())
            self._made[call] = made.again()
        return self._made[call]


def _of_one(statistic: str) -> bool:
    """Whether a statistic is one of ours that takes one portfolio and says what it is made of."""
    if statistic not in known.statistics()["columns"] or statistic not in stats.__all__:
        return False
    first = next(iter(inspect.signature(getattr(stats, statistic)).parameters), None)
    return first == "portfolio" and statistic in known.traces()["columns"]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


# ---- how they were made


def _titles(side: _Side) -> dict[tuple[str, str, str], str]:
    lang = side.manifest["lang"]
    return {
        (part["statistic"], _json(part["arguments"]), lang): part["title"]
        for part in reversed(side.manifest["parts"])
        if part["statistic"] and part["kind"] == "table"
    }


def _made(first: _Side, second: _Side) -> Iterator[tuple[str, str, str]]:
    old, new = first.manifest, second.manifest
    pairs = {"esrdata": (old["esrdata"], new["esrdata"])}
    names = dict.fromkeys([*old["settings"], *new["settings"]])
    pairs |= {name: tuple(m["settings"].get(name) for m in (old, new)) for name in names}
    steps = [m["reads"][MAIN].steps if MAIN in m["reads"] else () for m in (old, new)]
    pairs["steps"] = (list(steps[0]) or None, list(steps[1]) or None)
    for name, (was, now) in pairs.items():
        if was != now:
            yield name, _shown(was), _shown(now)


def _shown(setting: object) -> str:
    if setting is None:
        return "–"
    return setting if isinstance(setting, str) else _json(setting)


def _sources(first: _Side, second: _Side) -> dict[str, int]:
    old, new = (
        {one.name: one.sha256 for one in side.manifest["reads"][MAIN].sources}
        if MAIN in side.manifest["reads"]
        else {}
        for side in (first, second)
    )
    both = old.keys() & new.keys()
    same = sum(old[name] == new[name] for name in both)
    before, after = (
        Counter(hashed for name, hashed in side.items() if name not in both) for side in (old, new)
    )
    # In a folder of another name, and the same to the byte.
    moved = (before & after).total()
    return {
        "new": after.total() - moved,
        "gone": before.total() - moved,
        "changed": len(both) - same,
        "same": same + moved,
    }


# ---- projects


def _only(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """The projects that only one of two has."""
    rows = one[~one["project_code"].isin(other["project_code"])]
    return rows[["project_code", "name"]].sort_values("project_code", ignore_index=True)


def _amended(first: _Side, second: _Side) -> Iterator[tuple[str, str, object, object]]:
    projects = [side.portfolio.projects["project_code"] for side in (first, second)]
    codes = {*projects[0]} & {*projects[1]}
    old, new = (cells(side.portfolio.tables, codes) for side in (first, second))
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if not _same(was, now):
            yield *key, was, now


def _same(was: object, now: object) -> bool:
    if is_missing(was) or is_missing(now):
        return is_missing(was) and is_missing(now)
    return bool(was == now)


# ---- figures


def _figures(first: _Side, second: _Side) -> Iterator[tuple[Any, ...]]:
    """Figures of what was computed of both that differ, by the cells that name their rows."""
    for call in [one for one in first.calls if one in second.calls]:
        statistic, arguments = json.loads(call)
        tables = [side.table(call) for side in (first, second)]
        old, new = (_by_group(table, statistic) for table in tables)
        for group in dict.fromkeys([*old, *new]):
            was, now = old.get(group, {}), new.get(group, {})
            for column in dict.fromkeys([*was, *now]):
                before, after = was.get(column), now.get(column)
                change = None if before is None or after is None else after - before
                if before != after and (change is None or abs(change) > _LEAST):
                    yield statistic, _json(arguments), group, column, before, after, change


def _by_group(table: pd.DataFrame | None, statistic: str) -> dict[str, dict[str, float | None]]:
    """Figures by row and column; a table with a row for each project has none of its own."""
    found: dict[str, dict[str, float | None]] = {}
    if table is None or "project_code" in table:
        return found
    figures = [
        str(name)
        for name in table
        if made_of(statistic, str(name)) is not None and pd.api.types.is_numeric_dtype(table[name])
    ]
    for row in table.to_dict("records"):
        found[_group(row, statistic)] = {
            name: None if is_missing(row[name]) else float(row[name]) for name in figures
        }
    return found


def _group(row: Mapping[Any, Any], statistic: str) -> str:
    named = {str(k): v for k, v in row.items() if made_of(statistic, str(k)) is None}
    return _json({k: None if is_missing(v) else str(v) for k, v in named.items()})


def _contributions(first: _Side, second: _Side, figures: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """By how much each project makes a sum or a count another."""
    for row in figures.to_dict("records"):
        made = made_of(row["statistic"], row["column"])
        if made is None or made.how not in ("sum", "count"):
            continue
        call = _json([row["statistic"], json.loads(row["arguments"])])
        old, new = (_of_projects(side, call, row, made.how) for side in (first, second))
        changes = new.sub(old, fill_value=0.0)
        changes = changes[changes.abs() > _LEAST].sort_values(key=abs, ascending=False)
        for code, change in changes.items():
            yield *(row[name] for name in _NAMING), code, float(change)


def _of_projects(side: _Side, call: str, row: Mapping[Any, Any], how: str) -> "pd.Series[float]":
    """What each project is of a figure."""
    table = side.table(call)
    nothing = pd.Series(dtype=float)
    if table is None:
        return nothing
    groups = [_group(own, row["statistic"]) for own in table.to_dict("records")]
    if row["group"] not in groups:
        return nothing
    label = table.index[groups.index(row["group"])]
    traced = trace(table, label, row["column"], portfolio=side.portfolio)
    used = traced[traced["used"].astype(bool)]
    if how == "count":
        return pd.Series(1.0, index=used["project_code"].unique())
    weights = used["weight"].astype(float) if "weight" in used else 1.0
    values = used["value"].astype(float) * weights
    return values.groupby(used["project_code"]).sum()
