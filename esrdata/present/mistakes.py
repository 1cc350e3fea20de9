"""What is wrong in a recipe or a theme file, as a sentence in the language of its reader."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esrdata.errors import Sentence, UsageError
from esrdata.knowledge.wording import sentence

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from yaml import Node


# Deeper than any such file; aliases can hold each other.
_DEPTH = 10
# Mistakes of numbers, and what pydantic calls the limit of each.
_LIMITS = {"greater_than_equal": "ge", "less_than_equal": "le"}


def read(path: Path, kind: str) -> Any:
    """The content of a YAML file; `UsageError` where there is none. The kind is in `error.file`."""
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
        given = yaml.safe_load(text)
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        twice = next(_twice(yaml.compose(text, loader), ()), None)
    except (OSError, UnicodeError) as error:
        raise UsageError(sentence(f"error.{kind}_unread", path=str(path))) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        raise UsageError(sentence(f"error.{kind}_yaml", path=str(path), line=line)) from None
    except yaml.YAMLError:
        raise UsageError(sentence(f"error.{kind}_yaml", path=str(path), line=1)) from None
    if twice is not None:
        where, name, line = twice
        what = sentence("error.file.twice", name=name, line=line)
        raise wrong(kind, path, where, what)
    return given


def _twice(node: "Node | None", place: tuple[str, ...]) -> Iterator[tuple[str, str, int]]:
    """Keys that stand twice in one mapping, of which YAML keeps the last: place, key and line."""
    import yaml

    if len(place) > _DEPTH:
        return
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value, start=1):
            yield from _twice(item, (*place, str(number)))
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield " ".join(place), name, key.start_mark.line + 1
            seen.add(name)
            yield from _twice(value, (*place, name))


def wrong(kind: str, path: object, where: str, what: str) -> UsageError:
    """The error of a place in a file; empty for a file as a whole."""
    place = where or sentence("error.file.whole")
    return UsageError(sentence(f"error.file.{kind}", path=str(path), where=place, what=what))


def near(name: str, known: Iterable[str]) -> str:
    """The nearest right word, to stand at the end of a sentence."""
    found = get_close_matches(name, list(known), n=1, cutoff=0.0)
    return sentence("error.file.near", near=found[0]) if found else ""


def invalid(
    error: "ValidationError", models: Mapping[str, type["BaseModel"]]
) -> tuple[str, Sentence]:
    """Where a file breaks its grammar, and how.

    `models` has the model of what stands below a key, and of the whole below "", to name the
    nearest key.
    """
    # A key that nothing has is most often why another is missing.
    first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    place = [str(part + 1) if isinstance(part, int) else str(part) for part in first["loc"]]
    where, given = " ".join(place), str(first["input"])
    if first["type"] == "extra_forbidden":
        below = [key for key in place[:-1] if key in models]
        keys = models[below[-1] if below else ""].model_fields
        text = sentence("error.file.key", name=place[-1], near=near(place[-1], keys))
        return " ".join(place[:-1]), text
    if first["type"] == "missing":
        return " ".join(place[:-1]), sentence("error.file.missing", name=place[-1])
    if first["type"] == "literal_error":
        words = str(first["ctx"]["expected"]).replace(" or ", ",").split(",")
        known = [word.strip("' ") for word in words]
        return where, sentence("error.file.value_near", value=given, near=near(given, known))
    if first["type"] in ("chapter_or_parts", "chapter_title", "too_short"):
        return where, sentence(f"error.file.{first['type']}")
    if first["type"] in _LIMITS:
        limit = first["ctx"][_LIMITS[first["type"]]]
        return where, sentence(f"error.file.{first['type']}", value=given, limit=f"{limit:g}")
    if first["type"] == "string_pattern_mismatch":
        # The one pattern of such files.
        return where, sentence("error.file.colour", value=given)
    return where, sentence("error.file.value", value=given)
