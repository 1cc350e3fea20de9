"""Project lists: every way they come, and rows that do not say where their cells end."""

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import esrdata
from esrdata.documents.document import Document
from esrdata.portfolio import Portfolio
from esrdata.reading.lists.read import ListRead, read_list

OLD = (
    "Koodi,Rahasto,Projektin nimi,Ohjelma / osio,Tl,Viranomainen,Toiminnan tila,Aloituspvm,"
    "Päättymispvm,Toteuttajan nimi,Myönnetty EU- ja valtion rahoitus,"
    "Toteutunut EU- ja valtion rahoitus,Suunniteltu julkinen rahoitus yhteensä,"
    "Toteutunut julkinen rahoitus yhteensä"
)
NEW = (
    "Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,"
    "Myönnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion rahoitus,"
    "Suunniteltu julkinen rahoitus yhteensä,Toteutunut julkinen rahoitus yhteensä"
)
ELY = "Hämeen elinkeino-, liikenne- ja ympäristökeskus"
OLD_ROW = (
    f"S10001,ESR,Uusi alku,Etelä-Suomen suuralueosio,2,{ELY},"
    "Toiminta päättynyt,1.2.2008,31.12.2010,Kotkan kaupunki,46434,39720,57634,49361"
)


def listed(*rows: str, heading: str = OLD) -> ListRead:
    text = "\n".join([heading, *rows]) + "\n"
    found = read_list(Document("list.csv", "csv", "utf-8", "0", text, text))
    assert found is not None
    return found


def contents(read: ListRead, row: int = 0) -> dict[str, object]:
    return {name: value.content for name, value in read.records[row].values.items()}


def codes(read: ListRead) -> list[str]:
    return [finding.code for finding in read.findings]


def saved(tmp_path: Path, text: str, name: str = "list.csv", encoding: str = "utf-8") -> Portfolio:
    (tmp_path / name).write_bytes(text.encode(encoding))
    return esrdata.read(tmp_path / name)


def money(portfolio: Portfolio, code: str) -> dict[tuple[str, str], float | None]:
    table = portfolio.funding[portfolio.funding["project_code"] == code]
    return {
        (row.measure, row.stage): None if pd.isna(row.amount_eur) else row.amount_eur
        for row in table.itertuples()
    }


# ---- one row, read whole


def test_a_row_with_bare_commas_is_read_in_the_one_way_it_fits() -> None:
    read = listed(OLD_ROW)
    assert contents(read) == {
        "projects.project_code": "S10001",
        "projects.programme_period": "2007-2013",
        "projects.fund": "ESR",
        "projects.name": "Uusi alku",
        "projects.programme_section": "Etelä-Suomen suuralueosio",
        "projects.priority_axis": 2,
        "projects.authority": ELY,
        "projects.status": "Toiminta päättynyt",
        "projects.start_date": dt.date(2008, 2, 1),
        "projects.end_date": dt.date(2010, 12, 31),
        "projects.applicant": "Kotkan kaupunki",
        "funding.eu_and_state.planned": 46434.0,
        "funding.eu_and_state.realised": 39720.0,
        "funding.public_total.planned": 57634.0,
        "funding.public_total.realised": 49361.0,
    }
    assert read.lines == read.accounted == 2


def test_a_repaired_row_says_in_which_columns_commas_stood() -> None:
    read = listed(OLD_ROW)
    assert [(f.code, f.line, f.raw) for f in read.records[0].findings] == [
        ("list_row_repaired", 2, "Viranomainen")
    ]


def test_a_row_without_bare_commas_is_not_called_repaired() -> None:
    read = listed(OLD_ROW.replace(ELY, "Finnvera"))
    assert read.records[0].findings == []


@pytest.mark.parametrize(
    ("name", "applicant"),
    [
        ("Samapalkkaisuus, tasa-arvo ja työ", "Säätiö"),
        ("Työ, terveys, tulevaisuus", "Koulutus Oy, Kotka, Hamina"),
        ("Pohjavedet, Itä-Suomi", "Kunta"),  # ends in the name of a section
        ("Hanke, 2", "Kunta"),  # ends in a number
        ('"Koti" ja "työ"', 'Yhdistys "Y" ry'),  # quotes that quote no cell
        ('"Kokonaan lainattu, pilkullakin"', "Kunta"),
    ],
)
def test_commas_and_quotes_in_texts(name: str, applicant: str) -> None:
    row = OLD_ROW.replace("Uusi alku", name).replace("Kotkan kaupunki", applicant)
    read = listed(row)
    assert contents(read)["projects.name"] == name
    assert contents(read)["projects.applicant"] == applicant
    assert contents(read)["projects.authority"] == ELY


def test_a_stray_comma_behind_a_name_is_not_part_of_it() -> None:
    read = listed(OLD_ROW.replace("Uusi alku", "Uusi alku,").replace(ELY, "Finnvera"))
    assert contents(read)["projects.name"] == "Uusi alku"
    assert [f.raw for f in read.records[0].findings] == ["Projektin nimi"]


def test_every_value_stands_where_it_says(tmp_path: Path) -> None:
    text = f"{OLD}\n{OLD_ROW}\n{OLD_ROW.replace('S10001', 'S10002')}\n"
    portfolio = saved(tmp_path, text)
    rows = portfolio.provenance
    assert len(rows) == 30
    for row in rows.itertuples():
        assert text[row.start : row.end] == row.raw
        assert text[: row.start].count("\n") + 1 == row.line
    assert set(rows.loc[rows["field"] == "projects.programme_period", "raw"]) == {"Projektin nimi"}


def test_the_period_of_a_list_stands_behind_the_code_of_its_row() -> None:
    fields = list(listed(NEW_ROW, heading=NEW).records[0].values)
    assert fields[:2] == ["projects.project_code", "projects.programme_period"]


def test_codes_of_business_aid_are_longer() -> None:
    assert contents(listed(OLD_ROW.replace("S10001", "A616120791")))["projects.project_code"] == (
        "A616120791"
    )


# ---- the list of the next period


NEW_ROW = (
    f"S20405,ESR,Asukkaat mukaan,5,{ELY},Toiminnassa,1.5.2015,31.12.2016,"
    "Kehittämisyhdistys Sepra ry,46434.00,12000.50,57634.00,15000.25"
)


def test_cents_stand_behind_a_point() -> None:
    found = contents(listed(NEW_ROW, heading=NEW))
    assert found["projects.programme_period"] == "2014-2020"
    assert found["funding.eu_and_state.realised"] == 12000.5
    assert found["funding.public_total.realised"] == 15000.25
    assert "projects.programme_section" not in found


@pytest.mark.parametrize("junk", [";", ",,;", ",", " ", ",,,"])
def test_stray_separators_at_the_end_change_nothing(junk: str) -> None:
    read = listed(NEW_ROW + junk, NEW_ROW.replace("S20405", "S20406"), heading=NEW)
    assert contents(read) == contents(listed(NEW_ROW, heading=NEW))
    told = [(finding.code, finding.raw) for finding in read.findings]
    assert told == ([("list_stray_separators", "1")] if junk.strip() else [])


@pytest.mark.parametrize("junk", ["", ";", ",,;"])
def test_blank_dates_and_sums_are_blank(junk: str) -> None:
    row = NEW_ROW.replace("1.5.2015", "").replace("15000.25", "").replace("12000.50", "")
    read = listed(row + junk, heading=NEW)
    values = read.records[0].values
    for field in (
        "projects.start_date",
        "funding.eu_and_state.realised",
        "funding.public_total.realised",
    ):
        assert (values[field].status, values[field].content) == ("blank", None), field
    assert values["funding.public_total.planned"].content == 57634.0
    assert values["projects.applicant"].content == "Kehittämisyhdistys Sepra ry"


def test_a_number_at_the_end_of_a_name_is_told_from_the_axis_by_the_known_authority() -> None:
    read = listed(NEW_ROW.replace("Asukkaat mukaan", "Asukkaat mukaan, 3"), heading=NEW)
    assert contents(read)["projects.name"] == "Asukkaat mukaan, 3"
    assert contents(read)["projects.priority_axis"] == 5


def test_what_fits_in_two_ways_is_quoted_and_not_guessed() -> None:
    row = NEW_ROW.replace("Asukkaat mukaan", "Asukkaat, 3").replace(ELY, "Outo virasto")
    read = listed(row, heading=NEW)
    assert read.records == []
    assert [(f.code, f.line, f.raw) for f in read.findings] == [("list_row_unreadable", 2, row)]
    assert read.accounted == read.lines == 2


def test_a_stray_comma_before_the_fund_does_not_make_it_part_of_the_name() -> None:
    row = NEW_ROW.replace(",ESR,", ",,ESR,")
    assert codes(listed(row, heading=NEW)) == ["list_row_unreadable"]


def test_cents_behind_a_comma_are_not_taken_for_sums_of_their_own() -> None:
    row = NEW_ROW.replace(
        "46434.00,12000.50,57634.00,15000.25", "46434,00,12000,50,57634,00,15000,25"
    )
    assert codes(listed(row, heading=NEW)) == ["list_row_unreadable"]


@pytest.mark.parametrize("sign", [" ", "\t", ","])
def test_what_follows_hundreds_of_signs_behind_a_row_makes_it_unreadable(sign: str) -> None:
    # Each of these had ways to be divided that took minutes to try.
    assert codes(listed(f"{NEW_ROW}{sign * 400}x", heading=NEW)) == ["list_row_unreadable"]
    read = listed(f"{NEW_ROW}{sign * 400}", heading=NEW)
    assert len(read.records) == 1
    assert codes(read) == (["list_stray_separators"] if sign == "," else [])


def test_a_row_that_was_cut_off_is_quoted() -> None:
    cut = NEW_ROW[:80]
    read = listed(NEW_ROW, cut, heading=NEW)
    assert len(read.records) == 1
    assert [(f.code, f.raw) for f in read.findings] == [("list_row_unreadable", cut)]


def test_a_value_that_is_none_is_reported_with_its_row() -> None:
    row = f"S20405\tESR\tNimi\t5\t{ELY}\tToiminnassa\t31.2.2015\t\tSepra\tpaljon\t0\t57 634\t"
    read = listed(row, heading=NEW.replace(",", "\t"))
    record = read.records[0]
    assert [(f.code, f.field, f.raw) for f in record.findings] == [
        ("value_unreadable", "projects.start_date", "31.2.2015"),
        ("value_unreadable", "funding.eu_and_state.planned", "paljon"),
    ]
    assert record.content("funding.public_total.planned") == 57634.0
    assert record.content("funding.eu_and_state.realised") == 0.0
    assert record.values["projects.end_date"].status == "blank"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Päättynyt", "ended"), ("Avslutat", "ended"), ("Closed", "ended"),
        ("Käynnissä", "running"), ("Avbrutet", "interrupted"),
        # Terminated may be ended or broken off: it stays a finding.
        ("Terminated", None),
    ],
)  # fmt: skip
def test_a_status_in_plain_words_is_known(tmp_path: Path, written: str, code: str | None) -> None:
    row = OLD_ROW.replace("Toiminta päättynyt", written)
    portfolio = saved(tmp_path, f"{OLD}\n{row}\n")
    assert [None if pd.isna(v) else v for v in portfolio.projects["status_code"]] == [code]
    assert ("value_unknown" in set(portfolio.issues["code"])) == (code is None)


# ---- other ways a list is saved


def test_a_list_saved_anew_with_quotes() -> None:
    read = listed(
        'S10001,ESR,"Työ, terveys ja ""koti""",Etelä-Suomen suuralueosio,2,'
        f'"{ELY}",Toiminta päättynyt,1.2.2008,31.12.2010,Kotka,46434,39720,57634,49361'
    )
    found = contents(read)
    assert found["projects.name"] == 'Työ, terveys ja "koti"'
    assert found["projects.authority"] == ELY
    assert read.records[0].findings == []


def test_a_quoted_cell_may_run_over_lines() -> None:
    read = listed(
        'S10001,ESR,"Työ,\nterveys",Etelä-Suomen suuralueosio,2,Finnvera,Toiminta päättynyt,'
        "1.2.2008,31.12.2010,Kotka,1,2,3,4",
        OLD_ROW.replace(ELY, "Finnvera").replace("S10001", "S10002"),
    )
    assert [r.content("projects.name") for r in read.records] == ["Työ, terveys", "Uusi alku"]
    assert read.records[1].values["projects.project_code"].span.line == 4  # type: ignore[union-attr]
    assert read.lines == read.accounted == 4


def test_a_row_with_two_bare_commas_beside_quoted_rows_is_read_with_them() -> None:
    # One comma in the name, one in the office.
    read = listed(
        'S10001,ESR,"Työ,\nterveys",Etelä-Suomen suuralueosio,2,Finnvera,Toiminta päättynyt,'
        "1.2.2008,31.12.2010,Kotka,1,2,3,4",
        OLD_ROW.replace("Uusi alku", "Uusi, vanha").replace("S10001", "S10002"),
    )
    names = [record.content("projects.name") for record in read.records]
    assert names == ["Työ, terveys", "Uusi, vanha"]


def test_semicolons_and_decimal_commas() -> None:
    row = NEW_ROW.replace(", ", "¤").replace(",", ";").replace("¤", ", ").replace(".50", ",50")
    found = contents(listed(row, heading=NEW.replace(",", ";")))
    assert found["projects.authority"] == ELY
    assert found["funding.eu_and_state.realised"] == 12000.5


def test_windows_1252_and_utf_8_give_the_same(tmp_path: Path) -> None:
    text = f"{OLD}\r\n{OLD_ROW}\r\n"
    old = saved(tmp_path, text, "a.csv", "cp1252")
    new = saved(tmp_path, text, "b.csv", "utf-8-sig")
    assert old.files["encoding"].tolist() == ["cp1252"]
    same = ["project_code", "name", "authority", "start_date", "applicant", "status_code"]
    assert old.projects[same].equals(new.projects[same])
    assert old.funding.equals(new.funding)


def test_the_tables_of_a_list(tmp_path: Path) -> None:
    portfolio = saved(tmp_path, f"{OLD}\n{OLD_ROW}\n")
    row = portfolio.projects.iloc[0]
    assert (row["form"], row["programme_period"], row["status_code"]) == (
        "list",
        "2007-2013",
        "ended",
    )
    assert money(portfolio, "S10001") == {
        ("eu_and_state", "planned"): 46434.0,
        ("eu_and_state", "realised"): 39720.0,
        ("public_total", "planned"): 57634.0,
        ("public_total", "realised"): 49361.0,
    }
    file = portfolio.files.iloc[0]
    assert (file["format"], file["form"], file["descriptions"], file["status"]) == (
        "csv",
        "list",
        1,
        "read",
    )
    assert file["lines"] == file["lines_accounted"] == 2
    assert portfolio.overview()["public_total_absorption"].iloc[0] == pytest.approx(49361 / 57634)
    assert str(portfolio.explain("S10001", "funding.public_total.realised").value) == "49361.0"


def test_a_negative_sum_is_kept(tmp_path: Path) -> None:
    portfolio = saved(tmp_path, f"{OLD}\n{OLD_ROW.replace('39720', '-876')}\n")
    assert money(portfolio, "S10001")["eu_and_state", "realised"] == -876.0


def test_a_project_twice_in_a_list_is_reported(tmp_path: Path) -> None:
    portfolio = saved(tmp_path, f"{OLD}\n{OLD_ROW}\n{OLD_ROW.replace('39720', '39721')}\n")
    assert len(portfolio.projects) == 1
    assert "duplicate_project_code" in set(portfolio.issues["code"])
    assert portfolio.conflicts["value"].tolist() == ["39720", "39721"]


def test_an_unknown_column_is_told_and_the_others_read(tmp_path: Path) -> None:
    text = f"{NEW},Laskuri\n{NEW_ROW},7\n"
    portfolio = saved(tmp_path, text)
    assert len(portfolio.projects) == 1
    told = portfolio.issues[portfolio.issues["code"] == "list_column_unknown"]
    assert told["raw"].tolist() == ["Laskuri"]


def test_a_table_that_is_no_list_is_no_form(tmp_path: Path) -> None:
    text = "a,b,c,d,e,f,g\n" + "1,2,3,4,5,6,7\n" * 5
    assert saved(tmp_path, text).files["status"].tolist() == ["unknown_form"]


def test_a_list_without_rows_is_read_and_empty(tmp_path: Path) -> None:
    portfolio = saved(tmp_path, NEW + "\n")
    assert (len(portfolio.projects), portfolio.files["descriptions"].tolist()) == (0, [0])


# ---- HTML, XML, Excel

CELLS = NEW_ROW.replace(", ", "¤").split(",")


def test_the_list_of_the_service_as_a_page(tmp_path: Path) -> None:
    heads = "".join(f"<th>{text}</th>" for text in NEW.split(","))
    first, *rest = (text.replace("¤", ", ") for text in CELLS)
    cells = f'<td><a href="projekti.php?projektikoodi={first}">{first}</a></td>'
    cells += "".join(f"<td>{text}</td>" for text in rest)
    page = f"<html><body><h1>Hankkeet</h1><table><tr>{heads}</tr><tr>{cells}</tr></table></body>"
    portfolio = saved(tmp_path, page, "list.html")
    assert portfolio.projects["authority"].tolist() == [ELY]
    assert portfolio.projects["end_date"].tolist() == [pd.Timestamp(2016, 12, 31)]
    outside = portfolio.issues[portfolio.issues["code"] == "list_line_outside"]
    assert outside["raw"].tolist() == ["Hankkeet"]
    assert set(portfolio.issues["code"]) == {"list_line_outside"}


XML = """<?xml version="1.0" encoding="ISO-8859-1"?>
<projektilista>
<projekti><projektikoodi>S10001</projektikoodi><rahasto>ESR</rahasto>
<projektinnimi>R&D & koti, osa 2</projektinnimi><ohjelmaosio>Valtakunnallinen osio</ohjelmaosio>
<toimintalinjanumero>3</toimintalinjanumero><viranomainen>Opetushallitus</viranomainen>
<toiminnantila>Toiminta päättynyt</toiminnantila><aloituspvm>1.4.2008</aloituspvm>
<toteuttajannimi>Työ &amp; Taito Oy</toteuttajannimi>
<{m}>308999</{m}><julkinenrahoitussuunniteltu/></projekti>
</projektilista>
"""


@pytest.mark.parametrize("element", ["euvaltionrahoitusmyonnetty", "valtionrahoitusmyonnetty"])
def test_the_ill_formed_xml(tmp_path: Path, element: str) -> None:
    # The list states an end date in its heading row only if some project of it has one.
    text = XML.replace("{m}", element).replace("<toteuttaja", "<paattymispvm/>\n<toteuttaja", 1)
    portfolio = saved(tmp_path, text, "list.xml", "latin-1")
    row = portfolio.projects.iloc[0]
    assert row["name"] == "R&D & koti, osa 2"
    assert row["applicant"] == "Työ & Taito Oy"
    assert row["programme_period"] == "2007-2013"
    assert money(portfolio, "S10001")["eu_and_state", "planned"] == 308999.0
    status = portfolio.provenance.set_index("field")["status"]
    assert status["funding.public_total.planned"] == "blank"
    assert status["funding.public_total.realised"] == "absent"
    assert status["projects.end_date"] == "blank"


def workbook(path: Path, rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


NEWEST = [
    "Hankekoodi ", "Ryhmähanketunnus", "Rahasto", "Tl", "Et", "Hankkeen nimi", "Toteuttajan nimi",
    "Toteuttajan Y-tunnus", "Rahoittava viranomainen", "Toiminnan tila", "Aloituspvm",
    "Päättymispvm", "Suunniteltu EU- ja valtion rahoitus", "Suunniteltu julkinen rahoitus",
    "Suunniteltu rahoitus yhteensä", "Toteutunut EU-rahoituksen määrä", "Sijainti",
    "Toteutuspaikan postinumero", "Toteutuspaikan postitoimipaikka",
    "Toissijainen teema, vain ESR+",
    "Suunnitelman mukainen tiivistelmä hankkeen toteutuksesta", "Hankkeen kotisivun osoite",
]  # fmt: skip


def test_the_newest_list_as_a_workbook(tmp_path: Path) -> None:
    workbook(
        tmp_path / "list.xlsx",
        [
            NEWEST,
            ["S30001", "R-00012", "ESR+", 4, "4.1", "Työtä, taitoa", "Kotka", "1504937-6", ELY,
             "Toiminnassa", dt.datetime(2023, 1, 1), "31.12.2025", 100000, 125000.5, 130000, 0,
             "Kymenlaakso, Uusimaa", "01300", "VANTAA", "09", "Yksi.\nKaksi.", "https://k.fi"],
            [],
            ["Yhteensä 1 hanke"],
            ["Tiedot päivitetty 10.5.2024"],
        ],
    )  # fmt: skip
    portfolio = esrdata.read(tmp_path / "list.xlsx")
    row = portfolio.projects.iloc[0]
    assert (row["fund"], row["priority_axis"], row["specific_objective"]) == ("ESR", 4, "4.1")
    assert (row["programme_period"], row["business_id"]) == ("2021-2027", "1504937-6")
    assert row["start_date"] == pd.Timestamp(2023, 1, 1)
    assert row["end_date"] == pd.Timestamp(2025, 12, 31)
    assert money(portfolio, "S30001") == {
        ("eu_and_state", "planned"): 100000.0,
        ("public_total", "planned"): 125000.5,
        ("total", "planned"): 130000.0,
        ("eu", "realised"): 0.0,
        # Columns that this workbook does not have.
        ("eu_and_state", "realised"): None,
        ("public_total", "realised"): None,
        ("total", "realised"): None,
    }
    places = portfolio.locations[["level", "name"]].to_numpy().tolist()
    assert places == [["region", "Kymenlaakso"], ["region", "Uusimaa"], ["site", "01300 VANTAA"]]
    assert portfolio.narratives["text"].tolist() == ["Yksi.\nKaksi."]
    assert portfolio.files["snapshot_date"].tolist() == [pd.Timestamp(2024, 5, 10)]
    footer = portfolio.issues[portfolio.issues["code"] == "list_line_outside"]
    assert footer["raw"].tolist() == ["Yhteensä 1 hanke Tiedot päivitetty 10.5.2024"]
    place = portfolio.provenance.set_index("field").loc["projects.name"]
    assert (place["page"], place["line"]) == (1, 2)


# ---- the day of a list


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("projektilista-2016-05-10.csv", dt.date(2016, 5, 10)),
        ("projektilista_20160510.csv", dt.date(2016, 5, 10)),
        ("lista 10.5.2016.csv", dt.date(2016, 5, 10)),
        # A period is no day: then the list is at least as new as its last ended project.
        ("projektilista-2007-2013.csv", dt.date(2010, 12, 31)),
    ],
)
def test_the_day_a_list_tells_of(tmp_path: Path, name: str, day: dt.date) -> None:
    portfolio = saved(tmp_path, f"{OLD}\n{OLD_ROW}\n", name)
    assert portfolio.files["snapshot_date"].tolist() == [pd.Timestamp(day)]


FOOTERS = [
    # Line, what the file is called, day, basis.
    ("Tilanne 31.3.2015", "list.csv", dt.date(2015, 3, 31), "document"),
    ("Uppdaterad 31.3.2015", "list-2015-04-02.csv", dt.date(2015, 3, 31), "document"),
    ("Tulostettu 5.4.2015", "list-2015-04-02.csv", dt.date(2015, 4, 2), "file_name"),
    ("Printed 2015-04-05", "list.csv", dt.date(2015, 4, 5), "document"),
    # Nothing says what these days are, or which of them it would be.
    ("Sivu 1, 5.4.2015", "list.csv", dt.date(2015, 4, 5), "loose_line"),
    ("Ohjelmakausi 1.1.2007–31.12.2013", "list.csv", dt.date(2013, 12, 31), "loose_line"),
    ("Tilanne 31.3.2015 (edellinen 31.12.2014)", "a.csv", dt.date(2015, 3, 31), "loose_line"),
    # A span of days in a name is no day: the last end date of an ended project is left.
    ("", "list 1.1.2007-31.12.2013.csv", dt.date(2010, 12, 31), "last_ended"),
]


@pytest.mark.parametrize(("line", "name", "day", "basis"), FOOTERS)
def test_a_day_is_stated_or_inferred(
    tmp_path: Path, line: str, name: str, day: dt.date, basis: str
) -> None:
    files = saved(tmp_path, f"{OLD}\n{OLD_ROW}\n{line}\n", name).files.iloc[0]
    assert (files["snapshot_date"], files["snapshot_basis"]) == (pd.Timestamp(day), basis)


@pytest.mark.parametrize(
    ("line", "name", "day", "basis", "raw"),
    [
        # Still to come, or before the first programming period: no day of a list.
        ("", "list-2099-01-01.csv", dt.date(2010, 12, 31), "last_ended", ["2099-01-01"]),
        ("Tilanne 1.1.1999", "list.csv", dt.date(2010, 12, 31), "last_ended", ["1999-01-01"]),
        (
            "Tilanne 31.3.2015",
            "list-2099-01-01.csv",
            dt.date(2015, 3, 31),
            "document",
            ["2099-01-01"],
        ),
        ("Tilanne 31.3.2015", "list.csv", dt.date(2015, 3, 31), "document", []),
    ],
)
def test_an_impossible_day_is_reported_and_not_believed(
    tmp_path: Path, line: str, name: str, day: dt.date, basis: str, raw: list[str]
) -> None:
    portfolio = saved(tmp_path, f"{OLD}\n{OLD_ROW}\n{line}\n", name)
    files, issues = portfolio.files.iloc[0], portfolio.issues
    assert (files["snapshot_date"], files["snapshot_basis"]) == (pd.Timestamp(day), basis)
    assert issues.loc[issues["code"] == "list_day_impossible", "raw"].tolist() == raw


def test_a_line_and_a_name_of_different_days_are_reported(tmp_path: Path) -> None:
    text = f"{OLD}\n{OLD_ROW}\nTilanne 31.3.2015\n"
    found = saved(tmp_path, text, "list-2015-04-02.csv").issues
    found = found[found["code"] == "list_days_differ"]
    assert found["raw"].tolist() == ["2015-03-31 ≠ 2015-04-02"]


# ---- any texts at all

# For nothing, and for what stands above.
MARKS = {"-", "--", "---", "..", "...", "''", "-''-"}
_TEXT = st.text("abcåäöABC ,-.'()/:", min_size=1, max_size=30).map(
    lambda text: " ".join(text.split()).strip(" ,")
)


@settings(deadline=None)
@given(st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=5))
def test_whatever_names_and_beneficiaries_hold_a_row_is_right_or_quoted(
    pairs: list[tuple[str, str]],
) -> None:
    rows = [
        OLD_ROW.replace("S10001", f"S{10001 + i}")
        .replace("Uusi alku", name)
        .replace("Kotkan kaupunki", applicant)
        for i, (name, applicant) in enumerate(pairs)
    ]
    read = listed(*rows)
    by_code = {record.code: record for record in read.records}
    quoted = {finding.raw for finding in read.findings if finding.code == "list_row_unreadable"}
    for i, (name, applicant) in enumerate(pairs):
        record = by_code.get(f"S{10001 + i}")
        if record is None:
            assert rows[i] in quoted
            continue
        for field, text in (("projects.name", name), ("projects.applicant", applicant)):
            assert (record.content(field) or "") == ("" if text in MARKS else text)
        assert record.content("projects.authority") == ELY


# ---- offices whose commas were lost


def test_an_office_without_its_commas_is_the_same_office(tmp_path: Path) -> None:
    bare = "Hämeen elinkeino- liikenne- ja ympäristökeskus"
    portfolio = saved(tmp_path, f"{OLD}\n{OLD_ROW.replace(ELY, bare)}\n")
    assert portfolio.projects["authority"].tolist() == [bare]
    assert "value_unknown" not in portfolio.issues["code"].tolist()


BARE = "Koodi,Rahasto,Hankkeen nimi,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi"


@pytest.mark.parametrize(
    ("middle", "name", "office"),
    [
        ("Silta, työhön,Lapin liitto", "Silta, työhön", "Lapin liitto"),
        (f"Silta, työhön,{ELY}", "Silta, työhön", ELY),
        ("Silta,Outo virasto", "Silta", "Outo virasto"),
        # The comma may divide either: nobody knows whose word the second is.
        ("Silta, työhön,Outo virasto", None, None),
    ],
)
def test_two_texts_side_by_side_are_told_apart_by_what_is_known(
    middle: str, name: str | None, office: str | None
) -> None:
    row = f"S20405,ESR,{middle},Toiminnassa,1.5.2015,31.12.2016,Malli ry"
    read = listed(row, heading=BARE)
    assert codes(read) == ([] if name else ["list_row_unreadable"])
    found = [(r.content("projects.name"), r.content("projects.authority")) for r in read.records]
    assert found == ([(name, office)] if name else [])


@pytest.mark.parametrize("junk", ["", ",", ", ,"])
def test_a_text_in_the_last_column_may_hold_commas(junk: str) -> None:
    row = f"S20405,ESR,Silta,Lapin liitto,Toiminnassa,1.5.2015,31.12.2016,A ry, B ry ja C{junk}"
    (record,) = listed(row, heading=BARE).records
    assert record.content("projects.applicant") == "A ry, B ry ja C"
    assert str(record.content("projects.end_date")) == "2016-12-31"


def test_stray_commas_of_the_service_cost_no_row_where_a_cell_is_odd() -> None:
    # A row as the service has them: its applicant is a number, and junk stands behind it.
    row = (
        NEW_ROW.replace("Kehittämisyhdistys Sepra ry", "46434").replace(ELY, "Lapin liitto") + ",,;"
    )
    quoted = NEW_ROW.replace("S20405", "S20406").replace("Asukkaat mukaan", '"Asukkaat" mukaan')
    blank = NEW_ROW.replace("S20405", "S20407").replace("15000.25", "")
    read = listed(row, quoted, blank, heading=NEW)
    assert [record.code for record in read.records] == ["S20405", "S20406", "S20407"]
    first = read.records[0]
    assert [(f.code, f.field) for f in first.findings] == [
        ("list_text_doubtful", "projects.applicant")
    ]
    assert first.content("funding.public_total.realised") == 15000.25
