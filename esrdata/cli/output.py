"""The one way from a command to the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from esrdata.errors import StoreError
from esrdata.knowledge.wording import sentence, why, word
from esrdata.tables.staging import put
from esrdata.terminal import visible

if TYPE_CHECKING:
    from esrdata.portfolio import Portfolio


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text; of what files hold, nothing steers the terminal.

    Raises
    ------
    StoreError
        If it cannot be written, as into a file on a full disk.
    """
    try:
        click.echo(visible(text), err=err, nl=nl)
    except BrokenPipeError:
        # Whoever reads has had enough.
        raise
    except OSError as error:
        raise StoreError(sentence("error.output", why=why(error))) from error


def write_file(path: Path, text: str) -> None:
    """Write a text into a file."""
    put(path, text.encode("utf-8"))


def summary(portfolio: "Portfolio", lang: str) -> None:
    """Print how many files, projects and findings there are."""
    read_ = int((portfolio.files["status"] == "read").sum())
    counts = portfolio.issues["severity"].value_counts()
    echo(
        word(
            "report.summary",
            lang,
            projects=len(portfolio),
            files=len(portfolio.files),
            read=read_,
            findings=len(portfolio.issues),
            errors=int(counts.get("error", 0)),
        )
    )
