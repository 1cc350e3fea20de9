"""Tables of projects without codes: a row is a project, if it names one."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import esrdata

HEADINGS = ["Hankkeen nimi", "Toteuttaja", "Julkinen rahoitus", "Hankeaika"]
ROWS = [
    ["Kylän uusi aamu", "Mallilan kaupunki", "57 634 €", "1.3.2015–28.2.2018"],
    ["Taidot, työ ja me", "Malliopisto sr", "389 784 €", "1.2.2016–31.1.2019"],
    ["Puusta pidemmälle", "Malli Energia Oy", "251 051 €", "1.8.2015–31.12.2017"],
]


def facts(path: Path, rows: list[list[str]], merged: str = "") -> list[tuple[object, ...]]:
    """Name, applicant and public funding of each project of a table in a workbook."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in [HEADINGS, *rows]:
        page.append(row)
    if merged:
        page.merge_cells(merged)
    book.save(path)
    portfolio = esrdata.read(path)
    money = portfolio.funding[portfolio.funding["measure"] == "public_total"]
    planned = money[money["stage"] == "planned"].set_index("project_code")["amount_eur"]
    table = portfolio.projects
    found = zip(table["name"], table["applicant"], table["project_code"].map(planned), strict=True)
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in found]


WHOLE = [
    ("Kylän uusi aamu", "Mallilan kaupunki", 57634.0),
    ("Taidot, työ ja me", "Malliopisto sr", 389784.0),
    ("Puusta pidemmälle", "Malli Energia Oy", 251051.0),
]


def test_every_row_is_a_project(tmp_path: Path) -> None:
    assert facts(tmp_path / "taulukko.xlsx", ROWS) == WHOLE


@pytest.mark.parametrize("word", ["Yhteensä", "Kaikki yhteensä:", "Summa", "Totalt", "Total"])
def test_a_row_of_sums_is_no_project(word: str, tmp_path: Path) -> None:
    rows = [*ROWS[:2], [word, "", "698 469 €", "-"], ROWS[2]]
    assert facts(tmp_path / "taulukko.xlsx", rows) == WHOLE
    told = esrdata.read(tmp_path / "taulukko.xlsx").issues
    assert any(word in raw for raw in told.loc[told["code"] == "unrecognised_line", "raw"])


def test_a_row_without_a_name_is_told(tmp_path: Path) -> None:
    rows = [ROWS[0], ["", *ROWS[1][1:]], ROWS[2]]
    assert facts(tmp_path / "taulukko.xlsx", rows) == [WHOLE[0], WHOLE[2]]
    told = esrdata.read(tmp_path / "taulukko.xlsx").issues
    assert any("Malliopisto" in raw for raw in told.loc[told["code"] == "unrecognised_line", "raw"])


def test_the_text_of_a_merged_cell_is_of_each_project(tmp_path: Path) -> None:
    found = facts(tmp_path / "taulukko.xlsx", ROWS, "B2:B3")
    assert found == [WHOLE[0], ("Taidot, työ ja me", "Mallilan kaupunki", 389784.0), WHOLE[2]]


def test_a_sum_in_a_merged_cell_is_of_no_project(tmp_path: Path) -> None:
    found = facts(tmp_path / "taulukko.xlsx", ROWS, "C2:C3")
    assert [row[2] for row in found] == [None, None, 251051.0]
    told = esrdata.read(tmp_path / "taulukko.xlsx").issues
    assert told["code"].tolist().count("value_unreadable") == 2
