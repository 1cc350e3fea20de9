"""Mutators that know how a file is built: packed parts, tags, lines, cells, objects of a PDF."""

import io
import random
import re
import zipfile
import zlib

_TOKENS = {
    "text": (
        "1.1.2015", "31.6.2016", "2015-", "–", "1 234,50 €", "noin ", "9" * 40, "0" * 40, "kaksi",
        "\u00ad", "\u200b", "\u202e", "\ufeff", "\x1b", "\x00", "\u0301", "\U0001f600", "\ud83d",
        "S20001", "Hankekoodi: ", "\n\n", "\t", "\f", "\r", "\u2028", "a@b.fi", "040 123 4567", "(", "%",
        "Tiivistelmä\n", "puolet", "1/2", "½", "²", "1e999", "nan", "-0", "\u0660", "ﬁ", "𝟗", "א",
    ),
    "html": (
        "<p>", "</p>", "<table><tr><td>", "</table>", "<td colspan=999>", "<td rowspan=0>", "<h1>",
        "<ul><li>", "<dl><dt>", "<!--", "-->", "<script>", "</script>", "<textarea>", "<pre>", "<br>",
        "&#0;", "&#xD83D;", "&nbsp;", "&shy;", "&amp;amp;", "<![CDATA[", "<svg>", "<b", "='", "<title>",
        "<meta charset=utf-16>", "<nav>", "<main>", "<template>", "hidden", "<select><option>",
    ),
    "xml": (
        "<a>", "</a>", "<r/>", "&lt;", "&#1;", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "<?xml?>",
        "<![CDATA[", "]]>", " xmlns:w='w'", "<w:p>", "</w:p>", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr>",
        ' t="s"', ' r="ZZ99"', "<v>1e5</v>", "<f>1+1</f>", "_x001B_", "<si><t>x</t></si>",
    ),
    "csv": (";", ",", "\t", '"', '""', "\n", "\r\n", "=1+1", "|", "'"),
    "mail": (
        "\r\n\r\n", "--b\r\n", "--b--", "Content-Type: multipart/mixed; boundary=b\r\n", "=?utf-8?q?a?=",
        "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n",
        "charset=utf-7", "charset=x-unknown", "Content-Type: message/rfc822\r\n", "=E4", "=\r\n", "\0",
    ),
    "pdf": (
        "BT ", " ET", " Tj", "[(a) -900 (b)] TJ", " 0 0 Td", "1 0 0 1 0 0 Tm", "<FEFF D83D>", "q Q",
        "endstream", "/Type/Page", "/MediaBox[0 0 0 0]", "999999999", "-1", "1e9", "/Rotate 90", "obj",
        "<</Length 0>>", "/Kids[3 0 R]", "(\\", "/ToUnicode", "null", "/Encoding/WinAnsiEncoding",
    ),
}  # fmt: skip
_OF = {
    "txt": ("text",), "html": ("html", "text"), "mht": ("mail", "html", "text"),
    "eml": ("mail", "html", "text"), "pdf": ("pdf",), "xlsx": ("xml", "text"), "xml": ("xml", "text"),
    "csv": ("csv", "text"), "docx": ("xml", "text"),
}  # fmt: skip
_PIECES = re.compile(rb"<[^<>]*>|[^<>\n;,]+|.", re.DOTALL)
_PACKED = ("xlsx", "docx")
_MOST = 200_000


def mutated(data: bytes, ending: str, seed: int) -> bytes:
    """The data changed in a few places, the same for the same seed."""
    chance = random.Random(seed)
    if ending in _PACKED and chance.random() < 0.95:
        try:
            return _repacked(data, ending, chance)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, LookupError):
            pass
    return _changed(data, ending, chance)


def _repacked(data: bytes, ending: str, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    if not parts:
        return data
    # The largest part holds the text.
    largest = max(parts, key=lambda name: len(parts[name]))
    name = largest if chance.random() < 0.7 else chance.choice(sorted(parts))
    if chance.random() < 0.03:
        del parts[name]
    else:
        parts[name] = _changed(parts[name], ending, chance)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, content in parts.items():
            packed.writestr(zipfile.ZipInfo(part), content)
    return held.getvalue()


def _changed(data: bytes, ending: str, chance: random.Random) -> bytes:
    pieces = _PIECES.findall(data)
    tokens = [token for kind in _OF[ending] for token in _TOKENS[kind]]
    for _ in range(1 + int(chance.expovariate(0.5))):
        at = chance.randrange(len(pieces) + 1)
        to = min(at + int(chance.expovariate(0.2)) + 1, len(pieces))
        match chance.randrange(8):
            case 0 | 1 | 2:
                pieces.insert(at, chance.choice(tokens).encode("utf-8", "surrogatepass"))
            case 3:
                del pieces[at:to]
            case 4:
                pieces[at:at] = pieces[at:to] * chance.choice((1, 2, 40))
            case 5:
                other = chance.randrange(len(pieces) + 1)
                pieces[other:other] = pieces[at:to]
            case 6:
                pieces[at:to] = reversed(pieces[at:to])
            case 7 if at < len(pieces) and pieces[at]:
                sign = chance.randrange(len(pieces[at]))
                held = bytearray(pieces[at])
                held[sign] = chance.choice((0, 0x80, 0xFF, 0xE4, chance.randrange(256)))
                pieces[at] = bytes(held)
    return b"".join(pieces)[:_MOST]
