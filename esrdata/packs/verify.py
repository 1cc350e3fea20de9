"""Is a pack what its manifest says, and what its sources give?"""

from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from esrdata.documents.own import CRATE
from esrdata.errors import UsageError
from esrdata.given import folder as given_folder
from esrdata.given import with_known_arguments
from esrdata.guard import Failure, attempt
from esrdata.knowledge.wording import sentence
from esrdata.packs.again import made_again
from esrdata.packs.compared import Compared
from esrdata.packs.hashes import ensure_pack, held
from esrdata.packs.noticed import Noticed, Verification
from esrdata.packs.sign import checked
from esrdata.packs.sources import CHANGED, MISSING, MOVED, Found, called, found, with_hash
from esrdata.tables import crate
from esrdata.tables.store import MAIN
from esrdata.version import __version__


@with_known_arguments
def verify(
    pack: str | PathLike[str],
    sources: str | PathLike[str] | None = None,
    *,
    recompute: bool = True,
    public_key: str | PathLike[str] | None = None,
) -> Verification:
    """Tell whether a pack, or a saved portfolio, is as it was written, and as its sources give it.

    The files are held against the hashes of the manifest, and the manifest against its own. Then
    the sources are read once more, everything is made once more, and held against the pack.

    Parameters
    ----------
    pack
        The folder.
    sources
        The folder that the sources are in now; files in it are found by their names, or by their
        hashes. None looks where they were.
    recompute
        Whether the sources are read and the pack made once more; if not, the hashes of files and
        sources are all there is.
    public_key
        A public key of `new_key` or minisign, its file or its line, to check the signature with.

    Returns
    -------
    Verification
        Prints itself in sentences; `unaltered` is the answer, `noticed` all that was noticed.

    Raises
    ------
    UsageError
        If the folder has no manifest, there is no folder of sources, or the key is none.
    """
    folder = given_folder("pack", pack)
    given = None if sources is None else given_folder("sources", sources)
    ensure_pack(folder)
    if given is not None and not given.is_dir():
        raise UsageError(sentence("error.no_source", source=str(given)))
    try:
        manifest = crate.read(folder)
    except (crate.DamagedError, OSError) as error:
        damaged = Noticed("manifest_damaged", {"raw": str(error)})
        return Verification(folder.resolve().name, None, [damaged], {})
    altered = [] if manifest["whole"] else [Noticed("manifest_altered", {"file": CRATE})]
    noticed = [*altered, *checked(folder, public_key), *held(folder, manifest)]
    wrong = {one.values["file"] for one in noticed if one.values.get("file") in manifest["files"]}
    same = {"files": len(manifest["files"]) - len(wrong)}
    noticed += _of_sources(folder, manifest, given, wrong, same, recompute)
    noticed.sort(key=lambda one: not one.alters)
    return Verification(folder.resolve().name, manifest["esrdata"], noticed, same)


def _of_sources(
    folder: Path,
    manifest: Mapping[str, Any],
    given: Path | None,
    wrong: set[str],
    same: dict[str, int],
    recompute: bool,
) -> Iterator[Noticed]:
    """What comes of looking for the sources, and of making the pack once more."""
    if MAIN not in manifest["reads"]:
        yield Noticed("not_recomputed", {"why": "unknown"})
        return
    if manifest["lazy"]:
        yield Noticed("not_recomputed", {"why": "batches"})
        return
    main = manifest["reads"][MAIN]
    if any(source.name in manifest["bare"][MAIN] for source in main.sources):
        manifest["reads"][MAIN] = called(folder, main, manifest["bare"][MAIN])
    looked = {name: found(folder, manifest, name, given) for name in manifest["reads"]}
    every = [one for some in looked.values() for one in some]
    if given is None and all(one.state == MISSING for one in every):
        # A pack that was taken elsewhere alone.
        yield Noticed("not_recomputed", {"why": "no_sources"})
        return
    yield from map(_noticed_of, (one for one in every if one.state in (CHANGED, MISSING, MOVED)))
    same["sources"] = sum(one.state not in (CHANGED, MISSING) for one in every)
    if any(one.place is None for one in every):
        yield Noticed("not_recomputed", {"why": "some_missing"})
        return
    if not recompute:
        yield Noticed("not_recomputed", {"why": "asked"})
        return
    dress = {name: _dress(name, manifest, given) for name in ("template", "theme")}
    dressed = all(name not in manifest["settings"] or dress[name] for name in dress)
    changed = any(one.state == CHANGED for one in every)

    def compared() -> list[Noticed]:
        with made_again(manifest, looked, **dress) as again:
            beside = Compared(folder, manifest, again, sources_changed=changed, dressed=dressed)
            differing = [*beside.noticed(wrong)]
            same.update({name: n for name, n in beside.same.items() if n})
            return differing

    # A manifest of somebody's own may ask for what no code foresaw.
    try:
        made = attempt(compared, passing=(UsageError,))
    except UsageError as error:
        # Such as a choice of projects that the sources no longer have.
        yield Noticed("remake_failed", {"raw": str(error)})
        return
    if isinstance(made, Failure):
        yield Noticed("remake_failed", {"raw": made.raw})
        return
    yield from made
    if not dressed:
        yield Noticed("not_compared_dress", {})
    if manifest["esrdata"] != __version__:
        yield Noticed("other_version", {"before": manifest["esrdata"], "after": __version__})


def _noticed_of(one: Found) -> Noticed:
    if one.state == MOVED:
        return Noticed("source_moved", {"file": one.name, "other": Path(str(one.place)).name})
    return Noticed(f"source_{one.state}", {"file": one.name})


def _dress(name: str, manifest: Mapping[str, Any], given: Path | None) -> Path | None:
    """The template or the theme that a report was made with, by its hash among the sources."""
    asked = manifest["settings"].get(name)
    return None if asked is None or given is None else with_hash(given, str(asked))
