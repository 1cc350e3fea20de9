"""What a report is about: its files, its projects, its sums."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.knowledge import formats, wording
from esrdata.present.chapters.findings import file_name
from esrdata.present.chapters.maker import FEW, ROWS, Maker
from esrdata.present.charts.conditions import FEW as FEW_PROJECTS
from esrdata.present.model import Column, Figure, Section, Table
from esrdata.present.written import written
from esrdata.tables.display import form_names, format_name
from esrdata.tables.linking.sources import read_from
from esrdata.version import __version__


def cover(maker: Maker) -> Iterator[tuple[str, str]]:
    """What the cover says: label and text."""
    files, projects = maker.portfolio.files, maker.portfolio.projects
    n_read = int((files["status"] == "read").sum())
    yield maker.word("cover.projects"), written(len(projects), "integer", maker.lang)
    yield maker.word("cover.files"), maker.word("cover.files_value", files=len(files), read=n_read)
    first, last = projects["start_date"].min(), projects["end_date"].max()
    if not formats.is_missing(first) and not formats.is_missing(last):
        span = {"first": formats.date(first, maker.lang), "last": formats.date(last, maker.lang)}
        yield maker.word("cover.dates"), wording.word("report.date_range", maker.lang, **span)
    lists = _lists(maker)
    if len(lists):
        newest = lists.iloc[int(lists["snapshot_date"].argmax())]
        day = formats.date(newest["snapshot_date"], maker.lang)
        yield maker.word("cover.newest"), f"{day} ({newest['snapshot_basis']})"
    sources = wording.sources(read_from(maker.portfolio.tables), maker.lang)
    if sources:
        yield maker.word("cover.sources"), sources
    yield maker.word("cover.made"), f"esrdata {__version__}"


def about(maker: Maker) -> Section:
    """Which files the report stands on."""
    portfolio = maker.portfolio
    files = portfolio.files
    kinds = files.groupby(["format", "form", "status"], dropna=False).size()
    table = kinds.reset_index(name="n").convert_dtypes()
    table["status"] = [wording.code_label("file_statuses", s, maker.lang) for s in table["status"]]
    table["form"] = [form_names(form, maker.lang) for form in table["form"]]
    table["format"] = [str(format_name(name, maker.lang)) for name in table["format"]]
    columns = maker.columns(format="text", form="text", status="text", n="integer")
    parts: list[Table | Figure] = []
    if len(table):
        parts.append(Table("files", maker.word("about.files"), columns, table))
    unread = files.loc[files["status"] != "read", ["file", "status"]]
    unread = unread.assign(file=unread["file"].map(file_name).astype("string"))
    missed = unread.head(ROWS)
    if len(missed):
        missed = missed.assign(
            status=[wording.code_label("file_statuses", s, maker.lang) for s in missed["status"]]
        )
        columns = maker.columns(file="text", status="text")
        note = maker.more(len(missed), len(unread), "files")
        title = maker.word("about.not_read")
        parts.append(Table("files_not_read", title, columns, missed, note))
    lists = _lists(maker)
    if len(lists):
        columns = maker.columns(file="text", snapshot_date="date", snapshot_basis="text")
        first = lists.head(ROWS)
        note = maker.more(len(first), len(lists), "files")
        parts.append(Table("list_days", maker.word("about.lists"), columns, first, note))
    counts = portfolio.issues["severity"].value_counts()
    built = maker.word(
        "about.built",
        files=len(files),
        read=int((files["status"] == "read").sum()),
        projects=len(portfolio),
    )
    found = maker.word("about.no_findings")
    if len(portfolio.issues):
        errors = int(counts.get("error", 0))
        found = maker.word("about.findings", findings=len(portfolio.issues), errors=errors)
    what = maker.word("about.nobody")
    if len(portfolio):
        what = maker.word("about.what", pages=maker.pages)
    return maker.section("about", what, *maker.whom, f"{built} {found}", parts=parts)


def _lists(maker: Maker) -> pd.DataFrame:
    """The lists whose day is known, and in words what it rests on."""
    lists = maker.portfolio.files.dropna(subset=["snapshot_date"])
    lists = lists.assign(file=lists["file"].map(file_name).astype("string"))
    bases = [wording.code_label("snapshot_bases", b, maker.lang) for b in lists["snapshot_basis"]]
    return lists.assign(snapshot_basis=bases)


def glance(maker: Maker) -> Section:
    """The whole in a few figures."""
    projects = maker.portfolio.projects
    # Of projects whose applicant nobody knows there are not nought beneficiaries.
    named = maker.figures.shares.attrs["n_named"] or None
    rows: list[tuple[str, str]] = [
        (maker.word("cover.projects"), written(len(projects), "integer", maker.lang)),
        (maker.word("glance.beneficiaries"), written(named, "integer", maker.lang)),
    ]
    for status in ("ended", "running", "interrupted"):
        n = int((projects["status_code"] == status).sum())
        rows.append((maker.word(f"glance.{status}"), written(n, "integer", maker.lang)))
    if unknown := int(projects["status_code"].isna().sum()):
        rows.append((maker.word("glance.no_status"), written(unknown, "integer", maker.lang)))
    sums = {
        "grant": ("planned", "eu_and_state"),
        "planned": ("planned", "public_total"),
        "realised": ("realised", "public_total"),
    }
    for key, of in sums.items():
        known = maker.figures.exact(*of).dropna()
        label = maker.word("glance.known", label=maker.word(f"glance.{key}"), n=len(known))
        total = known.sum() if len(known) else None
        rows.append((label, written(total, "money", maker.lang)))
    rows += _other_sums(maker)
    frame = pd.DataFrame(rows, columns=["item", "value"], dtype=object)
    kinds = {"item": "text", "value": "figure"}
    columns = [Column(name, maker.word(f"glance.{name}"), kind) for name, kind in kinds.items()]
    parts: list[Table | Figure] = []
    if len(projects) > FEW_PROJECTS:
        parts.append(_picture(maker))
    parts.append(Table("glance", maker.word("glance.table"), columns, frame))
    shares = maker.figures.shares
    joined: list[dict[str, Any]] = shares.attrs.get("joined", [])
    # Of no money nobody has a share.
    if len(shares) > FEW and shares["cumulative_share"].notna().all():
        title = maker.word("glance.concentration")
        parts.append(maker.figure("concentration", title, "concentration", shares))
    if joined:
        parts.append(_joined(maker, joined))
    return maker.section("glance", parts=parts)


def _other_sums(maker: Maker) -> list[tuple[str, str]]:
    """What web pages tell in place of public funding: the whole budget, the Union's part of it."""
    public = maker.figures.exact("planned", "public_total")
    rows = []
    for measure in ("total", "eu"):
        planned = maker.figures.exact("planned", measure)
        if (planned.notna() & public.isna()).any():
            known = planned.dropna()
            name = wording.field_label(f"funding.{measure}.planned", maker.lang)
            label = maker.word("glance.known", label=name, n=len(known))
            rows.append((label, written(known.sum(), "money", maker.lang)))
    return rows


def _picture(maker: Maker) -> Figure:
    """Six small pictures: money, its use, time, beneficiaries, size, and what is known."""
    portfolio = maker.portfolio
    return maker.figure(
        "glance",
        maker.word("glance.table"),
        "glance",
        maker.figures.axes,
        ratios=maker.figures.ratios,
        timeline=maker.figures.timeline,
        concentration=maker.figures.shares,
        sizes=stats.planned_and_realised(portfolio, by="size_band"),
        coverage=stats.coverage(portfolio, by=None),
        participants=stats.participants(portfolio),
    )


def _joined(maker: Maker, joined: list[dict[str, Any]]) -> Table:
    """By which rules spellings of beneficiaries were joined."""
    rules = [wording.code_label("organisation_rules", row["rule"], maker.lang) for row in joined]
    frame = pd.DataFrame(
        {
            "rule": pd.array(rules, dtype="string"),
            "n": pd.array([row["names"] for row in joined], dtype="Int64"),
            "amount": pd.array([row["amount"] for row in joined], dtype="Float64"),
        }
    )
    columns = [
        Column("rule", maker.word("glance.rule")),
        Column("n", maker.word("glance.spellings"), "integer"),
        Column("amount", maker.word("glance.joined_amount"), "money"),
    ]
    title, note = maker.word("glance.joined"), maker.word("glance.joined_note")
    return Table("organisations_joined", title, columns, frame, note)
