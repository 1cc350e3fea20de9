"""The overview: figures put side by side, each worked out here by hand."""

from pathlib import Path

import pandas as pd
import pytest
from pages import eura2007_page, eura2014_page, raw, read_pages

import esrdata

ADDED = {
    "eu_and_state_planned": "Float64",
    "eu_and_state_realised": "Float64",
    "public_total_planned": "Float64",
    "public_total_realised": "Float64",
    "eu_and_state_absorption": "Float64",
    "public_total_absorption": "Float64",
    "eu_and_state_paid_share": "Float64",
    "public_total_paid_share": "Float64",
    "participants_planned": "Int64",
    "participants_realised": "Int64",
    "participants_planned_women": "Int64",
    "participants_realised_women": "Int64",
    "participants_applicable": "boolean",
    "partner_count": "Int64",
    "duration_days": "Int64",
    "ecological_direct": "Float64",
    "ecological_indirect": "Float64",
    "economic_direct": "Float64",
    "economic_indirect": "Float64",
    "social_direct": "Float64",
    "social_indirect": "Float64",
}


def one(folder: Path, page: str) -> dict[str, object]:
    """The overview of a single page; missing is None."""
    table = read_pages(folder, page).overview()
    assert len(table) == 1
    return {name: None if pd.isna(cell) else cell for name, cell in table.iloc[0].items()}


def test_columns_are_those_of_projects_and_then_the_figures() -> None:
    table = raw().overview()
    projects = list(raw().projects)
    assert list(table)[: len(projects) + len(ADDED)] == [*projects, *ADDED]
    assert {name: str(table[name].dtype) for name in ADDED} == ADDED
    # Companies have no women; the 2007 form asks of women in the others.
    assert list(table)[len(projects) + len(ADDED) :] == [
        f"{indicator}_{stage}{women}"
        for indicator in (
            "participating_companies",
            "jobs_created",
            "companies_created",
            "qualifications",
        )
        for women in (("",) if indicator == "participating_companies" else ("", "_women"))
        for stage in ("planned", "realised")
    ]
    pd.testing.assert_frame_equal(table[projects], raw().projects)


def test_absorption_is_realised_over_planned(tmp_path: Path) -> None:
    row = one(tmp_path, eura2014_page())
    assert (row["eu_and_state_planned"], row["eu_and_state_realised"]) == (1000, 900)
    assert (row["public_total_planned"], row["public_total_realised"]) == (2000, 1500)
    assert row["eu_and_state_absorption"] == pytest.approx(0.9)
    assert row["public_total_absorption"] == pytest.approx(0.75)


@pytest.mark.parametrize("realised", [0, 500])
def test_absorption_of_zero_planned_is_missing(tmp_path: Path, realised: int) -> None:
    row = one(tmp_path, eura2014_page(eu_planned="0", eu_realised=realised))
    assert (row["eu_and_state_planned"], row["eu_and_state_realised"]) == (0, realised)
    assert row["eu_and_state_absorption"] is None
    assert row["public_total_absorption"] == pytest.approx(0.75)


def test_absorption_without_a_part_is_missing(tmp_path: Path) -> None:
    row = one(tmp_path, eura2014_page(eu_realised="", public_planned=""))
    assert row["eu_and_state_absorption"] is None
    assert row["public_total_absorption"] is None
    assert row["eu_and_state_planned"] == 1000
    assert row["public_total_realised"] == 1500


def test_nothing_realised_is_an_absorption_of_zero(tmp_path: Path) -> None:
    row = one(tmp_path, eura2014_page(eu_realised="0"))
    assert row["eu_and_state_absorption"] == 0


def test_absorption_of_the_shipped_pages() -> None:
    table = raw().overview().set_index("project_code")["public_total_absorption"]
    # 50 000 / 50 000, 49 361 / 57 634, 125 096 / 150 000, 368 136 / 375 960
    assert table["S12577"] == 1
    assert table["S20405"] == pytest.approx(0.85646, abs=5e-6)
    assert table["S20562"] == pytest.approx(0.83397, abs=5e-6)
    assert table["S21684"] == pytest.approx(0.97919, abs=5e-6)


def test_means_leave_a_missing_score_out(tmp_path: Path) -> None:
    scores = {
        "natural_resources": "4 1",
        "climate_risks": "",
        "biodiversity": "2 2",
        "water_soil_air": "0 0",
        "natura_2000": "0 0",
        "wellbeing": "10 10",
    }
    row = one(tmp_path, eura2014_page(scores=scores))
    # (4 + 2 + 0 + 0) / 4 and (1 + 2 + 0 + 0) / 4; five social criteria, four of them zero.
    assert row["ecological_direct"] == pytest.approx(1.5)
    assert row["ecological_indirect"] == pytest.approx(0.75)
    assert row["economic_direct"] == 0
    assert row["social_direct"] == pytest.approx(2)


def test_a_mean_of_no_score_is_missing(tmp_path: Path) -> None:
    social = [
        "wellbeing",
        "equality",
        "social_cultural_equality",
        "cultural_environment",
        "environmental_competence",
    ]
    row = one(tmp_path, eura2014_page(scores=dict.fromkeys(social, "")))
    assert row["social_direct"] is None
    assert row["social_indirect"] is None
    assert row["ecological_direct"] == 0


@pytest.mark.parametrize(
    ("code", "ecological", "economic", "social"),
    [
        ("S20405", (0, 0.6), (1, 1.2), (5.8, 6.2)),
        ("S20562", (0, 0.4), (0, 1), (1.6, 2.2)),
        ("S21684", (1, 1), (2.2, 2.6), (6, 6.4)),
        ("S12577", (None, None), (None, None), (None, None)),
    ],
)
def test_means_of_the_shipped_pages(
    code: str, ecological: tuple, economic: tuple, social: tuple
) -> None:
    row = raw().overview().set_index("project_code").loc[code]
    wanted = {"ecological": ecological, "economic": economic, "social": social}
    for dimension, (direct, indirect) in wanted.items():
        for effect, mean in (("direct", direct), ("indirect", indirect)):
            cell = row[f"{dimension}_{effect}"]
            assert (None if pd.isna(cell) else cell) == (
                None if mean is None else pytest.approx(mean)
            )


def test_partners_are_counted(tmp_path: Path) -> None:
    listed = "Osatoteuttajat\n\nYksi Oy, 1234567-1\nKaksi Oy\n\nTuen siirronsaajat\n\nKolme ry"
    assert one(tmp_path, eura2014_page(partners=listed))["partner_count"] == 3


def test_no_partners_is_zero_where_the_form_has_a_place_for_them(tmp_path: Path) -> None:
    assert one(tmp_path / "a", eura2014_page())["partner_count"] == 0
    assert one(tmp_path / "b", eura2014_page(partners="Osatoteuttajat"))["partner_count"] == 0


def test_the_count_of_partners_is_missing_where_the_form_has_no_place(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2007_page(), eura2014_page())
    counts = portfolio.overview().set_index("project_code")["partner_count"]
    assert pd.isna(counts["S10001"])
    assert counts["S20001"] == 0


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("Alkaa 1.5.2016 ja päättyy 1.5.2016", 1),
        ("Alkaa 31.12.2015 ja päättyy 1.1.2016", 2),
        ("Alkaa 1.1.2016 ja päättyy 31.12.2016", 366),
        ("Alkaa 1.1.2017 ja päättyy 31.12.2017", 365),
        ("Alkaa 1.1.2017", None),
        ("", None),
    ],
)
def test_duration_counts_both_days(tmp_path: Path, period: str, days: int | None) -> None:
    assert one(tmp_path, eura2014_page(period=period))["duration_days"] == days


def test_duration_of_the_shipped_pages() -> None:
    # 1.1.-31.10.2014; 1.5.2015-30.6.2017: 366 + 365 + 61; 1.4.2016-31.12.2018: 275 + 365 + 365;
    # 1.6.2019-31.12.2021: 214 + 366 + 365.
    assert list(raw().overview()["duration_days"]) == [304, 792, 1005, 945]


def test_participants_planned_and_realised_and_women(tmp_path: Path) -> None:
    row = one(tmp_path, eura2007_page())
    assert (row["participants_planned"], row["participants_realised"]) == (30, 28)
    assert (row["participants_planned_women"], row["participants_realised_women"]) == (20, 21)
    assert [row["participants_applicable"]] == [True]


def test_participants_that_no_line_states_are_missing(tmp_path: Path) -> None:
    row = one(tmp_path, eura2014_page())
    assert row["participants_planned"] == 30
    assert row["participants_realised"] is None
    assert row["participants_planned_women"] is None
    assert [row["participants_applicable"]] == [True]


@pytest.mark.parametrize(
    ("kind", "applicable"),
    [
        ("Projekti, jossa on henkilöitä mukana", True),
        ("Projekti, jossa ei ole henkilöitä mukana", False),
        ("", None),
    ],
)
def test_participants_apply_as_the_project_type_says(
    tmp_path: Path, kind: str, applicable: bool | None
) -> None:
    row = one(tmp_path, eura2007_page(project_type=kind))
    assert [row["participants_applicable"]] == [applicable]


def test_figures_stand_with_their_own_project(tmp_path: Path) -> None:
    pages = [
        eura2014_page(code="S20009", eu_planned="9 000", partners="Osatoteuttajat\n\nYksi Oy"),
        eura2007_page(),
        eura2014_page(code="S20002", eu_planned="2 000", scores={"wellbeing": "5 0"}),
    ]
    table = read_pages(tmp_path, *pages).overview()
    assert list(table["project_code"]) == ["S20009", "S10001", "S20002"]
    assert list(table["eu_and_state_planned"]) == [9000, 1000, 2000]
    assert [None if pd.isna(n) else n for n in table["partner_count"]] == [1, None, 0]
    assert [None if pd.isna(n) else n for n in table["social_direct"]] == [0, None, 1]


def test_an_overview_of_no_projects_has_its_columns(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kauppalista: maitoa\n", encoding="utf-8")
    table = esrdata.read(tmp_path).overview()
    assert len(table) == 0
    assert list(table) == [*raw().projects, *ADDED]
    assert {name: str(table[name].dtype) for name in ADDED} == ADDED
