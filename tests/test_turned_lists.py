"""Lists that lie on their side: a line for each column, a cell for each project."""

from pathlib import Path

import openpyxl
import pytest

import esrdata
from tests.list_grid import FIELDS, HEADINGS, NAME, ROWS, SPENT, VALUES
from tests.test_merged_cells import html, plain

SIDES = [list(column) for column in zip(HEADINGS, *ROWS, strict=True)]


def book(path: Path, *sheets: list[list[str]]) -> esrdata.Portfolio:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for rows in sheets:
        page = made.create_sheet()
        for row in rows:
            page.append(row)
    made.save(path)
    return esrdata.read(path)


def facts(portfolio: esrdata.Portfolio) -> dict[str, list[object]]:
    """What was read of each project, in the order of a row."""
    found = {}
    for code in portfolio.projects["project_code"]:
        rows = portfolio.provenance[portfolio.provenance["project_code"] == code]
        raw = rows.set_index("field")["raw"]
        found[code] = [raw[name] for name in FIELDS]
    return found


def test_a_list_on_its_side_is_read(tmp_path: Path) -> None:
    portfolio = book(tmp_path / "lista.xlsx", [["Hankkeet"], [], *SIDES, ["Lähde: EURA"]])
    assert facts(portfolio) == {row[0]: row for row in ROWS}
    money = portfolio.funding.set_index(["project_code", "measure", "stage"])["amount_eur"]
    assert money["S90002", "public_total", "realised"] == VALUES[1][SPENT]
    outside = portfolio.issues[portfolio.issues["code"] == "list_line_outside"]
    assert sorted(outside["raw"]) == ["Hankkeet", "Lähde: EURA"]
    assert (portfolio.files["lines"] == portfolio.files["lines_accounted"]).all()


def test_every_value_stands_where_it_says(tmp_path: Path) -> None:
    portfolio = book(tmp_path / "lista.xlsx", [["Hankkeet"], [], *SIDES])
    where = portfolio.provenance.set_index(["project_code", "field"])
    name = where.loc[("S90002", FIELDS[NAME])]
    # The title stands on line 1, and names on the third line of the list.
    assert (name["raw"], name["page"], name["line"]) == ("Taidot, työ ja me", 1, 5)


def test_a_card_of_one_project_on_each_sheet(tmp_path: Path) -> None:
    cards = [[[row[0], row[at]] for row in SIDES] for at in (1, 3)]
    portfolio = book(tmp_path / "kortit.xlsx", [["Kansi"]], *cards)
    assert facts(portfolio) == {row[0]: row for row in (ROWS[0], ROWS[2])}
    assert (portfolio.files["lines"] == portfolio.files["lines_accounted"]).all()
    where = portfolio.provenance.set_index(["project_code", "field"])
    assert where.loc[("A90003", FIELDS[NAME]), ["page", "line"]].tolist() == [3, 3]


@pytest.mark.parametrize("divider", [";", "\t"])
def test_a_text_of_cells_on_its_side(divider: str, tmp_path: Path) -> None:
    text = "".join(f"{divider.join(row)}\n" for row in SIDES)
    (tmp_path / "lista.csv").write_text(text, encoding="utf-8")
    portfolio = esrdata.read(tmp_path / "lista.csv")
    assert facts(portfolio) == {row[0]: row for row in ROWS}
    where = portfolio.provenance.dropna(subset=["raw"])
    assert [text[a:b] for a, b in zip(where["start"], where["end"], strict=True)] == [*where["raw"]]


def test_a_page_whose_table_lies_on_its_side(tmp_path: Path) -> None:
    (tmp_path / "lista.html").write_bytes(html([plain(row) for row in SIDES]))
    portfolio = esrdata.read(tmp_path / "lista.html")
    assert facts(portfolio) == {row[0]: row for row in ROWS}


@pytest.mark.parametrize(
    "rows",
    [
        # A column that every list has is not there; no codes stand in theirs; one is there twice.
        [row for row in SIDES if row[0] != "Hankkeen nimi"],
        [["Koodi", "1", "2", "3"], *SIDES[1:]],
        [*SIDES, ["Koodi", "S90001", "S90002", "A90003"]],
    ],
)
def test_what_is_no_list_on_its_side_is_not_read_as_one(
    rows: list[list[str]], tmp_path: Path
) -> None:
    portfolio = book(tmp_path / "lista.xlsx", rows)
    assert "list" not in portfolio.files["form"].fillna("").tolist()
