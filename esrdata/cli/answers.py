"""The commands `table` and `chart`: one statistic of a source, as a file to paste from."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from esrdata.cli.choices import SELECT, conditions, select
from esrdata.cli.errors import DONE, one_sentence, text_of
from esrdata.cli.help import Helped
from esrdata.cli.language import LANG
from esrdata.cli.output import echo
from esrdata.cli.places import Place
from esrdata.cli.reading import (
    SOURCES,
    asked,
    ensure_file,
    ensure_sources,
    read_sources,
    reads,
)
from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.knowledge.wording import sentence, word

if TYPE_CHECKING:
    import pandas as pd

    from esrdata.portfolio import Portfolio

# Charts with another name than the statistic they draw.
_DRAWS = {
    "tile_map": "locations_summary",
    "sustainability": "sustainability_profile",
    "sustainability_effects": "sustainability_profile",
}
#: Statistics that list findings; an empty list is an answer, too.
_MAY_BE_EMPTY = ("doubtful", "extensions", "unknown_units")
#: The chart of several statistics.
_GLANCE = "glance"
_TABLES, _CHARTS = (".xlsx", ".csv", ".docx"), (".svg", ".png", ".docx")

BY = click.option("--by", multiple=True, metavar="COLUMN")
MEASURE = click.option("--measure")


def answers(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the arguments that `table` and `chart` share."""
    out = click.option("--out", required=True, type=Place(path_type=Path))
    name = click.argument("name")
    for option in (reads, LANG, SELECT, MEASURE, BY, out, SOURCES, name):
        command = option(command)
    return command


@click.command(cls=Helped)
@answers
@one_sentence
def table(name: str, out: Path, by: tuple[str, ...], lang: str, **more: Any) -> int:
    """Write one statistic, such as absorption, as .xlsx, .csv or .docx.

    NAME is a function of esrdata.stats; docs/methods.md says what each is.
    """
    ensure_file(out, _TABLES, more["source"])
    made = _counted(name, by=by, lang=lang, **more)
    empty = sentence("error.no_rows", why=made.attrs["why_empty"]) if made.empty else None
    if empty is not None and name not in _MAY_BE_EMPTY:
        raise UsageError(empty)
    from esrdata.present.single import write_table

    write_table(made, name, by, out, lang)
    if empty is not None:
        echo(text_of(UsageError(empty), lang))
    echo(word("cli.table_written", lang, file=str(out)))
    return DONE


@click.command(cls=Helped)
@answers
@one_sentence
def chart(name: str, out: Path, lang: str, **more: Any) -> int:
    """Draw one chart, such as absorption, as .svg, .png or .docx.

    NAME is a function of esrdata.charts; docs/gallery.md shows them all.
    """
    ensure_file(out, _CHARTS, more["source"])
    from esrdata import charts
    from esrdata.present.single import write_chart

    statistic = _DRAWS.get(name, name)
    if name in charts.__all__ and name == _GLANCE:
        table, beside = _at_a_glance(lang=lang, **more)
        write_chart(table, name, out, lang, **beside)
    elif name in charts.__all__ and _statistic(statistic):
        write_chart(_counted(statistic, lang=lang, **more), name, out, lang)
    elif name in charts.__all__ and _is_statistic(statistic):
        raise UsageError(sentence("error.needs_more", name=name))
    else:
        known = [each for each in charts.__all__ if _statistic(_DRAWS.get(each, each))]
        raise UsageError(unknown("chart", name, [*known, _GLANCE]))
    echo(word("cli.chart_written", lang, file=str(out)))
    return DONE


def _at_a_glance(
    *, by: tuple[str, ...], measure: str | None, chosen: tuple[str, ...], **reading: Any
) -> tuple["pd.DataFrame", dict[str, "pd.DataFrame"]]:
    """The tables for the overview of a portfolio."""
    from esrdata import stats

    for option, given in (("by", by), ("measure", measure)):
        if given:
            raise UsageError(sentence("error.no_such_choice", name=_GLANCE, option=f"--{option}"))
    portfolio = _read(chosen=chosen, **reading)
    axes = portfolio.projects["priority_axis"].notna().any()
    groups = ["programme_period", "fund", "priority_axis"] if axes else None
    return stats.planned_and_realised(portfolio, by=groups), {
        "ratios": stats.ratios(portfolio),
        "timeline": stats.timeline(portfolio),
        "concentration": stats.concentration(portfolio),
        "sizes": stats.planned_and_realised(portfolio, by="size_band"),
        "coverage": stats.coverage(portfolio, by=None),
        "participants": stats.participants(portfolio),
    }


def _read(*, source: tuple[str, ...], chosen: tuple[str, ...], lang: str) -> "Portfolio":
    """The chosen projects; a wrong choice is refused before reading."""
    wanted = conditions(chosen)
    ensure_sources(source)
    return select(read_sources(source, lang), wanted)


def _is_statistic(name: str) -> bool:
    from esrdata import stats

    return name in stats.__all__ and inspect.isfunction(getattr(stats, name))


def _statistic(name: str) -> Callable[..., "pd.DataFrame"] | None:
    """A statistic of one portfolio; None if there is none, or it needs more arguments."""
    from esrdata import stats

    found: Any = getattr(stats, name, None) if name in stats.__all__ else None
    if not inspect.isfunction(found):
        return None
    first, *others = inspect.signature(found).parameters.values()
    needed = [p for p in others if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
    return found if first.name in ("portfolio", "portfolios") and not needed else None


def _counted(
    name: str,
    *,
    by: tuple[str, ...],
    measure: str | None,
    **reading: Any,
) -> "pd.DataFrame":
    """A statistic of the chosen projects; wrong names are refused before reading."""
    from esrdata import stats
    from esrdata.stats.facts import ensure_known
    from esrdata.stats.groups import ensure_names
    from esrdata.tables.columns import columns

    statistic = _statistic(name)
    if statistic is None:
        if _is_statistic(name):
            raise UsageError(sentence("error.needs_more", name=name))
        raise UsageError(unknown("statistic", name, filter(_statistic, stats.__all__)))
    takes = inspect.signature(statistic).parameters
    more: dict[str, Any] = {}
    for option, given in (("by", by), ("measure", measure)):
        if given and option not in takes:
            raise UsageError(sentence("error.no_such_choice", name=name, option=f"--{option}"))
        if given:
            more[option] = given if isinstance(given, str) or len(given) > 1 else given[0]
    ensure_names(by, columns("projects"))
    # A user's shelf may have measures of its own.
    if measure is not None and not asked("shelf"):
        ensure_known("measure", measure, [row["code"] for row in load.codes("measures")])
    if isinstance(more.get("by"), tuple):
        more["by"] = list(more["by"])
    return statistic(_read(**reading), **more)
