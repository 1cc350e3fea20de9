"""The signs that make a number a sum or a share: euros, per cent, and what makes it larger."""

from esrdata.knowledge import load
from esrdata.reading.claims.number import EURO, NEXT, PERCENT, Number
from esrdata.reading.claims.vocabulary import words
from esrdata.reading.quantities.money_words import money_words
from esrdata.reading.quantities.numerals import multipliers


def with_sign(text: str, number: Number) -> Number:
    """A number with euros or per cent behind it, and with what makes it larger."""
    if number.unit is not None:
        return number
    shelf, money = words(), money_words()
    behind = text[number.end : number.end + 3].lstrip()[:1]
    if behind not in shelf.sign_starts:
        # Most numbers have no sign behind them, and this shows it at a glance.
        return _with_sign_before(text, number)
    # A sign that holds scale and currency in one: 350 t€, 5,3 mil. €.
    tail = money.tail.match(text, number.end)
    name = load.fold(tail["scale"]) if tail is not None and tail["scale"] else ""
    if tail is not None and (tail["currency"] or name in money.with_currency):
        size = money.scales[name] if name else 1
        value = None if number.value is None else round(number.value * size, 2)
        return number._replace(end=tail.end(), value=value, unit=EURO, size=size)
    number = _multiplied(text, number)
    inflected = shelf.money.match(text, number.end)
    if inflected is not None:
        return number._replace(end=inflected.end(), unit=EURO)
    share = shelf.share.match(text, number.end)
    if share is not None:
        return number._replace(end=share.end(), unit=PERCENT)
    return _with_sign_before(text, number)


def _with_sign_before(text: str, number: Number) -> Number:
    before = text[max(0, number.start - 4) : number.start].strip()
    return number._replace(unit=EURO) if before.endswith(("€", "EUR")) else number


def _multiplied(text: str, number: Number) -> Number:
    """A number with a word such as tuhatta behind it."""
    match = NEXT.match(text, number.end)
    if number.value is None or match is None:
        return number
    size = multipliers().get(match[1].casefold())
    if size is None:
        return number
    value = round(number.value * size, 2)
    return number._replace(end=match.end(), value=value, size=size)
