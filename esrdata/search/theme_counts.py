"""How often the words of each theme stand in each project's narratives."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from esrdata.errors import StoreError, UsageError
from esrdata.given import with_known_arguments
from esrdata.knowledge.load import LANGUAGES
from esrdata.knowledge.shelf import PACKAGE
from esrdata.search.analysers import choose
from esrdata.search.hits import by, parse, places, rows

_FILE = "themes.yml"
_SHAPE = "a theme is a name with a list of `words`, and a `label` in fi, sv or en if you like"


def themes(
    narratives: pd.DataFrame,
    path: str | PathLike[str] | None = None,
    *,
    projects: Iterable[str] | None = None,
    lang: str = "fi",
    analyser: str | None = None,
) -> pd.DataFrame:
    """Count the words of each theme in each project's narratives.

    Parameters
    ----------
    narratives
        As for `search`.
    path
        A file of themes, such as `write_themes` writes; None takes the one that comes with
        esrdata.
    projects
        Codes of all projects, those without narratives too; None takes those of the narratives.
    lang, analyser
        As for `search`.

    Returns
    -------
    DataFrame
        A row per project and theme, in the order of `projects` and of the file: `project_code`,
        `theme`; `hits` (Int64, places in the texts; a place that several words of the theme
        find counts once); `sections` (Int64, narratives with a hit); `words_found` (the
        different basic forms found, in alphabetical order, joined by ", "; missing where `hits`
        is 0).

        A project whose narratives have no word of the theme has 0; one without any narrative
        has missing counts, for nothing was looked at.

        `attrs`: `analyser`, `analyser_version`, `lang`, `labels` (of each theme, by language).

    Raises
    ------
    UsageError
        If the file is no file of themes, or as for `search`.

    Notes
    -----
    Long texts have more hits than short ones: compare projects by whether a theme is found, or by
    hits per length of text. A word found says what was written, not what was done.
    """
    known = _read(path)
    queries = dict.fromkeys(word for theme in known.values() for word in theme["words"])
    chosen, texts = choose(analyser, lang), rows(narratives)
    found = defaultdict[str, list[_Hit]](list)
    for (code, section, _), query, start, end, lemma in places(texts, parse(queries), chosen):
        found[query.text].append((code, (section, start, end, lemma)))
    with_text = {code for code, _, _ in texts}
    codes = narratives["project_code"].dropna() if projects is None else projects
    counts = {
        name: _counts(place for word in dict.fromkeys(theme["words"]) for place in found[word])
        for name, theme in known.items()
    }
    made = []
    for code in dict.fromkeys(str(code) for code in codes):
        none: tuple[int | None, int | None, str | None] = (
            (0, 0, None) if code in with_text else (None, None, None)
        )
        made += [(code, name, *counts[name].get(code, none)) for name in known]
    columns = ["project_code", "theme", "hits", "sections", "words_found"]
    dtypes = dict.fromkeys(columns, "string") | {"hits": "Int64", "sections": "Int64"}
    table = pd.DataFrame(made, columns=columns, dtype=object).astype(dtypes)
    labels = {name: dict(theme.get("label", {})) for name, theme in known.items()}
    table.attrs = {**by(chosen, lang), "labels": labels}
    return table


@with_known_arguments
def write_themes(path: str | PathLike[str]) -> Path:
    """Write the themes that come with esrdata to a file, for you to edit.

    Parameters
    ----------
    path
        The file to make; one that is there already is not touched.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        If there is something of that name already.
    StoreError
        If the file cannot be written.
    """
    target = Path(path)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(PACKAGE.joinpath(_FILE).read_text(encoding="utf-8"))
    except FileExistsError as error:
        raise UsageError(f"{target} is there already: give another name.") from error
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror}.") from error
    return target


#: Project; section, begin, end and basic form.
_Hit = tuple[str, tuple[str, int, int, str]]


def _counts(found: Iterable[_Hit]) -> dict[str, tuple[int, int, str]]:
    """Places, sections and basic forms by project; hits that overlap are one place."""
    by_project: dict[str, list[tuple[str, int, int, str]]] = {}
    for code, hit in found:
        by_project.setdefault(code, []).append(hit)
    counted = {}
    for code, hits in by_project.items():
        places, ends = 0, dict[str, int]()
        for section, start, end, _ in sorted(hits):
            places += start >= ends.get(section, 0)
            ends[section] = max(end, ends.get(section, 0))
        counted[code] = places, len(ends), ", ".join(sorted({lemma for *_, lemma in hits}))
    return counted


def _read(path: str | PathLike[str] | None) -> dict[str, Mapping[str, Any]]:
    """A file of themes, every theme of it checked."""
    where = _FILE if path is None else str(path)
    try:
        source = PACKAGE.joinpath(_FILE) if path is None else Path(path)
        text = unicodedata.normalize("NFC", source.read_text(encoding="utf-8-sig"))
        return _checked(text, where)
    except OSError as error:
        raise UsageError(f"The file of themes {where} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"The file of themes {where} is not UTF-8 text.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" on line {mark.line + 1}" if mark else ""
        raise UsageError(f"The file of themes {where} is not well-formed YAML{line}.") from error


@lru_cache(maxsize=8)
def _checked(text: str, where: str) -> dict[str, Mapping[str, Any]]:
    node, loaded = yaml.compose(text), yaml.safe_load(text)
    if not isinstance(node, yaml.MappingNode) or not isinstance(loaded, dict) or not loaded:
        raise UsageError(f"The file of themes {where} holds no themes: {_SHAPE}.")
    names = [key.value for key, _ in node.value]
    for name, theme in loaded.items():
        if names.count(str(name)) > 1:
            raise UsageError(f"The theme {name!r} is twice in {where}: give each its own name.")
        if not isinstance(name, str) or not _is_theme(theme):
            raise UsageError(f"The theme {name!r} in {where} does not do: {_SHAPE}.")
        try:
            parse(theme["words"])
        except UsageError as error:
            raise UsageError(f"The theme {name!r} in {where}: {error}") from error
    return loaded


def _is_theme(theme: object) -> bool:
    if not isinstance(theme, dict) or not theme.keys() <= {"label", "words"}:
        return False
    label, words = theme.get("label", {}), theme.get("words")
    return (
        isinstance(label, dict)
        and label.keys() <= set(LANGUAGES)
        and all(isinstance(text, str) for text in label.values())
        and isinstance(words, list)
        and bool(words)
        and all(isinstance(word, str) for word in words)
    )
