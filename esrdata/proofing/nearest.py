"""Which of several words of a sentence belongs to a number."""

from collections.abc import Sequence

from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import Mention
from esrdata.proofing.number import Number

#: How words are taken for numbers of one sentence: those before, those behind, the nearest.
NEAR, BEFORE, AFTER = "near", "before", "after"
PATTERNS = (NEAR, BEFORE, AFTER)
#: And the first group for the first number, the second for the second.
ZIP = "zip"
#: What a clause's end between a word and a number counts for, in letters.
CLAUSE = 40


def taken(own: Sequence[Mention], number: Number, passage: Passage, by: str) -> Mention:
    """Which of several words of one facet belongs to a number."""
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
    """How far a word is; the end of a clause between is far, and a word before is nearer."""
    first, last = (
        (mention.end, number.start)
        if mention.start <= number.start
        else (number.end, mention.start)
    )
    ends = sum(first <= at < last for at in passage.clauses)
    behind = 12 if mention.start > number.start else 0
    # A count between a name and a sum is of the same: Kainuussa 12 hanketta sai 3 M€.
    others = len(passage.within(first, last, None if behind else number.unit))
    return last - first + CLAUSE * ends + CLAUSE * others + behind


def alike(passage: Passage, number: Number) -> list[Number]:
    """The numbers of a sentence in the unit of one of them."""
    return passage.within(*passage.sentence(number.start), number.unit)


def is_listed(passage: Passage, numbers: Sequence[Number]) -> bool:
    """Whether as many groups are named before the first of a sentence's numbers as there are."""
    start, end = passage.sentence(numbers[0].start)
    named = [m for m in passage.groups if start <= m.start < end]
    same = [m for m in named if m.facet == named[0].facet]
    return (
        len({n.unit for n in numbers}) == 1 and len({m.value for m in same}) == len(numbers) > 1
        and same[-1].end <= numbers[0].start
    )  # fmt: skip
