"""Dates in a text, in every format, with their offsets.

One pattern has every format as a named group, which selects the reader. Nothing is guessed: a date
that is ambiguous (`5/6/2015`, `1.5.15`), does not exist (`31.6.2017`) or names a season is a moment
without a day. The words are in `quantities/periods.yml`.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from esrdata.knowledge import load
from esrdata.reading.quantities.figures import DASH, whole
from esrdata.reading.quantities.phrases import every, one_of
from esrdata.reading.quantities.settings import SETTINGS

# Spaces, also no-break and zero-width ones, which pages put around dashes.
GAP = "[ \u00a0\u202f\u2009\u200a\u200b]"
_MONTHS = 12
# A date can begin at a word, or at digits, also right behind the year before.
_BEGIN = re.compile(r"(?<!\w)[^\W\d_]|(?<!\d)\d|(?<=[./]\d{4})\d")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date in a text, at `start:end`.

    `first` and `last` are the days it covers, both None if no sure day can be read; `precision` is
    `month` or `year` if the text gives no day.
    """

    first: date | None
    last: date | None
    precision: str | None
    start: int
    end: int


def unread(start: int, end: int) -> Moment:
    """A date that cannot be read."""
    return Moment(None, None, None, start, end)


def find_day(text: str) -> Moment | None:
    """The first date in a text."""
    return next(find_moments(text), None)


def find_moments(text: str) -> Iterator[Moment]:
    """The dates of a text in order; a date without a year takes the next one's."""
    matches = (match for match in _matches(text) if _possible(match))
    one = next(matches, None)
    while one is not None:
        # Lazily: the first date of a long text is near its beginning.
        following = next(matches, None)
        yield _READERS[one.lastgroup or ""](one, following)
        one = following


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Matches of the pattern, tried only where a date can begin."""
    match, end = _shelf()[0].match, 0
    for begin in _BEGIN.finditer(text):
        at = begin.start()
        if at >= end and (found := match(text, at)) is not None:
            end = found.end()
            yield found


@cache
def _shelf() -> tuple[re.Pattern[str], dict[str, int]]:
    """The pattern of all formats, and months by name."""
    words = load.quantities("periods")
    months: dict[str, int] = dict(words["month_stems"])
    full: list[str] = []
    for language, names in words["months"].items():
        for number, spellings in enumerate(names, start=1):
            endings = ["", *words["month_endings"]] if language == "fi" else [""]
            for name in (f"{s}{ending}".casefold() for s in spellings for ending in endings):
                months[name] = number
                full.append(name)
    pattern = _date_pattern(
        one_of(full),
        one_of(name for name in full if name.endswith("sta")),
        one_of(words["month_stems"]),
        "|".join(every(words["seasons"])),
        "|".join(words["quarters"]),
        one_of(words["within"]),
    )
    return re.compile(pattern, re.IGNORECASE), months


def _date_pattern(
    months: str, from_months: str, stems: str, seasons: str, quarters: str, within: str
) -> str:
    """A pattern of all formats; the name of the group is the format."""
    gap, dash = f"{GAP}{{0,2}}", f"{GAP}{{0,2}}{DASH}{GAP}{{0,2}}"
    # Dates may be run together or joined by a slash: a year ends where another date follows.
    edge = (
        r"(?:(?<![\d.,/-])|(?<=\.\d{4})|(?<=\d-)|(?<=\d\.-)|(?<=\d\.\s-)|(?<=\.\d{4}/)"
        r"|(?<=\d-\d\d/)|(?<=\.\.\.))"
    )
    day = rf"\d{{1,2}}\.{gap}\d{{1,2}}\.{gap}\d{{4}}"
    slash = r"\d{1,2}/\d{1,2}/\d{4}"
    number = rf"\d{{1,2}}(?:\.|st|nd|rd|th)?{gap}(?:of\s)?"
    name = rf"(?<!\w)(?:{months})(?!\w)\.?"
    till = rf"(?:{dash}|{GAP}(?:[a-zåäö.]{{1,12}}{GAP}){{1,2}})"
    years = r"\d{4}(?:\s?[-–/]\s?\d{4})?"
    # 2015-05 hardly means the years 2015 to 2005; 2010-12 may be two years.
    iso_month = r"\d{4}-(?:0[1-9]|1[0-2])"
    after_iso_month = "|".join(
        rf"(?<=\d{{4}}-\d\d{between})" for between in (DASH, rf"\s{DASH}\s", "/")
    )
    ways = {
        "season": rf"IT(?<![\w-])(?:vuoden\s)?(?:{seasons})(?!\w)"
        rf"\s?(?:(?:vuo\w+|år|of)\s)?{years})",
        "after_season": rf"IT(?<!\w)(?:vuoden|vuonna)\s\d{{4}}\s(?:{seasons})(?!\w))",
        "quarter": rf"IT(?<![\w-])(?:{quarters})\s?[/-]?\s?\d{{4}})(?!\d)",
        "year_quarter": r"IT(?<![\w-])\d{4}\s?[/-]?\s?(?:Q[1-4]|H[12]))(?!\w)",
        "iso": rf"{edge}IT\d{{4}}(?:-\d{{1,2}}-|/\d{{1,2}}/)\d{{1,2}})(?!\d)",
        "day": rf"{edge}IT{day})(?:(?!\d)|(?={day}(?!\d)))",
        "short_year": rf"{edge}IT\d{{1,2}}\.{gap}\d{{1,2}}\.\d{{2}})(?![\d.])",
        # A day without its second dot, or a number before a year: 1.4 2018.
        "lost_dot": rf"{edge}IT\d{{1,2}}\.\d{{1,2}}{GAP}\d{{4}})(?!\d)",
        "slash": rf"(?:{edge}|(?<=\d/\d/\d{{4}})|(?<=\d/\d\d/\d{{4}}))IT{slash})"
        rf"(?:(?!\d)|(?={slash}(?!\d)))",
        "hyphens": r"(?<![\w.,/-])IT\d{1,2}-\d{1,2}-\d{4})(?!\d)",
        "month": rf"{edge}IT\d{{1,2}}{gap}[/.]{gap}\d{{4}})(?!\d)",
        "iso_month": rf"(?:(?<![\w.,/-])IT\d{{4}}-0[1-9]|(?<![\w.,/]){iso_month}"
        rf"(?={dash}{iso_month}(?!\d))|(?:{after_iso_month}){iso_month}))(?![\d-])",
        # "0.00" behind a day or "klo" is a time.
        "day_part": rf"{edge}(?<!klo\s)(?<!\d{{4}}\s)"
        rf"IT\d{{1,2}}\.{gap}\d{{1,2}}\.?)(?={dash}{day})",
        "bare_day": rf"{edge}IT\d{{1,2}}\.)(?={dash}{day})",
        "month_part": rf"{edge}IT\d{{1,2}})(?={dash}\d{{1,2}}/\d{{4}})",
        "named": rf"(?:{edge}(?=\d)|(?<![\d.,/])(?=\D))"
        rf"IT(?:{number})?{name}(?:{GAP}(?:{within}))?(?:,|{GAP})\s*\d{{4}})(?!\d)",
        "english": rf"IT{name}\s\d{{1,2}}(?:st|nd|rd|th)?,\s*\d{{4}})(?!\d)",
        "english_part": rf"IT{name}\s\d{{1,2}}(?:st|nd|rd|th)?)"
        rf"(?={till}{name}\s\d{{1,2}}(?:st|nd|rd|th)?,\s*\d{{4}})",
        # "1 February to 31 October 2020": the year comes once.
        "named_part": rf"{edge}IT(?:{number})?{name})(?={till}(?:{number})?{name}{GAP}\d{{4}})",
        "named_from": rf"{edge}IT(?:{number})?(?<!\w)(?:{from_months})(?!\w))"
        rf"(?={GAP}(?:{number})?{name}{GAP}\d{{4}})",
        "stem_part": rf"IT(?<!\w)(?:{stems}))(?={dash}{name})",
        # Two run-together ISO dates (2018-09-012021-08-31) are no years.
        "year": r"IT(?<![\w.,/])\d{4})(?![\w/]|[.,]\d|-\d\d-\d)",
    }
    return "|".join(way.replace("IT", f"(?P<{kind}>", 1) for kind, way in ways.items())


def _possible(match: re.Match[str]) -> bool:
    """Whether four digits alone can be a year."""
    return match.lastgroup != "year" or int(match["year"]) in SETTINGS.years


# ---- readers, one for each way

_IN_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def _numbers(text: str) -> list[int]:
    return [whole(number) for number in re.findall(r"\d+", text)]


def _year(match: re.Match[str] | None) -> int | None:
    """The year a date ends with."""
    years = re.findall(r"\d{4}", match.group()) if match is not None else []
    return int(years[-1]) if years else None


def _day(match: re.Match[str], year: int | None, month: int | None, day: int) -> Moment:
    if year not in SETTINGS.years or month is None or year is None:
        return unread(*match.span())
    try:
        found = date(year, month, day)
    except ValueError:
        return unread(*match.span())
    return Moment(found, found, None, *match.span())


def _month(match: re.Match[str], year: int | None, month: int) -> Moment:
    if year is None or year not in SETTINGS.years or not 1 <= month <= _MONTHS:
        return unread(*match.span())
    last = monthrange(year, month)[1]
    first = date(year, month, 1)
    return Moment(first, first.replace(day=last), "month", *match.span())


def _read_ordered(match: re.Match[str], following: re.Match[str] | None) -> Moment:
    """Numbers in a known order; missing parts come from the next date."""
    parts = dict(zip(_ORDERS[match.lastgroup or ""], _numbers(match.group()), strict=True))
    year = parts["y"] if "y" in parts else _year(following)
    if "d" not in parts:
        return _month(match, year, parts["m"])
    if "m" not in parts and following is not None:
        parts["m"] = _numbers(following.group())[1]
    return _day(match, year, parts.get("m"), parts["d"])


def _read_slash(match: re.Match[str], _: re.Match[str] | None) -> Moment:
    """Day or month first: read only if one order alone is possible."""
    one, two, year = _numbers(match.group())
    if one == two or (one > _MONTHS) != (two > _MONTHS):
        return _day(match, year, min(one, two), max(one, two))
    return unread(*match.span())


def alike(text: str, one: Moment, two: Moment) -> tuple[Moment, Moment]:
    """Two days of one period; one that is ambiguous has the other's order: 01/04 to 31/03."""
    written = [_IN_SLASHES.fullmatch(text, day.start, day.end) for day in (one, two)]
    if written[0] is None or written[1] is None or (one.first is None) == (two.first is None):
        return one, two
    shown = written[0] if one.first is not None else written[1]
    first, second = int(shown[1]), int(shown[2])
    if first == second:
        return one, two
    days = [
        _day(match, int(match[3]), int(match[2 if first > second else 1]),
             int(match[1 if first > second else 2]))
        for match in written if match is not None
    ]  # fmt: skip
    return days[0], days[1]


def _read_named(match: re.Match[str], following: re.Match[str] | None) -> Moment:
    words, months = re.findall(r"[^\W\d_]+", match.group().casefold()), _shelf()[1]
    month = next(months[word] for word in words if word in months)
    numbers = _numbers(match.group())
    year = _year(match) or _year(following)
    days = [number for number in numbers if number != year]
    return _day(match, year, month, days[0]) if days else _month(match, year, month)


def _read_year(match: re.Match[str], _: re.Match[str] | None) -> Moment:
    year = int(match.group())
    return Moment(date(year, 1, 1), date(year, _MONTHS, 31), "year", *match.span())


# The order of day, month and year; a part of a date continues in the next date.
_ORDERS = {
    "iso": "ymd", "day": "dmy", "month": "my", "iso_month": "ym", "day_part": "dm",
    "bare_day": "d", "month_part": "m",
}  # fmt: skip
_UNSURE = ("season", "after_season", "quarter", "year_quarter", "short_year", "lost_dot")
_NAMED = ("named", "english", "english_part", "named_part", "named_from", "stem_part")
_READERS: dict[str, Callable[[re.Match[str], re.Match[str] | None], Moment]] = {
    **dict.fromkeys(_ORDERS, _read_ordered),
    **dict.fromkeys(_UNSURE, lambda match, _: unread(*match.span())),
    **dict.fromkeys(("slash", "hyphens"), _read_slash),
    **dict.fromkeys(_NAMED, _read_named),
    "year": _read_year,
}
