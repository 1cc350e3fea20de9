"""PDF: words and their places become the lines a person reads; every value keeps its box.

Most pages here are written by the tests, in a font whose letters are all as wide, so that what
has room on a line is known. Prints of browsers are tested where one is installed.
"""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import wrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import eura2014_page

import esrdata
from esrdata import UsageError
from esrdata.documents import pdf
from esrdata.documents.document import Document
from esrdata.documents.open import NotOpened, open_document
from esrdata.documents.pdf.pieces import Piece, Word, WordList
from esrdata.documents.unread import UnreadError

# A text at a place of a page: points from the left and from the top, size, words.
Put = tuple[float, float, float, str]

SIZE, STEP, LEFT = 10.0, 12.0, 60.0
LETTER = 0.6 * SIZE


def written(pages: Sequence[Iterable[Put]], *, rotate: int = 0, extra: str = "") -> bytes:
    """A PDF with these texts on its pages, in Courier."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for i, page in enumerate(pages):
        shown = []
        for x, top, size, text in page:
            said = re.sub(r"([()\\])", r"\\\1", text)
            shown.append(f"BT /F1 {size} Tf {_matrix(rotate, x, top)} Tm ({said}) Tj ET")
        content = "\n".join(shown)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * i} 0 R >>"
        )
        length = len(content.encode("cp1252"))
        objects.append(f"<< /Length {length} >>\nstream\n{content}\nendstream")
    data = b"%PDF-1.4\n"
    places = []
    for number, thing in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{thing}\nendobj\n".encode("cp1252")
    start = len(data)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return data + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {size} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n"
    ).encode("cp1252")


def _matrix(rotate: int, x: float, top: float) -> str:
    """Where a text stands on a page that is shown turned."""
    return {
        0: f"1 0 0 1 {x} {842 - top}",
        90: f"0 1 -1 0 {top} {x}",
        180: f"-1 0 0 -1 {595 - x} {top}",
        270: f"0 -1 1 0 {595 - top} {842 - x}",
    }[rotate]


def lines(*texts: str, top: float = 80.0, left: float = LEFT) -> list[Put]:
    """Lines below each other; an empty one is the space between paragraphs."""
    return [(left, top + i * STEP, SIZE, text) for i, text in enumerate(texts) if text]


def at(column: int, row: float, text: str, top: float = 80.0) -> Put:
    """A text at a letter and a line of the page."""
    return LEFT + column * LETTER, top + row * STEP, SIZE, text


def text_of(*pages: Iterable[Put]) -> str:
    return pdf.read(written(list(pages))).text


def view_of(*pages: Iterable[Put]) -> str:
    return pdf.read(written(list(pages))).layout.view


def opened(folder: Path, data: bytes) -> Document:
    path = folder / "sivu.pdf"
    path.write_bytes(data)
    document = open_document(str(path))
    assert isinstance(document, Document)
    return document


def prose(count: int, width: int = 60) -> list[str]:
    """Lines of a paragraph that is wrapped at a width."""
    said = "Hankkeessa etsitään kylien kanssa tapoja, joilla jokainen pääsee mukaan toimintaan. "
    return wrap(said * 40, width)[:count]


# ---- what gives no text


def no_text() -> bytes:
    return written([[], []])


def encrypted() -> bytes:
    lock = f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>"
    return written([lines("salaa")], extra=f"/Encrypt {lock} /ID [<00> <00>]")


def cut() -> bytes:
    data = written([lines(*prose(40)), lines(*prose(40))])
    return data[: len(data) // 2]


UNREAD = {
    "pdf_no_text": (no_text, "not_text"),
    "pdf_encrypted": (encrypted, "unreadable"),
    "pdf_broken": (cut, "unreadable"),
}


@pytest.mark.parametrize("code", sorted(UNREAD))
def test_a_pdf_without_text_is_a_finding_that_says_what_to_do(tmp_path: Path, code: str) -> None:
    make, status = UNREAD[code]
    (tmp_path / "huono.pdf").write_bytes(make())
    (tmp_path / "hyvä.txt").write_text(eura2014_page(), encoding="utf-8")
    portfolio = esrdata.read(tmp_path)
    files = portfolio.files.set_index("format")
    assert files.loc["pdf", "status"] == status
    assert files.loc["pdf", "descriptions"] == 0
    (issue,) = portfolio.issues.to_dict("records")
    assert (issue["code"], issue["severity"]) == (code, "warning")
    assert "huono.pdf" in issue["message"]
    assert re.search(r"; (?:run|remove|download) ", issue["message"])


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF\n", cut(), cut() + b"%%EOF\n"],
    ids=["head", "head and end", "cut", "cut with an end"],
)
def test_a_broken_pdf_is_told_and_never_raises(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "huono.pdf"
    path.write_bytes(data)
    met = open_document(str(path))
    assert isinstance(met, NotOpened)
    assert (met.format, met.code) == ("pdf", "pdf_broken")


def test_the_format_is_told_by_content(tmp_path: Path) -> None:
    path = tmp_path / "sivu.txt"
    path.write_bytes(b"\n" + written([lines("Hankekoodi: S99901")]))
    document = open_document(str(path))
    assert isinstance(document, Document)
    assert (document.format, document.encoding) == ("pdf", None)
    assert document.text == "Hankekoodi: S99901"


# ---- lines


def test_lines_come_in_reading_order_whatever_the_drawing_order() -> None:
    page = lines(*prose(12))
    assert text_of(page[::-1]) == text_of(page) == "\n".join(prose(12))


def test_letters_drawn_one_by_one_are_words() -> None:
    spelled = [
        (x + i * LETTER, top, size, letter)
        for x, top, size, text in lines("Hakijan nimi", "Mallilan kylät ry")
        for i, letter in enumerate(text)
        if letter != " "
    ]
    assert text_of(spelled) == "Hakijan nimi\nMallilan kylät ry"


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_may_be_turned(rotate: int) -> None:
    page = lines(*prose(5))
    assert pdf.read(written([page], rotate=rotate)).text == text_of(page)


def test_wraps_are_where_the_next_word_had_no_room() -> None:
    first, second = prose(4), ["Toinen kappale alkaa.", "Rivi 2."]
    printed = pdf.read(written([lines(*first, "", *second)]))
    assert printed.layout.view.split("\n") == [*first, "", *second]
    assert printed.layout.wraps == {0, 1, 2}


def test_pages_are_divided_and_count_their_lines_anew(tmp_path: Path) -> None:
    document = opened(tmp_path, written([lines("eka", "toka"), lines("kolmas", "neljäs")]))
    assert document.text == "eka\ntoka\fkolmas\nneljäs"
    for word, place in {"eka": (1, 1), "toka": (1, 2), "kolmas": (2, 1), "neljäs": (2, 2)}.items():
        start = document.view.index(word)
        span = document.span(start, start + len(word))
        assert document.raw(span) == word
        assert (span.page, span.line) == place


def test_a_sentence_runs_on_over_a_page_break() -> None:
    text = prose(20)
    view = view_of(lines(*text[:10]), lines(*text[10:]))
    assert view.split("\n") == text
    # A line with room left ends its paragraph, on whatever page the next one stands.
    view = view_of(lines(*text[:9], "Loppu."), lines(*text[10:]))
    assert view.split("\n")[9:11] == ["Loppu.", ""]


# ---- hyphens


def test_true_hyphens_at_line_ends_are_kept() -> None:
    said = [*prose(30), "x" * 56 + " EU-", "tuki ja Päijät-Häme"]
    assert "EU-tuki" in view_of(lines(*said))


def test_hanging_hyphens_keep_their_space() -> None:
    said = [*prose(30), "x" * 48 + " elinkeino-", "ja liikenneasiat"]
    assert "elinkeino-\nja" in view_of(lines(*said))


def test_hyphenation_is_undone() -> None:
    halves = [
        "x" * 49 + " toimin-",
        "taympäristö on kunnossa " + "y" * 27 + " yhteis-",
        "työ on hyvä",
    ]
    view = view_of(lines(*halves * 6))
    assert view.count("toimintaympäristö") == view.count("yhteistyö") == 6


@pytest.mark.parametrize(
    ("before", "after"),
    [("EU-", "rahoitus"), ("Päijät-", "Häme"), ("linja-", "auto"), ("vuosina 2015-", "2016")],
)
def test_hyphens_of_the_spelling_are_kept_among_hyphenation(before: str, after: str) -> None:
    def full(end: str) -> str:
        return "x" * (59 - len(end)) + " " + end

    halves = [line for _ in range(6) for line in (full("toimin-"), "taympäristö " + "y" * 47)]
    view = view_of(lines(*halves, full(before), after))
    assert f"{before}{after}" in view
    assert view.count("toimintaympäristö") == 6


def test_a_name_that_stands_alone_elsewhere_keeps_its_hyphen() -> None:
    def full(end: str) -> str:
        return "x" * (59 - len(end)) + " " + end

    halves = [line for _ in range(6) for line in (full("toimin-"), "taympäristö " + "y" * 47)]
    # Kun is no name: the word stands in small letters, too.
    said = ["Leader ja Kun sekä kun", full("Leader-"), "väki " + "y" * 54, full("Kun-"), "nallinen"]
    view = view_of(lines(*halves, *said))
    assert "Leader-väki" in view
    assert "Kunnallinen" in view


def test_a_name_after_a_number_keeps_its_hyphen() -> None:
    said = [*prose(20), "x" * 46 + " Natura 2000 -", "ohjelman kohteet"]
    assert "Natura 2000 -ohjelman" in view_of(lines(*said))
    said = [*prose(20), "x" * 48 + " asukkaiden -", "yhdessä muiden kanssa"]
    assert "asukkaiden -\nyhdessä" in view_of(lines(*said))


def test_years_are_joined_at_their_dash() -> None:
    said = [*prose(20), "x" * 54 + " 2014–", "2017 aikana"]
    assert "2014–2017 aikana" in view_of(lines(*said))


# ---- furniture

BROWSER = [
    (30.0, 20.0, 8.0, "11/21/26, 6:34 PM"),
    (270.0, 20.0, 8.0, "Hankekuvaus"),
    (30.0, 825.0, 8.0, "https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi=S99901"),
]


def with_heads(number: int, total: int) -> list[Put]:
    return [*BROWSER, (550.0, 825.0, 8.0, f"{number}/{total}")]


def test_heads_and_feet_are_counted_and_never_glued_into_prose(tmp_path: Path) -> None:
    text = prose(40)
    pages = [[*with_heads(n + 1, 2), *lines(*text[20 * n : 20 * n + 20])] for n in range(2)]
    document = opened(tmp_path, written(pages))
    assert document.view.split("\n") == text
    assert len(document.furniture) == 4
    assert "Hankekuvaus" in document.text
    assert len(document.wraps) == 39


@pytest.mark.parametrize("count", [1, 2])
def test_the_heads_of_another_browser(count: int) -> None:
    url = "https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi=S99901"
    pages = [
        [
            *((30.0, 20.0, 8.0, "Hankekuvaus"), (250.0, 20.0, 8.0, url)),
            *lines(*prose(10), f"Sivun {'x' * n} loppu."),
            *((30.0, 825.0, 8.0, f"{n} of {count}"), (480.0, 825.0, 8.0, "21/11/2026, 18.34")),
        ]
        for n in range(1, count + 1)
    ]
    printed = pdf.read(written(pages))
    assert len(printed.layout.furniture) == 2 * count
    assert "Hankekuvaus" not in printed.layout.view


def test_a_title_on_two_pages_is_furniture_where_it_stands_clear() -> None:
    pages = [[(30.0, 20.0, 8.0, "Tuloste"), *lines(*prose(10 + n))] for n in range(2)]
    assert "Tuloste" not in view_of(*pages)


def test_what_repeats_at_the_edge_of_pages_is_furniture() -> None:
    head = "Mallilan kyläyhdistys, tuloste"
    pages = [
        [(60.0, 30.0, 9.0, f"{head} {n}"), *lines(*prose(10 + n), f"Sivun {n * n} loppu")]
        for n in range(1, 5)
    ]
    printed = pdf.read(written(pages))
    assert head not in printed.layout.view
    assert len(printed.layout.furniture) == 4
    assert "Sivun 16 loppu" in printed.layout.view


def test_a_line_inside_the_text_is_never_furniture() -> None:
    page = lines(*prose(5), "", "Sivu 3", "", "2/7", "", *prose(5))
    assert "Sivu 3" in view_of(page)
    assert "2/7" in view_of(page)
    # The same line high on two of five pages says nothing yet.
    pages = [lines("Suunniteltu: 4" if n < 2 else f"Rivi {'x' * n}", *prose(8)) for n in range(5)]
    assert view_of(*pages).count("Suunniteltu: 4") == 2


def test_a_bare_number_is_never_furniture() -> None:
    view = view_of(lines("2015", "", *prose(3), "", "12"))
    assert view.split("\n") == ["2015", "", *prose(3), "", "12"]


# ---- rows of a table

LABEL = ["Pinta- ja pohjavedet, maaperä", "sekä ilma (ja kasvihuonekaasujen", "väheneminen)"]
HEAD = [at(52, 0, "Välitön"), at(64, 0, "Välillinen")]


def score_rows(row: float, where: float, extra: float = 1.0) -> list[Put]:
    """A criterion of three lines with its scores at a line of it, and a row below and above."""
    above = [at(0, row - 1 - extra, "Kulttuuriympäristö"), at(55, row - 1 - extra, "0")]
    above.append(at(68, row - 1 - extra, "5"))
    label = [at(0, row + i, text) for i, text in enumerate(LABEL)]
    below = [at(0, row + 3 + extra, "Ympäristöosaaminen"), at(55, row + 3 + extra, "1")]
    below.append(at(68, row + 3 + extra, "2"))
    scores = [at(55, row + where, "3"), at(68, row + where, "4")]
    return [*HEAD, *above, *label, *scores, *below]


@pytest.mark.parametrize("where", [0.0, 1.0, 2.0], ids=["first", "middle", "last"])
@pytest.mark.parametrize("gap", [1.0, 0.4, 0.2], ids=["wide", "narrow", "tight"])
def test_scores_follow_their_whole_label(where: float, gap: float) -> None:
    view = view_of([*score_rows(6, where, gap), *lines(*prose(6, 75), top=300.0)])
    assert [line for line in view.split("\n") if line][1:6] == [
        "Kulttuuriympäristö\t0\t5",
        *LABEL[:2],
        f"{LABEL[2]}\t3\t4",
        "Ympäristöosaaminen\t1\t2",
    ]


def test_scores_between_two_lines_of_a_label() -> None:
    label = [at(0, 3 + i, text) for i, text in enumerate(LABEL[:2])]
    scores = [at(55, 3.5, "0"), at(68, 3.5, "10")]
    page = [*HEAD, *label, *scores, at(0, 1.5, "Kulttuuri"), at(55, 1.5, "7"), at(68, 1.5, "8")]
    assert view_of(page).endswith(f"{LABEL[0]}\n{LABEL[1]}\t0\t10")


def test_text_below_a_row_is_no_part_of_its_label() -> None:
    page = [*HEAD, at(0, 2, "Materiaalit ja jätteet"), at(55, 2, "0"), at(68, 2, "3")]
    page += [at(0, 3.4, "Jätettä syntyy vähän, 2 ja 3."), at(0, 4.8, "Kulttuuriympäristö")]
    page += [at(55, 4.8, "1"), at(68, 4.8, "1")]
    assert [line for line in view_of(page).split("\n") if line][1:] == [
        "Materiaalit ja jätteet\t0\t3",
        "Jätettä syntyy vähän, 2 ja 3.",
        "Kulttuuriympäristö\t1\t1",
    ]


def test_a_sentence_below_a_label_as_wide_as_its_column_is_no_part_of_it() -> None:
    wide = "Pinta- ja pohjavedet, maaperä (ja kaasujen väheneminen)"[:54]
    page = [*HEAD, at(0, 2, "Kasvillisuus"), at(55, 2, "0"), at(68, 2, "0")]
    page += [at(0, 3, wide), at(55, 3, "1"), at(68, 3, "0")]
    page += [at(0, 4, "Ohjaajat tapaavat osallistujia siellä."), at(0, 5, "Natura 2000")]
    page += [at(55, 5, "0"), at(68, 5, "1")]
    assert [line for line in view_of(page).split("\n") if line][1:] == [
        "Kasvillisuus\t0\t0",
        f"{wide}\t1\t0",
        "Ohjaajat tapaavat osallistujia siellä.",
        "Natura 2000\t0\t1",
    ]


def test_numbers_close_to_their_label_are_told_by_their_column() -> None:
    close = "Ilmastonmuutoksen aiheuttamien riskien torjunta kylässä"[:54]
    page = [*HEAD, at(0, 2, close), at(55, 2, "0"), at(68, 2, "2"), at(0, 3, "vähentäminen")]
    page += [at(0, 5, "Kulttuuriympäristö"), at(55, 5, "1"), at(68, 5, "1")]
    assert f"{close}\nvähentäminen\t0\t2" in view_of(page)


@pytest.mark.parametrize("on_page", [0, 1], ids=["before", "after"])
def test_a_page_break_inside_a_label(tmp_path: Path, on_page: int) -> None:
    known = [at(0, 1, "Kulttuuriympäristö toimintatapoineen"), at(55, 1, "5"), at(68, 1, "6")]
    first = [*HEAD, *known, *(at(0, 3 + i, LABEL[i]) for i in range(2))]
    second = [at(0, 0, LABEL[2]), at(0, 2, "Ympäristöosaaminen"), at(55, 2, "1"), at(68, 2, "2")]
    (first if on_page == 0 else second).extend(
        at(column, 4 if on_page == 0 else 0, score) for column, score in ((55, "3"), (68, "4"))
    )
    document = opened(tmp_path, written([first, second]))
    assert f"{LABEL[0]}\n{LABEL[1]}\n{LABEL[2]}\t3\t4" in document.view
    start = document.view.index("\t3\t4") + 1
    assert document.span(start, start + 1).page == on_page + 1


def test_a_new_row_on_the_next_page_is_no_part_of_the_last() -> None:
    first = [*HEAD, at(0, 2, "Natura 2000 -ohjelman kohteet"), at(55, 2, "0"), at(68, 2, "0")]
    second = [at(0, 0, "Taloudellinen kestävyys"), at(0, 2, "Jätteet"), at(55, 2, "1")]
    second.append(at(68, 2, "2"))
    assert [line for line in view_of(first, second).split("\n") if line][1:3] == [
        "Natura 2000 -ohjelman kohteet\t0\t0",
        "Taloudellinen kestävyys",
    ]


def test_values_beside_their_labels_run_on_below() -> None:
    page = [
        *(at(0, 0, "Hankekoodi:"), at(30, 0, "S99901")),
        *(at(0, 1.4, "Suunnitelman mukainen"), at(30, 1.4, "Alkaa 1.5.2015 ja päättyy")),
        *(at(0, 2.4, "toteutusaika:"), at(30, 2.4, "30.6.2017")),
        *(at(0, 3.8, "Vastuuviranomainen:"), at(30, 3.8, "Hämeen elinkeino-, liikenne-")),
        at(30, 4.8, "ja ympäristökeskus, Lahti"),
    ]
    assert [line for line in view_of(page).split("\n") if line] == [
        "Hankekoodi:\tS99901",
        "Suunnitelman mukainen",
        "toteutusaika:\tAlkaa 1.5.2015 ja päättyy",
        "30.6.2017",
        "Vastuuviranomainen:\tHämeen elinkeino-, liikenne-",
        "ja ympäristökeskus, Lahti",
    ]


def test_a_label_in_the_middle_of_its_value_stands_before_it() -> None:
    page = [
        *(at(0, 0, "Hankekoodi:"), at(24, 0, "S99901")),
        *(at(24, 2, "Työllistymisen ja"), at(24, 3, "pysymisen edistäminen")),
        *(at(0, 2.5, "Toimintalinja:"), at(0, 5, "Hakija:"), at(24, 5, "Kylät ry")),
        *(at(24, 7, "Kaakkois-"), at(0, 8, "Toteuttaja:"), at(24, 8, "Suomen Ammatti-")),
        at(24, 9, "korkeakoulu osakeyhtiö"),
    ]
    assert [line for line in view_of(page).split("\n") if line] == [
        "Hankekoodi:\tS99901",
        "Toimintalinja:\tTyöllistymisen ja",
        "pysymisen edistäminen",
        "Hakija:\tKylät ry",
        "Toteuttaja:\tKaakkois-Suomen Ammatti-korkeakoulu osakeyhtiö",
    ]


def test_a_name_in_a_column_narrower_than_its_table_runs_on(tmp_path: Path) -> None:
    column = ["Hankkeen nimi: Hyvinvoiva", "asukas ja sen monta taloa"] + [
        "sana on aina sanana näin"
    ] * 9
    words = [at(0, i, text) for i, text in enumerate(column)]
    table = [
        at(c, 14 + 2 * i, t) for i in range(3) for c, t in ((0, "Natura"), (55, "0"), (68, "1"))
    ]
    document = opened(tmp_path, written([[*words, *table]]))
    assert set(range(len(column) - 1)) <= document.wraps


def test_scores_that_stand_close_are_cells_and_thousands_are_not() -> None:
    rows = [("Materiaalit ja jätteet", "0", "2"), ("Tasa-arvon edistäminen", "10", "7")]
    page = [
        (LEFT + x, 80.0 + 2 * i * STEP, SIZE, text)
        for i, row in enumerate(rows)
        for x, text in zip((0, 300, 318), row, strict=True)
    ]
    page.append(at(0, 6, "Julkinen rahoitus: 46 434"))
    assert [line for line in view_of(page).split("\n") if line] == [
        "Materiaalit ja jätteet\t0\t2",
        "Tasa-arvon edistäminen\t10\t7",
        "Julkinen rahoitus: 46 434",
    ]


def test_two_rows_of_numbers_are_no_label_of_two_lines() -> None:
    known = "Pinta- ja pohjavedet, maaperä sekä ilma (ja muu)"
    page = [*(at(0, 0, known), at(50, 0, "0"), at(53, 0, "1"))]
    page += [at(0, 1.3, "Natura 2000 -ohjelman kohteet"), at(50, 1.3, "2"), at(53, 1.3, "3")]
    assert [line for line in view_of(page).split("\n") if line] == [
        f"{known}\t0\t1",
        "Natura 2000 -ohjelman kohteet\t2\t3",
    ]


def test_wide_gaps_of_justified_lines_make_no_cells() -> None:
    spread = [(LEFT, 80.0, SIZE, "toimintaympäristöjen"), (LEFT + 240, 80.0, SIZE, "x" * 20)]
    page = [*spread, *lines(*prose(5), top=92.0)]
    assert view_of(page).startswith(f"toimintaympäristöjen {'x' * 20}\n")


def test_even_gaps_are_those_of_a_justified_line_and_even_steps_those_of_columns() -> None:
    narrow = {0: "Kotkaa", 10: "asuinpaikkana", 27: "ja", 33: "elinympäristönä."}
    columns = {0: "Kyllä", 15: "Kyllä", 30: "Ehkä"}
    numbers = {0: "1", 9: "50", 19: "700"}
    counted = {0: "kaikkiaan", 14: "130", 22: "osallistujaa."}
    rows = enumerate((narrow, columns, numbers, counted))
    put = [at(column, 7 + 2 * i, word) for i, row in rows for column, word in row.items()]
    view = view_of([*lines(*prose(5)), *put])
    assert "Kotkaa asuinpaikkana ja elinympäristönä." in view
    assert "Kyllä\tKyllä\tEhkä" in view
    assert "1\t50\t700" in view
    assert "kaikkiaan 130 osallistujaa." in view


# ---- whole descriptions

SCORES = re.compile(r"(?P<label>\D+(?:2000)?\D+) (?P<direct>\d+) (?P<indirect>\d+)")


def typeset(text: str, width: int, *, heads: bool, rows: int = 50) -> bytes:
    """A description as pages: lines wrapped at a width, scores in columns, heads and feet."""
    pages: list[list[Put]] = [[]]
    row = 0.0
    table = False
    for line in text.split("\n"):
        table = line == "VälitönVälillinen" or (table and bool(line))
        met = SCORES.fullmatch(line) if table else None
        if line == "VälitönVälillinen":
            wrapped, beside = [""], [(width - 20, "Välitön"), (width - 9, "Välillinen")]
        elif met is not None:
            wrapped = wrap(met["label"], width - 24)
            beside = [(width - 17, met["direct"]), (width - 5, met["indirect"])]
        else:
            wrapped, beside = wrap(line, width, break_long_words=False), []
        # Numbers stand in the middle of the row, on the page that the middle is on.
        cells = [(0, float(i), said) for i, said in enumerate(wrapped)]
        cells += [(column, (len(wrapped) - 1) / 2, said) for column, said in beside]
        start = row
        for column, down, said in sorted(cells, key=lambda cell: cell[1]):
            if start + down >= rows:
                pages.append([])
                start = -down
            pages[-1].append(at(column, start + down, said))
            row = start + down
        row += 1.4 if table else 1.0
    if heads:
        for number, page in enumerate(pages, start=1):
            page += with_heads(number, len(pages))
    return written(pages)


def cells(portfolio: esrdata.Portfolio) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in ("projects", "funding", "indicators", "sustainability", "horizontal", "locations",
                 "partners", "narratives", "contacts"):  # fmt: skip
        for i, row in enumerate(getattr(portfolio, name).to_dict("records")):
            found |= {f"{name}.{i}.{key}": value for key, value in row.items() if key != "source"}
    return found


@pytest.mark.parametrize("heads", [False, True], ids=["bare", "heads"])
@pytest.mark.parametrize("width", [80, 56, 44])
@pytest.mark.parametrize("rows", [50, 13], ids=["long", "short"])
def test_every_cell_is_the_same_as_from_text(
    tmp_path: Path, width: int, heads: bool, rows: int
) -> None:
    page = eura2014_page()
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(typeset(page, width, heads=heads, rows=rows))
    expected = cells(esrdata.read(tmp_path / "a.txt", contacts=True))
    portfolio = esrdata.read(tmp_path / "b.pdf", contacts=True)
    got = cells(portfolio)

    def told(value: object) -> str:
        return " ".join(str(value).split())

    assert {k: told(v) for k, v in got.items()} == {k: told(v) for k, v in expected.items()}
    (file,) = portfolio.files.to_dict("records")
    assert file["lines"] == file["lines_accounted"]
    assert portfolio.issues.empty


# ---- places and pictures


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    path = tmp_path / "sivu.pdf"
    path.write_bytes(typeset(eura2014_page(), 80, heads=True))
    return path


def test_a_value_has_its_box() -> None:
    data = written([lines("eka"), lines("Kunnat: Kotka, Hamina")])
    text = pdf.read(data).text
    ((page, left, top, right, bottom),) = pdf.places(
        pdf.read(data), text.index("Kotka"), text.index("Hamina") + 6
    )
    assert page == 2
    assert left == pytest.approx(LEFT + 8 * LETTER, abs=0.5)
    assert right == pytest.approx(LEFT + 21 * LETTER, abs=0.5)
    assert top < 80 < bottom
    assert bottom - top == pytest.approx(1.1 * SIZE, abs=0.5)


def test_a_value_of_two_lines_has_two_boxes(tmp_path: Path) -> None:
    text = prose(3)
    path = tmp_path / "sivu.pdf"
    path.write_bytes(written([lines(*text)]))
    start = len(text[0]) - 5
    boxes = pdf.places(pdf.read(path.read_bytes()), start, len(text[0]) + 8)
    assert len(boxes) == 2
    assert boxes[0][4] < boxes[1][4]


def test_a_blank_has_the_box_of_what_stands_before_it(tmp_path: Path) -> None:
    path = tmp_path / "sivu.pdf"
    path.write_bytes(written([lines("Kunnat: Kotka", "Postinumero:", "Muuta")]))
    place = len("Kunnat: Kotka\nPostinumero:")
    assert len(pdf.places(pdf.read(path.read_bytes()), place, place)) == 1


def colours(image: bytes, box: pdf.Box, resolution: int) -> set[tuple[int, ...]]:
    from PIL import Image

    scale = resolution / 72
    _, *edges = box
    with Image.open(io.BytesIO(image)) as picture:
        part = picture.convert("RGB").crop([round(edge * scale) for edge in edges])
        return {colour for _, colour in part.getcolors(100_000)}


def test_the_page_is_shown_with_the_value_marked(printed: Path, tmp_path: Path) -> None:
    explained = esrdata.read(printed).explain("S20001", "funding.public_total.realised")
    assert explained.page is not None
    assert explained.start is not None
    assert explained.end is not None
    image = explained.png(tmp_path / "sivu.png", resolution=72)
    assert image.startswith(b"\x89PNG")
    assert (tmp_path / "sivu.png").read_bytes() == image
    (box,) = pdf.places(pdf.read(printed.read_bytes()), explained.start, explained.end)
    assert box[0] == explained.page
    marked = colours(image, box, 72)
    assert any(blue < 230 < red for red, _, blue in marked)
    empty = colours(image, (1, 2.0, 300.0, 40.0, 340.0), 72)
    assert empty == {(255, 255, 255)}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_mark_is_where_the_page_shows_the_value(rotate: int) -> None:
    data = written([lines("Kunnat: Kotka")], rotate=rotate)
    boxes = pdf.places(pdf.read(data), 8, 13)
    plain, marked = (pdf.picture(data, 1, shown, [], 72) for shown in ([], boxes))
    # Letters of the value stand in its box, and nothing else of the page was touched.
    assert any(max(colour) < 100 for colour in colours(plain, boxes[0], 72))
    assert colours(marked, (1, 60.0, 200.0, 400.0, 400.0), 72) == {(255, 255, 255)}
    assert any(blue < 230 < red for red, _, blue in colours(marked, boxes[0], 72))


def test_threads_may_read_at_the_same_time() -> None:
    data = typeset(eura2014_page(), 60, heads=True)
    with ThreadPoolExecutor(4) as pool:
        texts = set(pool.map(lambda _: pdf.read(data).text, range(12)))
    assert len(texts) == 1


def test_contact_persons_are_painted_over(printed: Path) -> None:
    def shown(contacts: bool) -> set[tuple[int, ...]]:
        portfolio = esrdata.read(printed, contacts=contacts)
        explained = portfolio.explain("S20001", "projects.business_id")
        text = pdf.read(printed.read_bytes()).text
        name = re.search(r"Hankkeen yhteyshenkilön nimi: (.+)", text)
        assert name is not None
        (box,) = pdf.places(pdf.read(printed.read_bytes()), *name.span(1))
        return colours(explained.png(resolution=72), box, 72)

    assert len(shown(contacts=False)) == 1
    assert len(shown(contacts=True)) > 1


def refused(ask: Callable[[], bytes]) -> str:
    with pytest.raises(UsageError) as met:
        ask()
    assert re.fullmatch(r"[A-Z][^\n{}]*[^.\n]\.", str(met.value))
    return str(met.value)


def test_only_a_value_from_a_pdf_has_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "sivu.txt"
    path.write_text(eura2014_page(), encoding="utf-8")
    explained = esrdata.read(path).explain("S20001", "projects.name")
    assert "sivu.txt" in refused(explained.png)


def test_a_value_without_a_place_has_no_picture(printed: Path) -> None:
    explained = esrdata.read(printed).explain("S20001", "indicators.participants.realised")
    assert "indicators.participants.realised" in refused(explained.png)


def test_a_changed_or_missing_file_has_no_picture(printed: Path) -> None:
    explained = esrdata.read(printed).explain("S20001", "projects.name")
    printed.write_bytes(written([lines("toinen")]))
    assert "changed" in refused(explained.png)
    printed.unlink()
    assert "no longer" in refused(explained.png)


# ---- whatever the page


words = st.text("abcäö019-:.()", min_size=1, max_size=9)
slots = st.tuples(st.integers(0, 5), st.integers(0, 60), st.sampled_from([6.0, 10.0, 14.0]), words)
# Letters drawn twice at one place are one letter to a reader, so every word has its own place.
drawings = st.lists(slots, max_size=25, unique_by=lambda slot: slot[:2])


@settings(max_examples=150, deadline=None)
@given(st.lists(drawings, min_size=1, max_size=3), st.integers(0, 7))
def test_no_letter_is_lost_and_none_is_made(
    drawn_on: list[list[tuple[int, int, float, str]]], shift: int
) -> None:
    pages = [
        [(20.0 + 90 * column + shift * row % 9, 20.0 + 13 * row, size, text)
         for column, row, size, text in page]
        for page in drawn_on
    ]  # fmt: skip
    data = written(pages)
    if not any(pages):
        with pytest.raises(UnreadError, match="pdf_no_text"):
            pdf.read(data)
        return
    read = pdf.read(data)
    drawn = Counter(sign for page in pages for *_, text in page for sign in text)
    told = Counter(sign for sign in read.text if not sign.isspace())
    # A hyphen at a line end may be soft, or stand before a word that it belongs to.
    for hyphen in ("-", "\u00ad"):
        drawn.pop(hyphen, None)
        told.pop(hyphen, None)
    assert told == drawn
    layout = read.layout
    # Without places the view is the text.
    assert len(layout.starts) == len(layout.view) or layout.view == read.text
    for sign, start, end in zip(layout.view, layout.starts, layout.ends, strict=False):
        assert sign == "\n" or read.text[start:end] == sign


# ---- rows of figures


@pytest.mark.parametrize(
    ("text", "numeric"),
    [
        ("10 000 €", True),
        ("1.1.2018–31.12.2019", True),
        ("1.1.2018 - 31.12.2019", True),
        ("75 %", True),
        ("1,2 M€", True),
        ("1.1.2018 –", False),
        ("Kotka", False),
        ("10 henkilöä", False),
    ],
)
def test_sums_and_days_of_two_rows_do_not_run_on(text: str, numeric: bool) -> None:
    words = [Word(part, 0.0, 1.0, 0.0, 9.0, False, 0) for part in text.split()]
    assert Piece(WordList.of(words), 0, len(words)).is_numeric is numeric


@pytest.mark.parametrize("row", [0.0, 0.5])
def test_rows_of_a_table_whose_lines_are_closer_than_those_of_the_prose(row: float) -> None:
    # A label stands at the top of its row, or in the middle of it.
    text = [at(0, 1.3 * n, line) for n, line in enumerate(prose(6))]
    table = [
        at(0, 10, "Tila:"), at(24, 10, "Käynnissä"),
        at(0, 11.2 + row, "Nimi:"), at(24, 11.2, "Kylien yhteinen toiminta ja"),
        at(24, 12.2, "tapaamiset talvella"),
        at(0, 13.4, "Suunnitelman mukainen"), at(24, 13.4, "Alkaa 1.2.2018 ja päättyy"),
        at(0, 14.4, "toteutusaika:"), at(24, 14.4, "31.12.2019"),
        at(0, 15.6, "Koodi:"), at(24, 15.6, "S20001"),
    ]  # fmt: skip
    assert [line for line in view_of([*text, *table]).split("\n") if line][6:] == [
        "Tila:\tKäynnissä",
        "Nimi:\tKylien yhteinen toiminta ja",
        "tapaamiset talvella",
        "Suunnitelman mukainen",
        "toteutusaika:\tAlkaa 1.2.2018 ja päättyy",
        "31.12.2019",
        "Koodi:\tS20001",
    ]
