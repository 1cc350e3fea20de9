"""Where the numbers of a text may stand: its digits and words that count, dates and codes apart."""

import re
from collections.abc import Set
from functools import cache, lru_cache
from itertools import chain, groupby
from operator import itemgetter

from esrdata.reading.claims.barred import Where, barred
from esrdata.reading.claims.number import WORD
from esrdata.reading.claims.vocabulary import EACH, words
from esrdata.reading.quantities.numerals import fraction_word, number_word

_DIGIT = re.compile(r"\d")


class Places:
    """A sentence, its words, and its places that may hold a number.

    `counting` are the places where words that may count begin, and `where` patterns of what is no
    quantity that may be in the text.
    """

    def __init__(self, text: str, small: str, counting: Set[int], where: Where) -> None:
        self.text = text
        # The same in small letters.
        self.small = small
        self.tokens = list(WORD.finditer(text))
        # Most sentences have none, and no word of theirs is looked at.
        some = (t for t in self.tokens if t.start() in counting) if counting else ()
        self._candidates = [token for token in some if may_count(token[0])]
        self._at_digits = [match.start() for match in _DIGIT.finditer(text)]
        self._has_brackets = "(" in text
        self._barred = barred(text, small, self._at_digits, where, worded=bool(self._candidates))

    def _bracket(self, at: int) -> int:
        """Where the bracket begins that a place stands in; -1 in none."""
        opened = self.text.rfind("(", 0, at)
        return opened if opened > self.text.rfind(")", 0, at) else -1

    def _is_aside(self, at: int, other: int) -> bool:
        """Whether a place stands in a bracket in which another does not."""
        return self._has_brackets and self._bracket(at) not in (self._bracket(other), -1)

    def _open(self, start: int, end: int) -> bool:
        # A loop of its own takes half the time of `any`.
        for first, last in self._barred:  # noqa: SIM110
            if first < end and start < last:
                return False
        return True


@lru_cache(maxsize=100_000)
def may_count(word: str) -> bool:
    """Whether a word is a number, a part of a whole, or a word for none."""
    shelf, folded = words(), word.casefold()
    return (
        all(map(number_word, word.split("-")))
        or fraction_word(word, of=True) is not None
        or folded in shelf.none_of
        or folded in shelf.none_people
    )


def number_places(text: str, small: str) -> list[int]:
    """Where a text has a digit or a word that may count; `small` is the same in small letters."""
    found: list[int] = []
    # A word at the beginning stands behind a space too: places are one further than in the text.
    spaced = f" {small}"
    behind_space, behind_sign = _starts()
    for match in chain(behind_space.finditer(spaced), behind_sign.finditer(spaced)):
        at = match.start()
        if spaced[at].isdecimal():
            found.append(at - 1)
        elif not spaced[at].isalpha():
            if small.startswith(EACH, at):
                # The word behind it was passed over: joka kolmas, joka kolmessa kunnassa.
                found.append(at)
                at += len(EACH)
            word = WORD.match(text, at)
            if word is not None and may_count(word[0]):
                found.append(at)
    return sorted(found)


@cache
def _starts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may count, with the sign before it: behind a space, and behind another or digits.

    Python finds one plain sign many times faster than one of a few: most words stand behind it.
    """
    # By their first letters: so most places are passed over at once.
    groups = groupby(sorted(words().starts), key=itemgetter(0))
    starts = "|".join(f"{first}(?:{'|'.join(word[1:] for word in all_)})" for first, all_ in groups)
    return re.compile(f" (?:{starts})"), re.compile(rf"[^ a-zåäö](?:(?<=\d)\d*|{starts})")
