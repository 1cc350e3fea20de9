"""What the format of a cell adds to its number: a percentage, a unit, another currency, zeros.

A format that only rounds, groups or colours a number leaves it as it is; so does one that shows
thousands or millions of a sum (`0.0,"t€"` shows 1100 as `1.1t€`): the sum itself is in the cell.
Where a unit stands beside a number that is not scaled, a person reads number and unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from esrdata.documents.office.workbook import number, struck

# Formats that every workbook has without writing them, as far as they change what a number says.
BUILT_IN = {"9": "0%", "10": "0.00%", "17": "mmm-yy"}
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<none>\[[^\]]*\]|_.|\*.)'
    r"|(?P<number>General|[0#?][0#?.,]*(?:[eE][+-]\d+)?)|(?P<end>;)|(?P<bare>.)",
    re.DOTALL | re.IGNORECASE,
)
# Signs and words that say no more than that it is a sum in euros.
_EUROS = re.compile(r"[\s.,:()+-]*(?:€|e|eur|euroa?)?[\s.,:()+-]*", re.IGNORECASE)
_CONDITION = re.compile(r"\[(?:[<>=]|[hms]+\])", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+$")
_NUMBER = re.compile(r"\d(?:[\d.,'’\s]*\d)?")
_SCIENTIFIC = re.compile(r"[-−]?\d(?:[.,]\d+)?[eE][+-]?\d+")
_WHOLE = re.compile(r"\d+|\d{1,3}(?:[.,'’\s]\d{3})+")
# What stands in a format and is no part of a day.
_NO_PART = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|;.*', re.DOTALL)
_BETWEEN = re.compile(r"[.,'’\s]")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What is shown around a number.

    Attributes
    ----------
    pieces
        Text that stands as it is, and places for digits (`00000`), in order.
    percent
        Whether hundredths are shown.
    """

    pieces: tuple[tuple[str, bool], ...]
    percent: bool

    def shown(self, value: float) -> str:
        """The number as a person reads it, not rounded."""
        places = [text for text, digits in self.pieces if digits]
        if not places:
            # What hides its number is shown beside it.
            return "".join(text for text, _ in self.pieces).strip() or f"{number(float(value))} ;;;"
        written = number(float(100 * value if self.percent else value))
        sign, whole = ("-", written[1:]) if written.startswith("-") else ("", written)
        if whole.isdecimal() and all(set(place) <= {"0", "#"} for place in places):
            whole = whole.rjust(sum(place.count("0") for place in places), "0")
        if len(places) > 1 and not whole.isdecimal():
            return sign + whole
        filled, rest = list[str](), whole
        for text, digits in reversed(self.pieces):
            if digits:
                places.pop()
                taken = len(rest) - len(text) if places else 0
                filled.append(rest[max(taken, 0) :])
                rest = rest[: max(taken, 0)]
            else:
                filled.append(text)
        return sign + "".join(reversed(filled)).strip()


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell shows its value, as far as that changes what it says.

    `no_day` tells that only the month or the year of a day is shown.
    """

    format: NumberFormat | None
    struck: bool
    no_day: bool = False

    def shown(self, value: object) -> object:
        """The value as a person reads it."""
        if self.format is not None and type(value) in (int, float):
            value = self.format.shown(value)  # type: ignore[arg-type]
        if self.no_day and isinstance(value, date) and value.day == 1:
            # Spreadsheets make the first of its month of what somebody wrote as `6/2016`.
            value = f"{value.month}/{value.year}"
        return struck(value) if self.struck and value not in (None, "") else value


def style(code: str, *, is_struck: bool) -> Style | None:
    """What a number format and a font say of a cell, None where that is nothing."""
    added, parts = number_format(code), _NO_PART.sub("", code).casefold()
    no_day = "y" in parts and not any(sign in parts for sign in "d0#")
    return Style(added, is_struck, no_day) if added is not None or is_struck or no_day else None


def shows_day(text: str, day: date) -> bool:
    """Whether a spreadsheet shows more of a day than its month and year."""
    numbers = re.findall(r"\d+", text)
    year = next((n for n in (str(day.year), f"{day.year % 100:02}") if n in numbers), None)
    if year is None or day.day != 1:
        return True
    return len(numbers) - 1 >= (1 if any(map(str.isalpha, text)) else 2)


@lru_cache(maxsize=1000)
def number_format(code: str) -> NumberFormat | None:
    """What a format adds to a positive number, None where that is nothing."""
    pieces: list[tuple[str, bool]] = []
    percent = scaled = is_text = False
    for found in _PIECE.finditer(code):
        kind, text = str(found.lastgroup), found[0]
        if kind == "end":
            break
        if kind == "number":
            scaled = scaled or _SCALED.search(text) is not None
            pieces.append((text, True))
        elif kind != "none":
            percent = percent or (kind == "bare" and text == "%")
            is_text = is_text or kind == "bare"
            pieces.append((found[kind], False))
    places = [text for text, digits in pieces if digits]
    around = "".join(text for text, digits in pieces if not digits)
    padded = re.fullmatch("0{2,}", "".join(places))
    if not places:
        # Days and texts have formats without digits too, and so have parts under a condition.
        hides = code != "" and not is_text and not _CONDITION.search(code)
        return NumberFormat(tuple(pieces), percent) if hides else None
    # What a format sets before all numbers makes them sums below zero.
    signed = any(sign in text for text, _ in pieces[:1] for sign in "-−(")
    if scaled or (_EUROS.fullmatch(around) and not padded and not signed):
        return None
    if len(places) > 1 and not all(set(place) <= {"0", "#"} for place in places):
        return None
    return NumberFormat(tuple(pieces), percent)


def shown(value: float, text: str) -> str | None:
    """What a spreadsheet shows of a number where that is more than a number, not rounded.

    The text is in the language of whoever saved it.
    """
    found = _NUMBER.search(text)
    if found is None or _SCIENTIFIC.fullmatch(text.strip()):
        return None
    around = text[: found.start()] + text[found.end() :]
    digits = found[0]
    if _EUROS.fullmatch(around):
        padded = digits.isdecimal() and digits[0] == "0" and len(digits) > 1
        return text.strip() if padded and value == int(digits) else None
    if "%" in around:
        return f"{number(100.0 * value)} %"
    if _is_near(abs(value), digits, 1):
        return text[: found.start()] + number(float(abs(value))) + text[found.end() :]
    if any(_is_near(abs(value), digits, scale) for scale in (1e3, 1e6)):
        return None
    return text


def is_less(text: str, value: float) -> bool:
    """Whether a text shows a sum rounded, scaled, without its minus or so that it may be another.

    Other units than euros are read as they are shown.
    """
    found = _NUMBER.search(text)
    if found is None:
        # A dash in place of zero, or a column too narrow for its numbers.
        return not any(map(str.isalpha, text))
    before, behind = text[: found.start()], text[found.end() :]
    if not _EUROS.fullmatch(before + behind):
        scaled = any(_is_near(abs(value), found[0], scale) for scale in (1e3, 1e6))
        return scaled and not _is_near(abs(value), found[0], 1)
    whole = [float(way) for way, _ in _ways(found[0])] == [abs(value)]
    signed = any(sign in before for sign in "-−–(") or behind.strip()[:1] in ("-", "−")
    if whole and (signed or value >= 0):
        return False
    return any(_is_near(abs(value), found[0], scale) for scale in (1, 1e3, 1e6))


def _is_near(value: float, digits: str, scale: float) -> bool:
    """Whether a number is what digits show of it, whichever sign stands before decimals."""
    return any(
        abs(value - scale * float(way)) <= 0.51 * scale / 10**places
        for way, places in _ways(digits)
    )


def _ways(digits: str) -> list[tuple[str, int]]:
    """The numbers that digits may be, and how many decimals each has."""
    whole, sign, decimals = max(
        (digits.rpartition(sign) for sign in ".,"), key=lambda parts: len(parts[0])
    )
    ways = [(_BETWEEN.sub("", digits), 0)] if _WHOLE.fullmatch(digits) else []
    if sign:
        ways.append((f"{_BETWEEN.sub('', whole)}.{decimals}", len(decimals)))
    return ways
