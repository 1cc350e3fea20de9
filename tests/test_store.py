"""Saving and loading: equal again, the same bytes, and never a half-written folder unsaid."""

import csv
import hashlib
import json
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from pages import eura2007_page, eura2014_page, raw, read_pages

import esrdata
from esrdata import Portfolio, StoreError
from esrdata.documents.own import CRATE
from esrdata.tables import transaction
from esrdata.tables.crate import sealed

TABLES = [
    "projects",
    "funding",
    "indicators",
    "sustainability",
    "horizontal",
    "locations",
    "partners",
    "narratives",
    "provenance",
    "claims",
    "conflicts",
    "links",
    "organisations",
    "organisation_names",
    "issues",
    "files",
    "passages",
]
PAGES = (
    eura2014_page(partners="Osatoteuttajat\n\nYksi, kaksi Oy, 2472908-2", eu_planned="1 000,50"),
    eura2007_page(status="Kateissa"),
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("source")


@pytest.fixture(scope="module")
def portfolio(source: Path) -> Portfolio:
    return read_pages(source, *PAGES)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    return read_pages(tmp_path_factory.mktemp("other"), eura2014_page(code="S20009"))


@pytest.fixture(scope="module")
def ready(portfolio: Portfolio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A save that no test changes."""
    folder = tmp_path_factory.mktemp("ready")
    portfolio.save(folder)
    return folder


@pytest.fixture
def out(ready: Path, tmp_path: Path) -> Path:
    """A save of the portfolio, for the test to change."""
    return shutil.copytree(ready, tmp_path / "out")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def one_sentence(error: pytest.ExceptionInfo) -> bool:
    text = str(error.value)
    return re.fullmatch(r"[A-Z][^\n]*[^.\n]\.", text) is not None and "Traceback" not in text


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".*")]


# ---- what is written


def test_every_table_is_there_as_parquet_and_csv_with_dictionary_and_manifest(ready: Path) -> None:
    wanted = {f"{name}.{kind}" for name in TABLES for kind in ("parquet", "csv")}
    wanted |= {"overview.csv", "data_dictionary.csv", CRATE}
    assert {path.name for path in ready.iterdir()} == wanted


def test_csv_is_utf8_with_a_byte_order_mark_and_plain_line_ends(ready: Path) -> None:
    found = [*ready.glob("*.csv")]
    assert len(found) == len(TABLES) + 2
    for path in found:
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf"), path.name
        assert b"\r" not in data, path.name
        assert data.endswith(b"\n"), path.name


def test_csv_as_a_person_reads_it(ready: Path) -> None:
    text = (ready / "funding.csv").read_text(encoding="utf-8-sig")
    assert text == (
        "project_code,measure,stage,amount_eur,qualifier\n"
        "S20001,eu_and_state,planned,1000.5,exact\n"
        "S20001,eu_and_state,realised,900.0,exact\n"
        "S20001,public_total,planned,2000.0,exact\n"
        "S20001,public_total,realised,1500.0,exact\n"
        "S10001,eu_and_state,planned,1000.0,exact\n"
        "S10001,eu_and_state,realised,900.0,exact\n"
        "S10001,public_total,planned,2000.0,exact\n"
        "S10001,public_total,realised,1500.0,exact\n"
    )
    text = (ready / "partners.csv").read_text(encoding="utf-8-sig")
    assert text == (
        "project_code,role,name,business_id,organisation_id\n"
        'S20001,co_organiser,"Yksi, kaksi Oy",2472908-2,oy:yksikaksi\n'
    )
    dates = pd.read_csv(ready / "projects.csv", dtype=str)
    assert list(dates["end_date"]) == ["2016-12-31", "2011-12-31"]
    assert list(dates["postal_code"].fillna("")) == ["00100", ""]


def test_the_dictionary_describes_every_column_saved(ready: Path) -> None:
    told = pd.read_csv(ready / "data_dictionary.csv")
    described = set(zip(told["table"], told["column"], strict=True))
    for name in [*TABLES, "overview"]:
        saved = pd.read_csv(ready / f"{name}.csv", nrows=0)
        assert {(name, column) for column in saved} <= described


def test_the_manifest_names_files_rows_and_sources(ready: Path, source: Path) -> None:
    entities = graph(ready)
    assert entities["#esrdata"]["version"] == esrdata.__version__
    assert entities["projects.parquet"]["rows"] == 2
    assert entities["funding.parquet"]["rows"] == 8
    page = PAGES[0].encode("utf-8")
    assert entities["#source/main/1"] == {
        "@id": "#source/main/1",
        "@type": "DigitalDocument",
        "name": "0.txt",
        "contentSize": str(len(page)),
        "sha256": hashlib.sha256(page).hexdigest(),
    }
    named = {part["@id"] for part in entities["./"]["hasPart"]}
    assert named == {path.name for path in ready.iterdir()} - {CRATE}
    for name in named:
        data = (ready / name).read_bytes()
        assert entities[name]["sha256"] == hashlib.sha256(data).hexdigest()
        assert entities[name]["contentSize"] == str(len(data))


def test_the_manifest_names_no_place_of_the_machine(ready: Path, source: Path) -> None:
    text = (ready / CRATE).read_text(encoding="utf-8")
    for place in (source, ready, Path.cwd(), Path.home()):
        assert place.as_posix() not in text


def test_what_was_saved_before_the_one_manifest_is_loaded_and_replaced(
    portfolio: Portfolio, out: Path
) -> None:
    entities = graph(out)
    named = [part["@id"] for part in entities["./"]["hasPart"]]
    older = {
        "esrdata": "0.1.0",
        "base": "..",
        "sources": {"0.txt": "0" * 64},
        "rows": {name: entities[f"{name}.parquet"]["rows"] for name in TABLES},
        "files": {name: entities[name]["sha256"] for name in named},
    }
    (out / "manifest.json").write_text(json.dumps(older), encoding="utf-8")
    (out / CRATE).unlink()
    loaded = esrdata.load(out)
    assert loaded == portfolio
    assert loaded.base == out.parent
    assert loaded.origin is None
    loaded.save(out)
    assert esrdata.load(out) == portfolio
    assert not (out / "manifest.json").exists()


def test_how_a_portfolio_came_to_be_is_kept(portfolio: Portfolio, tmp_path: Path) -> None:
    chosen = portfolio.select(fund=["ESR"]).select(portfolio.projects["form"] == "eura2014")
    chosen.save(tmp_path / "out")
    origin = esrdata.load(tmp_path / "out").origin
    assert origin is not None
    assert origin.steps == ({"select": {"fund": ["ESR"]}}, {"projects": ["S20001"]})
    # The file that no chosen project is from was read all the same.
    assert [Path(source.name).name for source in origin.sources] == ["0.txt", "1.txt"]


# ---- equal again


def test_loads_back_equal(portfolio: Portfolio, tmp_path: Path) -> None:
    portfolio.save(tmp_path / "out")
    loaded = esrdata.load(tmp_path / "out")
    assert loaded == portfolio
    assert list(loaded.tables) == list(portfolio.tables)
    for name in TABLES:
        pd.testing.assert_frame_equal(loaded.tables[name], portfolio.tables[name])


def test_the_shipped_pages_load_back_equal(tmp_path: Path) -> None:
    raw().save(tmp_path)
    loaded = esrdata.load(str(tmp_path))
    assert loaded == raw()
    for name in TABLES:
        pd.testing.assert_frame_equal(loaded.tables[name], raw().tables[name])
    pd.testing.assert_frame_equal(loaded.overview(), raw().overview())


def test_the_shipped_pages_fill_the_tables_of_several_sources() -> None:
    # Otherwise the test above would hold for empty tables only.
    assert len(raw().tables["conflicts"]) > 0
    assert len(raw().tables["links"]) > 0


def test_a_portfolio_without_rows_in_some_tables_loads_back_equal(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path / "source", eura2007_page())
    assert len(portfolio.partners) == 0
    portfolio.save(tmp_path / "out")
    loaded = esrdata.load(tmp_path / "out")
    assert loaded == portfolio
    pd.testing.assert_frame_equal(loaded.partners, portfolio.partners)


def test_two_saves_of_the_same_input_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        read_pages(tmp_path / "source", *PAGES).save(tmp_path / name)
    first, second = bytes_of(tmp_path / "a"), bytes_of(tmp_path / "b")
    assert len(first) == 2 * len(TABLES) + 3
    assert first == second


def test_what_was_loaded_saves_to_the_same_csv(portfolio: Portfolio, tmp_path: Path) -> None:
    portfolio.save(tmp_path / "a")
    esrdata.load(tmp_path / "a").save(tmp_path / "b")
    for path in (tmp_path / "a").glob("*.csv"):
        assert (tmp_path / "b" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_selection_saves_and_loads_alone(portfolio: Portfolio, tmp_path: Path) -> None:
    chosen = portfolio.select(fund="ESR", form="eura2007")
    chosen.save(tmp_path / "out")
    loaded = esrdata.load(tmp_path / "out")
    assert loaded == chosen
    assert loaded != portfolio
    assert list(loaded.projects["project_code"]) == ["S10001"]
    assert set(pd.read_csv(tmp_path / "out" / "overview.csv")["project_code"]) == {"S10001"}


def test_a_selection_of_nothing_saves_and_loads(portfolio: Portfolio, tmp_path: Path) -> None:
    nothing = portfolio.select(fund="EAKR")
    nothing.save(tmp_path / "out")
    assert esrdata.load(tmp_path / "out") == nothing


def test_files_without_any_project_save_and_load(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path / "source", "Kauppalista: maitoa\n")
    portfolio.save(tmp_path / "out")
    assert esrdata.load(tmp_path / "out") == portfolio


# ---- saved over


def test_saving_again_without_contacts_removes_them(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with_them = read_pages(tmp_path / "source", *PAGES, contacts=True)
    with_them.save(out)
    assert {"contacts.csv", "contacts.parquet"} <= set(bytes_of(out))
    assert esrdata.load(out) == with_them
    without = read_pages(tmp_path / "source", *PAGES)
    without.save(out)
    assert not [name for name in bytes_of(out) if "contacts" in name]
    assert esrdata.load(out) == without
    assert not any(b"Testinen" in data for data in bytes_of(out).values())


def test_other_files_in_the_folder_are_left_alone(portfolio: Portfolio, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "muistio.txt").write_text("omaa", encoding="utf-8")
    portfolio.save(out)
    portfolio.save(out)
    assert (out / "muistio.txt").read_text(encoding="utf-8") == "omaa"


def test_folders_above_are_made(portfolio: Portfolio, tmp_path: Path) -> None:
    portfolio.save(tmp_path / "yksi" / "kaksi" / "äö")
    assert esrdata.load(tmp_path / "yksi" / "kaksi" / "äö") == portfolio


def test_a_manifest_cannot_make_a_save_delete_files_elsewhere(
    portfolio: Portfolio, out: Path, tmp_path: Path
) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("omaa", encoding="utf-8")
    change_manifest(out, lambda entities: add(entities, "../precious.txt"))
    with suppress(StoreError):
        portfolio.save(out)
    assert precious.exists()


def test_a_folder_that_could_not_be_loaded_can_be_saved_again(
    portfolio: Portfolio, out: Path
) -> None:
    # The sentence of load tells the reader to save again.
    (out / CRATE).write_text('{"esrdata": "0', encoding="utf-8")
    with pytest.raises(StoreError):
        esrdata.load(out)
    portfolio.save(out)
    assert esrdata.load(out) == portfolio


# ---- cut off


class CutOffError(Exception):
    """Power cut, full memory, Ctrl-C."""


def failing(original, after: int, error: Exception):
    """A stand-in that works some times and then raises."""
    calls = iter(range(after))

    def stand_in(*args, **kwargs):
        if next(calls, None) is None:
            raise error
        return original(*args, **kwargs)

    return stand_in


@pytest.mark.parametrize("after", [0, 5])
def test_cut_off_while_writing_leaves_the_former_save_whole(
    portfolio: Portfolio,
    other: Portfolio,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    before = bytes_of(out)
    with monkeypatch.context() as patched:
        patched.setattr(pd.DataFrame, "to_csv", failing(pd.DataFrame.to_csv, after, CutOffError()))
        with pytest.raises(CutOffError):
            other.save(out)
    assert bytes_of(out) == before
    assert esrdata.load(out) == portfolio


def test_a_full_disk_is_told_in_one_sentence_and_leaves_the_former_save_whole(
    other: Portfolio, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bytes_of(out)
    full = OSError(28, "No space left on device")
    with monkeypatch.context() as patched:
        patched.setattr(pd.DataFrame, "to_parquet", failing(pd.DataFrame.to_parquet, 3, full))
        with pytest.raises(StoreError, match="No space left on device") as met:
            other.save(out)
    assert one_sentence(met)
    assert bytes_of(out) == before


# Where a folder cannot be swapped at once: the first call only says that the save is whole.
@pytest.mark.slow
@pytest.mark.parametrize("after", [0, 1, 2, 7, 2 * len(TABLES) + 2])
def test_cut_off_while_moving_into_place_is_whole(
    portfolio: Portfolio,
    other: Portfolio,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    locked = PermissionError(13, "Permission denied")
    with monkeypatch.context() as patched:
        patched.setattr(transaction, "_fits_beside", lambda target: False)
        patched.setattr(Path, "replace", failing(Path.replace, after, locked))
        with pytest.raises(StoreError, match="Permission denied") as met:
            other.save(out)
    assert one_sentence(met)
    # What was decided is finished by whoever opens the folder next.
    assert esrdata.load(out) == (other if after else portfolio)
    assert leftovers(out) == []
    other.save(out)
    assert esrdata.load(out) == other


def test_a_first_save_cut_off_leaves_nothing_to_load(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr(transaction, "_fits_beside", lambda target: False)
        patched.setattr(Path, "replace", failing(Path.replace, 0, OSError(5, "Input/output error")))
        with pytest.raises(StoreError):
            portfolio.save(out)
    assert leftovers(out) == []
    with pytest.raises(StoreError):
        esrdata.load(out)


def test_no_temporary_folders_are_left(portfolio: Portfolio, tmp_path: Path) -> None:
    portfolio.save(tmp_path / "out")
    portfolio.save(tmp_path / "out")
    assert leftovers(tmp_path) == []


# ---- folders that cannot be written or loaded


def test_a_file_in_place_of_the_folder_is_told(portfolio: Portfolio, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="out") as met:
        portfolio.save(tmp_path / "out")
    assert one_sentence(met)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the super-user may write anywhere"
)
def test_a_read_only_folder_is_told(portfolio: Portfolio, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o500)
    with pytest.raises(StoreError) as met:
        portfolio.save(out)
    out.chmod(0o700)
    assert one_sentence(met)


def graph(folder: Path) -> dict:
    """What the manifest says, by names."""
    crate = json.loads((folder / CRATE).read_text(encoding="utf-8"))
    return {entity["@id"]: entity for entity in crate["@graph"]}


def change_manifest(folder: Path, change) -> None:
    """Change a manifest and its own hash, as another version would have written it."""
    entities = graph(folder)
    change(entities)
    text = json.dumps({"@context": [], "@graph": [*entities.values()]})
    (folder / CRATE).write_text(sealed(text), encoding="utf-8")


def add(entities: dict, name: str) -> None:
    entities[name] = {**entities["funding.parquet"], "@id": name}
    entities["./"]["hasPart"].append({"@id": name})


def change_table(folder: Path, name: str, change) -> None:
    """Change a table and its hash, as an older or newer version would have written it."""
    path = folder / f"{name}.parquet"
    table = change(pd.read_parquet(path))
    path.unlink()
    table.to_parquet(path, index=False)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    change_manifest(folder, lambda entities: entities[path.name].update(sha256=digest))


def test_load_of_no_folder_of_a_file_and_of_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for name in ("nowhere", "file", "empty"):
        with pytest.raises(StoreError, match=name) as met:
            esrdata.load(tmp_path / name)
        assert one_sentence(met)


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


BROKEN = {
    "a table gone": lambda out: (out / "funding.parquet").unlink(),
    "a table changed": lambda out: append(out / "funding.parquet"),
    "a table cut short": lambda out: (out / "files.parquet").write_bytes(b"PAR1"),
    "manifest of another program": lambda out: (out / CRATE).write_text(
        '{"name": "webapp", "icons": []}', encoding="utf-8"
    ),
    "manifest is a list": lambda out: (out / CRATE).write_text("[]", encoding="utf-8"),
    "manifest is cut short": lambda out: (out / CRATE).write_text('{"files": {', encoding="utf-8"),
    "manifest is no text": lambda out: (out / CRATE).write_bytes(b"\xff\xfe\x00"),
    "manifest lists files without hashes": lambda out: change_manifest(
        out, lambda entities: [entity.pop("sha256", None) for entity in entities.values()]
    ),
    "manifest lacks a table": lambda out: change_manifest(
        out, lambda entities: entities["funding.parquet"].pop("rows")
    ),
    "manifest has a base that is no path": lambda out: change_manifest(
        out, lambda entities: entities["./"].update(base=3)
    ),
    "a column that this version needs is lacking": lambda out: change_table(
        out, "funding", lambda table: table.drop(columns="stage")
    ),
    "a column of another type": lambda out: change_table(
        out, "funding", lambda table: table.assign(amount_eur="paljon")
    ),
    "a table that this version does not know": lambda out: (
        (out / "new.parquet").write_bytes((out / "funding.parquet").read_bytes()),
        change_manifest(out, lambda entities: add(entities, "new.parquet")),
    ),
}


# These end in a KeyError, TypeError, AttributeError or ArrowInvalid, or are not noticed at all.


@pytest.mark.parametrize("case", sorted(BROKEN))
def test_a_folder_that_is_not_whole_is_told_in_one_sentence(out: Path, case: str) -> None:
    BROKEN[case](out)
    with pytest.raises(StoreError) as met:
        esrdata.load(out)
    assert one_sentence(met)
    assert str(out) in str(met.value)


def test_no_text_is_a_formula_in_csv_and_every_text_is_itself_in_parquet(tmp_path: Path) -> None:
    names = ["=1+1", "+358", "-viiva", "@nimi", "Tavallinen = nimi"]
    pages = [eura2014_page(name=name, code=f"S2000{i}") for i, name in enumerate(names)]
    portfolio = read_pages(tmp_path / "in", *pages)
    portfolio.save(tmp_path / "out")
    text = (tmp_path / "out" / "projects.csv").read_text(encoding="utf-8-sig")
    written = [row["name"] for row in csv.DictReader(text.splitlines())]
    assert written == ["'=1+1", "'+358", "'-viiva", "'@nimi", "Tavallinen = nimi"]
    assert esrdata.load(tmp_path / "out").projects["name"].tolist() == names


def test_negative_sums_stay_numbers_in_csv(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path / "in", eura2014_page(eu_realised="-876"))
    portfolio.save(tmp_path / "out")
    text = (tmp_path / "out" / "funding.csv").read_text(encoding="utf-8-sig")
    assert "S20001,eu_and_state,realised,-876.0,exact" in text


@pytest.mark.parametrize("large", [False, True])
def test_a_save_is_the_same_bytes_however_pandas_holds_texts(
    source: Path, tmp_path: Path, large: bool
) -> None:
    """`verify` had said of a pack made under another option that it was altered by hand."""

    def saved(storage: str) -> dict[str, bytes]:
        folder = tmp_path / storage
        with pd.option_context("mode.string_storage", storage):
            if large:
                esrdata.read(source, to=folder)
            else:
                esrdata.read(source).save(folder)
        return bytes_of(folder)

    assert saved("python") == saved("pyarrow")


def test_a_path_may_begin_with_the_sign_of_the_users_own_folder(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    shutil.copytree(source, home / "raw")
    here.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(here)
    read = esrdata.read("~/raw")
    assert esrdata.read("~/raw/*").projects.equals(read.projects)
    read.save("~/saved")
    assert esrdata.load("~/saved") == read
    assert len(esrdata.read("~/raw", to="~/large", cache="~/kept")) == len(read)
    assert sorted(path.name for path in home.iterdir()) == ["kept", "large", "raw", "saved"]
    assert not list(here.iterdir())
    # A folder of that name is itself.
    (here / "~").mkdir()
    shutil.copytree(source, here / "~" / "raw")
    assert esrdata.read("~/raw").files["file"][0].startswith("~/raw")


@pytest.mark.parametrize("folder", ["", " ", None, 5])
def test_what_is_no_folder_is_not_saved_to(portfolio: Portfolio, folder: object) -> None:
    """An empty text had been the folder that the user is in."""
    with pytest.raises(esrdata.UsageError, match="The argument folder is a folder, not "):
        portfolio.save(folder)  # type: ignore[arg-type]
    with pytest.raises(esrdata.UsageError, match="The argument folder is a folder, not "):
        esrdata.load(folder)  # type: ignore[arg-type]


def test_a_save_of_a_version_with_other_tables_is_told_as_that(out: Path) -> None:
    def change(entities: dict) -> None:
        entities["#esrdata"]["version"] = "0.0.9"
        del entities["passages.parquet"]
        parts = entities["./"]["hasPart"]
        entities["./"]["hasPart"] = [one for one in parts if one["@id"] != "passages.parquet"]
        entities["./"]["names"].remove("passages")

    change_manifest(out, change)
    told = r"saved by esrdata 0\.0\.9, whose tables are others than those of .* \(passages\): read"
    with pytest.raises(StoreError, match=told) as raised:
        esrdata.load(out)
    assert one_sentence(raised)


def test_a_table_of_other_rows_than_the_manifest_says_is_told(out: Path) -> None:
    change_table(out, "funding", lambda table: table.iloc[:1])
    with pytest.raises(StoreError, match=r"funding\.parquet is not the one its manifest names"):
        esrdata.load(out)


def test_a_manifest_that_was_altered_is_told(out: Path) -> None:
    """Its hashes, labels and places were believed, whatever stood in it."""
    path = out / CRATE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Tables of project descriptions", "Mine", 1), "utf-8")
    with pytest.raises(StoreError, match=r"ro-crate-metadata\.json in .* was altered") as raised:
        esrdata.load(out)
    assert one_sentence(raised)


def test_a_save_whose_manifest_has_the_line_ends_of_windows_loads(
    portfolio: Portfolio, out: Path
) -> None:
    """As git writes it there."""
    path = out / CRATE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert esrdata.load(out) == portfolio
