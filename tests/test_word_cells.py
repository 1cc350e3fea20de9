"""Cells of tables in Word: intervals, and names of groups that come several times."""

import pandas as pd
import pytest

from esrdata.present.model import Column, Table
from esrdata.present.word.cells import as_printed, blocks_of, columns_of
from esrdata.present.word.laying import lay
from esrdata.present.word.layout import Page, fitted, height_of, measured

NAMES = ["Företagsverksamhet", "Företagsverksamhet", "Tekniskt stöd"]


def table(kind: str, decimals: int, low: list[float | None], high: list[float | None]) -> Table:
    columns = [
        Column("group", "Group"),
        Column("delta_low", "Interval, a, lower", kind, decimals),
        Column("delta_high", "Interval, a, upper", kind, decimals),
        Column("n", "n", "integer"),
    ]
    frame = pd.DataFrame({"group": NAMES, "delta_low": low, "delta_high": high, "n": [1, 2, 3]})
    return Table("t", "T", columns, frame)


@pytest.mark.parametrize(
    ("kind", "decimals", "lang", "cells"),
    [
        ("percent", 1, "sv", ["25,0–50,0\u00a0%", "–", "0,0–100,0\u00a0%"]),
        ("percent", 1, "en", ["25.0–50.0%", "–", "0.0–100.0%"]),
        ("number", 2, "fi", ["0,25–0,50", "–", "0,00–1,00"]),
    ],
)
def test_limits_of_an_interval_are_one_column(
    kind: str, decimals: int, lang: str, cells: list[str]
) -> None:
    given = table(kind, decimals, [0.25, None, 0.0], [0.5, None, 1.0])
    found = list(columns_of(given, lang))
    assert [column.label for column, _ in found] == ["Group", "Interval, a", "n"]
    assert found[1][1] == cells


def test_a_dash_is_not_written_beside_a_minus() -> None:
    given = table("number", 2, [-0.25, -0.5, None], [0.5, -0.1, 0.4])
    found = {column.name: cells for column, cells in columns_of(given, "fi")}
    assert found["delta_low"] == ["−0,25 … 0,50", "−0,50 … −0,10", "– … 0,40"]


def test_one_limit_alone_stays_a_column() -> None:
    given = table("number", 2, [1, 2, 3], [1, 2, 3])
    alone = Table("t", "T", [given.columns[0], given.columns[1]], given.frame)
    assert [c.label for c, _ in columns_of(alone, "fi")] == ["Group", "Interval, a, lower"]


def test_a_table_as_printed_has_the_intervals_as_texts() -> None:
    given = table("percent", 1, [0.25, None, 0.0], [0.5, None, 1.0])
    found = as_printed(given, "fi")
    assert [(c.label, c.kind) for c in found.columns] == [
        ("Group", "text"), ("Interval, a", "figure"), ("n", "integer"),
    ]  # fmt: skip
    assert found.frame["delta_low"].tolist() == ["25,0–50,0\u00a0%", "–", "0,0–100,0\u00a0%"]
    # The table that it is made of keeps its numbers.
    assert given.frame["delta_low"].iloc[0] == 0.25


def test_a_name_stands_once_in_its_block() -> None:
    group = Column("group", "Group")
    assert blocks_of(group, NAMES) == [2, 0, 1]
    assert blocks_of(group, ["a"] * 12) == [12] + [0] * 11
    # More rows may go on on another page.
    assert blocks_of(group, ["a"] * 13) == [1] * 13
    assert blocks_of(Column("n", "n", "integer"), ["1", "1"]) == [1, 1]
    # Two projects of one name are two projects.
    assert blocks_of(Column("name", "Name", foreign=True), ["a", "a"]) == [1, 1]


def test_names_have_room_before_headings_of_numbers() -> None:
    name = "Närings-, trafik- och miljöcentralen i Södra Savolax"
    numbers = [Column(f"c{at}", "En lång rubrik för ett tal", "percent", 1) for at in range(5)]
    measures = [
        measured(Column("group", "Grupp"), [name]),
        *(measured(column, ["97,5\u00a0%"]) for column in numbers),
    ]
    size, widths, _ = fitted(measures, 9070)
    assert sum(widths) <= 9070
    heads = [column.label for column in numbers]
    lines = height_of([["", *heads], [name, *([""] * 5)]], widths, size)
    # Three lines of headings, and the name on two at most.
    assert lines[0] == int((3 * 1.3 + 0.35) * size * 20)
    assert lines[1] <= int((2 * 1.3 + 0.35) * size * 20)


def test_a_short_first_part_of_a_heading_is_not_left_on_its_line() -> None:
    need, *_ = measured(Column("p", "p-värde", "p"), ["0,1"])
    # The word is as wide as one without a hyphen, but for the hyphen itself.
    word, *_ = measured(Column("p", "pvvärde", "p"), ["0,1"])
    assert need == pytest.approx(word + (0.28 - 0.56) * 1.1)


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_a_table_that_fits_with_its_headings_divided_is_one(lang: str) -> None:
    labels = {
        "fi": "Rahoituskehys, M€; Varattu, M€; Varausaste; Maksettu, M€; Maksatusaste; "
        "n, toteutumisaste; Toteutumisaste",
        "sv": "Finansieringsram, mn €; Bundet, mn €; Bindningsgrad; Utbetalt, mn €; "
        "Utbetalningsgrad; n, utnyttjandegrad; Utnyttjandegrad",
        "en": "Financial frame, €m; Committed, €m; Commitment rate; Paid, €m; Payment rate; "
        "n, utilisation rate; Utilisation rate",
    }[lang].split("; ")
    columns = [Column("group", "Grupp"), Column("n", "n", "integer")]
    columns += [Column(f"c{at}", label, "percent") for at, label in enumerate(labels)]
    row = {"group": "3 Sysselsättning och arbetskraftens rörlighet", "n": 117}
    frame = pd.DataFrame([{**row, **{f"c{at}": 0.123 for at in range(len(labels))}}])
    # The width between the margins of A4, 16 cm.
    page = Page(width=9071, height=13600, lying_width=13600, lying_height=9071)
    (one,) = lay(Table("t", "Tabell", columns, frame), page, lang)
    assert sum(one.widths) <= page.width
