"""What stands in the source of a page and not on the screen, or struck out: no text of the page."""

from __future__ import annotations

import re
from functools import cache

from esrdata.documents.html.style import OFF_SCREEN, SHOWN_LATER, Style
from esrdata.documents.html.tags import BLOCKS, END_LEFT_OUT, VOID
from esrdata.documents.left_out import HIDDEN_TEXT, STRUCK_OUT
from esrdata.knowledge import load

_STRUCK_TAGS = {"s", "strike", "del"}
#: Tags that strike out or hide by themselves.
TAGS = {*_STRUCK_TAGS, "dialog"}
# One of these stands in every page whose attributes hide or strike out anything.
_SIGNS = (
    *("hidden", "none", "line-through", "-999", "rect(", "inset(", "transparent"),
    *("opacity:0", "opacity: 0", "font-size:0", "font-size: 0"),
)
_TAGS, _DIGIT = re.compile(r"<[^<>]*+>"), re.compile(r"\d")
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s/>=\"']++)(?:\s*+=\s*+(?P<value>\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?"
)
_STYLE = re.compile(
    r"(?:^|;)\s*(?P<name>display|visibility|text-decoration(?:-line)?)\s*:(?P<value>[^;]*)"
)
_OPENED = re.compile(
    r"\b(?:aria-controls|data-(?:bs-)?target|href)\s*=\s*[\"']?#?([^\s\"'>#]+)", re.IGNORECASE
)
# Ids that what happens on a click names: "openTab(event, 'kuvaus')".
_CALLED = re.compile(r"\bonclick\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_QUOTED = re.compile(r"['\"]([\w-]+)['\"]")
# A panel stands alone between its heading and the next one: a click on the heading shows it.
_HEAD, _HOLDER = r"(?:h[1-6]|button|dt|summary)", r"(?:div|section|article|li|ul|dl|a|span|header)"
_BELOW_HEAD = re.compile(rf"</{_HEAD}\s*>(?:\s*</{_HOLDER}\s*>)*\s*\Z", re.IGNORECASE)
_ABOVE_HEAD = re.compile(
    rf"(?:\s*</?{_HOLDER}\b[^>]*>)*\s*(?:<{_HEAD}\b|</(?:main|body|html)\b|\Z)", re.IGNORECASE
)
# A link that leads nowhere else opens what stands behind it: "Lue lisää".
_BELOW_OPENER = re.compile(
    r"<a\b(?![^<>]*\bhref\s*=\s*[\"']?(?!#|javascript:|[\"'\s>]))[^<>]*>[^<>]*</a>(?:\s*</(?:p|div)\s*>)?\s*\Z",
    re.IGNORECASE,
)
_PANELS = {"div", "section", "dd", "ul", "article"}
_OPENED_TEXTS = {*_PANELS, "span", "p"}
_NEAR = 400


def hides(page: str) -> bool:
    """Whether attributes in a page may hide or strike out anything, seen at once."""
    return any(sign in page for sign in _signs())


@cache
def _signs() -> tuple[str, ...]:
    """What such attributes hold; a word that holds another one need not be looked for."""
    shelf = load.furniture()
    every = {*_SIGNS, *shelf["added"], *shelf["for_readers"]}
    return tuple(s for s in sorted(every) if not any(other in s for other in every - {s}))


def opened(page: str) -> frozenset[str]:
    """The ids of what a click on a page shows: panels that a button or a tab opens."""
    called = (name for call in _CALLED.findall(page) for name in _QUOTED.findall("".join(call)))
    return frozenset([*_OPENED.findall(page), *called])


def kind(tag: str, attributes: str, shown: frozenset[str], style: Style | None) -> str | None:
    """Whether an element is struck out or hidden; what a click shows (`shown`) is text."""
    if tag in _STRUCK_TAGS:
        return STRUCK_OUT
    low = attributes.lower()
    if "class" in low and any(name in low for name in load.furniture()["added"]):
        return HIDDEN_TEXT
    named_there = style is not None and style.named.search(low) is not None
    if tag != "dialog" and "hidden" not in low and "style" not in low and not named_there:
        return None
    # Scripts show a page whose whole body waits for them.
    if tag in VOID or tag in ("html", "body") or attributes.endswith("/"):
        return None
    named = _named(attributes)
    found = _STYLE.finditer(named.get("style", "").lower())
    styles = {told["name"]: told["value"].strip() for told in found}
    if style is not None and named_there:
        styles = style.told(tag, named) | styles
    if any("line-through" in value for value in styles.values()):
        return STRUCK_OUT
    hidden = (
        styles.get("display", "").startswith("none")
        or styles.get("visibility", "").startswith("hidden")
        or named.get("hidden", "until-found").lower() != "until-found"
        or (tag == "dialog" and "open" not in named)
    )
    seen = named.get("role") == "tabpanel" or named.get("id") in shown
    return HIDDEN_TEXT if hidden and not seen else None


def _named(attributes: str) -> dict[str, str]:
    return {
        match["name"].lower(): (match["value"] or "").strip("\"'").strip()
        for match in _ATTRIBUTE.finditer(attributes)
    }


def is_unseen_number(page: str, tag: str, attributes: str, start: int, style: Style | None) -> bool:
    """Whether a short element beside the screen, or for screen readers, holds a number."""
    low = attributes.lower()
    unseen = any(name in attributes for name in load.furniture()["for_readers"]) or (
        "style" in low and OFF_SCREEN.search(low) is not None and SHOWN_LATER.search(low) is None
    )
    # Scripts show blocks of a class later, while one scrolls; within a line they show none.
    if tag in BLOCKS or "style" in low:
        style = None
    if not unseen and (style is None or style.named.search(low) is None):
        return False
    end = page.find(f"</{page[start + 1 : start + 1 + len(tag)]}", start, start + _NEAR)
    inside = page[page.find(">", start) + 1 : end] if end > start else ""
    # Elements inside may have a size of their own.
    if _DIGIT.search(_TAGS.sub("", inside)) is None or "style" in inside:
        return False
    told = style.told(tag, _named(attributes)) if style is not None else {}
    return unseen or told.get("seen") == "none"


def is_panel(page: str, tag: str, start: int, end: int) -> bool:
    """Whether a hidden element, from its tag to the one that ends it, is a panel of a heading."""
    behind = page.find(">", end) + 1
    if tag not in _OPENED_TEXTS or not behind:
        return False
    before, after = page[max(0, start - _NEAR) : start], page[behind : behind + _NEAR]
    if _above_opener().match(after) is not None:
        return True
    return tag in _PANELS and (
        _BELOW_OPENER.search(before) is not None
        or (_BELOW_HEAD.search(before) is not None and _ABOVE_HEAD.match(after) is not None)
    )


@cache
def _above_opener() -> re.Pattern[str]:
    """A link or a button that shows more, behind what it shows."""
    says = "|".join(map(re.escape, load.furniture()["openers"]))
    around = r"(?:\s|</?(?:p|div|span)\b[^<>]*>)*"
    return re.compile(rf"{around}<(?:a|button)\b[^<>]*>\s*(?:{says})\b", re.IGNORECASE)


class LeftOut:
    """An open element that is left out, and the elements open in it."""

    def __init__(self, tag: str, kind: str, start: int) -> None:
        self.tag = tag
        self.start = start
        self.kind = kind
        self.signs = 0
        self._open = [tag]

    def opens(self, tag: str) -> bool:
        """Take a tag that begins an element; False where it ends the one left out."""
        outer = self.tag
        if outer == "p" and tag in BLOCKS and tag != "br":
            return False
        ends, holders = END_LEFT_OUT.get(outer, (set(), set()))
        if tag in ends and holders.isdisjoint(self._open):
            return False
        if tag not in VOID:
            self._open.append(tag)
        return True

    def closes(self, tag: str) -> bool | None:
        """Take a tag that ends an element: True of one in the element left out, False of that one.

        None where it holds the one left out, which ends with it.
        """
        if tag in self._open:
            while self._open.pop() != tag:
                pass
            return bool(self._open)
        stray = tag not in BLOCKS or tag == "br" or (tag == "p" and self.tag in BLOCKS)
        return True if stray else None
