"""An evidence page says where in the report each value counts."""

import re
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from pages import eura2014_page, read_pages

from esrdata import Portfolio
from esrdata.present import pack, report
from esrdata.present.model import Content, Figure, Table
from esrdata.present.uses import Uses, uses


def portfolio(folder: Path) -> Portfolio:
    """One project that has ended and one that runs."""
    return read_pages(
        folder,
        eura2014_page(code="S20001"),
        eura2014_page(code="S20002", status="Toiminnassa"),
    )


@cache
def content(folder: Path) -> Content:
    return pack.content(portfolio(folder), lang="en")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return content(tmp_path_factory.mktemp("in"))


def numbers(content: Content, kind: type) -> dict[str, int]:
    """The number of each table or figure by its key."""
    parts = [p for s in content.sections for p in s.parts if isinstance(p, kind)]
    return {part.key: number for number, part in enumerate(parts, start=1)}


@pytest.fixture(scope="module")
def found(made: Content) -> Uses:
    found = uses(made)
    assert found is not None
    return found


def labels(found: Uses, code: str, field: str) -> list[str]:
    return [use.label for use in found[code].get(field, ())]


@pytest.mark.slow
def test_a_planned_sum_counts_on_the_first_page_and_in_tables(made: Content, found: Uses) -> None:
    tables = numbers(made, Table)
    there = labels(found, "S20001", "funding.public_total.planned")
    assert there[0] == "summary"
    for key in ("funding_by_project", "absorption_by_all"):
        assert f"table {tables[key]}" in there


def test_a_running_project_counts_in_no_utilisation_rate(made: Content, found: Uses) -> None:
    table = numbers(made, Table)["absorption_by_all"]
    there = labels(found, "S20002", "funding.public_total.realised")
    assert "summary" in there
    assert f"table {table}" not in there


def test_days_count_in_the_chart_of_time_and_a_name_in_no_figure(
    made: Content, found: Uses
) -> None:
    figure = numbers(made, Figure)["timeline"]
    assert f"figure {figure}" in labels(found, "S20001", "projects.start_date")
    # The first page says how long projects lasted.
    assert "summary" in labels(found, "S20001", "projects.end_date")
    assert not [text for text in labels(found, "S20001", "projects.name") if "figure" in text]
    assert labels(found, "S20001", "projects.street_address") == []


@pytest.mark.slow
def test_a_report_without_traces_says_nothing(tmp_path: Path) -> None:
    whole = pack.content(portfolio(tmp_path), lang="fi", traces=False)
    assert uses(whole) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "words"), [("fi", "Mukana raportissa: <a"), ("sv", "Ingår i rapporten: <a")]
)
def test_pages_link_to_anchors_that_the_report_has(tmp_path: Path, lang: str, words: str) -> None:
    page = report.write(portfolio(tmp_path / "in"), tmp_path / "out", lang=lang, explorer=False)
    plt.close("all")
    evidence = (tmp_path / "out" / "evidence" / "S20001.html").read_text(encoding="utf-8")
    assert words in evidence
    anchors = set(re.findall(r'href="\.\./report\.html#([^"]+)"', evidence))
    assert {"summary", "table-funding_by_project", "figure-timeline"} <= anchors
    ids = set(re.findall(r'id="([^"]+)"', page.read_text(encoding="utf-8")))
    assert anchors <= ids
