"""Organisations of a portfolio: ids, statistics by organisation, and joins a person decides."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pages import chapters, eura2014_page, read_pages

import esrdata
from esrdata import Portfolio, UsageError, stats
from esrdata.errors import SourceError
from esrdata.knowledge.wording import code_label
from esrdata.present.charts.style import group_label
from esrdata.present.charts.whom import whom
from esrdata.stats import concentration, who
from esrdata.stats.organisations_review import read_organisations, write_organisations
from esrdata.tables.organisations.join import join

HEADING = (
    "Koodi;Rahasto;Hankkeen nimi;Tl;Viranomainen;Tila;Aloituspvm;Päättymispvm;Toteuttajan nimi;"
    "Myönnetty EU- ja valtion rahoitus;Toteutunut EU- ja valtion rahoitus;"
    "Suunniteltu julkinen rahoitus yhteensä;Toteutunut julkinen rahoitus yhteensä"
)


def row(n: int, applicant: str, grant: int, authority: str = "Hämeen ELY-keskus") -> str:
    return (
        f"S2{n:04};ESR;Hanke {n};5;{authority};Toiminta päättynyt;1.1.2016;31.12.2017;{applicant};"
        f"{grant};{grant};{grant};{grant}"
    )


ROWS = [
    row(1, "Mallilan kaupunki", 100),
    row(2, "MALLILAN KAUPUNKI", 200),
    row(3, "Mallilan kaupunki / Nuorisopalvelut", 300),
    row(4, "Mallilan kaupungin museo", 50),
    row(5, "Pajayhdistys Mallila ry", 75),
    row(6, "Pajayhdistys Malila ry", 25, "Hämeen elinkeino-, liikenne- ja ympäristökeskus"),
    row(7, "Mallilan TE-keskus", 10),
    row(8, "Lapin TE-keskus", 10),
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "lista.csv"
    path.write_text("\n".join([HEADING, *ROWS]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def portfolio(source: Path) -> Portfolio:
    return esrdata.read(source)


#: What a rule joined of one name, without the rule and its euros.
JOINED = {"column": "applicant", "names": 1, "projects": 1}


def shares(table: pd.DataFrame) -> dict[str, tuple[int, float]]:
    return {r.applicant: (r.n, r.amount) for r in table.itertuples()}


def test_every_name_has_its_organisation(portfolio: Portfolio) -> None:
    ids = dict(
        zip(portfolio.projects["applicant"], portfolio.projects["applicant_id"], strict=True)
    )
    assert ids["Mallilan kaupunki"] == ids["MALLILAN KAUPUNKI"]
    assert ids["Mallilan kaupunki"] == ids["Mallilan kaupunki / Nuorisopalvelut"]
    assert len(set(ids.values())) == 6
    town = portfolio.organisations.set_index("organisation_id").loc[ids["Mallilan kaupunki"]]
    assert (town["name"], town["kind"], town["spellings"]) == (
        "Mallilan kaupunki",
        "municipality",
        3,
    )
    museum = portfolio.organisations.set_index("organisation_id").loc[
        ids["Mallilan kaupungin museo"]
    ]
    assert museum["parent_id"] == ids["Mallilan kaupunki"]
    # One authority, whichever way it is written.
    assert portfolio.projects["authority_id"].nunique() == 1


def test_ranking_counts_an_organisation_once(portfolio: Portfolio) -> None:
    found = shares(concentration(portfolio))
    assert found["Mallilan kaupunki"] == (3, 600)
    assert found["Mallilan kaupungin museo"] == (1, 50)
    whole = shares(concentration(portfolio, units="body"))
    assert whole["Mallilan kaupunki"] == (4, 650)
    apart = shares(concentration(portfolio, units="apart"))
    assert apart["Mallilan kaupunki"] == (2, 300)
    assert apart["Mallilan kaupunki, nuorisopalvelut"] == (1, 300)
    after = shares(concentration(portfolio, successors=True))
    assert after["Lapin elinvoimakeskus"] == (1, 10)


def test_groups_count_organisations_as_a_ranking_does(portfolio: Portfolio) -> None:
    def found(**who: Any) -> dict[str, int]:
        table = stats.planned_and_realised(portfolio, by="applicant", **who)
        return dict(zip(table["applicant"], table["n"], strict=True))

    assert (found()["Mallilan kaupunki"], found()["Mallilan kaupungin museo"]) == (3, 1)
    assert found(units="body")["Mallilan kaupunki"] == 4
    assert found(units="apart")["Mallilan kaupunki, nuorisopalvelut"] == 1
    after = stats.planned_and_realised(portfolio, by="applicant", successors=True)
    assert "Lapin elinvoimakeskus" in after["applicant"].tolist()
    # The table says so, and is traced as it was made.
    assert after.attrs["call"]["arguments"]["successors"] is True
    assert code_label("organisation_rules", "successor", "en") in after.attrs["method"]
    row = after.index[after["applicant"] == "Lapin elinvoimakeskus"][0]
    traced = stats.trace(after, row, "n")
    assert stats.recompute(traced) == after.loc[row, "n"]


def test_units_are_asked_of_organisations(portfolio: Portfolio) -> None:
    for by in (None, "fund"):
        with pytest.raises(UsageError, match="asked of groups by applicant or authority"):
            stats.planned_and_realised(portfolio, by=by, units="body")


@pytest.mark.parametrize(
    "who", [{"successors": "no"}, {"municipalities": True}, {"municipalities": 2013.5}]
)
def test_what_is_no_choice_is_not_taken_for_one(portfolio: Portfolio, who: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="The argument"):
        concentration(portfolio, **who)


def test_a_ranking_says_how_many_names_and_euros_were_joined(portfolio: Portfolio) -> None:
    # Three ways of writing the town: two by case alone, one with a unit behind it.
    assert concentration(portfolio).attrs["joined"] == [
        {"column": "applicant", "rule": "spelling", "names": 2, "projects": 2, "amount": 300.0},
        {"column": "applicant", "rule": "unit", "names": 1, "projects": 1, "amount": 300.0},
    ]
    body = concentration(portfolio, units="body").attrs["joined"]
    assert {**JOINED, "rule": "body", "amount": 50.0} in body
    after = concentration(portfolio, successors=True).attrs["joined"]
    # The office of Lapland has one successor, that of a place nobody knows none.
    assert {**JOINED, "rule": "successor", "amount": 10.0} in after


BY_AUTHORITY: dict[str, Any] = {
    "absorption": lambda p: stats.absorption(p, by="authority"),
    "ratios": lambda p: stats.ratios(p, by="authority"),
    "participants": lambda p: stats.participants(p, by="authority"),
    "coverage": lambda p: stats.coverage(p, by="authority"),
    "types_and_sizes": lambda p: stats.types_and_sizes(p, by="authority"),
    "compare": lambda p: esrdata.compare(p, by="authority"),
    "compare_groups": lambda p: stats.compare_groups(
        p, "public_total_planned", by="authority", min_n=2
    ),
    "peers": lambda p: stats.peers(p, "S20001"),
    "concentration": lambda p: concentration(p, by="authority"),
}


@pytest.mark.parametrize("name", BY_AUTHORITY)
def test_every_statistic_by_organisation_says_what_was_joined(
    portfolio: Portfolio, name: str
) -> None:
    table = BY_AUTHORITY[name](portfolio)
    # One authority in two spellings: seven projects of 745 euros in one, one of 25 in the other.
    assert table.attrs["joined"] == [
        {"column": "authority", "rule": "known", "names": 2, "projects": 8, "amount": 770.0}
    ]
    assert table.attrs["n_joined"] == 2


def test_what_groups_nobody_says_nothing_of_joins(portfolio: Portfolio) -> None:
    assert "joined" not in stats.absorption(portfolio, by="priority_axis").attrs


def test_a_chart_says_how_many_spellings_were_joined(portfolio: Portfolio) -> None:
    table = stats.absorption(portfolio, by="authority")
    said = list(whom(table, "fi"))
    assert "Organisaatioiden nimistä yhdistettyjä kirjoitusasuja: 2." in said


def test_an_authority_has_its_name_in_each_language() -> None:
    row = {"authority": "Lapin elinkeino-, liikenne- ja ympäristökeskus"}
    swedish = "Närings-, trafik- och miljöcentralen i Lappland"
    assert group_label(row, ["authority"], "fi") == row["authority"]
    assert group_label(row, ["authority"], "sv") == swedish
    # One that no list has stays as it is written.
    assert group_label({"authority": "Kuun virasto"}, ["authority"], "sv") == "Kuun virasto"


def test_merged_municipalities_count_as_the_one_of_a_year(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    rows = [
        row(1, "Haukiputaan kunta", 100),
        row(2, "Oulun kaupunki", 50),
        row(3, "Lavian kunta", 10),
        row(4, "Juankosken kaupunki", 5),
    ]
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    read = esrdata.read(path)
    # Merged on 1.1.2013, 1.1.2015 and 1.1.2017; by default each has the name of its time.
    assert len(concentration(read)) == 4
    of_2013 = concentration(read, municipalities=2013)
    assert shares(of_2013)["Oulun kaupunki"] == (2, 150)
    assert "Lavian kunta" in shares(of_2013)
    merged = {**JOINED, "rule": "merger", "amount": 100.0}
    assert merged in of_2013.attrs["joined"]
    assert "Oulun kaupunki" not in shares(concentration(read.select(applicant="Lavian kunta")))
    of_2017 = shares(concentration(read, municipalities=2017))
    assert of_2017 == {
        "Oulun kaupunki": (2, 150),
        "Porin kaupunki": (1, 10),
        "Kuopion kaupunki": (1, 5),
    }
    assert shares(concentration(read, municipalities=2012)) == shares(concentration(read))


def test_groups_by_authority_are_one_for_one_authority(portfolio: Portfolio) -> None:
    table = esrdata.stats.planned_and_realised(portfolio, by="authority")
    assert list(table["authority"]) == ["Hämeen elinkeino-, liikenne- ja ympäristökeskus"]


@pytest.mark.parametrize("units", ["", "bodies"])
def test_an_unknown_choice_of_units_is_refused(portfolio: Portfolio, units: str) -> None:
    with pytest.raises(UsageError, match="choice of units"):
        concentration(portfolio, units=units)


@pytest.mark.parametrize(
    ("conditions", "numbers"),
    [
        # As a ranking counts them: all spellings, and units behind the full name.
        ({"applicant": "Mallilan kaupunki"}, [1, 2, 3]),
        ({"applicant": "MALLILAN KAUPUNKI"}, [1, 2, 3]),
        ({"applicant": "mallilan kaupunki"}, [1, 2, 3]),
        # A unit by its own name, and one that is another organisation.
        ({"applicant": "Mallilan kaupunki / Nuorisopalvelut"}, [3]),
        ({"applicant": "Mallilan kaupungin museo"}, [4]),
        ({"applicant": ["Pajayhdistys Mallila ry", "Lapin TE-keskus"]}, [5, 8]),
        (
            {"authority": "Hämeen elinkeino-, liikenne- ja ympäristökeskus"},
            [1, 2, 3, 4, 5, 6, 7, 8],
        ),
        ({"authority": "NTM-centralen i Tavastland"}, [1, 2, 3, 4, 5, 6, 7, 8]),
        ({"authority": "Hämeen ELY-keskus", "applicant": "Mallilan TE-keskus"}, [7]),
    ],
)
def test_a_selection_takes_the_projects_that_figures_count_under_a_name(
    portfolio: Portfolio, conditions: dict[str, object], numbers: list[int]
) -> None:
    chosen = portfolio.select(**conditions)
    assert list(chosen.projects["project_code"]) == [f"S2{n:04}" for n in numbers]


def test_each_name_of_a_ranking_selects_as_many_projects(portfolio: Portfolio) -> None:
    for name, (n, _) in shares(concentration(portfolio)).items():
        assert len(portfolio.select(applicant=name)) == n, name


def test_a_typing_error_in_a_selection_is_told_with_the_nearest_of_many(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    rows = [row(n, f"Yritys {chr(64 + n)} Oy", 1) for n in range(1, 15)]
    path.write_text("\n".join([HEADING, *rows, row(20, "Mallilan kaupunki", 1)]), encoding="utf-8")
    told = "No project has applicant 'Mallilan kaupnki'; there are Mallilan kaupunki, Yritys A Oy,"
    with pytest.raises(UsageError, match=told):
        esrdata.read(path).select(applicant="Mallilan kaupnki")


def test_a_selection_keeps_its_organisations_and_their_bodies(portfolio: Portfolio) -> None:
    chosen = portfolio.select(applicant="Mallilan kaupungin museo")
    kinds = set(chosen.organisations["kind"])
    assert kinds == {"unit", "municipality", "state"}
    assert set(chosen.organisation_names["name"]) >= {"Mallilan kaupungin museo"}


def test_partners_and_business_ids(tmp_path: Path) -> None:
    page = eura2014_page(
        partners="Osatoteuttajat\n\nMallilan kunta, 0201256-6\n\nUusi Malli ry, 1234567-1"
    )
    read = read_pages(tmp_path, page)
    ids = dict(zip(read.partners["name"], read.partners["organisation_id"], strict=True))
    # The applicant has the same business ID as its partner of another name.
    applicant = read.projects["applicant_id"].iloc[0]
    assert ids["Uusi Malli ry"] == applicant
    assert ids["Mallilan kunta"].startswith("municipality:")


def test_bodies_that_share_a_business_id_stay_apart() -> None:
    # All ELY centres have one; a unit beside it is of none of them that anybody could name.
    number = "2296962-1"
    ely = ["Lapin ELY-keskus", "Keski-Suomen ELY-keskus", "Mallilan kaupunki"]
    joined = join([(name, number) for name in [*ely, "Liikenteen palvelut"]])
    assert len({joined.id_of((name, number)) for name in ely}) == 3
    assert joined.id_of(("Liikenteen palvelut", number)) not in {
        joined.id_of((name, number)) for name in ely
    }


def test_the_name_of_a_known_body_stands_for_others_beside_its_id() -> None:
    names = ["Lapin ELY-keskus", "Lapin rakennerahastot", "Lapin rakennerahastot"]
    for order in (names, names[::-1]):
        joined = join((name, "2296962-1") for name in order)
        (row,) = joined.organisations
        assert (row["organisation_id"], row["kind"]) == ("authority:ely_lappi", "state")


def test_the_kind_is_that_of_the_name_whatever_the_order() -> None:
    names = [("Malli-säätiö", "1234567-1"), ("Mallilan kaupunki", "1234567-1")]
    for order in (names, names[::-1]):
        assert [row["kind"] for row in join(order).organisations] == ["municipality"]


def decide(path: Path, sheet: str, name: str, word: str) -> None:
    book = openpyxl.load_workbook(path)
    for cells in book[sheet].iter_rows(min_row=2):
        if name in (cells[1].value, cells[3].value):
            cells[6].value = word
    book.save(path)


def test_a_person_joins_a_typing_error_and_takes_a_join_back(
    portfolio: Portfolio, source: Path, tmp_path: Path
) -> None:
    path = write_organisations(portfolio, tmp_path / "who.xlsx", lang="fi")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Ehdotukset", "Yhdistetyt"]
    (proposal,) = list(book["Ehdotukset"].iter_rows(min_row=2, values_only=True))
    assert {proposal[1], proposal[3]} == {"Pajayhdistys Mallila ry", "Pajayhdistys Malila ry"}
    assert proposal[5] == "Ehkä kirjoitusvirhe"
    decide(path, "Ehdotukset", "Pajayhdistys Malila ry", "sama")
    decide(path, "Yhdistetyt", "Mallilan kaupunki / Nuorisopalvelut", "erilleen")
    assert read_organisations(path, tmp_path / "shelf") == 2
    again = esrdata.read(source, shelf=tmp_path / "shelf")
    found = shares(concentration(again))
    # Of two that are as common the longer one is kept.
    assert found["Pajayhdistys Mallila ry"] == (2, 100)
    assert found["Mallilan kaupunki"] == (2, 300)
    assert found["Mallilan kaupunki / Nuorisopalvelut"] == (1, 300)
    # What the next workbook decides comes to it, and takes back what was decided.
    book = write_organisations(again, tmp_path / "next.xlsx", lang="fi")
    decide(book, "Yhdistetyt", "Pajayhdistys Malila ry", "erilleen")
    assert read_organisations(book, tmp_path / "shelf") == 1
    found = shares(concentration(esrdata.read(source, shelf=tmp_path / "shelf")))
    assert (found["Pajayhdistys Mallila ry"], found["Pajayhdistys Malila ry"]) == ((1, 75), (1, 25))
    assert found["Mallilan kaupunki / Nuorisopalvelut"] == (1, 300)
    # Without the shelf all is as it was.
    assert shares(concentration(esrdata.read(source)))["Mallilan kaupunki"] == (3, 600)


def test_a_join_by_its_legal_form_is_taken_back_and_one_by_case_is_not(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    names = ("Malli Oy", "Malli Oy", "Oy Malli Ab", "MALLI OY")
    rows = [HEADING, *(row(n, name, 100) for n, name in enumerate(names))]
    source.write_text("\n".join(rows), encoding="utf-8")
    path = write_organisations(esrdata.read(source), tmp_path / "who.xlsx", lang="fi")
    decide(path, "Yhdistetyt", "Oy Malli Ab", "erilleen")
    assert read_organisations(path, tmp_path / "shelf") == 1
    found = shares(concentration(esrdata.read(source, shelf=tmp_path / "shelf")))
    assert found == {"Malli Oy": (3, 300), "Oy Malli Ab": (1, 100)}
    decide(path, "Yhdistetyt", "MALLI OY", "erilleen")
    with pytest.raises(UsageError, match="only case, spaces or punctuation"):
        read_organisations(path, tmp_path / "shelf")


def test_a_join_that_a_person_confirms_is_not_taken_back(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    names = ("Malli Oy", "Malli Oy", "Oy Malli Ab", "MALLI OY")
    rows = [HEADING, *(row(n, name, 100) for n, name in enumerate(names))]
    source.write_text("\n".join(rows), encoding="utf-8")
    path = write_organisations(esrdata.read(source), tmp_path / "who.xlsx", lang="fi")
    for name in names:
        decide(path, "Yhdistetyt", name, "sama")
    assert read_organisations(path, tmp_path / "shelf") == 3
    found = shares(concentration(esrdata.read(source, shelf=tmp_path / "shelf")))
    assert found == {"Malli Oy": (4, 400)}


def test_names_that_no_longer_belong_together_are_refused(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    path = write_organisations(portfolio, tmp_path / "who.xlsx", lang="en")
    decide(path, "Proposals", "Pajayhdistys Malila ry", "same")
    book = openpyxl.load_workbook(path)
    assert book["Proposals"].column_dimensions["H"].hidden
    # As where one column alone was sorted, and where a person wrote a name of their own.
    for cell, name in (("D2", "Mallilan kaupunki"), ("B2", "Pajayhdistys")):
        former, book["Proposals"][cell] = book["Proposals"][cell].value, name
        book.save(tmp_path / "moved.xlsx")
        with pytest.raises(UsageError, match=f"Row 2 .* has other names .*{name}"):
            read_organisations(tmp_path / "moved.xlsx", tmp_path / "shelf")
        book["Proposals"][cell] = former
    assert not (tmp_path / "shelf").exists()
    # Whole rows may be sorted, and a workbook of before has no such column.
    book["Proposals"].delete_cols(8)
    book.save(tmp_path / "former.xlsx")
    assert read_organisations(tmp_path / "former.xlsx", tmp_path / "shelf") == 1


def test_a_typing_error_joins_the_organisation_by_the_name_it_is_shown_by(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    rows = [
        row(1, "KESKI-SUOMEN ELY-KESKUS", 1),
        row(2, "Keski-Suomen elinkeino-, liikenne- ja ympäristökeskus", 2),
        row(3, "Keski-Suomen elinkeinno-, liikenne- ja ympäristökeskus", 4),
        row(4, "Keski-Suomen ELY-keskus", 8),
    ]
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    book = write_organisations(esrdata.read(path), tmp_path / "who.xlsx", lang="en")
    decide(book, "Proposals", "Keski-Suomen elinkeinno-, liikenne- ja ympäristökeskus", "same")
    read_organisations(book, tmp_path / "shelf")
    found = shares(concentration(esrdata.read(path, shelf=tmp_path / "shelf")))
    assert found == {"Keski-Suomen elinkeino-, liikenne- ja ympäristökeskus": (4, 15)}


def test_a_workbook_with_decisions_is_not_written_over(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    path = write_organisations(portfolio, tmp_path / "who.xlsx")
    with pytest.raises(UsageError, match="may hold decisions"):
        write_organisations(portfolio, path)
    with pytest.raises(UsageError, match=r"must end in \.xlsx"):
        write_organisations(portfolio, tmp_path / "who.csv")


def test_other_words_and_other_workbooks_are_refused(portfolio: Portfolio, tmp_path: Path) -> None:
    path = write_organisations(portfolio, tmp_path / "who.xlsx", lang="en")
    decide(path, "Proposals", "Pajayhdistys Malila ry", "perhaps")
    with pytest.raises(
        UsageError, match=r"Row 2 of who\.xlsx, sheet Proposals, has the decision 'perhaps'"
    ):
        read_organisations(path, tmp_path / "shelf")
    decide(path, "Proposals", "Pajayhdistys Malila ry", "same")
    book = openpyxl.load_workbook(path)
    again = ["", "Mallilan kaupunki", "", "Pajayhdistys Malila ry", 1, "", "same"]
    book["Proposals"].append(again)
    book.save(tmp_path / "twice.xlsx")
    with pytest.raises(UsageError, match="otherwise than a row before it"):
        read_organisations(tmp_path / "twice.xlsx", tmp_path / "shelf")
    book["Proposals"].delete_cols(7)
    book.save(tmp_path / "cut.xlsx")
    with pytest.raises(UsageError, match=r"sheet Proposals of cut\.xlsx has lost the column"):
        read_organisations(tmp_path / "cut.xlsx", tmp_path / "shelf")
    assert not (tmp_path / "shelf").exists()
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(SourceError, match=r"no such|not a workbook"):
        read_organisations(other, tmp_path / "shelf")
    with pytest.raises(SourceError, match="not a workbook that can be read"):
        read_organisations(tmp_path / "lista.csv", tmp_path / "shelf")


def test_every_count_of_beneficiaries_is_that_of_who_is_who(tmp_path: Path) -> None:
    # Two organisations whose shown names differ in nothing but case: who is who decides.
    rows = [row(n, name, 10) for n, name in enumerate(["Yksi Oy", "YKSI OY", "Kaksi Oy"], start=1)]
    path = tmp_path / "lista.csv"
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    read = esrdata.read(path)
    tables = dict(read.tables)
    ids = read.projects["applicant_id"].iloc[0]
    second = read.organisations[read.organisations["organisation_id"] == ids]
    second = second.assign(organisation_id="oy:other", name="YKSI OY", spellings=1)
    tables["projects"] = read.projects.assign(
        applicant_id=read.projects["applicant_id"].mask(
            read.projects["applicant"] == "YKSI OY", "oy:other"
        )
    )
    tables["organisations"] = pd.concat([read.organisations, second], ignore_index=True)
    apart = Portfolio(tables, read.base, read.shelf)
    table = concentration(apart)
    assert (len(table), table.attrs["n_beneficiaries"], table.attrs["n_named"]) == (3, 3, 3)
    key_figures = stats.without_doubtful(apart).set_index("figure")["value"]
    assert key_figures["beneficiaries"] == 3
    content = chapters(apart, "glance", lang="en", traces=False)
    (glance,) = [part for s in content.sections if s.key == "glance" for part in s.parts[:1]]
    assert glance.frame["value"].iloc[1] == "3"


def test_what_is_joined_within_a_statistic_is_noted_by_the_one_that_asks_it() -> None:
    with who.noting() as outer:
        outer["applicant"] = ([], 1)
        with who.noting() as inner:
            inner["applicant"] = ([], 2)
            inner["authority"] = ([], 3)
        assert outer == {"applicant": ([], 1), "authority": ([], 3)}


def test_rows_of_ones_own_stay_beside_decisions(
    portfolio: Portfolio, source: Path, tmp_path: Path
) -> None:
    """They had been lost: the file was written anew with the decisions alone."""
    shelf = tmp_path / "shelf"
    target = shelf / "codes" / "organisations.csv"
    target.parent.mkdir(parents=True)
    own = "own_1,company,Oma Paja Oy,Oma Paja Oy,Oma Paja Oy,Paja,,,,Our register"
    heads = "code,kind,label_fi,label_sv,label_en,variants,short,parent,note,source"
    target.write_text(f"\ufeff{heads}\n{own}\n", encoding="utf-8")
    path = write_organisations(portfolio, tmp_path / "who.xlsx", lang="fi")
    # Nothing decided: nothing changed.
    assert read_organisations(path, shelf) == 0
    assert target.read_text(encoding="utf-8-sig") == f"{heads}\n{own}\n"
    decide(path, "Ehdotukset", "Pajayhdistys Malila ry", "sama")
    for _ in range(2):
        assert read_organisations(path, shelf) == 1
        first, second, third = target.read_text(encoding="utf-8").splitlines()
        assert (first, second) == (heads, own)
        assert third.startswith("own_2,,Pajayhdistys Mal")
    names = set(esrdata.read(source, shelf=shelf).organisation_names["name"])
    assert {"Pajayhdistys Mallila ry", "Pajayhdistys Malila ry"} <= names
    # Divided by semicolons, as Excel saves it: refused, not mixed.
    target.write_text(target.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    before = target.read_bytes()
    with pytest.raises(UsageError, match="do not fit its header"):
        read_organisations(path, shelf)
    assert target.read_bytes() == before


def test_a_workbook_without_decisions_makes_no_file_of_no_rows(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    """The shelf was refused with it."""
    path = write_organisations(portfolio, tmp_path / "who.xlsx", lang="fi")
    assert read_organisations(path, tmp_path / "shelf") == 0
    assert not (tmp_path / "shelf" / "codes" / "organisations.csv").exists()
