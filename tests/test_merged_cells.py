"""Cells of lists on pages and in documents that reach over several rows or columns."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.table import Table

from esrdata.documents.open import NotOpened, open_document
from esrdata.reading.lists.read import ListRead, read_list
from esrdata.reading.record import Finding, Record
from tests.list_grid import FIELDS, GRANTED, HEADINGS, NAME, PAID, ROWS, SPENT, VALUES, WHO

# A cell: its text, over how many rows, over how many columns; None where another one reaches.
Cell = tuple[str, int, int] | None
_STAGES = ["Myönnetty", "Toteutunut", "Suunniteltu", "Toteutunut"]
_TWO = [
    *[(text, 2, 1) for text in HEADINGS[:GRANTED]],
    ("EU- ja valtion rahoitus", 1, 2), None, ("Julkinen rahoitus yhteensä", 1, 2), None,
]  # fmt: skip
_FINER = [*[None] * GRANTED, *[(text, 1, 1) for text in _STAGES]]


def plain(texts: list[str]) -> list[Cell]:
    return [(text, 1, 1) for text in texts]


def html(rows: list[list[Cell]]) -> bytes:
    lines = [
        "".join(f'<td rowspan="{c[1]}" colspan={c[2]}>{c[0]}</td>' for c in row if c is not None)
        for row in rows
    ]
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<html><meta charset=utf-8><body><table>{table}</table></body></html>".encode()


def word(rows: list[list[Cell]]) -> bytes:
    book, made = docx.Document(), io.BytesIO()
    table: Table = book.add_table(len(rows), len(rows[0]))
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell is not None:
                table.cell(i, j).text = cell[0]
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell is not None and (cell[1], cell[2]) != (1, 1):
                table.cell(i, j).merge(table.cell(i + cell[1] - 1, j + cell[2] - 1))
    book.save(made)
    return made.getvalue()


_ODT = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
 <table:table>{}</table:table></office:text></office:body></office:document-content>"""


def odt(rows: list[list[Cell]]) -> bytes:
    lines = ""
    for row in rows:
        lines += "<table:table-row>"
        for cell in row:
            if cell is None:
                lines += "<table:covered-table-cell/>"
            else:
                of = f'table:number-rows-spanned="{cell[1]}"'
                of += f' table:number-columns-spanned="{cell[2]}"'
                lines += f"<table:table-cell {of}><text:p>{cell[0]}</text:p></table:table-cell>"
        lines += "</table:table-row>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", _ODT.format(lines))
    return made.getvalue()


def rtf(rows: list[list[Cell]]) -> bytes:
    """Rows in which a cell may reach over the one below, as Word writes them."""
    lines = []
    for row in rows:
        told = ("\\clvmrg" if cell is None else "\\clvmgf" * (cell[1] > 1) for cell in row)
        edges = "".join(f"{each}\\cellx{1000 * i + 1000}" for i, each in enumerate(told))
        texts = ("" if cell is None else cell[0] for cell in row)
        cells = "".join(
            "".join(c if c < "\x80" else f"\\u{ord(c)}?" for c in text) + "\\cell "
            for text in texts
        )
        lines.append(f"\\trowd{edges}\\pard\\intbl {cells}\\trowd{edges}\\row\n")
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0 {''.join(lines)}\\pard}}".encode("ascii")


Maker = Callable[[list[list[Cell]]], bytes]
in_all = pytest.mark.parametrize("make", [html, word, odt])


def read(path: Path, data: bytes) -> ListRead:
    path.write_bytes(data)
    document = open_document(str(path))
    assert not isinstance(document, NotOpened)
    found = read_list(document)
    assert found is not None
    return found


def contents(record: Record) -> list[object]:
    return [record.content(name) for name in FIELDS]


def told(findings: list[Finding]) -> list[tuple[str, str | None, str | None]]:
    return [(finding.code, finding.field, finding.raw) for finding in findings]


@in_all
def test_headings_over_two_rows_keep_their_columns(make: Maker, tmp_path: Path) -> None:
    rows = [_TWO, _FINER, *map(plain, ROWS)]
    found = read(tmp_path / "lista", make(rows))
    assert found.findings == []
    assert [contents(record) for record in found.records] == VALUES


@pytest.mark.parametrize("make", [html, word, odt, rtf])
def test_the_text_of_a_cell_over_two_rows_is_of_both(make: Maker, tmp_path: Path) -> None:
    rows = [plain(HEADINGS), *map(plain, ROWS)]
    rows[1][WHO], rows[2][WHO] = ("Mallilan kaupunki", 2, 1), None
    found = read(tmp_path / "lista", make(rows))
    assert found.findings == []
    assert contents(found.records[0]) == VALUES[0]
    assert contents(found.records[1]) == [
        *VALUES[1][:WHO],
        "Mallilan kaupunki",
        *VALUES[1][WHO + 1 :],
    ]
    assert contents(found.records[2]) == VALUES[2]
    first, second = (record.values["projects.applicant"] for record in found.records[:2])
    assert first.raw == second.raw == "Mallilan kaupunki"
    assert first.span == second.span


@pytest.mark.parametrize("make", [html, word, odt, rtf])
def test_a_sum_over_two_rows_is_of_neither(make: Maker, tmp_path: Path) -> None:
    rows = [plain(HEADINGS), *map(plain, ROWS)]
    rows[1][SPENT], rows[2][SPENT] = ("184149", 2, 1), None
    found = read(tmp_path / "lista", make(rows))
    for record, values in zip(found.records[:2], VALUES, strict=False):
        assert contents(record) == [*values[:SPENT], None]
        assert told(record.findings) == [("list_cell_merged", FIELDS[SPENT], "184149")]
    assert contents(found.records[2]) == VALUES[2]


@in_all
def test_a_sum_over_two_columns_is_in_neither(make: Maker, tmp_path: Path) -> None:
    rows = [plain(HEADINGS), *map(plain, ROWS)]
    rows[2][GRANTED], rows[2][PAID] = ("194413", 1, 2), None
    found = read(tmp_path / "lista", make(rows))
    assert [contents(record) for record in found.records] == [
        VALUES[0],
        [*VALUES[1][:GRANTED], None, None, *VALUES[1][PAID + 1 :]],
        VALUES[2],
    ]
    assert told(found.records[1].findings) == [
        ("list_cell_merged", FIELDS[GRANTED], "194413"),
        ("list_cell_merged", FIELDS[PAID], "194413"),
    ]


@in_all
def test_a_row_may_begin_with_its_number_and_end_with_nothing(make: Maker, tmp_path: Path) -> None:
    rows = [plain(["", *HEADINGS])]
    rows += [plain([str(i), *row]) for i, row in enumerate(ROWS)]
    rows[2][SPENT + 1] = ("", 1, 1)
    found = read(tmp_path / "lista", make(rows))
    assert found.findings == []
    assert [contents(record) for record in found.records] == [
        VALUES[0],
        [*VALUES[1][:SPENT], None],
        VALUES[2],
    ]


def test_a_row_of_a_page_without_its_code_is_told(tmp_path: Path) -> None:
    rows = [plain(HEADINGS), *map(plain, ROWS)]
    rows[2][0] = ("", 1, 1)
    found = read(tmp_path / "lista", html(rows))
    assert [record.code for record in found.records] == ["S90001", "A90003"]
    assert [finding.code for finding in found.findings] == ["list_row_unreadable"]


def test_a_data_frame_that_pandas_wrote_as_a_page_is_a_list(tmp_path: Path) -> None:
    # Its index stands in a row of headings of its own.
    headings = [plain(["", *HEADINGS[1:]]), plain([HEADINGS[0], *[""] * SPENT])]
    found = read(tmp_path / "lista", html([*headings, *map(plain, ROWS)]))
    assert found.findings == []
    assert [contents(record) for record in found.records] == VALUES


def test_a_cell_of_several_lines_beside_one_over_two_rows_is_one_cell(tmp_path: Path) -> None:
    rows = [plain(HEADINGS), *map(plain, ROWS)]
    rows[1][NAME] = ("<p>Kylän</p><p>uusi aamu</p>", 1, 1)
    rows[1][WHO], rows[2][WHO] = ("Mallilan<br>kaupunki", 2, 1), None
    found = read(tmp_path / "lista", html(rows))
    assert contents(found.records[0]) == VALUES[0]
    assert found.records[1].content("projects.applicant") == "Mallilan kaupunki"


def test_spans_that_claim_too_much_cost_nothing(tmp_path: Path) -> None:
    rows = [plain(HEADINGS), *map(plain, ROWS)]
    rows[3][SPENT] = ("0", 999, 999)
    found = read(tmp_path / "lista", html(rows))
    assert [contents(record) for record in found.records] == VALUES


@pytest.mark.parametrize("paragraphs", [True, False])
def test_a_cell_of_two_lines_in_a_report_is_one_cell(paragraphs: bool, tmp_path: Path) -> None:
    """A short list among much prose: the row had broken off at the end of the line."""
    book, made = docx.Document(), io.BytesIO()
    for i in range(12):
        book.add_paragraph(f"Kappaleessa {i} kerrotaan hankkeista ja niiden rahoituksesta.")
    table = book.add_table(0, len(HEADINGS))
    rows = [[*HEADINGS], *([*row] for row in ROWS)]
    rows[0][PAID] = rows[0][PAID].replace(" ja", "\nja")
    rows[1][NAME], rows[1][WHO] = "Kylän\nuusi aamu", "Mallilan\nkaupunki"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            first, *others = text.split("\n") if paragraphs else [text]
            cell.text = first
            for other in others:
                cell.add_paragraph(other)
    book.save(made)
    found = read(tmp_path / "raportti.docx", made.getvalue())
    assert [contents(record) for record in found.records] == VALUES
    assert [finding.code for finding in found.findings] == ["list_line_outside"]


def test_rows_that_end_with_empty_cells_are_read_where_prose_follows(tmp_path: Path) -> None:
    """They had lost those cells, and with them all others."""
    book, made = docx.Document(), io.BytesIO()
    table = book.add_table(0, len(HEADINGS))
    for row in [HEADINGS, *([*row[:-2], "", ""] for row in ROWS)]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in ("Tl = toimintalinja", "Tulostettu 3.2.2020", "Lähde: EURA", "Sivu 1 / 1"):
        book.add_paragraph(line)
    book.save(made)
    found = read(tmp_path / "raportti.docx", made.getvalue())
    assert [contents(record) for record in found.records] == [[*v[:-2], None, None] for v in VALUES]


def test_a_note_beside_a_cell_is_none_of_it(tmp_path: Path) -> None:
    """LibreOffice writes notes so, and hides them by its style sheet: a name had begun with one."""
    page = html([plain(HEADINGS), *map(plain, ROWS)]).decode()
    noted = page.replace("Kylän uusi", "<comment>Tarkista 99 999 euroa</comment>Kylän uusi")
    found = read(tmp_path / "lista.html", noted.encode())
    assert [contents(record) for record in found.records] == VALUES
