"""What a chart of sides says of them: its title, subtitle, notes and text alternative."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from esrdata.knowledge import formats, load, wording
from esrdata.present.charts import style
from esrdata.present.charts.conditions import all_cover_zero, clear_difference
from esrdata.present.charts.describe import Words
from esrdata.present.charts.grouping import axis_name, brief
from esrdata.present.charts.sides import (
    AXIS,
    PAIR,
    SHARE,
    SHARES,
    Figure,
    counts_of,
    figure_of,
    pairs_of,
    side_labels,
)
from esrdata.present.charts.whom import NEUTRAL, source_of, title, whom
from esrdata.stats.side_figures import EACH, REST
from esrdata.tables.population import missing_code

#: Sides of which a title names each.
_NAMED = 3
#: Letters of all names up to which a title holds them.
_LONG = 60


def words_of(table: pd.DataFrame, gaps: pd.DataFrame, lang: str) -> Words:
    """The words of a table of sides, with its differences, in a language."""
    names = side_labels(table, lang)
    word = partial(wording.word, lang=lang)
    notes = [word("charts.compare.note" if len(names) == 2 else "charts.compare.note_each")]
    if len(names) > 2 and table.attrs["against"] != EACH:
        notes.append(word("charts.compare.each_alone"))
    if any(about["unit"] == "days" for about in table.attrs["figures"].values()):
        notes.append(word("charts.compare.month"))
    if len(names) == 2 and not table.attrs["paired"]:
        notes.append(word("charts.compare.methods"))
    notes += [*whom(table, lang), *_own_populations(table, names, lang), *_axes(table, names, lang)]
    heading = _title(table, gaps, names, lang)
    facts = _facts(table, names, lang)
    source = source_of(table.attrs, lang)
    return Words(heading, _subtitle(table, names, lang), tuple(notes), source, facts)


def _title(table: pd.DataFrame, gaps: pd.DataFrame, names: dict[str, str], lang: str) -> str:
    neutral = title("compare", NEUTRAL, lang, sides=_all_sides(table, names, lang))
    if _is_long(names):
        # Names that would fill the title stand in the key.
        n = formats.number(len(names), lang)
        return neutral if table.attrs["by"] else title("compare", "long", lang, n=n)
    if len(names) != 2 or table.attrs["paired"]:
        return neutral
    rows = pairs_of(table, gaps, names, ("median",), lang)
    rows = sorted(rows, key=lambda row: _order(table, row.figure))
    if all(row.gap for row in rows) and (at := clear_difference([r.gap for r in rows])) is not None:
        row = rows[at]
        kind = _finding(table, row.figure)
        if kind:
            a, b = (row.figure.written(value, lang) for value in row.values)
            first, second = names.values()
            by = table.attrs["by"]
            way = "_funds" if by == ["fund"] else "_periods" if by == ["programme_period"] else ""
            way = way if kind == "money" else ""
            return title("compare", f"{kind}{way}", lang, first=first, second=second, a=a, b=b)
    # What is drawn below the medians is among these measures too.
    rows += pairs_of(table, gaps, names, SHARES, lang)
    if all(row.gap for row in rows) and all_cover_zero([row.gap for row in rows]):
        first, second = names.values()
        return title("compare", "nothing", lang, first=first, second=second)
    return neutral


def _own_populations(table: pd.DataFrame, names: dict[str, str], lang: str) -> Iterator[str]:
    """Whom measures are about that have a population of their own, and how many are in others."""
    shares = load.statistics()["shares"]
    most = {side: max(counts_of(table, side), default=0) for side in names}
    for measure in table.attrs["measures"]:
        rows = table[table["measure"] == measure].set_index("side")["n"]
        counts = {side: int(rows.get(side, 0)) for side in names}
        if table.attrs["figures"][measure]["kind"] == SHARE and measure in shares:
            told = [f"{names[side]}\u00a0{formats.number(n, lang)}" for side, n in counts.items()]
            # More sides have their n in a column.
            sides = f" ({', '.join(told)})" if len(names) == 2 else ""
            yield str(shares[measure]["whom"][lang]).format(sides=sides)
            reason = missing_code(shares[measure]["column"])
            unknown = sum(
                int(one["n"])
                for one in table.attrs["exclusions"]
                if one["reason"] in (reason, f"{measure}: {reason}")
            )
            if unknown:
                text = str(shares[measure]["unknown"][lang])
                yield text.format(n=formats.number(unknown, lang))
            continue
        fewer = [side for side, n in counts.items() if 0 < n < most[side]]
        if fewer and len(names) == 2:
            told = [f"{names[s]} n\u00a0=\u00a0{formats.number(counts[s], lang)}" for s in fewer]
            label = figure_of(table, measure, "median", lang).label
            values = {"measure": label, "sides": ", ".join(told)}
            yield wording.word("charts.compare.fewer", lang, **values)


def _axes(table: pd.DataFrame, names: dict[str, str], lang: str) -> Iterator[str]:
    """How unlike two sides are: the axis that most projects of each are of, where it differs."""
    axes = table.attrs.get("axes", {})
    if len(names) != 2 or AXIS in table.attrs["by"] or not names.keys() <= axes.keys():
        return
    found = [axes[side] for side in names]
    if len({(one["programme_period"], one["fund"], one["priority_axis"]) for one in found}) == 1:
        return
    told = [
        wording.word(
            "charts.compare.axis", lang, side=names[side],
            axis=f"{axes[side]['priority_axis']}\u00a0{axis_name(axes[side], lang)}",
            share=formats.percent(axes[side]["n"] / axes[side]["of"], lang, 0),
        )
        for side in names
    ]  # fmt: skip
    yield wording.word("charts.compare.axes", lang, sides=", ".join(told))


def _finding(table: pd.DataFrame, figure: Figure) -> str:
    """Which of the findings a measure can be; empty where it is none."""
    about = table.attrs["figures"][figure.measure]
    if about["kind"] == PAIR:
        return "use" if about["unit"] == "eur" else ""
    return {"eur": "money", "days": "duration"}.get(str(about["unit"]), "")


def _order(table: pd.DataFrame, figure: Figure) -> int:
    order = ("money", "duration", "use", "")
    return order.index(_finding(table, figure))


def _is_long(names: dict[str, str]) -> bool:
    return sum(map(len, names.values())) > _LONG


def _all_sides(table: pd.DataFrame, names: dict[str, str], lang: str) -> str:
    labels = list(names.values())
    if len(labels) <= _NAMED and not (table.attrs["by"] and _is_long(names)):
        return ", ".join(labels)
    if by := table.attrs["by"]:
        return ", ".join(style.group_heading(name, lang) for name in by)
    return ", ".join([*labels[: _NAMED - 1], "…"])


def _subtitle(table: pd.DataFrame, names: dict[str, str], lang: str) -> str:
    text, scope = _against(table, names, lang), _scope(table, lang)
    return f"{scope}; {text[:1].lower()}{text[1:]}" if scope else text


def _scope(table: pd.DataFrame, lang: str) -> str:
    """The fund and the period that all sides have and that do not tell them apart."""
    keys, by = table.attrs["keys"].values(), table.attrs["by"] or ()
    parts = []
    for name in ("fund", "programme_period"):
        known = {key.get(name) for key in keys}
        if name not in by and len(known) == 1 and known != {None}:
            parts.append(brief(name, known.pop(), lang))
    return " ".join(parts)


def _against(table: pd.DataFrame, names: dict[str, str], lang: str) -> str:
    """What is set against what."""
    way, labels = table.attrs["against"], list(names.values())
    if len(labels) == 2:
        key = "paired" if table.attrs["paired"] else "minus"
        return wording.word(f"charts.compare.{key}", lang, a=labels[0], b=labels[1])
    if way == EACH:
        return wording.word("charts.compare.each", lang)
    if way == REST:
        return wording.word("charts.compare.rest", lang)
    return wording.word("charts.compare.one", lang, side=names[way])


def _facts(table: pd.DataFrame, names: dict[str, str], lang: str) -> tuple[str, ...]:
    """The first measure that is known: the greatest and the least median."""
    known = table[table["median"].notna()]
    if not len(known):
        return ()
    measure = str(known["measure"].iloc[0])
    part = known[known["measure"] == measure].set_index("side")
    figure = figure_of(table, measure, "median", lang)
    values = part["median"].astype(float)
    high, low = str(values.idxmax()), str(values.idxmin())
    written = {
        "measure": figure.label,
        "high": names[high],
        "high_value": figure.write(values[high], lang),
        "low": names[low],
        "low_value": figure.write(values[low], lang),
    }
    n = formats.number(int(part["n"].sum()), lang)
    return (wording.word("charts.compare.fact", lang, **written), f"n = {n}")
