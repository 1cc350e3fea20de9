"""Project lists as services and programs for databases send them, in JSON and XML."""

import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from esrdata.documents.open import NotOpened, open_document
from esrdata.reading.dispatch import read_file
from esrdata.reading.record import Status
from tests.list_grid import ELEMENTS, END, GRANTED, HEADINGS, NAME, ROWS, START, VALUES, WHO
from tests.test_merged_cells import contents, read, told

OBJECTS: list[dict[str, Any]] = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]


def written(whole: object) -> str:
    return json.dumps(whole, ensure_ascii=False)


def gviz(rows: list[list[object]]) -> str:
    """As Google's tables answer."""
    columns = [{"id": f"C{i}", "label": name, "type": "string"} for i, name in enumerate(HEADINGS)]
    cells = [{"c": [cell if isinstance(cell, dict) else {"v": cell} for cell in r]} for r in rows]
    answer = {"version": "0.6", "status": "ok", "table": {"cols": columns, "rows": cells}}
    return f"/*O_o*/\ngoogle.visualization.Query.setResponse({written(answer)});"


ANSWERS = {
    "gviz": gviz([*ROWS]),
    "Socrata": written(
        {
            "meta": {
                "view": {
                    "id": "abcd-1234",
                    "columns": [
                        {"id": -1, "name": "sid", "dataTypeName": "meta_data", "a": 1, "b": 2},
                        *({"id": i, "name": name} for i, name in enumerate(HEADINGS)),
                    ],
                }
            },
            "data": [["row-1", *row] for row in ROWS],
        }
    ),
    "BigQuery": written(
        {
            "kind": "bigquery#queryResponse",
            "schema": {"fields": [{"name": name, "type": "STRING"} for name in HEADINGS]},
            "totalRows": "3",
            "rows": [{"f": [{"v": cell} for cell in row]} for row in ROWS],
        }
    ),
    "Metabase": written(
        {
            "data": {
                "rows": ROWS,
                "cols": [{"name": f"c{i}", "display_name": h} for i, h in enumerate(HEADINGS)],
            },
            "row_count": 3,
        }
    ),
    "Datasette": written({"columns": HEADINGS, "rows": ROWS, "truncated": False}),
    "columns and rows": written(
        {"columns": [{"name": name, "type": "text"} for name in HEADINGS], "rows": ROWS}
    ),
    "Google Sheets": written({"range": "Lista!A1:M4", "values": [HEADINGS, *ROWS]}),
    "Elasticsearch": written(
        {"took": 2, "hits": {"hits": [{"_id": "1", "_source": row} for row in OBJECTS]}}
    ),
    "JSONP": f"callback({written(OBJECTS)});",
}


@pytest.mark.parametrize("service", ANSWERS)
def test_what_services_send_in_json_is_a_list(service: str, tmp_path: Path) -> None:
    source = ANSWERS[service]
    found = read(tmp_path / "lista.json", source.encode())
    assert [contents(record) for record in found.records] == VALUES
    spans = [record.values["projects.applicant"].span for record in found.records]
    assert [source[p.start : p.end] for p in spans if p is not None] == [row[WHO] for row in ROWS]


def test_a_day_of_google_is_what_it_shows(tmp_path: Path) -> None:
    """Its months begin at zero: `Date(2015,2,1)` is 1 March."""
    first: list[object] = [*ROWS[0]]
    first[START] = {"v": "Date(2015,2,1)", "f": "1.3.2015"}
    first[END] = {"v": "Date(2018,1,28)"}
    first[GRANTED] = {"v": 46434.0, "f": "46 434 €"}
    found = read(tmp_path / "lista.json", gviz([first, *ROWS[1:]]).encode())
    wanted = [*VALUES[0]]
    wanted[END] = None
    assert [contents(record) for record in found.records] == [wanted, *VALUES[1:]]
    unread = ("value_unreadable", "projects.end_date", "Date(2018,1,28)")
    assert told(found.records[0].findings) == [unread]


def test_descriptions_of_columns_are_no_projects(tmp_path: Path) -> None:
    """Of a table whose rows are not as long as its headings nothing is read: a project `text`."""
    columns = [
        {"name": name, "type": "text", "of": 1, "at": 2, "a": 3, "b": 4} for name in HEADINGS
    ]
    for whole in (
        {"columns": columns, "rows": [row[:-1] for row in ROWS]},
        {"table": {"columns": columns, "rows": [row[:-1] for row in ROWS]}},
    ):
        path = tmp_path / "lista.json"
        path.write_text(written(whole), encoding="utf-8")
        found = read_file(str(path), contacts=False)
        assert (found.records, found.status) == ((), "unknown_form")


# ---- XML


def attributes(before: str, names: list[str], row: list[str]) -> str:
    return " ".join(f"{before}{n}={quoteattr(c)}" for n, c in zip(names, row, strict=True) if c)


def encoded(name: str) -> str:
    """The name of a column as programs of Microsoft write it."""
    return name.replace(" ", "_x0020_")


ROWSET = (
    "<xml xmlns:s='uuid:B' xmlns:rs='urn:schemas-microsoft-com:rowset' xmlns:z='#RowsetSchema'>\n"
    "<s:Schema id='RowsetSchema'><s:ElementType name='row' content='eltOnly'>{schema}"
    "</s:ElementType></s:Schema>\n<rs:data ItemCount='3'>\n{rows}\n</rs:data></xml>"
)
COLUMN = (
    "<s:AttributeType name='x' rs:number='1' rs:nullable='true'><s:datatype/></s:AttributeType>"
)
ENTRY = (
    '<entry><id>{id}</id><title type="text"></title><updated>2020-01-01T00:00:00Z</updated>'
    '<content type="application/xml"><m:properties>{cells}</m:properties></content></entry>'
)
LISTS = {
    "attributes": "<projektilista>\n"
    + "\n".join(f"<projekti {attributes('', ELEMENTS, row)}/>" for row in ROWS)
    + "</projektilista>",
    "SharePoint": ROWSET.format(
        schema="",
        rows="\n".join(
            f"<z:row {attributes('ows_', [*map(encoded, HEADINGS)], r)} />" for r in ROWS
        ),
    ),
    "ADO": ROWSET.format(
        schema=COLUMN * 3,
        rows="\n".join(f"<z:row {attributes('', [*map(encoded, HEADINGS)], r)}/>" for r in ROWS),
    ),
    "OData": '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:d="d"><title>Lista</title>'
    + "".join(
        ENTRY.format(
            id=row[0],
            cells="".join(f"<d:{n}>{c}</d:{n}>" for n, c in zip(ELEMENTS, row, strict=True)),
        )
        for row in ROWS
    )
    + "</feed>",
    "Access": '<dataroot xmlns:od="urn:schemas-microsoft-com:officedata">'
    + "".join(
        "<Lista>"
        + "".join(
            f"<{encoded(n)}>{c}</{encoded(n)}>" for n, c in zip(HEADINGS, row, strict=True) if c
        )
        + "</Lista>"
        for row in ROWS
    )
    + "</dataroot>",
}


@pytest.mark.parametrize("program", LISTS)
def test_what_programs_write_as_xml_is_a_list(program: str, tmp_path: Path) -> None:
    source = LISTS[program]
    found = read(tmp_path / "lista.xml", source.encode())
    assert [contents(record) for record in found.records] == VALUES
    spans = [record.values["projects.applicant"].span for record in found.records]
    assert [source[p.start : p.end] for p in spans if p is not None] == [row[WHO] for row in ROWS]


def test_an_attribute_that_a_row_lacks_is_no_blank(tmp_path: Path) -> None:
    first, second = [*ROWS[0]], [*ROWS[1]]
    first[END], second[NAME] = "", 'Kylän "uusi" aamu & ilta <1>'
    rows = [attributes("", ELEMENTS, row) for row in (first, second)]
    rows[1] = rows[1].replace("toteuttajannimi", "ilta='1' toteuttajannimi")
    source = f"<lista><projekti {rows[0]}/><projekti {rows[1]}></projekti></lista>"
    found = read(tmp_path / "lista.xml", source.encode())
    assert [finding.code for finding in found.findings] == ["list_column_unknown"]
    assert found.records[0].values["projects.end_date"].status is Status.ABSENT
    assert found.records[1].content("projects.name") == 'Kylän "uusi" aamu & ilta <1>'
    raw = found.records[1].values["projects.name"].raw
    assert raw == 'Kylän "uusi" aamu &amp; ilta &lt;1&gt;'


def test_the_key_that_sharepoint_writes_before_a_value_is_no_part_of_it(tmp_path: Path) -> None:
    row = [*ROWS[0]]
    row[WHO], row[GRANTED], row[NAME] = "12;#Mallilan kaupunki", "float;#46434.0", "string;#Aamu"
    rows = [attributes("ows_", ELEMENTS, each) for each in (row, ROWS[1])]
    source = ROWSET.format(schema="", rows="".join(f"<z:row {each}/>" for each in rows))
    found = read(tmp_path / "lista.xml", source.encode())
    wanted = [*VALUES[0]]
    wanted[NAME] = "Aamu"
    assert [contents(record) for record in found.records] == [wanted, VALUES[1]]


def test_few_attributes_are_no_cells(tmp_path: Path) -> None:
    """A drawing has elements of many attributes, and is no list; what says a unit is no cell."""
    path = tmp_path / "kuva.svg"
    path.write_text('<svg width="9" height="9"><g id="1" class="a"><title>x</title></g></svg>')
    document = open_document(str(path))
    assert not isinstance(document, NotOpened)
    assert "class" not in document.view.split("\n")[0].split("\t")
