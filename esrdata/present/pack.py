"""The evaluation pack's content: which chapters, in which order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.portfolio import Portfolio
from esrdata.present import recipe as recipes
from esrdata.present.chapters import cards as project_cards
from esrdata.present.chapters import (
    comparison,
    differences,
    findings,
    material,
    money,
    people,
    plausibility,
    principles,
    summary,
    time,
)
from esrdata.present.chapters.maker import FEW, MANY, ROWS, Maker
from esrdata.present.chapters.own import own
from esrdata.present.model import Content, Figure, Section, Summary
from esrdata.present.parts import Parts
from esrdata.present.traces import are_traced, pointer, traced
from esrdata.tables.columns import is_internal
from esrdata.tables.dictionary import data_dictionary
from esrdata.tables.linking.sources import read_from
from esrdata.version import __version__

if TYPE_CHECKING:
    from esrdata.knowledge.schema.recipe import Recipe

__all__ = ["FEW", "MANY", "ROWS", "content"]


def content(
    portfolio: Portfolio,
    *,
    lang: str,
    title: str | None = None,
    cards: bool | None = None,
    before: Portfolio | None = None,
    evidence: Mapping[str, str] | None = None,
    compare: Mapping[str, Portfolio] | None = None,
    traces: bool | None = None,
    parts: Parts | None = None,
    whom: Sequence[str] = (),
    recipe: "Recipe | None" = None,
) -> Content:
    """Make the content of a report.

    Parameters
    ----------
    portfolio
        What to report.
    lang
        fi, sv or en.
    title
        Title of the report; one of our own if None.
    cards
        Whether projects have cards; None gives cards up to `MANY` projects.
    before
        An earlier snapshot, to show amendments since.
    evidence
        File name of the evidence page of each project that has one.
    compare
        Other portfolios, by their names, for the chapter of comparison.
    traces
        Whether figures are traced to their projects; None traces them up to `MOST` projects.
    recipe
        Which chapters, in which order; None for ours.
    parts
        Keeps chapters that fail, for which a sentence stands; None raises what they raise.
    whom
        Sentences on the population of the report, for its first chapter.
    """
    parts = parts or Parts(strict=True)
    recipe = recipe or recipes.recipe()
    maker = Maker(portfolio, lang, before, cards, evidence or {}, compare, whom)
    visible = {name: t for name, t in portfolio.tables.items() if not is_internal(name)}
    described = data_dictionary()
    described = described[~described["table"].map(is_internal)]
    sections = list(_sections(maker, parts, recipe))
    found = None
    if are_traced(len(portfolio), traces):
        found = parts.made("traces", lambda: traced(sections, lang))
    made = Content(
        lang=lang,
        title=title or maker.word("title_esr" if maker.funds == {"ESR"} else "title"),
        facts=list(material.cover(maker)),
        sections=sections,
        raw={**visible, "overview": maker.overview, "dictionary": described},
        traced=found or {},
        linked=evidence or {},
        summary=_summary(maker, parts) if recipe.summary and len(portfolio) else None,
        source=_source(maker),
        day=None if maker.newest is None else maker.newest[0].date(),
    )
    where = pointer(made, traces)
    # Where the sources are is known only when all tables are, and what was left out.
    last = [*maker.without, *([where] if where else [])]
    pointed = [
        replace(section, paragraphs=[*section.paragraphs, *last])
        if section.key == "method"
        else section
        for section in sections
    ]
    return replace(made, sections=pointed)


def _summary(maker: Maker, parts: Parts) -> Summary:
    """The first page; its charts are a part by themselves."""
    name = f"figure {summary.PICTURE}"
    picture = parts.made(name, partial(summary.picture, maker))
    return replace(summary.summary(maker), picture=picture)


#: Where the chapters of ours stand, by their names in a recipe.
CHAPTERS: Mapping[str, ModuleType] = {
    "glance": material, "funding": money, "absorption": money, "participants": people,
    "indicators": people, "stated": people, "sustainability": principles,
    "horizontal": principles, "time": time, "comparison": comparison, "differences": differences,
    "plausibility": plausibility, "conflicts": findings, "findings": findings, "about": material,
    "method": findings, "cards": project_cards,
}  # fmt: skip


def _sections(maker: Maker, parts: Parts, recipe: "Recipe") -> Iterator[Section]:
    """The chapters in the order of the recipe."""
    if not len(maker.portfolio):
        yield material.about(maker)
        yield findings.findings(maker)
        return
    for number, item in enumerate(recipe.chapters, start=1):
        name = item.chapter or f"own_{number}"
        maker.asked = item.groups
        if item.chapter is None:
            # What a recipe asks wrongly is for its writer to mend, and no part that failed.
            section = parts.made(
                f"chapter {name}", partial(own, maker, item, number), passing=(UsageError,)
            )
        else:
            chapter = getattr(CHAPTERS[item.chapter], item.chapter)
            section = parts.made(f"chapter {name}", partial(chapter, maker))
        if (f"chapter {name}", None) in parts.failed:
            title = item.title or maker.word(f"{name}.title")
            section = Section(name, title, (maker.word("part_failed", title=title),))
        if section is not None:
            kept = [
                part
                for part in section.parts
                if (item.charts if isinstance(part, Figure) else item.tables)
            ]
            yield replace(section, title=item.title or section.title, parts=kept)


def _source(maker: Maker) -> str:
    """What was read, when it is of, and with what."""
    read = wording.sources(read_from(maker.portfolio.tables), maker.lang)
    if not read:
        return ""
    values = {"sources": read, "version": __version__}
    if maker.day is None:
        return maker.word("source", **values)
    return maker.word("source_of_day", day=maker.day, **values)
