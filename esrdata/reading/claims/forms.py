"""What the end of a noun or a number word tells: whether they go together."""

import re
from functools import lru_cache

#: The nominative and the genitive of these look alike: seitsemän yrityksen edustajaa.
ALIKE = ("seitsemän", "kahdeksan", "yhdeksän", "kymmenen")

_PARTITIVE = re.compile(r"(?:[ts][aä]|aa|ää|[oueiöy][aä])$")
# Genitive and illative, the other cases, and endings of whose it is.
_OBLIQUE = re.compile(r"n$|ll[aäe]$|ksi$|n[aä]$|mme$|nne$")
_PLURAL_GENITIVE = re.compile(r"(?:ien|jen|iden|itten|[snrl]ten)$")
_PLURAL_OBLIQUE = re.compile(r"i(?:ll[aäe]|ss[aä])$")
_ILLATIVE = re.compile(r"(?:([aeiouyäö])\1|h[aeiouyäö]|[aeiouyäö]i|[sh]ii|see)n$")
_SHORT = 3
_BARE = re.compile(r"[aeiouyäöst]$")
_VOWEL = re.compile(r"[aeiouyäö]")


@lru_cache(maxsize=100_000)
def is_partitive(word: str) -> bool:
    """Whether a noun ends as what is counted does: 11 tapaamista."""
    return _PARTITIVE.search(word.casefold()) is not None


@lru_cache(maxsize=100_000)
def is_nominative(word: str, lemma: str) -> bool:
    """Whether a noun stands in its basic form, one or many: työpaja, naiset.

    What is short is so in any case: hlö. The lemma tells osallistuja from tunteja.
    """
    folded = word.casefold()
    if folded.endswith(("ja", "jä")):
        return folded[-3:] == lemma[-3:]
    short = len(folded) <= _SHORT or len(_VOWEL.findall(folded)) <= 1
    # Startup has no ending, and hlö:ä its own.
    bare = _BARE.search(folded) is not None and ":" not in folded
    return (
        bare and not short and _PARTITIVE.search(folded) is None and _OBLIQUE.search(folded) is None
    )


@lru_cache(maxsize=100_000)
def is_plural_genitive(word: str) -> bool:
    """Whether a noun tells whose things are, of many: yritysten, kuntien."""
    return _PLURAL_GENITIVE.search(word.casefold()) is not None


@lru_cache(maxsize=100_000)
def is_plural_oblique(word: str) -> bool:
    """Whether a noun tells to whom, or where, of many: kunnille, ryhmissä."""
    return _PLURAL_OBLIQUE.search(word.casefold()) is not None


@lru_cache(maxsize=100_000)
def ending(word: str) -> str:
    """What two words of one case have in common: koulutukseen and työkokeiluun."""
    folded = word.casefold()
    if folded.endswith("n"):
        return "illative" if _ILLATIVE.search(folded) else "genitive"
    return folded[-2:].replace("ä", "a")


@lru_cache(maxsize=100_000)
def is_oblique(word: str) -> bool:
    """Whether a word may say where to, where from or what somebody got."""
    return _OBLIQUE.search(word.casefold()) is not None or ending(word) in ("ta", "sa", "la")
