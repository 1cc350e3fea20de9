"""What is tried: the bytes of one file, read into records, tables and prose."""

import math
import re
import tempfile
import time
import unicodedata
import zlib
from datetime import date
from functools import cache
from pathlib import Path

from esrdata.documents.document import Document
from esrdata.documents.open import open_documents
from esrdata.limits import Limits, within
from esrdata.reading.claims.find import find_claims
from esrdata.reading.dispatch import FileRead, read_files
from esrdata.reading.privacy import COVER
from esrdata.reading.record import Record, Value
from esrdata.tables import checks
from esrdata.tables.failing import whole_tables

#: Bounds that keep one input fast; what goes beyond them is a finding as ever.
LIMITS = Limits(file_size=2**22, pages=50, characters=2**22, nesting=20)
#: The formats, each with a name that files of it end with.
FORMATS = ("txt", "html", "mht", "pdf", "xlsx", "xml", "csv", "docx", "eml")

# Of one input in so many, tables are made too: it takes ten times as long.
_TABLED = 12
# Of one in so many, what is read is held against the file and against the same with other line ends.
_HELD = 3
#: Seconds of the processor that an input may take, a hundred times its usual time.
SLOW = 30.0


class SlowError(AssertionError):
    """An input took far longer than others of its size."""


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
    chance = zlib.crc32(data)
    start = time.process_time()
    with within(LIMITS):
        files = read_files(str(place), contacts=False)
        spent = time.process_time() - start
        if spent > SLOW:
            raise SlowError(f"{len(data)} bytes took {spent:.0f} s")
        for file in files:
            _check(file)
        if chance % _HELD == 0:
            _hold(place, files)
        if chance % _TABLED:
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


# ---- values that nothing tells of: read from a file that does not say so


def _hold(place: Path, files: tuple[FileRead, ...]) -> None:
    """Hold what was read against the file, and against what its twin with other line ends gives."""
    if any(finding.code == "limit_reached" for file in files for finding in file.findings):
        # What is refused gives nothing to hold.
        return
    opened = {d.path: d for d in open_documents(str(place)) if isinstance(d, Document)}
    for file in files:
        for record in file.records:
            for name, value in record.values.items():
                _hold_value(name, value, opened[file.path], record)
    data = place.read_bytes()
    if (
        place.suffix in (".txt", ".csv", ".html", ".xml")
        and b"\r" not in data
        and b"\0" not in data
    ):
        place.write_bytes(data.replace(b"\n", b"\r\n"))
        twins = read_files(str(place), contacts=False)
        place.write_bytes(data)
        assert [*map(_values, files)] == [*map(_values, twins)], "other values with other line ends"


def _values(file: FileRead) -> list[dict[str, tuple[str, object]]]:
    return [{n: (v.status, v.content) for n, v in r.values.items()} for r in file.records]


def _hold_value(name: str, value: Value, document: Document, record: Record) -> None:
    raw, content = value.raw, value.content
    if raw is None or value.span is None:
        return
    there = document.raw(value.span)
    if COVER not in raw:
        assert there == raw, f"{name}: not {raw[:40]!r} stands there, but {there[:40]!r}"
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", raw))
    digits = "".join(str(unicodedata.digit(sign)) for sign in digits)
    match content:
        case bool() | None | str():
            pass
        case int() | float() if digits:
            of_value = format(content, "f") if isinstance(content, float) else str(content)
            told = of_value.rstrip("0").strip("-.").replace(".", "").strip("0")
            assert math.isfinite(content), f"{name}: {content}"
            assert told in digits, f"{name}: {content} is read from {raw!r}"
        case date() if digits and name not in record.qualifiers:
            for part in (content.day, content.month, content.year % 100):
                assert str(part) in digits or len(digits) < 6, f"{name}: {content} from {raw!r}"
