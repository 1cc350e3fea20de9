"""Folders that esrdata wrote: their files are no sources, though they lie among them."""

from __future__ import annotations

import json
from pathlib import Path

#: Names what a save wrote, and what a report wrote.
MANIFEST, REPORT = "manifest.json", "report.json"

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
    manifest = _json(folder / MANIFEST)
    if not isinstance(manifest, dict) or not {"esrdata", "files", "rows"} <= manifest.keys():
        return set()
    written = _json(folder / REPORT)
    names = [*manifest["files"], *(written if isinstance(written, list) else ()), MANIFEST, REPORT]
    return {folder / str(name) for name in names}


def _json(path: Path) -> object:
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return found
