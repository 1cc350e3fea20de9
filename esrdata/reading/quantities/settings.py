"""The bounds within which figures are numbers, sums and years."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuantitySettings:
    """What a figure may be."""

    digits: int = 15  # more than a float holds exactly are a slip of the hand
    bare_digits: int = 4  # a figure of fewer, with no currency and no scale, is no sum of euros
    years: range = range(1950, 2100)  # of the days and months that texts name
    # Of the days in the cells of a form: wider, for nothing else can stand there.
    form_years: range = range(1900, 2200)
    lone_years: range = range(1900, 2101)  # a figure in it without a currency is a year and no sum
    # Longer than any word for a number: nine hundred and ninety-nine of each of three sizes.
    longest_word: int = 200
    around_day: int = 100  # characters around a day that may hold what makes it an end of a period


SETTINGS = QuantitySettings()
