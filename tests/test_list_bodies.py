"""Cells that should name one organisation, and JSON whose rows are named by their codes."""

import json
from pathlib import Path

import pytest

import esrdata
from tests.list_grid import HEADINGS, NAME, ROWS, VALUES, WHO
from tests.test_list_sheets import book
from tests.test_merged_cells import contents, read, told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Two organisations, the second of which may be a partner.
        ("Mallilan kaupunki\nMalli Energia Oy", None),
        ("Malliopisto sr\nOsaajat ry", None),
        ("Mallilan kaupunki; Malli Oy", None),
        ("Mallilan kaupunki;\nMallilan yliopisto", None),
        # A name that goes on, a unit of it, and a sign within.
        ("Mallilan\nKoulutuskuntayhtymä", "Mallilan Koulutuskuntayhtymä"),
        (
            "Hämeen elinkeino-, liikenne-\nja ympäristökeskus",
            "Hämeen elinkeino-, liikenne- ja ympäristökeskus",
        ),
        ("Mallilan yliopisto;\nKasvatustieteet", "Mallilan yliopisto; Kasvatustieteet"),
        ("Malli\nEnergia Oy", "Malli Energia Oy"),
    ],
)
def test_two_organisations_in_a_cell_are_not_one_name(
    text: str, name: str | None, tmp_path: Path
) -> None:
    rows = [[*ROWS[0][:WHO], text, *ROWS[0][WHO + 1 :]], *ROWS[1:]]
    path = tmp_path / "lista.xlsx"
    found = read(path, book(path, {"Lista": [HEADINGS, *rows]}))
    want = [[*VALUES[0][:WHO], name, *VALUES[0][WHO + 1 :]], *VALUES[1:]]
    assert [contents(record) for record in found.records] == want
    codes = [code for code, *_ in told(found.records[0].findings)]
    assert codes == ([] if name else ["value_ambiguous"])


@pytest.mark.parametrize(
    ("text", "several"),
    [
        # A part without a word of a body, a partner by its word, and two bodies beside each other.
        ("Mallilan kaupunki\nAvitus", True),
        ("Avitus; Malli Oy", True),
        ("Avitus (päätoteuttaja), Malli (osatoteuttaja)", True),
        ("Mallilan kaupunki ja Malli Oy", True),
        ("Hämeen elinkeino-, liikenne- ja ympäristökeskus", False),
        ("Malli & Toinen Oy", False),
        ("Mallilan kaupunki, sivistystoimi", False),
    ],
)
def test_a_name_that_may_be_several_is_read_and_told(
    text: str, several: bool, tmp_path: Path
) -> None:
    rows = [[*ROWS[0][:WHO], text, *ROWS[0][WHO + 1 :]], *ROWS[1:]]
    path = tmp_path / "lista.xlsx"
    found = read(path, book(path, {"Lista": [HEADINGS, *rows]}))
    assert contents(found.records[0])[WHO] == " ".join(text.split())
    raws = [finding.raw for finding in found.findings if finding.code == "list_name_several"]
    assert raws == ([" ".join(text.split())] if several else [])


@pytest.mark.parametrize("at", [NAME, WHO])
def test_a_value_of_another_list_of_sharepoint_is_not_read(at: int, tmp_path: Path) -> None:
    rows = [[*ROWS[0][:at], f"7;#{ROWS[0][at]}", *ROWS[0][at + 1 :]], *ROWS[1:]]
    path = tmp_path / "lista.xlsx"
    found = read(path, book(path, {"Lista": [HEADINGS, *rows]}))
    assert contents(found.records[0])[at] is None
    assert [code for code, *_ in told(found.records[0].findings)] == ["list_text_doubtful"]


def test_rows_of_json_named_by_their_codes_are_told(tmp_path: Path) -> None:
    """They had been the web page of one project, called *Tl*."""
    rows = {row[0]: dict(zip(HEADINGS[1:], row[1:], strict=True)) for row in ROWS}
    (tmp_path / "lista.json").write_text(json.dumps(rows), encoding="utf-8")
    portfolio = esrdata.read(tmp_path / "lista.json")
    assert portfolio.projects.empty
    assert portfolio.issues["code"].tolist() == ["list_headings_unknown"]
    assert portfolio.issues["raw"][0].startswith("key, Rahasto, Hankkeen nimi")


def test_numbers_that_name_rows_of_json_are_no_column(tmp_path: Path) -> None:
    rows = {str(i): dict(zip(HEADINGS, row, strict=True)) for i, row in enumerate(ROWS)}
    found = read(tmp_path / "lista.json", json.dumps(rows).encode())
    assert [contents(record) for record in found.records] == VALUES
    assert found.findings == []
