"""A page saved by Safari (.webarchive): a property list that holds the page and its files."""

from __future__ import annotations

import plistlib
from xml.parsers.expat import ExpatError

from esrdata.documents.text import NotTextError, decode

MARK = b"<!DOCTYPE plist"
_LATIN = {None, "", "iso-8859-1", "windows-1252", "utf-8"}


def page(data: bytes) -> tuple[str, tuple[str, str] | None] | None:
    """The page of an archive.

    Parameters
    ----------
    data
        The bytes of a property list.

    Returns
    -------
    tuple or None
        The format, and the text of the page with its encoding or None where it has none. None
        where the list holds no page: it is another file of the system.
    """
    try:
        held = plistlib.loads(data)
    except (plistlib.InvalidFileException, ExpatError, ValueError, KeyError, IndexError):
        return None
    main = held.get("WebMainResource") if isinstance(held, dict) else None
    if not isinstance(main, dict) or not isinstance(main.get("WebResourceData"), bytes):
        return None
    source, named = main["WebResourceData"], main.get("WebResourceTextEncodingName")
    try:
        text, encoding = decode(source)
        if encoding == "cp1252" and str(named).lower() not in _LATIN:
            text, encoding = decode(source.decode(str(named)).encode("utf-8"))[0], str(named)
    except (NotTextError, LookupError, UnicodeDecodeError):
        return "webarchive", None
    return "webarchive", (text, encoding)
