"""Words of the shelf as patterns."""

import re
from collections.abc import Iterable, Mapping
from typing import Any


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of some words or phrases, the longest first."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in ordered)


def every(words: Mapping[str, Iterable[Any]]) -> list[Any]:
    """The words of all languages."""
    return [word for spellings in words.values() for word in spellings]
