"""Opens the files of a source: regular ones only, and no more of them than the limits allow.

A pipe waits for ever and a device has no end. They are known before they are opened, and again
once they are, for what stands under a name can change.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from esrdata.documents.own import own_files
from esrdata.documents.remote import address_bytes, is_address
from esrdata.documents.unread import UnreadError
from esrdata.limits import limits

_KINDS = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "FIFO"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)
_CHUNK = 2**20
# A byte of a name that is no UTF-8, as Python holds it, and as the tables show it; Windows may
# hold half a sign. Signs that steer a terminal or turn the order of reading are shown, too.
_STEERS = r"\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_ODD = re.compile(rf"[\ud800-\udfff{_STEERS}]")
_ESCAPED = re.compile(
    r"\\(?:x(?P<byte>[89a-f][0-9a-f])"
    r"|u(?P<sign>d[89a-f][0-9a-f]{2}|00[0189][0-9a-f]|007f|061c|200[ef]|202[89a-e]|206[6-9]))"
)

# Names of devices, with any ending, and signs that Windows has in no name.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
_BARRED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def is_portable(name: str) -> bool:
    """Whether every system can have a file of that name, and takes it for a file."""
    device = _DEVICES.fullmatch(name.split(".")[0].rstrip(" "))
    ends = name != name.rstrip(" .") or name == ""
    return device is None and not ends and _BARRED.search(name) is None


def read_bytes(path: str) -> bytes:
    """The bytes of a file, as `printable` writes its name, or of an address.

    Raises `OSError` if there is no such file, or it may not be read; `UnreadError` if it is no
    regular file: a folder, a pipe, a socket, a device; `LimitError` if it is larger than allowed.
    """
    if is_address(path):
        return address_bytes(path)
    name = on_disk(path)
    _check(name, Path(name).stat())
    # Opened so, not even a pipe that came since makes us wait.
    handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        _check(name, os.fstat(handle))
        allowed = limits()
        pieces, size = [], 0
        # Files of the system say that they are empty and are not.
        while piece := file.read(_CHUNK):
            pieces.append(piece)
            size += len(piece)
            allowed.check("file_size", size)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _check(name: str, status: os.stat_result) -> None:
    for is_kind, kind in _KINDS:
        if is_kind(status.st_mode):
            if kind == "folder":
                # One that may not be listed says so.
                next(Path(name).iterdir(), None)
                if own_files(Path(name)):
                    raise UnreadError("own_folder")
                kind = "link to a folder" if Path(name).is_symlink() else kind
            raise UnreadError("file_not_regular", kind)
    limits().check("file_size", status.st_size)


def printable(path: str) -> str:
    r"""A name as valid Unicode: a byte that is no UTF-8 as `\xe4`, and a backslash beside it twice.

    Signs that steer are shown as `\u001b`. A name without either is not changed.
    """
    if not _ODD.search(path):
        return path
    return _ODD.sub(_written, path.replace("\\", "\\\\"))


def _written(odd: re.Match[str]) -> str:
    code = ord(odd[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def on_disk(path: str) -> str:
    """The name that `printable` was given; of names alike, the one that is written so."""
    if not _ESCAPED.search(path) or os.path.lexists(path):
        return path
    return "\\".join(_ESCAPED.sub(_sign, piece) for piece in path.split("\\\\"))


def _sign(code: re.Match[str]) -> str:
    byte = code["byte"]
    return chr(int(code["sign"], 16)) if byte is None else chr(0xDC00 + int(byte, 16))
