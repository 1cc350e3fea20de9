"""E-mail addresses in prose, also as people write them to keep robots away, and pages of persons.

The sign between the two halves is looked for, then what stands on either side of it: ordinary text
holds few such signs.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from esrdata.documents.text import found_at
from esrdata.reading.privacy.signs import Plain
from esrdata.reading.privacy.vocabulary import before, listed, one_of, pattern

# Longest part before the sign, spelled dots included.
_REACH = 96
_ATOM = r"[\w.+%'&=-]{1,64}"
_LABEL = r"[\w-]{1,63}"
_GAP = r"[ \t]{0,2}\n?[ \t]{0,12}"
_AROUND = r"|*_/\\\"'”“~=+·•-"
_OPEN, _CLOSE = rf"[(\[{{<«‹{_AROUND}]", rf"[)\]}}>»›{_AROUND}]{{1,2}}"
_HOST = re.compile(_LABEL)
# The first half of a name, where its dot begins the rest.
_AHEAD = re.compile(rf"(?<![\w.])[^\W\dA-ZÅÄÖ_][\w-]{{0,40}}{_GAP}\Z")
# What closes a name in quotes or brackets before the sign itself.
_QUOTED = re.compile(r"[\"'\\)\]>]{1,2}\Z|(?<=\w)[ \t]\(\Z")
# The end of a domain is a word: remained at 4.62 million.
_TOP = re.compile(r"(?<![^\W_])[^\W\d_][^\W_]*\Z")
# Several names that share a domain: {aa.bb, cc.dd}@mallila.fi.
_SEVERAL = re.compile(r"[(\[{<][ \t]?(?:[\w.-]+[ \t]?[,;|/][ \t]?)+[\w.-]+[ \t]?[)\]}>]\Z")
# What a reader is told to leave out: matti.mallinen[poista]@mallila.fi.
_REMARK = re.compile(r"(?<=\w)[ \t]?[(\[<{][^\W\d_]+(?:[ -][^\W\d_]+){0,3}[)\]>}][ \t]?\Z")
# In place of the sign, between a name with a dot and a domain: matti.mallinen*mallila.fi.
_OTHER_SIGNS = (*"*§¤#$£^~°•·", " a ", "(")
# Any word in brackets that stands for the sign between a name and the rest of an address.
_WORDED = re.compile(r"\([^\W\d_]{2,12}\)(?=\w)")
_DOTTED = re.compile(r"(?<![\w.+-])[^\W_]+(?:[._-][^\W_]+)+\Z")
# Before " a " and "(", which stand in other texts, too: two parts of letters.
_NAMED = re.compile(r"(?<![\w.+/-])[^\W\d_]+\.[^\W\d_]+(?:-[^\W\d_]+)?\Z")
# What stands for the sign only behind a name with a dot.
_UNSURE = "aäq"
_AT, _BRACKETS, _BARE = "at", "brackets", "bare"
# Of pages and accounts of persons: what stands behind linkedin.com/in/ is whose page it is.
_PAGES = (".com/", "/profile/")
_WHOSE = re.compile(r"[\w.%~+-]+")
# An account with a dot or a digit: Skype: tiina.testinen, but not Skype:n kautta.
_ACCOUNT = re.compile(r"skype[: ][ \t]?((?:live:)?[^\W\d_][\w-]*(?:[._][\w-]+|\d[\w-]*))")


class _Patterns(NamedTuple):
    """Made of the words of the shelf."""

    sign: re.Pattern[str]
    spelled: tuple[re.Pattern[str], ...]
    local: re.Pattern[str]
    domain: re.Pattern[str]
    host: re.Pattern[str]
    torn: re.Pattern[str]
    shared: re.Pattern[str]
    labelled: re.Pattern[str]
    page: re.Pattern[str]
    before_at: frozenset[str]
    mailboxes: frozenset[str]


@cache
def _patterns() -> _Patterns:
    # By their first letters: so most words are passed over at once.
    groups = groupby(sorted(listed("addresses", "at")), key=itemgetter(0))
    grouped = "|".join(f"{first}(?:{one_of(w[1:] for w in all_)})" for first, all_ in groups)
    in_brackets = one_of([*listed("addresses", "at"), *listed("addresses", "at_in_brackets")])
    codes = pattern("addresses", "at_codes")
    bare = rf"(?P<{_BARE}>{grouped})\.?(?=[ \t\n])"
    dots, dot_codes = pattern("addresses", "dot"), pattern("addresses", "dot_codes")
    spelled = (
        rf"[ \t]?{_OPEN}[ \t]?(?:{dots}|\.)[ \t]?{_CLOSE}[ \t]?|[ \t](?:{dots})[ \t]|{dot_codes}"
    )
    tops = pattern("addresses", "top_domains")
    dot = rf"(?:\.|{spelled}|{_GAP}[.,]{_GAP}(?=(?:{tops})(?!\w)))"
    flags = re.IGNORECASE
    return _Patterns(
        re.compile(rf"(?P<{_AT}>@|{codes})", flags),
        # Python looks for one sign far faster than for any of a class.
        (
            *(re.compile(f"{white}{bare}") for white in (" ", r"\n", r"\t")),
            re.compile(rf"{_OPEN}{_OPEN}?[ \t]?(?P<{_BRACKETS}>{in_brackets})[ \t]?{_CLOSE}"),
        ),
        re.compile(rf"(?<![\w.+-]){_ATOM}(?:(?:{spelled}){_ATOM}){{0,4}}(?={_GAP}\Z)", flags),
        re.compile(rf"{_GAP}{_LABEL}(?:{dot}{_LABEL}){{1,6}}", flags),
        re.compile(rf"(?:{_LABEL}\.){{1,4}}(?:{tops})(?!\w)", flags),
        # A line end or a space beside the dot of a name.
        re.compile(rf"(?<![\w.])[^\W\dA-ZÅÄÖ_][\w-]{{0,40}}{_GAP}\.{_GAP}\Z"),
        # A name of another person, before one whose domain is theirs, too.
        re.compile(
            rf"(?<![\w.@/-])[^\W\d_][^\W_]{{1,40}}\.(?!(?:{tops})(?!\w))[^\W\d_][^\W_]{{1,40}}"
            rf"(?:[ \t]?[,;/][ \t]?\n?|[ \t](?:{pattern('addresses', 'between')})[ \t])\Z"
        ),
        before("addresses", "labels", r"[ \t:]{0,3}"),
        re.compile(rf"www\.|.*\.(?:{tops})\Z", flags),
        frozenset(listed("addresses", "before_at")),
        frozenset(listed("addresses", "mailboxes")),
    )


def addresses(plain: Plain) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses stand, in order."""
    text, known = plain.text, _patterns()
    found = [match for shape in known.spelled for match in shape.finditer(plain.small)]
    for sign in "@%&":
        found += filter(None, (known.sign.match(text, at) for at in found_at(text, sign)))
    found.sort(key=re.Match.start)
    yield from _by_other_signs(text, known)
    reached = 0
    for match in found:
        place = _around(text, match, known, reached) if match.start() >= reached else None
        if place is not None:
            reached = place[1]
            yield place


def _by_other_signs(text: str, known: _Patterns) -> Iterator[tuple[int, int]]:
    """Addresses with another sign, of which both halves must look like those of an address."""
    for sign in (sign for sign in _OTHER_SIGNS if sign in text):
        for at in found_at(text, sign):
            worded = _WORDED.match(text, at) if sign == "(" else None
            end = at + len(sign) if worded is None else worded.end()
            if text[max(at - 1, 0) : at].isalnum() and text[end : end + 1].isalnum():
                local = _local(text, at, sign, known, labelled=worded is not None)
                host = known.host.match(text, end) if local is not None else None
                if local is not None and host is not None:
                    yield local.start(), host.end()


def _local(
    text: str, at: int, sign: str, known: _Patterns, *, labelled: bool
) -> re.Match[str] | None:
    """The half of an address before a sign; of a bracket only behind a word for an address."""
    shape = _NAMED if sign[0] in " (" else _DOTTED
    local = shape.search(text, max(at - _REACH, 0), at)
    if local is None or known.page.match(local[0]) is not None:
        return None
    labelled |= sign != "("
    near = max(local.start() - 24, 0)
    return local if labelled or known.labelled.search(text, near, local.start()) else None


def _around(
    text: str, match: re.Match[str], known: _Patterns, reached: int
) -> tuple[int, int] | None:
    """The address around a sign; None where there is none."""
    kind = match.lastgroup
    assert kind is not None
    at = match.start(kind) if kind == _BARE else match.start()
    if kind == _AT and text[at - 1 : at] in ")]}>":
        several = _SEVERAL.search(text, max(at - _REACH, reached), at)
        shared = known.domain.match(text, match.end()) if several is not None else None
        if several is not None and shared is not None:
            return several.start(), shared.end()
    if kind == _AT:
        quoted = _REMARK.search(text, max(at - 40, reached), at)
        quoted = quoted or _QUOTED.search(text, max(at - 3, reached), at)
        at = at if quoted is None else quoted.start()
    local = known.local.search(text, max(at - _REACH, reached), at)
    if local is None or not re.search(r"\w", local[0]):
        return None
    name, domain = local[0], known.domain.match(text, match.end())
    if text[at : match.start()].endswith("(") and "." not in name.strip("."):
        return None  # Mallila (@mallila.fi)
    if kind == _BARE and (
        domain is None or name.casefold() in known.before_at or _TOP.search(domain[0]) is None
    ):
        return None
    whole = kind == _BRACKETS and match[0][0] in "([{<"
    if (
        kind != _AT
        and match[kind] in _UNSURE
        and "." not in name.strip(".")
        and not (whole and match[kind] != "q")
    ):
        return None  # docs/adding-a-form.md
    if kind == _BRACKETS and match[kind] == "q" and not (whole and domain is not None):
        return None
    # A name such as LIFE@WORK has no dot; behind a sign in brackets pages are cut off.
    whole = whole and match[kind] not in _UNSURE
    dotted = ("." in name.strip(".") or "_" in name.strip("_")) and not name.isupper()
    if domain is None and not whole and not (kind == _AT and dotted):
        return None
    start = local.start()
    # A mailbox is a whole name by itself.
    if "." not in name.strip(".") and name.casefold() not in known.mailboxes:
        half = _AHEAD if name.startswith(".") else known.torn
        torn = half.search(text, max(start - 48, reached), start)
        start = start if torn is None else torn.start()
    while "." in name and (other := known.shared.search(text, max(start - 96, reached), start)):
        start = other.start()
    rest = domain or _HOST.match(text, match.end())
    return start, match.end() if rest is None else rest.end()


def profiles(plain: Plain) -> Iterator[tuple[int, int]]:
    """Where names of pages and accounts of persons stand."""
    small = plain.small
    if "/" in small and any(page in small for page in _PAGES):
        for page in listed("profiles", "pages"):
            for at in found_at(small, page):
                whose = _WHOSE.match(small, at + len(page))
                if whose is not None:
                    yield whose.span()
    if "skype" in small:
        for account in _ACCOUNT.finditer(small):
            yield account.span(1)
