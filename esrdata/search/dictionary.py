"""simplemma's dictionary of a language, looked into where it lies.

It is a stream of words in their order, each without the letters that it shares with the one before,
and of what becomes of its end. simplemma makes all three million Finnish words once to find its way
in it; here only those are made that share few letters with the one before, and lead to the others.
Opening takes half the time, and so does a word: of a report on 200 projects, a twentieth.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable
from importlib import import_module
from typing import Protocol

#: What stands in place of a trimmed end: the basic form of the word before, or a whole one.
_AS_BEFORE, _WHOLE = 254, 255
#: A word that shares no more letters with the one before leads to those after it: one of sixteen.
_SHARED = 10
#: Of what is asked for, half begins as no word does: so many bytes tell.
_HEAD = 5
#: Lengths up to here are one byte; where there is another one the stream is left to simplemma.
_LONGEST = 127


class Dictionary(Protocol):
    """Basic forms by words."""

    def get(self, word: str) -> str | None:
        """The basic form of a word; None where it is not held."""


def dictionary(lang: str, own: Callable[[str], Dictionary]) -> Dictionary:
    """The dictionary of a language.

    Parameters
    ----------
    lang
        The language.
    own
        simplemma's own way, for streams of another kind than we know; its answers are the same.
    """
    try:
        package = import_module("simplemma.strategies.dictionaries.dictionary_factory")
        data = package._read_decompressed(lang)
        backwards, count, start = package.frontcode._read_header(data)
        return own(lang) if backwards else Stream(data, start, count)
    except (AttributeError, OtherStreamError):
        return own(lang)


class OtherStreamError(ValueError):
    """A stream is not of the kind that is known here."""


class Stream:
    """A dictionary as a stream of words.

    Parameters
    ----------
    data
        The stream.
    start
        Where its first word begins.
    count
        How many words it has.

    Raises
    ------
    OtherStreamError
        If it is of another kind.
    """

    def __init__(self, data: bytes, start: int, count: int) -> None:
        words, places, heads = list[bytes](), array("L"), set[bytes]()
        at, word, same = start, b"", _AS_BEFORE
        # How far a length leads, with the byte before it; there are none of longer ones.
        step = list(range(2, _LONGEST + 3))
        try:
            for _ in range(count):
                place, shared = at, data[at]
                at += step[data[at + 1]]
                if shared <= _SHARED:
                    word = word[:shared] + data[place + 2 : at]
                    if shared < _HEAD:
                        heads.add(word[:_HEAD])
                    if data[at] != same:
                        words.append(word)
                        places.append(place)
                elif shared > _LONGEST:
                    raise OtherStreamError
                at += 1 if data[at] == same else step[data[at + 1]]
        except IndexError as error:
            raise OtherStreamError from error
        if at != len(data):
            raise OtherStreamError
        self._data, self._words, self._places, self._heads = data, words, places, heads

    def get(self, word: str) -> str | None:
        """The basic form of a word; None where it is not held."""
        wanted, data, end = word.encode(), self._data, len(self._data)
        if wanted[:_HEAD] not in self._heads:
            return None
        before = bisect_right(self._words, wanted) - 1
        place, read = self._places[before], self._words[before]
        at = place + 2 + data[place + 1]
        while True:
            if data[at] == _AS_BEFORE:
                at += 1
            else:
                of, trimmed, begin = read, data[at], at + 2
                at = begin + data[at + 1]
                rest = data[begin:at]
            if read >= wanted or at == end:
                break
            place = at
            at += 2 + data[at + 1]
            read = read[: data[place]] + data[place + 2 : at]
        if read != wanted:
            return None
        return (rest if trimmed == _WHOLE else of[: len(of) - trimmed] + rest).decode()
