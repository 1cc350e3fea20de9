"""Names of persons that no form holds, found when asked for: `privacy="strict"`.

Names are known by the lists of first and last names that Faker ships (Finnish ones from the name
statistics of the Digital and Population Data Services Agency, Swedish ones beside them), in any
form; what stands beside a known name with a capital belongs to it. A name on no list is found next
to one that is, or behind an occupation, and else not at all.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from importlib import metadata
from importlib.util import find_spec

from esrdata.errors import UsageError, unknown
from esrdata.knowledge.wording import sentence
from esrdata.reading.levels import LEVELS, STANDARD, STRICT
from esrdata.reading.privacy.inflection import END, stems
from esrdata.reading.privacy.persons import bare_letters, contexts
from esrdata.reading.privacy.vocabulary import listed, one_of, ordinary, pattern, towns

_LIBRARY = "faker"
_level: ContextVar[str] = ContextVar("level of privacy", default=STANDARD)
# A word with a capital, or an initial, that may be glued to the word behind it.
_WORD = re.compile(
    r"(?:(?<![\w@.])|(?<=(?<![\w@.])[A-ZÅÄÖ]\.)|(?<=_))"
    r"(?:[A-ZÅÄÖÉ](?:[^\W_]|['´`-])*[^\W\d_](?![^\W_])"
    r"|[A-ZÅÄÖ](?:\.(?=[A-ZÅÄÖ])|(?:\.|-[A-ZÅÄÖ]\.?)?(?![\w.])))"
)
# A last name in -nen is hardly ever anything else; others are names of farms and villages too.
_FIRST, _SURE, _LAST, _OTHER, _INITIAL = "first", "sure", "last", "other", "initial"
_NAMES = (_FIRST, _SURE, _LAST)
_MOST = 4
# Where, and not who; the short names of bodies; what a hyphen makes of another word.
_NO_PERSON = re.compile(r"\w+(?:ss[aä]|st[aä])|[A-ZÅÄÖ]{2,6}(?::\w+)?|.*-[a-zåäö].*")


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
        raise UsageError(sentence("error.privacy_strict"))
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
    for name in listed("names", "first_names"):
        kinds[_FIRST].update(stems(bare_letters(name)))
    for names in (Finnish, Swedish):
        for name in (*names.first_names_female, *names.first_names_male):
            kinds[_FIRST].update(stems(bare_letters(name.lower())))
        for name in names.last_names:
            sure = name.endswith("nen") and not name.endswith(("lainen", "läinen"))
            kinds[_SURE if sure else _LAST].update(stems(bare_letters(name.lower())))
    return {kind: frozenset(found) for kind, found in kinds.items()}


_ENDING = re.compile(END)


@lru_cache(maxsize=50_000)
def _kind(word: str) -> str:
    """What a word with a capital may be: a first name, a last name, an initial, or another word."""
    if all(len(part.rstrip(".")) == 1 for part in word.split("-")):
        return _INITIAL
    small = bare_letters(word.lower())
    parts = small.split("-")
    if len(parts) > 1:
        kinds = {_kind(part.capitalize()) for part in parts if part}
        whole = kinds <= {*_NAMES}
        return next(kind for kind in _NAMES if kind in kinds) if whole else _OTHER
    for kind, stemmed in _lists().items():
        if _is_form(small, stemmed):
            return kind
    return _OTHER


@cache
def _between() -> re.Pattern[str]:
    """What may stand between the words of one name."""
    particle = one_of(listed("names", "between"))
    return re.compile(rf"[ \t]{{1,2}}(?:(?:{particle})[ \t-])?|[ \t]?\n[ \t]*|(?<=\.)|_")


@cache
def _named_after() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=n)[ \t]| ?-)(?:{pattern('names', 'named_after')})(?!\w)")


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
    between = _between().fullmatch(text, chain[-1].end(), word.start())
    return len(chain) < _MOST and between is not None


def _person(text: str, chain: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """The person among words with capitals that follow each other."""
    if not chain:
        return
    occupation, greeting, doing, body = contexts()
    # Professori Maija Mallinen: the occupation is no part of the name.
    starts = [word.start() for word in chain]
    said = [i for i, at in enumerate(starts) if occupation.search(text, max(at - 40, 0), at)]
    chain = chain[said[-1] if said else 0 :]
    kinds = [_kind(word[0]) for word in chain]
    known = [i for i, kind in enumerate(kinds) if kind in _NAMES]
    start, end = chain[0].start(), chain[-1].end()
    if not known:
        who = kinds[0] == _OTHER and not _is_no_person(chain[0][0])
        if said and who and body.match(text, end) is None:
            yield start, chain[min(1, len(chain) - 1)].end()
        return
    first, last = known[0], known[-1]
    while first and kinds[first - 1] == _INITIAL:
        first -= 1
    # The word behind a first name is the last name, known or not.
    before_body = body.match(text, chain[last].end()) is not None
    last += kinds[last] == _FIRST and last + 1 < len(chain) and not before_body
    while last + 1 < len(chain) and kinds[last + 1] == _INITIAL:
        last += 1
    start, end = chain[first].start(), chain[last].end()
    if known == [first] and first == last:
        word = chain[first][0]
        if _is_one_of(towns, word.lower()) and _NO_PERSON.fullmatch(word):
            return
        greeted = greeting.search(text, max(start - 24, 0), start) is not None
        if not said and not greeted and doing.match(text, end) is None:
            if _is_one_of(ordinary, word.lower()) or body.match(text, end) is not None:
                return
            if kinds[first] == _LAST:
                return
    elif last > first and _named_after().match(text, end):
        return  # Alfred Mallisen säätiö
    yield start, end


def _is_no_person(word: str) -> bool:
    """Whether a word that no list knows is a place or a body: Työterveyslaitokselta."""
    small = word.lower()
    town = _is_one_of(towns, small.rpartition("-")[2])
    return town or _NO_PERSON.fullmatch(word) is not None or _body().fullmatch(small) is not None


@cache
def _body() -> re.Pattern[str]:
    ends = [word for word in listed("names", "bodies") if word.startswith("*")]
    return re.compile(one_of(ends))


@lru_cache(maxsize=20_000)
def _is_one_of(words: Callable[[], frozenset[str]], word: str) -> bool:
    """Whether a word is one of the ordinary words or the towns of the shelf, in any form."""
    return _is_form(word, _stems_of(words))


@cache
def _stems_of(words: Callable[[], frozenset[str]]) -> frozenset[str]:
    return frozenset(stem for word in words() for stem in stems(word))


def _is_form(word: str, stemmed: frozenset[str]) -> bool:
    return any(
        word[:cut] in stemmed and _ENDING.fullmatch(word, cut) is not None
        for cut in range(len(word), 1, -1)
    )
