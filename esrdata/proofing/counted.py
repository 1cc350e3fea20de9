"""What the word behind a number counts."""

from esrdata.knowledge.shelf import per_shelf
from esrdata.proofing.shelf import shelf

#: Shorter words are not taken for nouns.
_SHORT = 4


@per_shelf
def counted(noun: str, lang: str) -> tuple[str, str] | None:
    """The facet and value named by the word behind a number; None where there is none."""
    if not noun:
        return None
    for facet in ("part", "what"):
        pattern, values = shelf().facets[lang][facet]
        match = pattern.match(noun)
        if match is not None and match.lastgroup is not None:
            return facet, values[int(match.lastgroup[1:])]
    return None


def is_adjective(word: str, lang: str) -> bool:
    """Whether a word behind a number may be an adjective: 3 uutta hanketta."""
    if word in shelf().small_words[lang]:
        return False
    return shelf().adjective[lang].fullmatch(word) is not None


@per_shelf
def counts_else(noun: str, lang: str) -> bool:
    """Whether a number counts things that no figure is about."""
    word, known = noun.casefold(), shelf()
    if len(word) < _SHORT or not noun[0].islower() or counted(noun, lang) is not None:
        return False
    if word in known.after[lang] or word in known.small_words[lang]:
        return False
    if any(pattern.match(noun) for pattern, _ in known.facets[lang].values()):
        return False
    return known.counted[lang].fullmatch(word) is not None
