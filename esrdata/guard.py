"""Catches all errors in one place: a bad file, record or chapter affects only itself.

Errors that esrdata raises on purpose pass through, for the user to see.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath
from platform import machine, system
from traceback import extract_tb
from typing import TypeVar

from esrdata.errors import EsrdataError
from esrdata.limits import LimitError, limits, memory_is_held
from esrdata.version import __version__

T = TypeVar("T")

#: So many of the innermost places of a traceback are kept.
_PLACES = 8
_PACKAGE = PurePath(__file__).parent
LOG = "failures.log"


@dataclass(frozen=True, slots=True)
class Failure:
    """An error: the code of its finding, and the detail to quote.

    The detail of an unforeseen error is its type and places in the code, never its message, which
    may contain personal data from a file.
    """

    code: str
    raw: str


def attempt(
    work: Callable[[], T], passing: tuple[type[Exception], ...] = (EsrdataError,)
) -> T | Failure:
    """Do some work; return any error as a `Failure`.

    Parameters
    ----------
    work
        What to do.
    passing
        Errors to raise: by default those of the user, such as an invalid shelf.

    Returns
    -------
    T or Failure
        The result, or the error.

    """
    try:
        return work()
    except passing:
        raise
    except LimitError as error:
        return Failure("limit_reached", str(error))
    except MemoryError as error:
        if memory_is_held():
            return Failure("limit_reached", str(LimitError("memory", limits().memory)))
        return Failure("reading_failed", trace(error))
    except Exception as error:
        return Failure("reading_failed", trace(error))


def trace(error: BaseException) -> str:
    """The type of an error and the innermost places it passed, without messages and folders."""
    frames = extract_tb(error.__traceback__)
    passed = [_place(frame.filename, frame.lineno, frame.name) for frame in frames]
    # Recursion passes one place a thousand times.
    counted = [(place, len(list(same))) for place, same in groupby(passed)]
    places = [place if n == 1 else f"{place} ×{n}" for place, n in counted[-_PLACES:]]
    return " < ".join([type(error).__name__, *reversed(places)])


def _place(filename: str, line: int | None, name: str) -> str:
    path = PurePath(filename)
    if path.is_relative_to(_PACKAGE):
        short = path.relative_to(_PACKAGE.parent)
    else:
        parts = path.parts
        libraries = [i for i, part in enumerate(parts) if part.endswith("-packages")]
        # For a library its path within the packages; otherwise only the file name.
        short = PurePath(*parts[libraries[-1] + 1 :]) if libraries else PurePath(path.name)
    return f"{short.as_posix()}:{line} {name}"


def log(failures: Iterable[tuple[str | None, str | None, str, str]]) -> str:
    """The text of the log that a user can send in.

    Parameters
    ----------
    failures
        Hash and format of each file, code of its finding, and detail. File names are left out,
        since they may name persons.

    Returns
    -------
    str
        A line for the program and a line for each failure; empty where there is none.
    """
    lines = [
        f"{code}\t{sha256 or '-'}\t{format_ or '-'}\t{raw}"
        for sha256, format_, code, raw in failures
    ]
    if not lines:
        return ""
    python = ".".join(map(str, sys.version_info[:3]))
    head = f"esrdata {__version__}, Python {python}, {system()} {machine()}"
    return "\n".join([head, *lines]) + "\n"
