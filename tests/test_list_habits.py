"""What programs and people do to lists when they save them: guards, links, other separators."""

from pathlib import Path

import openpyxl
import pytest

from tests.list_grid import AXIS, ELEMENTS, FIELDS, GRANTED, HEADINGS, ROWS, VALUES, WHO
from tests.test_merged_cells import contents, html, plain, read


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


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("100<br>200", None),
        ("<p>46</p><p>434</p>", None),
        ("46<br><br>434,50", None),
        ("46 434<br>12 000", None),
        ("ESR 100<br>valtio 200", None),
        # One number, with its unit below it or a blank line.
        ("46 434<br>euroa", 46434.0),
        ("46 434,00<br>&nbsp;", 46434.0),
    ],
)
def test_sums_on_lines_of_their_own_are_not_one_sum(
    cell: str, amount: float | None, tmp_path: Path
) -> None:
    rows = [plain(HEADINGS), *map(plain, ROWS)]
    rows[1][GRANTED] = (cell, 1, 1)
    record = read(tmp_path / "lista.html", html(rows)).records[0]
    assert contents(record) == [*VALUES[0][:GRANTED], amount, *VALUES[0][GRANTED + 1 :]]
    told = [finding.code for finding in record.findings]
    assert told == ([] if amount else ["value_unreadable"])


@pytest.mark.parametrize(
    ("cell", "axis"),
    [
        ("5<br>4", None),
        ("3 ja 4", None),
        ("3 / 4", None),
        ("TL 3, 4", None),
        ("3 Työllisyys, 4 Koulutus", None),
        ("3<br>Työllisyys", 3),
        ("3. Työllisyys ja työvoiman liikkuvuus", 3),
        ("TL 3 (ESR)", 3),
    ],
)
def test_two_axes_in_a_cell_are_not_the_first_one(
    cell: str, axis: int | None, tmp_path: Path
) -> None:
    rows = [plain(HEADINGS), *map(plain, ROWS)]
    rows[1][AXIS] = (cell, 1, 1)
    record = read(tmp_path / "lista.html", html(rows)).records[0]
    assert record.content("projects.priority_axis") == axis
    assert [finding.code for finding in record.findings] == ([] if axis else ["value_unreadable"])


@pytest.mark.parametrize(
    ("cell", "objective"),
    [
        ("4.1 ja 4.2", None),
        ("4.1 / 4.2", None),
        ("4.1\n4.2", None),
        ("4.1 Polkuja töihin", "4.1"),
        ("4,1", "4.1"),
    ],
)
def test_two_objectives_in_a_cell_are_not_the_first_one(
    cell: str, objective: str | None, tmp_path: Path
) -> None:
    headings = [*_PLACES[:-1], "Et"]
    row = ["S30001", "ESR+", "Sillat", "Malli ry", "1.1.2023", "31.12.2024", f'"{cell}"']
    text = "\n".join(map(";".join, [headings, row]))
    (record,) = read(tmp_path / "lista.csv", text.encode()).records
    assert record.content("projects.specific_objective") == objective


def test_two_elements_in_a_cell_of_xml_are_two_texts(tmp_path: Path) -> None:
    def written(row: list[str], granted: str) -> str:
        cells = [f"<{n}>{v}</{n}>" for n, v in zip(ELEMENTS, row, strict=True)]
        cells[GRANTED] = f"<{ELEMENTS[GRANTED]}>{granted}</{ELEMENTS[GRANTED]}>"
        return f"<hanke>{''.join(cells)}</hanke>"

    granted = ROWS[1][GRANTED]
    # As one number they would be 46200, in euros.
    two = written(ROWS[0], "<eu>46</eu>\n <valtio>200</valtio>")
    one = written(ROWS[1], f"<arvo>{granted}</arvo>")
    text = f"<hankkeet>{two}{one}</hankkeet>"
    apart, together = read(tmp_path / "lista.xml", text.encode()).records
    assert contents(apart) == [*VALUES[0][:GRANTED], None, *VALUES[0][GRANTED + 1 :]]
    assert [(f.code, f.field) for f in apart.findings] == [("value_ambiguous", FIELDS[GRANTED])]
    assert contents(together) == VALUES[1]


def test_an_element_that_stands_twice_in_a_row_of_xml_is_told(tmp_path: Path) -> None:
    def written(row: list[str], more: str = "") -> str:
        cells = (f"<{n}>{v}</{n}>" for n, v in zip(ELEMENTS, row, strict=True))
        return f"<hanke>{''.join(cells)}{more}</hanke>"

    again = [(ELEMENTS[WHO], "Malli Oy"), (ELEMENTS[GRANTED], "200")]
    twice = "".join(f"<{name}>{value}</{name}>" for name, value in again)
    first = [*ROWS[0][:GRANTED], "46", *ROWS[0][GRANTED + 1 :]]
    text = f"<hankkeet>{written(first, twice)}{written(ROWS[1])}</hankkeet>"
    one, other = read(tmp_path / "lista.xml", text.encode()).records
    assert contents(one) == [*VALUES[0][:WHO], None, None, *VALUES[0][GRANTED + 1 :]]
    assert [(f.code, f.field) for f in one.findings] == [
        ("value_ambiguous", FIELDS[WHO]),
        ("value_ambiguous", FIELDS[GRANTED]),
    ]
    assert contents(other) == VALUES[1]
