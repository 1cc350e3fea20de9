"""Commands for reports: `report` writes one, `recipe` prints the recipe it follows."""

from pathlib import Path

import click

from esrdata.cli.choices import SELECT, conditions, select
from esrdata.cli.errors import DONE, FINDINGS, one_sentence
from esrdata.cli.help import Helped
from esrdata.cli.language import LANG_OF_HELP
from esrdata.cli.output import echo, summary
from esrdata.cli.places import Place
from esrdata.cli.population import population_of
from esrdata.cli.reading import (
    ensure_free_folder,
    ensure_sources,
    progress_bar,
    read_sources,
    saves,
)
from esrdata.collecting import held_back
from esrdata.errors import UsageError
from esrdata.knowledge.wording import sentence, word


@click.command(cls=Helped)
@saves
@SELECT
@click.option("--title")
@click.option("--cards/--no-cards", default=None)
@click.option("--population", multiple=True, metavar="CONDITION=VALUE")
@click.option("--traces/--no-traces", default=None)
@click.option("--theme", "look", type=Place(dir_okay=False))
@click.option("--before", type=Place())
@click.option("--compare", "others", multiple=True, metavar="[NAME=]SOURCE")
@click.option("--template", type=Place(path_type=Path, dir_okay=False))
@click.option("--recipe", type=Place(path_type=Path, dir_okay=False))
@click.option("--explorer/--no-explorer", default=True, show_default=True)
@one_sentence
@held_back()
def report(
    source: tuple[str, ...],
    out: Path,
    lang: str,
    chosen: tuple[str, ...],
    title: str | None,
    cards: bool | None,
    population: tuple[str, ...],
    traces: bool | None,
    look: str | None,
    before: str | None,
    others: tuple[str, ...],
    template: Path | None,
    recipe: Path | None,
    explorer: bool,
) -> int:
    """Read, save the tables, and write the report: HTML, Word, Excel, figures, evidence."""
    from esrdata.present.recipe import recipe as read_recipe
    from esrdata.present.report import write
    from esrdata.present.theme import read as read_theme
    from esrdata.present.theme import theme
    from esrdata.present.word.styles import opened

    # Refuse bad arguments before anything is read.
    opened(template, lang)
    read_recipe(recipe)
    wanted, named = conditions(chosen), _named(others)
    who = population_of(population)
    ensure_free_folder(out, "report.html", "report.docx", "report.xlsx")
    if look is not None:
        # Refuse it before anything is read.
        read_theme(look)
    ensure_sources([*source, *([] if before is None else [before]), *named.values()])
    portfolio = select(read_sources(source, lang), wanted)
    earlier = None if before is None else read_sources((before,), lang)
    compare = {name: read_sources((path,), lang) for name, path in named.items()}
    with theme(look), progress_bar(word("cli.writing", lang)) as progress:
        page = write(
            portfolio,
            out,
            lang=lang,
            title=title,
            cards=cards,
            before=earlier,
            compare=compare,
            traces=traces,
            population=who,
            template=template,
            recipe=recipe,
            explorer=explorer,
            progress=progress,
        )
    summary(portfolio, lang)
    echo(word("cli.tables_saved", lang, folder=str(out)))
    echo(word("cli.report_written", lang, file=str(page)))
    return DONE if len(portfolio) else FINDINGS


@click.command("recipe", cls=Helped)
@LANG_OF_HELP
@one_sentence
def write_recipe() -> int:
    """Print the recipe of our report, to be saved, changed and given with --recipe."""
    from esrdata.present.recipe import OURS

    echo(OURS.read_text(encoding="utf-8").rstrip())
    return DONE


def _named(others: tuple[str, ...]) -> dict[str, str]:
    """Sources by their given name, or by their file's."""
    found: dict[str, str] = {}
    for other in others:
        given, equals, path = other.partition("=")
        source = path if equals else other
        name = given.strip() if equals and given.strip() else Path(source).stem
        if name in found:
            raise UsageError(sentence("error.side_twice", name=name))
        found[name] = source
    return found
