"""Every cell a person read off two real pages, from their text and from HTML made of it.

The pages and the cells hold personal data and other people's prose, so they stay outside the
project; where they are not at hand these tests are skipped.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import esrdata
from esrdata import Portfolio

SHARED = Path(__file__).parents[2].parent / "shared"
CODES = ("S20405", "S12577")
FORMATS = ("text", "html", "html with a table")

pytestmark = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason="the real documents are not beside the project"
)


def page(code: str) -> str:
    path = SHARED / "real" / "descriptions" / f"{code}.txt"
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=[(code, f) for code in CODES for f in FORMATS], ids=str)
def case(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    to_html: Callable[..., str],
) -> tuple[dict[str, Any], Portfolio, str]:
    """The gold of a page, what was read of it, and the source it was read from."""
    code, format_ = request.param
    text = page(code)
    source = text if format_ == "text" else to_html(text, table=format_.endswith("table"))
    path = tmp_path_factory.mktemp("gold") / "page"
    path.write_text(source, encoding="utf-8", newline="\n")
    gold = json.loads((SHARED / "gold" / f"{code}.json").read_text(encoding="utf-8"))
    return gold, esrdata.read(path, contacts=True), source


def cell(value: object) -> object:
    """A cell as JSON would have it."""
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value


Case = tuple[dict[str, Any], Portfolio, str]


def test_the_gold_has_no_part_that_is_not_tested(case: Case) -> None:
    gold, portfolio, _ = case
    assert set(gold) == {
        "file", "form", "project", "funding", "locations", "indicators", "sustainability",
        "gender", "classification", "partners", "contact", "narratives",
    } or set(gold) == {
        "file", "form", "project", "funding", "locations", "indicators", "sustainability",
        "gender", "partners", "contact", "narratives",
    }  # fmt: skip
    assert len(portfolio) == 1


def test_project(case: Case) -> None:
    gold, portfolio, _ = case
    (row,) = portfolio.projects.to_dict("records")
    assert row["form"] == gold["form"]
    assert {key: cell(row[key]) for key in gold["project"]} == gold["project"]


def test_funding(case: Case) -> None:
    gold, portfolio, _ = case
    found: dict[str, dict[str, object]] = {}
    for row in portfolio.funding.to_dict("records"):
        found.setdefault(row["measure"], {})[row["stage"]] = cell(row["amount_eur"])
    assert found == gold["funding"]


def test_locations(case: Case) -> None:
    gold, portfolio, _ = case
    found: dict[str, list[str]] = {}
    for row in portfolio.locations.to_dict("records"):
        found.setdefault(row["level"], []).append(row["name"])
    assert found == gold["locations"]


def test_indicators(case: Case) -> None:
    gold, portfolio, _ = case
    found: dict[str, dict[str, object]] = {}
    for row in portfolio.indicators.to_dict("records"):
        stages = found.setdefault(row["indicator"], {})
        stages[row["stage"]] = cell(row["total"])
        stages[f"{row['stage']}_women"] = cell(row["women"])
    assert set(found) == set(gold["indicators"])
    for indicator, stages in gold["indicators"].items():
        for stage in ("planned", "realised", "planned_women", "realised_women"):
            assert found[indicator].get(stage) == stages.get(stage), (indicator, stage)


def test_sustainability(case: Case) -> None:
    gold, portfolio, _ = case
    found = [
        {
            "criterion": row["criterion"],
            "dimension": row["dimension"],
            "direct": cell(row["direct"]),
            "indirect": cell(row["indirect"]),
            "has_justification": cell(row["justification"]) is not None,
        }
        for row in portfolio.sustainability.to_dict("records")
    ]
    assert found == gold["sustainability"]


def test_principles(case: Case) -> None:
    gold, portfolio, _ = case
    rows = portfolio.horizontal.to_dict("records")
    found = {row["principle"]: row["answer"] for row in rows}
    assert found == {**gold["gender"], **gold.get("classification", {})}
    yes_or_no = {"Kyllä": "yes", "Ei": "no"}
    for row in rows:
        assert cell(row["answer_code"]) == yes_or_no.get(row["answer"])


def test_partners(case: Case) -> None:
    gold, portfolio, _ = case
    assert portfolio.partners["name"].tolist() == gold["partners"] == []


def test_contact(case: Case) -> None:
    gold, portfolio, _ = case
    (row,) = portfolio.contacts.to_dict("records")
    assert {key: row[key] for key in gold["contact"]} == gold["contact"]


def test_narratives(case: Case) -> None:
    gold, portfolio, _ = case
    found = portfolio.narratives.set_index("section")["text"]
    assert set(found.index) == set(gold["narratives"])
    for section, (begin, end) in gold["narratives"].items():
        assert found[section].startswith(begin)
        assert found[section].endswith(end)


def test_narratives_hold_every_word_of_the_page(case: Case) -> None:
    gold, portfolio, _ = case
    text = page(gold["project"]["project_code"])
    for row in portfolio.narratives.to_dict("records"):
        begin, end = gold["narratives"][row["section"]]
        start = text.index(begin)
        whole = text[start : text.index(end, start) + len(end)]
        assert row["text"].split() == whole.split()
        paragraphs = [p for p in whole.split("\n\n") if p.strip()]
        assert len(row["text"].split("\n\n")) == len(paragraphs)


def test_every_line_is_accounted_for_and_none_reported(case: Case) -> None:
    _, portfolio, source = case
    (file,) = portfolio.files.to_dict("records")
    assert file["status"] == "read"
    assert file["lines"] == file["lines_accounted"]
    if file["format"] == "text":
        assert file["lines"] == sum(bool(line.strip()) for line in source.split("\n"))
    assert "unrecognised_line" not in portfolio.issues["code"].tolist()
    assert "error" not in portfolio.issues["severity"].tolist()


def test_every_value_stands_where_it_is_said_to(case: Case) -> None:
    _, portfolio, source = case
    placed = portfolio.provenance.dropna(subset="raw").to_dict("records")
    assert len(placed) > 30
    for row in placed:
        assert source[row["start"] : row["end"]] == row["raw"]
        assert row["line"] == source.count("\n", 0, row["start"]) + 1


@pytest.mark.parametrize("code", CODES)
def test_the_contact_person_is_kept_out(code: str, tmp_path: Path) -> None:
    import pickle

    gold = json.loads((SHARED / "gold" / f"{code}.json").read_text(encoding="utf-8"))
    path = tmp_path / "page.txt"
    path.write_text(page(code), encoding="utf-8")
    portfolio = esrdata.read(path)
    held = pickle.dumps(portfolio) + repr(portfolio).encode()
    assert gold["contact"]["name"].encode() not in held
    assert all(name.encode() not in held for name in gold["contact"]["name"].split())


def test_an_organisations_own_page_is_a_finding() -> None:
    source = SHARED / "real" / "descriptions"
    portfolio = esrdata.read(source)
    assert sorted(portfolio.projects["project_code"]) == sorted(CODES)
    own = str(source / "kaupunki-leader.txt")
    (file,) = portfolio.files[portfolio.files["file"] == own].to_dict("records")
    assert (file["status"], file["descriptions"]) == ("unknown_form", 0)
    issues = portfolio.issues[portfolio.issues["file"] == own]
    assert issues["code"].tolist() == ["form_unknown"]
