"""Funding granted, planned and realised, and how much of it was used."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.knowledge import formats, load
from esrdata.present.chapters import beside
from esrdata.present.chapters.maker import ROWS, Maker
from esrdata.present.chapters.phrases import ALL
from esrdata.present.charts.money import MOST_GROUPS
from esrdata.present.charts.whom import speaks, whom
from esrdata.present.model import Column, Figure, Section, Table

#: Up to so many projects are drawn one by one.
DRAWN = 24

#: Fewer projects are a table alone.
MIN_CHART = 4

_STAGES = ("planned", "realised")
# Realised by planned, of ended projects and of the others.
_SHARES = ("public_total_absorption", "public_total_paid_share")


def funding(maker: Maker) -> Section:
    """Funding planned and realised, by group, by project and on the map."""
    parts: list[Table | Figure] = []
    if maker.portfolio.funding["amount_eur"].isna().all():
        return maker.section("funding", maker.word("funding.none"))
    whole = stats.planned_and_realised(maker.portfolio)
    for name, by in maker.groups():
        table = maker.in_order(name, stats.planned_and_realised(maker.portfolio, by=by))
        title = maker.by("funding.by", name)
        if name in ("priority_axis", "region") and table["planned"].notna().any():
            parts.append(maker.figure(f"funding_by_{name}", title, "planned_and_realised", table))
        parts.append(_by_group(maker, name, title, table, whole))
    if MIN_CHART <= len(maker.portfolio) <= MOST_GROUPS:
        by = ["programme_period", "name", "project_code"]
        table = stats.planned_and_realised(maker.portfolio, by=by)
        title = maker.word("funding.projects")
        # Rows of dashes are no picture.
        if table["planned"].notna().any():
            parts.append(maker.figure("funding_of_projects", title, "planned_and_realised", table))
    if len(maker.portfolio) <= ROWS:
        parts.append(_project_funding(maker))
    parts += _map(maker)
    parts += [*beside.sizes(maker), *beside.per_inhabitant(maker)]
    intro = "funding.intro_planned" if maker.figures.planned_alone else "funding.intro"
    # Of sums of another kind, as of what was granted, neither is true.
    said = [maker.word(intro)] if _public(maker) else []
    return maker.section("funding", *_sentences(maker), *said, parts=parts, title=_title(maker))


def _public(maker: Maker) -> bool:
    """Whether any project states a sum of public funding."""
    return any(maker.overview[f"public_total_{stage}"].notna().any() for stage in _STAGES)


def _map(maker: Maker) -> Iterator[Figure]:
    places = stats.locations_summary(maker.portfolio)
    if len(places) and places["n"].sum() and not maker.few:
        yield maker.figure("regions", maker.word("funding.map"), "tile_map", places)


def _title(maker: Maker) -> str:
    money = maker.figures.money
    if maker.figures.planned_alone:
        planned = maker.sum_in_words(money["planned_all"])
        return maker.of_planned(maker.title("funding", "finding_planned", planned=planned))
    if not money or not money["n_both"] or not money["planned"] > 0:
        return maker.title("funding")
    title = maker.title(
        "funding", "finding_so_far" if maker.figures.so_far else "finding",
        planned=maker.sum_in_words(money["planned"]),
        share=formats.percent(money["realised"] / money["planned"], maker.lang),
    )  # fmt: skip
    return maker.of_both(title)


def _sentences(maker: Maker) -> list[str]:
    """What the chapter shows, in numbers."""
    money = maker.figures.money
    if maker.figures.planned_alone:
        planned = maker.sum_in_words(money["planned_all"])
        return [maker.word("funding.told_planned", planned=planned, n=int(money["n_planned"]))]
    if not money or not money["n_both"] or not money["planned"] > 0:
        return []
    n, running = int(money["n_both"]), maker.figures.running
    text = maker.word(
        "funding.told_so_far" if running else "funding.told",
        planned=maker.sum_in_words(money["planned"]),
        realised=maker.sum_in_words(money["realised"]),
        share=formats.percent(money["realised"] / money["planned"], maker.lang),
        n=n,
    )
    # Of no more projects than the sentence before is about there is nothing to add.
    if n < money["n_planned"]:
        every, known = maker.sum_in_words(money["planned_all"]), int(money["n_planned"])
        text += " " + maker.word("funding.known", both=n, planned=every, n=known)
    if running:
        whose = "some" if running < n else "all" if n > 1 else "one"
        text += " " + maker.word(f"funding.running_{whose}")
    return [text]


def _by_group(
    maker: Maker, name: str, title: str, table: pd.DataFrame, whole: pd.DataFrame
) -> Table:
    rows = maker.totalled(maker.grouped(table, maker.by_of(name)), whole)
    key = f"funding_by_{name}"
    if maker.figures.planned_alone:
        counts = ["n", *(["n_planned"] if (rows["n_planned"] < rows["n"]).any() else [])]
        columns = maker.columns(name, group="text", **dict.fromkeys(counts, "integer"))
        columns += maker.sums(rows, "planned_all")
        return maker.table(
            key, title, columns, rows, maker.overlap(name),
            statistic=table, total=True, whole=whole, bars=("planned_all",),
        )  # fmt: skip
    rows = rows.assign(ratio=_ratio(rows), gap=rows["planned"] - rows["realised"])
    whole_of = rows[rows["n"] != rows["n_both"]]
    *sums, every = maker.sums(rows, "planned", "realised", beside=["gap", "planned_all"])
    columns = [
        *maker.columns(name, group="text", n_both="integer"), *sums,
        # Of sums that are zero there is no ratio.
        *(maker.columns(ratio="percent") if rows["ratio"].notna().any() else ()),
    ]  # fmt: skip
    # Sums of all projects differ where some have only one of the two.
    if len(whole_of):
        columns[1:1] = maker.columns(n="integer")
    if (rows["n_planned"] > rows["n_both"]).any():
        columns.append(every)
    if not len(whole_of):
        columns[1] = Column("n_both", maker.label("n"), "integer")
    both, everyone = int(whole["n_both"].iloc[0]), int(whole["n"].iloc[0])
    text = maker.word("excluded", n=both, left=everyone - both) if both < everyone else ""
    note = " ".join(t for t in (maker.word("funding.gap"), text, maker.overlap(name)) if t)
    return maker.table(
        key, title, columns, rows, note,
        statistic=table, total=True, whole=whole, bars=("planned", "realised"),
    )  # fmt: skip


def _project_funding(maker: Maker) -> Table:
    sums = {
        f"{measure}_{stage}": maker.figures.exact(stage, measure)
        for measure, stage in (
            ("eu_and_state", "planned"),
            ("public_total", "planned"),
            ("public_total", "realised"),
        )
    }
    rough = sum(int((maker.overview[n].notna() & s.isna()).sum()) for n, s in sums.items())
    rows = maker.overview.assign(**sums)
    rows = rows.sort_values("public_total_planned", ascending=False, kind="stable")
    total: dict[str, object] = {name: rows[name].sum(min_count=1) for name in sums}
    known = {name: int(rows[name].notna().sum()) for name in sums}
    planned = pd.Series([total["public_total_planned"]], dtype="Float64")
    realised = pd.Series([total["public_total_realised"]], dtype="Float64")
    for share in _SHARES:
        # Of ended and of ongoing projects together there is neither.
        if rows[share].notna().all():
            total[share] = (realised / planned.where(planned > 0)).iloc[0]
    total |= {"project_code": maker.word("total"), "name": pd.NA}
    # One project is its own total.
    several = len(rows) > 1
    if several:
        last = pd.DataFrame([total]).astype({"name": "string"})
        rows = pd.concat([rows, last], ignore_index=True)
    rows = rows.assign(name=rows["name"].fillna(""))
    columns = [
        *maker.columns(project_code="text", name="text"),
        *maker.sums(rows, *sums, projects=True),
        *maker.columns(
            **{
                name: "percent"
                for name in _SHARES
                # What is of ended or of ongoing projects alone is missing where there are none.
                if rows[name].notna().any()
            }
        ),
    ]
    # Whole names would be five lines high.
    short = load.words()["content"]["funding"]["head"]
    columns = [replace(c, label=_head(maker, c)) if c.name in short else c for c in columns]
    note = maker.word("funding.projects_note") if _public(maker) else ""
    if rough:
        note += " " + maker.word("funding.rough", n=rough)
    if len({*known.values()} - {0}) > 1:
        # A total of each column is of other projects.
        counts = [
            maker.word("reason", reason=maker.word(f"funding.head.{name}"), n=n)
            for name, n in known.items()
            if n
        ]
        note += " " + maker.word("funding.totals", counts="; ".join(counts))
    return maker.table(
        "funding_by_project", maker.word("funding.projects"), columns, rows, note,
        total=several,
    )  # fmt: skip


def _head(maker: Maker, column: Column) -> str:
    key = column.name
    if key == _SHARES[1]:
        # What was discontinued does not go on, so *so far* would be wrong of it.
        of = maker.overview.loc[maker.overview[key].notna(), "status_code"]
        key = "not_ended" if of.eq("interrupted").any() else key
    name = maker.word(f"funding.head.{key}")
    sums = column.kind in ("money", "thousands", "millions")
    return maker.word(f"unit.{column.kind}", label=name) if sums else name


def absorption(maker: Maker) -> Section | None:
    """How much of the planned funding was used; a sentence while every project runs.

    None where no project has a sum.
    """
    whole = stats.absorption(maker.portfolio)
    if not len(whole) or not whole["n"].sum():
        money = maker.figures.money
        known = bool(money) and bool(money["n_both"])
        return maker.section("absorption", maker.word("absorption.none")) if known else None
    parts: list[Table | Figure] = []
    note = " ".join(t for t in [maker.left_out(whole), *whom(whole, maker.lang)] if t)
    groups = list(maker.groups())
    for name, by in groups or [(ALL, list[str]())]:
        table = maker.in_order(name, stats.absorption(maker.portfolio, by=by)) if by else whole
        rows, title = maker.headed(by, table), maker.by("absorption.by", name)
        if name == "priority_axis":
            ratios = stats.ratios(maker.portfolio, by=by)
            if len(ratios):
                figure = f"absorption_by_{name}"
                parts.append(maker.figure(figure, title, "absorption", table, ratios=ratios))
        rows = maker.totalled(rows, whole) if by else rows
        columns = [
            *maker.columns(name, group="text", n="integer"),
            *maker.columns_of(
                "absorption", "ratio_of_sums", "median_ratio", "ci_low", "ci_high",
                "n_below_080", "n_above_100",
            )[1:],
        ]  # fmt: skip
        text = " ".join(part for part in (note, maker.overlap(name)) if part)
        parts.append(
            maker.table(
                f"absorption_by_{name}", title, columns, rows, text,
                statistic=table, total=bool(by), whole=whole, bars=("median_ratio",),
            )
        )  # fmt: skip
    parts += beside.rates(maker)
    use = maker.figures.use
    title = maker.title("absorption")
    if speaks("absorption", "median", use["n"]) and not formats.is_missing(use["median_ratio"]):
        median = formats.percent(use["median_ratio"], maker.lang)
        title = maker.title("absorption", "finding", median=median)
    intro = maker.word("absorption.intro")
    return maker.section("absorption", intro, parts=parts, title=title)


def _ratio(table: pd.DataFrame) -> "pd.Series[Any]":
    """Realised by planned; missing where nothing was planned."""
    planned = table["planned"].where(table["planned"] > 0)
    return table["realised"] / planned
