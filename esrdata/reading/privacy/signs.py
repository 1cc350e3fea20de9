"""A text in plain signs: one space, one hyphen, no signs without width, places kept."""

import re
import unicodedata
from array import array
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import chain

from esrdata.documents.text import as_one, rare, small

# Signs that stand for themselves. All others are looked up.
_RARE = re.compile(r"[^\x00-\x7e\xc0-\xffš–”’€•…§█]")
_USUAL = frozenset("åäöÅÄÖ€”•…§█")
_UNSEEN = "\u200b"
# A word goes on behind a hyphen at the end of its line.
_HYPHEN = re.compile(rf"-(?<=[^\W\d_]-){_UNSEEN}?[ \t]*\n[ \t]*(?=[^\W\d_])")
# Letters in place of digits of a mobile number: o4o 123 4567.
_LETTERS = re.compile(r"(?<!\w)[0Oo](?:4[0-9Oo]|5[0Oo])(?:[ \t\n./-]{0,3}[0-9OolI]){6,7}(?!\w)")
_DIGITS = str.maketrans("OolI", "0011")
_LEFT_OUT = re.compile(rf"{_UNSEEN}+|{_HYPHEN.pattern}")
_SIGNS = {"–": "-", "’": "'", "\u2212": "-", "\u2215": "/", "\u2044": "/", "\u3002": "."}
# An encircled a in place of the sign of an address.
_SIGNS |= dict.fromkeys("Ⓐⓐ", "@")


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    """The one sign that stands for another one like it."""
    kind = unicodedata.category(sign)
    if sign in _SIGNS:
        return _SIGNS[sign]
    if kind == "Cf":
        return _UNSEEN
    if kind == "Pd":
        return "-"
    if kind in ("Zs", "Zl", "Zp"):
        return "\n" if kind != "Zs" else " "
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    same = unicodedata.normalize("NFKC", sign)
    return same if len(same) == 1 else sign


def _with_digits(text: str) -> str:
    """A text with digits where a mobile number has letters like them."""
    for digit in "45":
        # One plain sign is found at once, any of a class is not.
        at = text.find(digit, 1)
        while at > 0:
            number = _LETTERS.match(text, at - 1) if text[at - 1] in "0Oo" else None
            if number is not None and any(letter in number[0] for letter in "OolI"):
                return _LETTERS.sub(lambda match: match[0].translate(_DIGITS), text)
            at = text.find(digit, at + 1)
    return text


class Plain:
    """A text as it is searched.

    Attributes
    ----------
    text
        The text in plain signs, without signs that nobody sees and with broken words joined.
    accented
        Whether it has letters beyond those of Finnish and Swedish.
    """

    def __init__(self, text: str) -> None:
        self.accented = False
        if not text.isascii():
            text = text.replace("–", "-").replace("’", "'")
            beyond = rare(text)
            self.accented = not _USUAL.issuperset(beyond)
            odd = set(_RARE.findall(beyond))
            if len(odd) > 20:
                text = text.translate({ord(sign): _plain(sign) for sign in odd})
            else:
                for sign in odd:
                    text = text.replace(sign, _plain(sign))
        text = _with_digits(text)
        self._places: array[int] | None = None
        if _UNSEEN in text or _HYPHEN.search(text) is not None:
            left_out = [match.span() for match in _LEFT_OUT.finditer(text)]
            starts = [0, *(end for _, end in left_out)]
            ends = [*(start for start, _ in left_out), len(text)]
            kept = list(zip(starts, ends, strict=True))
            self._places = array("L", chain.from_iterable(range(a, b) for a, b in kept))
            text = "".join(text[a:b] for a, b in kept)
        self.text = text

    @cached_property
    def small(self) -> str:
        """The plain text in lower case, sign by sign."""
        return small(self.text)

    def spans(self, found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Where slices of the plain text stand in the text itself, in order, as one where they
        touch.
        """
        if (places := self._places) is not None:
            found = ((places[start], places[end - 1] + 1) for start, end in found)
        return as_one(found)
