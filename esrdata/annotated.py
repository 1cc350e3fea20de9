"""An argument of another type than its annotation says, told in one sentence when a call failed.

Arguments are not looked at before: what fits nobody's annotation may work all the same.
"""

import inspect
import re
import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import (
    Any,
    Literal,
    Protocol,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    runtime_checkable,
)

from esrdata.errors import EsrdataError, UsageError

#: What Python and pandas raise of something that they cannot take.
_REFUSALS = (AttributeError, KeyError, NotImplementedError, TypeError, ValueError)
_MODULES = re.compile(r"\b(?:[a-z_]\w*\.)+(?=\w)")
_LONGEST = 60


@runtime_checkable
class Changeable(Protocol):
    """What holds tables that anybody may change in place."""

    def _ensure_unchanged(self) -> None: ...


@contextmanager
def telling(
    function: Callable[..., Any], name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Iterator[None]:
    """Tell of an argument of a wrong type where a call in a `with` block fails.

    Parameters
    ----------
    function, args, kwargs
        What is called, and with what.
    name
        What a user calls it by.

    Raises
    ------
    UsageError
        Where an argument does not fit its annotation, or is of tables that somebody changed; else
        what the call has raised.
    """
    try:
        yield
    except EsrdataError:
        # An unknown name is a `KeyError` too.
        raise
    except _REFUSALS as error:
        misfit = _misfit(function, args, kwargs)
        if misfit is None:
            for given in (*args, *kwargs.values()):
                if isinstance(given, Changeable):
                    given._ensure_unchanged()
            raise
        argument, annotation, given = misfit
        written = repr(given)
        raise UsageError(
            f"{name} takes {_MODULES.sub('', inspect.formatannotation(annotation))} as {argument}, "
            f"not {written if len(written) <= _LONGEST else type(given).__name__}."
        ) from error


def _misfit(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> tuple[str, Any, object] | None:
    """The first argument that does not fit, its annotation, and what was given."""
    try:
        annotations = get_type_hints(function)
        given = inspect.signature(function).bind_partial(*args, **kwargs).arguments
    except (NameError, TypeError):
        # Names that only a type checker knows, or arguments that are not those of the function.
        return None
    for name, value in given.items():
        if name in annotations and not fits(value, annotations[name]):
            return name, annotations[name], value
    return None


def fits(value: object, annotation: Any) -> bool:
    """Whether a value is of an annotated type, as far as is told by looking at it and its parts."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation is None or annotation is types.NoneType:
        return value is None
    if origin in (Union, types.UnionType):
        return any(fits(value, part) for part in parts)
    if origin is Literal:
        return value in parts
    if annotation is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if annotation is int:
        return isinstance(value, int) and not isinstance(value, bool)
    kind = origin or annotation
    if kind is Any or not isinstance(kind, type) or getattr(kind, "_is_protocol", False):
        # A variable of types, a protocol, or what may be anything.
        return True
    if not isinstance(value, kind):
        return False
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Collection):
        return True
    # Of `PathLike[str]` the part is no part of the value.
    inside = len(parts) == 1 and issubclass(kind, Iterable)
    return not inside or all(fits(one, parts[0]) for one in value)
