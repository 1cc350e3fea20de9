"""What commands that read sources share: their arguments, a progress bar, the reading itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from esrdata.knowledge.wording import word

if TYPE_CHECKING:
    from esrdata.portfolio import Portfolio

SOURCES = click.argument("source", nargs=-1, required=True, metavar="SOURCE…")
LANG = click.option(
    "--lang",
    type=click.Choice(["fi", "sv", "en"]),
    default="fi",
    show_default=True,
    help="Language of words, numbers and dates.",
)
CONTACTS = click.option(
    "--contacts", is_flag=True, help="Read contact persons too; they are left out otherwise."
)
WORKERS = click.option("--workers", type=click.IntRange(1), help="Number of processes.")
OUT = click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Folder to write to."
)
SHELF = click.option(
    "--shelf",
    multiple=True,
    type=click.Path(),
    help="Folder with forms, lists, codes and words of your own; may be given several times.",
)


def saves(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the arguments of all that read sources and save tables."""
    for option in (SHELF, WORKERS, CONTACTS, LANG, OUT, SOURCES):
        command = option(command)
    return command


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on a terminal, nothing in a pipe."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total, path: bar.update(task, completed=done, total=total)


def read_sources(
    source: tuple[str, ...],
    lang: str,
    shelf: tuple[str, ...],
    contacts: bool = False,
    workers: int | None = None,
) -> "Portfolio":
    """Read sources with a progress bar."""
    import esrdata

    with progress_bar(word("cli.reading", lang)) as progress:
        return esrdata.read(
            source, contacts=contacts, workers=workers, progress=progress, shelf=shelf
        )
