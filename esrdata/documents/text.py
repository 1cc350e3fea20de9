"""Bytes to text: encodings in the one order that never misread a Finnish page."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Names of the encoding that is tried anyway.
_LATIN = ("iso-8859-1", "iso8859-1", "latin", "windows-1252", "cp1252", "us-ascii", "utf")
_ZEROS = 0.8
BROKEN = "\ufffd"
# Control characters but those that text does hold: tab, line and form feed, carriage return.
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13})
# The bytes of ä and ö: in Windows-1252, and inside a word in what Macs and DOS wrote.
_WINDOWS = re.compile(rb"[\xe4\xf6]")
_OLDER = {
    encoding: re.compile(
        rb"(?<=[a-z%b])[%b](?=[a-z%b])|(?<=[A-Z%b])[%b](?=[A-Z%b])" % (*[small] * 3, *[large] * 3)
    )
    for encoding, small, large in (
        ("mac_roman", rb"\x8a\x9a", rb"\x80\x85"),
        ("cp850", rb"\x84\x94", rb"\x8e\x99"),
    )
}
# A sum or a unit in euros of Latin-9, in whose place Windows-1252 has a sign (¤) that stands behind
# neither.
_EUROS = re.compile(rb"\d[ \xa0]?\xa4|(?<![A-Za-z])[tkM]\xa4|\xa4\)")
_OF_WINDOWS = re.compile(rb"[\x80-\x9f]")
_SURE = 4
_USUAL = bytes([9, 10, 12, 13, *range(32, 127)])


# Python keeps a sign beyond U+FFFF as one; some programs write the two halves of UTF-16.
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
# Numbers of signs with more digits than any sign has; Python reads no more than some thousand.
_LONG_REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]{8,})|(?P<decimal>[0-9]{8,}));?")


class NotTextError(Exception):
    """The bytes are no text: a photo, a program, a damaged file."""


def decode(data: bytes) -> tuple[str, str]:
    """Decode by byte-order mark, then strict UTF-8, then Windows-1252 or a likelier one.

    Detectors are not used: on Finnish Latin-1 their defaults give wrong text
    (docs/decisions/0003-reading-bytes.md).

    A letter of UTF-8 that was cut or damaged becomes U+FFFD.

    Gives the text (line feeds at line ends, Unicode NFC) and the name of the encoding.

    Raises `NotTextError` if the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)) if b"\0" in data else ():
        # Latin letters have a zero in every second byte; a photo has zeros anywhere.
        if len(data) % 2 == 0 and data[first::2].count(0) > _ZEROS * (len(data) // 2):
            return _strictly(data, encoding)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > (len(data) - data.count(b"\r")) / 100:
        raise NotTextError("control characters")
    try:
        return _tidy(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    # UTF-8 that was cut off or damaged has more whole letters beyond ASCII than broken ones.
    broken = text.count(BROKEN)
    if len(_BEYOND_ASCII.findall(text)) > 2 * broken:
        return _tidy(text), "utf-8"
    latin = "cp1252"
    if b"\xa4" in data and _EUROS.search(data) and not _OF_WINDOWS.search(data):
        latin = "iso8859-15"
    return _strictly(data, _older(data) or latin)


def _strictly(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return _tidy(data.decode(encoding)), encoding
    except UnicodeDecodeError as error:
        raise NotTextError(str(error)) from error


def decode_as(data: bytes, named: str | None) -> tuple[str, str]:
    """Decode; what is no UTF-8 by the encoding that its message or archive names, if it fits.

    Gives and raises what `decode` does.
    """
    text, encoding = decode(data)
    if encoding == "cp1252" and named and not _is_latin(named.lower()):
        with suppress(LookupError, ValueError, NotTextError):
            return decode(data.decode(named).encode("utf-8"))[0], named
    return text, encoding


def _is_latin(named: str) -> bool:
    # "iso-8859-15" begins like "iso-8859-1" and is another.
    return named.startswith(_LATIN) and not re.fullmatch(r"iso-?8859-1\d", named)


def _older(data: bytes) -> str | None:
    """The encoding of Macs or of DOS, where ä and ö stand in words as one of them writes both.

    Excel on a Mac still writes CSV so. In Windows-1252 the same bytes are Š and š, or quotes, which
    no word has inside it time and again.
    """
    if _WINDOWS.search(data):
        return None
    for encoding, inside in _OLDER.items():
        found = inside.findall(data)
        if len(found) >= _SURE and len(set(found)) > 1:
            return encoding
    return None


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def paired(text: str) -> str:
    """A text with the halves of signs put together; a half by itself becomes U+FFFD."""
    return _HALVES.sub(_pair, text) if _HALVES.search(rare(text)) else text


def _pair(halves: re.Match[str]) -> str:
    if len(halves[0]) == 1:
        return BROKEN
    high, low = map(ord, halves[0])
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)


def unescaped(text: str) -> str:
    """A text with the references of web pages (`&auml;`, `&#228;`) as the signs they stand for."""
    return unescape(_LONG_REFERENCE.sub(_shorter, text) if "&#" in text else text)


def _shorter(reference: re.Match[str]) -> str:
    kind, digits = ("x", reference["hex"]) if reference["hex"] else ("", reference["decimal"])
    bare = digits.lstrip("0") or "0"
    return f"&#{kind}{bare};" if len(bare) < 8 else BROKEN


def rare(text: str) -> str:
    """The signs of a text beyond those of ASCII that are written, in their order.

    They are few, and found ten times faster than a pattern looks through a whole text.
    """
    data = text.encode("utf-8", "surrogatepass")
    return data.translate(None, _USUAL).decode("utf-8", "surrogatepass")


def found_at(text: str, sign: str) -> Iterator[int]:
    """Where a sign or a word stands in a text: far faster than a pattern."""
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def small(text: str) -> str:
    """A text in lower case, sign by sign."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(one if len(one := sign.lower()) == 1 else sign for sign in text)
    return low


def as_one(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Slices of a text in order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
