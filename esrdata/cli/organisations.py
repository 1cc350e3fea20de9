"""The command by which a person joins organisations or undoes joins."""

from pathlib import Path

import click

from esrdata.cli.errors import DONE, one_sentence
from esrdata.cli.help import Helped
from esrdata.cli.language import LANG
from esrdata.cli.output import echo
from esrdata.cli.places import Place
from esrdata.cli.reading import SOURCES, asked, ensure_folder, read_sources, reads
from esrdata.errors import UsageError
from esrdata.knowledge.wording import word


@click.command(cls=Helped)
@SOURCES
@LANG
@reads
@click.option("--review", type=Place(path_type=Path))
@click.option("--decided", type=Place(path_type=Path))
@one_sentence
def organisations(
    source: tuple[str, ...],
    lang: str,
    review: Path | None,
    decided: Path | None,
) -> int:
    """Join spellings of organisations, or take joins back, in a workbook.

    --review writes the workbook; --decided reads it back into the folder of --shelf.
    """
    from esrdata.stats.organisations_review import read_organisations, write_organisations

    if (review is None) == (decided is None):
        raise UsageError(word("cli.organisations_one", lang))
    if review is not None:
        ensure_folder(review.parent)
        path = write_organisations(read_sources(source, lang), review, lang=lang)
        echo(word("cli.organisations_written", lang, file=str(path)))
    elif decided is not None:
        shelf = asked("shelf")
        if len(shelf) != 1:
            raise UsageError(word("cli.organisations_shelf", lang))
        n = read_organisations(decided, shelf[0])
        if n:
            echo(word("cli.organisations_decided", lang, n=n, folder=shelf[0]))
        else:
            echo(word("cli.organisations_undecided", lang, file=str(decided), folder=shelf[0]))
    return DONE
