"""The language of a command: asked for anywhere on its line, or by the environment."""

import os
from collections.abc import Sequence
from typing import Any

import click

from esrdata.knowledge import load

#: Names the language where --lang is not given.
VARIABLE = "ESRDATA_LANG"
DEFAULT = "fi"
_ASKED = "esrdata.lang"


def language(args: Sequence[str]) -> str:
    """The language that a command line asks for, right or wrong in the rest."""
    asked = [DEFAULT, os.environ.get(VARIABLE, DEFAULT)]
    for at, arg in enumerate(args):
        if arg == "--lang" and at + 1 < len(args):
            asked.append(args[at + 1])
        elif arg.startswith("--lang="):
            asked.append(arg.removeprefix("--lang="))
    return next(lang for lang in reversed(asked) if lang in load.LANGUAGES)


def language_of(context: click.Context) -> str:
    """The language of a command that is running; that of its whole line."""
    root = context.find_root()
    return root.obj if isinstance(root.obj, str) else DEFAULT


def _asked(context: click.Context, option: click.Parameter, given: str) -> str:
    """What the command was given itself, else what those above it were given on the line."""
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
#: Of commands whose answer is the same in every language: for their help and errors.
LANG_OF_HELP = click.option("--lang", expose_value=False, **_LANG)
