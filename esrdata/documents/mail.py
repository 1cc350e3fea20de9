"""E-mail messages and saved web archives (MHTML): the text of each, and what is attached.

Browsers save a page with its pictures as one e-mail message of many parts. Only the page is read;
pictures and styles are passed over. Files attached to a message are documents of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message

from esrdata.documents.text import NotTextError, decode_as
from esrdata.limits import limits

# Header lines, folded ones too, up to the one that says what the file holds.
_HEAD = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"Content-Type:\s*(?:(?P<parts>multipart/)|text/html)",
    re.IGNORECASE,
)
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:From |>?[\w-]+:)")
_VERSION = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
# A message of a person names who wrote it or what about, and how it is coded.
_HEADERS = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:From [^\n]*\n)?(?:>?[\w-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*){2,}"
)
_WRITTEN = re.compile(rb"^(?:From|Subject|To):", re.IGNORECASE | re.MULTILINE)
_CODED = re.compile(rb"^(?:MIME-Version|Content-[\w-]+|Received):", re.IGNORECASE | re.MULTILINE)
# What a browser saves was sent to nobody.
_SENT = re.compile(
    rb"^(?:To|Cc|Received|Return-Path|Delivered-To|Message-ID|Reply-To):",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_HEAD = 16384
# What opens a part or a message inside another, and the lines that end one.
_DIVIDES = re.compile(
    rb"\bboundary[ \t]*=[ \t]*\"?(?P<opens>[^\"\s;]++)|^--(?P<ends>[^\s]++)|message/rfc822",
    re.IGNORECASE | re.MULTILINE,
)
# Where the next message of a mailbox begins.
_NEXT = re.compile(rb"\r?\n\r?\n(?=From [^\n]*[0-9]{4}\r?\n[\w-]+:)")
_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True, slots=True)
class Part:
    """A file attached to a message: its name, and its bytes."""

    name: str
    data: bytes


def is_archive(data: bytes) -> bool:
    """Whether bytes begin like a web archive: with the headers of a message that holds a page."""
    head = _head(data)
    match = _HEAD.match(head)
    if match is None:
        return False
    # A page that is not divided into parts looks like one by its version only.
    return match["parts"] is not None or _VERSION.search(head.split(b"\n\n")[0]) is not None


def is_letter(data: bytes) -> bool:
    """Whether bytes begin like an e-mail message of a person."""
    match = _HEADERS.match(_head(data))
    if match is None or not _WRITTEN.search(match[0]) or not _CODED.search(match[0]):
        return False
    return _SENT.search(match[0]) is not None or not is_archive(data)


def _head(data: bytes) -> bytes:
    head = data[:_LONGEST_HEAD] if _BEGINS.match(data) else b""
    return head.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def body(data: bytes) -> tuple[str, str] | None:
    """The text of a message or the page of a web archive, its transfer encoding undone.

    The first HTML part that has text on it, the one that the archive calls its root before others;
    without an HTML part the first plain text; and its encoding. None where there is neither.
    """
    message = _message(data)
    root = _name(message.get_param("start"))
    parts = [part for part in _inside(message) if not _is_attached(part)]
    parts.sort(key=lambda part: root is None or _name(part["Content-ID"]) != root)
    for kind in _TYPES:
        for part in parts:
            if part.get_content_type() != kind:
                continue
            read = _decoded(part)
            if read is not None and _has_text(read[0]):
                return read
    return None


def _has_text(page: str) -> bool:
    """Whether a page has anything to be seen."""
    # Imported when used: few folders hold messages.
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    root = etree.fromstring(f"<div>{page}</div>".encode(), parser)
    etree.strip_elements(root, "script", "style", "title", with_tail=False)
    return "".join(root.itertext()).strip() != ""


def attached(data: bytes) -> Iterator[Part]:
    """The files attached to a message, forwarded messages too; pictures in its text are none.

    In a mailbox (mbox), where messages stand one after another, also those after the first.
    """
    yield from (Part(f"{i}.eml", after) for i, after in enumerate(_letters(data)[1:], 2))
    for i, part in enumerate(_inside(_message(data))):
        if not _is_attached(part):
            continue
        name = _file_name(part) or f"{i}.{'eml' if _is_message(part) else 'txt'}"
        yield Part(name, _bytes(part))


def _message(data: bytes) -> Message:
    limits().check("nesting", _nesting(data))
    return message_from_bytes(_letters(data)[0], policy=policy.compat32)


def _letters(data: bytes) -> list[bytes]:
    own = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    return _NEXT.split(own) if own.startswith(b"From ") else [own]


def _nesting(data: bytes) -> int:
    """How deep parts and messages stand one inside another; the parser of each calls the next."""
    open_: list[bytes] = []
    deepest = 0
    for mark in _DIVIDES.finditer(data):
        if mark["ends"] is None:
            open_.append(mark["opens"] or b"")
            deepest = max(deepest, len(open_))
            if deepest > limits().nesting:
                break
        else:
            ends = mark["ends"].removesuffix(b"--")
            for name in {mark["ends"], ends} & {*open_}:
                del open_[open_.index(name) + (name == mark["ends"]) :]
    return deepest


def _inside(message: Message) -> Iterator[Message]:
    """The parts of a message, but not those of a message inside it."""
    if _is_message(message) or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _inside(part)


def _is_message(part: Message) -> bool:
    return part.get_content_type() == "message/rfc822"


def _is_attached(part: Message) -> bool:
    if _is_message(part) or part.get_content_disposition() == "attachment":
        return True
    # Some programs attach without saying so: a file with a name that is no part of the page.
    inline = part["Content-ID"] is not None or part["Content-Location"] is not None
    return not inline and _file_name(part) != "" and part.get_content_maintype() != "image"


def _file_name(part: Message) -> str:
    name = part.get_filename()
    if name is None:
        return ""
    with suppress(LookupError, ValueError):
        name = str(make_header(decode_header(name)))
    return " ".join(re.sub(r"[/\\\0]", "_", name).split())


def _decoded(part: Message) -> tuple[str, str] | None:
    try:
        text, encoding = decode_as(_bytes(part), part.get_content_charset())
    except NotTextError:
        return None
    if str(part.get_param("format")).lower() == "flowed":
        text = _unflowed(text, str(part.get_param("delsp")).lower() == "yes")
    return text, encoding


def _unflowed(text: str, glued: bool) -> str:
    """Lines that end with a space go on with the next (RFC 3676), but above a signature."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        if goes_on and line and not line.startswith(">"):
            lines[-1] = (lines[-1].removesuffix(" ") if glued else lines[-1]) + line
        else:
            lines.append(line)
        goes_on = line.endswith(" ") and line != "-- " and line.strip() != ""
    return "\n".join(lines)


def _name(text: object) -> str | None:
    return text.strip().strip("<>") if isinstance(text, str) else None


def _bytes(part: Message) -> bytes:
    if _is_message(part):
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
