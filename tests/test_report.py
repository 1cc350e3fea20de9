"""The report: what a reader finds on the page, read off data/raw by hand."""

import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from statistics import median

import pandas as pd
import pytest

import esrdata
from esrdata.errors import StoreError, UsageError
from esrdata.knowledge import load
from esrdata.knowledge.words import word
from esrdata.portfolio import Portfolio
from esrdata.present import html, report

RAW = Path(__file__).parent.parent / "data" / "raw"
LANGUAGES = ("fi", "sv", "en")
VOID = {"meta", "rect", "br", "link", "img"}


class Page(HTMLParser):
    """Tables as rows of cell texts, headings, and every tag met, checked to be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.tables: list[list[list[str]]] = []
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
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
        elif tag in {"h1", "h2", "h3", "h4", "caption", "title", "li", "summary"}:
            self.said.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.text += data
        if {"td", "th"} & set(self.open):
            self.tables[-1][-1][-1] += data
        for tag in self.said.keys() & set(self.open):
            self.said[tag][-1] += data

    def row(self, table: str, start: str) -> list[str]:
        """The cells of the row whose head starts so, in the table whose caption has the text."""
        captions = [" ".join(c.split()) for c in self.said["caption"]]
        (place,) = (i for i, caption in enumerate(captions) if table in caption)
        (row,) = (r for r in self.tables[place] if r and plain(r[0]).startswith(start))
        return [plain(cell) for cell in row]


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return esrdata.read(RAW)


@pytest.fixture(scope="module")
def stray(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    """The four descriptions, and a letter that is no form, no list and no page with facts."""
    folder = tmp_path_factory.mktemp("stray")
    for path in RAW.glob("S*"):
        shutil.copy(path, folder)
    letter = "Hyvää päivää\n\nKerromme kuulumisia.\nKesä oli lämmin.\n"
    (folder / "kirje.txt").write_text(letter, encoding="utf-8")
    return esrdata.read(folder)


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., Page]:
    def written(portfolio: Portfolio, lang: str = "fi") -> Page:
        return Page(report.write(portfolio, tmp_path, lang=lang).read_text(encoding="utf-8"))

    return written


def changed(portfolio: Portfolio, **tables: pd.DataFrame) -> Portfolio:
    return Portfolio({**portfolio.tables, **tables}, Path.cwd())


def many(portfolio: Portfolio, times: int) -> Portfolio:
    """The same projects again under other codes, each with files and findings of its own."""
    tables = {}
    for name, table in portfolio.tables.items():
        parts = []
        for number in range(times):
            part = table.copy()
            for column in part.columns.intersection(["project_code", "file"]):
                part[column] = part[column] + f"-{number:03d}"
            parts.append(part)
        tables[name] = pd.concat(parts, ignore_index=True)
    return Portfolio(tables, Path.cwd())


# ---- the file


def test_write_makes_one_file_that_needs_nothing_else(portfolio, tmp_path):
    path = report.write(portfolio, tmp_path / "new" / "folder")
    assert path == tmp_path / "new" / "folder" / "report.html"
    assert [p.name for p in path.parent.iterdir()] == ["report.html"]
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"https?:|<script|<link|@import|url\(|<img|src=", text)
    assert text.startswith("<!DOCTYPE html>\n")


def test_the_same_portfolio_gives_the_same_bytes(portfolio, tmp_path):
    first = report.write(portfolio, tmp_path).read_bytes()
    assert report.write(esrdata.read(RAW), str(tmp_path)).read_bytes() == first


def test_an_unknown_language_is_refused_before_anything_is_written(portfolio, tmp_path):
    with pytest.raises(UsageError, match=r"^The language 'de' is not one of fi, sv, en\.$"):
        report.write(portfolio, tmp_path / "out", lang="de")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(portfolio, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"^Cannot write the folder .*file \(.*\): .*\.$"):
        report.write(portfolio, tmp_path / "file")


def test_a_report_that_cannot_be_replaced_leaves_nothing_behind(portfolio, tmp_path):
    (tmp_path / "report.html").mkdir()
    with pytest.raises(StoreError):
        report.write(portfolio, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


# ---- the page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_in_each_language(portfolio, page, lang):
    met = page(portfolio, lang)
    assert ("html", {"lang": lang}) in met.tags
    assert met.said["h1"] == met.said["title"] == [word("report.title", lang)]
    keys = ("files", "funding", "participants", "sustainability", "findings")
    assert met.said["h2"] == [
        word("report.contents", lang),
        *(word(f"section.{key}.title", lang) for key in keys),
    ]
    assert len(met.said["caption"]) == len(met.tables) == 4
    assert "{" not in met.text
    assert "}" not in met.text
    assert "NA" not in met.text.replace("NATURA", "")
    assert "nan" not in re.findall(r"\w+", met.text)
    for tag, attributes in met.tags:
        assert tag != "th" or attributes["scope"] in {"col", "row", "colgroup", "rowgroup"}
        assert tag != "svg" or {"aria-label", "aria-hidden"} & attributes.keys()


def test_no_word_of_another_language_is_left(portfolio, page):
    texts = {lang: set(page(portfolio, lang).text.split("\n")) for lang in LANGUAGES}
    own = set(portfolio.projects["name"]) | set(portfolio.projects["project_code"])
    for one, other in (("fi", "sv"), ("fi", "en"), ("sv", "en")):
        common = {t for t in texts[one] & texts[other] if re.search(r"[^\W\d_]{3}", t)}
        assert {t for t in common if plain(t) not in own and ".txt" not in t} <= {
            "S21684.html",
            "Status",
        }


def test_the_head_of_the_report(portfolio, page):
    met = page(portfolio)
    assert "Hankkeita: 4. Tiedostoja: 5, joista luettu 5. Havaintoja: 4, joista virheitä 0." in (
        met.text
    )
    assert "Ohjelmakausi 2007–2013 (hankkeita 1)" in met.said["li"]
    assert "Ohjelmakausi 2014–2020 (hankkeita 3)" in met.said["li"]
    assert "1.1.2014–31.12.2021" in met.text


def test_files(portfolio, page):
    met = page(portfolio)
    assert met.row("Tiedostot", "S12577") == [
        *("S12577.txt", "EURA 2007 -projektikuvaus", "1", "88", "88", "Luettu", "0")
    ]
    assert met.row("Tiedostot", "kaupunki") == [
        *("kaupunki-leader.txt", "Verkkosivu", "1", "37", "37", "Luettu", "2")
    ]
    assert met.row("Tiedostot", "S20405") == [
        *("S20405.txt", "EURA 2014 -hankekuvaus", "1", "152", "152", "Luettu", "2")
    ]
    # 88 + 152 + 116 + 126 + 37 lines
    assert met.row("Tiedostot", "Yhteensä") == ["Yhteensä n = 5", "", "5", "519", "519", "", "4"]


def test_a_file_that_is_nothing_known(stray, page):
    met = page(stray)
    assert "Hankkeita: 4. Tiedostoja: 5, joista luettu 4. Havaintoja: 1, joista virheitä 0." in (
        met.text
    )
    assert met.row("Tiedostot", "kirje") == [
        *("kirje.txt", "–", "0", "–", "–", "Tuntematon lomake", "1")
    ]
    # 88 + 152 + 116 + 126 lines
    assert met.row("Tiedostot", "Yhteensä") == ["Yhteensä n = 5", "", "4", "482", "482", "", "1"]


def test_every_form_of_the_shelf_has_a_name(portfolio):
    for name in (*load.form_names(), "list", "web"):
        assert word(f"form.{name}", "fi")


def test_funding(portfolio, page):
    met = page(portfolio)
    assert met.row("Rahoitus", "S20405")[1:7] == [
        *("46 434 €", "39 720 €", "85,5 %", "57 634 €", "49 361 €", "85,6 %")
    ]
    rows = [row[0][:6] for row in met.tables[1][2:6]]
    assert rows == ["S21684", "S20562", "S20405", "S12577"]
    # 37 500 + 46 434 + 96 000 + 301 873; 37 500 + 39 720 + 93 822 + 295 808; 466 850 / 481 807
    # 50 000 + 57 634 + 150 000 + 375 960; 50 000 + 49 361 + 125 096 + 368 136; 592 593 / 633 594
    assert met.row("Rahoitus", "Yhteensä")[1:7] == [
        *("481 807 € n = 4", "466 850 € n = 4", "96,9 % n = 4"),
        *("633 594 € n = 4", "592 593 € n = 4", "93,5 % n = 4"),
    ]
    labels = [a["aria-label"] for tag, a in met.tags if tag == "svg" and "aria-label" in a]
    assert plain(str(labels[2])) == "Suunniteltu 57 634 €, toteutunut 49 361 €"


def test_a_bar_is_as_long_as_its_sum(portfolio, page):
    bars = [a for tag, a in page(portfolio).tags if tag == "rect"][2:]
    widths = [float(str(bar["width"])) for bar in bars[:6]]
    # The longest is 375 960 €; 150 000 / 375 960 of 150 is 59.8.
    assert widths == [150.0, 146.9, 59.8, 49.9, 23.0, 19.7]


def test_funding_sums_hold_pairs_only(portfolio, page):
    funding, provenance = portfolio.funding.copy(), portfolio.provenance.copy()
    funding.loc[5, "amount_eur"] = pd.NA
    gone = (provenance["project_code"] == "S20405") & (
        provenance["field"] == "funding.eu_and_state.realised"
    )
    provenance.loc[gone, "status"] = "unreadable"
    met = page(changed(portfolio, funding=funding, provenance=provenance))
    row = met.row("Rahoitus", "S20405")
    assert row[1:4] == ["46 434 €", "ei luettavissa", "ei laskettavissa"]
    # 37 500 + 96 000 + 301 873; 37 500 + 93 822 + 295 808; 427 130 / 435 373
    assert met.row("Rahoitus", "Yhteensä")[1:4] == [
        *("435 373 € n = 3", "427 130 € n = 3", "98,1 % n = 3")
    ]
    assert met.row("Rahoitus", "Yhteensä")[4] == "633 594 € n = 4"


def test_participants(portfolio, page):
    met = page(portfolio)
    none = "ei tietoa kuvauksessa"
    assert met.row("Osallistujat", "S12577")[1:] == ["ei koske hanketta"]
    assert met.row("Osallistujat", "S20405")[1:] == ["43", none, none, none]
    assert met.row("Osallistujat", "S20562")[1:] == ["0", none, none, none]
    assert met.row("Osallistujat", "Yhteensä, molemmat")[1:] == ["– n = 0"] * 4
    # 43 + 0 + 100; the zeros of S12577 are not counted.
    assert met.row("Osallistujat", "Yhteensä, kaikki")[1:] == ["143 n = 3", *["– n = 0"] * 3]
    assert "Summista puuttuvat hankkeet, joita osallistujatiedot eivät koske (hankkeita 1)." in (
        met.text
    )


def test_participants_that_do_not_apply_are_left_out_of_sums(portfolio, page):
    indicators = portfolio.indicators.copy()
    indicators.loc[[0, 1], ["total", "women"]] = 500
    indicators.loc[11, "total"] = 40
    met = page(changed(portfolio, indicators=indicators))
    assert met.row("Osallistujat", "Yhteensä, molemmat")[1:] == [
        *("43 n = 1", "– n = 0", "40 n = 1", "– n = 0")
    ]
    assert met.row("Osallistujat", "Yhteensä, kaikki")[1] == "143 n = 3"


def test_the_heat_map(portfolio, page):
    met = page(portfolio)
    assert met.row("Pisteet", "Kriteeri") == ["Kriteeri", "S20405", "S20562", "S21684"]
    assert met.row("Pisteet", "Hyvinvoinnin")[1:5] == ["8", "10", "6", "5"]
    assert met.row("Pisteet", "Aineettomien")[1:5] == ["5", "0", "0", "3"]
    assert "hakijan oma arvio eivätkä mitattu vaikutus" in met.text
    assert "Kartasta puuttuvat hankkeet, joiden kuvauksessa ei ole tätä taulukkoa" in met.text
    shades = [str(a["class"]).split()[0] for tag, a in met.tags if tag == "td" and "class" in a]
    assert shades.count("h8") + shades.count("h10") + shades.count("h9") > 5


def test_an_empty_score_says_why_and_one_outside_the_scale_is_kept(portfolio, page):
    sustainability, provenance = portfolio.sustainability.copy(), portfolio.provenance.copy()
    sustainability.loc[0, ["direct", "indirect"]] = [pd.NA, 12]
    field = f"sustainability.{sustainability.loc[0, 'criterion']}.direct"
    here = (provenance["field"] == field) & (provenance["project_code"] == "S20405")
    assert here.sum() == 1
    provenance.loc[here, "status"] = "blank"
    met = page(changed(portfolio, sustainability=sustainability, provenance=provenance))
    assert met.row("Pisteet", "Luonnonvarojen")[1:3] == ["○", "12"]
    assert "○ = jätetty tyhjäksi" in met.said["li"]


def test_shades_are_readable_and_fall_evenly_in_grey():
    css = (Path(html.__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")
    found = re.findall(r"^\.h\d+ \{ background: (#\w{6}); color: (#\w{6}); \}$", css, re.M)
    assert len(found) == 11
    lights = [(light(back), light(fore)) for back, fore in found]
    assert [back for back, _ in lights] == sorted({back for back, _ in lights}, reverse=True)
    for back, fore in lights:
        assert (max(back, fore) + 0.05) / (min(back, fore) + 0.05) >= 4.5


def light(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fi", "Tiedosto kirje.txt (tekstirivejä 3) ei ole mikään tunnetuista"),
        ("sv", "Filen kirje.txt (textrader: 3) är ingen av de kända blanketterna"),
        ("en", "The file kirje.txt (lines of text: 3) is not one of the known forms"),
    ],
)
def test_findings_are_sentences_in_the_language_of_the_report(stray, page, lang, said):
    assert any(item.startswith(said) for item in page(stray, lang).said["li"])


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "fi",
            [
                "Lähteet ovat eri mieltä hankkeen S20405 kohdasta ”Päättymispäivä”: 2017-06-30 (",
                "Tiedoston kaupunki-leader.txt rivin 29 hanke yhdistettiin hankkeeseen S20405 (",
                "Tiedoston kaupunki-leader.txt rivin 83 hanketta ei yhdistetty mihinkään ",
            ],
        ),
        (
            "sv",
            [
                "Källorna är oense om uppgiften ”Slutdatum” för projektet S20405: 2017-06-30 (",
                "Projektet på rad 29 i filen kaupunki-leader.txt kopplades till projektet S20405 (",
                "Projektet på rad 83 i filen kaupunki-leader.txt kopplades inte till något ",
            ],
        ),
        (
            "en",
            [
                "The sources disagree on the field “End date” of project S20405: 2017-06-30 (",
                "The project on line 29 of the file kaupunki-leader.txt was linked to project S2",
                "The project on line 83 of the file kaupunki-leader.txt was linked to no known ",
            ],
        ),
    ],
)
def test_findings_of_several_sources(portfolio, page, lang, said):
    items = page(portfolio, lang).said["li"]
    for start in said:
        assert sum(item.startswith(start) for item in items) == 1, start


def finding(**values: object) -> dict[str, object]:
    nothing = {"file": "b.txt", "project_code": "S1", "field": pd.NA, "line": 3, "raw": "x"}
    return nothing | {"severity": "warning", "code": "unrecognised_line", "message": ""} | values


def issues(portfolio: Portfolio, rows: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows)[list(portfolio.issues)].astype(portfolio.issues.dtypes.to_dict())


def test_findings_go_by_severity_and_then_by_file(portfolio, page):
    rows = [
        finding(),
        finding(file=pd.NA),
        finding(file="a.txt", severity="error", code="value_unreadable", field="projects.end_date"),
        finding(),
    ]
    met = page(changed(portfolio, issues=issues(portfolio, rows)))
    assert met.said["h3"] == ["Virhe (1)", "Varoitus (3)"]
    assert [heading.split("/")[-1] for heading in met.said["h4"]] == [
        *("a.txt (1)", "b.txt (2)", "Koko aineisto (1)")
    ]


def test_what_is_written_about_a_person_stays_out(portfolio, page):
    row = finding(field="contacts.0.name", raw="ESIMERKKI ERKKI", code="label_repeated")
    met = page(changed(portfolio, issues=issues(portfolio, [row])))
    assert "ESIMERKKI" not in met.text


def test_contact_persons_never_appear(page):
    text = page(esrdata.read(RAW, contacts=True)).text.casefold()
    assert "esimerkki" not in text
    assert "example.org" not in text


def test_everything_is_escaped(portfolio, page):
    projects = portfolio.projects.copy()
    projects.loc[1, "name"] = '<b>"Lihava" & muut</b><script>'
    met = page(changed(portfolio, projects=projects))
    assert met.row("Rahoitus", "S20405")[0] == 'S20405 <b>"Lihava" & muut</b><script>'
    assert not {"b", "script"} & {tag for tag, _ in met.tags}


# ---- small and large


def test_a_project_of_which_little_is_known(tmp_path, page):
    (tmp_path / "one.txt").write_text(
        "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus\n1 Hanke\n"
        "Hankekoodi: S29999\nHankkeen nimi:\n",
        encoding="utf-8",
    )
    met = page(esrdata.read(tmp_path / "one.txt"))
    assert met.row("Rahoitus", "S29999")[0] == "S29999 jätetty tyhjäksi"
    assert met.row("Rahoitus", "S29999")[1:4] == [
        *("ei tietoa kuvauksessa", "ei tietoa kuvauksessa", "ei laskettavissa")
    ]
    assert met.row("Rahoitus", "Yhteensä")[1:4] == ["– n = 0"] * 3
    assert "Näytettävää ei ole." in met.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_projects_at_all(tmp_path, page, lang):
    (tmp_path / "letter.txt").write_text("Hyvää päivää\n", encoding="utf-8")
    met = page(esrdata.read(tmp_path / "letter.txt"), lang)
    assert word("report.nothing", lang) in met.text
    assert met.text.count(word("no_data", lang)) == 3
    assert len(met.tables) == 1


def test_many_projects_are_shown_in_brief_first(portfolio, page):
    met = page(many(portfolio, 16))
    assert met.said["summary"] == ["Näytä kaikki hankkeet (64)"] * 2
    brief = "Rahoitus tiivistettynä"
    assert (
        met.row(brief, "Hankkeita, joilta")
        == ["Hankkeita, joilta tunnetaan molemmat luvut"] + ["64"] * 2
    )
    # 16 times the sums above
    assert met.row(brief, "Suunniteltu")[1:] == ["7 708 912 €", "10 137 504 €"]
    middle = median([49361 / 57634, 125096 / 150000, 368136 / 375960, 1])
    assert middle == pytest.approx(0.9178, abs=1e-4)
    assert met.row(brief, "Toteutumisasteen")[2] == "91,8 % n = 64"
    assert met.row(brief, "Hankkeita, joiden toteutumisaste on alle 80 %")[1:] == ["0", "0"]
    assert met.row(brief, "Hankkeita, joiden toteutumisaste on yli 100 %")[1:] == ["0", "0"]
    # 16 × 143
    assert met.row("Osallistujat tiivistettynä", "Yhteensä, kaikki")[1] == "2 288 n = 48"
    assert len(met.tables[2]) == 2 + 64 + 1


def test_low_and_high_absorption_are_counted(portfolio, page):
    funding = portfolio.funding.copy()
    funding.loc[7, "amount_eur"] = 40000.0
    funding.loc[3, "amount_eur"] = 50001.0
    met = page(many(changed(portfolio, funding=funding), 16))
    assert met.row("Rahoitus tiivistettynä", "Hankkeita, joiden toteutumisaste on alle")[2] == "16"
    assert met.row("Rahoitus tiivistettynä", "Hankkeita, joiden toteutumisaste on yli")[2] == "16"


def test_the_heat_map_of_many_projects_has_shares(portfolio, page):
    met = page(many(portfolio, 7))
    row = met.row("Välittömän", "Hyvinvoinnin")
    # S20405 gave 8, S20562 6 and S21684 10: a third of 21 projects each.
    assert row == ["Hyvinvoinnin edistäminen", *["0"] * 6, "33", "0", "33", "0", "33", "21"]
    assert met.row("Välillisen", "Hyvinvoinnin")[6] == "33"
    assert "Kartasta puuttuvat" in met.text


def test_twenty_projects_still_have_a_column_each(portfolio, page):
    six = many(portfolio, 6)
    met = page(six)
    heads = [row[1:] for row in met.tables[3:] for row in row[:1]]
    assert [len(head) for head in heads] == [10, 8]
    assert sorted(code for head in heads for code in head) == sorted(
        code for code in six.projects["project_code"] if not code.startswith("S12577")
    )


def test_many_files_are_one_row_but_those_not_read(stray, page):
    met = page(many(stray, 9))
    rows = met.tables[0]
    assert len(rows) == 1 + 9 + 1 + 1
    assert plain(rows[-2][0]) == "Tiedostoja: 36"
    # 9 × 482 lines
    assert [plain(cell) for cell in rows[-2][1:]] == [*("", "36", "4 338", "4 338", "Luettu", "0")]


def test_many_files_not_read_are_folded(stray, page):
    met = page(many(stray, 41))
    assert met.said["summary"][0] == "Näytä tiedostot, joita ei luettu (41)"
    assert [plain(row[0]) for row in met.tables[0][1:3]] == ["Tiedostoja: 164", "Tiedostoja: 41"]
    assert [plain(cell) for cell in met.tables[0][2][2:5]] == ["0", "–", "–"]
    assert len(met.tables[1]) == 1 + 41


def test_many_findings_show_the_first_of_each_kind(portfolio, page):
    rows = [finding(line=number) for number in range(1, 301)]
    rows.append(finding(code="file_empty"))
    met = page(changed(portfolio, issues=issues(portfolio, rows)))
    assert "Havaintoja on 301." in met.text
    assert "issues.csv" in met.text
    assert met.said["h4"] == ["unrecognised_line (300)", "file_empty (1)"]
    assert sum("riviltä" in item for item in met.said["li"]) == 5
