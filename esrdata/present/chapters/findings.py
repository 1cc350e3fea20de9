"""Sources that differ, findings of reading, and how it was done."""

import pandas as pd

from esrdata.knowledge import wording
from esrdata.present.chapters.maker import ROWS, Maker
from esrdata.present.model import Column, Figure, Section, Table
from esrdata.tables.issues import recognisers


def conflicts(maker: Maker) -> Section:
    """Values that sources of one project state differently."""
    rows = maker.portfolio.conflicts
    table = rows.head(ROWS)
    if not len(table):
        return maker.section("conflicts", maker.word("conflicts.none"))
    labelled = table.assign(
        field=[wording.field_label(field, maker.lang) for field in table["field"]],
        source=[wording.code_label("source_kinds", kind, maker.lang) for kind in table["source"]],
        place=[_place(row.file, row.line) for row in table.itertuples()],
    )
    columns = [
        Column("project_code", maker.label("project_code")),
        Column("field", maker.label("field")),
        Column("source", maker.label("source")), Column("value", maker.word("glance.value")),
        Column("place", maker.label("place")),
    ]  # fmt: skip
    note = maker.more(len(table), len(rows), "conflicts")
    parts: list[Table | Figure] = [
        Table("conflicts", maker.word("conflicts.table"), columns, labelled, note)
    ]
    return maker.section("conflicts", parts=parts)


def findings(maker: Maker) -> Section:
    """What reading found: counts of all findings, and the serious ones one by one."""
    issues, elsewhere = _not_on_plausibility(maker)
    counts = issues.groupby(["severity", "code"]).size().reset_index(name="n").convert_dtypes()
    order = ["error", "warning", "info"]
    counts = counts.sort_values("severity", key=lambda s: s.map(order.index), kind="stable")
    counts["severity"] = [
        wording.code_label("severities", s, maker.lang) for s in counts["severity"]
    ]
    parts: list[Table | Figure] = []
    if len(counts):
        columns = maker.columns(severity="text", code="text", n="integer")
        parts.append(Table("findings_counts", maker.word("findings.counts"), columns, counts))
    serious = issues[issues["severity"] != "info"]
    paragraphs = []
    if len(serious):
        first = serious.head(ROWS)
        messages = [
            wording.message(
                str(row.code), maker.lang, file=row.file, project=row.project_code,
                field=row.field, line=row.line, raw=row.raw,
            )
            for row in first.itertuples()
        ]  # fmt: skip
        kinds = [wording.code_label("severities", s, maker.lang) for s in first["severity"]]
        frame = first.assign(message=messages, severity=kinds)
        columns = maker.columns(severity="text", message="text")
        note = maker.more(len(first), len(serious), "issues")
        parts.append(Table("findings", maker.word("findings.list"), columns, frame, note))
    else:
        paragraphs.append(maker.word("findings.none"))
    if elsewhere:
        n = wording.number(elsewhere, maker.lang)
        paragraphs.append(maker.word("findings.plausibility", n=n))
    return maker.section("findings", *paragraphs, parts=parts)


def _not_on_plausibility(maker: Maker) -> tuple[pd.DataFrame, int]:
    """The findings that the chapter on plausibility does not have, and how many it has."""
    issues = maker.portfolio.issues
    codes = maker.portfolio.projects["project_code"].tolist()
    there = {
        (codes[at], name)
        for name, of in maker.verdicts.items()
        for at, one in enumerate(of)
        if one.statements
    }
    keys = zip(issues["project_code"], issues["code"], strict=True)
    apart = pd.Series([key in there for key in keys], index=issues.index, dtype=bool)
    return issues[~apart], int(apart.sum())


def method(maker: Maker) -> Section:
    """How documents were read and figures made."""
    keys = ("reading", "sources", "sums", "intervals")
    said = [maker.word(f"method.{key}") for key in keys]
    by = recognisers(maker.portfolio.issues)
    said += [maker.word("method.names", by=", ".join(by))] if by else []
    return maker.section("method", *said)


def _place(file: object, line: object) -> str:
    return str(file) if wording.is_missing(line) else f"{file}:{line}"
