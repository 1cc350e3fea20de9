"""A page saved by Safari (.webarchive): a property list that holds the page and its files."""

from __future__ import annotations

import plistlib
from xml.parsers.expat import ExpatError

from esrdata.documents.text import NotTextError, decode_as

MARK = b"<!DOCTYPE plist"


def page(data: bytes) -> tuple[str, tuple[str, str] | None] | None:
    """The format and the page of an archive, a property list: its text and encoding, if it has one.

    None where the list holds no page: it is another file of the system.
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
        return "webarchive", decode_as(source, named if isinstance(named, str) else None)
    except NotTextError:
        return "webarchive", None
