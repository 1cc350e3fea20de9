"""Texts of a column looked up among others."""

import pandas as pd

from esrdata.tables.lookup import among, places

CODES = pd.Series(["S2", None, "S1", "S2", "Å3"], dtype="string")


def test_a_text_is_among_others_and_a_missing_one_never() -> None:
    assert among(CODES, {"S2", "Å3"}).tolist() == [True, False, False, True, True]
    assert among(CODES, pd.Series(["S1", None], dtype="string")).tolist() == [
        False, False, True, False, False,
    ]  # fmt: skip
    assert among(CODES, []).tolist() == [False] * 5


def test_the_place_of_a_text_is_that_among_the_others() -> None:
    others = pd.array(["Å3", "S9", "S2"], dtype="string")
    assert places(CODES, others).tolist() == [2, -1, -1, 2, 0]
    assert places(CODES, []).tolist() == [-1] * 5
    assert places(CODES.head(0), others).tolist() == []
