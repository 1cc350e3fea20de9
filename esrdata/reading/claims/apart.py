"""Number words that are written apart: `pari sataa`, `puoli miljoonaa`, `sata kaksikymmentä`.

The last of such words is a number by itself, and another one than all of them together: 200 people
were read as 100, and half a million euros as a whole one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from esrdata.reading.claims.forms import ALIKE, ending
from esrdata.reading.claims.vocabulary import case_of
from esrdata.reading.quantities.numerals import (
    Numeral,
    before_scale,
    digits_value,
    known_words,
    number_word,
    scale_words,
)

_BEFORE = re.compile(r"(?<![\w-])([^\W\d_]+)\s$")
# How many wholes there are: kaksi ja puoli miljoonaa.
_WHOLES = re.compile(r"(?<![\w,])(\w+)\sja\s$")
_BEHIND_AND = re.compile(r"\sja\s(\w+)\s(\w+)")
_HALF = re.compile(r"[^-]+")
_GENITIVE = re.compile(r"\s[^\W\d_]+n\b")
_DIGIT = re.compile(r"[\d½¼¾]\s$")
# As far as the words before a scale may be.
_REACH = 40
_PARTITIVE = ("ta", "tä", "aa")
_INFLECTED = re.compile(r"(?:ss|st|lt|ll|n)[aä]$|lle$|(?<!ka)(?<!y)ksi$|een$|(?<!tuha)t$")


class Spelled(NamedTuple):
    """A number in words, its place, and how many times larger its last word makes it."""

    start: int
    end: int
    numeral: Numeral
    size: float = 1
    #: What was added last: in kaksi miljoonaa viisisataa it is 500, and thousands are of these.
    rest: float | None = None


def spelled(text: str, tokens: Sequence[re.Match[str]]) -> Iterator[Spelled]:
    """The numbers that words of a text mean, those written apart as one."""
    last: Spelled | None = None
    for token in chain.from_iterable(map(_halves, tokens)):
        numeral = number_word(token[0])
        if numeral is None:
            continue
        size = scale_words().get(token[0].casefold())
        one: Spelled | None = Spelled(*token.span(), numeral)
        if size is not None:
            one = _scaled(text, token, numeral, size)
        elif text.startswith(" ja puol", token.end()):
            one = _and_half(text, token, numeral)
        if one is None:
            continue
        if last is not None:
            joined = _joined(text, last, one) if last.end + 1 == one.start else None
            # What begins where the last one does holds it: kaksi ja puoli miljoonaa.
            if joined is None and last.start < one.start:
                yield last
            one = joined or one
        last = one
    if last is not None:
        yield last


def _halves(token: re.Match[str]) -> Iterator[re.Match[str]]:
    """A word, or the two of a range that a hyphen joins: kaksi-kolme."""
    return _HALF.finditer(token.string, *token.span()) if "-" in token[0] else iter((token,))


def _scaled(text: str, token: re.Match[str], numeral: Numeral, size: int) -> Spelled | None:
    """A scale and the word that says how many of it; None where signs before it say so."""
    start, end = token.span()
    near = max(0, start - _REACH)
    if _DIGIT.search(text, near, start):
        return None
    one = Spelled(start, end, numeral)
    before = _BEFORE.search(text, near, start)
    if before is None:
        return one
    word = before[1].casefold()
    known = known_words().get(word + token[0].casefold())
    if known is None and (few := known_words().get(word)) is not None and few.value:
        known = few._replace(value=few.value * size)  # parisen tuhatta
    if word in before_scale("half"):
        wholes = _WHOLES.search(text, max(0, before.start() - _REACH), before.start())
        many = None if wholes is None else count_of(wholes[1])
        if wholes is not None and many is not None:
            return Spelled(wholes.start(), end, Numeral((many + 0.5) * size, "exact"), size)
        return Spelled(before.start(), end, known or Numeral(size / 2, "exact"), size)
    if known is not None:
        return Spelled(before.start(), end, known)
    if word in before_scale("some") and (
        word.endswith("n") or not _may_be_genitive(text, token[0], end)
    ):
        return Spelled(before.start(), end, Numeral(None, "about"))
    return one


def _and_half(text: str, token: re.Match[str], numeral: Numeral) -> Spelled:
    """A number with a half more, of what stands behind: kaksi ja puoli vuotta."""
    behind = _BEHIND_AND.match(text, token.end())
    half = (
        behind is not None and behind[1] in before_scale("half") and behind[2] not in scale_words()
    )
    if behind is None or not half or numeral.value is None:
        return Spelled(*token.span(), numeral)
    return Spelled(token.start(), behind.end(1), numeral._replace(value=numeral.value + 0.5))


def count_of(word: str) -> float | None:
    """What a word or digits count; None where they count nothing."""
    numeral = number_word(word)
    return digits_value(word) if word.isdecimal() else numeral.value if numeral else None


def _may_be_genitive(text: str, word: str, end: int) -> bool:
    """Whether a number may be in the genitive of the noun behind it: kymmenen euron arpa."""
    return word.casefold().endswith(ALIKE) and _GENITIVE.match(text, end) is not None


def _joined(text: str, last: Spelled, one: Spelled) -> Spelled | None:
    """Two words as one number, where together they are one in the order of a number."""
    if text[last.end] != " ":
        return None
    first, second = text[last.start : last.end].casefold(), text[one.start : one.end].casefold()
    many, more = last.numeral.value, one.numeral.value
    exact = last.numeral.qualifier == one.numeral.qualifier == "exact"
    if not many or not more or not exact:
        return None
    # Kahdellekymmenelle viidelle is one number, kahdella sata is none.
    inflected = _INFLECTED.search(first), _INFLECTED.search(second)
    alike = all(inflected) and ending(first) == ending(second)
    if any(inflected) and not alike:
        return None
    value = number_word("".join(f"{first}{second}".split()))
    if value is None or value.value is None or _may_be_genitive(text, second, one.end):
        return None
    size = scale_words().get(second, 1)
    rest = last.rest or many
    is_product = rest < size and value.value == many - rest + rest * more
    is_sum = many % 10 ** len(f"{more:.0f}") == 0 and value.value == many + more
    if alike:
        fits = is_sum or is_product
    elif _is_genitive(second):
        fits = (is_sum or is_product) and _is_genitive(first)
    else:
        fits = (is_sum and not _is_genitive(first)) or (is_product and second.endswith(_PARTITIVE))
    if not fits:
        return None
    scale = size if is_product and size >= 1000 else 1
    return Spelled(last.start, one.end, value, scale, more if is_sum else None)


def _is_genitive(word: str) -> bool:
    """Whether a number word is in the genitive: kolmenkymmenen is, kymmenen may not be."""
    return case_of(word) == "of" and (not word.endswith(ALIKE) or word.endswith("nkymmenen"))
