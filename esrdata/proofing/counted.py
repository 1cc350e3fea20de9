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
    pattern, kinds = shelf().facets[lang]
    match = pattern.match(noun) if noun else None
    if match is None or match.lastgroup is None:
        return None
    facet, value = kinds[int(match.lastgroup[1:])]
    return (facet, value) if facet in ("what", "part") else None
