"""Finnish number words; the forms are those of the grammar, written down by hand."""

import pytest

from esrdata.reading.quantities.numerals import Numeral, digits_value, number_word


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("yksi", 1), ("viisi", 5), ("Kuusi", 6), ("kahdeksan", 8), ("kymmenen", 10),
        ("kahteen", 2), ("kolmelle", 3), ("neljässä", 4), ("viittä", 5), ("kuudelta", 6),
        ("yksitoista", 11), ("kahdentoista", 12), ("neljätoista", 14), ("viidestätoista", 15),
        ("yhdeksässätoista", 19), ("kaksikymmentä", 20), ("kahdellekymmenelle", 20),
        ("kaksikymmentäviisi", 25), ("kahdessakymmenessäviidessä", 25),
        ("yhdeksänkymmentäyhdeksän", 99), ("sata", 100), ("sadalle", 100), ("kaksisataa", 200),
        ("kahdensadan", 200), ("satakaksikymmentä", 120), ("kolmesataaviisikymmentä", 350),
        ("tuhat", 1000), ("kaksituhatta", 2000), ("tuhatviisisataa", 1500),
        ("kaksikymmentäviisituhatta", 25000), ("miljoona", 1000000), ("nolla", 0),
        ("kaksilla", 2), ("kolmet", 3),
    ],
)  # fmt: skip
def test_number_words_in_any_case(word: str, value: int) -> None:
    assert number_word(word) == Numeral(value, "exact")


@pytest.mark.parametrize(
    ("word", "value", "qualifier"),
    [
        ("parikymmentä", 20, "about"),
        ("kymmenkunta", 10, "about"),
        ("viitisenkymmentä", 50, "about"),
        ("puolensataa", 50, "about"),
        ("puoleensataan", 50, "about"),
        ("parisataa", 200, "about"),
        ("toistasataa", 100, "over"),
        ("puolitoista", 1.5, "exact"),
        ("tuhansia", None, "about"),
        ("kymmenille", None, "about"),
    ],
)
def test_numerals_that_are_not_exact(word: str, value: float | None, qualifier: str) -> None:
    assert number_word(word) == Numeral(value, qualifier)


@pytest.mark.parametrize(
    "word",
    ["yhdessä", "toinen", "ensimmäinen", "toista", "viides", "kuusikko", "kymmenys", "satama",
     "tuhatjalkainen", "kaksonen", "viisikko", "seitsemäs", "kolmannes", "", "henkilö"],
)  # fmt: skip
def test_words_that_are_no_numbers(word: str) -> None:
    assert number_word(word) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 024", 1024), ("2\u00a0300", 2300), ("12\u202f500", 12500), ("3,5", 3.5),
        ("1.200", 1200), ("10:lle", 10), ("1 250 000", 1250000), ("0", 0),
    ],
)  # fmt: skip
def test_digits(text: str, value: float) -> None:
    assert digits_value(text) == value
