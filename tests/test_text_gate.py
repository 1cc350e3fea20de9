"""No sign that steers leaves a reader unnoticed, and none reaches an output that obeys it."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from attacks import docx, page_html, paragraphs, xlsx
from click.testing import CliRunner
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
