"""Where sources disagree: what is a disagreement, what is the same fact in other words."""

from datetime import date

import pytest

from esrdata.documents.document import Span
from esrdata.reading.record import ABSENT, Content, Declared, Finding, Record, Status, Value
from esrdata.tables.linking.conflicts import conflicts, equal, finding
from esrdata.tables.linking.likeness import folded

ELY = "Hämeen elinkeino-, liikenne- ja ympäristökeskus"


def read(content: Content, raw: str | None = None, line: int = 1) -> Value:
    said = raw if raw is not None else str(content)
    return Value(Status.READ, content, said, Span(10 * line, 10 * line + len(said), line, 1))


def record(form: str, path: str, values: dict[str, Value], **others: object) -> Record:
    declared = Declared(code_lists={"projects.status": "status", "locations.region": "regions"})
    code = {} if form == "web" else {"projects.project_code": read("S99901")}
    made = Record(path, form, "fi", declared, {**code, **values})
    for name, value in others.items():
        setattr(made, name, value)
    return made


def two(field: str, a: Content, b: Content, **others: object) -> list[dict[str, object]]:
    """Conflict rows of a description and a list that say this of a field."""
    best = record("toy", "a.txt", {field: read(a)})
    return list(conflicts([best, record("list", "b.csv", {field: read(b)}, **others)]))


def test_a_row_per_source_says_what_stands_where() -> None:
    end = "projects.end_date"
    best = record("toy", "S99901.txt", {end: read(date(2017, 6, 30), "30.6.2017", 12)})
    older = record(
        "list",
        "lista.csv",
        {end: read(date(2016, 12, 31), "31.12.2016", 7)},
        snapshot=date(2016, 3, 1),
        snapshot_basis="file_name",
    )
    page = record(
        "web",
        "sivu.txt",
        {end: read(date(2016, 12, 1), "12/2016", 46)},
        qualifiers={end: "month"},
    )
    rows = list(conflicts([best, older, page]))
    assert rows == [
        {
            "project_code": "S99901", "field": end, "rank": 1, "source": "description",
            "form": "toy", "value": "2017-06-30", "qualifier": None, "raw": "30.6.2017",
            "file": "S99901.txt", "page": 1, "line": 12, "start": 120, "end": 129,
            "snapshot": None, "snapshot_basis": None,
        },
        {
            "project_code": "S99901", "field": end, "rank": 2, "source": "list",
            "form": "list", "value": "2016-12-31", "qualifier": None, "raw": "31.12.2016",
            "file": "lista.csv", "page": 1, "line": 7, "start": 70, "end": 80,
            "snapshot": date(2016, 3, 1), "snapshot_basis": "file_name",
        },
        {
            "project_code": "S99901", "field": end, "rank": 3, "source": "web",
            "form": "web", "value": "2016-12-01", "qualifier": "month", "raw": "12/2016",
            "file": "sivu.txt", "page": 1, "line": 46, "start": 460, "end": 467,
            "snapshot": None, "snapshot_basis": None,
        },
    ]  # fmt: skip
    assert list(finding(rows)) == [
        Finding(
            "sources_disagree",
            end,
            12,
            "2017-06-30 (S99901.txt:12) / 2016-12-31 (lista.csv:7) / 2016-12 (sivu.txt:46)",
        )
    ]


def test_one_finding_per_field() -> None:
    a = {"projects.city": read("Kotka", line=3), "funding.public_total.planned": read(10.0)}
    b = {"projects.city": read("Hamina", line=4), "funding.public_total.planned": read(57634.5)}
    about = {"funding.public_total.planned": "about"}
    rows = conflicts([record("toy", "a.txt", a), record("web", "b.txt", b, qualifiers=about)])
    assert [(f.field, f.line, f.raw) for f in finding(rows)] == [
        ("projects.city", 3, "Kotka (a.txt:3) / Hamina (b.txt:4)"),
        ("funding.public_total.planned", 1, "10 (a.txt:1) / ≈57634.5 (b.txt:1)"),
    ]


def test_all_sources_are_held_against_each_other() -> None:
    # The one used agrees with both, within a tenth; they do not agree with each other.
    name = "funding.public_total.planned"
    about = record("web", "a.txt", {name: read(100000.0)}, qualifiers={name: "about"})
    rows = conflicts(
        [about, *(record("list", "b.csv", {name: read(n)}) for n in (95000.0, 105000.0))]
    )
    assert [row["value"] for row in rows] == ["100000", "95000", "105000"]


# Field, two contents, whether they are one fact.
SAME = [
    ("projects.authority", ELY, "hämeen elinkeino-  liikenne- ja ympäristökeskus", True),
    ("projects.authority", ELY, "Lapin elinkeino-, liikenne- ja ympäristökeskus", False),
    # The TE-keskus became the ELY-keskus in 2010, that one an elinvoimakeskus in 2026.
    ("projects.authority", "Lapin TE-keskus", "Lapin elinvoimakeskus", True),
    ("projects.authority", "Lapin elinvoimakeskus", "Lapin TE-keskus", True),
    ("projects.applicant", "Lapin TE-keskus", "Lapin elinvoimakeskus", True),
    ("projects.city", "Lapin TE-keskus", "Lapin elinvoimakeskus", False),
    # Both became Lounais-Suomen elinvoimakeskus, but are not each other.
    (
        "projects.authority",
        "Satakunnan elinkeino-, liikenne- ja ympäristökeskus",
        "Varsinais-Suomen elinkeino-, liikenne- ja ympäristökeskus",
        False,
    ),
    ("projects.applicant", "MALLILAN  KYLÄT r.y.", "Mallilan kylät ry", True),
    ("projects.applicant", "Mallilan kylät ry", "Mallilan kylä ry", False),
    ("projects.name", "Sillat - töihin", "SILLAT, TÖIHIN!", True),
    ("projects.name", "Sillat töihin", "Silat töihin", False),
    ("projects.name", "Sillat-hanke", "Sillat", True),
    ("projects.name", "Sillat 2 -hanke", "Sillat", False),
    ("projects.name", "Sillat, esiselvityshanke", "Sillat", False),
    ("projects.applicant", "Tampere University", "Tampereen yliopisto", True),
    ("projects.applicant", "Tampere University", "Tampereen ammattikorkeakoulu Oy", False),
    ("projects.street_address", "Mallitie 1 1", "Mallitie 11", False),
    ("projects.street_address", "Mallitie 1–1", "Mallitie 1 1", True),
    ("projects.business_id", "0347119-0", "347119-0", True),
    ("projects.business_id", "0347119-0", "0347118-0", False),
    ("projects.website", "http://www.example.org/", "https://www.example.org", True),
    ("projects.website", "www.example.org", "www.example.org/hanke", False),
    ("projects.status", "Toiminta päättynyt", "Ended", True),
    ("projects.status", "Toiminnassa", "Toiminta päättynyt", True),
    ("projects.status", "Keskeytynyt", "Toiminnassa", True),
    ("projects.status", "Keskeytynyt", "Toiminta päättynyt", False),
    ("projects.status", "Toiminnassa", "Ei tiedossa", False),
    ("projects.priority_axis", 5, 4, False),
    ("projects.priority_axis", 5, "5", True),
    ("projects.start_date", date(2015, 5, 1), date(2015, 5, 2), False),
    ("funding.eu_and_state.planned", 49360.5, 49361.0, True),
    ("funding.eu_and_state.planned", 49360.4, 49361.0, False),
    ("indicators.participants.planned", 43, 44, False),
    ("indicators.participants.planned", 0, 43, False),
]  # fmt: skip


@pytest.mark.parametrize(("field", "a", "b", "same"), SAME)
def test_facts_in_other_words(field: str, a: Content, b: Content, same: bool) -> None:
    assert (two(field, a, b) == []) is same
    assert (two(field, b, a) == []) is same


@pytest.mark.parametrize(
    ("qualifier", "said", "exact", "same"),
    [
        ("about", 50000.0, 55000.0, True),
        ("about", 50000.0, 55001.0, False),
        ("about", 50000.0, 45000.0, True),
        ("over", 50000.0, 57634.0, True),
        ("over", 50000.0, 50000.0, False),
        ("over", 50000.0, 49999.0, False),
        ("at_least", 50000.0, 50000.0, True),
        ("at_least", 50000.0, 49999.0, False),
        ("under", 50000.0, 49999.0, True),
        ("under", 50000.0, 50000.0, False),
        ("up_to", 50000.0, 50000.0, True),
        ("up_to", 50000.0, 50001.0, False),
    ],
)
def test_inexact_sums(qualifier: str, said: float, exact: float, same: bool) -> None:
    name = "funding.public_total.planned"
    assert equal(name, read(said), read(exact), (qualifier, None)) is same
    assert equal(name, read(exact), read(said), (None, qualifier)) is same
    assert (two(name, exact, said, qualifiers={name: qualifier}) == []) is same


def test_the_same_sum_may_be_meant_otherwise() -> None:
    value = read(50000.0)
    assert not equal("funding.public_total.planned", value, value, ("over", "under"))


@pytest.mark.parametrize(
    ("qualifier", "day", "same"),
    [
        ("month", date(2016, 12, 31), True),
        ("month", date(2016, 11, 30), False),
        ("year", date(2016, 3, 31), True),
        ("year", date(2017, 12, 1), False),
    ],
)
def test_a_date_is_compared_as_far_as_it_is_sure(qualifier: str, day: date, same: bool) -> None:
    said = read(date(2016, 12, 1))
    assert equal("projects.end_date", said, read(day), (qualifier, None)) is same
    assert equal("projects.end_date", read(day), said, (None, qualifier)) is same


def places(level: str, *names: str) -> dict[str, Value]:
    return {f"locations.{level}.{n}": read(name, line=n + 5) for n, name in enumerate(names)}


def test_places_are_a_set() -> None:
    def rows(a: dict[str, Value], b: dict[str, Value]) -> list[dict[str, object]]:
        return list(conflicts([record("toy", "a.txt", a), record("list", "b.csv", b)]))

    assert (
        rows(places("municipality", "Kotka", "Hamina"), places("municipality", "HAMINA", "Kotka"))
        == []
    )
    # The code lists know the Swedish names.
    assert rows(places("region", "Uusimaa"), places("region", "Nyland")) == []
    assert rows(places("municipality", "Raisio"), places("municipality", "Reso")) == []
    assert rows(places("municipality", "Raisio"), places("municipality", "Raahe")) != []
    assert rows(places("subregion", "Raisio"), places("subregion", "Reso")) != []
    first, second = rows(places("municipality", "Kotka", "Hamina"), places("municipality", "Kotka"))
    assert (first["field"], first["value"], first["raw"]) == (
        "locations.municipality",
        "Kotka; Hamina",
        "Kotka, Hamina",
    )
    assert (first["line"], first["start"], first["end"]) == (5, 50, 66)
    assert second["value"] == "Kotka"


def partners(*each: tuple[str, str, str | None]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for n, (role, name, number) in enumerate(each):
        values[f"partners.{n}.role"] = read(role)
        values[f"partners.{n}.name"] = read(name)
        if number is not None:
            values[f"partners.{n}.business_id"] = read(number)
    return values


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ([("co_organiser", "Malli Oy", None)], [("co_organiser", "MALLI OY", "1234567-1")], True),
        (
            [("co_organiser", "Malli Oy", "1234567-1")],
            [("co_organiser", "Mallilan malli Oy", "1234567-1")],
            True,
        ),
        # Spellings that are one organisation in the table of organisations.
        ([("co_organiser", "Xamk", None)], [("co_organiser", "Kaakkois-Suomen amk", None)], True),
        (
            [("co_organiser", "Malli Oy", "1234567-1")],
            [("co_organiser", "Malli Oy", "7654321-1")],
            False,
        ),
        ([("co_organiser", "Malli Oy", None)], [("subsidy_transferee", "Malli Oy", None)], False),
        (
            [("co_organiser", "A ry", None), ("co_organiser", "B ry", None)],
            [("co_organiser", "B ry", None), ("co_organiser", "A ry", None)],
            True,
        ),
        (
            [("co_organiser", "A ry", None), ("co_organiser", "B ry", None)],
            [("co_organiser", "A ry", None)],
            False,
        ),
        ([("co_organiser", "A ry", None)], [], True),
    ],
)
def test_partners_are_a_set(
    a: list[tuple[str, str, str | None]], b: list[tuple[str, str, str | None]], same: bool
) -> None:
    for one, other in ((a, b), (b, a)):
        rows = list(
            conflicts(
                [record("toy", "a.txt", partners(*one)), record("toy", "b.txt", partners(*other))]
            )
        )
        assert (rows == []) is same
        assert {row["field"] for row in rows} <= {"partners"}


def test_a_partner_is_written_with_role_and_number() -> None:
    rows = conflicts(
        [
            record("toy", "a.txt", partners(("co_organiser", "A ry", "1234567-1"))),
            record("toy", "b.txt", partners(("co_organiser", "B ry", None))),
        ]
    )
    assert [row["value"] for row in rows] == [
        "co_organiser: A ry (1234567-1)",
        "co_organiser: B ry",
    ]


@pytest.mark.parametrize(
    "field",
    [
        "projects.priority_axis_label",
        "projects.specific_objective_label",
        "narratives.summary",
        "sustainability.wellbeing.justification",
        "contacts.0.name",
    ],
)
def test_wording_is_not_compared(field: str) -> None:
    assert two(field, "Sillat töihin", "Aivan muuta") == []
    assert two("projects.website", "Sillat töihin", "Aivan muuta") != []


@pytest.mark.parametrize(
    "value",
    [
        ABSENT,
        Value(Status.BLANK),
        Value(Status.NOT_APPLICABLE),
        Value(Status.UNREADABLE, None, "31.6.2017"),
    ],
)
def test_what_was_not_read_disagrees_with_nothing(value: Value) -> None:
    best = record("toy", "a.txt", {"projects.end_date": read(date(2017, 6, 30))})
    assert list(conflicts([best, record("list", "b.csv", {"projects.end_date": value})])) == []


def test_what_was_not_read_has_no_rank() -> None:
    days = {"a": ABSENT, "b": read(date(2017, 6, 30)), "c": read(date(2016, 6, 30))}
    rows = conflicts(
        [record("toy", path, {"projects.end_date": day}) for path, day in days.items()]
    )
    assert [(row["rank"], row["file"]) for row in rows] == [(1, "b"), (2, "c")]


def test_records_without_a_code_are_not_compared() -> None:
    with pytest.raises(ValueError, match="project code"):
        list(conflicts([record("web", "a.txt", {}), record("web", "b.txt", {})]))


def test_folding_keeps_letters_and_digits() -> None:
    assert folded("Työ- ja “koulutus”, A\u0308änekoski 1–2") == "työjakoulutusäänekoski1 2"


REALISED = "funding.public_total.realised"


@pytest.mark.parametrize(
    ("field", "used", "other", "status", "days", "same"),
    [
        # While it runs, a project spends: the later source has more.
        (REALISED, 9000.0, 4000.0, "Toiminnassa", (None, date(2016, 5, 10)), True),
        (REALISED, 9000.0, 4000.0, "Toiminnassa", (date(2017, 1, 1), date(2016, 5, 10)), True),
        ("indicators.participants.realised", 20, 12, "I verksamhet", (None, None), True),
        ("indicators.participants.realised_women", 20, 12, "Toiminnassa", (None, None), True),
        # The source that is used is the older one, or has less: somebody has to look.
        (REALISED, 9000.0, 4000.0, "Toiminnassa", (date(2016, 5, 10), date(2017, 1, 1)), False),
        (REALISED, 4000.0, 9000.0, "Toiminnassa", (None, date(2016, 5, 10)), False),
        # What has ended no longer grows, and a plan never does.
        (REALISED, 9000.0, 4000.0, "Toiminta päättynyt", (None, date(2016, 5, 10)), False),
        (REALISED, 9000.0, 4000.0, "Jotain muuta", (None, date(2016, 5, 10)), False),
        ("funding.public_total.planned", 9000.0, 4000.0, "Toiminnassa", (None, None), False),
        ("projects.priority_axis", 5, 4, "Toiminnassa", (None, None), False),
    ],
)
def test_what_a_running_project_has_used_grows(
    field: str,
    used: Content,
    other: Content,
    status: str,
    days: tuple[date | None, date | None],
    same: bool,
) -> None:
    newer = record("list", "a.csv", {field: read(used)}, snapshot=days[0])
    older = record(
        "list", "b.csv", {field: read(other), "projects.status": read(status)}, snapshot=days[1]
    )
    assert (list(conflicts([newer, older])) == []) is same


def test_about_so_much_is_not_growth() -> None:
    newer = record("toy", "a.txt", {REALISED: read(9000.0)}, qualifiers={REALISED: "about"})
    older = record("list", "b.csv", {REALISED: read(40.0), "projects.status": read("Toiminnassa")})
    assert [row["rank"] for row in conflicts([newer, older])] == [1, 2]
