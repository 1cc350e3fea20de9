"""One wide row per project, from the tidy tables."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from esrdata.guard import Failure, attempt
from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.knowledge.wording import code_label, word
from esrdata.tables import columns
from esrdata.tables.kept import once
from esrdata.tables.lookup import among, places
from esrdata.tables.population import Population, default, members_with

_STAGES = ("planned", "realised")
_EFFECTS = ("direct", "indirect")
#: Realised by planned under two names: whom each is about is on the shelf under that name.
_SHARES = ("absorption", "paid_share")


def overview(
    tables: Mapping[str, pd.DataFrame],
    population: Population | None = None,
    only: Collection[str] | None = None,
) -> pd.DataFrame:
    """Put the figures of each project side by side.

    Parameters
    ----------
    tables
        The tables of a portfolio.
    population
        Whom absorption and the share paid are about, besides what they ask themselves.
    only
        Names of the columns wanted; None is all of them.

    Returns
    -------
    DataFrame
        One row per row of `projects`, columns as `declared` tells them. A figure that was not read
        is missing; absorption and the share paid are missing where the project is not of their
        population (see `population_of`). A project whose figures the program itself fails at has
        the columns of `projects` alone; `attrs["failed"]` then has its code, with the kind of error
        and the places in the code.
    """
    asked = ("overview", population, None if only is None else frozenset(only))
    make = partial(_wide, tables, population, only)
    # A report saves it, and shows it in its workbook.
    made = once([*tables.values()], asked, lambda: attempt(make))
    if not isinstance(made, Failure):
        return made.copy()
    failed: dict[str, str] = {}
    rows = list(tables["projects"].index)
    parts = list(_parted(tables, rows, partial(_wide, population=population, only=only), failed))
    wanted = _wanted(tables, only)
    whole = pd.concat(parts, ignore_index=True).reindex(columns=list(wanted)).astype(wanted)
    whole.attrs["failed"] = failed
    return whole


def _parted(
    tables: Mapping[str, pd.DataFrame],
    rows: list[Any],
    make: Callable[[Mapping[str, pd.DataFrame]], pd.DataFrame],
    failed: dict[str, str],
) -> Iterator[pd.DataFrame]:
    """The overview in parts, halved until what makes it fail stands alone."""
    projects = tables["projects"].loc[rows]
    codes = projects["project_code"]
    part = {
        name: table[among(table["project_code"], codes)] if "project_code" in table else table
        for name, table in tables.items()
    }
    part["projects"] = projects
    made = attempt(lambda: make(part))
    if not isinstance(made, Failure):
        yield made
    elif len(rows) == 1:
        failed[str(codes.iloc[0])] = made.raw
        yield projects
    else:
        half = len(rows) // 2
        yield from _parted(tables, rows[:half], make, failed)
        yield from _parted(tables, rows[half:], make, failed)


def _wanted(tables: Mapping[str, pd.DataFrame], only: Collection[str] | None) -> dict[str, Any]:
    """The types of the columns that are wanted."""
    return {
        name: columns.dtype(of)
        for name, of in declared(tables).items()
        if only is None or name in only
    }


def _wide(
    tables: Mapping[str, pd.DataFrame],
    population: Population | None,
    only: Collection[str] | None,
) -> pd.DataFrame:
    made = dict(_columns(tables, population or Population()))
    wanted = _wanted(tables, only)
    return pd.DataFrame({name: made[name]() for name in wanted}).astype(wanted)


def _columns(
    tables: Mapping[str, pd.DataFrame], population: Population
) -> "Iterator[tuple[str, Callable[[], pd.Series[Any]]]]":
    """What makes each column, for few are wanted at a time."""
    projects = tables["projects"]
    codes = projects["project_code"]
    for name, column in projects.items():
        yield str(name), partial(pd.Series, column)
    sums = _Cells(tables["funding"], codes, "measure", "stage")
    for measure in _present(tables, "funding", "measure", "measures"):
        stages = {stage: partial(sums.of, "amount_eur", measure, stage) for stage in _STAGES}
        for stage, cells in stages.items():
            yield f"{measure}_{stage}", cells
        for share in _SHARES:
            about = population.completed(_about(measure, share))
            yield f"{measure}_{share}", partial(_share, tables, about, measure, **stages)
    counts = _Cells(tables["indicators"], codes, "indicator", "stage")
    for indicator in _present(tables, "indicators", "indicator", "indicators"):
        for stage in _STAGES:
            yield f"{indicator}_{stage}", partial(counts.of, "total", indicator, stage)
            yield f"{indicator}_{stage}_women", partial(counts.of, "women", indicator, stage)
        yield f"{indicator}_applicable", partial(_applicable, counts, indicator)
    yield "partner_count", partial(_partner_count, tables, codes)
    yield "duration_days", partial(_duration, projects)
    for dimension in _present(tables, "sustainability", "dimension", "sustainability_dimensions"):
        for effect in _EFFECTS:
            yield f"{dimension}_{effect}", partial(_mean_score, tables, dimension, effect)


def declared(tables: Mapping[str, pd.DataFrame]) -> dict[str, Mapping[str, Any]]:
    """Columns of the overview of some tables, each with its entry.

    Those of `tables.yml` come first, always. After them come those of every other indicator,
    measure and dimension that the tables hold, named alike: ``jobs_created_planned``,
    ``jobs_created_realised``; ``jobs_created_planned_women`` and so on where women are stated at
    all, and ``jobs_created_applicable`` where the count does not apply to some project.
    """
    known = columns.columns("overview")
    # Asked for with each figure of the overview.
    of = [tables[name] for name in ("funding", "indicators", "sustainability")]
    further = once(of, ("declared",), lambda: dict(_further(tables)))
    return {**known, **{name: spec for name, spec in further.items() if name not in known}}


def population_of(column: str) -> Population | None:
    """Whom a figure of the overview is about where it is not about all projects."""
    for share in _SHARES:
        if column.endswith(f"_{share}"):
            return _about(column.removesuffix(f"_{share}"), share)
    return None


def _about(measure: str, share: str) -> Population:
    return default(share).completed(Population(measure=measure))


def _further(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for measure in _present(tables, "funding", "measure", "measures"):
        for stage in _STAGES:
            label = _label("measures", measure, f"indicator_stage.{stage}")
            yield f"{measure}_{stage}", {"type": "money", "unit": "eur", "label": label}
        for share in _SHARES:
            label = _label("measures", measure, f"column.{share}")
            yield f"{measure}_{share}", {"type": "number", "unit": "ratio", "label": label}
    for indicator in _present(tables, "indicators", "indicator", "indicators"):
        rows = tables["indicators"]
        rows = rows[rows["indicator"] == indicator]
        for tail in ("", "_women") if rows["women"].notna().any() else ("",):
            for stage in (f"{stage}{tail}" for stage in _STAGES):
                label = _label("indicators", indicator, f"indicator_stage.{stage}")
                yield f"{indicator}_{stage}", {"type": "integer", "unit": "count", "label": label}
        if rows["applicable"].eq(False).any():
            label = _label("indicators", indicator, "indicator_stage.applicable")
            yield f"{indicator}_applicable", {"type": "boolean", "label": label}
    for dimension in _present(tables, "sustainability", "dimension", "sustainability_dimensions"):
        for effect in _EFFECTS:
            label = _label(
                "sustainability_dimensions", dimension, f"sustainability_effect.{effect}"
            )
            yield f"{dimension}_{effect}", {"type": "number", "unit": "score", "label": label}


@per_shelf
def _label(codelist: str, code: str, what: str) -> dict[str, str]:
    """What a code is called and which figure of it; one that the shelf lacks is its own label."""
    known = any(row["code"] == code for row in load.codes(codelist))
    return {
        lang: f"{code_label(codelist, code, lang) if known else code}, {word(what, lang)}"
        for lang in load.LANGUAGES
    }


def _present(
    tables: Mapping[str, pd.DataFrame], table: str, column: str, codelist: str
) -> list[str]:
    """Codes that always have columns and those that a table holds, in the order of the shelf."""
    always = columns.columns("overview")
    held = [str(code) for code in tables[table][column].dropna().unique()]
    order = [row["code"] for row in load.codes(codelist)]
    found = [
        code
        for code in order
        if code in held or any(name.rpartition("_")[0] == code for name in always)
    ]
    return [*found, *sorted(set(held) - set(order))]


def _share(
    tables: Mapping[str, pd.DataFrame],
    about: Population,
    measure: str,
    planned: "Callable[[], pd.Series[Any]]",
    realised: "Callable[[], pd.Series[Any]]",
) -> "pd.Series[Any]":
    """Realised by planned, missing where the project is of another population."""
    member = members_with(tables, about, measure)["reason"].isna()
    return realised() / planned().where(member)


def _applicable(counts: "_Cells", indicator: str) -> "pd.Series[Any]":
    # A form that has only one of the stages tells there whether the count applies.
    realised, planned = (counts.of("applicable", indicator, stage) for stage in reversed(_STAGES))
    return realised.fillna(planned)


def _duration(projects: pd.DataFrame) -> "pd.Series[Any]":
    days = (projects["end_date"] - projects["start_date"]).dt.days + 1
    # A project that would end before it begins has no length, as in `stats.timeline`.
    return days.where(days > 0).astype("Int64")


def _mean_score(
    tables: Mapping[str, pd.DataFrame], dimension: str, effect: str
) -> "pd.Series[Any]":
    scores = tables["sustainability"]
    rows = scores[scores["dimension"] == dimension]
    return tables["projects"]["project_code"].map(rows.groupby("project_code")[effect].mean())


class _Cells:
    """Cells of a table by the two columns that tell its rows of a project apart.

    The rows are sorted out once: a portfolio of few projects has a hundred such columns.
    """

    def __init__(
        self, table: pd.DataFrame, codes: "pd.Series[Any]", first: str, second: str
    ) -> None:
        self._table, self._codes = table, codes
        self._rows = table.groupby([first, second]).indices

    def of(self, column: str, first: str, second: str) -> "pd.Series[Any]":
        """One column of some rows, in the order of the projects; missing where there is none."""
        rows = self._rows.get((first, second), np.array([], dtype=np.intp))
        stating = self._table["project_code"].array.take(rows)
        at = np.append(rows, -1)[places(self._codes, stating)]
        cells = self._table[column].array.take(at, allow_fill=True)
        return pd.Series(cells, index=self._codes.index)


def _partner_count(tables: Mapping[str, pd.DataFrame], codes: "pd.Series[Any]") -> "pd.Series[Any]":
    """Partners of each project; missing where its form has no place for them."""
    asked = tables["provenance"]["field"].str.startswith("partners.")
    with_place = tables["provenance"].loc[asked, "project_code"].unique()
    counts = tables["partners"].groupby("project_code").size()
    return codes.map(counts).fillna(0).where(codes.isin(with_place)).astype("Int64")
