"""Finnish numerals: digits as they are written, and number words in every case."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from esrdata.knowledge import load

_GAP = "[ \u00a0\u202f\u2009]"
#: Digits with thousands apart and a decimal comma, and an ending behind a colon.
DIGITS = (
    rf"(?<![\d,:/\w])(?<!\d\.)(?:\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)|\d{{1,3}}(?:\.\d{{3}})+(?![\d.])|\d+)"
    r"(?:,\d+)?(?::[a-zåäö]{1,5})?(?![\d\w])"
)


class Numeral(NamedTuple):
    """The number a word means, and how surely; None is an indefinite one."""

    value: float | None
    qualifier: str


@cache
def _shelf() -> Mapping[str, Any]:
    return load.quantities("numbers")


@cache
def _parts() -> dict[str, tuple[str, int]]:
    """What each form of a part of a number word is."""
    shelf = _shelf()
    forms: dict[str, tuple[str, int]] = {}
    for one, written in shelf["ones"].items():
        forms.update(dict.fromkeys(written, ("one", one)))
    scales = {"teen": 10, "ten": 10, "hundred": 100, "thousand": 1000, "million": 10**6}
    for name, size in scales.items():
        forms.update(dict.fromkeys(shelf[name], (name, size)))
    return forms


def _cuts(word: str) -> Iterator[list[tuple[str, int]]]:
    """Every way to cut a word into parts of a number."""
    if not word:
        yield []
    for end in range(len(word), 3, -1):
        part = _parts().get(word[:end])
        if part is not None:
            for rest in _cuts(word[end:]):
                yield [part, *rest]


@cache
def _known() -> dict[str, Numeral]:
    """Words that are looked up whole."""
    shelf = _shelf()
    found = {word: Numeral(0.0, "exact") for word in shelf["zero"]}
    for qualifier, values in shelf["approximate"].items():
        for value, words in values.items():
            found.update(dict.fromkeys(words, Numeral(float(value), qualifier)))
    found.update(dict.fromkeys(shelf["indefinite"], Numeral(None, "about")))
    return found


@lru_cache(maxsize=50_000)
def number_word(word: str) -> Numeral | None:
    """What a word means as a number; None where it is none."""
    folded = word.casefold()
    known = _known().get(folded)
    if known is not None:
        return known
    if not folded or folded in _shelf()["never_alone"]:
        return None
    values = (value for value in map(_sum, _cuts(folded)) if value is not None)
    value = next(values, None)
    return None if value is None else Numeral(float(value), "exact")


def _sum(parts: Sequence[tuple[str, int]]) -> int | None:
    """The value of the parts of a number word, None where they are in no order of a number."""
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
def multipliers() -> dict[str, int]:
    """Words behind a number that make it so many times larger."""
    return {word: size for size, words in _shelf()["multipliers"].items() for word in words}


def digits_value(text: str) -> float:
    """The number that digits write."""
    bare = re.sub(rf"{_GAP}|:\w+$", "", text)
    whole, _, cents = bare.partition(",")
    return float(whole.replace(".", "") + (f".{cents}" if cents else ""))
