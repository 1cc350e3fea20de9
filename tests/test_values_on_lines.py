"""Values of a description that stand on several lines, and days with spaces in them."""

from pathlib import Path

import pytest
from pages import eura2014_page, read_pages

import esrdata

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
        (
            "Kylät ry, 1234567-1\n\nVuokrataloissa on yhteisiä tiloja, joiden käyttö on hiipunut.\n"
            "Työ etenee seuraavasti:",
            ["Kylät ry"],
        ),
        ("2019\nKasvu ry, 1234567-1", ["Kasvu ry"]),
    ],
)
def test_prose_under_a_heading_of_partners_is_no_partner(
    tmp_path: Path, under: str, names: list[str]
) -> None:
    page = eura2014_page(partners=f"Tuen siirronsaajat\n\n{under}")
    portfolio = read_pages(tmp_path, page)
    assert portfolio.partners["name"].tolist() == names
    left = [line for line in under.split("\n") if line and line.split(",")[0] not in names]
    told = portfolio.issues.query("code == 'unrecognised_line'")["raw"].str.cat(sep="\n")
    assert all(line in told for line in left)


RAW = (Path(__file__).parents[1] / "data" / "raw" / "S20405.txt").read_text(encoding="utf-8")


def _read_with(tmp_path: Path, old: str, new: str) -> esrdata.Portfolio:
    """A description of which one passage is written otherwise."""
    assert RAW.count(old) == 1
    (tmp_path / "kuvaus.txt").write_text(RAW.replace(old, new), encoding="utf-8")
    return esrdata.read(tmp_path)


def _with(tmp_path: Path, old: str, new: str) -> tuple[dict[str, object], list[str]]:
    """Its project, and its findings."""
    portfolio = _read_with(tmp_path, old, new)
    project = portfolio.projects.iloc[0].to_dict()
    places = portfolio.locations.query("level == 'municipality'")["name"].tolist()
    return {**project, "municipalities": places}, portfolio.issues["code"].tolist()


@pytest.mark.parametrize("between", ["", " ", ", ", " | ", "; ", " / ", " · ", "\t"])
def test_a_label_behind_the_value_of_another_has_its_own_value(
    tmp_path: Path, between: str
) -> None:
    project, codes = _with(
        tmp_path,
        "Organisaatiotyyppi: Kansalaisjärjestö\n\nY-tunnus: 1504937-6",
        f"Organisaatiotyyppi: Kansalaisjärjestö{between}Y-tunnus: 1504937-6",
    )
    assert project["organisation_type"] == "Kansalaisjärjestö"
    assert project["business_id"] == "1504937-6"
    assert codes == ["labels_on_a_line"]


def test_a_label_that_a_value_mentions_and_that_has_a_line_is_part_of_it(tmp_path: Path) -> None:
    name = "Asukaslähtöinen kehittäminen Kotkassa 2015-2016"
    new = f"{name}, Y-tunnus: ei"
    project, codes = _with(tmp_path, name, new)
    assert project["name"] == new
    assert codes == []


@pytest.mark.parametrize(
    "label", ["Organisaatiotyyppi - ", "**Organisaatiotyyppi** ", "ORGANISAATIOTYYPPI = "]
)
def test_a_line_with_a_label_in_other_signs_is_no_part_of_the_value_above(
    tmp_path: Path, label: str
) -> None:
    project, codes = _with(
        tmp_path,
        "Sepra ry\n\nOrganisaatiotyyppi: Kansalaisjärjestö\n",
        f"Sepra ry\n{label}Kansalaisjärjestö\n",
    )
    assert project["applicant"] == "Kehittämisyhdistys Sepra ry"
    assert codes == ["unrecognised_line"]


def test_labels_beside_each_other_above_their_values_are_refused(tmp_path: Path) -> None:
    project, codes = _with(
        tmp_path,
        "nimi: Kehittämisyhdistys Sepra ry\n\nOrganisaatiotyyppi: Kansalaisjärjestö\n",
        "nimi\tOrganisaatiotyyppi\nKehittämisyhdistys Sepra ry\tKansalaisjärjestö\n",
    )
    assert project["applicant"] is None
    assert project["organisation_type"] is None
    assert codes == ["value_unreadable"]


@pytest.mark.parametrize("nothing", ["?", "ei tiedossa", "N/A", "…"])
def test_marks_for_nothing_are_blank_as_in_lists(tmp_path: Path, nothing: str) -> None:
    project, codes = _with(tmp_path, "Postitoimipaikka: Hamina", f"Postitoimipaikka: {nothing}")
    assert project["city"] is None
    assert codes == []


def test_signs_alone_are_no_text(tmp_path: Path) -> None:
    project, codes = _with(tmp_path, "Postitoimipaikka: Hamina", "Postitoimipaikka: ***")
    assert project["city"] is None
    assert codes == ["value_unreadable"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("5. Sosiaalinen osallisuus", "5. Muu osallisuus", "priority_axis_label"),
        ("10.1. Työelämän", "9.1. Työelämän", "specific_objective_label"),
    ],
)
def test_words_that_no_code_list_has_are_told(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    issues = _read_with(tmp_path, old, new).issues.query("code == 'value_unknown'")
    assert f"projects.{field}" in issues["field"].tolist()


def test_an_unknown_municipality_is_told(tmp_path: Path) -> None:
    project, codes = _with(tmp_path, "Kunnat: Kotka", "Kunnat: Kotka, Kotkaa")
    assert project["municipalities"] == ["Kotka", "Kotkaa"]
    assert codes == ["value_unknown"]
