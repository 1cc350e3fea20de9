"""Sentences of findings: days, numbers and names of fields as each language has them."""

import re

import pytest

from esrdata.knowledge import load, messages

LANGUAGES = ("fi", "sv", "en")
#: What the tables have of such findings.
RAW = {
    "values": "2017-06-30 (S20405.txt:15) / ≈2016-12 (lista-2019-01-31.csv:31); 2007-2013",
    "reasons": (
        "Kotkan hanke 2015-2016; S20405 0.886; title 0.97; organisation Sepra; "
        "sum 57634 = 57634; start_date 2015-05-01 ≠ 2016-01-31; place Kotka"
    ),
    "system": "Permission denied",
}
NBSP = "\u00a0"


def said(code: str, lang: str, raw: str, field: str = "projects.end_date") -> str:
    about = {"file": "sivu.html", "project": "S20405", "line": 7, "raw": raw}
    return messages.message(code, lang, field=field, **about)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(load.messages()))
def test_no_sentence_has_a_day_or_a_field_as_tables_have_them(code: str, lang: str) -> None:
    kind = load.messages()[code].get("ours")
    raw = RAW[kind] if kind else "x"
    sentence = said(code, lang, raw).replace("lista-2019-01-31.csv", "")
    assert not re.search(r"\b\d{4}-\d{2}-\d{2}\b", sentence)
    assert not re.search(r"\b[a-z]+_[a-z_]+\b|\b(projects|funding)\.\w", sentence)


def test_what_the_system_says_is_in_the_language() -> None:
    assert "(käyttöoikeus puuttuu)" in said("file_unreadable", "fi", "Permission denied")
    assert "(behörighet saknas)" in said("file_unreadable", "sv", "Permission denied")
    assert "(Permission denied)" in said("file_unreadable", "en", "Permission denied")
    assert "(linkki kansioon)" in said("file_not_regular", "fi", "link to a folder")
    # What no list has stays as the system wrote it.
    assert "(Owner died)" in said("file_unreadable", "fi", "Owner died")


@pytest.mark.parametrize(
    ("lang", "raw", "counted"),
    [
        ("fi", "1", "(1 kohta)"),
        ("fi", "3", "(3 kohtaa)"),
        ("sv", "1", "(1 ställe)"),
        ("sv", "3", "(3 ställen)"),
        ("en", "1", "(1 place)"),
        ("en", "3", "(3 places)"),
    ],
)
def test_one_place_is_not_several(lang: str, raw: str, counted: str) -> None:
    assert counted in said("mended_hidden", lang, raw)


def test_values_of_sources_are_in_the_language() -> None:
    fi = said("sources_disagree", "fi", RAW["values"])
    assert "30.6.2017 (S20405.txt:15) / ≈12/2016 (lista-2019-01-31.csv:31); 2007–2013" in fi
    en = said("sources_disagree", "en", RAW["values"])
    assert "30 June 2017 (S20405.txt:15)" in en
    money = said("sources_disagree", "sv", "57634 (a.txt:1)", "funding.public_total.planned")
    assert f"57{NBSP}634 (a.txt:1)" in money
    # A postal code is no amount, and what is no day stays.
    assert "48100 (a" in said("sources_disagree", "fi", "48100 (a.txt:1)", "projects.postal_code")
    assert "2015-13-45" in said("sources_disagree", "fi", "2015-13-45 (a.txt:1)")


def test_reasons_have_their_names_in_the_language() -> None:
    assert (
        "Kotkan hanke 2015-2016; S20405 0,886; nimen samankaltaisuus 0,97; organisaatio Sepra; "
        f"summa 57{NBSP}634 = 57{NBSP}634; alkamispäivä 1.5.2015 ≠ 31.1.2016; paikka Kotka"
    ) in said("web_project_linked", "fi", RAW["reasons"])
    assert "start date 1 May 2015 ≠ 31 January 2016" in said(
        "web_project_linked", "en", RAW["reasons"]
    )


def test_what_a_source_says_is_quoted_as_it_is() -> None:
    names = "Kylä 2015-2016 (a.txt:1) / Kylä 2.0, 2016-01-01 (b.txt:2)"
    assert f": {names};" in said("sources_disagree", "fi", names, "projects.name")
    assert "(Web 2.0 kylissä 2015-2016; S20405 0,9)" in said(
        "web_project_linked", "fi", "Web 2.0 kylissä 2015-2016; S20405 0.9"
    )
    assert "”2015-05-01 00.00”" in said("value_ambiguous", "fi", "2015-05-01 00.00")
