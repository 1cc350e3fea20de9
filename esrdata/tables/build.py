"""Every table of a portfolio from the records of its files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import pandas as pd

from esrdata.documents.document import Span
from esrdata.knowledge.fields import field_of, list_name, value_tables
from esrdata.reading.claims.find import Claim, find_claims
from esrdata.reading.dispatch import FileRead
from esrdata.reading.grid import Cells, Grid, GridRecord
from esrdata.reading.record import Finding, Record, Status, Value
from esrdata.tables import columns
from esrdata.tables.issues import issue
from esrdata.tables.linking.conflicts import conflicts
from esrdata.tables.linking.conflicts import finding as disagreements_of
from esrdata.tables.linking.links import linked
from esrdata.tables.linking.order import inferred_orders
from esrdata.tables.linking.sources import by_code, kind, merged
from esrdata.tables.organisations.tables import organisations
from esrdata.tables.rows import Row, Rows

Checks = Callable[[Iterable[Record]], Iterator[Iterable[Finding]]]


def _claims(
    narratives: Mapping[str, Sequence[object]], known: Mapping[str, Sequence[Claim]]
) -> pd.DataFrame:
    """Quantities stated in narratives, by text where they were found when it was read."""
    data: dict[str, list[object]] = {name: [] for name in columns.columns("claims")}
    rows = zip(*(narratives[name] for name in ("project_code", "section", "text")), strict=True)
    for code, section, text in rows:
        text = str(text)
        claims = known[text] if text in known else find_claims(text)
        data["project_code"] += [code] * len(claims)
        data["section"] += [section] * len(claims)
        for column, cells in zip(Claim._fields, zip(*claims, strict=True), strict=False):
            if column in data:
                data[column] += cells
    return columns.from_columns("claims", data)


# What every portfolio has; contacts come only when asked for.
TABLES = (
    *(name for name in value_tables() if name != "contacts"),
    "claims",
    "provenance",
    "conflicts",
    "links",
    "organisations",
    "organisation_names",
    "issues",
    "files",
    "passages",
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

    def add_run(self, codes: Sequence[str], records: Sequence[GridRecord]) -> None:
        """Add the values of rows of one grid, row by row."""
        grid, declared = records[0].grid, records[0].declared.fields
        at = [record.at for record in records]
        names = _ordered(tuple(grid.columns), declared)
        data = self.data
        data["project_code"] += [code for code in codes for _ in names]
        data["file"] += [record.path for record in records for _ in names]
        data["field"] += list(names) * len(at)
        columns = [grid.columns[name].part(at) for name in names]
        values = list(chain.from_iterable(zip(*(cells.values for cells in columns), strict=True)))
        data["status"] += [_STATUSES[value.status] for value in values]
        data["raw"] += [value.raw for value in values]
        for part in Span._fields:
            places = (_places(part, cells, grid, at) for cells in columns)
            data[part] += chain.from_iterable(zip(*places, strict=True))

    def frame(self) -> pd.DataFrame:
        """The table."""
        return columns.from_columns("provenance", self.data)


# The place of what stands nowhere.
_NOWHERE = (None,) * len(Span._fields)
_STATUSES = {status: str(status) for status in Status}


def _places(part: str, cells: Cells, grid: Grid, at: Sequence[int]) -> Sequence[int | None]:
    """A part of the places of cells in rows of a grid."""
    if cells.starts is None:
        own = Span._fields.index(part)
        return [None if value.span is None else value.span[own] for value in cells.values]
    if part == "start":
        return cells.starts
    if part == "end":
        pairs = zip(cells.starts, cells.values, strict=True)
        return [start + len(value.raw or "") for start, value in pairs]
    of_rows = {"line": grid.lines, "page": grid.pages}[part]
    return [of_rows[row] for row in at]


def _in_order(record: Record) -> list[tuple[str, Value]]:
    """The values of a record in the order of its source."""
    names = tuple(record.values)
    return [(name, record.values[name]) for name in _ordered(names, record.declared.fields)]


@lru_cache(maxsize=4096)
def _ordered(names: tuple[str, ...], declared: tuple[str, ...]) -> list[str]:
    """Names in the order declared, values of a list where the list is, others last."""
    if names == declared:
        return list(names)
    order = {name: i for i, name in enumerate(declared)}
    lists = [(i, field_of(name)) for i, name in enumerate(declared)]

    def place(name: str) -> tuple[int, int]:
        field = field_of(name)
        within = (i for i, whole in lists if field.within(whole))
        known = order[name] if name in order else min(within, default=len(order))
        return known, field.number or 0

    return sorted(names, key=place)


def _evidence(provenance: _Provenance, code: str, records: Sequence[Record]) -> None:
    """Add what each source says of a project, for every field first what the tables hold.

    That a source has no place for a field is kept only where none has.
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


def file_row(read: FileRead) -> Row:
    """A file as a row of the table `files`."""
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
        "snapshot_date": read.day.day if read.day else None,
        "snapshot_basis": read.day.basis if read.day else None,
    }


def passage_rows(read: FileRead) -> Iterator[Row]:
    """The places of a file that must be known later, as rows of the table `passages`."""
    for what, start, end, record in read.passages:
        row: Row = {"file": read.path, "kind": what, "start": start, "end": end}
        if record is not None:
            row |= {"project_code": record.code, "form_language": record.language}
        yield row


def tables(
    files: Iterable[FileRead],
    checks: Checks,
    *,
    contacts: bool,
) -> dict[str, pd.DataFrame]:
    """Build every table of the contract.

    Parameters
    ----------
    files
        The files, in the order to keep.
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
    unsure = inferred_orders(sources.values())

    def before(read: FileRead) -> Iterator[Row]:
        yield from of_file(read)
        yield from link_findings.get(read.path, ())
        yield from (issue(read.path, None, finding) for finding in unsure.get(read.path, ()))

    built = of_projects(files, sources, checks, before, contacts=contacts)
    built["links"] = columns.frame("links", links)
    built["issues"] = built.pop("issues")
    built["files"] = columns.frame("files", map(file_row, files))
    built |= organisations(built["projects"], built["partners"])
    built["passages"] = columns.frame("passages", chain.from_iterable(map(passage_rows, files)))
    return built


def of_file(read: FileRead) -> Iterator[Row]:
    """Findings of a file as a whole, as rows of the table `issues`."""
    yield from (issue(read.path, None, finding) for finding in read.findings)


def of_projects(
    files: Sequence[FileRead],
    sources: Mapping[str, Sequence[Record]],
    checks: Checks,
    before: Callable[[FileRead], Iterable[Row]],
    *,
    contacts: bool,
) -> dict[str, pd.DataFrame]:
    """Build the tables whose rows are of one project each.

    Parameters
    ----------
    files
        The files, in the order to keep.
    sources
        Their records by project, the best first.
    checks
        What is to be reported of a record besides its own findings.
    before
        Rows of the table `issues` that come before those of the records of a file.
    contacts
        Whether the table `contacts` is built.

    Returns
    -------
    dict of DataFrame
        Table name to table. Organisations have no ids yet.
    """
    rows = Rows(contacts=contacts)
    claims: dict[str, Sequence[Claim]] = {}
    provenance, disagreements, issues = _Provenance(), list[Row](), list[Row]()
    run: list[tuple[str, GridRecord]] = []

    def end_run() -> None:
        """Add the rows of a grid that came one after another, by column."""
        if run:
            codes, records = zip(*run, strict=True)
            rows.add_run(codes, records)
            provenance.add_run(codes, records)
            run.clear()

    for read in files:
        issues += before(read)
        for record, reported in zip(read.records, checks(read.records), strict=True):
            code = record.code
            if code is None:
                issues += [issue(read.path, None, finding) for finding in record.findings]
                continue
            found = [*record.findings, *reported]
            if found:
                issues += [issue(read.path, code, finding) for finding in _by_line(found)]
            known = sources[code]
            if record is not known[0]:
                continue
            if len(known) > 1:
                differing = list(conflicts(known))
                disagreements += differing
                found = [*_duplicates(known), *disagreements_of(differing)]
                issues += [issue(read.path, code, finding) for finding in found]
            whole = merged(known)
            if isinstance(whole, GridRecord) and whole.is_of_grid:
                if run and run[-1][1].grid is not whole.grid:
                    end_run()
                run.append((code, whole))
                continue
            end_run()
            rows.add(code, whole)
            claims |= whole.claims
            _evidence(provenance, code, known)
    end_run()
    built = rows.frames()
    built["claims"] = _claims(rows.tables["narratives"], claims)
    built["provenance"] = provenance.frame()
    built["conflicts"] = columns.frame("conflicts", disagreements)
    built["issues"] = columns.frame("issues", issues)
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
