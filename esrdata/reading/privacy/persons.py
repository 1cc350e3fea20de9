"""Where given persons are named in prose: whole, in part, in initials, inflected.

A whole name is covered in any order and case. A part of it alone is covered where it has a capital;
one that is an ordinary word, too, or the name of a place only where a person is likely.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from esrdata.documents.text import as_one, found_at, rare, small
from esrdata.reading.privacy.inflection import beginning, forms, shared
from esrdata.reading.privacy.vocabulary import (
    before,
    listed,
    one_of,
    ordinary,
    pattern,
    towns,
)

# What ends with a hyphen is a part of another word: Koulutus- ja kehittämispalvelu.
_WORD = re.compile(r"[^\W\d_]++(?:['´`][^\W\d_]++)?+(?!-(?!\w))")
_DIVIDED = re.compile(r"(?:(?<!\s)\s+)?(?:[;/&\n|]|\b(?:ja|och|and|sekä|tai|eller|or)\b)\s*")
# Between the parts of a name.
_BETWEEN = r"[\s.,_-]{0,3}"
# So far from a part of a name may the rest of it stand.
_NEAR = 80
_GLUED = re.compile(r"(?<!\w)([A-ZÅÄÖ]{2,3})[ .]{1,2}\Z")
# What a part of a double name, or a nickname between two parts, leaves over.
_BEFORE_HYPHEN = re.compile(r"(?<![\w-])[A-ZÅÄÖ][^\W\d_]{1,30}-\Z")
_BEHIND_HYPHEN = re.compile(r"-[A-ZÅÄÖ][^\W\d_]{1,30}(?![\w-])")
# A word beside a part of a name.
_BEFORE = re.compile(r"(?<![\w-])([A-ZÅÄÖ][^\W\d_]{5,30})[ \t,]{1,2}\Z")
_BEHIND = re.compile(r"[ \t,]{1,2}([A-ZÅÄÖ][^\W\d_]{5,30})(?![\w-])")
# Letters of an account, and those of one part of a name in it, at least.
_SHORTEST, _BEGINNING = 5, 3
# Between an account and the word for one.
_LABELLED = r"[:=]?[ \t]{0,2}"
# Before the name of a file or an account.
_INSIDE = ("@", "/", "\\", "_")
_NICKNAME = r"(?:[ \t]?[(\"'”“][^\W\d_]{1,20}[)\"'”“])?"
# A second first name, or its initial: Matti Juhani Mallinen.
_MIDDLE = re.compile(r"[ \t]{1,2}[A-ZÅÄÖ](?:\.|[^\W\d_]{0,20})[ \t]{1,2}")
# A town in such a case is where something is: hanke toimi Lahdessa.
_WHERE = re.compile(r"s[st][aä]\Z", re.IGNORECASE)
_ASIDE = re.compile(r"[(),]")
# Letters that keyboards here have, and those whose bare one is no part of them.
_OURS = frozenset("åäö")
_BARE = {"ł": "l", "ø": "o", "đ": "d", "ı": "i"}
_DOTS = str.maketrans("åäö", "aao")
_SPACED = re.compile(r"[^\W\d_](?: [^\W\d_])*(?![^\W\d_])")
# In a word of its own an initial is glued to a name so long: theinonen, but taho is a word.
_LONG = 6
# Fewer initials than so many are anyone's.
_INITIALS = 3
_DAY = r"\d{1,2}\.\d{1,2}\.(?:\d{2,4})?"
_DAY_BEHIND = re.compile(rf"[ \t]?[,/]?[ \t]?{_DAY}")
_DAY_BEFORE = re.compile(rf"{_DAY}[ \t]?[,/]?[ \t]?\Z")
_SENTENCE_END = re.compile(r"(?:^|[.!?:•*\n\"”»(-])[ \t]*\Z")


class _Person(NamedTuple):
    """A person as a pattern; `beginnings` are what every form of a part begins with.

    `dotless` are parts as names of files and accounts have them, `spaced` what those begin with
    that have a space behind each letter.
    """

    beginnings: tuple[str, ...]
    initials: frozenset[str]
    name: re.Pattern[str]
    parts: tuple[tuple[re.Pattern[str], str], ...]
    dotless: frozenset[str]
    spaced: tuple[tuple[str, re.Pattern[str]], ...]
    long: tuple[tuple[str, re.Pattern[str]], ...]
    signed: tuple[str, ...]
    begins: tuple[str, ...]
    account: re.Pattern[str]


def named(
    text: str, low: str, persons: Iterable[str], *, accented: bool, whole: bool = False
) -> Iterator[tuple[int, int]]:
    """Where given persons are named in a text of plain signs; `low` is it in small letters.

    `accented` tells whether it may have letters beyond ours; `whole`, that a part alone is no name.
    """
    people = [person for name in persons for person in _people(name)]
    if people and accented:
        low = bare_letters(low)
    for person in people:
        yield from _spaced_out(low, person)
        if not whole:
            yield from _by_initials(text, person)
            yield from _accounts(low, person)
        near = _near(low, person.beginnings)
        if near:
            yield from _glued_on(low, person)
        for start, end in near:
            last: tuple[int, int, str] | None = None
            for match in person.name.finditer(low, start, end):
                part = _part(low, match, person)
                if last is not None and part not in (None, last[2]):
                    # The other part of a name, and perhaps a name between the two.
                    between = _MIDDLE.fullmatch(text, last[1], match.start())
                    yield from [] if between is None else [(last[0], match.end())]
                last = None if part is None else (*match.span(), part)
                if part is None or (not whole and _is_person(text, match, part, person)):
                    glued = _GLUED.search(text, max(match.start() - 6, 0), match.start())
                    first = glued is not None and set(glued[1].lower()) <= person.initials
                    start_ = glued.start() if glued and first else match.start()
                    yield _wider(text, match, start_, person)


def _spaced_out(low: str, person: _Person) -> Iterator[tuple[int, int]]:
    """Where parts of a name are written with a space behind each letter: M a l l i n e n."""
    for spaced, form in person.spaced:
        for at in found_at(low, spaced):
            run = _SPACED.match(low, at)
            match = None if run is None else form.match(run[0].replace(" ", ""))
            if match is not None and not low[at - 1 : at].isalpha():
                yield at, at + 2 * match.end() - 1


def _by_initials(text: str, person: _Person) -> Iterator[tuple[int, int]]:
    """Where a person signs with initials alone: T.A.H., or TAH beside a day."""
    for signed in person.signed:
        for at in found_at(text, signed):
            end = at + len(signed)
            alone = not text[max(at - 1, 0) : at].isalnum() and not text[end : end + 1].isalnum()
            if alone and (signed[-1] == "." or _is_dated(text, at, end)):
                yield at, end


def _is_dated(text: str, start: int, end: int) -> bool:
    """Whether a day stands beside initials."""
    return _DAY_BEHIND.match(text, end) is not None or (
        _DAY_BEFORE.search(text, max(start - 16, 0), start) is not None
    )


def _glued_on(low: str, person: _Person) -> Iterator[tuple[int, int]]:
    """Where an initial is glued to a long part of a name, as in accounts: theinonen."""
    for start, form in person.long:
        for at in found_at(low, start):
            if low[at - 1 : at] in person.initials and not low[max(at - 2, 0) : at - 1].isalpha():
                match = form.match(low, at)
                if match is not None and not low[match.end() : match.end() + 1].isalpha():
                    yield at - 1, match.end()


def _accounts(low: str, person: _Person) -> Iterator[tuple[int, int]]:
    """Where an account is made of the beginnings of two parts of a name: heintu01."""
    for begin in person.begins:
        for at in found_at(low, begin):
            # What stands before it is less of the other part than this is, or nothing.
            start = at
            while low[start - 1 : start].isalpha() and at - start < _BEGINNING:
                start -= 1
            account = person.account.match(low, start)
            if account is None or at - start == _BEGINNING:
                continue
            behind = account[1] or low[start - 1 : start] in _INSIDE
            if (
                behind
                or before("names", "accounts", _LABELLED).search(low, max(start - 24, 0), start)
            ) and _is_made_of(low[start : account.start(1)], person):
                yield start, account.end()


def _is_made_of(word: str, person: _Person) -> bool:
    """Whether a word is the beginnings of two parts of a name, one of them long enough to tell."""
    parts = [part for _, part in person.parts]
    return len(word) >= _SHORTEST and any(
        first.startswith(word[:cut]) and second.startswith(word[cut:])
        for first, second in permutations(parts, 2)
        for cut in range(1, len(word))
        if max(cut, len(word) - cut) >= _BEGINNING
    )


def _beginnings(part: str) -> str:
    """A pattern of every beginning of a part of a name."""
    return "(?:".join(map(re.escape, part)) + ")?" * (len(part) - 1)


def _wider(text: str, match: re.Match[str], start: int, person: _Person) -> tuple[int, int]:
    """A name with what stands beside it: the other half of a double name, or a misspelt part."""
    near, end = max(start - 32, 0), match.end()
    ahead = _BEFORE_HYPHEN.search(text, near, start) or _misspelt(
        _BEFORE.search(text, near, start), person
    )
    behind = _BEHIND_HYPHEN.match(text, end) or _misspelt(_BEHIND.match(text, end), person)
    return start if ahead is None else ahead.start(), end if behind is None else behind.end()


def _misspelt(word: re.Match[str] | None, person: _Person) -> re.Match[str] | None:
    """The word beside a part of a name, where it is another part but for a letter."""
    if word is None:
        return None
    letters = bare_letters(word[1].lower())
    for _, part in person.parts:
        at = shared(letters, part)
        rest, own = letters[at:], part[at:]
        if rest[1:] in (own[1:], own) or rest == own[1:]:
            return word
    return None


@lru_cache(maxsize=256)
def _people(name: str) -> tuple[_Person, ...]:
    """The persons in the text of a field for names."""
    people = []
    for one in _DIVIDED.split(name):
        # Matti Mallinen (Mallilan kylät ry)
        texts = [text for text in _ASIDE.split(one) if _organisation().search(text) is None]
        words = [word for text in texts for word in _WORD.findall(text) if word[0].isupper()]
        parts = tuple(dict.fromkeys(map(bare_letters, filter(_may_name, map(small, words)))))
        if parts:
            people.append(_person(parts))
    return tuple(people)


@lru_cache(maxsize=1)
def _no_names() -> re.Pattern[str]:
    # Toimi alone is a name, too.
    ends = [word for word in listed("names", "occupations") if word.startswith("*")]
    return re.compile(one_of([*listed("names", "titles"), *listed("names", "particles"), *ends]))


@lru_cache(maxsize=1)
def _organisation() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern('names', 'organisations')})(?!\w)", re.IGNORECASE)


def _may_name(word: str) -> bool:
    return len(word) > 1 and _no_names().fullmatch(word) is None


def bare_letters(low: str) -> str:
    """A text in lower case without the accents that keyboards here lack: nguyễn, sirén, çağla."""
    if not low.isascii():
        for sign in set(rare(low)) - _OURS:
            bare = _BARE.get(sign) or unicodedata.normalize("NFD", sign)[0]
            low = low.replace(sign, bare) if bare.isalpha() else low
    return low


def _person(names: tuple[str, ...]) -> _Person:
    # Names of files and accounts have no dots: makinen_pekka.
    dotless = {name: plain for name in names if (plain := name.translate(_DOTS)) != name}
    parts = (*names, *dotless.values())
    whole = "|".join(forms(part) for part in parts)
    first = f"[{''.join(sorted({re.escape(part[0]) for part in parts}))}]"
    initial = rf"{first}(?![^\W\d_])"
    more = rf"(?:{whole})(?![^\W\d_])|{initial}"
    accounts = (_beginnings(a) + _beginnings(b) for a, b in permutations(parts, 2))
    # Glued parts belong to it too; in the name of an account an initial may be glued to it
    # (`@tmallinen`).
    name = (
        rf"(?<![^\W\d_])(?:{initial}{_BETWEEN}){{0,3}}(?:{whole})"
        rf"(?:(?:{whole})*(?![^\W\d_]))(?:{_NICKNAME}{_BETWEEN}(?:{more}))*"
    )
    return _Person(
        tuple(dict.fromkeys(beginning(part) for part in parts)),
        frozenset(part[0] for part in parts),
        re.compile(name),
        tuple((re.compile(forms(part)), part) for part in parts),
        frozenset(dotless.values()) - frozenset(names),
        tuple(
            (" ".join(beginning(part)), re.compile(forms(part)))
            for part in names
            if len(beginning(part)) > 1
        ),
        tuple((beginning(part), re.compile(forms(part))) for part in names if len(part) >= _LONG),
        _signed(names),
        tuple(dict.fromkeys(part[:_BEGINNING] for part in parts)),
        re.compile(rf"(?:{'|'.join(accounts) or '(?!)'})(\d{{0,4}})(?![^\W_])"),
    )


def _signed(names: tuple[str, ...]) -> tuple[str, ...]:
    """The initials of three names or more, as they stand and with the first name last."""
    letters = "".join(name[0] for name in names).upper()
    if len(letters) < _INITIALS:
        return ()
    orders = (letters, letters[1:] + letters[0])
    return tuple(form for one in orders for form in (one, "".join(f"{sign}." for sign in one)))


def _near(low: str, beginnings: Iterable[str]) -> list[tuple[int, int]]:
    """Slices of a text in which a person may be named."""
    found = (at for beginning_ in beginnings for at in found_at(low, beginning_))
    return as_one((max(at - _NEAR, 0), at + _NEAR) for at in found)


def _part(low: str, match: re.Match[str], person: _Person) -> str | None:
    """The part of a name that matches alone; None of several parts, or an initial and one."""
    forms_ = ((form.fullmatch(low, *match.span()), part) for form, part in person.parts)
    return next((part for found, part in forms_ if found), None)


def _is_person(text: str, match: re.Match[str], part: str, person: _Person) -> bool:
    """Whether a part of a name alone is the person, and no ordinary word."""
    start, end = match.span()
    written = text[start:end]
    if part in person.dotless:
        return _is_inside(text, start, end)
    known = part in ordinary() or part.endswith(("lainen", "läinen"))
    if not written[0].isupper():
        likely = not known and (part.endswith("nen") or _is_doing(text, start, end))
        return likely or _is_inside(text, start, end)
    if not known:
        return True
    return _is_likely(text, start, end, part)


def _is_inside(text: str, start: int, end: int) -> bool:
    """Whether a word stands in the name of a file or an account."""
    ahead = text[max(start - 2, 0) : start]
    return ahead.endswith(_INSIDE) or ahead.startswith("@") or text[end : end + 1] == "_"


@lru_cache(maxsize=1)
def contexts() -> tuple[re.Pattern[str], ...]:
    """An occupation or a greeting before a name, and what people do or a body behind it."""
    return (
        before("names", "occupations", r"[.:,]?[ \t\n]{1,2}"),
        before("names", "greetings", r"[.,:]?[ \t\n]{1,3}"),
        re.compile(rf"[ \t\n]{{1,2}}(?:{pattern('names', 'doings')})(?!\w)", re.IGNORECASE),
        re.compile(rf"[ \t\n-]{{1,2}}(?:{pattern('names', 'bodies')})(?!\w)", re.IGNORECASE),
    )


def _is_doing(text: str, start: int, end: int) -> bool:
    """Whether an occupation or a greeting stands before a word, or behind it what people do."""
    occupation, greeting, doing, _ = contexts()
    near = max(start - 40, 0)
    before_it = occupation.search(text, near, start) or greeting.search(text, near, start)
    return before_it is not None or doing.match(text, end) is not None


def _is_likely(text: str, start: int, end: int, part: str) -> bool:
    """Whether an ordinary word with a capital is likely a person."""
    if part in towns() and _WHERE.search(text, start, end):
        return False
    if _is_doing(text, start, end):
        return True
    if contexts()[3].match(text, end) or part in towns():
        return False
    written = text[start:end]
    if written.isupper() and len(written) > 1:
        # Among capitals a capital says nothing.
        around = re.sub(r"[\W\d_]", "", text[max(start - 20, 0) : start] + text[end : end + 20])
        if not around or around.isupper():
            return False
    return _SENTENCE_END.search(text, max(start - 4, 0), start) is None and start > 0
