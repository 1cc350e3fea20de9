"""Spreadsheets written as plain XML: of Excel 2003, and flat OpenDocument."""

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import esrdata
from esrdata.documents.open import NotOpened, open_document
from tests.list_grid import CODE, GRANTED, HEADINGS, NAME, PAID, ROWS, SPENT, START, VALUES, WHO
from tests.test_merged_cells import contents, read

_EXCEL = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
<Styles><Style ss:ID="share"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="code"><NumberFormat ss:Format="&quot;S&quot;00000"/></Style>
<Style ss:ID="out"><Font ss:StrikeThrough="1"/></Style></Styles>
{}</Workbook>"""


def cell(text: str, of: str = "", kind: str = "String") -> str:
    return f'<Cell {of}><Data ss:Type="{kind}">{text}</Data></Cell>'


def row(cells: dict[int, str], texts: list[str], of: str = "") -> str:
    """A row whose cells are texts but for some; an empty text is a cell left out."""
    made = [cell(escape(text)) if text else "" for text in texts]
    for at, other in cells.items():
        made[at] = other
    for at in range(1, len(made)):
        if not made[at - 1] and made[at]:
            made[at] = made[at].replace("<Cell", f'<Cell ss:Index="{at + 1}"')
    return f"<Row {of}>{''.join(made)}</Row>"


def sheet(rows: str, name: str = "Lista", visible: str = "") -> str:
    options = f"<x:WorksheetOptions><x:Visible>{visible}</x:Visible></x:WorksheetOptions>"
    return (
        f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>{options if visible else ""}</Worksheet>'
    )


def written(path: Path, *sheets: str) -> Path:
    path.write_text(_EXCEL.format("".join(sheets)), encoding="utf-8")
    return path


def test_a_spreadsheet_of_excel_2003_is_a_list(tmp_path: Path) -> None:
    first = row(
        {
            CODE: cell("90001", 'ss:StyleID="code"', "Number"),
            START: cell("2015-03-01T00:00:00.000", "", "DateTime"),
            GRANTED: cell("46434", "", "Number"),
            PAID: cell("3.972050000000E4", "", "Number"),
        },
        ROWS[0],
    )
    rows = row({}, HEADINGS, 'ss:Index="3"') + first + "".join(row({}, r) for r in ROWS[1:])
    path = written(tmp_path / "lista.xls", sheet(row({}, ["Hankkeet"])), sheet(rows, "2"))
    found = read(path, path.read_bytes())
    assert [contents(record) for record in found.records] == VALUES
    where = found.records[1].values["projects.name"].span
    assert where is not None
    assert (where.page, where.line) == (2, 5)
    assert esrdata.read(path).files["format"].tolist() == ["xls"]


def test_formats_merges_and_lines_through_are_read_as_in_other_workbooks(tmp_path: Path) -> None:
    who = cell("Mallilan kaupunki", 'ss:MergeDown="1"')
    share = cell("0.85", 'ss:StyleID="share"', "Number")
    bold = "<html:B>Kylän</html:B> uusi aamu"
    former = "<html:S>100</html:S>251051"
    rows = row({}, HEADINGS)
    rows += row({WHO: who, PAID: share, NAME: cell(bold)}, ROWS[0])
    rows += row({WHO: ""}, ROWS[1], 'ss:Hidden="1"')
    rows += row({SPENT - 1: cell(former)}, ROWS[2])
    rows += row({CODE: cell("S90004", 'ss:StyleID="out"')}, ROWS[0])
    path = written(tmp_path / "lista.xml", sheet(rows))
    found = read(path, path.read_bytes())
    first = [*VALUES[0][:PAID], None, *VALUES[0][PAID + 1 :]]
    second = [*VALUES[1][:WHO], "Mallilan kaupunki", *VALUES[1][WHO + 1 :]]
    third = [*VALUES[2][: SPENT - 1], None, VALUES[2][SPENT]]
    assert [contents(record) for record in found.records] == [first, second, third]
    assert [[f.code for f in record.findings] for record in found.records] == [
        ["value_unreadable"], [], ["list_cell_struck"],
    ]  # fmt: skip
    told = [(f.code, f.line) for f in found.findings]
    assert sorted(told) == [("list_row_struck", 5), ("list_rows_hidden", 3)]


def test_cells_and_rows_left_out_are_empty(tmp_path: Path) -> None:
    blank = [*ROWS[1][:WHO], "", "", *ROWS[1][PAID:]]
    rows = row({}, HEADINGS) + row({}, ROWS[0], 'ss:Span="2"') + row({}, blank)
    path = written(tmp_path / "lista.xls", sheet(rows))
    found = read(path, path.read_bytes())
    assert [contents(record) for record in found.records] == [
        VALUES[0],
        [*VALUES[1][:WHO], None, None, *VALUES[1][PAID:]],
    ]
    where = found.records[1].values["projects.name"].span
    assert where is not None
    assert where.line == 5


def test_a_hidden_sheet_is_left_alone(tmp_path: Path) -> None:
    old = row({}, HEADINGS) + row({}, ["S90009", *ROWS[0][1:]])
    new = row({}, HEADINGS) + row({}, ROWS[0])
    path = written(tmp_path / "lista.xls", sheet(old, "Vanha", "SheetHidden"), sheet(new))
    found = read(path, path.read_bytes())
    assert [record.code for record in found.records] == ["S90001"]
    assert [(f.code, f.raw) for f in found.findings] == [("list_sheet_hidden", "Vanha")]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("<Row ", '<Row ss:Index="99999999" ', 1),
        lambda text: text.replace("<Cell ", '<Cell ss:Index="-3" ', 1),
        lambda text: text.replace("<Cell ", '<Cell ss:MergeAcross="x" ', 1),
    ],
)
def test_a_damaged_one_is_told(damage: "object", tmp_path: Path) -> None:
    assert callable(damage)
    text = _EXCEL.format(sheet(row({}, HEADINGS) + row({}, ROWS[0])))
    (tmp_path / "lista.xls").write_text(damage(text), encoding="utf-8")
    met = open_document(str(tmp_path / "lista.xls"))
    assert isinstance(met, NotOpened)
    assert (met.format, met.code) == ("xls", "workbook_broken")


def test_flat_opendocument_is_read_as_the_packed_one(tmp_path: Path) -> None:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
        + "</table:table-row>"
        for texts in [HEADINGS, *ROWS]
    )
    oasis = "urn:oasis:names:tc:opendocument:xmlns:"
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="{oasis}office:1.0" xmlns:table="{oasis}table:1.0"
 xmlns:text="{oasis}text:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet><table:table table:name="Lista">{rows}</table:table>
</office:spreadsheet></office:body></office:document>"""
    found = read(tmp_path / "lista.fods", text.encode())
    assert [contents(record) for record in found.records] == VALUES
