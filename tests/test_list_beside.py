"""What stands beside the cells of a workbook: heads and feet of its pages, notes, boxes of text."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.comments import Comment

from tests.list_grid import CODE, GRANTED, HEADINGS, NAME, PAID, ROWS, SPENT, VALUES
from tests.test_list_units import SUMS, without
from tests.test_merged_cells import contents, read

Maker = Callable[[str], bytes]


def excel(head: str) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in [HEADINGS, *ROWS]:
        sheet.append([cell or None for cell in row])
    sheet.oddHeader.left.text, sheet.oddHeader.left.size = "Hankelista", 12
    sheet.oddFooter.right.text = head
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def called(head: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.set_properties({"title": head, "author": "Testi"})
        sheet = made.add_worksheet()
        for i, cells in enumerate([HEADINGS, *ROWS]):
            sheet.write_row(i, 0, cells)
    return out.getvalue()


def prompted(head: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        for i, cells in enumerate([HEADINGS, *ROWS]):
            sheet.write_row(i, 0, cells)
        sheet.data_validation("J2:M4", {"validate": "any", "input_message": head})
    return out.getvalue()


def old(head: str) -> bytes:
    made = xlwt.Workbook()
    sheet = made.add_sheet("Lista")
    for i, row in enumerate([HEADINGS, *ROWS]):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    # Its setter takes ASCII alone.
    sheet._Worksheet__header_str = f'&L&"Arial,Bold"&12Hankelista&R{head}'
    sheet.footer_str = b"&P / &N"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _xml_rows(cell: Callable[[str], str], row: str) -> str:
    return "".join(f"<{row}>{''.join(map(cell, cells))}</{row}>" for cells in [HEADINGS, *ROWS])


def of_2003(head: str) -> bytes:
    rows = _xml_rows(lambda c: f'<Cell><Data ss:Type="String">{c}</Data></Cell>', "Row")
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><Worksheet ss:Name="Lista"><Table>'
        f'{rows}</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
        f'<PageSetup><Header x:Data="&amp;L&amp;12Hankelista&amp;C{head}"/></PageSetup>'
        "</WorksheetOptions></Worksheet></Workbook>"
    ).encode()


_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def _ods_body(extra: dict[tuple[int, int], str], shapes: str = "") -> str:
    lines = []
    for i, row in enumerate([HEADINGS, *ROWS]):
        cells = (
            f"<table:table-cell>{extra.get((i, j), '')}<text:p>{cell}</text:p></table:table-cell>"
            for j, cell in enumerate(row)
        )
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return (
        '<office:body><office:spreadsheet><table:table table:name="Lista" '
        f'table:style-name="ta1">{shapes}{"".join(lines)}</table:table></office:spreadsheet></office:body>'
    )


def _ods(body: str, head: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr(
            "content.xml",
            f"<office:document-content {_ODS}><office:automatic-styles><style:style "
            'style:name="ta1" style:family="table" style:master-page-name="Oma"/>'
            f"</office:automatic-styles>{body}</office:document-content>",
        )
        packed.writestr(
            "styles.xml",
            f"<office:document-styles {_ODS}><office:master-styles>"
            '<style:master-page style:name="Muu"><style:header><text:p>1 000 kr</text:p>'
            '</style:header></style:master-page><style:master-page style:name="Oma">'
            f"<style:header><text:p>{head}</text:p></style:header>"
            '<style:footer style:display="false"><text:p>1 000 kr</text:p></style:footer>'
            "</style:master-page></office:master-styles></office:document-styles>",
        )
    return out.getvalue()


def free(head: str) -> bytes:
    return _ods(_ods_body({}), head)


@pytest.mark.parametrize("make", [excel, called, prompted, old, of_2003, free])
@pytest.mark.parametrize(
    ("head", "in_euros"),
    [
        ("1 000 €", False),
        ("Luvut tuhansina euroina", False),
        ("Alla belopp i SEK", False),
        ("Euroopan sosiaalirahasto", True),
        ("Luvut euroina", True),
    ],
)
def test_the_head_of_pages_tells_the_unit_of_the_sums(
    make: Maker, head: str, in_euros: bool, tmp_path: Path
) -> None:
    """Sums in thousands had been read as euros."""
    found = read(tmp_path / "lista", make(head))
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize("make", [excel, old, of_2003, free])
def test_the_head_of_pages_tells_the_day_of_the_list(make: Maker, tmp_path: Path) -> None:
    found = read(tmp_path / "lista", make("Tilanne 10.5.2016"))
    assert found.day is not None
    assert (str(found.day.day), found.day.basis) == ("2016-05-10", "document")


def noted_excel(row: int, column: int, text: str) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.append(["Hankelista"])
    for cells in [HEADINGS, *ROWS]:
        sheet.append([cell or None for cell in cells])
    sheet.cell(row + 1, column + 1).comment = Comment(f"Testi:\n{text}", "Testi")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def noted_free(row: int, column: int, text: str) -> bytes:
    note = f"<office:annotation><text:p>{text}</text:p></office:annotation>"
    title = note if row == 0 else ""
    body = _ods_body({(row - 1, column): note}).replace(
        "<table:table-row>",
        f"<table:table-row><table:table-cell>{title}<text:p>Hankelista</text:p>"
        "</table:table-cell></table:table-row><table:table-row>",
        1,
    )
    return _ods(body)


def noted_2003(row: int, column: int, text: str) -> bytes:
    rows = [["Hankelista"], HEADINGS, *ROWS]
    note = f'<Comment ss:Author="Testi"><Data><B>Testi:</B>&#10;{text}</Data></Comment>'
    cells = [[f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in cells] for cells in rows]
    cells[row][column] = cells[row][column].replace("</Cell>", f"{note}</Cell>")
    lines = "".join(f"<Row>{''.join(line)}</Row>" for line in cells)
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Lista">'
        f"<Table>{lines}</Table></Worksheet></Workbook>"
    ).encode()


@pytest.mark.parametrize("make", [noted_excel, noted_free, noted_2003])
@pytest.mark.parametrize(
    ("row", "column", "text", "rows", "columns"),
    [
        # To the title, to the heading of the codes: of all.
        (0, 0, "1 000 €", [0, 1, 2], SUMS),
        (1, CODE, "Summat tuhatta euroa", [0, 1, 2], SUMS),
        # To the heading of sums: of those; to a sum: of that; to a name: of the row.
        (1, PAID, "tuhatta euroa", [0, 1, 2], [PAID]),
        (3, GRANTED, "1000 €", [1], [GRANTED]),
        (3, NAME, "t€", [1], SUMS),
        # Of no unit.
        (1, PAID, "Maksettu vuoden loppuun mennessä", [], []),
        (3, PAID, "Tarkista!", [], []),
    ],
)
def test_a_note_tells_the_unit_of_what_it_was_written_to(
    make: Callable[[int, int, str], bytes],
    row: int,
    column: int,
    text: str,
    rows: list[int],
    columns: list[int],
    tmp_path: Path,
) -> None:
    """Sums in thousands had been read as euros."""
    found = read(tmp_path / "lista", make(row, column, text))
    assert [contents(record) for record in found.records] == without(rows, columns)
    assert [f.line for f in found.findings if f.code == "list_notes"] == [row + 1]


def test_a_note_to_the_heading_of_an_unknown_column_is_of_that_one(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for cells in [[*HEADINGS, "Omarahoitus"], *([*row, "12"] for row in ROWS)]:
        sheet.append([cell or None for cell in cells])
    sheet.cell(1, SPENT + 2).comment = Comment("1 000 €", "")
    made.save(tmp_path / "lista.xlsx")
    found = read(tmp_path / "lista.xlsx", (tmp_path / "lista.xlsx").read_bytes())
    assert [contents(record) for record in found.records] == VALUES


def test_a_note_is_of_its_own_sheet(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for name in ("A", "B"):
        sheet = made.create_sheet(name)
        for cells in [HEADINGS, *ROWS]:
            sheet.append([cell or None for cell in cells])
    made["B"].cell(1, PAID + 1).comment = Comment("1 000 €", "")
    made.save(tmp_path / "lista.xlsx")
    found = read(tmp_path / "lista.xlsx", (tmp_path / "lista.xlsx").read_bytes())
    assert [contents(record) for record in found.records] == [*VALUES, *without([0, 1, 2], [PAID])]


@pytest.mark.parametrize(("added", "in_euros"), [("t€", False), ("SEK", False), ("€", True)])
def test_a_format_on_a_condition_tells_the_unit_of_the_sums(
    added: str, in_euros: bool, tmp_path: Path
) -> None:
    """Sums that the sheet shows as thousands had been read as euros."""
    path = tmp_path / "lista.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        for i, row in enumerate([HEADINGS, *ROWS]):
            sheet.write_row(i, 0, row)
        shown = {"format": made.add_format({"num_format": f'0" {added}"'})}
        sheet.conditional_format("J2:M4", {"type": "no_blanks", **shown})
    found = read(path, path.read_bytes())
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize(("text", "in_euros"), [("Luvut 1 000 €", False), ("Hankkeet", True)])
def test_a_box_of_text_tells_the_unit_of_the_sums(
    text: str, in_euros: bool, tmp_path: Path
) -> None:
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    path = tmp_path / "lista.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        for i, row in enumerate([HEADINGS, *ROWS]):
            sheet.write_row(i, 0, row)
        sheet.insert_textbox("B10", f"Hankelista\n{text}")
    box = f"<draw:frame><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"
    sheets = [
        path.read_bytes(),
        _ods(_ods_body({(2, 3): box})),
        _ods(_ods_body({}, f"<table:shapes>{box}</table:shapes>")),
    ]
    for data in sheets:
        found = read(tmp_path / "lista", data)
        assert [contents(record) for record in found.records] == want


def test_notes_that_are_damaged_cost_no_cell(tmp_path: Path) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(noted_excel(0, 0, "1 000 €"))) as packed,
        zipfile.ZipFile(out, "w") as made,
    ):
        for name in packed.namelist():
            data = packed.read(name)
            made.writestr(name, data[: len(data) // 2] if "comments" in name else data)
    found = read(tmp_path / "lista.xlsx", out.getvalue())
    assert [contents(record) for record in found.records] == VALUES


def _word(head: str, parts: dict[str, str]) -> bytes:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in row)
        + "</w:tr>"
        for row in [HEADINGS, *ROWS]
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(
            "word/document.xml",
            f"<w:document {w}><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>",
        )
        packed.writestr(
            "word/header1.xml", f"<w:hdr {w}><w:p><w:r><w:t>{head}</w:t></w:r></w:p></w:hdr>"
        )
        for name, text in parts.items():
            packed.writestr(name, text)
    return out.getvalue()


def word(head: str) -> bytes:
    """One of its heads is damaged, which costs nothing."""
    return _word(head, {"word/footer1.xml": "<w:ftr"})


def commented(head: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    line = f"<w:p><w:r><w:t>{head}</w:t></w:r></w:p>"
    note = f'<w:comments xmlns:w="{space}"><w:comment w:id="0">{line}</w:comment></w:comments>'
    return _word("", {"word/comments.xml": note})


def text(head: str) -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in [HEADINGS, *ROWS]
    )
    return (
        f'<?xml version="1.0"?><office:document {_ODS} '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:master-styles>'
        f'<style:master-page style:name="Standard"><style:footer><text:p>{head}</text:p>'
        "</style:footer></style:master-page></office:master-styles><office:body><office:text>"
        f"<table:table>{rows}</table:table></office:text></office:body></office:document>"
    ).encode()


def page(head: str) -> bytes:
    rows = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in [HEADINGS, *ROWS])
    return f"<html><body><table>{rows}</table><footer>{head}</footer></body></html>".encode()


def titled(head: str) -> bytes:
    return page("").replace(b"<body>", f"<head><title>{head}</title></head><body>".encode())


def labelled(head: str) -> bytes:
    return page("").replace(b"<table>", f'<table class="a" aria-label="{head}">'.encode())


def noted_page(head: str) -> bytes:
    note = f"Koodi<a class='comment-indicator'></a><comment>{head}</comment></td>"
    return page("").replace(b"Koodi</td>", note.encode())


@pytest.mark.parametrize("make", [word, commented, text, page, titled, labelled, noted_page])
@pytest.mark.parametrize(
    ("head", "in_euros"),
    [
        ("Rahoitus (1 000 €)", False),
        ("Luvut tuhansina euroina", False),
        ("Hankkeet, joille on myönnetty yli 1 000 €", True),
        ("Euroopan sosiaalirahasto", True),
    ],
)
def test_heads_of_texts_and_furniture_of_pages_tell_the_unit_of_the_sums(
    make: Maker, head: str, in_euros: bool, tmp_path: Path
) -> None:
    """Sums in thousands had been read as euros."""
    found = read(tmp_path / "lista", make(head))
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    assert [contents(record) for record in found.records] == want
