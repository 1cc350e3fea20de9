"""From records to rows: one function per table, the same for every form."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.words import message
from esrdata.reading.file import FileRead
from esrdata.reading.record import Content, Finding, Record, Status, Value
from esrdata.tables import columns

Row = dict[str, object]


def _code(codelist: str, content: Content) -> str | None:
    """The code of a spelling; None where the code list does not know it."""
    if not isinstance(content, str):
        return None
    return load.spellings(codelist).get(load.fold(content))


def _named(record: Record, prefix: str) -> Iterator[tuple[tuple[str, ...], Value]]:
    """Fields under a prefix, their names split behind it."""
    for name, value in record.values.items():
        if name.startswith(prefix):
            yield tuple(name.removeprefix(prefix).split(".")), value


def _projects(record: Record) -> Iterator[Row]:
    row: Row = {names[0]: value.content for names, value in _named(record, "projects.")}
    row["form"] = record.form
    row["form_language"] = record.language
    row["status_code"] = _code("status", record.content("projects.status"))
    row["source"] = record.path
    yield row


def _funding(record: Record) -> Iterator[Row]:
    for (measure, stage), value in _named(record, "funding."):
        yield {"measure": measure, "stage": stage, "amount_eur": value.content}


def _indicators(record: Record) -> Iterator[Row]:
    for (indicator, stage), value in _named(record, "indicators."):
        if not stage.endswith("_women"):
            yield {
                "indicator": indicator,
                "stage": stage,
                "total": value.content,
                "women": record.content(f"indicators.{indicator}.{stage}_women"),
                "applicable": record.applicable[indicator],
            }


def _sustainability(record: Record) -> Iterator[Row]:
    parts = dict(_named(record, "sustainability."))
    for row in load.codes("sustainability_criteria"):
        effects = ("direct", "indirect", "justification")
        values = {effect: parts.get((row["code"], effect)) for effect in effects}
        if any(value is not None for value in values.values()):
            contents = {e: v.content for e, v in values.items() if v is not None}
            yield {"dimension": row["dimension"], "criterion": row["code"], **contents}


def _horizontal(record: Record) -> Iterator[Row]:
    for names, value in _named(record, "horizontal."):
        if len(names) == 1:
            yield {
                "principle": names[0],
                "answer": value.content,
                "answer_code": _code("answers", value.content),
                "justification": record.content(f"horizontal.{names[0]}.justification"),
            }


_SITE = ("street_address", "postal_code", "city")


def _locations(record: Record) -> Iterator[Row]:
    nuts3 = {row["code"]: row["nuts3"] for row in load.codes("regions")}
    for level in (row["code"] for row in load.codes("location_levels")):
        found = dict(_named(record, f"locations.{level}."))
        if level == "site":
            said = [found[(part,)].content for part in _SITE if (part,) in found]
            street, *post = [str(content) if content is not None else "" for content in said] or [
                ""
            ]
            name = ", ".join(filter(None, (street, " ".join(filter(None, post)))))
            if name:
                yield {"level": level, "name": name}
            continue
        for value in found.values():
            region = _code("regions", value.content) if level == "region" else None
            yield {
                "level": level,
                "name": value.content,
                "nuts3": nuts3[region] if region is not None else None,
            }


def _numbered(record: Record, prefix: str) -> Iterator[Row]:
    """Rows of a list whose fields are ``prefix.0.column``."""
    rows: dict[str, Row] = {}
    for names, value in _named(record, prefix):
        if len(names) == 2:
            rows.setdefault(names[0], {})[names[1]] = value.content
    yield from rows.values()


def _partners(record: Record) -> Iterator[Row]:
    yield from _numbered(record, "partners.")


def _contacts(record: Record) -> Iterator[Row]:
    for row in _numbered(record, "contacts."):
        if any(content is not None for content in row.values()):
            yield row


def _narratives(record: Record) -> Iterator[Row]:
    for (section,), value in _named(record, "narratives."):
        if value.status is Status.READ:
            title = record.titles[f"narratives.{section}"]
            yield {"section": section, "title": title, "text": value.content}


def _provenance(record: Record) -> Iterator[Row]:
    order = {name: i for i, name in enumerate(record.declared.fields)}

    def place(name: str) -> tuple[int, int]:
        common, _, index = name.rpartition(".")
        if name.startswith("partners.") and name not in order:
            return order[min(f for f in order if f.startswith("partners."))], 0
        known = name if name in order else common
        return order.get(known, len(order)), int(index) if index.isdecimal() else 0

    for name, value in sorted(record.values.items(), key=lambda item: place(item[0])):
        row: Row = {"field": name, "status": str(value.status), "raw": value.raw}
        row["file"] = record.path
        if value.span is not None:
            span = value.span
            row |= {"page": span.page, "line": span.line, "start": span.start, "end": span.end}
        yield row


_TABLES: dict[str, Callable[[Record], Iterator[Row]]] = {
    "projects": _projects,
    "funding": _funding,
    "indicators": _indicators,
    "sustainability": _sustainability,
    "horizontal": _horizontal,
    "locations": _locations,
    "partners": _partners,
    "narratives": _narratives,
    "contacts": _contacts,
    "provenance": _provenance,
}


# What every portfolio has; contacts come only when asked for.
TABLES = (*(name for name in _TABLES if name != "contacts"), "issues", "files")


def _file(read: FileRead) -> Row:
    counted = bool(read.records)
    return {
        "file": read.path,
        "format": read.format,
        "encoding": read.encoding,
        "form": ", ".join(sorted({r.form for r in read.records})) or None,
        "descriptions": len(read.records),
        "sha256": read.sha256,
        "lines": sum(r.lines for r in read.records) if counted else None,
        "lines_accounted": sum(r.accounted for r in read.records) if counted else None,
        "status": read.status,
    }


def _issue(path: str, project: str | None, finding: Finding) -> Row:
    said = {
        "file": path,
        "field": finding.field,
        "line": finding.line,
        "raw": finding.raw,
    }
    return {
        **said,
        "project_code": project,
        "severity": load.messages()[finding.code]["severity"],
        "code": finding.code,
        "message": message(finding.code, "en", project=project, **said),
    }


def tables(
    files: Iterable[FileRead],
    checks: Callable[[Record], Iterable[Finding]],
    *,
    contacts: bool,
) -> dict[str, pd.DataFrame]:
    """Build every table of the contract.

    Parameters
    ----------
    files
        The files met, in the order to keep.
    checks
        What is to be reported of a record besides its own findings.
    contacts
        Whether the table `contacts` is built.

    Returns
    -------
    dict of DataFrame
        Table name to table. Of several descriptions with one project code the one with the most
        values is kept, of equal ones the first; the others are an issue.
    """
    files = list(files)
    kept = _fullest(record for read in files for record in read.records)
    rows: dict[str, list[Row]] = {name: [] for name in _TABLES if contacts or name != "contacts"}
    issues: list[Row] = []
    for read in files:
        issues += [_issue(read.path, None, finding) for finding in read.findings]
        for record in read.records:
            if record.code is None:
                issues += [_issue(read.path, None, finding) for finding in record.findings]
                continue
            found = [*record.findings, *checks(record)]
            issues += [_issue(read.path, record.code, finding) for finding in _by_line(found)]
            best, others = kept[record.code]
            if record is not best:
                continue
            if others:
                raw = ", ".join(map(_place, others))
                issues.append(
                    _issue(
                        read.path,
                        record.code,
                        Finding("duplicate_project_code", "projects.project_code", None, raw),
                    )
                )
            for name, table in rows.items():
                table += [{"project_code": record.code, **row} for row in _TABLES[name](record)]
    built = {name: columns.frame(name, table) for name, table in rows.items()}
    built["issues"] = columns.frame("issues", issues)
    built["files"] = columns.frame("files", map(_file, files))
    return built


def _place(record: Record) -> str:
    span = record.values["projects.project_code"].span
    return record.path if span is None else f"{record.path}:{span.line}"


def _by_line(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: finding.line or 0)


def _fullest(records: Iterable[Record]) -> Mapping[str, tuple[Record, list[Record]]]:
    """For each project code the record with the most values, and the others."""
    by_code: dict[str, list[Record]] = {}
    for record in records:
        if record.code is not None:
            by_code.setdefault(record.code, []).append(record)
    kept = {}
    for code, met in by_code.items():
        best = max(met, key=lambda r: sum(v.status is Status.READ for v in r.values.values()))
        kept[code] = (best, [record for record in met if record is not best])
    return kept
