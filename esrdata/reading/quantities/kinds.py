"""The kinds of values in forms: what each looks like, and how it is read and written."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from esrdata.reading.quantities.figures import GAP, MINUS
from esrdata.reading.quantities.settings import SETTINGS
from esrdata.reading.record import Content

# Forms write numbers in one way; other ways, as in lists and pages, are in cells.py and sums.py.
_COUNT = rf"(?:\d{{1,3}}(?:{GAP}\d{{3}})+|\d+)"
_SUM = rf"{MINUS}?{_COUNT}(?:[.,]\d{{1,2}})?(?:\s*(?:€|euroa|euros|EUR))?"


class UnreadableError(Exception):
    """A text that is not of its kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value.

    `pattern` is what a well-formed one looks like, `read` turns the text into content,
    `write` is its inverse.
    """

    pattern: str
    read: Callable[[str], Content]
    write: Callable[[Content], str]


def _text(text: str) -> str:
    return " ".join(text.split())


def _number(text: str) -> str:
    return re.sub(MINUS, "-", re.sub(GAP, "", text))


def _integer(text: str) -> int:
    if text.isdecimal() and len(text) <= SETTINGS.digits:
        return int(text)
    if not re.fullmatch(_COUNT, text):
        raise UnreadableError(text)
    return int(_bounded(_number(text)))


def _score(text: str) -> int:
    negative = not text.isdecimal() and re.match(MINUS, text) is not None
    return -_integer(text[1:]) if negative else _integer(text)


def _bounded(digits: str) -> str:
    """Refuse numbers that no table cell holds exactly; no project has such."""
    if len(digits.split(".")[0].lstrip("-0")) > SETTINGS.digits:
        raise UnreadableError(digits)
    # Leading zeros do not count.
    return re.sub(r"^(-?)0+(?=\d)", r"\1", digits)


def _money(text: str) -> float:
    if text.isdecimal() and len(text) <= SETTINGS.digits:
        return float(text)
    if not re.fullmatch(_SUM, text):
        raise UnreadableError(text)
    bare = re.sub(r"(?:(?<!\s)\s+)?(?:€|euroa|euros|EUR)$", "", text)
    return float(_bounded(_number(bare).replace(",", ".")))


def _date(text: str) -> date:
    match = re.fullmatch(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})", text)
    match = match or re.fullmatch(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", text)
    if match is None:
        raise UnreadableError(text)
    # A year outside these is a typing error.
    if int(match["y"]) not in SETTINGS.form_years:
        raise UnreadableError(text)
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError as error:
        raise UnreadableError(text) from error


def _matching(pattern: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise UnreadableError(text)
        return text

    return read


def _write_integer(content: Content) -> str:
    return f"{content:,}".replace(",", " ")


def _write_money(content: Content) -> str:
    if not isinstance(content, int | float):
        raise TypeError(f"a sum of money is a number, not {content!r}")
    whole = float(content).is_integer()
    return f"{content:,.{0 if whole else 2}f}".replace(",", " ").replace(".", ",")


def _write_date(content: Content) -> str:
    if not isinstance(content, date):
        raise TypeError(f"a date is a date, not {content!r}")
    return f"{content.day}.{content.month}.{content.year}"


_CODE = r"[A-ZÅÄÖ]\d{5}"
_DOTTED = r"\d+(?:\.\d+)*"
# There may be a line break or space behind the dots of a day.
_DAY = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{2}-\d{2}"
_BUSINESS_ID = r"\d{6,8}-\d"

KINDS = {
    "text": Kind(r".*?", _text, str),
    "code": Kind(_CODE, _matching(_CODE), str),
    "dotted": Kind(_DOTTED, _matching(_DOTTED), str),
    "integer": Kind(r"\d+", _integer, str),
    "count": Kind(_COUNT, _integer, _write_integer),
    "score": Kind(rf"{MINUS}?\d+", _score, str),
    "money": Kind(_SUM, _money, _write_money),
    "date": Kind(_DAY, _date, _write_date),
    "business_id": Kind(_BUSINESS_ID, _matching(_BUSINESS_ID), str),
}
