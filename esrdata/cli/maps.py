"""The command `map`: proposes what the columns of a user's own table mean, as a list file."""

from pathlib import Path

import click

from esrdata.cli.errors import DONE, FINDINGS, one_sentence
from esrdata.cli.help import Helped
from esrdata.cli.language import LANG
from esrdata.cli.output import echo, write_file
from esrdata.cli.places import Place
from esrdata.cli.reading import SHELF, opened
from esrdata.errors import SourceError, UsageError
from esrdata.knowledge.wording import sentence, word

# Cells are cut to this length.
_WIDTH = 30


@click.command("map", cls=Helped)
@click.argument("file", type=Place(path_type=Path))
@click.option("--out", type=Place(path_type=Path))
@click.option("--name")
@click.option("--period")
@SHELF
@LANG
@one_sentence
def map_columns(
    file: Path,
    out: Path | None,
    name: str | None,
    period: str | None,
    shelf: tuple[str, ...],
    lang: str,
) -> int:
    """Propose what the columns of a table of your own mean; exit 1 if some stay unknown.

    With --out, the proposal is written as lists/NAME.csv. Look it through, mend it, and read the
    table with `--shelf` and that folder: nothing is read by a proposal alone.
    """
    from esrdata.documents.files import is_portable
    from esrdata.knowledge.opening import open_shelf
    from esrdata.knowledge.shelf import using
    from esrdata.reading.lists.mapping import list_file, own_table, propose

    table = own_table(opened(file, lang))
    if table is None:
        raise SourceError(word("cli.map.no_table", lang, file=str(file)))
    with using(open_shelf(shelf)):
        proposed = propose(table)
    for each in proposed:
        beside = {"beside": each.beside} if each.field else {}
        why = word(f"cli.map.{each.why}", lang, **beside)
        sample = " ".join(each.sample.split())[:_WIDTH]
        echo(f"{each.heading or '–'} [{sample}] → {each.field or '–'}: {why}")
    called = name or file.stem
    if period is not None:
        called = period if called == period else f"{period}-{called}"
    if out is not None:
        if not is_portable(called):
            raise UsageError(word("error.file_name", lang, name=called))
        target = out / "lists" / f"{called}.csv"
        if target.exists():
            raise UsageError(sentence("error.file_there", file=str(target)))
        write_file(target, list_file(proposed))
        echo(word("cli.map.written", lang, file=str(target), folder=str(out)))
    return DONE if all(each.field for each in proposed) else FINDINGS
