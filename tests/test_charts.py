"""Charts, by their structure: marks, labels, captions and what they say; never by pixels."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import charts_frames as frames
import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.present import charts
from esrdata.present.charts import style
from esrdata.present.charts.frame import drawing
from esrdata.present.charts.rows import MOST_ROWS, group_rows

LANGUAGES = ("fi", "sv", "en")
NBSP = "\u00a0"
BANDS = frames.absorption()
REGIONS = frames.regions(200)

DRAWN: dict[str, Callable[..., Axes]] = {
    "money": lambda **k: charts.planned_and_realised(frames.from_descriptions(frames.axes()), **k),
    "money of all": lambda **k: charts.planned_and_realised(
        frames.from_descriptions(frames.one()), **k
    ),
    "money of many": lambda **k: charts.planned_and_realised(
        frames.from_descriptions(frames.many()), **k
    ),
    "absorption": lambda **k: charts.absorption(frames.from_descriptions(BANDS), **k),
    "ratios": lambda **k: charts.absorption(
        frames.from_descriptions(REGIONS), ratios=frames.ratios(REGIONS), **k
    ),
    "people": lambda **k: charts.participants(frames.from_descriptions(frames.people()), **k),
    "people planned": lambda **k: charts.participants(
        frames.from_descriptions(frames.people(realised=False)), **k
    ),
    "scores": lambda **k: charts.sustainability(frames.from_descriptions(frames.scores()), **k),
    "effects": lambda **k: charts.sustainability_effects(
        frames.from_descriptions(frames.scores()), **k
    ),
    "amendments": lambda **k: charts.amendments(frames.from_descriptions(frames.amendments()), **k),
    "many amendments": lambda **k: charts.amendments(
        frames.from_descriptions(frames.amendments(2775)), **k
    ),
}
mpl.use("agg")

every_chart = pytest.mark.parametrize("name", DRAWN)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@cache
def drawn(name: str, lang: str) -> Axes:
    """A chart that several tests look at and none changes."""
    return DRAWN[name](lang=lang)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def texts(ax: Axes) -> list[Text]:
    """Every text that is seen in a chart."""
    legend = ax.get_legend()
    found = [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label]
    found += legend.get_texts() if legend else []
    return [text for text in found if text.get_text().strip() and text.get_visible()]


def plain(ax: Axes) -> str:
    """Texts of a chart, on one line with ordinary spaces."""
    return " ".join(" ".join(text.get_text().split()) for text in texts(ax)).replace(NBSP, " ")


def labels(ax: Axes) -> list[str]:
    return [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]


def marks(ax: Axes, marker: str) -> list[tuple[float, float]]:
    """Places of the marks of one shape."""
    lines = [line for line in ax.lines if line.get_marker() == marker]
    return [(float(x), float(y)) for line in lines for x, y in line.get_xydata()]


# ---- every chart


@every_language
@every_chart
def test_nothing_stands_outside_the_figure_or_on_another_text(name: str, lang: str) -> None:
    ax = drawn(name, lang)
    figure = ax.get_figure()
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(ax)]
    assert len(boxes) > 4
    for text, box in boxes:
        assert box.x0 >= -1.5, text
        assert box.y0 >= -0.5, text
        assert box.x1 <= figure.bbox.width + 0.5, text
        assert box.y1 <= figure.bbox.height + 0.5, text
    for (one, first), (other, second) in combinations(boxes, 2):
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert min(wide, high) <= 1.5, (one, other)


@every_chart
def test_a_figure_fits_a_page_and_its_type_can_be_read(name: str) -> None:
    ax = DRAWN[name]()
    wide, tall = ax.get_figure().get_size_inches()
    assert wide == pytest.approx(16 / 2.54)
    assert tall <= 24.7 / 2.54
    assert min(text.get_size() for text in texts(ax)) >= 7


@every_language
@every_chart
def test_the_caption_says_n_and_the_source(name: str, lang: str) -> None:
    caption = plain(drawn(name, lang))
    assert {"fi": "Lähteet: ", "sv": "Källor: ", "en": "Sources: "}[lang] in caption
    counts = {
        "money": "74",
        "money of all": "38",
        "money of many": {"en": "1,830"}.get(lang, "1 830"),
        "absorption": "423",
        "ratios": {"en": "3,629"}.get(lang, "3 629"),
        "people": "48",
        "people planned": "4",
        "scores": "48",
        "effects": "48",
        "amendments": "11",
        "many amendments": {"en": "2,544"}.get(lang, "2 544"),
    }
    assert re.search(rf"\b{counts[name]}\b", caption)


@every_language
@every_chart
def test_a_chart_is_told_in_three_sentences_at_most(name: str, lang: str) -> None:
    ax = drawn(name, "fi")
    said = charts.alt_text(ax, lang)
    assert 1 <= len(re.findall(r"\.(?= [A-ZÅÄÖ]|$)", said)) <= 3
    assert not re.search(r"[{}]|\bnan\b|<NA>", said)
    assert said.startswith(
        {
            "fi": ("Kuvio ", "Lämpökartta "),
            "sv": ("Figuren ", "Värmekartan "),
            "en": ("The figure ", "The heat map "),
        }[lang]
    )


@every_chart
def test_the_decimal_mark_is_that_of_the_language(name: str) -> None:
    finnish, english = plain(drawn(name, "fi")), plain(drawn(name, "en"))
    assert not re.search(r"\d\.\d", finnish)
    assert not re.search(r"\d,\d(?!\d\d)", english)


@every_chart
def test_settings_of_matplotlib_are_as_before(name: str) -> None:
    before = dict(mpl.rcParams)
    DRAWN[name]()
    assert dict(mpl.rcParams) == before


@every_chart
def test_a_title_can_be_left_out(name: str) -> None:
    with_title, without = DRAWN[name](), DRAWN[name](with_title=False)
    bold = [text for text in with_title.texts if text.get_weight() == "bold"]
    assert len(bold) == 1
    assert bold[0].get_text().replace("\n", " ") not in plain(without)
    assert not [text for text in without.texts if text.get_weight() == "bold"]


@every_chart
def test_axes_of_somebody_hold_the_whole_chart(name: str) -> None:
    figure, (given, other) = plt.subplots(2, 1, figsize=(8, 24))
    size, place = tuple(figure.get_size_inches()), given.get_position()
    ax = DRAWN[name](ax=given)
    assert ax is given
    assert tuple(figure.get_size_inches()) == size
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    limits = place.transformed(figure.transFigure)
    for text in texts(ax):
        box = text.get_window_extent(renderer)
        assert limits.x0 - 2 <= box.x0, text
        assert box.x1 <= limits.x1 + 2, text
        assert limits.y0 - 2 <= box.y0, text
        assert box.y1 <= limits.y1 + 2, text
    assert not other.texts


def test_axes_too_small_are_refused() -> None:
    _, grid = plt.subplots(1, 6)
    with pytest.raises(UsageError, match="too narrow"):
        charts.participants(frames.people(), ax=grid[0])
    _, grid = plt.subplots(8, 1)
    with pytest.raises(UsageError, match="too low"):
        charts.participants(frames.people(), ax=grid[0])


# ---- wrong use

WRONG: list[tuple[Callable[[pd.DataFrame], Axes], pd.DataFrame, str]] = [
    (charts.planned_and_realised, frames.axes(), "planned_and_realised"),
    (charts.absorption, BANDS, "absorption"),
    (charts.participants, frames.people(), "participants"),
    (charts.sustainability, frames.scores(), "sustainability_profile"),
    (charts.sustainability_effects, frames.scores(), "sustainability_profile"),
    (charts.amendments, frames.amendments(), "amendments"),
]


@pytest.mark.parametrize(("draw", "table", "statistics"), WRONG)
def test_another_table_is_refused_in_one_sentence(
    draw: Callable[..., Axes], table: pd.DataFrame, statistics: str
) -> None:
    for given in (pd.DataFrame({"n": [1]}), 3):
        with pytest.raises(UsageError, match=rf"esrdata\.stats\.{statistics}") as met:
            draw(given)
        assert re.fullmatch(r"[A-Z].*\.", str(met.value))
    with pytest.raises(UsageError, match="no rows"):
        draw(table.iloc[:0])
    with pytest.raises(UsageError, match="language"):
        draw(table, lang="de")
    assert plt.get_fignums() == []


def test_several_groups_of_scores_are_refused() -> None:
    two = pd.concat([frames.scores(), frames.scores()])
    with pytest.raises(UsageError, match="several groups"):
        charts.sustainability(two)


def test_amendments_without_dates_are_refused() -> None:
    table = frames.amendments().assign(extension_days=pd.array([pd.NA] * 12, dtype="Int64"))
    with pytest.raises(UsageError, match="both end dates"):
        charts.amendments(table)


def test_ratios_grouped_otherwise_are_refused() -> None:
    with pytest.raises(UsageError, match=r"no column size_band.*stats\.ratios"):
        charts.absorption(BANDS, ratios=frames.ratios(REGIONS))
    assert plt.get_fignums() == []


def test_axes_without_a_chart_tell_nothing(tmp_path: Path) -> None:
    _, ax = plt.subplots()
    with pytest.raises(UsageError, match="No chart"):
        charts.alt_text(ax)
    with pytest.raises(UsageError, match="No chart"):
        charts.save(ax, tmp_path / "a")


# ---- groups


def test_groups_have_the_labels_of_the_shelf() -> None:
    ax = charts.planned_and_realised(frames.axes())
    assert labels(ax) == [
        "3 Työllisyys ja työvoiman liikkuvuus",
        "4 Koulutus, ammattitaito ja elinikäinen oppiminen",
        "5 Sosiaalinen osallisuus ja köyhyyden torjunta",
        "7 Tekninen tuki",
        "Toimintalinja: ei tietoa",
    ]
    # What is the same on every row is said above them.
    assert "Ryhmittely: Ohjelmakausi 2014–2020, Toimintalinja" in plain(ax)
    english = labels(charts.planned_and_realised(frames.axes(), lang="en"))
    assert english[0] == "3 Employment and labour mobility"
    assert english[-1] == "Priority axis: not known"


def test_regions_have_the_name_of_the_language() -> None:
    assert labels(charts.participants(frames.people(), lang="sv"))[:2] == [
        "Kymmenedalen",
        "Lappland",
    ]
    assert labels(charts.participants(frames.people(), lang="en"))[1] == "Lapland"


@pytest.mark.parametrize(
    ("row", "by", "fi"),
    [
        ({"programme_period": "2014-2020"}, ["programme_period"], "Ohjelmakausi 2014–2020"),
        # The same axis means another thing in another period and fund, which is not guessed.
        ({"priority_axis": 1}, ["priority_axis"], "Toimintalinja 1"),
        (
            {"programme_period": "2007-2013", "fund": "ESR", "priority_axis": 5},
            ["priority_axis"],
            "5 Tekninen tuki",
        ),
        ({"size_band": "under_50000"}, ["size_band"], "Alle 50 000 €"),
        ({"status_code": "ended"}, ["status_code"], "Toiminta päättynyt"),
        ({"start_year": 2016}, ["start_year"], "2016"),
        ({"start_year": pd.NA}, ["start_year"], "Aloitusvuosi: ei tietoa"),
        ({"status_code": pd.NA}, ["status_code"], "Toiminnan tila: ei tietoa"),
        ({"start_date": pd.Timestamp(2017, 6, 30)}, ["start_date"], "30.6.2017"),
        ({"region": "Kuvitelma"}, ["region"], "Kuvitelma"),
        ({"organisation_type": "Kunta"}, ["organisation_type"], "Kunta"),
        ({}, [], "Kaikki hankkeet"),
    ],
)
def test_group_label(row: dict, by: list[str], fi: str) -> None:
    assert style.group_label(row, by, "fi").replace(NBSP, " ") == fi


def test_the_largest_groups_are_drawn_and_the_others_counted() -> None:
    short = frames.many().assign(applicant=[f"Yhdistys {at}" for at in range(60)])
    ax = charts.planned_and_realised(short)
    shown = len(labels(ax))
    assert MOST_ROWS - 2 <= shown <= MOST_ROWS
    assert labels(ax) == [f"Yhdistys {at}" for at in range(60 - shown, 60)]
    assert f"pienimmät ryhmät, joita on {60 - shown};" in plain(ax)
    assert "jätetty pois" not in plain(charts.planned_and_realised(short.head(MOST_ROWS - 2)))


def test_long_names_are_wrapped_and_fewer_of_them_drawn() -> None:
    table = frames.many()
    ax = charts.planned_and_realised(table)
    drawn = len(labels(ax))
    assert 15 < drawn < MOST_ROWS
    assert labels(ax) == list(table["applicant"].tail(drawn))
    assert f"pienimmät ryhmät, joita on {60 - drawn};" in plain(ax)
    assert labels(ax)[0].endswith(f"yhteistoimintakuntayhtymä ry {60 - drawn}")


def test_a_project_of_several_regions_is_told_of() -> None:
    sentence = "Usean maakunnan hanke on mukana jokaisessa maakunnassaan."
    assert sentence in plain(charts.participants(frames.people()))
    assert sentence not in plain(charts.absorption(BANDS))


@pytest.mark.parametrize(
    ("read", "line"),
    [
        (["description"], "Lähteet: Rakennerahastotietopalvelun hankekuvaukset."),
        (["list"], "Lähteet: Rakennerahastotietopalvelun hankelistat."),
        (["web"], "Lähteet: Toteuttajien verkkosivut."),
        (
            ["description", "list", "web"],
            "Lähteet: Rakennerahastotietopalvelun hankekuvaukset ja hankelistat sekä toteuttajien "
            "verkkosivut.",
        ),
        (["made_up"], "Lähteet: Esimerkkiaineisto, jonka hankkeet ovat keksittyjä."),
    ],
)
def test_the_source_line_names_what_was_read(read: list[str], line: str) -> None:
    table = BANDS.copy()
    table.attrs["read_from"] = read
    assert line in plain(charts.absorption(table))


def test_a_table_that_does_not_know_its_sources_has_no_source_line() -> None:
    table = BANDS.copy()
    table.attrs.pop("read_from", None)
    assert "Lähteet" not in plain(charts.absorption(table))


def test_the_source_may_be_that_of_the_table() -> None:
    table = BANDS.copy()
    table.attrs = {"source": {"fi": "Lähde: hankelista 1.6.2016."}}
    assert "Lähde: hankelista 1.6.2016." in plain(charts.absorption(table))
    assert "Lähteet:" not in plain(charts.absorption(table))


# ---- text


@pytest.mark.parametrize("width", [40, 60, 90, 200])
def test_wrapped_text_is_whole_and_no_wider(width: float) -> None:
    text = (
        "Elinkeino-, liikenne- ja ympäristökeskus/työ\u00a0ja\u00a0taito "
        "vammaispalvelulainsäädäntöuudistushankekokonaisuus"
    )
    wrapped = style.wrap(text, width)
    assert style.width_of(wrapped) <= width
    letters = re.sub(r"[-\s]", "", text)
    assert re.sub(r"[-\s]", "", wrapped) == letters


def test_words_break_where_finnish_does() -> None:
    lines = style.wrap("vammaispalvelulainsäädäntöuudistus", 75).split("\n")
    assert len(lines) > 2
    for line in lines[1:]:
        assert re.match(r"[bcdfghjklmnpqrstvwxz][aeiouyåäö]", line), lines
    for width in range(40, 120):
        broken = style.wrap("Elinkeino-, liikenne- ja ympäristökeskus", width).split("\n")
        assert not any(line.startswith((",", "-")) for line in broken)
    assert broken == ["Elinkeino-, liikenne- ja", "ympäristökeskus"]
    assert style.wrap("Kotka", 10_000) == "Kotka"


def test_dollars_are_not_formulas() -> None:
    table = frames.many(2).assign(applicant=["A $x^2$ oy", "B $y$ oy"])
    ax = charts.planned_and_realised(table)
    ax.get_figure().canvas.draw()
    assert labels(ax) == ["A $x^2$ oy", "B $y$ oy"]
    assert not any(text.get_parse_math() for text in ax.texts)


# ---- numbers


def test_sums_in_sentences_and_beside_marks() -> None:
    assert style.money(46_434, "fi") == f"46{NBSP}434{NBSP}€"
    assert style.money(12_400_000, "fi") == f"12,4{NBSP}milj.{NBSP}€"
    assert style.money(1_500_000, "sv") == f"1,50{NBSP}mn{NBSP}€"
    assert style.money(-2_250_000, "en") == f"−€2.25{NBSP}million"
    assert style.money(pd.NA, "fi") == "–"
    assert style.in_unit(46_434, 50_000, "en") == "46,434"
    assert style.in_unit(9_876_543, 12e6, "fi") == "9,9"
    assert style.in_unit(43_210, 12e6, "fi") == "0,04"
    assert style.in_unit(0, 12e6, "fi") == "0"


def test_ticks_of_money_have_one_unit() -> None:
    assert style.money_ticks([0, 50_000], "fi") == [f"0{NBSP}€", f"50{NBSP}000{NBSP}€"]
    assert style.money_ticks([0, 50_000], "en") == ["€0", "€50,000"]
    assert style.money_ticks([0, 2_500_000], "fi") == [
        f"0,0{NBSP}milj.{NBSP}€",
        f"2,5{NBSP}milj.{NBSP}€",
    ]
    assert style.money_ticks([0, 5e6], "en")[1] == f"€5{NBSP}million"


# ---- colours


def lightness(colour: str) -> float:
    """CIE lightness, 0 to 100: how a colour comes out in grey print."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def test_colours_differ_in_grey_and_marks_in_shape() -> None:
    shades = [lightness(colour) for colour in style.PALETTE]
    assert all(later - earlier >= 14 for earlier, later in pairwise(shades))
    assert len(set(style.MARKERS)) == len(style.MARKERS) == len(style.PALETTE)
    assert lightness(style.PLANNED) - lightness(style.REALISED) > 50
    for ink in (style.INK, style.SOFT):
        assert 100 - lightness(ink) > 50


def test_the_scale_darkens_evenly() -> None:
    shades = [lightness(colour) for colour in style.SCALE]
    assert len(shades) == 11
    assert all(4 <= a - b <= 14 for a, b in pairwise(shades))


# ---- money


def test_marks_stand_at_the_sums() -> None:
    ax = charts.planned_and_realised(frames.axes())
    hollow, solid = marks(ax, "o"), marks(ax, "D")
    xs = [x for x, _ in hollow]
    assert xs == [12_400_000, 4_100_000, 43_210, 1_500_000]
    assert [x for x, _ in solid] == [9_876_543.21, 4_250_000, 0, -120_000]
    # The row without sums has no mark; zero has one, and what is below zero stands there.
    rows = ax.get_yticks()
    assert [y for _, y in hollow] == [y for _, y in solid] == [rows[0], rows[1], rows[2], rows[4]]
    assert ax.get_xlim()[0] < -120_000


def test_hollow_is_planned_and_solid_is_realised() -> None:
    ax = charts.planned_and_realised(frames.axes())
    hollow, solid = (next(line for line in ax.lines if line.get_marker() == m) for m in "oD")
    assert hollow.get_markerfacecolor() == "white"
    assert solid.get_color() == style.REALISED
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "Suunniteltu",
        "Toteutunut",
    ]
    granted = frames.axes()
    granted.attrs = {"measure": "eu_and_state"}
    ax = charts.planned_and_realised(granted)
    assert ax.get_legend().get_texts()[0].get_text() == "Myönnetty"
    assert "EU- ja valtion rahoitus: suunniteltu ja toteutunut" in plain(ax)


def test_numbers_stand_beside_their_marks() -> None:
    ax = charts.planned_and_realised(frames.axes())
    beside = {
        (text.xy[0], text.get_ha()): text.get_text()
        for text in ax.texts
        if text.xycoords == "data" and text.get_style() != "italic"
    }
    assert beside == {
        (9_876_543.21, "right"): "9,9",
        (12_400_000, "left"): "12,4",
        (4_100_000, "right"): "4,1",
        (4_250_000, "left"): "4,3",
        (0, "right"): "0",
        (43_210, "left"): "0,04",
        (-120_000, "right"): "−0,1",
        (1_500_000, "left"): "1,5",
    }
    assert [t.get_text() for t in ax.texts if t.get_style() == "italic"] == ["ei tietoa"]


def test_absorption_and_n_stand_on_the_right() -> None:
    ax = charts.planned_and_realised(frames.axes())
    cells = [t.get_text() for t in ax.texts if t.xycoords == ("axes fraction", "data")]
    shares = [f"80{NBSP}%", f"104{NBSP}%", f"0{NBSP}%", "–", f"−8{NBSP}%"]
    assert cells == [*shares, "38", "25", "9", "0", "2"]
    assert "Ryhmiä, joilta toteutunut luku puuttuu: 1." in plain(ax)


def test_the_alternative_text_has_the_key_numbers() -> None:
    ax = charts.planned_and_realised(frames.axes())
    assert charts.alt_text(ax).replace(NBSP, " ") == (
        "Kuvio näyttää suunnitellun ja toteutuneen rahoituksen ryhmittäin (Julkinen rahoitus "
        "yhteensä; ryhmiä 5, hankkeita 74). Suurin ryhmä on Ohjelmakausi 2014–2020, 3 Työllisyys "
        "ja työvoiman liikkuvuus: suunniteltu 12,4 milj. €, toteutunut 9,88 milj. €, "
        "toteutunut suunnitellusta 80 %."
    )
    assert (
        "planned €12.4 million, realised €9.88 million, realised of planned 80%."
        in charts.alt_text(ax, "en").replace(NBSP, " ")
    )


# ---- absorption


def test_boxes_intervals_and_medians() -> None:
    ax = charts.absorption(BANDS)
    boxes = [p for p in ax.patches if isinstance(p, Rectangle)]
    found = [(b.get_x(), b.get_x() + b.get_width()) for b in boxes]
    assert found == [pytest.approx(pair) for pair in [(0.66, 0.95), (0.80, 0.98), (0.7, 0.9)]]
    assert [x for x, _ in marks(ax, "o")] == [0.84, 0.91, 0.79]
    assert [x for x, _ in marks(ax, "D")] == [0.80, 0.90, 0.82]
    intervals = [line for line in ax.lines if line.get_color() == style.REALISED]
    ends = [tuple(line.get_xdata()) for line in intervals if len(line.get_xdata()) == 2]
    # The group of three has no interval.
    assert ends == [(0.80, 0.88), (0.89, 0.93)]
    assert [t.get_text() for t in ax.texts if t.get_style() == "italic"] == ["ei tietoa"]


def test_ratios_are_dots_in_their_rows_and_the_highest_at_the_edge() -> None:
    dots = frames.ratios(BANDS)
    ax = charts.absorption(BANDS, ratios=dots)
    drawn = [c.get_offsets() for c in ax.collections]
    assert [len(rows) for rows in drawn] == [120, 300, 3]
    for row, offsets in zip(ax.get_yticks(), drawn, strict=False):
        assert abs(offsets[:, 1] - row).max() <= 0.4
        assert offsets[:, 0].max() <= 1.5
    over = int((dots["ratio"] > 1.5).sum())
    assert over == 4
    assert f"Yli 150 %:n suhdeluvut on piirretty reunaan: {over}." in plain(ax)
    assert "Jokainen pieni piste on hanke." in plain(ax)


def test_dots_are_where_they_were() -> None:
    dots = frames.ratios(BANDS)
    one, two = (charts.absorption(BANDS, ratios=dots).collections for _ in range(2))
    assert (one[0].get_offsets() == two[0].get_offsets()).all()


def test_ratios_below_zero_are_drawn() -> None:
    dots = frames.ratios(BANDS)
    dots.loc[:1, "ratio"] = [-0.2, -3.0]
    ax = charts.absorption(BANDS, ratios=dots)
    assert ax.get_xlim()[0] < -0.5
    assert "Alle −50 %:n suhdeluvut on piirretty reunaan: 1." in plain(ax)


def test_a_region_that_is_not_known_has_its_dots() -> None:
    ax = charts.absorption(REGIONS, ratios=frames.ratios(REGIONS))
    assert labels(ax)[-1] == "Maakunta: ei tietoa"
    assert len(ax.collections) == 19
    # Thousands of dots are one picture in the vector file.
    assert all(dots.get_rasterized() for dots in ax.collections)


# ---- participants


def test_people_planned_only() -> None:
    ax = charts.participants(frames.people(realised=False))
    assert marks(ax, "o") == [(310, 0)]
    assert marks(ax, "D") == []
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Suunniteltu"]
    assert "Toteutuneita lukuja ei ole ilmoitettu" in plain(ax)
    assert charts.alt_text(ax, "en").endswith("no actual figures have been reported.")


def test_people_of_other_projects_have_no_ratio() -> None:
    table = frames.people()
    ax = charts.participants(table)
    assert "Toteuma" not in plain(ax)
    assert "eivät koske samoja hankkeita" in plain(ax)
    assert f"59{NBSP}%" in [text.get_text() for text in ax.texts]


def test_people_of_equal_counts_are_of_the_same_projects() -> None:
    table = frames.people().iloc[:1].assign(n_planned=9)
    ax = charts.participants(table)
    assert "Toteutunut, % suunn." in plain(ax)
    assert "sekä suunniteltu että toteutunut määrä (yhteensä 9)" in plain(ax)


def test_people_of_the_same_projects_are_set_side_by_side() -> None:
    both = {"planned_both": [1000, None, 0, None], "realised_both": [920, None, 5210, None]}
    table = frames.people().assign(**{k: pd.array(v, dtype="Int64") for k, v in both.items()})
    ax = charts.participants(table)
    # Lapland has only planned numbers, and they are drawn.
    assert [x for x, _ in marks(ax, "o")] == [1000, 310, 0]
    assert [x for x, _ in marks(ax, "D")] == [920, 5210]
    cells = [t.get_text() for t in ax.texts if t.xycoords == ("axes fraction", "data")]
    assert cells[:4] == [f"92{NBSP}%", "–", "–", "–"]
    assert "sekä suunniteltu että toteutunut määrä (yhteensä 33)" in plain(ax)


# ---- sustainability


def test_cells_have_their_numbers_and_zero_is_not_missing() -> None:
    ax = charts.sustainability(frames.scores())
    cells = [p for p in ax.patches if isinstance(p, Rectangle)]
    assert len(cells) == 30
    numbers = [t.get_text() for t in ax.texts if t.get_ha() == "center"]
    assert numbers[:10] == ["0,0", "0,4", "0,7", "1,5", "1,4", "1,7", "2,1", "1,9", "–", "–"]
    assert [cell.get_hatch() for cell in cells[:10]] == [None] * 8 + ["////"] * 2
    assert mpl.colors.to_hex(cells[0].get_facecolor()) == style.SCALE[0]
    assert "hakijan oma arvio" in plain(ax)


def test_criteria_stand_under_their_dimensions() -> None:
    ax = charts.sustainability(frames.scores(), lang="sv")
    found = {text.get_weight(): [] for text in ax.get_yticklabels()}
    for text in ax.get_yticklabels():
        found[text.get_weight()].append(" ".join(text.get_text().split()))
    shelf = load.codes("sustainability_dimensions")
    assert found["bold"] == [row["label_sv"] for row in shelf]
    criteria = load.codes("sustainability_criteria")
    assert found["normal"] == [row["label_sv"] for row in criteria]


def test_numbers_on_dark_cells_are_white() -> None:
    ax = charts.sustainability(frames.scores())
    for cell, text in zip(
        [p for p in ax.patches if isinstance(p, Rectangle)],
        [t for t in ax.texts if t.get_ha() == "center"],
        strict=True,
    ):
        ground = lightness(mpl.colors.to_hex(cell.get_facecolor()))
        assert abs(ground - lightness(mpl.colors.to_hex(text.get_color()))) > 40


def test_effects_stand_at_their_means() -> None:
    table = frames.scores()
    ax = charts.sustainability_effects(table)
    for effect, marker in (("direct", "D"), ("indirect", "o")):
        means = table.loc[table["effect"] == effect, "mean"].dropna()
        assert [x for x, _ in marks(ax, marker)] == pytest.approx(list(means))
    assert ax.get_xlim()[1] >= 10
    assert [t.get_text() for t in ax.get_xticklabels()] == ["0", "2", "4", "6", "8", "10"]


def test_the_highest_and_lowest_criterion_are_told() -> None:
    said = charts.alt_text(charts.sustainability(frames.scores()), "en")
    assert "“Environmental competence” (8.8)" in said
    assert "“Sustainable use of natural resources” (0.0)" in said


# ---- amendments


def test_bars_of_extensions_and_cuts() -> None:
    ax = charts.amendments(frames.amendments())
    bars = {round(b.get_x() + b.get_width() / 2, 6): b.get_height() for b in ax.patches}
    # 92 days are three months, 181 and 184 days six, 365 days twelve.
    assert bars == {-1.5: 1, 1.5: 2, 4.5: 3, 10.5: 1, 22.5: 1}
    assert sum(bars.values()) == 8
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["Lyhennetty: 1", "Pidennetty: 7"]
    assert "ennallaan 3 (ei kuviossa). Vertaamatta jäi: 1." in plain(ax)
    assert charts.alt_text(ax).endswith("Pidennysten mediaani: 181 päivää.")


def test_amendments_without_any_change_have_no_bars() -> None:
    table = frames.amendments().assign(extension_days=pd.array([0] * 12, dtype="Int64"))
    ax = charts.amendments(table)
    assert len(ax.patches) == 0
    assert "ennallaan 12" in plain(ax)
    assert charts.alt_text(ax, "en").endswith("the median of the extensions is – days.")


# ---- files


def test_a_chart_is_saved_with_the_table_behind_it(tmp_path: Path) -> None:
    ax = charts.planned_and_realised(frames.axes())
    paths = charts.save(ax, tmp_path / "new" / "kuvio.2014.svg", lang="sv")
    assert {kind: path.name for kind, path in paths.items()} == {
        "svg": "kuvio.2014.svg",
        "png": "kuvio.2014.png",
        "csv": "kuvio.2014.csv",
    }
    assert sorted(tmp_path.rglob("*.*")) == sorted(paths.values())
    svg = paths["svg"].read_text(encoding="utf-8")
    assert "Figuren visar planerad finansiering" in svg
    assert "<dc:date>" not in svg
    assert paths["png"].read_bytes().startswith(b"\x89PNG")
    assert paths["csv"].read_bytes().startswith(b"\xef\xbb\xbfprogramme_period,priority_axis,n,")
    assert len(pd.read_csv(paths["csv"])) == 5


@pytest.mark.parametrize("name", ["money", "ratios", "scores"])
def test_the_same_chart_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    one, two = (
        charts.save(DRAWN[name](), tmp_path / place / "a", close=True) for place in ("one", "two")
    )
    for kind, path in one.items():
        assert path.read_bytes() == two[kind].read_bytes(), kind
    assert plt.get_fignums() == []


def test_all_rows_of_the_table_are_saved(tmp_path: Path) -> None:
    paths = charts.save(charts.planned_and_realised(frames.many()), tmp_path / "a")
    assert len(pd.read_csv(paths["csv"])) == 60


# ---- the frame


def test_a_chart_that_fails_leaves_no_figure() -> None:
    table = frames.axes()
    groups = group_rows(table, "planned_and_realised", (), "fi")
    with (
        pytest.raises(ZeroDivisionError),
        drawing("absorption", table, "fi", None, groups=groups),
    ):
        _ = 1 / 0
    assert plt.get_fignums() == []


def test_facts_of_other_sentences_are_left_alone_and_lacking_ones_told() -> None:
    table = frames.axes()
    with drawing("absorption", table, "fi", None, height=50) as chart:
        chart.alt = "alt_one"
        chart.facts = {"n": 3, "median_ratio": "1", "q1": "2", "q3": lambda lang: lang, "more": 1}
    assert charts.alt_text(chart.ax, "en").endswith("between 2 and en.")
    with drawing("absorption", table, "fi", None, height=50) as chart:
        chart.facts = {"n": 3}
    with pytest.raises(UsageError, match="takes"):
        charts.alt_text(chart.ax)


def test_importing_the_charts_imports_nothing_heavy() -> None:
    code = "import esrdata.present.charts, sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"matplotlib", "seaborn", "scipy"}.isdisjoint(done.stdout.split())
    assert set(dir(charts)) >= set(charts.__all__)
    with pytest.raises(AttributeError):
        _ = charts.nonsense  # type: ignore[attr-defined]
