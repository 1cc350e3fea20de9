"""Stories about a project, who wrote them, and lines that name a person or answer a question."""

from pathlib import Path

import pandas as pd
import pytest

import esrdata

PERIOD = "Hanke toteutetaan 1.1.2018–31.12.2019, ja sitä rahoittaa Euroopan sosiaalirahasto."
FACTS = "Silta-hanke tukee nuoria ja kyliä.\n\n{}\nHankeaika: 1.1.2018–31.12.2019\n"


def read(folder: Path, text: str, name: str = "page.txt") -> esrdata.Portfolio:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return esrdata.read(path)


def value(portfolio: esrdata.Portfolio, column: str) -> object:
    assert len(portfolio.projects) == 1
    found = portfolio.projects[column].iloc[0]
    return None if pd.isna(found) else found


def everything(portfolio: esrdata.Portfolio) -> str:
    return "\n".join(table.to_string() for table in portfolio.tables.values())


def as_page(head: str, below: str, prose: str) -> str:
    return (
        f"<html><head><title>{head} | Mallilan Sanomat</title></head><body><h1>{head}</h1>"
        f"<p>{below}</p><p>{prose}</p></body></html>"
    )


STORIES = [
    ("Nuoret löysivät suunnan yhteisestä tekemisestä",
     f"Polku-hankkeessa rakennetaan veneitä. Polku-hanke tukee nuoria. {PERIOD}", "Polku-hanke"),
    ("Polku vei perille", f"Polku-hanke tuki nuoria. {PERIOD}", "Polku-hanke"),
    ("Ungdomar på väg", "Projektet Bron (1.1.2018–31.12.2019) stöder unga. Projektet finansieras "
     "av Europeiska socialfonden.", "Bron"),
    ("Young people find their way", "The BRIDGE project (1.1.2018–31.12.2019) supports young "
     "people. The project is funded by the European Social Fund.", "BRIDGE project"),
    # The headline has a word of the name, or the words of which it is short.
    ("Polku työelämään", f"Polku-hanke tukee nuoria. {PERIOD}", "Polku työelämään"),
    ("Osaamista kuntiin", f"OSKU-hanke kouluttaa. {PERIOD}", "Osaamista kuntiin"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "prose", "name"), STORIES)
@pytest.mark.parametrize("below", ["12.3.2019", "Maija Mallinen 12.3.2019 klo 6.00"])
@pytest.mark.parametrize("kind", ["html", "txt"])
def test_the_prose_of_a_story_names_the_project(
    tmp_path: Path, head: str, prose: str, name: str, below: str, kind: str
) -> None:
    text = f"{head}\n\n{below}\n\n{prose}\n" if kind == "txt" else as_page(head, below, prose)
    portfolio = read(tmp_path, text, f"page.{kind}")
    assert value(portfolio, "name") == name
    assert str(value(portfolio, "end_date"))[:10] == "2019-12-31"
    assert "Mallinen" not in everything(portfolio)


def test_a_story_whose_project_is_called_by_several_words_is_told(tmp_path: Path) -> None:
    text = f"Moni sai työn\n\n12.3.2019\n\nMallilan kaupungin Kylät töihin -hanke auttaa. {PERIOD}"
    portfolio = read(tmp_path, text)
    assert portfolio.projects.empty
    assert "web_project_unread" in set(portfolio.issues["code"])


def test_the_newspaper_above_a_headline_is_no_name(tmp_path: Path) -> None:
    text = "Mallilan Sanomat\n\nUutiset\n\nKuntoutujat saivat oman kahvilan\n12.3.2019\n\n" + PERIOD
    portfolio = read(tmp_path, text)
    assert portfolio.projects.empty
    assert "web_project_unread" in set(portfolio.issues["code"])


def test_a_title_without_a_day_is_the_name(tmp_path: Path) -> None:
    text = f"Nuoret yhteisessä veneessä\n\nPolku-hanke rakentaa veneitä. {PERIOD}"
    assert value(read(tmp_path, text), "name") == "Nuoret yhteisessä veneessä"


# ---- who carries a project out


@pytest.mark.parametrize(
    "line",
    ["Toteuttaja: Maija Mallinen", "Hakija: Mallinen Matti", "Hallinnoija: FM Matti Malm",
     "Toteuttaja: Maija Mallinen, Mallilan kaupunki", "Toteuttajat: Maija Malm ja Matti Testinen",
     "Projektägare: Johan Malm", "Applicant: Dr Maija Mallinen", "Toteuttaja\nMaija Mallinen",
     "Toteuttaja: Matti Malm, projektipäällikkö"],
)  # fmt: skip
def test_a_person_is_no_organisation(tmp_path: Path, line: str) -> None:
    portfolio = read(tmp_path, "Silta\n\n" + FACTS.format(line))
    assert value(portfolio, "applicant") is None
    assert "value_unreadable" in set(portfolio.issues["code"])
    for name in ("Mallinen", "Malm", "Testinen", "Maija", "Johan"):
        assert name not in everything(portfolio)


@pytest.mark.parametrize(
    "name",
    ["Nuorten Ystävät", "Suomen Punainen Risti", "Valo Valmennus", "Arcada", "Business Tampere",
     "Kainuun Etu", "Maija Mallisen säätiö", "Helsinki Partners", "Elävä Oppiminen"],
)  # fmt: skip
def test_an_organisation_in_capitals_is_one(tmp_path: Path, name: str) -> None:
    assert value(
        read(tmp_path, f"Silta\n\n{FACTS.format(f'Toteuttaja: {name}')}"), "applicant"
    ) == (name)


@pytest.mark.parametrize("line", ["Kuva: Matti Malm", "Maija Mallinen 3.4.2019", "Av Johan Malm"])
def test_who_took_a_picture_is_nowhere(tmp_path: Path, line: str) -> None:
    prose = "Silta-hanke tukee nuoria. Maija Mallinen ja Matti Malm ovat mukana, Johan Malm myös."
    text = f"Silta\n\n{line}\n\n{prose}\n\nHankeaika: 1.1.2018–31.12.2019\n"
    portfolio = read(tmp_path, text)
    assert value(portfolio, "name") == "Silta"
    assert line.split(":")[-1].removeprefix("Av ").removesuffix(" 3.4.2019").strip() not in (
        everything(portfolio)
    )


def test_a_title_above_its_writer_stays(tmp_path: Path) -> None:
    text = f"Uusi Alku\nMaija Mallinen\n\nUusi Alku on hanke. {PERIOD}"
    assert value(read(tmp_path, text), "name") == "Uusi Alku"


# ---- questions and their answers


ANSWERS = {"Mikä?": "ESR-hanke nuorille", "Missä?": "Mallilassa", "Milloin?": "1.1.2018–31.12.2019"}


@pytest.mark.parametrize("between", ["\n", "\n\n", " "])
def test_what_answers_a_question_is_no_name(tmp_path: Path, between: str) -> None:
    asked = "\n\n".join(f"{question}{between}{answer}" for question, answer in ANSWERS.items())
    portfolio = read(tmp_path, f"Silta\n\n{asked}\n")
    assert value(portfolio, "name") == "Silta"
    assert str(value(portfolio, "start_date"))[:10] == "2018-01-01"


def test_a_question_of_several_words_may_be_a_name(tmp_path: Path) -> None:
    text = f"Mikä minusta tulee isona?\n\n{FACTS.format('')}"
    assert value(read(tmp_path, text), "name") == "Mikä minusta tulee isona?"


# ---- pages of other kinds, and what stands around a name


def test_a_view_for_reading_says_how_long_a_text_is(tmp_path: Path) -> None:
    text = (
        "mallila.fi\nSilmu-hanke | Mallilan kunta\nMallilan kunta\n2-3 minuuttia\n\n"
        f"Silmu-hankkeessa nuoret pääsevät kesätöihin. {PERIOD}\n"
    )
    assert value(read(tmp_path, text), "name") == "Silmu-hanke"


@pytest.mark.parametrize(
    "line", ["Lukuaika: 3 min", "n. 4 min lukuaika", "5 minutes", "2 min read"]
)
def test_how_long_a_text_is_names_nothing(tmp_path: Path, line: str) -> None:
    text = f"Silmu\n\n{line}\n\nSilmu-hanke auttaa. {PERIOD}\n"
    assert value(read(tmp_path, text), "name") == "Silmu"


def test_a_bar_in_a_name_stays(tmp_path: Path) -> None:
    text = f"Bron | Silta\n\nBron | Silta -hanke auttaa. {PERIOD}\n"
    assert value(read(tmp_path, text), "name") == "Bron | Silta"


def test_a_thesis_on_a_project_is_told(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Osallisuus Polku-hankkeessa - Theseus</title></head><body>"
        "<h2>Osallisuus Polku-hankkeessa</h2><div>Mallinen, Maija (2019)</div><p>Lataukset:</p>"
        "<h5>Julkaisun pysyvä osoite on</h5><p>https://urn.example/URN:NBN:fi:amk-0</p>"
        f"<h5>Tiivistelmä</h5><p>Toimeksiantajana oli Polku-hanke. {PERIOD}</p></body></html>"
    )
    portfolio = read(tmp_path, page, "page.html")
    assert portfolio.projects.empty
    assert "web_thesis" in set(portfolio.issues["code"])
    assert "Mallinen" not in everything(portfolio)


@pytest.mark.parametrize(
    "caption",
    ["Fakta om projektet", "Hankkeesta", "Hanke pähkinänkuoressa", "Project in brief", "Yleistä"],
)
def test_a_caption_over_facts_is_no_name(tmp_path: Path, caption: str) -> None:
    text = f"Silta\n\nSilta tukee nuoria.\n\n{caption}\n\nHankeaika: 1.1.2018–31.12.2019\n"
    assert value(read(tmp_path, text), "name") == "Silta"


def test_the_site_of_a_project_is_called_like_it(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Hankkeesta – Uusi suunta</title></head><body><header><a>Uusi suunta</a>"
        f"</header><main><h1>Hankkeesta</h1><p>Uusi suunta -hanke tukee. {PERIOD}</p></main></body>"
    )
    assert value(read(tmp_path, page, "page.html"), "name") == "Uusi suunta"


def test_a_parallel_project_of_a_register_has_its_name(tmp_path: Path) -> None:
    text = (
        "project info\nStart date: 1 February 2016\nEnd date: 30 June 2019\n"
        "EU contribution: 450 000,00 €\nProgramming period: 2014-2021\n\n"
        "Parallel project Silta\n\nThe project is a parallel project, which pays subsidies.\n"
    )
    portfolio = read(tmp_path, text)
    assert value(portfolio, "name") == "Parallel project Silta"
    assert str(value(portfolio, "end_date"))[:10] == "2019-06-30"


@pytest.mark.parametrize(
    ("funding", "authority"),
    [("Rahoitus: Euroopan sosiaalirahasto, Keski-Suomen ELY-keskus", "Keski-Suomen ELY-keskus"),
     ("Rahoittaja: Sosiaali- ja terveysministeriö, ESR", "Sosiaali- ja terveysministeriö"),
     ("Rahoittaja: Opetus- ja kulttuuriministeriö (ESR)", "Opetus- ja kulttuuriministeriö")],
)  # fmt: skip
def test_the_office_among_the_givers_is_read(tmp_path: Path, funding: str, authority: str) -> None:
    portfolio = read(tmp_path, "Silta\n\n" + FACTS.format(funding))
    assert value(portfolio, "authority") == authority
    assert value(portfolio, "fund") == "ESR"


def test_a_label_in_two_languages_with_one_unknown_is_told(tmp_path: Path) -> None:
    page = (
        "<html><body><h1>Silta</h1><p>Silta tukee.</p><table><tr><td>Budget</td><td>9 000 €</td>"
        "</tr><tr><td>Begin / Alku</td><td>1.2.2021</td></tr></table></body></html>"
    )
    assert "1.2.2021" in "".join(read(tmp_path, page, "page.html").issues["raw"].dropna())


@pytest.mark.parametrize(
    "line",
    ["Hankkeen vetäjä: Kalle Malm, Mallilan kehitys Oy", "Kalle Malm, Mallilan kehitys Oy (pj.)",
     "Malm, Kalle (2019)", "Kalle Malm, TE-toimisto", "Rehtori: Kalle Malm"],
)  # fmt: skip
def test_a_person_beside_an_organisation_is_nowhere(tmp_path: Path, line: str) -> None:
    text = f"Silta\n\nSilta tukee.\n\n{line}\n\nHankeaika: 1.1.2018–31.12.2019\n"
    portfolio = read(tmp_path, text)
    assert value(portfolio, "name") == "Silta"
    assert "Malm" not in everything(portfolio)


def test_a_sentence_about_a_person_stays(tmp_path: Path) -> None:
    prose = "Kalle Malm, joka ohjaa ryhmiä, kertoo Silta-hankkeesta. Ryhmiä on kuusi."
    text = f"Silta\n\n{prose}\n\nHankeaika: 1.1.2018–31.12.2019\n"
    narratives = read(tmp_path, text).narratives
    assert "ohjaa ryhmiä" in "".join(narratives["text"].dropna())


def test_an_address_is_no_name(tmp_path: Path) -> None:
    text = (
        "Silta\n\nSilta tukee.\n\nMallilan kaupunki\n"
        "Kauppakatu 1, 12345 Mallila\n\nHankeaika: 1.1.2018–31.12.2019\n"
    )
    portfolio = read(tmp_path, text)
    assert value(portfolio, "name") == "Silta"
    assert "Kauppakatu" in "".join(portfolio.issues["raw"].dropna())


def test_numbers_before_labels_are_no_part_of_them(tmp_path: Path) -> None:
    text = (
        "1. Hankkeen nimi\nOsuma\n\n2. Hankkeen toteuttaja\nMallilan ammattiopisto\n\n"
        "3) Toteutusaika: 1.1.2018–31.12.2019\n\n4. Hankkeen tavoitteet\nLisätä hakijoita.\n"
    )
    portfolio = read(tmp_path, text)
    assert value(portfolio, "name") == "Osuma"
    assert value(portfolio, "applicant") == "Mallilan ammattiopisto"
    assert str(value(portfolio, "end_date"))[:10] == "2019-12-31"
    told = portfolio.narratives.set_index("section")["text"]
    assert told["objectives"] == "Lisätä hakijoita."


def test_a_question_over_its_answer_is_no_name(tmp_path: Path) -> None:
    asked = "Mikä Osuma on?\nOsuma on ESR-hanke.\n\nMilloin hanke toteutetaan?\n1.1.2018–31.12.2019"
    portfolio = read(tmp_path, f"Osuma\n\n{asked}\n\nBudjetti\n90 000 €\n")
    assert value(portfolio, "name") == "Osuma"


@pytest.mark.parametrize(
    ("written", "start", "end", "code"),
    [("2016–2017 (pilotti), 2018–2019", 2016, None, "value_unreadable"),
     ("Hanke toteutetaan 2016–2017 (24 kk)", 2016, 2017, None),
     ("3 vuotta (1.1.2016 alkaen)", 2016, None, None),
     # Of what a word makes the period another thing's, nothing is known of the project.
     ("I vaihe 1.1.2016–31.12.2017, II vaihe 2018–2019", None, None, "value_unreadable"),
     ("EU-ohjelmakausi 2014–2020", None, None, "value_unreadable"),
     ("osahanke 1: 2016–2017", None, None, "value_unreadable"),
     ("haettu 2016–2017", None, None, "value_unreadable"),
     ("2016–2017 (peruttu)", 2016, 2017, "unrecognised_line")],
)  # fmt: skip
def test_a_period_with_words_beside_it(
    tmp_path: Path, written: str, start: int | None, end: int | None, code: str | None
) -> None:
    facts = FACTS.format("Budjetti: 9 000 €").replace("1.1.2018–31.12.2019", written)
    portfolio = read(tmp_path, f"Silta\n\n{facts}")
    dates = (value(portfolio, column) for column in ("start_date", "end_date"))
    assert [day.year if isinstance(day, pd.Timestamp) else None for day in dates] == [start, end]
    codes = set(portfolio.issues["code"]) & {"value_unreadable", "unrecognised_line"}
    assert (code in codes) if code else not codes


@pytest.mark.parametrize(
    ("line", "column", "found"),
    [("Hallinnoija: iLiike", "applicant", "iLiike"),
     ("Hallinnoija: Koti ja Koulu ry", "applicant", "Koti ja Koulu ry"),
     ("Hallinnoija: Valtiokonttori, talous", "applicant", "Valtiokonttori, talous"),
     ("Rahoitus: ESR-rahoitus 75 %", "fund", "ESR"),
     # Several, or none: nobody is the applicant, and the line is reported.
     ("Hallinnoija: Arcada, Mallilan yliopisto", "applicant", None),
     ("Hallinnoija: Arcada ja Mallilan yliopisto", "applicant", None),
     ("Hallinnoija: Kotka, Hamina, Pyhtää", "applicant", None),
     ("Hallinnoija: ei vielä valittu", "applicant", None),
     ("Hallinnoija: aiemmin Arcada, nyt Mallilan yliopisto", "applicant", None),
     ("Hallinnoija: Arcada 31.12.2019 asti", "applicant", None),
     ("Hallinnoija: mm. Arcada", "applicant", None),
     ("Toteuttajat: Arcada, Mallilan yliopisto", "applicant", None),
     ("Rahoitus: ei ESR-rahoitusta", "fund", None),
     ("Rahoitus: haettu ESR-rahoitusta", "fund", None)],
)  # fmt: skip
def test_words_beside_a_body_and_a_fund(
    tmp_path: Path, line: str, column: str, found: str | None
) -> None:
    facts = FACTS.format("Budjetti: 9 000 €")
    portfolio = read(tmp_path, f"Silta\n\n{facts}\n{line}\n")
    assert value(portfolio, column) == found
    codes = set(portfolio.issues["code"])
    assert ("unrecognised_line" in codes) == (found is None)


@pytest.mark.parametrize(
    ("line", "column", "kept"),
    [("Hallinnoija: Arcada, yhteyshenkilö Maija Mallinen", "applicant", "Arcada"),
     ("Toteuttajat: Arcada, yhteyshenkilö Maija Mallinen", "applicant", "Arcada"),
     ("Hallinnoija: Arcada / Maija Mallinen", "applicant", "Arcada"),
     ("Hallinnoija: Arcada (lehtori Maija Mallinen)", "applicant", "Arcada"),
     ("Rahoittaja: Lapin liitto, suunnittelija Maija Mallinen", "authority", "Lapin liitto"),
     ("Kesto: 2018–2019 (koordinaattori Maija Mallinen)", "authority", None),
     ("Kumppanit: Kotkan kaupunki (Maija Mallinen), Haminan kaupunki", "applicant", None),
     ("Projektipäällikkö M. Mallinen", "applicant", None)],
)  # fmt: skip
def test_a_person_behind_a_value(tmp_path: Path, line: str, column: str, kept: str | None) -> None:
    portfolio = read(tmp_path, f"Silta\n\n{FACTS.format('Budjetti: 9 000 €')}\n{line}\n")
    assert value(portfolio, column) == kept
    assert "Mallinen" not in everything(portfolio)


def test_a_project_called_as_a_person_keeps_its_name(tmp_path: Path) -> None:
    facts = FACTS.format("Budjetti: 9 000 €")
    portfolio = read(tmp_path, f"Hankkeen nimi: Oma polku, Anna Tukea\n\n{facts}")
    assert value(portfolio, "name") == "Oma polku, Anna Tukea"


HEAD = "Lähettäjä: Malm Kalle <kalle.malm@example.org>\nLähetetty: 4.3.2019 10.15\nAihe: tiedot\n\n"


@pytest.mark.parametrize("above", ["", "Hei, tässä hankkeen tiedot.\n\nt. Anna\n\n"])
def test_a_letter_that_was_sent_on_is_read(tmp_path: Path, above: str) -> None:
    text = f"{above}{HEAD}Hanke: Silta\nHankeaika: 1.1.2018–31.12.2019\nBudjetti: 90 000 €\n"
    portfolio = read(tmp_path, text)
    assert value(portfolio, "name") == "Silta"
    assert "Malm" not in everything(portfolio)


def test_a_letter_that_is_answered_is_left_out(tmp_path: Path) -> None:
    facts = "Hanke: Silta\nHankeaika: 1.1.2018–31.12.2019\nRahoitus: ESR\n\nt. Anna\n\n"
    portfolio = read(tmp_path, f"{facts}{HEAD}Kestikö hanke 31.3.2021 asti? Entä 5.5.2022?\n")
    assert str(value(portfolio, "end_date"))[:10] == "2019-12-31"
    assert "2021" not in everything(portfolio)


def test_a_name_that_tells_what_happened_is_one_where_the_prose_calls_it_so(tmp_path: Path) -> None:
    text = f"Elämä toi tänne\n\nElämä toi tänne -hanke tukee tulijoita. {PERIOD}"
    assert value(read(tmp_path, text), "name") == "Elämä toi tänne"


@pytest.mark.parametrize("below", ["3.4.2018 by admin", "3.4.2018 | Uutiset", "12.10.2020 klo 9"])
def test_a_line_that_begins_with_a_day_is_no_name(tmp_path: Path, below: str) -> None:
    text = f"Iloa kyliin\n{below}\n\nKYLVÖ-hanke tuo iloa kyliin. {PERIOD}"
    assert value(read(tmp_path, text), "name") == "KYLVÖ-hanke"


def test_what_a_person_does_is_no_name(tmp_path: Path) -> None:
    staff = "Kalle Malm\nHankepäällikkö\n\nEveliina Backman\nOhjaaja"
    text = f"Suunta\n\nSuunta-hanke ohjaa.\n\n{staff}\n\nHankeaika: 1.1.2018–31.12.2019\n"
    portfolio = read(tmp_path, text)
    assert value(portfolio, "name") == "Suunta"
    assert "Backman" not in everything(portfolio)


def test_a_project_may_be_called_like_a_person(tmp_path: Path) -> None:
    text = f"Anna Tukea\n\nAnna Tukea -hanke auttaa. {PERIOD}"
    assert value(read(tmp_path, text), "name") == "Anna Tukea"


@pytest.mark.parametrize(
    ("head", "name"),
    [("Press release: Bridge project receives EUR 300,000", "Bridge project"),
     ("Tiedote: Silta-hanke käynnistyi", "Silta-hanke"),
     ("Mediatiedote – Silta työhön", "Silta työhön")],
)  # fmt: skip
def test_a_word_for_news_is_no_part_of_a_name(tmp_path: Path, head: str, name: str) -> None:
    text = f"{head}\n\nThe project is funded by the European Social Fund. {PERIOD}"
    assert value(read(tmp_path, text), "name") == name


@pytest.mark.parametrize("street", ["Mallikatu 1", "Kylätie 12 B 3", "12345 Mallila"])
def test_a_street_is_no_organisation(tmp_path: Path, street: str) -> None:
    portfolio = read(tmp_path, "Silta\n\n" + FACTS.format(f"Toteuttaja: {street}"))
    assert value(portfolio, "applicant") is None
    assert "value_unreadable" in set(portfolio.issues["code"])


def test_a_box_of_facts_says_the_title_again(tmp_path: Path) -> None:
    text = (
        "Silta-hanke\n\nSilta-hanke oli Mallilan hanke. Sen budjetti oli 350 000 euroa.\n\n"
        "Silta-hanke\n\nKesto\t2016–2018\n\nTämä sivu on viimeksi muutettu 3.4.2020 klo 12.15.\n"
    )
    portfolio = read(tmp_path, text)
    assert value(portfolio, "name") == "Silta-hanke"
    assert "Sen budjetti oli 350 000" in "".join(portfolio.narratives["text"].dropna())
    assert "350 000 euroa" in "".join(portfolio.issues["raw"].dropna())
    assert "muutettu" not in "".join(portfolio.narratives["text"].dropna())


@pytest.mark.parametrize(
    ("places", "read_as"),
    [("Koko Kymenlaakso", []), ("Kymenlaakso", []), ("Kaikki Kymenlaakson kunnat", []),
     ("Kotka, Hamina ja muut kunnat", []), ("Hela Nyland", []),
     ("Kotka, Hamina", ["Kotka", "Hamina"])],
)  # fmt: skip
def test_a_region_is_no_municipality(tmp_path: Path, places: str, read_as: list[str]) -> None:
    portfolio = read(tmp_path, "Silta\n\n" + FACTS.format(f"Kunnat: {places}"))
    assert portfolio.locations["name"].dropna().tolist() == read_as
    assert bool(read_as) or places in "".join(portfolio.issues["raw"].dropna())


def test_a_region_is_one_behind_its_own_label(tmp_path: Path) -> None:
    portfolio = read(tmp_path, "Silta\n\n" + FACTS.format("Maakunta: Kymenlaakso"))
    assert portfolio.locations["name"].tolist() == ["Kymenlaakso"]


@pytest.mark.parametrize("kind", ["html", "txt"])
def test_news_of_another_project_below_is_none_of_this_one(tmp_path: Path, kind: str) -> None:
    first, second = f"Silta-hanke tukee. {PERIOD}", "Polku-hanke toteutettiin Kotkassa 1.1.2016."
    text = f"Silta-hanke alkoi\n\n3.4.2018\n\n{first}\n\nPolku-hanke päättyi\n\n{second}\n"
    page = f"<h2>Silta-hanke alkoi</h2><p>{first}</p><h2>Polku-hanke päättyi</h2><p>{second}</p>"
    portfolio = read(tmp_path, page if kind == "html" else text, f"page.{kind}")
    assert value(portfolio, "name") == "Silta-hanke"
    assert "Kotkassa" not in "".join(portfolio.narratives["text"].dropna())


def test_an_episode_about_a_project_is_named_by_it(tmp_path: Path) -> None:
    assert value(read(tmp_path, f"Jakso 3: Silta-hanke\n\n{PERIOD}"), "name") == "Silta-hanke"


@pytest.mark.parametrize("phase", ["Vaihe", "Osa", "Phase", "Etapp"])
def test_a_phase_is_no_name(tmp_path: Path, phase: str) -> None:
    text = (
        f"Silta\n\nSilta tukee.\n\n{phase} 1\n1.1.2016–31.12.2016\n{phase} 2\n"
        "1.1.2017–31.12.2018\nBudjetti\n90 000 €\n"
    )
    portfolio = read(tmp_path, text)
    assert value(portfolio, "name") == "Silta"
    assert value(portfolio, "end_date") is None


def test_a_title_that_the_prose_says_again_may_end_with_a_small_word(tmp_path: Path) -> None:
    text = f"Vägen in\n\nVägen in är ett projekt för nyanlända.\n\n{FACTS.format('')}"
    assert value(read(tmp_path, text), "name") == "Vägen in"


def test_what_stands_between_a_writer_and_a_contact_is_quoted(tmp_path: Path) -> None:
    lines = "Tulokset\n\n" + "\n".join(f"Kyliä {n}, reittejä {n}" for n in range(1, 9))
    text = (
        f"Silta\n\nTeksti: Kalle Malm\n\nSilta tukee.\n\nHankeaika: 1.1.2018–31.12.2019\n\n{lines}"
        "\n\nOta yhteyttä\n\nMaija Mallinen\nmaija.mallinen@example.org\n"
    )
    portfolio = read(tmp_path, text)
    assert "Kyliä 4, reittejä 4" in "".join(portfolio.issues["raw"].dropna())
    assert "Malm" not in everything(portfolio)
    assert "Mallinen" not in everything(portfolio)


@pytest.mark.parametrize(
    ("head", "prose", "name"),
    [("Kylät heräsivät eloon", "Kolmivuotinen Silta-hanke auttoi nuoria.", "Silta-hanke"),
     ("Mallilassa innostuttiin", "Mallilan kylien Silta-hanke tukee nuoria.", "Silta-hanke"),
     # A headline without such a verb may be the whole name of the same project.
     ("Yhdessä eteenpäin", "Uusi Silta-hanke tukee nuoria.", "Yhdessä eteenpäin"),
     ("Oppivat kylät", "Silta-hanke tukee kyliä.", "Oppivat kylät"),
     ("Nuoret töihin", "Hanke tukee nuoria. Mukana on Silta-hanke.", "Nuoret töihin"),
     ("Nuoret töihin", "Silta-hankkeen työtä jatketaan nuorten kanssa.", "Nuoret töihin"),
     ("Nuoret töihin", "Silta-hanke päättyi, ja nyt alkoi Nuoret töihin.", "Nuoret töihin"),
     # Verbs of the present stand in names, too, and kinds of projects are no names.
     ("Työ jatkuu Mallilassa", "Silta-hanke tukee nuoria.", "Silta-hanke"),
     ("Arki sujuu", "Arki sujuu on EU-hanke. Silta-hanke tuki nuoria.", "Arki sujuu"),
     ("Kylät elpyvät nyt", "Tämä on STEA-hanke.", "Kylät elpyvät nyt"),
     # The word of a label, which the prose calls a project.
     ("Alku", "Alku-hanke tukee kyliä, ja sitä jatkaa Polku-hanke.", "Alku")],
)  # fmt: skip
def test_prose_names_the_project_of_a_headline_in_the_past(
    tmp_path: Path, head: str, prose: str, name: str
) -> None:
    page = f"<title>{head}</title><h1>{head}</h1><p>{prose} {PERIOD}</p>"
    assert value(read(tmp_path, page, "page.html"), "name") == name


def test_a_headline_of_the_present_over_facts_is_no_name(tmp_path: Path) -> None:
    portfolio = read(tmp_path, f"Työ jatkuu Mallilassa\n\n{FACTS.format('')}")
    assert len(portfolio.projects) == 0
    assert "web_project_unread" in set(portfolio.issues["code"])


def test_a_noun_that_ends_like_a_verb_of_the_past_is_in_a_name(tmp_path: Path) -> None:
    text = f"Reitti ammattiin\n\n{FACTS.format('Budjetti: 9 000 €')}"
    assert value(read(tmp_path, text), "name") == "Reitti ammattiin"


@pytest.mark.parametrize("body", ["Kunta 1", "Ohjaamo 2"])
def test_an_organisation_may_have_a_number(tmp_path: Path, body: str) -> None:
    portfolio = read(tmp_path, "Silta\n\n" + FACTS.format(f"Toteuttaja: {body}"))
    assert value(portfolio, "applicant") == body
