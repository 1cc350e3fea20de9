"""What a report has, in order: our recipe, or one that a user has changed."""

from difflib import get_close_matches
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esrdata.errors import UsageError

if TYPE_CHECKING:
    from esrdata.knowledge.schema.recipe import Recipe

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
        raise UsageError(f"The recipe {path} cannot be read: {error}.") from error
    except yaml.YAMLError as error:
        raise UsageError(
            f"The recipe {path} is not YAML: {' '.join(str(error).split())}."
        ) from None
    try:
        made = Recipe.model_validate(given)
    except ValidationError as error:
        raise UsageError(f"The recipe {path}, {_mistake(dict(error.errors()[0]))}.") from None
    for number, item in enumerate(made.chapters, start=1):
        for part in item.parts:
            _ensure_named(path, number, part.statistic, part.chart)
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


def _ensure_named(path: Path, number: int, statistic: str, chart: str | None) -> None:
    """Statistics and charts of a chapter must be there before anything is read or written."""
    from esrdata.knowledge import load
    from esrdata.present import charts

    known = {"statistic": list(load.statistics()["columns"]), "chart": list(charts.__all__)}
    for kind, name in (("statistic", statistic), ("chart", chart)):
        if name is not None and name not in known[kind]:
            raise UsageError(
                f"The recipe {path}, chapters {number}: there is no {kind} {name!r}"
                f"{_nearest(name, known[kind])}."
            )
