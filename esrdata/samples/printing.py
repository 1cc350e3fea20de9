"""Prints HTML pages to PDF with an installed Chromium."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from esrdata.errors import StoreError, UsageError
from esrdata.knowledge.wording import sentence

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
# No window, and no requests to the network.
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-sandbox",
    "--no-first-run",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)
_SECONDS = 60


def chromium() -> str:
    """The path of the installed Chromium.

    Raises
    ------
    UsageError
        If there is none.
    """
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise UsageError(sentence("error.no_chromium"))
    return found


def print_pdf(page: Path, target: Path, *, headers: bool = True) -> None:
    """Print an HTML page to PDF.

    Parameters
    ----------
    page
        The page.
    target
        The PDF file to write.
    headers
        Whether the browser's date, title, address and page numbers are printed too.

    Raises
    ------
    UsageError
        If there is no Chromium.
    StoreError
        If it did not print the page.
    """
    program = chromium()
    with tempfile.TemporaryDirectory(prefix="esrdata-") as profile:
        command = [program, *_FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={target}"]
        command += [] if headers else ["--no-pdf-header-footer"]
        try:
            subprocess.run(
                [*command, page.resolve().as_uri()],
                check=True,
                capture_output=True,
                timeout=_SECONDS,
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise _not_printed(page, str(error)) from error
    if not target.is_file():
        raise _not_printed(page, sentence("error.wrote_nothing"))


def _not_printed(page: Path, why: str) -> StoreError:
    return StoreError(sentence("error.not_printed", page=str(page), why=why))
