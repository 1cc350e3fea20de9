"""Values of a description that stand on several lines, and days with spaces in them."""

from pathlib import Path

import pytest
from pages import eura2014_page, read_pages

LONG = "Kotka, Hamina, Pyhtää, Virolahti, Miehikkälä, Kouvola, Iitti, Loviisa, Pedersören"


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("Kotka\nHamina", ["Kotka", "Hamina"]),
        ("Kotka,\nHamina", ["Kotka", "Hamina"]),
        ("Kotka, Hamina\nPyhtää", ["Kotka", "Hamina", "Pyhtää"]),
        ("Kotka\nja Hamina", ["Kotka", "Hamina"]),
        ("Koski Tl\nKotka", ["Koski Tl", "Kotka"]),
        ("Koski, Tl\nKotka", ["Koski, Tl", "Kotka"]),
        ("Pedersören\nkunta", ["Pedersören kunta"]),
        ("Keski-\nSuomi", ["Keski-Suomi"]),
        # A line that long may be wrapped.
        (f"{LONG}\nKunta", [*LONG.split(", ")[:-1], "Pedersören Kunta"]),
    ],
)
def test_places_on_lines_of_their_own(tmp_path: Path, written: str, places: list[str]) -> None:
    portfolio = read_pages(tmp_path, eura2014_page(municipalities=written))
    found = portfolio.locations.query("level == 'municipality'")
    assert found["name"].tolist() == places


def test_places_with_line_breaks_on_a_page(tmp_path: Path) -> None:
    lines = eura2014_page(municipalities="Kotka<br>Hamina").split("\n")
    (tmp_path / "sivu.html").write_text("".join(f"<p>{line}</p>" for line in lines))
    portfolio = read_pages(tmp_path)
    found = portfolio.locations.query("level == 'municipality'")
    assert found["name"].tolist() == ["Kotka", "Hamina"]


@pytest.mark.parametrize(
    "period",
    [
        "Alkaa 1.5. 2015 ja päättyy 30. 6. 2017",
        "Alkaa 1.5.2015 ja päättyy 30.6.\n2017",
        "Alkaa 01.05.2015 ja\npäättyy 30.06.2017",
    ],
)
def test_a_day_may_have_spaces_behind_its_dots(tmp_path: Path, period: str) -> None:
    projects = read_pages(tmp_path, eura2014_page(period=period)).projects
    days = projects[["start_date", "end_date"]].iloc[0].astype(str).tolist()
    assert days == ["2015-05-01", "2017-06-30"]


@pytest.mark.parametrize("period", ["Alkaa 1.5.  2015 ja päättyy 30.6.20", "Alkaa 1. 5 ja päättyy"])
def test_what_is_no_day_is_refused(tmp_path: Path, period: str) -> None:
    projects = read_pages(tmp_path, eura2014_page(period=period)).projects
    assert projects[["start_date", "end_date"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("under", "names"),
    [
        ("Kylät ry, 1234567-1\nKasvu ry", ["Kylät ry", "Kasvu ry"]),
        ("Kylät ry, 1234567-1\n\n- tehdään kysely\n- kirjoitetaan opas\n2019", ["Kylät ry"]),
        ("Kylät ry, 1234567-1\n\nVuokrataloissa on yhteisiä tiloja, joiden käyttö on hiipunut.\n"
         "Työ etenee seuraavasti:", ["Kylät ry"]),
        ("2019\nKasvu ry, 1234567-1", ["Kasvu ry"]),
    ],
)  # fmt: skip
def test_prose_under_a_heading_of_partners_is_no_partner(
    tmp_path: Path, under: str, names: list[str]
) -> None:
    page = eura2014_page(partners=f"Tuen siirronsaajat\n\n{under}")
    portfolio = read_pages(tmp_path, page)
    assert portfolio.partners["name"].tolist() == names
    left = [line for line in under.split("\n") if line and line.split(",")[0] not in names]
    told = portfolio.issues.query("code == 'unrecognised_line'")["raw"].str.cat(sep="\n")
    assert all(line in told for line in left)
