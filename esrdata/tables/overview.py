"""One wide row per project, from the tidy tables."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.wording import code_label, word
from esrdata.tables import columns
from esrdata.tables.population import Population, default, members_with

_STAGES = ("planned", "realised")
_EFFECTS = ("direct", "indirect")
#: Realised by planned under two names: whom each is about is on the shelf under that name.
_SHARES = ("absorption", "paid_share")


def overview(
    tables: Mapping[str, pd.DataFrame], population: Population | None = None
) -> pd.DataFrame:
    """Put the figures of each project side by side.

    Parameters
    ----------
    tables
        The tables of a portfolio.
    population
        Whom absorption and the share paid are about, besides what they ask themselves.

    Returns
    -------
    DataFrame
        One row per row of `projects`, columns as `declared` tells them. A figure that was not read
        is missing; absorption and the share paid are missing where the project is not of their
        population (see `population_of`).
    """
    projects = tables["projects"]
    codes = projects["project_code"]
    wide = projects.copy()
    for measure in _present(tables, "funding", "measure", "measures"):
        for stage in _STAGES:
            wide[f"{measure}_{stage}"] = _cells(
                tables["funding"], codes, "amount_eur", measure=measure, stage=stage
            )
        for share in _SHARES:
            about = (population or Population()).completed(_about(measure, share))
            member = members_with(tables, about, measure)["reason"].isna()
            planned = wide[f"{measure}_planned"].where(member)
            wide[f"{measure}_{share}"] = wide[f"{measure}_realised"] / planned
    counts = tables["indicators"]
    for indicator in _present(tables, "indicators", "indicator", "indicators"):
        for stage in _STAGES:
            chosen = {"indicator": indicator, "stage": stage}
            wide[f"{indicator}_{stage}"] = _cells(counts, codes, "total", **chosen)
            wide[f"{indicator}_{stage}_women"] = _cells(counts, codes, "women", **chosen)
        # A form that has only one of the stages tells there whether the count applies.
        applicable = [
            _cells(counts, codes, "applicable", indicator=indicator, stage=stage)
            for stage in reversed(_STAGES)
        ]
        wide[f"{indicator}_applicable"] = applicable[0].fillna(applicable[1])
    wide["partner_count"] = _partner_count(tables, codes)
    days = (projects["end_date"] - projects["start_date"]).dt.days + 1
    wide["duration_days"] = days.astype("Int64")
    for dimension in _present(tables, "sustainability", "dimension", "sustainability_dimensions"):
        scores = tables["sustainability"]
        means = scores[scores["dimension"] == dimension].groupby("project_code")[list(_EFFECTS)]
        for effect in _EFFECTS:
            wide[f"{dimension}_{effect}"] = codes.map(means.mean()[effect])
    wanted = declared(tables)
    return wide[list(wanted)].astype({name: columns.dtype(spec) for name, spec in wanted.items()})


def declared(tables: Mapping[str, pd.DataFrame]) -> dict[str, Mapping[str, Any]]:
    """Columns of the overview of some tables, each with its entry.

    Those of `tables.yml` come first, always. After them come those of every other indicator,
    measure and dimension that the tables hold, named alike: ``jobs_created_planned``,
    ``jobs_created_realised``; ``jobs_created_planned_women`` and so on where women are stated at
    all, and ``jobs_created_applicable`` where the count does not apply to some project.
    """
    known = columns.columns("overview")
    return {**known, **{name: spec for name, spec in _further(tables) if name not in known}}


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


def _cells(
    table: pd.DataFrame, codes: "pd.Series[Any]", column: str, **chosen: str
) -> "pd.Series[Any]":
    """One column of the rows chosen, in the order of the projects."""
    rows = table
    for name, value in chosen.items():
        rows = rows[rows[name] == value]
    return codes.map(rows.set_index("project_code")[column]).astype(table[column].dtype)


def _partner_count(tables: Mapping[str, pd.DataFrame], codes: "pd.Series[Any]") -> "pd.Series[Any]":
    """Partners of each project; missing where its form has no place for them."""
    asked = tables["provenance"]["field"].str.startswith("partners.")
    with_place = tables["provenance"].loc[asked, "project_code"].unique()
    counts = tables["partners"].groupby("project_code").size()
    return codes.map(counts).fillna(0).where(codes.isin(with_place)).astype("Int64")
