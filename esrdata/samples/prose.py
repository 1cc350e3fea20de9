"""Narratives as long and varied as real ones, made of sentences with gaps to fill."""

import random
import re
from collections.abc import Iterator
from functools import cache

from esrdata.knowledge import load

_VOWELS = "aeiouyäö"
_SLOT = re.compile(r"\{(\w+)\}")
#: Characters to which the narratives of a document are filled up; the last paragraphs exceed it,
#: giving 8,000 to 15,000. Real ones have some 12,000.
LONG = (7_000, 11_000)
_SENTENCES = (3, 7)


class Prose:
    """The sentences of one project.

    Parameters
    ----------
    code
        The project code; it determines the sentences.
    """

    def __init__(self, code: str) -> None:
        self._chance = random.Random(f"prose {code}")
        self._words = load.sample()["prose"]
        self.length = self._chance.randint(*LONG)

    def narrative(self, length: float, *, realised: bool) -> str:
        """Paragraphs of at least so many characters; every fourth sentence has a number."""
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < length:
            paragraphs.append(" ".join(self._paragraph(realised)))
        return "\n\n".join(paragraphs)

    def justification(self) -> str:
        """One to three sentences justifying a score."""
        return " ".join(self._sentence("justified") for _ in range(self._chance.randint(1, 3)))

    def _paragraph(self, realised: bool) -> Iterator[str]:
        for _ in range(self._chance.randint(*_SENTENCES)):
            stated = self._chance.random() < 1 / 4
            if realised:
                yield self._sentence("stated" if stated else "realised")
            else:
                yield self._sentence("aimed" if stated else "planned")

    def _sentence(self, kind: str) -> str:
        text = _SLOT.sub(self._filled, self._chance.choice(self._words[kind]))
        return text[0].upper() + text[1:]

    def _filled(self, slot: re.Match[str]) -> str:
        chance = self._chance
        match slot[1]:
            case "n":
                return str(chance.randint(60, 900))
            case "m":
                return str(chance.randint(10, 59))
            case "few":
                return str(chance.randint(3, 40))
            case "share":
                return str(chance.randint(15, 95))
            case "euros":
                return str(chance.randint(12, 240))
            case form:
                firsts, lasts = _parts()
                return _compound(chance.choice(firsts), chance.choice(lasts[form]))


@cache
def _parts() -> tuple[list[str], dict[str, list[str]]]:
    """First parts of compound nouns, and last parts by form."""
    prose = load.sample()["prose"]
    by_form = zip(*map(str.split, prose["lasts"]), strict=True)
    return prose["firsts"].split(), dict(zip(prose["forms"], map(list, by_form), strict=True))


def _compound(first: str, last: str) -> str:
    # Equal vowels do not meet in a Finnish compound: tieto + opas, but arki-ilta.
    meet = first[-1] == last[0] and last[0] in _VOWELS
    return f"{first}{'-' if meet else ''}{last}"
