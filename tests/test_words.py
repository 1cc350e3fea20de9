"""Words, numbers and dates: expected texts written by hand, and the shelf's word files."""

import datetime as dt
import decimal
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import esrdata
from esrdata.cli.errors import text_of
from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.knowledge.error_words import reason
from esrdata.knowledge.formats import date, in_unit, money, number, percent
from esrdata.knowledge.messages import message
from esrdata.knowledge.wording import code_label, column_label, field_label, table_label, word

LANGUAGES = ("fi", "sv", "en")
MISSING = [None, float("nan"), pd.NA, pd.NaT]
NOTHING = {"file": None, "project": None, "field": None, "line": None, "raw": None}


# ---- numbers and dates


@pytest.mark.parametrize(
    ("value", "decimals", "fi", "en"),
    [
        (0, 0, "0", "0"),
        (7, 0, "7", "7"),
        (999, 0, "999", "999"),
        (1234, 0, "1\u00a0234", "1,234"),
        (1225112342, 0, "1\u00a0225\u00a0112\u00a0342", "1,225,112,342"),
        (-876, 0, "\u2212876", "\u2212876"),
        (-1234.5, 1, "\u22121\u00a0234,5", "\u22121,234.5"),
        (0.5, 0, "1", "1"),
        (2.5, 0, "3", "3"),
        (-2.5, 0, "\u22123", "\u22123"),
        (1.005, 2, "1,01", "1.01"),
        (-0.2, 0, "0", "0"),
        (999.95, 1, "1\u00a0000,0", "1,000.0"),
        (3, 2, "3,00", "3.00"),
        (Decimal("46434.50"), 2, "46\u00a0434,50", "46,434.50"),
        (1e-7, 0, "0", "0"),
        (1e16, 0, "10\u00a0000\u00a0000\u00a0000\u00a0000\u00a0000", "10,000,000,000,000,000"),
    ],
)
def test_number(value: object, decimals: int, fi: str, en: str) -> None:
    assert number(value, "fi", decimals) == fi
    assert number(value, "sv", decimals) == fi
    assert number(value, "en", decimals) == en


@pytest.mark.parametrize(
    ("english", "finnish"),
    [
        ("The word is known.", "Sana on sanastossa."),
        ("The list that differs has no day.", "Poikkeavan listan päivää ei tunneta."),
    ],
)
def test_a_reason_why_a_table_is_empty_is_said_in_the_language(english, finnish):
    assert text_of(UsageError(reason(english)), "fi") == finnish


def test_numbers_as_pandas_holds_them() -> None:
    frame = pd.DataFrame({"n": [1234], "x": [0.5], "day": [pd.Timestamp(2017, 6, 30)]})
    assert number(frame["n"].astype("Int64")[0], "fi") == "1\u00a0234"
    assert percent(frame["x"].astype("Float64")[0], "fi") == "50,0\u00a0%"
    assert number(frame["x"].astype("float32")[0], "en", 1) == "0.5"
    assert date(frame["day"][0], "fi") == "30.6.2017"


def test_money() -> None:
    assert money(1234, "fi") == "1\u00a0234\u00a0€"
    assert money(1234, "sv") == "1\u00a0234\u00a0€"
    assert money(1234, "en") == "€1,234"
    assert money(-876, "fi") == "\u2212876\u00a0€"
    assert money(-876, "en") == "\u2212€876"
    assert money(1584000.5, "fi", 2) == "1\u00a0584\u00a0000,50\u00a0€"


def test_percent() -> None:
    assert percent(0.125, "fi") == "12,5\u00a0%"
    assert percent(0.125, "sv") == "12,5\u00a0%"
    assert percent(0.125, "en") == "12.5%"
    assert percent(39720 / 46434, "fi") == "85,5\u00a0%"
    assert percent(1, "en", 0) == "100%"
    assert percent(-0.04, "fi") == "\u22124,0\u00a0%"
    # Two of 19,940 are not none; half a tenth is rounded up, and zero is zero.
    assert percent(2 / 19940, "fi") == "<\u00a00,1\u00a0%"
    assert percent(0.004, "en", 0) == "<\u00a01%"
    assert percent(0.0005, "sv") == "0,1\u00a0%"
    assert percent(0, "fi") == "0,0\u00a0%"


def test_date() -> None:
    assert date(dt.date(2017, 6, 30), "fi") == "30.6.2017"
    assert date(dt.date(2017, 6, 30), "sv") == "30.6.2017"
    assert date(dt.date(2017, 6, 30), "en") == "30 June 2017"
    assert date(dt.datetime(2015, 5, 1, 12, 30), "en") == "1 May 2015"


@pytest.mark.parametrize("value", MISSING)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_missing_value_is_an_en_dash_and_never_zero(value: object, lang: str) -> None:
    shown = {number(value, lang), money(value, lang), percent(value, lang), date(value, lang)}
    assert shown == {"\u2013"}
    assert code_label("stages", value, lang) == "\u2013"


@pytest.mark.parametrize("value", ["12", True, float("inf"), dt.date(2017, 6, 30)])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(UsageError):
        number(value, "fi")


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(UsageError, match="not a date"):
        date("2017-06-30", "fi")


# ---- words and labels


def test_word() -> None:
    assert word("column.planned", "fi") == "Suunniteltu"
    assert word("column.planned", "sv") == "Planerat"
    assert word("column.planned", "en") == "Planned"
    assert word("caption.numbered", "fi", n=1200, text="Tila") == "Taulukko 1\u00a0200. Tila"
    assert word("footer.made_with", "en", version="0.1.0") == "Made with esrdata version 0.1.0."


def test_whole_numbers_in_a_word_are_written_in_its_language() -> None:
    values = {"folder": "out", "projects": 2775}
    assert word("cli.sample_written", "fi", **values).endswith("hankkeita: 2\u00a0775.")
    assert word("cli.sample_written", "en", **values).endswith("projects: 2,775.")


@pytest.mark.parametrize(
    ("key", "lang", "values"),
    [
        ("column.nonsense", "fi", {}),
        ("column", "fi", {}),
        ("column.planned.fi", "fi", {}),
        ("column.planned", "de", {}),
        ("footer.made_with", "fi", {}),
        ("column.planned", "fi", {"version": "1"}),
    ],
)
def test_a_word_asked_wrongly_is_an_error(key: str, lang: str, values: dict[str, str]) -> None:
    with pytest.raises(UsageError) as met:
        word(key, lang, **values)
    assert re.fullmatch(r"[A-Z].*\.", str(met.value))


def test_labels_of_tables_columns_and_codes() -> None:
    assert table_label("projects", "sv") == "Projekt"
    assert column_label("projects", "priority_axis", "fi") == "Toimintalinja"
    assert column_label("projects", "priority_axis", "sv") == "Insatsområde"
    assert column_label("projects", "priority_axis", "en") == "Priority axis"
    assert column_label("overview", "authority", "fi") == "Vastuuviranomainen"
    assert column_label("overview", "duration_days", "en") == "Duration, days"
    assert code_label("regions", "08", "sv") == "Kymmenedalen"
    assert code_label("stages", "realised", "fi") == "Toteutunut"


def test_equal_codes_are_told_apart_by_other_columns() -> None:
    axis = code_label("priority_axes", 5, "fi", programme_period="2014-2020")
    assert axis == "Sosiaalinen osallisuus ja köyhyyden torjunta"
    older = {"programme_period": "2007-2013", "fund": "ESR"}
    assert code_label("priority_axes", 5, "fi", **older) == "Tekninen tuki"
    with pytest.raises(UsageError, match="several labels"):
        code_label("priority_axes", 5, "fi")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: table_label("nonsense", "fi"),
        lambda: column_label("nonsense", "name", "fi"),
        lambda: column_label("overview", "nonsense", "fi"),
        lambda: column_label("projects", "name", "de"),
        lambda: code_label("stages", "nonsense", "fi"),
        lambda: code_label("stages", "planned", "de"),
        lambda: code_label("nonsense", "planned", "fi"),
    ],
)
def test_an_unknown_label_is_an_error(ask) -> None:
    with pytest.raises(UsageError):
        ask()


@pytest.mark.parametrize(
    ("field", "fi"),
    [
        ("projects.end_date", "Päättymispäivä"),
        ("funding.public_total.realised", "Julkinen rahoitus yhteensä, toteutunut"),
        ("funding.public_total.planned", "Julkinen rahoitus yhteensä, suunniteltu"),
        ("funding.eu_and_state.planned", "EU- ja valtion rahoitus, myönnetty"),
        ("indicators.participants.planned", "Osallistuvien henkilöiden lukumäärä, suunniteltu"),
        (
            "indicators.participants.planned_women",
            "Osallistuvien henkilöiden lukumäärä, suunniteltu, naiset",
        ),
        ("sustainability.wellbeing.direct", "Hyvinvoinnin edistäminen, välitön vaikutus"),
        ("sustainability.wellbeing.justification", "Hyvinvoinnin edistäminen, perustelu"),
        ("sustainability.wellbeing", "Hyvinvoinnin edistäminen"),
        ("horizontal.partnership", "Kumppanuus"),
        ("horizontal.equality.justification", "Tasa-arvo, perustelu"),
        ("locations.region.0", "Maakunta 1"),
        ("locations.municipality", "Kunta"),
        ("partners.1.name", "Osatoteuttaja tai tuen siirronsaaja 2, organisaation nimi"),
        ("partners.0.business_id", "Osatoteuttaja tai tuen siirronsaaja 1, Y-tunnus"),
        ("partners", "Osatoteuttajat ja tuen siirronsaajat"),
        ("contacts.0.phone", "Yhteyshenkilö 1, puhelinnumero"),
        ("narratives.final_report", "Loppuraportin tiivistelmä"),
        ("files.status", "Tiedoston tila"),
    ],
)
def test_field_label(field: str, fi: str) -> None:
    assert field_label(field, "fi") == fi


def test_field_label_in_swedish_and_english() -> None:
    field = "funding.public_total.realised"
    assert field_label(field, "sv") == "Offentlig finansiering totalt, utfall"
    assert field_label(field, "en") == "Total public funding, actual"
    assert field_label("partners.0.business_id", "sv").endswith(" 1, FO-nummer")


@pytest.mark.parametrize(
    "field",
    [
        "",
        "nonsense",
        "projects.nonsense",
        "funding.public_total",
        "funding.public_total.nonsense",
        "funding.nonsense.planned",
        "indicators.participants.nonsense",
        "sustainability.nonsense.direct",
        "partners.x.name",
        "locations.region.x",
        "a.b.c.d",
    ],
)
def test_an_unknown_field_is_an_error(field: str) -> None:
    with pytest.raises(UsageError):
        field_label(field, "fi")


# ---- findings


def test_message() -> None:
    met = {
        "file": "S20405.txt",
        "project": "S20405",
        "field": "projects.end_date",
        "line": 1017,
        "raw": "31.6.2017",
    }
    assert message("value_unreadable", "fi", **met) == (
        "Tiedoston S20405.txt rivillä 1017 kohdan ”Päättymispäivä” arvoa ”31.6.2017” ei "
        "ymmärretty, joten se jätettiin tyhjäksi; tarkista kohta lähteestä."
    )
    assert message("value_unreadable", "sv", **met) == (
        "På rad 1017 i filen S20405.txt kunde värdet ”31.6.2017” för uppgiften ”Slutdatum” inte "
        "tolkas, och fältet lämnades tomt; kontrollera stället i källan."
    )
    assert message("value_unreadable", "en", **met) == (
        "On line 1017 of the file S20405.txt the value “31.6.2017” of the field “End date” could "
        "not be interpreted and was left empty; check it in the source."
    )


def test_message_of_two_values() -> None:
    met = NOTHING | {
        "file": "S20405.txt",
        "project": "S20405",
        "field": "funding.public_total.realised",
        "raw": "62 000 > 57 634",
    }
    assert message("realised_above_granted", "en", **met) == (
        "The field “Total public funding, actual” of project S20405 exceeds the amount granted "
        "or planned (62 000 > 57 634); check the amounts in the file S20405.txt."
    )


def test_messages_of_several_sources() -> None:
    two = "2017-06-30 (a.txt:15) / 2016-12-31 (b.txt:31)"
    met = NOTHING | {"project": "S20405", "field": "projects.end_date", "raw": two}
    assert message("sources_disagree", "fi", **met) == (
        "Lähteiden tiedot poikkeavat toisistaan hankkeen S20405 kohdassa ”Päättymispäivä”: "
        "30.6.2017 (a.txt:15) / 31.12.2016 (b.txt:31); niistä käytettiin ensimmäistä."
    )
    assert message("sources_disagree", "sv", **met).startswith(
        "Källornas uppgifter om ”Slutdatum” för projektet S20405 skiljer sig åt: 30.6.2017 ("
    )
    page = NOTHING | {"file": "b.txt", "line": 29, "project": "S20405", "raw": "S20405 0.886"}
    assert message("web_project_linked", "en", **page) == (
        "The project on line 29 of the file b.txt was linked to project S20405 (S20405 0.886); "
        "check that it is the same project."
    )


def test_message_quotes_on_one_line_and_cuts_long_text() -> None:
    met = NOTHING | {"file": "a.txt", "line": 3, "raw": "yksi\n\n  kaksi 1\u00a0000 " + "x" * 500}
    said = message("unrecognised_line", "fi", **met)
    assert "\n" not in said
    assert "”yksi kaksi 1\u00a0000 xxx" in said
    assert "xxx…”" in said
    assert len(said) < 400


def test_message_of_an_unknown_code_language_or_field_is_an_error() -> None:
    with pytest.raises(UsageError):
        message("nonsense", "fi", **NOTHING)
    with pytest.raises(UsageError):
        message("file_empty", "de", **NOTHING)
    with pytest.raises(UsageError):
        message("file_empty", "fi", **(NOTHING | {"field": "nonsense"}))
    with pytest.raises(UsageError):
        message("value_unreadable", "fi", **(NOTHING | {"field": "nonsense"}))


FILE_LEVEL = {
    "file_empty",
    "file_not_text",
    "pdf_no_text",
    "pdf_encrypted",
    "pdf_broken",
    "workbook_broken",
    "workbook_too_large",
    "workbook_encrypted",
    "list_column_unknown",
    "format_unsupported",
    "file_unreadable",
    "form_unknown",
    "form_without_code",
    "text_damaged",
    "title_absent",
    "section_missing",
    "document_known",
    "web_call",
    "web_guide",
    "web_fund",
    "web_news",
    "web_notice",
    "web_portfolio",
    "web_model",
    "web_thesis",
    "web_project_unread",
}


@pytest.mark.parametrize("code", sorted(FILE_LEVEL))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_finding_of_a_whole_file_names_no_project_field_or_line(code: str, lang: str) -> None:
    said = message(code, lang, **(NOTHING | {"file": "a.txt", "raw": "12"}))
    assert "a.txt" in said
    assert "\u2013" not in said


# ---- the files of the shelf

ALLOWED = {"file", "project", "field", "line", "raw"}


def entries(tree: dict, path: str = "") -> Iterator[tuple[str, dict]]:
    """Every word of words.yml, with its dotted key."""
    for key, below in tree.items():
        assert isinstance(key, str), f"{path}{key} must be quoted"
        if all(isinstance(v, str) for v in below.values()):
            yield f"{path}{key}", below
        if all(isinstance(v, dict) for v in below.values()):
            yield from entries(below, f"{path}{key}.")


def leaves(tree: dict) -> int:
    return sum(leaves(v) if isinstance(v, dict) else 1 for v in tree.values())


def braces(text: str) -> set[str]:
    """The names in braces; behind a colon stand the forms of a noun, each language its own."""
    return set(re.findall(r"\{(.*?)(?::[^}]*)?\}", text))


def whole(entry: dict) -> bool:
    return tuple(entry) == LANGUAGES and all(
        isinstance(text, str) and text != "" and text == unicodedata.normalize("NFC", text)
        for text in entry.values()
    )


def test_every_word_is_in_three_languages_with_the_same_braces() -> None:
    found = dict(entries(load.words()))
    # A group that mixes words and groups would be passed over by entries().
    assert 3 * len(found) == leaves(load.words())
    assert [key for key, entry in found.items() if not whole(entry)] == []
    uneven = {
        key
        for key, entry in found.items()
        if len({frozenset(braces(text)) for text in entry.values()}) > 1
    }
    assert uneven == {"format.date"}


def named_in_code(codes: set[str]) -> set[str]:
    """Which of these texts stand in quotes somewhere in the code."""
    package = Path(esrdata.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    # What is undone of damage is a finding named after the kind.
    return {text for text in codes if f'"{text.removeprefix("mended_")}"' in code}


def test_every_finding_is_whole_and_uses_only_the_allowed_braces() -> None:
    messages = load.messages()
    # A rule of plausibility that is a finding is named by the shelf alone.
    rules = {code for code, rule in load.plausibility().items() if "finding" in rule}
    assert set(messages) - rules == named_in_code(set(messages))
    for code, entry in messages.items():
        named = ("ours", "name") if code in rules else ("action", "name")
        if code not in rules and "ours" in entry:
            named = ("action", "ours", "name")
        assert tuple(entry) == ("severity", "meaning", "why", "todo", *named, *LANGUAGES), code
        # What is to be done, and what it is called, in reports.
        assert code in rules or entry["action"] in load.words()["content"]["todo"], code
        assert entry["severity"] in {"error", "warning", "info"}, code
        assert all(entry[part].endswith(".") for part in ("meaning", "why", "todo")), code
        assert whole({lang: entry[lang] for lang in LANGUAGES}), code
        assert len({frozenset(braces(entry[lang])) for lang in LANGUAGES}) == 1, code
        assert braces(entry["fi"]) <= ALLOWED, code
        for lang in LANGUAGES:
            assert re.fullmatch(
                r"[^.!?]+\.", re.sub(r"\{.*?\}|(?<=\d)\.(?=\d)", "", entry[lang])
            ), (
                code,
                lang,
            )


def test_errors_are_only_what_should_have_been_read_and_was_not() -> None:
    errors = {code for code, entry in load.messages().items() if entry["severity"] == "error"}
    assert errors == {
        "file_unreadable",
        "form_without_code",
        "form_lines_unknown",
        "value_unreadable",
        "list_row_unreadable",
        "limit_reached",
        "reading_failed",
        "reader_ended",
        # Of a report, not of reading: what should have been written and was not.
        "part_failed",
    }
    infos = {code for code, entry in load.messages().items() if entry["severity"] == "info"}
    assert infos == {
        "value_unknown",
        "list_row_repaired",
        "list_line_outside",
        "names_recognised",
        "personal_data_masked",
        "list_stray_separators",
        "list_days_differ",
        "list_name_several",
        "list_notes",
        "own_folder",
        "web_project_linked",
        "mended_across",
        "mended_double_decoded",
        "mended_entities",
        "mended_hidden",
        "mended_invisible",
        "mended_ligatures",
        "mended_line_signs",
        "mended_markdown",
        "mended_quoted_printable",
        "mended_struck",
    }


TYPES = {"text", "integer", "money", "number", "date", "boolean"}
UNITS = {"eur", "persons", "count", "score", "days", "ratio", "characters", "lines"}


def test_every_table_and_column_is_whole() -> None:
    for table, spec in load.table_specs().items():
        assert whole(spec["label"]), table
        assert spec["description"].endswith("."), table
        needed = {"label", "description", "key", "columns"}
        assert needed <= set(spec) <= needed | {"include", "fields", "rows", "order", "internal"}, (
            table
        )
        columns = set(spec["columns"])
        if "include" in spec:
            columns |= set(load.table_specs()[spec["include"]]["columns"])
        assert set(spec["key"]) <= columns, table
        for name, column in spec["columns"].items():
            place = f"{table}.{name}"
            known = {"type", "unit", "codes", "label", "description", "prose"}
            known |= {"record", "lookup", "made", "explained", "public"}
            assert set(column) <= known, place
            assert whole(column["label"]), place
            assert column["type"] in TYPES, place
            assert column.get("unit", "eur") in UNITS, place
            assert (column["type"] == "money") == (column.get("unit") == "eur"), place
            assert column["description"].endswith("."), place
            assert "issing" in column["description"], f"{place} must say what missing means"
            for lang, missing in (("fi", "uut"), ("sv", "aknas")):
                explained = column["explained"][lang]
                assert explained.endswith(".") and missing in explained, f"{place} in {lang}"
            if "codes" in column:
                assert load.codes(column["codes"]), place


def test_the_contract() -> None:
    specs = load.table_specs()
    assert list(specs) == [
        "projects",
        "funding",
        "indicators",
        "sustainability",
        "horizontal",
        "locations",
        "partners",
        "organisations",
        "organisation_names",
        "narratives",
        "claims",
        "contacts",
        "provenance",
        "conflicts",
        "links",
        "issues",
        "files",
        "passages",
        "overview",
    ]
    columns = {table: " ".join(spec["columns"]) for table, spec in specs.items()}
    assert columns["projects"] == (
        "project_code form form_language programme_period fund name programme_section "
        "priority_axis priority_axis_label specific_objective specific_objective_label "
        "project_type start_date end_date status status_code authority applicant "
        "organisation_type business_id street_address postal_code city website project_website "
        "applicant_arrangement source applicant_id authority_id"
    )
    assert columns["funding"] == "project_code measure stage amount_eur qualifier"
    assert columns["indicators"] == "project_code indicator stage total women applicable"
    assert columns["sustainability"] == (
        "project_code dimension criterion direct indirect justification"
    )
    assert columns["horizontal"] == "project_code principle answer answer_code justification"
    assert columns["locations"] == "project_code level name nuts3"
    assert columns["partners"] == "project_code role name business_id organisation_id"
    assert columns["narratives"] == "project_code section title text"
    assert columns["claims"] == (
        "project_code section kind value value_high qualifier unit text sentence start end "
        "stage indefinite known_unit"
    )
    assert columns["contacts"] == "project_code name position email phone"
    assert columns["provenance"] == "project_code field status raw file page line start end"
    assert columns["conflicts"] == (
        "project_code field rank source form value qualifier raw file page line start end snapshot "
        "snapshot_basis"
    )
    assert columns["links"] == "file line title status project_code candidate score reasons"
    assert columns["issues"] == "file project_code field line severity code message raw"
    assert columns["files"] == (
        "file format encoding form descriptions sha256 lines lines_accounted status snapshot_date "
        "snapshot_basis"
    )
    assert columns["overview"].startswith("eu_and_state_planned eu_and_state_realised ")
    assert columns["overview"].endswith(" social_direct social_indirect")
    assert specs["overview"]["include"] == "projects"


def test_numbers_are_written_whatever_the_decimals_of_the_user() -> None:
    with decimal.localcontext() as context:
        context.prec, context.rounding = 3, decimal.ROUND_DOWN
        assert number(123456.785, "en", 2) == "123,456.79"
        assert number(decimal.Decimal("2.5"), "en") == "3"
        assert in_unit(1234567.0, "en", 1000, 1) == "1,234.6"
