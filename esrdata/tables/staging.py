"""Writes beside the target: what is cut off half-way leaves the former files whole."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from esrdata.errors import StoreError
from esrdata.knowledge.wording import sentence


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Give a folder inside the target to write into; move files from it when they are whole.

    Parameters
    ----------
    folder
        The target; made if need be.

    Yields
    ------
    Path
        An empty folder, removed at the end whatever happens.

    Raises
    ------
    StoreError
        If the target cannot be written.
    """
    stage = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=".esrdata-", dir=folder))
        yield stage
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(sentence("error.cannot_write", folder=str(folder), why=why)) from error
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
