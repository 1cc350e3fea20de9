"""Folders that esrdata wrote: their files are no sources, though they lie among them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

#: Names what a save or a report wrote, and holds its signature.
CRATE, SIGNATURE = "ro-crate-metadata.json", "ro-crate-metadata.json.minisig"
#: What named it before.
MANIFEST, REPORT = "manifest.json", "report.json"
#: What a proofed draft was written with.
PROOF = "proof.json"
#: Names the tables that were saved, where the other two are lost.
DICTIONARY = "data_dictionary.csv"
_HEADING = "table,column,type,unit,label_fi,"

#: What marks a cache of ours, in the form that backup programs know (bford.info/cachedir).
CACHE_TAG = "CACHEDIR.TAG"
CACHE_MARK = "Signature: 8a477f597d28d172789f06886806bc55\n# What esrdata has read.\n"


def is_cache(folder: Path) -> bool:
    """Whether a folder is a cache of esrdata: nothing in it is a source."""
    try:
        return (folder / CACHE_TAG).read_text(encoding="utf-8") == CACHE_MARK
    except (OSError, ValueError):
        return False


def own_files(folder: Path) -> set[Path]:
    """The files in a folder that a save or a report of esrdata wrote; none where it wrote none."""
    named = [*_of_crate(folder), *_of_manifest(folder)] or _of_dictionary(folder)
    return {folder / name for name in (*named, *_of_proof(folder))}


def is_save(folder: Path) -> bool:
    """Whether a folder holds tables that esrdata saved."""
    return folder / "projects.parquet" in own_files(folder)


def _of_crate(folder: Path) -> list[str]:
    match _json(folder / CRATE):
        case {"@graph": list(graph)}:
            ids = [entity.get("@id") for entity in graph if isinstance(entity, dict)]
            if "#esrdata" in ids:
                files = [unquote(i) for i in ids if isinstance(i, str) and not i.startswith("#")]
                return [*files, CRATE, SIGNATURE]
    return []


def _of_manifest(folder: Path) -> list[str]:
    manifest = _json(folder / MANIFEST)
    if not isinstance(manifest, dict) or not {"esrdata", "files", "rows"} <= manifest.keys():
        return []
    written = _json(folder / REPORT)
    names = [*manifest["files"], *(written if isinstance(written, list) else ()), MANIFEST, REPORT]
    return [str(name) for name in names]


def _of_proof(folder: Path) -> list[str]:
    match _json(folder / PROOF):
        case {"draft": str(draft), "numbers": list(), "figures": dict()}:
            return [PROOF, "proof.xlsx", "proof.html", f"{Path(draft).stem}-proof.docx"]
    return []


def _of_dictionary(folder: Path) -> list[str]:
    """The tables of a save whose manifest is lost or damaged, as in a copy that took only CSV."""
    try:
        text = (folder / DICTIONARY).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return []
    if not text.startswith(_HEADING):
        return []
    tables = {"overview", *(line.partition(",")[0] for line in text.splitlines()[1:])}
    files = [f"{table}.{kind}" for table in sorted(tables) for kind in ("csv", "parquet")]
    return [*files, DICTIONARY, CRATE, SIGNATURE]


def _json(path: Path) -> object:
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return found
