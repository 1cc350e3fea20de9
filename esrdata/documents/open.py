"""From a path to a Document: its content tells what a file is, never its name alone."""

from pathlib import Path

from esrdata.documents.document import Document
from esrdata.documents.recognise import NotOpened, recognised

__all__ = ["NotOpened", "open_document"]


def open_document(path: str) -> Document | NotOpened:
    """Read one file.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Document or NotOpened
        The second where the file holds no text that this version reads. Of a web archive, the text
        is the page inside, decoded: places and lines count in it.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        return NotOpened(path, None, None, "file_unreadable", error.strerror)
    return recognised(path, data)
