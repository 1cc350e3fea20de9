"""Labels of charts that are cut, and still tell one row from another."""

from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from test_report_edges import listed, row

from esrdata import Portfolio, stats
from esrdata.present import charts

mpl.use("agg")

BEGINNING = (
    "Työllistymisen ja osallisuuden vahvistaminen monialaisen yhteistyön, digitaalisten "
    "palveluiden sekä kansalaistoiminnan keinoin Etelä-Savon, Kymenlaakson ja Pohjois-Karjalan "
    "maakunnissa, hanke"
)
BODY = "Kaakkois-Suomen ammattikorkeakoulun tutkimus- ja kehittämistoiminnan yksikkö"


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def alike(folder: Path, n: int) -> Portfolio:
    """Projects whose names, and whose applicants' names, differ in their last letters alone."""
    rows = [
        row(at, 1000 * at, 900 * at, granted=1000 * at)
        .replace(f"Hanke {at};", f"{BEGINNING} {at};")
        .replace(f"Toteuttaja {at} ry", f"{BODY} {at} Oy")
        for at in range(1, n + 1)
    ]
    return listed(folder, *rows)


def texts(ax: Axes) -> list[str]:
    return [text.get_text().replace("\u00a0", " ") for text in ax.texts]


def test_projects_whose_names_are_cut_alike_keep_their_codes(tmp_path: Path) -> None:
    portfolio = alike(tmp_path, 5)
    money = stats.planned_and_realised(portfolio, by=["name", "project_code"])
    for ax in (
        charts.planned_and_realised(money),
        charts.glance(money, row=True),
        charts.timeline(stats.timeline(portfolio)),
    ):
        lines = texts(ax)
        for at in range(1, 6):
            (line,) = (text for text in lines if f"(S2000{at})" in text)
            assert line.endswith(f"… (S2000{at})")
    stated = pd.DataFrame(
        {"project_code": ["S1", "S2"], "name": [f"{BEGINNING} {n}" for n in "ab"]}
    )
    stated = stated.assign(planned=[3, 4], realised_on_form=[1, 2]).astype({"name": "string"})
    columns = list(stats.columns("stated_participants")["column"])
    stated = stated.reindex(columns=columns).convert_dtypes()
    lines = texts(charts.stated_participants(stated))
    assert [text[-4:] for text in lines if text.endswith(")") and "… (S" in text] == [
        "(S1)",
        "(S2)",
    ]


def test_beneficiaries_whose_names_are_cut_alike_keep_their_ends(tmp_path: Path) -> None:
    lines = texts(charts.concentration(stats.concentration(alike(tmp_path, 3))))
    for at in (1, 2, 3):
        assert len([text for text in lines if text.endswith(f"… yksikkö {at} Oy")]) == 1


def test_names_that_differ_where_they_are_read_have_no_code(tmp_path: Path) -> None:
    rows = [row(at).replace(f"Hanke {at};", f"{at}. {BEGINNING};") for at in (1, 2, 3)]
    lines = texts(charts.timeline(stats.timeline(listed(tmp_path, *rows))))
    assert not any("(S2" in text for text in lines)
    assert len([text for text in lines if text.endswith("…")]) == 3


def test_projects_of_one_name_have_their_codes_however_long_it_is(tmp_path: Path) -> None:
    names = {1: "Silta", 2: "Silta", 3: BEGINNING, 4: BEGINNING}
    rows = [row(at).replace(f"Hanke {at};", f"{name};") for at, name in names.items()]
    lines = texts(charts.timeline(stats.timeline(listed(tmp_path, *rows))))
    assert {"Silta (S20001)", "Silta (S20002)"} <= set(lines)
    assert len([text for text in lines if text.endswith(("… (S20003)", "… (S20004)"))]) == 2
