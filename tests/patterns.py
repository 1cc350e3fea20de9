"""Every compiled pattern of the package, and texts that are hard for it."""

import ast
import importlib
import inspect
import pkgutil
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import esrdata

Pattern = re.Pattern[Any]
# A module that does something when it is imported.
_LONG = 1500
_NOT = {"esrdata.__main__"}


def patterns() -> dict[Pattern, str]:
    """Each pattern with a place that holds it: of modules, of what they keep, and of inline use."""
    found: dict[Pattern, str] = {}
    seen: set[int] = set()
    for info in pkgutil.walk_packages(esrdata.__path__, "esrdata."):
        if info.name in _NOT:
            continue
        module = importlib.import_module(info.name)
        for name, value in list(vars(module).items()):
            if getattr(value, "__module__", info.name) != info.name and callable(value):
                continue
            place = f"{info.name}.{name}"
            _walk(value, place, found, seen)
            if _is_kept(value):
                _walk(value(), place, found, seen)
    for written in _inline():
        found.setdefault(re.compile(written), "inline")
    return found


def _inline(ways: frozenset[str] | None = None) -> Iterator[str | bytes]:
    """Patterns written where they are used, of words and of constants of their module.

    Those made of what is known only when they are used are left out.
    """
    for module, tree in _modules():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            function = node.func
            if not (isinstance(function, ast.Attribute) and ast.unparse(function.value) == "re"):
                continue
            if function.attr in ("escape", "compile") or (ways and function.attr not in ways):
                continue
            written = ast.Expression(node.args[0])
            known = vars(importlib.import_module(module))
            names = {one.id for one in ast.walk(written) if isinstance(one, ast.Name)}
            if names <= known.keys():
                value = eval(compile(written, module, "eval"), dict(known))
                yield value.pattern if isinstance(value, re.Pattern) else value


def _modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module by name, with its code."""
    home = Path(esrdata.__file__).parent
    for path in sorted(home.rglob("*.py")):
        parts = path.relative_to(home.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name not in _NOT:
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def _is_kept(value: object) -> bool:
    """Whether a function makes something once, for nothing in particular."""
    if not callable(value) or not hasattr(value, "__wrapped__"):
        return False
    given = inspect.signature(value).parameters.values()
    return all(one.default is not one.empty for one in given)


def _walk(value: object, place: str, found: dict[Pattern, str], seen: set[int]) -> None:
    if isinstance(value, re.Pattern):
        found.setdefault(value, place)
        return
    if id(value) in seen or isinstance(value, str | bytes | int | float | type):
        return
    seen.add(id(value))
    inside: list[object] = []
    named: dict[str, object] = {}
    if isinstance(value, dict):
        inside = [*value.keys(), *value.values()]
    elif isinstance(value, tuple) and hasattr(value, "_asdict"):
        named = value._asdict()
    elif isinstance(value, tuple | list | set | frozenset):
        inside = list(value)
    elif is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
    elif type(value).__module__.startswith("esrdata"):
        named = dict(getattr(value, "__dict__", {}))
    for one in inside:
        _walk(one, place, found, seen)
    for name, one in named.items():
        _walk(one, f"{place}.{name}", found, seen)


_SEARCHES = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})


def searched() -> frozenset[str | bytes]:
    """Names of patterns that some code looks for anywhere in a text, not at a place of it.

    Constants have the name of their module before them, attributes stand alone, and patterns that
    are written where they are used are themselves.
    """
    found: set[str | bytes] = set(_inline(_SEARCHES))
    for module, tree in _modules():
        of_text = {id(node.func) for node in ast.walk(tree) if _splits_text(node)}
        for node in ast.walk(tree):
            search = isinstance(node, ast.Attribute) and node.attr in _SEARCHES
            if search and id(node) not in of_text:
                found.update(_names_of(node.value, module))
    return frozenset(found)


def _splits_text(node: ast.AST) -> bool:
    """Whether a call is `split` of a text: a pattern is given a text, which is no constant."""
    if not (isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "split"):
        return False
    return not node.args or isinstance(node.args[0], ast.Constant)


def _names_of(node: ast.AST, module: str) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Name):
        yield from (node.id, f"{module}.{node.id}")
    elif isinstance(node, ast.Call | ast.Subscript):
        yield from _names_of(node.func if isinstance(node, ast.Call) else node.value, module)


# ---- texts


def hard(pattern: Pattern, chance: random.Random) -> Iterator[str]:
    """Words that the pattern begins to take: some that fit it, and the same without their end."""
    if len(pattern.pattern) > _LONG:
        # A list of hundreds of words: it is taken apart by the readers' tests.
        return
    tree = _parse(pattern)
    for n in range(2):
        word = "".join(_drawn(tree, chance, 12))[:200]
        yield word
        yield word[:-1]
        if n == 0:
            yield word[: len(word) // 2]


def _parse(pattern: Pattern) -> Any:
    parser = sys.modules["re._parser"]
    return parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)


def _drawn(tree: Any, chance: random.Random, deep: int) -> Iterator[str]:
    """A text that a pattern fits, but for what it looks around for."""
    for kind, about in tree:
        name = str(kind)
        if name == "LITERAL":
            yield chr(about)
        elif name == "NOT_LITERAL":
            yield "a" if about != ord("a") else "b"
        elif name == "ANY":
            yield "a"
        elif name == "IN":
            yield _one_of(about, chance)
        elif name == "BRANCH":
            yield from _drawn(chance.choice(about[1]), chance, deep)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = about
            times = min(int(most), max(int(least), chance.choice((1, 1, 2, 3))))
            for _ in range(min(times, deep)):
                yield from _drawn(inner, chance, max(deep // 2, 1))
        elif name == "SUBPATTERN":
            yield from _drawn(about[3], chance, deep)
        elif name == "ATOMIC_GROUP":
            yield from _drawn(about, chance, deep)
        elif name == "ASSERT" and about[0] > 0:
            yield from _drawn(about[1], chance, deep)


def _one_of(about: Any, chance: random.Random) -> str:
    signs: list[str] = []
    for kind, one in about:
        name = str(kind)
        if name == "NEGATE":
            return chance.choice("a1 ")
        if name == "LITERAL":
            signs.append(chr(one))
        elif name == "RANGE":
            signs += [chr(one[0]), chr(one[1])]
        elif name == "CATEGORY":
            category = str(one)
            signs.append(
                "1" if "DIGIT" in category else " " if category.endswith("_SPACE") else "a"
            )
            if "NOT" in category:
                signs[-1] = "-"
    return chance.choice(signs) if signs else "a"
