"""Funding granted, planned and realised, and how much of it was used."""

from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.present.chapters import beside
from esrdata.present.chapters.maker import ROWS, Maker
from esrdata.present.charts.money import MOST_GROUPS
from esrdata.present.charts.style import group_heading
from esrdata.present.charts.whom import whom
from esrdata.present.model import Figure, Section, Table

#: Fewer projects are a table alone.
MIN_CHART = 4


def funding(maker: Maker) -> Section:
    """Funding planned and realised, by group, by project and on the map."""
    parts: list[Table | Figure] = []
    columns = maker.columns(
        group="text", n="integer", planned="money", realised="money", ratio="percent",
        n_both="integer", planned_all="money",
    )  # fmt: skip
    whole = stats.planned_and_realised(maker.portfolio)
    both = int(whole["n_both"].sum())
    note = maker.word("excluded", n=both, left=len(maker.portfolio) - both)
    for name, by in maker.groups():
        table = stats.planned_and_realised(maker.portfolio, by=by)
        title = maker.word("funding.by", group=group_heading(name, maker.lang))
        rows = maker.grouped(table, by).assign(ratio=_ratio(table))
        parts.append(Table(f"funding_by_{name}", title, columns, rows, note, table))
        if name in ("priority_axis", "region"):
            parts.append(maker.figure(f"funding_by_{name}", title, "planned_and_realised", table))
    if len(maker.portfolio) <= ROWS:
        parts.append(_project_funding(maker))
    if MIN_CHART <= len(maker.portfolio) <= MOST_GROUPS:
        by = ["programme_period", "name", "project_code"]
        table = stats.planned_and_realised(maker.portfolio, by=by)
        title = maker.word("funding.projects")
        parts.append(maker.figure("funding_of_projects", title, "planned_and_realised", table))
    places = stats.locations_summary(maker.portfolio)
    if len(places) and places["n"].sum() and not maker.few:
        parts.append(maker.figure("regions", maker.word("funding.map"), "tile_map", places))
    parts += [*beside.sizes(maker), *beside.per_inhabitant(maker)]
    return maker.section("funding", maker.word("funding.intro"), parts=parts)


def _project_funding(maker: Maker) -> Table:
    columns = maker.columns(
        project_code="text", name="text", eu_and_state_planned="money",
        eu_and_state_realised="money", public_total_planned="money",
        public_total_realised="money", public_total_absorption="percent",
        public_total_paid_share="percent",
    )  # fmt: skip
    rows = maker.overview.sort_values("public_total_planned", ascending=False)
    return Table("funding_by_project", maker.word("funding.projects"), columns, rows)


def absorption(maker: Maker) -> Section:
    """How much of the planned funding was used."""
    parts: list[Table | Figure] = []
    columns = maker.columns_of(
        "absorption", "n", "planned", "realised", "ratio_of_sums", "median_ratio", "q1", "q3",
        "ci_low", "ci_high", "n_below_080", "n_above_100",
    )  # fmt: skip
    whole = stats.absorption(maker.portfolio)
    note = maker.word("excluded", n=int(whole["n"].sum()), left=int(whole["n_excluded"].sum()))
    note = " ".join([note, *whom(whole, maker.lang)])
    found = [("all", list[str]()), *maker.groups()]
    for name, by in found:
        table = stats.absorption(maker.portfolio, by=by) if by else whole
        head, rows = maker.headed(name, by, table)
        title = maker.word("absorption.by", group=head)
        parts.append(Table(f"absorption_by_{name}", title, columns, rows, note, table))
        if name == "priority_axis":
            ratios = stats.ratios(maker.portfolio, by=by)
            # While every project runs there is nothing to draw.
            if len(ratios):
                figure = f"absorption_by_{name}"
                parts.append(maker.figure(figure, title, "absorption", table, ratios=ratios))
    parts += beside.rates(maker)
    return maker.section("absorption", maker.word("absorption.intro"), parts=parts)


def _ratio(table: pd.DataFrame) -> "pd.Series[Any]":
    """Realised by planned; missing where nothing was planned."""
    planned = table["planned"].where(table["planned"] > 0)
    return table["realised"] / planned
