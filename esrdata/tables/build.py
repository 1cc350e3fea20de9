"""Every table of a portfolio from the records of its files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

import pandas as pd

from esrdata.knowledge.fields import value_tables
from esrdata.reading.claims.find import Claim, find_claims
from esrdata.reading.dispatch import FileRead
from esrdata.reading.grid import GridRecord
from esrdata.reading.record import Finding, Record
from esrdata.tables import columns
from esrdata.tables.issues import issue
from esrdata.tables.linking.conflicts import conflicts
from esrdata.tables.linking.conflicts import finding as disagreements_of
from esrdata.tables.linking.links import linked
from esrdata.tables.linking.order import as_findings, differing_lists
from esrdata.tables.linking.sources import by_code, kind, merged
from esrdata.tables.organisations.tables import organisations
from esrdata.tables.provenance import Provenance
from esrdata.tables.rows import Row, Rows

Checks = Callable[[Iterable[Record]], Iterator[Iterable[Finding]]]
Before = Callable[[FileRead], Iterable[Row]]
Tables = dict[str, pd.DataFrame]


# Builds the tables whose rows are of one project each, as `of_projects` does.
OfProjects = Callable[[Sequence[FileRead], Mapping[str, Sequence[Record]], Before], Tables]


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
    projects: OfProjects | None = None,
) -> Tables:
    """Build every table of the contract.

    Parameters
    ----------
    files
        The files, in the order to keep.
    checks
        What is to be reported of a record besides its own findings.
    contacts
        Whether the table `contacts` is built.
    projects
        What builds the tables of projects, where some of them are built already.

    Returns
    -------
    dict of DataFrame
        Table name to table. A project has one row in `projects`, from its best source; the
        others are evidence in `provenance`, and where they disagree, in `conflicts`.
    """
    files = list(files)
    links, link_findings = linked(files)
    sources = by_code(record for read in files for record in read.records)
    unsure = as_findings(differing_lists(sources.values()))

    def before(read: FileRead) -> Iterator[Row]:
        yield from of_file(read)
        yield from link_findings.get(read.path, ())
        yield from (issue(read.path, None, finding) for finding in unsure.get(read.path, ()))

    build = projects or partial(of_projects, checks=checks, contacts=contacts)
    return completed(build(files, sources, before) | of_files(files), links)


def completed(built: Tables, links: Iterable[Row]) -> Tables:
    """The tables of projects and files, and those that need all of them, in the order to keep."""
    built["links"] = columns.frame("links", links)
    for name in ("issues", "files"):
        built[name] = built.pop(name)
    built |= organisations(built["projects"], built["partners"])
    built["passages"] = built.pop("passages")
    return built


def of_files(files: Sequence[FileRead]) -> Tables:
    """The tables whose rows are of one file each."""
    passages = chain.from_iterable(map(passage_rows, files))
    return {
        "files": columns.frame("files", map(file_row, files)),
        "passages": columns.frame("passages", passages),
    }


def of_file(read: FileRead) -> Iterator[Row]:
    """Findings of a file as a whole, as rows of the table `issues`."""
    yield from (issue(read.path, None, finding) for finding in read.findings)


def of_batch(files: Sequence[FileRead], checks: Checks, *, contacts: bool) -> Tables:
    """The tables of projects of some files, as if there were no others."""
    sources = by_code(record for read in files for record in read.records)
    return of_projects(files, sources, of_file, checks=checks, contacts=contacts)


def of_projects(
    files: Sequence[FileRead],
    sources: Mapping[str, Sequence[Record]],
    before: Before,
    *,
    checks: Checks,
    contacts: bool,
) -> Tables:
    """Build the tables whose rows are of one project each; organisations have no ids yet.

    `sources` are the records by project, the best first, and `before` gives the rows of `issues`
    that come before those of the records of a file; the others are as for `tables`.
    """
    rows = Rows(contacts=contacts)
    claims: dict[str, Sequence[Claim]] = {}
    provenance, disagreements, issues = Provenance(), list[Row](), list[Row]()
    number, grids = 0, dict[int, list[tuple[int, str, GridRecord]]]()
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
            number += 1
            if isinstance(whole, GridRecord) and whole.is_of_grid:
                grids.setdefault(id(whole.grid), []).append((number, code, whole))
                continue
            rows.add(number, code, whole)
            claims |= whole.claims
            provenance.add_project(number, code, known)
    for members in grids.values():
        numbers, codes, records = zip(*members, strict=True)
        rows.add_grid(numbers, codes, records)
        provenance.add_grid(numbers, codes, records)
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
