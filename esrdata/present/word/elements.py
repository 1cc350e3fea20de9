"""Elements of a Word document, and text that they can hold."""

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from esrdata.knowledge import wording

#: Where a word may be divided: a line that ends there has a hyphen, another has nothing.
SOFT_HYPHEN = "\u00ad"


#: What python-docx makes elements of in a text.
_SIGNS = re.compile(r"[\t\r\n]")


@cache
def qualified(tag: str) -> str:
    """The name of an element or attribute with its namespace."""
    from docx.oxml.ns import qn

    return qn(tag)


@cache
def _maker(tag: str) -> Callable[[], Any]:
    """Makes elements of a name, of which a report has tens of thousands."""
    from docx.oxml.ns import NamespacePrefixedTag
    from docx.oxml.parser import oxml_parser

    name = NamespacePrefixedTag(f"w:{tag}")
    return partial(oxml_parser.makeelement, name.clark_name, nsmap=name.nsmap)


def el(tag: str, *inside: Any, **values: object) -> Any:
    """An element of Word with what is in it and its attributes."""
    made = _maker(tag)()
    for name, value in values.items():
        made.set(qualified(f"w:{name}"), str(value))
    made.extend(inside)
    return made


def run_of(text: str) -> Any:
    """A run of text; where a word may be divided is an element of Word's own."""
    first, *rest = text.split(SOFT_HYPHEN)
    made = el("r", *_texts(first))
    for part in rest:
        made.extend([el("softHyphen"), *_texts(part)])
    return made


def _texts(text: str) -> list[Any]:
    """What a run of a text has in it."""
    if _SIGNS.search(text):
        run = el("r")
        run.text = text
        return list(run)
    if not text:
        return []
    # As python-docx does it, which goes through the text letter by letter.
    made = el("t")
    made.text = text
    if text != text.strip():
        made.set(qualified("xml:space"), "preserve")
    return [made]


def in_language(run: Any, language: str, lang: str) -> None:
    """Mark a run as being in another language than the document, so that it is spelled as such."""
    if language != lang:
        run.get_or_add_rPr().append(el("lang", val=wording.word("word_file.language", language)))


def field_of(code: str, *result: Any) -> list[Any]:
    """Runs of a field; the code is never anybody's text but ours."""
    instruction = el("instrText")
    instruction.text = f" {code} "
    instruction.set(qualified("xml:space"), "preserve")
    begin, separate, end = (
        el("r", el("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")
    )
    return [begin, el("r", instruction), separate, *result, end]


def clean(text: str) -> str:
    """Text that XML can hold: line ends of all kinds become one, other control signs go.

    XML 1.0 has no U+0000–U+001F but tab and line ends, no lone surrogates, no U+FFFE and U+FFFF.
    """
    lines = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return re.sub(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]", "", lines)


def one_line(text: str) -> str:
    """Clean text on one line; no-break spaces stay."""
    return re.sub("[ \t\n]+", " ", clean(text)).strip(" ")


def paragraphs_of(text: str) -> list[str]:
    """Paragraphs are divided by empty lines; other line ends stay."""
    return [part.strip("\n") for part in re.split(r"\n[ \t]*(?=\n)", clean(text)) if part.strip()]
