"""JSON that holds a list to lines: an object is a row, its members are cells.

Scrapers write lists as an array of objects, as one object that holds such an array, or as an object
a line. Every character of a text without escapes keeps its place; anything else has that of the
value as a whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from operator import itemgetter
from unicodedata import is_normalized, normalize

from esrdata.documents.lines import LINE_BREAK, Lines, View
from esrdata.documents.text import paired

_DECODER = json.JSONDecoder()
_BEGINS = re.compile(r"[ \t\n\r]*[\[{]")
_WHITE = re.compile(r"[ \t\n\r]*")
_BETWEEN = re.compile(r"[ \t\n\r,]*")
_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# What a member holds, and the slice of the source that writes it.
_Member = tuple[str, int, int]
_Row = tuple[int, int, dict[str, _Member]]


def view(text: str) -> View | None:
    """The rows of a JSON list, with the place of each character in its source.

    Its first line holds the names of the members in order of first appearance, those of objects
    inside as `outer.inner`; then comes a line per object. None where the text is no JSON or holds
    no rows.
    """
    if _BEGINS.match(text) is None:
        return None
    try:
        rows = list(_rows(text))
    except (ValueError, RecursionError):
        return None
    return _written(text, rows) if any(members for _, _, members in rows) else None


def _rows(text: str) -> Iterator[_Row]:
    """Objects of the outermost array of objects, or of the lines."""
    at = _after(text, 0)
    if text[at] == "[":
        yield from _objects(text, at + 1)
        return
    whole, end = _DECODER.raw_decode(text, at)
    lists = [key for key, value in whole.items() if _is_rows(value)]
    if len(lists) == 1 and not text[end:].strip():
        place = next(start for key, start, _ in _members(text, at) if key == lists[0])
        yield from _objects(text, place + 1)
    else:
        yield from _objects(text, at)


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _objects(text: str, at: int) -> Iterator[_Row]:
    at = _after(text, at, _BETWEEN)
    while at < len(text) and text[at] == "{":
        _, end = _DECODER.raw_decode(text, at)
        yield at, end, dict(_flat(text, at, ""))
        at = _after(text, end, _BETWEEN)
    if at < len(text) and text[at] != "]" and text[at] != "}":
        raise ValueError("something else stands among the objects")


def _flat(text: str, at: int, prefix: str) -> Iterator[tuple[str, _Member]]:
    """Members of an object, those of objects inside it with both names."""
    for key, start, end in _members(text, at):
        value = json.loads(text[start:end])
        if isinstance(value, dict):
            yield from _flat(text, start, f"{prefix}{key}.")
        elif isinstance(value, list):
            texts = (each if isinstance(each, str) else json.dumps(each) for each in value)
            joined = ", ".join(texts)
            yield f"{prefix}{key}", (joined, start, end)
        elif value is None:
            yield f"{prefix}{key}", ("", start, end)
        else:
            written = value if isinstance(value, str) else text[start:end]
            yield f"{prefix}{key}", (written, start, end)


def _members(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Keys of an object, with the slice that writes the value of each."""
    at = _after(text, at + 1)
    while text[at] == '"':
        key, at = _DECODER.raw_decode(text, at)
        start = _after(text, _after(text, at) + 1)
        _, end = _DECODER.raw_decode(text, start)
        yield str(key), start, end
        at = _after(text, end, _BETWEEN)


def _after(text: str, at: int, pattern: re.Pattern[str] = _WHITE) -> int:
    match = pattern.match(text, at)
    return at if match is None else match.end()


def _written(text: str, rows: list[_Row]) -> View:
    names = list(dict.fromkeys(name for _, _, members in rows for name in members))
    lines = Lines()

    def cell(member: _Member) -> None:
        written, first, last = member
        if written == text[first + 1 : last - 1] and _tidy(written) == written:
            lines.slice(written, first + 1)
        else:
            lines.put(_tidy(written), first, last)

    for i, name in enumerate(names):
        _, start, end = next(members[name] for _, _, members in rows if name in members)
        lines.put("\t" if i else "", start, start)
        lines.put(_tidy(name), start, end)
    for start, end, members in rows:
        lines.row(start, end, map(members.get, names), itemgetter(1), cell)
    return lines.view()


def _tidy(text: str) -> str:
    plain = _BREAKS.sub(LINE_BREAK, paired(text).replace("\t", " "))
    return plain if is_normalized("NFC", plain) else normalize("NFC", plain)
