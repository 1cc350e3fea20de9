"""How charts look, and how they write groups and numbers; the words are on the shelf.

Colours are those of the report. They differ in lightness, so that they can be told apart in grey
print and by the colour-blind, and series differ in the shape of their marks too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from esrdata.knowledge import load, wording
from esrdata.present.charts import letters
from esrdata.present.theme import Theme, current

LEADING = 1.25
#: Marks of up to four series.
MARKERS = ("o", "s", "^", "D")
#: One hue from low to high, the scale of the report's heat maps.
SCALE = (
    *("#ffffff", "#eaf2f8", "#d6e4f2", "#b9d2e9", "#9cc0e0", "#7baad4", "#5a93c8"),
    *("#3772ae", "#2363a5", "#164a88", "#08306b"),
)
#: What the theme says, by the names that charts use. Lengths are in points.
_OF_THEME: dict[str, Callable[[Theme], Any]] = {
    "INK": lambda theme: theme.colours.ink,
    "SOFT": lambda theme: theme.colours.soft,
    "LINE": lambda theme: theme.colours.grid,
    "FAINT": lambda theme: theme.colours.faint,
    # Planned is pale with an outline, realised is dark.
    "PLANNED": lambda theme: theme.colours.pale,
    "PLANNED_EDGE": lambda theme: theme.colours.soft,
    "REALISED": lambda theme: theme.colours.dark,
    # What deserves a warning.
    "ALERT": lambda theme: theme.colours.second,
    # Up to four series, from dark to light.
    "PALETTE": lambda theme: (
        theme.colours.dark,
        theme.colours.second,
        theme.colours.mid_text,
        theme.colours.pale,
    ),
    "FONT": letters.family,
    "TITLE": lambda theme: float(theme.sizes.title),
    "TEXT": lambda theme: float(theme.sizes.text),
    "SMALL": lambda theme: float(theme.sizes.small),
    "WIDTH": lambda theme: theme.sheet.width / letters.POINT,
    "TALLEST": lambda theme: (theme.sheet.height + 1) / letters.POINT,
}


if TYPE_CHECKING:
    INK: str
    SOFT: str
    LINE: str
    FAINT: str
    PLANNED: str
    PLANNED_EDGE: str
    REALISED: str
    ALERT: str
    PALETTE: tuple[str, str, str, str]
    FONT: str
    TITLE: float
    TEXT: float
    SMALL: float
    WIDTH: float
    TALLEST: float


def __getattr__(name: str) -> Any:
    """Colours, sizes and the family of the theme in use."""
    if name in _OF_THEME:
        return _OF_THEME[name](current())
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


#: Sums from this on are told in millions.
_MILLIONS = 1_000_000


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the style of the charts; matplotlib's own settings are as before afterwards."""
    import matplotlib
    import seaborn
    from matplotlib import pyplot

    theme = current()
    ours = {
        "font.family": letters.family(theme),
        "font.size": theme.sizes.text,
        "text.color": theme.colours.ink,
        "text.parse_math": False,
        "axes.edgecolor": theme.colours.grid,
        "axes.labelcolor": theme.colours.soft,
        "axes.labelsize": theme.sizes.text,
        "xtick.labelsize": theme.sizes.text,
        "ytick.labelsize": theme.sizes.text,
        "xtick.color": theme.colours.soft,
        "ytick.color": theme.colours.ink,
        "legend.fontsize": theme.sizes.text,
        "hatch.linewidth": 0.6,
        "hatch.color": theme.colours.grid,
        # A reader's machine need not have the family: letters are drawn as shapes.
        "svg.fonttype": "path",
        # Letters are as wide as they are measured, whatever the size of dots.
        "text.hinting": "no_hinting",
        "svg.hashsalt": "esrdata",
    }
    style = seaborn.axes_style("white") | ours
    # A notebook's way of drawing is chosen here: chosen within the context it would end with it.
    cast("Callable[[], None]", pyplot.draw_if_interactive)()
    with matplotlib.rc_context(style):
        yield


# ---- text


def width_of(text: str, size: float | None = None, bold: bool = False) -> float:
    """Width of a text in points; that of its longest line."""
    points, weight = size or current().sizes.text, "bold" if bold else "regular"
    lines = text.split("\n")
    return max(letters.width_of(line, points, weight) for line in lines) / letters.POINT


def wrap(text: str, width: float, size: float | None = None, bold: bool = False) -> str:
    """Break a text into lines of at most this many points; nothing of it is cut."""
    points, weight = size or current().sizes.text, "bold" if bold else "regular"
    return "\n".join(letters.wrap(text, width * letters.POINT, points, weight))


# ---- groups


def group_heading(name: str, lang: str) -> str:
    """What a group column is called."""
    if name == "region":
        return wording.code_label("location_levels", "region", lang)
    if name in load.words()["charts"]["group"]:
        return wording.word(f"charts.group.{name}", lang)
    # A code is called what it stands for: the status, not the code of the status.
    plain = name.removesuffix("_code")
    found = plain if plain in load.table_specs()["projects"]["columns"] else name
    return wording.column_label("projects", found, lang)


def group_label(row: Mapping[str, Any], by: Sequence[str], lang: str) -> str:
    """The label of a row of a statistics table; `row` may tell more than its groups."""
    if not by:
        return wording.word("report.whole_material", lang)
    return ", ".join(_label(name, row, lang) for name in by)


def _label(name: str, row: Mapping[str, Any], lang: str) -> str:
    value = row[name]
    if wording.is_missing(value):
        missing = wording.word("charts.not_known", lang)
        return f"{group_heading(name, lang)}: {missing}"
    if hasattr(value, "strftime"):
        return wording.date(value, lang)
    spec = load.table_specs()["projects"]["columns"].get(name, {})
    codelist = {"region": "regions", "size_band": "size_bands"}.get(name, spec.get("codes"))
    if codelist is None:
        return str(value)
    if "programme_period" in load.codes(codelist)[0]:
        return _numbered(codelist, name, row, lang)
    spellings = load.spellings(codelist)
    known = spellings.get(load.fold(str(value)))
    codes = {entry["code"] for entry in load.codes(codelist)}
    code = str(value) if str(value) in codes else known
    # A name the shelf does not know stays as written.
    return str(value) if code is None else wording.code_label(codelist, code, lang)


def _numbered(codelist: str, name: str, row: Mapping[str, Any], lang: str) -> str:
    """The label of a code whose meaning depends on the programme period and the fund."""
    apart = {key: row[key] for key in ("programme_period", "fund") if key in row}
    apart = {key: value for key, value in apart.items() if not wording.is_missing(value)}
    wanted = {"code": str(row[name]), **apart}
    rows = [
        entry
        for entry in load.codes(codelist)
        if all(entry.get(key, value) == str(value) for key, value in wanted.items())
    ]
    labels = {entry[f"label_{lang}"] for entry in rows}
    # Which of several meanings it has is not guessed.
    if len(labels) == 1:
        return f"{row[name]}\u00a0{labels.pop()}"
    return f"{group_heading(name, lang)}\u00a0{row[name]}"


# ---- numbers


def money(value: Any, lang: str) -> str:
    """Write a sum as in a sentence: large sums in millions, with three digits that tell."""
    if wording.is_missing(value) or abs(float(value)) < _MILLIONS:
        return wording.money(value, lang)
    millions = float(value) / _MILLIONS
    return _in_millions(millions, 1 if abs(millions) >= 10 else 2, lang)


def in_unit(value: Any, largest: float, lang: str) -> str:
    """Write a sum without its unit, beside an axis whose largest sum decides it."""
    if wording.is_missing(value) or largest < _MILLIONS:
        return wording.number(value, lang)
    millions = float(value) / _MILLIONS
    decimals = 1 if largest >= 10 * _MILLIONS else 2
    # What is not zero is not written as zero.
    while millions and not round(abs(millions), decimals) and decimals < 6:
        decimals += 1
    return wording.number(millions, lang, decimals if millions else 0)


def money_ticks(places: Sequence[float], lang: str) -> list[str]:
    """Write the ticks of a money axis, all with the same unit and decimals."""
    largest = max((abs(place) for place in places), default=0.0)
    if largest < _MILLIONS:
        return [wording.money(place, lang) for place in places]
    millions = [place / _MILLIONS for place in places]
    return [_in_millions(place, decimals_of(millions), lang) for place in millions]


def decimals_of(places: Sequence[float]) -> int:
    """How many decimals ticks need to be told apart; at most three."""
    return next((d for d in range(3) if all(abs(p - round(p, d)) < 1e-9 for p in places)), 3)


def _in_millions(millions: float, decimals: int, lang: str) -> str:
    digits = wording.number(abs(millions), lang, decimals)
    sign = wording.word("format.minus", lang) if millions < 0 else ""
    return wording.word("charts.millions", lang, sign=sign, number=digits)
