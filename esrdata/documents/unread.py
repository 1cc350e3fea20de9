"""What a reader raises of a file that gives no text."""

import struct
import zipfile
import zlib

# What libraries raise for files that are damaged or made in an odd way.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


class UnreadError(Exception):
    """A file, or a member of one, that cannot be read; `code` names the finding.

    `raw` is what it quotes.
    """

    def __init__(self, code: str, raw: str | None = None) -> None:
        super().__init__(code)
        self.code, self.raw = code, raw
