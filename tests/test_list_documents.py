"""Workbooks and XML lists to lines: a row is a line, cells are divided by tabs, places are true."""

import io
import re
import subprocess
import sys
import time
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference

import esrdata
from esrdata.documents import xml as xml_rows
from esrdata.documents.document import Document
from esrdata.documents.layout import UNSEEN_SIGNS
from esrdata.documents.office import workbook as workbook_text
from esrdata.documents.office import xlsx
from esrdata.documents.open import NotOpened, open_document


def opened(path: Path) -> Document:
    document = open_document(str(path))
    assert isinstance(document, Document), document
    return document


def refused(path: Path, data: bytes) -> tuple[str | None, str, str | None]:
    path.write_bytes(data)
    met = open_document(str(path))
    assert isinstance(met, NotOpened), met
    assert met.sha256 is not None
    return met.format, met.code, met.raw


# ---- workbooks


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Document]:
    """A document of a workbook with the given rows on its sheets."""

    def make(*sheets: list[list[object]]) -> Document:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for rows in sheets:
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "lista.xlsx")
        return opened(tmp_path / "lista.xlsx")

    return make


def places(document: Document) -> list[tuple[int, int, list[str]]]:
    """Page, line and cells of every full line, each cell cut out of the text by its place."""
    found = []
    for line in document.lines:
        at, cells, where = line.start, [], (0, 0)
        if line.text.startswith("\f"):
            at += 1
        for cell in line.text.lstrip("\f").split("\t"):
            if cell:
                span = document.span(at, at + len(cell))
                cells.append(document.raw(span))
                assert cells[-1] == cell
                where = span.page, span.line
            else:
                cells.append("")
            at += len(cell) + 1
        if where != (0, 0):
            found.append((*where, cells))
    return found


def test_a_workbook_is_lines_of_cells(workbook: Callable[..., Document]) -> None:
    document = workbook(
        [["Hankekoodi ", "Nimi", "Päättyy"], ["S99901", "Sillat", None], ["S99902", None, "x"]]
    )
    assert (document.format, document.encoding, document.paged) == ("xlsx", None, True)
    assert document.text == "Hankekoodi \tNimi\tPäättyy\nS99901\tSillat\nS99902\t\tx"
    assert document.view == document.text
    assert not document.starts


def test_a_line_is_a_row_and_a_page_is_a_sheet(workbook: Callable[..., Document]) -> None:
    document = workbook(
        [[], ["Koodi", "Nimi"], [None], ["S1", "Työtä"], [None, "yhteensä"]],
        [],
        [["Koodi"], [], [], ["S2"]],
    )
    assert places(document) == [
        (1, 2, ["Koodi", "Nimi"]),
        (1, 4, ["S1", "Työtä"]),
        (1, 5, ["", "yhteensä"]),
        (3, 1, ["Koodi"]),
        (3, 4, ["S2"]),
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Pa\u0308ija\u0308nne", "Päijänne"),
        ("a\tb", "a b"),
        ("yksi\nkaksi\r\nkolme", "yksi\u2028kaksi\u2028kolme"),
        ("yksi_x000D_\nkaksi", "yksi\u2028kaksi"),
        ("sivu_x000C_vaihtuu", "sivu\u2028vaihtuu"),
        ("tavu\u00adviiva\u200b", "tavuviiva"),
        ("46\u00a0434", "46\u00a0434"),
        (" 00420 ", " 00420 "),
        ("_x0041_", "_x0041_"),
        ("=ei", "=ei"),
        (7, "7"),
        (7.0, "7"),
        (-876, "-876"),
        (46434.21, "46434.21"),
        (0.1 + 0.2, "0.3"),
        (1225112342.4700003, "1225112342.47"),
        (1e-7, "0.0000001"),
        (1e22, "10000000000000000000000"),
        (0.25, "0.25"),
        (True, "TRUE"),
        (False, "FALSE"),
        (datetime(2023, 1, 31), "2023-01-31"),
        (date(2023, 1, 31), "2023-01-31"),
        (datetime(2023, 1, 31, 14, 5), "2023-01-31T14:05:00"),
        (clock(14, 5), "14:05:00"),
        (timedelta(hours=26, minutes=5), "26:05:00"),
        ("#N/A", "#N/A"),
    ],
)
def test_what_a_cell_says(tmp_path: Path, value: object, said: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    cell = sheet.cell(1, 2)
    if value == "=ei":
        cell.data_type = "s"
        cell._value = value
    else:
        cell.value = value
    sheet.cell(1, 1, "S1")
    book.save(tmp_path / "a.xlsx")
    assert opened(tmp_path / "a.xlsx").text == f"S1\t{said}"


def test_a_number_with_the_format_of_a_date_is_a_date(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_number(0, 0, 44957, book.add_format({"num_format": "d.m.yyyy"}))
        sheet.write_number(0, 1, 0.5, book.add_format({"num_format": "0 %"}))
        sheet.write_number(0, 2, 1234.5, book.add_format({"num_format": '# ##0,00 "€"'}))
        # Excel shows this as ####; it is no date.
        sheet.write_number(0, 3, 99999999, book.add_format({"num_format": "d.m.yyyy"}))
    assert opened(tmp_path / "a.xlsx").text == "2023-01-31\t50 %\t1234.5\t#VALUE!"


def test_formulas_give_the_value_that_was_saved(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(0, 1, '="a"&"b"', None, "ab")
        sheet.write_formula(0, 2, "=1/0", None, "#DIV/0!")
        sheet.write_string(0, 3, "loppu")
    assert opened(tmp_path / "a.xlsx").text == "2\tab\t#DIV/0!\tloppu"
    book2 = openpyxl.Workbook()
    # openpyxl saves no value
    book2.worksheets[0].append(["=1+1", "loppu"])
    book2.save(tmp_path / "b.xlsx")
    assert opened(tmp_path / "b.xlsx").text == "=1+1\tloppu"


def test_hidden_sheets_and_merged_cells_are_read_and_charts_keep_their_page(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.append(["S1", "a"])
    first.append(["Yhteensä", None, 5])
    first.merge_cells("A2:B2")
    chart = BarChart()
    chart.add_data(Reference(first, min_col=3, min_row=2))
    book.create_chartsheet("Kaavio").add_chart(chart)
    hidden = book.create_sheet("Piilossa")
    hidden.append(["S2"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    document = opened(tmp_path / "a.xlsx")
    assert places(document) == [(1, 1, ["S1", "a"]), (1, 2, ["Yhteensä", "", "5"]), (3, 1, ["S2"])]


def repacked(path: Path, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The workbook with parts changed or, where the change gives nothing, left out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return packed.getvalue()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    with xlsxwriter.Workbook(str(tmp_path / "small.xlsx")) as book:
        sheet = book.add_worksheet()
        for row in range(30):
            sheet.write_row(row, 0, [f"S{row}", "Työtä kaikille", row])
    return tmp_path / "small.xlsx"


def test_the_size_a_sheet_claims_is_not_trusted(small: Path) -> None:
    claimed = re.compile(rb'<dimension ref="[^"]*"/>')
    small.write_bytes(
        repacked(small, lambda _, data: claimed.sub(b'<dimension ref="A1:B2"/>', data))
    )
    lines = opened(small).lines
    assert (len(lines), lines[29].text) == (30, "S29\tTyötä kaikille\t29")


def test_rows_beyond_the_last_value_are_no_lines(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "S1"
    sheet["C1048576"].number_format = "0.00"
    book.save(tmp_path / "a.xlsx")
    assert opened(tmp_path / "a.xlsx").text == "S1"


def test_a_workbook_without_text_is_empty(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    data = (tmp_path / "a.xlsx").read_bytes()
    assert refused(tmp_path / "a", data) == ("xlsx", "file_empty", None)


def test_the_name_of_a_workbook_says_nothing(small: Path) -> None:
    other = small.rename(small.with_name("lista.txt"))
    assert opened(other).format == "xlsx"


def test_a_workbook_that_is_no_list_is_an_unknown_form(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Maitoa", "Leipää"])
    book.save(tmp_path / "kauppa.xlsx")
    portfolio = esrdata.read(tmp_path)
    assert portfolio.files["status"].tolist() == ["unknown_form"]
    assert portfolio.files["format"].tolist() == ["xlsx"]


def test_workbooks_that_give_no_text_are_told(small: Path, tmp_path: Path) -> None:
    data, path = small.read_bytes(), tmp_path / "x"
    damaged = ("xlsx", "workbook_broken", None)
    assert refused(path, data[:-200]) == damaged
    assert refused(path, data[: len(data) // 2]) == damaged
    without = repacked(small, lambda name, part: None if "sheet1" in name else part)
    assert refused(path, without) == damaged
    garbled = repacked(small, lambda name, part: part[:-60] if "sheet1" in name else part)
    assert refused(path, garbled) == damaged
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16le")
    assert refused(path, locked) == ("docx/xlsx", "workbook_encrypted", None)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "Workbook".encode("utf-16le")
    assert refused(path, old) == ("xls", "workbook_broken", None)
    for part, format_ in (("ppt/a.xml", "pptx"), ("xl/workbook.bin", "xlsb"), ("Index/a", "zip")):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as file:
            file.writestr(part, "<xml/>")
        assert refused(path, packed.getvalue()) == (format_, "format_unsupported", format_.upper())


def test_a_workbook_that_fills_the_memory_is_refused(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_large = ("xlsx", "workbook_too_large", None)
    with zipfile.ZipFile(small) as packed:
        size = sum(part.file_size for part in packed.infolist())

    def allow(size: int) -> None:
        monkeypatch.setattr(workbook_text, "LARGEST", size)

    allow(size)
    assert opened(small).format == "xlsx"
    allow(size - 1)
    assert refused(tmp_path / "x", small.read_bytes()) == too_large
    # Cells that share a long text are larger than their parts.
    with xlsxwriter.Workbook(str(small)) as book:
        sheet = book.add_worksheet()
        for row in range(500):
            sheet.write_string(row, 0, "pitkä " * 5000)
    allow(1_000_000)
    assert refused(tmp_path / "x", small.read_bytes()) == too_large


def test_nothing_from_outside_comes_in(small: Path, tmp_path: Path) -> None:
    secret = tmp_path / "salaisuus.txt"
    secret.write_text("SALAISUUS", encoding="utf-8")
    doctype = f'<!DOCTYPE sst [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()

    def change(name: str, data: bytes) -> bytes:
        if "sharedStrings" in name:
            assert data.count(b"<t>S1</t>") == 1
            data = data.replace(b"<t>S1</t>", b"<t>S1&x;</t>")
            data = data.replace(b"<sst ", doctype + b"<sst ", 1)
            assert doctype in data
        return data

    small.write_bytes(repacked(small, change))
    met = open_document(str(small))
    assert isinstance(met, NotOpened) or "SALAISUUS" not in met.text


def test_no_warning_of_the_library_is_shown(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_number(0, 0, 99999999, book.add_format({"num_format": "d.m.yyyy"}))
    path = tmp_path / "a.xlsx"
    code = f"import openpyxl; b = openpyxl.load_workbook({str(path)!r}); "
    ours = f"from esrdata.documents.open import open_document; open_document({str(path)!r})"
    for said, is_quiet in ((code, False), (ours, True)):
        done = subprocess.run(
            [sys.executable, "-c", said],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[1],
        )
        assert (done.stderr == "") is is_quiet


def test_damage_anywhere_in_a_workbook_is_no_exception(small: Path) -> None:
    data = small.read_bytes()
    parts = dict.fromkeys(zipfile.ZipFile(small).namelist())
    for part in parts:
        for change in (lambda _: b"", lambda d: d[: len(d) // 2], lambda d: d.replace(b'"', b"'x")):
            broken = repacked(small, lambda n, d, p=part, c=change: c(d) if n == p else d)
            small.with_name("x").write_bytes(broken)
            open_document(str(small.with_name("x")))
    for at in range(0, len(data), 37):
        small.with_name("x").write_bytes(data[:at] + b"\x17" + data[at + 1 :])
        open_document(str(small.with_name("x")))


# What a workbook can hold: xlsxwriter writes control characters as they must be written.
_TEXTS = st.text(
    st.one_of(
        st.sampled_from("aäÅ€ \t\n\r\f\x0b\u0308\u00a0\u200b\u00ad\u2028\U0001f600_x0041&<>\"'"),
        st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_TEXTS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_text_of_a_cell_survives(rows: list[list[str]]) -> None:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, said in enumerate(row):
                sheet.write_string(number, column, said)
    text = xlsx.read(packed.getvalue()).text
    unseen = dict.fromkeys([*range(9), *range(14, 32), *map(ord, UNSEEN_SIGNS)])
    lines = []
    for row in rows:
        cells = []
        for said in row:
            # XML makes one line feed of a carriage return, with or without a line feed.
            kept = re.sub("\r\n?|[\n\x0b\f\x85\u2028\u2029]", "\u2028", said).replace("\t", " ")
            cells.append(unicodedata.normalize("NFC", kept.translate(unseen)))
        lines.append("\t".join(cells).rstrip("\t"))
    if max(line.count("\t") for line in lines) in (1, 2):
        # Of a sheet of labels and values: the empty cell beside a label is kept.
        lines = [f"{line}\t" if line and "\t" not in line else line for line in lines]
    assert text == "\n".join(lines).rstrip("\n")


@pytest.mark.slow
def test_a_large_workbook_is_quick(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        for row in range(2000):
            sheet.write_row(row, 0, [f"S{row}", *range(34), "Pitkä tiivistelmä.\n" * 100])
    began = time.process_time()
    assert len(opened(tmp_path / "a.xlsx").lines) == 2000
    assert time.process_time() - began < 5


# ---- XML


LIST = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!-- projektit -->
<projektilista paiva="1.2.2015">
<projekti>
  <projektikoodi>S98801</projektikoodi>
  <projektinnimi>Tutkimus & kehitys, R&D</projektinnimi>
  <viranomainen>Hämeen elinkeino-,
     liikenne- ja ymp&#228;rist&ouml;keskus </viranomainen>
  <paattymispvm/>
  <myonnetty>37500.5</myonnetty>
</projekti>
<projekti id="2">
  <projektikoodi>S98802</projektikoodi>
  <projektinnimi kieli="fi > sv"><![CDATA[A&amp;B <ry>]]></projektinnimi>
  <ohjelma>Etel&auml; &lt;1&gt; &quot;x&quot; &amp;amp;</ohjelma>
  <paattymispvm>31.12.2012</paattymispvm>
</projekti>
</projektilista>
"""


@pytest.fixture
def xml(tmp_path: Path) -> Callable[[str | bytes], Document]:
    def make(source: str | bytes) -> Document:
        path = tmp_path / "lista.xml"
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        return opened(path)

    return make


def test_a_list_is_lines_of_cells(xml: Callable[..., Document]) -> None:
    document = xml(LIST)
    assert (document.format, document.encoding, document.text) == ("xml", "utf-8", LIST)
    assert document.view.split("\n") == [
        "projektikoodi\tprojektinnimi\tviranomainen\tpaattymispvm\tmyonnetty\tohjelma",
        "S98801\tTutkimus & kehitys, R&D\tHämeen elinkeino-, liikenne- ja ympäristökeskus\t\t"
        "37500.5\t",
        'S98802\tA&amp;B <ry>\t\t31.12.2012\t\tEtelä <1> "x" &amp;',
    ]


def test_every_cell_has_its_place(xml: Callable[..., Document]) -> None:
    document = xml(LIST)
    raws = []
    for line in document.lines:
        at, cells = line.start, []
        for cell in line.text.split("\t"):
            if cell:
                span = document.span(at, at + len(cell))
                cells.append((span.line, document.raw(span)))
                assert span.page == 1
            else:
                cells.append((0, ""))
            at += len(cell) + 1
        raws.append(cells)
    assert raws == [
        [
            (5, "projektikoodi"),
            (6, "projektinnimi"),
            (7, "viranomainen"),
            (9, "paattymispvm"),
            (10, "myonnetty"),
            (15, "ohjelma"),
        ],
        [
            (5, "S98801"),
            (6, "Tutkimus & kehitys, R&D"),
            (7, "Hämeen elinkeino-,\n     liikenne- ja ymp&#228;rist&ouml;keskus"),
            (0, ""),
            (10, "37500.5"),
            (0, ""),
        ],
        [
            (13, "S98802"),
            (14, "A&amp;B <ry>"),
            (0, ""),
            (16, "31.12.2012"),
            (0, ""),
            (15, "Etel&auml; &lt;1&gt; &quot;x&quot; &amp;amp;"),
        ],
    ]
    at = document.view.index("ö")
    assert document.raw(document.span(at, at + 1)) == "&ouml;"


def test_an_absent_element_is_told_from_an_empty_one(xml: Callable[..., Document]) -> None:
    document = xml(LIST)
    first, second = document.lines[1], document.lines[2]
    empty = first.end - len("\t37500.5\t")
    assert document.view[empty - 1 : empty + 1] == "\t\t"
    assert not xml_rows.is_absent(document.starts, document.ends, empty)
    place = document.span(empty - 1, empty)
    assert document.text[place.start :].startswith("<paattymispvm/>")
    assert xml_rows.is_absent(document.starts, document.ends, first.end)
    assert document.raw(document.span(first.end - 1, first.end)) == "<projekti>"
    for line, absent in ((first, False), (second, False)):
        assert xml_rows.is_absent(document.starts, document.ends, line.start) is absent
    missing = xml("<l><e><a>1</a><b>2</b></e><e><b>3</b></e></l>")
    line = missing.lines[2]
    assert line.text == "\t3"
    assert xml_rows.is_absent(missing.starts, missing.ends, line.start)


def test_the_bytes_decide_how_they_are_decoded(xml: Callable[..., Document]) -> None:
    assert xml(LIST).encoding == "utf-8"
    plain = xml(LIST.encode("latin-1"))
    assert (plain.encoding, plain.view) == ("cp1252", xml(LIST).view)
    marked = xml(b"\xef\xbb\xbf" + LIST.encode())
    assert (marked.encoding, marked.view) == ("utf-8-sig", xml(LIST).view)
    assert xml(LIST.replace("\n", "\r\n").encode("utf-16")).view == xml(LIST).view


@pytest.mark.parametrize(
    ("source", "view"),
    [
        ("<l><e><a>1</a></e><e><a>2</a></e></l>", "a\n1\n2"),
        # a single row
        ("<l><e><a>1</a><b>2</b></e></l>", "a\tb\n1\t2"),
        ("<l><e><a>1</a></e><e/><e></e></l>", "a\n1\n\n"),
        ("<l><e><k/><a><b>x</b><c>y <d>z</d></c>!</a></e></l>", "k\ta\n\tx\u2028y z !"),
        ("<l><e><a>1</a><a>2</a><a><c>3</c></a></e></l>", "a\n1\u20282\u20283"),
        ("<l><e><a>1<!-- ei -->2<![CDATA[ 3]]>4</a></e></l>", "a\n12 34"),
        ("<l><e><a> \n </a><b>&#10;x&#9;&#32;y</b></e></l>", "a\tb\n\tx y"),
        ("<n:l xmlns:n='x'><n:e><n:a>1</n:a></n:e><n:e><n:a>2</n:a></n:e></n:l>", "a\n1\n2"),
        ("<l><e><a>alle <25 v, 5 < 6</a></e></l>", "a\nalle <25 v, 5 < 6"),
        ("<l><e><a>A &B; &amp &x</a></e></l>", "a\nA &B; &amp &x"),
        ("<l><e><a>a&#776;&#97;\u0308 &#173;b\u00ad</a></e></l>", "a\nää b"),
        ("<l><e><a>1</a></x></e></q></l>", "a\n1"),
        ("<r><info>x</info><l><e><a>1</a></e><e><a>2</a></e></l></r>", "a\n1\n2"),
        ("<rss><channel><title>t</title><item><a>1</a></item><item><a>2</a></item></channel></rss>",
         "a\n1\n2"),
        ("<!DOCTYPE l [ <!ENTITY x 'y'> ]>\n<l><e><a>&x;</a></e></l>", "a\n&x;"),
        ("<data><row><a>1</a></row><row><a>2</a></row></data>", "a\n1\n2"),
        # cut off: what there is
        ("<l><e><a>1</a><b>2</b></e><e><a>3</a><b>kes", "a\tb\n1\t2\n3\tkes"),
        ("<l><e><a>1</a><b>2</b></e><e><a>3</a><b>kesk</", "a\tb\n1\t2\n3\tkesk"),
        ("<l><e><a>1</a><b>2</b></e><e><a>3</a><uu", "a\tb\n1\t2\n3\t"),
        ("<l><e><a>1</a></e><e><a><![CDATA[3 &amp", "a\n1\n3 &amp"),
    ],
)  # fmt: skip
def test_shapes_of_xml(source: str, view: str, xml: Callable[..., Document]) -> None:
    document = xml(source)
    assert (document.format, document.view) == ("xml", view)
    assert len(document.view) == len(document.starts) == len(document.ends)


@pytest.mark.parametrize(
    "source",
    [
        '<?xml version="1.0"?>\n<html xmlns="x"><body><p><b>a</b></p><p><b>b</b></p></body></html>',
        "<!DOCTYPE html><lista><p><b>a</b></p><p><b>b</b></p></lista>",
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html><p>a</p></html>',
        "<div class='description'><h2>1. Projekti</h2><p><b>x</b></p><p><b>y</b></p></div>",
        "<!-- saved --><TABLE><tr><td>a</td></tr><tr><td>b</td></tr></TABLE>",
        "<app-root><div><b>a</b></div><div><b>b</b></div></app-root>",
        "<otsikko><e><k>1</k></e></otsikko><h2>1 Hanke</h2>",
        "<hakija>",
        "<l><e>1</e><e>2</e></l>",
    ],
)
def test_pages_stay_pages(source: str, xml: Callable[..., Document]) -> None:
    assert xml(source).format == "html"


def test_a_tag_in_a_text_makes_no_list(xml: Callable[..., Document]) -> None:
    assert xml("Koodi\n<l><e><a>1</a></e><e><a>2</a></e></l>").format == "text"


def test_other_xml_does_no_harm_and_takes_no_time() -> None:
    began = time.process_time()
    deep = "<x>" * 50_000 + "<y/>" + "</z>" * 50_000
    xml_rows.view(deep)
    xml_rows.view("<l>" + "<e><a>1</a>" * 50_000)
    xml_rows.view("<l>" + "<!--" * 100_000)
    xml_rows.view("<l a='" + "\"'" * 100_000)
    xml_rows.view("<plist><dict>" + "<key>a</key><dict><key>b</key></dict>" * 50_000)
    wide = "".join(f"<e><a{n}>1</a{n}></e>" for n in range(20_000))
    assert xml_rows.view(f"<l>{wide}</l>") is None
    assert time.process_time() - began < 5


_PIECES = st.sampled_from(
    ["<l>", "<e>", "</e>", "<a>", "</a>", "<b/>", "<b>", "</b>", "<n:c x='>'>", "</n:c>", "</l>",
     "<![CDATA[", "]]>", "<!--", "-->", "&amp;", "&", "&#228;", "a\u0308", "&#776;", " ", "\n",
     "\t", "ä", "<", ">", "\u00ad", "<a>x</a>", "&#10;", "&nbsp;"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_places_of_any_xml_are_true(pieces: str) -> None:
    source = unicodedata.normalize("NFC", f"<l><e><a>1</a></e>{pieces}")
    met = xml_rows.view(source)
    if met is None:
        return
    view, starts, ends = met
    assert len(view) == len(starts) == len(ends)
    widths = {line.count("\t") for line in view.split("\n")}
    assert len(widths) == 1
    for i, sign in enumerate(view):
        written = source[starts[i] : ends[i]]
        if sign not in "\t\n\u2028 ":
            assert written[:1] == sign or "&" in written
        else:
            assert not written.strip() or written[0] in "<&"


_VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf"]), max_size=20)


@given(st.lists(st.tuples(_VALUES, _VALUES), min_size=2, max_size=5))
def test_any_text_of_an_element_survives(rows: list[tuple[str, str]]) -> None:
    def escaped(said: str) -> str:
        return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    rows = [(unicodedata.normalize("NFC", a), unicodedata.normalize("NFC", b)) for a, b in rows]
    source = "".join(f"<e><a>{escaped(a)}</a><b>{escaped(b)}</b></e>\n" for a, b in rows)
    met = xml_rows.view(f"<l>{source}</l>")
    assert met is not None
    folded = ["\t".join(re.sub(" +", " ", said).strip(" ") for said in row) for row in rows]
    assert met[0].split("\n") == ["a\tb", *folded]


@pytest.mark.slow
def test_a_large_list_is_quick() -> None:
    row = LIST[LIST.index("<projekti>") : LIST.index("<projekti id")]
    began = time.process_time()
    met = xml_rows.view("<lista>" + row * 20_000 + "</lista>")
    assert met is not None
    assert met[0].count("\n") == 20_000
    assert time.process_time() - began < 5
