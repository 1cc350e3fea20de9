"""The language of a command: given anywhere on the line, or by the environment."""

import os
from collections.abc import Sequence
from typing import Any

import click

from esrdata.knowledge import load

#: Environment variable for the language, used without --lang.
VARIABLE = "ESRDATA_LANG"
DEFAULT = "fi"
_ASKED = "esrdata.lang"


def language(args: Sequence[str]) -> str:
    """The language that a command line asks for, even if the rest of it is wrong."""
    asked = [DEFAULT, os.environ.get(VARIABLE, DEFAULT)]
    for at, arg in enumerate(args):
        if arg == "--lang" and at + 1 < len(args):
            asked.append(args[at + 1])
        elif arg.startswith("--lang="):
            asked.append(arg.removeprefix("--lang="))
    return next(lang for lang in reversed(asked) if lang in load.LANGUAGES)


def language_of(context: click.Context) -> str:
    """The language of the whole line of a running command."""
    root = context.find_root()
    return root.obj if isinstance(root.obj, str) else DEFAULT


def _asked(context: click.Context, option: click.Parameter, given: str) -> str:
    """The option given to the command itself, else to a group before it."""
    if context.get_parameter_source(str(option.name)) is click.core.ParameterSource.COMMANDLINE:
        context.meta[_ASKED] = given
    return str(context.meta.get(_ASKED, given))


_LANG: dict[str, Any] = {
    "type": click.Choice(load.LANGUAGES),
    "default": DEFAULT,
    "envvar": VARIABLE,
    "show_default": True,
    "show_envvar": True,
    "callback": _asked,
}
LANG = click.option("--lang", **_LANG)
#: For commands with the same output in every language: it sets their help and errors.
LANG_OF_HELP = click.option("--lang", expose_value=False, **_LANG)
