"""Five reasons for what a cell holds, each from a page cut down to the line that shows it."""

from collections.abc import Callable

import pytest

from esrdata.reading.record import Record, Status

Reader = Callable[..., Record]

PAGE = """Euroopan sosiaalirahaston (ESR) rahoittaman projektin kuvaus

1. Projekti

Projektikoodi: S98802

Projektityyppi: {type}

Toiminnan tila: {status}

3. Projektin toteutusalue ja kohderyhmän kuvaus

3.4 Aloittaneiden henkilöiden määrä

{participants}

7. Projektin julkinen rahoitus, euroa

Myönnetty EU- ja valtion rahoitus: {money}
"""
WITH = "Projekti, jossa on henkilöitä mukana"
WITHOUT = "Projekti, jossa ei ole henkilöitä mukana"
PLANNED, REALISED = "indicators.participants.planned", "indicators.participants.realised"
WOMEN = "indicators.participants.planned_women"


@pytest.fixture
def status_of(read_one: Reader) -> Callable[..., Callable[[str], tuple[Status, object]]]:
    def read(**parts: str) -> Callable[[str], tuple[Status, object]]:
        said = {"type": WITH, "status": "Toiminnassa", "participants": "", "money": "1", **parts}
        record = read_one(PAGE.format(**said))

        def status(field: str) -> tuple[Status, object]:
            value = record.values[field]
            return value.status, value.content

        return status

    return read


Statuses = Callable[..., Callable[[str], tuple[Status, object]]]


@pytest.mark.parametrize(
    ("written", "status", "content"),
    [
        ("46 434", Status.READ, 46434.0),
        ("0", Status.READ, 0.0),
        ("0,00 €", Status.READ, 0.0),
        ("-876", Status.READ, -876.0),
        ("", Status.BLANK, None),
        ("\u00a0", Status.BLANK, None),
        ("noin 2 miljoonaa", Status.UNREADABLE, None),
        ("46.434", Status.UNREADABLE, None),
    ],
)
def test_money(status_of: Statuses, written: str, status: Status, content: object) -> None:
    assert status_of(money=written)("funding.eu_and_state.planned") == (status, content)


def test_a_line_that_is_not_there_is_absent(status_of: Statuses) -> None:
    status = status_of()
    assert status("funding.eu_and_state.realised") == (Status.ABSENT, None)
    assert status("projects.name") == (Status.ABSENT, None)
    assert status("narratives.final_report") == (Status.ABSENT, None)
    assert status("locations.region") == (Status.ABSENT, None)


@pytest.mark.parametrize(
    ("type_", "written", "planned", "women", "realised"),
    [
        # stated, zero included, is read whatever the type says
        (
            WITHOUT,
            "Suunniteltu: 0, joista naisia 0",
            (Status.READ, 0),
            (Status.READ, 0),
            (Status.NOT_APPLICABLE, None),
        ),
        (
            WITHOUT,
            "Suunniteltu: 5, joista naisia 2",
            (Status.READ, 5),
            (Status.READ, 2),
            (Status.NOT_APPLICABLE, None),
        ),
        # not stated does not apply
        (
            WITHOUT,
            "",
            (Status.NOT_APPLICABLE, None),
            (Status.NOT_APPLICABLE, None),
            (Status.NOT_APPLICABLE, None),
        ),
        (
            WITHOUT,
            "Suunniteltu:",
            (Status.NOT_APPLICABLE, None),
            (Status.NOT_APPLICABLE, None),
            (Status.NOT_APPLICABLE, None),
        ),
        # what cannot be read is never explained away
        (
            WITHOUT,
            "Suunniteltu: ei yhtään, joista naisia 0",
            (Status.UNREADABLE, None),
            (Status.READ, 0),
            (Status.NOT_APPLICABLE, None),
        ),
        # with persons, silence is silence
        (
            WITH,
            "Suunniteltu:\n\nToteutunut seurantatietojen mukaan: 0",
            (Status.BLANK, None),
            (Status.BLANK, None),
            (Status.READ, 0),
        ),
        (WITH, "", (Status.ABSENT, None), (Status.ABSENT, None), (Status.ABSENT, None)),
        (
            WITH,
            "Suunniteltu: 12",
            (Status.READ, 12),
            (Status.ABSENT, None),
            (Status.ABSENT, None),
        ),
        (
            WITH,
            "Suunniteltu: 12, joista naisia",
            (Status.READ, 12),
            (Status.BLANK, None),
            (Status.ABSENT, None),
        ),
    ],
)
def test_participants(
    status_of: Statuses,
    type_: str,
    written: str,
    planned: tuple[Status, object],
    women: tuple[Status, object],
    realised: tuple[Status, object],
) -> None:
    status = status_of(type=type_, participants=written)
    assert (status(PLANNED), status(WOMEN), status(REALISED)) == (planned, women, realised)


@pytest.mark.parametrize(
    ("line", "applicable"),
    [
        (f"Projektityyppi: {WITH}\n\nToimintalinja: 2: Työ", True),
        (f"Projektityyppi: {WITHOUT}\n\nToimintalinja: 2: Työ", False),
        (f"Projektityyppi: {WITHOUT.upper()}\n\nToimintalinja: 2: Työ", False),
        ("Projektityyppi: Tiedotus ja viestintä\n\nToimintalinja: 5: Tekninen tuki", False),
        # a page that does not state them leaves it open
        ("Osio: Etelä", None),
        (f"Projektityyppi: {WITH}", None),
        (f"Projektityyppi: {WITHOUT}", False),
    ],
)
def test_whether_participants_apply(read_one: Reader, line: str, applicable: bool | None) -> None:
    page = PAGE.replace("Projektityyppi: {type}", line)
    record = read_one(page.format(status="", participants="Suunniteltu: 0", money="0"))
    assert record.applicable["participants"] is applicable
    assert record.content(PLANNED) == 0


def test_results_apply_unless_the_project_is_technical_support(read_one: Reader) -> None:
    ordinary = PAGE.replace("{type}", f"{WITHOUT}\n\nToimintalinja: 2: Työ")
    record = read_one(ordinary.format(status="", participants="", money=""))
    assert record.applicable["qualifications"] is True
    assert record.values["indicators.qualifications.planned"].status is Status.ABSENT
    support = PAGE.replace("{type}", "Hallinto\n\nToimintalinja: 5: Tekninen tuki")
    record = read_one(support.format(status="", participants="", money=""))
    assert record.applicable["qualifications"] is False
    assert record.values["indicators.qualifications.planned"].status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("written", "status"),
    [("Toiminnassa", Status.READ), ("", Status.BLANK), ("jäissä", Status.READ)],
)
def test_words(status_of: Statuses, written: str, status: Status) -> None:
    assert status_of(status=written)("projects.status") == (status, written or None)


def test_unreadable_values_are_findings_that_quote_them(read_one: Reader) -> None:
    page = PAGE.format(type=WITH, status="", participants="Suunniteltu: monta", money="paljon")
    record = read_one(page)
    assert {(f.code, f.field, f.raw, f.line) for f in record.findings if f.field} == {
        ("value_unreadable", PLANNED, "monta", 15),
        ("value_unreadable", "funding.eu_and_state.planned", "paljon", 19),
    }


def test_every_field_of_the_form_has_a_status(read_one: Reader) -> None:
    record = read_one(PAGE.format(type=WITH, status="", participants="", money=""))
    assert {value.status for value in record.values.values()} == {
        Status.READ,
        Status.BLANK,
        Status.ABSENT,
    }
    for value in record.values.values():
        assert (value.content is None) == (value.status is not Status.READ)
        assert (value.span is None) == (value.status is Status.ABSENT)
