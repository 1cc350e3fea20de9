"""One page of a list of several, as people save it: told, since the others are not there."""

import json
from pathlib import Path

import pytest

import esrdata
from tests.list_grid import HEADINGS, ROWS, page
from tests.test_list_habits import lines
from tests.test_merged_cells import read, told


def parts(findings: list[tuple[str, str | None, str | None]]) -> list[str | None]:
    return [raw for code, _, raw in findings if code == "list_part"]


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("Näytetään rivit 1 - 3 (yhteensä 19 940)", "1 - 3 (yhteensä 19 940"),
        ("Rivit 1–3 / 345", "1–3 / 345"),
        ("Visar 1 till 3 av totalt 345 rader", "1 till 3 av totalt 345"),
        ("Showing 1 to 3 of 1,345 entries", "1 to 3 of 1,345"),
        ("Showing 4 to 6 of 6 entries", "4 to 6 of 6"),
        ("Showing 1 to 3 of 3 entries", None),
        ("Showing 1 to 10 of 345 entries", None),
        ("Ohjelmakaudet 2014-2020 / 2021-2027", None),
        ("Tilanne 1.3.2016", None),
    ],
)
def test_a_line_tells_that_the_file_has_some_of_the_rows(
    line: str, raw: str | None, tmp_path: Path
) -> None:
    for name, data in (
        ("lista.csv", lines(ROWS) + f"{line}\n".encode()),
        ("lista.html", page(HEADINGS, ROWS).replace(b"</table>", f"</table><p>{line}".encode())),
    ):
        found = read(tmp_path / name, data)
        assert len(found.records) == 3
        assert parts(told(found.findings)) == ([raw] if raw else [])


def test_rows_that_were_not_read_are_rows(tmp_path: Path) -> None:
    rows = [ROWS[0], ["S90002 ja S90009", *ROWS[1][1:]], ROWS[2]]
    found = read(tmp_path / "lista.csv", lines(rows) + b"Showing 1 to 3 of 345 entries\n")
    assert parts(told(found.findings)) == ["1 to 3 of 345"]


OBJECTS = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]


@pytest.mark.parametrize(
    ("whole", "raw"),
    [
        ({"success": True, "result": {"records": OBJECTS, "total": 19940}}, '"total": 19940'),
        ({"success": True, "result": {"records": OBJECTS, "total": 3}}, None),
        ({"recordsTotal": "4", "data": OBJECTS}, '"recordsTotal": "4"'),
        (
            {"value": OBJECTS, "@odata.nextLink": "https://example.org/?$skip=3"},
            '"@odata.nextLink": "https://example.org/?$skip=3"',
        ),
        ({"d": {"results": OBJECTS, "__next": None}}, None),
        (OBJECTS, None),
        # What a row has beside others is no count of rows.
        ([{**row, "total": 5, "offset": "x"} for row in OBJECTS], None),
    ],
)
def test_what_a_service_sends_with_its_rows_tells_how_many_there_are(
    whole: object, raw: str | None, tmp_path: Path
) -> None:
    found = read(tmp_path / "lista.json", json.dumps(whole, ensure_ascii=False).encode())
    assert len(found.records) == 3
    assert parts(told(found.findings)) == ([raw] if raw else [])


def test_the_sentence_names_the_file_and_what_says_so(tmp_path: Path) -> None:
    (tmp_path / "lista.csv").write_bytes(lines(ROWS) + "Rivit 1–3 / 345\n".encode())
    issues = esrdata.read(tmp_path / "lista.csv").issues
    told_part = issues[issues["code"] == "list_part"]
    assert told_part["severity"].tolist() == ["warning"]
    assert told_part["message"].str.contains("1–3 / 345").all()
