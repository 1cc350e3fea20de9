"""Headings and labels in capitals or small letters, and labels whose colons are lost."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pages import CRITERIA, EURA2007, EURA2014, eura2007_page, eura2014_page, read_pages

from esrdata import Portfolio

LABEL = re.compile(r"(?m)^([A-ZÄÖ][^:\n]{3,80}):(?= |$)")
HEADING = re.compile(r"(?m)^(\d\.?(?:\d\.?)? [A-ZÄÖ][^\n]{2,90})$")
ALL = re.compile(f"{HEADING.pattern}|{LABEL.pattern}".replace("(?m)", ""), re.MULTILINE)
PAGES = {
    "2014": eura2014_page(scores=dict.fromkeys(CRITERIA["social"], "3 4")),
    "2007": eura2007_page(),
}
WAYS: dict[str, Callable[[str], str]] = {
    "headings in capitals": lambda page: HEADING.sub(lambda m: m[0].upper(), page),
    "headings in small letters": lambda page: HEADING.sub(lambda m: m[0].lower(), page),
    "labels in capitals": lambda page: LABEL.sub(lambda m: m[0].upper(), page),
    "labels in small letters": lambda page: LABEL.sub(lambda m: m[0].lower(), page),
    "words in capitals": lambda page: LABEL.sub(lambda m: m[0].title(), page),
    "all in capitals": lambda page: ALL.sub(lambda m: m[0].upper(), page),
    "numbers in brackets": lambda page: re.sub(r"(?m)^(\d(?:\.\d)?)\.? (?=[A-ZÄÖ])", r"\1) ", page),
    "no colons": lambda page: LABEL.sub(r"\1", page),
}


def values(portfolio: Portfolio) -> dict[str, list[dict[str, object]]]:
    names = ("funding", "indicators", "sustainability", "horizontal", "locations", "narratives")
    tables = {name: getattr(portfolio, name) for name in names}
    tables["narratives"] = tables["narratives"].drop(columns="title")
    tables["projects"] = portfolio.projects.drop(columns="source")
    return {name: table.astype(object).to_dict("records") for name, table in tables.items()}


@pytest.mark.parametrize("form", PAGES)
@pytest.mark.parametrize("way", WAYS)
def test_a_page_is_read_as_the_form_writes_it(tmp_path: Path, form: str, way: str) -> None:
    page = WAYS[way](PAGES[form])
    assert page != PAGES[form]
    got = read_pages(tmp_path / "other", page)
    assert repr(values(got)) == repr(values(read_pages(tmp_path / "own", PAGES[form])))
    # Values a person knows of the page.
    known = {"2014": EURA2014, "2007": EURA2007}[form]
    assert got.projects["name"].tolist() == [known["name"]]
    assert got.funding["amount_eur"].tolist() == [1000, 900, 2000, 1500]
    told = {code for code in got.issues["code"] if code != "names_recognised"}
    assert told == ({"labels_without_colons"} if way == "no colons" else set())


def test_the_words_of_an_author_stay_as_they_are(tmp_path: Path) -> None:
    prose = "TAVOITE: kaikki mukaan.\nHANKEKOODI on S20405."
    page = WAYS["all in capitals"](PAGES["2014"].replace("Hankkeessa kokeillaan.", prose))
    portfolio = read_pages(tmp_path, page)
    summary = portfolio.narratives.set_index("section")["text"]["summary"]
    assert summary == prose
    raw = portfolio.explain("S20001", "projects.name")
    assert "HANKKEEN NIMI: Pieni hanke" in str(raw)


def test_a_page_of_anyone_is_not_read_by_labels_without_colons(tmp_path: Path) -> None:
    page = (
        "Hankekoodi S20001\nHankkeen nimi Pieni hanke\nToimintalinja 5. Osallisuus\nKunnat Kotka\n"
    )
    portfolio = read_pages(tmp_path, PAGES["2014"], page)
    assert len(portfolio.projects) == 1
    assert "labels_without_colons" not in set(portfolio.issues["code"])
