"""What a page is called: its `og:title`, its title and its trail, without the site's name."""

import re
from collections.abc import Collection, Iterable

from esrdata.documents.html.outline import Outline
from esrdata.reading.quantities.kinds import KINDS
from esrdata.reading.web.moments import period_in
from esrdata.reading.web.shelf import funds_in
from esrdata.reading.web.vocabulary import plain, words

_A_CODE = re.compile(rf"(?<!\w){KINDS['code'].pattern}(?!\w)")
_DATED = re.compile(r"\d\.\d{4}|\A\s*\d{4}\s*[–-]\s*\d{4}\s*\Z")
# What stands between the name of a page and that of its site.
_DIVIDER = re.compile(r"(?<!\s)\s+(?:[|–—·•»›<:~-]|::|\\)\s+|(?:(?<!\s)\s+)?\|\s*")


def page_titles(outline: Outline, headings: Iterable[str]) -> tuple[str, ...]:
    """The names of a page, most certain first.

    `headings`: its headings of the first level, which prove where a title ends.

    The name of the site is cut off where the site gives it, or a heading or another title stands
    without it; elsewhere the title stays whole.
    """
    known = [plain(heading) for heading in headings]
    site = plain(outline.meta.get("og:site_name", ""))
    found: dict[str, None] = {}
    for title in (outline.meta.get("og:title", ""), outline.title):
        name = _without_site(title, site, [*known, *map(plain, found)])
        if name and plain(name) != site:
            found[name] = None
    # The last step of a trail is the page itself, where it agrees with a name.
    trail = outline.trail[-1:] if outline.trail else ()
    found.update({step: None for step in trail if plain(step) in {*known, *map(plain, found)}})
    return tuple(found)


def print_titles(title: str, lines: Iterable[str]) -> tuple[str, ...]:
    """What a print of a page is called, where one of its lines says the same.

    Files that no browser printed are called as a template or a program called them.
    """
    known = {plain(line) for line in lines}
    name = _without_site(title, "", known) if title else ""
    return (name,) if plain(name) in known else ()


def _without_site(title: str, site: str, known: Collection[str]) -> str:
    for divider in reversed(list(_DIVIDER.finditer(title))):
        front, end = title[: divider.start()], title[divider.end() :]
        if plain(front) in known or (site and plain(end) == site):
            return front
    return title


def own_slice(text: str) -> tuple[int, int]:
    """Where a name stands without the code or the days of its project beside it.

    "Silta (ESR, S20987)", "S20987 Silta", "Silta - S20987". Years are a part of some names;
    of 19,940 names of an official list two end with a period of them in brackets.
    """
    first, space, _ = text.partition(" ")
    start = len(first + space) if _A_CODE.fullmatch(first.rstrip(":,")) else 0
    end = len(text)
    while end > start:
        at = text.rfind("(" if text[end - 1] == ")" else " ", start, end)
        aside = text[at + 1 : end].rstrip(")")
        of_register = _is_of_register if text[end - 1] == ")" else _A_CODE.fullmatch
        if at < 0 or not of_register(aside):
            break
        end = len(text[:at].rstrip(" ,:|–-"))
    return (start, end) if end > start else (0, len(text))


def _is_of_register(text: str) -> bool:
    """Whether brackets hold a code or a period in days; a fund and a word may stand by it."""
    spans = [code.span() for code in _A_CODE.finditer(text)]
    period = period_in(text) if _DATED.search(text) is not None else None
    spans += [(period.start, period.end)] if period is not None else []
    left = list(text)
    for first, last in [*spans, *((start, end) for _, start, end in funds_in(text))]:
        left[first:last] = " " * (last - first)
    unknown = re.findall(r"\w{2,}", "".join(left))
    return bool(spans) and all(map(words().code.fullmatch, unknown))
