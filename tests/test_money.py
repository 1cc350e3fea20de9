"""Money in every way it is written: the table of ways, typed sums, units of headings, cells."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from esrdata.reading.quantities.cells import read_amount, read_count, read_day
from esrdata.reading.quantities.kinds import UnreadableError
from esrdata.reading.quantities.sums import Sum, Unread, find_sums, read_sum, read_unit

TABLE = yaml.safe_load(Path(__file__).with_name("money_table.yml").read_text(encoding="utf-8"))
WAYS = [(text, want) for rows in TABLE.values() for text, want in rows]


@pytest.mark.parametrize(("text", "want"), WAYS, ids=[text for text, _ in WAYS])
def test_what_a_person_reads(text: str, want: float | str) -> None:
    money = read_sum(text)
    if want == "refuse":
        assert money is None
        return
    qualifier, amount = str(want).split() if isinstance(want, str) else (None, want)
    assert money is not None
    assert (money.amount, money.qualifier) == (float(amount), qualifier)


def sums(text: str) -> list[Sum]:
    return [each for each in find_sums(text) if isinstance(each, Sum)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("300 000 – 400 000 €", 300000, 400000),
        ("350–400 t€", 350000, 400000),
        ("1–1,2 milj. €", 1000000, 1200000),
        ("300 000–1,2 milj. €", 300000, 1200000),
        ("tukea 50 000 tai 60 000 euroa", 50000, 60000),
        ("mellan 300 000 och 400 000 euro", 300000, 400000),
        ("between €300,000 and €400,000", 300000, 400000),
    ],
)
def test_a_range_has_two_ends(text: str, low: float, high: float) -> None:
    (money,) = sums(text)
    assert (money.amount, money.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("120 000 euroa vuodessa", "year"),
        ("120 000 €/v", "year"),
        ("årligen 120 000 euro", "year"),
        ("120 000 € per month", "month"),
        ("1 200 € osallistujaa kohti", "person"),
        ("1 200 € / kylä", "other"),
        ("à 50 000 €", "other"),
    ],
)
def test_a_rate_is_no_whole(text: str, per: str) -> None:
    (money,) = sums(text)
    assert money.per == per


def test_parts_and_the_whole() -> None:
    whole, eu, town = sums(
        "Kokonaisbudjetti on 21 030 euroa, josta EAKR 14 721 € ja kunta 6 309 €."
    )
    assert (whole.total, whole.part) == (True, False)
    assert eu.part and town.part
    assert (whole.amount, eu.amount, town.amount) == (21030, 14721, 6309)


def test_a_sentence_without_money_has_no_sums() -> None:
    for text in ("Hankkeessa oli 12 000 osallistujaa.", "Vuosina 2019–2021.", "80 % hyväksyttiin."):
        assert find_sums(text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3 500 000 mk", "foreign"),
        ("$350,000", "foreign"),
        ("3 x 50 000 €", "multiplied"),
        ("-500 €", "negative"),
        ("35 0000 €", "malformed"),
        ("1,234 €", "malformed"),
        ("5,3 zilj. €", "unknown_word"),
    ],
)
def test_why_a_figure_is_not_read(text: str, why: str) -> None:
    assert why in [each.why for each in find_sums(text, labelled=True) if isinstance(each, Unread)]


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("1000 €", 1000), ("(1 000 €)", 1000), ("t€", 1000), ("(k€)", 1000),
        ("tuhatta euroa", 1000),
        ("M€", 1000000), ("milj. €", 1000000), ("€", 1), ("(euroa)", 1), ("EUR", 1),
        ("kpl", None), ("%", None), ("tuhatta", None), ("SEK", None), ("", None),
        ("sis. alv", None),
    ],
)  # fmt: skip
def test_units_of_headings(heading: str, unit: int | None) -> None:
    assert read_unit(heading) == unit


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("46434", 46434), ("46 434", 46434), ("46\u00a0434,50", 46434.5), ("46\u202f434 €", 46434),
        ("46434.05", 46434.05), ("1.584.000,00", 1584000), ("1'584'000", 1584000),
        ("€334,920.00", 334920), ("EUR 1 584 000,00", 1584000), ("12 000,-", 12000),
        ("12 000,--", 12000),
        ("350 t€", 350000), ("-876", -876), ("−876", -876), ("– 876", -876), ("876-", -876),
        ("876−", -876), ("(876)", -876), ("(1 876,10 €)", -1876.1), ("-876 €", -876),
        ("1,5E+05", 150000), ("1.5E5", 150000), ("0", 0),
        ("46434.120000000003", 46434.120000000003),
    ],
)  # fmt: skip
def test_a_cell_of_money(cell: str, amount: float) -> None:
    assert read_amount(cell) == amount


@pytest.mark.parametrize(
    "cell",
    ["", "-", "n/a", "46,434", "46 43", "1 58 4000", "500 kr", "$500", "noin 500", "500 kpl",
     "(-500)", "--500", "500 € 600 €", "1.5.2015", "#ARVO!", "12345678901234567", "5 mil"],
)  # fmt: skip
def test_no_cell_of_money(cell: str) -> None:
    with pytest.raises(UnreadableError):
        read_amount(cell)


def test_a_cell_of_a_count() -> None:
    assert [read_count(c) for c in ("43", "1 234", "1'234", "43,0", "−3")] == [
        43,
        1234,
        1234,
        43,
        -3,
    ]
    for cell in ("4,5", "1,234", "43 henkilöä", "noin 43", "", "1 23"):
        with pytest.raises(UnreadableError):
            read_count(cell)


@pytest.mark.parametrize(
    "cell",
    ["1.5.2015", "01.05.2015", "2015-05-01", "2015-05-01T00:00:00", "2015-05-01 00:00:00.000",
     "2015-05-01T00:00:00Z", "1.5.2015 0.00", "1.5.2015 klo 00:00", "20150501", "2015/05/01",
     "1. toukokuuta 2015", "1 maj 2015", "May 1, 2015"],
)  # fmt: skip
def test_a_cell_of_a_day(cell: str) -> None:
    assert read_day(cell) == date(2015, 5, 1)


@pytest.mark.parametrize(
    "cell",
    ["5/6/2015", "5-6-2015", "1.5.15", "31.2.2015", "2015-13-01", "5/2015", "2015", "toukokuu 2015",
     "2015-04-30T21:00:00Z", "1.5.2015–", "1.5.2015 alkaen", "", "-", "42125", "20151350"],
)  # fmt: skip
def test_no_cell_of_a_day(cell: str) -> None:
    with pytest.raises(UnreadableError):
        read_day(cell)


def test_an_american_day_is_read_where_no_other_is_possible() -> None:
    assert read_day("12/31/2016") == read_day("31/12/2016") == read_day("31-12-2016")
