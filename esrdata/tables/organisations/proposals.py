"""Proposes pairs of names that may be one organisation, for a person to decide.

Nothing is joined here. A pair is proposed where two keys of one legal form differ so little that a
typing error is likelier than another body, and no number, place or kind separates them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.tables.organisations.identity import BARE
from esrdata.tables.organisations.likeness import (
    SETTINGS,
    WORD,
    Settings,
    Spelling,
    fold,
    vocabulary,
    why_alike,
    without_legal_form,
)
from esrdata.tables.organisations.vocabulary import known_names

# What the legal form "ky" may stand for, and the keys that may have it.
_JOINT, _MAY_BE_JOINT = "kuntayhtymä", ("ky", "name")
# With fewer words another order is likelier another name: `Malli Kallila`, `Kallila Malli`.
_WORDS = 3
# Least words of a firm with its owner (first name run on, or apart), and letters of a name.
_LEAST_RUN_ON, _LEAST_APART, _LEAST_NAME = 2, 4, 3
_NAMES = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# Each name is compared with so many neighbours of other organisations.
_NEIGHBOURS = 11
# Prefixes of keys of bodies that the code lists keep apart.
_LISTED = ("known:", "authority:")


@dataclass(frozen=True)
class Proposal:
    """Two organisations that may be one: their ids, the two spellings, and the reason."""

    first: str
    second: str
    name: str
    other: str
    why: str


def propose(
    spellings: Iterable[tuple[str, str]], settings: Settings = SETTINGS
) -> Iterator[Proposal]:
    """Pairs of organisations that may be one, each once, with the spellings most alike.

    Each spelling comes with the id of its organisation.
    """
    found = [Spelling(fold(name), key, name, name) for name, key in spellings if fold(name)]
    # A known body is compared by all its names on the shelf.
    of = {each.key: each.name for each in sorted(found)}
    found += [Spelling(fold(text), key, text, of[key]) for text, key in _known_names() if key in of]
    seen: set[tuple[str, str]] = set()
    ordered = sorted(found)
    for proposal in (
        *_without_form(found),
        *_joint_authorities(found),
        *_reordered(ordered),
        *_cut_at_comma(ordered, settings),
        *_without_area(ordered),
        *_alike(ordered, settings),
        *_with_owner(ordered, settings),
    ):
        if (proposal.first, proposal.second) not in seen:
            seen.add((proposal.first, proposal.second))
            yield proposal


def _without_form(found: Iterable[Spelling]) -> Iterator[Proposal]:
    """Names that differ only by a legal form, which one of them lacks."""
    bare = {each.key.removeprefix(BARE): each for each in found if each.key.startswith(BARE)}
    for each in sorted(found):
        other = bare.get(each.key.partition(":")[2])
        if other is not None and other.key != each.key:
            yield _proposal(other, each, "form")


def _joint_authorities(found: Iterable[Spelling]) -> Iterator[Proposal]:
    """Names with `ky`, and the same in full: `Mallilan koulutus ky`."""
    full = {each.letters: each for each in found if each.letters.endswith(_JOINT)}
    for each in sorted(found) if full else ():
        form, _, name = each.key.partition(":")
        other = full.get(f"{name}{_JOINT}") if form in _MAY_BE_JOINT else None
        if other is not None and other.key != each.key:
            yield _proposal(other, each, "form")


def _reordered(found: Sequence[Spelling]) -> Iterator[Proposal]:
    """The same words in another order: a body and its unit, either first."""
    by_words: dict[tuple[str, ...], list[Spelling]] = {}
    for each in found:
        words = tuple(sorted(_in_full(WORD.findall(each.text.casefold()))))
        if len(words) >= _WORDS:
            by_words.setdefault(words, []).append(each)
    for alike in by_words.values():
        for other in alike[1:]:
            if other.key != alike[0].key and not _other_form(alike[0].key, other.key):
                yield _proposal(alike[0], other, "order")


def _in_full(words: list[str]) -> list[str]:
    """The words, with a body's name for an acronym at the beginning: `OSEKK / Malli`."""
    return [*_acronyms().get(words[0], words[:1]), *words[1:]] if words else []


@per_shelf
def _acronyms() -> dict[str, list[str]]:
    """Acronyms of one word, with the words of the known body's name."""
    return {
        short.casefold(): WORD.findall(row["label_fi"].casefold())
        for row in load.codes("organisations")
        for short in (row.get("short") or "").split("|")
        if len(WORD.findall(short)) == 1
    }


def _with_owner(found: Sequence[Spelling], settings: Settings) -> Iterator[Proposal]:
    """A firm followed by its owner's two names, often run on: `MALLI PALVELUTMATTI MALLI`."""
    by_letters = {each.letters: each for each in reversed(found)}
    for each in found:
        words = _NAMES.findall(each.text.casefold())
        if len(words) < _LEAST_RUN_ON or vocabulary().legal_form(tuple(words))[1] is not None:
            continue
        before, first = "".join(words[:-2]), words[-2]
        # With spaces, too many names begin like a firm of one word.
        least = 0 if len(words) >= _LEAST_APART else 1
        for length in range(least, len(first) - _LEAST_NAME + 1):
            other = by_letters.get(fold(before + first[:length]))
            if (
                other is not None
                and len(other.letters) >= settings.least
                and other.key.startswith(BARE)
                and each.key.startswith(BARE)
                and other.key != each.key
            ):
                yield _proposal(other, each, "owner")


def _without_area(found: Iterable[Spelling]) -> Iterator[Proposal]:
    """Names that differ only by a word for an area: `Mallilan alueen kehittämiskeskus`."""
    plain = {each.key: each for each in sorted(found) if not each.key.startswith(_LISTED)}
    for each in plain.values():
        words = WORD.findall(each.text.casefold())
        rest = [word for word in words if word not in vocabulary().areas]
        form = each.key.partition(":")[0]
        other = plain.get(f"{form}:{without_legal_form(' '.join(rest))}")
        if len(rest) < len(words) and other is not None and other.key != each.key:
            yield _proposal(other, each, "area")


def _cut_at_comma(found: Sequence[Spelling], settings: Settings) -> Iterator[Proposal]:
    """Names cut at a comma of the cell, ending in a hyphen: `Lapin elinkeino-`.

    Only if it begins the names of one organisation.
    """
    for at, each in enumerate(found):
        if not each.text.rstrip().endswith("-") or len(each.letters) < settings.least:
            continue
        begun = takewhile(lambda other: other.letters.startswith(each.letters), found[at:])  # noqa: B023
        others = {other.key: other for other in begun if other.key != each.key}
        if len(others) == 1:
            yield _proposal(each, next(iter(others.values())), "cut")


def _alike(found: Sequence[Spelling], settings: Settings) -> Iterator[Proposal]:
    # Similar names begin alike or, with an early typing error, end alike.
    for order in (lambda each: each.letters, lambda each: each.letters[::-1]):
        ordered = sorted(found, key=order)
        for i, one in enumerate(ordered):
            behind = (ordered[at] for at in range(i + 1, len(ordered)))
            for other in islice((each for each in behind if each.key != one.key), _NEIGHBOURS):
                if _other_form(one.key, other.key):
                    continue
                if one.key.startswith(_LISTED) and other.key.startswith(_LISTED):
                    continue
                why = why_alike(one, other, settings)
                if why is not None:
                    yield _proposal(one, other, why)


def _proposal(one: Spelling, other: Spelling, why: str) -> Proposal:
    pair = (min(one.key, other.key), max(one.key, other.key))
    return Proposal(*pair, one.name, other.name, why)


def _other_form(key: str, other: str) -> bool:
    """Whether only the legal form differs: `Finpro Oy` and `Finpro ry` are two."""
    return key.partition(":")[2] == other.partition(":")[2]


@per_shelf
def _known_names() -> tuple[tuple[str, str], ...]:
    """Names of known bodies with their keys."""
    return tuple((name, key) for key, name, _ in known_names("label_fi"))
