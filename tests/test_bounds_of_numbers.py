"""The last text that is a number, a sum, a day or a number word, and the first that is none."""

from datetime import date

import pytest

from esrdata.reading.quantities.cells import UnreadableError, read_amount, read_count, read_day
from esrdata.reading.quantities.numerals import number_word


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("999 999 999 999 999", 999_999_999_999_999),  # fifteen digits are sure
        ("999999999999999", 999_999_999_999_999),
        ("9 999 999 999 999 999", None),
        ("9999999999999999", None),
        ("0", 0),
        ("1 000", 1000),
        ("1 00", None),
        ("43,0", 43),
        ("43,1", None),
        ("−3", -3),
    ],
)
def test_counts(text: str, value: int | None) -> None:
    if value is None:
        with pytest.raises(UnreadableError):
            read_count(text)
    else:
        assert read_count(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5€", 5.0),
        ("5 €", 5.0),
        ("€5", 5.0),
        ("€ 5", 5.0),
        ("5eur", 5.0),
        ("5,5€", 5.5),
        ("−5€", -5.0),
        ("5$", None),
        ("5€5", None),
        ("1e14", 1e14),
        ("9,99e14", 9.99e14),
        ("1e15", None),  # the first of sixteen digits
        ("1e16", None),
    ],
)
def test_sums(text: str, value: float | None) -> None:
    if value is None:
        with pytest.raises(UnreadableError):
            read_amount(text)
    else:
        assert read_amount(text) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015-04-01", date(2015, 4, 1)),
        ("2015-4-1", date(2015, 4, 1)),
        ("2015/04/01", date(2015, 4, 1)),
        ("2015-04-01T00:00:00", date(2015, 4, 1)),
        ("2015-04-01T12:00:00", None),
        ("12015-04-01", None),
        ("2015-04-011", None),
        ("2015-04/01", None),
        ("2015-00-01", None),
        ("2015-13-01", None),
        ("2015-12-31", date(2015, 12, 31)),
        ("2015-04-31", None),
        ("2016-02-29", date(2016, 2, 29)),
        ("2015-02-29", None),
        ("1.0.2015", None),
        ("1.12.2015", date(2015, 12, 1)),
        ("1.13.2015", None),
        ("0.1.2015", None),
        ("31.1.2015", date(2015, 1, 31)),
        ("32.1.2015", None),
        ("1..2015", None),  # the month is missing
        ("1. 2015", None),
        ("1.2015", None),
        ("1.5.", None),
        ("5/5/2015", date(2015, 5, 5)),
        ("5/6/2015", None),
        ("12/12/2015", date(2015, 12, 12)),
        ("12/13/2015", date(2015, 12, 13)),
        ("13/12/2015", date(2015, 12, 13)),
        ("13/13/2015", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(UnreadableError):
            read_day(text)
    else:
        assert read_day(text) == day


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("yhdessä", None),  # together
        ("yhdellä", None),
        ("kaksin", None),
        ("Yhdessä", None),
        ("yhdestä", 1.0),
        ("kahdessa", 2.0),
        ("kahdella", 2.0),
        ("kolmessa", 3.0),
        ("kaksitoista", 12.0),
        ("kaksikymmentä", 20.0),
        ("toista", None),
        ("", None),
    ],
)
def test_number_words(word: str, value: float | None) -> None:
    found = number_word(word)
    assert (None if found is None else found.value) == value
