"""The command `proof`: checks a draft against its sources."""

from pathlib import Path

import click

from esrdata.cli.choices import SELECT, conditions, select
from esrdata.cli.errors import DONE, FINDINGS, one_sentence
from esrdata.cli.help import Helped
from esrdata.cli.output import echo, write_file
from esrdata.cli.places import Place
from esrdata.cli.reading import (
    SOURCES,
    ensure_folder,
    ensure_sources,
    read_sources,
    reads,
)
from esrdata.knowledge import load
from esrdata.knowledge.wording import word


@click.command(cls=Helped)
@click.argument("draft", type=Place(dir_okay=False))
@SOURCES
@SELECT
@click.option("--lang", type=click.Choice(load.LANGUAGES))
@reads
@click.option("--json", "json_file", type=Place(path_type=Path, dir_okay=False))
@click.option("--out", type=Place(path_type=Path))
@one_sentence
def proof(
    draft: str,
    source: tuple[str, ...],
    chosen: tuple[str, ...],
    lang: str | None,
    json_file: Path | None,
    out: Path | None,
) -> int:
    """Hold every number of a written report against its sources.

    DRAFT is a Word, PDF, HTML, Markdown or text file in Finnish, Swedish or English. Exit code 0
    when nothing is contradicted, 1 otherwise.
    """
    from esrdata.proofing import draft as drafts

    wanted = conditions(chosen)
    ensure_sources(source)
    if out is not None:
        ensure_folder(out)
    if json_file is not None:
        ensure_folder(json_file.parent)
    # A draft that cannot be read is refused before the sources are read.
    read = drafts.read(draft, lang)
    language = read.lang
    portfolio = select(read_sources(source, language), wanted)
    from esrdata.proofing.proof import findings, table
    from esrdata.proofing.traced import described
    from esrdata.proofing.written import as_json, write

    found = findings(read, portfolio)
    made = table(read, found)
    if json_file is not None or out is not None:
        made.attrs["figures"] = described(found, portfolio)
    if json_file is not None:
        write_file(json_file, as_json(made))
    if out is not None:
        for path in write(read, found, made, out):
            echo(word("proof.written", language, file=str(path)))
    echo(made.attrs["summary"])
    for row in made[made["verdict"] == "contradicted"].itertuples():
        echo(f"- {row.location}: {row.text}. {row.reason}")
    return FINDINGS if made.attrs["counts"]["contradicted"] else DONE
