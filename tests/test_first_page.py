"""The row of small charts on the first page of a report."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.patches import Rectangle
from pages import eura2014_page, raw_content, read_pages

import esrdata
from esrdata.present import charts
from esrdata.present.chapters import summary
from esrdata.present.html import html
from esrdata.present.pack import content
from esrdata.present.recipe import recipe

mpl.use("agg")
# A report, or a chapter of one, is made for each of them.
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def portfolio() -> esrdata.Portfolio:
    return esrdata.sample(projects=24, seed=2)


@pytest.fixture
def one_chapter(tmp_path: Path) -> Path:
    """A recipe of a report that is made quickly."""
    path = tmp_path / "pack.yml"
    path.write_text("chapters: [{chapter: glance}]\n", encoding="utf-8")
    return path


def money(*rows: tuple[int, int, float | None, float | None]) -> pd.DataFrame:
    """Sums of axes of ESR 2007–2013: number, projects, planned, realised."""
    table = pd.DataFrame(rows, columns=["priority_axis", "n", "planned", "realised"])
    table.insert(0, "fund", "ESR")
    table.insert(0, "programme_period", "2007-2013")
    table["n_both"] = table["n"]
    table.attrs = {"read_from": ["list"]}
    return table.convert_dtypes()


def used(*values: float) -> pd.DataFrame:
    table = pd.DataFrame({"ratio": values, "planned": 100.0})
    table.insert(0, "project_code", [f"S{at}" for at in range(len(values))])
    table.attrs = {"population_spec": {"statuses": ["ended"]}}
    return table


def days(*spans: tuple[str, str]) -> pd.DataFrame:
    table = pd.DataFrame(spans, columns=["start_date", "end_date"])
    table = table.astype("datetime64[ns]")
    table["status_code"] = "ended"
    return table


def texts(ax: Any) -> list[str]:
    return [text.get_text().replace("\u00a0", " ") for text in ax.texts]


THREE = {
    "ratios": used(0.5, 0.9, 0.91, 0.95, 0.99, 1.2),
    "timeline": days(("2008-01-01", "2008-12-31"), ("2008-05-01", "2008-09-30")),
}


def test_three_findings_beside_each_other() -> None:
    # Of 13 projects 2 million euros were planned and 1.5 realised: three quarters. Of six used
    # shares two are 91 and 95 %, so that the middle is 93 %.
    table = money((1, 10, 1_500_000, 1_200_000), (2, 3, 500_000, 300_000))
    ax = charts.glance(table, **THREE, row=True, with_title=False, with_notes=False)
    found = texts(ax)
    for text in (
        "Toteutui 1,5 M€, 75,0 %", "Puolet käytti vähintään 93,0 %", "Käynnissä enimmillään 2",
        "alle 70 %: 1", "yli 110: 1", "1,2", "0,3",
    ):  # fmt: skip
        assert text in found
    # Both ran on the last days of June and September: no single day is named.
    assert "hankkeita neljänneksen lopussa" in found
    places = {t.get_text(): t.get_position()[0] for t in ax.texts}
    heads = [x for text, x in places.items() if text.startswith(("Toteutui", "Puolet", "Käyn"))]
    # Panels of 4.95 cm, 0.575 between them.
    assert heads == pytest.approx([0, 5.525, 11.05])


def test_bars_of_money_are_on_one_scale_from_zero() -> None:
    table = money((1, 10, 1_500_000, 1_200_000), (2, 3, 500_000, 300_000))
    ax = charts.glance(table, row=True, with_title=False, with_notes=False)
    wide = sorted(p.get_width() for p in ax.patches if isinstance(p, Rectangle))
    # Planned 15 : 5, realised 12 : 3, of the same scale.
    assert [round(w / wide[-1] * 15, 6) for w in wide] == [3, 5, 12, 15]


def test_a_panel_without_data_says_so_in_its_place() -> None:
    ax = charts.glance(money((1, 20, None, None)), row=True, lang="en")
    found = " ".join(texts(ax))
    assert "Money No project has both sums." in found
    assert "No ended project has a utilisation rate." in found
    assert found.count("The data have no such figures.") == 1


def test_of_more_than_five_groups_the_smallest_are_one_row() -> None:
    rows = [(at, 5, 1e6 * at, 5e5 * at) for at in range(1, 6)]
    table = pd.concat([money(*rows), money((1, 5, 9e6, 9e6)).assign(fund="EAKR")])
    ax = charts.glance(table.reset_index(drop=True), row=True, lang="en", with_title=False)
    # ESF 1 and 2 are left: planned 3, realised 1.5 million.
    found = texts(ax)
    assert "Other 2" in found and "1.5" in found and "9.0" in found


def test_of_few_projects_each_has_its_money_over_the_whole_width() -> None:
    table = pd.DataFrame({"name": ["Aamu", "Ilta", "Yö", "Päivä"], "n": 1, "n_both": 1})
    table.insert(1, "project_code", ["S1", "S2", "S3", "S4"])
    table = table.assign(planned=[400_000.0] * 4, realised=[100_000.0, 2e5, 3e5, 4e5])
    table.attrs = {"read_from": ["list"]}
    ax = charts.glance(table.convert_dtypes(), row=True, **THREE)
    found = texts(ax)
    # In thousands, and no share or peak of so few.
    assert {"Aamu", "Ilta", "Yö", "Päivä", "100", "400"} <= set(found)
    assert not any(text.startswith(("Puolet", "Käynnissä")) for text in found)
    assert "Suunniteltu ja toteutunut rahoitus hankkeittain" in found


def test_data_behind_are_those_drawn_in_their_order() -> None:
    table = money((1, 10, 1_500_000, 1_200_000), (2, 3, 500_000, 300_000))
    data = charts.describe.behind(charts.glance(table, **THREE, row=True))
    assert list(dict.fromkeys(data["part"])) == ["money", "use", "time"]
    assert data.loc[data["part"] == "money", "realised"].tolist() == [1_200_000, 300_000]
    use = data[data["part"] == "use"]
    # Under 70 %, twenty classes, over 110 %.
    assert len(use) == 22
    assert use["n"].sum() == 6
    assert use.loc[use["from_percent"] == 90, "n"].tolist() == [2]
    assert data.loc[data["part"] == "time", "n"].tolist() == [1, 2, 2, 1]
    # Of the larger picture all panels too.
    shares = pd.DataFrame({"applicant": ["Malli ry"], "n": 6, "amount": 9e5, "share": 1.0})
    shares = shares.assign(cumulative_share=1.0)
    ax = charts.glance(money((1, 20, 1_500_000, 1_200_000)), **THREE, concentration=shares)
    whole = charts.describe.behind(ax)
    assert list(dict.fromkeys(whole["part"])) == ["money", "use", "time", "beneficiaries"]
    assert whole.loc[whole["part"] == "beneficiaries", "amount"].tolist() == [900_000]
    # One beneficiary is not the largest ones, and its rank is no range.
    assert "1 toteuttaja: 100 % rahasta" in texts(ax)
    assert {"1", "1–1"} & set(texts(ax)) == {"1"}


# ---- in a report


@pytest.mark.parametrize(("n", "there"), [(3, False), (4, True)])
def test_the_fewest_projects_with_a_picture(n: int, there: bool, tmp_path: Path) -> None:
    pages = [eura2014_page(code=f"S2000{at}") for at in range(n)]
    made = content(read_pages(tmp_path, *pages), lang="fi", cards=False)
    assert made.summary is not None
    assert (made.summary.picture is not None) is there
    assert [one.key for one in made.figures].count("first_page") == there


def test_a_recipe_without_the_first_page_has_no_picture(
    portfolio: esrdata.Portfolio, tmp_path: Path
) -> None:
    (tmp_path / "r.yml").write_text("summary: no\nchapters: [{chapter: about}]\n", encoding="utf-8")
    made = content(portfolio, lang="fi", recipe=recipe(tmp_path / "r.yml"))
    assert made.figures == []


def test_the_page_shows_it_with_its_text_alternative(tmp_path: Path) -> None:
    made = raw_content("en")
    assert made.summary is not None and made.summary.picture is not None
    (tmp_path / "a.svg").write_text("<svg/>", encoding="utf-8")
    pictures = {one.key: (tmp_path / "a.svg", f"alternative of {one.key}") for one in made.figures}
    page = html(made, pictures)
    first = page.index('alt="alternative of first_page"')
    assert page.index('id="summary"') < first < page.index("How the figures were counted")


def test_a_whole_report_has_it_in_every_part(portfolio: esrdata.Portfolio, tmp_path: Path) -> None:
    esrdata.report.write(portfolio, tmp_path / "out", lang="en", cards=False, explorer=False)
    out = tmp_path / "out"
    assert {p.name for p in (out / "figures").glob("first_page*")} == {
        "first_page.svg", "first_page.png", "first_page.csv",
    }  # fmt: skip
    with ZipFile(out / "report.docx") as file:
        document = file.read("word/document.xml").decode()
    # It stands between the sentences and what could not be read, described.
    place = document.index('name="first_page"')
    assert document.index("What the data do not tell") > place
    # The contents do not fit under it and begin a page, their heading with them.
    assert document.count("<w:pageBreakBefore") == 1
    assert "of what was planned" in document[document.rindex("<wp:docPr", 0, place) : place]
    told = json.loads((out / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    (part,) = [one for one in told["@graph"] if one.get("@id") == "#figure/first_page"]
    assert part["statistic"] == "planned_and_realised" and part["sha256"]
    assert len(part["encoding"]) == 3
    assert esrdata.verify(out, recompute=False).unaltered


def test_a_picture_that_fails_leaves_the_page(
    portfolio: esrdata.Portfolio,
    one_chapter: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def picture(maker: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(summary, "picture", picture)
    esrdata.report.write(
        portfolio, tmp_path / "out", lang="en", cards=False, explorer=False, recipe=one_chapter
    )
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert 'id="summary"' in page and 'id="figure-first_page"' not in page
    issues = esrdata.load(tmp_path / "out").issues
    assert issues["raw"].str.startswith("figure first_page", na=False).sum() == 1
