"""Damage that programs do to text, undone where what stood there before is certain.

Each mender takes a text and gives edits of it: nothing is guessed, and what looks damaged in a
way that could have been several things stays as it is and is counted. The order matters: an
e-mail program wraps the bytes last, so that its code is taken off first.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html.entities import html5
from unicodedata import category, normalize

from esrdata.documents.csv_text import SETTINGS as CSV
from esrdata.documents.csv_text import is_csv
from esrdata.documents.layout import UNSEEN_SIGNS
from esrdata.documents.line_signs import line_signs
from esrdata.documents.lines import LINE_BREAK
from esrdata.documents.mapped import Edit, Mapped
from esrdata.documents.markdown import is_markdown, plain_edits, struck_edits
from esrdata.documents.text import BROKEN, rare, unescaped

# What was undone, and how many times.
Mended = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class DamageSettings:
    """What makes damage certain."""

    codes: int = 3  # so many codes of an e-mail (`=E4`) a text has at least whose every `=` is one
    # A line of an e-mail is at least so long where a `=` at its end only breaks it.
    soft_line: int = 60
    excerpt: int = 12  # signs around damage that is left, in the finding that tells of it


SETTINGS = DamageSettings()


@dataclass(frozen=True, slots=True)
class Undone:
    """A text without its damage.

    Attributes
    ----------
    whole
        The text, each character with its place in the one that came.
    mended
        Kinds of damage undone, with their counts.
    """

    whole: Mapped
    mended: Mended = ()

    def mended_by(self, kind: str, mender: Callable[[str], list[Edit]], times: int = 3) -> Undone:
        """Undo a kind of damage; one code may stand inside another (`&amp;auml;`)."""
        whole, count = self.whole, 0
        for _ in range(times):
            edits = mender(whole.text)
            if not edits:
                break
            count += len(edits)
            whole = whole.edited(edits)
        if not count:
            return self
        counts = dict(self.mended)
        counts[kind] = counts.get(kind, 0) + count
        return Undone(whole, tuple(counts.items()))


# ---- quoted-printable: the code of e-mail


_QP_ONE = r"[0-9A-Fa-f]{2}(?:=[ \t]*\n)?"
# Each way begins with the sign itself, which is found at once in a long text.
_QP = re.compile(rf"=(?:{_QP_ONE}(?:={_QP_ONE})*|[ \t]*\n)")
_QP_BYTE = re.compile(r"=([0-9A-Fa-f]{2})")
_QP_LETTERS = re.compile(
    r"=C[2-9A-F](?:=\n)?=[89AB][0-9A-F]|=D[0-9A-F](?:=\n)?=[89AB][0-9A-F]"
    r"|=E[0-9A-F](?:(?:=\n)?=[89AB][0-9A-F]){2}|=F[0-4](?:(?:=\n)?=[89AB][0-9A-F]){3}",
    re.IGNORECASE,
)


def _quoted_printable(text: str) -> list[Edit]:
    """Codes such as `=C3=A4`, and line ends that only wrap, behind a `=`.

    A text in which every `=` belongs to the code is taken as coded throughout. Of any other only
    letters of two and more bytes are certain, and wraps of lines as long as e-mail makes them.
    """
    if "=" not in text or not _QP_BYTE.search(text):
        return []
    runs = list(_QP.finditer(text))
    coded = sum(run[0].count("=") for run in runs)
    letters = len(_QP_LETTERS.findall(text))
    codes = [int(code, 16) for code in _QP_BYTE.findall(text)]
    # Nothing codes letters and digits: `=31000` is a sum behind the sign of a formula.
    odd = any(chr(c).isalnum() or (c < 32 and chr(c) not in "\t\r\n") for c in codes if c < 128)
    high = not odd and any(code > 127 for code in codes)
    if coded == text.count("=") and coded >= SETTINGS.codes and high:
        return [(run.start(), run.end(), _qp_text(run[0])) for run in runs]
    if not letters:
        return []
    edits = [
        (match.start(), match.end(), _qp_text(match[0])) for match in _QP_LETTERS.finditer(text)
    ]
    taken = {place for start, end, _ in edits for place in range(start, end)}
    for soft in re.finditer(r"=\n", text):
        begin = text.rfind("\n", 0, soft.start()) + 1
        if soft.start() not in taken and soft.start() - begin >= SETTINGS.soft_line:
            edits.append((soft.start(), soft.end(), ""))
    return sorted(edits)


def _qp_text(run: str) -> str:
    data = bytes(int(code, 16) for code in _QP_BYTE.findall(run))
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return run


# One byte of Latin-1 between the letters of a word, which is no name in an address.
_QP_LATIN = re.compile(r"=(?:C4|C5|D6|E4|E5|F6)[a-zåäö]")
_QP_IN_WORD = re.compile(rf"(?<![?&\w])[A-Za-zåäöÅÄÖ]+{_QP_LATIN.pattern}")


# ---- UTF-8 that was read as Windows-1252


def _bytes_of_signs() -> dict[str, int]:
    """Which byte each sign stands for; Windows-1252 leaves five open, which stay themselves."""
    signs = {chr(byte): byte for byte in range(0x80, 0x100)}
    windows = bytes(set(range(0x80, 0xA0)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D})
    signs.update(zip(windows.decode("cp1252"), windows, strict=True))
    return signs


_BYTES = _bytes_of_signs()
_FURTHER = "".join(re.escape(sign) for sign, byte in _BYTES.items() if 0x80 <= byte < 0xC0)
# Only first bytes whose signs no Finnish, Swedish or English word has before such a sign: `Ö»`
# and `Å”` end a quotation. The third is a letter with its sign apart, the fifth an emoji.
_DOUBLE = re.compile(
    rf"[ÂÃ][{_FURTHER}]|Å[¡¾½]|Ì[\u0088ˆ\u008aŠ]|[âï][{_FURTHER}]{{2}}|ðŸ[{_FURTHER}]{{2}}"
)
_DOUBLE_LEADS = ("Ã", "Â", "â", "ï", "ðŸ", "Ì")
# A no-break space whose second half became a plain one.
_HALF_SPACE = re.compile(r"Â(?= )")
_DOUBLE_LEFT = re.compile(rf"Ã(?![{_FURTHER}]?[A-ZÄÖÅ])|â€|Â(?=[^\w])")


def _double_decoded(text: str) -> list[Edit]:
    """UTF-8 read as Windows-1252 or Latin-1: `Ã¤` for ä, `â€“` for a dash."""
    if not any(lead in text for lead in _DOUBLE_LEADS):
        return []
    edits = []
    for match in _DOUBLE.finditer(text):
        try:
            letter = bytes(_BYTES[sign] for sign in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        edits.append((match.start(), match.end(), letter))
    if edits:
        edits += [(match.start(), match.end(), "") for match in _HALF_SPACE.finditer(text)]
    return sorted(edits)


# ---- letters written as codes of a page or of a program

_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};"
    r"|[AaOo]uml|[Aa]ring|nbsp)|\\u00[0-9a-fA-F]{2}|\\u20[0-9a-fA-F]{2}"
)


def _entities(text: str) -> list[Edit]:
    r"""Codes such as `&auml;`, `&#228;` and `\u00e4`, which nobody writes in a text."""
    if "&" not in text and "\\" not in text:
        return []
    edits = []
    for match in _ENTITY.finditer(text):
        code = match[0]
        if code[0] == "\\":
            edits.append((match.start(), match.end(), chr(int(code[2:], 16))))
        elif code[1] == "#" or code[1:] in html5:
            sign = unescaped(code)
            # An accent alone (`&uml;`) is what is left of a letter, and nobody can say of which.
            # Of a control sign nothing is left, and the code stays as it is written.
            if sign and category(sign[0]) != "Sk":
                edits.append((match.start(), match.end(), sign))
    return edits


# ---- signs of two letters, and marks that nobody sees

LIGATURES = {chr(code): normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_LIGATURE = re.compile(f"[{''.join(LIGATURES)}]")
# These two turn the order of what a person sees.
_TURNING = "\u202d\u202e"
# Marks of direction and of joining; a page written from left to right needs none of them.
_INVISIBLE = (
    "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u2066", "\u2067", "\u2068", "\u2069",
    "\u061c", "\u200b", "\u200c", "\u200d", "\u2060",
)  # fmt: skip
_UNSEEN = re.compile(f"[{''.join(_INVISIBLE)}{_TURNING}]")
# With the soft hyphen, and the byte-order mark of a file that was put behind another.
_NO_ROOM = re.compile(f"[{UNSEEN_SIGNS}]+")


# Signs that steer a terminal or a printer; tabs, line ends and form feeds do so in any text. Halves
# of signs and signs that are none belong to no text either, nor do hidden copies of letters.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_STEERING = re.compile(f"{_CONTROLS.pattern}|[{_TURNING}]")
_APART = "\x0b\x1c\x1d\x1e\x1f\x85"
# References to such signs, and to those that turn the order, which a page leaves out.
_REFERENCE = re.compile(
    r"&#(?:[xX]0*+(?P<hex>[0-9a-fA-F]{1,6})(?![0-9a-fA-F])|0*+(?P<decimal>[0-9]{1,7})(?![0-9]))"
)


# What other programs than editors end a line with: Word within a paragraph, Unicode, mainframes.
_LINE_ENDS = re.compile("[\x0b\x85\u2028\u2029]")


def line_ends(undone: Undone) -> Undone:
    """Line ends of other programs as those of any text, counted with the control signs.

    In a row of a list they stand within cells.
    """

    def replaced(text: str) -> list[Edit]:
        edits: list[Edit] = []
        at = 0
        for line in text.split("\n"):
            listed = line.count("\t") >= CSV.cells
            found = _LINE_ENDS.finditer(text, at, at + len(line))
            ends = (m for m in found if not (listed and m[0] == LINE_BREAK))
            edits += [(m.start(), m.end(), "\n") for m in ends]
            at += len(line) + 1
        return edits

    return undone.mended_by("control", replaced, times=1)


def may_have_line_ends(undone: Undone) -> bool:
    """Whether a text may have had line ends of other programs, seen at once."""
    text = undone.whole.text
    return "control" in dict(undone.mended) or "\u2028" in text or "\u2029" in text


def without_controls(undone: Undone, *, turning: bool = False) -> Undone:
    """Leave out control signs, and count them; also those that turn the order, where asked."""
    pattern = _STEERING if turning else _CONTROLS

    def controls(text: str) -> list[Edit]:
        if not pattern.search(rare(text)):
            return []
        # Programs write some of them between words, which stay apart.
        found = pattern.finditer(text)
        return [(m.start(), m.end(), " " if m[0] in _APART else "") for m in found]

    return undone.mended_by("control", controls, times=1)


def referred(text: str) -> tuple[int, list[int]]:
    """References of a page to control signs: how many, and where those are that turn the order."""
    controls, turning = 0, []
    for match in _REFERENCE.finditer(text) if "&#" in text else ():
        code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
        sign = chr(code) if code <= sys.maxunicode else BROKEN
        controls += _CONTROLS.match(sign) is not None and not 0x80 <= code <= 0x9F
        if sign in _TURNING:
            turning.append(match.start())
    return controls, turning


def _ligatures(text: str) -> list[Edit]:
    if not any(sign in text for sign in LIGATURES):
        return []
    return [(m.start(), m.end(), LIGATURES[m[0]]) for m in _LIGATURE.finditer(text)]


# ---- all of them


def mend_bytes(text: str) -> Undone:
    """Undo what was done to the bytes of a text, of whatever kind the text is."""
    undone = Undone(Mapped(text))
    undone = undone.mended_by("quoted_printable", _quoted_printable)
    return undone.mended_by("double_decoded", _double_decoded)


def mend_codes(undone: Undone) -> Undone:
    """Undo codes of letters in a text that is no page."""
    return undone.mended_by("entities", _entities)


def mend_lines(undone: Undone) -> Undone:
    """Undo what was put before and around the lines of a plain text: signs and Markdown."""
    undone = undone.mended_by("ligatures", _ligatures).mended_by("line_signs", line_signs, times=1)
    # In cells a star and a backslash are what they are.
    if is_markdown(undone.whole.text) and not is_csv(undone.whole.text, bars=False):
        undone = undone.mended_by("struck", struck_edits, times=1)
        undone = undone.mended_by("markdown", plain_edits, times=1)
    return without_controls(undone)


def mend_view(undone: Undone) -> Undone:
    """Undo in what a person sees of a page or a print what damages letters."""
    undone = undone.mended_by("double_decoded", _double_decoded)
    undone = undone.mended_by("entities", _entities).mended_by("ligatures", _ligatures)
    return without_controls(undone)


def invisible(text: str) -> int:
    """How many marks a text has that take no room and turn nothing."""
    signs = rare(text)
    return sum(signs.count(mark) for mark in _INVISIBLE)


def without_invisible(whole: Mapped) -> Mapped:
    """A text without signs that take no room, where nothing else leaves them out."""
    if not _NO_ROOM.search(rare(whole.text)):
        return whole
    return whole.edited((match.start(), match.end(), "") for match in _NO_ROOM.finditer(whole.text))


def left(text: str, came: str, turning: Sequence[int] = ()) -> tuple[str, ...]:
    """What stands around each place of a mended text, or of the one that came, that looks damaged.

    `turning` is where references stand in the one that came to signs that turn the order.
    """
    found = [_around(text, at) for at in _damaged(text)]
    if any(mark in came for mark in _TURNING):
        found += [_around(came, at) for at, sign in enumerate(came) if sign in _TURNING]
    found += [_around(came, at) for at in turning]
    return tuple(found)


def _around(text: str, at: int) -> str:
    seen = _UNSEEN.sub("", text[max(0, at - SETTINGS.excerpt) : at + SETTINGS.excerpt])
    return " ".join(seen.split())


def _damaged(text: str) -> Iterator[int]:
    if any(lead in text for lead in ("Ã", "â€", "Â")):
        yield from (match.start() for match in _DOUBLE_LEFT.finditer(text))
    if "=" in text:
        yield from (match.start() for match in _QP_LETTERS.finditer(text))
        if _QP_LATIN.search(text):
            yield from (match.start() for match in _QP_IN_WORD.finditer(text))
