"""Rows of a list held by column are what they are when each is read by itself."""

import pickle
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import esrdata
from esrdata.documents.document import Span
from esrdata.reading.claims.find import find_claims
from esrdata.reading.dispatch import read_file
from esrdata.reading.grid import GridRecord
from esrdata.reading.lists.record import RecordReader
from esrdata.reading.record import ABSENT, Finding, Record, Status, Value

HEADING = (
    "Koodi;Rahasto;Projektin nimi;Tl;Viranomainen;Toiminnan tila;Aloituspvm;Päättymispvm;"
    "Toteuttajan nimi;Myönnetty EU- ja valtion rahoitus;Toteutunut EU- ja valtion rahoitus;"
    "Suunniteltu julkinen rahoitus yhteensä"
)
# Odd in one cell each, or in how cells of a row fit together; the ones between are as usual.
ROWS = """\
S10001;ESR;Uusi alku;2;Kainuun ELY-keskus;Toiminta päättynyt;1.2.2008;31.12.2010;Kotka;1;2;3
S10002;ESR;Toinen alku;2;Kainuun ELY-keskus;Toiminta päättynyt;1.2.2008;31.12.2010;Kotka;0;;-
S10003;ESR;Kolmas alku;2;Kainuun ELY-keskus;Toiminta päättynyt;1.2.2008;joskus;Kotka;1;2;3
S10004;EAKR;Neljäs alku;2;Kainuun ELY-keskus;Toiminta päättynyt;1.2.2008;31.12.2010;Kotka;1;1;3
S10005;ESR; Viides alku ;2;Kainuun ELY-keskus;Toiminta päättynyt;1.2.2012;31.12.2010;Kotka;1;1;3
S10006;ESR;Kuudes alku;99;Kainuun ELY-keskus;Toiminta päättynyt;1.2.2008;31.12.2010;Kotka;1;1;3
S10007;ESR;Seitsemäs: a@malli.fi;2;Outo virasto;Outo tila;1.2.2008;31.12.2010;Kotka;9;20;3
S10008;ESR;Kahdeksas alku;2;Kainuun ELY-keskus;Toiminta päättynyt;1.2.2008;31.12.2010;#REF!;1;2;3
S10001;ESR;Uusi alku, taas;2;Kainuun ELY-keskus;Toiminta päättynyt;1.2.2008;31.12.2010;Kotka;1;2;3
S10009;ESR;Yhdeksäs alku;2;Kainuun ELY-keskus;Toiminta päättynyt;1.2.2008;31.12.2010;Kotka;1;2;3
Yhteensä;;;;;;;;;9;9;9
S10010;ESR;Kymmenes alku;2;Kainuun ELY-keskus;Toiminta päättynyt;1.2.2008;31.12.2010;Kotka;1.234;2;3
"""


# Places: one, several, none; sites with both parts, one of them, none.
NEWER = """\
Hankekoodi;Rahasto;Tl;Et;Hankkeen nimi;Toteuttajan nimi;Toteuttajan Y-tunnus;Aloituspvm;\
Päättymispvm;Sijainti;Toteutuspaikan postinumero;Toteutuspaikan postitoimipaikka
S30001;ESR+;4;4.1;Uusi alku;Kotka;0201256-6;1.2.2023;31.12.2025;Kainuu;87100;Kajaani
S30002;ESR+;4;4.1;Toinen alku;Kotka;0201256-7;1.2.2023;31.12.2025;Kainuu, Lappi;87100;Kajaani
S30003;ESR+;4;4.1;Kolmas alku;Kotka;;1.2.2023;31.12.2025; Lappi ;;Rovaniemi
S30004;ESR+;4;4.1;Neljäs alku;Kotka;-;1.2.2023;31.12.2025;;87100;Kajaani
S30005;ESR+;4;4.2;Viides alku;Kotka;0201256-6;1.2.2023;31.12.2025;Kainuu;;
"""


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "uusi.csv"
    path.write_text(NEWER, encoding="utf-8")
    return path


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "lista.csv"
    path.write_text(f"{HEADING}\n{ROWS}", encoding="utf-8")
    return path


@pytest.mark.parametrize("source", ["listed", "newer"])
def test_tables_are_those_of_rows_that_are_read_by_themselves(
    source: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: Path = request.getfixturevalue(source)
    found = esrdata.read(listed).tables
    monkeypatch.setattr(RecordReader, "_grid", lambda self: 1 / 0)
    assert not any(
        isinstance(r, GridRecord) for r in read_file(str(listed), contacts=False).records
    )
    one_by_one = esrdata.read(listed).tables
    assert found.keys() == one_by_one.keys()
    for name, table in found.items():
        pd.testing.assert_frame_equal(table, one_by_one[name], check_exact=True)


def test_only_rows_with_an_odd_cell_are_read_by_themselves(listed: Path) -> None:
    records = read_file(str(listed), contacts=False).records
    alone = [str(r.code) for r in records if not isinstance(r, GridRecord)]
    # A word for a day, and the error of a spreadsheet.
    assert alone == ["S10003", "S10008"]


def test_a_place_alone_stays_in_the_grid_and_a_site_without_parts_is_none(newer: Path) -> None:
    records = read_file(str(newer), contacts=False).records
    alone = [str(r.code) for r in records if not isinstance(r, GridRecord)]
    assert alone == ["S30002", "S30004"]
    places = esrdata.read(newer).locations
    assert list(zip(places["project_code"], places["level"], places["name"], strict=True)) == [
        ("S30001", "region", "Kainuu"),
        ("S30001", "site", "87100 Kajaani"),
        ("S30002", "region", "Kainuu"),
        ("S30002", "region", "Lappi"),
        ("S30002", "site", "87100 Kajaani"),
        ("S30003", "region", "Lappi"),
        ("S30003", "site", "Rovaniemi"),
        ("S30004", "site", "87100 Kajaani"),
        ("S30005", "region", "Kainuu"),
    ]


@pytest.mark.parametrize(
    ("written", "field", "status", "content", "code"),
    [
        ("-", "locations.region", "blank", None, None),
        ("ei tiedossa", "locations.region", "blank", None, None),
        ("Kainuu, -", "locations.region.0", "read", "Kainuu", None),
        (" Kainuu,", "locations.region.0", "read", "Kainuu", None),
        ("#N/A", "locations.region", "unreadable", None, "list_cell_error"),
        ("=A1", "locations.region", "unreadable", None, "list_formula_unsaved"),
        ("87100", "locations.region", "unreadable", None, "list_text_doubtful"),
        ("Kainuu, 87100", "locations.region", "unreadable", None, "list_text_doubtful"),
    ],
)
def test_what_is_no_place_is_none(
    written: str, field: str, status: str, content: str | None, code: str | None, newer: Path
) -> None:
    newer.write_text(NEWER.replace("Kainuu, Lappi", written), encoding="utf-8")
    record = read_file(str(newer), contacts=False).records[1]
    value = record.values[field]
    assert (str(value.status), value.content) == (status, content)
    assert value.raw == ("Kainuu" if content else written)
    assert value.span is not None
    assert newer.read_text(encoding="utf-8")[slice(*value.span[:2])] == value.raw
    assert [name for name in record.values if name.startswith("locations.region")] == [field]
    told = [(f.code, f.field) for f in record.findings]
    assert told == ([] if code is None else [(code, field)])


def test_the_guard_of_a_code_is_no_part_of_it(newer: Path) -> None:
    guarded = NEWER.replace(";0201256-6;", ';="0201256-6";', 1).replace(";87100;", ";'07100;", 1)
    newer.write_text(guarded, encoding="utf-8")
    record = read_file(str(newer), contacts=False).records[0]
    assert record.content("projects.business_id") == "0201256-6"
    assert record.content("locations.site.postal_code") == "07100"
    assert record.values["locations.site.postal_code"].raw == "'07100"


def test_nothing_is_lost_between_zero_blank_absent_and_unreadable(listed: Path) -> None:
    kept = esrdata.read(listed).provenance.set_index(["project_code", "field"])
    planned, realised = "funding.eu_and_state.planned", "funding.eu_and_state.realised"
    total, other = "funding.public_total.planned", "funding.public_total.realised"
    cells = kept.loc[[("S10002", f) for f in (planned, realised, total, other)]]
    assert list(cells["status"]) == ["read", "blank", "blank", "absent"]
    assert cells["raw"].fillna("?").tolist() == ["0", "?", "-", "?"]
    assert list(kept.loc[[("S10003", "projects.end_date")], "status"]) == ["unreadable"]
    funding = esrdata.read(listed).funding.set_index(["project_code", "measure", "stage"])
    assert funding.loc[("S10002", "eu_and_state", "planned"), "amount_eur"] == 0


def test_every_check_speaks_of_a_row_of_a_grid(listed: Path) -> None:
    issues = esrdata.read(listed).issues
    found = set(zip(issues["project_code"], issues["code"], strict=True))
    assert {
        ("S10007", "realised_above_granted"),
        ("S10004", "code_letter_fund"),
        ("S10005", "end_before_start"),
        ("S10006", "value_unknown"),
        ("S10007", "value_unknown"),
        ("S10007", "eu_and_state_above_public_total"),
        ("S10007", "personal_data_masked"),
        ("S10001", "duplicate_project_code"),
    } <= found


def test_a_row_that_was_changed_is_its_own(listed: Path) -> None:
    first, second = read_file(str(listed), contacts=False).records[:2]
    assert isinstance(first, GridRecord)
    assert first.is_of_grid
    assert first.content("projects.name") == "Uusi alku"
    del first.values["projects.name"]
    assert first.content("projects.name") is None
    assert not first.is_of_grid
    assert second.content("projects.name") == "Toinen alku"


def test_rows_that_are_sent_together_share_their_grid_and_keep_their_own(listed: Path) -> None:
    first, second, *_ = read_file(str(listed), contacts=False).records
    first.findings.append(Finding("part_failed"))
    second.values["projects.name"] = Value(Status.BLANK)
    one, other = pickle.loads(pickle.dumps((first, second)))
    assert isinstance(one, GridRecord)
    assert one.grid is other.grid
    assert (one.is_of_grid, other.is_of_grid) == (True, False)
    assert one.findings == [Finding("part_failed")]
    assert other.content("projects.name") is None
    assert one.values == first.values


def test_a_record_is_sent_with_its_values_places_and_claims() -> None:
    values = {
        "projects.name": Value(Status.READ, "Kurssi", "Kurssi", Span(6, 12, 1, 1)),
        "projects.start_date": Value(Status.READ, date(2016, 1, 1), "1.1.2016", None),
        "projects.city": ABSENT,
    }
    claims = {"Kursseja on 3.": find_claims("Kursseja on 3.")}
    sent = Record("a.txt", "eura2014", "fi", values=values, claims=claims)
    came = pickle.loads(pickle.dumps(sent))
    assert came == sent
    # A tuple would be equal, too.
    assert came.values["projects.name"].span.end == 12
    assert came.values["projects.city"].status is Status.ABSENT
    assert [claim.value for claim in came.claims["Kursseja on 3."]] == [3]


def test_a_row_by_itself_has_no_grid_and_the_places_of_its_cells(listed: Path) -> None:
    first = read_file(str(listed), contacts=False).records[0]
    assert isinstance(first, GridRecord)
    alone = first.alone()
    assert type(alone) is Record
    assert first.is_of_grid
    name = alone.values["projects.name"]
    assert name.span is not None
    assert listed.read_text(encoding="utf-8")[name.span.start : name.span.end] == "Uusi alku"


def test_a_list_is_the_same_from_the_cache_and_from_other_processes(
    listed: Path, newer: Path, tmp_path: Path
) -> None:
    found = esrdata.read([listed, newer]).tables
    esrdata.read(listed, cache=tmp_path / "kept")
    # One file comes from the cache, and both are built anew.
    kept = esrdata.read([listed, newer], cache=tmp_path / "kept").tables
    sent = esrdata.read([listed, newer], workers=2).tables
    for name, table in found.items():
        pd.testing.assert_frame_equal(table, kept[name], check_exact=True)
        pd.testing.assert_frame_equal(table, sent[name], check_exact=True)
