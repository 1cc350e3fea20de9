"""Names that may be one organisation by a typing error or a cut: for a person to decide.

Nothing here joins. A pair is proposed where two keys of one legal form differ by so little that a
slip of the hand is likelier than another body, and where no number, place or kind tells them apart.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.tables.organisations.vocabulary import Vocabulary, folded, tokens_of

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"\b[IVX]+$")
_WORD = re.compile(r"[^\W_]+")
# Beginning of the key of a name without a legal form.
_BARE = "name:"
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
class Settings:
    """When a pair of names is proposed.

    Attributes
    ----------
    least
        Names with fewer letters are not compared: short ones differ by a letter and are others.
    letters
        Letters that may differ per so many letters of the shorter name.
    cut
        From so many characters on a name that begins another one is taken for cut.
    slip
        So many letters of a cut name may differ.
    short
        In a name of fewer letters, its legal form aside, no letter may stand for another, nor the
        first one differ: `AM-Malli` and `UM-Malli` are two.
    """

    least: int = 8
    letters: int = 12
    cut: int = 28
    slip: int = 2
    short: int = 12


SETTINGS = Settings()


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
    """Pairs of organisations that may be one.

    Parameters
    ----------
    spellings
        Each spelling with the id of its organisation.
    settings
        When a pair is proposed.

    Yields
    ------
    Proposal
        Each pair of organisations once, by the spellings that are most alike.
    """
    found = [_Spelling(_fold(name), key, name, name) for name, key in spellings if _fold(name)]
    # A known body is compared by every name that the shelf has of it.
    of = {each.key: each.name for each in sorted(found)}
    found += [
        _Spelling(_fold(text), key, text, of[key]) for text, key in _known_names() if key in of
    ]
    seen: set[tuple[str, str]] = set()
    ordered = sorted(found)
    for proposal in (
        *_without_form(found),
        *_reordered(ordered),
        *_cut_at_comma(ordered, settings),
        *_without_area(ordered),
        *_alike(ordered, settings),
        *_with_owner(ordered, settings),
    ):
        if (proposal.first, proposal.second) not in seen:
            seen.add((proposal.first, proposal.second))
            yield proposal


class _Spelling(NamedTuple):
    """A name: its letters, the id of its organisation, itself, and the spelling in the sources."""

    letters: str
    key: str
    text: str
    name: str


def _without_form(found: Iterable[_Spelling]) -> Iterator[Proposal]:
    """Names that only a legal form tells apart, which one of them lacks."""
    bare = {each.key.removeprefix(_BARE): each for each in found if each.key.startswith(_BARE)}
    for each in sorted(found):
        other = bare.get(each.key.partition(":")[2])
        if other is not None and other.key != each.key:
            yield _proposal(other, each, "form")


def _reordered(found: Sequence[_Spelling]) -> Iterator[Proposal]:
    """Names of the same words in another order: a body and its unit, either of them first."""
    by_words: dict[tuple[str, ...], list[_Spelling]] = {}
    for each in found:
        words = tuple(sorted(_in_full(_WORD.findall(each.text.casefold()))))
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
        short.casefold(): _WORD.findall(row["label_fi"].casefold())
        for row in load.codes("organisations")
        for short in (row.get("short") or "").split("|")
        if len(_WORD.findall(short)) == 1
    }


def _with_owner(found: Sequence[_Spelling], settings: Settings) -> Iterator[Proposal]:
    """A firm with its owner's two names behind it, often run on: `MALLI PALVELUTMATTI MALLI`."""
    by_letters = {each.letters: each for each in reversed(found)}
    for each in found:
        words = _NAMES.findall(each.text.casefold())
        if len(words) < _LEAST_RUN_ON or _vocabulary().legal_form(tuple(words))[1] is not None:
            continue
        before, first = "".join(words[:-2]), words[-2]
        # With a space between, a firm of one word has too many names that begin like it.
        least = 0 if len(words) >= _LEAST_APART else 1
        for length in range(least, len(first) - _LEAST_NAME + 1):
            other = by_letters.get(_fold(before + first[:length]))
            if (
                other is not None
                and len(other.letters) >= settings.least
                and other.key.startswith(_BARE)
                and each.key.startswith(_BARE)
                and other.key != each.key
            ):
                yield _proposal(other, each, "owner")


def _without_area(found: Iterable[_Spelling]) -> Iterator[Proposal]:
    """Names that only a word for an area tells apart: `Mallilan alueen kehittämiskeskus`."""
    plain = {each.key: each for each in sorted(found) if not each.key.startswith(_LISTED)}
    for each in plain.values():
        words = _WORD.findall(each.text.casefold())
        rest = [word for word in words if word not in _vocabulary().areas]
        form = each.key.partition(":")[0]
        other = plain.get(f"{form}:{_without_legal_form(' '.join(rest))}")
        if len(rest) < len(words) and other is not None and other.key != each.key:
            yield _proposal(other, each, "area")


def _cut_at_comma(found: Sequence[_Spelling], settings: Settings) -> Iterator[Proposal]:
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


def _alike(found: Sequence[_Spelling], settings: Settings) -> Iterator[Proposal]:
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
                why = _why(one, other, settings)
                if why is not None:
                    yield _proposal(one, other, why)


def _proposal(one: _Spelling, other: _Spelling, why: str) -> Proposal:
    pair = (min(one.key, other.key), max(one.key, other.key))
    return Proposal(*pair, one.name, other.name, why)


def _other_form(key: str, other: str) -> bool:
    """Whether the legal form is all that tells two bodies apart: `Finpro Oy` and `Finpro ry`."""
    return key.partition(":")[2] == other.partition(":")[2]


@per_shelf
def _known_names() -> tuple[tuple[str, str], ...]:
    """Names of known bodies, with their keys."""
    return tuple(
        (name, f"{kind}:{row['code']}")
        for table, kind in (("authorities", "authority"), ("organisations", "known"))
        for row in load.codes(table)
        for name in (row["label_fi"], *row["variants"].split("|"))
        if name
    )


def _fold(name: str) -> str:
    return "".join(_WORD.findall(name.casefold()))


def _why(one: _Spelling, other: _Spelling, settings: Settings) -> str | None:
    shorter, longer = sorted((one, other), key=lambda each: len(each.letters))
    if _numbers(one.text) != _numbers(other.text) or len(shorter.letters) < settings.least:
        return None
    letters = len(shorter.letters)
    if letters >= settings.cut and (
        longer.letters.startswith(shorter.letters) or _without_form_within(one.text, other.text)
    ):
        return "cut"
    if _other_words(one.text, other.text):
        return None
    allowed = max(1, letters // settings.letters)
    if OSA.distance(one.letters, other.letters, score_cutoff=allowed) <= allowed:
        return None if _other_letter(one, other, settings) else "typo"
    # Cut, or abbreviated at its end, and written with a slip.
    much = letters >= settings.cut and len(longer.letters) > letters + 1
    return "cut" if much and _begins(shorter, longer, settings) else None


def _begins(shorter: _Spelling, longer: _Spelling, settings: Settings) -> bool:
    """Whether a name begins another one but for a slip, which may make it longer or shorter."""
    name = _without_legal_form(shorter.text)
    return any(
        OSA.distance(name, longer.letters[: len(name) + more], score_cutoff=settings.slip)
        <= settings.slip
        for more in range(-settings.slip, settings.slip + 1)
    )


def _without_form_within(name: str, other: str) -> bool:
    """Whether one name begins the other but for a legal form in it: `Malli ry. (Malli-talo)`."""
    mine, theirs = (
        "".join(w for w in words if _vocabulary().form_length((w,), 0) == 0)
        for words in (_WORD.findall(text.casefold()) for text in (name, other))
    )
    return mine != theirs and (mine.startswith(theirs) or theirs.startswith(mine))


def _other_letter(one: _Spelling, other: _Spelling, settings: Settings) -> bool:
    """Whether another letter stands in a short name, where it is likelier to be another name."""
    mine, theirs = (_without_legal_form(each.text) for each in (one, other))
    if min(len(mine), len(theirs)) >= settings.short or _unmarked(mine) == _unmarked(theirs):
        return False
    return mine[:1] != theirs[:1] or (len(mine) == len(theirs) and sorted(mine) != sorted(theirs))


def _unmarked(text: str) -> str:
    """Letters without the marks above them, which a hand may leave out."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _without_legal_form(text: str) -> str:
    words = _vocabulary()
    return folded(words.legal_form(words.plain(tokens_of(text)))[0])


@per_shelf
def _vocabulary() -> Vocabulary:
    return Vocabulary()


def _numbers(name: str) -> tuple[str, ...]:
    return (*_DIGITS.findall(name), *_ROMAN.findall(name.strip()))


def _other_words(name: str, other: str) -> bool:
    """Whether the words that differ are both known words, places above all: then it is no slip."""
    mine, theirs = (set(_WORD.findall(text.casefold())) for text in (name, other))
    first, second = mine - theirs, theirs - mine
    known = _known_words()
    if first & known and second & known:
        return True
    # `Juva` and `Juuka`, `Kalajoki` and `Kauhajoki`: a town's name is all that tells them apart.
    towns = {"kunta", "kaupunki", "stad", "kommun"}
    return bool((mine & towns) and len(first) == len(second) == 1 and _short(first, second))


def _short(first: set[str], second: set[str]) -> bool:
    (one,), (two,) = first, second
    return fuzz.ratio(one, two) < 90 or min(len(one), len(two)) < 8


@per_shelf
def _known_words() -> frozenset[str]:
    """Words of places and of listed bodies."""
    found: set[str] = set()
    for row in load.codes("regions"):
        found |= set(_WORD.findall(f"{row['label_fi']} {row['genitive_fi']}".casefold()))
    for row in load.codes("municipality_names"):
        found |= set(_WORD.findall(f"{row['label_fi']} {row['genitive_fi']}".casefold()))
    return frozenset(found | {"pohjois", "etelä", "itä", "länsi", "keski", "kaakkois", "lounais"})
