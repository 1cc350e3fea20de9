"""Where numbers of a Markdown text come to stand among the findings of its draft."""

import re
from bisect import bisect_left

from benchmarks.proofing.texts import Label, Text
from esrdata.proofing.findings import Finding

_MARKS = re.compile(r"\*\*|\[\^\d+\]:?")


def found_for(text: Text, found: list[Finding]) -> dict[int, Finding]:
    """The finding of each labelled number, by its start; those that nothing was found of lack."""
    order: dict[int, Finding] = {}
    bare, places = _bare(text.text)
    at = 0
    by_place: dict[int, list[Finding]] = {}
    for one in found:
        by_place.setdefault(one.place.number, []).append(one)
    for number in sorted(by_place):
        place = by_place[number][0].place
        own, inside = _bare(place.text)
        start = bare.find(own.strip(), at)
        if start < 0:
            continue
        at = start + len(own.strip())
        shift = len(own) - len(own.lstrip())
        for one in by_place[number]:
            order[places[start + bisect_left(inside, one.number.start) - shift]] = one
    matched = {}
    for label in text.labels:
        for start, one in order.items():
            if start < label.end and label.start < start + one.number.end - one.number.start:
                matched[label.start] = one
                break
    return matched


def _bare(text: str) -> tuple[str, list[int]]:
    """A text without signs of bold letters and notes, which no reader keeps; and its places."""
    gone = {at for mark in _MARKS.finditer(text) for at in range(*mark.span())}
    kept = [at for at in range(len(text)) if at not in gone]
    return "".join(text[at] for at in kept), [*kept, len(text)]


def missed(label: Label, text: Text) -> str:
    """The words around a number, which stands in brackets, for people."""
    before, behind = text.text[max(0, label.start - 90) : label.start], text.text[label.end :][:40]
    return f"{before}[[{text.text[label.start : label.end]}]]{behind}".replace("\n", " ¶ ")
