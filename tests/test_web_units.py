"""Sums of a page whose unit stands elsewhere, and days that a copy glued together."""

from pathlib import Path

import pandas as pd
import pytest

import esrdata

HEAD = "Silta\n\nSilta-hanke tukee nuoria ja kyliä.\n\nHankeaika: 1.1.2018–31.12.2019\n"
PAGE = "<html><body><h1>Silta</h1><p>Silta-hanke tukee nuoria.</p><p>Hankeaika: 2018–2019</p>{}"


def read(folder: Path, text: str, name: str = "page.txt") -> esrdata.Portfolio:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return esrdata.read(path)


def sums(portfolio: esrdata.Portfolio) -> list[float]:
    return [float(each) for each in portfolio.funding["amount_eur"].dropna()]


def told(portfolio: esrdata.Portfolio) -> str:
    return "\n".join(portfolio.issues["raw"].dropna())


@pytest.mark.parametrize(
    "label",
    ["Budjetti (1000 €):", "Budjetti (t€):", "Kokonaisbudjetti (1 000 euroa):", "Budjetti:"],
)
@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
@pytest.mark.parametrize("figure", ["245", "245,5", "245,50"])
def test_a_few_hundred_without_a_sign_are_no_euros(
    tmp_path: Path, label: str, between: str, figure: str
) -> None:
    portfolio = read(tmp_path, f"{HEAD}{label}{between}{figure}\n")
    assert sums(portfolio) == []
    assert figure in told(portfolio)


@pytest.mark.parametrize(
    "unit",
    ["Luvut tuhansina euroina", "Rahoitus (1000 €)", "Luvut ovat tuhansia euroja (1 000 €).",
     "Rahoitus, t€", "Alla belopp i tusen euro", "Amounts in EUR thousand"],
)  # fmt: skip
def test_a_line_may_say_that_sums_are_thousands(tmp_path: Path, unit: str) -> None:
    portfolio = read(tmp_path, f"{HEAD}\n{unit}\n\nKokonaisbudjetti: 1 245\n")
    assert sums(portfolio) == []
    assert "1 245" in told(portfolio)
    assert portfolio.projects["name"].tolist() == ["Silta"]


def test_the_caption_of_a_table_may_say_so(tmp_path: Path) -> None:
    table = "<table><caption>Rahoitus (1000 €)</caption><tr><td>Budjetti</td><td>1245,5</td></tr>"
    portfolio = read(tmp_path, PAGE.format(table + "</table>"), "page.html")
    assert sums(portfolio) == []
    assert "1245,5" in told(portfolio)


def test_a_sum_with_its_own_sign_is_in_that(tmp_path: Path) -> None:
    text = f"{HEAD}\nLuvut tuhansina euroina\n\nKokonaisbudjetti: 245 000 €\n"
    assert sums(read(tmp_path, text)) == [245000]


@pytest.mark.parametrize(
    ("written", "amount", "code"),
    [("koko hankkeen budjetti on 245 000 €", 245000, None),
     ("245 000 € (arvio)", 245000, None),
     ("245 000 euroa yhteensä", 245000, None),
     ("245 000 €, josta 80 % EU", 245000, None),
     ("245 000 € + alv", 245000, None),
     ("245 000 € Hallinnoija: Arcada", 245000, "unrecognised_line"),
     ("245 000 € + omarahoitus", None, "value_unreadable"),
     ("toteutuneet kustannukset 245 000 €", None, "value_unreadable"),
     ("ESR 245 000 €", None, "value_unreadable")],
)  # fmt: skip
def test_a_sum_with_words_beside_it(
    tmp_path: Path, written: str, amount: int | None, code: str | None
) -> None:
    portfolio = read(tmp_path, f"{HEAD}\nKokonaisbudjetti: {written}\n")
    assert sums(portfolio) == ([] if amount is None else [amount])
    codes = set(portfolio.issues["code"]) & {"value_unreadable", "unrecognised_line"}
    assert codes == ({code} if code else set())


def test_a_unit_is_no_name(tmp_path: Path) -> None:
    text = "Silta\n\nLuvut tuhansina euroina\n\nHankeaika: 1.1.2018–31.12.2019\nBudjetti: 245 000\n"
    assert read(tmp_path, text).projects["name"].tolist() == ["Silta"]


PORTAL = (
    "Learning\n\nMallinen, Maija (PI)\n\nOverview\n\nDescription\nThe project studies work.\n\n"
)


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [("Effective start/end date\t01/09/201831/08/2021", "2018-09-01", "2021-08-31"),
     ("Effective start/end date01/09/201831/08/2021", "2018-09-01", "2021-08-31"),
     ("Todellinen alku/loppupvm\t01/09/2018 → 31/08/2021", "2018-09-01", "2021-08-31"),
     # Day and month may change places, and years of the other kind are no years.
     ("Effective start/end date\t02/03/201805/06/2021", None, None),
     ("Effective start/end date\t2018-09-012021-08-31", None, None)],
)  # fmt: skip
def test_days_that_a_research_portal_glues(
    tmp_path: Path, line: str, first: str | None, last: str | None
) -> None:
    portfolio = read(tmp_path, f"{PORTAL}{line}\n\nFunding\nEuropean Social Fund (ESF)\n")
    assert portfolio.projects["name"].tolist() == ["Learning"]
    for column, day in (("start_date", first), ("end_date", last)):
        found = portfolio.projects[column].iloc[0]
        assert (None if pd.isna(found) else found.date().isoformat()) == day
    if first is None:
        assert "value_unreadable" in set(portfolio.issues["code"])
