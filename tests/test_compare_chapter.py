"""The chapter of a report that sets a portfolio beside others."""

from pathlib import Path

import pytest
from pages import chapters

import esrdata
from esrdata import Portfolio
from esrdata.present.model import Figure, Section, Table
from esrdata.samples.maker import write

# A report, or a chapter of one, is made for each of them.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    folder: Path = tmp_path_factory.mktemp("sample")
    write(folder, projects=24, short=True, seed=3)
    return esrdata.read(folder)


def chapter(portfolio: Portfolio, others: dict[str, Portfolio], lang: str) -> Section:
    content = chapters(portfolio, "comparison", lang=lang, compare=others, traces=False)
    (found,) = content.sections
    assert found.key == "comparison"
    return found


@pytest.mark.parametrize(
    ("lang", "own"), [("fi", "Tämä aineisto"), ("sv", "Detta material"), ("en", "These data")]
)
def test_a_portfolio_beside_another(portfolio: Portfolio, lang: str, own: str) -> None:
    old, new = (portfolio.select(programme_period=p) for p in ("2007-2013", "2014-2020"))
    found = chapter(new, {"2007–2013": old}, lang)
    assert "2007–2013" in found.paragraphs[0]
    tables = {part.key: part for part in found.parts if isinstance(part, Table)}
    sides = tables["comparison_public_total"]
    assert list(sides.frame["side"]) == [own, "2007–2013"]
    # The figures are those of the statistic, for ended projects.
    stated = [esrdata.stats.absorption(p)["median_ratio"].iloc[0] for p in (new, old)]
    assert list(sides.frame["median"]) == stated
    gaps = tables["comparison_public_total_differences"]
    assert set(gaps.frame["figure"]) == {
        "ratio_of_sums", "median", "share_below_080", "share_above_100",
    }  # fmt: skip
    assert len([part for part in found.parts if isinstance(part, Figure)]) == 1
    # A share of projects has its number, its share, and a difference in points.
    stopped = tables["comparison_discontinued"]
    assert [c.name for c in stopped.columns] == ["side", "n", "n_at_least", "share_at_least"]
    projects = [len(p.projects) for p in (new, old)]
    assert list(stopped.frame["n"]) == projects
    difference = tables["comparison_discontinued_differences"]
    assert [c.kind for c in difference.columns][-3:] == ["points"] * 3
    for table in tables.values():
        for column in table.columns:
            assert column.name in table.frame


def test_projects_of_this_portfolio_are_left_out_of_the_other(portfolio: Portfolio) -> None:
    new = portfolio.select(programme_period="2014-2020")
    found = chapter(new, {"all": portfolio}, "en")
    assert any(f"left out of the later for that: {len(new)}." in text for text in found.paragraphs)


def test_the_same_projects_are_compared_by_their_changes(portfolio: Portfolio) -> None:
    found = chapter(portfolio, {"before": portfolio}, "en")
    assert any("intervals are of their changes" in text for text in found.paragraphs)


def test_each_refusal_has_its_reason(portfolio: Portfolio) -> None:
    tables = portfolio.tables
    silent = tables["indicators"].iloc[:0]
    other = Portfolio({**tables, "indicators": silent}, portfolio.base, portfolio.shelf)
    found = chapter(portfolio, {"list": other}, "en")
    reasons = found.paragraphs[-1]
    assert "not compared, because no project of “list” states it." in reasons
    assert reasons.count("not compared") == 1
    found = chapter(other, {"list": other}, "en")
    assert any("because none of the data state it" in text for text in found.paragraphs)


def test_without_others_there_is_no_such_chapter(portfolio: Portfolio) -> None:
    content = chapters(portfolio, "comparison", "about", lang="en", traces=False)
    assert [section.key for section in content.sections] == ["about"]
