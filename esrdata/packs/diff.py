"""Two packs compared: how they were made, which projects they have, and which figures differ."""

import json
import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from esrdata.given import at_home, with_known_arguments
from esrdata.knowledge.formats import is_missing
from esrdata.packs.changes import NAMING, contributions, figures_of_both
from esrdata.packs.side import Side, as_json
from esrdata.tables.cells import cells
from esrdata.tables.store import MAIN

#: So many figures that changed are led back to their projects; it takes a moment for each.
TRACED = 40
_TWO = ("before", "after")


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
        hashes; names are those within the folder of each, and a source of another name with
        the same bytes is the same.
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
    turned
        The days of the newest list of each, where that of the first is the newer one: they were
        given the wrong way round. Else empty.
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
    turned: tuple[pd.Timestamp, ...] = ()

    def text(self, lang: str = "en") -> str:
        """What they differ in, a sentence a line."""
        from esrdata.packs.in_words import sentences

        return "\n".join(sentences(self, lang))

    def __str__(self) -> str:
        return self.text()

    def as_json(self) -> dict[str, Any]:
        """The attributes as JSON has them; tables as lists of rows."""
        found: dict[str, Any] = {"names": list(self.names), "sources": dict(self.sources)}
        found["n_projects"] = list(self.n_projects)
        found["turned"] = [f"{day:%Y-%m-%d}" for day in self.turned]
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
        from esrdata.packs.in_words import write

        return write(self, at_home(Path(file)), lang)


@with_known_arguments
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
    first, second = Side(Path(a)), Side(Path(b))
    old, new = (side.portfolio.projects for side in (first, second))
    figures = pd.DataFrame([*figures_of_both(first, second)], columns=[*NAMING, *_TWO, "change"])
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
            [*contributions(first, second, traced.head(TRACED))],
            columns=[*NAMING, "project_code", "change"],
        ),
        (len(old), len(new)),
        {**_titles(first), **_titles(second)},
        _turned(first, second),
    )


def _turned(first: Side, second: Side) -> tuple[pd.Timestamp, ...]:
    """The days of the newest lists, where the first is not the older."""
    days = [side.portfolio.files["snapshot_date"].max() for side in (first, second)]
    return tuple(days) if not any(map(is_missing, days)) and days[0] > days[1] else ()


def _titles(side: Side) -> dict[tuple[str, str, str], str]:
    lang = side.manifest["lang"]
    return {
        (part["statistic"], as_json(part["arguments"]), lang): part["title"]
        for part in reversed(side.manifest["parts"])
        if part["statistic"] and part["kind"] == "table"
    }


def _made(first: Side, second: Side) -> Iterator[tuple[str, str, str]]:
    old, new = first.manifest, second.manifest
    pairs = {"esrdata": (old["esrdata"], new["esrdata"])}
    names = dict.fromkeys([*old["settings"], *new["settings"]])
    pairs |= {name: tuple(m["settings"].get(name) for m in (old, new)) for name in names}
    steps = [m["reads"][MAIN].steps if MAIN in m["reads"] else () for m in (old, new)]
    pairs["steps"] = (list(steps[0]) or None, list(steps[1]) or None)
    for name, (was, now) in pairs.items():
        if was != now:
            yield name, _setting(was), _setting(now)


def _setting(setting: object) -> str:
    if setting is None:
        return "–"
    return setting if isinstance(setting, str) else as_json(setting)


def _sources(first: Side, second: Side) -> dict[str, int]:
    old, new = (
        _in_folder({one.name: one.sha256 for one in side.manifest["reads"][MAIN].sources})
        if MAIN in side.manifest["reads"]
        else {}
        for side in (first, second)
    )
    both = old.keys() & new.keys()
    same = sum(old[name] == new[name] for name in both)
    before, after = (
        Counter(hashed for name, hashed in side.items() if name not in both) for side in (old, new)
    )
    # Under another name, and the same to the byte.
    moved = (before & after).total()
    return {
        "new": after.total() - moved,
        "gone": before.total() - moved,
        "changed": len(both) - same,
        "same": same + moved,
    }


def _in_folder(sources: Mapping[str, str]) -> dict[str, str]:
    """Sources by their names within the folder that holds them all: each year may have its own."""
    folders = [posixpath.dirname(name) for name in sources]
    if len({posixpath.isabs(folder) for folder in folders}) != 1:
        # Some by their whole path and some not: no folder holds them all.
        return dict(sources)
    folder = posixpath.commonpath(folders) or "."
    return {posixpath.relpath(name, folder): hashed for name, hashed in sources.items()}


def _only(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """The projects that only one of two has."""
    rows = one[~one["project_code"].isin(other["project_code"])]
    return rows[["project_code", "name"]].sort_values("project_code", ignore_index=True)


def _amended(first: Side, second: Side) -> Iterator[tuple[str, str, object, object]]:
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
