"""What was read once is not read again; what changed, is damaged or foreign is."""

import os
import pickle
import shutil
from pathlib import Path

import pages
import pandas as pd
import pytest
import test_batchwise
from click.testing import CliRunner

import esrdata
from esrdata.cache import Cache
from esrdata.cli import main
from esrdata.reading import dispatch
from esrdata.reading.cached import Keys


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    for name in ("S12577.txt", "S20405.txt"):
        shutil.copy(pages.RAW / name, folder)
    return folder


@pytest.fixture
def opened(monkeypatch):
    """The names of the files that were read, in order."""
    names = []
    whole = dispatch.read_files

    def read_files(path, *, contacts):
        names.append(Path(path).name)
        return whole(path, contacts=contacts)

    monkeypatch.setattr("esrdata.reading.batch.read_files", read_files)
    return names


def same(one, other):
    assert list(one.tables) == list(other.tables)
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name], check_exact=True)


def test_the_second_read_opens_nothing_and_is_equal(source, tmp_path, opened):
    plain = esrdata.read(source)
    first = esrdata.read(source, cache=tmp_path / "kept")
    assert len(opened) == 4
    again = esrdata.read(source, cache=tmp_path / "kept")
    assert len(opened) == 4
    same(plain, first)
    same(plain, again)
    assert again.base == plain.base


def test_of_changed_files_only_those_are_read(source, tmp_path, opened):
    esrdata.read(source, cache=tmp_path / "kept")
    page = source / "S12577.txt"
    page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    del opened[:]
    again = esrdata.read(source, cache=tmp_path / "kept")
    assert opened == ["S12577.txt"]
    same(esrdata.read(source), again)


def test_a_file_more_and_a_file_less(source, tmp_path, opened):
    esrdata.read(source, cache=tmp_path / "kept")
    (source / "S12577.txt").unlink()
    shutil.copy(pages.RAW / "S21684.html", source)
    del opened[:]
    again = esrdata.read(source, cache=tmp_path / "kept")
    assert opened == ["S21684.html"]
    assert set(again.projects["project_code"]) == {"S20405", "S21684"}


@pytest.mark.parametrize(
    "settings",
    [{"limits": esrdata.Limits(pages=100)}, {"shelf": "shelf"}, {"privacy": "strict"}],
    ids=lambda settings: next(iter(settings)),
)
def test_other_settings_are_another_read(source, tmp_path, opened, settings):
    if "shelf" in settings:
        (tmp_path / "shelf").mkdir()
        (tmp_path / "shelf" / "words.yml").write_text("{}\n", encoding="utf-8")
        settings = {"shelf": tmp_path / "shelf"}
    esrdata.read(source, cache=tmp_path / "kept")
    esrdata.read(source, cache=tmp_path / "kept", **settings)
    assert len(opened) == 4


def test_contact_persons_are_never_kept(source, tmp_path):
    found = esrdata.read(source, contacts=True, cache=tmp_path / "kept")
    assert len(found.contacts)
    assert not (tmp_path / "kept").exists()


def entries(folder):
    return [path for path in folder.rglob("*") if len(path.name) == 64]


@pytest.mark.parametrize("damage", ["cut", "byte", "empty", "moved"])
def test_a_damaged_entry_is_made_again(source, tmp_path, opened, damage):
    kept = tmp_path / "kept"
    esrdata.read(source, cache=kept)
    found = {path: path.read_bytes() for path in entries(kept)}
    others = dict(zip(found, [*list(found.values())[1:], *list(found.values())[:1]], strict=True))
    for path, data in found.items():
        changed = {
            "cut": data[:-20],
            "byte": data[:-20] + bytes([data[-20] ^ 1]) + data[-19:],
            "empty": b"",
            # The entry of another key.
            "moved": others[path],
        }
        path.write_bytes(changed[damage])
    del opened[:]
    same(esrdata.read(source), esrdata.read(source, cache=kept))
    assert len(opened) == 4
    esrdata.read(source, cache=kept)
    assert len(opened) == 4


class Harm:
    def __reduce__(self):
        return os.mkdir, ("harmed",)


@pytest.mark.parametrize("foreign", [pickle.dumps(Harm()), pickle.dumps(("x",)), b"\x00" * 40])
def test_a_foreign_entry_does_nothing(source, tmp_path, monkeypatch, foreign):
    monkeypatch.chdir(tmp_path)
    keys = Keys([str(path) for path in sorted(source.iterdir())])
    for key in [*keys.of.values(), keys.whole]:
        Cache(tmp_path / "kept").put(key, foreign)
    same(esrdata.read(source), esrdata.read(source, cache=tmp_path / "kept"))
    assert not (tmp_path / "harmed").exists()


def test_what_failed_for_want_of_time_is_tried_again(source, tmp_path, opened):
    small = esrdata.Limits(characters=100)
    (source / "short.txt").write_text("Hei\n", encoding="utf-8")
    for _ in range(2):
        esrdata.read(source, cache=tmp_path / "kept", limits=small)
    assert opened.count("S12577.txt") == 2
    assert opened.count("short.txt") == 1


def test_a_list_of_a_day_to_come_is_read_again(tmp_path, opened):
    # On that day it will be no mistake any more.
    file = tmp_path / "lista_2044-01-01.csv"
    file.write_text(test_batchwise.LIST, encoding="utf-8")
    for _ in range(2):
        read = esrdata.read(file, cache=tmp_path / "kept")
        assert "list_day_impossible" in set(read.issues["code"])
    assert opened == [file.name] * 2


def test_the_oldest_entries_go_when_there_are_too_many(tmp_path):
    cache = Cache(tmp_path / "kept")
    for i in range(4):
        cache.put(f"{i}" * 64, bytes(1000))
        os.utime(tmp_path / "kept" / (2 * f"{i}") / (64 * f"{i}"), (i, i))
    # Used again: the newest.
    assert cache.get("0" * 64) == bytes(1000)
    # It is looked after while entries are written, not at the end alone.
    Cache(tmp_path / "kept", largest=3 * 1100).put("4" * 64, bytes(1000))
    assert [cache.get(f"{i}" * 64) is not None for i in range(5)] == [
        True, False, False, True, True
    ]  # fmt: skip


@pytest.mark.parametrize("to", [None, "store"])
def test_the_limit_holds_after_every_read(source, tmp_path, monkeypatch, to):
    monkeypatch.setattr(Cache.__init__, "__defaults__", (100,))
    esrdata.read(source, cache=tmp_path / "kept", to=to and tmp_path / to)
    assert Cache(tmp_path / "kept").size()[1] <= 100


def test_a_cache_that_cannot_be_written_costs_a_warning(source, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    with pytest.warns(UserWarning, match="kept.*No space left"):
        found = esrdata.read(source, cache=tmp_path / "kept")
    assert len(found) == 2


def test_a_cache_that_cannot_be_looked_for_costs_a_warning(source, tmp_path):
    # As in a home that is somebody else's: to ask whether it is there is an error by itself.
    with pytest.warns(UserWarning):
        portfolio = esrdata.read(source, cache=tmp_path / ("x" * 300))
    assert len(portfolio) == len(esrdata.read(source))


def test_a_cache_that_is_a_file_is_told(source, tmp_path):
    (tmp_path / "kept").write_text("")
    with pytest.raises(esrdata.UsageError, match="kept is a file"):
        esrdata.read(source, cache=tmp_path / "kept")


@pytest.mark.parametrize(
    "odd", [{"cache": ""}, {"cache": None}, {"cache": 1}, {"to": " "}, {"to": False}]
)
def test_what_is_no_folder_is_told_before_anything_is_read(source, opened, odd):
    (name,) = odd
    with pytest.raises(esrdata.UsageError, match=f"The argument {name} is a folder, not "):
        esrdata.read(source, **odd)
    assert not opened


def test_a_cache_among_the_sources_is_no_source(source):
    esrdata.read(source, cache=source / "kept")
    assert len(esrdata.read(source).files) == 2


def test_the_command_line_keeps_unless_told_not_to(source, opened):
    def run(*args):
        result = CliRunner().invoke(main, [*map(str, args)])
        assert result.exit_code in (0, 1), result.output
        return result.output

    run("check", source, "--no-cache")
    run("check", source, "--no-cache")
    assert len(opened) == 4
    run("check", source)
    run("check", source)
    run("explain", source, "S20405", "projects.name")
    assert len(opened) == 6
    assert "3 entries" in run("cache", "--lang", "en")
    assert "poistettiin 3 merkintää" in run("cache", "--clear")
    assert "0 entries" in run("cache", "--lang", "en")
    run("check", source)
    assert len(opened) == 8


def test_no_contact_person_is_in_the_cache(source, tmp_path):
    esrdata.read(source, cache=tmp_path / "kept")
    kept = b"".join(path.read_bytes() for path in entries(tmp_path / "kept"))
    contacts = esrdata.read(source, contacts=True).contacts
    for column in ("name", "email", "phone"):
        told = contacts[column].dropna()
        assert len(told), column
        for text in told:
            assert str(text).encode() not in kept


def test_a_folder_that_is_no_cache_is_left_alone(tmp_path):
    """Whoever names a folder of files of their own as the cache loses none of them."""
    for name in ("fi/a.new", f"ab/{'x' * 64}"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("mine", encoding="utf-8")
    assert Cache(tmp_path).clear() == (0, 0)
    assert (tmp_path / "fi" / "a.new").exists()
