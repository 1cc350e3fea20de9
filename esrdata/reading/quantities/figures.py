"""Figures: numbers in digits, with any separator of thousands.

Ambiguous figures are not read. The rules:

- complete groups of three separated by any kind of space, an apostrophe, a dot or a comma are
  thousands (`1 584 000`, `1.584.000`, `1'584'000`);
- at most two decimals follow a comma or a dot (`46 434,50`, `46434.50`);
- `1.234` is over a thousand: no sum has three decimals behind a dot in Finnish or Swedish;
- `1,234` is refused, being over a thousand in English and just over one in Finnish, unless it has
  an English mark (`€1,234`, `1,234 euros`).
"""

import re
from collections.abc import Callable

from esrdata.reading.quantities.settings import SETTINGS

#: Spaces between thousands: plain, no-break, narrow no-break, thin, figure space.
GAP = "[ \u00a0\u202f\u2009\u2007]"
#: Hyphen, non-breaking hyphen, figure dash, en dash, em dash, bar, true minus.
DASH = "[-\u2010\u2011\u2012\u2013\u2014\u2015\u2212]"
#: Minus signs.
MINUS = "[-\u2212\u2013]"
APOSTROPHE = "['\u2019\u00b4`]"


def _spaces(text: str) -> float:
    return float(re.sub(f"{GAP}|{APOSTROPHE}", "", text).replace(",", "."))


def _dots(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def _commas(text: str) -> float:
    return float(text.replace(",", ""))


def whole(digits: str) -> int:
    """A whole number; with more digits than are exact, one larger than any other."""
    bare = digits.lstrip("0")
    most = SETTINGS.digits
    return int(bare or "0") if len(bare) <= most else 10**most


_CENTS = r"(?:[.,]\d{1,2})?"
# Formats of a figure: pattern, whether it needs an English mark, reader.
_WAYS: tuple[tuple[re.Pattern[str], bool, Callable[[str], float]], ...] = (
    (re.compile(rf"\d+{_CENTS}"), False, _spaces),
    (re.compile(rf"[1-9]\d{{0,2}}(?:{GAP}\d{{3}})+{_CENTS}"), False, _spaces),
    (re.compile(rf"[1-9]\d{{0,2}}(?:{APOSTROPHE}\d{{3}})+{_CENTS}"), False, _spaces),
    (re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?"), False, _dots),
    (re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d{2}"), False, _commas),
    (re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}"), False, _commas),
    (re.compile(r"[1-9]\d{0,2}(?:,\d{3})+"), True, _commas),
)
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_THREE = re.compile(r"\d+[.,]\d{3}")


def figure_value(digits: str, *, english: bool = False, scale: int = 1) -> float | None:
    """The number that digits stand for.

    Parameters
    ----------
    digits
        Digits and separators only, without plus or minus.
    english
        Whether they have an English mark, so that a comma separates thousands.
    scale
        The scale that follows: before millions three decimals are decimals (1,234 million), before
        thousands they are ambiguous.

    Returns
    -------
    float or None
        Not yet multiplied by `scale`; None if the digits are no number, or ambiguous.
    """
    if len(re.sub(r"\D", "", digits)) > SETTINGS.digits:
        return None
    if scale > 1 and _THREE.fullmatch(digits):
        unsure = scale == 1_000 or (english and "," in digits)
        return None if unsure else _spaces(digits)
    if scale > 1 and _DECIMAL.fullmatch(digits):
        return _spaces(digits)
    for pattern, needs_mark, read in _WAYS:
        if pattern.fullmatch(digits) and (english or not needs_mark):
            return read(digits)
    return None
