"""A form made up here: the engine reads it from its file alone."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import yaml

from esrdata.documents.document import Document
from esrdata.reading.form.description import read_document
from esrdata.reading.form.spec import parse
from esrdata.reading.record import Record, Status

TOY: dict[str, Any] = yaml.safe_load("""
form: beekeeping
what: A beekeeper's yearly notice
languages: [sv, en]
sets: {projects.programme_period: "2030"}
blank_words: [Ingen, none]
furniture:
  - {sv: "Bikontoret", en: "Bee Office"}
titles:
  - {sv: "Anmälan om bigård", en: "Notice of an apiary", sets: {projects.fund: BI}}
sections:
  - key: apiary
    number: "A"
    sv: Bigården
    en: The apiary
    entries:
      - {sv: Kod, en: Code, template: "{projects.project_code:code}"}
      - {sv: Namn, en: [Name, Title], template: "{projects.name:text}"}
      - sv: Säsong
        en: Season
        template:
          sv: ["från {projects.start_date:date} till {projects.end_date:date}"]
          en: ["from {projects.start_date:date} to {projects.end_date:date}"]
      - {sv: Hemsida, en: Website, template: "{projects.website:text}"}
      - {sv: Byar, en: Villages, list: locations.municipality}
      - {sv: Vandrande, en: Migrating, colon: false, optional: true, sets: {projects.moves: yes}}
      - {sv: Skötare, en: Keeper, template: "{contacts.0.name:text}", withheld: contacts}
      - {sv: Telefon, en: Phone, withheld: always}
    sections:
      - {key: helpers, optional: true, sv: Medhjälpare, en: Helpers, partners: co_organiser}
  - {key: story, sv: Året som gick, en: The year, narrative: narratives.summary}
  - key: honey
    number: "3"
    sv: Honung
    en: Honey
    entries:
      - sv: Skörd
        en: Harvest
        template:
          ["{indicators.jars.planned:count} av {indicators.jars.realised:count}",
           "{indicators.jars.planned:count}"]
  - key: health
    number: "4"
    sv: Hälsa
    en: Health
    ordered: true
    furniture: [{sv: Poäng, en: Points}]
    entries:
      - {sv: Drottningen, en: The queen, score: queen}
      - {sv: Arbetarna, en: The workers, score: workers}
score:
  colon: false
  template: "{sustainability.*.direct:score} / {sustainability.*.indirect:score}"
  free_text: sustainability.*.justification
score_bounds: [1, 5]
not_applicable:
  - indicators: [jars]
    when: {projects.name: Observationsgård}
    why: its bees are only watched
""")

SWEDISH = """Bikontoret
Anmälan om bigård

1 Bigården
Kod: Ö12345
Namn: Surret: vid ån
Säsong: från 1.4.2030 till 30.9.2030
Hemsida: Ingen
Byar: Mallby, Åby
Vandrande
Skötare: Testin Teija
Telefon: 050 7654321

Medhjälpare
Åby bin, humlor & co, 7654321-2

2 Året som gick
Våren kom sent.

4 Hälsa
är viktigast av allt.

3 Honung
Skörd: 12 av 1 200

4 Hälsa
Poäng
Drottningen 4 / 5
Drottningen är gammal.
Arbetarna 2 / 3
Arbetarna 1 / 1 stod det i fjol.
"""


def read(document: Callable[..., Document], raw: dict[str, Any], text: str) -> list[Record]:
    return read_document(document(text), (parse(raw),), contacts=False)


def content(record: Record) -> dict[str, object]:
    return {
        name: value.content for name, value in record.values.items() if value.status is Status.READ
    }


def test_a_swedish_page_of_a_form_never_seen(document: Callable[..., Document]) -> None:
    (record,) = read(document, TOY, SWEDISH)
    assert (record.form, record.language, record.code) == ("beekeeping", "sv", "Ö12345")
    assert content(record) == {
        "projects.programme_period": "2030",
        "projects.fund": "BI",
        "projects.project_code": "Ö12345",
        "projects.name": "Surret: vid ån",
        "projects.start_date": date(2030, 4, 1),
        "projects.end_date": date(2030, 9, 30),
        "projects.moves": True,
        "locations.municipality.0": "Mallby",
        "locations.municipality.1": "Åby",
        "partners.0.role": "co_organiser",
        "partners.0.name": "Åby bin, humlor & co",
        "partners.0.business_id": "7654321-2",
        "narratives.summary": "Våren kom sent.\n\n4 Hälsa\när viktigast av allt.",
        "indicators.jars.planned": 12,
        "indicators.jars.realised": 1200,
        "sustainability.queen.direct": 4,
        "sustainability.queen.indirect": 5,
        "sustainability.queen.justification": "Drottningen är gammal.",
        "sustainability.workers.direct": 2,
        "sustainability.workers.indirect": 3,
        "sustainability.workers.justification": "Arbetarna 1 / 1 stod det i fjol.",
    }
    assert record.values["projects.website"].status is Status.BLANK
    assert record.findings == []
    assert record.lines == record.accounted == 25


def test_an_english_page_of_the_same_form(document: Callable[..., Document]) -> None:
    text = (
        "Notice of an apiary\n\n1 The apiary\nCode: B10001\nTitle: The hum\n"
        "Season: from 1.4.2030 to\nWebsite:\nVillages:\n\n2 The year\nA late spring.\n\n"
        "3 Honey\nHarvest: 12\n\n4 Health\nThe queen\t3 / 4\n"
    )
    (record,) = read(document, TOY, text)
    assert record.language == "en"
    assert content(record) == {
        "projects.programme_period": "2030",
        "projects.fund": "BI",
        "projects.project_code": "B10001",
        "projects.name": "The hum",
        "projects.start_date": date(2030, 4, 1),
        "narratives.summary": "A late spring.",
        "indicators.jars.planned": 12,
        "sustainability.queen.direct": 3,
        "sustainability.queen.indirect": 4,
    }
    blank = {name for name, v in record.values.items() if v.status is Status.BLANK}
    assert blank == {
        "projects.end_date",
        "projects.website",
        "locations.municipality",
        "sustainability.queen.justification",
    }
    assert record.values["indicators.jars.realised"].status is Status.ABSENT
    assert record.values["sustainability.workers.direct"].status is Status.ABSENT
    assert record.values["partners.co_organiser"].status is Status.ABSENT


def test_the_rule_of_the_form_decides_what_applies(document: Callable[..., Document]) -> None:
    text = SWEDISH.replace("Surret: vid ån", "observationsgård").replace("12 av 1 200", "")
    (record,) = read(document, TOY, text)
    assert record.applicable == {"jars": False}
    assert record.values["indicators.jars.planned"].status is Status.NOT_APPLICABLE


def test_a_page_of_another_form_gives_nothing(document: Callable[..., Document]) -> None:
    assert read(document, TOY, "1 Hanke\n\nHankekoodi: S99901\n") == []


def test_every_field_of_the_form_is_declared() -> None:
    fields = parse(TOY).fields()
    assert "projects.name" in fields
    assert "sustainability.workers.indirect" in fields
    assert "partners.co_organiser" in fields
    assert "projects.moves" not in fields  # optional
    assert not [name for name in fields if name.startswith("contacts.")]


def changed(*place: str | int, key: str, value: object = True) -> dict[str, Any]:
    raw = copy.deepcopy(TOY)
    at: Any = raw
    for step in place:
        at = at[step]
    at[key] = value
    return raw


def test_a_template_of_one_language_may_be_one_string(document: Callable[..., Document]) -> None:
    shape = {"sv": "från {projects.start_date:date} till {projects.end_date:date}"}
    raw = changed("sections", 0, "entries", 2, key="template", value=shape)
    (record,) = read(document, raw, SWEDISH)
    assert record.content("projects.start_date") == date(2030, 4, 1)


def test_what_scores_share_may_be_several_templates_or_one_for_each_language(
    document: Callable[..., Document],
) -> None:
    shape = "{sustainability.*.direct:score} / {sustainability.*.indirect:score}"
    for template in ([shape, "{sustainability.*.direct:score}"], {"sv": shape, "en": [shape]}):
        (record,) = read(document, changed("score", key="template", value=template), SWEDISH)
        assert record.content("sustainability.queen.direct") == 4
        assert record.content("sustainability.workers.indirect") == 3


def test_scores_on_the_line_below_their_label(document: Callable[..., Document]) -> None:
    text = SWEDISH.replace("Drottningen 4 / 5\n", "Drottningen\n4 / 5\n")
    (record,) = read(document, TOY, text)
    assert record.content("sustainability.queen.direct") == 4
    assert record.content("sustainability.queen.indirect") == 5
