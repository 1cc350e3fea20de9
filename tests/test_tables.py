"""Tables of the contract, and the rows of the four shipped pages as a person reads them."""

from pathlib import Path

import pandas as pd
import pytest
from pages import CRITERIA, eura2007_page, eura2014_page, raw, read_pages

from esrdata.tables import columns

CODES = ["S12577", "S20405", "S20562", "S21684"]

# The contract of the design, column by column, with the dtype of each.
TEXT, COUNT, MONEY, DATE, FLAG = "string", "Int64", "Float64", "datetime64[ns]", "boolean"
CONTRACT = {
    "projects": {
        "project_code": TEXT,
        "form": TEXT,
        "form_language": TEXT,
        "programme_period": TEXT,
        "fund": TEXT,
        "name": TEXT,
        "programme_section": TEXT,
        "priority_axis": COUNT,
        "priority_axis_label": TEXT,
        "specific_objective": TEXT,
        "specific_objective_label": TEXT,
        "project_type": TEXT,
        "start_date": DATE,
        "end_date": DATE,
        "status": TEXT,
        "status_code": TEXT,
        "authority": TEXT,
        "applicant": TEXT,
        "organisation_type": TEXT,
        "business_id": TEXT,
        "street_address": TEXT,
        "postal_code": TEXT,
        "city": TEXT,
        "website": TEXT,
        "project_website": TEXT,
        "applicant_arrangement": TEXT,
        "source": TEXT,
        "applicant_id": TEXT,
        "authority_id": TEXT,
    },
    "funding": {
        "project_code": TEXT,
        "measure": TEXT,
        "stage": TEXT,
        "amount_eur": MONEY,
        "qualifier": TEXT,
    },
    "indicators": {
        "project_code": TEXT,
        "indicator": TEXT,
        "stage": TEXT,
        "total": COUNT,
        "women": COUNT,
        "applicable": FLAG,
    },
    "sustainability": {
        "project_code": TEXT,
        "dimension": TEXT,
        "criterion": TEXT,
        "direct": COUNT,
        "indirect": COUNT,
        "justification": TEXT,
    },
    "horizontal": {
        "project_code": TEXT,
        "principle": TEXT,
        "answer": TEXT,
        "answer_code": TEXT,
        "justification": TEXT,
    },
    "locations": {"project_code": TEXT, "level": TEXT, "name": TEXT, "nuts3": TEXT},
    "partners": {
        "project_code": TEXT,
        "role": TEXT,
        "name": TEXT,
        "business_id": TEXT,
        "organisation_id": TEXT,
    },
    "organisations": {
        "organisation_id": TEXT,
        "name": TEXT,
        "kind": TEXT,
        "business_id": TEXT,
        "parent_id": TEXT,
        "spellings": COUNT,
        "rule": TEXT,
    },
    "organisation_names": {
        "name": TEXT,
        "organisation_id": TEXT,
        "unit": TEXT,
        "rule": TEXT,
        "mentions": COUNT,
    },
    "narratives": {"project_code": TEXT, "section": TEXT, "title": TEXT, "text": TEXT},
    "claims": {
        "project_code": TEXT,
        "section": TEXT,
        "kind": TEXT,
        "value": MONEY,
        "value_high": MONEY,
        "qualifier": TEXT,
        "unit": TEXT,
        "text": TEXT,
        "sentence": TEXT,
        "start": COUNT,
        "end": COUNT,
        "stage": TEXT,
        "indefinite": FLAG,
        "known_unit": FLAG,
    },
    "contacts": {
        "project_code": TEXT,
        "name": TEXT,
        "position": TEXT,
        "email": TEXT,
        "phone": TEXT,
    },
    "provenance": {
        "project_code": TEXT,
        "field": TEXT,
        "status": TEXT,
        "raw": TEXT,
        "file": TEXT,
        "page": COUNT,
        "line": COUNT,
        "start": COUNT,
        "end": COUNT,
    },
    "conflicts": {
        "project_code": TEXT,
        "field": TEXT,
        "rank": COUNT,
        "source": TEXT,
        "form": TEXT,
        "value": TEXT,
        "qualifier": TEXT,
        "raw": TEXT,
        "file": TEXT,
        "page": COUNT,
        "line": COUNT,
        "start": COUNT,
        "end": COUNT,
        "snapshot": DATE,
        "snapshot_basis": TEXT,
    },
    "links": {
        "file": TEXT,
        "line": COUNT,
        "title": TEXT,
        "status": TEXT,
        "project_code": TEXT,
        "candidate": TEXT,
        "score": "Float64",
        "reasons": TEXT,
    },
    "issues": {
        "file": TEXT,
        "project_code": TEXT,
        "field": TEXT,
        "line": COUNT,
        "severity": TEXT,
        "code": TEXT,
        "message": TEXT,
        "raw": TEXT,
    },
    "files": {
        "file": TEXT,
        "format": TEXT,
        "encoding": TEXT,
        "form": TEXT,
        "descriptions": COUNT,
        "sha256": TEXT,
        "lines": COUNT,
        "lines_accounted": COUNT,
        "status": TEXT,
        "snapshot_date": DATE,
        "snapshot_basis": TEXT,
    },
    "passages": {
        "file": TEXT,
        "kind": TEXT,
        "start": COUNT,
        "end": COUNT,
        "project_code": TEXT,
        "form_language": TEXT,
    },
}


def rows(table: str, code: str) -> list[tuple]:
    """The rows of a project in a table of the shipped pages, without the key; missing is None."""
    frame = raw().tables[table]
    return plain(frame[frame["project_code"] == code].drop(columns="project_code"))


def plain(frame: pd.DataFrame) -> list[tuple]:
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in frame.itertuples(index=False, name=None)
    ]


def project(code: str) -> dict[str, object]:
    projects = raw().projects
    row = projects[projects["project_code"] == code].iloc[0]
    return {name: None if pd.isna(cell) else cell for name, cell in row.items()}


def statuses(code: str, field: str) -> list[tuple[str, str]]:
    """What each source of a project says of a field: the name of the file, and the state."""
    table = raw().provenance
    found = table[(table["project_code"] == code) & (table["field"] == field)]
    names = [Path(file).name for file in found["file"]]
    return list(zip(names, found["status"], strict=True))


def status(code: str, field: str) -> str:
    ((_, found),) = statuses(code, field)
    return found


# ---- the contract


@pytest.mark.parametrize("table", sorted(CONTRACT))
def test_columns_order_and_dtypes_are_the_contract(tmp_path: Path, table: str) -> None:
    portfolio = read_pages(tmp_path, eura2014_page(), contacts=True)
    found = {name: str(dtype) for name, dtype in portfolio.tables[table].dtypes.items()}
    assert list(found) == list(CONTRACT[table])
    assert found == CONTRACT[table]


def test_a_portfolio_has_the_tables_of_the_contract_and_no_other(tmp_path: Path) -> None:
    assert set(raw().tables) == set(CONTRACT) - {"contacts"}
    assert set(read_pages(tmp_path, eura2014_page(), contacts=True).tables) == set(CONTRACT)


def test_dtypes_stay_where_a_table_is_empty(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2007_page())
    for table in ("partners", "sustainability", "conflicts", "links", "issues"):
        frame = portfolio.tables[table]
        assert len(frame) == 0
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == CONTRACT[table]


def test_a_count_with_a_fraction_is_refused_and_a_sum_may_be_whole() -> None:
    data: dict[str, list[object]] = {name: [None] for name in columns.columns("indicators")}
    with pytest.raises(TypeError, match="cannot safely cast"):
        columns.from_columns("indicators", data | {"total": [1.5]})
    made = columns.from_columns("indicators", data | {"total": [2]})
    assert (made["total"].dtype, made["total"].tolist()) == ("Int64", [2])
    funding: dict[str, list[object]] = {name: [None] * 3 for name in columns.columns("funding")}
    made = columns.from_columns("funding", funding | {"amount_eur": [1, None, 2.5]})
    assert made["amount_eur"].dtype == "Float64"
    assert made["amount_eur"].to_list() == [1.0, pd.NA, 2.5]


def test_project_code_is_the_key_of_every_table_of_projects() -> None:
    for name, table in raw().tables.items():
        # A project that a web page only tells of has no code; a finding may be of a whole file.
        if "project_code" in table and name not in {"links", "issues", "files", "passages"}:
            assert set(table["project_code"]) <= set(CODES), name
            assert not table["project_code"].isna().any(), name
    assert list(raw().projects["project_code"]) == CODES
    assert set(raw().links["project_code"].dropna()) == {"S20405"}
    assert set(raw().issues["project_code"].dropna()) == {"S20405"}


def test_the_keys_of_the_contract_tell_rows_apart() -> None:
    keys = {
        "projects": ["project_code"],
        "funding": ["project_code", "measure", "stage"],
        "indicators": ["project_code", "indicator", "stage"],
        "sustainability": ["project_code", "criterion"],
        "horizontal": ["project_code", "principle"],
        "locations": ["project_code", "level", "name"],
        "narratives": ["project_code", "section"],
        "provenance": ["project_code", "field", "file"],
        "conflicts": ["project_code", "field", "rank"],
        "links": ["file", "line"],
        "files": ["file"],
    }
    for name, key in keys.items():
        table = raw().tables[name]
        assert len(table) > 0
        assert not table.duplicated(key).any(), name


def test_numbers_of_rows_of_the_shipped_pages() -> None:
    counted = {name: len(table) for name, table in raw().tables.items() if name != "provenance"}
    assert counted == {
        "projects": 4,
        "funding": 16,  # 4 projects, 2 measures, 2 stages
        "indicators": 20,  # 4 on the older form, 2 on the newer, planned and realised
        "sustainability": 45,  # 15 criteria on each of three pages
        "horizontal": 13,  # 4 on the older form, 3 on each of the newer
        "locations": 13,
        "partners": 1,
        "narratives": 20,  # 6 on the older form, 4 on each of the newer, 2 of the web page
        "claims": 54,  # counted in test_claims, read in benchmarks/claims.py
        "conflicts": 4,  # two sources of the name and of the end date
        "organisations": 7,  # four applicants, two authorities, one partner
        "organisation_names": 7,
        "links": 2,  # one project with facts, one only told of
        "issues": 4,  # the two conflicts, and the two projects of the web page
        "files": 5,
        # 5 whole views, 4 forms and a project of the web page; on each form two runs of withheld
        # lines and a name, on the web page one run and the name in it.
        "passages": 5 + 5 + 4 * 3 + 2,
    }


# ---- what stands on the shipped pages


def test_project_s20405() -> None:
    row = project("S20405")
    assert Path(row.pop("source")).name == "S20405.txt"
    assert row == {
        "project_code": "S20405",
        "form": "eura2014",
        "form_language": "fi",
        "programme_period": "2014-2020",
        "fund": "ESR",
        "name": "Asukaslähtöinen kehittäminen Kotkassa 2015-2016",
        "programme_section": None,
        "priority_axis": 5,
        "priority_axis_label": "Sosiaalinen osallisuus ja köyhyyden torjunta",
        "specific_objective": "10.1",
        "specific_objective_label": (
            "Työelämän ulkopuolella olevien työ- ja toimintakyvyn parantaminen"
        ),
        "project_type": None,
        "start_date": pd.Timestamp("2015-05-01"),
        "end_date": pd.Timestamp("2017-06-30"),
        "status": "Toiminta päättynyt",
        "status_code": "ended",
        "authority": "Hämeen elinkeino-, liikenne- ja ympäristökeskus",
        "applicant": "Kehittämisyhdistys Sepra ry",
        "organisation_type": "Kansalaisjärjestö",
        "business_id": "1504937-6",
        "street_address": "Helsingintie 1 A",
        "postal_code": "49460",
        "city": "Hamina",
        "website": "http://www.sepra.fi",
        "project_website": None,
        "applicant_arrangement": "Vain yksi hakija",
        "applicant_id": "ry:kehittämisyhdistyssepra",
        "authority_id": "authority:ely_hame",
    }


def test_project_s12577_of_the_older_form() -> None:
    row = project("S12577")
    assert Path(row.pop("source")).name == "S12577.txt"
    assert row == {
        "project_code": "S12577",
        "form": "eura2007",
        "form_language": "fi",
        "programme_period": "2007-2013",
        "fund": "ESR",
        "name": "Paikallinen kehittämispolku -toimintamallin käyttöönotto Helsingissä",
        "programme_section": "Etelä-Suomen suuralueosio",
        "priority_axis": 2,
        "priority_axis_label": (
            "Työllistymisen ja työmarkkinoilla pysymisen edistäminen sekä syrjäytymisen "
            "ehkäiseminen"
        ),
        "specific_objective": None,
        "specific_objective_label": None,
        "project_type": "Projekti, jossa ei ole henkilöitä mukana",
        "start_date": pd.Timestamp("2014-01-01"),
        "end_date": pd.Timestamp("2014-10-31"),
        "status": "Toiminta päättynyt",
        "status_code": "ended",
        "authority": "Hämeen elinkeino-, liikenne- ja ympäristökeskus",
        "applicant": "Helsingin kaupunginosayhdistykset ry",
        "organisation_type": "Järjestö tai yhdistys",
        "business_id": "0347119-0",
        "street_address": "Toinen Linja 3 (4. krs)",
        "postal_code": None,
        "city": None,
        "website": "www.helka.net",
        "project_website": "www.stadinkehittamispolku.blogspot.fi/",
        "applicant_arrangement": None,
        "applicant_id": "ry:helsinginkaupunginosayhdistykset",
        "authority_id": "authority:ely_hame",
    }


def test_project_s20562_left_the_arrangement_blank() -> None:
    row = project("S20562")
    assert row["name"] == "Elinvoimaa ja osallisuutta"
    assert (row["start_date"], row["end_date"]) == (
        pd.Timestamp("2016-04-01"),
        pd.Timestamp("2018-12-31"),
    )
    assert row["applicant"] == "Lappeenrannan kaupunki"
    assert row["organisation_type"] == "Kunta"
    assert (row["street_address"], row["postal_code"], row["city"]) == (
        "PL 11",
        "53100",
        "Lappeenranta",
    )
    assert row["applicant_arrangement"] is None
    assert status("S20562", "projects.applicant_arrangement") == "blank"


def test_project_s21684_of_a_web_page() -> None:
    row = project("S21684")
    assert row["name"] == "Hyvinvoiva asukas - yhteisöllisen asumisen kehittäminen Etelä-Savossa"
    assert (row["start_date"], row["end_date"]) == (
        pd.Timestamp("2019-06-01"),
        pd.Timestamp("2021-12-31"),
    )
    assert row["authority"] == "Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus"
    assert row["organisation_type"] == "Ammattikorkeakoulu"
    assert row["business_id"] == "2472908-2"
    assert row["applicant_arrangement"] == (
        "Hakija siirtää osan haettavasta tuesta yhdelle tai useammalle taholle hankkeen "
        "toteuttamista varten (tuen siirto)"
    )


@pytest.mark.parametrize(
    ("code", "eu_planned", "eu_realised", "public_planned", "public_realised"),
    [
        ("S12577", 37500, 37500, 50000, 50000),
        ("S20405", 46434, 39720, 57634, 49361),
        ("S20562", 96000, 93822, 150000, 125096),
        ("S21684", 301873, 295808, 375960, 368136),
    ],
)
def test_funding(
    code: str, eu_planned: int, eu_realised: int, public_planned: int, public_realised: int
) -> None:
    assert rows("funding", code) == [
        ("eu_and_state", "planned", eu_planned, "exact"),
        ("eu_and_state", "realised", eu_realised, "exact"),
        ("public_total", "planned", public_planned, "exact"),
        ("public_total", "realised", public_realised, "exact"),
    ]


@pytest.mark.parametrize(
    ("code", "companies_planned", "companies_realised", "participants"),
    [("S20405", 0, 0, 43), ("S20562", 0, 0, 0), ("S21684", 0, 4, 100)],
)
def test_indicators_of_the_newer_form(
    code: str, companies_planned: int, companies_realised: int, participants: int
) -> None:
    # Section 7.2 has no realised line on any of the pages: missing, not zero.
    assert rows("indicators", code) == [
        ("participating_companies", "planned", companies_planned, None, True),
        ("participating_companies", "realised", companies_realised, None, True),
        ("participants", "planned", participants, None, True),
        ("participants", "realised", None, None, True),
    ]


def test_indicators_of_a_project_without_participants() -> None:
    # Zeros are written for all of them; participants do not apply, by the project type.
    assert rows("indicators", "S12577") == [
        ("participants", "planned", 0, 0, False),
        ("participants", "realised", 0, 0, False),
        ("jobs_created", "planned", 0, 0, True),
        ("jobs_created", "realised", 0, 0, True),
        ("companies_created", "planned", 0, 0, True),
        ("companies_created", "realised", 0, 0, True),
        ("qualifications", "planned", 0, 0, True),
        ("qualifications", "realised", 0, 0, True),
    ]


# Direct and indirect score of each criterion in the order of the page, and whether reasons follow.
SCORES = {
    "S20405": [
        (0, 1, True),
        (0, 1, True),
        (0, 1, True),
        (0, 0, False),
        (0, 0, False),
        (0, 3, True),
        (0, 0, False),
        (0, 2, True),
        (5, 0, True),
        (0, 1, True),
        (8, 10, True),
        (10, 10, True),
        (10, 10, True),
        (0, 0, False),
        (1, 1, True),
    ],
    "S20562": [
        (0, 1, True),
        (0, 0, False),
        (0, 0, False),
        (0, 1, False),
        (0, 0, False),
        (0, 1, True),
        (0, 0, False),
        (0, 1, False),
        (0, 3, True),
        (0, 0, False),
        (6, 5, True),
        (0, 0, False),
        (2, 4, True),
        (0, 2, True),
        (0, 0, False),
    ],
    "S21684": [
        (4, 4, True),
        (1, 1, True),
        (0, 0, False),
        (0, 0, False),
        (0, 0, False),
        (1, 3, True),
        (0, 0, False),
        (0, 0, False),
        (10, 10, True),
        (0, 0, False),
        (10, 10, True),
        (3, 5, True),
        (9, 9, True),
        (0, 0, False),
        (8, 8, True),
    ],
}


@pytest.mark.parametrize("code", sorted(SCORES))
def test_sustainability_scores(code: str) -> None:
    criteria = [(d, key) for d, of in CRITERIA.items() for key in of]
    wanted = [(*c, *score) for c, score in zip(criteria, SCORES[code], strict=True)]
    assert [(*row[:4], row[4] is not None) for row in rows("sustainability", code)] == wanted


def test_the_older_form_has_no_sustainability_table() -> None:
    assert rows("sustainability", "S12577") == []


def test_a_justification_that_names_another_criterion_and_ends_in_a_year_is_one_text() -> None:
    told = {row[1]: row[4] for row in rows("sustainability", "S20562")}
    assert told["materials_waste"] == (
        "Vaihtopäivillä tavara saa uuden käyttäjän, mikä näkyy myös kohdassa Luonnonvarojen "
        "käytön kestävyys. Päiviä pidetään kahdesti vuodessa 2017 ja 2018"
    )


def test_answers() -> None:
    for code in ("S20405", "S20562", "S21684"):
        assert [row[:3] for row in rows("horizontal", code)] == [
            ("gender_analysis", "Kyllä", "yes"),
            ("gender_mainstreaming", "Kyllä", "yes"),
            ("gender_main_goal", "Ei", "no"),
        ]
        assert all(row[3] for row in rows("horizontal", code))
    assert rows("horizontal", "S20405")[1][3] == (
        "Tapahtumien sisältö, paikka ja kellonaika valitaan niin, että ne sopivat yhtä hyvin "
        "kaikille sukupuolesta riippumatta."
    )


def test_classifications_of_the_older_form_have_no_yes_or_no() -> None:
    assert rows("horizontal", "S12577") == [
        ("equality", "Tasa-arvopainotteinen projekti", None, None),
        (
            "sustainable_development",
            "Merkittävästi kestävää kehitystä edistävä projekti",
            None,
            None,
        ),
        ("partnership", "Kumppanuutta selvästi edistävä projekti", None, None),
        ("innovativeness", "Selvästi innovatiivisia tuloksia tuottava projekti", None, None),
    ]


def test_locations() -> None:
    assert rows("locations", "S12577") == [
        ("region", "Uusimaa", "FI1B1"),
        ("subregion", "Helsingin", None),
        ("municipality", "Helsinki", None),
    ]
    assert rows("locations", "S20405") == [
        ("region", "Kymenlaakso", "FI1C4"),
        ("subregion", "Kotkan-Haminan", None),
        ("municipality", "Kotka", None),
    ]
    assert rows("locations", "S20562") == [
        ("region", "Etelä-Karjala", "FI1C5"),
        ("subregion", "Lappeenrannan", None),
        ("municipality", "Lappeenranta", None),
    ]
    assert rows("locations", "S21684") == [
        ("region", "Etelä-Savo", "FI1D1"),
        ("subregion", "Mikkelin", None),
        ("municipality", "Mikkeli", None),
        ("municipality", "Hirvensalmi", None),
    ]


def test_partners() -> None:
    partner = ("subsidy_transferee", "ViaDia Mikkeli ry", "2551672-4", "ry:viadiamikkeli")
    assert rows("partners", "S21684") == [partner]


NARRATIVES = {
    "S12577": [
        (
            "target_groups",
            "Varsinaiset kohderyhmät",
            "Työ kohdistuu ",
            "lähidemokratiaa kokeilleita",
        ),
        ("indirect_target_groups", "Välilliset kohderyhmät", "Mallista ", "paranee maailmalla."),
        (
            "summary",
            "Suunnitelman mukainen tiivistelmä toteutuksesta",
            "Kaupunginosat kehittävät itse itseään\nHelsinkiin tehdään ",
            "mukaan ei löydä kukaan .",
        ),
        ("communication_plan", "Tiedotussuunnitelma", "Tiedottamisesta ", "kaupunkien kanssa."),
        (
            "dissemination_plan",
            "Suunnitelma hyvien käytäntöjen levittämisestä",
            "Toimiviksi todetut tavat ",
            "muuallakin Helsingissä.",
        ),
        (
            "final_report",
            "Loppuraportin tiivistelmä",
            "Helsingissä kokeiltiin ",
            "on vaarassa pysähtyä.",
        ),
    ],
    "S20405": [
        (
            "summary",
            "Suunnitelman mukainen tiivistelmä toteutuksesta",
            "Leader Sepra ",
            "toimintaa kaupunkioloissa.",
        ),
        ("target_groups", "Varsinaiset kohderyhmät", "Toiminta on ", "eli 80% mukaan."),
        ("indirect_target_groups", "Välilliset kohderyhmät", "Hyötyä saavat ", "jää yksin."),
        (
            "final_report",
            "Loppuraportin tiivistelmä",
            "Mistä hanke sai alkunsa?\nSepra on ",
            "Sepran Minihanketuki.",
        ),
        # Of the organisation's page: what the description has no place for.
        (
            "objectives",
            "Hankkeen tavoitteet",
            "Tärkeintä\u00a0on, ettei kukaan vetäydy ",
            "kehittää omaa kotiseutuaan.",
        ),
        ("implementation", "Toteutus", "Sepra innostaa, ", "ryhmät löytävät toisensa"),
    ],
    "S20562": [
        (
            "summary",
            "Suunnitelman mukainen tiivistelmä toteutuksesta",
            "Tavoite: asuinalueiden ihmiset",
            "lisää ihmisiä ympärilleen.",
        ),
        ("target_groups", "Varsinaiset kohderyhmät", "Hanke on ", "hoitavia maahanmuuttajia"),
        (
            "indirect_target_groups",
            "Välilliset kohderyhmät",
            "Välillistä hyötyä ",
            "todella kaivataan.",
        ),
        (
            "final_report",
            "Loppuraportin tiivistelmä",
            "Hanke lähti liikkeelle ",
            "koolle kahdesti vuodessa.",
        ),
    ],
    "S21684": [
        (
            "summary",
            "Suunnitelman mukainen tiivistelmä toteutuksesta",
            "4.1 Hankkeen julkinen tiivistelmä (",
            "työtä tai opintoja.",
        ),
        ("target_groups", "Varsinaiset kohderyhmät", "Toimintaan kutsutaan ", "opettelevat suomea"),
        (
            "indirect_target_groups",
            "Välilliset kohderyhmät",
            "Välillisesti hyötyvät ",
            "palveluja koteihin.",
        ),
        (
            "final_report",
            "Loppuraportin tiivistelmä",
            "Hankkeessa etsittiin ",
            "avoimeen tarjontaan.",
        ),
    ],
}


@pytest.mark.parametrize("code", sorted(NARRATIVES))
def test_narratives_begin_and_end_where_they_do_on_the_page(code: str) -> None:
    found = rows("narratives", code)
    wanted = NARRATIVES[code]
    assert [row[:2] for row in found] == [row[:2] for row in wanted]
    for (_, _, text), (section, _, begin, end) in zip(found, wanted, strict=True):
        assert text.startswith(begin), section
        assert text.endswith(end), section


def test_paragraphs_and_lines_of_a_narrative_are_kept() -> None:
    told = {row[0]: row[2] for row in rows("narratives", "S20405")}
    assert told["indirect_target_groups"] == (
        "Hyötyä saavat ajan mittaan myös\n"
        "\n"
        "* Kotkan muut yhdistykset, keskustan ulkopuolella toimivat mukaan lukien\n"
        "* pienet yhteisöt ja niiden jäsenet\n"
        "* seurakunnat\n"
        "* koulut ja oppilaitokset\n"
        "* valtuutetut ja lautakuntien jäsenet\n"
        "* kaupungin työntekijät\n"
        "\n"
        "Heille hanke tarjoaa uuden tavan kuulla asukkaita ja muuttaa omaa työtään niin, että "
        "yhä harvempi jää yksin."
    )


def test_of_the_web_page_only_what_the_description_lacks_is_told() -> None:
    told = {row[0]: row[2] for row in rows("narratives", "S20405")}
    assert "Ensimmäisinä mukaan toivotaan" not in told["target_groups"]
    # Where the next project of the page begins, the text of this one has ended.
    assert told["implementation"] == (
        "Sepra innostaa, neuvoo ja kouluttaa. Sen vastuulla on myös tiedottaminen ja se, että eri "
        "ryhmät löytävät toisensa"
    )
    assert not any("hteiskunnalli" in text for text in told.values())


@pytest.mark.parametrize(
    ("field", "states"),
    [
        ("projects.name", ["read", "read"]),
        ("projects.start_date", ["read", "read"]),
        ("projects.end_date", ["read", "read"]),
        ("funding.public_total.planned", ["read", "read"]),
        ("narratives.target_groups", ["read", "read"]),
    ],
)
def test_each_source_has_its_row_and_the_one_used_comes_first(
    field: str, states: list[str]
) -> None:
    files = ["S20405.txt", "kaupunki-leader.txt"]
    assert statuses("S20405", field) == list(zip(files, states, strict=True))


def test_what_only_the_web_page_has_is_from_there() -> None:
    for section in ("objectives", "implementation"):
        met = statuses("S20405", f"narratives.{section}")
        assert met == [("kaupunki-leader.txt", "read")]


def test_a_field_that_no_source_has_is_absent_once() -> None:
    table = raw().provenance
    absent = table[(table["project_code"] == "S20405") & (table["status"] == "absent")]
    assert {Path(file).name for file in absent["file"]} == {"S20405.txt"}
    others = table[(table["project_code"] == "S20405") & (table["status"] != "absent")]
    assert not set(absent["field"]) & set(others["field"])


def test_where_the_sources_disagree() -> None:
    found = rows("conflicts", "S20405")
    files = [Path(row[7]).name for row in found]
    assert files == ["S20405.txt", "kaupunki-leader.txt"] * 2
    ours = "Asukaslähtöinen kehittäminen Kotkassa 2015-2016"
    theirs = "Asikaslähtöinen kehittäminen Kotkassa 2015 - 2016"
    # field, rank, source, form, value, qualifier, raw; page and line.
    assert [(*row[:7], *row[8:10]) for row in found] == [
        ("projects.name", 1, "description", "eura2014", ours, None, ours, 1, 9),
        ("projects.name", 2, "web", "web", theirs, None, theirs, 1, 29),
        ("projects.end_date", 1, "description", "eura2014", "2017-06-30", None, "30.6.2017", 1, 15),
        ("projects.end_date", 2, "web", "web", "2016-12-31", None, "31.12.2016", 1, 31),
    ]
    for *_, raw_, path, _, _, start, end, day, basis in found:
        assert Path(path).read_text(encoding="utf-8")[start:end] == raw_
        assert day is None and basis is None


def test_the_projects_of_the_web_page() -> None:
    linked, told = plain(raw().links)
    title = "Asikaslähtöinen kehittäminen Kotkassa 2015 - 2016"
    assert linked[1:6] == (29, title, "linked", "S20405", "S20405")
    assert 0.5 < linked[6] <= 1
    assert linked[7].startswith("title 0.97; organisation Sepra; sum 57634 = 57634; ")
    assert "end_date 2016-12-31 ≠ 2017-06-30" in linked[7]
    assert told[1:] == (83, "Yhteiskunnallinen yrittäjyys", "told_of", None, None, None, None)


def test_findings_of_the_shipped_pages() -> None:
    found = raw().issues[["file", "project_code", "field", "line", "severity", "code"]]
    names = [(Path(row[0]).name, *row[1:]) for row in plain(found)]
    assert names == [
        ("S20405.txt", "S20405", "projects.name", 9, "warning", "sources_disagree"),
        ("S20405.txt", "S20405", "projects.end_date", 15, "warning", "sources_disagree"),
        ("kaupunki-leader.txt", "S20405", None, 29, "info", "web_project_linked"),
        ("kaupunki-leader.txt", None, None, 83, "warning", "web_project_unlinked"),
    ]


def test_files_of_the_shipped_pages() -> None:
    table = raw().files[["file", "form", "descriptions", "lines", "lines_accounted", "status"]]
    assert [(Path(row[0]).name, *row[1:]) for row in plain(table)] == [
        ("S12577.txt", "eura2007", 1, 88, 88, "read"),
        ("S20405.txt", "eura2014", 1, 152, 152, "read"),
        ("S20562.txt", "eura2014", 1, 116, 116, "read"),
        ("S21684.html", "eura2014", 1, 126, 126, "read"),
        # From the title of the project to where the next one begins.
        ("kaupunki-leader.txt", "web", 1, 37, 37, "read"),
    ]
    assert raw().files["snapshot_date"].isna().all()


@pytest.mark.parametrize(
    ("code", "field", "wanted"),
    [
        ("S20405", "indicators.participating_companies.planned", "read"),
        ("S20405", "indicators.participants.realised", "absent"),
        ("S20405", "locations.site.street_address", "blank"),
        ("S20405", "sustainability.water_soil_air.justification", "blank"),
        ("S20405", "partners.co_organiser", "absent"),
        ("S21684", "partners.co_organiser", "absent"),
        ("S21684", "partners.0.name", "read"),
        ("S12577", "indicators.participants.realised_women", "read"),
    ],
)
def test_the_status_of_a_value_says_why_a_cell_is_as_it_is(
    code: str, field: str, wanted: str
) -> None:
    assert status(code, field) == wanted


def test_a_value_that_the_project_type_rules_out_is_not_applicable(tmp_path: Path) -> None:
    page = eura2007_page(
        project_type="Projekti, jossa ei ole henkilöitä mukana", participants="Suunniteltu:"
    )
    portfolio = read_pages(tmp_path, page)
    found = portfolio.provenance.set_index("field")["status"]
    assert found["indicators.participants.planned"] == "not_applicable"
    assert found["indicators.participants.realised"] == "not_applicable"
    assert found["indicators.jobs_created.planned"] == "read"


def test_the_raw_text_of_a_value_stands_on_its_line(tmp_path: Path) -> None:
    table = raw().provenance
    row = table[
        (table["project_code"] == "S20405") & (table["field"] == "funding.public_total.realised")
    ].iloc[0]
    # Line 109 of the file: "Toteutunut julkinen rahoitus yhteensä: 49 361".
    assert (row["raw"], row["line"], row["page"]) == ("49 361", 109, 1)
    text = Path(row["file"]).read_text(encoding="utf-8")
    assert text[row["start"] : row["end"]] == "49 361"


# ---- what the shipped pages do not show


def test_a_site_is_one_place_with_its_address(tmp_path: Path) -> None:
    page = eura2014_page(site_street="Satamakatu 2", site_postal_code="00160", site_city="HELSINKI")
    places = read_pages(tmp_path, page).locations
    site = places[places["level"] == "site"]
    assert plain(site) == [("S20001", "site", "Satamakatu 2, 00160 HELSINKI", None)]


def test_a_site_may_be_a_town_alone(tmp_path: Path) -> None:
    places = read_pages(tmp_path, eura2014_page(site_city="Kotka")).locations
    assert list(places.loc[places["level"] == "site", "name"]) == ["Kotka"]


def test_the_codes_of_statuses(tmp_path: Path) -> None:
    pages = [
        eura2014_page(code=code, status=said)
        for code, said in [
            ("S20001", "Toiminnassa"),
            ("S20002", "Toiminta päättynyt"),
            ("S20003", "Keskeytynyt"),
            ("S20004", "Kateissa"),
        ]
    ]
    table = read_pages(tmp_path, *pages).projects
    found = [None if pd.isna(code) else code for code in table["status_code"]]
    assert found == ["running", "ended", "interrupted", None]
    assert list(table["status"])[3] == "Kateissa"


def test_women_stand_beside_the_total(tmp_path: Path) -> None:
    table = read_pages(tmp_path, eura2007_page()).indicators
    found = [row[1:] for row in plain(table)][:4]
    assert found == [
        ("participants", "planned", 30, 20, True),
        ("participants", "realised", 28, 21, True),
        ("jobs_created", "planned", 4, 2, True),
        ("jobs_created", "realised", 3, 1, True),
    ]


def test_a_count_without_women_leaves_women_missing(tmp_path: Path) -> None:
    page = eura2007_page(participants="Suunniteltu: 30\nToteutunut seurantatietojen mukaan: 28")
    table = read_pages(tmp_path, page).indicators
    found = [row[1:5] for row in plain(table)][:2]
    assert found == [
        ("participants", "planned", 30, None),
        ("participants", "realised", 28, None),
    ]


def test_partners_of_both_roles_keep_their_roles(tmp_path: Path) -> None:
    listed = (
        "Osatoteuttajat\n\nYksi, kaksi / kolme oy, 1234567-1\nNimetön yhdistys ry\n\n"
        "Tuen siirronsaajat\n\nNeljäs säätiö, 2472908-2"
    )
    table = read_pages(tmp_path, eura2014_page(partners=listed)).partners
    assert [row[1:4] for row in plain(table)] == [
        ("co_organiser", "Yksi, kaksi / kolme oy", "1234567-1"),
        ("co_organiser", "Nimetön yhdistys ry", None),
        ("subsidy_transferee", "Neljäs säätiö", "2472908-2"),
    ]


def test_two_descriptions_in_one_file_are_two_projects(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page() + eura2014_page(code="S20002", name="Toinen"))
    assert list(portfolio.projects["name"]) == ["Pieni hanke", "Toinen"]
    assert list(portfolio.files["descriptions"]) == [2]


def test_money_with_cents_and_a_negative_sum(tmp_path: Path) -> None:
    page = eura2014_page(eu_planned="1 234,50", eu_realised="-876")
    table = read_pages(tmp_path, page).funding
    assert list(table["amount_eur"])[:2] == [1234.5, -876.0]


def test_zero_written_is_zero_and_nothing_written_is_missing(tmp_path: Path) -> None:
    page = eura2014_page(eu_realised="0", public_realised="")
    amounts = list(read_pages(tmp_path, page).funding["amount_eur"])
    assert amounts[1] == 0
    assert pd.isna(amounts[3])


def test_a_sum_that_is_not_stated_is_not_said_to_be_exact(tmp_path: Path) -> None:
    page = eura2014_page(eu_realised="0", public_planned="paljon", public_realised="")
    table = read_pages(tmp_path, page).funding
    assert [row[3:] for row in plain(table)] == [
        (1000, "exact"),
        (0, "exact"),
        (None, None),
        (None, None),
    ]


def test_a_narrative_left_blank_is_told_by_provenance(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page(summary=""))
    found = portfolio.provenance.set_index("field")["status"]
    assert found["narratives.summary"] == "blank"
    assert found["narratives.target_groups"] == "read"


def test_a_heading_without_text_has_no_row(tmp_path: Path) -> None:
    table = read_pages(tmp_path, eura2014_page(summary="")).narratives
    assert "summary" not in set(table["section"])
    assert table["text"].notna().all()


@pytest.mark.parametrize(("name", "cells"), [("total", [1, True]), ("total", [1.5])])
def test_a_column_of_counts_takes_neither_truth_nor_a_fraction(name: str, cells: list) -> None:
    data: dict = dict.fromkeys(columns.columns("indicators"), [None] * len(cells))
    with pytest.raises(TypeError):
        columns.from_columns("indicators", data | {name: cells})
