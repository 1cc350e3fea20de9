"""What programs and people do to lists when they save them: guards, links, other separators."""

from pathlib import Path

import openpyxl
import pytest

from tests.list_grid import FIELDS, HEADINGS, ROWS, VALUES
from tests.test_merged_cells import contents, read


def lines(rows: list[list[str]], divider: str = ";") -> bytes:
    return "".join(f"{divider.join(row)}\n" for row in [HEADINGS, *rows]).encode()


@pytest.mark.parametrize("quoted", [False, True])
def test_a_formula_that_says_a_text_is_that_text_in_every_column(
    quoted: bool, tmp_path: Path
) -> None:
    def guarded(text: str) -> str:
        return f'"=""{text}"""' if quoted else f'="{text}"'

    rows = [[guarded(cell) for cell in row] for row in ROWS]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert [contents(record) for record in found.records] == VALUES
    assert [f for record in found.records for f in record.findings] == []


def test_a_guarded_cell_with_nothing_in_it_is_blank(tmp_path: Path) -> None:
    rows = [[*ROWS[0][:8], '=""', '="-"', *ROWS[0][10:]], *ROWS[1:]]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert contents(found.records[0]) == [*VALUES[0][:8], None, None, *VALUES[0][10:]]
    blank = [found.records[0].values[name] for name in FIELDS[8:10]]
    assert [value.status.value for value in blank] == ["blank", "blank"]


@pytest.mark.parametrize("sign", [",", ";"])
def test_a_link_made_by_a_formula_says_its_text(sign: str, tmp_path: Path) -> None:
    def link(text: str) -> str:
        return f'=HYPERLINK("https://example.org/?a=1&b=2"{sign}"{text}")'

    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(HEADINGS)
    for row in ROWS:
        page.append([link(row[0]), row[1], link(row[2]), *row[3:]])
    book.save(tmp_path / "lista.xlsx")
    found = read(tmp_path / "lista.xlsx", (tmp_path / "lista.xlsx").read_bytes())
    assert [contents(record) for record in found.records] == VALUES


@pytest.mark.parametrize("gap", [" ", "\u00a0"])
def test_a_gap_behind_the_letter_of_a_code_is_no_part_of_it(gap: str, tmp_path: Path) -> None:
    rows = [[f"{row[0][0]}{gap}{row[0][1:]}", *row[1:]] for row in ROWS]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert [contents(record) for record in found.records] == VALUES


def test_a_code_with_another_gap_is_told(tmp_path: Path) -> None:
    rows = [["S9 0001", *ROWS[0][1:]], ["S - 90002", *ROWS[1][1:]], ROWS[2]]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert [record.code for record in found.records] == ["A90003"]
    assert [finding.code for finding in found.findings] == ["list_row_unreadable"] * 2


def test_bars_divide_cells(tmp_path: Path) -> None:
    found = read(tmp_path / "lista.txt", lines(ROWS, "|"))
    assert [contents(record) for record in found.records] == VALUES
    assert found.findings == []


_PLACES = ["Hankekoodi", "Rahasto", "Hankkeen nimi", "Toteuttajan nimi", "Aloituspvm"]
_PLACES += ["Päättymispvm", "Sijainti"]


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ('"Uusimaa\nKainuu"', ["Uusimaa", "Kainuu"]),
        ('"Uusimaa,\nKainuu\n"', ["Uusimaa", "Kainuu"]),
        ('"Etelä-\nSavo"', ["Etelä- Savo"]),
        ('="Uusimaa, Kainuu"', ["Uusimaa", "Kainuu"]),
        ('"=""Uusimaa, Kainuu"""', ["Uusimaa", "Kainuu"]),
        ('="Lappi"', ["Lappi"]),
    ],
)
def test_places_in_a_cell_stand_on_lines_of_their_own(
    cell: str, places: list[str], tmp_path: Path
) -> None:
    row = ["S30001", "ESR+", "Sillat", "Malli ry", "1.1.2023", "31.12.2024", cell]
    text = "\n".join(map(";".join, [_PLACES, row]))
    (record,) = read(tmp_path / "lista.csv", text.encode()).records
    found = [record.content(f"locations.region.{i}") for i in range(len(places))]
    assert found == places
    assert f"locations.region.{len(places)}" not in record.values
