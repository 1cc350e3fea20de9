"""Numbers of drafts held against a portfolio of six projects; every answer worked out by hand."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import esrdata
from esrdata import Portfolio, SourceError
from esrdata.cli.main import main
from esrdata.knowledge import load
from esrdata.knowledge.opening import open_shelf
from esrdata.proofing import figures, numbers
from esrdata.proofing import made as made_figures
from esrdata.proofing.draft import read
from esrdata.proofing.layout import unit_of
from esrdata.proofing.mentions import Passage
from esrdata.proofing.printed import Printed
from esrdata.proofing.prints import careful
from esrdata.proofing.proof import Proofer, findings
from esrdata.proofing.proof import table as table_of
from esrdata.proofing.traced import described, trace
from esrdata.tables import columns

# Code, region, axis, planned, realised, participants planned and realised.
PROJECTS = [
    ("S1", "Lappi", 1, 100_000, 90_000, 40, 38),
    ("S2", "Lappi", 1, 300_000, 150_000, 60, 51),
    ("S3", "Uusimaa", 2, 1_200_000, 1_100_000, 200, 190),
    ("S4", "Kymenlaakso", 2, 450_000, 441_000, 75, 81),
    ("S5", "Kymenlaakso", 1, 250_000, 215_000, 30, 24),
    ("S6", "Kymenlaakso", 3, 200_000, 190_411, 45, 47),
]
# Planned 2,500,000, realised 2,186,411; 87.46 % of it. Kymenlaakso: 3 projects, planned 900,000,
# realised 846,411. Lappi: 2 projects, 400,000 and 240,000. Participants: 450 and 431.


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    projects, funding, places, counts = [], [], [], []
    for code, region, axis, planned, realised, aim, came in PROJECTS:
        projects.append(
            {
                "project_code": code,
                "name": f"Hanke {code} oy",
                "programme_period": "2014-2020",
                "fund": "ESR",
                "priority_axis": axis,
                "status_code": "ended",
                "start_date": dt.date(2016, 1, 1),
                "end_date": dt.date(2017, 12, 31),
            }
        )
        places.append({"project_code": code, "level": "region", "name": region})
        for stage, amount, people in (("planned", planned, aim), ("realised", realised, came)):
            funding.append(
                {"project_code": code, "measure": "public_total", "stage": stage}
                | {"amount_eur": float(amount), "qualifier": "exact"}
            )
            counts.append(
                {"project_code": code, "indicator": "participants", "stage": stage}
                | {"total": people, "applicable": True}
            )
    made = {
        name: columns.frame(name, [])
        for name in ("sustainability", "partners", "provenance", "horizontal", "narratives",
                     "files", "issues", "claims", "links", "conflicts")
    }  # fmt: skip
    made |= {
        "projects": columns.frame("projects", projects),
        "funding": columns.frame("funding", funding),
        "locations": columns.frame("locations", places),
        "indicators": columns.frame("indicators", counts),
    }
    return Portfolio(made, Path.cwd())


@pytest.fixture(scope="module")
def proofer(portfolio: Portfolio) -> Proofer:
    return Proofer(portfolio)


def held(proofer: Proofer, folder: Path, text: str) -> pd.DataFrame:
    path = folder / "draft.md"
    path.write_text(text, encoding="utf-8")
    draft = read(path)
    return table_of(draft, proofer.findings(draft))


def verdicts(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["text"], table["verdict"], strict=True))


def of_text(proofer: Proofer, folder: Path, text: str, lang: str) -> list[str]:
    """What is found of the numbers of a text that may be figures."""
    path = folder / "draft.md"
    path.write_text(text, encoding="utf-8")
    found = proofer.findings(read(path, lang))
    return [one.verdict for one in found if not one.number.why]


def test_true_numbers_of_prose_are_right(proofer: Proofer, tmp_path: Path) -> None:
    text = (
        "Ohjelmassa oli kuusi hanketta. Niille suunniteltiin julkista rahoitusta 2,5 milj. euroa, "
        "josta toteutui noin 2,2 M€ eli 87,5 %. Kymenlaaksossa oli 3 hanketta, joiden toteutunut "
        "rahoitus oli 846 411 euroa."
    )
    table = held(proofer, tmp_path, text)
    assert verdicts(table) == [
        ("kuusi", "equal"),
        ("2,5 milj. euroa", "equal"),
        ("2,2 M€", "rounded"),
        ("87,5 %", "rounded"),
        ("3", "equal"),
        ("846 411 euroa", "equal"),
    ]
    assert "region=Kymenlaakso" in table["statistic"].iloc[-1]


@pytest.mark.parametrize(
    ("text", "wrong", "expected"),
    [
        # another digit; the other stage; another group; last year's; a wrong rounding
        ("Lapissa oli 3 hanketta.", "3", 2),
        ("Lapissa suunniteltu rahoitus oli 240 000 euroa.", "240 000 euroa", 400_000),
        ("Lapissa rahoitusta toteutui 846 411 euroa.", "846 411 euroa", 240_000),
        ("Hankkeissa toteutui 2 186 141 euroa.", "2 186 141 euroa", 2_186_411),
        ("Suunniteltuja osallistujia oli 431.", "431", 450),
        ("Toteutunut rahoitus oli 2,1 M€.", "2,1 M€", 2_186_411),
        ("I Kymmenedalen fanns fyra projekt.", "fyra", 3),
        ("In Kymenlaakso, planned funding was €800,000.", "€800,000", 900_000),
        # of a single project
        ("Pienin julkinen rahoitus oli 110 000 euroa.", "110 000 euroa", 100_000),
        ("The highest grant was €1,300,000.", "€1,300,000", 1_200_000),
        ("Det största beloppet var 1 300 000 euro.", "1 300 000 euro", 1_200_000),
        ("Eniten toteutuneita osallistujia yhdessä hankkeessa oli 109.", "109", 190),
    ],
)
def test_a_number_that_differs_is_contradicted(
    proofer: Proofer, tmp_path: Path, text: str, wrong: str, expected: float
) -> None:
    table = held(proofer, tmp_path, text)
    assert verdicts(table) == [(wrong, "contradicted")]
    assert table["expected"].iloc[0] == pytest.approx(expected)


def test_years_sections_and_laws_are_out_of_scope(proofer: Proofer, tmp_path: Path) -> None:
    text = (
        "# 3.2 Rahoitus\n\nVuonna 2016 (asetus (EU) N:o 1304/2013, 7 §) hankkeita oli kuusi, "
        "ks. taulukko 4 ja hanke S1; päivitetty 1.5.2017."
    )
    table = held(proofer, tmp_path, text)
    counted = table[table["verdict"] != "out_of_scope"]
    assert verdicts(counted) == [("kuusi", "equal")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # two groups together; a year in which projects began; the ends of a range
        ("Yhdessä Lappi ja Uusimaa keräsivät 3 hanketta.", [("3", "equal")]),
        ("Yhdessä Lappi ja Uusimaa keräsivät 2 hanketta.", [("2", "contradicted")]),
        ("Vuonna 2016 alkoi 6 hanketta.", [("6", "equal")]),
        ("Vuonna 2016 alkoi 5 hanketta.", [("5", "contradicted")]),
        # a year that projects did not begin in: of whom is not known
        ("Vuonna 2016 rahoitettiin 5 hanketta.", [("5", "not_derivable")]),
        # what was said of the first number is not said of the second
        ("Osallistujia suunniteltiin 450, ja heitä tuli 431.",
         [("450", "equal"), ("431", "equal")]),
        ("Suurelle osalle 5 suurinta hanketta oli tuttuja.", []),
        ("Eniten toteutuneita osallistujia yhdessä hankkeessa oli 190.", [("190", "equal")]),
        ("Yksi henkilö voi olla mukana monessa hankkeessa.", [("Yksi", "not_derivable")]),
    ],
)  # fmt: skip
def test_who_is_meant_decides(
    proofer: Proofer, tmp_path: Path, text: str, found: list[tuple[str, str]]
) -> None:
    table = held(proofer, tmp_path, text)
    assert verdicts(table[table["verdict"] != "out_of_scope"]) == found


def test_a_sentence_does_not_tell_one_figure_twice(proofer: Proofer, tmp_path: Path) -> None:
    text = "Toteutuneet summat olivat samassa järjestyksessä 1 900 000 euroa ja 2 000 000 euroa."
    table = held(proofer, tmp_path, text)
    assert list(table["verdict"]) == ["ambiguous", "ambiguous"]


def test_of_series_that_fit_alike_it_is_always_the_first(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    # Six projects are six in several columns of a statistic: which one is taken must not depend on
    # the order in which a set happens to hold them.
    text = "| Tunnusluku | Arvo |\n|---|---|\n| Hankkeita | 6 |\n| Suunniteltu | 2 500 000 |\n"
    table = held(Proofer(portfolio), tmp_path, text)
    assert list(table["statistic"])[:1] == ["planned_and_realised(measure=public_total).n"]


@pytest.mark.parametrize(
    ("text", "lang", "verdict"),
    [
        ("Eniten hankkeita oli Kymenlaaksossa, 3.", "fi", "equal"),
        ("Eniten hankkeita oli Lapissa, 2.", "fi", "contradicted"),
        ("Vähiten hankkeita oli Uudellamaalla, 1.", "fi", "equal"),
        ("Vähiten hankkeita oli Lapissa, 2.", "fi", "contradicted"),
        ("Eniten hankkeita oli toimintalinjalla 1 (3).", "fi", "equal"),
        ("Eniten hankkeita oli maakunnassa Lappi (2).", "fi", "contradicted"),
        ("Eniten hankkeita oli toimintalinjalla 2 (2).", "fi", "contradicted"),
        ("Eniten suunniteltua rahoitusta sai Kymenlaakso, 900 000 euroa.", "fi", "contradicted"),
        ("Suurimman suunnitellun rahoituksen sai Uusimaa, 1,2 miljoonaa euroa.", "fi", "equal"),
        ("Suunniteltu rahoitus oli suurin Kymenlaaksossa, 0,9 miljoonaa euroa.", "fi",
         "contradicted"),
        ("Osallistujia oli eniten Kymenlaaksossa, 152.", "fi", "contradicted"),
        ("Korkein toteutumisaste oli Uudellamaalla, 92 %.", "fi", "contradicted"),
        ("Korkein toteutumisaste oli Kymenlaaksossa, 94 %.", "fi", "rounded"),
        ("Flest projekt fanns i Lappland, 2.", "sv", "contradicted"),
        ("Mest planerad finansiering fick Nyland, 1,2 miljoner euro.", "sv", "equal"),
        ("Den största planerade finansieringen gick till Lappland, 400 000 euro.", "sv",
         "contradicted"),
        ("Utnyttjandegraden var lägst i Nyland, 92 procent.", "sv", "contradicted"),
        ("Minst 2 projekt fanns i Lappland.", "sv", "equal"),
        ("Lapland had the most projects (2).", "en", "contradicted"),
        ("The fewest participants were in Kymenlaakso, 152.", "en", "contradicted"),
        ("Kymenlaakso received the largest amount of planned funding, EUR 0.9 million.", "en",
         "contradicted"),
        ("The highest utilisation rate was in Uusimaa, 92%.", "en", "contradicted"),
        ("At most 3 projects were in Kymenlaakso.", "en", "equal"),
        # English most is the group that has most, or more than half: three of six is only one.
        ("Most projects were in Kymenlaakso, 3.", "en", "ambiguous"),
        ("Most projects were in Lapland, 2.", "en", "contradicted"),
        ("Most of the participants (271) were under priority axis 2.", "en", "equal"),
        ("The majority of the projects (3) were in Kymenlaakso.", "en", "ambiguous"),
        ("Suurin osa hankkeista oli Kymenlaaksossa, 3.", "fi", "ambiguous"),
        ("Suurin osa rahoituksesta, 1 650 000 euroa, suunniteltiin toimintalinjalle 2.", "fi",
         "equal"),
        ("De flesta projekten (3) fanns i Kymmenedalen.", "sv", "ambiguous"),
        # Words that may mean other groups or other projects.
        ("Pohjoisista maakunnista eniten hankkeita oli Lapissa, 2.", "fi", "ambiguous"),
        ("Eniten hankkeita ei ollut Lapissa (2).", "fi", "ambiguous"),
        ("Among northern regions, the most projects were in Lapland, 2.", "en", "ambiguous"),
        # It is most of something else, or no group is said to have most.
        ("Eniten osallistujia oli Lapissa, jossa hankkeita oli 2.", "fi", "equal"),
        ("Lapissa oli 2 hanketta.", "fi", "equal"),
    ],
)  # fmt: skip
def test_which_group_has_most_least_or_half(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, verdict: str
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == [verdict]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # Half of the projects are in Kymenlaakso: neither more nor less.
        ("Yli puolet hankkeista oli Kymenlaaksossa.", "fi", ["contradicted"]),
        ("Alle puolet hankkeista oli Kymenlaaksossa.", "fi", ["contradicted"]),
        ("Mer än hälften av projekten fanns i Kymmenedalen.", "sv", ["contradicted"]),
        ("More than half of the projects were in Kymenlaakso.", "en", ["contradicted"]),
        ("Puolet hankkeista oli Kymenlaaksossa.", "fi", ["equal"]),
        # Under an axis is below nothing: of planned funding axis 2 has 66 per cent.
        ("More than half of planned funding was under priority axis 2.", "en", ["rounded"]),
        ("Mer än hälften av den planerade finansieringen var under insatsområde 2.", "sv",
         ["rounded"]),
        # A sum of people is of those who came: 89, 190 and 152.
        ("Osallistujia oli Lapissa 89, Uudellamaalla 190 ja Kymenlaaksossa 152, yhteensä 431.",
         "fi", ["equal"] * 4),
        ("Osallistujia oli Lapissa 89, Uudellamaalla 190 ja Kymenlaaksossa 152, yhteensä 413.",
         "fi", ["equal"] * 3 + ["contradicted"]),
        # What a share is of is no word of the number before it.
        ("Osallistujia oli 431, mikä oli 96 prosenttia suunnitellusta määrästä.", "fi",
         ["equal", "rounded"]),
        ("Osallistujia oli 450 eli 96 prosenttia suunnitellusta.", "fi",
         ["ambiguous", "rounded"]),
        ("Deltagarna var 431, eller 96 procent av det planerade antalet.", "sv",
         ["equal", "not_derivable"]),
        ("There were 450 participants, 96% of the planned number.", "en",
         ["ambiguous", "not_derivable"]),
        # What is true of every region is not the number of all projects.
        ("Hankkeita oli kaikissa maakunnissa vähintään 1.", "fi", ["not_derivable"]),
    ],
)  # fmt: skip
def test_more_than_half_sums_of_people_and_every_region(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


def test_of_whom_a_group_has_most(portfolio: Portfolio, tmp_path: Path) -> None:
    # Women: 30 in Lappi, 90 in Uusimaa, 70 in Kymenlaakso.
    women = {"S1": 10, "S2": 20, "S3": 90, "S4": 40, "S5": 10, "S6": 20}
    counts = portfolio.indicators.copy()
    came = counts["stage"] == "realised"
    counts["women"] = counts["project_code"].map(women).where(came).astype("Int64")
    of_women = Proofer(Portfolio({**portfolio.tables, "indicators": counts}, Path.cwd()))
    text = "Eniten naisia osallistui maakunnassa {} ({})."
    assert of_text(of_women, tmp_path, text.format("Uusimaa", 90), "fi") == ["equal"]
    assert of_text(of_women, tmp_path, text.format("Kymenlaakso", 70), "fi") == ["contradicted"]


def test_a_group_that_has_most_is_named_beside_one_that_has_not(
    proofer: Proofer, tmp_path: Path
) -> None:
    (row,) = held(proofer, tmp_path, "Eniten hankkeita oli Lapissa, 2.").to_dict("records")
    assert row["expected"] == 3
    assert "region=Kymenlaakso" in row["statistic"]
    # A list is of so many that have most, in any order.
    listed = "Eniten hankkeita oli Lapissa (2) ja Kymenlaaksossa (3)."
    assert of_text(proofer, tmp_path, listed, "fi") == ["equal", "equal"]
    last = "Eniten hankkeita oli Lapissa (2), ja Uudellamaalla niitä oli 1."
    assert of_text(proofer, tmp_path, last, "fi") == ["ambiguous", "equal"]
    ranked = "Most projects were in Kymenlaakso (3), followed by Lapland (2)."
    assert of_text(proofer, tmp_path, ranked, "en") == ["equal", "equal"]
    second = "Toiseksi eniten hankkeita oli Lapissa (2)."
    assert of_text(proofer, tmp_path, second, "fi") == ["equal", "equal"]
    # Of two groups each has its own word, and neither is contradicted.
    two = "Eniten hankkeita oli {} ({}) ja vähiten Uudellamaalla (1)."
    assert of_text(proofer, tmp_path, two.format("Kymenlaaksossa", 3), "fi") == ["equal", "equal"]
    assert of_text(proofer, tmp_path, two.format("Lapissa", 2), "fi") == ["ambiguous", "equal"]


@pytest.mark.parametrize(
    ("text", "lang", "verdict"),
    [
        # 450 participants were planned, 431 came; in Lapland 100 and 89, in Kymenlaakso 150, 152.
        ("Osallistujia oli 19 vähemmän kuin suunniteltiin.", "fi", "equal"),
        ("Osallistujia oli 29 vähemmän kuin suunniteltiin.", "fi", "contradicted"),
        ("Osallistujia oli 19 enemmän kuin suunniteltiin.", "fi", "contradicted"),
        ("Osallistujia oli 19 suunniteltua vähemmän.", "fi", "equal"),
        ("Osallistujia oli 4 prosenttia vähemmän kuin suunniteltiin.", "fi", "rounded"),
        ("Kymenlaaksossa osallistujia oli 2 enemmän kuin oli suunniteltu.", "fi", "equal"),
        ("Rahoitusta käytettiin 331 589 euroa suunniteltua vähemmän.", "fi", "contradicted"),
        ("Deltagarna var 11 färre än planerat i Lappland.", "sv", "equal"),
        ("Deltagarna var 11 fler än planerat i Lappland.", "sv", "contradicted"),
        ("In Lapland there were 11 fewer participants than planned.", "en", "equal"),
        ("Spending was €313,589 less than planned.", "en", "equal"),
        ("Seminaareja pidettiin 5 vähemmän kuin suunniteltiin.", "fi", "not_derivable"),
    ],
)
def test_how_far_what_came_is_from_the_plan(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, verdict: str
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == [verdict]


@pytest.mark.parametrize(
    ("text", "lang", "verdicts"),
    [
        # 94.05 less 60.00 per cent; rounded rates may be a tenth further apart
        ("Toteutumisaste oli Kymenlaaksossa 34 prosenttiyksikköä korkeampi kuin Lapissa.", "fi",
         ["equal", "rounded"]),
        ("Toteutumisaste oli Kymenlaaksossa 34,1 prosenttiyksikköä korkeampi kuin Lapissa.", "fi",
         ["equal", "rounded"]),
        ("Toteutumisaste oli Kymenlaaksossa 24 prosenttiyksikköä korkeampi kuin Lapissa.", "fi",
         ["contradicted"]),
        ("Toteutumisaste oli Lapissa 34 prosenttiyksikköä korkeampi kuin Kymenlaaksossa.", "fi",
         ["contradicted"]),
        ("Genomförandegraden i Lappland var 34 procentenheter lägre än i Kymmenedalen.", "sv",
         ["equal", "rounded"]),
        ("Lapland's utilisation rate was 24 percentage points lower than Kymenlaakso's.", "en",
         ["contradicted"]),
        # of what the sources do not tell
        ("Työttömyysaste oli Lapissa 3 prosenttiyksikköä korkeampi kuin Kymenlaaksossa.", "fi",
         ["not_derivable"]),
    ],
)  # fmt: skip
def test_percentage_points_are_between_two_rates(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, verdicts: list[str]
) -> None:
    (found,) = of_text(proofer, tmp_path, text, lang)
    assert found in verdicts


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Suunniteltu rahoitus oli 2,5 miljoonaa kruunua.", "fi"),
        ("Den planerade finansieringen var 3 miljoner kronor.", "sv"),
        ("Planned funding was $2.5 million, SEK 2,500,000 or 2.6 million dollars.", "en"),
    ],
)
def test_sums_in_another_currency_are_not_held_against_euros(
    proofer: Proofer, tmp_path: Path, text: str, lang: str
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == []


def test_a_project_of_two_regions_counts_once(portfolio: Portfolio, tmp_path: Path) -> None:
    more = pd.concat(
        [portfolio.locations, columns.frame("locations", [
            {"project_code": "S1", "level": "region", "name": "Uusimaa"}
        ])], ignore_index=True,
    )  # fmt: skip
    both = Proofer(Portfolio({**portfolio.tables, "locations": more}, Path.cwd()))
    # S1, S2 and S3: two of Lappi and two of Uusimaa, one of them the same.
    for number, verdict in ((3, "equal"), (4, "equal"), (5, "contradicted")):
        table = held(both, tmp_path, f"Lapissa ja Uudellamaalla oli yhteensä {number} hanketta.")
        assert verdicts(table) == [(str(number), verdict)]


def test_a_name_of_several_is_one_of_two_figures(portfolio: Portfolio, tmp_path: Path) -> None:
    long, short, lapland = (
        "Hämeen elinkeino-, liikenne- ja ympäristökeskus", "Hämeen ELY-keskus", "Lapin ELY-keskus",
    )  # fmt: skip
    authorities = pd.array([lapland, lapland, None, long, short, short], dtype="string")
    named = portfolio.projects.assign(authority=authorities)
    proofer = Proofer(Portfolio({**portfolio.tables, "projects": named}, Path.cwd()))

    def verdict(name: str, planned: str) -> str:
        text = f"{name}en hankkeille suunniteltiin {planned} euroa."
        return str(held(proofer, tmp_path, text)["verdict"].iloc[0])

    # S4, S5 and S6 together; S5 and S6, which alone have the short name; neither.
    assert verdict("Hämeen ELY-keskuks", "900 000") == "equal"
    assert verdict("Hämeen ELY-keskuks", "450 000") == "equal"
    assert verdict("Hämeen ELY-keskuks", "990 000") == "contradicted"
    # A name of one is held to its figure: S1 and S2 have 400,000.
    assert verdict("Lapin ELY-keskuks", "400 000") == "equal"
    assert verdict("Lapin ELY-keskuks", "410 000") == "contradicted"


def test_of_projects_of_one_name_the_code_beside_it_tells(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    names = [*["Silta työhön"] * 2, *portfolio.projects["name"].iloc[2:]]
    named = portfolio.projects.assign(name=pd.array(names, dtype="string"))
    proofer = Proofer(Portfolio({**portfolio.tables, "projects": named}, Path.cwd()))
    # S1 planned 100,000 and realised 90,000, S2 of the same name 300,000 and 150,000.
    for code, planned, realised in (("S1", "100 000", "90 000"), ("S2", "300 000", "150 000")):
        sums = f"Suunniteltu {planned} €, toteutunut {realised} €."
        table = held(proofer, tmp_path, f"## {code} Silta työhön\n\n{sums}\n")
        assert list(table["verdict"]) == ["equal", "equal"]
        assert all(f"project_code={code}" in where for where in table["statistic"])


def test_the_number_of_an_axis_before_a_name_in_capitals_is_no_count(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    axes = portfolio.projects.assign(priority_axis=[9, 9, 9, 4, 4, 3])
    proofer = Proofer(Portfolio({**portfolio.tables, "projects": axes}, Path.cwd()))
    text = "Suunniteltuja osallistujia, 2014–2020: 9 REACT-EU:n ESR-toimenpiteet"
    assert "contradicted" not in of_text(proofer, tmp_path, text, "fi")
    assert of_text(proofer, tmp_path, "Mukana oli 6 ESR-hanketta.", "fi") == ["equal"]


def test_a_table_of_names_of_several_is_held_to_both(portfolio: Portfolio, tmp_path: Path) -> None:
    long, short = "Hämeen elinkeino-, liikenne- ja ympäristökeskus", "Hämeen ELY-keskus"
    authorities = pd.array(["Lapin ELY-keskus"] * 3 + [long, short, short], dtype="string")
    named = portfolio.projects.assign(authority=authorities, applicant=authorities)
    proofer = Proofer(Portfolio({**portfolio.tables, "projects": named}, Path.cwd()))
    # Of the very name S5 and S6: 450,000; with S4 900,000. Of Lapland S1 to S3: 1,600,000.
    for planned, expected in (
        ("450 000", "equal"),
        ("900 000", "equal"),
        ("540 000", "contradicted"),
    ):
        text = f"""| Viranomainen | Hankkeita | Suunniteltu, € |
| --- | --- | --- |
| Hämeen ELY-keskus | 2 | {planned} |
| Lapin ELY-keskus | 3 | 1 600 000 |
"""
        table = held(proofer, tmp_path, text)
        assert list(table["verdict"]) == ["equal", expected, "equal", "equal"]
    assert table["expected"].iloc[1] == 450_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What was not used of 900,000 is 53,589, or 5.95 %.
        ("Kymenlaaksossa jäi käyttämättä 53 589 euroa eli 6,0 %.", ["equal", "rounded"]),
        ("Kymenlaaksossa jäi käyttämättä 53 589 euroa eli 9,0 %.", ["equal", "contradicted"]),
        ("Kymenlaaksossa oli 3 uutta hanketta.", ["equal"]),
        ("Kymenlaaksossa oli 4 uutta hanketta.", ["contradicted"]),
        ("Projekteja oli Kymenlaaksossa 3.", ["equal"]),
        ("All projects in Lapland used EUR 240,000 of public funding, so 60% of the plan was "
         "realised.", ["equal", "equal"]),
        ("Asukaskyselyssä 71 prosenttia piti Lapin hankkeita hyödyllisinä.", ["not_derivable"]),
        # The share is of completed projects, and whose it is stands elsewhere.
        ("Osuus päättyneistä hankkeista oli 12,7 %.", ["not_derivable"]),
        ("Maakunnista Lappi ja Uusimaa erottuvat. Edelliseen suunniteltiin 400 000 euroa ja "
         "jälkimmäiseen 1,2 M€.", ["equal", "equal"]),
        ("Maakunnista Lappi ja Uusimaa erottuvat. Edelliseen suunniteltiin 400 000 euroa ja "
         "jälkimmäiseen 1,3 M€.", ["equal", "contradicted"]),
    ],
)  # fmt: skip
def test_words_that_decide(
    proofer: Proofer, tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert list(held(proofer, tmp_path, text)["verdict"]) == expected


def test_parts_that_are_rounded_add_up(proofer: Proofer, tmp_path: Path) -> None:
    text = """| Asia | Saatu | Annettu | Ero |
| --- | --- | --- | --- |
| Kirja | 58 | 49 | 8 |
| Kynä | 150 | 125 | 25 |
| Kumi | 376 | 368 | {last} |
"""
    # 57.6 less 49.4 is 8.2: the last digits may differ by one, and not by nine.
    assert "contradicted" not in set(held(proofer, tmp_path, text.format(last=8))["verdict"])
    # Which of the three is wrong no table can say.
    wrong = list(held(proofer, tmp_path, text.format(last=17))["verdict"])
    assert wrong == ["equal"] * 6 + ["contradicted"] * 3


def test_a_paragraph_of_a_page_may_be_a_caption(tmp_path: Path) -> None:
    path = tmp_path / "draft.html"
    path.write_text(
        "<p>Taulukko 1. Rahoitus, tuhatta euroa</p><table><tr><td>Maakunta</td><td>Rahoitus</td>"
        "</tr><tr><td>Lappi</td><td>400</td></tr></table>", encoding="utf-8",
    )  # fmt: skip
    assert read(path).grids[1].caption == "Taulukko 1. Rahoitus, tuhatta euroa"


def test_a_word_that_is_also_the_name_of_a_firm_is_a_word(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    firms = pd.array(["Mediaani", *[None] * 5], dtype="string")
    named = portfolio.projects.assign(applicant=firms)
    proofer = Proofer(Portfolio({**portfolio.tables, "projects": named}, Path.cwd()))
    # Of all 50, 86, 90, 91.67, 95.21 and 98 per cent: between the two in the middle lie 90.83.
    assert held(proofer, tmp_path, "Mediaanin hankkeelle suunniteltiin 100 000 euroa.")[
        "verdict"
    ].tolist() == ["equal"]
    text = "Hankkeiden toteutumisaste oli mediaanilla mitattuna 90,8 %."
    assert held(proofer, tmp_path, text)["verdict"].tolist() == ["rounded"]
    # Planned 100,000 to 1,200,000: between the two in the middle lie 275,000.
    for planned, found in (("275 000", "equal"), ("257 000", "contradicted")):
        text = f"Mediaanihankkeelle suunniteltiin {planned} euroa."
        assert held(proofer, tmp_path, text)["verdict"].tolist() == [found]


def test_a_table_of_a_pdf_that_is_read_badly_contradicts_nothing(
    proofer: Proofer, tmp_path: Path
) -> None:
    path = tmp_path / "draft.md"
    path.write_text(TABLE.format(lappi="400 000", total="2 100 000"), encoding="utf-8")
    read_well = list(careful(proofer.findings(read(path))))
    assert [one.verdict for one in read_well].count("contradicted") == 2
    path.write_text(TABLE.format(lappi="1", total="2").replace("1 100 000", "7"), encoding="utf-8")
    cells = [replace(one, verdict="contradicted") for one in proofer.findings(read(path))]
    assert {one.verdict for one in careful(cells)} == {"ambiguous"}


def test_a_survey_is_not_derivable(proofer: Proofer, tmp_path: Path) -> None:
    table = held(proofer, tmp_path, "Kyselyyn vastasi 7 hanketta.")
    assert verdicts(table) == [("7", "not_derivable")]


TABLE = """# Rahoitus

| Maakunta | Hankkeita | Suunniteltu, € | Toteutunut, € |
|---|---|---|---|
| Kymenlaakso | 3 | 900 000 | 846 411 |
| Lappi | 2 | 400 000 | {lappi} |
| Uusimaa | 1 | 1 200 000 | 1 100 000 |
| Yhteensä | 6 | {total} | 2 186 411 |
"""


def test_a_true_table_is_right(proofer: Proofer, tmp_path: Path) -> None:
    table = held(proofer, tmp_path, TABLE.format(lappi="240 000", total="2 500 000"))
    assert list(table["verdict"]) == ["equal"] * 12
    assert table["location"].iloc[0] == "taulukko 1, rivi 2, sarake 2"


def test_a_wrong_cell_and_a_sum_not_updated(proofer: Proofer, tmp_path: Path) -> None:
    table = held(proofer, tmp_path, TABLE.format(lappi="400 000", total="2 100 000"))
    wrong = table[table["verdict"] == "contradicted"]
    assert list(wrong["text"]) == ["400 000", "2 100 000"]
    assert list(wrong["expected"]) == [240_000, 2_500_000]


def test_a_table_of_other_things_must_add_up(proofer: Proofer, tmp_path: Path) -> None:
    text = "| Väline | Kpl |\n|---|---|\n| Sakset | 7 |\n| Kynät | 12 |\n| Yhteensä | 21 |\n"
    table = held(proofer, tmp_path, text)
    assert list(table["verdict"]) == ["not_derivable", "not_derivable", "contradicted"]
    assert table["expected"].iloc[2] == 19


@pytest.mark.parametrize(
    ("text", "lang", "value", "unit"),
    [
        ("noin 1,2 M€", "fi", 1_200_000, "eur"),
        ("350 t€", "fi", 350_000, "eur"),
        ("kaksikymmentäneljä hanketta", "fi", 24, "plain"),
        ("tjugofyra projekt", "sv", 24, "plain"),
        ("two hundred and five participants", "en", 205, "plain"),
        ("joka viides hanke", "fi", 20, "percent"),
        ("två tredjedelar av projekten", "sv", 66.667, "percent"),
        ("€1,234,567", "en", 1_234_567, "eur"),
        ("12,5 procent", "sv", 12.5, "percent"),
        ("1 234 osallistujaa", "fi", 1234, "plain"),
    ],
)
def test_numbers_as_evaluators_write_them(text: str, lang: str, value: float, unit: str) -> None:
    (found,) = numbers.find(text, lang)
    assert (found.value, found.unit) == (value, unit)


def test_the_verb_gives_a_table_that_says_what_it_found(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("Hankkeita oli 6, joista Lapissa 3.", encoding="utf-8")
    table = esrdata.proof(path, portfolio)
    assert list(table["verdict"]) == ["equal", "contradicted"]
    assert table.attrs["counts"]["contradicted"] == 1
    assert table.attrs["summary"].startswith("Luonnoksen 2 luvusta 1 on oikein, 1 on ristiriidassa")


@pytest.mark.parametrize(
    ("text", "codes", "total"),
    [
        ("Kymenlaaksossa toteutunut rahoitus oli 846 411 euroa.", ["S4", "S5", "S6"], 846_411),
        ("Lapissa suunniteltu rahoitus oli 240 000 euroa.", ["S1", "S2"], 400_000),
        ("Lapissa oli 2 hanketta.", ["S1", "S2"], None),
        ("Lapissa rahoituksesta jäi käyttämättä 160 000 euroa.", ["S1", "S2"], None),
        ("Suunniteltuja osallistujia oli 450.", ["S1", "S2", "S3", "S4", "S5", "S6"], 450),
    ],
)
def test_a_verdict_leads_to_its_projects(
    portfolio: Portfolio, proofer: Proofer, tmp_path: Path, text: str, codes: list[str],
    total: float | None,
) -> None:  # fmt: skip
    table = held(proofer, tmp_path, text)
    figure = table.attrs["figures"][table["statistic"].iloc[0]]
    rows = trace(portfolio, figure)
    used = rows[rows["used"]]
    assert list(used["project_code"].drop_duplicates()) == codes
    assert rows.attrs["population"]
    if total is not None:
        assert used["value"].sum() == total


def test_the_projects_of_a_contradicted_figure_are_named(
    portfolio: Portfolio, proofer: Proofer, tmp_path: Path
) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("Lapissa oli 3 hanketta.", encoding="utf-8")
    (figure,) = described(proofer.findings(read(path)), portfolio).values()
    assert figure["group"] == {"region": "Lappi"}
    assert figure["projects"] == ["S1", "S2"]


def test_a_quotation_of_a_narrative_is_the_source_itself(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    told = {"project_code": "S1", "section": "final_report", "title": "Loppuraportti"}
    text = "Tilaisuuksiin osallistui lopulta 212 ihmistä eri puolilta maakuntaa."
    narratives = columns.frame("narratives", [{**told, "text": f"Hanke alkoi. {text}"}])
    with_text = Portfolio({**portfolio.tables, "narratives": narratives}, Path.cwd())
    table = held(Proofer(with_text), tmp_path, f"{text} Toinen osallistui lopulta 212 kertaa.")
    assert verdicts(table) == [("212", "equal"), ("212", "not_derivable")]
    assert table["statistic"].iloc[0].startswith("narratives(by=project_code).final_report")


def test_numbers_of_a_list_have_its_unit() -> None:
    found = numbers.find("Rahoitus oli 1,2, 3,4 ja 5,6 milj. euroa.", "fi")
    assert [number.value for number in found] == [1_200_000, 3_400_000, 5_600_000]


def test_what_a_rounded_number_may_stand_for() -> None:
    (about,) = numbers.find("noin 1,2 M€", "fi")
    assert about.fits(1_186_411)
    assert not about.fits(1_286_411)
    (count,) = numbers.find("300 hanketta", "fi")
    assert not count.fits(310)
    (more,) = numbers.find("yli 2 M€", "fi")
    assert more.fits(2_186_411)
    assert not more.fits(1_900_000)


def test_word_drafts_have_tables_and_notes(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("Rahoitus", level=1)
    document.add_paragraph("Hankkeita oli 6.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Hankkeita", "6"
    document.save(str(tmp_path / "draft.docx"))
    draft = read(tmp_path / "draft.docx")
    assert [(p.kind, p.text) for p in draft.places] == [
        ("heading", "Rahoitus"),
        ("prose", "Hankkeita oli 6."),
        ("cell", "Hankkeita"),
        ("cell", "6"),
    ]


def test_pages_of_html_have_captions_and_cells(tmp_path: Path) -> None:
    path = tmp_path / "draft.html"
    path.write_text(
        "<html><body><h1>Rahoitus</h1><p>Hankkeita oli <b>6</b>.</p><table><caption>Taulukko 1."
        "</caption><tr><th>Hankkeita</th><td>6</td></tr></table></body></html>",
        encoding="utf-8",
    )
    kinds = [(p.kind, p.text) for p in read(path).places]
    assert kinds == [
        ("heading", "Rahoitus"), ("prose", "Hankkeita oli 6."), ("caption", "Taulukko 1."),
        ("cell", "Hankkeita"), ("cell", "6"),
    ]  # fmt: skip


def test_a_draft_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(SourceError, match="draft"):
        read(path)


def test_comments_stand_at_the_numbers_of_a_word_draft(proofer: Proofer, tmp_path: Path) -> None:
    from docx import Document

    from esrdata.proofing.written import write

    document = Document()
    document.add_paragraph("Ohjelmassa oli seitsemän hanketta, joista Lapissa 2.")
    path = tmp_path / "draft.docx"
    document.save(str(path))
    draft = read(path)
    found = proofer.findings(draft)
    names = [p.name for p in write(draft, found, table_of(draft, found), tmp_path / "out")]
    assert names == ["draft-proof.docx", "proof.html", "proof.json", "proof.xlsx"]
    copy = Document(str(tmp_path / "out" / "draft-proof.docx"))
    (comment,) = list(copy.comments)
    assert comment.text.startswith("Ristiriidassa. Lähteiden mukaan luku on 6.")
    assert copy.paragraphs[0].text == "Ohjelmassa oli seitsemän hanketta, joista Lapissa 2."
    xml = copy.paragraphs[0]._p.xml
    start, end = xml.index("commentRangeStart"), xml.index("commentRangeEnd")
    assert "seitsemän" in xml[start:end]
    assert "hanketta" not in xml[start:end]
    page = (tmp_path / "out" / "proof.html").read_text(encoding="utf-8")
    assert '<mark class="contradicted"' in page
    assert "ristiriidassa" in page


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [("4", 0), ("5", 1)])
def test_the_command_line_says_whether_anything_is_contradicted(
    tmp_path: Path, number: str, code: int
) -> None:
    draft, out = tmp_path / "draft.txt", tmp_path / "found.json"
    draft.write_text(f"Aineistossa oli {number} hanketta.", encoding="utf-8")
    source = str(Path(__file__).parents[1] / "data" / "raw")
    done = CliRunner().invoke(main, ["proof", str(draft), source, "--json", str(out)])
    assert done.exit_code == code, done.output
    (found,) = json.loads(out.read_text(encoding="utf-8"))["numbers"]
    assert list(found) == [
        "location", "text", "value", "verdict", "expected", "statistic", "confidence", "reason",
    ]  # fmt: skip
    assert found["expected"] == 4


def test_words_of_a_shelf_of_ones_own_are_known(portfolio: Portfolio, tmp_path: Path) -> None:
    codes = tmp_path / "shelf" / "codes"
    codes.mkdir(parents=True)
    row = "code,label_fi,label_sv,label_en\nmentors,Mentorit,Mentorer,Mentors\n"
    (codes / "indicators.csv").write_text(row, encoding="utf-8")
    counts = portfolio.indicators.assign(indicator="mentors")
    draft = tmp_path / "draft.txt"
    draft.write_text("431 mentors took part. In total 413 mentors took part.", encoding="utf-8")
    of_shelf = Portfolio(
        {**portfolio.tables, "indicators": counts}, Path.cwd(), open_shelf(codes.parent)
    )
    found = findings(read(draft, "en"), of_shelf)
    assert [one.verdict for one in found] == ["equal", "contradicted"]


def _cells(path: Path) -> list[list[str]]:
    (one,) = read(path).grids.values()
    return [[one.text(row, column) for column in range(one.columns)] for row in range(one.rows)]


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_word_notes_boxes_and_tracked_changes(tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml import parse_xml

    def put(inner: str) -> None:
        at = document.add_paragraph()._p
        at.addnext(parse_xml(f'<w:p xmlns:w="{WORD}">{inner}</w:p>'))
        at.getparent().remove(at)

    def run(text: str, more: str = "", tag: str = "t") -> str:
        return f"<w:r>{more}<w:{tag}>{text}</w:{tag}></w:r>"

    document = Document()
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    put(run("Summa oli 1,2 M€") + run("3", raised) + run(" ja hankkeita 12") + run("2)", raised))
    put(
        run("Hankkeita oli ")
        + f'<w:del w:id="1">{run("24", tag="delText")}</w:del><w:ins w:id="2">{run("26")}</w:ins>'
    )
    box = f"<w:txbxContent><w:p>{run('Laatikossa 7 hanketta')}</w:p></w:txbxContent>"
    put(
        run("Teksti") + f'<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    )
    table = document.add_table(rows=3, cols=2)
    for row, texts in enumerate((("Alue", "Hankkeita"), ("Lappi", "2"), ("Kainuu", "9"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.rows[2]._tr.get_or_add_trPr().append(parse_xml(f'<w:del xmlns:w="{WORD}" w:id="3"/>'))
    document.save(str(tmp_path / "draft.docx"))
    assert [p.text for p in read(tmp_path / "draft.docx").places] == [
        "Summa oli 1,2 M€ ja hankkeita 12", "Hankkeita oli 26", "Teksti", "Laatikossa 7 hanketta",
        "Alue", "Hankkeita", "Lappi", "2",
    ]  # fmt: skip


def test_a_note_whose_mark_was_deleted_is_none(tmp_path: Path) -> None:
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    document = Document()
    at = document.add_paragraph("Hankkeita oli 6.")._p
    for inner in ('<w:footnoteReference w:id="1"/>',):
        at.append(parse_xml(f'<w:r xmlns:w="{WORD}">{inner}</w:r>'))
    at.append(
        parse_xml(
            f'<w:del xmlns:w="{WORD}" w:id="9"><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'
        )
    )
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for n, text in ((1, "Näistä 4 päättyi."), (2, "Näistä 5 päättyi."))
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    blob = f'<w:footnotes xmlns:w="{WORD}">{notes}</w:footnotes>'.encode()
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(str(tmp_path / "draft.docx"))
    assert [(p.kind, p.text) for p in read(tmp_path / "draft.docx").places] == [
        ("prose", "Hankkeita oli 6."), ("footnote", "Näistä 4 päättyi."),
    ]  # fmt: skip


def test_pages_have_spans_marks_and_struck_words(tmp_path: Path) -> None:
    path = tmp_path / "draft.html"
    path.write_text(
        "<p>Summa oli 1,2&nbsp;M€<sup><a href='#fn3'>3</a></sup> ja <del>24</del><ins>26</ins> "
        "hanketta<a role='doc-noteref'>[4]</a>.</p>"
        "<table><tr><th rowspan='2'>Alue</th><th colspan='2'>Rahoitus, €</th></tr>"
        "<tr><th>Suunniteltu</th><th>Toteutunut</th></tr>"
        "<tr><td>Lappi</td><td>400&#8239;000</td><td>240&#8201;000</td></tr></table>",
        encoding="utf-8",
    )
    assert read(path).places[0].text == "Summa oli 1,2\u00a0M€ ja 26 hanketta."
    assert _cells(path) == [
        ["Alue", "Rahoitus, €", ""], ["", "Suunniteltu", "Toteutunut"],
        ["Lappi", "400\u202f000", "240\u2009000"],
    ]  # fmt: skip


def test_markdown_has_marks_struck_words_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text(
        "Summa oli 1,2 M€[^3] ja ~~24~~ 26 hanketta^4^ <!-- 99 -->eli&nbsp;kaikki.\n\n"
        "Alue | Hankkeita\n--- | ---:\nLappi \\| pohjoinen | 2\n\n[^3]: Päätösten mukaan.\n",
        encoding="utf-8",
    )
    places = read(path).places
    assert places[0].text == "Summa oli 1,2 M€ ja  26 hanketta eli\u00a0kaikki."
    assert _cells(path) == [["Alue", "Hankkeita"], ["Lappi \\| pohjoinen", "2"]]
    assert (places[-1].kind, places[-1].text) == ("footnote", "Päätösten mukaan.")


def test_columns_of_a_plain_text_are_a_table(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(
        "Hankkeita oli yhteensä kuusi, ja ne\njakautuivat alueittain.\n\n"
        "Alue         Hankkeita  Suunniteltu, €\n"
        "-----------  ---------  --------------\n"
        "Kymenlaakso          3         900 000\n"
        "Lappi                2         400 000\n"
        "-----------  ---------  --------------\n"
        "Yhteensä             5       1 300 000\n",
        encoding="utf-8",
    )
    assert _cells(path) == [
        ["Alue", "Hankkeita", "Suunniteltu, €"], ["Kymenlaakso", "3", "900 000"],
        ["Lappi", "2", "400 000"], ["Yhteensä", "5", "1 300 000"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("€1.2 million", "en", [1_200_000]),
        ("1.200 hanketta", "fi", [1200]),
        ("1,200 projects", "en", [1200]),
        ("1\u2009186\u2009411 euroa", "fi", [1_186_411]),
        ("1\u202f186\u202f411\u00a0€", "sv", [1_186_411]),
        ("12³ hanketta ja 1,2 M€¹", "fi", [12, 1_200_000]),
        ("6\u201136 kuukautta", "fi", [6, 36]),
        ("mellan 6 och 36 månader", "sv", [6, 36]),
    ],
)
def test_signs_that_look_like_others(
    proofer: Proofer, text: str, lang: str, values: list[float]
) -> None:
    passage = Passage(text, lang, proofer._names)
    assert [n.value for n in passage.numbers if not n.why] == values
    assert {n.unit for n in passage.numbers} <= {"plain", "eur"}


@pytest.mark.parametrize(
    ("text", "verdict", "expected"),
    [
        ("Kymenlaaksossa oli 1 hanke enemmän kuin Lapissa.", "equal", 1),
        ("Kymenlaaksossa oli 2 hanketta enemmän kuin Lapissa.", "contradicted", 1),
        ("Kymenlaaksossa oli 1,5-kertainen määrä hankkeita Lappiin verrattuna.", "equal", 1.5),
        ("Kymenlaakso sai toiseksi eniten julkista rahoitusta suunnitelmien mukaan.", "equal", 2),
        ("Kymenlaakso sai kolmanneksi eniten julkista rahoitusta suunnitelmien mukaan.",
         "contradicted", 2),
        ("Lapissa oli 2 hanketta ja Kymenlaaksossa 3 hanketta, yhteensä 5.", "equal", 5),
        ("Lapissa oli 2 hanketta ja Kymenlaaksossa 3 hanketta, yhteensä 6.", "contradicted", 5),
    ],
)  # fmt: skip
def test_groups_held_against_each_other(
    proofer: Proofer, tmp_path: Path, text: str, verdict: str, expected: float
) -> None:
    last = held(proofer, tmp_path, text).iloc[-1 if "yhteensä" in text else 0]
    assert (last["verdict"], last["expected"]) == (verdict, expected)


def test_the_other_stage_goes_without_saying(proofer: Proofer, tmp_path: Path) -> None:
    text = "Osallistujia oli {}, kun suunniteltu määrä oli 450."
    assert verdicts(held(proofer, tmp_path, text.format(431))) == [
        ("431", "equal"), ("450", "equal"),
    ]  # fmt: skip
    table = held(proofer, tmp_path, text.format(450))
    assert (table["verdict"].iloc[0], table["expected"].iloc[0]) == ("contradicted", 431)


def test_counts_add_up_to_the_unit(proofer: Proofer, tmp_path: Path) -> None:
    text = (
        "| Väline | Kevät | Syksy | Yhteensä |\n|---|---|---|---|\n| Sakset | 7 | 1 | 8 |\n"
        "| Kynät | 12 | 3 | 15 |\n| Liimat | 4 | 4 | 9 |\n"
    )
    table = held(proofer, tmp_path, text)
    assert list(table["verdict"][[2, 5, 8]]) == ["equal", "equal", "contradicted"]
    assert table["expected"].iloc[8] == 8


def test_a_difference_leads_to_the_projects_of_both(portfolio: Portfolio, tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text("Kymenlaaksossa oli 2 hanketta enemmän kuin Lapissa.", encoding="utf-8")
    found = described(Proofer(portfolio).findings(read(path)), portfolio)
    (figure,) = (one for one in found.values() if isinstance(one["group"].get("region"), list))
    assert figure["group"] == {"region": ["Kymenlaakso", "Lappi"]}
    assert figure["projects"] == ["S4", "S5", "S6", "S1", "S2"]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # A list of axes has no number of projects in it.
        ("Under priority axis 1, 3 projects were carried out.", "en", ["equal"]),
        # The word for a list stands before its first number.
        ("Lappi ja Kymenlaakso käyttivät julkista rahoitusta 240 000 ja 900 000 euroa.", "fi",
         ["equal", "contradicted"]),
        # What is left of a plan is a share of it, too.
        ("Julkisesta rahoituksesta jäi käyttämättä 313 589 euroa, mikä on 12,5 prosenttia "
         "suunnitellusta.", "fi", ["equal", "rounded"]),
        ("Suunnitellusta summasta on kulutettu 87,5 prosenttia ja 12,5 prosenttia on käyttämättä.",
         "fi", ["rounded", "rounded"]),
        ("Osallistujia oli 431 ja suunnitelma oli 450.", "fi", ["equal", "equal"]),
        ("Puolet hankkeista on suunnitellulta julkiselta rahoitukseltaan alle 275 000 euroa.", "fi",
         ["equal"]),
        ("Kuvio 2. Suurin ero: 2 Innovaatiot – 3 Kaupungit", "fi", []),
        ("Kesto vaihteli 24 kuukaudesta 24 kuukauteen.", "fi", ["rounded", "rounded"]),
        ("Alle 70 % suunnitellusta käytti 5 hanketta.", "fi", ["not_derivable", "not_derivable"]),
    ],
)  # fmt: skip
def test_whose_word_is_whose(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # What is left is of the sum behind, not of the share used before it.
        ("I Kymmenedalen betalades 94 procent av den planerade offentliga finansieringen ut, och "
         "53 589 euro blev oanvänt.", "sv", ["rounded", "equal"]),
        ("I Kymmenedalen betalades 49 procent av den planerade offentliga finansieringen ut, och "
         "53 589 euro blev oanvänt.", "sv", ["contradicted", "equal"]),
        ("Myönnetystä julkisesta rahoituksesta maksettiin 87 prosenttia, ja 314 tuhatta euroa "
         "palautui ohjelmaan.", "fi", ["rounded", "rounded"]),
        ("Of the public funding granted, 87 per cent was paid out, and 314 thousand euros "
         "returned to the programme.", "en", ["rounded", "rounded"]),
        ("Kymenlaaksossa toteutui julkisesta rahoituksesta 94 prosenttia, mutta käyttämättä jäi "
         "silti 53 589 euroa.", "fi", ["rounded", "equal"]),
        # A share of the whole is none of the plan: 400,000 of 2,500,000.
        ("The share of Lapland is 16.0% of planned and 11.0% of actual public funding.", "en",
         ["equal", "rounded"]),
        ("The share of Lapland is 36.0% of planned and 11.0% of actual public funding.", "en",
         ["contradicted", "rounded"]),
        # What is said not to have been used is left.
        ("While €900,000 of public funding was granted in Kymenlaakso, €53,589 or 6.0% of it was "
         "not used.", "en", ["equal", "equal", "rounded"]),
        ("I Kymmenedalen lyftes inte 53 589 euro av den offentliga finansieringen, alltså 6,0 %.",
         "sv", ["equal", "rounded"]),
        # Quarters, and the smallest in the genitive.
        ("Puolet hankkeista oli suunnitellulta julkiselta rahoitukseltaan alle 275 000 euroa, "
         "neljäsosa yli 412 500 euroa ja neljäsosa alle 212 500 euroa.", "fi", ["equal"] * 3),
        ("Det största projektets planerade offentliga finansiering var 1 200 000 euro och det "
         "minstas 100 000 euro.", "sv", ["equal", "equal"]),
        ("The mean of planned public funding (€416,667) is raised by large projects, the largest "
         "of which was €1,200,000.", "en", ["rounded", "equal"]),
        # No time of day, and no date.
        ("Actual public funding of the projects remained at 2.19 million euros.", "en",
         ["rounded"]),
        ("Actual public funding of the projects remained at 2.91 million euros.", "en",
         ["contradicted"]),
        ("In Lapland, the utilisation rate of public funding was thus 60.0.", "en", ["equal"]),
        ("The seminar began at 10.30 on 3.10.2016.", "en", []),
        # A count is no per cent, and a limit is no figure.
        ("Of the ended projects, 1 or 16.7% stayed below a utilisation rate of 80 per cent.", "en",
         ["equal", "rounded"]),
        ("Av de avslutade projekten stannade 1 eller 16,7 % under en utnyttjandegrad på 80 "
         "procent.", "sv", ["equal", "rounded"]),
    ],
)  # fmt: skip
def test_words_of_other_clauses_and_signs_of_other_things(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # Lappi has 2 projects and plans of 400,000, Kymenlaakso 3 and 900,000.
        ("Kymenlaaksossa oli 1 hanke enemmän kuin Lapissa.", "fi", ["equal"]),
        ("Lapissa oli 1 hanke enemmän kuin Kymenlaaksossa.", "fi", ["contradicted"]),
        ("Lapland had one project fewer than Kymenlaakso.", "en", ["equal"]),
        ("Lapland had one project more than Kymenlaakso.", "en", ["contradicted"]),
        ("Lappland hade 500 000 euro mindre i planerad offentlig finansiering än Kymmenedalen.",
         "sv", ["equal"]),
        ("Lappland hade 500 000 euro mer i planerad offentlig finansiering än Kymmenedalen.", "sv",
         ["contradicted"]),
        ("There were 1.5 times as many projects in Kymenlaakso as in Lapland.", "en", ["equal"]),
        ("Lapissa hankkeita oli 1,5 kertaa niin paljon kuin Kymenlaaksossa.", "fi",
         ["contradicted"]),
    ],
)  # fmt: skip
def test_which_of_two_groups_has_more(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # Kymenlaakso's plans are 125 % above those of Lappi, and these 56 % below the others.
        ("Kymenlaaksossa suunniteltu julkinen rahoitus oli 125 prosenttia suurempi kuin Lapissa.",
         "fi", ["equal"]),
        ("Lapissa suunniteltu julkinen rahoitus oli 125 prosenttia suurempi kuin Kymenlaaksossa.",
         "fi", ["contradicted"]),
        ("Lapissa suunniteltu julkinen rahoitus oli 56 prosenttia suurempi kuin Kymenlaaksossa.",
         "fi", ["contradicted"]),
        ("Lapissa suunniteltu julkinen rahoitus oli 56 prosenttia pienempi kuin Kymenlaaksossa.",
         "fi", ["rounded"]),
        ("Kymenlaaksoon verrattuna Lapissa suunniteltiin julkista rahoitusta 56 % vähemmän.",
         "fi", ["rounded"]),
        ("Compared with Lapland, Kymenlaakso had 125% more planned public funding.", "en",
         ["equal"]),
        ("Compared with Kymenlaakso, Lapland had 125% more planned public funding.", "en",
         ["contradicted"]),
        ("Jämfört med Lappland planerades i Kymmenedalen 125 procent mer offentlig finansiering.",
         "sv", ["equal"]),
        ("Lapin suunniteltu julkinen rahoitus oli 2,25-kertainen Kymenlaaksoon nähden.", "fi",
         ["contradicted"]),
        ("Kymenlaakson suunniteltu julkinen rahoitus oli 2,25-kertainen Lappiin nähden.", "fi",
         ["equal"]),
    ],
)  # fmt: skip
def test_per_cent_more_than_another_group(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # Lappi has 2 projects, Kymenlaakso 3: one number cannot be that of each.
        ("Lapissa ja Kymenlaaksossa oli kummassakin 2 hanketta.", "fi", ["contradicted"]),
        ("Lapissa ja Kymenlaaksossa oli kummassakin 3 hanketta.", "fi", ["contradicted"]),
        ("I Lappland och Kymmenedalen fanns 3 projekt vardera.", "sv", ["contradicted"]),
        ("Lapland and Kymenlaakso had three projects each.", "en", ["contradicted"]),
        ("Both Lapland and Kymenlaakso had two projects.", "en", ["contradicted"]),
        # Each with its own number, and each of groups that are not named.
        (
            "Lapissa oli 2 ja Kymenlaaksossa 3 hanketta, molemmissa maakunnissa siis useita.",
            "fi",
            ["equal", "equal"],
        ),
        ("Hankkeita oli yhtä paljon, 3, molemmissa.", "fi", ["not_derivable"]),
    ],
)
def test_a_number_of_each_group_is_that_of_all(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # What is of each project or year is not the sum of all.
        ("Deltagarna var 431 per projekt.", "sv", ["ambiguous"]),
        ("Per project there were 431 participants.", "en", ["ambiguous"]),
        ("Osallistujia oli 431 vuodessa.", "fi", ["ambiguous"]),
        (
            "Hanketta kohden suunniteltiin julkista rahoitusta keskimäärin 416 667 euroa.",
            "fi",
            ["rounded"],
        ),
        ("Planned public funding fell short of 2.4 million euros.", "en", ["contradicted"]),
        ("Planned public funding fell short of 2.6 million euros.", "en", ["rounded"]),
        # A heading of an infographic is no code, and 431 came where 450 were expected.
        ("OSALLISTUJIA 431", "fi", ["equal"]),
        ("PARTICIPANTS 431", "en", ["equal"]),
        ("DELTAGARE 431", "sv", ["equal"]),
        ("ISO 431", "en", []),
        ("Osallistujia on kertynyt 450.", "fi", ["contradicted"]),
        ("Deltagarna blev 450.", "sv", ["contradicted"]),
        ("Deltagarna blev 431.", "sv", ["equal"]),
    ],
)
def test_counts_of_infographics_and_news(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # All six have ended, and none was discontinued.
        ("Hankkeista 6 on päättynyt.", "fi", ["equal"]),
        ("Hankkeista 6 on keskeytynyt.", "fi", ["ambiguous"]),
        ("Av projekten har 6 avbrutits.", "sv", ["ambiguous"]),
        ("Of the projects, 6 were discontinued.", "en", ["ambiguous"]),
        ("Hankkeita oli 6, ja ne ovat päättyneet.", "fi", ["equal"]),
    ],
)
def test_all_projects_are_not_those_of_a_status(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # For each year is another sum.
        ("Julkista rahoitusta suunniteltiin 2,5 miljoonaa euroa vuodessa.", "fi", ["ambiguous"]),
        ("I projekten deltog 431 personer per år.", "sv", ["ambiguous"]),
        # More than planned is not what was planned.
        ("Osallistujia oli tavoitetta enemmän: 431.", "fi", ["equal"]),
        ("Actual participants were fewer than planned: 431.", "en", ["equal"]),
        ("Deltagarna var färre än planerat (450).", "sv", ["equal"]),
        # What was not spent is no share of what was.
        ("In Lapland 60% of the planned funding was not spent.", "en", ["contradicted"]),
        ("In Lapland 40% of the planned funding was not spent.", "en", ["equal"]),
    ],
)
def test_words_that_turn_a_figure_into_another(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


def test_those_who_took_part_are_no_plan(proofer: Proofer, tmp_path: Path) -> None:
    text = "Hankkeisiin osallistui {} henkilöä, kun tavoite oli {}."
    assert of_text(proofer, tmp_path, text.format(431, 450), "fi") == ["equal", "equal"]
    assert of_text(proofer, tmp_path, text.format(450, 431), "fi") == ["contradicted"] * 2


def test_periods_beside_each_other_are_rows_of_figures(proofer: Proofer, tmp_path: Path) -> None:
    text = (
        "| | Lappi | Kymenlaakso | Yhteensä |\n|---|---|---|---|\n| Hankkeita | 2 | 3 | 5 |\n"
        "| Suunniteltu julkinen rahoitus, 1 000 € | 400 | 700 | 2 500 |\n"
        "| Kesto keskimäärin, kk | 24,0 | 24,0 | 24,0 |\n"
    )
    table = held(proofer, tmp_path, text)
    wrong = table[table["verdict"] == "contradicted"]
    assert list(zip(wrong["text"], wrong["expected"], strict=True)) == [("5", 6), ("700", 900_000)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Av 2,5 mn euro offentlig finansiering användes 2,2 mn euro.", "sv",
         ["equal", "rounded"]),
        ("Julkista rahoitusta sisältyi suunnitelmiin, ja käyttöprosentti oli 87,5.", "fi",
         ["rounded"]),
        ("Lapland accounts for 2 projects and 16% of planned public funding.", "en",
         ["equal", "equal"]),
        ("**6** projects · **€2.5m** public funding awarded · **€2.2m** spent", "en",
         ["equal", "equal", "rounded"]),
        ("Spending reached 87.5% of what had been awarded.", "en", ["rounded"]),
        ("Lapland received 16% of planned public funding.", "en", ["equal"]),
        # What was realised is so only where a word says it.
        ("Julkinen rahoitus oli 2 500 000 euroa.", "fi", ["equal"]),
        ("Julkinen rahoitus oli 2 186 411 euroa.", "fi", ["ambiguous"]),
        ("Osallistujia oli 431.", "fi", ["equal"]),
        ("Budjetoitu julkinen rahoitus 2,5 M€, kulutettu 2,2 M€, säästynyt 313 589 euroa.", "fi",
         ["equal", "rounded", "equal"]),
        # What the difference is of no word says here.
        ("That is a difference of 2 projects.", "en", ["not_derivable"]),
        ("Yksi hanke ylsi vähintään miljoonaan euroon.", "fi", ["equal"]),
    ],
)  # fmt: skip
def test_plans_and_parts(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # All that a text says behind the name it begins with is of that group: the median of all
        # projects is 91 %.
        ("Toimintalinja 1 (2014–2020). Mediaanihankkeen käyttöaste oli 86 prosenttia.", "fi",
         ["equal"]),
        ("Toimintalinja 1 (2014–2020). Mediaanihankkeen käyttöaste oli 91 prosenttia.", "fi",
         ["contradicted"]),
        ("Lapin hankkeita oli 2. Kauden lopussa niistä oli päättynyt 2.", "fi",
         ["equal", "equal"]),
        ("Half of the projects had planned public funding below €275,000.", "en", ["equal"]),
        ("The largest was granted €1,200,000 in its plan.", "en", ["equal"]),
        ("Det största fick 1 200 000 euro enligt planen.", "sv", ["equal"]),
        ("Osallistujia oli määrä tavoittaa 450; tavoitettiin 431.", "fi", ["equal", "equal"]),
        ("Osallistujia oli määrä tavoittaa 450; tavoitettiin 413.", "fi",
         ["equal", "contradicted"]),
        ("They were allocated €2,500,000 of public funding, €2,186,411 of which has been used.",
         "en", ["equal", "equal"]),
        ("They were allocated €2,500,000 of public funding, €2,168,411 of which has been used.",
         "en", ["equal", "contradicted"]),
        ("Aluetilaisuuksissa kävi 430 ihmistä.", "fi", ["not_derivable"]),
        ("På regionmötena deltog 430 personer.", "sv", ["not_derivable"]),
        ("Det kortaste projektet varade 24 månader och det längsta 24.", "sv",
         ["rounded", "rounded"]),
        ("Det kortaste projektet varade 24 månader och det längsta 42.", "sv",
         ["rounded", "contradicted"]),
        ("In Lapland there were 2 projects and 89 participants; in Uusimaa they were 1 and 190.",
         "en", ["equal", "equal", "equal", "equal"]),
        ("In Lapland there were 2 projects and 89 participants; in Uusimaa they were 1 and 290.",
         "en", ["equal", "equal", "equal", "contradicted"]),
        ("Between them, Lapland and Uusimaa account for 3 projects.", "en", ["equal"]),
        # What is planned to be used is planned, what was promised too; a mean behind a count is of
        # the money behind it.
        ("I projekten har man planerat att använda 2 500 000 euro i offentlig finansiering.", "sv",
         ["equal"]),
        ("450 participants were promised.", "en", ["equal"]),
        ("Kymenlaakson 3 hankkeessa julkista rahoitusta suunniteltiin keskimäärin 300 000 euroa, "
         "kun Lapin 2 hankkeessa vastaava luku oli 200 000 euroa.", "fi",
         ["equal", "equal", "equal", "equal"]),
        ("Planned public funding was €2,500,000, of which €2,186,411 or 87.5% was realised.", "en",
         ["equal", "equal", "rounded"]),
        ("Projects in Lapland fell €160,000 short of their plans.", "en", ["equal"]),
        ("Lapin hankkeissa suunnitelmista jäätiin 160 000 euroa.", "fi", ["equal"]),
        # What stands in brackets is of the numbers in them; an n is of the share before it, and of
        # the group whose figure the sentence has.
        ("Suunniteltu julkinen rahoitus oli yhteensä 2,5 M€ (keskiarvo 416 667 euroa, mediaani "
         "275 000 euroa).", "fi", ["equal", "rounded", "equal"]),
        ("Toteutunut julkinen rahoitus oli 2,2 M€ (87,5 % suunnitellusta).", "fi",
         ["rounded", "rounded"]),
        ("I Lappland (n = 2) var utnyttjandegraden för den offentliga finansieringen 60 procent.",
         "sv", ["equal", "equal"]),
        ("I Lappland (n = 3) var utnyttjandegraden för den offentliga finansieringen 60 procent.",
         "sv", ["contradicted", "equal"]),
        ("I Lappland svarade hälften (n = 3).", "sv", ["not_derivable", "not_derivable"]),
        ("Alle 80 prosenttia suunnitellusta julkisesta rahoituksesta käytti 16,7 % (n = 1) "
         "päättyneistä hankkeista.", "fi", ["rounded", "equal"]),
        # A question is answered by what follows it.
        ("Paljonko julkista rahoitusta käytettiin? 2 186 411 euroa.", "fi", ["equal"]),
        ("How much public funding was left unused? €313,589.", "en", ["equal"]),
        ("How much public funding was left unused? €331,589.", "en", ["contradicted"]),
        # What came of what was expected; "of whom" is of the same people.
        ("In Lapland they expected 100 participants and got 89.", "en", ["equal", "equal"]),
        ("In Lapland they expected 100 participants and got 100.", "en",
         ["equal", "contradicted"]),
        ("Lapissa odotettiin 100 osallistujaa ja heitä tuli 98.", "fi",
         ["equal", "contradicted"]),
        ("I Lappland väntade man 100 deltagare och fick 89.", "sv", ["equal", "equal"]),
        ("Toteuma 87,5 % suunnitellusta.", "fi", ["rounded"]),
        ("Toteuma 81,5 % suunnitellusta.", "fi", ["contradicted"]),
        ("Hankkeita on 6. Niistä 50 prosenttia toimii Kymenlaaksossa.", "fi",
         ["equal", "equal"]),
        ("Hankkeita on 6. Niistä 60 prosenttia toimii Kymenlaaksossa.", "fi",
         ["equal", "contradicted"]),
        ("There are 6 projects. Of these, 60 per cent operate in Kymenlaakso.", "en",
         ["equal", "contradicted"]),
        ("Offentlig finansiering enligt planerna: median 275 tusen euro, minst 100 000 euro, "
         "störst 1 200 000 euro.", "sv", ["equal", "equal", "equal"]),
        ("Medellängd 24,0 mån. (kortast 24,0 mån., längst 42,0 mån.)", "sv",
         ["rounded", "rounded", "contradicted"]),
        ("Of EUR 2.5 million of public money that was planned, projects managed to use only "
         "EUR 2.2 million.", "en", ["equal", "rounded"]),
    ],
)  # fmt: skip
def test_what_the_words_before_go_on_to_say(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


def test_a_column_of_what_texts_say_contradicts_nothing(proofer: Proofer, tmp_path: Path) -> None:
    text = (
        "| Hanke | Suunniteltu, henkilöä | Tekstissä, henkilöä |\n|---|---:|---:|\n"
        "| S1 | 40 | 50 |\n| S2 | 60 | 600 |\n| S3 | 200 | 210 |\n"
    )
    assert "contradicted" not in of_text(proofer, tmp_path, text, "fi")
    wrong = text.replace("| 60 | 600 |", "| 66 | 600 |")
    assert of_text(proofer, tmp_path, wrong, "fi").count("contradicted") == 1


def test_an_office_that_a_list_writes_without_its_comma_has_all_its_names(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    office = "Lapin elinkeino- liikenne- ja ympäristökeskus"
    # Three projects, none of which is in Lapland, and one of a unit of the same office.
    authorities = [None] * 2 + [office] * 3 + [f"{office} yritystuet"]
    projects = portfolio.projects.assign(authority=authorities)
    own = Portfolio({**portfolio.tables, "projects": projects}, Path.cwd())
    made = Proofer(own)
    for text, lang in (
        ("NTM-centralen i Lappland har finansierat 3 projekt.", "sv"),
        ("The ELY Centre for Lapland has funded 3 projects.", "en"),
    ):
        assert of_text(made, tmp_path, text, lang) == ["equal"]
        assert of_text(made, tmp_path, text.replace("3", "5"), lang) == ["contradicted"]


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        # Axis 1 has three projects, axis 2 two; no count is 1,003 or 2,002.
        ("Insatsområde 1 003 projekt.", "sv", ["equal"]),
        ("Insatsområde 1 006 projekt.", "sv", ["contradicted"]),
        ("Toimintalinjalla 2 002 hanketta.", "fi", ["equal"]),
    ],
)
def test_the_number_of_an_axis_is_apart_from_a_count_behind_it(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, found: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == found


def test_a_part_beside_its_whole_does_not_hide_a_slip(portfolio: Portfolio, tmp_path: Path) -> None:
    # Kymenlaakso has 3 projects, of which two ended; Lapland 2, of which both did.
    statuses = ["ended"] * 5 + ["running"]
    own = Portfolio(
        {**portfolio.tables, "projects": portfolio.projects.assign(status_code=statuses)},
        Path.cwd(),
    )
    made = Proofer(own)
    text = "Kymmenedalen har {} projekt, av vilka 2 är avslutade."
    assert of_text(made, tmp_path, text.format(3), "sv") == ["equal", "equal"]
    assert of_text(made, tmp_path, text.format(5), "sv") == ["contradicted", "equal"]
    # All are 6, of which five ended.
    text = "Hankkeita on luettu {} ja niistä 5 on saatettu päätökseen."
    assert of_text(made, tmp_path, text.format(6), "fi") == ["equal", "equal"]
    assert of_text(made, tmp_path, text.format(9), "fi") == ["contradicted", "equal"]
    # A period that has ended says nothing of its projects.
    for text, lang in (
        ("{} projects belong to the closed programming period 2014–2020.", "en"),
        ("{} hanketta kuuluu päättyneeseen ohjelmakauteen 2014–2020.", "fi"),
        ("{} projekt hör till den avslutade programperioden 2014–2020.", "sv"),
    ):
        assert of_text(made, tmp_path, text.format(6), lang) == ["equal"]
        assert of_text(made, tmp_path, text.format(5), lang) != ["equal"]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # A rate of the whole, then those of its parts: 87.46, 60 and 94.05 per cent.
        ("Toteutumisaste oli siten 87,5 prosenttia, Lapissa 60 prosenttia ja Kymenlaaksossa 94,0 "
         "prosenttia.", "fi", ["rounded", "equal", "rounded"]),
        ("Utnyttjandegraden var därmed 78,5 procent, i Lappland 60 procent och i Kymmenedalen "
         "94,0 procent.", "sv", ["contradicted", "equal", "rounded"]),
        ("The utilisation rate was 87.5 per cent, namely 70 per cent in Lapland.", "en",
         ["rounded", "contradicted"]),
        # Half of the projects is between the quartiles, 212,500 and 412,500.
        ("Keskimmäinen puolikas hankkeista sijoittui suunnitelmissa 212 500 ja 412 500 euron "
         "väliin.", "fi", ["equal", "equal"]),
        ("Enligt planerna låg den mellersta hälften av projekten mellan 212 500 och 421 500 euro.",
         "sv", ["equal", "contradicted"]),
        ("The middle half of the projects fell between 212,500 and 412,500 euros of planned "
         "funding.", "en", ["equal", "equal"]),
        ("Hankkeiden kestot vaihtelivat 24:stä 42 kuukauteen.", "fi",
         ["rounded", "contradicted"]),
        # What a sum rose to is no difference.
        ("Toteutunut julkinen rahoitus oli noussut 2,19 miljoonaan euroon.", "fi", ["rounded"]),
        ("Toteutunut julkinen rahoitus oli noussut 2,91 miljoonaan euroon.", "fi",
         ["contradicted"]),
        ("Toteutunut julkinen rahoitus oli noussut 2,19 tuhanteen euroon.", "fi",
         ["contradicted"]),
        ("Den faktiska offentliga finansieringen hade stigit till 2,91 miljoner euro.", "sv",
         ["contradicted"]),
        ("Actual public funding had climbed to EUR 2.91 million.", "en", ["contradicted"]),
        ("Actual public funding had climbed by EUR 2.91 million.", "en", ["not_derivable"]),
        # Of a pair each number has its own word.
        ("Participants numbered 431 against the 450 planned.", "en", ["equal", "equal"]),
        ("Participants numbered 413 against the 450 planned.", "en", ["contradicted", "equal"]),
        ("Deltagarna var 431 mot planerade 450.", "sv", ["equal", "equal"]),
        ("Deltagarna var 431 mot planerade 540.", "sv", ["equal", "contradicted"]),
        ("Osallistujia oli kirjattu 431 (suunnitelma 450) ja yrityksiä ei lainkaan.", "fi",
         ["equal", "equal"]),
        ("Osallistujia oli kirjattu 431 (suunnitelma 540) ja yrityksiä ei lainkaan.", "fi",
         ["equal", "contradicted"]),
        ("Pienimpään hankkeeseen oli suunniteltu julkista rahoitusta 100 000 euroa, suurimpaan "
         "1 200 000 euroa.", "fi", ["equal", "equal"]),
        ("The smallest project was planned with €100,000 of public funding, the largest with "
         "€2,100,000.", "en", ["equal", "contradicted"]),
        # A sum, and the same in per cent: 313,589 is 12.54 per cent of the plan.
        ("Skillnaden mellan planerad och faktisk offentlig finansiering är 313 589 euro, dvs. "
         "12,5 procent av det planerade.", "sv", ["equal", "rounded"]),
        ("The difference between planned and actual public funding is €313,589, i.e. 15.2 per "
         "cent of the plan.", "en", ["equal", "contradicted"]),
        ("I projekten bands 2 500 000 euro i offentlig finansiering. Av detta har 2 186 411 euro "
         "eller 78 procent använts.", "sv", ["equal", "equal", "contradicted"]),
        ("Hankkeisiin sidottiin 2 500 000 euroa julkista rahoitusta. Tästä 2 186 411 euroa eli "
         "87 prosenttia on käytetty.", "fi", ["equal", "equal", "rounded"]),
        # What was led to projects was planned, what was made use of was used.
        ("Hankkeisiin ohjattiin julkista rahoitusta 2,5 M€. Siitä on hyödynnetty 87,5 prosenttia.",
         "fi", ["equal", "rounded"]),
        ("Projects were channelled €2,500,000 of public funding, and 78.5 per cent of it has been "
         "utilised.", "en", ["equal", "contradicted"]),
        ("Suunniteltu julkinen rahoitus vaihtelee: pienin on 100 000 euroa ja suurin 1 200 000 "
         "euroa.", "fi", ["equal", "equal"]),
        ("Tre fjärdedelar av projekten ligger enligt planerna under 412 500 euro.", "sv",
         ["equal"]),
        ("Three quarters of projects stay below €421,500 of planned public funding.", "en",
         ["contradicted"]),
        ("Deltagarna var 431 när 450 utlovades.", "sv", ["equal", "equal"]),
        ("Participants came to 413 when 450 were promised.", "en", ["contradicted", "equal"]),
        ("TL 2: 2 kpl", "fi", ["equal"]),
        ("TL 2: 3 kpl", "fi", ["contradicted"]),
        ("The two largest regions, Kymenlaakso and Lapland, implemented 3 and 2 projects.", "en",
         ["equal", "equal"]),
        ("Lapland and Uusimaa have 3 projects in total, with €1.6 million planned in them.", "en",
         ["equal", "equal"]),
        ("Edellinen kausi (07–13): ei yhtään, uusi kausi (14–20): 6 hanketta.", "fi", ["equal"]),
        ("Uusi kausi (14–20): 8 hanketta.", "fi", ["contradicted"]),
        # To be responsible is not to answer; some are chosen to be looked at.
        ("Kymenlaakson hakijat vastasivat 4 hankkeesta.", "fi", ["contradicted"]),
        ("Kyselyyn vastasi 4 hanketta.", "fi", ["not_derivable"]),
        # These projects have no applicants: so many of them are no projects.
        ("Hankkeita toteutti 4 eri hakijaa.", "fi", ["not_derivable"]),
        ("Tapaustutkimukseen valitaan 5 hanketta.", "fi", ["not_derivable"]),
        ("Kvaliteten utreddes med ett stickprov på 5 projekt.", "sv", ["not_derivable"]),
        ("It was decided to choose 5 projects for the case study.", "en", ["not_derivable"]),
    ],
)  # fmt: skip
def test_minutes_and_numbered_paragraphs(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


def test_a_period_may_be_called_new(portfolio: Portfolio, tmp_path: Path) -> None:
    # Two of the six began in the former period.
    periods = ["2007-2013"] * 2 + ["2014-2020"] * 4
    projects = portfolio.projects.assign(programme_period=periods)
    made = Proofer(Portfolio({**portfolio.tables, "projects": projects}, Path.cwd()))
    text = "Edellinen kausi (07–13): 2 hanketta, uusi kausi (14–20): {}."
    assert of_text(made, tmp_path, text.format(4), "fi") == ["equal", "equal"]
    assert of_text(made, tmp_path, text.format(5), "fi") == ["equal", "contradicted"]
    # Of axis 1 two are of the former period and one of the new one.
    text = "Toimintalinjalla 1 oli {} hanketta."
    verdicts = [of_text(made, tmp_path, text.format(n), "fi") for n in (3, 2, 4)]
    assert verdicts == [["equal"], ["ambiguous"], ["contradicted"]]
    text = "Kaudella 2007–2013 toimintalinjalla 1 oli 2 hanketta."
    assert of_text(made, tmp_path, text, "fi") == ["equal"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("{} oli vain yksi hanke.", "fi"),
        ("I {} fanns bara ett projekt.", "sv"),
        ("In {} there was only one project.", "en"),
    ],
)
def test_only_one_is_a_count(proofer: Proofer, tmp_path: Path, text: str, lang: str) -> None:
    # Uusimaa has one project, Lapland two.
    places = {"fi": ("Uudellamaalla", "Lapissa"), "sv": ("Nyland", "Lappland")}
    found = [
        of_text(proofer, tmp_path, text.format(name), lang)
        for name in places.get(lang, ("Uusimaa", "Lapland"))
    ]
    assert found == [["equal"], ["contradicted"]]


def test_means_and_rates_of_one_of_many_groups(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As of thousands of applicants: three regions are more than two.
    for module in (figures, made_figures):
        monkeypatch.setattr(module, "MANY", 2)
    of_many = Proofer(portfolio)
    text = (
        "Lapissa hankkeiden suunnitellun rahoituksen keskiarvo oli {} euroa ja "
        "käyttöaste 60 prosenttia."
    )
    # Lapland: 100,000 and 300,000 planned, 240,000 of it realised.
    assert of_text(of_many, tmp_path, text.format("200 000"), "fi") == ["equal", "equal"]
    assert of_text(of_many, tmp_path, text.format("210 000"), "fi") == ["contradicted", "equal"]


def test_a_number_is_of_all_groups_that_its_sentence_names(
    proofer: Proofer, tmp_path: Path
) -> None:
    # Axis 1 has three projects, two of them in Lapland.
    text = "Lapissa toimintalinjalla 1 oli {} hanketta."
    found = [of_text(proofer, tmp_path, text.format(n), "fi") for n in (2, 3, 4)]
    assert found == [["equal"], ["ambiguous"], ["contradicted"]]


def test_projects_without_sums_are_counted_in_two_groups_together(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    bare = {**portfolio.tables, "funding": columns.frame("funding", [])}
    # It had been a failure of the program.
    text = "Lapissa toimintalinjalla 1 oli {} hanketta."
    made_of = Proofer(Portfolio(bare, Path.cwd()))
    assert of_text(made_of, tmp_path, text.format(2), "fi") == ["equal"]
    assert of_text(made_of, tmp_path, text.format(4), "fi") == ["contradicted"]


def test_the_line_right_above_a_table_is_its_title(proofer: Proofer, tmp_path: Path) -> None:
    text = (
        "Liite. Julkinen rahoitus maakunnittain, 1 000 €\n\n"
        "| Maakunta | Suunniteltu | Toteutunut |\n|---|---|---|\n| Lappi | 420 | 240 |\n"
        "| Uusimaa | 1 200 | 1 100 |\n| Kymenlaakso | 900 | 846 |\n| Yhteensä | 2 500 | 2 186 |\n"
    )
    table = held(proofer, tmp_path, text)
    wrong = table[table["verdict"] == "contradicted"]
    assert list(zip(wrong["text"], wrong["expected"], strict=True)) == [("420", 400_000)]


def test_rounded_parts_may_make_another_whole(proofer: Proofer, tmp_path: Path) -> None:
    # 1.44 and 1.44 are 2.88: 1.4 and 1.4 make 2.9, and not 3.0. Things counted are not rounded.
    text = "| Väline | {} |\n|---|---|\n| Sakset | {} |\n| Kynät | {} |\n| Yhteensä | {} |\n"
    for cells, verdict in (
        (("M€", "1,4", "1,4", "2,9"), "equal"),
        (("M€", "1,4", "1,4", "3,0"), "contradicted"),
        (("Kpl", "14", "14", "29"), "contradicted"),
    ):
        assert held(proofer, tmp_path, text.format(*cells))["verdict"].iloc[-1] == verdict


def test_numbers_between_two_ends_have_one_unit() -> None:
    ends = numbers.find("Kestot olivat 6 ja 36 kuukauden välillä.", "fi")
    assert [(n.value, n.noun, n.end_of) for n in ends] == [
        (6, "kuukauden", "min"),
        (36, "kuukauden", "max"),
    ]
    ends = numbers.find("It was between 5,000 and 20,000 euros.", "en")
    assert [(n.value, n.unit) for n in ends] == [(5000, "eur"), (20_000, "eur")]


def test_a_sum_that_was_not_updated_is_a_slip_of_the_whole(
    proofer: Proofer, tmp_path: Path
) -> None:
    # 2,186,411 without the 1,100,000 of Uusimaa; the other is no sum of any of them.
    for actual, found in (("1 086 411", "contradicted"), ("1 046 411", "not_derivable")):
        text = f"Hankkeissa käytettiin julkista rahoitusta {actual} euroa."
        assert of_text(proofer, tmp_path, text, "fi") == [found]


def test_two_numbers_of_a_cell_are_planned_and_actual_in_their_order(
    proofer: Proofer, tmp_path: Path
) -> None:
    text = """
| | |
|---|---|
| Region | Lapland |
| Participants, planned and actual | {} |
| Public funding, planned and actual | €400,000 / €240,000 |
"""
    for pair, found in (("100 / 89", ["equal"] * 4), ("89 / 89", ["contradicted", *["equal"] * 3])):
        assert of_text(proofer, tmp_path, "# Lapland\n" + text.format(pair), "en") == found


def test_what_stands_around_our_charts_is_known_when_they_are_drawn(
    portfolio: Portfolio, proofer: Proofer
) -> None:
    made = Printed(portfolio, "fi")
    made.ours = True
    title = "Kuusi hanketta käytti 2,9 milj. euroa suunnitellusta 2,5 milj. eurosta (87,5 %)"
    passage = Passage(title, "fi", proofer._names)
    own = made.sentence(passage, passage.numbers, charts=True)
    # 2,186,411 of 2,500,000.
    assert own is not None
    assert [n.value for n in own] == [6, 2_200_000, 2_500_000, 87.5]


def test_a_level_of_confidence_is_no_figure() -> None:
    [level] = numbers.find("Cliffs delta och dess 95-procentiga konfidensintervall", "sv")
    assert level.why == "level"


@pytest.mark.parametrize(
    ("text", "value", "fits"),
    [
        ("käyttöaste oli 100 prosenttia", 99.6, True),
        ("käyttöaste oli 100 prosenttia", 99.4, False),
        ("käyttöaste oli noin 100 prosenttia", 98.0, True),
        # A sum to the euro is rounded; one in millions is not under what it is said to be under.
        ("alle 321 284 euroa", 321_284.5, True),
        ("alle 609 800 euroa", 609_800.25, True),
        ("alle 609 800 euroa", 609_801.0, False),
        ("yli 321 285 euroa", 321_284.5, True),
        ("alle 321 284 euroa", 321_285.0, False),
        ("alle 1,2 milj. euroa", 1_210_000.0, False),
        ("0,77 milj. e", 770_000.0, True),
    ],
)
def test_how_far_a_number_reaches(text: str, value: float, fits: bool) -> None:
    [number] = numbers.find(text, "fi")
    assert number.fits(value) is fits


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # A count that no word calls planned is one of what came of it: 450 were planned.
        ("Hankkeissa oli 431 osallistujaa.", "fi", ["equal"]),
        ("Hankkeissa oli 450 osallistujaa.", "fi", ["ambiguous"]),
        ("Projekten hade 450 deltagare, färre än planerat.", "sv", ["ambiguous"]),
        ("Kymenlaakso had 150 participants, as planned.", "en", ["ambiguous"]),
        ("Osallistujia tavoiteltiin 450, ja heitä oli 431.", "fi", ["equal", "equal"]),
        ("Osallistujia tavoiteltiin 431, ja heitä oli 450.", "fi", ["contradicted"] * 2),
        ("Hankkeessa S3 oli 200 osallistujaa, kun tavoite oli 190.", "fi", ["ambiguous"] * 2),
        ("Osallistujatavoitteeksi oli asetettu 450 henkilöä; toteuma oli 431 henkilöä.", "fi",
         ["equal", "equal"]),
        # The ends of a range, each with its unit.
        ("Hankkeiden suunniteltu rahoitus vaihteli 100 000 eurosta 1 200 000 euroon.", "fi",
         ["equal", "equal"]),
        ("Hankkeiden toteuma vaihteli 50 prosentista 98 prosenttiin.", "fi",
         ["not_derivable"] * 2),
    ],
)  # fmt: skip
def test_counts_without_a_stage_and_ranges_with_units(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: list[str]
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # Six projects are all: of Lapland, which a heading or a sentence before names, there are 2.
        ("# Lappi\nHankkeita oli {}.", "fi", "ambiguous"),
        ("# Lappland\nAntalet projekt var {}.", "sv", "ambiguous"),
        ("Lapland was the smallest. The region had {} projects.", "en", "ambiguous"),
        # A period is of the axis of the heading: one of its projects, and all of them, are three.
        ("# Toimintalinja 1\nKaudella 2014–2020 hankkeita oli {}.", "fi", "ambiguous"),
        ("Hanke S1 oli pienin. Sille suunniteltiin rahoitusta 2 500 000 euroa.", "fi", "ambiguous"),
        # Of two that are named before neither is meant alone, and "all" is all.
        ("Lapissa oli hankkeita, samoin Kymenlaaksossa. Hankkeita oli {}.", "fi", "equal"),
        ("# Lappi\nKaikki hankkeet mukaan lukien hankkeita oli {}.", "fi", "equal"),
        # An office that no source names.
        ("Keskus Pohjolan Tuki hoiti {} hanketta.", "fi", "equal"),
    ],
)  # fmt: skip
def test_a_number_of_all_is_not_that_of_what_stands_above(
    proofer: Proofer, tmp_path: Path, text: str, lang: str, expected: str
) -> None:
    assert of_text(proofer, tmp_path, text.format(6), lang) == [expected]


def test_a_number_of_an_unknown_name_is_not_contradicted(proofer: Proofer, tmp_path: Path) -> None:
    text = "The Oulainen office ran {} projects."
    assert of_text(proofer, tmp_path, text.format(3), "en") == ["not_derivable"]
    assert of_text(proofer, tmp_path, "There were 3 projects.", "en") == ["contradicted"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Hankkeista 5 valittiin tarkempaan tarkasteluun.", "fi"),
        ("Viidellä hankkeella on alkamispäivä.", "fi"),
        ("Viiden hankkeen tilaa ei tunneta.", "fi"),
        ("Fem projekt granskades närmare.", "sv"),
        ("Five of the projects were aimed at young people.", "en"),
        ("Hankkeita, jotka kohdistuivat nuoriin: 5.", "fi"),
    ],
)
def test_some_of_all_projects_may_be_fewer(
    proofer: Proofer, tmp_path: Path, text: str, lang: str
) -> None:
    assert of_text(proofer, tmp_path, text, lang) == ["not_derivable"]


def test_large_projects_are_those_of_public_funding(portfolio: Portfolio, tmp_path: Path) -> None:
    first, second = portfolio.projects["project_code"].iloc[:2]
    sums = [(first, "public_total", 2e6), (first, "total", 3e6), (second, "total", 4e6)]
    rows: list[dict[str, object]] = [
        {"project_code": code, "measure": measure, "stage": "planned", "amount_eur": amount}
        for code, measure, amount in sums
    ]
    tables = {**portfolio.tables, "funding": columns.frame("funding", rows)}
    with_total = Proofer(Portfolio(tables, Path.cwd()))
    text = "Vähintään miljoonan euron hankkeita oli {}."
    found = [of_text(with_total, tmp_path, text.format(n), "fi") for n in (1, 2)]
    assert found == [["equal"], ["contradicted"]]


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_units_of_our_own_reports_are_known(lang: str) -> None:
    heads = load.words()["content"]["unit"]
    found = [unit_of(heads[size][lang].format(label="x")) for size in ("thousands", "millions")]
    assert found == [("eur", 1_000), ("eur", 1_000_000)]


def test_cells_of_other_data_beside_these_are_not_called_wrong(
    proofer: Proofer, tmp_path: Path
) -> None:
    text = (
        "# Differences: public funding\n\n| Figure | Figure, first side | Figure, second side |\n"
        "| --- | --- | --- |\n| Planned public funding, mean | €416,670 | €433,333 |\n"
        "| Planned public funding, median | €275,001 | €225,000 |\n"
    )
    assert "contradicted" not in of_text(proofer, tmp_path, text, "en")


def test_a_table_is_of_what_its_caption_names_if_most_cells_are(
    proofer: Proofer, tmp_path: Path
) -> None:
    # Of axis 1 there are S1 and S2 in Lapland and S5 in Kymenlaakso, which has three of all axes.
    text = "Taulukko 1. Toimintalinja 1\n\n| Maakunta | Hankkeita |\n|---|---|\n| Lappi | 2 |\n"
    wrong = held(proofer, tmp_path, text + "| Kymenlaakso | 3 |\n")
    assert verdicts(wrong)[-2:] == [("2", "equal"), ("3", "contradicted")]
    right = held(proofer, tmp_path, text + "| Kymenlaakso | 1 |\n")
    assert verdicts(right)[-2:] == [("2", "equal"), ("1", "equal")]
