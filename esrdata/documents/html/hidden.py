"""What stands in the source of a page and not on the screen, or struck out: no text of the page.

Style sheets are not applied: what only its class hides is read as shown.
"""

from __future__ import annotations

import re

from esrdata.documents.html.tags import BLOCKS, END_LEFT_OUT, VOID
from esrdata.documents.left_out import HIDDEN_TEXT, STRUCK_OUT

_STRUCK_TAGS = {"s", "strike", "del"}
#: Tags that strike out or hide by themselves.
TAGS = {*_STRUCK_TAGS, "dialog"}
# One of these stands in every page whose attributes hide or strike out anything.
_SIGNS = ("hidden", "none", "line-through")
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s/>=\"']++)(?:\s*+=\s*+(?P<value>\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?"
)
_STYLE = re.compile(
    r"(?:^|;)\s*(?P<name>display|visibility|text-decoration(?:-line)?)\s*:(?P<value>[^;]*)"
)
_OPENED = re.compile(
    r"\b(?:aria-controls|data-(?:bs-)?target|href)\s*=\s*[\"']?#?([^\s\"'>#]+)", re.IGNORECASE
)


# A panel stands alone between its heading and the next one: a click on the heading shows it.
_HEAD, _HOLDER = r"(?:h[1-6]|button|dt|summary)", r"(?:div|section|article|li|ul|dl|a|span|header)"
_BELOW_HEAD = re.compile(rf"</{_HEAD}\s*>(?:\s*</{_HOLDER}\s*>)*\s*\Z", re.IGNORECASE)
_ABOVE_HEAD = re.compile(
    rf"(?:\s*</?{_HOLDER}\b[^>]*>)*\s*(?:<{_HEAD}\b|</(?:main|body|html)\b|\Z)", re.IGNORECASE
)
_PANELS = {"div", "section", "dd", "ul", "article"}
_NEAR = 400


def hides(page: str) -> bool:
    """Whether attributes in a page may hide or strike out anything, seen at once."""
    return any(sign in page for sign in _SIGNS)


def opened(page: str) -> frozenset[str]:
    """The ids of what a click on a page shows: panels that a button or a tab opens."""
    return frozenset(_OPENED.findall(page))


def kind(tag: str, attributes: str, shown: frozenset[str]) -> str | None:
    """Whether an element is struck out or hidden; what a click shows (`shown`) is text."""
    if tag in _STRUCK_TAGS:
        return STRUCK_OUT
    low = attributes.lower()
    if tag != "dialog" and "hidden" not in low and "style" not in low:
        return None
    # Scripts show a page whose whole body waits for them.
    if tag in VOID or tag in ("html", "body") or attributes.endswith("/"):
        return None
    named = {
        match["name"].lower(): (match["value"] or "").strip("\"'").strip()
        for match in _ATTRIBUTE.finditer(attributes)
    }
    found = _STYLE.finditer(named.get("style", "").lower())
    styles = {style["name"]: style["value"].strip() for style in found}
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


def is_panel(page: str, tag: str, start: int, end: int) -> bool:
    """Whether a hidden element, from its tag to the one that ends it, is a panel of a heading."""
    behind = page.find(">", end) + 1
    return (
        tag in _PANELS
        and behind > 0
        and _BELOW_HEAD.search(page[max(0, start - _NEAR) : start]) is not None
        and _ABOVE_HEAD.match(page[behind : behind + _NEAR]) is not None
    )


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
        """Take a tag that ends an element.

        Returns
        -------
        bool or None
            True where that is in the one left out, False where it is the one left out, None where
            it holds the one left out, which ends with it.
        """
        if tag in self._open:
            while self._open.pop() != tag:
                pass
            return bool(self._open)
        stray = tag not in BLOCKS or tag == "br" or (tag == "p" and self.tag in BLOCKS)
        return True if stray else None
