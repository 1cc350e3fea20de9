"""Which words of a sentence belong to a number: of each facet, those that are of no other one."""

from collections.abc import Callable, Mapping, Sequence

from esrdata.proofing.clauses import (
    is_inside,
    is_near,
    is_of_rest,
    is_of_shares,
    is_of_sum,
    is_parted,
    is_whole_of_share,
    is_whole_sum,
    of_pair,
    other_stage,
)
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import Mention
from esrdata.proofing.number import MONEY, PERCENT, PLAIN, Number

#: What words name of a number, in the order in which they are asked.
FACETS = ("stage", "what", "measure", "agg", "kind", "part")
#: What no bare number counts.
MONEYS = ("funding", "cost_per")


def own_words(
    facet: str, passage: Passage, number: Number, inside: Sequence[Mention]
) -> Sequence[Mention]:
    """Words of one facet that may be of a number, of all those `inside` its sentence."""
    own = [m for m in inside if m.facet == facet]
    choose = _CHOICES.get(facet)
    return own if choose is None or not own else choose(own, passage, number, inside)


def implied_stage(
    passage: Passage, number: Number, inside: Sequence[Mention], own: Sequence[Mention]
) -> str | None:
    """The stage that is meant where no word of it is the number's own."""
    implied = None if own else other_stage(number, passage, inside)
    # Of what was used the number is the whole: what was planned.
    return "planned" if implied is None and is_whole_sum(number, passage) else implied


def _stages(
    own: Sequence[Mention], passage: Passage, number: Number, _: Sequence[Mention]
) -> Sequence[Mention]:
    if number.unit == PLAIN:
        own = of_pair(own, "stage", number, passage)
    if number.unit == MONEY:
        own = _not_parted(own, passage, number)
    own = _not_of_next(own, passage, number)
    own = [m for m in own if not is_whole_of_share(m, number, passage)]
    whole = is_whole_sum(number, passage)
    return [m for m in own if m.value == "planned" or not whole]


def _whats(
    own: Sequence[Mention], passage: Passage, number: Number, _: Sequence[Mention]
) -> Sequence[Mention]:
    if number.unit == PLAIN:
        own = of_pair(own, "what", number, passage)
    # What is done in projects is not how many they are: hankkeissa syntyi 22 yritystä.
    own = [m for m in own if not is_inside(m, passage)] or own
    if number.unit == PLAIN:
        # A bare number counts something.
        counted = [m for m in own if m.value not in MONEYS]
        start, end = passage.sentence(number.start)
        beside = any(start <= n.start < end and n.unit == MONEY for n in passage.numbers)
        return counted or ([] if beside else own)
    if number.unit == MONEY:
        # What a participant costs is funding, too.
        return [m for m in own if m.value == "cost_per"] or own
    return own


def _aggregates(
    own: Sequence[Mention], passage: Passage, number: Number, _: Sequence[Mention]
) -> Sequence[Mention]:
    end = passage.sentence(number.start)[1]

    def is_of_later(word: Mention) -> bool:
        """Whether a word of another part of the sentence has a number behind it."""
        later = any(word.end <= n.start < end and not n.why for n in passage.numbers)
        return later and is_parted(word, number, passage)

    own = _not_of_next(own, passage, number)
    return [m for m in own if not is_of_later(m) and not is_of_sum(m, number, passage)]


def _kinds(
    own: Sequence[Mention], passage: Passage, number: Number, inside: Sequence[Mention]
) -> Sequence[Mention]:
    if number.unit == MONEY:
        # Of sums only a difference is of another kind, where its word is near.
        gaps = [m for m in own if m.value == "gap" and is_near(m, number, passage)]
        return _not_of_next(gaps, passage, number)
    if number.unit == PERCENT:
        # Suunnitellusta kulutettiin 94 % ja 6 % jäi käyttämättä.
        own = [m for m in own if not is_of_rest(m, number, passage, inside) and not (
            is_parted(m, number, passage) and passage.within(number.end, m.start, PERCENT)
        )]  # fmt: skip
        shares = is_of_shares(number, passage, inside)
        return [m for m in own if not (shares and m.value == "ratio")]
    return own


def _not_parted(
    own: Sequence[Mention], passage: Passage, number: Number, _: Sequence[Mention] = ()
) -> Sequence[Mention]:
    """Words but those of another part of the sentence: what follows "of which" is the next's."""
    return [m for m in own if not is_parted(m, number, passage)]


def _not_of_next(own: Sequence[Mention], passage: Passage, number: Number) -> Sequence[Mention]:
    """Words but those of the next part of the sentence that stand right at its number."""
    _, end = passage.sentence(number.start)
    return [
        m for m in own
        if not (is_parted(m, number, passage) and passage.within(m.end, end, number.unit))
    ]  # fmt: skip


_Choice = Callable[[Sequence[Mention], Passage, Number, Sequence[Mention]], Sequence[Mention]]
_CHOICES: Mapping[str, _Choice] = {
    "stage": _stages,
    "what": _whats,
    "agg": _aggregates,
    "kind": _kinds,
    "part": _not_parted,
}
