"""What the style sheet in a page hides or strikes out: elements by their class or id.

Only rules that are sure are followed: of one class or id, or several, outside every `@media` but
that of any screen. What another rule may show again, as a tab or a panel by a further class, is
shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

_SHEET = re.compile(
    r"<style(?P<attributes>[^<>]*)>(?P<css>[^<]*(?:<(?!/style)[^<]*)*)", re.IGNORECASE
)
_ANY = re.compile(
    r"display\s*+:\s*+n|visibility\s*+:\s*+h|opacity\s*+:\s*+[.0]|:\s*+-\d{3}|-through|rect\(|inset\(",
    re.IGNORECASE,
)
_ANY_SCREEN = re.compile(r"(?i)@layer\b|(?:@media\s|,)\s*(?:only\s+)?(?:screen|all)\s*(?:,|\Z)")
_MEDIA = re.compile(r"\bmedia\s*=\s*[\"']?([^\"'>]+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PART = re.compile(r"([^{}]*+)([{}])")
# What a style sets beside the screen, cuts to nothing or shows in no colour or size. What a script
# moves into view is read.
OFF_SCREEN = re.compile(
    r"(?:left|top|right|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(|clip-path\s*:\s*inset\((?:50|100)%"
    r"|(?<![\w-])(?:(?:opacity|font-size)\s*:\s*0(?![.\d]*[1-9])|color\s*:\s*transparent)"
)
SHOWN_LATER = re.compile(r"trans(?:ition|form)|animat|will-change")
_TOLD = re.compile(
    r"(?<![\w-])(?:(?P<kind>display|text-decoration)(?:-line)?"
    r"|visibility|opacity|clip(?:-path)?|(?:left|top|text-indent)(?=\s*:\s*-\d{3})"
    r"|(?:transition|animation|transform)(?:-name)?)\s*+:(?P<value>[^;]*)"
)
# A sign behind a stroke is one of the name: `.md\:block`.
_NAME = r"-?(?:[a-zA-Z_]|\\[^\w])(?:[\w-]|\\[^\w])*+"
_COMPOUND = re.compile(rf"(?P<tag>{_NAME}|\*)?(?:[.#]{_NAME})+")
_NAMES = re.compile(rf"[.#]{_NAME}")
_STATE = re.compile(r"(?<!\\)::?[\w-]+(?:\([^)]*\))?")
_BETWEEN = re.compile(r"[\s>+~]+")
# Longer selectors than any that names a class and no more.
_LONG = 200


class _Rule(NamedTuple):
    """Of which elements a rule tells, what (`display`, `text-decoration`, `seen`), how strongly."""

    tag: str
    names: frozenset[str]
    kind: str
    value: str
    strength: tuple[bool, int, int, int, int]


class Style:
    """What the style sheets of a page hide and strike out."""

    def __init__(self, rules: list[_Rule]) -> None:
        self._rules = rules
        names = {name[1:].lower() for rule in rules if _is_left_out(rule) for name in rule.names}
        #: What stands in the attributes, in small letters, of elements that may be left out.
        self.named = re.compile("|".join(map(re.escape, sorted(names))))

    def told(self, tag: str, named: dict[str, str]) -> dict[str, str]:
        """How an element of such attributes is shown, decorated and seen."""
        names = {f".{name}" for name in named.get("class", "").split()}
        names.add(f"#{named.get('id', '')}")
        met = (rule for rule in self._rules if rule.names <= names and rule.tag in ("", tag))
        return {rule.kind: rule.value for rule in sorted(met, key=lambda rule: rule.strength)}


def style_of(page: str) -> Style | None:
    """What the style sheets in a page leave out; None where they leave out nothing."""
    if "<style" not in page and "<STYLE" not in page:
        return None
    rules = list[_Rule]()
    # By each of their names: a saved page has thousands of rules.
    shown = defaultdict[tuple[str, str], list[frozenset[str]]](list)
    for sheet in _SHEET.finditer(page):
        if _ANY.search(sheet["css"]) is None:
            continue
        # Word puts its rules into a comment of the page.
        css = _COMMENT.sub("", sheet["css"].replace("<!--", "").replace("-->", ""))
        css, media = css[: css.rfind("}") + 1], _MEDIA.search(sheet["attributes"])
        for selector, kind, value in _told(css if media is None else f"@media {media[1]}{{{css}}}"):
            last = _COMPOUND.fullmatch(_BETWEEN.split(_STATE.sub("", selector).strip())[-1])
            if last is None:
                continue
            names = frozenset(name.replace("\\", "") for name in _NAMES.findall(last[0]))
            if kind != "text-decoration" and not value.startswith("none"):
                for name in names:
                    shown[kind, name].append(names)
            if last[0] == selector:
                ids = sum(name[0] == "#" for name in names)
                tag = (last["tag"] or "").lower().strip("*")
                strength = ("important" in value, ids, len(names) - ids, bool(tag), len(rules))
                rules.append(_Rule(tag, names, kind, value, strength))
    # What a further class, or one of an element around it, shows is shown by a click.
    rules = [
        rule
        for rule in rules
        if not rule.value.startswith("none")
        or not any(rule.names <= names for names in shown.get((rule.kind, min(rule.names)), ()))
    ]
    return Style(rules) if any(map(_is_left_out, rules)) else None


def _is_left_out(rule: _Rule) -> bool:
    struck = rule.kind == "text-decoration"
    return "line-through" in rule.value if struck else rule.value.startswith("none")


def _told(css: str) -> Iterator[tuple[str, str, str]]:
    """Each selector, and what its rule says of how to show or to decorate, or whether it is seen.

    Of a rule inside `@media` only that it shows counts: wider or narrower windows do so.
    """
    heads = list[str]()
    for part in _PART.finditer(css):
        before, sign = part.groups()
        if sign == "{":
            heads.append(before.rpartition(";")[2])
            continue
        *outer, selectors = heads or [""]
        narrow = [head for head in outer if _ANY_SCREEN.search(head.rstrip()) is None]
        if "@" not in selectors and not any("print" in head for head in narrow):
            for told in _TOLD.finditer(before.lower()):
                kind, value = told["kind"], told["value"].strip()
                if kind is None:
                    off = value.startswith("hidden") or OFF_SCREEN.match(told[0]) is not None
                    kind, value = "seen", "none" if off else "seen"
                if narrow and (kind == "text-decoration" or value.startswith("none")):
                    continue
                for selector in map(str.strip, selectors.split(",")):
                    if len(selector) < _LONG:
                        yield selector, kind, value
        heads = outer
