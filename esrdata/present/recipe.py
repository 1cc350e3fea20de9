"""What a report has, in order: our recipe, or one that a user has changed."""

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esrdata import stats
from esrdata.errors import Sentence
from esrdata.knowledge.wording import sentence
from esrdata.present import mistakes

if TYPE_CHECKING:
    from esrdata.knowledge.schema.recipe import Part, Recipe

# Groups have their own key, the population is that of the report, and a recipe holds no portfolio,
# no table and no function.
_ELSEWHERE = ("by", "population", "after", "against", "amended", "decisions", "status")
# What charts draw that are called otherwise than their statistic.
_DRAWS = {
    "tile_map": "locations_summary",
    "sustainability": "sustainability_profile",
    "glance": "planned_and_realised",
}
#: Our recipe, to copy.
OURS = Path(__file__).parents[1] / "knowledge" / "pack.yml"


def recipe(file: str | PathLike[str] | None = None) -> "Recipe":
    """Read a recipe.

    Parameters
    ----------
    file
        A YAML file such as ``esrdata recipe`` writes; None for our own.

    Raises
    ------
    UsageError
        If the file cannot be read, or has a key or a name that no recipe has; the sentence says
        where and has the nearest right word.
    """
    return _ours() if file is None else _read(Path(file))


@cache
def _ours() -> "Recipe":
    return _read(OURS)


def _read(path: Path) -> "Recipe":
    from pydantic import BaseModel, ValidationError

    from esrdata.knowledge.schema.recipe import Item, Part, Recipe

    given = mistakes.read(path, "recipe")
    try:
        made = Recipe.model_validate(given)
    except ValidationError as error:
        models: dict[str, type[BaseModel]] = {"": Recipe, "chapters": Item, "parts": Part}
        raise mistakes.wrong("recipe", path, *mistakes.invalid(error, models)) from None
    for number, item in enumerate(made.chapters, start=1):
        for part in item.parts:
            for what in _mistakes(part):
                raise mistakes.wrong("recipe", path, f"chapters {number}", what)
    return made


def _mistakes(part: "Part") -> Iterator[str]:
    """What a part of a chapter of one's own names and is not there."""
    from esrdata.knowledge import load
    from esrdata.present import charts
    from esrdata.stats import groups

    declared = load.statistics()["columns"]
    projects = list(load.table_specs()["projects"]["columns"])
    # Names of the package that draw nothing of a table.
    drawn = [name for name in charts.__all__ if hasattr(stats, name)]
    drawn += [*_DRAWS]
    known = {
        "statistic": [name for name in declared if hasattr(stats, name)],
        "chart": drawn,
        "group": [*projects, "region", *groups.MADE],
    }
    asked = {"statistic": [part.statistic], "chart": [part.chart] if part.chart else []}
    for kind, names in {**asked, "group": part.by}.items():
        for name in names:
            if name not in known[kind]:
                what = Sentence(kind, f"error.kind.{kind}")
                hint = mistakes.near(name, known[kind])
                yield sentence("error.file.name", kind=what, name=name, near=hint)
                # The rest is asked of a statistic that is there.
                return
    statistic, function = part.statistic, getattr(stats, part.statistic)
    if part.chart is not None and _DRAWS.get(part.chart, part.chart) != statistic:
        fits = [name for name in drawn if _DRAWS.get(name, name) == statistic]
        hint = mistakes.near(part.chart, fits)
        yield sentence("error.file.chart", statistic=statistic, name=part.chart, near=hint)
    takes = _takes(function)
    for name in part.given:
        if name not in takes:
            hint = mistakes.near(name, takes)
            yield sentence("error.file.not_asked", statistic=statistic, name=name, near=hint)
    if part.by and "by" not in inspect.signature(function).parameters:
        yield sentence("error.file.no_groups", statistic=statistic)
    lacking = _needs(function) - set(part.given) - ({"by"} if part.by else set())
    if elsewhere := sorted(lacking - set(takes) - {"by"}):
        yield sentence("error.file.cannot", statistic=statistic, names=", ".join(elsewhere))
    if lacking:
        wanted = ["'by'"] if "by" in lacking else []
        if others := sorted(lacking - {"by"}):
            wanted.append(f"'with': {', '.join(others)}")
        yield sentence("error.file.needs", statistic=statistic, names="; ".join(wanted))
    columns = list(declared[statistic])
    for name in part.columns:
        if name not in columns:
            hint = mistakes.near(name, columns)
            yield sentence("error.file.column", statistic=statistic, name=name, near=hint)


def _takes(statistic: Callable[..., Any]) -> list[str]:
    """What a recipe can ask of a statistic: all but other tables and portfolios."""
    given = inspect.signature(statistic).parameters
    names = [
        name
        for name, one in list(given.items())[1:]
        if one.kind is not one.VAR_KEYWORD and name not in _ELSEWHERE
    ]
    joins = any(one.kind is one.VAR_KEYWORD for one in given.values())
    return names + (["units", "successors", "municipalities"] if joins else [])


def _needs(statistic: Callable[..., Any]) -> set[str]:
    """What a statistic asks for besides the portfolio."""
    given = inspect.signature(statistic).parameters
    return {
        name
        for name, one in list(given.items())[1:]
        if one.default is one.empty and one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)
    }
