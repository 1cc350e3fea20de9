"""A folder is written beside its target and swapped in one step: the old or the new, whole.

Whatever stops a run before the swap leaves the old folder as it was, and whatever stops it after
that leaves the new one. What a stopped run leaves behind is swept by the next. Where a folder
cannot be swapped - it is a mount of its own, somebody works in it, the system has no such step -
the files are moved into it one by one, and a run that is stopped among them is finished by the
next run or by `load`.
"""

import ctypes
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from esrdata.knowledge.error_words import STAGE, unwritable

#: In a stage inside its target, says that it is whole: names of files that go, one a line.
_DECIDED = ".decided"
_NEW, _OLD = "new", "old"
_AT, _EXCHANGE = -100, 2


@contextmanager
def transaction(folder: Path, former: Callable[[Path], set[str]]) -> Iterator[Path]:
    """Give an empty folder to write into, and put it in the place of the target at the end.

    The target is made if need be; files in it that are none of `former`, the paths within it that a
    former run wrote, stay.

    Raises
    ------
    StoreError
        If the target or the folder that holds it cannot be written.
    """
    empty = False
    try:
        empty = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        target = folder.resolve()
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "Permission denied")
        beside = _fits_beside(target)
        place = target.parent if beside else target
        recover(target)
        prefix = f".{target.name}{STAGE}" if beside else STAGE
        with _stage(place, prefix) as stage:
            yield stage
            with _locked(place):
                target.mkdir(parents=True, exist_ok=True)
                if not (beside and _swapped(stage, target, former(target))):
                    _moved(stage, target, former(target))
        empty = False
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        if empty:
            # A run that was stopped leaves not even its folder.
            with suppress(OSError):
                folder.rmdir()


def emptied(stage: Path) -> None:
    """Remove what was written into a stage, to write it again."""
    for path in stage.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def recover(folder: Path) -> None:
    """Finish or remove what stopped runs left in a folder and beside it; live runs are let be."""
    target = folder.resolve()
    for place, prefix in ((target.parent, f".{target.name}{STAGE}"), (target, STAGE)):
        with suppress(OSError):
            for left in sorted(place.iterdir()):
                if left.name.startswith(prefix) and left.is_dir() and not left.is_symlink():
                    _swept(left, target if place == target else None)


def _swept(left: Path, target: Path | None) -> None:
    with suppress(OSError), _locked(left, wait=False) as ours:
        if not ours:
            return
        if target is not None and (left / _DECIDED).is_file():
            _finish(left, target)
        _removed(left)


def _fits_beside(target: Path) -> bool:
    """Whether the target can be swapped for a folder beside it."""
    above = target.parent
    here = Path.cwd()
    if here == target or target in here.parents or os.path.ismount(target):
        return False
    return above != target and os.access(above, os.W_OK)


@contextmanager
def _stage(place: Path, prefix: str) -> Iterator[Path]:
    """A folder to write into that is locked as long as this run lives."""
    outer = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    try:
        with _locked(outer):
            stage = outer / _NEW
            stage.mkdir()
            yield stage
    finally:
        _removed(outer)


def _removed(outer: Path) -> None:
    """Remove a stage, but for one that is to be finished."""
    if not (outer / _DECIDED).exists():
        shutil.rmtree(outer, ignore_errors=True)


@contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold a folder for this run; False where another holds it and we do not wait."""
    try:
        import fcntl
    except ModuleNotFoundError:
        # Windows: two runs at once are not kept apart, and stages of others are let be.
        yield wait
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        except OSError:
            # A network folder that knows no locks.
            yield wait
            return
        yield True
    finally:
        os.close(handle)


# ---- the swap


def _swapped(stage: Path, target: Path, former: set[str]) -> bool:
    """Put the stage in the place of the target at once; False where that cannot be done."""
    try:
        _keep_others(stage, target, former)
        stage.chmod(stat.S_IMODE(target.stat().st_mode))
        exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    except (OSError, TypeError):
        return False
    if exchange is None:
        return False
    names = os.fsencode(stage), os.fsencode(target)
    done: int = exchange(_AT, names[0], _AT, names[1], _EXCHANGE)
    return done == 0


def _keep_others(stage: Path, target: Path, former: set[str]) -> None:
    """Link the files of the target that are not ours into the stage."""
    for parent, folders, names in os.walk(target):
        within = Path(parent).relative_to(target)
        linked = [name for name in folders if Path(parent, name).is_symlink()]
        folders[:] = [n for n in folders if n not in linked and not n.startswith(STAGE)]
        for name in [*names, *linked]:
            place = within / name
            if place.as_posix() not in former and not os.path.lexists(stage / place):
                (stage / place).parent.mkdir(parents=True, exist_ok=True)
                os.link(target / place, stage / place, follow_symlinks=False)
        for name in folders:
            # An empty folder of somebody's stays; one of ours was emptied.
            if not any(Path(parent, name).iterdir()):
                (stage / within / name).mkdir(parents=True, exist_ok=True)


# ---- one by one


def _moved(stage: Path, target: Path, former: set[str]) -> None:
    """Move the files of the stage into the target; a run that is stopped can be finished."""
    if stage.parent.parent != target:
        # A stage beside the target: what was linked into it is in the target already.
        inside = Path(tempfile.mkdtemp(prefix=STAGE, dir=target))
        try:
            with _locked(inside):
                shutil.copytree(stage, inside / _NEW, symlinks=True)
                _decide(inside, former)
                _finish(inside, target)
        finally:
            _removed(inside)
        return
    _decide(stage.parent, former)
    _finish(stage.parent, target)


def _decide(outer: Path, former: set[str]) -> None:
    draft = outer / f"{_DECIDED}-draft"
    text = "".join(f"{name}\n" for name in sorted(former))
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(outer / _DECIDED)


def _finish(outer: Path, target: Path) -> None:
    """Move what is left in a whole stage, then remove what the former run had and this has not."""
    new = outer / _NEW
    former = (outer / _DECIDED).read_text(encoding="utf-8").split("\n")
    files = [path for path in sorted(new.rglob("*")) if path.is_file() and not path.is_symlink()]
    names = [path.relative_to(new) for path in files]
    # What is to go is known before the first file moves, and removed first: moved files are gone
    # from the stage when a stopped run is finished.
    for name in former:
        place = Path(name)
        if name and not place.is_absolute() and ".." not in place.parts and place not in names:
            (target / place).unlink(missing_ok=True)
    draft = outer / f"{_DECIDED}-draft"
    draft.write_text("", encoding="utf-8", newline="\n")
    draft.replace(outer / _DECIDED)
    for moved in names:
        above = (target / moved).parent
        if above.is_symlink():
            above.unlink()
        above.mkdir(parents=True, exist_ok=True)
        (new / moved).replace(target / moved)
    (outer / _DECIDED).unlink()
