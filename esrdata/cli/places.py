"""Paths on the command line."""

import os
from pathlib import Path
from typing import Any

import click

from esrdata.given import at_home


class Place(click.Path):
    """A path that may begin with `~`, which the shell does not expand in `--out=~/raportti`.

    An empty path, as from an unset variable in a script, would mean the current folder.
    """

    def convert(
        self, value: "str | os.PathLike[str]", param: click.Parameter | None, ctx: Any
    ) -> Any:
        """Convert a text to a path."""
        given = os.fspath(value)
        if not given.strip():
            raise click.MissingParameter(ctx=ctx, param=param)
        home = os.fspath(at_home(Path(given))) if given.startswith("~") else given
        return super().convert(home, param, ctx)
