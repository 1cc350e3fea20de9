"""A save that is made a batch at a time: more files than memory holds.

Files are read one after another and their records wait on disk. Then the tables are built for
some thousand projects at a time, in the order of their codes, so that all sources of a project
are together. What needs everything is little and stays in memory: the names of organisations,
the projects of web pages that state no code, and which lists differ.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pandas as pd

from esrdata.collecting import held_back, search
from esrdata.knowledge.fields import field_of
from esrdata.knowledge.shelf import Shelf, active
from esrdata.reading.dispatch import FileRead
from esrdata.reading.record import WEB, Record
from esrdata.tables import store
from esrdata.tables.build import (
    TABLES,
    Checks,
    Tables,
    file_row,
    of_batch,
    of_file,
    passage_rows,
)
from esrdata.tables.failing import whole_tables
from esrdata.tables.issues import issue
from esrdata.tables.linking.links import Uncoded, link_uncoded, uncoded_in
from esrdata.tables.linking.order import as_findings, differing_lists
from esrdata.tables.linking.sources import by_code
from esrdata.tables.organisations.join import Mention, join
from esrdata.tables.organisations.tables import mentions, with_ids
from esrdata.tables.organisations.tables import tables as of_organisations
from esrdata.tables.origin import Origin
from esrdata.tables.parquet import Writers
from esrdata.tables.spool import Spool
from esrdata.tables.transaction import transaction

_NAMING = ("projects", "partners")
# What web pages are linked by; the rest of a description need not be held for it.
_LINKING = frozenset({"projects", "funding", "locations", "partners", "indicators"})


def save(
    reads: Iterable[Iterable[FileRead]],
    folder: Path,
    base: Path,
    shelf: Shelf,
    checks: Checks,
    *,
    contacts: bool,
    come: Callable[[pd.DataFrame], Origin],
) -> None:
    """Save every table as Parquet, its rows in the order of the project codes.

    What is in the folder stays whole until all is written. `reads` is asked for as it goes, and
    `come` gives the origin of the table `files`; `checks` and `contacts` are as for `build.tables`,
    the others as for `store.save`.
    """
    names = (*TABLES, "contacts") if contacts else TABLES

    def former(target: Path) -> set[str]:
        return store.former_files(target) | store.tried(names)

    # Reading takes hours, and what is written is looked at once more at its end.
    store.ensure_free(folder, store.tried(names))
    with transaction(folder, former) as stage:
        with held_back(), tempfile.TemporaryDirectory(prefix=".", dir=stage) as scratch:
            made = _Save(stage, Path(scratch), checks, names)
            made.take(reads)
            made.link()
            made.build()
            made.join()
            rows = made.close()
        store.write_described(stage, folder, base, shelf, rows, come)


def tables(files: Sequence[FileRead], checks: Checks, *, contacts: bool) -> Tables:
    """Build every table of some files, its rows in the order in which `save` has them.

    Parameters and result are those of `build.tables`.
    """
    with tempfile.TemporaryDirectory(prefix="esrdata-") as place:
        folder, base = Path(place, "store"), Path.cwd()
        save([files], folder, base, active(), checks, contacts=contacts, come=lambda _: Origin(()))
        return dict(store.read_back(folder).tables)


class _Save:
    """The steps of a save, one after another."""

    def __init__(self, stage: Path, scratch: Path, checks: Checks, names: Sequence[str]) -> None:
        self._checks, self._contacts = checks, "contacts" in names
        self._spool = Spool(scratch / "records")
        self._uncoded: list[tuple[int, Uncoded]] = []
        self._linked: list[FileRead] = []
        self._names: Counter[Mention] = Counter()
        self._lists: Counter[tuple[str, str]] = Counter()
        self._writers = Writers(stage, names)
        # Their organisations are known when all projects are.
        self._unnamed = Writers(scratch, _NAMING)

    def take(self, reads: Iterable[Iterable[FileRead]]) -> None:
        """Put the records of all files away, and write what is of files."""
        for order, read in enumerate(file for files in reads for file in files):
            self._writers.rows("files", [file_row(read)])
            self._writers.rows("issues", of_file(read))
            uncoded = list(uncoded_in(read))
            self._uncoded += [(order, one) for one in uncoded]
            if uncoded:
                # They name the projects that are not known yet.
                self._linked.append(replace(read, mentions=(), findings=()))
            else:
                self._writers.rows("passages", passage_rows(read))
            for record in read.records:
                if record.code is not None:
                    self._spool.add(record, order)
                elif record.form != WEB:
                    found = (issue(read.path, None, finding) for finding in record.findings)
                    self._writers.rows("issues", found)
            search()

    def link(self) -> None:
        """Find the projects of web pages that state no code."""
        links, findings = link_uncoded([uncoded for _, uncoded in self._uncoded], self._known)
        self._writers.rows("links", links)
        self._writers.rows("issues", (row for rows in findings.values() for row in rows))
        for order, uncoded in self._uncoded:
            if not uncoded.mentioned:
                self._spool.add(uncoded.record, order)
        for read in self._linked:
            self._writers.rows("passages", passage_rows(read))
        self._uncoded, self._linked = [], []

    def _known(self) -> list[Record]:
        return [
            replace(
                record,
                values={n: v for n, v in record.values.items() if field_of(n).table in _LINKING},
                claims={},
                findings=[],
            )
            for record in self._spool.in_order_read()
        ]

    def build(self) -> None:
        """Build the tables of projects."""
        for batch in self._spool.batches():
            files = list(_files(batch))
            built = whole_tables(files, self._checks, contacts=self._contacts, build=of_batch)
            for name, table in built.items():
                # Those that failed, and are of no project any more, come first.
                ordered = table.sort_values("project_code", kind="stable", na_position="first")
                (self._unnamed if name in _NAMING else self._writers).add(name, ordered)
            for name in _NAMING:
                self._names.update(mentions(name, built[name]))
            self._lists += differing_lists(by_code(record for _, record in batch).values())
            search()
        for path, found in as_findings(self._lists).items():
            self._writers.rows("issues", (issue(path, None, finding) for finding in found))
        self._spool.close()

    def join(self) -> None:
        """Say who is who, and write the tables that name somebody."""
        joined = join(self._names.elements())
        for name in _NAMING:
            for table in self._unnamed.written(name):
                self._writers.add(name, with_ids(name, table, joined))
        for name, table in of_organisations(joined).items():
            self._writers.add(name, table)

    def close(self) -> dict[str, int]:
        """End every file; the rows of each table."""
        return self._writers.close()


def _files(batch: Sequence[tuple[int, Record]]) -> Iterator[FileRead]:
    """Records of a batch by the file they were read from, in the order of the files."""
    ordered = sorted(batch, key=lambda item: item[0])
    for _, items in groupby(ordered, key=lambda item: item[0]):
        records = tuple(record for _, record in items)
        yield FileRead(records[0].path, "read", records=records)
