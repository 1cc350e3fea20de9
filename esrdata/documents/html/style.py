"""What the style sheet in a page hides or strikes out: elements by their class or id.

Only rules that are sure are followed: of one class or id, or several, outside every `@media`. What
another rule may show again, as a tab or a panel by a further class, is shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

_SHEET = re.compile(
    r"<style(?P<attributes>[^<>]*)>(?P<css>[^<]*(?:<(?!/style)[^<]*)*)", re.IGNORECASE
)
_ANY = re.compile(r"display\s*+:\s*+none|line-through", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PART = re.compile(r"([^{}]*+)([{}])")
_TOLD = re.compile(
    r"(?<![\w-])(?:(?P<shows>display)|text-decoration(?:-line)?)\s*+:(?P<value>[^;]*)"
)
_NAME = r"-?[a-zA-Z_][\w-]*+"
_COMPOUND = re.compile(rf"(?P<tag>{_NAME}|\*)?(?:[.#]{_NAME})+")
_NAMES = re.compile(rf"[.#]{_NAME}")
_STATE = re.compile(r"::?[\w-]+(?:\([^)]*\))?")
_BETWEEN = re.compile(r"[\s>+~]+")
# Longer selectors than any that names a class and no more.
_LONG = 200


class _Rule(NamedTuple):
    """Of which elements a rule tells, whether they are shown or struck out, and how strongly."""

    tag: str
    names: frozenset[str]
    of_show: bool
    value: str
    strength: tuple[bool, int, int, int, int]


class Style:
    """What the style sheets of a page hide and strike out."""

    def __init__(self, rules: list[_Rule]) -> None:
        self._rules = rules
        names = {name[1:].lower() for rule in rules if _is_left_out(rule) for name in rule.names}
        #: What stands in the attributes, in small letters, of elements that may be left out.
        self.named = re.compile("|".join(map(re.escape, sorted(names))))

    def told(self, tag: str, classes: str, identity: str) -> tuple[str, str]:
        """How an element of these classes and this id is shown, and how its text is decorated."""
        names = {f".{name}" for name in classes.split()} | {f"#{identity}"}
        met = [rule for rule in self._rules if rule.names <= names and rule.tag in ("", tag)]
        shows, decorated = (
            max((rule for rule in met if rule.of_show is kind), key=_strength, default=None)
            for kind in (True, False)
        )
        return (shows.value if shows else ""), (decorated.value if decorated else "")


def style_of(page: str) -> Style | None:
    """What the style sheets in a page leave out; None where they leave out nothing."""
    if "<style" not in page and "<STYLE" not in page:
        return None
    rules = list[_Rule]()
    # By each of their names: a saved page has thousands of rules.
    shown = defaultdict[str, list[frozenset[str]]](list)
    for sheet in _SHEET.finditer(page):
        if _ANY.search(sheet["css"]) is None or "print" in sheet["attributes"].lower():
            continue
        # Word puts its rules into a comment of the page.
        css = _COMMENT.sub("", sheet["css"].replace("<!--", "").replace("-->", ""))
        for selector, of_show, value in _told(css[: css.rfind("}") + 1]):
            plain = _STATE.sub("", selector)
            last = _COMPOUND.fullmatch(_BETWEEN.split(plain.strip())[-1])
            if last is None:
                continue
            names = frozenset(_NAMES.findall(last[0]))
            if of_show and not value.startswith("none"):
                for name in names:
                    shown[name].append(names)
            if last[0] == selector:
                ids = sum(name[0] == "#" for name in names)
                tag = (last["tag"] or "").lower().strip("*")
                strength = ("important" in value, ids, len(names) - ids, bool(tag), len(rules))
                rules.append(_Rule(tag, names, of_show, value, strength))
    # What a further class, or one of an element around it, shows is shown by a click.
    rules = [
        rule
        for rule in rules
        if not rule.value.startswith("none")
        or not any(rule.names <= names for names in shown.get(min(rule.names), ()))
    ]
    return Style(rules) if any(map(_is_left_out, rules)) else None


def _strength(rule: _Rule) -> tuple[bool, int, int, int, int]:
    return rule.strength


def _is_left_out(rule: _Rule) -> bool:
    return rule.value.startswith("none") if rule.of_show else "line-through" in rule.value


def _told(css: str) -> Iterator[tuple[str, bool, str]]:
    """Each selector, and what its rule says of how to show or to decorate.

    Of a rule inside `@media` only that it shows counts: wider or narrower windows do so.
    """
    heads = list[str]()
    for part in _PART.finditer(css):
        before, sign = part.groups()
        if sign == "{":
            heads.append(before.rpartition(";")[2])
            continue
        *outer, selectors = heads or [""]
        within = bool(outer)
        if "@" not in selectors and not any("print" in head for head in outer):
            for told in _TOLD.finditer(before.lower()):
                shows, value = told["shows"] is not None, told["value"].strip()
                if within and (not shows or value.startswith("none")):
                    continue
                for selector in map(str.strip, selectors.split(",")):
                    if len(selector) < _LONG:
                        yield selector, shows, value
        heads = outer
