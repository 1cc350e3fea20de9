"""Columns of statistics are those declared, with their dtypes and names in three languages."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import esrdata
from esrdata import Portfolio, UsageError, stats
from esrdata.knowledge import load
from esrdata.present.written import KINDS
from esrdata.samples.maker import write

BY = "programme_period"
# How each statistic is made, and how many columns of groups it has.
MADE: dict[str, tuple[Callable[[Portfolio], pd.DataFrame], int]] = {
    "absorption": (lambda p: stats.absorption(p, by=BY), 1),
    "ratios": (stats.ratios, 0),
    "planned_and_realised": (lambda p: stats.planned_and_realised(p, by=BY), 1),
    "rates": (stats.rates, 3),
    "types_and_sizes": (stats.types_and_sizes, 1),
    "extensions": (stats.extensions, 0),
    "constant_prices": (lambda p: stats.constant_prices(p, 2020, by=BY), 1),
    "per_inhabitant": (lambda p: stats.per_inhabitant(p, 2009), 0),
    "concentration": (stats.concentration, 1),
    "participants": (lambda p: stats.participants(p, by=BY), 1),
    "participant_pairs": (stats.participant_pairs, 0),
    "indicators": (lambda p: stats.indicators(p, by=BY), 1),
    "stated_participants": (
        lambda p: stats.stated_participants(p).drop(columns="final_report"),
        0,
    ),
    "unknown_units": (stats.unknown_units, 0),
    "sustainability_profile": (lambda p: stats.sustainability_profile(p, by=BY), 1),
    "sustainability_scores": (stats.sustainability_scores, 0),
    "horizontal_answers": (lambda p: stats.horizontal_answers(p, by=BY), 1),
    "locations_summary": (stats.locations_summary, 0),
    "timeline": (stats.timeline, 0),
    "status_by_year": (stats.status_by_year, 0),
    "coverage": (stats.coverage, 1),
    "compare_groups": (lambda p: stats.compare_groups(p, "duration_days", BY), 2),
    "compare": (lambda p: stats.compare(p, by=BY), 0),
    "differences": (lambda p: stats.differences(stats.compare(p, by=BY)), 0),
    "associations": (lambda p: stats.associations(p, "duration_days", "partner_count", min_n=4), 0),
    "peers": (lambda p: stats.peers(p, "S90001"), 0),
    "amendments": (lambda p: stats.amendments(p, p), 0),
    "plausibility": (stats.plausibility, 0),
    "doubtful": (stats.doubtful, 0),
    "sample_cases": (lambda p: stats.sample_cases(p, 9), 3),
    "without_doubtful": (stats.without_doubtful, 0),
}


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    folder: Path = tmp_path_factory.mktemp("sample")
    write(folder, projects=40, short=True, seed=2)
    return esrdata.read(folder)


@pytest.mark.parametrize("name", MADE)
def test_a_statistic_has_the_columns_declared(name: str, portfolio: Portfolio) -> None:
    make, groups = MADE[name]
    table = make(portfolio).iloc[:, groups:]
    declared = stats.columns(name)
    assert list(table) == declared["column"].tolist()
    assert [str(dtype) for dtype in table.dtypes] == declared["dtype"].tolist()


@pytest.mark.parametrize("name", MADE)
def test_a_statistic_says_how_it_was_made(name: str, portfolio: Portfolio) -> None:
    table = MADE[name][0](portfolio)
    call = table.attrs["call"]
    assert call["statistic"] == name
    assert {argument for argument in call["portfolios"] if argument != "portfolio"} <= {
        "before",
        "after",
        "portfolios",
    }
    for argument, value in call["arguments"].items():
        assert value is not None, argument
    # Nothing was done to it but, for some, a column left out.
    assert stats.state(table) == "intact"
    assert json.loads(json.dumps(table.attrs)) == table.attrs


def test_every_statistic_is_declared() -> None:
    # These give no table of figures, or the claims of the contract.
    others = {"Population", "columns", "write_review", "read_review", "accepted_claims"}
    others |= {"portfolio_of", "recompute", "sample_protocol", "state", "trace"}
    assert {*stats.__all__} - others == {*MADE} == set(load.statistics()["columns"])


def test_every_column_has_a_name_in_three_languages_in_one_place() -> None:
    table = stats.columns()
    labels = [f"label_{lang}" for lang in load.LANGUAGES]
    assert table[labels].notna().all(axis=None)
    assert (table[labels].apply(lambda column: column.str.len()) > 0).all(axis=None)
    # Two columns of one statistic are not called the same.
    for label in labels:
        assert not table.duplicated(["statistic", label]).any(), label
    ours = set(load.statistics()["labels"])
    # Columns that `stated_participants` has with a reviewer's decisions only.
    decided = {"stated", "n_accepted", "n_rejected"}
    # Columns of what a chart draws, in sheets of figures.
    drawn = {"part", "measured", "date", "from_percent", "to_percent"}
    assert ours <= set(table["column"]) | decided | drawn
    assert not ours & {*load.words()["column"], *load.words()["content"]["label"]}


def test_sums_of_other_projects_have_another_name() -> None:
    # Planned sums of those that state both stand beside the number of those that plan.
    names = stats.columns("planned_and_realised").set_index("column")["label_en"]
    assert (names["planned"], names["planned_all"]) == (
        "Planned, where both are known",
        "Planned, all known sums",
    )
    assert stats.columns("absorption").set_index("column")["label_en"]["planned"] == "Planned"


def test_reports_know_how_to_write_every_unit() -> None:
    units = load.statistics()["units"]
    assert {unit["kind"] for unit in units.values()} <= {*KINDS}
    assert set(stats.columns()["unit"]) == set(units)


def test_a_statistic_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="no statistic 'absorbtion'; the nearest is 'absorption'"):
        stats.columns("absorbtion")
