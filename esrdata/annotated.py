"""Explains a failed call by an argument that does not fit its annotation, in one sentence.

Arguments are not checked before the call: some that do not fit may still work.
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

#: Errors of Python and pandas for arguments they cannot use.
_REFUSALS = (AttributeError, KeyError, NotImplementedError, TypeError, ValueError)
_MODULES = re.compile(r"\b(?:[a-z_]\w*\.)+(?=\w)")
_LONGEST = 60


@runtime_checkable
class Changeable(Protocol):
    """Holds tables that users may have changed in place."""

    def _ensure_unchanged(self) -> None: ...


@contextmanager
def telling(
    function: Callable[..., Any], name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Iterator[None]:
    """Explain a failing call within a `with` block by an argument of a wrong type.

    Parameters
    ----------
    function, args, kwargs
        The function and its arguments.
    name
        The public name of the function.

    Raises
    ------
    UsageError
        If an argument does not fit, or has tables that somebody changed; otherwise the call's own
        error is raised.
    """
    try:
        yield
    except EsrdataError:
        # `UnknownNameError` is also a `KeyError`.
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
        # Names for type checkers only, or arguments the function does not have.
        return None
    for name, value in given.items():
        if name in annotations and not fits(value, annotations[name]):
            return name, annotations[name], value
    return None


def fits(value: object, annotation: Any) -> bool:
    """Whether a value fits an annotation, as far as its type and its parts show."""
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
        # A type variable, a protocol, or `Any`.
        return True
    if not isinstance(value, kind):
        return False
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Collection):
        return True
    # The parameter of `PathLike[str]` is no element.
    inside = len(parts) == 1 and issubclass(kind, Iterable)
    return not inside or all(fits(one, parts[0]) for one in value)
