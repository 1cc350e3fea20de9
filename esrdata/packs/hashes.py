"""The first look at a pack: is every file the one that the manifest names, and is it all there?"""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from esrdata.documents.own import CRATE, MANIFEST, SIGNATURE
from esrdata.errors import UsageError
from esrdata.knowledge.wording import sentence
from esrdata.packs.noticed import Noticed
from esrdata.tables.stored import sha256

# What file managers leave in every folder that is looked at.
_LEFT_BEHIND = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def ensure_pack(folder: Path) -> None:
    """Refuse a folder without a manifest."""
    if not (folder / CRATE).exists() and not (folder / CRATE).is_symlink():
        older = (folder / MANIFEST).is_file()
        key = "error.pack_older" if older else "error.no_pack"
        raise UsageError(sentence(key, folder=str(folder), file=CRATE))


def listing(folder: Path) -> dict[str, bool]:
    """Every file in a folder by its name within it, and whether it is a regular one.

    Links are not followed: one to a folder is no regular file.
    """
    found: dict[str, bool] = {}
    for parent, folders, names in os.walk(folder):
        linked = [name for name in folders if Path(parent, name).is_symlink()]
        for name in [*names, *linked]:
            path = Path(parent, name)
            if name not in _LEFT_BEHIND:
                regular = stat.S_ISREG(path.lstat().st_mode)
                found[path.relative_to(folder).as_posix()] = regular
    return {name: found[name] for name in sorted(found) if name not in (CRATE, SIGNATURE)}


def held(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Noticed]:
    """What of a folder is missing, added, renamed, swapped, altered or no regular file."""
    expected: Mapping[str, str] = manifest["files"]
    there = listing(folder)
    now = {name: sha256(folder / name) for name in expected if there.get(name)}
    by_hash = {digest: name for name, digest in expected.items()}
    missing = [name for name in expected if name not in there]
    added = [name for name in there if name not in expected]
    renamed = _renamed(folder, manifest, missing, [name for name in added if there[name]])
    for name in expected:
        if name in renamed:
            yield Noticed("file_renamed", {"file": name, "other": renamed[name]})
        elif name in missing:
            yield Noticed("file_missing", {"file": name})
        elif not there[name]:
            yield Noticed("file_odd", {"file": name})
        elif now[name] == expected[name]:
            continue
        elif now[name] in by_hash:
            yield Noticed("file_swapped", {"file": name, "other": by_hash[now[name]]})
        else:
            yield Noticed("file_altered", {"file": name})
    for name in added:
        if name not in renamed.values():
            yield Noticed("file_added", {"file": name})


def _renamed(
    folder: Path, manifest: Mapping[str, Any], missing: list[str], added: list[str]
) -> dict[str, str]:
    """Files that are there under another name: what each is called now."""
    found: dict[str, str] = {}
    for name in missing:
        free = (other for other in added if other not in found.values())
        # Only a file of the same size is worth hashing.
        alike = (o for o in free if (folder / o).stat().st_size == manifest["sizes"][name])
        same = (o for o in alike if sha256(folder / o) == manifest["files"][name])
        if (other := next(same, None)) is not None:
            found[name] = other
    return found
