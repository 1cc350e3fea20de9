"""Names of persons that no form holds, found when asked for: `privacy="strict"`.

Names are known by the lists of first and last names that Faker ships (Finnish ones from the name
statistics of the Digital and Population Data Services Agency, Swedish ones beside them), in any
form; what stands beside a known name with a capital belongs to it. A name on no list is found next
to one that is, or behind an occupation, and else not at all.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from importlib import metadata
from importlib.util import find_spec

from esrdata.errors import UsageError, unknown
from esrdata.reading.levels import LEVELS, STANDARD, STRICT
from esrdata.reading.privacy.inflection import END, stems
from esrdata.reading.privacy.vocabulary import before, ordinary, pattern

_LIBRARY = "faker"
_level: ContextVar[str] = ContextVar("level of privacy", default=STANDARD)
_WORD = re.compile(r"(?<![\w@.])[A-ZÅÄÖÉ][\w'´`-]*[^\W\d_](?!\w)|(?<![\w@.])[A-ZÅÄÖ]\.?(?![\w.])")
# Between the words of one name.
_BETWEEN = re.compile(r"[ \t]{1,2}|[ \t]?\n[ \t]*")
# A last name in -nen is hardly ever anything else; others are names of farms and villages too.
_FIRST, _SURE, _LAST, _OTHER, _INITIAL = "first", "sure", "last", "other", "initial"
_NAMES = (_FIRST, _SURE, _LAST)
_MOST = 4


@contextmanager
def recognising(level: str) -> Iterator[None]:
    """Cover, within a `with` block, the names that a level of privacy asks for.

    Raises
    ------
    UsageError
        If there is no such level, or what it needs is not installed.
    """
    if level not in LEVELS:
        raise UsageError(unknown("privacy", level, LEVELS))
    if level == STRICT and find_spec(_LIBRARY) is None:
        raise UsageError(
            "privacy='strict' needs lists of names: pip install 'esrdata[strict]' brings them."
        )
    token = _level.set(level)
    try:
        yield
    finally:
        _level.reset(token)


def level() -> str:
    """The level of privacy in use."""
    return _level.get()


def recogniser() -> str | None:
    """What recognises names at the level in use, with its version; None where nothing does."""
    if _level.get() == STANDARD:
        return None
    return f"{_LIBRARY} {metadata.version(_LIBRARY)} (fi_FI, sv_SE)"


@cache
def _lists() -> dict[str, frozenset[str]]:
    """What the forms of names begin with, by the kind of name."""
    from faker.providers.person.fi_FI import Provider as Finnish
    from faker.providers.person.sv_SE import Provider as Swedish

    kinds: dict[str, set[str]] = {kind: set() for kind in _NAMES}
    for names in (Finnish, Swedish):
        for name in (*names.first_names_female, *names.first_names_male):
            kinds[_FIRST].update(stems(name.lower()))
        for name in names.last_names:
            sure = name.endswith("nen") and not name.endswith(("lainen", "läinen"))
            kinds[_SURE if sure else _LAST].update(stems(name.lower()))
    return {kind: frozenset(found) for kind, found in kinds.items()}


_ENDING = re.compile(END)


@lru_cache(maxsize=50_000)
def _kind(word: str) -> str:
    """What a word with a capital may be: a first name, a last name, an initial, or another word."""
    if len(word.rstrip(".")) == 1:
        return _INITIAL
    small = word.lower()
    parts = small.split("-")
    if len(parts) > 1:
        kinds = {_kind(part.capitalize()) for part in parts if part}
        whole = kinds <= {*_NAMES}
        return next(kind for kind in _NAMES if kind in kinds) if whole else _OTHER
    for kind, stemmed in _lists().items():
        for cut in range(len(small), 1, -1):
            if small[:cut] in stemmed and _ENDING.fullmatch(small, cut):
                return kind
    return _OTHER


@cache
def _contexts() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    bodies = rf"[ \t\n-]{{1,2}}(?:{pattern('names', 'bodies')})(?!\w)"
    doings = rf"[ \t]{{1,2}}(?:{pattern('names', 'doings')})(?!\w)"
    return (
        before("names", "occupations", r"[ \t]{1,2}"),
        re.compile(bodies, re.IGNORECASE),
        re.compile(doings),
    )


def recognised(text: str) -> Iterator[tuple[int, int]]:
    """Where persons are named in a text of plain signs; nowhere at the level `standard`."""
    if _level.get() == STANDARD:
        return
    chain: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if chain and not _goes_on(text, chain, word):
            yield from _person(text, chain)
            chain = []
        chain.append(word)
    yield from _person(text, chain)


def _goes_on(text: str, chain: list[re.Match[str]], word: re.Match[str]) -> bool:
    """Whether a word may belong to the name that the words before it are."""
    between = _BETWEEN.fullmatch(text, chain[-1].end(), word.start())
    return len(chain) < _MOST and between is not None


def _person(text: str, chain: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """The person among words with capitals that follow each other."""
    if not chain:
        return
    kinds = [_kind(word[0]) for word in chain]
    known = [i for i, kind in enumerate(kinds) if kind in _NAMES]
    start, end = chain[0].start(), chain[-1].end()
    occupation, body, doing = _contexts()
    behind = occupation.search(text, max(start - 40, 0), start) is not None
    if not known:
        if behind and body.match(text, end) is None and kinds[0] == _OTHER:
            yield start, chain[min(1, len(chain) - 1)].end()
        return
    first, last = known[0], known[-1]
    if first and kinds[first - 1] == _INITIAL:
        first -= 1
    # The word behind a first name is the last name, known or not.
    last += kinds[last] == _FIRST and last + 1 < len(chain)
    start, end = chain[first].start(), chain[last].end()
    if first == last and not behind and doing.match(text, end) is None:
        if _is_ordinary(chain[first][0].lower()) or body.match(text, end) is not None:
            return
        if kinds[first] == _LAST:
            return
    yield start, end


@lru_cache(maxsize=10_000)
def _is_ordinary(word: str) -> bool:
    """Whether a name is an ordinary word too, in any form."""
    return any(
        word.startswith(stem) and _ENDING.fullmatch(word, len(stem)) is not None
        for stem in _ordinary_stems().get(word[:2], ())
    )


@cache
def _ordinary_stems() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in ordinary():
        for stem in stems(word):
            found.setdefault(word[:2], []).append(stem)
    return {key: tuple(values) for key, values in found.items()}
