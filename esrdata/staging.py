"""Writes to a temporary folder first: an interruption leaves the former files whole."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from esrdata.knowledge.error_words import STAGE, unwritable


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Give a folder inside the target to write into; move files out when they are complete.

    The target is made if need be; the temporary folder is always removed at the end.

    Raises
    ------
    StoreError
        If the target cannot be written.
    """
    stage, made = None, not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=folder))
        yield stage
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
        if made:
            # Folders made for a failed write are removed, unless they hold files.
            with suppress(OSError):
                folder.rmdir()


def put(path: Path, data: bytes) -> None:
    """Write a file; a former one is replaced once the new one is complete."""
    if path.exists() and not path.is_file():
        # Devices such as the terminal are written to, not replaced.
        try:
            path.write_bytes(data)
        except OSError as error:
            raise unwritable(path, error) from error
        return
    with staged(path.parent) as stage:
        (stage / path.name).write_bytes(data)
        (stage / path.name).replace(path)
