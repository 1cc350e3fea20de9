"""Formats, lines through and merges of cells in workbooks: what a person reads is what is read."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

import esrdata
from esrdata.documents.office import xlsx
from esrdata.documents.office.number_formats import number_format, shown
from tests.list_grid import HEADINGS, VALUES


def sheet(path: Path, change: Callable[[Worksheet], None]) -> esrdata.Portfolio:
    """The list of three projects as a workbook, changed as somebody has changed it."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in ([*HEADINGS], *VALUES):
        page.append(row)
    change(page)
    book.save(path)
    return esrdata.read(str(path))


def column(portfolio: esrdata.Portfolio, name: str) -> dict[str, object]:
    rows = portfolio.projects
    found = zip(rows["project_code"], rows[name], strict=True)
    return {code: None if pd.isna(value) else value for code, value in found}


def sums(portfolio: esrdata.Portfolio, measure: str, stage: str) -> dict[str, object]:
    rows = portfolio.funding
    rows = rows[(rows["measure"] == measure) & (rows["stage"] == stage)]
    found = zip(rows["project_code"], rows["amount_eur"], strict=True)
    return {code: None if pd.isna(value) else value for code, value in found}


def told(portfolio: esrdata.Portfolio) -> list[tuple[str, str | None, str | None]]:
    rows = portfolio.issues
    rows = rows[rows["severity"] != "info"]
    cells = zip(rows["code"], rows["project_code"], rows["raw"], strict=True)
    return [tuple(None if pd.isna(c) else c for c in row) for row in cells]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("code", "value", "seen"),
    [
        ("0%", 0.45, "45%"),
        ("0.00%", 0.4567, "45.67%"),
        ("0%", 1, "100%"),
        ('0" SEK"', 7, "7 SEK"),
        ('0.0"t€"', 1.1, "1.1t€"),
        ('#,##0.0\\ "milj. €"', -3.5, "-3.5 milj. €"),
        ("00000", 100, "00100"),
        ("0000000\\-0", 1234567, "0123456-7"),
        ('"S"00000', 90001, "S90001"),
        ('"TL "0', 5, "TL 5"),
        ("[$$-409]#,##0.00", 5.25, "$5.25"),
        ('#,##0 "SEK"', -4200, "-4200 SEK"),
        ('0" "0"/"0', 1.5, "1.5"),
        # What hides a number shows that it is there; a minus that a format sets is one.
        (";;;", 5, "5 ;;;"),
        ('"salattu"', 5, "salattu"),
        ('"-"0', 5, "-5"),
        ('[=0]"-";0', 3, None),
        # What shows thousands of a sum leaves the sum in the cell.
        ('0.0,"t€"', 1100, None),
        ('0.0,,"M€"', 3_000_000, None),
        ("# ##0,00", 1100, None),
        ('#,##0.00\\ "€"', 5.5, None),
        ("[$€-40B]#,##0", 5, None),
        ('_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', 5, None),
        ("[Red]0;[Blue]-0", 3, None),
        ("General", 3, None),
        ("0.00E+00", 3, None),
        ("@", 3, None),
    ],
)
def test_what_a_format_adds_to_a_number(code: str, value: float, seen: str | None) -> None:
    added = number_format(code)
    assert (added.shown(value) if added is not None else None) == seen


@pytest.mark.parametrize(
    ("value", "text", "seen"),
    [
        (0.4567, "46 %", "45.67 %"),
        (1.1, "1,1t€", "1.1t€"),
        (1149.0, "1,1t€", None),
        (0.3, "0.0t€", None),
        (0.3, "0.3t€", "0.3t€"),
        (1234567.8, "1.2 M€", None),
        (100.0, "00100", "00100"),
        (4200.0, "-4 200,00 SEK", "-4200 SEK"),
        (5.25, "$5.25", "$5.25"),
        (4200.4, "4 200 €", None),
        (4200.4, "4.200,40", None),
        (0.0, "-", None),
        (809765.0, "8,10E+05", None),
        (-3.5, "-3,5", None),
    ],
)
def test_what_an_open_document_shows_of_a_number(value: float, text: str, seen: str | None) -> None:
    assert shown(value, text) == seen


def test_a_percentage_and_another_currency_are_no_sums_in_euros(tmp_path: Path) -> None:
    def change(page: Worksheet) -> None:
        page["K2"] = 1
        page["K2"].number_format = "0 %"
        page["K3"].number_format = '#,##0 "SEK"'
        for cell in ("J2", "J3", "J4"):
            page[cell].number_format = '0.0,"t€"'
        page["L2"] = 57.6
        page["L2"].number_format = '0.0" t€"'

    portfolio = sheet(tmp_path / "lista.xlsx", change)
    paid = sums(portfolio, "eu_and_state", "realised")
    assert paid == {"S90001": None, "S90002": None, "A90003": 0.0}
    granted = sums(portfolio, "eu_and_state", "planned")
    assert granted == {"S90001": 46434.0, "S90002": 194413.0, "A90003": 117967.0}
    assert sums(portfolio, "public_total", "planned")["S90001"] == 57600.0
    assert told(portfolio) == [
        ("value_unreadable", "S90001", "100 %"),
        ("value_unreadable", "S90002", "107832.85 SEK"),
    ]


def test_zeros_that_a_format_puts_before_a_code_are_read(tmp_path: Path) -> None:
    headings = ["Hankekoodi", "Rahasto", "Hankkeen nimi", "Toteuttajan nimi"]
    headings += ["Aloituspvm", "Päättymispvm", "Tuensaajan postinumero", "Toteuttajan Y-tunnus"]
    with xlsxwriter.Workbook(str(tmp_path / "lista.xlsx")) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, headings)
        row = ["S30001", "ESR+", "Sillat", "Malli ry", "1.1.2023", "31.12.2024"]
        page.write_row(1, 0, row)
        page.write_number(1, 6, 100, book.add_format({"num_format": "00000"}))
        page.write_number(1, 7, 1234567, book.add_format({"num_format": "0000000-0"}))
    portfolio = esrdata.read(str(tmp_path / "lista.xlsx"))
    assert column(portfolio, "postal_code") == {"S30001": "00100"}
    assert column(portfolio, "business_id") == {"S30001": "0123456-7"}


def test_a_row_that_is_struck_through_is_told_and_not_read(tmp_path: Path) -> None:
    def change(page: Worksheet) -> None:
        for cell in page[3]:
            cell.font = Font(strike=True)
        page["J4"].font = Font(strike=True)

    portfolio = sheet(tmp_path / "lista.xlsx", change)
    assert list(portfolio.projects["project_code"]) == ["S90001", "A90003"]
    assert sums(portfolio, "eu_and_state", "planned") == {"S90001": 46434.0, "A90003": None}
    kinds = [(code, project) for code, project, _ in told(portfolio)]
    assert kinds == [("list_row_struck", None), ("list_cell_struck", "A90003")]
    assert portfolio.issues.set_index("code").loc["list_cell_struck", "raw"] == "~~117967~~"


def test_parts_of_a_text_that_are_struck_or_raised_are_no_digits_of_a_sum(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "lista.xlsx")) as book:
        page = book.add_worksheet()
        line = book.add_format({"font_strikeout": True})
        up, bold = book.add_format({"font_script": 1}), book.add_format({"bold": True})
        for i, row in enumerate([HEADINGS, *VALUES]):
            page.write_row(i, 0, [v if isinstance(v, (str, int, float)) else "" for v in row])
        page.write_rich_string(1, 9, line, "46000", "46434")
        page.write_rich_string(2, 9, "19441", up, "3")
        page.write_rich_string(2, 2, "Taidot, ", bold, "työ", " ja me")
    portfolio = esrdata.read(str(tmp_path / "lista.xlsx"))
    granted = sums(portfolio, "eu_and_state", "planned")
    assert granted == {"S90001": None, "S90002": None, "A90003": 117967.0}
    assert column(portfolio, "name")["S90002"] == "Taidot, työ ja me"
    assert told(portfolio) == [
        ("list_cell_struck", "S90001", "~~46000~~46434"),
        ("value_unreadable", "S90002", "19441³"),
    ]


def test_a_zero_of_a_formula_that_no_program_reckoned_is_no_value(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "lista.xlsx")) as book:
        page = book.add_worksheet()
        for i, row in enumerate([HEADINGS, *VALUES]):
            page.write_row(i, 0, [v if isinstance(v, (str, int, float)) else "" for v in row])
        page.write_formula(1, 9, "=P1*2")
        page.write_formula(2, 9, "=P1*2", None, 19441)
    portfolio = esrdata.read(str(tmp_path / "lista.xlsx"))
    granted = sums(portfolio, "eu_and_state", "planned")
    assert granted == {"S90001": None, "S90002": 19441.0, "A90003": 117967.0}
    assert ("list_formula_unsaved", "S90001", "=P1*2") in told(portfolio)


def test_texts_that_stand_in_their_cells_keep_raised_and_struck_parts(tmp_path: Path) -> None:
    def change(page: Worksheet) -> None:
        up, line = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
        page["A2"] = CellRichText("S90001", TextBlock(up, "1"))
        page["C3"] = CellRichText("Taidot, ", TextBlock(InlineFont(b=True), "työ"), " ja me")
        page["J2"] = CellRichText("46434", TextBlock(up, "2"))
        page["J3"] = CellRichText(TextBlock(line, "194"), "413")
        page["J4"] = CellRichText("1179", TextBlock(InlineFont(b=True), "67"))

    portfolio = sheet(tmp_path / "lista.xlsx", change)
    granted = sums(portfolio, "eu_and_state", "planned")
    assert granted == {"S90001": None, "S90002": None, "A90003": 117967.0}
    assert column(portfolio, "name")["S90002"] == "Taidot, työ ja me"
    assert told(portfolio) == [
        ("value_unreadable", "S90001", "46434²"),
        ("list_cell_struck", "S90002", "~~194~~413"),
    ]


def test_the_text_of_a_merged_cell_belongs_to_all_its_rows(tmp_path: Path) -> None:
    def change(page: Worksheet) -> None:
        page.merge_cells("E3:E4")
        page.merge_cells("D2:D4")
        page["I3"], page["I4"] = "Malliopisto sr", None
        page.merge_cells("I3:I4")
        page.merge_cells("J2:J3")

    portfolio = sheet(tmp_path / "lista.xlsx", change)
    assert column(portfolio, "priority_axis") == {"S90001": 3, "S90002": 3, "A90003": 3}
    assert column(portfolio, "applicant") == {
        "S90001": "Mallilan kaupunki", "S90002": "Malliopisto sr", "A90003": "Malliopisto sr",
    }  # fmt: skip
    assert column(portfolio, "authority")["A90003"] == "Lapin liitto"
    # How much of a sum of two projects is whose nobody says.
    granted = sums(portfolio, "eu_and_state", "planned")
    assert granted == {"S90001": None, "S90002": None, "A90003": 117967.0}
    assert [row for row in told(portfolio) if row[0] == "list_cell_merged"] == [
        ("list_cell_merged", "S90001", "46434"),
        ("list_cell_merged", "S90002", "46434"),
    ]
    where = portfolio.provenance.set_index(["project_code", "field"]).loc[
        ("A90003", "projects.applicant")
    ]
    assert (where["raw"], where["line"], where["page"]) == ("Malliopisto sr", 3, 1)


def test_a_row_whose_code_is_merged_with_the_one_above_is_told(tmp_path: Path) -> None:
    def of_a_partner(page: Worksheet) -> None:
        page.merge_cells("A2:A3")
        for cell in page["B3:H3"][0]:
            cell.value = None

    for change in (lambda page: page.merge_cells("A2:A3"), of_a_partner):
        portfolio = sheet(tmp_path / "lista.xlsx", change)
        assert list(portfolio.projects["project_code"]) == ["S90001", "A90003"]
        assert [code for code, *_ in told(portfolio)] == ["list_row_unreadable"]


def test_a_merge_of_a_second_sheet_counts_its_lines_there(tmp_path: Path) -> None:
    def change(page: Worksheet) -> None:
        assert page.parent is not None
        other = page.parent.create_sheet("Muut", 0)
        other.append(["Tilanne"])
        other.append(["keväällä"])
        page.merge_cells("I3:I4")

    portfolio = sheet(tmp_path / "lista.xlsx", change)
    assert column(portfolio, "applicant")["A90003"] == "Malliopisto sr"
    assert column(portfolio, "applicant")["S90001"] == "Mallilan kaupunki"


@pytest.mark.parametrize("name", ["Rahoitus (1 000 €)", "Rahoitus, t€", "Luvut tuhansina euroina"])
def test_sums_of_a_sheet_whose_name_says_thousands_are_not_read(name: str, tmp_path: Path) -> None:
    portfolio = sheet(tmp_path / "lista.xlsx", lambda page: setattr(page, "title", name))
    granted = sums(portfolio, "eu_and_state", "planned")
    assert granted == {"S90001": None, "S90002": None, "A90003": None}
    assert {row[0] for row in told(portfolio)} == {"value_ambiguous"}


def test_the_number_of_a_day_counted_from_1904_is_not_read(tmp_path: Path) -> None:
    def change(page: Worksheet) -> None:
        assert page.parent is not None
        page.parent.epoch = CALENDAR_MAC_1904
        page["G2"] = 40602
        page["G2"].number_format = "General"

    portfolio = sheet(tmp_path / "lista.xlsx", change)
    days = column(portfolio, "start_date")
    # As a day it is 1.3.2015, and 28.2.2011 where days are counted from 1900.
    assert days["S90001"] is None
    assert days["S90002"] == pd.Timestamp(2016, 2, 1)
    assert told(portfolio) == [("value_ambiguous", "S90001", "40602")]


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    def change(page: Worksheet) -> None:
        page.insert_rows(1, 2)
        # Of the title, the projects S90002 and A90003, and an empty row far below.
        for row in (1, 5, 6, 90):
            page.row_dimensions[row].hidden = True

    portfolio = sheet(tmp_path / "lista.xlsx", change)
    assert list(portfolio.projects["project_code"]) == ["S90001", "S90002", "A90003"]
    (finding,) = portfolio.issues.itertuples()
    assert (finding.code, finding.line, finding.raw) == ("list_rows_hidden", 5, "2")


def test_hidden_columns_of_the_list_are_read_and_told(tmp_path: Path) -> None:
    def change(page: Worksheet) -> None:
        # No row and no column of the list is these.
        page.row_dimensions[7].hidden = page.column_dimensions["P"].hidden = True
        page.column_dimensions["J"].hidden = True

    portfolio = sheet(tmp_path / "lista.xlsx", change)
    assert sums(portfolio, "eu_and_state", "planned")["S90001"] == 46434.0
    assert told(portfolio) == [("list_column_hidden", None, HEADINGS[9])]


_ODS = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>
<style:style style:name="struck"><style:text-properties style:text-line-through-type="single"/>
</style:style>
<style:style style:name="up"><style:text-properties style:text-position="33% 58%"/></style:style>
<style:style style:name="down"><style:text-properties style:text-position="-33% 58%"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Lista">
{}</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_open_document_shows_what_a_person_reads(tmp_path: Path) -> None:
    def row(cells: dict[int, str], values: list[str]) -> str:
        made = [f"<table:table-cell><text:p>{v}</text:p></table:table-cell>" for v in values]
        for at, cell in cells.items():
            made[at] = cell
        return f"<table:table-row>{''.join(made)}</table:table-row>"

    def number(kind: str, value: str, text: str) -> str:
        of = f'office:value-type="{kind}" office:value="{value}"'
        return f"<table:table-cell {of}><text:p>{text}</text:p></table:table-cell>"

    def cell(text: str, of: str = "") -> str:
        return f"<table:table-cell {of}><text:p>{text}</text:p></table:table-cell>"

    texts = [[str(v) for v in row] for row in VALUES]
    who = cell("Malliopisto sr", 'table:number-rows-spanned="2"')
    struck = cell("57634", 'table:style-name="struck"')
    raised = cell('38978<text:span text:style-name="up">4</text:span>')
    lowered = cell('CO<text:span text:style-name="down">2</text:span>')
    rows = row({}, HEADINGS)
    rows += row({10: number("percentage", "0.85", "85 %"), 11: struck, 2: lowered}, texts[0])
    out_of_sight = '<table:table-row table:visibility="filter"'
    rows += row({8: who, 9: number("float", "194.413", "194,4 t€"), 11: raised}, texts[1])
    rows = f"{out_of_sight}".join(rows.rsplit("<table:table-row", 1))
    rows += row(
        {8: "<table:covered-table-cell/>", 9: number("float", "117967", "118 t€")}, texts[2]
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", _ODS.format(rows))
    (tmp_path / "lista.ods").write_bytes(made.getvalue())
    portfolio = esrdata.read(str(tmp_path / "lista.ods"))
    assert column(portfolio, "applicant") == {
        "S90001": "Mallilan kaupunki", "S90002": "Malliopisto sr", "A90003": "Malliopisto sr",
    }  # fmt: skip
    assert column(portfolio, "name")["S90001"] == "CO2"
    # 194.413 may be thousands written with a point: what it says is not sure.
    granted = sums(portfolio, "eu_and_state", "planned")
    assert granted == {"S90001": 46434.0, "S90002": None, "A90003": 117967.0}
    assert sums(portfolio, "eu_and_state", "realised")["S90001"] is None
    planned = sums(portfolio, "public_total", "planned")
    assert planned == {"S90001": None, "S90002": None, "A90003": 251051.0}
    assert [(code, raw) for code, _, raw in told(portfolio) if code != "end_before_start"] == [
        ("list_rows_hidden", "1"),
        ("value_unreadable", "85 %"),
        ("list_cell_struck", "~~57634~~"),
        ("value_unreadable", "194.413 t€"),
        ("value_unreadable", "38978⁴"),
    ]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_libreoffice_saves_is_read_as_the_workbook_it_opened(
    tmp_path: Path, kind: str
) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "lista.xlsx")) as book:
        page = book.add_worksheet()
        line = book.add_format({"font_strikeout": True})
        for i, row in enumerate([HEADINGS, *VALUES]):
            page.write_row(i, 0, [v if isinstance(v, (str, int, float)) else "" for v in row])
        page.write_rich_string(1, 9, "4643", book.add_format({"font_script": 1}), "4")
        page.write_number(1, 10, 0.85, book.add_format({"num_format": "0 %"}))
        page.write_number(1, 11, 57634, book.add_format({"num_format": '0.0,"t€"'}))
        page.merge_range(1, 8, 2, 8, "Malliopisto sr")
        page.write_string(3, 0, "A90003", line)
    run = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    run += ["--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "lista.xlsx")]
    subprocess.run(run, check=True, capture_output=True)
    portfolio = esrdata.read(str(tmp_path / f"lista.{kind}"))
    assert column(portfolio, "applicant") == dict.fromkeys(["S90001", "S90002"], "Malliopisto sr")
    assert sums(portfolio, "eu_and_state", "planned")["S90001"] is None
    assert sums(portfolio, "eu_and_state", "realised")["S90001"] is None
    assert sums(portfolio, "public_total", "planned")["S90001"] == 57634.0
    raw = [row[2] for row in told(portfolio) if row[0] == "value_unreadable"]
    assert raw[0] == "4643⁴" and raw[1] in ("85%", "85 %")
    assert "list_row_struck" in [row[0] for row in told(portfolio)]


def test_formats_of_cells_that_do_not_tell_their_place(tmp_path: Path) -> None:
    """Programs for reports leave places out; attributes may stand in single quotes."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append([0.45, "S20405", "=1+1"])
    page["A1"].number_format, page["B1"].font = "0%", Font(strike=True)
    book.save(tmp_path / "a.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx") as packed,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as other,
    ):
        for name in packed.namelist():
            part = packed.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb' r="[A-C]?1"', b"", part).replace(b'"', b"'")
            other.writestr(name, part)
    assert xlsx.read((tmp_path / "b.xlsx").read_bytes()).text == "45%\t~~S20405~~\t=1+1"
