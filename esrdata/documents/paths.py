"""From a source as the user names it to the files it holds."""

import os
from collections.abc import Iterable, Iterator
from glob import escape, glob, has_magic
from os import PathLike
from pathlib import Path
from typing import TypeGuard

from esrdata.documents.files import on_disk, printable
from esrdata.documents.own import (
    CACHE_TAG,
    CRATE,
    DICTIONARY,
    MANIFEST,
    PROOF,
    is_cache,
    own_files,
)
from esrdata.documents.remote import addresses, is_address
from esrdata.errors import SourceError, UsageError
from esrdata.given import at_home
from esrdata.knowledge.wording import sentence

Source = str | PathLike[str]

_NAME_LENGTH = 200
_HIDDEN = (".", "~$")
# What systems put into folders that people look at, in any case.
_SYSTEM = {"__macosx", "thumbs.db", "desktop.ini"}
# What browsers and Word call the folder of a saved page, and the names the page may have.
_COMPANIONS = ("_files", "_tiedostot", "_filer", "-filer", ".files")
_PAGES = {".htm", ".html", ".xhtml"}


def paths(source: Source | Iterable[Source]) -> list[str]:
    """Files of a source: a file, a folder (recursively), a glob, or a list of them.

    An address such as ``s3://bucket/folder`` is listed by fsspec. Hidden files and folders are left
    out. So are the files that a save or a report of ours wrote in a folder, which is named in
    their place. So is, in a folder or a glob, what browsers save
    with a page (`page_files` beside `page.html`). Each file comes once, in alphabetical order
    within its folder, named as the user named it.

    Raises `SourceError` if a part of the source does not exist, or no file is found; `UsageError`
    if the source is no path and no list of paths.
    """
    if isinstance(source, str | PathLike):
        sources = [source]
    elif are_several(source):
        sources = list(source)
    else:
        raise UsageError(
            f"A source is a path or a list of paths, not {type(source).__name__}: "
            "give a file, a folder or a glob."
        )
    found: dict[str, str] = {}
    for part in sources:
        if not isinstance(part, str | PathLike) or not str(part).strip():
            raise UsageError(sentence("error.no_path", given=repr(part)))
        if is_address(str(part)):
            found |= {address: printable(address) for address in addresses(str(part))}
            continue
        for path in _expand(str(Path(part))):
            found.setdefault(os.path.realpath(path), printable(path.as_posix()))
    if not sources:
        raise SourceError("The list of sources is empty: give a file, a folder or a glob.")
    if not found:
        named = ", ".join(str(s) for s in sources)
        raise SourceError(sentence("error.no_file", source=named))
    return list(found.values())


def are_several(source: Source | Iterable[Source]) -> TypeGuard[Iterable[Source]]:
    """Whether a source is a list of paths; numbers of bytes and lines of open files are none."""
    one = isinstance(source, str | PathLike | bytes) or hasattr(source, "read")
    return isinstance(source, Iterable) and not one


def _expand(name: str) -> Iterator[Path]:
    path = Path(on_disk(name))
    try:
        # A link that leads nowhere or round is a finding, as it is in a folder.
        is_folder, is_there = path.is_dir(), os.path.lexists(path)
    except (OSError, ValueError):
        # A name that no file can have, or a folder that may not be entered.
        is_folder = is_there = False
    if is_folder:
        yield from _inside(path)
    elif is_there:
        yield path
    elif (own := at_home(path)) != path:
        yield from _expand(str(own))
    elif os.sep == "/" and "\\" in name:
        # As Windows writes a path; a file whose name holds the sign is taken above.
        yield from _expand(name.replace("\\", "/"))
    elif has_magic(name):
        matches = sorted(glob(name, recursive=True))  # noqa: PTH207 (a glob may be absolute)
        if not matches and os.path.isdir(path.parent):  # noqa: PTH112 (a name may be too long)
            # A folder whose name holds the signs of a pattern.
            inside = f"{escape(str(path.parent))}/{path.name}"
            matches = sorted(glob(inside, recursive=True))  # noqa: PTH207
        if not matches:
            raise SourceError(sentence("error.no_match", source=_short(name)))
        for match in matches:
            if not is_hidden(Path(match).name) and not _in_companion(Path(match), path):
                yield from _expand(match)
    else:
        raise SourceError(sentence("error.no_source", source=_short(name)))


def _short(name: str) -> str:
    return printable(name if len(name) <= _NAME_LENGTH else f"{name[:_NAME_LENGTH]}…")


def _inside(folder: Path) -> Iterator[Path]:
    """Files of a folder; what cannot be listed is named too, so that it becomes a finding."""
    barred: list[str] = []
    children = []
    ours: set[Path] = set()
    for parent, folders, names in os.walk(folder, onerror=lambda e: barred.append(e.filename)):
        if CACHE_TAG in names and is_cache(Path(parent)):
            folders.clear()
            continue
        # What esrdata wrote is no source; the folder is named instead, as one finding.
        if {CRATE, MANIFEST, DICTIONARY, PROOF} & {*names} and (written := own_files(Path(parent))):
            ours |= written
            children.append(Path(parent))
        names = [name for name in names if Path(parent, name) not in ours]
        folders[:] = [
            name for name in folders if not is_hidden(name) and not belongs_to_page(name, names)
        ]
        # A link to a folder is not gone into, for it may lead round: it is named instead.
        linked = [name for name in folders if Path(parent, name).is_symlink()]
        named = [*names, *linked]
        children += [Path(parent, name) for name in named if not is_hidden(name)]
    yield from sorted([*children, *map(Path, barred)])


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is nothing that a person put there to be read."""
    return name.startswith(_HIDDEN) or name.casefold() in _SYSTEM


def belongs_to_page(folder: str, beside: Iterable[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a page that stands beside it."""
    stems = {folder.removesuffix(end) for end in _COMPANIONS if folder.endswith(end)}
    return bool(stems) and any(
        Path(name).suffix.lower() in _PAGES and Path(name).stem in stems for name in beside
    )


def _in_companion(path: Path, pattern: Path) -> bool:
    """Whether a path that fits a pattern is such a folder, or in one that the pattern names not."""
    for folder in (path, *path.parents):
        # Only few names ask for a look at what stands beside them.
        asked = folder.name.endswith(_COMPANIONS) and folder.name not in pattern.parts
        if asked and folder.is_dir():
            beside = (other.name for other in folder.parent.iterdir())
            if belongs_to_page(folder.name, beside):
                return True
    return False
