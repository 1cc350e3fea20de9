"""Charts of answers on horizontal principles."""

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load, wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.present.charts.frame import documented, drawing
from esrdata.present.charts.rows import check, fits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NEEDS = ("form", "principle", "answer_code", "answer", "n", "n_answered", "n_missing")
_KEY = ["form", "principle"]
#: Share of the width that labels may take.
_LABELS = 0.5
#: Texts of each principle at most; fewer where they do not fit on a page.
_TEXTS = (12, 8, 6, 4, 3, 2, 1)
#: How bars look: the codes of answers, texts of the authority, and no answer.
_LOOKS: dict[str, dict[str, Any]] = {
    "yes": {"facecolor": style.REALISED, "edgecolor": style.REALISED},
    "no": {"facecolor": style.PALETTE[2], "edgecolor": style.REALISED},
    "text": {"facecolor": style.SCALE[7], "edgecolor": style.SCALE[7]},
    "others": {"facecolor": style.PLANNED, "edgecolor": style.PLANNED_EDGE},
    "missing": {"facecolor": "white", "edgecolor": style.PLANNED_EDGE, "hatch": "//////"},
}
#: Sentences under the chart, and the kinds of bars they are about.
_NOTES = {"coded": {"yes", "no"}, "text": {"text"}, "missing": {"missing"}, "others": {"others"}}


class _Bar(NamedTuple):
    """A row: the name of a principle, which has no bar, or an answer and how many gave it."""

    label: str
    kind: str
    principle: str
    n: int
    asked: int


@documented("or has several groups")
@on_its_shelf
def horizontal_answers(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw how the projects asked about each principle answered, or did not.

    Classifications are as written whatever the language.

    Parameters
    ----------
    table
        What `esrdata.stats.horizontal_answers` returned, one group of it.
    """
    rows = check(table, "horizontal_answers", _NEEDS, lang)
    if rows.duplicated([*_KEY, "answer_code", "answer"]).any():
        raise UsageError("The table has several groups: choose the rows of one to draw.")
    bars = _bars(rows, lang)
    labels = _labels(bars)
    asked = ["" if bar.kind != "head" else wording.number(bar.asked, lang) for bar in bars]
    beside = {wording.word("column.n", lang): asked}
    drawn = drawing(
        "horizontal_answers",
        table,
        lang,
        ax,
        labels=labels,
        heads=[at for at, bar in enumerate(bars) if bar.kind == "head"],
        beside=beside,
        with_title=with_title,
    )
    with drawn as chart:
        space: list[tuple[Any, float, float]] = [(1.0, 4.0, 4.0)]
        for y, bar in zip(chart.y, bars, strict=True):
            if bar.kind == "head":
                continue
            share = bar.n / bar.asked if bar.asked else 0.0
            chart.ax.barh(
                y, share, 0.62, linewidth=0.8, zorder=2, **_LOOKS.get(bar.kind, _LOOKS["text"])
            )
            label = f"{wording.number(bar.n, lang)} ({wording.percent(share, lang, 0)})"
            place: dict[str, Any] = {"textcoords": "offset points", "va": "center_baseline"}
            chart.ax.annotate(label, (share, y), (4, 0), size=style.SMALL, **place)
            space.append((share, 0.0, style.width_of(label, style.SMALL) + 6))
        chart.fit(space)
        chart.ax.axvline(0, color=style.SOFT, linewidth=0.8, zorder=2.5)
        chart.ax.dataLim.intervalx = (0, 1)
        chart.ticks(lambda places: [wording.percent(place, lang, 0) for place in places])
        chart.captions.append(wording.word("charts.horizontal_answers.note", lang))
        kinds = {bar.kind for bar in bars}
        for key, which in _NOTES.items():
            if which & kinds:
                caption = wording.word(f"charts.horizontal_answers.{key}", lang)
                chart.captions.append(caption)
        missing = int(rows["n_missing"].max())
        chart.facts = {"principles": len(rows[_KEY].drop_duplicates()), "missing": missing}
        chart.facts = {**chart.facts, "n": max(bar.asked for bar in bars)}
        given = [bar for bar in bars if bar.kind in (*_codes(), "text") and bar.n]
        if given:
            best = max(given, key=lambda bar: bar.n / bar.asked)
            chart.facts = {
                **chart.facts,
                "answer": partial(wording.code_label, "answers", best.kind)
                if best.kind in _codes()
                else best.label,
                "principle": partial(wording.code_label, "horizontal_principles", best.principle),
                "share": lambda lang: wording.percent(best.n / best.asked, lang, 0),
            }
        else:
            chart.alt = "alt_nothing"
    return chart.ax


def _codes() -> list[str]:
    return [row["code"] for row in load.codes("answers")]


def _labels(bars: list[_Bar]) -> list[str]:
    """Labels of rows; names of principles are bold, and so a little wider."""
    width = style.WIDTH * _LABELS
    heads = [bar.kind == "head" for bar in bars]
    return [style.wrap(bar.label, width, bold=head) for bar, head in zip(bars, heads, strict=True)]


def _bars(rows: pd.DataFrame, lang: str) -> list[_Bar]:
    """The rows of the chart; where they do not fit, only the commonest texts of each principle."""
    bars: list[_Bar] = []
    for most in _TEXTS:
        parts = rows.groupby(_KEY, sort=False, dropna=False)
        bars = [bar for _, part in parts for bar in _principle(part, most, lang)]
        if fits(_labels(bars)):
            break
    return bars


def _principle(part: pd.DataFrame, most: int, lang: str) -> list[_Bar]:
    principle = str(part["principle"].iloc[0])
    unanswered = int(part["n_missing"].iloc[0])
    asked = int(part["n_answered"].iloc[0]) + unanswered
    name = wording.code_label("horizontal_principles", principle, lang)
    found = [(name, "head", 0)]
    if part["answer_code"].notna().any():
        # An answer of the form that nobody gave is a bar of zero.
        per = part.groupby("answer_code")["n"].sum().to_dict()
        found += [
            (wording.code_label("answers", code, lang), code, int(per.get(code, 0)))
            for code in _codes()
        ]
    texts = part[part["answer_code"].isna() & part["answer"].notna()]
    texts = texts.sort_values("n", ascending=False, kind="stable")
    kept, others = texts.iloc[:most], texts.iloc[most:]
    found += [
        (str(text), "text", int(n)) for text, n in zip(kept["answer"], kept["n"], strict=True)
    ]
    if len(others):
        label = wording.word("charts.horizontal_answers.other", lang, n=len(others))
        found.append((label, "others", int(others["n"].sum())))
    if unanswered:
        label = wording.word("charts.horizontal_answers.no_answer", lang)
        found.append((label, "missing", unanswered))
    return [_Bar(label, kind, principle, n, asked) for label, kind, n in found]
