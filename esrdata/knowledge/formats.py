"""Formats numbers, sums and days as people write them, in Finnish, Swedish and English.

The formats are on the shelf (`words.yml`), so reports never depend on the computer's locale.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from numbers import Integral, Real

from esrdata.errors import UsageError
from esrdata.knowledge.entries import placeholders, text_of
from esrdata.knowledge.shelf import per_shelf

#: Most decimals of a sum in millions: exact to the euro.
_FINEST = 6
#: How far decimals are exact is an option of the user's.
_OUR_OWN = Context(prec=28)
#: Floats below this can be written as whole numbers exactly.
_EXACT = 2**53


def is_missing(value: object) -> bool:
    """Whether a value is None, NaN or one of pandas' missing marks."""
    if isinstance(value, str):
        return False
    # Recognised by name, since importing pandas takes a third of a second.
    if value is None or type(value).__name__ == "NAType":
        return True
    # Only NaN and NaT are unequal to themselves.
    return bool(value != value)


def number(value: object, lang: str, decimals: int = 0) -> str:
    """Write a number with the separators of the language; a missing one is an en dash.

    Halves are rounded away from zero, as spreadsheets do.
    """
    if is_missing(value):
        return text_of("format.missing", lang)
    sign, digits = _rounded(value, decimals, lang)
    return sign + digits


def in_unit(value: object, lang: str, divisor: int, decimals: int = 0) -> str:
    """Write a sum in thousands or millions; only zero is written as zero."""
    if is_missing(value):
        return text_of("format.missing", lang)
    with localcontext(_OUR_OWN):
        scaled = _decimal(value) / divisor
        if not scaled:
            return number(0, lang)
        while not round(scaled, decimals) and decimals < _FINEST:
            decimals += 1
    return number(scaled, lang, decimals)


def p_value(value: object, lang: str) -> str:
    """Write a p value with three decimals; below 0.001 as "< 0.001"."""
    if not is_missing(value) and float(str(value)) < 0.001:
        return f"<\u00a0{number(0.001, lang, 3)}"
    return number(value, lang, 3)


def p_equals(value: object, lang: str) -> str:
    """A p value with its sign, for a sentence: ``= 0.032`` or ``< 0.001``."""
    text = p_value(value, lang)
    return text if text.startswith("<") else f"=\u00a0{text}"


def money(value: object, lang: str, decimals: int = 0) -> str:
    """Write a sum in euros, such as ``1 234 €`` or ``€1,234``; a missing one is an en dash."""
    if is_missing(value):
        return text_of("format.missing", lang)
    sign, digits = _rounded(value, decimals, lang)
    return _pattern("format.money", lang).format(sign=sign, number=digits)


def percent(ratio: object, lang: str, decimals: int = 1) -> str:
    """Write a ratio as per cent: 0.125 is ``12,5 %`` or ``12.5%``; a missing one is an en dash.

    What is more than zero is not written as zero: 2 of 19,940 are ``< 0,1 %``.
    """
    if is_missing(ratio):
        return text_of("format.missing", lang)
    exact, least = _decimal(ratio) * 100, Decimal((0, (1,), -decimals))
    small = 0 < exact < least / 2
    sign, digits = _rounded(least if small else exact, decimals, lang)
    written = _pattern("format.percent", lang).format(sign=sign, number=digits)
    return f"<\u00a0{written}" if small else written


def points(ratio: object, lang: str, decimals: int = 1) -> str:
    """Write a difference of two ratios, such as ``2,0 %-yks.``; a missing one is an en dash."""
    if is_missing(ratio):
        return text_of("format.missing", lang)
    sign, digits = _rounded(_decimal(ratio) * 100, decimals, lang)
    return _pattern("format.points", lang).format(sign=sign, number=digits)


def date(value: object, lang: str) -> str:
    """Write a date, such as ``30.6.2017`` or ``30 June 2017``; a missing one is an en dash."""
    if is_missing(value):
        return text_of("format.missing", lang)
    if not isinstance(value, dt.date):
        raise UsageError(f"The value {value!r} is not a date.")
    return text_of("format.date", lang).format(
        day=value.day,
        month=value.month,
        month_name=text_of(f"month.{value.month}", lang),
        year=value.year,
    )


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, Integral | Real | Decimal):
        raise UsageError(f"The value {value!r} is not a number.")
    if isinstance(value, Integral):
        return Decimal(int(value))
    # The shortest decimal form of a float is the number people see elsewhere.
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not exact.is_finite():
        raise UsageError(f"The value {value!r} is not a finite number.")
    return exact


def _rounded(value: object, decimals: int, lang: str) -> tuple[str, str]:
    """Sign and digits of a rounded number."""
    if decimals >= 0 and isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        # Most sums are whole, and a list has a hundred thousand of them.
        digits = f"{abs(int(value)):,}".replace(",", _sign("thousands", lang))
        digits += _sign("decimal", lang) + "0" * decimals if decimals else ""
        return _sign("minus", lang) if value < 0 else "", digits
    step = Decimal((0, (1,), -decimals))
    rounded = _decimal(value).quantize(step, ROUND_HALF_UP, _OUR_OWN)
    whole, _, fraction = f"{rounded.copy_abs():,f}".partition(".")
    digits = whole.replace(",", _sign("thousands", lang))
    if fraction:
        digits += _sign("decimal", lang) + fraction
    return _sign("minus", lang) if rounded < 0 else "", digits


@per_shelf
def _pattern(key: str, lang: str) -> str:
    """The pattern of a number with its unit, cached: a list has sixty thousand sums."""
    pattern = text_of(key, lang)
    if set(placeholders(pattern)) != {"sign", "number"}:
        raise UsageError(f"The word {key!r} takes number, sign.")
    return pattern


@per_shelf
def _sign(name: str, lang: str) -> str:
    """The sign of numbers, cached: a report writes a hundred thousand."""
    return text_of(f"format.{name}", lang)
