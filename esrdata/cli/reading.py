"""Shared by commands that read sources: arguments, progress bar, and reading."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from esrdata.cli.errors import reached
from esrdata.cli.language import LANG
from esrdata.cli.places import Place
from esrdata.collecting import held_back
from esrdata.errors import SavedError, SourceError, UsageError, unknown
from esrdata.knowledge.error_words import unwritable
from esrdata.knowledge.messages import message
from esrdata.knowledge.wording import sentence, word
from esrdata.limits import Limits, names
from esrdata.reading.levels import LEVELS, STANDARD

if TYPE_CHECKING:
    from esrdata.documents.document import Document
    from esrdata.portfolio import Portfolio

SOURCES = click.argument("source", nargs=-1, required=True, metavar="SOURCE…")
OUT = click.option("--out", required=True, type=Place(path_type=Path))
_SHELF: dict[str, Any] = {"multiple": True, "type": Place()}
SHELF = click.option("--shelf", **_SHELF)


def _keep(context: click.Context, option: click.Parameter, given: object) -> None:
    context.meta[f"esrdata.{option.name}"] = given


def asked(name: str) -> Any:
    """The value of a reading option; None if the command has no such option."""
    return click.get_current_context().meta.get(f"esrdata.{name}")


# Options for `read_sources`, which gets them from the context, not through each command.
_held = partial(click.option, expose_value=False, callback=_keep)
_CONTACTS = _held("--contacts", is_flag=True)
_READING = (
    _held("--cache/--no-cache", default=True),
    _held("--privacy", type=click.Choice(LEVELS), default=STANDARD, show_default=True),
    _held("--isolate", is_flag=True),
    _held("--limit", multiple=True, metavar="NAME=VALUE", help=", ".join(names())),
    _held("--shelf", **_SHELF),
    _held("--workers", type=click.IntRange(1)),
)


def reads(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options for reading sources."""
    return reduce(lambda command, option: option(command), _READING, command)


def saves(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the arguments for reading sources and saving tables."""
    return SOURCES(OUT(LANG(reads(_CONTACTS(command)))))


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
        transient=True,
    )
    reached(title, 0, 0)
    # Before version 14, rich ends a hidden bar with an empty line.
    with bar if console.is_terminal else nullcontext():
        task = bar.add_task(title, total=None)

        def progress(done: int, total: int, _: str) -> None:
            reached(title, done, total)
            bar.update(task, completed=done, total=total)

        yield progress


def opened(path: Path, lang: str) -> "Document":
    """Open one page or table."""
    from esrdata.documents.open import NotOpened, open_document

    if not path.exists():
        raise UsageError(sentence("error.no_such_file", path=str(path)))
    document = open_document(str(path))
    if isinstance(document, NotOpened):
        nothing = {"project": None, "field": None, "line": None, "raw": document.raw}
        raise SourceError(message(document.code, lang, file=str(path), **nothing))
    return document


def ensure_sources(source: Iterable[str]) -> None:
    """Refuse a wrong path before anything is read."""
    from esrdata.documents.paths import paths

    for part in source:
        paths(part)


def ensure_folder(out: Path) -> None:
    """Refuse an output folder that is a file, lies within one, or is not writable."""
    for place in (out, *out.parents):
        if place.is_file():
            raise UsageError(sentence("error.out_is_file", path=str(place)))
        if place.is_dir():
            if not os.access(place, os.W_OK):
                denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
                raise unwritable(out, denied)
            return


def ensure_file(out: Path, endings: tuple[str, ...], source: Iterable[str]) -> None:
    """Refuse an output file with another ending, or one that is a folder or a source."""
    from esrdata.documents.paths import paths

    if out.is_dir():
        raise UsageError(sentence("error.out_is_folder", path=str(out)))
    if out.suffix.lower() not in endings:
        raise UsageError(sentence("error.out_ending", path=out.name, known=", ".join(endings)))
    ensure_folder(out.parent)
    if out.is_file():
        read = (Path(path) for part in source for path in paths(part))
        if any(path.is_file() and path.samefile(out) for path in read):
            raise UsageError(sentence("error.out_is_source", path=str(out)))


def ensure_free_folder(out: Path, *more: str) -> None:
    """Refuse an output folder with files of the same names that esrdata did not write."""
    ensure_folder(out)
    if out.is_dir():
        from esrdata.tables.build import TABLES
        from esrdata.tables.store import ensure_free, tried

        ensure_free(out, tried(TABLES) | {*more})


@held_back()
def read_sources(source: tuple[str, ...], lang: str, to: Path | None = None) -> "Portfolio":
    """Read sources with a progress bar; a single saved folder is loaded."""
    import esrdata
    from esrdata.cache import Cache, usual_folder
    from esrdata.cli.saved import load_saved
    from esrdata.search.kept_words import keeping_words, kept_words

    contacts = bool(asked("contacts"))
    # With contact persons the texts are unmasked, so none of their words are cached.
    if asked("cache") and not contacts and kept_words() is None:
        click.get_current_context().with_resource(keeping_words(Cache(usual_folder())))
    limits = _limits(asked("limit"))
    try:
        with progress_bar(word("cli.reading", lang)) as progress:
            return esrdata.read(
                source,
                contacts=contacts,
                progress=progress,
                limits=limits,
                to=to,
                **{
                    name: asked(name)
                    for name in ("workers", "shelf", "isolate", "privacy", "cache")
                },
            )
    except SavedError as saved:
        others = {"--large": to is not None, "--shelf": asked("shelf"), "--contacts": contacts}
        return load_saved(Path(saved.folder), others, asked("privacy"))


def _limits(given: tuple[str, ...]) -> Limits:
    values: dict[str, Any] = {}
    for limit in given:
        name, _, value = limit.partition("=")
        if name not in names():
            raise UsageError(unknown("limit", name, names()))
        if not value.isascii() or not value.isdigit() or len(value) > _LONGEST:
            raise UsageError(sentence("error.limit_form", given=limit))
        values[name] = int(value)
    return Limits(**values)


_LONGEST = 15
