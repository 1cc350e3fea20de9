"""Every table of a portfolio from the records of its files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from esrdata.documents.document import Span
from esrdata.knowledge.fields import field_of, list_name, value_tables
from esrdata.reading.claims.find import Claim, find_claims
from esrdata.reading.dispatch import FileRead
from esrdata.reading.grid import Cells, Grid, GridRecord
from esrdata.reading.record import Finding, Record, Status, Value
from esrdata.tables import columns
from esrdata.tables.columns import Coded, Column, by_turns
from esrdata.tables.issues import issue
from esrdata.tables.linking.conflicts import conflicts
from esrdata.tables.linking.conflicts import finding as disagreements_of
from esrdata.tables.linking.links import linked
from esrdata.tables.linking.order import inferred_orders
from esrdata.tables.linking.sources import by_code, kind, merged
from esrdata.tables.organisations.tables import organisations
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


class _Provenance:
    """The columns of the table, filled a record at a time: a long list has many cells."""

    def __init__(self) -> None:
        self.data: dict[str, list[object]] = {name: [] for name in columns.columns("provenance")}
        self._numbers: list[int] = []
        self._of_grids: list[tuple[Sequence[int], dict[str, Column]]] = []

    def add(
        self, number: int, code: str, record: Record, named: Sequence[tuple[str, Value]]
    ) -> None:
        """Add values of a record, in the order given; projects come in that of their numbers."""
        if not named:
            return
        self._numbers += [number] * len(named)
        data = self.data
        data["project_code"] += [code] * len(named)
        data["file"] += [record.path] * len(named)
        data["field"] += [name for name, _ in named]
        data["status"] += [_STATUSES[value.status] for _, value in named]
        data["raw"] += [value.raw for _, value in named]
        spans = zip(*(value.span or _NOWHERE for _, value in named), strict=True)
        for column, places in zip(Span._fields, spans, strict=True):
            data[column] += places

    def add_grid(
        self, numbers: Sequence[int], codes: Sequence[str], records: Sequence[GridRecord]
    ) -> None:
        """Add the values of rows of one grid, row by row."""
        grid, at = records[0].grid, np.array([record.at for record in records])
        names = _ordered(tuple(grid.columns), records[0].declared.fields)
        cells = [grid.columns[name] for name in names]
        which = [np.asarray(column.which, np.intp)[at] for column in cells]
        rows, count = len(at), len(names)
        states = [
            Coded(_STATES, np.array([_PLACE_OF[s] for s in column.distinct.statuses])[held])
            for column, held in zip(cells, which, strict=True)
        ]
        raws = [Coded(c.distinct.raws, held) for c, held in zip(cells, which, strict=True)]
        data: dict[str, Column] = {
            "project_code": Coded(codes, np.repeat(np.arange(rows), count)),
            "field": Coded(names, np.tile(np.arange(count), rows)),
            "status": by_turns(states),
            "raw": by_turns(raws),
            "file": Coded([records[0].path], np.zeros(rows * count, dtype=np.intp)),
        }
        places = [_places(grid, c, held, at) for c, held in zip(cells, which, strict=True)]
        for part in Span._fields:
            data[part] = np.ma.stack([place[part] for place in places], axis=1).ravel()
        self._of_grids.append((np.repeat(numbers, count).tolist(), data))

    def frame(self) -> pd.DataFrame:
        """The table."""
        return columns.from_parts("provenance", [(self._numbers, self.data), *self._of_grids])


# The place of what stands nowhere.
_NOWHERE = (None,) * len(Span._fields)
_STATUSES = {status: str(status) for status in Status}
_STATES = list(_STATUSES.values())
_PLACE_OF = {status: place for place, status in enumerate(_STATUSES)}


def _places(
    grid: Grid, cells: Cells, which: npt.NDArray[np.intp], at: npt.NDArray[np.intp]
) -> dict[str, "np.ma.MaskedArray[Any, Any]"]:
    """Where the cells of a column stand, in some rows of a grid."""
    if cells.starts is None:
        spans = [value.span or (0,) * len(Span._fields) for value in cells.distinct.values]
        nowhere = np.array([value.span is None for value in cells.distinct.values])[which]
        parts = np.array(spans)[which]
        return {
            part: np.ma.masked_array(parts[:, i], nowhere) for i, part in enumerate(Span._fields)
        }
    starts = np.asarray(cells.starts)[at].astype(np.int64)
    ends = starts + np.array(cells.distinct.lengths)[which]
    lines, pages = np.asarray(grid.lines)[at], np.asarray(grid.pages)[at]
    return {
        part: np.ma.masked_array(numbers, np.False_)
        for part, numbers in zip(Span._fields, (starts, ends, lines, pages), strict=True)
    }


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


def _evidence(provenance: _Provenance, number: int, code: str, records: Sequence[Record]) -> None:
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
        provenance.add(number, code, record, rows)


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
    unsure = inferred_orders(sources.values())

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
    """Build the tables whose rows are of one project each.

    Parameters
    ----------
    files
        The files, in the order to keep.
    sources
        Their records by project, the best first.
    before
        Rows of the table `issues` that come before those of the records of a file.
    checks
        What is to be reported of a record besides its own findings.
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
            _evidence(provenance, number, code, known)
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
