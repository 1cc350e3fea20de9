"""From records to rows: one function per table, the same for every form."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

import pandas as pd

from esrdata.documents.document import Span
from esrdata.knowledge import load
from esrdata.reading.claims.find import Claim, find_claims
from esrdata.reading.dispatch import FileRead
from esrdata.reading.record import Content, Finding, Record, Status, Value
from esrdata.tables import columns
from esrdata.tables.issues import issue
from esrdata.tables.linking.conflicts import conflicts
from esrdata.tables.linking.conflicts import finding as disagreements_of
from esrdata.tables.linking.links import linked
from esrdata.tables.linking.sources import by_code, kind, list_name, merged

Row = dict[str, object]


def _code(codelist: str, content: Content) -> str | None:
    """The code of a spelling; None where the code list does not know it."""
    if not isinstance(content, str):
        return None
    return load.spellings(codelist).get(load.fold(content))


_Named = list[tuple[tuple[str, ...], Value]]
_Parts = Mapping[str, _Named]


@cache
def _split(name: str) -> tuple[str, tuple[str, ...]]:
    """A field as its table and the names behind it."""
    table, *names = name.split(".")
    return table, tuple(names)


def _parts(record: Record) -> _Parts:
    """The values of a record by table, each with the rest of its name."""
    parts: dict[str, _Named] = {}
    for name, value in record.values.items():
        table, names = _split(name)
        parts.setdefault(table, []).append((names, value))
    return parts


def _projects(record: Record, named: _Named) -> Iterator[Row]:
    row: Row = {names[0]: value.content for names, value in named}
    row["project_code"] = record.code
    row["form"] = record.form
    row["form_language"] = record.language
    row["status_code"] = _code("status", record.content("projects.status"))
    row["source"] = record.path
    yield row


def _funding(record: Record, named: _Named) -> Iterator[Row]:
    said = record.qualifiers
    for (measure, stage), value in named:
        row: Row = {"measure": measure, "stage": stage, "amount_eur": value.content}
        if value.status is Status.READ:
            row["qualifier"] = said.get(f"funding.{measure}.{stage}", "exact") if said else "exact"
        yield row


def _indicators(record: Record, named: _Named) -> Iterator[Row]:
    for (indicator, stage), value in named:
        if not stage.endswith("_women"):
            yield {
                "indicator": indicator,
                "stage": stage,
                "total": value.content,
                "women": record.content(f"indicators.{indicator}.{stage}_women"),
                "applicable": record.applicable[indicator],
            }


def _sustainability(_: Record, named: _Named) -> Iterator[Row]:
    parts = dict(named)
    for row in load.codes("sustainability_criteria"):
        effects = ("direct", "indirect", "justification")
        values = {effect: parts.get((row["code"], effect)) for effect in effects}
        if any(value is not None for value in values.values()):
            contents = {e: v.content for e, v in values.items() if v is not None}
            yield {"dimension": row["dimension"], "criterion": row["code"], **contents}


def _horizontal(record: Record, named: _Named) -> Iterator[Row]:
    for names, value in named:
        if len(names) == 1:
            yield {
                "principle": names[0],
                "answer": value.content,
                "answer_code": _code("answers", value.content),
                "justification": record.content(f"horizontal.{names[0]}.justification"),
            }


_SITE = ("street_address", "postal_code", "city")


def _locations(_: Record, named: _Named) -> Iterator[Row]:
    nuts3 = {row["code"]: row["nuts3"] for row in load.codes("regions")}
    for level in (row["code"] for row in load.codes("location_levels")):
        found = {names[1:]: value for names, value in named if names[0] == level}
        if level == "site":
            street, *post = [
                str(value.content) if value is not None and value.content is not None else ""
                for value in (found.get((part,)) for part in _SITE)
            ]
            name = ", ".join(filter(None, (street, " ".join(filter(None, post)))))
            if name:
                yield {"level": level, "name": name}
            continue
        for names, value in found.items():
            # The list as a whole has a value only where it has no places.
            if names:
                region = _code("regions", value.content) if level == "region" else None
                yield {
                    "level": level,
                    "name": value.content,
                    "nuts3": nuts3[region] if region is not None else None,
                }


def _numbered(_: Record, named: _Named) -> Iterator[Row]:
    """Rows of a list whose fields are ``prefix.0.column``."""
    rows: dict[str, Row] = {}
    for names, value in named:
        if len(names) == 2:
            rows.setdefault(names[0], {})[names[1]] = value.content
    yield from rows.values()


def _contacts(record: Record, named: _Named) -> Iterator[Row]:
    for row in _numbered(record, named):
        if any(content is not None for content in row.values()):
            yield row


def _narratives(record: Record, named: _Named) -> Iterator[Row]:
    for (section,), value in named:
        if value.status is Status.READ:
            title = record.titles.get(f"narratives.{section}")
            yield {"section": section, "title": title, "text": value.content}


_CLAIMED = set(columns.columns("claims")) & set(Claim._fields)


def _claims(narratives: Iterable[Row]) -> Iterator[Row]:
    """Quantities stated in narratives."""
    for row in narratives:
        place = {"project_code": row["project_code"], "section": row["section"]}
        for claim in find_claims(str(row["text"])):
            yield place | {k: v for k, v in claim._asdict().items() if k in _CLAIMED}


_TABLES: dict[str, Callable[[Record, _Named], Iterator[Row]]] = {
    "projects": _projects,
    "funding": _funding,
    "indicators": _indicators,
    "sustainability": _sustainability,
    "horizontal": _horizontal,
    "locations": _locations,
    "partners": _numbered,
    "narratives": _narratives,
    "contacts": _contacts,
}


# What every portfolio has; contacts come only when asked for.
TABLES = (
    *(name for name in _TABLES if name != "contacts"),
    "claims",
    "provenance",
    "conflicts",
    "links",
    "issues",
    "files",
)


class _Provenance:
    """The columns of the table, filled a record at a time: a long list has many cells."""

    def __init__(self) -> None:
        self.data: dict[str, list[object]] = {name: [] for name in columns.columns("provenance")}

    def add(self, code: str, record: Record, named: Sequence[tuple[str, Value]]) -> None:
        """Add values of a record, in the order given."""
        if not named:
            return
        data = self.data
        data["project_code"] += [code] * len(named)
        data["file"] += [record.path] * len(named)
        data["field"] += [name for name, _ in named]
        data["status"] += [_STATUSES[value.status] for _, value in named]
        data["raw"] += [value.raw for _, value in named]
        spans = zip(*(value.span or _NOWHERE for _, value in named), strict=True)
        for column, places in zip(Span._fields, spans, strict=True):
            data[column] += places

    def frame(self) -> pd.DataFrame:
        """The table."""
        return columns.from_columns("provenance", self.data)


# The place of what stands nowhere.
_NOWHERE = (None,) * len(Span._fields)
_STATUSES = {status: str(status) for status in Status}


def _in_order(record: Record) -> list[tuple[str, Value]]:
    """The values of a record in the order of its source."""
    if tuple(record.values) == record.declared.fields:
        return list(record.values.items())
    order = {name: i for i, name in enumerate(record.declared.fields)}

    def place(name: str) -> tuple[int, int]:
        common, _, index = name.rpartition(".")
        if name.startswith("partners.") and name not in order:
            return order[min(f for f in order if f.startswith("partners."))], 0
        known = name if name in order else common
        return order.get(known, len(order)), int(index) if index.isdecimal() else 0

    return sorted(record.values.items(), key=lambda item: place(item[0]))


def _evidence(provenance: _Provenance, code: str, records: Sequence[Record]) -> None:
    """Add what each source says of a project, for every field first what the tables hold.

    That a source has no place for a field is said only where none has.
    """
    stated: set[str] = set()
    if len(records) > 1:
        for record in records:
            known = {name for name, v in record.values.items() if v.status is not Status.ABSENT}
            stated |= known | {list_name(name) or name for name in known}
    for record in records:
        rows = _in_order(record)
        if stated:
            rows = [
                (name, value)
                for name, value in rows
                if value.status is not Status.ABSENT
                or (record is records[0] and name not in stated)
            ]
        provenance.add(code, record, rows)


def _file(read: FileRead) -> Row:
    return {
        "file": read.path,
        "format": read.format,
        "encoding": read.encoding,
        "form": read.form,
        "descriptions": len(read.records),
        "sha256": read.sha256,
        "lines": read.lines,
        "lines_accounted": read.accounted,
        "status": read.status,
        "snapshot_date": read.snapshot,
    }


def tables(
    files: Iterable[FileRead],
    checks: Callable[[Record], Iterator[Finding]],
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
        Table name to table. A project has one row in `projects`, from its best source; the
        others are evidence in `provenance`, and where they disagree, in `conflicts`.
    """
    files = list(files)
    links, link_findings = linked(files)
    sources = by_code(record for read in files for record in read.records)
    rows: dict[str, list[Row]] = {name: [] for name in _TABLES if contacts or name != "contacts"}
    provenance, disagreements, issues = _Provenance(), list[Row](), list[Row]()
    for read in files:
        issues += [issue(read.path, None, finding) for finding in read.findings]
        issues += link_findings.get(read.path, ())
        for record in read.records:
            code = record.code
            if code is None:
                issues += [issue(read.path, None, finding) for finding in record.findings]
                continue
            found = [*record.findings, *checks(record)]
            if found:
                issues += [issue(read.path, code, finding) for finding in _by_line(found)]
            met = sources[code]
            if record is not met[0]:
                continue
            if len(met) > 1:
                differing = list(conflicts(met))
                disagreements += differing
                said = [*_duplicates(met), *disagreements_of(differing)]
                issues += [issue(read.path, code, finding) for finding in said]
            whole = merged(met)
            for table, named in _parts(whole).items():
                if table in rows:
                    rows[table] += [
                        {"project_code": code, **r} for r in _TABLES[table](whole, named)
                    ]
            _evidence(provenance, code, met)
    built = {name: columns.frame(name, table) for name, table in rows.items()}
    built["claims"] = columns.frame("claims", _claims(rows["narratives"]))
    built["provenance"] = provenance.frame()
    built["conflicts"] = columns.frame("conflicts", disagreements)
    built["links"] = columns.frame("links", links)
    built["issues"] = columns.frame("issues", issues)
    built["files"] = columns.frame("files", map(_file, files))
    return built


def _duplicates(records: Sequence[Record]) -> Iterator[Finding]:
    """Report that a project stands several times in sources of one kind, or twice in a list."""
    best, *others = records
    same = [
        record
        for record in others
        if kind(record) == kind(best) and (best.snapshot is None or record.path == best.path)
    ]
    if same:
        raw = ", ".join(map(_place, same))
        yield Finding("duplicate_project_code", "projects.project_code", None, raw)


def _place(record: Record) -> str:
    span = record.values["projects.project_code"].span
    return record.path if span is None else f"{record.path}:{span.line}"


def _by_line(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: finding.line or 0)
