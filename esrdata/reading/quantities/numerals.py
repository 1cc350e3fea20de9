"""Finnish numerals: digits, and number words in every case."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from esrdata.knowledge import load
from esrdata.reading.quantities.figures import GAP, figure_value
from esrdata.reading.quantities.settings import SETTINGS

#: Digits with separated thousands, a decimal comma, and an ending behind a colon. What may not
#: precede them is tested afterwards, so that Python skips other text quickly.
DIGITS = (
    rf"\d(?<![\d,:/\w].)(?<!\d\..)"
    rf"(?:\d{{0,2}}(?:{GAP}\d{{3}})+(?!\d)|\d{{0,2}}(?:\.\d{{3}})+(?![\d.])|\d*)"
    r"(?:,\d+)?(?::[a-zåäö]{1,5})?(?![\d\w])"
)


class Numeral(NamedTuple):
    """The number a word means, and how exactly; None for an indefinite number."""

    value: float | None
    qualifier: str


@cache
def _shelf() -> Mapping[str, Any]:
    return load.quantities("numbers")


@cache
def _parts() -> dict[str, tuple[str, int]]:
    """The parts of number words, by form."""
    shelf = _shelf()
    forms: dict[str, tuple[str, int]] = {}
    for one, spellings in shelf["ones"].items():
        forms.update(dict.fromkeys(spellings, ("one", one)))
    scales = {"teen": 10, "ten": 10, "hundred": 100, "thousand": 1000, "million": 10**6}
    for name, size in scales.items():
        forms.update(dict.fromkeys(shelf[name], (name, size)))
    return forms


def _cuts(word: str) -> Iterator[list[tuple[str, int]]]:
    """Every way to split a word into parts of a number."""
    if not word:
        yield []
    for end in range(len(word), 3, -1):
        part = _parts().get(word[:end])
        if part is not None:
            for rest in _cuts(word[end:]):
                yield [part, *rest]


@cache
def known_words() -> dict[str, Numeral]:
    """Words known as a whole: nolla, parikymmentä, puolensataa."""
    shelf = _shelf()
    found = {word: Numeral(0.0, "exact") for word in shelf["zero"]}
    for qualifier, values in shelf["approximate"].items():
        for value, words in values.items():
            found.update(dict.fromkeys(words, Numeral(float(value), qualifier)))
    found.update(dict.fromkeys(shelf["indefinite"], Numeral(None, "about")))
    return found


@lru_cache(maxsize=50_000)
def number_word(word: str) -> Numeral | None:
    """The number that a word means; None if it is no number."""
    folded = word.casefold()
    known = known_words().get(folded)
    if known is not None:
        return known
    if not folded or len(folded) > SETTINGS.longest_word or folded in _shelf()["never_alone"]:
        return None
    values = (value for value in map(_sum, _cuts(folded)) if value is not None)
    value = next(values, None)
    return None if value is None else Numeral(float(value), "exact")


def _sum(parts: Sequence[tuple[str, int]]) -> int | None:
    """The value of the parts of a number word; None if they are in a wrong order."""
    total = rest = one = 0
    for kind, size in parts:
        if kind == "one":
            if one:
                return None
            one = size
        elif kind == "teen":
            if not one:
                return None
            rest, one = rest + one + size, 0
        elif kind in ("ten", "hundred"):
            rest, one = rest + (one or 1) * size, 0
        else:
            total, rest, one = total + (rest + one or 1) * size, 0, 0
    return total + rest + one


@cache
def scale_words() -> dict[str, int]:
    """Words that multiply a number before them: kymmentä, sataa, tuhatta, miljoonaa."""
    return {word: size for word, (kind, size) in _parts().items() if kind not in ("one", "teen")}


@cache
def before_scale(which: str) -> frozenset[str]:
    """Words before a scale: `half` of it (puoli miljoonaa), or `some`, an unknown number."""
    return frozenset(_shelf()[which])


@cache
def _fractions() -> dict[str, int]:
    shelf = _shelf()
    found = {word: whole for whole, words in shelf["fractions"].items() for word in words}
    for whole, part in shelf["fraction_parts"].items():
        found.update({part + ending: whole for ending in shelf["fraction_endings"]})
    return found


@cache
def _fractions_of() -> dict[str, int]:
    known = _shelf()["fractions_of"]
    return {word: whole for whole, words in known.items() for word in words}


def fraction_word(word: str, *, of: bool = False) -> int | None:
    """The denominator of a fraction in words: kolmasosa 3, puolet 2; None for other words.

    `of` is whether the whole follows: `puolella vastaajista`.
    """
    folded = word.casefold()
    return _fractions().get(folded) or (_fractions_of().get(folded) if of else None)


#: So many first letters distinguish most words from numbers.
START = 4


@cache
def number_starts() -> frozenset[str]:
    """The first letters of all words that may be numbers or fractions."""
    return frozenset(
        word[:START] for word in (*_parts(), *known_words(), *_fractions(), *_fractions_of())
    )


@lru_cache(maxsize=50_000)
def digits_value(text: str) -> float | None:
    """The number that digits in Finnish text stand for, without an ending behind a colon.

    A comma is a decimal comma unless three digits follow, which may be thousands: None.
    """
    bare = re.sub(r":\w+$", "", text)
    if bare.startswith("0,"):
        return float(bare.replace(",", "."))
    return figure_value(bare)
