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
@pytest.mark.parametrize("below", ["12.3.2019", "Maija Mallinen", "Teksti: Maija Mallinen"])
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
