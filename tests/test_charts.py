"""Charts, by their structure: marks, labels, captions and what they say; never by pixels."""

import gc
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from weakref import ref

import charts_frames as frames
import charts_sheets_frames as sheets
import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

import esrdata
from esrdata.errors import UsageError
from esrdata.present import charts
from esrdata.present.charts import style
from esrdata.present.charts.changes import months_of

LANGUAGES = ("fi", "sv", "en")
NBSP = "\u00a0"

#: Every chart of 24 projects.
DRAWN: dict[str, Callable[..., Axes]] = {
    name: partial(draw, 24) for name, draw in sheets.DRAWN.items()
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


def plain(ax: Axes) -> str:
    """Texts of a chart, on one line with ordinary spaces."""
    shown = (text.get_text() for part in charts.sheets(ax) for text in part.texts)
    return " ".join(" ".join(shown).split()).replace(NBSP, " ")


# ---- every chart


@every_language
@every_chart
def test_a_chart_is_told_in_words_with_its_source(name: str, lang: str) -> None:
    ax = drawn(name, "fi")
    told, words = charts.alt_text(ax, lang), charts.words(ax, lang)
    assert told.startswith(words.title)
    assert words.facts
    assert words.source
    assert not re.search(r"[{}]|\bnan\b|<NA>|None|\n", told + " ".join(words.notes))


@every_chart
def test_the_decimal_mark_is_that_of_the_language(name: str) -> None:
    finnish, english = plain(drawn(name, "fi")), plain(drawn(name, "en"))
    assert not re.search(r"\d\.\d", re.sub(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b", "", finnish))
    assert not re.search(r"\d,\d(?!\d\d)", english)


@every_chart
def test_settings_of_matplotlib_are_as_before(name: str) -> None:
    before = dict(mpl.rcParams)
    DRAWN[name]()
    assert dict(mpl.rcParams) == before


@every_chart
def test_title_and_notes_can_be_left_to_the_page(name: str) -> None:
    words = charts.words(drawn(name, "fi"), "fi")
    bare = plain(DRAWN[name](with_title=False, with_notes=False))
    assert words.title.replace(NBSP, " ") not in bare
    assert words.source not in bare


@every_chart
def test_axes_of_somebody_hold_the_whole_chart(name: str) -> None:
    figure, (given, other) = plt.subplots(2, 1, figsize=(8, 70))
    size, place = tuple(figure.get_size_inches()), given.get_position()
    ax = DRAWN[name](ax=given)
    assert ax is given
    assert tuple(figure.get_size_inches()) == size
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    limits = place.transformed(figure.transFigure)
    for text in ax.texts:
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
    _, grid = plt.subplots(8, 1, figsize=(8, 8))
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
        ({"status_code": "ended"}, ["status_code"], "Päättynyt"),
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


def test_extensions_and_cuts_are_rows_by_months() -> None:
    ax = charts.amendments(frames.from_descriptions(frames.amendments()))
    shown = plain(ax)
    # 30 and 92 days are one and three months, 181 and 184 days six, 365 days twelve, 730 days 24;
    # 61 days less are two months; three did not change, and one is not known.
    assert (
        "Pidennys 1–3 kk 2 18,2 Pidennys 4–6 kk 3 27,3 Pidennys 7–12 kk 1 9,1 "
        "Pidennys 13–24 kk 1 9,1 Lyhennys 1–3 kk 1 9,1 Ennallaan 3 27,3 Yhteensä 11 100,0"
    ) in shown
    assert "jompikumpi päivä puuttuu: 1." in shown
    # Seven extensions; the middle one is of 181 days.
    assert charts.words(ax, "fi").title == (
        "11 hankkeesta 7 jatkui alkuperäistä pidempään, keskimmäinen 6 kuukautta"
    )
    few = frames.amendments()[lambda t: ~(t["extension_days"] > 31).fillna(False)]
    # Of one or two extensions none is the middle one.
    assert charts.words(charts.amendments(few), "fi").title == (
        "5 hankkeesta 1 jatkui alkuperäistä pidempään"
    )
    widths = [patch.get_width() for patch in ax.patches]
    # The longest of 6.55 cm; what did not change has no bar.
    assert widths == pytest.approx([6.55 * n / 3 for n in (2, 3, 1, 1, 1)])


def test_months_are_calendar_months_and_parts_of_them() -> None:
    days = {0: 0, 1: 1, 31: 1, 34: 2, 92: 3, 184: 6, 366: 12, 730: 24, 735: 25, -31: -1, -62: -2}
    assert {d: months_of(d) for d in days} == days


def test_amendments_without_any_change_have_no_bars() -> None:
    table = frames.amendments().assign(extension_days=pd.array([0] * 12, dtype="Int64"))
    ax = charts.amendments(table)
    assert len(ax.patches) == 0
    assert "Ennallaan 12 100,0" in plain(ax)
    assert charts.words(ax, "en").title == "Changes in project end dates"


# ---- files


@pytest.mark.parametrize("name", ["amendments"])
def test_the_same_chart_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    one, two = (
        charts.save(DRAWN[name](), tmp_path / place / "a", close=True) for place in ("one", "two")
    )
    for kind, path in one.items():
        assert path.read_bytes() == two[kind].read_bytes(), kind
    assert plt.get_fignums() == []


def test_a_chart_that_nobody_has_any_more_is_gone() -> None:
    ax = DRAWN["amendments"]()
    gone = ref(ax)
    plt.close("all")
    del ax
    gc.collect()
    assert gone() is None


def test_importing_the_charts_imports_nothing_heavy() -> None:
    code = "import esrdata.present.charts, sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"matplotlib", "scipy"}.isdisjoint(done.stdout.split())
    assert set(dir(charts)) >= set(charts.__all__)
    with pytest.raises(AttributeError):
        _ = charts.nonsense  # type: ignore[attr-defined]


def test_a_table_of_another_statistic_with_the_same_columns_is_refused() -> None:
    portfolio = esrdata.sample(projects=6, short=True)
    # Planned and realised participants would be drawn as euros.
    table = esrdata.stats.participants(portfolio)
    assert {"n", "n_both", "planned", "realised"} <= {*table}
    with pytest.raises(UsageError, match=r"is what esrdata\.stats\.participants returned: give"):
        esrdata.charts.planned_and_realised(table)
    # What a user made of a table says of no statistic.
    own = esrdata.stats.planned_and_realised(portfolio)
    own.attrs.clear()
    esrdata.charts.planned_and_realised(own)


def test_a_glance_at_two_measures_is_refused() -> None:
    portfolio = esrdata.sample(projects=6, short=True)
    money = esrdata.stats.planned_and_realised(portfolio)
    esrdata.charts.glance(money, ratios=esrdata.stats.ratios(portfolio))
    other = esrdata.stats.ratios(portfolio, measure="eu_and_state")
    with pytest.raises(UsageError, match=r"of two measures \(public_total, eu_and_state\)"):
        esrdata.charts.glance(money, ratios=other)
