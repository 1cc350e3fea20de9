"""Opens and checks shelves of a user's own."""

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from esrdata.given import at_home
from esrdata.knowledge.shelf import (
    OURS,
    PLACES,
    PLAUSIBILITY,
    WORDS,
    Folder,
    Shelf,
    clean,
    shelf_of,
)

Folders = str | PathLike[str] | Iterable[str | PathLike[str]]


def open_shelf(folders: Folders | Shelf | None) -> Shelf:
    """Open a user's own folders beside the package's files.

    Parameters
    ----------
    folders
        A folder laid out as ``esrdata/knowledge/``, with any of ``forms/*.yml``,
        ``lists/*.csv``, ``codes/*.csv``, ``words.yml`` and ``plausibility.yml``, or several;
        None for none.

    Raises
    ------
    UsageError
        If a folder does not exist.
    KnowledgeError
        If a file cannot be used; the sentence names it.
    """
    if isinstance(folders, Shelf):
        return folders
    if folders is None:
        return OURS
    given = [folders] if isinstance(folders, str | PathLike) else list(folders)
    named = [at_home(Path(folder)) for folder in given]
    # The models are slow to import, and only a user's shelf needs them.
    from esrdata.knowledge.schema.check import refuse_wrong

    refuse_wrong(named)
    return shelf_of(tuple(_folder(Path(name)) for name in named))


def _folder(path: Path) -> Folder:
    found = [file for kind, end in PLACES.items() for file in path.glob(f"{kind}/*{end}")]
    found += [path / name for name in (WORDS, PLAUSIBILITY) if (path / name).is_file()]
    places = {file.relative_to(path).as_posix(): file for file in found if file.name[0] not in ".~"}
    texts = ((place, clean(file.read_bytes())) for place, file in sorted(places.items()))
    return Folder(path.as_posix(), tuple(texts))
