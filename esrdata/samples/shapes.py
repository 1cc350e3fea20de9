"""The shapes in which texts reach users: rewrapped, re-encoded, with page numbers in between.

Synthetic portfolios can have any of them, to try reading on what people have.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import partial
from textwrap import wrap

_SOFT_HYPHEN = "\u00ad"
_SYLLABLE = re.compile(r"(?<=[^\W\d_]{2})(?=[bcdfghjklmnpqrstvwxz][aeiouyåäö][^\W\d_])", re.I)
_LONG_WORD = re.compile(r"(?<![\w.@/])[^\W\d_]{9,}(?![\w@/]|\.\w|\()")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def wrapped(text: str, width: int, *, hyphens: bool = False) -> str:
    """Lines broken at a fixed width, even within labels, names and scores."""
    say = partial(wrap, width=width, break_long_words=False, break_on_hyphens=hyphens)
    return _text(part for line in _lines(text) for part in say(line) or [""])


def tight(text: str) -> str:
    """Without blank lines."""
    return _text(line for line in _lines(text) if line.strip())


def doubled(text: str) -> str:
    """Two blank lines instead of one."""
    return text.replace("\n\n", "\n\n\n")


def indented(text: str, by: str) -> str:
    """Every line indented."""
    return _text(by + line if line else line for line in _lines(text))


def trailing(text: str) -> str:
    """White space at the end of lines and on blank lines."""
    ends = ("  ", "\t", " \t ", "")
    return _text(line + ends[i % 4] for i, line in enumerate(_lines(text)))


def hyphenated(text: str, mark: str = _SOFT_HYPHEN, *, every: int = 1) -> str:
    """Soft hyphens in long words of labels and prose, but not in addresses."""

    def inside(match: re.Match[str]) -> str:
        parts = re.split(_SYLLABLE, match[0])
        groups = ["".join(parts[i : i + every]) for i in range(0, len(parts), every)]
        return mark.join(groups)

    return _LONG_WORD.sub(inside, text)


def spaced(text: str, space: str) -> str:
    """Other spaces between thousands."""
    return _THOUSANDS.sub(space, text)


def furnished(
    text: str, *, foot: str = "", head: str = "", feed: bool = False, every: int = 45
) -> str:
    """What printers add between pages, wherever a page ends."""
    lines = _lines(text)
    pages = [lines[i : i + every] for i in range(0, len(lines), every)]
    out: list[str] = []
    for number, page in enumerate(pages, start=1):
        top = [head.format(page=number, pages=len(pages))] if head else []
        bottom = [foot.format(page=number, pages=len(pages))] if foot else []
        page = [*top, *page, *bottom]
        if feed and number > 1:
            page[0] = f"\f{page[0]}"
        out += page
    return _text(out)


def _coded(
    encoding: str, change: Callable[[str], str] = str, ends: str = "\n"
) -> Callable[[str], bytes]:
    return lambda text: change(text).replace("\n", ends).encode(encoding, "replace")


#: Shape -> function that gives the bytes of a text in it.
SHAPES: dict[str, Callable[[str], bytes]] = {
    "plain": _coded("utf-8"),
    "bom": _coded("utf-8-sig"),
    "utf16": _coded("utf-16"),
    "cp1252": _coded("cp1252"),
    "crlf": _coded("utf-8", ends="\r\n"),
    "decomposed": _coded("utf-8", partial(unicodedata.normalize, "NFD")),
    "softened": _coded("utf-8", hyphenated),
    "narrow-spaces": _coded("utf-8", partial(spaced, space="\u202f")),
    "tight": _coded("utf-8", tight),
    "doubled": _coded("utf-8", doubled),
    "wrapped": _coded("utf-8", partial(wrapped, width=72)),
    "wrapped-tight": _coded("utf-8", lambda text: tight(wrapped(text, 66))),
    "indented": _coded("utf-8", partial(indented, by="    ")),
    "trailing": _coded("utf-8", trailing),
    "paged": _coded("utf-8", partial(furnished, foot="Sivu {page}/{pages}", feed=True)),
    "mailed": _coded(
        "cp1252", lambda text: furnished(wrapped(text, 72), foot="Sivu {page}/{pages}"), "\r\n"
    ),
}
