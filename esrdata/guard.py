"""The one place where any error is caught: a bad file, record or chapter costs itself only.

What esrdata raises on purpose passes through: a wrong use is the user's to hear of.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath
from platform import machine, system
from traceback import StackSummary, extract_tb
from typing import TypeVar

from esrdata.errors import EsrdataError
from esrdata.limits import LimitError, limits, memory_is_held
from esrdata.version import __version__

T = TypeVar("T")

#: So many of the innermost places are kept of a trace.
_PLACES = 8
_PACKAGE = PurePath(__file__).parent
LOG = "failures.log"


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong: the code of the finding, and what it quotes.

    Of an error nobody foresaw that is its kind and where in the code it was raised, never its
    text, which may hold what a file says of a person.
    """

    code: str
    raw: str


def attempt(
    work: Callable[[], T], passing: tuple[type[Exception], ...] = (EsrdataError,)
) -> T | Failure:
    """Do some work; whatever it raises is given back.

    Parameters
    ----------
    work
        What to do.
    passing
        What is raised all the same: by default a mistake of the user's, such as a shelf that
        cannot be used.

    Returns
    -------
    T or Failure
        What it gives, or what went wrong.

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
    """The kind of an error and the innermost places it passed, without texts and folders."""
    passed = [_place(frame.filename, frame.lineno, frame.name) for frame in _frames(error)]
    # A recursion passes one place a thousand times.
    counted = [(place, len(list(same))) for place, same in groupby(passed)]
    places = [place if n == 1 else f"{place} ×{n}" for place, n in counted[-_PLACES:]]
    return " < ".join([type(error).__name__, *reversed(places)])


def _frames(error: BaseException) -> StackSummary:
    return extract_tb(error.__traceback__)


def _place(filename: str, line: int | None, name: str) -> str:
    path = PurePath(filename)
    if path.is_relative_to(_PACKAGE):
        short = path.relative_to(_PACKAGE.parent)
    else:
        parts = path.parts
        libraries = [i for i, part in enumerate(parts) if part.endswith("-packages")]
        # Of a library its own path; of anything else, the name of the file.
        short = PurePath(*parts[libraries[-1] + 1 :]) if libraries else PurePath(path.name)
    return f"{short.as_posix()}:{line} {name}"


def log(failures: Iterable[tuple[str | None, str | None, str, str]]) -> str:
    """The text of the log that a user can send.

    Parameters
    ----------
    failures
        The hash and the format of each file, the code of its finding, and what it quotes. No name
        of a file is asked for: it may name a person.

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
