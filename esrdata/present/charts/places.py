"""Maps of projects by region; the tiles stand as in rOpenGov/geofi (BSD-2-Clause)."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, load, wording
from esrdata.present.charts.conditions import class_of, quarters
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.rows import check
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.style import group_label
from esrdata.present.charts.units import EUROS, THOUSANDS, Unit, unit_of_largest, unit_of_one
from esrdata.present.charts.whom import NEUTRAL, around, title
from esrdata.stats.groups import alphabetical
from esrdata.stats.places import NO_PLACE, OTHER_LEVEL

_NEEDS = ("rule", "level", "name", "n", "planned", "n_planned", "realised", "n_realised")
_VALUES = ("n", "planned", "realised")
#: Size of a tile in centimetres, and how far the next one is.
_WIDE, _HIGH, _NEXT, _BELOW = 2.78, 1.62, 2.84, 1.68
#: From the top of a tile: its name, its number, and what stands below; and from its left edge.
_NAME, _NUMBER, _REST, _PAD = 0.32, 0.84, 1.31, 0.12
#: Where the key begins, and how wide its tile is.
_KEY = 11.77
#: Looks of classes from the lowest.
_LOOKS = ("faint", "pale", "mid_text", "dark")
#: With fewer projects regions are rows of a table.
_FEWEST = 20
#: So many places that are on no tile are named at most.
_STRANGERS = 5


class _Region(NamedTuple):
    label: str
    row: int
    column: int
    cells: Mapping[str, Any]


@documented("or the value is unknown")
def tile_map(
    table: pd.DataFrame,
    value: str = "planned",
    *,
    lang: str = "fi",
    **look: Unpack[Look],
) -> Axes:
    """Draw the regions as equal tiles with their sums, medians and numbers of projects.

    Below 20 projects, counted in each of their regions, the regions are rows of a table.

    Parameters
    ----------
    table
        What `esrdata.stats.locations_summary` returned with ``level="region"``.
    value
        What is large in a tile and shades it: ``planned`` or ``realised`` (public funding in
        total), or ``n`` (projects).
    """
    rows = check(table, "locations_summary", _NEEDS, lang)
    if value not in _VALUES:
        raise UsageError(f"The value {value!r} is not one of {', '.join(_VALUES)}.")
    if not rows["level"].isin(["region", "country"]).all() or rows["name"].duplicated().any():
        raise UsageError("A tile map is of regions: give a summary of level='region'.")
    found = _regions(rows, lang)
    known = [r.cells[value] for r in found if not formats.is_missing(r.cells[value])]
    above = [float(x) for x in known if float(x) > 0]
    few = float(rows["n"].sum()) < _FEWEST
    stated = [r.cells["planned"] for r in found if not formats.is_missing(r.cells["planned"])]
    sums = [float(x) for x in stated] if few and value == "n" else above
    unit = EUROS if value == "n" and not few else unit_of_largest(sums, sum(sums))
    order = pd.CategoricalDtype([tile["label_fi"] for tile in load.codes("regions")], ordered=True)
    data = rows.assign(order=rows["name"].astype(order)).sort_values("order", kind="stable")
    about = About(
        "tile_map",
        table,
        partial(_words, rows, value, unit),
        data.drop(columns="order"),
    )
    with paper(about, lang, **look) as sheet:
        if few:
            named = sorted(found, key=lambda region: alphabetical(region.label))
            _table(sheet, [region for region in named if region.cells["n"]], rows, unit)
        else:
            printed = [round(x / unit.euros, unit.decimals) for x in above]
            _map(sheet, found, rows, value, unit, printed)
        sheet.rule()
    return sheet.first


def _regions(rows: pd.DataFrame, lang: str) -> list[_Region]:
    cells = {row["name"]: row for row in rows[rows["level"] == "region"].to_dict("records")}
    nothing: dict[str, Any] = {"n": 0.0, "planned": None, "realised": None, "median_planned": None}
    return [
        _Region(
            tile[f"label_{lang}"],
            int(tile["tile_row"]) - 1,
            int(tile["tile_column"]) - 1,
            {**nothing, **{str(k): v for k, v in cells.get(tile["label_fi"], {}).items()}},
        )
        for tile in load.codes("regions")
    ]


def _map(
    sheet: Sheet,
    regions: Sequence[_Region],
    rows: pd.DataFrame,
    value: str,
    unit: Unit,
    printed: Sequence[float],
) -> None:
    bounds = quarters(printed)
    # The darkest is kept for the highest class, however few there are.
    looks = _LOOKS[-(len(bounds) + 1) :] if bounds else _LOOKS[:1]
    down = max(region.row for region in regions) + 1
    sheet.skip(0.06)
    top = sheet.y
    sheet.row(tall=(down - 1) * _BELOW + _HIGH)
    classes = [0] * (len(bounds) + 1)
    for region in regions:
        x, y = region.column * _NEXT, top + region.row * _BELOW
        cell = region.cells[value]
        has = not formats.is_missing(cell) and float(cell) > 0
        at = class_of(round(float(cell) / unit.euros, unit.decimals), bounds) if has else 0
        classes[at] += has
        _tile(sheet, x, y, region, value, unit, looks[at] if has else None)
    # Of projects that are counted whole, a class is from one number to another.
    counts = value == "n" and all(float(region.cells["n"]).is_integer() for region in regions)
    names = _classes(bounds, sheet.lang, counts=counts)
    _key(sheet, top, rows, value, unit, names, looks, classes)
    sheet.skip(0.14)


def _tile(
    sheet: Sheet, x: float, y: float, region: _Region, value: str, unit: Unit, look: str | None
) -> None:
    """A region; one without projects, or without the number, is white and says which."""
    _box(sheet, x, y, look)
    lang, colour = sheet.lang, "white" if look == "dark" else "ink"
    room = _WIDE - 2 * _PAD + 0.04
    name = sheet.fitted(region.label, room, 2, "text", "semibold")
    soft = "soft" if look is None else colour
    # A name of two lines moves what is below it a little.
    more = 0.12 * (len(name) - 1)
    sheet.lines(x + _PAD, y + _NAME + more, name, weight="semibold", colour=soft)
    if not region.cells["n"]:
        nobody = sheet.word("tile_map.nobody")
        sheet.text(x + _PAD, y + _NAME + 2 * more + 0.42, nobody, colour="soft")
        return
    n = _count(region.cells["n"], lang)
    if value == "n":
        planned = region.cells["planned"]
        large, rest = n, unit_of_largest([planned], 1e6).short(planned, lang)
    else:
        large = unit.short(region.cells[value], lang)
        median = region.cells["median_planned"] if value == "planned" else None
        written = "" if formats.is_missing(median) else unit_of_one(median).short(median, lang)
        rest = sheet.word("tile_map.rest", median=written, n=n) if written else n
    if formats.is_missing(region.cells[value]):
        large = wording.word("format.missing", lang)
    sheet.text(x + _PAD, y + _NUMBER + more, large, size="subtitle", weight="bold", colour=colour)
    sheet.text(x + _PAD, y + _REST + more / 2, rest, size="head", colour=colour)


def _box(sheet: Sheet, x: float, y: float, look: str | None) -> None:
    from matplotlib.patches import Rectangle

    shape = sheet.look(look or "white")
    shape |= {"edgecolor": sheet.colour("rule"), "linewidth": 0.6}
    sheet.ax.add_patch(Rectangle((x, y), _WIDE, _HIGH, zorder=3, **shape))


def _count(n: Any, lang: str) -> str:
    """Projects; a part of one has a decimal."""
    return formats.number(n, lang, 0 if float(n).is_integer() else 1)


def _classes(bounds: Sequence[float], lang: str, *, counts: bool) -> list[str]:
    """What the classes between bounds are called, from the lowest."""
    word, write = partial(wording.word, lang=lang), partial(formats.number, lang=lang)
    if not bounds:
        return [word("charts.tile_map.any")]
    names = [word("charts.tile_map.below", high=write(bounds[0]))]
    for low, high in pairwise(bounds):
        if not counts:
            names.append(word("charts.tile_map.between", low=write(low), high=write(high)))
        else:
            names.append("–".join(map(write, dict.fromkeys((low, high - 1)))))
    return [*names, word("charts.tile_map.from", low=write(bounds[-1]))]


def _key(
    sheet: Sheet,
    top: float,
    rows: pd.DataFrame,
    value: str,
    unit: Unit,
    names: Sequence[str],
    looks: Sequence[str],
    classes: Sequence[int],
) -> None:
    """How a tile is read, the classes, and the whole, at the right of the map."""
    word, lang = partial(wording.word, lang=sheet.lang), sheet.lang
    x, y = sheet.right(_KEY), top + 0.15
    room = sheet.width - x
    sheet.text(x, y, word("charts.tile_map.how"), weight="bold")
    y += 0.28
    from matplotlib.patches import Rectangle

    edge: dict[str, Any] = {
        "facecolor": "white",
        "edgecolor": sheet.colour("rule"),
        "linewidth": 0.8,
    }
    sheet.ax.add_patch(Rectangle((x, y), room - 0.02, _HIGH, zorder=3, **edge))
    third = "key_rest" if value == "planned" else "key_sum" if value == "n" else "key_n"
    sheet.text(x + _PAD, y + _NAME, word("charts.tile_map.region"), weight="semibold")
    large = word(f"charts.tile_map.large.{value}")
    sheet.text(x + _PAD, y + _NUMBER, large, size="subtitle", weight="bold")
    written = sheet.fitted(word(f"charts.tile_map.{third}"), room - 2 * _PAD, 1, "head")[0]
    sheet.text(x + _PAD, y + _REST, written, size="head")
    y += _HIGH + 0.5
    more = {} if value == "n" else {"unit": unit.sign(lang)}
    head = word(f"charts.tile_map.head.{value}", **more)
    sheet.text(x, y, head, weight="bold")
    y += 0.5
    for at, text in reversed([*enumerate(names)]):
        sheet.bar(x, y, 0.76, 0.46, looks[at])
        sheet.text(x + 0.9, y, text)
        n = word("charts.tile_map.regions", n=classes[at])
        if 0.9 + sheet.width_of(text) + 0.2 + sheet.width_of(n, "head") > room:
            n = formats.number(classes[at], lang)
        sheet.cell(sheet.width - 0.02, y, n, size="head", colour="soft")
        y += 0.56
    y += 0.2
    head = word("charts.tile_map.placed" if _unplaced(rows) else "charts.tile_map.whole")
    first, *others = sheet.fitted(head, room, 2, weight="bold")
    sheet.text(x, y, first, weight="bold")
    for part in others:
        y += 0.42
        sheet.text(x, y, part, weight="bold")
    for line in _whole(rows, lang):
        for part in sheet.fitted(line, room, 2):
            y += 0.42
            sheet.text(x, y, part)


def _unplaced(rows: pd.DataFrame) -> int:
    """How many projects are on no tile, for no source tells a region of theirs."""
    reasons = (NO_PLACE, OTHER_LEVEL.format(level="region"))
    return sum(row["n"] for row in rows.attrs.get("exclusions", []) if row["reason"] in reasons)


def _whole(rows: pd.DataFrame, lang: str) -> list[str]:
    """The whole data, each project once, where the table says it."""
    whole, word = rows.attrs.get("whole"), partial(wording.word, lang=lang)
    if not whole:
        return []
    lines = []
    if whole["planned"] is not None:
        unit = unit_of_largest([whole["planned"]], whole["planned"])
        lines.append(word("charts.tile_map.whole_sum", sum=unit.sum(whole["planned"], lang)))
        median = unit_of_one(whole["median_planned"]).sum(whole["median_planned"], lang)
        lines.append(word("charts.tile_map.whole_median", median=median))
    n, several = (formats.number(x, lang) for x in (whole["n"], rows.attrs.get("n_several", 0)))
    if not rows.attrs.get("n_several"):
        return [*lines, word("charts.tile_map.whole_n_one", n=n)]
    return [*lines, word("charts.tile_map.whole_n", n=n, several=several)]


def _table(sheet: Sheet, regions: Sequence[_Region], rows: pd.DataFrame, unit: Unit) -> None:
    """Regions as rows, in the order of the alphabet of the table."""
    lang = sheet.lang
    columns = (
        (8.4, "planned", unit),
        (11.9, "median_planned", EUROS if unit is EUROS else THOUSANDS),
        (14.2, "realised", unit),
    )
    heads = {x: (sheet.word(f"tile_map.column.{n}"), one.sign(lang)) for x, n, one in columns}
    sheet.columns({**heads, 16.0: (sheet.word("concentration.projects"), "n")})
    order = {name: at for at, name in enumerate(rows["name"].dropna())}
    for region in sorted(regions, key=lambda r: order.get(str(r.cells.get("name")), 99)):
        y = sheet.row()
        sheet.text(0, y, region.label)
        sheet.figures(y, {x: one.write(region.cells.get(n), lang) for x, n, one in columns})
        sheet.figures(y, {16.0: _count(region.cells["n"], lang)})
    sheet.skip(0.1)


# ---- words


def _words(rows: pd.DataFrame, value: str, unit: Unit, lang: str) -> Words:
    word = partial(wording.word, lang=lang)
    regions = rows[(rows["level"] == "region") & (rows["n"] > 0)]
    few = float(rows["n"].sum()) < _FEWEST
    with_value = regions[regions[value].notna() & (regions[value] > 0)]
    heading = title("tile_map", NEUTRAL, lang, value=word(f"charts.tile_map.{value}"))
    if value == "planned" and len(with_value) > 1 and "median_planned" in rows:
        medians = with_value["median_planned"].astype(float)
        one = EUROS if unit is EUROS else THOUSANDS
        low, high = (one.write(x, lang) for x in (medians.min(), medians.max()))
        largest: Any = with_value[value].astype(float).idxmax()
        best = with_value.loc[largest]
        values = {
            "region": _region(best, lang),
            "sum": unit.sum(best[value], lang),
        }
        key = "span_euros" if one is EUROS else "span"
        span = word(f"charts.tile_map.{key}", low=low, high=high)
        heading = title("tile_map", "largest", lang, medians=span, **values)
    kind = "table" if few else value
    more = {} if kind == "n" else {"unit": unit.name(lang)}
    subtitle = word(f"charts.tile_map.subtitle.{kind}", **more)
    notes = [word(f"charts.tile_map.rule.{rows['rule'].iloc[0]}")]
    if not few:
        notes.append(word("charts.tile_map.bounds"))
    country = rows[rows["level"] == "country"]
    if len(country) and float(country["n"].sum()):
        notes.append(word("charts.tile_map.country", n=_count(country["n"].sum(), lang)))
    if out := _unplaced(rows):
        notes.append(word("charts.tile_map.unplaced", n=out))
    names = {tile["label_fi"] for tile in load.codes("regions")}
    strange = rows[(rows["level"] == "region") & ~rows["name"].isin(names)]
    if len(strange):
        written = ", ".join(strange["name"].astype(str).iloc[:_STRANGERS])
        n = _count(strange["n"].sum(), lang)
        notes.append(word("charts.tile_map.elsewhere", n=n, names=written))
    if not few:
        notes.append(word("charts.tile_map.credit"))
    return around(rows, lang, heading, subtitle, notes, _facts(rows, value, unit, lang))


def _region(row: Any, lang: str) -> str:
    return group_label({"region": row["name"]}, ["region"], lang)


def _facts(rows: pd.DataFrame, value: str, unit: Unit, lang: str) -> tuple[str, ...]:
    known = rows[(rows["level"] == "region") & rows[value].notna() & (rows[value] > 0)]
    facts = []
    for key, at in (("most", "idxmax"), ("least", "idxmin")):
        if len(known):
            row = known.loc[getattr(known[value].astype(float), at)()]
            number = _count(row[value], lang) if value == "n" else unit.sum(row[value], lang)
            written = {
                "region": _region(row, lang),
                "number": number,
            }
            facts.append(wording.word(f"charts.tile_map.{key}", lang, **written))
    return (*facts, *_whole(rows, lang)[-1:])
