"""Workbooks, by their structure: what a spreadsheet program would find in them."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest

from esrdata.errors import StoreError, UsageError
from esrdata.present.excel import sheets, writer
from esrdata.present.excel.document import write_excel
from esrdata.present.model import Column, Content, Figure, Section, Table
from esrdata.present.written import written as written_as
from esrdata.present.written import written_column

COLUMNS = [
    Column("axis", "Toimintalinja"),
    Column("sum", "Rahoitus", "money"),
    Column("day", "Päättyy", "date"),
    Column("rate", "Aste", "percent", decimals=1),
    Column("n", "Hankkeita", "integer"),
    Column("mean", "Keskiarvo", "number", decimals=2),
]
FRAME = pd.DataFrame(
    {
        "axis": pd.array(["Työllisyys", None], dtype="string"),
        "sum": pd.array([1234.5, None], dtype="Float64"),
        "day": pd.to_datetime(["2017-06-30", None]),
        "rate": pd.array([0.125, None], dtype="Float64"),
        "n": pd.array([12, None], dtype="Int64"),
        "mean": pd.array([3.14159, 0.0], dtype="Float64"),
        "hidden": ["not", "shown"],
    }
)


def table(title: str = "Toteutuminen", frame: pd.DataFrame = FRAME, note: str = "") -> Table:
    return Table("absorption", title, COLUMNS, frame, note)


def plain(title: str, cells: Sequence[object], label: str = "Teksti") -> Table:
    frame = pd.DataFrame({"c": pd.Series(cells, dtype=object)})
    return Table("t", title, [Column("c", label)], frame)


def figure(title: str, key: str) -> Figure:
    return Figure(key, title, lambda: pytest.fail("a workbook draws nothing"), "Huomautus")


def content(
    *parts: Table | Figure, lang: str = "fi", raw: Mapping[str, pd.DataFrame] | None = None
) -> Content:
    facts = [("Lähteet", "data/raw"), ("Versio", "=1+1")]
    return Content(lang, "Hankesalkku", facts, [Section("s", "Luku", parts=parts)], raw or {})


def written(given: Content, folder: Path, behind: Mapping[str, pd.DataFrame] | None = None) -> Any:
    path = folder / "report.xlsx"
    write_excel(given, path, behind)
    assert [each.name for each in folder.iterdir()] == ["report.xlsx"]
    ensure_sound(path)
    return openpyxl.load_workbook(path)


def ensure_sound(path: Path) -> None:
    """What Excel would offer to repair: XML that is none, and tables that are not as they say."""
    with zipfile.ZipFile(path) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            ElementTree.fromstring(parts.read(name))
    book = openpyxl.load_workbook(path)
    names = [name for sheet in book for name in sheet.tables]
    assert len({name.lower() for name in names}) == len(names)
    for sheet in book:
        assert len(sheet.title) <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", sheet.title)
        for each in sheet.tables.values():
            rows = list(sheet[each.ref])
            heads = [cell.value for cell in rows[0]]
            assert [column.name for column in each.tableColumns] == heads
            assert len({str(head).lower() for head in heads}) == len(heads)
            assert len(rows) > 1
            assert each.autoFilter.ref == each.ref


def cover(book: Any) -> str:
    return "\n".join(str(cell.value) for row in book.worksheets[0] for cell in row if cell.value)


def test_a_table_is_an_excel_table_below_its_title_and_note(tmp_path: Path) -> None:
    book = written(content(table(note="Hankkeet, joilta tunnetaan molemmat.")), tmp_path)
    assert book.sheetnames == ["Kansi", "Taulukko 1"]
    sheet = book.worksheets[1]
    assert sheet["A1"].value == "Taulukko 1. Toteutuminen"
    assert sheet["A2"].value == "Hankkeet, joilta tunnetaan molemmat."
    assert sheet["A3"].hyperlink.location == "'Kansi'!A1"
    assert sheet["A3"].value == "Takaisin kanteen"
    assert [each.ref for each in sheet.tables.values()] == ["A4:F6"]
    assert sheet.freeze_panes == "A5"
    assert [cell.value for cell in sheet[4][:6]] == [column.label for column in COLUMNS]
    day = dt.datetime(2017, 6, 30)
    assert [c.value for c in sheet[5][:6]] == ["Työllisyys", 1234.5, day, 0.125, 12, 3.14159]
    assert [c.value for c in sheet[6][:6]] == [None, None, None, None, None, 0]


@pytest.mark.parametrize(
    ("lang", "money", "rate", "day"),
    [
        ("fi", '#,##0"\u00a0€"', '0.0"\u00a0"%', "d.m.yyyy"),
        ("sv", '#,##0"\u00a0€"', '0.0"\u00a0"%', "d.m.yyyy"),
        ("en", '"€"#,##0', "0.0%", "[$-809]d mmmm yyyy"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(
    tmp_path: Path, lang: str, money: str, rate: str, day: str
) -> None:
    sheet = written(content(table(), lang=lang), tmp_path).worksheets[1]
    formats = [cell.number_format for cell in sheet[5]]
    assert formats == ["General", money, day, rate, "#,##0", "#,##0.00"]
    assert sheet["C5"].is_date


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("fi", ["Kansi", "Taulukko 1", "Kuvio 2", "Hankkeet"]),
        ("sv", ["Omslag", "Tabell 1", "Figur 2", "Projekt"]),
        ("en", ["Cover", "Table 1", "Figure 2", "Projects"]),
    ],
)
def test_sheets_are_named_in_the_language_and_linked_from_the_cover(
    tmp_path: Path, lang: str, names: list[str]
) -> None:
    parts = table("T"), figure("Ei", "none"), figure("K", "drawn")
    given = content(*parts, lang=lang, raw={"projects": pd.DataFrame({"name": ["A"]})})
    book = written(given, tmp_path, {"drawn": FRAME})
    assert book.sheetnames == names
    links = [cell for row in book.worksheets[0] for cell in row if cell.hyperlink]
    assert [cell.value for cell in links] == names[1:]
    assert [cell.hyperlink.location for cell in links] == [f"'{name}'!A1" for name in names[1:]]
    assert [book.worksheets[0].cell(cell.row, 3).value for cell in links] == [2, 2, 1]


def test_the_cover_tells_the_facts_and_nothing_more_where_all_fitted(tmp_path: Path) -> None:
    book = written(content(table()), tmp_path)
    assert cover(book).startswith("Hankesalkku\nLähteet\ndata/raw\nVersio\n=1+1\n")
    assert "Huomaa" not in cover(book)
    assert book.worksheets[0]["B4"].data_type == "s"
    assert book.worksheets[0]["B4"].quotePrefix


def test_a_number_on_the_cover_stands_below_the_texts(tmp_path: Path) -> None:
    number = written_as(1234, "integer", "fi")
    cell = written(replace(content(table()), facts=[("Hankkeita", number)]), tmp_path).worksheets[
        0
    ]["B3"]
    assert (cell.value, cell.alignment.horizontal) == (1234, "left")


def test_numbers_behind_a_figure_keep_names_and_named_indices(tmp_path: Path) -> None:
    data = pd.DataFrame({"n": [1, 2]}, index=pd.Index(["a", "b"], name="axis"))
    sheet = written(content(figure("K", "f")), tmp_path, {"f": data}).worksheets[1]
    assert sheet["A1"].value == "Kuvion 1 luvut. K"
    rows = [[cell.value for cell in row] for row in sheet["A4:B6"]]
    assert rows == [["axis", "n"], ["a", 1], ["b", 2]]


def test_numbers_behind_a_figure_have_headings_and_codes_in_words(tmp_path: Path) -> None:
    data = pd.DataFrame({"fund": ["ESR"], "authority": ["Lapin liitto"], "n": [1]})
    sheet = written(content(figure("K", "f")), tmp_path, {"f": data}).worksheets[1]
    rows = [[cell.value for cell in row] for row in sheet["A4:C5"]]
    assert rows[0][:2] == ["Rahasto", "Vastuuviranomainen"]
    assert rows[1] == ["Euroopan sosiaalirahasto", "Lapin liitto", 1]


def test_codes_of_no_list_are_words_behind_a_figure_and_days_stay_days(tmp_path: Path) -> None:
    data = pd.DataFrame(
        {
            "effect": ["direct", "own_code"],
            "rule": ["full_count", None],
            "part": ["running", "started"],
            "date": pd.to_datetime(["2017-06-30", None]),
        }
    )
    data.attrs["call"] = {"statistic": "sustainability_profile"}
    sheet = written(content(figure("K", "f")), tmp_path, {"f": data}).worksheets[1]
    rows = [[cell.value for cell in row] for row in sheet["A4:D6"]]
    assert rows == [
        ["Vaikutus", "Laskutapa", "Kuvion osa", "Päivä"],
        ["välitön vaikutus", "kokonaan jokaisessa", "käynnissä", dt.datetime(2017, 6, 30)],
        # What the shelf does not know stays as it is called.
        ["own_code", None, "alkoi vuoden aikana", None],
    ]
    assert sheet["D5"].number_format == "d.m.yyyy"


def test_a_small_percentage_is_a_number_that_is_not_shown_as_zero(tmp_path: Path) -> None:
    # A tenth of half a per mille is small; zero, what is below it and the rest have no signs.
    frame = pd.DataFrame({"item": list("abcd"), "share": [0.0001, 0.0, -0.0063, 0.5]})
    columns = [Column("item", "Tieto"), Column("share", "Osuus", "percent", 1)]
    sheet = written(content(Table("t", "T", columns, frame)), tmp_path).worksheets[1]
    shown = [(sheet[f"B{row}"].value, sheet[f"B{row}"].number_format) for row in range(5, 9)]
    plain = '0.0"\u00a0"%'
    small = f'[>=0.000500]{plain};[>0]"<\u00a00,1\u00a0%";-{plain}'
    assert shown == [(0.0001, small), (0, plain), (-0.0063, plain), (0.5, plain)]


def test_small_sums_and_p_values_are_not_shown_as_zero(tmp_path: Path) -> None:
    frame = pd.DataFrame({"sum": [30_000, 0, 1_250_000, -345], "p": [0.0000003, 0.0, 0.04, 0.001]})
    columns = [Column("sum", "Erotus, M€", "millions"), Column("p", "p", "p")]
    sheet = written(content(Table("t", "T", columns, frame)), tmp_path).worksheets[1]
    shown = [[sheet[f"{column}{row}"].number_format for row in range(5, 9)] for column in "AB"]
    small = '[>=0.001000]0.000;"<\u00a00,001"'
    assert shown == [
        # As on the page: 0,03, 0, 1,3 and −0,0003.
        ["#,##0.00,,", "#,##0,,", "#,##0.0,,", "#,##0.0000,,"],
        [small, small, "0.000", "0.000"],
    ]


def test_rows_in_units_of_their_own_are_numbers(tmp_path: Path) -> None:
    cells = [
        written_as(1234567, "money", "fi"),
        written_as(0.881, "percent", "fi", 1),
        written_as(38, "number", "fi", before="noin"),
        written_as(None, "number", "fi"),
    ]
    assert cells == ["1\u00a0234\u00a0567\u00a0€", "88,1\u00a0%", "noin 38", "–"]
    frame = pd.DataFrame({"item": list("abcd")})
    frame["value"] = written_column(cells, frame.index)
    columns = [Column("item", "Tieto"), Column("value", "Arvo", "figure")]
    sheet = written(content(Table("t", "T", columns, frame)), tmp_path).worksheets[1]
    shown = [(sheet[f"B{row}"].value, sheet[f"B{row}"].number_format) for row in range(5, 9)]
    assert shown == [
        (1234567, '#,##0"\u00a0€"'), (0.881, '0.0"\u00a0"%'), (38, '"noin "#,##0'),
        ("–", "General"),
    ]  # fmt: skip


def test_raw_tables_tell_days_reasons_and_files_as_people_write_them(tmp_path: Path) -> None:
    files = [f"/home/me/ours/{name}" for name in ("a/S1.txt", "b/page.html")]
    conflicts = pd.DataFrame({"project_code": ["S1"], "field": ["projects.end_date"], "rank": [1]})
    conflicts = conflicts.assign(value="2017-06-30", snapshot=None, file=files[0])
    links = pd.DataFrame({"candidate": ["S1"], "score": [0.9], "file": files[1:]})
    links["reasons"] = "title 0.97; end_date 2016-12-31 ≠ 2017-06-30"
    names = pd.DataFrame({"name": ["Oy Ab"], "rule": ["legal_form|own_rule"]})
    raw = {
        "files": pd.DataFrame({"file": files, "format": ["text", "own"]}),
        "conflicts": conflicts, "links": links, "organisation_names": names,
    }  # fmt: skip
    book = written(content(raw=raw), tmp_path)
    sheets = {sheet.title: [[c.value for c in row] for row in sheet] for sheet in book.worksheets}
    assert sheets["Tiedostot"][1:] == [["a/S1.txt", "Teksti"], ["b/page.html", "own"]]
    assert sheets["Lähteiden väliset erot"][1][3:] == ["30.6.2017", None, "a/S1.txt"]
    (linked,) = (rows[1] for name, rows in sheets.items() if name.startswith("Verkkosivuilla"))
    assert linked[2:] == [
        "b/page.html", "nimen samankaltaisuus 0,97; päättymispäivä 31.12.2016 ≠ 30.6.2017"
    ]  # fmt: skip
    assert sheets["Organisaatioiden kirjoitusasut"][1][1].endswith("; own_rule")
    assert "legal_form" not in sheets["Organisaatioiden kirjoitusasut"][1][1]


def test_raw_tables_have_names_headings_and_codes_in_words(tmp_path: Path) -> None:
    funding = pd.DataFrame({"project_code": ["S1"], "amount_eur": pd.array([10.5], "Float64")})
    funding["stage"] = pd.array(["realised"], "string")
    provenance = pd.DataFrame({"line": pd.array([1024], "Int64")})
    raw = {"funding": funding, "provenance": provenance, "dictionary": pd.DataFrame({"a": []})}
    book = written(content(raw=raw), tmp_path)
    assert book.sheetnames[1:] == ["Rahoitus", "Arvojen alkuperä", "Sarakkeiden selitykset"]
    sheet = book["Rahoitus"]
    assert [cell.value for cell in sheet[1]] == ["Hankekoodi", "Määrä, €", "Vaihe"]
    assert sheet["C2"].value == "Toteutunut"
    assert sheet["B2"].number_format == '#,##0.00"\u00a0€"'
    assert sheet.freeze_panes == "B2"
    assert list(sheet.tables) == ["esr_funding"]
    # A place in a file is no amount: without separators.
    assert book["Arvojen alkuperä"]["A2"].number_format == "General"
    assert "Rahoitus" in cover(book) and "Sarakkeiden selitykset" in cover(book)


HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.org")',
    "+358 40",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "http://example.org",
    "007",
    "<b>&amp;\"'",
    "a\u0001b\u000bc",
    "\ufffe\uffff",
    "_x0041_",
    "😀",
]


def test_texts_stay_texts(tmp_path: Path) -> None:
    sheet = written(content(plain("T", HOSTILE)), tmp_path).worksheets[1]
    cells = [sheet.cell(row, 1) for row in range(5, 5 + len(HOSTILE))]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True] * 6 + [False] * 7
    # Signs that steer are written as codes, so that they can be seen.
    escaped = [*HOSTILE[:9], r"a\x01b\x0bc", "_xFFFE__xFFFF_", *HOSTILE[11:]]
    assert [cell.value for cell in cells] == escaped
    with zipfile.ZipFile(tmp_path / "report.xlsx") as parts:
        whole = b"".join(parts.read(n) for n in parts.namelist() if "sheet" in n)
    assert b"<f>" not in whole and b"externalLink" not in whole


def test_hostile_titles_and_headings_leave_a_sound_workbook(tmp_path: Path) -> None:
    long = "Kauhean pitkä otsikko: [1/2] *?\\ " * 20
    titles = ["'a'", "=1+1", "😀" * 40, "\u0001\n", "_x0041_", '<&">', "\ud800", long, long]
    tables = [plain(title, ["x"], label=title) for title in titles]
    same = [Column("axis", "Sama"), Column("n", "SAMA"), Column("sum", " ")]
    doubled = Table("d", "D", same, FRAME)
    raw = {"history": FRAME, "History": FRAME, "a/b": FRAME, "a:b": FRAME}
    book = written(content(*tables, doubled, raw=raw), tmp_path)
    heads = [cell.value for cell in book["Taulukko 10"][4]]
    assert heads == ["Sama", "SAMA (2)", "sum"]
    assert book.sheetnames[-4:] == ["history (2)", "History (3)", "a b", "a b (2)"]
    assert book["Taulukko 2"]["A4"].data_type == "s"


def test_an_empty_table_is_a_table_with_a_blank_row(tmp_path: Path) -> None:
    raw = {"links": pd.DataFrame({"a": pd.array([], dtype="string")}), "none": pd.DataFrame()}
    book = written(content(table(frame=FRAME.iloc[:0]), raw=raw), tmp_path)
    assert [each.ref for each in book.worksheets[1].tables.values()] == ["A4:F5"]
    assert [each.ref for each in book.worksheets[2].tables.values()] == ["A1:A2"]
    assert book["none"]["A1"].value == "Näytettävää ei ole."
    links = [row for row in book.worksheets[0] if row[0].hyperlink]
    assert [row[2].value for row in links] == [0, 0, 0]


def test_what_is_no_text_keeps_its_kind_where_excel_has_it(tmp_path: Path) -> None:
    day = dt.datetime(1999, 12, 31)
    odd = [True, dt.date(1999, 12, 31), pd.NA, float("nan"), 0, 2**60, float("inf"), ["a"]]
    old = dt.date(1899, 12, 31)
    book = written(content(plain("T", [*odd, old])), tmp_path)
    cells = [book.worksheets[1].cell(row, 1) for row in range(5, 14)]
    values = [cell.value for cell in cells]
    assert values == [True, day, None, None, 0, str(2**60), "inf", "['a']", "1899-12-31"]
    assert cells[0].data_type == "b" and cells[1].is_date


def test_long_texts_are_cut_and_counted_on_the_cover(tmp_path: Path) -> None:
    texts = ["a" * 32_767, "a" * 32_768, "😀" * 16_383, "😀" * 16_384]
    book = written(content(plain("T", texts)), tmp_path)
    values = [book.worksheets[1].cell(row, 1).value for row in range(5, 9)]
    assert values == [texts[0], "a" * 32_766 + "…", texts[2], "😀" * 16_383 + "…"]
    assert "enintään 32\u00a0767 merkkiä. Katkaistuja soluja: 2;" in cover(book)


def test_halves_of_characters_are_replaced_and_counted_on_the_cover(tmp_path: Path) -> None:
    book = written(content(plain("T", ["a\ud83d", "\ude00\ude00"]), lang="en"), tmp_path)
    assert [book.worksheets[1].cell(row, 1).value for row in (5, 6)] == ["a\ufffd", "\ufffd" * 2]
    assert "replaced with \ufffd: 3." in cover(book)


def test_rows_left_out_are_told_on_the_cover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "ROWS", 3)
    raw = {"provenance": pd.DataFrame({"line": range(5)}), "files": pd.DataFrame({"a": range(3)})}
    book = written(content(raw=raw, lang="en"), tmp_path)
    assert [cell.value for cell in book.worksheets[1]["A"]] == ["Line", 0, 1, 2]
    told = "has 5 rows; the sheet shows the first 3."
    assert told in cover(book)
    assert cover(book).count("shows the first") == 1


def test_a_full_sheet_has_room_for_all_its_rows() -> None:
    assert writer.ROWS + writer._BELOW + 1 <= 1_048_576


def test_columns_are_as_wide_as_their_cells_within_limits(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": ["x"], "b": ["sana " * 100], "c": ["x" * 20]})
    shown = Table("t", "T", [Column(name, name) for name in "abc"], frame, note="Pitkä. " * 60)
    book = written(content(shown, raw={"r": frame}), tmp_path)
    sheet, raw = book.worksheets[1:]
    # A width in the file is that in characters and some pixels of margin.
    # Twenty letters in words fill 85 of 100 of a column that is 24 wide, and one is beside them.
    assert [int(sheet.column_dimensions[name].width) for name in "ABC"] == [9, 80, 25]
    assert int(raw.column_dimensions["B"].width) == 40
    assert sheet["B5"].alignment.wrap_text and not raw["B2"].alignment.wrap_text
    # The note, 420 characters, stands over all columns: four lines of 114 and one to spare.
    assert [str(cells) for cells in sheet.merged_cells.ranges] == ["A2:C2"]
    assert sheet.row_dimensions[2].height == 75


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    given = content(table(), figure("K", "f"), plain("T", HOSTILE), raw={"files": FRAME})
    path = tmp_path / "a.xlsx"
    first = io.BytesIO()
    for _ in range(2):
        write_excel(given, path, {"f": FRAME})
        data = path.read_bytes()
        assert first.getvalue() in (b"", data)
        first = io.BytesIO(data)
    assert b"2000-01-01T00:00:00Z" in zipfile.ZipFile(path).read("docProps/core.xml")


def test_wrong_use_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    for given, name, behind, why in [
        (content(lang="de"), "a.xlsx", {}, "language 'de'"),
        (content(), "a.xls", {}, r"does not end in \.xlsx"),
        (content(figure("K", "f")), "a.xlsx", {"g": FRAME}, "no figure 'g'"),
    ]:
        with pytest.raises(UsageError, match=why):
            write_excel(given, tmp_path / name, behind)
    assert list(tmp_path.iterdir()) == []


def test_a_former_workbook_stays_where_the_new_one_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"former")
    with pytest.raises(KeyError):
        write_excel(content(Table("t", "T", [Column("gone", "Gone")], FRAME)), path)
    assert path.read_bytes() == b"former"
    (tmp_path / "b.xlsx").mkdir()
    with pytest.raises(StoreError):
        write_excel(content(), tmp_path / "b.xlsx")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]


def test_long_raw_tables_are_in_files_alone_and_the_cover_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "RAW_ROWS", 2)
    raw = {"provenance": pd.DataFrame({"line": range(3)}), "files": pd.DataFrame({"a": range(2)})}
    book = written(content(raw=raw, lang="fi"), tmp_path)
    assert len(book.sheetnames) == 2
    assert "yli 2 riviä, ovat vain raportin kansion Parquet- ja CSV-tiedostoissa" in cover(book)


def test_sums_in_millions_keep_the_whole_sum_and_have_a_chart_beside_them(tmp_path: Path) -> None:
    columns = [Column("axis", "Linja"), Column("sum", "Suunniteltu, M€", "millions")]
    frame = pd.DataFrame({"axis": ["A", "B", "Yhteensä"], "sum": [1_500_000, 2_000_000, 3_500_000]})
    given = Table("t", "Rahoitus", columns, frame, total=True, bars=("sum",))
    book = written(content(given), tmp_path)
    sheet = book["Taulukko 1"]
    assert sheet["B5"].value == 1_500_000
    assert sheet["B5"].number_format == "#,##0.0,,"
    with zipfile.ZipFile(tmp_path / "report.xlsx") as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
    # The total is no bar.
    assert "$B$5:$B$6" in chart and "$B$7" not in chart


def test_rows_are_as_high_as_their_texts(tmp_path: Path) -> None:
    # A column is at most 80 wide, of which lines fill 68: 169 letters in words take three.
    long = "sanoja kymmenen " * 10 + "ja loppu"
    book = written(content(plain("T", ["lyhyt", long, "yksi\nkaksi"])), tmp_path)
    sheet = book.worksheets[1]
    heights = [sheet.row_dimensions[row].height for row in (5, 6, 7)]
    assert heights == [None, 45, 30]


def test_a_text_of_one_line_has_a_row_of_one_line(tmp_path: Path) -> None:
    names = ["2007–2013: 3 Osaamis-, innovaatio- ja järjestelmät", "2007–2013: 5 Tekninen tuki"]
    sheet = written(content(plain("T", names)), tmp_path).worksheets[1]
    assert [sheet.row_dimensions[row].height for row in (5, 6)] == [None, None]


def test_numbers_of_no_known_kind_stand_on_the_right_too(tmp_path: Path) -> None:
    raw = pd.DataFrame(
        {"year": [2020, 2021], "code": ["a", "b"], "day": pd.to_datetime(["2020-01-02"] * 2)}
    )
    sheet = written(content(raw={"r": raw}), tmp_path).worksheets[-1]
    found = [(cell.alignment.horizontal, cell.alignment.indent) for cell in sheet[2]]
    assert found == [("right", 0), ("left", 1), ("left", 0)]
    assert [cell.alignment.horizontal for cell in sheet[1]] == ["right", "left", "left"]


def test_headings_stand_over_their_numbers_and_text_stands_off_them(tmp_path: Path) -> None:
    sheet = written(content(table()), tmp_path).worksheets[1]
    heads = {cell.value: cell.alignment for cell in sheet[4]}
    assert [heads[name].horizontal for name in ("Rahoitus", "Aste", "Hankkeita")] == ["right"] * 3
    assert heads["Toimintalinja"].horizontal is None
    # The day stands beside a sum.
    assert (heads["Päättyy"].horizontal, heads["Päättyy"].indent) == ("left", 1)


def test_the_axis_of_a_chart_has_the_unit_and_one_bar_is_no_chart(tmp_path: Path) -> None:
    made = replace(table(), bars=("rate",))
    path = tmp_path / "report.xlsx"
    written(content(made, replace(made, frame=FRAME.head(1))), tmp_path)
    with zipfile.ZipFile(path) as parts:
        charts = [name for name in parts.namelist() if "charts/chart" in name]
        chart = parts.read("xl/charts/chart1.xml").decode()
    assert charts == ["xl/charts/chart1.xml"]
    found = re.search(r'<c:valAx>.*?formatCode="(.+?)"', chart)
    assert found and found[1] == "0&quot;\u00a0&quot;%"


def test_what_percentages_differ_by_is_in_points(tmp_path: Path) -> None:
    cells = written_column([written_as(-0.0213, "points", "sv", 1)], pd.RangeIndex(1))
    frame = pd.DataFrame({"own": cells, "all": pd.array([0.252], dtype="Float64")})
    heads = [Column("own", "Egen", "figure"), Column("all", "Alla", "points", 1)]
    assert cells[0] == "−2,1\u00a0%-enh."
    assert heads[1].write(0.252, "en") == "25.2\u00a0pp"
    own, every = written(content(Table("t", "T", heads, frame)), tmp_path).worksheets[1][5]
    assert (own.value, every.value) == (pytest.approx(-2.13), pytest.approx(25.2))
    assert own.number_format == every.number_format == '0.0"\u00a0%-yks."'
