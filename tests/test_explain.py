"""Where a value comes from: its text, its line, what stands around it, and what is withheld."""

import os
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from pages import ROOT, eura2007_page, eura2014_page, raw, read_pages

import esrdata
from esrdata import UsageError
from esrdata.explanation import Explanation
from esrdata.knowledge.wording import field_label

LANGUAGES = ("fi", "sv", "en")


def lines(said: Explanation) -> list[tuple[int, str | None]]:
    return [(line.number, line.text) for line in said.context]


def here(said: Explanation) -> list[str | None]:
    return [line.text for line in said.context if line.here]


# ---- a value of a shipped page


def test_a_sum_with_its_line_and_the_lines_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    said = esrdata.read("data/raw").explain("S20405", "funding.public_total.realised")
    assert (said.value, said.status, said.raw) == (49361, "read", "49 361")
    assert (said.file, said.page, said.line) == ("data/raw/S20405.txt", 1, 109)
    assert (said.project_code, said.field) == ("S20405", "funding.public_total.realised")
    assert said.note is None
    assert lines(said) == [
        (103, "Myönnetty EU- ja valtion rahoitus: 46 434"),
        (105, "Toteutunut EU- ja valtion rahoitus: 39 720"),
        (107, "Suunniteltu julkinen rahoitus yhteensä: 57 634"),
        (109, "Toteutunut julkinen rahoitus yhteensä: 49 361"),
        (111, "6 Maantieteellinen kohdealue"),
        (113, "Maakunnat: Kymenlaakso"),
        (115, "Seutukunnat: Kotkan-Haminan"),
    ]
    assert here(said) == ["Toteutunut julkinen rahoitus yhteensä: 49 361"]
    text = (ROOT / said.file).read_text(encoding="utf-8")
    assert text[said.start : said.end] == "49 361"


@pytest.mark.parametrize(
    ("code", "field", "value"),
    [
        ("S20405", "projects.name", "Asukaslähtöinen kehittäminen Kotkassa 2015-2016"),
        ("S20405", "projects.priority_axis", 5),
        ("S20405", "projects.end_date", pd.Timestamp("2017-06-30")),
        ("S20405", "indicators.participants.planned", 43),
        ("S20405", "sustainability.wellbeing.indirect", 10),
        ("S20405", "horizontal.gender_main_goal", "Ei"),
        (
            "S20405",
            "horizontal.gender_mainstreaming.justification",
            "Tapahtumien sisältö, paikka ja kellonaika valitaan niin, että ne sopivat yhtä hyvin "
            "kaikille sukupuolesta riippumatta.",
        ),
        (
            "S20562",
            "sustainability.cultural_environment.justification",
            "Asukkaat keräävät kuvia ja muistoja alueensa vanhoista rakennuksista.",
        ),
        ("S21684", "locations.municipality.1", "Hirvensalmi"),
        ("S21684", "partners.0.name", "ViaDia Mikkeli ry"),
        ("S21684", "partners.0.business_id", "2551672-4"),
        ("S12577", "indicators.jobs_created.planned_women", 0),
        ("S12577", "horizontal.equality", "Tasa-arvopainotteinen projekti"),
    ],
)
def test_the_value_is_that_of_the_tables(code: str, field: str, value: object) -> None:
    assert raw().explain(code, field).value == value


def test_a_narrative_is_explained_with_its_text_and_first_line() -> None:
    said = raw().explain("S20562", "narratives.summary")
    assert str(said.value).startswith("Tavoite: asuinalueiden ihmiset")
    assert str(said.value).endswith("lisää ihmisiä ympärilleen.")
    assert said.line == 51
    assert len(here(said)) == 1
    assert str(here(said)[0]).startswith("Tavoite: asuinalueiden ihmiset")


def test_the_role_of_a_partner_is_that_of_the_table() -> None:
    assert raw().partners["role"].iloc[0] == "subsidy_transferee"
    assert raw().explain("S21684", "partners.0.role").value == "subsidy_transferee"


def test_the_whole_country_is_the_place_of_the_table(tmp_path: Path) -> None:
    page = eura2007_page().replace(
        "Maakunnat: Uusimaa\n\nSeutukunnat: Helsingin\n\nKunnat: Helsinki",
        "Valtakunnallinen projekti",
    )
    portfolio = read_pages(tmp_path, page)
    assert list(portfolio.locations["name"]) == ["Suomi"]
    said = portfolio.explain("S10001", "locations.country.0")
    assert said.raw == "Valtakunnallinen projekti"
    assert said.value == "Suomi"


def test_an_entity_of_a_web_page_is_a_character_in_the_value(tmp_path: Path) -> None:
    body = "".join(
        f"<p>{line}</p>\n"
        for line in eura2014_page(
            name="Työ &amp; tuki",
            municipalities="Iisalmi &amp; ympäristö",
            partners="Osatoteuttajat\n\nIsä &amp; Poika Oy, 2472908-2",
        ).splitlines()
        if line
    )
    (tmp_path / "a.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    portfolio = esrdata.read(tmp_path)
    for field, value, written in [
        ("projects.name", "Työ & tuki", "Työ &amp; tuki"),
        ("locations.municipality.0", "Iisalmi & ympäristö", "Iisalmi &amp; ympäristö"),
        ("partners.0.name", "Isä & Poika Oy", "Isä &amp; Poika Oy"),
    ]:
        said = portfolio.explain("S20001", field)
        assert said.raw == written, field
        assert said.value == value, field


# ---- states other than read


def test_a_blank_value_has_a_place_and_no_text() -> None:
    said = raw().explain("S20405", "locations.site.street_address")
    assert (said.value, said.status, said.raw, said.line) == (None, "blank", None, 121)
    assert here(said) == ["Jakeluosoite:"]


def test_an_absent_value_has_no_place_and_no_context() -> None:
    said = raw().explain("S20405", "indicators.participants.realised")
    assert (said.value, said.status, said.raw) == (None, "absent", None)
    assert (said.page, said.line, said.start, said.end) == (None, None, None, None)
    assert said.context == ()
    assert "Field not on the form" in str(said)


def test_a_value_that_does_not_apply(tmp_path: Path) -> None:
    page = eura2007_page(
        project_type="Projekti, jossa ei ole henkilöitä mukana",
        participants="Suunniteltu:\nToteutunut seurantatietojen mukaan: 0",
    )
    portfolio = read_pages(tmp_path, page)
    said = portfolio.explain("S10001", "indicators.participants.planned")
    assert (said.value, said.status) == (None, "not_applicable")
    assert here(said) == ["Suunniteltu:"]
    said = portfolio.explain("S10001", "indicators.participants.realised")
    assert (said.value, said.status) == (0, "read")


def test_an_unreadable_value_shows_what_is_written(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page(eu_planned="noin sata"))
    said = portfolio.explain("S20001", "funding.eu_and_state.planned")
    assert (said.value, said.status, said.raw) == (None, "unreadable", "noin sata")
    assert here(said) == ["Myönnetty EU- ja valtion rahoitus: noin sata"]


# ---- names


def test_an_unknown_project_names_the_nearest() -> None:
    with pytest.raises(UsageError) as met:
        raw().explain("S20406", "projects.name")
    assert str(met.value) == "There is no project 'S20406'; the nearest is 'S20405'."


@pytest.mark.parametrize(
    ("field", "nearest"),
    [
        ("projects.enddate", "projects.end_date"),
        ("funding.public_total.realized", "funding.public_total.realised"),
        ("end_date", "projects.end_date"),
        ("locations.municipality", "locations.municipality.0"),
        ("participants", "indicators.participants.planned"),
    ],
)
def test_an_unknown_field_names_the_nearest(field: str, nearest: str) -> None:
    with pytest.raises(UsageError) as met:
        raw().explain("S20405", field)
    assert str(met.value) == f"There is no field '{field}'; the nearest is '{nearest}'."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_value_that_was_read_or_missed_has_a_label(tmp_path: Path, lang: str) -> None:
    portfolio = read_pages(
        tmp_path,
        eura2014_page(partners="Osatoteuttajat", regions="", subregions="", municipalities=""),
        eura2007_page(),
        contacts=True,
    )
    fields = [*portfolio.provenance["field"], *raw().provenance["field"]]
    unlabelled = []
    for field in dict.fromkeys(fields):
        try:
            assert field_label(field, lang)
        except UsageError:
            unlabelled.append(field)
    assert unlabelled == []


# ---- languages


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fi", ["Julkinen rahoitus yhteensä, toteutunut", "Luettu", "Tiedosto", "Rivi"]),
        ("sv", ["Offentlig finansiering totalt, utfall", "Läst", "Fil", "Rad"]),
        ("en", ["Total public funding, actual", "Read", "File", "Line"]),
    ],
)
def test_labels_come_in_the_language_asked_for(lang: str, words: list[str]) -> None:
    said = raw().explain("S20405", "funding.public_total.realised", lang=lang)
    for shown in (str(said), said._repr_html_()):
        assert [word for word in words if word not in shown] == []
    assert repr(said) == str(said)


def test_a_language_that_is_not_known_is_refused_at_once() -> None:
    with pytest.raises(UsageError, match="de"):
        raw().explain("S20405", "projects.name", lang="de")


def test_the_text_of_an_explanation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    said = esrdata.read("data/raw").explain("S20405", "indicators.participants.planned", lang="fi")
    shown = str(said).splitlines()
    assert shown[0] == "S20405"
    assert shown[1].split("  ")[-1].strip() == (
        "Osallistuvien henkilöiden lukumäärä, suunniteltu (indicators.participants.planned)"
    )
    assert "→   137  Suunniteltu: 43" in shown
    assert "    135  7.2 Osallistuvien henkilöiden lukumäärä" in shown


# ---- notebooks


class Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.add(tag)


def test_a_notebook_shows_the_text_and_never_runs_it(tmp_path: Path) -> None:
    name = "<script>alert('x')</script> A & B \"C\""
    page = eura2014_page(name=name, axis="5. <b>Lihava</b>")
    portfolio = read_pages(tmp_path / "A&B", page)
    shown = portfolio.explain("S20001", "projects.name")._repr_html_()
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; A &amp; B &quot;C&quot;" in shown
    assert "A&amp;B/0.txt" in shown
    assert "&lt;b&gt;Lihava&lt;/b&gt;" in shown
    checker = Checker()
    checker.feed(shown)
    assert checker.tags == {"table", "caption", "tr", "th", "td", "div", "span"}


# ---- persons


def test_lines_of_persons_are_withheld(tmp_path: Path) -> None:
    said = read_pages(tmp_path, eura2014_page()).explain("S20001", "projects.website")
    shown = dict(lines(said))
    # The page of pages.py: phone on line 31, contact person from line 39 on.
    assert shown == {
        31: None,
        33: "Postinumero: 00100",
        35: "Postitoimipaikka: Helsinki",
        37: "WWW-osoite: http://www.example.org",
        39: None,
        41: None,
        43: None,
    }
    for text in (str(said), said._repr_html_(), repr(said.context)):
        assert "Testinen" not in text
        assert "000 0000001" not in text
        assert "koordinaattori" not in text
    assert str(said).count("contact details withheld") == 4


def test_lines_of_persons_are_shown_where_contacts_were_read(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page(), contacts=True)
    said = portfolio.explain("S20001", "contacts.0.name")
    assert (said.value, said.status) == ("Testinen Tiina", "read")
    assert here(said) == ["Hankkeen yhteyshenkilön nimi: Testinen Tiina"]
    assert "withheld" not in str(said)


def test_contacts_that_were_not_read_are_no_field(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_pages(tmp_path, eura2014_page()).explain("S20001", "contacts.0.name")


def test_a_second_contact_person_is_withheld_too(tmp_path: Path) -> None:
    twice = "Testinen Tiina\n\nHankkeen yhteyshenkilön nimi: Toinen Teppo"
    portfolio = read_pages(tmp_path, eura2014_page(contact_name=twice))
    said = portfolio.explain("S20001", "projects.website")
    assert "Toinen Teppo" not in str(said)


# ---- the file on its way


def test_a_file_that_has_gone_or_changed_is_told(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page())
    path = tmp_path / "0.txt"
    path.write_text(eura2014_page(name="Muuttunut"), encoding="utf-8")
    said = portfolio.explain("S20001", "projects.name")
    assert (said.value, said.context, said.note) == ("Pieni hanke", (), "explain.file_changed")
    for lang in LANGUAGES:
        changed = portfolio.explain("S20001", "projects.name", lang=lang)
        assert path.as_posix() in str(changed)
        assert "Muuttunut" not in str(changed)
    path.unlink()
    said = portfolio.explain("S20001", "projects.name")
    assert (said.value, said.context, said.note) == ("Pieni hanke", (), "explain.file_gone")
    assert "no longer exists" in str(said)
    assert "no longer exists" in said._repr_html_()


def test_a_relative_source_is_found_after_moving_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_pages(tmp_path / "home" / "source", eura2014_page())
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    portfolio = esrdata.read("source")
    monkeypatch.chdir(tmp_path / "away")
    said = portfolio.explain("S20001", "projects.name")
    assert said.file == "source/0.txt"
    assert here(said) == ["Hankkeen nimi: Pieni hanke"]
    assert here(portfolio.select(fund="ESR").explain("S20001", "projects.name")) == here(said)


def test_a_save_finds_the_source_from_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_pages(tmp_path / "home" / "source", eura2014_page())
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    esrdata.read("source").save("saved/tables")
    monkeypatch.chdir(tmp_path / "away")
    loaded = esrdata.load("../home/saved/tables")
    assert here(loaded.explain("S20001", "projects.name")) == ["Hankkeen nimi: Pieni hanke"]


def test_a_save_moved_with_its_source_still_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_pages(tmp_path / "home" / "source", eura2014_page())
    monkeypatch.chdir(tmp_path / "home")
    esrdata.read("source").save("saved")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "home").rename(tmp_path / "moved")
    loaded = esrdata.load(tmp_path / "moved" / "saved")
    assert here(loaded.explain("S20001", "projects.name")) == ["Hankkeen nimi: Pieni hanke"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_save_behind_a_symbolic_link_finds_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_pages(tmp_path / "home" / "source", eura2014_page())
    (tmp_path / "disk" / "deep").mkdir(parents=True)
    (tmp_path / "home" / "link").symlink_to(tmp_path / "disk" / "deep")
    monkeypatch.chdir(tmp_path / "home")
    esrdata.read("source").save("link/saved")
    loaded = esrdata.load("link/saved")
    assert here(loaded.explain("S20001", "projects.name")) == ["Hankkeen nimi: Pieni hanke"]


# ---- web pages


def test_a_page_of_one_line_shows_what_stands_around_the_value(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in eura2014_page().splitlines() if line)
    (tmp_path / "a.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    said = esrdata.read(tmp_path).explain("S20001", "projects.name")
    assert said.line == 1
    assert here(said) == ["Hankkeen nimi: Pieni hanke"]
    assert "Hankekoodi: S20001" in [line.text for line in said.context]


def test_a_row_of_a_table_is_shown_as_a_person_sees_it() -> None:
    said = raw().explain("S21684", "sustainability.wellbeing.direct")
    assert (said.value, said.raw, said.line) == (10, "10", 122)
    assert [str(text).split() for text in here(said)] == [
        ["Hyvinvoinnin", "edistäminen", "10", "10"]
    ]


def test_of_a_long_line_the_part_with_the_value_is_shown(tmp_path: Path) -> None:
    """A row of a list is longer than what is shown of a line: its sums had been left out."""
    head = (
        "Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,"
        "Myönnetty EU- ja valtion rahoitus"
    )
    name = f"{'Pitkä nimi ' * 20}alueella"
    row = f"S20101,ESR,{name},3,Lapin ELY-keskus,Käynnissä,1.1.2016,31.12.2017,Kylät ry,495448"
    (tmp_path / "lista.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    said = esrdata.read(tmp_path).explain("S20101", "funding.eu_and_state.planned")
    assert here(said) == [row]
    (line,) = [line for line in str(said).splitlines() if line.startswith("→")]
    assert line.startswith("→     2  …")
    assert line.endswith("ELY-keskus,Käynnissä,1.1.2016,31.12.2017,Kylät ry,495448")
    first = str(esrdata.read(tmp_path).explain("S20101", "projects.name"))
    assert "→     2  S20101,ESR,Pitkä nimi" in first
