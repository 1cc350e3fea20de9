"""What a word behind a number counts."""

from functools import lru_cache

from esrdata.proofing.shelf import Shelf, shelf

#: A shorter word is no noun.
_SHORT = 4


def may_count(noun: str, lang: str) -> bool:
    """Whether a word names something that figures count."""
    return counted(noun, lang) is not None


def counted(noun: str, lang: str) -> tuple[str, str] | None:
    """The facet and value that a word behind a number names; None where it names none."""
    return _counted(noun, lang, shelf())


@lru_cache(maxsize=50_000)
def _counted(noun: str, lang: str, known: Shelf) -> tuple[str, str] | None:
    if not noun:
        return None
    for facet in ("part", "what"):
        pattern, values = known.facets[lang][facet]
        match = pattern.match(noun)
        if match is not None and match.lastgroup is not None:
            return facet, values[int(match.lastgroup[1:])]
    return None


def is_adjective(word: str, lang: str) -> bool:
    """Whether a word behind a number may be an adjective of what is counted: 3 uutta hanketta."""
    if word in shelf().small_words[lang]:
        return False
    return shelf().adjective[lang].fullmatch(word) is not None


def counts_else(noun: str, lang: str) -> bool:
    """Whether a word behind a number is a thing counted that no figure is of."""
    return _counts_else(noun, lang, shelf())


@lru_cache(maxsize=50_000)
def _counts_else(noun: str, lang: str, known: Shelf) -> bool:
    word = noun.casefold()
    if len(word) < _SHORT or not noun[0].islower() or _counted(noun, lang, known) is not None:
        return False
    if word in known.after[lang] or word in known.small_words[lang]:
        return False
    if any(pattern.match(noun) for pattern, _ in known.facets[lang].values()):
        return False
    return known.counted[lang].fullmatch(word) is not None
