"""A recipe of a report: what it changes, and a sentence for each way to be wrong."""

import re
from pathlib import Path

import pytest
import yaml

import esrdata
from esrdata import Portfolio
from esrdata.errors import UsageError
from esrdata.knowledge.schema.recipe import Chapter
from esrdata.present import pack
from esrdata.present.model import Content, Figure, Table
from esrdata.present.recipe import OURS, recipe


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return esrdata.sample(projects=30, seed=4)


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.yml"
    path.write_text(text, encoding="utf-8")
    return path


def made(portfolio: Portfolio, folder: Path, text: str) -> Content:
    chosen = recipe(written(folder, text))
    return pack.content(portfolio, lang="en", recipe=chosen, traces=False, cards=False)


def test_ours_has_every_chapter_once_and_is_read_by_its_own_grammar() -> None:
    chapters = [item.chapter for item in recipe().chapters]
    assert sorted(map(str, chapters)) == sorted(Chapter.__args__)
    assert recipe(OURS) == recipe()


def test_chapters_stand_in_the_order_asked_for_under_their_titles(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    text = """
    summary: no
    chapters:
      - chapter: method
      - chapter: funding
        title: Where the money went
        groups: [fund, priority_axis]
      - chapter: sustainability
        charts: no
    """
    found = made(portfolio, tmp_path, text)
    assert found.summary is None
    assert [section.key for section in found.sections] == ["method", "funding", "sustainability"]
    _, funding, scores = found.sections
    assert funding.title == "Where the money went"
    keys = [part.key for part in funding.parts]
    assert any("priority_axis" in key for key in keys)
    assert not any("authority" in key or "objective" in key for key in keys)
    assert all(isinstance(part, Table) for part in scores.parts)
    without = made(portfolio, tmp_path, "chapters: [{chapter: sustainability, tables: no}]")
    assert all(isinstance(part, Figure) for part in without.sections[0].parts)


def test_a_chapter_of_ones_own_has_its_statistic_columns_and_chart(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    text = """
    chapters:
      - title: Use of money by period
        parts:
          - statistic: absorption
            by: [programme_period]
            columns: [n, median_ratio]
            chart: absorption
            title: Half of the projects
    """
    (section,) = made(portfolio, tmp_path, text).sections
    assert section.title == "Use of money by period"
    figure, table = section.parts
    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    assert figure.title == table.title == "Half of the projects"
    assert [column.name for column in table.columns] == ["group", "n", "median_ratio"]
    # Periods of the sample, each with the number that the statistic has.
    own = esrdata.stats.absorption(portfolio, by="programme_period")
    assert table.frame["n"].tolist() == own["n"].tolist()


def test_a_part_of_ones_own_is_given_what_its_statistic_asks(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    code = portfolio.projects["project_code"].iloc[0]
    text = f"""
    chapters:
      - title: Own
        parts:
          - {{statistic: peers, with: {{code: {code}, min_n: 2}}, chart: peers}}
          - {{statistic: compare_groups, by: [programme_period], with: {{value: duration_days}}}}
          - {{statistic: associations, with: {{x: duration_days, y: public_total_planned}}}}
          - {{statistic: extensions}}
    """
    (section,) = made(portfolio, tmp_path, text).sections
    figure, peers, groups, pairs = section.parts
    assert isinstance(figure, Figure)
    assert isinstance(peers, Table) and isinstance(groups, Table) and isinstance(pairs, Table)
    own = esrdata.stats.peers(portfolio, code, min_n=2).set_index("measure")
    planned = peers.frame.set_index("group").loc["Total public funding planned, €", "value"]
    assert planned == f"{own.loc['public_total_planned', 'value']:,.0f}"
    assert groups.frame["group"].tolist() == [
        "Programming period 2007–2013 – Programming period 2014–2020"
    ]
    (rho,) = (column for column in pairs.columns if column.name == "rho")
    assert (rho.kind, rho.decimals) == ("number", 2)
    # Nothing moved in a portfolio of one source: a sentence, and no empty table.
    assert section.paragraphs == [
        "Changes since an earlier project list: the data do not have what this needs."
    ]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("{statistic: peers, with: {code: X1}}", "chapters 1, peers: There is no project 'X1'."),
        ("{statistic: constant_prices, with: {year: 2050}}", "no price index for 2050, only for"),
        (
            "{statistic: compare_groups, by: [fund], with: {value: duration_day}}",
            "the nearest is 'duration_days'",
        ),
    ],
)
def test_what_a_statistic_does_not_know_ends_the_report_in_a_sentence(
    portfolio: Portfolio, tmp_path: Path, asked: str, why: str
) -> None:
    mine = written(tmp_path, f"chapters: [{{title: x, parts: [{asked}]}}]")
    with pytest.raises(UsageError, match=r"^The recipe, ") as raised:
        esrdata.report.write(portfolio, tmp_path / "out", recipe=mine, cards=False)
    assert why in str(raised.value)
    assert not (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("chapters: [{chapter: fundin}]", "there is no 'fundin'; the nearest is 'funding'"),
        (
            "chapters: [{chapter: funding, group: [fund]}]",
            "no key 'group'; the nearest is 'groups'",
        ),
        ("chapter: []", "no key 'chapter'; the nearest is 'chapters'"),
        (
            "chapters: [{chapter: funding, groups: [priority_axes]}]",
            "there is no 'priority_axes'; the nearest is 'priority_axis'",
        ),
        (
            "chapters: [{title: x, parts: [{statistic: absorbtion}]}]",
            "there is no statistic 'absorbtion'; the nearest is 'absorption'",
        ),
        (
            "chapters: [{title: x, parts: [{statistic: absorption, chart: absorbtion}]}]",
            "there is no chart 'absorbtion'; the nearest is 'absorption'",
        ),
        (
            "chapters: [{title: x, parts: [{statistic: absorption, by: [regions]}]}]",
            "there is no group 'regions'; the nearest is 'region'",
        ),
        (
            "chapters: [{title: x, parts: [{statistic: absorption, columns: [mean_ratio]}]}]",
            "absorption has no column 'mean_ratio'; the nearest is 'median_ratio'",
        ),
        (
            "chapters: [{title: x, parts: [{statistic: peers}]}]",
            "the statistic 'peers' needs 'with': code",
        ),
        (
            "chapters: [{title: x, parts: [{statistic: peers, with: {cod: S1}}]}]",
            "peers is not asked 'cod'; the nearest is 'code'",
        ),
        (
            "chapters: [{title: x, parts: [{statistic: compare_groups, with: {value: x}}]}]",
            "the statistic 'compare_groups' needs 'by'",
        ),
        (
            "chapters: [{title: x, parts: [{statistic: amendments}]}]",
            "the statistic 'amendments' asks for after, which a recipe cannot give",
        ),
        (
            "chapters: [{title: x, parts: [{statistic: status_by_year, by: [fund]}]}]",
            "status_by_year has no groups, so no 'by'",
        ),
        ("chapters: [{chapter: funding, title: x, parts: [{statistic: absorption}]}]", "either"),
        ("chapters: [{parts: [{statistic: absorption}]}]", "a title for a chapter of its own"),
        (
            "chapters: [{title: x, parts: [{statistic: absorption, chart: timeline}]}]",
            "the chart 'timeline' does not draw absorption; the nearest is 'absorption'",
        ),
        # YAML would keep the last without a word.
        (
            "chapters: [{chapter: funding}]\nchapters: [{chapter: method}]",
            "as a whole: the key 'chapters' stands twice, for the second time on line 2",
        ),
        (
            "chapters:\n  - chapter: funding\n    title: A\n    title: B",
            "chapters 1: the key 'title' stands twice, for the second time on line 4",
        ),
        ("chapters: []", "chapters: "),
        ("a: [", "is not YAML"),
        ("x", "as a whole: "),
    ],
)
def test_a_wrong_recipe_is_one_sentence_with_the_nearest_word(
    text: str, why: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as raised:
        recipe(written(tmp_path, text))
    sentence = str(raised.value)
    assert why in sentence
    assert sentence.startswith("The recipe ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_recipe_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        recipe(tmp_path / "none.yml")


def test_what_is_printed_to_be_changed_is_a_recipe(tmp_path: Path) -> None:
    given = yaml.safe_load(OURS.read_text(encoding="utf-8"))
    given["chapters"] = given["chapters"][:2]
    path = written(tmp_path, yaml.safe_dump(given))
    assert [item.chapter for item in recipe(path).chapters] == ["glance", "funding"]


PAGE = (Path(__file__).parents[1] / "docs" / "recipe.md").read_text(encoding="utf-8")


def test_the_recipe_of_the_page_is_one(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (text,) = (block for block in blocks if "chapters" in block)
    found = recipe(written(tmp_path, text))
    assert [item.chapter for item in found.chapters] == [
        "funding", "sustainability", None, "method"
    ]  # fmt: skip


MISTAKES = re.findall(r"^\| `(.+?)` \| (.+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("typed", "told"), MISTAKES)
def test_the_page_has_the_sentences_of_mistakes(typed: str, told: str, tmp_path: Path) -> None:
    mistake = yaml.safe_load(f"{{{typed}}}")
    own = {"title": "x", "parts": [{"statistic": "absorption", **mistake}]}
    item = mistake if "chapter" in mistake else own
    with pytest.raises(UsageError) as raised:
        recipe(written(tmp_path, yaml.safe_dump({"chapters": [item]})))
    assert str(raised.value).endswith(f"mine.yml, {told}.")
