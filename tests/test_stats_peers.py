"""A project beside those most like it, worked out by hand."""

import json
from pathlib import Path

import pandas as pd
import pytest

from esrdata import Portfolio, UsageError
from esrdata.stats import peers
from esrdata.tables import columns

TABLES = ("projects", "funding", "indicators", "sustainability", "locations", "partners")
PLANNED = "public_total_planned"
LIKE = {
    "programme_period": "2014-2020",
    "fund": "ESR",
    "priority_axis": 5,
    "specific_objective": "10.1",
    "authority": "Häme",
}


def portfolio(rows: list[tuple[dict, float | None]], **more: list[dict]) -> Portfolio:
    """Projects S0, S1 and so on: what differs from LIKE, and the planned public funding."""
    tables = {
        "projects": [{**LIKE, **row, "project_code": f"S{i}"} for i, (row, _) in enumerate(rows)],
        "funding": [
            {
                "project_code": f"S{i}",
                "measure": "public_total",
                "stage": "planned",
                "amount_eur": amount,
            }
            for i, (_, amount) in enumerate(rows)
        ],
        **more,
    }
    names = (*TABLES, "provenance")
    return Portfolio({n: columns.frame(n, tables.get(n, [])) for n in names}, Path.cwd())


def one_row(found: Portfolio, min_n: int = 2, measure: str = PLANNED) -> tuple[dict, dict]:
    table = peers(found, "S0", measures=[measure], min_n=min_n)
    (row,) = table.to_dict("records")
    return {name: None if pd.isna(cell) else cell for name, cell in row.items()}, table.attrs


def test_the_place_among_peers() -> None:
    found = portfolio([({}, 70), ({}, 60), ({}, 70), ({}, 80), ({}, 90), ({"fund": "EAKR"}, 1)])
    row, said = one_row(found, 4)
    # Of 60, 70, 80, 90: one below and half of one equal: 1.5 / 4. Quartiles a quarter of three
    # steps from the ends: 60 + 0.75 · 10 and 80 + 0.25 · 10.
    assert row == {
        "measure": PLANNED,
        "value": 70,
        "n": 4,
        "percentile": 37.5,
        "median": 75,
        "q1": 67.5,
        "q3": 82.5,
        "median_low": None,
        "median_high": None,
    }
    assert said["n_peers"] == 4
    assert [part["name"] for part in said["alike"]] == [*LIKE, "size_band"]
    assert said["alike"][2] == {"name": "priority_axis", "value": 5}
    assert (said["given_up"], said["not_stated"]) == ([], [])
    assert said["exclusions"][0] == {"reason": "The project differs from the one compared.", "n": 1}
    assert "It is a place, not a grade." in said["method"]
    assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize(
    ("min_n", "given_up"),
    [
        (1, []),
        (2, ["size_band"]),
        (3, ["authority", "size_band"]),
        (4, ["specific_objective", "authority", "size_band"]),
        (5, ["priority_axis", "specific_objective", "authority", "size_band"]),
    ],
)
def test_the_circle_widens_step_by_step(min_n: int, given_up: list[str]) -> None:
    found = portfolio(
        [
            ({}, 10),
            ({}, 20),
            ({}, 60_000),
            ({"authority": "Lappi"}, 60_000),
            ({"authority": "Lappi", "specific_objective": "9.1"}, 10),
            ({"priority_axis": 4, "authority": None}, None),
            ({"fund": "EAKR"}, 10),
            ({"programme_period": "2021-2027"}, 10),
            ({"programme_period": None}, 10),
        ]
    )
    said = one_row(found, min_n)[1]
    assert said["given_up"] == given_up
    assert said["n_peers"] == min_n
    assert said["exclusions"][0]["n"] == 8 - min_n


def test_too_few_peers_are_not_compared_and_it_is_said() -> None:
    row, said = one_row(portfolio([({}, 10), ({}, 20), ({"fund": "EAKR"}, 30)]), 2)
    assert (row["value"], row["n"], row["percentile"], row["median"]) == (10, 1, None, None)
    assert said["n_peers"] == 1
    assert "Fewer than 2 peers were found, so nothing is compared." in said["method"]
    assert [part["name"] for part in said["alike"]] == ["programme_period", "fund"]


def test_a_value_that_was_not_read_has_no_place() -> None:
    found = portfolio([({}, None), ({}, 20), ({}, 40), ({}, None)])
    row, said = one_row(found)
    assert (row["value"], row["n"], row["percentile"]) == (None, 2, None)
    assert (row["median"], row["q1"], row["q3"]) == (30, 25, 35)
    # Without a sum there is no size band, which is then asked of nobody.
    assert said["not_stated"] == ["size_band"]
    assert (said["given_up"], said["n_peers"]) == ([], 3)


def test_what_the_project_does_not_state_is_not_asked() -> None:
    bare = dict.fromkeys(LIKE)
    found = portfolio([(bare, None), (bare, 1), ({}, 2)])
    row, said = one_row(found)
    assert (said["alike"], said["n_peers"], row["n"]) == ([], 2, 2)
    assert said["not_stated"] == [*LIKE, "size_band"]
    assert "nothing, for the project states none" in said["method"]


def test_measures_with_few_values_are_left_missing() -> None:
    rows = [
        {
            "project_code": f"S{i}",
            "indicator": "participants",
            "stage": stage,
            "total": total,
            "applicable": i != 2,
        }
        for i, total in enumerate([5, 3, 0, 8])
        for stage in ("planned", "realised")
    ]
    found = portfolio([({}, 10)] * 4, indicators=rows)
    row, said = one_row(found, 3, "participants_planned")
    # The zero of S2 is none, for participants do not apply.
    assert (row["value"], row["n"], row["percentile"]) == (5, 2, None)
    reason = "What is counted does not apply to the peer."
    assert said["exclusions"][1] == {"reason": reason, "n": 1}
    row, _ = one_row(found, 2, "participants_planned")
    assert (row["n"], row["percentile"], row["median"]) == (2, 50, 5.5)


def test_the_interval_of_the_median_is_of_the_peers() -> None:
    # Of nine peers ranks 2 and 8; the project itself, the greatest, is not among them.
    found = portfolio([({}, 99), *(({}, amount) for amount in range(11, 20))])
    row, _ = one_row(found)
    assert (row["median_low"], row["median_high"]) == (12, 18)


def test_the_usual_measures_and_their_dtypes() -> None:
    table = peers(portfolio([({}, 10)] * 3), "S1", min_n=2)
    assert list(table["measure"])[:2] == ["public_total_planned", "public_total_absorption"]
    assert len(table) == 10
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == {
        "measure": "string",
        "value": "Float64",
        "n": "Int64",
        **dict.fromkeys(("percentile", "median", "q1", "q3"), "Float64"),
        **dict.fromkeys(("median_low", "median_high"), "Float64"),
    }
    assert (table["percentile"][0], list(table["n"][:2])) == (50, [2, 0])
    assert list(peers(portfolio([({}, 10)]), "S0", measures=[])) == list(table)


@pytest.mark.parametrize(
    ("code", "measures", "min_n", "message"),
    [
        ("S10", [PLANNED], 5, "no project 'S10'; the nearest is 'S1'"),
        ("S0", ["planned"], 5, "no figure 'planned'"),
        ("S0", [PLANNED], 0, "min_n, is 1 or more, not 0"),
    ],
)
def test_wrong_use_is_told(code: str, measures: list[str], min_n: int, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        peers(portfolio([({}, 1), ({}, 2)]), code, measures=measures, min_n=min_n)


def test_an_empty_portfolio_has_no_such_project() -> None:
    with pytest.raises(UsageError, match=r"There is no project 'S1'\."):
        peers(portfolio([]), "S1")
