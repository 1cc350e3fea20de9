"""Phone numbers in prose, in whatever groups they are written.

Runs of digits are taken apart into groups and judged by how numbers are given out, not by one
pattern for every way of writing them. What may be a date, a sum, a code of a register or a range
is one, unless a word for a phone stands before it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from esrdata.documents.text import found_at
from esrdata.reading.privacy.signs import Plain
from esrdata.reading.privacy.vocabulary import listed, one_of, pattern

#: Digits with nothing but what may divide numbers between them.
RUN = re.compile(r"[0-9](?:[ \t\n\-/()\[\].·•_'*~|\\,:;+]{0,12}[0-9]){4,}")
# Between the digits of one number: one line end at most; a comma and the like without a space.
_GAP = re.compile(r"(?=[^\n]*\n?[^\n]*\Z)[ \t\n\-/()\[\].·•_'*~|\\]*|[,:;]")
_GROUP = re.compile(r"[0-9]+")
# The last word before a number, and what may stand between the two.
_LAST_WORD = re.compile(r"([^\W_]+(?:[-:][^\W_]+)*)[\s.:;=()\[\]/+\"',-]{0,6}\Z")
_LAST_LETTERS = re.compile(r"([^\W\d_]+)[-/_]?\Z")
_OPENING = re.compile(r"(?:[(\[][ \t]?)?\+[ \t]?\(?\Z|[(\[]\Z")
_PLAINLY = re.compile(r"[ \n()/-]*")
# Dots and the like divide dates and times, too.
_DATES = re.compile(r"[.:,·•_'*~|\\]")
_YEAR = re.compile(r"(?:19|20)\d\d")
# The code of Finland behind one zero in place of two, and a mobile number.
_ONE_ZERO = re.compile(r"03580?(?:4|50)\d{6}")
_POSTCODE, _BUSINESS_ID = 5, 7
# Fewest digits behind a label, and most digits of any number.
_FEWEST, _MOST = 5, 17
# Digits of whole numbers within Finland: at least, usually, at most; mobile ones; from abroad.
_WITHIN, _USUAL, _LONGEST = 7, 9, 12
_MOBILE, _USUAL_MOBILE = 8, 10
_USUAL_ABROAD = 11
_LABEL, _OTHER, _FILLER = "labels", "other_labels", "fillers"
_PLUS, _ZEROS, _BARE = "plus", "zeros", "bare"


class Group(NamedTuple):
    """Digits that stand together: `start:end` of the text, and what stands before them."""

    digits: str
    start: int
    end: int
    gap: str


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"[ \t]{{0,2}}(?:{pattern('phones', 'units')})(?!\w)", re.IGNORECASE)


@cache
def _extension() -> re.Pattern[str]:
    words = pattern("phones", "extensions")
    shape = (
        rf"[ \t]?[,/(]?[ \t]?(?:{words})\.?[ \t:]{{0,3}}[0-9]{{1,6}}(?![0-9])"
        # The last digits of another number: 040 123 4567/4568.
        r"|/(?!(?:19|20)\d\d)[0-9]{3,4}(?![0-9./])"
    )
    return re.compile(shape, re.IGNORECASE)


@cache
def _calling_code() -> re.Pattern[str]:
    return re.compile(pattern("phones", "calling_codes"))


@cache
def _mobile() -> tuple[str, ...]:
    return tuple(listed("phones", "mobile"))


@lru_cache(maxsize=4096)
def _kind(word: str) -> str | None:
    """Which list of the shelf a word in lower case belongs to."""
    for kind in (_LABEL, _OTHER, _FILLER):
        if re.fullmatch(pattern("phones", kind), word) is not None:
            return kind
    return None


def phones(plain: Plain, runs: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where phone numbers stand; `runs` are the text's runs of digits, as `RUN` finds them."""
    for run in runs:
        groups, i, before = _groups(plain.text, run), 0, -1
        while i < len(groups):
            found = _number(plain, groups, i, follows=i == before + 1)
            if found is None:
                i += 1
                continue
            start, last = found
            end = groups[last].end
            more = _extension().match(plain.text, end)
            yield start, end if more is None else more.end()
            i, before = last + 1, last


def _groups(text: str, run: re.Match[str]) -> list[Group]:
    """The groups of a run; the first has the signs before the run as its gap."""
    groups, at = [], max(run.start() - 4, 0)
    for match in _GROUP.finditer(text, *run.span()):
        groups.append(Group(match[0], match.start(), match.end(), text[at : match.start()]))
        at = match.end()
    return groups


def _number(plain: Plain, groups: list[Group], i: int, *, follows: bool) -> tuple[int, int] | None:
    """Begin of a number whose first digits are group `i`, and the index of its last group.

    `follows` tells that no other digits stand between it and the number before, or the begin.
    """
    text, first = plain.text, groups[i]
    if i and first.digits[0] not in "03" and "+" not in first.gap:
        return None
    opening = _OPENING.search(first.gap)
    start = first.start - (len(opening[0]) if opening is not None else 0)
    abroad = _abroad(groups, i)
    if not follows and abroad != _PLUS and re.fullmatch(r"[./,:_-]", first.gap):
        return None
    label = _label(plain.small, start) if i == 0 else None
    if label != _LABEL and i == 0 and _in_code(text, start):
        return None
    if abroad is not None and (abroad == _PLUS or label != _OTHER):
        last = _extent(groups, i, _usual(groups, i, abroad))
        enough = _MOBILE if abroad == _PLUS else _USUAL_MOBILE
        whole = enough <= _count(groups, i, last) <= _MOST
        return (start, last) if whole and not _is_sum(text, groups, i, last) else None
    if label == _OTHER:
        return None
    last_within = _within(groups, i)
    if last_within is not None:
        return start, last_within
    if label == _LABEL:
        last = _extent(groups, i, _USUAL)
        if _count(groups, i, last) >= _FEWEST and not _unit().match(text, groups[last].end):
            return start, last
    return None


def _label(small: str, start: int) -> str | None:
    """Which list the word before a number belongs to; words such as "numero" are passed over."""
    for _ in range(3):
        match = _LAST_WORD.search(small, max(start - 32, 0), start)
        kind = _kind(match[1]) if match is not None else None
        if match is None or kind != _FILLER:
            return kind
        start = match.start()
    return None


def _in_code(text: str, start: int) -> bool:
    """Whether the digits go on a code: S20405, ESAVI/0123, FI21."""
    match = _LAST_LETTERS.search(text, max(start - 24, 0), start)
    if match is None:
        return False
    return match[1].isupper() or (len(match[1]) < 3 and match.end(1) == start)


def _abroad(groups: list[Group], i: int) -> str | None:
    """Whether a number begins with the code of a country: behind a plus, zeros, or bare."""
    first = groups[i]
    if re.search(r"\+[ \t(]{0,2}\Z", first.gap):
        return None if first.digits.startswith("0") else _PLUS
    whole = "".join(group.digits for group in groups[i : i + 6])
    if _ONE_ZERO.match(whole):
        return _BARE
    if not first.digits.startswith(("00", "358")):
        return None
    if first.digits.startswith("00"):
        code = _calling_code().match(whole, 2)
        if code is None or len(first.digits) == _POSTCODE != code.end():
            return None
        return _ZEROS if whole[code.end() : code.end() + 1] not in ("", "0") else None
    plainly = all(_PLAINLY.fullmatch(group.gap) for group in groups[i + 1 : i + 4])
    return _BARE if plainly and re.match(r"3580?[1-9]", whole) else None


def _usual(groups: list[Group], i: int, abroad: str) -> int:
    """How many digits a number with the code of a country usually has."""
    rest = "".join(group.digits for group in groups[i : i + 3]).lstrip("0")
    zero = rest.startswith("3580")
    # Of Finland's numbers, mobile ones are the longest.
    mobile = f"0{rest[3 + zero :]}".startswith(_mobile()) and rest.startswith("358")
    return _USUAL_ABROAD + mobile + zero + 2 * (abroad == _ZEROS)


def _extent(groups: list[Group], i: int, enough: int) -> int:
    """Index of the last group of a number that is whole with so many digits."""
    total, last = len(groups[i].digits), i
    for j in range(i + 1, len(groups)):
        group = groups[j]
        more = total + len(group.digits)
        if "+" in group.gap or more > _MOST or not _binds(groups, i, j):
            break
        # A number of another desk may follow behind a stroke.
        if total >= enough and not (len(group.digits) <= 2 and group.gap == "/"):
            break
        if total >= enough - 2 and _YEAR.fullmatch(group.digits):
            break
        total, last = more, j
    return last


def _binds(groups: list[Group], i: int, j: int) -> bool:
    """Whether what stands before group `j` may stand within a number that begins with `i`."""
    group = groups[j]
    if _GAP.fullmatch(group.gap) is not None:
        return True
    mobile = groups[i].digits.startswith(_mobile()) and j == i + 1
    return mobile and group.gap == ", " and len(group.digits) > 5


def _count(groups: list[Group], i: int, last: int) -> int:
    return sum(len(group.digits) for group in groups[i : last + 1])


def _is_sum(text: str, groups: list[Group], i: int, last: int) -> bool:
    """Whether groups are the thousands of a sum or a count."""
    threes = all(len(group.digits) == 3 for group in groups[i + 1 : last + 1])
    return threes and _unit().match(text, groups[last].end) is not None


def _within(groups: list[Group], i: int) -> int | None:
    """Index of the last group of a number within Finland that begins with group `i`."""
    first, following = groups[i], groups[i + 1 : i + 2]
    # The zero may stand in brackets, or alone.
    ahead = first.digits + "".join(group.digits for group in following)
    mobile = ahead.startswith(_mobile())
    if not re.match("0[1-9]" if i else "0[1-9]|000", ahead):
        return None
    if len(first.digits) == 1 and not mobile:
        return None
    if following:
        after = following[0]
        if len(first.digits) == 2 and (after.gap.strip() or _YEAR.fullmatch(after.digits)):
            # Months and days look so, too.
            mobile = False
        if len(following) == 1 and "." in after.gap and _YEAR.fullmatch(after.digits):
            # 0504.2015, a date that wants a dot.
            return None
        if len(first.digits) == _POSTCODE and after.digits.startswith("0"):
            return None
        if len(first.digits) == _BUSINESS_ID and len(after.digits) == 1 and "-" in after.gap:
            return None
    last = _extent(groups, i, _USUAL_MOBILE if mobile else _USUAL)
    if not (_MOBILE if mobile else _WITHIN) <= _count(groups, i, last) <= _LONGEST:
        return None
    number = groups[i : last + 1]
    if mobile:
        # Threes behind a number of three digits or fewer are the thousands of a sum.
        threes = all(len(group.digits) == 3 and group.gap == " " for group in number)
        return None if threes and i and len(groups[i - 1].digits) <= 3 else last
    return last if _is_landline(number) else None


def _is_landline(number: Sequence[Group]) -> bool:
    """Whether groups are an area and a number there, and no date, time or code."""
    area, rest = number[0], number[1:]
    if not rest:
        return len(area.digits) >= _WITHIN
    second = rest[0]
    if len(area.digits) > 4 or len(second.digits) == 1 or _YEAR.fullmatch(second.digits):
        return False
    if len(second.digits) == 2 and second.gap.strip(" \n()"):
        return False
    if second.digits.startswith("0") and len(area.digits) < 3:
        return False
    if any(_DATES.search(group.gap) for group in rest) and len(second.digits) != 3:
        return False
    return not any("/" in group.gap and _YEAR.fullmatch(group.digits) for group in rest)


@cache
def _spoken() -> re.Pattern[str]:
    digit, zero = pattern("phones", "digits"), one_of(listed("phones", "zero"))
    return re.compile(rf"\b(?:{zero})(?:[ \t,-]{{1,3}}(?:{digit}|[0-9]{{1,8}})\b){{2,14}}")


def spoken(plain: Plain) -> Iterator[tuple[int, int]]:
    """Where numbers stand whose digits are words."""
    zeros = {at for zero in listed("phones", "zero") for at in found_at(plain.small, zero)}
    end = 0
    for at in sorted(zeros):
        match = _spoken().match(plain.small, at) if at >= end else None
        if match is not None:
            end = match.end()
            yield match.span()
