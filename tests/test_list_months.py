"""Days of a workbook of which only the month or the year is shown."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt

from esrdata.documents.office.number_formats import shows_day
from tests.list_grid import END, FIELDS, HEADINGS, ROWS, START, VALUES
from tests.test_list_beside import _ODS
from tests.test_merged_cells import contents, read, told

DAY, MONTH = dt.date(2015, 3, 17), dt.date(2016, 6, 1)


def excel(code: str) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in [HEADINGS, *ROWS]:
        sheet.append(row)
    for row, day in ((2, DAY), (3, MONTH)):
        sheet.cell(row, START + 1).value = day
        sheet.cell(row, START + 1).number_format = code
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def old(code: str) -> bytes:
    made = xlwt.Workbook()
    sheet = made.add_sheet("Lista")
    days = {(1, START): DAY, (2, START): MONTH}
    for i, row in enumerate([HEADINGS, *ROWS]):
        for j, cell in enumerate(row):
            style = xlwt.easyxf(num_format_str=code if (i, j) in days else "General")
            sheet.write(i, j, days.get((i, j), cell), style)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def of_2003(code: str) -> bytes:
    rows = []
    for i, row in enumerate([HEADINGS, *ROWS]):
        cells = [f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row]
        if i in (1, 2):
            day = (DAY, MONTH)[i - 1].isoformat()
            data = f'<Data ss:Type="DateTime">{day}T00:00:00.000</Data>'
            cells[START] = f'<Cell ss:StyleID="s1">{data}</Cell>'
        rows.append(f"<Row>{''.join(cells)}</Row>")
    style = (
        f'<Style ss:ID="s1"><NumberFormat ss:Format="{code.replace(chr(34), "&quot;")}"/></Style>'
    )
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>{style}</Styles>'
        f'<Worksheet ss:Name="Lista"><Table>{"".join(rows)}</Table></Worksheet></Workbook>'
    ).encode()


@pytest.mark.parametrize("make", [excel, old, of_2003])
@pytest.mark.parametrize(
    ("code", "is_shown"),
    [
        ("mmm\\.yy", False),
        ("mmm-yy", False),
        ("mm/yyyy", False),
        ("yyyy", False),
        ("[$-40B]mmmm\\ yyyy;@", False),
        ("d.m.yyyy", True),
        ("[$-40B]d\\. mmmm\\ yyyy;@", True),
        ("yyyy-mm-dd", True),
    ],
)
def test_the_first_of_a_month_that_is_shown_alone_is_no_day(
    make: Callable[[str], bytes], code: str, is_shown: bool, tmp_path: Path
) -> None:
    """`6/2016` had become the first of June; a day that somebody wrote whole is one."""
    found = read(tmp_path / "lista", make(code))
    want = [list(row) for row in VALUES]
    want[0][START], want[1][START] = DAY, MONTH if is_shown else None
    assert [contents(record) for record in found.records] == want
    findings = told(found.records[1].findings)
    assert findings == ([] if is_shown else [("value_unreadable", FIELDS[START], "6/2016")])


@pytest.mark.parametrize(
    ("text", "day", "is_shown"),
    [
        ("kesä 16", MONTH, False),
        ("06/2016", MONTH, False),
        ("2016-06", MONTH, False),
        ("2016", MONTH, False),
        ("kesäkuu 2016", MONTH, False),
        ("1.6.2016", MONTH, True),
        ("01.06.16", MONTH, True),
        ("1. kesäkuuta 2016", MONTH, True),
        ("1.6.", MONTH, True),
        ("maalis 15", DAY, True),
    ],
)
def test_a_day_is_shown_where_its_number_is(
    text: str, day: dt.date, is_shown: bool, tmp_path: Path
) -> None:
    assert shows_day(text, day) is is_shown
    cells = [[f"<text:p>{cell}</text:p>" for cell in row] for row in [HEADINGS, ROWS[0]]]
    rows = [[f"<table:table-cell>{cell}</table:table-cell>" for cell in row] for row in cells]
    rows[1][END] = (
        f'<table:table-cell office:value-type="date" office:date-value="{day}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )
    lines = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    whole = (
        f'<?xml version="1.0"?><office:document {_ODS} '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>'
        f'<office:spreadsheet><table:table table:name="Lista">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document>"
    )
    found = read(tmp_path / "lista.fods", whole.encode())
    want = [*VALUES[0][:END], day if is_shown else None, *VALUES[0][END + 1 :]]
    assert [contents(record) for record in found.records] == [want]
