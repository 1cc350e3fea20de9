"""The kinds of value, well formed and not, and the templates that put them on a line."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esrdata.reading.form.beside import read_value
from esrdata.reading.form.templates import Template
from esrdata.reading.listed import listed
from esrdata.reading.quantities.kinds import KINDS, UnreadableError
from esrdata.reading.record import Status

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"
MINUS, EN_DASH = "\u2212", "\u2013"


@pytest.mark.parametrize(
    ("kind", "text", "content"),
    [
        ("text", "Mallilan kyläyhdistys ry", "Mallilan kyläyhdistys ry"),
        ("text", f"kaksi  sanaa\nja{NBSP}kolmas", "kaksi sanaa ja kolmas"),
        ("code", "S20405", "S20405"),
        ("code", "A70001", "A70001"),
        ("dotted", "10.1", "10.1"),
        ("dotted", "5", "5"),
        ("integer", "5", 5),
        ("count", "0", 0),
        ("count", "43", 43),
        ("count", "1 234", 1234),
        ("count", f"1{NBSP}234{NBSP}567", 1234567),
        ("count", "12345", 12345),
        ("score", "10", 10),
        ("score", "0", 0),
        ("score", f"{MINUS}1", -1),
        ("money", "0", 0.0),
        ("money", "46 434", 46434.0),
        ("money", f"46{NBSP}434", 46434.0),
        ("money", f"46{NARROW}434", 46434.0),
        ("money", f"46{THIN}434", 46434.0),
        ("money", "46434", 46434.0),
        ("money", "46 434,50", 46434.5),
        ("money", "46434.05", 46434.05),
        ("money", "1 584 000,00 €", 1584000.0),
        ("money", "100 euroa", 100.0),
        ("money", "-876", -876.0),
        ("money", f"{MINUS}876", -876.0),
        ("money", f"{EN_DASH}1 876,10", -1876.1),
        ("date", "1.5.2015", date(2015, 5, 1)),
        ("date", "01.05.2015", date(2015, 5, 1)),
        ("date", "29.2.2016", date(2016, 2, 29)),
        ("date", "2015-05-01", date(2015, 5, 1)),
        ("business_id", "1234567-1", "1234567-1"),
        ("business_id", "0204023-3", "0204023-3"),
        ("business_id", "123456-1", "123456-1"),
    ],
)
def test_well_formed(kind: str, text: str, content: object) -> None:
    read = KINDS[kind].read(text)
    assert read == content
    assert type(read) is type(content)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("code", "S2040"),
        ("code", "S204055"),
        ("code", "s20405"),
        ("code", "20405"),
        ("dotted", "10."),
        ("dotted", "kymmenen"),
        ("integer", "viisi"),
        ("count", "noin 43"),
        ("count", "43 henkilöä"),
        ("count", "1 23"),
        ("count", "1234 567"),
        ("count", "4,5"),
        # Nobody counts people below none.
        ("count", "-3"),
        ("score", "4,5"),
        ("score", "x"),
        ("money", "46.434"),
        ("money", "46,434"),
        ("money", "46 43"),
        ("money", "€334,920.00"),
        ("money", "noin 2 miljoonaa euroa"),
        ("money", "46 434 50"),
        ("money", "12-13"),
        ("money", "-"),
        ("date", "31.2.2015"),
        ("date", "29.2.2015"),
        ("date", "0.5.2015"),
        ("date", "1.13.2015"),
        ("date", "1.5.15"),
        ("date", "5/2015"),
        ("date", "2015-02-30"),
        ("date", "01.01.202031.03.2022"),
        ("date", "1.5.0215"),
        ("count", "1234567890123456"),
        ("business_id", "12345671"),
        ("business_id", "12345-1"),
        ("business_id", "FI12345671"),
    ],
)
def test_malformed(kind: str, text: str) -> None:
    with pytest.raises(UnreadableError):
        KINDS[kind].read(text)


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("money", 46434.0, "46 434"),
        ("money", 37400.5, "37 400,50"),
        ("money", -876.0, "-876"),
        ("money", 0.0, "0"),
        ("count", 1234, "1 234"),
        ("count", 0, "0"),
        ("date", date(2015, 5, 1), "1.5.2015"),
        ("score", 10, "10"),
    ],
)
def test_written(kind: str, content: str | int | float | date, text: str) -> None:
    assert KINDS[kind].write(content) == text


@given(st.integers(-(10**9), 10**9))
def test_any_sum_in_cents_comes_back(cents: int) -> None:
    content = cents / 100
    assert KINDS["money"].read(KINDS["money"].write(content)) == content


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_any_date_comes_back(day: date) -> None:
    assert KINDS["date"].read(KINDS["date"].write(day)) == day


@given(st.text(alphabet="0123456789 ,.-−€x\u00a0", max_size=12))
def test_no_text_is_read_as_another_number(text: str) -> None:
    """What is read holds the digits of the text, in their order, and none besides."""
    try:
        content = KINDS["count"].read(text)
    except UnreadableError:
        return
    digits = "".join(sign for sign in text if sign.isdigit())
    assert abs(int(str(content))) == int(digits)


# ---- templates

PERIOD = Template("Alkaa {start:date} ja päättyy {end:date}")
AXIS = Template("{axis:integer}. {label:text}")
PEOPLE = (Template("{all:count}, joista naisia {women:count}"), Template("{all:count}"))
SCORES = Template("{direct:score} {indirect:score}")


def read(templates: Template | tuple[Template, ...], text: str) -> dict[str, tuple[Status, object]]:
    templates = (templates,) if isinstance(templates, Template) else templates
    parts = read_value(templates, text)
    for part in parts:
        assert 0 <= part.start <= part.end <= len(text)
    return {part.field: (part.status, part.content) for part in parts}


READ, BLANK, UNREADABLE = Status.READ, Status.BLANK, Status.UNREADABLE
MAY, JUNE = (READ, date(2015, 5, 1)), (READ, date(2017, 6, 30))
NOTHING, JUNK = (BLANK, None), (UNREADABLE, None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Alkaa 1.5.2015 ja päättyy 30.6.2017", MAY, JUNE),
        ("Alkaa  1.5.2015  ja\npäättyy 30.6.2017", MAY, JUNE),
        (f"Alkaa{NBSP}1.5.2015 ja päättyy{NBSP}30.6.2017", MAY, JUNE),
        ("Alkaa  ja päättyy 30.6.2017", NOTHING, JUNE),
        ("Alkaa 1.5.2015 ja päättyy", MAY, NOTHING),
        ("Alkaa ja päättyy", NOTHING, NOTHING),
        ("Alkaa 31.2.2015 ja päättyy 30.6.2017", JUNK, JUNE),
        ("Alkaa keväällä ja päättyy 30.6.2017", JUNK, JUNE),
        ("1.5.2015 - 30.6.2017", JUNK, JUNK),
        ("Alkaa 1.5.2015", JUNK, JUNK),
        ("-", JUNK, JUNK),
    ],
)
def test_period(text: str, start: tuple[Status, object], end: tuple[Status, object]) -> None:
    assert read(PERIOD, text) == {"start": start, "end": end}


@pytest.mark.parametrize(
    ("text", "axis", "label"),
    [
        ("5. Sosiaalinen osallisuus", (READ, 5), (READ, "Sosiaalinen osallisuus")),
        ("5: Tekninen tuki", (READ, 5), (READ, "Tekninen tuki")),
        ("5 Tekninen tuki", (READ, 5), (READ, "Tekninen tuki")),
        ("5.", (READ, 5), NOTHING),
        ("Sosiaalinen osallisuus", NOTHING, (READ, "Sosiaalinen osallisuus")),
        ("5. EU 2020 -työ", (READ, 5), (READ, "EU 2020 -työ")),
        ("3: 3D-tulostus", (READ, 3), (READ, "3D-tulostus")),
        # A specific objective, two axes, and numbers that are none.
        ("5.1", JUNK, JUNK),
        ("5,1", JUNK, JUNK),
        ("5.1 Sosiaalinen osallisuus", JUNK, JUNK),
        ("5 ja 4", JUNK, JUNK),
        ("5/4", JUNK, JUNK),
        ("TL5", JUNK, JUNK),
        ("Toimintalinja 5", JUNK, JUNK),
        ("V", JUNK, JUNK),
    ],
)
def test_axis(text: str, axis: tuple[Status, object], label: tuple[Status, object]) -> None:
    assert read(AXIS, text) == {"axis": axis, "label": label}


def test_a_dotted_number_is_not_cut_at_its_dot() -> None:
    objective = Template("{code:dotted}. {label:text}")
    expected = {"code": (READ, "10.1"), "label": (READ, "Työelämän ulkopuolella olevien")}
    assert read(objective, "10.1. Työelämän ulkopuolella olevien") == expected
    assert read(objective, "10.1 Työelämän ulkopuolella olevien") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12, joista naisia 7", {"all": (READ, 12), "women": (READ, 7)}),
        ("12 , joista  naisia 7", {"all": (READ, 12), "women": (READ, 7)}),
        ("1 234, joista naisia 1 000", {"all": (READ, 1234), "women": (READ, 1000)}),
        ("12", {"all": (READ, 12)}),
        ("0, joista naisia 0", {"all": (READ, 0), "women": (READ, 0)}),
        ("12, joista naisia", {"all": (READ, 12), "women": NOTHING}),
        (", joista naisia 7", {"all": NOTHING, "women": (READ, 7)}),
        ("noin 12, joista naisia 7", {"all": JUNK, "women": (READ, 7)}),
        ("12, joista naisia puolet", {"all": (READ, 12), "women": JUNK}),
        ("kaikki kylän asukkaat", {"all": JUNK}),
        ("12, joista naisten tutkintoja 7", {"all": JUNK}),
    ],
)
def test_alternatives(text: str, expected: dict[str, tuple[Status, object]]) -> None:
    assert read(PEOPLE, text) == expected


@pytest.mark.parametrize(
    ("text", "direct", "indirect"),
    [
        ("0 1", (READ, 0), (READ, 1)),
        ("8\t10", (READ, 8), (READ, 10)),
        ("12 0", (READ, 12), (READ, 0)),
        ("5 -", (READ, 5), JUNK),
        ("5", JUNK, JUNK),
        ("810", JUNK, JUNK),
        ("8 10 3", (READ, 8), JUNK),
        ("8,5 10", JUNK, (READ, 10)),
    ],
)
def test_scores(text: str, direct: tuple[Status, object], indirect: tuple[Status, object]) -> None:
    assert read(SCORES, text) == {"direct": direct, "indirect": indirect}


def test_parts_know_their_place() -> None:
    text = "Alkaa  1.5.2015 ja päättyy 30.6.2017"
    start, end = read_value((PERIOD,), text)
    assert text[start.start : start.end] == "1.5.2015"
    assert text[end.start : end.end] == "30.6.2017"


def test_a_template_writes_what_it_reads() -> None:
    assert PERIOD.write({"start": date(2015, 5, 1), "end": date(2017, 6, 30)}) == (
        "Alkaa 1.5.2015 ja päättyy 30.6.2017"
    )
    assert AXIS.write({"axis": 5, "label": "Tekninen tuki"}) == "5. Tekninen tuki"
    assert AXIS.write({"axis": 5}) == "5."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kotka, Hamina", ["Kotka", "Hamina"]),
        (" Kotka ,\nHamina,", ["Kotka", "Hamina"]),
        ("Koski, Tl, Loimaa", ["Koski, Tl", "Loimaa"]),
        ("Loimaa; Koski, TL", ["Loimaa", "Koski, TL"]),
        ("Koski, Hl", ["Koski", "Hl"]),
        (" ,; ", []),
    ],
)
def test_names_in_a_list_are_divided_and_one_with_a_comma_is_whole(
    text: str, names: list[str]
) -> None:
    view = f"Kunnat: {text}|Kotka"
    found = listed(view, 8, 8 + len(text), re.compile("[,;]"))
    assert [view[start:end] for start, end in found] == names
