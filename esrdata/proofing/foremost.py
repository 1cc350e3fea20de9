"""Checks claims that a group has most, least, or more than half of all.

The number may be right and the claim wrong: "Eniten hankkeita oli Lapissa, 2" where another region
has three. That is contradicted if nothing in the sentence could mean other groups or other
projects, and ambiguous if something could.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from esrdata.proofing.figure import Figure
from esrdata.proofing.grouping import key
from esrdata.proofing.matching import SILENT
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import Mention
from esrdata.proofing.number import RANK, Number
from esrdata.proofing.shelf import shelf

_KINDS = ("count", "sum", "ratio")
MOST, LEAST, HALF = "most", "least", "half"
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Denied:
    """Why a claim does not hold: the reason, the group that has most, and whether it is sure."""

    reason: str
    other: Figure | None
    sure: bool


def denied(
    number: Number, passage: Passage, figure: Figure,
    beside: Callable[[Figure], Sequence[Figure]], whole: Callable[[], Figure | None],
) -> Denied | None:  # fmt: skip
    """Why the claim is wrong; None where it is right or there is no claim."""
    if not figure.group or figure.agg or figure.kind not in _KINDS:
        return None
    start, end, alone = _reach(number, passage)
    found = [
        (match, way)
        for way, words in shelf().foremost.items()
        for match in words[passage.lang].finditer(passage.text, start, end)
        if not _is_ranked(match, passage)
    ]
    named = {m.value: key(m) for m in passage.groups if start <= m.start < end}
    if len(found) != 1 or len(named) != 1:
        return None
    (group,) = named.values()
    if not group.items() & dict(figure.group).items():
        return None
    word, way = found[0]
    facet, value = _named(figure)
    of = _of(word, number, passage, end, facet)
    if of is None or of.value != value:
        return None
    every = beside(figure)
    others = [other for other in every if _apart_in_one(other, figure)]
    sign = -1 if way == LEAST else 1
    above = [other for other in others if sign * other.value > sign * figure.value]
    first = max(above, key=lambda other: sign * other.value, default=None)
    if first is not None and len(above) < _listed(number, passage):
        # One of several with most: the largest sums are those of A, B and C.
        return None
    if first is not None:
        # Where several dimensions vary, other groups could be meant.
        several = [
            values for values in zip(*(o.group for o in every), strict=True) if len({*values}) > 1
        ]
        sure = alone and len(several) == 1 and _is_plain(word, number, passage, start, end)
        return Denied("not_least" if way == LEAST else "not_most", first, sure)
    start, end = passage.sentence(number.start)
    ranked = shelf().ranked_behind[passage.lang].search(passage.text, number.end, end)
    if (
        way == HALF
        and ranked is None
        and (total := whole()) is not None
        and 2 * figure.value <= total.value
    ):
        return Denied("not_half", None, sure=False)
    return None


def _named(figure: Figure) -> tuple[str, str]:
    """The facet and value of the word for what a group has most of."""
    if figure.kind == "ratio":
        return "kind", "rate"
    if figure.part and not figure.part.startswith(SILENT):
        return "part", figure.part
    return "what", figure.what


def _reach(number: Number, passage: Passage) -> tuple[int, int, bool]:
    """Where the words of a number begin and end, and whether it is alone in its sentence."""
    start, end = passage.sentence(number.start)
    others = [n for n in passage.within(start, end) if n != number]
    if not others:
        return start, end, True
    first = max((n.end for n in others if n.end <= number.start), default=start)
    behind = [at for at in passage.clauses if number.end < at < end]
    last = min([*behind, *(n.start for n in others if n.start >= number.end)], default=end)
    return first, last, False


def _is_ranked(word: re.Match[str], passage: Passage) -> bool:
    """Whether a rank stands before the word: toiseksi eniten."""
    return any(n.unit == RANK and 0 <= word.start() - n.end <= 1 for n in passage.numbers)


def _listed(number: Number, passage: Passage) -> int:
    """How many groups are in the list that a number begins: A (3), B (2) and C (2)."""
    _, end = passage.sentence(number.start)
    many, at = 1, number.end
    for other in passage.numbers:
        if other.why or not at <= other.start < end or other.unit != number.unit:
            continue
        if not _is_covered(passage, at, other.start, number, shelf().list_words[passage.lang]):
            break
        many, at = many + 1, other.end
    return many


def _of(
    word: re.Match[str], number: Number, passage: Passage, end: int, facet: str
) -> Mention | None:
    """The word for what a group has most of: behind the claim, else before it."""
    what = [m for m in passage.facets if m.facet == facet]
    noun = passage.text.find(number.noun, number.end) if number.noun else -1
    behind = [m for m in what if word.end() <= m.start < end and m.start != noun]
    if behind:
        return min(behind)
    start, _ = passage.sentence(number.start)
    return max((m for m in what if start <= m.start and m.end <= word.start()), default=None)


def _apart_in_one(other: Figure, figure: Figure) -> bool:
    """Whether two groups differ in exactly one dimension; with two they cannot be compared."""
    return sum(one != two for one, two in zip(other.group, figure.group, strict=True)) == 1


def _is_plain(word: re.Match[str], number: Number, passage: Passage, start: int, end: int) -> bool:
    """Whether a sentence says nothing but which group has most of what."""
    plain = shelf().plain_words[passage.lang]
    return all(
        _is_covered(passage, *stretch, number, plain)
        for stretch in ((start, word.start()), (word.end(), end))
    )


def _is_covered(
    passage: Passage, start: int, end: int, number: Number, plain: Collection[str]
) -> bool:
    """Whether a stretch holds only names of groups and figures, numbers and plain words."""
    known = [(m.start, m.end) for m in (*passage.facets, *passage.groups)]
    known += [(n.start, n.end) for n in passage.numbers]
    if number.noun:
        noun = passage.text.find(number.noun, number.end)
        known.append((noun, noun + len(number.noun)))
    return all(
        token[0].casefold() in plain or any(a < token.end() and token.start() < b for a, b in known)
        for token in _WORD.finditer(passage.text, start, end)
    )
