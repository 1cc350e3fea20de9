"""The bounds within which figures are numbers, sums and years."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuantitySettings:
    """What a figure may be.

    Attributes
    ----------
    digits
        More digits than a float holds exactly are a slip of the hand.
    bare_digits
        A figure of fewer digits, with no currency and no scale, counts something else than euros.
    years
        Years of the days and months that texts name.
    form_years
        Years of the days that stand in the cells of a form; a wider range, for nothing else can
        stand there.
    lone_years
        A figure without a currency in this range is a year and no sum.
    longest_word
        No number has a longer word: nine hundred and ninety-nine of each of three sizes, inflected.
    around_day
        So many characters around a day may hold the words that make it one end of a period.
    """

    digits: int = 15
    bare_digits: int = 4
    years: range = range(1950, 2100)
    form_years: range = range(1900, 2200)
    lone_years: range = range(1900, 2101)
    longest_word: int = 200
    around_day: int = 100


SETTINGS = QuantitySettings()
