"""What is no good page: it is told, with its right status, and never in the way of the others."""

import io
import os
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from attacks import zipped
from pages import ROOT, eura2007_page, eura2014_page, raw, read_pages

import esrdata
from esrdata import Portfolio, SourceError
from esrdata.tables.dictionary import markdown

# Windows has other rights, and no super-user to ask for.
SUPER_USER = not hasattr(os, "geteuid") or os.geteuid() == 0

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
MHTML = b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tx\r\n\r\nhei"
LOCKED = OLE + "EncryptedPackage".encode("utf-16le")
OTHER_SERVICE = (
    "<!DOCTYPE html><html><head><title>Uutiset</title></head><body><h1>Uutiset</h1>"
    "<p>Kirjasto on avoinna.</p><h2>1 Hanke</h2><p>Kunnat: Kotka</p></body></html>"
)


def archive(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(name, "<xml/>")
    return packed.getvalue()


def workbook() -> bytes:
    packed = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Koodi", "Rahasto"])
    book.save(packed)
    return packed.getvalue()


def files(portfolio: Portfolio) -> dict[str, str]:
    names = [Path(file).name for file in portfolio.files["file"]]
    return dict(zip(names, portfolio.files["status"], strict=True))


def findings(portfolio: Portfolio) -> dict[str, list[str]]:
    met: dict[str, list[str]] = {}
    for file, code in zip(portfolio.issues["file"], portfolio.issues["code"], strict=True):
        met.setdefault(Path(file).name, []).append(code)
    return met


def one_sentence(text: str) -> bool:
    return re.fullmatch(r"[A-Z][^\n{}]*[^.\n]\.", text) is not None


# ---- nothing to read at all


@pytest.mark.parametrize("name", ["puuttuu.txt", "puuttuu", "puuttuu/*.txt"])
def test_a_source_that_does_not_exist(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="puuttuu") as met:
        esrdata.read(tmp_path / name)
    assert one_sentence(str(met.value))


def test_one_missing_path_in_a_list_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(eura2014_page(), encoding="utf-8")
    with pytest.raises(SourceError, match=r"puuttuu\.txt"):
        esrdata.read([tmp_path / "a.txt", tmp_path / "puuttuu.txt"])


def test_an_empty_list_and_an_empty_folder(tmp_path: Path) -> None:
    for source in ([], tmp_path):
        with pytest.raises(SourceError) as met:
            esrdata.read(source)
        assert one_sentence(str(met.value))


def test_an_empty_name_is_not_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_pages(tmp_path, eura2014_page())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(esrdata.EsrdataError):
        esrdata.read("")


def test_hidden_files_do_not_count(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text(eura2014_page(), encoding="utf-8")
    (tmp_path / "~$lukko.docx").write_bytes(b"x")
    with pytest.raises(SourceError):
        esrdata.read(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("kuva.png", PNG, "contains no text"),
        ("kuva.txt", JPEG, "contains no text"),
        ("sivu.pdf", PDF, "file could not be read"),
        ("sivu.docx", archive("word/document.xml"), "file could not be read"),
        ("tyhjä.txt", b"", "empty"),
        ("välit.txt", b" \r\n\t\n", "empty"),
    ],
)
def test_a_folder_without_any_text_is_told(
    tmp_path: Path, name: str, data: bytes, status: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError) as met:
        esrdata.read(tmp_path)
    assert one_sentence(str(met.value))
    assert f"{name} ({status})" in str(met.value)


def test_many_photos_are_counted_and_not_all_named(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.png").write_bytes(PNG)
    with pytest.raises(SourceError, match=r"\(\+ 2\)") as met:
        esrdata.read(tmp_path)
    assert str(met.value).count(".png") == 3


# ---- one bad file beside a good one

HALF = eura2014_page(code="S20002").split("5 Projektin julkinen rahoitus")[0]

BAD = {
    "kuva.png": (PNG, "not_text", ["file_not_text"], None),
    "kuva.txt": (JPEG, "not_text", ["file_not_text"], None),
    # Scanned pages in a page, a document and a workbook.
    "kuva.html": (
        b"<html><body><img src='a.png'></body></html>",
        "not_text",
        ["file_not_text"],
        "html",
    ),
    "kuva.docx": (
        zipped(
            {
                "word/document.xml": "<w:document xmlns:w='w'><w:body/></w:document>",
                "word/media/a.png": PNG,
            }
        ),
        "not_text",
        ["file_not_text"],
        "docx",
    ),
    "kuva.rtf": (rb"{\rtf1 {\pict\pngblip 89504e47}}", "not_text", ["file_not_text"], "rtf"),
    "sivu.pdf": (PDF, "unreadable", ["pdf_broken"], "pdf"),
    "sivu.docx": (archive("word/x.xml"), "unsupported_format", ["format_unsupported"], "docx"),
    "lista.xlsx": (archive("xl/x.xml"), "unsupported_format", ["format_unsupported"], "xlsx"),
    "katkennut.xlsx": (workbook()[:-200], "unreadable", ["workbook_broken"], "xlsx"),
    "lukittu.xlsx": (LOCKED, "unreadable", ["workbook_encrypted"], "docx/xlsx"),
    "vanha.doc": (OLE, "unsupported_format", ["format_unsupported"], "doc/xls"),
    "sivu.mht": (MHTML, "unsupported_format", ["format_unsupported"], "mhtml"),
    "teksti.rtf": (rb"{\rtf1 Hankekoodi: S20003}", "unknown_form", ["form_unknown"], "rtf"),
    "tyhjä.txt": (b"", "empty", ["file_empty"], None),
    "välilyöntejä.html": (b"\n \n", "empty", ["file_empty"], None),
    "pelkkä merkki.txt": (b"\xef\xbb\xbf", "empty", ["file_empty"], None),
    "uutiset.html": (OTHER_SERVICE.encode(), "unknown_form", ["form_unknown"], "html"),
    "kauppalista.txt": (
        b"Maitoa\nLeip\xc3\xa4\xc3\xa4\n",
        "unknown_form",
        ["form_unknown"],
        "text",
    ),
    "ei koodia.txt": (
        eura2014_page(code="").encode(),
        "no_project_code",
        ["form_without_code"],
        "text",
    ),
    "vain loppu.txt": (
        ("5 Projektin julkinen" + eura2014_page().split("5 Projektin julkinen")[1]).encode(),
        "no_project_code",
        ["form_without_code"],
        "text",
    ),
    "puolikas.txt": (HALF.encode(), "read", ["section_missing"], "text"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_a_row_and_a_finding(tmp_path: Path, name: str) -> None:
    data, status, codes, format_ = BAD[name]
    (tmp_path / "hyvä.txt").write_text(eura2014_page(), encoding="utf-8")
    (tmp_path / name).write_bytes(data)
    portfolio = esrdata.read(tmp_path)
    assert files(portfolio) == {"hyvä.txt": "read", name: status}
    assert findings(portfolio) == {name: codes or ["format_unsupported"]}
    row = portfolio.files[portfolio.files["file"] == (tmp_path / name).as_posix()].iloc[0]
    assert (None if pd.isna(row["format"]) else row["format"]) == format_
    wanted = ["S20001", "S20002"] if name == "puolikas.txt" else ["S20001"]
    assert sorted(portfolio.projects["project_code"]) == wanted
    assert all(one_sentence(message) for message in portfolio.issues["message"])
    assert all(name in message for message in portfolio.issues["message"])


def test_a_folder_of_all_sorts_gives_the_good_page_and_a_finding_for_each_other(
    tmp_path: Path,
) -> None:
    (tmp_path / "alla").mkdir()
    (tmp_path / "alla" / "hyvä.txt").write_text(eura2014_page(), encoding="utf-8")
    for name, (data, *_) in BAD.items():
        (tmp_path / name).write_bytes(data)
    portfolio = esrdata.read(tmp_path)
    assert files(portfolio) == {"hyvä.txt": "read"} | {n: bad[1] for n, bad in BAD.items()}
    assert set(findings(portfolio)) == set(BAD)
    assert list(portfolio.projects["name"]) == ["Pieni hanke", "Pieni hanke"]
    alone = read_pages(tmp_path / "yksin", eura2014_page())
    chosen = portfolio.select(project_code="S20001")
    same = ["funding", "indicators", "sustainability", "horizontal", "locations", "narratives"]
    for name in same:
        pd.testing.assert_frame_equal(chosen.tables[name], alone.tables[name])


def test_what_was_not_opened_has_no_counts(tmp_path: Path) -> None:
    # tables.yml: lines and lines_accounted are missing, for nobody counted them.
    (tmp_path / "hyvä.txt").write_text(eura2014_page(), encoding="utf-8")
    (tmp_path / "kuva.png").write_bytes(PNG)
    row = esrdata.read(tmp_path).files.set_index("status").loc["not_text"]
    assert pd.isna(row["lines"])
    assert pd.isna(row["lines_accounted"])
    assert pd.isna(row["encoding"])
    assert pd.isna(row["form"])
    assert len(row["sha256"]) == 64


def test_a_photo_holds_no_description(tmp_path: Path) -> None:
    (tmp_path / "hyvä.txt").write_text(eura2014_page(), encoding="utf-8")
    (tmp_path / "kuva.png").write_bytes(PNG)
    table = esrdata.read(tmp_path).files.set_index("status")["descriptions"]
    assert table["read"] == 1
    assert table["not_text"] == 0


@pytest.mark.parametrize("name", ["sivu.mht", "teksti.rtf"])
def test_a_finding_says_truly_what_the_file_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "hyvä.txt").write_text(eura2014_page(), encoding="utf-8")
    (tmp_path / name).write_bytes(BAD[name][0])
    message = esrdata.read(tmp_path).issues["message"].iloc[0]
    assert "is a PDF, spreadsheet or Word file" not in message


@pytest.mark.skipif(SUPER_USER, reason="the super-user may read anything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "hyvä.txt").write_text(eura2014_page(), encoding="utf-8")
    locked = tmp_path / "lukittu.txt"
    locked.write_text(eura2014_page(code="S20002"), encoding="utf-8")
    locked.chmod(0)
    portfolio = esrdata.read(tmp_path)
    locked.chmod(0o600)
    assert files(portfolio) == {"hyvä.txt": "read", "lukittu.txt": "unreadable"}
    assert findings(portfolio) == {"lukittu.txt": ["file_unreadable"]}


@pytest.mark.skipif(SUPER_USER, reason="the super-user may read anything")
def test_a_folder_that_may_not_be_listed_is_told(tmp_path: Path) -> None:
    read_pages(tmp_path, eura2014_page())
    locked = tmp_path / "lukittu"
    read_pages(locked, eura2014_page(code="S20002"))
    locked.chmod(0)
    portfolio = esrdata.read(tmp_path)
    locked.chmod(0o700)
    assert "file_unreadable" in set(portfolio.issues["code"])


@pytest.mark.skipif(SUPER_USER, reason="the super-user may read anything")
def test_a_file_in_a_folder_that_may_not_be_entered_is_told(tmp_path: Path) -> None:
    read_pages(tmp_path / "lukittu", eura2014_page())
    (tmp_path / "lukittu").chmod(0)
    with pytest.raises(SourceError):
        esrdata.read(tmp_path / "lukittu" / "0.txt")


def test_a_file_that_the_system_does_not_open_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hyvä.txt").write_text(eura2014_page(), encoding="utf-8")
    (tmp_path / "lukittu.txt").write_text(eura2014_page(code="S20002"), encoding="utf-8")
    original = os.open

    def locked(path: str, flags: int) -> int:
        if Path(path).name == "lukittu.txt":
            raise PermissionError(13, "Permission denied")
        return original(path, flags)

    monkeypatch.setattr(os, "open", locked)
    portfolio = esrdata.read(tmp_path)
    assert files(portfolio) == {"hyvä.txt": "read", "lukittu.txt": "unreadable"}
    assert findings(portfolio) == {"lukittu.txt": ["file_unreadable"]}
    assert list(portfolio.issues["severity"]) == ["error"]
    assert "(Permission denied)" in portfolio.issues["message"].iloc[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["Äänekoski ja Åbo.txt", "проект.txt", "計画 📄.txt", "a#b%20c.txt", "[1].txt", "x.TXT"]
)
def test_names_of_files_may_hold_anything(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(eura2014_page(), encoding="utf-8")
    for source in (tmp_path, tmp_path / name):
        portfolio = esrdata.read(source)
        assert files(portfolio) == {name: "read"}
        assert portfolio.explain("S20001", "projects.name").context
    portfolio.save(tmp_path / "out")
    assert esrdata.load(tmp_path / "out") == portfolio


# ---- values that no table can hold


UNHOLDABLE = {
    "a year of 2917": {"period": "Alkaa 1.1.2016 ja päättyy 31.12.2917"},
    "a year of 201": {"period": "Alkaa 1.1.0201 ja päättyy 31.12.2016"},
    "a count of twenty digits": {"participants": "Suunniteltu: 99999999999999999999"},
    "a score of twenty digits": {"scores": {"wellbeing": "99999999999999999999 1"}},
    "an axis of twenty digits": {"axis": "99999999999999999999. Pitkä"},
}


@pytest.mark.parametrize("case", sorted(UNHOLDABLE))
def test_a_value_too_large_for_its_table_does_not_stop_the_others(
    tmp_path: Path, case: str
) -> None:
    page = eura2014_page(code="S20002", **UNHOLDABLE[case])
    portfolio = read_pages(tmp_path, eura2014_page(), page)
    assert list(portfolio.projects["project_code"]) == ["S20001", "S20002"]
    assert len(portfolio.issues) > 0
    assert set(portfolio.issues["project_code"]) == {"S20002"}


def test_a_sum_of_four_hundred_digits_is_not_infinite(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page(eu_planned="9" * 400))
    amount = portfolio.funding["amount_eur"].iloc[0]
    assert pd.isna(amount) or amount != float("inf")
    assert len(portfolio.issues) > 0


@pytest.mark.slow
def test_a_huge_page_of_another_kind_is_only_unknown(tmp_path: Path) -> None:
    text = "Kunnat: Kotka\nsana sana sana\n" * 20_000
    portfolio = read_pages(tmp_path, eura2014_page(), text)
    assert list(portfolio.files["status"]) == ["read", "unknown_form"]


# ---- what is shipped


def test_the_data_dictionary_is_the_one_made_from_the_tables() -> None:
    page = ROOT / "docs" / "data-dictionary.md"
    assert page.read_text(encoding="utf-8") == markdown()


def test_the_data_dictionary_describes_tables_as_a_person_reads_them() -> None:
    lines = markdown().splitlines()
    assert "## funding" in lines
    row = next(line for line in lines if line.startswith("| `amount_eur` |"))
    assert row == (
        "| `amount_eur` | money | eur | Määrä, € | Belopp, € | Amount, € | The sum in euros. "
        "Missing when it is not stated or could not be read; zero only when zero is written. |"
    )
    told = esrdata.data_dictionary()
    assert set(told["table"]) >= set(raw().tables)


PROCESSED = ROOT / "data" / "processed"


@pytest.mark.skipif(not any(PROCESSED.glob("*.csv")), reason="data/processed is not yet filled")
def test_the_processed_tables_are_those_of_the_shipped_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    esrdata.read("data/raw").save(tmp_path)
    made = {path.name: path for path in tmp_path.glob("*.csv")}
    committed = {path.name: path for path in PROCESSED.glob("*.csv")}
    assert set(committed) == set(made)
    for name, path in made.items():
        assert committed[name].read_bytes() == path.read_bytes(), name


def test_both_forms_in_every_encoding_read_the_same(tmp_path: Path) -> None:
    for number, encoding in enumerate(["utf-8", "utf-8-sig", "cp1252", "utf-16"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.txt").write_bytes(eura2014_page().encode(encoding))
        (folder / "b.txt").write_bytes(eura2007_page().replace("\n", "\r\n").encode(encoding))
        portfolio = esrdata.read(folder)
        assert list(portfolio.files["encoding"]) == [encoding, encoding]
        assert (
            list(portfolio.projects["authority"])
            == ["Hämeen elinkeino-, liikenne- ja ympäristökeskus"] * 2
        )
        assert len(portfolio.issues) == 0


@pytest.mark.parametrize("name", ["kuva.png", "tyhjä.txt", "sivu.docx"])
def test_a_bad_file_given_by_its_name_is_a_finding(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes({"kuva.png": PNG, "tyhjä.txt": b"", "sivu.docx": archive("word/x.xml")}[name])
    portfolio = esrdata.read(path)
    assert len(portfolio) == 0
    assert len(portfolio.issues) == 1
    assert name in portfolio.issues["message"].iloc[0]
    # In a folder there is nothing to read at all.
    with pytest.raises(SourceError):
        esrdata.read(tmp_path)


def test_what_is_not_read_is_as_many_lines_as_hold_something(tmp_path: Path) -> None:
    (tmp_path / "lista.txt").write_text("Maitoa\n\nLeipää\n\n\n", "utf-8")
    [raw] = esrdata.read(tmp_path).issues["raw"]
    assert raw == "2"


def test_what_is_no_source_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(eura2014_page(), encoding="utf-8")
    with path.open() as opened:
        for source, what in ((str(path).encode(), "bytes"), (opened, "TextIOWrapper")):
            with pytest.raises(esrdata.UsageError, match=f"a list of paths, not {what}: give"):
                esrdata.read(source)  # type: ignore[arg-type]
    for text in (path.read_text(encoding="utf-8"), "a\nb.txt", "x" * 5000):
        with pytest.raises(SourceError) as met:
            esrdata.read(text)
        assert "\n" not in str(met.value)
        assert len(str(met.value)) < 1500
    for name in ("contacts", "isolate"):
        with pytest.raises(esrdata.UsageError, match=f"{name} is True or False, not 'no'"):
            esrdata.read(path, **{name: "no"})


def test_a_member_whose_name_leads_out_of_its_folder_is_read_like_others(tmp_path: Path) -> None:
    names = ["../up.txt", "x/../g.txt", "./a.txt", "g.txt"]
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as packed:
        for number, name in enumerate(names):
            packed.writestr(name, eura2014_page(code=f"S2000{number}"))
    read = esrdata.read(tmp_path)
    found = [name.split("pages.zip/")[1] for name in read.files["file"]]
    assert found == ["a.txt", "g.txt", "up.txt", "x/g.txt"]
    assert len(read) == 4


def test_what_a_system_leaves_in_a_folder_is_no_file_of_it(tmp_path: Path) -> None:
    """Windows puts `desktop.ini` and `Thumbs.db` where nobody sees them: each was a finding."""
    (tmp_path / "a.txt").write_text(eura2014_page(), encoding="utf-8")
    for name in ("desktop.ini", "Thumbs.db", "THUMBS.DB", ".DS_Store"):
        (tmp_path / name).write_text("[.ShellClassInfo]\n", encoding="utf-8")
    read = esrdata.read(tmp_path)
    assert [Path(name).name for name in read.files["file"]] == ["a.txt"]
    assert len(esrdata.read(tmp_path / "*").files) == 1
    # One that is named is looked at all the same.
    assert list(esrdata.read(tmp_path / "desktop.ini").issues["code"]) == ["form_unknown"]
