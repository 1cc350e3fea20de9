"""Visible words: each in three languages, with the same braces in all of them."""

from collections.abc import Mapping
from typing import Any

from esrdata.knowledge import load
from esrdata.knowledge.entries import placeholders
from esrdata.knowledge.schema.problems import Path, hints
from esrdata.knowledge.schema.yaml_text import Located


def check_words(located: Located, taken: Mapping[str, Any]) -> None:
    """Add what is wrong with a file of words to its problems.

    Parameters
    ----------
    located
        The file as read.
    taken
        The words there are already: a word of that name is none to give anew.
    """
    if located.data is None:
        return
    if not isinstance(located.data, Mapping):
        located.problem("not_mapping", (), found=located.written(()))
        return
    _group(located, located.data, taken, ())


def _group(
    located: Located, words: Mapping[str, Any], taken: Mapping[str, Any], path: Path
) -> None:
    for key, value in words.items():
        place = (*path, key)
        there = taken.get(key)
        if not isinstance(value, Mapping):
            if value is None:
                located.problem("no_value", place)
            else:
                located.problem("not_mapping", place, found=located.written(place))
        elif _is_word(value):
            if there is not None:
                located.problem("word_taken", place, found=".".join(map(str, place)))
            else:
                _word(located, value, place)
        else:
            inner = there if isinstance(there, Mapping) and not _is_word(there) else {}
            if there is not None and not inner:
                located.problem("word_taken", place, found=".".join(map(str, place)))
            _group(located, value, inner, place)


def _is_word(value: Mapping[str, Any]) -> bool:
    """Whether a mapping holds texts by language, rather than further words."""
    return any(language in value for language in load.LANGUAGES) or (
        bool(value) and all(isinstance(text, str) for text in value.values())
    )


def _word(located: Located, word: Mapping[str, Any], path: Path) -> None:
    braces: dict[str, set[str]] = {}
    extra = [key for key in word if key not in load.LANGUAGES]
    for key in extra:
        located.problem("unknown_key", path, hints(key, load.LANGUAGES), name=key)
    for language in load.LANGUAGES:
        text = word.get(language)
        if language not in word:
            if not extra:
                located.problem("missing_language", path, found=language)
        elif text is None or text == "":
            located.problem("no_value", (*path, language))
        elif not isinstance(text, str):
            found = located.written((*path, language))
            located.problem("not_text", (*path, language), {"near": f'"{found}"'}, found=found)
        else:
            try:
                braces[language] = set(placeholders(text))
            except ValueError:
                located.problem("brace_open", (*path, language), found=text)
    for language, names in braces.items():
        first = next(iter(braces.values()))
        if names != first:
            found = ", ".join(f"{{{name}}}" for name in sorted(names ^ first))
            located.problem("braces_differ", (*path, language), found=found)
            return
