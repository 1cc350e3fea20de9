"""Files to lines: encodings, the view of an HTML page and its places, and what a source names."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import esrdata
from esrdata.documents.document import Document
from esrdata.documents.html.page import view_and_tags
from esrdata.documents.open import NotOpened, open_document
from esrdata.documents.paths import paths
from esrdata.documents.text import NotTextError, decode
from esrdata.errors import SourceError, UsageError

# ---- bytes to text


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"Kyll\xc3\xa4", "Kyllä", "utf-8"),
        (b"\xef\xbb\xbfKyll\xc3\xa4", "Kyllä", "utf-8-sig"),
        # Both letters of a Mac or of DOS inside words, time and again, and none of Windows.
        (b"ty\x9at\x8a, hyv\x8aksi n\x9ayr\x8an s\x8an", "työtä, hyväksi nöyrän sän", "mac_roman"),
        (b"ty\x94t\x84, hyv\x84ksi n\x94yr\x84n s\x84n", "työtä, hyväksi nöyrän sän", "cp850"),
        # Fewer, of one letter alone, or beside one of Windows.
        (b"hyv\x8aksi n\x9ayr\x8an", "hyvŠksi nšyrŠn", "cp1252"),
        (b"Ka\x9akov Ma\x9aa Ta\x9aa Mi\x9aa Pe\x9aa", "Kaškov Maša Taša Miša Peša", "cp1252"),
        (b"Ka\x9akov Ma\x8aa Ta\x9aa Mi\x9aa s\xe4", "Kaškov MaŠa Taša Miša sä", "cp1252"),
        (b"P\x80\x80TTYI MY\x85NSI N\x80IN", "PÄÄTTYI MYÖNSI NÄIN", "mac_roman"),
        (b"P\x8e\x8eTTYI MY\x99NSI N\x8eIN", "PÄÄTTYI MYÖNSI NÄIN", "cp850"),
        # The sign of the euro in Latin-9; elsewhere its byte is a mark before items.
        (b"4 500,50 \xa4, hyv\xe4", "4 500,50 €, hyvä", "iso8859-15"),
        (b"hyv\xe4 (t\xa4)", "hyvä (t€)", "iso8859-15"),
        (b"\xa4 Hyv\xe4 4 \x80", "¤ Hyvä 4 €", "cp1252"),
        (b"\xa4 Hyv\xe4 500", "¤ Hyvä 500", "cp1252"),
        (b"Kyll\xe4", "Kyllä", "cp1252"),
        (b"5 \x80 \x96 \x94ovi\x94", "5 € – ”ovi”", "cp1252"),
        (b"\xff\xfeK\x00\xe4\x00", "Kä", "utf-16"),
        (b"\xfe\xff\x00K\x00\xe4", "Kä", "utf-16"),
        (b"\xff\xfe\x00\x00K\x00\x00\x00\xe4\x00\x00\x00", "Kä", "utf-32"),
        (b"Kylla\xcc\x88", "Kyllä", "utf-8"),
        (b"a\r\nb\rc\nd", "a\nb\nc\nd", "utf-8"),
        (b"a\x0cb\tc", "a\x0cb\tc", "utf-8"),
    ],
)
def test_decoding(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


def test_decomposed_letters_become_one_character() -> None:
    text, _ = decode("Pa\u0308ija\u0308nne".encode())
    assert len(text) == 8


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\x01\x02\x03\x04 teksti",
        b"\xff\xfeK\x00\xe4",
        b"Kyll\xe4 \x81",
    ],
    ids=["picture", "controls", "half a character", "undefined byte"],
)
def test_bytes_that_are_no_text(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decode(data)


def test_utf8_cut_inside_a_letter_stays_utf8() -> None:
    whole = "Hämeen elinkeino-, liikenne- ja ympäristö".encode()
    text, encoding = decode(whole[:-1])
    assert encoding == "utf-8"
    assert text.startswith("Hämeen elinkeino-, liikenne- ja ympärist")


# ---- opening


def opened(folder: Path, data: bytes) -> Document | NotOpened:
    path = folder / "page"
    path.write_bytes(data)
    return open_document(str(path))


@pytest.mark.parametrize(
    ("data", "format_", "code"),
    [
        (b"", None, "file_empty"),
        (b" \n\t\r\n", None, "file_empty"),
        (b"\xef\xbb\xbf", None, "file_empty"),
        (b"\xff\xfe\n\x00", None, "file_empty"),
        (b"%PDF-1.7\n", "pdf", "pdf_broken"),
        (b"PK\x03\x04xl/", "xlsx", "format_unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1", "doc/xls", "format_unsupported"),
        (b"{\\rtf1\\ansi", "rtf", "file_empty"),
        (b"PK\x03\x04word/document.xml", "docx", "document_broken"),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\n<html>",
            "mhtml",
            "format_unsupported",
        ),
        (b"\x89PNG\r\n\x1a\n\x00\x00", None, "file_not_text"),
    ],
)
def test_files_that_give_no_text(
    tmp_path: Path, data: bytes, format_: str | None, code: str
) -> None:
    met = opened(tmp_path, data)
    assert isinstance(met, NotOpened)
    assert (met.format, met.code) == (format_, code)


def test_a_file_that_cannot_be_opened_is_no_exception(tmp_path: Path) -> None:
    met = open_document(str(tmp_path / "gone.txt"))
    assert isinstance(met, NotOpened)
    assert met.code == "file_unreadable"


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"<!DOCTYPE html><title>x</title>y", "html"),
        (b"\xef\xbb\xbf  <HTML><BODY>y", "html"),
        (b"<div class='description'><h2>1. Projekti</h2>", "html"),
        (b"Hankekoodi: S99901\n", "text"),
        (b"5 < 6 ja <hakija> > 2\n", "text"),
    ],
)
def test_the_format_is_told_by_content(tmp_path: Path, data: bytes, format_: str) -> None:
    met = opened(tmp_path, data)
    assert isinstance(met, Document)
    assert met.format == format_


def test_a_tag_in_the_prose_of_a_text_page_does_not_make_it_html(tmp_path: Path) -> None:
    met = opened(tmp_path, b"Hankekoodi: S99901\n\nTavoitteet:<br>\n- ovet auki\n")
    assert isinstance(met, Document)
    assert met.format == "text"


def test_a_document_keeps_its_hash_and_encoding(tmp_path: Path) -> None:
    met = opened(tmp_path, b"Kyll\xe4")
    assert isinstance(met, Document)
    assert met.encoding == "cp1252"
    # sha256sum of the five bytes, from coreutils
    assert met.sha256 == "bec425f676421e85616d0878ca4050b40a852bc4b2f0240c6fa9bd97d05ccedf"


# ---- lines and pages of a text


def test_lines_and_pages_count_from_one(document: Callable[..., Document]) -> None:
    page = document("eka\n\ntoka\x0ckolmas\n\x0cneljäs")
    assert [line.text for line in page.lines] == ["eka", "", "toka\x0ckolmas", "\x0cneljäs"]
    assert [line.blank for line in page.lines] == [False, True, False, False]
    places = {}
    for word in ("eka", "toka", "kolmas", "neljäs"):
        at = page.view.index(word)
        span = page.span(at, at + len(word))
        assert page.raw(span) == word
        places[word] = (span.line, span.page)
    assert places == {"eka": (1, 1), "toka": (3, 1), "kolmas": (3, 2), "neljäs": (4, 3)}


def test_a_line_feed_belongs_to_the_line_it_ends(document: Callable[..., Document]) -> None:
    page = document("ab\x0ccd\nef")
    assert (page.span(2, 3).line, page.span(2, 3).page) == (1, 1)
    assert (page.span(5, 6).line, page.span(5, 6).page) == (1, 2)
    assert (page.span(6, 8).line, page.span(6, 8).page) == (2, 2)


def test_the_line_that_holds_a_place(document: Callable[..., Document]) -> None:
    page = document("ab\n\ncd")
    assert [page.line_index(at) for at in range(6)] == [0, 0, 0, 1, 2, 2]


# ---- the view of an HTML page


@pytest.mark.parametrize(
    ("page", "view"),
    [
        ("<p>Yksi</p><p>Kaksi</p>", "Yksi\n\nKaksi"),
        ("<p>Yksi</p>\n\n\n<p>Kaksi</p>", "Yksi\n\nKaksi"),
        ("<p>Yksi<p>Kaksi<br>Kolme", "Yksi\n\nKaksi\nKolme"),
        ("<P>Yksi</P><P>Kaksi<BR>Kolme</P>", "Yksi\n\nKaksi\nKolme"),
        ("<p>a<br/>b<br />c</p>", "a\nb\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<h2>1 Hanke</h2>x", "1 Hanke\n\nx"),
        ("<p>Työtä\n   kaikille</p>", "Työtä kaikille"),
        ("<p><b>Y-tunnus:</b> <i>1234567-1</i></p>", "Y-tunnus: 1234567-1"),
        ("<p>ala<b>otsikko</b></p>", "alaotsikko"),
        ("<p>a &lt;b&gt; &amp; &auml;&#228;&#xE4; &euro;</p>", "a <b> & äää €"),
        ("<p>R&D &tuntematon; 5 < 6</p>", "R&D &tuntematon; 5 < 6"),
        ("<p>46&nbsp;434</p>", "46\u00a0434"),
        ("<p>46&#8239;434 46&thinsp;434</p>", "46\u202f434 46\u2009434"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("<table>\n<tr>\n <td> a </td>\n <td> b </td>\n</tr>\n</table>", "a\tb"),
        ("<table><tr><th>a<td>b<tr><td>c<td>d</table>", "a\tb\nc\td"),
        ("<ul><li>a<li>b</ul>c", "a\nb\n\nc"),
        ("<p>a<!-- <p>ei</p> -->b</p>", "ab"),
        ("<script>var a = '<p>ei</p>';</script><p>on</p>", "on"),
        ("<style>p { color: red }</style><p>on</p><noscript>ei</noscript>", "on"),
        ("<html><head><title>ei</title></head><body><p>on</p></body></html>", "on"),
        ("<html><head><title>ei</title><body><p>on</p>", "on"),
        ("<title>ei</title><p>on</p>", "on"),
        ("<pre>a\nb\n\nc</pre>d", "a\nb\n\nc\n\nd"),
        ("<p>a</p><p>Hankkeen ni", "a\n\nHankkeen ni"),
        ("", ""),
    ],
)
def test_what_a_person_sees(page: str, view: str) -> None:
    assert view_and_tags(page).view[0].strip("\n") == view


@pytest.mark.parametrize("cut", ["<", "<p", "<p class='", "</p", "&", "&am", "<!-- x", "<script>"])
def test_a_page_cut_off_keeps_what_came_before(cut: str) -> None:
    assert view_and_tags(f"<p>a</p><p>kokonaan {cut}").view[0].startswith("a\n\nkokonaan")


def test_a_head_ends_where_the_page_begins() -> None:
    assert (
        view_and_tags("<html><head><title>ei</title>\n<h2>1 Hanke</h2>").view[0].strip()
        == "1 Hanke"
    )


def test_two_line_breaks_part_paragraphs() -> None:
    assert view_and_tags("<p>Yksi.<br><br>Kaksi.</p>").view[0].strip("\n") == "Yksi.\n\nKaksi."


def test_every_character_of_the_view_has_its_place(document: Callable[..., Document]) -> None:
    source = "<div>\n<h2>1&nbsp;Hanke</h2>\n<p>R&amp;D: <b>P&auml;&#228;</b>&lt;sana</p></div>"
    page = document(source, "html")
    at = page.view.index("R&D")
    assert page.raw(page.span(at, at + 3)) == "R&amp;D"
    at = page.view.index("Pää")
    span = page.span(at, at + 3)
    assert page.raw(span) == "P&auml;&#228;"
    assert (span.line, span.page) == (3, 1)
    assert source[span.start : span.end] == "P&auml;&#228;"
    # across tags, the raw text holds them
    at = page.view.index("D: P")
    assert page.raw(page.span(at, at + 4)) == "D: <b>P"


def test_an_entity_without_its_semicolon_keeps_its_place(
    document: Callable[..., Document],
) -> None:
    page = document("<p>A&amp B</p>", "html")
    at = page.view.index("&")
    assert page.raw(page.span(at, at + 1)) == "&amp"
    assert page.raw(page.span(at + 2, at + 3)) == "B"


_TAGS = ["<p>", "</p>", "<BR>", "<td>", "<tr>", "<pre>", "</pre>", "<b>", "<!--x-->", "</head>"]
_SIGNS = [
    "&auml;",
    "&#228;",
    "&nbsp;",
    "&",
    "&amp",
    "<",
    "\n",
    " ",
    "ä",
    "5 ",
    "<script>a</script>",
]
_PIECES = st.sampled_from([*_TAGS, *_SIGNS])


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_places_of_any_page_are_in_order_and_true(source: str) -> None:
    view, starts, ends = view_and_tags(source).view
    assert len(view) == len(starts) == len(ends)
    for i, sign in enumerate(view):
        written = source[starts[i] : ends[i]]
        if sign in "\n\t":
            continue
        assert written == sign or written.startswith("&") or (sign == " " and written.isspace())
    assert list(starts) == sorted(starts)


def test_a_large_page_is_quick() -> None:
    source = "<p>Hankkeen nimi: &auml;iti ja <b>lapsi</b></p>\n" * 5000
    began = time.process_time()
    view, _, _ = view_and_tags(source).view
    assert view.count("äiti ja lapsi") == 5000
    assert time.process_time() - began < 5


# ---- what a source names


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.txt", "a.txt", "c/d.html", "c/a.txt", ".h.txt", ".g/x.txt", "c/~$e.docx"):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("data/b.txt", ["data/b.txt"]),
        (Path("data/b.txt"), ["data/b.txt"]),
        ("data", ["data/a.txt", "data/b.txt", "data/c/a.txt", "data/c/d.html"]),
        ("data/", ["data/a.txt", "data/b.txt", "data/c/a.txt", "data/c/d.html"]),
        ("./data/c", ["data/c/a.txt", "data/c/d.html"]),
        ("data/*.txt", ["data/a.txt", "data/b.txt"]),
        ("data/**/*.txt", ["data/a.txt", "data/b.txt", "data/c/a.txt"]),
        ("da*", ["data/a.txt", "data/b.txt", "data/c/a.txt", "data/c/d.html"]),
        (["data/b.txt", "data/a.txt"], ["data/b.txt", "data/a.txt"]),
        (["data/b.txt", Path("data/b.txt"), "./data/b.txt"], ["data/b.txt"]),
        (["data/c/a.txt", "data/c"], ["data/c/a.txt", "data/c/d.html"]),
        ("data/.h.txt", ["data/.h.txt"]),
    ],
)
def test_paths(folder: Path, source: object, names: list[str]) -> None:
    assert paths(source) == names  # type: ignore[arg-type]


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(folder: Path) -> None:
    Path("data/sivu[1].html").write_text("x", encoding="utf-8")
    assert paths("data/sivu[1].html") == ["data/sivu[1].html"]


@pytest.mark.parametrize(
    "source", ["gone.txt", Path("gone"), "data/*.xml", [], ["data/a.txt", "gone.txt"]]
)
def test_a_source_that_is_not_there(folder: Path, source: object) -> None:
    with pytest.raises(SourceError):
        paths(source)  # type: ignore[arg-type]


def test_a_folder_without_files(folder: Path) -> None:
    Path("empty").mkdir()
    with pytest.raises(SourceError, match="empty"):
        paths("empty")


@pytest.mark.parametrize("source", [None, 5])
def test_a_source_that_is_no_path(source: object) -> None:
    with pytest.raises(UsageError):
        paths(source)  # type: ignore[arg-type]


def test_a_pattern_of_a_list_that_matches_nothing_is_not_there(folder: Path) -> None:
    with pytest.raises(SourceError):
        paths(["data/a.txt", "data/*.xml"])


def test_a_pattern_leaves_lock_files_out(folder: Path) -> None:
    assert paths("data/c/*") == ["data/c/a.txt", "data/c/d.html"]


def test_one_file_under_two_names_comes_once(folder: Path) -> None:
    assert len(paths(["data/a.txt", folder / "data" / "a.txt"])) == 1


def test_damaged_letters_are_a_finding(tmp_path: Path, page_2014: Callable[..., str]) -> None:
    data = page_2014().encode("utf-8").replace("ä".encode(), b"\xc3", 1)
    (tmp_path / "sivu.txt").write_bytes(data)
    portfolio = esrdata.read(tmp_path)
    assert portfolio.files["encoding"].tolist() == ["utf-8"]
    damaged = portfolio.issues[portfolio.issues["code"] == "text_damaged"]
    assert damaged["raw"].tolist() == ["1"]
