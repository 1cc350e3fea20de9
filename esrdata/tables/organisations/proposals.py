"""Names that may be one organisation by a typing error or a cut: for a person to decide.

Nothing here joins. A pair is proposed where two keys of one legal form differ by so little that a
slip of the hand is likelier than another body, and where no number, place or kind tells them apart.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"\b[IVX]+$")
_WORD = re.compile(r"[^\W_]+")


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
    """

    least: int = 8
    letters: int = 12
    cut: int = 28
    slip: int = 2


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
    folded = sorted({(_fold(name), key, name) for name, key in spellings if _fold(name)})
    seen: set[tuple[str, str]] = set()
    # Names alike begin alike or, with the slip at their beginning, end alike.
    for order in (lambda item: item[0], lambda item: item[0][::-1]):
        ordered = sorted(folded, key=order)
        for i, (text, key, name) in enumerate(ordered):
            for other_text, other_key, other in ordered[i + 1 : i + 12]:
                pair = (min(key, other_key), max(key, other_key))
                if key == other_key or pair in seen or _other_form(key, other_key):
                    continue
                why = _why(text, other_text, name, other, settings)
                if why is not None:
                    seen.add(pair)
                    yield Proposal(*pair, name, other, why)


def _other_form(key: str, other: str) -> bool:
    """Whether the legal form is all that tells two bodies apart: `Finpro Oy` and `Finpro ry`."""
    return key.partition(":")[2] == other.partition(":")[2]


def _fold(name: str) -> str:
    return "".join(_WORD.findall(name.casefold()))


def _why(text: str, other: str, name: str, name_other: str, settings: Settings) -> str | None:
    shorter, longer = sorted((text, other), key=len)
    if _numbers(name) != _numbers(name_other) or len(shorter) < settings.least:
        return None
    if len(shorter) >= settings.cut and longer.startswith(shorter):
        return "cut"
    if len(shorter) >= settings.cut and len(longer) > len(shorter) + 1:
        # Cut, or abbreviated at its end, and written with a slip.
        slip = OSA.distance(shorter, longer[: len(shorter)], score_cutoff=settings.slip)
        if slip <= settings.slip and not _other_words(name, name_other):
            return "cut"
    allowed = max(1, len(shorter) // settings.letters)
    if OSA.distance(text, other, score_cutoff=allowed) > allowed:
        return None
    return None if _other_words(name, name_other) else "typo"


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
