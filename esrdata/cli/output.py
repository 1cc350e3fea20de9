"""All output of commands to the terminal."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from esrdata.errors import StoreError
from esrdata.knowledge.error_words import why
from esrdata.knowledge.messages import message
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.knowledge.wording import sentence, word
from esrdata.staging import put
from esrdata.terminal import visible

if TYPE_CHECKING:
    from esrdata.portfolio import Portfolio


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text, with control characters made visible."""
    try:
        click.echo(visible(text), err=err, nl=nl)
    except BrokenPipeError:
        # The reader has closed the pipe.
        raise
    except OSError as error:
        raise StoreError(sentence("error.output", why=why(error))) from error


def write_file(path: Path, text: str) -> None:
    """Write a text into a file."""
    put(path, text.encode("utf-8"))


#: At most so many findings explain a missing project or value.
_SHOWN = 5


def finding_text(row: Mapping[Any, Any], lang: str) -> str:
    """A finding as a sentence."""
    values = {name: row[name] for name in ("file", "field", "line", "raw")}
    return message(row["code"], lang, project=row["project_code"], **values)


@on_its_shelf
def unread(portfolio: "Portfolio", lang: str) -> None:
    """Print why files were not read: the missing project may be in one of them."""
    files = portfolio.files
    issues = portfolio.issues
    of_files = issues["file"].isin(files.loc[files["status"] != "read", "file"])
    for row in issues[of_files].head(_SHOWN).to_dict("records"):
        echo("- " + finding_text(row, lang), err=True)


@on_its_shelf
def summary(portfolio: "Portfolio", lang: str, *, reasons: bool = True) -> None:
    """Print the numbers of files, projects and findings; without any project, also the reasons."""
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
    if reasons and not len(portfolio):
        unread(portfolio, lang)
