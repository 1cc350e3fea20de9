"""Finds the words of each facet that may belong to a number, not to another one."""

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

#: The facets, in the order in which they are looked for.
FACETS = ("stage", "what", "measure", "agg", "kind", "part")
#: What a number without a unit cannot count.
MONEYS = ("funding", "cost_per")


def own_words(
    facet: str, passage: Passage, number: Number, inside: Sequence[Mention]
) -> Sequence[Mention]:
    """The words of one facet `inside` the sentence that may belong to a number."""
    own = [m for m in inside if m.facet == facet]
    choose = _CHOICES.get(facet)
    return own if choose is None or not own else choose(own, passage, number, inside)


def implied_stage(
    passage: Passage, number: Number, inside: Sequence[Mention], own: Sequence[Mention]
) -> str | None:
    """The stage that is meant where no word names it for this number."""
    implied = None if own else other_stage(number, passage, inside)
    # The whole of which a part was used is what was planned.
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
    # "Hankkeissa" says where, not what is counted: hankkeissa syntyi 22 yritystä.
    own = [m for m in own if not is_inside(m, passage)] or own
    if number.unit == PLAIN:
        # A bare number counts something.
        counted = [m for m in own if m.value not in MONEYS]
        start, end = passage.sentence(number.start)
        beside = any(start <= n.start < end and n.unit == MONEY for n in passage.numbers)
        return counted or ([] if beside else own)
    if number.unit == MONEY:
        # Cost per participant is funding, too.
        return [m for m in own if m.value == "cost_per"] or own
    return own


def _aggregates(
    own: Sequence[Mention], passage: Passage, number: Number, _: Sequence[Mention]
) -> Sequence[Mention]:
    end = passage.sentence(number.start)[1]

    def is_of_later(word: Mention) -> bool:
        """Whether a word in another clause has a number behind it."""
        later = any(word.end <= n.start < end and not n.why for n in passage.numbers)
        return later and is_parted(word, number, passage)

    own = _not_of_next(own, passage, number)
    return [m for m in own if not is_of_later(m) and not is_of_sum(m, number, passage)]


def _kinds(
    own: Sequence[Mention], passage: Passage, number: Number, inside: Sequence[Mention]
) -> Sequence[Mention]:
    if number.unit == MONEY:
        # A sum is of another kind only where a word for a difference is near.
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
    """Leaves out words behind the end of a clause, which belong to the next number."""
    return [m for m in own if not is_parted(m, number, passage)]


def _not_of_next(own: Sequence[Mention], passage: Passage, number: Number) -> Sequence[Mention]:
    """Leaves out words of the next clause that have a number behind them."""
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
