"""What the fields of a form on a page show: typed values, the option chosen, a text in a box."""

from __future__ import annotations

import re

#: An input and its label; what a field of the other kind holds is no markup.
FIELDS, HOLDERS = {"input", "label"}, {"select", "textarea"}
_TYPE = re.compile(r"(?<![\w-])type\s*+=\s*+[\"']?\s*+([\w-]+)", re.IGNORECASE)
_VALUE = re.compile(
    r"(?<![\w-])value\s*+=\s*+"
    r"(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s>\"']++))",
    re.IGNORECASE,
)
# Others are buttons and marks, or hold how somebody is reached.
_TYPED = {"text", "number", "date", "month", "url"}
# Fields that a script fills, and those in which a reader writes what to search for.
_OF_SITE = re.compile(
    r"(?<![\w-])(?:hidden|display\s*+:\s*+none"
    r"|(?:name|role|class|id)\s*+=\s*+[\"']?[\w -]*(?:search|query|haku|\bs\b|\bq\b))",
    re.IGNORECASE,
)
# A short text in a box that can be written in is a prompt, and markup is to be copied elsewhere.
_FIXED = re.compile(r"(?<![\w-])(?:readonly|disabled)\b", re.IGNORECASE)
_PROMPT = 40
_CHOSEN = re.compile(r"<option(?=\s[^<>]*?\bselected\b)[^<>]*>([^<]*)", re.IGNORECASE)


def typed(attributes: str) -> tuple[int, int] | None:
    """The slice of the attributes of an input that it shows as text."""
    kind, value = _TYPE.search(attributes), _VALUE.search(attributes)
    shows = kind is None or kind[1].lower() in _TYPED
    if value is None or not shows or _OF_SITE.search(attributes) is not None:
        return None
    return value.span(value.lastgroup or 0)


def held(page: str, tag: str, attributes: str, start: int, end: int) -> list[tuple[int, int]]:
    """The slices of what a field holds, from `start` to `end`, that it shows as text.

    Of a list nobody has chosen from, none: it shows what may be chosen.
    """
    if tag == "textarea":
        start += page.startswith("\n", start)
        fixed = _FIXED.search(attributes) is not None
        is_text = end - start > _PROMPT and not page.startswith(("<", "&lt;"), start)
        return [(start, end)] if fixed or is_text else []
    return [option.span(1) for option in _CHOSEN.finditer(page, start, end)]
