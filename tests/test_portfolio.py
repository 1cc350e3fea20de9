"""The Portfolio: taking some of the projects, comparing, reading with workers and contacts."""

import copy
import pickle
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from pages import RAW, eura2007_page, eura2014_page, raw, read_pages, write

import esrdata
from esrdata import Portfolio, SourceError, UsageError


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    """Three projects: two of the newer form, one of the older; the second in a file of its own."""
    return read_pages(
        tmp_path_factory.mktemp("source"),
        eura2014_page(
            regions="Uusimaa, Kymenlaakso",
            municipalities="Kotka",
            partners="Tuen siirronsaajat\n\nYksi ry, 2472908-2",
        ),
        eura2014_page(
            code="S20002",
            status="Kateissa",
            regions="Lappi",
            subregions="Rovaniemen",
            municipalities="Rovaniemi",
            axis="3. Työllisyys ja työvoiman liikkuvuus",
            objective="7.1. Tuottavuuden ja työhyvinvoinnin parantaminen",
            period="Alkaa 1.1.2016 ja päättyy 31.1.2016",
        ),
        eura2007_page(regions="Kymenlaakso", subregions="Kouvolan", municipalities="Kouvola"),
    )


def codes(portfolio: Portfolio) -> list[str]:
    return list(portfolio.projects["project_code"])


# ---- select


@pytest.mark.parametrize(
    ("conditions", "chosen"),
    [
        ({}, ["S20001", "S20002", "S10001"]),
        ({"programme_period": "2014-2020"}, ["S20001", "S20002"]),
        ({"priority_axis": 3}, ["S20002"]),
        ({"priority_axis": [2, 3]}, ["S20002", "S10001"]),
        ({"project_code": ["S10001", "S20001"]}, ["S20001", "S10001"]),
        ({"project_code": ("S10001",)}, ["S10001"]),
        ({"project_code": {"S20002"}}, ["S20002"]),
        ({"end_date": pd.Timestamp("2016-12-31")}, ["S20001"]),
        ({"region": "Kymenlaakso"}, ["S20001", "S10001"]),
        ({"region": ["Lappi", "Uusimaa"]}, ["S20001", "S20002"]),
        ({"subregion": "Kouvolan"}, ["S10001"]),
        ({"municipality": "Rovaniemi"}, ["S20002"]),
        ({"region": "Kymenlaakso", "programme_period": "2014-2020"}, ["S20001"]),
        ({"region": "Lappi", "municipality": "Kotka"}, []),
        ({"region": "Ahvenanmaa"}, []),
    ],
)
def test_select_by_conditions(
    portfolio: Portfolio, conditions: dict[str, object], chosen: list[str]
) -> None:
    assert codes(portfolio.select(**conditions)) == chosen


def test_select_by_mask(portfolio: Portfolio) -> None:
    assert codes(portfolio.select(portfolio.projects["priority_axis"] > 2)) == ["S20001", "S20002"]
    assert codes(portfolio.select(portfolio.overview()["duration_days"] < 100)) == ["S20002"]
    assert codes(portfolio.select([True, False, True])) == ["S20001", "S10001"]


def test_a_missing_mask_value_does_not_choose(portfolio: Portfolio) -> None:
    # The older form has no partners, so the comparison is missing there.
    assert codes(portfolio.select(portfolio.overview()["partner_count"] >= 0)) == [
        "S20001",
        "S20002",
    ]


def test_a_mask_and_conditions_hold_together(portfolio: Portfolio) -> None:
    mask = portfolio.projects["priority_axis"] > 2
    assert codes(portfolio.select(mask, region="Kymenlaakso")) == ["S20001"]


def test_a_mask_of_a_sorted_overview_chooses_the_projects_it_names(portfolio: Portfolio) -> None:
    wide = portfolio.overview().sort_values("duration_days")
    assert list(wide["project_code"]) == ["S20002", "S20001", "S10001"]
    assert codes(portfolio.select(wide["duration_days"] < 100)) == ["S20002"]


def test_a_mask_by_project_codes_chooses_the_projects_it_names(portfolio: Portfolio) -> None:
    """As a sorted table of them or a `groupby` gives it; it had been taken in order."""
    wide = portfolio.overview().set_index("project_code").sort_values("duration_days")
    assert list(wide.index) == ["S20002", "S20001", "S10001"]
    assert codes(portfolio.select(wide["duration_days"] < 100)) == ["S20002"]
    assert codes(portfolio[wide["duration_days"] < 100]) == ["S20002"]


def test_a_mask_by_another_index_is_refused(portfolio: Portfolio) -> None:
    for index in (["a", "b", "c"], [0, 1, 5], ["S20001", "S20002", "S20003"], [0, 1, 1]):
        with pytest.raises(UsageError, match="for each of the 3 projects"):
            portfolio.select(pd.Series([True, False, True], index=index))


def test_booleans_that_pandas_holds_as_objects_are_a_mask(portfolio: Portfolio) -> None:
    mask = (portfolio.projects["priority_axis"] > 2).astype(object)
    assert codes(portfolio[mask]) == ["S20001", "S20002"]


def test_a_mask_of_another_length_is_refused(portfolio: Portfolio) -> None:
    with pytest.raises(UsageError, match="for each of the 3 projects"):
        portfolio.select([True])


@pytest.mark.parametrize("mask", ["abc", ["a", "b", "c"]])
def test_a_mask_that_holds_no_booleans_is_refused(portfolio: Portfolio, mask: object) -> None:
    with pytest.raises(UsageError):
        portfolio.select(mask)


@pytest.mark.parametrize(
    "values",
    [
        pd.Series(["S20002", "S10001"]),
        pd.Index(["S20002", "S10001"]),
        pd.Series(["S20002", "S10001"]).to_numpy(),
        frozenset({"S20002", "S10001"}),
    ],
    ids=["Series", "Index", "array", "frozenset"],
)
def test_select_takes_any_list_of_values(portfolio: Portfolio, values: object) -> None:
    assert codes(portfolio.select(project_code=values)) == ["S20002", "S10001"]


@pytest.mark.parametrize(
    ("conditions", "chosen"),
    [
        ({"fund": "ESF"}, ["S20001", "S20002", "S10001"]),
        ({"fund": "Europeiska socialfonden"}, ["S20001", "S20002", "S10001"]),
        ({"fund": "ERDF"}, []),
        ({"region": "Kymmenedalen"}, ["S20001", "S10001"]),
        ({"region": ["Lappland", "uusimaa"]}, ["S20001", "S20002"]),
        ({"priority_axis": "3"}, ["S20002"]),
        ({"priority_axis": 4}, []),
    ],
)
def test_a_value_in_another_language_is_known_by_its_list(
    portfolio: Portfolio, conditions: dict[str, object], chosen: list[str]
) -> None:
    assert codes(portfolio.select(**conditions)) == chosen


@pytest.mark.parametrize(
    ("conditions", "sentence"),
    [
        ({"fund": "ESX"}, "No project has fund 'ESX'; there are ESR."),
        ({"fund": ["ESR", "ESX"]}, "No project has fund 'ESX'; there are ESR."),
        (
            {"region": "Kymi"},
            "No project has region 'Kymi'; there are Kymenlaakso, Lappi, Uusimaa.",
        ),
        (
            {"project_code": "S99999"},
            "No project has project_code 'S99999'; there are S10001, S20001, S20002.",
        ),
    ],
)
def test_a_value_that_nothing_has_says_what_there_is(
    portfolio: Portfolio, conditions: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UsageError) as found:
        portfolio.select(**conditions)
    assert str(found.value) == sentence


def test_a_condition_of_no_projects_chooses_none(portfolio: Portfolio) -> None:
    assert codes(portfolio.select([False] * 3).select(fund="ESX")) == []


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("programe_period", "programme_period"),
        ("regions", "region"),
        ("Region", "region"),
        ("municipalty", "municipality"),
        ("statuscode", "status_code"),
    ],
)
def test_an_unknown_condition_names_the_nearest(
    portfolio: Portfolio, name: str, nearest: str
) -> None:
    with pytest.raises(UsageError) as met:
        portfolio.select(**{name: "x"})
    assert str(met.value) == f"There is no column '{name}'; the nearest is '{nearest}'."


def test_select_filters_every_table(portfolio: Portfolio) -> None:
    chosen = portfolio.select(municipality="Rovaniemi")
    assert set(chosen.tables) == set(portfolio.tables)
    for name, table in chosen.tables.items():
        if name not in ("files", "passages", "organisations", "organisation_names"):
            assert set(table["project_code"]) <= {"S20002"}, name
    counted = {name: len(table) for name, table in chosen.tables.items()}
    assert counted.pop("provenance") > 80
    assert counted == {
        "projects": 1,
        "funding": 4,
        "indicators": 4,
        "sustainability": 15,
        "horizontal": 3,
        "locations": 3,
        "partners": 0,
        "narratives": 4,
        "claims": 0,
        "conflicts": 0,
        "organisations": 2,  # the applicant and the authority
        "organisation_names": 2,
        "links": 0,
        "issues": 1,  # the unknown status
        "files": 1,
        "passages": 5,  # the whole view, the description, two runs of lines and a name withheld
    }
    assert Path(chosen.files["file"].iloc[0]).name == "1.txt"
    assert list(chosen.provenance.index) == list(range(len(chosen.provenance)))


def test_select_takes_what_several_sources_say_of_a_project() -> None:
    chosen = raw().select(project_code="S20405")
    assert [Path(file).name for file in chosen.files["file"]] == [
        "S20405.txt",
        "kaupunki-leader.txt",
    ]
    assert list(chosen.conflicts["field"]) == ["projects.name"] * 2 + ["projects.end_date"] * 2
    assert list(chosen.links["status"]) == ["linked", "told_of"]
    assert len(chosen.issues) == 4
    other = raw().select(project_code="S20562")
    assert [Path(file).name for file in other.files["file"]] == ["S20562.txt"]
    assert (len(other.conflicts), len(other.links), len(other.issues)) == (0, 0, 0)


def test_conflicts_are_a_table_and_the_former_call_works_for_one_version() -> None:
    table = raw().conflicts
    assert list(table.loc[table["field"] == "projects.end_date", "value"]) == [
        "2017-06-30",
        "2016-12-31",
    ]
    with pytest.warns(DeprecationWarning, match="without brackets"):
        former = table("projects.end_date")
    assert type(former) is pd.DataFrame
    assert list(former["rank"]) == [1, 2]


def test_select_leaves_the_portfolio_as_it_was(portfolio: Portfolio) -> None:
    portfolio.select(region="Lappi")
    assert codes(portfolio) == ["S20001", "S20002", "S10001"]
    assert len(portfolio.files) == 3


def test_findings_of_a_whole_file_go_with_the_projects_read_from_it(tmp_path: Path) -> None:
    lost = eura2014_page(code="").replace("Hankekoodi:", "Hankekoodi: kadonnut")
    both = eura2014_page() + lost
    portfolio = read_pages(tmp_path, both, eura2014_page(code="S20002"), "Kauppalista: maitoa\n")
    whole = portfolio.issues["project_code"].isna()
    assert {"form_unknown", "form_without_code"} <= set(portfolio.issues[whole]["code"])
    kept = portfolio.select(project_code="S20001").issues
    assert "form_without_code" in set(kept["code"])
    assert "form_unknown" not in set(kept["code"])
    assert len(portfolio.select(project_code="S20002").issues) == 0


# ---- what a portfolio is


def test_repr_and_length() -> None:
    # Four descriptions, and a page of an organisation that tells of one of them in other words:
    # two facts differ, one project is linked, and another is only told of.
    assert repr(raw()) == "<Portfolio: 4 projects from 5 of 5 files, 4 findings>"
    assert len(raw()) == 4


def test_a_file_that_is_no_known_form_is_not_counted_as_read(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page(), "Kauppalista: maitoa\n")
    assert repr(portfolio) == "<Portfolio: 1 projects from 1 of 2 files, 1 findings>"


def test_equal_portfolios_are_equal(tmp_path: Path) -> None:
    write(tmp_path, [eura2014_page()])
    first, second = esrdata.read(tmp_path), esrdata.read(tmp_path)
    assert first == second
    assert first == first.select(fund="ESR")
    assert first != first.select(fund="EAKR")
    assert first != esrdata.read(tmp_path, contacts=True)
    assert first != "S20001"
    write(tmp_path, [eura2014_page(eu_planned="1 001")])
    assert first != esrdata.read(tmp_path)


def test_a_portfolio_can_be_copied_and_pickled(portfolio: Portfolio) -> None:
    assert copy.copy(portfolio) == portfolio
    assert pickle.loads(pickle.dumps(portfolio)) == portfolio


def test_tables_are_attributes(portfolio: Portfolio) -> None:
    assert portfolio.funding is portfolio.tables["funding"]
    assert {"projects", "overview", "select", "files"} <= set(dir(portfolio))
    with pytest.raises(
        AttributeError, match="A portfolio has no 'finance'; its tables are projects, funding"
    ):
        _ = portfolio.finance


# ---- reading


def test_workers_give_the_same_as_one_process() -> None:
    assert esrdata.read(RAW, workers=2) == raw()


def test_no_workers_at_all_is_refused() -> None:
    with pytest.raises(UsageError):
        esrdata.read(RAW, workers=0)


def test_progress_is_called_after_each_file(tmp_path: Path) -> None:
    write(tmp_path, [eura2014_page(), eura2007_page(), "Kauppalista"])
    calls: list[tuple[int, int, str]] = []
    esrdata.read(tmp_path, progress=lambda *met: calls.append(met))
    assert calls == [
        (1, 3, (tmp_path / "0.txt").as_posix()),
        (2, 3, (tmp_path / "1.txt").as_posix()),
        (3, 3, (tmp_path / "2.txt").as_posix()),
    ]


def test_a_source_is_a_file_a_folder_a_glob_or_a_list(tmp_path: Path) -> None:
    write(tmp_path / "a", [eura2014_page()])
    write(tmp_path / "b" / "c", [eura2014_page(code="S20002")])
    first, second = tmp_path / "a" / "0.txt", tmp_path / "b" / "c" / "0.txt"
    assert codes(esrdata.read(first)) == ["S20001"]
    assert codes(esrdata.read(str(tmp_path))) == ["S20001", "S20002"]
    assert codes(esrdata.read(tmp_path / "*" / "0.txt")) == ["S20001"]
    assert codes(esrdata.read(f"{tmp_path}/**/*.txt")) == ["S20001", "S20002"]
    assert codes(esrdata.read([second, str(first)])) == ["S20002", "S20001"]
    assert codes(esrdata.read(path for path in (second,))) == ["S20002"]


@pytest.mark.parametrize("source", [7, None, [7]])
def test_a_source_that_is_no_path_is_refused(source: object) -> None:
    with pytest.raises(UsageError):
        esrdata.read(source)


def test_a_page_given_in_place_of_its_path_is_refused() -> None:
    with pytest.raises((SourceError, UsageError)):
        esrdata.read(eura2014_page())


# ---- contact persons

PERSON = ("Testinen", "koordinaattori", "tiina.testinen", "000 0000002", "000 0000001")


def cells(portfolio: Portfolio) -> str:
    """Every cell of every table."""
    return "\n".join(table.to_csv() for table in portfolio.tables.values())


def test_without_contacts_there_is_no_table_and_no_word_of_them(portfolio: Portfolio) -> None:
    assert "contacts" not in portfolio.tables
    assert not hasattr(portfolio, "contacts")
    with pytest.raises(AttributeError, match="contacts=True"):
        _ = portfolio.contacts
    assert [word for word in PERSON if word in cells(portfolio)] == []
    assert not portfolio.provenance["field"].str.startswith("contacts").any()


def test_the_shipped_contacts_are_not_read_either() -> None:
    assert [w for w in ("erkki.esimerkki", "ESIMERKKI ERKKI") if w in cells(raw())] == []


@pytest.mark.parametrize("page", [eura2014_page, eura2007_page])
def test_contacts_when_asked_for(tmp_path: Path, page) -> None:
    found = read_pages(tmp_path, page(), contacts=True)
    rows = [list(row) for row in found.contacts.itertuples(index=False)]
    code = codes(found)[0]
    person = ["Testinen Tiina", "koordinaattori", "tiina.testinen@example.org", "000 0000002"]
    assert rows == [[code, *person]]
    # The organisation's own number is not kept even then.
    assert "000 0000001" not in cells(found)


def test_a_position_of_dashes_is_blank(tmp_path: Path) -> None:
    found = read_pages(tmp_path, eura2014_page(contact_position="----"), contacts=True)
    assert pd.isna(found.contacts["position"].iloc[0])
    status = found.provenance.set_index("field")["status"]
    assert status["contacts.0.position"] == "blank"


def test_a_selection_selects_contacts_too(tmp_path: Path) -> None:
    pages = [eura2014_page(), eura2014_page(code="S20002", contact_name="Toinen Teppo")]
    found = read_pages(tmp_path, *pages, contacts=True).select(project_code="S20002")
    assert list(found.contacts["name"]) == ["Toinen Teppo"]


@pytest.mark.parametrize(
    ("label", "changes"),
    [
        (
            "Hankkeen yhteyshenkilön nimi",
            {"contact_name": "Testinen Tiina\n\nHankkeen yhteyshenkilön nimi: Toinen Teppo"},
        ),
        (
            "Yhteyshenkilön asema hakijaorganisaatiossa",
            {
                "contact_position": "johtaja\n\n"
                "Yhteyshenkilön asema hakijaorganisaatiossa: Toinen Teppo"
            },
        ),
    ],
)
def test_a_second_contact_person_is_withheld_from_findings(
    tmp_path: Path, label: str, changes: dict[str, str]
) -> None:
    found = read_pages(tmp_path, eura2014_page(**changes))
    assert list(found.issues["code"]) == ["label_repeated"]
    assert "Toinen Teppo" not in cells(found)


def test_unrecognised_lines_do_not_quote_addresses_and_numbers(tmp_path: Path) -> None:
    stray = "http://www.example.org\n\nLisätietoja: teppo.toinen@example.org, +358 40 7654321"
    found = read_pages(tmp_path, eura2014_page(website=stray))
    assert list(found.issues["code"]) == ["unrecognised_line"]
    assert "teppo.toinen" not in cells(found)
    assert "7654321" not in cells(found)


def test_errors_are_sent_whole() -> None:
    for error in (
        esrdata.errors.NotStatedError("2007", "public_total"),
        esrdata.errors.SavedError("It is a save.", "saved"),
    ):
        sent = pickle.loads(pickle.dumps(error))
        assert (str(sent), vars(sent)) == (str(error), vars(error))


def coded(portfolio: Portfolio) -> list[pd.DataFrame]:
    """The tables that have project codes."""
    return [table for table in portfolio.tables.values() if "project_code" in table]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda p: p.projects.pop("name"),
            "The table projects has no column 'name' any more: read or load",
        ),
        (
            lambda p: p.funding.insert(0, "euro", p.funding.pop("amount_eur")),
            "The table funding has no column 'amount_eur' any more: read or load",
        ),
        (
            lambda p: p.projects.insert(0, "end_date", p.projects.pop("end_date").astype(object)),
            "The column end_date of projects was changed to object, where datetime64 is due",
        ),
        (
            lambda p: [setattr(t, "index", pd.Index(t["project_code"])) for t in coded(p)],
            "The rows of projects are not numbered any more: take table.reset_index(drop=True).",
        ),
    ],
)
def test_tables_that_somebody_changed_are_told(
    portfolio: Portfolio, change: Callable[[Portfolio], object], told: str
) -> None:
    """Every figure of `overview` had been missing without a word, and a statistic a KeyError."""
    changed = copy.deepcopy(portfolio)
    change(changed)
    with pytest.raises(UsageError) as raised:
        changed.overview()
    assert str(raised.value).startswith(told)


def test_a_statistic_of_changed_tables_tells_it(portfolio: Portfolio) -> None:
    changed = copy.deepcopy(portfolio)
    changed.projects.pop("name")
    with pytest.raises(UsageError, match="projects has no column 'name' any more"):
        esrdata.stats.ratios(changed)


def test_rows_numbered_otherwise_and_columns_added_are_no_change(portfolio: Portfolio) -> None:
    changed = copy.deepcopy(portfolio)
    changed.projects.index = pd.Index([7, 5, 9])
    changed.funding["own"] = 1
    assert len(changed.overview()) == 3
    changed._ensure_unchanged()
