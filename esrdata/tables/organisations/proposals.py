"""Names that may be one organisation by a typing error or a cut: for a person to decide.

Nothing here joins. A pair is proposed where two keys of one legal form differ by so little that a
slip of the hand is likelier than another body, and where no number, place or kind tells them apart.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
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

# Beginning of the key of a name without a legal form.
_BARE = "name:"
# What the legal form of a limited partnership may stand for, and what some leave out.
_JOINT, _MAY_BE_JOINT = "kuntayhtymä", ("ky", "name")
# Fewer words in another order are likelier two names: `Malli Kallila`, `Kallila Malli`.
_WORDS = 3
# Words of a firm and its owner, the owner's first name run on behind the firm's or apart from it.
_LEAST_RUN_ON, _LEAST_APART, _LEAST_NAME = 2, 4, 3
_NAMES = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# So many names of other organisations are held against each, in the order of their letters.
_NEIGHBOURS = 11
# Beginnings of the keys of bodies that the code lists tell apart.
_LISTED = ("known:", "authority:")


@dataclass(frozen=True)
class Proposal:
    """Two organisations that may be one: their ids, the spellings that are alike, and why."""

    first: str
    second: str
    name: str
    other: str
    why: str


def propose(
    spellings: Iterable[tuple[str, str]], settings: Settings = SETTINGS
) -> Iterator[Proposal]:
    """Pairs of organisations that may be one, each once, by the spellings that are most alike.

    A spelling comes with the id of its organisation.
    """
    found = [Spelling(fold(name), key, name, name) for name, key in spellings if fold(name)]
    # A known body is compared by every name that the shelf has of it.
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
    """Names that only a legal form tells apart, which one of them lacks."""
    bare = {each.key.removeprefix(_BARE): each for each in found if each.key.startswith(_BARE)}
    for each in sorted(found):
        other = bare.get(each.key.partition(":")[2])
        if other is not None and other.key != each.key:
            yield _proposal(other, each, "form")


def _joint_authorities(found: Iterable[Spelling]) -> Iterator[Proposal]:
    """Names of which one says in full what `ky` may stand for: `Mallilan koulutus ky`."""
    full = {each.letters: each for each in found if each.letters.endswith(_JOINT)}
    for each in sorted(found) if full else ():
        form, _, name = each.key.partition(":")
        other = full.get(f"{name}{_JOINT}") if form in _MAY_BE_JOINT else None
        if other is not None and other.key != each.key:
            yield _proposal(other, each, "form")


def _reordered(found: Sequence[Spelling]) -> Iterator[Proposal]:
    """Names of the same words in another order: a body and its unit, either of them first."""
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
    """The words with the name of a body for its acronym at their beginning: `OSEKK / Malli`."""
    return [*_acronyms().get(words[0], words[:1]), *words[1:]] if words else []


@per_shelf
def _acronyms() -> dict[str, list[str]]:
    """Acronyms of one word that stand for known bodies, and the words of their names."""
    return {
        short.casefold(): WORD.findall(row["label_fi"].casefold())
        for row in load.codes("organisations")
        for short in (row.get("short") or "").split("|")
        if len(WORD.findall(short)) == 1
    }


def _with_owner(found: Sequence[Spelling], settings: Settings) -> Iterator[Proposal]:
    """A firm with its owner's two names behind it, often run on: `MALLI PALVELUTMATTI MALLI`."""
    by_letters = {each.letters: each for each in reversed(found)}
    for each in found:
        words = _NAMES.findall(each.text.casefold())
        if len(words) < _LEAST_RUN_ON or vocabulary().legal_form(tuple(words))[1] is not None:
            continue
        before, first = "".join(words[:-2]), words[-2]
        # With a space between, a firm of one word has too many names that begin like it.
        least = 0 if len(words) >= _LEAST_APART else 1
        for length in range(least, len(first) - _LEAST_NAME + 1):
            other = by_letters.get(fold(before + first[:length]))
            if (
                other is not None
                and len(other.letters) >= settings.least
                and other.key.startswith(_BARE)
                and each.key.startswith(_BARE)
                and other.key != each.key
            ):
                yield _proposal(other, each, "owner")


def _without_area(found: Iterable[Spelling]) -> Iterator[Proposal]:
    """Names that only a word for an area tells apart: `Mallilan alueen kehittämiskeskus`."""
    plain = {each.key: each for each in sorted(found) if not each.key.startswith(_LISTED)}
    for each in plain.values():
        words = WORD.findall(each.text.casefold())
        rest = [word for word in words if word not in vocabulary().areas]
        form = each.key.partition(":")[0]
        other = plain.get(f"{form}:{without_legal_form(' '.join(rest))}")
        if len(rest) < len(words) and other is not None and other.key != each.key:
            yield _proposal(other, each, "area")


def _cut_at_comma(found: Sequence[Spelling], settings: Settings) -> Iterator[Proposal]:
    """Names cut where the cell had a comma, as the hyphen at their end tells: `Lapin elinkeino-`.

    Only where it begins the names of one organisation.
    """
    for at, each in enumerate(found):
        if not each.text.rstrip().endswith("-") or len(each.letters) < settings.least:
            continue
        begun = takewhile(lambda other: other.letters.startswith(each.letters), found[at:])  # noqa: B023
        others = {other.key: other for other in begun if other.key != each.key}
        if len(others) == 1:
            yield _proposal(each, next(iter(others.values())), "cut")


def _alike(found: Sequence[Spelling], settings: Settings) -> Iterator[Proposal]:
    # Names alike begin alike or, with the slip at their beginning, end alike.
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
    """Whether the legal form is all that tells two bodies apart: `Finpro Oy` and `Finpro ry`."""
    return key.partition(":")[2] == other.partition(":")[2]


@per_shelf
def _known_names() -> tuple[tuple[str, str], ...]:
    """Names of known bodies, with their keys."""
    return tuple((name, key) for key, name, _ in known_names("label_fi"))
