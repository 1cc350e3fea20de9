"""Lists on several sheets of a workbook, and rows between those of projects."""

from pathlib import Path

import openpyxl
import pytest

from tests.list_grid import FIELDS, HEADINGS, OFFICE, ROWS, VALUES
from tests.test_merged_cells import contents, read, told

# The office first, so that the code is not.
ORDER = [OFFICE, *(i for i in range(len(HEADINGS)) if i != OFFICE)]


def book(path: Path, sheets: dict[str, list[list[str]]]) -> bytes:
    made = openpyxl.Workbook()
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append([cell or None for cell in row])
    made.remove(made.worksheets[0])
    made.save(path)
    return path.read_bytes()


def turned(row: list[str]) -> list[str]:
    return [row[i] for i in ORDER]


def test_every_sheet_is_read_by_its_own_headings(tmp_path: Path) -> None:
    path = tmp_path / "lista.xlsx"
    cover = [["Hankelista"], ["Tilanne 31.12.2016"]]
    legend = [["Sarake", "Selitys"], ["Koodi", "Hankkeen tunnus"], ["Rahasto", "ESR tai EAKR"]]
    sheets = {
        "Kansi": cover,
        "Selite": legend,
        "TL 3": [HEADINGS, ROWS[0]],
        "TL 4": [turned(HEADINGS), turned(ROWS[1])],
        "Jatkoa": [ROWS[2]],
    }
    found = read(path, book(path, sheets))
    assert [contents(record) for record in found.records] == VALUES[:2]
    assert [record.values[FIELDS[0]].span.page for record in found.records] == [3, 4]
    assert found.day is not None
    assert str(found.day.day) == "2016-12-31"
    assert told(found.findings) == [
        ("list_row_unreadable", None, "\t".join(ROWS[2])),
        (
            "list_line_outside",
            None,
            "Hankelista Tilanne 31.12.2016 Sarake Selitys Koodi Hankkeen tunnus "
            "Rahasto ESR tai EAKR",
        ),
    ]
    assert found.lines == found.accounted == 10


@pytest.mark.parametrize(
    ("code", "rows", "lines"),
    [("", 3, []), ("Tunnus", 1, [3, 4, 5]), ("Lapin liitto", 3, [3])],
)
def test_words_below_another_heading_begin_a_table_where_one_is_above_the_codes(
    code: str, rows: int, lines: list[int], tmp_path: Path
) -> None:
    """Words that stand twice, or not above the codes, are no headings."""
    note = ["Lapin liitto", code, "Rahasto", "Nimi", "Linja", "Vaihe", "Alkaa"]
    path = tmp_path / "lista.xlsx"
    table = [turned(HEADINGS), turned(ROWS[0]), note, *map(turned, ROWS[1:])]
    found = read(path, book(path, {"Lista": table}))
    assert [contents(record) for record in found.records] == VALUES[:rows]
    assert [f.line for f in found.findings if f.code == "list_row_unreadable"] == lines


def test_one_heading_may_stand_a_row_above_the_others(tmp_path: Path) -> None:
    lower = [name if name != "Rahasto" else "" for name in HEADINGS]
    path = tmp_path / "lista.xlsx"
    found = read(path, book(path, {"Lista": [["", "Rahasto"], lower, *ROWS]}))
    assert [contents(record) for record in found.records] == VALUES


def test_notes_beside_a_sheet_cost_no_row(tmp_path: Path) -> None:
    """Somebody wrote them to the right of the table, without a heading."""
    path = tmp_path / "lista.xlsx"
    rows = [[*ROWS[0], "tarkista!"], ROWS[1], [*ROWS[2], "", "ks. liite 2"]]
    found = read(path, book(path, {"Lista": [HEADINGS, *rows]}))
    assert [contents(record) for record in found.records] == VALUES
    assert told(found.findings) == [("list_column_unknown", None, "14")]


@pytest.mark.parametrize(
    "row",
    [
        # An empty cell came in before the last sums: the last one stands beside the table.
        [*ROWS[0][:10], "", *ROWS[0][10:]],
        [*ROWS[0][:10], "", "", *ROWS[0][10:]],
        # A number may be one, and words do not help where other cells have moved.
        [*ROWS[0], "12345"],
        [*ROWS[0][:2], "x", *ROWS[0][2:12], "ks. liite"],
    ],
)
def test_a_cell_that_was_pushed_beside_a_sheet_is_no_note(row: list[str], tmp_path: Path) -> None:
    path = tmp_path / "lista.xlsx"
    found = read(path, book(path, {"Lista": [HEADINGS, row, *ROWS[1:]]}))
    assert [contents(record) for record in found.records] == VALUES[1:]
    assert [finding.code for finding in found.findings] == ["list_row_unreadable"]


@pytest.mark.parametrize(
    ("name", "sheets", "stated"),
    [
        # A file of the service that was opened in a spreadsheet program and saved anew.
        ("oma.xlsx", ["projektilista-20160510"], ("2016-05-10", "document", None)),
        ("oma.xlsx", ["Tilanne 10.5.2016", ""], ("2016-05-10", "document", None)),
        ("oma 1.6.2016.xlsx", ["10.5.2016"], ("2016-06-01", "file_name", "2016-05-10")),
        ("oma 10.5.2016.xlsx", ["10.5.2016"], ("2016-05-10", "file_name", None)),
        # A period is no day, and two lists have none in common.
        ("oma.xlsx", ["1.1.2014-31.12.2020"], ("2017-12-31", "last_ended", None)),
        ("oma.xlsx", ["10.5.2016", "10.5.2015"], ("2017-12-31", "last_ended", None)),
    ],
)
def test_the_name_of_a_sheet_tells_the_day(
    name: str, sheets: list[str], stated: tuple[str, str, str | None], tmp_path: Path
) -> None:
    path = tmp_path / name
    rows = {text or "Selite": [HEADINGS, *ROWS] if text else [["Tl", "linja"]] for text in sheets}
    day = read(path, book(path, rows)).day
    assert day is not None
    assert (str(day.day), day.basis, day.other and str(day.other)) == stated


def test_cells_torn_at_commas_are_told(tmp_path: Path) -> None:
    """A list with semicolons, opened as one with commas: names had lost theirs without a word."""
    rows = [[*row] for row in ROWS]
    rows[0][2], rows[0][10] = "Kylä, aamu ja yö", "39720,50"
    path = tmp_path / "lista.xlsx"
    found = read(
        path, book(path, {"Lista": [";".join(row).split(",") for row in [HEADINGS, *rows]]})
    )
    wanted = [[*row] for row in VALUES]
    for row, column in ((0, 2), (0, 4), (0, 10), (1, 2)):
        wanted[row][column] = None
    assert [contents(record) for record in found.records] == wanted
    torn = [finding for record in found.records for finding in record.findings]
    assert [finding.code for finding in torn] == ["value_ambiguous"] * 4
