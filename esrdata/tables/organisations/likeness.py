"""Tells whether two spellings may be of one name: a typing error, or a name cut short."""

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
    """Thresholds for proposing a pair of names.

    Attributes
    ----------
    least
        Names with fewer letters are not compared: for them one letter makes another name.
    letters
        One letter may differ for every so many letters of the shorter name.
    cut
        A name of at least so many letters that begins another is taken as cut.
    slip
        Letters of a cut name that may differ.
    short
        In a name with fewer letters, without legal form, no letter may be replaced nor the first
        one differ: `AM-Malli` and `UM-Malli` are two.
    """

    least: int = 8
    letters: int = 12
    cut: int = 28
    slip: int = 2
    short: int = 12


SETTINGS = Settings()


class Spelling(NamedTuple):
    """A name: its letters, its organisation's id, its text, and the spelling in the sources."""

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
    # Cut or abbreviated at the end, with a typing error.
    much = letters >= settings.cut and len(longer.letters) > letters + 1
    return "cut" if much and _begins(shorter, longer, settings) else None


def _begins(shorter: Spelling, longer: Spelling, settings: Settings) -> bool:
    """Whether a name begins another, apart from typing errors that may change its length."""
    name = without_legal_form(shorter.text)
    return any(
        OSA.distance(name, longer.letters[: len(name) + more], score_cutoff=settings.slip)
        <= settings.slip
        for more in range(-settings.slip, settings.slip + 1)
    )


def _without_form_within(name: str, other: str) -> bool:
    """Whether one name begins the other apart from a legal form: `Malli ry. (Malli-talo)`."""
    mine, theirs = (
        "".join(w for w in words if vocabulary().form_length((w,), 0) == 0)
        for words in (WORD.findall(text.casefold()) for text in (name, other))
    )
    return mine != theirs and (mine.startswith(theirs) or theirs.startswith(mine))


def _other_letter(one: Spelling, other: Spelling, settings: Settings) -> bool:
    """Whether a letter differs in a short name, which is then likelier another name."""
    mine, theirs = (without_legal_form(each.text) for each in (one, other))
    if min(len(mine), len(theirs)) >= settings.short or _unmarked(mine) == _unmarked(theirs):
        return False
    return mine[:1] != theirs[:1] or (len(mine) == len(theirs) and sorted(mine) != sorted(theirs))


def _unmarked(text: str) -> str:
    """Letters without diacritics, which are easily left out."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def fold(name: str) -> str:
    """Only the letters and digits of a name, in lower case."""
    return "".join(WORD.findall(name.casefold()))


def without_legal_form(text: str) -> str:
    """A name as in keys, without its legal form."""
    words = vocabulary()
    return folded(words.legal_form(words.plain(tokens_of(text)))[0])


@per_shelf
def vocabulary() -> Vocabulary:
    """The vocabulary of names of organisations."""
    return Vocabulary()


def _numbers(name: str) -> tuple[str, ...]:
    return (*_DIGITS.findall(name), *_ROMAN.findall(name.strip()))


def _other_words(name: str, other: str) -> bool:
    """Whether the differing words are both known, such as places: then it is no typing error."""
    mine, theirs = (set(WORD.findall(text.casefold())) for text in (name, other))
    first, second = mine - theirs, theirs - mine
    known = _known_words()
    # `Oulu yliopisto`: a missing case ending, but the same place.
    if {known.get(word) for word in first} & {known.get(word) for word in second} - {None, ""}:
        return False
    if first & known.keys() and second & known.keys():
        return True
    # `Juva` and `Juuka`: town names differ in nothing else.
    towns = {"kunta", "kaupunki", "stad", "kommun"}
    return bool((mine & towns) and len(first) == len(second) == 1 and _short(first, second))


def _short(first: set[str], second: set[str]) -> bool:
    (one,), (two,) = first, second
    return fuzz.ratio(one, two) < 90 or min(len(one), len(two)) < 8


@per_shelf
def _known_words() -> dict[str, str]:
    """Words of place names with the place; empty for words that are only part of a name."""
    found = dict.fromkeys(_OF_AREAS, "")
    for row in (*load.codes("regions"), *load.codes("municipality_names")):
        for form in (row["label_fi"], row["genitive_fi"]):
            words = WORD.findall(form.casefold())
            found |= {word: row["label_fi"] if len(words) == 1 else "" for word in words}
    return found


# Words that begin names of areas, or stand for them.
_OF_AREAS = (
    "pohjois", "etelä", "itä", "länsi", "keski", "kaakkois", "lounais", "kymen", "hämeen", "savon",
    "karjalan",
)  # fmt: skip
