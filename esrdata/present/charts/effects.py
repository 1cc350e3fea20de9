"""Charts of tests: effects and associations with their intervals, round zero."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.present.charts import style
from esrdata.present.charts.describe import About, Words
from esrdata.present.charts.frame import Look, documented
from esrdata.present.charts.rows import MOST_ROWS, check
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.titles import NEUTRAL, title
from esrdata.present.charts.whom import source_of, whom
from esrdata.stats.columns import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Places in centimetres: labels, the drawing from −1 to 1, and columns of both charts.
_LABEL, _START = 5.9, 6.3
_END, _VALUE, _INTERVAL, _P, _N = 8.9, 9.8, 12.4, 13.8, 16.0
_TICKS = (-1.0, -0.5, 0.0, 0.5, 1.0)
#: Centimetres of the figures of the scale.
_SCALE = 0.42
#: A title tells of a difference that is this unlikely, corrected for the number of pairs.
_RARE = 0.05
Record = dict[str, Any]


@documented("or lacks some of them")
def compare_groups(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> "Axes":
    """Draw Cliff's delta of every pair of groups, with its interval.

    Parameters
    ----------
    table
        What `esrdata.stats.compare_groups` returned, with its pairs.
    """
    needs = ("group_a", "group_b", "cliffs_delta", "delta_low", "delta_high", "p_holm")
    rows = check(table, "compare_groups", needs, lang)
    if {"value", "by"} - table.attrs.keys():
        raise UsageError("The table is not whole: give what esrdata.stats.compare_groups returned.")
    drawn = _strongest(rows, "cliffs_delta")
    about = About("compare_groups", table, partial(_words_of_groups, table, drawn), drawn)
    with paper(about, lang, **look) as sheet:
        columns = [
            (_VALUE, wording.word("charts.compare_groups.delta", lang), _delta),
            (_INTERVAL, wording.word("charts.interval_head", lang), _delta_interval),
            (_P, wording.word("charts.compare_groups.p", lang), _p),
            (_N, "n", _sizes),
        ]
        names = [_pair(row, table, lang) for row in _records(drawn)]
        _forest(sheet, drawn, names, columns, ("cliffs_delta", "delta_low", "delta_high"))
    return sheet.first


@documented("lacks some of them, or no pair has a coefficient")
def associations(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> "Axes":
    """Draw Spearman's rho of every pair of figures, with its interval.

    Parameters
    ----------
    table
        What `esrdata.stats.associations` returned.
    """
    rows = check(table, "associations", ("x", "y", "n", "rho", "low", "high"), lang)
    if rows["rho"].isna().all():
        raise UsageError("No pair of the table has a coefficient, so there is nothing to draw.")
    drawn = _strongest(rows, "rho")
    about = About("associations", table, partial(_words_of_figures, table, drawn), drawn)
    with paper(about, lang, **look) as sheet:
        columns = [
            (_VALUE + 0.4, wording.word("charts.associations.rho", lang), _rho),
            (_INTERVAL + 0.8, wording.word("charts.interval_head", lang), _rho_interval),
            (_N, "n", lambda row, lang: formats.number(row["n"], lang)),
        ]
        names = [(label(row["x"], lang), label(row["y"], lang)) for row in _records(drawn)]
        _forest(sheet, drawn, names, columns, ("rho", "low", "high"))
    return sheet.first


# ---- rows


def _strongest(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The pairs that are drawn, the strongest first, those without an estimate last."""
    order = rows[name].abs().fillna(-1).sort_values(ascending=False, kind="stable").index
    return rows.loc[order[:MOST_ROWS]].reset_index(drop=True)


def _records(rows: pd.DataFrame) -> list[Record]:
    # Each column that is taken of a table with attrs would have a copy of them.
    return [{str(k): v for k, v in row.items()} for row in pd.DataFrame(rows).to_dict("records")]


def alone(table: pd.DataFrame) -> dict[str, str]:
    """The period and the fund of a table that is about one of them, which labels of axes need."""
    spec = table.attrs.get("population_spec", {})
    asked = {"programme_period": spec.get("periods"), "fund": spec.get("funds")}
    return {name: codes[0] for name, codes in asked.items() if codes and len(codes) == 1}


def _grouping(table: pd.DataFrame, lang: str) -> str:
    """What is compared, and within which period and fund where the table is about one of them."""
    heading = wording.lower_first(style.group_heading(table.attrs["by"], lang))
    known = alone(table)
    where = [
        wording.lower_first(
            wording.code_label("programme_periods", known["programme_period"], lang)
        )
        if "programme_period" in known
        else "",
        wording.word(f"charts.fund.{known['fund']}", lang) if "fund" in known else "",
    ]
    found = ", ".join(text for text in where if text)
    return f"{heading} ({found})" if found else heading


def _pair(row: Record, table: pd.DataFrame, lang: str) -> tuple[str, str]:
    by, known = table.attrs["by"], alone(table)
    a, b = (
        style.group_label({**known, by: row[f"group_{one}"]}, [by], lang, short=True)
        for one in "ab"
    )
    return a, b


def _pair_of_groups(row: Record, table: pd.DataFrame, lang: str) -> str:
    a, b = _pair(row, table, lang)
    return wording.word("charts.compare_groups.pair", lang, a=a, b=b)


def _pair_of_figures(row: Record, lang: str) -> str:
    x, y = label(row["x"], lang), label(row["y"], lang)
    return wording.word("charts.associations.pair", lang, x=x, y=y)


def _two(value: Any, lang: str) -> str:
    return formats.number(value, lang, 2)


def _delta(row: Record, lang: str) -> str:
    return _two(row["cliffs_delta"], lang)


def _rho(row: Record, lang: str) -> str:
    return _two(row["rho"], lang)


def _delta_interval(row: Record, lang: str) -> str:
    return _between(row["delta_low"], row["delta_high"], lang)


def _rho_interval(row: Record, lang: str) -> str:
    return _between(row["low"], row["high"], lang)


def _between(low: Any, high: Any, lang: str) -> str:
    if formats.is_missing(low):
        return wording.word("charts.compare.no_interval", lang)
    return f"{_two(low, lang)}\u00a0…\u00a0{_two(high, lang)}"


#: Columns whose level stands under their heading.
_INTERVALS = (_delta_interval, _rho_interval)


def _sizes(row: Record, lang: str) -> str:
    return f"{formats.number(row['n_a'], lang)}\u00a0+\u00a0{formats.number(row['n_b'], lang)}"


def _p(row: Record, lang: str) -> str:
    return formats.p_value(row["p_holm"], lang)


# ---- drawing

Column = tuple[float, str, Callable[[Record, str], str]]


def _forest(
    sheet: Sheet,
    rows: pd.DataFrame,
    names: Sequence[tuple[str, str]],
    columns: Sequence[Column],
    estimate: tuple[str, str, str],
) -> None:
    """Draw an estimate on each row with its interval, between −1 and 1, round zero."""
    lang = sheet.lang
    level = wording.word("charts.interval_level", lang)
    heads = {
        sheet.right(place): (head, level if write in _INTERVALS else "")
        for place, head, write in columns
    }
    sheet.heading(lambda: sheet.heads(heads))
    sheet.skip(0.06)
    start, end = _START, sheet.right(_END)

    def at(value: float) -> float:
        return start + (end - start) * (value + 1) / 2

    def grid() -> None:
        for tick in _TICKS:
            look = ("rule", 0.8) if tick == 0 else ("grid", 0.6)
            sheet.line([at(tick), at(tick)], [sheet.top + 0.06, sheet.y], *look, zorder=1)

    sheet.ending = grid
    for name, row in zip(names, _records(rows), strict=True):
        # Lines of their own for each of the two, so that none is lost to the other's length.
        first, second = (f"{name[0]}\u00a0–", name[1])
        lines = [*sheet.fitted(first, _LABEL, 2), *sheet.fitted(second, _LABEL, 2)]
        # The figures of the scale stand under the last row.
        y = sheet.row(len(lines), keep=_SCALE)
        sheet.lines(0, y, lines)
        value, low, high = (row[key] for key in estimate)
        if formats.is_missing(value):
            text = wording.word("charts.not_known", lang)
            sheet.text(at(0) + 0.1, y, text, size="small", colour="soft", on_white=True)
        else:
            if not formats.is_missing(low):
                sheet.line([at(float(low)), at(float(high))], [y, y], "mid", 3.2, zorder=3)
            dot: dict[str, Any] = {"marker": "o", "markersize": 4.5, "linestyle": "none"}
            sheet.line([at(float(value))], [y], "dark", zorder=4, **dot)
        for place, _, write in columns:
            sheet.cell(sheet.right(place), y, write(row, lang))
    sheet.ending = None
    grid()
    for tick in _TICKS:
        text = formats.number(tick, lang, 0 if tick.is_integer() else 1)
        sheet.text(at(tick), sheet.y + 0.2, text, size="small", colour="soft", align="center")
    sheet.skip(_SCALE)
    sheet.rule()


# ---- words


def _finding(rows: list[Record], names: tuple[str, str], rare: bool) -> str:
    """Which title holds: the strongest pair away from zero, none of them, or neither."""
    low, high = names
    first = rows[0]
    if not formats.is_missing(first[low]):
        apart = first[low] > 0 or first[high] < 0
        if apart and (not rare or first["p_holm"] < _RARE):
            return "strongest"
    if all(not formats.is_missing(row[low]) and row[low] <= 0 <= row[high] for row in rows):
        return "nothing"
    return NEUTRAL


def _words_of_groups(table: pd.DataFrame, drawn: pd.DataFrame, lang: str) -> Words:
    word = partial(wording.word, lang=lang)
    rows = _records(drawn)
    value = label(table.attrs["value"], lang)
    first = rows[0]
    finding = _finding(rows, ("delta_low", "delta_high"), rare=True)
    heading = title(
        "compare_groups", finding, lang,
        value=value, pair=_pair_of_groups(first, table, lang), delta=_delta(first, lang),
    )  # fmt: skip
    notes = [word("charts.compare_groups.note"), *_left_out(table, drawn, lang)]
    facts = [
        word(
            "charts.compare_groups.fact",
            pair=_pair_of_groups(row, table, lang),
            delta=_delta(row, lang),
            interval=_delta_interval(row, lang),
        )
        for row in (rows if len(rows) == 1 else [rows[0], rows[-1]])
    ]
    counts: dict[Any, int] = {}
    for row in _records(table):
        counts |= {row["group_a"]: int(row["n_a"]), row["group_b"]: int(row["n_b"])}
    subtitle = word(
        "charts.compare_groups.subtitle",
        value=value,
        by=_grouping(table, lang),
        n=formats.number(sum(counts.values()), lang),
    )
    facts.append(f"n = {formats.number(sum(counts.values()), lang)}")
    return _whole(heading, subtitle, notes, facts, table, lang)


def _words_of_figures(table: pd.DataFrame, drawn: pd.DataFrame, lang: str) -> Words:
    word, rows = partial(wording.word, lang=lang), _records(drawn)
    first = rows[0]
    finding = _finding(rows, ("low", "high"), rare=False)
    pair = _pair_of_figures(first, lang)
    heading = title("associations", finding, lang, pair=pair, rho=_rho(first, lang))
    notes = [word("charts.associations.note"), *_left_out(table, drawn, lang)]
    facts = [
        word(
            "charts.associations.fact",
            pair=_pair_of_figures(row, lang),
            rho=_rho(row, lang),
            n=formats.number(row["n"], lang),
        )
        for row in (rows if len(rows) == 1 else [rows[0], rows[-1]])
    ]
    return _whole(heading, word("charts.associations.subtitle"), notes, facts, table, lang)


def _left_out(table: pd.DataFrame, drawn: pd.DataFrame, lang: str) -> list[str]:
    left = len(table) - len(drawn)
    return [wording.word("charts.effects_left_out", lang, n=left)] if left else []


def _whole(
    heading: str,
    subtitle: str,
    notes: list[str],
    facts: list[str],
    table: pd.DataFrame,
    lang: str,
) -> Words:
    source = source_of(table.attrs, lang)
    return Words(heading, subtitle, (*notes, *whom(table, lang)), source, tuple(facts))
