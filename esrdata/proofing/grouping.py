"""Finds the groups of projects that a number of a sentence may be about."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import GROUP, Mention
from esrdata.proofing.nearest import CLAUSE, ZIP, alike, distance, taken
from esrdata.proofing.number import Number
from esrdata.proofing.shelf import shelf
from esrdata.proofing.spelt import WRITTEN

#: What follows the name a text begins with: "(2014–2020)." or ":".
_LEAD = re.compile(r"(?: ?\([^)]*\))?\*{0,2} ?[.:–—]")
#: At most so many words stand between a group and its own number.
_OWN = 2
#: Dimensions that other groups are combined with.
_WIDE = ("programme_period", "fund")
#: Dimensions whose groups belong to one period.
OF_PERIOD = {"priority_axis", "specific_objective"}


def groups_of(
    passage: Passage,
    number: Number,
    inside: Sequence[Mention],
    before: Sequence[Mention],
    above: Sequence[Passage],
    by: str,
) -> Iterator[dict[str, str]]:
    """The groups that a number may be about, the likeliest first."""
    own = [m for m in inside if m.is_group or m.facet in ("status_code", "whole")]
    behind = [m for m in own if m.start >= number.end]
    if behind and _of_next(behind[0], number, passage):
        # That group belongs to the next number, and those behind it to later ones.
        own = own[: -len(behind)]
    given = list(_alternatives(own, number, passage, by)) if own else []
    listed = _listed(passage, number, before) if by == ZIP and not own else None
    if listed is not None:
        yield listed
        return
    of_headings: dict[str, str] = {}
    for other in above:
        of_headings = {**_last(m for m in other.mentions if m.is_group), **of_headings}
    outer = {**of_headings, **_last(m for m in before if m.is_group)}
    wide = {name: value for name, value in outer.items() if name in _WIDE}
    if given:
        start, _ = passage.sentence(number.start)
        of_these = shelf().of_these[passage.lang].search(passage.text, start, number.start)
        if not any(m.facet == "whole" or (m.is_group and not _is_wide(m)) for m in own):
            # A status narrows the group before it: ELY-keskus rahoitti 9, niistä päättyi 8. A
            # period narrows the group of a heading, and an earlier one only where the words say so.
            plain = any(m.is_group for m in own) and not of_these
            inner = of_headings if plain else outer
            yield from ({**inner, **group} for group in given if group and inner)
        for group in given:
            if group:
                yield {**wide, **group}
            yield group
        return
    if outer:
        yield outer
    if wide and wide != outer and not OF_PERIOD & outer.keys():
        yield {name: value for name, value in outer.items() if name not in wide}
    if _led(passage):
        return
    if wide and wide != outer:
        yield wide
    yield {}


def _is_wide(mention: Mention) -> bool:
    return mention.facet.removeprefix(GROUP) in _WIDE


def _of_next(mention: Mention, number: Number, passage: Passage) -> bool:
    """Whether a group in a later clause has its own number: 93,8 %, kaudella 2014–2020 94,5 %."""
    after = [n for n in alike(passage, number) if n.start > number.start]
    if after and mention.end > after[0].start:
        # Nine projects, of which 5 in 2014–2020.
        of_these = shelf().of_these[passage.lang]
        return of_these.search(passage.text, number.end, after[0].start) is not None
    if not after:
        return False
    parted = any(number.end <= at < mention.start for at in passage.clauses)
    between = passage.text[mention.end : after[0].start]
    return parted and not any(mention.end <= at < after[0].start for at in passage.clauses) and (
        len(between.split()) <= _OWN
    )  # fmt: skip


def _led(passage: Passage) -> bool:
    """Whether a text begins with the name of the group it is all about: Lappi: 12 hanketta."""
    first = next(iter(passage.groups), None)
    return (
        first is not None and not passage.text[: first.start].strip(" *•-–")
        and first.facet.removeprefix(GROUP) not in _WIDE
        and _LEAD.match(passage.text, first.end) is not None
    )  # fmt: skip


def _listed(passage: Passage, number: Number, before: Sequence[Mention]) -> dict[str, str] | None:
    """The group at a number's position, if the sentence before lists one for each number."""
    last = [m for m in before if m.is_group]
    if not last:
        return None
    first, _ = passage.sentence(last[-1].start)
    of_kind = [m for m in last if m.facet == last[-1].facet and m.start >= first]
    named = list({m.value: m for m in of_kind}.values())
    others = alike(passage, number)
    if len(named) < 2 or len(named) != len(others):
        return None
    wide = _last(m for m in before if _is_wide(m))
    return {**wide, **key(named[others.index(number)])}


def _alternatives(
    own: Sequence[Mention], number: Number, passage: Passage, by: str
) -> Iterator[dict[str, str]]:
    """The groups that a sentence names for a number, one from each dimension."""
    dimensions = dict.fromkeys(m.facet for m in own if m.is_group)
    status = [m for m in own if m.facet == "status_code"]
    whole = [m for m in own if m.facet == "whole"]
    # Whether projects began in a year is checked by the caller.
    narrow = [m for m in own if m.is_group and not _is_wide(m)]
    chosen: dict[str, str] = {}
    with_wide = partial(_with_wide, own, number, passage, by, status)
    if narrow:
        nearest = taken(narrow, number, passage, by)
        same = [m for m in narrow if m.start == nearest.start]
        for mention in same:
            chosen |= key(mention)
        if len(same) > 1:
            # One name of both an authority and an applicant: either.
            for mention in reversed(same):
                yield from with_wide(key(mention))
            return
        # A group of another dimension beside it narrows it: hankkeet Lapissa toimintalinjalla 3.
        for facet in dimensions:
            name = facet.removeprefix(GROUP)
            others = [m for m in own if m.facet == facet]
            if facet != nearest.facet and name not in _WIDE and len(others) == 1:
                gap = distance(others[0], number, passage)
                if gap < distance(nearest, number, passage) + CLAUSE:
                    yield from with_wide({**chosen, **key(others[0])})
    last = taken(narrow, number, passage, by) if narrow else None
    far = distance(last, number, passage) if last is not None else 0
    nearest_whole = taken(whole, number, passage, by) if whole and narrow else None
    if nearest_whole is not None and distance(nearest_whole, number, passage) < far:
        yield from with_wide({})
        return
    yield from with_wide(chosen)
    if last is not None and last.start > number.start and far > 2 * CLAUSE:
        # A name so far behind may belong to another number.
        yield from with_wide({})
    wide = [m for m in own if _is_wide(m)]
    if wide and all(m.start > number.start and distance(m, number, passage) > 2 * CLAUSE
                    for m in wide):  # fmt: skip
        yield chosen


def _with_wide(
    own: Sequence[Mention], number: Number, passage: Passage, by: str,
    status: Sequence[Mention], group: dict[str, str],
) -> Iterator[dict[str, str]]:  # fmt: skip
    for name in _WIDE:
        found = [m for m in own if m.facet == GROUP + name]
        if found and name not in group:
            group = {**group, **key(taken(found, number, passage, by))}
    if status:
        yield {**group, "status_code": taken(status, number, passage, by).value}
    yield group


def _last(mentions: Iterable[Mention]) -> dict[str, str]:
    """The last group named, with its period and fund."""
    found: dict[str, str] = {}
    last: Mention | None = None
    for mention in mentions:
        if _is_wide(mention):
            found |= key(mention)
        else:
            last = mention
    return {**found, **key(last)} if last is not None else found


def key(mention: Mention) -> dict[str, str]:
    """A group as dimensions and values; the label of an axis also gives its period."""
    name = mention.facet.removeprefix(GROUP)
    if "|" in mention.value and name in ("priority_axis", "specific_objective"):
        period, _, code = mention.value.partition("|")
        return {"programme_period": period, name: code}
    if mention.written:
        return {name: mention.value, name + WRITTEN: mention.written}
    return {name: mention.value}
