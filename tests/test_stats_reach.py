"""How much was read of each field; worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import esrdata
from esrdata import Portfolio, UsageError
from esrdata.knowledge import load
from esrdata.knowledge.wording import field_label
from esrdata.tables import columns

coverage = esrdata.stats.coverage

STATES = ["n_read", "n_blank", "n_absent", "n_not_applicable", "n_unreadable"]


def portfolio(
    projects: list[dict[str, Any]],
    rows: list[tuple[str, ...]],
    partners: list[tuple[str, str]] = (),
) -> Portfolio:
    """Projects and their provenance: project, field, status, and the file if it is another."""
    provenance = [
        {"project_code": code, "field": field, "status": status, "file": (*file, "a.txt")[0]}
        for code, field, status, *file in rows
    ]
    tables = {
        "projects": columns.frame("projects", projects),
        "provenance": columns.frame("provenance", provenance),
        "partners": columns.frame(
            "partners", [{"project_code": code, "role": role} for code, role in partners]
        ),
        "locations": columns.frame("locations", []),
    }
    return Portfolio(tables, Path.cwd())


def states(table: pd.DataFrame) -> dict[str, tuple[int, ...]]:
    """The counts by state of each field, which add up to the projects."""
    assert (table[STATES].sum(axis=1) == table["n"]).all()
    assert (table["share"] == table["n_read"] / table["n"]).all()
    return {row["field"]: tuple(row[name] for name in STATES) for row in table.to_dict("records")}


def project(code: str, form: str = "eura2014", **more: Any) -> dict[str, Any]:
    return {"project_code": code, "form": form, **more}


FOUR = [project("S1"), project("S2"), project("S3"), project("L1", "list")]


@pytest.mark.parametrize("turn", [1, -1])
def test_fields_have_one_order_whatever_that_of_the_projects(turn: int) -> None:
    """A store is ordered by codes, a folder by its files: the table is one."""
    rows = [
        ("S1", "projects.fund", "read"),
        ("S1", "projects.name", "read"),
        ("S2", "projects.name", "read"),
        ("S2", "projects.city", "blank"),
        ("S2", "projects.fund", "read"),
    ]
    apart = [[row for row in rows if row[0] == code] for code in ("S1", "S2")][::turn]
    found = portfolio([project("S1"), project("S2")][::turn], [*apart[0], *apart[1]])
    assert list(coverage(found)["field"]) == ["projects.fund", "projects.name", "projects.city"]


def test_each_state_of_each_field_of_each_form() -> None:
    found = portfolio(
        FOUR,
        [
            ("S1", "projects.name", "read"),
            ("S1", "indicators.participants.planned", "not_applicable"),
            ("S1", "funding.public_total.planned", "read"),
            ("S2", "projects.name", "blank"),
            ("S2", "indicators.participants.planned", "read"),
            ("S2", "funding.public_total.planned", "unreadable"),
            ("S3", "projects.name", "read"),
            ("S3", "indicators.participants.planned", "absent"),
            ("L1", "funding.public_total.planned", "read"),
            ("L1", "projects.name", "read"),
        ],
    )
    table = coverage(found)
    assert list(table) == ["form", "field", "n", "n_read", "share", *STATES[1:]]
    assert list(table["form"]) == ["eura2014"] * 3 + ["list"] * 2
    assert list(table["n"]) == [3, 3, 3, 1, 1]
    assert list(table["share"]) == [2 / 3, 1 / 3, 1 / 3, 1, 1]
    first = table[table["form"] == "eura2014"]
    # S3 has no row of the sum, and its form has no place for it then.
    assert states(first) == {
        "projects.name": (2, 1, 0, 0, 0),
        "indicators.participants.planned": (1, 0, 1, 1, 0),
        "funding.public_total.planned": (1, 0, 1, 0, 1),
    }
    # Fields as the form's own documents have them, not those of the form before.
    assert list(first["field"])[-1] == "funding.public_total.planned"
    assert list(table["field"])[3:] == ["funding.public_total.planned", "projects.name"]
    assert [str(dtype) for dtype in table.dtypes] == [
        "string", "string", "Int64", "Int64", "Float64", *["Int64"] * 4,
    ]  # fmt: skip
    assert table.attrs["population"] == "Projects: 4; fields: 3."
    assert json.loads(json.dumps(table.attrs)) == table.attrs


def test_columns_have_the_order_of_the_shelf() -> None:
    assert [f"n_{row['code']}" for row in load.codes("value_statuses")] == STATES


def test_all_projects_together() -> None:
    found = portfolio(FOUR, [("S1", "projects.name", "read"), ("L1", "projects.name", "blank")])
    table = coverage(found, None)
    assert list(table)[:2] == ["field", "n"]
    assert states(table) == {"projects.name": (1, 1, 2, 0, 0)}
    assert table.attrs["exclusions"] == [
        {"reason": "The project has no row in provenance.", "n": 2}
    ]


def test_the_first_source_is_the_one_used() -> None:
    found = portfolio(
        FOUR[:1],
        [
            ("S1", "projects.name", "blank", "description.txt"),
            ("S1", "projects.city", "read", "description.txt"),
            ("S1", "projects.name", "read", "list.csv"),
            ("S1", "projects.city", "unreadable", "list.csv"),
        ],
    )
    assert states(coverage(found)) == {
        "projects.name": (0, 1, 0, 0, 0),
        "projects.city": (1, 0, 0, 0, 0),
    }


def test_a_list_is_one_field_and_hides_no_failure() -> None:
    found = portfolio(
        FOUR[:3],
        [
            ("S1", "partners.0.name", "read"),
            ("S1", "partners.0.business_id", "blank"),
            ("S1", "partners.1.name", "read"),
            ("S1", "partners.1.business_id", "read"),
            ("S2", "partners.0.name", "read"),
            ("S2", "partners.0.business_id", "read"),
            ("S2", "partners.1.name", "unreadable"),
            ("S2", "partners.1.business_id", "absent"),
            ("S3", "partners.0.business_id", "absent"),
            ("S3", "partners.1.business_id", "blank"),
            ("S1", "locations.region.0", "read"),
            ("S1", "locations.region.1", "read"),
            ("S2", "locations.region", "blank"),
            ("S3", "locations.site.city", "blank"),
        ],
    )
    assert states(coverage(found)) == {
        "partners.name": (1, 0, 1, 0, 1),
        "partners.business_id": (2, 1, 0, 0, 0),
        "locations.region": (1, 1, 1, 0, 0),
        "locations.site.city": (0, 1, 2, 0, 0),
    }
    for field in coverage(found)["field"]:
        assert field_label(field, "fi")


def test_further_rows_of_a_list_in_another_source_are_not_used() -> None:
    found = portfolio(
        FOUR[:2],
        [
            ("S1", "locations.region.0", "read", "description.txt"),
            ("S1", "locations.region.0", "read", "list.csv"),
            ("S1", "locations.region.1", "unreadable", "list.csv"),
            # Another list of the same project, which only the second source has.
            ("S1", "locations.municipality.0", "read", "list.csv"),
            ("S2", "locations.region.0", "unreadable", "list.csv"),
        ],
    )
    assert states(coverage(found)) == {
        "locations.region": (1, 0, 0, 0, 1),
        "locations.municipality": (1, 0, 1, 0, 0),
    }


def test_a_role_is_read_where_there_is_such_a_partner() -> None:
    # Provenance has a row for a role only where nobody has it.
    found = portfolio(
        FOUR[:2],
        [
            ("S1", "partners.0.name", "read"),
            ("S1", "partners.co_organiser", "absent"),
            ("S2", "partners.co_organiser", "absent"),
            ("S2", "partners.subsidy_transferee", "blank"),
        ],
        partners=[("S1", "subsidy_transferee"), ("S1", "subsidy_transferee")],
    )
    assert states(coverage(found)) == {
        "partners.name": (1, 0, 1, 0, 0),
        "partners.co_organiser": (0, 0, 2, 0, 0),
        "partners.subsidy_transferee": (1, 1, 0, 0, 0),
    }


def test_the_documents_of_the_repository() -> None:
    raw = Path(__file__).parents[1] / "data" / "raw"
    names = ("S12577.txt", "S20405.txt", "S20562.txt", "S21684.html")
    table = coverage(esrdata.read([raw / name for name in names]))
    assert set(table["form"]) == {"eura2007", "eura2014"}
    by_field = states(table[table["form"] == "eura2014"])
    # One of the three pages tells of a recipient of transferred support, and none states how many
    # took part.
    assert by_field["partners.subsidy_transferee"] == (1, 0, 2, 0, 0)
    assert by_field["indicators.participants.realised"] == (0, 0, 3, 0, 0)
    assert by_field["locations.municipality"] == (3, 0, 0, 0, 0)


def test_nothing_to_cover() -> None:
    assert len(coverage(portfolio([], []))) == 0
    table = coverage(portfolio(FOUR, []), None)
    assert (len(table), list(table)[:2]) == (0, ["field", "n"])


def test_an_unknown_group_is_told() -> None:
    with pytest.raises(UsageError, match="no group 'from'; the nearest is 'form'"):
        coverage(portfolio(FOUR, []), "from")


def test_the_portfolio_stays_as_it_was() -> None:
    found = portfolio(FOUR, [("S1", "locations.region.0", "read")], partners=[("S1", "x")])
    before = {name: table.copy() for name, table in found.tables.items()}
    coverage(found)
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_what_was_read_of_a_list_alone_is_counted(tmp_path):
    """No field of a list is one of several, which once was a column of no type."""
    heads = "Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,"
    money = (
        "Toteuttajan nimi,Myönnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion rahoitus,"
        "Suunniteltu julkinen rahoitus yhteensä,Toteutunut julkinen rahoitus yhteensä\n"
    )
    row = (
        "S20001,ESR,Yksi,5,Hämeen ELY-keskus,Päättynyt,1.1.2015,31.12.2016,Yksi Oy,100,90,150,120\n"
    )
    (tmp_path / "list.csv").write_text(heads + money + row, encoding="utf-8")
    table = esrdata.stats.coverage(esrdata.read(tmp_path / "list.csv"))
    read = table.loc[table["field"] == "funding.public_total.realised", "n_read"]
    assert list(read) == [1]
