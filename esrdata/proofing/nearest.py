"""Decides which of several words of a sentence belongs to a number."""

from collections.abc import Sequence

from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import Mention
from esrdata.proofing.number import Number

#: Ways to pair words with the numbers of a sentence: words before, behind, or nearest.
NEAR, BEFORE, AFTER = "near", "before", "after"
PATTERNS = (NEAR, BEFORE, AFTER)
#: Or the first group with the first number, the second with the second.
ZIP = "zip"
#: The end of a clause between word and number counts as so many letters.
CLAUSE = 40


def taken(own: Sequence[Mention], number: Number, passage: Passage, by: str) -> Mention:
    """The word of a facet that belongs to a number."""
    before = [m for m in own if m.start <= number.start]
    after = [m for m in own if m.start > number.start]
    if by == ZIP:
        others = alike(passage, number)
        each = list({m.value: m for m in own}.values())
        if len(others) == len(each):
            return each[others.index(number)]
    if by == BEFORE:
        return before[-1] if before else after[0]
    if by == AFTER:
        return after[0] if after else before[-1]
    return min(own, key=lambda m: distance(m, number, passage))


def distance(mention: Mention, number: Number, passage: Passage) -> float:
    """How far a word is; clause ends and other numbers add to it, and words before are nearer."""
    first, last = (
        (mention.end, number.start)
        if mention.start <= number.start
        else (number.end, mention.start)
    )
    ends = sum(first <= at < last for at in passage.clauses)
    behind = 12 if mention.start > number.start else 0
    # A count between a name and a sum does not part them: Kainuussa 12 hanketta sai 3 M€.
    others = len(passage.within(first, last, None if behind else number.unit))
    return last - first + CLAUSE * ends + CLAUSE * others + behind


def alike(passage: Passage, number: Number) -> list[Number]:
    """The numbers of the same sentence and unit."""
    return passage.within(*passage.sentence(number.start), number.unit)


def is_listed(passage: Passage, numbers: Sequence[Number]) -> bool:
    """Whether all groups are named before the first number, one for each number."""
    start, end = passage.sentence(numbers[0].start)
    named = [m for m in passage.groups if start <= m.start < end]
    same = [m for m in named if m.facet == named[0].facet]
    return (
        len({n.unit for n in numbers}) == 1 and len({m.value for m in same}) == len(numbers) > 1
        and same[-1].end <= numbers[0].start
    )  # fmt: skip
