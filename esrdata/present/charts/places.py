"""Maps of projects by region; the tiles stand as in rOpenGov/geofi (BSD-2-Clause)."""

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load, wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.present.charts.describe import Fact
from esrdata.present.charts.frame import Chart, documented, drawing
from esrdata.present.charts.rows import check

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NEEDS = ("rule", "level", "name", "n", "planned", "n_planned", "realised", "n_realised")
_VALUES = ("n", "planned", "realised")
#: Height of a tile in points, the gap around it as a share, and what its name leaves of its width.
_TILE, _GAP, _PAD = 52.0, 0.025, 8.0
#: Names of places that are on no tile, told at most.
_STRANGERS = 5


@documented("or the value is unknown")
@on_its_shelf
def tile_map(
    table: pd.DataFrame,
    value: str = "n",
    *,
    ax: "Axes | None" = None,
    lang: str = "fi",
    with_title: bool = True,
) -> "Axes":
    """Draw the regions as equal tiles, coloured by how many projects or how much money they have.

    Parameters
    ----------
    table
        What `esrdata.stats.locations_summary` returned with ``level="region"``.
    value
        ``n`` (projects), ``planned`` or ``realised`` (euros, public funding in total).
    """
    from matplotlib.patches import Rectangle

    rows = check(table, "locations_summary", _NEEDS, lang)
    if value not in _VALUES:
        raise UsageError(f"The value {value!r} is not one of {', '.join(_VALUES)}.")
    if not rows["level"].isin(["region", "country"]).all() or rows["name"].duplicated().any():
        raise UsageError("A tile map is of regions: give a summary of level='region'.")
    regions = rows[rows["level"] == "region"]
    values: dict[Any, Any] = regions.set_index("name")[value].to_dict()
    tiles = load.codes("regions")
    known = [float(x) for x in values.values() if not wording.is_missing(x)]
    largest = max([0.0, *known])
    decimals = 0 if all(number.is_integer() for number in known) else 1
    across, down = (max(int(tile[f"tile_{way}"]) for tile in tiles) for way in ("column", "row"))
    value_label = partial(wording.word, f"charts.tile_map.{value}")
    drawn = drawing(
        "tile_map", table, lang, ax, height=_TILE * down, with_title=with_title, value=value_label
    )
    with drawn as chart:
        chart.ax.set(xlim=(0, across), ylim=(down, 0), xticks=[], yticks=[])
        width = chart.width / across - _PAD
        names = [style.wrap(tile[f"label_{lang}"], width) for tile in tiles]
        # So many lines of text, of the name, the number and around them, must fit in each tile.
        lines = 3 + max(name.count("\n") for name in names)
        chart.y = [line / lines for line in range(down * lines)]
        for tile, name in zip(tiles, names, strict=True):
            x, y = int(tile["tile_column"]) - 1, int(tile["tile_row"]) - 1
            look, ink = _colours(values.get(tile["label_fi"]), largest)
            side = 1 - 2 * _GAP
            cell = Rectangle((x + _GAP, y + _GAP), side, side, linewidth=0.7, **look)
            chart.ax.add_patch(cell)
            number = _number(values.get(tile["label_fi"]), value, largest, decimals, lang)
            place: dict[str, Any] = {"ha": "center", "color": ink, "linespacing": style.LEADING}
            if "hatch" in look:
                place["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
            middle = (x + 0.5, y + 0.5)
            place |= {"textcoords": "offset points"}
            chart.ax.annotate(name, middle, (0, 2), va="baseline", **place)
            place |= {"weight": "bold", "size": style.TITLE}
            chart.ax.annotate(number, middle, (0, -13), va="baseline", **place)
        _tell(chart, rows, value, tiles)
        chart.facts = _facts(regions, value, tiles)
        chart.alt = "alt" if largest > 0 else "alt_nothing"
    return chart.ax


def _colours(value: Any, largest: float) -> tuple[dict[str, Any], str]:
    """How a tile looks, and the colour of the words in it; only what is above zero has a tint."""
    if wording.is_missing(value):
        look = {"facecolor": "white", "edgecolor": style.LINE, "hatch": "////"}
        return look, style.INK
    steps = len(style.SCALE) - 1
    # From the first tint on, so that little is not taken for nothing.
    step = 1 + round((steps - 1) * float(value) / largest) if value > 0 else 0
    edge = style.PLANNED_EDGE if step < 3 else style.SCALE[step]
    return {"facecolor": style.SCALE[step], "edgecolor": edge}, "white" if step > 6 else style.INK


def _number(value: Any, kind: str, largest: float, decimals: int, lang: str) -> str:
    """What a tile says; a part of a project has a decimal."""
    if kind == "n":
        return wording.number(value, lang, decimals if wording.is_missing(value) or value else 0)
    return style.in_unit(value, largest, lang)


def _tell(chart: Chart, rows: pd.DataFrame, value: str, tiles: Any) -> None:
    """Say how projects are counted, what the colours are, and what is not on the map."""
    lang, regions = chart.lang, rows[rows["level"] == "region"]
    names = {tile["label_fi"] for tile in tiles}
    placed = regions["name"].isin(names)
    largest = regions[value].max()
    unit = "n" if value == "n" else "millions" if largest >= 1_000_000 else "euros"
    chart.subtitle = wording.word(f"charts.tile_map.unit.{unit}", lang)

    def count(part: pd.DataFrame, column: str = "n") -> str:
        whole = float(part[column].sum())
        return wording.number(whole, lang, 0 if abs(whole - round(whole)) < 1e-9 else 1)

    captions: list[tuple[str, dict[str, object]]]
    kind, column = ("note", "n") if value == "n" else ("note_money", f"n_{value}")
    captions = [(kind, {"n": count(regions[placed], column)}), (f"rule.{rows['rule'].iloc[0]}", {})]
    if "n_several" in rows.attrs:
        captions.append(("several", {"n": rows.attrs["n_several"]}))
    captions.append(("colours", {}))
    with_value = regions.loc[placed & regions[value].notna(), "name"]
    if len(with_value) < len(tiles):
        captions.append(("missing", {}))
    country = rows[rows["level"] == "country"]
    if len(country):
        captions.append(("country", {"n": count(country)}))
    if not placed.all():
        strange = ", ".join(regions.loc[~placed, "name"].astype(str).iloc[:_STRANGERS])
        captions.append(("elsewhere", {"n": count(regions[~placed]), "names": strange}))
    captions.append(("credit", {}))
    chart.captions += [
        wording.word(f"charts.tile_map.{key}", lang, **more) for key, more in captions
    ]


def _facts(regions: pd.DataFrame, value: str, tiles: Any) -> dict[str, Fact]:
    """The region with the largest number, and how many have none or zero."""
    known = {row["name"]: row[value] for row in regions.to_dict("records")}
    numbers = {
        tile["code"]: float(known[tile["label_fi"]])
        for tile in tiles
        if not wording.is_missing(known.get(tile["label_fi"]))
    }
    facts: dict[str, Fact] = {
        "what": partial(wording.word, f"charts.tile_map.{value}"),
        "regions": len(tiles),
        "above": sum(number > 0 for number in numbers.values()),
        "zero": sum(number == 0 for number in numbers.values()),
        "missing": len(tiles) - len(numbers),
    }
    if numbers:
        most = max(numbers, key=numbers.__getitem__)
        write: Any = wording.number if value == "n" else style.money
        whole = numbers[most].is_integer() or value != "n"
        decimals = {} if whole else {"decimals": 1}
        facts["region"] = partial(wording.code_label, "regions", most)
        facts["largest"] = partial(write, numbers[most], **decimals)
    return facts
