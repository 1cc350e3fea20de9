"""The one way from a command to the terminal."""

import click

from esrdata.terminal import visible


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text; of what files hold, nothing steers the terminal."""
    click.echo(visible(text), err=err, nl=nl)
