"""Text as it is drawn: how wide it is, where it breaks, and what is left of it where it is long."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from esrdata.present.theme import Theme, current

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

#: Points and centimetres of an inch.
POINT = 2.54 / 72
#: What is drawn is a little wider than what is measured, for letters stand on whole dots.
SPARE = 1.025
_VOWELS = "aeiouyåäöé"
_CUT = "…"
#: Full-width signs, of which types of our letters have none, and what is drawn for them.
PLAIN = {0xFF01 + at: 0x21 + at for at in range(94)}
# Years and other numbers stay whole, 2015-2016, and so does what ends in two letters: REACT-EU.
_SHORT = r"\w{1,2}(?!\w)"
_LETTER = rf"(?:[^ \n\-–/]|(?<=\d)[\-–/](?=\d)|(?<=\w)-(?={_SHORT}))"
_BREAK = rf"(?:(?<!\d)[\-–/]+|[\-–/]+(?!\d))(?<!\w-(?={_SHORT}))[,.;:)]*"
# What joins a name of several words to the next stays with it: "Leader -toiminta".
_JOINED = rf"(?<!\S)-(?=\w){_LETTER}+(?:{_BREAK})?"
_PIECES = re.compile(rf"{_JOINED}|{_LETTER}*{_BREAK}|{_LETTER}+|[\-–/]|[ \n]+")


@cache
def font(theme: Theme, weight: str, size: float) -> "FontProperties":
    """The type of a weight and a size in points, as matplotlib takes it."""
    from matplotlib.font_manager import FontProperties

    path = theme.file(weight)
    if path is not None:
        return FontProperties(fname=str(path), size=size)
    bold = "normal" if weight == "regular" else "bold"
    return FontProperties(family=family(theme), size=size, weight=bold)


def family(theme: Theme) -> str:
    """The family that is drawn with: the theme's, else the first of the others that is there."""
    from matplotlib import font_manager

    manager = font_manager.fontManager
    there = {entry.fname for entry in manager.ttflist}
    for _, path in theme.files:
        if str(path) not in there:
            manager.addfont(str(path))
    names = {entry.name for entry in manager.ttflist}
    wanted = [theme.fonts.family, *theme.fonts.fallback]
    # Matplotlib brings the last one itself.
    return next((name for name in wanted if name in names), "DejaVu Sans")


def width_of(text: str, size: float, weight: str = "regular") -> float:
    """Width of a line in centimetres, with a little to spare."""
    return measured(text, font(current(), weight, size)) * POINT * SPARE


@lru_cache(maxsize=20_000)
def measured(text: str, look: "FontProperties") -> float:
    """Width of a line in points."""
    from matplotlib.textpath import text_to_path

    plain = text.translate(PLAIN)
    return float(text_to_path.get_text_width_height_descent(plain, look, ismath=False)[0])


@cache
def capital(theme: Theme, weight: str = "regular") -> float:
    """Height of capital letters and digits, as a share of the size."""
    from matplotlib.textpath import TextPath

    return (
        float(TextPath((0, 0), "H", size=100, prop=font(theme, weight, 100)).get_extents().y1) / 100
    )


def wrap(text: str, width: float, size: float, weight: str = "regular") -> list[str]:
    """Break a text into lines of at most so many centimetres; nothing of it is cut.

    Lines end between words, after a hyphen, dash or slash, and only where a single word is longer
    than a line, between its syllables, with a hyphen.
    """
    lines = [""]
    for piece in _PIECES.findall(text):
        if width_of((lines[-1] + piece).rstrip(), size, weight) <= width:
            lines[-1] += piece
            continue
        if not piece.strip():
            continue
        if lines[-1].strip():
            lines.append("")
        while width_of(piece, size, weight) > width:
            head, piece = _syllables(piece, width, size, weight)
            lines[-1] = head
            lines.append("")
        lines[-1] = piece
    return [line.strip() for line in lines if line.strip()]


def fitted(
    text: str, width: float, size: float, weight: str = "regular", most: int = 2, end: str = ""
) -> list[str]:
    """Break a text into at most so many lines; what does not fit is ``…``, but for its end."""
    lines = wrap(text + end, width, size, weight)
    if len(lines) <= most:
        return lines
    # The last line takes as much of the rest as it holds.
    rest = " ".join(wrap(text, width, size, weight)[most - 1 :])
    return [*lines[: most - 1], shortened(rest, width, size, weight, end)]


def told_apart(
    texts: Sequence[str],
    width: float,
    size: float,
    weight: str = "regular",
    most: int = 2,
    codes: Sequence[str] = (),
) -> list[list[str]]:
    """Lines of texts as `fitted` has them; those that would look alike end in what differs.

    That is their code where codes are given, and else as many of their last words as take half a
    line.
    """
    found = [fitted(text, width, size, weight, most) for text in texts]
    looks = list(map(tuple, found))
    for at, text in enumerate(texts):
        if looks.count(looks[at]) < 2:
            continue
        end = f" ({codes[at]})" if codes else _last_words(text, width / 2, size, weight)
        head = text if codes else text.removesuffix(end)
        found[at] = fitted(head, width, size, weight, most, end)
    return found


def _last_words(text: str, width: float, size: float, weight: str) -> str:
    """As many words from the end as so many centimetres hold."""
    places = [at for at, sign in enumerate(text) if sign == " "]
    return next((text[at:] for at in places if width_of(text[at:], size, weight) <= width), "")


def shortened(text: str, width: float, size: float, weight: str = "regular", end: str = "") -> str:
    """One line of at most so many centimetres, with ``…`` where something was cut before its end.

    It is cut after a word, where that leaves half of what fits.
    """
    if width_of(text + end, size, weight) <= width:
        return text + end
    at = len(text)
    while at and width_of(text[:at].rstrip(" ,;:-–/(") + _CUT + end, size, weight) > width:
        at -= 1
    if text[at : at + 1] not in ("", " "):
        word = text.rfind(" ", at // 2, at)
        at = at if word < 0 else word
    return text[:at].rstrip(" ,;:-–/(") + _CUT + end


def _syllables(word: str, width: float, size: float, weight: str) -> tuple[str, str]:
    """The beginning of a word that fits on a line with its hyphen, and the rest of the word."""
    # A syllable begins with a consonant that a vowel follows; a line holds three letters or more.
    breaks = re.finditer(rf"(?i)(?<=\w{{3}})(?=[^\W\d_{_VOWELS}][{_VOWELS}]\w)", word)
    places = [gap.start() for gap in breaks] or list(range(3, len(word) - 2))
    fitting = [at for at in places if width_of(word[:at] + "-", size, weight) <= width]
    at = fitting[-1] if fitting else places[0] if places else len(word)
    return (word[:at] + "-", word[at:]) if at < len(word) else (word, "")
