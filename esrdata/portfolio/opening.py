"""Ways to get a portfolio: read sources, or load a saved one."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from esrdata.cache import Cache, usual_folder
from esrdata.collecting import held_back
from esrdata.documents.own import is_save
from esrdata.documents.paths import Source, are_several, paths
from esrdata.documents.remote import is_address
from esrdata.errors import SavedError, SourceError, UsageError
from esrdata.given import folder as given_folder
from esrdata.given import with_known_arguments
from esrdata.knowledge.error_words import listed
from esrdata.knowledge.opening import Folders, open_shelf
from esrdata.knowledge.shelf import Shelf, using
from esrdata.knowledge.wording import sentence
from esrdata.limits import DEFAULT, Limits, within
from esrdata.portfolio.portfolio import Portfolio
from esrdata.reading.batch import Read, read_batch
from esrdata.reading.cached import Keys, Reader, read_cached
from esrdata.reading.dispatch import FileRead
from esrdata.reading.levels import STANDARD, STRICT
from esrdata.reading.privacy.recogniser import recognising
from esrdata.tables import batchwise, checks, store
from esrdata.tables.build import Tables
from esrdata.tables.cached import keep_tables, kept_tables
from esrdata.tables.failing import whole_tables
from esrdata.tables.origin import Origin, origin_of
from esrdata.tables.pieces import Pieces
from esrdata.tables.population import Population

Progress = Callable[[int, int, str], None]


@with_known_arguments
def load(folder: str | PathLike[str], *, shelf: Folders | Shelf | None = None) -> Portfolio:
    """Load a portfolio that `Portfolio.save` wrote.

    Parameters
    ----------
    folder
        The folder.
    shelf
        Folders of your own to take labels from, as for `read`; None takes those that the
        portfolio was read with, which its manifest holds unchanged.

    Returns
    -------
    Portfolio
        Equal to the one saved.

    Raises
    ------
    StoreError
        If the folder is no save, or is not whole.
    """
    saved = store.read_back(given_folder("folder", folder))
    own = saved.shelf if shelf is None else open_shelf(shelf)
    return Portfolio(saved.tables, saved.base, own, saved.origin)


@with_known_arguments
def read(
    source: Source | Iterable[Source],
    *,
    contacts: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
    shelf: Folders | Shelf | None = None,
    limits: Limits = DEFAULT,
    isolate: bool = False,
    privacy: str = STANDARD,
    cache: bool | str | PathLike[str] = False,
    to: str | PathLike[str] | None = None,
) -> Portfolio:
    """Read project descriptions into a portfolio.

    Parameters
    ----------
    source
        A file, a folder (read recursively), a glob, an address that fsspec opens (``s3://…``,
        ``zip://*.html::pages.zip``; it needs
        ``pip install "esrdata[remote]"`` and what reaches the place),
        or a list of them. Formats and forms are recognised by content.
    contacts
        Whether contact persons are read. Otherwise they are in no table and not in memory.
    workers
        Number of processes; None reads in this one, which is faster up to some hundreds of files,
        or, inside ``with joblib.parallel_config(backend="dask")``, by that backend. Threads are
        never used: the PDF library does not support them.
    progress
        Called as ``progress(done, total, path)`` after each file.
    shelf
        A folder of your own, or several, with forms, lists, codes and words beside those of the
        package, laid out as ``esrdata/knowledge/``.
    limits
        Limits for one file, `esrdata.Limits`; a file beyond one becomes a finding.
    isolate
        Whether files are read in a separate process even with one worker, so that the limits of
        time and memory hold, and a crash costs only the file that caused it.
    privacy
        Whose names are covered in prose: ``standard``, of contact persons; ``strict``, of everyone
        whom lists of names recognise. It needs ``pip install "esrdata[strict]"``; the finding
        `names_recognised` of each file says what was used.
    cache
        Whether results are cached, so that unchanged files are not read again: True uses the user's
        cache folder, a path that folder. Contact persons are never cached: with `contacts`
        everything is read anew.
    to
        A folder to save to while reading, for more data than fits in memory. Its tables are Parquet
        files sorted by project code; the returned portfolio, and one from `load`, reads each table
        when it is first used.

    Returns
    -------
    Portfolio
        What could not be read is in its `files` and `issues`.

    Raises
    ------
    SourceError
        If the source does not exist, or is a folder of which no file holds any text.
    UsageError
        If a folder of the shelf does not exist; if there is no such `privacy`, or what it needs is
        not installed, or contact persons are asked for with it.
    KnowledgeError
        If a file of the shelf cannot be used.
    StoreError
        If `to` cannot be written, or has a file of such a name that esrdata did not write.
    """
    if contacts and privacy == STRICT:
        raise UsageError(sentence("error.contacts_or_strict"))
    _ensure_usable(source, workers, contacts=contacts, isolate=isolate)
    named: Sequence[Source] = []
    if isinstance(source, str | PathLike):
        named = [source]
    elif are_several(source):
        source = named = list(source)
    target = None if to is None else given_folder("to", to)
    kept = None if contacts else _cache(cache)
    found = paths(source)
    if all(is_save(Path(path)) for path in found):
        if len(found) > 1:
            raise SourceError(sentence("error.saves", paths=", ".join(found)))
        raise SavedError(sentence("error.saved", path=found[0]), found[0])
    own = open_shelf(shelf)
    total = len(found)
    with using(own), within(limits), recognising(privacy):
        reader = partial(read_batch, contacts=contacts, workers=workers, isolate=isolate)

        def counted(reads: Iterator[Read]) -> Iterator[Read]:
            for done, (path, read_) in enumerate(zip(found, reads, strict=True), start=1):
                yield read_
                if progress is not None:
                    progress(done, total, path)

        def made(reads: Iterator[Read]) -> Tables:
            pieces = Pieces(checks.findings_of, contacts=contacts)
            for read_ in _with_text(counted(reads), named):
                pieces.add(read_)
            return pieces.tables()

        come = partial(origin_of, found, contacts=contacts, privacy=privacy, limits=limits)
        if target is not None:
            reads = reader(found) if kept is None else read_cached(Keys(found), kept, reader)
            texts = _with_text(counted(reads), named)
            batchwise.save(
                texts,
                target,
                Path.cwd(),
                own,
                checks.findings_of,
                contacts=contacts,
                come=lambda files: replace(come(files), batches=True),
            )
            if kept is not None:
                kept.sweep()
            return load(target, shelf=own)
        with held_back():
            tables = made(reader(found)) if kept is None else _kept(kept, found, reader, made)
        origin = come(tables["files"])
    return Portfolio(tables, Path.cwd(), own, origin)


def _ensure_usable(source: object, workers: object, **flags: object) -> None:
    for name, flag in flags.items():
        # A text such as "no" is true in Python, and contact persons would be read.
        if not isinstance(flag, bool):
            raise UsageError(f"The argument {name} is True or False, not {flag!r}.")
    if isinstance(source, Portfolio):
        raise UsageError("The source is a portfolio already: read takes files and folders.")
    if isinstance(source, pd.DataFrame):
        raise UsageError("A source is a path or a list of paths, not a DataFrame: give its file.")
    counted = isinstance(workers, int) and not isinstance(workers, bool) and workers > 0
    if workers is not None and not counted:
        raise UsageError(f"The number of workers is 1 or more, not {workers!r}.")


def _cache(asked: bool | str | PathLike[str]) -> Cache | None:
    if asked is False:
        return None
    return Cache(usual_folder() if asked is True else given_folder("cache", asked))


def _kept(
    cache: Cache,
    paths: Sequence[str],
    reader: Reader,
    made: Callable[[Iterator[Read]], Tables],
) -> Tables:
    """The tables of these files: as cached for all of them, else built, reading only new files."""
    keys = Keys(paths)
    tables = None if keys.whole is None else kept_tables(cache, keys.whole)
    if tables is None:
        tables = made(read_cached(keys, cache, reader))
        if keys.whole is not None and all(map(keys.hold, paths)):
            keep_tables(cache, keys.whole, tables)
        cache.sweep()
    return tables


def read_again(origin: Origin, places: Mapping[str, str], shelf: Shelf) -> Portfolio:
    """Read a portfolio's sources again and choose the same projects.

    Parameters
    ----------
    origin
        How the portfolio was made.
    places
        Where each of its sources is now; in the tables they keep their names.
    shelf
        The shelf to read with.

    Raises
    ------
    UsageError
        If the choice does not fit these projects.
    """
    # Two sources with the same bytes may be at one place.
    names = [source.name for source in origin.sources]
    found = [places[name] for name in names]
    limits = replace(DEFAULT, **origin.limits)
    with held_back(), using(shelf), within(limits), recognising(origin.privacy):
        reads = read_batch(found, contacts=origin.contacts)
        files = [
            one.named(path, name)
            for path, name, read_ in zip(found, names, reads, strict=True)
            for one in read_
        ]
        build = batchwise.tables if origin.batches else whole_tables
        tables = build(files, checks.findings_of, contacts=origin.contacts)
    kept = replace(origin, steps=(), places=dict(places))
    portfolio = Portfolio(tables, Path.cwd(), shelf, kept)
    for step in origin.steps:
        portfolio = _taken(portfolio, step)
    return portfolio


def _taken(portfolio: Portfolio, step: Mapping[str, Any]) -> Portfolio:
    """Some of the projects, by a step of an origin."""
    match step:
        case {"select": dict(conditions)}:
            return portfolio.select(**conditions)
        case {"projects": list(codes)}:
            return portfolio.select(portfolio.projects["project_code"].isin(codes))
        case {"population": dict(spec)}:
            members = Population.from_json(spec).members(portfolio)
            return portfolio.select(members["reason"].isna())
        case _:
            raise UsageError("The manifest names a choice of projects that esrdata does not know.")


def _with_text(reads: Iterator[Read], named: Sequence[Source]) -> Iterator[Read]:
    """The same reads; raises at the end if no file of a folder held any text."""
    bare: list[FileRead] = []
    found = False
    for read in reads:
        found = found or any(file.status not in _WITHOUT_TEXT for file in read)
        if not found:
            bare += read
        yield read
    # A file that the user named becomes a finding; a folder of such files is a user's mistake.
    by_name = any(
        is_address(str(part)) or (os.path.lexists(part) and not Path(part).is_dir())
        for part in named
    )
    if not found and not by_name:
        raise SourceError(_nothing(bare))


# Statuses of files that gave no text.
_WITHOUT_TEXT = {"empty", "not_text", "skipped", "unreadable", "unsupported_format"}


def _nothing(files: list[FileRead]) -> str:
    named = listed([sentence(f"error.unread.{file.status}", file=file.path) for file in files[:3]])
    if len(files) > 3:
        return sentence("error.nothing_read_more", files=named, more=len(files) - 3)
    return sentence("error.nothing_read", files=named)
