"""What a report has, in order: our recipe, or one that a user has changed."""

import inspect
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esrdata import stats
from esrdata.errors import UsageError
from esrdata.knowledge.wording import sentence

if TYPE_CHECKING:
    from esrdata.knowledge.schema.recipe import Part, Recipe

# Groups have their own key, the population is that of the report, and a recipe holds no portfolio,
# no table and no function.
_ELSEWHERE = ("by", "population", "after", "against", "amended", "decisions", "status")
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
    import yaml
    from pydantic import ValidationError

    from esrdata.knowledge.schema.recipe import Recipe

    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError) as error:
        raise UsageError(sentence("error.recipe_unread", path=str(path))) from error
    except yaml.YAMLError as error:
        raise UsageError(
            sentence("error.recipe_yaml", path=str(path), why=" ".join(str(error).split()))
        ) from None
    try:
        made = Recipe.model_validate(given)
    except ValidationError as error:
        # A key that no recipe has is most often why another is missing.
        found = sorted(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        raise UsageError(f"The recipe {path}, {_mistake(dict(found[0]))}.") from None
    for number, item in enumerate(made.chapters, start=1):
        for part in item.parts:
            _ensure_named(path, number, part)
    return made


def _mistake(error: dict[str, Any]) -> str:
    """Where a recipe is wrong, and the nearest right word."""
    place = [str(part + 1) if isinstance(part, int) else str(part) for part in error["loc"]]
    where = " ".join(place) or "as a whole"
    if error["type"] == "extra_forbidden":
        return f"{' '.join(place[:-1]) or 'top'}: no key {place[-1]!r}{_near(place)}"
    if error["type"] == "literal_error":
        known = [
            word.strip("' ") for word in error["ctx"]["expected"].replace(" or ", ",").split(",")
        ]
        return f"{where}: there is no {error['input']!r}{_nearest(str(error['input']), known)}"
    return f"{where}: {error['msg'][:1].lower()}{error['msg'][1:]}"


def _near(place: list[str]) -> str:
    from esrdata.knowledge.schema.recipe import Item, Part, Recipe

    model = Part if "parts" in place[:-1] else Item if "chapters" in place[:-1] else Recipe
    return _nearest(place[-1], list(model.model_fields))


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.0)
    return f"; the nearest is {near[0]!r}" if near else ""


def _ensure_named(path: Path, number: int, part: "Part") -> None:
    """What a chapter of one's own names must be there before anything is read or written."""
    from esrdata.knowledge import load
    from esrdata.present import charts
    from esrdata.stats import groups

    declared = load.statistics()["columns"]
    projects = list(load.table_specs()["projects"]["columns"])
    # Names of the package that draw nothing of a table.
    drawn = [name for name in charts.__all__ if hasattr(stats, name)]
    drawn += ["tile_map", "sustainability", "glance"]
    known = {
        "statistic": [name for name in declared if hasattr(stats, name)],
        "chart": drawn,
        "group": [*projects, "region", *groups.MADE],
    }
    asked = {"statistic": [part.statistic], "chart": [part.chart] if part.chart else []}
    for kind, names in {**asked, "group": part.by}.items():
        for name in names:
            if name not in known[kind]:
                raise UsageError(
                    f"The recipe {path}, chapters {number}: there is no {kind} {name!r}"
                    f"{_nearest(name, known[kind])}."
                )
    function = getattr(stats, part.statistic)
    takes = _takes(function)
    for name in part.given:
        if name not in takes:
            raise UsageError(
                f"The recipe {path}, chapters {number}: {part.statistic} is not asked "
                f"{name!r}{_nearest(name, takes)}."
            )
    if part.by and "by" not in inspect.signature(function).parameters:
        raise UsageError(
            f"The recipe {path}, chapters {number}: {part.statistic} has no groups, so no 'by'."
        )
    lacking = _needs(function) - set(part.given) - ({"by"} if part.by else set())
    if lacking - set(takes) - {"by"}:
        wanted = ", ".join(sorted(lacking - set(takes)))
        raise UsageError(
            f"The recipe {path}, chapters {number}: the statistic {part.statistic!r} asks for "
            f"{wanted}, which a recipe cannot give."
        )
    if lacking:
        wanted = ", ".join(sorted(lacking - {"by"}))
        where = " and ".join(
            [*(["'by'"] if "by" in lacking else []), *([f"'with': {wanted}"] if wanted else [])]
        )
        raise UsageError(
            f"The recipe {path}, chapters {number}: the statistic {part.statistic!r} needs {where}."
        )
    columns = list(declared[part.statistic])
    for name in part.columns:
        if name not in columns:
            raise UsageError(
                f"The recipe {path}, chapters {number}: {part.statistic} has no column {name!r}"
                f"{_nearest(name, columns)}."
            )


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
