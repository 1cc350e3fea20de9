"""JSON that holds a list to lines: an object is a row, its members are cells.

Scrapers write lists as an array of objects, as one object that holds such an array, or as an object
a line; services put such an array deeper, beside words about it; libraries of tables also write an
array of arrays, the first of which has the headings, headings and rows apart, an object of rows, or
column by column. Some services write a call of a function around it all. A member that a row has
twice, or that is an array, holds several values. Every character of a text without escapes keeps
its place; anything else has that of the value as a whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterable, Iterator
from operator import itemgetter
from typing import TypeGuard
from unicodedata import is_normalized, normalize

from esrdata.documents.csv_text import SETTINGS
from esrdata.documents.json_apart import HEADINGS, Keys, Object, apart_in, heading
from esrdata.documents.lines import LINE_BREAK, VALUE_BREAK, Lines, View
from esrdata.documents.text import paired

_DECODER = json.JSONDecoder()
# A service that answers with a script calls a function with the data (JSONP).
_BEGINS = re.compile(r"[ \t\n\r]*+(?:/\*[^*]*+\*/\s*+)?+(?:[\w.$]++\()?+(?=[\[{])")
_ENDS = " \t\n\r);"
_WHITE = re.compile(r"[ \t\n\r]*")
_BETWEEN = re.compile(r"[ \t\n\r,]*")
_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# What a member holds, and the slice of the source that writes it.
_Member = tuple[str, int, int]
_Row = tuple[int, int, dict[str, _Member]]
# The heading of what names the rows.
_KEY = "key"
# What a map shows (GeoJSON), and what some services send, has its facts in an object of their own.
_OF_FACTS = re.compile(r"^(?:properties|attributes|fields|_source)\.")


def view(text: str) -> View | None:
    """The rows of a JSON list, with the place of each character in its source.

    Its first line holds the names of the members in order of first appearance, those of objects
    inside as `outer.inner`; then comes a line per object. None where the text is no JSON or holds
    no rows.
    """
    begins = _BEGINS.match(text)
    if begins is None:
        return None
    try:
        rows = list(_rows(text, begins.end()))
    except (ValueError, RecursionError):
        return None
    return _written(text, rows) if any(members for _, _, members in rows) else None


def is_cut_off(text: str) -> bool:
    """Whether an array begins and never ends, as where a download broke off between two rows."""
    begins = _BEGINS.match(text)
    is_array = begins is not None and text.startswith("[", begins.end())
    return is_array and not text.rstrip(_ENDS).endswith("]")


def _rows(text: str, at: int) -> Iterator[_Row]:
    """Objects of the outermost array of objects, or of the lines, or rows that are written else."""
    if text[at] == "[":
        inner = _after(text, at + 1)
        if text.startswith("[", inner):
            yield from _arrays(text, inner, at)
        else:
            end = yield from _objects(text, at + 1)
            if text[end : end + 1] != "]" and end < len(text):
                raise ValueError("something else stands among the objects")
            if text[end + 1 :].strip(_ENDS):
                raise ValueError("something else stands behind the array")
        return
    whole, end = _DECODER.raw_decode(text, at)
    lists = [key for key, value in whole.items() if _is_rows(value) and key not in HEADINGS]
    alone = not text[end:].strip(_ENDS)
    apart = apart_in(whole) if alone else None
    deeper = list(_deeper(whole)) if alone and len(whole) <= SETTINGS.cells else []
    if apart is not None:
        yield from _arrays(text, *(_place(text, at, path) for path in apart))
    elif deeper and len({frozenset(rows[0]) for _, rows in deeper}) == 1:
        for path, _ in deeper:
            yield from _objects(text, _place(text, at, path) + 1)
    elif len(lists) == 1 and alone:
        yield from _objects(text, _place(text, at, (lists[0],)) + 1)
    elif alone and _is_columns(whole):
        yield from _columns(text, at)
    elif alone and _is_named_rows(whole):
        # What names a row may be its project code.
        named = any(not key.isdecimal() for key in whole)
        for key, start, stop in _members(text, at):
            members = _together(_flat(text, start, ""))
            yield start, stop, {_KEY: (key, start, start), **members} if named else members
    else:
        end = yield from _objects(text, at)
        if text[end:].strip(_ENDS):
            raise ValueError("something else stands among the objects")


def _is_named_rows(whole: dict[str, object]) -> bool:
    """Whether each member is a row: a list's rows have the same members, and many of them."""
    rows = [set(row) for row in whole.values() if isinstance(row, dict)]
    alike = len(rows) == len(whole) > 1 and all(row == rows[0] for row in rows)
    return alike and len(rows[0]) > SETTINGS.cells


def _is_columns(whole: dict[str, object]) -> bool:
    """Whether each member is a column, with the same numbers of rows."""
    columns = list(whole.values())
    if len(columns) < 2 or any(key.isdecimal() for key in whole):
        return False
    if all(isinstance(column, list) for column in columns):
        return len({len(column) for column in columns if isinstance(column, list)}) == 1
    numbers = [[*column] for column in columns if isinstance(column, dict)]
    alike = len(numbers) == len(columns) and all(each == numbers[0] for each in numbers)
    return alike and all(number.isdecimal() for number in numbers[0])


def _arrays(text: str, headings: int, rows: int) -> Iterator[_Row]:
    """Rows of an array of arrays; the headings may be the first of them."""
    named = [heading(json.loads(text[start:end])) for start, end in _items(text, headings)]
    names = [name for name in named if name is not None]
    if len(names) < len(named):
        raise ValueError("a row of headings has only texts")
    for start, end in _items(text, rows):
        inner = next(_members(text, start), ("", start, end))[1] if text[start] == "{" else start
        cells = list(_items(text, inner)) if text[inner] == "[" else []
        if len(cells) != len(names):
            raise ValueError("rows have as many cells as headings")
        if start != headings:
            members = zip(
                names, (_member(text, *_held(text, *cell)) for cell in cells), strict=True
            )
            yield start, end, _together(members)


def _held(text: str, start: int, end: int) -> tuple[int, int]:
    """The slice of what a cell holds; one that is an object has its value, and how it is shown."""
    parts = {key: place for key, *place in _members(text, start)} if text[start] == "{" else {}
    if "v" not in parts:
        return start, end
    # A day is written as a call that makes it, whose months begin at zero.
    is_day = text.startswith('"Date(', parts["v"][0])
    first, last = parts["f"] if is_day and "f" in parts else parts["v"]
    return first, last


def _columns(text: str, at: int) -> Iterator[_Row]:
    """Rows of an object that has a member for each column."""
    columns = []
    for key, start, _ in _members(text, at):
        array = text[start] == "["
        cells = _items(text, start) if array else (m[1:] for m in _members(text, start))
        columns.append([(key, _member(text, *cell)) for cell in cells])
    for row in zip(*columns, strict=True):
        yield row[0][1][1], row[0][1][2], _together(row)


def _is_rows(value: object) -> TypeGuard[list[Object]]:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _deeper(whole: dict[str, object], *path: str | int) -> Iterator[tuple[Keys, list[Object]]]:
    """Arrays of objects with many members, however deep, and the keys that lead to each."""
    for key, value in whole.items():
        if isinstance(value, dict):
            yield from _deeper(value, *path, key)
        elif _is_rows(value) and key not in HEADINGS:
            if all(_size(row) > SETTINGS.cells for row in value):
                yield (*path, key), value
            elif len(value) == 1:
                yield from _deeper(value[0], *path, key, 0)


def _size(row: Object) -> int:
    return sum(_size(value) if isinstance(value, dict) else 1 for value in row.values())


def _place(text: str, at: int, path: Keys) -> int:
    """Where the value begins to which some keys lead."""
    for key in path:
        if key == 0:
            at, _ = next(_items(text, at))
        else:
            at = next(start for name, start, _ in _members(text, at) if name == key)
    return at


def _objects(text: str, at: int) -> Generator[_Row, None, int]:
    """The rows of objects that follow one another, and where they end."""
    at = _after(text, at, _BETWEEN)
    while at < len(text) and text[at] == "{":
        _, end = _DECODER.raw_decode(text, at)
        yield at, end, _together(_flat(text, at, ""))
        at = _after(text, end, _BETWEEN)
    return at


def _together(members: Iterable[tuple[str, _Member]]) -> dict[str, _Member]:
    """The members of a row by name; one that it has twice holds all its values."""
    found: dict[str, _Member] = {}
    for name, (written, start, end) in members:
        name = _OF_FACTS.sub("", name)
        if name in found:
            first, start, _ = found[name]
            written = f"{first}{VALUE_BREAK}{written}"
        found[name] = written, start, end
    return found


def _flat(text: str, at: int, prefix: str) -> Iterator[tuple[str, _Member]]:
    """Members of an object, those of objects inside it with both names."""
    for key, start, end in _members(text, at):
        name = f"{prefix}{key}"
        if text[start] == "{":
            yield from _flat(text, start, f"{name}.")
        elif text[start] == "[" and _is_rows(json.loads(text[start:end])):
            for inner, _ in _items(text, start):
                yield from _flat(text, inner, f"{name}.")
        else:
            yield name, _member(text, start, end)


def _member(text: str, start: int, end: int) -> _Member:
    """What a value holds, as a cell of a list has it."""
    value = json.loads(text[start:end])
    if isinstance(value, list):
        texts = (each if isinstance(each, str) else json.dumps(each) for each in value)
        return VALUE_BREAK.join(map(_tidy, texts)), start, end
    if value is None:
        return "", start, end
    return _tidy(value if isinstance(value, str) else text[start:end]), start, end


def _items(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The values of an array, by their places."""
    at = _after(text, at + 1)
    while not text.startswith("]", at):
        _, end = _DECODER.raw_decode(text, at)
        yield at, end
        at = _after(text, end, _BETWEEN)


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
        if written == text[first + 1 : last - 1]:
            lines.slice(written, first + 1)
        else:
            lines.put(written, first, last)

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
