"""What a report holds: chapters, groups or projects, and numbers read off data/raw by hand."""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pages import eura2014_page, raw, raw_content, read_pages

import esrdata
from esrdata.knowledge.schema.recipe import Chapter, Item, Recipe
from esrdata.portfolio import Portfolio
from esrdata.present import pack, report
from esrdata.present.chapters.phrases import reasons
from esrdata.present.model import Card, Content, Figure, Section, Table
from esrdata.present.written import KINDS

# A report is made for each of them.
pytestmark = pytest.mark.slow

LANGUAGES = ("fi", "sv", "en")
CHAPTERS = [
    *("glance", "funding", "absorption", "participants", "indicators", "stated"),
    *("sustainability", "horizontal", "time", "plausibility", "conflicts", "findings"),
    *("about", "method", "cards"),
]


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return raw()


@pytest.fixture(
    scope="module",
    params=LANGUAGES,
)
def few(request: pytest.FixtureRequest) -> Content:
    return raw_content(request.param)


@pytest.fixture(scope="module")
def english() -> Content:
    return raw_content("en")


@pytest.fixture(scope="module")
def larger(portfolio: Portfolio) -> Portfolio:
    return many(portfolio, 3)


@pytest.fixture(scope="module")
def of_more(larger: Portfolio) -> Callable[[str], Content]:
    """The content of more projects in a language, made once."""
    return cache(lambda lang: content_of(larger, lang=lang))


@pytest.fixture(scope="module")
def more(few: Content, of_more: Callable[[str], Content]) -> Content:
    """The content of more projects in the language of `few`."""
    return of_more(few.lang)


def changed(portfolio: Portfolio, **tables: pd.DataFrame) -> Portfolio:
    return Portfolio({**portfolio.tables, **tables}, Path.cwd())


def many(portfolio: Portfolio, times: int) -> Portfolio:
    """The same projects again under other codes, each with files and findings of its own."""
    tables = {}
    for name, table in portfolio.tables.items():
        parts = []
        # An organisation is one, however many its projects.
        several = not table.columns.intersection(["project_code", "file"]).empty
        for number in range(times if several else 1):
            part = table.copy()
            for column in part.columns.intersection(["project_code", "file"]):
                part[column] = part[column] + f"-{number:03d}"
            parts.append(part)
        tables[name] = pd.concat(parts, ignore_index=True)
    return Portfolio(tables, Path.cwd())


def content_of(portfolio: Portfolio, *only: Chapter, **options: Any) -> Content:
    """The content, of all chapters or of some.

    It is without what its figures are made of, which takes a third of the time.
    """
    if only:
        recipe = Recipe(summary=False, chapters=[Item(chapter=name) for name in only])
        options["recipe"] = recipe
    return pack.content(portfolio, traces=False, **options)


def chapter(content: Content, key: str) -> Section:
    (section,) = (s for s in content.sections if s.key == key)
    return section


def keys(content: Content, kind: type) -> list[str]:
    return [p.key for s in content.sections for p in s.parts if isinstance(p, kind)]


def table(content: Content, key: str) -> Table:
    (found,) = (
        p for s in content.sections for p in s.parts if isinstance(p, Table) and p.key == key
    )
    return found


def row(content: Content, key: str, first: str) -> dict[str, Any]:
    """The row of a table that begins so."""
    shown = table(content, key)
    names = [column.name for column in shown.columns]
    (found,) = (r for r in shown.frame[names].to_dict("records") if str(r[names[0]]) == first)
    return {str(name): value for name, value in found.items()}


def card(content: Content, code: str) -> Card:
    (found,) = (c for c in chapter(content, "cards").cards if c.code == code)
    return found


# ---- the whole


def test_the_chapters_stand_in_order(few):
    assert [section.key for section in few.sections] == CHAPTERS
    titles = [section.title for section in few.sections]
    assert len(set(titles)) == len(CHAPTERS)
    assert all(titles)


def test_every_column_is_in_its_frame_and_has_a_heading(few, more):
    for content in (few, more):
        for part in (p for s in content.sections for p in s.parts if isinstance(p, Table)):
            for column in part.columns:
                assert column.name in part.frame, (part.key, column.name)
                assert column.label, (part.key, column.name)
                assert column.kind in KINDS
            labels = [column.label for column in part.columns]
            assert len(set(labels)) == len(labels), part.key


def test_every_key_names_one_table_and_one_figure(few, more):
    for content in (few, more):
        for kind in (Table, Figure):
            assert len(set(keys(content, kind))) == len(keys(content, kind))


def test_no_chapter_is_empty_and_no_brace_is_left(few):
    for section in few.sections:
        assert section.paragraphs or section.parts or section.cards, section.key
        said = [section.title, *section.paragraphs, *(f"{p.title} {p.note}" for p in section.parts)]
        assert not {"{", "}"} & set("".join(said)), section.key


def told(content: Content) -> list[str]:
    """What a report says in words of its own: texts of the sources are left out."""
    assert content.summary is not None
    said = [content.summary.title, content.summary.counted, content.source]
    said += [text for pair in content.summary.figures for text in pair]
    said += [text for pair in content.summary.sentences for text in pair]
    said += [text for pair in content.summary.unread for text in pair]
    for section in content.sections:
        said += [section.title, *section.paragraphs]
        for part in section.parts:
            said += [part.title, part.note]
            if isinstance(part, Table):
                said += [column.label for column in part.columns]
                said += [
                    column.write(value, content.lang)
                    for column in part.columns
                    if not column.foreign
                    for value in part.frame[column.name]
                ]
    return said


def test_no_iso_date_path_or_code_stands_in_a_page(few):
    for text in told(few):
        assert not re.search(r"\b\d{4}-\d\d-\d\d\b", text), text
        assert not re.search(r"(^|\s)/\w+/", text), text
        assert not re.search(r"\b[a-z]+_[a-z_]+\b", text), text
        assert "nan" not in text.split(), text


def test_the_first_page_tells_the_main_figures(few):
    summary = few.summary
    assert summary is not None
    numbers = [number.replace("\u00a0", " ") for number, _ in summary.figures]
    # 592 593 of 633 594 euros is 93.53 per cent.
    assert (
        numbers
        == {
            "fi": ["4", "633 594 €", "592 593 €", "93,5 %"],
            "sv": ["4", "633 594 €", "592 593 €", "93,5 %"],
            "en": ["4", "€633,594", "€592,593", "93.5%"],
        }[few.lang]
    )
    assert 3 <= len(summary.sentences) <= 5
    assert all(re.search(r"\d", clause + rest) for clause, rest in summary.sentences)


def test_the_title_and_the_cover(portfolio, english):
    assert english.title == "Monitoring data on ESF projects"
    assert content_of(portfolio, "glance", lang="en", title="Our own").title == "Our own"
    facts = dict(english.facts)
    assert facts["Projects"] == "4"
    assert facts["Implementation period of the projects"] == "1 January 2014 – 31 December 2021"


def test_the_workbook_gets_every_table_and_the_dictionary(portfolio, english):
    assert set(english.raw) == {*portfolio.tables, "overview", "dictionary"} - {"passages"}
    assert "contacts" not in english.raw


# ---- chapters


def test_what_the_report_is_built_on(portfolio, english):
    _, built = chapter(english, "about").paragraphs
    assert "Files: 5 (read: 5); projects: 4." in built
    kinds = table(english, "files").frame[["format", "form", "status", "n"]].to_dict("records")
    assert {"format": "HTML", "form": "EURA 2014 project description", "n": 1}.items() <= kinds[
        0
    ].items()
    assert [kind["n"] for kind in kinds] == [1, 1, 2, 1]
    assert "files_not_read" not in keys(english, Table)


def test_files_that_could_not_be_read_are_told(portfolio):
    files = portfolio.files.copy()
    files.loc[0, "status"] = "unknown_form"
    content = content_of(changed(portfolio, files=files), "about", lang="en")
    assert "Files: 5 (read: 4)" in chapter(content, "about").paragraphs[1]
    shown = table(content, "files_not_read").frame
    # By its name: the folder is nobody's business.
    assert list(shown["file"]) == [Path(files.loc[0, "file"]).name]
    assert list(shown["status"]) == ["Unknown form"]


def test_the_portfolio_at_a_glance(english):
    said = dict(table(english, "glance").frame.itertuples(index=False, name=None))
    assert said["Projects"] == "4"
    assert said["Lead beneficiaries (applicants)"] == "4"
    assert said["Projects ended"] == "4"
    # 37 500 + 46 434 + 96 000 + 301 873
    assert said["EU and state funding granted, total (known for 4 projects)"] == "€481,807"
    # 50 000 + 57 634 + 150 000 + 375 960
    assert said["Planned public funding, total (known for 4 projects)"] == "€633,594"
    # 50 000 + 49 361 + 125 096 + 368 136
    assert said["Actual public funding, total (known for 4 projects)"] == "€592,593"


def test_funding_of_few_projects_is_by_project(english):
    assert keys(english, Table).count("funding_by_project") == 1
    found = row(english, "funding_by_project", "S20405")
    assert found["eu_and_state_planned"] == 46434
    assert found["public_total_planned"] == 57634
    assert found["public_total_realised"] == 49361
    assert found["public_total_absorption"] == pytest.approx(0.8565, abs=1e-4)
    first = table(english, "funding_by_project").frame["project_code"]
    assert list(first) == ["S21684", "S20562", "S20405", "S12577", "Total"]
    # 50 000 + 57 634 + 150 000 + 375 960
    assert row(english, "funding_by_project", "Total")["public_total_planned"] == 633594


def test_absorption(english):
    found = row(english, "absorption_by_all", "All projects")
    assert found["n"] == 4
    assert found["ratio_of_sums"] == pytest.approx(592593 / 633594)
    # The middle of 83.4, 85.6, 97.9 and 100 per cent; an interval needs six projects.
    assert found["median_ratio"] == pytest.approx((49361 / 57634 + 368136 / 375960) / 2)
    assert "ci_low" not in found
    note = table(english, "absorption_by_all").note
    assert "No confidence interval is computed for a group of fewer than six" in note
    # Whom it is about stands under the table.
    assert "the project has ended" in note


def test_participants_and_those_to_which_they_do_not_apply(english):
    found = row(english, "participants_by_all", "All projects")
    # 43 + 0 + 100; the zeros of S12577 are not counted.
    assert (found["n"], found["n_not_applicable"]) == (3, 1)
    assert found["planned"] == 143
    # What no source states is a sentence and no column of dashes.
    assert not {"n_realised", "realised"} & set(found)
    note = table(english, "participants_by_all").note
    assert note.startswith("The sources do not state: ")
    (intro,) = chapter(english, "participants").paragraphs
    assert "to which the question does not apply" in intro


def test_stated_participants(english):
    rows = table(english, "stated_participants").frame
    ours = rows[rows["project_code"] == "S20405"]
    assert ours["claim"].iloc[0] == "about 800"
    assert set(ours["planned"]) == {43}
    assert "they are not added up" in chapter(english, "stated").paragraphs[0]


def test_of_many_projects_the_largest_stated_number_is_shown_largest_first(of_more):
    content = of_more("en")
    rows = table(content, "stated_participants").frame
    assert list(rows["value"]) == [800] * 3 + [600] * 3 + [350] * 3 + [38] * 3


def test_the_sustainability_profile_says_whose_estimate_it_is(few):
    first = chapter(few, "sustainability").paragraphs[0]
    own = {"fi": "hakijan oma arvio", "sv": "sökandens egen bedömning", "en": "applicant's own"}
    assert own[few.lang] in first
    rows = table(few, "sustainability_direct").frame
    # Well-being, direct: 8, 6 and 10; indirect: 10, 5 and 10.
    assert rows["n"].max() == 3
    assert rows["mean"].max() == 8.0
    rows = table(few, "sustainability_indirect").frame
    assert rows["mean"].max() == pytest.approx(8.33, abs=0.01)


def test_horizontal_principles(english):
    rows = table(english, "horizontal").frame[["answer", "n", "share"]]
    assert [tuple(r) for r in rows.itertuples(index=False)][:3] == [
        ("Yes", 3, "3/3"),
        ("Yes", 3, "3/3"),
        ("No", 3, "3/3"),
    ]


def test_without_an_earlier_portfolio_there_are_no_amendments(english):
    (told,) = chapter(english, "time").paragraphs
    # 1 January to 31 October 2014 is the shortest, 22 August 2016 to 22 May 2019 the longest.
    assert told.startswith("Projects lasted 10–33 months")
    assert "amendments" not in keys(english, Table)


def test_amendments_since_an_earlier_portfolio(portfolio):
    projects, funding = portfolio.projects.copy(), portfolio.funding.copy()
    projects.loc[projects["project_code"] == "S20405", "end_date"] -= pd.Timedelta(days=30)
    here = (funding["project_code"] == "S20562") & (funding["measure"] == "eu_and_state")
    funding.loc[here & (funding["stage"] == "planned"), "amount_eur"] -= 1000
    before = changed(portfolio, projects=projects, funding=funding)
    content = content_of(portfolio, "time", lang="en", before=before)
    rows = table(content, "amendments")
    assert list(rows.frame["project_code"]) == ["S20405", "S20562"]
    assert row(content, "amendments", "S20405")["extension_days"] == 30
    assert row(content, "amendments", "S20562")["grant_change"] == 1000
    assert rows.note == (
        "Projects in both sets of data: 4, only in the earlier: 0, only in the current: 0."
    )
    assert {"timeline", "amendments"} <= set(keys(content, Figure))


def test_conflicts_between_sources(portfolio, english):
    rows = table(english, "conflicts").frame
    ends = rows[rows["field"] == "End date"]
    assert list(ends["value"]) == ["30 June 2017", "31 December 2016"]
    assert list(ends["source"]) == ["Project description", "Web page"]
    assert list(ends["place"]) == ["S20405.txt, line 15", "kaupunki-leader.txt, line 31"]
    alone = portfolio.select(project_code="S12577")
    # A project with one source cannot differ from itself.
    sections = content_of(alone, "about", "conflicts", lang="en").sections
    assert [section.key for section in sections] == ["about"]


def test_findings_are_grouped_by_kind_with_examples_and_what_to_do(english):
    rows = table(english, "findings").frame.to_dict("records")
    assert [(r["severity"], r["code"], r["n"]) for r in rows] == [
        ("Warning", "Sources differ", 2),
        ("Warning", "Web page of no known project", 1),
        ("For information", "Web page linked to a project", 1),
    ]
    assert rows[0]["examples"].splitlines()[0].startswith("S20405, ")
    assert rows[0]["todo"] == "Compare the sources."
    assert "/" not in "".join(r["examples"] for r in rows)


def test_a_kind_of_finding_has_at_most_three_examples(portfolio):
    content = content_of(many(portfolio, 5), "findings", lang="fi")
    rows = table(content, "findings").frame
    assert list(rows["n"]) == [10, 5, 5]
    assert [len(text.splitlines()) for text in rows["examples"]] == [3, 3, 3]


def test_rows_that_are_cut_are_said_to_be(portfolio):
    content = content_of(many(portfolio, 26), "stated", "conflicts", lang="en")
    # 26 times two fields with two values each.
    assert len(table(content, "conflicts").frame) == pack.ROWS
    assert table(content, "conflicts").note == (
        "Showing 100 of 104; all are in the table “Differences between sources”."
    )
    assert table(content, "stated_participants").note == (
        "Numbers stated as plans are left out (52 of them). "
        "Showing 20 of 104; all are in the table “Quantities stated in the text”."
    )


# ---- groups or projects

GROUPED = ("priority_axis", "authority", "region")


def test_few_projects_are_not_compared_in_groups(english):
    assert not [key for key in keys(english, Table) if key.endswith(GROUPED)]
    assert keys(english, Figure) == [
        *("funding_of_projects", "stated_participants", "sustainability"),
        *("horizontal", "timeline"),
    ]


def test_the_border_between_few_and_many(portfolio):
    exactly = many(portfolio, pack.FEW // 4)
    assert len(exactly) == pack.FEW
    assert "funding_by_region" not in keys(content_of(exactly, "funding", lang="fi"), Table)


def test_more_projects_are_compared_in_groups(of_more):
    content = of_more("en")
    for name in GROUPED:
        assert {f"funding_by_{name}", f"absorption_by_{name}"} <= set(keys(content, Table))
    assert {"funding_by_priority_axis", "funding_by_region", "regions", "timeline"} <= set(
        keys(content, Figure)
    )
    found = row(content, "funding_by_region", "Kymenlaakso")
    # Three times S20405.
    assert (found["n_both"], found["planned"], found["realised"]) == (3, 3 * 57634, 3 * 49361)
    assert found["gap"] == 3 * (57634 - 49361)
    # The total has each project once.
    total = row(content, "funding_by_region", "Total")
    assert (total["n_both"], total["planned"]) == (12, 3 * 633594)
    by_region = table(content, "funding_by_region")
    assert "rows cannot be added up" in by_region.note
    assert by_region.title == "Planned and actual funding by region"
    assert by_region.columns[0].label == "Region"
    axes = list(table(content, "funding_by_priority_axis").frame["group"])
    assert axes[0].startswith("2007–2013: 2\u00a0Employment, ")
    assert axes[-2:] == ["2014–2020: 5\u00a0Social inclusion and combating poverty", "Total"]
    assert len(table(content, "funding_by_project").frame) == 13


def test_objectives_are_compared_where_there_are_several(larger, of_more):
    assert "funding_by_specific_objective" not in keys(of_more("fi"), Table)
    projects = larger.projects.copy()
    projects.loc[projects["project_code"] == "S21684-000", "specific_objective"] = "12.2"
    content = content_of(changed(larger, projects=projects), "funding", "absorption", lang="fi")
    assert {"funding_by_specific_objective", "absorption_by_specific_objective"} <= set(
        keys(content, Table)
    )


def test_the_same_axis_of_two_periods_is_two_groups(larger):
    projects = larger.projects.copy()
    projects["priority_axis"] = projects["priority_axis"].mask(projects["priority_axis"] == 2, 5)
    content = content_of(changed(larger, projects=projects), "funding", lang="en")
    axes = table(content, "funding_by_priority_axis").frame["group"]
    assert [axis[:12] for axis in axes] == ["2007–2013: 5", "2014–2020: 5", "Total"]


def test_a_project_without_sums_is_left_out_once(larger):
    funding = larger.funding.copy()
    funding.loc[funding["project_code"] == "S20405-000", "amount_eur"] = pd.NA
    content = content_of(changed(larger, funding=funding), "funding", "absorption", lang="en")
    for name in ("funding_by_region", "funding_by_priority_axis", "absorption_by_authority"):
        note = table(content, name).note
        assert "Projects left out: 1 (" in note or "Projects included: 11. Excluded: 1." in note


def test_cards_are_left_out_of_large_portfolios_unless_asked_for(portfolio):
    most = many(portfolio, pack.MANY // 4)
    assert len(most) == pack.MANY
    assert len(chapter(content_of(most, "cards", lang="fi"), "cards").cards) == pack.MANY
    above = many(portfolio, pack.MANY // 4 + 1)
    content = content_of(above, "funding", "cards", lang="en")
    assert not chapter(content, "cards").cards
    assert "There are 204 projects" in chapter(content, "cards").paragraphs[0]
    assert "funding_by_project" not in keys(content, Table)
    asked = content_of(above, "cards", lang="fi", cards=True)
    assert len(chapter(asked, "cards").cards) == 204


def test_without_cards_few_projects_still_have_rows(portfolio):
    content = content_of(portfolio, "funding", "about", "cards", lang="en", cards=False)
    assert not chapter(content, "cards").cards
    assert "evidence page" not in " ".join(chapter(content, "about").paragraphs)
    assert len(table(content, "funding_by_project").frame) == 5


# ---- cards


def test_a_card(english):
    one = card(english, "S20405")
    assert one.name == "Asukaslähtöinen kehittäminen Kotkassa 2015-2016"
    assert one.facts == [
        ("Applicant", "Kehittämisyhdistys Sepra ry"),
        ("Implementation period", "1 May 2015 – 30 June 2017"),
        ("Status", "Ended"),
        (
            "Responsible authority",
            "Häme Centre for Economic Development, Transport and the Environment",
        ),
        ("Public funding, planned and actual", "€57,634 / €49,361"),
        ("Utilisation rate of public funding", "85.6%"),
        ("Participants, planned", "43"),
    ]
    assert one.evidence == "evidence/S20405.html"
    assert card(english, "S20562").evidence is None


def test_a_card_has_the_target_groups(few):
    for one in chapter(few, "cards").cards:
        assert one.texts[0][1].strip()
        assert len(one.texts) == 2


def test_a_card_says_where_participants_do_not_apply(few):
    said = [text for name, text in card(few, "S12577").facts][-2:]
    here = {"fi": "Ei koske hanketta", "sv": "Gäller inte projektet", "en": "Not applicable"}
    assert said == [here[few.lang]] * 2


def test_what_is_not_known_is_told_in_a_sentence(tmp_path):
    (tmp_path / "one.txt").write_text(
        "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus\n1 Hanke\n"
        "Hankekoodi: S29999\nHankkeen nimi:\n",
        encoding="utf-8",
    )
    content = content_of(esrdata.read(tmp_path / "one.txt"), lang="fi")
    # What no source has is a sentence of the first page, and no chapter of dashes.
    there = {section.key for section in content.sections}
    absent = {"absorption", "participants", "indicators", "sustainability", "time", "conflicts"}
    assert not there & absent
    assert {"glance", "funding", "about", "method", "cards"} <= there
    assert content.summary is not None
    assert [n for n, _ in content.summary.unread] == ["0 / 1", "1"]
    assert content.summary.unread[0][1].startswith("Osallistujat, muut seurantaluvut, arviot")
    one = card(content, "S29999")
    assert (one.code, one.name) == ("S29999", "")
    (unknown,) = one.facts
    assert unknown[0] == "Ei lähteissä"
    assert "Hakija, Toteutusaika, " in unknown[1]
    assert "Julkinen rahoitus, suunniteltu ja toteutunut" in unknown[1]
    funding = chapter(content, "funding")
    assert funding.paragraphs == ["Lähteissä ei ole hankkeiden julkisen rahoituksen summia."]
    assert not funding.parts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_projects_at_all(tmp_path, lang):
    (tmp_path / "letter.txt").write_text("Hyvää päivää\n", encoding="utf-8")
    content = content_of(esrdata.read(tmp_path / "letter.txt"), lang=lang)
    assert [section.key for section in content.sections] == ["about", "findings"]
    assert len(table(content, "files_not_read").frame) == 1
    assert len(table(content, "findings").frame) == 1


def test_a_portfolio_of_running_projects_has_a_report_without_what_none_has(tmp_path):
    axes = ("3. Työllisyys ja työvoiman liikkuvuus", "4. Koulutus, ammattitaito ja oppiminen")
    pages = [
        eura2014_page(code=f"S2{n:04}", status="Toiminnassa", axis=axes[n % 2]) for n in range(10)
    ]
    running = read_pages(tmp_path / "in", *pages)
    page = report.write(running, tmp_path / "out", lang="fi", traces=False, explorer=False)
    text = page.read_text(encoding="utf-8")
    assert "Kaikki nämä hankkeet ovat yhä käynnissä." in text
    assert "Osa hankkeista on yhä käynnissä." not in text
    assert page.is_file()


def test_other_counts_are_compared_within_one_indicator(more: Content) -> None:
    section = next(one for one in more.sections if one.key == "indicators")
    by_axis = next(t for t in section.parts if t.key == "indicators_by_priority_axis")
    assert isinstance(by_axis, Table)
    assert [column.name for column in by_axis.columns[:2]] == ["indicator", "group"]
    names = list(by_axis.frame["indicator"])
    # A name that comes again after another would be compared across a gap.
    assert len(set(names)) == 1 + sum(a != b for a, b in pairwise(names))
    assert by_axis.statistic is not None
    pairs = zip(by_axis.frame["planned"], by_axis.statistic["planned"], strict=True)
    assert all(a is b or a == b for a, b in pairs)


def test_why_a_project_does_not_count_is_told_in_the_language_of_the_report() -> None:
    """It stood in English behind the figures of a Finnish one."""
    english = "What is counted does not apply to the project."
    assert reasons("fi")[english] == "Laskettava tieto ei koske hanketta."
    assert reasons("sv")[english] == "Det som räknas gäller inte projektet."
