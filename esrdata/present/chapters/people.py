"""Participants on the form, and people whom texts tell of."""

import pandas as pd

from esrdata import stats
from esrdata.knowledge import wording
from esrdata.present.chapters import beside
from esrdata.present.chapters.maker import FEW, ROWS, Maker
from esrdata.present.model import Column, Figure, Section, Table
from esrdata.present.written import written, written_column

#: Of many projects, those whose texts have the largest numbers.
LARGEST = 20


def participants(maker: Maker) -> Section | None:
    """Participants as the forms count them; None where no source asks for them."""
    whole = maker.figures.participants
    if not whole or not whole["n_planned"] + whole["n_realised"] + whole["n_not_applicable"]:
        return None
    parts: list[Table | Figure] = []
    everyone = stats.participants(maker.portfolio)
    for name, by in maker.groups_of_people():
        table = stats.participants(maker.portfolio, by=by) if by else everyone
        # A group whose forms do not ask for it has nothing to show.
        table = table[table["n"] + table["n_not_applicable"] > 0]
        rows = maker.headed(by, table)
        rows = maker.totalled(rows, everyone) if by else rows
        title = maker.by("participants.table", name)
        if name == "priority_axis" and table["planned"].notna().any():
            parts.append(maker.figure(f"participants_by_{name}", title, "participants", table))
        columns = _counts(maker, "participants", rows, name)
        parts.append(
            maker.table(
                f"participants_by_{name}", title, columns, rows,
                statistic=table, total=bool(by), whole=everyone if by else None,
                bars=("planned", "realised"),
            )
        )  # fmt: skip
    parts += beside.costs(maker)
    return maker.section("participants", maker.word("participants.intro"), parts=parts)


def indicators(maker: Maker) -> Section | None:
    """What else projects count: companies, jobs, and whatever the forms of a shelf ask for."""
    found = stats.indicators(maker.portfolio).attrs["indicators"]
    asked = [code for code in found if code != "participants"]
    if not asked:
        return None
    whole = stats.indicators(maker.portfolio, asked)
    if not whole[["n_planned", "n_realised", "n_not_applicable"]].to_numpy().sum():
        return None
    parts: list[Table | Figure] = []
    for name, by in maker.groups_of_people():
        table = stats.indicators(maker.portfolio, asked, by=by or None)
        table = table[table["n"] + table["n_not_applicable"] > 0]
        # Groups are compared within one indicator: jobs are not added to companies.
        table = table.sort_values(
            "indicator", key=lambda codes: codes.map(asked.index), kind="stable", ignore_index=True
        )
        rows = maker.headed(by, table)
        labels = [wording.code_label("indicators", c, maker.lang) for c in rows["indicator"]]
        title = maker.by("indicators.table", name)
        columns = [*maker.columns(indicator="text"), *_counts(maker, "indicators", rows, name)]
        kept = [column for column in columns if by or column.name != "group"]
        rows = rows.assign(indicator=labels)
        # A total of companies, jobs and degrees would be of nothing.
        note = maker.word("indicators.no_total") if by else ""
        parts.append(
            maker.table(
                f"indicators_by_{name}", title, kept, rows, note,
                statistic=table,
            )
        )  # fmt: skip
    return maker.section("indicators", maker.word("indicators.intro"), parts=parts)


def _counts(maker: Maker, statistic: str, rows: pd.DataFrame, by: str) -> list[Column]:
    """Columns of counts; those that are zero in every row have nothing to say."""
    names = [
        "n", "n_not_applicable", "n_missing", "n_planned", "planned", "n_realised", "realised",
        "n_women_planned", "womens_share_planned", "n_women_realised", "womens_share_realised",
    ]  # fmt: skip
    idle = [
        name
        for name in ("n_not_applicable", "n_missing", "n_realised")
        if (rows[name].fillna(0) == 0).all()
    ]
    # How many are counted need not stand twice.
    idle += ["n_planned"] if (rows["n_planned"] == rows["n"]).all() else []
    # Shares of women are of fewer projects where some tell only how many people there were.
    for stage in ("planned", "realised"):
        shares = rows[rows[f"womens_share_{stage}"].notna()]
        if (shares[f"n_women_{stage}"] == shares[f"n_{stage}"]).all():
            idle.append(f"n_women_{stage}")
    return maker.columns_of(statistic, *(name for name in names if name not in idle), by=by)


def stated(maker: Maker) -> Section | None:
    """People that final reports tell of; None where there are no texts."""
    if "stated" in maker.absent:
        return None
    table = stats.stated_participants(maker.portfolio)
    if not table["final_report"].any():
        return maker.section("stated", maker.word("stated.no_reports"))
    # What was planned is no result; the chart leaves it out too.
    plans = table["stage"].eq("planned").fillna(False)
    stated_rows = table[table["value"].notna() & ~plans]
    if not len(stated_rows):
        return maker.section("stated", maker.word("stated.none"))
    many = len(maker.portfolio) > FEW
    rows = stated_rows[stated_rows["rank"] == 1] if many else stated_rows
    if many:
        rows = rows.sort_values("value", ascending=False, kind="stable")
    first = rows.head(LARGEST if many else ROWS)
    key = "largest" if many else "table"
    claims = [
        _claim(maker, qualifier, value)
        for qualifier, value in zip(first["qualifier"], first["value"], strict=True)
    ]
    # A sentence in a cell is on one line, and marks of a list stand for nothing there.
    lines = first["sentence"].str.replace(r"\s*\n\s*", " ", regex=True)
    lines = lines.str.replace(r"^[•·*–-]\s+", "", regex=True)
    first = first.assign(claim=written_column(claims, first.index), sentence=lines)
    columns = maker.columns(
        project_code="text", planned="integer", claim="figure", unit="text", sentence="text"
    )
    title = maker.word(f"stated.{key}")
    n_plans = int(plans.sum())
    left = wording.word("charts.stated_participants.plans", maker.lang, n=n_plans)
    more = maker.more(len(first), len(rows), "claims")
    note = " ".join(text for text in (left if n_plans else "", more) if text)
    parts: list[Table | Figure] = [
        maker.figure("stated_participants", title, "stated_participants", table),
        maker.table("stated_participants", title, columns, first, note),
    ]
    return maker.section("stated", maker.word("stated.intro"), parts=parts)


def _claim(maker: Maker, qualifier: object, value: object) -> str:
    before = wording.code_label("qualifiers", qualifier, maker.lang)
    return written(value, "number", maker.lang, before="" if qualifier == "exact" else before)
