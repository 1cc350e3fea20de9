"""Reads whole cells of lists and tables: one number or one day and nothing else.

Each reader takes the text of one cell and raises `UnreadableError` if the text is not entirely of
its kind, or ambiguous. Empty cells and marks for nothing (`-`, `n/a`) are for the caller, who knows
whether a cell may be blank.
"""

import re
from datetime import date

from esrdata.knowledge import load
from esrdata.reading.quantities.figures import APOSTROPHE, GAP, MINUS, figure_value
from esrdata.reading.quantities.kinds import UnreadableError
from esrdata.reading.quantities.money_words import money_words
from esrdata.reading.quantities.periods import find_day
from esrdata.reading.quantities.settings import SETTINGS

_DIGITS = rf"\d+(?:(?:[.,]|{APOSTROPHE}|{GAP})\d+)*"
_NUMBER = re.compile(rf"(?P<digits>{_DIGITS})")
# Large numbers from spreadsheets: 1,5E+05.
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE][+-]?\d{1,2}")
# An unrounded float of a spreadsheet has more decimals than people write.
_UNROUNDED = re.compile(r"\d+[.,]\d{4,}")
_BELOW_ZERO = (
    re.compile(rf"{MINUS}{GAP}?(?P<rest>[^()]*[^()\-\u2212\u2013])"),
    re.compile(r"\(\s*(?P<rest>[^()]*[^()\-\u2212\u2013\s])\s*\)"),
    re.compile(rf"(?P<rest>[^()\-\u2212\u2013][^()]*?){GAP}?[-\u2212]"),
)
# Only midnight: 21:00 UTC is the next day in Finland. A date in XML may have a zone without a time.
_ZONE = r"(?:Z|[+-]\d\d:?\d\d)"
_MIDNIGHT = re.compile(
    rf"(?:(?<!\s)\s|[T,])\s*(?:klo\s*)?0?0[:.]00(?:[:.]00(?:[.,]0+)?)?{_ZONE}?$"
    rf"|(?<=^\d{{4}}-\d\d-\d\d){_ZONE}$"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_HYPHENS = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")


def read_amount(text: str) -> float:
    """An amount of euros: `1 584 000,00 €`, `€334,920.00`, `12 000,-`, `350 t€`, `−500`, `(500)`.

    Raises
    ------
    UnreadableError
        For other currencies, unknown words, too many digits, and `1,234` without an English mark.
    """
    bare, sign = _signed(text.strip())
    words = money_words()
    before = words.currency_before.match(bare) or re.match(r"(?i:€|EUR)\s?", bare)
    rest = bare[before.end() :] if before is not None else bare
    if _SCIENTIFIC.fullmatch(rest):
        return sign * _bounded(float(rest.replace(",", ".")), text)
    match = _NUMBER.match(rest)
    if match is None:
        raise UnreadableError(text)
    tail = words.tail.fullmatch(rest, match.end())
    name = load.fold(tail["scale"] or "") if tail is not None else ""
    euros = tail is not None and (tail["currency"] or before or name in words.with_currency)
    if tail is None or (name in words.needs_currency and not euros):
        raise UnreadableError(text)
    scale = words.scales[name] if name else 1
    if _UNROUNDED.fullmatch(match["digits"]) and scale == 1:
        return sign * _bounded(float(match["digits"].replace(",", ".")), text)
    mark = before is not None or words.english.fullmatch(tail["currency"] or "") is not None
    value = figure_value(match["digits"], english=mark, scale=scale)
    if value is None:
        raise UnreadableError(text)
    return sign * round(value * scale, 2)


def read_count(text: str) -> int:
    """A whole number: `1 234`, `1'234`, `43,0`, `−3`.

    Raises
    ------
    UnreadableError
        If the text is no number, has a fraction, or is `1,234`, which is ambiguous.
    """
    bare, sign = _signed(text.strip())
    match = _NUMBER.fullmatch(bare)
    value = figure_value(match["digits"]) if match is not None else None
    if value is None or not value.is_integer():
        raise UnreadableError(text)
    return sign * int(value)


def read_day(text: str) -> date:
    """A day: `1.5.2015`, `2015-05-01T00:00:00`, `1. toukokuuta 2015`, `13/5/2015`, `20150501`.

    Raises
    ------
    UnreadableError
        For `5/6/2015` and `5-6-2015`, which Americans read the other way, two-digit years, days
        that do not exist, months and years without a day, and times other than midnight.
    """
    bare = _MIDNIGHT.sub("", text.strip())
    bare = _COMPACT.sub(r"\1-\2-\3", bare) if _COMPACT.fullmatch(bare) else bare
    bare = _YEAR_FIRST.sub(r"\1-\2-\3", bare) if _YEAR_FIRST.fullmatch(bare) else bare
    bare = bare.replace("-", "/") if _HYPHENS.fullmatch(bare) else bare
    found = find_day(bare)
    whole = found is not None and (found.start, found.end) == (0, len(bare))
    if found is None or not whole or found.precision is not None or found.first is None:
        raise UnreadableError(text)
    return found.first


def _signed(text: str) -> tuple[str, int]:
    """The text without its minus, and the sign."""
    for pattern in _BELOW_ZERO:
        match = pattern.fullmatch(text)
        # "12 000,-" and "12 000,--" mean no cents, not a minus.
        if match is not None and not match["rest"].rstrip("-\u2212 ").endswith((",", ".", ":")):
            return match["rest"].strip(), -1
    return text, 1


def _bounded(value: float, text: str) -> float:
    if value >= 10.0**SETTINGS.digits:
        raise UnreadableError(text)
    return value
