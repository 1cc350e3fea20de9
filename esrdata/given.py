"""Checks arguments: a portfolio, a table or a keyword, with errors of one sentence."""

import inspect
import os
import re
import types
from collections.abc import Callable, Collection, Mapping
from functools import wraps
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar, Union, get_args, get_origin

from esrdata.annotated import telling
from esrdata.errors import UsageError, nearest

P = ParamSpec("P")
R = TypeVar("R")

_PORTFOLIO, _TABLE = "Portfolio", "DataFrame"
_PUBLIC = {
    ".stats.": "esrdata.stats.",
    ".charts.": "esrdata.charts.",
    ".report": "esrdata.report.",
}


#: Where the docstring of a chart names its statistic.
_DRAWN = re.compile(r"What `esrdata\.stats\.(\w+)` returned")
#: Names of arguments in other libraries.
_ALIKE = {"group": "by", "groups": "by", "groupby": "by", "group_by": "by"}


class Due(NamedTuple):
    """A parameter that takes a portfolio or a table."""

    name: str
    #: Accepted classes; for a mapping also the class of its values.
    takes: tuple[type, ...]
    inside: type | None
    what: str


def dues(function: Callable[..., Any]) -> list[tuple[int, Due]]:
    """The parameters of a function that take a portfolio or a table, with their positions."""
    found = []
    for place, parameter in enumerate(inspect.signature(function).parameters.values()):
        due = _due(parameter.name, parameter.annotation)
        if due is not None:
            found.append((place, due))
    return found


def _due(name: str, annotation: Any) -> Due | None:
    several = get_origin(annotation) in (types.UnionType, Union)
    parts = get_args(annotation) if several else (annotation,)
    takes: list[type] = []
    inside = None
    for part in parts:
        if get_origin(part) is Mapping:
            takes.append(Mapping)
            inside = get_args(part)[1]
        elif isinstance(part, type) and not getattr(part, "_is_protocol", False):
            takes.append(part)
        else:
            return None
    named = {kind.__name__ for kind in [*takes, *([inside] if isinstance(inside, type) else [])]}
    if not named & {_PORTFOLIO, _TABLE}:
        return None
    what = "a portfolio" if _PORTFOLIO in named else "a table that esrdata.stats gave"
    return Due(name, tuple(takes), inside if isinstance(inside, type) else None, what)


def ensure_given(
    function: Callable[..., Any],
    wanted: list[tuple[int, Due]],
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> None:
    """Raise if something else is given in place of a portfolio or table.

    Raises
    ------
    UsageError
        The sentence says what was given, and where what is due comes from.
    """
    for place, due in wanted:
        if place < len(args):
            given = args[place]
        elif due.name in kwargs:
            given = kwargs[due.name]
        else:
            continue
        wrong = not isinstance(given, due.takes)
        if not wrong and due.inside is not None and isinstance(given, Mapping):
            others = [one for one in given.values() if not isinstance(one, due.inside)]
            wrong, given = bool(others), others[0] if others else given
        if wrong:
            places, names = {at for at, _ in wanted}, {one.name for _, one in wanted}
            elsewhere = [one for at, one in enumerate(args) if at not in places]
            elsewhere += [one for name, one in kwargs.items() if name not in names]
            if any(isinstance(one, due.takes) for one in elsewhere):
                raise UsageError(
                    f"{called(function)} takes {due.what} as {due.name}; its arguments are "
                    f"{', '.join(inspect.signature(function).parameters)}."
                )
            name = f" as {due.name}" if len(wanted) > 1 else ""
            raise UsageError(
                f"{called(function)} takes {due.what}{name}, not {_described(given)}: "
                f"{_instead(function, due, given)}."
            )


def keywords(function: Callable[..., Any]) -> Collection[str] | None:
    """The keywords that a function accepts; None if it accepts any."""
    found: list[str] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            named = next(iter(get_args(parameter.annotation)), None)
            if not hasattr(named, "__annotations__"):
                return None
            found += named.__annotations__
        elif parameter.name != "self" and parameter.kind is not parameter.POSITIONAL_ONLY:
            found.append(parameter.name)
    return found


def ensure_keywords(
    function: Callable[..., Any], known: Collection[str] | None, given: Collection[str]
) -> None:
    """Raise if a function is given an unknown keyword.

    Raises
    ------
    UsageError
        The sentence gives the nearest keyword, or all.
    """
    for name in given:
        if known is None or name in known:
            continue
        near = _ALIKE[name] if _ALIKE.get(name) in known else nearest(name, known)
        hint = (
            f"its arguments are {', '.join(known)}" if near is None else f"the nearest is {near!r}"
        )
        raise UsageError(f"{called(function)} has no argument {name!r}; {hint}.")


def with_known_arguments(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function refuse wrong arguments in one sentence."""
    wanted, known = dues(function), keywords(function)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        ensure_keywords(function, known, kwargs)
        ensure_given(function, wanted, args, kwargs)
        with telling(function, called(function), args, kwargs):
            return function(*args, **kwargs)

    return run


def folder(argument: str, given: object) -> Path:
    """A folder to read or write; an empty text would mean the current folder.

    Raises
    ------
    UsageError
        If it is none.
    """
    if isinstance(given, str | PathLike) and str(given).strip():
        return at_home(Path(given))
    raise UsageError(f"The argument {argument} is a folder, not {given!r}.")


def at_home(path: Path) -> Path:
    """A path that may begin with `~`, the user's own folder, as in pandas."""
    if not str(path).startswith("~") or os.path.lexists(path):
        return path
    try:
        return path.expanduser()
    except RuntimeError:
        # There is no such user, or no known home folder.
        return path


def called(function: Callable[..., Any]) -> str:
    """The public name of a function."""
    for part, public in _PUBLIC.items():
        if part in f"{function.__module__}.":
            return public + function.__name__
    return function.__name__


def _described(given: object) -> str:
    if given is None:
        return "None"
    if isinstance(given, str | PathLike):
        return f"the path {str(given)!r}"
    name = type(given).__name__
    if name == _PORTFOLIO:
        return "a portfolio"
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def _instead(function: Callable[..., Any], due: Due, given: object) -> str:
    if type(given).__name__ == _PORTFOLIO and ".charts." in function.__module__:
        # Some charts have other names than their statistics.
        drawn = _DRAWN.search(function.__doc__ or "")
        name = function.__name__ if drawn is None else drawn[1]
        return f"give what esrdata.stats.{name}(portfolio) returns"
    if due.inside is not None and isinstance(given, list | tuple):
        return "give several by their names, such as {'2007': a, '2014': b}"
    if due.what == "a portfolio":
        path = isinstance(given, str | PathLike)
        return f"give esrdata.read({str(given)!r})" if path else "give what esrdata.read returned"
    return "give what a function of esrdata.stats returned"
