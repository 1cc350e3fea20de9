"""A text made from another by edits: each of its characters keeps its place in the first one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import accumulate, groupby
from unicodedata import combining, is_normalized, normalize

# The slice `start:end` of a text, and what stands there instead.
Edit = tuple[int, int, str]


def _empty() -> array[int]:
    return array("L")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text, and where each of its characters begins and ends in the one it was made from.

    Without places (`starts` and `ends` empty) it is that text itself.
    """

    text: str
    starts: array[int] = field(default_factory=_empty, repr=False)
    ends: array[int] = field(default_factory=_empty, repr=False)

    def edited(self, edits: Iterable[Edit]) -> Mapped:
        """The text with slices replaced, given in order and none over another.

        Every character put in has the place of the whole slice.
        """
        pieces: list[str] = []
        starts, ends = _empty(), _empty()
        places = numbers(len(self.text))
        at = 0
        for start, end, instead in edits:
            if at < start:
                pieces.append(self.text[at:start])
                starts.extend(places[at:start])
                ends.extend(places[at + 1 : start + 1])
            pieces.append(instead)
            starts.extend([start] * len(instead))
            ends.extend([end] * len(instead))
            at = end
        if not pieces:
            return self
        pieces.append(self.text[at:])
        starts.extend(places[at : len(self.text)])
        ends.extend(places[at + 1 : len(self.text) + 1])
        return self.placed(composed("".join(pieces), starts, ends))

    def placed(self, view: Mapped) -> Mapped:
        """A text made from this one, with its places in the first text instead."""
        if not self.starts:
            return view
        if not view.starts:
            return replace(view, starts=self.starts, ends=self.ends)
        # A sign that stands for a tag has a place and no length.
        size, last = len(self.starts), self.ends[-1]
        starts = [self.starts[at] if at < size else last for at in view.starts]
        ends = [
            self.ends[end - 1] if start < end else begin
            for start, end, begin in zip(view.starts, view.ends, starts, strict=True)
        ]
        return Mapped(view.text, array("L", starts), array("L", ends))


# Those of a text of usual length are made once: to make them takes as long as to take them.
_USUAL = 2**16


def numbers(length: int) -> array[int]:
    """The numbers up to a length at least, of which the places of slices are slices."""
    return _usual() if length <= _USUAL else array("L", range(length + 1))


@cache
def _usual() -> array[int]:
    return array("L", range(_USUAL + 1))


def composed(view: str, starts: array[int], ends: array[int]) -> Mapped:
    """Make one letter of a letter and a sign upon it (Unicode NFC)."""
    if is_normalized("NFC", view):
        return Mapped(view, starts, ends)
    pieces: list[str] = []
    new_starts, new_ends = _empty(), _empty()
    letters_of = list(accumulate(not combining(sign) for sign in view))
    for _, run in groupby(range(len(view)), key=letters_of.__getitem__):
        places = list(run)
        first, last = places[0], places[-1] + 1
        letters = normalize("NFC", view[first:last])
        pieces.append(letters)
        if len(letters) == last - first:
            new_starts.extend(starts[first:last])
            new_ends.extend(ends[first:last])
        else:
            new_starts.extend([starts[first]] * len(letters))
            new_ends.extend([max(ends[first:last])] * len(letters))
    return Mapped("".join(pieces), new_starts, new_ends)
