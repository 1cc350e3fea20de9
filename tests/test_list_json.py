"""Project lists as services send them in JSON: deep in an answer, and cells of several values."""

import json
from pathlib import Path
from typing import Any

import pytest

from esrdata.reading.dispatch import read_file
from tests.list_grid import FIELDS, HEADINGS, ROWS, VALUES
from tests.test_merged_cells import contents, read, told

OBJECTS: list[dict[str, Any]] = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]
GRANTED = "Myönnetty EU- ja valtion rahoitus"
WHO = "Toteuttajan nimi"


def written(whole: object) -> bytes:
    return json.dumps(whole, ensure_ascii=False).encode()


def with_first(**cells: object) -> list[dict[str, Any]]:
    return [{**OBJECTS[0], **cells}, *OBJECTS[1:]]


@pytest.mark.parametrize(
    "whole",
    [
        # CKAN
        {
            "success": True,
            "result": {
                "fields": [{"id": name, "type": "text"} for name in HEADINGS],
                "records": OBJECTS,
                "total": 3,
            },
        },
        # OData 2
        {"d": {"results": OBJECTS, "__count": "3"}},
        # Power BI
        {"results": [{"tables": [{"rows": OBJECTS}]}]},
        # A part for each priority axis
        {"tl3": OBJECTS[:1], "muut": OBJECTS[1:]},
        # Airtable, ArcGIS
        {"records": [{"id": str(i), "fields": row} for i, row in enumerate(OBJECTS)]},
        {
            "fields": [{"name": name, "alias": name} for name in HEADINGS],
            "features": [{"attributes": row} for row in OBJECTS],
        },
    ],
)
def test_rows_deep_in_an_answer_are_read(whole: object, tmp_path: Path) -> None:
    found = read(tmp_path / "lista.json", written(whole))
    assert [contents(record) for record in found.records] == VALUES
    spans = [record.values["projects.applicant"].span for record in found.records]
    text = written(whole).decode()
    assert [text[p.start : p.end] for p in spans if p is not None] == [row[8] for row in ROWS]


def test_two_tables_of_an_answer_are_not_one_list(tmp_path: Path) -> None:
    paid = [{name: row[name] for name in HEADINGS[:12]} for row in OBJECTS]
    (tmp_path / "a.json").write_bytes(written({"hankkeet": OBJECTS, "maksut": paid}))
    found = read_file(str(tmp_path / "a.json"), contacts=False)
    assert (found.records, found.status) == ((), "unknown_form")


def test_a_member_that_stands_twice_is_told(tmp_path: Path) -> None:
    text = written(OBJECTS).decode()
    twice = text.replace(f'"{GRANTED}": "46434"', f'"{GRANTED}": "46434", "{GRANTED}": "5"')
    twice = twice.replace('"Mallilan kaupunki"', f'"Mallilan kaupunki", "{WHO}": "Malli Oy"')
    found = read(tmp_path / "lista.json", twice.encode())
    assert contents(found.records[0]) == [*VALUES[0][:8], None, None, *VALUES[0][10:]]
    assert [contents(record) for record in found.records[1:]] == VALUES[1:]
    assert told(found.records[0].findings) == [
        ("value_ambiguous", FIELDS[8], f'"Mallilan kaupunki", "{WHO}": "Malli Oy"'),
        ("value_ambiguous", FIELDS[9], f'"46434", "{GRANTED}": "5"'),
    ]


def test_a_heading_that_stands_twice_above_arrays_is_told(tmp_path: Path) -> None:
    rows = [[*HEADINGS, GRANTED], *([*row, "5"] for row in ROWS)]
    found = read(tmp_path / "lista.json", written(rows))
    assert [contents(record)[9] for record in found.records] == [None] * 3
    assert [f.code for r in found.records for f in r.findings] == ["value_ambiguous"] * 3


def test_an_array_of_several_names_is_no_name(tmp_path: Path) -> None:
    found = read(tmp_path / "lista.json", written(with_first(**{WHO: ["A Oy", "B ry"]})))
    assert contents(found.records[0])[8] is None
    assert told(found.records[0].findings) == [("value_ambiguous", FIELDS[8], '["A Oy", "B ry"]')]


def test_arrays_of_one_value_are_that_value(tmp_path: Path) -> None:
    rows = [{name: [value] for name, value in row.items()} for row in OBJECTS]
    found = read(tmp_path / "lista.json", written(rows))
    assert [contents(record) for record in found.records] == VALUES


def test_an_array_of_objects_is_columns_of_its_own(tmp_path: Path) -> None:
    rows = [{**row, GRANTED: [{"2015": 1}, {"2016": 2}]} for row in OBJECTS]
    found = read(tmp_path / "lista.json", written(rows))
    assert [contents(record)[9] for record in found.records] == [None] * 3
    unknown = [f.raw for f in found.findings if f.code == "list_column_unknown"]
    assert unknown == [f"{GRANTED}.2015", f"{GRANTED}.2016"]


@pytest.mark.parametrize(("cut", "code"), [(0, None), (1, "page_cut_off"), (3, "form_unknown")])
def test_an_array_that_breaks_off_is_told(cut: int, code: str | None, tmp_path: Path) -> None:
    """Where it broke off between two rows, the others were lost without a word."""
    text = written(OBJECTS).decode()
    (tmp_path / "lista.json").write_text(text[: len(text) - cut], encoding="utf-8")
    found = read_file(str(tmp_path / "lista.json"), contacts=False)
    codes = [f.code for f in found.findings if not f.code.startswith("mended")]
    assert codes == [code] * bool(code)


def test_what_stands_behind_an_array_is_not_passed_over(tmp_path: Path) -> None:
    array = written(OBJECTS)
    (tmp_path / "lista.json").write_bytes(array + written(with_first(Koodi="S90009")))
    found = read_file(str(tmp_path / "lista.json"), contacts=False)
    assert "form_unknown" in [f.code for f in found.findings]


@pytest.mark.parametrize(
    "described",
    [
        {"name": GRANTED, "title": "Haettu rahoitus"},
        {"id": GRANTED, "info": {"label": "Haettu rahoitus"}},
    ],
)
def test_a_label_that_contradicts_the_name_of_a_column_is_told(
    described: dict[str, object], tmp_path: Path
) -> None:
    fields = [{"name": name} for name in HEADINGS]
    whole = {"fields": [*fields[:9], described, *fields[10:]], "records": OBJECTS}
    found = read(tmp_path / "lista.json", written(whole))
    assert [contents(r) for r in found.records] == [[*v[:9], None, *v[10:]] for v in VALUES]
    assert {f.field for r in found.records for f in r.findings} == {"funding.eu_and_state.planned"}


def test_days_counted_from_1904_are_not_read(tmp_path: Path) -> None:
    # 40237 is 1 March 2014 from the day 1904-01-01, 28 February 2010 from that of most programs.
    for start, read_as in (("40237", None), ("42064", VALUES[0][6])):
        rows = [{**row, "Aloituspvm": start} for row in OBJECTS]
        found = read(tmp_path / "lista.json", written(rows))
        assert [r.content("projects.start_date") for r in found.records] == [read_as] * 3
        assert (read_as is None) == bool(found.records[0].findings)
