"""Finds what the words around a number name: each facet of its figure from the nearest word."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from esrdata.proofing.clauses import (
    came_of,
    is_inside,
    is_whole,
    of_another,
    of_plan,
    of_sum_before,
)
from esrdata.proofing.counted import counted, counts_else, is_adjective
from esrdata.proofing.grouping import groups_of, key
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import GROUP, Mention
from esrdata.proofing.nearest import NEAR, alike, taken
from esrdata.proofing.number import MONEY, PERCENT, PLAIN, Number
from esrdata.proofing.own_words import FACETS, MONEYS, implied_stage, own_words
from esrdata.proofing.shelf import shelf

#: Within this distance (letters) two numbers may share the noun behind the second.
_SOON = 20
#: Units that are counted and that sums and means are taken over.
_UNITS = ("projects", "applicants")
#: The facets that "as before" takes from an earlier sentence.
_AS_BEFORE = ("kind", "stage", "what", "part", "agg")


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
    above
        What of the first group no word of the sentence names: it is of a heading, or of before.
    """

    facets: Mapping[str, str]
    loose: Mapping[str, str] = field(default_factory=dict)
    groups: Sequence[Mapping[str, str]] = ({},)
    sure: bool = True
    above: Mapping[str, str] = field(default_factory=dict)


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
    # The whole of a share is not the group of a count: 12 hanketta eli 5 % koko aineistosta.
    inside = [m for m in inside if m.facet != "whole" or not is_whole(m, passage)]
    facets, passed = _named(passage, number, inside, facet_by)
    if number.unit == PERCENT:
        _of_percent(facets, passage, number, inside)
    if number.end_of in ("q1", "q3"):
        # The ends of "the middle half" are quartiles of anything.
        facets["agg"] = number.end_of
    _beside(number, passage, facets)
    if facets.get("agg") and facets.get("part") == "million":
        del facets["agg"]
    before = [m for m in passage.mentions if m.end <= start]
    loose = _loose(passage, number, before, above, passed)
    if number.unit == PLAIN and facets.get("what") in _UNITS:
        _as_units(facets, inside, number)
    if facets.get("kind") == "as_before":
        del facets["kind"]
        known = [name for name in _AS_BEFORE if name in loose]
        facets |= {name: loose[name] for name in known if name == "kind" or name not in facets}
    if facets.get("kind") == "share" or (number.unit == PERCENT and "kind" not in facets):
        # The whole is the base of a share, not whose share it is.
        inside = [m for m in inside if m.facet != "whole" and not is_whole(m, passage)]
    groups = list(groups_of(passage, number, inside, before, above, group_by))
    named = {name for m in inside if m.is_group for name in key(m)} | {"status_code"}
    named |= _listed(passage, before)
    outer = {name: one for group in groups[:1] for name, one in group.items() if name not in named}
    return Reading(facets, loose, groups, len(groups) == 1, outer)


def _listed(passage: Passage, before: Sequence[Mention]) -> set[str]:
    """Dimensions of which an earlier sentence names several groups, so no single one is meant."""
    named = [m for m in before if m.is_group]
    last = {m.facet: passage.sentence(m.start)[0] for m in named}
    pairs = {(m.facet, m.value) for m in named if m.start >= last[m.facet]}
    kinds = Counter(facet.removeprefix(GROUP) for facet, _ in pairs)
    return {name for name, many in kinds.items() if many > 1}


def _named(
    passage: Passage, number: Number, inside: Sequence[Mention], facet_by: str
) -> tuple[dict[str, str], dict[str, str]]:
    """The facets of a number, and the facets that another number of the sentence has taken."""
    facets: dict[str, str] = {}
    passed: dict[str, str] = {}
    for facet in FACETS:
        own = own_words(facet, passage, number, inside)
        if facet == "stage":
            implied = implied_stage(passage, number, inside, own)
            facets |= {facet: implied} if implied is not None else {}
        if not own:
            continue
        word = taken(own, number, passage, facet_by)
        if facet in ("stage", "agg") and of_another(word, number, passage):
            passed[facet] = word.value
            if facet == "stage" and came_of(word, number, passage, inside):
                facets[facet] = "realised"
            continue
        facets[facet] = word.value
    return facets, passed


def _of_percent(
    facets: dict[str, str], passage: Passage, number: Number, inside: Sequence[Mention]
) -> None:
    """Decides the kind of a percentage by the other words."""
    if facets.get("part", "").startswith(("below", "above")):
        # A share of the projects below or above a limit, even where the words are about use.
        facets["kind"] = "share"
    if facets.get("kind") in (None, "ratio"):
        kind = of_sum_before(number, passage, inside) or of_plan(number, passage, inside)
        facets |= {"kind": kind} if kind is not None else {}


def _loose(
    passage: Passage,
    number: Number,
    before: Sequence[Mention],
    above: Sequence[Passage],
    passed: Mapping[str, str],
) -> dict[str, str]:
    """The facets named farther away: earlier sentences, words of other numbers, headings."""
    loose: dict[str, str] = {}
    for mention in before:
        if mention.facet == "what" and (
            is_inside(mention, passage) or (number.unit == PLAIN and mention.value in MONEYS)
        ):
            continue
        loose[mention.facet] = mention.value
    loose |= passed
    for other in above:
        for mention in other.mentions:
            loose.setdefault(mention.facet, mention.value)
    return loose


def is_n(number: Number, passage: Passage) -> bool:
    """Whether a number is a count of cases: n = 12."""
    return passage.text[: number.start].replace("\u00a0", " ").rstrip().endswith("n =")


def _is_of_share(number: Number, passage: Passage) -> bool:
    """Whether an n belongs to the share right before it: 12,5 % (n = 3)."""
    before = passage.within(0, number.start)
    return (
        bool(before)
        and before[-1].unit == PERCENT
        and passage.text[before[-1].end : number.start].replace(" ", "").replace("\u00a0", "")
        == "(n="
    )


def _as_units(facets: dict[str, str], inside: Sequence[Mention], number: Number) -> None:
    """Drops an aggregate named behind a count of projects: it is of their money."""
    if facets.get("kind") == "as_before":
        del facets["kind"]
    if all(m.start > number.start for m in inside if m.facet == "agg"):
        facets.pop("agg", None)


def _beside(number: Number, passage: Passage, facets: dict[str, str]) -> None:
    """Adds the facets of the unit and of the words right behind a number."""
    beside = (
        counted(_behind(number, passage), passage.lang)
        or counted(_behind_status(number, passage), passage.lang)
        or counted(behind_adjective(number, passage), passage.lang)
        or _shared(number, passage)
        or _in_order(number, passage)
    )
    if beside is not None and number.unit != MONEY:
        facet, value = beside
        facets[facet] = value
        if facet == "what" and number.unit == PERCENT and value != "funding":
            # Joka viides hanke, 12 % hankkeista.
            facets.setdefault("kind", "share")
        if facet == "part" and "what" not in facets:
            facets["what"] = "participants"
    if number.unit == PLAIN and beside is None and counts_else(number.noun, passage.lang):
        facets["what"] = "other"
    if "what" not in facets and shelf().pieces.fullmatch(number.noun) is not None:
        facets["what"] = "projects"
    if number.unit == MONEY and facets.get("what") not in ("funding", "cost_per"):
        facets["what"] = "funding"
    if is_n(number, passage):
        part = facets.get("part") if _is_of_share(number, passage) else None
        facets.clear()
        facets |= {"what": "projects"} | ({"part": part} if part else {})


def _behind(number: Number, passage: Passage) -> str:
    """The first words behind a number, which may name what it counts."""
    if not number.noun:
        return ""
    at = passage.text.find(number.noun, number.end)
    shared = at < 0 or at - number.end > len(number.noun) + 2
    return number.noun if shared else " ".join(passage.text[at : at + 60].split()[:3])


def _behind_status(number: Number, passage: Passage) -> str:
    """The word after "completed" or "planned" behind a number; empty if there is none."""
    known = shelf().facets[passage.lang]
    words = re.match(r"[\s(]*(\w+)\s+(\w+)", passage.text[number.end :])
    facets = ("status_code", "stage")
    found = words is not None and any(known[name][0].match(words[1]) for name in facets)
    return words[2] if words is not None and found else ""


def behind_adjective(number: Number, passage: Passage) -> str:
    """The word after an adjective behind a number; empty if there is none."""
    words = re.match(r"[\s\u00a0]+([^\W\d_]+)[\s\u00a0]+([^\W\d_]+)", passage.text[number.end :])
    if words is None or not is_adjective(words[1], passage.lang):
        return ""
    return words[2]


def _shared(number: Number, passage: Passage) -> tuple[str, str] | None:
    """What the next number counts, if it is close: suunniteltiin 94 ja toteutui 83 naista."""
    if number.unit != PLAIN:
        return None
    _, end = passage.sentence(number.start)
    after = next(iter(passage.within(number.end, end)), None)
    if after is None or after.unit != PLAIN:
        return None
    # Names of groups between do not count: "114 ja kaudella 2014–2020 86 hanketta".
    named = {(m.start, m.end) for m in passage.groups if number.end <= m.start < after.start}
    if after.start - number.end - sum(b - a for a, b in named) > _SOON:
        return None
    return counted(after.noun, passage.lang)


def _in_order(number: Number, passage: Passage) -> tuple[str, str] | None:
    """What the same position in the sentence before counts: 5 jobs, 3 firms; goals 6, 4."""
    start, _ = passage.sentence(number.start)
    earlier = [first for first, _ in passage.sentences if first < start]
    own = alike(passage, number)
    listed = shelf().listed.fullmatch
    if not earlier or len(own) < 2 or not all(
        listed(passage.text[a.end : b.start]) for a, b in pairwise(own)
    ):  # fmt: skip
        return None
    before = alike(passage, replace(number, start=earlier[-1]))
    if len(before) != len(own):
        return None
    like = before[own.index(number)]
    lang = passage.lang
    return counted(_behind(like, passage), lang) or counted(behind_adjective(like, passage), lang)
