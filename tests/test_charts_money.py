"""Charts of money, its use and time on the sheet: what is drawn where, and what titles find."""

import re
from collections.abc import Iterator
from pathlib import Path

import charts_frames as frames
import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, Rectangle

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.present import charts
from esrdata.present.charts.absorption_picture import Picture
from esrdata.present.charts.grouping import grouping
from esrdata.present.charts.spans import months
from esrdata.present.theme import current

mpl.use("agg")
NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def texts(ax: Axes) -> list[str]:
    return [text.get_text().replace(NBSP, " ") for text in ax.texts]


def bars(ax: Axes, colour: str) -> list[tuple[float, float]]:
    """Beginnings and lengths of the bars of a colour of the theme, from above."""
    wanted = mpl.colors.to_rgba(getattr(current().colours, colour))
    found = [p for p in ax.patches if isinstance(p, Rectangle) and p.get_facecolor() == wanted]
    found.sort(key=lambda p: p.get_y())
    return [(round(p.get_x(), 6), round(p.get_width(), 6)) for p in found]


def money(rows: list[tuple], by: str) -> pd.DataFrame:
    """Groups, n, planned and realised; both sums are known of all."""
    names = by.split()
    table = pd.DataFrame(rows, columns=[*names, "n", "planned", "realised"])
    table.insert(len(names) + 1, "n_both", table["n"])
    table.attrs["measure"] = "public_total"
    return table.astype(
        {"n": "Int64", "n_both": "Int64", "planned": "Float64", "realised": "Float64"}
    )


FUNDS = money(
    [
        ("2007-2013", "ESR", 1, 823, 450_500_000.0, 424_300_000.0),
        ("2007-2013", "ESR", 2, 777, 469_700_000.0, 445_900_000.0),
        ("2007-2013", "EAKR", 1, 13_651, 707_900_000.0, 668_600_000.0),
    ],
    "programme_period fund priority_axis",
)
PROJECTS = money(
    [
        ("2014-2020", "Pieni", "S2", 1, 57_634.0, 49_361.0),
        ("2014-2020", "Suuri", "S1", 1, 375_960.0, 368_136.0),
        ("2014-2020", "Suuri", "S4", 1, 150_000.0, 160_000.0),
        ("2007-2013", "Vanha", "S3", 1, 50_000.0, 50_000.0),
    ],
    "programme_period name project_code",
)


# ---- short names of axes


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_every_axis_has_a_short_name_of_at_most_45_characters(lang: str) -> None:
    rows = load.codes("priority_axes")
    assert len(rows) >= 27
    for row in rows:
        assert 1 <= len(row[f"short_{lang}"]) <= 45, row
    apart = [(r["programme_period"], r["fund"], r[f"short_{lang}"]) for r in rows]
    assert len(set(apart)) == len(apart)


# ---- money


def test_bars_are_to_one_scale_and_realised_stands_in_planned() -> None:
    ax = charts.planned_and_realised(FUNDS)
    planned, realised = bars(ax, "pale"), bars(ax, "dark")
    # The key above has a sample of each at the left edge.
    planned, realised = ([b for b in found if b[0] == 5.85] for found in (planned, realised))
    longest = 10.6 - 5.85
    wanted = [450.5, 469.7, 707.9]
    assert [b[1] for b in planned] == pytest.approx([longest * x / 707.9 for x in wanted])
    wanted = [424.3, 445.9, 668.6]
    assert [b[1] for b in realised] == pytest.approx([longest * x / 707.9 for x in wanted])


def test_rows_have_number_name_and_figures_under_headings_with_sums() -> None:
    found = texts(charts.planned_and_realised(FUNDS))
    assert "Euroopan sosiaalirahasto (ESR)" in found
    row = found.index("Työorganisaatiot, yritykset ja yrittäjyys")
    assert found[row - 1] == "1"
    assert found[row + 1 : row + 5] == ["450,5", "424,3", "94,2", "823"]
    head = found.index("Euroopan sosiaalirahasto (ESR)")
    # 450,5 + 469,7; 424,3 + 445,9; 870,2 / 920,2; 823 + 777
    assert found[head + 1 : head + 5] == ["920,2", "870,2", "94,6", "1 600"]
    total = found.index("Yhteensä")
    assert found[total + 1 : total + 5] == ["1 628,1", "1 538,8", "94,5", "15 251"]
    # A group of one row has its sums in the row.
    other = found.index("Euroopan aluekehitysrahasto (EAKR)")
    assert found[other + 1] == "1"


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("fi", "ESR-rahasta toteutui 94,6 %, EAKR-rahasta 94,4 %"),
        ("sv", "Av ESF-pengarna användes 94,6 %, av ERUF-pengarna 94,4 %"),
        ("en", "ESF: 94.6% of planned money was used; ERDF: 94.4%"),
    ],
)
def test_two_funds_are_set_side_by_side_in_the_title(lang: str, wanted: str) -> None:
    ax = charts.planned_and_realised(FUNDS, lang=lang)
    assert charts.words(ax, lang).title.replace(NBSP, " ") == wanted


def test_other_titles_by_their_conditions() -> None:
    def title(table: pd.DataFrame, lang: str = "fi") -> str:
        words = charts.words(charts.planned_and_realised(table, lang=lang), lang)
        return words.title.replace(NBSP, " ")

    esr = FUNDS.iloc[:2].copy()
    assert title(esr) == "Suunnitellusta 920,2 milj. eurosta toteutui 870,2 milj. euroa (94,6 %)"
    periods = FUNDS.iloc[:2].assign(programme_period=["2007-2013", "2014-2020"])
    assert (
        title(periods)
        == "Rahoituksesta toteutui 94,2 % kaudella 2007–2013 ja 94,9 % kaudella 2014–2020"
    )
    assert (
        title(PROJECTS)
        == "Neljä hanketta käytti 627 497 euroa suunnitellusta 633 594 eurosta (99,0 %)"
    )
    assert title(PROJECTS, "en") == "Four projects used €627,497 of €633,594 planned (99.0%)"
    regions = money([("Lappi", 2, 5e6, 4e6), ("Uusimaa", 3, 6e6, 5e6)], "region")
    ax = charts.planned_and_realised(regions)
    assert charts.words(ax).title == "Suunniteltu ja toteutunut julkinen rahoitus maakunnittain"
    assert charts.words(ax, "sv").title == (
        "Planerat belopp och utfall: offentlig finansiering per landskap"
    )
    # Groups that overlap have no total.
    assert "Yhteensä" not in texts(ax)
    granted = FUNDS.iloc[:2].copy()
    granted.attrs["measure"] = "eu_and_state"
    assert title(granted).startswith("Myönnetystä 920,2")


def test_projects_stand_by_size_under_their_period_with_codes_only_where_names_are_equal() -> None:
    ax = charts.planned_and_realised(PROJECTS)
    found = texts(ax)
    names = [t for t in found if t.startswith(("Suuri", "Pieni", "Vanha"))]
    assert names == ["Suuri (S1)", "Suuri (S4)", "Pieni", "Vanha"]
    assert found[found.index("Suuri (S4)") + 1 :][:3] == ["150 000", "160 000", "106,7"]
    assert "n" not in found
    assert list(charts.describe.behind(ax)["project_code"]) == ["S1", "S4", "S2", "S3"]


def test_missing_is_a_dash_and_zero_is_zero() -> None:
    ax = charts.planned_and_realised(frames.axes())
    found = texts(ax)
    at = found.index("Sosiaalinen osallisuus ja köyhyyden")
    assert "0" in found[at : at + 5]
    row = found.index("Tekninen tuki")
    assert found[row + 1 : row + 5] == ["–", "–", "–", "0"]
    assert "Nollaa pienemmällä toteutuneella summalla ei ole palkkia." in " ".join(found)


def test_of_many_groups_the_smallest_are_one_row_with_their_sum() -> None:
    rows = [(f"Yhdistys {at}", 1, 1000.0 * at, 500.0 * at) for at in range(1, 31)]
    found = texts(charts.planned_and_realised(money(rows, "applicant")))
    assert [t for t in found if t.startswith("Yhdistys")] == [
        f"Yhdistys {n}" for n in range(19, 31)
    ]
    row = found.index("Muut ryhmät (18)")
    # 1000 × (1 + … + 18)
    assert found[row + 1 : row + 5] == ["171 000", "85 500", "50,0", "18"]


def test_the_alternative_text_tells_first_last_total_and_n() -> None:
    told = charts.alt_text(charts.planned_and_realised(FUNDS)).replace(NBSP, " ")
    assert told.startswith("ESR-rahasta toteutui 94,6 %, EAKR-rahasta 94,4 %. 2007–2013, julkinen ")
    assert "ESR 1 Työorganisaatiot, yritykset ja yrittäjyys: suunniteltu 450,5, toteutunut" in told
    assert "EAKR 1 Yritystoiminta: suunniteltu 707,9, toteutunut 668,6 (94,4 %)" in told
    assert "Yhteensä: suunniteltu 1 628,1" in told
    assert told.endswith("n = 15 251.")


def test_a_chart_is_saved_with_the_rows_of_the_picture(tmp_path: Path) -> None:
    ax = charts.planned_and_realised(PROJECTS)
    paths = charts.save(ax, tmp_path / "new" / "kuvio.2014.svg", lang="sv")
    assert {k: path.name for k, path in paths.items()} == {
        "svg": "kuvio.2014.svg", "png": "kuvio.2014.png", "csv": "kuvio.2014.csv",
    }  # fmt: skip
    svg = paths["svg"].read_text(encoding="utf-8")
    assert "Fyra projekt använde" in svg
    assert "<dc:date>" not in svg
    assert list(pd.read_csv(paths["csv"])["project_code"]) == ["S1", "S4", "S2", "S3"]
    again = charts.save(charts.planned_and_realised(PROJECTS), tmp_path / "b", lang="sv")
    for kind in ("svg", "png", "csv"):
        assert paths[kind].read_bytes() == again[kind].read_bytes(), kind


@pytest.mark.parametrize(
    ("read", "line"),
    [
        (["description"], "Lähde: Rakennerahastotietopalvelun hankekuvaukset."),
        (["list"], "Lähde: Rakennerahastotietopalvelun hankelistat."),
        (["made_up"], "Esimerkkiaineisto, jonka hankkeet ovat keksittyjä."),
        ([], ""),
    ],
)
def test_the_source_line_names_what_was_read(read: list[str], line: str) -> None:
    table = FUNDS.copy()
    table.attrs["read_from"] = read
    ax = charts.planned_and_realised(table)
    assert charts.words(ax).source == line
    assert not line or texts(ax)[-1] == line


def test_text_of_names_is_never_a_formula() -> None:
    ax = charts.planned_and_realised(money([("A $x^2$ oy", 1, 2.0, 1.0)], "applicant"))
    ax.get_figure(root=True).canvas.draw()
    assert "A $x^2$ oy" in texts(ax)


# ---- use of funding


def used(groups: dict[str, list[float]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Absorption by size band with its ratios; intervals are made up."""
    rows = []
    for name, values in groups.items():
        middle = pd.Series(values, dtype=float).median()
        few = len(values) < 6
        ends = (None, None) if few else (middle - 0.05, middle + 0.05)
        rows.append((name, len(values), 1, None if pd.isna(middle) else middle, *ends))
    names = "size_band n n_excluded median_ratio ci_low ci_high"
    table = pd.DataFrame(rows, columns=names.split()).astype({"n": "Int64", "n_excluded": "Int64"})
    table = table.astype(dict.fromkeys(("median_ratio", "ci_low", "ci_high"), "Float64"))
    flat = [(name, value) for name, values in groups.items() for value in values]
    ratios = pd.DataFrame(flat, columns=["size_band", "ratio"])
    ratios.insert(0, "project_code", [f"S{at}" for at in range(len(ratios))])
    return table, ratios


def test_ratios_of_other_projects_or_another_measure_are_refused() -> None:
    table, ratios = used({"under_50000": [0.8, 0.9, 1.0], "from_50000": [0.7]})
    told = "are of other projects, or of another measure, than the table"
    with pytest.raises(UsageError, match=told):
        charts.absorption(table, ratios=ratios.iloc[1:])
    # As many projects, of which another sum was asked.
    with pytest.raises(UsageError, match=told):
        charts.absorption(table, ratios=ratios.assign(ratio=ratios["ratio"] * 0.99))
    # Some of the groups, in another order.
    charts.absorption(table.iloc[::-1], ratios=ratios)
    charts.absorption(table.iloc[:1], ratios=ratios)


def test_few_projects_are_dots_and_those_outside_are_counted() -> None:
    groups = {"under_50000": [0.5, 0.6, 0.8, 0.9, 0.9, 0.9, 1.2], "from_50000": [0.95] * 20}
    table, ratios = used({**groups, "from_100000": [0.95]})
    ax = charts.absorption(table, ratios=ratios)
    dots = [p for p in ax.patches if isinstance(p, Ellipse)]
    assert len(dots) == 25
    # 90 % is halfway on the scale of 70 to 110 between 5.4 and 11.55; equal ones are stacked.
    middle = [dot for dot in dots if dot.center[0] == pytest.approx(8.475)]
    assert len(middle) == 3
    assert len({round(dot.center[1], 4) for dot in middle}) == 3
    found = texts(ax)
    assert {"alle 70 %", "yli 110", "2", "1", "ei lasketa"} <= set(found)
    assert charts.words(ax).title.replace(NBSP, " ") == (
        "Joka toinen hanke käytti vähintään 95,0 % suunnitellusta rahasta"
    )


def test_many_projects_are_a_histogram_with_the_share_of_the_tallest_class() -> None:
    values = [0.5] * 10 + [0.99] * 40 + [1.0] * 30 + [1.10] * 20
    table, ratios = used({"under_50000": values})
    ax = charts.absorption(table, ratios=ratios)
    wide = (11.55 - 5.4) / 20
    [mid], pale = bars(ax, "mid"), bars(ax, "pale")
    assert mid[0] == pytest.approx(5.4 + 14 * wide + 0.015)
    # 100 % is at least 100, and 110 is not over 110.
    assert sorted(b[0] for b in pale) == pytest.approx([5.4 + at * wide + 0.015 for at in (15, 19)])
    assert "40 %" in texts(ax)
    assert "10" in texts(ax)


def test_the_scale_widens_only_where_it_must() -> None:
    low, ratios = used({"under_50000": [0.6] * 4 + [0.9] * 3})
    assert "alle 50 %" in texts(charts.absorption(low, ratios=ratios))
    high, ratios = used({"under_50000": [1.15] + [0.9] * 10})
    assert "yli 120" in texts(charts.absorption(high, ratios=ratios))
    # Without the ratios the median says that half are below; its mark had been off the scale.
    assert {"50 %", "110 %"} <= {*texts(charts.absorption(low))}


def test_centres_and_bodies_have_their_short_names_in_the_language() -> None:
    centre = "Etelä-Pohjanmaan elinkeino-, liikenne- ja ympäristökeskus"
    table = money([(centre, 2, 5e6, 4e6), ("Etelä-Savon maakuntaliitto", 3, 6e6, 5e6)], "authority")
    assert "NTM-centralen i Södra Österbotten" in texts(
        charts.planned_and_realised(table, lang="sv")
    )
    table = money([("Itä-Suomen yliopisto", 2, 5e6, 4e6), ("Oma ry", 3, 6e6, 5e6)], "applicant")
    found = texts(charts.planned_and_realised(table, lang="en"))
    assert {"University of Eastern Finland", "Oma ry"} <= {*found}


def test_a_title_tells_of_a_group_far_below_only_where_it_is_far_and_large() -> None:
    groups = {"under_50000": [0.5] * 10 + [0.9] * 30, "from_50000": [0.5] + [0.9] * 19}
    table, ratios = used(groups)
    ax = charts.absorption(table, ratios=ratios)
    assert charts.words(ax).title.replace(NBSP, " ") == (
        "Alle 50 000 €: 25 % hankkeista käytti alle 70 % suunnitellusta, muissa 5 %"
    )
    small = {"under_50000": [0.5] * 5 + [0.9] * 15, "from_50000": [0.9] * 20}
    ax = charts.absorption(*used(small)[:1], ratios=used(small)[1])
    assert charts.words(ax).title.startswith("Joka toinen")


def test_half_is_a_word_for_six_projects_or_more() -> None:
    for n, begins in ((5, "Toteutunut "), (6, "Joka toinen hanke ")):
        table, ratios = used({"under_50000": [0.9] * n})
        for beside in (ratios, None):
            ax = charts.absorption(table, ratios=beside)
            assert charts.words(ax).title.startswith(begins)


def test_a_group_without_projects_has_a_dash_and_a_note() -> None:
    table, ratios = used({"under_50000": [0.9] * 7, "from_50000": []})
    ax = charts.absorption(table, ratios=ratios)
    found = texts(ax)
    row = found.index("50 000–99 999 €")
    assert found[row + 1 : row + 4] == ["–", "–", "0"]
    assert "ei ole hankkeita laskennassa" in " ".join(found)
    # Who hears the picture need not hear of the dash.
    assert "50 000–99 999 €" not in charts.alt_text(ax, "fi")


def test_what_is_not_known_stands_apart_in_a_heading() -> None:
    by = ["programme_period", "fund", "priority_axis", "n"]
    rows = pd.DataFrame([("2007-2013", "ESR", "1", 3), (None, None, None, 2)], columns=by)
    groups = grouping(rows)
    heads = [groups.heading(row, "sv") for row in rows.to_dict("records")]
    assert heads == ["2007–2013 ESF", "Programperiod: uppgift saknas, Fond: uppgift saknas"]


def test_of_many_groups_those_of_the_most_projects_are_drawn() -> None:
    few = frames.absorption()
    many = pd.concat([few.assign(size_band=few["size_band"] + str(n)) for n in range(11)])
    # Of 44 rows the four smallest are left out: groups of no project.
    picture = Picture(many.reset_index(drop=True), grouping(many), None)
    assert len(picture.list) == 40
    assert sorted(one.n for one in picture.list)[:8] == [0] * 7 + [3]
    note = "Kuviosta on jätetty pois pienimmät ryhmät, joita on 4; ne ovat taulukossa."
    assert note in picture.words("fi").notes


def test_without_ratios_there_are_medians_alone() -> None:
    ax = charts.absorption(frames.absorption())
    assert not [p for p in ax.patches if isinstance(p, Ellipse | Rectangle)]
    assert "84,0" in texts(ax)


def test_ratios_grouped_otherwise_are_refused() -> None:
    table, ratios = used({"under_50000": [0.9]})
    with pytest.raises(UsageError, match="size_band"):
        charts.absorption(table, ratios=ratios.drop(columns="size_band"))
    assert plt.get_fignums() == []


# ---- time


def times(n: int, former: int | None = None) -> pd.DataFrame:
    """Projects of a year each, a quarter apart from 2014; `former` days shorter before."""
    start = [pd.Timestamp(2014 + at // 4, 1 + 3 * (at % 4), 1) for at in range(n)]
    end = [day + pd.DateOffset(years=1) - pd.Timedelta(days=1) for day in start]
    table = pd.DataFrame({"start_date": start, "end_date": end})
    table.insert(0, "project_code", [f"S{at}" for at in range(n)])
    table.insert(1, "name", [f"Hanke {at}" for at in range(n)])
    table["programme_period"], table["fund"] = "2014-2020", "ESR"
    table["status_code"] = ["interrupted", *["ended"] * (n - 1)]
    table["duration_days"] = 365
    if former is not None:
        table["end_before"] = [
            table["end_date"][0] - pd.Timedelta(days=former),
            *[pd.NaT] * (n - 1),
        ]
    return table


def test_projects_without_codes_keep_their_own_names() -> None:
    keys = ["web:a.fi#1", "web:b.fi#1", "S3"]
    table = times(3).assign(project_code=keys, name=["Silta", "Polku", "Katu"])
    assert {"Silta", "Polku", "Katu"} <= set(texts(charts.timeline(table)))


def test_few_projects_are_bars_with_what_was_added() -> None:
    table = times(3, former=181)
    # The second is compared and unchanged; of the third no earlier day is known.
    table.loc[1, "end_before"] = table["end_date"][1]
    ax = charts.timeline(table)
    found = texts(ax)
    assert "+6 kk" in found
    assert found.count("12 kk") == 3
    assert {"toteutusaika", "pidennys"} <= set(found)
    words = charts.words(ax)
    assert (
        words.title.replace(NBSP, " ")
        == "2 hankkeesta 1 jatkui alkuperäistä pidempään, 6 kuukautta"
    )
    assert words.subtitle.startswith("ESR 2014–2020, ")
    assert "varhaisempaa päivää ei ole: 1." in " ".join(words.notes)
    # The first one was discontinued: its days are those of the plan.
    plain = charts.timeline(times(3))
    assert charts.words(plain).title.replace(NBSP, " ") == "Hankkeiden kesto on 12 kuukautta"
    ended = charts.timeline(times(3).assign(status_code="ended"))
    assert charts.words(ended).title.replace(NBSP, " ") == "Hankkeet kestivät 12 kuukautta"
    assert "pidennys" not in texts(plain)


def test_months_are_whole() -> None:
    assert months(pd.Timestamp(2014, 1, 1), pd.Timestamp(2014, 10, 31)) == 10


def test_many_projects_are_quarters_and_years() -> None:
    ax = charts.timeline(times(26))
    data = charts.describe.behind(ax)
    quarters = data[data["part"] == "running"]
    # One starts each quarter and lasts four; from the fourth quarter on four run at a time.
    assert list(quarters["n"]) == [1, 2, 3, *[4] * 23, 3, 2, 1][: len(quarters)]
    assert len(quarters) == 29
    started = data[(data["part"] == "started") & (data["status_code"] == "ended")]
    assert list(started["n"]) == [3, 4, 4, 4, 4, 4, 2, 0]
    # Several quarters have as many: the title tells of none.
    assert charts.words(ax).title == "Hankkeiden toteutusaika"


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (
            pd.Timestamp(2016, 12, 1),
            "Neljännesten lopuissa hankkeita oli eniten käynnissä vuoden 2016 lopussa: 30",
        ),
        (
            pd.Timestamp(2016, 6, 1),
            "Neljännesten lopuissa hankkeita oli eniten käynnissä 30.6.2016: 30",
        ),
    ],
)
def test_the_peak_is_told_with_its_day(day: pd.Timestamp, wanted: str) -> None:
    table = times(30).assign(start_date=day, end_date=day + pd.Timedelta(days=45))
    ax = charts.timeline(table)
    assert charts.words(ax).title.replace(NBSP, " ") == wanted
    assert [t for t in texts(ax) if t.startswith("30 (")]


def test_a_rare_status_is_told_in_words() -> None:
    found = texts(charts.timeline(times(60)))
    assert "Keskeytynyt 1 (ei eroteltu)" in found
    assert not re.search("Keskeytynyt 1 \\(", " ".join(texts(charts.timeline(times(26)))))


@pytest.mark.parametrize(
    "chart", ["planned_and_realised", "absorption", "timeline", "status_by_year"]
)
def test_another_table_is_refused_in_one_sentence(chart: str) -> None:
    with pytest.raises(UsageError, match=rf"esrdata\.stats\.{chart}"):
        getattr(charts, chart)(pd.DataFrame({"n": [1]}))
    with pytest.raises(UsageError, match=r"not an int"):
        getattr(charts, chart)(3)
    with pytest.raises(UsageError, match="language"):
        charts.planned_and_realised(FUNDS, lang="de")
    with pytest.raises(UsageError, match="no rows"):
        charts.planned_and_realised(FUNDS.iloc[:0])
    assert plt.get_fignums() == []
