"""The settings charts are drawn with, and what groups are called; the words are on the shelf."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from esrdata.knowledge import formats, load, wording
from esrdata.present.charts import letters
from esrdata.present.theme import current


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the style of the charts; matplotlib's own settings are as before afterwards."""
    import matplotlib
    from matplotlib import pyplot

    theme = current()
    ours: dict[Any, Any] = {
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
    # A notebook's way of drawing is chosen here: chosen within the context it would end with it.
    cast("Callable[[], None]", pyplot.draw_if_interactive)()
    with matplotlib.rc_context(ours):
        yield


#: Groups whose labels stand in another code list than that of their column, if it has any.
CODELISTS = {"region": "regions", "size_band": "size_bands", "authority": "authorities"}


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


def group_label(
    row: Mapping[str, Any], by: Sequence[str], lang: str, *, short: bool = False
) -> str:
    """The label of a row of a statistics table; `row` may tell more than its groups.

    A short one, for pictures, is that of the code list, if it has any; an organisation that the
    shelf knows has its name in the language, a centre of the state the short one.
    """
    if not by:
        return wording.word("report.whole_material", lang)
    return ", ".join(_label(name, row, lang, short) for name in by)


def _label(name: str, row: Mapping[str, Any], lang: str, short: bool) -> str:
    value = row[name]
    if formats.is_missing(value):
        key = "charts.not_in_period" if _never(name, row) else "charts.not_known"
        missing = wording.word(key, lang)
        return f"{group_heading(name, lang)}: {missing}"
    if hasattr(value, "strftime"):
        return formats.date(value, lang)
    spec = load.table_specs()["projects"]["columns"].get(name, {})
    codelist = CODELISTS.get(name, spec.get("codes"))
    if codelist is None:
        bodies = names_of_bodies(lang) if short and name == "applicant" else {}
        return bodies.get(str(value), str(value))
    if "programme_period" in load.codes(codelist)[0]:
        return _numbered(codelist, name, row, lang, short)
    spellings = load.spellings(codelist)
    known = spellings.get(load.fold(str(value)))
    codes = {entry["code"] for entry in load.codes(codelist)}
    code = str(value) if str(value) in codes else known
    # A name the shelf does not know stays as written.
    if code is None:
        return str(value)
    full = wording.code_label(codelist, code, lang)
    if not short or codelist != "authorities":
        return full
    return names_of_bodies(lang).get(wording.code_label(codelist, code, "fi"), full)


def names_of_bodies(lang: str) -> dict[str, str]:
    """The names of bodies and authorities in a language, by their Finnish ones, centres short."""
    mark = wording.word("charts.concentration.centre", lang)
    found = {
        row["label_fi"]: row[f"label_{lang}"] or row["label_fi"]
        for row in (*load.codes("organisations"), *load.codes("authorities"))
    }
    for row in load.codes("authorities"):
        short = [name for name in row["variants"].split("|") if mark in name]
        if short:
            found[row["label_fi"]] = short[0]
    return found


def _never(name: str, row: Mapping[str, Any]) -> bool:
    """Whether the programme period of a row has no such codes at all."""
    codelist = load.table_specs()["projects"]["columns"].get(name, {}).get("codes")
    period = row.get("programme_period")
    if codelist is None or name == "programme_period" or period is None:
        return False
    periods = {entry.get("programme_period") for entry in load.codes(codelist)}
    return periods != {None} and not formats.is_missing(period) and str(period) not in periods


def _numbered(codelist: str, name: str, row: Mapping[str, Any], lang: str, short: bool) -> str:
    """The label of a code whose meaning depends on the programme period and the fund."""
    apart = {key: row[key] for key in ("programme_period", "fund") if key in row}
    apart = {key: value for key, value in apart.items() if not formats.is_missing(value)}
    wanted = {"code": str(row[name]), **apart}
    rows = [
        entry
        for entry in load.codes(codelist)
        if all(entry.get(key, value) == str(value) for key, value in wanted.items())
    ]
    labels = {
        (entry.get(f"short_{lang}") if short else None) or entry[f"label_{lang}"] for entry in rows
    }
    # Which of several meanings it has is not guessed.
    if len(labels) == 1:
        return f"{row[name]}\u00a0{labels.pop()}"
    return f"{group_heading(name, lang)}\u00a0{row[name]}"
