"""Dotted names and the cells they stand for: every name that reading can give, both ways."""

from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from pages import raw

import esrdata
from esrdata import Portfolio, UsageError
from esrdata.knowledge import load
from esrdata.knowledge.fields import field_of, list_name, shapes, value_tables
from esrdata.knowledge.wording import field_label
from esrdata.present.evidence.pages import write_evidence
from esrdata.reading.form.spec import all_forms
from esrdata.reading.lists.spec import all_lists
from esrdata.reading.record import Record, Status, Value
from esrdata.tables.build import TABLES
from esrdata.tables.cells import cells
from esrdata.tables.rows import Rows


def declared() -> list[str]:
    """Every field that a form, a list or a shipped page has."""
    names = [name for form in all_forms() for name in form.fields()]
    names += [c.field for spec in all_lists() for c in spec.columns if c.field]
    return list(dict.fromkeys([*names, *raw().provenance["field"]]))


@pytest.mark.parametrize("name", declared())
def test_every_declared_name_is_a_field_with_a_label(name: str) -> None:
    field = field_of(name)
    assert field.name == name
    assert field.shape.write(field.values) == name
    assert name.startswith(f"{field.table}.")
    for lang in load.LANGUAGES:
        assert field_label(name, lang)


@pytest.mark.parametrize(
    ("name", "keys", "column", "kind"),
    [
        ("projects.end_date", {}, "end_date", "date"),
        (
            "funding.public_total.realised",
            {"measure": "public_total", "stage": "realised"},
            "amount_eur",
            "money",
        ),
        (
            "indicators.participants.planned_women",
            {"indicator": "participants", "stage": "planned"},
            "women",
            "integer",
        ),
        ("sustainability.wellbeing.direct", {"criterion": "wellbeing"}, "direct", "integer"),
        ("horizontal.equality", {"principle": "equality"}, "answer", "text"),
        (
            "horizontal.equality.justification",
            {"principle": "equality"},
            "justification",
            "text",
        ),
        ("narratives.summary", {"section": "summary"}, "text", "text"),
        ("locations.region.2", {"level": "region"}, "name", "text"),
        ("locations.region", {"level": "region"}, None, None),
        ("partners.0.business_id", {}, "business_id", "text"),
        ("partners.co_organiser", {"role": "co_organiser"}, None, None),
    ],
)
def test_a_name_says_which_cell_it_is(
    name: str, keys: dict[str, str], column: str | None, kind: str | None
) -> None:
    field = field_of(name)
    assert (dict(field.keys), field.column, field.kind) == (keys, column, kind)


def test_places_in_a_list_and_parts_of_a_value() -> None:
    assert (field_of("locations.region.2").number, list_name("locations.region.2")) == (
        2,
        "locations.region",
    )
    assert (field_of("partners.10.name").number, list_name("partners.10.name")) == (10, "partners")
    assert (field_of("projects.name").number, list_name("projects.name")) == (None, None)
    city = field_of("locations.site.city")
    assert (city.part, city.column, dict(city.keys)) == ("city", "name", {"level": "site"})


def test_a_value_of_a_list_is_known_as_one() -> None:
    regions, helpers = field_of("locations.region"), field_of("partners.co_organiser")
    assert field_of("locations.region.0").within(regions)
    assert not field_of("locations.municipality.0").within(regions)
    assert field_of("partners.3.name").within(helpers)
    assert not regions.within(regions)
    assert not field_of("indicators.participants.planned").within(
        field_of("indicators.participants")
    )


def test_an_authors_own_text_is_known_as_prose() -> None:
    prose = {name for name in declared() if field_of(name).prose}
    assert {"narratives.summary", "sustainability.wellbeing.justification"} < prose
    assert {"projects.name", "horizontal.equality", "locations.region"} & prose == set()


@pytest.mark.parametrize(
    "name",
    [
        "",
        "projects",
        "projects.nmae",
        "project.name",
        "partners.x.name",
        "partners.0",
        "partners.0.nmae",
        "locations.region.x",
        "funding.public_total",
        "files.status",
    ],
)
def test_a_name_that_no_table_has_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="There is no field"):
        field_of(name)


def test_the_shapes_name_columns_and_words_that_are_there() -> None:
    specs = load.table_specs()
    assert value_tables()[0] == "projects"
    assert "provenance" not in value_tables()
    for table in value_tables():
        columns = specs[table]["columns"]
        for shape in shapes(table):
            assert set(shape.columns) | set(shape.keys) <= set(columns), shape.name
            assert all("codes" in columns[key] for key in shape.keys), shape.name
            parts = {part for group in shape.joined for part in group}
            assert parts <= set(specs.get(str(shape.parts_of), {"columns": ()})["columns"])


# ---- tables as attributes, and the cells of names


def test_every_table_is_an_attribute_that_editors_know() -> None:
    for name in (*TABLES, "contacts"):
        described = vars(Portfolio).get(name)
        # `conflicts` is a method: it takes a field.
        assert name == "conflicts" or described.__doc__.startswith("One row per "), name
    portfolio = raw()
    assert {*TABLES} <= {*dir(portfolio)}
    assert portfolio.funding is portfolio.tables["funding"]
    assert not hasattr(portfolio, "contacts")
    assert "contacts" not in dir(portfolio)
    with pytest.raises(AttributeError, match=r"contacts=True"):
        _ = portfolio.contacts
    with pytest.raises(AttributeError, match="cannot be replaced"):
        portfolio.funding = portfolio.projects


def written(content: object) -> str:
    """A content as a plain page writes it."""
    if isinstance(content, pd.Timestamp):
        return f"{content.day}.{content.month}.{content.year}"
    if isinstance(content, int | float):
        return f"{content:g}" if content < 1e6 else f"{content:.0f}"
    return str(content)


def test_the_cell_of_every_name_holds_what_provenance_has_read() -> None:
    portfolio = raw()
    held = cells(portfolio.tables, set(portfolio.projects["project_code"]))
    seen = set()
    compared = 0
    for row in portfolio.provenance.itertuples():
        place = row.project_code, row.field
        field = field_of(row.field)
        if field.column is None or field.part is not None or place in seen:
            continue
        seen.add(place)  # the first source of a value is the one the tables hold
        if row.status != "read":
            assert held.get(place) is None, place
            continue
        content = held[place]
        # Forms set what their title or a heading means; the whole page is the source of prose.
        meant = (
            row.field in {"projects.fund", "projects.programme_period"} or field.column == "role"
        )
        if meant or field.prose:
            assert content
            continue
        raw_text = " ".join(unescape(row.raw).split())
        plain = raw_text.replace(" ", "") if field.kind in ("money", "integer") else raw_text
        assert written(content) == plain, place
        compared += 1
    assert compared > 200


def test_a_blank_place_in_a_list_keeps_the_numbers_of_those_behind_it() -> None:
    values = {
        "contacts.0.name": Value(Status.BLANK),
        "contacts.1.name": Value(Status.READ, "Toinen Teppo"),
        "contacts.2.name": Value(Status.BLANK),
    }
    rows = Rows(contacts=True)
    rows.add(0, "S1", Record("a.txt", "toy", "fi", values=values))
    table = rows.frames()["contacts"]
    assert list(table["name"].fillna("-")) == ["-", "Toinen Teppo"]
    assert cells({"contacts": table}, {"S1"})["S1", "contacts.1.name"] == "Toinen Teppo"


def test_a_criterion_outside_the_code_list_has_a_row_all_the_same() -> None:
    values = {
        "sustainability.bees.direct": Value(Status.READ, 3),
        "sustainability.wellbeing.direct": Value(Status.READ, 4),
        "indicators.jars.planned": Value(Status.READ, 12),
    }
    rows = Rows(contacts=False)
    rows.add(0, "S1", Record("a.txt", "toy", "fi", values=values))
    tables = rows.frames()
    effects = tables["sustainability"][["criterion", "direct", "dimension"]]
    assert effects.fillna("-").values.tolist() == [["wellbeing", 4, "social"], ["bees", 3, "-"]]
    (jars,) = tables["indicators"].to_dict("records")
    assert (jars["indicator"], jars["total"], jars["applicable"]) == ("jars", 12, True)


# ---- knowledge that is only data


def test_an_indicator_of_a_shelf_reaches_tables_explain_and_evidence(tmp_path: Path) -> None:
    shelf, page = tmp_path / "shelf", tmp_path / "page.txt"
    for folder in ("codes", "forms"):
        (shelf / folder).mkdir(parents=True)
    (shelf / "codes" / "indicators.csv").write_text(
        "code,label_fi,label_sv,label_en,source\njars,Hunajapurkit,Honungsburkar,Jars,made_up\n",
        encoding="utf-8",
    )
    (shelf / "codes" / "sustainability_criteria.csv").write_text(
        "dimension,code,label_fi,label_sv,label_en,source\n"
        "ecological,bees,Mehiläiset,Bin,Bees,made_up\n",
        encoding="utf-8",
    )
    (shelf / "forms" / "beekeeping.yml").write_text(BEEKEEPING, encoding="utf-8")
    page.write_text(NOTICE, encoding="utf-8")
    portfolio = esrdata.read(page, shelf=shelf)
    (row,) = portfolio.indicators[["indicator", "stage", "total"]].itertuples(index=False)
    assert tuple(row) == ("jars", "planned", 1200)
    (row,) = portfolio.sustainability[["dimension", "criterion", "direct"]].itertuples(index=False)
    assert tuple(row) == ("ecological", "bees", 3)
    told = portfolio.explain("S90001", "indicators.jars.planned", lang="sv")
    assert (told.value, told.raw, told.line) == (1200, "1 200", 7)
    assert "Honungsburkar, planerat" in str(told)
    names = write_evidence(portfolio, tmp_path / "evidence", lang="fi")
    html = (tmp_path / "evidence" / names["S90001"]).read_text(encoding="utf-8")
    assert "Hunajapurkit, suunniteltu" in html
    assert "Mehiläiset, välitön vaikutus" in html
    assert 'id="indicators.jars.planned"' in html


BEEKEEPING = """
form: beekeeping
what: A beekeeper's yearly notice, made up for this test
languages: [sv]
sets: {projects.programme_period: "2021-2027", projects.fund: ESR}
furniture: []
titles:
  - {sv: "Anmälan om bigård"}
sections:
  - key: apiary
    number: "1"
    sv: Bigården
    entries:
      - {sv: Kod, template: "{projects.project_code:code}"}
      - {sv: Namn, template: "{projects.name:text}"}
      - {sv: Hemsida, template: "{projects.website:text}"}
  - key: honey
    number: "2"
    sv: Honung
    entries:
      - {sv: Burkar, template: "{indicators.jars.planned:count}"}
      - {sv: Binas hälsa, template: "{sustainability.bees.direct:score}"}
score_bounds: [0, 10]
"""
NOTICE = """Anmälan om bigård
1 Bigården
Kod: S90001
Namn: Surret vid ån
Hemsida: www.example.org
2 Honung
Burkar: 1 200
Binas hälsa: 3
"""
