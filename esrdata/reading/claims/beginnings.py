"""Patterns by the sign that each begins with, so that a text is passed over where none can begin.

Python's expressions look for the first sign of an alternation quickly where every alternative
begins with a plain one, and try each alternative at each place of the text where one does not.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

# A plain sign or a class of signs without a quantifier.
_SIGN = re.compile(r"(?:[^\\()\[\].^$*+?{}|]|\\[^\w\s]|\[[^\]\\]*\])(?![?*+{])")
# What may stand before it: no sign, or none of a class.
_LOOK = re.compile(r"\\b|\(\?<!(?P<behind>\\w|\[[^\]]*\])\)|")
_LOOKS = re.compile(r"\A(?:\(\?<[!=][^()]*\))*")
# A bracket or a bar, or what may hold one that is none.
_MARK = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]")

# What patterns have in common, each with what may follow it.
_Tree = dict[str, "_Tree"]


def by_beginning(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    r"""A few patterns that together match what many do.

    Parameters
    ----------
    patterns
        Regular expressions. Of one that begins with a group, such as ``\b(?:puh|gsm)\.?``, each
        alternative counts by itself.

    Returns
    -------
    tuple of Pattern
        One for all that begin with plain signs, one for each class of signs that some begin with,
        and one for those that begin otherwise. A place may be matched by more than one.
    """
    signs: _Tree = {}
    classes: _Tree = {}
    others: list[str] = []
    for branch in (branch for pattern in patterns for branch in _alternatives(pattern)):
        look = _LOOK.match(branch)
        before = "" if look is None else look[0]
        alternatives, rest = _first_group(branch[len(before) :])
        tails = _by_sign(alternatives)
        # The edge of a word stands behind no sign of a word where a letter or digit follows.
        letters = before != r"\b" or all(sign[:1].isalnum() for sign in tails)
        if "" in tails or not letters:
            others.append(f"(?:{branch})")
            continue
        behind = None if look is None else look["behind"] or (r"\w" if before else None)
        for sign, ends in tails.items():
            # It is looked behind the sign, for Python does not see one behind a look.
            looked = "" if behind is None else f"(?<!{behind}{sign})"
            tree = (classes if len(sign) > 2 else signs).setdefault(sign, {}).setdefault(looked, {})
            for second, those in _by_sign(ends).items():
                tree.setdefault(second, {})[f"(?:{'|'.join(those)}){rest}"] = {}
    joined = [_written(signs), *(_written({sign: tree}) for sign, tree in classes.items())]
    joined.append("|".join(others))
    return tuple(re.compile(one) for one in joined if one)


def _by_sign(alternatives: Iterable[str]) -> dict[str, list[str]]:
    """What follows the plain sign that each begins with, by that; all of it where none does."""
    tails: dict[str, list[str]] = {}
    for one in alternatives:
        head = _SIGN.match(one)
        sign = "" if head is None else head[0]
        tails.setdefault(sign, []).append(one[len(sign) :])
    return tails


def _written(tree: _Tree) -> str:
    return "|".join(
        f"{one}(?:{_written(rest)})" if one and rest else one or _written(rest)
        for one, rest in tree.items()
    )


def first_signs(pattern: str, most: int = 1) -> set[str]:
    """The plain signs, so many at most, that each alternative of a pattern begins with."""
    signs = re.compile(rf"(?:[^\\()\[\].^$*+?{{}}|](?![?*+{{])){{0,{most}}}")
    alternatives, _ = _first_group(_LOOKS.sub("", pattern, count=1))
    return {match[0] for one in alternatives if (match := signs.match(one)) is not None}


def _alternatives(pattern: str) -> list[str]:
    cuts = [-1, *(at for at, sign, depth in _marks(pattern) if sign == "|" and not depth)]
    return [pattern[one + 1 : two] for one, two in pairwise([*cuts, len(pattern)])]


def _first_group(pattern: str) -> tuple[list[str], str]:
    """The alternatives of the group that a pattern begins with, and what follows them all."""
    if not pattern.startswith("(?:"):
        return [pattern], ""
    end = next(at for at, sign, depth in _marks(pattern) if sign == ")" and not depth)
    if pattern.startswith(("?", "*", "+", "{"), end + 1):
        return [pattern], ""
    alternatives, rest = _alternatives(pattern[3:end]), pattern[end + 1 :]
    if len(alternatives) > 1:
        return alternatives, rest
    # It may hold nothing but another group.
    alternatives, within = _first_group(alternatives[0])
    return alternatives, within + rest


def _marks(pattern: str) -> Iterator[tuple[int, str, int]]:
    """Brackets and bars of a pattern, with their places and the groups that are open behind."""
    depth = 0
    for mark in _MARK.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
        if mark[0] in "()|":
            yield mark.start(), mark[0], depth
