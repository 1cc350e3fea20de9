"""A saved web archive (MHTML) to the page inside it.

Browsers save a page with its pictures as one e-mail message of many parts. Only the page is read;
pictures and styles are passed over.
"""

import re
from email import message_from_bytes
from email.message import Message

# Header lines, folded ones too, up to the one that says what the file holds.
_HEAD = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"Content-Type:\s*(?:(?P<parts>multipart/)|text/html)",
    re.IGNORECASE,
)
_VERSION = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEAD = 16384
_UNSEEN = re.compile(
    rb"<(script|style|title)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>|&nbsp;|\s+",
    re.IGNORECASE | re.DOTALL,
)


def is_archive(data: bytes) -> bool:
    """Whether bytes begin like a web archive: with the headers of a message that holds a page."""
    head = data[:_LONGEST_HEAD].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    met = _HEAD.match(head)
    if met is None:
        return False
    # A page that is not divided into parts looks like one by its version only.
    return met["parts"] is not None or _VERSION.search(head.split(b"\n\n")[0]) is not None


def page(data: bytes) -> bytes | None:
    """The page of a web archive, its transfer encoding undone.

    Parameters
    ----------
    data
        The bytes of the archive.

    Returns
    -------
    bytes or None
        The first HTML part that has text on it, the one that the archive calls its root before
        others; without an HTML part the first plain text. None where there is neither.
    """
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    root = _name(message.get_param("start"))
    parts = [part for part in message.walk() if not part.is_multipart()]
    parts.sort(key=lambda part: root is None or _name(part["Content-ID"]) != root)
    for kind in ("text/html", "application/xhtml+xml", "text/plain"):
        pages = [_bytes(part) for part in parts if part.get_content_type() == kind]
        filled = [said for said in pages if _UNSEEN.sub(b"", said)]
        if filled:
            return filled[0]
    return None


def _name(said: object) -> str | None:
    return said.strip().strip("<>") if isinstance(said, str) else None


def _bytes(part: Message) -> bytes:
    said = part.get_payload(decode=True)
    return said if isinstance(said, bytes) else b""
