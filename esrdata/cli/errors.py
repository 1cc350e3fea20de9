"""How commands end: exit codes, and what esrdata raises as one sentence."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from esrdata.cli.output import echo
from esrdata.errors import EsrdataError
from esrdata.knowledge.schema.problems import ShelfError

DONE, FINDINGS, WRONG_USE = 0, 1, 2


def one_sentence(command: Callable[..., int]) -> Callable[..., None]:
    """Turn what esrdata raises into one sentence on stderr and exit code 2.

    A shelf has a sentence for each of its mistakes, in the language of the command.
    """

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            code = command(*args, **kwargs)
        except ShelfError as error:
            echo(error.text(kwargs.get("lang", "en")), err=True)
            code = WRONG_USE
        except EsrdataError as error:
            echo(str(error), err=True)
            code = WRONG_USE
        sys.exit(code)

    return run
