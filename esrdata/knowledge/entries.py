"""The entries of `words.yml` by key, each with a text in every language."""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf


@per_shelf
def entry(key: str) -> Mapping[str, str]:
    """The texts of a key of `words.yml`; dots lead into groups.

    Raises
    ------
    UsageError
        If there is no such word, or it is a group.
    """
    # Help on the command line loads no other words.
    own = key.startswith("cli.")
    found: Any = {"cli": load.command_words()} if own else load.words()
    for part in key.split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise UsageError(f"There is no word {key!r} in words.yml.")
        found = found[part]
    if not isinstance(found, Mapping) or not all(isinstance(v, str) for v in found.values()):
        raise UsageError(f"The key {key!r} of words.yml is a group, not a word.")
    return found


def is_word(key: str) -> bool:
    """Whether a key has a word."""
    try:
        entry(key)
    except UsageError:
        return False
    return True


def text_of(key: str, lang: str) -> str:
    """The text of a key, with its placeholders."""
    return in_language(entry(key), f"The word {key!r}", lang)


def in_language(entry: Mapping[str, str], name: str, lang: str) -> str:
    """The text of an entry in a language; `name` is what an error message calls it."""
    if lang not in load.LANGUAGES:
        known = ", ".join(load.LANGUAGES)
        raise UsageError(f"The language {lang!r} is not one of {known}.")
    if lang not in entry:
        raise UsageError(f"{name} has no text in {lang!r}.")
    return entry[lang]


def placeholders(template: str) -> Iterator[str]:
    """Yield the names in braces of a template."""
    return (name for _, name, _, _ in Formatter().parse(template) if name is not None)
