"""Makes control characters in texts visible, for terminals and tables."""

import re

#: Control characters except tab and line feed, and those that change text direction.
STEERING = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Lone surrogates, too.
_OBEYED = re.compile(f"[{STEERING}\ud800-\udfff]")


def visible(text: str) -> str:
    r"""A text with every character that a terminal would obey shown as its code (`\x1b`)."""
    # None of them is printable, which is quick to test.
    return text if text.isprintable() else _OBEYED.sub(_code, text)


def _code(sign: re.Match[str]) -> str:
    number = ord(sign[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
