"""Two spellings that may be of one name: a slip of the hand, or a name that was cut."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.tables.organisations.vocabulary import Vocabulary, folded, tokens_of

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"\b[IVX]+$")
WORD = re.compile(r"[^\W_]+")


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


class Spelling(NamedTuple):
    """A name: its letters, the id of its organisation, itself, and the spelling in the sources."""

    letters: str
    key: str
    text: str
    name: str


def why_alike(one: Spelling, other: Spelling, settings: Settings) -> str | None:
    """Why two spellings may be of one name: `cut` or `typo`, None where they are not alike."""
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


def _begins(shorter: Spelling, longer: Spelling, settings: Settings) -> bool:
    """Whether a name begins another one but for a slip, which may make it longer or shorter."""
    name = without_legal_form(shorter.text)
    return any(
        OSA.distance(name, longer.letters[: len(name) + more], score_cutoff=settings.slip)
        <= settings.slip
        for more in range(-settings.slip, settings.slip + 1)
    )


def _without_form_within(name: str, other: str) -> bool:
    """Whether one name begins the other but for a legal form in it: `Malli ry. (Malli-talo)`."""
    mine, theirs = (
        "".join(w for w in words if vocabulary().form_length((w,), 0) == 0)
        for words in (WORD.findall(text.casefold()) for text in (name, other))
    )
    return mine != theirs and (mine.startswith(theirs) or theirs.startswith(mine))


def _other_letter(one: Spelling, other: Spelling, settings: Settings) -> bool:
    """Whether another letter stands in a short name, where it is likelier to be another name."""
    mine, theirs = (without_legal_form(each.text) for each in (one, other))
    if min(len(mine), len(theirs)) >= settings.short or _unmarked(mine) == _unmarked(theirs):
        return False
    return mine[:1] != theirs[:1] or (len(mine) == len(theirs) and sorted(mine) != sorted(theirs))


def _unmarked(text: str) -> str:
    """Letters without the marks above them, which a hand may leave out."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def fold(name: str) -> str:
    """The letters and digits of a name alone."""
    return "".join(WORD.findall(name.casefold()))


def without_legal_form(text: str) -> str:
    """A name in the form of keys, its legal form left out."""
    words = vocabulary()
    return folded(words.legal_form(words.plain(tokens_of(text)))[0])


@per_shelf
def vocabulary() -> Vocabulary:
    """The words that names of organisations are known by."""
    return Vocabulary()


def _numbers(name: str) -> tuple[str, ...]:
    return (*_DIGITS.findall(name), *_ROMAN.findall(name.strip()))


def _other_words(name: str, other: str) -> bool:
    """Whether the words that differ are both known words, places above all: then it is no slip."""
    mine, theirs = (set(WORD.findall(text.casefold())) for text in (name, other))
    first, second = mine - theirs, theirs - mine
    known = _known_words()
    # `Oulu yliopisto`: the case was forgotten, and the place is the same.
    if {known.get(word) for word in first} & {known.get(word) for word in second} - {None, ""}:
        return False
    if first & known.keys() and second & known.keys():
        return True
    # `Juva` and `Juuka`, `Kalajoki` and `Kauhajoki`: a town's name is all that tells them apart.
    towns = {"kunta", "kaupunki", "stad", "kommun"}
    return bool((mine & towns) and len(first) == len(second) == 1 and _short(first, second))


def _short(first: set[str], second: set[str]) -> bool:
    (one,), (two,) = first, second
    return fuzz.ratio(one, two) < 90 or min(len(one), len(two)) < 8


@per_shelf
def _known_words() -> dict[str, str]:
    """Words of places, and the place that each names by itself; empty of words within names."""
    found = dict.fromkeys(_OF_AREAS, "")
    for row in (*load.codes("regions"), *load.codes("municipality_names")):
        for form in (row["label_fi"], row["genitive_fi"]):
            words = WORD.findall(form.casefold())
            found |= {word: row["label_fi"] if len(words) == 1 else "" for word in words}
    return found


# What stands before the name of an area, or for it.
_OF_AREAS = (
    "pohjois", "etelä", "itä", "länsi", "keski", "kaakkois", "lounais", "kymen", "hämeen", "savon",
    "karjalan",
)  # fmt: skip
