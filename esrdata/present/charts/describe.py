"""What charts show: told in words for those who cannot see them, and written as files."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load, wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.tables.csv_file import write_csv
from esrdata.tables.staging import staged

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: What a sentence says: as it is, or written in the language asked for.
Fact = int | float | str | Callable[[str], str]


@dataclass(slots=True)
class Drawn:
    """What a chart shows."""

    chart: str
    table: pd.DataFrame
    facts: Mapping[str, Fact]
    sentence: str

    @property
    def attrs(self) -> Mapping[Hashable, object]:
        """What the table says of itself; its words are those of its shelf."""
        return self.table.attrs


def remember(
    ax: "Axes",
    *,
    chart: str,
    table: pd.DataFrame,
    facts: Mapping[str, Fact],
    sentence: str = "alt",
) -> None:
    """Keep what a chart shows, for `alt_text` and `save`; `sentence` is a key of its words."""
    _DRAWN[ax] = Drawn(chart, table, facts, sentence)


def alt_text(ax: "Axes", lang: str = "fi") -> str:
    """Say in two sentences what a chart shows, for those who cannot see it.

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
    return _in_words(_remembered(ax), lang)


@on_its_shelf
def _in_words(chart: Drawn, lang: str) -> str:
    key = f"charts.{chart.chart}.{chart.sentence}"
    # Facts that only another sentence tells are left alone.
    sentences = load.words()["charts"][chart.chart][chart.sentence].values()
    wanted = {name for text in sentences for name in wording.placeholders(text)}
    wanted_facts = {name: fact for name, fact in chart.facts.items() if name in wanted}
    return wording.word(key, lang, **texts_of(wanted_facts, lang))


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
        The paths written, by ``svg``, ``png`` and ``csv``.

    Raises
    ------
    UsageError
        If no chart was drawn on the axes, or the language is unknown.
    StoreError
        If the folder cannot be written.
    """
    import matplotlib.pyplot as plt

    target, about = Path(path), alt_text(ax, lang)
    stem = target.stem if target.suffix.lower() in (".svg", ".png", ".csv") else target.name
    figure = cast("Figure", ax.get_figure(root=True))
    # The date and the version of matplotlib would make the same chart different bytes.
    plain = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
    with staged(target.parent) as stage, style.styled():
        for kind, metadata in plain.items():
            figure.savefig(
                stage / f"{stem}.{kind}",
                dpi=200,
                facecolor="white",
                metadata={**metadata, "Description": about},
            )
        write_csv(_remembered(ax).table, stage / f"{stem}.csv")
        names = {kind: f"{stem}.{kind}" for kind in (*plain, "csv")}
        paths = {k: (stage / name).replace(target.parent / name) for k, name in names.items()}
    if close:
        plt.close(figure)
    return paths


def behind(ax: "Axes") -> pd.DataFrame:
    """The table behind a chart, which `save` writes as CSV."""
    return _remembered(ax).table


_DRAWN: "WeakKeyDictionary[Axes, Drawn]" = WeakKeyDictionary()


def _remembered(ax: "Axes") -> Drawn:
    if ax not in _DRAWN:
        raise UsageError(
            "No chart was drawn here: give what a function of esrdata.charts returned."
        )
    return _DRAWN[ax]


def texts_of(facts: Mapping[str, Fact], lang: str) -> dict[str, object]:
    """Facts as the language writes them."""
    return {name: fact(lang) if callable(fact) else fact for name, fact in facts.items()}
