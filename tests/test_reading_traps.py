"""Look-alikes, broken pages and personal data: what a reader of descriptions may stumble over."""

import pickle
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import esrdata
from esrdata.reading.record import Record, Status

Pages = Callable[..., str]
Reader = Callable[..., Record]
SUMMARY = "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n"
NAME, EMAIL, PHONE = "TESTINEN TAINA TUULIKKI", "taina.testinen(at)example.org", "040 1234567"
WORDS = ("TESTINEN", "Testinen", "Taina", "taina.testinen", "040 1234567")


def read_values(record: Record) -> dict[str, object]:
    """What was read, by field."""
    return {n: v.content for n, v in record.values.items() if v.status is Status.READ}


def codes(record: Record) -> list[str]:
    return [finding.code for finding in record.findings]


def quoted(record: Record, code: str) -> list[str | None]:
    return [finding.raw for finding in record.findings if finding.code == code]


# ---- prose that looks like the form

PROSE = """4.1 Hankkeen julkinen tiivistelmä (tarve, tavoitteet, toimenpiteet)

Tavoite: saada ovet auki.
Toimintalinja: 3
Maakunnat: Lappi
Kunnat: Inari
Hankkeen nimi: Toinen hanke
Suunniteltu: 99
Myönnetty EU- ja valtion rahoitus: 1
Jakeluosoite: Vieras tie 9
8.10.2015 mukana oli kolme kylää
2015
1.Vahvistetaan osallisuutta
5 kylää, 3 kaupunkia
8.1 Sukupuolten tasa-arvo
Kestävä kehitys
8.2 Kestävä kehitys
Tasa-arvon edistäminen 10 10
Hyvinvoinnin edistäminen 1 1
Osatoteuttajat
Kylä ry, 7654321-2
Tuen siirronsaajat
9 Loppuraportin tiivistelmä
Hankkeen kohderyhmät ovat laajat: kaikki.
4 Hankkeen kohderyhmät ovat laajat
Sektionen är på svenska, med Projekt: namn."""


def test_prose_that_opens_like_headings_and_labels_stays_prose(
    page_2014: Pages, read_one: Reader
) -> None:
    clean = read_values(read_one(page_2014()))
    record = read_one(page_2014(summary=SUMMARY + PROSE))
    values = read_values(record)
    assert values.pop("narratives.summary") == PROSE
    del clean["narratives.summary"]
    assert values == clean
    assert record.findings == []


def test_the_same_in_the_target_groups(page_2014: Pages, read_one: Reader) -> None:
    clean = read_values(read_one(page_2014()))
    record = read_one(page_2014({"Heidän perheensä ja alueen yhdistykset.": PROSE}))
    values = read_values(record)
    assert values.pop("narratives.indirect_target_groups") == PROSE
    del clean["narratives.indirect_target_groups"]
    assert values == clean


def test_the_same_in_a_2007_plan(page_2007: Pages, read_one: Reader) -> None:
    prose = (
        "Kerrotaan lehdissä.\nTasa-arvo: kaikki mukana\nKestävä kehitys: kyllä\nKestävä kehitys\n"
        "Suunniteltu: 99, joista naisia 98\n4. Projektin julkinen rahoitus, euroa\n"
        "Toteutunut julkinen rahoitus yhteensä: 1\n3.4 Aloittaneiden henkilöiden määrä\nProjekti"
    )
    clean = read_values(read_one(page_2007()))
    record = read_one(page_2007({"Kerrotaan lehdissä.": prose}))
    values = read_values(record)
    assert values.pop("narratives.communication_plan") == prose
    del clean["narratives.communication_plan"]
    assert values == clean


@pytest.mark.parametrize("label", ["Hankekoodi", "Projektikoodi", "Project code"])
def test_another_project_named_in_prose_begins_no_description(
    page_2014: Pages, read_all: Callable[..., list[Record]], label: str
) -> None:
    prose = f"Jatkoa aiemmalle työlle.\n\n{label}: S11111\n\nSiitä opittiin."
    records = read_all(page_2014(summary=SUMMARY + prose))
    assert [record.code for record in records] == ["S99901"]
    assert records[0].content("narratives.summary") == prose
    assert records[0].content("funding.public_total.planned") == 57634.0


def test_a_list_of_contents_in_prose_is_at_least_said(page_2014: Pages, read_one: Reader) -> None:
    contents = "4 Hankkeen kohderyhmät\n\n4.1 Varsinaiset kohderyhmät\n\n4.2 Välilliset kohderyhmät"
    record = read_one(page_2014(summary=f"{SUMMARY}Sisällys:\n\n{contents}\n\nSiinä se."))
    assert "heading_ambiguous" in codes(record)
    assert record.lines == record.accounted


def test_labels_in_prose_are_no_section_that_the_page_lacks(
    page_2014: Pages, read_one: Reader
) -> None:
    after = ("target_groups", "funding", "area", "indicators", "gender", "sustainability")
    prose = "Työtä tehdään.\n\nMaakunnat: Lappi\nKunnat: Inari\n\nSiinä se."
    record = read_one(page_2014(summary=SUMMARY + prose, final_report=None, **dict.fromkeys(after)))
    assert record.values["locations.municipality"].status is Status.ABSENT
    assert record.content("narratives.summary") == prose


# ---- section 8.1


def test_a_question_quoted_before_its_turn(page_2014: Pages, read_one: Reader) -> None:
    said = "Luvut on koottu.\nHankkeen päätavoite on sukupuolten tasa-arvon edistäminen: Kyllä"
    record = read_one(page_2014({"Luvut on koottu kylittäin.": said}))
    assert record.content("horizontal.gender_analysis.justification") == said
    assert record.content("horizontal.gender_mainstreaming") == "Kyllä"
    assert record.content("horizontal.gender_main_goal") == "Ei"


def test_the_next_question_quoted_is_told_by_its_answer(page_2014: Pages, read_one: Reader) -> None:
    quote = "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen: siitä kerrotaan edellä"
    record = read_one(page_2014({"Ryhmät ovat avoimia kaikille.": quote}))
    main_goal = record.content("horizontal.gender_main_goal")
    assert main_goal == "Ei" or "heading_ambiguous" in codes(record)


def test_the_answer_of_the_code_list_is_taken(page_2014: Pages, read_one: Reader) -> None:
    quote = "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen: siitä kerrotaan edellä"
    record = read_one(page_2014({"Ryhmät ovat avoimia kaikille.": quote}))
    assert record.content("horizontal.gender_main_goal") == "Ei"
    assert record.content("horizontal.gender_mainstreaming.justification") == quote


def test_an_answer_on_the_line_below_is_not_called_blank(
    page_2014: Pages, read_one: Reader
) -> None:
    record = read_one(page_2014({"näkökulmasta: Kyllä\n": "näkökulmasta:\nKyllä\n"}))
    assert record.values["horizontal.gender_analysis"].status is not Status.BLANK


def test_an_unanswered_question_keeps_its_justification(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(page_2014({"sukupuolinäkökulmasta: Kyllä": "sukupuolinäkökulmasta:"}))
    assert record.values["horizontal.gender_analysis"].status is Status.BLANK
    justification = record.content("horizontal.gender_analysis.justification")
    assert justification == "Luvut on koottu kylittäin."


def test_an_answer_below_its_label_counts_before_the_label_in_prose(
    page_2014: Pages, read_one: Reader
) -> None:
    label = "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta:"
    prose = f"{label} liitteenä on taulukko."
    record = read_one(
        page_2014({f"{label} Kyllä\n": f"{label}\nKyllä\n", "kylittäin.": f"kylittäin.\n{prose}"})
    )
    assert record.content("horizontal.gender_analysis") == "Kyllä"
    justification = str(record.content("horizontal.gender_analysis.justification"))
    assert justification.split("\n") == ["Luvut on koottu kylittäin.", prose]


# ---- section 8.2


@pytest.mark.parametrize(
    "line",
    [
        "Tasa-arvon edistäminen on meille tärkeää, pisteitä 10 10",
        "Kulttuuriympäristö paranee 5 5",
        "Kulttuuriympäristö",
        "hyvinvoinnin kasvu näkyy vuosina 2015 2016",
        "8 10",
        "10",
        "Materiaalit ja jätteet 3 3",
        "Ympäristöosaaminen 3 3",
        "Ekologinen kestävyys 3 4",
        "Ekologinen kestävyys",
        "Välitön vaikutus on 8, välillinen 10",
        "8.2 Kestävä kehitys",
        "9 Loppuraportin tiivistelmä",
        "Kestävä kehitys",
        "Natura 2000 -ohjelman kohteet 9 9",
    ],
)
def test_a_justification_that_looks_like_another_criterion(
    page_2014: Pages, read_one: Reader, line: str
) -> None:
    clean = read_values(read_one(page_2014()))
    for justification in (f"Naapurit tutustuvat.\n{line}", f"{line}\nNaapurit tutustuvat."):
        record = read_one(page_2014({"Naapurit tutustuvat.": justification}))
        expected = {**clean, "sustainability.wellbeing.justification": justification}
        assert read_values(record) == expected
        # A whole row in an author's text may be the real one.
        looks_like_a_row = [line] if line in ROWS_IN_TEXT else []
        assert [(f.code, f.raw) for f in record.findings] == [
            ("label_in_text", raw) for raw in looks_like_a_row
        ]


ROWS_IN_TEXT = {
    "Kulttuuriympäristö",
    "Materiaalit ja jätteet 3 3",
    "Ympäristöosaaminen 3 3",
    "Natura 2000 -ohjelman kohteet 9 9",
}


def test_the_next_criterion_named_without_scores_stays_prose(
    page_2014: Pages, read_one: Reader
) -> None:
    record = read_one(page_2014({"Naapurit tutustuvat.": "Tasa-arvon edistäminen"}))
    justification = record.content("sustainability.wellbeing.justification")
    assert justification == "Tasa-arvon edistäminen"
    assert record.content("sustainability.equality.direct") == 10
    assert [finding.code for finding in record.findings] == ["label_in_text"]


def test_a_justification_equal_to_the_next_criterion_is_said(
    page_2014: Pages, read_one: Reader
) -> None:
    record = read_one(page_2014({"Naapurit tutustuvat.": "Tasa-arvon edistäminen 3 3"}))
    assert "heading_ambiguous" in codes(record)
    assert record.content("sustainability.wellbeing.direct") == 8
    assert record.content("sustainability.social_cultural_equality.direct") == 7


def test_a_criterion_repeated_below_itself_is_said(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(page_2014({"Naapurit tutustuvat.": "Hyvinvoinnin edistäminen 1 2"}))
    assert record.content("sustainability.wellbeing.direct") == 8
    assert record.content("sustainability.wellbeing.indirect") == 10
    assert "heading_ambiguous" in codes(record)


@pytest.mark.parametrize("scores", ["8", "810", "- -"])
def test_scores_that_are_none_are_unreadable(
    page_2014: Pages, read_one: Reader, scores: str
) -> None:
    swap = {"Tasa-arvon edistäminen 10 9": f"Tasa-arvon edistäminen {scores}"}
    record = read_one(page_2014(swap))
    assert record.values["sustainability.equality.direct"].status is Status.UNREADABLE
    assert record.values["sustainability.equality.indirect"].status is Status.UNREADABLE
    assert codes(record) == ["value_unreadable", "value_unreadable"]


@pytest.mark.parametrize(
    "scores", ["10,5 9", "10-9", "10 -", "10 9 3", "10/10 9/10", "kyllä ei", ": 10 9"]
)
def test_a_criterion_line_with_other_scores_is_not_swallowed(
    page_2014: Pages, read_one: Reader, scores: str
) -> None:
    swap = {"Tasa-arvon edistäminen 10 9": f"Tasa-arvon edistäminen {scores}"}
    record = read_one(page_2014(swap))
    value = record.values["sustainability.equality.direct"]
    assert value.status in {Status.READ, Status.UNREADABLE} or record.findings


def test_a_criterion_without_scores_is_blank(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(page_2014({"Tasa-arvon edistäminen 10 9": "Tasa-arvon edistäminen"}))
    assert record.values["sustainability.equality.direct"].status is Status.BLANK
    assert record.values["sustainability.equality.indirect"].status is Status.BLANK


def test_scores_cell_by_cell_below_their_label(page_2014: Pages, read_one: Reader) -> None:
    lines = page_2014()
    lines = re.sub(r"(?m)^(.*[a-zä)]) (\d+) (\d+)$", r"\1\n\2\n\3", lines)
    assert "Tasa-arvon edistäminen\n10\n9\n" in lines
    assert read_values(read_one(lines)) == read_values(read_one(page_2014()))


def test_scores_on_one_line_below_their_label(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(page_2014({"edistäminen 10 9": "edistäminen\n10 9"}))
    assert record.content("sustainability.equality.direct") == 10


def test_scores_in_a_table_with_one_header(
    page_2014: Pages, read_one: Reader, to_html: Callable[..., str]
) -> None:
    text = page_2014()
    record = read_one(to_html(text, table=True), "html")
    assert read_values(record) == read_values(read_one(text))
    assert record.findings == []


def test_a_header_row_of_each_dimension(page_2014: Pages, read_one: Reader) -> None:
    heads = {"\nTaloudellinen kestävyys\n": "\nTaloudellinen kestävyys\tVälitön\tVälillinen\n"}
    record = read_one(page_2014(heads))
    justification = record.values["sustainability.natura_2000.justification"]
    assert justification.status is Status.BLANK
    assert record.findings == []


# ---- headings


def test_technical_support_moves_the_numbers(page_2007: Pages, read_one: Reader) -> None:
    funding = page_2007().partition("7. Projektin")[2].partition("\n\n8. ")[0]
    page = page_2007(
        {
            "2: Työllistymisen edistäminen": "5: Tekninen tuki",
            "Projekti, jossa on henkilöitä mukana": "Tiedotus ja viestintä",
        },
        area="3. Projektin toteutusalue ja kohderyhmän kuvaus\n\nKoko maan väki.\n\nHallinto.",
        target_groups=None,
        participants=None,
        results=None,
        summary=None,
        dissemination=None,
        funding=f"4. Projektin{funding}",
        classification=None,
        final_report=None,
    )
    record = read_one(page)
    assert record.content("narratives.target_groups") == "Koko maan väki.\n\nHallinto."
    assert record.content("funding.eu_and_state.planned") == 37500.0
    assert record.content("funding.public_total.realised") == 49900.0
    assert record.values["indicators.participants.planned"].status is Status.NOT_APPLICABLE
    assert record.findings == []
    assert record.lines == record.accounted


def test_headings_without_numbers(page_2014: Pages, read_one: Reader) -> None:
    text = page_2014()
    bare = re.sub(r"(?m)^\d(\.\d)? (?=[A-Z])", "", text)
    assert "\nKestävä kehitys\n" in bare
    assert read_values(read_one(bare)) == read_values(read_one(text))


def test_where_headings_have_numbers_a_title_without_one_is_prose(
    page_2014: Pages, read_one: Reader
) -> None:
    said = "Lajittelua opitaan.\n\nLoppuraportin tiivistelmä\n\nSe seuraa."
    record = read_one(page_2014({"Lajittelua opitaan yhdessä.": said}))
    assert record.content("sustainability.environmental_competence.justification") == said
    report = record.content("narratives.final_report")
    assert report == "Ovet avattiin, ja osa kulkijoista löysi töitä."
    assert record.findings == []


def test_headings_with_other_numbers(page_2014: Pages, read_one: Reader) -> None:
    text = page_2014()
    moved = re.sub(r"(?m)^(\d)((\.\d)? [A-Z])", lambda met: f"{int(met[1]) + 3}{met[2]}", text)
    assert "\n11.2 Kestävä kehitys\n" in moved
    assert read_values(read_one(moved)) == read_values(read_one(text))


def test_a_number_on_the_line_above_its_heading(page_2014: Pages, read_one: Reader) -> None:
    text = page_2014()
    parted = text.replace("9 Loppuraportin", "9\nLoppuraportin").replace("8.2 Kes", "8.2\n\nKes")
    assert read_values(read_one(parted)) == read_values(read_one(text))


@pytest.mark.parametrize(
    "heading", ["2 Hakijan perustiedot\n\n", "5 Projektin julkinen rahoitus, euroa\n\n"]
)
def test_a_heading_lost_above_its_labels(page_2014: Pages, read_one: Reader, heading: str) -> None:
    text = page_2014()
    assert read_values(read_one(page_2014({heading: ""}))) == read_values(read_one(text))


def test_a_heading_lost_above_prose_leaves_the_prose_reported(
    page_2014: Pages, read_one: Reader
) -> None:
    record = read_one(page_2014({SUMMARY: ""}))
    assert record.values["narratives.summary"].status is Status.ABSENT
    assert record.content("projects.applicant_arrangement") == "Vain yksi hakija"
    assert "Mallilassa avataan ovia" in str(quoted(record, "unrecognised_line"))
    assert SUMMARY.strip() in str(quoted(record, "section_missing"))


@pytest.mark.parametrize("part", ["funding", "area", "indicators", "gender", "sustainability"])
def test_a_missing_section_is_absent_and_reported(
    page_2014: Pages, read_one: Reader, part: str
) -> None:
    whole, without = page_2014(), page_2014(**{part: None})
    lost = {line for line in whole.split("\n") if line not in without.split("\n")}
    record = read_one(without)
    values, clean = read_values(record), read_values(read_one(whole))
    assert values.items() <= clean.items()
    assert len(values) < len(clean)
    (missing,) = quoted(record, "section_missing")
    titles = [line for line in lost if re.match(r"\d\.?\d? ", line) and line[0] != "8"]
    assert all(title in str(missing) for title in titles)


def test_prose_above_the_first_subsection_is_not_lost(page_2007: Pages, read_one: Reader) -> None:
    heading = "3. Projektin toteutusalue ja kohderyhmän kuvaus"
    record = read_one(page_2007({heading: f"{heading}\n\nIrtolause tässä."}))
    assert record.content("locations.municipality.1") == "Loimaa"
    kept = "Irtolause tässä." in str(record.content("narratives.target_groups"))
    reported = "Irtolause tässä." in str(quoted(record, "unrecognised_line"))
    assert kept or reported
    assert "Alkavat yrittäjät." in str(record.content("narratives.target_groups"))


# ---- tops, several descriptions, other funds


def test_a_page_without_banner(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(page_2014(banner=None))
    assert read_values(record) == read_values(read_one(page_2014()))
    assert record.findings == []


def test_a_page_without_title_has_no_fund_and_says_so(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(page_2014(banner=None, title=None))
    clean = read_values(read_one(page_2014()))
    assert clean.pop("projects.fund") == "ESR"
    assert read_values(record) == clean
    assert record.values["projects.fund"].status is Status.ABSENT
    assert codes(record) == ["title_absent"]


@pytest.mark.parametrize("pages", ["page_2014", "page_2007"])
def test_the_title_names_the_fund(
    request: pytest.FixtureRequest, read_one: Reader, pages: str
) -> None:
    page = request.getfixturevalue(pages)
    text = page({"sosiaalirahaston (ESR)": "aluekehitysrahaston (EAKR)"})
    assert read_one(text).content("projects.fund") == "EAKR"


def test_several_descriptions_in_one_file(
    page_2014: Pages,
    page_2007: Pages,
    page_english: Pages,
    read_one: Reader,
    read_all: Callable[..., list[Record]],
) -> None:
    pages = [
        page_2007(),
        page_2014(),
        page_english(),
        page_2014({"S99901": "S99903"}, banner=None, title=None),
    ]
    records = read_all("\n\n".join(pages))
    assert [(r.form, r.language, r.code) for r in records] == [
        ("eura2007", "fi", "S98801"),
        ("eura2014", "fi", "S99901"),
        ("eura2014", "en", "S99902"),
        ("eura2014", "fi", "S99903"),
    ]
    for record, page in zip(records, pages, strict=True):
        assert read_values(record) == read_values(read_one(page))
        assert record.lines == record.accounted


def test_lines_around_a_description_are_reported(page_2014: Pages, read_one: Reader) -> None:
    record = read_one("Siirry sisältöön\n\nHaku\n\n" + page_2014())
    assert quoted(record, "unrecognised_line") == ["Siirry sisältöön\nHaku"]
    assert read_values(record) == read_values(read_one(page_2014()))
    assert record.lines == record.accounted == 88


@pytest.mark.parametrize("text", ["", "Pelkkää proosaa.\n", "1 Hanke\n\n2 Hakijan perustiedot\n"])
def test_no_description(read_all: Callable[..., list[Record]], text: str) -> None:
    assert read_all(text) == []


@pytest.mark.parametrize(
    "rest", ["", "\n\n1 Hanke", "\n\nSivu katkesi.", "\n\n2 Hakijan perustiedot"]
)
def test_a_title_alone_is_a_description_without_code(
    read_one: Reader, page_2014: Pages, rest: str
) -> None:
    title = page_2014().split("\n")[2]
    record = read_one(title + rest)
    assert record.code is None
    assert read_values(record) == {
        "projects.programme_period": "2014-2020",
        "projects.fund": "ESR",
    }
    assert record.lines == record.accounted


def test_the_title_once_more_at_the_end(
    page_2014: Pages, read_all: Callable[..., list[Record]]
) -> None:
    title = page_2014().split("\n")[2]
    first, *_ = read_all(page_2014() + f"\n\n{title}\n")
    assert first.code == "S99901"
    assert first.content("funding.public_total.planned") == 57634.0


# ---- half pages


@pytest.mark.parametrize("pages", ["page_2014", "page_2007", "page_english"])
def test_half_pages_invent_nothing(
    request: pytest.FixtureRequest, read_all: Callable[..., list[Record]], pages: str
) -> None:
    text = request.getfixturevalue(pages)()
    (whole,) = read_all(text, contacts=True)
    full = read_values(whole)
    lines = text.split("\n")
    for at in range(0, len(lines), 2):
        cut = "\n".join(lines[:at])
        for record in read_all(cut, contacts=True):
            assert record.lines == record.accounted == sum(bool(li.strip()) for li in lines[:at])
            for name, content in read_values(record).items():
                if name.startswith("narratives.") or name.endswith(".justification"):
                    assert str(full[name]).startswith(str(content))
                else:
                    assert content == full[name]


@pytest.mark.parametrize("pages", ["page_2014", "page_2007", "page_english"])
def test_pages_cut_inside_a_line_are_read(
    request: pytest.FixtureRequest, read_all: Callable[..., list[Record]], pages: str
) -> None:
    text = request.getfixturevalue(pages)()
    for at in range(0, len(text), 41):
        for record in read_all(text[:at]):
            assert record.lines == record.accounted
            assert record.lines == sum(bool(line.strip()) for line in text[:at].split("\n"))
            if record.code is not None:
                assert record.code == text.partition(": ")[2][:6]


def test_bottom_halves_invent_nothing(
    page_2014: Pages, read_all: Callable[..., list[Record]]
) -> None:
    text = page_2014()
    (whole,) = read_all(text)
    lines = text.split("\n")
    for at in range(0, len(lines), 3):
        for record in read_all("\n".join(lines[at:])):
            assert read_values(record).items() <= read_values(whole).items()
            assert record.lines == record.accounted


def test_half_an_html_page(
    page_2014: Pages, read_all: Callable[..., list[Record]], to_html: Callable[..., str]
) -> None:
    source = to_html(page_2014(), table=True)
    for at in range(0, len(source), 97):
        for record in read_all(source[:at], "html"):
            assert record.lines == record.accounted


# ---- labels


def test_an_unknown_label_is_reported_with_its_words(page_2014: Pages, read_one: Reader) -> None:
    clean = read_values(read_one(page_2014()))
    record = read_one(page_2014({"Toiminnan tila:": "Hankkeen väri: sininen\n\nToiminnan tila:"}))
    (finding,) = record.findings
    assert (finding.code, finding.line, finding.raw) == (
        "unrecognised_line",
        17,
        "Hankkeen väri: sininen",
    )
    assert read_values(record) == clean


def test_a_label_repeated_is_reported_and_the_first_taken(
    page_2014: Pages, read_one: Reader
) -> None:
    record = read_one(
        page_2014({"Maakunnat: Kymen": "Toiminnan tila: x\n\nMaakunnat: Lappi\n\nMaakunnat: Kymen"})
    )
    assert record.content("locations.region.0") == "Lappi"
    assert "locations.region.1" not in record.values
    assert {(f.code, f.field, f.raw) for f in record.findings} == {
        ("unrecognised_line", None, "Toiminnan tila: x"),
        ("label_repeated", "locations.region", "Maakunnat: Kymenlaakso, Etelä-Karjala"),
    }


def test_a_value_that_runs_on_is_one(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(page_2014({"Sillat: työhön ja takaisin!": "Sillat: työhön\nja takaisin!"}))
    assert record.content("projects.name") == "Sillat: työhön ja takaisin!"
    assert record.values["projects.name"].raw == "Sillat: työhön\nja takaisin!"


def test_spelling_of_labels_bends_where_pages_do(page_2014: Pages, read_one: Reader) -> None:
    text = page_2014()
    bent = (
        text.replace("siirto -menettely:", "siirto –menettely :")
        .replace("Hankkeen nimi:", "  Hankkeen\u00a0 nimi:\u00a0")
        .replace("Kunnat: ", "Kunnat:")
        .replace("sähköpostisoite", "sähköpostiosoite")
    )
    assert read_values(read_one(bent, contacts=True)) == read_values(read_one(text, contacts=True))


def test_values_are_kept_as_they_stand(page_2014: Pages, read_one: Reader) -> None:
    values = read_values(read_one(page_2014()))
    assert values["projects.name"] == "Sillat: työhön ja takaisin!"
    assert values["projects.postal_code"] == "00420"
    assert values["projects.city"] == "MALLILA"
    assert "projects.website" not in values


def test_the_site_has_its_own_address(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(
        page_2014(
            {"Jakeluosoite:\n\nPostinumero:\n": "Jakeluosoite: Ranta 2\n\nPostinumero: 48100\n"}
        )
    )
    assert record.content("locations.site.street_address") == "Ranta 2"
    assert record.content("locations.site.postal_code") == "48100"
    assert record.values["locations.site.city"].status is Status.BLANK
    assert record.content("projects.street_address") == "Mallitie 1 A"


# ---- partners and places

JOINT = "Hakijoita on useampi kuin yksi (yhteishanke)"


def partners(record: Record) -> list[tuple[object, object, object]]:
    found = []
    while f"partners.{len(found)}.role" in record.values:
        at = f"partners.{len(found)}"
        found.append(tuple(record.content(f"{at}.{c}") for c in ("role", "name", "business_id")))
    return found  # type: ignore[return-value]


def test_partners_with_commas_and_slashes(page_2014: Pages, read_one: Reader) -> None:
    listed = f"""{JOINT}

Osatoteuttajat

Lounais-Suomen koulutuskuntayhtymä, Novida ammattiopisto ja lukio, 0204023-3

Mallilan kaupunki/sivistys, nuoret, 7654321-2
Kylä & Pojat Oy, 1234567-1

Tuen siirronsaajat

Opisto Pää+ ry, 7654321-2"""
    record = read_one(page_2014({"Vain yksi hakija": listed}))
    assert record.content("projects.applicant_arrangement") == JOINT
    assert partners(record) == [
        (
            "co_organiser",
            "Lounais-Suomen koulutuskuntayhtymä, Novida ammattiopisto ja lukio",
            "0204023-3",
        ),
        ("co_organiser", "Mallilan kaupunki/sivistys, nuoret", "7654321-2"),
        ("co_organiser", "Kylä & Pojat Oy", "1234567-1"),
        ("subsidy_transferee", "Opisto Pää+ ry", "7654321-2"),
    ]
    assert "partners.co_organiser" not in record.values
    assert record.findings == []


def test_a_partner_list_without_entries_is_blank(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(page_2014({"Vain yksi hakija": f"{JOINT}\n\nOsatoteuttajat\n\n\n"}))
    value = record.values["partners.co_organiser"]
    assert value.status is Status.BLANK
    assert value.span is not None
    assert record.values["partners.subsidy_transferee"].status is Status.ABSENT
    assert partners(record) == []
    assert record.content("narratives.summary") is not None


def test_a_partner_whose_number_is_broken_is_reported(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(
        page_2014({"Vain yksi hakija": f"{JOINT}\n\nOsatoteuttajat\n\nOpisto, 12-34"})
    )
    assert partners(record) == [("co_organiser", "Opisto", None)]
    assert record.values["partners.0.business_id"].status is Status.UNREADABLE
    assert codes(record) == ["value_unreadable"]


def test_a_partner_without_number(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(
        page_2014({"Vain yksi hakija": f"{JOINT}\n\nOsatoteuttajat\n\nOpisto, Mallila"})
    )
    assert partners(record) == [("co_organiser", "Opisto, Mallila", None)]
    assert record.values["partners.0.business_id"].status is Status.BLANK


@pytest.mark.parametrize("line", ["Opisto 7654321-2", "Opisto, 7654321-2,", "Opisto (7654321-2)"])
def test_a_partner_number_is_not_called_blank(
    page_2014: Pages, read_one: Reader, line: str
) -> None:
    record = read_one(page_2014({"Vain yksi hakija": f"{JOINT}\n\nOsatoteuttajat\n\n{line}"}))
    assert record.values["partners.0.business_id"].status is not Status.BLANK


def test_an_empty_applicant_arrangement(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(page_2014({"menettely: Vain yksi hakija": "menettely:"}))
    assert record.values["projects.applicant_arrangement"].status is Status.BLANK
    assert record.findings == []


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Kunnat: Koski, Tl, Loimaa", ["Koski, Tl", "Loimaa"]),
        ("Kunnat: Loimaa, Koski, Tl", ["Loimaa", "Koski, Tl"]),
        ("Kunnat: Koski,\u00a0Tl", ["Koski, Tl"]),
        ("Kunnat: Loimaa,\nKoski, Tl,\nTurku", ["Loimaa", "Koski, Tl", "Turku"]),
        # In the official form as a person may write it; nothing else is divided by the word.
        ("Kunnat: Loimaa, Koski, Tl ja Turku", ["Loimaa", "Koski, Tl", "Turku"]),
        (
            "Kunnat: Pohjois- ja Itä-Suomi, Turku sekä Loimaa",
            ["Pohjois- ja Itä-Suomi", "Turku", "Loimaa"],
        ),
        ("Kunnat: Loimaa,, Turku,", ["Loimaa", "Turku"]),
    ],
)
def test_municipalities(page_2007: Pages, read_one: Reader, written: str, names: list[str]) -> None:
    record = read_one(page_2007({"Kunnat: Koski, Tl, Loimaa": written}))
    found = [v for n, v in read_values(record).items() if n.startswith("locations.municipality.")]
    assert found == names


def test_a_project_of_the_whole_country(page_2007: Pages, read_one: Reader) -> None:
    places = "Maakunnat: Varsinais-Suomi\n\nSeutukunnat: Loimaan\n\nKunnat: Koski, Tl, Loimaa"
    record = read_one(page_2007({places: "Valtakunnallinen projekti"}))
    found = {n: c for n, c in read_values(record).items() if n.startswith("locations.")}
    assert found == {"locations.country.0": "Suomi"}
    assert record.values["locations.country.0"].raw == "Valtakunnallinen projekti"
    assert record.values["locations.region"].status is Status.ABSENT
    assert record.findings == []


def test_a_dash_in_place_of_a_municipality_is_no_place(page_2014: Pages, read_one: Reader) -> None:
    record = read_one(page_2014({"Kunnat: Kotka, Hamina": "Kunnat: -"}))
    assert record.values["locations.municipality"].status is Status.BLANK


# ---- the English form


@pytest.mark.parametrize("sign", ["'", "\u2019"])
def test_apostrophes_of_the_english_form(page_english: Pages, read_one: Reader, sign: str) -> None:
    text = page_english().replace("\u2019", "'").replace("'", sign)
    values = read_values(read_one(text, contacts=True))
    assert {n: c for n, c in values.items() if n.startswith("contacts.")} == {
        "contacts.0.name": NAME,
        "contacts.0.position": "Manager",
        "contacts.0.email": EMAIL,
        "contacts.0.phone": PHONE,
    }
    assert values["projects.priority_axis"] == 3
    assert values["projects.status"] == "Ended"
    assert partners(read_one(text)) == [
        ("co_organiser", "Model Town, Education/Youth", "7654321-2")
    ]


def test_sections_never_seen_in_english_are_reported(page_english: Pages, read_one: Reader) -> None:
    unseen = "4 Target groups\n\n4.1 Direct\n\nYoung people.\n\n5 Funding\n\nGranted: 46 434"
    record = read_one(f"{page_english()}\n\n{unseen}")
    assert record.content("narratives.summary") == "The project opens doors."
    said = "\n".join(str(raw) for raw in quoted(record, "unrecognised_line"))
    for line in filter(None, unseen.split("\n")):
        assert line in said
    assert record.values["funding.eu_and_state.planned"].status is Status.ABSENT
    assert record.lines == record.accounted


def test_english_prose_may_begin_with_a_year_or_another_number(
    page_english: Pages, read_one: Reader
) -> None:
    record = read_one(f"{page_english()}\n2016 was spent on plans.\n12 villages took part.\n4.")
    assert str(record.content("narratives.summary")).endswith("12 villages took part.\n4.")
    assert record.findings == []


# ---- personal data


def leaks(said: object, words: tuple[str, ...] = WORDS) -> list[str]:
    """Words of the contact person in whatever is kept."""
    held = pickle.dumps(said).decode("latin-1") + repr(said)
    return [word for word in words if word in held]


@pytest.mark.slow
@pytest.mark.parametrize("pages", ["page_2014", "page_2007", "page_english"])
@pytest.mark.parametrize("format_", ["text", "html"])
def test_contact_persons_are_nowhere(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    to_html: Callable[..., str],
    pages: str,
    format_: str,
) -> None:
    text = request.getfixturevalue(pages)()
    source = tmp_path / "page"
    source.write_text(to_html(text) if format_ == "html" else text, encoding="utf-8")
    portfolio = esrdata.read(source)
    code = portfolio.projects["project_code"][0]
    shown = []
    for field in portfolio.provenance["field"]:
        explanation = portfolio.explain(code, field)
        shown.append(f"{explanation}{explanation._repr_html_()}")
    assert leaks([portfolio.tables, shown, repr(portfolio), portfolio.overview()]) == []
    assert leaks(portfolio) == []
    assert "050 7654321" not in "".join(shown)
    with pytest.raises(AttributeError, match="contacts=True"):
        _ = portfolio.contacts
    # the same page read with leave
    portfolio = esrdata.read(source, contacts=True)
    (contact,) = portfolio.contacts.to_dict("records")
    assert str(contact["name"]).casefold().split() in (
        ["testinen", "taina", "tuulikki"],
        ["taina", "testinen"],
    )
    assert (contact["email"], contact["phone"]) == (EMAIL, PHONE)
    assert leaks(portfolio, ("050 7654321",)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(f"nimi: {NAME}", f"nimi:\n{NAME}", id="on the next line"),
        pytest.param(
            f"nimi: {NAME}",
            f"nimi:\n\n{NAME}",
            id="below a blank line",
        ),
        pytest.param(
            f"nimi: {NAME}",
            f"nimi: Matti Mallinen\n\nHankkeen yhteyshenkilön nimi: {NAME}",
            id="a second person",
        ),
        pytest.param(
            f"nimi: {NAME}",
            f"nimi: Matti Mallinen\n\n{NAME}, varalla",
            id="a second person without a label",
        ),
        pytest.param(
            f"Hankkeen yhteyshenkilön nimi: {NAME}",
            f"Toisen yhteyshenkilön nimi: {NAME}",
            id="a label never seen",
        ),
        pytest.param(
            f"nimi: {NAME}",
            "nimi:\n\nTESTINEN\n\nTaina Tuulikki",
            id="on two lines below a blank one",
        ),
        pytest.param(
            f"nimi: {NAME}",
            f"nimi: Matti Mallinen\n\nProjektipäällikkö: {NAME}",
            id="an unknown label that names no person's data",
        ),
        pytest.param(
            f"Hankkeen yhteyshenkilön nimi: {NAME}",
            f"{NAME}\n\nHankkeen yhteyshenkilön nimi: Matti Mallinen",
            id="above the labels",
        ),
        pytest.param(
            f"sähköpostisoite: {EMAIL}",
            f"sähköpostisoite: \n\n{EMAIL}",
            id="e-mail below a blank line",
        ),
        pytest.param(
            f"puhelinnumero: {PHONE}", f"puhelinnumero:\n\n{PHONE}", id="phone below a blank line"
        ),
    ],
)
def test_contact_persons_in_odd_places_are_not_quoted(
    page_2014: Pages, read_one: Reader, old: str, new: str
) -> None:
    record = read_one(page_2014({old: new}))
    assert leaks([record.values, record.findings]) == []
    assert record.lines == record.accounted


@pytest.mark.parametrize(
    "written",
    [
        "taina.testinen(at)example.org",
        "taina.testinen@example.org",
        "taina.testinen (at) example.org",
        "Taina.Testinen[at]example.org",
        "040 1234567",
        "+358 40 1234567",
        "040-1234567",
        "(040) 123 4567",
    ],
)
def test_addresses_in_lines_nobody_knows_are_masked(
    page_2014: Pages, read_one: Reader, written: str
) -> None:
    heading = "2 Hakijan perustiedot"
    record = read_one(page_2014({heading: f"Kysy lisää: {written} heti\n\n{heading}"}))
    (raw,) = quoted(record, "unrecognised_line")
    assert str(raw).startswith("Kysy lisää:")
    assert str(raw).endswith("heti")
    assert leaks(raw, ("estinen", "example.org", "1234567", "4567", "40 123")) == []


def test_a_phone_that_comes_once_is_the_persons(page_2007: Pages, read_one: Reader) -> None:
    record = read_one(page_2007({"Puhelinnumero: 050 7654321\n\n": ""}), contacts=True)
    assert record.content("contacts.0.phone") == PHONE


# ---- places


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Postinumero: 4810\n", "postal_code_form"),
        ("Postinumero:\n\nPostinumero:\n", "label_repeated"),
    ],
)
def test_a_finding_about_the_site_does_not_stop_the_reading(
    page_2014: Pages, tmp_path: Path, written: str, code: str
) -> None:
    source = tmp_path / "page.txt"
    site = "Jakeluosoite:\n\nPostinumero:\n"
    source.write_text(page_2014({site: site.replace("Postinumero:\n", written)}), encoding="utf-8")
    portfolio = esrdata.read(source)
    assert portfolio.issues["code"].tolist() == [code]


def test_every_field_can_be_explained(page_2014: Pages, tmp_path: Path) -> None:
    source = tmp_path / "page.txt"
    source.write_text(page_2014(), encoding="utf-8")
    portfolio = esrdata.read(source)
    for field in portfolio.provenance["field"]:
        assert field in str(portfolio.explain("S99901", field))


@pytest.mark.parametrize("pages", ["page_2014", "page_2007", "page_english"])
@pytest.mark.parametrize("format_", ["text", "html"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_every_value_stands_where_it_is_said_to(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    to_html: Callable[..., str],
    pages: str,
    format_: str,
    encoding: str,
) -> None:
    text = request.getfixturevalue(pages)().replace("kaikille", "äiti & lapsi")
    source = to_html(text, table=True) if format_ == "html" else text
    path = tmp_path / "page"
    path.write_bytes(source.replace("\n", "\r\n").encode(encoding))
    portfolio = esrdata.read(path, contacts=True)
    rows = portfolio.provenance.to_dict("records")
    placed = [row for row in rows if isinstance(row["raw"], str)]
    assert len(placed) > 20
    for row in placed:
        assert source[row["start"] : row["end"]] == row["raw"]
        assert row["line"] == source.count("\n", 0, row["start"]) + 1
        assert row["page"] == 1
    # a dash for an answer has its place too; a true blank has one without extent
    blank = {row["field"]: row for row in rows if row["status"] == "blank"}
    assert all(r["start"] == r["end"] for r in blank.values() if not isinstance(r["raw"], str))
    (file,) = portfolio.files.to_dict("records")
    assert file["lines"] == file["lines_accounted"]
    assert file["format"] == format_


def test_a_blank_stands_on_the_line_of_its_label(page_2014: Pages, read_one: Reader) -> None:
    text = page_2014()
    record = read_one(text)
    lines = text.split("\n")
    for field, label in {
        "projects.website": "WWW-osoite:",
        "locations.site.street_address": "Jakeluosoite:",
        "locations.site.city": "Postitoimipaikka:",
        "sustainability.climate_risks.justification": "Ilmastonmuutoksen aiheuttamien riskien "
        "vähentäminen 0 2",
    }.items():
        span = record.values[field].span
        assert span is not None
        assert lines[span.line - 1] == label
        assert text[: span.start].endswith(label)


# ---- anything at all


def mutilated(text: str) -> st.SearchStrategy[str]:
    lines = st.sampled_from(text.split("\n"))
    bits = st.one_of(
        lines,
        lines,
        st.builds(lambda line, at: line[:at], lines, st.integers(0, 40)),
        st.builds(lambda line, at: line[at:], lines, st.integers(0, 40)),
        st.text(alphabet="1 .:,-äA\t\x0c\u00a0", max_size=6),
    )
    return st.lists(bits, max_size=40).map("\n".join)


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_no_page_makes_the_reader_fail(
    page_2014: Pages,
    page_2007: Pages,
    page_english: Pages,
    read_all: Callable[..., list[Record]],
    data: st.DataObject,
) -> None:
    whole = "\n".join([page_2014(), page_2007(), page_english()])
    text = data.draw(mutilated(whole))
    head = data.draw(st.sampled_from([page_2014()[:120], page_2007()[:120], ""]))
    for format_ in ("text", "html"):
        source = head + "\n" + text
        if format_ == "html":
            source = "<p>" + source.replace("\n\n", "<p>").replace("\n", "<br>")
        records = read_all(source, format_)
        for record in records:
            assert record.lines == record.accounted
            for value in record.values.values():
                if value.span is not None and value.raw is not None:
                    assert source[value.span.start : value.span.end] == value.raw
        if records and format_ == "text":
            assert sum(r.lines for r in records) == sum(bool(s.strip()) for s in source.split("\n"))


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.randoms(use_true_random=False))
def test_shuffled_lines_are_all_accounted_for(
    page_2014: Pages, read_all: Callable[..., list[Record]], seed: object
) -> None:
    lines = page_2014().split("\n")
    seed.shuffle(lines)  # type: ignore[attr-defined]
    for record in read_all("\n".join(lines)):
        assert record.lines == record.accounted


# ---- time


@pytest.mark.parametrize(
    "swap",
    [
        {"Luvut on koottu kylittäin.": "\n".join(["8.2 Kestävä kehitys"] * 300)},
        {"Naapurit tutustuvat.": "\n".join(["Kulttuuriympäristö 3 3"] * 300)},
        {"Toiminnan tila:": "\n" * 20000 + "Toiminnan tila:"},
        {"Naapurit tutustuvat.": " \t" * 20000 + "x"},
        pytest.param(
            {"Toiminnan tila:": "a" * 12000 + "\n\nToiminnan tila:"},
        ),
    ],
    ids=["headings", "criteria", "blank lines", "white space", "one long word"],
)
def test_odd_pages_are_read_in_time(
    page_2014: Pages, read_one: Reader, swap: dict[str, str]
) -> None:
    text = page_2014(swap)
    began = time.process_time()
    assert read_one(text).code == "S99901"
    assert time.process_time() - began < 10
