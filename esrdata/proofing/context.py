"""What the words around a number name: the facets of its figure, each from the nearest word."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from esrdata.proofing.counted import counted, counts_else, is_adjective
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import GROUP, Mention
from esrdata.proofing.numbers import MONEY, PERCENT, PLAIN, Number
from esrdata.proofing.shelf import shelf
from esrdata.proofing.spelt import WRITTEN

#: How words are taken for numbers of one sentence: those before, those behind, the nearest.
NEAR, BEFORE, AFTER = "near", "before", "after"
PATTERNS = (NEAR, BEFORE, AFTER)
#: And the first group for the first number, the second for the second.
ZIP = "zip"
#: What a clause's end between a word and a number counts for, in letters.
_CLAUSE = 40
#: Two numbers so near may share the noun behind the second.
_SOON = 20
#: Dimensions that do not stand for one group of projects each.
_WIDE = ("programme_period", "fund")
#: What a share is of stands behind these, in Swedish and English.
_OF_WHOLE = re.compile(
    r"(?:andel\w*|share|proportion|percentage)\s(?:av|of)\s(?:de|alla|the|all)?\s?$", re.IGNORECASE
)
_FACETS = ("stage", "what", "measure", "agg", "kind", "part")


@dataclass(frozen=True)
class Reading:
    """What words name of a number.

    Attributes
    ----------
    facets
        Facet -> its value, of words that surely belong to the number.
    loose
        The same of words farther away: a heading, a sentence before.
    groups
        Groups it may be of, the likeliest first; an empty one is all projects.
    sure
        Whether the first of the groups is named beside the number, or nothing else is.
    """

    facets: Mapping[str, str]
    loose: Mapping[str, str] = field(default_factory=dict)
    groups: Sequence[Mapping[str, str]] = ({},)
    sure: bool = True


def reading(
    passage: Passage,
    number: Number,
    above: Sequence[Passage] = (),
    group_by: str = NEAR,
    facet_by: str = NEAR,
) -> Reading:
    """Read the words around a number of a sentence.

    Parameters
    ----------
    passage
        The text that holds the number.
    number
        The number.
    above
        What stands above it: caption and heading, the nearest first.
    group_by, facet_by
        One of `PATTERNS`, for names of groups and for other words.
    """
    start, end = passage.sentence(number.start)
    inside = [m for m in passage.mentions if start <= m.start < end]
    facets: dict[str, str] = {}
    passed: dict[str, str] = {}
    for facet in _FACETS:
        own = [m for m in inside if m.facet == facet]
        if facet == "kind" and number.unit == MONEY:
            # Of sums only a difference is of another kind, where its word is near.
            own = [m for m in own if m.value == "gap" and _is_near(m, number, passage)]
        if facet == "what":
            # What is done in projects is not how many they are: hankkeissa syntyi 22 yritystä.
            own = [m for m in own if not _within(m, passage)] or own
        if facet in ("agg", "part") or (facet == "stage" and number.unit == MONEY):
            # What follows "of which" is of the next number.
            own = [m for m in own if not _parted(m, number, passage)]
        if facet == "stage":
            own = [m for m in own if not (_parted(m, number, passage)
                                          and _is_next(m, number, passage))]  # fmt: skip
        if own:
            taken = _taken(own, number, passage, facet_by)
            if facet in ("stage", "agg") and _of_another(taken, number, passage):
                passed[facet] = taken.value
                continue
            facets[facet] = taken.value
    _beside(number, passage, facets)
    before = [m for m in passage.mentions if m.end <= start]
    loose: dict[str, str] = {}
    for mention in before:
        loose[mention.facet] = mention.value
    loose |= passed
    for other in above:
        for mention in other.mentions:
            loose.setdefault(mention.facet, mention.value)
    if facets.get("kind") == "share" or (number.unit == PERCENT and "kind" not in facets):
        # The whole is what a share is of, and not whose share it is.
        inside = [m for m in inside if m.facet != "whole" and not _is_whole(m, passage)]
    groups = list(_groups(passage, number, inside, before, above, group_by))
    return Reading(facets, loose, groups, sure=len(groups) == 1)


def _beside(number: Number, passage: Passage, facets: dict[str, str]) -> None:
    """What the unit of a number and the word right behind it say."""
    beside = (
        counted(number.noun, passage.lang)
        or counted(_behind_status(number, passage), passage.lang)
        or counted(behind_adjective(number, passage), passage.lang)
        or _shared(number, passage)
    )
    if beside is not None and number.unit not in (MONEY,):
        facet, value = beside
        facets[facet] = value
        if facet == "what" and number.unit == PERCENT and "kind" not in facets:
            # Joka viides hanke, 12 % hankkeista.
            facets["kind"] = "share" if value != "funding" else facets.get("kind", "")
        if facet == "part" and "what" not in facets:
            facets["what"] = "participants"
    if number.unit == PLAIN and beside is None and counts_else(number.noun, passage.lang):
        facets["what"] = "other"
    if number.unit == MONEY and facets.get("what") not in ("funding", "cost_per"):
        facets["what"] = "funding"
    if (
        passage.text[max(0, number.start - 5) : number.start]
        .replace("\u00a0", " ")
        .rstrip(" ")
        .endswith("n =")
    ):
        facets.clear()
        facets["what"] = "projects"
    for facet in [name for name, value in facets.items() if not value]:
        del facets[facet]


def _behind_status(number: Number, passage: Passage) -> str:
    """The word behind "completed" or "ongoing" that stands behind a number; empty if none does."""
    pattern, _ = shelf().facets[passage.lang]["status_code"]
    words = re.match(r"\W*(\w+)\s+(\w+)", passage.text[number.end :])
    return words[2] if words is not None and pattern.match(words[1]) is not None else ""


def behind_adjective(number: Number, passage: Passage) -> str:
    """The word behind the one behind a number, where that is an adjective; empty if it is none."""
    words = re.match(r"[\s\u00a0]+([^\W\d_]+)[\s\u00a0]+([^\W\d_]+)", passage.text[number.end :])
    if words is None or not is_adjective(words[1], passage.lang):
        return ""
    return words[2]


def _is_near(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a word is near a number, or before it with no other of its unit between."""
    if _distance(mention, number, passage) < 2 * _CLAUSE:
        return True
    between = [
        n for n in passage.numbers
        if mention.end <= n.start < number.start and n.unit == number.unit and not n.why
    ]  # fmt: skip
    if mention.end > number.start or not between:
        return mention.end <= number.start
    # "In 2007–2013 2 M€ was unspent, in 2014–2020 3 M€": only another group is named since.
    since = [m for m in passage.mentions if between[-1].end <= m.start < number.start]
    return bool(since) and all(m.is_group for m in since)


def _within(mention: Mention, passage: Passage) -> bool:
    """Whether a Finnish word stands in a case of place: hankkeissa."""
    return (
        passage.lang == "fi" and re.match(r"\w*issa\b", passage.text[mention.start :]) is not None
    )


def _is_whole(mention: Mention, passage: Passage) -> bool:
    """Whether projects by their status are what a share is of: as a share of completed projects."""
    if mention.facet != "status_code":
        return False
    if passage.lang == "fi":
        return re.match(r"\w*ist[aä]\b", passage.text[mention.start :]) is not None
    return _OF_WHOLE.search(passage.text[: mention.start]) is not None


def _parted(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a word stands behind a number and the end of its clause."""
    return mention.start > number.start and any(
        number.end <= at < mention.start for at in passage.clauses
    )


def _is_next(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a number of the same unit follows a word."""
    _, end = passage.sentence(number.start)
    return any(mention.end <= n.start < end and n.unit == number.unit and not n.why
               for n in passage.numbers)  # fmt: skip


def _of_another(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a word has its number already: planned 94 participants and had 83."""
    between = [n for n in passage.numbers if mention.end <= n.start < number.start
               and n.unit == number.unit and not n.why]  # fmt: skip
    return bool(between) and not any(
        between[-1].end <= group.start < number.end for group in passage.groups
    )


def _shared(number: Number, passage: Passage) -> tuple[str, str] | None:
    """What the next number counts, where it comes soon: suunniteltiin 94 ja toteutui 83 naista."""
    if number.unit != PLAIN:
        return None
    _, end = passage.sentence(number.start)
    following = (n for n in passage.numbers if number.end <= n.start < end and not n.why)
    after = next(following, None)
    if after is None or after.unit != PLAIN or after.start - number.end > _SOON:
        return None
    return counted(after.noun, passage.lang)


def _taken(own: Sequence[Mention], number: Number, passage: Passage, by: str) -> Mention:
    """Which of several words of one facet belongs to a number."""
    before = [m for m in own if m.start <= number.start]
    after = [m for m in own if m.start > number.start]
    if by == ZIP:
        alike = _alike(passage, number)
        if len(alike) == len(own):
            return own[alike.index(number)]
    if by == BEFORE:
        return before[-1] if before else after[0]
    if by == AFTER:
        return after[0] if after else before[-1]
    return min(own, key=lambda m: _distance(m, number, passage))


def _distance(mention: Mention, number: Number, passage: Passage) -> float:
    """How far a word is; the end of a clause between is far, and a word before is nearer."""
    first, last = (
        (mention.end, number.start)
        if mention.start <= number.start
        else (number.end, mention.start)
    )
    ends = sum(first <= at < last for at in passage.clauses)
    others = sum(first <= n.start < last for n in passage.numbers if not n.why)
    behind = 12 if mention.start > number.start else 0
    return last - first + _CLAUSE * ends + _CLAUSE * others + behind


def _groups(
    passage: Passage,
    number: Number,
    inside: Sequence[Mention],
    before: Sequence[Mention],
    above: Sequence[Passage],
    by: str,
) -> Iterator[dict[str, str]]:
    """Groups that a number may be of, the likeliest first."""
    own = [m for m in inside if m.is_group or m.facet in ("status_code", "whole")]
    given = list(_alternatives(own, number, passage, by)) if own else []
    listed = _listed(passage, number, before) if by == ZIP and not own else None
    if listed is not None:
        yield listed
        return
    outer = _last(m for m in before if m.is_group)
    for other in above:
        for name, value in _last(m for m in other.mentions if m.is_group).items():
            outer.setdefault(name, value)
    wide = {name: value for name, value in outer.items() if name in _WIDE}
    if given:
        for group in given:
            if group:
                yield {**wide, **group}
            yield group
        return
    if outer:
        yield outer
    if wide and wide != outer:
        yield wide
    yield {}


def _listed(passage: Passage, number: Number, before: Sequence[Mention]) -> dict[str, str] | None:
    """The group of a number where the sentence before names as many as there are numbers."""
    last = [m for m in before if m.is_group]
    if not last:
        return None
    first, _ = passage.sentence(last[-1].start)
    named = [m for m in last if m.facet == last[-1].facet and m.start >= first]
    alike = _alike(passage, number)
    if len(named) < 2 or len(named) != len(alike):
        return None
    wide = _last(m for m in before if m.facet.removeprefix(GROUP) in _WIDE)
    return {**wide, **key(named[alike.index(number)])}


def _alike(passage: Passage, number: Number) -> list[Number]:
    """The numbers of a sentence in the unit of one of them."""
    start, end = passage.sentence(number.start)
    return [
        n for n in passage.numbers if start <= n.start < end and n.unit == number.unit and not n.why
    ]


def _alternatives(
    own: Sequence[Mention], number: Number, passage: Passage, by: str
) -> Iterator[dict[str, str]]:
    """The groups that a sentence names for a number: one of each dimension."""
    dimensions = dict.fromkeys(m.facet for m in own if m.is_group)
    status = [m for m in own if m.facet == "status_code"]
    whole = [m for m in own if m.facet == "whole"]
    # A year is one of projects only where they began in it; the caller knows.
    narrow = [m for m in own if m.is_group and m.facet.removeprefix(GROUP) not in _WIDE]
    chosen: dict[str, str] = {}
    if narrow:
        nearest = _taken(narrow, number, passage, by)
        same = [m for m in narrow if m.start == nearest.start]
        for mention in same:
            chosen |= key(mention)
        if len(same) > 1:
            # One name of an authority and of an applicant: either.
            for mention in reversed(same):
                yield from _with_wide(own, number, passage, by, key(mention), status)
            return
        # Another dimension beside it narrows it: hankkeet Lapissa toimintalinjalla 3.
        for facet in dimensions:
            name = facet.removeprefix(GROUP)
            others = [m for m in own if m.facet == facet]
            if facet != nearest.facet and name not in _WIDE and len(others) == 1:
                gap = _distance(others[0], number, passage)
                if gap < _distance(nearest, number, passage) + _CLAUSE:
                    yield from _with_wide(
                        own, number, passage, by, {**chosen, **key(others[0])}, status
                    )
    if whole and narrow:
        nearest_whole = _taken(whole, number, passage, by)
        if _distance(nearest_whole, number, passage) < _distance(
            _taken(narrow, number, passage, by), number, passage
        ):
            yield from _with_wide(own, number, passage, by, {}, status)
            return
    yield from _with_wide(own, number, passage, by, chosen, status)
    last = _taken(narrow, number, passage, by) if narrow else None
    behind = last is not None and last.start > number.start
    if last is not None and behind and _distance(last, number, passage) > 2 * _CLAUSE:
        # A name that far behind may belong to another number.
        yield from _with_wide(own, number, passage, by, {}, status)
    wide = [m for m in own if m.facet.removeprefix(GROUP) in _WIDE]
    if wide and all(m.start > number.start and _distance(m, number, passage) > 2 * _CLAUSE
                    for m in wide):  # fmt: skip
        yield chosen


def _with_wide(
    own: Sequence[Mention], number: Number, passage: Passage, by: str,
    group: dict[str, str], status: Sequence[Mention],
) -> Iterator[dict[str, str]]:  # fmt: skip
    for name in _WIDE:
        found = [m for m in own if m.facet == GROUP + name]
        if found and name not in group:
            group = {**group, **key(_taken(found, number, passage, by))}
    if status:
        yield {**group, "status_code": _taken(status, number, passage, by).value}
    yield group


def _last(mentions: Iterable[Mention]) -> dict[str, str]:
    """The last group that is named, and the period and fund."""
    found: dict[str, str] = {}
    last: Mention | None = None
    for mention in mentions:
        if mention.facet.removeprefix(GROUP) in _WIDE:
            found |= key(mention)
        else:
            last = mention
    return {**found, **key(last)} if last is not None else found


def key(mention: Mention) -> dict[str, str]:
    """A group by its dimensions; the label of an axis tells its period, too."""
    name = mention.facet.removeprefix(GROUP)
    if "|" in mention.value and name in ("priority_axis", "specific_objective"):
        period, _, code = mention.value.partition("|")
        return {"programme_period": period, name: code}
    if mention.written:
        return {name: mention.value, name + WRITTEN: mention.written}
    return {name: mention.value}
