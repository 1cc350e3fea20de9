"""What all charts share: what they take and tell, in words too, and how they become files."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter, cleandoc, signature
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeAlias, TypedDict, cast
from weakref import WeakKeyDictionary, ref

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.staging import staged
from esrdata.tables.csv_file import write_csv

if TYPE_CHECKING:
    import matplotlib.axes
    from matplotlib.figure import Figure

#: What a chart gives; matplotlib is imported when one is drawn.
Axes: TypeAlias = "matplotlib.axes.Axes"
#: What is added at the right edge of a picture, in inches.
_HAIR = 0.02
#: Endings of pictures that are not written; another one is part of the name.
_OTHERS = (".jpg", ".jpeg", ".gif", ".pdf", ".eps", ".emf", ".tif", ".tiff", ".webp")


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around a chart in one language.

    Attributes
    ----------
    title, subtitle
        The finding, and what is shown of whom in which unit.
    notes
        Sentences under the chart.
    source
        The last line.
    facts
        What the text alternative tells besides: the first row, the last, the total, and n.
    """

    title: str
    subtitle: str
    notes: tuple[str, ...] = ()
    source: str = ""
    facts: tuple[str, ...] = ()

    @property
    def alternative(self) -> str:
        """For those who cannot see the chart."""
        parts = [self.title, self.subtitle, "; ".join(self.facts)]
        return " ".join(part if part[-1] in ".!?" else f"{part}." for part in parts if part)


@dataclass(frozen=True, slots=True)
class About:
    """What a chart on a sheet shows.

    Attributes
    ----------
    chart
        Its name in `titles.yml`.
    table
        The statistics table, as given to the chart.
    words
        What is written around it in a language.
    data
        What is drawn, in the order of the picture; `save` writes it as CSV.
    dots
        Dots per inch of the image; small pictures need more.
    """

    chart: str
    table: pd.DataFrame
    words: Callable[[str], Words]
    data: pd.DataFrame
    dots: int = 200

    @property
    def attrs(self) -> Mapping[Hashable, object]:
        """What the table says of itself; its words are those of its shelf."""
        return self.table.attrs


def keep(axes: Sequence["Axes"], about: About) -> None:
    """Keep what sheets show, for `alt_text`, `words`, `sheets` and `save`.

    The first has the others; what had itself would never go.
    """
    first, *others = axes
    _SHEETS[first] = (about, ref(first), tuple(others))
    for ax in others:
        _SHEETS[ax] = (about, ref(first), ())


def sheets(ax: "Axes") -> tuple["Axes", ...]:
    """The axes of all sheets of a chart; one where it needed no more.

    Raises
    ------
    UsageError
        If no chart was drawn on the axes.
    """
    first = _remembered(ax)[1]()
    return (ax,) if first is None else (first, *_remembered(first)[2])


def words(ax: "Axes", lang: str = "fi") -> Words:
    """Title, subtitle, notes and source of a chart as text, for a page that writes them itself.

    Parameters
    ----------
    ax
        What a function of `esrdata.charts` returned.
    lang
        ``fi``, ``sv`` or ``en``, whatever the language of the chart.

    Raises
    ------
    UsageError
        If no chart was drawn on the axes, or the language is unknown.
    """
    return _words_of(_remembered(ax)[0], lang)


@on_its_shelf
def _words_of(about: About, lang: str) -> Words:
    return about.words(lang)


def alt_text(ax: "Axes", lang: str = "fi") -> str:
    """Say in a few sentences what a chart shows, for those who cannot see it.

    Parameters
    ----------
    ax
        What a function of `esrdata.charts` returned.
    lang
        ``fi``, ``sv`` or ``en``, whatever the language of the chart.

    Raises
    ------
    UsageError
        If no chart was drawn on the axes, or the language is unknown.
    """
    return words(ax, lang).alternative


def save(
    ax: "Axes", path: str | PathLike[str], *, lang: str = "fi", close: bool = False
) -> dict[str, Path]:
    """Write the figure as SVG and PNG, and the table behind it as CSV.

    The same chart gives the same bytes. Former files stay whole until the new ones are complete.

    Parameters
    ----------
    ax
        What a function of `esrdata.charts` returned.
    path
        Where to, without an ending; that of an image or table is taken off.
    lang
        Language of the description inside the images.
    close
        Whether to close the figure afterwards.

    Returns
    -------
    dict
        The paths written, by ``svg``, ``png`` and ``csv``; those of further sheets by ``svg_2``,
        ``png_2`` and so on.

    Raises
    ------
    UsageError
        If no chart was drawn on the axes, the language is unknown, or the path ends as a picture
        of another kind does.
    StoreError
        If the folder cannot be written.
    """
    import matplotlib.pyplot as plt
    from matplotlib.transforms import Bbox

    target, about = Path(path), alt_text(ax, lang)
    if target.suffix.lower() in _OTHERS:
        raise UsageError(
            f"A chart is written as SVG and PNG, not as {target.suffix}: give the name without it."
        )
    stem = target.stem if target.suffix.lower() in (".svg", ".png", ".csv") else target.name
    # The date and the version of matplotlib would make the same chart different bytes.
    plain = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
    # As small as by the usual level, in two thirds of the time.
    packed: dict[str, Any] = {"png": {"pil_kwargs": {"compress_level": 3}}}
    with staged(target.parent) as stage, style.styled():
        names = {"csv": f"{stem}.csv"}
        write_csv(behind(ax), stage / names["csv"])
        for number, sheet in enumerate(sheets(ax), start=1):
            later = "" if number == 1 else str(number)
            for kind, metadata in plain.items():
                name = f"{stem}-{later}.{kind}" if later else f"{stem}.{kind}"
                names[f"{kind}_{later}" if later else kind] = name
                figure = cast("Figure", sheet.get_figure(root=True))
                # Letters that end at the edge lose a hair of it to what shows the picture.
                wide, tall = figure.get_size_inches()
                figure.savefig(
                    stage / name,
                    dpi=_remembered(ax)[0].dots,
                    bbox_inches=Bbox([[0, 0], [wide + _HAIR, tall]]),
                    facecolor="white",
                    metadata={**metadata, "Description": about},
                    **packed.get(kind, {}),
                )
        paths = {k: (stage / name).replace(target.parent / name) for k, name in names.items()}
    if close:
        for sheet in sheets(ax):
            plt.close(cast("Figure", sheet.get_figure(root=True)))
    return paths


def behind(ax: "Axes") -> pd.DataFrame:
    """The table behind a chart, which `save` writes as CSV."""
    return _remembered(ax)[0].data


_Kept = tuple[About, "ref[Axes]", tuple["Axes", ...]]
_SHEETS: "WeakKeyDictionary[Axes, _Kept]" = WeakKeyDictionary()


def _remembered(ax: "Axes") -> _Kept:
    from matplotlib.axes import Axes

    if not isinstance(ax, Axes) or ax not in _SHEETS:
        raise UsageError(
            "No chart was drawn here: give what a function of esrdata.charts returned."
        )
    return _SHEETS[ax]


P = ParamSpec("P")

_COMMON = """
ax
    Axes to draw on; None makes a figure as wide as the text of a report.
lang
    ``fi``, ``sv`` or ``en``.
with_title
    Whether to write a title above.
with_notes
    Whether to write notes and source below; `charts.words` gives them as text.

Returns
-------
Axes
    The chart, for `charts.save` and `charts.alt_text`. Where one sheet does not hold all rows it
    is the first: `charts.sheets` gives all.

Raises
------
UsageError
    If it is another table, {wrong}.
"""


class Look(TypedDict, total=False):
    """How a chart is drawn."""

    ax: "Axes | None"
    with_title: bool
    with_notes: bool


_LOOK = [
    Parameter(name, Parameter.KEYWORD_ONLY, default=default)
    for name, default in (("ax", None), ("with_title", True), ("with_notes", True))
]


def documented(wrong: str = "") -> Callable[[Callable[P, "Axes"]], Callable[P, "Axes"]]:
    """Let a chart answer from the shelf of its table, and tell what all charts take and give.

    Parameters
    ----------
    wrong
        What else can be wrong with the table, as in "or has several groups".
    """
    wrong = f"has no rows, {wrong}" if wrong else "or has no rows"

    def complete(chart: Callable[P, "Axes"]) -> Callable[P, "Axes"]:
        drawn, given = on_its_shelf(chart), signature(chart)
        drawn.__doc__ = f"{cleandoc(chart.__doc__ or '')}{_COMMON.format(wrong=wrong)}"
        # Editors show what `Look` has by name.
        named = [one for one in given.parameters.values() if one.kind is not one.VAR_KEYWORD]
        drawn.__signature__ = given.replace(parameters=named + _LOOK)  # type: ignore[attr-defined]
        return drawn

    return complete
