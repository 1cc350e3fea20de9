"""Web pages on which facts of another kind or another project stand beside those of a project."""

from pathlib import Path

import pytest

import esrdata
from esrdata import Portfolio

TOP = "<h1>Reitti</h1><p>Rahoittaja: ESR</p><p>Hankeaika: 1.1.2017–31.12.2018</p>"
SILTA = "<p>Kokonaisbudjetti: 90 000 €</p><p>Toteuttaja: Oulun kaupunki</p>"


@pytest.fixture
def page(tmp_path: Path):  # type: ignore[no-untyped-def]
    def read(body: str) -> Portfolio:
        (tmp_path / "sivu.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
        return esrdata.read(tmp_path / "sivu.html")

    return read


def total(portfolio: Portfolio) -> list[float]:
    return portfolio.funding.query("measure == 'total'")["amount_eur"].dropna().tolist()


def quoted(portfolio: Portfolio) -> str:
    issues = portfolio.issues
    return "\n".join(issues.loc[issues["code"] == "unrecognised_line", "raw"])


@pytest.mark.parametrize(
    "heading",
    ["<h2>Edeltävä hanke Silta</h2>", "<h3>Katso myös: Silta</h3>", "<h2>Tidigare projekt</h2>"],
)
def test_facts_of_another_project_below_are_not_those_of_the_page(page, heading: str) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(TOP + heading + SILTA)
    assert portfolio.projects["name"].tolist() == ["Reitti"]
    assert portfolio.projects["applicant"].isna().all()
    assert total(portfolio) == []


def test_facts_of_another_project_in_the_middle_are_reported(page) -> None:  # type: ignore[no-untyped-def]
    own = "<h2>Rahoitus ja toteutus</h2><p>Kokonaisbudjetti: 400 000 €</p>"
    portfolio = page(f"{TOP}<h2>Edeltävä hanke Silta</h2>{SILTA}{own}")
    assert portfolio.projects["name"].tolist() == ["Reitti"]
    assert total(portfolio) == [400000]
    assert "Kokonaisbudjetti: 90 000 €" in quoted(portfolio)


def test_a_sentence_that_sends_on_is_no_heading(page) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"{TOP}<p>Katso myös hankkeen sivut.</p><p>Kokonaisbudjetti: 400 000 €</p>")
    assert total(portfolio) == [400000]


@pytest.mark.parametrize("heading", ["Hankkeet", "Hankkeet 2017", "Våra projekt"])
def test_each_name_on_a_page_of_several_has_its_own_facts(page, heading: str) -> None:  # type: ignore[no-untyped-def]
    first = TOP.replace("h1>", "h2>")
    portfolio = page(f"<h1>{heading}</h1>{first}<h2>Silta</h2>{SILTA}")
    applicants = portfolio.projects.set_index("name")["applicant"]
    assert applicants.index.tolist() == ["Reitti", "Silta"]
    assert applicants.isna().tolist() == [True, False]
    silta = portfolio.projects.set_index("name").loc["Silta", "project_code"]
    sums = portfolio.funding.dropna(subset="amount_eur")
    assert sums["project_code"].tolist() == [silta]


YEARS = "<th></th><th>2017</th><th>2018</th>"
SUMS = "<td>Kokonaisbudjetti</td><td>100 000 €</td><td>300 000 €</td>"


def test_of_sums_by_year_the_one_of_all_is_read(page) -> None:  # type: ignore[no-untyped-def]
    head, row = f"{YEARS}<th>Yhteensä</th>", f"{SUMS}<td>400 000 €</td>"
    assert total(page(f"{TOP}<table><tr>{head}</tr><tr>{row}</tr></table>")) == [400000]


def test_sums_by_year_without_one_of_all_are_refused(page) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"{TOP}<table><tr>{YEARS}</tr><tr>{SUMS}</tr></table>")
    assert total(portfolio) == []
    assert "value_unreadable" in set(portfolio.issues["code"])


@pytest.mark.parametrize(
    ("line", "applicant", "reported"),
    [
        ("Toteuttajat: Kajaanin ammattikorkeakoulu (päätoteuttaja), Oulun yliopisto",
         "Kajaanin ammattikorkeakoulu", True),
        ("Toteuttajat: Oulun yliopisto, Kajaanin kaupunki (koordinaattori)",
         "Kajaanin kaupunki", True),
        ("Toteuttajat: Kajaanin ammattikorkeakoulu, Oulun yliopisto ja Kainuun liitto", None, True),
        ("Toteuttajat: Oulun yliopisto", "Oulun yliopisto", False),
        ("Toteuttaja: Oulun yliopisto, Kajaanin yliopistokeskus",
         "Oulun yliopisto, Kajaanin yliopistokeskus", False),
    ],
)  # fmt: skip
def test_of_several_implementers_the_one_that_leads_is_the_applicant(
    page,  # type: ignore[no-untyped-def]
    line: str,
    applicant: str | None,
    reported: bool,
) -> None:
    portfolio = page(f"{TOP}<p>{line}</p>")
    assert portfolio.projects["applicant"].dropna().tolist() == [applicant][: applicant is not None]
    assert (line in quoted(portfolio)) is reported


@pytest.mark.parametrize(
    "line",
    [
        "Hankkeen kesto 1.1.2017–31.12.2018. Rahoitus 400 000 € (ESR).",
        "Hankkeen kesto: 1.1.2017–31.12.2018, budjetti 400 000 €",
        "Kokonaisbudjetti: 400 000 €, kesto 1.1.2017–31.12.2018",
        "Rahoittaja: Hämeen ELY-keskus, Euroopan sosiaalirahasto (400 000 €)",
    ],
)
def test_what_stands_behind_a_value_on_its_line_is_not_lost(page, line: str) -> None:  # type: ignore[no-untyped-def]
    assert line in quoted(page(f"<h1>Reitti</h1><p>{line}</p><p>Alkaa: 1.1.2017</p>"))


PROSE = "<p>Reitti auttaa nuoria löytämään oman polkunsa. Ohjaajat tapaavat nuoria viikoittain.</p>"
COOKIES = (
    "<p>Käytämme evästeitä sivuston toiminnan varmistamiseen ja käytön seurantaan. Voit hyväksyä "
    "kaikki evästeet tai valita, mitkä hyväksyt.</p>"
    "<button>Hyväksy kaikki</button><button>Vain välttämättömät</button>"
)
LETTERS = "<p>Uutiskirje ilmestyy neljä kertaa vuodessa ja kertoo alueen kehittämisestä.</p>"


@pytest.mark.parametrize(
    "below",
    [
        f'<div class="cmplz">{COOKIES}</div>',
        f'<div role="dialog" aria-label="Evästeet"><p>Valitse.</p>{COOKIES}</div>',
        f"<h3>Tilaa uutiskirjeemme</h3>{LETTERS}",
        f"<h2>Om oss</h2>{LETTERS}",
    ],
    ids=["cookies", "dialog", "newsletter", "about"],
)
def test_what_the_site_says_below_is_no_summary(page, below: str) -> None:  # type: ignore[no-untyped-def]
    summary = page(TOP + PROSE + below).narratives.set_index("section")["text"]["summary"]
    assert f"<p>{summary}</p>" == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "Toteutunut EU- ja valtion rahoitus oli 39 720 euroa.",
        "Hankkeen toteutunut kokonaisbudjetti oli 39 720 euroa.",
        "Haettu EU-rahoitus on 39 720 euroa.",
        "Vuoden 2017 budjetti oli 39 720 euroa.",
        "Faktisk EU-finansiering var 39 720 euro.",
        "The actual total budget was EUR 39,720.",
        "Tiedot: Toteutunut EU- ja valtion rahoitus: 39 720 € Tila: käynnissä Kunta: Kotka",
    ],
)
def test_a_realised_sum_is_no_planned_one(page, line: str) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"{TOP}<p>{line}</p>")
    assert portfolio.funding["amount_eur"].isna().all()
    told = portfolio.issues[
        portfolio.issues["code"].isin(["web_figures_unread", "unrecognised_line"])
    ]
    assert told["raw"].str.contains("39").any()


def test_a_cell_of_realised_money_is_no_planned_one(page) -> None:  # type: ignore[no-untyped-def]
    row = "<tr><td>Toteutunut julkinen rahoitus</td><td>39 720 €</td></tr>"
    portfolio = page(f"{TOP}<table>{row}</table>")
    assert portfolio.funding["amount_eur"].isna().all()
    assert "39 720" in quoted(portfolio)


def test_the_planned_sum_of_prose_is_read(page) -> None:  # type: ignore[no-untyped-def]
    assert total(page(f"{TOP}<p>Hankkeen kokonaisbudjetti on 400 000 euroa.</p>")) == [400000]


def end(portfolio: Portfolio) -> list[str]:
    return portfolio.projects["end_date"].dropna().astype(str).tolist()


@pytest.mark.parametrize(
    "prose",
    [
        "Reitti-hanke toteutetaan 1.1.2017–31.12.2018. Hankkeelle on myönnetty jatkoaikaa "
        "30.6.2019 asti.",
        "Hanke alkoi 1.1.2017 ja sen alkuperäinen päättymispäivä oli 31.12.2018, uusi on "
        "30.6.2019.",
        "The project started in March 2017 and was to end in 2018, but continued to May 2019.",
    ],
)
def test_an_end_of_prose_that_was_put_off_is_not_taken(page, prose: str) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"<h1>Reitti-hanke</h1><p>Hanketta rahoittaa ESR.</p><p>{prose}</p>")
    assert end(portfolio) == []
    assert "web_claims_differ" in set(portfolio.issues["code"])


@pytest.mark.parametrize(
    ("prose", "day"),
    [
        ("<p>Hanke jatkuu Kotkassa 31.12.2018 saakka ja muualla pidempään.</p>", None),
        ("<p>Hanke jatkuu Kotkassa 31.12.2018 saakka ja Haminassa vuoden loppuun.</p>", None),
        ("<p>Projektet pågår till och med 31.12.2018 i Kotka och i Fredrikshamn längre.</p>", None),
        ("<p>Hanke toteutetaan 1.1.2017–31.12.2018 ja Haminassa 30.6.2019 asti.</p>", None),
        ("<p>Päättyy: 31.12.2018 (Kotkan osalta)</p>", None),
        ("<p>Hankeaika: 1.1.2017–31.12.2018, jatkoaika kevät 2019</p>", None),
        ("<h2>Mallilan opisto</h2><p>Hanke toteutetaan 1.1.2017–31.12.2018.</p>", None),
        ("<p>Hanke toteutetaan 1.1.2017–31.12.2018 Kotkassa ja Haminassa.</p>", "2018-12-31"),
        ("<p>Hankkeen kesto on kaksi vuotta (2017–2018).</p>", "2018-12-31"),
        ("<p>Päättymispäivä</p><p>maanantai<br>31.12.2018</p>", "2018-12-31"),
    ],
)  # fmt: skip
def test_days_of_one_place_or_partner_are_not_the_end(page, prose: str, day: str | None) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"<h1>Reitti</h1><p>Reitti-hanke auttaa.</p><p>Rahoittaja: ESR</p>{prose}")
    assert end(portfolio) == ([day] if day is not None else [])
    assert day is not None or "2018" in "".join(portfolio.issues["raw"].dropna())


@pytest.mark.parametrize(
    ("prose", "sums"),
    [
        ("<h2>Mallilan opisto</h2><p>Budjetti on 90 000 euroa.</p>", []),
        ("<h2>Mallilan opisto</h2><h3>Rahoitus</h3><p>Budjetti: 90 000 €</p>", []),
        ("<p>Hanketta hallinnoi Mallilan opisto, ja sen budjetti on 90 000 euroa.</p>", []),
        ("<p>The project is led by Malli College. Its budget is 90 000 euros.</p>", []),
        ("<h2>Osahanke Kotka</h2><p>Budjetti: 90 000 €</p><h2>Osahanke Hamina</h2>"
         "<p>Budjetti: 90 000 €</p>", []),
        ("<p>Hanke järjestää messut, ja sen budjetti on 90 000 euroa.</p>", []),
        ("<p>Hanke on kaksivuotinen ja sen budjetti on 90 000 euroa.</p>", [90000]),
        ("<p>The project runs from 2017 to 2018. Its budget is 90 000 euros.</p>", [90000]),
        ("<p>Reitti auttaa nuoria. Kokonaisbudjetti: 90 000 €. Kesto on vuosi.</p>", [90000]),
    ],
)  # fmt: skip
def test_a_sum_of_prose_under_a_partner_is_not_the_project_s(page, prose: str, sums: list) -> None:  # type: ignore[no-untyped-def,type-arg]
    portfolio = page(f"<h1>Reitti</h1><p>Reitti-hanke auttaa.</p><p>Rahoittaja: ESR</p>{prose}")
    assert total(portfolio) == sums
    assert sums or "90 000" in "".join(portfolio.issues["raw"].dropna())


def test_an_office_with_a_share_of_its_own_is_not_taken_for_the_authority(page) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(TOP.replace(": ESR", ": ESR 75 %, Pohjanmaan liitto 25 %"))
    assert portfolio.projects["authority"].isna().all()
    assert "Pohjanmaan liitto" in quoted(portfolio)


@pytest.mark.parametrize(
    ("prose", "longer"),
    [
        ("Projektet förlängdes till 30.6.2019.", True),
        ("Hanke sai jatkoaikaa 31.12.2018 asti.", False),
        ("Toiminta jatkuu hankkeen jälkeen 31.12.2020 asti.", False),
    ],
)
def test_a_labelled_end_that_was_put_off_is_not_taken(  # type: ignore[no-untyped-def]
    page, prose: str, longer: bool
) -> None:
    portfolio = page(f"{TOP}<p>{prose}</p>")
    assert end(portfolio) == ([] if longer else ["2018-12-31"])
    assert ("web_claims_differ" in set(portfolio.issues["code"])) is longer


@pytest.mark.parametrize(
    "sentence",
    [
        "Hanke palkkaa ohjaajan, jonka työ kestää 1.2.2017–31.5.2018.",
        "Hanke arvioidaan, ja arviointi kestää 1.2.2017–31.5.2018.",
        "Projektet stöder unga vars praktik pågår 1.2.2017–31.5.2018.",
        "The first half of the project runs from 1 February 2017 to 31 May 2018.",
    ],
)
def test_days_of_something_in_the_project_are_not_its_own(page, sentence: str) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"<h1>Reitti</h1><p>Rahoittaja: ESR</p><p>{sentence}</p>")
    assert portfolio.projects[["start_date", "end_date"]].isna().all(axis=None)
    assert "2018" in "\n".join(portfolio.issues["raw"])


@pytest.mark.parametrize(
    "sentence",
    [
        "Hanke toteutetaan Kotkan kunnassa 1.2.2017–31.5.2018.",
        "Projektet är tvåårigt och pågår från 1.2.2017 till 31.5.2018.",
        "The duration of the project is 1.2.2017–31.5.2018.",
    ],
)
def test_known_words_before_days_leave_them_the_project_s(page, sentence: str) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"<h1>Reitti</h1><p>Rahoittaja: ESR</p><p>{sentence}</p>")
    assert str(portfolio.projects["start_date"][0])[:10] == "2017-02-01"
    assert end(portfolio) == ["2018-05-31"]


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("Rahoitus ja aikataulu", True),
        ("Kotkan ammattiopisto", False),
        ("Pähkinänkuoressa", True),
        ("Pilotti", False),
    ],
)
def test_a_sum_is_that_of_the_heading_over_it(page, heading: str, known: bool) -> None:  # type: ignore[no-untyped-def]
    own = f"<h3>{heading}</h3><p>Budjetti: 50 000 €</p><h3>Hamina</h3><p>Budjetti: 70 000 €</p>"
    portfolio = page(TOP + own)
    assert portfolio.projects["name"].tolist() == ["Reitti"]
    assert total(portfolio) == ([50000] if known else [])
    assert "70 000" in "\n".join(portfolio.issues["raw"])


@pytest.mark.parametrize(
    "own",
    [
        "<p><b>Mallilan AMK</b><br>Budjetti: 50 000 €</p>",
        "<ul><li>Mallilan AMK<ul><li>Budjetti: 50 000 €</li></ul></li></ul>",
        "<table><tr><td>Mallilan AMK</td><td>Budjetti</td><td>50 000 €</td></tr></table>",
        "<h2>Toteuttajat</h2><p>Esimerkin opisto, budjetti 50 000 €</p>",
        "<h3>Pilotti Kotkassa</h3><p>Aika: 1.3.2018–31.5.2018</p><p>Budjetti: 50 000 €</p>",
    ],
)
def test_the_money_of_a_partner_is_not_the_project_s(page, own: str) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(TOP + own)
    assert portfolio.projects["name"].tolist() == ["Reitti"]
    assert total(portfolio) == []
    assert end(portfolio) == ["2018-12-31"]
    assert "50 000" in "\n".join(portfolio.issues["raw"])


def test_what_stands_behind_a_comma_after_a_period_is_told(page) -> None:  # type: ignore[no-untyped-def]
    line = "<p>Hankkeen kesto 1.1.2017–31.12.2018, päätoteuttaja Mallilan AMK</p>"
    portfolio = page(f"<h1>Reitti</h1><p>Rahoittaja: ESR</p>{line}")
    assert end(portfolio) == ["2018-12-31"]
    assert "Mallilan AMK" in quoted(portfolio)


def test_a_fund_that_does_not_pay_is_not_the_fund(page) -> None:  # type: ignore[no-untyped-def]
    top = "<h1>Reitti</h1><p>Hankeaika: 1.1.2017–31.12.2018</p>"
    portfolio = page(f"{top}<p>Hanketta ei rahoita Euroopan sosiaalirahasto.</p>")
    assert portfolio.projects["fund"].isna().all()


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("Hankeaika: 1.1.2017–31.12.2018. Hankkeessa tuetaan nuoria.",
         "Hankkeessa tuetaan nuoria."),
        ("Kokonaisbudjetti: 400 000 €. Kunnat maksavat neljänneksen.",
         "Kunnat maksavat neljänneksen."),
    ],
)  # fmt: skip
def test_a_sentence_behind_a_value_is_reported(page, line: str, lost: str) -> None:  # type: ignore[no-untyped-def]
    assert lost in quoted(page(f"<h1>Reitti</h1><p>Rahoittaja: ESR</p><p>{line}</p>")).split("\n")


def test_a_dialog_that_states_a_project_is_read(page) -> None:  # type: ignore[no-untyped-def]
    card = '<div role="dialog"><p>Hankeaika: 1.1.2017–31.12.2018</p><p>Rahoittaja: ESR</p></div>'
    assert end(page(f"<h1>Reitti</h1>{card}")) == ["2018-12-31"]


ONE, TWO = "<p>Hankkeessa merkitään reitti.</p>", "<p>Reitti kulkee kahden kylän läpi.</p>"


@pytest.mark.parametrize(
    "line",
    [
        "Julkaistu 3.2.2016, päivitetty 5.6.2020",
        "Päivitetty: 5.6.2020 klo 12.30",
        "Sidan uppdaterad den 5 juni 2020",
        "Last updated on June 5, 2020",
        "Vipuvoimaa EU:lta 2014–2020",
        "Euroopan unionin osarahoittama",
        "Medfinansieras av Europeiska unionen",
        "Co-funded by the European Union",
        "Euroopan sosiaalirahasto (ESR)",
        "Euroopan unioni",
    ],
)
@pytest.mark.parametrize("heading", ["", "<h2>Tavoitteet</h2>"])
def test_a_line_of_the_site_or_the_giver_below_a_text_is_no_part_of_it(  # type: ignore[no-untyped-def]
    page, heading: str, line: str
) -> None:
    portfolio = page(f"{TOP}{heading}{ONE}{TWO}<p>{line}</p>")
    assert portfolio.narratives["text"].tolist() == [
        "Hankkeessa merkitään reitti.\n\nReitti kulkee kahden kylän läpi."
    ]


def test_a_sentence_that_begins_like_such_a_line_stays(page) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"{TOP}{ONE}<p>Julkaistu opas auttaa kyliä vuonna 2018.</p>")
    assert portfolio.narratives["text"].iloc[0].endswith("auttaa kyliä vuonna 2018.")


@pytest.mark.parametrize("heading", ["Aiheesta muualla", "Relaterade artiklar", "Read next"])
def test_what_the_site_tells_elsewhere_is_no_part_of_a_text(page, heading: str) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"{TOP}{ONE}{TWO}<h4>{heading}</h4><p>Silta-hanke päättyi kylissä.</p>")
    assert portfolio.narratives["text"].iloc[0].endswith("kahden kylän läpi.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Projektets föregångare Silta hade en budget på 300 000 euro.",
        "The budget of its predecessor Silta was 300 000 euros.",
        "Jatkoprojektin budjetti on 300 000 euroa.",
    ],
)
def test_the_sum_of_a_project_before_or_behind_is_not_that_of_the_page(page, sentence: str) -> None:  # type: ignore[no-untyped-def]
    assert total(page(f"{TOP}<p>{sentence}</p>{ONE}")) == []


@pytest.mark.parametrize(
    ("value", "applicant"),
    [
        ("Mallilan kylät ry, Kotkan kaupunki, Haminan kaupunki", None),
        ("Mallilan kylät ry ja Kotkan kaupunki", None),
        ("Mallilan yliopisto, Ruralia-instituutti", "Mallilan yliopisto, Ruralia-instituutti"),
        (
            "Mallilan kaupunki, sivistyskeskus, kulttuurilaitos",
            "Mallilan kaupunki, sivistyskeskus, kulttuurilaitos",
        ),
        ("Kotkan koulutus- ja tutkimuskeskus", "Kotkan koulutus- ja tutkimuskeskus"),
    ],
)
def test_several_organisations_behind_one_label_are_reported(  # type: ignore[no-untyped-def]
    page, value: str, applicant: str | None
) -> None:
    portfolio = page(f"{TOP}<p>Toteuttaja: {value}</p>{ONE}")
    assert portfolio.projects["applicant"].dropna().tolist() == [applicant] * bool(applicant)
    assert (value in quoted(portfolio)) is (applicant is None)


@pytest.mark.parametrize(
    "line",
    [
        "Kokonaisbudjetti (Mallilan osuus): 45 000 €",
        "Budjetti (toteutunut): 45 000 €",
        "Budjetti (2017): 45 000 €",
        "Budjetti (vuosi 2017): 45 000 €",
        "Budjetti (Mallilan kylät ry): 45 000 €",
        "Budjetti: 45 000 € (Mallilan ammattikorkeakoulu)",
        "Budjetti: 45 000 € (haettu)",
        "Budget: 45 000 € (sökt)",
        "Budget: 45 000 € (our share)",
        "Budjetti: toteutunut 45 000 €",
        "Budjetti: Mallilan osuus 45 000 €",
        "Budjetti (1000 €): 1 250",
        "Budjetti: 45 000 € Mallilan kaupungin osalta",
        "Budjetti: 45 000 € vuodelle 2017",
        "Budjetti: 45 000 € (1. vaihe)",
    ],
)
def test_words_beside_a_sum_that_make_it_another_one(page, line: str) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"{TOP}<p>{line}</p>{ONE}")
    assert total(portfolio) == []
    unread = portfolio.issues.query("code == 'value_unreadable'")
    assert unread["field"].tolist() == ["funding.total.planned"]


@pytest.mark.parametrize(
    "line",
    [
        "Budjetti (arvio): 45 000 €",
        "Budjetti (2016–2018): 45 000 €",
        "Budjetti: 45 000 € (josta ESR-osuus 75 %)",
        "Budjetti: 45 000 € (Hämeen ELY-keskus)",
        "Budjetti: yhteensä 45 000 € (alv 0 %)",
        "Hankkeen budjetti on 45 000 euroa, josta Mallilan osuus on 9 000 euroa.",
        "Over three years the project has a total budget of 45 000 euros.",
    ],
)
def test_words_beside_a_sum_that_leave_it_what_it_is(page, line: str) -> None:  # type: ignore[no-untyped-def]
    assert total(page(f"{TOP}<p>{line}</p>{ONE}")) == [45000]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hankkeen kokonaisbudjetti on 45 000 euroa Mallilan kaupungin osalta.",
        "Hankkeen koulutusten budjetti on 45 000 euroa.",
        "Osahankkeen budjetti on 45 000 euroa.",
        "Our share of the project budget is EUR 45,000.",
        "Budjetti 45 000 € (koko hanke 180 000 €)",
    ],
)
def test_a_sum_of_a_part_of_the_project_in_prose_is_not_its_own(page, sentence: str) -> None:  # type: ignore[no-untyped-def]
    assert total(page(f"{TOP}<p>{sentence}</p>{ONE}")) == []


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("osahanke 1.6.2017–31.12.2018, koko hanke 1.1.2017–31.12.2018", []),
        ("1.1.2017–31.12.2018, jatkettu 30.6.2019 asti", []),
        ("1.1.2017–31.12.2018</p><p>1.1.2017–30.6.2019", []),
        ("2014–2020", []),
        ("Hanke toteutetaan 1.1.2017–31.12.2018 (ohjausryhmä 5.9.2017)", ["2018-12-31"]),
    ],
)
def test_words_and_days_beside_a_period(page, period: str, last: list[str]) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"<h1>Reitti</h1><p>Rahoittaja: ESR</p><p>Hankeaika: {period}</p>{ONE}")
    assert end(portfolio) == last
    assert last or "projects.end_date" in set(portfolio.issues["field"])


@pytest.mark.parametrize(
    "top",
    [
        "<h1>Reitti (2017–2018)</h1>",
        "<h1>Nimi: Reitti</h1>",
        "<h1>Palvelut</h1><h2>Hankkeet</h2><h3>Reitti</h3>",
        "<h1>Reitti</h1><p>Interreg Malli -hanke</p>",
        "<p>Tulostettu 3.4.2018 osoitteesta https://malli.example.org</p><h1>Reitti</h1>",
    ],
)
def test_a_name_without_what_stands_beside_it(page, top: str) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(TOP.replace("<h1>Reitti</h1>", top) + ONE)
    assert portfolio.projects["name"].tolist() == ["Reitti"]


def test_the_next_project_of_a_row_is_another_one(page) -> None:  # type: ignore[no-untyped-def]
    prose = "<p>Hanke päättyy 31.12.2018. Reitti 2 -hanke toteutetaan 1.1.2019–31.12.2020.</p>"
    assert end(page(f"<h1>Reitti-hanke</h1><p>Rahoittaja: ESR</p>{prose}")) == ["2018-12-31"]


@pytest.mark.parametrize(
    "other",
    [
        "<aside><p>Kevätjuhla kokosi 300 vierasta.</p></aside>",
        "<h3>Aiemmat vaiheet</h3><p>Polku tavoitti 99 nuorta.</p>",
        "<p>Kunnat 5 809 €</p><p>Malliyritys 500 €.</p>",
    ],
)
def test_a_short_text_below_the_facts_is_no_summary(page, other: str) -> None:  # type: ignore[no-untyped-def]
    facts = TOP.replace("<h1>Reitti</h1>", "")
    portfolio = page(f"<h1>Reitti</h1>{ONE}{TWO}{facts}{other}")
    assert portfolio.narratives["text"].tolist() == [
        "Hankkeessa merkitään reitti.\n\nReitti kulkee kahden kylän läpi."
    ]


def test_who_is_named_in_a_sentence_only_is_reported(page) -> None:  # type: ignore[no-untyped-def]
    prose = "<p>Hanketta hallinnoi Mallin kylät ry. Hanketta rahoittaa Hämeen ELY-keskus.</p>"
    unread = page(f"{TOP}{prose}").issues.query("code == 'value_unreadable'")["field"]
    assert unread.tolist() == ["projects.applicant", "projects.authority"]


def test_a_code_or_a_period_that_is_said_to_be_of_another_project(page) -> None:  # type: ignore[no-untyped-def]
    lines = "<p>Hankekoodi: S20111 (edeltävä hanke)</p><p>Hankeaika (aiempi hanke): 2013–2015</p>"
    portfolio = page(f"<h1>Reitti</h1>{lines}<p>Rahoittaja: ESR</p>{ONE}")
    assert portfolio.projects["start_date"].isna().all()
    assert "S20111" not in portfolio.projects["project_code"].tolist()
    assert "Hankekoodi: S20111 (edeltävä hanke)" in quoted(portfolio)
    assert "Hankeaika (aiempi hanke): 2013–2015" in quoted(portfolio)


def test_the_code_of_another_project_in_prose_is_not_that_of_the_page(page) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"{TOP}{ONE}<p>Edeltävän hankkeen koodi oli S20111.</p>")
    assert "S20111" not in portfolio.projects["project_code"].tolist()


@pytest.mark.parametrize(
    "body",
    [
        "<dl><dt>Kunnat</dt><dd>Kotka</dd><dd>Hamina</dd><dt>Rahasto</dt><dd>ESR</dd></dl>",
        "<p>Kunnat:</p><ul><li>Kotka</li><li>Hamina</li></ul>",
        "<table><tr><td>Kunnat</td><td>Kotka<br>Hamina</td></tr></table>",
        "<p>Kunnat<br>• Kotka<br>• Hamina<br>Rahasto: ESR</p>",
    ],
)
def test_places_on_a_line_each_below_their_label(page, body: str) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(TOP + body + ONE)
    assert portfolio.locations["name"].tolist() == ["Kotka", "Hamina"]
    assert portfolio.narratives["text"].tolist() == ["Hankkeessa merkitään reitti."]


def test_a_line_below_a_place_on_the_line_of_its_label_is_none(page) -> None:  # type: ignore[no-untyped-def]
    portfolio = page(f"{TOP}<div>Kunnat: Kotka</div><div>Silta</div>{ONE}")
    assert portfolio.locations["name"].tolist() == ["Kotka"]


def test_of_organisations_on_a_line_each_the_lead_is_the_applicant(page) -> None:  # type: ignore[no-untyped-def]
    lines = "<li>Mallilan kylät ry{}</li><li>Kotkan kaupunki</li>"
    body = f"{TOP}<h3>Toteuttajat</h3><ul>{lines}</ul>{ONE}"
    portfolio = page(body.format(" (hallinnoija)"))
    assert portfolio.projects["applicant"].tolist() == ["Mallilan kylät ry"]
    portfolio = page(body.format(""))
    assert portfolio.projects["applicant"].isna().all()
    assert "Kotkan kaupunki" in quoted(portfolio)


@pytest.mark.parametrize("line", ["120 000 €", "Ohjaus\tMatti", "Kotkan kaupunki"])
def test_facts_beside_a_text_are_no_part_of_it(page, line: str) -> None:  # type: ignore[no-untyped-def]
    cells = "".join(f"<td>{cell}</td>" for cell in line.split("\t"))
    portfolio = page(f"{TOP}<table><tr>{cells}</tr></table>{ONE}{TWO}")
    assert portfolio.narratives["text"].iloc[0].startswith("Hankkeessa merkitään")


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


@pytest.mark.parametrize(
    ("heads", "row", "sums"),
    [
        ("|Toteutunut|Suunniteltu", "Budjetti|55 000|60 000", [60000]),
        ("|Haettu|Myönnetty", "Budjetti|55 000|60 000", [60000]),
        ("|Planned|Spent", "Budget|60 000|55 000", [60000]),
        ("|Mallila|Kotka|Yhteensä", "Budjetti|55 000|60 000|115 000", [115000]),
        ("Rahoitus|2016 2017 Yhteensä", "Budjetti|10 000|20 000|30 000", [30000]),
        ("Rahoitus|Summa|Osuus", "Budjetti|60 000 €|75 %", [60000]),
        ("|Mallila|Kotka", "Budjetti|55 000|60 000", []),
        ("|Toteutunut", "Budjetti|55 000", []),
        ("Hankeaika|1.1.2017–31.12.2018", "Budjetti|55 000", [55000]),
        ("", "Budjetti|55 000|60 000", []),
        ("Rahoitus|2016 2017", "Budjetti|10 000|20 000", []),
    ],
)
def test_of_sums_in_a_row_its_heads_tell_which_is_planned(  # type: ignore[no-untyped-def]
    page, heads: str, row: str, sums: list[float]
) -> None:
    assert total(page(TOP + table(*filter(None, [heads, row])) + ONE)) == sums


def test_the_table_of_a_print_whose_columns_stand_close(tmp_path: Path) -> None:
    top = "Reitti\n\nHankeaika: 1.1.2017–31.12.2018\n\n"
    end = "Hankkeessa merkitään reitti kylien läpi metsään.\n"
    years = "Rahoitus\t2016 2017 Yhteensä\n\nBudjetti 10 000\t20 000\t30 000\n\n"
    (tmp_path / "vuodet.txt").write_text(top + years + end, encoding="utf-8")
    partners = "Toteuttaja\tBudjetti\n\nMallilan kylät ry\t60 000 €\n\nKotkan kaupunki 30 000 €\n\n"
    (tmp_path / "osat.txt").write_text(top + partners + end, encoding="utf-8")
    above = "30 000 €\t1.1.2017–31.12.2018\nBudjetti\tHankeaika\n\n"
    (tmp_path / "luvut.txt").write_text(f"Reitti\n\n{above}{end}", encoding="utf-8")
    assert total(esrdata.read(tmp_path / "vuodet.txt")) == [30000]
    torn = esrdata.read(tmp_path / "osat.txt")
    assert total(torn) == []
    assert torn.projects["applicant"].isna().all()
    assert total(esrdata.read(tmp_path / "luvut.txt")) == [30000]


def test_a_picture_or_an_arrow_before_a_label_is_no_part_of_it(page) -> None:  # type: ignore[no-untyped-def]
    lines = (
        "<p>💶 Budjetti: 90 000 €</p><p>→ Toteuttaja: Mallilan kylät ry</p><p>✔️ Rahoitus: ESR</p>"
    )
    portfolio = page(f"<h1>Reitti</h1><p>📅 Hankeaika: 1.1.2017–31.12.2018</p>{lines}{ONE}")
    assert total(portfolio) == [90000]
    assert portfolio.projects["applicant"].tolist() == ["Mallilan kylät ry"]
    assert portfolio.projects["fund"].tolist() == ["ESR"]


def test_names_on_a_line_each_are_not_one_applicant(page) -> None:  # type: ignore[no-untyped-def]
    lines = "<ul><li>Mallilan Kylät</li><li>Kotkan kaupunki</li></ul>"
    assert page(f"{TOP}<p>Toteuttajat:</p>{lines}{ONE}").projects["applicant"].isna().all()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("Mallilan kylät ry / Matti Mallinen", "[…]"),
        ("Mallilan kylät ry (yhteyshenkilö Matti Mallinen)", "[…]"),
        ("Mallilan kylät ry, osatoteuttajat: Kotkan kaupunki ja Haminan kaupunki", "Haminan"),
        ("Mallilan kylät ry (osatoteuttajina Kotkan ja Haminan kaupunki)", "osatoteuttajina"),
        ("Mallilan kylät ry, Y-tunnus 1234567-1", "1234567-1"),
        ("Mallilan kylät ry. Mukana myös Kotkan kaupunki.", "Mukana myös"),
        ("Mallilan kylät ry, ESR", "ESR"),
        ("Mallilan kylät ry (hallinnoija)", ""),
    ],
)
def test_what_stands_behind_the_name_of_an_organisation_is_no_part_of_it(  # type: ignore[no-untyped-def]
    page, value: str, told: str
) -> None:
    portfolio = page(f"{TOP}<p>Toteuttaja: {value}</p>{ONE}")
    assert portfolio.projects["applicant"].tolist() == ["Mallilan kylät ry"]
    assert told in quoted(portfolio)
    assert "Mallinen" not in portfolio.issues.to_csv() + portfolio.provenance.to_csv()


def test_projects_that_begin_with_their_codes_keep_them(page) -> None:  # type: ignore[no-untyped-def]
    terms = ("Hankenumero", "Rahasto", "Hankkeen nimi", "Aloituspvm")
    projects = [("S20405", "Oma kylä"), ("S20500", "Uusi alku"), ("S21001", "Taito")]
    lists = (zip(terms, (code, "ESR", name, "1.1.2016"), strict=True) for code, name in projects)
    body = ("".join(f"<dt>{term}</dt><dd>{value}</dd>" for term, value in one) for one in lists)
    found = page("".join(f"<dl>{one}</dl>" for one in body)).projects
    assert list(zip(found["project_code"], found["name"], strict=True)) == projects
