"""Periods as web pages write them: days, months and years, with their places in the text.

All words stand in `web.yml`. What is not clear is not guessed: a date that may be read in two
ways, or that no calendar has, is a moment without a day.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from esrdata.knowledge import load
from esrdata.reading.web.vocabulary import every, one_of

# Spaces, also those that do not break and those of width zero that pages put around dashes.
_GAP = "[ \u00a0\u202f\u2009\u200a\u200b]"
_DASH = "[-\u2010\u2011\u2012\u2013\u2014\u2015\u2212]"
_YEARS = range(1950, 2100)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """A date in a text, at `start:end`.

    `first` and `last` are the days it covers, both None where no sure day can be read;
    `precision` is `month` or `year` where no day was said.
    """

    first: date | None
    last: date | None
    precision: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Period:
    """What a text says of a beginning and an end; a side it is silent about is None.

    `start` and `end` bound what was understood; `more` tells that further dates follow.
    """

    first: Moment | None
    last: Moment | None
    start: int
    end: int
    more: bool = False


def find_period(text: str) -> Period | None:
    """The first period in a text.

    Parameters
    ----------
    text
        What stands behind a label, or a sentence.

    Returns
    -------
    Period or None
        None where the text holds no date, or a lone day of which nothing tells whether it is the
        first or the last one.
    """
    moments = list(_moments(text))
    if not moments:
        return None
    one = moments[0]
    two = moments[1] if len(moments) > 1 else None
    if two is not None and _shelf().between.fullmatch(text, one.end, two.start):
        start = one.start - _length(_shelf().leading, text[: one.start])
        end = two.end + _length(_shelf().trailing, text[two.end :])
        return Period(one, two, start, end, more=len(moments) > 2)
    return _lone(text, one, more=two is not None)


def is_length(text: str) -> bool:
    """Whether a text tells how long something lasts and holds no date."""
    return _shelf().length.fullmatch(text.strip()) is not None


def find_end(text: str) -> Moment | None:
    """The last day of which a sentence says that it is the last one."""
    for pattern in _shelf().tells_end:
        for met in pattern.finditer(text):
            inside = list(_moments(met["when"]))
            if inside:
                moment, at = inside[-1], met.start("when")
                return replace(moment, start=moment.start + at, end=moment.end + at)
    return None


def find_day(text: str) -> Moment | None:
    """The first date in a text, whichever it is."""
    return next(_moments(text), None)


def _lone(text: str, one: Moment, *, more: bool) -> Period | None:
    """A period of which one side only could be read, or that is one month or year."""
    shelf = _shelf()
    before, after = text[: one.start], text[one.end :]
    start = one.start - _length(shelf.leading, before)
    end = one.end + _length(shelf.trailing, after)
    torn = re.match(rf"{_GAP}*{_DASH}{_GAP}*(?P<rest>\S*\d\S*)", after)
    if torn is not None:
        rest = _unread(one.end + torn.start("rest"), one.end + torn.end("rest"))
        return Period(one, rest, start, rest.end, more)
    torn = re.search(rf"(?P<rest>\S*\d\S*?){_GAP}*{_DASH}{_GAP}*$", before)
    if torn is not None:
        rest = _unread(torn.start("rest"), torn.end("rest"))
        return Period(rest, one, rest.start, end, more)
    if re.search(rf"{_DASH}{_GAP}*$", before) or shelf.last_before.search(before):
        return Period(None, one, start, end, more)
    if shelf.last_after.match(after):
        return Period(None, one, start, end, more)
    opens = re.match(rf"{_GAP}*{_DASH}(?!\w)", after)
    if opens or shelf.first_before.search(before) or shelf.first_after.match(after):
        end = max(end, one.end + (opens.end() if opens else 0))
        return Period(one, None, start, end, more)
    if one.precision is not None or one.first is None:
        return Period(one, one, start, end, more)
    return None


def _unread(start: int, end: int) -> Moment:
    return Moment(None, None, None, start, end)


def _length(pattern: re.Pattern[str], text: str) -> int:
    """How much of a text its words of time take, next to a date."""
    met = pattern.search(text)
    return len(met.group()) if met is not None else 0


# ---- dates


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The words of periods as patterns."""

    date: re.Pattern[str]
    months: dict[str, int]
    between: re.Pattern[str]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    first_before: re.Pattern[str]
    first_after: re.Pattern[str]
    last_before: re.Pattern[str]
    last_after: re.Pattern[str]
    length: re.Pattern[str]
    tells_end: tuple[re.Pattern[str], ...]


@cache
def _shelf() -> _Shelf:
    words = load.web()["periods"]
    months: dict[str, int] = dict(words["month_stems"])
    full: list[str] = []
    for language, names in words["months"].items():
        for number, spellings in enumerate(names, start=1):
            endings = ["", *words["month_endings"]] if language == "fi" else [""]
            for name in (f"{s}{ending}".casefold() for s in spellings for ending in endings):
                months[name] = number
                full.append(name)
    first, last = every(words["first"]), every(words["last"])
    any_word = one_of([*first, *last, *every(words["around"])])
    filler = rf"(?:[\s,]|{_DASH}|\u200b|(?<!\w)(?:{any_word})(?!\w))"
    word = rf"(?<!\w)(?:{any_word})(?!\w)\W??"
    when = rf"(?P<when>(?:[\w.]{{1,20}}{_GAP}){{0,2}}[\d./-]*\d{{4}})"
    flags = re.IGNORECASE
    lengths = one_of(every(words["lengths"]))
    return _Shelf(
        re.compile(_date_pattern(one_of(full), one_of(words["month_stems"])), flags),
        months,
        re.compile(rf"{filler}*", flags),
        re.compile(rf"(?:{word}\s*)+$", flags),
        re.compile(rf"^(?:\s*{word})+", flags),
        re.compile(rf"(?<!\w)(?:{one_of(first)})\s*$", flags),
        re.compile(rf"\s*(?:{one_of(first)})(?!\w)", flags),
        re.compile(rf"(?<!\w)(?:{one_of(last)})\s*$", flags),
        re.compile(rf"\s*(?:{one_of(last)})(?!\w)", flags),
        re.compile(rf"[\d,.]+\s*(?:{lengths})\W*", flags),
        tuple(
            re.compile(said.replace("{when}", when), flags) for said in every(words["tells_end"])
        ),
    )


def _date_pattern(months: str, stems: str) -> str:
    """Every way of writing a date; groups tell which one was met."""
    gap, dash = f"{_GAP}{{0,2}}", f"{_GAP}{{0,2}}{_DASH}{_GAP}{{0,2}}"
    # Two dates may be glued: a year ends after four digits where a whole date goes on.
    edge = r"(?:(?<![\d.,/-])|(?<=\.\d{4})|(?<=\d-))"
    day = rf"\d{{1,2}}\.{gap}\d{{1,2}}\.{gap}\d{{4}}"
    number = rf"\d{{1,2}}(?:\.|st|nd|rd|th)?{gap}(?:of\s)?"
    name = rf"(?<!\w)(?:{months})(?!\w)\.?"
    till = rf"(?:{dash}|{_GAP}(?:[a-zåäö.]{{1,12}}{_GAP}){{1,2}})"
    ways = {
        "iso": rf"{edge}IT\d{{4}}-\d{{1,2}}-\d{{1,2}})(?!\d)",
        "day": rf"{edge}IT{day})(?:(?!\d)|(?={day}(?!\d)))",
        "slash": rf"{edge}IT\d{{1,2}}/\d{{1,2}}/\d{{4}})(?!\d)",
        "month": rf"{edge}IT\d{{1,2}}{gap}[/.]{gap}\d{{4}})(?!\d)",
        "day_part": rf"{edge}IT\d{{1,2}}\.{gap}\d{{1,2}}\.?)(?={dash}{day})",
        "bare_day": rf"{edge}IT\d{{1,2}}\.)(?={dash}{day})",
        "month_part": rf"{edge}IT\d{{1,2}})(?={dash}\d{{1,2}}/\d{{4}})",
        "named": rf"{edge}IT(?:{number})?{name}(?:,|{_GAP})\s*\d{{4}})(?!\d)",
        "english": rf"IT{name}\s\d{{1,2}}(?:st|nd|rd|th)?,\s*\d{{4}})(?!\d)",
        # "1 February to 31 October 2020": the year comes once.
        "named_part": rf"{edge}IT(?:{number})?{name})(?={till}(?:{number})?{name}{_GAP}\d{{4}})",
        "stem_part": rf"IT(?<!\w)(?:{stems}))(?={dash}{name})",
        "year": r"IT(?<![\w.,/])\d{4})(?![\w/]|[.,]\d)",
    }
    return "|".join(way.replace("IT", f"(?P<{kind}>", 1) for kind, way in ways.items())


def _moments(text: str) -> Iterator[Moment]:
    """Dates of a text from left to right; one without its year takes that of the next."""
    met = [m for m in _shelf().date.finditer(text) if _possible(m)]
    for i, one in enumerate(met):
        kind = one.lastgroup or ""
        following = met[i + 1] if i + 1 < len(met) else None
        yield _READERS[kind](one, following)


def _possible(met: re.Match[str]) -> bool:
    """Whether four digits by themselves can be a year."""
    return met.lastgroup != "year" or int(met["year"]) in _YEARS


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _year(met: re.Match[str] | None) -> int | None:
    """The year a date ends with."""
    years = re.findall(r"\d{4}", met.group()) if met is not None else []
    return int(years[-1]) if years else None


def _day(met: re.Match[str], year: int | None, month: int | None, day: int) -> Moment:
    if year not in _YEARS or month is None or year is None:
        return _unread(met.start(), met.end())
    try:
        found = date(year, month, day)
    except ValueError:
        return _unread(met.start(), met.end())
    return Moment(found, found, None, met.start(), met.end())


def _month(met: re.Match[str], year: int | None, month: int) -> Moment:
    if year is None or year not in _YEARS or not 1 <= month <= _MONTHS:
        return _unread(met.start(), met.end())
    last = monthrange(year, month)[1]
    first = date(year, month, 1)
    return Moment(first, first.replace(day=last), "month", met.start(), met.end())


def _read_iso(met: re.Match[str], _: re.Match[str] | None) -> Moment:
    year, month, day = _numbers(met.group())
    return _day(met, year, month, day)


def _read_day(met: re.Match[str], _: re.Match[str] | None) -> Moment:
    day, month, year = _numbers(met.group())
    return _day(met, year, month, day)


def _read_slash(met: re.Match[str], _: re.Match[str] | None) -> Moment:
    """Day or month first: read only where one order alone is possible."""
    one, two, year = _numbers(met.group())
    if one == two or (one > _MONTHS) != (two > _MONTHS):
        return _day(met, year, min(one, two), max(one, two))
    return _unread(met.start(), met.end())


def _read_month(met: re.Match[str], _: re.Match[str] | None) -> Moment:
    month, year = _numbers(met.group())
    return _month(met, year, month)


def _read_day_part(met: re.Match[str], following: re.Match[str] | None) -> Moment:
    day, month = _numbers(met.group())
    return _day(met, _year(following), month, day)


def _read_bare_day(met: re.Match[str], following: re.Match[str] | None) -> Moment:
    month = _numbers(following.group())[1] if following is not None else None
    return _day(met, _year(following), month, _numbers(met.group())[0])


def _read_month_part(met: re.Match[str], following: re.Match[str] | None) -> Moment:
    return _month(met, _year(following), int(met.group()))


def _read_named(met: re.Match[str], following: re.Match[str] | None) -> Moment:
    words = re.findall(r"[^\W\d_]+", met.group().casefold())
    month = next(_shelf().months[word] for word in words if word in _shelf().months)
    numbers = _numbers(met.group())
    year = _year(met) or _year(following)
    days = [number for number in numbers if number != year]
    return _day(met, year, month, days[0]) if days else _month(met, year, month)


def _read_year(met: re.Match[str], _: re.Match[str] | None) -> Moment:
    year = int(met.group())
    return Moment(date(year, 1, 1), date(year, _MONTHS, 31), "year", met.start(), met.end())


_READERS: dict[str, Callable[[re.Match[str], re.Match[str] | None], Moment]] = {
    "iso": _read_iso,
    "day": _read_day,
    "slash": _read_slash,
    "month": _read_month,
    "day_part": _read_day_part,
    "bare_day": _read_bare_day,
    "month_part": _read_month_part,
    "named": _read_named,
    "english": _read_named,
    "named_part": _read_named,
    "stem_part": _read_named,
    "year": _read_year,
}
