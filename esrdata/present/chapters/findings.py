"""Sources that differ, findings of reading, and how it was done."""

import pandas as pd

from esrdata.knowledge import formats, load, messages, wording
from esrdata.present.chapters.maker import ROWS, Maker
from esrdata.present.model import Column, Figure, Section, Table
from esrdata.tables.issues import recognisers

#: Examples of a kind of finding.
EXAMPLES = 3
_ORDER = ("error", "warning", "info")


def conflicts(maker: Maker) -> Section | None:
    """Values that sources of one project state differently; None where each has one source."""
    if not maker.several_sources:
        return None
    rows = maker.portfolio.conflicts
    table = rows.head(ROWS)
    if not len(table):
        return maker.section("conflicts", maker.word("conflicts.none"))
    labelled = table.assign(
        value=[wording.field_value(row.field, row.value, maker.lang) for row in table.itertuples()],
        field=[wording.field_label(field, maker.lang) for field in table["field"]],
        source=[wording.code_label("source_kinds", kind, maker.lang) for kind in table["source"]],
        place=[_place(maker, row.file, row.line) for row in table.itertuples()],
    )
    columns = [
        *maker.columns(project_code="text", field="text", source="text"),
        Column("value", maker.word("glance.value"), foreign=True),
        Column("place", maker.label("place")),
    ]
    note = maker.more(len(table), len(rows), "conflicts")
    parts: list[Table | Figure] = [
        maker.table("conflicts", maker.word("conflicts.table"), columns, labelled, note)
    ]
    title = maker.title("conflicts", "finding", n=maker.n_conflicts)
    return maker.section("conflicts", parts=parts, title=title)


def findings(maker: Maker) -> Section:
    """What reading found, by kind: how many, some of them, and what to do."""
    issues, elsewhere = _not_on_plausibility(maker)
    paragraphs = []
    parts: list[Table | Figure] = []
    title = None
    if len(issues):
        errors = int((issues["severity"] == "error").sum())
        title = maker.title("findings", "finding", n=len(issues), errors=errors)
        paragraphs.append(maker.word("findings.all", pages=maker.pages))
        parts.append(_by_kind(maker, issues))
    if elsewhere:
        n = formats.number(elsewhere, maker.lang)
        paragraphs.append(maker.word("findings.plausibility", n=n))
    if not len(issues[issues["severity"] != "info"]):
        paragraphs.append(maker.word("findings.none_other" if elsewhere else "findings.none"))
    return maker.section("findings", *paragraphs, parts=parts, title=title)


def _by_kind(maker: Maker, issues: pd.DataFrame) -> Table:
    kinds = [
        (_ORDER.index(str(severity)), -len(rows), str(code), rows)
        for (severity, code), rows in issues.groupby(["severity", "code"], sort=False)
    ]
    frame = pd.DataFrame(
        [
            {
                "severity": wording.code_label("severities", _ORDER[rank], maker.lang),
                "code": messages.finding_kind(code, maker.lang),
                "n": len(rows),
                "examples": "\n".join(_examples(maker, rows)),
                "todo": maker.word(f"todo.{load.messages()[code].get('action', 'check_source')}"),
            }
            for rank, _, code, rows in sorted(kinds, key=lambda kind: kind[:3])
        ]
    )
    columns = [
        Column("code", maker.word("findings.kind")),
        Column("severity", maker.label("severity")),
        Column("n", maker.word("findings.n"), "integer"),
        Column("examples", maker.word("findings.examples")),
        Column("todo", maker.word("findings.todo")),
    ]
    return maker.table("findings", maker.word("findings.counts"), columns, frame)


def _examples(maker: Maker, rows: pd.DataFrame) -> list[str]:
    """The first findings of a kind: the project or the file, and the field."""
    found = []
    for row in rows.itertuples():
        what = wording.project_code(row.project_code, maker.lang)
        if formats.is_missing(row.project_code):
            # A part of the report that failed has no file either: what failed, and how.
            what = str(row.raw) if formats.is_missing(row.file) else file_name(row.file)
        if not formats.is_missing(row.field):
            field = wording.field_label(row.field, maker.lang)
            what = maker.word("findings.example", what=what, field=field)
        if what not in found:
            found.append(what)
        if len(found) == EXAMPLES:
            break
    return found


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
    paragraphs = [maker.word(f"method.{key}") for key in keys]
    if maker.n_conflicts:
        # Without differences there is no chapter of them.
        paragraphs[1] = f"{paragraphs[1]} {maker.word('method.differ')}"
    by = recognisers(maker.portfolio.issues)
    paragraphs += [maker.word("method.names", by=", ".join(by))] if by else []
    return maker.section("method", *paragraphs)


def file_name(file: object) -> str:
    """A file by its name alone: the folder is the reader's own business."""
    return str(file).replace("\\", "/").rsplit("/", 1)[-1]


def _place(maker: Maker, file: object, line: object) -> str:
    name = file_name(file)
    return (
        name if formats.is_missing(line) else maker.word("at_line", file=name, line=int(str(line)))
    )
