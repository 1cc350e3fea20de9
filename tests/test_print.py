"""The report as Chromium prints it: what belongs together stands on one page."""

import io
import re
import shutil

import pandas as pd
import pdfplumber
import pytest
from shapes import CHROMIUM, print_chromium

from esrdata.present.html import html
from esrdata.present.model import Column, Content, Section, Table

pytestmark = [
    pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason="There is no Chromium here."),
    pytest.mark.slow,
]

#: Tables of nine rows in chapters of two, each with a note: some would stand on two pages.
TABLES, ROWS = 12, 9


@pytest.fixture(scope="module")
def pages() -> list[str]:
    names = [[f"{table}a{row}z" for row in range(ROWS)] for table in range(TABLES)]
    parts = [
        Table(
            f"t{at}", f"Taulukko{at}z", [Column("name", "Nimi")],
            pd.DataFrame({"name": pd.array(rows, dtype="string")}), note=f"Huomautus{at}z",
        )
        for at, rows in enumerate(names)
    ]  # fmt: skip
    sections = [
        Section(f"s{at}", f"Luku{at}z", [f"Johdanto{at}z"], parts[2 * at : 2 * at + 2])
        for at in range(TABLES // 2)
    ]
    made = print_chromium(html(Content("fi", "Otsikko", [], sections), {}))
    with pdfplumber.open(io.BytesIO(made)) as file:
        return [page.extract_text() for page in file.pages]


def page_of(pages: list[str], text: str) -> int:
    (found,) = (n for n, page in enumerate(pages) if re.search(rf"(?<!\w){text}(?!\w)", page))
    return found


def test_a_short_table_is_not_divided(pages: list[str]) -> None:
    assert len(pages) > 2
    for table in range(TABLES):
        rows = {page_of(pages, f"{table}a{row}z") for row in range(ROWS)}
        assert len(rows) == 1, table
        # The note below it is of this table.
        assert rows == {page_of(pages, f"Huomautus{table}z")}


def test_the_heading_of_a_chapter_stands_with_what_follows(pages: list[str]) -> None:
    for chapter in range(TABLES // 2):
        first = page_of(pages, f"Johdanto{chapter}z")
        assert first == page_of(pages, f"{2 * chapter}a0z")
        assert f"Luku{chapter}z" in pages[first]


def test_a_chapter_that_ends_with_a_paragraph_does_not_take_it_to_the_next_page() -> None:
    """The end of the summary, and all above it, went to where the next chapter had room."""
    prose = "Hankkeille suunniteltiin julkista rahoitusta, ja siitä toteutui suurin osa. "
    rows = pd.DataFrame({"name": pd.array([f"rivi{n}z" for n in range(12)], dtype="string")})
    table = Table("t", "Taulukko", [Column("name", "Nimi")], rows)
    sections = [
        Section("a", "Alkuz", [prose * 9] * 5 + ["Loppuz."], []),
        Section("b", "Seuraavaz", [], [table]),
    ]
    made = print_chromium(html(Content("fi", "Otsikko", [], sections), {}))
    with pdfplumber.open(io.BytesIO(made)) as file:
        found = [page.extract_text() for page in file.pages]
    assert page_of(found, "Loppuz") == 0
    assert page_of(found, "rivi0z") == page_of(found, "rivi11z") == 1
    assert "Seuraavaz" in found[1]
