"""What the words around a number name: the facets of its figure, each from the nearest word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from esrdata.proofing.counted import counted, counts_else, is_adjective
from esrdata.proofing.grouping import groups_of
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import Mention
from esrdata.proofing.nearest import CLAUSE, NEAR, distance, taken
from esrdata.proofing.number import MONEY, PERCENT, PLAIN, Number
from esrdata.proofing.shelf import shelf

#: Two numbers so near may share the noun behind the second.
_SOON = 20
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
    # The whole that a share is of is no group of counts: 12 hanketta eli 5 % koko aineistosta.
    inside = [m for m in inside if m.facet != "whole" or not _is_whole(m, passage)]
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
        if facet == "part" or (facet == "stage" and number.unit == MONEY):
            # What follows "of which" is of the next number.
            own = [m for m in own if not _parted(m, number, passage)]
        if facet == "kind" and number.unit == PERCENT:
            # Suunnitellusta kulutettiin 94 % ja 6 % jäi käyttämättä.
            own = [m for m in own if not (_parted(m, number, passage)
                                          and _is_passed(m, number, passage))]  # fmt: skip
        if facet in ("stage", "agg"):
            own = [m for m in own if not (_parted(m, number, passage)
                                          and _is_next(m, number, passage))]  # fmt: skip
        if facet == "agg":
            own = [m for m in own if not _parted_from(m, number, passage)]
        if facet == "stage" and not own:
            implied = _other_stage(number, passage, inside)
            if implied is not None:
                facets[facet] = implied
        if facet == "what" and number.unit == MONEY:
            # What a participant costs is funding, too.
            own = [m for m in own if m.value == "cost_per"] or own
        if own:
            word = taken(own, number, passage, facet_by)
            if facet in ("stage", "agg") and _of_another(word, number, passage):
                passed[facet] = word.value
                continue
            facets[facet] = word.value
    if number.unit == PERCENT and facets.get("part", "").startswith(("below", "above")):
        # Of the projects that used less it is the share, whatever is said of what they used.
        facets["kind"] = "share"
    if facets.get("kind") == "ratio" and number.unit == PERCENT:
        facets["kind"] = "gap" if _unused(number, passage, inside) else "ratio"
    _beside(number, passage, facets)
    if facets.get("agg") and facets.get("part") == "million":
        del facets["agg"]
    before = [m for m in passage.mentions if m.end <= start]
    loose: dict[str, str] = {}
    for mention in before:
        if mention.facet == "what" and _within(mention, passage):
            continue
        loose[mention.facet] = mention.value
    loose |= passed
    for other in above:
        for mention in other.mentions:
            loose.setdefault(mention.facet, mention.value)
    if facets.get("kind") == "as_before":
        del facets["kind"]
        facets |= {name: loose[name] for name in ("kind", "stage", "what", "part", "agg")
                   if name in loose and (name == "kind" or name not in facets)}  # fmt: skip
    if facets.get("kind") == "share" or (number.unit == PERCENT and "kind" not in facets):
        # The whole is what a share is of, and not whose share it is.
        inside = [m for m in inside if m.facet != "whole" and not _is_whole(m, passage)]
    groups = list(groups_of(passage, number, inside, before, above, group_by))
    return Reading(facets, loose, groups, sure=len(groups) == 1)


def _beside(number: Number, passage: Passage, facets: dict[str, str]) -> None:
    """What the unit of a number and the word right behind it say."""
    beside = (
        counted(_behind(number, passage), passage.lang)
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


def _behind(number: Number, passage: Passage) -> str:
    """The words right behind a number, of which the first ones may name what it counts."""
    if not number.noun:
        return ""
    at = passage.text.find(number.noun, number.end)
    shared = at < 0 or at - number.end > len(number.noun) + 2
    return number.noun if shared else " ".join(passage.text[at : at + 60].split()[:3])


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
    if distance(mention, number, passage) < 2 * CLAUSE:
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
    """Whether a word tells where: hankkeissa, i projekten, within the projects."""
    return shelf().inside[passage.lang].fits(passage.text, mention.start)


def _is_whole(mention: Mention, passage: Passage) -> bool:
    """Whether projects by their status are what a share is of: as a share of completed projects."""
    if mention.facet not in ("status_code", "whole"):
        return False
    role = shelf().of_whole[passage.lang]
    words = passage.text[mention.start : mention.end].rstrip().rfind(" ") + 1
    return role.fits(passage.text, mention.start + words) or role.fits(passage.text, mention.start)


def _parted(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a word stands behind a number and the end of its clause."""
    return mention.start > number.start and any(
        number.end <= at < mention.start for at in passage.clauses
    )


def _parted_from(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a word is of a sum in a clause before, and the number is a rate or a count."""
    if number.unit not in (PERCENT, PLAIN) or shelf().is_length(number.noun):
        return False
    between = [n for n in passage.numbers if mention.end <= n.start < number.start and not n.why]
    return any(n.unit != number.unit for n in between[-1:]) and any(
        between[-1].end <= at < number.start for at in passage.clauses
    )


def _unused(number: Number, passage: Passage, inside: Sequence[Mention]) -> bool:
    """Whether a share of the plan is that of what was left of it: 2 M€ unspent, 7 % of the plan."""
    before = [m for m in inside if m.end <= number.start]
    gap = next((m for m in reversed(before) if (m.facet, m.value) == ("kind", "gap")), None)
    return gap is not None and not any(
        m.start > gap.start for m in inside if m.facet == "stage" and m.value == "realised"
    )


def _is_passed(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a number of the same unit stands between a number and a word behind it."""
    return any(
        number.end <= n.start < mention.start and n.unit == number.unit and not n.why
        for n in passage.numbers
    )


def _other_stage(number: Number, passage: Passage, inside: Sequence[Mention]) -> str | None:
    """The stage of a number beside the other stage of the same: 22 yritystä, suunniteltu 19."""
    _, end = passage.sentence(number.start)
    following = [n for n in passage.numbers if number.end <= n.start < end and not n.why]
    after = next((n for n in following if n.unit == number.unit), None)
    if after is None:
        return None
    between = [m for m in inside if number.end <= m.start < after.start]
    stages = {m.value for m in between if m.facet == "stage"}
    if len(stages) != 1 or any(m.is_group or m.facet in ("part", "what", "agg") for m in between):
        return None
    return "realised" if stages == {"planned"} else "planned"


def _is_next(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a number of the same unit follows a word."""
    _, end = passage.sentence(number.start)
    return any(mention.end <= n.start < end and n.unit == number.unit and not n.why
               for n in passage.numbers)  # fmt: skip


def _of_another(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a word has its number already: planned 94 participants and had 83."""
    between = [n for n in passage.numbers if mention.end <= n.start < number.start
               and n.unit == number.unit and not n.why]  # fmt: skip
    if between and all(
        shelf().listed.fullmatch(passage.text[one.end : other.start])
        for one, other in pairwise([*between, number])
    ):
        # A list has its word before the first of it: used 3, 4 and 5 M€.
        return False
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
    if after is None or after.unit != PLAIN:
        return None
    # "114 ja kaudella 2014–2020 86 hanketta": names of groups between do not count.
    named = {(m.start, m.end) for m in passage.groups if number.end <= m.start < after.start}
    if after.start - number.end - sum(b - a for a, b in named) > _SOON:
        return None
    return counted(after.noun, passage.lang)
