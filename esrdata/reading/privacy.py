"""Keeps e-mail addresses and phone numbers out of what findings quote."""

import re

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s*(?:@|\(at\)|\[at\])\s*[\w-]+(?:\.[\w-]+)*", re.IGNORECASE
)
_PHONE = re.compile(r"(?<![\w.-])(?:\+\d{1,3}|0)[\d()][\d \u00a0()-]{5,}\d(?!\w)")
MASK = "[…]"


def mask(text: str) -> str:
    """The text with every e-mail address and phone number replaced by a mask."""
    return _PHONE.sub(MASK, _EMAIL.sub(MASK, text))
