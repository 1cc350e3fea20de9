"""The sheet: places in centimetres, text that fits, second sheets; themes; titles."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.present import charts
from esrdata.present.charts import letters, style
from esrdata.present.charts.describe import About, Words
from esrdata.present.charts.line import Line
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.whom import title
from esrdata.present.theme import css, current

mpl.use("agg")
LONG = "Työorganisaatioiden, työssä olevan työvoiman ja yritysten kehittäminen sekä yrittäjyys"


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def about(title: str = "Otsikko", notes: tuple[str, ...] = ("Selitys.",)) -> About:
    table = pd.DataFrame({"n": [1]})
    return About("planned_and_realised", table, lambda _: Words(title, "Alaotsikko", notes), table)


def draw(rows: int, lines: int = 1) -> Sheet:
    with paper(about(), "fi") as sheet:
        sheet.heading(lambda: sheet.heads({16.0: ("n", "")}))
        for at in range(rows):
            sheet.cell(16, sheet.row(lines), str(at))
    return sheet


def test_one_unit_is_one_centimetre_from_the_top_left() -> None:
    ax = draw(3).first
    wide, tall = ax.get_figure(root=True).get_size_inches()
    assert ax.get_xlim() == (0, pytest.approx(wide * 2.54))
    assert ax.get_ylim() == (pytest.approx(tall * 2.54), 0)
    assert wide * 2.54 == pytest.approx(16)


def test_rows_follow_each_other_at_their_heights() -> None:
    with paper(about(), "fi") as sheet:
        first, second = sheet.row(1), sheet.row(2)
    # A line is 0.36 and a row has 0.16 besides: middles are half of each row apart.
    assert second - first == pytest.approx((0.52 + 0.88) / 2)


def test_what_does_not_fit_goes_on_a_second_sheet_with_its_heading() -> None:
    sheet = draw(50)
    assert [len(charts.sheets(ax)) for ax in sheet.axes] == [2, 2]
    for ax in sheet.axes:
        found = [text.get_text() for text in ax.texts]
        assert found[:3] == ["Otsikko", "Alaotsikko", "n"]
        assert ax.get_figure(root=True).get_size_inches()[1] * 2.54 <= 23.01
    numbers = [t.get_text() for ax in sheet.axes for t in ax.texts if t.get_text().isdigit()]
    assert numbers == [str(at) for at in range(50)]
    # Notes stand once, at the end.
    assert [t.get_text() for t in sheet.axes[0].texts].count("Selitys.") == 0
    assert sheet.axes[1].texts[-1].get_text() == "Selitys."


def test_all_sheets_are_saved(tmp_path: Path) -> None:
    sheet = draw(50)
    paths = charts.save(sheet.first, tmp_path / "kuvio")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "kuvio-2.png", "kuvio-2.svg", "kuvio.csv", "kuvio.png", "kuvio.svg",
    ]  # fmt: skip
    assert paths["png_2"].name == "kuvio-2.png"


def test_text_is_wrapped_then_shortened() -> None:
    width, size = 5.6, current().sizes.text
    lines = letters.fitted(LONG, width, size, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert LONG.startswith(f"{lines[0]} {lines[1][:-1]}")
    assert all(letters.width_of(line, size) <= width for line in lines)
    assert letters.fitted("Tekninen tuki", width, size) == ["Tekninen tuki"]


def test_a_hyphen_stays_with_the_word_that_it_joins() -> None:
    lines = letters.wrap("Paikallinen kehittämispolku -toimintamallin käyttöönotto", 5, 8.5)
    assert lines == ["Paikallinen kehittämispolku", "-toimintamallin käyttöönotto"]
    # Inside a word a line may end after it, and between spaces it stands for a dash.
    assert letters.wrap("Etelä-Savossa", 1.3, 8.5) == ["Etelä-", "Savossa"]
    assert letters.wrap("asukas - yhteisö", 1.4, 8.5) == ["asukas -", "yhteisö"]
    assert letters.wrap("inom REACT-EU", 1.5, 8.5) == ["inom", "REACT-EU"]


def test_measured_width_has_a_little_to_spare() -> None:
    with style.styled():
        figure = plt.figure(figsize=(16 / 2.54, 2), dpi=200)
        ax = figure.add_axes((0, 0, 1, 1))
        look = letters.font(current(), "regular", 8.5)
        drawn = ax.text(0, 0, LONG, fontproperties=look)
        wide = drawn.get_window_extent().width / figure.dpi * 2.54
    assert wide <= letters.width_of(LONG, 8.5) <= wide * 1.06


def test_digits_are_of_equal_width_in_every_weight() -> None:
    for weight in ("regular", "semibold", "bold"):
        widths = {round(letters.width_of(digit * 20, 8.5, weight), 6) for digit in "0123456789"}
        assert len(widths) == 1, weight


def test_title_and_notes_can_be_left_to_the_page() -> None:
    with paper(about(), "fi", with_title=False, with_notes=False) as sheet:
        sheet.text(0, sheet.row(), "rivi")
    assert [text.get_text() for text in sheet.first.texts] == ["rivi"]
    words = charts.words(sheet.first, "fi")
    assert (words.title, words.subtitle, words.notes) == ("Otsikko", "Alaotsikko", ("Selitys.",))
    assert charts.alt_text(sheet.first) == "Otsikko. Alaotsikko."


def test_a_failure_leaves_no_figure() -> None:
    with pytest.raises(ZeroDivisionError), paper(about(), "fi") as sheet:
        sheet.row(int(1 / 0))
    assert plt.get_fignums() == []


def test_what_is_no_axes_is_told() -> None:
    with pytest.raises(UsageError, match="ax is matplotlib Axes or None"), paper(about(), "fi", 3):  # type: ignore[arg-type]
        pass
    with pytest.raises(UsageError, match="theme takes"):
        charts.theme({"fonts": {}})  # type: ignore[arg-type]


def test_axes_of_somebody_must_be_wide_and_high_enough() -> None:
    _, grid = plt.subplots(1, 4)
    with pytest.raises(UsageError, match="too narrow"), paper(about(), "fi", grid[0]) as sheet:
        sheet.row()
    _, low = plt.subplots(figsize=(8, 1))
    with pytest.raises(UsageError, match="too low"), paper(about(), "fi", low) as sheet:
        sheet.row(9)


# ---- themes


def write(folder: Path, text: str) -> Path:
    path = folder / "theme.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_theme_changes_what_it_names_and_goes_after_the_block(tmp_path: Path) -> None:
    path = write(
        tmp_path, 'colours: {dark: "#004400"}\nsheet: {width: 17}\nlogo: {width: 3, height: 1}\n'
    )
    with charts.theme(path) as ours:
        assert (ours.colours.dark, ours.colours.pale) == ("#004400", "#C9DCEC")
        ax = draw(1).first
        assert ax.get_figure(root=True).get_size_inches()[0] * 2.54 == pytest.approx(17)
        with paper(about(LONG), "fi") as sheet:
            sheet.row()
        lines = [text.get_text() for text in sheet.first.texts]
        # The title leaves the logo's space free.
        assert lines[0] != LONG
    assert current().colours.dark == "#12436D"


def test_a_theme_stays_until_another(tmp_path: Path) -> None:
    charts.theme(write(tmp_path, "sizes: {title: 13}\n"))
    assert current().sizes.title == 13
    charts.theme()
    assert current().sizes.title == 11.5


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("colours: {drak: '#000000'}\n", "colours: no key 'drak'; the nearest is 'dark'"),
        ("colours: {dark: blue}\n", "colours dark: 'blue' is no colour; write it as #12436D"),
        ("sizes: {small: 6}\n", r"sizes small: the value '6' is too small; the least is 7\.5"),
        ("fonts: {family: Omamme, regular: omamme.ttf}\n", r"no file .*omamme\.ttf"),
        ("fonts: {family: Omamme, package: no_such_package}\n", "not installed"),
        ("- a\n", "has no keys and values"),
        ("a: [\n", "not YAML"),
    ],
)
def test_a_wrong_theme_is_refused_in_one_sentence(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        charts.theme(write(tmp_path, text))
    assert current().sizes.title == 11.5
    with pytest.raises(UsageError, match="cannot be read"):
        charts.theme(tmp_path / "none.yml")


def test_a_family_without_files_is_looked_for_among_the_installed(tmp_path: Path) -> None:
    text = "fonts: {family: Olematon, fallback: [DejaVu Sans]}\n"
    with charts.theme(write(tmp_path, text)):
        assert letters.family(current()) == "DejaVu Sans"
        assert css() == ""
    assert css().count("@font-face") == 3


# ---- titles


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_titles_have_their_numbers_and_judge_nothing(lang: str) -> None:
    for chart, titles in load.titles().items():
        assert "neutral" in titles, chart
        for name, entry in titles.items():
            words = entry[lang].casefold()
            for never in ("hyvin", "heikosti", "vain", "jopa", "onnistui", "tehokas", "parani"):
                assert never not in words.split(), (chart, name)
    found = title("planned_and_realised", "neutral", "fi", first="suunniteltu", measure="raha")
    assert found == "Suunniteltu ja toteutunut raha"
    with pytest.raises(KeyError):
        title("planned_and_realised", "neutral", "fi")


@pytest.mark.parametrize(
    "changed", [{}, {"rotation": 20}, {"alpha": 0.3}, {"text": "kaksi\nriviä"}, {"va": "top"}]
)
@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_a_line_stands_where_matplotlib_would_put_it(align: str, changed: dict[str, Any]) -> None:
    def drawn(kind: type[Text]) -> tuple[bytes, np.ndarray]:
        with style.styled():
            figure = plt.figure(figsize=(4, 1), dpi=200)
            ax = figure.add_axes((0, 0, 1, 1))
            look = letters.font(current(), "semibold", 8.5)
            text = kind(
                0.5, 0.4, "Hämeen 1 234,5 €", ha=align, va="baseline", fontproperties=look,
                color="#12436d", transform=ax.transData, clip_on=False,
            )  # fmt: skip
            ax.add_artist(text)
            text.set(**changed)
            made = BytesIO()
            figure.savefig(made, format="svg", metadata={"Date": None})
            figure.canvas.draw()
            dots = np.asarray(figure.canvas.buffer_rgba()).astype(int)
        return made.getvalue(), dots

    own, theirs = drawn(Line), drawn(Text)
    assert own[0] == theirs[0]
    # Between two dots it may stand by a hair otherwise, for letters are measured in points.
    assert np.abs(own[1] - theirs[1]).max() < 16
