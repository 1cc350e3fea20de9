"""Sums and differences of the groups that a sentence names."""

from collections.abc import Sequence
from dataclasses import replace

from esrdata.proofing.figure import Figure
from esrdata.proofing.grouping import key
from esrdata.proofing.matching import Asked
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import GROUP, Mention
from esrdata.proofing.nearest import alike
from esrdata.proofing.number import PERCENT, Number
from esrdata.proofing.shelf import shelf


def whole(asked: Asked) -> Figure | None:
    """The total of the groups that a sentence adds up before a number."""
    passage, number = asked.passage, asked.number
    start, end = passage.sentence(number.start)
    alone = len(passage.within(start, end)) == 1
    # "A and B have 42 projects in total, with 23.7 million in them."
    clause = next((at for at in passage.clauses if at >= number.end), end)
    if number.unit == PERCENT or not shelf().together[passage.lang].search(
        passage.text, start, end if alone else min(clause, end)
    ):
        return None
    for mentions in passage.named(start, end):
        known = {m.value: m for m in mentions}
        between = _between(mentions, number, passage) and not _last(number, passage)
        if len(known) < 2 or between or mentions[-1].start > number.start:
            continue
        parts = [asked.of(key(m)) for m in known.values()]
        if all(parts):
            first = [_likeliest(part, asked) for part in parts]
            total = _made(first, sum(figure.value for figure in first))
            # A project in two regions counts once, or twice where the author added up a table.
            name = mentions[0].facet.removeprefix(GROUP)
            once = asked.figures.once(name, list(known), total)
            return total if once is None or number.fits(total.value) else once
    return None


def _likeliest(part: Sequence[Figure], asked: Asked) -> Figure:
    """The likeliest figure of a group; for a count without a stage the realised one."""
    if part[0].what == "funding" or "stage" in {**asked.read.loose, **asked.read.facets}:
        return part[0]
    return next((figure for figure in part if figure.stage == "realised"), part[0])


def each(asked: Asked) -> list[Figure]:
    """The figures of all groups where a number is said of each; else none."""
    passage, number = asked.passage, asked.number
    if not says_each(passage, number):
        return []
    kinds = passage.named(*passage.sentence(number.start))
    several = [known for named in kinds if len(known := {m.value: m for m in named}) > 1]
    if len(alike(passage, number)) != 1 or len(several) != 1:
        return []
    found = [asked.of(key(m)) for m in several[0].values()]
    if not all(found):
        return []
    # Of each group a figure that fits, if there is one.
    return [next((f for f in of_group if number.fits(f.value)), of_group[0]) for of_group in found]


def says_each(passage: Passage, number: Number) -> bool:
    """Whether a sentence says its number of each group."""
    start, end = passage.sentence(number.start)
    return shelf().each[passage.lang].search(passage.text, start, end) is not None


def added(asked: Asked) -> Figure | None:
    """The sum or difference of the groups that a sentence names."""
    passage, number = asked.passage, asked.number
    for mentions in passage.named(*passage.sentence(number.start)):
        known = {m.value: m for m in mentions}
        if not 2 <= len(known) <= 6 or _between(mentions, number, passage):
            continue
        series: dict[tuple[str, ...], list[Figure]] = {}
        for mention in known.values():
            for figure in asked.of(key(mention)):
                name = (figure.column, figure.measure, figure.statistic)
                series.setdefault(name, []).append(figure)
        for found in series.values():
            if len(found) != len(known) or number.unit == PERCENT:
                continue
            total = sum(f.value for f in found)
            gap = abs(found[0].value - found[1].value) if len(found) == 2 else None
            for value in (total, gap):
                if value is not None and number.fits(value):
                    return _made(found, value)
    return None


def _last(number: Number, passage: Passage) -> bool:
    """Whether a number totals those before it: 3 hanketta ja 4 hanketta, yhteensä 7."""
    start, _ = passage.sentence(number.start)
    before = passage.within(start, number.start)
    if len(before) < 2:
        return False
    at = before[-1].end
    return shelf().together[passage.lang].search(passage.text, at, number.start) is not None


def _between(mentions: Sequence[Mention], number: Number, passage: Passage) -> bool:
    """Whether numbers stand between the names, so that each group has its own."""
    first, last = mentions[0].start, max(mentions[-1].start, number.start)
    among = passage.within(first, last, number.unit)
    return first < number.start < mentions[-1].start or any(n != number for n in among)


def _made(figures: Sequence[Figure], value: float) -> Figure:
    group = tuple(pair for figure in figures for pair in figure.group)
    return replace(figures[0], value=value, group=group)
