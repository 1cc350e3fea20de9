"""What a word behind a number counts."""

from functools import lru_cache

from esrdata.proofing.shelf import shelf


@lru_cache(maxsize=50_000)
def may_count(noun: str, lang: str) -> bool:
    """Whether a word names something that figures count."""
    return counted(noun, lang) is not None


@lru_cache(maxsize=50_000)
def counted(noun: str, lang: str) -> tuple[str, str] | None:
    """The facet and value that a word behind a number names; None where it names none."""
    if not noun:
        return None
    for facet in ("part", "what"):
        pattern, values = shelf().facets[lang][facet]
        match = pattern.match(noun)
        if match is not None and match.lastgroup is not None:
            return facet, values[int(match.lastgroup[1:])]
    return None
