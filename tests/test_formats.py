"""Word, OpenDocument, RTF, e-mail, Safari and zip files are read like the text they hold."""

import bz2
import gzip
import io
import lzma
import plistlib
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import PAGE_2007, PAGE_2014
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import esrdata
from esrdata import Portfolio
from esrdata.documents.document import Document
from esrdata.documents.office.blocks import Blocks
from esrdata.documents.open import NotOpened, open_document, open_documents

TEXT = "\n\n".join(PAGE_2014.values()) + "\n"
OLD = "\n\n".join(PAGE_2007.values()) + "\n"
CODE = "S99901"
# A line of the score table: its label, and its cells.
SCORES = PAGE_2014["sustainability"].split("\n\n")[1].split("\n")


def score(line: str) -> list[str]:
    label, *numbers = line.rsplit(" ", 2)
    if len(numbers) == 2 and all(number.isdigit() for number in numbers):
        return [label, *numbers]
    return ["", "Välitön", "Välillinen"] if line == "VälitönVälillinen" else [line]


def blocks(text: str) -> list[str | list[list[str]]]:
    """A description as paragraphs, and its score table as rows of cells."""
    found: list[str | list[list[str]]] = []
    for block in text.strip().split("\n\n"):
        if block.split("\n") == SCORES:
            found.append([score(line) for line in SCORES])
        else:
            found.append(block)
    return found


# ---- the formats


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for block in blocks(text):
        if isinstance(block, str):
            # python-docx makes a line break of a line feed.
            style = "Heading 2" if block[:1].isdigit() and ":" not in block else None
            document.add_paragraph(block, style=style)
            continue
        table = document.add_table(rows=0, cols=3)
        for row in block:
            cells = table.add_row().cells
            if len(row) == 1:
                cells[0].merge(cells[2]).text = row[0]
            else:
                for cell, words in zip(cells, row, strict=True):
                    cell.text = words
    return saved(document)


def saved(document: Any) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def as_docx_label_cells(text: str) -> bytes:
    """Labels and values in the cells of tables, as people arrange them."""
    document = docx.Document()
    for block in blocks(text):
        if not isinstance(block, str):
            for row in block:
                document.add_paragraph("\t".join(row).strip())
            continue
        label, colon, value = f"{block} ".partition(": ")
        if colon and "\n" not in block and not block[:1].isdigit() and len(label) < 75:
            cells = document.add_table(rows=1, cols=2).rows[0].cells
            cells[0].text, cells[1].text = f"{label}:", value.strip()
        else:
            document.add_paragraph(block)
    return saved(document)


def as_docx_lines(text: str) -> bytes:
    """A plain text pasted: every line is a paragraph, blank lines too."""
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return saved(document)


_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:body><office:text>'
    "{}</office:text></office:body></office:document-content>"
)


def as_odt(text: str, before: str = "") -> bytes:
    def paragraph(words: str) -> str:
        lines = "<text:line-break/>".join(escape(line) for line in words.split("\n"))
        return f"<text:p>{lines.replace(': ', ':<text:s/>')}</text:p>"

    body = [before]
    for block in blocks(text):
        if isinstance(block, str):
            body.append(paragraph(block))
            continue
        body.append("<table:table>")
        for row in block:
            cells = "".join(f"<table:table-cell>{paragraph(c)}</table:table-cell>" for c in row)
            covered = "<table:covered-table-cell/>" * (3 - len(row))
            body.append(f"<table:table-row>{cells}{covered}</table:table-row>")
        body.append("</table:table>")
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", _ODT.format("".join(body)))
    return kept.getvalue()


def as_flat_odt(text: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(as_odt(text))) as packed:
        content = packed.read("content.xml").decode()
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    content = content.replace("<office:document-content ", f"<office:document {kind} ")
    return ("<?xml version='1.0'?>" + content.replace("-content>", ">")).encode()


def as_word_xml(text: str) -> bytes:
    """The parts of a Word document one after another, as Word saves them as XML."""
    name = "http://schemas.microsoft.com/office/2006/xmlPackage"
    parts = []
    with zipfile.ZipFile(io.BytesIO(as_docx(text))) as packed:
        for part in ("_rels/.rels", "word/document.xml"):
            held = packed.read(part).decode().partition("?>")[2]
            parts.append(
                f'<pkg:part pkg:name="/{part}"><pkg:xmlData>{held}</pkg:xmlData></pkg:part>'
            )
    package = f'<pkg:package xmlns:pkg="{name}">{"".join(parts)}</pkg:package>'
    return (
        "\ufeff<?xml version='1.0'?><?mso-application progid='Word.Document'?>" + package
    ).encode()


def as_word_2003(text: str) -> bytes:
    """A Word document as Word 2003 saved it as XML: the body alone, with another namespace."""
    with zipfile.ZipFile(io.BytesIO(as_docx(text))) as packed:
        held = packed.read("word/document.xml").decode().partition("?>")[2]
    return ("<?xml version='1.0'?>" + held.replace("w:document", "w:wordDocument")).encode()


def as_rtf(text: str) -> bytes:
    def coded(words: str) -> str:
        signs = (s if s.isascii() else f"\\u{ord(s)}?" for s in words.replace("\\", "\\\\"))
        return "".join(signs).replace("\n", "\\line ")

    body = []
    for block in blocks(text):
        if isinstance(block, str):
            body.append(f"\\pard {coded(block)}\\par\n")
            continue
        for row in block:
            cells = "".join(f"\\pard\\intbl {coded(cell)}\\cell " for cell in row)
            body.append(f"\\trowd\\cellx5000\\cellx6000\\cellx7000 {cells}\\row\n")
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0 " + "".join(body) + "}").encode("ascii")


def page(text: str) -> str:
    body = []
    for block in blocks(text):
        if isinstance(block, str):
            body.append(f"<p>{escape(block).replace(chr(10), '<br>')}</p>")
            continue
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block)
        body.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return f"<!DOCTYPE html><html><body>{''.join(body)}</body></html>"


def letter(text: str, how: str = "quoted-printable") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = (
        "Vs: kuvaus",
        "a@example.fi",
        "b@example.fi",
    )
    message.set_content(text, cte=how)
    return message


def as_alternative(text: str) -> bytes:
    message = letter("Katso HTML-versio.")
    message.add_alternative(page(text), subtype="html", cte="base64")
    return message.as_bytes()


def as_latin(text: str) -> bytes:
    message = letter("x")
    message.set_content(text, charset="iso-8859-15", cte="8bit")
    return message.as_bytes()


def as_flowed(text: str) -> bytes:
    message = letter("x")
    flowed = text.replace(" ja ", " ja \n")
    message.set_content(flowed, cte="8bit", params={"format": "flowed"})
    return message.as_bytes()


def as_webarchive(
    text: str, binary: bool = True, encoding: str = "utf-8", named: str | None = "UTF-8"
) -> bytes:
    held: dict[str, Any] = {
        "WebMainResource": {
            "WebResourceData": page(text).encode(encoding),
            "WebResourceMIMEType": "text/html",
            "WebResourceURL": "https://example.org/",
        },
        "WebSubresources": [],
    }
    if named is not None:
        held["WebMainResource"]["WebResourceTextEncodingName"] = named
    return plistlib.dumps(held, fmt=plistlib.FMT_BINARY if binary else plistlib.FMT_XML)


def zipped(**files: bytes | str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return kept.getvalue()


FORMATS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "docx": (as_docx, "docx"),
    "docx, labels in cells": (as_docx_label_cells, "docx"),
    "docx, a paragraph a line": (as_docx_lines, "docx"),
    "odt": (as_odt, "odt"),
    "odt as plain XML": (as_flat_odt, "odt"),
    "docx as plain XML": (as_word_xml, "docx"),
    "docx as plain XML, 2003": (as_word_2003, "docx"),
    "rtf": (as_rtf, "rtf"),
    "e-mail": (lambda text: letter(text).as_bytes(), "eml"),
    "e-mail, base64": (lambda text: letter(text, "base64").as_bytes(), "eml"),
    "e-mail, page and text": (as_alternative, "eml"),
    "e-mail, Latin-9": (as_latin, "eml"),
    "e-mail, flowed": (as_flowed, "eml"),
    "webarchive": (as_webarchive, "webarchive"),
    "webarchive, no encoding named": (
        lambda text: as_webarchive(text, encoding="cp1252", named=None),
        "webarchive",
    ),
    "webarchive, an encoding that nobody knows": (
        lambda text: as_webarchive(text, encoding="cp1252", named="x-klingon"),
        "webarchive",
    ),
    "webarchive as XML": (lambda text: as_webarchive(text, binary=False), "webarchive"),
}


def cells(portfolio: Portfolio) -> dict[str, dict[str, list[object]]]:
    names = ("projects", "funding", "indicators", "sustainability", "horizontal", "locations")
    tables = {name: portfolio.tables[name] for name in (*names, "narratives")}
    tables["projects"] = tables["projects"].drop(columns="source")
    tables["narratives"]["text"] = tables["narratives"]["text"].str.split().str.join(" ")
    return {name: table.astype(str).to_dict("list") for name, table in tables.items()}


@pytest.mark.parametrize("text", [TEXT, OLD], ids=["2014", "2007"])
@pytest.mark.parametrize("name", FORMATS)
def test_a_description_in_any_format_is_read_like_its_text(
    tmp_path: Path, name: str, text: str
) -> None:
    made, format_ = FORMATS[name]
    (tmp_path / "clean.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a.bin").write_bytes(made(text))
    portfolio = esrdata.read(tmp_path / "a.bin")
    assert list(portfolio.files["format"]) == [format_]
    assert cells(portfolio) == cells(esrdata.read(tmp_path / "clean.txt"))
    loud = portfolio.issues[portfolio.issues["severity"] != "info"]
    clean = esrdata.read(tmp_path / "clean.txt").issues
    assert list(loud["code"]) == list(clean.loc[clean["severity"] != "info", "code"])


@pytest.mark.parametrize("name", FORMATS)
def test_explain_shows_the_line_of_a_value(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.bin").write_bytes(FORMATS[name][0](TEXT))
    told = esrdata.read(tmp_path / "a.bin").explain(CODE, "projects.name")
    assert told.raw == "Sillat: työhön ja takaisin!"
    here = next(line for line in told.context if line.here)
    assert (here.number, "Sillat: työhön" in (here.text or "")) == (told.line, True)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_makes_is_read_like_the_page(tmp_path: Path) -> None:
    (tmp_path / "sivu.html").write_text(page(TEXT), encoding="utf-8")
    wanted = cells(esrdata.read(tmp_path / "sivu.html"))
    for ending in ("docx", "odt", "rtf"):
        subprocess.run(
            [
                *("soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"),
                *("--infilter=HTML (StarWriter)", "--convert-to", ending),
                *("--outdir", str(tmp_path), str(tmp_path / "sivu.html")),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        portfolio = esrdata.read(tmp_path / f"sivu.{ending}")
        assert list(portfolio.files["format"]) == [ending]
        assert cells(portfolio) == wanted, ending


# ---- what is no text of a document


def text_of(tmp_path: Path, data: bytes) -> str:
    (tmp_path / "a").write_bytes(data)
    document = open_document(str(tmp_path / "a"))
    assert isinstance(document, Document)
    return document.view


def word(*paragraphs: str, body: str = "") -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if body:
        element = parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>")
        for part in reversed(list(element)):
            document.element.body.insert(0, part)
    return saved(document)


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_fields_of_forms_in_word(tmp_path: Path) -> None:
    def mark(kind: str, inside: str = "") -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'>{inside}</w:fldChar></w:r>"

    entries = "".join(f"<w:listEntry w:val='{each}'/>" for each in ("Ei", "Kyllä"))
    chosen = f"<w:ffData><w:ddList><w:result w:val='1'/>{entries}</w:ddList></w:ffData>"
    code = "<w:r><w:instrText> IF </w:instrText></w:r>"
    inner = f"{mark('begin')}{code}{mark('separate')}{run('ei näy')}{mark('end')}"
    field = f"{mark('begin')}{code}{inner}{mark('separate')}{run('50')}{mark('end')}"
    body = f"<w:p>{run('Vastaus: ')}{mark('begin', chosen)}{mark('end')}{run('.')}</w:p>"
    body += f"<w:p>{run('Määrä: ')}{field}</w:p>"
    assert text_of(tmp_path, word("Loppu", body=body)) == "Vastaus: Kyllä.\n\nMäärä: 50\n\nLoppu"


def test_tracked_changes_of_word(tmp_path: Path) -> None:
    deleted = "<w:del w:id='1'><w:r><w:delText>43</w:delText></w:r></w:del>"
    put_in = f"<w:ins w:id='2'>{run('50')}</w:ins>"
    moved = f"<w:moveFrom w:id='3'>{run('pois')}</w:moveFrom>"
    moved += f"<w:moveTo w:id='4'>{run(' tänne')}</w:moveTo>"
    body = f"<w:p>{run('Suunniteltu: ')}{deleted}{put_in}{moved}</w:p>"
    assert text_of(tmp_path, word("Loppu", body=body)) == "Suunniteltu: 50 tänne\n\nLoppu"


def test_hidden_and_raised_text_links_controls_and_breaks_of_word(tmp_path: Path) -> None:
    hidden = run("piilossa", "<w:vanish/>")
    shown = run(" näkyy", "<w:vanish w:val='0'/>") + run("2", "<w:vertAlign w:val='superscript'/>")
    link = f"<w:hyperlink>{run(' http://www.example.org')}</w:hyperlink>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    choice = f"<w:p>{run('valinta')}<w:r><w:br/></w:r>{run('toinen')}</w:p>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{choice}</w:sdtContent></w:sdt>"
    body = f"<w:p>{run('Teksti')}{hidden}{shown}{link}{field}</w:p>{control}"
    assert text_of(tmp_path, word(body=body)) == (
        "Teksti näkyy² http://www.example.org\n\nvalinta\ntoinen"
    )


def test_text_that_a_style_of_word_hides_or_strikes_out(tmp_path: Path) -> None:
    # What Word puts around a form that was copied from a page, and a style of a person's own.
    document = docx.Document()
    for name, base, format_ in (
        ("TopOfForm", "Normal", "<w:vanish/>"),
        ("Old", "Normal", "<w:strike/>"),
        ("Older", "Old", "<w:b/>"),
        ("Again", "Old", "<w:strike w:val='0'/>"),
    ):
        style = (
            f"<w:style {nsdecls('w')} w:type='paragraph' w:styleId='{name}'>"
            f"<w:name w:val='{name}'/><w:basedOn w:val='{base}'/><w:rPr>{format_}</w:rPr></w:style>"
        )
        document.styles.element.append(parse_xml(style))
    shown = run("ja näkyy", "<w:strike w:val='0'/>")
    for style, content in (
        ("TopOfForm", run("Lomakkeen yläreuna")),
        ("Older", run("900") + shown),
        ("Again", run("1 000")),
    ):
        paragraph = f"<w:p {nsdecls('w')}><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{content}</w:p>"
        document.element.body.insert(-1, parse_xml(paragraph))
    struck = run("43", "<w:rStyle w:val='Old'/>")
    paragraph = f"<w:p {nsdecls('w')}>{run('Loppu')}{struck}</w:p>"
    document.element.body.insert(-1, parse_xml(paragraph))
    assert text_of(tmp_path, saved(document)) == "ja näkyy\n\n1 000\n\nLoppu"


def test_white_text_of_word_is_read_where_something_is_drawn_behind_it(tmp_path: Path) -> None:
    white, dark = "<w:color w:val='FFFFFF'/>", "<w:shd w:val='clear' w:fill='1F4E79'/>"
    paper = "<w:shd w:val='clear' w:fill='auto'/>"
    cell = f"<w:tc><w:tcPr>{dark}</w:tcPr><w:p>{run('Otsikko', white)}</w:p></w:tc>"
    body = f"<w:p>{run('12', white + dark)}{run('3', white)}</w:p>"
    body += f"<w:p><w:pPr>{dark}</w:pPr>{run('Kotka', white)}</w:p>"
    body += f"<w:p><w:pPr>{paper}</w:pPr>{run('Espoo', white)}{run('Hamina')}</w:p>"
    body += f"<w:tbl><w:tr>{cell}</w:tr></w:tbl><w:p>{run('Loppu')}{run('7', white)}</w:p>"
    assert text_of(tmp_path, word(body=body)) == "12\n\nKotka\n\nHamina\n\nOtsikko\n\nLoppu"


def test_digits_that_a_style_of_signs_raises_in_word(tmp_path: Path) -> None:
    document = docx.Document()
    style = f"<w:style {nsdecls('w')} w:type='character' w:styleId='Ref'><w:name w:val='Ref'/>"
    style += "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>"
    document.styles.element.append(parse_xml(style))
    level = "<w:rStyle w:val='Ref'/><w:vertAlign w:val='baseline'/>"
    raised = run("1", "<w:rStyle w:val='Ref'/>") + run(" 3", level)
    paragraph = f"<w:p {nsdecls('w')}>{run('Suunniteltu: 12')}{raised}</w:p>"
    document.element.body.insert(-1, parse_xml(paragraph))
    assert text_of(tmp_path, saved(document)) == "Suunniteltu: 12¹ 3"


def test_text_that_a_named_style_of_opendocument_hides(tmp_path: Path) -> None:
    namespaces = (
        "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:style='urn:s'"
        " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
    )
    styles = (
        f"<office:document-styles {namespaces}><office:styles>"
        "<style:style style:name='Old'><style:text-properties"
        " style:text-line-through-style='solid'/></style:style></office:styles>"
        "<office:automatic-styles><style:style style:name='P1'>"
        "<style:text-properties text:display='none'/></style:style></office:automatic-styles>"
        "</office:document-styles>"
    )
    own = (
        "<style:style xmlns:style='urn:s' style:name='T1' style:parent-style-name='Old'/>"
        "<text:p text:style-name='P1'>näkyy</text:p><text:p text:style-name='Old'>43</text:p>"
        "<text:p>Loppu<text:span text:style-name='T1'>900</text:span></text:p>"
    )
    data = io.BytesIO(as_odt("", own))
    with zipfile.ZipFile(data, "a") as packed:
        packed.writestr("styles.xml", styles)
    assert text_of(tmp_path, data.getvalue()) == "näkyy\n\nLoppu"


MC = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"


def test_text_boxes_of_word_come_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{run('laatikossa')}</w:p></w:txbxContent>"
    both = (
        f"<mc:AlternateContent {MC}>"
        f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    body = f"<w:p>{run('vieressä')}<w:r>{both}</w:r></w:p>"
    assert text_of(tmp_path, word("Loppu", body=body)) == "vieressä\n\nlaatikossa\n\nLoppu"


def test_notes_stand_below_their_paragraph_and_deleted_text_is_none(tmp_path: Path) -> None:
    note = (
        "<text:p>Luku 43<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Arvio.</text:p></text:note-body></text:note> on arvio</text:p>"
    )
    changes = "<text:tracked-changes><text:p>poistettu</text:p></text:tracked-changes>"
    assert (
        text_of(tmp_path, as_odt("Loppu", changes + note)) == "Luku 43¹ on arvio\n\nArvio.\n\nLoppu"
    )


def test_rtf_without_deleted_text_addresses_of_links_and_with_strokes(tmp_path: Path) -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "http://y.fi"}}{\fldrslt{ http://x.fi}}}'
    source = rf"{{\rtf1\ansi Arvo 5{{\deleted\revauthdel1 6}}{link}\par a | b\par}}"
    assert text_of(tmp_path, source.encode("ascii")) == "Arvo 5 http://x.fi\n\na | b"


def test_raised_digits_of_rtf_are_no_part_of_the_number_before_them(tmp_path: Path) -> None:
    """`46434` with the mark of a note behind it had been a sum ten times as large."""
    source = (
        r"{\rtf1\ansi Myönnetty: 46434{\super 1)} euroa, 5 m\super 2\nosupersub  ja 12\par"
        r"{\super\'e41} ja {\super0 3}\par}"
    ).replace("ö", r"\'f6")
    assert (
        text_of(tmp_path, source.encode("ascii"))
        == "Myönnetty: 46434¹) euroa, 5 m² ja 12\n\nä¹ ja 3"
    )


def test_cells_of_several_lines_stand_side_by_side() -> None:
    made = Blocks()
    made.row(["Pinta- ja pohjavedet\n(ja ilma)", "7", "4"])
    made.row(["Hankekoodi:\nHankkeen nimi:", "S1\nSillat"])
    made.row(["WWW-osoite:", ""])
    made.row(["", "Välitön", "Välillinen"])
    made.row(["", "", "Ekologinen kestävyys"])
    assert made.text() == (
        "Pinta- ja pohjavedet\n(ja ilma)\t7\t4\nHankekoodi:\tS1\nHankkeen nimi:\tSillat\n"
        "WWW-osoite:\t\nVälitön\tVälillinen\nEkologinen kestävyys"
    )


# ---- files inside files


def test_a_member_without_a_name_is_read_by_one_of_ours(tmp_path: Path) -> None:
    # A fuzzer found it: the library asks for the last sign of its name.
    data = zipped(**{"q.txt": TEXT}).replace(b"q.txt", b"\0.txt")
    (tmp_path / "a.zip").write_bytes(data)
    portfolio = esrdata.read(tmp_path / "a.zip")
    assert portfolio.files["file"].str.rpartition("/")[2].tolist() == ["nameless"]
    assert list(portfolio.projects["project_code"]) == [CODE]


def test_members_of_a_zip_folder_are_documents(tmp_path: Path) -> None:
    data = zipped(
        **{
            "kuvaukset/a.txt": TEXT,
            "kuvaukset/b.docx": as_docx(OLD),
            "kuvaukset/sivu.html": page(TEXT.replace(CODE, "S99902")),
            "kuvaukset/sivu_files/kuva.txt": "kuva",
            "__MACOSX/kuvaukset/._a.txt": "x",
            ".piilossa/c.txt": "x",
            "kuva.png": b"\x89PNG\r\n\x1a\n\x00\x00",
            "sisempi.zip": zipped(**{"d.txt": TEXT.replace(CODE, "S99903")}),
        }
    )
    (tmp_path / "kansio.zip").write_bytes(data)
    portfolio = esrdata.read(tmp_path)
    base = f"{tmp_path.as_posix()}/kansio.zip"
    assert list(portfolio.files["file"]) == [
        f"{base}/kuva.png",
        f"{base}/kuvaukset/a.txt",
        f"{base}/kuvaukset/b.docx",
        f"{base}/kuvaukset/sivu.html",
        f"{base}/sisempi.zip/d.txt",
    ]
    assert set(portfolio.projects["project_code"]) == {CODE, "S99902", "S99903", "S98801"}
    for code in ("S99902", "S99903", "S98801"):
        told = portfolio.explain(code, "projects.name")
        assert told.note is None
        assert any(line.here for line in told.context)


def test_files_attached_to_a_message_are_documents(tmp_path: Path) -> None:
    message = letter("Hei, liitteenä kuvaus.")
    message.add_attachment(
        as_docx(TEXT), maintype="application", subtype="msword", filename="Äää.docx"
    )
    message.add_attachment(b"\x89PNG\0", maintype="image", subtype="png", filename="kuva.png")
    inner = letter(TEXT.replace(CODE, "S99902"))
    message.add_attachment(inner)
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    portfolio = esrdata.read(tmp_path / "a.eml")
    assert set(portfolio.projects["project_code"]) == {CODE, "S99902"}
    files = [Path(name).relative_to(tmp_path).as_posix() for name in portfolio.files["file"]]
    assert files[:2] == ["a.eml", "a.eml/Äää.docx"]
    assert portfolio.explain(CODE, "projects.name").note is None
    assert portfolio.explain("S99902", "projects.name").note is None
    # A mailbox holds messages one after another.
    line = b"From a@example.fi Mon Nov 30 10:00:00 2026\n"
    letters = [letter(TEXT), inner, letter("Kiitos!")]
    (tmp_path / "a.mbox").write_bytes(b"\n\n".join(line + bytes(each) for each in letters))
    portfolio = esrdata.read(tmp_path / "a.mbox")
    assert [Path(name).name for name in portfolio.files["file"]] == ["a.mbox", "2.eml", "3.eml"]
    assert set(portfolio.projects["project_code"]) == {CODE, "S99902"}
    assert not portfolio.narratives["text"].str.contains("From").any()


def test_a_message_that_only_carries_a_file_is_no_finding(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["To"] = "kuvaus", "b@example.fi"
    message.add_attachment(
        as_odt(TEXT), maintype="application", subtype="octet-stream", filename="a.odt"
    )
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    portfolio = esrdata.read(tmp_path / "a.eml")
    assert list(portfolio.projects["project_code"]) == [CODE]
    assert "format_unsupported" not in set(portfolio.issues["code"])


def codes(path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    return [met.code for met in open_documents(str(path)) if isinstance(met, NotOpened)]


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz", "tar"])
def test_archives_of_other_kinds_are_told_as_what_they_are(tmp_path: Path, kind: str) -> None:
    packed = {
        "gz": gzip.compress,
        "bz2": bz2.compress,
        "xz": lzma.compress,
        "tar": lambda data: data,
    }
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo("a.txt")
        member.size = len(TEXT.encode())
        archive.addfile(member, io.BytesIO(TEXT.encode()))
    path = tmp_path / f"a.{kind}"
    assert codes(path, packed[kind](file.getvalue())) == ["archive_unknown"]


def test_a_text_that_begins_as_an_archive_does_is_a_text(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.txt", b"BZh91AY is how it begins\n") == []


def test_zip_folders_that_cannot_be_read_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.zip"
    whole = zipped(**{"a.txt": TEXT})
    assert codes(path, whole[: len(whole) // 2]) == ["archive_broken"]
    assert codes(path, zipped()) == ["archive_empty"]
    assert codes(path, zipped(**{"__MACOSX/a": "x"})) == ["archive_empty"]
    deep = whole
    for _ in range(3):
        deep = zipped(**{"b.zip": deep})
    assert codes(path, deep) == ["archive_too_deep"]
    assert codes(path, zipped(**{"a.txt": b"a" * 2**22})) == ["archive_too_large"]
    locked = bytearray(whole)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    assert codes(path, bytes(locked)) == ["archive_encrypted"]
    from esrdata.documents import members

    monkeypatch.setattr(members, "SETTINGS", members.ArchiveSettings(members=1))
    assert codes(path, zipped(**{"a.txt": "a", "b.txt": "b"})) == ["archive_too_large"]


def test_two_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("a.txt", TEXT)
        packed.writestr("a.txt", OLD)
    (tmp_path / "a.zip").write_bytes(kept.getvalue())
    portfolio = esrdata.read(tmp_path / "a.zip")
    assert set(portfolio.projects["project_code"]) == {CODE, "S98801"}
    assert portfolio.explain("S98801", "projects.name").note is None


@pytest.mark.parametrize(
    ("data", "format_", "code"),
    [
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "zip", "format_unsupported"),
        (zipped(**{"word/document.xml": "<w:document"}), "docx", "document_broken"),
        (b"<?xml version='1.0'?><w:wordDocument><w:body>", "docx", "document_broken"),
        (b"<?xml version='1.0'?><pkg:package xmlns:pkg='x'/>", "docx", "document_broken"),
        (zipped(**{"ppt/presentation.xml": "x"}), "pptx", "format_unsupported"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "doc", "format_unsupported"),
        (b"{\\rtf1\\ansi\\ansicpg1252 \\'81}", "rtf", "document_broken"),
    ],
)  # fmt: skip
def test_documents_that_cannot_be_read_are_told(
    tmp_path: Path, data: bytes, format_: str, code: str
) -> None:
    (tmp_path / "a").write_bytes(data)
    met = open_document(str(tmp_path / "a"))
    assert isinstance(met, NotOpened)
    assert (met.format, met.code) == (format_, code)
