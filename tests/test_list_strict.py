"""Sums are read only where all that stands beside their headings is understood."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.workbook.defined_name import DefinedName

from tests.list_grid import GRANTED, HEADINGS, PAID, PLANNED, ROWS, SPENT, VALUES, page, xml
from tests.test_list_units import SUMS, without
from tests.test_merged_cells import contents, read

OVER = [""] * GRANTED
GAP = [""] * len(HEADINGS)
UPPER = [*HEADINGS[:GRANTED], "{}", "", "", ""]
LOWER = [*OVER, *HEADINGS[GRANTED:]]


def text(*rows: list[str]) -> bytes:
    return "".join(";".join(row) + "\n" for row in rows).encode()


@pytest.mark.parametrize(
    ("above", "is_read"),
    [
        ([[*OVER, "Haettu", "", "", ""], [*OVER, "euroa", "", "", ""], HEADINGS], False),
        ([[*OVER, "Haettu", "", "", ""], GAP, HEADINGS], False),
        ([[*OVER, "Rahoitus", "", "", ""], [*OVER, "euroa", "", "", ""], HEADINGS], True),
        # A title at the margin goes with no column.
        ([["Haettu rahoitus", *GAP[1:]], HEADINGS], True),
        ([[text.format("Haettu") for text in UPPER], LOWER], False),
        ([[text.format("Rahoitus, euroa") for text in UPPER], LOWER], True),
    ],
)
def test_every_word_over_the_headings_of_sums_is_understood(
    above: list[list[str]], is_read: bool, tmp_path: Path
) -> None:
    """What was applied for, a row above the unit, had been read as granted."""
    found = read(tmp_path / "lista.csv", text(*above, *ROWS))
    want = [[*row[:GRANTED], *([None] * 4)] for row in VALUES]
    assert [contents(record) for record in found.records] == (VALUES if is_read else want)


@pytest.mark.parametrize(
    ("mark", "note", "is_read"),
    [
        (" 1)", "1) Haettu rahoitus", False),
        ("*", "* Sisältää vain vuoden 2015", False),
        ("²", "2 Ilman kuntarahoitusta", False),
        ("²", "1 Ilman kuntarahoitusta", True),
        ("*", "* Julkinen rahoitus yhteensä, euroa", True),
    ],
)
def test_a_note_to_the_heading_of_a_sum_is_understood(
    mark: str, note: str, is_read: bool, tmp_path: Path
) -> None:
    heads = [*HEADINGS[:PAID], HEADINGS[PAID] + mark, *HEADINGS[PLANNED:]]
    found = read(tmp_path / "lista.csv", text(heads, *ROWS, GAP, [note, *GAP[1:]]))
    want = [[*row[:PAID], None if not is_read else row[PAID], *row[PLANNED:]] for row in VALUES]
    assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize(
    ("heads", "rows", "is_read"),
    [
        # One heading too many, before the sums and among them; one too few.
        ([*HEADINGS[:GRANTED], "Omarahoitus", *HEADINGS[GRANTED:]], ROWS, False),
        ([*HEADINGS[:PAID], HEADINGS[GRANTED], *HEADINGS[PAID:]], ROWS, False),
        ([*HEADINGS[:GRANTED], *HEADINGS[PAID:], ""], ROWS, False),
        # A column of its own, and a unit in one.
        (
            [*HEADINGS[:GRANTED], "Omarahoitus", *HEADINGS[GRANTED:]],
            [[*row[:GRANTED], "5", *row[GRANTED:]] for row in ROWS],
            True,
        ),
    ],
)
@pytest.mark.parametrize("name", ["lista.csv", "lista.xlsx"])
def test_sums_that_stand_a_heading_further_are_not_read(
    name: str, heads: list[str], rows: list[list[str]], is_read: bool, tmp_path: Path
) -> None:
    """In a workbook each had been read as the next one, in silence."""
    path = tmp_path / name
    # The sum of all rows may stand in its own column.
    total = ["", "", "Yhteensä", *[""] * (len(heads) - 4), "9"]
    table = [heads, *([*row, *[""] * (len(heads) - len(row))] for row in rows), total]
    book = openpyxl.Workbook()
    for row in table:
        book.worksheets[0].append([cell or None for cell in row])
    book.save(tmp_path / "lista.xlsx")
    data = text(*table) if path.suffix == ".csv" else path.read_bytes()
    found = read(path, data)
    none: list[object] = [None] * 4
    want = VALUES if is_read else [[*row[:GRANTED], *none] for row in VALUES]
    assert [contents(record) for record in found.records] == (want if found.records else [])
    assert found.records or not is_read


@pytest.mark.parametrize("where", ["chart", "range", "merged", "hidden"])
def test_what_a_workbook_has_beside_its_cells_is_understood(where: str, tmp_path: Path) -> None:
    """Titles of charts and names of ranges tell a unit; a heading over two sums names none."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([*HEADINGS[:PAID], None, *HEADINGS[PLANNED:]] if where == "merged" else HEADINGS)
    for row in VALUES:
        sheet.append(row)
    if where == "chart":
        chart = BarChart()
        chart.title = "Rahoitus, 1 000 €"
        sheet.add_chart(chart, "A9")
    elif where == "range":
        book.defined_names["Rahoitus_tuhatta_euroa"] = DefinedName(
            "Rahoitus_tuhatta_euroa", attr_text="Sheet!$J$2:$M$4"
        )
    elif where == "merged":
        sheet.merge_cells(start_row=1, end_row=1, start_column=PAID, end_column=PLANNED)
    else:
        for cell in sheet["K"]:
            cell.number_format = ";;;"
    book.save(tmp_path / "lista.xlsx")
    found = read(tmp_path / "lista.xlsx", (tmp_path / "lista.xlsx").read_bytes())
    columns = {"merged": [GRANTED, PAID], "hidden": [PAID]}.get(where, SUMS)
    want = without([0, 1, 2], columns)
    if where in ("merged", "hidden"):
        # A zero that is hidden, or of which nobody knows whose it is, is none.
        want[2][PAID] = None
    assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize(
    ("cell", "is_read"),
    [
        ('title="39 720,50 €">39720.50', True),
        ('title="39720.50">40', False),
        ('data-unit="1000 EUR">39720.50', False),
        ('class="k1000" data-id="5">39720.50', True),
    ],
)
def test_an_attribute_of_a_cell_on_a_page_holds_the_sum_that_it_shows(
    cell: str, is_read: bool, tmp_path: Path
) -> None:
    data = page(HEADINGS, ROWS).decode().replace("<td>39720.50", f"<td {cell}")
    found = read(tmp_path / "lista.html", data.encode())
    assert contents(found.records[0])[PAID] == (39720.5 if is_read else None)
    assert contents(found.records[0])[SPENT] == 49361.25


@pytest.mark.parametrize(
    ("attribute", "is_read"),
    [(' laji="haettu"', False), (' osuus="50"', False), (' id="5" xml:lang="fi"', True)],
)
def test_an_attribute_of_a_sum_in_xml_is_understood(
    attribute: str, is_read: bool, tmp_path: Path
) -> None:
    name = "julkinenrahoitustoteutunut"
    data = xml(HEADINGS, ROWS).decode().replace(f"<{name}>", f"<{name}{attribute}>", 1)
    found = read(tmp_path / "lista.xml", data.encode())
    assert contents(found.records[0])[SPENT] == (49361.25 if is_read else None)
    assert contents(found.records[1]) == VALUES[1]
