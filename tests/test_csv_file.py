"""Tables as CSV: cells as spreadsheets read them, and none that is a formula there."""

from pathlib import Path

import pandas as pd
import pytest

from esrdata.tables.csv_file import write_csv


def written(table: pd.DataFrame, tmp_path: Path) -> str:
    write_csv(table, tmp_path / "table.csv")
    text = (tmp_path / "table.csv").read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    return text.removeprefix("\ufeff")


CELLS = {
    "plain": ("Silta työhön", "Silta työhön"),
    "missing": (None, ""),
    "empty": ("", ""),
    "comma": ("Silta, työhön", '"Silta, työhön"'),
    "quote": ('"Silta"', '"""Silta"""'),
    "two lines": ("Silta\ntyöhön", '"Silta\ntyöhön"'),
    "carriage return": ("Silta\r\ntyöhön", '"Silta\ntyöhön"'),
    "formula": ("=1+1", "'=1+1"),
    "formula behind a space": ("\u00a0-1", "'\u00a0-1"),
    "wide formula": ("＝1", "'＝1"),
    "formula and comma": ("=A1,A2", '"\'=A1,A2"'),
    "no formula": ("a=1", "a=1"),
    "bracket": ("(Silta)", "(Silta)"),
    "steering": ("Silta\x1b[0m", "Silta\\x1b[0m"),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_text_is_written_as_a_spreadsheet_takes_it(name: str, tmp_path: Path) -> None:
    text, cell = CELLS[name]
    column = pd.array([text, "b"], dtype="string")
    table = pd.DataFrame({"code": pd.array(["S1", "S2"], dtype="string"), "name": column})
    assert written(table, tmp_path) == f"code,name\nS1,{cell}\nS2,b\n"
    # A column of its own, where an empty line would be none.
    alone = cell if cell else '""'
    assert written(table[["name"]], tmp_path) == f"name\n{alone}\nb\n"


def test_numbers_days_and_answers_have_one_form(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "whole": pd.array([1, None, -(2**60)], dtype="Int64"),
            "euros": pd.array([1000.5, None, 1e16], dtype="Float64"),
            "ratio": [0.1, float("nan"), 100000.0],
            "answer": pd.array([True, None, False], dtype="boolean"),
            "day": pd.to_datetime(["2014-01-31", None, "2016-12-01"]),
            "note": pd.array(["a", "b,c", None], dtype="string"),
        }
    )
    assert written(table, tmp_path) == (
        "whole,euros,ratio,answer,day,note\n"
        "1,1000.5,0.1,True,2014-01-31,a\n"
        ',,,,,"b,c"\n'
        "-1152921504606846976,1e+16,100000.0,False,2016-12-01,\n"
    )
