"""What an evaluator expects beside the sums: rates, inhabitants, sizes, costs, extensions."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from esrdata import stats
from esrdata.errors import Sentence
from esrdata.knowledge import load, wording
from esrdata.present.chapters.maker import QUARTILES, ROWS, Maker
from esrdata.present.chapters.phrases import ALL
from esrdata.present.charts.conditions import rounded
from esrdata.present.charts.grouping import fund_letters, years
from esrdata.present.charts.style import group_heading
from esrdata.present.model import Table

_LIST = "list"
# A programme as statistics name it, and years with the hyphen of a code.
_PROGRAMME = re.compile(r"\b(\w+) (\d{4}-\d{4}): \w+(?: \(axis ([\d, –]+)\))?")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
#: Rows of a table that fits a page.
ONE_PAGE = 30


def sizes(maker: Maker) -> Iterator[Table]:
    """Projects by type of organisation and size; nothing where no source states the type."""
    by = "organisation_type"
    if maker.few or maker.portfolio.projects[by].isna().all():
        return
    table = stats.types_and_sizes(maker.portfolio, by=by)
    table = maker.in_order(by, table[table["n"] > 0])
    whole = len(table) > ONE_PAGE
    if whole:
        # Every type by every size would take pages: all projects by size say most of it.
        table = stats.types_and_sizes(maker.portfolio, by=None)
    rows = maker.headed([] if whole else [by], table)
    bands = {row["code"]: row[f"label_{maker.lang}"] for row in load.codes("size_bands")}
    labels = rows["size_band"].map(bands).astype("string").fillna(maker.word("beside.no_size"))
    rows = rows.assign(size_band=labels)
    columns = maker.columns_of(
        "types_and_sizes", "size_band", "n", "share", "n_planned", "amount", "amount_share", by=by
    )
    columns = columns[1:] if whole else columns
    # How many have a size need not stand twice.
    if (rows["n_planned"] == rows["n"]).all():
        columns = [column for column in columns if column.name != "n_planned"]
    each = rows.groupby("group", sort=False)
    rows = rows.assign(of=each["n"].transform("sum"))
    columns, rows = maker.of_few(columns, rows, {"share": "of"})
    shares = [part[name] for _, part in each for name in ("share", "amount_share")]
    title = maker.by("beside.sizes", ALL if whole else by)
    note = " ".join(
        t for t in (maker.word("beside.sizes_note"), rounded(shares, maker.lang, 1)) if t
    )
    yield Table("projects_by_type_and_size", title, columns, rows, note, statistic=table)


def per_inhabitant(maker: Maker) -> Iterator[Table]:
    """Funding of regions by inhabitant, where the shelf has inhabitants of the period."""
    table = stats.per_inhabitant(maker.portfolio)
    rows = table[table["n"] > 0].rename(columns={"name": "region"})
    rows = maker.in_order("region", rows)
    if maker.few:
        return
    if not len(rows):
        _left_out(maker, table, "inhabitants")
        return
    columns = maker.columns_of(
        "per_inhabitant", "inhabitants", "n", "planned", "planned_per_inhabitant", "realised",
        "realised_per_inhabitant", by="region",
    )  # fmt: skip
    # A few euros: cents matter here.
    columns = [
        replace(column, kind="number", decimals=2)
        if column.name.endswith("_inhabitant")
        else column
        for column in columns
    ]
    table = rows.rename(columns={"region": "name"})
    rows = maker.grouped(rows, ["region"])
    note = maker.word("beside.per_inhabitant_note", year=table.attrs["year"])
    # Regions add up to the projects that have one.
    if nowhere := len(maker.portfolio) - round(float(rows["n"].sum())):
        note += " " + maker.word("beside.per_inhabitant_out", n=nowhere)
    title = maker.word("beside.per_inhabitant")
    yield Table("funding_per_inhabitant", title, columns, rows, note, statistic=table)


def _left_out(maker: Maker, table: pd.DataFrame, name: str) -> None:
    """Say among the methods that a table is left out for want of reference figures."""
    why = table.attrs.get("why_empty")
    if isinstance(why, Sentence) and why.key == f"reference.{name}":
        values = {key: _programmes(str(text), maker.lang) for key, text in why.values.items()}
        text = wording.word(f"reference.report.{name}", maker.lang, **values)
        if text not in maker.without:
            maker.without.append(text)


def _programmes(text: str, lang: str) -> str:
    """Programmes by the letters of their funds and their years; other text with its dashes."""
    found = _PROGRAMME.findall(text)
    if found:
        axis = group_heading("priority_axis", lang)
        names = [
            f"{fund_letters(fund, lang)} {years(period)}"
            + (f", {axis[:1].lower()}{axis[1:]} {of}" if of else "")
            for fund, period, of in found
        ]
        return ", ".join(dict.fromkeys(names))
    return _YEARS.sub(r"\1–\2", text)


def rates(maker: Maker) -> Iterator[Table]:
    """Rates of programme frames, where the portfolio is of project lists and so of a programme."""
    forms = maker.portfolio.projects["form"]
    if not len(forms) or not forms.eq(_LIST).all():
        return
    table = stats.rates(maker.portfolio)
    rows = table[table["frame"].notna()]
    # Where the shelf has no frame of any of the programmes.
    if not len(rows):
        _left_out(maker, table, "frames")
        return
    by = ["programme_period", "fund", "priority_axis"]
    columns = maker.columns_of(
        "rates", "n", "frame", "reserved", "commitment_rate", "paid", "payment_rate",
        "n_absorption", "absorption", by=by[-1],
    )  # fmt: skip
    # In euros a table of one axis would be wider than a page.
    sums = {one.name: one for one in maker.sums(rows, "frame", "reserved", "paid")}
    columns = [sums.get(column.name, column) for column in columns]
    title, note = maker.word("beside.rates"), maker.word("beside.rates_note")
    yield Table("rates", title, columns, maker.grouped(rows, by), note, statistic=rows)


def costs(maker: Maker) -> Iterator[Table]:
    """The cost of a participant, with the number of projects and quartiles."""
    for name, by in maker.groups_of_people():
        table = stats.participants(maker.portfolio, by=by or None)
        table = table[table["cost_planned_n"] + table["cost_realised_n"] > 0]
        if not len(table):
            continue
        rows = maker.headed(by, table)
        # A stage of which no project has a cost has no columns.
        stages = [s for s in ("planned", "realised") if table[f"cost_{s}_n"].any()]
        # Quartiles of many groups would take two pages beside each other.
        quartiles = [s for s in stages if not by and table[f"cost_{s}_n"].iloc[0] >= QUARTILES]
        names = [
            f"cost_{part.format(stage)}"
            for stage in stages
            for part in ("{}_n", "per_{}", *(("{}_q1", "{}_q3") if stage in quartiles else ()))
        ]
        columns = maker.columns_of("participants", *names, by=name)
        title = maker.by("beside.costs", name)
        figures = maker.word(f"beside.costs_{'quartiles' if quartiles else 'median'}")
        ended = f" {maker.word('beside.costs_ended')}" if "realised" in stages else ""
        note = maker.word("beside.costs_note", figures=figures, ended=ended)
        yield maker.table(f"costs_by_{name}", title, columns, rows, note, statistic=table)


def extensions(maker: Maker) -> Iterator[Table]:
    """What moved after an earlier list in the portfolio itself."""
    table = stats.extensions(maker.portfolio)
    if not len(table):
        return
    first = table.head(ROWS)
    columns = maker.columns_of(
        "extensions", "project_code", "name", "day_before", "inferred", "end_before", "end_after",
        "extension_days", "grant_change", "public_total_change",
    )[1:]  # fmt: skip
    answers = {
        answer: wording.code_label("answers", code, maker.lang)
        for answer, code in ((True, "yes"), (False, "no"))
    }
    first = first.assign(inferred=first["inferred"].map(answers).astype("string"))
    note = maker.word("beside.extensions_note", first=len(first), n=len(table))
    yield Table("extensions", maker.word("beside.extensions"), columns, first, note)
