"""Saves tables as Parquet and CSV with their dictionary, and loads them back."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from esrdata.documents.own import CRATE, DICTIONARY, MANIFEST, SIGNATURE, own_files
from esrdata.errors import EsrdataError, StoreError
from esrdata.guard import LOG, Failure, attempt
from esrdata.knowledge.shelf import Folder, Shelf, shelf_of
from esrdata.knowledge.wording import sentence
from esrdata.reading.record import Finding
from esrdata.tables import crate
from esrdata.tables.build import TABLES
from esrdata.tables.csv_file import write_csv
from esrdata.tables.dictionary import data_dictionary
from esrdata.tables.failing import failures
from esrdata.tables.issues import issue, recognisers, with_findings
from esrdata.tables.origin import Origin, environment, relative
from esrdata.tables.overview import overview
from esrdata.tables.parquet import plainly
from esrdata.tables.stored import Stored, sha256
from esrdata.tables.transaction import recover, transaction
from esrdata.version import __version__

#: What the tables of a folder are read from, among all that was read for it.
MAIN = "main"


def save(
    tables: Mapping[str, pd.DataFrame],
    folder: Path,
    base: Path,
    shelf: Shelf,
    origin: Origin | None,
) -> None:
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
    origin
        What the tables were read from; None where that is not known.

    Raises
    ------
    StoreError
        If the folder cannot be written, or has a file of such a name that esrdata did not
        write.
    """
    with transaction(folder, lambda target: former_files(target) | tried(tables)) as stage:
        saved = write_into(stage, tables)
        describe(stage, saved, folder, base, shelf, {MAIN: origin})


def write_into(stage: Path, tables: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    """Write tables into an empty folder; the tables as they were written."""
    failed = list(_written(stage, tables))
    if failed:
        tables = {**tables, "issues": with_findings(tables["issues"], failed)}
        write_csv(tables["issues"], stage / "issues.csv")
    for name, table in tables.items():
        plainly(table).to_parquet(stage / f"{name}.parquet", index=False)
    _beside(stage, tables, data_dictionary(tables))
    return tables


def _beside(stage: Path, tables: Mapping[str, pd.DataFrame], dictionary: pd.DataFrame) -> None:
    """Write what stands beside the tables: the log of failures, where any, and the dictionary."""
    log = failures(tables)
    if log:
        (stage / LOG).write_text(log, encoding="utf-8", newline="\n")
    write_csv(dictionary, stage / DICTIONARY)


def write_described(
    stage: Path,
    folder: Path,
    base: Path,
    shelf: Shelf,
    rows: Mapping[str, int],
    come: Callable[[pd.DataFrame], Origin],
) -> None:
    """Describe tables that were written batch by batch, so that they are loaded when asked for.

    `come` gives the origin of the table `files`; the others are as for `describe`.
    """
    kept = {name: pd.read_parquet(stage / f"{name}.parquet") for name in ("files", "issues")}
    _beside(stage, kept, data_dictionary())
    origins = {MAIN: come(kept["files"])}
    describe(stage, kept, folder, base, shelf, origins, rows=rows, lazy=True)


def describe(
    stage: Path,
    tables: Mapping[str, pd.DataFrame],
    folder: Path,
    base: Path,
    shelf: Shelf,
    origins: Mapping[str, Origin | None],
    *,
    rows: Mapping[str, int] | None = None,
    **more: object,
) -> None:
    """Write the manifest of all that was written into a folder.

    Parameters
    ----------
    stage, folder
        Where it was written, and where it will be.
    tables, rows
        Tables among it, `files` and `issues` at least; the rows of each where they are not all.
    origins
        What was read, by names; the first is what the tables are from.
    **more
        What else `crate.read` gives: `title`, `lang`, `settings`, `parts`.
    """
    paths = sorted(path for path in stage.rglob("*") if path.is_file())
    written = {path.relative_to(stage).as_posix() for path in paths}
    ensure_free(folder, written | tried(rows or tables))
    days = tables["files"]["snapshot_date"].dropna()
    manifest: dict[str, Any] = {
        "esrdata": __version__,
        **environment(),
        "base": relative(base, folder),
        "day": f"{days.max():%Y-%m-%d}" if len(days) else None,
        "rows": rows or {name: len(table) for name, table in tables.items()},
        "files": {path.relative_to(stage).as_posix(): sha256(path) for path in paths},
        "recognisers": recognisers(tables["issues"]),
        "shelf": [
            {"folder": Path(own.name).name, "files": dict(own.files)} for own in shelf.folders
        ],
        "reads": {name: origin for name, origin in origins.items() if origin is not None},
        **more,
    }
    crate.write(stage, manifest)


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
    """Files of a former save or report in the folder, none where there was no whole one."""
    try:
        names = {*_manifest(folder)["files"]}
    except StoreError:
        return set()
    there = {name for name in names if "/" not in name or (folder / name).is_file()}
    return there | ({CRATE, SIGNATURE} if (folder / CRATE).exists() else {MANIFEST})


def ensure_free(folder: Path, names: Iterable[str]) -> None:
    """Refuse to write over a file, or to remove one, that somebody else wrote or went on writing.

    A document that was altered since may be what somebody's report has become.
    """
    own = own_files(folder)
    ours = {CRATE, SIGNATURE, LOG} if own else set()
    try:
        known = _manifest(folder)["files"]
    except StoreError:
        known = {}
    for name in sorted(names):
        path = folder / name
        if name in ours or not os.path.lexists(path):
            continue
        if path not in own:
            raise StoreError(sentence("error.file_of_others", folder=str(folder), file=name))
        if path.suffix in _DOCUMENTS and name in known and sha256(path) != known[name]:
            raise StoreError(sentence("error.file_went_on", folder=str(folder), file=name))


# Of our files, those that people go on writing in.
_DOCUMENTS = (".docx", ".xlsx")


def tried(tables: Iterable[str]) -> set[str]:
    """Files that a save of tables writes, or leaves out where the program fails at one.

    A file of that name from before would pass for this save's.
    """
    made = (f"{name}.{kind}" for name in (*tables, "overview") for kind in ("parquet", "csv"))
    return {*made, DICTIONARY, CRATE, SIGNATURE, LOG}


@cache
def _names() -> frozenset[str]:
    """Every file that a save or a report may hold beside its manifest, but for those in folders."""
    tables = (*TABLES, "contacts", "overview")
    made = (f"{name}.{kind}" for name in tables for kind in ("parquet", "csv"))
    return frozenset((*made, DICTIONARY, LOG, *crate.FILES))


def is_ours(name: str) -> bool:
    """Whether a file of this name can be one that esrdata wrote; any other is somebody's."""
    folder, slash, rest = name.partition("/")
    return name in _names() or bool(slash and folder in crate.FOLDERS and "/" not in rest)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        if (folder / CRATE).exists():
            manifest: Any = crate.read(folder)
        else:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except crate.DamagedError as error:
        why = str(error)
        text = sentence("error.manifest_damaged", file=CRATE, folder=str(folder), why=why)
        raise StoreError(text) from None
    except (OSError, ValueError, RecursionError) as error:
        text = sentence("error.no_manifest", file=CRATE, folder=str(folder))
        raise StoreError(text) from error
    match manifest:
        case {"esrdata": str(made), "rows": dict(rows)} if rows and rows.keys() - {"contacts"} != {
            *TABLES
        }:
            other = ", ".join(sorted(map(str, (rows.keys() - {"contacts"}) ^ {*TABLES})))
            versions = {"made": made, "version": __version__}
            text = sentence("error.save_other_tables", folder=str(folder), tables=other, **versions)
            raise StoreError(text)
    if not _well_formed(manifest):
        raise StoreError(sentence("error.manifest_foreign", folder=str(folder)))
    return dict(manifest)


def _well_formed(manifest: Any) -> bool:
    match manifest:
        case {"files": dict(files), "rows": dict(rows), "base": str() | None}:
            # Any other name is none of ours: a later save would remove somebody's file.
            plain = all(map(is_ours, files)) and rows.keys() <= {*TABLES, "contacts"}
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
    """What a save holds: tables, the folder their file names are relative to, shelf and origin."""

    tables: Mapping[str, pd.DataFrame]
    base: Path
    shelf: Shelf
    origin: Origin | None


def read_back(folder: Path) -> Saved:
    """Load what `save` wrote, with the folder it names its files from and its shelf.

    Raises
    ------
    StoreError
        If the folder is no save, its manifest was altered, or its Parquet files are others.
    """
    recover(folder)
    saved = attempt(lambda: _read_back(folder))
    if isinstance(saved, Failure):
        raise StoreError(sentence("error.save_damaged", folder=str(folder), why=saved.raw))
    return saved


def _read_back(folder: Path) -> Saved:
    manifest = _manifest(folder)
    # One without a hash of its own is of a version that wrote none.
    if not manifest.get("whole", True):
        raise StoreError(sentence("error.manifest_altered", file=CRATE, folder=str(folder)))
    shelf = shelf_of(
        tuple(
            Folder(own["folder"], tuple(own["files"].items())) for own in manifest.get("shelf", ())
        )
    )
    # A pack that lies apart from its sources does not say where they are.
    base = Path.cwd() if manifest["base"] is None else (folder / manifest["base"]).resolve()
    origin = manifest.get("reads", {}).get(MAIN)
    if origin is not None and manifest["settings"].get("population") is not None:
        origin = origin.then(population=manifest["settings"]["population"])
    tables = Stored(folder, manifest)
    return Saved(tables if manifest.get("lazy") is True else dict(tables), base, shelf, origin)
