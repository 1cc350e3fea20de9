"""Drafts that are PDFs: tables by their rules, also over two pages, and what is read badly."""

from pathlib import Path

import attacks

from esrdata.proofing.draft import read
from esrdata.proofing.findings import Finding
from esrdata.proofing.number import Number
from esrdata.proofing.places import CELL, Gathering, Place
from esrdata.proofing.prints import Open, careful
from esrdata.proofing.words import summary

COLUMNS, HIGH = (60, 200, 300, 400), 40


def page(rows: list[list[str]], *above: str) -> bytes:
    """A page of lines and a table with rules; a cell's lines are apart by slashes."""
    out = [f"BT /F1 10 Tf 60 {760 - 14 * n} Td ({line}) Tj ET" for n, line in enumerate(above)]
    top = 700
    for n in range(len(rows) + 1):
        out.append(f"60 {top - n * HIGH} m 400 {top - n * HIGH} l S")
    out += [f"{x} {top} m {x} {top - len(rows) * HIGH} l S" for x in COLUMNS]
    for n, row in enumerate(rows):
        for x, cell in zip(COLUMNS, row, strict=False):
            for k, line in enumerate(cell.split("/")):
                y = top - n * HIGH - 14 - 12 * k
                out.append(f"BT /F1 10 Tf {x + 4} {y} Td ({line}) Tj ET")
    return "\n".join(out).encode("cp1252")


ROWS = [["Maakunta", "Hankkeita", "Rahoitus"], ["Pohjois-/Karjala", "3", "2 559"],
        ["Uusimaa", "4", "1 468"]]  # fmt: skip


def test_a_ruled_table_has_its_cells_whole(tmp_path: Path) -> None:
    path = tmp_path / "draft.pdf"
    path.write_bytes(attacks.pdf(1, page(ROWS, "Taulukko 1. Hankkeet", "ja rahoitus")))
    (one,) = read(path).grids.values()
    assert (one.rows, one.columns) == (3, 3)
    assert one.text(1, 0) == "Pohjois-Karjala"
    assert [one.text(2, n) for n in range(3)] == ["Uusimaa", "4", "1 468"]
    assert one.caption == "Taulukko 1. Hankkeet ja rahoitus"


def test_raised_numbers_of_notes_are_no_numbers(tmp_path: Path) -> None:
    def at(x: float, y: float, size: int, text: str) -> str:
        return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET"

    path = tmp_path / "draft.pdf"
    lines = (
        at(60, 760, 10, "Julkinen rahoitus oli 1,2 milj. euroa"), at(213.5, 764, 6, "3"),
        at(219, 760, 10, "ja hankkeita oli yhteensa 24"), at(342, 764, 6, "2"),
        at(60, 746, 10, "kaikilla alueilla vuonna 2016."),
    )  # fmt: skip
    path.write_bytes(attacks.pdf(1, "\n".join(lines).encode("cp1252")))
    assert [place.text for place in read(path, "fi").places] == [
        "Julkinen rahoitus oli 1,2 milj. euroa ja hankkeita oli yhteensa 24 kaikilla alueilla "
        "vuonna 2016."
    ]


def test_a_table_goes_on_on_the_next_page() -> None:
    gathered, table = Gathering(), Open(1, ROWS[0])
    table.put(ROWS, gathered, 1)
    assert table.goes_on(ROWS, ["Selvitys", "", "12"])
    assert not table.goes_on(ROWS, ["Taulukko 2. Muuta"])
    assert not table.goes_on([["a", "b"]], [])
    table.put([ROWS[0], ["Lappi", "1", "9"]], gathered, 2)
    # The heading that is repeated is no row.
    assert [(cell.row, cell.text, cell.page) for cell in gathered.places if not cell.column] == [
        (0, "Maakunta", 1), (1, "Pohjois-/Karjala", 1), (2, "Uusimaa", 1), (3, "Lappi", 2),
    ]  # fmt: skip


def test_numbers_of_a_table_that_is_read_badly_are_called_that() -> None:
    number = Number(0, 1, "7", 7.0)
    found = [Finding(Place(n, CELL, "7", 1, n, 1), number, verdict)
             for n, verdict in enumerate(("not_derivable", "contradicted", "equal"))]  # fmt: skip
    kept = list(careful(found))
    assert [(one.verdict, one.reason) for one in kept] == [
        ("ambiguous", "torn"), ("ambiguous", "torn"), ("equal", ""),
    ]  # fmt: skip
    counts = {"equal": 1, "rounded": 0, "contradicted": 0, "ambiguous": 2, "not_derivable": 0,
              "out_of_scope": 0}  # fmt: skip
    assert "2" in summary(counts, 2, "en").rpartition(". ")[2].partition("stand in tables")[0]
    assert "PDF" not in summary(counts, 0, "en")
    one = counts | {"ambiguous": 1, "out_of_scope": 1}
    assert summary(one, 0, "en") == (
        "Of the draft's 2 numbers 1 is right, 0 contradict the sources, 1 is unclear and 0 cannot "
        "be derived from the sources; 1 year, numbering or reference was not checked."
    )
    assert "1 on epäselvä ja 0 on sellaisia, joita" in summary(one, 0, "fi")
    assert summary(dict.fromkeys(counts, 0), 0, "sv") == "Utkastet har inga siffror."
