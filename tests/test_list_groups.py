"""Rows in groups, as pivot tables write them, headings over columns, and rows on two lines."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from esrdata.documents.document import Document
from esrdata.reading.lists.block import Block
from esrdata.reading.lists.heading import Heading
from esrdata.reading.lists.merged import Reach, reaching
from esrdata.reading.lists.row import Row
from esrdata.reading.lists.spec import all_lists
from tests.list_grid import (
    AXIS,
    END,
    FIELDS,
    GRANTED,
    HEADINGS,
    NAME,
    OFFICE,
    PAID,
    ROWS,
    VALUES,
    WHO,
)
from tests.test_list_habits import lines
from tests.test_merged_cells import contents, read, told

FIRST = [OFFICE, *(i for i in range(len(HEADINGS)) if i != OFFICE)]
SUMS = ["1", "2", "3", "4"]


def made(path: Path, rows: list[list[str]]) -> bytes:
    """A list as a workbook or as CSV, by the name of its file."""
    if path.suffix == ".csv":
        return "".join(f"{';'.join(row)}\n" for row in rows).encode()
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append([cell or None for cell in row])
    book.save(path)
    return path.read_bytes()


in_both = pytest.mark.parametrize("name", ["lista.csv", "lista.xlsx"])


def pivot(total: str, between: str = "") -> list[list[str]]:
    """Rows by office; the name of a group stands in its first row, and in that of its sum."""
    grouped = [[row[i] for i in FIRST] for row in ROWS]
    grouped[0][0] = "Lapin liitto"
    grouped[1][0] = between
    grouped[2][0] = ""
    sums = [total, *[""] * 8, *SUMS]
    return [[HEADINGS[i] for i in FIRST], *grouped, sums, ["Kaikki yhteensä", *[""] * 8, *SUMS]]


@in_both
@pytest.mark.parametrize(
    "total", ["Lapin liitto Summa", "Lapin liitto yhteensä", "Lapin  liitto Total"]
)
def test_the_name_of_a_group_is_that_of_its_rows(name: str, total: str, tmp_path: Path) -> None:
    path = tmp_path / name
    found = read(path, made(path, pivot(total)))
    want = [[*v[:OFFICE], "Lapin liitto", *v[OFFICE + 1 :]] for v in VALUES]
    assert [contents(record) for record in found.records] == want
    raws = [record.values[FIELDS[OFFICE]].raw for record in found.records]
    assert raws == ["Lapin liitto"] * 3


@pytest.mark.parametrize(
    ("total", "between"),
    [("Lapin liitto", ""), ("Kainuun liitto Summa", ""), ("Lapin liitto Summa", "Kainuun liitto")],
)
def test_without_the_sum_of_its_group_a_name_is_of_its_row_alone(
    total: str, between: str, tmp_path: Path
) -> None:
    path = tmp_path / "lista.xlsx"
    found = read(path, made(path, pivot(total, between)))
    offices = [record.content(FIELDS[OFFICE]) for record in found.records]
    assert offices == ["Lapin liitto", between or None, None]


def test_every_group_has_its_own_name(tmp_path: Path) -> None:
    first, second, third = ([row[i] for i in FIRST] for row in ROWS)
    first[0] = "Kainuun liitto"
    table = [
        [HEADINGS[i] for i in FIRST],
        first,
        ["Huomautus", *[""] * 12],
        ["Kainuun liitto Summa", *[""] * 8, *SUMS],
        ["Lapin liitto", *second[1:]],
        ["", *third[1:]],
        ["Lapin liitto Summa", *[""] * 8, *SUMS],
    ]
    path = tmp_path / "lista.csv"
    found = read(path, made(path, table))
    offices = [record.content(FIELDS[OFFICE]) for record in found.records]
    assert offices == ["Kainuun liitto", "Lapin liitto", "Lapin liitto"]


# ---- headings over several columns


@pytest.mark.parametrize(
    ("name", "below", "is_read"),
    [
        ("lista.csv", ["2015", "2016", "Yhteensä"], True),
        ("lista.csv", ["ESR", "Valtio", ""], True),
        ("lista.xlsx", ["2015", "2016", "Yhteensä"], True),
        # The last cell of the row stands in a column of the sheet that has no heading at all.
        ("lista.xlsx", ["ESR", "Valtio", ""], False),
    ],
)
def test_a_heading_of_sums_over_several_columns_names_none_of_them(
    name: str, below: list[str], is_read: bool, tmp_path: Path
) -> None:
    row = [*ROWS[0][:PAID], "10", "20"]
    path = tmp_path / name
    table = [[*HEADINGS[:PAID], "", ""], [*[""] * GRANTED, *below], row]
    found = read(path, made(path, table))
    want = [*VALUES[0][:GRANTED], None, None, None, None]
    assert [contents(record) for record in found.records] == ([want] if is_read else [])
    codes = [finding.code for finding in found.findings]
    assert ("list_row_unreadable" in codes) != is_read
    told = [("value_ambiguous", FIELDS[GRANTED])]
    assert [[(f.code, f.field) for f in r.findings] for r in found.records] == [told] * is_read


@pytest.mark.parametrize(
    "below", [["Yhteensä", "2015", "2016"], ["€", "€", "€"], ["", "2015", "2016"], ["", "", ""]]
)
def test_a_heading_of_sums_with_its_unit_or_all_years_below_names_its_column(
    below: list[str], tmp_path: Path
) -> None:
    row = [*ROWS[0][:PAID], "10", "20"]
    path = tmp_path / "lista.csv"
    found = read(path, made(path, [[*HEADINGS[:PAID], "", ""], [*[""] * GRANTED, *below], row]))
    assert contents(found.records[0]) == [*VALUES[0][:PAID], None, None, None]


def test_two_headings_of_sums_over_two_columns_each_name_none(tmp_path: Path) -> None:
    headings = [*HEADINGS[:GRANTED], HEADINGS[GRANTED], "", HEADINGS[PAID], ""]
    below = [*[""] * GRANTED, "2015", "2016", "2015", "2016"]
    path = tmp_path / "lista.csv"
    found = read(path, made(path, [headings, below, *ROWS]))
    want = [[*value[:GRANTED], None, None, None, None] for value in VALUES]
    assert [contents(record) for record in found.records] == want
    # A zero of a year is none of the project.
    assert [len(record.findings) for record in found.records] == [2, 2, 2]


def test_headings_in_another_language_below_are_none_of_parts(tmp_path: Path) -> None:
    english = [
        "Code", "Fund", "Name", "Axis", "Authority", "State", "From", "To", "Beneficiary",
        "Granted", "Paid", "Planned public", "Realised public",
    ]  # fmt: skip
    path = tmp_path / "lista.csv"
    found = read(path, made(path, [HEADINGS, english, *ROWS]))
    assert [contents(record) for record in found.records] == VALUES


# ---- rows on two lines


def test_sums_on_the_line_below_their_row_are_told(tmp_path: Path) -> None:
    table = [HEADINGS]
    for row in ROWS:
        table += [[*row[:GRANTED], *[""] * 4], [*[""] * GRANTED, *row[GRANTED:]]]
    path = tmp_path / "lista.xlsx"
    found = read(path, made(path, table))
    assert [record.content(FIELDS[GRANTED]) for record in found.records] == [None] * 3
    assert [(f.code, f.line) for f in found.findings] == [
        ("list_row_unreadable", 3),
        ("list_row_unreadable", 5),
        ("list_row_unreadable", 7),
    ]


@pytest.mark.parametrize(
    ("begun", "rest", "code"),
    [
        ("Taidot,", "Työ ja me", "list_row_unreadable"),
        ("Taidot, työ", "ja me", "list_row_unreadable"),
        ("Taidot, työ ja me", "Huom!", "list_line_outside"),
    ],
)
def test_a_name_that_goes_on_below_its_row_is_told(
    begun: str, rest: str, code: str, tmp_path: Path
) -> None:
    table = [HEADINGS, ROWS[0], [*ROWS[1][:NAME], begun, *ROWS[1][NAME + 1 :]]]
    table.append([rest if i == NAME else "" for i in range(len(HEADINGS))])
    path = tmp_path / "lista.xlsx"
    found = read(path, made(path, [*table, ROWS[2]]))
    assert len(found.records) == 3
    assert told(found.findings) == [(code, None, rest)]


def test_a_row_of_sums_is_no_rest_of_the_row_above(tmp_path: Path) -> None:
    path = tmp_path / "lista.xlsx"
    found = read(path, made(path, [HEADINGS, *ROWS, [*[""] * GRANTED, *SUMS]]))
    assert [contents(record) for record in found.records] == VALUES
    assert [finding.code for finding in found.findings] == ["list_line_outside"]


# ---- cells over several rows


def test_cells_that_reach_over_rows_begin_on_one_of_them() -> None:
    view = "\n".join(["ab"] * 5)
    rows = [
        Row(3 * i, 3 * i + 2, ((3 * i, 3 * i + 1), (3 * i + 1, 3 * i + 2))) for i in range(1, 5)
    ]
    rows[3] = rows[3]._replace(cells=None)

    def over(*merged: tuple[int, int, int, int]) -> dict[int, dict[int, Reach]]:
        document = Document("x.html", "html", "utf-8", "0", view, view, merged=merged)
        spec = all_lists()[0]
        heading = Heading(0, 2, spec, spec.columns[:2], "\t", (), (), (0, 1))
        block = Block(document, heading, rows)
        return {start: dict(found) for start, found in reaching(block).items()}

    assert over() == {}
    first = Reach((3, 4), False)
    assert over((1, 2, 0, 1)) == {3: {0: first}, 6: {0: first}}
    # One that begins above the rows, one on one row, in a column that no row has, on a row
    # without cells.
    assert (
        over((0, 2, 0, 1)) == over((1, 1, 0, 1)) == over((1, 2, 2, 1)) == over((4, 4, 0, 2)) == {}
    )
    # Of two that overlap the second is none; one right behind another is one.
    upper, lower = Reach((4, 5), False), Reach((7, 8), False)
    assert over((1, 2, 1, 1), (2, 3, 1, 1)) == {3: {1: upper}, 6: {1: upper}}
    assert over((1, 1, 1, 1), (2, 3, 1, 1)) == {6: {1: lower}, 9: {1: lower}}
    # None of those costs another one.
    beside = Reach((10, 11), False)
    assert over((0, 2, 0, 1), (1, 2, 1, 1)) == {3: {1: upper}, 6: {1: upper}}
    assert over((1, 2, 1, 1), (2, 2, 1, 1), (2, 3, 0, 1)) == {
        3: {1: upper},
        6: {1: upper, 0: Reach((6, 7), False)},
        9: {0: Reach((6, 7), False)},
    }
    assert over((1, 2, 2, 1), (3, 4, 1, 1)) == {9: {1: beside}, 12: {1: beside}}
    # Of one over two columns nobody knows which it belongs to.
    wide = Reach((3, 4), True)
    assert over((1, 1, 0, 2)) == {3: {0: wide, 1: wide}}


# ---- days with a zone


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("2018-02-28T00:00:00+02:00", True),
        ("2018-02-28T00:00:00.000+0200", True),
        ("2018-02-28+02:00", True),
        ("2018-02-28Z", True),
        ("2018-02-27T22:00:00Z", False),
        ("2018-02-28T02:00:00+02:00", False),
        ("28.2.2018+02:00", False),
    ],
)
def test_midnight_in_its_own_zone_is_the_day(text: str, is_day: bool, tmp_path: Path) -> None:
    rows = [[*ROWS[0][:END], text, *ROWS[0][END + 1 :]], *ROWS[1:]]
    found = read(tmp_path / "lista.csv", lines(rows))
    day = dt.date(2018, 2, 28) if is_day else None
    assert [found.records[0].content(FIELDS[i]) for i in (END, WHO)] == [day, "Mallilan kaupunki"]


@in_both
@pytest.mark.parametrize(
    ("column", "texts", "told_of"),
    [
        # Names of groups: each once, and nothing below it.
        (OFFICE, ["Lapin liitto", "", ""], "Viranomainen"),
        (OFFICE, ["Lapin liitto", "", "", "Kainuun liitto", ""], "Viranomainen"),
        (WHO, ["Malli Oy", "", "", "Mallila", "", ""], "Toteuttajan nimi"),
        # One comes again, the first row has none, most rows have one, or few are empty.
        (OFFICE, ["Lapin liitto", "", "", "Lapin liitto", ""], None),
        (OFFICE, ["", "", "Lapin liitto", "", ""], None),
        (WHO, ["Malli Oy", "", "Mallila", "Malliopisto", ""], None),
        (OFFICE, ["Lapin liitto", ""], None),
        # Names of projects and mere texts are no groups.
        (NAME, ["Aamu", "", ""], None),
    ],
)
def test_names_that_may_be_of_groups_are_told(
    name: str, column: int, texts: list[str], told_of: str | None, tmp_path: Path
) -> None:
    rows = [[*ROWS[0]] for _ in texts]
    for i, (row, text) in enumerate(zip(rows, texts, strict=True)):
        row[0], row[column] = f"S9000{i}", text
    path = tmp_path / name
    found = read(path, made(path, [HEADINGS, *rows]))
    assert [record.content(FIELDS[column]) or "" for record in found.records] == texts
    groups = [f.raw for f in found.findings if f.code == "list_column_groups"]
    assert groups == ([told_of] if told_of else [])


@in_both
@pytest.mark.parametrize(
    ("column", "groups", "told_of"),
    [
        (AXIS, ["3", "4"], "Tl"),
        (OFFICE, ["Lapin liitto", "Kainuun liitto"], "Viranomainen"),
        # A name is no group, and what stands beside the code is none of these columns.
        (NAME, ["Työllisyys", "Osaaminen"], None),
        (0, ["TL 3", "TL 4"], None),
    ],
)
def test_names_of_groups_in_rows_of_their_own_are_told(
    name: str, column: int, groups: list[str], told_of: str | None, tmp_path: Path
) -> None:
    """The rows below had been blank without a word."""
    table = [HEADINGS]
    for i, group in enumerate(groups):
        alone = [""] * len(HEADINGS)
        alone[column] = group
        table.append(alone)
        for j in range(2):
            row = [*ROWS[0]]
            row[column] = "" if column else row[column]
            row[0] = f"S9000{2 * i + j}"
            table.append(row)
    path = tmp_path / name
    found = read(path, made(path, table))
    assert len(found.records) == 4
    told_groups = [f.raw for f in found.findings if f.code == "list_column_groups"]
    assert told_groups == ([told_of] if told_of else [])
