"""No sign that steers leaves a reader unnoticed, and none reaches an output that obeys it."""

import csv
import json
import os
import re
import zipfile
from html import escape
from pathlib import Path

import pandas as pd
import pytest
from attacks import docx, page_html, paragraphs, xlsx
from click.testing import CliRunner
from lxml import etree
from pages import eura2014_page
from test_lists import NEW

import esrdata
from esrdata import Portfolio
from esrdata.cli import main
from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.documents.text import paired, unescaped
from esrdata.tables.csv_file import write_csv
from esrdata.terminal import visible

NAME = "Hankkeen nimi: "


def named(name: str) -> str:
    """A description whose project has this name."""
    head, label, rest = eura2014_page().partition(NAME)
    return f"{head}{label}{name}{rest[rest.index(chr(10)) :]}"


def read(tmp_path: Path, name: str, data: str | bytes) -> Portfolio:
    path = tmp_path / name
    path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    return esrdata.read(path)


def counts(portfolio: Portfolio) -> dict[str, str]:
    kinds = ("mended_control", "text_damaged", "text_looks_damaged", "mended_invisible")
    found = portfolio.issues[portfolio.issues["code"].isin(kinds)]
    return dict(zip(found["code"], found["raw"], strict=True))


def project(portfolio: Portfolio) -> str:
    (name,) = portfolio.projects["name"]
    return str(name)


@pytest.mark.parametrize(
    ("written", "seen", "count"),
    [
        ("Uusi \x1b]0;alku\x07", "Uusi ]0;alku", "2"),
        ("Uusi\x0balku", "Uusi alku", "1"),
        ("Uusi\x7f \x9balku", "Uusi alku", "2"),
        ("Uusi\U000e0041\U000e0042 alku", "Uusi alku", "2"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_control_signs_are_left_out_and_counted(
    tmp_path: Path, name: str, written: str, seen: str, count: str
) -> None:
    text = named(written)
    if name == "a.html":
        text = page_html().replace("Testihanke", "")
        lines = named(written).split("\n")
        text = "<!DOCTYPE html><html><body>" + "".join(f"<p>{x}</p>" for x in lines)
    portfolio = read(tmp_path, name, text)
    assert project(portfolio) == seen
    assert counts(portfolio) == {"mended_control": count}


def test_offsets_stay_right_where_signs_were_left_out(tmp_path: Path) -> None:
    portfolio = read(tmp_path, "a.txt", named("Uu\x1b[1msi\x00alku".replace("\x00", " ")))
    document = open_document(str(tmp_path / "a.txt"))
    assert isinstance(document, Document)
    rows = portfolio.provenance[portfolio.provenance["status"] == "read"]
    assert len(rows) > 20
    for row in rows.itertuples():
        if "█" not in row.raw:
            assert document.text[row.start : row.end] == row.raw
    # What explains the value quotes the file as it is, and shows the sign.
    assert "Uu\x1b[1msi alku" in set(rows["raw"])
    assert "\\x1b[1m" in str(portfolio.explain("S20001", "projects.name"))


def test_signs_that_turn_the_order_are_reported(tmp_path: Path) -> None:
    portfolio = read(tmp_path, "a.txt", named("Uusi \u202eulka\u202c"))
    assert "text_looks_damaged" in counts(portfolio)
    assert "\u202e" not in project(portfolio)
    page = named("Uusi &#x202E;ulka").split("\n")
    html = "<!DOCTYPE html><html><body>" + "".join(f"<p>{line}</p>" for line in page)
    portfolio = read(tmp_path, "b.html", html)
    assert project(portfolio) == "Uusi ulka"
    assert "text_looks_damaged" in counts(portfolio)


@pytest.mark.parametrize(
    ("written", "seen", "code"),
    [
        ("a&#27;b", "ab", {"mended_control": "1"}),
        ("a&#xD83D;b", "a\ufffdb", {"mended_control": "1"}),
        ("a&#128512;b", "a\U0001f600b", {}),
        ("a&#" + "0" * 5000 + "228;b", "aäb", {}),
        ("a&#" + "9" * 5000 + ";b", "a\ufffdb", {}),
    ],
)
def test_references_of_a_page(
    tmp_path: Path, written: str, seen: str, code: dict[str, str]
) -> None:
    page = named(written).split("\n")
    html = "<!DOCTYPE html><html><body>" + "".join(f"<p>{line}</p>" for line in page)
    portfolio = read(tmp_path, "a.html", html)
    assert project(portfolio) == seen
    assert {k: v for k, v in counts(portfolio).items() if k == "mended_control"} == code


def test_signs_of_json_are_whole(tmp_path: Path) -> None:
    row = '{"Koodi": "S10001", "Rahasto": "ESR", "Hankkeen nimi": "%s", "Tila": "Toiminnassa"}'
    text = "[" + row % r"a\ud83d\ude00b\ud83d c\u001b\u202ed" + "]"
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    document = open_document(str(tmp_path / "a.json"))
    assert isinstance(document, Document)
    assert "a\U0001f600b\ufffd cd" in document.view
    assert dict(document.mended) == {"control": 2}


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_signs_that_take_no_room_are_no_part_of_a_cell(tmp_path: Path, name: str) -> None:
    headings = [
        "Koodi", "Rahasto", "Hankkeen nimi", "Tila", "Aloituspvm", "Päättymispvm",
        "Toteuttajan nimi",
    ]  # fmt: skip
    # The mark at the beginning of a file that was put behind another, a soft hyphen, joiners.
    row = ["\ufeffS20001", "ESR", "Ty\u00adö ko\u200dti\u2060a", "-", "", "", "Kotka"]
    text = "\n".join(";".join(cells) for cells in (headings, row))
    if name == "a.json":
        text = json.dumps([dict(zip(headings, row, strict=True))], ensure_ascii=False)
    portfolio = read(tmp_path, name, text)
    named = portfolio.projects[["project_code", "name"]].to_numpy().tolist()
    assert named == [["S20001", "Työ kotia"]]
    raw = portfolio.provenance.set_index("field").loc["projects.name", "raw"]
    assert raw == "Ty\u00adö ko\u200dti\u2060a"


def test_signs_of_a_workbook_are_counted(tmp_path: Path) -> None:
    text = "a_x001B_b\u202ec\u200bd_xD83D_"
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    (tmp_path / "a.xlsx").write_bytes(xlsx(cell))
    document = open_document(str(tmp_path / "a.xlsx"))
    assert isinstance(document, Document)
    assert document.view == "abcd_xD83D_"
    assert dict(document.mended) == {"control": 2, "invisible": 1}


def test_a_word_document_gives_whole_signs(tmp_path: Path) -> None:
    body = paragraphs(named("a\U0001f600b").replace("&", "&amp;"))
    symbol = '<w:p><w:r><w:sym w:char="D83D"/></w:r></w:p>'
    portfolio = read(tmp_path, "a.docx", docx(body + symbol))
    assert project(portfolio) == "a\U0001f600b"
    assert counts(portfolio) == {"text_damaged": "1"}


def test_halves_are_put_together() -> None:
    assert paired("a\ud83d\ude00b\ud83dc\ude00") == "a\U0001f600b\ufffdc\ufffd"
    assert unescaped("&auml;&#228;&#xE4;&#x000000000E4;&#99999999;") == "ääää\ufffd"


# ---- outputs


def test_nothing_in_a_value_steers_a_terminal() -> None:
    assert visible("a\x1b]0;b\x07\tc\nd\u202ee\x9bf") == "a\\x1b]0;b\\x07\tc\nd\\u202ee\\x9bf"
    assert visible("Äiti – 1\u00a0234 €") == "Äiti – 1\u00a0234 €"


def test_commands_show_what_would_steer(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(named("Uusi\x1b]0;x\x07 alku"), encoding="utf-8")
    done = CliRunner().invoke(main, ["explain", str(tmp_path), "S20001", "projects.name"])
    assert "\\x1b]0;x\\x07" in done.output
    assert "\x1b" not in done.output
    done = CliRunner().invoke(main, ["check", str(tmp_path / "\x1b]0;x")])
    assert done.exit_code == 2
    assert "\x1b" not in done.output


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_of_a_csv_file_is_a_formula(tmp_path: Path, sign: str) -> None:
    write_csv(pd.DataFrame({"a": pd.array([f"{sign}1+1", "b"], "string")}), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        # Excel would begin a row at a carriage return.
        cell = f"'{sign}1+1".replace("\r", "\n")
        assert next(row for row in csv.reader(file) if row[0] != "a") == [cell]


def test_a_list_with_signs_that_steer_is_counted(tmp_path: Path) -> None:
    row = "S10001,ESR,Uusi\x1b alku,2,ELY-keskus,Toiminnassa,1.2.2008,31.12.2010,Kotka,1,2,3,4"
    portfolio = read(tmp_path, "a.csv", f"{NEW}\n{row}\n")
    assert project(portfolio) == "Uusi alku"
    assert counts(portfolio) == {"mended_control": "1"}


# ---- every reader, every output

# Steers a terminal, turns the order, would be a tag, a template or a formula.
EVIL = (
    "Uusi \x1b]0;x\x07\x9b31m \u202eulka\u202c \u2066i\u2069 "
    "<script>alert(1)</script> {{7*7}} ＝1+1"
)
STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def evil_files(folder: Path) -> None:
    page = named(EVIL)
    (folder / "a.txt").write_text(page, encoding="utf-8")
    lines = "".join(f"<p>{escape(line)}</p>" for line in page.split("\n"))
    for n, kind in enumerate(("html", "mht", "eml"), start=2):
        text = f"<html><body>{lines}</body></html>".replace("S20001", f"S2000{n}")
        head = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"
        data = text if kind == "html" else f"{head}Subject: a\nFrom: a@x.fi\n\n{text}"
        (folder / f"{kind}.{kind}").write_text(data, encoding="utf-8")
    held = escape("".join(sign for sign in page if sign >= " " or sign == "\n"))
    (folder / "d.docx").write_bytes(docx(paragraphs(held.replace("S20001", "S20005"))))
    row = f'S10001,ESR,"{EVIL}",2,ELY-keskus,Toiminnassa,1.2.2008,31.12.2010,Kotka,1,2,3,4'
    (folder / "e.csv").write_text(f"{NEW}\n{row}\n", encoding="utf-8")
    cells = [[*row.split(",")[:2], EVIL, *row.rsplit(",", 10)[1:]]]
    sheet = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{_held(c)}</t></is></c>' for c in line)
        + "</row>"
        for line in (NEW.split(","), [cell.replace("S10001", "S10002") for cell in cells[0]])
    )
    (folder / "f.xlsx").write_bytes(xlsx(sheet))
    if os.name == "posix":
        odd = folder / "n\x1b]0;x\u202e<b>.txt"
        odd.write_text(named("Nimi").replace("S20001", "S20009"), encoding="utf-8")


def _held(text: str) -> str:
    return escape("".join(sign for sign in text if sign >= " ")) + "_x001B_" * ("\x1b" in text)


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> tuple[Portfolio, Path]:
    home = tmp_path_factory.mktemp("evil")
    (home / "in").mkdir()
    evil_files(home / "in")
    portfolio = esrdata.read(home / "in")
    portfolio.save(home / "out" / "tables")
    portfolio.to_excel(home / "out" / "tables.xlsx", lang="en")
    recipe = home / "recipe.yml"
    chapters = ("glance", "funding", "findings", "method")
    recipe.write_text("chapters:\n" + "".join(f"  - chapter: {c}\n" for c in chapters), "utf-8")
    esrdata.report.write(portfolio, home / "out" / "report", lang="en", recipe=recipe)
    return portfolio, home / "out"


@pytest.mark.slow
def test_every_reader_leaves_out_what_steers(evil: tuple[Portfolio, Path]) -> None:
    portfolio, _ = evil
    assert len(portfolio.projects) >= 7
    for name, table in portfolio.tables.items():
        for column in table.columns:
            # What quotes the file quotes it as it is; the outputs show it.
            quoting = column == "raw" or (name, column) == ("issues", "message")
            if isinstance(table[column].dtype, pd.StringDtype) and not quoting:
                assert [v for v in table[column].dropna() if STEERING.search(v)] == [], (
                    name,
                    column,
                )
    told = portfolio.issues[portfolio.issues["code"] == "mended_control"]
    assert len(told) >= 6


@pytest.mark.slow
def test_no_output_steers_or_runs(evil: tuple[Portfolio, Path]) -> None:
    seen = set()
    for path in sorted(evil[1].rglob("*")):
        seen.add(path.suffix)
        if path.suffix in (".html", ".svg", ".csv", ".json", ".log"):
            text = path.read_text(encoding="utf-8-sig")
            assert STEERING.search(text) is None, path
            if path.suffix in (".html", ".svg"):
                assert "<script>alert" not in text
                assert "49 ＝" not in text
            if path.suffix == ".svg":
                etree.fromstring(path.read_bytes())
            if path.suffix == ".csv":
                cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
                live = [c for c in cells if c.startswith(tuple("=+-@＝＋－＠")) and len(c) > 1]
                assert [c for c in live if re.fullmatch(r"-?[\d.,]+", c) is None] == []
        elif path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as packed:
                for name in packed.namelist():
                    if name.endswith((".xml", ".rels")):
                        etree.fromstring(packed.read(name))
                        assert b"<f>" not in packed.read(name), name
                        assert STEERING.search(packed.read(name).decode()) is None, (path, name)
    assert {".html", ".svg", ".csv", ".json", ".xlsx", ".docx"} <= seen


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="no such names elsewhere")
def test_a_name_that_steers_is_shown_and_leads_back(evil: tuple[Portfolio, Path]) -> None:
    portfolio, _ = evil
    (file,) = (str(f) for f in portfolio.files["file"] if "0;x" in str(f))
    assert file.endswith(r"/n\u001b]0;x\u202e<b>.txt")
    assert list(esrdata.read(file).projects["project_code"]) == ["S20009"]
    assert len(portfolio.explain("S20009", "projects.name").context) > 1
