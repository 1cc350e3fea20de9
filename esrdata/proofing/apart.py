"""Comparisons: differences, multiples and percentages between two groups, and ranks.

"28 hanketta enemmän kuin", "1.3 times as many projects as", "ökade med 13 procent", "toiseksi
eniten": such a number is no figure itself but computed from two figures its words name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from esrdata.proofing.figure import Figure
from esrdata.proofing.findings import Finding, differing, of_value
from esrdata.proofing.grouping import key
from esrdata.proofing.matching import Asked, candidates
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import GROUP, Mention
from esrdata.proofing.number import MONEY, PERCENT, PLAIN, POINTS, RANK, TIMES, Number
from esrdata.proofing.places import Place
from esrdata.proofing.shelf import shelf
from esrdata.proofing.slips import is_slip

#: Only periods have an order in time, so that a change goes from one to the other.
_PERIOD = f"{GROUP}programme_period"


_OF_PER_CENT = ("rate", "ratio", "share")
# Greatest distance, in letters, of the group after "than", and before "compared".
_NEAR, _CLOSE = 25, 2


def direction(passage: Passage, number: Number) -> str | None:
    """How the words beside a number compare it: more, less or apart; None if they do not."""
    if number.unit in (TIMES, RANK):
        return "apart"
    start, end = passage.sentence(number.start)
    before, behind = passage.text[start : number.start], passage.text[number.end : end]
    level = _is_level(passage, number)
    for name, (leading, trailing) in shelf().compared[passage.lang].items():
        changed = leading.search(before) is not None and not level
        if changed or trailing.match(behind) is not None:
            return name
    return None


def _is_level(passage: Passage, number: Number) -> bool:
    """Whether a number is a level, not a change: nousi 3 miljoonaan euroon, rose to 3 million."""
    role = shelf().level[passage.lang]
    last = number.noun if number.unit == PLAIN else number.text.split()[-1]
    return role.fits(passage.text, number.start) if role.word is None else role.fits(last, 0)


def finding(asked: Asked, place: Place, way: str) -> Finding | None:
    """The finding on a comparison; None where the words do not say what is compared."""
    passage, number = asked.passage, asked.number
    than_plan = _is_than_plan(passage, number)
    every = (_than_plan if than_plan else _made)(asked, way)
    made = [figure for figure in every if figure.value == figure.value]
    fitting = [figure for figure in made if _fits(number, figure.value)]
    if fitting:
        return of_value(place, number, fitting[0], confidence=0.8, reason="compared")
    pair = _pair(passage, number)
    sure = than_plan or (pair is not None and _against(passage, number, pair) is not None)
    other_way = [one for one in made if _fits_other_way(number, one.value, way, sure=sure)]
    if other_way:
        # The amount is right, but the other group has more.
        return differing(place, number, other_way[0], confidence=0.8)
    if made and (number.unit == RANK or any(is_slip(number, one.value) for one in made)):
        return differing(place, number, made[0], confidence=0.8)
    return None


def _fits(number: Number, value: float) -> bool:
    if number.unit == TIMES and number.word and number.value:
        # "Twice as many" must not match 1.5 times.
        return abs(value / number.value - 1) <= 0.15
    if number.unit == POINTS and number.value is not None:
        # Both rates may have been rounded before they were subtracted.
        return abs(value - number.value) <= 10.0 ** -max(number.decimals, 0)
    return number.fits(value)


def _fits_other_way(number: Number, value: float, way: str, *, sure: bool) -> bool:
    """Whether the amount is right but the other group has more.

    A percentage may be right from the other group's side: 81 % more is 45 % less.
    """
    if number.unit == TIMES:
        return 0 < value < 1 and _fits(number, 1 / value)
    if value >= 0 or (number.unit == PERCENT and not sure):
        return False
    ratio = 1 + (value if way == "more" else -value) / 100
    turned = abs(100 * (1 / ratio - 1)) if number.unit == PERCENT and ratio > 0 else -value
    return number.fits(-value) or number.fits(turned)


def _made(asked: Asked, way: str) -> Iterator[Figure]:
    """The figures that the number may state, the likeliest first."""
    passage, number, read = asked.passage, asked.number, asked.read
    of_money = read.facets.get("what", read.loose.get("what")) == "funding"
    unit = number.unit if number.unit in (MONEY, PLAIN) else MONEY if of_money else PLAIN
    facets = {name: value for name, value in read.facets.items() if name != "kind"}
    if number.unit == POINTS:
        # Percentage points need a rate or share in the words: 34 prosenttiyksikköä korkeampi.
        if read.facets.get("kind") not in _OF_PER_CENT:
            return
        unit, facets = PERCENT, dict(read.facets)
    if "what" not in facets and "what" in read.loose:
        facets["what"] = read.loose["what"]
    base = _in_unit(asked, unit, facets)
    if number.unit == RANK:
        yield from _ranks(base)
        return
    pair = _pair(passage, number)
    if pair is None:
        return
    against = _against(passage, number, pair)
    one, other = (base.of(key(m)) for m in pair)
    for first in one:
        for second in other:
            if _series(second) != _series(first) or _beyond(second, pair) != _beyond(first, pair):
                continue
            value = _value(number.unit, first.value, second.value, way, pair[0].facet == _PERIOD)
            if against is not None:
                have, than = (second, first) if against is pair[0] else (first, second)
                value = _directed(number.unit, have.value, than.value, way)
            if value is not None:
                yield replace(first, value=value, unit=number.unit, kind="compared",
                              group=(*first.group, *second.group))  # fmt: skip


def _is_than_plan(passage: Passage, number: Number) -> bool:
    """Whether a number compares the outcome with its plan: 29 vähemmän kuin suunniteltiin."""
    _, end = passage.sentence(number.start)
    end = min([end, *(at for at in passage.clauses if at > number.end)])
    behind = shelf().than_plan[passage.lang].search(passage.text, number.end, end)
    # Where two numbers could take the words, the nearer one does.
    return behind is not None and not passage.within(number.end, behind.end())


def _than_plan(asked: Asked, way: str) -> Iterator[Figure]:
    """How much more or less was realised than planned."""
    number, read = asked.number, asked.read
    what = read.facets.get("what", read.loose.get("what"))
    if what is None or what == "projects" or number.unit not in (MONEY, PLAIN, PERCENT):
        return
    unit = MONEY if what == "funding" else PLAIN
    facets = {n: v for n, v in read.facets.items() if n not in ("kind", "stage")} | {"what": what}
    if number.unit == MONEY and unit == PLAIN:
        return
    for group in read.groups:
        planned, came = (
            _in_unit(asked, unit, facets | {"stage": stage}).of(group)
            for stage in ("planned", "realised")
        )
        for have in came:
            for than in planned:
                same = (have.measure, have.part, have.group, have.agg, have.kind) == (
                    than.measure, than.part, than.group, than.agg, than.kind
                )  # fmt: skip
                value = _directed(number.unit, have.value, than.value, way)
                if same and value is not None:
                    yield replace(have, value=value, unit=number.unit, kind="compared")


def _in_unit(asked: Asked, unit: str, facets: Mapping[str, str]) -> Asked:
    """The same question in the unit of what is compared."""
    number = replace(asked.number, unit=unit, noun="", end_of="")
    return replace(asked, number=number, read=replace(asked.read, facets=facets))


def _value(unit: str, first: float, second: float, way: str, in_time: bool) -> float | None:
    """Two values compared where no word says which is the base."""
    if unit == TIMES:
        return _directed(unit, max(first, second), min(first, second), way)
    if unit != PERCENT:
        return abs(first - second)
    return _directed(unit, *((second, first) if in_time else (first, second)), way)


def _directed(unit: str, have: float, than: float, way: str) -> float | None:
    """How much one group differs from the other; negative where the words say the opposite."""
    if unit == TIMES:
        return have / than if than > 0 else None
    if unit == PERCENT:
        change = 100 * (have - than) / than if than else None
        if change is None:
            return None
        return {"more": change, "less": -change, "apart": abs(change)}[way]
    return {"more": have - than, "less": than - have, "apart": abs(have - than)}[way]


def _against(passage: Passage, number: Number, pair: Sequence[Mention]) -> Mention | None:
    """The group that is the base of the comparison: 3 hanketta enemmän kuin Lapissa."""
    start, end = passage.sentence(number.start)
    than, before, behind = (
        words[passage.lang]
        for words in (shelf().than, shelf().compared_before, shelf().compared_behind)
    )
    leading = [
        *than.finditer(passage.text, number.end, end),
        *before.finditer(passage.text, start, end),
    ]
    near = [
        (m.start - word.end(), m)
        for word in leading
        for m in pair
        if 0 <= m.start - word.end() <= _NEAR and m.start < end
    ]
    near += [
        (word.start() - m.end, m)
        for word in behind.finditer(passage.text, start, end)
        for m in pair
        if start <= m.start and 0 <= word.start() - m.end <= _CLOSE
    ]
    return min(near, key=lambda one: one[0])[1] if near else None


def _pair(passage: Passage, number: Number) -> tuple[Mention, Mention] | None:
    """The two groups compared in this sentence, or the one before; periods in order of time."""
    start, end = passage.sentence(number.start)
    for first, last in ((start, end), (0, start)):
        named = [m for m in passage.groups if first <= m.start < last]
        for facet in dict.fromkeys(m.facet for m in named):
            known = {m.value: m for m in named if m.facet == facet}
            if len(known) == 2:
                pair = list(known.values())
                if facet == _PERIOD:
                    pair.sort(key=lambda m: m.value)
                return pair[0], pair[1]
        if named and first == start:
            return None
    return None


def _ranks(asked: Asked) -> Iterator[Figure]:
    """Ranks of a group among all groups of its kind."""
    for figure in candidates(asked.figures, asked.read, asked.number, asked.measures):
        if len(figure.group) != 1 or figure.agg or figure.part:
            continue
        others = asked.figures.beside(figure)
        above = sum(other.value > figure.value for other in others)
        # Groups that tie may have any of the ranks they share.
        equal = sum(other.value == figure.value for other in others)
        for place in range(above + 1, above + max(equal, 1) + 1):
            yield replace(figure, value=float(place), unit=RANK, kind="compared")


def _beyond(figure: Figure, pair: Sequence[Mention]) -> dict[str, str]:
    """The other dimensions of a figure's group, such as the period of an axis."""
    compared = pair[0].facet.removeprefix(GROUP)
    return {name: value for name, value in figure.group if name != compared}


def _series(figure: Figure) -> tuple[str, ...]:
    return (figure.statistic, figure.column, figure.measure, figure.stage)
