"""The words of `privacy.yml` as patterns."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf


def listed(part: str, name: str) -> list[str]:
    """The words of a list of the shelf."""
    found: Any = load.privacy()[part][name]
    return [word for words in found.values() for word in words] if name == _ORDINARY else found


_ORDINARY = "ordinary"


def one_of(words: Iterable[str]) -> str:
    """One pattern for words; "*" stands for any ending, or any beginning."""
    ordered = sorted(words, key=len, reverse=True)
    parts = (re.escape(word.strip("*")) for word in ordered)
    ends = ((r"\w*" * word.startswith("*"), r"\w*" * word.endswith("*")) for word in ordered)
    return "|".join(f"{a}{part}{b}" for part, (a, b) in zip(parts, ends, strict=True))


@cache
def pattern(part: str, name: str) -> str:
    """One pattern for the words of a list of the shelf."""
    return one_of(listed(part, name))


@cache
def before(part: str, name: str, between: str) -> re.Pattern[str]:
    """A word of a list that ends where a search ends, with what may stand between."""
    return re.compile(rf"(?<!\w)(?:{pattern(part, name)}){between}\Z", re.IGNORECASE)


@per_shelf
def towns() -> frozenset[str]:
    """Municipalities that are named more often than persons of the same name."""
    return frozenset(map(load.fold, listed("names", "towns")))


@per_shelf
def ordinary() -> frozenset[str]:
    """Words that are names of persons and other words, or names of places, too."""
    return frozenset(map(load.fold, listed("names", _ORDINARY))) | towns()
