"""YAML with places: the data of a file, the line of every part, and the text as it stands."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import yaml

from esrdata.knowledge.schema.problems import Path, Problem

# The C loader is eight times faster; PyYAML builds without it have the other one.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# More than any file of knowledge has.
_DEPTH, _PARTS = 40, 200_000


@dataclass
class Located:
    """The data of a YAML file.

    Attributes
    ----------
    file
        The file, as it is named in sentences.
    data
        What stands in it, None where it could not be read.
    lines
        Line of each place.
    texts
        Scalars as they stand in the file: `yes` for what YAML takes as True.
    problems
        What is wrong with it as YAML.
    """

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path) -> int | None:
        """The line of a place, or of the nearest one around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path)

    def problem(
        self, code: str, path: Path, hint: dict[str, Any] | None = None, **values: str
    ) -> None:
        """Add a mistake at a place."""
        self.problems.append(
            Problem(self.file, code, self.line(path), path, values, **(hint or {}))
        )

    def written(self, path: Path) -> str:
        """What stands at a place, as a person would point at it."""
        if path in self.texts:
            return self.texts[path]
        found: Any = self.data
        for step in path:
            found = found[step]
        return _flow(found)


def read_yaml(text: str, file: str) -> Located:
    """Read the text of a YAML file.

    Keys are kept as they stand in the file (``no`` is a key, not False). A key that comes twice
    in one mapping is a problem, for YAML would keep the last without a word.
    """
    located = Located(file)
    try:
        loader = _LOADER(text)
        node = loader.get_single_node()
        if node is not None:
            located.data = _value(loader, node, (), located)
        loader.dispose()
    except yaml.YAMLError as error:
        located.data = None
        located.problems = [_broken(error, text, file)]
    if located.data is None and not located.problems:
        located.problems.append(Problem(file, "empty"))
    return located


def _value(loader: Any, node: yaml.Node, path: Path, located: Located) -> Any:
    # Aliases may hold each other, and a few lines of them a million parts.
    if len(path) > _DEPTH or len(located.lines) > _PARTS:
        why = "it is nested too deeply" if len(path) > _DEPTH else "it has too many parts"
        raise yaml.MarkedYAMLError(problem=why, problem_mark=node.start_mark)
    located.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            place = (*path, key)
            line = key_node.start_mark.line + 1
            if key in found:
                first = str(located.lines[place])
                problem = Problem(
                    located.file, "key_twice", line, path, {"name": key, "first": first}
                )
                located.problems.append(problem)
                continue
            located.lines[place] = line
            found[key] = _value(loader, value_node, place, located)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, inner, (*path, i), located) for i, inner in enumerate(node.value)]
    located.texts[path] = node.value
    try:
        return loader.construct_object(node)
    except (ValueError, yaml.YAMLError):
        # 2020-02-30 looks like a date to YAML and is none.
        return dt.date.min


def _flow(value: Any) -> str:
    """A value on one line, as YAML would have it."""
    if isinstance(value, dict):
        parts = (f"{key}: {_flow(v)}" if v is not None else key for key, v in value.items())
        return f"{{{', '.join(parts)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return str(value)


def _broken(error: yaml.YAMLError, text: str, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else None
    lines = text.split("\n")
    if line is not None and line <= len(lines):
        found = lines[line - 1]
        if "\t" in found[: len(found) - len(found.lstrip())]:
            return Problem(file, "tab", line)
    why = str(getattr(error, "problem", None) or error).split("\n")[0]
    return Problem(file, "no_yaml", line, (), {"why": why})
