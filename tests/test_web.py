"""Organisations' own web pages: which projects they state, and which they only tell of."""

import json
from array import array
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pages import ROOT

from esrdata.documents.document import Document
from esrdata.documents.html.page import view_and_tags
from esrdata.documents.open import open_document
from esrdata.knowledge import load
from esrdata.reading.quantities.periods import find_period
from esrdata.reading.quantities.sums import read_sum
from esrdata.reading.record import Finding, Record, Status
from esrdata.reading.web.days import whole_periods
from esrdata.reading.web.page import Page
from esrdata.reading.web.read import Mention, look_at
from esrdata.reading.web.vocabulary import declared, plain, words

SAMPLE = ROOT / "data" / "raw" / "kaupunki-leader.txt"
REAL = ROOT.parent / "shared" / "real" / "descriptions" / "kaupunki-leader.txt"

Open = Callable[[str], Document]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """A page as it comes from a file."""

    def open_page(text: str) -> Document:
        path = tmp_path / "page"
        path.write_text(text, encoding="utf-8", newline="\n")
        document = open_document(str(path))
        assert isinstance(document, Document)
        return document

    return open_page


def only(document: Document) -> Record:
    (record,) = sound(document)
    return record


def sound(document: Document) -> list[Record]:
    """The records of a page, after what must hold of each."""
    records = list(look_at(document).records)
    for record in records:
        assert record.form == "web"
        assert record.accounted == record.lines > 0
        for name, value in record.values.items():
            assert name.rpartition(".")[0] in declared().fields or name in declared().fields
            if value.raw is not None:
                assert value.span is not None
                assert value.raw == document.text[value.span.start : value.span.end]
            assert (value.content is not None) == (value.status is Status.READ)
            if name.startswith("narratives.") and value.status is Status.READ:
                assert record.titles[name]
        for name in declared().fields:
            assert name in record.values or f"{name}.0" in record.values
    return records


def stated(record: Record) -> dict[str, object]:
    """What a record holds, absent and blank fields left out."""
    return {n: v.content for n, v in record.values.items() if v.status is Status.READ}


def quoted(record: Record) -> list[str | None]:
    return [f.raw for f in record.findings if f.code == "unrecognised_line"]


# ---- the sample page and the page it was made after


def test_the_sample_page() -> None:
    document = open_document(str(SAMPLE))
    assert isinstance(document, Document)
    record = only(document)
    assert record.language == "fi"
    assert record.findings == []
    held = stated(record)
    texts = {name: str(held.pop(name)) for name in list(held) if name.startswith("narratives.")}
    assert held == {
        "projects.name": "Asikaslähtöinen kehittäminen Kotkassa 2015 - 2016",
        "projects.start_date": date(2015, 5, 1),
        "projects.end_date": date(2016, 12, 31),
        "funding.public_total.planned": 57634.0,
    }
    assert record.values["funding.public_total.planned"].raw == "57 634"
    assert record.values["projects.start_date"].span.line == 31  # type: ignore[union-attr]
    assert record.qualifiers == {}
    assert record.titles == {
        "narratives.summary": "Asikaslähtöinen kehittäminen Kotkassa 2015 - 2016",
        "narratives.objectives": "Hankkeen tavoitteet",
        "narratives.target_groups": "Hankkeen kohderyhmä",
        "narratives.implementation": "Toteutus",
    }
    summary = texts["narratives.summary"]
    assert summary.startswith("Kaupunkilaisten oma kehittämistyö")
    assert "\n\nAsukkaat mukaan ja yhteisöt vahvoiksi\n\n" in summary
    assert "\n\nJärjestöt yhteen\n\n" in summary
    assert summary.endswith("antaa Pohjois-Kymen Kasvu Kouvolassa.")
    assert texts["narratives.objectives"].startswith("Tärkeintä\u00a0on")
    assert texts["narratives.objectives"].endswith("kehittää omaa kotiseutuaan.")
    assert texts["narratives.target_groups"].startswith("Ensimmäisinä mukaan")
    assert texts["narratives.implementation"].endswith("että eri ryhmät löytävät toisensa")


def test_the_sample_page_tells_of_one_more_project() -> None:
    document = open_document(str(SAMPLE))
    assert isinstance(document, Document)
    (told,) = look_at(document).mentions
    assert (told.title, told.line) == ("Yhteiskunnallinen yrittäjyys", 83)
    assert (told.end_date, told.qualifier) == (date(2021, 12, 31), "year")
    assert document.raw(told.span) == told.title


@pytest.mark.skipif(not REAL.is_file(), reason="the real page is not beside the project")
def test_the_real_page() -> None:
    document = open_document(str(REAL))
    assert isinstance(document, Document)
    record = only(document)
    assert record.findings == []
    assert record.content("projects.name") == "Asikaslähtöinen kehittäminen Kotkassa 2015 - 2016"
    assert record.content("projects.start_date") == date(2015, 5, 1)
    assert record.content("projects.end_date") == date(2016, 12, 31)
    assert record.content("funding.public_total.planned") == 57634.0
    lines = {n.removeprefix("narratives."): v.span for n, v in record.values.items() if "narr" in n}
    assert {n: span.line for n, span in lines.items() if span is not None} == {
        "summary": 36,
        "objectives": 81,
        "target_groups": 88,
        "implementation": 92,
    }
    assert [(t.title, t.line, t.end_date, t.qualifier) for t in look_at(document).mentions] == [
        ("Yhteiskunnallinen yrittäjyys", 94, date(2021, 12, 31), "year")
    ]


# ---- ways of stating facts

FACTS = {
    "projects.name": "Silta töihin",
    "projects.start_date": date(2016, 1, 1),
    "projects.end_date": date(2017, 12, 31),
    "funding.total.planned": 300000.0,
    "projects.applicant": "Mallilan kylät ry",
}
PERIOD, MONEY, OWNER = "1.1.2016 – 31.12.2017", "300 000 €", "Mallilan kylät ry"


@pytest.mark.parametrize(
    "page",
    [
        f"Silta töihin\n\nHankeaika: {PERIOD}\nBudjetti: {MONEY}\nToteuttaja: {OWNER}\n",
        f"Silta töihin\nHankeaika {PERIOD}\nBudjetti {MONEY}\nToteuttaja: {OWNER}\n",
        f"Silta töihin\n\n- Hankeaika: {PERIOD}\n- Budjetti: {MONEY}\n- Toteuttaja: {OWNER}\n",
        f"Silta töihin\n\nHankeaika: {PERIOD} | Budjetti: {MONEY} | Toteuttaja: {OWNER}\n",
        f"Silta töihin\n\nHankeaika\n{PERIOD}\n\nBudjetti\n{MONEY}\n\nToteuttaja\n{OWNER}\n",
        f"Silta töihin\n\nHANKEAIKA:\n\n{PERIOD}\n\nBUDJETTI:\n\n{MONEY}\n\n"
        f"TOTEUTTAJA:\n\n{OWNER}\n",
        f"Silta töihin\n\nPerustiedot\n\nHankeaika\t{PERIOD}\nBudjetti\t{MONEY}\n"
        f"Toteuttaja\t{OWNER}\n",
        f"Etusivu\n\nHankkeen nimi: Silta töihin\nHankeaika: {PERIOD}\n"
        f"Budjetti (sis. alv): {MONEY}\nToteuttaja: {OWNER}\n",
        f"<html><body><h2>Silta töihin</h2><table><tr><th>Hankeaika</th><td>{PERIOD}</td></tr>"
        f"<tr><th>Budjetti</th><td>{MONEY}</td></tr><tr><th>Toteuttaja</th><td>{OWNER}</td></tr>"
        "</table></body></html>",
        f"<html><body><h2>Silta töihin</h2><dl><dt>Hankeaika</dt><dd>{PERIOD}</dd><dt>Budjetti</dt>"
        f"<dd>{MONEY}</dd><dt>Toteuttaja</dt><dd>{OWNER}</dd></dl></body></html>",
        f"<html><body><h2>Silta töihin</h2><h3>Hankeaika</h3><p>{PERIOD}</p><h3>Budjetti</h3>"
        f"<p>{MONEY}</p><h3>Toteuttaja</h3><p>{OWNER}</p></body></html>",
        f"<html><body><h2>Silta töihin</h2><p><b>Hankeaika:</b> {PERIOD}<br><b>Budjetti:</b> "
        f"{MONEY}<br><b>Toteuttaja:</b> {OWNER}</p></body></html>",
        "<html><body><h2>Silta töihin</h2><table><tr><th>Hankeaika</th><th>Budjetti</th>"
        f"<th>Toteuttaja</th></tr><tr><td>{PERIOD}</td><td>{MONEY}</td><td>{OWNER}</td></tr>"
        "</table></body></html>",
        f"<html><body><ul><li>Etusivu</li><li>Hankkeet</li></ul><h1>Silta töihin</h1><ul>"
        f"<li>Hankeaika: {PERIOD}</li><li>Budjetti: {MONEY}</li><li>Toteuttaja: {OWNER}</li></ul>",
    ],
)
def test_facts_in_every_layout(opened: Open, page: str) -> None:
    record = only(opened(page))
    assert stated(record) == FACTS
    assert record.findings == []


def test_all_fields_of_a_finnish_page(opened: Open) -> None:
    record = only(
        opened("""Silta töihin

Hankkeen nimi: Silta töihin – askel kerrallaan
Hankekoodi: S20999
Hankkeen toteutusaika: 5/2015–12/2016
Koordinaattori: Mallilan kylät ry
Rahoittava viranomainen: Hämeen ELY-keskus
Toiminnan tila: Toiminta päättynyt
Hankkeen kotisivu: https://www.example.org/silta.
Julkinen rahoitus yhteensä: yli 300 000 €
ESR- ja valtion rahoitus: 250 t€
Kustannusarvio: noin 0,4 M€
Maakunnat: Kymenlaakso ja Etelä-Karjala
Kunnat: Kotka, Hamina

Tiivistelmä

Kylillä tehdään töitä.

Tavoitteet:
- uusi polku
- vanha talo

Kohderyhmä: työtä vailla olevat

Toimenpiteet

Kierretään kylät.
""")
    )
    assert stated(record) == {
        "projects.name": "Silta töihin – askel kerrallaan",
        "projects.project_code": "S20999",
        "projects.start_date": date(2015, 5, 1),
        "projects.end_date": date(2016, 12, 31),
        "projects.applicant": "Mallilan kylät ry",
        "projects.authority": "Hämeen ELY-keskus",
        # As the label of its money says.
        "projects.fund": "ESR",
        "projects.status": "Toiminta päättynyt",
        "projects.project_website": "https://www.example.org/silta",
        "funding.public_total.planned": 300000.0,
        "funding.eu_and_state.planned": 250000.0,
        "funding.total.planned": 400000.0,
        "locations.region.0": "Kymenlaakso",
        "locations.region.1": "Etelä-Karjala",
        "locations.municipality.0": "Kotka",
        "locations.municipality.1": "Hamina",
        "narratives.summary": "Kylillä tehdään töitä.",
        "narratives.objectives": "- uusi polku\n- vanha talo",
        "narratives.target_groups": "työtä vailla olevat",
        "narratives.implementation": "Kierretään kylät.",
    }
    assert record.qualifiers == {
        "projects.start_date": "month",
        "projects.end_date": "month",
        "funding.public_total.planned": "over",
        "funding.total.planned": "about",
    }
    assert record.titles["narratives.objectives"] == "Tavoitteet"
    assert record.values["projects.project_website"].raw == "https://www.example.org/silta"
    assert record.findings == []


def test_a_swedish_and_an_english_page(opened: Open) -> None:
    swedish, english = sound(
        opened("""<html><body><h1>Våra projekt</h1>
<h2>Broar till arbete</h2><p>Projekttid: maj 2015 – december 2016<br>Projektägare: Byarna rf<br>
Finansiär: NTM-centralen i Tavastland<br>Offentlig finansiering: 1&nbsp;584&nbsp;000,00&nbsp;€</p>
<p>Byarna gör upp en plan.</p><h3>Mål</h3><p>Alla ska med.</p><h3>Målgrupp</h3><p>De unga.</p>
<h3>Genomförande</h3><p>Vi träffas varje vecka.</p>
<h2>Second chance</h2><p>Project period: 2016-10-01 – 2018-11-30<br>Project owner: City of Mallila
<br>Total budget: €334,920.00</p><h3>Objectives</h3><p>Nobody is left out.</p></body></html>""")
    )
    assert (swedish.language, english.language) == ("sv", "en")
    assert stated(swedish) == {
        "projects.name": "Broar till arbete",
        "projects.start_date": date(2015, 5, 1),
        "projects.end_date": date(2016, 12, 31),
        "projects.applicant": "Byarna rf",
        "projects.authority": "NTM-centralen i Tavastland",
        "funding.public_total.planned": 1584000.0,
        "narratives.summary": "Byarna gör upp en plan.",
        "narratives.objectives": "Alla ska med.",
        "narratives.target_groups": "De unga.",
        "narratives.implementation": "Vi träffas varje vecka.",
    }
    assert stated(english) == {
        "projects.name": "Second chance",
        "projects.start_date": date(2016, 10, 1),
        "projects.end_date": date(2018, 11, 30),
        "projects.applicant": "City of Mallila",
        "funding.total.planned": 334920.0,
        "narratives.objectives": "Nobody is left out.",
    }


# ---- states of a value


def test_blank_absent_and_unreadable(opened: Open) -> None:
    record = only(
        opened("""Silta töihin

Hankeaika: 1.1.2016 – 31.6.2017
Budjetti: 1,234
Toteuttaja:
Rahoittaja: -
Julkinen rahoitus: 300 000 kr

Tavoitteet
""")
    )
    status = {name: value.status for name, value in record.values.items()}
    assert status["projects.start_date"] is Status.READ
    assert status["projects.end_date"] is Status.UNREADABLE
    assert record.values["projects.end_date"].raw == "31.6.2017"
    assert status["funding.total.planned"] is Status.UNREADABLE
    assert status["funding.public_total.planned"] is Status.UNREADABLE
    assert status["projects.applicant"] is Status.BLANK
    assert (status["projects.authority"], record.values["projects.authority"].raw) == ("blank", "-")
    assert status["narratives.objectives"] is Status.BLANK
    assert status["narratives.summary"] is Status.ABSENT
    assert status["locations.region"] is Status.ABSENT
    assert record.findings == [
        Finding("value_unreadable", "projects.end_date", 3, "31.6.2017"),
        Finding("value_unreadable", "funding.total.planned", 4, "1,234"),
        Finding("value_unreadable", "funding.public_total.planned", 7, "300 000 kr"),
    ]


def test_one_side_of_a_period_leaves_the_other_absent(opened: Open) -> None:
    record = only(opened("Silta töihin\n\nHankeaika: 1.1.2020 alkaen\n"))
    assert record.content("projects.start_date") == date(2020, 1, 1)
    assert record.values["projects.end_date"].status is Status.ABSENT


def test_what_a_value_leaves_over_is_quoted(opened: Open) -> None:
    record = only(
        opened("""Silta töihin

Hankeaika: 1.1.2016 – 31.12.2017 (jatkoaika 30.6.2018 asti)
Kesto: 24 kk
Julkinen rahoitus: 300 000 €, josta kunta 20 000 €
Rahoitus: ESR
Budjetti: 400 000 € | muuta
""")
    )
    # The project ended half a year later.
    assert record.values["projects.end_date"].status is Status.UNREADABLE
    assert record.content("funding.public_total.planned") == 300000.0
    assert quoted(record) == [
        "Hankeaika: 1.1.2016 – 31.12.2017 (jatkoaika 30.6.2018 asti)",
        "Kesto: 24 kk",
        "Julkinen rahoitus: 300 000 €, josta kunta 20 000 €",
        "muuta",
    ]
    assert record.content("projects.fund") == "ESR"


def test_a_label_that_comes_twice(opened: Open) -> None:
    same = "Silta töihin\n\nHankeaika: 1.1.2016–31.12.2017\nKesto: 1.1.2016 - 31.12.2017\n"
    assert only(opened(same)).findings == []
    other = "Silta töihin\n\nBudjetti: 300 000 €\nBudjetti: 400 000 €\nBudjetti: iso\n"
    record = only(opened(other))
    assert record.content("funding.total.planned") == 300000.0
    assert [(f.code, f.line) for f in record.findings] == [
        ("label_repeated", 4),
        ("label_repeated", 5),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Hankkeen koodi on S20999.", "S20999"),
        ("Hanke S20999 on osa ohjelmaa.", "S20999"),
        ("Tavara S20999 on myynnissä.", None),
        ("Hanke jatkaa hanketta S20998 ja hanketta S20999.", None),
    ],
)
def test_a_code_beside_a_word_for_a_project(opened: Open, line: str, code: str | None) -> None:
    record = only(opened(f"Silta töihin\n\nBudjetti: 300 000 €\n\n{line}\n"))
    assert record.content("projects.project_code") == code
    # Two codes are told, and neither is taken.
    assert any(f.code == "label_repeated" for f in record.findings) is ("S20998" in line)


def test_a_day_that_neither_begins_nor_ends_the_project_is_no_finding(opened: Open) -> None:
    page = "Silta töihin\n\nJulkinen rahoitus: 57 634 €\n\n"
    for day in (
        "Hankkeen avajaisia vietettiin torilla 3.5.2017.",
        "Valokuvanäyttely päättyy kirjastossa 3.5.2017.",
    ):
        record = only(opened(f"{page}{day}\n"))
        assert record.findings == []
        assert record.values["projects.start_date"].status is Status.ABSENT
        assert record.values["projects.end_date"].status is Status.ABSENT


def test_a_fund_among_the_keywords_pays_nothing(opened: Open) -> None:
    record = only(opened("Silta töihin\n\nHankeaika: 1.1.2016–31.12.2017\n\nAvainsanat\nESR\n"))
    assert record.values["projects.fund"].status is Status.ABSENT
    record = only(opened("Silta töihin\n\nHankeaika: 1.1.2016–31.12.2017\n\nESR\n"))
    assert record.content("projects.fund") == "ESR"


def test_a_period_alone_on_a_line_counts_where_its_days_are_sure(opened: Open) -> None:
    page = "Silta töihin\n\nJulkinen rahoitus: 57 634 €\n\n{}\n"
    assert only(opened(page.format(PERIOD))).content("projects.end_date") == date(2017, 12, 31)
    for unsure in ("5/2015–12/2016", f"Auki {PERIOD} torilla"):
        record = only(opened(page.format(unsure)))
        assert record.values["projects.start_date"].status is Status.ABSENT


def test_the_years_of_a_programme_below_their_label_are_not_the_projects(opened: Open) -> None:
    years = "Ohjelmakausi\n1.1.2014–31.12.2020\n"
    record = only(opened(f"Silta töihin\n\nJulkinen rahoitus: 57 634 €\n\n{years}"))
    assert record.values["projects.start_date"].status is Status.ABSENT


def test_a_headline_that_is_a_sentence_names_what_begins(opened: Open) -> None:
    headline = "Mallilan kylien VIRE-hanke käynnistyy syksyllä"
    record = only(opened(f"Etusivu\n\n{headline}\n\nHankeaika: {PERIOD}\n"))
    assert record.content("projects.name") == "VIRE-hanke"


def test_the_longest_prose_is_the_summary(opened: Open) -> None:
    long = "Kylillä tehdään töitä kaikille, jotka niitä tekevät."
    short = "Lyhyt on tämä.\n\nToinen on tämä."
    page = f"Silta töihin\n\nHankeaika: {PERIOD}\n\n{long}\n\nKunnat: Kotka\n\n{short}\n"
    assert only(opened(page)).content("narratives.summary") == long


def test_a_fund_alone_on_a_line_counts_however_it_is_written(opened: Open) -> None:
    for line in ("ESR", "– ESR, Euroopan sosiaalirahasto", "Euroopan sosiaalirahasto (ESR)"):
        record = only(opened(f"Silta töihin\n\nHankeaika: {PERIOD}\n\n{line}\n"))
        assert record.content("projects.fund") == "ESR"


def test_values_of_prose_stand_where_it_says_them(opened: Open) -> None:
    record = only(
        opened(
            f"Silta töihin\n\nHankeaika: {PERIOD}\nKunnat: Kotka, , Hamina\n\nHanketta rahoittaa "
            "Euroopan sosiaalirahasto, ja sen kotisivu on muualla.\n"
        )
    )
    assert record.values["projects.fund"].raw == "Euroopan sosiaalirahasto"
    held = stated(record)
    assert held["locations.municipality.0"] == "Kotka"
    assert held["locations.municipality.1"] == "Hamina"
    text = "Ensin 1.1.2016–31.12.2016, sitten 1.2.2017–31.12.2018."
    first, second = whole_periods(text)
    assert text[first.start : first.end] == "1.1.2016–31.12.2016"
    assert text[second.start : second.end] == "1.2.2017–31.12.2018"
    assert second.first is not None and second.last is not None
    assert text[second.first.start : second.first.end] == "1.2.2017"
    assert text[second.last.start : second.last.end] == "31.12.2018"


def test_a_label_of_a_period_above_prose_is_no_period(opened: Open) -> None:
    record = only(opened("Silta töihin\n\nBudjetti: 300 000 €\n\nKesto\nKylillä tehdään töitä.\n"))
    assert record.values["projects.start_date"].status is Status.ABSENT
    assert record.findings == []


def test_facts_behind_the_end_of_a_page_are_not_its_projects(opened: Open) -> None:
    record = only(
        opened(
            f"<html><body><h1>Silta töihin</h1><p>Hankeaika: {PERIOD}</p><p>Uutiset</p>"
            "<p>Julkinen rahoitus: 57 634 €</p></body></html>"
        )
    )
    assert record.values["funding.public_total.planned"].status is Status.ABSENT


def test_values_below_their_labels_may_be_items_of_a_list(opened: Open) -> None:
    record = only(opened(f"Silta töihin\n\nHankeaika\n- {PERIOD}\n\nToteuttaja\n- {OWNER}\n"))
    assert record.content("projects.end_date") == date(2017, 12, 31)
    assert record.content("projects.applicant") == OWNER
    assert record.values["projects.applicant"].raw == OWNER
    assert record.findings == []


def test_what_stands_below_cells_belongs_to_none_of_them(opened: Open) -> None:
    record = only(
        opened(
            f"Silta töihin\n\nHankeaika: {PERIOD} | Kohderyhmä: nuoret\nKylillä tehdään töitä.\n"
        )
    )
    assert record.content("narratives.target_groups") == "nuoret"
    assert record.content("narratives.summary") == "Kylillä tehdään töitä."


# ---- where a block begins and ends


def test_two_blocks_and_what_stands_around_them(opened: Open) -> None:
    first, second = sound(
        opened("""Etusivu > Hankkeet

Tervetuloa

Täällä kerrotaan kaikesta.

Silta töihin
Hankeaika 1.1.2016–31.12.2017

Ensimmäinen hanke auttaa alkuun. Se on pieni.

Polku kotiin
Julkinen rahoitus 57 634 €
Hankeaika 1.1.2018–31.12.2019

Toinen jatkaa siitä.

Uutiset

Kesto: 1.1.2020–2.1.2020
""")
    )
    assert (first.content("projects.name"), first.lines) == ("Silta töihin", 3)
    assert first.content("narratives.summary") == "Ensimmäinen hanke auttaa alkuun. Se on pieni."
    assert (second.content("projects.name"), second.lines) == ("Polku kotiin", 4)
    assert second.content("projects.end_date") == date(2019, 12, 31)
    assert second.content("narratives.summary") == "Toinen jatkaa siitä."


def test_a_title_right_above_facts_begins_a_block(opened: Open) -> None:
    first, second = sound(
        opened("""Silta töihin

Hankeaika: 1.1.2016–31.12.2017

Kylillä tehdään töitä.

Polku kotiin

Julkinen rahoitus: 57 634 €
""")
    )
    assert "funding.public_total.planned" not in stated(first)
    assert second.content("projects.name") == "Polku kotiin"


def test_facts_that_come_again_under_a_title_are_of_its_project(opened: Open) -> None:
    # The first of them is new; the second one the project before has already.
    first, second = sound(
        opened(f"""Silta töihin

Hankeaika: {PERIOD}

Kylillä tehdään töitä.

Polku kotiin

Toteuttaja: {OWNER}
Hankeaika: 1.1.2018–31.12.2019
""")
    )
    assert first.content("projects.end_date") == date(2017, 12, 31)
    assert second.content("projects.applicant") == OWNER
    assert second.content("projects.end_date") == date(2019, 12, 31)


def test_labelled_names_begin_blocks(opened: Open) -> None:
    first, second = sound(
        opened("""Tietoa meistä

Olemme yhdistys.

Hankkeen nimi: Kylä herää
Hankeaika: 1.8.2016–31.7.2018
Hankkeen nimi: Kylä nukkuu
Hankeaika: 1.9.2019–31.8.2020
""")
    )
    assert first.content("projects.name") == "Kylä herää"
    assert first.values["projects.name"].span.line == 5  # type: ignore[union-attr]
    assert (first.lines, second.lines) == (2, 2)
    assert second.content("projects.start_date") == date(2019, 9, 1)


def test_facts_may_come_last(opened: Open) -> None:
    record = only(
        opened("""Silta töihin

Kylillä tehdään töitä.

Tavoitteet

Kaikille löytyy jotakin.

Kiertue kylillä

Kierrämme ja kysymme.

Hankkeen tiedot
Hankeaika: 1.1.2016–31.12.2017
""")
    )
    assert record.content("projects.name") == "Silta töihin"
    assert record.content("narratives.summary") == "Kylillä tehdään töitä."
    assert str(record.content("narratives.objectives")).endswith("Kierrämme ja kysymme.")
    assert record.findings == []


def test_headings_above_facts_without_a_title_are_no_project(opened: Open) -> None:
    # The title stands above the news, where the site turns to something else; "Mitä teemme" is a
    # heading like the one above it, and names nothing.
    page = """Silta töihin

Kylillä tehdään töitä.

Uutiset
Tavoitteet

Kaikille löytyy jotakin.

Kiertue kylillä

Kierrämme ja kysymme.

Hankkeen tiedot
Hankeaika: 1.1.2016–31.12.2017
"""
    assert look_at(opened(page)).records == ()
    (record,) = sound(opened(page.replace("Uutiset\n", "")))
    assert record.content("projects.name") == "Silta töihin"


ENTITLED = """<h1>Silta töihin</h1><p>Hankeaika: {first}</p><p>Kylillä tehdään töitä.</p>
<h{level}>Polku kotiin</h{level}><p>{label}: {value}</p>"""
SUM = ("Julkinen rahoitus", "57 634 €")


@pytest.mark.parametrize(
    ("level", "first", "label", "value", "titles"),
    [
        # One heading of the first level, and nothing stated twice: all is of its project.
        (2, PERIOD, *SUM, ["Silta töihin"]),
        (1, PERIOD, *SUM, ["Silta töihin", "Polku kotiin"]),
        # A label without its value states nothing, so that the period is stated once.
        (2, "", "Hankeaika", PERIOD, ["Silta töihin"]),
        (2, PERIOD, "Hankeaika", "1.1.2018–31.12.2019", ["Silta töihin", "Polku kotiin"]),
    ],
)
def test_a_page_under_one_heading_is_about_one_project(
    opened: Open, level: int, first: str, label: str, value: str, titles: list[str]
) -> None:
    page = ENTITLED.format(level=level, first=first, label=label, value=value)
    records = sound(opened(page))
    assert [record.content("projects.name") for record in records] == titles
    # Under a heading that nobody knows a sum or a period may be that of a part.
    assert records[0].content("projects.start_date") == (date(2016, 1, 1) if first else None)
    total = records[-1].content("funding.public_total.planned")
    assert total == (57634.0 if (level, label) == (1, SUM[0]) else None)


@pytest.mark.parametrize(("tag", "on"), [("p", True), ("h3", True), ("h2", False), ("h1", False)])
def test_only_a_heading_of_its_level_or_above_ends_what_a_heading_begins(
    opened: Open, tag: str, on: bool
) -> None:
    record = only(
        opened(
            "<html><body><h2>Silta töihin</h2><p>Budjetti: 300 000 €</p><p>Kylillä on töitä.</p>"
            f"<{tag}>Uusi polku</{tag}><p>Sitä kuljetaan yhdessä.</p></body></html>"
        )
    )
    more = "\n\nUusi polku\n\nSitä kuljetaan yhdessä." if on else ""
    assert record.content("narratives.summary") == f"Kylillä on töitä.{more}"


def test_a_labelled_name_with_three_more_labels_is_a_project(opened: Open) -> None:
    labels = f"Toteuttaja: {OWNER}\nKunnat: Kotka\nMaakunta: Kymenlaakso\n"
    record = only(opened(f"Hankkeen nimi: Kylä herää\n{labels}"))
    assert record.content("projects.name") == "Kylä herää"


def test_a_long_question_as_a_heading_names_a_project(opened: Open) -> None:
    name = "Miten saamme kaikki kylien nuoret töihin ja mukaan arkeen tänä vuonna?"
    record = only(opened(f"<html><body><h2>{name}</h2><p>Hankeaika: {PERIOD}</p></body></html>"))
    assert record.content("projects.name") == name


@pytest.mark.parametrize("line", ["Rahoittaja: ESR", "Hankeaika: vuoden ajan", "Budjetti: iso"])
def test_a_page_with_a_fact_and_no_name_looks_like_a_projects(opened: Open, line: str) -> None:
    looked = look_at(opened(f"{line}\n"))
    assert looked.records == ()
    assert looked.finding == Finding("web_project_unread", raw="–")


@pytest.mark.parametrize(("wraps", "names"), [(False, ["Kylien uusi polku"]), (True, [])])
def test_the_tail_of_a_long_line_is_no_title(wraps: bool, names: list[str]) -> None:
    line = (
        "Kerromme tällä sivulla siitä mitä kylillä tapahtuu ja ketkä kaikki siinä ovat mukana, "
        "sillä tekijöitä tarvitaan aina lisää ja"
    )
    text = f"{line}\nKylien uusi polku\nHankeaika: {PERIOD}\n"
    ends = frozenset({0} if wraps else ())
    records = look_at(Document("page", "text", "utf-8", "", text, text, wraps=ends)).records
    assert [record.content("projects.name") for record in records] == names


def test_a_value_that_wraps_below_another_label_is_whole(opened: Open) -> None:
    record = only(
        opened("""Silta töihin

Hankeaika: 1.1.2016–31.12.2017
Toteuttaja: Mallilan kylät ry, Kuppilan kylät ry, Sammalen
kylät ry
Budjetti: 300 000 €

Kylillä tehdään töitä, ja niitä tehdään siellä joka kesä ja
talvi niin kauan kuin tekijöitä vain riittää, sillä kukaan ei
jää kotiin yksin. Naapurit tulevat hakemaan mukaan vaikka se
vaatisi kaksi matkaa, ja lopuksi syödään yhdessä keittoa sekä
leipää niin kuin kylillä on aina tehty kun työt on jo saatu
valmiiksi ja ilta on vielä pitkä.
""")
    )
    applicant = "Mallilan kylät ry, Kuppilan kylät ry, Sammalen kylät ry"
    assert record.content("projects.applicant") == applicant
    assert record.content("funding.total.planned") == 300000.0
    assert record.findings == []


@pytest.mark.parametrize(
    "page",
    [
        "Kesto oli liian lyhyt.\n",
        "Kunta sai budjetin\n\nBudjetti oli 300 000 euroa suurempi kuin ennen.\n",
        "Kunta sai budjetin\n\nBudjetti 2016 hyväksyttiin kokouksessa.\n",
        "Kunta sai budjetin\n\nBudjetti: 2016\n",
        "Kunta sai budjetin\n\nBudjetti 300 000 euroa ylittyi taas.\n",
        "Tavoitteet\n\nHyvä elämä kaikille.\n",
        "Hankeaika: 1.1.2016–31.12.2017\n",
        "Etusivu\n\nHankeaika: 1.1.2016–31.12.2017\n",
        "Hankeaika: 1.1.2016–31.12.2017\n\nOtsikko tulee vasta nyt\n",
        "Silta töihin\n\nToteuttaja: Mallilan kylät ry\nKesto: 24 kk\n",
        "Silta töihin\n\nUutiset\n\nBudjetti: 300 000 €\n",
        "Hankkeen nimi:\nHankeaika: 1.1.2016–31.12.2017\n",  # the name is blank
        "<html><body><h1>Silta töihin</h1><p>Toteuttaja: Mallilan kylät ry</p><p>Uutiset</p>",
        # A name and two more labels with values are too few; a blank one does not count.
        "Hankkeen nimi: Kylä herää\nToteuttaja: Mallilan kylät ry\nKunnat: Kotka\nMaakunta:\n",
        "Silta töihin\n\nHankeajattelu 1.1.2016–31.12.2017\n",
        "x",
    ],
)
def test_no_project_is_stated(opened: Open, page: str) -> None:
    assert look_at(opened(page)).records == ()


@pytest.mark.parametrize("name", ["S20405.txt", "S12577.txt", "S20562.txt", "S21684.html"])
def test_an_official_form_is_no_web_page(name: str) -> None:
    document = open_document(str(ROOT / "data" / "raw" / name))
    assert isinstance(document, Document)
    assert list(look_at(document).records) == []


# ---- projects told of


def test_a_project_in_prose_is_told_of_and_not_read(opened: Open) -> None:
    document = opened("""Silta töihin

Hankeaika: 1.1.2016–31.12.2017

Tavoitteet

Kaikille löytyy jotakin.

Sauna kylille

Seuraava hanke päättyy 30.6.2021. Silloin on lämmin.

Retki naapuriin

Kyläprojektien hankevetäjä esitteli saunan.

Ny bastu

Projektet pågår till slutet av 2022.

Kesä tulee

Hankkeista puhutaan vielä.
""")
    (record,) = sound(document)
    assert record.lines == 4
    told = look_at(document).mentions
    assert [(t.title, t.line, t.end_date, t.qualifier) for t in told] == [
        ("Sauna kylille", 9, date(2021, 6, 30), None),
        ("Ny bastu", 17, date(2022, 12, 31), "year"),
        ("Kesä tulee", 21, None, None),
    ]
    assert all(isinstance(t, Mention) and document.raw(t.span) == t.title for t in told)


@pytest.mark.parametrize("mark", ["12.3.2016", "Hankesuunnitelma"])
def test_a_print_without_line_ends_begins_with_its_title(opened: Open, mark: str) -> None:
    prose = "Hanke toteutetaan 1.1.2016–31.12.2017 kylillä."
    record = only(opened(f"Silta töihin {mark} {prose}\n"))
    assert record.content("projects.name") == "Silta töihin"
    assert record.content("projects.end_date") == date(2017, 12, 31)


# ---- persons


PERSONAL = """Silta töihin

Hankeaika: 1.1.2016–31.12.2017
Koordinaattori: Maija Mallinen
Toteuttaja: Mallilan kylät ry, puh. 050 123 4567
Projektipäällikkö: Matti Mallinen

Kylillä tehdään töitä.

Tavoitteet

Kaikille löytyy jotakin.

Lisätietoja

Minna Mallinen
hankevastaava
minna.mallinen(at)example.org
050 - 123 4567

Toteutus

Kysy lisää: maija@example.org.

Kierretään kylät.
"""


@pytest.mark.parametrize("html", [False, True])
def test_persons_are_kept_out_of_everything(opened: Open, html: bool) -> None:
    page = PERSONAL
    if html:
        lines = "".join(f"<p>{line}</p>" for line in PERSONAL.splitlines() if line)
        page = f"<html><body>{lines}</body></html>"
    document = opened(page)
    record = only(document)
    said = json.dumps([[v.raw, str(v.content)] for v in record.values.values()])
    said += json.dumps([f.raw for f in record.findings])
    for word in ("allinen", "050", "123", "example.org", "hankevastaava"):
        assert word not in said
    assert record.content("narratives.summary") == "Kylillä tehdään töitä."
    assert record.content("narratives.objectives") == "Kaikille löytyy jotakin."
    assert record.content("narratives.implementation") == "Kierretään kylät."
    assert record.content("projects.applicant") == "Mallilan kylät ry"
    hidden = " ".join(document.lines[i].text for i in record.withheld)
    for word in ("Maija", "Matti", "Minna", "hankevastaava", "050", "maija@example.org"):
        assert word in hidden


def test_prose_with_a_persons_number_is_refused_and_the_next_section_read(opened: Open) -> None:
    record = only(
        opened(f"""Silta töihin

Hankeaika: {PERIOD}
Kohderyhmä: kysy Maijalta, p. 050 123 4567

Toteutus

Kierretään kylät.
""")
    )
    groups = record.values["narratives.target_groups"]
    assert (groups.status, groups.raw) == (Status.UNREADABLE, None)
    assert record.content("narratives.implementation") == "Kierretään kylät."


def test_a_name_above_a_number_is_a_persons(opened: Open) -> None:
    page = Page(opened(f"Silta töihin\n\nHankeaika: {PERIOD}\n\nMaija Mallinen\n050 123 4567\n"))
    personal = [page.lines[i].text for i in sorted(page.personal)]
    assert personal == ["Maija Mallinen", "050 123 4567"]


@pytest.mark.parametrize("below", ["", "<p>Kylien oma ohjaaja.</p>"])
def test_a_person_under_a_label_of_contacts_may_be_a_heading_or_come_last(
    opened: Open, below: str
) -> None:
    prose = "Kylillä on töitä kaikille, jotka niitä tekevät."
    page = (
        f"<html><body><h1>Silta töihin</h1><p>Hankeaika: {PERIOD}</p><p>{prose}</p>"
        f"<p>Lisätietoja</p><h3>Maija Mallinen</h3>{below}</body></html>"
    )
    document = opened(page)
    record = only(document)
    assert record.content("narratives.summary") == prose
    personal = [document.lines[i].text for i in sorted(Page(document).personal)]
    assert personal == ["Lisätietoja", "Maija Mallinen"]


def test_addresses_behind_links_are_kept_out(opened: Open) -> None:
    record = only(
        opened(
            "<html><body><h2>Silta töihin</h2><p>Budjetti: 300 000 €</p><p>Kylillä on töitä.</p>"
            '<p>Kysy <a href="mailto:maija@example.org">lisää</a> meiltä jo nyt.</p></body></html>'
        )
    )
    assert record.content("narratives.summary") == "Kylillä on töitä."
    assert "example.org" not in str([v.raw for v in record.values.values()])
    assert len(record.withheld) == 1


# ---- any page

PARTS = (
    "Silta töihin", "Polku kotiin", "Etusivu", "Uutiset", "Perustiedot", "Tavoitteet", "Toteutus",
    "Kohderyhmä: nuoret", "Hankeaika: 1.1.2016–31.12.2017", "Hankeaika", "1.1.2016–31.6.2017",
    "Julkinen rahoitus 57 634 €", "Budjetti: iso", "Budjetti: 1 € | Kesto: 2016 | muuta",
    "Toteuttaja:", "Koordinaattori: Maija Mallinen", "Lisätietoja", "Maija Mallinen",
    "maija@example.org",
    "Hankkeen nimi: Kylä herää", "Kunnat: Kotka, Hamina ja Virolahti", "Tämä on lause hankkeesta.",
    "- kohta", "Hanke S20999", "Label: value", "050 123 4567", "Budjetti\tKesto",
    "1 000 €\t2015–2016",
    "", "", "", "Tällainen rivi on niin pitkä, ettei se mitenkään voi olla otsikko " * 3,
)  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=40), st.booleans())
@example(
    [
        "Budjetti: iso",
        "Budjetti: iso",
        "Koordinaattori: Maija Mallinen",
        "Hankkeen nimi: Kylä herää",
    ],
    False,
)
def test_every_line_of_any_page_is_accounted_for(parts: list[str], html: bool) -> None:
    text = "\n".join(parts)
    view, starts, ends = text, array("L"), array("L")
    if html:
        text = "<html><body>" + "".join(f"<p>{part}</p>" for part in parts) + "</body></html>"
        view, starts, ends = view_and_tags(text).view
    document = Document("page", "text", "utf-8", "", text, view, starts, ends)
    records = sound(document)
    for record in records:
        assert record.content("projects.name")
        shown = {
            "funding.public_total.planned",
            "funding.total.planned",
            "projects.start_date",
        } & set(labelled := [n for n, v in record.values.items() if v.status is not Status.ABSENT])
        # Only a labelled name with more labels makes a project without a period or a sum; one that
        # stands under a heading of its own is refused.
        assert shown or len(labelled) > 3
        said = [v.raw or "" for v in record.values.values()] + [
            f.raw or "" for f in record.findings
        ]
        assert not any("example.org" in raw or "123 4567" in raw for raw in said)
    told = look_at(document).mentions
    assert len({t.line for t in told}) == len(told) or html


# ---- the shelf


def test_every_label_is_met_in_its_language(opened: Open) -> None:
    values = {
        "period": PERIOD,
        "start": "1.1.2016",
        "end": "31.12.2017",
        "sum": MONEY,
        "code": "S20999",
    }
    values |= {"url": "www.example.org", "organisation": OWNER}
    values |= {"fund": "Euroopan sosiaalirahasto", "funder": "Hämeen ELY-keskus"}
    for entry in load.web()["labels"]:
        if entry["kind"] == "passed":
            continue
        for spelling in (s for lang in load.LANGUAGES for s in entry.get(lang, ())):
            value = values.get(entry["kind"], "Mallila")
            extra = "Tuki: ei\nESR-tuki: 75 000 €\n" if "eu_and_state" not in str(entry) else ""
            page = f"Silta töihin\n\n{spelling}: {value}\n{extra}Hankeaika: {PERIOD}\n"
            if entry["kind"] in ("period", "start", "end"):
                page = f"Silta töihin\n\n{spelling}: {value}\n{extra}"
            record = only(opened(page))
            field = entry.get("field", "projects.start_date")
            held = stated(record)
            assert field in held or f"{field}.0" in held, spelling


def test_every_heading_is_met(opened: Open) -> None:
    for field, said in load.web()["headings"].items():
        for spelling in (s for lang in load.LANGUAGES for s in said.get(lang, ())):
            page = f"Silta töihin\n\nHankeaika: {PERIOD}\n\n{spelling}\n\nTässä on lause.\n"
            record = only(opened(page))
            assert record.content(field) == "Tässä on lause.", spelling
            assert record.titles[field] == spelling


def test_no_spelling_means_two_things() -> None:
    seen: dict[str, tuple[str, str]] = {}
    shelf = load.web()
    # A word of menus is a label where a colon stands behind it.
    labels = [e for e in shelf["labels"] if e["kind"] != "named"]
    entries = [(str(e.get("field", "period")), e) for e in labels]
    entries += [(name, shelf[name]) for name in ("captions", "navigation", "endings", "contacts")]
    entries += list(shelf["headings"].items())
    for field, said in entries:
        for language in load.LANGUAGES:
            for spelling in said.get(language, ()):
                met = seen.setdefault(plain(spelling), (field, language))
                assert met[0] == field, f"{spelling} is {met[0]} and {field}"
                assert (field, language) == met or language != met[1], f"{spelling} comes twice"


def test_qualifiers_and_months_of_the_shelf_are_read() -> None:
    sums, periods = load.quantities("sums"), load.quantities("periods")
    for key, said in sums["qualifiers"].items():
        for word in (w for lang in load.LANGUAGES for w in said[lang]):
            money = read_sum(f"{word} 300 000 €")
            assert money is not None and money.qualifier == key, word
    for names in periods["months"].values():
        for number, spellings in enumerate(names, start=1):
            for spelling in spellings:
                period = find_period(f"{spelling} 2016")
                assert period is not None and period.first is not None, spelling
                assert period.first.first == date(2016, number, 1)


def test_project_words_stand_by_themselves() -> None:
    project = words().project
    for text in (
        "hanke",
        "Hankkeessa",
        "hanketta",
        "hankkeita",
        "projektin",
        "projektet",
        "projects",
    ):
        assert project.fullmatch(text), text
    for text in ("hankevetäjä", "kyläprojektien", "hanki", "projektipäällikkö", "ESR-hanke"):
        assert not project.search(text), text
