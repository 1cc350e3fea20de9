"""What the tags of an HTML page say of its parts: regions, headings, titles, the trail of links.

Regions are taken only where the page is sure of them: by their element, their role, or a whole
word of their id or class that stands on the shelf (`furniture.yml`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from esrdata.documents.text import unescaped
from esrdata.knowledge import load

# A tag as the viewer finds it: where, its name, and its attributes, or None where it ends.
Tag = tuple[int, str, str | None]

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# Elements that pages close again, so that what they hold is known.
_HOLDERS = {
    "nav", "header", "main", "article", "aside", "footer", "section", "div", "ul", "ol", "form",
    "table", "dl", "menu", "blockquote",
}  # fmt: skip
_ELEMENTS = {
    "nav": "navigation", "header": "header", "main": "main", "article": "article",
    "aside": "aside", "footer": "footer",
}  # fmt: skip
_ROLES = {
    "navigation": "navigation", "contentinfo": "footer", "banner": "header",
    "complementary": "aside", "main": "main", "dialog": "notice", "alertdialog": "notice",
}  # fmt: skip
_ROLE = re.compile(r"""\brole\s*=\s*["']?\s*([a-z]+)""", re.IGNORECASE)
_NAMES = re.compile(r"""(?<![\w-])(?:id|class)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
_TRAIL = re.compile(
    r"""aria-label\s*=\s*["']\s*(?:breadcrumb|murupolku|br[oö]dsmul)""", re.IGNORECASE
)
_TITLE, _TITLE_END = (re.compile(p, re.IGNORECASE) for p in (r"<title[^>]*>", "</title"))
_META = re.compile(r"<meta\s[^>]*>", re.IGNORECASE)
_META_NAME = re.compile(r"""\b(?:property|name)\s*=\s*["']?([\w:.-]+)""", re.IGNORECASE)
_META_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
# LibreOffice writes notes to cells so.
_COMMENT = re.compile(r"<comment\b[^<>]*+>([^<]*+(?:<(?!/comment)[^<]*+)*+)")
_BETWEEN_LINES = re.compile(r"</?(?:p|div|li|br|td|tr|h[1-6])\b[^<>]*+>|\n\s*\n", re.IGNORECASE)
# A region known by its class alone that holds the greater part of a page is no furniture.
_GREATER_PART = 0.5
# Parts one inside another are each read for what they state, up to so many times the page.
_TIMES = 20


@dataclass(frozen=True, slots=True)
class Region:
    """A part `start:end` of the source.

    `kind` is navigation, trail, header, main, article, aside, footer or notice; `sure` tells that
    an element or a role says so, not a name of the page's own; `inner` that it stands in the main
    part or an article.
    """

    kind: str
    start: int
    end: int
    sure: bool
    inner: bool


@dataclass(frozen=True)
class Outline:
    """The parts of a page, by their places in its source.

    Attributes
    ----------
    regions
        Its regions, outer ones before those inside them.
    headings
        Start, end and level of every heading, one after another.
    cut
        What is page furniture and was left out of the view.
    """

    text: str = field(repr=False)
    regions: tuple[Region, ...]
    headings: tuple[tuple[int, int, int], ...]
    cut: tuple[Region, ...] = ()

    def kinds_at(self, at: int) -> set[str]:
        """The kinds of the regions that hold a place of the source."""
        places, kinds = self._changes
        return set(kinds[bisect_right(places, at)])

    @cached_property
    def _changes(self) -> tuple[list[int], list[frozenset[str]]]:
        """Where regions begin or end, and the kinds that hold what is between."""
        steps = [(place, step, region.kind) for region in self.regions
                 for place, step in ((region.start, 1), (region.end, -1))]  # fmt: skip
        open_: Counter[str] = Counter()
        places: list[int] = []
        kinds: list[frozenset[str]] = [frozenset()]
        for place, step, kind in sorted(steps):
            open_[kind] += step
            places.append(place)
            kinds.append(frozenset(kind for kind, n in open_.items() if n > 0))
        return places, kinds

    def level_at(self, at: int) -> int | None:
        """The level of the heading that holds a place of the source."""
        last = bisect_right(self.headings, at, key=lambda heading: heading[0]) - 1
        if last < 0:
            return None
        _, end, level = self.headings[last]
        return level if at < end else None

    @cached_property
    def _tags_end(self) -> int:
        # Behind the last end of a tag none is whole: each of a thousand would be tried to the end.
        return self.text.rfind(">") + 1

    @cached_property
    def title(self) -> str:
        """What the page is called in its head, empty where it has no title."""
        begin = _TITLE.search(self.text, 0, self._tags_end)
        end = begin and _TITLE_END.search(self.text, begin.end())
        return _plain(self.text[begin.end() : end.start()]) if begin and end else ""

    @cached_property
    def aside(self) -> tuple[str, ...]:
        """What a list on the page may have beside it: its title, its furniture, notes to cells."""
        # Most pages have neither, and a pattern that folds case takes long to find none.
        has_notes = "<comment" in self.text
        notes = (found[1] for found in _COMMENT.finditer(self.text)) if has_notes else ()
        title = self.title if "<title" in self.text or "<TITLE" in self.text else ""
        cut = (self.text[region.start : region.end] for region in self.cut)
        lines = (line for part in (*cut, *notes) for line in _BETWEEN_LINES.split(part))
        return tuple(filter(None, (title, *map(_plain, lines))))

    @cached_property
    def meta(self) -> dict[str, str]:
        """Named contents of the page's head, such as `og:title`; of a name the first."""
        found: dict[str, str] = {}
        for tag in _META.finditer(self.text, 0, self._tags_end):
            name, content = _META_NAME.search(tag[0]), _META_CONTENT.search(tag[0])
            if name is not None and content is not None:
                found.setdefault(name[1].lower(), _plain(content[1] or content[2] or ""))
        return found

    @cached_property
    def trail(self) -> tuple[str, ...]:
        """The trail of links that leads to the page, from the front page on."""
        regions = [region for region in self.regions if region.kind == "trail"]
        if not regions:
            return ()
        trail = self.text[regions[0].start : regions[0].end]
        parts = (_plain(part) for part in re.split(r"</(?:li|a|span)\b[^>]*(?:>|\Z)", trail))
        parts = (part.strip(" >›»/→|·") for part in parts)
        return tuple(part for part in parts if part)


def _plain(markup: str) -> str:
    return " ".join(unescaped(re.sub(r"<[^>]*(?:>|\Z)", " ", markup)).split())


@cache
def _marks() -> dict[str, str]:
    """Words of ids and classes, and the region that each tells of."""
    shelf = load.furniture()["regions"]
    return {word: kind for kind, words in shelf.items() for word in words}


def _kind(tag: str, attributes: str) -> tuple[str, bool] | None:
    """The region that an element is, and whether that is sure."""
    role = _ROLE.search(attributes) if "role" in attributes.lower() else None
    kind = _ELEMENTS.get(tag) or (_ROLES.get(role[1].lower()) if role is not None else None)
    named = None
    for found in _NAMES.finditer(attributes):
        for word in (found[1] or found[2] or found[3] or "").lower().split():
            named = named or _marks().get(word)
    if named == "trail" or (kind == "navigation" and _TRAIL.search(attributes)):
        return "trail", True
    if kind is not None:
        return kind, True
    return (named, False) if named is not None else None


def outline(text: str, tags: Iterable[Tag]) -> Outline:
    """Find the parts of a page by its block tags in order, as the viewer finds them."""
    regions: list[Region] = []
    headings: list[tuple[int, int, int]] = []
    open_: list[tuple[str, int, tuple[str, bool] | None]] = []
    names: Counter[str] = Counter()
    bodies: Counter[bool] = Counter()
    heading: tuple[int, int] | None = None

    def is_body(kind: tuple[str, bool] | None) -> bool:
        return kind is not None and kind[0] in ("main", "article")

    def close(end: int, only: tuple[str, ...] | None = None) -> str:
        """End the part that was opened last; its tag."""
        tag, start, kind = open_.pop()
        names[tag] -= 1
        bodies[is_body(kind)] -= 1
        if kind is not None and (only is None or kind[0] in only):
            regions.append(Region(kind[0], start, end, kind[1], bodies[True] > 0))
        return tag

    for at, tag, attributes in tags:
        if tag in _HEADINGS:
            if attributes is not None:
                heading = (at, _HEADINGS[tag])
            elif heading is not None:
                headings.append((heading[0], at, heading[1]))
                heading = None
        if tag not in _HOLDERS:
            continue
        if attributes is not None:
            kind = _kind(tag, attributes) if attributes or tag in _ELEMENTS else None
            open_.append((tag, at, kind))
            names[tag] += 1
            bodies[is_body(kind)] += 1
        elif names[tag]:
            while close(at) != tag:
                pass
    while open_:
        # A menu that nothing closes may hold the whole page.
        close(len(text), ("main", "article", "footer", "aside"))
    regions.sort(key=lambda region: (region.start, -region.end))
    return Outline(text, tuple(regions), tuple(headings))


def furniture(page: Outline, places: Sequence[int]) -> list[Region]:
    """The regions of a page that belong to its site: menus, trails of links, notices, footers.

    None that holds the main part, an article or the first heading, or by its name alone the greater
    part of the text; a dialog, and a footer inside the main part, only where they state no period
    and no sum. They follow one another. `places` are where characters of the view begin in the
    source.
    """
    kinds = ("navigation", "trail", "footer", "notice")
    found: list[Region] = []
    firsts = [start for start, _, level in page.headings if level == 1]
    bodies = [r.start for r in page.regions if r.sure and r.kind in ("main", "article")]
    first, ordered, taken = sorted(firsts + bodies), sorted(places), 0
    for region in page.regions:
        # Outer ones come before those inside them.
        if region.kind not in kinds or (found and region.start < found[-1].end):
            continue
        if _within(first, region):
            continue
        if not region.sure and _within(ordered, region) > _GREATER_PART * len(places):
            continue
        # A dialog may show a project of its own, as a card that was clicked does.
        if region.inner or (region.kind == "notice" and region.sure):
            taken += region.end - region.start
            part = page.text[region.start : region.end]
            if taken > _TIMES * len(page.text) or _STATED.search(_plain(part)):
                continue
        found.append(region)
    return found


def _within(places: Sequence[int], region: Region) -> int:
    """How many of some places, in order, a region holds."""
    return bisect_left(places, region.end) - bisect_left(places, region.start)


# A period or a sum of money: "1.1.2020 –", "300 000 €".
_STATED = re.compile(r"\d{4}\s*[-\u2013\u2014]\s*\d|\d\s*(?:€|euro)", re.IGNORECASE)
