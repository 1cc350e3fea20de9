"""What is tried: the bytes of one file, read into records, tables and prose."""

import tempfile
import unicodedata
import zlib
from functools import cache
from pathlib import Path

from esrdata.limits import Limits, within
from esrdata.reading.claims.find import find_claims
from esrdata.reading.dispatch import FileRead, read_files
from esrdata.reading.record import Record
from esrdata.tables import checks
from esrdata.tables.failing import whole_tables

#: Bounds that keep one input fast; what goes beyond them is a finding as ever.
LIMITS = Limits(file_size=2**22, pages=50, characters=2**22, nesting=20)
#: The formats, each with a name that files of it end with.
FORMATS = ("txt", "html", "mht", "pdf", "xlsx", "xml", "csv", "docx", "eml")

# Of one input in so many, tables are made too: it takes ten times as long.
_TABLED = 12


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="esrdata-fuzz-"))


def read(data: bytes, ending: str) -> None:
    """Read the bytes as a file with this ending.

    Raises
    ------
    AssertionError
        If a reader or the tables failed, or what was read does not hold what is promised of it.
    """
    place = _folder() / f"a.{ending}"
    place.write_bytes(data)
    with within(LIMITS):
        files = read_files(str(place), contacts=False)
        for file in files:
            _check(file)
        if zlib.crc32(data) % _TABLED:
            return
        tables = whole_tables(files, checks.findings, contacts=False)
    failed = tables["issues"]["code"] == "reading_failed"
    assert not failed.any(), tables["issues"].loc[failed, "raw"].iloc[0]


def _check(file: FileRead) -> None:
    for finding in file.findings:
        assert finding.code != "reading_failed", finding.raw
    for record in file.records:
        for finding in record.findings:
            assert finding.code != "reading_failed", finding.raw
        _check_record(record)


def _check_record(record: Record) -> None:
    for name, value in record.values.items():
        if isinstance(value.content, str):
            value.content.encode("utf-8")
            odd = {sign for sign in value.content if unicodedata.category(sign) == "Cc"}
            assert odd <= {"\n", "\t"}, f"{name} holds {odd!r}"
        if value.span is not None:
            assert 0 <= value.span.start <= value.span.end, f"{name} at {value.span}"
        if name.startswith("narratives.") and isinstance(value.content, str):
            for claim in find_claims(value.content):
                assert value.content[claim.start : claim.end] == claim.text, claim
