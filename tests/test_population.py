"""Populations: whom a figure is about, worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import esrdata
from esrdata import Population, Portfolio, UsageError, stats
from esrdata.knowledge import load
from esrdata.knowledge.opening import open_shelf
from esrdata.knowledge.shelf import using
from esrdata.tables import columns

# Code, period, fund, status, planned, realised, qualifier of the realised sum.
PROJECTS: list[tuple[Any, ...]] = [
    ("S1", "2007-2013", "ESR", "ended", 100, 80, "exact"),
    ("S2", "2007-2013", "ESR", "running", 100, 30, "exact"),
    ("S3", "2007-2013", "EAKR", "ended", 200, 210, "exact"),
    ("S4", None, "ESR", "ended", 100, 100, "exact"),
    ("S5", "2014-2020", None, None, 100, 50, "exact"),
    ("S6", "2014-2020", "ESR", "ended", 100, 90, "about"),
    ("S7", "2014-2020", "ESR", "ended", 0, 10, "exact"),
    ("S8", "2014-2020", "ESR", "ended", None, 10, "exact"),
    ("S9", "2014-2020", "ESR", "ended", 100, None, "exact"),
    ("S10", "2014-2020", "ESR", "ended", 100, -5, "exact"),
]


def portfolio(rows: list[tuple[Any, ...]] = PROJECTS) -> Portfolio:
    names = ("project_code", "programme_period", "fund", "status_code")
    projects = [dict(zip(names, row[:4], strict=True)) for row in rows]
    funding = [
        {"project_code": row[0], "measure": "public_total", "stage": stage, "amount_eur": amount}
        | {"qualifier": row[6] if stage == "realised" else "exact"}
        for row in rows
        for stage, amount in (("planned", row[4]), ("realised", row[5]))
        if amount is not None
    ]
    tables = {
        "projects": columns.frame("projects", projects),
        "funding": columns.frame("funding", funding),
        "locations": columns.frame("locations", []),
    }
    return Portfolio(tables, Path.cwd())


def counted(population: Population) -> list[str]:
    members = population.members(portfolio())
    return [code[1:] for code in members.loc[members["reason"].isna(), "project_code"]]


def reasons(population: Population) -> dict[str, str]:
    members = population.members(portfolio()).dropna()
    return dict(zip(members["project_code"], members["reason"], strict=True))


@pytest.mark.parametrize(
    ("population", "codes"),
    [
        (Population(), "1 2 3 4 5 6 7 8 9 10"),
        (Population(statuses="ended"), "1 3 4 6 7 8 9 10"),
        (Population(statuses=["running", "missing"]), "2 5"),
        (Population(periods="2007-2013"), "1 2 3"),
        (Population(funds=("ESR",)), "1 2 4 6 7 8 9 10"),
        (Population(measure="public_total"), "1 2 3 4 5 10"),
        (Population(measure="public_total", exact=False), "1 2 3 4 5 6 10"),
        (Population(measure="public_total", negative=False), "1 2 3 4 5"),
        # Asked with a measure only: without one no sum is looked at.
        (Population(exact=False, negative=False), "1 2 3 4 5 6 7 8 9 10"),
        (Population("ended", "public_total", periods="2007-2013", funds="EAKR"), "3"),
        (Population(measure="total"), ""),
    ],
)
def test_who_counts(population: Population, codes: str) -> None:
    assert counted(population) == codes.split()


def test_each_project_is_out_by_the_first_reason() -> None:
    everything = Population("ended", "public_total", True, False, ["2007-2013", "2014-2020"])
    assert reasons(everything) == {
        "S2": "The status is not among those selected.",
        # Neither is its status known, but the period comes first.
        "S4": "The programming period is missing.",
        "S5": "The status is missing.",
        "S6": "A sum is not stated exactly.",
        "S7": "The planned sum is zero or negative.",
        "S8": "The planned sum is missing.",
        "S9": "The actual sum is missing.",
        "S10": "The actual sum is below zero.",
    }
    told = everything.members(portfolio()).attrs["exclusions"]
    assert [row["n"] for row in told] == [1, 0, 1, 1, 1, 1, 1, 1, 1]
    assert reasons(Population(funds="EAKR"))["S5"] == "The fund is missing."


def test_a_reason_that_nobody_has_is_counted_as_zero() -> None:
    told = Population(funds=["ESR", "EAKR"]).members(portfolio()).attrs["exclusions"]
    assert told == [
        {"reason": "The fund is missing.", "n": 1},
        {"reason": "The fund is not among those selected.", "n": 0},
    ]


def test_the_same_conditions_are_one_population() -> None:
    one, other = (
        Population(statuses=codes) for codes in (["running", "ended"], ("ended", "running"))
    )
    assert one == other
    assert len({one, other, Population(statuses="ended")}) == 2
    with pytest.raises(AttributeError):
        one.measure = "total"  # type: ignore[misc]
    assert repr(Population("ended", exact=False)) == "Population(statuses=('ended',), exact=False)"
    assert eval(repr(one)) == one
    assert Population.from_json(json.loads(json.dumps(one.as_json()))) == one


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ({"statuses": "end"}, "no status 'end'; the nearest is 'ended'"),
        ({"measure": "public"}, "no measure 'public'; the nearest is 'public_total'"),
        ({"periods": "2007-2014"}, "no programming period '2007-2014'; the nearest is '2007-2013'"),
        ({"funds": ["ESR", "EKAR"]}, "no fund 'EKAR'; the nearest is 'EAKR'"),
    ],
)
def test_a_code_that_is_none_has_the_nearest_one_named(spec: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        Population(**spec).members(portfolio())
    with pytest.raises(UsageError, match=sentence):
        print(Population(**spec))


@pytest.mark.parametrize("spec", [{"statuses": []}, {"funds": [1]}, {"exact": 1}, {"measure": 3}])
def test_a_field_of_another_kind_is_refused(spec: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Population(**spec)
    with pytest.raises(UsageError, match="no condition 'status'; the nearest is 'statuses'"):
        Population.from_json({"status": "ended"})


def test_the_sentence_has_every_condition_in_three_languages() -> None:
    population = Population(
        ["missing", "ended"], "public_total", False, False, ["2007-2013"], "ESR"
    )
    assert Population().sentence("fi") == "Hankkeita ei ole rajattu ehdoilla."
    assert population.sentence("fi") == (
        "Mukana ovat hankkeet, jotka täyttävät nämä ehdot: ohjelmakausi 2007–2013; "
        "rahasto on Euroopan sosiaalirahasto; hanke on päättynyt tai on tilaltaan tuntematon; "
        "julkinen rahoitus yhteensä: suunniteltu ja toteutunut summa on ilmoitettu ja suunniteltu "
        "on yli nolla euroa; myös likimääräiset summat; toteutunut summa ei ole negatiivinen."
    )
    parts = {lang: population.sentence(lang).count(";") for lang in load.LANGUAGES}
    assert parts == {"fi": 5, "sv": 5, "en": 5}


def test_statistics_are_about_the_population_given() -> None:
    found = portfolio()
    # 80 of 100 and 210 of 200; the project of the other period and the rough sum are out.
    asked = Population("ended", periods="2007-2013")
    table = stats.absorption(found, population=asked)
    assert table[["n", "n_excluded", "planned", "realised"]].to_numpy().tolist() == [
        [2, 8, 300, 290]
    ]
    assert table.attrs["population_spec"] == {
        "statuses": ["ended"],
        "measure": "public_total",
        "exact": True,
        "negative": True,
        "periods": ["2007-2013"],
        "funds": None,
    }
    assert len(stats.ratios(found, population=asked)) == 2
    # The rough sum counts where it is asked for.
    rough = Population("ended", exact=False)
    assert stats.absorption(found, population=rough)["n"].tolist() == [5]
    sums = stats.planned_and_realised(found, population=asked)
    assert sums[["n", "planned", "realised"]].to_numpy().tolist() == [[2, 300, 290]]
    assert sums.attrs["exclusions"][0] == {"reason": "The programming period is missing.", "n": 1}
    assert stats.planned_and_realised(found)["n"].tolist() == [10]
    # 80 + 30 + 210 + 100 + 50 + 10 − 5, with the rough 90 where such sums are taken.
    for population, realised in ((Population(), 475), (Population(exact=False), 565)):
        table = stats.planned_and_realised(found, population=population)
        assert table["realised"].tolist() == [realised]


def test_sums_of_another_measure_than_the_population_are_asked_for_too() -> None:
    found = portfolio()
    asked = Population("ended", measure="public_total")
    table = stats.absorption(found, measure="total", population=asked)
    assert table["n"].tolist() == [0]
    told = {row["reason"]: row["n"] for row in table.attrs["exclusions"]}
    # Five ended ones have no such sum of public funding or a rough one; the others no total.
    assert told["The planned sum is missing."] == 1 + 4
    assert sum(told.values()) == 10


def test_a_population_and_a_status_beside_it_are_refused() -> None:
    with pytest.raises(UsageError, match="not as status beside it"):
        stats.absorption(portfolio(), status="ended", population=Population())
    with pytest.raises(UsageError, match=r"is an esrdata\.Population, not 'ended'"):
        stats.absorption(portfolio(), population="ended")  # type: ignore[arg-type]


def test_the_shelf_names_populations_that_can_be_used() -> None:
    assert stats.population.default("absorption") == Population(statuses="ended")
    for name in load.statistics()["populations"]:
        stats.population.default(name).members(portfolio())
        # One is of a figure of the overview only.
        assert name in load.statistics()["columns"] or name == "paid_share"


def test_no_projects_at_all() -> None:
    nobody = portfolio([])
    assert Population("ended", "public_total").members(nobody)["reason"].tolist() == []
    assert stats.absorption(nobody)["n"].tolist() == [0]


def test_members_keep_the_index_of_the_projects() -> None:
    found = portfolio()
    found.projects.index = pd.Index(range(100, 110))
    assert Population("running").members(found)["reason"].isna().idxmax() == 101


def test_the_name_is_that_of_the_package() -> None:
    assert esrdata.Population is stats.Population


def test_a_state_that_has_no_phrase_is_named_by_its_label(tmp_path: Path) -> None:
    codes = tmp_path / "codes" / "status.csv"
    codes.parent.mkdir()
    codes.write_text(
        "code,label_fi,label_sv,label_en\nplanned,Valmistelussa,Under beredning,In preparation\n",
        encoding="utf-8",
    )
    with using(open_shelf(tmp_path)):
        sentence = Population(["planned", "ended"]).sentence("fi")
    assert sentence.endswith("hanke on päättynyt tai on tilassa ”Valmistelussa”.")
