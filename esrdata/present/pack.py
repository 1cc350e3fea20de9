"""The evaluation pack's content: which chapters, in which order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from esrdata.portfolio import Portfolio
from esrdata.present.chapters import cards as project_cards
from esrdata.present.chapters import (
    comparison,
    findings,
    material,
    money,
    people,
    plausibility,
    principles,
    time,
)
from esrdata.present.chapters.maker import FEW, MANY, ROWS, Maker
from esrdata.present.model import Content, Section
from esrdata.present.parts import Parts
from esrdata.present.traces import MOST, pointer, traced
from esrdata.tables.columns import is_internal
from esrdata.tables.dictionary import data_dictionary

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
    parts
        Keeps chapters that fail, for which a sentence stands; None raises what they raise.
    whom
        Sentences on the population of the report, for its first chapter.
    """
    parts = parts or Parts(strict=True)
    maker = Maker(portfolio, lang, before, cards, evidence or {}, compare, whom)
    visible = {name: t for name, t in portfolio.tables.items() if not is_internal(name)}
    described = data_dictionary()
    described = described[~described["table"].map(is_internal)]
    sections = list(_sections(maker, parts))
    wanted = len(portfolio) <= MOST if traces is None else traces
    found = None
    if wanted:
        found = parts.made("traces", lambda: traced(sections, lang))
    made = Content(
        lang=lang,
        title=title or maker.word("title"),
        facts=list(material.cover(maker)),
        sections=sections,
        raw={**visible, "overview": portfolio.overview(), "dictionary": described},
        traced=found or {},
        linked=evidence or {},
    )
    where = pointer(made, traces)
    if where is None:
        return made
    # Where the sources are is known only when all tables are.
    pointed = [
        replace(section, paragraphs=[*section.paragraphs, where])
        if section.key == "method"
        else section
        for section in sections
    ]
    return replace(made, sections=pointed)


def _sections(maker: Maker, parts: Parts) -> Iterator[Section]:
    """The chapters in the order of the pack."""
    if not len(maker.portfolio):
        yield material.about(maker)
        yield findings.findings(maker)
        return
    for chapter in (
        material.about, material.glance, money.funding, money.absorption, people.participants,
        people.indicators, people.stated,
        principles.sustainability, principles.horizontal, time.time,
        *([comparison.comparison] if maker.others else []),
        plausibility.plausibility, findings.conflicts, findings.findings, findings.method,
        project_cards.cards,
    ):  # fmt: skip
        name = chapter.__name__
        section = parts.made(f"chapter {name}", partial(chapter, maker))
        if (f"chapter {name}", None) in parts.failed:
            title = maker.word(f"{name}.title")
            section = Section(name, title, (maker.word("part_failed", title=title),))
        if section is not None:
            yield section
