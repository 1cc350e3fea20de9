"""Portfolios with hardly anything in them: every statistic and its chart say why, none crashes."""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from pages import RAW, eura2014_page, read_pages

import esrdata
from esrdata import Portfolio, UsageError, charts, stats
from esrdata.present import pack
from esrdata.present.model import Content, Figure, Table

AXES = (
    "3. Työllisyys ja työvoiman liikkuvuus",
    "4. Koulutus, ammattitaito ja elinikäinen oppiminen",
    "5. Sosiaalinen osallisuus ja köyhyyden torjunta",
)
HEAD = (
    "Koodi;Rahasto;Hankkeen nimi;Tl;Viranomainen;Tila;Aloituspvm;Päättymispvm;Toteuttajan nimi;"
    "Myönnetty EU- ja valtion rahoitus;Toteutunut EU- ja valtion rahoitus;"
    "Suunniteltu julkinen rahoitus yhteensä;Toteutunut julkinen rahoitus yhteensä"
)


def _read(*pages: str) -> Portfolio:
    return read_pages(Path(tempfile.mkdtemp()), *pages)


def _list(*codes: str, status: str = "Päättynyt") -> Portfolio:
    rows = [
        f"{code};ESR;Hanke {n};{3 + n % 3};Hämeen ELY-keskus;{status};1.1.2016;31.12.2018;"
        f"Malli Oy;1000;500;2000;{1000 + n}"
        for n, code in enumerate(codes)
    ]
    path = Path(tempfile.mkdtemp()) / "lista.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return esrdata.read(path)


def _running() -> Portfolio:
    pages = (
        eura2014_page(code=f"S2{n:04}", status="Toiminnassa", axis=AXES[n % 3]) for n in range(12)
    )
    return _read(*pages)


def _without_money() -> Portfolio:
    whole = _read(*(eura2014_page(code=f"S3{n:04}", axis=AXES[n % 3]) for n in range(9)))
    tables = {**whole.tables, "funding": whole.funding.iloc[:0]}
    return Portfolio(tables, whole.base, whole.shelf)


EDGES: dict[str, Callable[[], Portfolio]] = {
    "all running": _running,
    "none": lambda: _running().select([False] * 12),
    "one": lambda: _read(eura2014_page(code="S20001")),
    "one per group": lambda: _read(
        *(eura2014_page(code=f"S2{n:04}", axis=AXES[n]) for n in range(3))
    ),
    "list": lambda: _list(*(f"S1{n:04}" for n in range(12)), status="Toiminta päättynyt"),
    "web pages": lambda: esrdata.read(RAW / "kaupunki-leader.txt"),
    "no money": _without_money,
    # A status that no list has stays as it is written, and nobody is known to have ended.
    "duplicates": lambda: _list("S10001", "S10001", "S10002", "S10002"),
}
# What each statistic is given beside the portfolio.
GIVEN: dict[str, dict[str, Any]] = {
    "associations": {"x": "duration_days", "y": "public_total_planned"},
    "compare": {"by": "priority_axis"},
    "compare_groups": {"value": "public_total_absorption", "by": "priority_axis"},
    "constant_prices": {"year": 2020},
}
# What is no statistic of a portfolio, or takes what another one made.
OTHERS = {
    "Population", "accepted_claims", "columns", "differences", "peers", "portfolio_of",
    "read_review", "recompute", "sample_cases", "sample_protocol", "state", "trace", "write_review",
}  # fmt: skip
STATISTICS = sorted({*stats.__all__} - OTHERS)
CHARTS = {
    "locations_summary": ("tile_map",),
    "sustainability_profile": ("sustainability",),
}


@cache
def edge(name: str) -> Portfolio:
    return EDGES[name]()


def made(statistic: str, portfolio: Portfolio) -> pd.DataFrame:
    function = getattr(stats, statistic)
    if statistic == "amendments":
        found: pd.DataFrame = function(portfolio, portfolio)
        return found
    return function(portfolio, **GIVEN.get(statistic, {}))


def draw(table: pd.DataFrame, statistic: str) -> None:
    """Draw the charts of a statistic; an empty table is a sentence."""
    for name in CHARTS.get(statistic, (statistic,)):
        chart = getattr(charts, name, None)
        if chart is None:
            continue
        try:
            ax = chart(table)
        except UsageError as error:
            assert str(error).endswith(".")
        else:
            assert len(table)
            assert charts.alt_text(ax)
            plt.close("all")


@pytest.mark.slow
@pytest.mark.parametrize("name", EDGES)
@pytest.mark.parametrize("statistic", STATISTICS)
def test_a_statistic_of_hardly_anything_says_why(statistic: str, name: str) -> None:
    table = made(statistic, edge(name))
    assert isinstance(table, pd.DataFrame)
    if not len(table):
        assert table.attrs["why_empty"].endswith(".")
    draw(table, statistic)


@pytest.mark.slow
@pytest.mark.parametrize("name", EDGES)
def test_a_comparison_of_hardly_anything(name: str) -> None:
    portfolio = edge(name)
    table = esrdata.compare({"a": portfolio, "b": portfolio})
    draw(table, "compare")
    assert len(stats.differences(table)) or stats.differences(table).attrs["why_empty"]
    for code in portfolio.projects["project_code"][:1]:
        draw(stats.peers(portfolio, code), "peers")


@cache
def report_of(name: str, lang: str = "fi") -> Content:
    """The content of a report, which no test changes."""
    return pack.content(edge(name), lang=lang, traces=False)


def _texts(name: str, lang: str = "fi") -> str:
    """All sentences, titles and cells of a report without pictures."""
    content = report_of(name, lang)
    texts: list[object] = [content.source, *(content.summary.figures if content.summary else ())]
    if content.summary:
        texts += [content.summary.title, *content.summary.sentences]
    for section in content.sections:
        texts += [section.title, *section.paragraphs, *((c.code, c.facts) for c in section.cards)]
        for part in section.parts:
            texts.append(part.title)
            if isinstance(part, Table):
                rows = part.frame[[column.name for column in part.columns]]
                texts += [
                    column.write(value, lang)
                    for row in rows.itertuples(index=False)
                    for value, column in zip(row, part.columns, strict=True)
                ]
    return "\n".join(map(str, texts))


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "none"), [("fi", "ei koodia"), ("sv", "ingen kod")])
def test_a_page_without_a_code_has_none_in_a_report(lang: str, none: str) -> None:
    texts = _texts("web pages", lang)
    assert none in texts
    assert "web:" not in texts
    assert ".txt:" not in texts


@pytest.mark.slow
def test_running_projects_have_paid_so_far_and_used_nothing_for_good() -> None:
    texts = _texts("all running")
    assert "12 hanketta on käyttänyt tähän mennessä 18 000 €" in texts.replace("\u00a0", " ")
    assert "suunnitellusta toteutunut tähän mennessä" in texts
    assert "Rahasta toteutui" not in texts
    assert "Yhteensä\n\n12 000 €\n24 000 €\n18 000 €\n75,0 %" in texts.replace("\u00a0", " ")
    # All ran from the first quarter to the last: on no day more than on any other.
    assert "Eniten hankkeita" not in texts


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_sums_of_running_projects_may_grow(lang: str) -> None:
    so_far = {"fi": "tähän mennessä", "sv": "hittills", "en": "so far"}[lang]
    for by in ("priority_axis", None):
        table = stats.planned_and_realised(edge("all running"), by=by)
        assert table.attrs["n_running"] == 12
        words = charts.words(charts.planned_and_realised(table, lang=lang), lang)
        assert so_far in words.title
        assert "(12)" in " ".join(words.notes)
    ended = stats.planned_and_realised(edge("list"), by="priority_axis")
    words = charts.words(charts.planned_and_realised(ended, lang=lang), lang)
    assert so_far not in words.title
    assert "(12)" not in " ".join(words.notes)


def test_scores_of_projects_of_one_name_have_their_codes() -> None:
    table = stats.sustainability_scores(edge("one per group"))
    ax = charts.sustainability_scores(table)
    heads = " ".join(text.get_text() for text in ax.texts)
    assert all(code in heads for code in ("S20000", "S20001", "S20002"))


@pytest.mark.slow
def test_half_of_three_projects_is_not_told() -> None:
    assert "uolet" not in _texts("one per group")
    assert "Puolet päättyneistä hankkeista" in _texts("list")


def test_nobody_knows_how_many_beneficiaries_a_page_without_names_has() -> None:
    content = report_of("web pages")
    (glance,) = [s for s in content.sections if s.key == "glance"]
    (table,) = [part for part in glance.parts if isinstance(part, Table)]
    rows = dict(table.frame.itertuples(index=False))
    assert rows["Toteuttajia (hakijan mukaan)"] == "–"


@pytest.mark.slow
@pytest.mark.parametrize("name", EDGES)
def test_a_report_of_hardly_anything_leaves_parts_out(name: str) -> None:
    portfolio = edge(name)
    if name in ("none", "list"):
        content = pack.content(portfolio, lang="fi", compare={"toinen": portfolio}, traces=False)
    else:
        content = report_of(name)
    assert "about" in [section.key for section in content.sections]
    if not len(portfolio):
        assert content.sections[0].paragraphs[0].startswith("Aineistossa ei ole yhtään hanketta")
        assert (content.source, content.sections[0].parts) == ("", [])
    for section in content.sections:
        for part in section.parts:
            if isinstance(part, Figure):
                part.draw()
                plt.close("all")
