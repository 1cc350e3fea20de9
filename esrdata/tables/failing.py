"""Tables of the records that make any: what makes the tables fail is left out and reported."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

import pandas as pd

from esrdata.guard import Failure, attempt, log
from esrdata.reading.dispatch import FileRead, unread
from esrdata.reading.record import Finding
from esrdata.tables.build import Checks, Tables, tables


class Build(Protocol):
    """Makes tables of files."""

    def __call__(self, files: Sequence[FileRead], checks: Checks, *, contacts: bool) -> Tables:
        """The tables."""


# After so many records of one source that fail, the rest of it is left out together.
_MANY = 8


def whole_tables(
    files: Sequence[FileRead], checks: Checks, *, contacts: bool, build: Build = tables
) -> Tables:
    """Build every table; a record or a file that makes them fail costs itself only.

    Parameters and result are those of `tables`; `build` may build some of them.
    """
    kept = list(files)
    dropped: dict[int, int] = {}
    while True:
        made = attempt(lambda: build(kept, checks, contacts=contacts))
        if not isinstance(made, Failure):
            return made
        at, record = _culprit(kept, partial(build, checks=checks, contacts=contacts))
        dropped[at] = dropped.get(at, 0) + 1
        file = kept[at]
        if record is None or dropped[at] > _MANY:
            # A file that fails without records too is not kept twice.
            bare = unread(file.path, made, file.sha256 or "-")
            kept[at] = replace(bare, sha256=file.sha256, format=file.format)
            if file == kept[at]:
                del kept[at]
        else:
            span = file.records[record].values.get("projects.project_code")
            line = span.span.line if span is not None and span.span is not None else None
            finding = Finding(made.code, line=line, raw=made.raw)
            others = (*file.records[:record], *file.records[record + 1 :])
            kept[at] = replace(file, records=others, findings=(*file.findings, finding))


def _culprit(
    files: Sequence[FileRead], build: Callable[[Sequence[FileRead]], Tables]
) -> tuple[int, int | None]:
    """The file and the record with which tables of all before it fail first."""

    def fails(file: int, record: int | None) -> bool:
        last = files[file]
        records = () if record is None else last.records[: record + 1]
        part = [*files[:file], replace(last, records=records)]
        return isinstance(attempt(lambda: build(part)), Failure)

    # All behind the first that fails fail, too; the last one does.
    last = range(len(files) - 1)
    file = bisect_left(last, True, key=lambda at: fails(at, len(files[at].records) - 1))
    if fails(file, None):
        return file, None
    records = range(len(files[file].records) - 1)
    return file, bisect_left(records, True, key=lambda at: fails(file, at))


def failures(tables: Mapping[str, pd.DataFrame]) -> str:
    """The log of what the program failed at, from the tables; empty where nothing."""
    found, files = tables["issues"], tables["files"].set_index("file")
    found = found[found["code"].isin(_FAILURES)]
    known = found[["file"]].join(files[["sha256", "format"]], on="file")
    plain = known.astype(object).where(known.notna(), None)
    return log(zip(plain["sha256"], plain["format"], found["code"], found["raw"], strict=True))


_FAILURES = ("reading_failed", "reader_ended", "limit_reached", "part_failed")
