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
from matplotlib.text import Text

from esrdata.errors import UsageError
from esrdata.present import charts
from esrdata.present.charts import style
from esrdata.present.charts.frame import drawing
from esrdata.present.charts.rows import group_rows

LANGUAGES = ("fi", "sv", "en")
NBSP = "\u00a0"

DRAWN: dict[str, Callable[..., Axes]] = {
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
        charts.amendments(frames.amendments(), ax=grid[0])
    _, grid = plt.subplots(8, 1)
    with pytest.raises(UsageError, match="too low"):
        charts.amendments(frames.amendments(), ax=grid[0])


# ---- wrong use

WRONG: list[tuple[Callable[[pd.DataFrame], Axes], pd.DataFrame, str]] = [
    (charts.amendments, frames.amendments(), "amendments"),
]


@pytest.mark.parametrize(("draw", "table", "statistics"), WRONG)
def test_another_table_is_refused_in_one_sentence(
    draw: Callable[..., Axes], table: pd.DataFrame, statistics: str
) -> None:
    with pytest.raises(UsageError, match=rf"esrdata\.stats\.{statistics}") as met:
        draw(pd.DataFrame({"n": [1]}))
    assert re.fullmatch(r"[A-Z].*\.", str(met.value))
    with pytest.raises(UsageError, match=r"takes a table that esrdata\.stats gave"):
        draw(3)
    with pytest.raises(UsageError, match="no rows"):
        draw(table.iloc[:0])
    with pytest.raises(UsageError, match="language"):
        draw(table, lang="de")
    assert plt.get_fignums() == []


def test_amendments_without_dates_are_refused() -> None:
    table = frames.amendments().assign(extension_days=pd.array([pd.NA] * 12, dtype="Int64"))
    with pytest.raises(UsageError, match="both end dates"):
        charts.amendments(table)


def test_axes_without_a_chart_tell_nothing(tmp_path: Path) -> None:
    _, ax = plt.subplots()
    with pytest.raises(UsageError, match="No chart"):
        charts.alt_text(ax)
    with pytest.raises(UsageError, match="No chart"):
        charts.save(ax, tmp_path / "a")


# ---- groups


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


# ---- absorption


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


@pytest.mark.parametrize("name", ["amendments"])
def test_the_same_chart_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    one, two = (
        charts.save(DRAWN[name](), tmp_path / place / "a", close=True) for place in ("one", "two")
    )
    for kind, path in one.items():
        assert path.read_bytes() == two[kind].read_bytes(), kind
    assert plt.get_fignums() == []


# ---- the frame


def test_a_chart_that_fails_leaves_no_figure() -> None:
    table = frames.axes()
    groups = group_rows(table, "planned_and_realised", (), "fi")
    with (
        pytest.raises(ZeroDivisionError),
        drawing("participants", table, "fi", None, groups=groups),
    ):
        _ = 1 / 0
    assert plt.get_fignums() == []


def test_importing_the_charts_imports_nothing_heavy() -> None:
    code = "import esrdata.present.charts, sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"matplotlib", "seaborn", "scipy"}.isdisjoint(done.stdout.split())
    assert set(dir(charts)) >= set(charts.__all__)
    with pytest.raises(AttributeError):
        _ = charts.nonsense  # type: ignore[attr-defined]
