"""What a page is called: its `og:title`, its title and its trail, without the site's name."""

import re
from collections.abc import Collection, Iterable, Iterator

from esrdata.documents.html.outline import Outline
from esrdata.reading.web.vocabulary import plain

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
    for front, end in _cuts(title):
        if plain(front) in known or (site and plain(end) == site):
            return front
    return title


def _cuts(title: str) -> Iterator[tuple[str, str]]:
    """A title before and behind each divider, the longest front first."""
    for divider in reversed(list(_DIVIDER.finditer(title))):
        yield title[: divider.start()], title[divider.end() :]
