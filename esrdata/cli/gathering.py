"""Commands that get pages: `sample` makes them up, `fetch` saves them from a service."""

from pathlib import Path

import click

from esrdata.cli.errors import DONE, FINDINGS, one_sentence
from esrdata.cli.help import Helped
from esrdata.cli.language import LANG
from esrdata.cli.output import echo
from esrdata.cli.places import Place
from esrdata.cli.reading import SHELF, ensure_folder, progress_bar
from esrdata.knowledge.opening import open_shelf
from esrdata.knowledge.shelf import using
from esrdata.knowledge.wording import word
from esrdata.samples.shapes import SHAPES


@click.command(cls=Helped)
@click.argument("folder", type=Place(path_type=Path))
@click.option("--projects", type=click.IntRange(1), default=200, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--form", default="mixed", show_default=True)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["txt", "html", "pdf", "csv"]),
    default="txt",
    show_default=True,
)
@click.option("--shape", type=click.Choice(list(SHAPES)), default="plain", show_default=True)
@click.option("--short", is_flag=True)
@SHELF
@LANG
@one_sentence
def sample(
    folder: Path,
    projects: int,
    seed: int,
    form: str,
    format_: str,
    shape: str,
    short: bool,
    shelf: tuple[str, ...],
    lang: str,
) -> int:
    """Write a synthetic portfolio as form files, those of your own shelf too."""
    from esrdata.samples.maker import write

    ensure_folder(folder)
    asked = {"projects": projects, "seed": seed}
    write(folder, **asked, form=form, format=format_, shape=shape, shelf=shelf, short=short)
    echo(word("cli.sample_written", lang, folder=str(folder), projects=projects))
    return DONE


@click.command(cls=Helped)
@click.argument("codes", nargs=-1, metavar="CODE…")
@click.option("--to", required=True, type=Place(path_type=Path))
@click.option("--from-list", "list_", type=Place(path_type=Path))
@click.option("--service")
@SHELF
@LANG
@one_sentence
def fetch(
    codes: tuple[str, ...],
    to: Path,
    list_: Path | None,
    service: str | None,
    shelf: tuple[str, ...],
    lang: str,
) -> int:
    """Save descriptions from the information service; exit 1 if some could not be saved.

    One request at a time, with a pause. A file that is there already is left as it is and not
    asked for: run the command again to go on where it stopped.
    """
    from esrdata.fetch import codes_in
    from esrdata.fetch import fetch as save

    with using(open_shelf(shelf)):
        listed, other_lines = ([], 0) if list_ is None else codes_in(list_)
    with progress_bar(word("cli.fetching", lang)) as progress:
        done = save([*codes, *listed], to, service=service, progress=progress)
    if other_lines:
        echo(word("cli.fetch_other_lines", lang, lines=other_lines, file=str(list_)))
    statuses = [one.status for one in done]
    counts = {status: statuses.count(status) for status in ("saved", "there", "failed")}
    echo(word("cli.fetched", lang, folder=str(to), **counts))
    for one in done:
        if one.status == "failed":
            echo(f"{one.code}: {word(f'cli.fetch_reason.{one.reason}', lang)}", err=True)
    return FINDINGS if counts["failed"] else DONE
