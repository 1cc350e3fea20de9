"""What an analyser said of words, kept from one run to the next.

To open a dictionary takes a second, as long as all else that a search does.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any, TypeVar

from esrdata.cache import Cache, key_of
from esrdata.guard import Failure, attempt
from esrdata.version import __version__

V = TypeVar("V", bound=str | bool)

#: So many answers of a kind are kept, those of some ten portfolios, 10 MB; the oldest go first.
MOST = 2**18


class Answers(dict[str, V]):
    """The answers to one question, by word; each word is asked about once."""

    def __init__(self, ask: Callable[[str], V], known: Mapping[str, V]) -> None:
        super().__init__(known)
        self._ask, self.kept = ask, len(known)

    def __missing__(self, word: str) -> V:
        self[word] = answer = self._ask(word)
        return answer

    def newest(self) -> dict[str, V]:
        """Those that are kept."""
        return dict(islice(self.items(), max(len(self) - MOST, 0), None))


class KeptWords:
    """The answers of analysers, in a cache.

    Parameters
    ----------
    cache
        Where those of earlier runs are, and where these are kept; None keeps none.
    """

    def __init__(self, cache: Cache | None) -> None:
        self._cache = cache
        self._answers: dict[str, tuple[Answers[str], Answers[bool]]] = {}

    def answers(
        self, analyser: tuple[str, ...], lemma: Callable[[str], str], knows: Callable[[str], bool]
    ) -> tuple[Answers[str], Answers[bool]]:
        """The basic forms that an analyser gives, and which words it knows.

        `analyser` is all that its answers depend on; the others are asked about words not kept.
        """
        key = key_of("words", analyser, __version__, sys.version_info[:2])
        if key not in self._answers:
            lemmas, known = self._kept(key)
            self._answers[key] = Answers(lemma, lemmas), Answers(knows, known)
        return self._answers[key]

    def save(self) -> None:
        """Keep what was not kept yet."""
        # A folder that cannot be written has had its warning when its texts were read.
        if self._cache is None or not os.access(self._cache.folder, os.W_OK):
            return
        for key, both in self._answers.items():
            if any(len(answers) > answers.kept for answers in both):
                kept = [answers.newest() for answers in both]
                self._cache.put(key, json.dumps(kept).encode())
        self._cache.sweep()

    def _kept(self, key: str) -> tuple[dict[str, str], dict[str, bool]]:
        data = None if self._cache is None else self._cache.get(key)
        if self._cache is None or data is None:
            return {}, {}
        found = attempt(lambda: _checked(json.loads(data)))
        if isinstance(found, Failure):
            self._cache.drop(key)
            return {}, {}
        return found


def _checked(kept: Any) -> tuple[dict[str, str], dict[str, bool]]:
    lemmas, known = kept
    if {*map(type, lemmas.values())} - {str} or {*map(type, known.values())} - {bool}:
        raise ValueError("no answers")
    return lemmas, known


_KEPT: ContextVar[KeptWords | None] = ContextVar("kept_words", default=None)


def kept_words() -> KeptWords | None:
    """Where answers are kept; None where each run asks anew."""
    return _KEPT.get()


@contextmanager
def keeping_words(cache: Cache) -> Iterator[None]:
    """Keep in a cache what analysers say inside, and use what it holds."""
    kept = KeptWords(cache)
    token = _KEPT.set(kept)
    try:
        yield
    finally:
        _KEPT.reset(token)
        kept.save()
