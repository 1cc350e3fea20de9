"""From what pydantic finds in a file to problems: one plain sentence for each mistake."""

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from esrdata.knowledge.schema.problems import Path, Problem, hints, nearest
from esrdata.knowledge.schema.yaml_text import Located

#: What a draft has where a person must decide.
TODO = "TODO"

# Error of pydantic -> sentence, where the sentence shows nothing but the value.
_PLAIN = {
    "string_type": "not_text",
    "bool_type": "not_bool",
    "int_type": "not_whole",
    "float_type": "not_number",
    "list_type": "not_list",
    "tuple_type": "not_list",
    "dict_type": "not_mapping",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
    "too_short": "none_listed",
    "string_too_short": "blank_text",
    "no_template": "no_template",
    "score_bounds": "score_bounds",
}


def check_structure(located: Located, model: type[BaseModel]) -> set[Path]:
    """Add the problems of a file's structure: its keys and the types of their values.

    Returns
    -------
    set
        Places at which something is wrong, which need no further sentence.
    """
    try:
        model.model_validate(located.data)
    except ValidationError as error:
        problems = [_problem(located, model, found) for found in error.errors(include_url=False)]
    else:
        return set()
    meant = {(p.path, p.near) for p in problems if p.code == "unknown_key"}
    for problem in problems:
        # The key that is missing is the one that was misspelt: one mistake, one sentence.
        if problem.code != "missing_key" or (problem.path, problem.values["name"]) not in meant:
            located.problems.append(problem)
    return {place for problem in problems for place in _places(problem)}


def _places(problem: Problem) -> Iterator[Path]:
    if problem.code in ("unknown_key", "missing_key"):
        yield (*problem.path, problem.values["name"])
        if problem.near is not None:
            yield (*problem.path, problem.near)
    yield problem.path


def _problem(located: Located, model: type[BaseModel], error: ErrorDetails) -> Problem:
    path, kind = tuple(error["loc"]), error["type"]
    if kind == "extra_forbidden":
        keys = tuple(_keys(model, path[:-1]))
        key = str(path[-1])
        line = located.line(path)
        hint = hints(key, keys)
        return Problem(located.file, "unknown_key", line, path[:-1], {"name": key}, **hint)
    if kind == "missing":
        line = located.line(path[:-1])
        return Problem(located.file, "missing_key", line, path[:-1], {"name": str(path[-1])})
    if path[-1:] == ("[key]",):
        path = path[:-1]
        found = str(path[-1])
    else:
        path = _there(located, path)
        found = located.written(path)
    line = located.line(path)
    if found == TODO:
        return Problem(located.file, "todo", line, path)
    if error["input"] is None or found.strip() == "":
        return Problem(located.file, "no_value", line, path)
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
        return Problem(located.file, "none_of", line, path, {"found": found}, **hints(found, known))
    if kind == "string_pattern_mismatch":
        return Problem(located.file, "no_name", line, path, {"found": found})
    if kind == "none_listed" or kind == "too_short":
        return Problem(located.file, "none_listed", line, path)
    if kind == "no_pattern":
        why = str(error.get("ctx", {}).get("why", ""))
        return Problem(located.file, "no_pattern", line, path, {"found": found, "why": why})
    if kind == "greater_than_equal":
        least = str(error.get("ctx", {}).get("ge", ""))
        return Problem(located.file, "too_small", line, path, {"found": found, "limit": least})
    if kind in _PLAIN:
        code = _PLAIN[kind]
        near = _meant(code, found, error["input"])
        return Problem(located.file, code, line, path, {"found": found}, near=near)
    return Problem(located.file, "other", line, path, {"found": found, "why": error["msg"]})


def _meant(code: str, found: str, value: object) -> str | None:
    """What was probably meant, for values of the wrong type."""
    numbers = re.findall(r"\d+", found)
    if code == "not_text" and isinstance(value, list) and len(value) == 1:
        return str(value[0])
    if code == "not_text":
        return f'"{found}"' if "\n" not in found and not found.startswith(("{", "[")) else None
    if code == "not_bool":
        truths = {"yes": "true", "no": "false", "kyllä": "true", "ei": "false", "ja": "true"}
        return truths.get(found.casefold()) or nearest(found, ("true", "false"))
    if code == "score_bounds":
        low, high = sorted(map(int, numbers)) if len(numbers) == 2 else (0, 10)
        return f"[{low}, {high}]"
    if code == "no_template" and isinstance(value, dict):
        # Braces without quotes are a mapping to YAML.
        return " ".join(f'"{{{key}}}"' for key in value) or None
    if code == "not_list" and "\n" not in found and not found.startswith("{"):
        return f"[{found}]"
    return None


def _there(located: Located, path: Path) -> Path:
    """The part of a place that stands in the file: a single wording has no position."""
    while path and path not in located.lines:
        path = path[:-1]
    return path


def _keys(model: type[BaseModel], path: Path) -> Iterator[str]:
    """The keys that a mapping at a place may have."""
    here: Any = model
    for step in path:
        if isinstance(step, str) and isinstance(here, type) and issubclass(here, BaseModel):
            field = here.model_fields.get("root") or here.model_fields.get(step)
            here = _model_in(field.annotation) if field is not None else None
    if isinstance(here, type) and issubclass(here, BaseModel):
        yield from (field.alias or name for name, field in here.model_fields.items())


def _model_in(annotation: Any) -> Any:
    """The model among the parts of a type such as ``list[Entry]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None
