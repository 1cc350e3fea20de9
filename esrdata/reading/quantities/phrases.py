"""Patterns made of words of the shelf."""

import re
from collections.abc import Iterable, Mapping
from typing import Any


def any_case(pattern: str) -> re.Pattern[str]:
    """A pattern that capital letters match too."""
    return re.compile(pattern, re.IGNORECASE)


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of some words or phrases, the longest first.

    Words are grouped by first letter, so that most places are ruled out at once.
    """
    ordered = sorted(set(words), key=len, reverse=True)
    groups: dict[str, list[str]] = {}
    for word in ordered:
        # If case does not matter, the longer of `EUR` and `euroa` must also come first.
        groups.setdefault(word[:1].casefold(), []).append(_spaced(word))
    return "|".join(map(_together, groups.values()))


def _together(words: list[str]) -> str:
    first = words[0][:1]
    if len(words) == 1 or not first.isalpha() or any(word[:1] != first for word in words):
        return "|".join(words)
    return f"{first}(?:{'|'.join(word[1:] for word in words)})"


def _spaced(word: str) -> str:
    return r"\s+".join(re.escape(part) for part in word.split())


def every(words: Mapping[Any, Iterable[Any]]) -> list[Any]:
    """The words of all languages."""
    return [word for spellings in words.values() for word in spellings]
