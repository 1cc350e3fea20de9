"""Geometry of every chart × language × 4, 24, 200, 20,000 projects, and colours by lightness."""

from collections.abc import Iterator
from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from charts_sheets_frames import DRAWN

from esrdata.present import charts
from esrdata.present.charts import style
from esrdata.present.theme import current

mpl.use("agg")
#: Dots that boxes may share: letters have space around them in their boxes.
TOUCH = 1.5


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def problems(ax: mpl.axes.Axes) -> list[str]:
    """Texts of a sheet that are cut, too small, or on another one."""
    figure = ax.get_figure(root=True)
    found = []
    with style.styled():
        renderer = figure.canvas.get_renderer()
        shown = [t for t in ax.texts if t.get_text().strip()]
        boxes = np.array([t.get_window_extent(renderer).extents for t in shown])
    names = [t.get_text() for t in shown]
    found += [f"small: {t.get_text()}" for t in shown if t.get_size() < 7.5]
    room = (-TOUCH, -TOUCH, figure.bbox.width + TOUCH, figure.bbox.height + TOUCH)
    for name, (x0, y0, x1, y1) in zip(names, boxes, strict=True):
        if x0 < room[0] or y0 < room[1] or x1 > room[2] or y1 > room[3]:
            found.append(f"cut: {name}")
    for at, name in enumerate(names):
        others = boxes[at + 1 :]
        wide = np.minimum(boxes[at, 2], others[:, 2]) - np.maximum(boxes[at, 0], others[:, 0])
        tall = np.minimum(boxes[at, 3], others[:, 3]) - np.maximum(boxes[at, 1], others[:, 1])
        for other in np.flatnonzero(np.minimum(wide, tall) > TOUCH):
            found.append(f"overlap: {name} / {names[at + 1 + other]}")
    return found


# One size in the longest language each time, the others with what takes long.
@pytest.mark.parametrize(
    ("n", "lang"),
    [
        pytest.param(n, lang, id=f"n{n}-{lang}", marks=() if usual else pytest.mark.slow)
        for n in (4, 24, 200, 20_000)
        for lang in ("fi", "sv", "en")
        for usual in [n == 24 and lang == "fi"]
    ],
)
@pytest.mark.parametrize("chart", DRAWN)
def test_no_text_is_cut_or_small_or_on_another(chart: str, n: int, lang: str) -> None:
    for ax in charts.sheets(DRAWN[chart](n, lang=lang)):
        assert len(ax.texts) > 4
        assert problems(ax) == []
        wide, tall = ax.get_figure(root=True).get_size_inches() * 2.54
        assert wide == pytest.approx(16)
        assert tall <= 23.1


def test_the_geometry_test_can_fail() -> None:
    figure = plt.figure(figsize=(4, 2))
    ax = figure.add_axes((0, 0, 1, 1))
    ax.text(0.5, 0.5, "päällä")
    ax.text(0.52, 0.5, "alla")
    ax.text(0.95, 0.1, "reunan yli")
    ax.text(0.1, 0.9, "pieni", size=6)
    assert {line.split(":")[0] for line in problems(ax)} == {"overlap", "cut", "small"}


# ---- colours


def lightness(colour: str) -> float:
    """L* of a colour (CIE 1976), which is what grey print and every eye keep of it."""
    parts = np.array(mpl.colors.to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    y = float(linear @ [0.2126, 0.7152, 0.0722])
    return 116 * np.cbrt(y) - 16 if y > 0.008856 else 903.3 * y


# What red- and green-blind eyes make of linear colours (Viénot, Brettel and Mollon 1999).
BLIND = {
    "protan": [[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]],
    "deutan": [[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]],
}


def seen(colour: str, kind: str) -> str:
    parts = np.array(mpl.colors.to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    back = np.clip(np.array(BLIND[kind]) @ linear, 0, 1)
    rgb = np.where(back <= 0.0031308, back * 12.92, 1.055 * back ** (1 / 2.4) - 0.055)
    return mpl.colors.to_hex(np.clip(rgb, 0, 1))


#: Colours that stand beside each other as bare fills.
BESIDE = [
    ("dark", "pale"), ("mid", "pale"), ("dark", "mid"), ("dark", "mid_text"),
    ("mid_text", "pale"), ("dark", "faint"),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["grey", *BLIND])
def test_neighbours_differ_in_lightness_for_every_eye(kind: str) -> None:
    def shade(name: str) -> float:
        colour = getattr(current().colours, name)
        return lightness(colour if kind == "grey" else seen(colour, kind))

    for one, other in BESIDE:
        assert abs(shade(one) - shade(other)) >= 12, (one, other)
    steps = [shade(name) for name in ("dark", "mid_text", "pale")]
    assert all(later - earlier >= 12 for earlier, later in pairwise(steps))
    # Text on white and on what carries it.
    for text, ground in (("ink", "mid_text"), ("ink", "pale"), ("ink", "faint")):
        assert abs(shade(text) - shade(ground)) >= 50


def test_lightness_of_known_colours() -> None:
    # White is 100, black 0, and middle grey of sRGB 119 is 50.
    assert [round(lightness(c)) for c in ("#ffffff", "#000000", "#777777")] == [100, 0, 50]
    assert lightness("#12436D") == pytest.approx(27, abs=1)


def test_what_is_near_in_lightness_is_hatched_or_outlined() -> None:
    import pandas as pd

    from esrdata.present.charts.describe import About, Words
    from esrdata.present.charts.sheet import paper

    about = About("x", pd.DataFrame(), lambda _: Words("a", "b"), pd.DataFrame())
    with paper(about, "fi") as sheet:
        sheet.row()
        assert sheet.look("added")["hatch"] and sheet.look("second")["hatch"]
        assert sheet.look("faint")["linewidth"] > 0
        assert "hatch" not in sheet.look("dark")
