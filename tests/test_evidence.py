"""Evidence pages: every value is marked where it stands, and nothing is shown that must not be."""

import re
import shutil
from collections.abc import Iterable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pages import RAW, ROOT, eura2007_page, eura2014_page, raw, read_pages

import esrdata
from esrdata import source_text
from esrdata.documents.layout import is_furniture
from esrdata.errors import UsageError
from esrdata.knowledge.wording import field_label, word
from esrdata.portfolio import Portfolio
from esrdata.present.evidence.pages import file_name, write_evidence
from esrdata.reading.privacy import COVER
from esrdata.samples.maker import write as write_sample
from esrdata.samples.shapes import SHAPES

LANGUAGES = ("fi", "sv", "en")
HEADING = (
    "Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,"
    "Myönnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion rahoitus,"
    "Suunniteltu julkinen rahoitus yhteensä,Toteutunut julkinen rahoitus yhteensä"
)
ELY = "Hämeen elinkeino-, liikenne- ja ympäristökeskus"


def row(code: str, name: str = "Pieni hanke", end: str = "30.6.2016") -> str:
    return f"{code},ESR,{name},5,{ELY},Toiminnassa,1.1.2016,{end},Testiyhdistys ry,900,0,1000,0"


VOID = {"meta", "br"}


class Evidence(HTMLParser):
    """An evidence page: its lines with their numbers and notes, and its marks, checked."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source, self.text = text, ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, str | None]] = []
        # Lines as number, text and notes; a mark as the line it stands on, attributes and text.
        self.lines: list[list[str]] = []
        self.marks: list[tuple[int, dict[str, str | None], str]] = []
        self.tables: list[list[list[str]]] = []
        self.items: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []
        self.ids = [str(attrs["id"]) for _, attrs in self.tags if "id" in attrs]
        assert len(self.ids) == len(set(self.ids))
        for _, attrs in self.tags:
            for name in (attrs.get("aria-describedby") or "").split():
                assert name in self.ids
            if "href" in attrs:
                assert str(attrs["href"]).removeprefix("#") in self.ids

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.append((tag, said))
        if tag not in VOID:
            self.open.append((tag, said.get("class")))
        if tag == "div" and str(said.get("class")).startswith("line"):
            self.lines.append(["", "", ""])
        elif tag == "mark" and "data-tip" in said:
            self.marks.append((len(self.lines) - 1, said, ""))
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
        elif tag == "li":
            self.items.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tags, names = zip(*self.open, strict=True) if self.open else ((), ())
        if "style" in tags:
            return
        self.text += data
        for part, name in enumerate(("number", "said", "notes")):
            if name in names and "line" in " ".join(map(str, names)) and self.lines:
                self.lines[-1][part] += data
        if "mark" in tags and "said" in names:
            line, attrs, text = self.marks[-1]
            self.marks[-1] = line, attrs, text + data
        if {"td", "th"} & set(tags):
            self.tables[-1][-1][-1] += data
        if "li" in tags:
            self.items[-1] += data

    def rows_of(self, field: str) -> str:
        """The rows of the table that tell of the mark a link to a field leads to."""
        (found,) = (attrs for _, attrs, _ in self.marks if attrs.get("id") == field)
        return str(found["aria-describedby"])

    def marked(self, name: str) -> tuple[list[int], str]:
        """Numbers of the lines with a value, and its text, by the id of its row."""
        found = [m for m in self.marks if name in str(m[1]["aria-describedby"]).split()]
        return [int(self.lines[line][0]) for line, _, _ in found], "".join(t for _, _, t in found)

    def field(self, name: str) -> tuple[int, str, str]:
        """Line, text and note of the mark that a link to a field leads to."""
        (found,) = (m for m in self.marks if m[1].get("id") == name)
        return int(self.lines[found[0]][0]), found[2], str(found[1]["data-tip"])

    def notes(self) -> dict[int, str]:
        return {int(number): plain(notes) for number, _, notes in self.lines if notes.strip()}

    def numbers(self) -> list[int]:
        return [int(number) for number, _, _ in self.lines]


def plain(text: str) -> str:
    return " ".join(text.split())


def pages(portfolio: Portfolio, out: Path, **options: object) -> dict[str, Evidence]:
    names = write_evidence(portfolio, out / "evidence", **options)
    assert sorted(names.values()) == sorted(path.name for path in (out / "evidence").iterdir())
    return {
        code: Evidence((out / "evidence" / name).read_text(encoding="utf-8"))
        for code, name in names.items()
    }


def bare(text: str) -> str:
    """What a person sees of source text, without white space and signs that take no room."""
    return re.sub(r"[\s\u00ad\u200b\ufeff]", "", unescape(re.sub(r"<[^>]*>", "", text)))


def check(portfolio: Portfolio, out: Path) -> int:
    """Hold every value of a portfolio against the marks of its page; how many there were."""
    shown, number = pages(portfolio, out), dict[str, int]()
    checked = 0
    rows = portfolio.provenance.astype(object).where(portfolio.provenance.notna(), None)
    for value in rows.itertuples():
        number[value.project_code] = number.get(value.project_code, 0) + 1
        page, name = shown[value.project_code], f"v{number[value.project_code]}"
        lines, text = page.marked(name)
        if value.start is None:
            assert (lines, text) == ([], ""), value
            continue
        checked += 1
        # Furniture of printed pages is left out, as it is of the values.
        said = re.split(r"[\n\f]", value.raw or "")
        kept = [line for line in said if not is_furniture(line, repeats=True)]
        kept = [line for line in kept if not is_furniture(line)]
        if value.file.endswith((".html", ".pdf")) or "\u00ad" in (value.raw or ""):
            assert bare(text) == bare("\n".join(kept)), value
        else:
            assert text == "".join(kept), value
        assert lines[0] == value.line, value
        assert name in page.ids
        assert value.field in page.source
    return checked


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evidence]:
    return pages(raw(), tmp_path_factory.mktemp("raw"))


def only(pages: Iterable[Evidence]) -> Evidence:
    (page,) = pages
    return page


# ---- where values stand


def test_every_value_of_the_shipped_pages_is_marked_at_its_text(tmp_path: Path) -> None:
    assert check(raw(), tmp_path) == raw().provenance["start"].notna().sum() > 300


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["indented", "wrapped-tight", "paged", "softened", "decomposed"])
def test_every_value_of_a_text_in_another_shape(tmp_path: Path, shape: str) -> None:
    assert shape in SHAPES
    write_sample(tmp_path / "in", projects=3, short=True, shape=shape)
    assert check(esrdata.read(tmp_path / "in"), tmp_path) > 200


@pytest.mark.slow
@pytest.mark.parametrize(("format", "least"), [("html", 200), ("pdf", 100), ("csv", 30)])
def test_every_value_in_another_format(tmp_path: Path, format: str, least: int) -> None:
    if format == "pdf" and shutil.which("chromium") is None:
        pytest.skip("Chromium prints the sample")
    write_sample(tmp_path / "in", projects=2 if format == "pdf" else 3, short=True, format=format)
    assert check(esrdata.read(tmp_path / "in"), tmp_path) > least


def test_a_sum_a_title_and_a_blank(shown: dict[str, Evidence]) -> None:
    # Read off data/raw/S20405.txt, lines 3, 109 and 121.
    page = shown["S20405"]
    assert page.field("funding.public_total.realised") == (
        109,
        "49 361",
        "Julkinen rahoitus yhteensä, toteutunut\nLuettu: 49\u00a0361\u00a0€\n"
        "funding.public_total.realised",
    )
    line, text, tip = page.field("projects.programme_period")
    assert (line, text) == (3, "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus")
    assert "Luettu: 2014-2020\n" in tip
    assert "Luettu: ESR\n" in tip
    assert "projects.fund" in page.ids
    line, text, tip = page.field("locations.site.street_address")
    assert (line, text) == (121, "")
    assert "Jätetty tyhjäksi" in tip
    # The first line with this number; the web page has lines of its own.
    assert next(said for number, said, _ in page.lines if number == "121") == "Jakeluosoite:"


def test_a_narrative_is_marked_on_each_of_its_lines_and_focused_once(
    shown: dict[str, Evidence],
) -> None:
    page = shown["S20405"]
    lines, text = page.marked(page.rows_of("narratives.summary"))
    assert (lines[0], lines[-1]) == (51, 71)
    assert text.startswith("Leader Sepra on tehnyt")
    stops = [attrs for _, attrs, _ in page.marks if attrs.get("tabindex") == "0"]
    assert len(stops) == sum("id" in attrs for _, attrs, _ in page.marks)
    assert len(stops) < len(page.marks)


def test_fields_that_no_source_has_are_listed(shown: dict[str, Evidence]) -> None:
    said = [plain(text) for text in shown["S20405"].items]
    label = field_label("indicators.participants.realised", "fi")
    assert f"{label} indicators.participants.realised" in said
    assert "indicators.participants.realised" in shown["S20405"].ids


def test_each_status_is_drawn_in_its_own_way(tmp_path: Path) -> None:
    page = eura2007_page(
        project_type="Projekti, jossa ei ole henkilöitä mukana",
        participants="Suunniteltu:\nToteutunut seurantatietojen mukaan: 5o",
    )
    met = only(pages(read_pages(tmp_path, page), tmp_path).values())
    kinds = {attrs.get("id"): attrs["class"] for _, attrs, _ in met.marks}
    assert kinds["projects.name"] == "read"
    assert kinds["indicators.participants.planned"] == "not-applicable slot"
    assert kinds["indicators.participants.realised"] == "unreadable"
    assert met.field("indicators.participants.realised")[1] == "5o"


def test_a_value_in_a_narrative_cuts_its_mark(tmp_path: Path) -> None:
    page = (
        "Hankkeet\n\nPieni hanke\n\nHankeaika 1.5.2015 – 31.12.2016\nJulkinen rahoitus 57 634\n\n"
        "Hankkeen tavoitteet\n\nHankkeen koodi on S20001, ja sen tavoite on saada väki liikkeelle "
        "ja naapurit juttelemaan toisilleen pihoilla.\n"
    )
    met = only(pages(read_pages(tmp_path, page), tmp_path).values())
    line, text, tip = met.field("projects.project_code")
    assert (line, text) == (10, "S20001")
    assert "narratives.objectives" in tip
    names = met.rows_of("projects.project_code").split()
    assert sorted(bool(met.marked(name)[1] == "S20001") for name in names) == [
        False,
        True,
    ]


# ---- findings


def test_findings_stand_beside_their_lines(shown: dict[str, Evidence]) -> None:
    notes = shown["S20405"].notes()
    # Two disagreements in the description; how the web page was linked, and what else it tells of.
    assert sorted(notes) == [9, 15, 29, 83]
    assert notes[15].startswith(
        "Varoitus: Lähteiden tiedot poikkeavat toisistaan hankkeen S20405 kohdassa"
    )
    assert notes[29].startswith("Tiedoksi:")
    assert not any(page.notes() for code, page in shown.items() if code != "S20405")


def test_a_finding_of_the_whole_project_stands_on_top(tmp_path: Path) -> None:
    page = f"Vieras rivi\n{eura2014_page()}"
    met = only(pages(read_pages(tmp_path, page, page), tmp_path, lang="en").values())
    assert "Vieras rivi" in met.notes()[1]
    (top,) = (plain(text) for text in met.items if "1.txt:" in text)
    assert top.startswith("Warning: ")
    assert met.source.index("1.txt:") < met.source.index('class="line"')
    assert "1.txt:" not in " ".join(met.notes().values())


def test_what_the_sources_disagree_on_and_which_is_used(shown: dict[str, Evidence]) -> None:
    table = [[plain(cell) for cell in row] for row in shown["S20405"].tables[0]]
    assert [row[1:3] for row in table if row[0] == "Päättymispäivä"] == [
        ["30.6.2017", "kyllä"],
        ["31.12.2016", "ei"],
    ]
    unused = [text for _, attrs, text in shown["S20405"].marks if "unused" in str(attrs["class"])]
    assert "31.12.2016" in unused
    assert "30.6.2017" not in unused
    # Only the web page has objectives, so they are used.
    assert shown["S20405"].field("narratives.objectives")[0] == 71


# ---- which lines are shown


def test_of_a_web_page_the_block_and_some_lines_around(shown: dict[str, Evidence]) -> None:
    page = shown["S20405"]
    start = len(page.lines) - page.numbers()[::-1].index(29) - 1
    web = page.lines[start - 5 :]
    assert "Esimerkki" not in page.source
    assert web[0][1].startswith(" • Monikulttuurinen arki") or "Visio" in web[0][1]
    assert any(text.startswith("Yhteiskunnallinen yrittäjyys") for _, text, _ in web)
    assert not any("Jaa artikkeli" in text for _, text, _ in page.lines)


def test_of_a_list_the_heading_and_the_row(tmp_path: Path) -> None:
    rows = [row(f"S2000{n}", name=f"Hanke {n}") for n in range(1, 9)]
    (tmp_path / "a.csv").write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    met = pages(esrdata.read(tmp_path / "a.csv"), tmp_path)
    assert met["S20005"].numbers() == [1, 6]
    assert met["S20005"].lines[1][1] == rows[4]
    assert met["S20005"].field("projects.end_date")[:2] == (6, "30.6.2016")
    assert "Hanke 4" not in met["S20005"].source


def test_a_list_is_opened_once_for_all_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(f"S2{n:04d}", name=f"Hanke {n}") for n in range(1, 60)]
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    portfolio = esrdata.read([tmp_path / "a.csv", tmp_path / "b.csv"])
    opened: list[str] = []
    open_document = source_text.open_document
    monkeypatch.setattr(
        source_text, "open_document", lambda path: opened.append(path) or open_document(path)
    )
    assert len(write_evidence(portfolio, tmp_path / "evidence")) == 59
    assert len(opened) == 2


@pytest.mark.parametrize(
    ("column", "covered"),
    [("Muuta", f"{COVER * 5} {COVER * 8}"), ("Yhteyshenkilö", COVER * 14)],  # a person's as a whole
)
def test_columns_that_nobody_knows_are_covered(column: str, covered: str, tmp_path: Path) -> None:
    text = f"{HEADING},{column}\n{row('S20001')},Tiina Testinen\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    met = only(pages(esrdata.read(tmp_path / "a.csv"), tmp_path).values())
    assert met.lines[0][1] == f"{HEADING},{column}"
    assert met.lines[1][1] == f"{row('S20001')},{covered}"
    assert "Testinen" not in met.source


def test_of_several_descriptions_in_a_file_each_its_own(tmp_path: Path) -> None:
    first, second = eura2014_page(name="Yksi"), eura2014_page(name="Kaksi")
    whole = f"{first.rstrip()}\n\n{second.replace('S20001', 'S20002')}"
    met = pages(read_pages(tmp_path, whole), tmp_path)
    assert "Kaksi" not in met["S20001"].source
    assert "Yksi" not in met["S20002"].source
    numbers = [*met["S20001"].numbers(), *met["S20002"].numbers()]
    full = [n for n, line in enumerate(whole.split("\n"), start=1) if line.strip()]
    assert numbers == full
    assert met["S20002"].lines[0][1] == met["S20001"].lines[0][1]


# ---- persons


SECRETS = ("Testinen", "Tiina", "tiina.testinen", "000 0000001", "000 0000002", "koordinaattori")


def test_no_page_holds_a_contact_person(tmp_path: Path) -> None:
    prose = "Kysy: Tiina Testinen, tiina.testinen(at)example.org tai 044 277 0000. Loppu."
    text = eura2014_page(final_report=prose)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(text, encoding="utf-8")
    html = "".join(f"<p>{line}</p>\n" for line in text.replace("S20001", "S20002").split("\n"))
    html = html.replace("tiina.testinen(at)", "tiina.testinen&#64;")
    (tmp_path / "in" / "b.html").write_text(f"<html><body>{html}</body></html>", encoding="utf-8")
    met = pages(esrdata.read(tmp_path / "in"), tmp_path)
    assert len(met) == 2
    for page in met.values():
        for secret in (*SECRETS, "044 277", "&#64;", "@example"):
            assert secret not in page.source, secret
        text = page.field("narratives.final_report")[1]
        sign = "(at)" if page is met["S20001"] else "@"
        address = f"tiina.testinen{sign}example.org"
        covered = f"Kysy: {COVER * 14}, {COVER * len(address)} tai {COVER * 12}. Loppu."
        assert text == covered
        assert page.source.count(word("explain.withheld", "fi")) >= 4


def test_persons_beside_the_block_of_a_web_page_are_withheld(tmp_path: Path) -> None:
    page = (
        "Hankkeet\n\nTiina Testinen\ntiina.testinen@example.org\n\nPieni hanke\n\n"
        "Hankeaika 1.5.2015 – 31.12.2016\nJulkinen rahoitus 57 634\n\n"
        "Hankkeessa saadaan väki liikkeelle ja naapurit juttelemaan toisilleen.\n\n"
        "Lue myös\n\nYhteystiedot\n\nTeppo Toinen\n044 277 0000\n"
    )
    met = only(pages(read_pages(tmp_path, page), tmp_path).values())
    assert "liikkeelle" in met.source
    for secret in ("Testinen", "Teppo", "044 277", "example.org"):
        assert secret not in met.source, secret


def test_contacts_are_shown_where_they_were_asked_for(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page(), contacts=True)
    met = only(pages(portfolio, tmp_path).values())
    assert met.field("contacts.0.name")[1] == "Testinen Tiina"
    assert met.field("contacts.0.email")[1] == "tiina.testinen@example.org"
    # The organisation's own number is in no table, so it is covered here too.
    assert "000 0000001" not in met.source
    assert word("explain.withheld", "fi") not in met.source


# ---- the source on its way


def test_hostile_text_is_text(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script> <b>\" onfocus='x' &amp; {{ 7*7 }}"
    portfolio = read_pages(tmp_path, eura2014_page(name=evil, summary=f"Alku. {evil}"))
    met = only(pages(portfolio, tmp_path).values())
    # The entity is undone when the page is opened, the rest stands as it is written.
    assert met.field("projects.name")[1] == evil.replace("&amp;", "&")
    assert not {"script", "b"} & {tag for tag, _ in met.tags if "onfocus" in str(_)}
    assert not any(tag == "script" or "onfocus" in attrs for tag, attrs in met.tags)
    assert "49" not in met.field("projects.name")[1]


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_a_file_that_is_not_the_one_that_was_read(tmp_path: Path, change: str) -> None:
    portfolio = read_pages(tmp_path / "in", eura2014_page(name="Pieni hanke"))
    path = tmp_path / "in" / "0.txt"
    if change == "gone":
        path.unlink()
    else:
        path.write_text(eura2014_page(name="Toinen hanke"), encoding="utf-8")
    met = only(pages(portfolio, tmp_path).values())
    assert met.lines == []
    # Where it stands on the machine it was read on is nobody's business.
    assert str(tmp_path) not in met.source
    assert plain(word(f"explain.file_{change}", "fi", file="0.txt")) in plain(met.text)
    (found,) = (r for r in met.tables[-1] if r[0].endswith("projects.end_date"))
    assert [plain(cell) for cell in found[1:]] == ["Luettu", "31.12.2016", "31.12.2016", "1", "15"]
    assert "projects.end_date" in met.ids
    assert "Toinen hanke" not in met.source


# ---- the pages


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_in_each_language(tmp_path: Path, lang: str) -> None:
    for code, page in pages(raw(), tmp_path, lang=lang).items():
        assert ("html", {"lang": lang}) in page.tags
        assert f"<title>{word('evidence.title', lang, code=code)}</title>" in page.source
        assert word("evidence.intro", lang) in page.text
        assert field_label("projects.end_date", lang) in page.text
        assert not re.search(r"<script|<link|@import|url\(|<img|src=|href=\"[^#]", page.source)


def test_rows_of_a_narrow_page_have_the_names_of_their_columns(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    page = next(iter(pages(raw(), tmp_path / "a", lang="sv").values())).source
    told = "--label-status: 'Värdets status'; --label-value: 'Värde'; "
    assert told in page and "--label-line: 'Rad'" in page
    # No column is without one, and no table is wider than the page.
    for name in ("status", "value", "raw", "page", "line", "used", "source"):
        assert f"content: var(--label-{name})" in page
    assert "min-width: 600px" not in page


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write_evidence(raw(), tmp_path / "a")
    second = write_evidence(esrdata.read(RAW), str(tmp_path / "b"), codes=reversed([*first]))
    assert first == second
    for name in first.values():
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_saved_portfolio_gives_the_same_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A save beside its sources knows the way to them, wherever one stands.
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "raw")
    monkeypatch.chdir(tmp_path)
    portfolio = esrdata.read("raw")
    portfolio.save(tmp_path / "saved")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    names = write_evidence(portfolio, tmp_path / "a")
    write_evidence(esrdata.load(tmp_path / "saved"), tmp_path / "b")
    for name in names.values():
        text = (tmp_path / "a" / name).read_text(encoding="utf-8")
        assert text == (tmp_path / "b" / name).read_text(encoding="utf-8")
        assert "<mark" in text


def test_a_project_or_a_language_that_is_not_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^There is no project 'S1' in the portfolio\.$"):
        write_evidence(raw(), tmp_path / "out", codes=["S20405", "S1"])
    with pytest.raises(UsageError, match="'de'"):
        write_evidence(raw(), tmp_path / "out", lang="de")
    assert not (tmp_path / "out").exists()


def test_some_projects_only(tmp_path: Path) -> None:
    assert write_evidence(raw(), tmp_path, codes=["S20562"]) == {"S20562": "S20562.html"}
    assert [path.name for path in tmp_path.iterdir()] == ["S20562.html"]


def test_file_names_are_safe_and_differ() -> None:
    codes = [
        "S20405",
        "s20405",
        "web:pages/leader.txt:46",
        "web:pages-leader.txt:46",
        "COM1",
        "A/..",
    ]
    names = [file_name(code) for code in codes]
    assert names[0] == "S20405.html"
    assert len({name.casefold() for name in names}) == len(codes)
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9-]+\.html", name), name
    assert "COM1.html" not in names


def test_a_key_made_of_a_place_has_a_page(tmp_path: Path) -> None:
    page = (RAW / "kaupunki-leader.txt").read_text(encoding="utf-8")
    (met,) = pages(read_pages(tmp_path / "in", page), tmp_path).items()
    assert met[0].startswith("web:")
    assert met[1].field("projects.end_date")[1] == "31.12.2016"
