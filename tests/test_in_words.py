"""Tables as people read them."""

import pandas as pd
import pytest

import esrdata
from esrdata.knowledge import load
from esrdata.knowledge.messages import first_items, message
from esrdata.knowledge.wording import quoted


def test_of_a_long_path_the_name_of_the_file_is_kept() -> None:
    files = [f"/home/{'deep/' * 20}own.csv", "raw/S1.txt", None]
    words = esrdata.in_words(pd.DataFrame({"file": files}), "en")
    assert list(words.iloc[:, 0]) == [f"…/{'deep/' * 7}own.csv", "raw/S1.txt", "–"]


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_every_kind_of_finding_has_a_name_in_tables(lang: str) -> None:
    codes = [*load.messages()]
    # A rule of plausibility is one, too.
    assert "realised_above_granted" in codes
    shown = esrdata.in_words(pd.DataFrame({"code": codes}), lang).iloc[:, 0]
    assert not {*shown} & {*codes}
    assert all(name[0].isupper() for name in shown)


def test_a_long_text_is_cut_after_a_word() -> None:
    assert quoted("one two, three", 10) == "one two…"
    assert quoted("one two", 7) == "one two"
    # A word that has no end in the second half of the room is cut itself.
    assert quoted("a abcdefghijklmn", 10) == "a abcdefg…"


def test_items_are_kept_whole_and_the_others_counted() -> None:
    assert first_items("aa; bb; cc", "; ", "en", 10) == "aa; bb; cc"
    assert first_items("aa; bb; cc", "; ", "en", 9) == "aa; bb and 1 more"
    assert first_items("aa; bb; cc", "; ", "sv", 3) == "aa och 2 till"


def test_the_reasons_of_a_link_are_all_in_its_sentence() -> None:
    reasons = "Asukaslähtöinen kehittäminen; S20405 0.886; " + "; ".join(
        [
            "title 0.97", "organisation Kymenlaakson Sepra ry", "sum 57634 = 57634",
            "start_date 2015-05-01 = 2015-05-01", "end_date 2016-12-31 ≠ 2017-06-30",
            "place Kotka", "title_numbers 2015 2016 = 2015 2016",
        ]
    )  # fmt: skip
    text = message(
        "web_project_linked", "en",
        file="page.txt", project="S20405", field=None, line=29, raw=reasons,
    )  # fmt: skip
    assert "end date 31 December 2016 ≠ 30 June 2017; place Kotka;" in text
    assert "…" not in text


def test_a_comparison_names_measures_sides_and_figures_and_writes_each_in_its_unit() -> None:
    table = pd.DataFrame(
        {
            "measure": ["public_total", "duration_days"],
            "side": ["2007-2013", "2014-2020"],
            "planned": [5000.0, None],
            "median": [0.951, 365.0],
            "n": [3, 4],
        }
    )
    table.attrs = {
        "call": {"statistic": "compare"},
        "by": ["programme_period"],
        "keys": {p: {"programme_period": p} for p in ("2007-2013", "2014-2020")},
        "figures": {
            "public_total": {"kind": "pair", "unit": "eur", "label": {"fi": "Rahoitus"}},
            "duration_days": {"kind": "figure", "unit": "days", "label": {"fi": "Kesto"}},
        },
    }
    words = esrdata.in_words(table, "fi")
    assert [list(words.iloc[:, place]) for place in range(5)] == [
        ["Julkinen rahoitus yhteensä", "Kesto, päivää"],
        ["2007–2013", "2014–2020"],
        ["5\u00a0000\u00a0€", "–"],
        ["95,1\u00a0%", "365"],
        ["3", "4"],
    ]
    # Days are no kind of funding.
    assert words.columns[0] == "Mitta"


def test_checks_and_key_figures_have_names() -> None:
    checks = pd.DataFrame({"check": ["negative_sum"], "n": [1]})
    checks.attrs["call"] = {"statistic": "plausibility"}
    assert esrdata.in_words(checks, "sv").iloc[0, 0] == "Beloppet är negativt"
    figures = pd.DataFrame(
        {"figure": ["projects", "utilisation"], "unit": ["projects", "ratio"], "value": [1234, 0.5]}
    )
    figures.attrs["call"] = {"statistic": "without_doubtful"}
    assert [tuple(row) for row in esrdata.in_words(figures, "en").itertuples(index=False)] == [
        ("Projects", "projects", "1,234"),
        ("Utilisation rate of ended projects, ratio of sums", "ratio", "50.0%"),
    ]


def test_medians_of_groups_are_in_the_unit_of_their_figure_and_p_has_its_limit() -> None:
    table = pd.DataFrame(
        {"median_a": [0.985], "median_b": [1.0], "p": [0.00004], "p_holm": [0.0345]}
    )
    table.attrs = {"call": {"statistic": "compare_groups"}, "value": "public_total_absorption"}
    words = esrdata.in_words(table, "fi")
    assert words.iloc[0].tolist() == ["98,5\u00a0%", "100,0\u00a0%", "<\u00a00,001", "0,035"]
    table.attrs["value"] = "duration_days"
    # As many decimals as the other of the pair.
    assert esrdata.in_words(table, "fi").iloc[0, 1] == "1,0"
