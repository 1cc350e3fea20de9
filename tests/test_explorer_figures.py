"""The explorer's figures against `esrdata.stats` on the same projects, to the cent."""

import os
import random
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

import pandas as pd
import pytest
import test_words
from explorer_page import ask, node, unpacked

import esrdata
from esrdata.explorer.data import _format, _intervals
from esrdata.explorer.facets import facets
from esrdata.explorer.page import page
from esrdata.explorer.select import holds
from esrdata.explorer.words import Words, words
from esrdata.knowledge import formats, load
from esrdata.portfolio import Portfolio

pytestmark = pytest.mark.skipif(node() is None, reason="There is no Node.js here.")

#: The groups that the page's are compared by, as `esrdata.stats` takes them.
BY = {
    "": None,
    "programme_period": "programme_period",
    "priority_axis": ["programme_period", "fund", "priority_axis"],
    "region": "region",
    "status_code": "status_code",
    "size_band": "size_band",
    "start_year": "start_year",
    "authority": "authority",
    "applicant": "applicant",
}


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    """Made-up projects, of which some have sums that do not count, and cents that add up."""
    folder = tmp_path_factory.mktemp("explorer")
    from esrdata.samples.maker import write

    write(folder, projects=28, seed=7, short=True)
    made = esrdata.read(folder, workers=1, cache=False)
    tables = made.tables
    funding = tables["funding"].copy()
    chance = random.Random(3)
    for row in funding.index:
        funding.loc[row, "amount_eur"] = round(
            float(funding.loc[row, "amount_eur"] or 0) + chance.randrange(100) / 100, 2
        )
        kind = chance.random()
        if kind < 0.08:
            funding.loc[row, "amount_eur"] = pd.NA
        elif kind < 0.14:
            funding.loc[row, "qualifier"] = "about"
        elif kind < 0.18:
            funding.loc[row, "amount_eur"] = -12.34
        elif kind < 0.22:
            funding.loc[row, "amount_eur"] = 0.0
    projects = tables["projects"].copy()
    for row in projects.index:
        if chance.random() < 0.3:
            projects.loc[row, "status_code"] = chance.choice(["running", "interrupted", pd.NA])
        if chance.random() < 0.1:
            projects.loc[row, "end_date"] = pd.NaT
    return Portfolio({**tables, "funding": funding, "projects": projects}, made.base, made.shelf)


@pytest.fixture(scope="module")
def packed(portfolio: Portfolio) -> dict[str, Any]:
    return unpacked(page(portfolio, lang="en"))


def addresses(core: dict[str, Any], n: int, seed: int) -> list[str]:
    """Selections drawn at random: of one to three facets some values, now and then the missing."""

    chance = random.Random(seed)
    found = []
    for _ in range(n):
        pairs = []
        for facet in chance.sample(core["facets"], chance.randint(1, 3)):
            some = chance.sample(facet["keys"], min(len(facet["keys"]), chance.randint(1, 3)))
            pairs += [(facet["name"], key) for key in some]
            if chance.random() < 0.2:
                pairs.append((facet["name"], ""))
        found.append(urlencode(pairs))
    return found


def same(theirs: Any, ours: Any) -> bool:
    """Equal to the cent and to the ninth decimal; missing where missing."""
    if pd.isna(theirs) or ours is None:
        return bool(pd.isna(theirs)) and ours is None
    return abs(float(theirs) - float(ours)) <= 1e-9 * max(1.0, abs(float(theirs)) * 1e-3)


def compared(table: pd.DataFrame, rows: list[dict[str, Any]], statistic: str, n_keys: int) -> int:
    """Compare every column that both have, row by row; how many cells were compared."""
    if n_keys:
        # Projects without the last key are one group on the page.
        table = table[table.iloc[:, n_keys - 1].notna()]
        rows = [row for row in rows if row["key"] != ""]
    assert len(table) == len(rows)
    made = load.explorer()["statistics"][statistic]["figures"]
    cells = 0
    for (_, theirs), ours in zip(table.iterrows(), rows, strict=True):
        for column, how in made.items():
            if not how.get("inner") and column in ours:
                assert same(theirs[column], ours[column]), (column, theirs[column], ours[column])
                cells += 1
    return cells


def planned(chosen: Portfolio, asked: dict[str, Any], rows: Any) -> int:
    table = esrdata.stats.planned_and_realised(chosen, BY[asked["by"]], asked["measure"])
    return compared(table, rows, "planned_and_realised", _keys(asked))


def absorption(chosen: Portfolio, asked: dict[str, Any], rows: Any) -> int:
    table = esrdata.stats.absorption(chosen, BY[asked["by"]], asked["measure"])
    return compared(table, rows, "absorption", _keys(asked))


def counted(chosen: Portfolio, asked: dict[str, Any], rows: Any) -> int:
    by = BY[asked["by"]]
    if asked["measure"] == "participants":
        table = esrdata.stats.participants(chosen, by)
        kept = {"planned_both", "realised_both"}
        rows = [{k: v for k, v in row.items() if k not in kept} for row in rows]
        return compared(table, rows, "participants", _keys(asked))
    table = esrdata.stats.indicators(chosen, asked["measure"], by)
    return compared(table, rows, "indicators", _keys(asked))


def scores(chosen: Portfolio, asked: dict[str, Any], rows: Any) -> int:
    table = esrdata.stats.sustainability_profile(chosen)
    made = {(row["criterion"], row["effect"]): row for row in rows}
    # The page has rows of all criteria of the portfolio, a selection those that it was asked.
    own = [
        made[key] for key in zip(table["criterion"], table["effect"], strict=True) if key in made
    ]
    asked_for = table[
        [(c, e) in made for c, e in zip(table["criterion"], table["effect"], strict=True)]
    ]
    return compared(asked_for, own, "sustainability_profile", 0)


def answered(chosen: Portfolio, asked: dict[str, Any], rows: Any) -> int:
    table = esrdata.stats.horizontal_answers(chosen)
    key = lambda row: (row["form"], row["principle"], row["code"], row["text"])  # noqa: E731
    ours = {
        key(row["question"] | (row["answer"] or {"code": None, "text": None})): row for row in rows
    }
    assert len(ours) == len(rows) == len(table)
    own = []
    for form, principle, code, text in zip(
        table["form"], table["principle"], table["answer_code"], table["answer"], strict=True
    ):
        own.append(
            ours[form, principle, None if pd.isna(code) else code, None if pd.isna(text) else text]
        )
    return compared(table, own, "horizontal_answers", 0)


def regions(chosen: Portfolio, asked: dict[str, Any], rows: Any) -> int:
    table = esrdata.stats.locations_summary(chosen)
    country = table[table["level"] == "country"]
    named = table[(table["level"] == "region") & (table["n"] > 0)]
    if len(country):
        compared(country, [rows["country"]], "locations_summary", 0)
    return compared(named, rows["regions"], "locations_summary", 0)


def years(chosen: Portfolio, asked: dict[str, Any], rows: Any) -> int:
    table = esrdata.stats.status_by_year(chosen)
    assert [row["year"] for row in rows] == list(table["year"])
    for column in ("n_running", "n_started", "n_ended"):
        assert [row[column] for row in rows] == list(table[column])
    for code in ("running", "ended", "interrupted"):
        of = [sum(s["n"] for s in row["statuses"] if s["key"] == code) for row in rows]
        assert of == list(table[f"n_started_{code}"])
    return compared(table, rows, "status_by_year", 0)


def organisations(chosen: Portfolio, asked: dict[str, Any], rows: Any) -> int:
    table = esrdata.stats.concentration(chosen, measure=asked["measure"])
    for column in ("share", "cumulative_share"):
        assert len(rows) == len(table)
        assert all(same(a, b[column]) for a, b in zip(table[column], rows, strict=True))
    return compared(table, rows, "concentration", 0)


STATISTICS: dict[str, Callable[[Portfolio, dict[str, Any], Any], int]] = {
    one.__name__: one
    for one in (planned, absorption, counted, scores, answered, regions, years, organisations)
}


def _keys(asked: dict[str, Any]) -> int:
    by = BY[asked["by"]]
    return 0 if by is None else len([by] if isinstance(by, str) else by)


def hold(portfolio: Portfolio, packed: dict[str, Any], n: int, seed: int) -> None:
    core = packed["core"]
    chance = random.Random(seed)
    measures = [one["code"] for one in core["money"]]
    counts = [one["code"] for one in core["counts"]]
    asked = []
    for place, address in enumerate(addresses(core, n, seed)):
        statistic = list(STATISTICS)[place % len(STATISTICS)]
        measure = chance.choice(counts if statistic == "counted" else measures)
        asked.append(
            {
                "address": address,
                "statistic": statistic,
                "by": chance.choice(list(BY)),
                "measure": measure,
            }
        )
    found = ask(core=core, words=packed["words"], asked=asked)
    cells = dict.fromkeys(STATISTICS, 0)
    known, index = list(facets(portfolio, "fi")), words(portfolio)
    for one, answer in zip(asked, found, strict=True):
        keep = holds(len(portfolio), known, index, one["address"])
        chosen = portfolio.select(list(keep))
        assert list(chosen.projects["project_code"]) == answer["codes"], one
        assert answer["unknown"] == []
        if len(chosen):
            cells[one["statistic"]] += STATISTICS[one["statistic"]](chosen, one, answer["rows"])
    assert all(cells.values()), cells


@pytest.mark.slow
def test_selections_have_the_figures_of_the_statistics(
    portfolio: Portfolio, packed: dict[str, Any]
) -> None:
    hold(portfolio, packed, 16, seed=1)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("ESRDATA_LARGE"), reason="minutes: ESRDATA_LARGE=1 runs it")
def test_two_hundred_selections(portfolio: Portfolio, packed: dict[str, Any]) -> None:
    hold(portfolio, packed, 200, seed=2)


def test_without_money_there_are_people_without_a_cost(portfolio: Portfolio) -> None:
    tables = {**portfolio.tables, "funding": portfolio.funding.iloc[:0]}
    free = Portfolio(tables, portfolio.base, portfolio.shelf)
    page_of = unpacked(page(free, lang="en"))
    assert page_of["core"]["money"] == []
    asked = [{"address": "", "statistic": "counted", "by": "", "measure": "participants"}]
    [answer] = ask(core=page_of["core"], words=page_of["words"], asked=asked)
    [row] = answer["rows"]
    total = portfolio.indicators.query("indicator == 'participants' and stage == 'planned'")
    assert row["planned"] == int(total["total"].sum())
    assert "cost_per_planned" not in row and "cost_planned_low" not in row


#: Function, value and decimals, and the text in Finnish and in English.
WRITTEN: list[tuple[str, list[Any], str, str]] = [
    ("money", [1234], "1\u00a0234\u00a0€", "€1,234"),
    ("money", [-876], "\u2212876\u00a0€", "\u2212€876"),
    ("money", [1584000.5, 2], "1\u00a0584\u00a0000,50\u00a0€", "€1,584,000.50"),
    ("percent", [0.125], "12,5\u00a0%", "12.5%"),
    ("percent", [39720 / 46434], "85,5\u00a0%", "85.5%"),
    ("percent", [1, 0], "100\u00a0%", "100%"),
    ("percent", [-0.04], "\u22124,0\u00a0%", "\u22124.0%"),
    ("percent", [None], "–", "–"),
]


def test_numbers_are_written_as_ours_are() -> None:
    """The examples of `formats.number` in test_words.py, and those above, in both."""
    rows = test_words.test_number.pytestmark[0].args[1]
    examples = [("number", [float(v), decimals], fi, en) for v, decimals, fi, en in rows] + WRITTEN
    asked = [[lang, name, *given] for name, given, *_ in examples for lang in ("fi", "sv", "en")]
    found = ask(asked=asked, formats={lang: _format(lang) for lang in ("fi", "sv", "en")})
    assert found == [text for *_, fi, en in examples for text in (fi, fi, en)]
    for name, given, fi, en in WRITTEN:
        write = getattr(formats, name)
        texts = [write(given[0], lang, *given[1:]) for lang in ("fi", "sv", "en")]
        assert texts == [fi, fi, en]


def test_a_range_has_its_unit_once() -> None:
    examples = [
        ([0.851, 0.932, "percent"], "85,1–93,2\u00a0%", "85.1–93.2%"),
        ([1200, 2300, "money"], "1\u00a0200–2\u00a0300\u00a0€", "€1,200–€2,300"),
        ([-0.01, 0.02, "percent"], "\u22121,0\u00a0… 2,0\u00a0%", "\u22121.0\u00a0… 2.0%"),
        ([None, None, "percent"], "–", "–"),
    ]
    asked = [[lang, "span", *given] for given, *_ in examples for lang in ("fi", "en")]
    found = ask(asked=asked, formats={lang: _format(lang) for lang in ("fi", "en")})
    assert found == [text for _, *texts in examples for text in texts]


def test_intervals_are_those_of_the_statistics() -> None:
    """The examples of test_intervals.py, and medians of seven, of whom the first and last serve."""
    asked: list[tuple[list[Any], Any]] = [
        (["ofShare", 8, 10], pytest.approx([0.490162, 0.943318], abs=1e-6)),
        (["ofShare", 0, 10], pytest.approx([0, 3.841459 / 13.841459], abs=1e-6)),
        (["ofShare", 2, 5], None),
        (["ofQuantile", [1, 2, 3, 4, 5], 0.5], None),
        (["ofQuantile", [1, 2, 3, 4, 5, 6], 0.5], [1, 6]),
        (["ofQuantile", [], 0.5], None),
        (["ofQuantile", [*range(1, 14)], 0.25], [1, 7]),
        (["ofQuantile", [*range(1, 14)], 0.75], [7, 13]),
        (["ofMedians", [*range(1, 8)], [*range(11, 18)]], [1 - 17, 7 - 11]),
        # Of six both ends hold with 1 − 2/64 = 96.9 %, which is below √0.95.
        (["ofMedians", [*range(1, 7)], [*range(11, 18)]], None),
    ]
    questions = [["fi", *question] for question, _ in asked]
    found = ask(asked=questions, formats={"fi": _format("fi")}, ends=_intervals(20))
    for (question, expected), answer in zip(asked, found, strict=True):
        assert answer == expected, question


def test_days_are_written_as_ours_are() -> None:
    day = pd.Timestamp(2017, 6, 30)
    asked = [[lang, "day", (day - pd.Timestamp(1970, 1, 1)).days] for lang in ("fi", "sv", "en")]
    found = ask(asked=asked, formats={lang: _format(lang) for lang in ("fi", "sv", "en")})
    assert found == ["30.6.2017", "30.6.2017", "30 June 2017"]


def test_every_figure_is_a_column_of_its_statistic() -> None:
    declared = load.statistics()["columns"]
    for statistic, spec in load.explorer()["statistics"].items():
        own = {name for name, how in spec["figures"].items() if not how.get("inner")}
        assert own
        assert own <= set(declared[statistic]), statistic


def test_words_find_their_forms_in_both(portfolio: Portfolio, packed: dict[str, Any]) -> None:
    index = words(portfolio)
    assert len(index.forms) > 100
    long = [form for form in index.forms if len(form) > 7]
    queries = [
        *random.Random(5).sample(long, 12),
        "ty*",
        "*takuu",
        "*oulu*",
        "eisanaa",
        "nuorten työ*",
    ]
    asked = [{"address": f"q={quote(query)}", "measure": "public_total"} for query in queries]
    found = ask(core=packed["core"], words=packed["words"], asked=asked)
    for query, answer in zip(queries, found, strict=True):
        places = index.find(query)
        assert places is not None
        codes = portfolio.projects["project_code"]
        assert answer["codes"] == [code for at, code in enumerate(codes) if at in places], query
    assert found[-2]["codes"] == []
    assert len(found[12]["codes"]) > 0


def test_a_word_is_offered_as_a_part_of_others_too() -> None:
    forms = ("ammattikoulussa", "ja", "koulu", "kouluja", "koulutus")
    lemmas = ("ammattikoulu", "ja", "koulu", "koulu", "koulutus")
    index = Words(forms, lemmas, ((0,), (1,), (2,), (1,), (3,)), "by hand")
    assert index.find("kouluja") == {1, 2}
    assert index.find("*koulu*") == {0, 1, 2, 3}
    expected = {
        "kouluja": "*koulu*",  # by its basic form
        "takuu": "*takuu*",  # not in the texts as a word
        "koulu työ*": "*koulu* työ*",
        "ja koulu": "ja *koulu*",  # two letters stand in too many words
        "*koulu": None,
        "ja": None,
        "": None,
    }
    found = ask(
        asked=[["fi", "wider", query] for query in expected],
        formats={"fi": _format("fi")},
        words=index.as_json(),
    )
    assert found == list(expected.values())


def test_an_inflected_form_finds_the_others(portfolio: Portfolio) -> None:
    index = words(portfolio)
    by_lemma: dict[str, set[str]] = {}
    for form, lemma in zip(index.forms, index.lemmas, strict=True):
        by_lemma.setdefault(lemma, set()).add(form)
    lemma, forms = max(by_lemma.items(), key=lambda pair: len(pair[1]))
    assert len(forms) > 2, lemma
    assert len({frozenset(index.find(form) or ()) for form in forms}) == 1


def test_the_line_of_python_gives_the_same_projects(
    portfolio: Portfolio, packed: dict[str, Any]
) -> None:
    core = packed["core"]
    asked = [
        {"address": "", "measure": "public_total"},
        {"address": "programme_period=2014-2020&status_code=ended", "measure": "public_total"},
        {"address": "region=Kymenlaakso&region=Uusimaa", "measure": "public_total"},
        {"address": f"q={quote('työ*')}&fund=ESR", "measure": "public_total"},
    ]
    found = ask(core=core, words=packed["words"], asked=asked)
    assert ".select(programme_period=" in found[1]["python"]
    assert "selected(portfolio" in found[2]["python"]
    for answer in found:
        known: dict[str, Any] = {"esrdata": esrdata, "portfolio": portfolio}
        exec("import esrdata.explorer\n" + answer["python"], known)
        assert list(known["chosen"].projects["project_code"]) == answer["codes"]
        assert answer["codes"]


def test_counts_beside_choices_are_what_choosing_gives(
    portfolio: Portfolio, packed: dict[str, Any]
) -> None:
    core = packed["core"]
    at, facet = next((at, one) for at, one in enumerate(core["facets"]) if one["name"] == "region")
    base = "programme_period=2014-2020"
    asked = [{"address": base, "measure": ""}]
    asked += [{"address": f"{base}&region={quote(key)}", "measure": ""} for key in facet["keys"]]
    first, *others = ask(core=core, words=packed["words"], asked=asked)
    assert first["counts"][at][:-1] == [len(one["codes"]) for one in others]
    assert sum(first["counts"][at][:-1]) > 0
