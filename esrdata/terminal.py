"""Text for a terminal, a page or a table of text: signs that it would obey are written out."""

import re

#: Control signs but the tab and the line feed, and signs that turn the order.
STEERING = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Halves of signs, too.
_OBEYED = re.compile(f"[{STEERING}\ud800-\udfff]")


def visible(text: str) -> str:
    r"""A text in which every sign that a terminal would obey is shown as its code (`\x1b`)."""
    # None of them is printable, and a page is made of a hundred thousand texts.
    return text if text.isprintable() else _OBEYED.sub(_code, text)


def _code(sign: re.Match[str]) -> str:
    number = ord(sign[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
