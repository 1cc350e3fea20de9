"""Plausibility checks: each reports what it should, nothing else, and changes no value."""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from pages import eura2007_page, eura2014_page, read_pages, write

import esrdata
from esrdata import Portfolio


class Said(NamedTuple):
    """What a finding says: its code, the field and the values it quotes."""

    code: str
    field: str | None
    raw: str | None


def said(portfolio: Portfolio) -> list[Said]:
    return [
        Said(*(None if pd.isna(cell) else cell for cell in row))
        for row in portfolio.issues[["code", "field", "raw"]].itertuples(index=False)
    ]


def whole(message: str) -> bool:
    """Whether a sentence is complete: begins big, ends in a full stop, has no gap."""
    return (
        re.fullmatch(r"[A-ZÅÄÖ][^{}\n]*\.", message) is not None
        and not re.search(r"(?:“–”|\(–\)| – )", message)
        and "None" not in message
        and "<NA>" not in message
    )


# A page, what its checks say, and the value that must stay as written.
POSITIVE = {
    "business_id_check_digit": (
        # 1*7 + 2*9 + 3*10 + 4*5 + 5*8 + 6*4 + 7*2 = 153 = 13*11 + 10, so the digit is 1, not 2.
        eura2014_page(business_id="1234567-2"),
        [Said("business_id_check_digit", "projects.business_id", "1234567-2")],
        ("projects", "business_id", "1234567-2"),
    ),
    "business_id_check_digit of a partner": (
        eura2014_page(partners="Osatoteuttajat\n\nKumppani Oy, 1234567-2"),
        [Said("business_id_check_digit", "partners.0.business_id", "1234567-2")],
        ("partners", "business_id", "1234567-2"),
    ),
    "postal_code_form": (
        eura2014_page(postal_code="100"),
        [Said("postal_code_form", "projects.postal_code", "100")],
        ("projects", "postal_code", "100"),
    ),
    "postal_code_form of a site": (
        eura2014_page(site_postal_code="0160"),
        [Said("postal_code_form", "locations.site.postal_code", "0160")],
        ("locations", "name", "Uusimaa"),
    ),
    "end_before_start": (
        eura2014_page(period="Alkaa 2.5.2016 ja päättyy 1.5.2016"),
        [Said("end_before_start", "projects.end_date", "1.5.2016 < 2.5.2016")],
        ("projects", "end_date", pd.Timestamp("2016-05-01")),
    ),
    "outside_programme_period at the end": (
        # The last day of the period 2014-2020 is 31.12.2023.
        eura2014_page(period="Alkaa 1.1.2016 ja päättyy 1.1.2024"),
        [
            Said(
                "outside_programme_period", "projects.end_date", "1.1.2024 > 2023-12-31 (2014-2020)"
            )
        ],
        ("projects", "end_date", pd.Timestamp("2024-01-01")),
    ),
    "outside_programme_period at the beginning": (
        eura2007_page(period="Alkaa 31.12.2006 ja päättyy 1.1.2010"),
        [
            Said(
                "outside_programme_period",
                "projects.start_date",
                "31.12.2006 < 2007-01-01 (2007-2013)",
            )
        ],
        ("projects", "start_date", pd.Timestamp("2006-12-31")),
    ),
    "realised_above_granted": (
        eura2014_page(eu_realised="1 001,01"),
        [Said("realised_above_granted", "funding.eu_and_state.realised", "1 001,01 > 1 000")],
        ("funding", "amount_eur", 1000.0),
    ),
    "realised_above_granted of all public funding": (
        # 2 000 and 5 % of it, the tolerance where other public money may be added, is 2 100.
        eura2014_page(public_realised="2 100,01"),
        [Said("realised_above_granted", "funding.public_total.realised", "2 100,01 > 2 000")],
        ("funding", "amount_eur", 1000.0),
    ),
    "eu_and_state_above_public_total planned": (
        eura2014_page(eu_planned="2 500"),
        [Said("eu_and_state_above_public_total", "funding.eu_and_state.planned", "2 500 > 2 000")],
        ("funding", "amount_eur", 2500.0),
    ),
    "eu_and_state_above_public_total realised": (
        eura2014_page(public_realised="800"),
        [Said("eu_and_state_above_public_total", "funding.eu_and_state.realised", "900 > 800")],
        ("funding", "amount_eur", 1000.0),
    ),
    "women_above_total": (
        eura2007_page(participants="Suunniteltu: 30, joista naisia 31"),
        [Said("women_above_total", "indicators.participants.planned_women", "31 > 30")],
        ("indicators", "women", 31),
    ),
    "score_out_of_bounds above": (
        eura2014_page(scores={"natural_resources": "11 10"}),
        [Said("score_out_of_bounds", "sustainability.natural_resources.direct", "11")],
        ("sustainability", "direct", 11),
    ),
    "score_out_of_bounds below": (
        eura2014_page(scores={"natural_resources": "0 -1"}),
        [Said("score_out_of_bounds", "sustainability.natural_resources.indirect", "-1")],
        ("sustainability", "indirect", -1),
    ),
    "code_letter_fund": (
        eura2014_page(code="A70001"),
        [Said("code_letter_fund", "projects.fund", "A70001, ESR")],
        ("projects", "fund", "ESR"),
    ),
    "code_letter_fund of a letter no fund has": (
        eura2014_page(code="Z20001"),
        [Said("code_letter_fund", "projects.fund", "Z20001, ESR")],
        ("projects", "project_code", "Z20001"),
    ),
    "axis_objective_mismatch": (
        # Objective 10.1 belongs to priority axis 5.
        eura2014_page(axis="3. Työllisyys ja työvoiman liikkuvuus"),
        [Said("axis_objective_mismatch", "projects.priority_axis", "3, 10.1")],
        ("projects", "priority_axis", 3),
    ),
    "specific objective unknown": (
        eura2014_page(objective="99.9. Tuntematon tavoite"),
        [Said("value_unknown", "projects.specific_objective", "99.9")],
        ("projects", "specific_objective", "99.9"),
    ),
    "status unknown": (
        eura2014_page(status="Kateissa"),
        [Said("value_unknown", "projects.status", "Kateissa")],
        ("projects", "status", "Kateissa"),
    ),
    "region unknown": (
        eura2014_page(regions="Karjala"),
        [Said("value_unknown", "locations.region.0", "Karjala")],
        ("locations", "name", "Karjala"),
    ),
    "organisation type unknown": (
        eura2014_page(organisation_type="Salaseura"),
        [Said("value_unknown", "projects.organisation_type", "Salaseura")],
        ("projects", "organisation_type", "Salaseura"),
    ),
    "answer unknown": (
        eura2014_page(analysis="Ehkä"),
        [Said("value_unknown", "horizontal.gender_analysis", "Ehkä")],
        ("horizontal", "answer", "Ehkä"),
    ),
    "arrangement unknown": (
        eura2014_page(arrangement="Kimppa"),
        [Said("value_unknown", "projects.applicant_arrangement", "Kimppa")],
        ("projects", "applicant_arrangement", "Kimppa"),
    ),
    "participants_stated_though_not_applicable": (
        eura2007_page(
            project_type="Projekti, jossa ei ole henkilöitä mukana",
            participants="Suunniteltu: 1, joista naisia 0\n"
            "Toteutunut seurantatietojen mukaan: 0, joista naisia 0",
        ),
        [
            Said(
                "participants_stated_though_not_applicable",
                "indicators.participants.planned",
                "1",
            )
        ],
        ("indicators", "total", 1),
    ),
}


@pytest.mark.parametrize("case", sorted(POSITIVE))
def test_a_check_reports_and_changes_nothing(tmp_path: Path, case: str) -> None:
    page, wanted, (table, column, kept) = POSITIVE[case]
    portfolio = read_pages(tmp_path, page)
    assert said(portfolio) == wanted
    assert portfolio.tables[table][column].iloc[0] == kept


@pytest.mark.parametrize("case", sorted(POSITIVE))
def test_a_finding_is_a_whole_sentence_in_its_place(tmp_path: Path, case: str) -> None:
    page, wanted, _ = POSITIVE[case]
    issues = read_pages(tmp_path, page).issues
    assert [whole(message) for message in issues["message"]] == [True] * len(wanted)
    # The line is the one on which the value of the field stands.
    quoted = re.split(r" [<>] |, |–", str(wanted[0].raw))[0]
    line = page.splitlines()[int(issues["line"].iloc[0]) - 1]
    assert quoted in line or wanted[0].field in {"projects.priority_axis", "projects.fund"}
    assert list(issues["severity"]) == (
        ["info"] if wanted[0].code == "value_unknown" else ["warning"]
    )


# Pages at the bound of a check, or with a part missing: nothing to report.
NEGATIVE = {
    "a plain page": eura2014_page(),
    "a plain page of the older form": eura2007_page(),
    "business ID right, check digit zero": eura2014_page(business_id="0347119-0"),
    "no business ID": eura2014_page(business_id=""),
    "postal code with leading zeros": eura2014_page(postal_code="00010"),
    "no postal code": eura2014_page(postal_code=""),
    "one day": eura2014_page(period="Alkaa 1.5.2016 ja päättyy 1.5.2016"),
    "first and last day of the period": eura2014_page(
        period="Alkaa 1.1.2014 ja päättyy 31.12.2023"
    ),
    "first and last day of the older period": eura2007_page(
        period="Alkaa 1.1.2007 ja päättyy 31.12.2015"
    ),
    "no dates": eura2014_page(period=""),
    "all realised": eura2014_page(eu_realised="1 000", public_realised="2 000"),
    "nothing realised": eura2014_page(eu_realised="", public_realised=""),
    "all from EU and state": eura2014_page(eu_planned="2 000"),
    "all are women": eura2007_page(participants="Suunniteltu: 30, joista naisia 30"),
    "women without a total": eura2007_page(participants="Suunniteltu: , joista naisia 3"),
    "scores at the bounds": eura2014_page(scores={"natural_resources": "10 0"}),
    "another fund": eura2014_page(
        title="Euroopan aluekehitysrahaston (EAKR) rahoittaman hankkeen kuvaus",
        code="A70001",
        axis="1. Pk-yritystoiminnan kilpailukyky",
        objective="1.1. Uuden liiketoiminnan luominen",
    ),
    "another objective of its axis": eura2014_page(
        axis="3. Työllisyys ja työvoiman liikkuvuus",
        objective="7.1. Tuottavuuden ja työhyvinvoinnin parantaminen",
    ),
    "no objective": eura2014_page(objective=""),
    "running": eura2014_page(status="Toiminnassa"),
    "interrupted": eura2014_page(status="Keskeytynyt"),
    "several regions": eura2014_page(regions="Uusimaa, Lappi, Ahvenanmaa"),
    "no region": eura2014_page(regions=""),
    "another organisation type": eura2014_page(organisation_type="Kunta"),
    "answers the other way": eura2014_page(analysis="Ei", mainstreaming="Ei", main_goal="Kyllä"),
    "no answer": eura2014_page(analysis=""),
    "no participants, and zero stated": eura2007_page(
        project_type="Projekti, jossa ei ole henkilöitä mukana",
        participants="Suunniteltu: 0, joista naisia 0\n"
        "Toteutunut seurantatietojen mukaan: 0, joista naisia 0",
    ),
}


@pytest.mark.parametrize("case", sorted(NEGATIVE))
def test_what_is_plausible_is_not_reported(tmp_path: Path, case: str) -> None:
    assert said(read_pages(tmp_path, NEGATIVE[case])) == []


def test_a_row_without_its_scores_is_missing_and_not_implausible(tmp_path: Path) -> None:
    (found,) = said(read_pages(tmp_path, eura2014_page(scores={"natural_resources": ""})))
    assert found == Said("row_missing", None, "Luonnonvarojen käytön kestävyys")


def test_an_unknown_region_has_no_nuts_code(tmp_path: Path) -> None:
    places = read_pages(tmp_path, eura2014_page(regions="Lappi, Karjala")).locations
    codes = [None if pd.isna(code) else code for code in places["nuts3"]]
    assert codes[:2] == ["FI1D7", None]


def test_an_unknown_answer_has_no_code(tmp_path: Path) -> None:
    table = read_pages(tmp_path, eura2014_page(analysis="Ehkä")).horizontal
    assert pd.isna(table["answer_code"].iloc[0])
    assert table["answer_code"].iloc[1] == "yes"


# ---- the same project twice


def test_of_one_project_in_two_files_the_fuller_is_kept(tmp_path: Path) -> None:
    poorer = eura2014_page(name="Vajaa", website="", summary="")
    fuller = eura2014_page(name="Täysi")
    portfolio = read_pages(tmp_path, poorer, fuller)
    first, second = ((tmp_path / name).as_posix() for name in ("0.txt", "1.txt"))
    assert list(portfolio.projects["name"]) == ["Täysi"]
    assert list(portfolio.projects["source"]) == [second]
    assert len(portfolio.funding) == 4
    assert list(portfolio.files["file"]) == [first, second]
    assert list(portfolio.files["status"]) == ["read", "read"]
    # What the poorer one left blank (website and summary) disagrees with nothing.
    names = "Täysi (1.txt:9) / Vajaa (0.txt:9)"
    assert said(portfolio) == [
        Said("duplicate_project_code", "projects.project_code", f"{first}:7"),
        Said("sources_disagree", "projects.name", names),
    ]
    assert list(portfolio.issues["severity"]) == ["warning"] * 2
    assert portfolio.issues["message"].iloc[0] == (
        f"Project S20001 is in the file {second} and also at {first}:7, and the most complete "
        "one was used; check that it is the right one."
    )


def test_files_that_differ_in_a_name_say_so_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    portfolio = read_pages(Path("a"), eura2014_page(name="Eka"), eura2014_page(name="Toka"))
    assert portfolio.issues["message"].iloc[1] == (
        "The sources differ on the field “Project name” of project S20001: "
        "Eka (0.txt:9) / Toka (1.txt:9); the first was used."
    )
    table = portfolio.conflicts[["field", "rank", "source", "form", "value", "file", "line"]]
    assert [*table.itertuples(index=False, name=None)] == [
        ("projects.name", 1, "description", "eura2014", "Eka", "a/0.txt", 9),
        ("projects.name", 2, "description", "eura2014", "Toka", "a/1.txt", 9),
    ]


def test_of_two_equally_full_the_first_is_kept(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page(name="Eka"), eura2014_page(name="Toka"))
    assert list(portfolio.projects["name"]) == ["Eka"]
    assert [found[:2] for found in said(portfolio)] == [
        ("duplicate_project_code", "projects.project_code"),
        ("sources_disagree", "projects.name"),
    ]


def test_a_field_on_which_copies_differ_is_a_finding_each(tmp_path: Path) -> None:
    first = eura2014_page(eu_planned="1 000", period="Alkaa 1.1.2016 ja päättyy 31.12.2016")
    later = eura2014_page(eu_planned="1 100", period="Alkaa 1.1.2016 ja päättyy 30.6.2017")
    portfolio = read_pages(tmp_path, first, later)
    assert [found[:2] for found in said(portfolio)] == [
        ("duplicate_project_code", "projects.project_code"),
        ("sources_disagree", "projects.end_date"),
        ("sources_disagree", "funding.eu_and_state.planned"),
    ]
    assert portfolio.funding["amount_eur"].iloc[0] == 1000
    assert portfolio.projects["end_date"].iloc[0] == pd.Timestamp("2016-12-31")


def test_equal_copies_disagree_on_nothing(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page(), eura2014_page())
    assert [found.code for found in said(portfolio)] == ["duplicate_project_code"]
    assert len(portfolio.conflicts) == 0


def test_a_file_named_twice_is_one_file(tmp_path: Path) -> None:
    write(tmp_path, [eura2014_page()])
    portfolio = esrdata.read([tmp_path / "0.txt", tmp_path])
    assert len(portfolio.files) == 1
    assert said(portfolio) == []


def test_projects_with_different_codes_are_no_duplicates(tmp_path: Path) -> None:
    assert said(read_pages(tmp_path, eura2014_page(), eura2014_page(code="S20002"))) == []


# ---- sentences


def test_findings_of_reading_are_whole_sentences(tmp_path: Path) -> None:
    page = eura2014_page(
        period="Alkaa 31.6.2016 ja päättyy 31.12.2016",
        website="http://www.example.org\n\nTuntematon rivi ilman nimikettä",
        city="Helsinki\n\nPostitoimipaikka: Espoo",
    )
    half = eura2014_page(code="S20002").split("5 Projektin")[0]
    untitled = eura2014_page(code="S20003", title="")
    portfolio = read_pages(tmp_path, page, half, untitled)
    assert {found.code for found in said(portfolio)} == {
        "value_unreadable",
        "unrecognised_line",
        "label_repeated",
        "section_missing",
        "title_absent",
    }
    assert [m for m in portfolio.issues["message"] if not whole(m)] == []


def test_a_page_without_a_code_gives_whole_sentences(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page(code="", business_id="1234567-2"))
    assert "form_without_code" in {found.code for found in said(portfolio)}
    assert [m for m in portfolio.issues["message"] if not whole(m)] == []


def test_a_repeated_phone_label_gives_a_whole_sentence(tmp_path: Path) -> None:
    page = eura2014_page(phone="000 0000001\n\nPuhelinnumero: 000 0000003")
    portfolio = read_pages(tmp_path, page)
    assert [found.code for found in said(portfolio)] == ["label_repeated"]
    assert [m for m in portfolio.issues["message"] if not whole(m)] == []


def test_a_technical_support_project_is_not_said_to_be_declared_without_participants(
    tmp_path: Path,
) -> None:
    # Jobs do not apply because of the priority axis; the project type declares nothing here.
    page = eura2007_page(axis="5: Tekninen tuki", project_type="Tiedotus ja viestintä")
    issues = read_pages(tmp_path, page).issues
    jobs = issues[issues["field"] == "indicators.jobs_created.planned"]
    assert len(jobs) == 1
    assert "declared to have no participants" not in jobs["message"].iloc[0]


def test_two_descriptions_of_one_project_in_one_file_are_told_by_line(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page() + eura2014_page())
    assert [found.code for found in said(portfolio)] == ["duplicate_project_code"]
    page = eura2014_page()
    second = page.count("\n") + page[: page.index("Hankekoodi:")].count("\n") + 1
    assert portfolio.issues["raw"].str.endswith(f"0.txt:{second}").tolist() == [True]


def test_an_unknown_priority_axis_is_reported(tmp_path: Path) -> None:
    # Neither period has an axis 12, and the older form has no objective to hold it against.
    portfolio = read_pages(tmp_path, eura2007_page(axis="12: Tuntematon toimintalinja"))
    assert said(portfolio) == [Said("value_unknown", "projects.priority_axis", "12")]
    assert list(portfolio.projects["priority_axis"]) == [12]
