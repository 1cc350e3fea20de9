"""A pack is the old one or the new one, whole, whatever stops the run that writes it."""

import json
import os
import random
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import esrdata
from esrdata import StoreError
from esrdata.documents.own import CRATE
from esrdata.staging import staged
from esrdata.tables import store
from esrdata.tables import transaction as module
from esrdata.tables.transaction import recover, transaction

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems swap otherwise")


def pack(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".")
    }


OLD = {"a.txt": "old", "gone.txt": "old", "sub/b.txt": "old"}
NEW = {"a.txt": "new", "sub/b.txt": "new", "sub/c.txt": "new"}
MINE = {"notes.txt": "mine", "sub/mine.txt": "mine"}


def former(folder: Path) -> set[str]:
    return {*OLD, *NEW}


def fill(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    fill(folder, OLD | MINE)
    return folder


def in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_fits_beside", lambda target: False)


def no_swap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_swapped", lambda stage, target, former: False)


def swap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual way."""


WAYS = pytest.mark.parametrize("way", [swap, no_swap, in_place])


@WAYS
def test_the_new_takes_the_place_of_the_old_and_what_is_not_ours_stays(
    out: Path, way: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    way(monkeypatch)
    (out / "empty").mkdir()
    out.chmod(0o750)
    with transaction(out, former) as stage:
        fill(stage, NEW)
        assert pack(out) == OLD | MINE
    assert pack(out) == NEW | MINE
    assert (out / "empty").is_dir()
    assert out.stat().st_mode & 0o777 == 0o750 or os.name != "posix"
    assert [path.name for path in out.parent.iterdir()] == ["out"]
    assert not list(out.glob(".*"))


@WAYS
def test_what_fails_before_the_end_leaves_the_old(
    out: Path, way: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    way(monkeypatch)
    for error, raised in ((OSError(28, "No space left on device"), StoreError), (KeyboardInterrupt(), KeyboardInterrupt)):  # fmt: skip  # noqa: E501
        with pytest.raises(raised), transaction(out, former) as stage:
            fill(stage, {"a.txt": "new"})
            raise error
    assert pack(out) == OLD | MINE
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_the_target_may_be_new_or_go_in_the_meantime(tmp_path: Path) -> None:
    with transaction(tmp_path / "x" / "out", former) as stage:
        fill(stage, NEW)
        shutil.rmtree(tmp_path / "x" / "out")
    assert pack(tmp_path / "x" / "out") == NEW


@LINUX
def test_a_killed_run_is_swept_and_a_live_one_is_let_be(out: Path) -> None:
    dead = out.parent / ".out.esrdata-dead"
    fill(dead / "new", {"a.txt": "half"})
    other = out.parent / ".other.esrdata-dead"
    other.mkdir()
    with transaction(out, former) as stage:
        assert not dead.exists()
        with transaction(out, former) as second:
            fill(second, {"a.txt": "second"})
        fill(stage, NEW)
    assert pack(out) == NEW | MINE
    assert other.exists()


@LINUX
def test_a_run_that_is_stopped_among_its_files_is_finished(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace
    for stop in range(1, 7):
        shutil.rmtree(out)
        fill(out, OLD | MINE)
        left = [stop]

        def replace(path: Path, target: Path, left: list[int] = left) -> Path:
            left[0] -= 1
            if left[0] < 0:
                raise SystemExit
            return real(path, target)

        with monkeypatch.context() as patched:
            in_place(patched)
            patched.setattr(Path, "replace", replace)
            # A killed run sweeps nothing.
            patched.setattr(module.shutil, "rmtree", lambda *a, **k: None)
            try:
                with transaction(out, former) as stage:
                    fill(stage, NEW)
            except SystemExit:
                pass
        recover(out)
        assert pack(out) == NEW | MINE, stop


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError), transaction(tmp_path / "file", former):
        pass


@LINUX
def test_somebody_who_works_in_the_folder_is_not_moved(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out)
    inode = out.stat().st_ino
    with transaction(Path(), former) as stage:
        fill(stage, NEW)
    assert out.stat().st_ino == inode
    assert pack(out) == NEW | MINE


# ---- saves


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    (folder / "a.txt").write_text("Hankekoodi: S20001", encoding="utf-8")
    esrdata.read(folder / "a.txt").save(folder / "out")
    return folder / "out"


def test_a_manifest_names_only_files_that_esrdata_writes(saved: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(saved, out)
    (out / "precious.csv").write_text("mine", encoding="utf-8")
    whole = (out / CRATE).read_text(encoding="utf-8")
    for name in ("precious.csv", "../precious.csv", "sub/a.csv", "", ".", "a\0b", "%2e%2e/a.csv"):
        crate = json.loads(whole)
        file = next(entity for entity in crate["@graph"] if entity["@id"] == "funding.csv")
        root = next(entity for entity in crate["@graph"] if entity["@id"] == "./")
        crate["@graph"].append(file | {"@id": name})
        root["hasPart"].append({"@id": name})
        (out / CRATE).write_text(json.dumps(crate), encoding="utf-8")
        with pytest.raises(StoreError):
            esrdata.load(out)
    (out / "report.json").write_text(
        '["../precious.csv", "precious.csv", "figures/../precious.csv"]'
    )
    esrdata.load(saved).save(out)
    assert (out / "precious.csv").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "text", ["", "[" * 100_000, "{}", "null", '{"files": 1}', "\ud800", "\x00" * 50]
)
def test_a_damaged_manifest_is_a_store_error(saved: Path, tmp_path: Path, text: str) -> None:
    out = tmp_path / "out"
    shutil.copytree(saved, out)
    (out / CRATE).write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(StoreError):
        esrdata.load(out)


HOSTILE = (
    None, True, -1, 1e999, "", "..", "../mine.txt", "/etc/passwd", "%2e%2e/mine.txt", "a\0b",
    "notes.txt", "figures/../../mine.txt", "figures/..", "\ud800", "x" * 5000, [], {}, {"@id": 1},
    {"@id": "../mine.txt"}, 10**30,
)  # fmt: skip


def changed(node: Any, chance: random.Random) -> None:
    """Put something hostile in some place of what JSON holds, or take something away."""
    while node:
        key = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
        inner = node[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.9:
            node = inner
            continue
        if chance.random() < 0.2:
            del node[key]
        else:
            node[key] = chance.choice(HOSTILE)
        return


def test_a_manifest_changed_anywhere_is_a_store_error_or_names_only_our_files(
    saved: Path, tmp_path: Path
) -> None:
    whole = (saved / CRATE).read_text(encoding="utf-8")
    refused = 0
    for seed in range(400):
        chance = random.Random(seed)
        crate = json.loads(whole)
        for _ in range(chance.choice((1, 1, 3))):
            changed(crate, chance)
        text = json.dumps(crate) if seed % 5 else whole[: chance.randrange(len(whole))]
        (tmp_path / CRATE).write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            names = store._manifest(tmp_path)["files"]
        except StoreError:
            refused += 1
            assert not store.former_files(tmp_path)
        else:
            assert all(map(store.is_ours, names)), seed
    assert 200 < refused < 400


@LINUX
def test_a_manifest_that_is_no_file_of_its_own_is_a_store_error(
    saved: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(saved, out)
    (out / CRATE).rename(tmp_path / CRATE)
    for make in (
        lambda path: path.symlink_to(tmp_path / CRATE),
        lambda path: path.symlink_to(CRATE),
        lambda path: path.symlink_to("/nowhere"),
        os.mkfifo,
    ):
        make(out / CRATE)
        with pytest.raises(StoreError):
            esrdata.load(out)
        (out / CRATE).unlink()


def test_a_base_that_is_no_path_and_tables_of_another_kind_are_store_errors(
    saved: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(saved, out)
    whole = (out / CRATE).read_text(encoding="utf-8")
    crate = json.loads(whole)
    next(entity for entity in crate["@graph"] if entity["@id"] == "./")["base"] = "a\0b"
    (out / CRATE).write_text(json.dumps(crate), encoding="utf-8")
    with pytest.raises(StoreError):
        esrdata.load(out)
    # The hash of no bytes at all.
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (out / "projects.parquet").write_bytes(b"")
    crate = json.loads(whole)
    file = next(entity for entity in crate["@graph"] if entity["@id"] == "projects.parquet")
    file["sha256"] = empty
    (out / CRATE).write_text(json.dumps(crate), encoding="utf-8")
    with pytest.raises(StoreError):
        esrdata.load(out)


def test_a_full_disk_is_told_by_the_folder_asked_for_and_leaves_none(tmp_path: Path) -> None:
    target = tmp_path / "new"
    # pyarrow has its own words around those of the system.
    full = OSError(28, "Error writing bytes. Detail: [errno 28] No space left on device")
    expected = re.escape(f"Cannot write the folder {target} (No space left on device)")
    with pytest.raises(StoreError, match=expected), staged(target) as stage, staged(stage):
        raise full
    assert not target.exists()
