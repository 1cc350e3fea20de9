"""Charts of time, place, answers, shares and stated numbers, by their structure."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations

import charts_frames as frames
import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from esrdata.errors import UsageError
from esrdata.present import charts

LANGUAGES = ("fi", "sv", "en")
NBSP = "\u00a0"
NAMES = (
    "Elinvoimaa ja osallisuutta",
    "Asukaslähtöinen kehittäminen Kotkassa - kaupunginosien osallistava työ",
    "Hyvinvoiva asukas - yhteisöllisen asumisen ja palveluverkoston kehittäminen Etelä-Savossa",
    None,
)


# ---- tables made by hand


def answers(big: bool = False) -> pd.DataFrame:
    """Yes and no, nobody who said yes, classifications, and a principle without answers."""
    rows: list[tuple] = []
    for principle, yes, no, missing in (
        ("gender_analysis", 1203, 340, 12),
        ("gender_main_goal", 0, 1543, 12),
    ):
        for code, n in (("yes", yes), ("no", no)):
            if n:
                share = n / (yes + no)
                rows.append(("eura2014", principle, code, None, n, share, yes + no, missing))
    texts = [
        ("Tasa-arvopainotteinen projekti", 10),
        ("Tasa-arvoon neutraalisti suhtautuva projekti", 30),
        *((f"Vastaus {at}", 1) for at in range(60 if big else 0)),
    ]
    whole = sum(n for _, n in texts)
    rows += [("eura2007", "equality", None, t, n, n / whole, whole, 0) for t, n in texts]
    rows.append(("eura2007", "partnership", None, None, 0, None, 0, 40))
    names = "form principle answer_code answer n share n_answered n_missing"
    table = pd.DataFrame(rows, columns=names.split())
    text = dict.fromkeys(("form", "principle", "answer_code", "answer"), "string")
    counts = dict.fromkeys(("n", "n_answered", "n_missing"), "Int64")
    return table.astype({**text, **counts, "share": "Float64"})


DRAWN: dict[str, Callable[..., Axes]] = {
    "answers": lambda **k: charts.horizontal_answers(frames.from_descriptions(answers()), **k),
    "many answers": lambda **k: charts.horizontal_answers(
        frames.from_descriptions(answers(big=True)), **k
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
    """Every text that is seen in the figure of a chart."""
    found: list[Text] = []
    for axes in ax.get_figure().axes:
        legend = axes.get_legend()
        ticks = [*axes.get_xticklabels(), *axes.get_yticklabels()]
        found += [*axes.texts, axes.xaxis.label, *(legend.get_texts() if legend else [])]
        found += ticks if axes is ax else []
    return [text for text in found if text.get_text().strip() and text.get_visible()]


def plain(ax: Axes) -> str:
    """Texts of a chart, on one line with ordinary spaces."""
    return " ".join(" ".join(text.get_text().split()) for text in texts(ax)).replace(NBSP, " ")


def one_line(text: str) -> str:
    return " ".join(text.split()).replace(NBSP, " ")


def labels(ax: Axes) -> list[str]:
    return [one_line(label.get_text()) for label in ax.get_yticklabels()]


def bars(ax: Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def day(year: int, month: int, of_month: int) -> float:
    """A day as matplotlib counts it."""
    return (pd.Timestamp(year, month, of_month) - pd.Timestamp(1970, 1, 1)).days


# ---- every chart


@every_language
@every_chart
def test_nothing_stands_outside_the_figure_or_on_another_text(name: str, lang: str) -> None:
    ax = drawn(name, lang)
    figure = ax.get_figure()
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    boxes = [(text.get_text(), Text.get_window_extent(text, renderer)) for text in texts(ax)]
    assert len(boxes) > 4
    for text, box in boxes:
        assert box.x0 >= -0.5, text
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


COUNTS = {
    "answers": 1555,
    "many answers": 1555,
}


@every_language
@every_chart
def test_the_chart_says_n_and_the_source(name: str, lang: str) -> None:
    said = plain(drawn(name, lang))
    assert {"fi": "Lähteet: ", "sv": "Källor: ", "en": "Sources: "}[lang] in said
    count = f"{COUNTS[name]:,}".replace(",", "," if lang == "en" else " ")
    assert re.search(rf"\b{count}\b", said)


@every_language
@every_chart
def test_a_chart_is_told_in_three_sentences_at_most(name: str, lang: str) -> None:
    said = charts.alt_text(drawn(name, "fi"), lang)
    assert 1 <= len(re.findall(r"\.(?= [A-ZÅÄÖ]|$)", said)) <= 3
    assert not re.search(r"[{}]|\bnan\b|<NA>|\n", said)
    count = f"{COUNTS[name]:,}".replace(",", "," if lang == "en" else NBSP)
    assert re.search(rf"\b{count}\b", said)


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
def test_axes_of_somebody_hold_the_whole_chart(name: str) -> None:
    figure, (given, other) = plt.subplots(2, 1, figsize=(8, 26))
    other.remove()
    place = given.get_position().transformed(figure.transFigure)
    ax = DRAWN[name](ax=given, with_title=False)
    assert ax is given
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    for text in texts(ax):
        box = Text.get_window_extent(text, renderer)
        assert place.x0 - 2 <= box.x0, text
        assert box.x1 <= place.x1 + 2, text
        assert place.y0 - 2 <= box.y0, text
        assert box.y1 <= place.y1 + 2, text


@every_chart
def test_a_chart_is_written_with_its_table(name: str, tmp_path) -> None:
    paths = charts.save(DRAWN[name](), tmp_path / "kuvio")
    assert {path.suffix for path in paths.values()} == {".svg", ".png", ".csv"}
    assert charts.alt_text(DRAWN[name](), "fi").split(" (")[0][:40] in paths["svg"].read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("chart", "table"),
    [
        (charts.horizontal_answers, answers()),
    ],
)
def test_wrong_tables_are_refused(chart: Callable[..., Axes], table: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="no rows"):
        chart(table.iloc[:0])
    with pytest.raises(UsageError, match="no column"):
        chart(pd.DataFrame({"name": ["Hanke"]}))
    with pytest.raises(UsageError, match=r"takes a table that esrdata\.stats gave"):
        chart([1, 2])
    with pytest.raises(UsageError, match="language"):
        chart(table, lang="no")
    assert plt.get_fignums() == []


# ---- time


# ---- answers


def test_each_answer_is_a_bar_with_its_number_and_share() -> None:
    ax = charts.horizontal_answers(answers())
    rows = labels(ax)
    assert rows[1:4] == ["Kyllä", "Ei", "Ei vastausta"]
    assert rows[5:8] == ["Kyllä", "Ei", "Ei vastausta"]
    # Classifications come with the commonest first; nobody lacks one, so no bar says so.
    assert rows[8:11] == [
        "Tasa-arvo",
        "Tasa-arvoon neutraalisti suhtautuva projekti",
        "Tasa-arvopainotteinen projekti",
    ]
    assert rows[11:] == ["Kumppanuus", "Ei vastausta"]
    widths = [bar.get_width() for bar in bars(ax)]
    assert widths[:3] == pytest.approx([1203 / 1555, 340 / 1555, 12 / 1555])
    assert widths[3] == 0
    assert widths[-1] == 1
    said = plain(ax)
    for text in ("1 203 (77 %)", "340 (22 %)", "12 (1 %)", "0 (0 %)", "30 (75 %)", "40 (100 %)"):
        assert text in said
    bold = [label.get_text() for label in ax.get_yticklabels() if label.get_weight() == "bold"]
    assert len(bold) == 4
    hatched = [bool(bar.get_hatch()) for bar in bars(ax)]
    assert hatched == [False, False, True, False, False, True, False, False, True]


def test_rare_answers_are_added_together_where_they_do_not_fit() -> None:
    ax = charts.horizontal_answers(answers(big=True))
    (others,) = (label for label in labels(ax) if label.startswith("Muut vastaukset"))
    left_out = int(re.search(r"\((\d+)\)", others)[1])
    assert left_out > 40
    assert f"{left_out} ({left_out} %)" in plain(ax)
    assert "Harvinaisimmat vastaukset" in plain(ax)


def test_the_commonest_answer_is_told_in_the_language_asked_for() -> None:
    ax = charts.horizontal_answers(answers(), lang="fi")
    assert "(99%) is for the answer “No” to “The main objective" in charts.alt_text(ax, "en")
    ax = charts.horizontal_answers(answers().iloc[3:5], lang="sv")
    assert "(75 %) on vastauksella ”Tasa-arvoon neutraalisti" in one_line(charts.alt_text(ax))


def test_answers_of_several_groups_are_refused() -> None:
    table = pd.concat([answers().assign(fund="ESR"), answers().assign(fund="EAKR")])
    with pytest.raises(UsageError, match="several groups"):
        charts.horizontal_answers(table)


def test_no_answer_at_all_is_told() -> None:
    ax = charts.horizontal_answers(answers().iloc[-1:])
    assert labels(ax) == ["Kumppanuus", "Ei vastausta"]
    assert "the questions were not answered" in charts.alt_text(ax, "en")
