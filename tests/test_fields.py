"""Dotted names and the cells they stand for: every name that reading can give, both ways."""

import pytest
from pages import raw

from esrdata import UsageError
from esrdata.knowledge import load
from esrdata.knowledge.fields import field_of, list_name, shapes, value_tables
from esrdata.knowledge.wording import field_label
from esrdata.reading.form.spec import all_forms
from esrdata.reading.lists.spec import all_lists


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
