"""What was given where a portfolio or a table is due, in one sentence."""

import inspect
import types
from collections.abc import Callable, Mapping
from os import PathLike
from typing import Any, NamedTuple, Union, get_args, get_origin

from esrdata.errors import UsageError

_PORTFOLIO, _TABLE = "Portfolio", "DataFrame"
_PUBLIC = {
    ".stats.": "esrdata.stats.",
    ".charts.": "esrdata.charts.",
    ".report": "esrdata.report.",
}


class Due(NamedTuple):
    """A parameter that takes a portfolio or a table."""

    name: str
    #: The classes it takes; of a mapping, the class of its values too.
    takes: tuple[type, ...]
    inside: type | None
    what: str


def dues(function: Callable[..., Any]) -> list[tuple[int, Due]]:
    """The parameters of a function that take a portfolio or a table, with their places."""
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
    """Raise where a portfolio or a table is due and something else was given.

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
            name = f" as {due.name}" if len(wanted) > 1 else ""
            raise UsageError(
                f"{_called(function)} takes {due.what}{name}, not {_described(given)}: "
                f"{_instead(function, due, given)}."
            )


def _called(function: Callable[..., Any]) -> str:
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
        return f"give what esrdata.stats.{function.__name__}(portfolio) returns"
    if due.what == "a portfolio":
        path = isinstance(given, str | PathLike)
        return f"give esrdata.read({str(given)!r})" if path else "give what esrdata.read returned"
    return "give what a function of esrdata.stats returned"
