"""What single words tell of their sentence: which patterns are worth holding against it.

The words of narratives come again and again, and of each it is asked once. A clue tells only that a
pattern may match somewhere, but for `PAST`: such a word is enough. A `LABEL` stands before what may
be no quantity (luku 3), a `SIGN` before a number that may be a sum or a share.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from esrdata.documents.text import small
from esrdata.knowledge import load
from esrdata.reading.claims.beginnings import by_beginning
from esrdata.reading.quantities.phrases import one_of

GOAL, PAST, PERFECT, PARTICIPLE, DENIAL, FOREIGN = 1, 2, 4, 8, 16, 32
LABEL, SAYING, BACK, AMOUNT, SIGN = 64, 128, 256, 512, 1024
_EDGE = re.compile(r"[:’'-]")
_Kinds = tuple[tuple[int, re.Pattern[str]], ...]


@lru_cache(maxsize=100_000)
def of_claims(word: str) -> int:
    """What a word tells of its sentence."""
    (kinds, known), low = _of_claims(), small(word)
    clues = 0
    for clue, pattern in kinds:
        if pattern.search(low):
            clues |= clue
    for part in (low,) if low.isalpha() else _EDGE.split(low):
        clues |= known.get(part, 0)
    return clues


@cache
def _of_claims() -> tuple[_Kinds, Mapping[str, int]]:
    shelf, known = load.claims("words"), defaultdict[str, int](int)
    # Those that are whole words, and those that only begin or end one.
    foreign = {part.strip(): part[0] == part[-1] for part in shelf["foreign"]}
    kinds = {
        GOAL: [one_of(re.findall(r"\w+", part)[-1] for part in shelf["stage_words"])],
        PAST: [shelf["past_endings"]],
        PARTICIPLE: [shelf["participle_endings"]],
        FOREIGN: [one_of(part for part, whole in foreign.items() if not whole)],
        LABEL: [pattern.pattern for pattern in by_beginning(shelf["never_behind_words"])],
        SAYING: [rf"\b(?:{'|'.join(shelf['sayings'])})"],
        BACK: [rf"\b(?:{shelf['back']})\b"],
        AMOUNT: [rf"(?:{shelf['amount_ends']})\Z"],
        SIGN: [rf"(?:{shelf['share_ends']}|{shelf['sum_ends']})\Z"],
    }
    words = {PAST: shelf["past"], PERFECT: shelf["perfect"], DENIAL: shelf["denying"]}
    for clue, some in (*words.items(), (FOREIGN, foreign)):
        for word in some:
            known[word] |= clue
    every = ((clue, pattern) for clue, patterns in kinds.items() for pattern in patterns)
    return tuple((clue, re.compile(pattern)) for clue, pattern in every), known
