"""Frames, inhabitants and prices of the shelf, and what is told by them."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from pages import chapters, eura2007_page, eura2014_page, read_pages

import esrdata
from esrdata import Population, Portfolio, UsageError, stats
from esrdata.cli.main import main
from esrdata.errors import KnowledgeError
from esrdata.knowledge import load, wording
from esrdata.stats.reference import _joined, prices

HEADING = (
    "Koodi;Rahasto;Hankkeen nimi;Tl;Viranomainen;Tila;Aloituspvm;Päättymispvm;Toteuttajan nimi;"
    "Myönnetty EU- ja valtion rahoitus;Toteutunut EU- ja valtion rahoitus;"
    "Suunniteltu julkinen rahoitus yhteensä;Toteutunut julkinen rahoitus yhteensä"
)


def row(n: int, axis: int, planned: int, realised: int, state: str = "Toiminta päättynyt") -> str:
    return (
        f"S2{n:04};ESR;Hanke {n};{axis};Hämeen ELY-keskus;{state};1.1.2016;31.12.2017;Malli ry;"
        f"1;1;{planned};{realised}"
    )


@pytest.fixture
def portfolio(tmp_path: Path) -> Portfolio:
    rows = [
        row(1, 3, 46_750_000, 23_375_000),
        row(2, 3, 46_750_000, 4_675_000, "Toiminnassa"),
        row(3, 5, 19_890_000, 9_945_000),
    ]
    path = tmp_path / "lista.csv"
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    return esrdata.read(path)


def test_rates_are_of_the_frame_and_absorption_of_ended_projects(portfolio: Portfolio) -> None:
    table = stats.rates(portfolio)
    # The frames of axes 3 and 5 are 467.5 and 198.9 millions.
    assert table["frame"].tolist() == [467_500_000, 198_900_000]
    assert table["reserved"].tolist() == [93_500_000, 19_890_000]
    assert table["commitment_rate"].tolist() == pytest.approx([0.2, 0.1])
    assert table["payment_rate"].tolist() == pytest.approx([0.06, 0.05])
    # Of axis 3 one project has ended, and used half of its plan.
    assert table["n_absorption"].tolist() == [1, 1]
    assert table["absorption"].tolist() == pytest.approx([0.5, 0.5])


def test_the_frame_of_a_fund_has_axes_without_projects_too(portfolio: Portfolio) -> None:
    table = stats.rates(portfolio, by="fund")
    # 467.5 + 328.2 + 198.9 + 30.8 millions.
    assert table["frame"].tolist() == [1_025_400_000]
    assert stats.rates(portfolio, by=None)["frame"].tolist() == [1_025_400_000]


def test_rates_of_another_population_say_so(portfolio: Portfolio) -> None:
    table = stats.rates(portfolio, population=Population(statuses="ended"))
    assert table["reserved"].tolist() == [46_750_000, 19_890_000]
    assert table.attrs["population_spec"]["statuses"] == ["ended"]


def test_an_axis_without_a_frame_has_no_rate_and_the_fund_none(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_text("\n".join([HEADING, row(1, 3, 10, 5), row(2, 9, 10, 5)]), encoding="utf-8")
    found = esrdata.read(path)
    table = stats.rates(found)
    assert table["frame"].isna().tolist() == [False, True]
    assert [why["reason"] for why in table.attrs["unframed"]] == [
        "The shelf has no frame of axis 9 of ESR 2014-2020."
    ]
    for table in (stats.rates(found, by="fund"), stats.rates(found, measure="eu_and_state")):
        assert len(table) == 0
        assert "codes/frames.csv" in table.attrs["why_empty"]


def test_rates_take_what_frames_are_of(portfolio: Portfolio) -> None:
    with pytest.raises(UsageError, match="group of frames"):
        stats.rates(portfolio, by="authority")


def test_frames_of_a_shelf_of_ones_own(portfolio: Portfolio, tmp_path: Path) -> None:
    codes = tmp_path / "shelf" / "codes"
    codes.mkdir(parents=True)
    heading = "programme_period,fund,priority_axis,measure,year,value,source\n"
    # A later frame of axis 3 counts before the one of the package.
    rows = (
        "2014-2020,ESR,3,public_total,2020,187000000,Made up\n"
        "2014-2020,ESR,9,public_total,2021,1000,Made up\n"
    )
    (codes / "frames.csv").write_text(heading + rows, encoding="utf-8")
    own = esrdata.read(tmp_path / "lista.csv", shelf=tmp_path / "shelf")
    assert stats.rates(own)["commitment_rate"].tolist() == pytest.approx([0.5, 0.1])
    # Without it the package's frame counts again.
    assert stats.rates(portfolio)["commitment_rate"].tolist() == pytest.approx([0.2, 0.1])
    (codes / "frames.csv").write_text(heading + rows.replace("1000", "a lot"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"frames\.csv"):
        esrdata.read(tmp_path / "lista.csv", shelf=tmp_path / "shelf")


def test_sums_of_one_year_in_the_prices_of_another(portfolio: Portfolio) -> None:
    # Both series have 2010; from 1.1.2016 to 31.12.2017 the middle day is in 2016 (109.2), and
    # 2020 is 112.7.
    table = stats.constant_prices(portfolio, 2020)
    assert table["planned"].tolist() == [113_390_000]
    assert table["planned_constant"].tolist() == [pytest.approx(113_390_000 * 112.7 / 109.2, abs=1)]
    of_start = stats.constant_prices(portfolio, 2016, when="start")
    assert of_start["planned_constant"].tolist() == [113_390_000]
    of_end = stats.constant_prices(portfolio, 2020, when="end")
    assert of_end["planned_constant"].tolist() == [pytest.approx(113_390_000 * 112.7 / 110, abs=1)]


def test_series_of_prices_are_joined_in_the_first_year_of_both() -> None:
    index = prices()
    assert index[2009] == 115.3
    assert index[2010] == 116.7
    # 116.7 × 109.0 / 100
    assert index[2014] == pytest.approx(127.203)


def test_one_year_in_common_is_enough_to_join_two_series() -> None:
    # 2020 is 110 of the one and 50 of the other: 60 of the other is 132 of the one.
    joined = _joined({2019: 100.0, 2020: 110.0}, {2020: 50.0, 2021: 60.0}, "2020=50")
    assert joined == pytest.approx({2019: 100.0, 2020: 110.0, 2021: 132.0})


def test_prices_of_a_year_off_the_shelf_are_refused(portfolio: Portfolio) -> None:
    with pytest.raises(
        UsageError, match=r"price index for 2050, only for 2000–2020: .*codes/price_index\.csv"
    ):
        stats.constant_prices(portfolio, 2050)
    with pytest.raises(UsageError, match="year of a sum"):
        stats.constant_prices(portfolio, 2020, when="midle")


def test_euros_per_inhabitant(tmp_path: Path) -> None:
    found = read_pages(
        tmp_path,
        eura2007_page(code="S10001", regions="Kainuu, Lappi", public_planned="300 000"),
        eura2007_page(code="S10002", regions="Kainuu", public_planned="100 000"),
    )
    # The last year of the shelf within 2007–2013 is 2009: 82,634 and 183,748 inhabitants.
    table = stats.per_inhabitant(found).set_index("name")
    assert table.loc["Kainuu", "inhabitants"] == 82_634
    assert table.loc["Kainuu", "planned_per_inhabitant"] == pytest.approx(250_000 / 82_634)
    assert table.loc["Lappi", "planned_per_inhabitant"] == pytest.approx(150_000 / 183_748)
    assert pd.isna(table.loc["Uusimaa", "planned_per_inhabitant"])
    # 31.12.2007, and each project in full in both regions.
    full = stats.per_inhabitant(found, 2007, "full_count").set_index("name")
    assert full.loc["Lappi", "planned_per_inhabitant"] == pytest.approx(300_000 / 184_390)


def test_inhabitants_of_a_period_off_the_shelf_are_refused(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    unknown = stats.per_inhabitant(read_pages(tmp_path / "one", eura2014_page()))
    several = stats.per_inhabitant(read_pages(tmp_path / "two", eura2014_page(), eura2007_page()))
    assert (len(unknown), len(several)) == (0, 0)
    why = unknown.attrs["why_empty"]
    assert "for 2014–2023, only for 2006–2009: add rows to codes/inhabitants.csv" in why
    assert wording.word(why.key, "fi", **why.values).startswith(
        "Maakuntien asukaslukuja ei ole vuosilta 2014–2023; kirjastossa on vuodet 2006–2009."
    )
    assert wording.word(why.key, "sv", **why.values).startswith(
        "Det finns inga invånarantal per landskap för 2014–2023; biblioteket har åren 2006–2009."
    )
    assert "2 programme periods, so give the year" in several.attrs["why_empty"]
    # A list has no places, and so nothing to divide.
    assert len(stats.per_inhabitant(portfolio)) == 0


def test_regions_of_the_shelf_have_inhabitants_every_year() -> None:
    rows = load.codes("inhabitants")
    regions = {row["code"] for row in load.codes("regions")}
    for year in {row["year"] for row in rows}:
        assert {row["region"] for row in rows if row["year"] == year} == regions
    # As the table of Statistics Finland says of the whole country.
    whole = sum(int(row["value"]) for row in rows if row["year"] == "2007")
    assert whole == 5_300_484


@pytest.mark.parametrize(
    ("lang", "begins"),
    [
        ("fi", "Taulukossa ei ole rivejä: Maakuntien asukaslukuja ei ole vuosilta 2014–2023;"),
        ("sv", "Tabellen har inga rader: Det finns inga invånarantal per landskap för 2014–2023;"),
        (
            "en",
            "The table has no rows: The shelf has no population figures of regions for 2014–2023,",
        ),
    ],
)
def test_a_missing_year_is_one_sentence_in_the_language_asked_for(
    tmp_path: Path, lang: str, begins: str
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.txt").write_text(eura2014_page(), encoding="utf-8")
    given = ["table", "per_inhabitant", str(tmp_path / "in"), "--lang", lang, "--no-cache"]
    ran = CliRunner().invoke(main, [*given, "--out", str(tmp_path / "t.csv")])
    assert ran.exit_code == 2
    assert begins in ran.output
    assert "2006–2009" in ran.output
    assert not (tmp_path / "t.csv").exists()


def test_a_report_says_what_it_leaves_out_for_want_of_inhabitants(tmp_path: Path) -> None:
    pages = [eura2014_page(code=f"S2{n:04}") for n in range(14)]
    portfolio = read_pages(tmp_path, *pages)
    *_, method = chapters(portfolio, "funding", "method", lang="fi", traces=False).sections
    assert (
        "Rahoitusta asukasta kohti ei ole laskettu: asukasluvut tunnetaan vuosilta 2006–2009, "
        "hankkeet ovat kaudelta 2014–2023."
    ) in method.paragraphs


def test_who_lacks_a_frame_is_told_by_fund_and_period(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_text("\n".join([HEADING, row(1, 9, 10, 5)]), encoding="utf-8")
    told = stats.rates(esrdata.read(path), measure="eu_and_state").attrs["why_empty"]
    assert "ESR 2014-2020: eu_and_state" in told
