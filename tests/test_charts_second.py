"""Charts 4 to 8: sustainability, beneficiaries, participants, portfolios, regions."""

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import charts_second_frames as frames
import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from charts_frames import from_descriptions, people
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from test_compare import HIGH, LOW, portfolio

import esrdata
from esrdata import UsageError
from esrdata.present import charts
from esrdata.present.charts import conditions, style
from esrdata.present.charts.beneficiaries import plain_names
from esrdata.present.theme import current

mpl.use("agg")
LANGUAGES = ("fi", "sv", "en")
NBSP = "\u00a0"


def _sustainability(n: int) -> Callable[..., Axes]:
    if n <= conditions.FEW:
        return lambda **k: charts.sustainability_scores(frames.scores(n), **k)
    return lambda **k: charts.sustainability(frames.profile(n, varied=n == 24), **k)


DRAWN: dict[str, Callable[..., Axes]] = {
    f"{name} {n}": make(n)
    for n in frames.SIZES
    for name, make in {
        "sustainability": _sustainability,
        "beneficiaries": lambda n: lambda **k: charts.concentration(frames.shares(n), **k),
        "stated": lambda n: lambda **k: charts.stated_participants(frames.stated(n), **k),
        "regions": lambda n: lambda **k: charts.tile_map(frames.regions(n), **k),
        "sides": lambda n: lambda **k: charts.compare(frames.sides(n), **k),
    }.items()
}
EIGHT = portfolio(
    [float(i % 13) for i in range(80)], name=[f"{i % 8} {frames.LONG}" for i in range(80)]
)
DRAWN |= {
    "people": lambda **k: charts.participants(from_descriptions(people()), **k),
    "people planned": lambda **k: charts.participants(people(realised=False), **k),
    "projects on two sheets": lambda **k: charts.sustainability_scores(frames.scores(11), **k),
    "long sides": lambda **k: charts.compare(frames.sides(24, long=True), **k),
    "eight sides": lambda **k: charts.compare(esrdata.compare(EIGHT, by="name"), **k),
    "each side": lambda **k: charts.compare(esrdata.compare(EIGHT, by="name", against="each"), **k),
    "same projects": lambda **k: charts.compare(esrdata.compare({"now": LOW, "before": LOW}), **k),
    "regions by number": lambda **k: charts.tile_map(frames.regions(), "n", **k),
    "regions realised": lambda **k: charts.tile_map(frames.regions(), "realised", **k),
}


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def texts(ax: Axes) -> list[str]:
    return [text.get_text().replace(NBSP, " ") for s in charts.sheets(ax) for text in s.texts]


def bars(ax: Axes, colour: str) -> list[Rectangle]:
    wanted = getattr(current().colours, colour).lower()
    return [
        patch
        for patch in ax.patches
        if isinstance(patch, Rectangle) and to_hex(patch.get_facecolor()) == wanted
    ]


# ---- every chart


def _usual(name: str, lang: str) -> bool:
    """Whether a chart is drawn each time: of several sizes one is, in the longest language."""
    size = name.rpartition(" ")[2]
    return lang == "fi" and (not size.isdigit() or size == "24")


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        pytest.param(name, lang, marks=() if _usual(name, lang) else pytest.mark.slow)
        for name in DRAWN
        for lang in LANGUAGES
    ],
)
def test_no_text_is_cut_or_stands_on_another(name: str, lang: str) -> None:
    first = DRAWN[name](lang=lang)
    for ax in charts.sheets(first):
        figure = ax.get_figure(root=True)
        wide, tall = (inches * 2.54 for inches in figure.get_size_inches())
        assert wide == pytest.approx(16)
        assert tall <= 23.1
        # As `charts.save` draws it.
        with style.styled():
            renderer = figure.canvas.get_renderer()
            boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in ax.texts]
        for text, box in boxes:
            assert min(box.x0, box.y0) >= -1, text
            assert box.x1 <= figure.bbox.width + 1, text
            assert box.y1 <= figure.bbox.height + 1, text
        for (one, a), (other, b) in combinations(boxes, 2):
            over = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
            assert min(over) <= 1.5, (one, other)
        assert min(text.get_size() for text in ax.texts) >= 7.5
    said = charts.alt_text(first, lang)
    assert said.endswith(".")
    assert not re.search(r"[{}]|\bnan\b|<NA>|None", said + " ".join(texts(first)))
    mark = r"\d\.\d" if lang != "en" else r"\d,\d(?!\d\d)"
    assert not re.search(mark, " ".join(texts(first)))


@pytest.mark.parametrize("name", [name for name in DRAWN if name.endswith(" 24")])
def test_title_and_notes_can_be_left_to_the_page(name: str) -> None:
    whole, bare = DRAWN[name](), DRAWN[name](with_title=False, with_notes=False)
    words = charts.words(whole, "fi")
    shown = texts(bare)
    assert words.title
    assert words.notes
    assert words.title not in shown
    assert not any(text in note for note in words.notes for text in shown if len(text) > 40)
    if not name.startswith("sides"):
        assert words.source == "Lähde: Rakennerahastotietopalvelun hankekuvaukset."


@pytest.mark.parametrize(
    ("chart", "table"),
    [
        (charts.sustainability, frames.profile(24)),
        (charts.sustainability_scores, frames.scores()),
        (charts.concentration, frames.shares()),
        (charts.stated_participants, frames.stated()),
        (charts.tile_map, frames.regions()),
    ],
)
def test_wrong_tables_are_refused(chart: Callable[..., Axes], table: pd.DataFrame) -> None:
    for given, why in (
        (table.iloc[:0], "no rows"),
        (pd.DataFrame({"name": ["Hanke"]}), "no column"),
        ([1, 2], r"takes a table that esrdata\.stats gave"),
    ):
        with pytest.raises(UsageError, match=why):
            chart(given)
    with pytest.raises(UsageError, match="language"):
        chart(table, lang="no")
    assert plt.get_fignums() == []


# ---- sustainability


def test_classes_are_bars_of_all_scores_in_the_order_of_the_share_above_zero() -> None:
    ax = charts.sustainability(frames.profile(98), lang="en")
    shown = texts(ax)
    # Zeros fall by ten points a criterion: mean 55 direct, 50 indirect.
    assert shown[0] == "Direct effect was rated zero in 55% of ratings, indirect in 50%"
    assert shown.index("Natura 2000 sites") < shown.index("Sustainable use of natural resources")
    first = [bar for bar in bars(ax, "dark") if bar.get_width() != 0.5]
    # The last criterion of the form comes first: 14 per cent of 3.75 cm.
    assert first[0].get_width() == pytest.approx(0.14 * 3.75)
    ends = [bar.get_x() + bar.get_width() for bar in first]
    assert {round(end, 6) for end in ends} == {5.8 + 3.75, 11 + 3.75}
    assert "14%" in shown
    assert "75" in shown
    assert "n" not in shown
    assert "Projects whose form does not ask for scores: 7." in charts.words(ax, "en").notes


def test_numbers_of_projects_that_differ_have_a_column() -> None:
    shown = texts(charts.sustainability(frames.profile(24, varied=True)))
    assert "n" in shown
    assert {"24", "20"} <= {*shown}
    few = frames.profile(2)
    ax = charts.sustainability(few)
    assert "–" in texts(ax)
    assert not [bar for bar in bars(ax, "dark") if bar.get_width() != 0.5]


def test_a_few_projects_stand_side_by_side() -> None:
    ax = charts.sustainability_scores(frames.scores(3), lang="fi")
    shown = texts(ax)
    assert shown[0] == "Hyvinvoinnin edistäminen sai kaikilta vähintään 5"
    assert shown.count("0") + shown.count("1") + shown.count("2") > 20
    longest = max(bar.get_width() for bar in ax.patches)
    # 7 of 10 points, of 0.9 cm.
    assert longest == pytest.approx(0.63)
    assert any("S99" in note and "ei kysytä" in note for note in charts.words(ax, "fi").notes)
    with pytest.raises(UsageError, match="more than 12"):
        charts.sustainability_scores(frames.scores(13))
    assert len(charts.sheets(charts.sustainability_scores(frames.scores(4)))) == 2
    # What one or two gave is nothing that all gave.
    assert "kaikilta" not in texts(charts.sustainability_scores(frames.scores(2)))[0]


def test_former_charts_are_told_and_still_drawn() -> None:
    with pytest.warns(DeprecationWarning, match="charts.sustainability has both"):
        assert charts.sustainability_effects(frames.profile(24)) is not None


def test_several_groups_of_scores_are_refused() -> None:
    two = pd.concat([frames.profile(24), frames.profile(24)])
    with pytest.raises(UsageError, match="several groups"):
        charts.sustainability(two)


# ---- beneficiaries


def test_ten_bars_the_others_the_total_and_one_bar_of_all_the_money() -> None:
    table = frames.shares(300)
    ax = charts.concentration(table, lang="en")
    shown = texts(ax)
    top = float(table["share"].iloc[:10].sum())
    assert shown[0] == f"The ten largest beneficiaries received {round(top * 100)}% of funding"
    assert "The other 290 beneficiaries" in shown
    assert {"580", "600", "100.0"} <= {*shown}
    dark = bars(ax, "dark")
    assert len(dark) == 11
    # The largest is 5 cm long, the next as its sum is to that; the lower bar is of the whole width.
    assert dark[0].get_width() == pytest.approx(5.0)
    assert dark[1].get_width() / 5 == pytest.approx(950_000 / 1_050_000)
    assert dark[10].get_width() == pytest.approx(top * 16)
    lower = dark[10:] + [b for c in ("mid_text", "pale", "faint") for b in bars(ax, c)]
    assert sum(bar.get_width() for bar in lower) == pytest.approx(16)
    joined = " ".join(shown)
    assert "beneficiaries 11–50" in joined
    assert "the other 100" in joined


def test_fewer_beneficiaries_have_fewer_bars() -> None:
    ax = charts.concentration(frames.shares(24), lang="fi")
    assert texts(ax)[0].startswith("Viisi suurinta toteuttajaa sai ")
    assert len(bars(ax, "dark")) == 6
    ax = charts.concentration(frames.shares(4), lang="fi")
    assert texts(ax)[0] == "Rahoitus toteuttajittain"
    assert len(bars(ax, "dark")) == 4
    with pytest.raises(UsageError, match="not whole"):
        charts.concentration(frames.shares().iloc[:20])
    zero = frames.shares(3)
    zero["cumulative_share"] = pd.array([pd.NA] * 3, dtype="Float64")
    with pytest.raises(UsageError, match="nothing to draw"):
        charts.concentration(zero)


def test_identifiers_stand_where_two_names_are_equal() -> None:
    table = frames.shares(4)
    table["applicant"] = pd.array(
        [
            "Koulu Oy (oy:koulu 1234567-8)",
            "Koulu Oy (oy:koulu 8765432-1)",
            "Säätiö (sr:säätiö)",
            "A",
        ],
        dtype="string",
    )
    shown = texts(charts.concentration(table))
    assert {"Koulu Oy (1234567-8)", "Koulu Oy (8765432-1)", "Säätiö", "A"} <= {*shown}


# ---- participants


def test_stated_numbers_stand_in_their_words_and_are_never_added() -> None:
    ax = charts.stated_participants(frames.stated(5), lang="fi")
    shown = texts(ax)
    # Plans 43, 1, 103 and 1204; the third has none for there are no participants.
    assert shown[0] == "Suunnitellut osallistujat ja tekstissä mainitut määrät"
    assert {"n. 800 nuorta", "alle viisi osallistujaa", "ei ole", "ei mainintaa", "ei tekstiä"} <= {
        *shown
    }
    assert "30 henkilöä" not in shown
    assert "999 henkilöä" not in shown
    diamonds = [line for line in ax.lines if line.get_marker() == "D"]
    # One in the key; 800 and 20, 60, 50 and 40, 5.
    assert len(diamonds) == 7
    assert [m.get_marker() for m in ax.lines if m.get_marker() in ("<", ">")] == [">", "<"]
    # The longest of 1204 is cut nowhere, for 800 is more than a fifth of it.
    assert max(b.get_x() + b.get_width() for b in bars(ax, "pale")) == pytest.approx(9.9)
    assert any("S20002" in note for note in charts.words(ax, "fi").notes)


def test_of_many_projects_the_largest_plans_are_drawn_and_the_others_are_one_row() -> None:
    ax = charts.stated_participants(frames.stated(200), lang="en")
    shown = texts(ax)
    # Both numbers are known of every fifth project: plans 103 and so on by five to 298.
    assert shown[0] == "40 projects planned 8,020 participants and had 2,000"
    assert "The other 185 projects" in shown
    assert "Total, 200 projects" in shown
    # 43 … 238, 1 … 196, 103 … 298, 1204 … 1399.
    total = sum(range(43, 239, 5)) + sum(range(1, 197, 5)) + 8020 + sum(range(1204, 1400, 5))
    assert f"{total:,}" in shown


def test_a_value_far_beyond_the_next_is_cut() -> None:
    table = frames.stated(4)
    table.loc[0, "value"] = 90_000
    ax = charts.stated_participants(table, lang="fi")
    assert "90 000" in texts(ax)
    diamonds = [float(m.get_xdata()[0]) for m in ax.lines if m.get_marker() == "D"]
    assert max(diamonds) == pytest.approx(9.9)


def test_participants_of_the_same_projects_are_bar_in_bar() -> None:
    both = {"planned_both": [1000, None, 0, None], "realised_both": [920, None, 5210, None]}
    table = people().assign(**{k: pd.array(v, dtype="Int64") for k, v in both.items()})
    ax = charts.participants(table, lang="en")
    shown = texts(ax)
    # Lapland has only planned numbers, and they are drawn; 5210 is cut, five times the next.
    assert {"1,000", "920", "310", "5,210", "92%", "Lapland"} <= {*shown}
    pale = [bar.get_width() for bar in bars(ax, "pale") if bar.get_width() != 0.5]
    dark = [bar.get_width() for bar in bars(ax, "dark") if bar.get_width() != 0.5]
    assert pale[1] / pale[0] == pytest.approx(0.31)
    assert dark == [pytest.approx(0.92 * pale[0]), pytest.approx(3.75)]
    assert shown[0] == "Planned and actual participants"
    assert any("in total)" in note and "33" in note for note in charts.words(ax, "en").notes)


def test_participants_of_other_projects_have_no_ratio() -> None:
    shown = texts(charts.participants(people()))
    assert "Usean maakunnan hanke on mukana jokaisessa maakunnassaan." in " ".join(shown)
    assert "Toteut. %" not in shown
    assert "59 %" in shown
    assert any("eivät koske samoja" in text for text in shown)
    shown = texts(charts.participants(people(realised=False), lang="sv"))
    assert "Utfall" not in shown
    assert "Lappland" in shown
    alike = people().iloc[:1].assign(n_planned=9)
    assert "Toteut. %" in texts(charts.participants(alike))


# ---- portfolios


def test_two_sides_are_pairs_of_bars_with_their_difference() -> None:
    ax = charts.compare(esrdata.compare({"low": LOW, "high": HIGH}), lang="fi")
    shown = texts(ax)
    assert "low (n = 6)" in shown
    assert shown[1] == "Erotus: low miinus high"
    # Medians 35 and 75 per cent; six values have no interval of the difference of medians.
    assert {"35,0", "75,0", "−40,0", "ei lasketa"} <= {*shown}
    # Shares below 80 per cent 100 and 50: Newcombe 0.0 to 81.2 points.
    assert {"+50,0", "0,0 … 81,2"} <= {*shown}
    dark = [bar.get_width() for bar in bars(ax, "dark") if bar.get_width() != 0.32]
    # The smaller median is 35 / 75 of the larger; the larger share reaches all the way.
    assert dark[:2] == [pytest.approx(4.3 * 0.35 / 0.75), pytest.approx(4.3)]
    hatched = [p for p in ax.patches if p.get_hatch()]
    assert len(hatched) == 1 + 2
    assert shown[0] == "Vertailu: low, high"


def test_the_share_discontinued_stands_below_the_medians_with_its_interval() -> None:
    told = {"programme_period": ["2007-2013"] * 8, "fund": ["ESR"] * 8}
    a = portfolio([5.0] * 6, status_code=["interrupted"] * 3 + ["ended"] * 3,
                  priority_axis=["1"] * 6, **told)  # fmt: skip
    b = portfolio([5.0] * 8, "B", status_code=["ended"] * 6 + [None] * 2,
                  priority_axis=["2"] * 6 + ["3"] * 2, **told)  # fmt: skip
    table = esrdata.compare({"A": a, "B": b}, ["public_total", "discontinued"])
    ax = charts.compare(table, lang="fi")
    shown = texts(ax)
    # Half and none, and Newcombe's interval of 0.0056 to 81.2 points.
    assert shown.index("Osuus hankkeista, %") < shown.index("Keskeytynyt")
    assert {"50,0", "+50,0", "0,0 … 81,2"} <= {*shown}
    # The key counts who the other measures are about: ended projects.
    assert {"A (n = 3)", "B (n = 6)"} <= {*shown}
    notes = " ".join(charts.words(ax, "fi").notes).replace(NBSP, " ")
    assert (
        "kaikista hankkeista, joiden tila tiedetään (A 6, B 6). Ilman tietoa tilasta: 2." in notes
    )
    assert "Yleisin toimintalinja: A: 1 " in notes and "(100 % hankkeista), B: 2 " in notes
    # Medians are alike, shares are not: no title says that nothing differs.
    assert shown[0] == "Vertailu: A, B"


def test_sums_of_a_few_euros_are_no_thousands() -> None:
    table = esrdata.compare({"low": LOW, "high": HIGH}, "public_total_planned")
    shown = texts(charts.compare(table, lang="sv"))
    # Each project has a plan of ten euros, which were 0 thousand.
    assert shown[shown.index("Planerad offentlig finansiering totalt,") + 1] == "euro"
    assert shown.count("10") == 2


def test_shares_alone_and_more_than_two_sides() -> None:
    states = {"A": ["interrupted"] * 6, "B": ["ended"] * 6, "C": ["interrupted", *["ended"] * 5]}
    sides = {k: portfolio([1.0] * 6, k, status_code=v) for k, v in states.items()}
    shown = texts(charts.compare(esrdata.compare(sides, "discontinued"), lang="en"))
    assert "Discontinued, %" in shown
    # Who the others are about stands in a column, and not once more in the note.
    assert "whose status is known." in " ".join(shown)
    # All, none, and one of six: 16.7.
    assert {"100.0", "0.0", "16.7"} <= {*shown}
    pair = {"A": sides["A"], "B": sides["B"]}
    shown = texts(charts.compare(esrdata.compare(pair, "discontinued"), lang="en"))
    assert "Discontinued" in shown and "The middle project (median)" not in shown


def test_axes_that_are_compared_have_their_short_names() -> None:
    told = {"programme_period": ["2007-2013"] * 12, "fund": ["EAKR"] * 12}
    both = portfolio([1.0] * 12, priority_axis=["1", "2"] * 6, **told)
    shown = texts(charts.compare(esrdata.compare(both, by="priority_axis"), lang="fi"))
    assert "1 Yritystoiminta (n = 6)" in shown


def test_the_same_projects_have_the_median_of_their_changes() -> None:
    now = portfolio([5.0, 3, 7, 6, 10, 12])
    shown = texts(charts.compare(esrdata.compare({"now": now, "before": LOW}), lang="en"))
    assert any("the median of their changes: now minus before" in text for text in shown)
    # 0.4, though the medians are 0.3 apart; the interval is that of six changes.
    assert {"+40.0", "10.0 … 60.0"} <= {*shown}


def test_a_title_tells_a_difference_whose_interval_does_not_cover_zero() -> None:
    low, high = portfolio([float(i % 3) for i in range(40)]), portfolio([9.0] * 40, "B")
    shown = texts(charts.compare(esrdata.compare({"A": low, "B": high}), lang="fi"))
    assert shown[0] == "Keskimmäinen hanke käytti suunnitellusta rahasta: A 10,0 %, B 90,0 %"
    same = esrdata.compare({"A": portfolio([5.0, 6] * 20), "B": portfolio([5.0, 6] * 20, "B")})
    assert texts(charts.compare(same, lang="sv"))[0] == (
        "A och B skiljer sig inte åt på dessa mått mer än vad slumpen kan ge upphov till"
    )


def test_long_names_of_groups_give_the_title_of_their_grouping() -> None:
    names = [f"Mallimaan {part} kunnan kehittämisyhtiö ja kumppanit" for part in ("ison", "pienen")]
    both = portfolio([1.0] * 12, organisation_type=names * 6)
    shown = texts(charts.compare(esrdata.compare(both, by="organisation_type"), lang="en"))
    assert shown[0] == "Comparison: Organisation type"
    sides = {name: portfolio([1.0] * 6, name) for name in names}
    shown = texts(charts.compare(esrdata.compare(sides), lang="sv"))
    assert shown[0] == "2 material i jämförelse"


def test_a_table_that_is_not_whole_is_refused() -> None:
    table = esrdata.compare({"low": LOW, "high": HIGH})
    with pytest.raises(UsageError, match="changed since"):
        charts.compare(table[table["side"] == "low"])
    running = portfolio([1.0], "C", status_code=["running"])
    empty = esrdata.compare({"c": running, "d": portfolio([1.0], "D", status_code=["running"])})
    with pytest.raises(UsageError, match="nothing to draw"):
        charts.compare(empty)


def test_participants_of_nobody_are_no_picture() -> None:
    with pytest.raises(UsageError, match="nothing to draw"):
        charts.participants(people().assign(planned=pd.NA, realised=pd.NA))


# ---- regions


def test_tiles_have_sum_median_and_number_and_the_shade_of_the_printed_sum() -> None:
    ax = charts.tile_map(frames.regions(), lang="fi")
    shown = texts(ax)
    # The last of 19 regions has 20 projects of 123 456 euros.
    assert shown[0].startswith("Suurin summa: Ahvenanmaa, 2,5 M€; mediaanit 100–280 t€")
    assert "ei hankkeita" in shown
    assert "280 t€ · 20" in shown
    tiles = [p for p in ax.patches if p.get_height() == 1.62 and p.get_width() == 2.78]
    assert len(tiles) == 19
    assert "n 200, joista 17 useassa" in " ".join(shown)


def test_classes_of_projects_are_whole_numbers() -> None:
    # Quartiles of 1, 2, 3, 5, 6 … 18 and 20 projects: 6.25, 10.5 and 14.75.
    shown = texts(charts.tile_map(frames.regions(), "n", lang="sv"))
    assert {"minst 15", "10–14", "6–9", "under 6"} <= {*shown}


def test_below_twenty_projects_regions_are_rows() -> None:
    ax = charts.tile_map(frames.regions(4), lang="sv")
    assert not ax.patches
    assert "Nyland" in texts(ax)
    assert "inga projekt" not in texts(ax)


@pytest.mark.parametrize(
    ("change", "why"), [({"value": "eur"}, "is not one of"), ({"level": "municipality"}, "region")]
)
def test_other_levels_and_values_are_refused(change: dict[str, Any], why: str) -> None:
    table = frames.regions()
    if "level" in change:
        table["level"] = "municipality"
    with pytest.raises(UsageError, match=why):
        charts.tile_map(table, change.get("value", "planned"))


# ---- conditions of titles


def test_percentages_that_differ_look_different() -> None:
    assert conditions.alike([0.512, 0.489], "en") == ["51%", "49%"]
    assert conditions.alike([0.512, 0.508], "en") == ["51.2%", "50.8%"]
    assert conditions.alike([0.5, 0.5], "en") == ["50%", "50%"]


def test_zeros_are_of_all_scores() -> None:
    table = pd.DataFrame(
        {
            "effect": ["direct", "direct", "indirect", "indirect"],
            "n": [10, 30, 10, 0],
            "share_zero": [1.0, 0.2, 0.5, None],
        }
    )
    # (10 + 6) of 40; 5 of 10.
    assert conditions.zeros(table) == pytest.approx((0.4, 0.5))
    assert conditions.zeros(table.iloc[[0, 1, 3]]) is None


def test_one_criterion_that_all_value() -> None:
    assert conditions.valued_by_all(frames.scores(3, wellbeing=6)) == ("wellbeing", 6)
    assert conditions.valued_by_all(frames.scores(3, wellbeing=4)) is None
    missing = frames.scores(3)
    missing.loc[missing["criterion"] == "wellbeing", "score"] = pd.NA
    assert conditions.valued_by_all(missing) is None


def test_slices_of_the_bar_of_all_the_money() -> None:
    assert conditions.slices(7) == []
    assert conditions.slices(8) == [(1, 5), (6, 8)]
    assert conditions.slices(30) == [(1, 10), (11, 30)]
    assert conditions.slices(51) == [(1, 10), (11, 50), (51, 51)]
    assert conditions.slices(759) == [(1, 10), (11, 50), (51, 200), (201, 759)]


def test_a_difference_is_clear_where_its_interval_leaves_zero_out() -> None:
    def gap(low: float | None, high: float | None) -> dict[str, float | None]:
        return {"difference_low": low, "difference_high": high}

    assert conditions.clear_difference([gap(-1, 1), gap(0.1, 2), gap(-3, -2)]) == 1
    assert conditions.clear_difference([gap(0, 2), gap(None, None)]) is None
    assert conditions.all_cover_zero([gap(-1, 1), gap(0, 2)])
    assert not conditions.all_cover_zero([gap(-1, 1), gap(None, None)])


def test_classes_are_of_printed_values() -> None:
    bounds = conditions.quarters([4.4, 5.2, 6.1, 7.7, 9.0, 12.3])
    # Quartiles 5.425, 6.9 and 8.675.
    assert bounds == [5, 7, 9]
    assert [conditions.class_of(x, bounds) for x in (4.9, 5, 8.9, 9.0)] == [0, 1, 2, 3]
    assert conditions.quarters([2.0, 2.0]) == []


def test_participants_of_the_title() -> None:
    rows = pd.DataFrame(
        {
            "planned": pd.array([10, 20, 30, 0, None], dtype="Int64"),
            "realised_on_form": pd.array([9, 8, 7, None, 5], dtype="Int64"),
        }
    )
    assert conditions.known_participants(rows) == {"n": 3, "planned": 60, "realised": 24}
    # A plan of zero is a plan.
    assert conditions.known_participants(rows.iloc[2:]) == {"n": 2, "planned": 30}
    assert conditions.known_participants(rows.iloc[4:]) == {}


def test_bodies_that_the_shelf_knows_have_their_names_in_the_language() -> None:
    names = ["Itä-Suomen yliopisto", "Liikennevirasto", "Oma yhdistys ry (1234567-8)"]
    assert plain_names(names, "sv") == ["Östra Finlands universitet", "Trafikverket", names[2]]
    assert plain_names(names, "fi") == names
