"""Periods and sums in the ways web pages write them, and back again."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from esrdata.reading.quantities.periods import Moment, find_day, find_end, find_period, is_length
from esrdata.reading.quantities.phrases import one_of
from esrdata.reading.quantities.sums import read_sum

A, B = date(2015, 5, 1), date(2016, 12, 31)


TABLE = yaml.safe_load(Path(__file__).with_name("period_table.yml").read_text(encoding="utf-8"))
WAYS = [row for rows in TABLE.values() for row in rows]


def side(moment: Moment | None, *, last: bool) -> str | None:
    """A side of a period as the table writes it."""
    if moment is None:
        return None
    day = moment.last if last else moment.first
    return "refuse" if day is None else " ".join(filter(None, (str(day), moment.precision)))


@pytest.mark.parametrize(("text", "first", "last"), WAYS, ids=[row[0] for row in WAYS])
def test_what_a_person_reads(text: str, first: object, last: object) -> None:
    period = find_period(text)
    wanted = tuple(None if each is None else str(each) for each in (first, last))
    if wanted == ("refuse", "refuse") and period is None:
        return
    sides = (period.first, period.last) if period is not None else (None, None)
    assert (side(sides[0], last=False), side(sides[1], last=True)) == wanted


def sides(text: str) -> tuple[date | None, date | None, str | None, str | None]:
    """First day, last day, and how exactly each is given."""
    period = find_period(text)
    assert period is not None, text
    first, last = period.first, period.last
    return (
        first.first if first else None,
        last.last if last else None,
        first.precision if first else None,
        last.precision if last else None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "1.5.2015 – 31.12.2016",
        "01.05.2015 - 31.12.2016",
        "1.5.2015—31.12.2016",
        "1.5.2015 − 31.12.2016",
        "1.5.2015-31.12.2016",
        "1. 5. 2015 – 31. 12. 2016",
        "2015-05-01 – 2016-12-31",
        "2015-05-01 to 2016-12-31",
        "01.05.201531.12.2016",
        "1.5.2015 till 31.12.2016",
        "från 1.5.2015 till och med 31.12.2016",
        "Alkaa 1.5.2015 ja päättyy 31.12.2016",
        "1 May 2015 – 31 December 2016",
        "May 1, 2015 to December 31, 2016",
        "1. toukokuuta 2015 – 31. joulukuuta 2016",
        "1 maj 2015 till 31 december 2016",
        "1.5.2015\u00a0–\u00a031.12.2016",
        "1.5.2015\u200b–\u200b31.12.2016",
    ],
)
def test_days(text: str) -> None:
    assert sides(text) == (A, B, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "5/2015–12/2016",
        "5.2015 - 12.2016",
        "toukokuu 2015 – joulukuu 2016",
        "toukokuusta 2015 joulukuuhun 2016",
        "maj 2015 – december 2016",
        "May 2015 to December 2016",
        "Dec 2016",
    ],
)
def test_months_give_their_first_and_last_days(text: str) -> None:
    first = A if "2015" in text else date(2016, 12, 1)
    assert sides(text) == (first, B, "month", "month")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2015 - 2016", date(2015, 1, 1), B),
        ("2015–2016", date(2015, 1, 1), B),
        ("vuosina 2015–2016", date(2015, 1, 1), B),
        ("åren 2015–2016", date(2015, 1, 1), B),
        ("2016", date(2016, 1, 1), B),
        ("vuoden 2015 alusta vuoden 2016 loppuun", date(2015, 1, 1), B),
    ],
)
def test_years_give_their_first_and_last_days(text: str, first: date, last: date) -> None:
    assert sides(text) == (first, last, "year", "year")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1.5.–31.12.2016", date(2016, 5, 1), B),
        ("1.–31.12.2016", date(2016, 12, 1), B),
        ("5–12/2016", date(2016, 5, 1), B),
        ("touko–joulukuu 2016", date(2016, 5, 1), B),
        ("1 maj till 31 december 2016", date(2016, 5, 1), B),
    ],
)
def test_the_year_may_come_once(text: str, first: date, last: date) -> None:
    assert sides(text)[:2] == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1.5.2015 alkaen", A, None),
        ("alkaa 1.5.2015", A, None),
        ("1.5.2015 –", A, None),
        ("från och med 1.5.2015", A, None),
        ("from 1 May 2015", A, None),
        ("päättyy 31.12.2016", None, B),
        ("31.12.2016 asti", None, B),
        ("31.12.2016 saakka", None, B),
        ("– 31.12.2016", None, B),
        ("till 31.12.2016", None, B),
        ("until 31 December 2016", None, B),
    ],
)
def test_one_side_only(text: str, first: date | None, last: date | None) -> None:
    assert sides(text)[:2] == (first, last)


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("31.6.2017", "31.6.2017"),
        ("5/6/2015", "5/6/2015"),
        ("1.5.2015 – 31.12.201", "31.12.201"),
        ("1.5.2015 – 31.9.2016", "31.9.2016"),
        ("2010-12", "12"),
    ],
)
def test_what_is_no_sure_date_is_a_place_without_a_day(text: str, raw: str) -> None:
    period = find_period(text)
    assert period is not None and period.last is not None
    assert period.last.last is None
    assert text[period.last.start : period.last.end] == raw


def test_slashes_are_read_only_where_one_order_is_possible() -> None:
    assert sides("13/5/2015 – 12/31/2016")[:2] == (date(2015, 5, 13), B)
    assert sides("5/5/2015 – 5/6/2016")[:2] == (date(2015, 5, 5), None)


@pytest.mark.parametrize("text", ["", "oli liian lyhyt", "24 kk", "1.5.2015", "57 634 €", "pian"])
def test_no_period(text: str) -> None:
    assert find_period(text) is None


def test_an_end_before_its_start_is_kept() -> None:
    assert sides("31.12.2016 – 1.5.2015")[:2] == (B, A)


def test_further_dates_are_told() -> None:
    period = find_period("1.5.2015 – 31.12.2016 (jatkoaika 30.6.2017 asti)")
    assert period is not None and period.more
    assert sides("1.5.2015 – 31.12.2016 (jatkoaika 30.6.2017 asti)")[:2] == (A, B)


@pytest.mark.parametrize("text", ["24 kk", "2,5 vuotta", "3 år", "18 months"])
def test_a_length_is_no_date(text: str) -> None:
    assert is_length(text)
    assert not is_length("2016")


@pytest.mark.parametrize(
    ("sentence", "last", "precision"),
    [
        ("Vuoden 2021 loppuun kestävässä hankkeessa opitaan.", date(2021, 12, 31), "year"),
        ("Uusi hanke kestää vuoden 2021 loppuun.", date(2021, 12, 31), "year"),
        ("Hanke päättyy 30.6.2021.", date(2021, 6, 30), None),
        ("Hanke jatkuu kesäkuun 2021 loppuun.", date(2021, 6, 30), "month"),
        ("Projektet pågår till slutet av 2021.", date(2021, 12, 31), "year"),
        ("The project runs until the end of 2021.", date(2021, 12, 31), "year"),
    ],
)
def test_prose_may_tell_the_end(sentence: str, last: date, precision: str | None) -> None:
    moment = find_end(sentence)
    assert moment is not None
    assert (moment.last, moment.precision) == (last, precision)


@pytest.mark.parametrize(
    "sentence", ["Hanke alkoi 1.1.2020.", "Vuonna 2021 hanke kasvoi.", "Loppu."]
)
def test_other_dates_are_no_end(sentence: str) -> None:
    assert find_end(sentence) is None


DAYS = st.dates(date(1995, 1, 1), date(2045, 12, 31))
FORMS = (
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: d.strftime("%d.%m.%Y"),
    lambda d: d.isoformat(),
    lambda d: f"{d.day}. {d.month}. {d.year}",
    lambda d: f"{d.day} {d.strftime('%B')} {d.year}",
)
BETWEEN = (" – ", "–", " - ", "-", "—", " − ", " to ", " till ", " ja päättyy ")


@given(DAYS, st.integers(0, 4000), st.sampled_from(FORMS), st.sampled_from(BETWEEN))
def test_a_period_written_is_a_period_read(first, length, form, between) -> None:  # type: ignore[no-untyped-def]
    last = first + timedelta(days=length)
    text = f"{form(first)}{between}{form(last)}"
    period = find_period(text)
    assert period is not None and period.first is not None and period.last is not None
    assert (period.first.first, period.last.last) == (first, last)
    assert text[period.first.start : period.first.end] == form(first)
    assert text[period.last.start : period.last.end] == form(last)


@given(DAYS, DAYS)
def test_dates_may_be_glued(first: date, last: date) -> None:
    assert sides(f"{FORMS[1](first)}{FORMS[1](last)}")[:2] == (first, last)


@given(st.text(max_size=60))
def test_no_text_makes_reading_fail(text: str) -> None:
    period, money = find_period(text), read_sum(text)
    for moment in (find_day(text), find_end(text), period and period.first, period and period.last):
        assert moment is None or (
            isinstance(moment, Moment) and 0 <= moment.start < moment.end <= len(text)
        )
    assert money is None or 0 <= money.start < money.end <= len(text)


# ---- sums


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("57 634", 57634),
        ("57 634 €", 57634),
        ("57\u00a0634", 57634),
        ("57\u202f634\u00a0€", 57634),
        ("57\u2009634 euroa", 57634),
        ("57 634 (sis. ESR- valtio- ja kuntarahaa)", 57634),
        ("1 584 000,00 €", 1584000),
        ("€334,920.00", 334920),
        ("334.920,00 €", 334920),
        ("334 920 EUR", 334920),
        ("EUR 334,920", 334920),
        ("1.584.000 €", 1584000),
        ("1,584,000", 1584000),
        ("1.234", 1234),
        ("1,234.50", 1234.5),
        ("€1,234", 1234),
        ("300000", 300000),
        ("300 000 e", 300000),
        ("2,5 milj. €", 2500000),
        ("1,234 milj. euroa", 1234000),
        ("0,5 M€", 500000),
        ("2 MEUR", 2000000),
        ("250 t€", 250000),
        ("250 tuhatta euroa", 250000),
        ("puoli miljoonaa euroa", 500000),
        ("kaksi miljoonaa", 2000000),
        ("miljoona euroa", 1000000),
        ("två miljoner euro", 2000000),
        ("half a million euros", 500000),
        ("5 €", 5),
        ("80 % (57 634 €)", 57634),
        ("57 634 € (80 %)", 57634),
        ("vuonna 2016: 57 634 €", 57634),
        ("2016 €", 2016),
    ],
)
def test_sums(text: str, amount: float) -> None:
    money = read_sum(text)
    assert money is not None
    assert money.amount == amount
    assert money.qualifier is None


@pytest.mark.parametrize(
    ("text", "amount", "qualifier"),
    [
        ("noin 2 miljoonaa euroa", 2000000, "about"),
        ("n. 300 000 euroa", 300000, "about"),
        ("n.300 000 €", 300000, "about"),
        ("suunnilleen 300 000 €", 300000, "about"),
        ("lähes 300 000 €", 300000, "about"),
        ("ca 300 000 euro", 300000, "about"),
        ("cirka 300 000 euro", 300000, "about"),
        ("about €300,000", 300000, "about"),
        ("yli 300 000 €", 300000, "over"),
        ("reilut 300 000 €", 300000, "over"),
        ("över 300 000 euro", 300000, "over"),
        ("over 300,000.00 EUR", 300000, "over"),
        ("vähintään 300 000 €", 300000, "at_least"),
        ("alle 300 000 €", 300000, "under"),
        ("vajaa miljoona euroa", 1000000, "under"),
        ("enintään 300 000 €", 300000, "up_to"),
        ("korkeintaan 300 000 €", 300000, "up_to"),
        ("jopa 300 000 €", 300000, "up_to"),
        ("upp till 300 000 euro", 300000, "up_to"),
        ("up to 300 000 euros", 300000, "up_to"),
    ],
)
def test_sums_said_with_words(text: str, amount: float, qualifier: str) -> None:
    money = read_sum(text)
    assert money is not None
    assert (money.amount, money.qualifier) == (amount, qualifier)
    assert text[money.start : money.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "80 %",
        "80 prosenttia",
        "2016",
        "2015–2016",
        "1.5.2015",
        "1,234",
        "1,234 €",
        "50 0OO",
        "5",
        "2 hanketta",
        "300 000 kr",
        "300 000 SEK",
        "-500 €",
        "300 000 €/vuosi",
        "1 58 4000",
        "2016 57 634 €",
        "12 3456 €",
        "ei tiedossa",
        "miljoona kertaa",
        "1234567890123456 €",
    ],
)
def test_no_sum(text: str) -> None:
    assert read_sum(text) is None


GAPS = (" ", "\u00a0", "\u202f", "\u2009")


@given(
    st.integers(1000, 10**12),
    st.sampled_from(GAPS),
    st.sampled_from(["", " €", "€", " euroa", " EUR", " (80 %)"]),
    st.sampled_from([("", None), ("noin ", "about"), ("yli ", "over"), ("up to ", "up_to")]),
)
def test_a_sum_written_is_a_sum_read(
    amount: int, gap: str, sign: str, words: tuple[str, str]
) -> None:
    text = f"{words[0]}{amount:,}".replace(",", gap) + sign
    money = read_sum(text)
    assert money is not None
    assert (money.amount, money.qualifier) == (amount, words[1])


@given(st.integers(0, 10**11))
def test_cents_are_kept_in_every_style(cents: int) -> None:
    amount = f"{cents / 100:,.2f}"
    finnish = amount.replace(",", " ").replace(".", ",")
    german = amount.replace(",", "\x00").replace(".", ",").replace("\x00", ".")
    for text in (f"€{amount}", f"{finnish} €", f"{german} €"):
        money = read_sum(text)
        assert money is not None, text
        assert money.amount == round(cents / 100, 2)


@pytest.mark.parametrize("words", [["EUR", "euroa"], ["euroa", "EUR"], ["e", "euroa", "EUR"]])
def test_the_longest_of_words_is_found_whatever_the_case_of_their_first_letter(
    words: list[str],
) -> None:
    pattern = re.compile(one_of(words), re.IGNORECASE)
    assert pattern.match("euroa")[0] == "euroa"  # type: ignore[index]
    assert pattern.match("EURO")[0].casefold() == "eur"  # type: ignore[index]
