"""Statistics of the real national list against plain pandas on its own rows.

The list stays outside the project; where it is not at hand these tests are skipped.
"""

from pathlib import Path

import pandas as pd
import pytest

import esrdata
from esrdata import Portfolio

LISTS = Path(__file__).parents[2].parent / "shared" / "real" / "lists"
LIST = LISTS / "projektilista-2007-2013-raw.csv"
TWIN = LISTS / "projektilista-2007-2013-cleaned.csv"
ASKED = {"measure": "eu_and_state", "status": ["ended", "interrupted"]}
PLANNED, REALISED = "Myönnetty EU- ja valtion rahoitus", "Toteutunut EU- ja valtion rahoitus"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not LIST.is_file() or not TWIN.is_file(), reason="the real list is not beside the project"
    ),
]


@pytest.fixture(scope="module")
def social() -> Portfolio:
    """The projects of the social fund."""
    return esrdata.read(LIST).select(fund="ESR")


@pytest.fixture(scope="module")
def twin() -> pd.DataFrame:
    """Their rows in the copy repaired by hand, with their year."""
    rows = pd.read_csv(TWIN, dtype=str, keep_default_na=False)
    rows = rows[rows["Rahasto"] == "ESR"]
    return rows.assign(
        planned=rows[PLANNED].astype(float),
        realised=rows[REALISED].astype(float),
        year=rows["Aloituspvm"].str.strip().str[-4:].astype(int),
        axis=rows["Tl"].str.strip().astype(int),
        section=rows["Ohjelma / osio"].str.strip(),
    )


def test_absorption_of_the_social_fund(social: Portfolio) -> None:
    (row,) = esrdata.stats.absorption(social, **ASKED).to_dict("records")
    assert (row["planned"], row["realised"]) == (1_225_112_342, 1_171_133_889)
    assert row["n_above_100"] == 2
    # Three were granted nothing, and so have no ratio.
    assert (row["n"], row["n_excluded"]) == (2_772, 3)
    assert row["ci_low"] < row["median_ratio"] < row["ci_high"]
    # Ten realised nothing: seven of the ratio, and the three.
    ratios = esrdata.stats.ratios(social, **ASKED)
    funding = social.funding.query("measure == 'eu_and_state' and stage == 'realised'")
    assert ((ratios["realised"] == 0).sum(), (funding["amount_eur"] == 0).sum()) == (7, 10)


@pytest.mark.parametrize(
    ("by", "theirs"),
    [("priority_axis", "axis"), ("programme_section", "section"), ("start_year", "year")],
)
def test_absorption_by_group_is_that_of_plain_pandas(
    social: Portfolio, twin: pd.DataFrame, by: str, theirs: str
) -> None:
    table = esrdata.stats.absorption(social, by, **ASKED).set_index(by)
    kept = twin[twin["planned"] > 0].assign(ratio=lambda rows: rows["realised"] / rows["planned"])
    groups = kept.groupby(theirs)
    ratio = groups["ratio"]
    wanted = pd.DataFrame(
        {
            "n": groups.size(),
            "planned": groups["planned"].sum(),
            "realised": groups["realised"].sum(),
            "ratio_of_sums": groups["realised"].sum() / groups["planned"].sum(),
            "median_ratio": ratio.median(),
            "q1": ratio.quantile(0.25),
            "q3": ratio.quantile(0.75),
            "n_below_080": ratio.apply(lambda values: (values < 0.8).sum()),
            "n_above_100": ratio.apply(lambda values: (values > 1).sum()),
        }
    )
    assert len(table) == len(wanted) > 4
    found = table[list(wanted)].astype(float).rename_axis(theirs)
    found.index = found.index.astype(wanted.index.dtype)
    pd.testing.assert_frame_equal(found.loc[wanted.index], wanted.astype(float))


def test_every_field_of_the_list_was_read(social: Portfolio) -> None:
    table = esrdata.stats.coverage(social)
    assert len(table) == 15
    assert set(table["share"]) == {1}


def test_a_list_tells_nothing_of_participants(social: Portfolio) -> None:
    (row,) = esrdata.stats.participants(social).to_dict("records")
    assert (row["n"], row["n_not_applicable"], row["n_unknown"]) == (0, 0, 2_775)
    assert pd.isna(row["planned"])
