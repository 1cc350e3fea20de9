"""Looks words up in the dictionaries of simplemma, in half of the time that it takes itself."""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from types import SimpleNamespace
from typing import Any

# Stands in a record in place of a value that is the one before; the longest number of a byte.
_AS_BEFORE, _BYTE = 254, 127
#: A block begins where a word shares fewer bytes than these with the one before.
_SHARED = 8
#: Bytes of a block of a dictionary, at least; blocks that stay decoded, some 10 MB; and answers of
#: a dictionary that cannot be had in blocks.
_SIZE, _BLOCKS, _REMEMBERED = 60, 2**13, 2**18


def dictionaries(load: Callable[[str], Any]) -> SimpleNamespace:
    """The dictionaries of simplemma, which remember what they decoded.

    It tries the beginnings and ends of each word that it does not hold. Those of a language stand
    in few places of its dictionary, which is decoded block by block to look one word up.
    """
    return SimpleNamespace(
        get_dictionary=cache(lambda lang: SimpleNamespace(get=look_up(lang, load)))
    )


def look_up(lang: str, load: Callable[[str], Any]) -> Callable[[str], str | None]:
    """How a word is looked up: in blocks, or as `load` has the dictionary, of another form."""
    try:
        return _by_block(lang)
    except (ImportError, AttributeError, LookupError, TypeError, ValueError):
        return lru_cache(_REMEMBERED)(load(lang).get)


@cache
def _by_block(lang: str) -> Callable[[str], str | None]:
    """Look words up in the blocks of a dictionary; its reader refuses any form but this one."""
    package = import_module("simplemma.strategies.dictionaries")
    data, form = package.dictionary_factory._read_decompressed(lang), package.frontcode
    backwards, _, begin = form._read_header(data)
    if backwards:
        raise ValueError("words stand in it from their end")
    firsts, starts = _blocks(data, begin)

    @lru_cache(_BLOCKS)
    def decoded(at: int) -> dict[bytes, bytes]:
        found = {}
        for start, key, value in form._iter_records(data, starts[at], firsts[at]):
            if start == starts[at + 1]:
                break
            found[key] = value
        return found

    def get(word: str) -> str | None:
        key = word.encode()
        at = bisect_right(firsts, key) - 1
        value = decoded(at).get(key) if at >= 0 else None
        return None if value is None else value.decode()

    return get


def _blocks(data: bytes, at: int) -> tuple[list[bytes], list[int]]:
    """The first words of blocks, and where these start and the last one ends.

    A record says how many bytes its word shares with the one before, how many are its own, and
    these; then how many of the word its value lacks, how many are its own, and these. A block
    begins where the value is not that of the record before. A pattern passes over the records
    whose words share much, in half of the time that it takes to put all words together.
    """
    # A number above 127 takes two bytes; there is none above 255.
    sizes = (bytes([n] if n <= _BYTE else [n, 1]) for n in range(256))
    own = b"(?:%b)" % b"|".join(b"%b.{%d}" % (re.escape(b), n) for n, b in enumerate(sizes))
    value = b"(?:%c|[^%c]%b)" % (_AS_BEFORE, _AS_BEFORE, own)
    alike = b"(?:[%c-\x7f]|[\x80-\xff][\0-\x7f])%b%b" % (_SHARED, own, value)
    record = re.compile(b"[\0-%c](%b)%b(?:%b)*+" % (_SHARED - 1, own, value, alike), re.DOTALL)
    firsts, starts = list[bytes](), list[int]()
    word, due = b"", at
    for found in record.finditer(data, at):
        if found.start() != at:
            break
        own = found[1]
        word = word[: data[at]] + own[1 + (own[0] > _BYTE) :]
        if at >= due and data[found.end(1)] != _AS_BEFORE:
            firsts.append(word)
            starts.append(at)
            due = at + _SIZE
        at = found.end()
    if at != len(data):
        raise ValueError("the dictionary is cut off, or of another form")
    return firsts, [*starts, at]
