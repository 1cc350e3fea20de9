"""Paths on the command line."""

import os
from pathlib import Path
from typing import Any

import click

from esrdata.given import at_home


class Place(click.Path):
    """A path, which may begin with `~`: the shell leaves it so in `--out=~/raportti`.

    An empty one would be the folder that the user is in, as where a variable of a script is unset.
    """

    def convert(
        self, value: "str | os.PathLike[str]", param: click.Parameter | None, ctx: Any
    ) -> Any:
        """A path of a text that says one."""
        given = os.fspath(value)
        if not given.strip():
            raise click.MissingParameter(ctx=ctx, param=param)
        home = os.fspath(at_home(Path(given))) if given.startswith("~") else given
        return super().convert(home, param, ctx)
