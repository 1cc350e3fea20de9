"""Plausibility: who is asked, who is doubtful and by what, and the figures without them."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pages import chapters, eura2014_page, read_pages

import esrdata
from esrdata import Population, Portfolio, UsageError, stats
from esrdata.errors import KnowledgeError
from esrdata.knowledge import load
from esrdata.present.model import Content, Section, Table
from esrdata.stats.remembered import remembering
from esrdata.tables import plausibility as rules
from esrdata.tables.conditions import Facts
from esrdata.tables.plausibility import judge

HEADING = (
    "Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,"
    "Myönnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion rahoitus,"
    "Suunniteltu julkinen rahoitus yhteensä,Toteutunut julkinen rahoitus yhteensä"
)
ENDED, RUNNING, INTERRUPTED = "Toiminta päättynyt", "Toiminnassa", "Keskeytynyt"
PLAIN = ("900", "800", "1000", "850")


def row(
    number: int,
    sums: Sequence[str] = PLAIN,
    *,
    status: str = ENDED,
    dates: tuple[str, str] = ("1.1.2016", "31.12.2016"),
    name: str | None = None,
    axis: str = "5",
) -> str:
    """A row of a list; the four sums are granted, realised, planned and realised."""
    cells = [f"S2{number:04}", "ESR", name or f"Hanke {number}", axis, "Hämeen ELY-keskus", status]
    return ";".join([*cells, *dates, f"Toteuttaja {number} ry", *sums])


def listed(tmp_path: Path, *rows: str, name: str = "list-2018-01-01.csv") -> Portfolio:
    text = "\n".join([HEADING.replace(",", ";"), *rows]) + "\n"
    (tmp_path / name).write_text(text, encoding="utf-8")
    return esrdata.read(tmp_path / name)


def counts(portfolio: Portfolio, check: str, **more: object) -> tuple[int, int]:
    """How many are asked, and how many are doubtful."""
    (found,) = stats.plausibility(portfolio, check, **more).itertuples()  # type: ignore[arg-type]
    return found.n, found.n_doubtful


# A rule, a row that is doubtful by it, and rows that are not, each with whether it is asked.
CASES = {
    "negative_sum": (
        row(1, ("900", "-5", "1000", "0")),
        [(row(2, ("900", "0", "1000", "0")), True), (row(3, ("", "", "", "")), False)],
    ),
    "zero_grant": (
        row(1, ("0", "0", "1000", "0")),
        [(row(2, ("0,01", "0", "1000", "0")), True), (row(3, ("", "0", "1000", "0")), False)],
    ),
    "grant_without_plan": (
        row(1, ("900", "0", "0", "0")),
        [(row(2), True), (row(3, ("0", "0", "0", "0")), False)],
    ),
    "grant_without_plan, blank": (
        row(1, ("900", "0", "", "0")),
        [(row(2), True), (row(3, ("", "0", "", "0")), False)],
    ),
    "running_past_end": (
        # The list is of 1.1.2018; 366 days before it was 31.12.2016, 365 days 1.1.2017.
        row(1, status=RUNNING, dates=("1.1.2016", "31.12.2016")),
        [(row(2, status=RUNNING, dates=("1.1.2016", "1.1.2017")), True), (row(3), False)],
    ),
    "ended_with_nothing_realised": (
        row(1, ("900", "0", "1000", "0")),
        [
            (row(2, ("900", "0", "1000", "0,01")), True),
            (row(3, ("900", "0", "1000", "0"), status=INTERRUPTED), False),
            (row(4, ("0", "0", "0", "0")), False),
            (row(5, ("900", "", "1000", "")), False),
        ],
    ),
    "realised_above_granted": (
        row(1, ("900", "901,01", "1000", "1000")),
        # A cent, and a euro, are the rounding of lists.
        [
            (row(2, ("900", "900,01", "1000", "1000")), True),
            (row(3, ("900", "901", "1000", "1000")), True),
            (row(4, ("", "", "1000", "")), False),
        ],
    ),
    "realised_above_granted, all public funding": (
        row(1, ("900", "900", "1000", "1050,01")),
        [(row(2, ("900", "900", "1000", "1050")), True)],
    ),
    "eu_and_state_above_public_total": (
        row(1, ("1001,01", "0", "1000", "0")),
        [(row(2, ("1001", "0", "1000", "0")), True)],
    ),
    "end_before_start": (
        row(1, dates=("2.1.2016", "1.1.2016")),
        [(row(2, dates=("1.1.2016", "1.1.2016")), True), (row(3, dates=("1.1.2016", "")), False)],
    ),
    "outside_programme_period": (
        row(1, dates=("31.12.2013", "1.1.2016")),
        [(row(2, dates=("1.1.2014", "31.12.2023")), True)],
    ),
    "outside_programme_period, late": (row(1, dates=("1.1.2016", "1.1.2024")), []),
    "duplicated": (
        "\n".join([row(1, name="Silta"), row(1, name="SILTA ").replace("S20001", "S20009")]),
        [(row(2, name="Silta"), True), (row(3, ("0", "0", "0", "0")), False)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_who_is_asked_and_who_is_doubtful(tmp_path: Path, case: str) -> None:
    check = case.partition(",")[0]
    doubtful, others = CASES[case]
    portfolio = listed(tmp_path, doubtful, *(text for text, _ in others))
    caught = len(doubtful.splitlines())
    assert counts(portfolio, check) == (caught + sum(asked for _, asked in others), caught)
    found = stats.doubtful(portfolio, check)
    assert found["project_code"].tolist() == [f"S2{n}" for n in ("0001", "0009")[:caught]]


def test_every_rule_has_a_case() -> None:
    tested = {case.partition(",")[0] for case in CASES} | {"far_above_median"}
    # Lists always state their period; see the web pages below.
    assert {*load.plausibility()} == tested | {"outside_every_period"}


def test_a_hundred_times_the_median_of_its_kind(tmp_path: Path) -> None:
    alike = [row(n, ("900", "0", "1000", "0")) for n in range(1, 20)]
    # The 20 sums of axis 5 are 1,000 but one: the median and both quartiles are 1,000.
    just = listed(tmp_path, *alike, row(50, ("900", "0", "100000", "0")))
    assert counts(just, "far_above_median") == (20, 0)
    over = row(50, ("900", "0", "100000,01", "0"))
    found = stats.doubtful(listed(tmp_path, *alike, over), "far_above_median")
    assert found["values"].tolist() == ["funding.public_total.planned = 100000.01 > 100000"]
    # A median of 19 says too little, and another axis is another kind.
    assert counts(listed(tmp_path, *alike[1:], over), "far_above_median") == (0, 0)
    other = row(51, ("900", "0", "900000", "0"), axis="4")
    assert counts(listed(tmp_path, *alike, over, other), "far_above_median") == (20, 1)


def test_sums_that_spread_widely_need_more_than_a_hundred_medians(tmp_path: Path) -> None:
    # Half are 1,000 and half 10,000: log10 of the quartiles is 3 and 4, so that the fence is at
    # 10^(4 + 2 · 1) = 1,000,000, above a hundred times the median, 550,000.
    sums = ["1000"] * 10 + ["10000"] * 10
    alike = [row(n, ("900", "0", planned, "0")) for n, planned in enumerate(sums, 1)]
    # The sum asked about is one more: the quartiles stay, the median is 10,000.
    assert counts(
        listed(tmp_path, *alike, row(50, ("9", "0", "1000000", "0"))), "far_above_median"
    ) == (21, 0)
    assert counts(
        listed(tmp_path, *alike, row(50, ("9", "0", "1000001", "0"))), "far_above_median"
    ) == (21, 1)


def test_values_that_make_a_project_doubtful_and_its_money(tmp_path: Path) -> None:
    odd = row(1, ("900", "950", "1000", "1100"))
    portfolio = listed(tmp_path, odd, row(2), row(3, ("900", "950", "", "900")))
    table = stats.doubtful(portfolio, "realised_above_granted")
    assert table.drop(columns=["name", "severity"]).to_numpy().tolist() == [
        [
            "S20001",
            "realised_above_granted",
            "funding.eu_and_state.realised = 950 > funding.eu_and_state.planned = 900; "
            "funding.public_total.realised = 1100 > funding.public_total.planned = 1000",
            1000.0,
        ],
        [
            "S20003",
            "realised_above_granted",
            "funding.eu_and_state.realised = 950 > funding.eu_and_state.planned = 900",
            pd.NA,
        ],
    ]
    (counted,) = stats.plausibility(portfolio, "realised_above_granted").itertuples()
    assert (counted.n, counted.n_doubtful, counted.share) == (3, 2, pytest.approx(2 / 3))
    assert (counted.amount, counted.n_without_sum) == (1000.0, 1)


def test_findings_are_the_same_rules(tmp_path: Path) -> None:
    rows = [row(1, ("900", "950", "1000", "900")), row(2, dates=("2.1.2016", "1.1.2016")), row(3)]
    portfolio = listed(tmp_path, *rows)
    found = portfolio.issues[portfolio.issues["code"].isin(load.plausibility())]
    assert found[["project_code", "code", "raw"]].to_numpy().tolist() == [
        ["S20001", "realised_above_granted", "950 > 900"],
        ["S20001", "eu_and_state_above_public_total", "950 > 900"],
        ["S20002", "end_before_start", "1.1.2016 < 2.1.2016"],
    ]
    table = stats.doubtful(portfolio)
    assert set(zip(table["project_code"], table["check"], strict=True)) == {
        (project, code) for project, code, _ in found[["project_code", "code", "raw"]].to_numpy()
    }


def test_key_figures_with_and_without(tmp_path: Path) -> None:
    portfolio = listed(
        tmp_path,
        row(1, ("900", "450", "1000", "500")),
        row(2, ("900", "900", "1000", "1000")),
        # More than 5 % above the plan: left out on the right.
        row(3, ("900", "900", "1000", "1500")),
        row(4, status=RUNNING),
    )
    table = stats.without_doubtful(portfolio).set_index("figure")
    left = {name: (row.value, row.value_without) for name, row in table.iterrows()}
    assert left == {
        "projects": (4, 3),
        "beneficiaries": (4, 3),
        "ended": (3, 2),
        # Its last day was 366 days before that of the list.
        "running": (1, 0),
        "interrupted": (0, 0),
        "grant": (3600, 1800),
        "planned": (4000, 2000),
        "realised": (3850, 1500),
        "utilisation": (1, 0.75),
        "median_utilisation": (1, 0.75),
    } | {"projects": (4, 2), "beneficiaries": (4, 2)}
    assert table.attrs["left_out"] == ["S20003", "S20004"]
    assert table.loc["utilisation", ["n", "n_without", "unit"]].tolist() == [3, 2, "ratio"]
    assert table.loc["planned", "change"] == -2000
    whole = stats.absorption(portfolio).iloc[0]
    assert (whole["ratio_of_sums"], whole["median_ratio"]) == (1, 1)


def test_whom_the_checks_are_about(tmp_path: Path) -> None:
    portfolio = listed(tmp_path, row(1, ("0", "0", "9", "0")), row(2, status=RUNNING))
    ended = Population(statuses="ended")
    assert counts(portfolio, "zero_grant", population=ended) == (1, 1)
    assert counts(portfolio, "zero_grant", population=Population(statuses="running")) == (1, 0)
    with pytest.raises(UsageError, match="no check 'zero_grants'; the nearest is 'zero_grant'"):
        stats.plausibility(portfolio, "zero_grants")
    for ask in (stats.plausibility, stats.doubtful):
        with pytest.raises(UsageError, match="no measure 'public_totl'"):
            ask(portfolio, measure="public_totl")
    with pytest.raises(UsageError, match="2024-01-31, not 'today'"):
        stats.plausibility(portfolio, day="today")


def test_a_description_has_no_day_but_the_one_given(tmp_path: Path) -> None:
    period = "Alkaa 1.1.2016 ja päättyy 31.12.2016"
    portfolio = read_pages(tmp_path, eura2014_page(status=RUNNING, period=period))
    assert counts(portfolio, "running_past_end") == (0, 0)
    assert counts(portfolio, "running_past_end", day="2018-01-01") == (1, 1)
    assert counts(portfolio, "running_past_end", day="2017-12-31") == (1, 0)


PAGE = """\
Yhdistyksen hankkeet

Pieni hanke

Hankeaika 1.1.1916 - 31.12.1916
Kokonaisbudjetti noin 1,1 miljoonaa euroa

Rahoitus: Euroopan sosiaalirahasto
"""


def test_web_pages_alone(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE.replace("1916", "2016"), encoding="utf-8")
    portfolio = esrdata.read(tmp_path)
    assert len(portfolio) == 1
    # Its one sum is stated roughly; its dates can be asked about.
    assert counts(portfolio, "outside_every_period") == (1, 0)
    assert counts(portfolio, "realised_above_granted") == (0, 0)
    assert stats.without_doubtful(portfolio).set_index("figure").loc["planned", "n"] == 0


def test_a_date_of_no_period() -> None:
    # The first period known begins on 1.1.2007, the last one ends on 31.12.2029.
    start, end, period = (f"projects.{n}" for n in ("start_date", "end_date", "programme_period"))
    facts = [
        Facts({start: date(2006, 12, 31)}),
        Facts({start: date(2007, 1, 1), end: date(2029, 12, 31)}),
        Facts({end: date(2030, 1, 1)}),
        Facts({period: "2014-2020", start: date(1999, 1, 1)}),
        Facts({}),
    ]
    found = [(one.asked, bool(one.statements)) for one in judge("outside_every_period", facts)]
    assert found == [(True, True), (True, False), (True, True), (False, False), (False, False)]


def test_no_projects_at_all(tmp_path: Path) -> None:
    portfolio = listed(tmp_path, row(1)).select([False])
    for table in (
        stats.plausibility(portfolio),
        stats.doubtful(portfolio),
        stats.without_doubtful(portfolio),
    ):
        assert len(table) == 0
    assert "Nobody was asked" in stats.plausibility(portfolio).attrs["reason"]


def test_nobody_has_what_a_check_needs(tmp_path: Path) -> None:
    portfolio = listed(tmp_path, row(1, status=RUNNING))
    table = stats.plausibility(portfolio, "ended_with_nothing_realised")
    assert table[["n", "n_doubtful"]].to_numpy().tolist() == [[0, 0]]
    assert table["share"].isna().all() and "Nobody" in table.attrs["reason"]


# ---- a shelf of one's own

OWN = """\
realised_above_granted:
  severity: info
  label: {fi: Yli, sv: Över, en: Above}
  meaning: Above.
  why: Why.
  todo: Look.
  reason: Every cent counts here.
  doubtful:
    - {field: funding.public_total.realised, above: funding.public_total.planned}
very_short:
  severity: info
  label: {fi: Lyhyt, sv: Kort, en: Short}
  meaning: Ended before the year.
  why: Why.
  todo: Look.
  reason: A day chosen for the test.
  doubtful:
    - {field: projects.end_date, below: 2016-12-31}
"""


def shelf(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "plausibility.yml").write_text(text, encoding="utf-8")
    return folder


def test_own_rules_stand_beside_ours_or_in_their_place(tmp_path: Path) -> None:
    listed(
        tmp_path, row(1, ("900", "0", "1000", "1000,01")), row(2, dates=("1.1.2016", "30.12.2016"))
    )
    own = shelf(tmp_path, OWN.replace("2016-12-31", '"2016-12-31"'))
    portfolio = esrdata.read(tmp_path / "list-2018-01-01.csv", shelf=own)
    assert counts(portfolio, "realised_above_granted") == (2, 1)
    assert counts(portfolio, "very_short") == (2, 1)
    # The rule that took its place is no finding.
    assert "realised_above_granted" not in set(portfolio.issues["code"])
    assert "very_short" not in load.plausibility()


MISTAKES = [
    ("projects.end_date, below", "projects.end, below", "line 18, very_short.doubtful[0].field: "),
    ("severity: info", "severity: grave", "line 2, realised_above_granted.severity: "),
    ('below: "2016-12-31"', "below: 5", "line 18, very_short.doubtful[0].below: "),
    (", below:", ", above: 1, below:", "line 18, very_short.doubtful[0]: "),
    ("below", "beneath", "no key 'beneath' here"),
    # The quartiles of a fence are those of two or more; a fence alone had been passed over.
    (
        'below: "2016-12-31"',
        "times_median: 2, of: [projects.fund], fewest: 1, fence: 1",
        "line 18, very_short.doubtful[0].fewest: the value '1' is too small; the least is 2",
    ),
    ('below: "2016-12-31"', 'below: "2016-12-31", fence: 2', "line 18, very_short.doubtful[0]: "),
    (
        "  reason: Every cent counts here.\n",
        "",
        "realised_above_granted: the key 'reason' is missing",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "sentence"), MISTAKES)
def test_a_mistake_in_own_rules_is_one_sentence(
    tmp_path: Path, right: str, wrong: str, sentence: str
) -> None:
    text = OWN.replace("2016-12-31", '"2016-12-31"')
    assert right in text
    listed(tmp_path, row(1))
    own = shelf(tmp_path, text.replace(right, wrong))
    with pytest.raises(KnowledgeError) as error:
        esrdata.read(tmp_path / "list-2018-01-01.csv", shelf=own)
    assert sentence in str(error.value) and "plausibility.yml" in str(error.value)


# ---- the report


def of_checks(portfolio: Portfolio) -> Content:
    return chapters(portfolio, "plausibility", "about", lang="en")


def chapter(made: Content) -> Section | None:
    return next((s for s in made.sections if s.key == "plausibility"), None)


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_the_chapter(tmp_path: Path, lang: str) -> None:
    odd = row(1, ("900", "950", "1000", "1100,50"))
    twice = [row(8, name="Silta"), row(8, name="Silta").replace("S20008", "S20009")]
    portfolio = listed(tmp_path, odd, row(2), row(3, ("900", "0", "", "0")), *twice)
    made = chapters(portfolio, "glance", "plausibility", "findings", lang=lang)
    section = chapter(made)
    assert section is not None
    tables = {part.key: part for part in section.parts if isinstance(part, Table)}
    assert [*tables] == ["plausibility", "without_doubtful", "doubtful"]
    labels = {code: rule["label"][lang] for code, rule in load.plausibility().items()}
    assert tables["plausibility"].frame["check"].tolist() == list(labels.values())
    found = tables["doubtful"].frame
    assert found[["check", "project_code"]].to_numpy().tolist() == [
        [labels["grant_without_plan"], "S20003"],
        [labels["realised_above_granted"], "S20001"],
        [labels["duplicated"], "S20008"],
        [labels["duplicated"], "S20009"],
    ]
    grant = {"fi": "950\u00a0€ > ", "sv": "950\u00a0€ > ", "en": "€950 > "}[lang]
    cents = {"fi": "1\u00a0100,50\u00a0€", "sv": "1\u00a0100,50\u00a0€", "en": "€1,100.50"}[lang]
    assert grant in found["values"].iloc[1] and cents in found["values"].iloc[1]
    assert "S20009" in found["values"].iloc[2]
    # The first figures of the glance are those of this chapter.
    glance = next(s for s in made.sections if s.key == "glance").parts[0]
    assert isinstance(glance, Table)
    figures = tables["without_doubtful"].frame
    assert figures["value"].tolist()[:8] == glance.frame["value"].tolist()[:8]
    # What is shown here is not shown among the findings again.
    issues = next(s for s in made.sections if s.key == "findings")
    shown = [p.frame["code"].tolist() for p in issues.parts if p.key == "findings_counts"]
    assert "realised_above_granted" not in [*chain.from_iterable(shown)]
    assert "2" in issues.paragraphs[-2]
    # Findings there are: only no others.
    assert (
        issues.paragraphs[-1]
        == {
            "fi": "Muita virheitä tai varoituksia ei ole.",
            "sv": "Det finns inga andra fel eller varningar.",
            "en": "There are no other errors or warnings.",
        }[lang]
    )


def test_a_chapter_with_nothing_doubtful_says_so(tmp_path: Path) -> None:
    section = chapter(of_checks(listed(tmp_path, row(1), row(2))))
    assert section is not None
    assert section.paragraphs[1] == "The checks point out no project (projects checked: 2)."
    # A table of noughts would say no more.
    assert not section.parts


def test_a_chapter_where_nobody_was_asked_is_left_out(tmp_path: Path) -> None:
    blank = row(1, ("", "", "", ""), dates=("", ""), status="")
    assert chapter(of_checks(listed(tmp_path, blank))) is None


def test_a_report_judges_its_projects_once_for_all_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    portfolio, times = listed(tmp_path, row(1, ("900", "-5", "1000", "0")), row(2)), list[int]()
    gather = rules.facts_of

    def counted(*args: Any) -> Sequence[Facts]:
        times.append(1)
        return gather(*args)

    monkeypatch.setattr(rules, "facts_of", counted)
    with remembering():
        stats.plausibility(portfolio)
        assert list(stats.doubtful(portfolio, "negative_sum")["project_code"]) == ["S20001"]
        stats.without_doubtful(portfolio)
        # Other checks, or another day, are another question.
        assert len(times) == 2
        stats.plausibility(portfolio, day="2020-01-31")
        assert len(times) == 3
    stats.plausibility(portfolio)
    assert len(times) == 4
