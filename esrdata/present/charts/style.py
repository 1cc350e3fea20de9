"""How charts look, and how they write groups and numbers; the words are on the shelf.

Colours are those of the report. They differ in lightness, so that they can be told apart in grey
print and by the colour-blind, and series differ in the shape of their marks too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from esrdata.knowledge import load, wording

#: Width of the text column of an A4 page, and the tallest chart that fits on one, in points.
WIDTH = 16 / 2.54 * 72
TALLEST = 24 / 2.54 * 72
#: Sizes of type in points.
TITLE, TEXT, SMALL = 10.0, 8.0, 7.0
LEADING = 1.25

INK, SOFT, LINE, FAINT = "#1a1f26", "#55606e", "#c9d0d8", "#f3f5f8"
#: Planned is pale with an outline, realised is dark.
PLANNED, PLANNED_EDGE, REALISED = "#dfe5ec", "#55606e", "#164a88"
#: What deserves a warning.
ALERT = "#b8500f"
#: Colours and marks of up to four series, from dark to light.
PALETTE = ("#164a88", "#b8500f", "#7baad4", "#f0d48a")
MARKERS = ("o", "s", "^", "D")
#: One hue from low to high, the scale of the report's heat maps.
SCALE = (
    *("#ffffff", "#eaf2f8", "#d6e4f2", "#b9d2e9", "#9cc0e0", "#7baad4", "#5a93c8"),
    *("#3772ae", "#2363a5", "#164a88", "#08306b"),
)


#: The type of all charts.
FONT = "DejaVu Sans"
#: Sums from this on are told in millions.
_MILLIONS = 1_000_000
_VOWELS = "aeiouyåäöé"


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the style of the charts; matplotlib's own settings are as before afterwards."""
    import matplotlib
    import seaborn

    ours = {
        "font.family": FONT,
        "font.size": TEXT,
        "text.color": INK,
        "text.parse_math": False,
        "axes.edgecolor": LINE,
        "axes.labelcolor": SOFT,
        "axes.labelsize": TEXT,
        "xtick.labelsize": TEXT,
        "ytick.labelsize": TEXT,
        "xtick.color": SOFT,
        "ytick.color": INK,
        "legend.fontsize": TEXT,
        "hatch.linewidth": 0.6,
        "hatch.color": LINE,
        "svg.fonttype": "none",
        "svg.hashsalt": "esrdata",
    }
    style = seaborn.axes_style("white") | ours
    with matplotlib.rc_context(style):
        yield


# ---- text


@cache
def width_of(text: str, size: float = TEXT, bold: bool = False) -> float:
    """Width of a text in points; that of its longest line."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    widths = [
        text_to_path.get_text_width_height_descent(line, font, ismath=False)[0]
        for line in text.split("\n")
    ]
    return float(max(widths))


def wrap(text: str, width: float, size: float = TEXT, bold: bool = False) -> str:
    """Break a text into lines of at most this many points; nothing of it is cut.

    Lines end between words, after a hyphen, dash or slash, and only where a single word is longer
    than a line, between its syllables, with a hyphen.
    """
    lines = [""]
    for piece in re.findall(r"[^ \n\-–/]*[\-–/]+[,.;:)]*|[^ \n\-–/]+|[ \n]+", text):
        if width_of((lines[-1] + piece).rstrip(), size, bold) <= width:
            lines[-1] += piece
            continue
        if not piece.strip():
            continue
        if lines[-1].strip():
            lines.append("")
        while width_of(piece, size, bold) > width:
            head, piece = _syllables(piece, width, size, bold)
            lines[-1] = head
            lines.append("")
        lines[-1] = piece
    return "\n".join(line.strip() for line in lines if line.strip())


def _syllables(word: str, width: float, size: float, bold: bool) -> tuple[str, str]:
    """The beginning of a word that fits on a line with its hyphen, and the rest of the word."""
    # A syllable begins with a consonant that a vowel follows; a line holds three letters or more.
    breaks = re.finditer(rf"(?i)(?<=\w{{3}})(?=[^\W\d_{_VOWELS}][{_VOWELS}]\w)", word)
    places = [gap.start() for gap in breaks] or list(range(3, len(word) - 2))
    fitting = [at for at in places if width_of(word[:at] + "-", size, bold) <= width]
    at = fitting[-1] if fitting else places[0] if places else len(word)
    return (word[:at] + "-", word[at:]) if at < len(word) else (word, "")


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
