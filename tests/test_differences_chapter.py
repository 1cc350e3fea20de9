"""The chapter on groups that differ, figures that go together, and projects among their peers."""

from pathlib import Path

import pytest
from pages import chapters, eura2014_page, read_pages

import esrdata
from esrdata import Portfolio, stats
from esrdata.present.model import Figure, Section, Table
from esrdata.stats.traced_table import traced_table

# A report, or a chapter of one, is made for each of them.
pytestmark = pytest.mark.slow

HEAD = (
    "Koodi;Rahasto;Hankkeen nimi;Tl;Viranomainen;Tila;Aloituspvm;Päättymispvm;Toteuttajan nimi;"
    "Myönnetty EU- ja valtion rahoitus;Toteutunut EU- ja valtion rahoitus;"
    "Suunniteltu julkinen rahoitus yhteensä;Toteutunut julkinen rahoitus yhteensä"
)


def row(n: int, fund: str, axis: int, share: int, status: str = "Toiminta päättynyt") -> str:
    code = f"{'S' if fund == 'ESR' else 'A'}2{n:04}"
    return (
        f"{code};{fund};Hanke {n};{axis};Hämeen ELY-keskus;{status};1.1.2016;{1 + n % 28}.12.2018;"
        f"Malli Oy;1000;500;{1000 + n};{(1000 + n) * share / 100:.2f}".replace(".00", "")
    )


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    """Six ended projects of the ESF and six of the ERDF, which all used more; one runs."""
    rows = [row(n, "ESR", 3, 80 + n) for n in range(6)]
    rows += [row(n, "EAKR", 1, 90 + n) for n in range(6, 12)]
    rows.append(row(12, "ESR", 3, 10, "Toiminnassa"))
    path = tmp_path_factory.mktemp("list") / "lista.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return esrdata.read(path)


def chapter(portfolio: Portfolio, lang: str = "en") -> Section:
    (found,) = chapters(portfolio, "differences", lang=lang, traces=False).sections
    assert found.key == "differences"
    return found


@pytest.mark.parametrize(
    ("lang", "cause"),
    [
        ("fi", "Ero tai yhteys ei kerro syystä."),
        ("sv", "En skillnad eller ett samband visar ingen orsak."),
        ("en", "A difference or an association does not tell of a cause."),
    ],
)
def test_groups_that_differ(portfolio: Portfolio, lang: str, cause: str) -> None:
    found = chapter(portfolio, lang)
    assert cause in found.paragraphs[0]
    tables = {part.key: part for part in found.parts if isinstance(part, Table)}
    funds = tables["differences_fund"]
    # All of one fund are above all of the other: delta is 1, and of the running one nothing is
    # counted.
    assert abs(funds.frame["cliffs_delta"].iloc[0]) == 1
    assert (funds.frame["n_a"].iloc[0], funds.frame["n_b"].iloc[0]) == (6, 6)
    # Whom it is about stands below, and is whom absorption is about.
    about = stats.absorption(portfolio)
    assert stats.population.sentence_of(about.attrs, lang) in funds.note
    figures = {part.key for part in found.parts if isinstance(part, Figure)}
    assert {"differences_fund", "associations"} <= figures


def test_axes_are_compared_within_their_fund_alone(portfolio: Portfolio) -> None:
    # Each fund has one axis of its own, so that no two axes mean the same programme.
    found = chapter(portfolio)
    assert not [part for part in found.parts if "priority_axis" in part.key]


def test_groups_too_small_are_named(portfolio: Portfolio) -> None:
    few = portfolio.select(
        project_code=["S20000", "S20001", *portfolio.projects["project_code"][6:]]
    )
    found = chapter(few)
    assert any("with a utilisation rate" in text and "Fund" in text for text in found.paragraphs)


def test_a_project_among_its_peers(portfolio: Portfolio) -> None:
    found = chapter(portfolio)
    tables = [part for part in found.parts if isinstance(part, Table)]
    largest = [table for table in tables if table.key.startswith("peers_")]
    # The largest of all runs; it has its place too, but no utilisation rate.
    assert [table.key for table in largest] == ["peers_S20012", "peers_A20011", "peers_A20010"]
    assert "public_total_absorption" not in largest[0].frame["measure"].tolist()
    # The largest has all its peers below it: the percentile is 100.
    place = largest[1].frame.set_index("measure")["percentile"]
    assert place["public_total_planned"] == 100
    # The project and its eleven peers, each with the sum that it was read from.
    made = chapters(portfolio, "differences", lang="en")
    frame = made.traced["peers_A20011"].frame
    sums = frame[(frame["name"] == "funding.public_total.planned") & frame["used_in"].notna()]
    assert set(sums["project_code"]) >= {"A20011", "A20010"}
    assert sums["line"].notna().all()


def test_of_few_projects_there_is_a_sentence_and_no_chapter(tmp_path: Path) -> None:
    one = read_pages(tmp_path, eura2014_page(code="S20001"))
    (method,) = chapters(one, "differences", "method", lang="en", traces=False).sections
    assert method.key == "method"
    assert any("known of too few projects" in text for text in method.paragraphs)


def test_total_rows_are_traced_like_the_other_figures(portfolio: Portfolio) -> None:
    others = {"again": portfolio}
    made = chapters(portfolio, "funding", "comparison", lang="en", compare=others)
    tables = {p.key: p for s in made.sections for p in s.parts if isinstance(p, Table)}
    frame = made.traced["funding_by_priority_axis"].frame
    last = frame[frame["group"] == "Total"]
    (column,) = (c for c in tables["funding_by_priority_axis"].columns if c.name == "realised")
    used = last[last["used_in"].str.split("; ").map(lambda names: column.label in names)]
    realised = used[used["field"].str.contains("Actual", case=False)]
    # Six of each fund and the one that runs: 80 + n and 90 + n per cent of 1000 + n, and 10 %.
    shares = {n: (80 if n < 6 else 90) + n for n in range(12)} | {12: 10}
    assert len(realised) == 13
    assert realised["value"].sum() == pytest.approx(
        sum((1000 + n) * share / 100 for n, share in shares.items()), abs=0.1
    )
    # Both sides of a comparison are there too.
    sides = made.traced["comparison_public_total"].frame
    assert set(sides["group"]) == {"These data", "again"}


def test_values_behind_pairs_have_their_labels(tmp_path: Path) -> None:
    # A project without partners has no value of the list: its first one is what is not there.
    found = read_pages(tmp_path, *(eura2014_page(code=f"S2{n:04}") for n in range(2)))
    table = stats.associations(found, "partner_count", "duration_days")
    fields = set(traced_table(table, ["n"])["field"])
    assert fields == {"partners.0.name", "projects.start_date", "projects.end_date"}
