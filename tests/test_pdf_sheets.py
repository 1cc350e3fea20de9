"""Prints whose pages are turned, without text, or several on one sheet."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from textwrap import wrap

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pages import eura2014_page
from PIL import Image
from test_pdf import Put, lines, prose, written

import esrdata
from esrdata import Portfolio
from esrdata.documents import pdf

SUMMARY = " ".join(
    f"Kokeilu {n} tehdään yhdessä asukkaiden kanssa kaupungin laidalla." for n in range(30)
)
TRANSFEREE = "Tuen siirronsaajat\n\nKylät ry, 1234567-1"
TEXT = eura2014_page(summary=SUMMARY, partners=TRANSFEREE)
HEAD, FOOT = "21.11.2026 klo 12.30  Hankekuvaus", "https://www.example.org/hanke?id=1 {}/3"


def pages(*, furniture: bool = False) -> list[list[Put]]:
    """The description in lines of 78 letters, 56 on a page."""
    physical = [line for text in TEXT.strip().split("\n") for line in wrap(text, 78) or [""]]
    found = []
    for n in range(0, len(physical), 56):
        page = lines(*physical[n : n + 56])
        number = len(found) + 1
        if furniture:
            page += [*lines(HEAD, top=30.0), *lines(FOOT.format(number), top=800.0)]
        found.append(page)
    return found


def saved(document: pypdfium2.PdfDocument) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def on_sheets(data: bytes, width: float, height: float, across: int, down: int) -> bytes:
    """A PDF with several pages on each sheet."""
    source = pypdfium2.PdfDocument(data)
    return saved(
        pypdfium2.PdfDocument(pdfium.FPDF_ImportNPagesToOne(source, width, height, across, down))
    )


def turned(data: bytes, turns: Sequence[int]) -> bytes:
    """A PDF of which each page is shown turned."""
    document = pypdfium2.PdfDocument(data)
    for number, turn in enumerate(turns):
        document[number].set_rotation(turn)
    return saved(document)


def values(portfolio: Portfolio) -> list[list[object]]:
    """Every value, but not where it stands."""
    table = portfolio.provenance[["field", "status"]].astype(object)
    texts = portfolio.narratives["text"].str.split().str.join(" ")
    money = portfolio.funding["amount_eur"]
    return [table.to_numpy().tolist(), texts.tolist(), money.tolist(),
            portfolio.partners["name"].tolist(), portfolio.locations["name"].tolist()]  # fmt: skip


def read(folder: Path, data: bytes) -> Portfolio:
    folder.mkdir(exist_ok=True)
    (folder / "kuvaus.pdf").write_bytes(data)
    return esrdata.read(folder / "kuvaus.pdf")


@pytest.mark.parametrize("furniture", [False, True])
@pytest.mark.parametrize(
    "make",
    [
        lambda data: on_sheets(data, 842, 595, 2, 1),
        lambda data: on_sheets(data, 595, 842, 1, 2),
        lambda data: turned(data, [90, 90, 90]),
        lambda data: turned(data, [0, 180, 0]),
        lambda data: turned(data, [270, 0, 90]),
    ],
    ids=["two side by side", "two on each other", "sideways", "one upside down", "all ways"],
)
def test_a_print_is_read_however_its_pages_stand(tmp_path: Path, make, furniture: bool) -> None:  # type: ignore[no-untyped-def]
    data = written(pages(furniture=furniture))
    plain, other = read(tmp_path / "plain", data), read(tmp_path / "other", make(data))
    assert values(other) == values(plain)
    # What a person reads on the page.
    assert other.funding["amount_eur"].tolist() == [1000, 900, 2000, 1500]
    assert other.partners["name"].tolist() == ["Kylät ry"]
    assert other.narratives.set_index("section")["text"]["summary"].split() == SUMMARY.split()
    assert other.narratives.set_index("section")["text"]["final_report"] == "Kokeiltiin."


def test_a_value_has_its_place_on_the_sheet(tmp_path: Path) -> None:
    portfolio = read(tmp_path, on_sheets(written(pages()), 842, 595, 2, 1))
    report = portfolio.explain("S20001", "narratives.final_report")
    name = portfolio.explain("S20001", "projects.name")
    assert (name.page, report.page) == (1, 2)
    printed = pdf.read((tmp_path / "kuvaus.pdf").read_bytes())
    (box,) = pdf.places(printed, report.start, report.end)
    assert box[0] == 2 and box[1] < 421
    funding = portfolio.explain("S20001", "funding.eu_and_state.planned")
    (box,) = pdf.places(printed, funding.start, funding.end)
    assert box[0] == 1 and box[1] > 421


def test_the_picture_of_a_page_stands_as_it_is_read(tmp_path: Path) -> None:
    portfolio = read(tmp_path, turned(written(pages()), [90, 90, 90]))
    name = portfolio.explain("S20001", "projects.name")
    image = name.png(resolution=72)
    with Image.open(io.BytesIO(image)) as picture:
        assert picture.width < picture.height
        (box,) = pdf.places(pdf.read((tmp_path / "kuvaus.pdf").read_bytes()), name.start, name.end)
        part = picture.convert("L").crop([round(edge) for edge in box[1:]])
        # Letters stand in the box.
        assert part.getextrema()[0] < 100


def scanned(sizes: Iterable[int]) -> bytes:
    """The print with some of its pages as pictures."""
    source = pypdfium2.PdfDocument(written(pages()))
    found = pypdfium2.PdfDocument.new()
    for number in range(len(source)):
        if number in sizes:
            kept = io.BytesIO()
            source[number].render(scale=1).to_pil().save(kept, "PDF")
            found.import_pages(pypdfium2.PdfDocument(kept.getvalue()))
        else:
            found.import_pages(source, [number])
    return saved(found)


def test_pages_without_text_among_others_are_told(tmp_path: Path) -> None:
    issues = read(tmp_path, scanned({1, 2})).issues.set_index("code")
    assert issues.loc["pages_without_text", "raw"] == "2, 3"


def scanned_with_words(data: bytes, numbers: Iterable[int]) -> bytes:
    """The print with a picture of a page behind the words of some pages."""
    source = pypdfium2.PdfDocument(data)
    for number in numbers:
        page = source[number]
        picture = pypdfium2.PdfImage.new(source)
        picture.set_bitmap(pypdfium2.PdfBitmap.from_pil(Image.new("RGB", (60, 85), "grey")))
        picture.set_matrix(pypdfium2.PdfMatrix().scale(*page.get_size()))
        page.insert_obj(picture)
        page.gen_content()
    return saved(source)


def test_what_a_scanner_writes_below_its_pictures_is_no_text(tmp_path: Path) -> None:
    caption = written([lines("Scanned with CamScanner")] * 3)
    files = {
        "scanned": scanned_with_words(caption, range(3)),
        "one": scanned_with_words(written([lines("Tulostettu 3.4.2020", "1/1")]), [0]),
        # A page with a small text and no picture is one that nothing is known of.
        "note": written([lines("Muistio 3.4.2020")]),
        # Words over a picture are text where there are more of them.
        "letter": scanned_with_words(written([lines(SUMMARY[:400])]), [0]),
    }
    for name, data in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    issues = esrdata.read(tmp_path).issues
    codes = dict(zip(issues["file"].map(lambda file: Path(file).stem), issues["code"], strict=True))
    assert codes == {
        "scanned": "pdf_no_text",
        "one": "pdf_no_text",
        "note": "form_unknown",
        "letter": "form_unknown",
    }


def test_a_scanned_page_in_the_middle_with_the_head_of_all_pages_is_told(tmp_path: Path) -> None:
    first, *others = pages(furniture=True)
    alone = [*lines(HEAD, top=30.0), *lines(FOOT.format(2), top=800.0)]
    data = written([first, alone, *others])
    issues = read(tmp_path, scanned_with_words(data, [1])).issues.set_index("code")
    assert issues.loc["pages_without_text", "raw"] == "2"


def test_an_empty_page_is_none_without_text(tmp_path: Path) -> None:
    portfolio = read(tmp_path, written([*pages(), []]))
    assert "pages_without_text" not in set(portfolio.issues["code"])


def test_a_table_of_two_columns_is_no_sheet_of_two_pages() -> None:
    page = [
        *lines(*["Nimi ja sisältö"] * 12),
        *lines(*["Tässä kerrotaan, mitä hankkeessa tehdään ja kenelle."] * 12, left=450.0),
    ]
    document = pypdfium2.PdfDocument(written([page]))
    document[0].set_mediabox(0, 0, 842, 842)
    document[0].set_cropbox(0, 247, 842, 842)
    assert "Nimi ja sisältö\tTässä" in pdf.read(saved(document)).text


def stamped(data: bytes, matrix: tuple[float, ...], text: str) -> bytes:
    """The print with a word across each of its pages."""
    document = pypdfium2.PdfDocument(data)
    font = pdfium.FPDFText_LoadStandardFont(document, b"Helvetica")
    for page in document:
        stamp = pdfium.FPDFPageObj_CreateTextObj(document, font, 60.0)
        coded = (text + "\0").encode("utf-16-le")
        pdfium.FPDFText_SetText(
            stamp, (pdfium.FPDF_WCHAR * (len(coded) // 2)).from_buffer_copy(coded)
        )
        pdfium.FPDFPageObj_Transform(stamp, *matrix)
        pdfium.FPDFPage_InsertObject(page, stamp)
        page.gen_content()
    return saved(document)


@pytest.mark.parametrize(
    "matrix",
    [
        (0.7, 0.7, -0.7, 0.7, 150, 250),
        (0, 0.2, -0.2, 0, 40, 300),
        (-0.5, 0, 0, -0.5, 400, 500),
        (1, 0, 0, 1, 150, 400),
        (0.15, 0, 0, 0.15, 300, 757),
    ],
    ids=["stamp", "side", "upside down", "level", "small"],
)
def test_words_across_a_page_are_left_out_and_told(tmp_path: Path, matrix) -> None:  # type: ignore[no-untyped-def]
    data = written(pages())
    plain = read(tmp_path / "plain", data)
    portfolio = read(tmp_path / "other", stamped(data, matrix, "LUONNOS"))
    assert values(portfolio) == values(plain)
    assert portfolio.issues.set_index("code").loc["mended_across", "raw"] == "3"


@pytest.mark.parametrize(
    ("furniture", "order", "raw"),
    [
        (True, [0, 1, 2], None),
        (True, [0, 2], "2"),
        (True, [0, 1], "3"),
        (True, [1, 2], "1"),
        (True, [0, 2, 1], "2, 3, 4"),
        (True, [0, 1, 2, 0, 1, 2], None),
        (False, [0, 1, 2], None),
        (False, [0, 2], "2"),
    ],
)
def test_pages_that_are_missing_are_told(tmp_path: Path, furniture: bool, order, raw) -> None:  # type: ignore[no-untyped-def]
    three = pages(furniture=furniture)
    if not furniture:
        # A sentence ends on the first page, another goes on over the next page break.
        three[0][-1] = (*three[0][-1][:3], "Kokeilu päättyi.")
        three[2][0] = (*three[2][0][:3], "asukkaiden kanssa jatkettiin.")
        three[1][0] = (*three[1][0][:3], "Kokeilu jatkui.")
        three[1][-1] = (*three[1][-1][:3], "Kokeilua")
    issues = read(tmp_path, written([three[i] for i in order])).issues.set_index("code")
    assert issues["raw"].get("pages_out_of_order") == raw


def test_heads_of_one_of_several_prints_are_no_text(tmp_path: Path) -> None:
    other = written(pages())
    headed = pages()
    for page in headed:
        page += lines("Hankearkisto, luottamuksellinen", top=30.0)
    both = pypdfium2.PdfDocument(written(headed))
    both.import_pages(pypdfium2.PdfDocument(other.replace(b"S20001", b"S20002")))
    both.import_pages(pypdfium2.PdfDocument(other.replace(b"S20001", b"S20003")))
    texts = read(tmp_path, saved(both)).narratives.query("section == 'summary'")["text"]
    assert [text.split() for text in texts] == [SUMMARY.split()] * 3


def test_a_joined_sign_stands_in_its_word_on_a_sheet_of_two_pages() -> None:
    # A browser spells out a joined sign; PDFium gives it a place as if its page were no part.
    plain = b"(www.xamk." + 60 * b" " + b") Tj"
    spelled = b"(www.xamk.) Tj /Span <</ActualText (fi)>> BDC (\xde) Tj EMC".ljust(len(plain))
    page = lines("WWW-osoite:", plain[1:-4].decode(), *prose(20))
    data = written([page, page])
    assert data.count(plain) == 2
    sheet = on_sheets(data.replace(plain, spelled), 842, 595, 2, 1)
    assert pdf.read(sheet).text.split().count("www.xamk.fi") == 2
