"""Shares and counts that stand beside each other say of how many projects each is."""

from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from test_report_edges import listed, plain, report, row, table

import esrdata
from esrdata import Portfolio, stats
from esrdata.explorer.data import source_line
from esrdata.present import charts
from esrdata.present.charts.describe import words
from esrdata.present.html import OPEN_ROWS, html
from esrdata.present.model import Column, Content, Section, Table

mpl.use("agg")
# A report is made for nearly every one of them.
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def with_people(folder: Path) -> Portfolio:
    """Two projects tell of women, one tells only how many people, one only a plan.

    Planned 10, 10, 100 and 50; realised 20, 20 and 100. Women among the first two: planned 4 and 6,
    realised 10 and 20.
    """
    portfolio = listed(folder, *(row(n, axis=4 if n == 4 else 5) for n in (1, 2, 3, 4)))
    counts = [
        ("S20001", "planned", 10, 4), ("S20001", "realised", 20, 10),
        ("S20002", "planned", 10, 6), ("S20002", "realised", 20, 20),
        ("S20003", "planned", 100, None), ("S20003", "realised", 100, None),
        ("S20004", "planned", 50, None),
    ]  # fmt: skip
    rows = pd.DataFrame(counts, columns=["project_code", "stage", "total", "women"])
    rows = rows.assign(indicator="participants", applicable=True)
    shape = portfolio.indicators
    indicators = rows[list(shape.columns)].astype(shape.dtypes.to_dict())
    return Portfolio({**portfolio.tables, "indicators": indicators}, portfolio.base)


def test_a_share_of_women_says_of_how_many_projects_it_is(tmp_path: Path) -> None:
    shown = table(report(with_people(tmp_path), "participants", lang="en"), "participants_by_all")
    names = [column.name for column in shown.columns]
    (cells,) = shown.frame[names].to_dict("records")
    # 10 of 20 and 30 of 40, of two projects each; 170 were planned by four.
    assert cells["planned"] == 170
    assert (cells["n_women_planned"], cells["womens_share_planned"]) == (2, 0.5)
    assert (cells["n_women_realised"], cells["womens_share_realised"]) == (2, 0.75)


def test_where_all_tell_of_women_their_number_stands_once(tmp_path: Path) -> None:
    portfolio = with_people(tmp_path)
    told = portfolio.select(project_code=["S20001", "S20002"])
    shown = table(report(told, "participants"), "participants_by_all")
    assert not [column.name for column in shown.columns if column.name.startswith("n_women")]


def test_a_chart_of_participants_says_what_its_n_is(tmp_path: Path) -> None:
    by = ["programme_period", "fund", "priority_axis"]
    ax = charts.participants(stats.participants(with_people(tmp_path), by=by), lang="en")
    texts = [text.get_text() for text in ax.texts]
    # Axis 4 has a plan only, of one project; axis 5 both numbers of three.
    assert "50" in texts and "120" in texts and "140" in texts and "3" in texts
    notes = plain(" ".join(words(ax, "en").notes))
    assert (
        "n is the number of projects with both a planned and an actual figure (3 in total); "
        "participant data apply to 4 projects in all." in notes
    )
    assert "Where a group has no such project, its row has the planned figure" in notes
    assert "in the projects that also state how many were women (n = 2)." in notes


def test_a_total_alone_is_not_folded_away(tmp_path: Path) -> None:
    def page(n: int) -> str:
        frame = pd.DataFrame({"name": [*map(str, range(n)), "Yhteensä"]}, dtype="string")
        part = Table("t", "Taulukko", [Column("name", "Nimi")], frame, total=True)
        return html(Content("fi", "Otsikko", [], [Section("s", "Luku", [], [part])]), {})

    assert "table-t-rest" not in page(OPEN_ROWS)
    assert "table-t-rest" in page(OPEN_ROWS + 1)


@pytest.mark.parametrize(
    ("name", "fi", "en"),
    [
        ("list-2018-01-01.csv", "1.1.2018", "1 January 2018"),
        # The list has no day of its own: the last project of it ended on 31.12.2016.
        ("lista.csv", "31.12.2016 (päätelty)", "31 December 2016 (inferred)"),
    ],
)
def test_a_day_that_a_list_does_not_state_is_said_to_be_inferred(
    tmp_path: Path, name: str, fi: str, en: str
) -> None:
    listed(tmp_path, row(1), row(2))
    (tmp_path / "list-2018-01-01.csv").rename(tmp_path / name)
    portfolio = esrdata.read(tmp_path)
    for lang, day in (("fi", fi), ("en", en)):
        made = report(portfolio, "glance", lang=lang)
        assert made.summary is not None
        assert f" {day}." in made.summary.counted
        assert f", {day};" in made.source
        assert source_line(portfolio, lang).endswith(f", {day}")


def sentences(portfolio: Portfolio, lang: str) -> list[str]:
    summary = report(portfolio, "glance", lang=lang).summary
    assert summary is not None
    return [plain(" ".join(pair)) for pair in summary.sentences]


def test_the_first_page_sets_only_numbers_of_the_same_projects_beside_each_other(
    tmp_path: Path,
) -> None:
    portfolio = with_people(tmp_path)
    # Of three both numbers are known: 120 planned and 140 realised. Four planned 170.
    assert (
        "Osallistujia suunniteltiin 120 ja toteutui 140. Luvut ovat 3 hankkeesta, joista molemmat "
        "tunnetaan; suunniteltuja on kaikkiaan 170 (4 hankkeesta). Sama henkilö voi olla mukana "
        "useassa hankkeessa."
    ) in sentences(portfolio, "fi")
    told = portfolio.select(project_code=["S20001", "S20002"])
    assert (
        "Participants planned: 20, actual: 40. The numbers cover 2 projects; a person may take "
        "part in several projects."
    ) in sentences(told, "en")
    rows = portfolio.indicators
    planned = rows["project_code"].eq("S20004") & rows["stage"].eq("planned")
    realised = rows["project_code"].eq("S20003") & rows["stage"].eq("realised")
    apart = Portfolio(
        {**portfolio.tables, "indicators": rows[planned | realised].reset_index(drop=True)},
        portfolio.base,
    )
    assert (
        "Participants planned: 50. The number covers 1 project; actual numbers are known for other "
        "projects only (100 participants, 1 project)."
    ) in sentences(apart, "en")


def test_a_map_says_how_many_projects_have_no_region(tmp_path: Path) -> None:
    # Thirty projects of 100 000 euros: 24 in Kymenlaakso and Lappi, one somewhere in a town, five
    # of no place.
    portfolio = listed(tmp_path, *(row(n) for n in range(1, 31)))
    rows = [(f"S2{n:04}", "region", "Lappi" if n % 2 else "Kymenlaakso") for n in range(1, 25)]
    rows.append(("S20025", "municipality", "Kotka"))
    shape = portfolio.locations
    places = pd.DataFrame(rows, columns=["project_code", "level", "name"])
    places = places.reindex(columns=list(shape.columns)).astype(shape.dtypes.to_dict())
    some = Portfolio({**portfolio.tables, "locations": places}, portfolio.base)
    ax = charts.tile_map(stats.locations_summary(some), lang="en")
    texts = [plain(text.get_text()) for text in ax.texts]
    assert "All the data" not in texts
    assert "Projects of known location" in " ".join(texts)
    assert "Projects not shown because no source tells their region: 6." in words(ax, "en").notes
    whole = some.select(region=["Lappi", "Kymenlaakso"])
    ax = charts.tile_map(stats.locations_summary(whole), lang="en")
    assert "All the data" in [plain(text.get_text()) for text in ax.texts]
    assert not any("no source tells" in note for note in words(ax, "en").notes)


def test_what_ran_is_said_to_be_counted_at_the_ends_of_quarters(tmp_path: Path) -> None:
    # On 15 May all fourteen ran; of the quarter ends the last of June had most, thirteen.
    rows = [row(1, days=("1.4.2016", "31.5.2016"))]
    rows += [row(n, days=("1.5.2016", "30.6.2016")) for n in range(2, 15)]
    portfolio = listed(tmp_path, *rows)
    assert "Neljännesten lopuissa hankkeita oli eniten käynnissä 30.6.2016: 13. " in " ".join(
        text + " " for text in sentences(portfolio, "fi")
    )
    money = stats.planned_and_realised(portfolio, by=["fund"])
    ax = charts.glance(money, timeline=stats.timeline(portfolio))
    assert "Käynnissä olevat on laskettu neljännesten viimeisinä päivinä." in words(ax).notes


def test_an_overview_counts_those_whose_participants_are_counted(tmp_path: Path) -> None:
    # Three tell of actual participants; the first of them says that it has none at all.
    portfolio = with_people(tmp_path)
    indicators = portfolio.indicators.copy()
    first = indicators["project_code"].eq("S20001")
    indicators.loc[first, ["total", "women"]] = 0
    indicators.loc[first, "applicable"] = False
    portfolio = Portfolio({**portfolio.tables, "indicators": indicators}, portfolio.base)
    money = stats.planned_and_realised(portfolio, by=["fund"])
    counted = stats.participants(portfolio)
    ax = charts.glance(money, coverage=stats.coverage(portfolio, by=None), participants=counted)
    texts = [plain(text.get_text()) for text in ax.texts]
    at = texts.index("hankkeella on toteutuneiden osallistujien määrä")
    assert texts[at - 1] == "2"


def test_a_group_of_one_number_and_several_meanings_says_so(tmp_path: Path) -> None:
    # Axis 3 is one of the social fund; that of the regional fund is another.
    days = {"days": ("1.4.2010", "31.5.2012")}
    rows = [row(1, axis=3, **days), row(2, axis=1, **days), row(3, axis=3, fund="EAKR", **days)]
    portfolio = listed(tmp_path, *rows)
    table = stats.planned_and_realised(portfolio, by="priority_axis")
    assert table.attrs["mixed"] == {"priority_axis": ["3"]}
    notes = words(charts.planned_and_realised(table, lang="sv"), "sv").notes
    assert (
        "Samma kod betyder olika saker i olika programperioder eller fonder, och dess projekt är "
        "en enda grupp här (Insatsområde: 3)."
    ) in notes
    # Told apart, or chosen from one fund, each group is of one thing.
    of_one = esrdata.Population(funds=("ESR",))
    for made in (
        stats.planned_and_realised(portfolio, by=["fund", "priority_axis"]),
        stats.planned_and_realised(portfolio, by="priority_axis", population=of_one),
        stats.planned_and_realised(portfolio, by="fund"),
    ):
        assert "mixed" not in made.attrs
    # Of one fund and period alone the number of an axis has its name, and the figure says whose.
    alone = stats.planned_and_realised(portfolio, by="priority_axis", population=of_one)
    ax = charts.planned_and_realised(alone, lang="fi")
    assert "Työllisyys ja työvoiman liikkuvuus" in [text.get_text() for text in ax.texts]
    assert words(ax, "fi").subtitle.startswith("ESR 2014–2020, julkinen rahoitus")
    assert "fund" not in table.attrs


def test_a_selection_is_said_to_be_one(tmp_path: Path) -> None:
    rows = [row(1, axis=5), row(2, axis=5), row(3, axis=4), row(4, axis=5, status="Toiminnassa")]
    portfolio = listed(tmp_path, *rows)
    axis = portfolio.select(priority_axis="5", status_code=["ended", "running"])
    note = (
        "Projekten är ett urval ur det lästa materialet (Insatsområde: Insatsområde 5; "
        "Verksamhetens status: Avslutad, Pågående)."
    )
    table = stats.planned_and_realised(axis, by="fund")
    notes = [plain(one) for one in words(charts.planned_and_realised(table, lang="sv"), "sv").notes]
    assert note in notes
    assert "Inga urvalsvillkor har använts." not in notes
    # Of a statistic with conditions of its own both are told.
    used = stats.absorption(axis, by="fund")
    told = [plain(one) for one in words(charts.absorption(used, lang="sv"), "sv").notes]
    assert note in told and any(one.startswith("De projekt ingår som uppfyller") for one in told)
    page = esrdata.report.write(axis, tmp_path / "out", lang="sv").read_text(encoding="utf-8")
    # On the first page, in the chapter on the data, and below each figure.
    assert plain(page).count(note) >= 4
    assert "Inga urvalsvillkor har använts." not in plain(page)
    assert plain(source_line(axis, "sv")).endswith(note.rstrip("."))
    # A mask says how many, a long list of codes names the first.
    some = portfolio.select(portfolio.projects["project_code"] != "S20003")
    one = stats.planned_and_realised(some, by="fund")
    assert "Mukana ovat luetusta aineistosta erikseen valitut hankkeet (3)." in [
        *words(charts.planned_and_realised(one)).notes
    ]


def test_a_side_that_is_a_selection_is_said_to_be_one(tmp_path: Path) -> None:
    ended = [row(n, axis=5 if n < 4 else 4) for n in range(1, 7)]
    portfolio = listed(tmp_path, *ended)
    axis, rest = portfolio.select(priority_axis="5"), portfolio.select(priority_axis="4")
    table = esrdata.compare({"Työ": axis, "muut": rest})
    notes = [plain(one) for one in words(charts.compare(table)).notes]
    for side, code in (("Työ", 5), ("muut", 4)):
        wanted = (
            f"{side}: hankkeet on valittu luetusta aineistosta "
            f"(Toimintalinja: Toimintalinja {code})."
        )
        assert wanted in notes
    # Of shares alone, which have no conditions of their own, nobody says that all are there.
    shares = esrdata.compare({"Työ": axis, "muut": rest}, "discontinued")
    told = " ".join(words(charts.compare(shares, lang="sv"), "sv").notes)
    assert "muut: projekten är ett urval" in told and "Inga urvalsvillkor" not in told


def test_a_long_list_of_values_is_shortened(tmp_path: Path) -> None:
    portfolio = listed(tmp_path, *(row(n) for n in range(1, 10)))
    codes = [f"S2000{n}" for n in range(1, 9)]
    table = stats.planned_and_realised(portfolio.select(project_code=codes), by="fund")
    assert table.attrs["chosen"] == [{"select": {"project_code": {"first": codes[:6], "n": 8}}}]
    assert any(
        note.endswith("S20005, S20006 … (8)).")
        for note in words(charts.planned_and_realised(table)).notes
    )


def test_a_report_of_a_population_has_no_chart_of_all_projects(tmp_path: Path) -> None:
    portfolio = listed(tmp_path, row(1), row(2), row(3, fund="EAKR"))
    path = esrdata.report.write(
        portfolio, tmp_path / "out", lang="en", population=esrdata.Population(funds=("ESR",))
    )
    page = plain(path.read_text(encoding="utf-8"))
    assert "No selection criteria were applied to the projects." not in page
    assert "The projects counted meet these conditions: fund European Social Fund." in page


def test_one_fact_differs(tmp_path: Path) -> None:
    first = listed(tmp_path, row(1))
    (tmp_path / "list-2019-01-01.csv").write_text(
        (tmp_path / "list-2018-01-01.csv").read_text(encoding="utf-8").replace("Hanke 1", "Silta"),
        encoding="utf-8",
    )
    portfolio = esrdata.read(tmp_path)
    assert len(first) == len(portfolio) == 1
    titles = {
        "fi": "Lähteiden väliset erot: 1 tieto poikkeaa",
        "sv": "Skillnader mellan källor: 1 uppgift skiljer sig åt",
        "en": "Differences between sources: 1 fact differs",
    }
    for lang, title in titles.items():
        made = report(portfolio, "conflicts", lang=lang)
        assert plain(made.sections[0].title) == title
