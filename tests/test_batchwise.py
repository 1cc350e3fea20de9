"""Reading into a store: batch by batch, equal to what memory would hold, read when asked for."""

from pathlib import Path

import pandas as pd
import pytest
from pages import eura2007_page, eura2014_page

import esrdata
from esrdata import Portfolio, StoreError
from esrdata.tables import spool
from esrdata.tables.stored import Stored

LIST = """Koodi,Rahasto,Projektin nimi,Ohjelma / osio,Tl,Viranomainen,Toiminnan tila,Aloituspvm,\
Päättymispvm,Toteuttajan nimi,Myönnetty EU- ja valtion rahoitus,\
Toteutunut EU- ja valtion rahoitus,Suunniteltu julkinen rahoitus yhteensä,\
Toteutunut julkinen rahoitus yhteensä
S10003,ESR,Kolmas,Itä-Suomen suuralueosio,1,Pohjois-Karjalan maakuntaliitto,Toiminta päättynyt,\
1.1.2008,31.12.2009,Yksi Oy,300,200,400,300
S10001,ESR,Ensimmäinen,Itä-Suomen suuralueosio,1,Pohjois-Karjalan maakuntaliitto,Käynnissä,\
1.1.2008,31.12.2009,YKSI OY,100,0,150,0
"""
# One file holds less than another knows, and one project stands in two files.
PAGES = {
    "b.txt": eura2014_page(code="S20002", partners="Osatoteuttajat\n\nYksi Oy, 2472908-2"),
    "a.txt": eura2014_page(code="S20009"),
    "c/other.txt": eura2007_page(status="Kateissa"),
    "again.txt": eura2014_page(code="S20009", eu_planned="1 000,50"),
    "list.csv": LIST,
    "odd.txt": "ei mitään tuttua\n",
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    for name, text in PAGES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(source: Path) -> Portfolio:
    return esrdata.read(source)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch is full after the first project."""
    monkeypatch.setattr(spool, "BATCH", 0)


def ordered(name: str, table: pd.DataFrame) -> pd.DataFrame:
    by = {"issues": ["file", "line", "code", "raw"], "passages": ["file", "start", "kind"]}
    by |= {"files": ["file"], "links": ["file", "line"]}
    keys = by.get(name, ["project_code"] if "project_code" in table else [])
    return table.sort_values(keys, kind="stable").reset_index(drop=True) if keys else table


def equal(stored: Portfolio, whole: Portfolio) -> None:
    assert set(stored.tables) == set(whole.tables)
    for name, table in whole.tables.items():
        pd.testing.assert_frame_equal(
            ordered(name, stored.tables[name]), ordered(name, table), obj=name
        )


@pytest.mark.usefixtures("small_batches")
def test_its_tables_are_those_of_memory_in_the_order_of_the_codes(source, whole, tmp_path):
    stored = esrdata.read(source, to=tmp_path / "store")
    equal(stored, whole)
    equal(esrdata.load(tmp_path / "store"), whole)
    assert list(stored.projects["project_code"]) == sorted(whole.projects["project_code"])
    # The page and the list, which were read apart, tell of one project.
    assert list(stored.conflicts["project_code"].unique()) == ["S10001"]


@pytest.mark.usefixtures("small_batches")
def test_the_same_files_give_the_same_bytes(source, tmp_path):
    for name in ("one", "two"):
        esrdata.read(source, to=tmp_path / name)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    )
    assert one == two
    assert all(path.suffix in (".parquet", ".csv", ".json") for path in map(Path, one))


@pytest.mark.slow
def test_workers_and_a_cache_give_the_same(source, whole, tmp_path):
    cache = tmp_path / "cache"
    for n in range(2):
        equal(esrdata.read(source, to=tmp_path / f"{n}", cache=cache, workers=2), whole)


def test_contacts_are_there_where_they_were_asked_for(source, tmp_path):
    stored = esrdata.read(source, to=tmp_path / "store", contacts=True)
    equal(stored, esrdata.read(source, contacts=True))
    assert "contacts" in stored.tables


def test_a_table_is_read_when_it_is_asked_for(source, tmp_path, monkeypatch):
    esrdata.read(source, to=tmp_path / "store")
    asked = []
    read = pd.read_parquet
    monkeypatch.setattr(pd, "read_parquet", lambda path, **k: asked.append(path) or read(path, **k))
    stored = esrdata.load(tmp_path / "store")
    assert not asked
    esrdata.stats.absorption(stored, by="fund")
    assert {path.stem for path in asked} <= {"projects", "funding", "locations", "files"}
    assert isinstance(stored.tables, Stored)


def test_a_value_of_it_is_explained_from_its_own_rows(source, whole, tmp_path):
    stored = esrdata.read(source, to=tmp_path / "store")
    field = "funding.public_total.planned"
    assert str(stored.explain("S10003", field)) == str(whole.explain("S10003", field))
    assert stored.tables.made("provenance") is None


def test_some_of_its_projects_are_a_portfolio(source, whole, tmp_path):
    stored = esrdata.read(source, to=tmp_path / "store")
    some, same = (p.select(fund="ESR", programme_period="2007-2013") for p in (stored, whole))
    equal(some, same)
    equal(some.select(project_code="S10003"), same.select(project_code="S10003"))
    some.save(tmp_path / "some")
    equal(esrdata.load(tmp_path / "some"), same)


def test_statistics_are_those_of_memory(source, whole, tmp_path):
    stored = esrdata.read(source, to=tmp_path / "store")
    for statistic in ("planned_and_realised", "concentration", "plausibility"):
        made = [getattr(esrdata.stats, statistic)(p) for p in (stored, whole)]
        pd.testing.assert_frame_equal(*made, obj=statistic)
    pd.testing.assert_frame_equal(
        ordered("overview", stored.overview()), ordered("overview", whole.overview())
    )


def test_a_damaged_table_is_refused_when_it_is_asked_for(source, tmp_path):
    folder = tmp_path / "store"
    esrdata.read(source, to=folder)
    (folder / "funding.parquet").write_bytes(b"PAR1 nothing PAR1")
    stored = esrdata.load(folder)
    assert len(stored.projects) == 4
    with pytest.raises(StoreError, match=r"funding\.parquet"):
        _ = stored.funding


def test_files_of_a_former_save_without_a_manifest_do_not_pass_for_this_one(source, tmp_path):
    folder = tmp_path / "store"
    esrdata.read(source).save(folder)
    (folder / "ro-crate-metadata.json").unlink()
    for name in ("failures.log", "mine.csv"):
        (folder / name).write_text("old", encoding="utf-8")
    esrdata.read(source, to=folder)
    assert {path.name for path in folder.glob("*.csv")} == {"mine.csv", "data_dictionary.csv"}
    assert not (folder / "failures.log").exists()


def test_a_file_of_somebody_is_not_written_over(source, tmp_path):
    folder = tmp_path / "store"
    folder.mkdir()
    for name in ("projects.csv", "ro-crate-metadata.json", "failures.log"):
        (folder / name).write_text("{}", encoding="utf-8")
        with pytest.raises(esrdata.StoreError, match=f"has a file {name} that esrdata did not"):
            esrdata.read(source, to=folder)
        assert [path.name for path in folder.iterdir()] == [name]
        (folder / name).unlink()


def test_what_stops_it_leaves_the_former_store(source, tmp_path):
    folder = tmp_path / "store"
    esrdata.read(source, to=folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def stop(done: int, total: int, path: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        esrdata.read(source, to=folder, progress=stop)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_folder_without_text_is_refused_and_nothing_is_written(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_text("")
    with pytest.raises(esrdata.SourceError, match=r"empty\.txt"):
        esrdata.read(tmp_path / "in", to=tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_a_record_that_the_tables_fail_at_costs_itself_only(source, tmp_path, monkeypatch):
    from esrdata.tables import checks

    original = checks.findings

    def failing(record):
        if record.code == "S10003":
            raise RuntimeError("odd")
        yield from original(record)

    monkeypatch.setattr(checks, "findings", failing)
    stored = esrdata.read(source, to=tmp_path / "store")
    assert list(stored.projects["project_code"]) == ["S10001", "S20002", "S20009"]
    assert "reading_failed" in set(stored.issues["code"])
    assert (tmp_path / "store" / "failures.log").read_text(encoding="utf-8")


def test_other_tools_open_it_as_it_is(source, whole, tmp_path):
    esrdata.read(source, to=tmp_path / "store")
    import dask.dataframe as dd

    funding = dd.read_parquet(tmp_path / "store" / "funding.parquet")
    assert len(funding) == len(whole.funding)


def test_what_was_saved_of_a_store_is_what_its_sources_give(source, tmp_path):
    # Its rows are in the order of the codes, those of a read in that of the files.
    stored = esrdata.read(source, to=tmp_path / "store").select(fund="ESR")
    stored.save(tmp_path / "chosen")
    found = esrdata.verify(tmp_path / "chosen")
    assert found.unaltered, str(found)
    assert "not_recomputed" not in [one.kind for one in found.noticed]
