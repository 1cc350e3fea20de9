"""The shelf of knowledge: every form file, code list and table holds together."""

import csv
import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import esrdata.knowledge
from esrdata.knowledge import findings, load
from esrdata.reading.form import spec
from esrdata.reading.form.spec import Entry, Section
from esrdata.reading.quantities.kinds import KINDS

SHELF = Path(esrdata.knowledge.__file__).parent
FORMS = sorted(path.stem for path in (SHELF / "forms").glob("*.yml"))
LISTS = sorted(path.stem for path in (SHELF / "codes").glob("*.csv"))
SOURCES = yaml.safe_load((SHELF / "sources.yml").read_text(encoding="utf-8"))

# Columns that tell the rows of a list apart, where a code alone does not.
KEYS = {
    "frames": ("programme_period", "fund", "priority_axis", "measure", "year"),
    "horizontal_principles": ("form", "code"),
    "inhabitants": ("region", "year"),
    "municipalities_with_comma": ("label_fi",),
    "municipality_mergers": ("label_fi",),
    "price_index": ("series", "year"),
    "priority_axes": ("programme_period", "fund", "code"),
    "specific_objectives": ("programme_period", "code"),
}
# Lists without codes and labels: names, and figures of years.
NO_CODES = {
    "frames",
    "inhabitants",
    "municipalities_with_comma",
    "municipality_mergers",
    "price_index",
}


def rows(name: str) -> list[dict[str, str]]:
    text = (SHELF / "codes" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), restkey="too_many", restval=None))


def column(name: str, header: str = "code") -> set[str]:
    return {row[header] for row in rows(name)}


def entries(form: str) -> Iterator[tuple[Section, Entry]]:
    for section in spec.form(form).walk():
        for entry in section.entries:
            yield section, entry


# ---- forms


def test_the_forms_are_the_two_official_ones() -> None:
    assert FORMS == ["eura2007", "eura2014"]
    assert [form.name for form in spec.all_forms()] == FORMS


@pytest.mark.parametrize("form", FORMS)
def test_keys_of_sections_tell_them_apart(form: str) -> None:
    keys = Counter(section.key for section in spec.form(form).walk())
    assert [key for key, count in keys.items() if count > 1] == []
    assert len(keys) > 10


@pytest.mark.parametrize("form", FORMS)
def test_labels_are_unique_within_a_section(form: str) -> None:
    # The 2007 form has the label of the phone twice: the organisation's and the person's.
    intended = {("eura2007", "applicant", "puhelinnumero")}
    for section in spec.form(form).walk():
        for language in load.LANGUAGES:
            said = Counter(
                load.fold(label)
                for entry in section.entries
                for label in entry.labels.get(language, ())
            )
            twice = {(form, section.key, label) for label, n in said.items() if n > 1}
            assert twice <= intended
    if form == "eura2007":
        applicant = next(s for s in spec.form(form).walk() if s.key == "applicant")
        phones = [e for e in applicant.entries if e.labels["fi"] == ("Puhelinnumero",)]
        assert [entry.withheld for entry in phones] == ["always", "contacts"]


@pytest.mark.parametrize("form", FORMS)
def test_titles_of_sections_are_unique(form: str) -> None:
    for language in spec.form(form).languages:
        said = Counter(
            load.fold(title)
            for section in spec.form(form).walk()
            for title in section.titles.get(language, ())
        )
        assert [title for title, count in said.items() if count > 1] == []


@pytest.mark.parametrize("form", FORMS)
def test_every_label_and_title_is_tidy_text(form: str) -> None:
    said = [
        text
        for section in spec.form(form).walk()
        for labels in (section.titles, *(entry.labels for entry in section.entries))
        for texts in labels.values()
        for text in texts
    ]
    assert len(said) > 40
    for text in said:
        assert text == unicodedata.normalize("NFC", " ".join(text.split())), text
        assert not text.endswith(":"), text


@pytest.mark.parametrize("form", FORMS)
def test_every_section_and_entry_has_words_in_a_language_of_the_form(form: str) -> None:
    languages = set(spec.form(form).languages)
    for section in spec.form(form).walk():
        assert set(section.titles) <= languages, section.key
        assert section.titles, section.key
        for entry in section.entries:
            assert entry.labels, section.key
            assert set(entry.labels) <= languages, section.key
            assert all(text for texts in entry.labels.values() for text in texts)


@pytest.mark.parametrize("form", FORMS)
def test_the_first_entry_is_the_project_code(form: str) -> None:
    _, first = next(entries(form))
    assert first.fields() == ("projects.project_code",)


@pytest.mark.parametrize("form", FORMS)
def test_every_code_list_named_exists(form: str) -> None:
    named = {entry.codes for _, entry in entries(form) if entry.codes is not None}
    assert len(named) >= 3
    assert named <= set(LISTS)


def known(form: str, field: str) -> bool:
    """Whether a dotted field has a table, a column and codes on the shelf."""
    table, *rest = field.split(".")
    columns = load.table_specs().get(table, {}).get("columns", {})
    match table, rest:
        case ("projects", [name]):
            return name in columns
        case ("contacts", ["0", name]):
            return name in columns
        case ("funding", [measure, stage]):
            return measure in column("measures") and stage in column("stages")
        case ("indicators", [indicator, stage]):
            plain = stage.removesuffix("_women")
            return indicator in column("indicators") and plain in column("stages")
        case ("sustainability", [criterion, part]):
            return criterion in column("sustainability_criteria") and part in columns
        case ("horizontal", [principle]) | ("horizontal", [principle, "justification"]):
            own = {r["code"] for r in rows("horizontal_principles") if r["form"] == form}
            return principle in own
        case ("narratives", [section]):
            return section in column("narrative_sections")
        case ("locations", [level]) | ("locations", [level, "0"]):
            return level in column("location_levels")
        case ("locations", ["site", part]):
            return part in {"street_address", "postal_code", "city"}
        case ("partners", [role]):
            return role in column("partner_roles")
    return False


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_a_form_has_a_table_and_a_column(form: str) -> None:
    fields = [
        *spec.form(form).fields(),
        *(field for _, entry in entries(form) for field in entry.fields()),
    ]
    assert len(set(fields)) > 45
    assert [field for field in fields if not known(form, field)] == []


def test_the_walk_of_fields_can_fail() -> None:
    for field in (
        "projects.colour",
        "funding.eu_and_state.dreamt",
        "horizontal.equality",
        "contacts.1.name",
    ):
        assert not known("eura2014", field)


# What kind of value each type of column takes.
TAKES = {
    "text": {"text", "code", "dotted", "business_id"},
    "integer": {"integer", "count", "score"},
    "money": {"money"},
    "date": {"date"},
}
COLUMN_OF = {"funding": "amount_eur", "indicators": "total", "horizontal": "answer"}


@pytest.mark.parametrize("form", FORMS)
def test_templates_use_known_kinds_that_their_columns_take(form: str) -> None:
    slots = [
        slot
        for _, entry in entries(form)
        for templates in entry.templates.values()
        for template in templates
        for slot in template.slots
    ]
    assert len(slots) > 20
    for field, kind in slots:
        assert kind in KINDS, field
        table, *rest = field.split(".")
        columns = load.table_specs()[table]["columns"]
        name = COLUMN_OF.get(table, "name" if table == "locations" else rest[-1])
        assert kind in TAKES[columns[name]["type"]], (field, kind)


@pytest.mark.parametrize("form", FORMS)
def test_the_codes_of_a_form_are_those_of_the_columns(form: str) -> None:
    for _, entry in entries(form):
        for field in entry.fields():
            table, *rest = field.split(".")
            if entry.codes is None or field == entry.free_text or table != "projects":
                continue
            declared = load.table_specs()["projects"]["columns"]
            # The status as written has its code in a column of its own.
            name = "status_code" if rest[0] == "status" else rest[0]
            assert declared[name]["codes"] == entry.codes


@pytest.mark.parametrize("form", FORMS)
def test_facts_that_a_form_sets_are_on_the_shelf(form: str) -> None:
    found = spec.form(form)
    assert found.sets["projects.programme_period"] in column("programme_periods")
    assert {title.sets["projects.fund"] for title in found.titles} == {"ESR", "EAKR"}
    assert {title.sets["projects.fund"] for title in found.titles} <= column("fund")


def test_what_does_not_apply_names_indicators_and_fields_of_the_form() -> None:
    rules = spec.form("eura2007").not_applicable
    assert len(rules) == 2
    fields = set(spec.form("eura2007").fields())
    for rule in rules:
        assert set(rule.indicators) <= column("indicators")
        assert set(rule.when) <= fields
    axes = {
        row["label_fi"] for row in rows("priority_axes") if row["programme_period"] == "2007-2013"
    }
    assert rules[1].when["projects.priority_axis_label"] in axes


def test_every_sustainability_criterion_is_on_the_form_in_its_order() -> None:
    found = [
        field.split(".")[1]
        for _, entry in entries("eura2014")
        for field in entry.fields()
        if field.startswith("sustainability.") and field.endswith(".direct")
    ]
    assert found == [row["code"] for row in rows("sustainability_criteria")]
    assert len(found) == 15


def test_labels_of_criteria_are_those_of_the_form() -> None:
    labels = {row["code"]: row["label_fi"] for row in rows("sustainability_criteria")}
    for _, entry in entries("eura2014"):
        if any(field.startswith("sustainability.") for field in entry.fields()):
            code = entry.fields()[0].split(".")[1]
            assert entry.labels["fi"] == (labels[code],)


# ---- code lists


@pytest.mark.parametrize("name", LISTS)
def test_a_code_list_has_a_header_and_whole_rows(name: str) -> None:
    found = rows(name)
    assert found
    header = list(found[0])
    wanted = {*KEYS[name], "source"} if name in NO_CODES else {"code", "label_fi", "source"}
    assert wanted <= set(header)
    for row in found:
        assert list(row) == header, row
        assert None not in row.values(), row
        assert all(cell == cell.strip() for cell in row.values()), row
        assert all(cell == unicodedata.normalize("NFC", cell) for cell in row.values()), row


@pytest.mark.parametrize("name", LISTS)
def test_codes_are_unique(name: str) -> None:
    key = KEYS.get(name, ("code",))
    met = Counter(tuple(row[part] for part in key) for row in rows(name))
    assert [code for code, count in met.items() if count > 1] == []
    assert all(all(code) for code in met)


@pytest.mark.parametrize("name", sorted(set(LISTS) - NO_CODES))
def test_every_code_has_a_label_in_three_languages(name: str) -> None:
    for row in rows(name):
        assert all(row[f"label_{language}"] for language in load.LANGUAGES), row


@pytest.mark.parametrize("name", LISTS)
def test_every_source_of_a_list_is_known(name: str) -> None:
    for row in rows(name):
        keys = row["source"].split("|")
        assert keys
        assert set(keys) <= set(SOURCES), row


def test_every_source_says_what_it_is() -> None:
    for key, source in SOURCES.items():
        assert set(source) == {"title", "place", "note"}, key
        assert source["title"], key
        assert source["place"] is None or source["place"].startswith(("https://", "http://")), key


@pytest.mark.parametrize(
    "name",
    ["status", "answers", "regions", "organisation_types", "applicant_arrangements", "fund"],
)
def test_no_spelling_stands_for_two_codes(name: str) -> None:
    codes: dict[str, set[str]] = {}
    for row in rows(name):
        spelt = [row[f"label_{language}"] for language in load.LANGUAGES]
        spelt += (row.get("variants") or "").split("|")
        for spelling in filter(None, spelt):
            codes.setdefault(load.fold(spelling), set()).add(row["code"])
    assert {spelling: met for spelling, met in codes.items() if len(met) > 1} == {}


def test_every_code_list_of_the_tables_exists() -> None:
    named = {
        entry["codes"]
        for table in load.table_specs().values()
        for entry in table["columns"].values()
        if "codes" in entry
    }
    assert len(named) > 10
    assert named <= set(LISTS)


def test_every_specific_objective_belongs_to_a_priority_axis_of_its_period() -> None:
    axes = {(row["programme_period"], row["code"]) for row in rows("priority_axes")}
    for row in rows("specific_objectives"):
        assert (row["programme_period"], row["priority_axis"]) in axes, row


def test_the_specific_objectives_of_the_social_fund() -> None:
    found = {
        row["code"]: row["priority_axis"]
        for row in rows("specific_objectives")
        if row["programme_period"] == "2014-2020" and row["priority_axis"] in {"3", "4", "5", "9"}
    }
    assert found == {
        "6.1": "3",
        "7.1": "3",
        "8.1": "3",
        "9.1": "4",
        "9.2": "4",
        "10.1": "5",
        "12.3": "9",
        "12.4": "9",
    }


def test_priority_axes_have_a_known_period_and_fund() -> None:
    for row in rows("priority_axes"):
        assert row["programme_period"] in column("programme_periods"), row
        assert row["fund"] in column("fund"), row
    funds = {
        row["code"]: row["fund"]
        for row in rows("priority_axes")
        if row["programme_period"] == "2014-2020"
    }
    assert {code for code, fund in funds.items() if fund == "ESR"} == {"3", "4", "5", "7", "9"}
    assert {code for code, fund in funds.items() if fund == "EAKR"} == {"1", "2", "6", "8"}


def test_programme_periods_begin_before_they_end() -> None:
    for row in rows("programme_periods"):
        first, last = (dt.date.fromisoformat(row[day]) for day in ("first_day", "last_day"))
        assert first < last
        assert str(first.year) == row["code"].split("-")[0]


def test_letters_of_funds_are_unique() -> None:
    letters = [row["letter"] for row in rows("fund")]
    assert letters == ["S", "A", "J"]


def test_regions_have_their_nuts_codes_and_a_place_on_the_map() -> None:
    found = rows("regions")
    assert len(found) == 19
    assert len({row["nuts3"] for row in found}) == 19
    assert len({row["nuts3_2016"] for row in found}) == 19
    assert len({(row["tile_row"], row["tile_column"]) for row in found}) == 19
    by_name = {row["label_fi"]: (row["code"], row["nuts3"], row["nuts3_2016"]) for row in found}
    assert by_name["Kymenlaakso"] == ("08", "FI1C4", "FI1C4")
    assert by_name["Kainuu"] == ("18", "FI1D4", "FI1D8")
    assert by_name["Pohjois-Pohjanmaa"] == ("17", "FI1D6", "FI1D9")
    assert by_name["Ahvenanmaa"] == ("21", "FI200", "FI200")


def test_criteria_belong_to_the_three_dimensions_five_each() -> None:
    counted = Counter(row["dimension"] for row in rows("sustainability_criteria"))
    assert counted == {"ecological": 5, "economic": 5, "social": 5}
    assert set(counted) == column("sustainability_dimensions")


def test_lists_that_name_forms_name_those_on_the_shelf() -> None:
    assert column("horizontal_principles", "form") == set(FORMS)
    assert column("organisation_types", "form") <= {*FORMS, "both"}


def test_codes_of_the_contract() -> None:
    # The last two are of lists of 2021–2027 and of web pages.
    assert column("measures") == {"eu_and_state", "public_total", "total", "eu"}
    assert column("stages") == {"planned", "realised"}
    assert column("status") == {"running", "ended", "interrupted"}
    assert column("partner_roles") == {"co_organiser", "subsidy_transferee"}
    assert column("answers") == {"yes", "no"}
    assert column("location_levels") == {"country", "region", "subregion", "municipality", "site"}
    assert column("value_statuses") == {
        "read",
        "blank",
        "absent",
        "not_applicable",
        "unreadable",
    }
    assert column("indicators") == {
        "participating_companies",
        "participants",
        "jobs_created",
        "companies_created",
        "qualifications",
    }
    assert column("severities") == {"error", "warning", "info"}
    assert column("qualifiers") == {"exact", "about", "over", "at_least", "under", "up_to"}
    assert column("link_statuses") == {
        "linked",
        "below_threshold",
        "ambiguous",
        "no_candidate",
        "told_of",
    }


def test_kinds_of_sources_have_an_order() -> None:
    ranks = {row["code"]: int(row["rank"]) for row in rows("source_kinds")}
    assert ranks == {"description": 1, "list": 2, "web": 3}
    # A kind that has the name of an official form would take its place.
    assert not set(ranks) & set(FORMS)


def test_authorities_are_followed_by_known_ones() -> None:
    known = column("authorities")
    for row in rows("authority_successors"):
        assert row["code"] in known, row["code"]
        assert set(row["successor"].split("|")) <= known, row["code"]
        assert row["code"] not in row["successor"].split("|")
        dt.date.fromisoformat(row["from_day"])
    for row in rows("authorities"):
        days = [dt.date.fromisoformat(row[key]) for key in ("first_day", "last_day") if row[key]]
        assert days == sorted(days), row["code"]


def test_an_authority_ends_before_its_successor_takes_over() -> None:
    last = {row["code"]: row["last_day"] for row in rows("authorities")}
    for row in rows("authority_successors"):
        assert last[row["code"]] != "", row["code"]
        assert last[row["code"]] < row["from_day"], row["code"]


def test_programme_sections_belong_to_a_period_and_a_fund() -> None:
    counted = Counter((r["programme_period"], r["fund"]) for r in rows("programme_sections"))
    # Four major regions; of the social fund there is a national section too.
    assert counted == {("2007-2013", "EAKR"): 4, ("2007-2013", "ESR"): 5}


def test_size_bands_join_without_gaps() -> None:
    bands = [(row["lower"], row["upper"]) for row in rows("size_bands")]
    assert bands[0][0] == bands[-1][1] == ""
    assert [upper for _, upper in bands[:-1]] == [lower for lower, _ in bands[1:]]
    bounds = [int(upper) for _, upper in bands[:-1]]
    assert bounds == sorted(set(bounds))


def test_every_status_a_file_can_have_has_a_label() -> None:
    assert column("file_statuses") == {
        "read",
        "unknown_form",
        "no_project_code",
        "unsupported_format",
        "not_text",
        "empty",
        "unreadable",
        "no_project",
        "skipped",
        "not_read",
    }


def test_the_page_of_findings_is_up_to_date() -> None:
    page = (Path(__file__).parents[1] / "docs" / "findings.md").read_text(encoding="utf-8")
    assert page == findings.markdown(), "python -m esrdata.knowledge.findings > docs/findings.md"


def test_the_words_of_the_command_line_are_those_of_the_file_read_alone() -> None:
    assert load.command_words() == load.words()["cli"]
    assert load.command_words()["help"]["usage"]["en"] == "Usage:"


@pytest.mark.parametrize(
    ("codelist", "spelling", "label"),
    [
        ("regions", "Northern Ostrobothnia", "Pohjois-Pohjanmaa"),
        ("regions", "Pohjois-Savon maakunta", "Pohjois-Savo"),
        # A region of its own until 2010, part of Uusimaa in the NUTS of 2013.
        ("regions", "Itä-Uusimaa", "Uusimaa"),
        ("status", "In progress", "Käynnissä"),
        ("status", "Keskeytetty", "Keskeytynyt"),
        ("fund", "Euroopan sosiaalirahasto (ESR)", "Euroopan sosiaalirahasto"),
        ("fund", "Europeiska regionalfonden", "Euroopan aluekehitysrahasto"),
    ],
)
def test_other_spellings_are_known(codelist: str, spelling: str, label: str) -> None:
    code = load.spellings(codelist)[load.fold(spelling)]
    assert [row["label_fi"] for row in load.codes(codelist) if row["code"] == code] == [label]
