"""Bounds for numbers, sums and years."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuantitySettings:
    """Bounds for figures."""

    digits: int = 15  # floats are not exact beyond; longer figures are typing errors
    bare_digits: int = 4  # shorter figures without currency and scale are no sums of euros
    years: range = range(1950, 2100)  # years of days and months in texts
    # Years of days in cells of a form: a wider range, as nothing else can be there.
    form_years: range = range(1900, 2200)
    lone_years: range = range(1900, 2101)  # a figure without a currency is a year, not a sum
    # Longer than any number word: nine hundred and ninety-nine of each of three scales.
    longest_word: int = 200
    around_day: int = 100  # characters around a day that may make it the end of a period


SETTINGS = QuantitySettings()
