"""Planned and actual participants, women among them, and the cost; worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import esrdata
from esrdata import Portfolio, UsageError
from esrdata.tables import columns

participants = esrdata.stats.participants
participant_pairs = esrdata.stats.participant_pairs

Count = tuple[int | None, int | None]


def portfolio(
    rows: list[tuple[bool | None, Count, Count] | None],
    *,
    funding: list[tuple[float | None, float | None]] = (),
    about: tuple[str, str] | None = None,
    places: list[tuple[str, str]] = (),
    **column: list,
) -> Portfolio:
    """Projects S1, S2 and so on: whether participants apply, total and women, planned and realised.

    None is a project without such a field, as those of lists are.
    """
    projects = [
        {"project_code": f"S{i + 1}", **{name: values[i] for name, values in column.items()}}
        for i in range(len(rows))
    ]
    indicators = [
        {"project_code": f"S{i}", "indicator": indicator, "stage": stage, "total": total}
        | {"women": women, "applicable": applies}
        for i, row in enumerate(rows, start=1)
        if row is not None
        for stage, counts in zip(("planned", "realised"), row[1:], strict=True)
        # Another indicator, which is not to be taken.
        for indicator, applies, (total, women) in (
            ("participants", row[0], counts),
            ("qualifications", True, (1000, 500)),
        )
    ]
    money = [
        {"project_code": f"S{i}", "measure": measure, "stage": stage, "amount_eur": amount}
        | {"qualifier": "about" if (f"S{i}", stage) == about else "exact"}
        for i, sums in enumerate(funding, start=1)
        for measure, pair in (("public_total", sums), ("eu_and_state", (1, 1)))
        for stage, amount in zip(("planned", "realised"), pair, strict=True)
    ]
    regions = [{"project_code": code, "level": "region", "name": name} for code, name in places]
    tables = {
        "projects": columns.frame("projects", projects),
        "indicators": columns.frame("indicators", indicators),
        "funding": columns.frame("funding", money),
        "locations": columns.frame("locations", regions),
    }
    return Portfolio(tables, Path.cwd())


def row(table: pd.DataFrame, place: int = 0) -> dict[str, Any]:
    return {
        name: None if pd.isna(cell) else round(cell, 9) if isinstance(cell, float) else cell
        for name, cell in table.iloc[place].items()
    }


def excluded(table: pd.DataFrame) -> dict[str, int]:
    assert json.loads(json.dumps(table.attrs)) == table.attrs
    return {part["reason"]: part["n"] for part in table.attrs["exclusions"] if part["n"]}


APPLY = "Participants do not apply to the project."
THOUGH = "Participants do not apply, though a number above zero is stated; it is left out."
UNKNOWN = "It cannot be told whether participants apply."
PLANNED = "The planned number is missing though participants apply."
REALISED = "The realised number is missing though participants apply."
RUNS = "The project has not ended, so that its actual participants have no cost."

NOBODY = (None, None)
ROWS = [
    (True, (40, 30), (50, 20)),
    (True, (10, None), (5, 5)),
    (True, (20, 10), NOBODY),
    (True, NOBODY, NOBODY),
    (False, (0, 0), (0, 0)),
    (False, (7, 7), NOBODY),
    (None, NOBODY, NOBODY),
    None,
    (None, (0, 0), (0, 0)),
    (True, NOBODY, NOBODY),
    (False, NOBODY, NOBODY),
    (True, (0, 0), NOBODY),
]


PARTS = ("q1", "q3", "low", "high")


def test_participants_of_all_projects() -> None:
    table = participants(portfolio(ROWS))
    # Counted: the first four, the ninth and the last, whose zeros are stated, and the tenth, which
    # tells nothing. Planned 40 + 10 + 20 + 0 + 0 = 70, realised 50 + 5 + 0 = 55; both: the first
    # two and the ninth, 55 of 50 planned.
    # Women planned where they and the total are: 30 + 10 of 40 + 20, and two zeros; realised:
    # 20 + 5 + 0 of 50 + 5 + 0.
    assert row(table) == {
        "n": 7,
        "n_not_applicable": 3,
        "n_unknown": 2,
        "n_missing": 2,
        "n_planned": 5,
        "n_realised": 3,
        "n_both": 3,
        "planned": 70,
        "realised": 55,
        "planned_both": 50,
        "realised_both": 55,
        "ratio": 1.1,
        "n_women_planned": 4,
        "women_planned": 40,
        "womens_share_planned": round(40 / 60, 9),
        "n_women_realised": 3,
        "women_realised": 25,
        "womens_share_realised": round(25 / 55, 9),
        **dict.fromkeys(("cost_per_planned", *(f"cost_planned_{part}" for part in PARTS))),
        "cost_planned_n": 0,
        **dict.fromkeys(("cost_per_realised", *(f"cost_realised_{part}" for part in PARTS))),
        "cost_realised_n": 0,
    }
    assert excluded(table) == {
        APPLY: 3, THOUGH: 1, UNKNOWN: 2, PLANNED: 2, REALISED: 4, RUNS: 2,
    }  # fmt: skip
    assert "not of individuals" in table.attrs["method"]
    assert table.attrs["population"] == "Projects: 12; to which participants apply: 7."
    whole = {"n", "planned", "realised", "women_planned", "women_realised"}
    assert {str(table[name].dtype) for name in whole} == {"Int64"}
    figures = {"ratio", "womens_share_planned", "cost_per_realised", "cost_planned_q1"}
    assert {str(table[name].dtype) for name in figures} == {"Float64"}


def test_every_project_is_in_one_of_three() -> None:
    axes = [1, 1, 2, 2, 1, 2, 3, 3, None, 2, 3, 1]
    table = participants(portfolio(ROWS, priority_axis=axes), "priority_axis")
    parts = table[["n", "n_not_applicable", "n_unknown"]]
    assert parts.values.tolist() == [[3, 1, 0], [3, 1, 0], [0, 1, 2], [1, 0, 0]]
    assert list(table["n_missing"]) == [0, 2, 0, 0]
    # A group of which nothing is known has no sum; one whose only number is zero has zero.
    assert [row(table, i)["planned"] for i in range(4)] == [50, 20, None, 0]
    assert [row(table, i)["ratio"] for i in range(4)] == [1.1, None, None, None]
    assert [row(table, i)["womens_share_planned"] for i in range(4)] == [0.75, 0.5, None, None]


@pytest.mark.parametrize("stage", ["planned", "realised"])
def test_that_they_apply_may_be_said_at_either_stage(stage: str) -> None:
    found = portfolio([(True, NOBODY, NOBODY)])
    rows = found.indicators
    other = (rows["indicator"] == "participants") & (rows["stage"] != stage)
    rows.loc[other, "applicable"] = pd.NA
    assert row(participants(found))["n"] == 1
    rows.loc[rows["indicator"] == "participants", "applicable"] = pd.NA
    assert row(participants(found))["n_unknown"] == 1


def test_women_without_a_total_are_not_counted() -> None:
    table = participants(portfolio([(True, (None, 9), NOBODY), (True, (4, 1), NOBODY)]))
    assert (row(table)["women_planned"], row(table)["womens_share_planned"]) == (1, 0.25)
    assert row(table)["n_missing"] == 0 + 1


def test_a_refusal_at_either_stage_is_one() -> None:
    found = portfolio([(True, (3, None), (4, None))])
    rows = found.indicators
    late = (rows["indicator"] == "participants") & (rows["stage"] == "realised")
    rows.loc[late, "applicable"] = False
    assert row(participants(found))["n_not_applicable"] == 1
    assert row(participants(found))["planned"] is None


def test_the_cost_of_a_participant() -> None:
    rows = [
        (True, (10, None), (5, None)),
        (True, (20, None), (0, None)),
        (True, (0, None), (1, None)),
        (True, NOBODY, (2, None)),
        (True, (4, None), (4, None)),
        (False, (1, None), (1, None)),
        (True, (10, None), NOBODY),
        (True, NOBODY, (4, None)),
        (True, NOBODY, (1, None)),
    ]
    sums = [(1000, 500), (4000, 1), (9, None), (9, 300), (2000, 1000), (9, 9), (0, 9)]
    sums += [(None, 0), (None, 900)]
    states = [*["ended"] * 8, "running"]
    about = ("S5", "realised")
    table = participants(portfolio(rows, funding=sums, about=about, status_code=states))
    # Planned: 1000 / 10 = 100, 4000 / 20 = 200, 2000 / 4 = 500; the zero euros of S7 are no price.
    # Median 200, quartiles 100 + 0.5 * 100 = 150 and 200 + 0.5 * 300 = 350.
    # Realised: 500 / 5 = 100 and 300 / 2 = 150, for the sum of S5 is about, that of S8 zero, and S9
    # runs: median 125, quartiles 112.5 and 137.5.
    assert {k: v for k, v in row(table).items() if k.startswith("cost_")} == {
        "cost_per_planned": 200,
        "cost_planned_q1": 150,
        "cost_planned_q3": 350,
        "cost_planned_low": None,
        "cost_planned_high": None,
        "cost_planned_n": 3,
        "cost_per_realised": 125,
        "cost_realised_q1": 112.5,
        "cost_realised_q3": 137.5,
        "cost_realised_low": None,
        "cost_realised_high": None,
        "cost_realised_n": 2,
    }
    assert {name: n for name, n in excluded(table).items() if "cost" in name} == {
        "The planned sum is not above zero, so that participants have no cost.": 1,
        "The actual sum is not above zero, so that participants have no cost.": 1,
        RUNS: 1,
    }


def test_a_project_of_several_regions_is_in_each() -> None:
    found = portfolio(
        [(True, (3, None), NOBODY), (True, (4, None), NOBODY)],
        places=[("S1", "Uusimaa"), ("S1", "Kainuu"), ("S2", "Kainuu")],
    )
    table = participants(found, "region")
    assert list(zip(table["region"], table["planned"], strict=True)) == [
        ("Kainuu", 7),
        ("Uusimaa", 3),
    ]
    assert "Projects of several regions: 1." in table.attrs["method"]


def test_no_projects() -> None:
    none = portfolio([])
    assert len(participants(none)) == 1
    assert (row(participants(none))["n"], row(participants(none))["planned"]) == (0, None)
    assert len(participants(none, "form")) == len(participant_pairs(none)) == 0


def test_an_unknown_group_is_told() -> None:
    with pytest.raises(UsageError, match="no group 'regoin'"):
        participants(portfolio(ROWS), "regoin")


def test_pairs() -> None:
    table = participant_pairs(portfolio(ROWS, name=[*"ABCDEFGH", None, "J", "K", "L"]))
    assert list(table) == ["project_code", "name", "planned", "realised"]
    assert [tuple(row(table, i).values()) for i in range(len(table))] == [
        ("S1", "A", 40, 50),
        ("S2", "B", 10, 5),
        ("S3", "C", 20, None),
        ("S9", None, 0, 0),
        ("S12", "L", 0, None),
    ]
    assert [str(dtype) for dtype in table.dtypes] == ["string", "string", "Int64", "Int64"]
    assert table.attrs["population"].endswith("With a number: 5.")
    assert excluded(table)[APPLY] == 3


def test_the_portfolio_stays_as_it_was() -> None:
    found = portfolio(ROWS, funding=[(1, 1)] * 12)
    before = {name: table.copy() for name, table in found.tables.items()}
    participants(found)
    participant_pairs(found)
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(table, before[name])
