"""What single words tell of their sentence: which patterns are worth holding against it.

The words of narratives come again and again, and of each it is asked once. A clue tells only that a
pattern may match somewhere, but for `PAST`: such a word is enough. A `LABEL` stands before what may
be no quantity: luku 3.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from esrdata.documents.text import small
from esrdata.knowledge import load
from esrdata.reading.claims.beginnings import by_beginning
from esrdata.reading.quantities.phrases import one_of

GOAL, PAST, PERFECT, PARTICIPLE, DENIAL, FOREIGN = 1, 2, 4, 8, 16, 32
LABEL, SAYING, BACK, AMOUNT = 64, 128, 256, 512


@lru_cache(maxsize=100_000)
def of_claims(word: str) -> int:
    """What a word tells of its sentence."""
    low = small(word)
    return sum(clue for clue, pattern in _clues() if pattern.search(low))


@cache
def _clues() -> tuple[tuple[int, re.Pattern[str]], ...]:
    shelf = load.claims("words")
    # Those that are whole words, and those that only begin or end one.
    foreign = {part.strip(): part[0] == part[-1] for part in shelf["foreign"]}
    begun = one_of(part for part, whole in foreign.items() if not whole)
    patterns = {
        GOAL: one_of(re.findall(r"\w+", part)[-1] for part in shelf["stage_words"]),
        PAST: f"{shelf['past_endings']}|{_whole(shelf['past'])}",
        PERFECT: _whole(shelf["perfect"]),
        PARTICIPLE: shelf["participle_endings"],
        DENIAL: _whole(shelf["denying"]),
        FOREIGN: f"{begun}|{_whole(foreign)}",
        LABEL: "|".join(one.pattern for one in by_beginning(shelf["never_behind_words"])),
        SAYING: rf"\b(?:{'|'.join(shelf['sayings'])})",
        BACK: rf"\b(?:{shelf['back']})\b",
        AMOUNT: rf"{shelf['amount_ends']}\Z",
    }
    return tuple((clue, re.compile(pattern)) for clue, pattern in patterns.items())


def _whole(words: Iterable[str]) -> str:
    edge = "[:’'-]"
    return rf"(?:\A|{edge})(?:{one_of(words)})(?:{edge}|\Z)"
