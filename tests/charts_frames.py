"""Statistics tables made by hand, as `esrdata.stats` makes them, for the tests of charts."""

import numpy as np
import pandas as pd

REGIONS = tuple(
    """Etelä-Karjala Etelä-Pohjanmaa Etelä-Savo Kainuu Kanta-Häme Keski-Pohjanmaa Keski-Suomi
    Kymenlaakso Lappi Pirkanmaa Pohjanmaa Pohjois-Karjala Pohjois-Pohjanmaa Pohjois-Savo
    Päijät-Häme Satakunta Uusimaa Varsinais-Suomi""".split()  # noqa: SIM905
)
DIMENSIONS = {
    "ecological": "natural_resources climate_risks biodiversity water_soil_air natura_2000",
    "economic": "materials_waste renewable_energy local_economy intangible_services "
    "mobility_logistics",
    "social": "wellbeing equality social_cultural_equality cultural_environment "
    "environmental_competence",
}


def _frame(rows: list[tuple], names: str, **dtypes: str) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=names.split())
    return table.astype({name: dtype for name, dtype in dtypes.items() if name in table})


def from_descriptions(table: pd.DataFrame) -> pd.DataFrame:
    """The table as a statistic gives it that was made of descriptions."""
    table.attrs["read_from"] = ["description"]
    return table


def _counts(table: pd.DataFrame) -> pd.DataFrame:
    counts = [name for name in table if name.startswith("n") and name != "name"]
    return table.astype(dict.fromkeys(counts, "Int64"))


def axes() -> pd.DataFrame:
    """Money of priority axes: a missing sum, a zero, and a negative one."""
    table = _frame(
        [
            ("2014-2020", 3, 40, 40, 38, 38, 12_400_000.0, 9_876_543.21, 13_000_000.0),
            ("2014-2020", 4, 25, 25, 25, 25, 4_100_000.0, 4_250_000.0, 4_100_000.0),
            ("2014-2020", 5, 12, 12, 9, 9, 43_210.0, 0.0, 99_000.0),
            ("2014-2020", 7, 3, 3, 0, 0, None, None, 20_000.0),
            ("2014-2020", None, 2, 2, 2, 2, 1_500_000.0, -120_000.0, 1_500_000.0),
        ],
        "programme_period priority_axis n n_planned n_realised n_both planned realised planned_all",
        programme_period="string",
        priority_axis="Int64",
        planned="Float64",
        realised="Float64",
        planned_all="Float64",
    )
    table.attrs = {"measure": "public_total"}
    return _counts(table)


def one() -> pd.DataFrame:
    """Money of all projects as one group."""
    table = axes().iloc[:1].drop(columns=["programme_period", "priority_axis"])
    table.attrs = {}
    return table


def many(groups: int = 60) -> pd.DataFrame:
    """Money of many applicants with long names; the first is the smallest."""
    stem = "Itä-Suomen kuntoutus- ja työllisyyspalveluyhdistysten yhteistoimintakuntayhtymä ry"
    planned = [50_000.0 + 7_919 * at for at in range(groups)]
    return _counts(
        _frame(
            [
                (f"{stem} {at}", at + 1, at + 1, at + 1, at + 1, sum_, sum_ * (0.5 + at % 7 / 10))
                for at, sum_ in enumerate(planned)
            ],
            "applicant n n_planned n_realised n_both planned realised",
            applicant="string",
            planned="Float64",
            realised="Float64",
        )
    )


_ABSORPTION = (
    "n n_excluded planned realised ratio_of_sums median_ratio q1 q3 ci_low ci_high "
    "n_below_080 n_above_100"
)
_FLOATS = dict.fromkeys(_ABSORPTION.split()[2:10], "Float64")


def absorption() -> pd.DataFrame:
    """Absorption of size bands: a small group without an interval, and an empty one."""
    return _counts(
        _frame(
            [
                ("under_50000", 120, 4, 4e6, 3.2e6, 0.80, 0.84, 0.66, 0.95, 0.80, 0.88, 50, 9),
                ("from_50000", 300, 9, 2e7, 1.8e7, 0.90, 0.91, 0.80, 0.98, 0.89, 0.93, 70, 20),
                ("from_100000", 3, 1, 5e5, 4e5, 0.82, 0.79, 0.7, 0.9, None, None, 2, 0),
                ("from_250000", 0, 7, None, None, None, None, None, None, None, None, 0, 0),
            ],
            f"size_band {_ABSORPTION}",
            size_band="string",
            **_FLOATS,
        )
    )


def ratios(table: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """Ratios of the projects of each group; in each large one a few above 150 per cent."""
    random = np.random.default_rng(seed)
    name = table.columns[0]
    parts = []
    for group, n, middle in zip(table[name], table["n"], table["median_ratio"], strict=True):
        if n:
            values = random.normal(middle, 0.13, n)
            values[: n // 100] = 1.7
            parts.append(pd.DataFrame({name: group, "ratio": values}))
    found = pd.concat(parts, ignore_index=True).astype({name: "string", "ratio": "Float64"})
    found.insert(0, "name", "Hanke")
    found.insert(0, "project_code", [f"S{10000 + at}" for at in range(len(found))])
    return found.assign(planned=100_000.0, realised=found["ratio"] * 100_000)


def regions(per_group: int = 1000) -> pd.DataFrame:
    """Absorption of regions with many projects each."""
    rows = []
    for at, region in enumerate([*REGIONS, None]):
        middle = 0.7 + at / 60
        figures = (middle - 0.03, middle, middle - 0.1, middle + 0.08)
        interval = (middle - 0.01, middle + 0.012)
        rows.append((region, per_group - at, at, 1e7, 8e6, *figures, *interval, 30, 20))
    names = f"region {_ABSORPTION}"
    return _counts(_frame(rows, names, region="string", **_FLOATS))


def people(realised: bool = True) -> pd.DataFrame:
    """Participants of regions; nobody has told what was realised in the second one."""
    none = None
    rows = [
        ("Kymenlaakso", 12, 0, 1, 0, 12, 9, 9, 1240, 1033, 0.92, 700, 610, 0.56, 0.59),
        ("Lappi", 4, 1, 0, 0, 4, 0, 0, 310, none, none, 200, none, 0.65, none),
        ("Uusimaa", 30, 2, 3, 2, 28, 25, 24, 0, 5210, none, 0, 2400, none, 0.46),
        ("Kainuu", 2, 0, 0, 2, 0, 0, 0, none, none, none, none, none, none, none),
    ]
    names = (
        "region n n_not_applicable n_unknown n_missing n_planned n_realised n_both planned "
        "realised ratio women_planned women_realised womens_share_planned womens_share_realised"
    )
    table = _counts(_frame(rows, names, region="string", planned="Int64", realised="Int64"))
    table = table.astype(
        dict.fromkeys(("ratio", "womens_share_planned", "womens_share_realised"), "Float64")
    )
    # All who tell how many there were tell how many were women.
    table["n_women_realised"] = table["n_realised"]
    if not realised:
        table = table.iloc[1:2].copy()
    return table


def amendments(projects: int = 12) -> pd.DataFrame:
    """Projects of two snapshots: half extended, some shortened, some unchanged, one unknown."""
    pattern = [181, 0, 92, -61, 365, 0, 30, 184, 730, 0, 181, None]
    days = [pattern[at % len(pattern)] for at in range(projects)]
    return pd.DataFrame(
        {
            "project_code": pd.Series([f"S{20000 + at}" for at in range(projects)], dtype="string"),
            "extension_days": pd.Series(days, dtype="Int64"),
        }
    )
