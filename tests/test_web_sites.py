"""Pages as the systems of organisations write them: tabs, boxes, tables, bold labels, notices."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import esrdata
from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.reading.web.page import Page
from esrdata.reading.web.read import look_at

Read = Callable[..., esrdata.Portfolio]
PROSE = "<p>Hankkeessa merkitään reittejä. Kyliä on kuusi.</p>"
HEAD = "<h1>Reitti</h1>"
PERIOD = "<p>Hankeaika: 1.1.2018–31.12.2019</p>"


@pytest.fixture
def page(tmp_path: Path) -> Read:
    def read(body: str, title: str = "Reitti") -> esrdata.Portfolio:
        path = tmp_path / "page.html"
        head = f"<html><head><meta charset='utf-8'><title>{title}</title></head>"
        path.write_text(f"{head}<body>{body}</body></html>", encoding="utf-8")
        return esrdata.read(path)

    return read


def one(portfolio: esrdata.Portfolio, column: str) -> object:
    assert len(portfolio.projects) == 1
    value = portfolio.projects[column].iloc[0]
    if pd.isna(value):
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value


def sums(portfolio: esrdata.Portfolio) -> dict[str, float]:
    planned = portfolio.funding[portfolio.funding["stage"] == "planned"].dropna(subset="amount_eur")
    return dict(zip(planned["measure"], planned["amount_eur"], strict=True))


def text(portfolio: esrdata.Portfolio, section: str = "summary") -> str:
    told = portfolio.narratives
    return "\n".join(told[told["section"] == section]["text"].dropna())


def codes(portfolio: esrdata.Portfolio) -> set[str]:
    return set(portfolio.issues["code"])


# ---- a state that is a label elsewhere


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ("<table><tr><th>Hankkeen tila</th><td>Päättynyt</td></tr>"
         "<tr><th>Hankeaika</th><td>1.1.2018–31.12.2019</td></tr></table>", "Päättynyt"),
        ("<dl><dt>Status</dt><dd>Avslutat</dd><dt>Projekttid</dt>"
         "<dd>1.1.2018–31.12.2019</dd></dl>", "Avslutat"),
        ("<p>Status<br>Ended</p><p>Period<br>1.1.2018–31.12.2019</p>", "Ended"),
        ("<p>Hankkeen tila</p><p>Päättynyt</p><p>Hankeaika</p><p>1.1.2018–31.12.2019</p>",
         "Päättynyt"),
    ],
)  # fmt: skip
def test_a_state_behind_its_label_is_no_label(page: Read, facts: str, status: str) -> None:
    portfolio = page(HEAD + facts + PROSE)
    assert one(portfolio, "status") == status
    assert one(portfolio, "end_date") == "2019-12-31"


# ---- the office beside a fund


@pytest.mark.parametrize(
    ("funder", "authority"),
    [
        ("Finansiär: Europeiska socialfonden via NTM-centralen i Österbotten",
         "NTM-centralen i Österbotten"),
        ("Rahoittaja: Hämeen ELY-keskus (ESR)", "Hämeen ELY-keskus"),
        ("Rahoittaja: Euroopan sosiaalirahasto (Hämeen ELY-keskus)", "Hämeen ELY-keskus"),
        ("Funder: European Social Fund (ESF), ELY Centre for Southwest Finland",
         "ELY Centre for Southwest Finland"),
        ("Rahoittajat:</p><ul><li>Euroopan sosiaalirahasto</li><li>Hämeen ELY-keskus</li></ul><p>",
         "Hämeen ELY-keskus"),
        ("Rahoittaja: Euroopan sosiaalirahasto", None),
    ],
)  # fmt: skip
def test_the_office_that_pays_out_a_fund(page: Read, funder: str, authority: str | None) -> None:
    portfolio = page(f"{HEAD}{PERIOD}<p>{funder}</p>{PROSE}")
    assert one(portfolio, "authority") == authority
    assert one(portfolio, "fund") == "ESR"


@pytest.mark.parametrize(
    ("givers", "told"),
    [
        ("Rahoittajat: Euroopan sosiaalirahasto, Mallilan kaupunki", True),
        ("Rahoitus: Euroopan sosiaalirahasto 75 %; Mallilan kunta 25 %", True),
        ("Rahoittaja: ESR ja STEA", True),
        ("Rahoittaja: Euroopan unioni, Euroopan sosiaalirahasto 75 %", False),
        ("Rahoitus: Kestävää kasvua ja työtä 2014–2020 -ohjelma, ESR", False),
    ],
)
def test_a_further_giver_beside_the_fund_is_told(page: Read, givers: str, told: bool) -> None:
    portfolio = page(f"{HEAD}{PERIOD}<p>{givers}</p>{PROSE}")
    assert one(portfolio, "fund") == "ESR"
    assert (givers in set(portfolio.issues["raw"])) == told


def test_numbers_for_screen_readers_are_left_out_and_their_labels_read(page: Read) -> None:
    facts = (
        '<p class="sr-only">Budjetti: 999 000 €</p><p style="position:absolute;left:-9999px">'
        'EU-tuki: 1 €</p><p><span class="visually-hidden">Kokonaisbudjetti:</span> 320 000 €</p>'
    )
    portfolio = page(f"{HEAD}{PERIOD}{facts}{PROSE}")
    assert sums(portfolio) == {"total": 320_000}
    assert "mended_hidden" in codes(portfolio)


def test_the_sum_of_other_givers_is_not_the_public_total(page: Read) -> None:
    facts = "<table><tr><td>Muu julkinen rahoitus</td><td>15 000 €</td></tr></table>"
    portfolio = page(f"{HEAD}{PERIOD}{facts}{PROSE}")
    assert sums(portfolio) == {}


def test_an_office_in_another_case_is_reported(page: Read) -> None:
    line = "Rahoittaja: Euroopan sosiaalirahasto Hämeen ELY-keskuksen kautta"
    portfolio = page(f"{HEAD}{PERIOD}<p>{line}</p>{PROSE}")
    assert one(portfolio, "authority") is None
    assert line in set(portfolio.issues["raw"].dropna())


# ---- labels


def test_bold_labels_without_colons_in_one_paragraph(page: Read) -> None:
    portfolio = page(
        f"{HEAD}{PROSE}<p><strong>Hankeaika</strong> 1.1.2018–31.12.2019 <strong>Rahoitus</strong> "
        "ESR <strong>Hallinnoija</strong> Mallilan kylät ry <strong>Osatoteuttajat</strong> "
        "Rajalan kunta <strong>Kokonaisbudjetti</strong> 298 000 €</p>"
    )
    assert one(portfolio, "start_date") == "2018-01-01"
    assert one(portfolio, "applicant") == "Mallilan kylät ry"
    assert sums(portfolio) == {"total": 298000}
    assert text(portfolio) == "Hankkeessa merkitään reittejä. Kyliä on kuusi."
    assert "Osatoteuttajat Rajalan kunta" in set(portfolio.issues["raw"].dropna())


def test_words_in_bold_letters_are_no_labels(page: Read) -> None:
    prose = "<p><b>Hankkeessa</b> merkitään <b>reittejä</b> kyliin. Kyliä on kuusi.</p>"
    assert text(page(HEAD + PERIOD + prose)) == (
        "Hankkeessa merkitään reittejä kyliin. Kyliä on kuusi."
    )


def test_a_label_in_two_languages(page: Read) -> None:
    portfolio = page(
        f"{HEAD}<p>Hankkeen kesto / Project duration: 1.1.2022–31.12.2024</p>"
        f"<p>Rahoittaja/Finansiär: ESR</p><p>Kokonaisbudjetti / Total budget: 800 000 €</p>{PROSE}"
    )
    assert one(portfolio, "end_date") == "2024-12-31"
    assert one(portfolio, "fund") == "ESR"
    assert sums(portfolio) == {"total": 800000}


def test_a_dash_behind_a_label(page: Read) -> None:
    portfolio = page(f"{HEAD}{PERIOD}<p><b>Hallinnoija</b> – Mallilan ammattiopisto</p>{PROSE}")
    assert one(portfolio, "applicant") == "Mallilan ammattiopisto"


def test_questions_are_labels(page: Read) -> None:
    portfolio = page(
        f"{HEAD}<h2>Kenelle?</h2><p>Yksinäisille aikuisille.</p><h2>Milloin?</h2>"
        "<p>1.1.2020–31.12.2022</p><h2>Kuka rahoittaa?</h2><p>Euroopan sosiaalirahasto</p>"
        "<h2>Kuka toteuttaa?</h2><p>Mallilan kumppanit ry</p>"
    )
    assert text(portfolio, "target_groups") == "Yksinäisille aikuisille."
    assert one(portfolio, "end_date") == "2022-12-31"
    assert one(portfolio, "applicant") == "Mallilan kumppanit ry"


def test_who_answers_for_a_project_may_stand_behind_a_comma(page: Read) -> None:
    portfolio = page(
        f"{HEAD}{PERIOD}<h3>Hankkeen toteuttajat</h3><ul><li>Mallilan ammattikorkeakoulu Oy, "
        f"hallinnoija</li><li>Rajalan koulutuskuntayhtymä, osatoteuttaja</li></ul>{PROSE}"
    )
    assert one(portfolio, "applicant") == "Mallilan ammattikorkeakoulu Oy"


@pytest.mark.parametrize(
    "line", ["ESR-hanke 1.1.2018–31.12.2019", "ESR-projekti (1.1.2018–31.12.2019)"]
)
def test_a_kind_and_a_period_below_the_title(page: Read, line: str) -> None:
    portfolio = page(f"{HEAD}<p>{line}</p>{PROSE}")
    assert one(portfolio, "end_date") == "2019-12-31"
    assert one(portfolio, "fund") == "ESR"
    assert text(portfolio) == "Hankkeessa merkitään reittejä. Kyliä on kuusi."


# ---- sentences


@pytest.mark.parametrize(
    ("sentence", "total"),
    [
        ("Projektet pågår 1.1.2018–31.12.2019 och har en totalbudget på 240 000 euro.", 240000),
        ("Projektets totalbudget är 240 000 euro.", 240000),
    ],
)
def test_a_budget_in_swedish(page: Read, sentence: str, total: int) -> None:
    portfolio = page(f"<h1>Leden</h1><p>Projekttid: 1.1.2018–31.12.2019</p><p>{sentence}</p>")
    assert sums(portfolio) == {"total": total}


def test_who_coordinates_a_project_in_some_years(page: Read) -> None:
    portfolio = page(
        f"{HEAD}<p>Mallilan seurakunta koordinoi Reitti-hanketta vuosina 2018–2020.</p>"
    )
    assert one(portfolio, "start_date") == "2018-01-01"
    assert one(portfolio, "end_date") == "2020-12-31"


def test_a_paragraph_that_begins_with_an_end_is_prose(page: Read) -> None:
    prose = "Hanke päättyi 31.12.2019. Mukana oli 214 henkilöä."
    portfolio = page(f"{HEAD}<p>Rahoittaja: ESR</p><p>{prose}</p>")
    assert one(portfolio, "end_date") == "2019-12-31"
    assert text(portfolio) == prose


# ---- what stands around a text


@pytest.mark.parametrize(
    "menu",
    [
        "<ul><li><a href='#t'>Tavoitteet</a></li><li><a href='#k'>Kohderyhmä</a></li></ul>",
        "<ul role='tablist'><li role='tab'>Tavoitteet</li><li role='tab'>Kohderyhmä</li></ul>",
        "<ul><li><a href='/p?x#k' data-toggle='tab'>Tavoitteet</a></li>"
        "<li><a data-bs-toggle=\"tab\" href='#a'>Rahoitus</a></li></ul>",
    ],
)
def test_links_to_the_parts_of_a_page_are_no_headings(page: Read, menu: str) -> None:
    goals = "<h2 id='t'>Tavoitteet</h2><p>Nuoret saavat ohjausta verkossa.</p>"
    portfolio = page(f"{HEAD}{menu}{PROSE}{goals}{PERIOD}")
    assert text(portfolio, "objectives") == "Nuoret saavat ohjausta verkossa."
    assert "label_repeated" not in codes(portfolio)


def test_a_heading_that_opens_its_panel_is_one(page: Read) -> None:
    panels = "".join(
        f"<h3><a href='#{n}' data-toggle='collapse'>{head}</a></h3>"
        f"<div id='{n}'><p>{prose}</p></div>"
        for n, head, prose in (
            ("a", "Tavoitteet", "Nuoret saavat ohjausta."), ("b", "Kohderyhmä", "Kylien nuoret."),
        )
    )  # fmt: skip
    portfolio = page(HEAD + PERIOD + panels)
    assert text(portfolio, "objectives") == "Nuoret saavat ohjausta."
    assert text(portfolio, "target_groups") == "Kylien nuoret."


@pytest.mark.parametrize(
    "below",
    [
        "<h2>2 vastausta artikkeliin “Reitti”</h2>",
        "<h2>3 kommenttia</h2>",
        "<h3>Kommentit (3)</h3>",
        "<h2>One thought on “Reitti”</h2>",
        "<h3>Vastaa Peruuta vastaus</h3>",
        "<h2>Blogiarkisto</h2>",
    ],
)
def test_what_visitors_wrote_is_no_summary(page: Read, below: str) -> None:
    comment = "<p>Hyvä hanke! Suosittelen kaikille lämpimästi tätä hanketta ja sen väkeä.</p>"
    portfolio = page(f"{HEAD}{PERIOD}{PROSE}{below}{comment}")
    assert text(portfolio) == "Hankkeessa merkitään reittejä. Kyliä on kuusi."


def test_figures_of_answers_are_no_end_of_a_page(page: Read) -> None:
    portfolio = page(f"{HEAD}<p>120 vastausta</p>{PERIOD}<p>50 vastausta</p>{PROSE}")
    assert "Kyliä on kuusi." in text(portfolio)


def test_prose_under_information_on_the_project_is_its_summary(page: Read) -> None:
    portfolio = page(
        f"{HEAD}{PERIOD}<h3>Tietoa hankkeesta</h3>{PROSE}<p>Lähettänyt Maija klo 10</p>"
    )
    assert text(portfolio) == "Hankkeessa merkitään reittejä. Kyliä on kuusi."


# ---- tables of projects


@pytest.mark.parametrize(
    "heads",
    [
        "<th>Hanke</th><th>Toteutusaika</th><th>Rahoittaja</th>",
        "<th>Projekt</th><th>Projekttid</th><th>Finansiär</th>",
        "<th>Project</th><th>Duration</th><th>Funder</th>",
    ],
)
def test_a_table_of_projects(page: Read, heads: str) -> None:
    portfolio = page(
        f"<h1>Käynnissä olevat hankkeet</h1><table><tr>{heads}</tr>"
        "<tr><td>Taito</td><td>1.1.2019–31.12.2020</td><td>ESR</td></tr>"
        "<tr><td>Helmi</td><td>1.8.2018–31.7.2020</td><td>EAKR</td></tr></table>", "Hankkeet",
    )  # fmt: skip
    projects = portfolio.projects.sort_values("name")
    assert list(projects["name"]) == ["Helmi", "Taito"]
    assert list(projects["fund"]) == ["EAKR", "ESR"]
    assert [day.date().isoformat() for day in projects["end_date"]] == ["2020-07-31", "2020-12-31"]


@pytest.mark.parametrize(
    "table",
    [
        "<tr><th>Nimi</th><th>Budjetti</th></tr><tr><td>Palkat</td><td>70 000 €</td></tr>",
        "<tr><th>Name</th><th>Budget</th></tr><tr><td>City of Mallila</td><td>€70,000</td></tr>"
        "<tr><td>Rajala University</td><td>€50,000</td></tr>",
        "<tr><th>Nimi</th><th>Ajankohta</th></tr>"
        "<tr><td>Perheleiri</td><td>1.6.2018–5.6.2018</td></tr>",
        "<tr><th>Title</th><th>Period</th></tr><tr><td>WP1</td><td>1.1.2018–30.6.2018</td></tr>",
    ],
)
def test_names_of_other_things_are_no_projects(page: Read, table: str) -> None:
    portfolio = page(f"{HEAD}{PERIOD}{PROSE}<table>{table}</table>")
    assert one(portfolio, "name") == "Reitti"
    assert one(portfolio, "end_date") == "2019-12-31"


def test_names_under_a_heading_of_projects_are_projects(page: Read) -> None:
    portfolio = page(
        "<h1>Hankkeet</h1><table><tr><th>Nimi</th><th>Alkaa</th></tr>"
        "<tr><td>Taito</td><td>1.1.2019</td></tr></table>"
    )
    assert one(portfolio, "name") == "Taito"


def test_a_project_on_recruiting_is_one(page: Read) -> None:
    body = f"<h1>Rekrytointi haltuun</h1>{PERIOD}{PROSE}"
    assert one(page(body, "Rekrytointi haltuun"), "name") == "Rekrytointi haltuun"


def test_a_column_that_nobody_knows_is_reported(page: Read) -> None:
    portfolio = page(
        "<h1>Hankkeet</h1><table><tr><th>Hanke</th><th>Hankeaika</th><th>Teemme</th></tr>"
        "<tr><td>Taito</td><td>1.1.2019–31.12.2020</td><td>Valmennamme</td></tr></table>"
    )
    assert one(portfolio, "name") == "Taito"
    assert "Valmennamme" in " ".join(portfolio.issues["raw"].dropna())


def test_a_menu_item_is_no_label_of_a_name(page: Read) -> None:
    portfolio = page(f"<ul><li>Hanke</li><li>Blogi</li></ul>{HEAD}{PERIOD}{PROSE}")
    assert one(portfolio, "name") == "Reitti"


# ---- notices


@pytest.mark.parametrize(
    "head",
    [
        "Tarjouspyyntö: valmennuspalvelut Reitti-hankkeeseen",
        "Avoin työpaikka: projektikoordinaattori",
        "Haemme projektipäällikköä Reitti-hankkeeseen",
        "Projektikoordinaattori, Reitti-hanke",
        "Webinaari: nuorten työllistäminen",
    ],
)
def test_a_notice_is_no_project(page: Read, head: str) -> None:
    body = "<p>Hanke toteutetaan 1.1.2020–31.12.2021. Sitä rahoittaa Euroopan sosiaalirahasto.</p>"
    portfolio = page(f"<h1>{head}</h1>{body}", head)
    assert len(portfolio.projects) == 0
    assert "web_notice" in codes(portfolio)


def test_the_page_of_a_seminar_names_its_project(page: Read) -> None:
    head = "Reitti-hankkeen loppuseminaari 12.11.2021"
    portfolio = page(f"<h1>{head}</h1><p>Hankeaika: 1.1.2020–31.12.2021</p>{PROSE}", head)
    assert one(portfolio, "name") == "Reitti"
    assert one(portfolio, "end_date") == "2021-12-31"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Tervetuloa Lanttu-hankkeen sivuille!", "Lanttu"),
        ("Sosiaalirahastolta rahoitus Lanttu-hankkeelle", "Lanttu"),
        ("Lanttu-hankkeen tulokset", "Lanttu"),
        ("Lanttu-hanke", "Lanttu-hanke"),
        ("Lanttu-hankkeen jatko", "Lanttu-hankkeen jatko"),
    ],
)
def test_a_headline_that_tells_of_a_project(page: Read, head: str, name: str) -> None:
    body = f"<h1>{head}</h1><p>Lanttu-hanke vähentää ruokahävikkiä.</p>{PERIOD}"
    assert one(page(body, head), "name") == name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Kylän uusi aamu -hankkeen tulokset", "Kylän uusi aamu"),
        ("Mallila sai rahoituksen Kylän uusi aamu -hankkeelle", "Kylän uusi aamu"),
    ],
)
def test_a_name_of_several_words_in_a_headline(page: Read, head: str, name: str) -> None:
    body = f"<h1>{head}</h1><p>Kylän uusi aamu -hanke elävöittää kyliä.</p>{PERIOD}"
    assert one(page(body, head), "name") == name


# ---- places


@pytest.mark.parametrize(
    ("value", "places", "reported"),
    [
        ("Kotka (hallinnoija), Hamina", ["Hamina", "Kotka"], False),
        ("Kotka ym.", ["Kotka"], True),
        ("Hamina, Kotka m.fl.", ["Hamina", "Kotka"], True),
        ("kaikki Kymenlaakson kunnat", [], True),
        ("60 000 €", [], True),
        ("Pedersören kunta", ["Pedersören kunta"], False),
    ],
)
def test_what_is_a_place(page: Read, value: str, places: list[str], reported: bool) -> None:
    portfolio = page(f"{HEAD}{PERIOD}<p>Kunnat: {value}</p>{PROSE}")
    found = portfolio.locations[portfolio.locations["level"] == "municipality"]["name"]
    assert sorted(found.dropna()) == places
    assert (f"Kunnat: {value}" in set(portfolio.issues["raw"].dropna())) is reported


# ---- sums


def test_shares_beside_sums(page: Read) -> None:
    portfolio = page(
        f"{HEAD}{PERIOD}<table><tr><th>Rahoituslähde</th><th>Osuus %</th><th>Summa €</th></tr>"
        "<tr><td>ESR-rahoitus</td><td>70</td><td>210 000</td></tr>"
        "<tr><td>Kokonaisrahoitus</td><td>100</td><td>300 000</td></tr></table>"
    )
    assert sums(portfolio) == {"eu_and_state": 210000, "total": 300000}


def test_what_was_planned_and_granted(page: Read) -> None:
    portfolio = page(
        f"{HEAD}{PERIOD}<p>Haettu ESR-rahoitus: 200 000 €</p>"
        "<p>Myönnetty ESR-rahoitus: 180 000 €</p><p>Suunniteltu kokonaisbudjetti: 240 000 €</p>"
        f"<p>Toteutunut kokonaisbudjetti: 1 €</p>{PROSE}"
    )
    assert sums(portfolio) == {"eu_and_state": 180000, "total": 240000}


@pytest.mark.parametrize(
    ("line", "applicant"),
    [
        ("<strong>Hallinnoija</strong> Mallilan kylät ry", "Mallilan kylät ry"),
        ("<strong>Hallinnoija</strong> on Mallilan kylät ry", None),
    ],
)
def test_one_bold_label(page: Read, line: str, applicant: str | None) -> None:
    assert one(page(f"{HEAD}{PERIOD}<p>{line}</p>{PROSE}"), "applicant") == applicant


# ---- prints and texts, in which lines of narrow columns end


@pytest.fixture
def plain(tmp_path: Path) -> Read:
    def read(text: str) -> esrdata.Portfolio:
        path = tmp_path / "page.txt"
        path.write_text(text, encoding="utf-8")
        return esrdata.read(path)

    return read


FACTS = "Hankeaika: 1.1.2018–31.12.2019\nRahoittaja: ESR\n"


@pytest.mark.parametrize(
    "torn",
    [
        "Toteuttaja\tMallimaan\nhoivasäätiö sr\n",
        "Toteuttaja\tMallilan ammattikorkeakoulu ja\nRajalan yrittäjät ry\n",
        "Toteuttaja: Oy\n",
        "Toteuttajat:\nMallilan yliopisto\nMallilan instituutti\n",
    ],
)
def test_a_part_of_an_organisation_is_none(plain: Read, torn: str) -> None:
    portfolio = plain(f"Reitti\n\n{FACTS}{torn}\nHankkeessa merkitään reittejä. Kyliä on kuusi.\n")
    assert one(portfolio, "name") == "Reitti"
    assert one(portfolio, "applicant") is None
    assert portfolio.issues["field"].eq("projects.applicant").any()


@pytest.mark.parametrize(
    "line",
    [
        "Paikka: Mallilan kongressitalo",
        "Aika: 3.6.2021 klo 9–11",
        "Hankkeen",
        "Julkinen",
        "Reitti on hanke, jossa",
        "Reitti on kyliä yhdistävä hanke\njossa merkitään reittejä.",
        "ESR-hanke 1.1.2018–31.12.2019",
        "Project name Reitti",
    ],
)
def test_what_is_no_name(plain: Read, line: str) -> None:
    assert one(plain(f"Reitti\n\n{line}\n\n{FACTS}\nKyliä on kuusi.\n"), "name") == "Reitti"


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        # A new label of a day and a giver of money are no names, an original period no period.
        (
            "Alkuperäinen kesto\n1.1.2018–31.12.2020\nUusi loppumispäivä\n31.3.2021\nRahasto ESR\n",
            None,
        ),
        ("1.1.2018–31.12.2020\n\nEuroopan sosiaalirahasto | Mallilan kaupunki\n", "2020-12-31"),
        (
            "Kustannukset (€)\nBudjetti\t9 000\nHankkeen toteutus: 1.1.2018–31.12.2020\n",
            "2020-12-31",
        ),
    ],
)
def test_lines_between_a_title_and_its_prose(plain: Read, lines: str, end: str | None) -> None:
    portfolio = plain(f"Reitti\n\n{lines}\nReitti-hanke merkitsee polkuja kylien välille.\n")
    assert one(portfolio, "name") == "Reitti"
    found = one(portfolio, "end_date")
    assert (None if found is None else str(found)[:10]) == end
    assert {"web_figures_unread", "unrecognised_line"} & codes(portfolio) or "toteutus:" in lines


def test_a_caption_before_its_value_ends_no_project(plain: Read) -> None:
    line = "Kumppanit: Kylät ry, Mallimaan säätiö"
    portfolio = plain(f"Reitti\n\n{FACTS}\n{line}\n\nHankkeessa merkitään polkuja.\n")
    assert line in set(portfolio.issues["raw"])
    assert text(portfolio) == "Hankkeessa merkitään polkuja."


def test_facts_under_no_title_beside_a_project_are_told(plain: Read) -> None:
    first = f"Projekttid: 1.1.2019–31.12.2020\n\n{FACTS}"
    portfolio = plain(f"Våra projekt\n\n{first}\nHand i hand\n\n{FACTS}")
    assert list(portfolio.projects["name"]) == ["Hand i hand"]
    assert "web_project_unread" in codes(portfolio)


def test_a_table_of_contents_is_no_heading(plain: Read) -> None:
    portfolio = plain(
        "Reitti\n\n- Tausta\n- Tavoitteet\n- Kohderyhmä\n- Rahoitus\n\n"
        "Hankeaika: 1.1.2018–31.12.2019\n\n"
        "Tausta\n\nKyliä on kuusi.\n\nTavoitteet\n\nReitit merkitään kartalle.\n\nKohderyhmä\n\n"
        "Kylien nuoret.\n"
    )
    assert text(portfolio, "objectives") == "Reitit merkitään kartalle."
    assert text(portfolio, "target_groups") == "Kylien nuoret."


def test_a_title_of_two_lines(plain: Read) -> None:
    title = "Kohti työelämää yhdessä kumppanien kanssa Itä-Suomen\nmaaseudulla asuville nuorille"
    portfolio = plain(f"Mallila\n\n{title}\n\n{FACTS}\nHankkeessa merkitään reittejä.\n")
    assert one(portfolio, "name") == title.replace("\n", " ")


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Osaamista ja hyvinvointia yritysten arkeen", "Kanta-Hämeessä – OHO-hanke", True),
        ("Mallilan ammattikorkeakoulu", "Reitti", False),
        ("Mallilan setlementti", "Reitti", False),
        ("Osaamista ja hyvinvointia yritysten arkeen", "Kesto: 3 vuotta", False),
    ],
)
def test_a_title_that_a_print_wraps(tmp_path: Path, first: str, second: str, joined: bool) -> None:
    path = tmp_path / "page.txt"
    path.write_text(f"{first}\n{second}\n\n{FACTS}", encoding="utf-8")
    document = open_document(str(path))
    assert isinstance(document, Document)
    page = Page(replace(document, wraps=frozenset({0})))
    assert page.title_text(0) == (f"{first} {second}" if joined else first)


def test_the_site_above_a_title_is_no_part_of_it(plain: Read) -> None:
    portfolio = plain(f"Mallilan setlementti\nReitti\n\n{FACTS}\nReitti-hanke tukee kyliä.\n")
    assert one(portfolio, "name") == "Reitti"


def test_signs_of_a_list_are_no_part_of_an_office(plain: Read) -> None:
    givers = "Rahoittajat\n• Euroopan sosiaalirahasto\n• Hämeen ELY-keskus\n"
    portfolio = plain(f"Reitti\n\nHankeaika: 1.1.2018–31.12.2019\n\n{givers}\nKyliä on kuusi.\n")
    assert one(portfolio, "authority") == "Hämeen ELY-keskus"
    assert one(portfolio, "fund") == "ESR"


@pytest.mark.parametrize("below", ["www.reitti.example", "reitti.example/hanke", "puh. 000"])
def test_an_address_below_a_line_does_not_go_on_with_it(plain: Read, below: str) -> None:
    portfolio = plain(
        f"Reitti\n{below}\n\n{FACTS}Toteuttaja: Mallilan kylät ry\n{below}\n\nKyliä on kuusi.\n"
    )
    assert one(portfolio, "name") == "Reitti"
    assert one(portfolio, "applicant") == "Mallilan kylät ry"


def test_a_name_with_a_word_of_clauses(page: Read) -> None:
    prose = "<p>Työpajat auki -hanke alkoi 1.4.2018 ja jatkuu 31.3.2020 saakka.</p>"
    portfolio = page(f"<h1>Työpajat auki -hanke</h1>{prose}", "Työpajat auki -hanke")
    assert one(portfolio, "end_date") == "2020-03-31"


@pytest.mark.parametrize(("kind", "told"), [("pdf", True), ("text", False)])
def test_a_box_beside_a_text_of_a_print_is_told(tmp_path: Path, kind: str, told: bool) -> None:
    path = tmp_path / "page.txt"
    goals = (
        "Tavoitteet\n\nKylät elävät yhdessä, ja niiden\tAnna palautetta\nväki kulkee reittejä.\n"
    )
    path.write_text(f"Reitti\n\n{FACTS}\n{goals}", encoding="utf-8")
    document = open_document(str(path))
    assert isinstance(document, Document)
    (record,) = look_at(replace(document, format=kind)).records
    found = [(finding.code, finding.field) for finding in record.findings]
    assert (("text_beside", "narratives.objectives") in found) is told


@pytest.mark.parametrize(
    "line",
    [
        "Toteuttaja: Hankkeen toteuttaa Mallilan kaupunki.",
        "<b>Toteuttaja</b> Mallilan kaupunki toteuttaa hankkeen yhdessä kylien kanssa.",
        "Hallinnoija<br>Hanketta hallinnoi Mallilan kaupunki.",
        "Lead partner: The project is led by Mallilan kaupunki.",
        "Projektägare: Projektet ägs av Mallilan kaupunki.",
    ],
)
def test_a_sentence_is_no_organisation(page: Read, line: str) -> None:
    portfolio = page(f"{HEAD}{PERIOD}<p>{line}</p>{PROSE}")
    assert one(portfolio, "applicant") is None
    assert "Mallilan kaupunki" in " ".join(portfolio.issues["raw"].dropna()) + text(portfolio)


def test_a_sentence_is_no_place(page: Read) -> None:
    line = "Kunnat: Hankkeessa ovat mukana Kotka ja Hamina."
    portfolio = page(f"{HEAD}{PERIOD}<p>{line}</p>{PROSE}")
    found = portfolio.locations[portfolio.locations["level"] == "municipality"]["name"]
    assert list(found.dropna()) == []
    assert line in set(portfolio.issues["raw"].dropna())


@pytest.mark.parametrize(
    "line",
    [
        "Rahoittaja: Hankkeen rahoittaa Hämeen ELY-keskus.",
        "Rahoittaja: Hämeen ELY-keskus myönsi rahoituksen 3.4.2018",
    ],
)
def test_a_sentence_is_no_authority(page: Read, line: str) -> None:
    portfolio = page(f"{HEAD}{PERIOD}<p>{line}</p>{PROSE}")
    assert one(portfolio, "authority") is None
    assert line in set(portfolio.issues["raw"].dropna())


# ---- ways to say it


@pytest.mark.parametrize(
    ("sentence", "fund"),
    [
        ("Reitti on ESR-hanke, joka opastaa kylissä.", "ESR"),
        ("Reitti är ett ESF-projekt som visar vägen.", "ESR"),
        ("Reitti is an ERDF project that marks trails.", "EAKR"),
        ("Alueella toimii ESR-hanke.", None),
        ("Reitti ei ole ESR-hanke.", None),
        ("Reitti jatkaa siitä, mihin aiempi ESR-hanke jäi.", None),
        ("Reitti kokoaa monen ESR-hankkeen opit.", None),
    ],
)
def test_a_project_is_of_a_fund_by_its_kind(page: Read, sentence: str, fund: str | None) -> None:
    got = page(f"{HEAD}{PERIOD}<p>{sentence}</p>")
    assert one(got, "fund") == fund


def test_a_sentence_that_calls_the_project_by_its_fund_is_of_the_project(page: Read) -> None:
    got = page(f"{HEAD}<p>Reitti on ESR-hanke, ja hanke toteutetaan 1.1.2018–31.12.2019.</p>")
    assert (one(got, "start_date"), one(got, "end_date")) == ("2018-01-01", "2019-12-31")


def test_a_fund_that_is_named_and_not_the_projects_is_told(page: Read) -> None:
    got = page(f"{HEAD}{PERIOD}<p>Alueella toimii ESR-hanke.</p>")
    told = got.issues[got.issues["code"] == "web_figures_unread"]
    assert list(told["raw"]) == ["ESR"]


@pytest.mark.parametrize(
    ("facts", "fund"),
    [
        ("<p>EAKR-rahoitus: 75 000 €</p>", "EAKR"),
        ("<p>Beviljad ESF-finansiering: 75 000 €</p>", "ESR"),
        ("<p>EU-rahoitus: 75 000 €</p>", None),
        ("<p>ESR-rahoitus: 75 000 €</p><p>EAKR-rahoitus: 10 000 €</p>", None),
        ("<p>Rahoitus: EAKR</p><p>ESR-rahoitus: 75 000 €</p>", "EAKR"),
    ],
)
def test_the_label_of_a_sum_names_the_fund(page: Read, facts: str, fund: str | None) -> None:
    assert one(page(f"{HEAD}{PERIOD}{facts}{PROSE}"), "fund") == fund


def test_sums_behind_a_sum_are_read_by_their_labels(page: Read) -> None:
    money = "Kokonaisbudjetti: 214 560 €, josta ESR- ja valtion rahoitusta 160 920 €"
    assert sums(page(f"{HEAD}{PERIOD}<p>{money}</p>{PROSE}")) == {
        "total": 214560,
        "eu_and_state": 160920,
    }


@pytest.mark.parametrize("behind", ["toteutunut ESR-rahoitus 160 920 €", "omarahoitus 1 000 €"])
def test_a_sum_behind_a_sum_that_is_of_no_field_is_told(page: Read, behind: str) -> None:
    got = page(f"{HEAD}{PERIOD}<p>Kokonaisbudjetti: 214 560 €, josta {behind}</p>{PROSE}")
    assert sums(got) == {"total": 214560}
    assert any(behind in str(raw) for raw in got.issues["raw"])


@pytest.mark.parametrize("label", ["Hanke", "Projekti", "Projekt", "Project"])
def test_a_word_for_a_project_with_a_colon_gives_its_name(page: Read, label: str) -> None:
    facts = "<p>Toteuttaja: Mallilan kylät ry</p>"
    got = page(f"<h2>Mallilan kylät ry</h2><p>{label}: Reitti kylään</p>{facts}{PERIOD}{PROSE}")
    assert one(got, "name") == "Reitti kylään"
    assert one(got, "applicant") == "Mallilan kylät ry"


def test_a_word_for_a_project_without_a_name_behind_it_gives_none(page: Read) -> None:
    got = page(f"{HEAD}<p>Hanke: päättynyt</p>{PERIOD}{PROSE}")
    assert one(got, "name") == "Reitti"


def test_two_organisations_with_and_between_them_are_no_applicant(page: Read) -> None:
    facts = "<p>Hankkeen toteuttajat Mallilan sairaanhoitopiiri ja Malliyhtymä Oy</p>"
    got = page(
        f"{HEAD}<table><tr><td>Hankkeen toteuttajat</td><td>Mallila ja Malli Oy</td></tr>"
        f"</table>{facts}{PERIOD}{PROSE}"
    )
    assert one(got, "applicant") is None
    assert any("Mallila ja Malli Oy" in str(raw) for raw in got.issues["raw"])


def test_a_programme_may_stand_before_its_fund(page: Read) -> None:
    value = "Kestävää kasvua ja työtä 2014–2020, ESR"
    got = page(f"{HEAD}<div>Rahoitusohjelma</div><div>{value}</div>{PERIOD}{PROSE}")
    assert one(got, "fund") == "ESR"


@pytest.mark.parametrize(
    ("first", "last"),
    [("Aloitusvuosi", "Päättymisvuosi"), ("Startår", "Slutår"), ("Start year", "End year")],
)
def test_years_of_a_beginning_and_an_end_are_read(page: Read, first: str, last: str) -> None:
    facts = f"<h2>{first}</h2><p>2019</p><h2>{last}</h2><p>2021</p>"
    got = page(f"{HEAD}{PROSE}{facts}<h2>Rahoittaja</h2><p>ESR</p>")
    assert (one(got, "start_date"), one(got, "end_date")) == ("2019-01-01", "2021-12-31")


@pytest.mark.parametrize("sign", ["@", "\uf073", "\uf073 @", "#"])
def test_a_period_behind_the_sign_of_an_icon_is_read(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "page.txt"
    lines = f"Reitti\n\nReitti-hanke opastaa kylissä.\n\n{sign} 1.1.2018 – 31.12.2019\n{sign} ESR\n"
    path.write_text(lines, encoding="utf-8")
    got = esrdata.read(path)
    assert (one(got, "start_date"), one(got, "end_date")) == ("2018-01-01", "2019-12-31")
    assert one(got, "fund") == "ESR"


def test_a_label_behind_a_sign_of_an_icon_font_is_one(page: Read) -> None:
    got = page(
        f"{HEAD}{PROSE}<p>\uf073 Hankeaika: 2018–2019</p><p>\uf19c Hallinnoija: Malli ry</p>"
    )
    assert (one(got, "start_date"), one(got, "applicant")) == ("2018-01-01", "Malli ry")


def test_a_university_of_applied_sciences_applies_for_nothing(page: Read) -> None:
    by = "coordinated by Model University of Applied Sciences"
    got = page(f"<h1>Bridge</h1><p>The Bridge project (1.9.2019–31.8.2021) is {by}.</p>")
    assert (one(got, "start_date"), one(got, "end_date")) == ("2019-09-01", "2021-08-31")


def test_bold_words_of_a_sentence_are_no_labels(page: Read) -> None:
    told = "<b>Toteutusaika</b> on <b>1.2.2018–31.1.2020</b>. <b>Rahoittaja</b> on <b>ESR</b>."
    got = page(f"<h1>Ohjaamo</h1><p><b>Ohjaamo-hanke</b> auttaa nuoria. {told}</p>")
    assert (one(got, "start_date"), one(got, "end_date")) == ("2018-02-01", "2020-01-31")


def test_the_code_in_a_title_is_the_projects(page: Read) -> None:
    assert one(page(f"<h1>Silta (S20333)</h1>{PERIOD}{PROSE}"), "project_code") == "S20333"


def test_the_page_of_an_event_whose_headline_names_the_project_gives_it(page: Read) -> None:
    body = "<h1>Silta-hankkeen loppuseminaari</h1><p>Silta-hanke kestää 1.1.2018–31.12.2020.</p>"
    assert one(page(body, title="Loppuseminaari"), "name") == "Silta"


@pytest.mark.parametrize(
    "line", ["tiistai 5. toukokuuta 2020", "tisdag 5 maj 2020", "torstaina 7.5.2020 klo 10.15"]
)
def test_the_day_under_the_title_of_a_note_is_no_part_of_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(f"Silta\n{line}\n10.15\n\n{PERIOD[3:-4]}\nHankkeessa autetaan.\n", "utf-8")
    assert one(esrdata.read(path), "name") == "Silta"


def test_a_row_of_a_table_is_no_name(tmp_path: Path) -> None:
    path = tmp_path / "page.csv"
    path.write_text("Tieto;Arvo\nHankkeen nimi;Silta\nHankeaika;1.1.2018-31.12.2019\n", "utf-8")
    read = esrdata.read(path)
    assert list(read.projects["name"]) == []
    assert "form_unknown" in codes(read)


# ---- prints and texts of pages


def printed(folder: Path, lines: str, name: str = "page.txt") -> esrdata.Portfolio:
    path = folder / name
    path.write_text(lines, encoding="utf-8")
    return esrdata.read(path)


def test_sums_on_lines_below_a_label_are_those_of_columns(tmp_path: Path) -> None:
    heads = "Rahoitus\n2018\n2019\nYhteensä\n"
    row = "ESR- ja valtion rahoitus\n50 000\n70 000\n120 000\n"
    got = printed(tmp_path, f"Reitti\n\nHankeaika: 2018–2019\n\n{heads}{row}\n{PROSE[3:-4]}\n")
    assert sums(got) == {}
    assert "50 000 70 000 120 000" in set(got.issues["raw"])


def test_sums_in_a_row_of_a_print_are_those_of_columns(tmp_path: Path) -> None:
    rows = "Haettu Myönnetty\nKokonaiskustannukset 250 000 € 225 000 €\n"
    got = printed(tmp_path, f"Reitti\n\n{rows}\nToteutusaika 2018–2019\n\n{PROSE[3:-4]}\n")
    assert sums(got) == {}
    assert one(got, "name") == "Reitti"
    assert any("225 000" in str(raw) for raw in got.issues["raw"])


def test_heads_of_columns_are_no_names(tmp_path: Path) -> None:
    rows = "Haettu\nMyönnetty\nKokonaiskustannukset\n250 000 €\n225 000 €\n"
    got = printed(tmp_path, f"Reitti\n\n{PROSE[3:-4]}\n\n{rows}\nToteutusaika 2018–2019\n")
    assert one(got, "name") == "Reitti"


def test_a_number_below_what_it_counts_is_told(tmp_path: Path) -> None:
    got = printed(tmp_path, f"Reitti\n\n{PROSE[3:-4]}\n\nKesto: 2018–2019\n\nOsallistujat\n94\n")
    assert any(str(raw).endswith("94") for raw in got.issues["raw"])


def test_places_on_short_lines_of_a_print_are_one_each(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(
        "Reitti\n\nHankeaika: 2018–2020\n\nKunnat\nKotka\nHamina\nEtelä-\nMallila\n", "utf-8"
    )
    document = open_document(str(path))
    assert isinstance(document, Document)
    # As of a print, whose lines stand as close as those of a paragraph.
    record = look_at(replace(document, wraps=frozenset({5, 6, 7}))).records[0]
    places = [record.content(f"locations.municipality.{n}") for n in range(3)]
    assert places == ["Kotka", "Hamina", "Etelä- Mallila"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Learning Paths", "Learning Paths"),
        ("Learning Paths - Model University", "Learning Paths"),
        ("Microsoft Word - malli.docx", "Some Unit"),
    ],
)
def test_the_title_of_a_print_tells_which_line_is_the_name(
    tmp_path: Path, title: str, name: str
) -> None:
    path = tmp_path / "page.txt"
    body = "The project studies learning.\n\nProject period: 2018–2019\n"
    path.write_text(f"Learning Paths\n\nOther Words\n\nSome Unit\n\n{body}", "utf-8")
    document = open_document(str(path))
    assert isinstance(document, Document)
    record = look_at(replace(document, title=title)).records[0]
    assert record.content("projects.name") == name


def test_who_wrote_a_page_is_neither_its_name_nor_its_text(tmp_path: Path) -> None:
    stamp = "Skriven av Maja Modell\nPublicerad: 12 mars 2018\n"
    prose = "Projektet Ny hamn utvecklar hamnen i staden.\n"
    got = printed(tmp_path, f"Ny hamn\n\nDetaljer\n{stamp}\n{prose}\nProjekttid: 2018–2019\n")
    assert one(got, "name") == "Ny hamn"
    assert text(got) == prose.strip()
    assert not got.issues["raw"].astype(str).str.contains("Modell").any()


def test_an_organisation_that_heads_a_site_is_no_name(page: Read) -> None:
    body = f"<h1>Mallilan ammattiopisto</h1><h2>Digiloikka</h2>{PROSE}{PERIOD}"
    assert one(page(body, title="Mallilan ammattiopisto"), "name") == "Digiloikka"


def test_a_project_called_like_an_organisation_keeps_its_name(page: Read) -> None:
    told = "<p>Osaava kunta -hanke kouluttaa väkeä.</p>"
    body = f"<h1>Osaava kunta</h1><h2>Mistä on kyse?</h2>{told}{PERIOD}"
    assert one(page(body, title="Osaava kunta"), "name") == "Osaava kunta"


def test_who_pays_below_the_end_of_a_page_is_no_other_project(tmp_path: Path) -> None:
    rest = "Tapahtumat\n\nKyläilta 1.6.2019\nBudjetti-ilta\n\nRahoittaja: EAKR\n"
    got = printed(tmp_path, f"Reitti\n\n{PROSE[3:-4]}\n\nHankeaika: 2018–2019\n\n{rest}")
    assert one(got, "name") == "Reitti"


def test_people_of_a_research_portal_are_no_names(tmp_path: Path) -> None:
    people = "Mallinen, Maija (PI)\nTestinen, Teppo (CoI)\n\nDepartment of Education\n"
    facts = "Description\n\nThe project studies learning at work.\n\nDuration: 2018–2019\n"
    got = printed(tmp_path, f"Learning at Work (LAW)\n\n{people}\n{facts}")
    assert set(got.projects["name"].dropna()) <= {"Learning at Work (LAW)"}


def test_labels_in_small_letters_behind_commas_are_labels(page: Read) -> None:
    row = "Toteuttaja: Malli ry, toteutusaika: 2018–2019, rahoitus: ESR, budjetti: 120 000 €"
    got = page(f"{HEAD}<p>{row}</p>{PROSE}")
    assert (one(got, "applicant"), one(got, "fund")) == ("Malli ry", "ESR")
    assert (one(got, "end_date"), sums(got)) == ("2019-12-31", {"total": 120000})


def test_colons_in_a_sentence_make_no_labels(page: Read) -> None:
    told = "Muista: tule, kysy: mistä, vastaa: miksi, ja budjetti: kuka sen tekee."
    got = page(f"{HEAD}{PERIOD}<p>{told}</p>")
    assert sums(got) == {}
    assert told in set(got.issues["raw"])


def test_labels_in_one_column_do_not_take_a_day_for_a_name(tmp_path: Path) -> None:
    columns = "Hankeaika\nToteuttaja\n1.1.2018–31.12.2019\nMalli ry\nRahoitus: ESR\n"
    got = printed(tmp_path, f"Reitti\n\n{PROSE[3:-4]}\n\n{columns}")
    assert one(got, "applicant") is None
    assert "Malli ry" in set(got.issues["raw"])


@pytest.mark.parametrize(
    ("label", "column"),
    [("Project administrator", "applicant"), ("Main financier", "fund")],
)
def test_labels_of_a_translated_page(page: Read, label: str, column: str) -> None:
    value = {"applicant": "Mallila City", "fund": "European Social Fund"}[column]
    got = page(f"{HEAD}{PERIOD}<p>{label}: {value}</p>{PROSE}")
    assert one(got, column) == {"applicant": value, "fund": "ESR"}[column]


def test_the_title_of_a_clipping_stays_where_only_its_prose_names_it(tmp_path: Path) -> None:
    head = '---\ntitle: "Valonkantajat"\nsource: "https://www.example.org"\n---\n'
    rows = "| Tieto | Arvo |\n| --- | --- |\n| Toteutusaika | 2018–2019 |\n"
    body = f"**Valonkantajat**-hanke tukee nuoria arjessa.\n\n{rows}"
    assert one(printed(tmp_path, head + body, "page.md"), "name") == "Valonkantajat"


def test_projects_side_by_side_in_a_print_are_told_and_not_mixed(tmp_path: Path) -> None:
    rows = (
        "Hankkeet\n\nLumo\tSumo\n\nLumo vie nuoria luontoon.\tSumo kouluttaa ohjaajia kyliin.\n\n"
        "Toteutusaika: 1.1.2018–31.12.2019\tToteutusaika: 1.3.2019–28.2.2021\n"
        "Budjetti: 100 000 €\tBudjetti: 250 000 €\n"
    )
    got = printed(tmp_path, rows)
    assert got.projects.empty
    assert "web_project_unread" in codes(got)


@pytest.mark.parametrize(
    "places", ["Kotka/Hamina", "Kotkan ja Haminan seutu", "Kotka, Haminan alue"]
)
def test_what_is_no_municipality_is_told(page: Read, places: str) -> None:
    got = page(f"{HEAD}{PERIOD}<p>Kunnat: {places}</p>{PROSE}")
    assert got.locations["name"].dropna().empty
    assert any(places in str(raw) for raw in got.issues["raw"])


def test_a_region_in_brackets_behind_a_municipality_is_told(page: Read) -> None:
    places = "Kotka (Kymenlaakso), Lahti (hallinnoija)"
    got = page(f"{HEAD}{PERIOD}<p>Kunnat: {places}</p>{PROSE}")
    assert list(got.locations["name"]) == ["Kotka", "Lahti"]
    assert any(places in str(raw) for raw in got.issues["raw"])


def test_two_periods_of_which_one_may_be_struck_out_are_told(tmp_path: Path) -> None:
    period = "Hankeaika: 1.1.2018–31.12.2019 1.1.2018–30.6.2020"
    got = printed(tmp_path, f"Reitti\n\n{PROSE[3:-4]}\n\n{period}\nRahoitus: ESR\n")
    assert (one(got, "start_date"), one(got, "end_date")) == (None, None)
    assert "value_unreadable" in codes(got)


def test_organisations_on_lines_below_a_label_are_several(tmp_path: Path) -> None:
    lines = "Toteuttaja\nMallilan kylät ry\nMallilan kaupunki\nMallisäätiö sr\n"
    got = printed(tmp_path, f"Reitti\n\n{PROSE[3:-4]}\n\nKesto: 2018–2019\n\n{lines}")
    assert one(got, "applicant") is None
    assert any("Mallisäätiö sr" in str(raw) for raw in got.issues["raw"])


def test_a_unit_below_an_applicant_is_no_other(tmp_path: Path) -> None:
    lines = "Toteuttaja\nMallilan kylät ry\nHyvinvointi ja arki\n"
    got = printed(tmp_path, f"Reitti\n\n{PROSE[3:-4]}\n\nKesto: 2018–2019\n\n{lines}")
    assert one(got, "applicant") == "Mallilan kylät ry"


def test_the_sum_right_below_its_label_is_nearer_than_one_above(tmp_path: Path) -> None:
    rows = "Kuntarahoitus\n20 000 €\n\nKokonaisrahoitus\n140 000 €\n"
    got = printed(tmp_path, f"Reitti\n\n{rows}Toteutusaika\n1.1.2018–31.12.2019\nSe on hanke.\n")
    assert sums(got) == {"total": 140000}
    assert one(got, "end_date") == "2019-12-31"
