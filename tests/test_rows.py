"""Rows of a table whose values stand where programs that make text of pages put them."""

from collections.abc import Callable

import pytest

from esrdata.reading.record import Record, Status

Reader = Callable[..., Record]
Pages = Callable[..., str]

LABEL = "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen)"
ROW = f"{LABEL} 0 4"
FIELDS = ("sustainability.water_soil_air.direct", "sustainability.water_soil_air.indirect")


def scores(record: Record) -> dict[str, object]:
    return {
        name: value.content
        for name, value in record.values.items()
        if name.startswith("sustainability.") and value.status is Status.READ
    }


def codes(record: Record) -> set[str]:
    return {finding.code for finding in record.findings}


@pytest.fixture
def clean(page_2014: Pages) -> str:
    page = page_2014()
    assert page.count(ROW) == 1
    return page


@pytest.mark.parametrize(
    "row",
    [
        # on the first line of the label, on its last, and on one between
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja 0 4\nkasvihuonekaasujen väheneminen)",
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja\nkasvihuonekaasujen väheneminen) 0 4",
        "Pinta- ja pohjavedet,\nmaaperä sekä ilma (ja 0 4\nkasvihuonekaasujen\nväheneminen)",
        "Pinta- ja pohjavedet, maaperä sekä ilma\n0 4\n(ja kasvihuonekaasujen väheneminen)",
        "Pinta- ja pohjavedet, maaperä sekä ilma\n\n0 4\n\n(ja kasvihuonekaasujen väheneminen)",
        "Pinta- ja pohjavedet, maaperä sekä\n    0   4\nilma (ja kasvihuonekaasujen väheneminen)",
        # cells of a table that was pasted
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja\t0\t4\nkasvihuonekaasujen väheneminen)\t\t",
        # one score a line
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja 0\nkasvihuonekaasujen väheneminen) 4",
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen)\n0\n4",
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen) 0\n4",
        "Pinta- ja pohjavedet, maaperä\n0\n4\nsekä ilma (ja kasvihuonekaasujen väheneminen)",
        # under the label
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja\nkasvihuonekaasujen väheneminen)\n\n0 4",
    ],
)
def test_scores_beside_or_under_a_label_that_wraps(clean: str, read_one: Reader, row: str) -> None:
    record, plain = read_one(clean.replace(ROW, row)), read_one(clean)
    assert scores(record) == scores(plain)
    assert record.findings == []
    assert [record.values[field].raw for field in FIELDS] == ["0", "4"]


def test_an_answer_beside_a_label_that_wraps(clean: str, read_one: Reader) -> None:
    label = "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen: Ei"
    broken = "Hankkeen päätavoite on sukupuolten Ei\ntasa-arvon edistäminen:"
    assert clean.count(label) == 1
    record = read_one(clean.replace(label, broken))
    assert record.content("horizontal.gender_main_goal") == "Ei"
    assert record.findings == []


@pytest.mark.parametrize(
    "row",
    [
        "",
        "Pinta- ja pohjavedet, maaperä sekä ilma 7 4",
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja O 4\nkasvihuonekaasujen väheneminen)",
        "kasvihuonekaasujen väheneminen) 7 4",
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen)",
    ],
)
def test_a_row_that_is_not_there_is_reported(clean: str, read_one: Reader, row: str) -> None:
    record = read_one(clean.replace(ROW, row))
    assert [record.content(field) for field in FIELDS] == [None, None]
    (missing,) = (finding for finding in record.findings if finding.code == "row_missing")
    assert missing.raw == LABEL


@pytest.mark.parametrize("row", ["{} 7", "{}\n7", "{}\n7\n4\n5", "{} 7 4 5", "{} 7\n4\n5"])
def test_a_row_with_other_than_two_scores_is_not_read(
    clean: str, read_one: Reader, row: str
) -> None:
    record = read_one(clean.replace(ROW, row.format(LABEL)))
    for field in FIELDS:
        assert record.values[field].status is Status.UNREADABLE
    assert "value_unreadable" in codes(record)
    assert record.content("sustainability.natura_2000.direct") is not None


# Five rows as they stand on the page, with their texts.
SOCIAL = """Hyvinvoinnin edistäminen 8 10
Naapurit tutustuvat.
Tasa-arvon edistäminen 10 9
Yhteiskunnallinen ja kulttuurinen yhdenvertaisuus 7 6
Kulttuuriympäristö 2 3
Ympäristöosaaminen 4 5"""


def test_a_table_read_column_by_column_gives_no_wrong_score(clean: str, read_one: Reader) -> None:
    assert SOCIAL in clean
    columns = """Hyvinvoinnin edistäminen
8
Naapurit tutustuvat.
Tasa-arvon edistäminen
10
Yhteiskunnallinen ja kulttuurinen yhdenvertaisuus
7
Kulttuuriympäristö
2
Ympäristöosaaminen
4

10
9
6

3
5"""
    record = read_one(clean.replace(SOCIAL, columns))
    for criterion in ("wellbeing", "equality", "cultural_environment", "environmental_competence"):
        for effect in ("direct", "indirect"):
            value = record.values[f"sustainability.{criterion}.{effect}"]
            assert value.status is Status.UNREADABLE
    assert record.content("sustainability.natura_2000.direct") is not None
    assert record.content("sustainability.wellbeing.justification") == "Naapurit tutustuvat."
    assert "values_apart" in codes(record)


def test_labels_above_all_their_scores_give_no_wrong_score(clean: str, read_one: Reader) -> None:
    stacked = """Hyvinvoinnin edistäminen 8 10
Naapurit tutustuvat.
Tasa-arvon edistäminen
Yhteiskunnallinen ja kulttuurinen yhdenvertaisuus
Kulttuuriympäristö 10 9
7 6
2 3
Ympäristöosaaminen 4 5"""
    record = read_one(clean.replace(SOCIAL, stacked))
    for criterion in ("equality", "social_cultural_equality", "cultural_environment"):
        assert record.values[f"sustainability.{criterion}.direct"].status is Status.UNREADABLE
    for criterion in ("wellbeing", "environmental_competence"):
        assert record.content(f"sustainability.{criterion}.direct") is not None
    (apart,) = (finding for finding in record.findings if finding.code == "values_apart")
    assert apart.raw == "7 6 2 3"


def test_a_year_in_an_authors_text_is_no_score(clean: str, read_one: Reader) -> None:
    row = f"{LABEL}\n0\n4"
    text = clean.replace("Naapurit tutustuvat.", "Naapurit tutustuvat.\n2015\nja 2016.")
    record = read_one(text.replace(ROW, row))
    assert [record.content(field) for field in FIELDS] == [0, 4]
    assert record.findings == []
