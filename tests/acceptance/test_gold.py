"""Every cell a person read off two real pages, from their text and from HTML made of it.

And the real list of 2007–2013 against a copy of it that was repaired by hand, and an organisation's
own page. The pages, the lists and the cells hold personal data and other people's prose, so they
stay outside the project; where they are not at hand these tests are skipped.
"""

import json
import re
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


# ---- an organisation's own page beside the descriptions

DESCRIPTIONS = SHARED / "real" / "descriptions"
OWN = str(DESCRIPTIONS / "kaupunki-leader.txt")
SECOND = "Yhteiskunnallinen yrittäjyys"


@pytest.fixture(scope="module")
def beside() -> Portfolio:
    """The two descriptions and the organisation's own page, read together."""
    return esrdata.read(DESCRIPTIONS)


def test_an_organisations_own_page_is_linked_and_a_finding(beside: Portfolio) -> None:
    assert sorted(beside.projects["project_code"]) == sorted(CODES)
    (file,) = beside.files[beside.files["file"] == OWN].to_dict("records")
    assert (file["status"], file["form"], file["descriptions"]) == ("read", "web", 1)
    assert file["lines"] == file["lines_accounted"]
    issues = beside.issues[beside.issues["file"] == OWN]
    linked, told = issues.to_dict("records")
    assert (linked["code"], linked["severity"]) == ("web_project_linked", "info")
    # A person checks the link by these: the score, and what speaks for and against it.
    assert re.search(r"S20405 0\.\d+; title 0\.\d+; ", linked["raw"])
    for reason in ("organisation Sepra", "sum 57634 = 57634", "end_date 2016-12-31 ≠ 2017-06-30"):
        assert reason in linked["raw"]
    assert (told["code"], told["severity"]) == ("web_project_unlinked", "warning")
    assert SECOND in told["raw"]
    assert [cell(issue["project_code"]) for issue in (linked, told)] == ["S20405", None]
    lines = Path(OWN).read_text(encoding="utf-8").split("\n")
    assert lines[linked["line"] - 1].strip().endswith("kehittäminen Kotkassa 2015 - 2016")
    assert lines[told["line"] - 1].strip() == SECOND


def test_the_links_of_an_organisations_own_page(beside: Portfolio) -> None:
    linked, told = beside.links.to_dict("records")
    assert (linked["status"], linked["project_code"]) == ("linked", "S20405")
    assert linked["candidate"] == "S20405"
    assert 0.7 < linked["score"] < 1
    assert (told["status"], told["title"]) == ("told_of", SECOND)
    assert cell(told["project_code"]) is None


def test_narratives_hold_nothing_of_the_pages_second_project(beside: Portfolio) -> None:
    told = beside.narratives[beside.narratives["project_code"] == "S20405"]
    gold = json.loads((SHARED / "gold" / "S20405.json").read_text(encoding="utf-8"))
    assert set(told["section"]) == {*gold["narratives"], "objectives", "implementation"}
    text = Path(OWN).read_text(encoding="utf-8")
    own, second = text.split(f"\n{SECOND}\n")
    for row in told.to_dict("records"):
        assert SECOND not in row["text"]
        if row["section"] in gold["narratives"]:
            begin, end = gold["narratives"][row["section"]]
            assert row["text"].startswith(begin)
            assert row["text"].endswith(end)
            continue
        for paragraph in row["text"].split("\n\n"):
            assert paragraph.split("\n")[0].strip() in own
            assert paragraph.split("\n")[0].strip() not in second


def test_the_own_page_and_the_description_disagree(beside: Portfolio) -> None:
    found = beside.conflicts("projects.end_date").to_dict("records")
    assert [(row["rank"], row["source"], row["value"]) for row in found] == [
        (1, "description", "2017-06-30"),
        (2, "web", "2016-12-31"),
    ]
    assert [row["file"] for row in found] == [str(DESCRIPTIONS / "S20405.txt"), OWN]
    for row in found:
        text = Path(row["file"]).read_text(encoding="utf-8")
        assert text[row["start"] : row["end"]] == row["raw"]
    (used,) = beside.projects.loc[beside.projects["project_code"] == "S20405", "end_date"]
    assert used == pd.Timestamp("2017-06-30")
    assert set(beside.conflicts["field"]) == {"projects.name", "projects.end_date"}
    assert set(beside.conflicts["project_code"]) == {"S20405"}


def test_the_person_on_an_organisations_own_page_is_kept_out(beside: Portfolio) -> None:
    text = Path(OWN).read_text(encoding="utf-8")
    addresses = re.findall(r"\S+(?:@|\(at\))\S+", text)
    assert addresses
    held = "\n".join(table.to_csv() for table in beside.tables.values())
    assert not [address for address in addresses if address.split("(at)")[0] in held]


# ---- the real list

LISTS = SHARED / "real" / "lists"
LIST = LISTS / "projektilista-2007-2013-raw.csv"
TWIN = LISTS / "projektilista-2007-2013-cleaned.csv"
_beside = pytest.mark.skipif(
    not LIST.is_file() or not TWIN.is_file(), reason="the real list is not beside the project"
)
MONEY = {
    "Myönnetty EU- ja valtion rahoitus": ("eu_and_state", "planned"),
    "Toteutunut EU- ja valtion rahoitus": ("eu_and_state", "realised"),
    "Suunniteltu julkinen rahoitus yhteensä": ("public_total", "planned"),
    "Toteutunut julkinen rahoitus yhteensä": ("public_total", "realised"),
}


def has_lists(test: Callable[..., None]) -> Callable[..., None]:
    """A test of the real list, which takes long to read."""
    return pytest.mark.slow(_beside(test))


@pytest.fixture(scope="module")
def listed() -> Portfolio:
    """The real list and the descriptions, read together: once, for it takes some seconds."""
    return esrdata.read([LIST, DESCRIPTIONS])


@pytest.fixture(scope="module")
def twin() -> pd.DataFrame:
    """The list as it was repaired by hand elsewhere."""
    return pd.read_csv(TWIN, dtype=str, keep_default_na=False).set_index("Koodi", drop=False)


def of_the_list(portfolio: Portfolio, column: str, twin: pd.DataFrame) -> "pd.Series[object]":
    """A column of `projects` in the order of the twin, the projects of the list only."""
    return portfolio.projects.set_index("project_code")[column].reindex(twin.index)


def assert_equal(theirs: "pd.Series[object]", ours: "pd.Series[object]") -> None:
    differ = theirs[~(theirs == ours).fillna(False)]
    assert differ.empty, [(code, differ[code], ours[code]) for code in differ.index[:5]]


@has_lists
def test_every_row_of_the_list_is_a_project(listed: Portfolio, twin: pd.DataFrame) -> None:
    (file,) = listed.files[listed.files["file"] == str(LIST)].to_dict("records")
    assert (file["status"], file["form"], file["format"]) == ("read", "list", "csv")
    assert file["descriptions"] == len(twin) == 19_940
    assert file["lines"] == file["lines_accounted"] == 19_941
    codes = listed.projects["project_code"]
    assert codes.is_unique
    assert set(codes) == {*twin.index, "S20405"}


@has_lists
def test_nothing_of_the_list_is_left_unread(listed: Portfolio) -> None:
    of_list = listed.issues[listed.issues["file"] == str(LIST)]
    # Rows that were repaired, and values that are read and look odd; nothing that was not read.
    assert set(of_list["code"]) == {
        "list_row_repaired",
        "list_name_several",
        "realised_above_granted",
        "eu_and_state_above_public_total",
        "outside_programme_period",
    }
    rows = listed.provenance[listed.provenance["file"] == str(LIST)]
    assert set(rows["status"]) <= {"read", "blank", "absent"}


@has_lists
@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Rahasto", "fund"),
        ("Tl", "priority_axis"),
        ("Toiminnan tila", "status"),
        ("Aloituspvm", "start_date"),
        ("Päättymispvm", "end_date"),
    ],
)
def test_cells_of_the_list_are_those_of_the_twin(
    listed: Portfolio, twin: pd.DataFrame, theirs: str, ours: str
) -> None:
    wanted, found = twin[theirs].str.strip(), of_the_list(listed, ours, twin)
    if ours.endswith("_date"):
        found = found.dt.strftime("%Y-%m-%d")
        # Written as 1.4.2008; what is no such date stays as it is, and differs.
        wanted = wanted.map(
            lambda day: "-".join(part.zfill(2) for part in reversed(day.split(".")))
        )
    assert_equal(wanted, found.astype("string").fillna(""))


@has_lists
@pytest.mark.parametrize("theirs", MONEY)
def test_sums_of_the_list_are_those_of_the_twin(
    listed: Portfolio, twin: pd.DataFrame, theirs: str
) -> None:
    measure, stage = MONEY[theirs]
    table = listed.funding[
        (listed.funding["measure"] == measure) & (listed.funding["stage"] == stage)
    ]
    found = table.set_index("project_code")["amount_eur"].reindex(twin.index)
    assert_equal(twin[theirs].astype("Float64"), found)


@has_lists
@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Projektin nimi", "name"),
        ("Ohjelma / osio", "programme_section"),
        ("Viranomainen", "authority"),
        ("Toteuttajan nimi", "applicant"),
    ],
)
def test_texts_of_the_list_are_those_of_the_twin_but_for_commas_and_quotes(
    listed: Portfolio, twin: pd.DataFrame, theirs: str, ours: str
) -> None:
    # The twin lost the commas, and quotes were dropped or moved in it.
    def bare(text: str) -> str:
        return re.sub(r"[\s,\"']+", "", text)

    found = of_the_list(listed, ours, twin).fillna("")
    assert_equal(twin[theirs].map(bare), found.map(bare))


@has_lists
def test_every_value_of_the_list_stands_where_it_is_said_to(listed: Portfolio) -> None:
    text = LIST.read_bytes().decode("cp1252").replace("\r\n", "\n")
    rows = listed.provenance[listed.provenance["file"] == str(LIST)].dropna(subset="raw")
    assert len(rows) > 13 * 19_000
    places = zip(rows["start"].tolist(), rows["end"].tolist(), rows["raw"].tolist(), strict=True)
    assert all(text[start:end] == raw for start, end, raw in places)


@has_lists
def test_the_sums_of_the_social_fund(listed: Portfolio, twin: pd.DataFrame) -> None:
    esr = listed.select(fund="ESR", project_code=twin.index)
    assert len(esr) == (twin["Rahasto"] == "ESR").sum() == 2775
    sums = esr.funding.groupby(["measure", "stage"])["amount_eur"].sum()
    assert sums["eu_and_state", "planned"] == 1_225_112_342
    assert sums["eu_and_state", "realised"] == 1_171_133_889


@has_lists
def test_a_description_comes_before_its_row_of_the_list(listed: Portfolio) -> None:
    description = str(DESCRIPTIONS / "S12577.txt")
    (row,) = listed.projects[listed.projects["project_code"] == "S12577"].to_dict("records")
    assert (row["source"], row["form"]) == (description, "eura2007")
    assert row["business_id"] == "0347119-0"
    rows = listed.provenance[listed.provenance["project_code"] == "S12577"]
    # Evidence, each behind the one that is used: the columns of the list, and its period, which
    # its headings tell.
    evidence = rows[rows["file"] == str(LIST)]
    stated = evidence[evidence["status"] == "read"]
    assert {"projects.project_code", "projects.name", "funding.public_total.realised"} <= set(
        stated["field"]
    )
    lines = stated.set_index("field")["line"]
    assert lines.pop("projects.programme_period") == 1
    assert len(lines) == 14
    assert set(lines) == {2215}
    for field in stated["field"]:
        assert rows.loc[rows["field"] == field, "file"].tolist() == [description, str(LIST)]


@has_lists
def test_the_description_and_the_list_agree(listed: Portfolio) -> None:
    conflicts = listed.conflicts
    assert set(conflicts["project_code"]) == {"S20405"}
    assert set(conflicts["source"]) == {"description", "web"}
    issues = listed.issues[listed.issues["project_code"] == "S12577"]
    # The row's commas are all there is to say.
    assert issues["code"].tolist() == ["list_row_repaired"]
    assert "duplicate_project_code" not in listed.issues["code"].tolist()


@has_lists
def test_the_own_page_is_linked_among_all_projects_of_the_list(listed: Portfolio) -> None:
    linked, told = listed.links.to_dict("records")
    assert (linked["status"], linked["project_code"]) == ("linked", "S20405")
    assert told["status"] == "told_of"
    assert cell(told["project_code"]) is None
