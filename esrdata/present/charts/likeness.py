"""The chart of a project among its peers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.rows import as_rows, check, ends
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.units import without_unit
from esrdata.present.charts.whom import NEUTRAL, source_of, title, whom
from esrdata.present.written import written
from esrdata.stats.columns import label

#: Places in centimetres: labels, the drawing of percentiles, and columns.
_LABEL, _START, _END = 5.6, 6.0, 10.0
_PLACE, _VALUE, _MEDIAN, _N = 11.5, 13.2, 15.1, 16.0
#: The least number of peers that a title tells a place among.
_FEWEST = 6


@documented("lacks some of them, or no measure has a percentile")
def peers(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw the place of a project among its peers, measure by measure.

    Parameters
    ----------
    table
        What `esrdata.stats.peers` returned.
    """
    rows = check(table, "peers", ("measure", "value", "n", "percentile", "median"), lang)
    if rows["percentile"].isna().all():
        raise UsageError("The project has no place among peers in any figure, so nothing is drawn.")
    about = About("peers", table, partial(_words, table), rows)
    with paper(about, lang, **look) as sheet:
        heads = {_PLACE: label("percentile", lang), _VALUE: sheet.word("peers.value")}
        heads |= {_MEDIAN: sheet.word("peers.median"), _N: "n"}
        sheet.columns({place: (head, "") for place, head in heads.items()})
        sheet.skip(0.06)
        for row in as_rows(rows):
            _row(sheet, row)
        _scale(sheet)
    return sheet.first


def _at(sheet: Sheet, percentile: float) -> float:
    return _START + (sheet.right(_END) - _START) * percentile / 100


def _row(sheet: Sheet, row: dict[str, Any]) -> None:
    lang = sheet.lang
    lines = sheet.fitted(label(row["measure"], lang), _LABEL, 2)
    y = sheet.row(len(lines))
    sheet.lines(0, y, lines)
    place = row["percentile"]
    if not formats.is_missing(place):
        sheet.line([_at(sheet, 0), _at(sheet, 100)], [y, y], "pale", 3.2, zorder=2)
        dot: dict[str, Any] = {"marker": "o", "markersize": 5.0, "linestyle": "none"}
        sheet.line([_at(sheet, float(place))], [y], "dark", zorder=4, **dot)
    names = ("value", "median", "q1", "q3")
    own: dict[str, list[Any]] = {name: [row[name]] for name in names if name in row}
    texts = figure_texts([row["measure"]], own, lang)
    cells = {_PLACE: formats.number(place, lang), _N: formats.number(row["n"], lang)}
    sheet.figures(y, cells | {_VALUE: texts["value"][0], _MEDIAN: texts["median"][0]})


def _scale(sheet: Sheet) -> None:
    """The middle of the peers, and the ends of the scale below the rows."""
    middle, bottom = _at(sheet, 50), sheet.y
    sheet.line([middle, middle], [sheet.top + 0.06, bottom], "soft", 0.8, linestyle=(0, (4, 3)))
    for place in (0, 50, 100):
        text = formats.number(place, sheet.lang)
        x = _at(sheet, place)
        sheet.text(x, bottom + LINE / 2, text, size="small", colour="soft", align="center")
    sheet.skip(LINE + 0.06)
    sheet.rule()


def figure_texts(
    measures: Iterable[object], columns: Mapping[str, Sequence[Any]], lang: str
) -> dict[str, list[str]]:
    """Figures of the overview in their units; those of one row have as many decimals.

    Parameters
    ----------
    measures
        The figure of each row.
    columns
        Values of the rows, by the names of the columns.
    lang
        Language of the texts.
    """
    rows = zip(*columns.values(), strict=True)
    texts = [_in_unit(str(m), row, lang) for m, row in zip(measures, rows, strict=True)]
    return dict(zip(columns, map(list, zip(*texts, strict=True)), strict=True)) if texts else {}


def _in_unit(measure: str, row: Sequence[Any], lang: str) -> list[str]:
    if measure.endswith("_absorption"):
        return [written(value, "percent", lang, 1) for value in row]
    numbers = [float(value) for value in row if not formats.is_missing(value)]
    whole = all(n.is_integer() for n in numbers) or any(abs(n) >= 100 for n in numbers)
    return [written(value, "number", lang, 0 if whole else 1) for value in row]


def _words(table: pd.DataFrame, lang: str) -> Words:
    word = partial(wording.word, lang=lang)
    code = wording.project_code(table.attrs.get("project_code"), lang)
    n = int(table.attrs.get("n_peers", table["n"].max()))
    known = table.dropna(subset=["percentile"])
    apart = (known["percentile"].astype(float) - 50).abs()
    far = known.iloc[int(apart.to_numpy().argmax())]
    finding = "far" if far["n"] >= _FEWEST and apart.max() > 0 else NEUTRAL
    place = formats.number(far["percentile"], lang)
    measure = without_unit(label(far["measure"], lang), lang)
    heading = title("peers", finding, lang, code=code, measure=measure, place=place)
    facts = [
        word(
            "charts.peers.fact",
            measure=label(row["measure"], lang),
            place=formats.number(row["percentile"], lang),
        )
        for row in ends(as_rows(known))
    ]
    facts.append(f"n = {formats.number(n, lang)}")
    return Words(
        heading,
        word("charts.peers.subtitle"),
        (wording.word("charts.peers.note", lang, n=n), *_whence(table, lang)),
        source_of(table.attrs, lang),
        tuple(facts),
    )


def _whence(table: pd.DataFrame, lang: str) -> Iterator[str]:
    """Of which projects peers were chosen: they are not all of those."""
    everyone = wording.word("population.all", lang)
    for text in whom(table, lang):
        yield wording.word("charts.peers.of_all", lang) if text == everyone else text
