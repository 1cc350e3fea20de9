"""Writes the evaluation pack: one content as a page, a document, a workbook, and figures."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path

from esrdata.collecting import held_back, search_new, searched
from esrdata.documents.own import CRATE
from esrdata.given import folder as given_folder
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.knowledge.wording import word
from esrdata.portfolio import Portfolio
from esrdata.present.drawn import Drawn, captioned, draw, pictures_of
from esrdata.present.model import Content
from esrdata.present.parts import Parts
from esrdata.present.population import about, in_short, narrowed
from esrdata.stats.amendments import ensure_older
from esrdata.stats.remembered import forget, remembering
from esrdata.tables.population import Population
from esrdata.tables.store import MAIN, describe, ensure_free, former_files, tried, write_into
from esrdata.tables.transaction import emptied, transaction

REPORT, DOCUMENT, WORKBOOK = "report.html", "report.docx", "report.xlsx"
#: Cards of more than `CARDS` projects are a Word file of their own.
CARDS_DOCUMENT, CARDS = "cards.docx", 20
#: The page on which the portfolio is filtered and looked at.
EXPLORER = "explorer.html"
FIGURES, EVIDENCE = "figures", "evidence"


@on_its_shelf
def write(
    portfolio: Portfolio,
    out: str | PathLike[str],
    *,
    lang: str = "fi",
    title: str | None = None,
    cards: bool | None = None,
    before: Portfolio | None = None,
    compare: Mapping[str, Portfolio] | None = None,
    traces: bool | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    population: Population | None = None,
    template: str | PathLike[str] | None = None,
    recipe: str | PathLike[str] | None = None,
    explorer: bool = True,
) -> Path:
    """Write the report as HTML, Word and Excel, with its figures, tables and evidence pages.

    The numbers in all of them are the same. The HTML page is one file that needs nothing beside it.
    The same portfolio gives the same bytes. A former report stays whole until the new one is
    complete.

    Parameters
    ----------
    portfolio
        What to report.
    out
        Folder of the report; made if need be.
    lang
        Language of the report: fi, sv or en.
    title
        Title of the report; one of our own if None.
    cards
        Whether each project has a card and an evidence page; None gives them up to 200 projects.
    before
        An earlier snapshot or read of the same projects, to show what was amended since.
    compare
        Other portfolios by their names, such as ``{"Koko maa": national}``, for a chapter that sets
        this one beside them. Projects of this one are left out of the others, unless another has
        exactly the same ones.
    traces
        Whether figures are traced to their projects and source lines; None traces them up to 2,000
        projects, and the report says where they are left out.
    progress
        Called as ``progress(done, total, name)`` when a part is written; the total grows once it
        is known how many figures there are.
    population
        Whom the report is about; None is all projects. Its tables, those of the other portfolios
        too, then have no other projects, and the first chapter says who is out and why.
    template
        A Word file whose styles, margins, fonts, header and footer the Word documents get; None
        for our own.
    recipe
        A YAML file that says which chapters, statistics, groups and charts the report has, in
        which order; None for our own, which ``esrdata recipe`` writes out to be changed.
    explorer
        Whether the folder also has ``explorer.html``, as `esrdata.explore` writes it.

    Returns
    -------
    Path
        The page, ``report.html``. Beside it are ``report.docx``, ``cards.docx`` (cards of more than
        20 projects), ``report.xlsx``, ``figures`` (SVG, PNG, and the data behind each as CSV),
        ``evidence`` (a page per project) and every table as Parquet and CSV, as `Portfolio.save`
        writes them.

    Raises
    ------
    UsageError
        If the language is unknown, the template is not a Word file, the recipe has a name that no
        recipe has, or `before` is newer than the portfolio.
    StoreError
        If the folder cannot be written, has a file of such a name that esrdata did not write, or a
        Word or Excel file that was changed since.
    """
    whom = about(portfolio, population, lang)
    given = {
        MAIN: portfolio,
        "before": before,
        **{f"compare/{k}": v for k, v in (compare or {}).items()},
    }
    origins = {name: None if one is None else one.origin for name, one in given.items()}
    portfolio = narrowed(portfolio, population)
    before = None if before is None else in_short(narrowed(before, population))
    compare = {name: in_short(narrowed(one, population)) for name, one in (compare or {}).items()}
    word("content.title", lang)  # refuses an unknown language before anything is written
    if before is not None:
        ensure_older(before, portfolio)
    # Templates, charts and workbooks are imported only when a report is made.
    from esrdata.explorer.page import explore
    from esrdata.present import pack
    from esrdata.present import recipe as recipes
    from esrdata.present.described import parts as described
    from esrdata.present.described import settings
    from esrdata.present.evidence.pages import file_name, write_evidence
    from esrdata.present.traces import are_traced, write_files
    from esrdata.present.uses import uses
    from esrdata.present.word.styles import opened

    opened(template, lang)  # so are a template and a recipe that cannot be used
    chosen = recipes.recipe(recipe)
    asked = settings(
        lang=lang, title=title, cards=cards, traces=traces, population=population,
        template=template, recipe=recipe, explorer=explorer,
    )  # fmt: skip
    folder = given_folder("out", out)
    parts = Parts()
    with_cards = len(portfolio) <= pack.MANY if cards is None else cards

    @held_back()
    @remembering(recorded=are_traced(len(portfolio), traces))
    def make(stage: Path, whole: Portfolio) -> None:
        steps = _Steps(progress, explorer)
        saved = write_into(stage, whole.tables)
        steps.done("tables")
        codes = list(whole.projects["project_code"]) if with_cards else []
        # A page that fails has no link: the pack is then made again without it.
        linked = {
            code: f"{EVIDENCE}/{file_name(code)}"
            for code in codes
            if not {(EVIDENCE, None), (EVIDENCE, code)} & parts.failed.keys()
        }
        made = pack.content(
            whole,
            lang=lang,
            title=title,
            cards=with_cards,
            before=before,
            evidence=linked,
            compare=compare,
            traces=traces,
            parts=parts,
            whom=whom,
            recipe=chosen,
        )
        steps.done("content")
        steps.total += len(parts.kept(made).figures)
        drawn = {}
        for key, one in draw(parts.kept(made), stage / FIGURES, parts):
            drawn[key] = one
            steps.done(key)
        content = captioned(parts.kept(made), {key: one[3] for key, one in drawn.items()})
        parts.made("traces", lambda: write_files(content, stage))
        # The pages say where in the report each value counts.
        places = parts.made("uses", lambda: uses(content)) if codes else None
        parts.each(
            EVIDENCE,
            codes,
            lambda some: write_evidence(
                whole, stage / EVIDENCE, lang=lang, codes=some, uses=places
            ),
        )
        steps.done(EVIDENCE)
        # All statistics are told by now; the explorer asks for the evidence alone again.
        forget(but=EVIDENCE)

        for name, writer in _writers(stage, drawn, template).items():
            parts.written(name, content, writer)
            steps.done(name)
        names = {key: [f"{FIGURES}/{p.name}" for p in d[0].values()] for key, d in drawn.items()}
        behind = {key: one[2] for key, one in drawn.items()}
        of_parts = [*described(content, behind, names)]
        if explorer:
            parts.made(EXPLORER, lambda: explore(whole, stage / EXPLORER, lang=lang, title=title))
            steps.done(EXPLORER)
        describe(
            stage, saved, folder, whole.base, whole.shelf, origins,
            title=content.title, lang=lang, settings=asked, parts=of_parts,
        )  # fmt: skip

    def gone(target: Path) -> set[str]:
        codes = portfolio.projects["project_code"]
        return former_files(target) | tried(portfolio.tables) | set(_left_out(target, parts, codes))

    ensure_free(folder, tried(portfolio.tables) | {REPORT, DOCUMENT, WORKBOOK})
    with transaction(folder, gone) as stage:
        make(stage, portfolio)
        known = 0
        while len(parts.failed) > known:
            # Made again without the parts that failed, and with a note on them.
            known = len(parts.failed)
            emptied(stage)
            make(stage, parts.reported(portfolio))
    return folder / REPORT


def _writers(
    stage: Path, drawn: Mapping[str, Drawn], template: str | PathLike[str] | None
) -> dict[str, Callable[[Content], None]]:
    """What writes the page, the documents and the workbook, by the name of the file."""
    from esrdata.present import html
    from esrdata.present.excel.document import write_excel
    from esrdata.present.word.document import write_word

    def page(some: Content) -> None:
        written = html.html(some, pictures_of(drawn, "svg"))
        (stage / REPORT).write_text(written, encoding="utf-8", newline="\n")

    def document(some: Content) -> None:
        pictures = pictures_of(drawn, "png")
        for name, part in _documents(some):
            write_word(part, stage / name, pictures, template)

    def workbook(some: Content) -> None:
        behind = {f.key: drawn[f.key][2] for f in some.figures if f.key in drawn}
        with searched():
            write_excel(some, stage / WORKBOOK, behind)

    return {REPORT: page, DOCUMENT: document, WORKBOOK: workbook}


class _Steps:
    """Tells how many parts of the pack are written."""

    def __init__(self, progress: Callable[[int, int, str], None] | None, explorer: bool) -> None:
        self._progress, self._made = progress, 0
        # Tables, evidence pages, content, page, document, workbook.
        self.total = 6 + explorer

    def done(self, name: str) -> None:
        search_new()
        self._made += 1
        if self._progress is not None:
            self._progress(self._made, self.total, name)


def _left_out(folder: Path, parts: Parts, codes: Iterable[str]) -> Iterator[str]:
    """Files of parts that failed: those of that name from before would pass for this report's."""
    from esrdata.present.evidence.pages import file_name

    yield from (REPORT, DOCUMENT, WORKBOOK, CRATE)
    for name, project in parts.failed:
        if name == EVIDENCE:
            yield from (f"{name}/{file_name(c)}" for c in codes if project in (None, c))
        elif name.startswith("figure "):
            key = re.escape(name.removeprefix("figure "))
            for path in (folder / FIGURES).glob("*"):
                if re.fullmatch(rf"{key}(?:-\d+)?\.(?:svg|png|csv)", path.name):
                    yield f"{FIGURES}/{path.name}"


def _documents(content: Content) -> Iterator[tuple[str, Content]]:
    """The Word documents of a report: many cards are one of their own."""
    apart = [section for section in content.sections if len(section.cards) > CARDS]
    if not apart:
        yield DOCUMENT, content
        return
    where = word("content.cards.apart", content.lang, file=CARDS_DOCUMENT, n=len(apart[0].cards))
    kept = [
        replace(section, cards=(), paragraphs=[*section.paragraphs, where])
        if section in apart
        else section
        for section in content.sections
    ]
    yield DOCUMENT, replace(content, sections=kept)
    yield CARDS_DOCUMENT, replace(content, sections=apart, summary=None, facts=content.facts[:1])
