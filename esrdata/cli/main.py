"""The command line: read, explore, check, explain and cache; other commands are added here."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from esrdata.cli.answers import chart, table
from esrdata.cli.choices import SELECT, conditions, select
from esrdata.cli.errors import DONE, FINDINGS, Commands, one_sentence
from esrdata.cli.forms import form as form_commands
from esrdata.cli.gathering import fetch, sample
from esrdata.cli.language import LANG, LANG_OF_HELP
from esrdata.cli.maps import map_columns
from esrdata.cli.organisations import organisations
from esrdata.cli.output import echo, finding_text, summary, unread
from esrdata.cli.packs import diff, new_key, sign, verify
from esrdata.cli.places import Place
from esrdata.cli.proofing import proof
from esrdata.cli.reading import (
    SOURCES,
    ensure_file,
    ensure_folder,
    ensure_free_folder,
    progress_bar,
    read_sources,
    reads,
    saves,
)
from esrdata.cli.reports import report, write_recipe
from esrdata.collecting import held_back
from esrdata.knowledge.formats import number
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.knowledge.wording import code_label, word
from esrdata.version import __version__

if TYPE_CHECKING:
    from esrdata.portfolio import Portfolio


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="esrdata", message="%(prog)s %(version)s")
@LANG_OF_HELP
def main() -> None:
    """European Social Fund project descriptions as tidy, traceable tables.

    SOURCE is a file, a folder (read recursively) or a glob. Exit codes: 0 done, 1 errors found,
    2 usage error.
    """
    for stream in (sys.stdout, sys.stderr):
        # A console with another code page shows question marks instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@main.command()
@saves
@click.option("--large", is_flag=True)
@one_sentence
def read(source: tuple[str, ...], out: Path, lang: str, large: bool) -> int:
    """Read and save the tables; exit 1 where no project was read."""
    ensure_free_folder(out)
    portfolio = read_sources(source, lang, to=out if large else None)
    if not large:
        with progress_bar(word("cli.saving", lang)) as progress:
            progress(0, len(portfolio.tables), "")
            portfolio.save(out)
    summary(portfolio, lang)
    echo(word("cli.tables_saved", lang, folder=str(out)))
    return DONE if len(portfolio) else FINDINGS


@main.command()
@SOURCES
@click.option("--out", required=True, type=Place(path_type=Path, dir_okay=False))
@SELECT
@click.option("--title")
@click.option("--without", type=click.Choice(["narratives"]), multiple=True)
@LANG
@reads
@one_sentence
@held_back()
def explore(
    source: tuple[str, ...],
    out: Path,
    chosen: tuple[str, ...],
    title: str | None,
    without: tuple[str, ...],
    lang: str,
) -> int:
    """Write one HTML file to filter, search and look at the projects, offline."""
    from esrdata.explorer import explore as write

    wanted = conditions(chosen)
    ensure_file(out, (".html",), source)
    portfolio = select(read_sources(source, lang), wanted)
    page = write(portfolio, out, lang=lang, title=title, narratives="narratives" not in without)
    summary(portfolio, lang)
    echo(word("cli.explorer_written", lang, file=str(page)))
    return DONE if len(portfolio) else FINDINGS


@main.command()
@SOURCES
@LANG
@reads
@one_sentence
def check(source: tuple[str, ...], lang: str) -> int:
    """List what could not be read or should be checked; exit 1 on errors, or without a project."""
    portfolio = read_sources(source, lang)
    summary(portfolio, lang, reasons=False)
    return _findings(portfolio, lang)


@on_its_shelf
def _findings(portfolio: "Portfolio", lang: str) -> int:
    """Print the findings of a portfolio by severity; FINDINGS for errors, or no project."""
    issues = portfolio.issues
    for severity in ("error", "warning", "info"):
        found = issues[issues["severity"] == severity]
        if not found.empty:
            echo(f"\n{code_label('severities', severity, lang)} ({number(len(found), lang)})")
        for row in found.to_dict("records"):
            echo(f"- {finding_text(row, lang)}")
    if issues.empty:
        echo(word("cli.no_findings", lang))
    return FINDINGS if (issues["severity"] == "error").any() or not len(portfolio) else DONE


@main.command()
@click.argument("source")
@click.argument("code")
@click.argument("field")
@click.option("--png", type=Place(path_type=Path, dir_okay=False))
@click.option("--evidence", type=Place(path_type=Path, file_okay=False))
@LANG
@reads
@one_sentence
def explain(
    source: str, code: str, field: str, png: Path | None, evidence: Path | None, lang: str
) -> int:
    """Show where a value comes from, such as S20405 funding.public_total.realised."""
    for folder in (evidence, None if png is None else png.parent):
        if folder is not None:
            ensure_folder(folder)
    portfolio = read_sources((source,), lang)
    if code not in portfolio:
        unread(portfolio, lang)
    explained = portfolio.explain(code, field, lang=lang)
    echo(str(explained))
    if png is not None:
        explained.png(png)
    if evidence is not None:
        from esrdata.present.evidence.pages import write_evidence

        name = write_evidence(portfolio, evidence, lang=lang, codes=[code])[code]
        echo(word("cli.evidence_written", lang, file=f"{evidence / name}#{field}"))
    return DONE


@main.command()
@click.option("--clear", is_flag=True)
@LANG
@one_sentence
def cache(clear: bool, lang: str) -> int:
    """Say where what was read is kept, and how much of it there is."""
    from esrdata.cache import Cache, usual_folder

    kept = Cache(usual_folder())
    entries, size = kept.clear() if clear else kept.size()
    key = "cli.cache_cleared" if clear else "cli.cache_holds"
    amounts = {"entries": number(entries, lang), "size": number(size / 2**20, lang, decimals=1)}
    echo(word(key, lang, folder=str(kept.folder), **amounts))
    return DONE


for _command in (
    *(report, write_recipe, form_commands, map_columns, sample, fetch, organisations, table, chart),
    *(proof, verify, diff, sign, new_key),
):
    main.add_command(_command)

if __name__ == "__main__":
    main()
