"""The sentences of errors: several as one, those of the system, and of unknown columns."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from esrdata.errors import Sentence, StoreError, unknown
from esrdata.knowledge import load
from esrdata.knowledge.entries import placeholders
from esrdata.knowledge.wording import code_label, sentence, word

#: Prefix of temporary folders in which output is prepared.
STAGE = ".esrdata-"


def joined(sentences: Sequence[Sentence], key: str = "error.two") -> Sentence:
    """Several sentences as one."""
    whole, *others = sentences
    for other in others:
        whole = sentence(key, first=whole, second=other)
    return whole


def listed(parts: Sequence[Sentence]) -> Sentence:
    """Parts of a sentence as a list with commas."""
    return joined(parts, "error.listed")


def reason(text: str) -> str:
    """A reason for leaving a project out, translatable if it is in `words.yml`."""
    words = load.words()
    for group in ("population", "trace"):
        for name, entry in words[group]["reason"].items():
            if entry["en"] == text and not list(placeholders(text)):
                return sentence(f"{group}.reason.{name}")
    return text


def why(error: OSError) -> str:
    """The message of the operating system, translatable if it is in `words.yml`."""
    # Other libraries add their own words to those of the system.
    text = os.strerror(error.errno) if error.errno else str(error)
    for name, entry in load.words()["system"].items():
        if entry["en"] == text:
            return sentence(f"system.{name}")
    return text


def unwritable(folder: Path, error: OSError) -> StoreError:
    """The error for a folder that cannot be written; for a temporary folder, its parent."""
    while folder.name.startswith(STAGE):
        folder = folder.parent
    return StoreError(sentence("error.cannot_write", folder=str(folder), why=why(error)))


def unknown_column(kind: str, name: str, known: Iterable[str]) -> str:
    """The sentence for an unknown column of projects; a label leads to its column."""
    names = list(known)
    found = called(name, names)
    if found is None:
        return unknown(kind, name, names)
    text = word("error.unknown_near", "en", kind=kind, name=name, near=found)
    return Sentence(text, "error.unknown_near", kind=kind, name=name, near=found)


def called(name: str, columns: Iterable[str]) -> str | None:
    """The column of projects with this label in any language; None if there is none."""
    wanted = load.fold(name.replace("_", " "))
    specs: dict[str, Any] = load.table_specs()["projects"]["columns"]
    for column in columns:
        labels = [specs[column]["label"][lang] for lang in load.LANGUAGES if column in specs]
        if column == "region":
            labels = [code_label("location_levels", "region", lang) for lang in load.LANGUAGES]
        if wanted in map(load.fold, labels):
            return column
    return None
