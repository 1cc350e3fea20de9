"""Typical slips: whether a number may be a mistake for the figure its words name."""

import re
from collections.abc import Iterable
from math import ceil, floor

from esrdata.proofing.number import PERCENT, Number

#: A relative difference up to this may come from an older list or a sum not updated.
_NEAR = 0.5


def is_slip(number: Number, expected: float, others: Iterable[float] = ()) -> bool:
    """Whether a number may be a mistake for a value.

    Parameters
    ----------
    number
        As it stands.
    expected
        The figure that its words name.
    others
        Values of the same figure in the other stage and other groups.
    """
    value = number.value
    if value is None:
        return False
    if number.word and number.unit == PERCENT:
        # "Every fourth" for "every tenth": a slip in words.
        return True
    largest = max(abs(value), abs(expected))
    if largest == 0 or abs(value - expected) <= _NEAR * largest:
        return True
    if any(number.fits(other) for other in others):
        return True
    ratio = abs(value / expected) if expected else 0.0
    if any(abs(ratio / scale - 1) < 0.06 for scale in (0.001, 1000, 1e6, 1e-6, 10, 0.1, 100, 0.01)):
        return True
    return is_slip_of_digits(number, expected)


def is_slip_of_digits(number: Number, expected: float) -> bool:
    """Whether one digit differs, or the digits are in another order."""
    value = number.value
    own = re.sub(r"\D", "", number.text)
    if not value or not own or not int(own):
        return False
    # The expected value in the number's own scale.
    scaled = abs(expected) * int(own) / abs(value)
    # "Yli 11,6 miljoonaa" is cut off, not rounded.
    return any(_alike(own, str(other)) for other in {round(scaled), floor(scaled), ceil(scaled)})


def _alike(own: str, other: str) -> bool:
    # "0,6" may be a slip for "9,6".
    other = other.zfill(len(own))
    if len(other) != len(own):
        return False
    apart = sum(a != b for a, b in zip(own, other, strict=True))
    return apart <= 1 or (len(own) > 1 and sorted(own) == sorted(other))
