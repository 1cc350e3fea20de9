"""Saves tables as Parquet and CSV with their dictionary, and loads them back."""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from esrdata.errors import EsrdataError, StoreError
from esrdata.guard import LOG, Failure, attempt
from esrdata.knowledge.shelf import Folder, Shelf, shelf_of
from esrdata.reading.record import Finding
from esrdata.tables.build import TABLES
from esrdata.tables.csv_file import write_csv
from esrdata.tables.dictionary import data_dictionary
from esrdata.tables.failing import failures
from esrdata.tables.issues import issue, recognisers, with_findings
from esrdata.tables.overview import overview
from esrdata.tables.stored import MANIFEST, Stored, sha256
from esrdata.tables.transaction import recover, transaction
from esrdata.version import __version__

DICTIONARY = "data_dictionary.csv"


def save(tables: Mapping[str, pd.DataFrame], folder: Path, base: Path, shelf: Shelf) -> None:
    """Write every table as Parquet and CSV, the overview as CSV, the dictionary, a manifest.

    All is written beside the folder first and then swapped in at once, so that a save that is cut
    off leaves the former files whole. Files of a former save that this one does not have are
    removed; anything else in the folder stays.

    Parameters
    ----------
    tables
        The tables.
    folder
        Where to save; made if need be.
    base
        The folder that relative file names in the tables are relative to.
    shelf
        What the tables were read by. The manifest holds the texts of the user's own files, so that
        the labels are there wherever the save is taken, and whatever becomes of those files.

    Raises
    ------
    StoreError
        If the folder cannot be written.
    """
    with transaction(folder, lambda target: former_files(target) | tried(tables)) as stage:
        write_into(stage, tables, folder, base, shelf)


def write_into(
    stage: Path, tables: Mapping[str, pd.DataFrame], folder: Path, base: Path, shelf: Shelf
) -> None:
    """Write a save into an empty folder that will take the place of `folder`."""
    failed = list(_written(stage, tables))
    if failed:
        tables = {**tables, "issues": with_findings(tables["issues"], failed)}
        write_csv(tables["issues"], stage / "issues.csv")
    for name, table in tables.items():
        table.to_parquet(stage / f"{name}.parquet", index=False)
    told = failures(tables)
    if told:
        (stage / LOG).write_text(told, encoding="utf-8", newline="\n")
    write_csv(data_dictionary(tables), stage / DICTIONARY)
    rows = {name: len(table) for name, table in tables.items()}
    _write_manifest(stage, tables, rows, folder, base, shelf)


def write_described(
    stage: Path, folder: Path, base: Path, shelf: Shelf, rows: Mapping[str, int]
) -> None:
    """Describe tables that were written batch by batch, so that they are loaded when asked for.

    Parameters
    ----------
    stage
        Where their Parquet files are.
    folder, base, shelf
        As for `save`.
    rows
        How many rows each table has.
    """
    shown = {name: pd.read_parquet(stage / f"{name}.parquet") for name in ("files", "issues")}
    told = failures(shown)
    if told:
        (stage / LOG).write_text(told, encoding="utf-8", newline="\n")
    write_csv(data_dictionary(), stage / DICTIONARY)
    _write_manifest(stage, shown, rows, folder, base, shelf, lazy=True)


def _write_manifest(
    stage: Path,
    tables: Mapping[str, pd.DataFrame],
    rows: Mapping[str, int],
    folder: Path,
    base: Path,
    shelf: Shelf,
    **more: object,
) -> None:
    try:
        relative = os.path.relpath(base.resolve(), folder.resolve())
    except ValueError:
        # Windows: no way leads from one drive to another.
        relative = str(base.resolve())
    manifest: dict[str, Any] = {
        "esrdata": __version__,
        "base": Path(relative).as_posix(),
        "sources": {
            str(file): None if pd.isna(of_file) else str(of_file)
            for file, of_file in zip(
                tables["files"]["file"], tables["files"]["sha256"], strict=True
            )
        },
        "rows": dict(rows),
        "files": {path.name: sha256(path) for path in sorted(stage.iterdir())},
        **more,
    }
    by = recognisers(tables["issues"])
    if by:
        manifest["names_recognised_by"] = by
    if shelf.folders:
        manifest["shelf"] = [
            {"folder": Path(own.name).name, "files": dict(own.files)} for own in shelf.folders
        ]
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (stage / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def _written(stage: Path, tables: Mapping[str, pd.DataFrame]) -> Iterator[dict[str, object]]:
    """Write every table as CSV, and give a finding for each that the program fails at.

    Its Parquet file holds it all the same; what the disk refuses is no fault of a table.
    """
    wide = attempt(lambda: overview(tables))
    if isinstance(wide, Failure):
        yield issue(None, None, Finding("part_failed", raw=f"overview: {wide.raw}"))
    else:
        for code, raw in wide.attrs.get("failed", {}).items():
            yield issue(None, code, Finding("part_failed", raw=f"overview: {raw}"))
        tables = {**tables, "overview": wide}
    for name, table in tables.items():
        path = stage / f"{name}.csv"
        made = attempt(partial(write_csv, table, path), passing=(OSError, EsrdataError))
        if isinstance(made, Failure):
            path.unlink(missing_ok=True)
            yield issue(None, None, Finding("part_failed", raw=f"{path.name}: {made.raw}"))


def former_files(folder: Path) -> set[str]:
    """Files of a former save in the folder, none where there was no whole one."""
    try:
        return {*_manifest(folder)["files"], MANIFEST}
    except StoreError:
        return set()


def tried(tables: Mapping[str, pd.DataFrame]) -> set[str]:
    """Files that a save of tables writes, or leaves out where the program fails at one.

    A file of that name from before would pass for this save's.
    """
    made = (f"{name}.{kind}" for name in (*tables, "overview") for kind in ("parquet", "csv"))
    return {*made, DICTIONARY, MANIFEST, LOG}


@cache
def _names() -> frozenset[str]:
    """Every file that a save may hold, its manifest left out."""
    tables = (*TABLES, "contacts", "overview")
    made = (f"{name}.{kind}" for name in tables for kind in ("parquet", "csv"))
    return frozenset((*made, DICTIONARY, LOG))


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError(
            f"The folder {folder} holds no readable {MANIFEST}: "
            "give a folder that Portfolio.save wrote."
        ) from error
    if not _well_formed(manifest):
        raise StoreError(f"The {MANIFEST} in {folder} was not written by esrdata: save again.")
    return dict(manifest)


def _well_formed(manifest: Any) -> bool:
    match manifest:
        case {"files": dict(files), "rows": dict(rows), "base": str()}:
            # Any other name is none of ours: a later save would remove somebody's file.
            plain = files.keys() <= _names() and rows.keys() <= {*TABLES, "contacts"}
            hashed = all(isinstance(sha256_, str) for sha256_ in files.values())
            return (
                plain
                and hashed
                and _are_folders(manifest.get("shelf", []))
                and rows.keys() >= set(TABLES)
            )
    return False


def _are_folders(shelf: object) -> bool:
    return isinstance(shelf, list) and all(map(_is_folder, shelf))


def _is_folder(own: object) -> bool:
    match own:
        case {"folder": str(), "files": dict(files)}:
            return all(isinstance(text, str) for text in files.values())
    return False


class Saved(NamedTuple):
    """What a save holds: tables, the folder their file names are relative to, and the shelf."""

    tables: Mapping[str, pd.DataFrame]
    base: Path
    shelf: Shelf


def read_back(folder: Path) -> Saved:
    """Load what `save` wrote.

    Returns
    -------
    Saved
        The tables, equal to those saved, their base and their shelf.

    Raises
    ------
    StoreError
        If the folder is no save, or its Parquet files and its manifest disagree.
    """
    recover(folder)
    saved = attempt(lambda: _read_back(folder))
    if isinstance(saved, Failure):
        raise StoreError(f"The save in {folder} is damaged ({saved.raw}): save again.")
    return saved


def _read_back(folder: Path) -> Saved:
    manifest = _manifest(folder)
    shelf = shelf_of(
        tuple(
            Folder(own["folder"], tuple(own["files"].items())) for own in manifest.get("shelf", ())
        )
    )
    base = (folder / manifest["base"]).resolve()
    tables = Stored(folder, manifest)
    return Saved(tables if manifest.get("lazy") is True else dict(tables), base, shelf)
