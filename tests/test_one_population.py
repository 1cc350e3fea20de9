"""One population by every function: figures of one name are about the same projects."""

import inspect

import pandas as pd
import pytest
from test_population import portfolio
from test_stats_money import portfolio as of_sums

import esrdata
from esrdata import Population, UsageError, stats
from esrdata.cli import population as cli
from esrdata.knowledge import load
from esrdata.present.population import about, narrowed
from esrdata.tables.overview import population_of

FIGURE = "public_total_absorption"
# Ended with exact sums, planned above zero: S1 0.8, S4 1, S10 -0.05 of ESR, S3 1.05 of EAKR.
RATIOS = {"S1": 0.8, "S3": 1.05, "S4": 1.0, "S10": -0.05}


def figure(name: str, **more: Population) -> dict[str, float]:
    rows = portfolio_with_partners().overview(**more)[["project_code", name]].dropna()
    return dict(zip(rows["project_code"], rows[name], strict=True))


def portfolio_with_partners() -> esrdata.Portfolio:
    """The projects of test_population with every table that the overview takes."""
    return whole(portfolio())


def whole(found: esrdata.Portfolio) -> esrdata.Portfolio:
    missing = {
        name: esrdata.tables.columns.frame(name, [])
        for name in load.table_specs()
        if name not in found.tables and name not in ("overview", "contacts")
    }
    return esrdata.Portfolio({**found.tables, **missing}, found.base)


def test_absorption_is_about_the_same_projects_by_every_function() -> None:
    found = portfolio_with_partners()
    assert figure(FIGURE) == pytest.approx(RATIOS)
    ratios = stats.ratios(found)
    assert dict(zip(ratios["project_code"], ratios["ratio"], strict=True)) == pytest.approx(RATIOS)
    by_fund = stats.absorption(found, "fund")
    assert by_fund["n"].tolist() == [1, 3, 0]
    compared = stats.compare_groups(found, FIGURE, "fund", min_n=2)
    # Three of ESR and one of EAKR are too few to compare, and they are these.
    assert "the largest have n = 3, 1" in compared.attrs["why_empty"]
    assert compared.attrs["population_spec"] == by_fund.attrs["population_spec"]
    out = {row["reason"]: row["n"] for row in compared.attrs["exclusions"]}
    assert out["The status is not among those selected."] == 1
    assert out["The status is missing."] == 1
    pairs = stats.associations(found, FIGURE, "public_total_realised")
    assert pairs["n"].tolist() == [4]
    assert pairs.attrs["figures"] == {FIGURE: by_fund.attrs["population_spec"]}
    places = stats.peers(found, "S1", measures=[FIGURE], min_n=1)
    # S1 states its period and fund; S2 alone has both, and it runs.
    assert places[["n"]].to_numpy().tolist() == [[0]]
    assert places["value"].tolist() == [0.8]


def test_a_share_paid_so_far_is_of_those_that_have_not_ended() -> None:
    # S2 runs, 30 of 100; the status of S5 is not known, 50 of 100.
    assert figure("public_total_paid_share") == {"S2": 0.3, "S5": 0.5}


def test_every_status_of_the_shelf_has_one_of_the_two_names() -> None:
    absorption, paid = (population_of(f"total_{name}") for name in ("absorption", "paid_share"))
    assert absorption is not None
    assert paid is not None
    assert not {*absorption.statuses} & {*paid.statuses}
    codes = {row["code"] for row in load.codes("status")}
    assert {*absorption.statuses, *paid.statuses} == {*codes, "missing"}
    assert population_of("duration_days") is None


def test_a_population_that_asks_for_no_status_leaves_absorption_to_ended_projects() -> None:
    found = portfolio_with_partners()
    esr = Population(funds="ESR")
    assert figure(FIGURE, population=esr) == pytest.approx({"S1": 0.8, "S4": 1.0, "S10": -0.05})
    assert stats.absorption(found, population=esr)["n"].tolist() == [3]
    # The rough sum of S6 too, where such sums are asked for.
    rough = Population(exact=False)
    assert figure(FIGURE, population=rough) == pytest.approx({**RATIOS, "S6": 0.9})
    assert stats.absorption(found, population=rough)["n"].tolist() == [5]
    # All statuses by name: running ones have an absorption because somebody asked for it.
    everyone = Population(statuses=["running", "ended", "interrupted", "missing"])
    assert len(figure(FIGURE, population=everyone)) == 6
    assert stats.absorption(found, population=everyone)["n"].tolist() == [6]
    assert stats.absorption(found, status=None)["n"].tolist() == [6]
    assert stats.compare_groups(found, FIGURE, "fund", min_n=1 + 1, population=everyone).attrs[
        "population_spec"
    ]["statuses"] == ["ended", "interrupted", "missing", "running"]


def test_sums_of_two_measures_are_both_asked_for() -> None:
    asked = Population(measure="total")
    assert figure(FIGURE, population=asked) == {}


def test_an_overview_of_a_population_has_its_projects_only() -> None:
    table = portfolio_with_partners().overview(population=Population("running"))
    assert table["project_code"].tolist() == ["S2"]
    assert table.attrs["population_spec"]["statuses"] == ["running"]
    assert table.index.tolist() == [0]


@pytest.mark.parametrize(
    ("statistic", "arguments"),
    [
        ("participants", {}),
        ("participant_pairs", {}),
        ("indicators", {}),
        ("concentration", {}),
        ("sustainability_profile", {}),
        ("sustainability_scores", {}),
        ("horizontal_answers", {}),
        ("locations_summary", {}),
        ("timeline", {}),
        ("status_by_year", {}),
        ("coverage", {}),
        ("stated_participants", {}),
        ("unknown_units", {}),
        ("planned_and_realised", {}),
        ("absorption", {}),
        ("ratios", {}),
        ("associations", {"x": "duration_days", "y": "partner_count"}),
        ("compare_groups", {"value": "duration_days", "by": "fund"}),
        ("peers", {"code": "S1"}),
        ("extensions", {}),
    ],
)
def test_every_statistic_takes_a_population_and_says_so(statistic: str, arguments: dict) -> None:
    asked = Population(periods="2007-2013")
    table = getattr(stats, statistic)(portfolio_with_partners(), **arguments, population=asked)
    assert table.attrs["population_spec"]["periods"] == ["2007-2013"]
    assert "programming period 2007–2013" in table.attrs["population"]
    if statistic != "peers":
        told = {row["reason"]: row["n"] for row in table.attrs["exclusions"]}
        # S4 has no period; six are of the later one.
        assert told["The programming period is missing."] == 1
        assert told["The programming period is not among those selected."] == 6
    assert table.attrs["call"]["arguments"]["population"] == asked.as_json()


def test_figures_of_a_population_are_those_of_a_portfolio_of_its_projects_alone() -> None:
    found = portfolio_with_partners()
    alone = esrdata.Portfolio(
        {
            name: table[table["project_code"].isin(["S1", "S2", "S3"])]
            if "project_code" in table
            else table
            for name, table in found.tables.items()
        },
        found.base,
    )
    asked = Population(periods="2007-2013")
    for statistic in ("planned_and_realised", "participants", "coverage", "concentration"):
        function = getattr(stats, statistic)
        pd.testing.assert_frame_equal(function(found, population=asked), function(alone))


def test_peers_share_an_authority_however_it_is_spelt() -> None:
    found = portfolio_with_partners()
    projects = found.projects
    names = ["Hämeen ELY-keskus", "HÄMEEN ELY-KESKUS", "Lapin liitto"]
    projects["authority"] = pd.array([*names, *names, *names, names[0]], dtype="string")
    tables = {k: t for k, t in found.tables.items() if not k.startswith("organisation")}
    # Without tables of organisations they are made anew.
    again = esrdata.Portfolio(tables, found.base)
    table = stats.peers(again, "S1", measures=["public_total_planned"], min_n=1)
    # S2 has the period, the fund and the size band of S1; its authority is spelt otherwise.
    assert table.attrs["given_up"] == []
    assert table.attrs["n_peers"] == 1


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("fi", "rahasto on muu kuin ehdoissa"),
        ("sv", "fonden är en annan än i villkoren"),
        ("en", "the fund is not among those selected"),
    ],
)
def test_a_report_of_a_population_says_who_is_out(lang: str, sentence: str) -> None:
    found, asked = portfolio_with_partners(), Population(funds="EAKR")
    (text,) = about(found, asked, lang)
    others = int((found.projects["fund"] != "EAKR").sum())
    # One without a fund is out for another reason.
    assert f"{sentence} ({others})" in text
    kept = narrowed(found, asked)
    assert set(kept.projects["fund"]) == {"EAKR"}
    assert set(kept.funding["project_code"]) <= set(kept.projects["project_code"])
    assert narrowed(found, None) is found


def test_conditions_of_the_command_line() -> None:
    assert cli.population_of(()) is None
    assert cli.population_of(
        ("funds=ESR,EAKR", "measure=public_total", "negative=no")
    ) == Population(funds=("ESR", "EAKR"), measure="public_total", negative=False)
    for wrong in ("funds", "fund=ESR", "negative=maybe"):
        with pytest.raises(UsageError):
            cli.population_of((wrong,))


def test_two_funds_have_one_answer_by_four_functions() -> None:
    sums = [(100, share) for share in (50, 60, 70, 80, 90)] + [
        (100, share) for share in (55, 65, 95, 96, 97)
    ]
    # One runs and one has nothing planned: neither counts, in any of them.
    sums += [(100, 1), (0, 5)]
    found = whole(
        of_sums(
            sums,
            fund=["ESR"] * 5 + ["EAKR"] * 5 + ["ESR", "EAKR"],
            programme_period=["2007-2013"] * 12,
            status_code=["ended"] * 10 + ["running", "ended"],
        )
    )
    absorption = stats.absorption(found, by="fund").set_index("fund")
    assert absorption["n"].to_dict() == {"EAKR": 5, "ESR": 5}
    assert absorption["median_ratio"].to_dict() == {"EAKR": 0.95, "ESR": 0.7}
    (pair,) = stats.compare_groups(found, FIGURE, "fund").to_dict("records")
    assert (pair["group_a"], pair["n_a"], pair["median_a"]) == ("EAKR", 5, 0.95)
    assert (pair["group_b"], pair["n_b"], pair["median_b"]) == ("ESR", 5, 0.7)
    # Of 25 pairs the one of the ERDF is the greater in 1 (55) + 2 (65) + 5 + 5 + 5 = 18.
    assert pair["cliffs_delta"] == pytest.approx((18 - 7) / 25)
    sides = stats.compare(found, by="fund").set_index("side")
    assert sides["n"].to_dict() == {"EAKR": 5, "ESR": 5}
    assert sides["median"].to_dict() == {"EAKR": 0.95, "ESR": 0.7}
    ratios = stats.ratios(found, by="fund")
    assert sorted(ratios["ratio"]) == sorted(b / a for a, b in sums[:10])
    about = [
        table.attrs["population_spec"]
        for table in (
            absorption,
            ratios,
            stats.compare_groups(found, FIGURE, "fund"),
            stats.compare(found, by="fund"),
        )
    ]
    assert all(one == about[0] for one in about)


@pytest.mark.parametrize("name", sorted({*stats.__all__} - {"Population"}))
def test_a_statistic_takes_a_population_or_says_why_not(name: str) -> None:
    function = getattr(stats, name)
    takes = "population" in inspect.signature(function).parameters
    explained = "Takes no `population`: " in (function.__doc__ or "")
    assert takes != explained
