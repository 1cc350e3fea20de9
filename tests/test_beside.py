"""Values side by side are read where there is one way only to take them apart."""

from pathlib import Path

import pandas as pd
import pytest

import esrdata
from esrdata.reading.form.beside import read_value
from esrdata.reading.form.templates import Template
from esrdata.reading.record import Status

READ, BLANK, BAD = Status.READ, Status.BLANK, Status.UNREADABLE
BOTH = [Template("{a:money} {b:money}")]


def values(templates: list[Template], text: str) -> list[tuple[Status, object]]:
    return [(part.status, part.content) for part in read_value(templates, text, {"-"})]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        # One way: "000" is no sum, and no project has 120 milliards.
        ("120 000 100 000", (READ, 120000), (READ, 100000)),
        ("1 000 500 000", (READ, 1000), (READ, 500000)),
        ("45 120 38 200", (READ, 45120), (READ, 38200)),
        ("1 200,50 € 100 €", (READ, 1200.5), (READ, 100)),
        ("5 7", (READ, 5), (READ, 7)),
        ("120 000 -", (READ, 120000), (BLANK, None)),
        ("- 120 000", (BLANK, None), (READ, 120000)),
        # More ways than one, or which of the two is missing cannot be seen.
        ("120 000", (BAD, None), (BAD, None)),
        ("120 300", (BAD, None), (BAD, None)),
        ("100 200 300 400", (BAD, None), (BAD, None)),
        # Cells decide.
        ("120\t300", (READ, 120), (READ, 300)),
        ("90 000\t", (READ, 90000), (BLANK, None)),
        # A tab at the end may be an editor's: that both read it so is one way too many.
        ("5 7\t", (READ, 5), (READ, 7)),
        ("120 300\t", (BAD, None), (BAD, None)),
        ("\t88 100", (BLANK, None), (READ, 88100)),
        ("120 000\t-", (READ, 120000), (BLANK, None)),
        ("90\t000 600", (READ, 90), (BAD, None)),
        ("90 000\tabc", (READ, 90000), (BAD, None)),
        # An empty cell too many between two values is an arrangement of the page.
        ("90 000\t\t80 000", (READ, 90000), (READ, 80000)),
    ],
)
def test_two_sums_on_a_line(
    text: str, first: tuple[Status, object], second: tuple[Status, object]
) -> None:
    assert values(BOTH, text) == [first, second]


def test_a_template_of_one_value_says_which_one_stands_alone() -> None:
    templates = [Template("{a:money}"), *BOTH]
    assert values(templates, "120 000") == [(READ, 120000)]
    assert values(templates, "120 000 100 000") == [(READ, 120000), (READ, 100000)]
    assert values(templates, "120 300") == [(BAD, None), (BAD, None)]


def test_places_are_those_of_the_values() -> None:
    text = "\t88 100"
    first, second = read_value(BOTH, text)
    assert text[first.start : first.end] == ""
    assert text[second.start : second.end] == "88 100"


FORM = """\
form: mentor
what: A made-up page with a table of money
languages: [sv]
label: {fi: Mentori, sv: Mentor, en: Mentor}
sets: {projects.programme_period: "2028-2034"}
blank_words: ["-"]
titles:
  - {sv: Beskrivning av mentorprojekt, sets: {projects.fund: ESR}}
sections:
  - key: project
    number: "1"
    sv: Projektet
    entries:
      - {sv: Projektkod, template: "{projects.project_code:code}"}
      - {sv: Projektets namn, template: "{projects.name:text}"}
      - {sv: Startdatum, template: "{projects.start_date:date}"}
  - key: money
    number: "2"
    sv: Finansiering
    entries:
      - sv: Stöd
        colon: false
        template: "{funding.eu_and_state.planned:money} {funding.eu_and_state.realised:money}"
      - sv: Offentlig finansiering
        colon: false
        template: "{funding.public_total.planned:money} {funding.public_total.realised:money}"
"""
PAGE = """\
<h1>Beskrivning av mentorprojekt</h1>
<h2>1 Projektet</h2>
<p>Projektkod: S70001</p><p>Projektets namn: Alla med</p><p>Startdatum: 1.3.2029</p>
<h2>2 Finansiering</h2>
<table><tr><td>Stöd</td><td>{support}</td></tr>
<tr><td>Offentlig finansiering</td><td>{total}</td></tr></table>
"""


def test_the_cells_of_a_page_keep_values_apart(tmp_path: Path) -> None:
    (tmp_path / "shelf" / "forms").mkdir(parents=True)
    (tmp_path / "shelf" / "forms" / "mentor.yml").write_text(FORM, encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(
        PAGE.format(support="90 000</td><td>", total="</td><td>88 100"), encoding="utf-8"
    )
    portfolio = esrdata.read(page, shelf=tmp_path / "shelf")
    funding = portfolio.funding.set_index(["measure", "stage"]).amount_eur
    assert funding["eu_and_state", "planned"] == 90000
    assert pd.isna(funding["eu_and_state", "realised"])
    assert pd.isna(funding["public_total", "planned"])
    assert funding["public_total", "realised"] == 88100
    assert not portfolio.issues.code.eq("value_unreadable").any()


def test_what_cannot_be_read_is_quoted_as_it_reads(tmp_path: Path) -> None:
    (tmp_path / "shelf" / "forms").mkdir(parents=True)
    (tmp_path / "shelf" / "forms" / "mentor.yml").write_text(FORM, encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(
        PAGE.format(support="noin</td><td>9</td><td>8", total="1</td><td>2"), encoding="utf-8"
    )
    issues = esrdata.read(page, shelf=tmp_path / "shelf").issues
    unreadable = issues[issues.code.eq("value_unreadable")]
    assert set(unreadable.raw) == {"noin 9 8"}
