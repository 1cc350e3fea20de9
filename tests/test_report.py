"""The pack as files: the page by its structure, and the same numbers wherever they are written."""

import base64
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pandas as pd
import pytest
from pages import RAW, raw, raw_content

import esrdata
from esrdata.errors import StoreError, UsageError
from esrdata.knowledge import load
from esrdata.knowledge.wording import word
from esrdata.portfolio import Portfolio
from esrdata.present import html, report
from esrdata.present import pack as contents
from esrdata.present.excel import document as workbooks
from esrdata.present.model import Column, Content, Section, Table

LANGUAGES = ("fi", "sv", "en")
VOID = {"meta", "br", "link", "img"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PACK = ("report.html", "report.docx", "report.xlsx")


class Page(HTMLParser):
    """Tables as rows of cell texts, and every tag met, checked to be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.said: dict[str, list[str]] = {}
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.rows = self.tables.setdefault(str(dict(attrs)["id"]), [])
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
        self.said.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"style", "script"} & set(self.open):
            return
        self.text += data
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data
        for tag in self.said.keys() & set(self.open):
            self.said[tag][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def row(self, table: str, *starts: str) -> dict[str, str]:
        """The row of a table whose first cells are these, by its headings."""
        heads, *rows = self.tables[f"table-{table}"]
        (found,) = (row for row in rows if tuple(map(plain, row[: len(starts)])) == starts)
        return dict(zip(map(plain, heads), map(plain, found), strict=True))


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def number(text: str) -> float:
    """What a Finnish number, sum or percentage was written from."""
    digits = re.sub(r"[ \u00a0€]", "", text).replace(",", ".").replace("−", "-")
    return float(digits[:-1]) / 100 if digits.endswith("%") else float(digits)


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return raw()


@pytest.fixture(scope="module")
def pack(portfolio: Portfolio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole pack in Finnish."""
    folder = tmp_path_factory.mktemp("pack") / "new" / "folder"
    assert report.write(portfolio, folder) == folder / "report.html"
    return folder


@pytest.fixture(scope="module")
def page(pack: Path) -> Page:
    return Page((pack / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def book(pack: Path) -> Any:
    return openpyxl.load_workbook(pack / "report.xlsx")


@pytest.fixture(scope="module")
def paper(pack: Path) -> Any:
    return docx.Document(str(pack / "report.docx"))


@pytest.fixture
def nothing(tmp_path: Path) -> Portfolio:
    """A letter that is no form: a portfolio of no projects, which is soon written."""
    (tmp_path / "letter.txt").write_text("Hyvää päivää\n", encoding="utf-8")
    return esrdata.read(tmp_path / "letter.txt")


@pytest.fixture(scope="module")
def dot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dot") / "dot.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    return path


def drawn_as(content: Content, dot: Path) -> Page:
    """The page of a content whose figures are not drawn."""
    pictures = {part.key: (dot, f"About {part.key}") for part in content.figures}
    return Page(html.html(content, pictures))


MARKUP = '<script>alert(1)</script> "x" & <b>'
#: Where a text stands that begins so.
FORMULAS = {
    "=": ("S12577", "name"),
    "+": ("S20562", "name"),
    "-": ("S21684", "name"),
    "@": ("S12577", "applicant"),
    "\t=": ("S20562", "applicant"),
}


def formula(start: str) -> str:
    return f'{start}HYPERLINK("http://example.org")'


@pytest.fixture(scope="module")
def hostile(portfolio: Portfolio) -> Content:
    """A content whose texts are markup and formulas."""
    projects = portfolio.projects.set_index("project_code", drop=False)
    projects.loc["S20405", "name"] = MARKUP
    for start, place in FORMULAS.items():
        projects.loc[place] = formula(start)
    tables = {**portfolio.tables, "projects": projects.reset_index(drop=True)}
    return contents.content(Portfolio(tables, Path.cwd()), lang="fi", title=MARKUP)


@pytest.fixture(scope="module")
def hostile_book(hostile: Content, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("hostile") / "report.xlsx"
    workbooks.write_excel(hostile, path)
    return openpyxl.load_workbook(path)


# ---- files


@pytest.mark.slow
def test_the_files_of_the_pack(pack, portfolio):
    names = {path.name for path in pack.iterdir()}
    assert {*PACK, "figures", "evidence", "ro-crate-metadata.json", "projects.csv"} <= names
    evidence = {path.name for path in (pack / "evidence").iterdir()}
    assert evidence == {f"{code}.html" for code in portfolio.projects["project_code"]}
    figures = {path.name for path in (pack / "figures").iterdir()}
    keys = ("funding_of_projects", "stated_participants", "sustainability")
    assert figures == {
        f"{key}.{kind}"
        for key in (*keys, "first_page", "horizontal", "timeline")
        for kind in ("svg", "png", "csv")
    }
    assert len(esrdata.load(pack)) == 4


@pytest.mark.slow
def test_the_same_portfolio_gives_the_same_bytes(pack, tmp_path):
    report.write(esrdata.read(RAW), str(tmp_path))
    for path in sorted(pack.rglob("*")):
        if path.is_file() and path.name != "ro-crate-metadata.json":
            again = tmp_path / path.relative_to(pack)
            assert again.read_bytes() == path.read_bytes(), path.name


def test_an_unknown_language_is_refused_before_anything_is_written(nothing, tmp_path):
    with pytest.raises(UsageError, match=r"^The language 'de' is not one of fi, sv, en\.$"):
        report.write(nothing, tmp_path / "out", lang="de")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(nothing, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"^Cannot write the folder .*file \(.*\): .*\.$"):
        report.write(nothing, tmp_path / "file")


@pytest.mark.slow
def test_a_former_report_stays_whole_if_writing_fails_midway(nothing, tmp_path, monkeypatch):
    report.write(nothing, tmp_path / "out")
    before = {name: (tmp_path / "out" / name).read_bytes() for name in PACK}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workbooks, "write_excel", full)
    with pytest.raises(StoreError, match="No space left on device"):
        report.write(nothing, tmp_path / "out", title="Uusi")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in PACK} == before
    assert not list((tmp_path / "out").glob(".esrdata-*"))


@pytest.mark.slow
def test_what_a_former_report_had_goes_and_what_others_put_there_stays(nothing, tmp_path):
    report.write(nothing, tmp_path)
    assert (tmp_path / "explorer.html").exists()
    others = [tmp_path / name for name in ("figures/own.png", "evidence/S1.html", "notes.txt")]
    for path in others:
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    report.write(nothing, tmp_path, explorer=False)
    assert not (tmp_path / "explorer.html").exists()
    assert all(path.exists() for path in others)


# ---- the page


def test_the_page_needs_nothing_beside_it_and_no_network(pack, page):
    text = (pack / "report.html").read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>\n")
    for _, attributes in page.tags:
        assert not {"srcset", "data", "action", "onclick", "style"} & attributes.keys()
        assert str(attributes.get("src", "data:image/svg+xml;base64,")).startswith(
            "data:image/svg+xml;base64,"
        )
    assert not page.all("link")
    assert not re.search(r"@import|url\((?!data:font/woff;base64,)|fetch\(|XMLHttp|import\(", text)
    for image in page.all("img"):
        svg = base64.b64decode(str(image["src"]).split(",")[1]).decode("utf-8")
        assert not re.search(r"(href|src)=[\"'](?!#)|<script|url\((?!#)", svg)


def test_links_lead_somewhere(pack, page):
    places = {a["id"] for _, a in page.tags if "id" in a}
    links = [str(a["href"]) for a in page.all("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= places
    beside = [link for link in links if not link.startswith("#")]
    assert len(set(beside)) == 4
    assert all((pack / link).is_file() for link in beside)


def accessible(page: Page) -> Iterator[str]:
    """What of a page somebody could not use, by eye, ear or keyboard."""
    ids = [a["id"] for _, a in page.tags if "id" in a]
    if len(set(ids)) < len(ids):
        yield "an id stands twice"
    levels = [HEADINGS.index(tag) for tag, _ in page.tags if tag in HEADINGS]
    if levels[0] != 0 or any(b > a + 1 for a, b in pairwise(levels)):
        yield "a level of headings is passed over"
    if not all(plain(text) for tag in HEADINGS for text in page.said.get(tag, [])):
        yield "a heading is empty"
    if not all((image.get("alt") or "").strip() for image in page.all("img")):
        yield "a picture has no words"
    if not all(th.get("scope") in {"col", "row"} for th in page.all("th")):
        yield "a heading of a table has no scope"
    per_table = [len(page.all(tag)) for tag in ("table", "caption", "thead", "tbody")]
    if len(set(per_table)) > 1 or not all(plain(text) for text in page.said.get("caption", [])):
        yield "a table has no caption or no head"
    for _, a in page.tags:
        if a.get("tabindex") is not None and not (a.get("role") and a.get("aria-label")):
            yield "something has the focus and no name"
        if a.get("aria-labelledby") not in {None, *ids}:
            yield "a name is not there"
    for tag in ("html", "title", "h1", "main", "header", "nav", "footer"):
        if len(page.all(tag)) != 1:
            yield f"{tag} is not there once"


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_in_each_language(dot, lang):
    content = raw_content(lang)
    met = drawn_as(content, dot)
    assert met.all("html") == [{"lang": lang}]
    assert met.said["h1"] == met.said["title"] == [word("content.title_esr", lang)]
    titles = [section.title for section in content.sections]
    assert content.summary is not None
    first = [word("report.contents", lang), content.summary.title]
    assert [plain(text) for text in met.said["h2"]] == [plain(text) for text in [*first, *titles]]
    assert [plain(item) for item in met.said["li"]][: len(titles)] == [plain(t) for t in titles]
    assert list(accessible(met)) == []
    assert not {"{", "}"} & set(met.text)
    assert not {"nan", "NaN", "None", "NaT"} & set(re.findall(r"\w+", met.text))


def test_the_page_written_is_accessible_too(page):
    assert list(accessible(page)) == []
    texts = [str(image["alt"]) for image in page.all("img")]
    # That of the first page, and five of chapters.
    assert len(set(texts)) == len(texts) == 6
    assert all(len(text) > 60 for text in texts)


def test_what_is_not_accessible_is_found():
    page = Page("<h1 id=a></h1><h3 id=a>x</h3><img src=x><table id=t><tr><th>x</th></tr></table>")
    assert len(list(accessible(page))) > 6


@pytest.mark.slow
def test_no_word_of_another_language_is_left(portfolio, dot):
    pages_ = {la: drawn_as(raw_content(la), dot) for la in LANGUAGES}
    # What projects wrote is in their own language; a caption, a heading, a label is not.
    told = {
        lang: {plain(t) for tag in ("h2", "caption", "th", "dt", "p") for t in met.said[tag]}
        for lang, met in pages_.items()
    }
    own = {plain(t) for t in portfolio.narratives["text"].str.split("\n\n").explode()}
    same = (
        {"Median", "Status", "n", "HTML", "Text"}
        | {str(n) for n in range(10)}
        | set(portfolio.projects["project_code"])
    )
    for one, other in (("fi", "sv"), ("fi", "en"), ("sv", "en")):
        assert told[one] & told[other] - own - same == set()


@pytest.mark.slow
def test_everything_is_escaped(hostile, dot):
    met = drawn_as(hostile, dot)
    assert len(met.all("script")) == 1
    assert not met.all("b")
    assert MARKUP in met.said["h1"][0]
    assert met.row("funding_by_project", "S20405")["Hankkeen nimi"] == MARKUP
    assert f"S20405 {MARKUP}" in [plain(text) for text in met.said["h3"]]


@pytest.mark.slow
def test_contact_persons_never_appear(dot):
    content = contents.content(esrdata.read(RAW, contacts=True), lang="fi", traces=False)
    text = drawn_as(content, dot).text.casefold()
    assert "esimerkki" not in text
    assert "example.org" not in text


def rows_of(n: int, note: str = "") -> Content:
    frame = pd.DataFrame({"name": [f"R{i}" for i in range(n)], "sum": range(n)})
    frame["sum"] = frame["sum"].astype("Float64")
    frame.loc[0, "sum"] = pd.NA
    columns = [Column("name", "Nimi"), Column("sum", "Summa", "money")]
    section = Section("s", "Luku", parts=[Table("t", "Taulu", columns, frame, note)])
    return Content("fi", "Otsikko", [], [section])


def test_rows_beyond_those_shown_are_folded():
    whole, folded = Page(html.html(rows_of(html.OPEN_ROWS), {})), Page(html.html(rows_of(75), {}))
    assert len(whole.tables["table-t"]) == 1 + html.OPEN_ROWS
    assert not whole.all("details")
    assert len(folded.tables["table-t"]) == 1 + html.OPEN_ROWS
    assert len(folded.tables["table-t-rest"]) == 1 + 75 - html.OPEN_ROWS
    assert folded.tables["table-t-rest"][-1] == ["R74", "74\u00a0€"]
    assert folded.said["summary"] == ["Näytä loput rivit (15)"]
    assert folded.said["caption"] == ["Taulukko 1. Taulu", "Taulu, loput rivit"]
    assert list(accessible(Page(html.html(rows_of(75, "Huomaa"), {})))) == []


def test_cells_carry_what_they_are_sorted_by():
    cells = Page(html.html(rows_of(3), {})).all("td")
    # A missing cell has an empty key, which the script puts last.
    assert [a["data-key"] for a in cells] == ["", "1.0", "2.0"]


def test_dates_are_sorted_as_dates():
    frame = pd.DataFrame({"d": pd.to_datetime(["2017-06-30", None])})
    part = Table("t", "Taulu", [Column("d", "Päivä", "date")], frame)
    met = Page(html.html(Content("fi", "x", [], [Section("s", "Luku", parts=[part])]), {}))
    assert [a["data-key"] for a in met.all("td")] == ["2017-06-30", ""]
    assert met.tables["table-t"][1:] == [["30.6.2017"], ["–"]]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_portfolio_makes_a_pack(nothing, tmp_path, lang):
    met = Page(report.write(nothing, tmp_path / lang, lang=lang).read_text(encoding="utf-8"))
    assert len(met.said["h2"]) == 3
    assert list(accessible(met)) == []
    assert not met.all("img")
    assert not (tmp_path / lang / "evidence").exists()
    assert all((tmp_path / lang / name).is_file() for name in PACK)


def test_an_empty_table_says_so_by_its_heads_alone(dot):
    part = Table("t", "Taulu", [Column("a", "A")], pd.DataFrame({"a": []}))
    met = Page(html.html(Content("fi", "x", [], [Section("s", "Luku", parts=[part])]), {}))
    assert met.tables == {"table-t": [["A"]]}


def light(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_of_text_have_contrast_on_white():
    css = html.templates().get_template("report.css").render(theme=html.looks())
    colours = dict(re.findall(r"^  --(\w+): (#\w{6});$", css, re.M))
    used = set(re.findall(r"(?<![\w-])color: (?:var\(--(\w+)\)|(#\w{6}))", css))
    texts = {colours.get(name, literal) for name, literal in used}
    assert len(texts) == 3
    for colour in texts:
        assert 1.05 / (light(colour) + 0.05) >= 4.5, colour
    # Nothing has a ground of its own that is not white, or nearly: that of the key figures.
    assert set(re.findall(r"background: ([^;]+);", css)) == {"#fff", "var(--faint)"}


def test_every_form_has_a_name():
    for name in (*load.form_names(), "list", "web"):
        assert word(f"form.{name}", "fi")


# ---- the same numbers everywhere


def table_of(paper: Any, *heads: str) -> list[list[str]]:
    """The rows of the table in the Word document that has these headings."""
    for table in paper.tables:
        rows = [[plain(cell.text) for cell in row.cells] for row in table.rows]
        if set(heads) <= set(rows[0]):
            return rows
    raise AssertionError(f"no table has {heads}")


def sheet_of(book: Any, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet, by their headings."""
    sheet = book[name]
    (found,) = sheet.tables.values()
    heads, *rows = [[cell.value for cell in row] for row in sheet[found.ref]]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def _sheet_with(book: Any, head: str) -> str:
    """The name of the first table sheet that has such a heading."""
    return next(
        sheet.title
        for sheet in book
        if sheet.tables and any(cell.value == head for row in sheet.iter_rows() for cell in row)
    )


def test_sums_are_the_same_in_all(pack, page, book, paper):
    heads = ("Suunniteltu, €", "Toteutunut, €")
    on_page = page.row("funding_by_project", "S20405")
    assert [number(on_page[head]) for head in heads] == [57634, 49361]
    first, *rows = table_of(paper, "Hankekoodi", *heads)
    (in_word,) = (dict(zip(first, row, strict=True)) for row in rows if row[0] == "S20405")
    assert [number(in_word[head]) for head in heads] == [57634, 49361]
    (in_excel,) = (r for r in sheet_of(book, "Taulukko 2") if r["Hankekoodi"] == "S20405")
    assert [in_excel[head] for head in heads] == [57634, 49361]
    csv = pd.read_csv(pack / "funding.csv").query("project_code == 'S20405'")
    of_total = csv[csv["measure"] == "public_total"].set_index("stage")["amount_eur"]
    assert of_total.to_dict() == {"planned": 57634, "realised": 49361}


def test_means_are_the_same_in_all_and_in_the_figure(pack, page, book, paper):
    what = "Hyvinvoinnin edistäminen"
    assert number(page.row("sustainability_direct", what)["Keskiarvo"]) == 8.0
    # The first such table is of direct effects.
    first, *rows = table_of(paper, "Kriteeri", "Keskiarvo")
    (in_word,) = (dict(zip(first, r, strict=True)) for r in rows if r[0] == what)
    assert number(in_word["Keskiarvo"]) == 8.0
    (in_excel,) = (
        r for r in sheet_of(book, _sheet_with(book, "Kriteeri")) if r["Kriteeri"] == what
    )
    assert in_excel["Keskiarvo"] == 8.0
    csv = pd.read_csv(pack / "figures" / "sustainability.csv").query(
        "criterion == 'wellbeing' and effect == 'direct'"
    )
    # (8 + 6 + 10) / 3; a few projects are drawn one by one.
    assert list(csv["score"]) == [8.0, 6.0, 10.0]
    behind = sheet_of(book, "Kuvio 3")
    drawn = [r for r in behind if (r["Kriteeri"], r["Vaikutus"]) == (what, "välitön vaikutus")]
    assert [row["Arvio"] for row in drawn] == [8.0, 6.0, 10.0]


def test_every_cell_of_every_table_is_the_same_on_the_page_and_on_paper(page, paper):
    on_page = [
        [[plain(cell) for cell in row] for row in rows]
        for key, rows in page.tables.items()
        if not key.endswith("-rest")
    ]
    in_word = [[[plain(cell.text) for cell in row.cells] for row in t.rows] for t in paper.tables]
    for rows in in_word:
        # The last group of a table that may break is named in its first row alone.
        for above, row in pairwise(rows):
            row[0] = row[0] or above[0]
    for rows in on_page:
        assert rows in in_word, rows[0]


def test_every_number_of_every_table_is_the_same_in_the_workbook(page, book):
    captions = [key for key in page.tables if not key.endswith("-rest")]
    compared = 0
    for n, key in enumerate(captions, start=1):
        _, *rows = page.tables[key]
        sheet = sheet_of(book, f"Taulukko {n}")
        assert len(sheet) == len(rows)
        for row, cells in zip(rows, sheet, strict=True):
            for shown, value in zip(row, cells.values(), strict=True):
                if isinstance(value, int | float):
                    # What stands before the digits, such as about, is in the look of the cell.
                    shown = re.sub(r"^[a-zäö ]+", "", shown)
                    half = 0.5 if "%" not in shown else 0.005
                    assert number(shown) == pytest.approx(value, abs=half + 1e-9), (key, shown)
                    compared += 1
                elif value is None:
                    assert shown == "–"
                else:
                    assert plain(shown) == plain(str(value))
    assert compared > 150


def test_behind_a_figure_codes_are_words_and_dates_stay_dates(book):
    (row,) = (r for r in sheet_of(book, "Kuvio 5") if r["Hankekoodi"] == "S20405")
    # 10.1 on the form.
    of_10_1 = "Työelämän ulkopuolella olevien työ- ja toimintakyvyn parantaminen"
    assert row["Erityistavoite"] == of_10_1
    assert (row["Alkamispäivä"].year, row["Päättymispäivä"].month) == (2015, 6)


@pytest.mark.parametrize("start", FORMULAS)
def test_text_is_never_a_formula_in_the_workbook(hostile_book, start):
    cells = [cell for sheet in hostile_book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert sum(cell.value == formula(start) for cell in cells) >= 2
    assert not [c.coordinate for c in cells if c.hyperlink and c.hyperlink.target]
