"""Tables built while files are read: those of all files at once, whatever comes later."""

import weakref
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
from pages import RAW, eura2007_page, eura2014_page
from test_batchwise import LIST

from esrdata.reading.batch import Sent
from esrdata.reading.child import packed
from esrdata.reading.dispatch import FileRead, read_files
from esrdata.reading.record import Record
from esrdata.tables import build, checks, pieces
from esrdata.tables.failing import whole_tables
from esrdata.tables.pieces import Pieces

PAGES = {
    "a.txt": eura2014_page(code="S20001"),
    "b.txt": eura2014_page(code="S20002", partners="Osatoteuttajat\n\nYksi Oy, 2472908-2"),
    "c.txt": "ei mitään tuttua\n",
    "d.txt": eura2007_page(code="S10004"),
    # A list of two projects, of which one is told of by the page before.
    "e.csv": LIST.replace("S10003", "S10004"),
    "f.txt": eura2014_page(code="S20001", eu_planned="1 000,50"),
}


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The names of the files of which tables were built, each time; each file makes a piece."""
    times: list[list[str]] = []

    def noted(function: Callable[..., object]) -> Callable[..., object]:
        def of(files: Sequence[FileRead], *args: object, **kwargs: object) -> object:
            times.append([Path(read.path).name for read in files])
            return function(files, *args, **kwargs)

        return of

    for name in ("of_batch", "of_projects"):
        monkeypatch.setattr(pieces, name, noted(getattr(build, name)))
    monkeypatch.setattr(pieces, "_MUCH", 1)
    return times


def sent(read: Sequence[FileRead]) -> Sent:
    """What a file holds, as another process sends it."""
    return Sent(packed(read))


def equal(paths: Sequence[Path]) -> None:
    """Tables of files sent one by one are those of all of them, findings of failures too."""

    # Each from reads of its own: a page that is linked to its project is told so in its record.
    def read() -> list[tuple[FileRead, ...]]:
        return [read_files(str(path), contacts=False) for path in paths]

    every = [file for files in read() for file in files]
    whole = whole_tables(every, checks.findings_of, contacts=False)
    taken = Pieces(checks.findings_of, contacts=False)
    for some in read():
        taken.add(sent(some))
    made = taken.tables()
    assert list(made) == list(whole)
    for name, table in whole.items():
        pd.testing.assert_frame_equal(made[name], table, check_exact=True, obj=name)


def write(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text(PAGES[name], encoding="utf-8")
    return [folder / name for name in names]


def test_what_stands_in_one_file_is_built_once(tmp_path: Path, built: list[list[str]]) -> None:
    equal(write(tmp_path, "a.txt", "b.txt", "c.txt", "d.txt"))
    assert built == [["a.txt"], ["b.txt"], ["c.txt"], ["d.txt"]]


def test_what_is_in_no_piece_is_built_at_the_end(
    tmp_path: Path, built: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write(tmp_path, "a.txt", "b.txt", "c.txt", "d.txt")
    (a, b, *_) = [len(packed(read_files(str(path), contacts=False))) for path in paths]
    monkeypatch.setattr(pieces, "_MUCH", a + b)
    equal(paths)
    assert built == [["a.txt", "b.txt"], ["c.txt", "d.txt"]]


def test_what_is_read_here_is_built_at_the_end(tmp_path: Path, built: list[list[str]]) -> None:
    taken = Pieces(checks.findings_of, contacts=False)
    for path in write(tmp_path, "a.txt", "b.txt"):
        taken.add(read_files(str(path), contacts=False))
    assert list(taken.tables()["projects"]["project_code"]) == ["S20001", "S20002"]
    assert built == []


def test_a_project_told_of_twice_in_one_piece(
    tmp_path: Path, built: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write(tmp_path, "a.txt", "f.txt", "b.txt")
    size = sum(len(packed(read_files(str(path), contacts=False))) for path in paths[:2])
    monkeypatch.setattr(pieces, "_MUCH", size)
    equal(paths)
    assert built == [["a.txt", "f.txt"], ["b.txt"]]


def test_records_of_a_piece_are_let_go_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[weakref.ref[Record]] = []

    def of_batch(files: Sequence[FileRead], *args: object, **kwargs: object) -> object:
        held.extend(weakref.ref(record) for read in files for record in read.records)
        return build.of_batch(files, *args, **kwargs)

    monkeypatch.setattr(pieces, "of_batch", of_batch)
    monkeypatch.setattr(pieces, "_MUCH", 1)
    taken = Pieces(checks.findings_of, contacts=False)
    for path in write(tmp_path, "a.txt", "b.txt"):
        taken.add(sent(read_files(str(path), contacts=False)))
    assert [record() for record in held] == [None, None]


def test_what_a_later_file_tells_of_is_built_again(tmp_path: Path, built: list[list[str]]) -> None:
    equal(write(tmp_path, "a.txt", "b.txt", "d.txt", "e.csv", "f.txt"))
    # The list tells of a known project: nothing more is built before all is read.
    assert built == [["a.txt"], ["b.txt"], ["d.txt"], ["a.txt"], ["d.txt", "e.csv", "f.txt"]]


def test_a_page_that_is_linked_to_its_project(built: list[list[str]]) -> None:
    equal([RAW / "S12577.txt", RAW / "kaupunki-leader.txt", RAW / "S20405.txt"])
    assert built[-1] == ["kaupunki-leader.txt", "S20405.txt"]


def test_a_record_that_the_tables_fail_at(
    tmp_path: Path, built: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    merged = build.merged

    def failing(records: Sequence[Record]) -> Record:
        if records[0].code == "S20002":
            raise OverflowError
        return merged(records)

    monkeypatch.setattr(build, "merged", failing)
    equal(write(tmp_path, "a.txt", "b.txt", "d.txt"))
    assert built[:2] == [["a.txt"], ["b.txt"]]


def test_no_files_give_empty_tables() -> None:
    made = Pieces(checks.findings_of, contacts=False).tables()
    assert made["projects"].empty
    assert str(made["projects"]["name"].dtype) == "string"
