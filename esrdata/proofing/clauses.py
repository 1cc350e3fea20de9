"""Uses clauses to decide whether a word of a sentence belongs to a number or to another one."""

from collections.abc import Sequence
from itertools import pairwise

from esrdata.proofing.counted import counted
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import Mention
from esrdata.proofing.nearest import CLAUSE, distance
from esrdata.proofing.number import MONEY, PERCENT, PLAIN, Number
from esrdata.proofing.shelf import shelf


def is_near(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a word is near a number, or before it with no other number of that unit between."""
    if distance(mention, number, passage) < 2 * CLAUSE:
        return True
    between = passage.within(mention.end, number.start, number.unit)
    if mention.end > number.start or not between:
        return mention.end <= number.start
    # "In 2007–2013 2 M€ was unspent, in 2014–2020 3 M€": only the group changes after 2 M€.
    since = [m for m in passage.mentions if between[-1].end <= m.start < number.start]
    return bool(since) and all(m.is_group for m in since)


def is_inside(mention: Mention, passage: Passage) -> bool:
    """Whether a word says where something happens: hankkeissa, i projekten, within the projects."""
    return shelf().inside[passage.lang].fits(passage.text, mention.start)


def is_whole(mention: Mention, passage: Passage) -> bool:
    """Whether a word names the whole of a share: as a share of completed projects."""
    if mention.facet not in ("status_code", "whole"):
        return False
    role = shelf().of_whole[passage.lang]
    words = passage.text[mention.start : mention.end].rstrip().rfind(" ") + 1
    return role.fits(passage.text, mention.start + words) or role.fits(passage.text, mention.start)


def is_whole_of_share(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a word is the whole of a share after the number: 431, 96 % of those planned."""
    if number.unit == PERCENT or mention.start < number.end:
        return False
    shares = passage.within(number.end, mention.start, PERCENT)
    between = passage.text[shares[-1].end : mention.start] if shares else "?"
    role = shelf().of_whole[passage.lang]
    inflected = role.word is not None and role.fits(passage.text, mention.start)
    return (inflected and not between.strip()) or shelf().out_of.fullmatch(between) is not None


def is_parted(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a clause ends between a number and a word behind it."""
    return mention.start > number.start and any(
        number.end <= at < mention.start for at in passage.clauses
    )


def is_of_sum(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a word belongs to a number of another unit in an earlier clause."""
    if number.unit not in (PERCENT, PLAIN) or shelf().is_length(number.noun):
        return False
    between = passage.within(mention.end, number.start)
    return any(n.unit != number.unit for n in between[-1:]) and any(
        between[-1].end <= at < number.start for at in passage.clauses
    )


def of_plan(number: Number, passage: Passage, inside: Sequence[Mention]) -> str | None:
    """The kind of a share of the plan: used (ratio), unspent (gap) or of the whole (share)."""
    end = next((at for at in passage.clauses if at >= number.end), len(passage.text))
    named = {(m.facet, m.value) for m in inside}
    of_plan = ("kind", "ratio") in named or any(
        m.names("stage", "planned") and number.end <= m.start < end
        and shelf().out_of.match(passage.text, number.end) is not None
        for m in inside
    )  # fmt: skip
    if not of_plan:
        return None
    if any(m.names("kind", "gap") and number.end <= m.start < end
           and not passage.within(number.end, m.start) for m in inside):  # fmt: skip
        # 40 per cent of the planned funding was not spent.
        return "gap"
    before = [m for m in inside if m.end <= number.start]
    gap = next((m for m in reversed(before) if m.names("kind", "gap")), None)
    used = [m for m in inside if m.names("stage", "realised")]
    if gap is not None and not any(m.start > gap.start for m in used):
        return "gap"
    if used:
        return "ratio"
    # "They received 9 per cent of planned funding" is not a share of their own plan.
    return "share" if named & {("kind", "share"), ("kind", "ratio")} else None


def of_sum_before(number: Number, passage: Passage, inside: Sequence[Mention]) -> str | None:
    """The kind of a sum that a share repeats: jäi yli 719 t€ eli 6,2 % suunnitellusta."""
    start, _ = passage.sentence(number.start)
    before = passage.within(start, number.start)
    if not before or before[-1].unit != MONEY or shelf().that_is.fullmatch(
        passage.text[before[-1].end : number.start]
    ) is None:  # fmt: skip
        return None
    gaps = [m for m in inside if m.names("kind", "gap")]
    return "gap" if any(is_near(m, before[-1], passage) for m in gaps) else None


def of_pair(
    own: Sequence[Mention], facet: str, number: Number, passage: Passage
) -> Sequence[Mention]:
    """The words that may belong to one of a pair: 54 jobs (plan 28), 983 against 2,547 planned."""
    start, end = passage.sentence(number.start)
    opened = passage.text.rfind("(", start, number.start)
    inner = opened >= 0 and ")" not in passage.text[opened : number.start]
    before = passage.within(start, opened) if inner else []
    if facet == "what" and before and before[-1].unit == PLAIN:
        # A number in brackets counts the same as the one before, unless a word inside names it.
        closed = passage.text.find(")", number.end)
        return [m for m in own if m.start < closed] or own
    after = passage.within(number.end, end, PLAIN)[:1]
    if facet == "stage" and after:
        # A word right behind the next number belongs to that one.
        of_next = [
            m for m in own
            if m.start >= after[0].end and len(passage.text[after[0].end : m.start].split()) <= 1
        ]  # fmt: skip
        parted = any(number.end <= at < after[0].start for at in passage.clauses)
        return [m for m in own if not parted or m not in of_next]
    return own


def is_whole_sum(number: Number, passage: Passage) -> bool:
    """Whether a sum is a whole whose part follows: av 4 mn euro användes 3 mn euro."""
    start, end = passage.sentence(number.start)
    return (
        number.unit == MONEY
        and shelf().from_whole.search(passage.text[start : number.start]) is not None
        and any(n.unit in (MONEY, PERCENT) for n in passage.within(number.end, end))
    )  # fmt: skip


def is_of_rest(
    mention: Mention, number: Number, passage: Passage, inside: Sequence[Mention]
) -> bool:
    """Whether "unspent" belongs to a sum after the share used: käytettiin 94 %, ja 9 € jäi."""
    if mention.value != "gap" or not is_parted(mention, number, passage):
        return False
    own = [m for m in inside if m.names("stage", "realised")
           and not is_parted(m, number, passage)]  # fmt: skip
    # The sum may also follow the word: käytettiin 94 %, mutta käyttämättä jäi 9 €.
    end = next((at for at in passage.clauses if at >= mention.end), len(passage.text))
    _, last = passage.sentence(number.start)
    return bool(own) and bool(passage.within(number.end, min(end, last)))


def is_of_shares(number: Number, passage: Passage, inside: Sequence[Mention]) -> bool:
    """Whether shares of the whole are listed: the share of Lapland is 16 % of planned funding."""
    before = [m.end for m in inside
              if m.names("kind", "share") and m.end <= number.start]  # fmt: skip
    return bool(before) and not any(
        m.names("stage", "realised") and before[-1] <= m.start < number.start for m in inside
    )


def other_stage(number: Number, passage: Passage, inside: Sequence[Mention]) -> str | None:
    """The stage of a number that stands beside the other stage: 22 yritystä, suunniteltu 19."""
    _, end = passage.sentence(number.start)
    after = next(iter(passage.within(number.end, end, number.unit)), None)
    if after is None:
        return None
    between = [m for m in inside if number.end <= m.start < after.start]
    stages = {m.value for m in between if m.facet == "stage"}
    if len(stages) != 1 or any(m.is_group or m.facet in ("part", "what", "agg") for m in between):
        return None
    return "realised" if stages == {"planned"} else "planned"


def came_of(mention: Mention, number: Number, passage: Passage, inside: Sequence[Mention]) -> bool:
    """Whether a count is the outcome of the plan just before it: expected 100 people and got 89."""
    between = passage.within(mention.end, number.start, number.unit)
    if mention.value != "planned" or number.unit != PLAIN or len(between) != 1:
        return False
    gap = passage.text[between[0].end : number.start]
    other = counted(number.noun, passage.lang)
    return (
        shelf().goes_on[passage.lang].search(gap) is not None
        and other in (None, counted(between[0].noun, passage.lang))
        and not any(m.is_group or m.facet in ("part", "agg", "kind") for m in inside
                    if between[0].end <= m.start < number.start)
    )  # fmt: skip


def of_another(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a word already has its number: planned 94 participants and had 83."""
    between = passage.within(mention.end, number.start, number.unit)
    if between and all(
        shelf().listed.fullmatch(passage.text[one.end : other.start])
        for one, other in pairwise([*between, number])
    ):
        # In a list the word stands before the first number: used 3, 4 and 5 M€.
        return False
    return bool(between) and not any(
        between[-1].end <= group.start < number.end for group in passage.groups
    )
