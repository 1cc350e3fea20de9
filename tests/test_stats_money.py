"""Absorption, sums side by side and concentration; worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import esrdata
from esrdata import Portfolio, UsageError
from esrdata.tables import columns

absorption, ratios = esrdata.stats.absorption, esrdata.stats.ratios
planned_and_realised = esrdata.stats.planned_and_realised
concentration = esrdata.stats.concentration

Sums = tuple[float | None, float | None]


def portfolio(
    sums: list[Sums],
    *,
    measure: str = "public_total",
    qualifiers: dict[tuple[str, str], str] | None = None,
    places: list[tuple[str, str, str]] = (),
    **column: list,
) -> Portfolio:
    """Projects S1, S2 and so on, ended unless said otherwise, with planned and realised sums."""
    column = {"status_code": ["ended"] * len(sums), **column}
    rows = [
        {"project_code": f"S{i + 1}", **{name: values[i] for name, values in column.items()}}
        for i in range(len(sums))
    ]
    funding = [
        {"project_code": f"S{i}", "measure": what, "stage": stage, "amount_eur": amount}
        | {"qualifier": (qualifiers or {}).get((f"S{i}", stage), "exact")}
        for i, pair in enumerate(sums, start=1)
        # Another measure, which is not to be taken.
        for what, amounts in ((measure, pair), ("total", (7.0, 7.0)))
        for stage, amount in zip(("planned", "realised"), amounts, strict=True)
        if amount is not None
    ]
    tables = {
        "projects": columns.frame("projects", rows),
        "funding": columns.frame("funding", funding),
        "locations": columns.frame(
            "locations",
            [dict(zip(("project_code", "level", "name"), p, strict=True)) for p in places],
        ),
    }
    return Portfolio(tables, Path.cwd())


def row(table: pd.DataFrame, place: int = 0) -> dict[str, Any]:
    """A row with None for a missing cell, floats rounded."""
    return {
        name: None if pd.isna(cell) else round(cell, 9) if isinstance(cell, float) else cell
        for name, cell in table.iloc[place].items()
    }


def excluded(table: pd.DataFrame) -> dict[str, int]:
    """The exclusions that were met."""
    assert json.loads(json.dumps(table.attrs)) == table.attrs
    return {part["reason"]: part["n"] for part in table.attrs["exclusions"] if part["n"]}


def test_absorption_of_all_projects() -> None:
    # Ratios 0.5, 0.8, 1, 1.1: median (0.8 + 1) / 2 = 0.9; quartiles between the first two at three
    # quarters of the way, 0.5 + 0.75 * 0.3 = 0.725, and 1 + 0.25 * 0.1 = 1.025.
    # Sums: 100 + 200 + 50 + 1000 = 1350 and 50 + 160 + 50 + 1100 = 1360; 1360 / 1350 = 1.0074...
    table = absorption(portfolio([(100, 50), (200, 160), (50, 50), (1000, 1100)]))
    assert row(table) == {
        "n": 4,
        "n_excluded": 0,
        "planned": 1350,
        "realised": 1360,
        "ratio_of_sums": 1.007407407,
        "median_ratio": 0.9,
        "q1": 0.725,
        "q3": 1.025,
        "ci_low": None,
        "ci_high": None,
        **dict.fromkeys(("q1_low", "q1_high", "q3_low", "q3_high")),
        "n_below_080": 1,
        "share_below_080": 0.25,
        **dict.fromkeys(("share_below_080_low", "share_below_080_high")),
        "n_above_100": 1,
        "share_above_100": 0.25,
        **dict.fromkeys(("share_above_100_low", "share_above_100_high")),
    }
    assert len(table) == 1
    counts = {"n", "n_excluded", "n_below_080", "n_above_100"}
    assert {str(table[name].dtype) for name in counts} == {"Int64"}
    assert {str(table[name].dtype) for name in set(table) - counts} == {"Float64"}
    assert table.attrs["intervals_missing"] == [
        {"group": {}, "reason": "An interval takes 6 values, and the group has 4."}
    ]
    assert table.attrs["title"] == "Absorption (Total public funding)"
    assert table.attrs["population"] == (
        "Projects: 4; in the ratio: 4. The projects counted meet these conditions: the project "
        "has ended; total public funding: both the planned and the actual sum are stated and the "
        "planned one is above zero; exact sums only."
    )


def test_each_project_out_of_the_ratio_has_its_first_reason() -> None:
    found = portfolio(
        [(10, 5), (10, 5), (10, 5), (None, 5), (10, None), (0, 5), (-1, 5), (10, 5), (None, None)],
        status_code=["ended", "running", None, *["ended"] * 6],
        priority_axis=[1, 1, 1, 2, 2, 2, 2, 2, None],
        qualifiers={("S8", "realised"): "about"},
    )
    table = absorption(found, "priority_axis")
    assert excluded(table) == {
        "The status is missing.": 1,
        "The status is not among those selected.": 1,
        "A sum is not stated exactly.": 1,
        "The planned sum is missing.": 2,
        "The actual sum is missing.": 1,
        "The planned sum is zero or negative.": 2,
    }
    assert [row(table, i)["n"] for i in range(3)] == [1, 0, 0]
    assert [row(table, i)["n_excluded"] for i in range(3)] == [2, 5, 1]
    assert pd.isna(table["priority_axis"].iloc[2])
    empty = row(table, 1)
    assert {empty[name] for name in ("planned", "realised", "ratio_of_sums", "q1")} == {None}
    assert (empty["n_below_080"], empty["n_above_100"]) == (0, 0)
    by_group = [
        (part["group"]["priority_axis"], part["reason"], part["n"])
        for part in table.attrs["excluded_by_group"]
    ]
    assert set(by_group) == {
        (1, "The status is missing.", 1),
        (1, "The status is not among those selected.", 1),
        (2, "A sum is not stated exactly.", 1),
        (2, "The planned sum is missing.", 1),
        (2, "The actual sum is missing.", 1),
        (2, "The planned sum is zero or negative.", 2),
        (None, "The planned sum is missing.", 1),
    }
    assert len(by_group) == 7


def test_a_stated_zero_is_realised_and_a_missing_sum_is_not() -> None:
    table = absorption(portfolio([(100, 0), (100, None), (100, 100)]))
    # 100 of 200, for the one in the middle is left out; ratios 0 and 1.
    assert row(table)["n"] == 2
    assert row(table)["ratio_of_sums"] == 0.5
    assert row(table)["n_below_080"] == 1


def test_bounds_belong_to_neither_side() -> None:
    # Exactly 0.80 is not below, exactly 1.00 not above; a cent decides.
    table = absorption(portfolio([(50_000, 40_000), (50_000, 39_999.99), (3, 3), (3, 3.01)]))
    assert (row(table)["n_below_080"], row(table)["n_above_100"]) == (1, 1)


def test_a_negative_realised_sum_is_kept_and_said() -> None:
    table = absorption(portfolio([(100, -50), (100, 100), (100, 0)]))
    assert row(table)["realised"] == 50
    assert "below zero are kept as stated: 1." in table.attrs["method"]


@pytest.mark.parametrize(
    ("status", "n"),
    [("ended", 1), ("interrupted", 1), (["ended", "interrupted"], 2), (None, 4)],
)
def test_the_status_asked_for(status: str | list[str] | None, n: int) -> None:
    found = portfolio([(1, 1)] * 4, status_code=["ended", "interrupted", "running", None])
    assert row(absorption(found, status=status))["n"] == n
    assert len(ratios(found, status=status)) == n


def test_the_measure_asked_for() -> None:
    found = portfolio([(10, 5)], measure="eu_and_state")
    assert row(absorption(found, measure="eu_and_state"))["ratio_of_sums"] == 0.5
    assert row(absorption(found))["n"] == 0
    assert row(absorption(found, measure="total"))["ratio_of_sums"] == 1


def test_a_sum_without_a_qualifier_is_no_rough_one() -> None:
    found = portfolio([(10, 5)])
    found.funding["qualifier"] = found.funding["qualifier"].mask(found.funding["amount_eur"] == 5)
    assert row(absorption(found))["n"] == 1


def test_cents_add_up() -> None:
    table = absorption(portfolio([(0.1, 0.1)] * 3))
    assert list(table["planned"]) == [0.3]


def test_a_project_of_several_regions_is_in_each() -> None:
    found = portfolio(
        [(100, 50), (100, 100)],
        places=[
            ("S1", "region", "Uusimaa"),
            ("S1", "region", "Kainuu"),
            ("S2", "region", "Kainuu"),
        ],
    )
    table = absorption(found, "region")
    assert list(table["region"]) == ["Kainuu", "Uusimaa"]
    assert list(table["ratio_of_sums"]) == [0.75, 0.5]
    assert "Projects of several regions: 1." in table.attrs["method"]
    assert table.attrs["title"].endswith("by region")
    listed = ratios(found, ["region"])
    assert listed[["project_code", "region"]].values.tolist() == [
        ["S1", "Kainuu"],
        ["S2", "Kainuu"],
        ["S1", "Uusimaa"],
    ]
    assert "Projects of several regions: 1." in listed.attrs["method"]


def test_intervals_of_a_group_are_its_own() -> None:
    # Of nine ratios the median lies between the second and the eighth with 96.1 %, whatever the
    # other group of six has; one of nine is below 0.80: Wilson's (0.0199, 0.4350).
    shares = [1.2, 0.5, 0.8, 0.85, 1.0, 0.9, 1.1, 0.95, 1.3]
    found = portfolio(
        [(100, 100 * share) for share in (*shares, *range(6))],
        priority_axis=[2] * len(shares) + [1] * 6,
    )
    table = absorption(found, "priority_axis")
    six, nine = row(table, 0), row(table, 1)
    assert (six["ci_low"], six["ci_high"]) == (0, 5)
    assert (nine["ci_low"], nine["ci_high"]) == (0.8, 1.2)
    assert nine["share_below_080"] == pytest.approx(1 / 9)
    assert nine["share_below_080_low"] == pytest.approx(0.0199, abs=1e-4)
    assert nine["share_below_080_high"] == pytest.approx(0.4350, abs=1e-4)
    # Quartiles take thirteen.
    assert [part["group"]["priority_axis"] for part in table.attrs["intervals_missing"]] == [1, 2]
    alone = row(absorption(portfolio([(100, 100 * share) for share in shares])))
    assert {name: nine[name] for name in alone} == alone


def test_quartiles_of_thirteen_have_intervals() -> None:
    # Ranks 1 and 7, 7 and 13.
    table = absorption(portfolio([(100, amount) for amount in range(1, 14)]))
    names = ("q1_low", "q1_high", "q3_low", "q3_high")
    assert [row(table)[name] for name in names] == [0.01, 0.07, 0.07, 0.13]
    assert table.attrs["intervals_missing"] == []


def test_equal_ratios_have_an_interval_and_five_projects_have_none() -> None:
    equal = row(absorption(portfolio([(10, 5)] * 6)))
    assert (equal["ci_low"], equal["ci_high"]) == (0.5, 0.5)
    table = absorption(portfolio([(10, amount) for amount in (1, 3, 4, 8, 9)]))
    assert (row(table)["ci_low"], row(table)["ci_high"]) == (None, None)
    assert "takes 6 values" in table.attrs["intervals_missing"][0]["reason"]


def test_no_projects() -> None:
    none = portfolio([])
    table = absorption(none)
    assert (row(table)["n"], row(table)["planned"]) == (0, None)
    assert len(absorption(none, "priority_axis")) == len(ratios(none)) == 0
    assert list(absorption(none, "priority_axis"))[:2] == ["priority_axis", "n"]
    assert row(planned_and_realised(none))["n"] == 0
    table = concentration(none)
    assert list(table) == ["applicant", "n", "amount", "share", "cumulative_share", "rank"]
    assert (len(table), table.attrs["gini"], table.attrs["n_beneficiaries"]) == (0, None, 0)


@pytest.mark.parametrize("by", ["project_code", "name", "status_code", ["name", "applicant"]])
def test_any_column_can_be_the_group(by: str | list[str]) -> None:
    found = portfolio([(10, 5), (10, 10)], name=["A", "B"], applicant=["X", "Y"])
    names = [by] if isinstance(by, str) else by
    assert list(absorption(found, by))[: len(names)] == names
    table = ratios(found, by)
    assert list(table)[:2] == ["project_code", "name"]
    assert list(table["name"]) == ["A", "B"]
    assert set(names) <= set(table)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"measure": "public"}, "no measure 'public'; the nearest is 'public_total'"),
        ({"status": "end"}, "no status 'end'; the nearest is 'ended'"),
        ({"status": ["ended", "runing"]}, "no status 'runing'; the nearest is 'running'"),
        ({"status": []}, "Give one or several codes as statuses"),
        ({"by": "regoin"}, "no group 'regoin'; the nearest is 'region'"),
        ({"by": 5}, "no group '5'"),
    ],
)
def test_wrong_words_are_told(wrong: dict[str, Any], said: str) -> None:
    for statistic in (absorption, ratios):
        with pytest.raises(UsageError, match=said):
            statistic(portfolio([(1, 1)]), **wrong)


def test_the_projects_behind_the_ratio() -> None:
    found = portfolio(
        [(10, 5), (10, None), (20, 30)], name=["A", "B", None], priority_axis=[2, 1, 1]
    )
    table = ratios(found, "priority_axis")
    assert list(table) == ["project_code", "name", "priority_axis", "planned", "realised", "ratio"]
    assert [row(table, i) for i in range(len(table))] == [
        dict(zip(table, ("S3", None, 1, 20, 30, 1.5), strict=True)),
        dict(zip(table, ("S1", "A", 2, 10, 5, 0.5), strict=True)),
    ]
    assert excluded(table) == {"The actual sum is missing.": 1}
    assert list(ratios(found)) == ["project_code", "name", "planned", "realised", "ratio"]


def test_planned_beside_realised() -> None:
    sums: list[Sums] = [(100, 60), (50, None), (None, 30), (0, 0), (1000, 900), (None, None)]
    found = portfolio(
        [*sums, (7, None), (8, 8), (None, 3)],
        status_code=["ended", "running", None, *["ended"] * 3, "running", "running", "ended"],
        qualifiers={
            ("S5", "realised"): "about",
            ("S7", "planned"): "over",
            ("S8", "planned"): "over",
        },
    )
    # With both: S1 and S4, for of S5, S7 and S8 a sum is not exact: 100 + 0 and 60 + 0. All
    # planned: 100 + 50 + 0 + 1000; realised too: S1, S3, S4, S8 and S9.
    table = planned_and_realised(found)
    assert row(table) == {
        "n": 9,
        "n_planned": 4,
        "n_realised": 5,
        "n_both": 2,
        "planned": 100,
        "realised": 60,
        "planned_all": 1150,
    }
    assert excluded(table) == {
        "The planned sum is not stated exactly.": 2,
        "The actual sum is not stated exactly.": 1,
        "The planned sum is missing.": 3,
        "The actual sum is missing.": 3,
    }
    assert table.attrs["measure"] == "public_total"
    by = planned_and_realised(found, "status_code")
    assert list(by["n"]) == [5, 3, 1]
    assert list(by["n_realised"]) == [3, 1, 1]
    assert [row(by, i)["planned"] for i in range(3)] == [100, None, None]
    assert [row(by, i)["planned_all"] for i in range(3)] == [1100, 50, None]


def test_concentration() -> None:
    found = portfolio(
        [(50, 1), (30, 1), (10, 1), (10, 1), (0, 1)],
        measure="eu_and_state",
        applicant=["Kotkan  KAUPUNKI", "B ry", "Kotkan kaupunki", "Kotkan kaupunki", "A ry"],
    )
    table = concentration(found)
    # Amounts 70, 30, 0 of 100. Gini: (-2 * 0 + 0 * 30 + 2 * 70) / (3 * 100) = 140 / 300.
    # Shares squared: 0.49 + 0.09 + 0 = 0.58.
    assert [tuple(row(table, i).values()) for i in range(3)] == [
        ("Kotkan kaupunki", 3, 70, 0.7, 0.7, 1),
        ("B ry", 1, 30, 0.3, 1.0, 2),
        ("A ry", 1, 0, 0.0, 1.0, 3),
    ]
    assert table.attrs["gini"] == pytest.approx(140 / 300)
    assert table.attrs["hhi"] == pytest.approx(0.58)
    assert table.attrs["share_top10"] == 1
    assert (table.attrs["n_beneficiaries"], table.attrs["n_excluded"]) == (3, 0)
    assert [str(dtype) for dtype in table.dtypes] == [
        "string", "Int64", "Float64", "Float64", "Float64", "Int64",
    ]  # fmt: skip
    # What was realised is one euro of each project: 3, 1 and 1.
    assert list(concentration(found, stage="realised")["amount"]) == [3, 1, 1]


def test_who_is_left_out_of_concentration() -> None:
    found = portfolio(
        [(10, 1), (-5, 1), (None, 1), (10, 1), (10, 1)],
        measure="eu_and_state",
        applicant=["A", "A", "A", None, "B"],
        qualifiers={("S5", "planned"): "over"},
    )
    table = concentration(found)
    assert [tuple(row(table, i).values()) for i in range(len(table))] == [("A", 1, 10, 1, 1, 1)]
    assert excluded(table) == {
        "A sum is not stated exactly.": 1,
        "The sum is missing.": 1,
        "The sum is negative.": 1,
        "The beneficiary is not stated.": 1,
    }
    assert table.attrs["n_excluded"] == 4
    # One beneficiary has everything: no inequality among those met, and full concentration.
    assert (table.attrs["gini"], table.attrs["hhi"]) == (0, 1)


def test_equal_beneficiaries_share_a_rank_and_come_by_name() -> None:
    found = portfolio(
        [(20, 1), (10, 1), (10, 1), (5, 1)],
        measure="eu_and_state",
        applicant=["Z", "Ö 10", "Ö 9", "A"],
    )
    table = concentration(found)
    assert list(table["applicant"]) == ["Z", "Ö 9", "Ö 10", "A"]
    assert list(table["rank"]) == [1, 2, 2, 4]
    assert list(table.index) == [0, 1, 2, 3]
    assert list(table["share"])[:2] == [pytest.approx(20 / 45), pytest.approx(10 / 45)]


def test_of_spellings_as_common_the_first_of_the_alphabet_is_shown() -> None:
    found = portfolio([(1, 1)] * 2, measure="eu_and_state", applicant=["b RY", "B ry"])
    assert list(concentration(found)["applicant"]) == ["B ry"]


def test_the_ten_largest() -> None:
    # Twelve beneficiaries, eleven of one euro and one of nine: (9 + 9 * 1) / 20 in the ten largest.
    # Gini: the ones have places 1 to 11, so sum(2i - 13) = 2 * 66 - 143 = -11, and the last
    # 2 * 12 - 13 = 11 times 9; (99 - 11) / (12 * 20) = 88 / 240.
    found = portfolio(
        [(9, 1), *[(1, 1)] * 11],
        measure="eu_and_state",
        applicant=[f"A{i}" for i in range(12)],
    )
    attrs = concentration(found).attrs
    assert attrs["share_top10"] == pytest.approx(0.9)
    assert attrs["gini"] == pytest.approx(88 / 240)
    assert attrs["hhi"] == pytest.approx((81 + 11) / 400)


def test_nothing_has_no_shares() -> None:
    table = concentration(portfolio([(0, 0)], measure="eu_and_state", applicant=["A"]))
    assert tuple(row(table).values()) == ("A", 1, 0, None, None, 1)
    assert (table.attrs["gini"], table.attrs["hhi"], table.attrs["share_top10"]) == (None,) * 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"by": "aplicant"}, "no text column 'aplicant'; the nearest is 'applicant'"),
        ({"by": "start_date"}, "no text column 'start_date'"),
        ({"measure": "eu_state"}, "no measure 'eu_state'; the nearest is 'eu_and_state'"),
        ({"stage": "plan"}, "no stage 'plan'; the nearest is 'planned'"),
    ],
)
def test_wrong_words_of_concentration_are_told(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        concentration(portfolio([(1, 1)]), **wrong)


def test_parquet_keeps_what_the_tables_say(tmp_path: Path) -> None:
    found = portfolio([(1, 1), (2, 0)], priority_axis=[None, 1])
    for table in (absorption(found, "priority_axis"), ratios(found), concentration(found)):
        table.to_parquet(tmp_path / "t.parquet")
        assert pd.read_parquet(tmp_path / "t.parquet").attrs == table.attrs


def test_the_portfolio_stays_as_it_was() -> None:
    found = portfolio([(1, None), (2, 0)], applicant=["A", "a"])
    before = {name: table.copy() for name, table in found.tables.items()}
    for statistic in (absorption, ratios, planned_and_realised, concentration):
        statistic(found)
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_beneficiaries_without_a_sum_are_named_and_not_counted() -> None:
    found = portfolio([(10, 1), (None, 1)], measure="eu_and_state", applicant=["A ry", "B ry"])
    attrs = concentration(found).attrs
    assert (attrs["n_beneficiaries"], attrs["n_named"]) == (1, 2)
