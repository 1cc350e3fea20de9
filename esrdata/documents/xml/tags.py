"""The tags of XML, and which of them are those of a page."""

import re
from functools import cache

from esrdata.documents.csv_text import SETTINGS

_NAME = r"[^\W\d][\w.:-]*+"
# A quoted value may hold ">"; a lone quote ends at the tag.
_ATTRIBUTES = r"(?=[\s/>])(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+"
HEAD = re.compile(
    rf"\s*+(?>(?:<\?[^>]*+>|<!--.*?-->|<!DOCTYPE(?!\s+html\b)[^>\[]*+(?:\[.*?\]\s*+)?>)\s*+)*+"
    rf"<(?P<root>{_NAME})(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
TOKEN = re.compile(
    rf"""
    <(?P<leaf>{_NAME}){_ATTRIBUTES}(?<!/)>(?P<content>[^<]*+)</(?P=leaf)\s*+>
    |(?P<text>[^<]++)
    |</(?P<end>{_NAME})[^<>]*+>
    |<(?P<start>{_NAME}){_ATTRIBUTES}>
    # What nothing ends goes to the end: the rest of a download that was cut off.
    |<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)
    |(?P<aside><!--.*?(?:-->|\Z)|<!DOCTYPE[^>\[]*+(?:\[.*?\]\s*+)?>|<[!?][^>]*+(?:>|\Z))
    |(?P<cut><(?:[/!?\w][^<>]*+)?\Z)
    |(?P<sign><)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(
    r"""(?<![^\s"'])(?P<name>[^\s"'<>/=]++)\s*+=\s*+(?:"(?P<double>[^"<]*+)"|'(?P<single>[^'<]*+)')"""
)
# A page or a part of one may begin with these; that it is XML as well does not make it a list.
_HTML = """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink
    blockquote body br button canvas caption center cite code col colgroup datalist dd del details
    dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset
    h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link
    main map mark marquee menu meta meter nav nobr noframes noscript object ol optgroup option p
    picture pre progress q rp rt ruby s samp script search section select slot small source span
    strike strong style sub summary sup table tbody td template textarea tfoot th thead time title
    tr track tt u ul var video wbr
"""


def is_html(name: str) -> bool:
    """Whether a page has elements of a name."""
    return local(name).lower() in _html_names()


@cache
def _html_names() -> frozenset[str]:
    return frozenset(_HTML.split())


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def has_cells(text: str, start: int, end: int) -> bool:
    """Whether a start tag has so many attributes that they are the cells of a row."""
    return text.count("=", start, end) > SETTINGS.cells


def is_cut_off(text: str) -> bool:
    """Whether the root of XML begins and never ends, as where a download broke off."""
    head = HEAD.match(text)
    return head is not None and text.rfind(f"</{head['root']}") < 0


def is_ended(text: str, at: int) -> bool:
    """Whether the element ends inside which a place is."""
    depth = 0
    for token in TOKEN.finditer(text, at):
        if token.lastgroup == "start" and text[token.end() - 2] != "/":
            depth += 1
        elif token.lastgroup == "end":
            depth -= 1
        if depth < 0:
            return True
    return False
