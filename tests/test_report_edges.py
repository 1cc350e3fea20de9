"""What a report says of projects at the edges: one, none with a sum, some without, odd days.

Every expected figure is added up by hand from the rows that the test writes.
"""

import re
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from pages import eura2007_page, eura2014_page, read_pages

import esrdata
from esrdata import Portfolio, stats
from esrdata.guard import LOG
from esrdata.knowledge.schema.recipe import Item, Recipe
from esrdata.knowledge.wording import field_value, word
from esrdata.present import charts
from esrdata.present.chapters.maker import Maker
from esrdata.present.charts.conditions import rounded
from esrdata.present.charts.describe import words
from esrdata.present.charts.likeness import figure_texts
from esrdata.present.evidence.pages import write_evidence
from esrdata.present.html import html
from esrdata.present.model import Content, Figure, Section, Table
from esrdata.present.pack import content
from esrdata.stats.traced_table import traced_table

mpl.use("agg")
# A report is made for nearly every one of them.
pytestmark = pytest.mark.slow

HEADING = (
    "Koodi;Rahasto;Hankkeen nimi;Tl;Viranomainen;Tila;Aloituspvm;Päättymispvm;Toteuttajan nimi;"
    "Myönnetty EU- ja valtion rahoitus;Toteutunut EU- ja valtion rahoitus;"
    "Suunniteltu julkinen rahoitus yhteensä;Toteutunut julkinen rahoitus yhteensä"
)
ENDED, RUNNING, INTERRUPTED = "Toiminta päättynyt", "Toiminnassa", "Keskeytynyt"


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def row(
    number: int,
    planned: object = 100000,
    realised: object = 90000,
    *,
    status: str = ENDED,
    days: tuple[str, str] = ("1.1.2016", "31.12.2016"),
    granted: object = 80000,
    fund: str = "ESR",
    axis: int = 5,
) -> str:
    """A row of a list."""
    code = f"{'S' if fund == 'ESR' else 'A'}2{number:04}"
    cells = [code, fund, f"Hanke {number}", axis, "Hämeen ELY-keskus", status, *days]
    cells += [f"Toteuttaja {number} ry", granted, "", planned, realised]
    return ";".join(map(str, cells))


def listed(folder: Path, *rows: str) -> Portfolio:
    path = folder / "list-2018-01-01.csv"
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    return esrdata.read(path)


def report(portfolio: Portfolio, *chapters: str, lang: str = "fi") -> Content:
    made = Recipe(summary=True, chapters=[Item(chapter=name) for name in chapters])
    return content(portfolio, lang=lang, traces=False, recipe=made)


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ")


def chapter(made: Content, key: str) -> Section:
    (found,) = (one for one in made.sections if one.key == key)
    return found


def table(made: Content, key: str) -> Table:
    parts = (part for one in made.sections for part in one.parts)
    (found,) = (part for part in parts if isinstance(part, Table) and part.key == key)
    return found


def unread(made: Content) -> dict[str, str]:
    """What the first page says is not there: the number by the first word."""
    assert made.summary is not None
    return {plain(text).split(" ")[0]: number for number, text in made.summary.unread}


# ---- one is not several


@pytest.mark.parametrize(
    ("key", "values", "fi", "sv", "en"),
    [
        (
            "content.time.told_alike", {"low": 1, "n": 2},
            "Kesto on 1 kuukausi (n = 2).", "Genomförandetiden är 1 månad (n = 2).",
            "The duration is 1 month (n = 2).",
        ),
        (
            "content.time.told_alike", {"low": 21, "n": 2},
            "Kesto on 21 kuukautta (n = 2).", "Genomförandetiden är 21 månader (n = 2).",
            "The duration is 21 months (n = 2).",
        ),
        (
            "charts.total_projects", {"n": "1"},
            "Yhteensä, 1 hanke", "Totalt, 1 projekt", "Total, 1 project",
        ),
        (
            "charts.concentration.others", {"n": 11},
            "Muut 11 toteuttajaa", "Övriga 11 stödmottagare", "The other 11 beneficiaries",
        ),
        (
            "charts.concentration.others", {"n": 1},
            "Muu 1 toteuttaja", "Övrig 1 stödmottagare", "The other 1 beneficiary",
        ),
        (
            "content.left_out", {"n": 1, "reasons": "x"},
            "Laskennan ulkopuolella 1 hanke: x.", "Utanför beräkningen: 1 projekt (x).",
            "Projects left out: 1 (x).",
        ),
        (
            "content.glance.known", {"label": "X", "n": 1},
            "X (tiedossa 1 hankkeesta)", "X (känd för 1 projekt)", "X (known for 1 project)",
        ),
    ],
)  # fmt: skip
def test_a_noun_stands_in_the_form_of_its_number(
    key: str, values: dict[str, Any], fi: str, sv: str, en: str
) -> None:
    assert [plain(word(key, lang, **values)) for lang in ("fi", "sv", "en")] == [fi, sv, en]


def test_a_project_of_some_days_lasts_a_month_and_not_none(tmp_path: Path) -> None:
    portfolio = listed(tmp_path, row(1, days=("1.3.2016", "5.3.2016")))
    made = report(portfolio, "time", "funding")
    assert plain(chapter(made, "time").paragraphs[0]) == "Kesto on 1 kuukausi (n = 1)."
    first = plain(chapter(made, "funding").paragraphs[0])
    assert first.startswith("Hankkeelle suunniteltiin julkista rahoitusta 100 000 €,")
    # One project is its own total.
    found = table(made, "funding_by_project")
    assert (len(found.frame), found.total) == (1, False)


# ---- sums that some of the projects lack


def some_without(folder: Path) -> Portfolio:
    """Ten projects of 100 000 euros each; three of them say what was realised, 90 000 each."""
    rows = [row(n, realised=90000 if n <= 3 else "") for n in range(1, 11)]
    return listed(folder, *rows)


def test_the_first_page_says_of_how_many_its_sums_are(tmp_path: Path) -> None:
    made = report(some_without(tmp_path), "funding").summary
    assert made is not None
    assert plain(made.title) == (
        "Yhteenveto: 3 hanketta käytti 270 000 € julkista rahaa (hankkeita kaikkiaan 10)"
    )
    figures = [(plain(number), plain(name)) for number, name in made.figures]
    assert figures[:3] == [
        ("10", "hanketta"),
        ("300 000 €", "suunniteltu julkinen rahoitus (molemmat summat tiedossa: n = 3)"),
        ("270 000 €", "toteutunut julkinen rahoitus (molemmat summat tiedossa: n = 3)"),
    ]


def test_the_chapter_on_money_says_of_how_many_its_sums_are(tmp_path: Path) -> None:
    made = report(some_without(tmp_path), "funding", lang="en")
    money = chapter(made, "funding")
    assert plain(money.title) == (
        "Funding: €300,000 planned, 90.0% used (both sums known: n = 3)"
    )  # fmt: skip
    # Of all ten a million was planned.
    assert "planned funding in all is €1.0 million (n = 10)" in plain(money.paragraphs[0])
    note = plain(table(made, "funding_by_project").note)
    assert "Totals cover the projects whose sum is known: " in note
    assert note.endswith("Granted (EU and state) (10); Planned (10); Actual (3).")


def test_of_one_project_with_both_sums_the_words_are_of_one(tmp_path: Path) -> None:
    rows = [row(1, realised=90000), row(2, realised=""), row(3, realised="")]
    portfolio = listed(tmp_path, *rows)
    made = report(portfolio, "funding")
    assert made.summary is not None
    assert plain(made.summary.title) == (
        "Yhteenveto: 1 hanke käytti 90 000 € julkista rahaa (hankkeita kaikkiaan 3)"
    )
    assert "Molemmat summat tiedetään tästä hankkeesta; suunniteltua rahoitusta" in plain(
        chapter(made, "funding").paragraphs[0]
    )
    swedish = report(portfolio, "funding", lang="sv")
    assert "Båda beloppen är kända för detta projekt; " in plain(
        chapter(swedish, "funding").paragraphs[0]
    )


def test_where_all_have_both_sums_nothing_more_is_said(tmp_path: Path) -> None:
    made = report(listed(tmp_path, *(row(n) for n in range(1, 11))), "funding")
    assert made.summary is not None
    assert plain(made.summary.title).endswith("käytti 900 000 € julkista rahaa")
    assert "tiedossa" not in plain(chapter(made, "funding").title)
    assert "Yhteensä on" not in plain(table(made, "funding_by_project").note)


def test_a_picture_of_the_whole_says_of_how_many_its_sums_are(tmp_path: Path) -> None:
    rows = [row(n, realised=90000 if n <= 4 else "") for n in range(1, 21)]
    portfolio = listed(tmp_path, *rows)
    by = ["programme_period", "fund", "priority_axis"]
    money = stats.planned_and_realised(portfolio, by=by)
    for beside in (True, False):
        ax = charts.glance(money, ratios=stats.ratios(portfolio), row=beside)
        found = words(ax)
        assert plain(found.title) == (
            "4 hanketta käytti 360 000 euroa, 90,0 % suunnitellusta (hankkeita kaikkiaan 20)"
        )
        notes = plain(" ".join(found.notes))
        assert "Summista puuttuu hankkeita, joista molempia summia ei tunneta: 16." in notes
        assert "päättyneitä hankkeita." in notes


def test_only_projects_whose_sums_are_known_are_said_to_be_in_the_sums(tmp_path: Path) -> None:
    rows = [
        row(1, status=RUNNING),
        row(2, status=RUNNING, realised=""),
        row(3, status=INTERRUPTED, realised=""),
        row(4, status=INTERRUPTED, realised=""),
    ]
    found = unread(report(listed(tmp_path, *rows), "funding"))
    assert found["Käynnissä"] == "1"
    assert found["Hankkeita,"] == "3"
    assert "Keskeytyneitä" not in found


def test_sums_that_are_zero_are_not_said_to_be_unknown(tmp_path: Path) -> None:
    made = report(listed(tmp_path, *(row(n, 0, 0) for n in (1, 2))), "absorption")
    text = plain(chapter(made, "absorption").paragraphs[0])
    assert text.endswith("sekä toteutunut että nollaa suurempi suunniteltu summa.")


# ---- days


def backwards(folder: Path) -> Portfolio:
    """26 projects that run through 2016, one more in May and June, five that end before they begin.

    Those five would end in 2015 and begin in 2017.
    """
    rows = [row(n) for n in range(1, 27)]
    rows.append(row(27, days=("1.5.2016", "30.6.2016")))
    rows += [row(n, days=("1.2.2017", "31.10.2015")) for n in range(28, 33)]
    return listed(folder, *rows)


def test_a_project_that_ends_before_it_begins_has_no_length(tmp_path: Path) -> None:
    portfolio = backwards(tmp_path)
    # 2016 has 366 days, May and June 61.
    days = portfolio.overview()["duration_days"]
    assert list(days[25:28].fillna(-1)) == [366, 61, -1]
    (tmp_path / "other").mkdir()
    other = listed(tmp_path / "other", *(row(n) for n in range(101, 104)))
    whole = esrdata.compare({"a": portfolio, "b": other}, "duration_days").iloc[0]
    assert (whole["n"], whole["median"], whole["mean"]) == (27, 366, (26 * 366 + 61) / 27)


def test_a_project_that_ends_before_it_begins_is_in_no_count_of_those_that_ran(
    tmp_path: Path,
) -> None:
    made = report(backwards(tmp_path), "time")
    time = chapter(made, "time")
    assert plain(time.title) == (
        "Toteutusajat ja muutokset: "
        "neljännesten lopuissa hankkeita oli eniten käynnissä 30.6.2016 (27)"
    )
    assert plain(time.paragraphs[0]) == (
        "Hankkeet kestivät 2–12 kuukautta, mediaani 12 kuukautta (n = 27)."
    )
    (figure,) = (part for part in time.parts if isinstance(part, Figure))
    found = words(figure.draw())
    assert plain(found.title) == (
        "Neljännesten lopuissa hankkeita oli eniten käynnissä 30.6.2016: 27"
    )
    assert any(plain(note).endswith("ennen alkamispäivää: 5.") for note in found.notes)


def test_projects_without_days_are_counted_under_the_bars(tmp_path: Path) -> None:
    rows = [row(1), row(2), row(3, days=("", "31.12.2016")), row(4, days=("", ""))]
    ax = charts.timeline(stats.timeline(listed(tmp_path, *rows)))
    assert (
        "Projects not drawn because a day is not known or the end is before the start: 2."
        in words(ax, "en").notes
    )


def test_the_middle_length_is_that_of_the_days(tmp_path: Path) -> None:
    # 31, 74, 80 and 366 days: the middle is 77 days, 2.53 months.
    ends = ("31.1.2015", "15.3.2015", "21.3.2015", "1.1.2016")
    rows = [row(n, days=("1.1.2015", end)) for n, end in enumerate(ends, 1)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = report(listed(tmp_path, *rows), "time")
    assert plain(chapter(made, "time").paragraphs[0]) == (
        "Hankkeet kestivät 1–12 kuukautta, mediaani 3 kuukautta (n = 4)."
    )


# ---- units


def written(made: Content, key: str, name: str) -> list[str]:
    """A column as readers see it, its heading first."""
    shown = table(made, key)
    (column,) = (one for one in shown.columns if one.name == name)
    return [plain(column.label), *(plain(column.write(v, "fi")) for v in shown.frame[name])]


def test_sums_of_projects_are_not_rounded_to_a_tenth_of_a_million(tmp_path: Path) -> None:
    # Two of 600 000 and one of 40 000 euros, which would be 0,0 million.
    rows = [row(1, 600000, 589000), row(2, 600000, 611000), row(3, 40000, 0)]
    made = report(listed(tmp_path, *rows), "funding")
    found = written(made, "funding_by_project", "public_total_planned")
    assert found == ["Suunniteltu, t€", "600", "600", "40", "1 240"]
    realised = written(made, "funding_by_project", "public_total_realised")
    assert realised == ["Toteutunut, t€", "589", "611", "0", "1 200"]


def test_a_difference_that_is_not_zero_is_not_written_as_zero(tmp_path: Path) -> None:
    # Axis 4: six million planned and 20 000 less used. Axis 5: six million, all of it.
    rows = [row(n, 1000000, 1000000 if n > 1 else 980000, axis=4) for n in range(1, 7)]
    rows += [row(n, 1000000, 1000000, axis=5) for n in range(7, 13)]
    made = report(listed(tmp_path, *rows), "funding")
    assert written(made, "funding_by_priority_axis", "gap") == ["Erotus, M€", "0,02", "0", "0,02"]
    planned = written(made, "funding_by_priority_axis", "planned")
    assert planned == ["Suunniteltu, M€", "6,0", "6,0", "12,0"]


# ---- sums that are not stated exactly


def with_a_rough_one(folder: Path) -> Portfolio:
    """Four projects of 100 000 euros; of the last the source says *over* 100 000."""
    portfolio = listed(folder, *(row(n) for n in range(1, 5)))
    funding = portfolio.funding.copy()
    rough = funding["project_code"].eq("S20004") & funding["measure"].eq("public_total")
    funding["qualifier"] = funding["qualifier"].mask(rough & funding["stage"].eq("planned"), "over")
    return Portfolio({**portfolio.tables, "funding": funding}, portfolio.base)


def test_a_rough_sum_is_in_no_sum_of_a_report(tmp_path: Path) -> None:
    made = report(with_a_rough_one(tmp_path), "glance", "funding", lang="en")
    known = {plain(item): plain(value) for item, value in table(made, "glance").frame.to_numpy()}
    assert known["Planned public funding, total (known for 3 projects)"] == "€300,000"
    assert known["Actual public funding, total (known for 4 projects)"] == "€360,000"
    shown = table(made, "funding_by_project")
    assert list(shown.frame["public_total_planned"].fillna(-1)) == [1e5, 1e5, 1e5, -1, 3e5]
    assert "Sums not stated exactly are not in the table: 1." in shown.note
    assert made.summary is not None
    assert plain(made.summary.figures[1][0]) == "€300,000"


def test_a_rough_sum_is_in_no_figure_of_statistics(tmp_path: Path) -> None:
    portfolio = with_a_rough_one(tmp_path)
    years = stats.status_by_year(portfolio).iloc[0]
    assert (years["planned_started"], years["n_planned_started"]) == (300000, 3)
    sizes = stats.types_and_sizes(portfolio, None)
    assert list(sizes.loc[sizes["n"] > 0, "size_band"].fillna("unknown"))[-1] == "unknown"
    # Over 100 000 before and 100 000 after is no change that anybody could tell.
    (tmp_path / "before").mkdir()
    before = listed(tmp_path / "before", *(row(n, 90000) for n in range(1, 5)))
    changes = stats.amendments(before, portfolio)
    assert list(changes["public_total_change"].fillna(-1)) == [10000, 10000, 10000, -1]
    # A population may take it.
    rough = esrdata.Population(exact=False)
    loose = stats.peers(portfolio, "S20004", measures=["public_total_planned"], population=rough)
    assert loose["value"][0] == 100000
    strict = stats.peers(portfolio, "S20004", measures=["public_total_planned"])
    assert strict["value"].isna()[0]


def test_large_projects_are_a_share_of_those_whose_plan_is_known(tmp_path: Path) -> None:
    # Thirteen plans are known, two of them of a million: 2 of 3.1 million.
    rows = [row(n, 1000000 if n <= 2 else 100000, "") for n in range(1, 14)]
    rows += [row(n, "", "") for n in range(14, 20)]
    summary = report(listed(tmp_path, *rows), "funding").summary
    assert summary is not None
    (found,) = (pair for pair in summary.sentences if "miljoonan" in pair[0])
    assert plain(" ".join(found)) == (
        "Vähintään miljoonan euron hankkeita oli 2 (15,4 % hankkeista, n = 13), "
        "ja niiden osuus suunnitellusta rahasta oli 64,5 %."
    )


def test_no_part_of_a_report_with_everything_in_it_fails(tmp_path: Path) -> None:
    # One project names no applicant, one has no sum, and the same list is the other side.
    rows = [row(1), row(2, "", ""), row(3).replace("Toteuttaja 3 ry", "")]
    rows += [row(n, 1000 * n, 900 * n, axis=n % 3) for n in range(4, 9)]
    portfolio = listed(
        tmp_path, *rows, *(row(n, 1000 * n, 900 * n, axis=n % 3) for n in range(4, 9))
    )
    out = tmp_path / "out"
    esrdata.report.write(portfolio, out, before=portfolio, compare={"Muut": portfolio}, cards=True)
    assert not (out / LOG).exists()


# ---- values that sources state differently


@pytest.mark.parametrize(
    ("field", "value", "fi", "en"),
    [
        ("projects.end_date", "2017-06-30", "30.6.2017", "30 June 2017"),
        # Of a month nobody knows the day.
        ("projects.end_date", "2016-12", "12/2016", "12/2016"),
        ("projects.end_date", "kesällä", "kesällä", "kesällä"),
        ("funding.public_total.planned", "57634", "57 634 €", "€57,634"),
        # Rounded, two sums that differ in their cents would be equal.
        ("funding.public_total.planned", "57634.4", "57 634,40 €", "€57,634.40"),
        ("projects.name", "2017-06-30", "2017-06-30", "2017-06-30"),
        ("projects.name", None, "–", "–"),
    ],
)
def test_values_of_fields_are_written_by_their_kind(
    field: str, value: object, fi: str, en: str
) -> None:
    found = [plain(field_value(field, value, lang)) for lang in ("fi", "en")]
    assert found == [fi, en]


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_no_iso_day_stands_on_an_evidence_page(tmp_path: Path, lang: str) -> None:
    described = eura2014_page(code="S20001", period="Alkaa 1.1.2016 ja päättyy 30.6.2017")
    (tmp_path / "S20001.txt").write_text(described, encoding="utf-8")
    listed(tmp_path, row(1, days=("1.1.2016", "31.12.2016")))
    portfolio = esrdata.read(tmp_path)
    assert set(portfolio.conflicts["field"]) >= {"projects.end_date"}
    write_evidence(portfolio, tmp_path / "evidence", lang=lang)
    page = (tmp_path / "evidence" / "S20001.html").read_text(encoding="utf-8")
    body = re.sub(r"<style.*?</style>|<script.*?</script>", "", page, flags=re.DOTALL)
    # The name of the list is no day.
    assert not re.search(r"\d{4}-\d\d-\d\d", body.replace("list-2018-01-01.csv", ""))


def test_a_peer_stands_once_among_the_sources_of_a_figure(tmp_path: Path) -> None:
    portfolio = listed(tmp_path, *(row(n, 100000 + n) for n in range(1, 9)))
    table = stats.peers(portfolio, "S20001", measures=["public_total_planned"])
    found = traced_table(table, ["value", "n", "percentile", "median", "q1", "q3"])
    # The project itself and seven peers.
    assert sorted(found["project_code"]) == [f"S2000{n}" for n in range(1, 9)]
    (peer,) = found.loc[found["project_code"] == "S20002", "columns"]
    assert peer.split() == ["n", "median", "q1", "q3"]


def test_a_group_of_no_known_period_or_fund_says_so(tmp_path: Path) -> None:
    rows = [("2007-2013", "ESR", 2), ("2014-2020", "EAKR", None), (None, None, None)]
    by = ["programme_period", "fund", "priority_axis"]
    table = pd.DataFrame(rows, columns=by, dtype=object)
    labels = (
        Maker(listed(tmp_path, row(1)), "sv", None, None, {}).grouped(table, by)["group"].tolist()
    )
    assert labels[0].startswith("2007–2013 ESF: 2\u00a0")
    assert labels[1:] == [
        "2014–2020 ERUF: insatsområde uppgift saknas",
        "programperiod uppgift saknas, fond uppgift saknas: insatsområde uppgift saknas",
    ]


# ---- no sums, no end, no reports, few


def figures_of(made: Content, key: str) -> list[Figure]:
    parts = (part for one in made.sections for part in one.parts)
    return [part for part in parts if isinstance(part, Figure) and part.key == key]


def glance(portfolio: Portfolio, lang: str = "fi") -> Any:
    """The chart at a glance, as a report draws it."""
    (figure,) = figures_of(report(portfolio, "glance", lang=lang), "glance")
    return figure.draw()


def drawn_texts(ax: Any) -> list[str]:
    return [plain(text.get_text()) for text in ax.texts]


def test_sums_that_no_project_has_are_not_zero(tmp_path: Path) -> None:
    rows = (row(n, "", "", granted="") for n in range(1, 14))
    ax = glance(listed(tmp_path, *rows))
    assert "Hankkeiden koko" in drawn_texts(ax)
    assert "13" in drawn_texts(ax)
    assert not [text for text in drawn_texts(ax) if "€" in text]
    assert "€" not in plain(words(ax).facts)


def test_the_first_page_says_whose_beneficiaries_are_not_known(tmp_path: Path) -> None:
    rows = [row(n) for n in range(1, 11)]
    rows += [row(n).replace(f"Toteuttaja {n} ry", "") for n in (11, 12)]
    made = report(listed(tmp_path, *rows), "glance")
    assert made.summary is not None
    (rest,) = (plain(b) for a, b in made.summary.sentences if a.startswith("Viisi suurinta"))
    # Ten of 80,000 euros are counted.
    assert rest == (
        "myönnetystä EU- ja valtion rahoituksesta (800 000 €; toteuttajia hakijan mukaan 10). "
        "Laskennan ulkopuolella hankkeita, joiden toteuttajaa tai tarkkaa summaa ei tunneta: 2."
    )


def test_all_of_the_five_largest_beneficiaries_are_drawn(tmp_path: Path) -> None:
    rows = (row(n, granted=10_000 * (20 - n)) for n in range(1, 14))
    ax = glance(listed(tmp_path, *rows))
    # 190 + 180 + 170 + 160 + 150 thousand of 1,690 thousand.
    assert "5 suurinta toteuttajaa: 50 % rahasta" in drawn_texts(ax)
    named = [text for text in drawn_texts(ax) if text.startswith("Toteuttaja ")]
    assert named == [f"Toteuttaja {n} ry" for n in range(1, 6)]


def test_a_small_part_of_the_money_is_not_written_as_none(tmp_path: Path) -> None:
    # 40,000 of 12,040,000 is a third of a per cent; 1/13 and 12/13 are 8 and 92.
    rows = [row(1, 40_000), *(row(n, 1_000_000) for n in range(2, 14))]
    ax = glance(listed(tmp_path, *rows))
    assert {"< 1 %", "8 %", "92 %"} <= {*drawn_texts(ax)}


def test_a_project_of_two_regions_is_one_project_in_the_words_of_a_chart(tmp_path: Path) -> None:
    pages = [
        eura2014_page(code=f"S2000{n}", regions="Uusimaa, Kymenlaakso" if n < 3 else "Uusimaa")
        for n in range(1, 5)
    ]
    portfolio = read_pages(tmp_path, *pages)
    table = stats.planned_and_realised(portfolio, by="region")
    assert table["n"].sum() == 6
    facts = words(charts.planned_and_realised(table)).facts
    assert facts[-1] == "n = 4"


def test_shares_of_a_few_projects_are_counts(tmp_path: Path) -> None:
    # Zero, zero and eight for the first criterion; five projects are few, six are not.
    scores = [{"natural_resources": "0 0"}] * 2 + [{"natural_resources": "8 0"}] * 3
    pages = [eura2014_page(code=f"S2000{n}", scores=one) for n, one in enumerate(scores, 1)]
    made = report(read_pages(tmp_path / "few", *pages), "sustainability", "horizontal")
    first = table(made, "sustainability_direct").frame.iloc[0]
    assert (first["share_zero"], first["share_8_or_above"]) == ("2/5", "3/5")
    answers = table(made, "horizontal").frame["share"]
    assert answers.tolist() == ["5/5"] * 3
    more = read_pages(tmp_path / "more", *pages, eura2014_page(code="S20009"))
    made = report(more, "sustainability", "horizontal")
    assert table(made, "sustainability_direct").frame.iloc[0]["share_zero"] == 0.5
    assert table(made, "horizontal").frame["share"].tolist() == [1.0] * 3


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        # 33.3 + 33.3 + 33.3 = 99.9 and 12.5 + 87.5 = 100.0.
        ([1 / 3] * 3, True),
        ([0.125, 0.875], False),
        # Of some of the parts nobody expects 100.
        ([1 / 3, 1 / 3], False),
        ([], False),
    ],
)
def test_parts_that_do_not_add_up_are_said_to_be_rounded(parts: list[float], told: bool) -> None:
    text = "Osuudet on pyöristetty, joten niiden summa voi poiketa sadasta."
    assert rounded([parts], "fi", 1) == (text if told else "")


def test_what_still_runs_has_not_lasted(tmp_path: Path) -> None:
    rows = [row(1, status=ENDED), row(2, status=RUNNING, days=("1.1.2016", "31.12.2017"))]
    running = listed(tmp_path, *rows)
    (text,) = chapter(report(running, "time"), "time").paragraphs
    assert plain(text) == "Hankkeiden kesto on 12–24 kuukautta, mediaani 18 kuukautta (n = 2)."
    ended = listed(tmp_path, rows[0], row(2, days=("1.1.2016", "31.12.2017")))
    (text,) = chapter(report(ended, "time"), "time").paragraphs
    assert plain(text) == "Hankkeet kestivät 12–24 kuukautta, mediaani 18 kuukautta (n = 2)."
    title = words(charts.timeline(stats.timeline(running)), "en").title
    assert plain(title) == "Project durations: 12–24 months"


@pytest.mark.parametrize(
    ("statuses", "head"),
    [
        ([RUNNING, RUNNING], "Toteutunut tähän mennessä"),
        ([INTERRUPTED, INTERRUPTED], "Toteutunut (ei päättynyt)"),
        ([RUNNING, INTERRUPTED], "Toteutunut (ei päättynyt)"),
    ],
)
def test_what_was_discontinued_is_not_so_far(
    tmp_path: Path, statuses: list[str], head: str
) -> None:
    rows = (row(n, status=status) for n, status in enumerate(statuses, 1))
    made = report(listed(tmp_path, *rows), "funding", "cards")
    assert table(made, "funding_by_project").columns[-1].label == head
    labels = [label for label, text in made.sections[-1].cards[-1].facts if text == "90,0\u00a0%"]
    discontinued = statuses[-1] == INTERRUPTED
    so_far = "Julkisesta rahoituksesta toteutunut tähän mennessä"
    assert labels == ["Julkisesta rahoituksesta toteutunut" if discontinued else so_far]


def test_sums_in_all_are_told_only_where_more_is_known(tmp_path: Path) -> None:
    rows = [*(row(n) for n in range(1, 10)), row(10, "", "", axis=4)]
    first = chapter(report(listed(tmp_path, *rows), "funding"), "funding").paragraphs[0]
    assert "kaikkiaan" not in first
    rows[-1] = row(10, 50000, "", axis=4)
    made = report(listed(tmp_path, *rows), "funding")
    first = plain(chapter(made, "funding").paragraphs[0])
    assert "suunniteltua rahoitusta on kaikkiaan 950 000 € (n = 10)" in first
    last = table(made, "funding_by_priority_axis").columns[-1].label
    assert last == "Suunniteltu, kaikki tunnetut summat, €"


def test_no_picture_of_dashes_is_drawn(tmp_path: Path) -> None:
    rows = (row(n, 1000, "") for n in range(1, 6))
    made = report(listed(tmp_path, *rows), "funding")
    assert not figures_of(made, "funding_of_projects")
    assert len(table(made, "funding_by_project").frame) == 6


def test_a_list_has_no_final_reports(tmp_path: Path) -> None:
    described = eura2014_page(code="S20001", final_report="")
    made = report(read_pages(tmp_path, described), "stated")
    assert chapter(made, "stated").paragraphs == ["Lähteissä ei ole hankkeiden loppuraportteja."]


def test_goals_in_a_text_are_no_results(tmp_path: Path) -> None:
    told = "Tavoitteena oli 90 osallistujaa. Mukaan tuli 40 osallistujaa."
    made = report(read_pages(tmp_path, eura2014_page(final_report=told)), "stated")
    found = table(made, "stated_participants")
    assert found.frame["value"].tolist() == [40]
    assert "Suunnitelmina mainitut luvut on jätetty pois (kpl: 1)." in found.note


def test_whom_a_number_does_not_concern_is_not_behind_it(tmp_path: Path) -> None:
    nobody = "Projekti, jossa ei ole henkilöitä mukana"
    none = "Suunniteltu: 0\nToteutunut seurantatietojen mukaan: 0"
    without = eura2007_page(code="S10002", project_type=nobody, participants=none)
    made = content(read_pages(tmp_path, eura2007_page(code="S10001"), without), lang="fi")
    ((_, counted, left),) = made.traced["participants_by_all"].by_group()
    assert counted == ["S10001"]
    assert left == [("S10002", "Ei koske")]
    section = chapter(made, "participants")
    tables = [part for part in section.parts if isinstance(part, Table)]
    page = html(replace(made, summary=None, sections=[replace(section, parts=tables)]), {})
    assert "<dd>Ei mukana (1) – Ei koske: S10002</dd>" in page


def test_peers_are_not_all_projects(tmp_path: Path) -> None:
    portfolio = listed(tmp_path, *(row(n, 100_000 + n) for n in range(1, 9)))
    found = words(charts.peers(stats.peers(portfolio, "S20001"))).notes
    assert "Verrokit on valittu kaikista aineiston hankkeista." in found
    assert "Hankkeita ei ole rajattu ehdoilla." not in found


def test_long_names_make_no_contents_of_pages() -> None:
    import docx

    from esrdata.present.model import Card
    from esrdata.present.word.document import write_word

    for name, entries in (("Lyhyt", 12), ("Pitkä nimi " * 40, 2)):
        cards = [Card(f"S2{n:04}", name, []) for n in range(10)]
        made = Content("fi", "Raportti", [], [Section("a", "A"), Section("b", "B", cards=cards)])
        path = Path(tempfile.mkdtemp()) / "report.docx"
        write_word(made, path, {})
        styles = [p.style.name for p in docx.Document(str(path)).paragraphs]
        assert sum(style.startswith("toc ") for style in styles) == entries


def test_sizes_tell_once_how_many_there_are_and_that_they_are_rounded(tmp_path: Path) -> None:
    # Three of one type, a third each of projects (33.3 + 33.3 + 33.3), and six of another.
    sums = ["20 000", "60 000", "200 000", *["20 000"] * 6]
    types = ["Säätiö"] * 3 + ["Kansalaisjärjestö"] * 6
    pages = [
        eura2014_page(code=f"S2000{n}", public_planned=planned, organisation_type=kind)
        for n, (planned, kind) in enumerate(zip(sums, types, strict=True), 1)
    ]
    found = table(report(read_pages(tmp_path, *pages), "funding"), "projects_by_type_and_size")
    assert [c.name for c in found.columns if c.name.startswith("n")] == ["n"]
    names = found.frame["group"] + found.frame["size_band"]
    shares = dict(zip(names, found.frame["share"], strict=True))
    assert plain(shares["SäätiöAlle 50\u00a0000\u00a0€"]) == "1/3"
    assert plain(shares["KansalaisjärjestöAlle 50\u00a0000\u00a0€"]) == "100,0 %"
    # 7.1 + 21.4 + 71.4 = 99.9
    assert found.note.endswith("Osuudet on pyöristetty, joten niiden summa voi poiketa sadasta.")


def test_euros_per_inhabitant_tell_of_projects_without_a_region(tmp_path: Path) -> None:
    pages = [
        eura2007_page(code=f"S1000{n}", regions="Kainuu" if n < 8 else "") for n in range(1, 10)
    ]
    found = table(report(read_pages(tmp_path, *pages), "funding"), "funding_per_inhabitant")
    text = "Mukana eivät ole hankkeet, joilla lähteissä ei ole maakuntaa: 2."
    assert found.note.endswith(text)


def test_the_dash_of_a_small_group_is_explained(tmp_path: Path) -> None:
    rows = [row(n, axis=5) for n in range(1, 8)] + [row(9, axis=4), row(10, axis=4)]
    made = report(listed(tmp_path, *rows), "absorption")
    text = "Luottamusväliä ei lasketa alle kuuden hankkeen ryhmälle."
    assert table(made, "absorption_by_priority_axis").note.endswith(text)
    made = report(
        listed(tmp_path, *rows[:6], *(row(n, axis=4) for n in range(10, 16))), "absorption"
    )
    assert text not in table(made, "absorption_by_priority_axis").note


def test_quartiles_need_five_projects(tmp_path: Path) -> None:
    pages = [
        eura2014_page(code=f"S2000{n}", public_planned=f"{n} 000", participants="Suunniteltu: 10")
        for n in range(1, 6)
    ]
    names = [f"cost_planned_{part}" for part in ("n", "q1", "q3")]
    found = table(report(read_pages(tmp_path / "five", *pages), "participants"), "costs_by_all")
    # 100, 200, 300, 400 and 500 euros: the second and the fourth.
    assert [found.frame[name].iloc[0] for name in names] == [5, 200, 400]
    assert {*names} <= {column.name for column in found.columns}
    assert "hankkeiden mediaani ja kvartiilit" in found.note
    four = read_pages(tmp_path / "four", *pages[:4])
    found = table(report(four, "participants"), "costs_by_all")
    assert not {"cost_planned_q1", "cost_planned_q3"} & {c.name for c in found.columns}
    assert "hankkeiden mediaani sekä hankkeiden määrä" in found.note
    # Of realised participants nothing is said where none are shown.
    assert "cost_realised_n" not in {c.name for c in found.columns}
    assert "Toteutuneissa" not in found.note


def test_quartiles_of_a_side_of_four_projects_are_not_shown(tmp_path: Path) -> None:
    rows = [row(n, 100_000 * n) for n in range(1, 10)]
    sides = {"viisi": rows[:5], "neljä": rows[5:]}
    five, four = (listed(_folder(tmp_path, name), *rows) for name, rows in sides.items())
    made = content(five, lang="fi", traces=False, compare={"Neljä": four})
    found = table(made, "comparison_public_total_planned")
    # Of 100,000 to 500,000 euros the second and the fourth.
    assert found.frame["q1"].tolist() == [200_000, pd.NA]
    assert found.frame["q3"].tolist() == [400_000, pd.NA]
    assert found.note.endswith("Kvartiileja ei näytetä, jos hankkeita on alle 5.")
    # A share of five and one of four are counts, and have no difference in per cent.
    assert found.frame["share_at_least"].tolist() == ["1/5", "4/4"]
    gaps = table(made, "comparison_public_total_planned_differences").frame
    assert gaps["figure"].tolist() == ["mean", "median"]
    (figure,) = figures_of(made, "comparison")
    drawn = drawn_texts(figure.draw())
    assert {"1/5", "4/4"} <= {*drawn}
    assert not {"20,0", "100,0", "−80,0"} & {*drawn}


def _folder(parent: Path, name: str) -> Path:
    (parent / name).mkdir()
    return parent / name


def test_what_was_planned_is_told_where_nothing_was_realised(tmp_path: Path) -> None:
    rows = [row(n, 1_000_000, "", axis=4 + n % 2) for n in range(1, 13)] + [row(13, "", "")]
    made = report(listed(tmp_path, *rows), "funding", "glance")
    assert made.summary is not None
    assert plain(made.summary.title) == (
        "Yhteenveto: 12 hankkeelle suunniteltiin 12,0 milj. euroa julkista rahaa "
        "(hankkeita kaikkiaan 13)"
    )
    assert [plain(number) for number, _ in made.summary.figures] == ["13", "12,0 M€"]
    assert [plain(text) for text in made.summary.sentences[0]] == [
        "Julkista rahoitusta suunniteltiin 12,0 milj. euroa.",
        "Toteutuneita summia lähteissä ei ole (n = 12).",
    ]
    assert unread(made)["Hankkeita,"] == "13"
    found = table(made, "funding_by_priority_axis")
    assert [column.name for column in found.columns] == ["group", "n", "n_planned", "planned_all"]
    assert found.frame["planned_all"].tolist() == [6e6, 6e6, 12e6]
    assert "ei ole näitä" not in found.note
    # Shares of money by size are of what was planned too.
    (figure,) = figures_of(made, "glance")
    drawn = drawn_texts(figure.draw())
    assert "Vähintään 1 000 000 €: 12 hanketta, 100 % rahasta" in drawn
    assert "Yhdestäkään hankkeesta ei tunneta molempia summia." in drawn


def test_a_report_without_realised_sums_is_whole(tmp_path: Path) -> None:
    rows = [row(n, 1_000_000, "", axis=4 + n % 2) for n in range(1, 13)]
    esrdata.report.write(listed(tmp_path, *rows), tmp_path / "out", lang="fi")
    assert (tmp_path / "out" / "report.xlsx").exists()
    assert not (tmp_path / "out" / LOG).exists()


def test_sums_of_zero_are_drawn_and_have_no_ratio(tmp_path: Path) -> None:
    rows = [row(n, 0, 0, axis=4 + n % 2) for n in range(1, 14)]
    made = report(listed(tmp_path, *rows), "funding", "glance")
    found = table(made, "funding_by_priority_axis")
    assert "ratio" not in {column.name for column in found.columns}
    assert "ei ole näitä" not in found.note
    (figure,) = figures_of(made, "glance")
    drawn = drawn_texts(figure.draw())
    assert {"Hankkeiden koko", "Yhdelläkään päättyneellä hankkeella ei ole"} <= {*drawn}


def test_names_stand_in_the_order_of_each_language(tmp_path: Path) -> None:
    places = ["Etelä-Savo", "Kainuu", "Lappi", "Varsinais-Suomi"] * 3
    types = ["Kansalaisjärjestö", "Kunta", "Säätiö", "Yliopisto"] * 3
    pages = [
        eura2014_page(code=f"S200{n:02}", regions=place, organisation_type=kind)
        for n, (place, kind) in enumerate(zip(places, types, strict=True), 10)
    ]
    portfolio = read_pages(tmp_path, *pages)
    kinds = {
        "fi": types[:4],
        "sv": ["Kommun", "Medborgarorganisation", "Stiftelse", "Universitet"],
        "en": ["Civil society organisation", "Foundation", "Municipality", "University"],
    }
    expected = {
        "fi": ["Etelä-Savo", "Kainuu", "Lappi", "Varsinais-Suomi", "Yhteensä"],
        "sv": ["Egentliga Finland", "Kajanaland", "Lappland", "Södra Savolax", "Totalt"],
        "en": ["Kainuu", "Lapland", "South Savo", "Southwest Finland", "Total"],
    }
    for lang, names in expected.items():
        made = report(portfolio, "funding", lang=lang)
        sizes = table(made, "projects_by_type_and_size")
        assert sizes.frame["group"].tolist() == kinds[lang]
        assert sizes.statistic is not None
        assert stats.state(sizes.statistic) == "filtered"
        found = table(made, "funding_by_region")
        assert found.frame["group"].tolist() == names
        assert found.statistic is not None
        assert stats.state(found.statistic) == "intact"
        assert found.statistic["n"].tolist() == found.frame["n"].tolist()[:-1]


def test_an_axis_without_a_frame_is_named(tmp_path: Path) -> None:
    # Axis 1 of the ERDF has a frame, axis 1 of the ESF none.
    made = report(listed(tmp_path, *(row(n, axis=1) for n in range(1, 4))), "absorption", "method")
    said = plain(" ".join(chapter(made, "method").paragraphs))
    assert "(ESR 2014–2020, toimintalinja 1; tiedossa EAKR 2014–2020, ESR 2014–2020)" in said


def test_values_of_a_row_of_peers_have_as_many_decimals() -> None:
    columns = {"value": [2.0, 3.0, 0.9996], "q3": [3.2, 7.0, 0.5]}
    measures = ["a", "b", "public_total_absorption"]
    found = figure_texts(measures, columns, "fi")
    assert [plain(text) for text in found["value"]] == ["2,0", "3", "100,0 %"]
    assert [plain(text) for text in found["q3"]] == ["3,2", "7", "50,0 %"]


def test_data_in_which_nothing_changed_have_no_empty_table(tmp_path: Path) -> None:
    made = Recipe(summary=True, chapters=[Item(chapter="time")])
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    now = listed(tmp_path / "a", row(1), row(2), row(3))
    same = listed(tmp_path / "b", row(1), row(2))
    found = chapter(content(now, lang="en", before=same, recipe=made, traces=False), "time")
    assert found.paragraphs[-2:] == [
        "Projects whose dates or funding could be compared with the earlier data: 2. "
        "None of them has changed dates or funding.",
        "Projects in both sets of data: 2, only in the earlier: 0, only in the current: 1.",
    ]
    assert not [part for part in found.parts if part.key == "amendments"]
    other = listed(tmp_path / "c", row(1, days=("1.1.2016", "30.11.2016")), row(2))
    found = chapter(content(now, lang="en", before=other, recipe=made, traces=False), "time")
    (changed,) = (p for p in found.parts if p.key == "amendments" and isinstance(p, Table))
    assert changed.frame["project_code"].tolist() == ["S20001"]


def test_medians_of_counts_are_those_of_the_picture(tmp_path: Path) -> None:
    def side(first: int, *counts: int) -> Portfolio:
        pages = [
            eura2014_page(code=f"S{first + n}", participants=f"Suunniteltu: {count}")
            for n, count in enumerate(counts)
        ]
        return read_pages(tmp_path / str(first), *pages)

    others = {"Muu": side(20011, 8, 9, 30)}
    made = content(side(20001, 10, 21), lang="fi", compare=others, traces=False)
    found = table(made, "comparison_participants_planned")
    (column,) = (c for c in found.columns if c.name == "median")
    # The middle of 10 and 21, beside 9.
    assert [column.write(value, "fi") for value in found.frame["median"]] == ["15,5", "9,0"]
    gaps = table(made, "comparison_participants_planned_differences")
    (middle,) = gaps.frame.loc[gaps.frame["figure"] == "median"].to_dict("records")
    texts = {c.name: c.write(middle[c.name], "fi") for c in gaps.columns}
    assert (texts["a"], texts["b"], texts["difference"]) == ("15,5", "9,0", "6,5")


def test_days_that_no_source_has_are_told_on_the_first_page(tmp_path: Path) -> None:
    made = report(listed(tmp_path, row(1, days=("1.1.2016", "")), row(2, days=("", ""))), "time")
    assert not made.sections
    texts = [plain(text) for _, text in made.summary.unread] if made.summary else []
    assert any("toteutusaika alusta loppuun: luetuissa lähteissä ei ole" in text for text in texts)


def test_frames_of_programmes_are_in_millions(tmp_path: Path) -> None:
    made = report(listed(tmp_path, row(1, 2_000_000, axis=3)), "absorption")
    labels = [column.label for column in table(made, "rates").columns]
    assert {"Rahoituskehys, M€", "Varattu, M€", "Maksettu, M€"} <= {*labels}


def test_a_project_without_a_code_is_called_by_its_name_behind_figures(tmp_path: Path) -> None:
    (tmp_path / "form.txt").write_text(eura2014_page(code="S20001"), encoding="utf-8")
    for name in ("Askel arkeen", "Meren uusi aamu ja muita asioita kylille ja kaupungeille"):
        page = f"{name}\n\nHankeaika: 1.1.2019–31.12.2020\n\nRahoittaja: Euroopan sosiaalirahasto\n"
        (tmp_path / f"{name[:5]}.txt").write_text(page, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = content(esrdata.read(tmp_path), lang="fi", traces=True)
    tables = [
        replace(section, parts=[part for part in section.parts if isinstance(part, Table)])
        for section in made.sections
    ]
    text = html(replace(made, summary=None, sections=tables), {})
    folded = re.findall(r"<details.*?</details>", text, re.DOTALL)
    assert folded
    listed = " ".join(re.sub(r"<[^>]+>", " ", part) for part in folded)
    assert "Askel arkeen" in listed
    assert "Meren uusi aamu ja muita asioita…" in listed
    assert "S20001" in listed and word("format.no_code", "fi") not in listed


def test_budgets_of_web_pages_are_told_where_public_funding_is_not_known(tmp_path: Path) -> None:
    for name, budget in (("Askel arkeen", "120 000 €"), ("Meren uusi aamu", "80 500 €")):
        page = f"{name}\n\nHankeaika: 1.1.2019–31.12.2020\n\nKokonaisbudjetti: {budget}\n"
        (tmp_path / f"{name[:5]}.txt").write_text(page, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pages = esrdata.read(tmp_path)
    rows = table(content(pages, lang="fi"), "glance").frame
    assert (
        dict(zip(rows["item"], rows["value"], strict=True))[
            "Rahoitus yhteensä, suunniteltu (tiedossa 2 hankkeesta)"
        ]
        == "200\u00a0500\u00a0€"
    )
    # What stands under funding elsewhere is of public funding.
    (chapter,) = [s for s in report(pages, "funding").sections if s.key == "funding"]
    assert not [text for text in chapter.paragraphs if "julkisen rahoituksen" in text]
    # Of a form that tells public funding nothing more is said.
    (tmp_path / "form").mkdir()
    public = read_pages(tmp_path / "form", eura2014_page(code="S20001"))
    form = table(content(public, lang="fi"), "glance")
    assert not form.frame["item"].str.startswith("Rahoitus yhteensä").any()


def test_of_no_money_nobody_has_a_share(tmp_path: Path) -> None:
    rows = [row(n, planned=0, realised=0, granted=0) for n in range(1, 10)]
    made = report(listed(tmp_path, *rows), "glance", "funding")
    assert "concentration" not in [figure.key for figure in made.figures]
    assert made.summary is not None
    assert not [clause for clause, _ in made.summary.sentences if "suurinta" in clause]


def test_a_description_among_rows_of_a_list_is_shown_without_them(tmp_path: Path) -> None:
    told = "Mukana oli 40 osallistujaa."
    page = eura2014_page(code="S29001", final_report=told, axis="3. Työllisyys")
    (tmp_path / "S29001.txt").write_text(page, encoding="utf-8")
    listed(tmp_path, *(row(n) for n in range(1, 15)))
    made = report(esrdata.read(tmp_path), "participants", "stated", "sustainability")
    # The axis of the list, 5, asks for no participants.
    people = table(made, "participants_by_priority_axis").frame
    assert people["priority_axis"].dropna().tolist() == [3]
    (stated,) = figures_of(made, "stated_participants")
    ax = stated.draw()
    shown = drawn_texts(ax)
    assert "40 osallistujaa" in shown and "Muut 14 hanketta" in shown
    assert "15 suurinta" not in words(ax, "fi").subtitle
    assert not [text for text in shown if text.startswith("Hanke ")]
    # Shares of one project would be a picture of dashes.
    (scores,) = figures_of(made, "sustainability")
    ax = scores.draw()
    assert "Pieni hanke" in drawn_texts(ax)
    assert "Arvioita ei kysytä 14 hankkeen lomakkeella (Hankelista)." in words(ax, "fi").notes
